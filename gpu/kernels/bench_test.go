package kernels_test

import (
	"math"
	"math/bits"
	"runtime"
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
		for turn := range 6 { // in turns, so that other load hits all alike
			for _, name := range []string{"matmul-f32", "matmul-i32", "matmul-i8"} {
				rate(name, name, choices.Variant(d.Info(), name, shape))
			}
			best["peak"] = max(best["peak"], peak())
			if turn%2 == 0 { // it takes long
				rate("naive", "matmul-f32", "naive")
			}
		}
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

// peak estimates the f32 operations per second of all cores with two fused multiply-add units of 256 bits each, which is how
// wide the software driver computes (units of 512 bits could do twice as much). The clock rate is that of a chain of rotations
// and additions, which take a cycle each.
func peak() float64 {
	const rounds = 5_000_000
	x := uint64(rounds)
	start := time.Now()
	for range rounds {
		x = bits.RotateLeft64(x, 7) + 0x9e3779b9
		x = bits.RotateLeft64(x, 9) + 0x9e3779b9
		x = bits.RotateLeft64(x, 11) + 0x9e3779b9
		x = bits.RotateLeft64(x, 13) + 0x9e3779b9
		x = bits.RotateLeft64(x, 15) + 0x9e3779b9
	}
	clock := 10 * rounds / time.Since(start).Seconds()
	runtime.KeepAlive(x)
	return clock * 2 * 2 * 8 * float64(runtime.GOMAXPROCS(0))
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
				if k.Ops > 0 {
					b.ReportMetric(float64(k.Ops)/1e9/best.Seconds(), "Gop/s")
				}
			})
		}
	}
}
