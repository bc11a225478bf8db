package wgsl

import (
	"math/bits"
	"slices"

	"github.com/gogpu/naga/ir"
)

// entries describes the entry points in source order.
func (o *outline) entries(mod *ir.Module) ([]Entry, *Error) {
	var out []Entry
	for i := range mod.EntryPoints {
		ep := &mod.EntryPoints[i]
		e := Entry{Name: ep.Name, Workgroup: ep.Workgroup}
		seen := map[ir.GlobalVariableHandle]bool{}
		reach(mod, &ep.Function, func(fn *ir.Function) {
			for _, x := range fn.Expressions {
				g, ok := x.Kind.(ir.ExprGlobalVariable)
				if !ok || seen[g.Variable] {
					continue
				}
				seen[g.Variable] = true
				v := mod.GlobalVariables[g.Variable]
				switch v.Space {
				case ir.SpaceWorkGroup:
					e.SharedBytes += uint32(sizeOf(mod, v.Type).buffer)
				case ir.SpaceUniform, ir.SpaceStorage:
					e.Bindings = append(e.Bindings, Binding{
						Group: v.Binding.Group, Index: v.Binding.Binding, Name: v.Name, Access: access(v), MinSize: sizeOf(mod, v.Type).buffer,
					})
				}
			}
		})
		slices.SortFunc(e.Bindings, func(a, b Binding) int { return int(a.Index) - int(b.Index) })
		count := &coster{mod: mod, done: map[*ir.Function]cost{}, unknown: map[*ir.Statement]bool{}}
		c := count.function(&ep.Function)
		e.Operations, e.LoopIterations, e.Traffic = max(1, c.operations), c.iterations, c.traffic
		e.Unbounded = o.unbounded(mod, &ep.Function, count.unknown)
		out = append(out, e)
	}
	place := func(name string) int {
		if d := o.names[name]; d != nil {
			return d.start
		}
		return 0
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return place(a.Name) - place(b.Name) })
	return out, nil
}

func access(v ir.GlobalVariable) string {
	switch {
	case v.Space == ir.SpaceUniform:
		return "uniform"
	case v.Access == ir.StorageRead:
		return "read"
	}
	return "read_write"
}

// cost is what one execution takes; sums and products saturate. Traffic is in bytes.
type cost struct{ operations, iterations, traffic uint64 }

func (c cost) plus(d cost) cost {
	return cost{
		saturate(bits.Add64(c.operations, d.operations, 0)), saturate(bits.Add64(c.iterations, d.iterations, 0)), saturate(bits.Add64(c.traffic, d.traffic, 0)),
	}
}

// most is the larger of each.
func (c cost) most(d cost) cost {
	return cost{max(c.operations, d.operations), max(c.iterations, d.iterations), max(c.traffic, d.traffic)}
}

func saturate(v, carry uint64) uint64 {
	if carry != 0 {
		return ^uint64(0)
	}
	return v
}

func times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi != 0 {
		return ^uint64(0)
	}
	return lo
}

type coster struct {
	mod     *ir.Module
	done    map[*ir.Function]cost
	unknown map[*ir.Statement]bool // first statements of the bodies of loops without a known bound
}

func (c *coster) function(fn *ir.Function) cost {
	if known, ok := c.done[fn]; ok {
		return known
	}
	out := c.block(reader{c.mod, fn}, fn.Body, nil)
	c.done[fn] = out
	return out
}

// block sums a block. Branches of an if or a switch count as the most expensive one. before are the blocks around it up to
// the statement that holds it, innermost last, for finding the start value of a loop variable.
func (c *coster) block(r reader, block []ir.Statement, before [][]ir.Statement) cost {
	var sum cost
	for i := range block {
		around := append(slices.Clip(before), block[:i])
		switch s := block[i].Kind.(type) {
		case ir.StmtEmit:
			for h := s.Range.Start; h < s.Range.End; h++ {
				sum = sum.plus(cost{operations: r.weight(h)})
				if load, ok := r.fn.Expressions[h].Kind.(ir.ExprLoad); ok {
					sum = sum.plus(cost{traffic: r.traffic(load.Pointer)})
				}
			}
		case ir.StmtStore:
			sum = sum.plus(cost{operations: 1, traffic: r.traffic(s.Pointer)})
		case ir.StmtAtomic:
			sum = sum.plus(cost{operations: 1, traffic: 2 * r.traffic(s.Pointer)})
		case ir.StmtBarrier, ir.StmtWorkGroupUniformLoad:
			sum = sum.plus(cost{operations: 1})
		case ir.StmtCall:
			sum = sum.plus(c.function(&c.mod.Functions[s.Function]))
		case ir.StmtBlock:
			sum = sum.plus(c.block(r, s.Block, around))
		case ir.StmtIf:
			sum = sum.plus(c.block(r, s.Accept, around).most(c.block(r, s.Reject, around)))
		case ir.StmtSwitch:
			var most cost
			for _, k := range s.Cases {
				most = most.most(c.block(r, k.Body, around))
			}
			sum = sum.plus(most)
		case ir.StmtLoop:
			body := c.block(r, s.Body, around).plus(c.block(r, s.Continuing, around))
			n, known := r.iterations(s, around)
			if !known {
				if len(s.Body) > 0 {
					c.unknown[&s.Body[0]] = true
				}
				sum = sum.plus(cost{body.operations, UnknownLoops, body.traffic})
				continue
			}
			sum = sum.plus(cost{times(body.operations, n+1), times(saturate(bits.Add64(body.iterations, 1, 0)), n), times(body.traffic, n)})
		}
	}
	return sum
}

// unbounded is the first line with one of the loops, given by the first statements of their bodies, in an entry point and the functions of its
// module; 0: not known.
func (o *outline) unbounded(mod *ir.Module, entry *ir.Function, loops map[*ir.Statement]bool) (line int) {
	look := func(fn *ir.Function) {
		at := o.loops(fn)
		walk(fn.Body, func(k ir.StatementKind) {
			s, ok := k.(ir.StmtLoop)
			if !ok || len(at) == 0 {
				return
			}
			if len(s.Body) > 0 && loops[&s.Body[0]] && (line == 0 || at[0].line < line) {
				line = at[0].line
			}
			at = at[1:]
		})
	}
	for i := range mod.Functions {
		look(&mod.Functions[i])
	}
	look(entry)
	return line
}

// traffic is how many bytes of a buffer are loaded or stored through a pointer, or zero if it points elsewhere. An array counts as a word.
func (r reader) traffic(pointer ir.ExpressionHandle) uint64 {
	g, ok := r.root(pointer).(ir.ExprGlobalVariable)
	if !ok {
		return 0
	}
	if space := r.mod.GlobalVariables[g.Variable].Space; space != ir.SpaceStorage && space != ir.SpaceUniform {
		return 0
	}
	switch t := r.value(pointer).(type) {
	case ir.VectorType:
		return 4 * uint64(t.Size)
	case ir.MatrixType:
		return 4 * uint64(t.Columns) * uint64(t.Rows)
	case ir.StructType:
		return uint64(t.Span)
	}
	return 4
}

// weight is the number of scalar operations of an expression.
func (r reader) weight(h ir.ExpressionHandle) uint64 {
	n := uint64(1)
	switch t := r.value(h).(type) {
	case ir.VectorType:
		n = uint64(t.Size)
	case ir.MatrixType:
		n = uint64(t.Columns) * uint64(t.Rows)
	}
	switch e := r.fn.Expressions[h].Kind.(type) {
	case ir.ExprAccess, ir.ExprLoad, ir.ExprUnary, ir.ExprSelect, ir.ExprRelational, ir.ExprArrayLength:
		return n
	case ir.ExprBinary:
		if e.Op == ir.BinaryDivide || e.Op == ir.BinaryModulo {
			return 4 * n
		}
		return n
	case ir.ExprAs:
		if e.Convert != nil {
			return n
		}
	case ir.ExprMath:
		switch {
		case e.Fun == ir.MathAbs || e.Fun == ir.MathMin || e.Fun == ir.MathMax || e.Fun == ir.MathClamp || e.Fun == ir.MathFma:
			return n
		case isFloat(r.value(e.Arg)):
			return 8 * n
		}
		return 2 * n
	}
	return 0
}

// iterations finds the number of iterations of "for (var i = A; i < B; i += C)" with constants: the form that compilers
// recognize, too. A break inside only makes it fewer.
func (r reader) iterations(loop ir.StmtLoop, before [][]ir.Statement) (uint64, bool) {
	var condition *ir.ExprBinary
	for i := range loop.Body {
		switch s := loop.Body[i].Kind.(type) {
		case ir.StmtEmit:
			continue
		case ir.StmtIf:
			if len(s.Accept) == 0 && len(s.Reject) == 1 {
				if _, ok := s.Reject[0].Kind.(ir.StmtBreak); ok {
					if b, ok := r.fn.Expressions[s.Condition].Kind.(ir.ExprBinary); ok {
						condition = &b
					}
				}
			}
		}
		break
	}
	if condition == nil {
		return 0, false
	}
	load, ok := r.fn.Expressions[condition.Left].Kind.(ir.ExprLoad)
	limit, ok2 := r.constant(condition.Right)
	if !ok || !ok2 {
		return 0, false
	}
	variable, ok := r.fn.Expressions[load.Pointer].Kind.(ir.ExprLocalVariable)
	if !ok {
		return 0, false
	}
	step, ok := r.step(loop, variable)
	start, ok2 := r.start(variable, before)
	if !ok || !ok2 || step == 0 {
		return 0, false
	}
	var distance int64
	switch {
	case condition.Op == ir.BinaryLess && step > 0:
		distance = limit - start
	case condition.Op == ir.BinaryLessEqual && step > 0:
		distance = limit - start + 1
	case condition.Op == ir.BinaryGreater && step < 0:
		distance = start - limit
	case condition.Op == ir.BinaryGreaterEqual && step < 0:
		distance = start - limit + 1
	case condition.Op == ir.BinaryNotEqual && (limit-start)%step == 0 && (limit-start)/step >= 0:
		return uint64((limit - start) / step), true
	default:
		return 0, false
	}
	if step < 0 {
		step = -step
	}
	end := limit + step // what the variable may reach; a wrap-around would make the loop endless
	if condition.Op == ir.BinaryGreater || condition.Op == ir.BinaryGreaterEqual {
		end = limit - step
	}
	if t, ok := r.value(condition.Left).(ir.ScalarType); !ok || t.Kind == ir.ScalarUint && (end < 0 || end > 1<<32-1) || t.Kind == ir.ScalarSint && (end < -1<<31 || end > 1<<31-1) {
		return 0, false
	}
	return uint64(max(0, (distance+step-1)/step)), true
}

// step finds the constant that the continuing block adds to the variable, when nothing else in the loop changes it.
func (r reader) step(loop ir.StmtLoop, v ir.ExprLocalVariable) (int64, bool) {
	is := func(h ir.ExpressionHandle) bool {
		x, ok := r.fn.Expressions[h].Kind.(ir.ExprLocalVariable)
		return ok && x == v
	}
	changed := false
	walk(loop.Body, func(k ir.StatementKind) {
		switch s := k.(type) {
		case ir.StmtStore:
			changed = changed || r.root(s.Pointer) == ir.ExpressionKind(v)
		case ir.StmtCall:
			for _, a := range s.Arguments {
				changed = changed || isPointer(r.inner(a)) && r.root(a) == ir.ExpressionKind(v)
			}
		}
	})
	var stores []ir.StmtStore
	walk(loop.Continuing, func(k ir.StatementKind) {
		switch s := k.(type) {
		case ir.StmtStore:
			if is(s.Pointer) {
				stores = append(stores, s)
			}
		case ir.StmtEmit:
		default:
			changed = true // keep to the plain form
		}
	})
	if changed || len(stores) != 1 {
		return 0, false
	}
	sum, ok := r.fn.Expressions[stores[0].Value].Kind.(ir.ExprBinary)
	if !ok || sum.Op != ir.BinaryAdd && sum.Op != ir.BinarySubtract {
		return 0, false
	}
	load, ok := r.fn.Expressions[sum.Left].Kind.(ir.ExprLoad)
	c, ok2 := r.constant(sum.Right)
	if !ok || !ok2 || !is(load.Pointer) {
		return 0, false
	}
	if sum.Op == ir.BinarySubtract {
		c = -c
	}
	return c, true
}

// start finds the value that the variable has before the loop.
func (r reader) start(v ir.ExprLocalVariable, before [][]ir.Statement) (int64, bool) {
	for _, block := range slices.Backward(before) {
		for i := range slices.Backward(block) {
			touched, value, found := false, int64(0), false
			walk(block[i:i+1], func(k ir.StatementKind) {
				switch s := k.(type) {
				case ir.StmtStore:
					if r.root(s.Pointer) == ir.ExpressionKind(v) {
						touched = true
						value, found = r.constant(s.Value)
					}
				case ir.StmtCall:
					for _, a := range s.Arguments {
						touched = touched || isPointer(r.inner(a)) && r.root(a) == ir.ExpressionKind(v)
					}
				}
			})
			if touched {
				_, plain := block[i].Kind.(ir.StmtStore)
				return value, found && plain
			}
		}
	}
	if init := r.fn.LocalVars[v.Variable].Init; init != nil {
		return r.constant(*init)
	}
	return 0, true
}

// constant evaluates an integer expression of literals and constants.
func (r reader) constant(h ir.ExpressionHandle) (int64, bool) {
	budget := 4 * MaxOperators // a chain of lets that each use the one before twice would take 2^n visits
	return constant(r.mod, r.fn.Expressions, h, &budget)
}

func constant(mod *ir.Module, exprs []ir.Expression, h ir.ExpressionHandle, budget *int) (int64, bool) {
	if *budget--; *budget < 0 || int(h) >= len(exprs) {
		return 0, false
	}
	switch e := exprs[h].Kind.(type) {
	case ir.Literal:
		switch v := e.Value.(type) {
		case ir.LiteralU32:
			return int64(v), true
		case ir.LiteralI32:
			return int64(v), true
		case ir.LiteralAbstractInt:
			return int64(v), true
		}
	case ir.ExprZeroValue:
		return 0, true
	case ir.ExprConstant:
		return constant(mod, mod.GlobalExpressions, mod.Constants[e.Constant].Init, budget)
	case ir.ExprBinary:
		a, ok := constant(mod, exprs, e.Left, budget)
		b, ok2 := constant(mod, exprs, e.Right, budget)
		if !ok || !ok2 || max(a, -a, b, -b) >= 1<<32 {
			return 0, false
		}
		v := int64(0)
		switch e.Op {
		case ir.BinaryAdd:
			v = a + b
		case ir.BinarySubtract:
			v = a - b
		case ir.BinaryMultiply:
			v = a * b
		case ir.BinaryDivide:
			if b == 0 {
				return 0, false
			}
			v = a / b
		default:
			return 0, false
		}
		return v, v >= -1<<31 && v < 1<<31
	}
	return 0, false
}
