package wgslgen

import "fmt"

const depthOf = 3 // of expressions

// body makes statements until n are there.
func (g *gen) body(n int) []*stmt {
	mark := len(g.vars)
	var list []*stmt
	for range n {
		list = append(list, g.statement()...)
	}
	g.vars = g.vars[:mark]
	return list
}

func (g *gen) name(prefix string) string { g.names++; return fmt.Sprintf("%s%d", prefix, g.names) }

func simple(head string, args ...*expr) *stmt { return &stmt{head: head, args: args} }

// declare makes a let or var and brings it into scope.
func (g *gen) declare(t *typ) *stmt {
	e := g.expr(t, depthOf)
	if g.IntN(3) == 0 {
		name := g.name("l")
		g.vars = append(g.vars, variable{name: name, typ: t})
		return simple("let "+name+" = %s;", e)
	}
	name := g.name("v")
	g.vars = append(g.vars, variable{name: name, typ: t, memory: true, assign: true, local: true})
	if g.IntN(6) == 0 {
		return simple("var " + name + ": " + t.name + ";")
	}
	return simple("var "+name+": "+t.name+" = %s;", e)
}

// target is a place to write to; nil when none of the type is in scope.
func (g *gen) target() *expr {
	t := g.anyType()
	if g.IntN(2) == 0 {
		t = g.scalarType()
	}
	return g.path(t, true)
}

func (g *gen) statement() []*stmt {
	g.spent += g.times
	if g.left--; g.left < 0 {
		return nil
	}
	one := func(s *stmt) []*stmt { return []*stmt{s} }
	nest := g.depth < 3 && g.left > 3
	switch k := g.IntN(24); {
	case k < 6:
		return one(g.declare(g.anyType()))
	case k < 12:
		if p := g.target(); p != nil {
			return one(g.assign(p))
		}
	case k < 14 && nest:
		return one(g.branch())
	case k < 15 && nest:
		return one(g.selection())
	case k < 18 && nest && g.times < 40:
		return g.loop()
	case k < 20:
		if s := g.call(); s != nil {
			return one(s)
		}
	case k < 21 && (g.loops > 0 || g.inSwitch):
		if g.uniform {
			break
		}
		word := "break"
		if !g.inSwitch && g.IntN(2) == 0 {
			word = "continue"
		}
		return one(&stmt{head: "if (%s)", args: []*expr{g.expr(boolT, 2)}, blocks: []*block{{body: one(simple(word + ";"))}}})
	case k < 22 && g.fn.result != nil && g.depth > 0:
		return one(&stmt{head: "if (%s)", args: []*expr{g.expr(boolT, 2)}, blocks: []*block{{body: one(simple("return %s;", g.expr(g.fn.result, 1)))}}})
	case g.fn.entry:
		return one(g.shared())
	}
	return one(g.declare(g.scalarType()))
}

func (g *gen) assign(p *expr) *stmt {
	t := p.typ
	switch {
	case (t == i32T || t == u32T) && g.IntN(6) == 0:
		return simple("%s"+[]string{"++", "--"}[g.IntN(2)]+";", p)
	case t.integer() && g.IntN(3) == 0:
		return simple("%s "+[]string{"+", "-", "*", "&", "|", "^"}[g.IntN(6)]+"= %s;", p, g.expr(t, depthOf))
	case t.class <= vector && t.component() == f32T && g.IntN(3) == 0:
		return simple("%s "+[]string{"+", "-", "*"}[g.IntN(3)]+"= %s;", p, g.expr(t, depthOf))
	}
	return simple("%s = %s;", p, g.expr(t, depthOf))
}

// inside makes the statements of a nested block.
func (g *gen) inside(uniform bool, times int) []*stmt {
	g.depth++
	was, before := g.uniform, g.times
	g.uniform, g.times = g.uniform && uniform, g.times*times
	list := g.body(1 + g.IntN(4))
	g.uniform, g.times = was, before
	g.depth--
	return list
}

func (g *gen) branch() *stmt {
	s := &stmt{head: "if (%s)", args: []*expr{g.expr(boolT, depthOf)}, blocks: []*block{{body: g.inside(false, 1)}}}
	for range g.IntN(3) {
		s.blocks = append(s.blocks, &block{intro: "else", body: g.inside(false, 1)})
		if g.IntN(2) == 0 {
			break
		}
		s.blocks[len(s.blocks)-1].intro = fmt.Sprintf("else if (%s)", g.expr(boolT, 1))
	}
	return s
}

func (g *gen) selection() *stmt {
	suffix, t := "u", u32T
	if g.IntN(2) == 0 {
		suffix, t = "i", i32T
	}
	n := 2 + g.IntN(4)
	selector := plain(t, fmt.Sprintf("(%%s %%%% %d%s)", n+1, suffix), g.leaf(t))
	s := &stmt{head: "switch (%s)", args: []*expr{selector}, wrap: true}
	other := g.IntN(n)
	for i := range n {
		intro := fmt.Sprintf("case %d%s", i, suffix)
		if g.IntN(4) == 0 {
			intro += fmt.Sprintf(", %d%s", i+20, suffix)
		}
		if i == other {
			intro = "default"
		}
		inSwitch := g.inSwitch
		g.inSwitch = true
		s.blocks = append(s.blocks, &block{intro: intro, body: g.inside(false, 1), fixed: i == other})
		g.inSwitch = inSwitch
	}
	return s
}

// loop makes a loop that counts to a constant. In the function's uniform control flow it stays uniform: nothing leaves it early.
func (g *gen) loop() []*stmt {
	i, n := g.name("n"), 1+g.IntN(6)
	uniform := g.uniform && g.IntN(2) == 0
	mark := len(g.vars)
	counter := variable{name: i, typ: u32T}
	g.vars = append(g.vars, counter)
	was := g.uniform
	wasSwitch, loops := g.inSwitch, g.loops
	g.uniform, g.inSwitch = uniform, false
	g.loops++
	if uniform {
		g.loops = 0 // also no statement further inside may leave it
	}
	body := g.inside(true, n)
	g.uniform, g.inSwitch, g.loops = was, wasSwitch, loops
	g.vars = g.vars[:mark]
	fixed := func(head string) *stmt { return &stmt{head: head, fixed: true} }
	start := simple("var " + i + " = 0u;") // left out with its loop only: without it the kernel is not valid
	switch g.IntN(4) {
	case 0:
		step := fixed("continuing")
		step.blocks = []*block{{body: []*stmt{fixed(i + "++;"), fixed(fmt.Sprintf("break if (%s >= %du);", i, n))}}}
		return []*stmt{start, {head: "loop", blocks: []*block{{body: append(body, step)}}}}
	case 1:
		body = append([]*stmt{fixed(fmt.Sprintf("if (%s >= %du) { break; }", i, n)), fixed(i + "++;")}, body...)
		return []*stmt{start, {head: "loop", blocks: []*block{{body: body}}}}
	case 2:
		body = append([]*stmt{fixed(i + "++;")}, body...)
		return []*stmt{start, {head: fmt.Sprintf("while (%s < %du)", i, n), blocks: []*block{{body: body}}}}
	}
	return []*stmt{{head: fmt.Sprintf("for (var %s = 0u; %s < %du; %s++)", i, i, n, i), blocks: []*block{{body: body}}}}
}

// call calls a function made before and keeps its result.
func (g *gen) call() *stmt {
	if len(g.funcs) == 0 {
		return nil
	}
	f := g.funcs[g.IntN(len(g.funcs))]
	if g.times*f.cost > 400 || g.calls >= 6 || g.spent+g.times*f.cost > maxSteps {
		return nil
	}
	head := "_ = " + f.name + "("
	var args []*expr
	for i, t := range f.params {
		if i > 0 {
			head += ", "
		}
		if !f.pointer[i] {
			head += "%s"
			args = append(args, g.expr(t, 2))
			continue
		}
		var found []string
		for _, v := range g.vars {
			if v.local && same(v.typ, t) {
				found = append(found, v.name)
			}
		}
		if found == nil {
			return nil
		}
		head += "&" + found[g.IntN(len(found))]
	}
	g.calls++
	g.spent += g.times * f.cost
	g.left -= f.cost / 20
	if g.IntN(5) > 0 {
		name := g.name("l")
		g.vars = append(g.vars, variable{name: name, typ: f.result})
		head = "let " + name + head[1:]
	}
	return simple(head+");", args...)
}
