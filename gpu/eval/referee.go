package eval

import (
	"context"
	"encoding/binary"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
)

// Work is one dispatch with the content of its bindings: what a dispute comes down to.
type Work struct {
	Source, Entry string
	Grid          [3]uint32
	Bind          [][]byte // content of binding i before; its length is a multiple of 4
}

// Written is what a workgroup has changed of a binding: the words from Off on.
type Written struct {
	Binding int
	Off     uint64 // bytes
	Bytes   []byte
}

// Dispatch computes the content of all bindings after the dispatch. The bytes in w stay as they are.
func Dispatch(ctx context.Context, cfg Config, w Work) ([][]byte, error) {
	bufs, err := w.run(ctx, cfg, nil, nil)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(bufs))
	for i, words := range bufs {
		out[i] = bytesOf(words)
	}
	return out, nil
}

// Workgroup runs one workgroup of the dispatch alone and returns what it changed, by binding and offset. In a program without
// races the words that it writes are those that it writes in the whole dispatch; only of atomics that several workgroups
// use, this is not their value in the end but this workgroup's part of it.
//
// So a dispute about one chunk of a buffer is decided without the rest of the dispatch: whoever claims a value that the
// memory did not hold before names the workgroup that wrote it.
func Workgroup(ctx context.Context, cfg Config, w Work, group [3]uint32) ([]Written, error) {
	for axis, g := range group {
		if g >= w.Grid[axis] {
			return nil, gpu.Errorf(gpu.InvalidInput, "workgroup %d, %d, %d is not in a grid of %d x %d x %d", group[0], group[1], group[2], w.Grid[0], w.Grid[1], w.Grid[2])
		}
	}
	bufs, err := w.run(ctx, cfg, &group, nil)
	if err != nil {
		return nil, err
	}
	var list []Written
	for i, words := range bufs {
		for at := 0; at < len(words); at++ {
			end := at
			for end < len(words) && words[end] != binary.LittleEndian.Uint32(w.Bind[i][4*end:]) {
				end++
			}
			if end > at {
				list = append(list, Written{i, uint64(4 * at), bytesOf(words[at:end])})
				at = end
			}
		}
	}
	return list, nil
}

func bytesOf(words []uint32) []byte {
	p := make([]byte, 0, 4*len(words))
	for _, w := range words {
		p = binary.LittleEndian.AppendUint32(p, w)
	}
	return p
}

// run runs the dispatch, or one workgroup of it, on copies of the bindings.
func (w *Work) run(ctx context.Context, cfg Config, only *[3]uint32, s *shadow) ([][]uint32, error) {
	mod, err := wgsl.Parse(w.Source)
	if err != nil {
		return nil, gpu.Errorf(gpu.InvalidProgram, "%v", err)
	}
	e, ok := mod.Entry(w.Entry)
	if !ok {
		return nil, gpu.Errorf(gpu.InvalidProgram, "the source has no entry point %q", w.Entry)
	}
	access := make([]gpu.Access, len(w.Bind))
	for i := range access {
		access[i] = gpu.Read
	}
	for _, b := range e.Bindings {
		if int(b.Index) < len(access) {
			access[b.Index] = gpu.Access(b.Access)
		}
	}
	d := New(cfg).(*device)
	d.shadow = s
	k, err := d.Kernel(ctx, w.Source, w.Entry, access)
	if err != nil {
		return nil, err
	}
	work := gpu.Work{Op: gpu.Dispatch, Kernel: k, Grid: w.Grid}
	var spans [][]uint32
	for _, p := range w.Bind {
		m, err := d.Alloc(uint64(len(p)))
		if err != nil {
			return nil, err
		}
		if err := d.Write(m, 0, p); err != nil {
			return nil, err
		}
		work.Bind = append(work.Bind, gpu.Range{Memory: m, Len: m.Size()})
		spans = append(spans, m.(*memory).words)
	}
	kernel := k.(*kernel)
	if err := kernel.checkBindings(&work); err != nil {
		return nil, err
	}
	first, n := uint64(0), uint64(w.Grid[0])*uint64(w.Grid[1])*uint64(w.Grid[2])
	if only != nil {
		first, n = (uint64(only[2])*uint64(w.Grid[1])+uint64(only[1]))*uint64(w.Grid[0])+uint64(only[0]), 1
	}
	return spans, kernel.dispatch(ctx, d.cfg, spans, w.Grid, first, n)
}
