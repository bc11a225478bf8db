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

// manyNetworks is from how many repeated networks on strategies are compared network by network: the deviation of fewer differences says too little.
const manyNetworks = 10

// Profiteers says which strategies earned more than honest work of the same run, and so much more that chance explains it in less than one case
// of ten thousand; but not of those that the scenario says may. Compared is the net of one device, after work, stake lost and what was spent
// on jobs of its own: all have the same stake, or stakes of one distribution, but Sybils, who have many times that and are one device. The
// draw alone makes honest nodes earn unlike, so that is how unlike a strategy's may be that is no better: a mean of n devices by the
// deviation of the honest over the root of n. Where many networks are repeated nothing is taken for independent that is of one network: compared is the mean of what
// the strategy earned more in each, by the deviation of those differences. That holds where more are dishonest than the policy assumes, too.
func (r Result) Profiteers() error {
	var errs []error
	for _, rows := range [][]Profit{r.Profits, r.Owners} {
		honest, ok := honestOf(rows)
		if !ok {
			continue
		}
		spread := math.Max(honest.Error*math.Sqrt(float64(honest.Nodes)), leastSpread(honest))
		for _, p := range rows {
			if _, may := r.Scenario.May[p.Strategy]; may || p.Strategy == honest.Strategy || strategies[p.Strategy].victim {
				continue
			}
			unlike := math.Sqrt(1/float64(p.devices()) + 1/float64(honest.Nodes))
			if more := r.more[p.Strategy]; len(more) >= manyNetworks {
				n := float64(len(more))
				mean, most := meanOf(more), quantile(len(more)-1)*math.Max(standardError(more), leastSpread(honest)*unlike)
				if mean > most {
					errs = append(errs, fmt.Errorf("%s earned %.2f more with each device than who is honest, the mean of %g networks: by chance it would be at most %.2f", p.Strategy, mean, n, most))
				}
				continue
			}
			if most := honest.Net() + chance*spread*unlike; p.PerDevice() > most {
				errs = append(errs, fmt.Errorf("%s earned %.2f with each device, and who is honest %.2f: by chance it would be at most %.2f", p.Strategy, p.PerDevice(), honest.Net(), most))
			}
		}
	}
	return errors.Join(errs...)
}

// honestOf is the row of those who follow no strategy.
func honestOf(rows []Profit) (Profit, bool) {
	i := slices.IndexFunc(rows, func(p Profit) bool { return p.Strategy == "honest" || p.Strategy == "owner" })
	if i < 0 {
		return Profit{}, false
	}
	return rows[i], true
}

// earnedMore is what each strategy earned more with a device than honest work of the same network, in each network.
func earnedMore(all []Result) map[string][]float64 {
	more := map[string][]float64{}
	for _, r := range all {
		for _, rows := range [][]Profit{r.Profits, r.Owners} {
			honest, ok := honestOf(rows)
			for _, p := range rows {
				if ok && p.Strategy != honest.Strategy {
					more[p.Strategy] = append(more[p.Strategy], p.PerDevice()-honest.Net())
				}
			}
		}
	}
	return more
}

// quantile of Student's distribution that is exceeded as rarely as chance is of the normal one. With x = sqrt(f) tan a its density is as that of cos(a)^(f-1).
func quantile(freedom int) float64 {
	const steps = 20_000
	density := func(i int) float64 { return math.Pow(math.Cos(math.Pi/2*(float64(i)+0.5)/steps), float64(freedom-1)) }
	whole := 0.0
	for i := range steps {
		whole += density(i)
	}
	tail, i := 0.0, steps
	for rare := math.Erfc(chance/math.Sqrt2) * whole; tail < rare; { // both tails of the normal one, and both of this one
		i--
		tail += density(i)
	}
	return math.Sqrt(float64(freedom)) * math.Tan(math.Pi/2*float64(i)/steps)
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
