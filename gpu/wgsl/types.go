package wgsl

import (
	"fmt"

	"github.com/gogpu/naga/ir"
)

// reader answers questions about one function of an IR module.
type reader struct {
	mod *ir.Module
	fn  *ir.Function
}

// inner returns the type of an expression, nil when naga did not resolve it.
func (r reader) inner(h ir.ExpressionHandle) ir.TypeInner {
	if int(h) >= len(r.fn.ExpressionTypes) {
		return nil
	}
	t := r.fn.ExpressionTypes[h]
	if t.Handle != nil {
		if int(*t.Handle) >= len(r.mod.Types) {
			return nil
		}
		return r.mod.Types[*t.Handle].Inner
	}
	return t.Value
}

// value returns the type of an expression used as a value: naga leaves out the load of some pointers.
func (r reader) value(h ir.ExpressionHandle) ir.TypeInner { return r.pointee(r.inner(h)) }

func (r reader) pointee(t ir.TypeInner) ir.TypeInner {
	switch p := t.(type) {
	case ir.PointerType:
		return r.pointee(r.mod.Types[p.Base].Inner)
	case ir.ValuePointerType:
		if p.Size == nil {
			return p.Scalar
		}
		return ir.VectorType{Size: *p.Size, Scalar: p.Scalar}
	case ir.AtomicType:
		return p.Scalar
	}
	return t
}

func isPointer(t ir.TypeInner) bool {
	switch t.(type) {
	case ir.PointerType, ir.ValuePointerType:
		return true
	}
	return false
}

// scalarOf returns the scalar type of a scalar, vector or matrix.
func scalarOf(t ir.TypeInner) (ir.ScalarType, bool) {
	switch t := t.(type) {
	case ir.ScalarType:
		return t, true
	case ir.VectorType:
		return t.Scalar, true
	case ir.MatrixType:
		return t.Scalar, true
	}
	return ir.ScalarType{}, false
}

func isFloat(t ir.TypeInner) bool {
	s, ok := scalarOf(t)
	return ok && s.Kind == ir.ScalarFloat
}

// same reports whether two types are equal, by structure except for structs.
func same(mod *ir.Module, a, b ir.TypeInner) bool {
	switch x := a.(type) {
	case ir.ArrayType:
		y, ok := b.(ir.ArrayType)
		if !ok || (x.Size.Constant == nil) != (y.Size.Constant == nil) || x.Size.Constant != nil && *x.Size.Constant != *y.Size.Constant {
			return false
		}
		return x.Base == y.Base || same(mod, mod.Types[x.Base].Inner, mod.Types[y.Base].Inner)
	case ir.StructType:
		y, ok := b.(ir.StructType)
		if !ok || len(x.Members) != len(y.Members) || x.Span != y.Span {
			return false
		}
		for i := range x.Members {
			if x.Members[i].Name != y.Members[i].Name || !same(mod, mod.Types[x.Members[i].Type].Inner, mod.Types[y.Members[i].Type].Inner) {
				return false
			}
		}
		return true
	case ir.PointerType:
		switch y := b.(type) {
		case ir.PointerType:
			return x.Space == y.Space && same(mod, mod.Types[x.Base].Inner, mod.Types[y.Base].Inner)
		case ir.ValuePointerType:
			return x.Space == y.Space && same(mod, mod.Types[x.Base].Inner, reader{mod: mod}.pointee(y))
		}
		return false
	case ir.ValuePointerType:
		if y, ok := b.(ir.ValuePointerType); ok {
			return x.Space == y.Space && reader{}.pointee(x) == reader{}.pointee(y)
		}
		_, ok := b.(ir.PointerType)
		return ok && same(mod, b, a)
	}
	return a == b
}

// typeName names a type as WGSL writes it.
func typeName(mod *ir.Module, t ir.TypeInner) string {
	switch t := t.(type) {
	case ir.ScalarType:
		switch t.Kind {
		case ir.ScalarSint:
			return "i32"
		case ir.ScalarUint:
			return "u32"
		case ir.ScalarFloat:
			return "f32"
		case ir.ScalarBool:
			return "bool"
		}
		return "number"
	case ir.VectorType:
		return fmt.Sprintf("vec%d<%s>", t.Size, typeName(mod, t.Scalar))
	case ir.MatrixType:
		return fmt.Sprintf("mat%dx%d<%s>", t.Columns, t.Rows, typeName(mod, t.Scalar))
	case ir.AtomicType:
		return "atomic<" + typeName(mod, t.Scalar) + ">"
	case ir.ArrayType:
		if t.Size.Constant == nil {
			return "array<" + typeName(mod, mod.Types[t.Base].Inner) + ">"
		}
		return fmt.Sprintf("array<%s, %d>", typeName(mod, mod.Types[t.Base].Inner), *t.Size.Constant)
	case ir.StructType:
		for i := range mod.Types {
			if s, ok := mod.Types[i].Inner.(ir.StructType); ok && same(mod, s, t) {
				return mod.Types[i].Name
			}
		}
		return "struct"
	case ir.PointerType:
		return "pointer to " + typeName(mod, mod.Types[t.Base].Inner)
	case ir.ValuePointerType:
		return "pointer to " + typeName(mod, reader{}.pointee(t))
	case nil:
		return "nothing"
	}
	return fmt.Sprintf("%T", t)
}

// sizes are the sizes of a type in bytes: laid out in a buffer and as bare components.
type sizes struct {
	buffer, flat uint64
	runtime      bool // ends in a runtime-sized array, counted with one element
	boolean      bool
	atomic       bool
}

const hugeSize = uint64(1) << 40

// sizeOf saturates at hugeSize. The depth of types is bounded by the caps on declarations.
func sizeOf(mod *ir.Module, h ir.TypeHandle) sizes {
	switch t := mod.Types[h].Inner.(type) {
	case ir.ScalarType:
		return sizes{buffer: 4, flat: 4, boolean: t.Kind == ir.ScalarBool}
	case ir.AtomicType:
		return sizes{buffer: 4, flat: 4, atomic: true}
	case ir.VectorType:
		return sizes{buffer: 4 * uint64(t.Size), flat: 4 * uint64(t.Size), boolean: t.Scalar.Kind == ir.ScalarBool}
	case ir.MatrixType:
		return sizes{buffer: uint64(t.Columns) * matrixStride(t), flat: 4 * uint64(t.Columns) * uint64(t.Rows)}
	case ir.ArrayType:
		base := sizeOf(mod, t.Base)
		n := uint64(1)
		if t.Size.Constant != nil {
			n = uint64(*t.Size.Constant)
		}
		base.runtime = base.runtime || t.Size.Constant == nil
		base.buffer = min(hugeSize, n*max(uint64(t.Stride), base.buffer))
		base.flat = min(hugeSize, n*base.flat)
		return base
	case ir.StructType:
		s := sizes{buffer: uint64(t.Span)}
		for _, m := range t.Members {
			ms := sizeOf(mod, m.Type)
			s.flat = min(hugeSize, s.flat+ms.flat)
			s.buffer = max(s.buffer, min(hugeSize, uint64(m.Offset)+ms.buffer))
			s.runtime, s.boolean, s.atomic = s.runtime || ms.runtime, s.boolean || ms.boolean, s.atomic || ms.atomic
		}
		return s
	}
	return sizes{}
}

func matrixStride(t ir.MatrixType) uint64 {
	if t.Rows == ir.Vec2 {
		return 8
	}
	return 16
}
