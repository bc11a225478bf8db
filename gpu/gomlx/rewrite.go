package gomlx

import (
	"slices"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
)

// Reductions of long lines into few results would leave a device idle: they are done in two stages. The first one makes this
// many results at least, and no invocation folds more than longFold elements.
const (
	fewResults = 512
	longFold   = 4096
	shortFold  = 256
)

// split rewrites the graph so that long reductions are done in stages and rows are summed by products, and returns what became of the given nodes.
func (g *dag) split(roots []*node) []*node {
	replaced := make(map[*node]*node)
	for _, n := range g.live() {
		in := slices.Clone(n.in)
		changed := false
		for i, x := range in {
			if r := replaced[x]; r != nil {
				in[i], changed = r, true
			}
		}
		r := n
		if changed {
			r = g.add(n.op, n.dtype, n.dims, n.attr, in...)
		}
		if s := g.stages(r); s != nil {
			r = s
		} else if s := g.sumRows(r); s != nil {
			r = s
		}
		if r != n {
			replaced[n] = r
		}
	}
	now := func(list []*node) []*node {
		out := slices.Clone(list)
		for i, o := range out {
			if r := replaced[o]; r != nil {
				out[i] = r
			}
		}
		return out
	}
	g.outputs = now(g.outputs)
	return now(roots)
}

// stages cuts the first reduced axes of a long reduction in two; nil when it is short.
func (g *dag) stages(n *node) *node {
	if _, ok := reducers[n.op]; !ok {
		return nil
	}
	x, axes := n.in[0], n.attr.(axesAttr).axes
	length := product(pick(x.dims, axes))
	if length <= shortFold || n.size() >= fewResults && length <= longFold {
		return nil
	}
	// Reduced axes that lie side by side are one.
	for i := 1; i < len(axes); i++ {
		if axes[i] != axes[i-1]+1 {
			return nil
		}
	}
	before, after := x.dims[:axes[0]], x.dims[axes[0]+len(axes):]
	parts := 0
	for d := 2; d <= length/16 && d <= 4096; d++ {
		if length%d == 0 && (parts == 0 || d*n.size() <= fewResults) {
			parts = d
		}
	}
	if parts == 0 {
		return nil
	}
	rest := length / parts
	cut := slices.Concat(before, []int{rest, parts}, after)
	if len(after) == 0 && rest%4 == 0 { // rows: each part is one run of elements
		cut = slices.Concat(before, []int{parts, rest}, after)
		first := g.add(n.op, n.dtype, slices.Concat(before, []int{parts}), axesAttr{[]int{len(before) + 1}},
			g.add(compute.OpTypeReshape, x.dtype, cut, nil, x))
		return g.add(n.op, n.dtype, n.dims, axesAttr{[]int{len(before)}}, first)
	}
	first := g.add(n.op, n.dtype, slices.Concat(before, []int{parts}, after), axesAttr{[]int{len(before)}},
		g.add(compute.OpTypeReshape, x.dtype, cut, nil, x))
	second := g.add(n.op, n.dtype, n.dims, axesAttr{[]int{len(before)}}, first)
	return second
}

// sumRows makes a product of what adds rows to a table of zeros, as an embedding's gradient does: of a matrix that says which
// row each index names, and the rows. A scatter would look through all indices for each element. nil where it is something else.
func (g *dag) sumRows(n *node) *node {
	if n.op != compute.OpTypeScatterSum || n.t != f32 || len(n.dims) != 2 {
		return nil
	}
	table, indices, rows, a := n.in[0], n.in[1], n.in[2], n.attr.(scatterAttr)
	word, uniform := table.uniform()
	last := len(rows.dims) - 1
	if !uniform || word != 0 || rows.dims[last] != n.dims[1] || rows.size() != indices.size()*n.dims[1] ||
		!slices.Equal(a.windowAxes, []int{last}) || !slices.Equal(a.inserted, []int{0}) || !slices.Equal(a.operandAxes, []int{0}) {
		return nil
	}
	count, square := indices.size(), []int{indices.size(), n.dims[0]}
	column := g.add(compute.OpTypeReshape, indices.dtype, []int{count, 1}, nil, indices)
	named := g.add(compute.OpTypeEqual, dtypes.Bool, square, nil,
		g.add(compute.OpTypeBroadcastInDim, indices.dtype, square, axesAttr{[]int{0, 1}}, column),
		g.add(compute.OpTypeIota, indices.dtype, square, axisAttr{1}))
	return g.add(compute.OpTypeDotGeneral, n.dtype, n.dims, dotAttr{lhsContract: []int{0}, rhsContract: []int{0}},
		g.add(compute.OpTypeConvertDType, n.dtype, square, nil, named),
		g.add(compute.OpTypeReshape, rows.dtype, []int{count, n.dims[1]}, nil, rows))
}
