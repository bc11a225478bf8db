package eval

import (
	"sync/atomic"

	"github.com/gogpu/naga/ir"

	"gpumesh/gpu"
)

type space uint8

const (
	inRegs   space = iota // private and function variables
	inShared              // workgroup variables
	inBuffer              // storage and uniform buffers
)

// place is where a pointer points, as far as it is known when compiling: a variable, a fixed offset and the indices that are
// only known per lane.
type place struct {
	space space
	base  int // first register, first word of workgroup memory, or binding index
	typ   *typ
	off   int // words
	dyn   []index
}

// index adds r*stride to an address if r is below n; n is 0 for a runtime-sized array that starts at word start.
type index struct{ reg, stride, n, start int }

func (x index) limit(buf []uint32) uint32 {
	if x.n > 0 {
		return uint32(x.n)
	}
	return uint32(max(0, len(buf)-x.start) / x.stride)
}

func (p place) child(i int) place {
	t, off := p.typ.child(i, p.space == inBuffer)
	p.typ, p.off = t, p.off+off
	return p
}

// element returns the place of an element chosen per lane.
func (p place) element(reg int) place {
	t, stride := p.typ.child(1, p.space == inBuffer)
	x := index{reg: reg, stride: stride, n: p.typ.n, start: p.off}
	p.dyn = append(append([]index(nil), p.dyn...), x)
	p.typ = t
	return p
}

func (c *compiler) isPointer(f *frame, h ir.ExpressionHandle) bool {
	switch f.fn.Expressions[h].Kind.(type) {
	case ir.ExprGlobalVariable, ir.ExprLocalVariable:
		return true
	case ir.ExprLoad, ir.ExprBinary, ir.ExprUnary, ir.ExprMath, ir.ExprAs, ir.ExprCallResult, ir.ExprAtomicResult, ir.ExprSelect, ir.ExprCompose:
		return false // whatever naga resolved: it takes the type of "*p + 1" from p
	case ir.ExprFunctionArgument, ir.ExprAccess, ir.ExprAccessIndex:
		if int(h) >= len(f.fn.ExpressionTypes) {
			return false
		}
		t := f.fn.ExpressionTypes[h]
		inner := t.Value
		if t.Handle != nil {
			inner = c.mod.Types[*t.Handle].Inner
		}
		switch inner.(type) {
		case ir.PointerType, ir.ValuePointerType:
			return true
		}
	}
	return false
}

// variable returns the place of a variable at module scope.
func (c *compiler) variable(h ir.GlobalVariableHandle) place {
	if p := c.globals[h]; p != nil {
		return *p
	}
	g := c.mod.GlobalVariables[h]
	p := place{typ: c.of(g.Type)}
	switch g.Space {
	case ir.SpaceStorage, ir.SpaceUniform:
		p.space, p.base = inBuffer, int(g.Binding.Binding)
	case ir.SpaceWorkGroup:
		c.p.collective = true
		p.space, p.base = inShared, c.p.shared
		c.p.shared += p.typ.flat
	case ir.SpacePrivate:
		p.base = c.alloc(p.typ.flat)
		init := value{typ: p.typ, words: make([]uint32, p.typ.flat)}
		if g.InitExpr != nil {
			init = c.globalValue(*g.InitExpr)
		}
		pending := c.flush()
		c.store(p, init)
		c.p.setup = append(c.p.setup, c.flush()...)
		c.ops = pending
	default:
		unsupported("the address space of variable %q", g.Name)
	}
	c.globals[h] = &p
	return p
}

func (c *compiler) place(f *frame, h ir.ExpressionHandle) place {
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprGlobalVariable:
		return c.variable(e.Variable)
	case ir.ExprLocalVariable:
		return f.locals[e.Variable]
	case ir.ExprFunctionArgument:
		if p := f.places[e.Index]; p.typ != nil {
			return p
		}
	case ir.ExprAccess:
		base := c.place(f, e.Base)
		if base.typ.kind == structure || base.typ.kind == scalar {
			break
		}
		return base.element(c.at(c.value(f, e.Index), 0))
	case ir.ExprAccessIndex:
		base := c.place(f, e.Base)
		if base.typ.kind == array && base.typ.n == 0 {
			return base.element(c.constant(e.Index))
		}
		if int(e.Index) >= base.typ.n || base.typ.kind == scalar {
			panic(gpu.Errorf(gpu.InvalidProgram, "function %q: the index %d is out of range", f.fn.Name, e.Index))
		}
		return base.child(int(e.Index))
	}
	unsupported("a pointer made by %T in function %q", f.fn.Expressions[h].Kind, f.fn.Name)
	return place{}
}

const outside = ^uint32(0)

// address emits code for the word address within the variable, relative to its base, and returns its register; -1 when
// the address is the same in all lanes. An index out of range gives the address outside.
func (c *compiler) address(p place) int {
	if len(p.dyn) == 0 {
		return -1
	}
	at := c.alloc(1)
	for i, x := range p.dyn {
		off := uint32(p.off)
		first := i == 0
		c.emit(func(m *machine, act []uint8) {
			var buf []uint32
			if p.space == inBuffer {
				buf = m.bufs[p.base]
			}
			a, r, n, stride := &m.r[at], &m.r[x.reg], x.limit(buf), uint32(x.stride)
			if first {
				for _, l := range act {
					if v := r[l]; v < n {
						a[l] = off + v*stride
					} else {
						a[l] = outside
					}
				}
				return
			}
			for _, l := range act {
				if v := r[l]; v >= n {
					a[l] = outside
				} else if a[l] != outside {
					a[l] += v * stride
				}
			}
		})
	}
	return at
}

// words returns the memory of a place outside of registers and the word that its base is.
func (m *machine) words(p *place) ([]uint32, int) {
	if p.space == inBuffer {
		return m.bufs[p.base], 0
	}
	return m.shared, p.base
}

func (c *compiler) load(p place) value {
	if p.typ.kind == array && p.typ.n == 0 || p.typ.flat > maxRegs {
		unsupported("a value of this size")
	}
	v := c.temp(p.typ)
	if p.typ.atomic && p.space == inBuffer {
		c.p.ordered = true
	}
	leaves := p.typ.leaves(p.space == inBuffer)
	if p.space == inRegs {
		c.loadRegs(p, v)
		return v
	}
	c.watch(p, reads, nil)
	if len(p.dyn) == 1 && len(leaves) == 1 && !p.typ.atomic {
		c.loadElement(p, v.regs[0])
		return v
	}
	at := c.address(p)
	for i, leaf := range leaves {
		d := v.regs[i]
		if at < 0 {
			c.emit(func(m *machine, act []uint8) {
				buf, base := m.words(&p)
				w, x := base+p.off+leaf, uint32(0)
				if w < len(buf) {
					x = atomic.LoadUint32(&buf[w])
				}
				r := &m.r[d]
				for _, l := range act {
					r[l] = x
				}
			})
			continue
		}
		c.emit(func(m *machine, act []uint8) {
			buf, base := m.words(&p)
			a, r, more := &m.r[at], &m.r[d], uint64(base+leaf)
			for _, l := range act {
				x := uint32(0)
				if w := uint64(a[l]) + more; w < uint64(len(buf)) && a[l] != outside {
					x = buf[w]
				}
				r[l] = x
			}
		})
	}
	return v
}

// loadElement is the common load of a scalar by one index.
func (c *compiler) loadElement(p place, d int) {
	x := p.dyn[0]
	c.emit(func(m *machine, act []uint8) {
		buf, base := m.words(&p)
		n, stride, off := uint64(x.limit(buf)), uint64(x.stride), uint64(base+p.off)
		idx, r := &m.r[x.reg], &m.r[d]
		for _, l := range act {
			i := uint64(idx[l])
			w := off + i*stride
			if i < n && w < uint64(len(buf)) {
				r[l] = buf[w]
			} else {
				r[l] = 0
			}
		}
	})
}

func (c *compiler) loadRegs(p place, v value) {
	at := c.address(p)
	for i, d := range v.regs {
		from := p.base + i
		if at < 0 {
			c.emit(move(d, from+p.off))
			continue
		}
		c.emit(func(m *machine, act []uint8) {
			a, r := &m.r[at], &m.r[d]
			for _, l := range act {
				x := uint32(0)
				if w := a[l]; w != outside {
					x = m.r[from+int(w)][l]
				}
				r[l] = x
			}
		})
	}
}

func move(d, s int) op {
	return func(m *machine, act []uint8) {
		a, b := &m.r[d], &m.r[s]
		for _, l := range act {
			a[l] = b[l]
		}
	}
}

func (c *compiler) copy(to, from value) {
	for i, d := range to.regs {
		c.emit(move(d, c.at(from, i)))
	}
}

func (c *compiler) store(p place, v value) {
	if v.typ.flat != p.typ.flat {
		panic(gpu.Errorf(gpu.InvalidProgram, "a value is stored in a variable of another type"))
	}
	c.watch(p, writes, &v)
	at := c.address(p)
	leaves := p.typ.leaves(p.space == inBuffer)
	for i, leaf := range leaves {
		s := c.at(v, i)
		switch {
		case p.space == inRegs && at < 0:
			c.emit(move(p.base+p.off+leaf, s))
		case p.space == inRegs:
			to := p.base + leaf
			c.emit(func(m *machine, act []uint8) {
				a, r := &m.r[at], &m.r[s]
				for _, l := range act {
					if w := a[l]; w != outside {
						m.r[to+int(w)][l] = r[l]
					}
				}
			})
		case at < 0:
			c.emit(func(m *machine, act []uint8) {
				buf, base := m.words(&p)
				if w := base + p.off + leaf; w < len(buf) && len(act) > 0 {
					buf[w] = m.r[s][act[len(act)-1]]
				}
			})
		default:
			c.emit(func(m *machine, act []uint8) {
				buf, base := m.words(&p)
				a, r, more := &m.r[at], &m.r[s], uint64(base+leaf)
				for _, l := range act {
					if w := uint64(a[l]) + more; w < uint64(len(buf)) && a[l] != outside {
						buf[w] = r[l]
					}
				}
			})
		}
	}
}

// cell returns the memory word of an atomic for a lane, nil when it is outside.
func (m *machine) cell(p *place, at int, l uint8) *uint32 {
	buf, base := m.words(p)
	w := uint64(p.off)
	if at >= 0 {
		if w = uint64(m.r[at][l]); w == uint64(outside) {
			return nil
		}
	}
	if w += uint64(base); w >= uint64(len(buf)) {
		return nil
	}
	return &buf[w]
}

func (c *compiler) atomicStore(p place, v value) {
	if p.space == inBuffer {
		c.p.ordered = true
	}
	c.watch(p, writes, &v)
	at, s := c.address(p), c.at(v, 0)
	c.emit(func(m *machine, act []uint8) {
		for _, l := range act {
			if w := m.cell(&p, at, l); w != nil {
				atomic.StoreUint32(w, m.r[s][l])
			}
		}
	})
}

// atomic compiles an atomic read-modify-write. All lanes do theirs one after the other.
func (c *compiler) atomic(f *frame, s ir.StmtAtomic) {
	p := c.place(f, s.Pointer)
	if !p.typ.atomic {
		panic(gpu.Errorf(gpu.InvalidProgram, "function %q: an atomic function on a variable that is not atomic", f.fn.Name))
	}
	if _, ok := s.Fun.(ir.AtomicLoad); ok {
		if s.Result != nil {
			f.keep(*s.Result, c.load(p))
		}
		return
	}
	v := c.at(c.value(f, s.Value), 0)
	if _, ok := s.Fun.(ir.AtomicStore); ok {
		c.atomicStore(p, c.value(f, s.Value))
		return
	}
	exchange, isExchange := s.Fun.(ir.AtomicExchange)
	used := s.Result != nil && f.uses(*s.Result)
	c.watch(p, changeKind(s.Fun), nil)
	if p.space == inBuffer && (used || isExchange) {
		c.p.ordered = true
	}
	result := value{regs: []int{c.alloc(1)}, typ: scalars[p.typ.scalar]}
	at, old := c.address(p), result.regs[0]
	if isExchange && exchange.Compare != nil {
		compare, done := c.at(c.value(f, *exchange.Compare), 0), c.alloc(1)
		result.regs = append(result.regs, done)
		if s.Result != nil {
			if e, ok := f.fn.Expressions[*s.Result].Kind.(ir.ExprAtomicResult); ok {
				result.typ = c.of(e.Ty)
			}
		}
		c.emit(func(m *machine, act []uint8) {
			for _, l := range act {
				m.r[old][l], m.r[done][l] = 0, 0
				w := m.cell(&p, at, l)
				if w == nil {
					continue
				}
				want := m.r[compare][l]
				if atomic.CompareAndSwapUint32(w, want, m.r[v][l]) {
					m.r[old][l], m.r[done][l] = want, 1
				} else {
					m.r[old][l] = atomic.LoadUint32(w)
				}
			}
		})
	} else {
		change := atomicChange(s.Fun, p.typ.scalar == ir.ScalarSint)
		c.emit(func(m *machine, act []uint8) {
			for _, l := range act {
				w := m.cell(&p, at, l)
				if w == nil {
					m.r[old][l] = 0
					continue
				}
				for {
					before := atomic.LoadUint32(w)
					if atomic.CompareAndSwapUint32(w, before, change(before, m.r[v][l])) {
						m.r[old][l] = before
						break
					}
				}
			}
		})
	}
	if s.Result != nil {
		f.keep(*s.Result, result)
	}
}

// changeKind is the kind of use that an atomic operation is.
func changeKind(fun ir.AtomicFunction) int {
	switch fun.(type) {
	case ir.AtomicAdd, ir.AtomicSubtract:
		return changes
	case ir.AtomicAnd:
		return changes + 1
	case ir.AtomicInclusiveOr:
		return changes + 2
	case ir.AtomicExclusiveOr:
		return changes + 3
	case ir.AtomicMin:
		return changes + 4
	case ir.AtomicMax:
		return changes + 5
	}
	return writes
}

func atomicChange(fun ir.AtomicFunction, signed bool) func(old, v uint32) uint32 {
	switch fun.(type) {
	case ir.AtomicAdd:
		return func(old, v uint32) uint32 { return old + v }
	case ir.AtomicSubtract:
		return func(old, v uint32) uint32 { return old - v }
	case ir.AtomicAnd:
		return func(old, v uint32) uint32 { return old & v }
	case ir.AtomicInclusiveOr:
		return func(old, v uint32) uint32 { return old | v }
	case ir.AtomicExclusiveOr:
		return func(old, v uint32) uint32 { return old ^ v }
	case ir.AtomicMin:
		if signed {
			return func(old, v uint32) uint32 { return uint32(min(int32(old), int32(v))) }
		}
		return func(old, v uint32) uint32 { return min(old, v) }
	case ir.AtomicMax:
		if signed {
			return func(old, v uint32) uint32 { return uint32(max(int32(old), int32(v))) }
		}
		return func(old, v uint32) uint32 { return max(old, v) }
	case ir.AtomicExchange:
		return func(_, v uint32) uint32 { return v }
	}
	unsupported("an atomic function (%T)", fun)
	return nil
}
