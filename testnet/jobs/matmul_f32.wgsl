// C = A * B for row-major f32 matrices of any size: A is M x K, B is K x N, C is M x N.
//
// Injected in front: const M: u32, N: u32, K: u32. An invocation computes 4 x 4 elements in registers, a workgroup 32 x 32:
// dispatch ceil(N/32) x ceil(M/32) workgroups.

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;

fn row(i: u32, j: u32, v: vec4<f32>) {
  if (i >= M) { return; }
  let at = i * N + j;
  if (j < N) { c[at] = v.x; }
  if (j + 1u < N) { c[at + 1u] = v.y; }
  if (j + 2u < N) { c[at + 2u] = v.z; }
  if (j + 3u < N) { c[at + 3u] = v.w; }
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let j = id.x * 4u;
  let i = id.y * 4u;
  if (i >= M || j >= N) { return; }
  // Beyond the edge the last row or column is computed again and not stored.
  let i1 = min(i + 1u, M - 1u) * K;
  let i2 = min(i + 2u, M - 1u) * K;
  let i3 = min(i + 3u, M - 1u) * K;
  let j1 = min(j + 1u, N - 1u);
  let j2 = min(j + 2u, N - 1u);
  let j3 = min(j + 3u, N - 1u);
  var r0 = vec4<f32>();
  var r1 = vec4<f32>();
  var r2 = vec4<f32>();
  var r3 = vec4<f32>();
  for (var k = 0u; k < K; k++) {
    let kb = k * N;
    let v = vec4<f32>(b[kb + j], b[kb + j1], b[kb + j2], b[kb + j3]);
    r0 += v * a[i * K + k];
    r1 += v * a[i1 + k];
    r2 += v * a[i2 + k];
    r3 += v * a[i3 + k];
  }
  row(i, j, r0);
  row(i + 1u, j, r1);
  row(i + 2u, j, r2);
  row(i + 3u, j, r3);
}
