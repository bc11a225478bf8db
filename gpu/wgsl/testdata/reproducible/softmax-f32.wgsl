// Source:
// Softmax of 1 rows of 100.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
var<workgroup> part: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_index) l: u32) {
  let row = g.y * 1u + g.x;
  if (row >= 1u) { return; }
  let start = row * 100u;
  let seen = 100u;
  var largest = x[start];
  for (var s = 0u; s < 2u; s = s + 1u) {
    let at = s * 64u + l;
    if (at < seen) { largest = max(largest, x[start + at]); }
  }
  part[l] = largest;
  workgroupBarrier();
  if (l < 32u) { largest = max(largest, part[l + 32u]); part[l] = largest; }
  workgroupBarrier();
  if (l < 16u) { largest = max(largest, part[l + 16u]); part[l] = largest; }
  workgroupBarrier();
  if (l < 8u) { largest = max(largest, part[l + 8u]); part[l] = largest; }
  workgroupBarrier();
  if (l < 4u) { largest = max(largest, part[l + 4u]); part[l] = largest; }
  workgroupBarrier();
  if (l < 2u) { largest = max(largest, part[l + 2u]); part[l] = largest; }
  workgroupBarrier();
  if (l < 1u) { largest = max(largest, part[l + 1u]); part[l] = largest; }
  workgroupBarrier();
  largest = part[0];
  workgroupBarrier();

  var sum = 0.0;
  for (var s = 0u; s < 2u; s = s + 1u) {
    let at = s * 64u + l;
    if (at < seen) {
      let e = exp((x[start + at] - largest) * 1.000000000e+00);
      y[start + at] = e;
      sum = sum + e;
    }
  }
  part[l] = sum;
  workgroupBarrier();
  if (l < 32u) { sum = sum + part[l + 32u]; part[l] = sum; }
  workgroupBarrier();
  if (l < 16u) { sum = sum + part[l + 16u]; part[l] = sum; }
  workgroupBarrier();
  if (l < 8u) { sum = sum + part[l + 8u]; part[l] = sum; }
  workgroupBarrier();
  if (l < 4u) { sum = sum + part[l + 4u]; part[l] = sum; }
  workgroupBarrier();
  if (l < 2u) { sum = sum + part[l + 2u]; part[l] = sum; }
  workgroupBarrier();
  if (l < 1u) { sum = sum + part[l + 1u]; part[l] = sum; }
  workgroupBarrier();
  sum = part[0];
  workgroupBarrier();

  let part_of_one = 1.0 / sum;
  for (var s = 0u; s < 2u; s = s + 1u) {
    let at = s * 64u + l;
    if (at < seen) {
      y[start + at] = y[start + at] * part_of_one;
    } else if (at < 100u) {
      y[start + at] = 0.0;
    }
  }
}

// Rewritten:
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
var<workgroup> part: array<f32, 64>;
@group(0) @binding(2) var<uniform> r_zeros: vec4<u32>;
var<private> r_z: u32;
var<private> r_y: u32;
var<private> r_0: f32;

fn r_in(x: f32) -> f32 {
  let u = bitcast<u32>(x);
  return bitcast<f32>(select(r_y, u, (u & 0x7fffffffu) >= 0x0c800000u));
}

fn r_isnan(x: f32) -> bool {
  return ((bitcast<u32>(x) ^ r_y) & 0x7fffffffu) > 0x7f800000u;
}

fn r_max(a: f32, b: f32) -> f32 {
  return select(select(max(a, b), a, r_isnan(b)), b, r_isnan(a));
}

fn r_other(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ r_y);
}

fn r_sum(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ r_z);
}

fn r_product(x: f32) -> f32 {
  let u = bitcast<u32>(x) ^ r_z;
  return bitcast<f32>(select(r_y, u, (u & 0x7fffffffu) >= 0x0c800000u));
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

fn r_out(x: f32) -> f32 {
  let u = bitcast<u32>(x) ^ r_z;
  return bitcast<f32>(select(0x7fc00000u, u, (u & 0x7fffffffu) <= 0x7f800000u));
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

fn r_outProduct(x: f32) -> f32 {
  let u = bitcast<u32>(x) ^ r_z;
  let a = u & 0x7fffffffu;
  return bitcast<f32>(select(select(0x7fc00000u, u, a <= 0x7f800000u), 0u, a < 0x0c800000u));
}

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_index) l: u32, @builtin(global_invocation_id) place: vec3<u32>) {
  r_z = r_zeros[place.x & 3u];
  r_y = r_zeros[(place.x + 1u) & 3u];
  r_0 = bitcast<f32>(r_zeros[(place.x + 2u) & 3u]);
  {
    part[l] = r_0;
  }
  workgroupBarrier();
  let x_last = arrayLength(&x) - 1u;
  let y_last = arrayLength(&y) - 1u;
  var largest: f32 = r_0;
  var s: u32 = 0u;
  var sum: f32 = r_0;
  var s_2: u32 = 0u;
  var s_3: u32 = 0u;
  let row = (g.y * 1u) + g.x;
  if (row >= 1u) {
    return;
  }
  let start = row * 100u;
  largest = r_in(x[min(start, x_last)]);
  for (; s < 2u; s = s + 1u) {
    {
      let at = (s * 64u) + l;
      if (at < 100u) {
        largest = r_max(largest, r_in(x[min(start + at, x_last)]));
      }
    }
  }
  part[l] = largest;
  workgroupBarrier();
  if (l < 32u) {
    largest = r_max(largest, part[l + 32u]);
    part[l] = largest;
  }
  workgroupBarrier();
  if (l < 16u) {
    largest = r_max(largest, part[l + 16u]);
    part[l] = largest;
  }
  workgroupBarrier();
  if (l < 8u) {
    largest = r_max(largest, part[l + 8u]);
    part[l] = largest;
  }
  workgroupBarrier();
  if (l < 4u) {
    largest = r_max(largest, part[l + 4u]);
    part[l] = largest;
  }
  workgroupBarrier();
  if (l < 2u) {
    largest = r_max(largest, part[l + 2u]);
    part[l] = largest;
  }
  workgroupBarrier();
  if (l < 1u) {
    largest = r_max(largest, part[l + 1u]);
    part[l] = largest;
  }
  workgroupBarrier();
  largest = part[0];
  workgroupBarrier();
  for (; s_2 < 2u; s_2 = s_2 + 1u) {
    {
      let at_2 = (s_2 * 64u) + l;
      if (at_2 < 100u) {
        let e = r_exp(r_product(r_sum(r_in(x[min(start + at_2, x_last)]) - r_other(largest)) * 1.0f));
        if (start + at_2 <= y_last) { y[start + at_2] = r_out(e); }
        sum = r_sum(sum + e);
      }
    }
  }
  part[l] = sum;
  workgroupBarrier();
  if (l < 32u) {
    sum = r_sum(sum + part[l + 32u]);
    part[l] = sum;
  }
  workgroupBarrier();
  if (l < 16u) {
    sum = r_sum(sum + part[l + 16u]);
    part[l] = sum;
  }
  workgroupBarrier();
  if (l < 8u) {
    sum = r_sum(sum + part[l + 8u]);
    part[l] = sum;
  }
  workgroupBarrier();
  if (l < 4u) {
    sum = r_sum(sum + part[l + 4u]);
    part[l] = sum;
  }
  workgroupBarrier();
  if (l < 2u) {
    sum = r_sum(sum + part[l + 2u]);
    part[l] = sum;
  }
  workgroupBarrier();
  if (l < 1u) {
    sum = r_sum(sum + part[l + 1u]);
    part[l] = sum;
  }
  workgroupBarrier();
  sum = part[0];
  workgroupBarrier();
  let part_of_one = r_div(1.0f, sum);
  for (; s_3 < 2u; s_3 = s_3 + 1u) {
    {
      let at_3 = (s_3 * 64u) + l;
      if (at_3 < 100u) {
        if (start + at_3 <= y_last) { y[start + at_3] = r_outProduct(r_product(y[min(start + at_3, y_last)]) * part_of_one); }
      } else {
        if (at_3 < 100u) {
          if (start + at_3 <= y_last) { y[start + at_3] = r_0; }
        }
      }
    }
  }
  return;
}
