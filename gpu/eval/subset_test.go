package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/wgsl"
	"gpumesh/gpu/wgsl/wgslgen"
)

// TestSubset goes through the compute subset of WGSL. What gpu/wgsl refuses of it is listed with the reason.
func TestSubset(t *testing.T) {
	d := eval.Open()
	for _, c := range gputest.Subset() {
		j := job{src: c.Source(), bufs: [][]uint32{upTo(16)}}
		for _, b := range []string{"@binding(1)", "@binding(2)"} {
			if strings.Contains(j.src, b) {
				j.bufs = append(j.bufs, upTo(32))
			}
		}
		out, err := j.on(t, d)
		switch {
		case c.Refused != "":
			if err == nil || !strings.Contains(err.Error(), c.Refused) {
				t.Errorf("%s: %v", c.Name, err)
			}
			continue
		case err != nil:
			t.Errorf("%s: %v\n%s", c.Name, err, j.src)
			continue
		}
		diff(t, c.Name, out[0], append(append([]uint32(nil), c.Want...), upTo(16)[len(c.Want):]...))
	}
}

// generatedKernel runs a kernel of wgslgen.
func generatedKernel(t *testing.T, k *wgslgen.Kernel, d gpu.Device, portable bool) [][]uint32 {
	t.Helper()
	j := job{src: k.Source(), grid: k.Grid}
	if portable {
		m, err := wgsl.Parse(j.src)
		if err != nil {
			t.Fatalf("%v\n%s", err, j.src)
		}
		j.src = m.Portable
	}
	for _, b := range k.Buffers {
		j.bufs = append(j.bufs, unpack(b.Content))
	}
	out, err := j.on(t, d)
	if err != nil {
		t.Fatalf("%v\n%s", err, j.src)
	}
	return out
}

// TestGeneratedKernels compares whole kernels: the evaluator with the driver, and with itself on the text that drivers get.
func TestGeneratedKernels(t *testing.T) {
	e, d := eval.Open(), driver(t)
	for seed := range uint64(25) {
		k := wgslgen.New(wgslgen.Options{Seed: 10_000 + seed})
		want := generatedKernel(t, k, e, false)
		got := generatedKernel(t, k, d, true)
		again := generatedKernel(t, k, e, true)
		for i, b := range k.Buffers {
			diff(t, fmt.Sprintf("seed %d, portable: %s", seed, b.Name), again[i], want[i])
			diff(t, fmt.Sprintf("seed %d, driver: %s", seed, b.Name), got[i], want[i])
		}
	}
}

// TestFloatKernelsRun runs generated kernels with floats, also those that old front ends refuse: each compiles, and gives the
// same twice and with one worker.
func TestFloatKernelsRun(t *testing.T) {
	all, single := eval.Open(), eval.New(eval.Config{Workers: 1})
	for seed := range uint64(25) {
		k := wgslgen.New(wgslgen.Options{Seed: seed, Float: true, Wide: true})
		want := generatedKernel(t, k, all, false)
		got := generatedKernel(t, k, single, true)
		for i, b := range k.Buffers {
			diff(t, fmt.Sprintf("seed %d: %s", seed, b.Name), got[i], want[i])
		}
	}
}
