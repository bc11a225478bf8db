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

// bench is the seats of an award once the beacon is known.
type bench struct {
	all    []poc.Candidate // every seat, in order, with its weight
	stands uint64          // bitmap of those that may be drawn
	most   int             // candidates of a task, if all stand
}

// newBench says which seats may be drawn: registered on chain under the peer id that signed the offer, with the least stake and what the offer says of
// its account, at the beacon's height, and of the class that the job's results are compared in; of those with one payout address the first. The others
// keep their places in draws, as the chain knows only what was anchored, and are passed over.
func newBench(n Network, s *Spec, seats []frozen, b Beacon) bench {
	out := bench{most: s.Policy.Candidates()}
	paid := map[poc.Account]bool{}
	audits := s.Audits()
	for i, seat := range seating(n, s, seats).Seats {
		f, st := seats[i], b.Standings[i]
		out.all = append(out.all, poc.Candidate{Weight: uint64(seat.Weight), Worker: poc.Worker{
			Peer: f.peer, Account: f.offer.Account, Seat: uint8(i), Credit: s.Policy.Worth(poc.CreditOf(st.Record(), st.Faults), audits), Lot: f.offer.Lot,
		}})
		class := s.class()
		if (class == "" || f.offer.Class == class) && st.Peer == f.peer && st.Stake >= n.MinStake && st.Backs(f.offer.Backing) && !paid[st.payee()] {
			out.stands |= 1 << i
			paid[st.payee()] = true
		}
	}
	return out
}

// standing is how many seats may be drawn.
func (b bench) standing() int { return bits.OnesCount64(b.stands) }

// rank draws all seats, with the given one, if it is none of them -1, before the others. It returns those that may be drawn, and how many of them
// are candidates: they are among the first so many of all, whom the chain takes for the candidates.
func (b bench) rank(random poc.Hash, ref poc.TaskRef, first int) (ranked []poc.Worker, candidates int) {
	drawn := poc.Rank(random, ref, b.all)
	if i := slices.IndexFunc(drawn, func(w poc.Worker) bool { return int(w.Seat) == first }); i > 0 {
		w := drawn[i]
		copy(drawn[1:], drawn[:i])
		drawn[0] = w
	}
	for i, w := range drawn {
		if b.stands>>w.Seat&1 == 0 {
			continue
		}
		if ranked = append(ranked, w); i < b.most {
			candidates++
		}
	}
	return ranked, candidates
}
