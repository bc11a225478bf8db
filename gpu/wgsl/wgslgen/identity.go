package wgslgen

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// Identity is a kernel that computes expressions which a compiler may simplify when it assumes that there is no infinity, no NaN
// and no -0: one operand is special and arrives in a way that a compiler can see through, the others are all pairs of Operands.
type Identity struct {
	*Kernel
	Name        string
	Expressions []string // the words of "out", in turns
}

// Operands are what is not known before the kernel runs, as bits of f32.
var Operands = []uint32{
	0x7f800000, 0xff800000, 0x7fc00000, 0xffc00001, 0, 1 << 31, 1, 0x807fffff,
	0x0c800000, 0x00800000, 0x7f7fffff, 0xff7fffff, 0x3f800000, 0xbf800000, 0x3f000000, 0x40490fdb,
}

// arrival makes the special operand s, between what it puts before and after the expressions.
type arrival struct{ name, head, before, after string }

// arrivals: a and b are runtime operands, i a global id, lane a local one, z a u32 zero that is computed, f a loaded 0.
var arrivals = []arrival{
	{"literal 0", "", "let s = 0.0;", ""},
	{"literal 1", "", "let s = 1.0;", ""},
	{"literal -1", "", "var s = -1.0;", ""},
	{"local that nothing sets", "", "var s: f32;", ""},
	{"local set to 0", "", "var s = 0.0;", ""},
	{"private that nothing sets", "var<private> p: f32;\n", "let s = p;", ""},
	{"private vector that nothing sets", "var<private> p: vec3<f32>;\n", "let s = p[lane % 3u];", ""},
	{"private struct that nothing sets", "struct P { k: u32, m: mat2x3<f32>, v: array<f32, 3> }\nvar<private> p: P;\n", "let s = p.m[1].y + p.v[2];", ""},
	{"large private array that nothing sets", "var<private> p: array<vec2<f32>, 40>;\n", "let s = p[lane & 31u].y;", ""},
	{"private set to 0", "var<private> p: f32 = 0.0;\n", "let s = p;", ""},
	{"private array with a 0", "var<private> p: array<f32, 3> = array<f32, 3>(0.0, 1.0, 0.5);\n", "let s = p[0];", ""},
	{"const array", "const P = array<f32, 4>(0.0, -1.0, 1.0, 1e-40);\n", "var p = P;\n  let s = p[lane & 3u];", ""},
	{"array that nothing sets", "", "var p: array<f32, 40>;\n  let s = p[lane & 31u];", ""},
	{"array of zeros", "", "let p = array<vec2<f32>, 3>();\n  let s = p[1].y;", ""},
	{"struct made of zeros", "struct P { v: vec2<f32>, k: u32 }\n", "let p = P();\n  let s = p.v.x;", ""},
	{"struct made of a 0", "struct P { v: f32, k: u32 }\nfn make(k: u32) -> P { return P(0.0, k); }\n", "let s = make(i).v;", ""},
	{"workgroup memory that nothing sets", "var<workgroup> w: array<f32, 64>;\n", "let s = w[lane];", ""},
	{"workgroup memory set to 0", "var<workgroup> w: array<f32, 64>;\n", "w[lane] = 0.0;\n  let s = w[lane];", ""},
	{"workgroup memory set to 0 before a barrier", "var<workgroup> w: array<f32, 64>;\n", "w[lane] = 0.0;\n  workgroupBarrier();\n  let s = w[63u - lane];", ""},
	{"buffer just set to 0", "", "kept[i] = 0.0;\n  let s = kept[i];", ""},
	{"buffer just set to infinity", "", "kept[i] = bitcast<f32>(0x7f800000u | z);\n  let s = kept[i];", ""},
	{"f32(i & 0u)", "", "let s = f32(i & 0u);", ""},
	{"f32(i % 1u)", "", "let s = f32(i % 1u);", ""},
	{"f32(i - i)", "", "let s = f32(bitcast<i32>(i) - bitcast<i32>(i));", ""},
	{"f32(i >> 31)", "", "let s = f32(lane >> 31u);", ""},
	{"f32 of a comparison", "", "let s = f32(lane > 100u);", ""},
	{"f32 of a comparison of operands", "", "let s = f32(a < b);", ""},
	{"vector of integers", "", "let s = vec3<f32>(vec3<u32>(i, z, lane) * vec3<u32>(z)).x;", ""},
	{"product of integers as f32", "", "let s = f32(lane & 7u) * f32(lane & 0u);", ""},
	{"bitcast of 0", "", "let s = bitcast<f32>(z);", ""},
	{"bitcast of infinity", "", "let s = bitcast<f32>(z | 0x7f800000u);", ""},
	{"bitcast of -infinity", "", "var u = 0xff800000u;\n  let s = bitcast<f32>(u);", ""},
	{"bitcast of NaN", "", "var u = 0x7fc00000u;\n  let s = bitcast<f32>(u);", ""},
	{"bitcast of -0", "", "var u = 0x80000000u;\n  let s = bitcast<f32>(u);", ""},
	{"bitcast of a subnormal", "", "var u = 0x00000001u;\n  let s = bitcast<f32>(u);", ""},
	{"unpacked 0", "", "let s = unpack2x16float(z).y;", ""},
	{"unpacked bytes", "", "let s = unpack4x8unorm(z).y;", ""},
	{"select with a known condition", "", "let s = select(a, 0.0, z == 0u);", ""},
	{"select of 0 or 1", "", "let s = select(0.0, 1.0, lane < 20u);", ""},
	{"select of 0 or an operand", "", "let s = select(0.0, b, a < b);", ""},
	{"vector and swizzle", "", "let s = vec4<f32>(a, 0.0, b, 1.0).zyx.y;", ""},
	{"matrix with a 0", "", "let s = mat2x2<f32>(a, b, 0.0, 1.0)[1].x;", ""},
	{"function's result", "fn none() -> f32 { return 0.0; }\n", "let s = none();", ""},
	{"function's argument", "fn same(x: f32) -> f32 { return x; }\n", "let s = same(0.0);", ""},
	{"pointer's target", "fn clear(p: ptr<function, f32>) { *p = 0.0; }\n", "var s = a;\n  clear(&s);", ""},
	{"loop", "", "var s = 0.0;\n  for (var k = 0u; k < 3u; k++) { s = s * 1.0 + s; }", ""},
	{"loop of operands", "", "var s = 1.0;\n  for (var k = 0u; k < 2u; k++) { s = select(0.0, s, k < lane); }", ""},
	{"uniform less itself", "", "let s = settings.x - settings.x;", ""},
	{"operand less itself", "", "let s = a - a;", ""},
	{"operand plus its negative", "", "var n = -a;\n  let s = a + n;", ""},
	{"operand times 0", "", "let s = a * 0.0;", ""},
	{"clamp to 0", "", "let s = clamp(a, 0.0, 0.0);", ""},
	{"min of max", "", "let s = min(max(a, 0.0), 0.0);", ""},
	{"saturate below", "", "let s = saturate(min(a, -1.0));", ""},
	{"floor of a fraction", "", "let s = floor(clamp(a, 0.25, 0.75));", ""},
	{"trunc of a fraction", "", "let s = trunc(clamp(a, -0.75, 0.75));", ""},
	{"integer of a fraction", "", "let s = f32(i32(clamp(a, -0.75, 0.75)));", ""},
	{"fract of a number", "", "let s = fract(f32(lane));", ""},
	{"sign of 0", "", "var q = 0.0;\n  let s = sign(q);", ""},
	{"step", "", "let s = step(1.0, clamp(a, 0.0, 0.5));", ""},
	{"below 0", "", "let s = min(a, -0.5);", ""},
	{"known to be 0", "", "if (a == 0.0) {\n  let s = a;", "}"},
	{"known to be 0 by two", "", "if (a >= 0.0 && !(a > 0.0)) {\n  let s = a;", "}"},
	{"known not to be other than 0", "", "let s = a;\n  if (a != 0.0) { return; }", ""},
	{"known by bits to be 0", "", "if (bitcast<u32>(a) == 0u) {\n  let s = a;", "}"},
	{"known by bits to be infinity", "", "if (bitcast<u32>(a) == 0x7f800000u) {\n  let s = a;", "}"},
	{"known by sign", "", "if (sign(a) == 0.0) {\n  let s = a;", "}"},
	{"known by bool", "", "if (!bool(a)) {\n  let s = a;", "}"},
	{"known to be large", "", "if (a > 3.4028234e38) {\n  let s = a;", "}"},
	{"known not to equal itself", "", "if (!(a == a)) {\n  let s = a;", "}"},
	{"known in a switch", "", "switch (bitcast<u32>(a)) {\n  case 0u: {\n  let s = a;", "}\n  default: { }\n  }"},
	{"a branch that constants decide", "", "var q = 0.1;\n  var s = b;\n  if (q * q + q > 0.05) { s = s + q; }", ""},
	{"loaded 0 in a second load", "", "if (x[i].x == 0.0) {\n  let s = a;", "}"},
}

// identities are expressions in s, a and b.
var identities = []string{
	"s * a", "a * s", "s * s", "s - a", "a - s", "s + a", "a + s", "(s - a) * b", "s * a * b", "s * a + s", "-s * a", "(-s) + a", "0.0 - s", "s - s", "s + (-s)", "(a + s) - a", "((a + 0.1) - a) + s", "(b - a) + a",
	"1.0 / (0.0 - s * a)", "1.0 / (s - a)", "1.0 / (s * a)",
	"s / a", "a / s", "s % a", "a % s",
	"fma(s, a, b)", "fma(a, b, s)", "fma(a, s, b)", "mix(s, a, b)", "mix(a, b, s)", "mix(a, s, b)",
	"dot(vec2<f32>(s, a), vec2<f32>(a, s))", "dot(vec3<f32>(s, s, a), vec3<f32>(a, b, s))", "dot(vec4<f32>(s), vec4<f32>(a, b, a, b))",
	"normalize(vec2<f32>(s, a)).x", "normalize(vec3<f32>(s)).y", "length(vec2<f32>(s, a))", "distance(vec2<f32>(s, a), vec2<f32>(a, s))", "distance(s, a)", "length(s) - a",
	"cross(vec3<f32>(s, a, b), vec3<f32>(a, s, b)).z", "cross(vec3<f32>(s, a, b), vec3<f32>(s, a, b)).x",
	"reflect(vec2<f32>(s, a), vec2<f32>(b, s)).x", "refract(vec2<f32>(s, a), vec2<f32>(b, s), s).y", "faceForward(vec2<f32>(a, s), vec2<f32>(s, a), vec2<f32>(b, s)).x",
	"(mat2x2<f32>(s, a, b, s) * vec2<f32>(a, b)).x", "(vec2<f32>(s, b) * mat2x2<f32>(s, a, b, a)).y", "(mat2x2<f32>(a, b, s, s) * mat2x2<f32>(s, a, b, b))[1].x", "(mat2x2<f32>(s, a, b, s) * a)[0].x", "(a * mat2x2<f32>(s, s, s, s))[1].y",
	"(mat2x2<f32>(s, a, b, s) - mat2x2<f32>(a, s, s, b))[0].x", "(vec2<f32>(s, a) * b).x", "(vec3<f32>(s, 1.0, a) * vec3<f32>(a, b, s)).z", "(vec2<f32>(s, s) - vec2<f32>(a, b)).y",
	"step(s, a)", "step(a, s) * b", "smoothstep(s, a, b)", "smoothstep(a, b, s)", "clamp(a, s, b)", "clamp(s, a, b)", "min(s, a)", "max(s, a)", "min(s, s) * a", "max(a, s) * b", "saturate(s * a)", "saturate(s) * a",
	"sign(s) * a", "abs(s) - a", "abs(s) + s", "abs(a) + a", "abs(s) * a", "floor(s) * a", "ceil(s) * a", "fract(s) * a", "trunc(s) * a", "round(s) * a", "floor(s) - a",
	"select(s, a, s == s)", "select(s, a, a != a)", "f32(s == s)", "f32(s < s)", "f32(a == a)", "f32(a < s)", "f32(s <= a)", "f32(a != s)", "f32(!(s >= a))", "select(a, b, s == 0.0)",
	"f32(i32(s)) * a", "f32(u32(a * s))", "f32(bool(s)) * a", "bitcast<f32>(bitcast<u32>(s) ^ 0x80000000u) * a", "f32(bitcast<u32>(0.0 - s) >> 24u)", "bitcast<f32>(bitcast<u32>(s)) * a", "radians(s) * a",
	"sqrt(s) * a", "inverseSqrt(s) * a", "exp(s) * a", "log(s) * a", "sin(s) * a", "tan(s) - a", "tanh(s) * a", "atan2(s, a)", "atan2(a, s)", "pow(s, a)", "pow(a, s)", "pow(a, s) * s", "quantizeToF16(s) * a", "unpack2x16float(pack2x16float(vec2<f32>(s, a))).x * b",
}

// identityParts is over how many kernels the identities are spread, so that no reproducible form is too large.
const identityParts = 4

// Identities are all identities on all arrivals.
func Identities() []Identity {
	var list []Identity
	n := len(Operands)
	var x []byte
	for _, a := range Operands {
		for _, b := range Operands {
			x = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(x, a), b)
		}
	}
	for _, w := range arrivals {
		for part := range identityParts {
			var some []string
			for k := part; k < len(identities); k += identityParts {
				some = append(some, identities[k])
			}
			var src strings.Builder
			src.WriteString(`@group(0) @binding(0) var<storage, read> x: array<vec2<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> settings: vec4<f32>;
@group(0) @binding(3) var<storage, read_write> kept: array<f32>;
` + w.head + `@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let i = id.x;
  let a = x[i].x;
  let b = x[i].y;
  let z = i & 0u;
  ` + w.before + "\n")
			for k, e := range some {
				fmt.Fprintf(&src, "  out[i * %du + %du] = %s;\n", len(some), k, e)
			}
			src.WriteString("  " + w.after + "\n}\n")
			list = append(list, Identity{
				Name:        fmt.Sprintf("%s, part %d", w.name, part),
				Expressions: some,
				Kernel: &Kernel{head: src.String(), Grid: [3]uint32{uint32(n * n / 64), 1, 1}, Buffers: []Buffer{
					{"x", "read", x}, {"out", "read_write", make([]byte, 4*n*n*len(some))}, {"settings", "uniform", x[:16]}, {"kept", "read_write", make([]byte, 4*n*n)},
				}},
			})
		}
	}
	return list
}
