package wgsl

import "slices"

// maxLets bounds what the front end does to find the types of expressions: it asks for those of all operands anew, and for those of
// the values behind names, so that lets that each use the one before twice would take it for ever. The kernels of the library need
// an eighth of it in their reproducible forms.
const maxLets = 1 << 20

// checkLets counts the operands behind all expressions of each function.
func (o *outline) checkLets() *Error {
	for _, d := range o.decls {
		if d.kind != "fn" {
			continue
		}
		costs := map[string]uint64{} // of a let that is named alone
		sum := uint64(0)
		for i := d.body + 1; i < d.end; {
			end := i // of a statement, or of a part of it
			for end < d.end && !(o.toks[end].is(";") || o.toks[end].is("{") || o.toks[end].is("}")) {
				end++
			}
			all, own := o.operands(o.toks[i:end], costs)
			if t := o.toks[i]; t.kind == tokIdent && (t.text == "let" || t.text == "const") && i+1 < end {
				name := o.toks[i+1]
				costs[name.text] = max(costs[name.text], min(own, 2*maxLets))
			}
			if sum += all; sum > maxLets {
				return errorAt(o.toks[i].line, o.toks[i].col, "function %q becomes too large when every let is written out", d.name.text)
			}
			i = end + 1
		}
	}
	return nil
}

// operands counts those of an expression, once for each operator that may stand above them, and those that its type depends on.
func (o *outline) operands(toks []token, costs map[string]uint64) (all, own uint64) {
	operators := uint64(1)
	var apart []bool // brackets whose contents have no part in the type
	for i, t := range toks {
		switch {
		case t.is("(") || t.is("["):
			fn := i > 0 && t.is("(") && o.names[toks[i-1].text] != nil && o.names[toks[i-1].text].kind == "fn"
			apart = append(apart, fn || t.is("["))
		case (t.is(")") || t.is("]")) && len(apart) > 0:
			apart = apart[:len(apart)-1]
		case t.operator() || t.is(","):
			operators++
		case t.kind == tokIdent && !(i > 0 && toks[i-1].is(".")):
			n := 1 + costs[t.text]
			all += n
			if !slices.Contains(apart, true) {
				own += n
			}
		}
	}
	return all * min(operators, 8), own
}
