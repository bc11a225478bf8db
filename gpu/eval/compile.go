package eval

import (
	"github.com/gogpu/naga/ir"

	"gpumesh/gpu"
)

const (
	maxRegs  = 64 << 10 // registers of one kernel: 64 MiB
	maxNodes = 1 << 20  // closures of one kernel
)

// program is a compiled entry point. It is immutable; machines execute it.
type program struct {
	run    node
	setup  []op // fills private variables at the start of a batch
	fill   []func(m *machine, lane int, group, local [3]uint32, index uint32)
	consts map[uint32]int // word -> register that holds it in all lanes
	regs   int
	lists  int
	sets   int
	shared int // words

	workgroup  [3]uint32
	collective bool    // barriers or workgroup memory: one workgroup per batch
	shadow     *shadow // notes what invocations do; nil most of the time
	ordered    bool    // observes the order of atomics on buffers: one workgroup after the other
}

// compiler turns one entry point into closures. Functions are compiled anew for every call: the static caps of gpu/wgsl
// bound the result, there is no recursion, and pointers become places that are known at compile time.
type compiler struct {
	types
	p       *program
	scout   bool // first pass
	next    int  // next free register
	nodes   int
	globals map[ir.GlobalVariableHandle]*place
	global  []*value // of Module.GlobalExpressions
	builtin map[builtinKey]int
	ops     []op // of the straight-line code being compiled
	shadow  *shadow

	straights map[*ir.Function]bool
	written   map[*ir.Function]map[ir.GlobalVariableHandle]bool
}

type builtinKey struct {
	value ir.BuiltinValue
	axis  int
}

// frame is one call of a function while it is compiled.
type frame struct {
	fn     *ir.Function
	args   []value
	places []place // of pointer arguments, by argument
	locals []place
	vals   []*value // by expression; nil: not evaluated here
	known  []ir.ExpressionHandle
	used   []bool // by expression; nil: not computed yet
	result value
	breaks []int // sets that collect lanes that break, innermost last; for a switch or a loop
	loops  []int // sets that collect lanes that continue, innermost last
}

// value is a value in registers, one per scalar component, or a constant.
type value struct {
	typ   *typ
	regs  []int
	words []uint32 // constant when not nil
}

// compile works in two passes: the first finds the constants and variables that live as long as the kernel, the second
// gives them the lowest registers and uses those above again for one call after the other.
func compile(mod *ir.Module, ep *ir.EntryPoint, s *shadow) *program {
	first := newCompiler(mod, ep, s)
	first.scout = true
	first.entry(ep)
	second := newCompiler(mod, ep, s)
	for w := range first.p.consts {
		second.constant(w)
	}
	for g := range mod.GlobalVariables {
		if h := ir.GlobalVariableHandle(g); first.globals[h] != nil {
			second.variable(h)
		}
	}
	second.entry(ep)
	return second.p
}

func newCompiler(mod *ir.Module, ep *ir.EntryPoint, s *shadow) *compiler {
	return &compiler{
		types: types{mod, map[ir.TypeHandle]*typ{}}, p: &program{consts: map[uint32]int{}, workgroup: ep.Workgroup, shadow: s, collective: s != nil, ordered: s != nil},
		globals: map[ir.GlobalVariableHandle]*place{}, global: make([]*value, len(mod.GlobalExpressions)), builtin: map[builtinKey]int{},
		shadow: s, straights: map[*ir.Function]bool{}, written: map[*ir.Function]map[ir.GlobalVariableHandle]bool{},
	}
}

func (c *compiler) entry(ep *ir.EntryPoint) {
	f := c.frame(&ep.Function)
	for _, a := range ep.Function.Arguments {
		f.args = append(f.args, c.entryArgument(a))
		f.places = append(f.places, place{})
	}
	c.p.run = c.body(f)
	c.p.regs = max(c.p.regs, c.next)
}

func (c *compiler) alloc(n int) int {
	at := c.next
	if c.next += n; !c.scout && c.next > maxRegs || n > maxRegs {
		panic(gpu.Errorf(gpu.TooLarge, "the kernel holds too many values at once for the evaluator (over %d)", maxRegs))
	}
	return at
}

func (c *compiler) temp(t *typ) value {
	v := value{typ: t, regs: make([]int, t.flat)}
	at := c.alloc(t.flat)
	for i := range v.regs {
		v.regs[i] = at + i
	}
	return v
}

func (c *compiler) emit(o op) {
	if c.nodes++; c.nodes > maxNodes {
		panic(gpu.Errorf(gpu.TooLarge, "the kernel is too long for the evaluator (over %d operations)", maxNodes))
	}
	c.ops = append(c.ops, o)
}

// flush takes the straight-line code that has been emitted.
func (c *compiler) flush() []op {
	ops := c.ops
	c.ops = nil
	return ops
}

func (c *compiler) list() int { c.p.lists++; return c.p.lists - 1 }
func (c *compiler) set() int  { c.p.sets++; return c.p.sets - 1 }

// constant returns a register that holds w in every lane.
func (c *compiler) constant(w uint32) int {
	r, ok := c.p.consts[w]
	if !ok {
		r = c.alloc(1)
		c.p.consts[w] = r
	}
	return r
}

// at returns the register of component i.
func (c *compiler) at(v value, i int) int {
	if v.words != nil {
		return c.constant(v.words[i])
	}
	return v.regs[i]
}

func (c *compiler) frame(fn *ir.Function) *frame {
	return &frame{fn: fn, vals: make([]*value, len(fn.Expressions)), locals: make([]place, len(fn.LocalVars))}
}

// entryArgument maps the built-in values of a compute shader to registers that are filled for every batch.
func (c *compiler) entryArgument(a ir.FunctionArgument) value {
	t := c.of(a.Type)
	if s, ok := c.mod.Types[a.Type].Inner.(ir.StructType); ok {
		v := value{typ: t}
		for i, m := range s.Members {
			v.regs = append(v.regs, c.builtinRegs(m.Binding, t.fields[i].typ)...)
		}
		return v
	}
	return value{typ: t, regs: c.builtinRegs(a.Binding, t)}
}

func (c *compiler) builtinRegs(b *ir.Binding, t *typ) []int {
	bb, ok := (*b).(ir.BuiltinBinding)
	if !ok {
		unsupported("an entry point parameter that is not a @builtin")
	}
	regs := make([]int, t.flat)
	for axis := range regs {
		key := builtinKey{bb.Builtin, axis}
		r, ok := c.builtin[key]
		if !ok {
			r = c.alloc(1)
			c.builtin[key] = r
			c.p.fill = append(c.p.fill, fillBuiltin(bb.Builtin, axis, r))
		}
		regs[axis] = r
	}
	return regs
}

func fillBuiltin(b ir.BuiltinValue, axis, r int) func(m *machine, lane int, group, local [3]uint32, index uint32) {
	switch b {
	case ir.BuiltinLocalInvocationIndex:
		return func(m *machine, lane int, _, _ [3]uint32, index uint32) { m.r[r][lane] = index }
	case ir.BuiltinLocalInvocationID:
		return func(m *machine, lane int, _, local [3]uint32, _ uint32) { m.r[r][lane] = local[axis] }
	case ir.BuiltinWorkGroupID:
		return func(m *machine, lane int, group, _ [3]uint32, _ uint32) { m.r[r][lane] = group[axis] }
	case ir.BuiltinNumWorkGroups:
		return func(m *machine, lane int, _, _ [3]uint32, _ uint32) { m.r[r][lane] = m.grid[axis] }
	case ir.BuiltinGlobalInvocationID:
		return func(m *machine, lane int, group, local [3]uint32, _ uint32) {
			m.r[r][lane] = m.size[axis]*group[axis] + local[axis]
		}
	}
	unsupported("this built-in value of an entry point")
	return nil
}

// body compiles a function body for a frame whose arguments are set.
func (c *compiler) body(f *frame) node {
	outer := c.flush() // of the caller, or the setup of globals
	if f.fn.Result != nil && f.result.regs == nil {
		unsupported("a function result that is not taken")
	}
	c.locals(f)
	n := c.block(f, f.fn.Body)
	c.ops = outer
	return n
}

// locals makes and initializes the function's variables.
func (c *compiler) locals(f *frame) {
	for i, l := range f.fn.LocalVars {
		t := c.of(l.Type)
		f.locals[i] = place{space: inRegs, base: c.alloc(t.flat), typ: t}
	}
	for i, l := range f.fn.LocalVars {
		if l.Init != nil {
			c.store(f.locals[i], c.value(f, *l.Init))
		} else {
			c.store(f.locals[i], value{typ: f.locals[i].typ, words: make([]uint32, f.locals[i].typ.flat)})
		}
	}
}

// block compiles statements. What is evaluated in it is forgotten after it.
func (c *compiler) block(f *frame, block []ir.Statement) node {
	mark := len(f.known)
	n := c.open(f, block)
	f.forget(mark)
	return n
}

func (f *frame) forget(mark int) {
	for _, h := range f.known[mark:] {
		f.vals[h] = nil
	}
	f.known = f.known[:mark]
}

// open compiles statements and keeps what they evaluated.
func (c *compiler) open(f *frame, block []ir.Statement) node {
	var nodes []node
	flush := func() {
		if ops := c.flush(); len(ops) > 0 {
			nodes = append(nodes, straight(ops))
		}
	}
	if len(c.ops) > 0 { // initialization of locals
		flush()
	}
	for i := range block {
		n := c.statement(f, block[i].Kind)
		if n != nil {
			flush()
			nodes = append(nodes, n)
		}
	}
	flush()
	switch len(nodes) {
	case 0:
		return func(_ *machine, act []uint8) []uint8 { return act }
	case 1:
		return nodes[0]
	}
	return func(m *machine, act []uint8) []uint8 {
		for _, n := range nodes {
			if act = n(m, act); len(act) == 0 {
				break
			}
		}
		return act
	}
}

func straight(ops []op) node {
	if len(ops) == 1 {
		o := ops[0]
		return func(m *machine, act []uint8) []uint8 {
			m.count(len(act))
			o(m, act)
			return act
		}
	}
	return func(m *machine, act []uint8) []uint8 {
		m.count(len(ops) * len(act))
		for _, o := range ops {
			o(m, act)
		}
		return act
	}
}

// statement compiles one statement: straight-line code is emitted and nil returned, control flow becomes a node that
// belongs after what has been emitted.
func (c *compiler) statement(f *frame, k ir.StatementKind) node {
	switch s := k.(type) {
	case ir.StmtEmit:
		for h := s.Range.Start; h < s.Range.End; h++ {
			if f.vals[h] == nil && !c.isPointer(f, h) {
				c.value(f, h)
			}
		}
	case ir.StmtStore:
		p := c.place(f, s.Pointer)
		v := c.value(f, s.Value)
		if p.typ.atomic {
			c.atomicStore(p, v)
		} else {
			c.store(p, v)
		}
	case ir.StmtAtomic:
		c.atomic(f, s)
	case ir.StmtBlock:
		return c.nested(f, s.Block)
	case ir.StmtIf:
		return c.branch(f, s)
	case ir.StmtSwitch:
		return c.selection(f, s)
	case ir.StmtLoop:
		return c.loop(f, s)
	case ir.StmtBreak:
		if len(f.breaks) == 0 {
			panic(gpu.Errorf(gpu.InvalidProgram, "function %q: break outside of a loop or switch", f.fn.Name))
		}
		return c.leave(f.breaks[len(f.breaks)-1])
	case ir.StmtContinue:
		if len(f.loops) == 0 {
			panic(gpu.Errorf(gpu.InvalidProgram, "function %q: continue outside of a loop", f.fn.Name))
		}
		return c.leave(f.loops[len(f.loops)-1])
	case ir.StmtReturn:
		if s.Value != nil && f.fn.Result != nil {
			c.copy(f.result, c.value(f, *s.Value))
		}
		return func(_ *machine, act []uint8) []uint8 { return act[:0] }
	case ir.StmtBarrier:
		c.p.collective = true
		return c.barrier(f.fn.Name, "a barrier")
	case ir.StmtWorkGroupUniformLoad:
		c.p.collective = true
		n := c.barrier(f.fn.Name, "workgroupUniformLoad")
		c.emit(func(m *machine, act []uint8) { n(m, act) })
		v := c.load(c.place(f, s.Pointer))
		f.keep(s.Result, v)
		c.emit(func(m *machine, act []uint8) { n(m, act) })
	case ir.StmtCall:
		return c.call(f, s)
	default:
		unsupported("a statement (%T) in function %q", k, f.fn.Name)
	}
	return nil
}

func (f *frame) keep(h ir.ExpressionHandle, v value) {
	f.vals[h] = &v
	f.known = append(f.known, h)
}

func (c *compiler) leave(set int) node {
	return func(m *machine, act []uint8) []uint8 {
		m.sets[set].add(act)
		return act[:0]
	}
}

// nested compiles a block of its own after the code emitted so far, which stays pending.
func (c *compiler) nested(f *frame, block []ir.Statement) node {
	pending := c.flush()
	n := c.block(f, block)
	c.ops = pending
	return n
}

func (c *compiler) barrier(function, what string) node {
	s := c.shadow
	return func(m *machine, act []uint8) []uint8 {
		if len(act) != m.lanes {
			panic(gpu.Errorf(gpu.InvalidProgram, "function %q: only %d of %d invocations of the workgroup reach %s together", function, len(act), m.lanes, what))
		}
		if s != nil {
			clear(s.shared)
		}
		return act
	}
}

func (c *compiler) branch(f *frame, s ir.StmtIf) node {
	cond := c.at(c.value(f, s.Condition), 0)
	yes, no := c.nested(f, s.Accept), c.nested(f, s.Reject)
	hasNo := len(s.Reject) > 0
	a, b, j := c.list(), c.list(), c.list()
	return func(m *machine, act []uint8) []uint8 {
		t, e := split(&m.r[cond], act, &m.lists[a], &m.lists[b])
		switch {
		case len(e) == 0:
			return yes(m, act)
		case len(t) == 0:
			return no(m, act)
		}
		nt, ne := len(t), len(e)
		t = yes(m, t)
		if hasNo {
			e = no(m, e)
		}
		switch {
		case len(t) == nt && len(e) == ne:
			return act
		case len(t) == 0:
			return e
		case len(e) == 0:
			return t
		}
		return merge(m.lists[j][:0], t, e)
	}
}

func (c *compiler) loop(f *frame, s ir.StmtLoop) node {
	brk, cont := c.set(), c.set()
	cur, join, stay, gone, out := c.list(), c.list(), c.list(), c.list(), c.list()
	f.breaks, f.loops = append(f.breaks, brk), append(f.loops, cont)
	pending := c.flush()
	mark := len(f.known)
	body := c.open(f, s.Body)
	// The continuing block sees what the body evaluated, and break if sees both.
	continuing := c.open(f, s.Continuing)
	breakIf := -1
	var last []op
	if s.BreakIf != nil {
		breakIf = c.at(c.value(f, *s.BreakIf), 0)
		last = c.flush()
	}
	f.forget(mark)
	c.ops = pending
	f.breaks, f.loops = f.breaks[:len(f.breaks)-1], f.loops[:len(f.loops)-1]
	return func(m *machine, act []uint8) []uint8 {
		m.sets[brk] = set{}
		for len(act) > 0 {
			m.count(len(act))
			m.sets[cont] = set{}
			act = body(m, act)
			if c := &m.sets[cont]; *c != (set{}) {
				c.add(act)
				act = c.appendTo(m.lists[join][:0])
			}
			if len(act) == 0 {
				break
			}
			act = continuing(m, act)
			if breakIf >= 0 {
				for _, o := range last {
					o(m, act)
				}
				var leaving []uint8
				leaving, act = split(&m.r[breakIf], act, &m.lists[gone], &m.lists[stay])
				m.sets[brk].add(leaving)
			}
			act = append(m.lists[cur][:0], act...) // nodes in the body may reuse the list they returned
		}
		return m.sets[brk].appendTo(m.lists[out][:0])
	}
}

func (c *compiler) selection(f *frame, s ir.StmtSwitch) node {
	sel := c.at(c.value(f, s.Selector), 0)
	brk := c.set()
	type arm struct {
		body node
		list int
	}
	var arms []arm
	target := map[uint32]int{} // selector -> arm
	other := -1
	var values []uint32
	isDefault := false
	f.breaks = append(f.breaks, brk)
	for _, k := range s.Cases {
		switch v := k.Value.(type) {
		case ir.SwitchValueI32:
			values = append(values, uint32(v))
		case ir.SwitchValueU32:
			values = append(values, uint32(v))
		case ir.SwitchValueDefault:
			isDefault = true
		}
		if k.FallThrough {
			if len(k.Body) > 0 {
				unsupported("a case that falls through")
			}
			continue
		}
		arms = append(arms, arm{c.nested(f, k.Body), c.list()})
		for _, v := range values {
			target[v] = len(arms) - 1
		}
		if isDefault {
			other = len(arms) - 1
		}
		values, isDefault = nil, false
	}
	f.breaks = f.breaks[:len(f.breaks)-1]
	out := c.list()
	return func(m *machine, act []uint8) []uint8 {
		joined := set{}
		m.sets[brk] = set{}
		r := &m.r[sel]
		var sizes [64]int
		counts := sizes[:]
		if len(arms) > len(counts) {
			counts = make([]int, len(arms))
		}
		for _, l := range act {
			k, ok := target[r[l]]
			if !ok {
				k = other
			}
			if k < 0 {
				joined[l/64] |= 1 << (l % 64)
				continue
			}
			m.lists[arms[k].list][counts[k]] = l
			counts[k]++
		}
		for k := range arms {
			if n := counts[k]; n > 0 {
				live := arms[k].body(m, m.lists[arms[k].list][:n])
				joined.add(live)
			}
		}
		for i := range joined {
			joined[i] |= m.sets[brk][i]
		}
		return joined.appendTo(m.lists[out][:0])
	}
}
