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
	ClassExact             // equal bytes within one device class, which the job names
	Tolerance              // floats norm-wise within bounds, other outputs byte by byte
	Image                  // 8-bit samples within a step or so, floats as in Tolerance
	Proof                  // products of matrices: results are checked in place of compared, see Prove
)

var tierNames = [...]string{"exact", "class-exact", "tolerance", "image", "proof"}

func (t Tier) String() string {
	if int(t) < len(tierNames) {
		return tierNames[t]
	}
	return fmt.Sprintf("tier %d", uint8(t))
}

// ParseTier is the inverse of Tier.String.
func ParseTier(s string) (Tier, error) {
	if i := slices.Index(tierNames[:], s); i >= 0 {
		return Tier(i), nil
	}
	return 0, fmt.Errorf("there is no tier %q", s)
}

// Comparator is a tier with its thresholds. Zero thresholds take the defaults of DETERMINISM.md, section 5.
type Comparator struct {
	Tier      Tier   `cbor:"tier,omitempty" json:"tier,omitempty"`
	Relative  uint32 `cbor:"relative,omitempty" json:"relative,omitempty"`   // floats: |x-y| over |y| in the Euclidean norm, in 10^-9; 20,000
	Largest   uint32 `cbor:"largest,omitempty" json:"largest,omitempty"`     // floats: the largest |x-y| over the largest |y|, in 10^-9; 50,000
	Step      uint8  `cbor:"step,omitempty" json:"step,omitempty"`           // Image: how far samples may differ; 1
	Differing uint32 `cbor:"differing,omitempty" json:"differing,omitempty"` // Image: samples that may, in parts per million; 10,000

	// Rounded is for Proof of products of floats, whose right results differ in their last bits: to be wrong convicts nobody.
	Rounded bool `cbor:"rounded,omitempty" json:"rounded,omitempty"`
}

// Bounds on thresholds: what is looser compares nothing.
const (
	maxRelative  = 100_000_000 // a tenth
	maxStep      = 16
	maxDiffering = 500_000 // one half
)

// Near reports whether results that differ in bits may pass for the same.
func (c Comparator) Near() bool { return c.Tier == Tolerance || c.Tier == Image }

// Convicts reports whether a signed result that is not the certified one proves a lie.
func (c Comparator) Convicts() bool { return c.Tier == Exact || c.Tier == Proof && !c.Rounded }

// Full returns the comparator with its defaults written out.
func (c Comparator) Full() Comparator {
	if c.Near() {
		c.Relative, c.Largest = or(c.Relative, 20_000), or(c.Largest, 50_000)
	}
	if c.Tier == Image {
		c.Step, c.Differing = uint8(or(uint32(c.Step), 1)), or(c.Differing, 10_000)
	}
	return c
}

// Validate says what is wrong with a comparator.
func (c Comparator) Validate() error {
	switch {
	case c.Tier > Proof:
		return fmt.Errorf("%v is unknown", c.Tier)
	case !c.Near() && (c.Relative != 0 || c.Largest != 0), c.Tier != Image && (c.Step != 0 || c.Differing != 0):
		return fmt.Errorf("the tier %v has no such thresholds", c.Tier)
	case c.Rounded && c.Tier != Proof:
		return fmt.Errorf("the tier %v makes no difference between floats and others", c.Tier)
	case c.Relative > maxRelative || c.Largest > maxRelative:
		return fmt.Errorf("floats may be off by %d and %d parts in 10^9, want at most %d", c.Relative, c.Largest, maxRelative)
	case c.Step > maxStep || c.Differing > maxDiffering:
		return fmt.Errorf("samples may be %d apart and %d in a million may differ, want at most %d and %d", c.Step, c.Differing, maxStep, maxDiffering)
	}
	return nil
}

// String says what passes for equal.
func (c Comparator) String() string {
	c = c.Full()
	floats := fmt.Sprintf("floats within %d parts in 10^9 of the Euclidean norm and %d of the largest element", c.Relative, c.Largest)
	switch c.Tier {
	case Exact:
		return "equal bytes"
	case ClassExact:
		return "equal bytes on devices of one class"
	case Tolerance:
		return floats + ", anything else byte by byte"
	case Image:
		return fmt.Sprintf("samples of 8 bits at most %d apart and at most %d in a million of them, %s", c.Step, c.Differing, floats)
	case Proof:
		if c.Rounded {
			return "one worker's product, which others check with secret random vectors within the bounds of rounding"
		}
		return "one worker's product, which others check with secret random vectors; a check passes a wrong one with a probability of at most 2^-60"
	}
	return c.Tier.String()
}

// MaxChunk bounds the bytes of one chunk.
const MaxChunk = 1 << 20

// Difference says how two results differ, in the terms of the comparator, as one sentence. Empty: they pass for equal.
type Difference string

// Gauge compares one output of two results, piece by piece. It counts in integers: every finite float32 is a whole number of
// 2^-149, so sums of squares are exact, and no two nodes that look at the same pieces disagree about a bound.
//
// No number of units in the last place is ever compared: near zero honest devices differ by millions of them.
type Gauge struct {
	c      Comparator
	floats bool

	compared, all      uint64  // bytes
	distance, norm     squares // of what was compared
	rest               squares // norm of what was not
	largestD, largestY scaled
	differing          uint64
}

// Gauge makes one for an output of floats, or of anything else.
func (c Comparator) Gauge(floats bool) *Gauge {
	return &Gauge{c: c.Full(), floats: floats && c.Near()}
}

var errWords = errors.New("an output of float32 has a multiple of 4 bytes")

// AddAll compares size bytes of the two; each function fills the slice that it is given with the next ones.
func (g *Gauge) AddAll(size uint64, theirs, own func([]byte) error) (Difference, error) {
	a, b := make([]byte, MaxChunk), make([]byte, MaxChunk)
	for size > 0 {
		n := min(size, MaxChunk)
		if err := errors.Join(theirs(a[:n]), own(b[:n])); err != nil {
			return "", err
		}
		if d, err := g.Add(a[:n], b[:n]); d != "" || err != nil {
			return d, err
		}
		size -= n
	}
	return "", nil
}

// Add compares a piece of the other result with that of one's own. What it says is final.
func (g *Gauge) Add(theirs, own []byte) (Difference, error) {
	if len(theirs) > MaxChunk || len(own) > MaxChunk {
		return "", fmt.Errorf("a chunk has at most %d bytes", MaxChunk)
	}
	if len(theirs) != len(own) {
		return Difference(fmt.Sprintf("one has %d bytes and the other %d", len(theirs), len(own))), nil
	}
	at := g.compared
	g.compared, g.all = g.compared+uint64(len(own)), g.all+uint64(len(own))
	switch {
	case g.floats:
		return g.words(theirs, own, at)
	case g.c.Tier == Image:
		return g.samples(theirs, own, at), nil
	}
	if i := firstDifference(theirs, own); i >= 0 {
		return Difference(fmt.Sprintf("byte %d of what was compared is %#02x and %#02x", at+uint64(i), theirs[i], own[i])), nil
	}
	return "", nil
}

// Rest tells of a piece of one's own result that is not compared: bounds on floats are parts of the norm of the whole.
func (g *Gauge) Rest(own []byte) error {
	g.all += uint64(len(own))
	if !g.floats {
		return nil
	}
	if len(own)%4 != 0 {
		return errWords
	}
	for i := 0; i < len(own); i += 4 {
		if w := binary.LittleEndian.Uint32(own[i:]); finite(w) {
			g.own(&g.rest, w)
		}
	}
	return nil
}

func (g *Gauge) own(norm *squares, w uint32) {
	y := whole(w)
	norm.add(y)
	if y.over(g.largestY) {
		g.largestY = y
	}
}

// Verdict says whether the output passes, once all pieces were added.
func (g *Gauge) Verdict() Difference {
	if g.c.Tier == Image && !g.floats {
		if most := g.compared * uint64(g.c.Differing) / 1_000_000; g.differing > most {
			return Difference(fmt.Sprintf("%d of %d samples differ, more than %d", g.differing, g.compared, most))
		}
	}
	if !g.floats {
		return ""
	}
	// |x-y| <= r |y|, both sides squared. The norm that counts is that of what was compared or, if that is larger, its share of
	// the whole: a piece of noise around zero is no reason to tell results apart.
	norm := g.norm.sum()
	share := g.rest.sum()
	share.Add(share, norm)
	if g.all > 0 {
		share.Mul(share, new(big.Int).SetUint64(g.compared))
		share.Div(share, new(big.Int).SetUint64(g.all))
	}
	if share.Cmp(norm) > 0 {
		norm = share
	}
	unit, relative, largest := big.NewInt(1_000_000_000), big.NewInt(int64(g.c.Relative)), big.NewInt(int64(g.c.Largest))
	left := g.distance.sum()
	left.Mul(left, new(big.Int).Mul(unit, unit))
	right := new(big.Int).Mul(norm, new(big.Int).Mul(relative, relative))
	if left.Cmp(right) > 0 {
		return Difference(fmt.Sprintf("they are further apart than %d parts in 10^9 of the norm", relative))
	}
	if left.Mul(g.largestD.big(), unit).Cmp(right.Mul(g.largestY.big(), largest)) > 0 {
		return Difference(fmt.Sprintf("an element is off by more than %d parts in 10^9 of the largest", largest))
	}
	return ""
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

func (g *Gauge) samples(x, y []byte, at uint64) Difference {
	for i := range x {
		d := int(x[i]) - int(y[i])
		if d < 0 {
			d = -d
		}
		if d > int(g.c.Step) {
			return Difference(fmt.Sprintf("sample %d of what was compared is %d and %d, more than %d apart", at+uint64(i), x[i], y[i], g.c.Step))
		}
		if d > 0 {
			g.differing++
		}
	}
	return ""
}

func (g *Gauge) words(x, y []byte, at uint64) (Difference, error) {
	if len(x)%4 != 0 {
		return "", errWords
	}
	for i := 0; i < len(x); i += 4 {
		wx, wy := binary.LittleEndian.Uint32(x[i:]), binary.LittleEndian.Uint32(y[i:])
		if wx == 0 && wy == 0 {
			continue
		}
		if !finite(wx) || !finite(wy) {
			if isNaN(wx) && isNaN(wy) || wx == wy {
				continue // the same infinity, or not a number in both
			}
			return Difference(fmt.Sprintf("element %d of what was compared is not finite in one of them", (at+uint64(i))/4)), nil
		}
		g.own(&g.norm, wy)
		if wx == wy {
			continue
		}
		d := between(wx, wy)
		g.distance.add(d)
		if d.over(g.largestD) {
			g.largestD = d
		}
	}
	return "", nil
}

func finite(w uint32) bool { return w>>23&0xff != 0xff }
func isNaN(w uint32) bool  { return !finite(w) && w&0x7fffff != 0 }

const sampleDomain = "gpumesh/poc/sample/1"

// Sample draws n distinct chunks of count, in ascending order, by a seed that nobody else knew when the results were sealed: who compares draws by its own
// salt (Compare.Seed).
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
