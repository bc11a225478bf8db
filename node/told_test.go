package node

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// aged is a chain that shows every worker a long record, of which little is recent.
type aged struct {
	chain.Settlement
	completed, recent uint64
}

func (c aged) Standing(ctx context.Context, a poc.Account) (market.Standing, error) {
	s, err := c.Settlement.Standing(ctx, a)
	s.Completed, s.Recent = c.completed, &c.recent
	return s, err
}

// TestEstimateDecays: an estimate takes a record for what it counts for in a draw, and not for all that was ever completed.
func TestEstimateDecays(t *testing.T) {
	const completed, recent = 1_000_000, 400
	c := newCluster(t, 2, func(i int, tn *testNode) {
		if i == 0 {
			tn.settlement = aged{tn.settlement, completed, recent}
		}
	})
	owner, provider := c.nodes[0], c.nodes[1]
	ads, err := owner.Market(t.Context())
	require.NoError(t, err)
	credits, err := owner.Backed(t.Context(), ads)
	require.NoError(t, err)
	require.Equal(t, map[poc.PeerID]poc.Credit{provider.self: poc.CreditOf(recent, 0)}, credits)
	require.Less(t, poc.CreditOf(recent, 0), poc.CreditOf(completed, 0))
	require.Greater(t, poc.CreditOf(recent, 0), poc.NewcomerCredit)
}

// TestBudgetIsAProduct: where the budget does not do, the factors that are told make up the cost: units, all replicas that may be paid, and the price.
func TestBudgetIsAProduct(t *testing.T) {
	c := newCluster(t, 1, nil)
	owner := c.nodes[0]
	plain := poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 4, Standby: 1}
	proof := poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 2, Standby: 4, Compare: poc.Comparator{Tier: poc.Proof}}
	for _, p := range []struct {
		policy poc.Policy
		batch  uint32
		units  string
		n, all uint64
	}{
		{plain, 0, "8 tasks", 8, 4}, {plain, 4, "2 units of 4 tasks", 2, 4}, {proof, 1, "8 tasks", 8, 3},
	} {
		s, _ := owner.draft(8)
		s.Policy, s.Batch = p.policy, p.batch
		pay, _ := s.MaxPrice.Mul(p.n * p.all)
		cost := pay + pay*testFee/market.FeeBase
		factors := fmt.Sprintf("%s x %d replicas x 1 NLOV", p.units, p.all)
		for _, s.Budget = range []market.Amount{1, cost - 1} {
			_, err := owner.Submit(t.Context(), s)
			require.EqualError(t, err, fmt.Sprintf("the budget is %v and the job can cost %v: %s, and the network's fee of %d.%02d %%", s.Budget, cost, factors, testFee/100, testFee%100))
		}

		s.Budget, s.MaxPrice = 0, ^market.Amount(0)/market.Amount(p.n*p.all)+1
		_, err := owner.Submit(t.Context(), s)
		require.EqualError(t, err, fmt.Sprintf("the job can cost more than there are tokens: %s x %d replicas x %v", p.units, p.all, s.MaxPrice))
	}
}

// TestReasonsHaveCodes: all that explain says has a code, also what the node adds to what the market says.
func TestReasonsHaveCodes(t *testing.T) {
	c := newCluster(t, 1, nil)
	n := c.nodes[0]
	s, _ := n.draft(1) // nobody else is there
	id := c.submit(n, s)
	n.wait(id, "bidding", state(market.Bidding))
	ref := poc.TaskRef{Job: id}
	n.ops.note(market.OpKey("claim/"+id.String()+"/0"), market.OpDone{}, errors.New("down"))
	n.disputes.mu.Lock()
	n.disputes.mu.settled[ref] = Dispute{Reason: "nobody answers"}
	n.disputes.mu.Unlock()
	none := n.court
	n.court = &court{}
	n.court.mu.cases = map[string]courtCase{"one": {ID: 7, Accusation: chain.Accusation{Ref: ref, Account: "bad"}, State: CaseOpen}}
	v, err := n.Job(t.Context(), id)
	n.court = none
	require.NoError(t, err)
	require.Len(t, v.Reasons, len(v.Explain))
	for i, r := range v.Reasons {
		require.Equal(t, v.Explain[i], r.Text)
		require.NotEmpty(t, r.Code)
	}
	require.Equal(t, []market.Reason{
		{Code: ReasonOperation, Count: 1, Text: "the claim is not on the chain yet and is tried again: down"},
		{Code: ReasonDispute, Count: 1, Text: "the dispute about task 0 is open: nobody answers"},
		{Code: ReasonCase, Count: 1, Text: "case 7 about what bad signed for task 0, brought by this node, is open"},
	}, v.Reasons[len(v.Reasons)-3:])
}
