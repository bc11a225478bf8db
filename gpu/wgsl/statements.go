package wgsl

import (
	"slices"
	"strconv"
	"strings"
)

// What naga accepts though it is not WGSL, and what drivers refuse then, is looked for in the tokens: naga keeps no trace of it.

var attributes = []string{"align", "binding", "builtin", "compute", "diagnostic", "group", "must_use", "size", "workgroup_size"}

// reservedWords cannot be names.
var reservedWords = listed(`NULL Self abstract active alignas alignof as asm asm_fragment async attribute auto await become cast catch class
co_await co_return co_yield coherent column_major common compile compile_fragment concept const_cast consteval constexpr constinit crate
debugger decltype delete demote demote_to_helper do dynamic_cast enum explicit export extends extern external fallthrough filter final
finally friend from fxgroup get goto groupshared highp impl implements import inline instanceof interface layout lowp macro macro_rules
match mediump meta mod module move mut mutable namespace new nil noexcept noinline nointerpolation non_coherent noncoherent
noperspective null nullptr of operator package packoffset partial pass patch pixelfragment precise precision premerge priv protected pub
public readonly ref regardless register reinterpret_cast require resource restrict self set shared sizeof smooth snorm static
static_assert static_cast std subroutine super target template this thread_local throw trait try type typedef typeid typename typeof
union unless unorm unsafe unsized use using varying virtual volatile wgsl where with writeonly yield`)

func listed(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// checkWords looks at single tokens and their neighbours.
func (o *outline) checkWords() *Error {
	for i, t := range o.toks {
		next, before := token{}, token{}
		if i+1 < len(o.toks) {
			next = o.toks[i+1]
		}
		if i > 0 {
			before = o.toks[i-1]
		}
		switch {
		case t.is("@") && !slices.Contains(attributes, next.text):
			return errorAt(next.line, next.col, "the attribute @%s is not known", next.text)
		case t.kind == tokIdent && (reservedWords[t.text] || strings.HasPrefix(t.text, "__")):
			return errorAt(t.line, t.col, "%q is a reserved word and cannot be a name", t.text)
		case t.kind == tokNumber:
			if err := t.inRange(before); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t token) hex() bool { return strings.HasPrefix(t.text, "0x") || strings.HasPrefix(t.text, "0X") }

// float is the value of a literal that is a float.
func (t token) float() (float64, bool) {
	text := t.text
	switch {
	case t.hex() && !strings.ContainsAny(text, ".pP"), !t.hex() && !strings.ContainsAny(text, ".eEf"):
		return 0, false
	case t.hex() && !strings.ContainsAny(text, "pP"):
		text += "p0"
	default:
		text = strings.TrimSuffix(text, "f")
	}
	x, err := strconv.ParseFloat(text, 32)
	return x, err == nil
}

// inRange refuses literals that no type holds.
func (t token) inRange(before token) *Error {
	signed := strings.HasSuffix(t.text, "i")
	n, err := strconv.ParseUint(strings.TrimRight(t.text, "iu"), 0, 64)
	float := !t.hex() && strings.ContainsAny(t.text, ".eEf") || t.hex() && strings.ContainsAny(t.text, ".pP")
	switch {
	case float:
		if _, ok := t.float(); !ok {
			return errorAt(t.line, t.col, "%s is not a number of type f32", t.text)
		}
	case !t.hex() && len(t.text) > 1 && t.text[0] == '0' && t.text[1] >= '0' && t.text[1] <= '9':
		return errorAt(t.line, t.col, "the integer %s begins with a 0", t.text)
	case err != nil || n >= 1<<32:
		return errorAt(t.line, t.col, "%s does not fit into 32 bits", t.text)
	case signed && n >= 1<<31:
		return errorAt(t.line, t.col, "%s is not a value of type i32", t.text)
	}
	return nil
}

// scope is a block within a function.
type scope struct {
	names map[string]bool
	loop  bool // it is the body of a loop
	head  bool // of a for, which ends with its body
}

// checkStatements looks at the statements of all functions.
func (o *outline) checkStatements() *Error {
	for _, d := range o.decls {
		switch {
		case d.kind == "fn" && d.body > 0:
			if err := o.function(d); err != nil {
				return err
			}
		case d.kind == "var":
			space, equals := "", false
			for i := d.start; i < d.end; i++ {
				t := o.toks[i]
				if i == d.start+2 && o.toks[i-1].kind == tokTemplate {
					space = t.text
				}
				equals = equals || t.is("=")
			}
			if equals && space != "private" {
				return errorAt(d.name.line, d.name.col, "the variable %q is in the address space %q and cannot have an initializer", d.name.text, space)
			}
		}
	}
	return nil
}

func (o *outline) function(d *decl) *Error {
	scopes := []scope{{names: map[string]bool{}}}
	declare := func(t token) *Error {
		names := scopes[len(scopes)-1].names
		if t.kind != tokIdent || t.text == "_" {
			return nil
		}
		if names[t.text] {
			return errorAt(t.line, t.col, "%q is declared twice in one block", t.text)
		}
		names[t.text] = true
		return nil
	}
	depth := 0
	for i := d.start; i < d.body; i++ {
		switch t := o.toks[i]; {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		case t.is(":") && depth == 1:
			if err := declare(o.toks[i-1]); err != nil {
				return err
			}
		}
	}
	loopAhead := false
	for i := d.body + 1; i < d.end-1; {
		t := o.toks[i]
		switch {
		case t.is("{"):
			scopes = append(scopes, scope{names: map[string]bool{}, loop: loopAhead})
			loopAhead = false
			i++
		case t.is("}"):
			scopes = scopes[:len(scopes)-1]
			if n := len(scopes); n > 1 && scopes[n-1].head {
				scopes = scopes[:n-1]
			}
			if len(scopes) == 0 {
				return nil // unbalanced: naga says where
			}
			i++
		case t.is(";"):
			i++
		case t.is("@"): // of a statement
			if i += 2; i < d.end && o.toks[i].is("(") {
				i = o.closing(i) + 1
			}
		case t.is("for"):
			scopes = append(scopes, scope{names: map[string]bool{}, head: true})
			close := o.closing(i + 1)
			if name := o.declared(i + 2); name > 0 {
				if err := declare(o.toks[name]); err != nil {
					return err
				}
			}
			loopAhead = true
			i = close + 1
		case t.is("while") || t.is("if") || t.is("switch"):
			for i++; i < d.end && !o.toks[i].is("{"); i++ {
			}
			loopAhead = t.is("while")
			if t.is("switch") {
				if err := o.hasDefault(t, i); err != nil {
					return err
				}
			}
		case t.is("loop"):
			loopAhead = true
			i++
		case t.is("else") || t.is("continuing"):
			i++
		case t.is("case") || t.is("default"):
			for i++; i < d.end && !o.toks[i].is("{"); i++ {
			}
		default:
			end := i
			for depth := 0; end < d.end && (depth > 0 || !o.toks[end].is(";")); end++ {
				switch u := o.toks[end]; {
				case u.is("(") || u.is("["):
					depth++
				case u.is(")") || u.is("]"):
					depth--
				}
				if u := o.toks[end]; u.is("{") || u.is("}") {
					break
				}
			}
			if name := o.declared(i); name > 0 {
				if err := declare(o.toks[name]); err != nil {
					return err
				}
			}
			inLoop := slices.ContainsFunc(scopes, func(s scope) bool { return s.loop })
			if err := o.simple(o.toks[i:end], inLoop); err != nil {
				return err
			}
			i = end + 1
		}
	}
	return nil
}

// declared is the index of the name that a statement declares, 0 if it declares none.
func (o *outline) declared(i int) int {
	switch t := o.toks[i]; {
	case t.is("let") || t.is("const"):
		return i + 1
	case t.is("var"):
		if i+1 < len(o.toks) && o.toks[i+1].kind == tokTemplate {
			for i++; i < len(o.toks) && !(o.toks[i].kind == tokTemplate && o.toks[i].text == ">"); i++ {
			}
		}
		return min(i+1, len(o.toks)-1)
	}
	return 0
}

// hasDefault looks into the body of a switch, which opens at index open.
func (o *outline) hasDefault(at token, open int) *Error {
	depth, defaults := 0, 0
	for i, end := open, o.closing(open); i < end; i++ {
		switch t := o.toks[i]; {
		case t.is("{"):
			depth++
		case t.is("}"):
			depth--
		case t.is("default") && depth == 1:
			defaults++
		}
	}
	if defaults != 1 {
		return errorAt(at.line, at.col, "a switch needs one default, and this one has %d", defaults)
	}
	return nil
}

// withoutResult are the built-in functions whose result need not be used.
var withoutResult = listed("workgroupBarrier storageBarrier textureBarrier atomicStore atomicAdd atomicSub atomicMax atomicMin atomicAnd atomicOr atomicXor atomicExchange atomicCompareExchangeWeak atomicLoad")

// simple refuses statements that are only expressions.
func (o *outline) simple(s []token, inLoop bool) *Error {
	if len(s) == 0 {
		return nil
	}
	t := s[0]
	switch t.text {
	case "let", "const", "var", "return", "break", "discard", "const_assert":
		return nil
	case "continue":
		if !inLoop {
			return errorAt(t.line, t.col, "a continue stands outside of a loop")
		}
		return nil
	}
	depth := 0
	for _, u := range s {
		switch {
		case u.is("(") || u.is("["):
			depth++
		case u.is(")") || u.is("]"):
			depth--
		case depth == 0 && u.kind == tokPunct && (u.text == "++" || u.text == "--" || strings.HasSuffix(u.text, "=") && !slices.Contains([]string{"==", "!=", "<=", ">="}, u.text)):
			return nil
		}
	}
	if t.kind != tokIdent || len(s) < 3 || !s[1].is("(") || !s[len(s)-1].is(")") {
		return errorAt(t.line, t.col, "an expression is not a statement; assign it to a name or to _")
	}
	if d := o.names[t.text]; d == nil && !withoutResult[t.text] || d != nil && d.kind != "fn" {
		return errorAt(t.line, t.col, "the result of %s is not used; assign it to a name or to _", t.text)
	}
	return nil
}
