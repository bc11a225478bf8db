package kernels

import (
	"fmt"
	"math"

	"gpumesh/gpu"
)

// rowVariants: an invocation per row, or a workgroup that shares its sums.
var rowVariants = []variant{{name: "serial", x: 1, cpu: true}, {name: "shared", x: 64, shared: true, portable: true, discrete: true}}

func tensors() []*template {
	rows := option("ROWS", "rows", 1, 1<<24, 1)
	return []*template{
		convolution(),
		{
			Info: Info{
				Name: "softmax-f32", Help: "exp(x) of each row, divided by its sum, safe for large x.",
				Params: []Param{dim("N", "elements of a row", 1<<20), rows},
				Inputs: []Port{{Name: "x", Type: gpu.F32, Shape: "ROWS x N"}}, Outputs: []Port{{Name: "y", Type: gpu.F32, Shape: "ROWS x N"}},
			},
			variants: rowVariants, tuneMax: 512,
			build: func(k *Kernel, p params, v variant) {
				rows, n := p.get("ROWS"), p.get("N")
				x := k.input("x", gpu.F32, rows*n)
				y := k.output("y", gpu.F32, rows*n)
				k.softmax(rows, n, v, softmaxOf{scale: 1}, x, y)
			},
		},
		{
			Info: Info{
				Name: "layernorm-f32", Help: "Each row shifted to mean 0 and scaled to variance 1 (plus 1e-5), times gamma, plus beta.",
				Params:  []Param{dim("N", "elements of a row", 1<<20), rows},
				Inputs:  []Port{{Name: "x", Type: gpu.F32, Shape: "ROWS x N"}, {Name: "gamma", Type: gpu.F32, Shape: "N"}, {Name: "beta", Type: gpu.F32, Shape: "N"}},
				Outputs: []Port{{Name: "y", Type: gpu.F32, Shape: "ROWS x N"}},
			},
			variants: rowVariants, tuneMax: 512,
			build: func(k *Kernel, p params, v variant) {
				rows, n := p.get("ROWS"), p.get("N")
				x := k.input("x", gpu.F32, rows*n)
				gamma := k.input("gamma", gpu.F32, n)
				beta := k.input("beta", gpu.F32, n)
				y := k.output("y", gpu.F32, rows*n)
				k.Ops += 8 * rows * n
				r := newRows(rows, n, v)
				r.values["SUM"] = r.fold("sum", "sum + part[l + %du]")
				r.values["SQUARES"] = r.fold("squares", "squares + part[l + %du]")
				k.dispatch("layernorm", fill(layernorm, r.values), r.grid, x, gamma, beta, y)
			},
		},
		{
			Info: Info{
				Name: "gelu-f32", Help: "The activation x * Phi(x) in its usual approximation by tanh.",
				Params: []Param{dim("N", "elements", maxElements)},
				Inputs: []Port{{Name: "x", Type: gpu.F32, Shape: "N"}}, Outputs: []Port{{Name: "y", Type: gpu.F32, Shape: "N"}},
			},
			build: func(k *Kernel, p params, _ variant) {
				n := p.get("N")
				k.Ops += 8 * n
				x := k.input("x", gpu.F32, n)
				y := k.output("y", gpu.F32, n)
				grid, index := line(n)
				k.dispatch("gelu", fill(gelu, values{"N": n, "INDEX": index}), grid, x, y)
			},
		},
		{
			Info: Info{
				Name: "transpose-f32", Help: "The transposed matrix, or BATCH of them.",
				Params: []Param{dim("M", "rows of x", 1<<22), dim("N", "columns of x", 1<<22), option("BATCH", "matrices", 1, 65535, 1)},
				Inputs: []Port{{Name: "x", Type: gpu.F32, Shape: "BATCH x M x N"}}, Outputs: []Port{{Name: "y", Type: gpu.F32, Shape: "BATCH x N x M"}},
			},
			build: func(k *Kernel, p params, _ variant) {
				n := p.get("BATCH") * p.get("M") * p.get("N")
				x := k.input("x", gpu.F32, n)
				y := k.output("y", gpu.F32, n)
				k.transpose(p.get("BATCH"), p.get("M"), p.get("N"), x, y)
			},
		},
	}
}

// attentions is scaled dot-product attention of a single head, made of products and a softmax.
func attentions() []*template {
	return []*template{{
		Info: Info{
			Name: "attention-f32", Help: "softmax(q k^T / sqrt(D)) v of one head, or BATCH heads; with CAUSAL, query S-1-i sees the keys up to T-1-i.",
			Params: []Param{
				dim("S", "queries", 1<<16), dim("T", "keys and values", maxLoop), dim("D", "elements of each", 4096),
				option("BATCH", "heads", 1, 65535, 1), option("CAUSAL", "no query sees later keys", 0, 1, 0),
			},
			Inputs:  []Port{{Name: "q", Type: gpu.F32, Shape: "BATCH x S x D"}, {Name: "k", Type: gpu.F32, Shape: "BATCH x T x D"}, {Name: "v", Type: gpu.F32, Shape: "BATCH x T x D"}},
			Outputs: []Port{{Name: "y", Type: gpu.F32, Shape: "BATCH x S x D"}},
		},
		variants: productVariants(), tuneMax: 256,
		check: func(p params) error {
			if p["CAUSAL"] == 1 && p["T"] < p["S"] {
				return gpu.Errorf(gpu.InvalidProgram, "attention-f32: with CAUSAL, T must be at least S, so that every query sees a key; it is %d, and S is %d", p["T"], p["S"])
			}
			return nil
		},
		build: func(k *Kernel, p params, v variant) {
			batch, s, t, d := p.get("BATCH"), p.get("S"), p.get("T"), p.get("D")
			q := k.input("q", gpu.F32, batch*s*d)
			keys := k.input("k", gpu.F32, batch*t*d)
			vals := k.input("v", gpu.F32, batch*t*d)
			y := k.output("y", gpu.F32, batch*s*d)
			turned := k.scratch("turned", gpu.F32, batch*t*d)
			scores := k.scratch("scores", gpu.F32, batch*s*t)
			weights := k.scratch("weights", gpu.F32, batch*s*t)
			k.transpose(batch, t, d, keys, turned)
			k.product(gpu.F32, shape{batch, s, t, d}, v, q, turned, scores)
			of := softmaxOf{scale: 1 / math.Sqrt(float64(d))}
			if p["CAUSAL"] == 1 {
				of.queries = s
			}
			row := rowVariants[1]
			if v.cpu {
				row = rowVariants[0]
			}
			k.softmax(batch*s, t, row, of, scores, weights)
			k.product(gpu.F32, shape{batch, s, d, t}, v, weights, vals, y)
		},
	}}
}

// productVariants are the tiles to choose from in what is made of products: the defaults of every type of adapter.
func productVariants() []variant {
	var list []variant
	for _, v := range tiles {
		if v.portable || v.cpu || v.discrete {
			list = append(list, v)
		}
	}
	return list
}

func (k *Kernel) transpose(batch, m, n uint64, x, y uint32) {
	grid, index := line(batch * m * n)
	k.dispatch("transpose", fill(transpose, values{"COUNT": batch * m * n, "INDEX": index, "M": m, "N": n}), grid, x, y)
}

const transpose = `// ${M} x ${N} to ${N} x ${M}.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let row = i / ${M}u % ${N}u;
  let start = i / ${M}u / ${N}u * ${N}u * ${M}u;
  y[i] = x[start + i % ${M}u * ${N}u + row];
}
`

// float writes a number as a WGSL literal of type f32.
func float(x float64) string { return fmt.Sprintf("%.9e", x) }

// rowsOf helps to write kernels that fold each row of a matrix, by an invocation or by a workgroup of 64.
type rowsOf struct {
	lanes  uint64
	grid   [3]uint32
	values values
}

func newRows(rows, n uint64, v variant) *rowsOf {
	r := &rowsOf{lanes: v.x}
	if 3*n > maxLoop {
		r.lanes = 64 // one invocation would loop for too long
	}
	r.values = values{"ROWS": rows, "N": n, "LANES": r.lanes, "STEPS": ceil(n, r.lanes)}
	if r.lanes == 1 {
		grid, index := line(rows)
		r.grid = grid
		r.values["HEAD"] = fmt.Sprintf("@compute @workgroup_size(64)\nfn main(@builtin(global_invocation_id) id: vec3<u32>) {\n  let row = %s;\n  let l = 0u;", index)
		return r
	}
	height := ceil(rows, gpu.MaxGrid)
	width := ceil(rows, height)
	r.grid = [3]uint32{uint32(width), uint32(height), 1}
	r.values["HEAD"] = fmt.Sprintf("var<workgroup> part: array<f32, %d>;\n\n@compute @workgroup_size(%d)\nfn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_index) l: u32) {\n  let row = g.y * %du + g.x;", r.lanes, r.lanes, width)
	return r
}

// fold is WGSL that makes a variable of all invocations of a row their sum or maximum; step combines it with the other
// half's, part[l + %du].
func (r *rowsOf) fold(name, step string) string {
	if r.lanes == 1 {
		return ""
	}
	var w lines
	w.add("  part[l] = %s;", name)
	w.add("  workgroupBarrier();")
	for d := r.lanes / 2; d > 0; d /= 2 {
		w.add("  if (l < %du) { %s = "+step+"; part[l] = %s; }", d, name, d, name)
		w.add("  workgroupBarrier();")
	}
	w.add("  %s = part[0];", name)
	w.add("  workgroupBarrier();")
	return w.String()
}

// softmaxOf says what a softmax is taken of: x times scale, and, when queries is not 0, only the elements that the row's
// query may see.
type softmaxOf struct {
	scale   float64
	queries uint64
}

func (k *Kernel) softmax(rows, n uint64, v variant, of softmaxOf, x, y uint32) {
	k.Ops += 5 * rows * n
	r := newRows(rows, n, v)
	r.values["SCALE"] = float(of.scale)
	r.values["SEEN"] = fmt.Sprintf("%du", n)
	if of.queries > 0 {
		r.values["SEEN"] = fmt.Sprintf("row %% %du + %du", of.queries, n-of.queries+1)
	}
	r.values["LARGEST"] = r.fold("largest", "max(largest, part[l + %du])")
	r.values["SUM"] = r.fold("sum", "sum + part[l + %du]")
	k.dispatch("softmax", fill(softmax, r.values), r.grid, x, y)
}

const softmax = `// Softmax of ${ROWS} rows of ${N}.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
${HEAD}
  if (row >= ${ROWS}u) { return; }
  let start = row * ${N}u;
  let seen = ${SEEN};
  var largest = x[start];
  for (var s = 0u; s < ${STEPS}u; s = s + 1u) {
    let at = s * ${LANES}u + l;
    if (at < seen) { largest = max(largest, x[start + at]); }
  }
${LARGEST}
  var sum = 0.0;
  for (var s = 0u; s < ${STEPS}u; s = s + 1u) {
    let at = s * ${LANES}u + l;
    if (at < seen) {
      let e = exp((x[start + at] - largest) * ${SCALE});
      y[start + at] = e;
      sum = sum + e;
    }
  }
${SUM}
  let part_of_one = 1.0 / sum;
  for (var s = 0u; s < ${STEPS}u; s = s + 1u) {
    let at = s * ${LANES}u + l;
    if (at < seen) {
      y[start + at] = y[start + at] * part_of_one;
    } else if (at < ${N}u) {
      y[start + at] = 0.0;
    }
  }
}
`

const layernorm = `// Normalizes ${ROWS} rows of ${N}.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> gamma: array<f32>;
@group(0) @binding(2) var<storage, read> beta: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
${HEAD}
  if (row >= ${ROWS}u) { return; }
  let start = row * ${N}u;
  var sum = 0.0;
  for (var s = 0u; s < ${STEPS}u; s = s + 1u) {
    let at = s * ${LANES}u + l;
    if (at < ${N}u) { sum = sum + x[start + at]; }
  }
${SUM}
  let mean = sum / f32(${N}u);
  var squares = 0.0;
  for (var s = 0u; s < ${STEPS}u; s = s + 1u) {
    let at = s * ${LANES}u + l;
    if (at < ${N}u) {
      let d = x[start + at] - mean;
      squares = squares + d * d;
    }
  }
${SQUARES}
  let scale = inverseSqrt(squares / f32(${N}u) + 1e-5);
  for (var s = 0u; s < ${STEPS}u; s = s + 1u) {
    let at = s * ${LANES}u + l;
    if (at < ${N}u) { y[start + at] = (x[start + at] - mean) * scale * gamma[at] + beta[at]; }
  }
}
`

// gelu(x) = x/2 (1 + tanh(u)) = x / (1 + exp(-2u)); the exponent is bounded, since overflow has no defined result.
const gelu = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${N}u) { return; }
  let v = x[i];
  let u = v * (1.595769122 + 0.0713548163 * v * v);
  y[i] = v / (1.0 + exp(clamp(-u, -80.0, 80.0)));
}
`
