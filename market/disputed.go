package market

import "gpumesh/poc"

// Disputed returns the tasks of a job that failed because no quorum agreed, and that a host may look into: those that are units
// of their own.
func (m *Machine) Disputed(id poc.Hash) (refs []poc.TaskRef) {
	j := m.jobs[id]
	if j == nil || j.spec == nil || j.spec.Judgeable() != "" {
		return nil
	}
	for _, t := range j.tasks {
		if f := t.poc.Failure(); f != nil && f.Code == poc.FailNoQuorum {
			refs = append(refs, t.ref)
		}
	}
	return refs
}

// Reveals returns the signed results of a task that this node was shown. A task that is not over has none: they are secret
// from who has not committed.
func (m *Machine) Reveals(ref poc.TaskRef) []poc.Reveal {
	if j := m.jobs[ref.Job]; j != nil && int(ref.Task) < len(j.tasks) && j.tasks[ref.Task].poc.Phase() >= poc.Done {
		return j.tasks[ref.Task].poc.Reveals()
	}
	return nil
}

// Certified returns the digest of a task's certified result, or zero.
func (m *Machine) Certified(ref poc.TaskRef) poc.Hash {
	if j := m.jobs[ref.Job]; j != nil && int(ref.Task) < len(j.tasks) {
		if r, ok := j.tasks[ref.Task].poc.Result(); ok {
			return r.Digest()
		}
	}
	return poc.Hash{}
}

// Candidates returns who may sign a task's result, in rank order.
func (m *Machine) Candidates(ref poc.TaskRef) []poc.Worker {
	if j := m.jobs[ref.Job]; j != nil && int(ref.Task) < len(j.tasks) {
		return j.tasks[ref.Task].poc.Candidates()
	}
	return nil
}

// Judgeable says why nobody can be judged for a task's result by computing it again, and nothing if somebody can: results of a unit
// of several tasks are bound together, and where honest devices may differ nobody is wrong.
func (s *Spec) Judgeable() string {
	switch {
	case s.batch() > 1:
		return "the task is in a unit with others"
	case s.Policy.Compare.Tier != poc.Exact:
		return "results of the job are compared with tolerance"
	}
	return ""
}

// Basis is the certified results that a task's inputs are of, by their tasks. It is false while one is missing.
func (m *Machine) Basis(ref poc.TaskRef) (results map[uint32]poc.Result, ok bool) {
	j := m.jobs[ref.Job]
	if j == nil || j.spec == nil || j.spec.batch() > 1 || int(ref.Task) >= len(j.tasks) {
		return nil, false
	}
	results = map[uint32]poc.Result{}
	own, _ := j.tasks[ref.Task].poc.Chosen()
	_, ok = j.spec.Run(ref, own, func(task uint32) (poc.Result, bool) {
		r, certified := j.result(task)
		if certified {
			results[task] = r
		}
		return r, certified
	})
	return results, ok
}

// Execution returns what a task that is a unit of its own runs, once its inputs are certified.
func (m *Machine) Execution(ref poc.TaskRef) (Run, bool) {
	j := m.jobs[ref.Job]
	if j == nil || j.spec == nil || j.spec.batch() > 1 || int(ref.Task) >= len(j.tasks) {
		return Run{}, false
	}
	return j.run(ref.Task)
}
