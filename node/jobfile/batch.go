package jobfile

import (
	"slices"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/poc"
)

const (
	// Without a statement, tasks are put together only if there are many of them and each is little work: what a round of messages
	// costs would be more than what it is about.
	autoTasks      = 64
	autoBatch      = 64      // tasks in a unit, at most
	autoUnits      = 4       // that are left at least, so that the work is spread
	autoOperations = 1 << 28 // estimated, of one task
)

// batch takes the number of tasks in a unit from the file.
func (j *Job) batch(s *scope) error {
	if s.src.Batch == nil {
		return nil
	}
	at := []any{"batch"}
	n, err := s.eval(*s.src.Batch)
	switch {
	case err != nil:
		return err
	case n < 1 || n > maxRepeat:
		return s.src.fail(at, "batch is %d; it must be 1 to %d", n, maxRepeat)
	case int64(len(j.tasks))%n != 0:
		return s.src.fail(at, "the job has %d tasks, which do not make whole units of %d", len(j.tasks), n)
	case n > 1 && j.Policy.Compare.Near():
		return s.src.fail(at, "results that are compared as %v are units of their own, so batch is 1", j.Policy.Compare.Tier)
	case n > 1 && j.dependent() >= 0:
		return s.src.fail(at, "task %q needs another one, which the tasks of a job in units may not", j.tasks[j.dependent()].Name)
	}
	j.Batch, j.stated = uint32(n), true
	return nil
}

// dependent is the first task that needs another one, or -1.
func (j *Job) dependent() int {
	return slices.IndexFunc(j.tasks, func(t Task) bool {
		return slices.ContainsFunc(t.Inputs, func(s Source) bool { return len(s.From) > 0 })
	})
}

// Units puts many small tasks that do not need each other together, unless the file says how many make a unit, on a network
// that allows so many in a unit. It returns the number of units.
func (j *Job) Units(most uint32) int {
	n := len(j.tasks)
	if !j.stated && !j.Policy.Compare.Near() && j.Policy.Compare.Tier != poc.Proof && n >= autoTasks && j.dependent() < 0 && !slices.ContainsFunc(j.Programs, func(p Program) bool { return large(p.Report) }) {
		least := autoUnits
		if e := j.Policy.MaxError; j.Policy.Priced() { // larger units are fewer, and more of them are audited than one in ten
			least = max(least, poc.AuditUnit*poc.Corroboration(e, false))
		}
		for b := min(uint32(n/least), autoBatch, most); b > 1; b-- {
			if n%int(b) == 0 {
				j.Batch = b
				break
			}
		}
	}
	return n / int(max(j.Batch, 1))
}

// UnitPrice is the most that one replica of a unit may cost: PerReplica for each of its tasks. It returns false if that is more than any
// amount.
func (j *Job) UnitPrice() (market.Amount, bool) { return j.PerReplica.Mul(uint64(max(j.Batch, 1))) }

func large(r *gpu.Report) bool { return r.Operations > autoOperations }

// Waits reports whether tasks of the job need others.
func (j *Job) Waits() bool { return j.dependent() >= 0 }

// Audits is of how many units, on average, what is believed for records is audited; see poc.Policy.
func (j *Job) Audits() uint32 { return j.Policy.Audits(len(j.tasks)/int(max(j.Batch, 1)), j.Waits()) }
