package poc

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPhaseTransitions(t *testing.T) {
	const table = `
          wait comp reve atte cert done fail
waiting    .    x    .    .    x    .    x
computing  .    .    x    x    x    .    x
revealing  .    x    .    x    x    .    x
attesting  .    .    .    .    x    .    x
certified  .    .    .    .    .    x    .
done       .    .    .    .    .    .    .
failed     .    .    .    .    x    .    .`
	lines := strings.Split(strings.TrimSpace(table), "\n")[1:]
	require.Len(t, lines, len(phaseNames))
	for from, line := range lines {
		cells := strings.Fields(line)
		require.Equal(t, Phase(from).String(), cells[0])
		for to := range phaseNames {
			require.Equal(t, cells[1+to] == "x", canTransition(Phase(from), Phase(to)), "%v to %v", Phase(from), Phase(to))
		}
	}
}

func step(t *testing.T, task *Task, now Time, ev Event) Effects {
	t.Helper()
	fx, err := task.Step(now, ev)
	require.NoError(t, err)
	return fx
}

func hear(t *testing.T, rank int, m Message) Received {
	return Received{From: testWorker(rank).Peer, Message: valid(t, m)}
}

func sealOf(view, round int, content string, ranks ...int) Seal {
	s := Seal{TaskRef: testRef, Round: uint32(round), View: uint32(view)}
	for _, r := range ranks {
		s.Entries = append(s.Entries, sealedBy(testRef, r, testCommitment(r, content)))
	}
	slices.SortFunc(s.Entries, func(a, b Sealed) int { return slices.Compare(a.Peer[:], b.Peer[:]) })
	return s
}

func finished(rank int, content string) Finished {
	return Finished{Result: testResult(content), Class: "class", Salt: testHash("salt %d", rank)}
}

// TestStepRefuses has one case for each failed precondition, on rank 1 of six, with what happened before.
func TestStepRefuses(t *testing.T) {
	other := committed(TaskRef{testRef.Job, testRef.Task + 1}, 2, testCommitment(2, "a"))
	stranger := Received{From: PeerID{9}, Message: valid(t, commitOf(2, "a"))}
	wrongAccount := attestOf(3, "a")
	done := []Event{Start{}, finished(1, "a"), hear(t, 0, sealOf(0, 0, "a", 0, 1)), hear(t, 0, revealOf(0, "a")), hear(t, 0, attestOf(0, "a"))}
	for _, c := range []struct {
		name   string
		before []Event
		ev     Event
		want   error
	}{
		{"no event", nil, nil, ErrUnknownEvent},
		{"another task", nil, hear(t, 2, other), ErrWrongTask},
		{"own message", nil, hear(t, 1, commitOf(1, "a")), ErrOwnMessage},
		{"not validated", nil, Received{From: testWorker(2).Peer}, ErrUnvalidated},
		{"stranger", nil, stranger, ErrNotCandidate},
		{"started twice", []Event{Start{}}, Start{}, ErrStarted},
		{"finished before the start", nil, finished(1, "a"), ErrNotHolder},
		{"finished twice", []Event{Start{}, finished(1, "a")}, finished(1, "a"), ErrDuplicate},
		{"finished after giving up", []Event{Start{}, GaveUp{}}, finished(1, "a"), ErrAbstained},
		{"finished without a result", []Event{Start{}}, Finished{Class: "class"}, ErrBadResult},
		{"finished without a class", []Event{Start{}}, Finished{Result: testResult("a")}, ErrBadResult},
		{"gave up before the start", nil, GaveUp{}, ErrNotHolder},
		{"gave up twice", []Event{Start{}, GaveUp{}}, GaveUp{}, ErrAbstained},
		{"gave up after committing", []Event{Start{}, finished(1, "a")}, GaveUp{}, ErrCommitted},
		{"gave up with a long reason", []Event{Start{}}, GaveUp{strings.Repeat("x", 300)}, ErrBadReason},
		{"lapse before the start", nil, Lapsed{testWorker(2).Peer}, ErrNotStarted},
		{"lapse of a stranger", []Event{Start{}}, Lapsed{PeerID{9}}, ErrNotCandidate},
		{"lapse after committing", []Event{Start{}, hear(t, 2, commitOf(2, "a"))}, Lapsed{testWorker(2).Peer}, ErrCommitted},
		{"lapse twice", []Event{Start{}, Lapsed{testWorker(2).Peer}}, Lapsed{testWorker(2).Peer}, ErrDuplicate},
		{"commit twice", []Event{hear(t, 2, commitOf(2, "a"))}, hear(t, 2, commitOf(2, "a")), ErrDuplicate},
		{"another commit after it equivocated", []Event{Start{}, hear(t, 0, sealOf(0, 0, "a", 0, 2)), hear(t, 2, commitOf(2, "b"))}, hear(t, 2, commitOf(2, "c")), ErrDuplicate},
		{"commit for another's account", nil, hear(t, 2, commitOf(3, "a")), ErrWrongAccount},
		{"abstain twice", []Event{hear(t, 2, Abstain{TaskRef: testRef})}, hear(t, 2, Abstain{TaskRef: testRef}), ErrDuplicate},
		{"abstain after committing", []Event{hear(t, 2, commitOf(2, "a"))}, hear(t, 2, Abstain{TaskRef: testRef}), ErrCommitted},
		{"seal of another's view", []Event{Start{}}, hear(t, 0, sealOf(2, 0, "a", 0, 2)), ErrNotSealer},
		{"seal of a stranger's commitment", []Event{Start{}}, hear(t, 0, sealOf(0, 0, "a", 0, 9)), ErrNotCandidate},
		{"seal of what this node did not make", []Event{Start{}}, hear(t, 0, sealOf(0, 0, "a", 0, 1)), ErrForgedSeal},
		{"seal of another result", []Event{Start{}, finished(1, "b")}, hear(t, 0, sealOf(0, 0, "a", 0, 1)), ErrForgedSeal},
		{"seal below a quorum", []Event{Start{}}, hear(t, 0, sealOf(0, 0, "a", 0)), ErrSealTooSmall},
		{"seal over the limit", []Event{
			Start{}, Lapsed{testWorker(0).Peer}, Lapsed{testWorker(2).Peer}, Lapsed{testWorker(3).Peer}, Lapsed{testWorker(4).Peer}, hear(t, 0, sealOf(0, 0, "a", 0, 2, 3, 4)),
		}, hear(t, 2, sealOf(2, 0, "a", 4, 5, 6)), ErrSealTooLarge},
		{"seal twice", []Event{Start{}, hear(t, 0, sealOf(0, 0, "a", 0, 2))}, hear(t, 0, sealOf(0, 0, "a", 0, 2)), ErrDuplicate},
		{"early seal twice", []Event{Start{}, hear(t, 0, sealOf(0, 3, "a", 0))}, hear(t, 0, sealOf(0, 3, "a", 0)), ErrDuplicate},
		{"three early seals", []Event{Start{}, hear(t, 0, sealOf(0, 3, "a", 0)), hear(t, 0, sealOf(0, 4, "a", 0))}, hear(t, 0, sealOf(0, 5, "a", 0)), ErrFarAhead},
		{"seal that adds nobody", []Event{Start{}, hear(t, 0, sealOf(0, 0, "a", 0, 2))}, hear(t, 0, sealOf(0, 1, "a", 2)), ErrStale},
		{"reveal for another's account", nil, hear(t, 2, Reveal{testRef, revealOf(3, "a").Opening}), ErrFarAhead},
		{"attestation for another's account", nil, hear(t, 2, wrongAccount), ErrWrongAccount},
		{"attestation that does not name itself", nil, hear(t, 2, attestNaming(2, "a", 0, 1)), ErrBadSeats},
		{"attestation that names no candidate", nil, hear(t, 2, attestNaming(2, "a", 0, 1, 2, 7)), ErrBadSeats},
		{"attestation twice", []Event{hear(t, 2, attestOf(2, "a"))}, hear(t, 2, attestOf(2, "a")), ErrDuplicate},
		{"proof of another award", nil, proven(t, func(c *Certificate) { c.Award = BlockLink([]byte("b")) }, 0, 2), ErrBadProof},
		{"proof below a quorum", nil, proven(t, nil, 2), ErrBadProof},
		{"proof by others than candidates", nil, proven(t, nil, 2, 7), ErrBadProof},
		{"proof twice", []Event{proven(t, nil, 0, 2)}, proven(t, nil, 0, 2), ErrDuplicate},
		{"proof after the end", append(slices.Clone(done), proven(t, nil, 0, 2)), proven(t, nil, 0, 2), ErrOver},
		{"reveal twice", []Event{hear(t, 2, revealOf(2, "a"))}, hear(t, 2, revealOf(2, "a")), ErrDuplicate},
		{"dissent twice", []Event{hear(t, 2, Dissent{TaskRef: testRef, Round: 1, Want: 1})}, hear(t, 2, Dissent{TaskRef: testRef, Round: 1, Want: 1}), ErrDuplicate},
		{"old dissent", []Event{hear(t, 2, Dissent{TaskRef: testRef, Round: 1, Want: 1})}, hear(t, 2, Dissent{TaskRef: testRef, Round: 0, Want: 1}), ErrStale},
		{"stop after the quorum", done, Stop{}, ErrOver},
		{"tick after the end", done, Tick{}, ErrOver},
		{"reveal after the end", done, hear(t, 2, revealOf(2, "a")), ErrOver},
		{"commit after the end", done, hear(t, 2, commitOf(2, "a")), ErrOver},
		{"start after a stop", []Event{Stop{"enough"}}, Start{}, ErrOver},
	} {
		t.Run(c.name, func(t *testing.T) {
			policy := testPolicy
			policy.Standby = 4
			task := newTask(t, testSetup(1, 8, policy))
			for _, ev := range c.before {
				step(t, task, 1, ev)
			}
			before := task.Record()
			fx, err := task.Step(1, c.ev)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, Effects{}, fx)
			require.Equal(t, before, task.Record())
		})
	}
	_, err := newTask(t, testSetup(0, 6, testPolicy)).Step(0, Tick{})
	require.ErrorIs(t, err, ErrTime)
}

func TestNewRefuses(t *testing.T) {
	for says, change := range map[string]func(s *Setup){
		"replicas is 0":             func(s *Setup) { s.Policy.Replicas = 0 },
		"quorum is 1":               func(s *Setup) { s.Policy.Quorum = 1 },
		"quorum is 4":               func(s *Setup) { s.Policy.Quorum = 4 },
		"maxReplicas is 2":          func(s *Setup) { s.Policy.MaxReplicas = 2 },
		"standby is 62":             func(s *Setup) { s.Policy.Standby = 62 },
		"has no award":              func(s *Setup) { s.Award = Link{} },
		"has no deadline":           func(s *Setup) { s.Deadline = 0 },
		"1 ranked workers":          func(s *Setup) { s.Ranking = s.Ranking[:1] },
		"twice, or its owner":       func(s *Setup) { s.Ranking[2].Peer = s.Ranking[1].Peer },
		`account "account-1" twice`: func(s *Setup) { s.Ranking[2].Account = s.Ranking[1].Account },
		"or its owner":              func(s *Setup) { s.Ranking[4].Peer = s.Owner },
		"names seat 63 twice":       func(s *Setup) { s.Ranking[2].Seat = s.Ranking[0].Seat },
		"seat 64 twice, or it":      func(s *Setup) { s.Ranking[5].Seat = MaxSeats },
		"cannot sign for it":        func(s *Setup) { s.Signer = nil },
		"account-0 and cannot sign": func(s *Setup) { s.Signer = testKeys{"account-1"} },
		"no shares in the draw": func(s *Setup) {
			s.Policy, s.Ranking, s.Audits, s.Tasks = pricedPolicy, testSetup(0, 12, testPolicy).Ranking, 1, 10
			s.Self, s.Signer = s.Ranking[11].Peer, testKeys{s.Ranking[11].Account}
		},
		`or account "" twice`: func(s *Setup) { s.Ranking[3].Account = "" },
	} {
		s := testSetup(0, 6, testPolicy)
		change(&s)
		_, err := New(s)
		require.ErrorContains(t, err, says)
	}
}

func TestEquivocationIsFoundOnce(t *testing.T) {
	reveals := twiceOf(Revealed, revealOf(2, "a").Opening, revealOf(2, "b").Opening, 0)
	for name, c := range map[string]struct {
		first, second Message
		proof         *Twice
	}{
		"commit":     {commitOf(2, "a"), commitOf(2, "b"), nil},
		"reveal":     {revealOf(2, "a"), revealOf(2, "b"), &reveals},
		"attest":     {attestOf(2, "a"), attestOf(2, "b"), attestedBoth("a", "b")},
		"seal":       {sealOf(2, 0, "a", 0, 2), sealOf(2, 0, "a", 0, 3), nil},
		"early seal": {sealOf(2, 2, "a", 0, 2), sealOf(2, 2, "a", 0, 3), nil},
	} {
		pair := [2]Message{c.first, c.second}
		task := newTask(t, testSetup(1, 6, testPolicy))
		step(t, task, 1, Start{})
		step(t, task, 2, hear(t, 2, pair[0]))
		fx := step(t, task, 3, hear(t, 2, pair[1]))
		require.Equal(t, []Fault{{Peer: testWorker(2).Peer, Kind: Equivocated, Twice: c.proof}}, fx.Faults, name)
		_, err := task.Step(4, hear(t, 2, pair[1]))
		require.ErrorIs(t, err, ErrDuplicate, name)
	}
}

// proven is a certificate by these ranks, brought by a stranger.
func proven(t *testing.T, change func(c *Certificate), ranks ...int) Received {
	c := someCertificate(ranks...)
	if change != nil {
		change(c)
	}
	return Received{From: PeerID{9}, Message: valid(t, Proven{*c})}
}

// TestProven shows a node that was cut off the certificate of the others.
func TestProven(t *testing.T) {
	proof := proven(t, nil, 0, 2)
	owner := newTask(t, testSetup(6, 6, testPolicy))
	step(t, owner, 1, Start{})
	step(t, owner, 2, hear(t, 0, attestOf(0, "a"))) // fewer than a quorum reach it
	fx := step(t, owner, 3, proof)
	require.Equal(t, &PhaseChange{Computing, Certified}, fx.Phase)
	require.True(t, fx.Changed)
	r, ok := owner.Result()
	require.True(t, ok)
	require.Equal(t, testResult("a"), r)
	restored, err := Restore(testSetup(6, 6, testPolicy), owner.Record())
	require.NoError(t, err)
	require.Equal(t, owner.StateHash(), restored.StateHash())
	require.Equal(t, Time(1_003), owner.NextDeadline())

	// What comes within the grace joins the certificate: the claimer may have left it out.
	step(t, owner, 4, hear(t, 1, attestOf(1, "a")))
	step(t, owner, 5, hear(t, 2, attestOf(2, "a"))) // the signer's own takes the place of the relayed one
	require.Equal(t, &PhaseChange{Certified, Done}, step(t, owner, 1_003, Tick{}).Phase)
	c := owner.Certificate()
	require.Equal(t, someCertificate(0, 1, 2), c)
	require.NoError(t, c.Verify(owner.Candidates(), testPolicy, testKeys{}))
	lie := revealOf(3, "b")
	require.Equal(t, []Fault{{Peer: testWorker(3).Peer, Kind: Contradicted, Reveal: &lie}}, step(t, owner, 1_004, hear(t, 3, lie)).Faults)

	// A node that is still computing stops, and one whose inputs are late need not start.
	worker := newTask(t, testSetup(1, 6, testPolicy))
	require.True(t, step(t, worker, 1, Start{}).Execute)
	require.True(t, step(t, worker, 2, proof).Cancel)
	early := newTask(t, testSetup(1, 6, testPolicy))
	require.Equal(t, &PhaseChange{Waiting, Certified}, step(t, early, 1, proof).Phase)

	// A signer of two certificates has lied in one of them. Bad salt in its own attestation changes nothing of what is proven.
	other := Received{From: PeerID{9}, Message: valid(t, Proven{*someCertificateOf("b", 2, 3)})}
	fx = step(t, early, 2, other)
	require.Equal(t, []Fault{{Peer: testWorker(2).Peer, Kind: Equivocated, Twice: attestedBoth("a", "b")}}, fx.Faults)
	step(t, worker, 3, hear(t, 2, commitOf(2, "b")))
	step(t, worker, 3, hear(t, 0, sealOf(0, 0, "b", 0, 2)))
	require.Equal(t, []Fault{{Peer: testWorker(2).Peer, Kind: Mismatched}}, step(t, worker, 4, hear(t, 2, attestOf(2, "a"))).Faults)
	step(t, worker, 1_100, Tick{})
	require.NoError(t, worker.Certificate().Verify(worker.Candidates(), testPolicy, testKeys{}))
}

// TestProvenAfterFailure: what failed here is certified all the same where others prove it, by a certificate or by a quorum of attestations. No
// other message revives it.
func TestProvenAfterFailure(t *testing.T) {
	alone := []Event{Start{}, finished(1, "a"), Lapsed{testWorker(0).Peer}, Lapsed{testWorker(2).Peer}, Lapsed{testWorker(3).Peer},
		Lapsed{testWorker(4).Peer}, Lapsed{testWorker(5).Peer}}
	for _, c := range []struct {
		name    string
		rank    int
		before  []Event
		at      Time
		failure FailureCode
		then    Phase
	}{
		{"cut off with its result", 1, alone, 20, FailNoWorkers, Certified},
		{"the owner after the deadline", 6, []Event{Start{}}, 60_000, FailDeadline, Done},
		{"an input failed here", 1, []Event{Stop{"no input"}}, 20, FailCanceled, Certified},
	} {
		t.Run(c.name, func(t *testing.T) {
			setup := testSetup(c.rank, 6, testPolicy)
			task := newTask(t, setup)
			for _, ev := range c.before {
				step(t, task, c.at, ev)
			}
			require.Equal(t, c.failure, task.Failure().Code)
			for _, m := range []Message{commitOf(2, "a"), sealOf(0, 0, "a", 0, 2)} {
				_, err := task.Step(c.at, hear(t, 2, m))
				require.ErrorIs(t, err, ErrOver)
			}
			other, err := Restore(setup, task.Record())
			require.NoError(t, err)
			require.Nil(t, step(t, other, c.at, hear(t, 2, attestOf(2, "a"))).Phase, "one proves nothing")
			require.Equal(t, &PhaseChange{Failed, c.then}, step(t, other, c.at, hear(t, 0, attestOf(0, "a"))).Phase)
			require.Nil(t, other.Failure())
			_, err = task.Step(c.at, proven(t, func(c *Certificate) { c.Award = BlockLink([]byte("another")) }, 0, 2))
			require.ErrorIs(t, err, ErrBadProof)
			require.Equal(t, Failed, task.Phase())

			fx := step(t, task, c.at, proven(t, nil, 0, 2))
			require.Equal(t, &PhaseChange{Failed, c.then}, fx.Phase)
			require.Nil(t, task.Failure())
			r, _ := task.Result()
			require.Equal(t, testResult("a"), r)
			restored, err := Restore(setup, task.Record())
			require.NoError(t, err)
			require.Equal(t, task.StateHash(), restored.StateHash())
			if c.then == Certified { // and who computed the same says so, while the certificate is open
				require.Equal(t, c.failure == FailNoWorkers, len(step(t, task, c.at+500, Tick{}).Send) == 1)
				require.Equal(t, Done, step(t, task, c.at+1_000, Tick{}).Phase.To)
			}
			require.NoError(t, task.Certificate().Verify(task.Candidates(), testPolicy, testKeys{}))
		})
	}

	// A signer that told this node something else does not undo what the others prove.
	task := newTask(t, testSetup(6, 6, testPolicy))
	step(t, task, 1, Start{})
	step(t, task, 2, hear(t, 2, attestOf(2, "b")))
	fx := step(t, task, 3, proven(t, nil, 0, 2))
	require.Equal(t, Certified, task.Phase())
	require.Equal(t, []Fault{{Peer: testWorker(2).Peer, Kind: Equivocated, Twice: attestedBoth("b", "a")}}, fx.Faults)
}

// TestAttestWaitsForTheSlow shows that a member with a quorum waits for the others, so that it names all who did the work.
func TestAttestWaitsForTheSlow(t *testing.T) {
	sealed := []Event{
		Start{}, finished(1, "a"), hear(t, 0, commitOf(0, "a")), hear(t, 2, commitOf(2, "a")),
		hear(t, 0, sealOf(0, 0, "a", 0, 1, 2)), hear(t, 0, revealOf(0, "a")),
	}
	for _, c := range []struct {
		name string
		at   Time
		ev   Event
		want []int // named, if it attests
	}{
		{"the last reveal", 20, hear(t, 2, revealOf(2, "a")), []int{0, 1, 2}},
		{"another result", 20, hear(t, 2, revealOf(2, "b")), []int{0, 1}}, // mismatched
		{"its attestation opens its commitment, too", 20, hear(t, 2, attestNaming(2, "a", 0, 2)), []int{0, 1, 2}},
		{"too early", 1_009, Tick{}, nil},
		{"the end of the grace", 1_010, Tick{}, []int{0, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			task := newTask(t, testSetup(1, 6, testPolicy))
			for _, ev := range sealed {
				step(t, task, 10, ev)
			}
			require.Equal(t, Revealing, task.Phase())
			require.Equal(t, Time(1_010), task.NextDeadline())
			require.Contains(t, task.Explain(), testWorker(2).Peer.Short()+" may still reveal")
			step(t, task, 11, hear(t, 3, sealOf(3, 0, "a", 2, 3))) // results may be known already: it adds nobody, as long as the others agree
			require.Zero(t, task.Members()&testSeats(3))
			fx := step(t, task, c.at, c.ev)
			if c.want == nil {
				require.Empty(t, fx.Send)
				return
			}
			require.Len(t, fx.Send, 1)
			require.Equal(t, testSeats(c.want...), fx.Send[0].Message.(Attest).Agreed)
		})
	}

	// When others certified first it takes half of their grace, and attests the certified result only.
	for content, attests := range map[string]bool{"a": true, "b": false} {
		task := newTask(t, testSetup(1, 6, testPolicy))
		for _, ev := range sealed {
			step(t, task, 10, ev)
		}
		step(t, task, 20, Received{From: PeerID{9}, Message: valid(t, Proven{*someCertificateOf(content, 3, 4)})})
		require.Equal(t, Certified, task.Phase())
		require.Equal(t, attests, len(step(t, task, 520, Tick{}).Send) == 1)
		require.Equal(t, Time(1_020), task.NextDeadline())
	}
}

// TestAnyOrderOfMessages gives one node the messages of a run in every order: it always ends with the same certificate.
func TestAnyOrderOfMessages(t *testing.T) {
	messages := []Received{
		hear(t, 0, commitOf(0, "a")), hear(t, 2, commitOf(2, "a")), hear(t, 0, sealOf(0, 0, "a", 0, 1, 2)),
		hear(t, 0, revealOf(0, "a")), hear(t, 2, revealOf(2, "a")), hear(t, 0, attestOf(0, "a")), hear(t, 2, attestOf(2, "a")),
	}
	var want *Certificate
	orders := 0
	permute(messages, func(order []Received) {
		orders++
		task := newTask(t, testSetup(1, 6, testPolicy))
		step(t, task, 1, Start{})
		step(t, task, 2, finished(1, "a"))
		for _, m := range order {
			if _, err := task.Step(3, m); err != nil {
				require.ErrorIs(t, err, ErrOver) // the rest was enough
			}
		}
		require.Equal(t, Done, task.Phase(), task.Explain())
		if want == nil {
			want = task.Certificate()
			require.Len(t, want.Attestations, 3)
		}
		require.Equal(t, want, task.Certificate())
	})
	require.Equal(t, 5040, orders)
}

func permute[T any](xs []T, f func([]T)) {
	var rec func(k int)
	rec = func(k int) {
		if k == len(xs) {
			f(xs)
			return
		}
		for i := k; i < len(xs); i++ {
			xs[k], xs[i] = xs[i], xs[k]
			rec(k + 1)
			xs[k], xs[i] = xs[i], xs[k]
		}
	}
	rec(0)
}

// TestOneAdversaryNeverStopsATask runs every adversary in every rank: with a standby in reserve, everybody gets the result.
func TestOneAdversaryNeverStopsATask(t *testing.T) {
	for name, make := range map[string]func() behaviour{
		"liar": func() behaviour { return liar("alone") }, "copier": func() behaviour { return copier(false) },
		"replayer": func() behaviour { return copier(true) }, "withholder": withholder, "shy": shy, "free rider": freeRider, "miser": miser, "silent sealer": silentSealer,
		"picky sealer": pickySealer, "equivocator": equivocator, "hasty": hasty, "noisy": noisy,
		"vanishing": func() behaviour { return behaviour{name: "vanishing", vanishAt: 1_200} },
	} {
		t.Run(name, func(t *testing.T) {
			for rank := range 6 {
				for seed := range uint64(20) {
					s := newSim(t, seed, defaultSim(), map[int]behaviour{rank: make()}).run()
					s.check()
					if name == "noisy" {
						s.showCertificate()
					}
					s.requirePhase(Done)
				}
			}
		})
	}
}

// showCertificate shows the owner's certificate to who has none, as nodes do: one who tells somebody else's story to one node only can keep
// that node from making it itself.
func (s *sim) showCertificate() {
	c := s.nodes[s.cfg.workers].task.Certificate()
	require.NotNil(s.t, c)
	for i, n := range s.nodes {
		if n.task.Phase() != Done && n.act.honest() {
			_, err := n.task.Step(s.now, Received{From: testWorker((i + 1) % s.cfg.workers).Peer, Message: valid(s.t, Proven{*c})})
			require.NoError(s.t, err)
			if by := n.task.NextDeadline(); by > 0 {
				_, err = n.task.Step(by, Tick{})
				require.NoError(s.t, err)
			}
		}
	}
}

// TestSignerThatFails shows that a signature is tried again, and that nothing unsigned leaves the node.
func TestSignerThatFails(t *testing.T) {
	setup := testSetup(1, 6, testPolicy)
	broken := &brokenSigner{testKeys: testKeys{testWorker(1).Account}, err: errors.New("the key is locked")}
	setup.Signer = broken
	task := newTask(t, setup)
	step(t, task, 1, Start{})
	step(t, task, 2, finished(1, "a"))
	require.Contains(t, task.Explain(), "the key is locked")
	broken.err = nil
	fx := step(t, task, 1_002, Tick{})
	require.Len(t, fx.Send, 1, "its commitment")
	valid(t, fx.Send[0].Message)
	broken.err = errors.New("the key is locked again")
	require.Empty(t, step(t, task, 1_003, hear(t, 0, sealOf(0, 0, "a", 0, 1))).Send)
	require.Contains(t, task.Explain(), "the key is locked again")
	require.Equal(t, Time(2_003), task.NextDeadline())
	broken.err = nil
	fx = step(t, task, 2_003, Tick{})
	require.Len(t, fx.Send, 1)
	require.Equal(t, []PeerID{testWorker(0).Peer}, fx.Send[0].To)
	valid(t, fx.Send[0].Message)
}

type brokenSigner struct {
	testKeys
	err error
}

func (b *brokenSigner) Sign(s Statement) ([]byte, error) {
	if b.err != nil {
		return nil, b.err
	}
	return b.testKeys.Sign(s)
}

func TestDeadlineHasAReason(t *testing.T) {
	task := newTask(t, testSetup(1, 6, testPolicy))
	fx := step(t, task, 60_000, Tick{})
	require.Equal(t, &PhaseChange{Waiting, Failed}, fx.Phase)
	require.Equal(t, &Failure{FailDeadline, "at the deadline its inputs are not certified yet"}, task.Failure())

	task = newTask(t, testSetup(1, 6, testPolicy))
	require.True(t, step(t, task, 1, Start{}).Execute)
	step(t, task, 2, hear(t, 0, commitOf(0, "a")))
	require.Equal(t, Effects{Execute: true}, task.Resume(3))
	fx = step(t, task, 60_000, Tick{})
	require.True(t, fx.Cancel)
	require.Equal(t, fmt.Sprintf("failed (deadline): at the deadline round 1 has 1 commitments and waits for %s, %s to commit.",
		testWorker(1).Peer.Short(), testWorker(2).Peer.Short()), task.Explain())
	require.Empty(t, task.Holders())
	require.Equal(t, Effects{}, task.Resume(60_001))
}

func TestLateLiarIsConvicted(t *testing.T) {
	task := newTask(t, testSetup(1, 6, testPolicy))
	for _, ev := range []Event{
		Start{}, finished(1, "a"), hear(t, 0, sealOf(0, 0, "a", 0, 1)), hear(t, 0, revealOf(0, "a")), hear(t, 0, attestOf(0, "a")),
	} {
		step(t, task, 1, ev)
	}
	require.Equal(t, Done, task.Phase())
	lie := revealOf(2, "b")
	require.Equal(t, Effects{Changed: true, Faults: []Fault{{Peer: testWorker(2).Peer, Kind: Contradicted, Reveal: &lie}}}, step(t, task, 2, hear(t, 2, lie)))
	_, err := task.Step(3, hear(t, 2, lie))
	require.ErrorIs(t, err, ErrDuplicate)
}

func TestRestoreRefuses(t *testing.T) {
	setup := testSetup(1, 6, testPolicy)
	task := newTask(t, setup)
	step(t, task, 1, Start{})
	record := task.Record()
	_, err := Restore(setup, record[:len(record)-1])
	require.ErrorIs(t, err, ErrBadRecord)
	for _, change := range []func(*Setup){
		func(s *Setup) { s.Network[0] ^= 1 },
		func(s *Setup) { s.Ref.Task++ },
		func(s *Setup) { s.Award = BlockLink([]byte("another")) },
		func(s *Setup) { s.Self, s.Signer = testWorker(2).Peer, testKeys{testWorker(2).Account} },
		func(s *Setup) { s.Owner[0] ^= 1 },
		func(s *Setup) { s.Ranking[0], s.Ranking[2] = s.Ranking[2], s.Ranking[0] },
		func(s *Setup) { s.Policy.MaxReplicas++ },
		func(s *Setup) { s.Params.SealTimeout++ },
		func(s *Setup) { s.Deadline++ },
	} {
		other := testSetup(1, 6, testPolicy)
		change(&other)
		_, err := Restore(other, record)
		require.ErrorIs(t, err, ErrWrongRecord)
	}
}

// FuzzRestore shows that a damaged record is refused or harmless.
func FuzzRestore(f *testing.F) {
	setup := testSetup(1, 6, testPolicy)
	task := newTask(f, setup)
	for _, ev := range []Event{
		Start{}, finished(1, "a"), Received{testWorker(0).Peer, valid(f, sealOf(0, 0, "a", 0, 1, 2))},
		Received{testWorker(0).Peer, valid(f, revealOf(0, "a"))}, Received{testWorker(2).Peer, valid(f, attestOf(2, "a"))},
		Received{testWorker(2).Peer, valid(f, revealOf(2, "b"))}, Received{testWorker(0).Peer, valid(f, attestOf(0, "a"))},
	} {
		_, err := task.Step(1, ev)
		require.NoError(f, err)
		f.Add(task.Record())
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		task, err := Restore(setup, record)
		if err != nil {
			return
		}
		require.Equal(t, record, task.Record())
		for _, ev := range []Event{Tick{}, Start{}, finished(1, "a"), hear(t, 2, revealOf(2, "a")), Lapsed{testWorker(2).Peer}, Stop{}} {
			_, _ = task.Step(5_000, ev)
			task.Explain()
			task.Certificate()
			task.NextDeadline()
		}
	})
}
