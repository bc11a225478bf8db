package wgsl_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/wgsl"
)

// Line 1 is empty; the body starts at line 9.
const orderHead = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read_write> bins: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read> keys: array<u32>;
var<workgroup> part: array<f32, 64>; fn put(at: u32) { y[at] = x[at + 1u]; }
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) l: u32, @builtin(workgroup_id) g: vec3<u32>) {
`

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		name, body string
		line       int // 0: accepted
		message    string
	}{
		{"own element", "y[id.x] = x[id.x] * 2.0;", 0, ""},
		{"one invocation", "if (id.x == 0u) { y[0] = x[3] * x[1]; }", 0, ""},
		{"one invocation by &&", "if (id.x == 0u && id.y == 0u) { y[0] = x[3] * x[1]; }", 0, ""},
		{"others return", "if (l != 0u) { return; }\ny[g.x] = x[g.x];", 0, ""},
		{"quotient and remainder", "y[id.x / 7u * 9u + id.x % 7u] = x[id.x];", 0, ""},
		{"same value by all", "y[0] = x[0];", 0, ""},
		{"tree", `part[l] = x[id.x];
workgroupBarrier();
for (var s = 32u; s > 0u; s = s >> 1u) {
  if (l < s) { part[l] = part[l] + part[l + s]; }
  workgroupBarrier();
}
if (l == 0u) { y[g.x] = part[0]; }`, 0, ""},
		{"in place", "y[id.x] = y[id.x] * 0.5;", 0, ""},
		{"own counter", "atomicAdd(&bins[keys[id.x]], 1u);\ny[id.x] = x[id.x];", 0, ""},

		{"mixed radix", "if (id.x < 256u) { for (var i = 0u; i < 3u; i++) { y[(id.x / 8u * 3u + i) * 8u + id.x % 8u] = x[i]; } }", 0, ""},
		{"strided loop", "for (var i = l; i < 640u; i += 64u) { if (g.x == 0u) { y[i] = x[i]; } }", 0, ""},
		{"two halves in turns", `var half = 0u;
for (var i = 0u; i < 4u; i++) {
  if (l < 32u) { part[half * 32u + l] = x[l + i]; }
  workgroupBarrier();
  half = 1u - half;
  if (l == 0u && g.x == 0u) { y[i] = part[(1u - half) * 32u + 5u]; }
}`, 0, ""},
		{"scatter by an atomic operation", "atomicMax(&bins[keys[id.x]], id.x);\ny[id.x] = 1.0;", 0, ""},

		{"two sums", "y[id.x % 8u + 3u * (id.x / 8u)] = x[id.x];", 9, "may write the same element"},
		{"unlike divisors", "y[id.x / 4u * 3u + id.x % 3u] = x[id.x];", 9, "may write the same element"},
		{"unlike in two turns", "for (var i = 0u; i < 2u; i++) {\n  y[id.x + i] = x[i];\n}", 10, "may write the same element"},
		{"a variable that changes", "var at = id.x;\nfor (var i = 0u; i < 3u; i++) {\n  y[at] = x[i];\n  at = at + 1u;\n}", 11, "may write the same element"},
		{"loops of unlike length", "for (var i = 0u; i < l; i++) {\n  y[l + i] = x[i];\n}", 10, "may write the same element"},
		{"two stores", "y[id.x] = x[0];\ny[575u - id.x] = x[1];", 9, "line 10"},
		{"a neighbour read", "y[id.x * 2u] = 1.0;\nlet v = y[id.x * 2u + 2u];\nif (v > 2.0) { y[id.x * 2u + 1u] = v; }", 9, "read at the same element by another"},
		{"overflow", "y[id.x * 0x80000000u + 3u] = x[id.x];", 9, "may write the same element"},
		{"beyond the end", "y[767u - id.x] = y[id.x + 800u];", 9, "read by one invocation and then written"},
		{"unlike atomic operations", "atomicAdd(&bins[l], 1u);\natomicMax(&bins[l / 2u], 7u);", 9, "different atomic operations"},
		{"atomic and plain", "atomicStore(&bins[keys[l]], l);", 9, "may write the same element"},
		{"atomic load", "if (l > 7u) { atomicAdd(&bins[l], 1u); }\ny[id.x] = f32(atomicLoad(&bins[63u - l]));", 9, "read at the same element by another"},
		{"one barrier too few", `for (var i = 0u; i < 4u; i++) {
  part[l] = x[i];
  workgroupBarrier();
  y[id.x] = part[l ^ 1u];
}`, 10, "read by one invocation and then written"},
		{"a barrier on one way", `for (var i = 0u; i < 4u; i++) {
  part[l] = x[i];
  if (i > 1u) { workgroupBarrier(); }
  y[id.x] = part[l ^ 1u];
}`, 10, "read at the same element by another"},
		{"by a function", "put(id.x / 2u);", 6, "may write the same element"},

		{"last writer", "let v = x[id.x];\ny[0] = v;", 10, "may write the same element"},
		{"half", "y[id.x / 2u] = x[id.x];", 9, "may write the same element"},
		{"scatter", "y[keys[id.x]] = x[id.x];", 9, "may write the same element"},
		{"workgroup last writer", "part[0] = x[id.x];\nworkgroupBarrier();\ny[id.x] = part[0];", 9, "may write the same element"},
		{"missing barrier", "part[l] = x[id.x];\ny[id.x] = part[63u - l];", 9, "without a barrier"},
		{"missing barrier in a loop", "for (var i = 0u; i < 4u; i = i + 1u) {\n  y[id.x * 4u + i] = part[63u - l];\n  workgroupBarrier();\n  part[l] = x[id.x + i];\n}", 12, "without a barrier"},
		{"overwritten", "part[l] = x[id.x];\nworkgroupBarrier();\nlet v = part[63u - l];\npart[l] = v;\nworkgroupBarrier();\ny[id.x] = part[l];", 12, "may be read by one invocation and then written"},
		{"overwritten in the next turn", "for (var i = 0u; i < 4u; i = i + 1u) {\n  part[l] = x[id.x + i];\n  workgroupBarrier();\n  y[id.x * 4u + i] = part[63u - l];\n}", 10, "may be read by one invocation and then written"},
		{"tree with a bound that changes", `part[l] = x[id.x];
workgroupBarrier();
for (var s = 32u; s > 0u; s = s >> 1u) {
  if (l < s) { s = 1u; part[l] = part[l] + part[l + s]; }
  workgroupBarrier();
}
if (l == 0u) { y[g.x] = part[0]; }`, 13, "not all invocations"},
		{"tree with a bound that wraps around", "part[l] = x[id.x];\nworkgroupBarrier();\nif (l < 0x80000010u) { part[l] = part[l] + part[l + 0x80000010u]; }\nworkgroupBarrier();\ny[id.x] = part[l];", 11, "may be read by one invocation and then written"},
		{"read in place", "part[l] = x[id.x];\npart[l] = part[l] * 2.0;\nworkgroupBarrier();\ny[id.x] = part[l] + part[63u - l];", 0, ""},
		{"stencil in place", "y[id.x] = y[id.x + 1u] * 0.5;", 9, "may be read by one invocation and then written"},
		{"append", "let at = atomicAdd(&bins[0], 1u);\ny[at] = x[id.x];", 9, "is used"},
		{"divergent barrier", "if (id.x < 10u) {\n  workgroupBarrier();\n}\ny[id.x] = x[id.x];", 10, "not all invocations"},
		{"barrier after return", "if (x[id.x] > 1.0) { return; }\nworkgroupBarrier();\ny[id.x] = 1.0;", 10, "not all invocations"},
		{"barrier in a divergent loop", "for (var i = 0u; i < l; i = i + 1u) {\n  workgroupBarrier();\n}", 10, "not all invocations"},
		{"barrier after a break", "for (var i = 0u; i < 9u; i = i + 1u) {\n  if (x[l] > f32(i)) { break; }\n  workgroupBarrier();\n}", 11, "not all invocations"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := wgsl.Parse(orderHead + c.body + "\n}")
			if err == nil {
				_, err = m.Reproducible()
			}
			if err == nil {
				if race := order(m, [3]uint32{9, 1, 1}, []uint64{4 * 64 * 12, 4 * 64 * 12, 256, 4 * 64 * 12}); race != nil {
					err = race
				}
			}
			if c.message == "" {
				require.NoError(t, err)
				return
			}
			var fault *wgsl.Error
			require.ErrorAs(t, err, &fault)
			require.Contains(t, fault.Message, c.message)
			require.Equal(t, c.line, fault.Line, fault.Message)
		})
	}
}

func TestGroups(t *testing.T) {
	m, err := wgsl.Parse(orderHead + "if (l == 0u) {\n  y[0] = x[g.x];\n}\n}")
	require.NoError(t, err)
	require.Nil(t, order(m, [3]uint32{1, 1, 1}, []uint64{256, 256, 256, 256}))
	require.Equal(t, 10, order(m, [3]uint32{2, 1, 1}, []uint64{256, 256, 256, 256}).Line)
}

// TestUniform: barriers that not all invocations of a workgroup are sure to reach, as WGSL's analysis has it, and none besides.
func TestUniform(t *testing.T) {
	const reach, loop = "workgroupBarrier();", "for (var k = 0u; k < 4u; k++) { if (k == l) { break; } }"
	for body, line := range map[string]int{
		"if (l < 7u) {\n " + reach + " }":                                                          10,
		"if (l < 7u) { return; }\n" + reach:                                                        10,
		"switch (l) { case 0u: {\n " + reach + " } default: { } }":                                 10,
		"loop {\n " + reach + " if (x[l] > 1.0) { break; } }":                                      10,
		"loop { if (y[0] > 1.0) { break; }\n storageBarrier(); }":                                  10,
		"if (part[0] > 1.0) {\n " + reach + " }":                                                   10,
		"_ = workgroupUniformLoad(&part[0]);":                                                      0,
		"if (workgroupUniformLoad(&part[0]) > 1.0) { " + reach + " }":                              0,
		"if (g.x == 0u) { " + reach + " }":                                                         0,
		"if (x[g.x] > 1.0) { return; } " + reach:                                                   0,
		"for (var k = keys[0]; k > 0u; k = k >> 1u) { " + reach + " }":                             0,
		"if (l < 7u) { " + loop + " } " + reach:                                                    0,
		"if (l < 7u) { switch (l) { case 1u: { break; } default: { } } }" + reach:                  0,
		"switch (l) { case 1u: { if (x[0] > 1.0) { break; } y[l] = 1.0; } default: { } } " + reach: 0,
		loop + reach: 0,
		"if (l < 7u) { if (x[l] > 1.0) { y[l] = 1.0; } else { put(l); } } " + reach:        0,
		"for (var k = 0u; k < 4u; k++) { if (k == l) { continue; } y[l] = 1.0; } " + reach: 0,
	} {
		_, err := wgsl.Parse(orderHead + body + "\n}")
		if line == 0 {
			require.NoError(t, err, body)
			continue
		}
		var fault *wgsl.Error
		require.ErrorAs(t, err, &fault, body)
		require.Contains(t, fault.Message, "not all invocations", body)
		require.Equal(t, line, fault.Line, body)
	}
}

// order asks for a proof about one dispatch.
func order(m *wgsl.Module, grid [3]uint32, sizes []uint64) *wgsl.Error {
	work := wgsl.MaxWork
	return m.Order(wgsl.Dispatches{Entry: "main", Least: grid, Most: grid, Sizes: sizes}, &work)
}

// TestOrderIsBounded: a look for races ends when it has taken what it may.
func TestOrderIsBounded(t *testing.T) {
	deep := "let o = out[id.x]; " + strings.Repeat("for (var i = o; i < o; i += o) { ", 40) + "out[id.x] += 1u;" + strings.Repeat("}", 40)
	ways := "let o = out[0]; big" + strings.Repeat("[o]", 26) + " = 1u;" // each index may be the last one
	for name, body := range map[string]string{"deep": deep, "ways": ways} {
		m, err := wgsl.Parse("@group(0) @binding(0) var<storage, read_write> out: array<u32>;\n" +
			"@group(0) @binding(1) var<storage, read_write> big: " + strings.Repeat("array<", 26) + "u32" + strings.Repeat(", 2>", 26) + ";\n" +
			"@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { " + body + " }")
		require.NoError(t, err, name)
		work := 1 << 15
		fault := m.Order(wgsl.Dispatches{Entry: "main", Least: [3]uint32{1, 1, 1}, Most: [3]uint32{9, 1, 1}, Sizes: []uint64{1 << 20, 1 << 28}}, &work)
		require.ErrorContains(t, fault, "takes too long", name)
		require.LessOrEqual(t, work, 0, name)
		require.Greater(t, work, -1<<12, name)
	}
}
