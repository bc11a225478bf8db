package market

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLateWorkerIsPaidLess: a worker whose commitment comes after the job's due time is paid less, if the job says so and a quorum saw
// it; the others are paid in full, and what it lacks returns to the owner.
func TestLateWorkerIsPaidLess(t *testing.T) {
	for _, less := range []uint32{0, 2_500, FeeBase} {
		// With this seed nobody hears of the late commitment from its seal first: then it would be late for nobody.
		w := newWorld(t, 91, 4, func(n *Network) { n.Poc.SealTimeout = 60_000 })
		slow := w.nodes[2]
		slow.delay = 20_000
		before := map[string]Amount{}
		for _, n := range w.nodes {
			before[string(n.account)] = w.ledger.balance[n.account]
		}
		id := w.nodes[0].job(2, false, func(s *Spec) {
			s.Policy.MaxReplicas, s.Policy.Standby, s.Tasks[0].Timeout, s.Tasks[1].Timeout = 3, 0, 60, 60
			s.Deadline = w.now.Add(120_000)
			if less > 0 {
				s.Due, s.LateBps = w.now.Add(15_000), less
			}
		})
		w.run(w.settledEverywhere(id), 200_000)
		w.ledger.check()
		v, _ := w.nodes[0].m.View(id)
		require.Equal(t, 2, v.Settled)
		const ask = NLOV / 100
		for _, n := range w.nodes[1:] {
			want := 2 * ask
			if n == slow && less > 0 {
				want = 2 * (ask - ask*Amount(less)/FeeBase)
			}
			require.Equal(t, want, w.ledger.balance[n.account]-before[string(n.account)], "node %d, %d less", n.index, less)
		}
		require.Equal(t, less > 0, strings.Contains(strings.Join(v.Explain, "\n"), slow.peer.Short()+" was late in 2 tasks"), v.Explain)
	}
}
