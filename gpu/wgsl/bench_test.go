package wgsl_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/wgsl"
)

// BenchmarkReproducibleKernels runs the f32 kernels of the library as written and in their reproducible form, in turns, and
// reports the quotient of the best times. Every run repeats the kernel so that starting it does not count.
func BenchmarkReproducibleKernels(b *testing.B) {
	sizes := map[string]map[string]int64{
		"matmul-f32": {"M": 512, "N": 512, "K": 512}, "attention-f32": {"S": 256, "T": 256, "D": 64, "BATCH": 2},
		"conv2d-f32": {"H": 56, "W": 56, "C": 32, "OC": 32, "KH": 3, "KW": 3, "PAD": 1}, "softmax-f32": {"N": 1024, "ROWS": 256}, "layernorm-f32": {"N": 1024, "ROWS": 256},
		"path-trace": {"W": 160, "H": 120, "SAMPLES": 1},
	}
	for _, info := range kernels.Names() {
		params := sizes[info.Name]
		if params == nil {
			params = map[string]int64{}
			for _, p := range info.Params {
				if p.Required() {
					params[p.Name] = min(p.Max, 1<<20)
				}
			}
		}
		k, err := kernels.New(info.Name, params, kernels.Variant(info.Name, gpu.CPU))
		if err != nil {
			continue // sizes of integer kernels
		}
		p := k.Program()
		report, err := gpu.Check(p)
		require.NoError(b, err)
		if report.Tier == wgsl.Exact {
			continue
		}
		b.Run(info.Name, func(b *testing.B) {
			d := driver(b)
			p.Steps, p.Segment = 10, 10
			report, err := gpu.Check(p)
			require.NoError(b, err)
			rng := rand.New(rand.NewPCG(1, 1))
			inputs := map[string]gpu.Input{}
			for _, s := range report.Inputs {
				var in []byte
				for range s.Size / 4 {
					in = binary.LittleEndian.AppendUint32(in, math.Float32bits(float32(rng.NormFloat64())))
				}
				inputs[s.Name] = bytes.NewReader(in)
			}
			best := map[string]time.Duration{}
			for b.Loop() {
				for _, float := range []string{"", gpu.Reproducible1} {
					for i := range p.Modules {
						p.Modules[i].Float = float
					}
					res, err := gpu.Run(b.Context(), d, p, gpu.Task{Inputs: inputs})
					require.NoError(b, err)
					if t := res.Timings.Run; best[float] == 0 || t < best[float] {
						best[float] = t
					}
				}
			}
			b.ReportMetric(float64(best[""])/float64(p.Steps)/1e6, "ms/as-written")
			b.ReportMetric(float64(best[gpu.Reproducible1])/float64(best[""]), "times")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkReproducibleFunctions does the same for single operations on a quarter of a million elements.
func BenchmarkReproducibleFunctions(b *testing.B) {
	const n = 1 << 18
	for _, e := range []string{"a + b", "a * b", "a * b + c", "a / b", "sqrt(a)", "inverseSqrt(a)", "exp(a)", "log(a)", "pow(a, b)", "sin(a)", "tanh(a)", "atan2(a, b)", "normalize(v).y", "floor(a)", "min(a, b)", "unpack2x16float(bitcast<u32>(n)).x"} {
		b.Run(e, func(b *testing.B) {
			d := driver(b)
			p := kernelOf([]string{e}, n)
			p.Steps, p.Segment = 20, 20
			rng := rand.New(rand.NewPCG(1, 1))
			var in []byte
			for range 3 * n {
				in = binary.LittleEndian.AppendUint32(in, math.Float32bits(rng.Float32()*20))
			}
			best := map[string]time.Duration{}
			for b.Loop() {
				for _, float := range []string{"", gpu.Reproducible1} {
					p.Modules[0].Float = float
					res, err := gpu.Run(b.Context(), d, p, gpu.Task{Inputs: map[string]gpu.Input{"x": bytes.NewReader(in)}})
					require.NoError(b, err)
					if t := res.Timings.Run; best[float] == 0 || t < best[float] {
						best[float] = t
					}
				}
			}
			b.ReportMetric(float64(best[gpu.Reproducible1])/float64(best[""]), "times")
			b.ReportMetric(0, "ns/op")
		})
	}
}
