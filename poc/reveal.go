package poc

import "fmt"

// isMember reports whether this node's commitment is sealed.
func (t *Task) isMember() bool { return t.self >= 0 && t.s.Workers[t.self].Sealed > 0 }

func (t *Task) takeReveal(i int, m Reveal, digest Hash) error {
	if m.Account != t.candidates[i].Account {
		return ErrWrongAccount
	}
	return t.takeOpening(i, &t.s.Workers[i].Reveal, opening{Salt: m.Salt, Class: m.Class, Digest: digest, Signature: m.Signature}, m.Result)
}

func (t *Task) takeAttest(i int, m Attest, digest Hash) error {
	if m.Account != t.candidates[i].Account {
		return ErrWrongAccount
	}
	if !t.mayName(i, m.Agreed) {
		return ErrBadSeats
	}
	o := opening{Salt: m.Salt, Class: m.Class, Digest: digest, Signature: m.Signature, Agreed: m.Agreed}
	return t.takeOpening(i, &t.s.Workers[i].Attest, o, m.Result)
}

// mayName reports whether the i-th may say that these seats agree: its own is among them, and all are candidates'.
func (t *Task) mayName(i int, agreed uint64) bool {
	own := agreed&t.candidates[i].bit() != 0
	for _, w := range t.candidates {
		agreed &^= w.bit()
	}
	return own && agreed == 0
}

// takeOpening keeps the first opening of its kind from a worker. It may come before the seal that it is checked against.
func (t *Task) takeOpening(i int, slot **opening, o opening, r Result) error {
	if have := *slot; have != nil && !(have.Relayed && have.Digest == o.Digest && have.Agreed == o.Agreed) {
		same := have.Digest == o.Digest && have.Salt == o.Salt && have.Class == o.Class && have.Agreed == o.Agreed
		if same || t.s.Workers[i].Faults.has(Equivocated) {
			return ErrDuplicate
		}
		t.fault(i, Equivocated, nil)
		return nil
	}
	t.keep(r, o.Digest)
	*slot = &o
	t.fx.Changed = true
	return nil
}

// lateReveal takes a reveal after the certificate has closed: it can still convict its sender.
func (t *Task) lateReveal(i int, m Reveal, digest Hash) error {
	switch {
	case m.Account != t.candidates[i].Account:
		return ErrWrongAccount
	case digest == t.s.Certified:
		return ErrOver
	case t.s.Workers[i].Faults.has(Contradicted):
		return ErrDuplicate
	}
	t.fault(i, Contradicted, &m)
	return nil
}

// checkOpenings compares reveals and attestations with the sealed commitments.
func (t *Task) checkOpenings() bool {
	changed := false
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if w.Sealed == 0 {
			continue
		}
		for _, o := range []*opening{w.Reveal, w.Attest} {
			if o == nil || o.Check != unchecked {
				continue
			}
			changed = true
			o.Check = doubtful
			if w.Doubt {
				continue
			}
			if Commitment(t.setup.Network, t.setup.Ref, t.candidates[i].Peer, o.Class, o.Digest, o.Salt) == w.Commit {
				o.Check = opens
				continue
			}
			if !w.Heard {
				continue
			}
			o.Check = mismatch
			var evidence *Reveal
			if o == w.Reveal {
				evidence = t.evidence(i)
			}
			t.fault(i, Mismatched, evidence)
		}
	}
	return changed
}

// evidence rebuilds the reveal that a worker sent.
func (t *Task) evidence(i int) *Reveal {
	return &Reveal{TaskRef: t.setup.Ref, Opening: t.full(i, t.s.Workers[i].Reveal)}
}

func (t *Task) full(i int, o *opening) Opening {
	r, _ := t.result(o.Digest)
	return Opening{Salt: o.Salt, Class: o.Class, Result: r, Account: t.candidates[i].Account, Signature: o.Signature}
}

// sign makes an opening of this node's result, or leaves it for the next step.
func (t *Task) sign(kind StatementKind, agreed uint64) *opening {
	sig, err := t.setup.Signer.Sign(Statement{kind, t.setup.Ref.Job, t.setup.Ref.Task, t.s.Own.Digest, agreed})
	if err != nil {
		t.signErr = err
		return nil
	}
	return &opening{Salt: t.s.Own.Salt, Class: t.s.Own.Class, Digest: t.s.Own.Digest, Signature: sig, Agreed: agreed}
}

// reveal shows this node's result to every member it was not shown to. Members are bound to theirs, or do not count.
func (t *Task) reveal() bool {
	if !t.isMember() {
		return false
	}
	me := &t.s.Workers[t.self]
	changed := false
	if me.Reveal == nil {
		if me.Reveal = t.sign(Revealed, 0); me.Reveal == nil {
			return false
		}
		changed = true
	}
	to := t.peersWhere(func(i int, w *worker) bool { return w.Sealed > 0 && !w.Shown && i != t.self })
	if len(to) == 0 {
		return changed
	}
	for _, p := range to {
		t.s.Workers[t.index[p]].Shown = true
	}
	t.send(*t.evidence(t.self), to)
	return true
}

// withheld ends the wait for reveals. One that comes later still counts.
func (t *Task) withheld() bool {
	if !t.isMember() || t.s.RevealBy == 0 || t.now < t.s.RevealBy {
		return false
	}
	t.s.RevealBy = 0
	for i, w := range t.s.Workers {
		if w.Sealed > 0 && !w.Doubt && w.shown() == nil {
			t.fault(i, Withheld, nil)
		}
	}
	return true
}

// judge compares the results shown so far: it attests when a quorum agrees with this node, and asks for further replicas
// when no quorum can come of those sealed.
func (t *Task) judge() bool {
	if t.self < 0 || t.s.Own == nil {
		return false
	}
	if t.s.Phase == Certified { // also when a sealer left this node out: it did the work, and others may need one voice more
		return t.mayAttest() && t.attest()
	}
	if !t.isMember() || t.s.Workers[t.self].Reveal == nil {
		return false
	}
	me, quorum := &t.s.Workers[t.self], int(t.setup.Policy.Quorum)
	mine, best, outstanding := t.tally()
	if me.Attest == nil && mine >= quorum {
		noted := t.s.AgreedAt == 0
		if noted {
			t.s.AgreedAt = t.now
		}
		return t.mayAttest() && t.attest() || noted
	}
	if !t.s.Phase.open() || best+outstanding >= quorum {
		return false
	}
	spent := t.sealedCount() >= int(t.setup.Policy.MaxReplicas)
	if !spent && me.Dissent < t.s.Rounds {
		me.Dissent, me.Want = t.s.Rounds, uint32(quorum-best)
		t.gather(int(me.Want))
		t.send(Dissent{TaskRef: t.setup.Ref, Round: t.s.Rounds - 1, Want: me.Want},
			t.peersWhere(func(_ int, w *worker) bool { return w.Sealed == 0 }))
		return true
	}
	if spent || t.pending() == 0 && len(t.ready()) == 0 {
		t.fail(FailNoQuorum, fmt.Sprintf("%d replicas answered, at most %d agreed, a quorum needs %d, and no further one may be drawn",
			t.sealedCount(), best, quorum))
		return true
	}
	return false
}

// shown is what a worker showed of its result: its reveal, or else its own attestation, which opens its commitment just as
// well. A member that withholds its reveal and attests is counted with what it attests.
func (w *worker) shown() *opening {
	switch {
	case w.Reveal != nil:
		return w.Reveal
	case w.Attest != nil && !w.Attest.Relayed:
		return w.Attest
	}
	return nil
}

// tally counts the members that agree with this node, the largest group of members that agree, and those still to show a
// result.
func (t *Task) tally() (mine, best, outstanding int) {
	groups := map[Hash]int{}
	for _, w := range t.s.Workers {
		if w.Sealed == 0 {
			continue
		}
		switch o := w.shown(); {
		case o == nil && !w.Doubt && !w.Faults.has(Withheld):
			outstanding++
		case o != nil && o.Check == opens:
			groups[o.Digest]++
			best = max(best, groups[o.Digest])
		}
	}
	return groups[t.s.Own.Digest], best, outstanding
}

func (t *Task) takeDissent(i int, m Dissent) error {
	w := &t.s.Workers[i]
	switch {
	case m.Round+1 == w.Dissent:
		return ErrDuplicate
	case m.Round+1 < w.Dissent:
		return ErrStale
	}
	w.Dissent, w.Want = m.Round+1, m.Want
	t.fx.Changed = true
	return nil
}

// hearDissent draws further replicas when a member of the seals says that there is no quorum. It may lie, which costs at
// most the replicas that the policy allows anyway. A node that sees a quorum itself does not listen.
func (t *Task) hearDissent() bool {
	if t.s.Rounds == 0 || t.s.AgreedAt != 0 || t.s.Phase != Computing && t.s.Phase != Revealing {
		return false
	}
	changed := false
	for i, w := range t.s.Workers {
		if i != t.self && w.Sealed > 0 && w.Dissent >= t.s.Rounds {
			changed = t.gather(int(min(w.Want, t.setup.Policy.Quorum))) || changed
		}
	}
	return changed
}

// gather opens the next round for n further replicas.
func (t *Task) gather(n int) bool {
	changed := t.aim(n)
	if !t.s.Gathering {
		t.s.Gathering = true
		t.move(Computing)
		changed = true
	}
	return changed
}
