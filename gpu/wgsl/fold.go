package wgsl

import (
	"slices"
	"strings"
)

// folder goes through a source with the types of all names and the values of its constant expressions. naga takes what WGSL calls
// a shader-creation error: a constant that does not fit its type, a division by 0, an index outside. It reads tokens, so it knows
// lines; what it does not understand has an unknown type, and nothing is said about that.
type folder struct {
	o       *outline
	i       int                        // the next token
	scopes  []map[string]constantValue // of the function, innermost last
	globals map[string]constantValue
	types   map[string]*typ // structs and aliases
	result  *typ            // of the function

	continuing      bool // inside of a continuing block
	owner           int  // the loop that it belongs to
	leaves, repeats bool // there is a loop or switch, a loop around, within that
	loops           []loopBody

	dead   int // inside of operands that are not evaluated
	budget int
	err    *Error
	edits  map[int]edit
}

// loopBody is the body of a loop: the place of its scope, and the names that were not yet declared there at some continue.
type loopBody struct {
	scope     int
	continues bool
	late      map[string]bool
}

// edit replaces tokens [from, to) in what compilers get.
type edit struct {
	from, to int
	text     string
	other    string // in place of text, for drivers, unless it is empty
	driver   bool   // naga gets it as it is
}

// lost ends the reading of a declaration that is not understood.
type lost struct{}

// maxFolded bounds the elements of constants that are made or converted, over the whole source.
const maxFolded = 1 << 20

// fold refuses constants without a value.
func (o *outline) fold() (*folder, *Error) {
	f := &folder{o: o, globals: map[string]constantValue{}, types: map[string]*typ{}, edits: map[int]edit{}, budget: maxFolded}
	for _, d := range o.decls {
		switch d.kind {
		case "const", "var":
			f.global(d)
		case "fn":
			f.function(d)
		case "alias", "struct":
			f.attempt(func() { f.named(d) })
		case "const_assert":
			f.attempt(func() { f.i = d.start; f.statement() })
		}
		if f.err != nil {
			return nil, f.err
		}
	}
	return f, nil
}

// attempt runs a part of the reading from another place, and comes back.
func (f *folder) attempt(part func()) {
	i, scopes := f.i, f.scopes
	defer func() {
		f.i, f.scopes = i, scopes
		if r := recover(); r != nil {
			if _, ok := r.(lost); !ok {
				panic(r)
			}
		}
	}()
	part()
}

// fail refuses the source, unless what is wrong is never evaluated.
func (f *folder) fail(t token, format string, args ...any) {
	if f.dead == 0 {
		f.refuse(t, format, args...)
	}
}

func (f *folder) refuse(t token, format string, args ...any) {
	if f.err == nil {
		f.err = errorAt(t.line, t.col, format, args...)
	}
}

func (f *folder) tok() token {
	if f.i >= len(f.o.toks) {
		panic(lost{})
	}
	return f.o.toks[f.i]
}

func (f *folder) is(text string) bool { return f.i < len(f.o.toks) && f.o.toks[f.i].is(text) }

func (f *folder) take(text string) bool {
	if f.is(text) {
		f.i++
		return true
	}
	return false
}

func (f *folder) want(text string) {
	if !f.take(text) {
		panic(lost{})
	}
}

func (f *folder) name() token {
	t := f.tok()
	if t.kind != tokIdent {
		panic(lost{})
	}
	f.i++
	return t
}

// global is the constant or variable of a declaration at module scope.
func (f *folder) global(d *decl) constantValue {
	if v, ok := f.globals[d.name.text]; ok {
		return v
	}
	f.globals[d.name.text] = of(unknown)
	v := of(unknown)
	f.attempt(func() {
		f.scopes = nil
		f.i = d.attr
		f.attributes(map[string][]string{"var": {"group", "binding"}}[d.kind]...)
		v = f.declaration()
	})
	v.rewrite = false
	f.globals[d.name.text] = v
	return v
}

// named is the type of a struct or alias.
func (f *folder) named(d *decl) *typ {
	if t := f.types[d.name.text]; t != nil {
		return t
	}
	t := unknown
	f.types[d.name.text] = t
	f.attempt(func() {
		f.scopes = nil
		f.i = d.start + 2
		if d.kind == "alias" {
			f.want("=")
			t = f.typeOf()
			return
		}
		s := &typ{kind: kStruct, name: d.name.text}
		f.want("{")
		for !f.take("}") {
			f.attributes("align", "size", "builtin")
			name := f.name()
			f.want(":")
			m := f.typeOf()
			if m.kind == kPointer {
				f.fail(name, "the member %q is a pointer", name.text)
			}
			s.names, s.members = append(s.names, name.text), append(s.members, m)
			f.take(",")
		}
		if len(s.names) == 0 {
			f.fail(d.name, "the struct %q has no members", d.name.text)
		}
		t = s
	})
	f.types[d.name.text] = t
	return t
}

// attributes reads those in front of something, which may have the ones that are named.
func (f *folder) attributes(allowed ...string) {
	seen := map[string]bool{}
	for f.take("@") {
		t := f.name()
		if !slices.Contains(allowed, t.text) && t.text != "diagnostic" {
			f.fail(t, "@%s cannot stand here", t.text)
		}
		if seen[t.text] && t.text != "diagnostic" {
			f.fail(t, "@%s stands here twice", t.text)
		}
		seen[t.text] = true
		if !f.is("(") {
			continue
		}
		if t.text == "align" {
			f.i++
			if v := f.expr(0); v.known && (v.i < 1 || v.i&(v.i-1) != 0) {
				f.fail(t, "@align needs a power of two, not %v", v)
			}
			f.take(",")
			f.want(")")
			continue
		}
		if t.text != "workgroup_size" {
			f.i = f.o.closing(f.i) + 1
			continue
		}
		f.i++
		n := 0
		for ; !f.take(")"); n++ {
			v := f.constant(f.expr(0), "a workgroup size")
			if v.known && v.t.integer() {
				v.t, v.rewrite = intType, true
				f.noted(v)
			}
			f.take(",")
		}
		if n < 1 || n > 3 {
			f.fail(t, "@workgroup_size takes one to three numbers, not %d", n)
		}
	}
}

// constant refuses a value that is not one before the program runs.
func (f *folder) constant(v constantValue, what string) constantValue {
	if v.runtime {
		f.fail(f.o.toks[v.from], "%s must be a constant expression", what)
	}
	return v
}

// typeOf reads a type.
func (f *folder) typeOf() *typ {
	t := f.name()
	if f.local(t.text) {
		panic(lost{})
	}
	var args []int // where template arguments begin
	end := f.i
	if f.i < len(f.o.toks) && f.o.toks[f.i].kind == tokTemplate && f.o.toks[f.i].text == "<" {
		args, end = f.template()
	}
	defer func() { f.i = end }()
	argument := func(n int) *typ {
		if n >= len(args) {
			panic(lost{})
		}
		f.i = args[n]
		return f.typeOf()
	}
	if s := scalarTypes[t.text]; s != nil {
		return s
	}
	if s, n, rows := shapeOf(t.text); n > 0 {
		of := s
		if s == nil && len(args) > 0 {
			of = argument(0)
		}
		if of == nil {
			return &typ{kind: kUnknown, n: n, rows: rows} // to be found from what it is made of
		}
		if rows > 0 {
			return &typ{kind: kMatrix, n: n, rows: rows, of: of}
		}
		return vectorOf(n, of)
	}
	switch t.text {
	case "array":
		if len(args) == 0 {
			return &typ{kind: kArray, n: -1, of: unknown}
		}
		a := &typ{kind: kArray, of: argument(0)}
		if len(args) > 1 {
			f.i = args[1]
			at := f.tok()
			size := f.constant(f.expr(0), "the size of an array")
			if a.n = -1; size.known && size.t.integer() {
				if a.n = int(size.i); a.n < 1 {
					f.fail(at, "an array cannot have %d elements", size.i)
				}
			}
		}
		return a
	case "atomic":
		of := argument(0)
		if of.kind != kI32 && of.kind != kU32 {
			f.fail(t, "an atomic holds i32 or u32, not %v", of)
		}
		return &typ{kind: kAtomic, of: of}
	case "ptr":
		return &typ{kind: kPointer, of: argument(1)}
	}
	if d := f.o.names[t.text]; d != nil && (d.kind == "alias" || d.kind == "struct") {
		return f.named(d)
	}
	return unknown
}

// template reads a template list, of which it returns where the arguments begin, and what follows it.
func (f *folder) template() (args []int, end int) {
	depth := 0
	for i := f.i; i < len(f.o.toks); i++ {
		switch t := f.o.toks[i]; {
		case t.kind == tokTemplate && t.text == "<":
			if depth++; depth == 1 {
				args = append(args, i+1)
			}
		case t.kind == tokTemplate:
			if depth--; depth == 0 {
				return args, i + 1
			}
		case t.is("(") || t.is("["):
			i = f.o.closing(i)
		case t.is(",") && depth == 1 && i+1 < len(f.o.toks) && f.o.toks[i+1].kind != tokTemplate:
			args = append(args, i+1)
		}
	}
	panic(lost{})
}

// shapeOf reads names such as vec3, vec3f and mat2x3f. The scalar is nil where the name has none.
func shapeOf(name string) (s *typ, n, rows int) {
	digit := func(i int) int {
		if i < len(name) && name[i] >= '2' && name[i] <= '4' {
			return int(name[i] - '0')
		}
		return 0
	}
	rest := ""
	switch {
	case strings.HasPrefix(name, "vec") && digit(3) > 0:
		n, rest = digit(3), name[4:]
	case strings.HasPrefix(name, "mat") && digit(3) > 0 && digit(5) > 0 && name[4] == 'x':
		n, rows, rest = digit(3), digit(5), name[6:]
	default:
		return nil, 0, 0
	}
	switch rest {
	case "":
		return nil, n, rows
	case "f":
		return f32Type, n, rows
	case "i":
		return i32Type, n, rows
	case "u":
		return u32Type, n, rows
	}
	return nil, 0, 0
}

// zero is the zero value of a type.
func (f *folder) zero(t *typ) constantValue {
	v := constantValue{t: t, known: t.scalar()}
	n, of := t.n, t.element()
	if t.kind == kStruct {
		n = len(t.members)
	}
	if t.scalar() || t.kind == kUnknown || n < 0 {
		return v
	}
	if f.budget -= n; f.budget < 0 {
		return v
	}
	v.known = true
	for i := range n {
		if t.kind == kStruct {
			of = t.members[i]
		}
		p := f.zero(of)
		v.known = v.known && p.known
		v.parts = append(v.parts, p)
	}
	return v
}

// local reports whether a name is one of the function's.
func (f *folder) local(name string) bool {
	return slices.ContainsFunc(f.scopes, func(s map[string]constantValue) bool { _, ok := s[name]; return ok })
}

// lookup is what a name stands for.
func (f *folder) lookup(t token) constantValue {
	for i := len(f.scopes) - 1; i >= 0; i-- {
		if v, ok := f.scopes[i][t.text]; ok {
			if f.continuing && f.loops[f.owner].scope == i && f.loops[f.owner].late[t.text] {
				f.fail(t, "a continue passes over the declaration of %q, which the continuing block uses", t.text)
			}
			return v
		}
	}
	if d := f.o.names[t.text]; d != nil && (d.kind == "const" || d.kind == "var") {
		return f.global(d)
	}
	return of(unknown)
}

func (f *folder) declare(name string, v constantValue) {
	if n := len(f.loops); n > 0 && f.loops[n-1].continues && f.loops[n-1].scope == len(f.scopes)-1 {
		f.loops[n-1].late[name] = true
	}
	f.scopes[len(f.scopes)-1][name] = v
}

func (f *folder) push() { f.scopes = append(f.scopes, map[string]constantValue{}) }
func (f *folder) pop()  { f.scopes = f.scopes[:len(f.scopes)-1] }

// declaration reads a const, let or var; of the latter two the type alone.
func (f *folder) declaration() constantValue {
	start := f.i
	word := f.name().text
	if f.i < len(f.o.toks) && f.o.toks[f.i].kind == tokTemplate {
		args, end := f.template()
		if space := f.o.toks[args[0]]; len(args) > 1 && (space.text != "storage" || !f.o.toks[args[1]].is("read") && !f.o.toks[args[1]].is("read_write")) {
			f.fail(space, "only var<storage> has an access mode, which is read or read_write")
		}
		f.i = end
	}
	name := f.name()
	t := (*typ)(nil)
	if f.take(":") {
		t = f.typeOf()
	}
	v := of(unknown)
	if t != nil {
		v = of(t)
	}
	if f.take("=") {
		x := f.expr(0)
		if word == "const" || len(f.scopes) == 0 {
			f.constant(x, "the value of "+name.text)
			if len(f.scopes) == 0 && x.to-x.from > 1 {
				x.rewrite = true
				f.noted(x)
			}
		}
		switch {
		case t != nil:
			v = f.convert(x, t)
		case word != "const":
			v = f.concrete(x)
		default:
			v = x
		}
	}
	f.want(";")
	if local := len(f.scopes) > 0; local && !v.t.constructible() && !(word == "let" && v.t.kind == kPointer) {
		f.fail(name, "%q cannot hold %v", name.text, v.t)
	}
	if word != "const" {
		v = constantValue{t: v.t, runtime: true, place: word == "var"}
	}
	v.from, v.to, v.rewrite, v.operator = 0, 0, false, ""
	if len(f.scopes) == 0 {
		return v
	}
	if word == "const" {
		v.rewrite = true
		f.edits[start] = edit{from: start, to: start + 1, text: "let"}
		if v.known && (v.t.scalar() || v.t.kind == kVector) {
			f.edits[start] = edit{from: start, to: f.i}
		}
		if v.t.kind == kArray || v.t.kind == kMatrix {
			f.edits[start] = edit{from: start, to: start + 1, text: "let", other: "var"} // drivers index no other arrays by variables
		}
	}
	f.declare(name.text, v)
	return v
}

// function reads the body of a function.
func (f *folder) function(d *decl) {
	if d.body == 0 {
		return
	}
	f.attempt(func() {
		f.loops, f.continuing, f.leaves, f.repeats = nil, false, false, false
		f.scopes = []map[string]constantValue{{}}
		names, types, result := f.signature(d)
		for i, name := range names {
			f.declare(name, constantValue{t: types[i], runtime: true})
			if !types[i].constructible() && types[i].kind != kPointer {
				f.fail(d.name, "the parameter %q of %q cannot be %v", name, d.name.text, types[i])
			}
		}
		f.i = d.attr
		f.attributes("compute", "workgroup_size", "must_use")
		compute, size, mustUse := false, false, false
		for _, t := range f.o.toks[d.attr:d.start] {
			compute, size, mustUse = compute || t.is("compute"), size || t.is("workgroup_size"), mustUse || t.is("must_use")
		}
		switch {
		case compute != size:
			f.fail(d.name, "@compute and @workgroup_size belong together")
		case mustUse && result == nil:
			f.fail(d.name, "@must_use stands before %q, which returns nothing", d.name.text)
		}
		f.result = result
		f.i = d.body
		f.want("{")
		for !f.take("}") {
			f.statement()
		}
	})
}

// signature reads the parameters and the result of a function; nil without one.
func (f *folder) signature(d *decl) (names []string, types []*typ, result *typ) {
	i, scopes := f.i, f.scopes
	defer func() { f.i, f.scopes = i, scopes }()
	f.scopes, f.i = nil, d.start+2
	f.want("(")
	for !f.take(")") {
		f.attributes("builtin")
		names = append(names, f.name().text)
		f.want(":")
		types = append(types, f.typeOf())
		f.take(",")
	}
	if f.take("->") {
		f.attributes()
		result = f.typeOf()
	}
	return names, types, result
}
