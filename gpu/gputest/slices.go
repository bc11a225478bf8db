package gputest

import "gpumesh/gpu"

// slicedSource asks for its place in every way: parameters, a struct of them, functions that they are given to, and after barriers. The
// loop has no known bound, so that nothing says that a dispatch of it is short.
const slicedSource = `
struct Here { @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) lane: u32 }
alias There = Here;
@group(0) @binding(0) var<storage, read> turns: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> waves: array<f32>;
var<workgroup> shared_: array<u32, 12>;

fn flat(p: vec3<u32>, n: vec3<u32>) -> u32 { return (p.z * n.y + p.y) * n.x + p.x; }
fn inside(h: Here) -> u32 { return flat(h.group, h.groups); }
fn turned(a: u32) -> u32 {
  var x = a;
  for (var i = 0u; i < turns[0]; i++) { x = x * 747796405u + 2891336453u; }
  return x;
}

@compute @workgroup_size(2, 3, 2)
fn places(here: There, @builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let n = here.groups * vec3<u32>(2u, 3u, 2u);
  shared_[here.lane] = turned(inside(here) * 12u + here.lane);
  workgroupBarrier();
  let other = shared_[11u - here.lane];
  workgroupBarrier();
  atomicAdd(&counts[here.group.x + here.group.y], other);
  atomicMax(&counts[16], id.x ^ (id.y << 3u));
  let all = workgroupUniformLoad(&shared_[3]);
  out[flat(id, n)] = vec4<u32>(other, all, local.x + 2u * local.y, flat(here.group, here.groups));
}

@compute @workgroup_size(4)
fn wave(@builtin(num_workgroups) n: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>, @builtin(workgroup_id) group: vec3<u32>) {
  let i = flat(group, n);
  if (i % 5u == 3u) { return; }
  waves[i * 4u + local.x] = sin(f32(turned(i) >> 8u) * 1e-6) * 3.7 + f32(local.x);
}
`

// Slices is a program whose dispatches nothing says to be short, and which computes the same in slices. It has one step, since later ones run as
// measured.
func Slices(float string) *gpu.Program {
	buffers := []gpu.Buffer{
		{Name: "turns", Kind: gpu.Const, Type: gpu.U32, Len: 4}, {Name: "out", Kind: gpu.Output, Type: gpu.U32, Len: 16 * 12 * 5 * 7 * 3}, {Name: "counts", Kind: gpu.Output, Type: gpu.U32, Len: 4 * 17},
		{Name: "waves", Kind: gpu.State, Type: gpu.F32, Len: 16 * 9 * 11, Keep: true},
	}
	bind := []gpu.Binding{{Buffer: 0}, {Buffer: 1}, {Buffer: 2}, {Buffer: 3}}
	return &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1, Modules: []gpu.Module{{Name: "m", WGSL: slicedSource, Float: float}}, Buffers: buffers,
		Step: []gpu.Command{
			{Op: gpu.Dispatch, Entry: "places", Bind: bind[:3], Grid: [3]uint32{5, 7, 3}},
			{Op: gpu.Dispatch, Entry: "wave", Bind: bind, Grid: [3]uint32{9, 11, 1}},
		},
	}
}
