package wgsl_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/webgpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/gpu/wgsl/wgslgen"
)

// FuzzGenerated takes seeds of generated kernels. One of integers does the same after it was taken apart and written anew. One with
// floats gives, in its reproducible form, the same bytes on the evaluator and on the driver, where there is one.
func FuzzGenerated(f *testing.F) {
	for seed := range uint64(12) {
		f.Add(seed)
	}
	e := boundless{eval.Open()}
	var d gpu.Device
	if opened, err := webgpu.Open(f.Context(), webgpu.Options{}); err == nil {
		d = boundless{opened}
		f.Cleanup(func() { opened.Close() })
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		k := wgslgen.New(wgslgen.Options{Seed: seed, Plain: true})
		p, inputs := k.Program("")
		if q, ok := asConst(t, p); ok {
			want := results(t, e, p, inputs)
			inputs["r_zeros"] = make([]byte, 16)
			require.Equal(t, want, results(t, e, q, inputs), "integers, seed %d\n%s", seed, k.Source())
		}
		k = wgslgen.New(wgslgen.Options{Seed: seed, Plain: true, Float: true})
		p, inputs = k.Program(gpu.Reproducible1)
		m, err := wgsl.Parse(k.Source())
		require.NoError(t, err)
		if _, err := m.Reproducible(); err != nil || d == nil {
			return // too large for compilers, one in five
		}
		want, got := results(t, e, p, inputs), results(t, d, p, inputs)
		for name := range want {
			if !bytes.Equal(want[name], got[name]) {
				t.Errorf("seed %d, %s differs at %s\n%s", seed, name, firstDifference(got[name], want[name]), k.Source())
			}
		}
	})
}
