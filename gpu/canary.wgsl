// Kernels whose results tell devices apart, and kernels whose results are known. Each writes 4 words per invocation to out.
// data: 0 x, 64 y, 128 z in -4..4, 192 w in 0.01..100, 256 random bits, 320 special floats, 384 the same rotated, 448 zeros.

@group(0) @binding(0) var<storage, read> data: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<atomic<u32>>;

fn f(i: u32) -> f32 { return bitcast<f32>(data[i]); }
fn put(i: u32, k: u32, v: u32) { atomicStore(&out[i * 4u + k], v); }
fn putf(i: u32, k: u32, v: f32) { atomicStore(&out[i * 4u + k], bitcast<u32>(v)); }

// What differs between honest devices.

@compute @workgroup_size(64)
fn mad(@builtin(local_invocation_index) i: u32) {
  var a = f(i);
  for (var k = 0u; k < 32u; k = k + 1u) { a = a * f(64u + k) * 0.25 + f(128u + (i + k) % 64u); }
  putf(i, 0u, a);
  putf(i, 1u, f(i) * f(64u + i) + f(128u + i));
}

@compute @workgroup_size(64)
fn fused(@builtin(local_invocation_index) i: u32) {
  let x = f(i);
  let y = f(64u + i);
  putf(i, 0u, fma(x, y, f(128u + i)));
  putf(i, 1u, fma(x, y, -(x * y)));
  putf(i, 2u, x * y - (x * y));
}

@compute @workgroup_size(64)
fn kahan(@builtin(local_invocation_index) i: u32) {
  var s = 0.0;
  var c = 0.0;
  for (var k = 0u; k < 64u; k = k + 1u) {
    let y = f((i + k) % 192u) - c;
    let t = s + y;
    c = (t - s) - y;
    s = t;
  }
  putf(i, 0u, s);
  putf(i, 1u, c);
}

@compute @workgroup_size(64)
fn matrix(@builtin(local_invocation_index) i: u32) {
  let a = vec4<f32>(f(i), f(i + 1u), f(i + 2u), f(i + 3u));
  let m = mat4x4<f32>(a, a.yzwx * 1.5, a.zwxy - a, vec4<f32>(f(64u + i), f(65u + i), f(66u + i), f(67u + i)));
  let r = m * vec4<f32>(f(128u + i), f(64u + i), f(i), f(130u));
  putf(i, 0u, r.x); putf(i, 1u, r.y); putf(i, 2u, r.z); putf(i, 3u, r.w);
}

@compute @workgroup_size(64)
fn dot4(@builtin(local_invocation_index) i: u32) {
  let a = vec4<f32>(f(i), f(i + 1u), f(i + 2u), f(i + 3u));
  let b = vec4<f32>(f(64u + i), f(65u + i), f(66u + i), f(67u + i));
  putf(i, 0u, dot(a, b));
  putf(i, 1u, length(a));
}

@compute @workgroup_size(64)
fn expo(@builtin(local_invocation_index) i: u32) {
  putf(i, 0u, exp(f(i))); putf(i, 1u, exp2(f(64u + i))); putf(i, 2u, log(f(192u + i))); putf(i, 3u, pow(f(192u + i), f(i)));
}

@compute @workgroup_size(64)
fn sine(@builtin(local_invocation_index) i: u32) {
  putf(i, 0u, sin(f(i))); putf(i, 1u, cos(f(i))); putf(i, 2u, tanh(f(i))); putf(i, 3u, sin(f(i) * 1000.0));
}

@compute @workgroup_size(64)
fn arc(@builtin(local_invocation_index) i: u32) { putf(i, 0u, atan(f(i))); putf(i, 1u, atan2(f(i), f(64u + i))); }

@compute @workgroup_size(64)
fn arcsine(@builtin(local_invocation_index) i: u32) { putf(i, 0u, asin(f(i) * 0.25)); putf(i, 1u, acos(f(i) * 0.25)); }

@compute @workgroup_size(64)
fn convert(@builtin(local_invocation_index) i: u32) { putf(i, 0u, f32(data[256u + i])); putf(i, 1u, f32(bitcast<i32>(data[256u + i]))); }

@compute @workgroup_size(64)
fn divide(@builtin(local_invocation_index) i: u32) {
  putf(i, 0u, f(i) / 3.0); putf(i, 1u, f(i) / f(64u + i)); putf(i, 2u, sqrt(f(192u + i))); putf(i, 3u, inverseSqrt(f(192u + i)));
}

@compute @workgroup_size(64)
fn remainder(@builtin(local_invocation_index) i: u32) { putf(i, 0u, f(i) % f(192u + i)); putf(i, 1u, fract(f(i))); }

@compute @workgroup_size(64)
fn smooth_(@builtin(local_invocation_index) i: u32) {
  putf(i, 0u, smoothstep(-4.0, 4.0, f(i))); putf(i, 1u, mix(f(i), f(64u + i), 0.3)); putf(i, 2u, round(f(i)));
}

@compute @workgroup_size(64)
fn special_add(@builtin(local_invocation_index) i: u32) {
  let a = f(320u + i);
  let b = f(384u + i);
  putf(i, 0u, a + b); putf(i, 1u, a * b); putf(i, 2u, a - b);
}

@compute @workgroup_size(64)
fn special_min(@builtin(local_invocation_index) i: u32) {
  let a = f(320u + i);
  let b = f(384u + i);
  putf(i, 0u, min(a, b)); putf(i, 1u, max(a, b)); putf(i, 2u, clamp(a, b, 1.0)); putf(i, 3u, abs(a));
}

@compute @workgroup_size(64)
fn special_compare(@builtin(local_invocation_index) i: u32) {
  let a = f(320u + i);
  let b = f(384u + i);
  put(i, 0u, select(0u, 1u, a < b) + select(0u, 2u, a == b) + select(0u, 4u, a != b) + select(0u, 8u, a != a) + select(0u, 16u, !(a == a)) + select(0u, 32u, a >= b));
}

@compute @workgroup_size(64)
fn integer_divide(@builtin(local_invocation_index) i: u32) {
  let z = data[448u];
  let low = bitcast<i32>(0x80000000u ^ z);
  put(i, 0u, data[256u + i] / z);
  put(i, 1u, data[256u + i] % z);
  put(i, 2u, bitcast<u32>(low / bitcast<i32>(~z)));
  put(i, 3u, bitcast<u32>(bitcast<i32>(data[256u + i]) % bitcast<i32>(data[257u + i] | 1u)));
}

@compute @workgroup_size(64)
fn extract(@builtin(local_invocation_index) i: u32) {
  let v = data[256u + i];
  put(i, 0u, extractBits(v, i, 20u)); put(i, 1u, insertBits(v, data[256u], i, 20u)); put(i, 2u, countOneBits(v)); put(i, 3u, reverseBits(v));
}

@compute @workgroup_size(1)
fn loop_70000() {
  var x = data[256];
  var n = 0u;
  loop {
    if (n >= 70000u + data[448]) { break; }
    x = x * 1664525u + 1013904223u;
    n = n + 1u;
  }
  put(0u, 0u, x);
  put(0u, 1u, n);
}

// Any word of data, or zero, is right.
@compute @workgroup_size(64)
fn outside(@builtin(local_invocation_index) i: u32) {
  put(i, 0u, data[512u + i]); put(i, 1u, data[100000u * i + 4096u]); put(i, 2u, data[0u - i - 1u]);
}

// What must be right.

@compute @workgroup_size(64)
fn integers(@builtin(local_invocation_index) i: u32) {
  var x = data[256u + i];
  for (var k = 0u; k < 100u; k = k + 1u) { x = (x ^ (x >> 13u)) * 1664525u + 1013904223u + (x << (k % 32u)); }
  put(i, 0u, x);
  put(i, 1u, data[256u + i] / (i + 1u) + data[256u + i] % (i + 3u));
  put(i, 2u, bitcast<u32>(bitcast<i32>(data[256u + i]) >> (i % 32u)));
}

// Sums and products of f32 are rounded to nearest, ties to even, when nothing is fused: the runtime zero hides the product.
@compute @workgroup_size(64)
fn rounding(@builtin(local_invocation_index) i: u32) {
  let z = data[448];
  let product = bitcast<f32>(bitcast<u32>(f(i) * f(64u + i)) ^ z);
  putf(i, 0u, product);
  putf(i, 1u, product + f(128u + i));
  putf(i, 2u, f(i) + f(192u + i));
  putf(i, 3u, f(i) - f(192u + i));
}

var<workgroup> tile: array<u32, 64>;

@compute @workgroup_size(64)
fn shared_(@builtin(local_invocation_index) i: u32) {
  put(i, 1u, tile[63u - i]); // zeros, whatever was there before
  workgroupBarrier();
  tile[i] = data[256u + i];
  workgroupBarrier();
  put(i, 0u, tile[63u - i]);
  workgroupBarrier();
  tile[i] = 0xdeadbeefu;
}

@compute @workgroup_size(64)
fn atomics(@builtin(local_invocation_index) i: u32) {
  atomicAdd(&out[0], data[256u + i]);
  atomicMax(&out[1], data[256u + i]);
  atomicXor(&out[2], data[256u + i]);
  put(i, 3u, i);
}
