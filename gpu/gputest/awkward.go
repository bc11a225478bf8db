package gputest

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// awkward is a program that uses the format in an unusual way, and what must become of it.
type awkward struct {
	name    string
	program gpu.Program // Version is set, and Modules to Source
	inputs  map[string][]uint32
	seed    uint64
	want    map[string][]uint32 // results
	code    gpu.Code            // or how it fails
	reason  string              // what the sentence about that says
}

const words64 = 4 * 64 // bytes

func buffers(list ...gpu.Buffer) []gpu.Buffer {
	for i := range list {
		if list[i].Type == "" {
			list[i].Type = gpu.U32
		}
		if list[i].Len == 0 {
			list[i].Len = words64
		}
	}
	return list
}

func commands(list ...gpu.Command) []gpu.Command { return list }

func copyOf(from, to uint32) gpu.Command { return gpu.Command{Op: gpu.Copy, Bind: bind(from, to)} }

func swapOf(a, b uint32) gpu.Command { return gpu.Command{Op: gpu.Swap, Bind: bind(a, b)} }

func fillOf(b gpu.Binding, v uint32) gpu.Command {
	return gpu.Command{Op: gpu.Fill, Bind: []gpu.Binding{b}, Value: v}
}

// repeated is n times v.
func repeated(v uint32, n int) []uint32 {
	list := make([]uint32, n)
	for i := range list {
		list[i] = v
	}
	return list
}

func joined(lists ...[]uint32) (all []uint32) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// awkwardPrograms are what a reader of the format's description may try first.
func awkwardPrograms() []awkward {
	state := func(name string) gpu.Buffer { return gpu.Buffer{Name: name, Kind: gpu.State, Keep: true} }
	output := func(name string) gpu.Buffer { return gpu.Buffer{Name: name, Kind: gpu.Output} }
	return []awkward{
		{
			name: "copies only, no module, one step",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "in", Kind: gpu.Const}, output("out")),
				Step:    commands(copyOf(0, 1)), Steps: 1, Segment: 1,
			},
			inputs: map[string][]uint32{"in": repeated(7, 64)},
			want:   map[string][]uint32{"out": repeated(7, 64)},
		},
		{
			name: "three states that rotate by swaps alone, an odd number of steps, a short last segment",
			program: gpu.Program{
				Buffers: buffers(state("a"), state("b"), state("c")),
				Step:    commands(swapOf(0, 1), swapOf(1, 2)), Steps: 5, Segment: 3,
			},
			inputs: map[string][]uint32{"a": repeated(1, 64), "b": repeated(2, 64), "c": repeated(3, 64)},
			want:   map[string][]uint32{"a": repeated(3, 64), "b": repeated(1, 64), "c": repeated(2, 64)}, // a turn by three is none
		},
		{
			name: "a swap that is undone at once, and swaps in init and final",
			program: gpu.Program{
				Buffers: buffers(state("a"), state("b")),
				Init:    commands(swapOf(0, 1)), Step: commands(swapOf(0, 1), swapOf(1, 0)), Final: commands(swapOf(0, 1), fillOf(gpu.Binding{Buffer: 0}, 9)),
				Steps: 4, Segment: 4,
			},
			inputs: map[string][]uint32{"a": repeated(1, 64), "b": repeated(2, 64)},
			want:   map[string][]uint32{"a": repeated(9, 64), "b": repeated(2, 64)},
		},
		{
			name: "rows of a state that is doubled, with a step over at the end",
			program: gpu.Program{
				Buffers: buffers(state("x"), gpu.Buffer{Name: "rows", Kind: gpu.Output, Every: 2}, gpu.Buffer{Name: "t", Kind: gpu.Temp}),
				Step:    commands(dispatchCommand(0, "add", bind(0, 0, 2)), copyOf(2, 0), copyOf(0, 1)), Steps: 5, Segment: 2,
			},
			inputs: map[string][]uint32{"x": repeated(1, 64)},
			want:   map[string][]uint32{"x": repeated(32, 64), "rows": joined(repeated(4, 64), repeated(16, 64))},
		},
		{
			name: "an output that is the sum of itself and a constant, through a temp",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "one", Kind: gpu.Const}, output("sum"), gpu.Buffer{Name: "t", Kind: gpu.Temp}),
				Step:    commands(dispatchCommand(0, "add", bind(0, 1, 2)), copyOf(2, 1)), Steps: 100, Segment: 99,
			},
			inputs: map[string][]uint32{"one": repeated(1, 64)},
			want:   map[string][]uint32{"sum": repeated(100, 64)},
		},
		{
			name: "rows that are each the one before and a constant, the last of which is never emitted",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "one", Kind: gpu.Const}, gpu.Buffer{Name: "rows", Kind: gpu.Output, Every: 2}, gpu.Buffer{Name: "t", Kind: gpu.Temp}, output("end")),
				Step:    commands(dispatchCommand(0, "add", bind(0, 1, 2)), copyOf(2, 1)), Final: commands(copyOf(1, 3)), Steps: 7, Segment: 4,
			},
			inputs: map[string][]uint32{"one": repeated(1, 64)},
			want:   map[string][]uint32{"rows": joined(repeated(2, 64), repeated(4, 64), repeated(6, 64)), "end": repeated(7, 64)},
		},
		{
			name: "results that only init writes, or only final, or nothing",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "rows", Kind: gpu.Output, Every: 2}, output("first"), state("kept"), output("last"), gpu.Buffer{Name: "late", Kind: gpu.Output, Every: 4}, output("none"), state("same"), gpu.Buffer{Name: "s", Kind: gpu.State}),
				Init:    commands(fillOf(gpu.Binding{Buffer: 0}, 1), fillOf(gpu.Binding{Buffer: 1}, 2), fillOf(gpu.Binding{Buffer: 2}, 3)),
				Step:    commands(fillOf(gpu.Binding{Buffer: 7}, 4)), Final: commands(copyOf(7, 3), copyOf(7, 4)), Steps: 6, Segment: 1,
			},
			inputs: map[string][]uint32{"same": repeated(5, 64)},
			want: map[string][]uint32{
				"rows": repeated(1, 3*64), "first": repeated(2, 64), "kept": repeated(3, 64), "last": repeated(4, 64), "late": repeated(0, 64), "none": repeated(0, 64), "same": repeated(5, 64),
			},
		},
		{
			name: "four bytes, and a grid far beyond them",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "a", Kind: gpu.Const, Len: 4}, gpu.Buffer{Name: "out", Kind: gpu.Output, Len: 4}),
				Step:    commands(gpu.Command{Op: gpu.Dispatch, Entry: "add", Bind: bind(0, 0, 1), Grid: [3]uint32{3000, 1, 1}}), Steps: 1, Segment: 1,
			},
			inputs: map[string][]uint32{"a": {21}},
			want:   map[string][]uint32{"out": {42}},
		},
		{
			name: "sizes that are no multiple of anything, and a range of the last word",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "a", Kind: gpu.Const, Len: 4 * 67}, gpu.Buffer{Name: "out", Kind: gpu.Output, Len: 4 * 67}),
				Step: commands(
					dispatchCommand(0, "add", bind(0, 0, 1)),
					fillOf(gpu.Binding{Buffer: 1, Off: 256, Len: 4}, 5),
				), Steps: 1, Segment: 1,
			},
			inputs: map[string][]uint32{"a": repeated(3, 67)},
			want:   map[string][]uint32{"out": joined(repeated(6, 64), []uint32{5, 6, 6})},
		},
		{
			name: "slices whose windows overlap, stand still, wrap and begin beyond the period",
			program: gpu.Program{
				Buffers: buffers(
					gpu.Buffer{Name: "overlap", Kind: gpu.Slice, Len: 8, Stride: 4, Period: 1 << 30},
					gpu.Buffer{Name: "still", Kind: gpu.Slice, Len: 8, Period: 8},
					gpu.Buffer{Name: "wrap", Kind: gpu.Slice, Len: 8, Stride: 12, Period: 16, First: 36},
					gpu.Buffer{Name: "r0", Kind: gpu.Output, Len: 8, Every: 1}, gpu.Buffer{Name: "r1", Kind: gpu.Output, Len: 8, Every: 1}, gpu.Buffer{Name: "r2", Kind: gpu.Output, Len: 8, Every: 1},
				),
				Step: commands(copyOf(0, 3), copyOf(1, 4), copyOf(2, 5)), Steps: 3, Segment: 3,
			},
			inputs: map[string][]uint32{"overlap": {0, 1, 2, 3}, "still": {8, 9}, "wrap": {10, 11, 12, 13, 14}},
			want:   map[string][]uint32{"r0": {0, 1, 1, 2, 2, 3}, "r1": {8, 9, 8, 9, 8, 9}, "r2": {11, 12, 10, 11, 13, 14}},
		},
		{
			name: "a window in init and in final",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "s", Kind: gpu.Slice, Len: 4, Stride: 4, Period: 12}, gpu.Buffer{Name: "first", Kind: gpu.Output, Len: 4}, gpu.Buffer{Name: "last", Kind: gpu.Output, Len: 4}, gpu.Buffer{Name: "now", Kind: gpu.State, Len: 4}),
				Init:    commands(copyOf(0, 1)), Step: commands(copyOf(0, 3)), Final: commands(copyOf(0, 2)), Steps: 5, Segment: 1,
			},
			inputs: map[string][]uint32{"s": {1, 2, 3}},
			want:   map[string][]uint32{"first": {1}, "last": {2}},
		},
		{
			name: "a temp is zero again in every list and step, also where only a part was written",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "t", Kind: gpu.Temp, Len: 512}, gpu.Buffer{Name: "rows", Kind: gpu.Output, Len: 512, Every: 1}, gpu.Buffer{Name: "end", Kind: gpu.Output, Len: 512}),
				Init:    commands(fillOf(gpu.Binding{Buffer: 0}, 1)),
				Step:    commands(copyOf(0, 1), fillOf(gpu.Binding{Buffer: 0, Off: 256}, 2)),
				Final:   commands(copyOf(0, 2), fillOf(gpu.Binding{Buffer: 0}, 3)), Steps: 2, Segment: 1,
			},
			want: map[string][]uint32{"rows": repeated(0, 256), "end": repeated(0, 128)},
		},
		{
			name: "params at their bounds",
			program: gpu.Program{
				Modules: []gpu.Module{{Name: "churn", WGSL: Source3}},
				Buffers: buffers(gpu.Buffer{Name: "p", Kind: gpu.Params, Len: 16}, state("x")),
				Step:    commands(swapOf(1, 2)), Final: commands(dispatchCommand(0, "churn", bind(0, 1))), Steps: 3, Segment: 2,
			},
			seed: math.MaxUint64,
			want: map[string][]uint32{"x": repeated(Churn(0, 3, 3, math.MaxUint64), 64)},
		},
		{
			name: "bindings that the kernel does not use, one of them twice",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "a", Kind: gpu.Const}, output("out"), gpu.Buffer{Name: "idle", Kind: gpu.Temp}),
				Step:    commands(dispatchCommand(0, "add", bind(0, 0, 1, 2, 0, 2))), Steps: 1, Segment: 1,
			},
			inputs: map[string][]uint32{"a": repeated(4, 64)},
			want:   map[string][]uint32{"out": repeated(8, 64)},
		},
		{
			name: "two ranges of one buffer, one written and one read",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "x", Kind: gpu.State, Len: 512, Keep: true}),
				Step:    commands(dispatchCommand(0, "add", []gpu.Binding{{Len: 256}, {Len: 256}, {Off: 256}})), Steps: 1, Segment: 1,
			},
			code: gpu.InvalidProgram, reason: `buffer "x" is bound read_write and read in one dispatch; copy it to a temp buffer first`,
		},
		{
			name: "an input that is too long",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "in", Kind: gpu.Const}, output("out")),
				Step:    commands(copyOf(0, 1)), Steps: 1, Segment: 1,
			},
			inputs: map[string][]uint32{"in": repeated(7, 65)},
			code:   gpu.InvalidInput, reason: `input "in" has 260 bytes; the program takes exactly 256`,
		},
		{
			name: "a slice whose windows reach one word too far",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "s", Kind: gpu.Slice, Len: 8, Stride: 4, Period: 1 << 20}, gpu.Buffer{Name: "out", Kind: gpu.Output, Len: 8}),
				Step:    commands(copyOf(0, 1)), Steps: 3, Segment: 3,
			},
			inputs: map[string][]uint32{"s": {0, 1, 2}},
			code:   gpu.InvalidInput, reason: `input "s" has 12 bytes; the program needs 16`,
		},
		{
			name: "an input for a buffer that takes none",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "in", Kind: gpu.Const}, output("out")),
				Step:    commands(copyOf(0, 1)), Steps: 1, Segment: 1,
			},
			inputs: map[string][]uint32{"in": repeated(7, 64), "out": repeated(7, 64)},
			code:   gpu.InvalidInput, reason: `input "out" is not an input of this program`,
		},
		{
			name: "a terabyte of state",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "x", Kind: gpu.State, Len: 1 << 40, Keep: true}),
				Step:    commands(fillOf(gpu.Binding{}, 1)), Steps: 1, Segment: 1,
			},
			code: gpu.TooLarge, reason: "a buffer of bytes: 1099511627776",
		},
		{
			name: "a thousand buffers that are too large together",
			program: gpu.Program{
				Buffers: buffers(func() (list []gpu.Buffer) {
					for i := range 1024 {
						list = append(list, gpu.Buffer{Name: fmt.Sprint("b", i), Kind: gpu.Output, Len: 128 << 20})
					}
					return list
				}()...),
				Step: commands(fillOf(gpu.Binding{}, 1)), Steps: 1, Segment: 1,
			},
			code: gpu.TooLarge, reason: "device memory of bytes: 137472507904",
		},
		{
			name: "more segments than a trace may have",
			program: gpu.Program{
				Buffers: buffers(output("out")), Step: commands(fillOf(gpu.Binding{}, 1)), Steps: gpu.MaxSteps, Segment: 1,
			},
			code: gpu.InvalidProgram, reason: "268435456 segments; at most 65536 are allowed, so make segment larger",
		},
		{
			name: "more steps than there may be",
			program: gpu.Program{
				Buffers: buffers(output("out")), Step: commands(fillOf(gpu.Binding{}, 1)), Steps: math.MaxUint32, Segment: 1 << 31,
			},
			code: gpu.InvalidProgram, reason: "steps is 4294967295; 1 to 268435456 are allowed",
		},
		{
			name: "rows of more bytes than a buffer may have",
			program: gpu.Program{
				Buffers: buffers(gpu.Buffer{Name: "rows", Kind: gpu.Output, Len: 1 << 20, Every: 1}), Step: commands(fillOf(gpu.Binding{}, 1)), Steps: gpu.MaxSteps, Segment: gpu.MaxSteps,
			},
			code: gpu.InvalidProgram, reason: `buffer "rows": 268435456 rows of 1048576 bytes are more than 1099511627776 bytes`,
		},
	}
}

// ready returns the program and its inputs.
func (a *awkward) ready() (*gpu.Program, map[string]gpu.Input) {
	p := a.program
	p.Version = gpu.ProgramVersion
	if p.Modules == nil {
		p.Modules = []gpu.Module{{Name: "arith", WGSL: Source}}
	}
	if a.seed != 0 { // its step needs a second state to swap with
		p.Buffers = append(p.Buffers, gpu.Buffer{Name: "y", Kind: gpu.State, Type: gpu.U32, Len: words64})
	}
	inputs := make(map[string]gpu.Input, len(a.inputs))
	for name, v := range a.inputs {
		inputs[name] = bytes.NewReader(pack(v...))
	}
	return &p, inputs
}

// testAwkward runs the awkward programs, each whole and again from a checkpoint.
func testAwkward(t *testing.T, s *suite) {
	for _, a := range awkwardPrograms() {
		p, inputs := a.ready()
		var saved bytes.Buffer
		got, outputs := Collect()
		res, err := gpu.Run(s.ctx, s.d, p, gpu.Task{Inputs: inputs, Seed: a.seed, Outputs: outputs, Checkpoint: func(c *gpu.Checkpoint) error {
			if saved.Len() > 0 {
				return nil
			}
			for i := range c.Rows {
				r := &c.Rows[i]
				r.Content = bytes.NewReader(bytes.Clone(got[r.Name].Bytes()[:r.Size]))
			}
			_, err := c.WriteTo(&saved)
			return err
		}})
		if a.code != "" {
			require.Equal(t, a.code, gpu.CodeOf(err), "%s: %v", a.name, err)
			require.ErrorContains(t, err, a.reason, a.name)
			require.NotContains(t, err.Error(), "\n", a.name)
			continue
		}
		require.NoError(t, err, a.name)
		same := func(got map[string]*bytes.Buffer) {
			t.Helper()
			require.Len(t, got, len(a.want), a.name)
			for name, v := range a.want {
				require.Equal(t, pack(v...), got[name].Bytes(), "%s: %s", a.name, name)
			}
		}
		same(got)
		if saved.Len() == 0 {
			continue
		}
		c, err := gpu.ReadCheckpoint(bytes.NewReader(saved.Bytes()))
		require.NoError(t, err, a.name)
		again, outputs := Collect()
		res2, err := gpu.Run(s.ctx, s.d, p, gpu.Task{Inputs: inputs, Seed: a.seed, Outputs: outputs, Resume: c})
		require.NoError(t, err, a.name)
		same(again)
		require.Equal(t, res.TraceRoot, res2.TraceRoot, a.name)
	}
}

// testEmptySteps runs the largest number of steps that give the device nothing to do: the deadline ends them all the same.
func testEmptySteps(t *testing.T, s *suite) {
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Modules: []gpu.Module{{Name: "arith", WGSL: Source}},
		Buffers: buffers(gpu.Buffer{Name: "a", Kind: gpu.State, Keep: true}, gpu.Buffer{Name: "b", Kind: gpu.State}),
		Step:    commands(swapOf(0, 1)), Steps: gpu.MaxSteps, Segment: gpu.MaxSteps,
	}
	ctx, cancel := context.WithTimeout(s.ctx, 100*time.Millisecond)
	defer cancel()
	_, err := gpu.Run(ctx, s.d, p, gpu.Task{})
	require.Equal(t, gpu.Timeout, gpu.CodeOf(err), "%v", err)
	require.False(t, strings.Contains(err.Error(), "\n"))
}
