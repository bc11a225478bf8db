package wgsl

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// kind is the kind of a type, as constant expressions need it.
type kind uint8

const (
	kUnknown kind = iota
	kInt          // abstract
	kFloat        // abstract
	kI32
	kU32
	kF32
	kBool
	kVector
	kMatrix
	kArray
	kStruct
	kPointer
	kAtomic
	kNothing // of functions without a result
)

var kindNames = map[kind]string{kInt: "abstract integer", kFloat: "abstract float", kI32: "i32", kU32: "u32", kF32: "f32", kBool: "bool"}

// typ is a type.
type typ struct {
	kind    kind
	n, rows int // vector: components; matrix: columns and rows; array: elements, 0 when it is runtime-sized, -1 when not known
	of      *typ
	name    string // struct
	names   []string
	members []*typ
}

var unknown, intType, floatType, i32Type, u32Type, f32Type, boolType = &typ{}, &typ{kind: kInt}, &typ{kind: kFloat}, &typ{kind: kI32}, &typ{kind: kU32}, &typ{kind: kF32}, &typ{kind: kBool}

var nothing = &typ{kind: kNothing}

var scalarTypes = map[string]*typ{"i32": i32Type, "u32": u32Type, "f32": f32Type, "bool": boolType}

func vectorOf(n int, of *typ) *typ { return &typ{kind: kVector, n: n, of: of} }

func (t *typ) scalar() bool   { return t.kind >= kInt && t.kind <= kBool }
func (t *typ) abstract() bool { return t.kind == kInt || t.kind == kFloat }
func (t *typ) integer() bool  { return t.kind == kInt || t.kind == kI32 || t.kind == kU32 }
func (t *typ) float() bool    { return t.kind == kFloat || t.kind == kF32 }

// scalarType is that of a scalar, a vector's components or a matrix; unknown otherwise.
func (t *typ) scalarType() *typ {
	switch {
	case t.scalar():
		return t
	case t.kind == kVector || t.kind == kMatrix:
		return t.of
	}
	return unknown
}

// with is the type with another scalar.
func (t *typ) with(s *typ) *typ {
	if t.kind == kVector || t.kind == kMatrix {
		return &typ{kind: t.kind, n: t.n, rows: t.rows, of: s}
	}
	return s
}

// led is what a pointer leads to, and other types themselves.
func (t *typ) led() *typ {
	if t.kind == kPointer {
		return t.of
	}
	return t
}

// same reports whether two types are one, as far as they are known.
func (t *typ) same(u *typ) bool {
	switch {
	case t == u || t.kind == kUnknown || u.kind == kUnknown:
		return true
	case t.kind != u.kind || t.rows != u.rows || t.n != u.n && t.n >= 0 && u.n >= 0:
		return false
	case t.of != nil && u.of != nil:
		return t.of.same(u.of)
	}
	return t.kind != kStruct
}

// constructible reports whether a variable of a function can hold the type.
func (t *typ) constructible() bool {
	switch t.kind {
	case kPointer, kAtomic, kNothing:
		return false
	case kArray:
		return t.n != 0 && t.of.constructible()
	case kStruct:
		return !slices.ContainsFunc(t.members, func(m *typ) bool { return !m.constructible() })
	}
	return true
}

// String is the type as WGSL has it.
func (t *typ) String() string {
	switch t.kind {
	case kVector:
		return fmt.Sprintf("vec%d<%v>", t.n, t.of)
	case kMatrix:
		return fmt.Sprintf("mat%dx%d<%v>", t.n, t.rows, t.of)
	case kArray:
		if t.n > 0 {
			return fmt.Sprintf("array<%v, %d>", t.of, t.n)
		}
		return fmt.Sprintf("array<%v>", t.of)
	case kPointer:
		return fmt.Sprintf("a pointer to %v", t.of)
	case kAtomic:
		return fmt.Sprintf("atomic<%v>", t.of)
	case kStruct:
		return t.name
	case kUnknown:
		return "an unknown type"
	case kNothing:
		return "nothing"
	}
	return kindNames[t.kind]
}

// element is the type of what an index gives.
func (t *typ) element() *typ {
	switch t.kind {
	case kVector, kArray:
		return t.of
	case kMatrix:
		return vectorOf(t.rows, t.of)
	}
	return unknown
}

// constantValue is the value of an expression, as far as it is a constant one, and its type.
type constantValue struct {
	t     *typ
	known bool
	i     int64           // integers; 1 is true
	f     float64         // floats
	parts []constantValue // of vectors, matrices, arrays and structs

	from, to int    // its tokens
	rewrite  bool   // drivers need the value itself; see folder.edits
	runtime  bool   // it is no constant expression
	place    bool   // of a variable, so that it has an address
	operator string // that stands in it without brackets around it
}

func of(t *typ) constantValue { return constantValue{t: t} }

func boolValue(b bool) constantValue {
	v := constantValue{t: boolType, known: true}
	if b {
		v.i = 1
	}
	return v
}

func intValue(t *typ, i int64) constantValue { return constantValue{t: t, known: true, i: i} }

func (v constantValue) number() float64 {
	if v.t.float() {
		return v.f
	}
	return float64(v.i)
}

func (v constantValue) String() string {
	if v.t.float() {
		return fmt.Sprintf("%g", v.f)
	}
	return fmt.Sprint(v.i)
}

// text writes a known scalar or vector in WGSL.
func (v constantValue) text() (string, bool) {
	switch v.t.kind {
	case kBool:
		return fmt.Sprint(v.i != 0), v.known
	case kU32:
		return fmt.Sprintf("%du", v.i), v.known
	case kI32:
		if v.i == math.MinInt32 {
			return "(-2147483647i - 1i)", v.known
		}
		return i32Text(v.i), v.known
	case kInt:
		if v.i < 0 {
			return fmt.Sprintf("(%d)", v.i), v.known
		}
		return fmt.Sprint(v.i), v.known
	case kF32:
		if v.f < 0 {
			return "(" + floatLiteral(float32(v.f)) + ")", v.known
		}
		return floatLiteral(float32(v.f)), v.known
	case kFloat:
		s := fmt.Sprintf("%.17g", v.f)
		if !strings.ContainsAny(s, ".e") {
			s += ".0"
		}
		if v.f < 0 {
			s = "(" + s + ")"
		}
		return s, v.known
	case kVector:
		name := fmt.Sprintf("vec%d", v.t.n)
		if !v.t.of.abstract() {
			name += "<" + kindNames[v.t.of.kind] + ">"
		}
		parts := make([]string, len(v.parts))
		for i, p := range v.parts {
			parts[i], _ = p.text()
		}
		return name + "(" + strings.Join(parts, ", ") + ")", v.known
	}
	return "", false
}

// rounded makes a float of the type of a result; ok says whether it has one.
func rounded(t *typ, x float64) (constantValue, bool) {
	if t.kind == kF32 {
		x = float64(float32(x))
	}
	return constantValue{t: t, known: true, f: x}, !math.IsInf(x, 0) && !math.IsNaN(x)
}

// scalarTo converts a known scalar to another scalar type, as WGSL does of itself where a literal meets a type.
func scalarTo(v constantValue, t *typ) (constantValue, bool) {
	switch {
	case v.t.kind == t.kind:
		return v, true
	case t.float() && v.t.abstract():
		return rounded(t, v.number())
	case v.t.kind == kInt && t.kind == kI32:
		return intValue(t, v.i), v.i >= math.MinInt32 && v.i <= math.MaxInt32
	case v.t.kind == kInt && t.kind == kU32:
		return intValue(t, v.i), v.i >= 0 && v.i <= math.MaxUint32
	}
	return of(t), true // not a conversion that happens of itself
}

// cast is a conversion that the text asks for, such as i32(x).
func cast(v constantValue, t *typ) (constantValue, bool) {
	switch from := v.t; {
	case from.kind == kInt && t.kind != kBool:
		return scalarTo(v, t)
	case t.kind == kBool:
		return boolValue(v.number() != 0), true
	case from.float() && t.integer():
		x := math.Trunc(v.f)
		if low, high := limits(t); x >= float64(low) && x <= float64(high) {
			return intValue(t, int64(x)), true
		} else if x < float64(low) {
			return intValue(t, low), true
		}
		return of(t), true // the highest that there is, of i32 or of f32
	case t.kind == kF32:
		return rounded(t, v.number())
	case t.kind == kI32:
		return intValue(t, int64(int32(v.i))), true
	case t.kind == kU32:
		return intValue(t, int64(uint32(v.i))), true
	}
	return of(t), true
}

func limits(t *typ) (low, high int64) {
	switch t.kind {
	case kI32:
		return math.MinInt32, math.MaxInt32
	case kU32:
		return 0, math.MaxUint32
	}
	return math.MinInt64, math.MaxInt64
}

// arithmeticOn computes an operator on two scalars of the type t; fault is the end of a sentence when there is no result.
func arithmeticOn(op string, t *typ, a, b constantValue) (v constantValue, fault string) {
	switch {
	case t.kind == kBool:
		switch op {
		case "&", "&&":
			return boolValue(a.i&b.i != 0), ""
		case "|", "||":
			return boolValue(a.i|b.i != 0), ""
		}
	case t.float():
		var x float64
		switch op {
		case "+":
			x = a.f + b.f
		case "-":
			x = a.f - b.f
		case "*":
			x = a.f * b.f
		case "/":
			if b.f == 0 {
				return v, "is a division by 0"
			}
			x = a.f / b.f
		case "%":
			if b.f == 0 {
				return v, "is a division by 0"
			}
			whole, _ := rounded(t, a.f/b.f)
			product, _ := rounded(t, b.f*math.Trunc(whole.f))
			x = a.f - product.f
		default:
			return of(t), ""
		}
		v, ok := rounded(t, x)
		if !ok {
			return v, "is too large for the type " + kindNames[t.kind]
		}
		return v, ""
	case t.integer():
		x, ok := a.i, true
		switch op {
		case "+":
			x += b.i
			ok = (x > a.i) == (b.i > 0)
		case "-":
			x -= b.i
			ok = (x < a.i) == (b.i > 0)
		case "*":
			x *= b.i
			ok = a.i == 0 || x/a.i == b.i && !(a.i == -1 && b.i == math.MinInt64)
		case "/", "%":
			low, _ := limits(t)
			if b.i == 0 {
				return v, "is a division by 0"
			}
			if a.i == low && b.i == -1 && low < 0 {
				return v, "is too large for the type " + kindNames[t.kind]
			}
			if x = a.i / b.i; op == "%" {
				x = a.i % b.i
			}
		case "&":
			x &= b.i
		case "|":
			x |= b.i
		case "^":
			x ^= b.i
		default:
			return of(t), ""
		}
		if t.kind == kInt && !ok {
			return v, "is too large for the type " + kindNames[t.kind]
		}
		return intValue(t, wrapped(t, x)), ""
	}
	return of(t), ""
}

// wrapped is a whole number modulo 2^32, for the types that have 32 bits.
func wrapped(t *typ, x int64) int64 {
	switch t.kind {
	case kI32:
		return int64(int32(x))
	case kU32:
		return int64(uint32(x))
	}
	return x
}

// shifted computes a shift of a known value.
func shifted(op string, a constantValue, n int64) (v constantValue, fault string) {
	bits := int64(32)
	if a.t.kind == kInt {
		bits = 64
	}
	if a.t.kind == kInt && (op == ">>" || a.i == 0) {
		n = min(n, 63)
	}
	if n >= bits {
		return v, fmt.Sprintf("is a shift by %d bits of a value that has %d", n, bits)
	}
	if op == ">>" {
		return intValue(a.t, a.i>>n), ""
	}
	x := wrapped(a.t, a.i<<n)
	if x>>n != a.i {
		return v, "loses bits of a constant of the type " + kindNames[a.t.kind]
	}
	return intValue(a.t, x), ""
}

// comparedBy compares two scalars of one type.
func comparedBy(op string, a, b constantValue) bool {
	less, equal := a.i < b.i, a.i == b.i
	if a.t.float() {
		less, equal = a.f < b.f, a.f == b.f
	}
	switch op {
	case "==":
		return equal
	case "!=":
		return !equal
	case "<":
		return less
	case "<=":
		return less || equal
	case ">":
		return !less && !equal
	}
	return !less
}
