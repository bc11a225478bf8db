package worker

import (
	"fmt"
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

// A grid that takes minutes, and an endless loop: drivers that end loops early must refuse it, others must be killed.
func TestEndlessKernelTimesOutAndTheNextTaskRuns(t *testing.T) {
	p := driverPool(t)
	const long = "var x = id.x; for (var i = 0u; i < 60000u; i = i + 1u) { x = x * 1664525u + 1013904223u + (x >> 7u); } out[id.x % 1024u] = x;"
	fails(t, p, hostile(t, body(long), 4096, 2*time.Second), gpu.Timeout)
	runs(t, p, "a")

	_, err := p.Run(t.Context(), hostile(t, body("loop { out[id.x % 1024u] = out[0] + 1u; if (out[1] == 77u) { break; } }"), 1, 2*time.Second))
	require.Contains(t, []gpu.Code{gpu.Timeout, gpu.Unsupported, gpu.DeviceLost, gpu.WorkerDied}, gpu.CodeOf(err), "%v", err)
	runs(t, p, "a")
}

// Rows of the table of measured compiler and driver bombs. Each must end in a typed error, or run; the next task must run.
func TestHostilePrograms(t *testing.T) {
	p := driverPool(t)
	doubling := func(n int) string {
		s := head + "fn f0(x: u32) -> u32 { return x + 1u; }\n"
		for i := 1; i <= n; i++ {
			s += fmt.Sprintf("fn f%d(x: u32) -> u32 { return f%d(x) + f%d(x + 1u); }\n", i, i-1, i-1)
		}
		return s + fmt.Sprintf("@compute @workgroup_size(1) fn main() { out[0] = f%d(0u); }\n", n)
	}
	refused := map[string]string{
		"parentheses 1k":  body("out[0] = " + strings.Repeat("(", 1000) + "1u" + strings.Repeat(")", 1000) + ";"),
		"parentheses 30k": body("out[0] = " + strings.Repeat("(", 30000) + "1u" + strings.Repeat(")", 30000) + ";"),
		"unary 60k":       body("out[0] = " + strings.Repeat("~", 60000) + "1u;"),
		"sum of 10k":      body("out[0] = 1u" + strings.Repeat(" + 1u", 10000) + ";"),
		"blocks 8k":       body(strings.Repeat("{", 8000) + strings.Repeat("}", 8000)),
		"else if 3k":      body("if (id.x == 0u) {}" + strings.Repeat(" else if (id.x == 1u) {}", 2600)),
		"calls 30 deep":   doubling(30),
		"private 1 MB":    head + "var<private> big: array<u32, 262144>;\n@compute @workgroup_size(1) fn main() { out[0] = big[out[1]]; }",
		"function 1 MB":   body("var big: array<u32, 262144>; big[id.x] = 1u; out[0] = big[out[1]];"),
		"workgroup 1 GB":  head + "var<workgroup> big: array<u32, 268435456>;\n@compute @workgroup_size(1) fn main() { out[0] = big[out[1]]; }",
		"recursion":       head + "fn f(x: u32) -> u32 { return f(x + 1u); }\n@compute @workgroup_size(1) fn main() { out[0] = f(0u); }",
		"no entry":        head,
		"wrong type":      body("let x: f32 = 1u; out[0] = x;"),
		"workgroup 4096":  head + "@compute @workgroup_size(4096) fn main() { out[0] = 1u; }",
		"two groups":      head + "@group(1) @binding(0) var<storage, read_write> b: array<u32>;\n@compute @workgroup_size(1) fn main() { out[0] = b[0]; }",
		"second binding":  head + "@group(0) @binding(1) var<storage, read_write> b: array<u32>;\n@compute @workgroup_size(1) fn main() { out[0] = b[0]; }",
	}
	for name, source := range refused {
		t.Run(name, func(t *testing.T) {
			err := fails(t, p, hostile(t, source, 1, 20*time.Second), gpu.InvalidProgram)
			require.NotContains(t, err.Error(), "\n")
			require.Less(t, len(err.Error()), 800)
		})
	}
	runs(t, p, "a")
	for name, source := range map[string]string{
		"out of bounds workgroup":  head + "var<workgroup> w: array<u32, 64>;\n@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { w[id.x * 100000u] = 1u; workgroupBarrier(); out[id.x] = w[id.x * 77777u]; }",
		"out of bounds private":    body("var a: array<u32, 16>; a[id.x * 1000000u] = 3u; out[id.x] = a[id.x * 999u];"),
		"out of bounds storage":    body("out[id.x * 123456789u] = out[id.x + 1000000u];"),
		"divergent barrier":        head + "var<workgroup> w: array<u32, 64>;\n@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) i: u32) { if (i < 7u) { workgroupBarrier(); } w[i] = i; workgroupBarrier(); out[i] = w[63u - i]; }",
		"division by zero":         body("out[id.x] = 5u / out[1] + 7u % out[2] + u32(-2147483647 / i32(out[3]));"),
		"NaN":                      body("let z = bitcast<f32>(0x7fc00000u ^ out[0]); out[id.x] = u32(z * 0.0) + select(0u, 1u, z < 1.0);"),
		"spin lock":                body("for (var i = 0u; i < 1000u; i = i + 1u) { if (out[7] == 1u) { break; } } out[id.x] = 1u;"),
		"a megabyte of workgroups": body("if (id.x < 1024u) { out[id.x] = id.y; }"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := p.Run(t.Context(), hostile(t, source, 64, 20*time.Second))
			if err != nil {
				require.NotEqual(t, gpu.Internal, gpu.CodeOf(err), "%v", err)
				t.Log(err)
			}
			runs(t, p, "a")
		})
	}
}
