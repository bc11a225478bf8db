package worker

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

// attack is one hostile task. Its request has no deadline yet.
type attack struct {
	q      Request
	resume string                   // path of a checkpoint
	signal syscall.Signal           // sent to the worker from outside; 0: none
	after  time.Duration            // from the start of the task to the signal
	want   func(code gpu.Code) bool // nil: any typed end, or a result
	fake   bool                     // on a fake device, whose kernels can do what drivers should not
}

// family makes attacks of one kind; n counts them, so that sizes grow from harmless to absurd.
type family struct {
	name string
	make func(t *testing.T, n int, rng *rand.Rand) attack
}

func refused(c gpu.Code) bool { return c == gpu.InvalidProgram }

// shader is a family of kernels.
func shader(name string, source func(n int, rng *rand.Rand) string) family {
	return family{name, func(t *testing.T, n int, rng *rand.Rand) attack {
		return attack{q: hostile(t, source(n, rng), 1+uint32(rng.IntN(64)), 0)}
	}}
}

// wants is the family with what its attacks must end in.
func (f family) wants(want func(gpu.Code) bool) family {
	return family{f.name, func(t *testing.T, n int, rng *rand.Rand) attack {
		a := f.make(t, n, rng)
		a.want = want
		return a
	}}
}

// pick returns one of a list by n.
func pick(n int, list ...string) string { return list[n%len(list)] }

// size grows with n from 2 to about limit.
func size(n, limit int) int {
	s := 2
	for range n % 24 {
		s = min(s*2, limit)
	}
	return s
}

// nested repeats what opens and what closes a construct, as often as a source may be long.
func nested(n int, before, opens, inner, closes, after string) string {
	depth := min(size(n, 1<<16), (gpu.MaxSource-2000)/(len(opens)+len(closes)))
	if n%7 == 6 {
		depth = 1 << 18 // beyond what a program may hold
	}
	return body(before + strings.Repeat(opens, depth) + inner + strings.Repeat(closes, depth) + after)
}

func list(n int, item func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(item(i))
	}
	return b.String()
}

var families = []family{
	shader("endless loop", func(n int, rng *rand.Rand) string {
		work := pick(n/11, "x = x * 1664525u + 1u;", "out[id.x % 1024u] = x; x = x + 1u;", "x = x ^ out[x % 1024u];", "")
		return body("var x = id.x; var y = 1i; " + pick(n,
			"loop { "+work+" }",
			"loop { "+work+" if (x == 7u && x == 8u) { break; } }",
			"while (true) { "+work+" }",
			"for (;;) { "+work+" }",
			"for (var i = 0u; i >= 0u; i = i + 1u) { "+work+" }",
			"for (var i = 1u; i != 0u; i = i + 2u) { "+work+" }",
			"loop { "+work+" continuing { y = y + 2; break if y == 0; } }",
			"loop { loop { loop { "+work+" } } }",
			"for (var i = 0; i < 10; i = i - 0) { "+work+" }",
			"loop { switch (x & 3u) { case 0u: { "+work+" } default: { x = x + 1u; } } }",
			"while (out[5] != 0xffffffffu) { out[5] = 0u; "+work+" }",
		) + " out[id.x % 1024u] = x;")
	}),
	shader("wait for others", func(n int, rng *rand.Rand) string {
		return "@group(0) @binding(0) var<storage, read_write> out: array<atomic<u32>>;\nvar<workgroup> w: atomic<u32>;\n" +
			"@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) i: u32) {\n" + pick(n,
			"loop { if (atomicLoad(&out[7]) == 1u) { break; } }",
			"loop { if (atomicCompareExchangeWeak(&out[0], 0u, 1u).exchanged) { break; } }",
			"if (i == 0u) { loop { if (atomicLoad(&w) == 63u) { break; } } } else { atomicAdd(&w, 1u); } workgroupBarrier();",
			"loop { workgroupBarrier(); if (atomicAdd(&w, 1u) == 0xffffffffu) { break; } }",
		) + "\natomicStore(&out[1], 1u); }"
	}),
	shader("long work", func(n int, rng *rand.Rand) string {
		return body(fmt.Sprintf("var x = id.x; for (var i = 0u; i < %du; i = i + 1u) { for (var k = 0u; k < %du; k = k + 1u) { x = x * 1664525u + k; } } out[id.x %% 1024u] = x;",
			1+rng.IntN(60000), size(n, 1<<20)))
	}),
	shader("doubling calls", func(n int, rng *rand.Rand) string {
		fan := 2 + n%3
		s := head + "fn f0(x: u32) -> u32 { return x * 3u; }\n"
		depth := 3 + n%60
		for i := 1; i <= depth; i++ {
			s += fmt.Sprintf("fn f%d(x: u32) -> u32 { return 0u%s; }\n", i, strings.Repeat(fmt.Sprintf(" + f%d(x + 1u)", i-1), fan))
		}
		return s + fmt.Sprintf("@compute @workgroup_size(1) fn main() { out[0] = f%d(0u); }", depth)
	}),
	shader("large arrays", func(n int, rng *rand.Rand) string {
		e := size(n, 1<<30)
		return pick(n/3,
			fmt.Sprintf("%svar<private> a: array<u32, %d>;\n@compute @workgroup_size(1) fn main() { out[0] = a[out[1]]; }", head, e),
			body(fmt.Sprintf("var a: array<u32, %d>; a[id.x] = 1u; out[0] = a[out[1]];", e)),
			fmt.Sprintf("%svar<workgroup> a: array<u32, %d>;\n@compute @workgroup_size(64) fn main() { a[out[2]] = 3u; out[0] = a[out[1]]; }", head, e),
			fmt.Sprintf("%sstruct S { a: array<array<vec4<u32>, %d>, %d> }\nvar<private> s: S;\n@compute @workgroup_size(1) fn main() { out[0] = s.a[out[1]][out[2]].x; }", head, e, 1+n),
			fmt.Sprintf("%sfn f(a: array<u32, %d>) -> u32 { return a[0]; }\n@compute @workgroup_size(1) fn main() { var a: array<u32, %d>; out[0] = f(a); }", head, e, e),
			fmt.Sprintf("%svar<workgroup> w: array<atomic<u32>, %d>;\n@compute @workgroup_size(256) fn main() { atomicAdd(&w[out[1]], 1u); }", head, e),
		)
	}),
	shader("deep nesting", func(n int, rng *rand.Rand) string {
		switch n / 3 % 10 {
		case 0:
			return nested(n, "out[0] = ", "(", "1u", ")", ";")
		case 1:
			return nested(n, "", "{", "", "}", "")
		case 2:
			return nested(n, "", "if (id.x < 5u) {", "out[0] = 1u;", "}", "")
		case 3:
			return nested(n, "", "for (var i = 0u; i < 2u; i++) {", "out[0] = 1u;", "}", "")
		case 4:
			return nested(n, "out[0] = ", "~", "1u", "", ";")
		case 5:
			return nested(n, "let p = ", "-", "1.0", "", "; out[0] = u32(p);")
		case 6:
			return nested(n, "out[0] = ", "out[", "0u", "]", ";")
		case 7:
			return nested(n, "out[0] = ", "min(1u, ", "1u", ")", ";")
		case 8:
			return nested(n, "", "switch (id.x) { default: {", "out[0] = 1u;", "}}", "")
		}
		return nested(n, "", "loop {", "break;", " break; }", "")
	}),
	shader("long chains", func(n int, rng *rand.Rand) string {
		e := size(n, 6000)
		return pick(n/3,
			body("out[0] = 1u"+strings.Repeat(" + id.x", e)+";"),
			body("if (id.x == 0u) {}"+strings.Repeat(" else if (id.x == 1u) {}", min(e, 2500))),
			body("var b = true; b = b"+strings.Repeat(" && id.x > 1u", min(e, 4000))+"; if (b) { out[0] = 1u; }"),
			body("var x = id.x; "+strings.Repeat("x = x * 3u;", min(e, 5500))+" out[0] = x;"),
			body("var v = vec4<f32>(); v"+strings.Repeat(".xyzw", e)+".x = 1.0; out[0] = u32(v.x);"),
			body("var x = id.x; "+strings.Repeat("x += x << 1u;", min(e, 4500))+" out[0] = x;"),
			body("var x = 1.0; x = x"+strings.Repeat("*x", e)+"; out[0] = u32(x);"),
		)
	}),
	shader("large switch", func(n int, rng *rand.Rand) string {
		e := size(n, 20000)
		return body("var x = 0u; switch (id.x) {" + list(min(e, 2800), func(i int) string { return fmt.Sprintf("case %du: { x = %du; }", i, i) }) + "default: {} } out[0] = x;")
	}),
	shader("large constants", func(n int, rng *rand.Rand) string {
		e := size(n, 12000)
		return pick(n/3,
			head+fmt.Sprintf("const a = array<u32, %d>(%s);\n", e, strings.TrimSuffix(list(e, func(int) string { return "1u," }), ","))+"@compute @workgroup_size(1) fn main() { out[0] = a[3]; }",
			body("out[0] = "+strings.Repeat("9", e)+"u;"),
			body("out[0] = u32("+strings.Repeat("9", e)+".0e"+strings.Repeat("9", n%9+1)+");"),
			body("const c = 1u << "+fmt.Sprint(e)+"u; out[0] = c;"),
			body("const c = 5u / 0u; out[0] = c;"),
			body("const c = 2147483647i * 2i; out[0] = u32(c);"),
			body("let a = array<u32, 4>(1u,2u,3u,4u); out[0] = a["+fmt.Sprint(e)+"];"),
			head+list(min(e, 1500), func(i int) string {
				return fmt.Sprintf("const c%d = %s * 3u;\n", i+1, pick(min(i, 1), "1u", fmt.Sprint("c", i)))
			})+"@compute @workgroup_size(1) fn main() { out[0] = c1; }",
			head+"override o: u32 = 1u;\n@compute @workgroup_size(o, o, o) fn main() { out[0] = o; }",
		)
	}),
	shader("many declarations", func(n int, rng *rand.Rand) string {
		e := size(n, 4000)
		return pick(n/3,
			head+list(min(e, 1800), func(i int) string { return fmt.Sprintf("var<private> g%d: u32 = %du;\n", i, i) })+"@compute @workgroup_size(1) fn main() { out[0] = g1; }",
			head+list(min(e, 1500), func(i int) string { return fmt.Sprintf("fn f%d() -> u32 { return %du; }\n", i, i) })+"@compute @workgroup_size(1) fn main() { out[0] = f1(); }",
			head+"struct S0 { a: u32, b: u32 }\n"+list(min(e, 900), func(i int) string { return fmt.Sprintf("struct S%d { a: S%d, b: S%d }\n", i+1, i, i) })+"var<private> p: S"+fmt.Sprint(min(e, 900))+";\n@compute @workgroup_size(1) fn main() { out[0] = 1u; }",
			head+"alias A0 = u32;\n"+list(min(e, 1500), func(i int) string { return fmt.Sprintf("alias A%d = A%d;\n", i+1, i) })+"@compute @workgroup_size(1) fn main() { out[0] = A3(1u); }",
			head+list(min(e, 900), func(i int) string { return fmt.Sprintf("@compute @workgroup_size(1) fn e%d() { out[0] = 1u; }\n", i) })+"@compute @workgroup_size(1) fn main() { out[0] = 1u; }",
			body("var "+strings.Repeat("a", min(e*12, 60000))+" = 1u; out[0] = 1u;"),
			body("// "+strings.Repeat("x", min(e*15, 60000))+"\nout[0] = 1u;"),
			body(strings.Repeat("/*", min(e, 3000))+strings.Repeat("*/", min(e, 3000))+"out[0] = 1u;"),
			head+"@compute @workgroup_size("+fmt.Sprint(e)+", "+fmt.Sprint(1+n)+", 4) fn main() { out[0] = 1u; }",
		)
	}),
	shader("nested types", func(n int, rng *rand.Rand) string {
		e := size(n, 3000)
		return head + "var<private> a: " + strings.Repeat("array<", e) + "u32" + strings.Repeat(fmt.Sprintf(", %d>", 1+n%3), e) + ";\n@compute @workgroup_size(1) fn main() { out[0] = 1u; }"
	}),
	shader("divergent barriers", func(n int, rng *rand.Rand) string {
		return head + "var<workgroup> w: array<u32, 64>;\n@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) i: u32, @builtin(workgroup_id) g: vec3<u32>) {\n" + pick(n,
			"if (i < 7u) { workgroupBarrier(); }",
			"for (var k = 0u; k < i; k = k + 1u) { workgroupBarrier(); }",
			"if (i == 3u) { return; } workgroupBarrier();",
			"switch (i % 3u) { case 0u: { workgroupBarrier(); } case 1u: { storageBarrier(); } default: {} }",
			"loop { workgroupBarrier(); if (out[i] > 5u) { break; } out[i] = out[i] + 1u + i; }",
			"if (out[i] == i) { workgroupBarrier(); w[i] = 1u; workgroupBarrier(); } else { storageBarrier(); }",
		) + fmt.Sprintf("\nw[i] = i + %du; workgroupBarrier(); out[i] = w[63u - i]; }", n)
	}).wants(refused),
	shader("out of bounds", func(n int, rng *rand.Rand) string {
		at := func() string {
			return pick(rng.IntN(6), "id.x * 123456789u", "id.x + 4096u", "0u - id.x - 1u", "id.x * 4u + 1000000000u", "out[id.x] + 0x3fffffffu", "0xffffffffu")
		}
		return pick(n,
			body("out["+at()+"] = out["+at()+"] + 1u;"),
			head+"var<workgroup> w: array<u32, 64>;\n@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { w["+at()+"] = 1u; workgroupBarrier(); out[id.x % 1024u] = w["+at()+"]; }",
			body("var a: array<u32, 16>; a["+at()+"] = 3u; out[id.x % 1024u] = a["+at()+"];"),
			head+"var<private> p: array<vec4<f32>, 4>;\n@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { p["+at()+"][id.y] = 1.0; out[id.x % 1024u] = u32(p["+at()+"].x); }",
			body("var v = vec4<u32>(1u); v["+at()+"] = 3u; out[id.x % 1024u] = v["+at()+"];"),
			body("var m = mat4x4<f32>(); m["+at()+"] = vec4<f32>(1.0); out[id.x % 1024u] = u32(m["+at()+"].y);"),
			body("let i = bitcast<i32>("+at()+"); out[i] = out[-i - 1];"),
			strings.Replace(body("atomicAdd(&out["+at()+"], 1u);"), "array<u32>", "array<atomic<u32>>", 1),
		)
	}),
	shader("not a number", func(n int, rng *rand.Rand) string {
		return body("let z = bitcast<f32>(out[id.x % 1024u] ^ " + pick(n, "0x7fc00000u", "0x7f800000u", "0xff800000u", "0x7f800001u", "1u", "0x80000000u") + "); var a = z; " +
			"for (var i = 0u; i < " + fmt.Sprint(size(n, 4096)) + "u; i = i + 1u) { a = " + pick(n/6, "a * z - z", "sin(a) / z", "exp(a + z)", "pow(a, z)", "a % z", "sqrt(a - z)", "tanh(z) + inverseSqrt(a)") + "; } " +
			"out[id.x % 1024u] = u32(a) + bitcast<u32>(i32(z)) + u32(a * 1e30) + select(0u, 1u, a < z);")
	}),
	shader("integer edges", func(n int, rng *rand.Rand) string {
		return body("let z = out[id.x % 1024u]; let m = bitcast<i32>(0x80000000u ^ z); out[id.x % 1024u] = " + pick(n,
			"5u / z", "5u % z", "bitcast<u32>(m / bitcast<i32>(~z))", "bitcast<u32>(m % bitcast<i32>(~z))", "1u << (z + 40u)", "bitcast<u32>(m >> (z + 99u))",
			"extractBits(z, 20u, 40u)", "insertBits(z, 1u, 31u, 9u)", "bitcast<u32>(-m) + bitcast<u32>(abs(m))", "firstLeadingBit(z) + countTrailingZeros(z)") + ";")
	}),
	shader("wrong programs", func(n int, rng *rand.Rand) string {
		return pick(n,
			head, "", " ", "\x00", "\ufeff"+body("out[0] = 1u;"), body("let x: f32 = 1u; out[0] = x;"), body("out[0] = undefined;"), body("out[0] = main();"),
			head+"fn f(x: u32) -> u32 { return f(x); }\n@compute @workgroup_size(1) fn main() { out[0] = f(0u); }",
			head+"fn f(x: u32) -> u32 { return g(x); }\nfn g(x: u32) -> u32 { return f(x); }\n@compute @workgroup_size(1) fn main() { out[0] = f(0u); }",
			head+"@group(1) @binding(0) var<storage, read_write> b: array<u32>;\n@compute @workgroup_size(1) fn main() { out[0] = b[0]; }",
			head+"@group(0) @binding(0) var<storage, read_write> b: array<u32>;\n@compute @workgroup_size(1) fn main() { out[0] = b[0]; }",
			head+"@group(0) @binding(31) var t: texture_2d<f32>;\n@compute @workgroup_size(1) fn main() { out[0] = u32(textureLoad(t, vec2<u32>(), 0).x); }",
			head+"@compute @workgroup_size(0) fn main() { out[0] = 1u; }",
			head+"@compute fn main() { out[0] = 1u; }",
			head+"@vertex fn main() -> @builtin(position) vec4<f32> { return vec4<f32>(); }",
			head+"struct S { s: S }\nvar<private> s: S;\n@compute @workgroup_size(1) fn main() { out[0] = 1u; }",
			head+"const a = b;\nconst b = a;\n@compute @workgroup_size(1) fn main() { out[0] = a; }",
			head+"enable f16;\n@compute @workgroup_size(1) fn main() { out[0] = 1u; }",
			"enable subgroups;\n"+body("out[0] = subgroupAdd(1u);"),
			body("out[0] = arrayLength(&id);"), body("return 1u;"), body("break;"), body("let p = &out[0]; *p = *p.x;"),
			body("\u202e out[0] = 1u; \u202d // "), body("var 变量 = 1u; out[0] = 变量;"),
			strings.Repeat("\n", 65000)+"@", strings.Repeat("@compute ", 7000), strings.Repeat("<", 60000), strings.Repeat("array<", 9000), "/*", "\"",
		)
	}),
	shader("mutated text", func(n int, rng *rand.Rand) string {
		b := []byte(gputest.Source + gputest.Source3)
		for range 1 + rng.IntN(8) {
			switch i := rng.IntN(len(b)); rng.IntN(4) {
			case 0:
				b[i] = byte(rng.IntN(128))
			case 1:
				b = append(b[:i:i], b[min(len(b), i+rng.IntN(40)):]...)
			case 2:
				j := rng.IntN(len(b))
				b = append(b[:i:i], append(bytes.Clone(b[j:min(len(b), j+60)]), b[i:]...)...)
			default:
				b = b[:max(1, i)]
			}
		}
		return strings.ToValidUTF8(string(b), "?") + "\n" + "@compute @workgroup_size(1) fn main() {}"
	}),
	{"huge buffers", func(t *testing.T, n int, rng *rand.Rand) attack {
		return changed(t, func(p *gpu.Program) {
			e := uint64(1) << (28 + n%13) // up to a terabyte
			kind := []gpu.Kind{gpu.Temp, gpu.State, gpu.Output}[n%3]
			for i := range 1 + n%5 {
				p.Buffers = append(p.Buffers, gpu.Buffer{Name: fmt.Sprint("big", i), Kind: kind, Type: gpu.U32, Len: e - 4})
				p.Step = append(p.Step, gpu.Command{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: uint32(len(p.Buffers) - 1)}}, Value: 7})
			}
		})
	}},
	{"huge grids and counts", func(t *testing.T, n int, rng *rand.Rand) attack {
		return changed(t, func(p *gpu.Program) {
			switch n % 7 {
			case 0:
				p.Step[0].Grid = [3]uint32{65535, 65535, 65535}
			case 1:
				p.Steps, p.Segment = gpu.MaxSteps, gpu.MaxSteps
			case 2:
				p.Steps, p.Segment = gpu.MaxSegments, 1
			case 3:
				for range 8000 {
					p.Step = append(p.Step, p.Step[0])
				}
				p.Steps, p.Segment = 100000, 100000
			case 4:
				for i := range 1000 {
					p.Buffers = append(p.Buffers, gpu.Buffer{Name: fmt.Sprint("b", i), Kind: gpu.State, Type: gpu.U32, Len: 64 << 10})
				}
				p.Steps, p.Segment = 1<<16, 1
			case 5:
				p.Buffers[0].Every, p.Steps, p.Segment = 1, gpu.MaxSteps, gpu.MaxSteps
			case 6:
				p.Step[0].Cost, p.Step[0].Grid, p.Steps, p.Segment = 1, [3]uint32{65535, 512, 1}, 1<<20, 1<<20
			}
		})
	}},
	{"fill values and swaps", func(t *testing.T, n int, rng *rand.Rand) attack {
		return changed(t, func(p *gpu.Program) {
			p.Buffers = append(p.Buffers, gpu.Buffer{Name: "a", Kind: gpu.State, Type: gpu.U32, Len: 4096}, gpu.Buffer{Name: "b", Kind: gpu.State, Type: gpu.U32, Len: 4096})
			for i := range 4000 {
				p.Step = append(p.Step, gpu.Command{Op: gpu.Fill, Bind: []gpu.Binding{{}}, Value: uint32(i * n)}, gpu.Command{Op: gpu.Swap, Bind: []gpu.Binding{{Buffer: 1}, {Buffer: 2}}})
			}
		})
	}},
	{"long shader", func(t *testing.T, n int, rng *rand.Rand) attack {
		a := changed(t, func(p *gpu.Program) { p.Modules[0].WGSL = strings.Repeat("// x\n", 1<<(14+n%8)) + p.Modules[0].WGSL })
		a.want = refused
		return a
	}},
	{"random program bytes", func(t *testing.T, n int, rng *rand.Rand) attack {
		b := make([]byte, size(n, 1<<20))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		return bytesOf(t, b)
	}},
	{"truncated program bytes", func(t *testing.T, n int, rng *rand.Rand) attack {
		b := task(t, 1).Program
		return bytesOf(t, b[:rng.IntN(len(b))])
	}},
	{"flipped program bytes", func(t *testing.T, n int, rng *rand.Rand) attack {
		q := task(t, 1)
		q.Program = bytes.Clone(q.Program)
		for range 1 + n%3 {
			q.Program[rng.IntN(len(q.Program))] ^= 1 << rng.IntN(8)
		}
		return attack{q: q}
	}},
	{"bad inputs", func(t *testing.T, n int, rng *rand.Rand) attack {
		q := task(t, 1)
		fifo := filepath.Join(q.OutDir, "..", "fifo")
		_ = syscall.Mkfifo(fifo, 0o600) // there from the last time, or not at all: both must be refused
		q.Inputs["bias"] = []string{"/dev/zero", "/dev/null", "/", "", "/proc/self/mem", fifo, q.Inputs["table"], filepath.Join(q.OutDir, "absent")}[n%8]
		return attack{q: q, want: func(c gpu.Code) bool { return c == gpu.InvalidInput }}
	}},
	{"bad checkpoints", func(t *testing.T, n int, rng *rand.Rand) attack {
		path := filepath.Join(t.TempDir(), "c")
		b := []byte("gpumesh/checkpoint/2\n")
		for range rng.IntN(1 << 12) {
			b = append(b, byte(rng.Uint32()))
		}
		require.NoError(t, os.WriteFile(path, b, 0o600))
		return attack{q: task(t, 1), resume: path, want: func(c gpu.Code) bool { return c == gpu.InvalidInput }}
	}},
	{"device faults", func(t *testing.T, n int, rng *rand.Rand) attack {
		seeds := []uint64{seedHang, seedExit, seedSegfault, seedAllocate, seedPanic, seedLost, seedSilent, seedGarbage, seedStuck}
		codes := []gpu.Code{gpu.Timeout, gpu.WorkerDied, gpu.WorkerDied, gpu.OutOfMemory, gpu.WorkerDied, gpu.DeviceLost, gpu.BadDriver, gpu.BadDriver, gpu.Timeout}
		return attack{q: task(t, seeds[n%len(seeds)]), fake: true, want: func(c gpu.Code) bool { return c == codes[n%len(codes)] || c == gpu.Timeout }}
	}},
	{"signal from outside", func(t *testing.T, n int, rng *rand.Rand) attack {
		signals := []syscall.Signal{syscall.SIGKILL, syscall.SIGSTOP, syscall.SIGSEGV, syscall.SIGKILL, syscall.SIGTERM, syscall.SIGABRT, syscall.SIGSTOP, syscall.SIGBUS}
		a := attack{q: hostile(t, body("var x = id.x; for (var i = 0u; i < 60000u; i = i + 1u) { x = x * 3u + 1u; } out[id.x % 1024u] = x;"), 512, 0)}
		a.signal, a.after = signals[n%len(signals)], time.Duration(rng.IntN(200))*time.Millisecond
		a.want = func(c gpu.Code) bool { return c == gpu.WorkerDied || c == gpu.Timeout || c == gpu.OutOfMemory }
		return a
	}},
}

// changed is a small program that change made hostile.
func changed(t *testing.T, change func(p *gpu.Program)) attack {
	q := hostile(t, body("out[id.x % 1024u] = id.x;"), 1, 0)
	p, err := gpu.DecodeProgram(q.Program)
	require.NoError(t, err)
	change(p)
	q.Program = encoded(t, p)
	return attack{q: q}
}

func bytesOf(t *testing.T, b []byte) attack {
	return attack{q: Request{Tenant: "mallory", Program: b, OutDir: t.TempDir()}, want: refused}
}
