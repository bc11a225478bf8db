package wgsl

import (
	"math"
	"math/bits"
	"strings"
)

// call reads a call of a function, a built-in one or a type's.
func (f *folder) call(t token) constantValue {
	d := f.o.names[t.text]
	if d != nil && d.kind == "fn" {
		f.i++
		args := f.args()
		_, types, result := f.signature(d)
		for i := range min(len(args), len(types)) {
			f.convert(args[i], types[i])
		}
		if result == nil {
			result = nothing
		}
		return constantValue{t: result, runtime: true}
	}
	var v constantValue
	var args []constantValue
	_, n, _ := shapeOf(t.text)
	switch {
	case t.text == "bitcast" && f.o.toks[f.i+1].kind == tokTemplate:
		f.i++
		at, end := f.template()
		f.i = at[0]
		to := f.typeOf()
		f.i = end
		args = f.args()
		v = f.bitcast(t, to, args)
	case n > 0 || scalarTypes[t.text] != nil || t.text == "array" || d != nil:
		to := f.typeOf()
		explicit := f.o.toks[f.i-1].kind == tokTemplate
		args = f.args()
		if v = f.made(t, to, args, t.text == "array" && !explicit); !v.t.constructible() {
			f.fail(t, "a value of type %v cannot be made", v.t)
		}
	default:
		f.i++
		args = f.args()
		v = f.builtin(t, args)
	}
	for _, a := range args {
		v.runtime, v.rewrite = v.runtime || a.runtime, v.rewrite || a.rewrite || a.t.abstract() && a.to-a.from > 1
	}
	v.rewrite = v.rewrite || v.t.abstract()
	return v
}

func (f *folder) args() (args []constantValue) {
	f.want("(")
	for !f.take(")") {
		args = append(args, f.expr(0))
		f.take(",")
	}
	return args
}

// made is a value of a type, made of others.
func (f *folder) made(at token, t *typ, args []constantValue, inferred bool) constantValue {
	if len(args) == 0 && (t.kind != kUnknown || t.n > 0) {
		if t.kind == kUnknown {
			t = (&typ{kind: kVector, n: t.n, rows: t.rows}).with(intType)
		}
		return f.zero(t)
	}
	switch {
	case t.scalar() && len(args) == 1:
		if !args[0].t.scalar() && args[0].t.kind != kUnknown {
			f.fail(at, "%v cannot be made from %v", t, args[0].t)
		}
		if !args[0].known || !args[0].t.scalar() {
			return of(t)
		}
		v, ok := cast(args[0], t)
		if !ok {
			f.fail(f.o.toks[args[0].from], "the constant %v is not a value of type %s", args[0], kindNames[t.kind])
		}
		return v
	case inferred:
		parts, s := f.together(args...)
		if s == nil {
			return of(&typ{kind: kArray, n: len(args), of: args[0].t})
		}
		return collected(&typ{kind: kArray, n: len(args), of: parts[0].t}, parts)
	case t.kind == kArray && len(args) == t.n || t.kind == kStruct && len(args) == len(t.members):
		parts := make([]constantValue, len(args))
		for i, a := range args {
			to := t.of
			if t.kind == kStruct {
				to = t.members[i]
			}
			parts[i] = f.convert(a, to)
		}
		return collected(t, parts)
	case t.kind == kVector || t.kind == kMatrix || t.n > 0:
		return f.shaped(at, t, args)
	}
	return of(t)
}

// collected is a value of parts that have their types. If one is not known until the program runs the whole is no constant expression, and nothing
// is asked of the others.
func collected(t *typ, parts []constantValue) constantValue {
	v := constantValue{t: t, known: true}
	for _, p := range parts {
		v.known, v.rewrite = v.known && p.known, v.rewrite || p.rewrite
		v.parts = append(v.parts, part(p))
	}
	if !v.known {
		v.parts = forgotten(v.parts)
	}
	return v
}

// forgotten are values of which only the types are known.
func forgotten(parts []constantValue) []constantValue {
	out := make([]constantValue, len(parts))
	for i, p := range parts {
		out[i] = of(p.t)
		if len(p.parts) > 0 {
			out[i].parts = forgotten(p.parts)
		}
	}
	return out
}

// shaped makes a vector or a matrix.
func (f *folder) shaped(at token, t *typ, args []constantValue) constantValue {
	if t.of == nil {
		parts, s := f.together(args...)
		if s == nil {
			s = args[0].t.scalarType()
		}
		args = parts
		full := &typ{kind: kVector, n: t.n, of: s}
		if t.rows > 0 {
			full = &typ{kind: kMatrix, n: t.n, rows: t.rows, of: s}
			if s.kind == kInt {
				full.of = floatType
			}
		}
		t = full
	} else if len(args) > 1 || args[0].t.scalar() {
		for i, a := range args {
			args[i] = f.convert(a, a.t.with(t.of))
		}
	}
	n := 0
	for _, a := range args {
		switch {
		case a.t.scalar():
			n++
		case a.t.kind == kVector && (t.rows == 0 || a.t.n == t.rows):
			n += a.t.n
		case a.t.kind == kMatrix && len(args) == 1 && a.t.n == t.n && a.t.rows == t.rows:
			n = t.n * t.rows
		default:
			n = -1 << 30
		}
		if a.t.kind == kUnknown {
			return of(t)
		}
	}
	if n != t.n*max(t.rows, 1) && !(n == 1 && t.kind == kVector) {
		f.fail(at, "%v cannot be made from these %d values", t, len(args))
		return of(t)
	}
	var flat []constantValue
	rewrite := false
	for _, a := range args {
		rewrite = rewrite || a.rewrite
		switch {
		case a.t.scalar():
			flat = append(flat, part(a))
		case len(a.parts) > 0:
			for _, p := range a.parts {
				flat = append(flat, leavesOf(p)...)
			}
		default:
			return of(t)
		}
	}
	for i, p := range flat {
		if p.t.kind == t.of.kind {
			continue
		}
		flat[i] = of(t.of)
		if p.known {
			flat[i], _ = cast(p, t.of)
		}
	}
	if t.kind == kVector {
		if len(flat) == 1 {
			for len(flat) < t.n {
				flat = append(flat, flat[0])
			}
		}
		if len(flat) != t.n {
			return of(t)
		}
		v := collected(t, flat)
		v.rewrite = rewrite
		return v
	}
	if len(flat) != t.n*t.rows {
		return of(t)
	}
	v := constantValue{t: t, known: true}
	for c := range t.n {
		column := collected(t.element(), flat[c*t.rows:(c+1)*t.rows])
		v.known, v.parts = v.known && column.known, append(v.parts, column)
	}
	if !v.known {
		v.parts = forgotten(v.parts)
	}
	return v
}

// leavesOf are the scalars of a value.
func leavesOf(v constantValue) []constantValue {
	if v.t.kind != kVector {
		return []constantValue{v}
	}
	return v.parts
}

func (f *folder) bitcast(at token, to *typ, args []constantValue) constantValue {
	if len(args) != 1 {
		return of(to)
	}
	a := f.concrete(args[0])
	width := func(t *typ) int {
		if t.scalarType().kind == kBool {
			return 0
		}
		return max(t.n, 1)
	}
	if numeric := a.t.scalarType() != unknown && to.scalarType() != unknown; a.t.kind != kUnknown && (!numeric || width(a.t)*width(to) == 0 || width(a.t) != width(to)) {
		f.fail(at, "%v cannot be the bits of %v", to, a.t)
	}
	if !a.t.scalar() || !to.scalar() || !a.known {
		return of(to)
	}
	bits := uint32(a.i)
	if a.t.float() {
		bits = math.Float32bits(float32(a.f))
	}
	v := intValue(to, int64(bits))
	switch to.kind {
	case kI32:
		v.i = int64(int32(bits))
	case kF32:
		x, ok := rounded(to, float64(math.Float32frombits(bits)))
		if v = x; !ok {
			f.fail(at, "the bits %#x are not those of a number of type f32", bits)
			v.known = false
		}
	}
	v.rewrite = a.rewrite
	return v
}

// Built-in functions by what their arguments and results have to do with each other.
var (
	sameTypes = listed(`abs min max clamp sign floor ceil round trunc fract sqrt inverseSqrt exp exp2 log log2 pow sin cos tan asin acos atan sinh cosh tanh
asinh acosh atanh atan2 step smoothstep fma mix saturate degrees radians normalize reflect faceForward cross quantizeToF16`)
	floatsOnly = listed(`floor ceil round trunc fract sqrt inverseSqrt exp exp2 log log2 pow sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh atan2 step
smoothstep fma mix saturate degrees radians normalize reflect faceForward cross quantizeToF16 length distance`)
	bitFunctions = listed("countOneBits countLeadingZeros countTrailingZeros reverseBits firstLeadingBit firstTrailingBit")
	resultTypes  = map[string]*typ{
		"all": boolType, "any": boolType, "dot4I8Packed": i32Type, "dot4U8Packed": u32Type,
		"unpack4x8snorm": vectorOf(4, f32Type), "unpack4x8unorm": vectorOf(4, f32Type), "unpack2x16snorm": vectorOf(2, f32Type), "unpack2x16unorm": vectorOf(2, f32Type),
		"unpack2x16float": vectorOf(2, f32Type), "unpack4xI8": vectorOf(4, i32Type), "unpack4xU8": vectorOf(4, u32Type),
	}
)

// builtin is a call of a built-in function. What it gives is not computed where implementations differ.
func (f *folder) builtin(t token, args []constantValue) constantValue {
	name := t.text
	switch {
	case len(args) == 0 && strings.HasSuffix(name, "Barrier"):
		return of(nothing)
	case len(args) == 0:
		return of(unknown)
	case strings.HasPrefix(name, "pack"):
		return of(u32Type)
	case strings.HasPrefix(name, "atomic"):
		if args[0].t.kind == kUnknown {
			return of(unknown)
		}
		if args[0].t.kind != kPointer || args[0].t.of.kind != kAtomic {
			f.fail(t, "%s needs a pointer to an atomic, not %v", name, args[0].t)
			return of(unknown)
		}
		held := args[0].t.of.of
		for _, a := range args[1:] {
			f.convert(a, held)
		}
		if name == "atomicCompareExchangeWeak" {
			return of(&typ{kind: kStruct, name: "the result of " + name, names: []string{"old_value", "exchanged"}, members: []*typ{held, boolType}})
		}
		if name == "atomicStore" {
			return of(nothing)
		}
		return of(held)
	case name == "workgroupUniformLoad" || name == "arrayLength":
		if args[0].t.kind != kUnknown && (args[0].t.kind != kPointer || name == "arrayLength" && (args[0].t.of.kind != kArray || args[0].t.of.n != 0)) {
			f.fail(t, "%s cannot take %v", name, args[0].t)
		}
		if name == "arrayLength" {
			return of(u32Type)
		}
		if args[0].t.led().kind == kAtomic {
			return of(args[0].t.of.of)
		}
		return of(args[0].t.led())
	case (name == "any" || name == "all") && args[0].t.kind != kUnknown && args[0].t.scalarType().kind != kBool:
		f.fail(t, "%s needs bools, not %v", name, args[0].t)
	case name == "transpose" && args[0].t.kind == kMatrix:
		return of(&typ{kind: kMatrix, n: args[0].t.rows, rows: args[0].t.n, of: args[0].t.of})
	case name == "determinant":
		return of(args[0].t.scalarType())
	case name == "select" && len(args) == 3:
		both, s := f.together(args[:2]...)
		if c := args[2].t; s != nil && (!both[0].t.same(both[1].t) || c.kind != kUnknown && (c.scalarType().kind != kBool || c.kind == kVector && c.n != both[0].t.n)) {
			f.fail(t, "select cannot choose between %v and %v by %v", both[0].t, both[1].t, c)
		}
		if c := args[2]; s != nil && c.known && c.t.scalar() {
			v := both[c.i]
			v.rewrite = args[0].rewrite || args[1].rewrite || c.rewrite
			return v
		}
		return of(both[0].t)
	case (name == "extractBits" || name == "insertBits") && len(args) > 2:
		n := len(args)
		offset, count := f.convert(args[n-2], u32Type), f.convert(args[n-1], u32Type)
		if offset.known && count.known && offset.i+count.i > 32 {
			f.fail(t, "%s has the bits %d to %d of a value that has 32", name, offset.i, offset.i+count.i)
		}
		f.together(args[:n-2]...)
		return of(concreteType(args[0].t))
	case name == "ldexp" && len(args) == 2:
		f.each(f.convert(args[1], args[1].t.with(i32Type)), func(e constantValue) {
			if e.i > 128 {
				f.fail(t, "ldexp has the exponent %d; an f32 has at most 128", e.i)
			}
		})
		return of(f.concrete(args[0]).t)
	case resultTypes[name] != nil:
		if name == "unpack2x16float" {
			f.each(f.convert(args[0], u32Type), func(v constantValue) {
				if v.i&0x7c00 == 0x7c00 || v.i&0x7c000000 == 0x7c000000 {
					f.fail(t, "the bits %#x are not those of two numbers", v.i)
				}
			})
		}
		return of(resultTypes[name])
	case sameTypes[name] || bitFunctions[name] || name == "dot" || name == "length" || name == "distance":
		return f.uniform(t, args)
	}
	return of(unknown)
}

// each calls g for the scalars of a value that are known.
func (f *folder) each(v constantValue, g func(constantValue)) {
	for _, p := range leavesOf(v) {
		if p.known && p.t.scalar() {
			g(p)
		}
	}
}

// uniform is a built-in function whose arguments have one scalar type.
func (f *folder) uniform(t token, args []constantValue) constantValue {
	name := t.text
	args, s := f.together(args...)
	if s == nil {
		return of(unknown)
	}
	for i, a := range args {
		first := args[0].t
		switch {
		case a.t.kind != kVector && !a.t.scalar(), s.kind == kBool,
			!s.abstract() && !s.float() && floatsOnly[name], s.float() && bitFunctions[name],
			name == "cross" && a.t.n != 3, (name == "dot" || name == "normalize" || name == "reflect" || name == "faceForward") && a.t.kind != kVector:
			f.fail(t, "%s cannot take %v", name, a.t)
			return of(unknown)
		case !a.t.same(first) && !(name == "mix" && i == 2 && a.t.scalar()):
			f.fail(t, "%s cannot combine %v and %v", name, first, a.t)
			return of(unknown)
		}
	}
	if s.kind == kInt && floatsOnly[name] {
		for i, a := range args {
			args[i] = f.convert(a, a.t.with(floatType))
		}
		s = floatType
	}
	result := args[0].t
	switch name {
	case "dot", "length", "distance":
		return of(s)
	case "clamp":
		f.pairs(args, 1, 2, func(low, high constantValue) {
			if comparedBy(">", low, high) {
				f.fail(t, "clamp has the low end %v above the high end %v", low, high)
			}
		})
	case "smoothstep":
		f.pairs(args, 0, 1, func(low, high constantValue) {
			if low.f == high.f {
				f.fail(t, "smoothstep has the same number, %v, as both ends", low)
			}
		})
	case "normalize":
		if a := args[0]; a.known && a.t.kind == kVector {
			sum := 0.0
			for _, p := range a.parts {
				sum += p.f * p.f
			}
			if sum == 0 {
				f.fail(t, "normalize has a vector without a length")
			}
		}
		return of(result)
	}
	if bitFunctions[name] && s.kind == kInt {
		args[0] = f.concrete(args[0])
		result = args[0].t
	}
	if len(args) > 2 || result.kind == kMatrix {
		return of(result)
	}
	v := f.componentwise(result, args[0], args[len(args)-1], false, func(a, b constantValue) constantValue {
		if !a.known || !b.known {
			return of(result.scalarType())
		}
		v, ok := apply(name, a, b)
		if !ok {
			f.fail(t, "%s has no value of type %s for %v", name, kindNames[a.t.kind], a)
		}
		return v
	})
	for _, a := range args {
		v.rewrite = v.rewrite || a.rewrite
	}
	return v
}

// pairs calls g for the components of two arguments.
func (f *folder) pairs(args []constantValue, i, j int, g func(a, b constantValue)) {
	if j >= len(args) {
		return
	}
	a, b := leavesOf(args[i]), leavesOf(args[j])
	for k := range min(len(a), len(b)) {
		if a[k].known && b[k].known {
			g(a[k], b[k])
		}
	}
}

// functionsOf are built-in functions of one float, with the lowest and the highest argument that they have a value for. An end that
// is open is not one.
var functionsOf = map[string]struct {
	f         func(float64) float64
	low, high float64
	open      bool
}{
	"sqrt": {math.Sqrt, 0, math.Inf(1), false}, "inverseSqrt": {func(x float64) float64 { return 1 / math.Sqrt(x) }, 0, math.Inf(1), true},
	"log": {math.Log, 0, math.Inf(1), true}, "log2": {math.Log2, 0, math.Inf(1), true},
	"asin": {math.Asin, -1, 1, false}, "acos": {math.Acos, -1, 1, false}, "atanh": {math.Atanh, -1, 1, true}, "acosh": {math.Acosh, 1, math.Inf(1), false},
	"exp": {math.Exp, math.Inf(-1), math.Inf(1), false}, "exp2": {math.Exp2, math.Inf(-1), math.Inf(1), false},
	"sinh": {math.Sinh, math.Inf(-1), math.Inf(1), false}, "cosh": {math.Cosh, math.Inf(-1), math.Inf(1), false},
	"degrees": {func(x float64) float64 { return x * (180 / math.Pi) }, math.Inf(-1), math.Inf(1), false},
}

// apply computes a function of one or two known scalars of one type; of many only whether there is a value.
func apply(name string, a, b constantValue) (v constantValue, ok bool) {
	if g, isOne := functionsOf[name]; isOne {
		_, fits := rounded(a.t, g.f(a.f))
		return of(a.t), fits && a.f >= g.low && a.f <= g.high && !(g.open && (a.f == g.low || a.f == g.high))
	}
	exact := func(x float64) (constantValue, bool) { return constantValue{t: a.t, known: true, f: x}, true }
	switch name {
	case "pow":
		_, ok := rounded(a.t, math.Pow(a.f, b.f))
		return of(a.t), ok
	case "quantizeToF16":
		return of(a.t), math.Abs(a.f) <= 65504
	case "min", "max":
		if comparedBy("<", b, a) == (name == "min") {
			return b, true
		}
		return a, true
	case "abs":
		switch {
		case a.t.float():
			return exact(math.Abs(a.f))
		case a.i < 0:
			return intValue(a.t, wrapped(a.t, -a.i)), true
		}
		return a, true
	case "floor":
		return exact(math.Floor(a.f))
	case "ceil":
		return exact(math.Ceil(a.f))
	case "trunc":
		return exact(math.Trunc(a.f))
	case "round":
		return exact(math.RoundToEven(a.f))
	case "countOneBits":
		return intValue(a.t, int64(bits.OnesCount32(uint32(a.i)))), true
	case "countLeadingZeros":
		return intValue(a.t, int64(bits.LeadingZeros32(uint32(a.i)))), true
	case "countTrailingZeros":
		return intValue(a.t, int64(bits.TrailingZeros32(uint32(a.i)))), true
	case "reverseBits":
		return intValue(a.t, wrapped(a.t, int64(bits.Reverse32(uint32(a.i))))), true
	}
	return of(a.t), true
}
