// apply: weights = weights + update; one invocation per block.
@group(0) @binding(0) var<storage, read> update: array<u32>;
@group(0) @binding(1) var<storage, read_write> weights: array<f32>;

@compute @workgroup_size(64)
fn apply(@builtin(global_invocation_id) id: vec3<u32>) {
  let block = id.x;
  if (block >= BLOCKS) { return; }
  let scale = exp2i(bitcast<i32>(update[HEADER + block]));
  for (var j = 0u; j < BLOCK / PER_WORD; j = j + 1u) {
    let word = update[NUMBERS + block * (BLOCK / PER_WORD) + j];
    for (var k = 0u; k < PER_WORD; k = k + 1u) {
      let i = block * BLOCK + j * PER_WORD + k;
      weights[i] = weights[i] + f32(number(word, k)) * scale;
    }
  }
}
