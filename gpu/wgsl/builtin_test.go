package wgsl_test

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
)

// expressions are the operations of f32, on scalars a, b, c, an integer n and vectors v and w of three components.
var expressions = strings.Split(strings.TrimSpace(`
a + b
a - b
a * b
a / b
a % b
-a
a - a
a * 0.0
a / 8.0
a * b + c
a + b + c
(a + b) - a
abs(a)
sign(a)
floor(a)
ceil(a)
round(a)
trunc(a)
fract(a)
min(a, b)
max(a, b)
clamp(a, b, c)
saturate(a)
step(a, b)
mix(a, b, c)
smoothstep(a, b, c)
fma(a, b, c)
sqrt(a)
inverseSqrt(a)
exp(a)
exp2(a)
log(a)
log2(a)
pow(a, b)
pow(abs(a), c)
sin(a)
cos(a)
tan(a)
asin(a)
acos(a)
atan(a)
atan2(a, b)
sinh(a)
cosh(a)
tanh(a)
asinh(a)
acosh(a)
atanh(a)
degrees(a)
radians(a)
ldexp(a, n)
frexp(a).fract
f32(frexp(a).exp)
modf(a).fract
modf(a).whole
quantizeToF16(a)
select(a, b, a < b)
select(a, b, a <= b)
select(a, b, a == b)
select(a, b, a != b)
select(a, b, !(a > c))
f32(i32(a))
f32(u32(a))
f32(n)
f32(bitcast<u32>(n))
f32(bool(a))
bitcast<f32>(n)
bitcast<f32>(n) * a
f32(bitcast<u32>(a * b) >> 3u)
bitcast<f32>(pack4x8snorm(vec4<f32>(a, b, c, a)))
bitcast<f32>(pack4x8unorm(vec4<f32>(a, b, c, a)))
bitcast<f32>(pack2x16snorm(vec2<f32>(a, b)))
bitcast<f32>(pack2x16unorm(vec2<f32>(a, b)))
bitcast<f32>(pack2x16float(vec2<f32>(a, b)))
unpack4x8snorm(bitcast<u32>(n)).y * a
unpack4x8unorm(bitcast<u32>(n)).z * a
unpack2x16snorm(bitcast<u32>(n)).y
unpack2x16unorm(bitcast<u32>(n)).x
unpack2x16float(bitcast<u32>(n)).x
unpack2x16float(bitcast<u32>(n)).y * unpack2x16float(bitcast<u32>(a)).x + b
f32(n / i32(a))
f32(n % i32(a))
f32(bitcast<u32>(n) / u32(a))
f32(1 << u32(a))
f32(extractBits(bitcast<u32>(n), u32(a), u32(b)))
dot(v, w)
length(v)
distance(v, w)
normalize(v).y
cross(v, w).x
reflect(v, w).z
refract(v, w, a).x
faceForward(v, w, v).y
(v * w).x
(v / w).y
(v + a).z
(a * v - w).x
max(v, w).y
exp(v).z
mix(v, w, a).x
select(0.0, 1.0, all(v < w))
(mat3x3<f32>(v, w, v.yzx) * w).y
(v * mat3x3<f32>(v, w, v.yzx)).z
(mat2x3<f32>(v, w) * mat2x2<f32>(a, b, c, a))[1].y
(transpose(mat3x3<f32>(v, w, v.yzx)) * v).x
(mat2x2<f32>(a, b, c, a) + mat2x2<f32>(b, a, c, b))[0].y
(mat2x2<f32>(a, b, c, a) - mat2x2<f32>(b, a, c, b))[1].x
(mat2x2<f32>(a, b, c, a) * c)[1].y
`), "\n")

const perKernel = 8

// kernelOf computes some expressions per element.
func kernelOf(list []string, n int) *gpu.Program {
	var b strings.Builder
	b.WriteString(`@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x * 3u;
  let a = x[i];
  let b = x[i + 1u];
  let c = x[i + 2u];
  let n = bitcast<i32>(a) ^ (bitcast<i32>(b) >> 7u);
  let v = vec3<f32>(a, b, c);
  let w = vec3<f32>(c, a, b);
`)
	for k, e := range list {
		fmt.Fprintf(&b, "  y[id.x * %du + %du] = %s;\n", len(list), k, e)
	}
	b.WriteString("}\n")
	return &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Modules: []gpu.Module{{Name: "m", WGSL: b.String(), Float: gpu.Reproducible1}},
		Buffers: []gpu.Buffer{{Name: "x", Kind: gpu.Const, Type: gpu.F32, Len: uint64(12 * n)}, {Name: "y", Kind: gpu.Output, Type: gpu.F32, Len: uint64(4 * n * len(list))}},
		Step:    []gpu.Command{{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}}, Grid: [3]uint32{uint32(n / 64), 1, 1}}},
	}
}

// TestBuiltinsAreReproducible compares every operation on every kind of float between the driver and the evaluator, and
// counts the operations whose results as written are not the same.
func TestBuiltinsAreReproducible(t *testing.T) {
	const n = 64 * 64
	d, e := driver(t), eval.Open()
	rng := rand.New(rand.NewPCG(1, 2))
	var in []byte
	for range 3 * n {
		in = binary.LittleEndian.AppendUint32(in, word(rng, 0.7))
	}
	inputs := map[string][]byte{"x": in}
	different := 0
	for from := 0; from < len(expressions); from += perKernel {
		list := expressions[from:min(from+perKernel, len(expressions))]
		p := kernelOf(list, n)
		got, want := results(t, d, p, inputs)["y"], results(t, e, p, inputs)["y"]
		p.Modules[0].Float = ""
		plain, err := tryResults(d, p, inputs) // wgpu-native 0.17 does not know frexp and others
		plainEval, err2 := tryResults(e, p, inputs)
		for k, text := range list {
			pick := func(b []byte) []byte {
				var out []byte
				for i := k; i < n*len(list); i += len(list) {
					out = append(out, b[4*i:4*i+4]...)
				}
				return out
			}
			if g, w := pick(got), pick(want); string(g) != string(w) {
				at := 0
				for string(g[4*at:4*at+4]) == string(w[4*at:4*at+4]) {
					at++
				}
				f := func(i int) string {
					u := binary.LittleEndian.Uint32(in[12*at+4*i:])
					return fmt.Sprintf("%v (%#x)", math.Float32frombits(u), u)
				}
				t.Errorf("%s: %s; a = %s, b = %s, c = %s", text, firstDifference(g, w), f(0), f(1), f(2))
			}
			if err == nil && err2 == nil && string(pick(plain["y"])) != string(pick(plainEval["y"])) {
				different++
			}
			for i := 0; i < len(want); i += 4 * len(list) {
				u := binary.LittleEndian.Uint32(want[i+4*k:])
				if a := u & 0x7fffffff; text != "bitcast<f32>(n)" && !strings.Contains(text, "pack") && (a > 0 && a < 0x00800000 || u == 1<<31 || a > 0x7f800000 && u != 0x7fc00000) {
					t.Fatalf("%s: %#x is not canonical", text, u)
				}
			}
		}
	}
	t.Logf("%d operations; as written, %d of them differ", len(expressions), different)
	require.Greater(t, different, len(expressions)/3)
}

var table = flag.Bool("table", false, "print the table of accuracy for DESIGN.md")

// accuracies are the functions that are not exact by construction: the range on which they are tested, and the most that
// they may be off, in units in the last place of the right result. WGSL allows far more.
var accuracies = []struct {
	name, expression string
	low, high        float64 // arguments
	f                func(float64) float64
	ulp              float64
}{
	{"a / b", "3.1415927 / a", 1e-25, 1e25, func(x float64) float64 { return float64(float32(math.Pi)) / x }, 0.5},
	{"sqrt", "sqrt(a)", 1e-30, 1e38, math.Sqrt, 0.5},
	{"inverseSqrt", "inverseSqrt(a)", 1e-30, 1e38, func(x float64) float64 { return 1 / math.Sqrt(x) }, 1.5},
	{"exp", "exp(a)", -70, 88.7, math.Exp, 1},
	{"exp2", "exp2(a)", -101, 127.9, math.Exp2, 1.25},
	{"log", "log(a)", 1e-30, 1e38, math.Log, 0.8},
	{"log, near 1", "log(a)", 0.5, 2, math.Log, 0.85},
	{"log2", "log2(a)", 1e-30, 1e38, math.Log2, 1.25},
	{"log2, near 1", "log2(a)", 0.5, 2, math.Log2, 1.5},
	{"pow(a, 3.7)", "pow(a, 3.7)", 1e-8, 1e10, func(x float64) float64 { return math.Pow(x, float64(float32(3.7))) }, 1.5},
	{"pow(1.0001, a)", "pow(1.0001, a)", -700000, 880000, func(x float64) float64 { return math.Pow(float64(float32(1.0001)), x) }, 1.5},
	{"sin", "sin(a)", -201, 201, math.Sin, 2.5},
	{"sin, all", "sin(a)", 1, 3.4e38, bigSin, 2.6},
	{"cos", "cos(a)", -201, 201, math.Cos, 2.5},
	{"cos, all", "cos(a)", 1, 3.4e38, bigCos, 2.6},
	{"tan", "tan(a)", -201, 201, math.Tan, 3.6},
	{"asin", "asin(a)", -1, 1, math.Asin, 2.5},
	{"acos", "acos(a)", -1, 1, math.Acos, 1.3},
	{"atan", "atan(a)", 1e-10, 1e10, math.Atan, 2.2},
	{"atan2(a, 1.5)", "atan2(a, 1.5)", 1e-10, 1e10, func(x float64) float64 { return math.Atan2(x, 1.5) }, 2.5},
	{"atan2(a, -1.5)", "atan2(a, -1.5)", 1e-10, 1e10, func(x float64) float64 { return math.Atan2(x, -1.5) }, 1.3},
	{"sinh", "sinh(a)", 1e-10, 89, math.Sinh, 3},
	{"cosh", "cosh(a)", -89, 89, math.Cosh, 3},
	{"tanh", "tanh(a)", 1e-10, 20, math.Tanh, 1.5},
	{"asinh", "asinh(a)", 1e-10, 1e30, math.Asinh, 2.4},
	{"acosh", "acosh(a)", 1, 1e30, math.Acosh, 1.9},
	{"atanh", "atanh(a)", 1e-10, 1, math.Atanh, 1.6},
	{"a % 0.7", "a % 0.7", -20, 20, func(x float64) float64 { return math.Mod(x, float64(float32(0.7))) }, math.Inf(1)},
}

// TestAccuracy measures the library on the evaluator against float64; -table prints what DESIGN.md shows.
func TestAccuracy(t *testing.T) {
	const n = 1 << 17
	e := eval.Open()
	rng := rand.New(rand.NewPCG(3, 4))
	for _, c := range accuracies {
		var in []byte
		for i := range n {
			u := rng.Float64()
			x := c.low + (c.high-c.low)*u
			if i%2 == 0 && c.low > 0 { // every exponent alike
				x = math.Exp(math.Log(c.low) + (math.Log(c.high)-math.Log(c.low))*u)
			}
			for range 3 {
				in = binary.LittleEndian.AppendUint32(in, math.Float32bits(float32(x)))
			}
		}
		out := results(t, e, kernelOf([]string{c.expression}, n), map[string][]byte{"x": in})["y"]
		worst, at := 0.0, float32(0)
		for i := range n {
			x := math.Float32frombits(binary.LittleEndian.Uint32(in[12*i:]))
			got, want := float64(math.Float32frombits(binary.LittleEndian.Uint32(out[4*i:]))), c.f(float64(x))
			if math.Abs(want) < 0x1p-102 || math.Abs(want) > math.MaxFloat32 {
				continue
			}
			_, exp := math.Frexp(want)
			if d := math.Abs(got-want) / math.Ldexp(1, exp-24); !(d <= worst) {
				worst, at = d, x
			}
		}
		if *table {
			fmt.Fprintf(os.Stdout, "| %s | %g to %g | %.2f | %v |\n", c.name, c.low, c.high, worst, at)
		}
		if !(worst <= c.ulp) {
			t.Errorf("%s: %.2f ulp at %v, expected at most %v", c.name, worst, at, c.ulp)
		}
	}
}
