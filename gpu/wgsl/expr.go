package wgsl

import (
	"fmt"
	"strings"

	"github.com/gogpu/naga/ir"
)

// spot is a place in memory: its text, with every index kept inside of its array; the text with the indexes as they are, and
// the conditions under which that is the same place.
type spot struct {
	text, raw string
	inside    []string
}

// value returns the text of an expression's value, evaluating it if that has not been done. A text that is not atomic
// stands in parentheses.
func (f *body) value(h ir.ExpressionHandle) string {
	if text, ok := f.vals[h]; ok {
		return text
	}
	if isFloat(f.typeOf(h)) {
		f.trait(h)
		f.opaque(h)
	}
	text := f.expression(h)
	switch f.fn.Expressions[h].Kind.(type) {
	case ir.Literal, ir.ExprConstant, ir.ExprZeroValue, ir.ExprFunctionArgument, ir.ExprGlobalVariable, ir.ExprLocalVariable:
		return text
	}
	depth := strings.Count(text, "(")
	if f.uses[h].inline && depth <= maxDepth && len(text) < 160 {
		return text
	}
	return f.keep(h, strip(text))
}

// strip drops parentheses around a whole text.
func strip(text string) string {
	if !strings.HasPrefix(text, "(") {
		return text
	}
	depth := 0
	for i, c := range text {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 && i < len(text)-1 {
				return text
			}
		}
	}
	return text[1 : len(text)-1]
}

// bare drops parentheses around an element of a list. They stay around comparisons and shifts: "a < b, c > d" in a list is
// arguments of a template, as WGSL finds those.
func bare(text string) string {
	inner := strip(text)
	depth := 0
	for i, c := range inner {
		switch {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case depth == 0 && (c == '<' || c == '>') && i > 0 && inner[i-1] == ' ':
			return text
		}
	}
	return inner
}

// fun writes a call of a function of the library on values of a type.
func (f *body) fun(name string, t ir.TypeInner, args ...string) string {
	size := 1
	if v, ok := t.(ir.VectorType); ok {
		size = int(v.Size)
	}
	for i := range args {
		args[i] = bare(args[i])
	}
	return f.w.lib.need(name, size) + "(" + strings.Join(args, ", ") + ")"
}

// wide writes a value as one of type t: a scalar becomes a vector of equal components.
func (f *body) wide(h ir.ExpressionHandle, t ir.TypeInner) string {
	v, vector := t.(ir.VectorType)
	s, scalar := f.typeOf(h).(ir.ScalarType)
	if vector && scalar {
		return innerText(ir.VectorType{Size: v.Size, Scalar: s}) + "(" + bare(f.value(h)) + ")"
	}
	return f.value(h)
}

func (f *body) expression(h ir.ExpressionHandle) string {
	if f.isPlace(h) {
		return f.load(h, h)
	}
	t := f.typeOf(h)
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.Literal:
		return hiddenLiteral(e.Value)
	case ir.ExprConstant:
		return f.w.constantText(f.mod.Constants[e.Constant].Init, true)
	case ir.ExprZeroValue:
		return f.w.hiddenZero(e.Type)
	case ir.ExprFunctionArgument:
		return f.args[e.Index]
	case ir.ExprLoad:
		return f.load(h, e.Pointer)
	case ir.ExprAlias:
		return f.value(e.Source)
	case ir.ExprCompose:
		part := f.value
		if _, vector := t.(ir.VectorType); !vector {
			part = f.solid
		}
		var parts []string
		for _, c := range e.Components {
			parts = append(parts, bare(part(c)))
		}
		return f.w.typeText(e.Type) + "(" + strings.Join(parts, ", ") + ")"
	case ir.ExprSplat:
		return innerText(t) + "(" + bare(f.value(e.Value)) + ")"
	case ir.ExprSwizzle:
		text := f.value(e.Vector) + "."
		for _, c := range e.Pattern[:e.Size] {
			text += string("xyzw"[c])
		}
		return text
	case ir.ExprAccessIndex:
		return f.value(e.Base) + f.member(f.typeOf(e.Base), e.Index)
	case ir.ExprAccess:
		return f.element(e)
	case ir.ExprSelect:
		return "select(" + bare(f.value(e.Reject)) + ", " + bare(f.value(e.Accept)) + ", " + bare(f.value(e.Condition)) + ")"
	case ir.ExprUnary:
		return f.unary(e, t)
	case ir.ExprBinary:
		if isFloat(f.typeOf(e.Left)) || isFloat(f.typeOf(e.Right)) {
			return f.floatBinary(h, e, false)
		}
		return f.intBinary(e, t)
	case ir.ExprAs:
		return f.convert(h, e, t)
	case ir.ExprRelational:
		return f.relational(e)
	case ir.ExprMath:
		return f.math(e, t)
	case ir.ExprArrayLength:
		return "arrayLength(" + f.address(e.Array) + ")"
	}
	panic(errorAt(0, 0, "%s has no form of an expression (%T)", Reproducible1, f.fn.Expressions[h].Kind))
}

func (f *body) member(t ir.TypeInner, index uint32) string {
	switch t := t.(type) {
	case ir.StructType:
		return "." + t.Members[index].Name
	case ir.VectorType:
		return "." + string("xyzw"[index])
	}
	return fmt.Sprintf("[%d]", index)
}

// element indexes a value. Drivers index only variables so, so an array or a matrix is put into one.
func (f *body) element(e ir.ExprAccess) string {
	base := f.value(e.Base)
	n := uint32(0)
	switch t := f.typeOf(e.Base).(type) {
	case ir.VectorType:
		n = uint32(t.Size)
	case ir.MatrixType:
		n = uint32(t.Columns)
		base = f.variable(base)
	case ir.ArrayType:
		n = *t.Size.Constant
		base = f.variable(base)
	}
	text, _ := f.index(e.Index, fmt.Sprintf("%du", n-1), int64(n)-1)
	return base + "[" + text + "]"
}

func (f *body) variable(text string) string {
	name := fresh("table", f.taken)
	f.line("var %s = %s;", name, text)
	return name
}

// index writes an index that is at most last, and the condition that this needed no change; "" when it is known.
func (f *body) index(h ir.ExpressionHandle, last string, most int64) (text, inside string) {
	text = bare(f.value(h))
	i := f.interval(h)
	if s, ok := f.typeOf(h).(ir.ScalarType); ok && s.Kind == ir.ScalarSint {
		text = "u32(" + text + ")"
	}
	if most >= 0 && i.within(0, most) {
		return text, ""
	}
	inside = text
	if strings.ContainsAny(text, "&|^") {
		inside = "(" + text + ")" // they bind less than the comparison
	}
	return "min(" + text + ", " + last + ")", inside + " <= " + last
}

// isPlace reports whether an expression leads to memory. The types tell it only almost: naga leaves out the load of some
// pointers, as in "*p += 1", and gives the sum the type of the pointer.
func (f *body) isPlace(h ir.ExpressionHandle) bool {
	for range len(f.fn.Expressions) {
		switch e := f.fn.Expressions[h].Kind.(type) {
		case ir.ExprAccess:
			h = e.Base
		case ir.ExprAccessIndex:
			h = e.Base
		case ir.ExprGlobalVariable, ir.ExprLocalVariable:
			return true
		case ir.ExprFunctionArgument:
			return isPointer(f.mod.Types[f.fn.Arguments[e.Index].Type].Inner)
		default:
			return false
		}
	}
	return false
}

func spotOf(name string) spot { return spot{text: name, raw: name} }

// place writes the place that a pointer leads to.
func (f *body) place(h ir.ExpressionHandle) spot {
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprGlobalVariable:
		return spotOf(f.w.globals[e.Variable])
	case ir.ExprLocalVariable:
		return spotOf(f.locals[e.Variable])
	case ir.ExprFunctionArgument:
		return spotOf("(*" + f.args[e.Index] + ")")
	case ir.ExprAccessIndex:
		p := f.place(e.Base)
		t := f.target(e.Base)
		if a, ok := t.(ir.ArrayType); ok && a.Size.Constant == nil && e.Index > 0 {
			last := f.last(p)
			p.inside = append(p.inside, fmt.Sprintf("%du <= %s", e.Index, last))
			p.text += fmt.Sprintf("[min(%du, %s)]", e.Index, last)
			p.raw += fmt.Sprintf("[%du]", e.Index)
			return p
		}
		p.text += f.member(t, e.Index)
		p.raw += f.member(t, e.Index)
		return p
	case ir.ExprAccess:
		p := f.place(e.Base)
		last, most := "", int64(-1)
		switch t := f.target(e.Base).(type) {
		case ir.ArrayType:
			if t.Size.Constant == nil {
				last = f.last(p)
			} else {
				most = int64(*t.Size.Constant) - 1
			}
		case ir.VectorType:
			most = int64(t.Size) - 1
		case ir.MatrixType:
			most = int64(t.Columns) - 1
		}
		if last == "" {
			last = fmt.Sprintf("%du", most)
		}
		text, inside := f.index(e.Index, last, most)
		p.text += "[" + text + "]"
		if inside != "" {
			p.inside = append(p.inside, inside)
			text = strings.TrimSuffix(inside, " <= "+last)
		}
		p.raw += "[" + text + "]"
		return p
	}
	panic(errorAt(0, 0, "%s has no form of a pointer (%T)", Reproducible1, f.fn.Expressions[h].Kind))
}

// last is the last index of a runtime-sized array, computed once per function.
func (f *body) last(array spot) string {
	if name, ok := f.lengths[array.text]; ok {
		return name
	}
	name := fresh(strings.NewReplacer(".", "_").Replace(array.text)+"_last", f.taken)
	f.lengths[array.text] = name
	fmt.Fprintf(&f.prologue, "  let %s = arrayLength(&%s) - 1u;\n", name, array.text)
	return name
}

func (f *body) address(h ir.ExpressionHandle) string {
	if a, ok := f.fn.Expressions[h].Kind.(ir.ExprFunctionArgument); ok {
		return f.args[a.Index]
	}
	return "&" + f.place(h).text
}

// load reads a place; h is the expression whose value it is. Values from buffers become canonical unless they are only copied.
func (f *body) load(h, pointer ir.ExpressionHandle) string {
	text := f.place(pointer).text
	if _, atomic := f.target(pointer).(ir.AtomicType); atomic {
		return "atomicLoad(&" + text + ")"
	}
	if t := f.typeOf(h); f.isBuffer(pointer) && hasFloat(f.mod, t) && !f.copied(h) {
		fun := "r_in"
		if f.mod.GlobalVariables[f.root(pointer).(ir.ExprGlobalVariable).Variable].Access != ir.StorageRead && f.isStorage(pointer) {
			fun = "r_product" // a compiler knows what was just stored there
		}
		return f.w.apply(fun, text, t)
	}
	return text
}

// isStorage reports whether a pointer leads into a storage buffer.
func (f *body) isStorage(h ir.ExpressionHandle) bool {
	g, ok := f.root(h).(ir.ExprGlobalVariable)
	return ok && f.mod.GlobalVariables[g.Variable].Space == ir.SpaceStorage
}

// raw reports whether an expression brings f32 bits from outside, which may be anything.
func (f *body) raw(h ir.ExpressionHandle) bool {
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprLoad:
		return f.isBuffer(e.Pointer)
	case ir.ExprAs:
		t, ok := scalarOf(f.typeOf(e.Expr))
		return ok && e.Kind == ir.ScalarFloat && e.Convert == nil && t.Kind != ir.ScalarFloat
	}
	return f.isPlace(h) && f.isBuffer(h)
}

// copied reports whether the bits of an expression are only copied.
func (f *body) copied(h ir.ExpressionHandle) bool {
	u := f.uses[h]
	return f.raw(h) && u.count == u.copies
}

// sinks reports whether a sum or product is only stored to a buffer, where it needs no barrier.
func (f *body) sinks(h ir.ExpressionHandle) bool {
	e, ok := f.fn.Expressions[h].Kind.(ir.ExprBinary)
	if !ok || e.Op > ir.BinaryMultiply || !f.uses[h].inline || f.uses[h].stores != 1 || !isFloat(f.typeOf(h)) {
		return false
	}
	return !isMatrix(f.typeOf(e.Left)) && !isMatrix(f.typeOf(e.Right))
}

func (f *body) store(s ir.StmtStore) {
	t := f.target(s.Pointer)
	if _, atomic := t.(ir.AtomicType); atomic {
		text := bare(f.value(s.Value))
		p := f.place(s.Pointer)
		f.guarded(p, fmt.Sprintf("atomicStore(&%s, %s);", p.raw, text))
		return
	}
	text := ""
	switch {
	case !f.isBuffer(s.Pointer):
		text = f.solid(s.Value)
	case !hasFloat(f.mod, t) || f.copied(s.Value):
		text = f.value(s.Value)
	case f.sinks(s.Value):
		text = f.floatBinary(s.Value, f.fn.Expressions[s.Value].Kind.(ir.ExprBinary), true)
	case isFloat(t) && f.trait(s.Value).number:
		text = f.value(s.Value)
	default:
		text = f.w.apply("r_out", bare(f.value(s.Value)), t)
	}
	p := f.place(s.Pointer)
	f.guarded(p, p.raw+" = "+strip(text)+";")
}

func (f *body) unary(e ir.ExprUnary, t ir.TypeInner) string {
	x := f.value(e.Expr)
	switch {
	case e.Op == ir.UnaryLogicalNot:
		return "(!" + x + ")"
	case e.Op == ir.UnaryBitwiseNot:
		return "(~" + x + ")"
	case isMatrix(t):
		return f.columns("r_neg", t.(ir.MatrixType), "%[1]s", e.Expr)
	case isFloat(t):
		return f.fun("r_neg", t, x)
	}
	return "(-" + x + ")"
}

var intOperators = map[ir.BinaryOperator]string{
	ir.BinaryAdd: "+", ir.BinarySubtract: "-", ir.BinaryMultiply: "*", ir.BinaryDivide: "/", ir.BinaryModulo: "%",
	ir.BinaryEqual: "==", ir.BinaryNotEqual: "!=", ir.BinaryLess: "<", ir.BinaryLessEqual: "<=", ir.BinaryGreater: ">", ir.BinaryGreaterEqual: ">=",
	ir.BinaryAnd: "&", ir.BinaryExclusiveOr: "^", ir.BinaryInclusiveOr: "|", ir.BinaryLogicalAnd: "&", ir.BinaryLogicalOr: "|",
	ir.BinaryShiftLeft: "<<", ir.BinaryShiftRight: ">>",
}

// intBinary writes an operator on integers or bools.
func (f *body) intBinary(e ir.ExprBinary, t ir.TypeInner) string {
	of := f.typeOf(e.Left)
	if v, ok := f.typeOf(e.Right).(ir.VectorType); ok {
		if s, scalar := of.(ir.ScalarType); scalar {
			of = ir.VectorType{Size: v.Size, Scalar: s}
		}
	}
	a := f.wide(e.Left, of)
	s, _ := scalarOf(of)
	switch e.Op {
	case ir.BinaryDivide, ir.BinaryModulo:
		b := f.wide(e.Right, of)
		if c, ok := f.divisor(e.Right); ok && c != 0 && c != -1 {
			break
		}
		name := map[bool]string{true: "r_i", false: "r_u"}[s.Kind == ir.ScalarSint] + map[bool]string{true: "div", false: "mod"}[e.Op == ir.BinaryDivide]
		return f.fun(name, of, a, b)
	case ir.BinaryShiftLeft, ir.BinaryShiftRight:
		b := f.value(e.Right)
		if v, ok := of.(ir.VectorType); ok {
			b = f.wide(e.Right, ir.VectorType{Size: v.Size, Scalar: ir.ScalarType{Kind: ir.ScalarUint, Width: 4}})
		}
		if _, scalar := of.(ir.ScalarType); !scalar || !f.interval(e.Right).within(0, 31) {
			mask := "31u"
			if v, ok := of.(ir.VectorType); ok {
				mask = fmt.Sprintf("vec%d<u32>(31u)", v.Size)
			}
			b = "(" + b + " & " + mask + ")"
		}
		return "(" + a + " " + intOperators[e.Op] + " " + b + ")"
	}
	return "(" + a + " " + intOperators[e.Op] + " " + f.wide(e.Right, of) + ")"
}

// divisor finds a constant divisor, also one that stands for a vector.
func (f *body) divisor(h ir.ExpressionHandle) (int64, bool) {
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprSplat:
		return f.divisor(e.Value)
	case ir.ExprZeroValue:
		return 0, true
	}
	if c, ok := f.constant(h); ok {
		return c, true
	}
	if _, scalar := f.typeOf(h).(ir.ScalarType); scalar {
		if i := f.interval(h); i.low > 0 {
			return i.low, true
		}
	}
	return 0, false
}

func (f *body) convert(h ir.ExpressionHandle, e ir.ExprAs, t ir.TypeInner) string {
	x := bare(f.value(e.Expr))
	of := f.typeOf(e.Expr)
	from, ok := scalarOf(of)
	if !ok {
		panic(errorAt(0, 0, "%s has no form of a conversion of %s", Reproducible1, typeName(f.mod, of)))
	}
	switch float := from.Kind == ir.ScalarFloat; {
	case from.Kind == e.Kind:
		return f.value(e.Expr)
	case e.Convert == nil && e.Kind == ir.ScalarFloat:
		text := "bitcast<" + innerText(t) + ">(" + x + ")"
		if f.copied(h) {
			return text
		}
		return f.fun("r_product", t, text)
	case e.Convert == nil && float:
		if !f.copied(e.Expr) && !f.trait(e.Expr).number {
			x = f.fun("r_out", of, x)
		}
		if text := f.hiddenBits(x, of); e.Kind == ir.ScalarSint {
			return "bitcast<" + innerText(t) + ">(" + strip(text) + ")"
		} else {
			return text
		}
	case e.Convert == nil:
		return "bitcast<" + innerText(t) + ">(" + x + ")"
	case float && e.Kind == ir.ScalarBool:
		return "(" + f.hiddenBits(x, of) + " != " + innerText(unsigned(of)) + "(0u))"
	case float && e.Kind == ir.ScalarSint:
		return f.fun("r_toI32", of, x)
	case float:
		return f.fun("r_toU32", of, x)
	case e.Kind != ir.ScalarFloat || from.Kind == ir.ScalarBool:
		return innerText(t) + "(" + x + ")"
	}
	if f.convertsPlainly(e) {
		return "f32(" + x + ")"
	}
	if from.Kind == ir.ScalarSint {
		return f.fun("r_fromI32", of, x)
	}
	return f.fun("r_fromU32", of, x)
}

// unsigned is u32, or its vector of a type's size.
func unsigned(t ir.TypeInner) ir.TypeInner {
	s := ir.ScalarType{Kind: ir.ScalarUint, Width: 4}
	if v, ok := t.(ir.VectorType); ok {
		return ir.VectorType{Size: v.Size, Scalar: s}
	}
	return s
}

// hiddenBits writes the bits of f32 so that what is found out about them says nothing about the f32.
func (f *body) hiddenBits(x string, t ir.TypeInner) string {
	zeros := "r_y"
	if _, vector := t.(ir.VectorType); vector {
		zeros = innerText(unsigned(t)) + "(r_y)"
	}
	return "(bitcast<" + innerText(unsigned(t)) + ">(" + x + ") ^ " + zeros + ")"
}

// convertsPlainly reports whether the conversion of an integer has no rounding.
func (f *body) convertsPlainly(e ir.ExprAs) bool {
	_, scalar := f.typeOf(e.Expr).(ir.ScalarType)
	return scalar && f.interval(e.Expr).within(-1<<24, 1<<24)
}

func (f *body) relational(e ir.ExprRelational) string {
	x := bare(f.value(e.Argument))
	switch e.Fun {
	case ir.RelationalAll:
		return "all(" + x + ")"
	case ir.RelationalAny:
		return "any(" + x + ")"
	case ir.RelationalIsNan:
		return f.fun("r_isnan", f.typeOf(e.Argument), x)
	}
	panic(errorAt(0, 0, "%s has no form of isInf", Reproducible1))
}
