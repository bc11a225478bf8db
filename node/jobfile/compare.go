package jobfile

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"gpumesh/poc"
)

// billionths is a bound on floats, written as 0.00002 or 2e-5.
type billionths uint32

func (b *billionths) UnmarshalYAML(n ast.Node) error {
	text, _ := scalar(n)
	v := new(big.Rat)
	if _, ok := v.SetString(text); !ok || len(text) > 16 || strings.Trim(text, "0123456789.e-") != "" || strings.Count(text, "e") > 0 && !smallExponent(text) {
		return at(n, "%q is not a bound such as 0.00002 or 2e-5", text)
	}
	if v.Mul(v, big.NewRat(1_000_000_000, 1)); !v.IsInt() || v.Sign() <= 0 || v.Cmp(big.NewRat(1_000_000_000, 1)) > 0 {
		return at(n, "%q is not a whole number of billionths from 1e-9 to 1", text)
	}
	*b = billionths(v.Num().Int64())
	return nil
}

// smallExponent reports whether the exponent has at most one digit, so that a number of few characters stays one of few digits.
func smallExponent(text string) bool {
	_, exponent, _ := strings.Cut(text, "e")
	return len(strings.TrimPrefix(exponent, "-")) == 1
}

// loose are built-in functions whose honest results are as far apart as a shortcut to f16 would make them.
var loose = []string{"sin", "cos", "tan", "asin", "acos", "atan", "atan2"}

// comparator is as the file says. Where every program gives equal bytes anyway, or is asked to, bytes are compared.
func (j *Job) comparator(src *source, programs map[string]*Program, unlike bool) error {
	c, p := &j.Policy.Compare, src.Policy
	switch {
	case !unlike:
	case src.Tier == ClassExact || src.Tier == "":
		c.Tier = poc.ClassExact
	case src.Tier == Tolerance:
		c.Tier = poc.Tolerance
		for _, name := range slices.Sorted(maps.Keys(programs)) {
			for _, r := range programs[name].Report.Reasons {
				for _, f := range loose {
					if strings.Contains(r.Message, fmt.Sprintf("the built-in function %s on f32", f)) {
						return src.fail([]any{"tier"}, "program %s, module %q, line %d uses %s, in which honest devices differ by more than the bounds of the tier tolerance; ask for reproducible or class-exact",
							name, r.Module, r.Line, f)
					}
				}
			}
		}
	case src.Tier == Image:
		c.Tier = poc.Image
	}
	if !unlike && (src.Tier == Tolerance || src.Tier == Image) {
		return nil // stricter than asked for, and cheaper
	}
	if p.Relative != nil {
		c.Relative = uint32(*p.Relative)
	}
	if p.Largest != nil {
		c.Largest = uint32(*p.Largest)
	}
	if p.Step != nil {
		c.Step = *p.Step
	}
	if p.Differing != nil {
		c.Differing = uint32(*p.Differing)
	}
	if err := c.Validate(); err != nil {
		return src.fail([]any{"policy"}, "%v", err)
	}
	return nil
}
