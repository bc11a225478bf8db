package market

import "gpumesh/poc"

// Disputed returns the units of a job that failed because no quorum agreed, and that a host may look into.
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

// Reveals returns the signed results of a unit that this node was shown. A unit that is not over has none: they are secret
// from who has not committed.
func (m *Machine) Reveals(ref poc.TaskRef) []poc.Reveal {
	if j := m.jobs[ref.Job]; j != nil && int(ref.Task) < len(j.tasks) && j.tasks[ref.Task].poc.Phase() >= poc.Done {
		return j.tasks[ref.Task].poc.Reveals()
	}
	return nil
}

// Contradicted returns the units of a job, once they are over, of which another result was certified than the one that this node signed.
func (m *Machine) Contradicted(id poc.Hash) (refs []poc.TaskRef) {
	if j := m.jobs[id]; j != nil && j.spec != nil {
		for _, t := range j.tasks {
			if t.poc.Phase() == poc.Done && t.poc.Contradicted() {
				refs = append(refs, t.ref)
			}
		}
	}
	return refs
}

// Certified returns the digest of a unit's certified result, or zero.
func (m *Machine) Certified(ref poc.TaskRef) poc.Hash {
	if j := m.jobs[ref.Job]; j != nil && int(ref.Task) < len(j.tasks) {
		if r, ok := j.tasks[ref.Task].poc.Result(); ok {
			return r.Digest()
		}
	}
	return poc.Hash{}
}

// Candidates returns who may sign a unit's result, in rank order.
func (m *Machine) Candidates(ref poc.TaskRef) []poc.Worker {
	if j := m.jobs[ref.Job]; j != nil && int(ref.Task) < len(j.tasks) {
		return j.tasks[ref.Task].poc.Candidates()
	}
	return nil
}

// Judgeable says why nobody can be judged for a task's result by computing it again, and nothing if somebody can: where honest
// devices may differ nobody is wrong.
func (s *Spec) Judgeable() string {
	switch c := s.Policy.Compare; {
	case c.Convicts():
		return ""
	case c.Tier == poc.Proof:
		return "results of the job are checked within the bounds of rounding"
	}
	return "results of the job are compared with tolerance"
}

// Checked reports whether the results of a job are checked, and not compared: then one that is wrong needs no other to be seen.
func (m *Machine) Checked(job poc.Hash) bool {
	j := m.jobs[job]
	return j != nil && j.spec != nil && j.spec.Policy.Compare.Tier == poc.Proof
}

// Basis is the certified results that a unit's inputs are of, by their tasks. It is false while one is missing.
func (m *Machine) Basis(unit poc.TaskRef) (results map[uint32]poc.Result, ok bool) {
	j := m.jobs[unit.Job]
	if j == nil || j.spec == nil || int(unit.Task) >= len(j.tasks) {
		return nil, false
	}
	results = map[uint32]poc.Result{}
	own, _ := j.tasks[unit.Task].poc.Chosen()
	_, ok = j.spec.Runs(unit, own, func(task uint32) (poc.Result, bool) {
		r, certified := j.result(task)
		if certified {
			results[task] = r
		}
		return r, certified
	})
	return results, ok
}

// Executions returns what the tasks of a unit run, in order, once their inputs are certified.
func (m *Machine) Executions(unit poc.TaskRef) ([]Run, bool) {
	j := m.jobs[unit.Job]
	if j == nil || j.spec == nil || int(unit.Task) >= len(j.tasks) {
		return nil, false
	}
	own, _ := j.tasks[unit.Task].poc.Chosen()
	return j.spec.Runs(unit, own, j.result)
}

// UnitOf returns the unit that a task is in, and which of its tasks it is.
func (m *Machine) UnitOf(task poc.TaskRef) (unit poc.TaskRef, index int, ok bool) {
	j := m.jobs[task.Job]
	if j == nil || j.spec == nil || int(task.Task) >= len(j.spec.Tasks) {
		return unit, 0, false
	}
	n := uint32(j.spec.batch())
	return poc.TaskRef{Job: task.Job, Task: task.Task / n}, int(task.Task % n), true
}
