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

// TestWhoReports: every signed reveal that the certificate contradicts is reported, and only by who has found the certified result itself: whoever
// reports answers for it with its stake. So where a ring certifies what it likes, nobody else helps it to have those convicted who are right.
func TestWhoReports(t *testing.T) {
	liar := func(w *world) { w.nodes[2].lie = true }
	ring := func(w *world) {
		for _, n := range w.nodes[1:4] {
			n.ring = true
		}
	}
	two := func(w *world) {
		w.nodes[1].ring, w.nodes[2].ring = true, true
	}
	for name, c := range map[string]struct {
		act    func(w *world)
		policy poc.Policy
		checks bool // who has not computed checks
	}{
		"a quorum":            {liar, poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 4}, false},
		"two replicas":        {liar, poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 4, Standby: 5}, false},
		"a single replica":    {liar, poc.Policy{Replicas: 1, Quorum: 4, MaxReplicas: 7, Standby: 6, MaxError: 100_000}, false},
		"a checked product":   {liar, poc.Policy{Replicas: 1, Quorum: 4, MaxReplicas: 4, Standby: 6, Compare: byProof}, true},
		"a ring":              {ring, poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 4}, false},
		"a ring with records": {two, poc.Policy{Replicas: 1, Quorum: 4, MaxReplicas: 7, Standby: 6, MaxError: 100_000}, false},
	} {
		t.Run(name, func(t *testing.T) {
			type answer struct {
				ref     poc.TaskRef
				account poc.Account
			}
			reported := map[bool]int{} // by whether a ring has
			kept := map[bool]int{}     // evidence, by whether it is for knowing only
			for seed := range uint64(4) {
				w := newWorld(t, 7300+seed, 8, func(n *Network) { n.MinReplicas = 1 })
				w.paid = 5_000 // so that few are believed where that counts
				c.act(w)
				computed, said, by := map[*node]map[poc.TaskRef]bool{}, map[answer]poc.Hash{}, map[poc.Hash]*node{}
				for _, n := range w.nodes {
					computed[n] = map[poc.TaskRef]bool{}
					n.started = func(r Run) { computed[n][r.Ref] = true }
				}
				w.loses = func(n *node, s Send) bool {
					if p, ok := s.Message.(Proof); ok {
						if r, ok := p.Message.(poc.Reveal); ok && r.Account == n.account {
							said[answer{r.TaskRef, n.account}], by[r.Result.Digest()] = r.Result.Digest(), n
						}
					}
					return false
				}
				var id poc.Hash
				w.submits = func(n *node, op Op) {
					s, ok := op.(Slash)
					if !ok {
						return
					}
					reported[n.ring]++
					require.True(t, computed[n][s.Ref] || c.checks, "node %d reports and has not computed", n.index)
					right := by[w.ledger.settled[id][s.Ref.Task]]
					require.Equal(t, []bool{right.lie, right.ring}, []bool{n.lie, n.ring}, "node %d reports with another result", n.index)
				}
				id = w.nodes[0].job(8, false, func(s *Spec) { s.Policy = c.policy })
				w.run(w.settledEverywhere(id), 120_000)
				for _, n := range w.nodes {
					for _, s := range n.m.jobs[id].Slashes {
						ref := poc.TaskRef{Job: id, Task: s.Task}
						require.True(t, s.Due == 0 || computed[n][ref] || c.checks, "node %d would report and has not computed", n.index)
						kept[s.Due == 0]++
					}
				}
				for k, digest := range said {
					certified, ok := w.ledger.settled[id][k.ref.Task]
					require.Equal(t, ok && certified != digest, slices.ContainsFunc(w.ledger.history[id], func(e Entry) bool {
						return e.Kind == "slash" && e.Account == k.account && slices.Contains(e.Receipt.Tasks, k.ref.Task)
					}), "task %d of %s, seed %d", k.ref.Task, k.account, seed)
				}
			}
			require.Equal(t, name == "a ring", reported[true] > 2)
			require.Greater(t, reported[false], 2)
			require.Positive(t, kept[false])
			require.Equal(t, c.policy.MaxError > 0, kept[true] > 0, "who has not computed is told")
		})
	}
}
