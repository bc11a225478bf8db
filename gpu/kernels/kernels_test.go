package kernels_test

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/webgpu/webgputest"
	"gpumesh/gpu/wgsl"
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "gpumesh-xdg-")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_RUNTIME_DIR", dir)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// shapeOf are the parameters of one test.
type shapeOf map[string]int64

// data are the inputs of a kernel, each as float64 and as bits.
type data struct {
	p    shapeOf
	f    map[string][]float64
	u    map[string][]uint32
	seed uint64
}

// reference computes the outputs: a []float64 where a result is rounded, a []uint32 where it is exact.
type reference func(in data) map[string]any

var (
	drawn = flag.Int("shapes", 2, "how many random shapes each kernel is tried with beside those of its table")
	draw  = flag.Uint64("seed", 1, "of the random shapes")
)

// drawShapes draws shapes that a kernel takes, each parameter between the smallest and the largest of a table, small ones as often as large
// ones. One that is zero is left out.
func drawShapes(t *testing.T, name string, table []shapeOf, n int) (out []shapeOf) {
	t.Helper()
	rng := rand.New(rand.NewPCG(*draw, uint64(crc32.ChecksumIEEE([]byte(name)))))
	keys := make(shapeOf)
	for _, p := range table {
		maps.Copy(keys, p)
	}
	for range 100 * n {
		if len(out) == n {
			break
		}
		p := make(shapeOf)
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			least, most := table[0][key], table[0][key]
			for _, q := range table {
				least, most = min(least, q[key]), max(most, q[key])
			}
			if v := least - 1 + int64(math.Pow(float64(most-least+2), rng.Float64())); v > 0 {
				p[key] = v
			}
		}
		if _, err := kernels.New(name, p, ""); err == nil {
			out = append(out, p)
		}
	}
	require.Len(t, out, n, "of the shapes between those of its table, %s takes too few", name)
	return out
}

// check runs every variant of a kernel on the evaluator and on the driver and compares it with the reference, in the shapes of a table and
// in random ones.
func check(t *testing.T, name string, shapes []shapeOf, limit func(input string, p shapeOf) uint32, want reference) {
	t.Parallel()
	devices := []gpu.Device{eval.Open()}
	if d := webgputest.Open(t); d != nil {
		devices = append(devices, d)
	}
	variants := kernels.Variants(name)
	if variants == nil {
		variants = []string{""}
	}
	for n, p := range slices.Concat(shapes, drawShapes(t, name, shapes, *drawn)) {
		rng := rand.New(rand.NewPCG(uint64(n), 7))
		in := data{p, make(map[string][]float64), make(map[string][]uint32), rng.Uint64()}
		inputs := make(map[string]gpu.Input)
		var results map[string]any
		for _, variant := range variants {
			k, err := kernels.New(name, p, variant)
			require.NoError(t, err, "%v %s", p, variant)
			program := k.Program()
			if results == nil { // all variants have the same inputs; Run checks each
				report, err := gpu.Check(program)
				require.NoError(t, err, "%v %s", p, variant)
				require.NotEqual(t, wgsl.UnknownLoops, report.LoopIterations)
				for _, s := range report.Inputs {
					raw := make([]byte, s.Size)
					for i := 0; i < len(raw); i += 4 {
						v := rng.Uint32()
						if s.Type == gpu.F32 {
							v = math.Float32bits(rng.Float32()*4 - 2)
						} else if m := limit(s.Name, p); m > 0 {
							v %= m
						}
						binary.LittleEndian.PutUint32(raw[i:], v)
						in.u[s.Name] = append(in.u[s.Name], v)
						in.f[s.Name] = append(in.f[s.Name], float64(math.Float32frombits(v)))
					}
					inputs[s.Name] = bytes.NewReader(raw)
				}
				results = want(in)
			}
			var checked gpu.Learned // once for all devices
			for _, d := range devices {
				at := fmt.Sprintf("%s %v %s on %s", name, p, variant, d.Info().Backend)
				out, sink := gputest.Collect()
				_, err := gpu.Run(t.Context(), d, program, gpu.Task{Inputs: inputs, Outputs: sink, Seed: in.seed, Learned: &checked})
				require.NoError(t, err, at)
				require.Len(t, out, len(results), at)
				for result, want := range results {
					compare(t, at+": "+result, out[result].Bytes(), want)
				}
			}
		}
	}
}

func compare(t *testing.T, at string, got []byte, want any) {
	t.Helper()
	switch want := want.(type) {
	case []uint32:
		require.Equal(t, 4*len(want), len(got), at)
		for i, w := range want {
			if g := binary.LittleEndian.Uint32(got[4*i:]); g != w {
				require.Failf(t, "different", "%s: element %d of %d is %d (%#x), not %d (%#x)", at, i, len(want), g, g, w, w)
			}
		}
	case []float64:
		require.Equal(t, 4*len(want), len(got), at)
		largest := 0.0
		for _, w := range want {
			largest = max(largest, math.Abs(w))
		}
		for i, w := range want {
			g := float64(math.Float32frombits(binary.LittleEndian.Uint32(got[4*i:])))
			if !(math.Abs(g-w) <= 1e-5*math.Abs(w)+2e-5*largest) {
				require.Failf(t, "different", "%s: element %d of %d is %v, not %v", at, i, len(want), g, w)
			}
		}
	default:
		require.Failf(t, "no reference", "%T", want)
	}
}

func anything(string, shapeOf) uint32 { return 0 }

// ragged are sizes that no tile divides and sizes that all do.
var ragged = []shapeOf{
	{"M": 1, "N": 1, "K": 1}, {"M": 64, "N": 64, "K": 16}, {"M": 33, "N": 31, "K": 7, "BATCH": 2}, {"M": 5, "N": 132, "K": 13},
	{"M": 131, "N": 3, "K": 20}, {"M": 2, "N": 68, "K": 1, "BATCH": 3}, {"M": 64, "N": 6, "K": 2064, "BATCH": 2},
	{"M": 160, "N": 128, "K": 8, "BATCH": 2},
}

func product(m, n, k, batch int64, term func(batch, row, column, k int64) float64) []float64 {
	var out []float64
	for b := range batch {
		for i := range m {
			for j := range n {
				sum := 0.0
				for x := range k {
					sum += term(b, i, j, x)
				}
				out = append(out, sum)
			}
		}
	}
	return out
}

func TestMatmulF32(t *testing.T) {
	check(t, "matmul-f32", ragged, anything, func(in data) map[string]any {
		m, n, k := in.p["M"], in.p["N"], in.p["K"]
		return map[string]any{"c": product(m, n, k, max(in.p["BATCH"], 1), func(b, i, j, x int64) float64 {
			return in.f["a"][(b*m+i)*k+x] * in.f["b"][(b*k+x)*n+j]
		})}
	})
}

func TestMatmulI32(t *testing.T) {
	check(t, "matmul-i32", ragged, anything, func(in data) map[string]any {
		m, n, k := in.p["M"], in.p["N"], in.p["K"]
		var c []uint32
		for b := range max(in.p["BATCH"], 1) {
			for i := range m {
				for j := range n {
					sum := uint32(0)
					for x := range k {
						sum += in.u["a"][(b*m+i)*k+x] * in.u["b"][(b*k+x)*n+j]
					}
					c = append(c, sum)
				}
			}
		}
		return map[string]any{"c": c}
	})
}

func TestMatmulI8(t *testing.T) {
	var shapes []shapeOf
	for _, s := range ragged {
		s := shapeOf{"M": s["M"], "N": s["N"], "K": 4 * s["K"], "BATCH": max(s["BATCH"], 1)}
		shapes = append(shapes, s)
	}
	check(t, "matmul-i8", shapes, anything, func(in data) map[string]any {
		m, n, k := in.p["M"], in.p["N"], in.p["K"]
		at := func(words []uint32, i int64) float64 { return float64(int8(words[i/4] >> (8 * (i % 4)))) }
		var c []uint32
		for _, sum := range product(m, n, k, in.p["BATCH"], func(b, i, j, x int64) float64 {
			return at(in.u["a"], (b*m+i)*k+x) * at(in.u["b"], (b*n+j)*k+x)
		}) {
			c = append(c, uint32(int32(sum)))
		}
		return map[string]any{"c": c}
	})
}

var rowShapes = []shapeOf{{"N": 1}, {"N": 64, "ROWS": 3}, {"N": 4097}, {"N": 300, "ROWS": 70}, {"N": 65, "ROWS": 2}}

func TestReduce(t *testing.T) {
	for _, op := range []string{"sum", "max", "min"} {
		for _, typ := range []string{"f32", "i32", "u32"} {
			t.Run(op+"-"+typ, func(t *testing.T) {
				check(t, "reduce-"+op+"-"+typ, rowShapes, anything, func(in data) map[string]any {
					var f []float64
					var u []uint32
					n := int(in.p["N"])
					for row := range max(int(in.p["ROWS"]), 1) {
						x, bits := in.f["x"][row*n:][:n], in.u["x"][row*n:][:n]
						acc, word := x[0], bits[0]
						for i := 1; i < n; i++ {
							less := bits[i] < word
							if typ == "i32" {
								less = int32(bits[i]) < int32(word)
							}
							switch op {
							case "sum":
								acc, word = acc+x[i], word+bits[i]
							case "max":
								acc = max(acc, x[i])
								if !less {
									word = bits[i]
								}
							case "min":
								acc = min(acc, x[i])
								if less {
									word = bits[i]
								}
							}
						}
						f, u = append(f, acc), append(u, word)
					}
					if typ == "f32" {
						return map[string]any{"y": f}
					}
					return map[string]any{"y": u}
				})
			})
		}
	}
}

func TestScan(t *testing.T) {
	shapes := []shapeOf{{"N": 1}, {"N": 64, "EXCLUSIVE": 1}, {"N": 1025}, {"N": 4099, "EXCLUSIVE": 1}, {"N": 9001}}
	for _, typ := range []string{"u32", "i32", "f32"} {
		t.Run(typ, func(t *testing.T) {
			check(t, "scan-"+typ, shapes, anything, func(in data) map[string]any {
				var f []float64
				var u []uint32
				acc, word := 0.0, uint32(0)
				for i, v := range in.u["x"] {
					if in.p["EXCLUSIVE"] == 1 {
						f, u = append(f, acc), append(u, word)
					}
					acc, word = acc+in.f["x"][i], word+v
					if in.p["EXCLUSIVE"] == 0 {
						f, u = append(f, acc), append(u, word)
					}
				}
				if typ == "f32" {
					return map[string]any{"y": f}
				}
				return map[string]any{"y": u}
			})
		})
	}
}

func TestNamesAreComplete(t *testing.T) {
	tested := strings.Fields(`matmul-f32 matmul-i32 matmul-i8 reduce-sum-f32 reduce-sum-i32 reduce-sum-u32 reduce-max-f32 reduce-max-i32
		reduce-max-u32 reduce-min-f32 reduce-min-i32 reduce-min-u32 scan-f32 scan-i32 scan-u32 sort-i32 sort-u32 sort-pairs-i32
		sort-pairs-u32 histogram conv2d-f32 softmax-f32 layernorm-f32 gelu-f32 transpose-f32 attention-f32 random-u32 random-f32 random-normal-f32
		blur-box blur-gaussian sobel path-trace`)
	var names []string
	for _, i := range kernels.Names() {
		names = append(names, i.Name)
		require.NotEmpty(t, i.Help)
		require.NotEmpty(t, i.Params)
	}
	require.ElementsMatch(t, tested, names, "each kernel has a test against a reference")
}
