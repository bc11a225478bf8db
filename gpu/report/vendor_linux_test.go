package report

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/report/sgemm/sgemmtest"
	"gpumesh/gpu/webgpu"
)

// TestVendor measures a product beside that of a library that computes on the processor, which the dynamic linker of a process of its own finds.
func TestVendor(t *testing.T) {
	const mode = "GPUMESH_REPORT_TEST"
	if os.Getenv(mode) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestVendor$", "-test.v")
		cmd.Env = append(os.Environ(), mode+"=1", "LD_LIBRARY_PATH="+sgemmtest.CUDA(t))
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		if strings.Contains(string(out), "--- SKIP") {
			t.Skip(string(out))
		}
		return
	}
	d, err := webgpu.Open(t.Context(), webgpu.Options{})
	if gpu.CodeOf(err) == gpu.Unsupported {
		t.Skip(err)
	}
	require.NoError(t, err)
	defer d.Close()
	const side = 96
	b := &bench{ctx: t.Context(), o: Options{Turns: 2}, d: d, clock: wallClock, fastest: map[string]build{"matmul-f32": {variant: "packed-8x8"}}}
	b.Device = gpu.Info{Type: gpu.CPU}
	require.NoError(t, b.vendor(side))
	b.Device = gpu.Info{Type: gpu.Discrete, Name: "some GPU"}
	require.NoError(t, b.vendor(side))
	require.Equal(t, "the adapter is no GPU", b.Lines[0].Missing)
	require.True(t, b.Lines[0].Met(), "nothing is asked of processors")
	require.Contains(t, b.Lines[1].Missing, `no vendor library found: libcublas.so.12: it has no device "some GPU"`)
	require.False(t, b.Lines[1].Met())

	b.Device.Name = "Fake GPU 1"
	require.NoError(t, b.vendor(side))
	line := b.Lines[2]
	require.Positive(t, line.Value)
	require.Contains(t, line.Detail, "by libcublas.so.12; ")
	require.Contains(t, line.Detail, "products of 96 x 96")
	t.Setenv(sgemmtest.Fails, "synchronize")
	require.ErrorContains(t, b.vendor(side), "cudaDeviceSynchronize fails with status 11")
	t.Setenv(sgemmtest.Fails, "wrong")
	require.ErrorContains(t, b.vendor(side), "the product of libcublas.so.12 differs from ours by")
}
