package wgsl

import (
	"math"
	"math/bits"

	"github.com/gogpu/naga/ir"
)

// interval bounds an integer, both ends included.
type interval struct{ low, high int64 }

func (a interval) within(low, high int64) bool { return a.low >= low && a.high <= high }

func (a interval) meet(b interval) interval {
	return interval{max(a.low, b.low), min(a.high, b.high)}
}

// full is all that a type can hold.
func full(t ir.TypeInner) interval {
	if s, ok := scalarOf(t); ok && s.Kind == ir.ScalarSint {
		return interval{math.MinInt32, math.MaxInt32}
	}
	return interval{0, math.MaxUint32}
}

// interval bounds a scalar integer expression where it is read.
func (f *body) interval(h ir.ExpressionHandle) interval {
	budget := 200
	return f.bound(h, &budget)
}

func (f *body) bound(h ir.ExpressionHandle, budget *int) interval {
	all := full(f.typeOf(h))
	if *budget--; *budget < 0 {
		return all
	}
	out := all
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.Literal, ir.ExprConstant, ir.ExprZeroValue:
		if v, ok := f.constant(h); ok {
			return interval{v, v}
		}
	case ir.ExprFunctionArgument:
		out = f.builtinRange(e.Index, -1, all)
	case ir.ExprAccessIndex:
		if a, ok := f.fn.Expressions[e.Base].Kind.(ir.ExprFunctionArgument); ok {
			out = f.builtinRange(a.Index, int(e.Index), all)
		}
	case ir.ExprLoad:
		if v, ok := f.fn.Expressions[e.Pointer].Kind.(ir.ExprLocalVariable); ok {
			if limit, ok := f.limits[v.Variable]; ok {
				out = limit
			}
		}
	case ir.ExprBinary:
		out = arithmetic(e.Op, f.bound(e.Left, budget), f.bound(e.Right, budget), all)
	case ir.ExprMath:
		a := f.bound(e.Arg, budget)
		switch e.Fun {
		case ir.MathMin:
			b := f.bound(*e.Arg1, budget)
			out = interval{min(a.low, b.low), min(a.high, b.high)}
		case ir.MathMax:
			b := f.bound(*e.Arg1, budget)
			out = interval{max(a.low, b.low), max(a.high, b.high)}
		case ir.MathCountOneBits, ir.MathCountLeadingZeros, ir.MathCountTrailingZeros:
			out = interval{0, 32}
		}
	case ir.ExprSelect:
		a, b := f.bound(e.Accept, budget), f.bound(e.Reject, budget)
		out = interval{min(a.low, b.low), max(a.high, b.high)}
	case ir.ExprAs:
		if t, ok := scalarOf(f.typeOf(e.Expr)); ok && t.Kind <= ir.ScalarUint {
			if a := f.bound(e.Expr, budget); a.within(all.low, all.high) {
				out = a
			}
		} else if ok && t.Kind == ir.ScalarBool {
			out = interval{0, 1}
		}
	}
	if known, ok := f.bounds[h]; ok {
		out = out.meet(known)
	}
	if !out.within(all.low, all.high) || out.low > out.high {
		return all
	}
	return out
}

// typeOf is the scalar type of an expression, of a vector its components'.
func (f *body) typeOf(h ir.ExpressionHandle) ir.TypeInner { return f.reader.value(h) }

// builtinRange bounds a parameter of an entry point, or a component of it.
func (f *body) builtinRange(arg uint32, axis int, all interval) interval {
	a := f.fn.Arguments[arg]
	if a.Binding == nil {
		return all
	}
	b, ok := (*a.Binding).(ir.BuiltinBinding)
	if !ok {
		return all
	}
	var size [3]uint32
	for i := range f.mod.EntryPoints {
		if &f.mod.EntryPoints[i].Function == f.fn {
			size = f.mod.EntryPoints[i].Workgroup
		}
	}
	const grid = 65535
	switch {
	case b.Builtin == ir.BuiltinLocalInvocationIndex:
		return interval{0, int64(size[0])*int64(size[1])*int64(size[2]) - 1}
	case axis < 0 || axis > 2:
	case b.Builtin == ir.BuiltinLocalInvocationID:
		return interval{0, int64(size[axis]) - 1}
	case b.Builtin == ir.BuiltinWorkGroupID:
		return interval{0, grid - 1}
	case b.Builtin == ir.BuiltinNumWorkGroups:
		return interval{1, grid}
	case b.Builtin == ir.BuiltinGlobalInvocationID:
		return interval{0, grid*int64(size[axis]) - 1}
	}
	return all
}

func arithmetic(op ir.BinaryOperator, a, b, all interval) interval {
	out := all
	switch op {
	case ir.BinaryAdd:
		out = interval{a.low + b.low, a.high + b.high}
	case ir.BinarySubtract:
		out = interval{a.low - b.high, a.high - b.low}
	case ir.BinaryMultiply:
		if a.low >= 0 && b.low >= 0 && a.high <= math.MaxUint32 && b.high <= math.MaxUint32 && times(uint64(a.high), uint64(b.high)) <= math.MaxUint32 {
			out = interval{a.low * b.low, a.high * b.high}
		}
	case ir.BinaryDivide:
		if a.low >= 0 && b.low > 0 {
			out = interval{a.low / b.high, a.high / b.low}
		}
	case ir.BinaryModulo:
		if a.low >= 0 && b.low > 0 {
			out = interval{0, min(a.high, b.high-1)}
		}
	case ir.BinaryAnd:
		switch {
		case a.low >= 0 && b.low >= 0:
			out = interval{0, min(a.high, b.high)}
		case a.low >= 0:
			out = interval{0, a.high}
		case b.low >= 0:
			out = interval{0, b.high}
		}
	case ir.BinaryInclusiveOr, ir.BinaryExclusiveOr:
		if a.low >= 0 && b.low >= 0 {
			out = interval{0, 1<<bits.Len64(uint64(max(a.high, b.high))) - 1}
		}
	case ir.BinaryShiftRight:
		if a.low >= 0 && b.within(0, 31) {
			out = interval{a.low >> b.high, a.high >> b.low}
		}
	case ir.BinaryShiftLeft:
		if a.low >= 0 && b.within(0, 31) && a.high <= math.MaxUint32>>b.high {
			out = interval{a.low << b.low, a.high << b.high}
		}
	}
	if !out.within(all.low, all.high) {
		return all // it may wrap around
	}
	return out
}

// facts are what a comparison says about its operands when it is true and when it is false.
func (f *body) facts(h ir.ExpressionHandle) (yes, no map[ir.ExpressionHandle]interval) {
	yes, no = map[ir.ExpressionHandle]interval{}, map[ir.ExpressionHandle]interval{}
	e, ok := f.fn.Expressions[h].Kind.(ir.ExprBinary)
	if !ok {
		return yes, no
	}
	t, ok := f.typeOf(e.Left).(ir.ScalarType)
	if !ok || t.Kind > ir.ScalarUint {
		return yes, no
	}
	a, b, all := f.interval(e.Left), f.interval(e.Right), full(t)
	below := func(m map[ir.ExpressionHandle]interval, x, y ir.ExpressionHandle, ix, iy interval, gap int64) { // x + gap <= y
		m[x], m[y] = interval{all.low, iy.high - gap}, interval{ix.low + gap, all.high}
	}
	switch e.Op {
	case ir.BinaryLess:
		below(yes, e.Left, e.Right, a, b, 1)
		below(no, e.Right, e.Left, b, a, 0)
	case ir.BinaryLessEqual:
		below(yes, e.Left, e.Right, a, b, 0)
		below(no, e.Right, e.Left, b, a, 1)
	case ir.BinaryGreater:
		below(yes, e.Right, e.Left, b, a, 1)
		below(no, e.Left, e.Right, a, b, 0)
	case ir.BinaryGreaterEqual:
		below(yes, e.Right, e.Left, b, a, 0)
		below(no, e.Left, e.Right, a, b, 1)
	case ir.BinaryEqual:
		yes[e.Left], yes[e.Right] = b, a
	case ir.BinaryNotEqual:
		no[e.Left], no[e.Right] = b, a
	}
	return yes, no
}

func (f *body) learn(facts map[ir.ExpressionHandle]interval) {
	for h, i := range facts {
		if known, ok := f.bounds[h]; ok {
			i = i.meet(known)
		}
		f.bounds[h] = i
	}
}

// counter finds the variable of a loop "for (var i = A; i < B; i += C)" and its range in the body.
func (f *body) counter(s ir.StmtLoop) (uint32, interval, bool) {
	for i := range s.Body {
		k, ok := s.Body[i].Kind.(ir.StmtIf)
		if !ok {
			if _, emit := s.Body[i].Kind.(ir.StmtEmit); emit {
				continue
			}
			break
		}
		e, ok := f.fn.Expressions[k.Condition].Kind.(ir.ExprBinary)
		if !ok || len(k.Accept) != 0 || !leaves(k.Reject) {
			break
		}
		load, ok := f.fn.Expressions[e.Left].Kind.(ir.ExprLoad)
		if !ok {
			break
		}
		v, ok := f.fn.Expressions[load.Pointer].Kind.(ir.ExprLocalVariable)
		if !ok {
			break
		}
		step, ok := f.step(s, v)
		if !ok {
			break
		}
		all := full(f.typeOf(e.Left))
		out, limit := all, f.interval(e.Right)
		switch {
		case e.Op == ir.BinaryLess && step > 0:
			out.high = limit.high - 1
		case e.Op == ir.BinaryLessEqual && step > 0:
			out.high = limit.high
		default:
			return 0, out, false
		}
		if least, ok := f.least(v); ok && out.high+step <= all.high {
			out.low = least
		}
		return v.Variable, out, true
	}
	return 0, interval{}, false
}

// least is the smallest value that a loop variable can have when all that is stored in it is constants and, at one place, its
// step.
func (f *body) least(v ir.ExprLocalVariable) (int64, bool) {
	low, ok, sums := int64(0), true, 0
	if init := f.fn.LocalVars[v.Variable].Init; init != nil {
		low, ok = f.constant(*init)
	}
	walk(f.fn.Body, func(k ir.StatementKind) {
		switch s := k.(type) {
		case ir.StmtStore:
			if f.root(s.Pointer) != ir.ExpressionKind(v) {
				return
			}
			if c, constant := f.constant(s.Value); constant {
				low = min(low, c)
				return
			}
			sum, isSum := f.fn.Expressions[s.Value].Kind.(ir.ExprBinary)
			ok = ok && isSum && sum.Op == ir.BinaryAdd
			if ok {
				load, isLoad := f.fn.Expressions[sum.Left].Kind.(ir.ExprLoad)
				c, constant := f.constant(sum.Right)
				ok = isLoad && constant && c > 0 && f.root(load.Pointer) == ir.ExpressionKind(v)
				sums++
			}
		case ir.StmtCall:
			for _, a := range s.Arguments {
				ok = ok && !(isPointer(f.inner(a)) && f.root(a) == ir.ExpressionKind(v))
			}
		}
	})
	return low, ok && sums == 1
}
