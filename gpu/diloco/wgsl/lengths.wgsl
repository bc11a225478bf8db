// lengths: the squares of the lengths of pieces of deltas, in units of 2^UNIT; one invocation per piece of PIECE blocks. Within a block they
// are sums of whole numbers. What is much too long counts as 2^32 times too long, so that no sum is infinite.
@group(0) @binding(0) var<storage, read> deltas: array<u32>; // SHARDS packed vectors of WORDS words
@group(0) @binding(1) var<storage, read_write> squares: array<f32>; // PIECES of each shard

@compute @workgroup_size(64)
fn lengths(@builtin(global_invocation_id) id: vec3<u32>) {
  let at = id.y * WIDTH + id.x;
  if (at >= SHARDS * PIECES) { return; }
  let start = at / PIECES * WORDS;
  var sum = 0.0;
  for (var b = 0u; b < PIECE; b = b + 1u) {
    let block = at % PIECES * PIECE + b;
    if (block >= BLOCKS) { break; }
    var square = 0u; // at most 256 * 128^2
    for (var j = 0u; j < BLOCK / PER_WORD; j = j + 1u) {
      let word = deltas[start + NUMBERS + block * (BLOCK / PER_WORD) + j];
      for (var k = 0u; k < PER_WORD; k = k + 1u) {
        let n = number(word, k);
        square = square + u32(n * n);
      }
    }
    let scale = exp2i(clamp(clamp(bitcast<i32>(deltas[start + HEADER + block]), -126, 127) - UNIT, -60, 32));
    sum = sum + f32(square) * (scale * scale);
  }
  squares[at] = sum;
}
