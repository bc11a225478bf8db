// The functions of reproducible/1. Each block up to a blank line is one declaration; only those that a kernel needs are added
// to it. In a name, $ stands for the size of a vector (none for a scalar); $F, $I, $U and $B are the types f32, i32, u32 and
// bool of that size. Every f32 argument is canonical (see DESIGN.md), and so is every result.

fn r_sum$(x: $F) -> $F {
  return bitcast<$F>(bitcast<$U>(x) ^ $U(r_z));
}

fn r_other$(x: $F) -> $F {
  return bitcast<$F>(bitcast<$U>(x) ^ $U(r_y));
}

fn r_product$(x: $F) -> $F {
  let u = bitcast<$U>(x) ^ $U(r_z);
  return bitcast<$F>(select($U(r_y), u, (u & $U(0x7fffffffu)) >= $U(0x0c800000u)));
}

fn r_in$(x: $F) -> $F {
  let u = bitcast<$U>(x);
  return bitcast<$F>(select($U(r_y), u, (u & $U(0x7fffffffu)) >= $U(0x0c800000u)));
}

fn r_abs$(x: $F) -> $F {
  return bitcast<$F>((bitcast<$U>(x) & $U(0x7fffffffu)) ^ $U(r_y));
}

fn r_out$(x: $F) -> $F {
  let u = bitcast<$U>(x) ^ $U(r_z);
  return bitcast<$F>(select($U(0x7fc00000u), u, (u & $U(0x7fffffffu)) <= $U(0x7f800000u)));
}

fn r_outProduct$(x: $F) -> $F {
  let u = bitcast<$U>(x) ^ $U(r_z);
  let a = u & $U(0x7fffffffu);
  return bitcast<$F>(select(select($U(0x7fc00000u), u, a <= $U(0x7f800000u)), $U(0u), a < $U(0x0c800000u)));
}

fn r_neg$(x: $F) -> $F {
  return bitcast<$F>(bitcast<$U>($F(r_0) - x) ^ $U(r_z));
}

fn r_isnan$(x: $F) -> $B {
  return ((bitcast<$U>(x) ^ $U(r_y)) & $U(0x7fffffffu)) > $U(0x7f800000u);
}

fn r_numbers$(a: $F, b: $F) -> $B {
  return max((bitcast<$U>(a) ^ $U(r_y)) & $U(0x7fffffffu), (bitcast<$U>(b) ^ $U(r_y)) & $U(0x7fffffffu)) <= $U(0x7f800000u);
}

fn r_lt$(a: $F, b: $F) -> $B {
  return (bitcast<$F>(bitcast<$U>(a) ^ $U(r_y)) < b) & r_numbers$(a, b);
}

fn r_le$(a: $F, b: $F) -> $B {
  return (bitcast<$F>(bitcast<$U>(a) ^ $U(r_y)) <= b) & r_numbers$(a, b);
}

fn r_eq$(a: $F, b: $F) -> $B {
  return (bitcast<$F>(bitcast<$U>(a) ^ $U(r_y)) == b) & r_numbers$(a, b);
}

fn r_min$(a: $F, b: $F) -> $F {
  return select(select(min(a, b), a, r_isnan$(b)), b, r_isnan$(a));
}

fn r_max$(a: $F, b: $F) -> $F {
  return select(select(max(a, b), a, r_isnan$(b)), b, r_isnan$(a));
}

fn r_clamp$(x: $F, low: $F, high: $F) -> $F {
  return r_min$(r_max$(x, low), high);
}

fn r_saturate$(x: $F) -> $F {
  return r_min$(r_max$(x, $F(r_0)), $F(1.0));
}

fn r_sign$(x: $F) -> $F {
  let u = bitcast<$U>(x) ^ $U(r_y);
  let one = bitcast<$F>((u & $U(0x80000000u)) | $U(0x3f800000u));
  return select(one, $F(r_0), (u == $U(0u)) | r_isnan$(x));
}

fn r_floor$(x: $F) -> $F {
  return bitcast<$F>(bitcast<$U>(floor(x)) ^ $U(r_y));
}

fn r_ceil$(x: $F) -> $F {
  return r_sum$(ceil(x) + $F(r_0));
}

fn r_trunc$(x: $F) -> $F {
  return r_sum$(trunc(x) + $F(r_0));
}

fn r_round$(x: $F) -> $F {
  return r_sum$(round(x) + $F(r_0));
}

fn r_fract$(x: $F) -> $F {
  return r_sum$(x - r_other$(floor(x)));
}

fn r_step$(edge: $F, x: $F) -> $F {
  return select($F(r_0), $F(1.0), r_le$(edge, x));
}

fn r_fma$(a: $F, b: $F, c: $F) -> $F {
  return r_sum$(r_product$(a * b) + c);
}

fn r_mix$(x: $F, y: $F, a: $F) -> $F {
  return r_sum$(r_product$(x * r_sum$($F(1.0) - a)) + r_product$(y * a));
}

fn r_smoothstep$(low: $F, high: $F, x: $F) -> $F {
  let t = r_saturate$(r_div$(r_sum$(x - r_other$(low)), r_sum$(high - r_other$(low))));
  return r_product$(r_product$(t * t) * r_sum$($F(3.0) - r_sum$(t + t)));
}

fn r_mod$(x: $F, y: $F) -> $F {
  return r_sum$(x - r_other$(r_product$(y * r_trunc$(r_div$(x, y)))));
}

fn r_radians$(x: $F) -> $F {
  return r_product$(x * 0.017453292519943295);
}

fn r_degrees$(x: $F) -> $F {
  return r_product$(x * 57.29577951308232);
}

fn r_toI32$(x: $F) -> $I {
  let u = bitcast<$U>(x) ^ $U(r_y);
  let large = (u & $U(0x7fffffffu)) >= $U(0x4f000000u);
  let limit = select($I(0), $I(0x7fffffff) ^ (bitcast<$I>(u) >> $U(31u)), (u & $U(0x7fffffffu)) <= $U(0x7f800000u));
  return select($I(select(x, $F(0.0), large)), limit, large);
}

fn r_toU32$(x: $F) -> $U {
  let u = bitcast<$U>(x) ^ $U(r_y);
  let inside = u < $U(0x4f800000u);
  let limit = select($U(0u), $U(0xffffffffu), u <= $U(0x7f800000u));
  return select(limit, $U(select($F(0.0), x, inside)), inside);
}

fn r_fromI32$(x: $I) -> $F {
  return r_sum$($F(x >> $U(16u)) * 65536.0 + $F(x & $I(0xffff)));
}

fn r_fromU32$(x: $U) -> $F {
  return r_sum$($F(x >> $U(16u)) * 65536.0 + $F(x & $U(0xffffu)));
}

fn r_idiv$(a: $I, b: $I) -> $I {
  let bad = (b == $I(0)) | ((a == bitcast<$I>($U(0x80000000u))) & (b == $I(-1)));
  return a / select(b, $I(1), bad);
}

fn r_imod$(a: $I, b: $I) -> $I {
  let bad = (b == $I(0)) | ((a == bitcast<$I>($U(0x80000000u))) & (b == $I(-1)));
  return a % select(b, $I(1), bad);
}

fn r_udiv$(a: $U, b: $U) -> $U {
  return a / select(b, $U(1u), b == $U(0u));
}

fn r_umod$(a: $U, b: $U) -> $U {
  return a % select(b, $U(1u), b == $U(0u));
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
  var q = u32((f32(ma) / f32(mb)) * 16777216.0);
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
  var s = u32(sqrt(f32(m) * select(33554432.0, 67108864.0, odd == 1u)));
  var r = i32(scaled - s * s);
  let k = i32(floor(f32(r) / (2.0 * f32(s))));
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

fn r_inverseSqrt(x: f32) -> f32 {
  return r_div(1.0, r_sqrt(x));
}

// a * b + c where the product cannot be so small that its rounding matters.
fn r_mad(a: f32, b: f32, c: f32) -> f32 {
  return r_sum(r_sum(a * b) + c);
}

// y * 2^k for a y near 1; k keeps it in range.
fn r_scale(y: f32, k: i32) -> f32 {
  return r_in(r_constant(bitcast<u32>(y) + (u32(k) << 23u)));
}

fn r_expPolynomial(r: f32) -> f32 {
  var p = r_mad(1.9875691500e-4, r, 1.3981999507e-3);
  p = r_mad(p, r, 8.3334519073e-3);
  p = r_mad(p, r, 4.1665795894e-2);
  p = r_mad(p, r, 1.6666665459e-1);
  p = r_mad(p, r, 5.0000001201e-1);
  return r_sum(r_sum(r_sum(p * r_sum(r * r)) + r) + 1.0);
}

fn r_exp(x: f32) -> f32 {
  if (r_isnan(x)) { return x; }
  if (x > 88.72283172607422) { return r_constant(0x7f800000u); }
  if (x < -71.0) { return r_0; }
  let k = floor(r_mad(x, 1.44269504, 0.5));
  var r = r_sum(x - r_sum(k * 0.693359375));
  r = r_sum(r + r_sum(k * 2.12194440e-4));
  return r_scale(r_expPolynomial(r), i32(k));
}

fn r_twoTo(x: f32) -> f32 {
  if (r_isnan(x)) { return x; }
  if (x >= 128.0) { return r_constant(0x7f800000u); }
  if (x < -103.0) { return r_0; }
  let k = floor(r_sum(x + 0.5));
  let f = r_sum(x - k);
  var p = r_mad(1.535336188319500e-4, f, 1.339887440266574e-3);
  p = r_mad(p, f, 9.618437357674640e-3);
  p = r_mad(p, f, 5.550332471162809e-2);
  p = r_mad(p, f, 2.402264791363012e-1);
  p = r_mad(p, f, 6.931472028550421e-1);
  let y = r_mad(p, f, 1.0);
  if (k == 128.0 && y >= 1.0) { return r_constant(0x7f800000u); }
  return r_scale(y, i32(k));
}

struct r_Log {
  t: f32, // m - 1
  y: f32, // log(m) - t
  e: f32, // x = m * 2^e, m from sqrt(1/2) to sqrt(2)
}

fn r_logParts(x: f32) -> r_Log {
  let b = bitcast<u32>(x);
  var e = i32(b >> 23u) - 126;
  var m = bitcast<f32>((b & 0x7fffffu) | 0x3f000000u);
  if (m < 0.707106781) {
    e = e - 1;
    m = r_sum(m + m);
  }
  let t = r_sum(m - 1.0);
  let z = r_sum(t * t);
  var p = r_mad(7.0376836292e-2, t, -1.1514610310e-1);
  p = r_mad(p, t, 1.1676998740e-1);
  p = r_mad(p, t, -1.2420140846e-1);
  p = r_mad(p, t, 1.4249322787e-1);
  p = r_mad(p, t, -1.6668057665e-1);
  p = r_mad(p, t, 2.0000714765e-1);
  p = r_mad(p, t, -2.4999993993e-1);
  p = r_mad(p, t, 3.3333331174e-1);
  return r_Log(t, r_sum(r_sum(p * t) * z), f32(e));
}

fn r_log(x: f32) -> f32 {
  let b = bitcast<u32>(x) ^ r_y;
  if (b == 0u) { return r_constant(0xff800000u); }
  if (b == 0x7f800000u) { return x; }
  if (b > 0x7f800000u) { return r_constant(0x7fc00000u); }
  let l = r_logParts(x);
  var y = r_sum(l.y + r_sum(l.e * -2.12194440e-4));
  y = r_sum(y + r_sum(r_sum(l.t * l.t) * -0.5));
  return r_sum(r_sum(l.t + y) + r_sum(l.e * 0.693359375));
}

fn r_logTwo(x: f32) -> f32 {
  let b = bitcast<u32>(x) ^ r_y;
  if (b == 0u) { return r_constant(0xff800000u); }
  if (b == 0x7f800000u) { return x; }
  if (b > 0x7f800000u) { return r_constant(0x7fc00000u); }
  let l = r_logParts(x);
  let y = r_sum(l.y + r_sum(r_sum(l.t * l.t) * -0.5));
  var z = r_sum(y * 0.44269504088896340735992);
  z = r_sum(z + r_sum(l.t * 0.44269504088896340735992));
  z = r_sum(z + y);
  z = r_sum(z + l.t);
  return r_sum(z + l.e);
}

// x >= 0, or the result is NaN. The logarithm and its product are carried in two f32 each.
fn r_pow(x: f32, y: f32) -> f32 {
  let b = bitcast<u32>(x) ^ r_y;
  let power = bitcast<u32>(y) ^ r_y;
  if (power == 0u) { return 1.0; }
  if ((b > 0x7f800000u) | r_isnan(y)) { return r_constant(0x7fc00000u); }
  let up = power < 0x80000000u;
  if (b == 0u || b == 0x7f800000u) { return r_constant(select(0u, 0x7f800000u, up == (b != 0u))); }
  if (b == 0x3f800000u) { return 1.0; }
  if ((power & 0x7fffffffu) == 0x7f800000u) { return r_constant(select(0u, 0x7f800000u, up == (b > 0x3f800000u))); }
  let l = r_log2Pair(x);
  let whole = r_productPair(l.high, y);
  let low = r_sum(whole.low + r_sum(l.low * y));
  let sum = r_sum(whole.high + low);
  if (!(sum < 128.0)) { return r_constant(0x7f800000u); }
  if (sum < -103.0) { return r_0; }
  let k = floor(r_sum(sum + 0.5));
  let f = r_sum(r_sum(whole.high - k) + low);
  var p = r_mad(1.535336188319500e-4, f, 1.339887440266574e-3);
  p = r_mad(p, f, 9.618437357674640e-3);
  p = r_mad(p, f, 5.550332471162809e-2);
  p = r_mad(p, f, 2.402264791363012e-1);
  p = r_mad(p, f, 6.931472028550421e-1);
  let q = r_mad(p, f, 1.0);
  if (k >= 128.0 && q >= 1.0) { return r_constant(0x7f800000u); }
  return r_scale(q, i32(k));
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

// log2(x) as the sum of two f32: with s = (m - 1) / (m + 1), log(m) = 2 s + 2/3 s^3 + ...
fn r_log2Pair(x: f32) -> r_Pair {
  let b = bitcast<u32>(x);
  var e = i32(b >> 23u) - 126;
  var m = bitcast<f32>((b & 0x7fffffu) | 0x3f000000u);
  if (m < 0.707106781) {
    e = e - 1;
    m = r_sum(m + m);
  }
  let t = r_sum(m - 1.0);
  let d = r_sum(m + 1.0);
  let dl = r_sum(m - r_sum(d - 1.0));
  let s = r_div(t, d);
  let back = r_productPair(s, d);
  let rest = r_sum(r_sum(r_sum(t - back.high) - back.low) - r_sum(s * dl));
  let sl = r_div(rest, d);
  let z = r_sum(s * s);
  var p = r_mad(0.18181818, z, 0.22222222);
  p = r_mad(p, z, 0.2857143);
  p = r_mad(p, z, 0.4);
  let cube = r_sum(s * z);
  let third = r_productPair(cube, 0.6666667);
  let square = r_productPair(s, s);
  let cubeLow = r_sum(r_productPair(s, square.high).low + r_sum(s * square.low));
  // log(m) = 2 s + (2 sl + 2/3 s^3 + ...), the parts added from the largest
  let two = r_sum(s + s);
  let tail = r_sum(r_sum(r_sum(third.low + r_sum(cubeLow * 0.6666667)) + r_sum(cube * -1.9868216e-8)) + r_sum(r_sum(p * r_sum(z * cube)) + r_sum(sl + sl)));
  let high = r_sum(two + third.high);
  let low = r_sum(r_sum(third.high - r_sum(high - two)) + tail);
  // times log2(e) = 1.442695 + 1.9259630e-8
  let c = r_productPair(high, 1.44269504);
  let cl = r_sum(c.low + r_sum(r_sum(low * 1.44269504) + r_sum(high * 1.925963033500e-8)));
  let fe = f32(e);
  let sum = r_sum(fe + c.high);
  var lost = r_sum(c.high - r_sum(sum - fe));
  if (e == 0) { lost = r_0; }
  lost = r_sum(lost + cl);
  let top = r_sum(sum + lost);
  return r_Pair(top, r_sum(lost - r_sum(top - sum)));
}

struct r_Angle {
  r: f32, // from -pi/4 to pi/4
  q: u32, // quarter turns
}

fn r_mulHigh(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let m1 = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let m2 = (a & 0xffffu) * (b >> 16u) + (m1 & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (m1 >> 16u) + (m2 >> 16u);
}

// 32 bits of 1/(2 pi), of which word 0 is above the point.
fn r_turnBits(i: u32) -> u32 {
  switch (i) {
    case 0u: { return 0u; }
    case 1u: { return 0x28be60dbu; }
    case 2u: { return 0x9391054au; }
    case 3u: { return 0x7f09d5f4u; }
    case 4u: { return 0x7d4d3770u; }
    case 5u: { return 0x36d8a566u; }
    case 6u: { return 0x4f10e410u; }
    default: { return 0x7f9458eau; }
  }
}

fn r_turnWord(at: u32) -> u32 {
  let i = at >> 5u;
  let shift = at & 31u;
  return (r_turnBits(i) << shift) | select(r_turnBits(i + 1u) >> ((32u - shift) & 31u), 0u, shift == 0u);
}

// x >= 4: the fraction of x/(2 pi) in 64 bits, by integers only.
fn r_largeAngle(x: f32) -> r_Angle {
  let b = bitcast<u32>(x);
  let m = (b & 0x7fffffu) | 0x800000u;
  let at = (b >> 23u) - 118u;
  let w1 = r_turnWord(at + 32u);
  let w2 = r_turnWord(at + 64u);
  let l2 = m * w2;
  let c1 = m * w1;
  let m1 = c1 + r_mulHigh(m, w2);
  let carry = select(0u, 1u, m1 < c1);
  var high = m * r_turnWord(at) + r_mulHigh(m, w1) + carry;
  var low = m1 + (l2 >> 31u);
  high = high + select(0u, 1u, low < m1);
  let q = (high + 0x20000000u) >> 30u;
  high = high - (q << 30u);
  let negative = (high >> 31u) == 1u;
  if (negative) {
    low = ~low + 1u;
    high = ~high + select(0u, 1u, low == 0u);
  }
  var e = 127u - 24u;
  if (high == 0u) {
    high = low;
    low = 0u;
    e = e - 32u;
  }
  let zeros = min(countLeadingZeros(high), 31u);
  high = (high << zeros) | select(low >> ((32u - zeros) & 31u), 0u, zeros == 0u);
  var r = r_sum(f32(high >> 8u) * 6.283185307179586);
  r = r_sum(r * bitcast<f32>((e - zeros) << 23u));
  return r_Angle(select(r, r_neg(r), negative), q & 3u);
}

fn r_angle(x: f32) -> r_Angle {
  let k = floor(r_mad(x, 0.6366197723675814, 0.5));
  var r = r_sum(x - r_sum(k * 1.570770263671875));
  r = r_sum(r - r_sum(k * 2.606306225061416625976563e-5));
  r = r_sum(r - r_sum(k * 6.0771005065061922e-11));
  return r_Angle(r, u32(k) & 3u);
}

fn r_sinPolynomial(x: f32) -> f32 {
  let z = r_sum(x * x);
  var p = r_mad(-1.9515295891e-4, z, 8.3321608736e-3);
  p = r_mad(p, z, -1.6666654611e-1);
  return r_mad(r_sum(p * z), x, x);
}

fn r_cosPolynomial(x: f32) -> f32 {
  let z = r_sum(x * x);
  var p = r_mad(2.443315711809948e-5, z, -1.388731625493765e-3);
  p = r_mad(p, z, 4.166664568298827e-2);
  return r_sum(r_sum(r_sum(r_sum(p * z) * z) + r_sum(z * -0.5)) + 1.0);
}

fn r_reduce(a: f32) -> r_Angle {
  if (a > 201.0) { return r_largeAngle(a); }
  return r_angle(a);
}

fn r_sinOf(a: r_Angle) -> f32 {
  var y = r_0;
  if ((a.q & 1u) == 1u) { y = r_cosPolynomial(a.r); } else { y = r_sinPolynomial(a.r); }
  return select(y, r_neg(y), (a.q & 2u) == 2u);
}

fn r_sin(x: f32) -> f32 {
  let a = abs(x);
  if ((bitcast<u32>(a) ^ r_y) >= 0x7f800000u) { return r_constant(0x7fc00000u); }
  if (a < 0.000244140625) { return x; }
  let y = r_sinOf(r_reduce(a));
  return select(y, r_neg(y), x < 0.0);
}

fn r_cos(x: f32) -> f32 {
  let a = abs(x);
  if ((bitcast<u32>(a) ^ r_y) >= 0x7f800000u) { return r_constant(0x7fc00000u); }
  if (a < 0.000244140625) { return 1.0; }
  let angle = r_reduce(a);
  return r_sinOf(r_Angle(angle.r, angle.q + 1u));
}

fn r_tan(x: f32) -> f32 {
  let a = abs(x);
  if ((bitcast<u32>(a) ^ r_y) >= 0x7f800000u) { return r_constant(0x7fc00000u); }
  if (a < 0.000244140625) { return x; }
  let angle = r_reduce(a);
  let y = r_div(r_sinOf(angle), r_sinOf(r_Angle(angle.r, angle.q + 1u)));
  return select(y, r_neg(y), x < 0.0);
}

fn r_tanh(x: f32) -> f32 {
  let a = abs(x);
  if (r_isnan(x) | (a < 0.000244140625)) { return x; }
  var y = 1.0;
  if (a < 0.625) {
    let z = r_sum(a * a);
    var p = r_mad(-5.70498872745e-3, z, 2.06390887954e-2);
    p = r_mad(p, z, -5.37397155531e-2);
    p = r_mad(p, z, 1.33314422036e-1);
    p = r_mad(p, z, -3.33332819422e-1);
    y = r_mad(r_sum(p * z), a, a);
  } else if (a < 9.5) {
    y = r_sum(1.0 - r_div(2.0, r_sum(r_exp(r_sum(a + a)) + 1.0)));
  }
  return select(y, r_neg(y), x < 0.0);
}

fn r_sinh(x: f32) -> f32 {
  let a = abs(x);
  if (r_isnan(x) | (a < 0.000244140625)) { return x; }
  var y = r_0;
  if (a < 1.0) {
    let z = r_sum(a * a);
    var p = r_mad(2.03721912945e-4, z, 8.33028376239e-3);
    p = r_mad(p, z, 1.66667160211e-1);
    y = r_mad(r_sum(p * z), a, a);
  } else if (a < 20.0) {
    let e = r_exp(a);
    y = r_sum(r_sum(e * 0.5) - r_div(0.5, e));
  } else {
    let e = r_exp(r_sum(a * 0.5));
    y = r_sum(r_sum(e * 0.5) * e);
  }
  return select(y, r_neg(y), x < 0.0);
}

fn r_cosh(x: f32) -> f32 {
  if (r_isnan(x)) { return x; }
  let a = abs(x);
  if (a < 20.0) {
    let e = r_exp(a);
    return r_sum(r_sum(e * 0.5) + r_div(0.5, e));
  }
  let e = r_exp(r_sum(a * 0.5));
  return r_sum(r_sum(e * 0.5) * e);
}

// asin of a from 0 to 1/2, with its square.
fn r_asinPolynomial(a: f32, z: f32) -> f32 {
  var p = r_mad(4.2163199048e-2, z, 2.4181311049e-2);
  p = r_mad(p, z, 4.5470025998e-2);
  p = r_mad(p, z, 7.4953002686e-2);
  p = r_mad(p, z, 1.6666752422e-1);
  return r_mad(r_sum(p * z), a, a);
}

fn r_asin(x: f32) -> f32 {
  let a = abs(x);
  if (r_isnan(x) | (a > 1.0)) { return r_constant(0x7fc00000u); }
  if (a < 0.000244140625) { return x; }
  var y = r_0;
  if (a > 0.5) {
    let z = r_sum(r_sum(1.0 - a) * 0.5);
    let half = r_asinPolynomial(r_sqrt(z), z);
    y = r_sum(1.5707963267948966 - r_sum(r_sum(half + half) + 4.371139e-8));
  } else {
    y = r_asinPolynomial(a, r_sum(a * a));
  }
  return select(y, r_neg(y), x < 0.0);
}

fn r_acos(x: f32) -> f32 {
  let a = abs(x);
  if (r_isnan(x) | (a > 1.0)) { return r_constant(0x7fc00000u); }
  if (a > 0.5) {
    let z = r_sum(r_sum(1.0 - a) * 0.5);
    let half = r_asinPolynomial(r_sqrt(z), z);
    if (x > 0.0) { return r_sum(half + half); }
    return r_sum(3.141592653589793 - r_sum(r_sum(half + half) + 8.742278e-8));
  }
  return r_sum(1.5707963267948966 - r_sum(r_asin(x) + 4.371139e-8));
}

fn r_atan(x: f32) -> f32 {
  let a = abs(x);
  if (r_isnan(x) | (a < 0.000244140625)) { return x; }
  var base = r_0;
  var low = r_0;
  var t = a;
  if (a > 2.414213562373095) {
    base = 1.5707963267948966;
    low = -4.371139e-8;
    t = r_neg(r_div(1.0, a));
  } else if (a > 0.4142135623730950) {
    base = 0.7853981633974483;
    low = -2.1855695e-8;
    t = r_div(r_sum(a - 1.0), r_sum(a + 1.0));
  }
  let z = r_sum(t * t);
  var p = r_mad(8.05374449538e-2, z, -1.38776856032e-1);
  p = r_mad(p, z, 1.99777106478e-1);
  p = r_mad(p, z, -3.33329491539e-1);
  let y = r_sum(base + r_sum(t + r_sum(low + r_sum(r_sum(p * z) * t))));
  return select(y, r_neg(y), x < 0.0);
}

fn r_arctan2(y: f32, x: f32) -> f32 {
  if (r_isnan(x) | r_isnan(y)) { return r_constant(0x7fc00000u); }
  var a = abs(y);
  var b = abs(x);
  if ((bitcast<u32>(a) ^ r_y) == 0x7f800000u && (bitcast<u32>(b) ^ r_y) == 0x7f800000u) {
    a = 1.0;
    b = 1.0;
  }
  var r = r_0;
  if ((bitcast<u32>(a) ^ r_y) != 0u) { r = r_atan(r_div(a, b)); }
  if (x < 0.0) { r = r_sum(3.141592653589793 - r_sum(r + 8.742278e-8)); }
  return select(r, r_neg(r), y < 0.0);
}

fn r_asinh(x: f32) -> f32 {
  let a = abs(x);
  if (r_isnan(x) | (a < 0.000244140625)) { return x; }
  var y = r_0;
  if (a < 0.5) {
    let z = r_sum(a * a);
    var p = r_mad(2.0122003309e-2, z, -4.2699340972e-2);
    p = r_mad(p, z, 7.4847586088e-2);
    p = r_mad(p, z, -1.6666288134e-1);
    y = r_mad(r_sum(p * z), a, a);
  } else if (a < 1500.0) {
    y = r_log(r_sum(a + r_sqrt(r_mad(a, a, 1.0))));
  } else {
    y = r_sum(r_log(a) + 0.6931471805599453);
  }
  return select(y, r_neg(y), x < 0.0);
}

fn r_acosh(x: f32) -> f32 {
  if (r_isnan(x) | (x < 1.0)) { return r_constant(0x7fc00000u); }
  let t = r_sum(x - 1.0);
  if (t < 0.5) {
    var p = r_mad(1.7596881071e-3, t, -7.5272886713e-3);
    p = r_mad(p, t, 2.6454905019e-2);
    p = r_mad(p, t, -1.1784741703e-1);
    p = r_mad(p, t, 1.4142135263);
    return r_sum(p * r_sqrt(t));
  }
  if (x < 1500.0) { return r_log(r_sum(x + r_sqrt(r_sum(t * r_sum(x + 1.0))))); }
  return r_sum(r_log(x) + 0.6931471805599453);
}

fn r_atanh(x: f32) -> f32 {
  let a = abs(x);
  if (r_isnan(x) | (a > 1.0)) { return r_constant(0x7fc00000u); }
  if (a < 0.000244140625) { return x; }
  var y = r_0;
  if (a < 0.5) {
    let z = r_sum(a * a);
    var p = r_mad(1.81740078349e-1, z, 8.24370301058e-2);
    p = r_mad(p, z, 1.46691431730e-1);
    p = r_mad(p, z, 1.99782164500e-1);
    p = r_mad(p, z, 3.33337300303e-1);
    y = r_mad(r_sum(p * z), a, a);
  } else {
    y = r_sum(r_log(r_div(r_sum(1.0 + a), r_sum(1.0 - a))) * 0.5);
  }
  return select(y, r_neg(y), x < 0.0);
}

fn r_ldexp(x: f32, n: i32) -> f32 {
  let u = bitcast<u32>(x) ^ r_y;
  let biased = i32((u >> 23u) & 255u);
  if (biased == 0 || biased == 255) { return x; }
  let e = biased + clamp(n, -1000, 1000);
  if (e < 25) { return r_0; }
  if (e >= 255) { return r_constant((u & 0x80000000u) | 0x7f800000u); }
  return r_constant((u & 0x807fffffu) | (u32(e) << 23u));
}

struct r_Frexp {
  fract: f32,
  exp: i32,
}

fn r_frexp(x: f32) -> r_Frexp {
  let u = bitcast<u32>(x) ^ r_y;
  let biased = i32((u >> 23u) & 255u);
  if (biased == 0 || biased == 255) { return r_Frexp(x, 0); }
  return r_Frexp(r_constant((u & 0x807fffffu) | 0x3f000000u), biased - 126);
}

struct r_Modf {
  fract: f32,
  whole: f32,
}

fn r_modf(x: f32) -> r_Modf {
  let whole = r_trunc(x);
  return r_Modf(r_sum(x - r_other(whole)), whole);
}

fn r_dot2(a: vec2<f32>, b: vec2<f32>) -> f32 {
  let p = r_product2(a * b);
  return r_sum(p.x + p.y);
}

fn r_dot3(a: vec3<f32>, b: vec3<f32>) -> f32 {
  let p = r_product3(a * b);
  return r_sum(r_sum(p.x + p.y) + p.z);
}

fn r_dot4(a: vec4<f32>, b: vec4<f32>) -> f32 {
  let p = r_product4(a * b);
  return r_sum(r_sum(r_sum(p.x + p.y) + p.z) + p.w);
}

fn r_length(x: f32) -> f32 {
  return r_abs(x);
}

fn r_length2(x: vec2<f32>) -> f32 {
  return r_sqrt(r_dot2(x, x));
}

fn r_length3(x: vec3<f32>) -> f32 {
  return r_sqrt(r_dot3(x, x));
}

fn r_length4(x: vec4<f32>) -> f32 {
  return r_sqrt(r_dot4(x, x));
}

fn r_distance(a: f32, b: f32) -> f32 {
  return abs(r_sum(a - r_other(b)));
}

fn r_distance2(a: vec2<f32>, b: vec2<f32>) -> f32 {
  return r_length2(r_sum2(a - r_other2(b)));
}

fn r_distance3(a: vec3<f32>, b: vec3<f32>) -> f32 {
  return r_length3(r_sum3(a - r_other3(b)));
}

fn r_distance4(a: vec4<f32>, b: vec4<f32>) -> f32 {
  return r_length4(r_sum4(a - r_other4(b)));
}

fn r_normalize2(x: vec2<f32>) -> vec2<f32> {
  return r_product2(x * r_div(1.0, r_length2(x)));
}

fn r_normalize3(x: vec3<f32>) -> vec3<f32> {
  return r_product3(x * r_div(1.0, r_length3(x)));
}

fn r_normalize4(x: vec4<f32>) -> vec4<f32> {
  return r_product4(x * r_div(1.0, r_length4(x)));
}

fn r_cross3(a: vec3<f32>, b: vec3<f32>) -> vec3<f32> {
  return r_sum3(r_product3(a.yzx * b.zxy) - r_other3(r_product3(a.zxy * b.yzx)));
}

fn r_faceForward2(n: vec2<f32>, i: vec2<f32>, g: vec2<f32>) -> vec2<f32> {
  return select(r_neg2(n), n, r_lt(r_dot2(i, g), 0.0));
}

fn r_faceForward3(n: vec3<f32>, i: vec3<f32>, g: vec3<f32>) -> vec3<f32> {
  return select(r_neg3(n), n, r_lt(r_dot3(i, g), 0.0));
}

fn r_faceForward4(n: vec4<f32>, i: vec4<f32>, g: vec4<f32>) -> vec4<f32> {
  return select(r_neg4(n), n, r_lt(r_dot4(i, g), 0.0));
}

fn r_reflect2(i: vec2<f32>, n: vec2<f32>) -> vec2<f32> {
  let d = r_dot2(n, i);
  return r_sum2(i - r_other2(r_product2(n * r_sum(d + d))));
}

fn r_reflect3(i: vec3<f32>, n: vec3<f32>) -> vec3<f32> {
  let d = r_dot3(n, i);
  return r_sum3(i - r_other3(r_product3(n * r_sum(d + d))));
}

fn r_reflect4(i: vec4<f32>, n: vec4<f32>) -> vec4<f32> {
  let d = r_dot4(n, i);
  return r_sum4(i - r_other4(r_product4(n * r_sum(d + d))));
}

// 1 - eta^2 (1 - d^2); below 0 there is no refraction.
fn r_refraction(d: f32, eta: f32) -> f32 {
  return r_sum(1.0 - r_other(r_product(r_product(eta * eta) * r_sum(1.0 - r_other(r_product(d * d))))));
}

fn r_refract2(i: vec2<f32>, n: vec2<f32>, eta: f32) -> vec2<f32> {
  let d = r_dot2(n, i);
  let k = r_refraction(d, eta);
  if (r_lt(k, 0.0)) { return vec2<f32>(r_0); }
  return r_sum2(r_product2(i * eta) - r_other2(r_product2(n * r_sum(r_product(eta * d) + r_sqrt(k)))));
}

fn r_refract3(i: vec3<f32>, n: vec3<f32>, eta: f32) -> vec3<f32> {
  let d = r_dot3(n, i);
  let k = r_refraction(d, eta);
  if (r_lt(k, 0.0)) { return vec3<f32>(r_0); }
  return r_sum3(r_product3(i * eta) - r_other3(r_product3(n * r_sum(r_product(eta * d) + r_sqrt(k)))));
}

fn r_refract4(i: vec4<f32>, n: vec4<f32>, eta: f32) -> vec4<f32> {
  let d = r_dot4(n, i);
  let k = r_refraction(d, eta);
  if (r_lt(k, 0.0)) { return vec4<f32>(r_0); }
  return r_sum4(r_product4(i * eta) - r_other4(r_product4(n * r_sum(r_product(eta * d) + r_sqrt(k)))));
}

// To binary16, rounded to nearest even.
fn r_toHalf(x: f32) -> u32 {
  let u = bitcast<u32>(x) ^ r_y;
  let sign = (u >> 16u) & 0x8000u;
  let a = u & 0x7fffffffu;
  if (a > 0x7f800000u) { return 0x7e00u; }
  if (a >= 0x47800000u) { return sign | 0x7c00u; }
  if (a < 0x33000000u) { return sign * u32(a != 0u); }
  var shift = 13u;
  var h = ((a >> 23u) - 112u) << 10u;
  var m = a & 0x7fffffu;
  if (a < 0x38800000u) {
    shift = 126u - (a >> 23u);
    h = 0u;
    m = m | 0x800000u;
  }
  h = h | (m >> shift);
  let rest = m & ((1u << shift) - 1u);
  let half = 1u << (shift - 1u);
  if (rest > half || (rest == half && (h & 1u) == 1u)) { h = h + 1u; }
  return sign | h;
}

fn r_fromHalf(h: u32) -> f32 {
  let e = (h >> 10u) & 31u;
  let m = h & 0x3ffu;
  let small = f32(m) * 5.9604644775390625e-8;
  var u = select(((e + 112u) << 23u) | (m << 13u), 0x7f800000u | (m << 13u), e == 31u);
  u = select(u, bitcast<u32>(small), e == 0u);
  return r_constant(select(u | ((h & 0x8000u) << 16u), 0u, u == 0u));
}

fn r_quantizeToF16(x: f32) -> f32 {
  return r_fromHalf(r_toHalf(x));
}

fn r_pack2x16float(v: vec2<f32>) -> u32 {
  return r_toHalf(v.x) | (r_toHalf(v.y) << 16u);
}

fn r_unpack2x16float(u: u32) -> vec2<f32> {
  return vec2<f32>(r_fromHalf(u & 0xffffu), r_fromHalf(u >> 16u));
}

// floor(0.5 + scale * clamp(x, low, 1)); NaN gives 0.
fn r_packed(x: f32, low: f32, scale: f32) -> i32 {
  return i32(floor(r_sum(r_sum(r_clamp(select(x, 0.0, r_isnan(x)), low, 1.0) * scale) + 0.5)));
}

fn r_pack4x8snorm(v: vec4<f32>) -> u32 {
  let a = (u32(r_packed(v.x, -1.0, 127.0)) & 255u) | ((u32(r_packed(v.y, -1.0, 127.0)) & 255u) << 8u);
  return a | ((u32(r_packed(v.z, -1.0, 127.0)) & 255u) << 16u) | (u32(r_packed(v.w, -1.0, 127.0)) << 24u);
}

fn r_pack4x8unorm(v: vec4<f32>) -> u32 {
  let a = u32(r_packed(v.x, 0.0, 255.0)) | (u32(r_packed(v.y, 0.0, 255.0)) << 8u);
  return a | (u32(r_packed(v.z, 0.0, 255.0)) << 16u) | (u32(r_packed(v.w, 0.0, 255.0)) << 24u);
}

fn r_pack2x16snorm(v: vec2<f32>) -> u32 {
  return (u32(r_packed(v.x, -1.0, 32767.0)) & 0xffffu) | (u32(r_packed(v.y, -1.0, 32767.0)) << 16u);
}

fn r_pack2x16unorm(v: vec2<f32>) -> u32 {
  return u32(r_packed(v.x, 0.0, 65535.0)) | (u32(r_packed(v.y, 0.0, 65535.0)) << 16u);
}

fn r_unpack4x8snorm(u: u32) -> vec4<f32> {
  let i = vec4<i32>(bitcast<i32>(u << 24u) >> 24u, bitcast<i32>(u << 16u) >> 24u, bitcast<i32>(u << 8u) >> 24u, bitcast<i32>(u) >> 24u);
  return r_div4(vec4<f32>(max(i, vec4<i32>(-127))), vec4<f32>(127.0));
}

fn r_unpack4x8unorm(u: u32) -> vec4<f32> {
  return r_div4(vec4<f32>(f32(u & 255u), f32((u >> 8u) & 255u), f32((u >> 16u) & 255u), f32(u >> 24u)), vec4<f32>(255.0));
}

fn r_unpack2x16snorm(u: u32) -> vec2<f32> {
  let i = vec2<i32>(bitcast<i32>(u << 16u) >> 16u, bitcast<i32>(u) >> 16u);
  return r_div2(vec2<f32>(max(i, vec2<i32>(-32767))), vec2<f32>(32767.0));
}

fn r_unpack2x16unorm(u: u32) -> vec2<f32> {
  return r_div2(vec2<f32>(f32(u & 0xffffu), f32(u >> 16u)), vec2<f32>(65535.0));
}

fn r_extractI32(x: i32, offset: u32, count: u32) -> i32 {
  let o = min(offset, 32u);
  return extractBits(x, o, min(count, 32u - o));
}

fn r_extractU32(x: u32, offset: u32, count: u32) -> u32 {
  let o = min(offset, 32u);
  return extractBits(x, o, min(count, 32u - o));
}

fn r_insertI32(x: i32, y: i32, offset: u32, count: u32) -> i32 {
  let o = min(offset, 32u);
  return insertBits(x, y, o, min(count, 32u - o));
}

fn r_insertU32(x: u32, y: u32, offset: u32, count: u32) -> u32 {
  let o = min(offset, 32u);
  return insertBits(x, y, o, min(count, 32u - o));
}
