package wgsl

import (
	"slices"
	"strconv"
	"strings"
)

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
		name := ""
		for name == "" || slices.ContainsFunc(o.toks, func(t token) bool { return t.text == name }) {
			name = "leave" + strconv.Itoa(names)
			names++
		}
		b.WriteString(text[done:start] + "let " + name + " = " + text[from:to] + "; break if " + name)
		done = to
	}
	b.WriteString(text[done:])
	return b.String()
}
