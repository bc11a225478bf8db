package kernels

import (
	"fmt"

	"gpumesh/gpu"
)

// operator is an associative operation on two values.
type operator struct{ name, help, wgsl string }

var operators = []operator{
	{"sum", "The sum", "acc + v"}, {"max", "The largest element", "max(acc, v)"}, {"min", "The smallest element", "min(acc, v)"},
}

func reductions() []*template {
	var list []*template
	for _, op := range operators {
		for _, t := range []gpu.Type{gpu.F32, gpu.I32, gpu.U32} {
			list = append(list, &template{
				Info: Info{
					Name: "reduce-" + op.name + "-" + string(t),
					Help: op.help + " of each row; a single row is the whole of a buffer.",
					Params: []Param{
						dim("N", "elements of a row", maxElements), option("ROWS", "rows", 1, maxElements, 1),
					},
					Inputs:  []Port{{Name: "x", Type: t, Shape: "ROWS x N"}},
					Outputs: []Port{{Name: "y", Type: t, Shape: "ROWS"}},
				},
				build: func(k *Kernel, p params, _ variant) {
					rows, n := p.get("ROWS"), p.get("N")
					x := k.input("x", t, rows*n)
					y := k.output("y", t, rows)
					k.reduce(op, t, rows, n, x, y)
				},
			})
		}
	}
	return list
}

// fan is the number of elements that one invocation reduces.
const fan = 64

// reduce folds each row into 1/fan of its length, again and again. The elements of an invocation are as far apart as there
// are invocations to the row, so that neighbours read neighbouring elements; it takes no workgroup memory and no barrier.
func (k *Kernel) reduce(op operator, t gpu.Type, rows, n uint64, x, y uint32) {
	k.Ops += rows * n
	for level := 0; ; level++ {
		out := ceil(n, fan)
		to := y
		if out > 1 {
			to = k.scratch(fmt.Sprintf("part%d", level), t, rows*out)
		}
		grid, index := line(rows * out)
		k.dispatch("reduce", fill(reduceStep, values{
			"T": t, "OP": op.wgsl, "INDEX": index, "COUNT": rows * out, "N": n, "OUT": out, "STEPS": ceil(n, out),
		}), grid, x, to)
		if out == 1 {
			return
		}
		x, n = to, out
	}
}

const reduceStep = `// Rows of ${N} elements to rows of ${OUT}.
@group(0) @binding(0) var<storage, read> x: array<${T}>;
@group(0) @binding(1) var<storage, read_write> y: array<${T}>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let start = i / ${OUT}u * ${N}u;
  let first = i % ${OUT}u;
  var acc = x[start + first];
  for (var s = 1u; s < ${STEPS}u; s = s + 1u) {
    let at = first + s * ${OUT}u;
    if (at < ${N}u) {
      let v = x[start + at];
      acc = ${OP};
    }
  }
  y[i] = acc;
}
`
