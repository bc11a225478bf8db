package eval

import (
	"slices"

	"github.com/gogpu/naga/ir"
)

func (c *compiler) call(f *frame, s ir.StmtCall) node {
	callee := c.frame(&c.mod.Functions[s.Function])
	for i, a := range s.Arguments {
		_, pointer := c.mod.Types[callee.fn.Arguments[i].Type].Inner.(ir.PointerType)
		if pointer {
			callee.args = append(callee.args, value{})
			callee.places = append(callee.places, c.place(f, a))
			continue
		}
		callee.args = append(callee.args, c.value(f, a))
		callee.places = append(callee.places, place{})
	}
	if c.straight(callee.fn) {
		c.inline(f, callee, s.Result)
		return nil
	}
	if callee.fn.Result != nil {
		callee.result = c.temp(c.of(callee.fn.Result.Type))
	}
	mark := c.next
	outer := c.flush()
	body := c.body(callee)
	c.ops = outer
	if !c.scout {
		c.p.regs, c.next = max(c.p.regs, c.next), mark
	}
	if s.Result != nil {
		f.keep(*s.Result, callee.result)
	}
	return func(m *machine, act []uint8) []uint8 {
		body(m, act)
		return act
	}
}

// straight reports whether a function is straight-line code that ends in its only return, as are functions so small that
// calling them would cost more than what they do.
func (c *compiler) straight(fn *ir.Function) bool {
	known, done := c.straights[fn]
	if done {
		return known
	}
	ok := fn.Result != nil && len(fn.Body) > 0
	for i := range fn.Body {
		switch k := fn.Body[i].Kind.(type) {
		case ir.StmtEmit, ir.StmtStore, ir.StmtAtomic:
		case ir.StmtCall:
			ok = ok && c.straight(&c.mod.Functions[k.Function])
		case ir.StmtReturn:
			ok = ok && i == len(fn.Body)-1 && k.Value != nil
		default:
			ok = false
		}
	}
	if ok {
		_, ok = fn.Body[len(fn.Body)-1].Kind.(ir.StmtReturn)
	}
	c.straights[fn] = ok
	return ok
}

// inline compiles a call of a straight function as part of the caller's code. The result stays where it was computed.
func (c *compiler) inline(f, callee *frame, result *ir.ExpressionHandle) {
	mark := c.next
	c.locals(callee)
	last := len(callee.fn.Body) - 1
	for i := range last {
		c.statement(callee, callee.fn.Body[i].Kind)
	}
	v := c.value(callee, *callee.fn.Body[last].Kind.(ir.StmtReturn).Value)
	if v.words == nil && slices.Min(v.regs) < mark { // also a variable, which may change while the result is in use
		fresh := c.temp(v.typ)
		c.copy(fresh, v)
		v = fresh
	}
	if result != nil {
		f.keep(*result, v)
	}
	if top := mark; !c.scout && v.words == nil {
		if top = slices.Max(v.regs) + 1; top-mark <= 4*v.typ.flat {
			c.p.regs, c.next = max(c.p.regs, c.next), top
		}
	}
}

// writes are the private variables that a function, or one that it calls, stores to or gives away by a pointer.
func (c *compiler) writes(fn *ir.Function) map[ir.GlobalVariableHandle]bool {
	if w := c.written[fn]; w != nil {
		return w
	}
	w := map[ir.GlobalVariableHandle]bool{}
	c.written[fn] = w
	var root func(h ir.ExpressionHandle)
	root = func(h ir.ExpressionHandle) {
		switch e := fn.Expressions[h].Kind.(type) {
		case ir.ExprGlobalVariable:
			w[e.Variable] = true
		case ir.ExprAccess:
			root(e.Base)
		case ir.ExprAccessIndex:
			root(e.Base)
		}
	}
	var visit func(block []ir.Statement)
	visit = func(block []ir.Statement) {
		for i := range block {
			switch s := block[i].Kind.(type) {
			case ir.StmtStore:
				root(s.Pointer)
			case ir.StmtCall:
				for h := range c.writes(&c.mod.Functions[s.Function]) {
					w[h] = true
				}
				for _, a := range s.Arguments {
					root(a)
				}
			case ir.StmtBlock:
				visit(s.Block)
			case ir.StmtIf:
				visit(s.Accept)
				visit(s.Reject)
			case ir.StmtLoop:
				visit(s.Body)
				visit(s.Continuing)
			case ir.StmtSwitch:
				for _, k := range s.Cases {
					visit(k.Body)
				}
			}
		}
	}
	visit(fn.Body)
	return w
}
