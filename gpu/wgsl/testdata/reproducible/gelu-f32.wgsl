// Source:

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x;
  if (i >= 100u) { return; }
  let v = x[i];
  let u = v * (1.595769122 + 0.0713548163 * v * v);
  y[i] = v / (1.0 + exp(clamp(-u, -80.0, 80.0)));
}

// Rewritten:
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> r_zeros: vec4<u32>;
var<private> r_z: u32;
var<private> r_y: u32;
var<private> r_0: f32;

fn r_in(x: f32) -> f32 {
  let u = bitcast<u32>(x);
  return bitcast<f32>(select(r_y, u, (u & 0x7fffffffu) >= 0x0c800000u));
}

fn r_product(x: f32) -> f32 {
  let u = bitcast<u32>(x) ^ r_z;
  return bitcast<f32>(select(r_y, u, (u & 0x7fffffffu) >= 0x0c800000u));
}

fn r_sum(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ r_z);
}

fn r_neg(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(r_0 - x) ^ r_z);
}

fn r_isnan(x: f32) -> bool {
  return ((bitcast<u32>(x) ^ r_y) & 0x7fffffffu) > 0x7f800000u;
}

fn r_min(a: f32, b: f32) -> f32 {
  return select(select(min(a, b), a, r_isnan(b)), b, r_isnan(a));
}

fn r_max(a: f32, b: f32) -> f32 {
  return select(select(max(a, b), a, r_isnan(b)), b, r_isnan(a));
}

fn r_clamp(x: f32, low: f32, high: f32) -> f32 {
  return r_min(r_max(x, low), high);
}

fn r_constant(bits: u32) -> f32 {
  return bitcast<f32>(bits ^ r_z);
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
  var p = r_mad(0.00019875691f, r, 0.0013981999f);
  p = r_mad(p, r, 0.008333452f);
  p = r_mad(p, r, 0.041665796f);
  p = r_mad(p, r, 0.16666666f);
  p = r_mad(p, r, 0.5f);
  return r_sum(r_sum(r_sum(p * r_sum(r * r)) + r) + 1.0f);
}

fn r_exp(x: f32) -> f32 {
  if (r_isnan(x)) { return x; }
  if (x > 88.72283f) { return r_constant(0x7f800000u); }
  if (x < -71.0f) { return r_0; }
  let k = floor(r_mad(x, 1.442695f, 0.5f));
  var r = r_sum(x - r_sum(k * 0.6933594f));
  r = r_sum(r + r_sum(k * 0.00021219444f));
  return r_scale(r_expPolynomial(r), i32(k));
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

fn r_out(x: f32) -> f32 {
  let u = bitcast<u32>(x) ^ r_z;
  return bitcast<f32>(select(0x7fc00000u, u, (u & 0x7fffffffu) <= 0x7f800000u));
}

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  r_z = r_zeros[id.x & 3u];
  r_y = r_zeros[(id.x + 1u) & 3u];
  r_0 = bitcast<f32>(r_zeros[(id.x + 2u) & 3u]);
  let x_last = arrayLength(&x) - 1u;
  let y_last = arrayLength(&y) - 1u;
  let i = id.x;
  if (i >= 100u) {
    return;
  }
  let v = r_in(x[min(i, x_last)]);
  let u = r_product(v * r_sum(1.5957692f + r_product(r_product(0.071354814f * v) * v)));
  if (i <= y_last) { y[i] = r_out(r_div(v, r_sum(1.0f + r_exp(r_clamp(r_neg(u), -80.0f, 80.0f))))); }
  return;
}
