package sim

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// chance is the quantile of the normal distribution that is exceeded in one case of ten thousand.
const chance = 3.72

// Profiteers says which strategies earned more than honest work of the same run, and so much more that chance explains it in less than one case
// of ten thousand; but not of those that the scenario says may. Compared is the net of one device, after work, stake lost and what was spent
// on jobs of its own: all have the same stake, or stakes of one distribution, but Sybils, who have many times that and are one device. The
// draw alone makes honest nodes earn unlike, so that is how unlike a strategy's may be that is no better: a mean of n devices by the
// deviation of the honest over the root of n. That holds where more are dishonest than the policy assumes, too.
func (r Result) Profiteers() error {
	var errs []error
	for _, rows := range [][]Profit{r.Profits, r.Owners} {
		i := slices.IndexFunc(rows, func(p Profit) bool { return p.Strategy == "honest" || p.Strategy == "owner" })
		if i < 0 {
			continue
		}
		honest := rows[i]
		spread := math.Max(honest.Error*math.Sqrt(float64(honest.Nodes)), leastSpread(honest))
		for _, p := range rows {
			if _, may := r.Scenario.May[p.Strategy]; may || p.Strategy == honest.Strategy || strategies[p.Strategy].victim {
				continue
			}
			most := honest.Net() + chance*spread*math.Sqrt(1/float64(p.devices())+1/float64(honest.Nodes))
			if p.PerDevice() > most {
				errs = append(errs, fmt.Errorf("%s earned %.2f with each device, and who is honest %.2f: by chance it would be at most %.2f", p.Strategy, p.PerDevice(), honest.Net(), most))
			}
		}
	}
	return errors.Join(errs...)
}

// leastSpread is how much the nets of honest nodes differ at least, where there are too few to tell: by one task's pay, and of owners by one part in
// twenty, as theirs are the value of whole jobs.
func leastSpread(honest Profit) float64 {
	if honest.Strategy == "owner" {
		return math.Abs(honest.Net()) / 20
	}
	return 1
}

// devices is how many devices the nodes of a strategy have together.
func (p Profit) devices() int { return cmp.Or(p.Devices, p.Nodes) }

// PerDevice is the net of all nodes for each of their devices.
func (p Profit) PerDevice() float64 { return p.Net() * float64(p.Nodes) / float64(p.devices()) }
