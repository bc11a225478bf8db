// predict: the values of unseen rows; one invocation per row. Used after COLUMNS.
@group(0) @binding(0) var<storage, read> far: array<f32>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read> c: array<f32>;
@group(0) @binding(3) var<storage, read_write> guess: array<f32>;

@compute @workgroup_size(64)
fn predict(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= arrayLength(&guess)) { return; }
  var sum = c[0];
  for (var i = 0u; i < COLUMNS; i = i + 1u) { sum = sum + far[id.x * COLUMNS + i] * w[i]; }
  guess[id.x] = sum;
}
