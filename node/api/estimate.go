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
// time, at least the floor, times what the priority pays. Ads tell prices as demand has moved them. The proposed bound leaves a
// quarter of room, because providers measure their speed again and prices move on. Where redundancy is priced by risk, credits are those
// of the providers' accounts.
func estimate(q *nodepb.EstimateRequest, ads []market.AdView, credits map[poc.Account]poc.Credit, self poc.PeerID, feeBps uint32) *nodepb.EstimateResponse {
	r := &nodepb.EstimateResponse{Needed: max(q.Replicas, q.Candidates)}
	batch := max(q.Batch, 1)
	work := market.Work{Operations: q.Operations, Traffic: q.Traffic}.Times(uint64(batch)) // an ask is for a unit
	var asks []market.Amount
	var known []poc.Credit
	small := 0
	priority := market.Priority(min(q.Priority, uint32(market.Urgent)))
	for _, a := range ads {
		switch {
		case a.Peer == self: // owners do not work on their own jobs
		case a.Memory < q.Memory:
			small++
		default:
			asks = append(asks, priority.Price(a.Ad.Ask(work)))
			if c, ok := credits[a.Account]; ok {
				known = append(known, poc.Policy{MaxError: q.MaxError}.Worth(c, q.Audits))
			}
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
	case r.Providers < r.Needed && q.MaxError != 0:
		r.Problem = fmt.Sprintf("%d providers can do this work now, and the accepted error needs a panel of %d", r.Providers, r.Needed)
	case r.Providers < r.Needed && r.Needed > q.Replicas:
		r.Problem = fmt.Sprintf("%d providers can do this work now, and every result needs a panel of %d", r.Providers, r.Needed)
	case r.Providers < r.Needed:
		r.Problem = fmt.Sprintf("%d providers can do this work now, and the policy needs %d replicas of every task", r.Providers, q.Replicas)
	}
	units := (q.Tasks + batch - 1) / batch
	least, mean, most := q.Replicas, float64(q.Replicas), q.Replicas
	if q.MaxError != 0 {
		least, mean, most = drawn(q.MaxError, known, q.MaxReplicas, float64(q.Audits)/float64(max(units, 1)))
	}
	r.LeastReplicas, r.Replicas, r.MostReplicas = least, mean, most
	last := func(n uint32) market.Amount { return asks[min(max(n, 1), r.Providers)-1] }
	r.Ask = uint64(last(uint32(math.Ceil(mean))))
	bound := last(math.MaxUint32)
	if room, carry := bits.Add64(uint64(bound), uint64(bound)/4+1, 0); carry == 0 {
		bound = market.Amount(room)
	}
	r.MaxPrice = uint64(bound)
	dear := false
	cost := func(replicas uint32, ask market.Amount) uint64 {
		c, ok := market.MaxCost(market.Terms{Tasks: units, Replicas: replicas, MaxPrice: ask}, feeBps)
		dear = dear || !ok
		return uint64(c)
	}
	// Hundredths of a replica, as some of the results of few workers are audited.
	hundredth, carry := cost(uint32(math.Round(mean*100)), market.Amount(r.Ask)), uint64(99)
	r.Expected = hundredth/100 + (hundredth%100+carry)/100
	together := func(asks []market.Amount) (sum market.Amount) {
		for _, a := range asks {
			dear = dear || sum+a < sum
			sum += a
		}
		return sum
	}
	few, many := min(max(least, 1), r.Providers), min(max(most, 1), r.Providers)
	r.Least, r.Most = cost(1, together(asks[:few])), cost(1, together(asks[r.Providers-many:]))
	r.Budget = cost(q.MaxReplicas, bound)
	if dear {
		r.Problem = "the job would cost more than there are tokens"
	}
	return r
}

// drawn is how many replicas of a unit have the needed credit together, if all agree: when the best known are drawn first, on
// average, and when the least known are. Of those that are believed for their records the given share is audited.
func drawn(maxError uint32, known []poc.Credit, bound uint32, audited float64) (least uint32, mean float64, most uint32) {
	need := poc.Need(maxError)
	if len(known) == 0 {
		known = []poc.Credit{poc.NewcomerCredit}
	}
	slices.Sort(known)
	slices.Reverse(known)
	count := func(at func(i int) poc.Credit) (n uint32) {
		for sum := poc.Credit(0); sum < need && n < bound; n++ {
			sum += at(int(n))
		}
		return n
	}
	last := len(known) - 1
	least = count(func(i int) poc.Credit { return known[min(i, last)] })
	most = count(func(i int) poc.Credit { return known[max(last-i, 0)] })
	var sum poc.Credit
	for _, c := range known {
		sum += c
	}
	average := max(sum/poc.Credit(len(known)), 1)
	n := count(func(int) poc.Credit { return average })
	if mean = float64(n); int(n) < poc.Team(maxError) && n < bound {
		mean += audited
	}
	return least, mean, most
}
