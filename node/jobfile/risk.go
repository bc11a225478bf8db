package jobfile

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"gpumesh/poc"
)

// defaultDishonest is the share of dishonest providers, in parts of poc.MaxErrorUnit, against which a job's error bound holds
// unless its file says otherwise.
const defaultDishonest = poc.MaxErrorUnit / 5

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
// is dishonest (empty: as in a job file that says nothing).
func Priced(maxError, dishonest string) (poc.Policy, error) {
	accepted, err := parseShare(maxError)
	assumed := share(defaultDishonest)
	if err == nil && dishonest != "" {
		assumed, err = parseShare(dishonest)
	}
	if err != nil {
		return poc.Policy{}, err
	}
	return poc.ForRisk(uint32(accepted), thousandths(assumed))
}

func thousandths(s share) int { return int(s / (poc.MaxErrorUnit / 1000)) }

// priced makes the policy of a job that states what error it accepts: everything else follows from it, from records where all devices
// agree, and else from the number of candidates.
func (j *Job) priced(src *source, unlike bool) (err error) {
	p, at := src.Policy, []any{"policy", "maxError"}
	dishonest := share(defaultDishonest)
	if p.Dishonest != nil {
		dishonest = *p.Dishonest
	}
	switch {
	case p.Replicas != nil || p.Quorum != nil || p.MaxReplicas != nil || p.Standby != nil:
		return src.fail(at, "how many compute and attest follows from maxError; replicas, quorum, maxReplicas and standby cannot be stated with it")
	case unlike:
		return src.fail(at, "floats as each driver computes them may differ between honest devices, which maxError would take for lies; ask for the tier reproducible, class-exact or tolerance")
	case *p.MaxError == 0:
		return src.fail(at, "maxError is 0; no number of workers that may all be dishonest makes that certain")
	}
	j.Dishonest = thousandths(dishonest)
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
