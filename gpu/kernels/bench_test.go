package kernels_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/kernels"
	"gpumesh/gpu/webgpu/webgputest"
)

// BenchmarkKernels measures every template in every variant on a shape that takes long enough.
func BenchmarkKernels(b *testing.B) {
	d := webgputest.Open(b)
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
