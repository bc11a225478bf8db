package gomlx

import (
	"fmt"
	"slices"

	"github.com/gomlx/compute"
)

// matmul is a matrix product c[g, row, column] = sum over k of a(g, row, k) * b(g, k, column), whose operands are anything
// that can be evaluated at three indexes. Dots and convolutions become products.
type matmul struct {
	n             *node // c is its row-major content
	g, m, cols, k int
	split         int // k is cut into this many parts, whose products are added up in order; 1: not at all
	a, b          operand
	packs         bool // rows of a that lie along k are packed, although they could be read as they lie
}

// operand is one factor: where its element lies in a node. Conditions that fail stand for zeros.
type operand struct {
	node  *node
	key   string // equal for operands with the same elements in the same order
	where func(w *writer, g, row, k linear) (at []linear, conds []value)
}

// axesOf are the axes of a tensor that are in none of the lists.
func axesOf(rank int, lists ...[]int) []int {
	var free []int
	for i := range rank {
		if !slices.Contains(slices.Concat(lists...), i) {
			free = append(free, i)
		}
	}
	return free
}

func pick(dims []int, axes []int) []int {
	out := make([]int, len(axes))
	for i, a := range axes {
		out[i] = dims[a]
	}
	return out
}

// newMatmul returns the product that computes a dot or a convolution; nil for convolutions that are none.
func newMatmul(n *node) *matmul {
	if n.op == compute.OpTypeConvGeneral {
		return convMatmul(n)
	}
	d := n.attr.(dotAttr)
	side := func(x *node, batch, contract []int) (operand, []int) {
		free := axesOf(len(x.dims), batch, contract)
		return operand{x, fmt.Sprint(x.id, batch, free, contract), func(w *writer, g, row, k linear) ([]linear, []value) {
			at := make([]linear, len(x.dims))
			for i, l := range w.coords(g, pick(x.dims, batch)) {
				at[batch[i]] = l
			}
			for i, l := range w.coords(row, pick(x.dims, free)) {
				at[free[i]] = l
			}
			for i, l := range w.coords(k, pick(x.dims, contract)) {
				at[contract[i]] = l
			}
			return at, nil
		}}, free
	}
	a, freeA := side(n.in[0], d.lhsBatch, d.lhsContract)
	b, freeB := side(n.in[1], d.rhsBatch, d.rhsContract)
	return &matmul{n: n, a: a, b: b, split: 1,
		g: product(pick(n.in[0].dims, d.lhsBatch)), m: product(pick(n.in[0].dims, freeA)),
		cols: product(pick(n.in[1].dims, freeB)), k: product(pick(n.in[0].dims, d.lhsContract)),
	}
}

// convMatmul: with channels last, rows are the output's other axes in their order, columns its channels; with channels second,
// every image is a product of the kernel with its windows. The inner axis runs through the kernel in the order of its memory.
func convMatmul(n *node) *matmul {
	c := n.attr.(convAttr)
	x, kernel, axes := n.in[0], n.in[1], c.axes
	last := len(n.dims) - 1
	if c.channelGroups*c.batchGroups > 1 {
		return nil
	}
	inner := axesOf(len(kernel.dims), []int{axes.KernelOutputChannels})
	innerDims := pick(kernel.dims, inner)
	windows := func(w *writer, batch linear, out []linear, k linear) ([]linear, []value) {
		at := make([]linear, len(x.dims))
		inK := make([]linear, len(kernel.dims))
		for i, l := range w.coords(k, innerDims) {
			inK[inner[i]] = l
		}
		at[axes.InputBatch], at[axes.InputChannels] = batch, inK[axes.KernelInputChannels]
		var conds []value
		for i, axis := range axes.InputSpatial {
			l := out[i].times(c.strides[i]).plus(inK[axes.KernelSpatial[i]], c.kernelDil[i]).add(-c.pads[i][0])
			at[axis], conds = w.dilated(conds, l, c.inDil[i], x.dims[axis])
		}
		return at, conds
	}
	weights := func(w *writer, channel, k linear) []linear {
		at := make([]linear, len(kernel.dims))
		for i, l := range w.coords(k, innerDims) {
			at[inner[i]] = l
		}
		at[axes.KernelOutputChannels] = channel
		return at
	}
	mm := &matmul{n: n, split: 1, g: 1, k: product(innerDims)}
	spatial := pick(n.dims, axes.OutputSpatial)
	key := fmt.Sprint(n.attr, n.dims, x.id, kernel.id)
	switch {
	case axes.OutputChannels == last:
		rows := axesOf(len(n.dims), []int{last})
		rowDims := pick(n.dims, rows)
		mm.m, mm.cols = product(rowDims), n.dims[last]
		mm.a = operand{x, "windows" + key, func(w *writer, _, row, k linear) ([]linear, []value) {
			at := make([]linear, len(n.dims))
			for i, l := range w.coords(row, rowDims) {
				at[rows[i]] = l
			}
			out := make([]linear, len(axes.OutputSpatial))
			for i, axis := range axes.OutputSpatial {
				out[i] = at[axis]
			}
			return windows(w, at[axes.OutputBatch], out, k)
		}}
		mm.b = operand{kernel, key, func(w *writer, _, column, k linear) ([]linear, []value) { return weights(w, column, k), nil }}
	case axes.OutputBatch == 0 && axes.OutputChannels == 1 && slices.IsSorted(axes.OutputSpatial):
		mm.g, mm.m, mm.cols = n.dims[0], n.dims[1], product(spatial)
		mm.a = operand{kernel, key, func(w *writer, _, row, k linear) ([]linear, []value) { return weights(w, row, k), nil }}
		mm.b = operand{x, "windows" + key, func(w *writer, g, column, k linear) ([]linear, []value) {
			return windows(w, g, w.coords(column, spatial), k)
		}}
	default:
		return nil
	}
	return mm
}

// tile is how a product is cut into workgroups: lanesX * lanesY invocations, each of which keeps rows x 4*parts results.
type tile struct{ lanesX, lanesY, rows, parts int }

// Estimates in cycles for one value of k on a CPU whose driver runs an invocation per vector lane: those of loading a vector, which is a
// loop over the lanes wherever they read, of a multiply-add of four components, of turning a row that lies along k to its next
// value, and what the loop takes in any case.
const (
	costLoad     = 36
	costMultiply = 5
	costTurn     = 5
	costLoop     = 12
)

// cut chooses the tile and, for long products with few results, the number of parts of k.
func (mm *matmul) cut(wide bool) tile {
	quads := ceil(mm.cols, 4)
	lanes, most, enough := 8, 64, 16
	if wide {
		lanes, most, enough = 64, 16, 512
	}
	mm.packs = !wide && mm.cols >= packedColumns
	turn := costTurn
	if mm.packs {
		turn = 0
	}
	var best tile
	bestCost := -1.0
	groups := func(t tile) int { return mm.g * ceil(mm.m, t.rows*t.lanesY) * ceil(quads, t.parts*t.lanesX) }
	for lx := 1; lx <= lanes; lx *= 2 {
		for _, rows := range []int{4, 8, 16, 32} {
			for _, parts := range []int{1, 2, 4} {
				t := tile{lx, lanes / lx, rows, parts}
				if rows*parts > most || rows > 4 && rows >= 2*mm.m || parts > 1 && (parts-1)*lx >= quads {
					continue
				}
				n := groups(t)
				even := n
				if !wide && n < enough { // an idle core is half of the machine
					even = ceil(n, 2) * 2
				}
				cost := float64(even) * float64(costMultiply*rows*parts+costLoad*(rows/4+parts)+turn*rows+costLoop)
				if bestCost < 0 || cost < bestCost {
					best, bestCost = t, cost
				}
			}
		}
	}
	if n := groups(best); n < enough && mm.k >= 512 {
		for s := 2; s <= 64 && s*n <= 4*enough; s++ {
			if mm.k%s == 0 && mm.k/s%4 == 0 && mm.k/s >= 128 {
				mm.split = s
				if s*n >= enough {
					break
				}
			}
		}
	}
	for mm.k/mm.split > maxDepth || mm.k%mm.split != 0 {
		mm.split++
	}
	return best
}

// packedColumns is the number of columns from which on packing costs less than what it saves: a vector of four rows is as quick to load as
// one along k, but the vectors along k are turned at every step.
const packedColumns = 32

func ceil(a, b int) int { return (a + b - 1) / b }

// layout says along which index four elements of an operand lie together.
type layout struct {
	slot   *slot
	alongK bool
	panel  int                              // rows come in panels of this many, one after the other; 0: all of them are one
	group  func(w *writer, g linear) linear // where the product of a number begins, in vectors
	stride int                              // between rows (alongK) or between values of k, in vectors
}

// direct returns the layout of an operand that can be read as it lies in memory. rows is the extent of its outer index. The
// second operand must lie along its rows: the lanes of a workgroup stand side by side in them.
func (mm *matmul) direct(w *writer, o operand, rows int, second bool) (layout, bool) {
	g, row, k := w.fresh("g", mm.g*mm.split, 0), w.fresh("row", rows, 0), w.fresh("k", mm.k/mm.split, 0)
	at, conds := o.where(w, mm.whole(w, of(g)), of(row), mm.inner(w, of(g), of(k)))
	if len(conds) > 0 {
		return layout{}, false
	}
	s, l, ok := w.trace(o.node, at)
	if !ok || s.size%4 != 0 {
		return layout{}, false
	}
	strideRow, strideK := 0, 0
	even := l.c%4 == 0
	for _, t := range l.terms {
		switch {
		case t.v == row:
			strideRow = t.coef
		case t.v == k:
			strideK = t.coef
		case dependsOnly(t.v, g):
			even = even && t.coef%4 == 0
		default:
			return layout{}, false
		}
	}
	group := func(w *writer, g linear) linear {
		at, _ := o.where(w, mm.whole(w, g), linear{}, mm.inner(w, g, linear{}))
		_, l, _ := w.trace(o.node, at)
		out := linear{c: l.c / 4}
		for _, t := range l.terms {
			out.terms = append(out.terms, term{t.v, t.coef / 4})
		}
		return out
	}
	depth := mm.k / mm.split
	switch {
	case !even:
	case !second && !mm.packs && (strideK == 1 || depth == 1) && depth%4 == 0 && strideRow%4 == 0:
		return layout{s, true, 0, group, strideRow / 4}, true
	case (strideRow == 1 || rows == 1) && rows%4 == 0 && strideK%4 == 0:
		return layout{s, false, 0, group, strideK / 4}, true
	}
	return layout{}, false
}

func dependsOnly(v, on *variable) bool {
	if v == on {
		return true
	}
	if v.of == nil {
		return false
	}
	return !slices.ContainsFunc(v.of.terms, func(t term) bool { return !dependsOnly(t.v, on) })
}

// whole is the number of a product among those of the node, inner its part of k.
func (mm *matmul) whole(w *writer, g linear) linear { return w.div(g, mm.split) }

func (mm *matmul) inner(w *writer, g, k linear) linear {
	return w.mod(g, mm.split).times(mm.k/mm.split).plus(k, 1)
}

// trace follows views to a stored node and returns where in it the element lies.
func (w *writer) trace(n *node, at []linear) (*slot, linear, bool) {
	for {
		if _, ok := n.uniform(); ok {
			return nil, linear{}, false
		}
		for i := range at {
			if n.dims[i] == 1 {
				at[i] = linear{}
			}
		}
		if s := w.place(n); s != nil {
			return s.real(), w.flat(at, n.dims), true
		}
		if n.class() != view {
			return nil, linear{}, false
		}
		in, ok := w.through(n, at)
		if !ok {
			return nil, linear{}, false
		}
		n, at = n.in[0], in
	}
}
