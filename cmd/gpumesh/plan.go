package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"gpumesh/market"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
	"gpumesh/poc"
)

// announcement is what show says with --json, in one line of its own before anything else. Shares are in parts of poc.MaxErrorUnit, as in the
// policy.
type announcement struct {
	Name       string           `json:"name"`
	Tasks      int              `json:"tasks"`
	Batch      uint32           `json:"batch"`             // tasks in a unit
	Stages     []jobfile.Stages `json:"stages,omitempty"`  // of tasks that are cut, or long
	TakesMs    int64            `json:"takesMs,omitempty"` // those that wait for each other, estimate
	Tier       string           `json:"tier"`
	Compared   string           `json:"compared"`
	Policy     poc.Policy       `json:"policy"`
	Candidates int              `json:"candidates"`        // of each unit, of whom policy.quorum certify its result
	Dishonest  uint32           `json:"dishonest"`         // share of all providers that is taken for it
	Collusion  uint32           `json:"collusion"`         // share of the tasks in which these are a quorum of the candidates
	Replicas   float64          `json:"replicas"`          // of each unit, expected when all agree
	Audits     uint32           `json:"audits"`            // units, on average, of which a further replica confirms what is believed for records
	DeadlineMs int64            `json:"deadlineMs"`        // from the submission on
	LateMs     int64            `json:"lateMs,omitempty"`  // likewise; what comes later is late
	LateBps    uint32           `json:"lateBps,omitempty"` // parts of market.FeeBase that a late worker is not paid
	Priority   string           `json:"priority"`
	MinSpeed   uint64           `json:"minSpeed,omitempty"` // i32 operations per second
	Class      string           `json:"class,omitempty"`
	Expected   market.Amount    `json:"expected"`   // price of the job
	Least      market.Amount    `json:"least"`      // when all agree
	Most       market.Amount    `json:"most"`       // likewise
	Ask        market.Amount    `json:"ask"`        // of providers now, per replica of a unit
	PerReplica market.Amount    `json:"perReplica"` // bound, of a task
	MaxPrice   market.Amount    `json:"maxPrice"`   // bound, per replica of a unit
	Budget     market.Amount    `json:"budget"`     // that goes into escrow
	Problem    string           `json:"problem,omitempty"`
	Loops      string           `json:"loops,omitempty"` // why all of the timeout is paid
}

// show tells what is paid for what, before the bid goes out.
func (r *jobRun) show(e *nodepb.EstimateResponse) error {
	j := r.job
	p := j.Policy
	tier, why := j.Tier()
	if r.json {
		return json.NewEncoder(r.out).Encode(map[string]announcement{"estimate": {
			Name: j.Name, Tasks: j.Tasks(), Batch: max(j.Batch, 1), Stages: j.Stages, TakesMs: j.Takes.Milliseconds(), Tier: string(tier), Compared: r.comparedBy(),
			Policy: p, Candidates: p.Candidates(), Dishonest: jobfile.Millionths(j.Dishonest), Collusion: p.Collusion(j.Dishonest), Replicas: e.Replicas, Audits: j.Audits(),
			DeadlineMs: j.Deadline.Milliseconds(), LateMs: j.Late.Milliseconds(), LateBps: j.LateBps, Priority: r.priority.String(), MinSpeed: r.minSpeed, Class: r.class,
			Expected: market.Amount(e.Expected), Least: market.Amount(e.Least), Most: market.Amount(e.Most),
			Ask: market.Amount(e.Ask), PerReplica: ofTask(r.maxPrice, j.Batch), MaxPrice: r.maxPrice, Budget: j.Budget, Problem: e.Problem, Loops: r.loops(),
		}})
	}
	r.printf("tier: %s\n", tierText(tier, p.Compare.Tier, why))
	r.printf("%s\n", r.comparedBy())
	if j.Batch > 1 {
		r.printf("units: %d tasks are computed, verified and paid as one; %d units\n", j.Batch, j.Tasks()/int(j.Batch))
	}
	for _, s := range j.Stages {
		after := "each is certified and paid by itself, and who takes over from a worker that leaves starts from the last certified one"
		if s.Whole != "" {
			after = "who takes over from a worker that leaves starts anew"
		}
		r.printf("%v; %s\n", s, after)
	}
	if j.Takes > j.Deadline {
		r.printf("note: tasks that wait for each other are estimated to take %v, and the deadline is %v after the submission; state a later one (deadline) in the job file\n",
			j.Takes.Round(time.Second), j.Deadline)
	}
	r.printf("redundancy: %s\n", r.redundancy(e))
	r.printf("risk: %s\n", jobfile.Risk(p, j.Dishonest))
	if n := j.Held(); n > 0 {
		r.printf("note: %d tasks run on data that one provider holds: their results are its word, and nobody verifies them\n", n)
	}
	r.printf("deadline: %v after the submission; what is not certified by then has failed, and is not paid\n", j.Deadline)
	if j.Late > 0 {
		r.printf("lateness: results that come more than %v after the submission are paid %s less, if %d workers attest it\n",
			j.Late, strconv.FormatFloat(float64(j.LateBps)*100/market.FeeBase, 'f', -1, 64)+" %", p.Quorum)
	}
	if r.priority != market.Normal {
		r.printf("priority: %v, which pays %d times the ask\n", r.priority, r.priority.Multiple())
	}
	if r.minSpeed > 0 {
		r.printf("least speed: workers' devices do at least %d i32 operations per second\n", r.minSpeed)
	}
	if r.class != "" {
		r.printf("device class: workers' devices are of class %s\n", r.class)
	}
	if loops := r.loops(); loops != "" {
		r.printf("note: %s\n", loops)
	}
	r.printf("price: about %s, from %s to %s when all agree; at most %s and %s in all, which go into escrow\n",
		tokens(e.Expected), tokens(e.Least), tokens(e.Most), perReplica(r.maxPrice, j.Batch), j.Budget)
	if ask := market.Amount(e.Ask); r.maxPrice < ask {
		r.printf("note: providers ask %s now, which is more than the bid offers; the job waits until enough ask less\n", perReplica(ask, j.Batch))
	}
	return nil
}

// redundancy says how many compute.
func (r *jobRun) redundancy(e *nodepb.EstimateResponse) string {
	p := r.job.Policy
	switch {
	case p.Compare.Tier == poc.Proof:
		return fmt.Sprintf("%d of %d candidates computes each, and the others check, which is about %.0f %% of the work and is not paid; %d must attest, and up to %d compute when what they check is wrong",
			p.Replicas, p.Panel(), 100*r.job.CheckShare(), p.Quorum, p.MaxReplicas)
	case p.MaxError == 0:
		return fmt.Sprintf("%d replicas of each, %d must agree, up to %d compute when they do not", p.Replicas, p.Quorum, p.MaxReplicas)
	case !p.Priced():
		return fmt.Sprintf("at most %s wrong results; %d replicas of each, %d must agree, of %d candidates, all of whom compute when they do not",
			jobfile.Percent(p.MaxError), p.Replicas, p.Quorum, p.Candidates())
	}
	return fmt.Sprintf("at most %s wrong results, if no more than %s of all providers are dishonest; %s replicas of each are needed, %.1f expected from the records of those who advertise; %s; up to %d compute when results differ",
		jobfile.Percent(p.MaxError), jobfile.Percent(jobfile.Millionths(r.job.Dishonest)), span(e.LeastReplicas, e.MostReplicas), e.Replicas, r.audits(), p.MaxReplicas)
}

// ofTask is a task's part in a bound per replica of a unit, rounded up.
func ofTask(unit market.Amount, batch uint32) market.Amount {
	n := market.Amount(max(batch, 1))
	return unit/n + min(unit%n, 1)
}

// perReplica writes a bound per replica of a unit.
func perReplica(bound market.Amount, batch uint32) string {
	if batch <= 1 {
		return fmt.Sprintf("%v per replica of a task", bound)
	}
	return fmt.Sprintf("%v per replica of a unit of %d tasks (%v per task)", bound, batch, ofTask(bound, batch))
}

// loops says in one sentence why a job is paid for more than its estimate; empty if it is not.
func (r *jobRun) loops() string {
	most, loop := r.job.Unbounded()
	if most == 0 {
		return ""
	}
	return fmt.Sprintf("%s turns as often as its data say, so a replica is priced as all of its timeout, %v; bound the loop by a constant, or state a shorter timeout", loop, most)
}

// audits says what records are worth in the job.
func (r *jobRun) audits() string {
	units := r.job.Tasks() / max(int(r.job.Batch), 1)
	if n := r.job.Audits(); n > 0 {
		return fmt.Sprintf("of %d units about %d, whose workers are believed for their records, are audited by one more replica", units, n)
	}
	e := r.job.Policy.MaxError
	return fmt.Sprintf("in a job of fewer than %d units too few could be audited, so records are not enough: %d workers with good records must agree, or %d newcomers",
		poc.Corroboration(e, r.job.Waits()), poc.Team(e), (poc.Need(e)+poc.NewcomerCredit-1)/poc.NewcomerCredit)
}

func span(least, most uint32) string {
	if least == most {
		return strconv.Itoa(int(least))
	}
	return fmt.Sprintf("%d to %d", least, most)
}
