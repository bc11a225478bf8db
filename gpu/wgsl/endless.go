package wgsl

import (
	"maps"

	"github.com/gogpu/naga/ir"
)

// endless refuses the first loop that ends in its first turn or never: drivers may take it that every loop ends, and leave such a one
// out, so that what follows it runs on some of them and never on others.
func (o *outline) endless(mod *ir.Module) *Error {
	look := map[*ir.Function]*influence{}
	one := func(fn *ir.Function) (err *Error) {
		r, at := reader{mod, fn}, o.loops(fn)
		emitted := make([]bool, len(fn.Expressions))
		walk(fn.Body, func(k ir.StatementKind) {
			if e, ok := k.(ir.StmtEmit); ok {
				for h := e.Range.Start; h < e.Range.End; h++ {
					emitted[h] = true
				}
			}
		})
		walk(fn.Body, func(k ir.StatementKind) {
			s, ok := k.(ir.StmtLoop)
			if !ok {
				return
			}
			var here token
			if len(at) > 0 {
				here, at = at[0], at[1:]
			}
			if err != nil {
				return
			}
			t := &turn{reader: r, influence: newInfluence(), look: look, emitted: emitted, known: map[ir.ExpressionHandle]bool{}}
			if fault := t.endless(s); fault != "" {
				err = errorAt(here.line, here.col, "%s, and drivers may leave it out (in function %q)", fault, fn.Name)
			}
		})
		return err
	}
	for i := range mod.Functions {
		if err := one(&mod.Functions[i]); err != nil {
			return err
		}
	}
	for i := range mod.EntryPoints {
		if err := one(&mod.EntryPoints[i].Function); err != nil {
			return err
		}
	}
	return nil
}

// loops are the places of the loops of a function, in the order of the text and of the IR.
func (o *outline) loops(fn *ir.Function) (list []token) {
	if d := o.names[fn.Name]; d != nil && d.kind == "fn" {
		for _, t := range o.toks[d.body:d.end] {
			if t.kind == tokIdent && (t.text == "loop" || t.text == "for" || t.text == "while") {
				list = append(list, t)
			}
		}
	}
	return list
}

// influence are what statements do, with all that they call.
type influence struct {
	stores   map[ir.ExpressionKind]bool // variables and pointer parameters that they may change
	loads    map[ir.ExpressionKind]bool // variables of the module that they mention
	progress bool                       // atomic operations and barriers: others may change what is seen next, and no compiler leaves them out
}

func newInfluence() *influence {
	return &influence{stores: map[ir.ExpressionKind]bool{}, loads: map[ir.ExpressionKind]bool{}}
}

// collect adds the influence of a block. look holds those of functions that are known.
func (e *influence) collect(r reader, block []ir.Statement, look map[*ir.Function]*influence) {
	walk(block, func(k ir.StatementKind) {
		switch s := k.(type) {
		case ir.StmtAtomic, ir.StmtBarrier, ir.StmtWorkGroupUniformLoad:
			e.progress = true
		case ir.StmtEmit:
			for h := s.Range.Start; h < s.Range.End; h++ {
				if load, ok := r.fn.Expressions[h].Kind.(ir.ExprLoad); ok && r.atomic(load.Pointer) {
					e.progress = true
				}
			}
		case ir.StmtStore:
			e.stores[r.root(s.Pointer)] = true
			e.progress = e.progress || r.atomic(s.Pointer)
		case ir.StmtCall:
			fn := &r.mod.Functions[s.Function]
			for i, a := range s.Arguments {
				if isPointer(r.inner(a)) && r.changes(fn, i) {
					e.stores[r.root(a)] = true
				}
			}
			c := calleeInfluence(r.mod, fn, look)
			maps.Copy(e.stores, c.stores)
			maps.Copy(e.loads, c.loads)
			e.progress = e.progress || c.progress
		}
	})
}

func (r reader) atomic(pointer ir.ExpressionHandle) bool {
	_, ok := r.target(pointer).(ir.AtomicType)
	return ok
}

// calleeInfluence are those that a caller sees, but for what the function does through its parameters.
func calleeInfluence(mod *ir.Module, fn *ir.Function, look map[*ir.Function]*influence) *influence {
	if e := look[fn]; e != nil {
		return e
	}
	e := newInfluence()
	e.collect(reader{mod, fn}, fn.Body, look)
	for _, x := range fn.Expressions {
		if g, ok := x.Kind.(ir.ExprGlobalVariable); ok {
			e.loads[g] = true
		}
	}
	maps.DeleteFunc(e.stores, func(k ir.ExpressionKind, _ bool) bool { _, global := k.(ir.ExprGlobalVariable); return !global })
	look[fn] = e
	return e
}

// turn follows one turn of a loop and finds which values are the same in every turn: what only depends on what nothing in the loop
// changes, and on variables that the turn itself has set to such values before.
type turn struct {
	reader
	*influence // of the loop
	look       map[*ir.Function]*influence
	emitted    []bool // anywhere in the function
	known      map[ir.ExpressionHandle]bool
	same       map[ir.ExpressionKind]bool // variables and pointer parameters that the loop changes and that hold here what they hold here in every turn

	inSwitch bool
	left     bool // the innermost switch was left by a break
	exits    bool // something ends the loop
	repeats  bool // something continues
	open     bool // whether it ends, or continues, in a turn is not the same for every turn
}

// endless says what is wrong with a loop, "" if nothing is known to be.
func (t *turn) endless(s ir.StmtLoop) string {
	t.collect(t.reader, s.Body, t.look)
	t.collect(t.reader, s.Continuing, t.look)
	t.same = map[ir.ExpressionKind]bool{}
	again := t.block(s.Body)
	if t.repeats {
		clear(t.same)
		again = true
	}
	if !again {
		return "" // it has one turn
	}
	t.block(s.Continuing)
	if s.BreakIf != nil {
		switch value, constant := t.truth(*s.BreakIf); {
		case constant && value:
			return ""
		case !constant:
			t.exits = true
			t.open = t.open || !t.fixed(*s.BreakIf)
		}
	}
	switch {
	case !t.exits:
		return "nothing leaves this loop, so it never ends"
	case t.open || t.progress:
		return ""
	}
	return "this loop ends in its first turn or never, as nothing in it changes what its end depends on"
}

// fixed reports whether a value, or what a pointer leads to, is the same here in every turn.
func (t *turn) fixed(h ir.ExpressionHandle) bool {
	if !isPointer(t.inner(h)) {
		if known, ok := t.known[h]; ok {
			return known
		}
		if t.emitted[h] {
			return true // before the loop
		}
	}
	return t.computed(h)
}

// computed is fixed for what is evaluated here.
func (t *turn) computed(h ir.ExpressionHandle) bool {
	switch e := t.fn.Expressions[h].Kind.(type) {
	case ir.ExprLocalVariable, ir.ExprGlobalVariable, ir.ExprFunctionArgument:
		return !t.stores[e] || t.same[e]
	case ir.ExprArrayLength, ir.ExprCallResult, ir.ExprAtomicResult: // of before the loop: others are known
		return true
	}
	all := true
	operands(t.fn.Expressions[h].Kind, func(x ir.ExpressionHandle) { all = all && t.fixed(x) })
	return all
}

// truth is a condition that is known from the text.
func (t *turn) truth(h ir.ExpressionHandle) (value, constant bool) {
	switch e := t.fn.Expressions[h].Kind.(type) {
	case ir.Literal:
		v, ok := e.Value.(ir.LiteralBool)
		return bool(v), ok
	case ir.ExprUnary:
		value, constant = t.truth(e.Expr)
		return !value, constant && e.Op == ir.UnaryLogicalNot
	}
	return false, false
}

// block follows statements, and reports whether control can come to their end.
func (t *turn) block(block []ir.Statement) bool {
	for i := range block {
		if !t.statement(block[i].Kind) {
			return false
		}
	}
	return true
}

func (t *turn) statement(k ir.StatementKind) bool {
	switch s := k.(type) {
	case ir.StmtEmit:
		for h := s.Range.Start; h < s.Range.End; h++ {
			if !isPointer(t.inner(h)) {
				t.known[h] = t.computed(h)
			}
		}
	case ir.StmtStore:
		if v, whole := t.fn.Expressions[s.Pointer].Kind.(ir.ExprLocalVariable); whole {
			t.same[v] = t.fixed(s.Value)
		} else {
			root := t.root(s.Pointer)
			t.same[root] = t.same[root] && t.fixed(s.Pointer) && t.fixed(s.Value)
		}
	case ir.StmtCall:
		fixed := true
		for _, a := range s.Arguments {
			fixed = fixed && t.fixed(a)
		}
		for g := range calleeInfluence(t.mod, &t.mod.Functions[s.Function], t.look).loads {
			fixed = fixed && !t.stores[g]
		}
		if s.Result != nil {
			t.known[*s.Result] = fixed
		}
		t.forget([]ir.Statement{{Kind: s}})
	case ir.StmtBlock:
		return t.block(s.Block)
	case ir.StmtIf:
		value, constant := t.truth(s.Condition)
		switch {
		case constant && value:
			return t.block(s.Accept)
		case constant:
			return t.block(s.Reject)
		}
		return t.branches(t.fixed(s.Condition), false, s.Accept, s.Reject)
	case ir.StmtSwitch:
		inSwitch, left := t.inSwitch, t.left
		t.inSwitch, t.left = true, false
		var cases [][]ir.Statement
		for _, c := range s.Cases {
			if !c.FallThrough { // it stands for the next one
				cases = append(cases, c.Body)
			}
		}
		falls := t.branches(t.fixed(s.Selector), true, cases...)
		if t.left {
			t.forget(cases...)
		}
		falls, t.inSwitch, t.left = falls || t.left, inSwitch, left
		return falls
	case ir.StmtLoop:
		t.forget(s.Body, s.Continuing)
		breaks, returns := s.BreakIf != nil, false
		eachLeap(s.Body, false, false, func(k ir.StatementKind, own bool) {
			switch k.(type) {
			case ir.StmtBreak:
				breaks = breaks || own
			case ir.StmtReturn, ir.StmtKill:
				returns = true
			}
		})
		t.exits, t.open = t.exits || returns, t.open || returns // how many turns it has may decide
		return breaks
	case ir.StmtBreak:
		t.left, t.exits = t.left || t.inSwitch, t.exits || !t.inSwitch
		return false
	case ir.StmtReturn, ir.StmtKill:
		t.exits = true
		return false
	case ir.StmtContinue:
		t.repeats = true
		return false
	}
	return true
}

// branches follows blocks of which one runs, by a value that is fixed or not. A break in them leads behind the branches of a switch.
func (t *turn) branches(fixed, ofSwitch bool, blocks ...[]ir.Statement) bool {
	before, after, falls := maps.Clone(t.same), map[ir.ExpressionKind]bool(nil), false
	for _, b := range blocks {
		eachLeap(b, ofSwitch, false, func(k ir.StatementKind, own bool) {
			_, breaks := k.(ir.StmtBreak)
			t.open = t.open || !fixed && (!breaks || own)
		})
		t.same = maps.Clone(before)
		if !t.block(b) {
			continue
		}
		if falls = true; after == nil {
			after = t.same
		}
		for v := range after {
			after[v] = after[v] && t.same[v]
		}
	}
	if t.same = after; t.same == nil {
		t.same = before
	}
	if !fixed {
		t.forget(blocks...)
	}
	return falls
}

// forget is for variables that were set nobody knows whether, or how often.
func (t *turn) forget(blocks ...[]ir.Statement) {
	e := newInfluence()
	for _, b := range blocks {
		e.collect(t.reader, b, t.look)
	}
	for v := range e.stores {
		delete(t.same, v)
	}
}

// eachLeap calls f for each break, return, and continue of the loop around, of a block; own says of a break that it leaves what is around the
// block, and not a switch or a loop within.
func eachLeap(block []ir.Statement, inSwitch, inLoop bool, f func(k ir.StatementKind, own bool)) {
	for i := range block {
		switch s := block[i].Kind.(type) {
		case ir.StmtBreak:
			f(s, !inSwitch && !inLoop)
		case ir.StmtContinue:
			if !inLoop {
				f(s, true)
			}
		case ir.StmtReturn, ir.StmtKill:
			f(s, true)
		case ir.StmtBlock:
			eachLeap(s.Block, inSwitch, inLoop, f)
		case ir.StmtIf:
			eachLeap(s.Accept, inSwitch, inLoop, f)
			eachLeap(s.Reject, inSwitch, inLoop, f)
		case ir.StmtSwitch:
			for _, c := range s.Cases {
				eachLeap(c.Body, true, inLoop, f)
			}
		case ir.StmtLoop:
			eachLeap(s.Body, false, true, f)
		}
	}
}
