package audit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"gpumesh/gpu"
)

// Bound says when f32 buffers that two device classes computed pass for the same. For each buffer, with x claimed, y
// computed here and y0 what the buffer held before the segment:
//
//	|x-y| <= Relative |y|,  max|x-y| <= Largest max|y|,  |x-y| <= max(Change |y-y0|, Floor |y|)
//
// in the Euclidean norm. The last one is what sees that a segment was left out late in a training, when all of it moves the
// weights by less than the first bound allows; Floor is what rounding alone may do. Integers must be equal.
type Bound struct {
	Relative, Largest float64
	Change, Floor     float64
}

// DefaultBound has the first two from measurements of many kernels on many stacks, and the others from the trainings of this
// package's tests; see DESIGN.md.
var DefaultBound = Bound{Relative: 2e-5, Largest: 5e-5, Change: 0.02, Floor: 1e-6}

// Compare is how far a buffer is from what was claimed.
type Compare struct {
	Buffer   string
	Relative float64 // |x-y| / |y|
	Largest  float64 // max|x-y| / max|y|
	Change   float64 // |x-y| / |y-y0|; +Inf where nothing changed and yet x differs; 0 where it is not known what was before
}

// norms compares one buffer as it streams by.
type norms struct {
	typ                   gpu.Type
	known                 bool // what was before
	d2, y2, move2         float64
	largestD, largestY    float64
	different, notNumbers bool
}

// add takes the next bytes; before may be nil.
func (n *norms) add(x, y, before []byte) {
	if n.typ != gpu.F32 {
		n.different = n.different || !bytes.Equal(x, y)
		return
	}
	n.known = before != nil
	for i := 0; i+4 <= len(y); i += 4 {
		bx, by := binary.LittleEndian.Uint32(x[i:]), binary.LittleEndian.Uint32(y[i:])
		fx, fy := float64(math.Float32frombits(bx)), float64(math.Float32frombits(by))
		if !finite(bx) || !finite(by) {
			n.notNumbers = n.notNumbers || bx != by && !(math.IsNaN(fx) && math.IsNaN(fy))
			continue
		}
		d := fx - fy
		n.d2 += d * d
		n.y2 += fy * fy
		n.largestD, n.largestY = max(n.largestD, math.Abs(d)), max(n.largestY, math.Abs(fy))
		if before != nil {
			if b := binary.LittleEndian.Uint32(before[i:]); finite(b) {
				m := fy - float64(math.Float32frombits(b))
				n.move2 += m * m
			}
		}
	}
}

func finite(b uint32) bool { return b>>23&0xff != 0xff }

// judge returns the measured norms and what is wrong with them; nothing, if they are within the bound.
func (n *norms) judge(name string, b Bound) (Compare, string) {
	d, y, move := math.Sqrt(n.d2), math.Sqrt(n.y2), math.Sqrt(n.move2)
	c := Compare{Buffer: name, Relative: ratio(d, y), Largest: ratio(n.largestD, n.largestY)}
	if n.known {
		c.Change = ratio(d, move)
	}
	switch {
	case n.different:
		return c, fmt.Sprintf("%q is not equal, and it is no f32 buffer", name)
	case n.notNumbers:
		return c, fmt.Sprintf("an element of %q is not finite in one of them", name)
	case d > b.Relative*y:
		return c, fmt.Sprintf("%q is off by %.2g of its norm; at most %.2g is rounding", name, c.Relative, b.Relative)
	case n.largestD > b.Largest*n.largestY:
		return c, fmt.Sprintf("an element of %q is off by %.2g of the largest one; at most %.2g is rounding", name, c.Largest, b.Largest)
	case n.known && d > max(b.Change*move, b.Floor*y):
		return c, fmt.Sprintf("%q is off by %.2g of what the segment changed in it; at most %.2g is rounding", name, c.Change, b.Change)
	}
	return c, ""
}

func ratio(a, b float64) float64 {
	if a == 0 {
		return 0
	}
	return a / b
}

// compareStates compares what the segment left on the device with the state that is claimed after it, which must have the
// claimed leaf, and makes the verdict. Its memory is three chunks, whatever the state's size.
func (x *check) compareStates(computed *gpu.Checkpoint, s States) error {
	if s.After == nil {
		return x.find(StateMissing, "the state after segment %d, which devices of different classes compare, was not handed over", x.k)
	}
	x.Fetched += s.After.Size()
	claimed, err := x.checkpoint(s.After, x.k+1)
	if claimed == nil {
		return err
	}
	if claimed.StateSize != computed.StateSize || len(claimed.Rows) != len(computed.Rows) {
		return x.find(StateMismatch, "the state after segment %d has not the size of the program's", x.k)
	}
	var before io.Reader
	if x.k > 0 {
		cp, err := x.checkpoint(s.Before, x.k)
		if cp == nil {
			return err
		}
		before = cp.State // its content was compared with its leaf when the run began
	}
	var hashes [][32]byte
	var buffer [3][gpu.ChunkSize]byte
	for i := range x.work.Program.Buffers {
		b := &x.work.Program.Buffers[i]
		if b.Kind != gpu.State && b.Kind != gpu.Output {
			continue
		}
		n := &norms{typ: b.Type}
		var tree gpu.MerkleTree
		for off := uint64(0); off < b.Len; off += gpu.ChunkSize {
			size := min(b.Len-off, gpu.ChunkSize)
			xs, ys, was := buffer[0][:size], buffer[1][:size], buffer[2][:size]
			if before == nil {
				was = nil
			} else if _, err := io.ReadFull(before, was); err != nil {
				return err
			}
			if _, err := io.ReadFull(claimed.State, xs); err != nil {
				return err
			}
			if _, err := io.ReadFull(computed.State, ys); err != nil {
				return err
			}
			tree.AddData(xs)
			n.add(xs, ys, was)
		}
		hashes = append(hashes, tree.Root())
		x.note(n, b.Name)
	}
	for _, r := range claimed.Rows {
		hashes = append(hashes, r.Segment)
	}
	if gpu.Leaf(uint32(x.k), hashes...) != x.Claimed {
		return x.find(StateMismatch, "the state after segment %d is not the one that was claimed", x.k)
	}
	x.within()
	return nil
}

// note adds a buffer's norms to the finding; the first buffer beyond the bound says why it differs.
func (x *check) note(n *norms, name string) {
	c, wrong := n.judge(name, x.bound)
	if n.typ == gpu.F32 {
		x.Norms = append(x.Norms, c)
	}
	if wrong != "" && x.Reason == "" {
		x.Reason = wrong
	}
}

func (x *check) within() {
	if x.Verdict = Differs; x.Reason == "" {
		x.Verdict, x.Reason = Agrees, "within the bound between device classes"
	}
}

// comparison compares results with claimed ones as a run emits them.
type comparison struct {
	*check
	claimed map[string]gpu.Input
	results []*compared
}

type compared struct {
	name  string
	file  *watched // nil: it was not handed over
	off   int64
	tree  gpu.MerkleTree
	norms norms
}

func (c *comparison) open(name string, size int64) (io.Writer, error) {
	r := &compared{name: name}
	c.results = append(c.results, r)
	for _, s := range c.rep.Results {
		if s.Name == name {
			r.norms.typ = s.Type
		}
	}
	if in := c.claimed[name]; in != nil {
		c.Fetched += in.Size()
		r.file = c.watch(in)
	}
	return r, nil
}

// Write takes the next bytes that were computed here.
func (r *compared) Write(p []byte) (int, error) {
	var buffer [gpu.ChunkSize]byte
	for done := 0; r.file != nil && done < len(p); {
		x := buffer[:min(len(p)-done, len(buffer))]
		if n, _ := r.file.ReadAt(x, r.off); n < len(x) {
			return len(p), nil // it is too short, and r.off says so, or it cannot be read, and r.file does
		}
		r.tree.Write(x)
		r.norms.add(x, p[done:done+len(x)], nil)
		done += len(x)
		r.off += int64(len(x))
	}
	return len(p), nil
}

// judge makes the verdict about the last segment between device classes.
func (c *comparison) judge() error {
	for _, r := range c.results {
		if r.file == nil {
			return c.find(StateMissing, "the result %q, which devices of different classes compare, was not handed over", r.name)
		}
		if r.file.Size() != r.off || r.tree.Root() != c.claim.Results[r.name] {
			return c.find(StateMismatch, "what was handed over as result %q is not the one that was claimed", r.name)
		}
		c.note(&r.norms, r.name)
	}
	c.within()
	return nil
}
