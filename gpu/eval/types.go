package eval

import (
	"github.com/gogpu/naga/ir"

	"gpumesh/gpu"
)

type kind uint8

const (
	scalar kind = iota
	vector
	matrix
	array
	structure
)

// typ is a WGSL type with both layouts that the evaluator uses. Flat: components without padding, for values and for
// private, function and workgroup variables. Buffer: the layout of WGSL's host-shareable types. All offsets are in words.
type typ struct {
	kind   kind
	scalar ir.ScalarKind // of scalars, vectors and matrices
	atomic bool
	n      int // components, columns or elements; 0: runtime-sized array
	elem   *typ
	fields []field
	flat   int // words; of a runtime-sized array: 0
	buffer int // words
	stride int // words between elements or columns in a buffer
}

type field struct {
	typ          *typ
	flat, buffer int
}

// types converts and keeps the types of one module.
type types struct {
	mod  *ir.Module
	done map[ir.TypeHandle]*typ
}

func (ts *types) of(h ir.TypeHandle) *typ {
	if t, ok := ts.done[h]; ok {
		return t
	}
	t := ts.inner(ts.mod.Types[h].Inner)
	ts.done[h] = t
	return t
}

var scalars = map[ir.ScalarKind]*typ{}

func init() {
	for _, k := range []ir.ScalarKind{ir.ScalarSint, ir.ScalarUint, ir.ScalarFloat, ir.ScalarBool} {
		scalars[k] = &typ{kind: scalar, scalar: k, n: 1, flat: 1, buffer: 1, stride: 1}
	}
}

func vectorOf(k ir.ScalarKind, n int) *typ {
	return &typ{kind: vector, scalar: k, n: n, elem: scalars[k], flat: n, buffer: n, stride: 1}
}

func (ts *types) inner(inner ir.TypeInner) *typ {
	switch t := inner.(type) {
	case ir.ScalarType:
		if s, ok := scalars[t.Kind]; ok && (t.Width == 4 || t.Kind == ir.ScalarBool) {
			return s
		}
		unsupported("a scalar type other than bool, i32, u32 and f32")
	case ir.AtomicType:
		if t.Scalar.Width != 4 || t.Scalar.Kind > ir.ScalarUint {
			unsupported("an atomic type other than i32 and u32")
		}
		s := *scalars[t.Scalar.Kind]
		s.atomic = true
		return &s
	case ir.VectorType:
		return vectorOf(ts.inner(t.Scalar).scalar, int(t.Size))
	case ir.MatrixType:
		stride := 4
		if t.Rows == ir.Vec2 {
			stride = 2
		}
		cols, rows := int(t.Columns), int(t.Rows)
		return &typ{kind: matrix, scalar: ts.inner(t.Scalar).scalar, n: cols, elem: vectorOf(ts.inner(t.Scalar).scalar, rows), flat: cols * rows, buffer: cols * stride, stride: stride}
	case ir.ArrayType:
		a := &typ{kind: array, elem: ts.of(t.Base), stride: int(t.Stride / 4)}
		if t.Size.Constant != nil {
			a.n = int(*t.Size.Constant)
			a.flat, a.buffer = a.n*a.elem.flat, a.n*a.stride
		}
		return a
	case ir.StructType:
		s := &typ{kind: structure, n: len(t.Members), buffer: int(t.Span / 4)}
		for _, m := range t.Members {
			f := field{ts.of(m.Type), s.flat, int(m.Offset / 4)}
			s.fields = append(s.fields, f)
			s.flat += f.typ.flat
		}
		return s
	case ir.PointerType:
		return ts.of(t.Base)
	case ir.ValuePointerType:
		if t.Size == nil {
			return ts.inner(t.Scalar)
		}
		return vectorOf(ts.inner(t.Scalar).scalar, int(*t.Size))
	}
	unsupported("a type (%T)", inner)
	return nil
}

// child returns part i of a composite and its offset in either layout.
func (t *typ) child(i int, buffer bool) (*typ, int) {
	switch {
	case t.kind == structure:
		f := t.fields[i]
		if buffer {
			return f.typ, f.buffer
		}
		return f.typ, f.flat
	case buffer:
		return t.elem, i * t.stride
	}
	return t.elem, i * t.elem.flat
}

// leaves returns the offsets of all scalar components in one layout, in order.
func (t *typ) leaves(buffer bool) []int {
	out := make([]int, 0, t.flat)
	if !buffer {
		for i := range t.flat {
			out = append(out, i)
		}
		return out
	}
	var visit func(t *typ, off int)
	visit = func(t *typ, off int) {
		if t.kind == scalar {
			out = append(out, off)
			return
		}
		for i := range t.n {
			c, o := t.child(i, true)
			visit(c, off+o)
		}
	}
	visit(t, 0)
	return out
}

func (t *typ) float() bool { return t.scalar == ir.ScalarFloat && t.kind <= matrix }

// unsupported stops a compilation; Kernel turns it into an error.
func unsupported(format string, args ...any) {
	panic(gpu.Errorf(gpu.Unsupported, "the evaluator does not support "+format, args...))
}
