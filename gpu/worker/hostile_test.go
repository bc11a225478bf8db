package worker

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// driverPool returns a pool on the machine's driver, and skips only where there is none.
func driverPool(t *testing.T) *Pool {
	t.Helper()
	p := newPool(t, "child", func(c *Config) { c.Device, c.Memory = "webgpu", 6<<30 })
	if _, err := p.Info(t.Context()); gpu.CodeOf(err) == gpu.Unsupported && err != nil {
		t.Skip(err)
	} else {
		require.NoError(t, err)
	}
	return p
}

// hostile is a program of one dispatch of main on one output of 4 KiB.
func hostile(t *testing.T, wgsl string, grid uint32, timeout time.Duration) Request {
	t.Helper()
	p := &gpu.Program{
		Version: gpu.ProgramVersion,
		Modules: []gpu.Module{{Name: "hostile", WGSL: wgsl}},
		Buffers: []gpu.Buffer{{Name: "out", Kind: gpu.Output, Type: gpu.U32, Len: 4096}},
		Step:    []gpu.Command{{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{}}, Grid: [3]uint32{grid, grid, 1}}},
		Steps:   1, Segment: 1,
	}
	return Request{Tenant: "mallory", Program: encoded(t, p), OutDir: t.TempDir(), Timeout: timeout}
}

// encoded also encodes what Encode refuses.
func encoded(t *testing.T, p *gpu.Program) []byte {
	t.Helper()
	b, err := p.Encode()
	if err != nil {
		b, err = cbor.Marshal(p)
		require.NoError(t, err)
	}
	return b
}

const head = "@group(0) @binding(0) var<storage, read_write> out: array<u32>;\n"

func body(s string) string {
	return head + "@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {\n" + s + "\n}\n"
}

func TestRealDriver(t *testing.T) { runs(t, driverPool(t), "a") }

// endless never ends, though what ends it is in a buffer that it changes, and has effects, so that no driver leaves it out.
const endless = "loop { out[2u + id.x % 1000u] += 1u; if (out[1] == 77u) { break; } }"

// A grid that takes minutes, and an endless loop: drivers that end loops early must refuse it, others must be killed.
func TestEndlessKernelTimesOutAndTheNextTaskRuns(t *testing.T) {
	p := driverPool(t)
	const long = "var x = id.x; for (var i = 0u; i < 60000u; i = i + 1u) { x = x * 1664525u + 1013904223u + (x >> 7u); } out[id.x % 1024u] = x;"
	fails(t, p, hostile(t, body(long), 4096, 2*time.Second), gpu.Timeout)
	runs(t, p, "a")

	_, err := p.Run(t.Context(), hostile(t, body(endless), 1, 2*time.Second))
	require.Contains(t, []gpu.Code{gpu.Timeout, gpu.Unsupported, gpu.DeviceLost, gpu.WorkerDied}, gpu.CodeOf(err), "%v", err)
	runs(t, p, "a")
}

// One dispatch of many seconds runs in slices, so that it is seen to use up its time, and ends, long before it would by itself.
func TestLongDispatchEndsWithItsTime(t *testing.T) {
	p := driverPool(t)
	q := hostile(t, body("var x = id.x; for (var i = 0u; i < 60000u; i = i + 1u) { x = x * 1664525u + 1013904223u + (x >> 7u); } out[id.x % 1024u] = x;"), 300, time.Minute)
	q.MaxBusy = time.Second / 2
	start := time.Now()
	_, err := p.Run(t.Context(), q)
	require.Equal(t, gpu.Timeout, gpu.CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "500ms of the device's time", "and not of the wall clock, after %v", time.Since(start))
	runs(t, p, "a")
}

// TestMeasured has what was found to hang or to crash at least one stack, or to end in false success, by the names under which
// DETERMINISM.md section 8 has the measurements. Each ends in a typed error of one line, or in a result; then the next task runs.
func TestMeasured(t *testing.T) {
	p := driverPool(t)
	alone := func(declarations, s string) string {
		return head + declarations + "\n@compute @workgroup_size(1) fn main() { " + s + " }\n"
	}
	around := func(before, open, inner, end, after string, n int) string {
		return body(before + strings.Repeat(open, n) + inner + strings.Repeat(end, n) + after)
	}
	doubling := func(n int) string {
		s := "fn f0(x: u32) -> u32 { return x + 1u; }\n"
		for i := 1; i <= n; i++ {
			s += fmt.Sprintf("fn f%d(x: u32) -> u32 { return f%d(x) + f%d(x + 1u); }\n", i, i-1, i-1)
		}
		return alone(s, fmt.Sprintf("out[0] = f%d(0u);", n))
	}
	each := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	types := func(n, fields int) string {
		s := "struct S0 { x: u32 }\n"
		for i := 1; i <= n; i++ {
			s += fmt.Sprintf("struct S%d {", i)
			for k := range fields {
				s += fmt.Sprintf(" m%d: S%d,", k, i-1)
			}
			s += " }\n"
		}
		return alone(s+fmt.Sprintf("var<private> s: S%d;", n), "out[0] = 1u;")
	}
	array := func(space string, words int) string {
		return alone(fmt.Sprintf("var<%s> big: array<u32, %d>;", space, words), "big[out[2] % 7u] = 1u; out[0] = big[out[1]];")
	}
	memory := func(space string, at string) string {
		return head + "var<" + space + "> w: array<u32, 64>;\n@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { w[" + at + "] = 1u; workgroupBarrier(); out[id.x % 1024u] = w[" + at + " + 1u]; }"
	}
	chain := "var x = id.x; for (var i = 0u; i < %du; i = i + 1u) { x = x * 1664525u + 1013904223u + (x >> 7u); } out[id.x %% 1024u] = x;"
	const brief, ample = time.Second / 2, time.Minute
	refused := []gpu.Code{gpu.InvalidProgram}
	ended := []gpu.Code{gpu.Timeout, gpu.Unsupported, gpu.DeviceLost, gpu.WorkerDied, gpu.InvalidProgram}
	var maybe []gpu.Code // a result, or one of ended
	for _, row := range []struct {
		name     string
		source   string
		limit    time.Duration
		want     []gpu.Code
		harmless bool // it ends in a result on every driver, with nothing in it that was not its own
	}{
		{"inf_sideeffect", body(endless), brief, ended, false},
		// Some drivers leave these three out, as they may, and go on behind them: they must not run, as they would be in the exact tier.
		{"inf_empty", body("loop { if (out[1] == 77u) { break; } } out[0] = 1u;"), brief, refused, false},
		{"inf_while_true", body("while (true) { } out[0] = 1u;"), brief, refused, false},
		{"spinlock", body("while (out[7] == 0u) { } out[id.x % 1024u] = 1u;"), brief, refused, false},
		{"long_8s", body(fmt.Sprintf(chain, 60_000)), brief, maybe, false},
		{"long_big", body(fmt.Sprintf(chain, 60_000_000)), brief, ended, false},
		{"barrier_divergent", head + "@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) i: u32) { if (i < 7u) { workgroupBarrier(); } out[i] = i; }", ample, refused, false},
		{"barrier_loop_divergent", head + "@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) i: u32) { for (var k = 0u; k < i; k++) { workgroupBarrier(); } out[i] = i; }", ample, refused, false},
		{"priv_1MB", array("private", 1<<18), ample, refused, false},
		{"priv_64MB", array("private", 1<<24), ample, refused, false},
		{"priv_8GB", array("private", 1<<31), ample, refused, false},
		{"function_1MB", body("var big: array<u32, 262144>; big[id.x] = 1u; out[0] = big[out[1]];"), ample, refused, false},
		{"wg_16KB", array("workgroup", 4<<10), ample, maybe, false},
		{"wg_64KB", array("workgroup", 16<<10), ample, maybe, false},
		{"wg_1GB", array("workgroup", 1<<28), ample, refused, false},
		{"oob_wg_read", head + "var<workgroup> w: array<u32, 64>;\n@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { out[id.x % 1024u] = w[id.x * 100000u + out[0]]; }", ample, nil, true},
		{"oob_wg_write", memory("workgroup", "id.x * 100000u"), ample, nil, true},
		{"oob_wg_write_near", memory("workgroup", "id.x + 1u"), ample, nil, true},
		{"oob_priv_write", memory("private", "id.x * 1000000u"), ample, nil, true},
		{"oob_priv_write_near", memory("private", "id.x + 1u"), ample, nil, true},
		{"oob_storage_write", body("out[id.x * 123456789u] = out[id.x + 1000000u];"), ample, nil, true},
		{"bad_empty", "", ample, refused, false},
		{"bad_type", body("let x: f32 = 1u; out[0] = x;"), ample, refused, false},
		{"bad_noentry", head, ample, refused, false},
		{"bad_recursion", alone("fn f(x: u32) -> u32 { return f(x + 1u); }", "out[0] = f(0u);"), ample, refused, false},
		{"bad_binding", alone("@group(1) @binding(0) var<storage, read_write> b: array<u32>;", "out[0] = b[0];"), ample, refused, false},
		{"bad_syntax", body("out[0] = ;"), ample, refused, false},
		{"bad_NUL", body("out[0] = 1u;\x00"), ample, refused, false},
		{"workgroup_0", head + "@compute @workgroup_size(0) fn main() { out[0] = 1u; }", ample, refused, false},
		{"workgroup_4096", head + "@compute @workgroup_size(4096) fn main() { out[0] = 1u; }", ample, refused, false},
		{"bomb_parens_1k", around("out[0] = ", "(", "1u", ")", ";", 1_000), ample, refused, false},
		{"bomb_parens_100k", around("out[0] = ", "(", "1u", ")", ";", 100_000), ample, refused, false},
		{"bomb_blocks_100", around("", "{", "", "}", "", 100), ample, refused, false},
		{"bomb_blocks_100k", around("", "{", "", "}", "", 100_000), ample, refused, false},
		{"bomb_ifs_100", around("", "if (id.x < 5u) {", "out[0] = 1u;", "}", "", 100), ample, refused, false},
		{"bomb_ifs_20k", around("", "if (id.x < 5u) {", "out[0] = 1u;", "}", "", 20_000), ample, refused, false},
		{"bomb_unary_100k", around("out[0] = ", "~", "1u", "", ";", 100_000), ample, refused, false},
		{"bomb_binop_2k", around("out[0] = 1u", " + id.x", "", "", ";", 2_000), ample, refused, false},
		{"bomb_binop_100k", around("out[0] = 1u", " + id.x", "", "", ";", 100_000), ample, refused, false},
		{"bomb_elseif_5k", around("if (id.x == 0u) {}", " else if (id.x == 1u) {}", "", "", "", 5_000), ample, refused, false},
		{"bomb_stmts_20k", around("var x = id.x; ", "x=x*3u;", "", "", "out[0] = x;", 20_000), ample, refused, false},
		{"bomb_stmts_200k", around("var x = id.x; ", "x=x*3u;", "", "", "out[0] = x;", 200_000), ample, refused, false},
		{"bomb_inline_12", doubling(12), ample, refused, false},
		{"bomb_inline_16", doubling(16), ample, refused, false},
		{"bomb_inline_30", doubling(30), ample, refused, false},
		{"bomb_types_200", types(200, 1), ample, maybe, false},
		{"bomb_types_exp", types(40, 2), ample, refused, false},
		{"bomb_arrtype_64", alone("var<private> a: "+strings.Repeat("array<", 64)+"u32"+strings.Repeat(", 1>", 64)+";", "out[0] = 1u;"), ample, maybe, false},
		{"bomb_ident_5MB", body("var " + strings.Repeat("a", 5<<20) + " = 1u; out[0] = 1u;"), ample, refused, false},
		{"bomb_comment_50MB", body("// " + strings.Repeat("x", 50<<20) + "\nout[0] = 1u;"), ample, refused, false},
		{"bomb_loopnest_20", around("", "for (var i = 0u; i < 2u; i++) { if (id.x > 5000u) { break; } ", "out[0] = 1u;", "}", "", 20), ample, maybe, false},
		{"bomb_loopnest_200", around("", "for (var i = 0u; i < 2u; i++) {", "out[0] = 1u;", "}", "", 200), ample, refused, false},
		{"bomb_unroll", body("var x = id.x; for (var i = 0; i < 1000; i++) { for (var k = 0; k < 1000; k++) { x = x * 3u + 1u; } } out[0] = x;"), brief, maybe, false},
		{"bomb_dynidx", body("var a: array<u32, 2048>; for (var i = 0u; i < 2048u; i++) { a[i] = a[(i * 7u + id.x) % 2048u] + i; } out[0] = a[id.x];"), ample, refused, false},
		{"bomb_globals_20k", alone(each(20_000, "var<private> g%d: u32;\n"), "out[0] = 1u;"), ample, refused, false},
		{"bomb_constarr", alone("const a = array<u32, 20000>("+strings.Repeat("1u,", 20_000)+");", "out[0] = a[out[1]];"), ample, refused, false},
		{"bomb_switch_20k", body("switch (id.x) { " + each(20_000, "case %du: {} ") + "default: {} } out[0] = 1u;"), ample, refused, false},
		{"integer_division", body("out[id.x % 1024u] = 5u / out[1] + 7u % out[2] + u32(-2147483647 / i32(out[3]));"), ample, maybe, false},
		{"not_a_number", body("let z = bitcast<f32>(0x7fc00000u ^ out[0]); out[id.x % 1024u] = u32(z * 0.0) + select(0u, 1u, z < 1.0);"), ample, maybe, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			q := hostile(t, row.source, 16, row.limit)
			_, err := p.Run(t.Context(), q)
			switch {
			case row.harmless:
				require.NoError(t, err)
				out, err := os.ReadFile(filepath.Join(q.OutDir, "out"))
				require.NoError(t, err)
				require.Len(t, out, 4096)
				for i := 0; i < len(out); i += 4 { // what it wrote itself, or nothing
					require.LessOrEqual(t, binary.LittleEndian.Uint32(out[i:]), uint32(1), "word %d", i/4)
				}
			case err == nil:
				require.Nil(t, row.want, "it ended in a result")
			default:
				want := row.want
				if want == nil {
					want = ended
				}
				require.Contains(t, want, gpu.CodeOf(err), "%v", err)
				require.NotContains(t, err.Error(), "\n")
				require.Less(t, len(err.Error()), 800)
				t.Log(err)
			}
			runs(t, p, "a")
		})
	}
}
