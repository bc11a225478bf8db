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
