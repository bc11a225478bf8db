package wgsl

// checkShortCircuit refuses calls of the module's own functions on the right of && and ||. wgpu-native 0.17 makes such a
// call even when the left side has decided, so whatever the function writes would differ between drivers. Built-in
// functions write nothing there.
func (o *outline) checkShortCircuit() *Error {
	depth := 0
	var right []int // depths at which the right side of a && or || is open
	for i, t := range o.toks {
		switch {
		case t.kind == tokTemplate:
		case t.is("(") || t.is("["):
			depth++
		case t.is(")") || t.is("]"):
			depth--
			for len(right) > 0 && right[len(right)-1] > depth {
				right = right[:len(right)-1]
			}
		case t.is(",") || t.is("="):
			for len(right) > 0 && right[len(right)-1] >= depth {
				right = right[:len(right)-1]
			}
		case t.is(";") || t.is("{") || t.is("}"):
			right, depth = right[:0], 0
		case t.is("&&") || t.is("||"):
			if len(right) == 0 || right[len(right)-1] < depth {
				right = append(right, depth)
			}
		case t.kind == tokIdent && len(right) > 0 && i+1 < len(o.toks) && o.toks[i+1].is("("):
			if d := o.names[t.text]; d != nil && d.kind == "fn" {
				return errorAt(t.line, t.col, "%q is called on the right of && or ||, where some drivers call it even when they should not; call it in an if", t.text)
			}
		}
	}
	return nil
}
