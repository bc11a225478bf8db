package wgsl

import (
	"fmt"
	"strings"

	"github.com/gogpu/naga/ir"
)

// entry adds what an entry point starts with: the zeros, and workgroup memory set to zero.
func (f *body) entry(ep *ir.EntryPoint) {
	var b strings.Builder
	// Drivers put the values of uniforms that decide branches into the code (Mesa does), but only where the offset is constant.
	id := f.given(ep, ir.BuiltinGlobalInvocationID, "place", "vec3<u32>") + ".x"
	fmt.Fprintf(&b, "  r_z = r_zeros[%[1]s & 3u];\n  r_y = r_zeros[(%[1]s + 1u) & 3u];\n  r_0 = bitcast<f32>(r_zeros[(%[1]s + 2u) & 3u]);\n", id)
	var vars []ir.GlobalVariableHandle
	seen := map[ir.GlobalVariableHandle]bool{}
	reach(f.mod, &ep.Function, func(fn *ir.Function) {
		for _, x := range fn.Expressions {
			if g, ok := x.Kind.(ir.ExprGlobalVariable); ok {
				seen[g.Variable] = true
			}
		}
	})
	for i := range f.mod.GlobalVariables {
		g := f.mod.GlobalVariables[i]
		switch {
		case !seen[ir.GlobalVariableHandle(i)]:
		case g.Space == ir.SpaceWorkGroup:
			vars = append(vars, ir.GlobalVariableHandle(i))
		case g.Space == ir.SpacePrivate:
			if text, _ := f.w.initial(g, true); !f.w.declared(g, text) {
				fmt.Fprintf(&b, "  %s = %s;\n", f.w.globals[i], text)
			}
		}
	}
	if len(vars) > 0 {
		lane := f.given(ep, ir.BuiltinLocalInvocationIndex, "lane", "u32")
		size := ep.Workgroup[0] * ep.Workgroup[1] * ep.Workgroup[2]
		for _, v := range vars {
			f.clear(&b, lane, size, f.w.globals[v], f.mod.GlobalVariables[v].Type)
		}
		b.WriteString("  workgroupBarrier();\n")
	}
	rest := f.prologue.String()
	f.prologue.Reset()
	f.prologue.WriteString(b.String() + rest)
}

// given is the parameter of an entry point with a built-in value; one is added where there is none.
func (f *body) given(ep *ir.EntryPoint, value ir.BuiltinValue, name, typ string) string {
	binding := ir.Binding(ir.BuiltinBinding{Builtin: value})
	for i, a := range ep.Function.Arguments {
		if a.Binding != nil && *a.Binding == binding {
			return f.args[i]
		}
		if s, ok := f.mod.Types[a.Type].Inner.(ir.StructType); ok {
			for _, m := range s.Members {
				if m.Binding != nil && *m.Binding == binding {
					return f.args[i] + "." + m.Name
				}
			}
		}
	}
	name = fresh(name, f.taken)
	f.added = append(f.added, builtinAttribute(&binding)+" "+name+": "+typ)
	return name
}

// clear writes statements that set a workgroup variable to zero, its elements spread over the invocations.
func (f *body) clear(b *strings.Builder, lane string, size uint32, name string, h ir.TypeHandle) {
	t := f.mod.Types[h].Inner
	if a, ok := t.(ir.ArrayType); ok && a.Size.Constant != nil {
		n := *a.Size.Constant
		index := fresh("i", f.taken)
		if n <= size {
			if n < size {
				fmt.Fprintf(b, "  if (%s < %du) {\n", lane, n)
			} else {
				b.WriteString("  {\n")
			}
			f.zeroed(b, "    ", name+"["+lane+"]", a.Base)
			b.WriteString("  }\n")
			return
		}
		// A constant number of turns, which drivers that count them can be asked about.
		fmt.Fprintf(b, "  for (var %s = 0u; %s < %du; %s = %s + %du) {\n", index, index, n, index, index, size)
		at := index + " + " + lane
		if n%size != 0 {
			fmt.Fprintf(b, "    if (%s < %du) {\n", at, n)
			f.zeroed(b, "      ", name+"["+at+"]", a.Base)
			b.WriteString("    }\n")
		} else {
			f.zeroed(b, "    ", name+"["+at+"]", a.Base)
		}
		b.WriteString("  }\n")
		return
	}
	fmt.Fprintf(b, "  if (%s == 0u) {\n", lane)
	f.zeroed(b, "    ", name, h)
	b.WriteString("  }\n")
}

func (f *body) zeroed(b *strings.Builder, indent, place string, h ir.TypeHandle) {
	switch t := f.mod.Types[h].Inner.(type) {
	case ir.AtomicType:
		fmt.Fprintf(b, "%satomicStore(&%s, %s(0));\n", indent, place, scalarNames[t.Scalar.Kind])
		return
	case ir.StructType:
		if sizeOf(f.mod, h).atomic {
			for _, m := range t.Members {
				f.zeroed(b, indent, place+"."+m.Name, m.Type)
			}
			return
		}
	case ir.ArrayType:
		if sizeOf(f.mod, h).atomic {
			index := fresh("i", f.taken)
			fmt.Fprintf(b, "%sfor (var %s = 0u; %s < %du; %s = %s + 1u) {\n", indent, index, index, *t.Size.Constant, index, index)
			f.zeroed(b, indent+"  ", place+"["+index+"]", t.Base)
			b.WriteString(indent + "}\n")
			return
		}
	}
	fmt.Fprintf(b, "%s%s = %s;\n", indent, place, f.w.hiddenZero(h))
}
