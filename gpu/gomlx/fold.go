package gomlx

import (
	"fmt"
	"slices"

	"github.com/gomlx/compute"
)

// Loops of at most this many turns are written out.
const (
	unrollWindow = 32
	unrollFold   = 4
)

// fold computes one element, or four, of an operation that looks at many elements of its operands. Its loops stand in the
// outermost block, because they depend on nothing but the element.
func (w *writer) fold(n *node, at []linear) (v value) {
	w.outside(func() {
		switch n.op {
		case compute.OpTypeReduceWindow:
			v = w.reduceWindow(n, at)
		case compute.OpTypeSelectAndScatterMax, compute.OpTypeSelectAndScatterMin:
			v = w.selectAndScatter(n, at)
		case compute.OpTypeScatterSum, compute.OpTypeScatterMax, compute.OpTypeScatterMin:
			v = w.scatter(n, at)
		case compute.OpTypeArgMinMax:
			v = w.argMinMax(n, at)
		case compute.OpTypeCumSum:
			v = w.cumSum(n, at)
		case compute.OpTypeRNGBitGenerator:
			v = w.random(n, at)
		case compute.OpTypeConvGeneral:
			v = w.conv(n, at)
		default:
			v = w.reduce(n, at)
		}
	})
	return v
}

// lanes reports whether coordinates are those of four elements.
func lanes(at []linear) bool {
	return slices.ContainsFunc(at, linear.laned)
}

// accumulator declares a variable.
func (w *writer) accumulator(t scalar, vec bool, start string) value {
	v := value{w.name("a"), t, vec, w.depth()}
	w.add(w.depth(), "var %s = %s(%s);", v.text, v.typ(), start)
	return v
}

// into folds a value into an accumulator.
func (w *writer) into(acc value, r reducer, v value) {
	text := v.text
	if acc.vec {
		text = w.spread(v)
	}
	w.add(w.depth(), "%s = %s;", acc.text, fmt.Sprintf(r.combine, acc.text, text))
}

// rowwise reports whether a reduction runs along the last axis in whole vectors, so that the lanes belong to its loop.
func rowwise(n *node) bool {
	if _, ok := reducers[n.op]; !ok {
		return false
	}
	x := n.in[0]
	axes := n.attr.(axesAttr).axes
	last := len(x.dims) - 1
	return len(axes) > 0 && axes[len(axes)-1] == last && x.dims[last]%4 == 0
}

// reduce folds in the order of the elements; along rows it keeps four partial results, which it folds in pairs at the end.
func (w *writer) reduce(n *node, at []linear) value {
	x, axes, r := n.in[0], n.attr.(axesAttr).axes, reducers[n.op]
	var dims []int
	for _, a := range axes {
		dims = append(dims, x.dims[a])
	}
	turns, row := product(dims), rowwise(n) && !lanes(at)
	if row {
		turns /= 4
	}
	acc := w.accumulator(n.t, row || lanes(at), literal(n.t, r.start(n.t)))
	w.loop(turns, turns <= unrollFold, func(k linear) {
		if row {
			lane := w.fresh("", 4, k.depth())
			lane.lane = true
			k = k.times(4).plus(of(lane), 1)
		}
		inner := w.coords(k, dims)
		in := make([]linear, len(x.dims))
		kept := at
		for i := range in {
			if j := slices.Index(axes, i); j >= 0 {
				in[i] = inner[j]
			} else {
				in[i], kept = kept[0], kept[1:]
			}
		}
		w.into(acc, r, w.eval(x, in))
	})
	if !row {
		return acc
	}
	half := w.let(n.t, false, 0, r.combine, acc.text+".x", acc.text+".y")
	rest := w.let(n.t, false, 0, r.combine, acc.text+".z", acc.text+".w")
	return w.let(n.t, false, 0, r.combine, half.text, rest.text)
}

// dilated is where a window's element lies in the operand: base + k*step - pad, between whose elements are dilation-1 gaps.
func (w *writer) dilated(conds []value, l linear, dilation, dim int) (linear, []value) {
	if dilation > 1 {
		if low, _ := l.bounds(); low < 0 {
			conds = w.check(conds, l, (dim-1)*dilation+1)
		}
		conds = w.check(conds, w.mod(l, dilation), 1)
		l = w.div(l, dilation)
	}
	return l, w.check(conds, l, dim)
}

func (w *writer) reduceWindow(n *node, at []linear) value {
	x, a := n.in[0], n.attr.(windowAttr)
	r := windowReducers[a.reduce]
	start := literal(n.t, r.start(n.t))
	acc := w.accumulator(n.t, lanes(at), start)
	turns := product(a.window)
	w.loop(turns, turns <= unrollWindow, func(k linear) {
		offset := w.coords(k, a.window)
		var conds []value
		in := make([]linear, len(at))
		for i := range at {
			l := at[i].times(a.strides[i]).plus(offset[i], a.winDil[i]).add(-a.pads[i][0])
			in[i], conds = w.dilated(conds, l, a.inDil[i], x.dims[i])
		}
		w.into(acc, r, w.guarded(conds, func() value { return w.eval(x, in) }, value{start, n.t, false, 0}))
	})
	return acc
}

// selectAndScatter adds up, for an element of the operand, the sources of all windows in which it is the first extreme one.
func (w *writer) selectAndScatter(n *node, at []linear) value {
	x, source, a := n.in[0], n.in[1], n.attr.(windowAttr)
	first, better := lowest(x.t), ">"
	if n.op == compute.OpTypeSelectAndScatterMin {
		first, better = highest(x.t), "<"
	}
	vec := lanes(at)
	acc := w.accumulator(n.t, vec, literal(n.t, 0))
	counts := make([]int, len(at)) // windows that may hold an element, along each axis
	for i := range at {
		counts[i] = (a.window[i] + a.strides[i] - 1) / a.strides[i]
	}
	turns := product(a.window)
	unroll := turns*product(counts) <= 4*unrollWindow
	w.loop(product(counts), unroll, func(c linear) {
		which := w.coords(c, counts)
		var conds []value
		window, inside := make([]linear, len(at)), make([]linear, len(at))
		for i := range at {
			l := at[i].add(a.pads[i][0])
			window[i] = w.div(l, a.strides[i]).plus(which[i], -1)
			inside[i] = w.mod(l, a.strides[i]).plus(which[i], a.strides[i])
			conds = w.check(conds, window[i], source.dims[i])
			conds = w.check(conds, inside[i], a.window[i])
		}
		mine := w.number(w.flat(inside, a.window))
		best := w.accumulator(x.t, vec, literal(x.t, first))
		place := w.accumulator(u32, vec, "0u")
		w.loop(turns, unroll, func(k linear) {
			offset := w.coords(k, a.window)
			var conds []value
			in := make([]linear, len(at))
			for i := range at {
				in[i] = window[i].times(a.strides[i]).plus(offset[i], 1).add(-a.pads[i][0])
				conds = w.check(conds, in[i], x.dims[i])
			}
			v := w.guarded(conds, func() value { return w.eval(x, in) }, value{literal(x.t, first), x.t, false, 0})
			wins := w.let(boolean, vec, w.depth(), "%s %s %s", w.lanesOf(v, vec), better, best.text)
			w.add(w.depth(), "%s = select(%s, %s, %s);", place.text, place.text, w.lanesOf(w.number(k), vec), wins.text)
			w.add(w.depth(), "%s = select(%s, %s, %s);", best.text, best.text, w.lanesOf(v, vec), wins.text)
		})
		hit := w.let(boolean, vec, w.depth(), "%s == %s", place.text, w.lanesOf(mine, vec))
		conds = append(conds, hit)
		w.into(acc, sumReducer, w.guarded(conds, func() value { return w.eval(source, window) }, value{literal(n.t, 0), n.t, false, 0}))
	})
	return acc
}

func (w *writer) lanesOf(v value, vec bool) string {
	if vec {
		return w.spread(v)
	}
	return v.text
}

// scatter looks, for an element, through all indices in order for those that name it.
func (w *writer) scatter(n *node, at []linear) value {
	x, indices, updates, a := n.in[0], n.in[1], n.in[2], n.attr.(scatterAttr)
	r := map[compute.OpType]reducer{compute.OpTypeScatterSum: sumReducer, compute.OpTypeScatterMax: maxReducer, compute.OpTypeScatterMin: minReducer}[n.op]
	begin := w.eval(x, slices.Clone(at))
	vec := lanes(at)
	acc := w.accumulator(n.t, vec, w.lanesOf(begin, vec))
	var batch, batchAxes []int // the axes of updates that count index vectors
	for i, d := range updates.dims {
		if !slices.Contains(a.windowAxes, i) {
			batch, batchAxes = append(batch, d), append(batchAxes, i)
		}
	}
	w.loop(product(batch), false, func(k linear) {
		which := w.coords(k, batch)
		in := make([]linear, len(updates.dims))
		for i, axis := range batchAxes {
			in[axis] = which[i]
		}
		var conds []value
		rest := a.windowAxes
		for axis := range x.dims {
			l := at[axis]
			if j := slices.Index(a.operandAxes, axis); j >= 0 {
				pos := slices.Clone(which)
				if a.indexAxis < len(indices.dims) {
					pos = slices.Insert(pos, a.indexAxis, number(j))
				}
				index := w.convert(w.eval(indices, pos), u32)
				v := w.fresh(index.text, 1<<31, index.depth)
				v.laned = index.vec
				l = l.plus(of(v), -1)
			}
			if slices.Contains(a.inserted, axis) {
				conds = append(conds, w.equals(l))
				continue
			}
			in[rest[0]] = l
			conds = w.check(conds, l, updates.dims[rest[0]])
			rest = rest[1:]
		}
		cond, always := w.all(conds)
		if always || cond.vec {
			v := w.eval(updates, in)
			if !always {
				v = w.pick(cond, v, value{literal(n.t, r.start(n.t)), n.t, false, 0})
			}
			w.into(acc, r, v)
			return
		}
		w.inside(fmt.Sprintf("if (%s)", cond.text), func() {
			w.into(acc, r, w.eval(updates, in))
		})
	})
	return acc
}

// equals is the condition l == 0, written without a difference that could wrap.
func (w *writer) equals(l linear) value {
	var plus, minus linear
	plus.c = l.c
	for _, t := range l.terms {
		if t.coef > 0 {
			plus.terms = append(plus.terms, t)
		} else {
			minus.terms = append(minus.terms, term{t.v, -t.coef})
		}
	}
	a, b := w.number(plus), w.number(minus)
	if a.vec || b.vec {
		return w.let(boolean, true, max(a.depth, b.depth), "%s == %s", w.spread(a), w.spread(b))
	}
	return w.let(boolean, false, max(a.depth, b.depth), "%s == %s", a.text, b.text)
}

func (w *writer) argMinMax(n *node, at []linear) value {
	x, a := n.in[0], n.attr.(argAttr)
	better := ">"
	if a.isMin {
		better = "<"
	}
	vec := lanes(at)
	in := func(k linear) value { return w.eval(x, slices.Insert(slices.Clone(at), a.axis, k)) }
	best := w.accumulator(x.t, vec, w.lanesOf(in(number(0)), vec))
	place := w.accumulator(u32, vec, "0u")
	w.loop(x.dims[a.axis], false, func(k linear) {
		v := in(k)
		wins := w.let(boolean, vec, w.depth(), "%s %s %s", w.lanesOf(v, vec), better, best.text)
		w.add(w.depth(), "%s = select(%s, %s, %s);", place.text, place.text, w.lanesOf(w.number(k), vec), wins.text)
		w.add(w.depth(), "%s = select(%s, %s, %s);", best.text, best.text, w.lanesOf(v, vec), wins.text)
	})
	return w.convert(place, n.t)
}

func (w *writer) cumSum(n *node, at []linear) value {
	x, a := n.in[0], n.attr.(cumAttr)
	vec := lanes(at)
	acc := w.accumulator(n.t, vec, literal(n.t, 0))
	here := w.number(at[a.axis])
	op := "<="
	switch {
	case a.exclusive && a.reverse:
		op = ">"
	case a.exclusive:
		op = "<"
	case a.reverse:
		op = ">="
	}
	w.loop(x.dims[a.axis], false, func(k linear) {
		in := slices.Clone(at)
		in[a.axis] = k
		counts := w.let(boolean, here.vec, w.depth(), "%s %s %s", w.lanesOf(w.number(k), here.vec), op, here.text)
		w.into(acc, sumReducer, w.pick(counts, w.eval(x, in), value{literal(n.t, 0), n.t, false, 0}))
	})
	return acc
}

// random is Philox, four numbers at a time.
func (w *writer) random(n *node, at []linear) value {
	w.helpers["philox"] = true
	stream := n.attr.(rngAttr).stream
	l := w.flat(at, n.dims)
	seed := w.binding(seedSlot, false, false)
	if whole, ok := quarter(l); ok {
		v := w.let(u32, true, 0, "philox(%s, %du, %s)", w.index(whole), stream, seed)
		return w.convertBits(v, n.t)
	}
	four := w.let(u32, true, 0, "philox(%s, %du, %s)", w.index(w.div(l, 4)), stream, seed)
	return w.convertBits(w.let(u32, false, 0, "%s[%s]", four.text, w.index(w.mod(l, 4))), n.t)
}

func (w *writer) convertBits(v value, t scalar) value {
	if t == i32 {
		return w.let(i32, v.vec, v.depth, "bitcast<%s>(%s)", typeName(i32, v.vec), v.text)
	}
	return v
}

// conv is a convolution that is no matrix product, because its channels or images come in groups.
func (w *writer) conv(n *node, at []linear) value {
	x, kernel, c := n.in[0], n.in[1], n.attr.(convAttr)
	axes := c.axes
	inner := axesOf(len(kernel.dims), []int{axes.KernelOutputChannels})
	innerDims := pick(kernel.dims, inner)
	acc := w.accumulator(n.t, lanes(at), literal(n.t, 0))
	channels := n.dims[axes.OutputChannels]
	channel := at[axes.OutputChannels]
	w.loop(product(innerDims), false, func(k linear) {
		inK := make([]linear, len(kernel.dims))
		for i, l := range w.coords(k, innerDims) {
			inK[inner[i]] = l
		}
		inK[axes.KernelOutputChannels] = channel
		in := make([]linear, len(x.dims))
		in[axes.InputChannels] = inK[axes.KernelInputChannels].
			plus(w.div(channel, channels/c.channelGroups), kernel.dims[axes.KernelInputChannels])
		if c.channelGroups == 1 {
			in[axes.InputChannels] = inK[axes.KernelInputChannels]
		}
		in[axes.InputBatch] = at[axes.OutputBatch]
		if c.batchGroups > 1 {
			in[axes.InputBatch] = at[axes.OutputBatch].plus(w.div(channel, channels/c.batchGroups), x.dims[axes.InputBatch]/c.batchGroups)
		}
		var conds []value
		for i, axis := range axes.InputSpatial {
			l := at[axes.OutputSpatial[i]].times(c.strides[i]).plus(inK[axes.KernelSpatial[i]], c.kernelDil[i]).add(-c.pads[i][0])
			in[axis], conds = w.dilated(conds, l, c.inDil[i], x.dims[axis])
		}
		v := w.guarded(conds, func() value { return w.eval(x, in) }, value{literal(n.t, 0), n.t, false, 0})
		w.into(acc, sumReducer, w.both("*", v, w.eval(kernel, inK)))
	})
	return acc
}
