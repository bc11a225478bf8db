package sim

import (
	"errors"
	"fmt"
	"slices"
)

// Idle says which strategies have nodes in a run that never did otherwise than the program says, all together: of them it shows nothing.
// Those that the scenario lists under idle may, and bystanders, who are to compare with.
func (r Result) Idle() error {
	var errs []error
	for _, p := range slices.Concat(r.Profits, r.Owners) {
		act, known := strategies[p.Strategy]
		if _, may := r.Scenario.Idle[p.Strategy]; known && !may && !act.bystander && p.Acted == 0 {
			errs = append(errs, fmt.Errorf("%s never acted: the %d nodes that follow it did what the program says", p.Strategy, p.Nodes))
		}
	}
	return errors.Join(errs...)
}
