package gomlx_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/kernels"
)

// BenchmarkMatmul compares the products that the compiler writes with those of the kernel library, in turns.
func BenchmarkMatmul(b *testing.B) {
	d := driver(b)
	for _, s := range [][3]int{{1024, 1024, 1024}, {128, 256, 784}, {784, 256, 128}, {1024, 64, 64}, {12544, 32, 144}} {
		b.Run(fmt.Sprint(s), func(b *testing.B) {
			m := gomlx.Model{
				Inputs: []gomlx.Port{{Name: "x", DType: dtypes.Float32, Dims: []int{s[2]}}},
				Predict: func(scope *model.Scope, in []*graph.Node) *graph.Node {
					w := scope.WithInitializer(initializer.Zero).VariableWithShape("w", shapes.Make(dtypes.Float32, s[2], s[1]))
					return graph.Dot(in[0], w.NodeValue(in[0].Graph())).Product()
				},
			}
			c, err := gomlx.CompileInfer(gomlx.Infer{Model: m, Batch: s[0], Batches: 1})
			require.NoError(b, err)
			mine := &kernels.Kernel{Name: "mine", Modules: c.Program.Modules, Commands: c.Program.Step}
			for _, buf := range c.Program.Buffers {
				if buf.Kind == gpu.Slice {
					buf = gpu.Buffer{Name: buf.Name, Kind: gpu.Const, Type: buf.Type, Len: buf.Len}
				}
				if buf.Kind == gpu.Output {
					buf.Every = 0
				}
				mine.Buffers = append(mine.Buffers, buf)
			}
			lib, err := kernels.New("matmul-f32", map[string]int64{"M": int64(s[0]), "N": int64(s[1]), "K": int64(s[2])}, kernels.Variant("matmul-f32", gpu.CPU))
			require.NoError(b, err)
			best := map[string]time.Duration{"mine": math.MaxInt64, "lib": math.MaxInt64}
			for b.Loop() {
				for range 4 {
					for name, k := range map[string]*kernels.Kernel{"mine": mine, "lib": lib} {
						took, err := kernels.Time(b.Context(), d, k)
						require.NoError(b, err)
						best[name] = min(best[name], took)
					}
				}
			}
			ops := 2 * float64(s[0]*s[1]*s[2])
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(ops/float64(best["mine"].Nanoseconds()), "GFLOPS")
			b.ReportMetric(ops/float64(best["lib"].Nanoseconds()), "library-GFLOPS")
		})
	}
}
