// Weights to start from: uniform in +-sqrt(6 / IN), from the seed and the weight's place; zeros for the bias. The file is
// used once per layer, after the constants IN, OUT and LIMIT.
struct Params { step: u32, steps: u32, seed_lo: u32, seed_hi: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> w: array<f32>;

fn scramble(a: u32) -> u32 {
  var h = a;
  h = (h ^ (h >> 16u)) * 2146121005u;
  h = (h ^ (h >> 15u)) * 2221713035u;
  return h ^ (h >> 16u);
}

@compute @workgroup_size(64)
fn start(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x;
  if (i >= IN * OUT) { return; }
  let h = scramble(scramble(scramble(i + IN) ^ params.seed_lo) ^ params.seed_hi);
  w[i] = (f32(h >> 8u) / 8388608.0 - 1.0) * LIMIT;
}
