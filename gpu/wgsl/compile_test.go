package wgsl

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What would take a driver too long to compile is refused, with the line and the reason; what only looks like it is not.
func TestCompileCost(t *testing.T) {
	const head = "@group(0) @binding(0) var<storage, read_write> out: array<u32>;\n"
	kernel := func(before, body string) string {
		return head + before + "@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {\n" + body + "\n}\n"
	}
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, c := range map[string]struct{ source, want string }{
		"a private array that is indexed":    {kernel("var<private> a: array<u32, 2000>;\n", "a[id.x] = 1u; out[0] = a[out[1]];"), `line 2:14: "main" would take drivers too long to compile: 2000 words of private and function variables are copied or indexed with what is not constant, "a" among them`},
		"a local array that is indexed":      {kernel("", "var a: array<vec4<f32>, 200>;\na[out[1]].x = 1.0;"), `line 3:5: "main" would take`},
		"in a function that is called":       {kernel("fn f(i: u32) -> u32 { var a: array<u32, 200>; a[i] = 1u; return a[i + 1u]; }\n", "out[0] = f(1u) + f(2u) + f(3u) + f(out[9]);"), `line 2:27: "main" would take`},
		"through a pointer":                  {kernel("fn f(p: ptr<function, array<u32, 900>>, i: u32) { (*p)[i] = 1u; }\n", "var a: array<u32, 900>; f(&a, id.x); out[0] = a[3];"), `"a" among them`},
		"an array that is copied":            {kernel("", "var a: array<u32, 150>; var b: array<u32, 150>; a[id.x] = 1u; b = a; b[id.y] = 2u; a = b; out[0] = a[id.z];"), "words of private and function variables are copied"},
		"a value that is indexed":            {kernel("const a = array<u32, 300>("+strings.TrimSuffix(strings.Repeat("1u,", 300), ",")+");\n", "out[0] = a[out[1]] + a[out[2]] + a[out[3]];"), `"main" would take drivers too long to compile: 900 words of values`},
		"accesses":                           {kernel("", many(450, "out[id.x + %du] += out[id.y];\n")), "counts as 1350 accesses"},
		"accesses in loops":                  {kernel("", many(20, "for (var i = 0u; i < 30u; i++) { out[id.x * i + %du] += out[i]; }\n")), "accesses to buffers"},
		"accesses of calls":                  {kernel("fn f(i: u32) { "+many(70, "out[i + %du] += i; ")+"}\n", many(15, "f(%du);")), "counts as 2100 accesses"},
		"a workgroup array that is copied":   {kernel("var<workgroup> w: array<u32, 2000>;\n", "var a = w; out[0] = a[3];"), "counts as 2001 accesses"},
		"barriers":                           {kernel("", many(450, "workgroupBarrier(); // %d\n")), "counts as 1350 accesses"},
		"atomic operations":                  {kernel("var<workgroup> w: atomic<u32>;\n", many(450, "atomicAdd(&w, %du);")), "counts as 1350 accesses"},
		"loops":                              {kernel("", "var x = id.x; "+many(300, "for (var i = 0u; i < x; i++) { x += %du; }\n")), "counts as 1500 accesses"},
		"choices":                            {kernel("", "var v: array<u32, 4>; "+many(400, "v[(id.x + %du) %% 4u] += 1u;")+"out[0] = v[0];"), "dynamic indexes"},
		"functions":                          {kernel("", "var x = vec4<f32>(f32(id.x)); "+many(900, "x = sin(x) + cos(x) * %d.0 + tan(x);")+"out[0] = u32(x.x);"), "its operations, with every call written out, weigh"},
		"constant indexes":                   {kernel("", "var a: array<u32, 2000>; "+many(500, "a[%d] = id.x;")+"out[0] = a[7];"), ""},
		"indexes of loops that are unrolled": {kernel("", "var a: array<vec4<f32>, 256>; for (var i = 0u; i < 16u; i++) { for (var k = 0u; k < 16u; k++) { a[i * 16u + k].x += 1.0; } } out[0] = u32(a[3].x);"), ""},
		"structs that are copied":            {kernel("struct S { a: vec4<u32>, b: array<u32, 60> }\nfn f(s: S) -> S { var t = s; t.a.x += 1u; return t; }\n", "var s: S; "+many(20, "s = f(s); // %d\n")+"out[0] = s.a.x + s.b[3];"), ""},
		"a stack of some words":              {kernel("", "var s: array<u32, 32>; var n = 0u; for (var i = 0u; i < id.x; i++) { s[n] = i; n = (n + 1u) % 32u; if (s[n] == 5u) { break; } } out[id.x] = s[n];"), ""},
	} {
		_, err := Parse(c.source)
		if c.want == "" {
			assert.NoError(t, err, name)
			continue
		}
		assert.ErrorContains(t, err, c.want, name)
	}
}
