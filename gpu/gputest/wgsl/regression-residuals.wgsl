// residuals: the errors of all ROWS samples and their mean square; a single invocation. Used after COLUMNS and ROWS.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> y: array<f32>;
@group(0) @binding(2) var<storage, read> w: array<f32>;
@group(0) @binding(3) var<storage, read> c: array<f32>;
@group(0) @binding(4) var<storage, read_write> e: array<f32>;
@group(0) @binding(5) var<storage, read_write> loss: array<f32>;

@compute @workgroup_size(1)
fn residuals() {
  var total = 0.0;
  for (var r = 0u; r < ROWS; r = r + 1u) {
    var sum = c[0];
    for (var i = 0u; i < COLUMNS; i = i + 1u) { sum = sum + x[r * COLUMNS + i] * w[i]; }
    e[r] = sum - y[r];
    total = total + e[r] * e[r];
  }
  loss[0] = total / f32(ROWS);
}
