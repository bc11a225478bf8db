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
				k.dispatch("random", fill(philox, values{"N": n, "INDEX": index, "STREAM": p["STREAM"], "CONVERT": convert}), grid, seed, x)
			},
		}
	}
	return []*template{
		random(gpu.U32, "Random 32-bit numbers (Philox4x32-10 with the task's seed and step).", "return v;"),
		random(gpu.F32, "Random multiples of 2^-24 from 0 up to and without 1, exact on every device (Philox4x32-10 with the task's seed and step).", `let m = v >> 8u;
  if (m == 0u) { return 0u; }
  let zeros = countLeadingZeros(m);
  return ((134u - zeros) << 23u) | ((m << (zeros - 8u)) & 0x7fffffu);`),
	}
}

const philox = `// Philox4x32-10, four numbers to an invocation.
@group(0) @binding(0) var<uniform> seed: vec4<u32>; // step, steps, seed low, seed high
@group(0) @binding(1) var<storage, read_write> x: array<u32>;

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

fn convert(v: u32) -> u32 {
  ${CONVERT}
}

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
  let at = i * 4u;
  if (at < ${N}u) { x[at] = convert(c.x); }
  if (at + 1u < ${N}u) { x[at + 1u] = convert(c.y); }
  if (at + 2u < ${N}u) { x[at + 2u] = convert(c.z); }
  if (at + 3u < ${N}u) { x[at + 3u] = convert(c.w); }
}
`
