package wgsl

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gogpu/naga/ir"
	naga "github.com/gogpu/naga/wgsl"
)

// Parse checks and parses a WGSL source. Every error is an *Error. It does not panic, and its time and memory are bounded
// by the static caps.
func Parse(src string) (*Module, error) {
	m, err := parse(src)
	if err != nil {
		return nil, err // not a nil *Error in an interface
	}
	return m, nil
}

func parse(src string) (m *Module, err *Error) {
	o, err := checkText(src)
	if err != nil {
		return nil, err
	}
	// What passed the caps cannot exhaust naga's stack, but naga has panics of its own, as has code that trusts its IR.
	defer func() {
		if r := recover(); r != nil {
			m, err = nil, errorAt(0, 0, "the source is not valid WGSL: the compiler failed on it (%.200s)", strings.ReplaceAll(fmt.Sprint(r), "\n", " "))
		}
	}()
	f, err := o.fold()
	if err != nil {
		return nil, err
	}
	portable, forDrivers := o.edited(src, f.edits, true)
	text, o := o.edited(src, f.edits, false)
	strict, err := o.lower(text, true)
	if err != nil {
		return nil, err
	}
	if err := o.checkFunctions(strict); err != nil {
		return nil, err
	}
	mod, err := o.lower(text, false)
	if err != nil {
		return nil, err
	}
	m = &Module{Source: src, IR: mod, Portable: forDrivers.namedBreaks(forDrivers.explicit(portable, false))}
	if err := o.check(mod); err != nil {
		return nil, err
	}
	if err := o.barriers(mod); err != nil {
		return nil, err
	}
	if err := o.endless(mod); err != nil {
		return nil, err
	}
	if m.Entries, err = o.entries(mod); err != nil {
		return nil, err
	}
	m.tier, m.reasons = o.tier(mod)
	return m, nil
}

// lower runs naga. In a strict module "let x: T" is "var x: T": naga forgets the type of a let without comparing it, but
// that of a variable it keeps.
func (o *outline) lower(src string, strict bool) (*ir.Module, *Error) {
	text, inserts := o.explicit(src, true)
	if strict {
		text = o.typedLets(text, inserts)
	}
	tokens, err := naga.NewLexer(text).Tokenize()
	if err != nil {
		return nil, o.position(err, inserts)
	}
	ast, err := naga.NewParser(tokens).Parse()
	if err != nil {
		return nil, o.position(err, inserts)
	}
	mod, err := naga.LowerWithSource(ast, text)
	if err != nil {
		return nil, o.position(err, inserts)
	}
	if err := o.initialize(mod); err != nil {
		return nil, err
	}
	if err := o.sizes(mod); err != nil {
		return nil, err
	}
	faults, err := ir.ValidateWithCapabilities(mod, 0)
	if err != nil {
		return nil, o.position(err, inserts)
	}
	// naga knows of breaks in a switch only in entry points; checkFunction knows where a break may stand.
	faults = slices.DeleteFunc(faults, func(f ir.ValidationError) bool { return f.Message == "break outside of loop" })
	if len(faults) > 0 {
		f := faults[0]
		e := errorAt(0, 0, "%s", f.Message)
		if m := named.FindStringSubmatch(f.Message); m != nil {
			e = o.at(m[1], "%s", f.Message)
		}
		if d := o.names[f.Function]; d != nil {
			e = errorAt(d.name.line, d.name.col, "function %q: %s", f.Function, f.Message)
		}
		return nil, e
	}
	return mod, nil
}

// typedLets makes variables of lets with a type; "let" and "var" are equally long. text is the source after the inserts.
func (o *outline) typedLets(text string, inserts []insert) string {
	b := []byte(text)
	shift := 0
	for i, t := range o.toks {
		for len(inserts) > 0 && inserts[0].off <= t.off {
			shift += inserts[0].n
			inserts = inserts[1:]
		}
		if t.kind == tokIdent && t.text == "let" && i+3 < len(o.toks) && o.toks[i+2].is(":") && o.toks[i+3].text != "ptr" {
			copy(b[t.off+shift:], "var")
		}
	}
	return string(b)
}

var (
	placeShort = regexp.MustCompile(`(?:^|\s)(\d+):(\d+): `)
	placeLong  = regexp.MustCompile(`line (\d+), column (\d+): `)
	preface    = regexp.MustCompile(`^(parse error: |parsing failed with \d+ error\(s\): |lowering error: |function \S+ body: )+`)
	named      = regexp.MustCompile(`"([\pL_][\pL\pN_]*)"`)
	quoted     = regexp.MustCompile(`(?:identifier|function|type|reference):? '?"?([\pL_][\pL\pN_]*)`)
)

// position makes an Error of one of naga's, with the place that its text names. For errors in a function naga names only the
// place of the function, so the first use of the word that it complains about is looked up there.
func (o *outline) position(err error, inserts []insert) *Error {
	text := err.Error()
	e := &Error{}
	for _, re := range []*regexp.Regexp{placeLong, placeShort} {
		if m := re.FindStringSubmatchIndex(text); m != nil {
			e.Line, _ = strconv.Atoi(text[m[2]:m[3]])
			e.Column, _ = strconv.Atoi(text[m[4]:m[5]])
			text = text[m[1]:]
			break
		}
	}
	for k := len(inserts) - 1; k >= 0; k-- {
		if in := inserts[k]; in.line == e.Line && e.Column > in.col {
			e.Column = max(in.col, e.Column-in.n)
		}
	}
	inFunction := strings.HasPrefix(text, "function ")
	text, _, _ = strings.Cut(preface.ReplaceAllString(strings.TrimSpace(text), ""), "\n")
	if i := strings.Index(text, " (and "); i > 0 {
		text = text[:i]
	}
	if len(text) > 300 {
		text = text[:300]
	}
	if m := quoted.FindStringSubmatch(text); inFunction && m != nil {
		for _, t := range o.toks {
			if t.text == m[1] && (t.line > e.Line || t.line == e.Line && t.col > e.Column) {
				e.Line, e.Column = t.line, t.col
				break
			}
		}
	}
	e.Message = text
	return e
}
