package jobfile

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"gpumesh/poc"
)

// DefaultDishonest is the share of all providers, in thousandths, that is taken for dishonest where nobody says otherwise: a job's error bound holds
// against so many, and so many collude in the risk that people are told.
const DefaultDishonest = 200

// Risk says in one sentence how often enough of a task's candidates collude to settle a wrong result, if a share of all providers, in
// thousandths, does.
func Risk(p poc.Policy, dishonest int) string {
	s := fmt.Sprintf("%d of %d candidates certify a result", p.Quorum, p.Candidates())
	if dishonest == 0 {
		return s + "; the policy assumes that no providers collude"
	}
	collude := "collude"
	if p.Compare.Tier == poc.Proof {
		collude = "collude, or sign without checking"
	}
	s += fmt.Sprintf(": if %s of all providers %s, they can settle a wrong one in %s of the tasks", Percent(Millionths(dishonest)), collude, Percent(p.Collusion(dishonest)))
	if p.MaxError == 0 {
		return s + "; maxError in the policy bounds that"
	}
	return s + "; the policy's maxError is " + Percent(p.MaxError)
}

// Millionths is a share in thousandths as one in parts of poc.MaxErrorUnit.
func Millionths(thousandths int) uint32 { return uint32(thousandths) * (poc.MaxErrorUnit / 1000) }

// Percent writes a share in parts of poc.MaxErrorUnit as a percentage: 344640 is 34.464 %.
func Percent(millionths uint32) string {
	return strconv.FormatFloat(float64(millionths)/(poc.MaxErrorUnit/100), 'f', -1, 64) + " %"
}

// share is a part of a whole in parts of poc.MaxErrorUnit, written as 0.001, 0.1% or 1000ppm.
type share uint32

func (s *share) UnmarshalYAML(n ast.Node) (err error) {
	text, _ := scalar(n)
	if *s, err = parseShare(text); err != nil {
		return at(n, "%v", err)
	}
	return nil
}

func parseShare(text string) (share, error) {
	number, unit := strings.TrimSpace(text), int64(poc.MaxErrorUnit)
	for suffix, parts := range map[string]int64{"%": poc.MaxErrorUnit / 100, "ppm": 1} {
		if rest, ok := strings.CutSuffix(number, suffix); ok {
			number, unit = strings.TrimSpace(rest), parts
		}
	}
	v := new(big.Rat)
	if _, ok := v.SetString(number); !ok || len(number) > 16 || strings.Trim(number, "0123456789.") != "" {
		return 0, fmt.Errorf("%q is not a share such as 0.001, 0.1%% or 1000ppm", text)
	}
	if v.Mul(v, big.NewRat(unit, 1)); !v.IsInt() || v.Sign() < 0 || v.Cmp(big.NewRat(poc.MaxErrorUnit, 1)) > 0 {
		return 0, fmt.Errorf("%q is not a whole number of millionths from 0 to 1", text)
	}
	return share(v.Num().Int64()), nil
}

// Priced is the policy of a job that accepts a share of wrong results, such as "0.1%", if no more than another share of the providers
// is dishonest (empty: as in a job file that says nothing), and that share in thousandths.
func Priced(maxError, dishonest string) (p poc.Policy, assumed int, err error) {
	accepted, err := parseShare(maxError)
	var d policyDef
	if err == nil && dishonest != "" {
		d.Dishonest = new(share)
		*d.Dishonest, err = parseShare(dishonest)
	}
	if err == nil {
		p, err = poc.ForRisk(uint32(accepted), d.dishonest())
	}
	return p, d.dishonest(), err
}

// dishonest is the share of providers that is taken for dishonest, in thousandths.
func (p policyDef) dishonest() int {
	if p.Dishonest == nil {
		return DefaultDishonest
	}
	return int(*p.Dishonest / (poc.MaxErrorUnit / 1000))
}

// priced makes the policy of a job that states what error it accepts: everything else follows from it, from records where all devices
// agree, and else from the number of candidates.
func (j *Job) priced(src *source, unlike bool) (err error) {
	p, at := src.Policy, []any{"policy", "maxError"}
	switch {
	case p.Replicas != nil || p.Quorum != nil || p.MaxReplicas != nil || p.Standby != nil:
		return src.fail(at, "how many compute and attest follows from maxError; replicas, quorum, maxReplicas and standby cannot be stated with it")
	case unlike:
		return src.fail(at, "floats as each driver computes them may differ between honest devices, which maxError would take for lies; ask for the tier reproducible, class-exact or tolerance")
	case *p.MaxError == 0:
		return src.fail(at, "maxError is 0; no number of workers that may all be dishonest makes that certain")
	}
	j.Dishonest = p.dishonest()
	compare := j.Policy.Compare
	if compare.Tier == poc.Exact {
		j.Policy, err = poc.ForRisk(uint32(*p.MaxError), j.Dishonest)
	} else {
		j.Policy, err = poc.ForQuorum(compare.Tier, uint32(*p.MaxError), j.Dishonest)
	}
	if err != nil {
		return src.fail(at, "%v; accept more, or assume fewer (dishonest)", err)
	}
	j.Policy.Compare = compare
	return nil
}
