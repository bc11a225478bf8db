package poc

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	proofPolicy = Policy{Replicas: 1, Quorum: 2, MaxReplicas: 2, Standby: 2, Compare: Comparator{Tier: Proof}}
	fivePolicy  = Policy{Replicas: 1, Quorum: 3, MaxReplicas: 3, Standby: 4, Compare: Comparator{Tier: Proof}}
)

// proofSim is a simulation in which results are checked. Honest workers compute one right result, or each another one where floats
// are rounded; liars compute wrong ones.
func proofSim(t *testing.T, seed uint64, policy Policy, acts map[int]behaviour) *sim {
	cfg := defaultSim()
	cfg.policy, cfg.workers = policy, policy.Candidates()+1
	cfg.prove = func(n *simNode, p Prove) Proved {
		found := Proved{Digest: p.Digest}
		require.Equal(t, p.Digest, p.Result.Digest())
		_, who := n.theirs(p)
		switch {
		case who == nil:
			require.Fail(t, "nobody computed it")
		case who.act.name == "withholds chunks" && !slices.ContainsFunc(p.From, func(q PeerID) bool { return q != who.peer && n.node(q).task.endorses(p.Digest) }):
			found.Difference, found.Missing = "it could not be had", true
		case who.content[:5] != "right":
			found.Difference = "row 0 is not that of the product"
		}
		return found
	}
	s := newSim(t, seed, cfg, acts)
	for _, n := range s.nodes {
		if policy.Compare.Rounded {
			n.content = strings.Replace(n.content, "right", fmt.Sprintf("right %d", n.rank), 1)
		}
	}
	return s
}

// theirs returns the node that computed what is checked.
func (s *sim) theirs(p Prove) (string, *simNode) {
	for _, n := range s.nodes {
		if testResult(n.content).Digest() == p.Digest {
			return n.content, n
		}
	}
	return "", nil
}

// checkProof asserts what must hold where fewer than a quorum of the candidates are liars: everybody ends, what is certified is right,
// and no liar is paid.
func (s *sim) checkProof() {
	s.t.Helper()
	for _, n := range s.nodes {
		if n.gone || !n.act.honest() {
			continue
		}
		require.True(s.t, n.task.Phase().over(), "%s has not ended: %s", n.name(), n.task.Explain())
		for _, f := range n.faults {
			if f.Kind != Late && f.Kind != Withheld {
				require.False(s.t, s.node(f.Peer).act.honest(), "%s calls the honest %s %s", n.name(), s.name(f.Peer), f.Kind)
			}
			require.True(s.t, f.Reveal == nil || !s.cfg.policy.Compare.Rounded, "nothing about floats convicts")
		}
		if n.task.Phase() != Done {
			continue
		}
		r, _ := n.task.Result()
		require.True(s.t, slices.ContainsFunc(s.nodes, func(x *simNode) bool {
			return x.content[:5] == "right" && testResult(x.content).Digest() == r.Digest()
		}), "%s certified a wrong result", n.name())
		c := n.task.Certificate()
		require.NoError(s.t, c.Verify(n.task.Candidates(), s.cfg.policy, testKeys{}))
		for _, w := range s.nodes[:s.cfg.workers] {
			if w.act.lies {
				require.NotContains(s.t, c.Payees(s.cfg.policy.Quorum), testSeat(w.rank))
			}
		}
	}
}

func (s *sim) executions() (n int) {
	for _, w := range s.nodes[:s.cfg.workers] {
		if w.task.s.Own != nil {
			n++
		}
	}
	return n
}

// One execution is enough, whatever the number of candidates that attest.
func TestProofTakesOneExecution(t *testing.T) {
	for _, policy := range []Policy{proofPolicy, fivePolicy} {
		for _, rounded := range []bool{false, true} {
			policy.Compare.Rounded = rounded
			for seed := range uint64(50) {
				s := proofSim(t, seed, policy, nil)
				s.cfg.crash, s.cfg.loss, s.cfg.double = 0.05, 0.1, 0.2
				s.run().checkProof()
				s.requirePhase(Done)
				require.Equal(t, 1, s.executions())
				require.Equal(t, []string{"A"}, s.payees(0), "who attests only is not paid")
				require.Empty(t, s.faultsOf(0))
			}
		}
	}
}

// A product that is wrong costs its author its stake where it is of integers, and its pay where it is of floats.
func TestProofMeetsALiar(t *testing.T) {
	for _, policy := range []Policy{proofPolicy, fivePolicy} {
		for _, rounded := range []bool{false, true} {
			policy.Compare.Rounded = rounded
			for seed := range uint64(50) {
				s := proofSim(t, seed, policy, map[int]behaviour{0: liar("alone")}).run()
				s.checkProof()
				s.requirePhase(Done)
				require.Equal(t, []string{"B"}, s.payees(1))
				require.Equal(t, 2, s.executions())
				if rounded {
					require.Equal(t, []FaultKind{Differed}, s.faultsOf(0))
					continue
				}
				require.Equal(t, []FaultKind{Contradicted}, s.faultsOf(0))
				for _, f := range s.nodes[1].faults {
					v, err := Validate(*f.Reveal, testKeys{})
					require.NoError(t, err, "it convicts by the signature of its author")
					require.NotEqual(t, s.nodes[1].task.s.Certified, v.digest)
				}
			}
		}
	}
}

func TestProofWithAdversaries(t *testing.T) {
	lying := func(n *simNode, _ PeerID, m Message) Message {
		if a, ok := m.(Attest); ok { // it attests what it did not check, and names itself and the others
			o := testOpening(n.rank, n.content, Attested, testSeats(0, 1, 2))
			a.Agreed, a.Opening = testSeats(0, 1, 2), o
			return a
		}
		return m
	}
	hides := func(all, some string) func(n *simNode, to PeerID, m Message) Message {
		return func(n *simNode, to PeerID, m Message) Message {
			kind := strings.TrimPrefix(fmt.Sprintf("%T", m), "poc.")
			if strings.Contains(all, kind) || strings.Contains(some, kind) && n.node(to).rank%2 == 0 {
				return nil
			}
			return m
		}
	}
	acts := map[string]behaviour{
		"liar":                    liar("alone"),
		"lying attester":          {name: "lying attester", lies: true, evil: true, send: lying},
		"free rider":              {name: "free rider", evil: true, send: lying},
		"withholds chunks":        {name: "withholds chunks", evil: true},
		"shows nothing":           {name: "shows nothing", evil: true, withholds: true, send: hides("Reveal Show Attest", "")},
		"attests nothing":         {name: "attests nothing", evil: true, send: hides("Attest", "")},
		"shows to some":           {name: "shows to some", evil: true, send: hides("", "Reveal Show")},
		"shows to some, no voice": {name: "shows to some, no voice", evil: true, send: hides("Attest", "Reveal Show")},
		"silent sealer":           silentSealer(),
		"equivocator":             equivocator(),
		"vanishes":                {name: "vanishes", vanishAt: 1_700},
	}
	for name, act := range acts {
		for rank := range 3 {
			for _, rounded := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s at rank %d, rounded %v", strings.ReplaceAll(name, " ", "-"), rank, rounded), func(t *testing.T) {
					policy, done := proofPolicy, 0
					policy.Compare.Rounded = rounded
					for seed := range uint64(30) {
						s := proofSim(t, seed, policy, map[int]behaviour{rank: act})
						s.cfg.crash, s.cfg.loss, s.cfg.double = 0.05, 0.1, 0.2
						s.run().checkProof()
						if s.nodes[(rank+1)%3].task.Phase() == Done {
							done++
						}
					}
					require.Equal(t, 30, done, "one of three cannot keep the others from their result")
				})
			}
		}
	}
}

// Two that collude are fewer than the quorum among five; a quorum of them certifies what it likes, as everywhere.
func TestProofAmongFive(t *testing.T) {
	lying := func(n *simNode, _ PeerID, m Message) Message {
		if a, ok := m.(Attest); ok && !strings.HasPrefix(n.content, "right") {
			a.Agreed = testSeats(0, 1)
			a.Opening = testOpening(n.rank, n.content, Attested, a.Agreed)
			return a
		}
		return m
	}
	cartel := behaviour{name: "cartel", lies: true, evil: true, send: lying}
	for seed := range uint64(40) {
		s := proofSim(t, seed, fivePolicy, map[int]behaviour{0: cartel, 1: cartel}).run()
		s.checkProof()
		s.requirePhase(Done)
		require.Equal(t, []string{"C"}, s.payees(2))
		require.Equal(t, []FaultKind{Contradicted}, s.faultsOf(0))
	}
}

// If all that may compute lie, the task ends at once, and the honest say why.
func TestNothingIsProven(t *testing.T) {
	s := proofSim(t, 1, proofPolicy, map[int]behaviour{0: liar("one"), 1: liar("two")}).run()
	honest := s.nodes[2].task
	require.Equal(t, Failed, honest.Phase())
	require.Equal(t, FailNoQuorum, honest.Failure().Code)
	require.Contains(t, honest.Explain(), "was not found right: row 0 is not that of the product.")
	require.Len(t, honest.Apart(), 2)
}

// Who did not compute gives up, too, and those that only follow the task learn it long before its deadline.
func TestOthersLearnThatNothingIsProven(t *testing.T) {
	policy := fivePolicy
	policy.MaxReplicas = 1
	s := proofSim(t, 1, policy, map[int]behaviour{0: liar("alone")}).run()
	for _, n := range s.nodes[1:] { // the owner is the last
		require.Equal(t, FailNoQuorum, n.task.Failure().Code, n.task.Explain())
	}
	require.Contains(t, s.nodes[len(s.nodes)-1].task.Explain(), "3 of the 5 candidates say that none of the 1 answers is right")
}

// What a task whose results are checked refuses, and what no policy may say.
func TestProofRefuses(t *testing.T) {
	setup := testSetup(1, 4, proofPolicy)
	_, err := New(setup)
	require.ErrorContains(t, err, "no secret")
	setup.Secret = testHash("secret")
	task := newTask(t, setup)
	_, err = task.Step(1_000, Start{})
	require.NoError(t, err)
	_, err = task.Step(1_000, Proved{Digest: testResult("right").Digest()})
	require.ErrorIs(t, err, ErrDuplicate, "nobody asked")
	_, err = task.Step(1_000, Compared{Peer: testWorker(0).Peer})
	require.ErrorIs(t, err, ErrWrongTier)
	_, err = task.Step(1_000, Received{testWorker(0).Peer, valid(t, Show{TaskRef: testRef, Class: "class", Result: testResult("right")})})
	require.ErrorIs(t, err, ErrWrongTier, "integers are signed for")
	_, err = newTask(t, testSetup(0, 6, testPolicy)).Step(1_000, Proved{})
	require.ErrorIs(t, err, ErrWrongTier)
	for says, change := range map[string]func(*Policy){
		"maxError has no meaning": func(p *Policy) { p.MaxError = 1000 },
		"quorum is 1":             func(p *Policy) { p.Quorum, p.Standby = 1, 0 },
		"quorum is 2":             func(p *Policy) { p.Standby = 3 },
		"maxReplicas is 4":        func(p *Policy) { p.MaxReplicas = 4 },
		"standby is 64":           func(p *Policy) { p.Standby = 64 },
		"no difference between":   func(p *Policy) { p.Compare = Comparator{Rounded: true} },
		"no such thresholds":      func(p *Policy) { p.Compare.Relative = 1 },
	} {
		p := proofPolicy
		change(&p)
		require.ErrorContains(t, p.Validate(), says)
	}
	require.Equal(t, 3, proofPolicy.Panel())
	require.Equal(t, 3, testPolicy.Panel())
}

// A result that left out other inputs than the candidates agreed on is not looked at.
func TestProofOfOtherInputs(t *testing.T) {
	setup := testSetup(1, 3, proofPolicy)
	setup.Secret = testHash("secret")
	task := newTask(t, setup)
	r := testResult("right")
	r.Without = 1
	commitment := Commitment(setup.Network, setup.Ref, testWorker(0).Peer, "class", r.Digest(), testHash("salt"))
	o := Opening{Salt: testHash("salt"), Class: "class", Result: r, Account: testWorker(0).Account}
	o.Signature = testSignature(o.Account, Statement{Kind: Revealed, Job: testRef.Job, Task: testRef.Task, Digest: r.Digest()})
	var asked int
	for _, ev := range []Event{
		Start{}, Received{testWorker(0).Peer, valid(t, Seal{TaskRef: testRef, Entries: []Sealed{sealedBy(testRef, 0, commitment)}})},
		Received{testWorker(0).Peer, valid(t, Reveal{testRef, o})},
	} {
		fx, err := task.Step(1_000, ev)
		require.NoError(t, err)
		asked += len(fx.Prove)
	}
	require.Zero(t, asked)
	require.Contains(t, task.Explain(), "it left out other inputs")
}

func TestProofTranscripts(t *testing.T) {
	floats := proofPolicy
	floats.Compare.Rounded = true
	for name, run := range map[string]struct {
		policy Policy
		acts   map[int]behaviour
	}{
		"proof":              {fivePolicy, nil},
		"proof-liar":         {proofPolicy, map[int]behaviour{0: liar("alone")}},
		"proof-floats":       {floats, map[int]behaviour{0: liar("alone")}},
		"proof-shows-to-one": {proofPolicy, map[int]behaviour{0: {name: "withholds chunks", evil: true, send: toOne}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := proofSim(t, 7, run.policy, run.acts)
			var out bytes.Buffer
			s.out = &out
			s.run()
			for _, n := range s.nodes {
				s.log("%s: %s", n.name(), n.task.Explain())
			}
			compareTranscript(t, name, out.Bytes())
		})
	}
}

// toOne shows results to the second in rank only, and attests nothing.
func toOne(n *simNode, to PeerID, m Message) Message {
	switch m.(type) {
	case Attest:
		return nil
	case Reveal:
		if n.node(to).rank != 1 {
			return nil
		}
	}
	return m
}

// FuzzProof feeds a task whose results are checked with events chosen by the fuzzer. It signs only what it computed itself or found
// right, and names only whom it saw open a commitment to it.
func FuzzProof(f *testing.F) {
	f.Add([]byte{0, 0, 1, 0, 4, 0, 6, 0, 12, 0, 9, 1})
	f.Add([]byte{0, 0, 4, 0, 6, 0, 13, 0, 1, 0, 5, 1, 6, 1, 12, 1, 9, 2, 255, 0})
	f.Add([]byte{0, 0, 4, 0, 9, 2, 14, 0, 9, 1, 12, 0, 255, 0})
	f.Fuzz(func(t *testing.T, choices []byte) { drivenProof(t, choices) })
}

// TestProofRandom drives tasks that have begun well with events at random.
func TestProofRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	attested := 0
	for range 200 {
		choices := []byte{0, 0}
		for range 60 {
			choices = append(choices, byte(rng.IntN(16)+16*(rng.IntN(20)/19)*rng.IntN(4)), byte(rng.IntN(3)+6*rng.IntN(40)*rng.IntN(2)))
		}
		if drivenProof(t, choices) {
			attested++
		}
	}
	require.Greater(t, attested, 5, "most runs come to nothing")
}

// drivenProof reports whether the task signed anything.
func drivenProof(t *testing.T, choices []byte) (attested bool) {
	setup := testSetup(1, 4, proofPolicy)
	setup.Secret = testHash("secret")
	task := newTask(t, setup)
	right, now := map[Hash]bool{testResult("right").Digest(): true}, Time(1_000)
	for i := 0; i+1 < len(choices) && i < 200; i += 2 {
		kind, arg := choices[i]%16, int(choices[i+1])
		rank := arg % 3
		content := []string{"right", "right", "wrong 1", "wrong 2"}[arg/6%4]
		now = now.Add(Millis(choices[i]/16) * 100)
		before, phase := task.StateHash(), task.Phase()
		ev := proofEvent(setup, kind, rank, arg, content)
		fx, err := task.Step(now, ev)
		if err != nil {
			require.Equal(t, before, task.StateHash(), "%v", err)
			require.Equal(t, Effects{}, fx)
		} else if p, ok := ev.(Proved); ok && p.Difference == "" && !p.Missing {
			right[p.Digest] = true
		}
		for _, s := range fx.Send {
			if a, ok := s.Message.(Attest); ok {
				attested = true
				require.True(t, right[a.Result.Digest()], "signed what it did not find right")
				for k := range task.s.Workers {
					if k != 1 && a.Agreed&testSeats(k) != 0 {
						require.True(t, task.shows(k) && right[task.s.Workers[k].Reveal.Digest], "named %d", k)
					}
				}
			}
		}
		for _, p := range fx.Prove {
			require.Greater(t, p.By, now)
			require.NotContains(t, p.From, setup.Self)
			require.NotZero(t, p.Seed)
			require.NotEqual(t, p.Seed, setup.Secret)
		}
		requireSound(t, task, setup, phase, now, err)
	}
	requireOver(t, task, setup)
	return attested
}

func proofEvent(s Setup, kind byte, rank, arg int, content string) Event {
	commitment := func(i int, c string) Hash {
		return Commitment(s.Network, s.Ref, testWorker(i).Peer, "class", testResult(c).Digest(), testHash("salt %d", i))
	}
	receive := func(m Message) Event {
		v, err := Validate(m, testKeys{})
		if err != nil {
			return Tick{}
		}
		return Received{testWorker(rank).Peer, v}
	}
	digest := testResult(content).Digest()
	switch kind {
	case 0:
		return Start{}
	case 1:
		return Finished{testResult("right"), "class", testHash("salt 1")}
	case 2, 3:
		return receive(committed(s.Ref, rank, commitment(rank, content)))
	case 4, 5:
		m := Seal{TaskRef: s.Ref, View: uint32(rank), Round: uint32(kind - 4), Entries: []Sealed{sealedBy(s.Ref, rank, commitment(rank, content))}}
		return receive(m)
	case 6, 7:
		return receive(Reveal{s.Ref, testOpening(rank, content, Revealed, 0)})
	case 8, 9, 10, 11: // it may rest on another's opening
		agreed := testSeats(rank, arg/24%3)
		o := testOpening(rank, content, Attested, agreed)
		o.Salt = testHash("salt %d", arg/24%3)
		return receive(Attest{TaskRef: s.Ref, Opening: o, Agreed: agreed})
	case 12:
		return Proved{Digest: digest, Difference: map[bool]Difference{true: "wrong"}[content[:5] == "wrong"]}
	case 13:
		return Proved{Digest: digest, Missing: true}
	case 14:
		return Lapsed{testWorker(rank).Peer}
	}
	return Tick{}
}

// The fewest candidates that keep those who collude from a quorum, by the exact tail of the binomial distribution, and that are a quorum
// without them.
func TestForProof(t *testing.T) {
	for _, c := range []struct {
		maxError  uint32
		dishonest int
		want      [3]int // quorum, candidates, may compute
	}{
		{100_000, 100, [3]int{2, 3, 2}}, {10_000, 100, [3]int{3, 5, 3}}, {1_000, 200, [3]int{9, 14, 9}}, {1_000, 330, [3]int{27, 48, 27}}, {1, 0, [3]int{2, 3, 2}},
	} {
		p, err := ForProof(c.maxError, c.dishonest)
		require.NoError(t, err)
		require.NoError(t, p.Validate())
		require.Equal(t, c.want, [3]int{int(p.Quorum), p.Candidates(), int(p.MaxReplicas)})
	}
	for _, c := range [][2]int{{0, 100}, {600_000, 100}, {1_000, 500}, {1_000, -1}, {1_000, 490}} {
		_, err := ForProof(uint32(c[0]), c[1])
		require.Error(t, err)
	}
}

// With a fifth of the workers in a cartel that lies, and attests its lies only, no more wrong results are certified than the policy says, for
// little more than one execution each.
func TestProofAgainstACartel(t *testing.T) {
	const tasks = 400
	policy, err := ForProof(50_000, 200)
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(3, 3))
	wrong, failed, executions := 0, 0, 0
	for seed := range uint64(tasks) {
		acts := map[int]behaviour{}
		for rank := range policy.Candidates() {
			if rng.IntN(5) == 0 {
				acts[rank] = behaviour{name: "cartel", lies: true, evil: true}
			}
		}
		s := proofSim(t, seed, policy, acts)
		judged := s.cfg.prove
		s.cfg.prove = func(n *simNode, p Prove) Proved {
			found := judged(n, p)
			if n.act.lies { // to them it is the other way round
				found.Difference = map[bool]Difference{true: "it is right"}[found.Difference == ""]
			}
			return found
		}
		s.run()
		executions += s.executions()
		owner := s.nodes[s.cfg.workers].task
		if owner.Phase() != Done {
			failed++
		} else if r, _ := owner.Result(); r.Digest() != testResult("right").Digest() {
			wrong++
		}
	}
	t.Logf("%d candidates, a quorum of %d: %d of %d wrong, %d failed, %.3f executions each", policy.Candidates(), policy.Quorum, wrong, tasks, failed, float64(executions)/tasks)
	require.LessOrEqual(t, wrong, tasks/20)
	require.Less(t, failed, tasks/8)
	require.Less(t, float64(executions)/tasks, 1.5)
}

// lazy attests what it is shown, as if it had found it right.
func lazy() behaviour { return behaviour{name: "lazy", evil: true} }

// One that lies and one that attests without checking are a quorum of two: what the first in rank made up is final, although the third checks. Of
// five candidates with a quorum of three they are none, wherever they rank, and the others certify what is right.
func TestProofMeetsALiarAndALazyOne(t *testing.T) {
	run := func(seed uint64, policy Policy, liesAt, lazyAt int) *sim {
		s := proofSim(t, seed, policy, map[int]behaviour{liesAt: liar("alone"), lazyAt: lazy()})
		checked := s.cfg.prove
		s.cfg.prove = func(n *simNode, p Prove) Proved {
			if n.act.name == "lazy" {
				return Proved{Digest: p.Digest}
			}
			return checked(n, p)
		}
		for _, n := range s.nodes { // drawn next, it computes nothing, as it takes what it signed for right: its lease lapses
			s.after(5_000, func() { n.step(Lapsed{Peer: s.nodes[lazyAt].peer}) })
		}
		return s.run()
	}
	wrong := 0
	for seed := range uint64(20) {
		s := run(seed, proofPolicy, 0, 1)
		if r, ok := s.nodes[s.cfg.workers].task.Result(); ok && r.Digest() == testResult("wrong alone").Digest() {
			wrong++
		}
	}
	require.Equal(t, 20, wrong, "two attest it, and that is what was asked for")
	for liesAt := range 5 {
		for lazyAt := range 5 {
			if lazyAt == liesAt {
				continue
			}
			for seed := range uint64(10) {
				s := run(seed, fivePolicy, liesAt, lazyAt)
				s.checkProof()
				s.requirePhase(Done)
			}
		}
	}
}
