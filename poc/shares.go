package poc

// The shares of the witnesses may come late, or to a part of the candidates only, and so may a worker's result. Who draws others in their place, while those who know more
// draw nobody, waits for work that nobody does, and has the job's other tasks wait for it. So it asks for what it lacks, and draws nobody any more once it sees what it missed.

// takeShare takes a witness's share, from the witness or from who was asked for it.
func (t *Task) takeShare(from int, m Share) error {
	if !t.priced() {
		return ErrNotWitness
	}
	leaf := Leaf(m.Share[:])
	of := func(i int) bool {
		return t.witness(i) && InTree(t.candidates[i].Lot, leaf, int(t.setup.Ref.Task), int(t.setup.Tasks), m.Path)
	}
	i := from
	for k := 0; !of(i); k++ {
		if k == len(t.candidates) {
			return ErrBadShare
		}
		i = k
	}
	w := &t.s.Workers[i]
	if !w.Share.IsZero() {
		return ErrDuplicate
	}
	w.Share, w.Path = m.Share, m.Path
	t.fx.Changed = true
	return nil
}

// shares are those of the witnesses, in rank order, and whether one is missing.
func (t *Task) shares() (shares []Hash, missing bool) {
	for i := range t.s.Workers {
		if w := &t.s.Workers[i]; t.witness(i) {
			missing = missing || w.Share.IsZero()
			shares = append(shares, w.Share)
		}
	}
	return shares, missing
}

// patient puts off what follows from a missing share: by a member that was away until then, as messages may wait for it, and by others that have heard no dissent of one, so that
// members may have all shares. Those ask everybody for them, once.
func (t *Task) patient() bool {
	wait := t.setup.Params.RevealTimeout / 4
	switch {
	case t.self < 0:
		return false
	case t.isMember() && t.now >= t.s.AuditBy.Add(2*wait):
	case !t.isMember() && t.s.Workers[t.self].Dissent < t.s.Rounds && !t.dissented():
		me := &t.s.Workers[t.self]
		me.Dissent, me.Want = t.s.Rounds, 1
		t.send(Dissent{TaskRef: t.setup.Ref, Round: t.s.Rounds - 1, Want: 1}, t.peersWhere(func(int, *worker) bool { return true }))
	default:
		return false
	}
	t.s.AuditBy = t.now.Add(wait)
	return true
}

// answer shows the shares to who has asked for them, once.
func (t *Task) answer() bool {
	if !t.auditable() || t.self < 0 || !t.s.Phase.open() {
		return false
	}
	to := t.peersWhere(func(i int, w *worker) bool { return i != t.self && w.Sealed == 0 && w.Dissent > 0 && !w.Answered })
	if len(to) == 0 {
		return false
	}
	if _, missing := t.shares(); missing {
		return false
	}
	for _, p := range to {
		t.s.Workers[t.index[p]].Answered = true
	}
	for i := range t.s.Workers {
		if w := &t.s.Workers[i]; t.witness(i) && i != t.self {
			t.send(Share{TaskRef: t.setup.Ref, Share: w.Share, Path: w.Path}, to)
		}
	}
	return true
}

// calm takes back what was drawn in the place of a member that shows its result after all.
func (t *Task) calm() bool {
	if !t.s.Replacing || !t.s.Gathering || t.s.Phase != Computing || t.dissented() || t.promise() < t.need() {
		return false
	}
	t.recall()
	return true
}

// dissented reports whether another member wants others to be drawn, or this node does as one.
func (t *Task) dissented() bool {
	for _, w := range t.s.Workers {
		if w.Sealed > 0 && w.Dissent >= t.s.Rounds && w.Want > 0 {
			return true
		}
	}
	return false
}

// recall draws nobody any more beyond those who have committed.
func (t *Task) recall() {
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if !w.Drawn || !w.Commit.IsZero() || i == t.self && t.s.Own != nil {
			continue
		}
		if w.Drawn = false; i == t.self && w.Out == in {
			t.fx.Cancel, t.fx.Execute = !t.fx.Execute, false
		}
	}
	t.s.Gathering, t.s.Replacing, t.s.EnoughAt, t.s.Target = false, false, 0, uint32(t.sealedCount())
	if t.s.RevealBy != 0 {
		t.s.RevealBy = max(t.s.RevealBy, t.now.Add(t.setup.Params.RevealTimeout))
	}
	t.move(Revealing)
}
