package wgsl

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gogpu/naga/ir"
)

// estimates are functions whose own arithmetic may be computed in any way: it is exact, or corrected by integers afterwards.
var estimates = []string{"r_div", "r_sqrt", "r_fromI32", "r_fromU32", "r_fromHalf"}

// unguarded lists the f32 sums and products of a module whose result goes anywhere but through a barrier or to a buffer.
func unguarded(mod *ir.Module) []string {
	var found []string
	check := func(fn *ir.Function) {
		if slices.ContainsFunc(estimates, func(name string) bool {
			return fn.Name == name || len(fn.Name) == len(name)+1 && strings.HasPrefix(fn.Name, name)
		}) {
			return
		}
		r := reader{mod, fn}
		rounded := func(h ir.ExpressionHandle) bool {
			e, ok := fn.Expressions[h].Kind.(ir.ExprBinary)
			return ok && e.Op <= ir.BinaryMultiply && isFloat(r.value(h))
		}
		fault := func(h ir.ExpressionHandle, where string) {
			if rounded(h) {
				found = append(found, fmt.Sprintf("%s: expression %d goes to %s", fn.Name, h, where))
			}
		}
		for i, e := range fn.Expressions {
			if as, ok := e.Kind.(ir.ExprAs); ok && as.Convert == nil {
				continue // a barrier begins with a bitcast
			}
			operands(e.Kind, func(h ir.ExpressionHandle) { fault(h, fmt.Sprintf("%T %d", fn.Expressions[i].Kind, i)) })
		}
		walk(fn.Body, func(k ir.StatementKind) {
			switch s := k.(type) {
			case ir.StmtCall:
				name := mod.Functions[s.Function].Name
				for _, a := range s.Arguments {
					if !slices.Contains([]string{"r_sum", "r_product", "r_other", "r_out", "r_outProduct", "r_in"}, strings.TrimRight(name, "234")) {
						fault(a, "a call of "+name)
					}
				}
			case ir.StmtReturn:
				if s.Value != nil {
					fault(*s.Value, "return")
				}
			case ir.StmtStore:
				fault(s.Value, "a variable")
			}
		})
	}
	for i := range mod.Functions {
		check(&mod.Functions[i])
	}
	for i := range mod.EntryPoints {
		check(&mod.EntryPoints[i].Function)
	}
	return found
}

// TestBarriers shows that no compiler sees a sum or product of f32 and what is computed from it at once, in the library, for
// all sizes of vectors, and in the golden files.
func TestBarriers(t *testing.T) {
	d := newDeclarations()
	for name := range library() {
		base, sized := strings.CutSuffix(name, "$")
		d.need(base, 1)
		if sized {
			for size := 2; size <= 4; size++ {
				d.need(base, size)
			}
		}
	}
	sources := map[string]string{"library": "var<private> r_z: u32;\nvar<private> r_y: u32;\nvar<private> r_0: f32;\n" + strings.Join(d.texts, "\n") + "\n@compute @workgroup_size(1) fn main() { }\n"}
	golden, err := filepath.Glob(filepath.Join("testdata", "reproducible", "*.wgsl"))
	if err != nil || len(golden) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, path := range golden {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, sources[path], _ = strings.Cut(string(b), "// Rewritten:\n")
	}
	for name, src := range sources {
		o, fault := checkText(src)
		if fault != nil {
			t.Fatal(name, fault)
		}
		mod, fault := o.lower(src, false)
		if fault != nil {
			t.Fatal(name, fault)
		}
		for _, f := range unguarded(mod) {
			t.Errorf("%s: %s", name, f)
		}
	}
	m, err := Parse(head + "@group(0) @binding(1) var<storage, read> x: array<f32>;\n@compute @workgroup_size(1) fn main() { out[0] = u32(x[0] * x[1] + x[2]); }")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(unguarded(m.IR)); n != 2 {
		t.Fatalf("%d faults found as written, not 2", n)
	}
}
