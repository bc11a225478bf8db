// Monte Carlo estimate of pi: random points of a 65536 x 65536 grid in the unit square, counted when they lie in the
// quarter circle. The generator is Philox 4x32 with 10 rounds, keyed by the seed and counted by invocation and sample, so
// no two invocations share a number and the result does not depend on the order in which they run.
//
// Injected in front: const SAMPLES: u32, the points of one invocation (a multiple of 4). output[0] += points inside,
// output[1] += points; fill it with zeros before. Both stay below 2^32 when the points of the task do.

@group(0) @binding(0) var<uniform> params: vec4<u32>; // step, steps, seed low, seed high
@group(0) @binding(1) var<storage, read_write> output: array<atomic<u32>, 2>;

// High word of a 64-bit product from 16-bit halves.
fn high(a: u32, b: u32) -> u32 {
  let al = a & 0xffffu;
  let ah = a >> 16u;
  let bl = b & 0xffffu;
  let bh = b >> 16u;
  let mid = ah * bl + ((al * bl) >> 16u);
  let low = al * bh + (mid & 0xffffu);
  return ah * bh + (mid >> 16u) + (low >> 16u);
}

fn philox(counter: vec4<u32>, seed: vec2<u32>) -> vec4<u32> {
  var x = counter;
  var key = seed;
  for (var i = 0; i < 10; i++) {
    x = vec4<u32>(
      high(0xCD9E8D57u, x.z) ^ x.y ^ key.x,
      0xCD9E8D57u * x.z,
      high(0xD2511F53u, x.x) ^ x.w ^ key.y,
      0xD2511F53u * x.x,
    );
    key += vec2<u32>(0x9E3779B9u, 0xBB67AE85u);
  }
  return x;
}

// 1 if the point of two 16-bit coordinates, each at the centre of its cell, lies in the quarter circle of radius 2^16:
// (2x+1)^2 + (2y+1)^2 < 2^34, divided by 4 so that it fits 32 bits.
fn inside(bits: u32) -> u32 {
  let x = bits & 0xffffu;
  let y = bits >> 16u;
  let xx = x * (x + 1u);
  let yy = y * (y + 1u);
  return select(0u, 1u, xx <= 0xffffffffu - yy);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var hits = 0u;
  for (var s = 0u; s < SAMPLES / 4u; s++) {
    let r = philox(vec4<u32>(s, id.x, params.x, 0u), params.zw);
    hits += inside(r.x) + inside(r.y) + inside(r.z) + inside(r.w);
  }
  atomicAdd(&output[0], hits);
  atomicAdd(&output[1], SAMPLES / 4u * 4u);
}
