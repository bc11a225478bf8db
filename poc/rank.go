package poc

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"math"
	"slices"
)

// MaxWeight caps one candidate's weight in Rank. With it the total of 2^24 candidates still fits 64 bits.
const MaxWeight = 1 << 40

// Candidate is a worker with its weight in the draw.
type Candidate struct {
	Worker
	Weight uint64 // zero counts as 1, anything over MaxWeight as MaxWeight
}

const rankDomain = "gpumesh/poc/rank/1"

// Rank is the sortition of one task: it draws all candidates without replacement, each draw weighted by what is left, and
// returns them in the order drawn. Every node derives the same order, whatever the order of cs, and so does the chain, which knows
// them in the order of their peers; peers must be distinct. Nobody can steer it who does not know the beacon when the candidates are fixed.
func Rank(beacon Hash, ref TaskRef, cs []Candidate) []Worker {
	sorted := slices.Clone(cs)
	slices.SortFunc(sorted, func(a, b Candidate) int {
		return cmp.Or(bytes.Compare(a.Peer[:], b.Peer[:]), cmp.Compare(a.Account, b.Account), cmp.Compare(a.Weight, b.Weight))
	})
	weights := make([]uint64, len(sorted))
	for i, c := range sorted {
		weights[i] = c.Weight
	}
	ranked := make([]Worker, 0, len(sorted))
	for i := range Drawn(beacon, ref, weights) {
		ranked = append(ranked, sorted[i].Worker)
	}
	return ranked
}

// Drawn yields the indexes of weights in the order in which Rank draws them. The chain draws the same of an award's seats.
func Drawn(beacon Hash, ref TaskRef, weights []uint64) iter.Seq[int] {
	return func(yield func(int) bool) {
		left, total := make([]uint64, len(weights)), uint64(0) // zero: drawn
		for i, w := range weights {
			left[i] = min(max(w, 1), MaxWeight)
			total += left[i]
		}
		for d := newDraws(beacon, ref); total > 0; {
			x, i := d.below(total), 0
			for x >= left[i] {
				x -= left[i]
				i++
			}
			total, left[i] = total-left[i], 0
			if !yield(i) {
				return
			}
		}
	}
}

// draws is a stream of numbers: the first 8 bytes of SHA-256(domain, beacon, job, task, counter).
type draws struct {
	input   []byte
	counter uint32
}

func newDraws(beacon Hash, ref TaskRef) *draws {
	b := append([]byte(rankDomain), beacon[:]...)
	b = append(b, ref.Job[:]...)
	b = binary.BigEndian.AppendUint32(b, ref.Task)
	return &draws{input: b}
}

func (d *draws) next() uint64 {
	sum := sha256.Sum256(binary.BigEndian.AppendUint32(d.input, d.counter))
	d.counter++
	return binary.BigEndian.Uint64(sum[:8])
}

// below returns a number in [0, n), each equally likely; n must not be zero. It rejects the last, incomplete run of n
// numbers below 2^64, because a plain remainder would favour small ones.
func (d *draws) below(n uint64) uint64 {
	reject := (math.MaxUint64%n + 1) % n // 2^64 mod n
	for {
		if x := d.next(); x <= math.MaxUint64-reject {
			return x % n
		}
	}
}
