package kernels_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/webgpu/webgputest"
)

// TestUniforms compares the bits of variants in a shape that uniforms hold: all add up in the same order. One that they do not hold is
// computed from storage.
func TestUniforms(t *testing.T) {
	t.Parallel()
	fits := map[string]int64{"M": 160, "N": 128, "K": 8, "BATCH": 2}
	k, err := kernels.New("matmul-f32", fits, "uniforms-24x16")
	require.NoError(t, err)
	require.Len(t, k.Commands, 2+2*2*2, "packing, and 64 and 96 rows by 64 and 64 columns of each product")
	k, err = kernels.New("matmul-f32", map[string]int64{"M": 176, "N": 128, "K": 8}, "uniforms-24x16")
	require.NoError(t, err)
	require.Len(t, k.Commands, 3)

	devices := []gpu.Device{eval.Open()}
	if d := webgputest.Open(t); d != nil {
		devices = append(devices, d)
	}
	inputs := map[string]gpu.Input{}
	for name, n := range map[string]int{"a": 2 * 160 * 8, "b": 2 * 8 * 128} {
		var raw []byte
		for i := range n {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(math.Sin(float64(i)))))
		}
		inputs[name] = bytes.NewReader(raw)
	}
	var want []byte
	for _, variant := range []string{"naive", "panels-32x16", "windows-32x16", "uniforms-24x16"} {
		k, err := kernels.New("matmul-f32", fits, variant)
		require.NoError(t, err)
		p := k.Program()
		for i := range p.Modules {
			p.Modules[i].Float = gpu.Reproducible1
		}
		for _, d := range devices {
			out, sink := gputest.Collect()
			_, err := gpu.Run(t.Context(), d, p, gpu.Task{Inputs: inputs, Outputs: sink})
			require.NoError(t, err, variant)
			if want == nil {
				want = out["c"].Bytes()
			}
			require.Equal(t, want, out["c"].Bytes(), "%s on %s", variant, d.Info().Backend)
		}
	}
}
