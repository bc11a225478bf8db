package webgpu

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

func TestMeasure(t *testing.T) {
	b, err := gpu.Measure(t.Context(), open(t))
	require.NoError(t, err)
	t.Logf("%+v", b)
	for name, n := range map[string]uint64{
		"f32": b.F32Ops, "i32": b.I32Ops, "memory": b.MemoryBps, "upload": b.UploadBps, "readback": b.ReadBps, "launch": b.LaunchNs, "took": b.TookNs,
	} {
		require.NotZero(t, n, name)
	}
}
