// average: the average of what the shards send, without the TRIM largest and smallest of each weight, is the gradient of SGD
// with Nesterov momentum; one invocation per packed word. A shard whose header says 0 did not take part, nor did one whose delta
// is not to count. limit(shard) is by what its delta is multiplied.
@group(0) @binding(0) var<storage, read> deltas: array<u32>; // SHARDS packed vectors of WORDS words
@group(0) @binding(1) var<storage, read_write> momentum: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(64)
fn average(@builtin(global_invocation_id) id: vec3<u32>) {
  let at = id.y * WIDTH + id.x; // word among the numbers
  if (at >= BLOCKS * (BLOCK / PER_WORD)) { return; }
  let block = at / (BLOCK / PER_WORD);
  var present = 0u;
  var here: array<bool, SHARDS>;
  var word: array<u32, SHARDS>;
  var scale: array<f32, SHARDS>;
  for (var s = 0u; s < SHARDS; s = s + 1u) {
    let times = limit(s);
    here[s] = deltas[s * WORDS] != 0u && times > 0.0;
    if (here[s]) {
      word[s] = deltas[s * WORDS + NUMBERS + at];
      scale[s] = exp2i(bitcast<i32>(deltas[s * WORDS + HEADER + block])) * times;
      present = present + 1u;
    }
  }
  if (present == 0u) { return; }
  let trim = min(TRIM, (present - 1u) / 2u);
  let share = 1.0 / f32(present - 2u * trim); // of each that counts
  for (var k = 0u; k < PER_WORD; k = k + 1u) {
    var value: array<f32, SHARDS>;
    for (var s = 0u; s < SHARDS; s = s + 1u) { value[s] = f32(number(word[s], k)) * scale[s]; }
    var sum = 0.0;
    for (var s = 0u; s < SHARDS; s = s + 1u) {
      if (!here[s]) { continue; }
      var rank = 0u;
      if (trim > 0u) {
        for (var o = 0u; o < SHARDS; o = o + 1u) {
          if (here[o] && (value[o] < value[s] || (value[o] == value[s] && o < s))) { rank = rank + 1u; }
        }
      }
      if (rank >= trim && (trim == 0u || rank < present - trim)) { sum = sum + value[s]; }
    }
    let mean = sum * share;
    let i = at * PER_WORD + k;
    let m = MOMENTUM * momentum[i] + mean;
    momentum[i] = m;
    sums[i] = RATE * (mean + MOMENTUM * m) + sums[i];
  }
}
