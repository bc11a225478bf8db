// change: adds to what was lost before how far the weights went; one invocation per weight.
@group(0) @binding(0) var<storage, read> now: array<f32>;
@group(0) @binding(1) var<storage, read> start: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(64)
fn change(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.y * WIDTH + id.x;
  if (i >= arrayLength(&sums)) { return; }
  sums[i] = (now[i] - start[i]) + sums[i];
}
