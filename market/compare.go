package market

import (
	"errors"
	"fmt"

	"gpumesh/poc"
)

// Compare asks the host to compare another member's result with this node's own; see poc.Compare. It completes with Compared.
// Asked again after a restart.
type Compare struct {
	Ref        poc.TaskRef
	Program    poc.Link // says which outputs are floats
	Comparator poc.Comparator
	poc.Compare
}

// Compared completes Effects.Compare.
type Compared struct {
	Ref poc.TaskRef
	poc.Compared
}

func (Compared) isEvent() {}

// compare asks for comparisons, of tasks that are units of their own.
func (j *job) compare(m *Machine, t *task, cs []poc.Compare) {
	for _, c := range cs {
		m.fx.Compare = append(m.fx.Compare, Compare{t.ref, j.spec.Tasks[t.ref.Task].Program, j.spec.Policy.Compare, c})
	}
}

// serve lets members fetch the result that this node has shown to them. Nobody else knows its links.
func (j *job) serve(m *Machine, t *task) {
	if r, ok := t.poc.Showing(); ok {
		for _, o := range r.Outputs {
			m.fx.Serve = append(m.fx.Serve, o.File)
		}
	}
}

func (m *Machine) compared(ev Compared) error {
	j := m.job(ev.Ref.Job)
	if j == nil || int(ev.Ref.Task) >= len(j.tasks) {
		return ErrUnknownJob
	}
	j.notify = true
	ev.Difference = poc.Difference(clip(string(ev.Difference)))
	return j.stepTask(m, j.tasks[ev.Ref.Task], ev.Compared)
}

// validateComparison checks how a job's results are compared.
func (s *Spec) validateComparison() error {
	c := s.Policy.Compare
	if err := c.Validate(); err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	switch {
	case c.Tier != poc.Exact && s.Policy.MaxError != 0:
		return fmt.Errorf("policy: results are compared as %v, where honest devices may differ, and maxError takes differences for lies", c.Tier)
	case c.Near() && s.Batch > 1:
		return fmt.Errorf("results that are compared as %v are units of their own, so batch is 1", c.Tier)
	case c.Tier == poc.ClassExact && s.Class == "":
		return errors.New("results that are compared within one device class need its name (class)")
	}
	return nil
}

// class is that of the job's devices where results are compared within one.
func (s *Spec) class() string {
	if s.Policy.Compare.Tier == poc.ClassExact {
		return s.Class
	}
	return ""
}
