package eval_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/webgpu"
	"gpumesh/gpu/wgsl"
)

// driver opens the machine's adapter for comparison. Without one the test is skipped.
func driver(t *testing.T) gpu.Device {
	t.Helper()
	d, err := webgpu.Open(context.Background(), webgpu.Options{})
	if err != nil {
		t.Skipf("no adapter to compare with: %v", err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// TestConstantsOnDriver: a const inside of a function, a const_assert and abstract numbers are what the driver does not know.
func TestConstantsOnDriver(t *testing.T) {
	d := driver(t)
	tried := 0
	for _, c := range gputest.Subset() {
		if !strings.Contains(c.Name, "const") || c.Refused != "" {
			continue
		}
		m, err := wgsl.Parse(c.Source())
		if err != nil {
			t.Fatal(c.Name, err)
		}
		out, err := job{src: m.Portable, bufs: [][]uint32{upTo(16)}}.on(t, d)
		if err != nil {
			t.Errorf("%s: %v\n%s", c.Name, err, m.Portable)
			continue
		}
		diff(t, c.Name, out[0], append(append([]uint32(nil), c.Want...), upTo(16)[len(c.Want):]...))
		tried++
	}
	if tried < 10 {
		t.Errorf("%d constructs with constants", tried)
	}
}

// kindly is a device that is taken for another kind, with loops that may be as long as they are.
type kindly struct {
	gpu.Device
	kind       gpu.AdapterType
	dispatches int
}

func (k *kindly) Info() gpu.Info {
	i := k.Device.Info()
	i.Type, i.Limits.MaxLoopIterations = k.kind, 0
	return i
}

func (k *kindly) Submit(ctx context.Context, work []gpu.Work) error {
	for _, w := range work {
		if w.Op == gpu.Dispatch && len(w.Bind) > 1 {
			k.dispatches++
		}
	}
	return k.Device.Submit(ctx, work)
}

// TestSlices: whole on the evaluator, and in slices on the evaluator and on the driver, as written and in the reproducible form.
func TestSlices(t *testing.T) {
	turns := gpu.Task{Inputs: map[string]gpu.Input{"turns": bytes.NewReader([]byte{9, 0, 0, 0})}}
	for _, float := range []string{"", gpu.Reproducible1} {
		p := gputest.Slices(float)
		whole := &kindly{Device: eval.Open(), kind: gpu.Reference}
		want, err := gpu.Run(t.Context(), whole, p, turns)
		if err != nil || whole.dispatches != 2 {
			t.Fatal(err, whole.dispatches)
		}
		shared := turns
		shared.Share = func() int { return 90 } // so that the evaluator rests in the middle of a dispatch
		for kind, task := range map[gpu.AdapterType]gpu.Task{gpu.CPU: turns, gpu.Reference: shared} {
			cut := &kindly{Device: eval.Open(), kind: kind}
			got, err := gpu.Run(t.Context(), cut, p, task)
			if err != nil || cut.dispatches < 8 {
				t.Fatal(err, cut.dispatches)
			}
			if got.TraceRoot != want.TraceRoot || !slices.Equal(got.Outputs, want.Outputs) {
				t.Errorf("%q: slices differ on the evaluator", float)
			}
		}
		if float == "" {
			continue // sin is another's there
		}
		native := &kindly{Device: driver(t), kind: gpu.CPU}
		got, err := gpu.Run(t.Context(), native, p, turns)
		if err != nil || native.dispatches < 8 || got.TraceRoot != want.TraceRoot || !slices.Equal(got.Outputs, want.Outputs) {
			t.Errorf("%q: slices differ on the driver: %v", float, err)
		}
	}
}
