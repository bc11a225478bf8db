package wgsl

import (
	"fmt"
	"strings"
)

// SliceSize is the bytes of the uniform buffer that a sliced module has more: three vec4<u32>, of which the first three words count. The
// first is where a slice begins in workgroups, the second that in invocations, the third the whole grid in workgroups.
const SliceSize = 48

// Sliced is Portable with entry points that compute a slice of a dispatch: what they are told of their place in the grid, and of the grid,
// is that of the whole dispatch, though only some of its workgroups are dispatched. It reads a uniform buffer of SliceSize bytes at the
// binding, which nothing of the module may have. Lines are the same.
func (m *Module) Sliced(binding uint32) string {
	toks, err := scan(m.Portable)
	o := &outline{toks: toks, names: map[string]*decl{}}
	if err != nil || o.split() != nil {
		panic("the portable form of a module is not understood")
	}
	names := 0
	slice := o.fresh("slice", &names)
	var b strings.Builder
	done := 0
	for _, d := range o.decls {
		if d.kind != "fn" || !d.entry {
			continue
		}
		var start strings.Builder
		for i := d.start + 3; i < d.body && !o.toks[i].is(")"); {
			end := i
			for depth := 0; depth > 0 || !o.toks[end].is(",") && !o.toks[end].is(")"); end++ {
				switch t := o.toks[end]; {
				case t.is("(") || t.kind == tokTemplate && t.text == "<":
					depth++
				case t.is(")") || t.kind == tokTemplate:
					depth--
				}
			}
			given, name := o.builtinAt(i)
			was := o.toks[name]
			now := o.fresh("whole", &names)
			text := ""
			if given != "" {
				if value := placed(given, slice, now); value != "" {
					text = fmt.Sprintf(" let %s = %s;", was.text, value)
				}
			} else if s := o.structOf(o.toks[name+2].text); s != nil {
				for k := s.body + 1; k < s.end-1; {
					given, at := o.builtinAt(k)
					member := o.toks[at].text
					if value := placed(given, slice, now+"."+member); value != "" {
						text += fmt.Sprintf(" %s.%s = %s;", was.text, member, value)
					}
					for k = at; k < s.end-1 && !o.toks[k].is(","); k++ {
						if o.toks[k].kind == tokTemplate && o.toks[k].text == "<" {
							for ; !(o.toks[k].kind == tokTemplate && o.toks[k].text == ">"); k++ {
							}
						}
					}
					k++
				}
				if text != "" {
					text = fmt.Sprintf(" var %s = %s;", was.text, now) + text
				}
			}
			if text != "" {
				b.WriteString(m.Portable[done:was.off] + now)
				done = was.off + len(was.text)
				start.WriteString(text)
			}
			if i = end; o.toks[i].is(",") {
				i++
			}
		}
		at := o.toks[d.body].off + 1
		b.WriteString(m.Portable[done:at] + start.String())
		done = at
	}
	fmt.Fprintf(&b, "%s\n@group(0) @binding(%d) var<uniform> %s: array<vec4<u32>, 3>;\n", m.Portable[done:], binding, slice)
	return b.String()
}

// placed is the value of a built-in one in the whole grid, where that is another than in the slice.
func placed(builtin, slice, value string) string {
	switch builtin {
	case "workgroup_id":
		return fmt.Sprintf("%s + %s[0].xyz", value, slice)
	case "global_invocation_id":
		return fmt.Sprintf("%s + %s[1].xyz", value, slice)
	case "num_workgroups":
		return slice + "[2].xyz"
	}
	return ""
}

// builtinAt reads the attributes of a parameter or member: which built-in value it is, if any, and the token of its name.
func (o *outline) builtinAt(i int) (builtin string, name int) {
	for o.toks[i].is("@") {
		if o.toks[i+1].is("builtin") {
			builtin = o.toks[i+3].text
		}
		if i += 2; o.toks[i].is("(") {
			i = o.closing(i) + 1
		}
	}
	return builtin, i
}

// structOf is the struct that a name stands for.
func (o *outline) structOf(name string) *decl {
	for range MaxNesting {
		d := o.names[name]
		switch {
		case d == nil:
			return nil
		case d.kind == "struct":
			return d
		case d.kind == "alias" && d.end-d.start == 5:
			name = o.toks[d.start+3].text
		default:
			return nil
		}
	}
	return nil
}

// Buffers is the number of buffers that the module declares, which is the first binding that it leaves free.
func (m *Module) Buffers() uint32 {
	n := uint32(0)
	for _, g := range m.IR.GlobalVariables {
		if g.Binding != nil {
			n++
		}
	}
	return n
}
