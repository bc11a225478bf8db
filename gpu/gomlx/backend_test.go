package gomlx_test

import (
	"testing"

	"github.com/gomlx/compute/support/backendtest"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/webgpu"
)

func driver(t testing.TB) gpu.Device {
	t.Helper()
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	d, err := webgpu.Open(t.Context(), webgpu.Options{})
	if err != nil && gpu.CodeOf(err) == gpu.Unsupported {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

func TestConformance(t *testing.T) {
	backendtest.RunAll(t, gomlx.New(gomlx.Options{Device: driver(t)}), nil)
}

// The tiles for GPUs compute the same.
func TestConformanceForGPUs(t *testing.T) {
	b := gomlx.New(gomlx.Options{Device: driver(t), Target: gpu.Discrete})
	backendtest.TestDotGeneral(t, b)
	backendtest.TestConvGeneral(t, b, nil)
}
