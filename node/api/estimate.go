package api

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"sort"

	"gpumesh/market"
	"gpumesh/node/api/nodepb"
	"gpumesh/poc"
)

// estimate prices work with the asks that the advertising providers would make for it: the rate times the estimated run
// time, at least the floor, times what the priority pays. Ads tell prices as demand has moved them. Only those count that could be drawn,
// as there is a credit of theirs: anybody can advertise any price. The proposed bound is what the dearest asks, as those beyond the needed number take over from workers that leave, but no more than usual if the needed number asks
// less; and it leaves a quarter of room, because providers measure their speed again and prices move on.
func estimate(q *nodepb.EstimateRequest, ads []market.AdView, backed map[poc.PeerID]poc.Credit, self poc.PeerID, feeBps uint32) *nodepb.EstimateResponse {
	r := &nodepb.EstimateResponse{Needed: max(q.Replicas, q.Candidates)}
	batch := max(q.Batch, 1)
	ask := func(a market.Ad) market.Amount { // it is for a unit
		w := market.Work{Operations: q.Operations, Traffic: q.Traffic}
		if hi, all := bits.Mul64(uint64(q.Seconds), a.I32); hi == 0 { // else nobody is that fast
			w.Operations = max(w.Operations, all)
		}
		return a.Ask(w.Times(uint64(batch)))
	}
	var asks []market.Amount
	var known []poc.Credit
	unlike, small, unstaked := 0, 0, 0
	priority := market.Priority(min(q.Priority, uint32(market.Urgent)))
	for _, a := range ads {
		credit, staked := backed[a.Peer]
		switch {
		case a.Peer == self: // owners do not work on their own jobs
		case q.Class != "" && a.Class != q.Class || a.I32 < q.MinSpeed:
			unlike++
		case a.Memory < q.Memory:
			small++
		case !staked:
			unstaked++
		default:
			asks = append(asks, priority.Price(ask(a.Ad)))
			known = append(known, poc.Policy{MaxError: q.MaxError}.Worth(credit, q.Audits))
		}
	}
	slices.Sort(asks)
	r.Providers = uint32(len(asks))
	switch {
	case len(asks) == 0 && unstaked > 0:
		r.Problem = fmt.Sprintf("none of the %d advertising providers that could do this work has the stake with which it could be drawn", unstaked)
		return r
	case len(asks) == 0 && small > 0:
		r.Problem = fmt.Sprintf("none of the %d advertising providers allows tasks of %d bytes of device memory", small, q.Memory)
		return r
	case len(asks) == 0 && unlike > 0:
		r.Problem = fmt.Sprintf("none of the %d advertising providers has a device%s", unlike, terms(q))
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
	bound := max(last(max(r.Needed, uint32(math.Ceil(mean)))), usual(asks))
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
	// Who asks for more than the bound takes no part. Those that are missing are taken to ask as much as the dearest of the others.
	admitted := asks[:sort.Search(len(asks), func(i int) bool { return asks[i] > bound })]
	together := func(n uint32, asks []market.Amount) market.Amount {
		sum, ok := admitted[len(admitted)-1].Mul(uint64(max(n, 1)) - uint64(len(asks)))
		dear = dear || !ok
		for _, a := range asks {
			dear = dear || sum+a < sum
			sum += a
		}
		return sum
	}
	// Expected are hundredths of a replica, as some of the results of few workers are audited, by providers that ask as much as others do on average.
	all := max(uint32(len(admitted)), uint32(math.Ceil(mean)))
	hundredth, carry := cost(uint32(math.Round(mean*100)), together(all, admitted)/market.Amount(all)), uint64(99)
	r.Expected = hundredth/100 + (hundredth%100+carry)/100
	few, many := min(max(int(least), 1), len(admitted)), min(max(int(most), 1), len(admitted))
	r.Least, r.Most = cost(1, together(least, admitted[:few])), cost(1, together(most, admitted[len(admitted)-many:]))
	r.Budget = cost(q.MaxReplicas, bound)
	if dear {
		r.Problem = "the job would cost more than there are tokens"
	}
	return r
}

// usual is the most of these asks, in order, that is not over sixteen times the lower median: devices of one network are as far apart, so that a single provider that
// asks any price moves nothing.
func usual(asks []market.Amount) market.Amount {
	median := asks[(len(asks)-1)/2]
	return asks[sort.Search(len(asks), func(i int) bool { return asks[i]/16 > median })-1]
}

// terms says which devices a job asks for.
func terms(q *nodepb.EstimateRequest) (s string) {
	if q.Class != "" {
		s = " of class " + q.Class
	}
	if q.MinSpeed > 0 {
		s += fmt.Sprintf(" with %d i32 operations per second", q.MinSpeed)
	}
	return s
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
