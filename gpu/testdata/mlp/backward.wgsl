// backward: dx = dy w', stopped where the layer before gave zero; one invocation per element of dx.
@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>; // what came out of the layer before
@group(0) @binding(3) var<storage, read_write> dx: array<f32>;

@compute @workgroup_size(8, 8)
fn backward(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x;
  let r = id.y;
  if (i >= IN || r >= BATCH) { return; }
  var sum = 0.0;
  if (x[r * IN + i] > 0.0) {
    for (var o = 0u; o < OUT; o = o + 1u) { sum = sum + dy[r * OUT + o] * w[i * OUT + o]; }
  }
  dx[r * IN + i] = sum;
}
