package eval_test

import (
	"context"
	"encoding/binary"
	"math"
	"testing"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/wgsl"
)

// job is one dispatch: bufs[i] is the initial content of binding i.
type job struct {
	src   string
	entry string // default "main"
	bufs  [][]uint32
	grid  [3]uint32 // zero dimensions count as 1
}

// on runs the job on a device and returns all buffers.
func (j job) on(t testing.TB, d gpu.Device) ([][]uint32, error) {
	t.Helper()
	ctx := context.Background()
	if j.entry == "" {
		j.entry = "main"
	}
	mod, err := wgsl.Parse(j.src)
	if err != nil {
		return nil, err
	}
	access := make([]gpu.Access, len(j.bufs))
	for i := range access {
		access[i] = gpu.ReadWrite
	}
	e, ok := mod.Entry(j.entry)
	if !ok {
		t.Fatalf("no entry %q", j.entry)
	}
	for _, b := range e.Bindings {
		access[b.Index] = gpu.Access(b.Access)
	}
	k, err := d.Kernel(ctx, j.src, j.entry, access)
	if err != nil {
		return nil, err
	}
	defer k.Release()
	w := gpu.Work{Op: gpu.Dispatch, Kernel: k, Grid: j.grid}
	for i := range w.Grid {
		w.Grid[i] = max(1, w.Grid[i])
	}
	for _, b := range j.bufs {
		m, err := d.Alloc(uint64(len(b)) * 4)
		if err != nil {
			t.Fatal(err)
		}
		defer m.Release()
		if err := d.Write(m, 0, pack(b)); err != nil {
			t.Fatal(err)
		}
		w.Bind = append(w.Bind, gpu.Range{Memory: m, Len: m.Size()})
	}
	if err := d.Submit(ctx, []gpu.Work{w}); err != nil {
		return nil, err
	}
	out := make([][]uint32, len(j.bufs))
	for i, b := range j.bufs {
		p := make([]byte, 4*len(b))
		if err := d.Read(ctx, w.Bind[i].Memory, 0, p); err != nil {
			return nil, err
		}
		out[i] = unpack(p)
	}
	return out, nil
}

// run runs the job on the evaluator; errors end the test.
func run(t testing.TB, j job) [][]uint32 {
	t.Helper()
	d := eval.Open()
	defer d.Close()
	out, err := j.on(t, d)
	if err != nil {
		t.Fatalf("%v\n%s", err, j.src)
	}
	return out
}

func pack(w []uint32) []byte {
	p := make([]byte, 0, 4*len(w))
	for _, v := range w {
		p = binary.LittleEndian.AppendUint32(p, v)
	}
	return p
}

func unpack(p []byte) []uint32 {
	w := make([]uint32, len(p)/4)
	for i := range w {
		w[i] = binary.LittleEndian.Uint32(p[4*i:])
	}
	return w
}

func diff(t testing.TB, what string, got, want []uint32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d words, want %d", what, len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("%s: word %d is %#x (%d), want %#x (%d)", what, i, got[i], int32(got[i]), want[i], int32(want[i]))
		}
	}
}

func float(v float32) uint32   { return math.Float32bits(v) }
func unfloat(w uint32) float32 { return math.Float32frombits(w) }
