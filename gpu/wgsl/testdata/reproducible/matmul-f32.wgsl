// Source:
// c = a b: 1 times 4 x 4 by 4 x 4, with a in panels. An invocation computes 4 x 4 results.
@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4<f32>>;
@compute @workgroup_size(16, 4)
fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let x = g.x * 16u + l.x;
  let y = (g.y * 4u + l.y) * 4u;
  let panel = (g.z * 1u + min((g.y * 4u + l.y), 0u)) * 4u;
  let x0 = x + 0u;
  let b0 = g.z * 4u + min(x0, 0u);
  var c0_0 = vec4<f32>();
  var c1_0 = vec4<f32>();
  var c2_0 = vec4<f32>();
  var c3_0 = vec4<f32>();
  for (var k = 0u; k < 4u; k = k + 1u) {
    let v0 = b[b0 + k * 1u];
    let u0 = a[panel + k * 1u + 0u];
    c0_0 = c0_0 + u0.x * v0;
    c1_0 = c1_0 + u0.y * v0;
    c2_0 = c2_0 + u0.z * v0;
    c3_0 = c3_0 + u0.w * v0;
  }
  if (y + 0u < 4u) {
  let o0 = (g.z * 4u + y + 0u) * 4u;
  if (x0 < 1u) { c[o0 / 4u + x0] = c0_0; }
  }
  if (y + 1u < 4u) {
  let o1 = (g.z * 4u + y + 1u) * 4u;
  if (x0 < 1u) { c[o1 / 4u + x0] = c1_0; }
  }
  if (y + 2u < 4u) {
  let o2 = (g.z * 4u + y + 2u) * 4u;
  if (x0 < 1u) { c[o2 / 4u + x0] = c2_0; }
  }
  if (y + 3u < 4u) {
  let o3 = (g.z * 4u + y + 3u) * 4u;
  if (x0 < 1u) { c[o3 / 4u + x0] = c3_0; }
  }
}

// Rewritten:
@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> r_zeros: vec4<u32>;
var<private> r_z: u32;
var<private> r_y: u32;
var<private> r_0: f32;

fn r_in4(x: vec4<f32>) -> vec4<f32> {
  let u = bitcast<vec4<u32>>(x);
  return bitcast<vec4<f32>>(select(vec4<u32>(r_y), u, (u & vec4<u32>(0x7fffffffu)) >= vec4<u32>(0x0c800000u)));
}

fn r_product4(x: vec4<f32>) -> vec4<f32> {
  let u = bitcast<vec4<u32>>(x) ^ vec4<u32>(r_z);
  return bitcast<vec4<f32>>(select(vec4<u32>(r_y), u, (u & vec4<u32>(0x7fffffffu)) >= vec4<u32>(0x0c800000u)));
}

fn r_sum4(x: vec4<f32>) -> vec4<f32> {
  return bitcast<vec4<f32>>(bitcast<vec4<u32>>(x) ^ vec4<u32>(r_z));
}

fn r_out4(x: vec4<f32>) -> vec4<f32> {
  let u = bitcast<vec4<u32>>(x) ^ vec4<u32>(r_z);
  return bitcast<vec4<f32>>(select(vec4<u32>(0x7fc00000u), u, (u & vec4<u32>(0x7fffffffu)) <= vec4<u32>(0x7f800000u)));
}

@compute @workgroup_size(16, 4, 1)
fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>, @builtin(global_invocation_id) place: vec3<u32>) {
  r_z = r_zeros[place.x & 3u];
  r_y = r_zeros[(place.x + 1u) & 3u];
  r_0 = bitcast<f32>(r_zeros[(place.x + 2u) & 3u]);
  let b_last = arrayLength(&b) - 1u;
  let a_last = arrayLength(&a) - 1u;
  let c_last = arrayLength(&c) - 1u;
  var c0_0: vec4<f32> = vec4<f32>(r_0);
  var c1_0: vec4<f32> = vec4<f32>(r_0);
  var c2_0: vec4<f32> = vec4<f32>(r_0);
  var c3_0: vec4<f32> = vec4<f32>(r_0);
  var k: u32 = 0u;
  let x = (g.x * 16u) + l.x;
  let y = ((g.y * 4u) + l.y) * 4u;
  let panel = ((g.z * 1u) + min((g.y * 4u) + l.y, 0u)) * 4u;
  let x0 = x + 0u;
  let b0 = (g.z * 4u) + min(x0, 0u);
  for (; k < 4u; k = k + 1u) {
    {
      let v0 = r_in4(b[min(b0 + (k * 1u), b_last)]);
      let u0 = r_in4(a[min((panel + (k * 1u)) + 0u, a_last)]);
      c0_0 = r_sum4(c0_0 + r_product4(u0.x * v0));
      c1_0 = r_sum4(c1_0 + r_product4(u0.y * v0));
      c2_0 = r_sum4(c2_0 + r_product4(u0.z * v0));
      c3_0 = r_sum4(c3_0 + r_product4(u0.w * v0));
    }
  }
  if ((y + 0u) < 4u) {
    let o0 = (((g.z * 4u) + y) + 0u) * 4u;
    if (x0 < 1u) {
      if ((o0 / 4u) + x0 <= c_last) { c[(o0 / 4u) + x0] = r_out4(c0_0); }
    }
  }
  if ((y + 1u) < 4u) {
    let o1 = (((g.z * 4u) + y) + 1u) * 4u;
    if (x0 < 1u) {
      if ((o1 / 4u) + x0 <= c_last) { c[(o1 / 4u) + x0] = r_out4(c1_0); }
    }
  }
  if ((y + 2u) < 4u) {
    let o2 = (((g.z * 4u) + y) + 2u) * 4u;
    if (x0 < 1u) {
      if ((o2 / 4u) + x0 <= c_last) { c[(o2 / 4u) + x0] = r_out4(c2_0); }
    }
  }
  if ((y + 3u) < 4u) {
    let o3 = (((g.z * 4u) + y) + 3u) * 4u;
    if (x0 < 1u) {
      if ((o3 / 4u) + x0 <= c_last) { c[(o3 / 4u) + x0] = r_out4(c3_0); }
      return;
    } else {
      return;
    }
  } else {
    return;
  }
}
