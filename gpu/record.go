package gpu

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"sort"
)

// A dispute about a leaf is narrowed down in three rounds before anything is judged. Two parties that agree on leaf k-1 and
// not on leaf k both run segment k again with Record and bisect their marks: first to the step, then to the command. What
// remains is one command whose memory before it both agree on; Dispute re-runs it.

// Part is one execution of a command list.
type Part struct {
	List string // "init", "step" or "final"
	Step uint32 // of a step
}

// Mark is the content of all writable buffers at one place of a run.
type Mark struct {
	Part    Part
	Command int        // the command that has just run; -1: the part is about to start, with its Temp buffers zeroed
	Roots   [][32]byte // Merkle roots in chunks of ChunkSize of the State, Temp and Output buffers, in program order; zero: a Temp buffer that the part does not use

	e   *executor // while Record.Mark is called
	ctx context.Context
}

// Record has a run tell its marks in one segment. It costs a read-back of the buffers that were written, at every mark.
type Record struct {
	Leaf int   // number of the leaf that ends the segment
	Part *Part // the part whose commands are marked: before the first one and after each. nil: one mark at the end of every part

	// Mark is called on the goroutine of Run and may keep m, but not read memory through it later. An error ends the run.
	Mark func(m *Mark) error

	all       bool       // the commands of every part are marked, and the run ends with the leaf
	rows, was [][32]byte // of this segment's leaf and of the one before: the rows that outputs emitted
}

const markDomain = "gpumesh/mark/1\n"

// Hash commits to the mark: SHA-256 of its domain, the list's name, u32 step, u32 command and the roots, big-endian.
func (m *Mark) Hash() [32]byte {
	h := sha256.New()
	io.WriteString(h, markDomain+m.Part.List+"\n")
	h.Write(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, m.Part.Step), uint32(int32(m.Command))))
	for _, r := range m.Roots {
		h.Write(r[:])
	}
	return [32]byte(h.Sum(nil))
}

// WriteBuffer writes the content of a writable buffer, by its index in the program, at the mark. It works only while
// Record.Mark is called.
func (m *Mark) WriteBuffer(w io.Writer, buffer int) error {
	if m.e == nil {
		return Errorf(Internal, "the run has gone on; memory can be read only while Record.Mark is called")
	}
	if buffer < 0 || buffer >= len(m.e.p.Buffers) || !m.e.p.Buffers[buffer].Kind.writable() {
		return Errorf(InvalidInput, "buffer %d is not one that the program writes", buffer)
	}
	return m.e.readBack(m.ctx, m.e.mem[buffer], m.e.p.Buffers[buffer].Len, func(p []byte) error {
		_, err := w.Write(p)
		return err
	})
}

// FirstDifference returns the smallest i below n at which two lists of marks differ, and n when they do not; same tells
// whether they are equal at i. It asks for O(log n) of them, and the answer has equal marks before it even when lists agree
// again later, as they may when a party lies about more than one.
func FirstDifference(n int, same func(i int) bool) int {
	return sort.Search(n, func(i int) bool { return !same(i) })
}

// recorder follows one run.
type recorder struct {
	*Record
	roots []([32]byte) // by buffer
	stale []bool
}

func newRecorder(r *Record, p *Program) (*recorder, error) {
	if r == nil {
		return nil, nil
	}
	if r.Mark == nil || r.Leaf < 0 || r.Leaf >= p.Leaves() {
		return nil, Errorf(InvalidInput, "leaf %d cannot be recorded; the program has %d", r.Leaf, p.Leaves())
	}
	c := &recorder{Record: r, roots: make([][32]byte, len(p.Buffers)), stale: make([]bool, len(p.Buffers))}
	for i := range p.Buffers {
		c.stale[i] = p.Buffers[i].Kind.writable()
	}
	return c, nil
}

// commands reports whether the commands of this part are marked.
func (e *executor) recording(part Part) bool {
	r := e.record
	return r != nil && len(e.leaves) == r.Leaf && (r.all || r.Part != nil && *r.Part == part)
}

// wrote notes what a command changes.
func (r *recorder) wrote(e *executor, li, i int) {
	c := &e.p.lists()[li].commands[i]
	switch c.Op {
	case Copy:
		r.stale[c.Bind[1].Buffer] = true
	case Fill:
		r.stale[c.Bind[0].Buffer] = true
	case Swap:
		a, b := c.Bind[0].Buffer, c.Bind[1].Buffer
		r.roots[a], r.roots[b] = r.roots[b], r.roots[a]
		r.stale[a], r.stale[b] = r.stale[b], r.stale[a]
	case Dispatch:
		for k, b := range c.Bind {
			if e.rep.access[li][i][k] == ReadWrite {
				r.stale[b.Buffer] = true
			}
		}
	}
}

// mark reads what is stale and tells the mark.
func (e *executor) mark(ctx context.Context, part Part, command int) error {
	if err := e.sched.flush(ctx); err != nil {
		return err
	}
	m := &Mark{Part: part, Command: command, e: e, ctx: ctx}
	for i := range e.p.Buffers {
		if !e.p.Buffers[i].Kind.writable() {
			continue
		}
		if !e.p.matters(part.List, i) {
			m.Roots = append(m.Roots, [32]byte{})
			continue
		}
		if e.record.stale[i] {
			var tree MerkleTree
			if err := e.readBack(ctx, e.mem[i], e.p.Buffers[i].Len, func(p []byte) error { _, err := tree.Write(p); return err }); err != nil {
				return err
			}
			e.record.roots[i], e.record.stale[i] = tree.Root(), false
		}
		m.Roots = append(m.Roots, e.record.roots[i])
	}
	err := e.record.Mark(m)
	m.e, m.ctx = nil, nil
	return err
}

// markPart tells the mark at the end of a part.
func (e *executor) markPart(ctx context.Context, li int, part Part) error {
	r := e.record
	if r == nil || len(e.leaves) != r.Leaf || r.Part != nil || r.all {
		return nil
	}
	for i := range e.p.Buffers {
		r.stale[i] = e.p.Buffers[i].Kind.writable()
	}
	return e.mark(ctx, part, len(e.p.lists()[li].commands)-1)
}
