package gomlx

import (
	"fmt"
	"strings"
)

// maxDepth bounds the values of k that one invocation goes through, in five turns of loops for four of them: the driver that
// ends an invocation's loops after 65,535 turns must get through.
const maxDepth = 48 << 10

// pack writes a kernel that lays an operand out in vectors of four rows, k by k, with zeros beyond its edges. Where its source lies along k,
// an invocation turns a block of four rows and four values of k.
func (c *compiler) pack(mm *matmul, o operand, rows, panel int) layout {
	depth := mm.k / mm.split
	panels := ceil(rows, panel)
	size := mm.g * mm.split * panels * depth * panel
	group := func(_ *writer, g linear) linear { return g.times(panels * depth * panel / 4) }
	key := fmt.Sprint(o.key, mm.split, panel)
	if s := c.packs[key]; s != nil {
		return layout{s, false, panel, group, panel / 4}
	}
	write := func(turn bool, to *slot) *writer {
		w := newWriter(c.place)
		count, deep := size, depth
		if turn {
			count, deep = size/4, depth/4
		}
		root := w.root(count, true)
		outer, inner := w.div(root, deep*panel), w.mod(root, deep*panel)
		g, first, across, along := w.div(outer, panels), w.mod(outer, panels).times(panel), w.div(inner, panel), w.mod(inner, panel)
		read := func(row, k linear) value {
			at, conds := o.where(w, mm.whole(w, g), row, mm.inner(w, g, k))
			zero := value{literal(mm.n.t, 0), mm.n.t, false, 0}
			return w.guarded(w.check(conds, row, rows), func() value { return w.eval(o.node, at) }, zero)
		}
		if !turn {
			w.store(to, root, read(first.plus(along, 1), across))
			return w
		}
		lane := w.fresh("", 4, 0)
		lane.lane = true
		var lines [4]string
		for i := range lines {
			row := first.plus(w.div(along, 4), 4).add(i)
			lines[i] = w.spread(read(row, across.times(4).plus(of(lane), 1)))
		}
		for i, x := range "xyzw" {
			v := w.let(mm.n.t, true, 0, "%s(%s.%c, %s.%c, %s.%c, %s.%c)", typeName(mm.n.t, true), lines[0], x, lines[1], x, lines[2], x, lines[3], x)
			w.store(to, outer.times(depth).plus(across, 4).add(i).times(panel).plus(along, 1), v)
		}
		return w
	}
	cost := func(turn bool) int {
		w := write(turn, &slot{name: "?", t: mm.n.t.stored(), size: size})
		if cost := 8*w.scattered + w.loads; !turn {
			return 4 * cost
		} else {
			return cost
		}
	}
	turn := depth%4 == 0 && cost(true) < cost(false)
	to := c.temp("pack", mm.n.t.stored(), size)
	w := write(turn, to)
	if turn {
		size /= 4
	}
	c.launch("pack", w, size, true, w.count)
	if c.packs == nil {
		c.packs = make(map[string]*slot)
	}
	c.packs[key] = to
	return layout{to, false, panel, group, panel / 4}
}

// matmul adds the kernels of a product.
func (c *compiler) matmul(mm *matmul) {
	t := mm.cut(c.wide)
	a, ok := mm.direct(newWriter(c.place), mm.a, mm.m, false)
	if !ok {
		a = c.pack(mm, mm.a, mm.m, t.rows)
	}
	b, ok := mm.direct(newWriter(c.place), mm.b, mm.cols, true)
	if !ok {
		b = c.pack(mm, mm.b, mm.cols, ceil(mm.cols, 4)*4)
	}
	to := c.place(mm.n)
	if mm.split > 1 {
		to = c.temp("parts", mm.n.t.stored(), mm.split*mm.n.size())
	}
	c.productText(mm, t, a, b, to)
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

	// The invocations stand in one line: drivers for CPUs fill their vectors along x only.
	line("let x = g.x * %du + l.x %% %du;", t.parts*t.lanesX, t.lanesX)
	line("let y = (g.y * %du + l.x / %du) * %du;", t.lanesY, t.lanesX, t.rows)
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
			if a.panel > 0 {
				line("let rows%d = ga + %s * %du + %du;", q, limit(fmt.Sprintf("y / %du", t.rows), edgeY, ceil(mm.m, t.rows)-1), depth*t.rows/4, q)
			} else {
				line("let rows%d = ga + %s;", q, limit(fmt.Sprintf("y / 4u + %du", q), edgeY, ceil(mm.m, 4)-1))
			}
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
	c.dispatch(w.finish("product", groupHead, [3]uint32{uint32(t.lanesX * t.lanesY), 1, 1},
		[3]uint32{uint32(ceil(quads, t.parts*t.lanesX)), uint32(ceil(mm.m, t.rows*t.lanesY)), uint32(mm.g * mm.split)},
		2*uint64(mm.g)*uint64(mm.m)*uint64(mm.cols)*uint64(mm.k)))
}
