package wgsl

import (
	"fmt"
	"strings"

	"github.com/gogpu/naga/ir"
)

// origin says what a value depends on, of the position of an invocation and otherwise. Bits 0 to 8 are local ids: by axis
// as they are, then divided, then as a remainder; bits 9 to 17 the same of workgroup ids.
type origin uint32

const (
	localIDs  origin = 7
	groupIDs  origin = 7 << 9
	positions origin = 1<<18 - 1

	varying origin = 1 << 18 // may differ between the invocations of a workgroup
	apart   origin = 1 << 19 // may differ between workgroups
	loaded  origin = 1 << 20 // comes from memory

	quotient  = 3  // shift from an id to its quotient
	remainder = 6  // and to its remainder
	scale     = 21 // and to the note that it was multiplied, so that dividing it again loses nothing
)

// distinct returns the axes of which the index depends on the whole id: on itself, or on both its quotient and its
// remainder.
func (o origin) distinct(shift uint) uint32 {
	bits := uint32(o>>shift) & 0x1ff
	return (bits | bits>>quotient&(bits>>remainder)) & 7
}

func (o origin) divided(by uint) origin {
	ids := o & (localIDs | groupIDs)
	if by == quotient {
		ids &^= o >> scale & localIDs
		ids &^= o >> (scale + 3) & localIDs << 9
	}
	return o&^ids | ids<<by
}

func (o origin) multiplied() origin {
	return o | o&localIDs<<scale | o>>9&localIDs<<(scale+3)
}

func (f *follower) origin(h ir.ExpressionHandle) origin {
	if o, ok := f.memo[h]; ok {
		return o
	}
	f.memo[h] = 0
	o := f.findOrigin(h)
	f.memo[h] = o
	return o
}

func (f *follower) findOrigin(h ir.ExpressionHandle) origin {
	var o origin
	kind := f.fn.Expressions[h].Kind
	switch e := kind.(type) {
	case ir.ExprFunctionArgument:
		return f.args[e.Index]
	case ir.ExprAccessIndex:
		base := f.origin(e.Base)
		if a, ok := f.fn.Expressions[e.Base].Kind.(ir.ExprFunctionArgument); ok && f.fn == &f.s.ep.Function {
			if s, ok := f.mod.Types[f.fn.Arguments[a.Index].Type].Inner.(ir.StructType); ok {
				m := s.Members[e.Index]
				return f.s.builtin(ir.FunctionArgument{Type: m.Type, Binding: m.Binding})
			}
		}
		if _, vector := f.value(e.Base).(ir.VectorType); vector && e.Index < 3 && base&(positions&^(localIDs|groupIDs)) == 0 && base&loaded == 0 {
			return base&^(localIDs|groupIDs) | base&(1<<e.Index|1<<(9+e.Index))
		}
		return base
	case ir.ExprLoad:
		return f.loadOrigin(e.Pointer)
	case ir.ExprCallResult, ir.ExprAtomicResult:
		return varying | apart | loaded
	case ir.ExprWorkGroupUniformLoadResult, ir.ExprArrayLength:
		return 0
	case ir.ExprBinary:
		a, b := f.origin(e.Left), f.origin(e.Right)
		switch e.Op {
		case ir.BinaryDivide, ir.BinaryShiftRight:
			if c, ok := f.constant(e.Right); !ok || !(e.Op == ir.BinaryDivide && c == 1) {
				return a.divided(quotient) | b
			}
		case ir.BinaryMultiply, ir.BinaryShiftLeft:
			return a.multiplied() | b.multiplied()
		case ir.BinaryModulo, ir.BinaryAnd:
			return a.divided(remainder) | b.divided(remainder)
		}
		return a | b
	}
	operands(kind, func(x ir.ExpressionHandle) { o |= f.origin(x) })
	return o
}

// reached finds the variable that a pointer leads to, through arguments.
func (f *follower) reached(h ir.ExpressionHandle) any {
	switch r := f.root(h).(type) {
	case ir.ExprLocalVariable:
		return variable{f.fn, r.Variable}
	case ir.ExprGlobalVariable:
		if f.mod.GlobalVariables[r.Variable].Space == ir.SpacePrivate {
			return variable{nil, uint32(r.Variable)}
		}
		return r.Variable
	case ir.ExprFunctionArgument:
		return f.roots[r.Index]
	}
	return nil
}

// index is the origin of all indexes on the way of a pointer, and its shape: the expressions written out, variables by name.
func (f *follower) index(h ir.ExpressionHandle) (origin, string) {
	var o origin
	var shape strings.Builder
	for range len(f.fn.Expressions) {
		switch e := f.fn.Expressions[h].Kind.(type) {
		case ir.ExprAccess:
			o |= f.origin(e.Index)
			budget := 100
			shape.WriteString("[" + f.shape(e.Index, &budget) + "]")
			h = e.Base
			continue
		case ir.ExprAccessIndex:
			fmt.Fprintf(&shape, ".%d", e.Index)
			h = e.Base
			continue
		case ir.ExprLoad:
			h = e.Pointer
			continue
		case ir.ExprFunctionArgument:
			fmt.Fprintf(&shape, "%p", f) // what the caller indexed is not known here
		}
		break
	}
	return o, shape.String()
}

func (f *follower) shape(h ir.ExpressionHandle, budget *int) string {
	if *budget--; *budget < 0 {
		return fmt.Sprintf("%p:%d", f, h) // equal to nothing else
	}
	kind := f.fn.Expressions[h].Kind
	switch e := kind.(type) {
	case ir.ExprLoad:
		if _, local := f.root(e.Pointer).(ir.ExprLocalVariable); local {
			return "v" // a loop variable, most often; loops over the same elements have different ones
		}
	case ir.ExprFunctionArgument:
		return fmt.Sprintf("%p.%d", f.fn, e.Index)
	case ir.Literal, ir.ExprConstant, ir.ExprZeroValue:
		if c, ok := f.constant(h); ok {
			return fmt.Sprint(c)
		}
	case ir.ExprCallResult:
		return fmt.Sprintf("%p:%d", f, h)
	}
	text := fmt.Sprintf("%T", kind)
	switch e := kind.(type) {
	case ir.ExprBinary:
		text = fmt.Sprint("b", e.Op)
	case ir.ExprMath:
		text = MathName(e.Fun)
	case ir.ExprAccessIndex:
		text = fmt.Sprint("m", e.Index)
	case ir.ExprSwizzle:
		text = fmt.Sprint("s", e.Pattern)
	}
	operands(kind, func(x ir.ExpressionHandle) { text += "(" + f.shape(x, budget) + ")" })
	return text
}
