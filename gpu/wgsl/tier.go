package wgsl

import (
	"fmt"
	"slices"

	"github.com/gogpu/naga/ir"
)

// Tier says between which machines equal inputs are sure to give equal bytes.
type Tier string

const (
	Exact        Tier = "exact"        // on every conforming stack, as written
	Reproducible Tier = "reproducible" // on every conforming stack, in the form of Module.Reproducible; never the tier of a text
	ClassExact   Tier = "class-exact"  // only within one device class: same driver, front end and hardware generation
)

// Reason is one thing that lowers the tier of a module, or, with Note, one that does not but that an author should know.
type Reason struct {
	Line    int // 1-based; 0 when not known
	Message string
	Note    bool
}

const maxReasons = 64

// Tier returns the determinism tier of all entry points together and the reasons, by line. It is conservative: exact means
// that only integers, bools, bit-preserving copies of f32 and order-free atomics without use of their results were found. It
// does not say whether invocations race for plain memory, which depends on the dispatch (see Order), nor that indices stay in bounds.
// The caller must not change the slice.
func (m *Module) Tier() (Tier, []Reason) { return m.tier, m.reasons }

func (o *outline) tier(mod *ir.Module) (Tier, []Reason) {
	var reasons []Reason
	seen := map[*ir.Function]bool{}
	for i := range mod.EntryPoints {
		reach(mod, &mod.EntryPoints[i].Function, func(fn *ir.Function) {
			if !seen[fn] {
				seen[fn] = true
				f := &judge{reader: reader{mod, fn}, lines: o.linesOf(fn)}
				reasons = append(reasons, f.reasons()...)
			}
		})
	}
	slices.SortStableFunc(reasons, func(a, b Reason) int { return a.Line - b.Line })
	reasons = slices.Compact(reasons)
	tier := Exact
	for _, r := range reasons {
		if !r.Note {
			tier = ClassExact
		}
	}
	return tier, reasons[:min(len(reasons), maxReasons)]
}

// judge looks for what differs between stacks in one function.
type judge struct {
	reader
	lines *lines
	found []Reason
}

func (j *judge) add(line int, note bool, format string, args ...any) {
	j.found = append(j.found, Reason{line, fmt.Sprintf(format, args...) + fmt.Sprintf(" in function %q", j.fn.Name), note})
}

func (j *judge) reasons() []Reason {
	used := Used(j.fn)
	for h := range j.fn.Expressions {
		j.expression(ir.ExpressionHandle(h))
	}
	walk(j.fn.Body, func(k ir.StatementKind) {
		switch s := k.(type) {
		case ir.StmtAtomic:
			line := j.lines.atomic()
			_, exchange := s.Fun.(ir.AtomicExchange)
			_, load := s.Fun.(ir.AtomicLoad)
			_, store := s.Fun.(ir.AtomicStore)
			switch {
			case exchange:
				j.add(line, false, "the outcome of an atomic exchange depends on the order of invocations")
			case load:
				j.add(line, false, "the value of atomicLoad depends on the order of invocations")
			case store:
				j.add(line, false, "which atomicStore is last depends on the order of invocations")
			case s.Result != nil && used[*s.Result]:
				j.add(line, false, "the returned old value of an atomic operation is used; it depends on the order of invocations")
			}
			if t, ok := j.value(s.Pointer).(ir.ScalarType); ok && t.Kind == ir.ScalarFloat {
				j.add(line, false, "f32 atomics round differently in every order")
			}
		case ir.StmtStore:
			if _, atomic := j.target(s.Pointer).(ir.AtomicType); atomic {
				j.add(j.lines.call("atomicStore"), false, "which atomicStore is last depends on the order of invocations")
			}
		}
	})
	return j.found
}

var binaryText = map[ir.BinaryOperator]string{
	ir.BinaryAdd: "+", ir.BinarySubtract: "-", ir.BinaryMultiply: "*", ir.BinaryDivide: "/", ir.BinaryModulo: "%",
	ir.BinaryEqual: "==", ir.BinaryNotEqual: "!=", ir.BinaryLess: "<", ir.BinaryLessEqual: "<=", ir.BinaryGreater: ">", ir.BinaryGreaterEqual: ">=",
}

func (j *judge) expression(h ir.ExpressionHandle) {
	switch e := j.fn.Expressions[h].Kind.(type) {
	case ir.ExprBinary:
		text, ok := binaryText[e.Op]
		if !ok {
			return
		}
		line := j.lines.operator(text)
		if isFloat(j.value(e.Left)) || isFloat(j.value(e.Right)) {
			j.add(line, false, "f32 %q is rounded, fused or reordered differently by compilers", text)
			return
		}
		if e.Op == ir.BinaryDivide || e.Op == ir.BinaryModulo {
			if c, ok := j.constant(e.Right); !ok || c == 0 || c == -1 {
				j.add(line, true, "integer %q gives different results on some drivers when the divisor is 0 (or the most negative i32 is divided by -1)", text)
			}
		}
	case ir.ExprUnary:
		if e.Op == ir.UnaryNegate && isFloat(j.value(e.Expr)) {
			j.add(j.lines.operator("negate"), false, "negation of f32 may change NaN bits")
		}
	case ir.ExprMath:
		name := MathName(e.Fun)
		line := j.lines.call(name)
		if isFloat(j.value(e.Arg)) || isFloat(j.value(h)) {
			j.add(line, false, "the built-in function %s on f32 is not the same on all stacks", name)
			return
		}
		if e.Fun == ir.MathExtractBits || e.Fun == ir.MathInsertBits {
			j.add(line, true, "%s gives different results on some drivers when offset plus count exceeds 32", name)
		}
	case ir.ExprAs:
		from, to := isFloat(j.value(e.Expr)), e.Kind == ir.ScalarFloat
		if e.Convert != nil && from != to {
			j.add(j.lines.conversion(), false, "conversion between f32 and integers is not the same on all stacks")
		}
	case ir.ExprLoad:
		if _, atomic := j.target(e.Pointer).(ir.AtomicType); atomic {
			j.add(j.lines.call("atomicLoad"), false, "the value of atomicLoad depends on the order of invocations")
		}
	case ir.ExprRelational:
		if e.Fun == ir.RelationalIsNan || e.Fun == ir.RelationalIsInf {
			j.add(j.lines.function(), false, "tests for NaN and infinity are not the same on all stacks")
		}
	}
}
