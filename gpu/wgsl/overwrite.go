package wgsl

import (
	"fmt"
	"slices"

	"github.com/gogpu/naga/ir"
)

// guard is a comparison "low < high" that holds where the follower is. Every time that it is reached it is another.
type guard struct {
	low, high string
	at        int
}

// readBefore remembers a load from workgroup memory, for a store that may overwrite it before all have read.
func (f *follower) readBefore(g ir.GlobalVariableHandle, pointer ir.ExpressionHandle, o origin, shape string) {
	t := touch{root: g, shape: shape, distinct: f.s.size()&^o.distinct(0) == 0, alone: f.alone(), line: f.lines.declared}
	t.turned = f.turned(pointer)
	if sum, ok := f.elementIndex(pointer).(ir.ExprBinary); ok && sum.Op == ir.BinaryAdd {
		for _, x := range f.guards {
			a, b := f.key(sum.Left), f.key(sum.Right)
			if a == x.low && b == x.high || a == x.high && b == x.low {
				t.above = fmt.Sprint(x.at)
			}
		}
	}
	f.s.reads[g] = append(f.s.reads[g], t)
}

// overwrite refuses a store to workgroup memory of what another invocation may still have to read.
func (f *follower) overwrite(g ir.GlobalVariableHandle, pointer ir.ExpressionHandle, t touch) {
	for _, r := range f.s.reads[g] {
		same := r.shape == t.shape && r.distinct && t.distinct || r.alone && t.alone || slices.ContainsFunc(r.turned, func(v variable) bool {
			return slices.Contains(f.turned(pointer), v)
		})
		for _, x := range f.guards {
			same = same || r.above == fmt.Sprint(x.at) && f.keyOfIndex(pointer) == x.low
		}
		if !same {
			f.s.refuse(t.line, "workgroup variable %q is read and then written at another index without a barrier in between: what is read would depend on the order of invocations", f.mod.GlobalVariables[g].Name)
		}
	}
}

// turned are the variables in the index of a pointer that are the same for all invocations and change, such as the one that says which
// of two halves is read while the other is written. They are trusted to keep the halves apart.
func (f *follower) turned(pointer ir.ExpressionHandle) []variable {
	h, ok := f.indexOf(pointer)
	if !ok {
		return nil
	}
	var list []variable
	budget := 100
	var visit func(h ir.ExpressionHandle)
	visit = func(h ir.ExpressionHandle) {
		if budget--; budget < 0 {
			return
		}
		kind := f.fn.Expressions[h].Kind
		if load, ok := kind.(ir.ExprLoad); ok {
			v, ok := f.fn.Expressions[load.Pointer].Kind.(ir.ExprLocalVariable)
			if id := (variable{f.fn, v.Variable}); ok && f.s.vars[id]&varying == 0 && f.changes(h, f.fn.Body) {
				list = append(list, id)
			}
			return
		}
		operands(kind, visit)
	}
	visit(h)
	return list
}

// elementIndex is the expression that indexes a variable itself, nil when a pointer leads elsewhere.
func (f *follower) elementIndex(pointer ir.ExpressionHandle) ir.ExpressionKind {
	if h, ok := f.indexOf(pointer); ok {
		return f.fn.Expressions[h].Kind
	}
	return nil
}

func (f *follower) keyOfIndex(pointer ir.ExpressionHandle) string {
	if h, ok := f.indexOf(pointer); ok {
		return f.key(h)
	}
	return ""
}

func (f *follower) indexOf(pointer ir.ExpressionHandle) (ir.ExpressionHandle, bool) {
	for range len(f.fn.Expressions) {
		switch e := f.fn.Expressions[pointer].Kind.(type) {
		case ir.ExprAccess:
			if _, ok := f.fn.Expressions[e.Base].Kind.(ir.ExprGlobalVariable); ok {
				return e.Index, true
			}
			pointer = e.Base
		case ir.ExprAccessIndex:
			pointer = e.Base
		case ir.ExprLoad:
			pointer = e.Pointer
		default:
			return 0, false
		}
	}
	return 0, false
}

// key names a value: equal keys are equal values as long as no variable in them changes.
func (f *follower) key(h ir.ExpressionHandle) string {
	if c, ok := f.constant(h); ok {
		return fmt.Sprint("c", c)
	}
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprLoad:
		if v, ok := f.fn.Expressions[e.Pointer].Kind.(ir.ExprLocalVariable); ok {
			return fmt.Sprint("v", v.Variable)
		}
	case ir.ExprFunctionArgument:
		return fmt.Sprint("a", e.Index)
	case ir.ExprAccessIndex:
		return fmt.Sprint(f.key(e.Base), ".", e.Index)
	}
	return fmt.Sprint("h", h)
}

// guarded follows a block under a comparison of an invocation's own number with a bound that is the same for all, small enough
// that their sum does not wrap around, and does not change in the block.
func (f *follower) guarded(condition ir.ExpressionHandle, block []ir.Statement) {
	outer := f.guards
	if e, ok := f.fn.Expressions[condition].Kind.(ir.ExprBinary); ok {
		low, high := e.Left, e.Right
		if e.Op == ir.BinaryGreater {
			low, high = high, low
		}
		t, scalar := f.value(low).(ir.ScalarType)
		if (e.Op == ir.BinaryLess || e.Op == ir.BinaryGreater) && scalar && t.Kind == ir.ScalarUint && f.origin(high)&(varying|apart) == 0 && f.small(high) && !f.changes(low, block) && !f.changes(high, block) {
			f.s.visits++
			f.guards = append(f.guards[:len(f.guards):len(f.guards)], guard{f.key(low), f.key(high), f.s.visits})
		}
	}
	f.block(block)
	f.guards = outer
}

// changes reports whether a block stores to the variable that an expression loads.
func (f *follower) changes(h ir.ExpressionHandle, block []ir.Statement) bool {
	load, ok := f.fn.Expressions[h].Kind.(ir.ExprLoad)
	if !ok {
		return false
	}
	found := false
	walk(block, func(k ir.StatementKind) {
		switch s := k.(type) {
		case ir.StmtStore:
			found = found || f.root(s.Pointer) == f.root(load.Pointer)
		case ir.StmtCall: // it may get a pointer
			for _, a := range s.Arguments {
				found = found || isPointer(f.inner(a)) && f.root(a) == f.root(load.Pointer)
			}
		}
	})
	return found
}

// small reports whether a bound is below 2^30: a constant, or a variable that starts so and is only divided.
func (f *follower) small(h ir.ExpressionHandle) bool {
	if c, ok := f.constant(h); ok {
		return c >= 0 && c < 1<<30
	}
	load, ok := f.fn.Expressions[h].Kind.(ir.ExprLoad)
	if !ok {
		return false
	}
	v, ok := f.fn.Expressions[load.Pointer].Kind.(ir.ExprLocalVariable)
	if !ok {
		return false
	}
	if init := f.fn.LocalVars[v.Variable].Init; init != nil {
		c, constant := f.constant(*init)
		ok = constant && c >= 0 && c < 1<<30
	}
	walk(f.fn.Body, func(k ir.StatementKind) {
		switch s := k.(type) {
		case ir.StmtStore:
			if f.root(s.Pointer) != ir.ExpressionKind(v) {
				return
			}
			if c, constant := f.constant(s.Value); constant {
				ok = ok && c >= 0 && c < 1<<30
				return
			}
			e, binary := f.fn.Expressions[s.Value].Kind.(ir.ExprBinary)
			ok = ok && binary && (e.Op == ir.BinaryShiftRight || e.Op == ir.BinaryDivide) && f.key(e.Left) == f.key(h)
		case ir.StmtCall:
			for _, a := range s.Arguments {
				ok = ok && !(isPointer(f.inner(a)) && f.root(a) == ir.ExpressionKind(v))
			}
		}
	})
	return ok
}
