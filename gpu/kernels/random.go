package kernels

import "gpumesh/gpu"

// generators are counter-based random numbers: Philox4x32-10 of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3"
// (2011). The key is the task's seed, the counter (block, step, STREAM, 0), so the result does not depend on who computes what
// in which order. Uniform numbers are made of the upper 24 bits with integer operations only.
func generators() []*template {
	random := func(t gpu.Type, help, convert string) *template {
		return &template{
			Info: Info{
				Name: "random-" + string(t), Help: help, Seeded: true,
				Params:  []Param{dim("N", "numbers", maxElements), option("STREAM", "number of the sequence", 0, 1<<32-1, 0)},
				Outputs: []Port{{Name: "x", Type: t, Shape: "N"}},
			},
			build: func(k *Kernel, p params, _ variant) {
				n := p.get("N")
				k.Ops += 25 * n
				seed := k.buffer(gpu.Params, "seed", gpu.U32, gpu.ParamsSize/4)
				x := k.output("x", t, n)
				grid, index := line(ceil(n, 4))
				k.dispatch("random", fill(philox, values{"N": n, "INDEX": index, "STREAM": p["STREAM"], "T": "u32", "CONVERT": fill(eachNumber, values{"CONVERT": convert})}), grid, seed, x)
			},
		}
	}
	normal := random(gpu.F32, "Normally distributed numbers of mean 0 and variance 1 (Box and Muller's transform of random-u32).", "")
	normal.Name = "random-normal-f32"
	normal.build = func(k *Kernel, p params, _ variant) {
		n := p.get("N")
		k.Ops += 50 * n
		seed := k.buffer(gpu.Params, "seed", gpu.U32, gpu.ParamsSize/4)
		x := k.output("x", gpu.F32, n)
		grid, index := line(ceil(n, 4))
		k.dispatch("normal", fill(philox, values{"N": n, "INDEX": index, "STREAM": p["STREAM"], "T": "f32", "CONVERT": turnFunction + boxMuller}), grid, seed, x)
	}
	return []*template{
		normal,
		random(gpu.U32, "Random 32-bit numbers (Philox4x32-10 with the task's seed and step).", "return v;"),
		random(gpu.F32, "Random multiples of 2^-24 from 0 up to and without 1, exact on every device (Philox4x32-10 with the task's seed and step).", `let m = v >> 8u;
  if (m == 0u) { return 0u; }
  let zeros = countLeadingZeros(m);
  return ((134u - zeros) << 23u) | ((m << (zeros - 8u)) & 0x7fffffu);`),
	}
}

const philox = `// Philox4x32-10, four numbers to an invocation.
@group(0) @binding(0) var<uniform> seed: vec4<u32>; // step, steps, seed low, seed high
@group(0) @binding(1) var<storage, read_write> x: array<${T}>;

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

${CONVERT}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  var c = vec4<u32>(i, seed.x, ${STREAM}u, 0u);
  var key = seed.zw;
  for (var round = 0u; round < 10u; round = round + 1u) {
    c = vec4<u32>(
      high(0xCD9E8D57u, c.z) ^ c.y ^ key.x, 0xCD9E8D57u * c.z,
      high(0xD2511F53u, c.x) ^ c.w ^ key.y, 0xD2511F53u * c.x,
    );
    key = key + vec2<u32>(0x9E3779B9u, 0xBB67AE85u);
  }
  let v = convert(c);
  let at = i * 4u;
  if (at < ${N}u) { x[at] = v.x; }
  if (at + 1u < ${N}u) { x[at + 1u] = v.y; }
  if (at + 2u < ${N}u) { x[at + 2u] = v.z; }
  if (at + 3u < ${N}u) { x[at + 3u] = v.w; }
}
`

const eachNumber = `fn single(v: u32) -> u32 {
  ${CONVERT}
}

fn convert(v: vec4<u32>) -> vec4<u32> { return vec4<u32>(single(v.x), single(v.y), single(v.z), single(v.w)); }
`

// Two numbers of two: sqrt(-2 ln u) times cosine and sine of v turns, with u from 2^-24 to 1. The logarithm is the polynomial of
// the Cephes library, because built-in ones have no error bound near 1.
const boxMuller = `
fn minus_log(u: f32) -> f32 {
  let b = bitcast<u32>(u);
  var e = i32(b >> 23u) - 126;
  var m = bitcast<f32>((b & 0x7fffffu) | 0x3f000000u);
  if (m < 0.70710678) {
    e = e - 1;
    m = m + m;
  }
  let t = m - 1.0;
  let z = t * t;
  var p = 7.0376836292e-2;
  p = p * t - 1.1514610310e-1;
  p = p * t + 1.1676998740e-1;
  p = p * t - 1.2420140846e-1;
  p = p * t + 1.4249322787e-1;
  p = p * t - 1.6668057665e-1;
  p = p * t + 2.0000714765e-1;
  p = p * t - 2.4999993993e-1;
  p = p * t + 3.3333331174e-1;
  let f = f32(e);
  return -(t + (p * t * z - f * 2.12194440e-4 - 0.5 * z) + f * 0.693359375);
}

fn pair(u: u32, v: u32) -> vec2<f32> {
  let size = sqrt(max(2.0 * minus_log(f32((u >> 8u) + 1u) * 5.9604645e-8), 0.0));
  return turn(v) * size;
}

fn convert(v: vec4<u32>) -> vec4<f32> { return vec4<f32>(pair(v.x, v.y), pair(v.z, v.w)); }
`

const turnFunction = `// Cosine and sine of u / 2^32 turns: a quarter is chosen exactly, and two polynomials do the rest.
fn turn(u: u32) -> vec2<f32> {
  let quarter = (u + 0x20000000u) >> 30u;
  let x = f32(bitcast<i32>(u - (quarter << 30u)) >> 6u) * 9.3628025e-8;
  let z = x * x;
  let s = x + x * z * (-1.6666655e-1 + z * (8.3321609e-3 - z * 1.951529e-4));
  let c = 1.0 - 0.5 * z + z * z * (4.1666646e-2 + z * (-1.3887316e-3 + z * 2.4433157e-5));
  let even = select(vec2<f32>(-s, c), vec2<f32>(c, s), (quarter & 1u) == 0u);
  return select(even, -even, (quarter & 2u) == 2u);
}
`
