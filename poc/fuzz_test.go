package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzStep feeds a task with events chosen by the fuzzer, and compares it with a model that knows only what every state must
// satisfy: a refused event changes nothing, a task that is not over has a deadline, it restores to itself, phases follow the
// table, and what is certified has the attestations that the policy wants.
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
		now := Time(1_000)
		for i := 0; i+1 < len(choices) && i < 200; i += 2 {
			kind, arg := choices[i], int(choices[i+1])
			rank, content := arg%6, []string{"right", "wrong"}[arg/6%2]
			now = now.Add(Millis(kind/16) * 100)
			before, phase := task.StateHash(), task.Phase()
			fx, err := task.Step(now, fuzzEvent(t, setup, kind%16, rank, content))
			if err != nil {
				require.Equal(t, before, task.StateHash(), "%v", err)
				require.Equal(t, Effects{}, fx)
			}
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
		if p == to || p > from && reachable(p, to) {
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
		o.Signature = testSignature(o.Account, Statement{k, ref.Job, ref.Task, o.Result.Digest(), agreed})
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
	case 2, 3:
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
		return receive(Attest{ref, open(Attested, agreed), agreed})
	case 10:
		return receive(Dissent{TaskRef: ref, Round: 0, Want: 1})
	case 11:
		return receive(Abstain{ref, "no"})
	case 12:
		leaves := shareLeaves(testHash("secret %d", 6+rank), ref.Job, int(s.Tasks))
		from = testWorker(6 + rank).Peer
		return receive(Share{ref, ShareOf(testHash("secret %d", 6+rank), ref), pathOf(leaves, int(ref.Task))})
	case 13:
		return Lapsed{from}
	case 14:
		return Suspect{from, content == "right"}
	}
	if content == "right" {
		return Tick{}
	}
	return Distrust{from}
}

func pathOf(leaves []Hash, i int) []Hash {
	if i >= len(leaves) {
		return nil
	}
	return MerklePath(leaves, i)
}

// FuzzDispute feeds a dispute with arbitrary answers: it never panics, and always ends at a deadline.
func FuzzDispute(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6})
	f.Fuzz(func(t *testing.T, choices []byte) {
		p := program{7, 3, 11}
		d, err := NewDispute(1, testRef, MerkleRoot(p.trace(false)), MerkleRoot(p.trace(true)), p.state(-1, false), 7, 3, 100)
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
				ev = Bind{Side: Side(c >> 3)}
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
