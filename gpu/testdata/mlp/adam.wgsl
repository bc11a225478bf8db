// Adam, one invocation per weight. What depends on the step number comes as a slice, computed on the host in float64:
// rate.x is the learning rate / (1 - b1^t), rate.y is 1 / (1 - b2^t).
@group(0) @binding(0) var<uniform> rate: vec4<f32>;
@group(0) @binding(1) var<storage, read> g: array<f32>;
@group(0) @binding(2) var<storage, read_write> w: array<f32>;
@group(0) @binding(3) var<storage, read_write> m: array<f32>;
@group(0) @binding(4) var<storage, read_write> v: array<f32>;

const B1 = 0.9;
const B2 = 0.999;

@compute @workgroup_size(64)
fn adam(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x;
  if (i >= arrayLength(&w)) { return; }
  let mi = B1 * m[i] + (1.0 - B1) * g[i];
  let vi = B2 * v[i] + (1.0 - B2) * g[i] * g[i];
  m[i] = mi;
  v[i] = vi;
  w[i] = w[i] - rate.x * mi / (sqrt(vi * rate.y) + 1e-8);
}
