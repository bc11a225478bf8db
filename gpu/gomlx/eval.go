package gomlx

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomlx/compute"
)

// eval is the value of a node at coordinates.
func (w *writer) eval(n *node, at []linear) value {
	var key strings.Builder
	fmt.Fprint(&key, n.id)
	for i := range at {
		if n.dims[i] == 1 {
			at[i] = linear{} // whatever it says, there is one element
		}
		fmt.Fprint(&key, ",", at[i].key())
	}
	for _, b := range w.blocks {
		if v, ok := b.known[key.String()]; ok {
			return v
		}
	}
	v := w.compute(n, at)
	if v.depth < len(w.blocks) {
		w.blocks[v.depth].known[key.String()] = v
	}
	return v
}

func (w *writer) compute(n *node, at []linear) value {
	if v, ok := w.local(n, at); ok {
		return v
	}
	if word, ok := n.uniform(); ok {
		return value{literal(n.t, word), n.t, false, 0}
	}
	if s := w.place(n); s != nil {
		return w.load(s, n.t, w.flat(at, n.dims))
	}
	switch n.class() {
	case point:
		return w.pointwise(n, at)
	case view:
		return w.view(n, at)
	}
	panic(fmt.Sprintf("gomlx: %v has no place", n)) // the plan gives every such node one
}

// pointwise computes an operation of class point, whatever is stored of it.
func (w *writer) pointwise(n *node, at []linear) value {
	if n.op == compute.OpTypeIota {
		return w.convert(w.number(at[n.attr.(axisAttr).axis]), n.t)
	}
	in := make([]value, len(n.in))
	for i, x := range n.in {
		in[i] = w.eval(x, narrowed(x, at))
	}
	return w.point(n, in)
}

// narrowed are the coordinates in an operand that is broadcast: a scalar, or with axes of size 1.
func narrowed(x *node, at []linear) []linear {
	if len(x.dims) == 0 {
		return nil
	}
	return slices.Clone(at)
}

func (w *writer) view(n *node, at []linear) value {
	x := n.in[0]
	if in, ok := w.through(n, at); ok {
		return w.eval(x, in)
	}
	switch n.op {
	case compute.OpTypePad:
		var conds []value
		in := make([]linear, len(at))
		for i, p := range n.attr.(padAttr).axes {
			l := at[i].add(-p.Start)
			if p.Interior > 0 {
				if low, _ := l.bounds(); low < 0 {
					conds = w.check(conds, l, n.dims[i])
				}
				conds = w.check(conds, w.mod(l, p.Interior+1), 1)
				l = w.div(l, p.Interior+1)
			}
			conds = w.check(conds, l, x.dims[i])
			in[i] = l
		}
		return w.guarded(conds, func() value { return w.eval(x, in) }, w.eval(n.in[1], nil))
	case compute.OpTypeConcatenate:
		axis := n.attr.(axisAttr).axis
		end := n.dims[axis]
		var v value
		for i := len(n.in) - 1; i >= 0; i-- {
			start := end - n.in[i].dims[axis]
			in := slices.Clone(at)
			in[axis] = at[axis].add(-start)
			part := w.eval(n.in[i], in)
			if i == len(n.in)-1 {
				v = part
			} else if cond, always := w.below(at[axis], end); always {
				v = part
			} else {
				v = w.pick(cond, part, v)
			}
			end = start
		}
		return v
	case compute.OpTypeGather:
		return w.gather(n, at)
	case compute.OpTypeDynamicSlice:
		in := make([]linear, len(at))
		for i := range at {
			in[i] = at[i].plus(w.start(n.in[1+i], nil, x.dims[i]-n.dims[i]), 1)
		}
		return w.eval(x, in)
	case compute.OpTypeDynamicUpdateSlice:
		update := n.in[1]
		var conds []value
		in := make([]linear, len(at))
		for i := range at {
			in[i] = at[i].plus(w.start(n.in[2+i], nil, x.dims[i]-update.dims[i]), -1)
			conds = w.check(conds, in[i], update.dims[i])
		}
		return w.guarded(conds, func() value { return w.eval(update, in) }, w.eval(x, slices.Clone(at)))
	}
	panic(fmt.Sprintf("gomlx: %v is no view", n)) // class and this switch agree
}

// through are the coordinates in the operand of a view that only moves elements.
func (w *writer) through(n *node, at []linear) ([]linear, bool) {
	x := n.in[0]
	in := make([]linear, len(x.dims))
	switch n.op {
	case compute.OpTypeReshape:
		return w.coords(w.flat(at, n.dims), x.dims), true
	case compute.OpTypeTranspose:
		for i, axis := range n.attr.(axesAttr).axes {
			in[axis] = at[i]
		}
	case compute.OpTypeBroadcastInDim:
		for i, axis := range n.attr.(axesAttr).axes {
			if x.dims[i] > 1 {
				in[i] = at[axis]
			}
		}
	case compute.OpTypeSlice:
		a := n.attr.(sliceAttr)
		for i := range at {
			in[i] = at[i].times(a.strides[i]).add(a.starts[i])
		}
	case compute.OpTypeReverse:
		copy(in, at)
		for _, axis := range n.attr.(axesAttr).axes {
			in[axis] = at[axis].times(-1).add(x.dims[axis] - 1)
		}
	default:
		return nil, false
	}
	return in, true
}

// check adds the condition 0 <= l < n unless it always holds.
func (w *writer) check(conds []value, l linear, n int) []value {
	if cond, always := w.below(l, n); !always {
		conds = append(conds, cond)
	}
	return conds
}

// guarded is inside where all conditions hold and outside elsewhere.
func (w *writer) guarded(conds []value, inside func() value, outside value) value {
	cond, always := w.all(conds)
	v := inside()
	if always {
		return v
	}
	return w.pick(cond, v, outside)
}

// start is an index from data, kept within 0..last.
func (w *writer) start(n *node, at []linear, last int) linear {
	if last <= 0 {
		return linear{}
	}
	if word, ok := n.uniform(); ok {
		return number(min(max(int(int32(word)), 0), last))
	}
	key := fmt.Sprint(n.id, at, last)
	if v := w.data[key]; v != nil && v.depth < len(w.blocks) {
		return of(v)
	}
	x := w.eval(n, at)
	var text string
	switch {
	case x.t == u32 && x.vec:
		text = fmt.Sprintf("min(%s, vec4<u32>(%du))", x.text, last)
	case x.t == u32:
		text = fmt.Sprintf("min(%s, %du)", x.text, last)
	case x.vec:
		text = fmt.Sprintf("vec4<u32>(clamp(%s, vec4<i32>(), vec4<i32>(%d)))", x.text, last)
	default:
		text = fmt.Sprintf("u32(clamp(%s, 0, %d))", x.text, last)
	}
	v := w.fresh(w.let(u32, x.vec, x.depth, "%s", text).text, last+1, x.depth)
	v.laned = x.vec
	w.data[key] = v
	return of(v)
}

func (w *writer) gather(n *node, at []linear) value {
	a, x, indices := n.attr.(gatherAttr), n.in[0], n.in[1]
	var batch, offset []linear
	for i := range at {
		if slices.Contains(a.offsetAxes, i) {
			offset = append(offset, at[i])
		} else {
			batch = append(batch, at[i])
		}
	}
	in := make([]linear, len(x.dims))
	for i := range in {
		if !slices.Contains(a.collapsed, i) {
			in[i], offset = offset[0], offset[1:]
		}
	}
	for k, axis := range a.startMap {
		pos := slices.Clone(batch)
		if a.indexAxis < len(indices.dims) {
			pos = slices.Insert(pos, a.indexAxis, number(k))
		}
		in[axis] = in[axis].plus(w.start(indices, pos, x.dims[axis]-a.sizes[axis]), 1)
	}
	return w.eval(x, in)
}
