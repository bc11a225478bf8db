package wgsl

import (
	"cmp"
	"maps"
	"slices"

	"github.com/gogpu/naga/ir"
)

// follower goes once through all that an invocation of an entry point may do, with values as forms. Both sides of a branch are
// followed; in a loop a turn stands for all.
type follower struct {
	module  *ir.Module
	ep      *ir.EntryPoint
	o       *outline
	grid    [3]interval
	sizes   []uint64 // of bindings, in bytes; nil: not known
	left    *int     // of the work that the look may take
	refused *Error

	atoms   []atom
	ids     []int // atoms that tell invocations apart: three of the workgroup, three within it
	values  map[string]scalar
	lines   map[*ir.Function]map[*ir.Statement]int
	frames  int
	st      *state
	control level // for which invocations it is the same whether they are here
	turns   turns
	stored  map[variable]bool
	record  bool // touches of workgroup memory count
	first   bool // and those of buffers: in the first turn of a loop, which stands for all
	touches []*touch
	every   bool // also branches are followed that nothing reaches
	shallow bool // see aside
	uniform bool // only barriers that not all invocations reach are refused
	effects map[*ir.Function]effects
	types   map[variable]ir.TypeInner
}

// state is what is known at a point.
type state struct {
	vars    map[variable]symbol
	facts   []form
	open    map[ir.GlobalVariableHandle][]*touch // workgroup memory since the last barrier
	crossed bool                                 // a barrier was passed in this turn on every way here
	dead    bool
}

func (f *follower) clone(s *state) *state {
	f.spend(len(s.vars)/32 + 1)
	c := *s
	c.vars, c.open = maps.Clone(s.vars), maps.Clone(s.open)
	c.facts = s.facts[:len(s.facts):len(s.facts)]
	return &c
}

// frame is a call.
type frame struct {
	reader
	*follower
	id     int
	args   []symbol
	places []place
	memo   map[ir.ExpressionHandle]symbol
	lineOf map[*ir.Statement]int
	left   level // of the control where an invocation may have returned
	ends   []*state
	result *symbol
	out    []*jumps
	reads  []bool                       // expressions that are used
	kept   map[ir.ExpressionHandle]bool // expressions that the IR evaluates at one place
}

// jumps are the ways out of a loop or switch, and to the end of a turn.
type jumps struct {
	loop              bool
	breaks, continue_ []*state
}

func (f *follower) refuse(line int, format string, args ...any) {
	if f.refused == nil && !f.uniform {
		f.refused = errorAt(line, 1, format, args...)
	}
}

// follow runs an entry point.
func (f *follower) follow() {
	f.st = &state{vars: map[variable]symbol{}, open: map[ir.GlobalVariableHandle][]*touch{}}
	f.values, f.lines, f.types = map[string]scalar{}, map[*ir.Function]map[*ir.Statement]int{}, map[variable]ir.TypeInner{}
	f.stored = map[variable]bool{}
	f.record, f.first = true, true
	for axis := range 3 {
		f.atom(interval{0, f.grid[axis].high - 1}, ofGroup, noTurns)
	}
	for axis := range 3 {
		f.atom(interval{0, int64(f.ep.Workgroup[axis]) - 1}, ofInvocation, noTurns)
	}
	f.ids = []int{0, 1, 2, 3, 4, 5}
	for i, g := range f.module.GlobalVariables {
		if g.Space == ir.SpacePrivate {
			v := variable{0, uint32(i)}
			f.types[v] = f.module.Types[g.Type].Inner
			f.st.vars[v] = f.zero(f.types[v])
			if g.InitExpr != nil || g.Init != nil {
				f.st.vars[v] = f.opaque(f.types[v], ofDispatch)
			}
		}
	}
	e := f.enter(&f.ep.Function)
	for _, a := range f.ep.Function.Arguments {
		e.args = append(e.args, f.builtin(a.Binding))
		e.places = append(e.places, place{})
	}
	e.declare()
	e.block(f.ep.Function.Body)
}

func (f *follower) enter(fn *ir.Function) *frame {
	if f.lines[fn] == nil {
		f.lines[fn] = f.o.storeLines(f.module, fn)
	}
	f.frames++
	return &frame{reader: reader{f.module, fn}, follower: f, id: f.frames, memo: map[ir.ExpressionHandle]symbol{}, kept: map[ir.ExpressionHandle]bool{}, lineOf: f.lines[fn]}
}

// builtin is a parameter of an entry point.
func (f *follower) builtin(binding *ir.Binding) symbol {
	if binding == nil {
		return symbol{level: ofInvocation}
	}
	b, _ := (*binding).(ir.BuiltinBinding)
	w := f.ep.Workgroup
	axes := func(each func(axis int) form) symbol {
		out := symbol{}
		for axis := range 3 {
			x := each(axis)
			s := scalar{form: x, interval: known(f.atoms, nil, x)}
			for _, t := range x.terms {
				s.level = max(s.level, f.atoms[t.atom].level)
			}
			out.parts = append(out.parts, s)
			out.level = max(out.level, s.level)
		}
		return out
	}
	id := func(atom int, k int64) form {
		if f.atoms[atom].interval == (interval{}) {
			return number(0)
		}
		return form{terms: []term{{atom, k}}}
	}
	sum := func(a, b form) form { x, _ := a.plus(b, 1); return x }
	switch b.Builtin {
	case ir.BuiltinWorkGroupID:
		return axes(func(axis int) form { return id(axis, 1) })
	case ir.BuiltinLocalInvocationID:
		return axes(func(axis int) form { return id(3+axis, 1) })
	case ir.BuiltinGlobalInvocationID:
		return axes(func(axis int) form { return sum(id(axis, int64(w[axis])), id(3+axis, 1)) })
	case ir.BuiltinLocalInvocationIndex:
		x := sum(sum(id(3, 1), id(4, int64(w[0]))), id(5, int64(w[0])*int64(w[1])))
		return one(scalar{form: x, interval: known(f.atoms, nil, x), level: ofInvocation})
	case ir.BuiltinNumWorkGroups:
		out := symbol{}
		for axis := range 3 {
			if g := f.grid[axis]; g.low == g.high {
				out.parts = append(out.parts, constantScalar(g.low))
			} else {
				out.parts = append(out.parts, f.pure(g, "grid"+string(rune('0'+axis))))
			}
		}
		return out
	}
	return symbol{level: ofInvocation}
}

// builtins finds a built-in value in a struct that is a parameter of the entry point.
func (f *frame) builtins(e ir.ExprAccessIndex) (symbol, bool) {
	a, ok := f.fn.Expressions[e.Base].Kind.(ir.ExprFunctionArgument)
	if !ok || f.fn != &f.ep.Function {
		return symbol{}, false
	}
	s, ok := f.mod.Types[f.fn.Arguments[a.Index].Type].Inner.(ir.StructType)
	if !ok {
		return symbol{}, false
	}
	return f.builtin(s.Members[e.Index].Binding), true
}

func (f *frame) block(block []ir.Statement) {
	for i := range block {
		if f.spend(1); f.refused != nil || f.st.dead {
			return
		}
		f.statement(&block[i])
	}
}

func (f *frame) line(s *ir.Statement) int {
	if n := f.lineOf[s]; n > 0 {
		return n
	}
	return f.lineOf[nil]
}

func (f *frame) statement(at *ir.Statement) {
	switch s := at.Kind.(type) {
	case ir.StmtEmit:
		for h := s.Range.Start; h < s.Range.End; h++ {
			delete(f.memo, h) // a loop's second turn
			f.kept[h] = true
			if !f.isPlace(h) {
				f.expression(h)
			}
		}
	case ir.StmtStore:
		f.store(f.place(s.Pointer), f.expression(s.Value), f.line(at))
	case ir.StmtAtomic:
		f.atomic(s, f.line(at))
	case ir.StmtBarrier:
		f.barrier(f.line(at))
	case ir.StmtWorkGroupUniformLoad:
		f.barrier(f.line(at))
		f.touch(f.place(s.Pointer), reading, false, f.line(at))
		f.barrier(f.line(at))
		f.memo[s.Result] = f.opaque(f.value(s.Result), ofGroup)
	case ir.StmtBlock:
		f.block(s.Block)
	case ir.StmtIf:
		f.branch(s)
	case ir.StmtSwitch:
		f.selection(s)
	case ir.StmtLoop:
		f.loop(s)
	case ir.StmtBreak:
		j := f.out[len(f.out)-1]
		j.breaks = append(j.breaks, f.clone(f.st))
		f.st.dead = true
	case ir.StmtContinue:
		for i := len(f.out) - 1; i >= 0; i-- {
			if j := f.out[i]; j.loop {
				j.continue_ = append(j.continue_, f.clone(f.st))
				break
			}
		}
		f.st.dead = true
	case ir.StmtReturn:
		if s.Value != nil {
			v := f.expression(*s.Value)
			v.level = max(v.level, f.control)
			if f.result != nil {
				v = f.either(*f.result, v, f.control)
			}
			f.result = &v
		}
		f.left = max(f.left, f.control)
		f.ends = append(f.ends, f.clone(f.st))
		f.st.dead = true
	case ir.StmtCall:
		f.call(s)
	}
}

// barrier parts what comes before it in workgroup memory from what comes after.
func (f *frame) barrier(line int) {
	if f.control == ofInvocation && f.refused == nil {
		f.refused = errorAt(line, 1, "not all invocations of a workgroup may reach this barrier: it stands where control depends on the invocation")
	}
	clear(f.st.open)
	f.st.crossed = true
}

// branch follows both ways. Where some invocations leave, the rest of the block runs without them.
func (f *frame) branch(s ir.StmtIf) {
	c := f.expression(s.Condition)
	condition := c.parts[0]
	before := f.control
	inside := max(before, c.level)
	other := f.clone(f.st)

	f.control = inside
	f.assume(condition.yes)
	f.block(s.Accept)
	yes, after := f.st, f.control

	f.control, f.st = inside, other
	f.assume(condition.no)
	f.block(s.Reject)
	after = max(after, f.control)

	f.st = f.merge(yes, f.st, inside)
	f.control = max(before, f.left)
	if jump(s.Accept) || jump(s.Reject) { // the rest of the turn, or of the function, runs without some
		f.control = max(f.control, after)
	}
}

// assume goes on with facts only, which may be impossible.
func (f *follower) assume(facts []form) {
	for _, x := range facts {
		f.spend(len(f.st.facts) / 64)
		if known(f.atoms, nil, x).high < 0 && !f.every {
			f.st.dead = true
		}
		if known(f.atoms, f.st.facts, x).low < 0 { // it is news
			f.st.facts = append(f.st.facts, x)
		}
	}
}

// jump reports whether a block may end the turn of a loop around it, a switch around it, or the function.
func jump(block []ir.Statement) bool { return leavesFrom(block, true, true) }

// leavesFrom is jump where a break, and a continue, leave more than the block.
func leavesFrom(block []ir.Statement, breaks, continues bool) bool {
	for i := range block {
		found := false
		switch s := block[i].Kind.(type) {
		case ir.StmtReturn:
			found = true
		case ir.StmtBreak:
			found = breaks
		case ir.StmtContinue:
			found = continues
		case ir.StmtBlock:
			found = leavesFrom(s.Block, breaks, continues)
		case ir.StmtIf:
			found = leavesFrom(s.Accept, breaks, continues) || leavesFrom(s.Reject, breaks, continues)
		case ir.StmtSwitch:
			for _, k := range s.Cases {
				found = found || leavesFrom(k.Body, false, continues)
			}
		case ir.StmtLoop:
			found = leavesFrom(s.Body, false, false) || leavesFrom(s.Continuing, false, false)
		}
		if found {
			return true
		}
	}
	return false
}

func (f *frame) selection(s ir.StmtSwitch) {
	c := f.expression(s.Selector)
	before := f.control
	inside := max(before, c.level)
	start := f.st
	j := &jumps{}
	f.out = append(f.out, j)
	f.st = &state{dead: true}
	complete, after := false, inside
	for i := range s.Cases {
		k := &s.Cases[i]
		_, other := k.Value.(ir.SwitchValueDefault)
		complete = complete || other
		f.st = f.merge(f.clone(start), f.st, inside) // from the case before, where it falls through
		f.control = inside
		f.block(k.Body)
		after = max(after, f.control)
		if !k.FallThrough {
			j.breaks = append(j.breaks, f.st)
			f.st = &state{dead: true}
		}
	}
	f.out = f.out[:len(f.out)-1]
	if !complete {
		j.breaks = append(j.breaks, start)
	}
	for _, b := range j.breaks {
		f.st = f.merge(f.st, b, inside)
	}
	f.control = max(before, f.left)
	for _, k := range s.Cases {
		if leavesFrom(k.Body, false, true) {
			f.control = max(f.control, after)
		}
	}
}

// merge joins two states between which a choice of a level decided.
func (f *follower) merge(a, b *state, l level) *state {
	switch {
	case a.dead:
		return b
	case b.dead:
		return a
	}
	f.spend(len(b.vars)/8 + 1)
	out := &state{vars: a.vars, crossed: a.crossed && b.crossed}
	n := 0
	for n < len(a.facts) && n < len(b.facts) && a.facts[n].equal(b.facts[n]) {
		n++
	}
	out.facts = a.facts[:n:n]
	for _, v := range ordered(a.vars) { // atoms are numbered as they are made: looks of one text are alike
		x := a.vars[v]
		y, ok := b.vars[v]
		if !ok {
			continue // it is declared in one of them
		}
		s := f.either(x, y, l)
		if len(s.parts) == 1 {
			x, y := x.parts[0], y.parts[0]
			p := &s.parts[0]
			cx, xKnown := x.constant()
			cy, yKnown := y.constant()
			switch { // a && b and a || b are branches that set a bool
			case yKnown && cy == 0:
				p.yes = together(a.facts[n:], x.yes)
			case xKnown && cx == 0:
				p.yes = together(b.facts[n:], y.yes)
			}
			switch {
			case yKnown && cy == 1:
				p.no = together(a.facts[n:], x.no)
			case xKnown && cx == 1:
				p.no = together(b.facts[n:], y.no)
			}
		}
		out.vars[v] = s
	}
	for v, y := range b.vars {
		if _, ok := out.vars[v]; !ok {
			out.vars[v] = y
		}
	}
	out.open = f.join(a.open, b.open)
	return out
}

func ordered[T any](vars map[variable]T) []variable {
	return slices.SortedFunc(maps.Keys(vars), func(a, b variable) int { return cmp.Or(a.fn-b.fn, int(a.index)-int(b.index)) })
}

// join adds to a what b has more.
func (f *follower) join(a, b map[ir.GlobalVariableHandle][]*touch) map[ir.GlobalVariableHandle][]*touch {
	for g, list := range b {
		f.spend(len(a[g]) * len(list) / 1024)
		joined := slices.Clip(a[g])
		for _, t := range list {
			if !slices.Contains(joined, t) {
				joined = append(joined, t)
			}
		}
		a[g] = joined
	}
	return a
}

// either is a value that is one of two, of which a choice of a level decided.
func (f *follower) either(x, y symbol, l level) symbol {
	out := symbol{level: max(x.level, y.level)}
	same := len(x.parts) == len(y.parts)
	for i := range min(len(x.parts), len(y.parts)) {
		same = same && x.parts[i].form.equal(y.parts[i].form)
	}
	if !same || len(x.parts) == 0 {
		out.level = max(out.level, l)
	}
	if len(x.parts) != len(y.parts) {
		return out
	}
	for i, a := range x.parts {
		b := y.parts[i]
		s := scalar{form: a.form, interval: a.interval.hull(b.interval), level: max(a.level, b.level)}
		if !a.form.equal(b.form) {
			s = f.atom(s.interval, max(s.level, l), f.turns)
		}
		out.parts = append(out.parts, s)
	}
	return out
}

// effects are what a function does with variables that are not its own, with all that it calls.
type effects struct {
	shares  bool     // it uses memory that invocations share, or waits for them
	reads   bool     // it reads any variable but its own
	private []uint32 // private variables that it may change
}

func (f *follower) effectsOf(fn *ir.Function) effects {
	if e, ok := f.effects[fn]; ok {
		return e
	}
	e := effects{}
	reach(f.module, fn, func(fn *ir.Function) {
		for _, x := range fn.Expressions {
			v, ok := x.Kind.(ir.ExprGlobalVariable)
			if !ok {
				continue
			}
			e.reads = true
			switch g := f.module.GlobalVariables[v.Variable]; {
			case g.Space == ir.SpacePrivate:
				e.private = append(e.private, uint32(v.Variable))
			case g.Space == ir.SpaceUniform, g.Space == ir.SpaceStorage && g.Access == ir.StorageRead:
			default:
				e.shares = true
			}
		}
		walk(fn.Body, func(k ir.StatementKind) {
			switch k.(type) {
			case ir.StmtBarrier, ir.StmtWorkGroupUniformLoad, ir.StmtAtomic:
				e.shares = true
			}
		})
	})
	f.effects[fn] = e
	return e
}

// aside passes over a call that uses no memory that invocations share, as if nothing were known of what it computes: it seldom decides
// where something is stored, and following it takes the most time.
func (f *frame) aside(s ir.StmtCall) bool {
	e := f.effectsOf(&f.mod.Functions[s.Function])
	if !f.shallow || e.shares {
		return false
	}
	l := f.control
	if e.reads {
		l = ofInvocation
	}
	var changed []variable
	for _, a := range s.Arguments {
		if !f.isPlace(a) {
			l = max(l, partsLevel(f.expression(a)))
			continue
		}
		p := f.place(a)
		if p.shared {
			return false
		}
		l = ofInvocation
		changed = append(changed, p.local)
	}
	for _, g := range e.private {
		changed = append(changed, variable{0, g})
	}
	for _, v := range changed {
		f.stored[v] = true
		f.st.vars[v] = f.opaque(f.types[v], ofInvocation)
	}
	if s.Result != nil {
		f.memo[*s.Result] = f.opaque(f.value(*s.Result), l)
	}
	return true
}

func (f *frame) call(s ir.StmtCall) {
	if f.aside(s) {
		return
	}
	callee := &f.mod.Functions[s.Function]
	g := f.enter(callee)
	for i, a := range s.Arguments {
		if _, pointer := f.mod.Types[callee.Arguments[i].Type].Inner.(ir.PointerType); pointer {
			g.args, g.places = append(g.args, symbol{level: ofInvocation}), append(g.places, f.place(a))
			continue
		}
		g.args, g.places = append(g.args, f.expression(a)), append(g.places, place{})
	}
	before := f.control
	g.declare()
	g.block(callee.Body)
	for _, e := range g.ends {
		f.st = f.merge(f.st, e, g.left)
	}
	f.control = before
	for v := range f.st.vars {
		if v.fn == g.id {
			delete(f.st.vars, v)
		}
	}
	if s.Result == nil {
		return
	}
	if g.result == nil {
		f.memo[*s.Result] = f.opaque(f.value(*s.Result), ofInvocation)
		return
	}
	f.memo[*s.Result] = *g.result
}
