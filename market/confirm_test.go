package market

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestSignersWithoutStake: two of two must agree, and one of them loses its stake with its first signature, so that the chain takes none of its
// certificates. Others compute what it has signed, and what honest workers did with it is settled and paid. Nobody is asked where nothing lacks.
func TestSignersWithoutStake(t *testing.T) {
	w := newWorld(t, 90, 7)
	w.ledger.least = w.net.MinStake
	sinker := w.nodes[1]
	signed, partners := map[uint32]bool{}, map[uint32]poc.Account{}
	w.loses = func(n *node, s Send) bool {
		p, ok := s.Message.(Proof)
		if a, attests := p.Message.(poc.Attest); ok && attests {
			if n == sinker {
				signed[a.Task] = true
				w.ledger.burnt += w.ledger.stake[n.account]
				w.ledger.stake[n.account] = 0
			} else if _, later := partners[a.Task]; !later {
				partners[a.Task] = n.account
			}
		}
		return false
	}
	runs := map[uint32]int{}
	for _, n := range w.nodes {
		n.started = func(r Run) { runs[r.Ref.Task]++ }
	}
	id := w.nodes[0].job(8, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 5, Standby: 3}
		s.Deadline = w.now.Add(120_000)
	})
	explained := false
	w.run(func() bool {
		v, _ := w.nodes[0].m.View(id)
		explained = explained || strings.Contains(strings.Join(v.Explain, ""), "too few who still have their stake")
		return w.settledEverywhere(id)()
	}, 120_000)
	require.NotEmpty(t, signed)
	require.Less(t, len(signed), 8)
	require.True(t, explained)
	require.EqualValues(t, 8, w.ledger.escrows[id].Settled)
	paid := map[poc.Account]int{}
	for task := range uint32(8) {
		if paid[partners[task]]++; signed[task] {
			require.Equal(t, 3, runs[task], "as many as are lacking")
		} else {
			require.Equal(t, 2, runs[task])
		}
	}
	for a, n := range paid {
		require.GreaterOrEqual(t, w.ledger.completed[a], uint64(n), "%s", a)
	}
	require.Zero(t, w.ledger.completed[sinker.account])
}
