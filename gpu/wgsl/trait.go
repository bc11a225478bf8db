package wgsl

import (
	"math"
	"math/bits"

	"github.com/gogpu/naga/ir"
)

// trait is what is known of the f32 values of an expression, of all components of a vector.
type trait struct {
	number    bool // never NaN
	digits    int  // at most so many significant bits
	low, high int  // every finite value is 0 or from 2^low to below 2^high
}

var anyFloat = trait{digits: 24, low: -126, high: 128}

func (t trait) finite() bool { return t.number && t.high < 128 }

func (t trait) or(u trait) trait {
	return trait{t.number && u.number, max(t.digits, u.digits), min(t.low, u.low), max(t.high, u.high)}
}

func traitOf(v float32) trait {
	if v == 0 {
		return trait{true, 0, 0, 0}
	}
	frac, exp := math.Frexp(float64(v))
	m := uint64(math.Abs(frac) * (1 << 24))
	return trait{true, 24 - bits.TrailingZeros64(m), exp - 1, exp}
}

// product is the trait of a product that is exact, if it is.
func (t trait) product(u trait) (trait, bool) {
	if t.digits+u.digits > 24 || t.low+u.low < -102 || t.high+u.high > 127 {
		return anyFloat, false
	}
	return trait{t.number && u.number, t.digits + u.digits, t.low + u.low, t.high + u.high}, true
}

func (f *body) trait(h ir.ExpressionHandle) trait {
	if t, ok := f.traits[h]; ok {
		return t
	}
	f.traits[h] = anyFloat // until it is known, for safety
	t := f.findTrait(h)
	f.traits[h] = t
	return t
}

func (f *body) findTrait(h ir.ExpressionHandle) trait {
	number := trait{true, 24, -126, 128}
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.Literal:
		switch v := e.Value.(type) {
		case ir.LiteralF32:
			return traitOf(canonical(float32(v)))
		case ir.LiteralAbstractFloat:
			return traitOf(canonical(float32(v)))
		}
	case ir.ExprZeroValue:
		return traitOf(0)
	case ir.ExprConstant:
		if l, ok := f.mod.GlobalExpressions[f.mod.Constants[e.Constant].Init].Kind.(ir.Literal); ok {
			if v, ok := l.Value.(ir.LiteralF32); ok {
				return traitOf(canonical(float32(v)))
			}
		}
	case ir.ExprSplat:
		return f.trait(e.Value)
	case ir.ExprSwizzle:
		return f.trait(e.Vector)
	case ir.ExprAccessIndex:
		if _, ok := f.typeOf(e.Base).(ir.VectorType); ok && !f.isPlace(e.Base) {
			return f.trait(e.Base)
		}
	case ir.ExprCompose:
		if _, ok := f.typeOf(h).(ir.VectorType); ok {
			t := f.trait(e.Components[0])
			for _, c := range e.Components[1:] {
				t = t.or(f.trait(c))
			}
			return t
		}
	case ir.ExprSelect:
		return f.trait(e.Accept).or(f.trait(e.Reject))
	case ir.ExprUnary:
		return f.trait(e.Expr)
	case ir.ExprBinary:
		a, b := f.trait(e.Left), f.trait(e.Right)
		switch e.Op {
		case ir.BinaryMultiply:
			if t, exact := a.product(b); exact && !isMatrix(f.typeOf(e.Left)) && !isMatrix(f.typeOf(e.Right)) {
				return t
			}
			if high := a.high + b.high; a.finite() && b.finite() && !isMatrix(f.typeOf(e.Left)) && !isMatrix(f.typeOf(e.Right)) {
				return trait{true, 24, -102, min(high, 128)}
			}
		case ir.BinaryAdd, ir.BinarySubtract:
			if a.finite() && b.finite() {
				return trait{true, 24, -126, max(a.high, b.high) + 1}
			}
		}
	case ir.ExprAs:
		from, ok := scalarOf(f.typeOf(e.Expr))
		switch {
		case !ok || e.Kind != ir.ScalarFloat:
		case from.Kind == ir.ScalarFloat:
			return f.trait(e.Expr)
		case e.Convert == nil:
			if b, ok := f.fn.Expressions[e.Expr].Kind.(ir.ExprBinary); ok && b.Op == ir.BinaryAnd {
				for _, x := range []ir.ExpressionHandle{b.Left, b.Right} {
					if mask, ok := f.constant(x); ok && uint32(mask) != 0 {
						return trait{false, 24 - min(23, bits.TrailingZeros32(uint32(mask))), -126, 128}
					}
				}
			}
			if b, ok := f.fn.Expressions[e.Expr].Kind.(ir.ExprBinary); ok && b.Op == ir.BinaryShiftLeft {
				if n, ok := f.constant(b.Right); ok && n > 0 && n < 32 {
					return trait{false, 24 - min(23, int(n)), -126, 128}
				}
			}
		case from.Kind == ir.ScalarBool:
			return traitOf(1)
		default:
			i := full(f.typeOf(e.Expr))
			if _, scalar := f.typeOf(e.Expr).(ir.ScalarType); scalar {
				i = f.interval(e.Expr)
			}
			n := bits.Len64(uint64(max(-i.low, i.high)))
			return trait{true, min(n, 24), 0, min(n, 32) + 1}
		}
	case ir.ExprMath:
		switch e.Fun {
		case ir.MathUnpack2x16float, ir.MathQuantizeF16:
			return trait{false, 11, -24, 17}
		case ir.MathUnpack4x8unorm, ir.MathUnpack4x8snorm, ir.MathUnpack2x16unorm, ir.MathUnpack2x16snorm:
			return trait{true, 24, -16, 1}
		case ir.MathAbs, ir.MathFloor, ir.MathCeil, ir.MathTrunc, ir.MathRound:
			t := f.trait(e.Arg)
			if e.Fun != ir.MathAbs {
				t.digits, t.low = 24, 0
				t.high = min(128, t.high+1)
			}
			return t
		case ir.MathSaturate:
			return trait{true, 24, -126, 1}
		case ir.MathClamp:
			if low, high := f.trait(*e.Arg1), f.trait(*e.Arg2); low.number && high.number {
				return trait{true, 24, -126, max(low.high, high.high)}
			}
		case ir.MathMax, ir.MathMin:
			a, b := f.trait(e.Arg), f.trait(*e.Arg1)
			t := a.or(b)
			t.number = a.number || b.number
			return t
		case ir.MathExp, ir.MathExp2:
			if f.trait(e.Arg).number {
				return number
			}
		case ir.MathSign, ir.MathStep:
			return traitOf(1)
		}
	}
	return anyFloat
}

func isMatrix(t ir.TypeInner) bool {
	_, ok := t.(ir.MatrixType)
	return ok
}
