package wgsl

import (
	"slices"
	"strings"
)

// condition reads an expression that must be a bool.
func (f *folder) condition() {
	if v := f.expr(0); !v.t.same(boolType) {
		f.fail(f.o.toks[v.from], "a condition is %v, not bool", v.t)
	}
}

func (f *folder) block() {
	f.want("{")
	f.push()
	for !f.take("}") {
		f.statement()
	}
	f.pop()
}

func (f *folder) statement() {
	if f.err != nil {
		panic(lost{})
	}
	t := f.tok()
	switch t.text {
	case ";":
		f.i++
	case "{":
		f.block()
	case "@":
		f.attributes()
	case "if":
		f.i++
		f.condition()
		f.block()
		if f.take("else") {
			if f.is("if") {
				f.statement()
			} else {
				f.block()
			}
		}
	case "while":
		f.i++
		f.condition()
		f.attributes()
		f.inside(true, f.block)
	case "loop":
		f.i++
		f.attributes()
		f.inside(true, f.block)
	case "continuing":
		f.i++
		if len(f.loops) == 0 {
			panic(lost{})
		}
		f.attributes()
		was, owner := f.continuing, f.owner
		f.continuing, f.owner = true, len(f.loops)-1
		f.inside(false, f.block)
		f.continuing, f.owner = was, owner
	case "for":
		f.i++
		f.want("(")
		f.push()
		f.simple(";")
		if !f.take(";") {
			f.condition()
			f.want(";")
		}
		f.simple(")")
		f.inside(true, f.block)
		f.pop()
	case "switch":
		f.choice()
	case "return":
		f.i++
		if f.continuing {
			f.fail(t, "a return stands in a continuing block")
		}
		if !f.is(";") && f.result != nil {
			f.convert(f.expr(0), f.result)
		}
		f.want(";")
	case "break":
		f.i++
		if f.take("if") {
			f.condition()
		} else if f.continuing && !f.leaves {
			f.fail(t, "a break stands in a continuing block; it can end with break if")
		}
		f.want(";")
	case "continue":
		f.i++
		if f.continuing && !f.repeats {
			f.fail(t, "a continue stands in a continuing block")
		}
		if n := len(f.loops); n > 0 {
			f.loops[n-1].continues = true
		}
		f.want(";")
	case "const_assert":
		start := f.i
		f.i++
		if v := f.constant(f.expr(0), "what const_assert asserts"); !v.t.same(boolType) {
			f.fail(t, "const_assert needs a bool, not %v", v.t)
		}
		f.want(";")
		f.edits[start] = edit{from: start, to: f.i, driver: true}
	default:
		f.simple(";")
	}
}

// inside reads a block that a break can leave, and a continue repeat when it is a loop's.
func (f *folder) inside(loop bool, block func()) {
	leaves, repeats := f.leaves, f.repeats
	f.leaves, f.repeats = loop, loop
	if loop {
		f.loops = append(f.loops, loopBody{scope: len(f.scopes), late: map[string]bool{}})
	}
	block()
	if loop {
		f.loops = f.loops[:len(f.loops)-1]
	}
	f.leaves, f.repeats = leaves, repeats
}

// choice reads a switch.
func (f *folder) choice() {
	f.i++
	selector := f.expr(0)
	t := selector.t
	var cases []constantValue
	f.attributes()
	f.want("{")
	for !f.take("}") {
		f.attributes()
		if !f.take("default") {
			f.want("case")
			for !f.is(":") && !f.is("{") {
				if f.take("default") {
					f.take(",")
					continue
				}
				v := f.constant(f.expr(0), "a case")
				if t.abstract() && !v.t.abstract() {
					t = v.t
				}
				cases = append(cases, v)
				f.take(",")
			}
		}
		f.take(":")
		leaves := f.leaves
		f.leaves = true
		f.block()
		f.leaves = leaves
	}
	if t.abstract() {
		t = i32Type
	}
	f.convert(selector, t)
	for _, v := range cases {
		to := f.convert(v, t)
		if text, ok := to.text(); ok && slices.ContainsFunc(f.o.toks[v.from:v.to], func(t token) bool { return t.kind == tokIdent }) {
			f.edits[v.from] = edit{from: v.from, to: v.to, text: strings.Trim(text, "()")} // drivers take no names there
		}
		if t.integer() && v.t.scalar() && v.t.kind != kInt && v.t.kind != t.kind {
			f.fail(f.o.toks[v.from], "a case is of type %s and the switch of type %s", kindNames[v.t.kind], kindNames[t.kind])
		}
	}
}

// simple reads a declaration, an assignment or a call, and the token behind it.
func (f *folder) simple(end string) {
	switch t := f.tok(); {
	case t.is(end):
		f.i++
		return
	case t.is("let") || t.is("var") || t.is("const"):
		f.declaration() // with its semicolon
		if end != ";" {
			f.want(end)
		}
		return
	case t.is("_"):
		f.i++
		f.want("=")
		if v := f.concrete(f.expr(0)); !v.t.constructible() && v.t.kind != kPointer {
			f.fail(t, "_ cannot take %v", v.t)
		}
		f.want(end)
		return
	}
	left := f.unary()
	op := f.tok()
	switch {
	case op.is("="):
		f.i++
		f.convert(f.expr(0), left.t)
	case op.is("++") || op.is("--"):
		f.i++
		if left.t.kind != kUnknown && left.t.kind != kI32 && left.t.kind != kU32 {
			f.fail(op, "%s needs an integer, not %v", op.text, left.t)
		}
	case op.kind == tokPunct && len(op.text) > 1 && strings.HasSuffix(op.text, "="):
		f.i++
		right := f.expr(0)
		right.operator = ""
		f.convert(f.binary(op, strings.TrimSuffix(op.text, "="), constantValue{t: left.t, from: left.from, runtime: true}, right), left.t)
	}
	f.want(end)
}
