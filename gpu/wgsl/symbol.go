package wgsl

import (
	"fmt"
	"github.com/gogpu/naga/ir"
	"math"
	"math/bits"
	"strings"
)

// scalar is an integer or bool as a form.
type scalar struct {
	form
	interval
	level   level
	yes, no []form // at least 0 where a bool is true, where it is false
}

// symbol is the value of an expression: the parts of integers, bools and their vectors; of other values the level alone.
type symbol struct {
	parts []scalar
	level level
}

// place is where a pointer leads.
type place struct {
	global ir.GlobalVariableHandle // when shared
	shared bool
	local  variable
	path   []step
	level  level
}

// step is an index on the way of a pointer.
type step struct {
	at scalar
	n  int64 // elements that there are
}

// variable is a function's or, with fn 0, a private one.
type variable struct {
	fn    int
	index uint32
}

func constantScalar(c int64) scalar { return scalar{form: number(c), interval: interval{c, c}} }

func one(s scalar) symbol { return symbol{[]scalar{s}, s.level} }

func (f *follower) atom(i interval, l level, t turns) scalar {
	f.atoms = append(f.atoms, atom{interval: i, level: l, turns: t})
	return scalar{form: form{terms: []term{{len(f.atoms) - 1, 1}}}, interval: i, level: l}
}

// pure is a value that depends on others alone, so that it is the same whenever they are. What bounds it may hold here only, and
// is a part of its name.
func (f *follower) pure(i interval, op string, of ...scalar) scalar {
	key := strings.Builder{}
	fmt.Fprint(&key, op, i)
	l := ofDispatch
	var all form
	for _, s := range of {
		key.WriteString("|" + s.form.key())
		l = max(l, s.level)
		all.terms = append(all.terms, s.terms...)
	}
	s, ok := f.values[key.String()]
	if !ok {
		s = f.derived(i, all)
		f.values[key.String()] = s
	}
	s.level = max(s.level, l)
	return s
}

// derived is a new atom for a value that depends on those of a form.
func (f *follower) derived(i interval, of form) scalar {
	l, t := ofDispatch, noTurns
	for _, term := range of.terms {
		l = max(l, f.atoms[term.atom].level)
		t = max(t, f.atoms[term.atom].turns)
	}
	return f.atom(i, l, t)
}

// fitted is a sum of the type's values, of which overflows have been taken off.
func (f *follower) fitted(x form, i, all interval, l level, op string, of ...scalar) scalar {
	i = i.meet(known(f.atoms, f.st.facts, x))
	if i.within(all.low, all.high) {
		return scalar{form: x, interval: i, level: l}
	}
	const word = 1 << 32
	low, high := divideDown(i.low-all.low, word), divideDown(i.high-all.low, word)
	if high-low > 3 {
		return f.pure(all, op, of...)
	}
	over := constantScalar(low)
	if low < high {
		key := fmt.Sprint("over", all.low, low, high, x.key())
		s, ok := f.values[key]
		if !ok {
			s = f.derived(interval{low, high}, x)
			at := &f.atoms[s.terms[0].atom]
			if y, fits := x.plus(s.form, -word); fits {
				down, _ := y.plus(number(all.low), -1)
				up, _ := number(all.high).plus(y, -1)
				at.least = []form{down, up}
			}
			f.values[key] = s
		}
		over = s
	}
	y, fits := x.plus(over.form, -word)
	if !fits {
		return f.pure(all, op, of...)
	}
	return scalar{form: y, interval: all.meet(known(f.atoms, f.st.facts, y)), level: l}
}

func (f *follower) binary(op ir.BinaryOperator, a, b scalar, t ir.ScalarType) scalar {
	f.spend(len(f.st.facts) / 32)
	all, l := full(t), max(a.level, b.level)
	a.interval = a.interval.meet(known(f.atoms, f.st.facts, a.form))
	b.interval = b.interval.meet(known(f.atoms, f.st.facts, b.form))
	name := fmt.Sprint("b", op, t.Kind)
	unknown := func() scalar { return f.pure(arithmetic(op, a.interval, b.interval, all), name, a, b) }
	ca, aKnown := a.constant()
	cb, bKnown := b.constant()
	switch op {
	case ir.BinaryAdd, ir.BinarySubtract:
		k, i := int64(1), b.interval
		if op == ir.BinarySubtract {
			k, i = -1, b.interval.times(-1)
		}
		if x, ok := a.form.plus(b.form, k); ok {
			return f.fitted(x, a.interval.plus(i), all, l, name, a, b)
		}
	case ir.BinaryMultiply:
		if aKnown {
			a, b, ca, cb, bKnown = b, a, cb, ca, true
		}
		if x, ok := number(0).plus(a.form, cb); ok && bKnown {
			return f.fitted(x, a.interval.times(cb), all, l, name, a, b)
		}
	case ir.BinaryShiftLeft:
		if bKnown && cb >= 0 && cb < 32 {
			if x, ok := number(0).plus(a.form, 1<<cb); ok {
				return f.fitted(x, a.interval.times(1<<cb), all, l, name, a, b)
			}
		}
	case ir.BinaryShiftRight:
		if bKnown && cb >= 0 && cb < 32 {
			return f.quotient(a, 1<<cb, false, unknown)
		}
	case ir.BinaryDivide:
		if bKnown && cb > 0 {
			return f.quotient(a, cb, false, unknown)
		}
	case ir.BinaryModulo:
		if bKnown && cb > 0 {
			return f.quotient(a, cb, true, unknown)
		}
	case ir.BinaryAnd:
		if aKnown {
			a, b, cb, bKnown = b, a, ca, true
		}
		if bKnown && cb >= 0 && cb < math.MaxInt32 && cb&(cb+1) == 0 {
			return f.quotient(a, cb+1, true, unknown)
		}
	case ir.BinaryInclusiveOr, ir.BinaryExclusiveOr:
		for range 2 {
			if n := f.trailing(a.form); a.low >= 0 && b.within(0, 1<<n-1) {
				if x, ok := a.form.plus(b.form, 1); ok {
					return f.fitted(x, a.interval.plus(b.interval), all, l, name, a, b)
				}
			}
			a, b = b, a
		}
	}
	return unknown()
}

func (s scalar) constant() (int64, bool) { return s.form.c, len(s.terms) == 0 }

// trailing is the number of low bits that are 0 in all values of a form.
func (f *follower) trailing(x form) int {
	n := 31
	if x.c != 0 {
		n = min(n, bits.TrailingZeros64(uint64(x.c)))
	}
	for _, t := range x.terms {
		n = min(n, bits.TrailingZeros64(uint64(t.k)))
	}
	return n
}

// quotient is a / by or, with rest, a % by.
func (f *follower) quotient(a scalar, by int64, rest bool, unknown func() scalar) scalar {
	if a.low < 0 {
		return unknown()
	}
	// a = by whole + part: what divides evenly needs no atom.
	whole, part := form{}, form{c: a.form.c % by}
	whole.c = a.form.c / by
	for _, t := range a.terms {
		if t.k%by == 0 {
			whole.terms = append(whole.terms, term{t.atom, t.k / by})
		} else {
			part.terms = append(part.terms, t)
		}
	}
	i := known(f.atoms, f.st.facts, part)
	if i.low < 0 {
		whole, part, i = form{}, a.form, a.interval
	}
	if len(part.terms) == len(a.terms) {
		i = i.meet(interval{a.low - by*whole.c, a.high - by*whole.c})
	}
	l := a.level
	if i.low/by == i.high/by {
		q := i.low / by
		if rest {
			x, _ := part.plus(number(q), -by)
			return scalar{form: x, interval: interval{i.low - q*by, i.high - q*by}, level: l}
		}
		x, _ := whole.plus(number(q), 1)
		return scalar{form: x, interval: interval{a.low / by, a.high / by}, level: l}
	}
	key := fmt.Sprint("q", by, part.key())
	if free := known(f.atoms, nil, part); free.low >= 0 {
		i = free
	} else { // what holds here need not hold where the atom is met again
		key += fmt.Sprint(i)
	}
	q, ok := f.values[key]
	if !ok {
		q = f.derived(interval{i.low / by, i.high / by}, part)
		r := f.derived(interval{0, by - 1}, part)
		x, ok := part.plus(q.form, -by)
		x, ok2 := x.plus(r.form, -1)
		if !ok || !ok2 {
			return unknown()
		}
		for _, s := range []scalar{q, r} {
			f.atoms[s.terms[0].atom].zero = []form{x}
		}
		f.values[key], f.values["r"+key] = q, r
	}
	if rest {
		r := f.values["r"+key]
		return scalar{form: r.form, interval: interval{0, min(by-1, a.high)}, level: l}
	}
	x, ok := whole.plus(q.form, 1)
	if !ok {
		return unknown()
	}
	return scalar{form: x, interval: interval{a.low / by, a.high / by}, level: l}
}

// compare is a bool with what it says about its operands.
func (f *follower) compare(op ir.BinaryOperator, a, b scalar) scalar {
	out := f.pure(interval{0, 1}, fmt.Sprint("c", op), a, b)
	below := func(x, y form, gap int64) []form { // x + gap <= y
		d, ok := y.plus(x, -1)
		if d.c -= gap; !ok || len(d.terms) == 0 && d.c >= 0 {
			return nil
		}
		return []form{d}
	}
	equal := append(below(a.form, b.form, 0), below(b.form, a.form, 0)...)
	switch op {
	case ir.BinaryLess:
		out.yes, out.no = below(a.form, b.form, 1), below(b.form, a.form, 0)
	case ir.BinaryLessEqual:
		out.yes, out.no = below(a.form, b.form, 0), below(b.form, a.form, 1)
	case ir.BinaryGreater:
		out.yes, out.no = below(b.form, a.form, 1), below(a.form, b.form, 0)
	case ir.BinaryGreaterEqual:
		out.yes, out.no = below(b.form, a.form, 0), below(a.form, b.form, 1)
	case ir.BinaryEqual:
		out.yes = equal
	case ir.BinaryNotEqual:
		out.no = equal
	}
	return out
}

// opaque is a value of a type that is not followed.
func (f *follower) opaque(t ir.TypeInner, l level) symbol {
	kind, n := shape(t)
	out := symbol{level: l}
	for range n {
		out.parts = append(out.parts, f.atom(full(kind), l, f.turns))
	}
	return out
}

// shape returns how many parts of what type are followed in values of a type.
func shape(t ir.TypeInner) (ir.ScalarType, int) {
	switch t := t.(type) {
	case ir.ScalarType:
		if t.Kind != ir.ScalarFloat {
			return t, 1
		}
	case ir.VectorType:
		if t.Scalar.Kind != ir.ScalarFloat {
			return t.Scalar, int(t.Size)
		}
	}
	return ir.ScalarType{}, 0
}

// isPlace reports whether an expression is a pointer, whatever naga resolved: it takes the type of "*p + 1" from p.
func (f *frame) isPlace(h ir.ExpressionHandle) bool {
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprGlobalVariable, ir.ExprLocalVariable:
		return true
	case ir.ExprFunctionArgument:
		return isPointer(f.inner(h))
	case ir.ExprAccess:
		return f.isPlace(e.Base)
	case ir.ExprAccessIndex:
		return f.isPlace(e.Base)
	case ir.ExprAlias:
		return f.isPlace(e.Source)
	}
	return false
}

// expression computes the symbol of an expression.
func (f *frame) expression(h ir.ExpressionHandle) symbol {
	if s, ok := f.memo[h]; ok {
		return s
	}
	if f.isPlace(h) {
		return f.load(h)
	}
	s := f.find(h)
	if _, n := shape(f.value(h)); n != len(s.parts) {
		s = f.opaque(f.value(h), s.level)
	}
	switch f.fn.Expressions[h].Kind.(type) {
	case ir.Literal, ir.ExprConstant, ir.ExprZeroValue, ir.ExprFunctionArgument:
		f.memo[h] = s
	default:
		if f.kept[h] {
			f.memo[h] = s
		} else {
			f.spend(1)
		}
	}
	return s
}

func (f *frame) find(h ir.ExpressionHandle) symbol {
	kind, t := f.fn.Expressions[h].Kind, f.value(h)
	if c, ok := f.constant(h); ok {
		if s, scalar := t.(ir.ScalarType); scalar && s.Kind == ir.ScalarUint {
			c = int64(uint32(c))
		} else {
			c = int64(int32(c))
		}
		return one(constantScalar(c))
	}
	switch e := kind.(type) {
	case ir.Literal:
		if v, ok := e.Value.(ir.LiteralBool); ok {
			if v {
				return one(constantScalar(1))
			}
			return one(constantScalar(0))
		}
	case ir.ExprFunctionArgument:
		return f.args[e.Index]
	case ir.ExprZeroValue:
		_, n := shape(t)
		out := symbol{}
		for range n {
			out.parts = append(out.parts, constantScalar(0))
		}
		return out
	case ir.ExprLoad:
		return f.load(e.Pointer)
	case ir.ExprArrayLength:
		if n := f.length(e.Array); n > 0 {
			return one(constantScalar(n))
		}
		return one(f.pure(interval{1, math.MaxUint32}, fmt.Sprint("length", f.root(e.Array))))
	case ir.ExprAccessIndex:
		if s, ok := f.builtins(e); ok {
			return s
		}
		base := f.expression(e.Base)
		if int(e.Index) < len(base.parts) {
			return one(base.parts[e.Index])
		}
		return symbol{level: base.level}
	case ir.ExprAccess:
		base, at := f.expression(e.Base), f.expression(e.Index)
		if c, ok := at.parts[0].constant(); ok && int(c) < len(base.parts) {
			return one(base.parts[c])
		}
		return symbol{level: max(base.level, at.level)}
	case ir.ExprSplat:
		s := f.expression(e.Value)
		if _, n := shape(t); n > 0 && len(s.parts) == 1 {
			out := symbol{level: s.level}
			for range n {
				out.parts = append(out.parts, s.parts[0])
			}
			return out
		}
		return s
	case ir.ExprSwizzle:
		base := f.expression(e.Vector)
		out := symbol{level: base.level}
		for i := 0; i < int(e.Size) && len(base.parts) > 0; i++ {
			out.parts = append(out.parts, base.parts[e.Pattern[i]])
		}
		return out
	case ir.ExprCompose:
		out := symbol{}
		_, followed := shape(t)
		for _, c := range e.Components {
			s := f.expression(c)
			out.level = max(out.level, s.level)
			if followed > 0 {
				out.parts = append(out.parts, s.parts...)
			}
		}
		return out
	case ir.ExprUnary:
		return f.unary(e)
	case ir.ExprBinary:
		return f.operation(e)
	case ir.ExprSelect:
		return f.choice(f.expression(e.Condition), f.expression(e.Accept), f.expression(e.Reject))
	case ir.ExprAs:
		return f.conversion(e, t)
	case ir.ExprMath:
		return f.math(e, t)
	}
	out := symbol{}
	operands(kind, func(x ir.ExpressionHandle) { out.level = max(out.level, f.expression(x).level) })
	switch kind.(type) {
	case ir.ExprCallResult, ir.ExprAtomicResult, ir.ExprWorkGroupUniformLoadResult:
		out.level = ofInvocation // statements say what it is; here it is not known
	}
	return out
}
