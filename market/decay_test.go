package market

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestDrawCountsRecentWork: what a record counts for in a draw is what is left of it, and not all that was ever completed.
func TestDrawCountsRecentWork(t *testing.T) {
	n := LocalNetwork()
	const completed = 1_000_000
	recent := uint64(400)
	s := &Spec{Tasks: make([]Task, 1000), Policy: poc.Policy{Replicas: 1, Quorum: 2, MaxReplicas: 2, Standby: 1, MaxError: 10_000}}
	require.NotZero(t, s.Audits(), "else records count for less anyway")
	seats := []frozen{{poc.PeerID{1}, Offer{Account: "old", Ask: 1, Speed: 1}}, {poc.PeerID{2}, Offer{Account: "busy", Ask: 1, Speed: 1}}}
	b := Beacon{Standings: []Standing{
		{Account: "old", Peer: poc.PeerID{1}, Registered: true, Stake: n.MinStake, Completed: completed, Recent: &recent},
		{Account: "busy", Peer: poc.PeerID{2}, Registered: true, Stake: n.MinStake, Completed: completed},
	}}
	bench := newBench(n, s, seats, b)
	require.Equal(t, poc.CreditOf(recent, 0), bench.all[0].Credit)
	require.Equal(t, poc.CreditOf(completed, 0), bench.all[1].Credit)
	require.Less(t, bench.all[0].Credit, bench.all[1].Credit)
}

// TestExplainCounts: one provider is told as one, and what it asks as one price, of a unit where there are units.
func TestExplainCounts(t *testing.T) {
	say := func(batch uint32, declines ...declined) string {
		j := &job{spec: &Spec{Batch: batch, MaxPrice: NLOV}}
		j.Declines = declines
		var first string
		j.explainDeclines(func(_ string, _ int, format string, args ...any) {
			if first == "" {
				first = fmt.Sprintf(format, args...)
			}
		})
		return first
	}
	dear := declined{Code: DeclinePrice, Ask: 2 * NLOV}
	dearer := declined{Code: DeclinePrice, Ask: 3 * NLOV}
	require.Equal(t, "1 provider declined as price-too-low: the bid is 1 NLOV per replica, and it asks 2 NLOV", say(0, dear))
	require.Equal(t, "2 providers declined as price-too-low: the bid is 1 NLOV per replica of a unit of 16 tasks, and they ask 2 NLOV to 3 NLOV", say(16, dear, dearer))
	require.Equal(t, "1 provider declined as busy", say(0, declined{Code: DeclineBusy}))
}
