package wgsl

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const head = "@group(0) @binding(0) var<storage, read_write> out: array<u32>;\n"

func mainOf(body string) string {
	return head + "@compute @workgroup_size(1) fn main() { " + body + " }"
}

func rep(s string, n int) string { return strings.Repeat(s, n) }

// doubling makes n declarations that each use the one before twice.
func doubling(n int, first, format string) string {
	var b strings.Builder
	b.WriteString(first)
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, format, i, i-1, i-1)
	}
	return b.String()
}

// TestBombs holds every source that was measured to crash or hang a compiler or driver, and relatives. Each must be refused
// by its text alone, with a reason.
func TestBombs(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"empty":          {"", "empty"},
		"blank":          {" \n\t // nothing\n", "no @compute"},
		"too long":       {mainOf("") + rep(" ", MaxSource), "bytes"},
		"NUL":            {"fn a() {}\x00", "NUL"},
		"not UTF-8":      {"fn a\xff() {}", "UTF-8"},
		"open comment":   {"/* /* */ fn", "never closed"},
		"parens 1k":      {mainOf("out[0] = " + rep("(", 1000) + "1u" + rep(")", 1000) + ";"), "nested"},
		"parens 65":      {mainOf("out[0] = " + rep("(", 65) + "1u" + rep(")", 65) + ";"), "nested"},
		"indexes":        {mainOf("out[0] = " + rep("out[", 2000) + "0" + rep("]", 2000) + ";"), "nested"},
		"calls":          {mainOf("out[0] = " + rep("min(1u,", 2300) + "0" + rep(")", 2300) + ";"), "nested"},
		"templates":      {"var<private> a: " + rep("array<", 3000) + "u32" + rep(",1>", 3000) + ";", "nested"},
		"blocks":         {mainOf(rep("{", 8000) + rep("}", 8000)), "nested"},
		"ifs":            {mainOf(rep("if (true) {", 200) + rep("}", 200)), "nested"},
		"loops":          {mainOf(rep("loop {", 200) + rep("}", 200)), "nested"},
		"else if":        {mainOf("if (out[0]==0u) {} " + rep("else if (out[0]==1u) {} ", 100)), "nested"},
		"nested chains":  {mainOf(rep("if (out[0]==0u) {} else if (out[0]==1u) {} else if (out[0]==2u) {", 40) + rep("}", 40)), "nested"},
		"unary":          {mainOf("out[0] = " + rep("~", 13000) + "1u;"), "prefix"},
		"minus":          {mainOf("let a = " + rep("- ", 100) + "1;"), "prefix"},
		"mixed unary":    {mainOf("let a = " + rep("-~", 100) + "1;"), "prefix"},
		"sum":            {mainOf("out[0] = 1u" + rep("+1u", 10000) + ";"), "operators"},
		"sum 257":        {mainOf("out[0] = 1u" + rep("+1u", 257) + ";"), "operators"},
		"member chain":   {mainOf("out[0] = out[0]" + rep(".x", 5000) + ";"), "operators"},
		"sum in call":    {mainOf("out[0] = min(1u" + rep("+1u", 200) + ", 1u)" + rep("+1u", 200) + ";"), "operators"},
		"arguments":      {mainOf("out[0] = min(" + rep("1u+", 100) + "1u, min(" + rep("1u+", 100) + "1u, " + rep("1u+", 100) + "1u));"), "operators"},
		"components":     {mainOf("let a = array<u32, 300>(" + rep("1u+1u,", 300) + ");"), "operators"},
		"sum 256":        {mainOf("let a = 1u" + rep("+1u", 255) + ";"), ""},
		"statements":     {mainOf(rep("out[0]=1u;", 2100)), "statements"},
		"calls counted":  {doubling(5, "fn g0() { "+rep("out[0]=1u;", 100)+" }", " fn g%d() { g%d(); g%d(); }") + mainOf("g5();"), "written out"},
		"many functions": {doubling(600, "fn g0() {}", " fn g%d() {}/*%d%d*/"), "declarations"},
		"doubling calls": {doubling(30, "fn g0() -> u32 { return 1u; }", " fn g%d() -> u32 { return g%d() + g%d(); }") + mainOf("out[0] = g30();"), "written out"},
		"doubling const": {doubling(30, "const c0 = array(1u, 2u);", " const c%d = array(c%d, c%d);") + mainOf(""), "written out"},
		"doubling types": {doubling(40, "struct s0 { a: u32 }", " struct s%d { a: s%d, b: s%d }") + mainOf(""), "written out"},
		"doubling alias": {doubling(40, "struct s0 { a: u32 }", " struct s%d { a: s%d, b: array<s%d, 2> }") + mainOf(""), "written out"},
		"doubling lets":  {mainOf(doubling(40, "let b0 = out[0];", " let b%d = b%d & b%d;")), "every let"},
		"doubling inner": {mainOf(doubling(40, "const b0 = array(1, 2);", " const b%d = array(b%d, b%d);")), "every let"},
		"recursion":      {"fn f() { g(); } fn g() { f(); }" + mainOf("f();"), "recursion"},
		"self":           {mainOf("main();"), "recursion"},
		"type cycle":     {"struct A { b: B } struct B { a: array<A, 2> }" + mainOf(""), "itself"},
		"alias cycle":    {"alias A = B; alias B = A;" + mainOf(""), "itself"},
		"const cycle":    {"const a = b; const b = a + 1;" + mainOf(""), "itself"},
		"private 1 MB":   {mainOf("var a: array<u32, 262144>; out[0] = a[out[1]];"), "larger than"},
		"private sum":    {"var<private> p: array<u32, 1500>;" + mainOf("var a: array<u32, 1500>; out[0] = a[out[1]] + p[0];"), "private"},
		"private 8 GB":   {mainOf("var a: array<u32, 2147483647>; out[0] = a[out[1]];"), "larger than"},
		"workgroup":      {"var<workgroup> w: array<u32, 5000>;" + mainOf("out[0] = w[0];"), "workgroup memory"},
		"workgroup 1 GB": {"var<workgroup> w: array<u32, 268435456>;" + mainOf("out[0] = w[0];"), "workgroup memory"},
		"array type 64":  {"alias A = " + rep("array<", 30) + "u32" + rep(",4>", 30) + "; var<private> a: A;" + mainOf("out[0] = 1u;"), "larger than"},
		"switch": {mainOf("switch (out[0]) {" + func() (s string) {
			for i := range 257 {
				s += fmt.Sprintf("case %du: {}", i)
			}
			return s
		}() + "default: {} }"), "cases"},
		"case list": {mainOf("switch (out[0]) { case 0u" + func() (s string) {
			for i := range 300 {
				s += fmt.Sprintf(", %du", i+1)
			}
			return s
		}() + ": {} default: {} }"), "cases"},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := Parse(c.src)
			switch {
			case c.want == "" && err != nil:
				t.Fatalf("refused: %v", err)
			case c.want == "":
			case err == nil:
				t.Fatalf("accepted, with %+v", m.Entries)
			case !strings.Contains(err.Error(), c.want):
				t.Fatalf("refused for another reason: %v", err)
			}
		})
	}
}

func TestInvalid(t *testing.T) {
	for name, c := range map[string]struct {
		src, want string
		line      int
	}{
		"syntax":           {mainOf("let = 3;"), "", 2},
		"no entry":         {"fn f() {}", "no @compute entry", 0},
		"unknown name":     {head + "@compute @workgroup_size(1)\nfn main() {\n  out[0] = 1u;\n  out[1] = nothing;\n}", "nothing", 5},
		"unknown call":     {head + "@compute @workgroup_size(1)\nfn main() {\n\n  missing(1u);\n}", "missing", 5},
		"let type":         {mainOf("let x: u32 = bitcast<i32>(out[0]);"), "type u32 is needed, and this is i32", 2},
		"suffix":           {mainOf("let x: u32 = -1i;"), "not a value", 2},
		"float in u32":     {mainOf("let x: u32 = 1.5;"), "not a value", 2},
		"mixed operands":   {mainOf("out[0] = out[1] + 1i;"), "cannot be combined", 2},
		"store type":       {mainOf("out[0] = 1.5f;"), "this is f32", 2},
		"condition":        {mainOf("if (out[0]) { out[1] = 1u; }"), "not bool", 2},
		"argument":         {"fn f(a: i32) -> u32 { return u32(a); }" + mainOf("out[0] = f(out[1]);"), "this is u32", 2},
		"return":           {"fn f(a: f32) -> u32 { return a * a; }" + mainOf("out[0] = f(1.0);"), "this is f32", 1},
		"read-only":        {"@group(0) @binding(0) var<storage, read> a: array<u32>;\n@compute @workgroup_size(1) fn main() { a[0] = 1u; }", "read-only", 2},
		"same binding":     {head + "@group(0) @binding(0) var<storage> b: array<u32>;\n@compute @workgroup_size(1) fn main() { out[0] = b[0]; }", "duplicate binding", 2},
		"gap":              {"@group(0) @binding(1) var<storage, read_write> b: array<u32>;\n@compute @workgroup_size(1) fn main() { b[0] = 1u; }", "without gaps", 0},
		"group 1":          {"@group(1) @binding(0) var<storage, read_write> b: array<u32>;\n@compute @workgroup_size(1) fn main() { b[0] = 1u; }", "@group(0)", 1},
		"unbound":          {"var<storage, read_write> b: array<u32>;\n@compute @workgroup_size(1) fn main() { b[0] = 1u; }", "", 1},
		"fragment":         {"@fragment fn main() {}", "compute", 1},
		"override":         {"override x: u32 = 1u;" + mainOf(""), "overridable", 1},
		"texture":          {"@group(0) @binding(1) var t: texture_2d<f32>;\n" + mainOf(""), "textures", 1},
		"f16":              {"enable f16;" + mainOf(""), "extensions", 1},
		"f16 literal":      {mainOf("let x = 1.5h;"), "16-bit", 2},
		"64 bit":           {mainOf("let x = 1li;"), "64-bit", 2},
		"subgroup":         {mainOf("out[0] = subgroupAdd(1u);"), "subgroups", 2},
		"workgroup zero":   {head + "@compute @workgroup_size(0) fn main() { out[0] = 1u; }", "workgroup size", 2},
		"workgroup large":  {head + "@compute @workgroup_size(64, 64) fn main() { out[0] = 1u; }", "workgroup size", 2},
		"builtin type":     {head + "@compute @workgroup_size(1) fn main(@builtin(local_invocation_index) i: vec3<u32>) { out[0] = i.x; }", "must have type u32", 2},
		"declared twice":   {head + "fn f() {}\nfn f() {}\n" + mainOf(""), "twice", 3},
		"builtin name":     {"fn inverse(x: u32) -> u32 { return x; }" + mainOf("out[0] = inverse(1u);"), "built-in", 1},
		"bool in buffer":   {"@group(0) @binding(0) var<storage, read_write> b: array<bool>;\n@compute @workgroup_size(1) fn main() { b[0] = true; }", "bool", 1},
		"character":        {"fn f() { # }", "not part of WGSL", 1},
		"twice in a block": {mainOf("let a = 1u;\n { let a = 2u; out[1] = a; }\n let a = 3u; out[0] = a;"), "declared twice", 4},
		"parameter again":  {"fn f(a: u32) -> u32 {\n let a = 2u; return a; }" + mainOf("out[0] = f(1u);"), "declared twice", 2},
		"expression":       {mainOf("\nout[0];"), "not a statement", 3},
		"attribute":        {head + "@compute @workgroup_size(1) @fast fn main() { out[0] = 1u; }", "@fast is not known", 2},
		"reserved word":    {mainOf("let filter = 1u; out[0] = filter;"), "reserved word", 2},
		"two underscores":  {mainOf("let __a = 1u; out[0] = __a;"), "reserved word", 2},
		"no default":       {mainOf("\nswitch (out[0]) { case 1u: { out[1] = 1u; } }"), "one default", 3},
		"builtin twice":    {head + "@compute @workgroup_size(1) fn main(@builtin(workgroup_id) a: vec3<u32>, @builtin(workgroup_id) b: vec3<u32>) { out[0] = a.x + b.x; }", "another has already", 2},
		"large u32":        {mainOf("let x: u32 = 5000000000; out[0] = x;"), "32 bits", 2},
		"large i32":        {mainOf("let x = 2147483648i; out[0] = u32(x);"), "not a value of type i32", 2},
		"large f32":        {mainOf("let x = 1e40; out[0] = u32(x);"), "not a number of type f32", 2},
		"divided by 0":     {mainOf("out[0] = 5u / 0u;"), "division by 0", 2},
		"rest by 0":        {mainOf("out[0] %= 0u;"), "division by 0", 2},
		"0.0 / 0.0":        {mainOf("let x = 0.0 / 0.0; out[0] = u32(x);"), "division by 0", 2},
		"named 0":          {"const zero = 0u;" + mainOf("out[0] = out[1] / zero;"), "division by 0", 2},
		"shift":            {mainOf("out[0] = 1u << 40u;"), "shift by 40 bits", 2},
		"shift in place":   {mainOf("out[0] >>= 32u;"), "shift by 32 bits", 2},
		"workgroup value":  {"var<workgroup> w: u32 = 5u;" + mainOf("out[0] = w;"), "cannot have an initializer", 1},
		"buffer value":     {"@group(0) @binding(1) var<storage, read_write> w: u32 = 5u;" + mainOf("out[0] = w;"), "cannot have an initializer", 1},
		"continue":         {mainOf("if (out[0] == 1u) {\n continue; }"), "continue stands outside", 3},
		"index of array":   {mainOf("var a: array<u32, 4>; out[0] = a[4];"), "beyond the 4 elements", 2},
		"index of vector":  {mainOf("let v = vec3<u32>(1u); out[0] = v[3];"), "beyond the 3 elements", 2},
		"unused result":    {mainOf("min(1u, 2u);"), "is not used", 2},
		"aliases":          {"fn f(a: ptr<function, u32>, b: ptr<function, u32>) { *a = *b; }" + mainOf("var x = 1u; f(&x, &x); out[0] = x;"), "two pointers to the same variable", 2},
		"uniform stride":   {"@group(0) @binding(1) var<uniform> u: array<u32, 4>;" + mainOf("out[0] = u[1];"), "multiple of 16", 1},
		"uniform member":   {"struct A { a: u32 } struct B { x: u32, a: A }\n@group(0) @binding(1) var<uniform> u: B;" + mainOf("out[0] = u.a.a;"), "multiple of 16", 2},
		"unbalanced":       {"fn f() { (] }", "closes nothing", 1},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse(c.src)
			if err == nil {
				t.Fatal("accepted")
			}
			e := err.(*Error)
			if !strings.Contains(e.Message, c.want) || e.Line != c.line {
				t.Fatalf("line %d: %s; want line %d: %s", e.Line, e.Message, c.line, c.want)
			}
		})
	}
}

// TestValid: what looks like a fault that TestInvalid has, and is none.
func TestValid(t *testing.T) {
	for _, body := range []string{
		"let a = 1u; { let a = 2u; out[1] = a; } for (var a = 0u; a < 2u; a++) { let b = a; out[b] = b; } for (var a = 0u; a < 2u; a++) { } out[0] = a;",
		"for (var i = 0u; i < 2u; i++) { if (out[i] == 1u) { continue; } switch (i) { case 0u: { continue; } default: { } } }",
		"switch (out[0]) { case 1u, default: { out[1] = 1u; } }",
		"switch (out[0]) { default { switch (out[1]) { case 2u { } default { } } } }",
		"while (out[0] > 1u) { out[0]--; loop { if (out[0] == 1u) { break; } continuing { out[0] -= 1u; } } }",
		"out[0] = out[1] / 2u + (out[2] << 31u) + u32(1.0 / out_f()) + u32(3.4e38) + 4294967295 + u32(i32(-2147483648));",
		"_ = min(1u, 2u); _ = out[0]; touch(&shared_a[0], &shared_b);",
		"let v = vec3<u32>(1u); var m: array<vec2<f32>, 3>; m[2][1] = 1.0; out[v[2]] = u32(m[v.x].x); (out[3]) = 1u;",
		"let zero = 5u; out[0] = 7u / zero;",
	} {
		src := "const zero = 0u; var<private> shared_a: array<u32, 2>; var<private> shared_b: u32;\nfn out_f() -> f32 { return 0.5; }\nfn touch(a: ptr<private, u32>, b: ptr<private, u32>) { *a = *b; }\n" + mainOf(body)
		if _, err := Parse(src); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestEntries(t *testing.T) {
	m, err := Parse(`struct P { a: vec3<f32>, n: u32, rest: array<vec2<u32>> }
@group(0) @binding(0) var<uniform> u: vec4<u32>;
@group(0) @binding(1) var<storage> p: P;
@group(0) @binding(2) var<storage, read_write> out: array<u32>;
var<workgroup> w: array<vec3<u32>, 4>;
fn helper() -> u32 { return p.n; }
@compute @workgroup_size(8, 4) fn first() { w[0].x = helper(); for (var i = 0u; i < 10u; i++) { for (var j = 9; j >= 0; j -= 3) { out[i] += w[1].y; } } }
@compute @workgroup_size(1) fn second() { var i = u.x; while (i > 0u) { i--; } out[0] = i; }`)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := m.Entry("first")
	want := []Binding{{0, 1, "p", "read", 32}, {0, 2, "out", "read_write", 4}}
	if !slices.Equal(first.Bindings, want) || first.SharedBytes != 64 || first.Workgroup != [3]uint32{8, 4, 1} || first.LoopIterations != 10*(1+4) || first.Operations < 100 {
		t.Errorf("%+v", first)
	}
	second, ok := m.Entry("second")
	if want := []Binding{{0, 0, "u", "uniform", 16}, {0, 2, "out", "read_write", 4}}; !ok || !slices.Equal(second.Bindings, want) || second.LoopIterations != UnknownLoops {
		t.Errorf("%+v", second)
	}
	if _, ok := m.Entry("third"); ok {
		t.Error("an entry that does not exist")
	}
}

func TestLoopIterations(t *testing.T) {
	for src, want := range map[string]uint64{
		"for (var i = 3u; i < 10u; i += 2u) { out[i] = 1u; }":                          4,
		"for (var i = 10; i > 0; i--) { out[0] += 1u; }":                               10,
		"for (var i = 0; i <= 10; i++) { if (out[0] == 3u) { break; } }":               11,
		"for (var i = 5; i < 5; i++) { out[0] = 1u; }":                                 0,
		"for (var i = 0; i != 8; i += 2) { out[0] = 1u; }":                             4,
		"for (var i = 0; i < 8; i++) { i = 2; }":                                       UnknownLoops,
		"for (var i = 0u; i < out[0]; i++) { out[1] = i; }":                            UnknownLoops,
		"for (var i = 0u; i <= 4294967295u; i++) { out[1] = i; }":                      UnknownLoops,
		"var i = out[0]; for (; i < 9u; i++) { out[1] = i; }":                          UnknownLoops,
		"loop { out[0]++; if (out[0] == 1u) { break; } }":                              UnknownLoops,
		"for (var i = 0; i < 8; i++) { for (var j = 0; j < 8; j++) { out[0] = 1u; } }": 8 * 9,
		"out[0] = 1u;": 0,
	} {
		m, err := Parse(mainOf(src))
		if err != nil {
			t.Fatal(src, err)
		}
		if got := m.Entries[0].LoopIterations; got != want {
			t.Errorf("%s: %d, want %d", src, got, want)
		}
		if got := m.Entries[0].Unbounded; got > 0 != (want == UnknownLoops) {
			t.Errorf("%s: the loop without a bound is in line %d", src, got)
		}
	}
	m, err := Parse(`@group(0) @binding(0) var<storage, read_write> out: array<u32>;
fn unused() { loop { if (out[0] == 1u) { break; } out[0]++; } }
fn used() {
  for (var i = 0; i < 8; i++) {
    for (var j = 0; j < 8; j++) { out[1] = 1u; }
    while (out[0] < 7u) { out[0]++; }
  }
}
@compute @workgroup_size(1) fn other() { out[0] = 1u; }
@compute @workgroup_size(1) fn main() { used(); }
`)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := m.Entries[0].Unbounded, m.Entries[1].Unbounded; a != 0 || b != 6 {
		t.Errorf("the loops without a bound are in lines %d and %d, want none and 6", a, b)
	}
}

func TestTier(t *testing.T) {
	const decls = `@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@group(0) @binding(1) var<storage, read_write> f: array<f32>;
@group(0) @binding(2) var<storage, read_write> a: array<atomic<u32>>;
@compute @workgroup_size(1) fn main() {
  out[9] = 1u;
`
	for body, c := range map[string]struct {
		tier Tier
		line int
		want string
	}{
		"out[0] = out[1] * 3u + (out[2] >> 3u);":                       {Exact, 0, ""},
		"f[0] = f[1]; f[2] = bitcast<f32>(out[0]); f[3] = 1.5;":        {Exact, 0, ""},
		"atomicAdd(&a[0], 3u); atomicMax(&a[1], out[0]);":              {Exact, 0, ""},
		"_ = atomicAdd(&a[0], 3u);":                                    {Exact, 0, ""},
		"f[0] = select(f[1], f[2], out[0] == 1u);":                     {Exact, 0, ""},
		"out[0] = out[1] / out[2];":                                    {Exact, 6, "divisor"},
		"out[0] = out[1] / 3u;":                                        {Exact, 0, ""},
		"\n\nf[0] = f[1] * f[2];":                                      {ClassExact, 8, `"*"`},
		"out[1] = 2u * 3u;\nout[2] = out[1] * 2u;\nf[0] *= 2.0;":       {ClassExact, 8, `"*"`},
		"\nif (f[0] < 1.0) { out[0] = 1u; }":                           {ClassExact, 7, `"<"`},
		"\nf[0] = sin(f[1]);":                                          {ClassExact, 7, "sin"},
		"\nf[0] = f32(out[0]);":                                        {ClassExact, 7, "conversion"},
		"\n\nlet old = atomicAdd(&a[0], 1u);\nout[old] = 1u;":          {ClassExact, 8, "old value"},
		"\nlet x = atomicLoad(&a[0]); out[x] = x;":                     {ClassExact, 7, "atomicLoad"},
		"\natomicStore(&a[0], out[0]);":                                {ClassExact, 7, "atomicStore"},
		"\n_ = atomicExchange(&a[0], 1u);":                             {ClassExact, 7, "exchange"},
		"\nout[0] = pack4x8unorm(vec4(f[0]));":                         {ClassExact, 7, "pack4x8unorm"},
		"for (var i = 0; i < 3; i++) {\n out[0] += 2u;\n}\nf[0]+=1.0;": {ClassExact, 9, `"+"`},
	} {
		m, err := Parse(decls + body + "\n}")
		if err != nil {
			t.Fatal(body, err)
		}
		tier, reasons := m.Tier()
		ok := tier == c.tier && (c.want == "") == (len(reasons) == 0)
		if c.want != "" {
			ok = ok && strings.Contains(reasons[0].Message, c.want) && reasons[0].Line == c.line && reasons[0].Note == (c.tier == Exact)
		}
		if !ok {
			t.Errorf("%q: %s %v; want %s at line %d with %q", body, tier, reasons, c.tier, c.line, c.want)
		}
	}
}

func TestPortable(t *testing.T) {
	src := mainOf("var s = 0u;\n for (var i = 0u; i < 3u; i++) {\n var x: array<vec2<u32>, 2>; var y : u32 ; var z: u32 = 1u;\n x[0].x += 1u; y += x[0].x + z; s += y; }\n out[0] = s;")
	m, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("var x: array<vec2<u32>, 2>;", "var x: array<vec2<u32>, 2> = array < vec2 < u32 > , 2 >();", "var y : u32 ;", "var y : u32  = u32();").Replace(src)
	if m.Portable != want {
		t.Errorf("%s", m.Portable)
	}
	if _, err := Parse(m.Portable); err != nil {
		t.Error(err)
	}
}

func seeds(t testing.TB) []string {
	files, err := filepath.Glob(filepath.Join("..", "..", "testnet", "jobs", "*.wgsl"))
	if err != nil || len(files) == 0 {
		t.Fatal("no example kernels", err)
	}
	out := []string{mainOf("var x: u32; if (out[0] < 3u) { x = vec2(1u, 2u)[x]; } else if (out[1] > 2u) { atomicAdd(&out, 1u); }")}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, "const WIDTH: u32 = 64u; const HEIGHT: u32 = 48u; const ROWS: u32 = 48u; const SCENE: u32 = 7u; const M: u32 = 5u; const N: u32 = 6u; const K: u32 = 7u; const SAMPLES: u32 = 64u; const COUNT: u32 = 9u; "+string(b))
	}
	return out
}

func TestExamples(t *testing.T) {
	for _, src := range seeds(t)[1:] {
		m, err := Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range m.Entries {
			if e.LoopIterations > 60000 || e.Operations == 0 {
				t.Errorf("%+v", e)
			}
		}
	}
}

// FuzzParse: Parse returns a module or an *Error for every text.
func FuzzParse(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		m, err := Parse(src)
		if err != nil {
			if e, ok := err.(*Error); !ok || e.Message == "" || e.Line < 0 {
				t.Fatalf("%#v", err)
			}
			return
		}
		if len(m.Entries) == 0 || len(src) > MaxSource {
			t.Fatal("accepted without an entry point")
		}
		m.Tier()
	})
}

func TestPortableNamesBreakIf(t *testing.T) {
	src := "@compute @workgroup_size(1) fn main() {\n  var leave0 = 0u;\n  loop { var x: u32; continuing { leave0++; break if (leave0 + x >= 3u\n    ); } }\n}\n"
	m, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(src, "var x: u32;", "var x: u32 = u32();", 1)
	want = strings.Replace(want, "break if (leave0 + x >= 3u\n    );", "let leave1 = (leave0 + x >= 3u\n    ); break if leave1;", 1)
	if m.Portable != want {
		t.Fatalf("%s\nwant\n%s", m.Portable, want)
	}
	if _, err := Parse(m.Portable); err != nil {
		t.Fatal(err)
	}
}

func TestBreaks(t *testing.T) {
	for body, ok := range map[string]bool{
		"switch (a) { case 0u: { if (a > 1u) { break; } } default: { } }": true,
		"loop { break; }":         true,
		"if (a == 1u) { break; }": false,
		"break;":                  false,
	} {
		for _, src := range []string{head + "fn f(a: u32) { " + body + " }\n@compute @workgroup_size(1) fn main() { f(out[0]); }", mainOf("let a = out[0]; " + body)} {
			if _, err := Parse(src); (err == nil) != ok {
				t.Errorf("%s: %v", src, err)
			}
		}
	}
}

func TestWorkgroupSizes(t *testing.T) {
	for size, want := range map[string][3]uint32{
		"64u": {64, 1, 1}, "0x10, 4i": {16, 4, 1}, "N, M": {8, 2, 1}, "K, 1, 2,": {8, 1, 2}, "N * 2": {16, 1, 1}, "1.5": {}, "F": {2, 1, 1},
	} {
		m, err := Parse(head + "const N = 8; const M: u32 = 0x2u; const K = N; const F = 1 + 1;\n@compute @workgroup_size(" + size + ") fn main() { out[0] = 1u; }")
		switch {
		case want == [3]uint32{}:
			if err == nil {
				t.Errorf("%s: %v", size, m.Entries[0].Workgroup)
			}
		case err != nil:
			t.Errorf("%s: %v", size, err)
		case m.Entries[0].Workgroup != want || m.IR.EntryPoints[0].Workgroup != want:
			t.Errorf("%s: %v, want %v", size, m.Entries[0].Workgroup, want)
		}
	}
}
