package wgsl

import (
	"slices"
	"strings"
)

const (
	maxCost     = 16 << 10  // tokens of a constant, struct or alias with everything it refers to written out
	maxFuncCost = 128 << 10 // the same for a function with all its calls
	maxUnary    = 32        // consecutive prefix operators
	maxStmtsRaw = 2 * MaxStatements
)

// decl is one declaration at module scope, as a range of tokens.
type decl struct {
	kind       string // "fn", "struct", "alias", "const", "var", "const_assert"
	name       token
	attr       int // first token, with attributes
	start, end int // tokens [start, end), start is the keyword
	body       int // fn: index of its "{"
	statements uint64
	entry      bool
	initial    string // var: the constant that explicit made of its initializer

	// With everything that it refers to expanded:
	cost          uint64 // tokens
	allStatements uint64
}

// outline is what the static caps and the position finder know about a source.
type outline struct {
	toks  []token
	decls []*decl
	names map[string]*decl
}

// checkText measures a source against every cap that can be decided without understanding it.
func checkText(src string) (*outline, *Error) {
	switch {
	case strings.TrimSpace(src) == "":
		return nil, errorAt(0, 0, "the source is empty")
	case len(src) > MaxSource:
		return nil, errorAt(0, 0, "the source has %d bytes, the limit is %d", len(src), MaxSource)
	}
	line, start := 1, 0
	for i, r := range src {
		switch {
		case r == '\n':
			line, start = line+1, i+1
		case r == 0:
			return nil, errorAt(line, i-start+1, "the source holds a NUL byte")
		case r == '\uFFFD' && !strings.HasPrefix(src[i:], "\uFFFD"):
			return nil, errorAt(line, i-start+1, "the source is not valid UTF-8")
		}
	}
	toks, err := scan(src)
	if err != nil {
		return nil, err
	}
	o := &outline{toks: toks, names: map[string]*decl{}}
	for _, check := range []func() *Error{o.checkNesting, o.checkOperators, o.checkFeatures, o.split, o.checkShortCircuit, o.expand, o.checkLets} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// checkNesting bounds the depth of every recursive construct and the cases of a switch.
func (o *outline) checkNesting() *Error {
	type level struct {
		open   string
		chain  int // else-ifs hanging on the last if of this level
		cases  int // -1: not a switch body
		inCase bool
	}
	stack := []level{{cases: -1}}
	chains, switchAhead := 0, false
	for i, t := range o.toks {
		top := &stack[len(stack)-1]
		switch {
		case t.kind == tokTemplate && t.text == "<" || t.is("(") || t.is("[") || t.is("{"):
			l := level{open: t.text, cases: -1}
			if t.is("{") && switchAhead && top.open != "(" {
				l.cases, switchAhead = 0, false
			}
			if t.is("{") {
				top.inCase = false
			}
			stack = append(stack, l)
		case t.kind == tokTemplate || t.is(")") || t.is("]") || t.is("}"):
			want := map[string]string{">": "<", ")": "(", "]": "[", "}": "{"}[t.text]
			if top.open != want {
				return errorAt(t.line, t.col, "%q closes nothing", t.text)
			}
			chains -= top.chain
			stack = stack[:len(stack)-1]
			top = &stack[len(stack)-1]
			if t.is("}") && top.chain > 0 && !(i+1 < len(o.toks) && o.toks[i+1].is("else")) {
				chains -= top.chain
				top.chain = 0
			}
		case t.kind == tokIdent && t.text == "else" && i+1 < len(o.toks) && o.toks[i+1].is("if"):
			top.chain++
			chains++
		case t.kind == tokIdent && t.text == "switch":
			switchAhead = true
		case t.kind == tokIdent && (t.text == "case" || t.text == "default") && top.cases >= 0:
			if !top.inCase {
				top.cases++
			}
			top.inCase = true
		case t.is(",") && top.cases >= 0 && top.inCase:
			top.cases++
		case t.is(":"):
			top.inCase = false
		}
		if len(stack)-1+chains > MaxNesting {
			return errorAt(t.line, t.col, "brackets, blocks and else-ifs are nested more than %d deep", MaxNesting)
		}
		if c := stack[len(stack)-1].cases; c > MaxCases {
			return errorAt(t.line, t.col, "this switch has more than %d cases", MaxCases)
		}
	}
	if n := len(stack); n > 1 {
		last := o.toks[len(o.toks)-1]
		return errorAt(last.line, last.col, "%q is never closed", stack[n-1].open)
	}
	return nil
}

// operator reports whether a token makes an expression tree deeper by one.
func (t token) operator() bool {
	if t.kind != tokPunct {
		return false
	}
	switch t.text {
	case "(", ")", "]", "{", "}", ",", ";", ":", "@", "->":
		return false
	}
	return true // including "." and "["
}

// checkOperators bounds the operators of a whole expression, with those of all arguments in it.
func (o *outline) checkOperators() *Error {
	n, unary := 0, 0
	operand := false // the token before ends an operand
	for _, t := range o.toks {
		switch {
		case t.is("(") || t.is(","):
			operand, unary = false, 0
		case t.is(")") || t.is("]"):
			operand, unary = true, 0
		case t.is(";") || t.is("{") || t.is("}"):
			n, operand, unary = 0, false, 0
		case t.is("["):
			n++
			operand, unary = false, 0
		case t.operator():
			n++
			if !operand {
				unary += len(t.text) // "--x" is two
			}
			operand = t.is("++") || t.is("--")
		default:
			operand, unary = t.kind == tokIdent || t.kind == tokNumber, 0
		}
		if unary > maxUnary {
			return errorAt(t.line, t.col, "more than %d prefix operators stand in a row", maxUnary)
		}
		if n > MaxOperators {
			return errorAt(t.line, t.col, "one expression has more than %d operators", MaxOperators)
		}
	}
	return nil
}

// refused are words that belong to features outside the compute subset; a trailing * stands for any ending.
var refused = map[string]string{
	"override": "pipeline-overridable constants are", "enable": "language extensions are", "requires": "language extensions are",
	"f16": "16-bit floats are", "f64": "64-bit types are", "i64": "64-bit types are", "u64": "64-bit types are",
	"vec2h": "16-bit floats are", "vec3h": "16-bit floats are", "vec4h": "16-bit floats are",
	"sampler": "samplers are", "sampler_comparison": "samplers are",
	"texture_1d*": "textures are", "texture_2d*": "textures are", "texture_3d*": "textures are", "texture_cube*": "textures are", "texture_multisampled*": "textures are", "texture_storage_*": "textures are", "texture_depth_*": "textures are", "texture_external*": "textures are",
	"binding_array": "binding arrays are", "acceleration_structure": "ray queries are", "ray_query": "ray queries are",
	"push_constant": "push constants are", "immediate": "immediates are", "discard": "fragment shaders are",
	"subgroup*": "subgroups are", "quad*": "subgroups are", "num_subgroups": "subgroups are",
	"dpdx*": "derivatives are", "dpdy*": "derivatives are", "fwidth*": "derivatives are",
}

func refusal(word string) string {
	if what, ok := refused[word]; ok {
		return what
	}
	for pattern, what := range refused {
		if prefix, any := strings.CutSuffix(pattern, "*"); any && strings.HasPrefix(word, prefix) {
			return what
		}
	}
	return ""
}

func (o *outline) checkFeatures() *Error {
	for i, t := range o.toks {
		after := func(n int) token {
			if i+n < len(o.toks) {
				return o.toks[i+n]
			}
			return token{}
		}
		switch {
		case t.is("extractBits") && after(1).is("(") && (after(2).abstract() || after(2).is("-") && after(3).abstract()):
			// naga gives such a literal the type of the count after it.
			return errorAt(t.line, t.col, "the first argument of extractBits needs a type: write %si or %su", after(2).text, after(2).text)
		case t.kind == tokIdent && !(i > 0 && o.toks[i-1].is(".")):
			what := refusal(t.text)
			if what == "" || (strings.HasPrefix(t.text, "quad") || strings.HasPrefix(t.text, "subgroup")) && !after(1).is("(") && !(i > 1 && o.toks[i-2].is("builtin")) {
				continue
			}
			return errorAt(t.line, t.col, "%s not supported (%q)", what, t.text)
		case t.is(":") && after(2).is("="):
			// naga converts such a literal without a word.
			n := 3
			if after(n).is("-") {
				n++
			}
			if v := after(n); after(n+1).is(";") && v.mismatch(after(1).text) {
				return errorAt(v.line, v.col, "%s is not a value of type %s", v.text, after(1).text)
			}
		case t.kind == tokNumber && !strings.HasPrefix(t.text, "0x") && !strings.HasPrefix(t.text, "0X"):
			if strings.HasSuffix(t.text, "h") {
				return errorAt(t.line, t.col, "16-bit floats are not supported (%q)", t.text)
			}
			fallthrough
		case t.kind == tokNumber:
			if strings.HasSuffix(t.text, "li") || strings.HasSuffix(t.text, "lu") || strings.HasSuffix(t.text, "lf") {
				return errorAt(t.line, t.col, "64-bit types are not supported (%q)", t.text)
			}
		case t.is("@"):
			switch name := after(1); name.text {
			case "vertex", "fragment", "task", "mesh":
				return errorAt(name.line, name.col, "only compute entry points are supported, not @%s", name.text)
			case "id":
				return errorAt(name.line, name.col, "pipeline-overridable constants are not supported (\"@id\")")
			case "group":
				if g := after(3); after(2).is("(") && g.kind == tokNumber && strings.TrimRight(g.text, "iu") != "0" {
					return errorAt(g.line, g.col, "only @group(0) is supported, not @group(%s)", g.text)
				}
			}
		}
	}
	return nil
}

// abstract reports whether a token is an integer literal without a type.
func (t token) abstract() bool {
	return t.kind == tokNumber && !strings.HasSuffix(t.text, "u") && !strings.HasSuffix(t.text, "i")
}

var declKinds = []string{"fn", "struct", "alias", "const", "var", "const_assert", "diagnostic"}

// split finds the declarations at module scope.
func (o *outline) split() *Error {
	for i := 0; i < len(o.toks); {
		if o.toks[i].is(";") {
			i++
			continue
		}
		d := &decl{attr: i}
		for i < len(o.toks) && o.toks[i].is("@") { // @name or @name(...)
			d.entry = d.entry || i+1 < len(o.toks) && o.toks[i+1].is("compute")
			i = min(i+2, len(o.toks))
			if i < len(o.toks) && o.toks[i].is("(") {
				i = o.closing(i) + 1
			}
		}
		if i >= len(o.toks) {
			last := o.toks[len(o.toks)-1]
			return errorAt(last.line, last.col, "an attribute stands at the end without a declaration")
		}
		kw := o.toks[i]
		if !slices.Contains(declKinds, kw.text) {
			return errorAt(kw.line, kw.col, "expected a declaration (fn, struct, alias, const or var), not %q", kw.text)
		}
		d.kind, d.start = kw.text, i
		i++
		for ; i < len(o.toks); i++ {
			t := o.toks[i]
			if t.kind == tokTemplate && t.text == "<" && d.name.text == "" { // var<storage, read>
				for i < len(o.toks) && !(o.toks[i].kind == tokTemplate && o.toks[i].text == ">") {
					i++
				}
				continue
			}
			if t.kind == tokIdent && d.name.text == "" && d.kind != "const_assert" && d.kind != "diagnostic" {
				d.name = t
			}
			if t.is("(") || t.is("[") {
				i = o.closing(i)
			}
			if t.is(";") && d.kind != "fn" && d.kind != "struct" {
				break
			}
			if t.is("{") {
				d.body = i
				i = o.closing(i)
				break
			}
		}
		i = min(i+1, len(o.toks))
		d.end = i
		o.decls = append(o.decls, d)
		if len(o.decls) > MaxDecls {
			return errorAt(kw.line, kw.col, "the source has more than %d declarations", MaxDecls)
		}
		if d.name.text == "" {
			continue
		}
		if o.names[d.name.text] != nil {
			return errorAt(d.name.line, d.name.col, "%q is declared twice", d.name.text)
		}
		if d.kind == "fn" && reserved(d.name.text) {
			return errorAt(d.name.line, d.name.col, "a function cannot be named %q like a built-in one", d.name.text)
		}
		o.names[d.name.text] = d
	}
	return nil
}

// closing returns the index of the bracket that closes the one at i. Nesting has been checked, so it exists.
func (o *outline) closing(i int) int {
	depth := 0
	for ; i < len(o.toks); i++ {
		switch t := o.toks[i]; {
		case t.kind == tokPunct && (t.text == "(" || t.text == "[" || t.text == "{"):
			depth++
		case t.kind == tokPunct && (t.text == ")" || t.text == "]" || t.text == "}"):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(o.toks) - 1
}

// expand computes what every declaration costs when all that it names is written out, which is what compilers that inline
// (all of them) do, and refuses cycles.
func (o *outline) expand() *Error {
	state := map[*decl]int{} // 1: being visited, 2: done
	var visit func(d *decl, depth int) *Error
	visit = func(d *decl, depth int) *Error {
		switch {
		case state[d] == 2:
			return nil
		case state[d] == 1:
			if d.kind == "fn" {
				return errorAt(d.name.line, d.name.col, "function %q calls itself, directly or through others; recursion is not allowed", d.name.text)
			}
			return errorAt(d.name.line, d.name.col, "%q is defined by itself", d.name.text)
		case depth > MaxNesting:
			return errorAt(d.name.line, d.name.col, "declarations refer to each other more than %d deep", MaxNesting)
		}
		state[d] = 1
		for i := d.start; i < d.end; i++ {
			t := o.toks[i]
			d.cost++
			if d.kind == "fn" && i > d.body && (t.is(";") || t.is("{") || t.is("case") || t.is("default")) {
				d.statements++
			}
			ref := o.names[t.text]
			if t.kind != tokIdent || ref == nil || ref.name.off == t.off || i > 0 && o.toks[i-1].is(".") {
				continue
			}
			call := i+1 < d.end && o.toks[i+1].is("(")
			if ref.kind == "fn" && (d.kind != "fn" || !call) || d.kind == "struct" && i+1 < d.end && o.toks[i+1].is(":") {
				continue // a local or member of that name
			}
			if err := visit(ref, depth+1); err != nil {
				return err
			}
			d.cost += ref.cost
			d.allStatements += ref.allStatements
			limit := uint64(maxCost)
			if d.kind == "fn" {
				limit = maxFuncCost
			}
			if d.cost > limit || d.allStatements > MaxStatements {
				return errorAt(t.line, t.col, "%q becomes too large when everything it uses is written out", d.name.text)
			}
		}
		d.allStatements += d.statements
		if d.allStatements > MaxStatements {
			return errorAt(d.name.line, d.name.col, "function %q has more than %d statements, counting those of every call", d.name.text, MaxStatements)
		}
		state[d] = 2
		return nil
	}
	var raw uint64
	for _, d := range o.decls {
		if err := visit(d, 0); err != nil {
			return err
		}
		raw += d.statements
		if raw > maxStmtsRaw {
			return errorAt(d.name.line, d.name.col, "the functions of the source have more than %d statements together", maxStmtsRaw)
		}
	}
	return nil
}
