package wgslgen

import (
	"fmt"
	"strings"
)

// variable is something in scope that has a value.
type variable struct {
	name   string
	typ    *typ
	memory bool // a variable or buffer, so that any index may be computed
	assign bool
	local  bool // a function variable, of which a pointer can be taken
}

// op makes an expression of arguments. A compiler evaluates an expression of constants when it compiles, and refuses it when
// it overflows, so one of them becomes a variable.
func (g *gen) op(t *typ, format string, args ...*expr) *expr {
	constant := true
	for _, a := range args {
		constant = constant && a.constant
	}
	if constant {
		args[0] = g.leaf(args[0].typ)
	}
	return &expr{typ: t, format: format, args: args}
}

// plain is op for constructors and conversions that cannot overflow.
func plain(t *typ, format string, args ...*expr) *expr {
	constant := true
	for _, a := range args {
		constant = constant && a.constant
	}
	return &expr{typ: t, format: format, args: args, constant: constant}
}

func (g *gen) literal(t *typ) *expr {
	text := ""
	switch t {
	case boolT:
		text = []string{"true", "false"}[g.IntN(2)]
	case u32T:
		text = fmt.Sprintf("%du", edges[g.IntN(len(edges))])
		if g.IntN(2) == 0 {
			text = fmt.Sprintf("%du", g.IntN(20))
		}
	case i32T:
		text = fmt.Sprintf("%di", g.IntN(200))
		switch g.IntN(4) {
		case 0:
			text = fmt.Sprintf("(-%di)", 1+g.IntN(100))
		case 1:
			text = []string{"2147483647i", "(-2147483647i)", "65536i"}[g.IntN(3)]
		}
	case f32T:
		text = []string{"0.0", "1.0", "0.5", "2.0", "3.14159", "0.1", "(-1.5)", "1e-3", "100.0", "(-0.25)", "7.0"}[g.IntN(11)]
	}
	return &expr{typ: t, format: text, constant: true}
}

// leaf is a value that no compiler knows.
func (g *gen) leaf(t *typ) *expr {
	if e := g.path(t, false); e != nil && !e.constant {
		return e
	}
	base := &expr{typ: u32T, format: g.base}
	switch t {
	case u32T:
		return base
	case i32T:
		return plain(t, "bitcast<i32>(%s)", base)
	case boolT:
		return plain(t, "(%s > 3u)", base)
	case f32T:
		return plain(t, "f32(%s & 1023u)", base)
	}
	return g.compose(t, g.leaf)
}

// compose makes a value of a vector, matrix, array or struct from its parts.
func (g *gen) compose(t *typ, part func(*typ) *expr) *expr {
	var args []*expr
	switch t.class {
	case structure:
		for _, f := range t.fields {
			args = append(args, part(f.typ))
		}
	case vector:
		switch left := t.n; g.IntN(3) {
		case 0:
			args = append(args, part(t.elem)) // splat
		default:
			for left > 0 {
				if n := 2 + g.IntN(2); n <= left && n < t.n && g.IntN(3) == 0 {
					args = append(args, part(vec(t.elem, n)))
					left -= n
					continue
				}
				args = append(args, part(t.elem))
				left--
			}
		}
	default:
		for range t.n {
			args = append(args, part(t.elem))
		}
	}
	return plain(t, t.name+"("+strings.TrimSuffix(strings.Repeat("%s, ", len(args)), ", ")+")", args...)
}

// path finds a variable or a part of one, of the type; nil when none was found.
func (g *gen) path(t *typ, assign bool) *expr {
	for range 16 {
		v := &g.vars[g.IntN(len(g.vars))]
		if assign && !v.assign {
			continue
		}
		e := &expr{typ: v.typ, format: v.name, constant: strings.HasPrefix(v.name, "C")}
		for range 5 {
			if same(e.typ, t) {
				return e
			}
			if e.typ.class == scalar {
				break
			}
			e = g.part(e, v.memory)
		}
	}
	return nil
}

// part is a component, column, element or member.
func (g *gen) part(e *expr, memory bool) *expr {
	t := e.typ
	if t.class == structure {
		f := t.fields[g.IntN(len(t.fields))]
		return plain(f.typ, "%s."+f.name, e)
	}
	if t.class == vector && g.IntN(2) == 0 {
		return plain(t.elem, "%s."+string("xyzw"[g.IntN(t.n)]), e)
	}
	if memory || t.class == vector && !e.constant {
		return plain(t.elem, "%s[%s]", e, g.index(t.n))
	}
	return plain(t.elem, fmt.Sprintf("%%s[%d]", g.IntN(t.n)), e)
}

// index is an index below n.
func (g *gen) index(n int) *expr {
	if g.IntN(4) == 0 {
		return &expr{typ: u32T, format: fmt.Sprintf("%du", g.IntN(n)), constant: true}
	}
	from := &expr{typ: u32T, format: g.base}
	if g.indices < 2 { // an index may be looked up with an index
		g.indices++
		from = g.leaf(u32T)
		g.indices--
	}
	if g.IntN(4) == 0 {
		return plain(i32T, fmt.Sprintf("i32(%%s %%%% %du)", n), from)
	}
	return plain(u32T, fmt.Sprintf("(%%s %%%% %du)", n), from)
}

// expr makes a value.
func (g *gen) expr(t *typ, depth int) *expr {
	if g.size++; depth <= 0 || g.IntN(8) == 0 || g.size > maxSize {
		if g.IntN(4) > 0 {
			return g.leaf(t)
		}
		if t.class == scalar {
			return g.literal(t)
		}
		return g.compose(t, g.leaf)
	}
	sub := func(t *typ) *expr { return g.expr(t, depth-1) }
	if t.class > vector && (t.class != matrix || g.IntN(3) == 0) {
		if g.IntN(2) == 0 {
			return g.leaf(t)
		}
		return g.compose(t, sub)
	}
	if t.class == matrix {
		return g.matrixExpr(t, sub)
	}
	if t.class == vector {
		switch g.IntN(6) {
		case 0:
			return g.compose(t, sub)
		case 1: // swizzle
			from := vec(t.elem, 2+g.IntN(3))
			var b strings.Builder
			for range t.n {
				b.WriteByte("xyzw"[g.IntN(from.n)])
			}
			x := sub(from)
			if x.format == "(*p)" {
				x = plain(from, from.name+"(%s)", x) // the front end cannot swizzle through a pointer
			}
			return g.op(t, "%s."+b.String(), x)
		}
	}
	if g.IntN(6) == 0 { // select
		c := boolT
		if t.class == vector && g.IntN(2) == 0 {
			c = t.of(boolT)
		}
		return g.op(t, "select(%s, %s, %s)", sub(t), sub(t), sub(c))
	}
	switch t.component() {
	case boolT:
		return g.boolExpr(t, sub)
	case f32T:
		return g.floatExpr(t, sub)
	}
	return g.intExpr(t, sub)
}

func (g *gen) boolExpr(t *typ, sub func(*typ) *expr) *expr {
	from := []*typ{i32T, u32T, boolT}
	if g.opt.Float {
		from = append(from, f32T, f32T)
	}
	if t == boolT && g.IntN(5) == 0 {
		v := vec(boolT, 2+g.IntN(3))
		return g.op(t, []string{"all(%s)", "any(%s)"}[g.IntN(2)], sub(v))
	}
	switch g.IntN(5) {
	case 0:
		return g.op(t, "!(%s)", sub(t))
	case 1:
		if t == boolT {
			return g.op(t, []string{"(%s && %s)", "(%s || %s)"}[g.IntN(2)], sub(t), sub(t))
		}
		return g.op(t, []string{"(%s & %s)", "(%s | %s)"}[g.IntN(2)], sub(t), sub(t))
	}
	x := t.of(from[g.IntN(len(from))])
	if x.component() == boolT {
		return g.op(t, []string{"(%s == %s)", "(%s != %s)"}[g.IntN(2)], sub(x), sub(x))
	}
	o := []string{"==", "!=", "<", "<=", ">", ">="}[g.IntN(6)]
	return g.op(t, "(%s "+o+" %s)", sub(x), sub(x))
}

func (g *gen) intExpr(t *typ, sub func(*typ) *expr) *expr {
	s := t.component()
	u, other := t.of(u32T), t.of(i32T)
	suffix := "u"
	if s == i32T {
		other, suffix = u, "i"
	}
	splat := func(text string) string {
		if t.class == vector {
			return t.name + "(" + text + ")"
		}
		return text
	}
	splatU := func(text string) string {
		if t.class == vector {
			return u.name + "(" + text + ")"
		}
		return text
	}
	mixed := func(format string) *expr { // a vector with a scalar, on either side
		a, b := sub(t), sub(t)
		if t.class == vector {
			switch g.IntN(4) {
			case 0:
				a = sub(s)
			case 1:
				b = sub(s)
			}
		}
		return g.op(t, format, a, b)
	}
	if g.opt.Wide && t.class == scalar && g.IntN(10) == 0 {
		return g.byteExpr(t, sub)
	}
	switch g.IntN(26) {
	case 0, 1, 2:
		return mixed("(%s + %s)")
	case 3, 4:
		return mixed("(%s - %s)")
	case 5, 6:
		return mixed("(%s * %s)")
	case 7:
		return g.op(t, "(%s & %s)", sub(t), sub(t))
	case 8:
		return g.op(t, "(%s | %s)", sub(t), sub(t))
	case 9, 10:
		return g.op(t, "(%s ^ %s)", sub(t), sub(t))
	case 11:
		return g.op(t, "(%s << (%s & "+splatU("31u")+"))", sub(t), sub(u))
	case 12:
		return g.op(t, "(%s >> (%s & "+splatU("31u")+"))", sub(t), sub(u))
	case 13:
		o := []string{"/", "%%"}[g.IntN(2)]
		if s == i32T { // a small positive divisor: neither 0 nor -1
			return g.op(t, "(%s "+o+" ((%s & "+splat("255i")+") | "+splat("1i")+"))", sub(t), sub(t))
		}
		return g.op(t, "(%s "+o+" (%s | "+splat("1u")+"))", sub(t), sub(t))
	case 14:
		if s == i32T {
			return g.op(t, "-(%s)", sub(t))
		}
		return g.op(t, "~(%s)", sub(t))
	case 15:
		return g.op(t, []string{"min(%s, %s)", "max(%s, %s)"}[g.IntN(2)], sub(t), sub(t))
	case 16:
		return g.op(t, "clamp(%s, "+splat("3"+suffix)+", "+splat("90000"+suffix)+")", sub(t))
	case 17:
		f := []string{"countOneBits", "countLeadingZeros", "countTrailingZeros", "firstLeadingBit", "firstTrailingBit", "reverseBits", "abs"}[g.IntN(7)]
		return g.op(t, f+"(%s)", sub(t))
	case 18:
		off := g.IntN(33)
		return g.op(t, fmt.Sprintf("extractBits(%%s, %du, %du)", off, g.IntN(33-off)), sub(t))
	case 19:
		off := g.IntN(33)
		return g.op(t, fmt.Sprintf("insertBits(%%s, %%s, %du, %du)", off, g.IntN(33-off)), sub(t), sub(t))
	case 20, 21:
		return g.op(t, t.name+"(%s)", sub(other))
	case 22:
		return g.op(t, "bitcast<"+t.name+">(%s)", sub(other))
	case 23:
		return g.op(t, t.name+"(%s)", sub(t.of(boolT)))
	case 24:
		if t.class == scalar {
			v := vec(s, 2+g.IntN(3))
			return g.op(t, "dot(%s, %s)", sub(v), sub(v))
		}
		return g.op(t, "(%s ^ %s)", sub(t), sub(t))
	}
	if g.opt.Float {
		f := t.of(f32T)
		switch g.IntN(3) {
		case 0:
			return g.op(t, "bitcast<"+t.name+">(%s)", sub(f))
		case 1:
			if t == u32T {
				return g.pack(sub)
			}
		}
		return g.op(t, t.name+"(clamp(%s, "+f.name+"(0.0), "+f.name+"(1e6)))", sub(f))
	}
	return g.op(t, "(%s + %s)", sub(t), sub(t))
}

// byteExpr uses the functions on four bytes in a word.
func (g *gen) byteExpr(t *typ, sub func(*typ) *expr) *expr {
	if t == i32T {
		if g.IntN(2) == 0 {
			return g.op(t, "dot4I8Packed(%s, %s)", sub(u32T), sub(u32T))
		}
		return g.op(t, "unpack4xI8(%s).z", sub(u32T))
	}
	switch g.IntN(6) {
	case 0:
		return g.op(t, "dot4U8Packed(%s, %s)", sub(u32T), sub(u32T))
	case 1:
		return g.op(t, "unpack4xU8(%s).w", sub(u32T))
	case 2, 3:
		return g.op(t, []string{"pack4xI8(%s)", "pack4xI8Clamp(%s)"}[g.IntN(2)], sub(vec(i32T, 4)))
	}
	return g.op(t, []string{"pack4xU8(%s)", "pack4xU8Clamp(%s)"}[g.IntN(2)], sub(vec(u32T, 4)))
}
