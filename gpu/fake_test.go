package gpu_test

import (
	"testing"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

func TestFake(t *testing.T) {
	gputest.TestDevice(t, func(*testing.T) gpu.Device { return &gpu.Fake{Kernels: gputest.FakeKernels()} })
}
