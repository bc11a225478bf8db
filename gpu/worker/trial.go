package worker

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"time"

	"gpumesh/gpu"
)

// What a dispute asks of a worker: to tell a segment command by command, and to run one command.

// trial is the part of a request that says of what.
type trial struct {
	Leaf   int        `cbor:"leaf"`
	At     int        `cbor:"at"`     // a mark of the segment
	Memory bool       `cbor:"memory"` // a file comes for the memory before it: opReplay writes it, opDecide reads it
	Before [][32]byte `cbor:"before"` // opDecide: roots before it
}

// Replay runs a task from its beginning to the end of a segment and tells that one; see gpu.ReplaySegment. A memory that is not "" is
// the path of a file to be written.
func (p *Pool) Replay(ctx context.Context, q Request, leaf, at int, memory string) (*gpu.Replay, error) {
	var f *os.File
	if memory != "" {
		var err error
		if f, err = create(memory); err != nil {
			return nil, gpu.Errorf(gpu.Internal, "the memory cannot be written: %v", err)
		}
	}
	a, err := p.try(ctx, q, request{Op: opReplay, Trial: &trial{Leaf: leaf, At: at, Memory: f != nil}}, f)
	if err != nil {
		return nil, err
	}
	return a.Replay, nil
}

// Decide runs one command; see gpu.DecideMark. A memory that is not "" is the path of the file that Replay wrote.
func (p *Pool) Decide(ctx context.Context, q Request, leaf, at int, before [][32]byte, memory string) ([][32]byte, error) {
	var f *os.File
	if memory != "" {
		var err error
		if f, err = openRegular(memory); err != nil {
			return nil, gpu.Errorf(gpu.Internal, "the memory cannot be read: %v", err)
		}
	}
	a, err := p.try(ctx, q, request{Op: opDecide, Trial: &trial{Leaf: leaf, At: at, Memory: f != nil, Before: before}}, f)
	if err != nil {
		return nil, err
	}
	return a.Roots, nil
}

// try has a child do a request about a task. It closes the memory.
func (p *Pool) try(ctx context.Context, q Request, m request, memory *os.File) (a *reply, err error) {
	var list files
	if memory != nil {
		list = files{memory}
	}
	defer func() { list.close() }() // hand has, too; that is no harm
	prog, err := gpu.DecodeProgram(q.Program)
	if err == nil {
		err = prog.Validate()
	}
	if err == nil {
		err = p.take(ctx)
	}
	if err != nil {
		return a, err
	}
	defer p.give()
	if q.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, q.Timeout)
		defer cancel()
	}
	if err := p.suspects.refuse(kernelsOf(prog), time.Now()); err != nil {
		return a, err
	}
	c, err := p.serve(ctx, q.Tenant)
	if err != nil {
		return a, err
	}
	m.Program, m.Seed, m.Run, m.MaxBusy = q.Program, q.Seed, p.runs, q.MaxBusy
	for name := range q.Inputs {
		m.Inputs = append(m.Inputs, name)
	}
	slices.Sort(m.Inputs)
	if m.files() > maxFiles {
		return a, gpu.Errorf(gpu.Unsupported, "the task has %d files; at most %d are possible", m.files(), maxFiles)
	}
	var inputs files
	for _, name := range m.Inputs {
		f, err := openRegular(q.Inputs[name])
		if err != nil {
			inputs.close()
			return a, gpu.Errorf(gpu.InvalidInput, "input %q cannot be read: %v", name, err)
		}
		inputs = append(inputs, f)
	}
	list = append(inputs, list...)
	if err := p.hand(c, &keeper{bound: prog.MaxCheckpoint()}, list, &m, prog); err != nil {
		p.drop()
		return a, err
	}
	return p.call(ctx, c, m, prog, events{}, func(a *reply) error {
		if m.Op == opReplay && a.Replay == nil {
			return gpu.Errorf(gpu.WorkerDied, "the worker process answered something else")
		}
		return nil
	})
}

// try does what a dispute asks.
func (c *child) try(ctx context.Context, q request) reply {
	list, err := receive(q.files(), q.Paths)
	if err == nil && len(list) != q.files() {
		err = errors.New("none arrived")
	}
	if err != nil {
		return failed(gpu.Errorf(gpu.Internal, "the worker did not get its files: %v", err))
	}
	defer list.close()
	p, err := gpu.DecodeProgram(q.Program)
	if err != nil {
		return failed(err)
	}
	t := gpu.Task{Inputs: make(map[string]gpu.Input, len(q.Inputs)), Seed: q.Seed, Progress: c.progress(), MaxBusy: q.MaxBusy, Stuck: c.stuck, Share: func() int { return int(c.share.Load()) }}
	for i, name := range q.Inputs {
		if t.Inputs[name], err = section(list[i]); err != nil {
			return failed(gpu.Errorf(gpu.InvalidInput, "input %q cannot be read: %v", name, err))
		}
	}
	x := q.Trial
	if q.Op == opReplay {
		var w io.Writer
		buffered := bufio.NewWriterSize(io.Discard, 256<<10)
		if x.Memory {
			buffered.Reset(list[len(list)-1])
			w = buffered
		}
		r, err := gpu.ReplaySegment(ctx, c.tasks, p, t, x.Leaf, x.At, w)
		if err == nil {
			err = buffered.Flush()
		}
		if err != nil {
			return failed(err)
		}
		return reply{Replay: r}
	}
	var memory gpu.Input
	if x.Memory {
		if memory, err = section(list[len(list)-1]); err != nil {
			return failed(gpu.Errorf(gpu.InvalidInput, "the memory cannot be read: %v", err))
		}
	}
	roots, err := gpu.DecideMark(ctx, c.tasks, p, t, x.Leaf, x.At, x.Before, memory)
	if err != nil {
		return failed(err)
	}
	return reply{Roots: roots}
}
