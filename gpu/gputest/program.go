package gputest

import (
	"bytes"
	"encoding/hex"
	"io"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// Program uses every buffer kind and every op. Its state starts from an input, is churned and exchanged each step, and a
// window of the input table is added to it.
func Program() *gpu.Program {
	return &gpu.Program{
		Version: gpu.ProgramVersion,
		Modules: []gpu.Module{{Name: "arith", WGSL: Source}, {Name: "churn", WGSL: Source3}},
		Buffers: []gpu.Buffer{
			{Name: "params", Kind: gpu.Params, Type: gpu.U32, Len: 16},
			{Name: "bias", Kind: gpu.Const, Type: gpu.U32, Len: 512},
			{Name: "table", Kind: gpu.Slice, Type: gpu.U32, Len: 512, First: 256, Stride: 512, Period: 2048},
			{Name: "x", Kind: gpu.State, Type: gpu.U32, Len: 512, Keep: true},
			{Name: "y", Kind: gpu.State, Type: gpu.U32, Len: 512},
			{Name: "scratch", Kind: gpu.Temp, Type: gpu.U32, Len: 512},
			{Name: "rows", Kind: gpu.Output, Type: gpu.U32, Len: 512, Every: 2},
			{Name: "sum", Kind: gpu.Output, Type: gpu.U32, Len: 512},
		},
		Init: []gpu.Command{
			{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: 4}}, Value: 0x10101010},
		},
		Step: []gpu.Command{
			dispatchCommand(0, "add", bind(2, 3, 5)), // scratch = table + x
			dispatchCommand(1, "churn", bind(0, 5)),  // churn scratch
			dispatchCommand(0, "add", bind(5, 1, 4)), // y = scratch + bias
			{Op: gpu.Swap, Bind: bind(3, 4)},
			{Op: gpu.Copy, Bind: bind(3, 6)}, // rows = x
		},
		Final: []gpu.Command{
			dispatchCommand(0, "add", bind(3, 4, 7)), // sum = x + y
			dispatchCommand(1, "churn", bind(0, 5)),  // temp is zero again, params.step is steps
			{Op: gpu.Copy, Bind: []gpu.Binding{{Buffer: 5, Len: 256}, {Buffer: 7, Off: 256}}},
		},
		Steps:   7,
		Segment: 3,
	}
}

func dispatchCommand(module uint16, entry string, b []gpu.Binding) gpu.Command {
	return gpu.Command{Op: gpu.Dispatch, Module: module, Entry: entry, Bind: b, Grid: [3]uint32{2, 1, 1}}
}

func bind(buffers ...uint32) []gpu.Binding {
	b := make([]gpu.Binding, len(buffers))
	for i, n := range buffers {
		b[i].Buffer = n
	}
	return b
}

// Inputs are the inputs of Program.
func Inputs() map[string]gpu.Input {
	fill := func(n, seed uint32) gpu.Input {
		v := make([]uint32, n)
		for i := range v {
			seed = seed*1664525 + 1013904223
			v[i] = seed
		}
		return bytes.NewReader(pack(v...))
	}
	return map[string]gpu.Input{"bias": fill(128, 1), "table": fill(2048/4+128, 2), "x": fill(128, 3)}
}

// Want computes the results of Program in Go.
func Want(seed uint64) map[string][]byte {
	in := make(map[string][]byte)
	for name, r := range Inputs() {
		p := make([]byte, r.Size())
		if _, err := r.ReadAt(p, 0); err != nil {
			panic(err)
		}
		in[name] = p
	}
	const n = 128
	var x, y, final [n]uint32
	for i := range n {
		x[i], y[i] = u32(in["x"], i), 0x10101010
	}
	var rows []byte
	for step := range uint32(7) {
		off := int(256+512*step) % 2048 / 4
		for i := range n {
			y[i] = Churn(u32(in["table"], off+i)+x[i], step, 7, seed) + u32(in["bias"], i)
		}
		x, y = y, x
		if (step+1)%2 == 0 {
			rows = append(rows, pack(x[:]...)...)
		}
	}
	for i := range n {
		final[i] = x[i] + y[i]
		if i >= 64 {
			final[i] = Churn(0, 7, 7, seed)
		}
	}
	return map[string][]byte{"x": pack(x[:]...), "rows": rows, "sum": pack(final[:]...)}
}

// Collect returns a Task.Outputs func and the buffers that it fills.
func Collect() (map[string]*bytes.Buffer, func(string, int64) (io.Writer, error)) {
	m := make(map[string]*bytes.Buffer)
	return m, func(name string, size int64) (io.Writer, error) {
		m[name] = bytes.NewBuffer(make([]byte, 0, size))
		return m[name], nil
	}
}

// TraceRoot is the trace root of Program with Inputs and seed 1<<40 + 5, on every device.
const TraceRoot = "b7f8bb93d7f2048fb6613407456a354319162c696a63fb7ad35d8ddf0fb89e6e"

func testProgram(t *testing.T, s *suite) {
	const seed = 1<<40 + 5
	var last gpu.Progress
	out, sink := Collect()
	res, err := gpu.Run(s.ctx, s.d, Program(), gpu.Task{
		Inputs: Inputs(), Outputs: sink, Seed: seed,
		Progress: func(p gpu.Progress) { last = p },
	})
	require.NoError(t, err)
	want := Want(seed)
	require.Len(t, res.Outputs, 3)
	for _, o := range res.Outputs {
		require.Equal(t, want[o.Name], out[o.Name].Bytes(), o.Name)
		require.Equal(t, Root(want[o.Name]), o.Root)
		require.Equal(t, uint64(len(want[o.Name])), o.Size)
	}
	require.Len(t, res.Leaves, 4) // 3 segments and Final
	require.Equal(t, gpu.Progress{Phase: gpu.Running, Done: 7, Total: 7, Busy: last.Busy}, last)
	require.Positive(t, last.Busy)
	require.Equal(t, TraceRoot, hexOf(res.TraceRoot))

	again, err := gpu.Run(s.ctx, s.d, Program(), gpu.Task{Inputs: Inputs(), Seed: seed})
	require.NoError(t, err)
	require.Equal(t, res.Leaves, again.Leaves, "the same program and inputs give the same trace")
	other, err := gpu.Run(s.ctx, s.d, Program(), gpu.Task{Inputs: Inputs(), Seed: seed + 1})
	require.NoError(t, err)
	require.NotEqual(t, res.TraceRoot, other.TraceRoot)
}

// Root is the Merkle root of a content, chunk by chunk.
func Root(content []byte) [32]byte {
	var tree gpu.MerkleTree
	for chunk := range slices.Chunk(content, gpu.ChunkSize) {
		tree.AddData(chunk)
	}
	return tree.Root()
}

func hexOf(h [32]byte) string { return hex.EncodeToString(h[:]) }
