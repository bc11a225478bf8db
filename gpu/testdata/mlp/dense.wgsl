// One fully connected layer, y = f(x w + b), and its derivatives. The file is used once per layer, after the constants
// IN, OUT, BATCH and RELU. w is IN + 1 rows of OUT: the last row is the bias. All arrays are row-major.

// forward: one invocation per element of y.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(8, 8)
fn forward(@builtin(global_invocation_id) id: vec3<u32>) {
  let o = id.x;
  let r = id.y;
  if (o >= OUT || r * OUT + o >= arrayLength(&y)) { return; }
  var sum = w[IN * OUT + o];
  for (var i = 0u; i < IN; i = i + 1u) { sum = sum + x[r * IN + i] * w[i * OUT + o]; }
  if (RELU && sum < 0.0) { sum = 0.0; }
  y[r * OUT + o] = sum;
}
