package eval_test

import (
	"context"
	"testing"

	"gpumesh/gpu"
	"gpumesh/gpu/webgpu"
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
