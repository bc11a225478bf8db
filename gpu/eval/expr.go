package eval

import (
	"math"

	"github.com/gogpu/naga/ir"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
)

// uses reports whether the function reads expression h anywhere.
func (f *frame) uses(h ir.ExpressionHandle) bool {
	if f.used == nil {
		f.used = wgsl.Used(f.fn)
	}
	return f.used[h]
}

// value returns the value of an expression, evaluating it here if that has not been done. naga's Emit statements say when
// an expression is evaluated, but some of them stand after the statement that reads it.
func (c *compiler) value(f *frame, h ir.ExpressionHandle) value {
	if v := f.vals[h]; v != nil {
		return *v
	}
	if c.isPointer(f, h) {
		return c.load(c.place(f, h)) // naga leaves out some loads, as in "*p += 1" on a parameter
	}
	v := c.evaluate(f, f.fn.Expressions[h].Kind)
	f.keep(h, v)
	return v
}

func literal(l ir.LiteralValue) (*typ, uint32) {
	switch v := l.(type) {
	case ir.LiteralU32:
		return scalars[ir.ScalarUint], uint32(v)
	case ir.LiteralI32:
		return scalars[ir.ScalarSint], uint32(v)
	case ir.LiteralF32:
		return scalars[ir.ScalarFloat], math.Float32bits(float32(v))
	case ir.LiteralBool:
		return scalars[ir.ScalarBool], boolean(bool(v))
	case ir.LiteralAbstractInt:
		return scalars[ir.ScalarSint], uint32(v)
	case ir.LiteralAbstractFloat:
		return scalars[ir.ScalarFloat], math.Float32bits(float32(v))
	}
	unsupported("a literal (%T)", l)
	return nil, 0
}

func boolean(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func constantOf(t *typ, words ...uint32) value { return value{typ: t, words: words} }

// globalValue evaluates a constant expression at module scope: it is compiled like one in a function, and run at once.
func (c *compiler) globalValue(h ir.ExpressionHandle) value {
	if v := c.global[h]; v != nil {
		return *v
	}
	once := &compiler{types: c.types, p: &program{consts: map[uint32]int{}}, global: c.global}
	v := once.evaluate(&frame{fn: &ir.Function{Expressions: c.mod.GlobalExpressions}, vals: c.global}, c.mod.GlobalExpressions[h].Kind)
	if v.words == nil {
		v = value{typ: v.typ, words: once.run(v.regs)}
	}
	c.global[h] = &v
	return v
}

// run executes what has been emitted for one lane and returns what is then in registers.
func (c *compiler) run(regs []int) []uint32 {
	m := &machine{r: make([]reg, c.next), lanes: 1}
	for w, r := range c.p.consts {
		m.r[r][0] = w
	}
	for _, o := range c.flush() {
		o(m, []uint8{0})
	}
	words := make([]uint32, len(regs))
	for i, r := range regs {
		words[i] = m.r[r][0]
	}
	return words
}

func (c *compiler) evaluate(f *frame, kind ir.ExpressionKind) value {
	switch e := kind.(type) {
	case ir.Literal:
		t, w := literal(e.Value)
		return constantOf(t, w)
	case ir.ExprConstant:
		return c.globalValue(c.mod.Constants[e.Constant].Init)
	case ir.ExprZeroValue:
		t := c.of(e.Type)
		return constantOf(t, make([]uint32, t.flat)...)
	case ir.ExprFunctionArgument:
		return f.args[e.Index]
	case ir.ExprLoad:
		p := c.place(f, e.Pointer)
		if g, ok := f.fn.Expressions[e.Pointer].Kind.(ir.ExprGlobalVariable); ok && p.space == inRegs && !c.writes(f.fn)[g.Variable] {
			v := value{typ: p.typ} // the variable itself: it cannot change before the function returns
			for i := range p.typ.flat {
				v.regs = append(v.regs, p.base+i)
			}
			return v
		}
		return c.load(p)
	case ir.ExprCompose:
		return c.compose(f, e)
	case ir.ExprSplat:
		s := c.value(f, e.Value)
		return c.pick(s, vectorOf(s.typ.scalar, int(e.Size)), make([]int, e.Size))
	case ir.ExprSwizzle:
		v := c.value(f, e.Vector)
		which := make([]int, e.Size)
		for i := range which {
			which[i] = int(e.Pattern[i])
		}
		return c.pick(v, vectorOf(v.typ.scalar, int(e.Size)), which)
	case ir.ExprAccessIndex:
		v := c.value(f, e.Base)
		if int(e.Index) >= v.typ.n || v.typ.kind == scalar {
			panic(gpu.Errorf(gpu.InvalidProgram, "function %q: the index %d is out of range", f.fn.Name, e.Index))
		}
		t, off := v.typ.child(int(e.Index), false)
		return v.slice(t, off)
	case ir.ExprAccess:
		return c.gather(c.value(f, e.Base), c.at(c.value(f, e.Index), 0))
	case ir.ExprSelect:
		return c.selectValue(c.value(f, e.Condition), c.value(f, e.Accept), c.value(f, e.Reject))
	case ir.ExprUnary:
		return c.unary(e.Op, c.value(f, e.Expr))
	case ir.ExprBinary:
		return c.binary(e.Op, c.value(f, e.Left), c.value(f, e.Right))
	case ir.ExprAs:
		return c.convert(c.value(f, e.Expr), e.Kind, e.Convert != nil)
	case ir.ExprRelational:
		return c.relational(e.Fun, c.value(f, e.Argument))
	case ir.ExprMath:
		args := []value{c.value(f, e.Arg)}
		for _, a := range []*ir.ExpressionHandle{e.Arg1, e.Arg2, e.Arg3} {
			if a != nil {
				args = append(args, c.value(f, *a))
			}
		}
		return c.math(e.Fun, args)
	case ir.ExprArrayLength:
		return c.arrayLength(c.place(f, e.Array))
	case ir.ExprAlias:
		return c.value(f, e.Source)
	}
	unsupported("an expression (%T) in function %q", kind, f.fn.Name)
	return value{}
}

// slice is a part of a value, without any code.
func (v value) slice(t *typ, off int) value {
	if v.words != nil {
		return value{typ: t, words: v.words[off : off+t.flat]}
	}
	return value{typ: t, regs: v.regs[off : off+t.flat]}
}

// pick makes a vector of components of v, without any code.
func (c *compiler) pick(v value, t *typ, which []int) value {
	out := value{typ: t}
	for _, i := range which {
		if v.words != nil {
			out.words = append(out.words, v.words[i])
		} else {
			out.regs = append(out.regs, v.regs[i])
		}
	}
	return out
}

func (c *compiler) compose(f *frame, e ir.ExprCompose) value {
	out := value{typ: c.of(e.Type)}
	parts := make([]value, len(e.Components))
	allConst := true
	for i, h := range e.Components {
		parts[i] = c.value(f, h)
		allConst = allConst && parts[i].words != nil
	}
	for _, p := range parts {
		if allConst {
			out.words = append(out.words, p.words...)
			continue
		}
		for i := range p.typ.flat {
			out.regs = append(out.regs, c.at(p, i))
		}
	}
	if n := len(out.words) + len(out.regs); n != out.typ.flat {
		panic(gpu.Errorf(gpu.InvalidProgram, "function %q: a value is made from %d components instead of %d", f.fn.Name, n, out.typ.flat))
	}
	return out
}

// gather indexes a value per lane.
func (c *compiler) gather(v value, idx int) value {
	if v.typ.kind == structure || v.typ.kind == scalar {
		unsupported("an index on this type")
	}
	t, step := v.typ.child(1, false)
	out := c.temp(t)
	n := uint32(v.typ.n)
	for k, d := range out.regs {
		if v.words != nil {
			table := make([]uint32, n)
			for i := range table {
				table[i] = v.words[i*step+k]
			}
			c.emit(func(m *machine, act []uint8) {
				r, x := &m.r[d], &m.r[idx]
				for _, l := range act {
					if i := x[l]; i < n {
						r[l] = table[i]
					} else {
						r[l] = 0
					}
				}
			})
			continue
		}
		from := make([]int, n)
		for i := range from {
			from[i] = v.regs[i*step+k]
		}
		c.emit(func(m *machine, act []uint8) {
			r, x := &m.r[d], &m.r[idx]
			for _, l := range act {
				if i := x[l]; i < n {
					r[l] = m.r[from[i]][l]
				} else {
					r[l] = 0
				}
			}
		})
	}
	return out
}

func (c *compiler) selectValue(cond, yes, no value) value {
	out := c.temp(yes.typ)
	for i, d := range out.regs {
		k := c.at(cond, 0)
		if cond.typ.kind == vector {
			k = c.at(cond, i)
		}
		y, n := c.at(yes, i), c.at(no, i)
		c.emit(func(m *machine, act []uint8) {
			r, k, y, n := &m.r[d], &m.r[k], &m.r[y], &m.r[n]
			for _, l := range act {
				if k[l] != 0 {
					r[l] = y[l]
				} else {
					r[l] = n[l]
				}
			}
		})
	}
	return out
}

func (c *compiler) arrayLength(p place) value {
	if p.space != inBuffer || p.typ.kind != array || p.typ.n != 0 {
		unsupported("arrayLength of this expression")
	}
	out := c.temp(scalars[ir.ScalarUint])
	x := index{stride: p.typ.stride, start: p.off}
	c.emit(func(m *machine, act []uint8) {
		n, r := x.limit(m.bufs[p.base]), &m.r[out.regs[0]]
		for _, l := range act {
			r[l] = n
		}
	})
	return out
}

// each applies an operation to every component, with scalars standing for vectors of equal components.
func (c *compiler) each(t *typ, make func(d, a, b int) op, x, y value) value {
	out := c.temp(t)
	for i, d := range out.regs {
		a, b := c.at(x, min(i, x.typ.flat-1)), c.at(y, min(i, y.typ.flat-1))
		c.emit(make(d, a, b))
	}
	return out
}

func (c *compiler) binary(o ir.BinaryOperator, x, y value) value {
	if x.typ.kind > matrix || y.typ.kind > matrix {
		unsupported("an operator on arrays or structs")
	}
	if o == ir.BinaryMultiply && (x.typ.kind == matrix || y.typ.kind == matrix) && x.typ.kind != scalar && y.typ.kind != scalar {
		return c.product(x, y)
	}
	t := x.typ
	if y.typ.kind > t.kind {
		t = y.typ
	}
	k := x.typ.scalar
	switch o {
	case ir.BinaryEqual, ir.BinaryNotEqual, ir.BinaryLess, ir.BinaryLessEqual, ir.BinaryGreater, ir.BinaryGreaterEqual:
		if t.kind == vector {
			t = vectorOf(ir.ScalarBool, t.n)
		} else {
			t = scalars[ir.ScalarBool]
		}
		if o == ir.BinaryGreater || o == ir.BinaryGreaterEqual {
			x, y = y, x
			o -= 2 // a > b is b < a
		}
	}
	if t.atomic {
		t = scalars[t.scalar]
	}
	return c.each(t, binaryOp(o, k), x, y)
}

// product multiplies matrices and vectors; sums go from the first to the last product.
func (c *compiler) product(x, y value) value {
	f := ir.ScalarFloat
	cell := func(v value, col, row int) int { // of a matrix
		return c.at(v, col*v.typ.elem.n+row)
	}
	switch {
	case x.typ.kind == matrix && y.typ.kind == vector:
		out := value{typ: vectorOf(f, x.typ.elem.n)}
		for row := range x.typ.elem.n {
			out.regs = append(out.regs, c.sum(x.typ.n, func(k int) (int, int) { return cell(x, k, row), c.at(y, k) }))
		}
		return out
	case x.typ.kind == vector:
		out := value{typ: vectorOf(f, y.typ.n)}
		for col := range y.typ.n {
			out.regs = append(out.regs, c.sum(x.typ.n, func(k int) (int, int) { return c.at(x, k), cell(y, col, k) }))
		}
		return out
	}
	out := value{typ: c.inner(ir.MatrixType{Columns: ir.VectorSize(y.typ.n), Rows: ir.VectorSize(x.typ.elem.n), Scalar: ir.ScalarType{Kind: f, Width: 4}})}
	for col := range y.typ.n {
		for row := range x.typ.elem.n {
			out.regs = append(out.regs, c.sum(x.typ.n, func(k int) (int, int) { return cell(x, k, row), cell(y, col, k) }))
		}
	}
	return out
}

// sum emits the f32 sum of n products and returns its register.
func (c *compiler) sum(n int, pair func(k int) (int, int)) int {
	a, b := pair(0)
	total := c.alloc(1)
	c.emit(fmul(total, a, b))
	for k := 1; k < n; k++ {
		a, b := pair(k)
		t, next := c.alloc(1), c.alloc(1)
		c.emit(fmul(t, a, b))
		c.emit(fadd(next, total, t))
		total = next
	}
	return total
}

func (c *compiler) unary(o ir.UnaryOperator, x value) value {
	if x.typ.kind > matrix {
		unsupported("a prefix operator on arrays or structs")
	}
	var f func(uint32) uint32
	switch {
	case o == ir.UnaryLogicalNot:
		f = func(a uint32) uint32 { return a ^ 1 }
	case o == ir.UnaryBitwiseNot:
		f = func(a uint32) uint32 { return ^a }
	case x.typ.scalar == ir.ScalarFloat:
		f = func(a uint32) uint32 { return a ^ 1<<31 }
	default:
		f = func(a uint32) uint32 { return -a }
	}
	return c.map1(x.typ, x, f)
}

func (c *compiler) convert(x value, k ir.ScalarKind, convert bool) value {
	var t *typ
	switch x.typ.kind {
	case scalar:
		t = scalars[k]
	case vector:
		t = vectorOf(k, x.typ.n)
	case matrix:
		if k != ir.ScalarFloat {
			unsupported("a conversion of a matrix")
		}
		return x
	default:
		unsupported("a conversion of this type")
	}
	from := x.typ.scalar
	x.typ = t
	if t == nil {
		unsupported("a conversion to this type")
	}
	if !convert || from == k {
		return x
	}
	f := conversion(from, k)
	if f == nil {
		return x
	}
	return c.map1(t, x, f)
}

// conversion returns the value conversion between scalar kinds, nil when the bits stay.
func conversion(from, to ir.ScalarKind) func(uint32) uint32 {
	switch {
	case to == ir.ScalarBool && from == ir.ScalarFloat:
		return func(a uint32) uint32 { return boolean(a<<1 != 0) }
	case to == ir.ScalarBool:
		return func(a uint32) uint32 { return boolean(a != 0) }
	case to == ir.ScalarFloat && from == ir.ScalarSint:
		return func(a uint32) uint32 { return math.Float32bits(float32(int32(a))) }
	case to == ir.ScalarFloat:
		return func(a uint32) uint32 { return math.Float32bits(float32(a)) }
	case from == ir.ScalarFloat && to == ir.ScalarSint:
		return func(a uint32) uint32 { return uint32(int32(clampFloat(a, -1<<31, 1<<31-1<<7))) }
	case from == ir.ScalarFloat:
		return func(a uint32) uint32 { return uint32(int64(clampFloat(a, 0, 1<<32-1<<8))) }
	}
	return nil
}

// clampFloat truncates an f32 into a range, whose ends are f32 values, too; NaN gives 0.
func clampFloat(a uint32, lo, hi float64) float64 {
	v := math.Trunc(float64(math.Float32frombits(a)))
	if v != v {
		return 0
	}
	return min(max(v, lo), hi)
}

func (c *compiler) relational(fun ir.RelationalFunction, x value) value {
	switch fun {
	case ir.RelationalAll, ir.RelationalAny:
		o := binaryOp(ir.BinaryAnd, ir.ScalarBool)
		if fun == ir.RelationalAny {
			o = binaryOp(ir.BinaryInclusiveOr, ir.ScalarBool)
		}
		at := c.at(x, 0)
		for i := 1; i < x.typ.flat; i++ {
			next := c.alloc(1)
			c.emit(o(next, at, c.at(x, i)))
			at = next
		}
		return value{typ: scalars[ir.ScalarBool], regs: []int{at}}
	}
	unsupported("isNan and isInf")
	return value{}
}

// map1 applies a function to every component.
func (c *compiler) map1(t *typ, x value, f func(uint32) uint32) value {
	if x.words != nil {
		out := value{typ: t, words: make([]uint32, len(x.words))}
		for i, w := range x.words {
			out.words[i] = f(w)
		}
		return out
	}
	out := c.temp(t)
	for i, d := range out.regs {
		a := x.regs[i]
		c.emit(func(m *machine, act []uint8) {
			r, x := &m.r[d], &m.r[a]
			for _, l := range act {
				r[l] = f(x[l])
			}
		})
	}
	return out
}

// map2 and map3 do the same with more operands; scalars stand for vectors of equal components.
func (c *compiler) map2(t *typ, x, y value, f func(a, b uint32) uint32) value {
	return c.each(t, func(d, a, b int) op {
		return func(m *machine, act []uint8) {
			r, x, y := &m.r[d], &m.r[a], &m.r[b]
			for _, l := range act {
				r[l] = f(x[l], y[l])
			}
		}
	}, x, y)
}

func (c *compiler) map3(t *typ, x, y, z value, f func(a, b, c uint32) uint32) value {
	out := c.temp(t)
	for i, d := range out.regs {
		a, b, e := c.at(x, min(i, x.typ.flat-1)), c.at(y, min(i, y.typ.flat-1)), c.at(z, min(i, z.typ.flat-1))
		c.emit(func(m *machine, act []uint8) {
			r, x, y, z := &m.r[d], &m.r[a], &m.r[b], &m.r[e]
			for _, l := range act {
				r[l] = f(x[l], y[l], z[l])
			}
		})
	}
	return out
}
