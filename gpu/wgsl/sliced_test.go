package wgsl

import (
	"strings"
	"testing"
)

func TestSliced(t *testing.T) {
	src := `struct In { @builtin(local_invocation_index) i: u32, @builtin(num_workgroups) n: vec3<u32>, @builtin(workgroup_id) w: vec3<u32> }
` + head + `fn f(group: vec3<u32>) -> u32 { return group.x; }
@compute @workgroup_size(4)
fn a(@builtin(workgroup_id) group: vec3<u32>,
     @builtin(local_invocation_id) l: vec3<u32>, @builtin(global_invocation_id) id: vec3<u32>,) {
  var slice0 = f(group); out[id.x] = slice0 + l.x;
}
@compute @workgroup_size(1) fn b(in: In) { out[in.w.x] = in.n.x + in.i; }
@compute @workgroup_size(1) fn c() { var x: u32; out[0] = x; }`
	m, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(
		"(workgroup_id) group:", "(workgroup_id) whole2:", "invocation_id) id:", "invocation_id) whole4:",
		"vec3<u32>,) {", "vec3<u32>,) { let group = whole2 + slice1[0].xyz; let id = whole4 + slice1[1].xyz;",
		"b(in: In) {", "b(whole5: In) { var in = whole5; in.n = slice1[2].xyz; in.w = whole5.w + slice1[0].xyz;",
		"var x: u32;", "var x: u32 = u32();",
	).Replace(src) + "\n@group(0) @binding(7) var<uniform> slice1: array<vec4<u32>, 3>;\n"
	if got := m.Sliced(7); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if _, err := Parse(m.Sliced(1)); err != nil || m.Buffers() != 1 {
		t.Error(err, m.Buffers())
	}
}
