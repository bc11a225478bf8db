// update: a step of SGD with momentum; one invocation per weight, the last of which is the constant. Used after COLUMNS, ROWS and RATE.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> e: array<f32>;
@group(0) @binding(2) var<storage, read_write> w: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
@group(0) @binding(4) var<storage, read_write> v: array<f32>;

@compute @workgroup_size(64)
fn update(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x;
  if (i > COLUMNS) { return; }
  var g = 0.0;
  for (var r = 0u; r < ROWS; r = r + 1u) {
    var a = 1.0;
    if (i < COLUMNS) { a = x[r * COLUMNS + i]; }
    g = g + e[r] * a;
  }
  v[i] = 0.5 * v[i] + g * (2.0 / f32(ROWS));
  if (i < COLUMNS) { w[i] = w[i] - RATE * v[i]; }
  if (i == COLUMNS) { c[0] = c[0] - RATE * v[i]; }
}
