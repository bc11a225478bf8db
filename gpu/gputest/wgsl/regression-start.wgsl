// start: first weights from the seed; one invocation per weight.
struct Params { step: u32, steps: u32, seed_lo: u32, seed_hi: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> w: array<f32>;

@compute @workgroup_size(64)
fn start(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < arrayLength(&w)) { w[id.x] = f32((id.x * 37u + params.seed_lo) % 11u) * 0.125; }
}
