package wgsl

import (
	"slices"
	"strconv"
	"strings"
)

var precedence = map[string]int{"||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "<": 7, ">": 7, "<=": 7, ">=": 7, "<<": 8, ">>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10}

// alone are the operators that may stand as an operand of others without brackets; others stand in brackets.
var alone = map[string]string{
	"*": "* / %", "/": "* / %", "%": "* / %", "+": "* / % + -", "-": "* / % + -", "<<": "", ">>": "", "&": "&", "|": "|", "^": "^",
	"<": "* / % + - << >>", ">": "* / % + - << >>", "<=": "* / % + - << >>", ">=": "* / % + - << >>", "==": "* / % + - << >>", "!=": "* / % + - << >>",
	"&&": "* / % + - << >> < > <= >= == != &&", "||": "* / % + - << >> < > <= >= == != ||",
}

// expr reads an expression with operators that bind more closely than least.
func (f *folder) expr(least int) constantValue {
	a := f.unary()
	for f.i < len(f.o.toks) {
		op := f.o.toks[f.i]
		p := precedence[op.text]
		if op.kind != tokPunct || p <= least {
			return a
		}
		f.i++
		decided := op.is("&&") && a.known && a.i == 0 || op.is("||") && a.known && a.i == 1
		if decided {
			f.dead++
		}
		b := f.expr(p)
		for _, inner := range []string{a.operator, b.operator} {
			if inner != "" && !slices.Contains(strings.Fields(alone[op.text]), inner) {
				f.refuse(op, "%s and %s in one expression need brackets", inner, op.text)
			}
		}
		if decided {
			f.dead--
			a = f.spanning(boolValue(a.i == 1), a, b)
		} else {
			a = f.binary(op, op.text, a, b)
		}
		a.operator = op.text
	}
	return a
}

// spanning gives a result the tokens of its operands, and notes what drivers get in their place.
func (f *folder) spanning(v constantValue, parts ...constantValue) constantValue {
	v.from, v.to = parts[0].from, f.i
	v.operator, v.place = "", false
	for _, p := range parts {
		v.rewrite, v.runtime = v.rewrite || p.rewrite, v.runtime || p.runtime
	}
	return f.noted(v)
}

func (f *folder) noted(v constantValue) constantValue {
	if text, ok := v.text(); ok && v.rewrite && v.to > v.from {
		f.edits[v.from] = edit{from: v.from, to: v.to, text: text}
	}
	return v
}

// concrete is an expression as the value of a variable without a type.
func (f *folder) concrete(v constantValue) constantValue { return f.convert(v, concreteType(v.t)) }

func concreteType(t *typ) *typ {
	switch t.kind {
	case kInt:
		return i32Type
	case kFloat:
		return f32Type
	case kVector, kMatrix, kArray:
		if e := concreteType(t.of); e != t.of {
			return &typ{kind: t.kind, n: t.n, rows: t.rows, of: e}
		}
	}
	return t
}

// convert is what happens to an abstract value where a type is known.
func (f *folder) convert(v constantValue, t *typ) constantValue {
	switch {
	case v.t == t || t.kind == kUnknown || v.t.kind == kUnknown:
		return v
	case !v.t.becomes(t):
		f.fail(f.o.toks[v.from], "a value of type %v is needed, and this is %v", t, v.t)
		return of(t)
	case v.t.scalar() && t.scalar():
		if !v.known {
			return constantValue{t: t, from: v.from, to: v.to, rewrite: v.rewrite, runtime: v.runtime, operator: v.operator}
		}
		to, ok := scalarTo(v, t)
		if !ok {
			f.fail(f.o.toks[v.from], "the constant %v is not a value of type %s", v, kindNames[t.kind])
			to.known = false
		}
		to.operator = v.operator
		to.from, to.to, to.rewrite = v.from, v.to, v.rewrite || v.t.kind == kInt && t.float() && f.operators(v)
		return f.noted(to)
	case v.t.kind == t.kind && (t.kind == kVector || t.kind == kArray || t.kind == kMatrix):
		if f.budget -= len(v.parts); f.budget < 0 {
			return constantValue{t: t, from: v.from, to: v.to, runtime: v.runtime}
		}
		to := constantValue{t: t, known: v.known, from: v.from, to: v.to, rewrite: v.rewrite, runtime: v.runtime, operator: v.operator}
		for _, p := range v.parts {
			p = part(p)
			p.from, p.to = v.from, v.from
			part := f.convert(p, t.element())
			to.parts, to.known = append(to.parts, part), to.known && part.known
		}
		if v.t.kind == kVector {
			return f.noted(to)
		}
		return to
	}
	return v
}

// becomes reports whether values of a type are, or become of themselves, those of another.
func (t *typ) becomes(u *typ) bool {
	switch {
	case t.same(u):
		return true
	case t.abstract():
		return u.float() || t.kind == kInt && u.integer()
	case t.kind == u.kind && t.rows == u.rows && (t.n == u.n || t.n < 0 || u.n < 0) && (t.kind == kVector || t.kind == kMatrix || t.kind == kArray):
		return t.of.becomes(u.of)
	}
	return false
}

// part is a component, whose tokens are those of the whole.
func part(v constantValue) constantValue {
	v.rewrite = false
	return v
}

// operators reports whether a value is not a plain literal.
func (f *folder) operators(v constantValue) bool { return v.to-v.from > 1 }

// together converts operands to the type that they have together; nil when they have none that is known.
func (f *folder) together(vs ...constantValue) ([]constantValue, *typ) {
	s := intType
	for _, v := range vs {
		switch t := v.t.scalarType(); {
		case t.kind == kUnknown:
			return vs, nil
		case s.abstract() && (t.kind != kInt):
			s = t
			if t.kind == kFloat {
				s = floatType
			}
		case !t.becomes(s):
			f.fail(f.o.toks[v.from], "%v and %v cannot be combined", t, s)
			return vs, nil
		}
	}
	out := make([]constantValue, len(vs))
	for i, v := range vs {
		out[i] = f.convert(v, v.t.with(s))
	}
	return out, s
}

// binary is an operator between two operands.
func (f *folder) binary(op token, text string, a, b constantValue) constantValue {
	for _, t := range []*typ{a.t, b.t} {
		if t.kind > kMatrix {
			f.fail(op, "%s cannot be applied to %v", text, t)
			return f.spanning(of(unknown), a, b)
		}
	}
	if text == "<<" || text == ">>" {
		v := f.shift(op, text, a, b)
		v.rewrite = a.t.abstract()
		return f.spanning(v, a, b)
	}
	ab, s := f.together(a, b)
	if s == nil {
		a.rewrite, b.rewrite = false, false
		return f.spanning(of(unknown), a, b)
	}
	x, y := ab[0], ab[1]
	if !combines(text, x.t, y.t) {
		f.fail(op, "%s cannot combine %v and %v", text, x.t, y.t)
		return f.spanning(of(unknown), a, b)
	}
	mixed := a.t.abstract() && b.t.abstract() && a.t.kind != b.t.kind
	compares := precedence[text] == 6 || precedence[text] == 7
	matrix := x.t.kind == kMatrix || y.t.kind == kMatrix
	result := x.t
	if y.t.kind == kVector && !matrix {
		result = y.t
	}
	switch {
	case text == "*" && matrix:
		result = productType(x.t, y.t)
	case matrix && x.t.kind != kMatrix:
		result = y.t
	case compares:
		result = result.with(boolType)
	}
	divides := (text == "/" || text == "%") && s.integer()
	v := f.componentwise(result, x, y, matrix, func(p, q constantValue) constantValue {
		switch {
		case divides && q.known && q.i == 0:
			f.fail(op, "a division by 0")
		case !p.known || !q.known:
		case compares:
			return boolValue(comparedBy(text, p, q))
		default:
			v, fault := arithmeticOn(text, s, p, q)
			if fault == "" {
				return v
			}
			if fault == "is a division by 0" {
				f.fail(op, "a division by 0")
			} else {
				f.fail(op, "the constant %v %s %v %s", p, text, q, fault)
			}
		}
		return of(result.scalarType())
	})
	v.rewrite = mixed || text == "%" && s.float()
	return f.spanning(v, a, b)
}

// combines reports whether an operator takes operands of two types with one scalar type.
func combines(op string, a, b *typ) bool {
	matrix := a.kind == kMatrix || b.kind == kMatrix
	switch {
	case !matrix && a.kind == kVector && b.kind == kVector:
		return a.n == b.n
	case !matrix && a.kind == b.kind:
		return true
	case !matrix:
		return strings.Contains("+-*/%", op)
	case op == "*" && a.kind == kMatrix && b.kind == kMatrix:
		return a.n == b.rows
	case op == "*" && a.kind == kVector:
		return a.n == b.rows
	case op == "*" && b.kind == kVector:
		return a.n == b.n
	case op == "*":
		return true
	}
	return (op == "+" || op == "-") && a.same(b)
}

func productType(a, b *typ) *typ {
	switch {
	case a.kind == kMatrix && b.kind == kMatrix:
		return &typ{kind: kMatrix, n: b.n, rows: a.rows, of: a.of}
	case a.kind == kMatrix && b.kind == kVector:
		return vectorOf(a.rows, a.of)
	case a.kind == kVector && b.kind == kMatrix:
		return vectorOf(b.n, b.of)
	case a.kind == kMatrix:
		return a
	}
	return b
}

// componentwise applies a function to the components of vectors, or to scalars; what it knows nothing of are matrices.
func (f *folder) componentwise(t *typ, a, b constantValue, opaque bool, g func(a, b constantValue) constantValue) constantValue {
	if opaque || t.kind != kVector {
		if opaque || !t.scalar() {
			return of(t)
		}
		return g(a, b)
	}
	at := func(v constantValue, i int) constantValue {
		switch {
		case v.t.kind != kVector:
			return v
		case i < len(v.parts):
			return v.parts[i]
		}
		return of(v.t.of)
	}
	v := constantValue{t: t, known: true}
	for i := range t.n {
		p := g(at(a, i), at(b, i))
		v.known = v.known && p.known
		v.parts = append(v.parts, p)
	}
	return v
}

func (f *folder) shift(op token, text string, a, b constantValue) constantValue {
	if b.t.kind != kUnknown {
		b = f.convert(b, b.t.with(u32Type))
	}
	if constant := a.known && b.known; !constant && a.t.kind != kUnknown {
		a = f.concrete(a)
	}
	if a.t.kind == kUnknown {
		a.t = b.t // as many components, and 32 bits
		a.known = false
		f.componentwise(a.t, a, b, false, func(_, n constantValue) constantValue {
			if n.known && n.i >= 32 {
				f.fail(op, "a shift by %d bits of a value that has 32", n.i)
			}
			return of(unknown)
		})
		return of(unknown)
	}
	return f.componentwise(a.t, a, b, false, func(x, n constantValue) constantValue {
		switch {
		case !n.known:
		case !x.known && n.i >= 32:
			f.fail(op, "a shift by %d bits of a value that has 32", n.i)
		case x.known && x.t.integer():
			v, fault := shifted(text, x, n.i)
			if fault == "" {
				return v
			}
			f.fail(op, "the constant %v %s %d %s", x, text, n.i, fault)
		}
		return of(x.t)
	})
}

// unary reads an operand with its prefixes.
func (f *folder) unary() constantValue {
	t, start := f.tok(), f.i
	if t.kind != tokPunct || !slices.Contains([]string{"-", "--", "!", "~", "*", "&"}, t.text) {
		return f.postfix()
	}
	f.i++
	x := f.unary()
	prefixed := constantValue{from: start}
	switch t.text {
	case "*":
		if x.t.kind != kPointer && x.t.kind != kUnknown {
			f.fail(t, "* needs a pointer, not %v", x.t)
		}
		v := f.spanning(constantValue{t: x.t.led(), runtime: true}, prefixed)
		v.place = true
		return v
	case "&":
		if !x.place {
			f.fail(t, "& needs a variable or a part of one")
		}
		return f.spanning(constantValue{t: &typ{kind: kPointer, of: x.t}, runtime: true}, prefixed)
	case "--":
		return f.spanning(x, prefixed, x)
	}
	if t.is("-") && x.t.scalarType() == u32Type || x.t.kind > kBool && x.t.kind != kVector && x.t.kind != kMatrix {
		f.fail(t, "%s cannot be applied to %v", t.text, x.t)
	}
	v := f.componentwise(x.t, x, x, x.t.kind != kVector && !x.t.scalar(), func(p, _ constantValue) constantValue {
		switch {
		case !p.known:
		case t.text == "!":
			return boolValue(p.i == 0)
		case t.text == "~":
			return intValue(p.t, wrapped(p.t, ^p.i))
		case p.t.float():
			return constantValue{t: p.t, known: true, f: -p.f}
		default:
			if low, _ := limits(p.t); p.t.kind == kInt && p.i == low {
				f.fail(t, "the constant -%v is too large for the type abstract integer", p)
			}
			return intValue(p.t, wrapped(p.t, -p.i))
		}
		return of(p.t)
	})
	return f.spanning(v, prefixed, x)
}

// postfix reads a primary expression with its indexes and members.
func (f *folder) postfix() constantValue {
	start := f.i
	v := f.primary()
	for {
		place, base := v.place || v.t.kind == kPointer, v.t.led()
		switch {
		case f.is("["):
			at := f.o.toks[f.i+1]
			f.i++
			index := f.expr(0)
			f.want("]")
			element := of(base.element())
			if base.scalar() || base.kind == kStruct || base.kind == kAtomic {
				f.fail(at, "%v has no elements", base)
			}
			switch {
			case !index.t.same(u32Type) && !index.t.same(i32Type) && index.t.kind != kInt:
				f.fail(at, "an index cannot be %v", index.t)
			case !index.known:
			case index.i < 0:
				f.fail(at, "the index %d is negative", index.i)
			case base.n > 0 && index.i >= int64(base.n):
				f.fail(at, "the index %d is beyond the %d elements of %v", index.i, base.n, base)
			case index.i < int64(len(v.parts)):
				element = v.parts[index.i]
			}
			v = f.spanning(element, constantValue{from: start, rewrite: v.rewrite, runtime: v.runtime}, index)
			v.place = place
		case f.is("."):
			f.i++
			v = f.spanning(f.member(v, base, f.name()), constantValue{from: start, rewrite: v.rewrite, runtime: v.runtime})
			v.place = place
		default:
			return v
		}
		if v.place && base.kind == kVector && f.i < len(f.o.toks) && f.address(start) {
			f.fail(f.o.toks[start], "a component of a vector has no address")
		}
	}
}

// address reports whether & stands before the token.
func (f *folder) address(at int) bool {
	if at < 2 || !f.o.toks[at-1].is("&") {
		return false
	}
	before := f.o.toks[at-2]
	return before.kind == tokPunct && !before.is(")") && !before.is("]") || before.is("return")
}

// member is a part of a vector or struct.
func (f *folder) member(v constantValue, t *typ, name token) constantValue {
	if t.kind == kStruct {
		i := slices.Index(t.names, name.text)
		switch {
		case i < 0:
			f.fail(name, "%v has no member %q", t, name.text)
			return of(unknown)
		case i < len(v.parts):
			return v.parts[i]
		}
		return of(t.members[i])
	}
	if t.kind != kVector {
		return of(unknown)
	}
	var parts []constantValue
	for _, c := range name.text {
		i := strings.IndexRune("xyzwrgba", c) & 3
		if i >= t.n {
			f.fail(name, "%v has no component %q", t, name.text)
			return of(unknown)
		}
		if i < len(v.parts) {
			parts = append(parts, v.parts[i])
		} else {
			parts = append(parts, of(t.of))
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return collected(vectorOf(len(parts), t.of), parts)
}

func (f *folder) primary() constantValue {
	start, t := f.i, f.tok()
	switch {
	case t.kind == tokNumber:
		f.i++
		v := literalValue(t)
		v.from, v.to = start, f.i
		v.rewrite = t.hex() && v.t.float()
		if v.rewrite && !v.known {
			f.refuse(t, "%s is not exactly a number of type f32", t.text)
		}
		return f.noted(v)
	case t.is("("):
		f.i++
		v := f.expr(0)
		f.want(")")
		place := v.place
		v.from = start
		v = f.spanning(v, v)
		v.place = place
		return v
	case t.is("true") || t.is("false"):
		f.i++
		v := boolValue(t.is("true"))
		v.from, v.to = start, f.i
		return v
	case t.kind != tokIdent:
		panic(lost{})
	}
	next := token{}
	if f.i+1 < len(f.o.toks) {
		next = f.o.toks[f.i+1]
	}
	if f.local(t.text) || !next.is("(") && next.kind != tokTemplate {
		if next.is("(") {
			f.fail(t, "%q is not a function here", t.text)
		}
		if _, n, _ := shapeOf(t.text); !f.local(t.text) && f.o.names[t.text] == nil && (n > 0 || scalarTypes[t.text] != nil) {
			f.fail(t, "%q is a type, not a value", t.text)
		}
		f.i++
		v := f.lookup(t)
		v.from, v.to = start, f.i
		return f.noted(v)
	}
	v := f.call(t)
	v.from, v.to = start, f.i
	return f.noted(v)
}

// literalValue is the value of a number.
func literalValue(t token) constantValue {
	float := !t.hex() && strings.ContainsAny(t.text, ".eEf") || t.hex() && strings.ContainsAny(t.text, ".pP")
	if float {
		typed, text := floatType, t.text
		if strings.HasSuffix(text, "f") && (!t.hex() || strings.ContainsAny(text, "pP")) {
			typed, text = f32Type, strings.TrimSuffix(text, "f")
		}
		if t.hex() && !strings.ContainsAny(text, "pP") {
			text += "p0"
		}
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return of(typed)
		}
		v, _ := rounded(typed, x)
		v.known = !t.hex() || v.f == x // others are refused
		return v
	}
	n, err := strconv.ParseInt(strings.TrimRight(t.text, "iu"), 0, 64)
	typed := intType
	switch {
	case strings.HasSuffix(t.text, "u"):
		typed = u32Type
	case strings.HasSuffix(t.text, "i"):
		typed = i32Type
	}
	if err != nil {
		return of(typed)
	}
	return intValue(typed, n)
}
