package node

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// TestClaimsAreKeptForTheirProvidersOnly: who keeps documents has room for as many as there are providers with stakes, and strangers
// must not take it, nor anybody another's place.
func TestClaimsAreKeptForTheirProvidersOnly(t *testing.T) {
	roster, err := poc.NewRoster([]poc.Candidate{{Worker: poc.Worker{Peer: poc.PeerID{1}, Account: "one"}, Weight: 1}})
	require.NoError(t, err)
	c := &challenges{}
	require.Empty(t, c.account(poc.PeerID{1}), "no epoch is known")
	c.mu.epochs[0] = &epoch{roster: roster}
	require.Equal(t, poc.Account("one"), c.account(poc.PeerID{1}))
	require.Empty(t, c.account(poc.PeerID{2}))
}

// TestShareOfClaims: of very many open claims each node looks at a share of its own and at those that it keeps, and all of few.
func TestShareOfClaims(t *testing.T) {
	const claims, nodes = 2000, 100
	seen := make([]int, claims)
	for i := range nodes {
		r := &rewards{node: &Node{self: poc.PeerID{byte(i), 7}}}
		r.mu.kept = map[string]keptClaim{refOf("kept", 1): {Have: true}}
		for k := range claims {
			if r.drawn(chain.PoolClaim{Account: "other", Number: uint32(k)}, claims) {
				seen[k]++
			}
		}
		require.True(t, r.drawn(chain.PoolClaim{Account: "kept", Number: 1}, claims))
		require.True(t, r.drawn(chain.PoolClaim{Account: "other", Number: uint32(i)}, inspectShare))
	}
	total := 0
	for _, n := range seen {
		total += n
	}
	require.InDelta(t, nodes*inspectShare, total, nodes*inspectShare/10)
	require.Less(t, slices.Max(seen), nodes/4, "nodes draw apart")
}

// TestRewardsInOneSentence: what is due and why it waits, what is claimed and until when, and what became of it.
func TestRewardsInOneSentence(t *testing.T) {
	const day = 86_400_000
	open := RewardView{Number: 2, Amount: 4 * market.NLOV, State: RewardOpen, Until: 3 * day}
	sooner := RewardView{Number: 1, Amount: market.NLOV, State: RewardOpen, Until: 2 * day}
	paid := RewardView{Number: 0, Amount: 5 * market.NLOV, State: RewardOver, Paid: 5 * market.NLOV, Reason: "it was paid"}
	dropped := RewardView{Number: 3, Amount: 7 * market.NLOV, State: RewardOver, Reason: "it was dropped"}
	until := time.UnixMilli(2 * day).Format(time.DateTime)
	for want, v := range map[string]RewardsView{
		"nothing is due":                        {},
		"rewards.claim of config.yaml is false": {Reason: "rewards.claim of config.yaml is false"},
		"2 NLOV due":                            {Due: market.Due{Uptime: market.NLOV, Completion: market.NLOV}},
		"1 NLOV due, not claimed: less than 2 NLOV is due":                                                 {Due: market.Due{Uptime: market.NLOV}, Reason: "less than 2 NLOV is due"},
		"nothing is due; 5 NLOV claimed, paid from " + until + " on; 5 NLOV paid":                          {Claims: []RewardView{paid, sooner, open}},
		"nothing is due; claim 3 for 7 NLOV was not paid: it was dropped; 5 NLOV paid":                     {Claims: []RewardView{paid, dropped}},
		"nothing is due; 4 NLOV claimed, paid from " + time.UnixMilli(3*day).Format(time.DateTime) + " on": {Claims: []RewardView{dropped, open}},
		"nothing is due; claim 1 for 1 NLOV is being made: lost":                                           {Claims: []RewardView{{Number: 1, Amount: market.NLOV, State: RewardDrafted, Reason: "lost"}}},
	} {
		require.Equal(t, want, v.String())
	}
}

// TestWhoStopsConvictsNobodyAndStrangersKeepNothing: a document that this node cannot fetch as it is being stopped is not one that nobody
// shows, and who asks it to keep another's claim is refused.
func TestWhoStopsConvictsNobodyAndStrangersKeepNothing(t *testing.T) {
	c := newRewardCluster(t, 2, nil)
	n := c.nodes[0]
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := n.rewards.block(ctx, poc.Hash{1}, nil)
	require.ErrorIs(t, err, context.Canceled)
	require.NotErrorIs(t, err, errUnshown)
	_, err = n.rewards.block(t.Context(), poc.Hash{1}, nil)
	require.ErrorIs(t, err, errUnshown)

	stranger := hostIDs([]poc.PeerID{{9}, c.nodes[1].self}, n.self)[1]
	_, err = n.rewards.receive(t.Context(), stranger, poc.MustEncode(rewardMail{Account: "another's"}))
	require.ErrorContains(t, err, "not the provider of that account")
	n.rewards.mu.Lock()
	defer n.rewards.mu.Unlock()
	require.Empty(t, n.rewards.mu.kept)
}
