// Cross entropy after softmax, and its derivative; one workgroup for the whole batch, one invocation per row. The file is
// used after the constants CLASSES and BATCH; BATCH is 32, which older front ends want as a literal below.
@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read_write> dlogits: array<f32>;
@group(0) @binding(3) var<storage, read_write> mean: array<f32>;

var<workgroup> losses: array<f32, BATCH>;

@compute @workgroup_size(32)
fn loss(@builtin(local_invocation_index) r: u32) {
  var top = logits[r * CLASSES];
  for (var c = 1u; c < CLASSES; c = c + 1u) { top = max(top, logits[r * CLASSES + c]); }
  var sum = 0.0;
  for (var c = 0u; c < CLASSES; c = c + 1u) { sum = sum + exp(logits[r * CLASSES + c] - top); }
  let label = labels[r];
  for (var c = 0u; c < CLASSES; c = c + 1u) {
    let p = exp(logits[r * CLASSES + c] - top) / sum;
    dlogits[r * CLASSES + c] = (p - select(0.0, 1.0, c == label)) / f32(BATCH);
  }
  losses[r] = log(sum) - (logits[r * CLASSES + label] - top);
  workgroupBarrier();
  if (r == 0u) {
    var total = 0.0;
    for (var i = 0u; i < BATCH; i = i + 1u) { total = total + losses[i]; }
    mean[0] = total / f32(BATCH);
  }
}
