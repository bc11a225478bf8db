package poc

import "fmt"

// lapse ends a worker's hold. A candidate that was not drawn yet is passed over when the next is drawn.
func (t *Task) lapse(p PeerID) error {
	i, ok := t.index[p]
	if !ok {
		return ErrNotCandidate
	}
	w := &t.s.Workers[i]
	switch {
	case !t.s.Phase.open():
		return ErrOver
	case t.s.Phase == Waiting:
		return ErrNotStarted
	case !w.Commit.IsZero():
		return ErrCommitted
	case w.Out != in:
		return ErrDuplicate
	}
	w.Out = lapsed
	t.fx.Changed = true
	if w.Drawn {
		t.fault(i, Late, nil)
	}
	return nil
}

func (t *Task) takeAbstain(i int) error {
	w := &t.s.Workers[i]
	switch {
	case !w.Commit.IsZero():
		return ErrCommitted
	case w.Out == abstained:
		return ErrDuplicate
	}
	w.Out = abstained
	t.fx.Changed = true
	return nil
}

// giveUp records that this node's execution failed, and lets the next in rank know.
func (t *Task) giveUp(e GaveUp) error {
	if t.self < 0 {
		return ErrNotCandidate
	}
	w := &t.s.Workers[t.self]
	switch {
	case !t.s.Phase.open():
		return ErrOver
	case !w.Drawn:
		return ErrNotHolder
	case t.s.Own != nil:
		return ErrCommitted
	case w.Out == abstained:
		return ErrAbstained
	}
	if err := checkText("reason", e.Reason, 0, MaxReason); err != nil {
		return fmt.Errorf("%w: %w", ErrBadReason, err)
	}
	w.Out = abstained
	t.fx.Changed = true
	t.send(Abstain{TaskRef: t.setup.Ref, Reason: e.Reason}, t.everyone())
	return nil
}

// live counts the drawn workers that have committed or may yet.
func (t *Task) live() int {
	n := 0
	for _, w := range t.s.Workers {
		usable := w.Sealed > 0 || !w.Faults.has(Equivocated)
		if w.Drawn && usable && (w.Out == in || !w.Commit.IsZero()) {
			n++
		}
	}
	return n
}

// pending counts the drawn workers that have not committed and may yet.
func (t *Task) pending() int {
	n := 0
	for _, w := range t.s.Workers {
		if w.Drawn && w.Out == in && w.Commit.IsZero() {
			n++
		}
	}
	return n
}

func (t *Task) sealedCount() int {
	n := 0
	for _, w := range t.s.Workers {
		if w.Sealed > 0 {
			n++
		}
	}
	return n
}

// draw makes the next in rank hold the task until enough do.
func (t *Task) draw() bool {
	if t.s.Phase == Waiting || !t.s.Phase.open() {
		return false
	}
	drawn := false
	for k, live := 0, t.live(); k < len(t.s.Workers) && t.short(live); k++ {
		i := t.turned(k)
		w := &t.s.Workers[i]
		if w.Drawn || w.Distrusted || t.weight(i) == 0 || w.Out != in && w.Commit.IsZero() {
			continue
		}
		w.Drawn = true
		drawn = true
		if i == t.self && t.standDown() {
			continue
		}
		live++
		if i == t.self && t.s.Own == nil {
			t.fx.Execute = true
		}
	}
	return drawn
}

// standDown lets others compute in this node's place, once it has attested what they found: no seal makes it a member here any more, and
// nobody would pay it.
func (t *Task) standDown() bool {
	w := &t.s.Workers[t.self]
	if w.Attest == nil || t.s.Own != nil || !w.Drawn || w.Out != in {
		return false
	}
	w.Out, t.fx.Cancel, t.fx.Execute = abstained, true, false
	t.send(Abstain{TaskRef: t.setup.Ref, Reason: "this node has attested what others computed"}, t.everyone())
	return true
}

// turned is the rank of the k-th that is drawn, as far as it was not yet: in order of rank, but for audits, which begin anywhere.
func (t *Task) turned(k int) int { return t.setup.Policy.turned(int(t.s.First), k, len(t.s.Workers)) }

// short reports whether more workers are wanted than the given number of live ones: fewer than the target, or, before the
// first seal, of too little credit for a result.
func (t *Task) short(live int) bool {
	if live < int(t.s.Target) {
		return true
	}
	if !t.priced() || t.s.Rounds > 0 || live >= int(t.setup.Policy.MaxReplicas) {
		return false
	}
	credit := 0
	for i := range t.s.Workers {
		if w := &t.s.Workers[i]; w.Drawn && (w.Out == in || !w.Commit.IsZero()) {
			credit += t.weight(i)
		}
	}
	return credit < t.need()
}

// aim raises the number of workers wanted to n beyond the sealed ones, within the policy.
func (t *Task) aim(n int) bool {
	target := uint32(min(t.sealedCount()+n, int(t.setup.Policy.MaxReplicas)))
	if target <= t.s.Target {
		return false
	}
	t.s.Target = target
	return true
}
