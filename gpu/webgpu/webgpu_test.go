package webgpu

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "gpumesh-xdg-")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_RUNTIME_DIR", dir)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// open skips only where there is no driver at all.
func open(t *testing.T) gpu.Device {
	t.Helper()
	d, err := Open(t.Context(), Options{})
	if gpu.CodeOf(err) == gpu.Unsupported {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

func TestDevice(t *testing.T) { gputest.TestDevice(t, open) }
