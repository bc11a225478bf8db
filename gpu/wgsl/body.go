package wgsl

import (
	"fmt"
	"maps"
	"strings"

	"github.com/gogpu/naga/ir"
)

// body writes one function. An expression of the IR becomes part of the statement that reads it when it is read once and
// nothing happens in between, and a let otherwise.
type body struct {
	reader
	w      *rewriter
	taken  map[string]bool // names of this function
	args   []string
	locals []string

	vals    map[ir.ExpressionHandle]string // what has been evaluated and can be named here
	known   []ir.ExpressionHandle          // its keys, in order
	depth   map[ir.ExpressionHandle]int    // nesting of an expression's text
	uses    []use
	traits  map[ir.ExpressionHandle]trait
	opaques map[ir.ExpressionHandle]bool
	bounds  map[ir.ExpressionHandle]interval // what conditions have shown
	limits  map[uint32]interval              // of loop variables, by local variable, in the body of their loop

	prologue strings.Builder // before the first statement
	added    []string        // parameters of an entry point that the author did not ask for
	lengths  map[string]string
	out      strings.Builder
	indent   int
}

const maxDepth = 12 // nesting of an expression's text, far from MaxNesting

func (w *rewriter) function(fn *ir.Function) *body {
	f := &body{
		reader: reader{w.mod, fn}, w: w, taken: maps.Clone(w.names),
		vals: map[ir.ExpressionHandle]string{}, depth: map[ir.ExpressionHandle]int{}, traits: map[ir.ExpressionHandle]trait{}, opaques: map[ir.ExpressionHandle]bool{},
		bounds: map[ir.ExpressionHandle]interval{}, limits: map[uint32]interval{}, lengths: map[string]string{}, indent: 1,
	}
	for _, a := range fn.Arguments {
		f.args = append(f.args, fresh(a.Name, f.taken))
	}
	for _, l := range fn.LocalVars {
		name := l.Name
		if name == "" {
			name = "test" // of && or ||, which naga makes ifs of
		}
		f.locals = append(f.locals, fresh(name, f.taken))
	}
	f.measure()
	for i, l := range fn.LocalVars {
		init := ""
		if l.Init != nil {
			if init = f.expression(*l.Init); !f.opaque(*l.Init) {
				init = w.apply("r_other", strip(init), f.typeOf(*l.Init))
			}
		} else {
			init = w.hiddenZero(l.Type)
		}
		f.line("var %s: %s = %s;", f.locals[i], w.typeText(l.Type), init)
	}
	f.block(fn.Body)
	return f
}

func (f *body) signature(head string) string {
	var params []string
	for i, a := range f.fn.Arguments {
		attr := ""
		if a.Binding != nil {
			attr = builtinAttribute(a.Binding) + " "
		}
		params = append(params, attr+f.args[i]+": "+f.w.typeText(a.Type))
	}
	params = append(params, f.added...)
	result := ""
	if f.fn.Result != nil {
		result = " -> " + f.w.typeText(f.fn.Result.Type)
	}
	return head + "(" + strings.Join(params, ", ") + ")" + result + " {\n"
}

func (f *body) text() string { return f.prologue.String() + f.out.String() + "}\n" }

// isBuffer reports whether a pointer leads into a buffer.
func (f *body) isBuffer(h ir.ExpressionHandle) bool {
	g, ok := f.root(h).(ir.ExprGlobalVariable)
	if !ok {
		return false
	}
	s := f.mod.GlobalVariables[g.Variable].Space
	return s == ir.SpaceStorage || s == ir.SpaceUniform
}

func (f *body) line(format string, args ...any) {
	for range f.indent {
		f.out.WriteString("  ")
	}
	fmt.Fprintf(&f.out, format, args...)
	f.out.WriteString("\n")
}

// block writes statements; what they evaluated is forgotten after them.
func (f *body) block(block []ir.Statement) {
	mark := len(f.known)
	bounds := f.bounds
	f.bounds = maps.Clone(bounds)
	for i := range block {
		f.statement(block[i].Kind)
	}
	f.bounds = bounds
	f.forget(mark)
}

func (f *body) forget(mark int) {
	for _, h := range f.known[mark:] {
		delete(f.vals, h)
	}
	f.known = f.known[:mark]
}

func (f *body) nested(block []ir.Statement) {
	f.indent++
	f.block(block)
	f.indent--
}

// keep names an evaluated expression.
func (f *body) keep(h ir.ExpressionHandle, text string) string {
	name := fresh(f.nameOf(h), f.taken)
	f.line("let %s = %s;", name, text)
	f.vals[h] = name
	f.known = append(f.known, h)
	return name
}

// nameOf is the author's name of an expression, or one that tells what is read.
func (f *body) nameOf(h ir.ExpressionHandle) string {
	if name := f.fn.NamedExpressions[h]; name != "" {
		return name
	}
	if l, ok := f.fn.Expressions[h].Kind.(ir.ExprLoad); ok {
		switch x := f.root(l.Pointer).(type) {
		case ir.ExprLocalVariable:
			return f.locals[x.Variable] + "_now"
		case ir.ExprGlobalVariable:
			return f.w.globals[x.Variable] + "_now"
		}
	}
	return fmt.Sprintf("e%d", h)
}

func (f *body) statement(k ir.StatementKind) {
	switch s := k.(type) {
	case ir.StmtEmit:
		for h := s.Range.Start; h < s.Range.End; h++ {
			_, named := f.fn.NamedExpressions[h]
			if isFloat(f.typeOf(h)) {
				f.trait(h) // what conditions have shown holds here
				f.opaque(h)
			}
			if u := f.uses[h]; (u.count > 0 || named) && !u.inline && f.vals[h] == "" && !f.isPlace(h) && !f.sinks(h) {
				f.value(h)
			}
		}
	case ir.StmtStore:
		f.store(s)
	case ir.StmtAtomic:
		f.atomic(s)
	case ir.StmtBlock:
		f.line("{")
		f.nested(s.Block)
		f.line("}")
	case ir.StmtIf:
		f.branch(s)
	case ir.StmtSwitch:
		f.selection(s)
	case ir.StmtLoop:
		f.loop(s)
	case ir.StmtBreak:
		f.line("break;")
	case ir.StmtContinue:
		f.line("continue;")
	case ir.StmtReturn:
		if s.Value != nil {
			f.line("return %s;", strip(f.solid(*s.Value)))
		} else {
			f.line("return;")
		}
	case ir.StmtBarrier:
		if s.Flags&ir.BarrierStorage != 0 {
			f.line("storageBarrier();")
		}
		if s.Flags&ir.BarrierStorage == 0 || s.Flags&ir.BarrierWorkGroup != 0 {
			f.line("workgroupBarrier();")
		}
	case ir.StmtWorkGroupUniformLoad:
		p := f.place(s.Pointer)
		f.keep(s.Result, "workgroupUniformLoad(&"+p.text+")")
	case ir.StmtCall:
		f.call(s)
	default:
		panic(errorAt(0, 0, "%s has no form of a statement (%T)", Reproducible1, k))
	}
}

func (f *body) call(s ir.StmtCall) {
	callee := &f.mod.Functions[s.Function]
	var args []string
	for i, a := range s.Arguments {
		if _, pointer := f.mod.Types[callee.Arguments[i].Type].Inner.(ir.PointerType); pointer {
			args = append(args, f.address(a))
			continue
		}
		args = append(args, bare(f.solid(a)))
	}
	text := f.w.functions[s.Function] + "(" + strings.Join(args, ", ") + ")"
	if s.Result == nil {
		f.line("%s;", text)
		return
	}
	if f.uses[*s.Result].count == 0 {
		f.line("_ = %s;", text)
		return
	}
	f.keep(*s.Result, text)
}

func (f *body) branch(s ir.StmtIf) {
	condition := f.value(s.Condition)
	yes, no := f.facts(s.Condition)
	outer := f.bounds
	with := func(facts map[ir.ExpressionHandle]interval, block []ir.Statement) {
		f.bounds = maps.Clone(outer)
		f.learn(facts)
		f.nested(block)
	}
	switch {
	case len(s.Accept) == 0 && len(s.Reject) > 0:
		f.line("if (!(%s)) {", strip(condition))
		with(no, s.Reject)
	case len(s.Reject) == 0:
		f.line("if (%s) {", strip(condition))
		with(yes, s.Accept)
	default:
		f.line("if (%s) {", strip(condition))
		with(yes, s.Accept)
		f.line("} else {")
		with(no, s.Reject)
	}
	f.line("}")
	f.bounds = outer
	if leaves(s.Accept) { // what follows runs only when the condition was false
		f.learn(no)
	}
	if leaves(s.Reject) {
		f.learn(yes)
	}
}

// leaves reports whether a block never runs to its end.
func leaves(block []ir.Statement) bool {
	if len(block) == 0 {
		return false
	}
	switch block[len(block)-1].Kind.(type) {
	case ir.StmtReturn, ir.StmtBreak, ir.StmtContinue:
		return true
	}
	return false
}

func (f *body) selection(s ir.StmtSwitch) {
	f.line("switch (%s) {", strip(f.value(s.Selector)))
	f.indent++
	var values []string
	other := false
	for _, c := range s.Cases {
		switch v := c.Value.(type) {
		case ir.SwitchValueI32:
			values = append(values, bare(i32Text(int64(v))))
		case ir.SwitchValueU32:
			values = append(values, fmt.Sprintf("%du", uint32(v)))
		case ir.SwitchValueDefault:
			other = true
		}
		if c.FallThrough && len(c.Body) == 0 {
			continue
		}
		if other {
			f.line("default: {")
		} else {
			f.line("case %s: {", strings.Join(values, ", "))
		}
		f.nested(c.Body)
		f.line("}")
		values, other = nil, false
	}
	f.indent--
	f.line("}")
}

func (f *body) loop(s ir.StmtLoop) {
	mark := len(f.known)
	outer, bounds := f.limits, f.bounds
	f.limits, f.bounds = maps.Clone(outer), maps.Clone(bounds)
	counter, limit, counts := f.counter(s)
	body := s.Body
	head, rest, ok := f.header(s)
	if ok {
		body = rest
		f.line("%s {", head)
	} else {
		f.line("loop {")
	}
	if counts {
		f.limits[counter] = limit
	}
	f.indent++
	for i := range body {
		f.statement(body[i].Kind)
	}
	f.limits, f.bounds = outer, bounds
	// The continuing block may read what the body evaluated.
	if !ok && (len(s.Continuing) > 0 || s.BreakIf != nil) {
		f.line("continuing {")
		f.indent++
		for i := range s.Continuing {
			f.statement(s.Continuing[i].Kind)
		}
		if s.BreakIf != nil {
			f.line("break if %s;", strip(f.value(*s.BreakIf)))
		}
		f.indent--
		f.line("}")
	}
	f.forget(mark)
	f.indent--
	f.line("}")
}

// header writes the head of a for or while statement, if the loop can be one, and returns the body without the condition.
func (f *body) header(s ir.StmtLoop) (head string, rest []ir.Statement, ok bool) {
	if s.BreakIf != nil {
		return "", nil, false
	}
	for i := range s.Body {
		if _, emit := s.Body[i].Kind.(ir.StmtEmit); emit {
			continue
		}
		k, ok := s.Body[i].Kind.(ir.StmtIf)
		if !ok || len(k.Accept) > 0 || len(k.Reject) != 1 {
			return "", nil, false
		}
		if _, ok := k.Reject[0].Kind.(ir.StmtBreak); !ok {
			return "", nil, false
		}
		var condition string
		lines := f.captured(func() {
			for _, e := range s.Body[:i] {
				f.statement(e.Kind)
			}
			condition = strip(f.value(k.Condition))
		})
		if len(lines) > 0 {
			return "", nil, false
		}
		update := f.captured(func() { f.block(s.Continuing) })
		switch {
		case len(update) == 0:
			return "while (" + condition + ")", s.Body[i+1:], true
		case len(update) == 1 && strings.HasSuffix(update[0], ";") && !strings.HasPrefix(update[0], "let "):
			return "for (; " + condition + "; " + strings.TrimSuffix(update[0], ";") + ")", s.Body[i+1:], true
		}
		return "", nil, false
	}
	return "", nil, false
}

// captured returns the lines that write would add, and forgets what it evaluated.
func (f *body) captured(write func()) []string {
	before, indent, mark := f.out.String(), f.indent, len(f.known)
	f.out.Reset()
	f.indent = 0
	write()
	text := f.out.String()
	f.out.Reset()
	f.out.WriteString(before)
	f.indent = indent
	f.forget(mark)
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// atomic writes an atomic operation. What depends on the order of invocations has been refused.
func (f *body) atomic(s ir.StmtAtomic) {
	p := f.place(s.Pointer)
	name := ""
	switch s.Fun.(type) {
	case ir.AtomicAdd:
		name = "atomicAdd"
	case ir.AtomicSubtract:
		name = "atomicSub"
	case ir.AtomicAnd:
		name = "atomicAnd"
	case ir.AtomicExclusiveOr:
		name = "atomicXor"
	case ir.AtomicInclusiveOr:
		name = "atomicOr"
	case ir.AtomicMin:
		name = "atomicMin"
	case ir.AtomicMax:
		name = "atomicMax"
	case ir.AtomicStore:
		f.guarded(p, fmt.Sprintf("atomicStore(&%s, %s);", p.raw, f.value(s.Value)))
		return
	case ir.AtomicLoad:
		if s.Result != nil {
			f.keep(*s.Result, "atomicLoad(&"+p.text+")")
		}
		return
	default:
		panic(errorAt(0, 0, "%s has no form of an atomic operation (%T)", Reproducible1, s.Fun))
	}
	f.guarded(p, fmt.Sprintf("%s(&%s, %s);", name, p.raw, f.value(s.Value)))
}

// guarded writes a statement that changes memory; it does nothing where an index is outside of its array.
func (f *body) guarded(p spot, statement string) {
	if len(p.inside) == 0 {
		f.line("%s", statement)
		return
	}
	inside := strings.Join(p.inside, ") & (")
	if len(p.inside) > 1 {
		inside = "(" + inside + ")"
	}
	f.line("if (%s) { %s }", inside, statement)
}
