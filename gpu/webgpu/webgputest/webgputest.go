// Package webgputest opens the machine's adapter for tests.
package webgputest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/webgpu"
)

// Open opens the machine's adapter until the test ends; nil where there is no driver at all.
func Open(t testing.TB) gpu.Device {
	t.Helper()
	d, err := webgpu.Open(context.Background(), webgpu.Options{})
	if gpu.CodeOf(err) == gpu.Unsupported {
		t.Log(err)
		return nil
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}
