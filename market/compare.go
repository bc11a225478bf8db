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

// Prove asks the host whether another's result of a run is the product that its program declares; see poc.Prove. It completes with
// Proved. Asked again after a restart.
type Prove struct {
	Run Run
	poc.Prove
}

// Proved completes Effects.Prove.
type Proved struct {
	Ref poc.TaskRef
	poc.Proved
}

func (Proved) isEvent() {}

// check asks for checks, of tasks that are units of their own.
func (j *job) check(m *Machine, t *task, ps []poc.Prove) {
	if len(ps) == 0 {
		return
	}
	if r, ok := j.run(t.ref.Task); ok {
		for _, p := range ps {
			m.fx.Prove = append(m.fx.Prove, Prove{r, p})
		}
	}
}

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
	ev.Difference = poc.Difference(clip(string(ev.Difference)))
	return m.stepFound(ev.Ref, ev.Compared)
}

func (m *Machine) proved(ev Proved) error {
	ev.Difference = poc.Difference(clip(string(ev.Difference)))
	return m.stepFound(ev.Ref, ev.Proved)
}

// stepFound hands a task what the host found of another's result.
func (m *Machine) stepFound(ref poc.TaskRef, ev poc.Event) error {
	j := m.job(ref.Job)
	if j == nil || int(ref.Task) >= len(j.tasks) {
		return ErrUnknownJob
	}
	j.notify = true
	return j.stepTask(m, j.tasks[ref.Task], ev)
}

// validateComparison checks how a job's results are compared.
func (s *Spec) validateComparison() error {
	c := s.Policy.Compare
	if err := c.Validate(); err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	switch {
	case (c.Near() || c.Tier == poc.Proof) && s.Batch > 1:
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
