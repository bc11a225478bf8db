package wgsl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gogpu/naga/ir"
)

// Reproducible1 names the semantics of floats that [Module.Reproducible] gives a module. DESIGN.md defines it. It changes
// when a kernel's results could.
const Reproducible1 = "reproducible/1"

// Rewritten is a module in its reproducible form.
type Rewritten struct {
	// Source is complete WGSL with the same entry points and bindings. It declares one more uniform buffer, which must hold
	// 16 zero bytes: no compiler can know them, so none can see through an xor with them.
	Source string
	Zeros  uint32  // @binding of that buffer; the number of the module's own
	Module *Module // Source, parsed: the static caps hold for it, too
}

// Reproducible rewrites the module so that it computes the same bits on every conforming stack, as reproducible/1 defines.
// The same module gives the same text. The error is an *Error that names the line and the reason when the module cannot be
// made reproducible. It is safe for concurrent use.
func (m *Module) Reproducible() (*Rewritten, error) {
	work := MaxWork
	return m.ReproducibleWithin(&work)
}

// ReproducibleWithin is Reproducible, and takes what it takes off work, as Order does.
func (m *Module) ReproducibleWithin(work *int) (*Rewritten, error) {
	r, err := m.reproduce(work)
	if err != nil {
		return nil, err
	}
	return r, nil
}

func (m *Module) reproduce(work *int) (out *Rewritten, err *Error) {
	o, err := checkText(m.Source)
	if err != nil {
		return nil, err
	}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *Error:
			out, err = nil, r
		default:
			out, err = nil, errorAt(0, 0, "the module has no reproducible form: the rewriting failed on it (%.200s)", strings.ReplaceAll(fmt.Sprint(r), "\n", " "))
		}
	}()
	*work -= len(o.toks)
	for i := range m.IR.EntryPoints {
		if err := o.order(m.IR, &m.IR.EntryPoints[i], anyGrid, nil, work); err != nil {
			return nil, err
		}
	}
	w := &rewriter{mod: m.IR, o: o, lib: newDeclarations(), names: map[string]bool{}, types: map[ir.TypeHandle]string{}, helpers: map[string]string{}}
	source := w.module()
	parsed, err := parse(source)
	if err != nil {
		return nil, errorAt(0, 0, "the reproducible form of the module is not accepted: %s", err.Message)
	}
	return &Rewritten{Source: source, Zeros: w.zeros, Module: parsed}, nil
}

// rewriter writes a module as WGSL with the operations of reproducible/1.
type rewriter struct {
	mod       *ir.Module
	o         *outline
	lib       *declarations
	names     map[string]bool // taken at module scope
	types     map[ir.TypeHandle]string
	globals   []string
	functions []string
	zeros     uint32
	helpers   map[string]string // functions on the module's own types, by name
	helped    []string          // their names, in order of first use
}

// fresh makes a name that is not taken, as near to the wanted one as can be.
func fresh(want string, taken ...map[string]bool) string {
	if want == "" || want == "_" {
		want = "value"
	}
	isTaken := func(s string) bool {
		return slices.ContainsFunc(taken, func(m map[string]bool) bool { return m[s] })
	}
	if strings.HasPrefix(want, "r_") || reserved(want) {
		want = "my_" + want
	}
	name := want
	for n := 2; isTaken(name); n++ {
		name = fmt.Sprintf("%s_%d", want, n)
	}
	taken[0][name] = true
	return name
}

func (w *rewriter) module() string {
	for i := range w.mod.EntryPoints {
		name := w.mod.EntryPoints[i].Name
		if strings.HasPrefix(name, "r_") {
			panic(w.o.at(name, "an entry point cannot be named %q: names with r_ belong to the functions of %s", name, Reproducible1))
		}
		w.names[name] = true
	}
	w.globals = make([]string, len(w.mod.GlobalVariables))
	for i, g := range w.mod.GlobalVariables {
		w.globals[i] = fresh(g.Name, w.names)
		if g.Binding != nil {
			w.zeros = max(w.zeros, g.Binding.Binding+1)
		}
	}
	w.functions = make([]string, len(w.mod.Functions))
	for i := range w.mod.Functions {
		w.functions[i] = fresh(w.mod.Functions[i].Name, w.names)
	}
	for i := range w.mod.Types {
		if _, ok := w.mod.Types[i].Inner.(ir.StructType); ok && !strings.HasPrefix(w.mod.Types[i].Name, "__") {
			w.types[ir.TypeHandle(i)] = fresh(w.mod.Types[i].Name, w.names)
		}
	}
	var b strings.Builder
	for i := range w.mod.Types {
		if _, named := w.types[ir.TypeHandle(i)]; named {
			w.structure(&b, ir.TypeHandle(i))
		}
	}
	for i, g := range w.mod.GlobalVariables {
		w.global(&b, w.globals[i], g)
	}
	fmt.Fprintf(&b, "@group(0) @binding(%d) var<uniform> r_zeros: vec4<u32>;\nvar<private> r_z: u32;\nvar<private> r_y: u32;\nvar<private> r_0: f32;\n", w.zeros)
	var bodies strings.Builder
	for i := range w.mod.Functions {
		f := w.function(&w.mod.Functions[i])
		bodies.WriteString("\n" + f.signature("fn "+w.functions[i]) + f.text())
	}
	for i := range w.mod.EntryPoints {
		ep := &w.mod.EntryPoints[i]
		f := w.function(&ep.Function)
		f.entry(ep)
		s := ep.Workgroup
		bodies.WriteString(fmt.Sprintf("\n@compute @workgroup_size(%d, %d, %d)\n", s[0], s[1], s[2]) + f.signature("fn "+ep.Name) + f.text())
	}
	for _, text := range w.lib.texts {
		b.WriteString("\n" + text)
	}
	for _, name := range w.helped {
		b.WriteString("\n" + w.helpers[name])
	}
	return b.String() + bodies.String()
}

// structure declares a struct; @size keeps the offsets of the source.
func (w *rewriter) structure(b *strings.Builder, h ir.TypeHandle) {
	s := w.mod.Types[h].Inner.(ir.StructType)
	fmt.Fprintf(b, "struct %s {\n", w.types[h])
	for i, m := range s.Members {
		end := s.Span
		if i+1 < len(s.Members) {
			end = s.Members[i+1].Offset
		}
		attr := ""
		if m.Binding != nil {
			attr = builtinAttribute(m.Binding) + " "
		} else if size := sizeOf(w.mod, m.Type); !size.runtime && size.buffer < uint64(end-m.Offset) && w.shared(h) {
			attr = fmt.Sprintf("@size(%d) ", end-m.Offset)
		}
		fmt.Fprintf(b, "  %s%s: %s,\n", attr, m.Name, w.typeText(m.Type))
	}
	b.WriteString("}\n\n")
}

// shared reports whether a struct may live in a buffer, so that its layout matters.
func (w *rewriter) shared(h ir.TypeHandle) bool { return !sizeOf(w.mod, h).boolean }

func (w *rewriter) global(b *strings.Builder, name string, g ir.GlobalVariable) {
	t := w.typeText(g.Type)
	switch g.Space {
	case ir.SpaceStorage:
		fmt.Fprintf(b, "@group(0) @binding(%d) var<storage, %s> %s: %s;\n", g.Binding.Binding, access(g), name, t)
	case ir.SpaceUniform:
		fmt.Fprintf(b, "@group(0) @binding(%d) var<uniform> %s: %s;\n", g.Binding.Binding, name, t)
	case ir.SpaceWorkGroup:
		fmt.Fprintf(b, "var<workgroup> %s: %s;\n", name, t)
	default:
		init := ""
		if text, given := w.initial(g, true); given && w.declared(g, text) {
			init = " = " + text
		}
		fmt.Fprintf(b, "var<private> %s: %s%s;\n", name, t, init)
	}
}

// initial writes what a private variable starts with, and reports whether the module says so.
func (w *rewriter) initial(g ir.GlobalVariable, hidden bool) (text string, given bool) {
	switch {
	case g.InitExpr != nil:
		return w.constantText(*g.InitExpr, hidden), true
	case g.Init != nil:
		return w.constantText(w.mod.Constants[*g.Init].Init, hidden), true
	case hidden:
		return w.hiddenZero(g.Type), false
	}
	return w.zero(g.Type), false
}

// declared reports whether a private variable starts with what its declaration says; entry points set it where a zero in it
// has to be hidden.
func (w *rewriter) declared(g ir.GlobalVariable, hidden string) bool {
	text, _ := w.initial(g, false)
	return text == hidden
}

var scalarNames = map[ir.ScalarKind]string{ir.ScalarSint: "i32", ir.ScalarUint: "u32", ir.ScalarFloat: "f32", ir.ScalarBool: "bool"}

// innerText writes a type that needs no handle.
func innerText(t ir.TypeInner) string {
	switch t := t.(type) {
	case ir.ScalarType:
		return scalarNames[t.Kind]
	case ir.VectorType:
		return fmt.Sprintf("vec%d<%s>", t.Size, scalarNames[t.Scalar.Kind])
	case ir.MatrixType:
		return fmt.Sprintf("mat%dx%d<f32>", t.Columns, t.Rows)
	case ir.AtomicType:
		return "atomic<" + scalarNames[t.Scalar.Kind] + ">"
	}
	panic(fmt.Sprintf("a type %T", t))
}

func (w *rewriter) typeText(h ir.TypeHandle) string {
	switch t := w.mod.Types[h].Inner.(type) {
	case ir.ArrayType:
		if t.Size.Constant == nil {
			return "array<" + w.typeText(t.Base) + ">"
		}
		return fmt.Sprintf("array<%s, %d>", w.typeText(t.Base), *t.Size.Constant)
	case ir.StructType:
		if name, ok := w.types[h]; ok {
			return name
		}
		switch w.mod.Types[h].Name {
		case "__modf_result_f32":
			return w.lib.need("r_Modf", 1)
		case "__frexp_result_f32":
			return w.lib.need("r_Frexp", 1)
		}
		panic(errorAt(0, 0, "%s has no reproducible form of the type %s", Reproducible1, w.mod.Types[h].Name))
	case ir.PointerType:
		space := map[ir.AddressSpace]string{ir.SpaceFunction: "function", ir.SpacePrivate: "private", ir.SpaceWorkGroup: "workgroup"}[t.Space]
		if space == "" {
			panic(errorAt(0, 0, "%s has no form of pointers to buffers as parameters", Reproducible1))
		}
		return "ptr<" + space + ", " + w.typeText(t.Base) + ">"
	default:
		return innerText(t)
	}
}

func literalText(l ir.LiteralValue) string {
	switch v := l.(type) {
	case ir.LiteralBool:
		return fmt.Sprint(bool(v))
	case ir.LiteralU32:
		return fmt.Sprintf("%du", uint32(v))
	case ir.LiteralI32:
		return i32Text(int64(v))
	case ir.LiteralAbstractInt:
		return i32Text(int64(v))
	case ir.LiteralF32:
		return f32Text(float32(v))
	case ir.LiteralAbstractFloat:
		return f32Text(float32(v))
	}
	panic(fmt.Sprintf("a literal %T", l))
}

// hiddenLiteral writes a literal in a function: a zero is one that no compiler knows.
func hiddenLiteral(l ir.LiteralValue) string {
	switch v := l.(type) {
	case ir.LiteralF32:
		if canonical(float32(v)) == 0 {
			return "r_0"
		}
	case ir.LiteralAbstractFloat:
		if canonical(float32(v)) == 0 {
			return "r_0"
		}
	}
	return literalText(l)
}

func i32Text(v int64) string {
	if v == -1<<31 {
		return "bitcast<i32>(0x80000000u)"
	}
	if v < 0 {
		return fmt.Sprintf("(%di)", v)
	}
	return fmt.Sprintf("%di", v)
}

// f32Text writes a canonical constant.
func f32Text(v float32) string {
	switch v = canonical(v); {
	case v < 0:
		return "(" + floatLiteral(v) + ")"
	default:
		return floatLiteral(v)
	}
}

// tiny is the magnitude below which products and values from outside are zero.
const tiny = 0x1p-102

func canonical(v float32) float32 {
	if v > -tiny && v < tiny {
		return 0
	}
	return v
}

// constantText writes a constant expression of module scope, in a function with its zeros hidden.
func (w *rewriter) constantText(h ir.ExpressionHandle, hidden bool) string {
	switch e := w.mod.GlobalExpressions[h].Kind.(type) {
	case ir.Literal:
		if hidden {
			return hiddenLiteral(e.Value)
		}
		return literalText(e.Value)
	case ir.ExprZeroValue:
		if hidden {
			return w.hiddenZero(e.Type)
		}
		return w.zero(e.Type)
	case ir.ExprConstant:
		return w.constantText(w.mod.Constants[e.Constant].Init, hidden)
	case ir.ExprCompose:
		var parts []string
		for _, c := range e.Components {
			parts = append(parts, w.constantText(c, hidden))
		}
		return w.typeText(e.Type) + "(" + strings.Join(parts, ", ") + ")"
	case ir.ExprSplat:
		t := reader{mod: w.mod}.global(e.Value)
		return innerText(ir.VectorType{Size: e.Size, Scalar: t}) + "(" + w.constantText(e.Value, hidden) + ")"
	}
	panic(errorAt(0, 0, "%s has no form of this constant expression (%T)", Reproducible1, w.mod.GlobalExpressions[h].Kind))
}

// global is the scalar type of a constant scalar.
func (r reader) global(h ir.ExpressionHandle) ir.ScalarType {
	switch e := r.mod.GlobalExpressions[h].Kind.(type) {
	case ir.Literal:
		switch e.Value.(type) {
		case ir.LiteralBool:
			return ir.ScalarType{Kind: ir.ScalarBool, Width: 1}
		case ir.LiteralU32:
			return ir.ScalarType{Kind: ir.ScalarUint, Width: 4}
		case ir.LiteralF32, ir.LiteralAbstractFloat:
			return ir.ScalarType{Kind: ir.ScalarFloat, Width: 4}
		}
	case ir.ExprConstant:
		return r.global(r.mod.Constants[e.Constant].Init)
	case ir.ExprZeroValue:
		if s, ok := r.mod.Types[e.Type].Inner.(ir.ScalarType); ok {
			return s
		}
	}
	return ir.ScalarType{Kind: ir.ScalarSint, Width: 4}
}

// zero writes the zero value of a type.
func (w *rewriter) zero(h ir.TypeHandle) string {
	if s, ok := w.mod.Types[h].Inner.(ir.ScalarType); ok {
		return map[ir.ScalarKind]string{ir.ScalarSint: "0i", ir.ScalarUint: "0u", ir.ScalarFloat: "0.0f", ir.ScalarBool: "false"}[s.Kind]
	}
	return w.typeText(h) + "()"
}

// manyParts is how many zeros are written out; a function makes more of them, and those of a struct.
const manyParts = 16

// hiddenZero writes the zero value of a type whose f32 no compiler knows to be zero.
func (w *rewriter) hiddenZero(h ir.TypeHandle) string {
	inner := w.mod.Types[h].Inner
	if !hasFloat(w.mod, inner) {
		return w.zero(h)
	}
	switch t := inner.(type) {
	case ir.ScalarType:
		return "r_0"
	case ir.VectorType:
		return innerText(t) + "(r_0)"
	case ir.MatrixType:
		column := innerText(ir.VectorType{Size: t.Rows, Scalar: t.Scalar}) + "(r_0" + strings.Repeat(", r_0", int(t.Rows)-1) + ")"
		return innerText(t) + "(" + strings.TrimSuffix(strings.Repeat(column+", ", int(t.Columns)), ", ") + ")"
	case ir.ArrayType:
		element, n := w.hiddenZero(t.Base), *t.Size.Constant
		if n <= manyParts && !strings.Contains(element, ",") && !strings.HasPrefix(element, "r_zero_") {
			return w.typeText(h) + "(" + element + strings.Repeat(", "+element, int(n)-1) + ")"
		}
		name := fmt.Sprintf("r_zero_array%d", h)
		w.define(name, fmt.Sprintf("fn %s() -> %s {\n  var v: %[2]s;\n  for (var i = 0u; i < %du; i = i + 1u) {\n    v[i] = %s;\n  }\n  return v;\n}\n", name, w.typeText(h), n, element))
		return name + "()"
	case ir.StructType:
		name := fmt.Sprintf("r_zero_%s", w.typeText(h))
		text := fmt.Sprintf("fn %s() -> %s {\n  var v: %[2]s;\n", name, w.typeText(h))
		for _, m := range t.Members {
			if hasFloat(w.mod, w.mod.Types[m.Type].Inner) {
				text += "  v." + m.Name + " = " + w.hiddenZero(m.Type) + ";\n"
			}
		}
		w.define(name, text+"  return v;\n}\n")
		return name + "()"
	}
	panic(fmt.Sprintf("the zero of a type %T", inner))
}

func builtinAttribute(b *ir.Binding) string {
	if bb, ok := (*b).(ir.BuiltinBinding); ok {
		switch bb.Builtin {
		case ir.BuiltinLocalInvocationID:
			return "@builtin(local_invocation_id)"
		case ir.BuiltinGlobalInvocationID:
			return "@builtin(global_invocation_id)"
		case ir.BuiltinWorkGroupID:
			return "@builtin(workgroup_id)"
		case ir.BuiltinNumWorkGroups:
			return "@builtin(num_workgroups)"
		case ir.BuiltinLocalInvocationIndex:
			return "@builtin(local_invocation_index)"
		}
	}
	panic("a built-in value")
}

// hasFloat reports whether values of a type hold f32.
func hasFloat(mod *ir.Module, t ir.TypeInner) bool {
	switch t := t.(type) {
	case ir.ArrayType:
		return hasFloat(mod, mod.Types[t.Base].Inner)
	case ir.StructType:
		return slices.ContainsFunc(t.Members, func(m ir.StructMember) bool { return hasFloat(mod, mod.Types[m.Type].Inner) })
	}
	return isFloat(t)
}

// apply calls "r_in" or "r_out" for every f32 of a value of any type that can be constructed.
func (w *rewriter) apply(fun, text string, t ir.TypeInner) string {
	switch t := t.(type) {
	case ir.ScalarType:
		return w.lib.need(fun, 1) + "(" + text + ")"
	case ir.VectorType:
		return w.lib.need(fun, int(t.Size)) + "(" + text + ")"
	}
	name := w.helper(fun, t)
	return name + "(" + text + ")"
}

// helper makes a function that applies fun to a matrix, an array or a struct.
func (w *rewriter) helper(fun string, t ir.TypeInner) string {
	var typ, name string
	var parts []string
	part := func(text string, t ir.TypeInner) {
		if hasFloat(w.mod, t) {
			text = w.apply(fun, text, t)
		}
		parts = append(parts, text)
	}
	switch t := t.(type) {
	case ir.MatrixType:
		typ = innerText(t)
		name = fmt.Sprintf("%s_mat%dx%d", fun, t.Columns, t.Rows)
		if w.helpers[name] != "" {
			return name
		}
		for i := range int(t.Columns) {
			part(fmt.Sprintf("v[%d]", i), ir.VectorType{Size: t.Rows, Scalar: t.Scalar})
		}
	case ir.ArrayType:
		h, ok := w.handle(t)
		if !ok || t.Size.Constant == nil || *t.Size.Constant > 64 {
			panic(errorAt(0, 0, "%s loads or stores no whole arrays of more than 64 elements with f32; use their elements", Reproducible1))
		}
		typ = w.typeText(h)
		name = fmt.Sprintf("%s_array%d", fun, h)
		if w.helpers[name] != "" {
			return name
		}
		for i := range int(*t.Size.Constant) {
			part(fmt.Sprintf("v[%d]", i), w.mod.Types[t.Base].Inner)
		}
	case ir.StructType:
		h, ok := w.handle(t)
		if !ok {
			panic("a struct without a name")
		}
		typ = w.typeText(h)
		name = fun + "_" + typ
		if w.helpers[name] != "" {
			return name
		}
		for _, m := range t.Members {
			part("v."+m.Name, w.mod.Types[m.Type].Inner)
		}
	}
	w.helpers[name] = fmt.Sprintf("fn %s(v: %s) -> %s {\n  return %s(%s);\n}\n", name, typ, typ, typ, strings.Join(parts, ", "))
	w.helped = append(w.helped, name)
	return name
}

// handle finds the handle of an array or struct type.
func (w *rewriter) handle(t ir.TypeInner) (ir.TypeHandle, bool) {
	for i := range w.mod.Types {
		switch w.mod.Types[i].Inner.(type) {
		case ir.ArrayType, ir.StructType:
			if same(w.mod, w.mod.Types[i].Inner, t) {
				return ir.TypeHandle(i), true
			}
		}
	}
	return 0, false
}
