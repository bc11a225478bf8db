package wgsl

import (
	"fmt"

	"github.com/gogpu/naga/ir"
)

// at places a message at the name of a declaration.
func (o *outline) at(name, format string, args ...any) *Error {
	e := errorAt(0, 0, format, args...)
	if d := o.names[name]; d != nil {
		e.Line, e.Column = d.name.line, d.name.col
	}
	return e
}

// check refuses what naga lets through: unbounded or misplaced types, wrong bindings, and the commonest type errors.
func (o *outline) check(mod *ir.Module) *Error {
	if len(mod.Overrides) > 0 {
		return errorAt(0, 0, "pipeline-overridable constants are not supported")
	}
	for i := range mod.Types {
		name := mod.Types[i].Name
		if s := sizeOf(mod, ir.TypeHandle(i)); s.buffer > MaxType || s.flat > MaxType {
			return o.at(name, "the type %s is larger than %d bytes", typeName(mod, mod.Types[i].Inner), MaxType)
		}
		switch t := mod.Types[i].Inner.(type) {
		case ir.ArrayType:
			if t.Size.Constant != nil && *t.Size.Constant == 0 {
				return o.at(name, "an array has no elements")
			}
			if s := sizeOf(mod, t.Base); s.runtime {
				return o.at(name, "a runtime-sized array cannot be an element of an array")
			}
		case ir.StructType:
			for k, m := range t.Members {
				if s := sizeOf(mod, m.Type); s.runtime && k != len(t.Members)-1 {
					return o.at(name, "the runtime-sized array %q is not the last member of struct %q", m.Name, name)
				}
			}
		case ir.ScalarType, ir.VectorType, ir.MatrixType, ir.AtomicType, ir.PointerType, ir.ValuePointerType:
		default:
			return o.at(name, "the type %s is not supported", typeName(mod, t))
		}
	}
	if err := o.checkGlobals(mod); err != nil {
		return err
	}
	if len(mod.EntryPoints) == 0 {
		return errorAt(0, 0, "the source has no @compute entry point")
	}
	for i := range mod.EntryPoints {
		ep := &mod.EntryPoints[i]
		if ep.Stage != ir.StageCompute {
			return o.at(ep.Name, "%q is not a compute entry point", ep.Name)
		}
		if err := o.checkEntry(mod, ep); err != nil {
			return err
		}
	}
	return o.checkFunctions(mod)
}

func (o *outline) checkFunctions(mod *ir.Module) *Error {
	for i := range mod.Functions {
		if err := o.checkFunction(mod, &mod.Functions[i]); err != nil {
			return err
		}
	}
	for i := range mod.EntryPoints {
		if err := o.checkFunction(mod, &mod.EntryPoints[i].Function); err != nil {
			return err
		}
	}
	return nil
}

func (o *outline) checkGlobals(mod *ir.Module) *Error {
	byIndex := map[uint32]string{}
	for _, g := range mod.GlobalVariables {
		s := sizeOf(mod, g.Type)
		switch g.Space {
		case ir.SpaceStorage, ir.SpaceUniform:
			if g.Binding == nil {
				return o.at(g.Name, "the buffer %q has no @group and @binding", g.Name)
			}
			if g.Binding.Group != 0 {
				return o.at(g.Name, "only @group(0) is supported, not @group(%d)", g.Binding.Group)
			}
			if other, taken := byIndex[g.Binding.Binding]; taken {
				return o.at(g.Name, "the buffers %q and %q have the same @binding(%d)", other, g.Name, g.Binding.Binding)
			}
			byIndex[g.Binding.Binding] = g.Name
			switch {
			case s.boolean:
				return o.at(g.Name, "the buffer %q holds a bool, which has no layout in memory", g.Name)
			case s.atomic && (g.Space == ir.SpaceUniform || g.Access == ir.StorageRead):
				return o.at(g.Name, "the buffer %q holds atomics, so it must be var<storage, read_write>", g.Name)
			case s.runtime && g.Space == ir.SpaceUniform:
				return o.at(g.Name, "the uniform buffer %q cannot hold a runtime-sized array", g.Name)
			}
			if fault := uniformFault(mod, g.Type); g.Space == ir.SpaceUniform && fault != "" {
				return o.at(g.Name, "the uniform buffer %q holds %s", g.Name, fault)
			}
		case ir.SpacePrivate, ir.SpaceWorkGroup:
			switch {
			case g.Binding != nil:
				return o.at(g.Name, "the variable %q has a @binding but is not a buffer", g.Name)
			case s.runtime:
				return o.at(g.Name, "the variable %q cannot be runtime-sized", g.Name)
			case s.atomic && g.Space == ir.SpacePrivate:
				return o.at(g.Name, "the private variable %q cannot be atomic", g.Name)
			}
		default:
			return o.at(g.Name, "the variable %q is in an address space that is not supported", g.Name)
		}
	}
	if len(byIndex) > MaxBindings {
		return errorAt(0, 0, "the source declares %d buffers, the limit is %d", len(byIndex), MaxBindings)
	}
	for i := range uint32(len(byIndex)) {
		if _, ok := byIndex[i]; !ok {
			return errorAt(0, 0, "bindings must be numbered from 0 without gaps: @binding(%d) is missing", i)
		}
	}
	return nil
}

// uniformFault says what in a type cannot be in a uniform buffer, where arrays and structs lie in steps of 16 bytes.
func uniformFault(mod *ir.Module, h ir.TypeHandle) string {
	switch t := mod.Types[h].Inner.(type) {
	case ir.ArrayType:
		if t.Stride%16 != 0 {
			return fmt.Sprintf("an array with elements every %d bytes; there it must be a multiple of 16, as of vec4 or with @size(16)", t.Stride)
		}
		return uniformFault(mod, t.Base)
	case ir.StructType:
		for _, m := range t.Members {
			switch mod.Types[m.Type].Inner.(type) {
			case ir.ArrayType, ir.StructType:
				if m.Offset%16 != 0 {
					return fmt.Sprintf("the member %q at byte %d; there it must be a multiple of 16, as with @align(16)", m.Name, m.Offset)
				}
			}
			if fault := uniformFault(mod, m.Type); fault != "" {
				return fault
			}
		}
	}
	return ""
}

var computeBuiltins = map[ir.BuiltinValue]string{
	ir.BuiltinLocalInvocationID: "vec3<u32>", ir.BuiltinGlobalInvocationID: "vec3<u32>", ir.BuiltinWorkGroupID: "vec3<u32>",
	ir.BuiltinNumWorkGroups: "vec3<u32>", ir.BuiltinLocalInvocationIndex: "u32",
}

func (o *outline) checkEntry(mod *ir.Module, ep *ir.EntryPoint) *Error {
	n := uint64(1)
	for _, w := range ep.Workgroup {
		n *= uint64(w)
		if w == 0 || w > MaxWorkgroup || n > MaxWorkgroup {
			return o.at(ep.Name, "the workgroup size of %q is %d x %d x %d; it must have 1 to %d invocations", ep.Name, ep.Workgroup[0], ep.Workgroup[1], ep.Workgroup[2], MaxWorkgroup)
		}
	}
	if ep.Function.Result != nil {
		return o.at(ep.Name, "the compute entry point %q cannot return a value", ep.Name)
	}
	seen := map[ir.BuiltinValue]bool{}
	builtin := func(name string, b *ir.Binding, t ir.TypeHandle) *Error {
		var bb ir.BuiltinBinding
		ok := b != nil
		if ok {
			bb, ok = (*b).(ir.BuiltinBinding)
		}
		if !ok {
			return o.at(ep.Name, "the parameter %q of entry point %q must be a @builtin", name, ep.Name)
		}
		if seen[bb.Builtin] {
			return o.at(ep.Name, "the parameter %q of entry point %q is a built-in value that another has already", name, ep.Name)
		}
		seen[bb.Builtin] = true
		want, ok := computeBuiltins[bb.Builtin]
		if got := typeName(mod, mod.Types[t].Inner); !ok || got != want {
			if !ok {
				return o.at(ep.Name, "the parameter %q of entry point %q is not a built-in value of compute shaders", name, ep.Name)
			}
			return o.at(ep.Name, "the parameter %q of entry point %q must have type %s, not %s", name, ep.Name, want, got)
		}
		return nil
	}
	for _, a := range ep.Function.Arguments {
		if s, ok := mod.Types[a.Type].Inner.(ir.StructType); ok && a.Binding == nil {
			for _, m := range s.Members {
				if err := builtin(m.Name, m.Binding, m.Type); err != nil {
					return err
				}
			}
			continue
		}
		if err := builtin(a.Name, a.Binding, a.Type); err != nil {
			return err
		}
	}
	var private, shared uint64
	var used = map[string]bool{}
	reach(mod, &ep.Function, func(fn *ir.Function) {
		for _, l := range fn.LocalVars {
			private += sizeOf(mod, l.Type).flat
		}
		for _, e := range fn.Expressions {
			if g, ok := e.Kind.(ir.ExprGlobalVariable); ok {
				v := mod.GlobalVariables[g.Variable]
				if used[v.Name] {
					continue
				}
				used[v.Name] = true
				switch v.Space {
				case ir.SpacePrivate:
					private += sizeOf(mod, v.Type).flat
				case ir.SpaceWorkGroup:
					shared += sizeOf(mod, v.Type).buffer
				}
			}
		}
	})
	if private > MaxPrivate {
		return o.at(ep.Name, "%q needs %d bytes of private and function variables, the limit is %d", ep.Name, private, MaxPrivate)
	}
	if shared > MaxShared {
		return o.at(ep.Name, "%q needs %d bytes of workgroup memory, the limit is %d", ep.Name, shared, MaxShared)
	}
	return o.checkCompile(mod, ep)
}

// checkFunction refuses ill-typed expressions and statements that naga accepts. naga does not keep positions, so the place
// is the function's.
func (o *outline) checkFunction(mod *ir.Module, fn *ir.Function) *Error {
	r := reader{mod, fn}
	fault := func(format string, args ...any) *Error {
		return o.at(fn.Name, "function %q: %s", fn.Name, fmt.Sprintf(format, args...))
	}
	for _, l := range fn.LocalVars {
		if s := sizeOf(mod, l.Type); s.flat > MaxPrivate || s.runtime || s.atomic {
			return fault("the variable %q cannot be atomic, runtime-sized or larger than %d bytes", l.Name, MaxPrivate)
		}
		if l.Init != nil {
			if want, got := mod.Types[l.Type].Inner, r.value(*l.Init); !same(mod, want, got) {
				return fault("%s cannot be stored in the variable %q of type %s", typeName(mod, got), l.Name, typeName(mod, want))
			}
		}
	}
	if strayBreak(fn.Body, false) {
		return fault("a break stands outside of a loop or switch")
	}
	for h, e := range fn.Expressions {
		if msg := r.fault(ir.ExpressionHandle(h), e.Kind); msg != "" {
			return fault("%s", msg)
		}
	}
	var err *Error
	walk(fn.Body, func(k ir.StatementKind) {
		if msg := r.statementFault(k); msg != "" && err == nil {
			err = fault("%s", msg)
		}
	})
	return err
}

// strayBreak finds a break that leaves nothing.
func strayBreak(block []ir.Statement, inside bool) bool {
	for i := range block {
		stray := false
		switch s := block[i].Kind.(type) {
		case ir.StmtBreak:
			stray = !inside
		case ir.StmtBlock:
			stray = strayBreak(s.Block, inside)
		case ir.StmtIf:
			stray = strayBreak(s.Accept, inside) || strayBreak(s.Reject, inside)
		case ir.StmtLoop:
			stray = strayBreak(s.Body, true) || strayBreak(s.Continuing, true)
		case ir.StmtSwitch:
			for _, k := range s.Cases {
				stray = stray || strayBreak(k.Body, true)
			}
		}
		if stray {
			return true
		}
	}
	return false
}

func (r reader) fault(h ir.ExpressionHandle, kind ir.ExpressionKind) string {
	name := func(t ir.TypeInner) string { return typeName(r.mod, t) }
	switch e := kind.(type) {
	case ir.ExprBinary:
		a, b := r.value(e.Left), r.value(e.Right)
		sa, oka := scalarOf(a)
		sb, okb := scalarOf(b)
		if !oka || !okb {
			return fmt.Sprintf("an operator cannot combine %s and %s", name(a), name(b))
		}
		ok := sa == sb && (a == b || e.Op <= ir.BinaryModulo)
		switch e.Op {
		case ir.BinaryShiftLeft, ir.BinaryShiftRight:
			ok = sa.Kind <= ir.ScalarUint && sb.Kind == ir.ScalarUint
		case ir.BinaryLogicalAnd, ir.BinaryLogicalOr:
			ok = ok && sa.Kind == ir.ScalarBool
		case ir.BinaryAnd, ir.BinaryInclusiveOr:
			ok = ok && sa.Kind != ir.ScalarFloat
		case ir.BinaryExclusiveOr:
			ok = ok && sa.Kind <= ir.ScalarUint
		case ir.BinaryEqual, ir.BinaryNotEqual:
		default:
			ok = ok && sa.Kind != ir.ScalarBool
		}
		if !ok {
			return fmt.Sprintf("an operator cannot combine %s and %s", name(a), name(b))
		}
	case ir.ExprUnary:
		s, ok := scalarOf(r.value(e.Expr))
		if !ok || (e.Op == ir.UnaryLogicalNot) != (s.Kind == ir.ScalarBool) || e.Op == ir.UnaryBitwiseNot && s.Kind > ir.ScalarUint || e.Op == ir.UnaryNegate && s.Kind == ir.ScalarUint {
			return fmt.Sprintf("a prefix operator cannot be applied to %s", name(r.value(e.Expr)))
		}
	case ir.ExprSelect:
		if a, b := r.value(e.Accept), r.value(e.Reject); !same(r.mod, a, b) {
			return fmt.Sprintf("select cannot choose between %s and %s", name(a), name(b))
		}
		if s, ok := scalarOf(r.value(e.Condition)); !ok || s.Kind != ir.ScalarBool {
			return "the condition of select is not a bool"
		}
	case ir.ExprAccessIndex:
		n := int64(-1)
		switch t := r.value(e.Base).(type) {
		case ir.VectorType:
			n = int64(t.Size)
		case ir.ArrayType: // not of matrices: naga does not turn the type of a transposed one
			if t.Size.Constant != nil {
				n = int64(*t.Size.Constant)
			}
		}
		if n >= 0 && int64(e.Index) >= n {
			return fmt.Sprintf("the index %d is beyond the %d elements of %s", e.Index, n, name(r.value(e.Base)))
		}
	case ir.ExprAccess:
		s, ok := r.value(e.Index).(ir.ScalarType)
		if !ok || s.Kind > ir.ScalarUint {
			return fmt.Sprintf("an index cannot be %s", name(r.value(e.Index)))
		}
	case ir.ExprCompose:
		return r.composeFault(e)
	case ir.ExprMath:
		a := r.value(e.Arg)
		if _, ok := scalarOf(a); !ok {
			return fmt.Sprintf("a built-in function cannot take %s", name(a))
		}
		switch e.Fun {
		case ir.MathMin, ir.MathMax, ir.MathClamp, ir.MathFma, ir.MathStep, ir.MathSmoothStep, ir.MathPow, ir.MathAtan2:
			for _, p := range []*ir.ExpressionHandle{e.Arg1, e.Arg2} {
				if p != nil && r.value(*p) != a {
					return fmt.Sprintf("a built-in function cannot combine %s and %s", name(a), name(r.value(*p)))
				}
			}
		}
	case ir.ExprCallResult, ir.ExprAtomicResult:
	}
	if r.inner(h) == nil {
		return "an expression has no type that the compiler could find"
	}
	return ""
}

func (r reader) composeFault(e ir.ExprCompose) string {
	t := r.mod.Types[e.Type].Inner
	want := func(i int) ir.TypeInner { return nil }
	n := len(e.Components)
	switch t := t.(type) {
	case ir.ArrayType:
		want, n = func(int) ir.TypeInner { return r.mod.Types[t.Base].Inner }, 1
		if t.Size.Constant != nil {
			n = int(*t.Size.Constant)
		}
	case ir.StructType:
		want, n = func(i int) ir.TypeInner { return r.mod.Types[t.Members[i].Type].Inner }, len(t.Members)
	case ir.VectorType:
		n = 0
		for _, c := range e.Components {
			s, ok := scalarOf(r.value(c))
			if _, lit := r.fn.Expressions[c].Kind.(ir.Literal); lit && ok && s.Kind <= ir.ScalarUint && t.Scalar.Kind <= ir.ScalarUint {
				s = t.Scalar // naga gives some unsuffixed literals the wrong sign; their bits are right
			}
			if !ok || s != t.Scalar {
				return fmt.Sprintf("%s cannot be made from %s", typeName(r.mod, t), typeName(r.mod, r.value(c)))
			}
			if v, ok := r.value(c).(ir.VectorType); ok {
				n += int(v.Size)
			} else {
				n++
			}
		}
		if n != int(t.Size) {
			return fmt.Sprintf("%s cannot be made from %d components", typeName(r.mod, t), n)
		}
		return ""
	}
	if n != len(e.Components) {
		return fmt.Sprintf("%s takes %d values, not %d", typeName(r.mod, t), n, len(e.Components))
	}
	for i, c := range e.Components {
		if w := want(i); w != nil && !same(r.mod, w, r.value(c)) {
			return fmt.Sprintf("%s cannot be made from %s", typeName(r.mod, t), typeName(r.mod, r.value(c)))
		}
	}
	return ""
}

func (r reader) statementFault(k ir.StatementKind) string {
	name := func(t ir.TypeInner) string { return typeName(r.mod, t) }
	switch s := k.(type) {
	case ir.StmtIf:
		if t, ok := r.value(s.Condition).(ir.ScalarType); !ok || t.Kind != ir.ScalarBool {
			return fmt.Sprintf("a condition is %s, not bool", name(r.value(s.Condition)))
		}
	case ir.StmtSwitch:
		if t, ok := r.value(s.Selector).(ir.ScalarType); !ok || t.Kind > ir.ScalarUint {
			return fmt.Sprintf("a switch cannot select by %s", name(r.value(s.Selector)))
		}
		seen := map[ir.SwitchValue]bool{}
		for _, c := range s.Cases {
			if seen[c.Value] {
				return fmt.Sprintf("a switch has the case %v twice", c.Value)
			}
			seen[c.Value] = true
		}
	case ir.StmtStore:
		if !isPointer(r.inner(s.Pointer)) {
			return "an assignment has no variable on its left side"
		}
		if p, v := r.value(s.Pointer), r.value(s.Value); !same(r.mod, p, v) {
			return fmt.Sprintf("%s cannot be stored in %s", name(v), name(p))
		}
		if g, ok := r.root(s.Pointer).(ir.ExprGlobalVariable); ok {
			v := r.mod.GlobalVariables[g.Variable]
			if v.Space == ir.SpaceUniform || v.Space == ir.SpaceStorage && v.Access == ir.StorageRead {
				return fmt.Sprintf("the buffer %q is read-only and cannot be assigned", v.Name)
			}
		}
	case ir.StmtAtomic:
		if isPointer(r.inner(s.Pointer)) {
			if _, atomic := r.target(s.Pointer).(ir.AtomicType); !atomic {
				return fmt.Sprintf("an atomic built-in function needs a pointer to an atomic, not to %s", name(r.value(s.Pointer)))
			}
		}
	case ir.StmtReturn:
		var want, got ir.TypeInner
		if r.fn.Result != nil {
			want = r.mod.Types[r.fn.Result.Type].Inner
		}
		if s.Value != nil {
			got = r.value(*s.Value)
		}
		if !same(r.mod, want, got) {
			return fmt.Sprintf("it returns %s instead of %s", name(got), name(want))
		}
	case ir.StmtCall:
		if int(s.Function) >= len(r.mod.Functions) {
			return "a call has no target"
		}
		callee := &r.mod.Functions[s.Function]
		if len(callee.Arguments) != len(s.Arguments) {
			return fmt.Sprintf("%q takes %d arguments, not %d", callee.Name, len(callee.Arguments), len(s.Arguments))
		}
		for i, a := range callee.Arguments {
			want, got := r.mod.Types[a.Type].Inner, r.inner(s.Arguments[i])
			if !isPointer(want) {
				got = r.value(s.Arguments[i])
			}
			if !same(r.mod, want, got) {
				return fmt.Sprintf("argument %d of %q is %s instead of %s", i+1, callee.Name, name(got), name(want))
			}
			if g, ok := r.root(s.Arguments[i]).(ir.ExprGlobalVariable); ok && isPointer(want) && r.aliases(callee, i, g.Variable) {
				return fmt.Sprintf("a pointer to %q is given to %q, which also uses that variable itself and changes it", r.mod.GlobalVariables[g.Variable].Name, callee.Name)
			}
			for k := range i {
				if isPointer(want) && isPointer(r.inner(s.Arguments[k])) && r.root(s.Arguments[i]) == r.root(s.Arguments[k]) && (r.changes(callee, i) || r.changes(callee, k)) {
					return fmt.Sprintf("two pointers to the same variable are given to %q, which changes what one of them leads to", callee.Name)
				}
			}
		}
	}
	return ""
}

// aliases reports whether a function uses a variable of the module that it is also given a pointer to, and changes it.
func (r reader) aliases(fn *ir.Function, arg int, v ir.GlobalVariableHandle) bool {
	used, changed := false, r.changes(fn, arg)
	reach(r.mod, fn, func(g *ir.Function) {
		in := reader{r.mod, g}
		is := func(h ir.ExpressionHandle) bool {
			e, ok := in.root(h).(ir.ExprGlobalVariable)
			return ok && e.Variable == v
		}
		for _, e := range g.Expressions {
			load, ok := e.Kind.(ir.ExprLoad)
			used = used || ok && is(load.Pointer)
		}
		walk(g.Body, func(k ir.StatementKind) {
			p := ir.ExpressionHandle(0)
			switch s := k.(type) {
			case ir.StmtStore:
				p = s.Pointer
			case ir.StmtAtomic:
				p = s.Pointer
			default:
				return
			}
			if is(p) {
				used, changed = true, true
			}
		})
	})
	return used && changed
}

// changes reports whether a function may store through a parameter: itself, or in a function that it gives it to.
func (r reader) changes(fn *ir.Function, arg int) bool {
	g, found := reader{r.mod, fn}, false
	is := func(h ir.ExpressionHandle) bool {
		a, ok := g.root(h).(ir.ExprFunctionArgument)
		return ok && int(a.Index) == arg
	}
	walk(fn.Body, func(k ir.StatementKind) {
		switch s := k.(type) {
		case ir.StmtStore:
			found = found || is(s.Pointer)
		case ir.StmtAtomic:
			found = found || is(s.Pointer)
		case ir.StmtCall:
			for _, a := range s.Arguments {
				found = found || isPointer(g.inner(a)) && is(a)
			}
		}
	})
	return found
}

// target is what a pointer points at, atomics kept.
func (r reader) target(h ir.ExpressionHandle) ir.TypeInner {
	if p, ok := r.inner(h).(ir.PointerType); ok {
		return r.mod.Types[p.Base].Inner
	}
	return r.value(h)
}
