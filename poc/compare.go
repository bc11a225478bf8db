package poc

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// Tier says what equal means for the results of a program. The caller finds it by static analysis; the owner may choose a
// looser one and sees what that costs.
type Tier uint8

const (
	Exact      Tier = iota // equal bytes on every device; also programs in the reproducible form
	ClassExact             // equal bytes within one device class; results of other classes say nothing about each other
	Tolerance              // float32 data, norm-wise within bounds
	Image                  // 8-bit samples, within a step or so
)

// Comparator is a tier with its thresholds. Zero thresholds take the defaults of DETERMINISM.md, section 5.
type Comparator struct {
	Tier      Tier   `cbor:"tier,omitempty" json:"tier,omitempty"`
	Relative  uint32 `cbor:"relative,omitempty" json:"relative,omitempty"`   // Tolerance: |x-y| over |y| in the Euclidean norm, in 10^-9; 20,000
	Largest   uint32 `cbor:"largest,omitempty" json:"largest,omitempty"`     // Tolerance: the largest |x-y| over the largest |y|, in 10^-9; 50,000
	Step      uint8  `cbor:"step,omitempty" json:"step,omitempty"`           // Image: how far samples may differ; 1
	Differing uint32 `cbor:"differing,omitempty" json:"differing,omitempty"` // Image: samples that may, in parts per million; 10,000
}

// MaxChunk bounds the bytes of one chunk.
const MaxChunk = 1 << 20

// Difference says how two chunks differ, in the terms of the comparator, as one sentence. Empty: they are equal.
type Difference string

// Compare compares two chunks at the same place of two results. It is pure. Norms are taken of y. An error says that the chunks cannot be compared at all.
//
// No number of units in the last place is ever compared: near zero honest devices differ by millions of them.
func (c Comparator) Compare(x, y []byte) (Difference, error) {
	if len(x) > MaxChunk || len(y) > MaxChunk {
		return "", fmt.Errorf("a chunk has at most %d bytes", MaxChunk)
	}
	if len(x) != len(y) {
		return Difference(fmt.Sprintf("one has %d bytes and the other %d", len(x), len(y))), nil
	}
	switch c.Tier {
	case Exact, ClassExact:
		if i := firstDifference(x, y); i >= 0 {
			return Difference(fmt.Sprintf("byte %d is %#02x and %#02x", i, x[i], y[i])), nil
		}
		return "", nil
	case Tolerance:
		return c.norms(x, y)
	case Image:
		return c.samples(x, y), nil
	}
	return "", fmt.Errorf("tier %d is unknown", c.Tier)
}

func firstDifference(x, y []byte) int {
	for i := range x {
		if x[i] != y[i] {
			return i
		}
	}
	return -1
}

func or(x, otherwise uint32) uint32 {
	if x == 0 {
		return otherwise
	}
	return x
}

func (c Comparator) samples(x, y []byte) Difference {
	step, differing := int(or(uint32(c.Step), 1)), 0
	for i := range x {
		d := int(x[i]) - int(y[i])
		if d < 0 {
			d = -d
		}
		if d > step {
			return Difference(fmt.Sprintf("sample %d is %d and %d, more than %d apart", i, x[i], y[i], step))
		}
		if d > 0 {
			differing++
		}
	}
	if most := uint64(len(x)) * uint64(or(c.Differing, 10_000)) / 1_000_000; uint64(differing) > most {
		return Difference(fmt.Sprintf("%d of %d samples differ, more than %d", differing, len(x), most))
	}
	return ""
}

// norms compares two vectors of little-endian float32, exactly: every finite float32 is a whole number of 2^-149, so sums of
// squares of them are integers, and nodes cannot disagree about a bound.
func (c Comparator) norms(x, y []byte) (Difference, error) {
	if len(x)%4 != 0 {
		return "", errors.New("a chunk of float32 has a multiple of 4 bytes")
	}
	var distance, norm, largestD, largestY, a, b, square big.Int
	for i := 0; i < len(x); i += 4 {
		wx, wy := binary.LittleEndian.Uint32(x[i:]), binary.LittleEndian.Uint32(y[i:])
		fx, fy := finite(wx), finite(wy)
		if !fx || !fy {
			if isNaN(wx) && isNaN(wy) || wx == wy {
				continue // the same infinity, or not a number in both
			}
			return Difference(fmt.Sprintf("element %d is not finite in one of them", i/4)), nil
		}
		units(&a, wx)
		units(&b, wy)
		norm.Add(&norm, square.Mul(&b, &b))
		if b.CmpAbs(&largestY) > 0 {
			largestY.Abs(&b)
		}
		if wx == wy {
			continue
		}
		a.Sub(&a, &b)
		distance.Add(&distance, square.Mul(&a, &a))
		if a.CmpAbs(&largestD) > 0 {
			largestD.Abs(&a)
		}
	}
	unit, relative, largest := big.NewInt(1_000_000_000), big.NewInt(int64(or(c.Relative, 20_000))), big.NewInt(int64(or(c.Largest, 50_000)))
	distance.Mul(&distance, square.Mul(unit, unit)) // |x-y| <= r |y|, both sides squared
	norm.Mul(&norm, square.Mul(relative, relative))
	if distance.Cmp(&norm) > 0 {
		return Difference(fmt.Sprintf("they are further apart than %d parts in 10^9 of the norm", relative)), nil
	}
	if largestD.Mul(&largestD, unit).Cmp(largestY.Mul(&largestY, largest)) > 0 {
		return Difference(fmt.Sprintf("an element is off by more than %d parts in 10^9 of the largest", largest)), nil
	}
	return "", nil
}

func finite(w uint32) bool { return w>>23&0xff != 0xff }
func isNaN(w uint32) bool  { return !finite(w) && w&0x7fffff != 0 }

// units sets z to the float32 with bits w in units of 2^-149.
func units(z *big.Int, w uint32) {
	exponent, mantissa := w>>23&0xff, w&0x7fffff
	if exponent > 0 {
		mantissa |= 1 << 23
		exponent--
	}
	z.SetUint64(uint64(mantissa))
	z.Lsh(z, uint(exponent))
	if w>>31 != 0 {
		z.Neg(z)
	}
}

// Chunk is a piece of an output, proven against the Merkle root over all its chunks.
type Chunk struct {
	Index, Count int
	Data         []byte
	Path         []Hash
}

// Proven reports whether the chunk is in the output with the given root.
func (c Chunk) Proven(root Hash) bool {
	return len(c.Data) <= MaxChunk && InTree(root, Leaf(c.Data), c.Index, c.Count, c.Path)
}

const sampleDomain = "gpumesh/poc/sample/1"

// Sample draws n distinct chunks of count by a beacon that nobody knew when the results were sealed, in ascending order.
func Sample(beacon Hash, ref TaskRef, count, n int) []int {
	if n >= count {
		all := make([]int, max(count, 0))
		for i := range all {
			all[i] = i
		}
		return all
	}
	d := newDraws(beacon, ref)
	d.input = append([]byte(sampleDomain), d.input...)
	chosen := make(map[int]bool, n)
	picks := make([]int, 0, n)
	for len(picks) < n {
		if i := int(d.below(uint64(count))); !chosen[i] {
			chosen[i] = true
			picks = append(picks, i)
		}
	}
	slices.Sort(picks)
	return picks
}

// Candidate results of one task are clustered by whoever compares them.
type (
	// Compared is one worker's result as far as it was fetched: its chunks at the places that were sampled.
	Compared struct {
		Worker int    // rank
		Class  string // device class
		Digest Hash   // of the whole result
		Weight int
		Chunks [][]byte
	}

	// Cluster is a group of results that pass for the same one.
	Cluster struct {
		Canonical Hash // digest of the result that stands for all
		Members   []int
		Weight    int
		Differs   map[int]Difference // why each other worker is not in it
	}
)

// ClusterOf returns the group with the most weight. Tolerance is not transitive, so groups are not grown from neighbour to
// neighbour: each is all those that pass against one result, which then stands for them. Of groups of equal weight the one with
// the lowest digest is taken, so that everybody takes the same. Results of different classes are never one group where equal
// means equal within a class.
func (c Comparator) ClusterOf(results []Compared) (Cluster, error) {
	var best Cluster
	for _, centre := range results {
		g := Cluster{Canonical: centre.Digest, Differs: map[int]Difference{}}
		for _, r := range results {
			d, err := c.differ(r, centre)
			if err != nil {
				return Cluster{}, err
			}
			if d != "" {
				g.Differs[r.Worker] = d
				continue
			}
			g.Members = append(g.Members, r.Worker)
			g.Weight += r.Weight
		}
		slices.Sort(g.Members)
		if g.Weight > best.Weight || g.Weight == best.Weight && slices.Compare(g.Canonical[:], best.Canonical[:]) < 0 {
			best = g
		}
	}
	return best, nil
}

func (c Comparator) differ(r, centre Compared) (Difference, error) {
	switch {
	case r.Digest == centre.Digest && (c.Tier != ClassExact || r.Class == centre.Class):
		return "", nil
	case c.Tier == ClassExact && r.Class != centre.Class:
		return "it was computed by a device of another class", nil
	case c.Tier == Exact || c.Tier == ClassExact:
		return "its digest is another one", nil
	case len(r.Chunks) != len(centre.Chunks):
		return Difference(fmt.Sprintf("it has %d of the sampled chunks, the other has %d", len(r.Chunks), len(centre.Chunks))), nil
	}
	for i := range r.Chunks {
		d, err := c.Compare(r.Chunks[i], centre.Chunks[i])
		if err != nil {
			return "", err
		}
		if d != "" {
			return Difference(fmt.Sprintf("in sample %d: %s", i, d)), nil
		}
	}
	return "", nil
}
