package wgsl

import "github.com/gogpu/naga/ir"

// walk calls f for every statement of a block and of the blocks within it, in order. Nesting is bounded by the caps.
func walk(block []ir.Statement, f func(ir.StatementKind)) {
	eachStatement(block, func(s *ir.Statement) { f(s.Kind) })
}

func eachStatement(block []ir.Statement, f func(*ir.Statement)) {
	for i := range block {
		f(&block[i])
		switch s := block[i].Kind.(type) {
		case ir.StmtBlock:
			eachStatement(s.Block, f)
		case ir.StmtIf:
			eachStatement(s.Accept, f)
			eachStatement(s.Reject, f)
		case ir.StmtSwitch:
			for _, c := range s.Cases {
				eachStatement(c.Body, f)
			}
		case ir.StmtLoop:
			eachStatement(s.Body, f)
			eachStatement(s.Continuing, f)
		}
	}
}

// operands calls f for every expression that an expression reads.
func operands(kind ir.ExpressionKind, f func(ir.ExpressionHandle)) {
	opt := func(hs ...*ir.ExpressionHandle) {
		for _, h := range hs {
			if h != nil {
				f(*h)
			}
		}
	}
	switch e := kind.(type) {
	case ir.ExprCompose:
		for _, c := range e.Components {
			f(c)
		}
	case ir.ExprAccess:
		f(e.Base)
		f(e.Index)
	case ir.ExprAccessIndex:
		f(e.Base)
	case ir.ExprSplat:
		f(e.Value)
	case ir.ExprSwizzle:
		f(e.Vector)
	case ir.ExprLoad:
		f(e.Pointer)
	case ir.ExprUnary:
		f(e.Expr)
	case ir.ExprBinary:
		f(e.Left)
		f(e.Right)
	case ir.ExprSelect:
		f(e.Condition)
		f(e.Accept)
		f(e.Reject)
	case ir.ExprRelational:
		f(e.Argument)
	case ir.ExprMath:
		f(e.Arg)
		opt(e.Arg1, e.Arg2, e.Arg3)
	case ir.ExprAs:
		f(e.Expr)
	case ir.ExprArrayLength:
		f(e.Array)
	case ir.ExprAlias:
		f(e.Source)
	}
}

// reads calls f for every expression that a statement itself reads, without those of the blocks within it.
func reads(kind ir.StatementKind, f func(ir.ExpressionHandle)) {
	switch s := kind.(type) {
	case ir.StmtIf:
		f(s.Condition)
	case ir.StmtSwitch:
		f(s.Selector)
	case ir.StmtLoop:
		if s.BreakIf != nil {
			f(*s.BreakIf)
		}
	case ir.StmtReturn:
		if s.Value != nil {
			f(*s.Value)
		}
	case ir.StmtStore:
		f(s.Pointer)
		f(s.Value)
	case ir.StmtAtomic:
		f(s.Pointer)
		if _, load := s.Fun.(ir.AtomicLoad); !load {
			f(s.Value)
		}
		if x, ok := s.Fun.(ir.AtomicExchange); ok && x.Compare != nil {
			f(*x.Compare)
		}
	case ir.StmtWorkGroupUniformLoad:
		f(s.Pointer)
	case ir.StmtCall:
		for _, a := range s.Arguments {
			f(a)
		}
	}
}

// root returns the variable expression that a pointer expression starts from.
func (r reader) root(h ir.ExpressionHandle) ir.ExpressionKind {
	for range len(r.fn.Expressions) {
		switch e := r.fn.Expressions[h].Kind.(type) {
		case ir.ExprAccess:
			h = e.Base
		case ir.ExprAccessIndex:
			h = e.Base
		case ir.ExprLoad:
			h = e.Pointer
		case ir.ExprAlias:
			h = e.Source
		default:
			return e
		}
	}
	return nil
}

// reach calls f for the function and, once each, every function that it calls directly or through others.
func reach(mod *ir.Module, fn *ir.Function, f func(*ir.Function)) {
	seen := map[*ir.Function]bool{}
	var visit func(*ir.Function)
	visit = func(fn *ir.Function) {
		if seen[fn] {
			return
		}
		seen[fn] = true
		f(fn)
		walk(fn.Body, func(k ir.StatementKind) {
			if call, ok := k.(ir.StmtCall); ok && int(call.Function) < len(mod.Functions) {
				visit(&mod.Functions[call.Function])
			}
		})
	}
	visit(fn)
}

// Used marks the expressions of a function that other expressions or statements read. An atomic operation whose result is
// not used does not depend on the order of invocations.
func Used(fn *ir.Function) []bool {
	used := make([]bool, len(fn.Expressions))
	for _, e := range fn.Expressions {
		operands(e.Kind, func(h ir.ExpressionHandle) { used[h] = true })
	}
	walk(fn.Body, func(k ir.StatementKind) { reads(k, func(h ir.ExpressionHandle) { used[h] = true }) })
	return used
}
