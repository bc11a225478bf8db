package wgsl

import (
	"fmt"
	"math"
	"strings"

	"github.com/gogpu/naga/ir"
)

// floatBinary writes an operator on f32. A sink is only stored to a buffer: its bits are all that anybody sees, so no
// barrier has to keep a compiler from combining it with what comes after.
func (f *body) floatBinary(h ir.ExpressionHandle, e ir.ExprBinary, sink bool) string {
	t := f.typeOf(h)
	a, b := f.typeOf(e.Left), f.typeOf(e.Right)
	if isMatrix(a) || isMatrix(b) {
		return f.matrixBinary(e, a, b)
	}
	of := a
	if v, ok := b.(ir.VectorType); ok {
		of = v
	}
	switch e.Op {
	case ir.BinaryAdd, ir.BinarySubtract, ir.BinaryMultiply:
		if text, ok := f.folded(e); ok {
			return text
		}
	}
	hidden := func(h ir.ExpressionHandle, text string) string { // an overflow in a constant is an error in WGSL
		_, ok := f.literal(e.Left)
		if _, ok2 := f.literal(e.Right); ok && ok2 {
			return f.fun("r_other", f.typeOf(h), text)
		}
		return text
	}
	switch e.Op {
	case ir.BinaryMultiply:
		text := hidden(e.Left, f.factor(e.Left, e.Right)) + " * " + f.factor(e.Right, e.Left)
		_, exact := f.trait(e.Left).product(f.trait(e.Right))
		switch {
		case f.bareProduct(e):
			return "(" + text + ")"
		case exact && (!sink || f.trait(h).number):
			return f.fun("r_in", t, text)
		case sink:
			return f.fun("r_outProduct", t, text)
		}
		return f.fun("r_product", t, text)
	case ir.BinaryAdd, ir.BinarySubtract:
		left, right := f.wide(e.Left, of), f.wide(e.Right, of)
		sign := " + "
		if e.Op == ir.BinarySubtract {
			sign = " - "
			if !f.constantNumber(e.Right) {
				left = f.wideSolid(e.Left, of) // 0 - x is not -x
			}
			if !f.trait(e.Left).finite() && !f.trait(e.Right).finite() {
				right = f.fun("r_other", of, right)
			}
		}
		switch text := hidden(e.Left, left) + sign + right; {
		case !sink:
			return f.fun("r_sum", t, text)
		case f.trait(h).number:
			return "(" + text + ")"
		default:
			return f.fun("r_out", t, text)
		}
	case ir.BinaryDivide:
		if c, ok := f.literal(e.Right); ok {
			if frac, exp := math.Frexp(float64(c)); math.Abs(frac) == 0.5 && exp > -100 && exp < 100 {
				return f.fun("r_product", t, f.value(e.Left)+" * "+f32Text(float32(1/float64(c))))
			}
		}
		return f.fun("r_div", of, f.wide(e.Left, of), f.wide(e.Right, of))
	case ir.BinaryModulo:
		return f.fun("r_mod", of, f.wideSolid(e.Left, of), f.wideSolid(e.Right, of))
	}
	return f.comparison(e, of)
}

// bareProduct reports whether a product is one of numbers, has no rounding, and no zero in it may get the wrong sign.
func (f *body) bareProduct(e ir.ExprBinary) bool {
	if isMatrix(f.typeOf(e.Left)) || isMatrix(f.typeOf(e.Right)) || !f.positive(e.Left) || !f.positive(e.Right) {
		return false
	}
	if _, ok := f.folded(e); ok {
		return false
	}
	_, exact := f.trait(e.Left).product(f.trait(e.Right))
	return exact
}

// positive reports whether no component of an expression is below zero.
func (f *body) positive(h ir.ExpressionHandle) bool {
	if c, ok := f.literal(h); ok {
		return c >= 0
	}
	as, ok := f.fn.Expressions[h].Kind.(ir.ExprAs)
	if !ok || as.Convert == nil {
		return false
	}
	s, ok := scalarOf(f.typeOf(as.Expr))
	return ok && (s.Kind == ir.ScalarUint || s.Kind == ir.ScalarBool)
}

// factor writes an operand of a product. Nothing that a compiler knows to be zero may stand beside what may be an infinity or
// NaN. A negation keeps its cheapest form, as the product has no -0.
func (f *body) factor(h, other ir.ExpressionHandle) string {
	text := f.value
	if !f.trait(other).finite() {
		text = f.solid
	}
	if u, ok := f.fn.Expressions[h].Kind.(ir.ExprUnary); ok && f.uses[h].inline && f.vals[h] == "" && u.Op == ir.UnaryNegate && !isMatrix(f.typeOf(h)) {
		return "(-" + text(u.Expr) + ")"
	}
	return text(h)
}

// literal finds a constant f32.
func (f *body) literal(h ir.ExpressionHandle) (float32, bool) {
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.Literal:
		switch v := e.Value.(type) {
		case ir.LiteralF32:
			return canonical(float32(v)), true
		case ir.LiteralAbstractFloat:
			return canonical(float32(v)), true
		}
	case ir.ExprConstant:
		if l, ok := f.mod.GlobalExpressions[f.mod.Constants[e.Constant].Init].Kind.(ir.Literal); ok {
			if v, ok := l.Value.(ir.LiteralF32); ok {
				return canonical(float32(v)), true
			}
		}
	}
	return 0, false
}

// folded computes an operation on two constants here, so that no compiler does it in another precision.
func (f *body) folded(e ir.ExprBinary) (string, bool) {
	a, ok := f.literal(e.Left)
	b, ok2 := f.literal(e.Right)
	if !ok || !ok2 {
		return "", false
	}
	v := a + b
	switch e.Op {
	case ir.BinarySubtract:
		v = a - b
	case ir.BinaryMultiply:
		v = a * b
	}
	if math.IsInf(float64(v), 0) {
		return "", false
	}
	if canonical(v) == 0 {
		return "r_0", true
	}
	return f32Text(v), true
}

func (f *body) comparison(e ir.ExprBinary, of ir.TypeInner) string {
	a, b := f.wide(e.Left, of), f.wide(e.Right, of)
	plain := f.trait(e.Left).number && f.trait(e.Right).number
	if plain { // what a compiler learns from it is not about a
		return "(" + f.fun("r_other", of, a) + " " + intOperators[e.Op] + " " + b + ")"
	}
	switch e.Op {
	case ir.BinaryLess:
		return f.fun("r_lt", of, a, b)
	case ir.BinaryLessEqual:
		return f.fun("r_le", of, a, b)
	case ir.BinaryGreater:
		return f.fun("r_lt", of, b, a)
	case ir.BinaryGreaterEqual:
		return f.fun("r_le", of, b, a)
	case ir.BinaryEqual:
		return f.fun("r_eq", of, a, b)
	}
	return "(!" + f.fun("r_eq", of, a, b) + ")"
}

// matrixBinary writes an operator on matrices by a function for their size. Sums run from the first product to the last.
func (f *body) matrixBinary(e ir.ExprBinary, a, b ir.TypeInner) string {
	m, left := a.(ir.MatrixType)
	n, right := b.(ir.MatrixType)
	switch {
	case e.Op == ir.BinaryAdd && left && right:
		return f.columns("r_sum", m, "%[1]s + %[2]s", e.Left, e.Right)
	case e.Op == ir.BinarySubtract && left && right:
		return f.columns("r_sum", m, "%[1]s - "+f.w.lib.need("r_other", int(m.Rows))+"(%[2]s)", e.Left, e.Right)
	case e.Op != ir.BinaryMultiply:
	case left && right:
		return f.product(m, n, e)
	case left:
		if v, ok := b.(ir.VectorType); ok {
			return f.product(m, v, e)
		}
		return f.columns("r_product", m, "%[1]s * %[2]s", e.Left, e.Right)
	default:
		if v, ok := a.(ir.VectorType); ok {
			return f.product(v, n, e)
		}
		return f.columns("r_product", n, "%[2]s * %[1]s", e.Right, e.Left)
	}
	panic(errorAt(0, 0, "%s has no form of this operator on matrices", Reproducible1))
}

// columns writes a call of a function that combines the columns of matrices.
func (f *body) columns(fun string, m ir.MatrixType, form string, args ...ir.ExpressionHandle) string {
	apply := f.w.lib.need(fun, int(m.Rows))
	var params, values, parts []string
	for i, h := range args {
		params = append(params, fmt.Sprintf("%c: %s", 'a'+i, innerText(f.typeOf(h))))
		values = append(values, bare(f.solid(h)))
	}
	for c := range int(m.Columns) {
		var columns []any
		for i, h := range args {
			text := string(rune('a' + i))
			if isMatrix(f.typeOf(h)) {
				text += fmt.Sprintf("[%d]", c)
			}
			columns = append(columns, text)
		}
		parts = append(parts, apply+"("+fmt.Sprintf(form, columns...)+")")
	}
	result := innerText(m)
	kind := map[byte]string{'+': "plus", '-': "minus", '*': "times"}
	op := "negative"
	for _, c := range []byte("+-*") {
		if strings.IndexByte(form, c) >= 0 && fun != "r_neg" {
			op = kind[c]
			break
		}
	}
	name := fmt.Sprintf("r_%s_mat%dx%d", op, m.Columns, m.Rows)
	if len(args) == 2 && !isMatrix(f.typeOf(args[1])) {
		name += "_scalar"
	}
	f.w.define(name, "fn "+name+"("+strings.Join(params, ", ")+") -> "+result+" {\n  return "+result+"("+strings.Join(parts, ", ")+");\n}\n")
	return name + "(" + strings.Join(values, ", ") + ")"
}

func (w *rewriter) define(name, text string) {
	if w.helpers[name] == "" {
		w.helpers[name] = text
		w.helped = append(w.helped, name)
	}
}

// product writes a product with a matrix on one side or both.
func (f *body) product(a, b ir.TypeInner, e ir.ExprBinary) string {
	name := f.w.productName(a, b)
	return name + "(" + bare(f.solid(e.Left)) + ", " + bare(f.solid(e.Right)) + ")"
}

func (w *rewriter) productName(a, b ir.TypeInner) string {
	short := func(t ir.TypeInner) string { return strings.TrimSuffix(innerText(t), "<f32>") }
	name := "r_times_" + short(a) + "_" + short(b)
	result, body := "", ""
	switch m := a.(type) {
	case ir.VectorType:
		n := b.(ir.MatrixType)
		dot := w.lib.need(fmt.Sprintf("r_dot%d", m.Size), 1)
		var parts []string
		for c := range int(n.Columns) {
			parts = append(parts, fmt.Sprintf("%s(a, b[%d])", dot, c))
		}
		result = innerText(ir.VectorType{Size: n.Columns, Scalar: n.Scalar})
		body = "  return " + result + "(" + strings.Join(parts, ", ") + ");\n"
	case ir.MatrixType:
		if v, ok := b.(ir.VectorType); ok {
			result = innerText(ir.VectorType{Size: m.Rows, Scalar: v.Scalar})
			product, sum := w.lib.need("r_product", int(m.Rows)), w.lib.need("r_sum", int(m.Rows))
			body = fmt.Sprintf("  var s = %s(a[0] * b.x);\n", product)
			for c := 1; c < int(m.Columns); c++ {
				body += fmt.Sprintf("  s = %s(s + %s(a[%d] * b.%c));\n", sum, product, c, "xyzw"[c])
			}
			body += "  return s;\n"
			break
		}
		n := b.(ir.MatrixType)
		column := w.productName(m, ir.VectorType{Size: n.Rows, Scalar: n.Scalar})
		var parts []string
		for c := range int(n.Columns) {
			parts = append(parts, fmt.Sprintf("%s(a, b[%d])", column, c))
		}
		result = innerText(ir.MatrixType{Columns: n.Columns, Rows: m.Rows, Scalar: n.Scalar})
		body = "  return " + result + "(" + strings.Join(parts, ", ") + ");\n"
	}
	w.define(name, fmt.Sprintf("fn %s(a: %s, b: %s) -> %s {\n%s}\n", name, innerText(a), innerText(b), result, body))
	return name
}

// floatNames are the built-in functions of f32 that the library has by component, and its names for them.
var floatNames = map[ir.MathFunction]string{
	ir.MathCos: "r_cos", ir.MathCosh: "r_cosh", ir.MathSin: "r_sin", ir.MathSinh: "r_sinh", ir.MathTan: "r_tan", ir.MathTanh: "r_tanh",
	ir.MathAcos: "r_acos", ir.MathAsin: "r_asin", ir.MathAtan: "r_atan", ir.MathAtan2: "r_arctan2", ir.MathAsinh: "r_asinh", ir.MathAcosh: "r_acosh", ir.MathAtanh: "r_atanh",
	ir.MathRadians: "r_radians", ir.MathDegrees: "r_degrees",
	ir.MathCeil: "r_ceil", ir.MathFloor: "r_floor", ir.MathRound: "r_round", ir.MathFract: "r_fract", ir.MathTrunc: "r_trunc",
	ir.MathExp: "r_exp", ir.MathExp2: "r_twoTo", ir.MathLog: "r_log", ir.MathLog2: "r_logTwo", ir.MathPow: "r_pow",
	ir.MathSqrt: "r_sqrt", ir.MathInverseSqrt: "r_inverseSqrt", ir.MathSign: "r_sign", ir.MathFma: "r_fma",
	ir.MathStep: "r_step", ir.MathSmoothStep: "r_smoothstep", ir.MathMix: "r_mix", ir.MathMin: "r_min", ir.MathMax: "r_max",
	ir.MathClamp: "r_clamp", ir.MathSaturate: "r_saturate", ir.MathQuantizeF16: "r_quantizeToF16", ir.MathLdexp: "r_ldexp",
}

// math writes a call of a built-in function.
func (f *body) math(e ir.ExprMath, t ir.TypeInner) string {
	handles := arguments(e)
	of := f.typeOf(e.Arg)
	float := isFloat(of)
	if name, ok := floatNames[e.Fun]; ok && float {
		for _, h := range handles {
			if v, ok := f.typeOf(h).(ir.VectorType); ok && isFloat(v) {
				of = v
			}
		}
		if e.Fun == ir.MathMin || e.Fun == ir.MathMax {
			if f.trait(e.Arg).number && f.trait(*e.Arg1).number {
				return MathName(e.Fun) + "(" + bare(f.wide(e.Arg, of)) + ", " + bare(f.wide(*e.Arg1, of)) + ")"
			}
		}
		if !indifferent[e.Fun] {
			return f.fun(name, of, f.solidAll(handles, of)...)
		}
		return f.fun(name, of, f.wideAll(handles, of)...)
	}
	args := f.wideAll(handles, ir.ScalarType{})
	if float && !indifferent[e.Fun] {
		args = f.solidAll(handles, ir.ScalarType{})
	}
	for i := range args {
		args[i] = bare(args[i])
	}
	list := "(" + strings.Join(args, ", ") + ")"
	size := 1
	if v, ok := of.(ir.VectorType); ok {
		size = int(v.Size)
	}
	sized := func(name string) string { return f.w.lib.need(fmt.Sprintf("%s%d", name, size), 1) + list }
	switch e.Fun {
	case ir.MathAbs:
		if float {
			return f.fun("r_abs", of, args...)
		}
		return "abs" + list
	case ir.MathDot:
		if float {
			return sized("r_dot")
		}
	case ir.MathLength, ir.MathDistance:
		if size == 1 {
			return f.fun("r_"+MathName(e.Fun), of, args...)
		}
		return sized("r_" + MathName(e.Fun))
	case ir.MathNormalize, ir.MathFaceForward, ir.MathReflect, ir.MathRefract, ir.MathCross:
		if size == 1 {
			break
		}
		return sized("r_" + MathName(e.Fun))
	case ir.MathTranspose:
		if m := of.(ir.MatrixType); m.Columns == m.Rows { // naga's port gives others a wrong type
			return "transpose" + list
		}
	case ir.MathModf, ir.MathFrexp:
		if size == 1 {
			return f.fun("r_"+MathName(e.Fun), of, args...)
		}
	case ir.MathPack4x8snorm, ir.MathPack4x8unorm, ir.MathPack2x16snorm, ir.MathPack2x16unorm, ir.MathPack2x16float,
		ir.MathUnpack4x8snorm, ir.MathUnpack4x8unorm, ir.MathUnpack2x16snorm, ir.MathUnpack2x16unorm, ir.MathUnpack2x16float:
		return f.w.lib.need("r_"+MathName(e.Fun), 1) + list
	default:
		if !float && !isFloat(t) {
			return f.intMath(e, of, handles, list)
		}
	}
	if !float {
		return f.intMath(e, of, handles, list)
	}
	panic(errorAt(f.w.lineOfCall(f.fn, MathName(e.Fun)), 1, "%s has no form of %s on %s", Reproducible1, MathName(e.Fun), typeName(f.mod, of)))
}

func (f *body) wideAll(handles []ir.ExpressionHandle, of ir.TypeInner) []string {
	var args []string
	for _, h := range handles {
		args = append(args, f.wide(h, of))
	}
	return args
}

func (f *body) solidAll(handles []ir.ExpressionHandle, of ir.TypeInner) []string {
	var args []string
	for _, h := range handles {
		args = append(args, f.wideSolid(h, of))
	}
	return args
}

func (w *rewriter) lineOfCall(fn *ir.Function, name string) int { return w.o.linesOf(fn).call(name) }

// intMath writes a call of a built-in function on integers.
func (f *body) intMath(e ir.ExprMath, of ir.TypeInner, handles []ir.ExpressionHandle, list string) string {
	s, _ := scalarOf(of)
	suffix := "U32"
	if s.Kind == ir.ScalarSint {
		suffix = "I32"
	}
	switch e.Fun {
	case ir.MathClamp:
		return "min(max(" + bare(f.wide(e.Arg, of)) + ", " + bare(f.wide(*e.Arg1, of)) + "), " + bare(f.wide(*e.Arg2, of)) + ")"
	case ir.MathSign: // wgpu-native 0.17 has it for f32 only
		one, minus := "1i", "(-1i)"
		if v, ok := of.(ir.VectorType); ok {
			one, minus = fmt.Sprintf("vec%d<i32>(1i)", v.Size), fmt.Sprintf("vec%d<i32>(-1i)", v.Size)
		}
		return "min(max(" + bare(f.value(e.Arg)) + ", " + minus + "), " + one + ")"
	case ir.MathExtractBits, ir.MathInsertBits:
		name := "r_extract"
		if e.Fun == ir.MathInsertBits {
			name = "r_insert"
		}
		return f.fun(name+suffix, of, f.wideAll(handles, of)...)
	}
	return MathName(e.Fun) + list
}
