package gomlx

import (
	"fmt"
	"strings"
)

// maxDepth bounds the values of k that one invocation goes through, in five turns of loops for four of them: the driver that
// ends an invocation's loops after 65,535 turns must get through.
const maxDepth = 48 << 10

// pack writes a kernel that lays an operand out in vectors, with zeros beyond its edges: along k, row by row, or along the rows,
// k by k, whichever reads its source in fewer loads.
func (c *compiler) pack(mm *matmul, o operand, rows int, second bool) layout {
	depth := mm.k / mm.split
	write := func(alongK bool, to *slot) *writer {
		w := newWriter(c.place)
		outer, line := rows, depth
		if !alongK {
			outer, line = depth, rows
		}
		quads := ceil(line, 4)
		size := mm.g * mm.split * outer * quads * 4
		root := w.root(size, true)
		g, rest := w.div(root, outer*quads*4), w.mod(root, outer*quads*4)
		across, along := w.div(rest, quads*4), w.mod(rest, quads*4)
		row, k := across, along
		if !alongK {
			row, k = along, across
		}
		var conds []value
		conds = w.check(conds, along, line)
		at, more := o.where(w, mm.whole(w, g), row, mm.inner(w, g, k))
		zero := value{literal(mm.n.t, 0), mm.n.t, false, 0}
		v := w.guarded(append(conds, more...), func() value { return w.eval(o.node, at) }, zero)
		w.store(to, root, v)
		return w
	}
	cost := func(alongK bool) int {
		w := write(alongK, &slot{name: "?", t: mm.n.t.stored()})
		return 8*w.scattered + w.loads
	}
	alongK := !second && cost(true) <= cost(false)
	outer, line := rows, depth
	if !alongK {
		outer, line = depth, rows
	}
	quads := ceil(line, 4)
	to := c.temp("pack", mm.n.t.stored(), mm.g*mm.split*outer*quads*4)
	w := write(alongK, to)
	c.launch("pack", w, mm.g*mm.split*outer*quads*4, true, w.count)
	return layout{to, alongK, func(_ *writer, g linear) linear { return g.times(outer * quads) }, quads}
}

// matmul adds the kernels of a product.
func (c *compiler) matmul(mm *matmul) {
	t := mm.cut(c.wide)
	layouts := [2]layout{}
	for i, o := range []operand{mm.a, mm.b} {
		rows := []int{mm.m, mm.cols}[i]
		w := newWriter(c.place)
		l, ok := mm.direct(w, o, rows, i == 1)
		if !ok {
			l = c.pack(mm, o, rows, i == 1)
		}
		layouts[i] = l
	}
	to := c.place(mm.n)
	if mm.split > 1 {
		to = c.temp("parts", mm.n.t.stored(), mm.split*mm.n.size())
	}
	c.productText(mm, t, layouts[0], layouts[1], to)
	if mm.split > 1 {
		c.addParts(mm, to)
	}
}

// addParts adds up the products of the parts of k, in order.
func (c *compiler) addParts(mm *matmul, parts *slot) {
	w := newWriter(c.place)
	size := mm.n.size()
	vec := mm.cols%4 == 0
	root := w.root(size, vec)
	each := mm.m * mm.cols
	acc := w.accumulator(mm.n.t, vec, literal(mm.n.t, 0))
	g, rest := w.div(root, each), w.mod(root, each)
	w.loop(mm.split, mm.split <= 8, func(s linear) {
		w.into(acc, sumReducer, w.load(parts, mm.n.t, g.times(mm.split).plus(s, 1).times(each).plus(rest, 1)))
	})
	w.store(c.place(mm.n), root, acc)
	c.launch("parts", w, size, vec, w.count*mm.split)
}

// productText writes the kernel of a product. Rows and columns beyond the edges are those of the edge, and are not stored.
func (c *compiler) productText(mm *matmul, t tile, a, b layout, to *slot) {
	w := newWriter(c.place)
	vec := typeName(mm.n.t, true)
	quads, depth := ceil(mm.cols, 4), mm.k/mm.split
	nameA, nameB := w.binding(a.slot, true, false), w.binding(b.slot, true, false)
	whole := mm.cols%4 == 0 && to.size%4 == 0
	nameC := w.binding(to.real(), whole, true)
	line := func(format string, args ...any) { w.add(0, format, args...) }

	line("let x = g.x * %du + l.x;", t.parts*t.lanesX)
	line("let y = (g.y * %du + l.y) * %du;", t.lanesY, t.rows)
	number := of(w.fresh("g.z", mm.g*mm.split, 0))
	line("let ga = %s;", w.index(a.group(w, number)))
	line("let gb = %s;", w.index(b.group(w, number)))
	edgeY, edgeX := mm.m%(t.rows*t.lanesY) != 0, quads%(t.parts*t.lanesX) != 0
	limit := func(text string, cut bool, last int) string {
		if cut {
			return fmt.Sprintf("min(%s, %du)", text, last)
		}
		return "(" + text + ")"
	}
	if a.alongK {
		for r := range t.rows {
			line("let rows%d = ga + %s * %du;", r, limit(fmt.Sprintf("y + %du", r), edgeY, mm.m-1), a.stride)
		}
	} else {
		for q := range t.rows / 4 {
			line("let rows%d = ga + %s;", q, limit(fmt.Sprintf("y / 4u + %du", q), edgeY, ceil(mm.m, 4)-1))
		}
	}
	for p := range t.parts {
		line("let col%d = x + %du;", p, p*t.lanesX)
		line("let cols%d = gb + %s;", p, limit(fmt.Sprintf("col%d", p), edgeX, quads-1))
	}
	for r := range t.rows {
		for p := range t.parts {
			line("var c%d_%d = %s();", r, p, vec)
		}
	}
	// step multiplies one value of k; u and v name its factors.
	step := func(u func(r int) string, v func(p int) string) {
		for r := range t.rows {
			for p := range t.parts {
				name := fmt.Sprintf("c%d_%d", r, p)
				w.add(0, "  %s = %s + %s * %s;", name, name, u(r), v(p))
			}
		}
	}
	// Rows are read four values of k at a time. The inner loop takes the first of them and turns the vectors on, which compiles
	// in a fraction of the time that four copies of its body would take.
	four := func(q string, n int) {
		for r := range t.rows {
			line("  var u%d = %s[rows%d + %s];", r, nameA, r, q)
		}
		line("  for (var j = 0u; j < %du; j = j + 1u) {", n)
		for p := range t.parts {
			line("    let v%d = %s[cols%d + (%s * 4u + j) * %du];", p, nameB, p, q, b.stride)
		}
		step(func(r int) string { return fmt.Sprintf("u%d.x", r) }, func(p int) string { return fmt.Sprintf("v%d", p) })
		for r := range t.rows {
			line("    u%d = u%d.yzwx;", r, r)
		}
		line("  }")
	}
	switch {
	case a.alongK && depth >= 4:
		line("for (var q = 0u; q < %du; q = q + 1u) {", depth/4)
		four("q", 4)
		line("}")
		if depth%4 > 0 {
			line("{")
			four(fmt.Sprintf("%du", depth/4), depth%4)
			line("}")
		}
	case a.alongK:
		line("{")
		four("0u", depth)
		line("}")
	default:
		line("for (var k = 0u; k < %du; k = k + 1u) {", depth)
		for r := range t.rows / 4 {
			line("  let u%d = %s[rows%d + k * %du];", r, nameA, r, a.stride)
		}
		for p := range t.parts {
			line("  let v%d = %s[cols%d + k * %du];", p, nameB, p, b.stride)
		}
		step(func(r int) string { return fmt.Sprintf("u%d.%s", r/4, "xyzw"[r%4:r%4+1]) }, func(p int) string { return fmt.Sprintf("v%d", p) })
		line("}")
	}
	for r := range t.rows {
		if edgeY {
			line("if (y + %du < %du) {", r, mm.m)
		}
		line("let o%d = (g.z * %du + y + %du) * %du;", r, mm.m, r, mm.cols)
		for p := range t.parts {
			name := fmt.Sprintf("c%d_%d", r, p)
			switch {
			case whole && edgeX:
				line("if (col%d < %du) { %s[o%d / 4u + col%d] = %s; }", p, quads, nameC, r, p, name)
			case whole:
				line("%s[o%d / 4u + col%d] = %s;", nameC, r, p, name)
			default:
				for j, s := range strings.Split("xyzw", "") {
					line("if (col%d * 4u + %du < %du) { %s[o%d + col%d * 4u + %du] = %s.%s; }", p, j, mm.cols, nameC, r, p, j, name, s)
				}
			}
		}
		if edgeY {
			line("}")
		}
	}
	c.dispatch(w.finish("product", groupHead, [3]uint32{uint32(t.lanesX), uint32(t.lanesY), 1},
		[3]uint32{uint32(ceil(quads, t.parts*t.lanesX)), uint32(ceil(mm.m, t.rows*t.lanesY)), uint32(mm.g * mm.split)},
		2*uint64(mm.g)*uint64(mm.m)*uint64(mm.cols)*uint64(mm.k)))
}
