package kernels_test

import (
	"math"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/kernels"
)

// BenchmarkMatmul1024 measures in one run, for products of 1024 x 1024 matrices: the tuned kernel's rate and how many times
// faster than the naive one it is, i32 as a share of f32, and f32 as a share of the processor's peak.
func BenchmarkMatmul1024(b *testing.B) {
	d := driver(b)
	if d == nil {
		b.Skip("there is no driver")
	}
	shape := map[string]int64{"M": 1024, "N": 1024, "K": 1024}
	choices := make(kernels.Choices)
	for _, name := range []string{"matmul-f32", "matmul-i32", "matmul-i8"} {
		tuned, err := kernels.Tune(b.Context(), d, name, shape)
		require.NoError(b, err)
		choices[tuned.Key] = tuned.Variant
		b.Log(name, tuned.Variant, tuned.Times)
	}
	best := make(map[string]float64)
	rate := func(label, name, variant string) {
		k, err := kernels.New(name, shape, variant)
		require.NoError(b, err)
		took, err := kernels.Time(b.Context(), d, k)
		require.NoError(b, err)
		best[label] = max(best[label], float64(k.Ops)/took.Seconds())
	}
	for b.Loop() {
		for range 4 { // in turns, so that other load hits all alike
			for _, name := range []string{"matmul-f32", "matmul-i32", "matmul-i8"} {
				rate(name, name, choices.Variant(d.Info(), name, shape))
			}
		}
		rate("naive", "matmul-f32", "naive")
		best["peak"] = max(best["peak"], peak())
	}
	b.ReportMetric(best["matmul-f32"]/1e9, "f32-GFLOPS")
	b.ReportMetric(best["matmul-i32"]/1e9, "i32-GOPS")
	b.ReportMetric(best["matmul-i8"]/1e9, "i8-GOPS")
	b.ReportMetric(best["naive"]/1e9, "naive-GFLOPS")
	b.ReportMetric(best["matmul-f32"]/best["naive"], "x-naive")
	b.ReportMetric(best["matmul-i32"]/best["matmul-f32"], "i32/f32")
	if d.Info().Type == gpu.CPU {
		b.ReportMetric(best["peak"]/1e9, "peak-GFLOPS")
		b.ReportMetric(100*best["matmul-f32"]/best["peak"], "%peak")
	}
}

// peak estimates the f32 operations per second that all cores can do with fused multiply-adds of 256 bits: eight times what
// scalar ones reach.
func peak() float64 {
	const rounds = 20_000_000
	var wait sync.WaitGroup
	start := time.Now()
	cores := runtime.GOMAXPROCS(0)
	for range cores {
		wait.Go(func() {
			x := [10]float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
			a, b, c, d, e, f, g, h, i, j := x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8], x[9]
			for range rounds {
				a, b, c, d, e = a*0.5+1, b*0.5+1, c*0.5+1, d*0.5+1, e*0.5+1
				f, g, h, i, j = f*0.5+1, g*0.5+1, h*0.5+1, i*0.5+1, j*0.5+1
			}
			if sum := a + b + c + d + e + f + g + h + i + j; math.IsNaN(float64(sum)) {
				panic("the sum is not a number")
			}
		})
	}
	wait.Wait()
	// A multiply and an add, which amd64 code does not fuse by default: two instructions, where a fused one would do both.
	return 2 * 8 * 2 * 10 * rounds * float64(cores) / time.Since(start).Seconds()
}

// BenchmarkKernels measures every template in every variant on a shape that takes long enough.
func BenchmarkKernels(b *testing.B) {
	d := driver(b)
	if d == nil {
		b.Skip("there is no driver")
	}
	shapes := map[string]map[string]int64{
		"matmul-f32":     {"M": 512, "N": 512, "K": 512},
		"matmul-i32":     {"M": 512, "N": 512, "K": 512},
		"matmul-i8":      {"M": 512, "N": 512, "K": 512},
		"reduce-sum-f32": {"N": 1 << 22},
		"reduce-max-i32": {"N": 1024, "ROWS": 1024},
		"scan-u32":       {"N": 1 << 20},
		"sort-u32":       {"N": 1 << 20},
		"sort-pairs-u32": {"N": 1 << 20},
		"histogram":      {"N": 1 << 22, "BINS": 256},
		"conv2d-f32":     {"H": 56, "W": 56, "C": 64, "OC": 64, "KH": 3, "KW": 3, "PAD": 1},
		"softmax-f32":    {"N": 1024, "ROWS": 512},
		"layernorm-f32":  {"N": 1024, "ROWS": 512},
		"gelu-f32":       {"N": 1 << 20},
		"transpose-f32":  {"M": 1024, "N": 1024},
		"attention-f32":  {"S": 256, "T": 256, "D": 64, "BATCH": 4},
		"random-u32":     {"N": 1 << 20},
		"random-f32":     {"N": 1 << 20},
		"blur-box":       {"W": 640, "H": 480, "RADIUS": 4},
		"blur-gaussian":  {"W": 640, "H": 480, "RADIUS": 4},
		"sobel":          {"W": 640, "H": 480},
	}
	for _, info := range kernels.Names() {
		shape := shapes[info.Name]
		if shape == nil {
			continue
		}
		variants := kernels.Variants(info.Name)
		if variants == nil {
			variants = []string{""}
		}
		for _, variant := range variants {
			name := info.Name
			if variant != "" {
				name += "/" + variant
			}
			b.Run(name, func(b *testing.B) {
				k, err := kernels.New(info.Name, shape, variant)
				require.NoError(b, err)
				best := time.Duration(math.MaxInt64)
				for b.Loop() {
					took, err := kernels.Time(b.Context(), d, k)
					require.NoError(b, err)
					best = min(best, took)
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(best.Microseconds())/1e3, "ms/run")
				b.ReportMetric(float64(k.Ops)/1e9/best.Seconds(), "Gop/s")
			})
		}
	}
}
