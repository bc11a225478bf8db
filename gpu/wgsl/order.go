package wgsl

import "github.com/gogpu/naga/ir"

// Groups says that the workgroups of an entry point would write the same memory if there were more than one along an axis.
type Groups struct {
	Axes [3]bool // one workgroup only along x, y, z
	Line int
	Name string // of the variable written
}

// sequence looks through one entry point, with all that it calls, for results that depend on the order of invocations.
type sequence struct {
	o      *outline
	mod    *ir.Module
	ep     *ir.EntryPoint
	vars   map[variable]origin
	grew   bool
	report bool // the origins are known; faults count
	fault  *Error
	groups Groups
	lines  map[*ir.Function]*storeLines
	budget *int

	writes  map[ir.GlobalVariableHandle][]touch // to workgroup memory since the last barrier
	reads   map[ir.GlobalVariableHandle][]touch // from there
	visits  int                                 // of guards
	stores  []touch                             // to storage, and what is loaded from there
	loads   []touch
	atomics map[ir.GlobalVariableHandle]bool // changed by atomic operations
}

// maxVisits bounds the statements looked at in all entry points, with every call and two turns of every loop.
const maxVisits = 1 << 20

// variable is a function's or, with fn nil, a private one.
type variable struct {
	fn    *ir.Function
	index uint32
}

// touch is one use of shared memory.
type touch struct {
	root     ir.GlobalVariableHandle
	shape    string
	distinct bool // no two invocations of a workgroup get the same element
	alone    bool // only one invocation gets here
	line     int
	turned   []variable
	above    string // the guard that keeps it apart from what is written at its lower side
}

// follower is a call.
type follower struct {
	reader
	s         *sequence
	lines     *storeLines
	args      []origin
	roots     []any // variable or ir.GlobalVariableHandle that a pointer argument leads to
	result    origin
	divergent bool   // not all invocations of the workgroup are here
	only      uint32 // local and, from bit 3, workgroup axes along which only one id gets here
	tests     map[uint32][2]ir.ExpressionHandle
	memo      map[ir.ExpressionHandle]origin
	left      bool // some invocations have returned
	guards    []guard
}

// order refuses what depends on the order of invocations: races that it can see, results of atomic operations, and barriers
// that not all invocations reach.
func (o *outline) order(mod *ir.Module) (map[string]Groups, *Error) {
	groups := map[string]Groups{}
	budget := maxVisits
	for i := range mod.EntryPoints {
		ep := &mod.EntryPoints[i]
		s := &sequence{o: o, mod: mod, ep: ep, vars: map[variable]origin{}, lines: map[*ir.Function]*storeLines{}, budget: &budget}
		for range 64 {
			s.grew = false
			s.run()
			if !s.grew || budget < 0 {
				break
			}
		}
		if s.report = true; budget >= 0 {
			s.run()
		}
		if budget < 0 {
			return nil, o.at(ep.Name, "the loops and calls of %q are nested too deeply to look through them for races", ep.Name)
		}
		if s.fault == nil {
			s.fault = s.exchanges()
		}
		if s.fault != nil {
			return nil, s.fault
		}
		groups[ep.Name] = s.groups
	}
	return groups, nil
}

func (s *sequence) run() {
	s.writes, s.stores, s.loads, s.atomics = map[ir.GlobalVariableHandle][]touch{}, nil, nil, map[ir.GlobalVariableHandle]bool{}
	s.reads = map[ir.GlobalVariableHandle][]touch{}
	f := &follower{reader: reader{s.mod, &s.ep.Function}, s: s, lines: s.linesOf(&s.ep.Function), tests: map[uint32][2]ir.ExpressionHandle{}, memo: map[ir.ExpressionHandle]origin{}}
	for _, a := range s.ep.Function.Arguments {
		f.args = append(f.args, s.builtin(a))
		f.roots = append(f.roots, nil)
	}
	f.block(s.ep.Function.Body)
}

// builtin is the origin of an entry point's parameter; components of vectors are told apart where they are taken.
func (s *sequence) builtin(a ir.FunctionArgument) origin {
	if a.Binding == nil {
		return positions | varying | apart
	}
	switch b, _ := (*a.Binding).(ir.BuiltinBinding); b.Builtin {
	case ir.BuiltinLocalInvocationID, ir.BuiltinLocalInvocationIndex:
		return localIDs | varying
	case ir.BuiltinGlobalInvocationID:
		return localIDs | groupIDs | varying | apart
	case ir.BuiltinWorkGroupID:
		return groupIDs | apart
	}
	return 0
}

func (s *sequence) refuse(line int, format string, args ...any) {
	if s.report && s.fault == nil {
		s.fault = errorAt(line, 1, format, args...)
	}
}

func (s *sequence) taint(v variable, o origin) {
	if s.vars[v]|o != s.vars[v] {
		s.vars[v] |= o
		s.grew = true
	}
}

// size returns the local axes along which the workgroup has more than one invocation.
func (s *sequence) size() uint32 {
	var axes uint32
	for i, n := range s.ep.Workgroup {
		if n > 1 {
			axes |= 1 << i
		}
	}
	return axes
}

func (f *follower) loadOrigin(pointer ir.ExpressionHandle) origin {
	o, shape := f.index(pointer)
	switch t := f.reached(pointer).(type) {
	case variable:
		return f.s.vars[t] | o&(varying|apart)
	case ir.GlobalVariableHandle:
		g := f.mod.GlobalVariables[t]
		switch {
		case g.Space == ir.SpaceUniform, g.Space == ir.SpaceStorage && g.Access == ir.StorageRead:
			return loaded | o&(varying|apart)
		case g.Space == ir.SpaceWorkGroup:
			f.readShared(t, pointer, o, shape)
			return loaded | varying | apart
		default:
			f.s.loads = append(f.s.loads, touch{root: t, shape: shape, line: f.lines.declared})
		}
	}
	return loaded | varying | apart
}

// readShared refuses a load from workgroup memory of what another invocation may just have written.
func (f *follower) readShared(g ir.GlobalVariableHandle, pointer ir.ExpressionHandle, o origin, shape string) {
	f.readBefore(g, pointer, o, shape)
	for _, w := range f.s.writes[g] {
		same := w.shape == shape && w.distinct || w.alone && f.alone()
		if !same {
			f.s.refuse(w.line, "workgroup variable %q is written and then read at another index without a barrier in between: the result would depend on the order of invocations", f.mod.GlobalVariables[g].Name)
		}
	}
}

func (f *follower) alone() bool { return f.only&f.s.size() == f.s.size() }

func (f *follower) block(block []ir.Statement) {
	for i := range block {
		if *f.s.budget--; *f.s.budget < 0 {
			return
		}
		f.statement(block, i)
	}
}

func (f *follower) statement(block []ir.Statement, i int) {
	name := func(g ir.GlobalVariableHandle) string { return f.mod.GlobalVariables[g].Name }
	switch s := block[i].Kind.(type) {
	case ir.StmtEmit:
		for h := s.Range.Start; h < s.Range.End; h++ {
			delete(f.memo, h) // a loop's second turn
			if !isPointer(f.inner(h)) {
				f.origin(h)
			}
		}
	case ir.StmtStore:
		f.store(s)
	case ir.StmtAtomic:
		g, _ := f.reached(s.Pointer).(ir.GlobalVariableHandle)
		line := f.lines.atomics.take(f.lines.declared)
		f.s.atomics[g] = true
		_, exchange := s.Fun.(ir.AtomicExchange)
		_, load := s.Fun.(ir.AtomicLoad)
		switch {
		case exchange:
			f.s.refuse(line, "the outcome of an atomic exchange on %q depends on the order of invocations", name(g))
		case load:
			f.atomicLoad(g, s.Pointer)
		case s.Result != nil && Used(f.fn)[*s.Result]:
			f.s.refuse(line, "the returned old value of an atomic operation on %q is used; it depends on the order of invocations", name(g))
		default:
			if f.mod.GlobalVariables[g].Space == ir.SpaceWorkGroup {
				t := touch{root: g, shape: "atomic", line: line}
				f.overwrite(g, s.Pointer, t)
				f.s.writes[g] = append(f.s.writes[g], t)
			}
		}
	case ir.StmtBarrier:
		f.barrier()
	case ir.StmtWorkGroupUniformLoad:
		f.barrier()
		f.memo[s.Result] = 0
	case ir.StmtBlock:
		f.block(s.Block)
	case ir.StmtIf:
		f.branch(s)
	case ir.StmtSwitch:
		before := f.divergent
		f.divergent = f.divergent || f.origin(s.Selector)&varying != 0
		inside := f.divergent
		for _, c := range s.Cases {
			f.block(c.Body)
			f.divergent = inside
		}
		f.divergent = before || f.left
	case ir.StmtLoop:
		before := f.divergent
		for range 2 {
			f.block(s.Body)
			f.block(s.Continuing)
			if s.BreakIf != nil && f.origin(*s.BreakIf)&varying != 0 {
				f.divergent = true
			}
		}
		f.divergent = before || f.left
	case ir.StmtReturn:
		if s.Value != nil {
			f.result |= f.origin(*s.Value)
			if f.divergent {
				f.result |= varying
			}
		}
		f.left = f.left || f.divergent
	case ir.StmtCall:
		f.call(s)
	}
}

// branch follows both ways. Where some invocations leave, the rest of the block runs without them.
func (f *follower) branch(s ir.StmtIf) {
	f.remember(s)
	o := f.origin(s.Condition)
	before, only := f.divergent, f.only
	inside := before || o&varying != 0
	yes, no := f.single(s.Condition)
	f.divergent, f.only = inside, only|yes
	f.guarded(s.Condition, s.Accept)
	afterYes := f.divergent
	f.divergent, f.only = inside, only|no
	f.block(s.Reject)
	// A turn that a break or continue ended early, or a return, keeps the rest divergent.
	f.divergent = before || f.left || inside && (jumps(s.Accept) || jumps(s.Reject)) || !inside && (afterYes || f.divergent)
	f.only = only
	if leaves(s.Accept) {
		f.only |= no
	}
	if leaves(s.Reject) {
		f.only |= yes
	}
}

// jumps reports whether a block may end the turn of a loop around it.
func jumps(block []ir.Statement) bool {
	found := false
	walk(block, func(k ir.StatementKind) {
		switch k.(type) {
		case ir.StmtBreak, ir.StmtContinue, ir.StmtReturn:
			found = true
		}
	})
	return found
}

// remember keeps the two sides of an && that naga made an if of.
func (f *follower) remember(s ir.StmtIf) {
	if len(s.Accept) == 0 || len(s.Reject) != 1 {
		return
	}
	last, ok := s.Accept[len(s.Accept)-1].Kind.(ir.StmtStore)
	other, ok2 := s.Reject[0].Kind.(ir.StmtStore)
	if !ok || !ok2 || last.Pointer != other.Pointer {
		return
	}
	v, ok := f.fn.Expressions[last.Pointer].Kind.(ir.ExprLocalVariable)
	l, ok2 := f.fn.Expressions[other.Value].Kind.(ir.Literal)
	if ok && ok2 && l.Value == ir.LiteralValue(ir.LiteralBool(false)) && f.fn.LocalVars[v.Variable].Name == "" {
		f.tests[v.Variable] = [2]ir.ExpressionHandle{s.Condition, last.Value}
	}
}

// single returns the axes along which a condition lets only one id pass when it is true, and when it is false.
func (f *follower) single(h ir.ExpressionHandle) (yes, no uint32) {
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprLoad:
		if v, ok := f.fn.Expressions[e.Pointer].Kind.(ir.ExprLocalVariable); ok {
			if t, ok := f.tests[v.Variable]; ok {
				a, _ := f.single(t[0])
				b, _ := f.single(t[1])
				return a | b, 0
			}
		}
	case ir.ExprUnary:
		if e.Op == ir.UnaryLogicalNot {
			yes, no = f.single(e.Expr)
			return no, yes
		}
	case ir.ExprBinary:
		id, bound := e.Left, e.Right
		o := f.origin(id)
		if _, ok := f.constant(id); ok {
			id, bound = e.Right, e.Left
			o = f.origin(id)
		}
		axes := o.distinct(0) | o.distinct(9)<<3
		c, isConstant := f.constant(bound)
		uniform := f.origin(bound)&(positions|varying|apart) == 0
		switch {
		case o&loaded != 0:
		case e.Op == ir.BinaryEqual && uniform:
			return axes, 0
		case e.Op == ir.BinaryNotEqual && uniform:
			return 0, axes
		case !isConstant || id != e.Left:
		case e.Op == ir.BinaryLess && c == 1 || e.Op == ir.BinaryLessEqual && c == 0:
			return axes, 0
		case e.Op == ir.BinaryGreaterEqual && c == 1 || e.Op == ir.BinaryGreater && c == 0:
			return 0, axes
		}
	}
	return 0, 0
}

func (f *follower) barrier() {
	if f.divergent {
		f.s.refuse(f.lines.barriers.take(f.lines.declared), "not all invocations of a workgroup may reach this barrier: it stands where control depends on the invocation")
	} else {
		f.lines.barriers.take(0)
	}
	clear(f.s.writes)
	clear(f.s.reads)
}

func (f *follower) store(s ir.StmtStore) {
	o, shape := f.index(s.Pointer)
	value := f.origin(s.Value)
	switch t := f.reached(s.Pointer).(type) {
	case variable:
		if f.divergent {
			value |= varying
		}
		f.s.taint(t, value|o&(varying|apart))
		clearLoads(f)
	case ir.GlobalVariableHandle:
		line := f.lines.store(f.mod.GlobalVariables[t].Name)
		f.shared(t, s.Pointer, o, shape, value, line)
	}
}

// clearLoads forgets the origins of loads, which may have changed.
func clearLoads(f *follower) {
	if f.s.grew {
		clear(f.memo)
	}
}

// shared checks a store to memory that invocations share.
func (f *follower) shared(g ir.GlobalVariableHandle, pointer ir.ExpressionHandle, o origin, shape string, value origin, line int) {
	v := f.mod.GlobalVariables[g]
	size := f.s.size()
	missing := size &^ (o.distinct(0) | f.only&7)
	same := value&(positions|varying|apart) == 0 // all that write, write the same
	if missing != 0 && value&varying != 0 {
		why := "its index does not tell them apart"
		if o&loaded != 0 {
			why = "its index comes from memory"
		}
		f.s.refuse(line, "several invocations of a workgroup may write the same element of %q: %s, so the last one to write would decide", v.Name, why)
	}
	a := touch{root: g, shape: shape, distinct: size&^o.distinct(0) == 0, alone: f.alone(), line: line}
	if v.Space == ir.SpaceWorkGroup {
		f.overwrite(g, pointer, a)
		f.s.writes[g] = append(f.s.writes[g], a)
		return
	}
	f.s.stores = append(f.s.stores, a)
	if same {
		return
	}
	for axis := range 3 {
		if (o.distinct(9)|f.only>>3)&(1<<axis) == 0 && f.s.report && !f.s.groups.Axes[axis] {
			f.s.groups.Axes[axis] = true
			f.s.groups.Line, f.s.groups.Name = line, v.Name
		}
	}
}

func (f *follower) atomicLoad(g ir.GlobalVariableHandle, pointer ir.ExpressionHandle) {
	o, shape := f.index(pointer)
	if f.mod.GlobalVariables[g].Space == ir.SpaceWorkGroup {
		f.readShared(g, pointer, o, shape)
		return
	}
	f.s.loads = append(f.s.loads, touch{root: g, shape: "atomic", line: f.lines.declared})
}

// exchanges refuses buffers through which invocations of one dispatch would talk to each other.
func (s *sequence) exchanges() *Error {
	for _, l := range s.loads {
		written, same := s.atomics[l.root], false
		for _, w := range s.stores {
			if w.root == l.root {
				written = true
				same = same || w.shape == l.shape
			}
		}
		if written && (!same || s.atomics[l.root]) {
			return errorAt(l.line, 1, "buffer %q is written, and read at other elements, in one dispatch: what is read would depend on the order of invocations", s.mod.GlobalVariables[l.root].Name)
		}
	}
	return nil
}

func (f *follower) call(s ir.StmtCall) {
	callee := &f.mod.Functions[s.Function]
	g := &follower{
		reader: reader{f.mod, callee}, s: f.s, lines: f.s.linesOf(callee), divergent: f.divergent, only: f.only,
		tests: map[uint32][2]ir.ExpressionHandle{}, memo: map[ir.ExpressionHandle]origin{},
	}
	for i, a := range s.Arguments {
		if _, pointer := f.mod.Types[callee.Arguments[i].Type].Inner.(ir.PointerType); pointer {
			g.args, g.roots = append(g.args, 0), append(g.roots, f.reached(a))
			continue
		}
		g.args, g.roots = append(g.args, f.origin(a)), append(g.roots, nil)
	}
	g.block(callee.Body)
	if s.Result != nil {
		f.memo[*s.Result] = g.result
	}
}
