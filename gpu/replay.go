package gpu

import (
	"context"
	"io"
	"slices"
)

// Replay is a segment told command by command: what two parties compare who agree on the leaf before it and not on its own.
type Replay struct {
	Roots [][32]byte `cbor:"roots"` // of all marks of the segment, one mark after the other, as Mark.Roots
	Was   [][32]byte `cbor:"was"`   // SHA-256 of the rows that each Output with Every emitted in the segment before
	Rows  [][32]byte `cbor:"rows"`  // and in this one
}

// maxReplay bounds the roots of a Replay. What has more commands is not told.
const maxReplay = 1 << 14

// Marks lists the marks of a segment, without roots: before each part, and after each of its commands.
func (p *Program) Marks(leaf int) ([]Mark, error) {
	if leaf < 0 || leaf >= p.Leaves() {
		return nil, Errorf(InvalidInput, "there is no leaf %d; the program has %d", leaf, p.Leaves())
	}
	var parts []Part
	if leaf == 0 && len(p.Init) > 0 {
		parts = append(parts, Part{List: "init"})
	}
	first := uint64(leaf) * uint64(p.Segment)
	for step := first; step < min(first+uint64(p.Segment), uint64(p.Steps)); step++ {
		if parts = append(parts, Part{"step", uint32(step)}); len(parts) > maxReplay {
			break
		}
	}
	if leaf == int(p.segments()) {
		parts = []Part{{List: "final"}}
	}
	var marks []Mark
	for _, part := range parts {
		n := len(p.lists()[p.list(part.List)].commands)
		if (len(marks)+n+1)*len(p.writable()) > maxReplay {
			return nil, Errorf(TooLarge, "segment %d has too many commands to tell each: more than %d roots of buffers", leaf, maxReplay)
		}
		for c := -1; c < n; c++ {
			marks = append(marks, Mark{Part: part, Command: c})
		}
	}
	return marks, nil
}

func (p *Program) list(name string) int {
	lists := p.lists()
	return slices.IndexFunc(lists[:], func(l list) bool { return l.name == name })
}

// matters reports whether a writable buffer can change what a list computes, or what comes after it. A Temp buffer that the list does
// not use cannot: it is zeroed before it is used.
func (p *Program) matters(list string, buffer int) bool {
	if p.Buffers[buffer].Kind != Temp {
		return true
	}
	return slices.ContainsFunc(p.lists()[p.list(list)].commands, func(c Command) bool {
		return slices.ContainsFunc(c.Bind, func(b Binding) bool { return int(b.Buffer) == buffer })
	})
}

// ReplaySegment runs a program from its beginning to the end of a segment and tells that one. If memory is not nil, it gets what
// the command of mark at finds in the writable buffers that it uses, one after the other in program order.
func ReplaySegment(ctx context.Context, d Device, p *Program, t Task, leaf, at int, memory io.Writer) (*Replay, error) {
	marks, err := p.Marks(leaf)
	if err != nil {
		return nil, err
	}
	var used []int
	if memory != nil {
		if at < 1 || at >= len(marks) {
			return nil, Errorf(InvalidInput, "mark %d of segment %d is after no command", at, leaf)
		}
		if used, err = p.uses(marks[at]); err != nil {
			return nil, err
		}
	}
	r := &Replay{}
	n := 0
	rec := &Record{Leaf: leaf, all: true}
	rec.Mark = func(m *Mark) error {
		r.Roots = append(r.Roots, m.Roots...)
		if n++; memory != nil && n == at {
			for _, i := range used {
				if err := m.WriteBuffer(memory, i); err != nil {
					return err
				}
			}
		}
		return nil
	}
	t.Record, t.Resume, t.Checkpoint, t.Outputs = rec, nil, nil, nil
	if _, err := Run(ctx, d, p, t); err != nil {
		return nil, err
	}
	r.Was, r.Rows = rec.was, rec.rows
	return r, nil
}

// uses lists the writable buffers of a mark's command, in program order.
func (p *Program) uses(m Mark) (used []int, err error) {
	li := p.list(m.Part.List)
	if li < 0 || m.Command < 0 || m.Command >= len(p.lists()[li].commands) {
		return nil, Errorf(InvalidInput, "the mark is after no command of the program")
	}
	c := p.lists()[li].commands[m.Command]
	for _, i := range p.writable() {
		if slices.ContainsFunc(c.Bind, func(b Binding) bool { return int(b.Buffer) == i }) {
			used = append(used, i)
		}
	}
	return used, nil
}

// MemorySize is how many bytes ReplaySegment writes as memory. A mark that is after no command is an InvalidInput error.
func (p *Program) MemorySize(m Mark) (n uint64, err error) {
	used, err := p.uses(m)
	for _, i := range used {
		n = satAdd(n, p.Buffers[i].Len)
	}
	return n, err
}

// wasRows notes what is in a leaf besides the state.
func (r *recorder) wasRows(e *executor) {
	var rows [][32]byte
	for _, res := range e.results {
		if res != nil && res.rows != nil {
			rows = append(rows, res.segment)
		}
	}
	switch len(e.leaves) {
	case r.Leaf - 1:
		r.was = rows
	case r.Leaf:
		r.rows = rows
	}
}

// Mark returns the roots of mark i.
func (r *Replay) Mark(p *Program, i int) [][32]byte {
	w := len(p.writable())
	return r.Roots[i*w : (i+1)*w]
}

// CheckReplay reports whether a replay tells a segment that begins at leaf before, unless it is the first, and ends at leaf after.
func (p *Program) CheckReplay(leaf int, r *Replay, before, after [32]byte) error {
	marks, err := p.Marks(leaf)
	if err != nil {
		return err
	}
	rows := 0
	for i := range p.Buffers {
		if p.Buffers[i].Every > 0 {
			rows++
		}
	}
	switch {
	case len(r.Roots) != len(marks)*len(p.writable()) || len(r.Rows) != rows || leaf > 0 && len(r.Was) != rows:
		return Errorf(InvalidInput, "the replay does not have the marks of segment %d", leaf)
	case leaf > 0 && p.leafOf(leaf-1, r.Mark(p, 0), r.Was) != before:
		return Errorf(InvalidInput, "the replay does not begin with the state before segment %d", leaf)
	case p.leafOf(leaf, r.Mark(p, len(marks)-1), r.Rows) != after:
		return Errorf(InvalidInput, "the replay does not end with the state after segment %d", leaf)
	}
	return nil
}

func (p *Program) leafOf(leaf int, roots, rows [][32]byte) [32]byte {
	l := newLeafHash(uint32(leaf))
	for k, i := range p.writable() {
		if p.Buffers[i].Kind != Temp {
			l.add(roots[k])
		}
	}
	for _, x := range rows {
		l.add(x)
	}
	return l.sum()
}

// FirstMark returns the first mark in which two replays of a segment differ, or false when they differ in nothing but rows.
func (p *Program) FirstMark(a, b *Replay) (int, bool) {
	w := max(1, len(p.writable()))
	n := min(len(a.Roots), len(b.Roots)) / w
	for at := range n {
		if !slices.Equal(a.Mark(p, at), b.Mark(p, at)) {
			return at, true
		}
	}
	return n, false
}

// DecideMark returns the roots that are right at mark at of a segment, from those of the mark before it; for the first mark, before is
// what it claims. Memory is what ReplaySegment writes. At most one command runs, and nothing if the mark is the beginning of a part.
func DecideMark(ctx context.Context, d Device, p *Program, t Task, leaf, at int, before [][32]byte, memory Input) ([][32]byte, error) {
	marks, err := p.Marks(leaf)
	if err != nil {
		return nil, err
	}
	if at < 0 || at >= len(marks) || len(before) != len(p.writable()) {
		return nil, Errorf(InvalidInput, "segment %d has no mark %d", leaf, at)
	}
	m := marks[at]
	if m.Command >= 0 {
		used, err := p.uses(m)
		if err != nil {
			return nil, err
		}
		x := Dispute{Program: p, Inputs: t.Inputs, Task: t, Seed: t.Seed, Part: m.Part, Command: m.Command, Before: before, Content: func(buffer int) (io.Reader, error) {
			off := uint64(0)
			for _, i := range used {
				if i == buffer {
					return io.NewSectionReader(memory, int64(off), int64(p.Buffers[i].Len)), nil
				}
				off += p.Buffers[i].Len
			}
			return nil, Errorf(Internal, "buffer %d is not used", buffer)
		}}
		if memory == nil {
			return nil, Errorf(InvalidInput, "the memory before the command is missing")
		}
		after, err := x.Decide(ctx, d)
		if err != nil {
			return nil, err
		}
		return after.Roots, nil
	}
	roots := slices.Clone(before)
	for k, i := range p.writable() {
		b := &p.Buffers[i]
		switch {
		case b.Kind == Temp && p.matters(m.Part.List, i):
			roots[k] = zeroRoot(b.Len)
		case b.Kind == Temp:
			roots[k] = [32]byte{}
		case leaf == 0 && at == 0:
			if roots[k] = zeroRoot(b.Len); b.Kind == State && t.Inputs[b.Name] != nil {
				if roots[k], err = rootOf(io.NewSectionReader(t.Inputs[b.Name], 0, int64(b.Len)), b); err != nil {
					return nil, err
				}
			}
		}
	}
	return roots, nil
}

func zeroRoot(n uint64) [32]byte {
	var tree MerkleTree
	zeros := make([]byte, min(n, ChunkSize))
	for ; n > 0; n -= min(n, ChunkSize) {
		tree.AddData(zeros[:min(n, ChunkSize)])
	}
	return tree.Root()
}

func rootOf(r io.Reader, b *Buffer) ([32]byte, error) {
	var tree MerkleTree
	content, err := io.ReadAll(r)
	if err != nil || uint64(len(content)) != b.Len {
		return [32]byte{}, Errorf(InvalidInput, "the input %q has less than %d bytes", b.Name, b.Len)
	}
	tree.Write(content)
	return tree.Root(), nil
}
