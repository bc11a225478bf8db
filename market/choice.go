package market

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"gpumesh/poc"
)

// Stored is the file that must be there before the job begins, or nil.
func (p Part) Stored() *poc.Link {
	if p.File != nil {
		return p.File
	}
	return p.Spare
}

// optional reports whether the part's task itself chooses whether to go on without it.
func (p Part) optional() bool { return p.From != nil && p.Spare != nil && p.Chosen == nil }

// Optional returns the distinct tasks without whose outputs t may go on, in order. Bit i of its choice is the i-th.
func (t Task) Optional() []uint32 {
	return t.sources(func(p Part) (uint32, bool) {
		if !p.optional() {
			return 0, false
		}
		return p.From.Task, true
	})
}

// Needs returns the distinct earlier tasks whose results t cannot do without, in order. Of those about which another task has
// chosen, that is the other.
func (t Task) Needs() []uint32 {
	return t.sources(func(p Part) (uint32, bool) {
		switch {
		case p.Chosen != nil:
			return *p.Chosen, true
		case p.From == nil || p.optional():
			return 0, false
		}
		return p.From.Task, true
	})
}

func (t Task) sources(of func(Part) (uint32, bool)) []uint32 {
	var list []uint32
	for _, in := range t.Inputs {
		for _, p := range in.Parts {
			if n, ok := of(p); ok && !slices.Contains(list, n) {
				list = append(list, n)
			}
		}
	}
	return list
}

func (t Task) validateChoice(s Spec, index uint32, p Part) error {
	switch {
	case p.Spare == nil && p.Chosen == nil:
		return nil
	case p.From == nil:
		return errors.New("only the output of a task has a spare, or is chosen by another task")
	case p.Chosen == nil:
		return nil
	case *p.Chosen >= index || !slices.Contains(s.Tasks[*p.Chosen].Optional(), p.From.Task):
		return fmt.Errorf("task %d does not choose whether to go on without task %d", *p.Chosen, p.From.Task)
	case p.Spare != nil:
		return nil
	}
	for _, other := range s.Tasks[*p.Chosen].Optional() {
		if size, ok := s.Tasks[other].output(p.From.Output); !ok || size != p.Size {
			return fmt.Errorf("task %d has no output %q of %d bytes to take the place of that of task %d", other, p.From.Output, p.Size, p.From.Task)
		}
	}
	return nil
}

// choosers tells for a task which one chooses whether to go on without it.
type choosers map[uint32]uint32

func (s *Spec) choosers() choosers {
	c := choosers{}
	for i, t := range s.Tasks {
		for _, n := range t.Optional() {
			if _, twice := c[n]; !twice {
				c[n] = uint32(i)
			}
		}
	}
	return c
}

// check says what is wrong with how a task uses outputs of those that others may go on without.
func (c choosers) check(t Task, index uint32) error {
	for _, in := range t.Inputs {
		for _, p := range in.Parts {
			if p.From == nil {
				continue
			}
			by, optional := c[p.From.Task]
			if !optional || p.Chosen != nil && *p.Chosen == by || p.Chosen == nil && by == index && p.optional() {
				continue
			}
			return fmt.Errorf("input %q: task %d chooses whether to go on without task %d, so whatever else uses its outputs follows that choice", in.Name, by, p.From.Task)
		}
	}
	return nil
}

// Source returns what a part of a task's input is: a file, or the output of a task. own is the choice of the task itself, and
// result returns the certified result of others, if there is one. It is false while something is missing.
func (s *Spec) Source(p Part, index uint32, own uint64, result func(task uint32) (poc.Result, bool)) (file poc.Link, ok bool) {
	if p.File != nil {
		return *p.File, true
	}
	from, without, by := p.From.Task, own, index
	if p.Chosen != nil {
		r, certified := result(*p.Chosen)
		if !certified {
			return file, false
		}
		without, by = r.Without, *p.Chosen
	}
	if p.Chosen != nil || p.optional() {
		asked := s.Tasks[by].Optional()
		if i := slices.Index(asked, from); i >= 0 && without>>i&1 == 1 {
			if p.Spare != nil {
				return *p.Spare, true
			}
			taken := bits.TrailingZeros64(^without)
			if taken >= len(asked) {
				return file, false
			}
			from = asked[taken]
		}
	}
	r, certified := result(from)
	if !certified {
		return file, false
	}
	i := slices.IndexFunc(r.Outputs, func(o poc.Output) bool { return o.Name == p.From.Output })
	if i < 0 {
		return file, false
	}
	return r.Outputs[i].File, true
}

// result is the certified result of a task that is a unit of its own, as all are on which others depend.
func (j *job) result(task uint32) (poc.Result, bool) { return j.tasks[task].poc.Result() }

// choice is what a unit may go on without.
func (j *job) choice(unit int) poc.Choice {
	if j.spec.batch() > 1 {
		return poc.Choice{}
	}
	t := j.spec.Tasks[unit]
	return poc.Choice{Inputs: uint32(len(t.Optional())), Least: t.Least}
}

// ready reports whether a unit that waits can start: its inputs are certified, and it is known which ones it goes on without. It
// tells the task what is there. If it cannot start any more, failed says why.
func (j *job) ready(m *Machine, unit int) (ready bool, failed string) {
	if !j.seated(unit) {
		return false, "who holds its data has no seat in the award"
	}
	for _, n := range j.needs(unit) {
		need := j.tasks[n].poc
		if need.Phase() == poc.Failed {
			return false, fmt.Sprintf("task %d, whose output it needs, failed", n)
		}
		if _, ok := need.Result(); !ok {
			return false, ""
		}
	}
	if j.spec.batch() > 1 {
		return true, ""
	}
	if t := j.spec.Tasks[unit]; t.Least > 0 {
		if ready, failed = j.choose(m, unit); !ready || !j.tasks[unit].poc.Candidate() { // who is none follows those who choose
			return ready, failed
		}
	}
	_, ready = j.run(uint32(unit)) // what others chose may not be known here yet
	return ready, ""
}

// choose shows a task which of the inputs that it may go on without are there, and reports whether its candidates have chosen. There is
// what is certified and stored here: those who computed it may be gone.
func (j *job) choose(m *Machine, unit int) (chosen bool, failed string) {
	t, spec := j.tasks[unit], &j.spec.Tasks[unit]
	if t.waiting == 0 {
		t.waiting = m.now
	}
	asked, in, lost, certified := spec.Optional(), poc.Inputs{}, 0, 0
	for i, n := range asked {
		need := j.tasks[n].poc
		if r, ok := need.Result(); ok {
			certified++
			if t.poc.Candidate() && j.bring(m, t, n, r) {
				in.Have |= 1 << i
			}
		} else if need.Phase() == poc.Failed {
			in.Gone |= 1 << i
			lost++
		}
	}
	switch {
	case len(asked)-lost < int(spec.Least):
		return false, fmt.Sprintf("%d of %d tasks failed, and it needs the outputs of %d", lost, len(asked), spec.Least)
	case certified < int(spec.Least):
		return false, ""
	case !t.poc.Candidate():
		return true, ""
	}
	if t.patient == 0 {
		t.patient = m.now.Add(poc.Millis(spec.Patience) * 1000)
	}
	if here := in.Have | in.Gone | j.absent(unit, len(asked)); bits.OnesCount64(here) == len(asked) { // all that came in the round before
		t.patient = min(t.patient, m.now.Add(max(poc.Millis(m.now-t.waiting)/2, m.cfg.Network.Poc.SealTimeout)))
	}
	if m.now >= t.patient {
		in.Gone = ^in.Have
	}
	_ = j.stepTask(m, t, in)
	_, chosen = t.poc.Chosen()
	return chosen, ""
}

// absent are those of the inputs of a unit that were missing in the round before, so that it need not be waited for them as long again: the task
// that this one goes on from, which chose among as many, went on without them. Who was missing 4, 8, 16 and so on times in a row is not
// among them: it is waited for as long as for anybody, should it be slower than the others.
func (j *job) absent(unit, inputs int) (absent uint64) {
	missing := ^uint64(0) >> (poc.MaxChoices - inputs) // in all rounds so far
	for rounds := 0; ; rounds++ {
		var without uint64
		if unit = j.before(unit, inputs); unit >= 0 {
			r, _ := j.result(uint32(unit))
			without = r.Without
		}
		if rounds > 0 && (rounds < 4 || bits.OnesCount(uint(rounds)) > 1) {
			absent |= missing &^ without
		}
		if missing &= without; missing == 0 {
			return absent
		}
	}
}

// before is the last task that a unit needs and that chose among so many inputs, or -1.
func (j *job) before(unit, inputs int) int {
	for _, n := range slices.Backward(j.spec.Tasks[unit].Needs()) {
		if len(j.spec.Tasks[n].Optional()) == inputs {
			return int(n)
		}
	}
	return -1
}

// bring reports whether the outputs of the task n that t uses are stored here, and asks for them once.
func (j *job) bring(m *Machine, t *task, n uint32, r poc.Result) bool {
	brought, known := t.brought[n]
	if known {
		return brought
	}
	if t.brought == nil {
		t.brought = map[uint32]bool{}
	}
	t.brought[n] = false
	h := Bring{Ref: t.ref, Need: n, From: []poc.PeerID{j.Owner}}
	for _, w := range j.tasks[n].poc.Candidates() {
		h.From = append(h.From, w.Peer)
	}
	used := map[string]bool{}
	for _, in := range j.spec.Tasks[t.ref.Task].Inputs {
		for _, p := range in.Parts {
			if p.optional() && p.From.Task == n {
				used[p.From.Output] = true
			}
		}
	}
	for _, o := range r.Outputs {
		if used[o.Name] {
			h.Files = append(h.Files, o)
		}
	}
	m.fx.Bring = append(m.fx.Bring, h)
	return false
}

// brought takes the host's word that outputs are here.
func (m *Machine) brought(ev Brought) error {
	j := m.job(ev.Ref.Job)
	if j == nil || int(ev.Ref.Task) >= len(j.tasks) {
		return ErrUnknownJob
	}
	t := j.tasks[ev.Ref.Task]
	if brought, asked := t.brought[ev.Need]; !asked || brought || t.started {
		return ErrWrongState
	}
	t.brought[ev.Need] = true
	j.startTasks(m)
	return nil
}

// LeftOut names for each task that another one went on without that other one. result returns certified results.
func (s *Spec) LeftOut(result func(task uint32) (poc.Result, bool)) map[uint32]uint32 {
	left := map[uint32]uint32{}
	for i, t := range s.Tasks {
		r, _ := result(uint32(i))
		for k, n := range t.Optional() {
			if r.Without>>k&1 == 1 {
				left[n] = uint32(i)
			}
		}
	}
	return left
}

// leftOut names the task that went on without the given one, if its result is certified.
func (j *job) leftOut(t *task) (by uint32, ok bool) {
	by, ok = j.choosers[t.ref.Task]
	if !ok {
		return 0, false
	}
	r, certified := j.result(by)
	i := slices.Index(j.spec.Tasks[by].Optional(), t.ref.Task)
	return by, certified && i >= 0 && r.Without>>i&1 == 1
}

// complete reports whether some tasks were left out, as the certificates of those say that went on without them, and the chain has
// settled all others. A certificate of one that was left out may still be claimed until the escrow expires, by whoever has it.
func (j *job) complete() bool {
	settled := uint32(0)
	for _, t := range j.tasks {
		if t.settled {
			settled++
		} else if _, left := j.leftOut(t); !left {
			return false
		}
	}
	return settled < uint32(len(j.tasks)) && j.escrow != nil && j.escrow.Settled == settled
}

// leave stops what others went on without. What is sealed may be paid as long as the job goes on.
func (j *job) leave(m *Machine, sealed bool) {
	if len(j.choosers) == 0 {
		return
	}
	for _, t := range j.tasks {
		if p := t.poc.Phase(); p >= poc.Certified || p > poc.Computing && !sealed {
			continue
		}
		if by, ok := j.leftOut(t); ok {
			_ = j.stepTask(m, t, poc.Stop{Reason: clip(fmt.Sprintf("task %d (%q) went on without it, when it was %s", by, j.spec.Tasks[by].Name, strings.TrimSuffix(t.poc.Explain(), ".")))})
		}
	}
}
