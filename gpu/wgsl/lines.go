package wgsl

import (
	"slices"
	"strings"

	"github.com/gogpu/naga/ir"
)

// lines finds the source lines of operators and calls of one function. naga's IR keeps no positions, but it keeps the
// order: the n-th "*" of the IR is the n-th in the text, once the update of a for statement is read after its body. The
// answer can be off by a line where an expression spans several or a constant one was folded; it is for people only.
type lines struct {
	declared    int
	operators   map[string][]int
	calls       map[string][]int
	conversions []int
	atomics     []int
}

var conversions = map[string]bool{"f32": true, "i32": true, "u32": true, "vec2f": true, "vec3f": true, "vec4f": true, "vec2i": true, "vec3i": true, "vec4i": true, "vec2u": true, "vec3u": true, "vec4u": true, "vec2": true, "vec3": true, "vec4": true}

func (o *outline) linesOf(fn *ir.Function) *lines {
	l := &lines{operators: map[string][]int{}, calls: map[string][]int{}}
	d := o.names[fn.Name]
	if d == nil || d.kind != "fn" {
		return l
	}
	l.declared = d.name.line
	o.inOrder(d.body, d.end, func(i int) {
		t, before, next := o.toks[i], o.toks[max(i, 1)-1], token{}
		if i+1 < d.end {
			next = o.toks[i+1]
		}
		infix := before.kind == tokNumber || before.is(")") || before.is("]") || before.kind == tokIdent && before.text != "return"
		switch {
		case t.kind == tokPunct && next.kind == tokNumber && (before.kind == tokNumber || t.is("-") && !infix):
			// folded: there is no operator in the IR
		case t.is("-") && !infix:
			l.operators["negate"] = append(l.operators["negate"], t.line)
		case t.is("*") && !infix: // dereference
		case t.kind == tokPunct && (t.text == "++" || t.text == "--" || len(t.text) >= 2 && strings.HasSuffix(t.text, "=") && strings.IndexByte("+-*/%", t.text[0]) >= 0):
			l.operators[t.text[:1]] = append(l.operators[t.text[:1]], t.line)
		case t.kind == tokPunct:
			l.operators[t.text] = append(l.operators[t.text], t.line)
		case t.kind == tokIdent && (next.is("(") || next.kind == tokTemplate):
			l.calls[t.text] = append(l.calls[t.text], t.line)
			if conversions[t.text] {
				l.conversions = append(l.conversions, t.line)
			}
			if strings.HasPrefix(t.text, "atomic") && t.text != "atomicStore" && t.text != "atomicLoad" && next.is("(") {
				l.atomics = append(l.atomics, t.line)
			}
		}
	})
	return l
}

// inOrder visits tokens [i, end), the third part of each for header after the loop's body.
func (o *outline) inOrder(i, end int, visit func(int)) {
	for i < end {
		if t := o.toks[i]; t.kind != tokIdent || t.text != "for" || i+1 >= end || !o.toks[i+1].is("(") {
			visit(i)
			i++
			continue
		}
		headEnd := o.closing(i + 1)
		update, semis := headEnd, 0
		for k := i + 2; k < headEnd; k++ {
			if o.toks[k].is(";") {
				if semis++; semis == 2 {
					update = k
				}
			}
		}
		bodyEnd := headEnd + 1
		if bodyEnd < end && o.toks[bodyEnd].is("{") {
			bodyEnd = o.closing(bodyEnd) + 1
		}
		for k := i; k < update; k++ {
			visit(k)
		}
		o.inOrder(headEnd+1, min(bodyEnd, end), visit)
		for k := update; k <= headEnd; k++ {
			visit(k)
		}
		i = bodyEnd
	}
}

// take returns the first of a list and drops it unless it is the last.
func take(list *[]int, otherwise int) int {
	l := *list
	if len(l) == 0 {
		return otherwise
	}
	if len(l) > 1 {
		*list = l[1:]
	}
	return l[0]
}

func (l *lines) operator(text string) int {
	list := l.operators[text]
	n := take(&list, l.declared)
	l.operators[text] = list
	return n
}

func (l *lines) call(name string) int {
	list := l.calls[name]
	n := take(&list, l.declared)
	l.calls[name] = list
	return n
}

func (l *lines) conversion() int { return take(&l.conversions, l.declared) }
func (l *lines) atomic() int     { return take(&l.atomics, l.declared) }
func (l *lines) function() int   { return l.declared }

var mathNames = [...]string{
	ir.MathAbs: "abs", ir.MathMin: "min", ir.MathMax: "max", ir.MathClamp: "clamp", ir.MathSaturate: "saturate",
	ir.MathCos: "cos", ir.MathCosh: "cosh", ir.MathSin: "sin", ir.MathSinh: "sinh", ir.MathTan: "tan", ir.MathTanh: "tanh",
	ir.MathAcos: "acos", ir.MathAsin: "asin", ir.MathAtan: "atan", ir.MathAtan2: "atan2", ir.MathAsinh: "asinh", ir.MathAcosh: "acosh", ir.MathAtanh: "atanh",
	ir.MathRadians: "radians", ir.MathDegrees: "degrees",
	ir.MathCeil: "ceil", ir.MathFloor: "floor", ir.MathRound: "round", ir.MathFract: "fract", ir.MathTrunc: "trunc", ir.MathModf: "modf", ir.MathFrexp: "frexp", ir.MathLdexp: "ldexp",
	ir.MathExp: "exp", ir.MathExp2: "exp2", ir.MathLog: "log", ir.MathLog2: "log2", ir.MathPow: "pow",
	ir.MathDot: "dot", ir.MathDot4I8Packed: "dot4I8Packed", ir.MathDot4U8Packed: "dot4U8Packed", ir.MathOuter: "outer", ir.MathCross: "cross", ir.MathDistance: "distance", ir.MathLength: "length", ir.MathNormalize: "normalize", ir.MathFaceForward: "faceForward", ir.MathReflect: "reflect", ir.MathRefract: "refract",
	ir.MathSign: "sign", ir.MathFma: "fma", ir.MathMix: "mix", ir.MathStep: "step", ir.MathSmoothStep: "smoothstep", ir.MathSqrt: "sqrt", ir.MathInverseSqrt: "inverseSqrt", ir.MathInverse: "inverse", ir.MathTranspose: "transpose", ir.MathDeterminant: "determinant", ir.MathQuantizeF16: "quantizeToF16",
	ir.MathCountTrailingZeros: "countTrailingZeros", ir.MathCountLeadingZeros: "countLeadingZeros", ir.MathCountOneBits: "countOneBits", ir.MathReverseBits: "reverseBits", ir.MathExtractBits: "extractBits", ir.MathInsertBits: "insertBits", ir.MathFirstTrailingBit: "firstTrailingBit", ir.MathFirstLeadingBit: "firstLeadingBit",
	ir.MathPack4x8snorm: "pack4x8snorm", ir.MathPack4x8unorm: "pack4x8unorm", ir.MathPack2x16snorm: "pack2x16snorm", ir.MathPack2x16unorm: "pack2x16unorm", ir.MathPack2x16float: "pack2x16float",
	ir.MathPack4xI8: "pack4xI8", ir.MathPack4xU8: "pack4xU8", ir.MathPack4xI8Clamp: "pack4xI8Clamp", ir.MathPack4xU8Clamp: "pack4xU8Clamp",
	ir.MathUnpack4x8snorm: "unpack4x8snorm", ir.MathUnpack4x8unorm: "unpack4x8unorm", ir.MathUnpack2x16snorm: "unpack2x16snorm", ir.MathUnpack2x16unorm: "unpack2x16unorm", ir.MathUnpack2x16float: "unpack2x16float", ir.MathUnpack4xI8: "unpack4xI8", ir.MathUnpack4xU8: "unpack4xU8",
}

// reserved reports whether naga takes a call of that name for one of its built-in functions even when the source declares a
// function so, which WGSL allows.
func reserved(name string) bool {
	return slices.Contains(mathNames[:], name) || slices.Contains([]string{
		"select", "all", "any", "arrayLength", "bitcast", "workgroupBarrier", "storageBarrier", "workgroupUniformLoad", "isNan", "isInf",
		"atomicAdd", "atomicSub", "atomicAnd", "atomicOr", "atomicXor", "atomicMin", "atomicMax", "atomicExchange", "atomicCompareExchangeWeak", "atomicLoad", "atomicStore",
	}, name)
}

// MathName names a built-in function as WGSL does.
func MathName(f ir.MathFunction) string {
	if int(f) < len(mathNames) {
		return mathNames[f]
	}
	return "?"
}

// storeLines finds the source lines of stores to module variables, atomic operations and barriers of a function: the n-th of
// the IR is the n-th of the text. The function's own line is at nil.
func (o *outline) storeLines(mod *ir.Module, fn *ir.Function) map[*ir.Statement]int {
	lines := map[*ir.Statement]int{}
	d := o.names[fn.Name]
	if d == nil || d.kind != "fn" {
		return lines
	}
	lines[nil] = d.name.line
	stores, start := map[string][]int{}, true
	var atomics, barriers []int
	o.inOrder(d.body, d.end, func(i int) {
		t := o.toks[i]
		switch {
		case t.kind == tokIdent && start && o.names[t.text] != nil && o.names[t.text].kind == "var":
			stores[t.text] = append(stores[t.text], t.line)
		case t.kind == tokIdent && t.text == "atomicStore":
			stores[t.text] = append(stores[t.text], t.line)
		case t.kind == tokIdent && strings.HasPrefix(t.text, "atomic") && t.text != "atomicLoad" && i+1 < d.end && o.toks[i+1].is("("):
			atomics = append(atomics, t.line)
		case t.kind == tokIdent && (t.text == "workgroupBarrier" || t.text == "storageBarrier" || t.text == "workgroupUniformLoad"):
			barriers = append(barriers, t.line)
		}
		start = t.is(";") || t.is("{") || t.is("}")
	})
	r := reader{mod, fn}
	eachStatement(fn.Body, func(s *ir.Statement) {
		switch k := s.Kind.(type) {
		case ir.StmtStore:
			if g, ok := r.root(k.Pointer).(ir.ExprGlobalVariable); ok {
				name := r.mod.GlobalVariables[g.Variable].Name
				if _, atomic := r.target(k.Pointer).(ir.AtomicType); atomic {
					name = "atomicStore"
				}
				list := stores[name]
				lines[s] = take(&list, d.name.line)
				stores[name] = list
			}
		case ir.StmtAtomic:
			lines[s] = take(&atomics, d.name.line)
		case ir.StmtBarrier, ir.StmtWorkGroupUniformLoad:
			lines[s] = take(&barriers, d.name.line)
		}
	})
	return lines
}
