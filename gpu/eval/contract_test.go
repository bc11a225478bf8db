package eval_test

import (
	"testing"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
)

func TestContract(t *testing.T) {
	gputest.TestDevice(t, func(*testing.T) gpu.Device { return eval.Open() })
}
