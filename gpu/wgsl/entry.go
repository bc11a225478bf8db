package wgsl

import (
	"fmt"
	"strings"

	"github.com/gogpu/naga/ir"
)

// entry adds what an entry point starts with: the zeros, and workgroup memory set to zero.
func (f *body) entry(ep *ir.EntryPoint) {
	var b strings.Builder
	b.WriteString("  r_z = r_zeros.x;\n  r_y = r_zeros.y;\n")
	var vars []ir.GlobalVariableHandle
	seen := map[ir.GlobalVariableHandle]bool{}
	reach(f.mod, &ep.Function, func(fn *ir.Function) {
		for _, x := range fn.Expressions {
			if g, ok := x.Kind.(ir.ExprGlobalVariable); ok && !seen[g.Variable] && f.mod.GlobalVariables[g.Variable].Space == ir.SpaceWorkGroup {
				seen[g.Variable] = true
			}
		}
	})
	for i := range f.mod.GlobalVariables {
		if seen[ir.GlobalVariableHandle(i)] {
			vars = append(vars, ir.GlobalVariableHandle(i))
		}
	}
	if len(vars) > 0 {
		lane := f.laneIndex(ep)
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

// laneIndex is the parameter with the local invocation index; one is added where there is none.
func (f *body) laneIndex(ep *ir.EntryPoint) string {
	for i, a := range ep.Function.Arguments {
		if a.Binding != nil && *a.Binding == ir.Binding(ir.BuiltinBinding{Builtin: ir.BuiltinLocalInvocationIndex}) {
			return f.args[i]
		}
		if s, ok := f.mod.Types[a.Type].Inner.(ir.StructType); ok {
			for _, m := range s.Members {
				if m.Binding != nil && *m.Binding == ir.Binding(ir.BuiltinBinding{Builtin: ir.BuiltinLocalInvocationIndex}) {
					return f.args[i] + "." + m.Name
				}
			}
		}
	}
	f.lane = fresh("lane", f.taken)
	return f.lane
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
	fmt.Fprintf(b, "%s%s = %s;\n", indent, place, f.w.zero(h))
}
