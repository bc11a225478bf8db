package eval_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/wgsl/wgslgen"
)

// workOf is the dispatch of a generated kernel.
func workOf(k *wgslgen.Kernel) eval.Work {
	w := eval.Work{Source: k.Source(), Entry: "main", Grid: k.Grid}
	for _, b := range k.Buffers {
		w.Bind = append(w.Bind, b.Content)
	}
	return w
}

// TestDispatchAndWorkgroups: what the workgroups change one by one is what the dispatch changes, except atomics that they
// share, and the driver agrees.
func TestDispatchAndWorkgroups(t *testing.T) {
	d := driver(t)
	for seed := range uint64(6) {
		k := wgslgen.New(wgslgen.Options{Seed: 400 + seed})
		w := workOf(k)
		before := bytes.Join(w.Bind, nil)
		whole, err := eval.Dispatch(t.Context(), eval.Config{}, w)
		require.NoError(t, err)
		require.Equal(t, before, bytes.Join(w.Bind, nil), "the input stays")
		for i, words := range generatedKernel(t, k, d, true) {
			require.Equal(t, pack(words), whole[i], "seed %d: %s", seed, k.Buffers[i].Name)
		}
		parts := make([][]byte, len(w.Bind))
		for i := range parts {
			parts[i] = bytes.Clone(w.Bind[i])
		}
		for z := range w.Grid[2] {
			for y := range w.Grid[1] {
				for x := range w.Grid[0] {
					written, err := eval.Workgroup(t.Context(), eval.Config{}, w, [3]uint32{x, y, z})
					require.NoError(t, err)
					for _, p := range written {
						require.Equal(t, "read_write", k.Buffers[p.Binding].Access)
						copy(parts[p.Binding][p.Off:], p.Bytes)
					}
				}
			}
		}
		for i, b := range k.Buffers {
			if b.Name != "counts" && b.Name != "totals" {
				require.Equal(t, whole[i], parts[i], "seed %d: %s", seed, b.Name)
			}
		}
	}
}

func TestWorkIsChecked(t *testing.T) {
	good := eval.Work{Source: gputest.Source, Entry: "add", Grid: [3]uint32{1, 1, 1}, Bind: [][]byte{make([]byte, 256), make([]byte, 256), make([]byte, 256)}}
	_, err := eval.Dispatch(t.Context(), eval.Config{}, good)
	require.NoError(t, err)
	for name, change := range map[string]func(w *eval.Work){
		"no WGSL":              func(w *eval.Work) { w.Source = "fn" },
		"no entry point":       func(w *eval.Work) { w.Entry = "subtract" },
		"no grid":              func(w *eval.Work) { w.Grid[1] = 0 },
		"too few bindings":     func(w *eval.Work) { w.Bind = w.Bind[:2] },
		"half a word":          func(w *eval.Work) { w.Bind[0] = make([]byte, 254) },
		"an empty binding":     func(w *eval.Work) { w.Bind[2] = nil },
		"more than the limits": func(w *eval.Work) { w.Bind[0] = make([]byte, 4096) },
	} {
		w := good
		w.Bind = append([][]byte(nil), good.Bind...)
		change(&w)
		_, err := eval.Dispatch(t.Context(), eval.Config{MaxBuffer: 1024}, w)
		require.NotEqual(t, gpu.Code(""), gpu.CodeOf(err), name)
		require.NotEqual(t, gpu.Internal, gpu.CodeOf(err), "%s: %v", name, err)
	}
	_, err = eval.Workgroup(t.Context(), eval.Config{}, good, [3]uint32{0, 1, 0})
	require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))

	endless := eval.Work{Source: out0 + "@compute @workgroup_size(1) fn main() { loop { out[0] += 1u; if (out[1] == 1u) { break; } } }", Entry: "main", Grid: [3]uint32{1, 1, 1}, Bind: [][]byte{make([]byte, 8)}}
	_, err = eval.Dispatch(t.Context(), eval.Config{MaxSteps: 1 << 20}, endless)
	require.Equal(t, gpu.TooLarge, gpu.CodeOf(err))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = eval.Workgroup(ctx, eval.Config{}, endless, [3]uint32{})
	require.Equal(t, gpu.Canceled, gpu.CodeOf(err))
}
