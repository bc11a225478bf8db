package wgsl

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gogpu/naga/ir"
)

// insert is a place of the source where explicit added n bytes; fewer than none where it took some.
type insert struct{ line, col, off, n int }

// explicit writes out what naga and wgpu-native 0.17 get wrong when it is left to them. Lines stay the same.
//
// A function variable without an initializer gets one: both initialize such a variable once per call of its function and
// not, as WGSL asks, every time its declaration is reached, so a loop would see the value of the iteration before.
//
// With consts, the initializer of a private variable becomes a constant that initialize then finds: naga leaves out one that
// is a name or holds an operator, or reads its literals as f32.
func (o *outline) explicit(src string, consts bool) (string, []insert) {
	var b strings.Builder
	var inserts []insert
	done, names := 0, 0
	replace := func(at token, end int, text string) {
		b.WriteString(src[done:at.off] + text)
		inserts = append(inserts, insert{at.line, at.col, at.off, len(text) - (end - at.off)})
		done = end
	}
	for _, d := range o.decls {
		switch {
		case d.kind == "var" && consts:
			equals, colon := 0, 0
			for i := d.start; i < d.end && equals == 0; i++ {
				switch t := o.toks[i]; {
				case t.is(":") && colon == 0:
					colon = i
				case t.is("="):
					equals = i
				}
			}
			if equals == 0 || colon == 0 || d.attr != d.start || !o.toks[d.end-1].is(";") {
				continue
			}
			from, last := o.toks[equals], o.toks[d.end-1]
			d.initial = o.fresh("start", &names)
			replace(o.toks[d.start], o.toks[d.start].off, "const "+d.initial+" "+spaced(o.toks[colon:d.end])+" ")
			replace(from, last.off, strings.Repeat("\n", strings.Count(src[from.off:last.off], "\n")))
		case d.kind == "fn" && d.body > 0:
			for i := d.body; i < d.end; i++ {
				if t := o.toks[i]; t.kind != tokIdent || t.text != "var" {
					continue
				}
				colon, end := 0, i+1
				for end < d.end && !o.toks[end].is(";") && !o.toks[end].is("=") {
					if o.toks[end].is(":") && colon == 0 {
						colon = end
					}
					end++
				}
				if colon == 0 || end >= d.end || !o.toks[end].is(";") || end == colon+1 {
					continue
				}
				semi := o.toks[end]
				replace(semi, semi.off, " = "+spaced(o.toks[colon+1:end])+"()")
			}
		}
	}
	b.WriteString(src[done:])
	return b.String(), inserts
}

// edited is the source with the values of constant expressions in their places, and the outline of that. Lines stay the same. naga
// computes some abstract numbers wrong; wgpu-native 0.17 knows neither const_assert nor a const inside of a function.
func (o *outline) edited(src string, edits map[int]edit, driver bool) (string, *outline) {
	var b strings.Builder
	done := 0
	for _, at := range slices.Sorted(maps.Keys(edits)) {
		e := edits[at]
		if e.driver && !driver || o.toks[e.from].off < done { // inside of the one before
			continue
		}
		if driver && e.other != "" {
			e.text = e.other
		}
		from, last := o.toks[e.from].off, o.toks[e.to-1]
		end := last.off + len(last.text)
		b.WriteString(src[done:from] + e.text + strings.Repeat("\n", strings.Count(src[from:end], "\n")))
		done = end
	}
	if done == 0 {
		return src, o
	}
	src = b.String() + src[done:]
	n := &outline{names: map[string]*decl{}}
	if toks, err := scan(src); err == nil {
		n.toks = toks
		if n.split() == nil {
			return src, n
		}
	}
	panic("the source with its values in place is not understood")
}

// initialize gives private variables the constants that explicit has made of their initializers. Those that naga was to
// initialize itself must be so.
func (o *outline) initialize(mod *ir.Module) *Error {
	for i := range mod.GlobalVariables {
		g := &mod.GlobalVariables[i]
		d := o.names[g.Name]
		if d == nil || g.Space != ir.SpacePrivate || !slices.ContainsFunc(o.toks[d.start:d.end], func(t token) bool { return t.is("=") }) {
			continue
		}
		for k := range mod.Constants {
			if d.initial != "" && mod.Constants[k].Name == d.initial {
				init := mod.Constants[k].Init
				g.InitExpr = &init
			}
		}
		if g.InitExpr != nil {
			switch mod.GlobalExpressions[*g.InitExpr].Kind.(type) {
			case ir.Literal, ir.ExprCompose, ir.ExprSplat, ir.ExprZeroValue, ir.ExprConstant:
				continue
			}
		}
		return errorAt(d.name.line, d.name.col, "the initializer of the private variable %q is not understood; declare it as a const with a type first", g.Name)
	}
	return nil
}

// sizes sets the workgroup sizes that naga takes for 1: numbers with a suffix or in base 16, and constants without a type.
func (o *outline) sizes(mod *ir.Module) *Error {
	for i := range mod.EntryPoints {
		ep := &mod.EntryPoints[i]
		d := o.names[ep.Name]
		for k := d.attr; d != nil && k < d.start; k++ {
			if !o.toks[k].is("workgroup_size") {
				continue
			}
			for dim, k := 0, k+2; dim < 3 && k < d.start && !o.toks[k].is(")"); dim, k = dim+1, k+2 {
				n, ok := o.number(o.toks[k], 0)
				if end := o.toks[k+1]; !ok || !end.is(",") && !end.is(")") {
					return errorAt(o.toks[k].line, o.toks[k].col, "a workgroup size must be a number, or a constant that is declared as a number")
				}
				ep.Workgroup[dim] = n
				if o.toks[k+1].is(")") {
					break
				}
			}
		}
	}
	return nil
}

// number evaluates an integer literal or the name of a constant that is one.
func (o *outline) number(t token, depth int) (uint32, bool) {
	if t.kind == tokNumber {
		n, err := strconv.ParseUint(strings.TrimRight(strings.ToLower(t.text), "iu"), 0, 32)
		return uint32(n), err == nil
	}
	d := o.names[t.text]
	if d == nil || d.kind != "const" || depth > 8 || d.end-d.start < 4 || !o.toks[d.end-3].is("=") {
		return 0, false
	}
	return o.number(o.toks[d.end-2], depth+1)
}

// spaced writes tokens on one line.
func spaced(toks []token) string {
	texts := make([]string, len(toks))
	for i, t := range toks {
		texts[i] = t.text
	}
	return strings.Join(texts, " ")
}

// fresh makes a name that the source does not have.
func (o *outline) fresh(prefix string, n *int) string {
	for {
		name := prefix + strconv.Itoa(*n)
		*n++
		if !slices.ContainsFunc(o.toks, func(t token) bool { return t.text == name }) {
			return name
		}
	}
}

// namedBreaks writes "break if E;" as "let name = E; break if name;": wgpu-native 0.17 does not evaluate a condition that
// loads a variable, so such a loop never ends. text is the source after the inserts. Lines stay the same.
func (o *outline) namedBreaks(text string, inserts []insert) string {
	var b strings.Builder
	done, shift, names := 0, 0, 0
	at := func(t token) int {
		for len(inserts) > 0 && inserts[0].off <= t.off {
			shift += inserts[0].n
			inserts = inserts[1:]
		}
		return t.off + shift
	}
	for i := 0; i+2 < len(o.toks); i++ {
		if !o.toks[i].is("break") || !o.toks[i+1].is("if") {
			continue
		}
		end := i + 2
		for end < len(o.toks) && !o.toks[end].is(";") {
			end++
		}
		if end == len(o.toks) {
			break
		}
		start, from, to := at(o.toks[i]), at(o.toks[i+2]), at(o.toks[end])
		name := o.fresh("leave", &names)
		b.WriteString(text[done:start] + "let " + name + " = " + text[from:to] + "; break if " + name)
		done = to
	}
	b.WriteString(text[done:])
	return b.String()
}
