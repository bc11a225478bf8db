package market

import (
	"math/bits"
	"slices"

	"gpumesh/poc"
)

// scoreUnit is the score of a worker that is best in every part.
const scoreUnit = 1_000_000

// scoreInput is one eligible offer with what the chain knows of its worker.
type scoreInput struct {
	speed     uint64
	ask       Amount
	completed uint64
	faults    uint64
}

// scores returns 0.4 performance + 0.3 reliability + 0.3 cost efficiency for each offer, in millionths, at least 1.
// Performance is the speed relative to the fastest, cost efficiency the lowest ask relative to the ask. Reliability is
// Laplace's estimate of the share of good work, where one conviction weighs as much as faultWeight replicas. A speed is its
// provider's own word: none counts for more than speedCap times the median (zero: no bound), so overstating it does not pay further.
func scores(in []scoreInput, speedCap uint32) []uint64 {
	const faultWeight = 20
	limit := fastEnough(in, uint64(speedCap))
	var fastest uint64 = 1
	cheapest := ^Amount(0)
	for _, o := range in {
		fastest = max(fastest, min(o.speed, limit))
		cheapest = min(cheapest, max(o.ask, 1))
	}
	out := make([]uint64, len(in))
	for i, o := range in {
		good := min(o.completed, 1<<32) + 1
		all := good + 1 + faultWeight*min(o.faults, 1<<32)
		performance := ratio(min(o.speed, limit), fastest)
		reliability := ratio(good, all)
		cost := ratio(uint64(cheapest), uint64(max(o.ask, 1)))
		out[i] = max(1, (4*performance+3*reliability+3*cost)/10)
	}
	return out
}

// fastEnough is the speed from which on more does not count: so many times the lower median of what is offered.
func fastEnough(in []scoreInput, times uint64) uint64 {
	speeds := make([]uint64, 0, len(in))
	for _, o := range in {
		speeds = append(speeds, o.speed)
	}
	if len(speeds) == 0 || times == 0 {
		return ^uint64(0)
	}
	median := max(lowerMedian(speeds), 1)
	if median > ^uint64(0)/times {
		return ^uint64(0)
	}
	return times * median
}

// lowerMedian sorts the values, of which there is at least one.
func lowerMedian(vs []uint64) uint64 {
	slices.Sort(vs)
	return vs[(len(vs)-1)/2]
}

// ratio returns a/b in millionths, for a <= b.
func ratio(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, scoreUnit)
	q, _ := bits.Div64(hi, lo, b)
	return q
}

// stakeCap bounds, in multiples of the least stake, what stake adds to a weight: nobody buys a panel.
const stakeCap = 10

// eligible returns the seats that may be drawn, with their weights, scores times stakes up to a cap: registered and staked on chain under the peer id that
// signed the offer, at the beacon's height, and of the class that the job's results are compared in.
func eligible(n Network, s *Spec, seats []frozen, b Beacon) []poc.Candidate {
	var cs []poc.Candidate
	var in []scoreInput
	var stakes []Amount
	audits := s.Audits()
	for i, f := range seats {
		st := b.Standings[i]
		if class := s.class(); class != "" && f.offer.Class != class || !st.Registered || st.Peer != f.peer || st.Stake < n.MinStake {
			continue
		}
		cs = append(cs, poc.Candidate{Worker: poc.Worker{
			Peer: f.peer, Account: f.offer.Account, Seat: uint8(i), Credit: s.Policy.Worth(poc.CreditOf(st.Record(), st.Faults), audits), Lot: f.offer.Lot,
		}})
		stakes = append(stakes, min(st.Stake, stakeCap*n.MinStake))
		in = append(in, scoreInput{f.offer.Speed, f.offer.Ask, st.Completed, st.Faults})
	}
	for i, w := range scores(in, n.SpeedCap) {
		cs[i].Weight = w
		if n.MinStake > 0 { // many identities weigh no more than their stake
			cs[i].Weight = w * uint64(stakes[i]/max(n.MinStake/1000, 1))
		}
	}
	return cs
}
