// Sums the results of COUNT tasks of pi.wgsl, pairs of u32 (inside, points), to one pair of 64-bit numbers.
//
// Injected in front: const COUNT: u32, at most 60000. One invocation; output: inside low, inside high, points low, high.

@group(0) @binding(0) var<storage, read> pairs: array<vec2<u32>>;
@group(0) @binding(1) var<storage, read_write> output: array<u32, 4>;

@compute @workgroup_size(1)
fn main() {
  var low = vec2<u32>();
  var high = vec2<u32>();
  for (var i = 0u; i < COUNT; i++) {
    let sum = low + pairs[i];
    high += select(vec2<u32>(0u), vec2<u32>(1u), sum < low); // carry
    low = sum;
  }
  output[0] = low.x;
  output[1] = high.x;
  output[2] = low.y;
  output[3] = high.y;
}
