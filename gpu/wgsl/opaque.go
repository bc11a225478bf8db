package wgsl

import "github.com/gogpu/naga/ir"

// Compilers may assume that there is no infinity, no NaN and no -0, so what they know of an operand they use in ways that are
// wrong for those: with a zero, 0 * x is 0 and 0 - x is -x. A value is opaque when no compiler can find out that it is zero or
// not a finite number: its bits passed an xor with a word of the zeros, or come from a buffer, or it is a literal other than 0. All
// that variables, parameters, results of functions, arrays and structs hold is opaque; DESIGN.md says why that is enough.

// opaque reports whether a value is; one without f32 is.
func (f *body) opaque(h ir.ExpressionHandle) bool {
	if o, ok := f.opaques[h]; ok {
		return o
	}
	f.opaques[h] = false // until it is known, for safety
	o := f.findOpaque(h)
	f.opaques[h] = o
	return o
}

func (f *body) findOpaque(h ir.ExpressionHandle) bool {
	t := f.typeOf(h)
	if !hasFloat(f.mod, t) {
		return true
	}
	switch t.(type) {
	case ir.ScalarType, ir.VectorType:
	default:
		return true // made of parts that are
	}
	if f.isPlace(h) {
		return true
	}
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.Literal, ir.ExprConstant, ir.ExprZeroValue: // written with hidden zeros
		return true
	case ir.ExprLoad, ir.ExprFunctionArgument, ir.ExprCallResult, ir.ExprWorkGroupUniformLoadResult:
		return true
	case ir.ExprUnary: // r_neg
		return true
	case ir.ExprAlias:
		return f.opaque(e.Source)
	case ir.ExprSplat:
		return f.opaque(e.Value)
	case ir.ExprSwizzle:
		return f.opaque(e.Vector)
	case ir.ExprAccessIndex:
		return f.opaque(e.Base)
	case ir.ExprAccess:
		return f.opaque(e.Base)
	case ir.ExprCompose:
		for _, c := range e.Components {
			if !f.opaque(c) {
				return false
			}
		}
		return true
	case ir.ExprSelect:
		return f.opaque(e.Accept) && f.opaque(e.Reject)
	case ir.ExprBinary:
		return e.Op != ir.BinaryMultiply || !f.bareProduct(e)
	case ir.ExprAs:
		from, ok := scalarOf(f.typeOf(e.Expr))
		switch {
		case !ok:
			return false
		case from.Kind == ir.ScalarFloat:
			return f.opaque(e.Expr)
		case e.Convert == nil:
			return true
		case from.Kind == ir.ScalarBool:
			return false
		}
		i := f.interval(e.Expr)
		return !f.convertsPlainly(e) || i.low > 0 || i.high < 0
	case ir.ExprMath:
		if !passes(e.Fun) {
			return true
		}
		for _, a := range arguments(e) {
			if !f.opaque(a) {
				return false
			}
		}
		return true
	}
	return false
}

// passes reports whether a built-in function may give back an argument as it is, in a way that a compiler sees.
func passes(fun ir.MathFunction) bool {
	switch fun {
	case ir.MathMin, ir.MathMax, ir.MathClamp, ir.MathSaturate:
		return true
	}
	return false
}

func arguments(e ir.ExprMath) []ir.ExpressionHandle {
	handles := []ir.ExpressionHandle{e.Arg}
	for _, a := range []*ir.ExpressionHandle{e.Arg1, e.Arg2, e.Arg3} {
		if a != nil {
			handles = append(handles, *a)
		}
	}
	return handles
}

// indifferent are the functions for whose result it does not matter what a compiler knows of the arguments: they take them apart
// as integers, or give back no argument and multiply it with literals only.
var indifferent = map[ir.MathFunction]bool{
	ir.MathSqrt: true, ir.MathInverseSqrt: true, ir.MathExp: true, ir.MathExp2: true, ir.MathLog: true, ir.MathLog2: true, ir.MathPow: true,
	ir.MathCos: true, ir.MathCosh: true, ir.MathAcos: true, ir.MathAcosh: true,
	ir.MathSign: true, ir.MathStep: true, ir.MathFloor: true, ir.MathCeil: true, ir.MathTrunc: true, ir.MathRound: true,
	ir.MathRadians: true, ir.MathDegrees: true, ir.MathQuantizeF16: true, ir.MathAbs: true, ir.MathMin: true, ir.MathMax: true, ir.MathClamp: true, ir.MathSaturate: true,
	ir.MathPack4x8snorm: true, ir.MathPack4x8unorm: true, ir.MathPack2x16snorm: true, ir.MathPack2x16unorm: true, ir.MathPack2x16float: true,
}

// solid writes a value as one that is opaque.
func (f *body) solid(h ir.ExpressionHandle) string {
	text := f.value(h)
	if f.opaque(h) {
		return text
	}
	return f.w.apply("r_other", bare(text), f.typeOf(h))
}

// wideSolid is wide of a solid value.
func (f *body) wideSolid(h ir.ExpressionHandle, t ir.TypeInner) string {
	v, vector := t.(ir.VectorType)
	s, scalar := f.typeOf(h).(ir.ScalarType)
	if vector && scalar {
		return innerText(ir.VectorType{Size: v.Size, Scalar: s}) + "(" + bare(f.solid(h)) + ")"
	}
	return f.solid(h)
}

// constantNumber reports whether a value is a literal other than zero.
func (f *body) constantNumber(h ir.ExpressionHandle) bool {
	if s, ok := f.fn.Expressions[h].Kind.(ir.ExprSplat); ok {
		return f.constantNumber(s.Value)
	}
	c, ok := f.literal(h)
	return ok && c != 0
}
