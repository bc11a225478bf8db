// Package gputest is the contract that every gpu.Device must keep, as a test suite.
package gputest

import (
	"encoding/binary"

	"gpumesh/gpu"
)

// Source is the WGSL of the suite's kernels. They use integers only, so every device must give the same bytes.
const Source = `
@group(0) @binding(0) var<storage, read> a: array<u32>;
@group(0) @binding(1) var<storage, read> b: array<u32>;
@group(0) @binding(2) var<storage, read_write> c: array<u32>;

@compute @workgroup_size(64)
fn add(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x;
  if (i < arrayLength(&c)) { c[i] = a[i] + b[i]; }
}

// Multiplies the n x n matrices a and b modulo 2^32 for n = 12, on a grid that does not divide n.
@compute @workgroup_size(8, 8)
fn matmul(@builtin(global_invocation_id) id: vec3<u32>) {
  let n = 12u;
  if (id.x >= n || id.y >= n) { return; }
  var s = 0u;
  for (var k = 0u; k < n; k = k + 1u) { s = s + a[id.y * n + k] * b[k * n + id.x]; }
  c[id.y * n + id.x] = s;
}

var<workgroup> tile: array<u32, 64>;

// Sums 64 elements per workgroup as a tree in workgroup memory.
@compute @workgroup_size(64)
fn reduce(@builtin(local_invocation_index) l: u32, @builtin(workgroup_id) g: vec3<u32>) {
  tile[l] = a[g.x * 64u + l] ^ b[0];
  workgroupBarrier();
  for (var step = 32u; step > 0u; step = step >> 1u) {
    if (l < step) { tile[l] = tile[l] + tile[l + step]; }
    workgroupBarrier();
  }
  if (l == 0u) { c[g.x] = tile[0]; }
}
`

// Source2 has kernels with other binding layouts.
const Source2 = `
@group(0) @binding(0) var<storage, read_write> bins: array<atomic<u32>>;
@group(0) @binding(1) var<storage, read> keys: array<u32>;

@compute @workgroup_size(32)
fn histogram(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < arrayLength(&keys)) { atomicAdd(&bins[keys[id.x] % 16u], 1u); }
}
`

// Source3 has a uniform and a loop per element.
const Source3 = `
struct Params { step: u32, steps: u32, seed_lo: u32, seed_hi: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> x: array<u32>;

@compute @workgroup_size(64)
fn churn(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= arrayLength(&x)) { return; }
  var v = x[id.x] ^ params.seed_lo ^ (params.seed_hi * 31u);
  for (var i = 0u; i < 100u; i = i + 1u) { v = v * 1664525u + 1013904223u + params.step; }
  x[id.x] = v + params.steps;
}
`

// Source4 reads and writes out of bounds on purpose.
const Source4 = `
@group(0) @binding(0) var<storage, read_write> own: array<u32>;
@group(0) @binding(1) var<storage, read> far: array<u32, 1>;

@compute @workgroup_size(64)
fn trespass(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x + far[0];
  own[i] = own[i + 1u] + 7u;
}
`

// Source5 reads the largest uniform that can be bound, also beyond its end.
const Source5 = `
@group(0) @binding(0) var<uniform> window: array<vec4<u32>, 4096>;
@group(0) @binding(1) var<storage, read> at: array<u32>;
@group(0) @binding(2) var<storage, read_write> seen: array<vec4<u32>>;

@compute @workgroup_size(64)
fn peek(@builtin(global_invocation_id) id: vec3<u32>) { seen[id.x] = window[at[id.x]]; }
`

// Churn is what the kernel churn does to one element.
func Churn(v, step, steps uint32, seed uint64) uint32 {
	v ^= uint32(seed) ^ uint32(seed>>32)*31
	for range 100 {
		v = v*1664525 + 1013904223 + step
	}
	return v + steps
}

// FakeKernels are the suite's kernels as Go functions, for gpu.Fake.
func FakeKernels() map[string]gpu.FakeKernel {
	le := binary.LittleEndian
	get := func(b []byte, i uint32) uint32 { return le.Uint32(b[4*i:]) }
	put := func(b []byte, i, v uint32) { le.PutUint32(b[4*i:], v) }
	words := func(b []byte) uint32 { return uint32(len(b) / 4) }
	return map[string]gpu.FakeKernel{
		"add": func(grid [3]uint32, b [][]byte) error {
			for i := range min(words(b[2]), 64*grid[0]) {
				put(b[2], i, get(b[0], i)+get(b[1], i))
			}
			return nil
		},
		"matmul": func(_ [3]uint32, b [][]byte) error {
			for y := range uint32(12) {
				for x := range uint32(12) {
					s := uint32(0)
					for k := range uint32(12) {
						s += get(b[0], y*12+k) * get(b[1], k*12+x)
					}
					put(b[2], y*12+x, s)
				}
			}
			return nil
		},
		"reduce": func(grid [3]uint32, b [][]byte) error {
			for g := range grid[0] {
				s := uint32(0)
				for l := range uint32(64) {
					s += get(b[0], g*64+l) ^ get(b[1], 0)
				}
				put(b[2], g, s)
			}
			return nil
		},
		"histogram": func(_ [3]uint32, b [][]byte) error {
			for i := range words(b[1]) {
				k := get(b[1], i) % 16
				put(b[0], k, get(b[0], k)+1)
			}
			return nil
		},
		"churn": func(grid [3]uint32, b [][]byte) error {
			for i := range min(words(b[1]), 64*grid[0]) {
				put(b[1], i, Churn(get(b[1], i), get(b[0], 0), get(b[0], 1), le.Uint64(b[0][8:])))
			}
			return nil
		},
		"peek": func(_ [3]uint32, b [][]byte) error {
			for i := range words(b[1]) {
				if at := get(b[1], i); at < 4096 {
					copy(b[2][16*i:], b[0][16*at:][:16])
				}
			}
			return nil
		},
		"trespass": func(_ [3]uint32, b [][]byte) error { return nil },
	}
}
