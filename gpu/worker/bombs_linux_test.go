package worker

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/wgsl"
)

// go run ./cmd/dev hostile detonates all of them; go test only finds out where the caps end some.
var bombOnly = flag.String("bombs", "", "pattern of the constructs that TestBombs compiles on every driver; empty: none")

// bombLimit is the processor time in which every source that passes the static caps compiles, on every driver.
const bombLimit = 5 * time.Second

// bomb grows one construct. The first size that the caps refuse ends it.
type bomb struct {
	name   string
	source func(n int) string
	group  string // workgroup_size; "64" if empty
	idle   bool   // it would run for long, so it is compiled and does not run
}

// bombs cover what a source can repeat, nest or enlarge.
var bombs = []bomb{
	{name: "private array, one access", source: func(n int) string {
		return fmt.Sprintf("var<private> a: array<u32, %d>;\n", n) + main64("a[id.x] = 1u; out[0] = a[out[1]];")
	}},
	{name: "private array, 16 accesses", source: func(n int) string {
		return fmt.Sprintf("var<private> a: array<u32, %d>;\n", n) + main64(list(16, func(i int) string { return fmt.Sprintf("a[out[%d]] += a[out[%d]];", i, i+1) })+"out[0] = a[out[1]];")
	}},
	{name: "private array, 256 accesses", source: func(n int) string {
		return fmt.Sprintf("var<private> a: array<u32, %d>;\n", n) + main64(list(256, func(i int) string { return fmt.Sprintf("a[out[%d]] += 3u;", i) })+"out[0] = a[out[1]];")
	}},
	{name: "private array in nested loops", idle: true, source: func(n int) string {
		return fmt.Sprintf("var<private> a: array<u32, %d>;\n", n) + main64("for (var i = 0u; i < 9u; i++) { for (var k = 0u; k < 5u; k++) { for (var j = 0u; j < 7u; j++) { a[i * j + k] += a[i + out[k]]; } } } out[0] = a[out[1]];")
	}},
	{name: "local array, constant indexes", source: func(n int) string {
		return main64(fmt.Sprintf("var a: array<u32, %d>; ", n) + list(min(n, 500), func(i int) string { return fmt.Sprintf("a[%d] = out[%d];", i, i) }) + "out[0] = a[3];")
	}},
	{name: "local array, zeroed in a loop", source: func(n int) string {
		return main64(fmt.Sprintf("for (var i = 0u; i < 10u; i++) { var a: array<u32, %d>; a[out[i]] = i; out[i] = a[out[7]]; }", n))
	}},
	{name: "local array, filled by an unrollable loop", source: func(n int) string {
		return main64(fmt.Sprintf("var a: array<u32, %d>; for (var i = 0u; i < %du; i++) { a[i] = i * id.x; } for (var i = 0u; i < %du; i++) { a[0] += a[i]; } out[0] = a[0];", n, n, n))
	}},
	{name: "array of vec4", source: func(n int) string {
		return main64(fmt.Sprintf("var a: array<vec4<f32>, %d>; a[id.x].x = 1.0; a[out[3]][out[2]] = 2.0; out[0] = u32(a[out[1]].y);", n))
	}},
	{name: "array of matrices", source: func(n int) string {
		return main64(fmt.Sprintf("var a: array<mat4x4<f32>, %d>; a[id.x][1].x = 1.0; a[out[3]][out[2]] = vec4<f32>(2.0); a[out[4]] = a[out[5]] * a[out[6]]; out[0] = u32(a[out[1]][out[2]].y);", n))
	}},
	{name: "array of structs", source: func(n int) string {
		return "struct S { a: u32, b: vec3<f32>, c: array<u32, 4> }\n" + main64(fmt.Sprintf("var a: array<S, %d>; a[id.x].c[id.y] = 1u; a[out[2]] = a[out[3]]; out[0] = a[out[1]].c[out[2]];", n))
	}},
	{name: "array of arrays", source: func(n int) string {
		return main64(fmt.Sprintf("var a: array<array<u32, 8>, %d>; a[id.x][id.y] = 1u; a[out[2]] = a[out[3]]; out[0] = a[out[1]][out[2]];", n))
	}},
	{name: "array of booleans", source: func(n int) string {
		return main64(fmt.Sprintf("var a: array<bool, %d>; a[id.x] = true; a[out[3]] = out[4] > 1u; out[0] = select(0u, 1u, a[out[1]]);", n))
	}},
	{name: "arrays that are copied", source: func(n int) string {
		return main64(fmt.Sprintf("var a: array<u32, %d>; var b: array<u32, %d>; a[id.x] = 1u; b = a; b[out[1]] = 2u; a = b; a[out[2]] = 3u; b = a; out[0] = b[out[1]];", n, n))
	}},
	{name: "arrays in branches", source: func(n int) string {
		return main64(fmt.Sprintf("var a: array<u32, %d>; var b: array<u32, %d>; if (id.x > 3u) { a[id.x] = 1u; } else { b[id.x] = 2u; } if (out[1] > 3u) { a = b; } else { b = a; } out[0] = b[out[1]] + a[out[2]];", n, n))
	}},
	{name: "arrays as arguments", source: func(n int) string {
		return fmt.Sprintf("fn f(a: array<u32, %d>, i: u32) -> u32 { var b = a; b[i] += 1u; return b[i + 1u]; }\n", n) +
			main64(fmt.Sprintf("var a: array<u32, %d>; a[id.x] = 1u; out[0] = f(a, out[1]) + f(a, out[2]);", n))
	}},
	{name: "arrays as results", source: func(n int) string {
		return fmt.Sprintf("fn f(i: u32) -> array<u32, %d> { var b: array<u32, %d>; b[i] = 1u; return b; }\n", n, n) +
			main64("var a = f(out[1]); a[out[2]] += 1u; out[0] = a[out[3]];")
	}},
	{name: "pointers to arrays", source: func(n int) string {
		return fmt.Sprintf("fn f(p: ptr<function, array<u32, %d>>, i: u32) { (*p)[i] += (*p)[i + 1u]; }\n", n) +
			main64(fmt.Sprintf("var a: array<u32, %d>; a[id.x] = 1u; ", n)+list(40, func(i int) string { return fmt.Sprintf("f(&a, out[%d]);", i) })+" out[0] = a[out[1]];")
	}},
	{name: "many small arrays", source: func(n int) string {
		return main64(list(n, func(i int) string { return fmt.Sprintf("var a%d: array<u32, 16>; a%d[out[%d]] = id.x;", i, i, i) }) + "out[0] = 0u" + list(min(n, 80), func(i int) string { return fmt.Sprintf(" + a%d[out[2]]", i) }) + ";")
	}},
	{name: "arrays of many functions", source: func(n int) string {
		return list(n, func(i int) string {
			return fmt.Sprintf("fn q%d(i: u32) -> u32 { var a: array<u32, 32>; a[i] = i; a[i + 5u] += 1u; return a[out[i]]; }\n", i)
		}) +
			main64("var x = 0u; "+list(n, func(i int) string { return fmt.Sprintf("x += q%d(x);", i) })+"out[0] = x;")
	}},
	{name: "constant array, dynamic index", source: func(n int) string {
		return fmt.Sprintf("const a = array<u32, %d>(%s);\n", n, strings.TrimSuffix(list(n, func(i int) string { return fmt.Sprintf("%du,", i*7) }), ",")) + main64("out[0] = a[out[1]] + a[out[2]];")
	}},
	{name: "value array, dynamic index", source: func(n int) string {
		return main64(fmt.Sprintf("let a = array<u32, %d>(%s); out[0] = a[out[1]] + a[out[2]];", n, strings.TrimSuffix(list(n, func(i int) string { return "id.x," }), ",")))
	}},
	{name: "workgroup array", source: func(n int) string {
		return fmt.Sprintf("var<workgroup> w: array<u32, %d>;\n", n) + main64("w[out[2] + id.x] = 3u; workgroupBarrier(); out[0] = w[out[1]];")
	}},
	{name: "workgroup array of structs", source: func(n int) string {
		return fmt.Sprintf("struct S { a: vec3<f32>, b: array<u32, 5> }\nvar<workgroup> w: array<S, %d>;\n", n) + main64("w[out[2]].b[out[3]] = 3u; workgroupBarrier(); w[out[4]] = w[out[5]]; out[0] = w[out[1]].b[id.x];")
	}},
	{name: "many workgroup variables", source: func(n int) string {
		return list(n, func(i int) string { return fmt.Sprintf("var<workgroup> w%d: vec4<f32>;\n", i) }) + main64(list(n, func(i int) string { return fmt.Sprintf("w%d.x = 1.0;", i) })+"workgroupBarrier(); out[0] = u32(w0.x);")
	}},
	{name: "workgroup array, 1024 invocations", group: "1024", source: func(n int) string {
		return fmt.Sprintf("var<workgroup> w: array<u32, %d>;\n", n) + main64("w[id.x] = 3u; workgroupBarrier(); out[0] = w[out[1]];")
	}},
	{name: "barriers", source: func(n int) string {
		return "var<workgroup> w: array<u32, 64>;\n" + main64(list(n, func(i int) string { return fmt.Sprintf("w[id.x] += w[63u - id.x] + %du; workgroupBarrier();", i) })+"out[0] = w[out[1]];")
	}},
	{name: "barriers in loops", idle: true, source: func(n int) string {
		return "var<workgroup> w: array<u32, 64>;\n" + main64(strings.Repeat("for (var i = 0u; i < 2u; i++) { workgroupBarrier(); w[id.x] += 1u;", n)+strings.Repeat("}", n)+"out[0] = w[out[1]];")
	}},
	{name: "barriers, 1024 invocations", group: "1024", source: func(n int) string {
		return "var<workgroup> w: array<u32, 1024>;\n" + main64(list(n, func(i int) string { return fmt.Sprintf("w[id.x] += w[1023u - id.x] + %du; workgroupBarrier();", i) })+"out[0] = w[out[1]];")
	}},
	{name: "nested ifs", source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string { return fmt.Sprintf("if (out[%d] > x) { x += out[%d];", i, i+1) }) + strings.Repeat("} else { x *= 3u; }", n) + "out[0] = x;")
	}},
	{name: "many ifs", source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string { return fmt.Sprintf("if (x > %du) { x += 7u; } else { x *= 5u; }", i) }) + "out[0] = x;")
	}},
	{name: "many ifs over many variables", source: func(n int) string {
		return main64(list(n, func(i int) string { return fmt.Sprintf("var v%d = out[%d];", i, i) }) +
			list(n, func(i int) string {
				return fmt.Sprintf("if (v%d > v%d) { v%d += v%d; v%d *= 3u; }", i, (i*7+1)%n, (i*5+2)%n, (i*3+1)%n, i)
			}) +
			"var x = 0u; " + list(n, func(i int) string { return fmt.Sprintf("x += v%d;", i) }) + "out[0] = x;")
	}},
	{name: "else ifs", source: func(n int) string {
		return main64("var x = id.x; if (x == 0u) { x = 5u; }" + list(n, func(i int) string { return fmt.Sprintf(" else if (x * %du > 9u) { x = out[%d]; }", i, i) }) + "out[0] = x;")
	}},
	{name: "nested loops, constant counts", idle: true, source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string { return fmt.Sprintf("for (var k%d = 0u; k%d < 4u; k%d++) {", i, i, i) }) + "x = x * 3u + out[x];" + strings.Repeat("}", n) + "out[0] = x;")
	}},
	{name: "nested loops, unknown counts", idle: true, source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string {
			return fmt.Sprintf("for (var k%d = 0u; k%d < out[%d]; k%d++) { x += k%d;", i, i, i, i, i)
		}) + "x = x * 3u + out[x];" + strings.Repeat("}", n) + "out[0] = x;")
	}},
	{name: "three loops that may be unrolled", idle: true, source: func(n int) string {
		return main64(fmt.Sprintf("var x = id.x; for (var i = 0u; i < %du; i++) { for (var k = 0u; k < %du; k++) { for (var l = 0u; l < %du; l++) { x = x * 3u + (i ^ k) * l; } } } out[0] = x;", n, n, n))
	}},
	{name: "long loop body, many iterations", idle: true, source: func(n int) string {
		return main64(fmt.Sprintf("var x = id.x; for (var i = 0u; i < %du; i++) { ", 4*n) + list(n, func(i int) string { return fmt.Sprintf("x = x * %du + (i ^ x);", i) }) + " } out[0] = x;")
	}},
	{name: "many loops", source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string { return fmt.Sprintf("for (var i = 0u; i < 8u; i++) { x = x * %du + i; }", 2*i+3) }) + "out[0] = x;")
	}},
	{name: "many loops, unknown counts", idle: true, source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string {
			return fmt.Sprintf("for (var i = 0u; i < x; i++) { x = x / 2u + %du; if (x == i) { break; } }", i)
		}) + "out[0] = x;")
	}},
	{name: "large switch", source: func(n int) string {
		return main64("var x = 0u; switch (id.x) {" + list(n, func(i int) string { return fmt.Sprintf("case %du: { x = out[%d]; }", i*3, i) }) + "default: {} } out[0] = x;")
	}},
	{name: "many switches", source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string {
			return fmt.Sprintf("switch (x %% 8u) { case 0u: { x += %du; } case 1u, 2u, 3u, 4u: { x *= 3u; } case 5u: { x = out[x]; } default: { x ^= 5u; } }", i)
		}) + "out[0] = x;")
	}},
	{name: "nested switches", source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string {
			return fmt.Sprintf("switch (out[%d]) { case 1u: { x += %du; } case 2u: { x = out[x]; } default: {", i, i)
		}) + strings.Repeat("} }", n) + "out[0] = x;")
	}},
	{name: "long expressions", source: func(n int) string {
		return main64("var x = id.x; " + list((n+199)/200, func(i int) string { return "x = x" + strings.Repeat(" * x + 3u", min(n, 100)) + ";" }) + "out[0] = x;")
	}},
	{name: "many statements", source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string { return fmt.Sprintf("x=x*%du+(x>>3u);", i) }) + "out[0] = x;")
	}},
	{name: "many buffer accesses", source: func(n int) string {
		return main64(list(n, func(i int) string { return fmt.Sprintf("out[id.x+%du]+=out[%d];", i, i+1) }))
	}},
	{name: "many variables alive", source: func(n int) string {
		return main64(list(n, func(i int) string { return fmt.Sprintf("let v%d=vec4<u32>(out[%d])*id.x;", i, i) }) + "var s = vec4<u32>(); " + list(n, func(i int) string { return fmt.Sprintf("s+=v%d;", n-1-i) }) + "out[0] = s.x;")
	}},
	{name: "chained calls", source: func(n int) string {
		return "fn q0(x: u32) -> u32 { return x * 3u; }\n" + list(n, func(i int) string {
			return fmt.Sprintf("fn q%d(x: u32) -> u32 { return q%d(x + out[x]) * 5u; }\n", i+1, i)
		}) + main64(fmt.Sprintf("out[0] = q%d(id.x);", n))
	}},
	{name: "doubling calls", source: func(n int) string {
		return "fn q0(x: u32) -> u32 { return x * 3u; }\n" + list(n, func(i int) string {
			return fmt.Sprintf("fn q%d(x: u32) -> u32 { return q%d(x + 1u) ^ q%d(x * 5u); }\n", i+1, i, i)
		}) + main64(fmt.Sprintf("out[0] = q%d(id.x);", n))
	}},
	{name: "repeated calls of a large function", idle: true, source: func(n int) string {
		return "fn f(a: u32) -> u32 { var x = a; for (var i = 0u; i < a; i++) {" + list(20, func(i int) string { return fmt.Sprintf("if (x > %du) { x = x * 3u + out[x]; }", i) }) + "} return x; }\n" +
			main64("var x = id.x; "+list(n, func(i int) string { return "x = f(x);" })+"out[0] = x;")
	}},
	{name: "many functions", source: func(n int) string {
		return list(n, func(i int) string { return fmt.Sprintf("fn q%d(x: u32) -> u32 { return x * %du; }\n", i, i) }) + main64("var x = id.x; "+list(n, func(i int) string { return fmt.Sprintf("x += q%d(x);", i) })+"out[0] = x;")
	}},
	{name: "many entry points", source: func(n int) string {
		return list(n, func(i int) string {
			return fmt.Sprintf("@compute @workgroup_size(1) fn e%d() { out[0] = %du; }\n", i, i)
		}) + main64("out[0] = 1u;")
	}},
	{name: "many private variables", source: func(n int) string {
		return list(n, func(i int) string { return fmt.Sprintf("var<private> g%d: vec4<u32>;\n", i) }) + main64(list(n, func(i int) string { return fmt.Sprintf("g%d.x += out[%d];", i, i) })+"out[0] = g0.x;")
	}},
	{name: "trigonometry", source: func(n int) string {
		return main64("var x = f32(id.x); " + list(n, func(i int) string { return "x = sin(x) + cos(x * 3.0);" }) + "out[0] = u32(x);")
	}},
	{name: "vectors of powers", source: func(n int) string {
		return main64("var x = vec4<f32>(f32(id.x)); " + list(n, func(i int) string { return "x = pow(x, x + 1.5) + exp(x) + atan2(x, x.yxwz);" }) + "out[0] = u32(x.x + x.y + x.z + x.w);")
	}},
	{name: "vectors of hyperbolic functions", source: func(n int) string {
		return main64("var x = vec4<f32>(f32(id.x)); " + list(n, func(i int) string { return "x = tanh(x) + sinh(x) + acosh(x) + asin(x);" }) + "out[0] = u32(x.x + x.y + x.z + x.w);")
	}},
	{name: "integer divisions", source: func(n int) string {
		return main64("var x = vec4<i32>(i32(id.x)); " + list(n, func(i int) string { return fmt.Sprintf("x = (x / (x.yxzw + %d)) %% (x.wzyx + 7);", i) }) + "out[0] = u32(x.x + x.y + x.z + x.w);")
	}},
	{name: "matrix products", source: func(n int) string {
		return main64("var m = mat4x4<f32>(vec4<f32>(f32(id.x)), vec4<f32>(1.0), vec4<f32>(2.0), vec4<f32>(3.0)); var v = m[1]; " + list(n, func(i int) string { return "v = m * v; v = v * m;" }) + "out[0] = u32(v.y);")
	}},
	{name: "matrices, dynamic index", source: func(n int) string {
		return main64("var m: mat4x4<f32>; var v: vec4<f32>; " + list(n, func(i int) string {
			return fmt.Sprintf("m[out[%d]][out[%d]] += v[out[%d]]; v[out[%d]] = m[out[%d]].x;", i, i+1, i+2, i+3, i)
		}) + "out[0] = u32(m[1].x);")
	}},
	{name: "bit fields", source: func(n int) string {
		return main64("var x = vec4<u32>(id.x); " + list(n, func(i int) string {
			return fmt.Sprintf("x = insertBits(x, extractBits(x, x.x %% 32u, %du), x.y, 7u) + countOneBits(x) + firstLeadingBit(x) + reverseBits(x);", i%32)
		}) + "out[0] = x.x + x.y;")
	}},
	{name: "packing", source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string {
			return "x = pack4x8unorm(unpack4x8snorm(x)) + pack2x16float(unpack2x16float(x)) + pack2x16snorm(unpack2x16unorm(x));"
		}) + "out[0] = x;")
	}},
	{name: "short circuits", source: func(n int) string {
		return main64("var b = id.x > 3u; " + list(n, func(i int) string { return fmt.Sprintf("b = b && out[%d] > 1u || !b && out[%d] < 9u;", i, i+1) }) + "out[0] = select(1u, 2u, b);")
	}},
	{name: "nested selects", source: func(n int) string {
		return main64("var x = id.x; x = " + strings.Repeat("select(x * 3u, ", n) + "x" + strings.Repeat(", x > 5u)", n) + "; out[0] = x;")
	}},
	{name: "atomic operations", source: func(n int) string {
		return "var<workgroup> w: array<atomic<u32>, 64>;\n" + main64(list(n, func(i int) string { return fmt.Sprintf("atomicAdd(&w[out[%d]], atomicMax(&w[id.x], %du));", i, i) })+"out[0] = atomicLoad(&w[1]);")
	}},
	{name: "compare and exchange", source: func(n int) string {
		return "var<workgroup> w: array<atomic<u32>, 64>;\n" + main64(list(n, func(i int) string {
			return fmt.Sprintf("if (atomicCompareExchangeWeak(&w[id.x], %du, 3u).exchanged) { out[%d] = 1u; }", i, i)
		}))
	}},
	{name: "returns in branches", source: func(n int) string {
		return main64("var x = id.x; " + list(n, func(i int) string { return fmt.Sprintf("if (x == %du) { out[1] = x; return; } x += out[x];", i) }) + "out[0] = x;")
	}},
	{name: "breaks and continues", idle: true, source: func(n int) string {
		return main64("var x = id.x; loop { " + list(n, func(i int) string {
			return fmt.Sprintf("if (x == %du) { break; } if (x == %du) { x += 1u; continue; } x = x * 3u;", i, i+1000)
		}) + "if (out[1] == x) { break; } } out[0] = x;")
	}},
	{name: "loops with returns inside nested ifs", idle: true, source: func(n int) string {
		return "fn f(a: u32) -> u32 { var x = a; " + list(n, func(i int) string {
			return fmt.Sprintf("loop { if (x > %du) { if (out[x] == 1u) { return x; } } else { break; } x += 1u; if (x > 99u) { break; } }", i)
		}) + " return x; }\n" + main64("out[0] = f(id.x);")
	}},
	{name: "deep structs", source: func(n int) string {
		return "struct S0 { a: u32, b: u32 }\n" + list(n, func(i int) string { return fmt.Sprintf("struct S%d { a: S%d, b: S%d }\n", i+1, i, i) }) + main64(fmt.Sprintf("var s: S%d; var t: S%d; t = s; s = t; out[0] = s%s.a;", n, n, strings.Repeat(".a", n)))
	}},
	{name: "wide structs", source: func(n int) string {
		return "struct S { " + list(n, func(i int) string { return fmt.Sprintf("m%d: vec4<u32>,", i) }) + " }\nfn f(s: S) -> S { var t = s; t.m0.x += 1u; return t; }\n" +
			main64("var s: S; s.m0.y = id.x; s = f(s); s = f(f(s)); out[0] = s.m0.x;")
	}},
}

const bombHead = "@group(0) @binding(0) var<storage, read_write> out: array<u32>;\n"

func main64(body string) string {
	return "@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {\n" + body + "\n}\n"
}

func (b bomb) text(n int) string {
	s := bombHead + b.source(n)
	if b.idle {
		s = strings.Replace(s, "id: vec3<u32>) {\n", "id: vec3<u32>) {\nif (out[1000] != 12345u) { return; }\n", 1)
	}
	if b.group != "" {
		s = strings.Replace(s, "@workgroup_size(64) fn main", "@workgroup_size("+b.group+") fn main", 1)
	}
	return s
}

// bound is the largest size up to 1<<17 that the caps let through, found by halving. Sizes that are refused for another reason
// than their size (an index beyond an array of one) do not count.
func (b bomb) bound(t *testing.T) (n int, why error) {
	t.Helper()
	low, high := 0, 1<<17
	for low+1 < high {
		if mid := (low + high) / 2; mid > 1<<13 && low == 0 && high == 1<<17 { // a text of that size takes long to make
			high = 1 << 13
			_, why = wgsl.Parse(b.text(high))
			if why == nil {
				low, high = high, 1<<17
			}
			continue
		}
		mid := (low + high) / 2
		if _, err := wgsl.Parse(b.text(mid)); err == nil {
			low = mid
		} else {
			high, why = mid, err
		}
	}
	return low, why
}

// drivers are the Vulkan drivers for processors that this machine has, by name, as environments.
func drivers(t *testing.T) map[string][]string {
	t.Helper()
	out := make(map[string][]string)
	add := func(name, pattern string, env ...string) {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		if len(found) > 0 {
			out[name] = append(env, "VK_DRIVER_FILES="+found[0], "VK_ICD_FILENAMES="+found[0])
		}
	}
	add("lavapipe", "/usr/share/vulkan/icd.d/lvp_icd*.json")
	add("swiftshader", "/usr/lib/chromium/vk_swiftshader_icd.json")
	if root := os.Getenv("GPUMESH_LAVAPIPE"); root != "" { // as for go run ./cmd/dev stacks
		add("lavapipe-new", filepath.Join(root, "usr/share/vulkan/icd.d/lvp_icd*.json"), "LD_LIBRARY_PATH="+filepath.Join(root, "usr/lib/x86_64-linux-gnu"))
	}
	return out
}

// peak is the most memory that a process has had, in MiB.
func peak(pid int) int {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(b)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(string(m[1]))
	return n >> 10
}

// Every construct is grown until the caps refuse it, and the largest that they let through compiles and runs once within
// bombLimit on every driver.
func TestBombs(t *testing.T) {
	pattern := *bombOnly
	if pattern == "" {
		pattern = "^(private array, one access|many buffer accesses|many loops)$"
	}
	only := regexp.MustCompile(pattern)
	bounds := make(map[string]int)
	for _, b := range bombs {
		if only.MatchString(b.name) {
			n, why := b.bound(t)
			require.NotZero(t, n, "%s: %v", b.name, why)
			bounds[b.name] = n
		}
	}
	if *bombOnly == "" { // how long compilers take is for go run ./cmd/dev hostile
		for name, n := range bounds {
			require.Less(t, n, 1000, "%s is hardly bounded", name)
		}
		return
	}
	found := drivers(t)
	if len(found) == 0 {
		t.Skip("there is no driver for processors here: apt-get install mesa-vulkan-drivers")
	}
	for _, driver := range slices.Sorted(maps.Keys(found)) {
		t.Run(driver, func(t *testing.T) {
			p := newPool(t, "child", func(c *Config) { c.Device, c.Env, c.Log = "webgpu", append(c.Env, found[driver]...), quiet() })
			info, err := p.Info(t.Context())
			require.NoError(t, err)
			t.Logf("%s, %s: processor time in ms and memory in MiB for the largest that the caps let through", info.Name, info.Driver)
			for _, b := range bombs {
				if bounds[b.name] == 0 {
					continue
				}
				took, mem, err := detonate(t, p, b, bounds[b.name])
				t.Logf("%-42s %6d %6d ms %6d MiB  %v", b.name, bounds[b.name], took.Milliseconds(), mem, err)
				if took > bombLimit {
					t.Errorf("%s of size %d takes longer than %v", b.name, bounds[b.name], bombLimit)
				}
			}
		})
	}
}

// detonate compiles and runs a bomb in a process of its own. It is defused when it has taken too much processor time.
func detonate(t *testing.T, p *Pool, b bomb, n int) (took time.Duration, mem int, err error) {
	t.Helper()
	tenant := fmt.Sprint(b.name, n)
	q := hostile(t, b.text(n), 1, 0)
	q.Tenant = tenant
	require.NoError(t, p.take(t.Context()))
	_, err = p.ready(t.Context(), tenant)
	p.give()
	require.NoError(t, err)
	pid := p.child.cmd.Process.Pid
	before := processor(pid)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for ctx.Err() == nil {
			if now := processor(pid); now > 0 {
				took, mem = now-before, max(mem, peak(pid))
			}
			if took > 2*bombLimit {
				cancel()
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
			}
		}
	}()
	_, err = p.Run(ctx, q)
	cancel()
	<-watched
	if now := processor(pid); now > 0 {
		took, mem = max(took, now-before), max(mem, peak(pid))
	}
	clear(p.suspects)
	return took, mem, err
}

// processor is the processor time that a process has used.
func processor(pid int) time.Duration {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(b), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}
