package sim

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Expect is what a run must not exceed, by the names of Result.measures: figures that were promised, or that a document states. A run with more
// dishonest providers than its policy assumes is held to none.
type Expect map[string]float64

// ratio ends the names of measures that are relative to the same scenario without its strategies, with the same seed.
const ratio = "Ratio"

// measures are what a scenario may expect of a run, each at most. none is the run without strategies.
func (r Result) measures(none Result) map[string]float64 {
	settled := math.Max(1, float64(r.Certified))
	healing := float64(r.Healing) / 1000
	if r.Healing < 0 {
		healing = math.Inf(1)
	}
	copied := 0.0
	for _, p := range r.Profits {
		if p.Strategy == "copier" {
			copied = p.Income
		}
	}
	return map[string]float64{
		"redundancy":       r.Redundancy,                                               // executions for one settled task
		"wrong":            float64(r.Wrong) / settled,                                 // share of the settled tasks
		"unsettled":        r.Unsettled,                                                // share of the tasks of owners who follow no strategy and are not eclipsed
		"makespan":         r.stalled(),                                                // of jobs, 95th percentile, in seconds
		"makespan" + ratio: r.stalled() / none.stalled(),                               // likewise
		"p99":              float64(r.P99) / 1000,                                      // from a job's submission to a task's certificate, in seconds
		"p99" + ratio:      float64(r.P99) / float64(none.P99),                         // likewise
		"healing":          healing,                                                    // in seconds; see watchHealing
		"unpaid":           float64(r.Unpaid) / float64(max(1, r.Scenario.Jobs.Batch)), // units that one honest node computed in one job of a dishonest owner without pay, at most
		"excused":          float64(r.Excused*r.Scenario.Jobs.Batch) / settled,         // honest replicas that were accepted and are not paid, with an excuse, for each settled unit
		"griefed":          r.Griefed.Computed,                                         // tasks that an honest provider computed for dishonest owners without pay, on average
		"faults":           float64(r.Faults),                                          // convictions that honest nodes are left with
		"copied":           copied,                                                     // pay of one copier, in prices of a task
		"washing":          r.Ring.Net(),                                               // what washers gain, in prices of a task
		"wall":             r.Wall.Seconds(),                                           // on the clock: of a quiet machine
		"memory":           float64(r.Memory) / (1 << 30),                              // that the program has had from the operating system, so far, in GiB
	}
}

// stalled is how long jobs of honest owners took from their submission to their last certificate, 95th percentile in seconds. One that never came so far took longest.
func (r Result) stalled() float64 {
	p95 := percentile(r.spans, 0.95)
	if p95 == never {
		return math.Inf(1)
	}
	return float64(p95) / 1000
}

// measures are what a scenario of challenges may expect, likewise.
func (r ChallengeResult) measures() map[string]float64 {
	uncaught := 0.0
	for _, row := range r.Rows {
		if kinds[row.Kind].ring {
			uncaught = math.Max(uncaught, float64(row.Vouched)/float64(max(row.Tried, 1)))
		}
	}
	return map[string]float64{
		"uncaught": uncaught,         // share of the challenges of frauds of one kind that were vouched for, of the kind with the most
		"wall":     r.Wall.Seconds(), // on the clock
	}
}

func (e Expect) validate(s Scenario) error {
	var errs []error
	known := Result{}.measures(Result{})
	if s.Challenge != nil {
		known = ChallengeResult{}.measures()
	}
	for _, name := range slices.Sorted(maps.Keys(e)) {
		if _, ok := known[name]; !ok {
			errs = append(errs, fmt.Errorf("expect: %q is unknown; there are %v", name, slices.Sorted(maps.Keys(known))))
		}
		if !(e[name] >= 0) {
			errs = append(errs, fmt.Errorf("expect: %s is %g, want 0 or more", name, e[name]))
		}
	}
	if _, healing := e["healing"]; healing && len(s.Network.Partitions) == 0 {
		errs = append(errs, errors.New("expect: nothing heals where there is no partition"))
	}
	if e.relative() && len(s.Strategies) == 0 {
		errs = append(errs, errors.New("expect: there are no strategies, and so no run without them to compare with"))
	}
	return errors.Join(errs...)
}

// relative reports whether a run without the strategies is needed.
func (e Expect) relative() bool {
	for name := range e {
		if strings.HasSuffix(name, ratio) {
			return true
		}
	}
	return false
}

// judge shows what was measured of what is expected, and says what exceeds it.
func (e Expect) judge(measured map[string]float64) (shown []string, err error) {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(e)) {
		got := measured[name]
		shown = append(shown, fmt.Sprintf("%s %.4g of %g", name, got, e[name]))
		if !(got <= e[name]) { // nor if there was nothing to compare with
			errs = append(errs, fmt.Errorf("%s is %.4g, and expected is %g at most", name, got, e[name]))
		}
	}
	return shown, errors.Join(errs...)
}

// Judge says what a run that broke no rule did not keep: owners' bounds on wrong results, that no strategy earns more than honest work, and what its scenario expects. of are
// the runs of the experiment so far, among them the one without strategies if that is needed.
func (r *Result) Judge(of []Result) error {
	var none Result
	if i := slices.IndexFunc(of, func(o Result) bool { return o.Scenario.Name == r.Scenario.without }); i >= 0 {
		none = of[i]
	}
	var err error
	if r.Expected = nil; r.Scenario.Beyond() == "" {
		r.Expected, err = r.Scenario.Expect.judge(r.measures(none))
	}
	r.Failed = errors.Join(r.Exceeds(), r.Profiteers(), r.Idle(), err)
	return r.Failed
}

// Judge says what a run of challenges did not keep of what its scenario expects.
func (r ChallengeResult) Judge() error {
	_, err := r.Scenario.Expect.judge(r.measures())
	return err
}

// honest is the run to compare with: without strategies.
func (s Scenario) honest() Scenario {
	s.Name += "-none"
	s.About += " Here everybody is honest."
	s.Percents, s.Alone, s.Strategies, s.May, s.Expect = nil, false, nil, nil, nil
	s.Network.Eclipsed = 0
	return s
}

// Select are the runs of the experiment, or the one of that name, after the one that it is compared with.
func (s Scenario) Select(name string) ([]Scenario, error) {
	runs := s.Expand()
	if name == "" {
		return runs, nil
	}
	i := slices.IndexFunc(runs, func(r Scenario) bool { return r.Name == name })
	if i < 0 {
		var names []string
		for _, r := range runs {
			names = append(names, r.Name)
		}
		return nil, fmt.Errorf("%s has no run %q; there are %s", s.Name, name, strings.Join(names, ", "))
	}
	one := runs[i]
	return slices.DeleteFunc(runs, func(r Scenario) bool { return r.Name != name && (one.without == "" || r.Name != one.without) }), nil
}
