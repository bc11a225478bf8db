package sim

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"gpumesh/poc"
)

// networks runs a scenario in as many networks as it repeats, which share nothing, with one seed after the other, and returns their results as one.
func networks(s Scenario) (Result, error) {
	all := make([]Result, s.Repeat)
	for i := range all {
		one := s
		one.Repeat, one.Seed = 1, s.Seed+uint64(i)
		r, err := Run(one)
		if err != nil {
			return r, fmt.Errorf("with seed %d: %w", one.Seed, err)
		}
		all[i] = r
	}
	return merge(s, all), nil
}

// merge is what networks show together. Sums of what was counted, means for each settled task, shares of all tasks, percentiles of all times; what is the most, of any.
func merge(s Scenario, all []Result) Result {
	out := Result{Scenario: s, Failures: map[string]int{}}
	var spans []poc.Millis
	var promised float64
	mean := func(sum *float64, of float64, weight float64) { *sum += of * weight }
	for _, r := range all {
		for _, f := range []struct {
			sum *int
			of  int
		}{
			{&out.Jobs, r.Jobs}, {&out.JobsDone, r.JobsDone}, {&out.JobsFailed, r.JobsFailed}, {&out.Tasks, r.Tasks}, {&out.Certified, r.Certified}, {&out.Wrong, r.Wrong},
			{&out.WrongCertified, r.WrongCertified}, {&out.Slashes, r.Slashes}, {&out.Appealed, r.Appealed}, {&out.Acquitted, r.Acquitted}, {&out.Small, r.Small},
			{&out.Faults, r.Faults}, {&out.Framed, r.Framed}, {&out.Unseen, r.Unseen}, {&out.Fooled, r.Fooled}, {&out.Excused, r.Excused}, {&out.Replays, r.Replays},
			{&out.Kept.InTime, r.Kept.InTime}, {&out.Kept.InTimeLess, r.Kept.InTimeLess}, {&out.Kept.Late, r.Kept.Late}, {&out.Kept.LateLess, r.Kept.LateLess},
			{&out.Refused, r.Refused}, {&out.Events, r.Events}, {&out.Steps, r.Steps}, {&out.Restores, r.Restores}, {&out.Skipped, r.Skipped}, {&out.Crashes, r.Crashes},
		} {
			*f.sum += f.of
		}
		for why, n := range r.Failures {
			out.Failures[why] += n
		}
		settled := math.Max(1, float64(r.Certified))
		mean(&out.Redundancy, r.Redundancy, settled)
		mean(&out.MessagesPerTask, r.MessagesPerTask, settled)
		mean(&out.BytesPerTask, r.BytesPerTask, settled)
		mean(&out.GossipPerTask, r.GossipPerTask, settled)
		mean(&out.GossipBytesPerTask, r.GossipBytesPerTask, settled)
		mean(&out.Unsettled, r.Unsettled, float64(r.promised))
		promised += float64(r.promised)
		mean(&out.Fairness, r.Fairness, 1/float64(len(all)))
		out.Ring = Ring{out.Ring.Paid + r.Ring.Paid, out.Ring.Fees + r.Ring.Fees, out.Ring.Back + r.Ring.Back}
		out.Ended, out.Wall = max(out.Ended, r.Ended), out.Wall+r.Wall
		out.Unpaid, out.Memory = max(out.Unpaid, r.Unpaid), max(out.Memory, r.Memory)
		out.Griefed.Jobs += r.Griefed.Jobs
		mean(&out.Griefed.Fetched, r.Griefed.Fetched, 1/float64(len(all)))
		mean(&out.Griefed.Computed, r.Griefed.Computed, 1/float64(len(all)))
		if out.Healing < 0 || r.Healing < 0 {
			out.Healing = -1
		} else {
			out.Healing = max(out.Healing, r.Healing)
		}
		out.times, out.spans, spans = append(out.times, r.times...), append(out.spans, r.spans...), append(spans, r.took...)
	}
	settled := math.Max(1, float64(out.Certified))
	for _, f := range []*float64{&out.Redundancy, &out.MessagesPerTask, &out.BytesPerTask, &out.GossipPerTask, &out.GossipBytesPerTask} {
		*f /= settled
	}
	out.Unsettled /= math.Max(1, promised)
	slices.Sort(out.times)
	slices.Sort(out.spans)
	slices.Sort(spans)
	out.promised, out.took = int(promised), spans
	out.P50, out.P99, out.Makespan = percentile(out.times, 0.5), percentile(out.times, 0.99), percentile(spans, 0.95)
	out.more = earnedMore(all)
	out.Profits, out.Owners = mergeProfits(all, func(r Result) []Profit { return r.Profits }), mergeProfits(all, func(r Result) []Profit { return r.Owners })
	return out
}

// mergeProfits are the means of all nodes of each strategy. Their errors are of what nodes of one network make.
func mergeProfits(all []Result, of func(Result) []Profit) []Profit {
	sums := map[string]Profit{}
	for _, r := range all {
		for _, p := range of(r) {
			s, n := sums[p.Strategy], float64(p.Nodes)
			s.Strategy, s.Nodes, s.Devices, s.Executed, s.Acted = p.Strategy, s.Nodes+p.Nodes, s.Devices+p.Devices, s.Executed+p.Executed, s.Acted+p.Acted
			s.Income, s.Cost, s.Slashed = s.Income+n*p.Income, s.Cost+n*p.Cost, s.Slashed+n*p.Slashed
			s.Rewards, s.Court, s.Spent = s.Rewards+n*p.Rewards, s.Court+n*p.Court, s.Spent+n*p.Spent
			s.Error = math.Hypot(s.Error, n*p.Error)
			sums[p.Strategy] = s
		}
	}
	var out []Profit
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		p := sums[name]
		for _, f := range []*float64{&p.Income, &p.Cost, &p.Slashed, &p.Rewards, &p.Court, &p.Spent, &p.Error} {
			*f /= float64(p.Nodes)
		}
		out = append(out, p)
	}
	return out
}
