// compress: packs the sums of what is to be sent and what was lost before, and leaves in their place what is lost now; one
// invocation per block. A block with an infinity or NaN sends zeros and loses everything.
@group(0) @binding(0) var<storage, read_write> sums: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;

@compute @workgroup_size(64)
fn compress(@builtin(global_invocation_id) id: vec3<u32>) {
  let block = id.x;
  if (block >= BLOCKS) { return; }
  if (block == 0u) { out[0] = 1u; }
  var top = 0u; // the bits of the largest magnitude: positive floats are ordered like integers
  var j = 0u; // both loops name elements alike, which shows that no other invocation touches them
  var k = 0u;
  for (j = 0u; j < BLOCK / PER_WORD; j = j + 1u) {
    for (k = 0u; k < PER_WORD; k = k + 1u) { top = max(top, bitcast<u32>(sums[block * BLOCK + j * PER_WORD + k]) & 0x7fffffffu); }
  }
  let e = i32(top >> 23u) - 127; // 2^e <= largest < 2^(e+1)
  let lost = e > 120;
  let small = e < -100;
  let down = i32(BITS) - 2 - e; // value * 2^down is below LARGEST + 1
  let scale = exp2i(down);
  let back = exp2i(-down);
  out[HEADER + block] = select(bitcast<u32>(-down), 0u, lost || small);
  for (j = 0u; j < BLOCK / PER_WORD; j = j + 1u) {
    var word = 0u;
    for (k = 0u; k < PER_WORD; k = k + 1u) {
      let i = block * BLOCK + j * PER_WORD + k;
      let value = sums[i];
      if (lost) {
        sums[i] = 0.0;
      } else if (!small) {
        let q = clamp(i32(floor(value * scale + 0.5)), -i32(LARGEST), i32(LARGEST));
        sums[i] = value - f32(q) * back;
        word = word | ((bitcast<u32>(q) & (2u * LARGEST + 1u)) << (k * BITS));
      }
    }
    out[NUMBERS + block * (BLOCK / PER_WORD) + j] = word;
  }
}
