package wgsl

import (
	"fmt"
	"math"

	"github.com/gogpu/naga/ir"
)

// usage is a use of memory: reading, writing or an atomic operation. Operations of one kind commute when their results are not used.
type usage uint8

const (
	reading usage = iota
	writing
	adding
	anding
	oring
	xoring
	least
	greatest
)

// touch is a place in the text where invocations use memory that they share.
type touch struct {
	global ir.GlobalVariableHandle
	path   []step
	usage  usage
	facts  []form
	line   int
	same   bool // all that write here write the same
	probe  *probe
}

// declare gives the variables of a function their first values.
func (f *frame) declare() {
	for i, l := range f.fn.LocalVars {
		v := variable{f.id, uint32(i)}
		f.types[v] = f.mod.Types[l.Type].Inner
		s := f.zero(f.types[v])
		if l.Init != nil {
			s = f.expression(*l.Init)
		}
		f.st.vars[v] = s
	}
}

func (f *follower) zero(t ir.TypeInner) symbol {
	_, n := shape(t)
	out := symbol{}
	for range n {
		out.parts = append(out.parts, constantScalar(0))
	}
	return out
}

func (f *follower) kindOf(v variable) ir.ScalarType {
	t, _ := shape(f.types[v])
	return t
}

// place follows a pointer.
func (f *frame) place(h ir.ExpressionHandle) place {
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprLocalVariable:
		return place{local: variable{f.id, e.Variable}}
	case ir.ExprGlobalVariable:
		if f.mod.GlobalVariables[e.Variable].Space == ir.SpacePrivate {
			return place{local: variable{0, uint32(e.Variable)}}
		}
		return place{global: e.Variable, shared: true}
	case ir.ExprFunctionArgument:
		return f.places[e.Index]
	case ir.ExprAccess:
		p, at := f.place(e.Base), f.expression(e.Index)
		return p.then(step{at.parts[0], f.length(e.Base)}, at.level)
	case ir.ExprAccessIndex:
		n := f.length(e.Base)
		if n == 0 {
			n = int64(e.Index) + 1 // a member
		}
		return f.place(e.Base).then(step{constantScalar(int64(e.Index)), n}, ofDispatch)
	case ir.ExprLoad:
		return f.place(e.Pointer)
	case ir.ExprAlias:
		return f.place(e.Source)
	}
	panic(errorAt(f.lineOf[nil], 1, "function %q: a pointer that is not followed (%T)", f.fn.Name, f.fn.Expressions[h].Kind))
}

func (p place) then(s step, l level) place {
	p.path = append(p.path[:len(p.path):len(p.path)], s)
	p.level = max(p.level, l)
	return p
}

// length is the number of elements of what a pointer leads to: of an array, a vector or a matrix; 0 of others.
func (f *frame) length(h ir.ExpressionHandle) int64 {
	t := f.inner(h)
	if p, ok := t.(ir.PointerType); ok {
		t = f.mod.Types[p.Base].Inner
	}
	switch t := f.pointee(t).(type) {
	case ir.VectorType:
		return int64(t.Size)
	case ir.MatrixType:
		return int64(t.Columns)
	case ir.ArrayType:
		if t.Size.Constant != nil {
			return int64(*t.Size.Constant)
		}
		g, ok := f.root(h).(ir.ExprGlobalVariable)
		if !ok {
			break
		}
		v := f.mod.GlobalVariables[g.Variable]
		if v.Binding == nil || int(v.Binding.Binding) >= len(f.sizes) {
			break
		}
		n := int64(min(f.sizes[v.Binding.Binding], hugeNumber))
		if s, ok := f.mod.Types[v.Type].Inner.(ir.StructType); ok {
			n -= int64(s.Members[len(s.Members)-1].Offset)
		}
		return max(n/int64(max(t.Stride, 1)), 0)
	}
	return 0
}

func (f *frame) load(h ir.ExpressionHandle) symbol {
	p, t := f.place(h), f.value(h)
	_, n := shape(t)
	if !p.shared {
		v := f.st.vars[p.local]
		switch {
		case len(p.path) == 0 && len(v.parts) == n:
			return v
		case len(p.path) == 1 && len(v.parts) > 0:
			if c, ok := p.path[0].at.constant(); ok && c >= 0 && int(c) < len(v.parts) {
				return one(v.parts[c])
			}
		}
		return f.opaque(t, max(v.level, p.level, partsLevel(v)))
	}
	g := f.mod.GlobalVariables[p.global]
	switch {
	case g.Space == ir.SpaceUniform, g.Space == ir.SpaceStorage && g.Access == ir.StorageRead:
		out := symbol{level: p.level}
		kind, _ := shape(t)
		for i := range n {
			of, name := []scalar{}, fmt.Sprint("load", p.global, ".", i)
			for _, s := range p.path {
				of = append(of, s.at)
			}
			out.parts = append(out.parts, f.pure(full(kind), name, of...))
		}
		return out
	}
	f.touch(p, reading, false, f.lineOf[nil])
	return f.opaque(t, ofInvocation)
}

func partsLevel(s symbol) level {
	l := s.level
	for _, p := range s.parts {
		l = max(l, p.level)
	}
	return l
}

func (f *frame) store(p place, v symbol, line int) {
	if p.shared {
		same := partsLevel(v) == ofDispatch && f.turns == noTurns && f.control < ofInvocation
		for _, s := range v.parts {
			same = same && f.turnsOf(s.form) == noTurns
		}
		f.touch(p, writing, same, line)
		return
	}
	v.level = max(v.level, f.control)
	v.parts = append([]scalar(nil), v.parts...)
	for i := range v.parts {
		v.parts[i].level = max(v.parts[i].level, f.control)
		v.level = max(v.level, v.parts[i].level)
	}
	f.stored[p.local] = true
	old := f.st.vars[p.local]
	if len(p.path) == 0 {
		if len(v.parts) != len(old.parts) {
			v = f.opaque(f.types[p.local], v.level)
		}
		f.st.vars[p.local] = v
		return
	}
	out := symbol{level: max(old.level, v.level, p.level, f.control), parts: append([]scalar(nil), old.parts...)}
	c, constant := p.path[0].at.constant()
	for i := range out.parts {
		switch {
		case constant && int64(i) != c:
		case constant && len(p.path) == 1 && len(v.parts) == 1:
			out.parts[i] = v.parts[0]
		default:
			out.parts[i] = f.atom(full(f.kindOf(p.local)), out.level, f.turns)
		}
	}
	f.st.vars[p.local] = out
}

func (f *follower) turnsOf(x form) turns {
	t := noTurns
	for _, term := range x.terms {
		t = max(t, f.atoms[term.atom].turns)
	}
	return t
}

func (f *frame) atomic(s ir.StmtAtomic, line int) {
	p := f.place(s.Pointer)
	name := ""
	if p.shared {
		name = f.mod.GlobalVariables[p.global].Name
	}
	kind := writing
	switch s.Fun.(type) {
	case ir.AtomicAdd, ir.AtomicSubtract:
		kind = adding
	case ir.AtomicAnd:
		kind = anding
	case ir.AtomicInclusiveOr:
		kind = oring
	case ir.AtomicExclusiveOr:
		kind = xoring
	case ir.AtomicMin:
		kind = least
	case ir.AtomicMax:
		kind = greatest
	case ir.AtomicLoad:
		kind = reading
	case ir.AtomicExchange:
		f.refuse(line, "the outcome of an atomic exchange on %q depends on the order of invocations", name)
	}
	if kind >= adding && s.Result != nil && f.used()[*s.Result] {
		f.refuse(line, "the returned old value of an atomic operation on %q is used; it depends on the order of invocations", name)
	}
	f.touch(p, kind, false, line)
	if s.Result != nil {
		f.memo[*s.Result] = f.opaque(f.value(*s.Result), ofInvocation)
	}
}

func (f *frame) used() []bool {
	if f.reads == nil {
		f.reads = Used(f.fn)
	}
	return f.reads
}

// touch notes a use of shared memory. Drivers may take an index beyond the last element for the last one.
func (f *frame) touch(p place, a usage, same bool, line int) {
	if !f.record || f.sizes == nil || !p.shared {
		return
	}
	type way struct {
		path  []step
		facts []form
	}
	here := f.st.facts[:len(f.st.facts):len(f.st.facts)]
	paths := []way{{facts: here}}
	for _, s := range p.path {
		out := !s.at.interval.meet(known(f.atoms, f.st.facts, s.at.form)).within(0, max(s.n, 1)-1)
		for i := range len(paths) {
			w := &paths[i]
			f.spend((len(w.path)+len(w.facts))/8 + 1)
			path, facts := w.path[:len(w.path):len(w.path)], w.facts[:len(w.facts):len(w.facts)]
			w.path = append(path, s)
			beyond, _ := s.at.form.plus(number(s.n), -1)
			if len(s.at.terms) > 0 && s.n > 0 {
				inside, _ := number(s.n-1).plus(s.at.form, -1)
				w.facts = append(facts, s.at.form, inside)
			}
			if !out {
				continue
			}
			last := step{constantScalar(s.n - 1), s.n}
			if s.n <= 0 {
				last.at = f.atom(interval{0, math.MaxUint32}, ofInvocation, freeTurns)
			} else if s.at.low >= 0 {
				facts = append(facts, beyond)
			}
			paths = append(paths, way{append(path, last), facts})
		}
	}
	for _, w := range paths {
		t := &touch{global: p.global, path: w.path, usage: a, facts: w.facts, line: line, same: same}
		if f.mod.GlobalVariables[p.global].Space != ir.SpaceWorkGroup {
			if f.first {
				f.touches = append(f.touches, t)
			}
			continue
		}
		for _, u := range f.st.open[p.global] {
			f.pair(u, t, true)
		}
		f.pair(t, t, true)
		f.st.open[p.global] = append(f.st.open[p.global][:len(f.st.open[p.global]):len(f.st.open[p.global])], t)
	}
}
