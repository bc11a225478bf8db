package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// reference is what a task says of results, in the words of the protocol and without its machinery: the first answers of every
// worker, as far as they were taken, decide what may be certified and what this node may sign.
type reference struct {
	setup    Setup
	commits  map[PeerID]Hash // by the worker itself
	reveals  map[PeerID]Hash // digests
	attests  map[PeerID]Attest
	finished Hash
}

func newReference(s Setup) *reference {
	return &reference{setup: s, commits: map[PeerID]Hash{}, reveals: map[PeerID]Hash{}, attests: map[PeerID]Attest{}}
}

// take notes an event that was not refused, and what this node signed in answer.
func (r *reference) take(ev Event, fx Effects) {
	switch e := ev.(type) {
	case Finished:
		r.finished = e.Result.Digest()
	case Received:
		switch m := e.Message.message.(type) {
		case Commit:
			keepFirst(r.commits, e.From, m.Commitment)
		case Reveal:
			keepFirst(r.reveals, e.From, m.Result.Digest())
		case Attest:
			keepFirst(r.attests, e.From, m)
		}
	}
	for _, s := range fx.Send {
		if m, ok := s.Message.(Attest); ok {
			r.attests[r.setup.Self] = m
		}
	}
}

func keepFirst[V any](m map[PeerID]V, p PeerID, v V) {
	if _, ok := m[p]; !ok {
		m[p] = v
	}
}

// certifiable lists the digests that a quorum of candidates attests, where a quorum names seats that may carry the result. Strict
// leaves out the attestations that contradict what their signers had committed to.
func (r *reference) certifiable(strict bool) (out []Hash) {
	named, signers := map[Hash]map[uint8]int{}, map[Hash]int{}
	for p, m := range r.attests {
		d := m.Result.Digest()
		if c, ok := r.commits[p]; strict && ok && c != Commitment(r.setup.Network, m.TaskRef, p, m.Class, d, m.Salt) {
			continue
		}
		if named[d] == nil {
			named[d] = map[uint8]int{}
		}
		signers[d]++
		for _, w := range r.setup.Ranking {
			if m.Agreed>>w.Seat&1 != 0 {
				named[d][w.Seat]++
			}
		}
	}
	for d, n := range signers {
		credit, seats := 0, 0
		for _, w := range r.setup.Ranking {
			if named[d][w.Seat] >= int(r.setup.Policy.Quorum) {
				seats++
				credit += int(w.Credit)
			}
		}
		enough := seats > 0
		if e := r.setup.Policy.MaxError; e > 0 {
			enough = credit >= int(Need(e))
		}
		if n >= int(r.setup.Policy.Quorum) && enough {
			out = append(out, d)
		}
	}
	return out
}

// shown weighs who showed a result and who showed another one: in workers, or in credit.
func (r *reference) shown(digest Hash) (agree, differ int) {
	for _, w := range r.setup.Ranking {
		d, ok := r.reveals[w.Peer]
		if m, attested := r.attests[w.Peer]; !ok && attested {
			d, ok = m.Result.Digest(), true
		}
		if w.Peer == r.setup.Self {
			d, ok = r.finished, !r.finished.IsZero()
		}
		weight := 1
		if r.setup.Policy.MaxError > 0 {
			weight = int(w.Credit)
		}
		switch {
		case ok && d == digest:
			agree += weight
		case ok:
			differ += weight
		}
	}
	return agree, differ
}

// check compares the task with the model after an event.
func (r *reference) check(t *testing.T, task *Task, fx Effects) {
	t.Helper()
	if got, ok := task.Result(); ok {
		require.Contains(t, r.certifiable(false), got.Digest(), "certified without what that takes")
	} else if task.Phase() != Failed && task.Phase() != Waiting {
		require.Empty(t, r.certifiable(true), "not certified, and everything for it is there")
	}
	for _, s := range fx.Send {
		m, ok := s.Message.(Attest)
		if !ok {
			continue
		}
		agree, _ := r.shown(m.Result.Digest())
		need := int(r.setup.Policy.Quorum)
		if r.setup.Policy.MaxError > 0 {
			need = int(Need(r.setup.Policy.MaxError))
		}
		late := task.Phase() >= Certified // its own result, which others have certified
		require.True(t, agree >= need || late, "signed with %d of %d", agree, need)
		require.True(t, r.finished.IsZero() || r.finished == m.Result.Digest(), "signed another result than its own")
		require.True(t, !r.finished.IsZero() || r.setup.Policy.MaxError > 0, "signed without a result")
	}
}

// FuzzStep feeds a task with events chosen by the fuzzer, and compares it with a reference model of who can be certified. Besides,
// a refused event changes nothing, a task that is not over has a deadline, it restores to itself, phases follow the table, and the
// certificate verifies.
func FuzzStep(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, false)
	f.Add([]byte{0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130}, true)
	f.Add([]byte{0, 12, 2, 22, 32, 3, 13, 23, 4, 14, 24, 34, 5, 15}, true)
	f.Fuzz(func(t *testing.T, choices []byte, priced bool) {
		policy := testPolicy
		setup := testSetup(0, 6, policy)
		if priced {
			setup = testSetup(0, 12, pricedPolicy)
			simConfig{job: testHash("job"), credit: known}.price(&setup, 0)
		}
		task := newTask(t, setup)
		model := newReference(setup)
		now := Time(1_000)
		for i := 0; i+1 < len(choices) && i < 200; i += 2 {
			kind, arg := choices[i], int(choices[i+1])
			rank, content := arg%6, []string{"right", "wrong"}[arg/6%2]
			now = now.Add(Millis(kind/16) * 100)
			before, phase := task.StateHash(), task.Phase()
			ev := fuzzEvent(t, setup, kind%16, rank, content)
			fx, err := task.Step(now, ev)
			if err != nil {
				require.Equal(t, before, task.StateHash(), "%v", err)
				require.Equal(t, Effects{}, fx)
			} else {
				model.take(ev, fx)
			}
			model.check(t, task, fx)
			require.True(t, phase == task.Phase() || reachable(phase, task.Phase()), "%v to %v", phase, task.Phase())
			next := task.NextDeadline()
			require.Equal(t, task.Phase().over(), next == 0)
			require.True(t, next == 0 || next > now || err != nil, "%d is not after %d: %s", next, now, task.Explain())
			back, err := Restore(setup, task.Record())
			require.NoError(t, err)
			require.Equal(t, task.StateHash(), back.StateHash())
			if c := task.Certificate(); c != nil {
				require.NoError(t, c.Verify(task.Candidates(), setup.Policy, testKeys{}))
			}
		}
		_, err := task.Step(setup.Deadline, Tick{})
		require.True(t, err != nil || task.Phase() >= Certified)
		_, _ = task.Step(setup.Deadline.Add(setup.Params.AttestGrace), Tick{})
		require.True(t, task.Phase().over(), "%v at the deadline", task.Phase())
	})
}

// reachable reports whether transitions of the table lead from one phase to another.
func reachable(from, to Phase) bool {
	for _, p := range phaseTransitions[from] {
		if p == to || (p > from || from == Failed) && reachable(p, to) {
			return true
		}
	}
	return false
}

func fuzzEvent(t *testing.T, s Setup, kind byte, rank int, content string) Event {
	ref := s.Ref
	from := testWorker(rank).Peer
	receive := func(m Message) Event {
		v, err := Validate(m, testKeys{})
		if err != nil {
			return Tick{}
		}
		return Received{from, v}
	}
	open := func(k StatementKind, agreed uint64) Opening {
		o := testOpening(rank, content, k, agreed)
		o.Signature = testSignature(o.Account, Statement{Kind: k, Job: ref.Job, Task: ref.Task, Digest: o.Result.Digest(), Agreed: agreed})
		return o
	}
	commitment := func(i int, c string) Hash {
		return Commitment(s.Network, ref, testWorker(i).Peer, "class", testResult(c).Digest(), testHash("salt %d", i))
	}
	switch kind {
	case 0:
		return Start{}
	case 1:
		return Finished{testResult(content), "class", testHash("salt 0")}
	case 3:
		return receive(twiceOf(Attested, testOpening(rank, "right", Attested, 1), testOpening(rank, "wrong", Attested, 1), 1))
	case 2:
		return receive(Commit{ref, commitment(rank, content), "class"})
	case 4, 5:
		m := Seal{TaskRef: ref, View: uint32(rank), Round: uint32(kind - 4)}
		for i := range 1 + rank {
			m.Entries = append(m.Entries, Sealed{testWorker(i).Peer, commitment(i, "right")})
		}
		sortEntries(m.Entries)
		return receive(m)
	case 6, 7:
		return receive(Reveal{ref, open(Revealed, 0)})
	case 8, 9:
		agreed := testSeats(0, 1, rank)
		return receive(Attest{TaskRef: ref, Opening: open(Attested, agreed), Agreed: agreed})
	case 10:
		return receive(Dissent{TaskRef: ref, Round: 0, Want: 1})
	case 11:
		return receive(Abstain{ref, "no"})
	case 12:
		lots := Lots(testHash("secret %d", 6+rank), ref.Job, int(s.Tasks))
		from = testWorker(6 + rank).Peer
		return receive(Share{ref, ShareOf(testHash("secret %d", 6+rank), ref), lots.Path(int(ref.Task))})
	case 13:
		return Lapsed{from}
	case 14:
		return Hold{map[string]Time{"right": 5_000}[content]}
	}
	if content == "right" {
		return Tick{}
	}
	return Distrust{from, content == "right", content == "wrong"}
}

// FuzzDispute feeds a dispute with arbitrary answers: it never panics, and always ends at a deadline.
func FuzzDispute(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6})
	f.Fuzz(func(t *testing.T, choices []byte) {
		p := program{7, 3, 11}
		d, err := NewDispute(1, testRef, MerkleRoot(p.trace(false)), MerkleRoot(p.trace(true)), p.state(-1, false), 7, 100)
		require.NoError(t, err)
		now := Time(2)
		for _, c := range choices {
			side := Side(c >> 6 & 1)
			var ev DisputeEvent = Elapsed{}
			switch c % 8 {
			case 0, 1, 2, 3:
				if d.Phase() != Decided {
					ev = p.answer(d, side, side == SideB)
				}
			case 4:
				ev = Children{Side: Side(c >> 3), Left: Hash{c}}
			case 5:
				ev = Told{Side: Side(c >> 3), Marks: []Hash{{c}}}
			case 6:
				ev = Before{Side: Side(c >> 3), State: Hash{c}}
			}
			now = now.Add(Millis(c >> 5))
			_, _ = d.Step(now, ev)
			require.Equal(t, d.Phase() == Decided, d.Until() == 0)
			require.False(t, d.Loses[SideA] && !d.Loses[SideB] && d.Phase() == Decided && d.Why == "the referee ran the command in dispute")
		}
		for range 3 {
			if u := d.Until(); u != 0 {
				_, _ = d.Step(u, Elapsed{})
			}
		}
		require.Equal(t, Decided, d.Phase())
	})
}
