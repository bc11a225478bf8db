package api

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"gpumesh/market"
	"gpumesh/node/api/nodepb"
	"gpumesh/poc"
)

// estimate prices work with the asks that the advertising providers would make for it: the rate times the estimated run
// time, at least the floor, times what the priority pays. Ads tell prices as demand has moved them. Which providers will be
// drawn is not known, so there is a range: all of them the cheapest, or all the dearest. The proposed bound leaves a quarter
// of room, because providers measure their speed again and prices move on.
func estimate(q *nodepb.EstimateRequest, ads []market.AdView, self poc.PeerID, feeBps uint32) *nodepb.EstimateResponse {
	r := &nodepb.EstimateResponse{Needed: q.Replicas}
	var asks []market.Amount
	small := 0
	priority := market.Priority(min(q.Priority, uint32(market.Urgent)))
	for _, a := range ads {
		switch {
		case a.Peer == self: // owners do not work on their own jobs
		case a.Memory < q.Memory:
			small++
		default:
			asks = append(asks, priority.Price(a.Ad.Ask(q.Operations)))
		}
	}
	slices.Sort(asks)
	r.Providers = uint32(len(asks))
	switch {
	case len(asks) == 0 && small > 0:
		r.Problem = fmt.Sprintf("none of the %d advertising providers allows tasks of %d bytes of device memory", small, q.Memory)
		return r
	case len(asks) == 0:
		r.Problem = "no provider is advertising now"
		return r
	case r.Providers < q.Replicas:
		r.Problem = fmt.Sprintf("%d providers can do this work now, and the policy needs %d replicas of every task", r.Providers, q.Replicas)
	}
	last := func(n uint32) market.Amount { return asks[min(max(n, 1), r.Providers)-1] }
	r.Ask = uint64(last(q.Replicas))
	bound := last(math.MaxUint32)
	if room, carry := bits.Add64(uint64(bound), uint64(bound)/4+1, 0); carry == 0 {
		bound = market.Amount(room)
	}
	r.MaxPrice = uint64(bound)
	expected, ok1 := market.MaxCost(market.Terms{Tasks: q.Tasks, Replicas: q.Replicas, MaxPrice: market.Amount(r.Ask)}, feeBps)
	budget, ok2 := market.MaxCost(market.Terms{Tasks: q.Tasks, Replicas: q.MaxReplicas, MaxPrice: bound}, feeBps)
	each := int(min(max(q.Replicas, 1), r.Providers))
	least, ok3 := together(asks[:each], q.Tasks, feeBps)
	most, ok4 := together(asks[len(asks)-each:], q.Tasks, feeBps)
	r.Least, r.Most = uint64(least), uint64(most)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		r.Problem = "the job would cost more than there are tokens"
	}
	r.Expected, r.Budget = uint64(expected), uint64(budget)
	return r
}

// together is what tasks cost that each of some providers computes, with the fee, and false on overflow.
func together(asks []market.Amount, tasks, feeBps uint32) (market.Amount, bool) {
	var each market.Amount
	for _, a := range asks {
		if each+a < each {
			return 0, false
		}
		each += a
	}
	return market.MaxCost(market.Terms{Tasks: tasks, Replicas: 1, MaxPrice: each}, feeBps)
}
