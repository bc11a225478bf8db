// Source:

struct Ball { centre: vec3<f32>, radius: f32, colour: u32, @size(16) spin: vec2<f32> }
struct Scene { count: u32, turn: mat3x3<f32>, balls: array<Ball> }
const COUNT = 5u;
const WEIGHTS = array<f32, 3>(0.25, 0.5, 1e-35);
const TURN: i32 = -2147483647 - 1;
@group(0) @binding(0) var<storage, read> scene: Scene;
@group(0) @binding(1) var<uniform> view: vec4<f32>;
@group(0) @binding(2) var<storage, read_write> seen: array<atomic<u32>, 4>;
@group(0) @binding(3) var<storage, read_write> out: array<Ball>;
@group(0) @binding(4) var<storage, read_write> first: array<f32>;
var<private> seed: u32 = 7u;
var<workgroup> totals: array<vec2<f32>, 96>;
var<workgroup> hits: atomic<u32>;

fn next() -> f32 {
  seed = seed * 747796405u + 2891336453u;
  return f32(seed) * 2.3283064e-10;
}

fn add(p: ptr<function, vec3<f32>>, v: vec3<f32>) { *p += v / f32(COUNT); }

fn sum(r_sum: f32, b: Ball) -> f32 {
  var total = r_sum;
  for (var i = 0; i < 3; i++) {
    if ((i == 1 && total > b.radius) || b.colour == 3u) { continue; }
    var w = WEIGHTS;
    total += w[i] * dot(b.centre, b.centre);
    if (total > 100.0) { break; }
  }
  return total;
}

@compute @workgroup_size(8, 4)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let i = id.y * 64u + id.x;
  var p = scene.turn * vec3<f32>(next(), view.x, -view.y);
  add(&p, vec3<f32>(f32(lane), f32(i), 1.0));
  let b = scene.balls[i];
  var steps = 0u;
  loop {
    if (steps >= COUNT) { break; }
    p = normalize(p.zxy) * 0.5 + select(p, b.centre, p < b.centre);
    continuing {
      steps += 1u;
      break if p.x > 1e3;
    }
  }
  switch (i32(b.colour) % 3 - 1) {
    case 0, 1: { p.y = pow(abs(p.y), 1.5); }
    case -1: { p.z = bitcast<f32>(bitcast<u32>(p.z) ^ 1u); }
    default: { p[lane % 3u] = 0.0; }
  }
  totals[lane] = p.xy;
  atomicAdd(&hits, u32(p.x > 0.0));
  atomicMax(&seen[group.x & 3u], b.colour << (lane & 63u));
  workgroupBarrier();
  if (lane == 0u && group.y == 0u) { first[group.x] = f32(atomicLoad(&hits)) / sum(totals[5].x, b); }
  out[i] = b;
  out[i].spin = totals[31u - lane] - p.yz * p.yz;
  out[i].colour = u32(max(p.x, 0.0)) / b.colour;
}

// Rewritten:
struct Ball {
  centre: vec3<f32>,
  radius: f32,
  @size(8) colour: u32,
  @size(24) spin: vec2<f32>,
}

struct Scene {
  @size(16) count: u32,
  turn: mat3x3<f32>,
  balls: array<Ball>,
}

@group(0) @binding(0) var<storage, read> scene: Scene;
@group(0) @binding(1) var<uniform> view: vec4<f32>;
@group(0) @binding(2) var<storage, read_write> seen: array<atomic<u32>, 4>;
@group(0) @binding(3) var<storage, read_write> out: array<Ball>;
@group(0) @binding(4) var<storage, read_write> first: array<f32>;
var<private> seed: u32 = 7u;
var<workgroup> totals: array<vec2<f32>, 96>;
var<workgroup> hits: atomic<u32>;
@group(0) @binding(5) var<uniform> r_zeros: vec4<u32>;
var<private> r_z: u32;
var<private> r_y: u32;
var<private> r_0: f32;

fn r_sum(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ r_z);
}

fn r_fromU32(x: u32) -> f32 {
  return r_sum(f32(x >> 16u) * 65536.0f + f32(x & 0xffffu));
}

fn r_product(x: f32) -> f32 {
  let u = bitcast<u32>(x) ^ r_z;
  return bitcast<f32>(select(r_y, u, (u & 0x7fffffffu) >= 0x0c800000u));
}

fn r_constant(bits: u32) -> f32 {
  return bitcast<f32>(bits ^ r_z);
}

// The quotient rounded to nearest even: an estimate, made right by the integer remainder.
fn r_div(a: f32, b: f32) -> f32 {
  let ab = bitcast<u32>(a) ^ r_y;
  let bb = bitcast<u32>(b) ^ r_y;
  let sign = (ab ^ bb) & 0x80000000u;
  let ea = i32((ab >> 23u) & 255u);
  let eb = i32((bb >> 23u) & 255u);
  if (ea == 255 || eb == 255 || ea == 0 || eb == 0) {
    if (((ab & 0x7fffffffu) > 0x7f800000u) | ((bb & 0x7fffffffu) > 0x7f800000u) | (ea == 255 && eb == 255) | (ea == 0 && eb == 0)) { return r_constant(0x7fc00000u); }
    if (ea == 255 || eb == 0) { return r_constant(sign | 0x7f800000u); }
    return r_0;
  }
  var ma = (ab & 0x7fffffu) | 0x800000u;
  let mb = (bb & 0x7fffffu) | 0x800000u;
  var e = ea - eb + 127;
  if (ma < mb) {
    ma = ma << 1u;
    e = e - 1;
  }
  var q = u32((f32(ma) / f32(mb)) * 1.6777216e+07f);
  var r = i32((ma << 24u) - q * mb);
  let k = i32(floor(f32(r) / f32(mb)));
  q = q + u32(k);
  r = r - k * i32(mb);
  if (r < 0) {
    q = q - 1u;
    r = r + i32(mb);
  }
  if (r >= i32(mb)) {
    q = q + 1u;
    r = r - i32(mb);
  }
  var m = q >> 1u;
  if ((q & 1u) == 1u && (r != 0 || (m & 1u) == 1u)) { m = m + 1u; }
  if (m == 16777216u) {
    m = 8388608u;
    e = e + 1;
  }
  if (e < 25) { return r_0; }
  if (e >= 255) { return r_constant(sign | 0x7f800000u); }
  return r_constant(sign | (u32(e) << 23u) | (m & 0x7fffffu));
}

fn r_div3(a: vec3<f32>, b: vec3<f32>) -> vec3<f32> {
  return vec3<f32>(r_div(a.x, b.x), r_div(a.y, b.y), r_div(a.z, b.z));
}

fn r_sum3(x: vec3<f32>) -> vec3<f32> {
  return bitcast<vec3<f32>>(bitcast<vec3<u32>>(x) ^ vec3<u32>(r_z));
}

fn r_numbers(a: f32, b: f32) -> bool {
  return max((bitcast<u32>(a) ^ r_y) & 0x7fffffffu, (bitcast<u32>(b) ^ r_y) & 0x7fffffffu) <= 0x7f800000u;
}

fn r_lt(a: f32, b: f32) -> bool {
  return (bitcast<f32>(bitcast<u32>(a) ^ r_y) < b) & r_numbers(a, b);
}

fn r_product3(x: vec3<f32>) -> vec3<f32> {
  let u = bitcast<vec3<u32>>(x) ^ vec3<u32>(r_z);
  return bitcast<vec3<f32>>(select(vec3<u32>(r_y), u, (u & vec3<u32>(0x7fffffffu)) >= vec3<u32>(0x0c800000u)));
}

fn r_dot3(a: vec3<f32>, b: vec3<f32>) -> f32 {
  let p = r_product3(a * b);
  return r_sum(r_sum(p.x + p.y) + p.z);
}

fn r_in3(x: vec3<f32>) -> vec3<f32> {
  let u = bitcast<vec3<u32>>(x);
  return bitcast<vec3<f32>>(select(vec3<u32>(r_y), u, (u & vec3<u32>(0x7fffffffu)) >= vec3<u32>(0x0c800000u)));
}

fn r_in(x: f32) -> f32 {
  let u = bitcast<u32>(x);
  return bitcast<f32>(select(r_y, u, (u & 0x7fffffffu) >= 0x0c800000u));
}

fn r_neg(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(r_0 - x) ^ r_z);
}

fn r_other3(x: vec3<f32>) -> vec3<f32> {
  return bitcast<vec3<f32>>(bitcast<vec3<u32>>(x) ^ vec3<u32>(r_y));
}

fn r_in2(x: vec2<f32>) -> vec2<f32> {
  let u = bitcast<vec2<u32>>(x);
  return bitcast<vec2<f32>>(select(vec2<u32>(r_y), u, (u & vec2<u32>(0x7fffffffu)) >= vec2<u32>(0x0c800000u)));
}

// The square root rounded to nearest even, in the same way.
fn r_sqrt(x: f32) -> f32 {
  let u = bitcast<u32>(x) ^ r_y;
  let biased = i32((u >> 23u) & 255u);
  if (biased == 0) { return r_0; }
  if (biased == 255 || (u >> 31u) == 1u) {
    if (u == 0x7f800000u) { return x; }
    return r_constant(0x7fc00000u);
  }
  let m = (u & 0x7fffffu) | 0x800000u;
  let odd = u32(biased + 1) & 1u;
  let scaled = m << (25u + odd);
  var s = u32(sqrt(f32(m) * select(3.3554432e+07f, 6.7108864e+07f, odd == 1u)));
  var r = i32(scaled - s * s);
  let k = i32(floor(f32(r) / (2.0f * f32(s))));
  r = r - k * i32(2u * s + u32(k));
  s = s + u32(k);
  if (r < 0) {
    s = s - 1u;
    r = r + i32(2u * s + 1u);
  }
  if (r > i32(2u * s)) {
    r = r - i32(2u * s + 1u);
    s = s + 1u;
  }
  var root = s >> 1u;
  if ((s & 1u) == 1u && (r != 0 || (root & 1u) == 1u)) { root = root + 1u; }
  var e = (biased - 127 - i32(odd)) / 2 + 127;
  if (root == 16777216u) {
    root = 8388608u;
    e = e + 1;
  }
  return r_constant((u32(e) << 23u) | (root & 0x7fffffu));
}

fn r_length3(x: vec3<f32>) -> f32 {
  return r_sqrt(r_dot3(x, x));
}

fn r_normalize3(x: vec3<f32>) -> vec3<f32> {
  return r_product3(x * r_div(1.0f, r_length3(x)));
}

fn r_numbers3(a: vec3<f32>, b: vec3<f32>) -> vec3<bool> {
  return max((bitcast<vec3<u32>>(a) ^ vec3<u32>(r_y)) & vec3<u32>(0x7fffffffu), (bitcast<vec3<u32>>(b) ^ vec3<u32>(r_y)) & vec3<u32>(0x7fffffffu)) <= vec3<u32>(0x7f800000u);
}

fn r_lt3(a: vec3<f32>, b: vec3<f32>) -> vec3<bool> {
  return (bitcast<vec3<f32>>(bitcast<vec3<u32>>(a) ^ vec3<u32>(r_y)) < b) & r_numbers3(a, b);
}

fn r_abs(x: f32) -> f32 {
  return bitcast<f32>((bitcast<u32>(x) & 0x7fffffffu) ^ r_y);
}

fn r_isnan(x: f32) -> bool {
  return ((bitcast<u32>(x) ^ r_y) & 0x7fffffffu) > 0x7f800000u;
}

struct r_Pair {
  high: f32,
  low: f32,
}

// a * b as the sum of two f32, by halves whose products are exact.
fn r_productPair(a: f32, b: f32) -> r_Pair {
  let ah = bitcast<f32>(bitcast<u32>(a) & 0xfffff000u);
  let bh = bitcast<f32>(bitcast<u32>(b) & 0xfffff000u);
  let al = r_sum(a - ah);
  let bl = r_sum(b - bh);
  let p = r_sum(a * b);
  let e = r_sum(r_sum(r_sum(ah * bh) - p) + r_sum(ah * bl));
  return r_Pair(p, r_sum(r_sum(e + r_sum(al * bh)) + r_sum(al * bl)));
}

// a * b + c where the product cannot be so small that its rounding matters.
fn r_mad(a: f32, b: f32, c: f32) -> f32 {
  return r_sum(r_sum(a * b) + c);
}

// log2(x) as the sum of two f32: with s = (m - 1) / (m + 1), log(m) = 2 s + 2/3 s^3 + ...
fn r_log2Pair(x: f32) -> r_Pair {
  let b = bitcast<u32>(x);
  var e = i32(b >> 23u) - 126;
  var m = bitcast<f32>((b & 0x7fffffu) | 0x3f000000u);
  if (m < 0.70710677f) {
    e = e - 1;
    m = r_sum(m + m);
  }
  let t = r_sum(m - 1.0f);
  let d = r_sum(m + 1.0f);
  let dl = r_sum(m - r_sum(d - 1.0f));
  let s = r_div(t, d);
  let back = r_productPair(s, d);
  let rest = r_sum(r_sum(r_sum(t - back.high) - back.low) - r_sum(s * dl));
  let sl = r_div(rest, d);
  let z = r_sum(s * s);
  var p = r_mad(0.18181819f, z, 0.22222222f);
  p = r_mad(p, z, 0.2857143f);
  p = r_mad(p, z, 0.4f);
  let cube = r_sum(s * z);
  let third = r_productPair(cube, 0.6666667f);
  let square = r_productPair(s, s);
  let cubeLow = r_sum(r_productPair(s, square.high).low + r_sum(s * square.low));
  // log(m) = 2 s + (2 sl + 2/3 s^3 + ...), the parts added from the largest
  let two = r_sum(s + s);
  let tail = r_sum(r_sum(r_sum(third.low + r_sum(cubeLow * 0.6666667f)) + r_sum(cube * -1.9868216e-08f)) + r_sum(r_sum(p * r_sum(z * cube)) + r_sum(sl + sl)));
  let high = r_sum(two + third.high);
  let low = r_sum(r_sum(third.high - r_sum(high - two)) + tail);
  // times log2(e) = 1.442695f + 1.925963e-08f
  let c = r_productPair(high, 1.442695f);
  let cl = r_sum(c.low + r_sum(r_sum(low * 1.442695f) + r_sum(high * 1.925963e-08f)));
  let fe = f32(e);
  let sum = r_sum(fe + c.high);
  var lost = r_sum(c.high - r_sum(sum - fe));
  if (e == 0) { lost = r_0; }
  lost = r_sum(lost + cl);
  let top = r_sum(sum + lost);
  return r_Pair(top, r_sum(lost - r_sum(top - sum)));
}

// y * 2^k for a y near 1; k keeps it in range.
fn r_scale(y: f32, k: i32) -> f32 {
  return r_in(r_constant(bitcast<u32>(y) + (u32(k) << 23u)));
}

// x >= 0, or the result is NaN. The logarithm and its product are carried in two f32 each.
fn r_pow(x: f32, y: f32) -> f32 {
  let b = bitcast<u32>(x) ^ r_y;
  let power = bitcast<u32>(y) ^ r_y;
  if (power == 0u) { return 1.0f; }
  if ((b > 0x7f800000u) | r_isnan(y)) { return r_constant(0x7fc00000u); }
  let up = power < 0x80000000u;
  if (b == 0u || b == 0x7f800000u) { return r_constant(select(0u, 0x7f800000u, up == (b != 0u))); }
  if (b == 0x3f800000u) { return 1.0f; }
  if ((power & 0x7fffffffu) == 0x7f800000u) { return r_constant(select(0u, 0x7f800000u, up == (b > 0x3f800000u))); }
  let l = r_log2Pair(x);
  let whole = r_productPair(l.high, y);
  let low = r_sum(whole.low + r_sum(l.low * y));
  let sum = r_sum(whole.high + low);
  if (!(sum < 128.0f)) { return r_constant(0x7f800000u); }
  if (sum < -103.0f) { return r_0; }
  let k = floor(r_sum(sum + 0.5f));
  let f = r_sum(r_sum(whole.high - k) + low);
  var p = r_mad(0.00015353362f, f, 0.0013398874f);
  p = r_mad(p, f, 0.009618437f);
  p = r_mad(p, f, 0.055503324f);
  p = r_mad(p, f, 0.24022648f);
  p = r_mad(p, f, 0.6931472f);
  let q = r_mad(p, f, 1.0f);
  if (k >= 128.0f && q >= 1.0f) { return r_constant(0x7f800000u); }
  return r_scale(q, i32(k));
}

fn r_out(x: f32) -> f32 {
  let u = bitcast<u32>(x) ^ r_z;
  return bitcast<f32>(select(0x7fc00000u, u, (u & 0x7fffffffu) <= 0x7f800000u));
}

fn r_out3(x: vec3<f32>) -> vec3<f32> {
  let u = bitcast<vec3<u32>>(x) ^ vec3<u32>(r_z);
  return bitcast<vec3<f32>>(select(vec3<u32>(0x7fc00000u), u, (u & vec3<u32>(0x7fffffffu)) <= vec3<u32>(0x7f800000u)));
}

fn r_out2(x: vec2<f32>) -> vec2<f32> {
  let u = bitcast<vec2<u32>>(x) ^ vec2<u32>(r_z);
  return bitcast<vec2<f32>>(select(vec2<u32>(0x7fc00000u), u, (u & vec2<u32>(0x7fffffffu)) <= vec2<u32>(0x7f800000u)));
}

fn r_product2(x: vec2<f32>) -> vec2<f32> {
  let u = bitcast<vec2<u32>>(x) ^ vec2<u32>(r_z);
  return bitcast<vec2<f32>>(select(vec2<u32>(r_y), u, (u & vec2<u32>(0x7fffffffu)) >= vec2<u32>(0x0c800000u)));
}

fn r_other2(x: vec2<f32>) -> vec2<f32> {
  return bitcast<vec2<f32>>(bitcast<vec2<u32>>(x) ^ vec2<u32>(r_y));
}

fn r_max(a: f32, b: f32) -> f32 {
  return select(select(max(a, b), a, r_isnan(b)), b, r_isnan(a));
}

fn r_toU32(x: f32) -> u32 {
  let u = bitcast<u32>(x) ^ r_y;
  let inside = u < 0x4f800000u;
  let limit = select(0u, 0xffffffffu, u <= 0x7f800000u);
  return select(limit, u32(select(0.0f, x, inside)), inside);
}

fn r_udiv(a: u32, b: u32) -> u32 {
  return a / select(b, 1u, b == 0u);
}

fn r_in_mat3x3(v: mat3x3<f32>) -> mat3x3<f32> {
  return mat3x3<f32>(r_in3(v[0]), r_in3(v[1]), r_in3(v[2]));
}

fn r_times_mat3x3_vec3(a: mat3x3<f32>, b: vec3<f32>) -> vec3<f32> {
  var s = r_product3(a[0] * b.x);
  s = r_sum3(s + r_product3(a[1] * b.y));
  s = r_sum3(s + r_product3(a[2] * b.z));
  return s;
}

fn r_in_Ball(v: Ball) -> Ball {
  return Ball(r_in3(v.centre), r_in(v.radius), v.colour, r_in2(v.spin));
}

fn r_out_Ball(v: Ball) -> Ball {
  return Ball(r_out3(v.centre), r_out(v.radius), v.colour, r_out2(v.spin));
}

fn next() -> f32 {
  seed = (seed * 747796405u) + 2891336453u;
  return r_product(r_fromU32(seed) * 2.3283064e-10f);
}

fn add(p: ptr<function, vec3<f32>>, v: vec3<f32>) {
  (*p) = r_sum3((*p) + r_div3(v, vec3<f32>(5.0f)));
  return;
}

fn sum(my_r_sum: f32, b: Ball) -> f32 {
  var total: f32 = r_0;
  var i: i32 = 0i;
  var test: bool = false;
  var test_2: bool = false;
  var w: array<f32, 3> = array<f32, 3>(r_0, r_0, r_0);
  total = my_r_sum;
  for (; i < 3i; i = i + 1i) {
    {
      if (i == 1i) {
        test = r_lt(b.radius, total);
      } else {
        test = false;
      }
      if (!test) {
        test_2 = b.colour == 3u;
      } else {
        test_2 = true;
      }
      if (test_2) {
        continue;
      }
      w = array<f32, 3>(0.25f, 0.5f, r_0);
      total = r_sum(total + r_product(w[u32(i)] * r_dot3(b.centre, b.centre)));
      if (r_lt(100.0f, total)) {
        break;
      }
    }
  }
  return total;
}

@compute @workgroup_size(8, 4, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>) {
  r_z = r_zeros[id.x & 3u];
  r_y = r_zeros[(id.x + 1u) & 3u];
  r_0 = bitcast<f32>(r_zeros[(id.x + 2u) & 3u]);
  for (var i_2 = 0u; i_2 < 96u; i_2 = i_2 + 32u) {
    totals[i_2 + lane] = vec2<f32>(r_0);
  }
  if (lane == 0u) {
    atomicStore(&hits, u32(0));
  }
  workgroupBarrier();
  let scene_balls_last = arrayLength(&scene.balls) - 1u;
  let first_last = arrayLength(&first) - 1u;
  let out_last = arrayLength(&out) - 1u;
  var p: vec3<f32> = vec3<f32>(r_0);
  var steps: u32 = 0u;
  var test: bool = false;
  let i = (id.y * 64u) + id.x;
  let scene_now = r_in_mat3x3(scene.turn);
  let e11 = next();
  p = r_times_mat3x3_vec3(scene_now, vec3<f32>(e11, r_in(view.x), r_neg(r_in(view.y))));
  add(&p, r_other3(vec3<f32>(f32(lane), r_fromU32(i), 1.0f)));
  let b = r_in_Ball(scene.balls[min(i, scene_balls_last)]);
  loop {
    if (steps >= 5u) {
      break;
    }
    p = r_sum3(r_product3(r_normalize3(p.zxy) * 0.5f) + select(p, b.centre, r_lt3(p, b.centre)));
    continuing {
      steps = steps + 1u;
      let e53 = r_lt(1000.0f, p.x);
      break if e53;
    }
  }
  switch ((i32(b.colour) % 3i) - 1i) {
    case 0i, 1i: {
      p.y = r_pow(r_abs(p.y), 1.5f);
    }
    case -1i: {
      p.z = r_product(bitcast<f32>((bitcast<u32>(r_out(p.z)) ^ r_y) ^ 1u));
    }
    default: {
      p[lane % 3u] = r_0;
    }
  }
  totals[lane] = p.xy;
  atomicAdd(&hits, u32(r_lt(r_0, p.x)));
  atomicMax(&seen[group.x & 3u], (b.colour << (lane & 63u)));
  workgroupBarrier();
  if (lane == 0u) {
    test = group.y == 0u;
  } else {
    test = false;
  }
  if (test) {
    let e108 = group.x;
    let e112 = r_fromU32(atomicLoad(&hits));
    let e117 = sum(totals[5].x, b);
    if (e108 <= first_last) { first[e108] = r_out(r_div(e112, e117)); }
  }
  if (i <= out_last) { out[i] = r_out_Ball(b); }
  if (i <= out_last) { out[i].spin = r_out2(totals[31u - lane] - r_other2(r_product2(p.yz * p.yz))); }
  if (i <= out_last) { out[i].colour = r_udiv(r_toU32(r_max(p.x, r_0)), b.colour); }
  return;
}
