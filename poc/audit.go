package poc

// auditState says what the witnesses drew.
type auditState uint8

const (
	undrawn auditState = iota // shares are missing, or nothing is sealed yet
	spared                    // no further replica is needed
	audited                   // a further replica is
)

// witness reports whether the i-th in rank takes part in the draw of audits: the last in rank do, which are the least likely
// to compute.
func (t *Task) witness(i int) bool { return i >= t.setup.Policy.unseeing(len(t.candidates)) }

// onRecord reports whether the sealed replicas are believed for their records: they are fewer than a Team. A lone worker is, and so
// are a few that agree. They may be one cartel, which no comparison among them shows; their records say how often they lie only as far
// as others, whom they cannot foresee, look at what they say.
func (t *Task) onRecord() bool { return t.priced() && t.sealedCount() < Team(t.setup.Policy.MaxError) }

// auditable reports whether the witnesses may draw an audit of results that are believed for records.
func (t *Task) auditable() bool { return t.priced() && !t.unsigned() && t.setup.Audits > 0 }

// deposited reports whether every other worker whose commitment is sealed has shown this node what it opens to. A worker that knew whether it is
// audited before it had signed its result for anybody would withhold a lie where it is, and nothing would convict it. So witnesses show their shares to who has deposited
// its reveal with them, and keep that for themselves: whom the lots draw may not have seen it.
func (t *Task) deposited() bool {
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if o := w.told(); i != t.self && w.Sealed > 0 && !w.Doubt && (o == nil || o.Check != opens) {
			return false
		}
	}
	return true
}

// promote makes what was deposited with this node reveals, once it is sealed itself: it cannot copy any more.
func (t *Task) promote() bool {
	if !t.isMember() {
		return false
	}
	changed := false
	for i := range t.s.Workers {
		if w := &t.s.Workers[i]; w.Deposit != nil && w.Reveal == nil {
			w.Reveal, w.Deposit, changed = w.Deposit, nil, true
		}
	}
	return changed
}

// audit lets the witnesses draw, once replicas that are believed for their records are sealed, whether a further one must
// confirm them, and whose. They have bound themselves by then: a worker that knew either would lie where it is not audited, or is by its
// like. If a share does not come in time a whole Team must agree, so that to withhold one is of no use.
//
// Once a record fails an audit in the job without a proof that it lied, all that is believed for records is audited.
func (t *Task) audit() bool {
	late := t.s.Wary && t.s.Audit == spared && t.setup.Audits > 0 && t.onRecord() && t.s.Phase < Attesting
	if !t.priced() || t.setup.Self == t.setup.Owner || t.s.Audit != undrawn && !late || t.s.Rounds == 0 || !t.s.Phase.open() {
		return false
	}
	if t.setup.Audits == 0 || !t.onRecord() || t.sealedCount() >= int(t.setup.Policy.MaxReplicas) {
		t.s.Audit = spared
		return true
	}
	changed := false
	if t.self >= 0 && t.witness(t.self) && t.s.Workers[t.self].Share.IsZero() && (t.unsigned() || t.deposited()) {
		me := &t.s.Workers[t.self]
		me.Share = ShareOf(t.setup.Secret, t.setup.Ref)
		t.send(Share{TaskRef: t.setup.Ref, Share: me.Share, Path: t.setup.Lots.Path(int(t.setup.Ref.Task))}, t.seats())
		changed = true
	}
	shares, missing := t.shares()
	if missing && t.now < t.s.AuditBy {
		return changed
	}
	if missing && t.patient() {
		return true
	}
	drawn, first := draw(shares, t.setup.Tasks, t.setup.Audits, t.setup.Policy.unseeing(len(t.candidates)))
	if !missing && !t.s.Wary && !drawn {
		t.s.Audit = spared
		return true
	}
	t.s.Audit = audited
	want := uint32(1)
	if missing {
		t.s.Foreseen = true
		want = uint32(max(Team(t.setup.Policy.MaxError)-t.sealedCount(), 1))
	} else {
		t.s.First = uint32(first)
	}
	t.gather(int(want))
	if missing && t.isMember() { // others may have the share and not draw: they are told
		me := &t.s.Workers[t.self]
		me.Dissent, me.Want = t.s.Rounds, want
		t.send(Dissent{TaskRef: t.setup.Ref, Round: t.s.Rounds - 1, Want: want}, t.peersWhere(func(int, *worker) bool { return true }))
	}
	return true
}

// distrust takes away a worker's credit, as it was caught elsewhere, and everybody's records if it lied on its own. What rests on
// them here must be done again, or be audited if it only failed an audit.
func (t *Task) distrust(e Distrust) error {
	i, candidate := t.index[e.Peer]
	alarm := e.Lied && !t.s.Alarmed || e.Failed && !t.s.Wary
	switch {
	case !candidate && !alarm:
		return ErrNotCandidate
	case !t.priced() || !t.s.Phase.open():
		return ErrOver
	case !alarm && t.s.Workers[i].Distrusted:
		return ErrDuplicate
	}
	t.s.Alarmed, t.s.Wary = t.s.Alarmed || e.Lied, t.s.Wary || e.Failed
	if candidate {
		t.s.Workers[i].Distrusted = true
	}
	t.fx.Changed = true
	return nil
}

// hold notes whether the job's other tasks are undecided. It leaves time to certify what was held.
func (t *Task) hold(until Time) error {
	until = min(until, t.setup.Deadline.Add(-2*t.setup.Params.RevealTimeout))
	switch {
	case !t.priced() || !t.s.Phase.open():
		return ErrOver
	case t.s.Held == until:
		return ErrDuplicate
	case until != 0 && t.now >= until:
		return ErrStale
	}
	if t.s.Held = until; until == 0 {
		t.unhold()
	}
	t.fx.Changed = true
	return nil
}

// unhold gives those who were held time to show their results.
func (t *Task) unhold() {
	t.s.Held = 0
	if t.s.RevealBy != 0 || t.s.Phase == Revealing && t.passed() {
		t.s.RevealBy = max(t.s.RevealBy, t.now.Add(t.setup.Params.RevealTimeout))
	}
}

// release ends a hold when its time is over. As the job's audits are not, records prove nothing.
func (t *Task) release() bool {
	if t.s.Held == 0 || t.now < t.s.Held {
		return false
	}
	t.s.Alarmed = t.s.Alarmed || t.s.Phase != Waiting
	t.unhold()
	return true
}

// held reports whether a result that is believed for records waits for the job's other tasks. One that fails its own audit does not:
// that is settled at once.
func (t *Task) held() bool {
	return t.s.Held != 0 && t.onRecord() && (t.s.Audit != audited || t.passed() || !t.s.Gathering && t.s.RevealBy != 0)
}

// passed reports whether an audit bears out what it is of: all whose results are sealed say that they agree.
func (t *Task) passed() bool {
	if t.s.Audit != audited || t.s.Gathering {
		return false
	}
	for i := range t.s.Workers {
		if w := &t.s.Workers[i]; w.Sealed > 0 && (w.Doubt || w.Assent < t.s.Rounds) {
			return false
		}
	}
	return true
}

// assent says to all who follow the job that this node's result agrees with all others that are sealed, while it may not attest it yet.
func (t *Task) assent() bool {
	me := &t.s.Workers[t.self]
	if t.s.Audit != audited || me.Assent == t.s.Rounds || len(t.unseen()) > 0 {
		return false
	}
	for i := range t.s.Workers {
		if w := &t.s.Workers[i]; w.Sealed > 0 && (w.shown() == nil || w.shown().Check != opens || w.shown().Digest != t.s.Own.Digest) {
			return false
		}
	}
	me.Assent = t.s.Rounds
	t.send(Dissent{TaskRef: t.setup.Ref, Round: t.s.Rounds - 1}, t.seats())
	return true
}

// Undecided reports whether the task may still show that a worker of the job lies: it is under way, and not one of those sealed
// results that are believed for records and were spared an audit or passed it.
func (t *Task) Undecided() bool {
	switch {
	case t.setup.Audits == 0 || t.s.Phase == Waiting || t.s.Phase.over():
		return false
	case t.s.Phase == Certified:
		return t.s.Audit == audited && !t.passed()
	}
	return t.s.Rounds == 0 || t.s.Gathering || !t.onRecord() || t.s.Audit != spared && !t.passed()
}

// Believed reports whether a candidate counts for more than a newcomer, and so that whole results rest on records.
func (t *Task) Believed(p PeerID) bool {
	i, ok := t.index[p]
	return ok && t.setup.Audits > 0 && t.candidates[i].Credit > NewcomerCredit
}

// Audited returns how the audit of the workers that were believed for their records ended, once the task is over: whether there was
// one, and those of them whom the certificate does not name. All of them failed if there is none.
func (t *Task) Audited() (ended bool, failed []PeerID) {
	if t.s.Audit != audited || !t.s.Phase.over() {
		return false, nil
	}
	named := uint64(0)
	if c := t.Certificate(); c != nil {
		named = c.named(t.setup.Policy.Quorum)
	}
	return true, t.peersWhere(func(i int, w *worker) bool { return w.Sealed == 1 && named&t.candidates[i].bit() == 0 })
}

// reinforce draws a further replica when those sealed cannot carry a result even if all of them agree: one was caught
// elsewhere, shows nothing, or dissents and shows nothing.
func (t *Task) reinforce() bool {
	if !t.priced() || t.self < 0 || t.s.Rounds == 0 || t.s.Gathering || t.s.Phase != Revealing || t.s.Audit == undrawn || t.held() && t.passed() {
		return false
	}
	most := t.promise()
	if most >= t.need() || t.sealedCount() >= int(t.setup.Policy.MaxReplicas) {
		return false
	}
	t.s.Replacing = t.gather(int(t.lacking(most, 0)))
	return t.s.Replacing
}

// promise is the credit that those sealed can carry a result with, as far as this node sees.
func (t *Task) promise() (most int) {
	if !t.isMember() { // members see more, and dissent
		return t.hope()
	}
	for i := range t.s.Workers {
		if w := &t.s.Workers[i]; w.Sealed > 0 && !w.Doubt && (w.shown() != nil || t.s.RevealBy != 0 || i == t.self) {
			most += t.weight(i)
		}
	}
	return most
}

// hope is by how much the best answer may outweigh the others, as a candidate that did not compute sees it.
func (t *Task) hope() int {
	best, open := 0, 0
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		switch o := w.shown(); {
		case w.Sealed == 0 || w.Doubt:
		case o == nil && t.s.RevealBy != 0:
			open += t.weight(i)
		case o != nil && o.Check == opens:
			agree, differ := t.backing(o.Digest)
			best = max(best, agree-differ)
		}
	}
	return best + 2*open // which differ counts as long as nothing is shown
}

// backing sums up what a candidate that did not compute sees of the members: the credit of those whose attestations open a
// sealed commitment to a digest, and of those that may differ.
func (t *Task) backing(digest Hash) (agree, differ int) {
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if w.Sealed == 0 || w.Doubt {
			continue
		}
		switch o := w.shown(); {
		case o != nil && o.Check == opens && o.Digest == digest:
			agree += t.weight(i)
		case o != nil, w.Dissent >= t.s.Rounds, t.s.RevealBy != 0: // who dissented about an earlier round and still differs says so again
			differ += t.weight(i)
		}
	}
	return agree, differ
}

// vouch attests a result that this node did not compute and that others with enough credit did, as far as it can see.
func (t *Task) vouch() bool {
	me := &t.s.Workers[t.self]
	if me.Attest != nil || t.s.Rounds == 0 || t.s.Gathering || t.s.Audit == undrawn || t.s.Phase == Waiting || t.s.Phase > Certified {
		return false
	}
	for _, w := range t.s.Workers {
		o := w.shown()
		if w.Sealed == 0 || o == nil || o.Check != opens || t.s.Own != nil && t.s.Own.Digest != o.Digest {
			continue
		}
		if agree, differ := t.backing(o.Digest); agree-differ < t.need() || t.held() && t.s.Certified != o.Digest {
			continue
		}
		noted := t.s.AgreedAt == 0
		if noted {
			t.s.AgreedAt = t.now
		}
		if t.mayAttest() && t.attest(o.Digest) {
			t.standDown()
			return true
		}
		return noted
	}
	return t.disagreed()
}
