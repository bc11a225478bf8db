package wgslgen

import (
	"fmt"
	"strings"
)

type class uint8

const (
	scalar class = iota
	vector
	matrix
	array
	structure
)

// typ is a WGSL type. Types of one name are the same type.
type typ struct {
	class  class
	name   string // as written
	elem   *typ   // of vectors (scalar), matrices (column) and arrays
	n      int    // components, columns or elements
	fields []member
	hidden bool // holds a bool, so it has no layout in memory
}

type member struct {
	name string
	typ  *typ
}

var (
	boolT = &typ{name: "bool", hidden: true}
	i32T  = &typ{name: "i32"}
	u32T  = &typ{name: "u32"}
	f32T  = &typ{name: "f32"}
	known = map[string]*typ{} // by name: what init makes
)

func init() {
	for n := 2; n <= 4; n++ {
		for _, s := range []*typ{boolT, i32T, u32T, f32T} {
			known[fmt.Sprintf("vec%d<%s>", n, s.name)] = &typ{class: vector, name: fmt.Sprintf("vec%d<%s>", n, s.name), elem: s, n: n, hidden: s.hidden}
		}
	}
	for c := 2; c <= 4; c++ {
		for r := 2; r <= 4; r++ {
			name := fmt.Sprintf("mat%dx%d<f32>", c, r)
			known[name] = &typ{class: matrix, name: name, elem: vec(f32T, r), n: c}
		}
	}
}

func vec(s *typ, n int) *typ  { return known[fmt.Sprintf("vec%d<%s>", n, s.name)] }
func mat(cols, rows int) *typ { return known[fmt.Sprintf("mat%dx%d<f32>", cols, rows)] }

// component is the scalar that a scalar or vector is made of.
func (t *typ) component() *typ {
	if t.class == vector {
		return t.elem
	}
	return t
}

func (t *typ) integer() bool {
	c := t.component()
	return t.class <= vector && (c == i32T || c == u32T)
}

// of is the scalar s, or the vector of it that is as long as t.
func (t *typ) of(s *typ) *typ {
	if t.class == vector {
		return vec(s, t.n)
	}
	return s
}

func arrayOf(t *typ, n int) *typ {
	return &typ{class: array, name: fmt.Sprintf("array<%s, %d>", t.name, n), elem: t, n: n, hidden: t.hidden}
}

func same(a, b *typ) bool { return a.name == b.name }

// layout is the size and alignment in bytes of a type in a buffer.
func (t *typ) layout() (size, align int) {
	switch t.class {
	case vector:
		return 4 * t.n, []int{8, 16, 16}[t.n-2]
	case matrix:
		s, a := t.elem.layout()
		return t.n * roundUp(s, a), a
	case array:
		s, a := t.elem.layout()
		return t.n * roundUp(s, a), a
	case structure:
		at, most := 0, 4
		for _, f := range t.fields {
			s, a := f.typ.layout()
			at = roundUp(at, a) + s
			most = max(most, a)
		}
		return roundUp(at, most), most
	}
	return 4, 4
}

func roundUp(n, a int) int { return (n + a - 1) / a * a }

func (t *typ) declaration() string {
	var b strings.Builder
	fmt.Fprintf(&b, "struct %s {\n", t.name)
	for _, f := range t.fields {
		fmt.Fprintf(&b, "  %s: %s,\n", f.name, f.typ.name)
	}
	return b.String() + "}\n"
}
