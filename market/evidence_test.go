package market

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestEvidenceIsToldOnce: who lies where redundancy is priced is known to every seat of the job, also to those that were shown none of its
// reveals and when the first that tells them is not heard. Each that was shown a lie tells it once in a job, however often the liar lies.
func TestEvidenceIsToldOnce(t *testing.T) {
	for _, deaf := range []bool{false, true} {
		w := newWorld(t, 71, 12, func(n *Network) { n.MinReplicas = 1 })
		liar := w.nodes[1]
		liar.lie = true
		tells, lies, first := map[*node]int{}, map[uint32]bool{}, (*node)(nil)
		w.loses = func(n *node, s Send) bool {
			p, ok := s.Message.(Proof)
			if !ok {
				return false
			}
			r, ok := p.Message.(poc.Reveal)
			if !ok || r.Account != liar.account {
				return false
			}
			if lies[r.Task] = true; n == liar {
				return false
			}
			tells[n]++
			require.Len(t, s.To, 11, "all seats and the owner, without itself")
			if first == nil {
				first = n
			}
			return deaf && n == first
		}
		id := w.nodes[0].job(8, false, func(s *Spec) {
			s.Policy = poc.Policy{Replicas: 1, Quorum: 5, MaxReplicas: 8, Standby: 7, MaxError: 100_000}
		})
		w.run(w.settledEverywhere(id), 60_000)
		require.Greater(t, len(lies), 1)
		require.Greater(t, len(tells), 1)
		for n, times := range tells {
			require.Equal(t, 1, times, "node %d", n.index)
		}
		for _, n := range w.nodes[2:] {
			require.True(t, slices.ContainsFunc(n.m.jobs[id].Slashes, func(s slash) bool { return s.Reveal.Account == liar.account }), "node %d", n.index)
		}
		for task := range lies { // of what it does in further tasks those who computed them are enough
			require.True(t, slices.ContainsFunc(w.ledger.history[id], func(e Entry) bool {
				return e.Kind == "slash" && e.Account == liar.account && slices.Contains(e.Receipt.Tasks, task)
			}), "task %d", task)
		}
	}
}

// TestTwoAnswersConvict: who signs two results for one task is convicted of it once, before anything is claimed, though one node alone saw
// both; everybody else is told once, and keeps the proof over a restart. Who repeats itself is not convicted, and nobody of what another signed.
func TestTwoAnswersConvict(t *testing.T) {
	w := newWorld(t, 72, 6)
	liar, witness := w.nodes[1], w.nodes[2]
	told := 0
	w.loses = func(n *node, s Send) bool {
		if p, ok := s.Message.(Proof); ok {
			if _, ok := p.Message.(poc.Twice); ok {
				require.Equal(t, witness, n)
				require.Len(t, s.To, 5, "all seats and the owner, without itself")
				told++
			}
		}
		return false
	}
	id := w.nodes[0].job(4, false)
	var said *poc.Attestation
	var task *task
	w.run(func() bool {
		j := witness.m.jobs[id]
		if j == nil {
			return false
		}
		for _, tk := range j.tasks {
			if c := tk.poc.Certificate(); c != nil && said == nil {
				if i := slices.IndexFunc(c.Attestations, func(a poc.Attestation) bool { return a.Peer == liar.peer }); i >= 0 {
					said, task = &c.Attestations[i], tk
				}
			}
		}
		return said != nil
	}, 60_000)
	c := task.poc.Certificate()
	attest := func(n *node, r poc.Result) Proof {
		st := poc.Statement{Kind: poc.Attested, Job: id, Task: c.Task, Digest: r.Digest(), Agreed: said.Agreed}
		return Proof{poc.Attest{TaskRef: task.ref, Opening: poc.Opening{
			Class: "test", Result: r, Account: n.account, Signature: testSignature(n.account, st),
		}, Agreed: said.Agreed}}
	}
	other := c.Result
	other.Trace[0] ^= 1
	require.Error(t, liar.tell(witness, attest(liar, c.Result)), "the same once more")
	require.Error(t, liar.tell(witness, attest(w.nodes[3], other)), "another's")
	require.Empty(t, witness.m.jobs[id].Slashes)
	require.NoError(t, liar.tell(witness, attest(liar, other)))
	require.Error(t, liar.tell(witness, attest(liar, other)), "it is known")
	w.run(w.settledEverywhere(id), 60_000)
	require.Equal(t, 1, told)
	for _, n := range w.nodes {
		want := map[bool]uint64{true: 1}[n == liar]
		require.Equal(t, want, w.ledger.faults[n.account], "node %d", n.index)
		if n != liar {
			i := slices.IndexFunc(n.m.jobs[id].Slashes, func(s slash) bool { return s.Twice != nil && s.account() == liar.account && s.Settled })
			require.GreaterOrEqual(t, i, 0, "node %d", n.index)
		}
	}
	before, slashes := witness.m.StateHash(), len(witness.m.jobs[id].Slashes)
	witness.restart()
	require.Equal(t, before, witness.m.StateHash())
	require.Len(t, witness.m.jobs[id].Slashes, slashes)
}
