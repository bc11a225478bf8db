// gradient: dw = x' dy over the batch, and the bias' in the last row; one invocation per element of dw.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read_write> dw: array<f32>;

@compute @workgroup_size(8, 8)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>) {
  let o = id.x;
  let i = id.y;
  if (o >= OUT || i > IN) { return; }
  var sum = 0.0;
  if (i == IN) {
    for (var r = 0u; r < BATCH; r = r + 1u) { sum = sum + dy[r * OUT + o]; }
  } else {
    for (var r = 0u; r < BATCH; r = r + 1u) { sum = sum + x[r * IN + i] * dy[r * OUT + o]; }
  }
  dw[i * OUT + o] = sum;
}
