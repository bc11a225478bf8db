package wgsl

import (
	"fmt"
	"math"
	"slices"

	"github.com/gogpu/naga/ir"
)

// each applies an operation to the parts of values, of which one may be a single part.
func each(a, b symbol, op func(a, b scalar) scalar) symbol {
	out := symbol{level: max(a.level, b.level)}
	n := max(len(a.parts), len(b.parts))
	if len(a.parts) == 0 || len(b.parts) == 0 || len(a.parts) != n && len(a.parts) != 1 || len(b.parts) != n && len(b.parts) != 1 {
		return out
	}
	for i := range n {
		out.parts = append(out.parts, op(a.parts[min(i, len(a.parts)-1)], b.parts[min(i, len(b.parts)-1)]))
	}
	return out
}

// together are the facts of both, of which some may be left out: a bool that names another twice would have twice as many.
func together(a, b []form) []form {
	const most = 64
	all := slices.Concat(a, b)
	return all[:min(len(all), most)]
}

func (f *frame) operation(e ir.ExprBinary) symbol {
	a, b := f.expression(e.Left), f.expression(e.Right)
	t, _ := scalarOf(f.value(e.Left))
	switch {
	case t.Kind == ir.ScalarFloat || e.Op == ir.BinaryMultiply && (isMatrix(f.value(e.Left)) || isMatrix(f.value(e.Right))):
		return symbol{level: max(a.level, b.level)}
	case t.Kind == ir.ScalarBool:
		return each(a, b, func(x, y scalar) scalar {
			out := f.pure(interval{0, 1}, fmt.Sprint("l", e.Op), x, y)
			switch e.Op {
			case ir.BinaryLogicalAnd, ir.BinaryAnd:
				out.yes = together(x.yes, y.yes)
			case ir.BinaryLogicalOr, ir.BinaryInclusiveOr:
				out.no = together(x.no, y.no)
			}
			return out
		})
	case e.Op >= ir.BinaryEqual && e.Op <= ir.BinaryGreaterEqual:
		return each(a, b, func(x, y scalar) scalar { return f.compare(e.Op, x, y) })
	}
	return each(a, b, func(x, y scalar) scalar { return f.binary(e.Op, x, y, t) })
}

func (f *frame) unary(e ir.ExprUnary) symbol {
	a := f.expression(e.Expr)
	t, _ := scalarOf(f.value(e.Expr))
	return each(a, a, func(x, _ scalar) scalar {
		switch e.Op {
		case ir.UnaryLogicalNot:
			out := f.pure(interval{0, 1}, "not", x)
			out.yes, out.no = x.no, x.yes
			return out
		case ir.UnaryNegate:
			return f.binary(ir.BinarySubtract, constantScalar(0), x, t)
		case ir.UnaryBitwiseNot:
			if t.Kind == ir.ScalarUint {
				return f.binary(ir.BinarySubtract, constantScalar(math.MaxUint32), x, t)
			}
			return f.binary(ir.BinarySubtract, constantScalar(-1), x, t)
		}
		return f.pure(full(t), fmt.Sprint("u", e.Op), x)
	})
}

func (f *frame) conversion(e ir.ExprAs, to ir.TypeInner) symbol {
	a := f.expression(e.Expr)
	from, _ := scalarOf(f.value(e.Expr))
	t, n := shape(to)
	if n == 0 || len(a.parts) != n || e.Kind == ir.ScalarFloat {
		return symbol{level: a.level}
	}
	return each(a, a, func(x, _ scalar) scalar {
		switch {
		case from.Kind == t.Kind:
			return x
		case t.Kind == ir.ScalarBool, from.Kind == ir.ScalarBool:
			return f.pure(interval{0, 1}, fmt.Sprint("as", t.Kind), x)
		}
		return f.fitted(x.form, x.interval, full(t), x.level, fmt.Sprint("as", t.Kind), x)
	})
}

func (f *frame) math(e ir.ExprMath, to ir.TypeInner) symbol {
	out := f.expression(e.Arg)
	args := []symbol{out}
	for _, h := range []*ir.ExpressionHandle{e.Arg1, e.Arg2, e.Arg3} {
		if h != nil {
			args = append(args, f.expression(*h))
			out.level = max(out.level, args[len(args)-1].level)
		}
	}
	t, n := shape(to)
	_, integers := shape(f.value(e.Arg))
	if n == 0 || integers == 0 {
		return symbol{level: out.level}
	}
	between := func(small bool) func(a, b scalar) scalar {
		return func(a, b scalar) scalar {
			switch {
			case a.high <= b.low == small && (a.high <= b.low || a.low >= b.high):
				return a
			case a.high <= b.low || a.low >= b.high:
				return b
			}
			i := interval{max(a.low, b.low), max(a.high, b.high)}
			if small {
				i = interval{min(a.low, b.low), min(a.high, b.high)}
			}
			return f.pure(i, fmt.Sprint("least", small), a, b)
		}
	}
	switch e.Fun {
	case ir.MathMin:
		return each(args[0], args[1], between(true))
	case ir.MathMax:
		return each(args[0], args[1], between(false))
	case ir.MathClamp:
		return each(each(args[0], args[1], between(false)), args[2], between(true))
	}
	i := full(t)
	switch e.Fun {
	case ir.MathCountOneBits, ir.MathCountLeadingZeros, ir.MathCountTrailingZeros:
		i = interval{0, 32}
	}
	if n == 1 && integers == 1 {
		var of []scalar
		for _, a := range args {
			of = append(of, a.parts...)
		}
		return one(f.pure(i, MathName(e.Fun), of...))
	}
	return symbol{level: out.level}
}

// choice is one value or the other.
func (f *follower) choice(condition, yes, no symbol) symbol {
	out := symbol{level: max(condition.level, yes.level, no.level)}
	if len(yes.parts) != len(no.parts) || len(condition.parts) == 0 {
		return out
	}
	for i := range yes.parts {
		a, b, c := yes.parts[i], no.parts[i], condition.parts[min(i, len(condition.parts)-1)]
		if a.form.equal(b.form) {
			a.interval = a.interval.hull(b.interval)
			a.level, a.yes, a.no = out.level, nil, nil
			out.parts = append(out.parts, a)
			continue
		}
		s := f.pure(a.interval.hull(b.interval), "select", c, a, b)
		s.level = out.level
		out.parts = append(out.parts, s)
	}
	return out
}
