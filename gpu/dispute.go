package gpu

import (
	"bytes"
	"context"
	"io"
)

// Segment runs one segment again, on any device: the one that follows t.Resume, or the first one. It returns the segment's
// leaf, which a checker compares with the claimed one. Checkpoint of t is not called.
func Segment(ctx context.Context, d Device, p *Program, t Task) ([32]byte, error) {
	t.Checkpoint = nil
	res, err := run(ctx, d, p, t, true)
	if err != nil {
		return [32]byte{}, err
	}
	return res.Leaves[len(res.Leaves)-1], nil
}

// Dispute is one command about which two parties differ who agree on the memory before it.
type Dispute struct {
	Program *Program
	Inputs  map[string]Input // Const and Slice buffers that the command uses
	Seed    uint64
	Part    Part
	Command int
	Before  [][32]byte // roots before the command, as in the agreed Mark before it

	// Content returns what a writable buffer that the command uses held before it, in full; it is checked against Before.
	Content func(buffer int) (io.Reader, error)

	Task Task // how it is run: Share, MaxBusy, Stuck and Progress
}

// Decide runs the command on d and returns the mark that is right after it. An InvalidInput error means that the dispute
// itself is not in order: there is no such command, or a content does not have the agreed root.
func (x *Dispute) Decide(ctx context.Context, d Device) (*Mark, error) {
	rep, err := Check(x.Program)
	if err != nil {
		return nil, err
	}
	li := -1
	for i, l := range x.Program.lists() {
		if l.name == x.Part.List {
			li = i
		}
	}
	switch {
	case li < 0 || x.Command < 0 || x.Command >= len(x.Program.lists()[li].commands) || li == 1 && x.Part.Step >= x.Program.Steps || li != 1 && x.Part.Step != 0:
		return nil, Errorf(InvalidInput, "the program has no command %d in %q of step %d", x.Command, clip(x.Part.List), x.Part.Step)
	case len(x.Before) != len(x.Program.writable()):
		return nil, Errorf(InvalidInput, "the dispute has %d roots; the program has %d writable buffers", len(x.Before), len(x.Program.writable()))
	}
	after := &Mark{Part: x.Part, Command: x.Command}
	after.Roots = append(after.Roots, x.Before...)
	c := x.Program.lists()[li].commands[x.Command]
	if c.Op == Swap {
		a, b := x.Program.root(c.Bind[0].Buffer), x.Program.root(c.Bind[1].Buffer)
		after.Roots[a], after.Roots[b] = after.Roots[b], after.Roots[a]
		return after, nil
	}
	// The command becomes a program of its own: its buffers are state that starts with the content before it. What it writes
	// keeps its content; the run's checks and guards are those of every run.
	one, t, err := x.alone(rep, li, c)
	if err != nil {
		return nil, err
	}
	res, err := Run(ctx, d, one, t)
	if err != nil {
		return nil, err
	}
	for _, i := range x.Program.writable() {
		for _, o := range res.Outputs {
			if o.Name == x.Program.Buffers[i].Name {
				after.Roots[x.Program.root(uint32(i))] = o.Root
			}
		}
	}
	return after, nil
}

// alone makes the program that runs only command c, and its task.
func (x *Dispute) alone(rep *Report, li int, c Command) (*Program, Task, error) {
	p := x.Program
	one := &Program{Version: ProgramVersion, Steps: 1, Segment: 1}
	t := Task{Inputs: make(map[string]Input), Share: x.Task.Share, MaxBusy: x.Task.MaxBusy, Stuck: x.Task.Stuck, Progress: x.Task.Progress}
	c.Bind = append([]Binding(nil), c.Bind...)
	at := make(map[uint32]uint32)
	for k, b := range c.Bind {
		if _, ok := at[b.Buffer]; !ok {
			at[b.Buffer] = uint32(len(one.Buffers))
			buf := p.Buffers[b.Buffer]
			content, err := x.content(int(b.Buffer))
			if err != nil {
				return nil, t, err
			}
			buf = Buffer{Name: buf.Name, Kind: buf.Kind, Type: buf.Type, Len: buf.Len}
			if buf.Kind.writable() {
				buf.Kind, buf.Keep = State, true
			} else { // also params: they are uniform, and so may a const buffer be
				buf.Kind = Const
			}
			one.Buffers = append(one.Buffers, buf)
			t.Inputs[buf.Name] = content
		}
		c.Bind[k].Buffer = at[b.Buffer]
	}
	if c.Op == Dispatch {
		one.Modules = []Module{p.Modules[c.Module]}
		c.Module = 0
	}
	one.Step = []Command{c}
	return one, t, nil
}

// content is what a buffer holds before the command.
func (x *Dispute) content(i int) (Input, error) {
	b := &x.Program.Buffers[i]
	step := x.Part.Step
	switch {
	case b.Kind == Params:
		if x.Part.List == "final" {
			step = x.Program.Steps
		}
		return bytes.NewReader(appendParams(nil, step, x.Program.Steps, x.Seed)), nil
	case b.Kind == Const || b.Kind == Slice:
		in := x.Inputs[b.Name]
		off := uint64(0)
		if b.Kind == Slice {
			if x.Part.List == "final" {
				step = x.Program.Steps - 1
			}
			off = b.window(step)
		}
		if in == nil || in.Size() < 0 || uint64(in.Size()) < off+b.Len {
			return nil, Errorf(InvalidInput, "the command uses input %q, which is missing or too short", b.Name)
		}
		return io.NewSectionReader(in, int64(off), int64(b.Len)), nil
	}
	r, err := x.Content(i)
	if err != nil {
		return nil, err
	}
	content := make([]byte, b.Len)
	if _, err := io.ReadFull(r, content); err != nil {
		return nil, Errorf(InvalidInput, "the content of %q has less than %d bytes", b.Name, b.Len)
	}
	var tree MerkleTree
	tree.Write(content)
	if tree.Root() != x.Before[x.Program.root(uint32(i))] {
		return nil, Errorf(InvalidInput, "the content of %q does not have the root that was agreed on", b.Name)
	}
	return bytes.NewReader(content), nil
}

// writable lists the writable buffers, in the order of Mark.Roots.
func (p *Program) writable() []int {
	var list []int
	for i := range p.Buffers {
		if p.Buffers[i].Kind.writable() {
			list = append(list, i)
		}
	}
	return list
}

// root is the place of a writable buffer in Mark.Roots.
func (p *Program) root(buffer uint32) int {
	n := 0
	for i := range buffer {
		if p.Buffers[i].Kind.writable() {
			n++
		}
	}
	return n
}
