package gomlx

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// value is a WGSL expression without side effects: a name or a literal, of a scalar or of four lanes.
type value struct {
	text  string
	t     scalar
	vec   bool
	depth int // of the block in which it is known
}

func (v value) typ() string { return typeName(v.t, v.vec) }

func typeName(t scalar, vec bool) string {
	if vec {
		return "vec4<" + t.wgsl() + ">"
	}
	return t.wgsl()
}

// slot is where a stored node lies: a buffer of the program, or a temporary one that gets its place later.
type slot struct {
	name  string
	t     scalar // as stored
	size  int    // elements
	alias *slot  // when this is only another name
}

func (s *slot) real() *slot {
	for s.alias != nil {
		s = s.alias
	}
	return s
}

// bind is a buffer as a kernel sees it.
type bind struct {
	slot  *slot
	vec   bool
	write bool
}

func (b bind) typ() string { return typeName(b.slot.t, b.vec) }

// block is a part of a kernel's text: its body, or that of a loop.
type block struct {
	strings.Builder
	known map[string]value
}

// writer writes the WGSL of one kernel. Every value is a let in the outermost block in which it can be computed.
type writer struct {
	vars
	place   func(*node) *slot                        // where a node is stored; nil: it is computed where it is used
	local   func(n *node, at []linear) (value, bool) // what this kernel computes itself
	blocks  []*block
	binds   []bind
	data    map[string]*variable
	helpers map[string]bool
	names   int
	count   int // statements

	loads, scattered int // loads, and those that take a load per lane
	read             map[*slot][]linear
}

func newWriter(place func(*node) *slot) *writer {
	return &writer{
		place: place, local: func(*node, []linear) (value, bool) { return value{}, false },
		blocks: []*block{{known: make(map[string]value)}}, data: make(map[string]*variable), helpers: make(map[string]bool),
		read: make(map[*slot][]linear),
	}
}

func (w *writer) depth() int { return len(w.blocks) - 1 }

func (w *writer) name(prefix string) string {
	w.names++
	return prefix + strconv.Itoa(w.names)
}

// add writes a line into the block of a depth.
func (w *writer) add(depth int, format string, args ...any) {
	w.count++
	fmt.Fprintf(w.blocks[depth], strings.Repeat("  ", depth+1)+format+"\n", args...)
}

// let names an expression.
func (w *writer) let(t scalar, vec bool, depth int, format string, args ...any) value {
	v := value{w.name("v"), t, vec, depth}
	w.add(depth, "let "+v.text+" = "+format+";", args...)
	return v
}

// inside writes a block that head opens, one deeper than the current one.
func (w *writer) inside(head string, body func()) {
	outer := w.depth()
	w.blocks = append(w.blocks, &block{known: make(map[string]value)})
	body()
	b := w.blocks[outer+1]
	w.blocks = w.blocks[:outer+1]
	w.count++
	pad := strings.Repeat("  ", outer+1)
	w.blocks[outer].WriteString(pad + head + " {\n" + b.String() + pad + "}\n")
}

// outside writes as if no block but the body were open. What is written lands before the open blocks.
func (w *writer) outside(body func()) {
	open := w.blocks
	w.blocks = open[:1:1]
	body()
	w.blocks = append(w.blocks, open[1:]...)
}

// loop runs body for 0..n-1: written out when that is short, as a loop otherwise.
func (w *writer) loop(n int, unroll bool, body func(k linear)) {
	if unroll || n == 1 {
		for k := range n {
			body(number(k))
		}
		return
	}
	name := w.name("k")
	v := w.fresh(name, n, w.depth()+1)
	w.inside(fmt.Sprintf("for (var %s = 0u; %s < %du; %s = %s + 1u)", name, name, n, name, name), func() { body(of(v)) })
}

// literal is a constant.
func literal(t scalar, word uint32) string {
	switch t {
	case f32:
		f := math.Float32frombits(word)
		switch {
		case f != f:
			return "bitcast<f32>(0x7fc00000u)"
		case f > math.MaxFloat32:
			f = math.MaxFloat32
		case f < -math.MaxFloat32:
			f = -math.MaxFloat32
		}
		s := strconv.FormatFloat(float64(f), 'g', -1, 32)
		if math.Abs(float64(f)) >= 1e15 {
			s = strconv.FormatFloat(float64(f), 'e', -1, 64)
		}
		if !strings.ContainsAny(s, ".e") {
			s += ".0"
		}
		if f < 0 {
			return "(" + s + ")"
		}
		return s
	case i32:
		if word == 1<<31 {
			return "i32(-2147483647 - 1)"
		}
		return fmt.Sprintf("i32(%d)", int32(word))
	case u32:
		return fmt.Sprintf("%du", word)
	}
	return strconv.FormatBool(word != 0)
}

// spread is a value as four lanes.
func (w *writer) spread(v value) string {
	if v.vec {
		return v.text
	}
	return typeName(v.t, true) + "(" + v.text + ")"
}

// variable returns the text of an index variable, declaring quotients and remainders.
func (w *writer) variable(v *variable) string {
	if v.of == nil || v.declared {
		return v.text
	}
	v.declared = true
	op := "/"
	if v.mod {
		op = "%"
	}
	from := w.index(*v.of)
	v.text = w.name("x")
	w.add(v.depth, "let %s = %s %s %du;", v.text, from, op, v.by)
	return v.text
}

// index is the text of a linear form that does not depend on the lane.
func (w *writer) index(l linear) string {
	if c, ok := l.constant(); ok {
		return fmt.Sprintf("%du", uint32(int32(c)))
	}
	var b strings.Builder
	parts := 0
	write := func(sign, text string) {
		if parts > 0 {
			b.WriteString(" " + sign + " ")
		}
		b.WriteString(text)
		parts++
	}
	factor := func(v *variable, c int) string {
		if c == 1 {
			return w.variable(v)
		}
		return fmt.Sprintf("%s * %du", w.variable(v), c)
	}
	for _, t := range l.terms {
		if t.coef > 0 {
			write("+", factor(t.v, t.coef))
		}
	}
	if l.c > 0 || parts == 0 {
		write("+", fmt.Sprintf("%du", max(l.c, 0)))
	}
	for _, t := range l.terms {
		if t.coef < 0 {
			write("-", factor(t.v, -t.coef))
		}
	}
	if l.c < 0 {
		write("-", fmt.Sprintf("%du", -l.c))
	}
	if parts == 1 && !strings.Contains(b.String(), " ") {
		return b.String()
	}
	return "(" + b.String() + ")"
}

// number is a linear form as a value of type u32.
func (w *writer) number(l linear) value {
	if !l.laned() {
		return value{w.index(l), u32, false, l.depth()}
	}
	rest, lane := linear{c: l.c}, 0
	for _, t := range l.terms {
		switch {
		case t.v.lane:
			lane = t.coef
		case t.v.laned:
			lane = 0
			return w.let(u32, true, l.depth(), "vec4<u32>(%s, %s, %s, %s)", w.index(w.at(l, 0)), w.index(w.at(l, 1)), w.index(w.at(l, 2)), w.index(w.at(l, 3)))
		default:
			rest = rest.plus(linear{terms: []term{t}}, 1)
		}
	}
	op := "+"
	if lane < 0 {
		op, lane = "-", -lane
	}
	return w.let(u32, true, l.depth(), "vec4<u32>(%s) %s vec4<u32>(0u, %du, %du, %du)", w.index(rest), op, lane, 2*lane, 3*lane)
}

// below is the condition 0 <= l < n, always for ok when it cannot fail.
func (w *writer) below(l linear, n int) (cond value, always bool) {
	low, high := l.bounds()
	if low >= 0 && high < n {
		return value{}, true
	}
	if g, big, _, ok := l.split(n); ok && l.laned() {
		l, n = big, n/g
	}
	v := w.number(l)
	if v.vec {
		return w.let(boolean, true, v.depth, "%s < vec4<u32>(%du)", v.text, n), false
	}
	return w.let(boolean, false, v.depth, "%s < %du", v.text, n), false
}

// all is the conjunction of conditions; always when there is none.
func (w *writer) all(conds []value) (cond value, always bool) {
	if len(conds) == 0 {
		return value{}, true
	}
	cond = conds[0]
	for _, c := range conds[1:] {
		cond = w.both("&", cond, c)
	}
	return cond, false
}

// both combines two values of one type.
func (w *writer) both(op string, a, b value) value {
	vec, depth := a.vec || b.vec, max(a.depth, b.depth)
	if vec {
		return w.let(a.t, true, depth, "%s %s %s", w.spread(a), op, w.spread(b))
	}
	return w.let(a.t, false, depth, "%s %s %s", a.text, op, b.text)
}

// pick is yes where the condition holds, and no elsewhere.
func (w *writer) pick(cond, yes, no value) value {
	vec, depth := cond.vec || yes.vec || no.vec, max(cond.depth, yes.depth, no.depth)
	if !vec {
		return w.let(yes.t, false, depth, "select(%s, %s, %s)", no.text, yes.text, cond.text)
	}
	c := cond.text
	if !cond.vec {
		c = "vec4<bool>(" + c + ")"
	}
	return w.let(yes.t, true, depth, "select(%s, %s, %s)", w.spread(no), w.spread(yes), c)
}

// binding returns the name of a buffer in the kernel.
func (w *writer) binding(s *slot, vec, write bool) string {
	for i := range w.binds {
		b := &w.binds[i]
		if b.slot == s && b.vec == vec {
			b.write = b.write || write
			return bindName(i)
		}
	}
	w.binds = append(w.binds, bind{s, vec, write})
	return bindName(len(w.binds) - 1)
}

// bindName stands for a binding until the order is known; see kernel.text.
func bindName(i int) string { return fmt.Sprintf("\x01%d\x02", i) }

// load reads an element, or four.
func (w *writer) load(s *slot, t scalar, l linear) value {
	s = s.real()
	w.loads++
	w.read[s] = append(w.read[s], l)
	decode := func(depth int, vec bool, text string) value {
		if t != boolean {
			return w.let(t, vec, depth, "%s", text)
		}
		zero := "0u"
		if vec {
			zero = "vec4<u32>()"
		}
		return w.let(t, vec, depth, "%s != %s", text, zero)
	}
	// A compiler refuses a constant index that is out of bounds, even where a select discards the element.
	inside := func(l linear) string {
		if c, ok := l.constant(); ok {
			l = number(min(max(c, 0), s.size-1))
		}
		return w.index(l)
	}
	if !l.laned() {
		return decode(l.depth(), false, fmt.Sprintf("%s[%s]", w.binding(s, false, false), inside(l)))
	}
	if whole, ok := quarter(l); ok && s.size%4 == 0 {
		return decode(l.depth(), true, fmt.Sprintf("%s[%s]", w.binding(s, true, false), inside(whole)))
	}
	w.scattered++
	b := w.binding(s, false, false)
	return decode(l.depth(), true, fmt.Sprintf("vec4<%s>(%s[%s], %s[%s], %s[%s], %s[%s])", s.t.wgsl(),
		b, inside(w.at(l, 0)), b, inside(w.at(l, 1)), b, inside(w.at(l, 2)), b, inside(w.at(l, 3))))
}

// quarter is l / 4 when the lanes of l are the four elements of a vector.
func quarter(l linear) (linear, bool) {
	out := linear{}
	lane := false
	for _, t := range l.terms {
		switch {
		case t.v.lane && t.coef == 1:
			lane = true
		case t.v.lane || t.v.laned || t.coef%4 != 0:
			return linear{}, false
		default:
			out.terms = append(out.terms, term{t.v, t.coef / 4})
		}
	}
	if l.c%4 != 0 {
		return linear{}, false
	}
	out.c = l.c / 4
	return out, lane
}

// store writes a value to an element, or four.
func (w *writer) store(s *slot, l linear, v value) {
	s = s.real()
	depth := w.depth()
	if l.laned() {
		whole, ok := quarter(l)
		if !ok {
			panic("gomlx: a store that is no whole vector") // stores go to the flat index of a kernel
		}
		text := w.spread(v)
		if v.t == boolean {
			text = fmt.Sprintf("select(vec4<u32>(), vec4<u32>(1u), %s)", text)
		}
		w.add(depth, "%s[%s] = %s;", w.binding(s, true, true), w.index(whole), text)
		return
	}
	text := v.text
	if v.t == boolean {
		text = fmt.Sprintf("select(0u, 1u, %s)", text)
	}
	w.add(depth, "%s[%s] = %s;", w.binding(s, false, true), w.index(l), text)
}
