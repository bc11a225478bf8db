package poc

import (
	"cmp"
	"fmt"
	"slices"
)

// isMember reports whether this node's commitment is sealed.
func (t *Task) isMember() bool { return t.self >= 0 && t.s.Workers[t.self].Sealed > 0 }

// Members is the bitmap of the seats whose commitments are sealed, as this node sees it.
func (t *Task) Members() (seats uint64) {
	for i, w := range t.s.Workers {
		if w.Sealed > 0 {
			seats |= t.candidates[i].bit()
		}
	}
	return seats
}

func (t *Task) takeReveal(i int, m Reveal, digest Hash) error {
	if t.unsigned() {
		return ErrWrongTier
	}
	if m.Account != t.candidates[i].Account {
		return ErrWrongAccount
	}
	slot := &t.s.Workers[i].Reveal
	if t.auditable() && t.self >= 0 && t.witness(t.self) && !t.isMember() {
		slot = &t.s.Workers[i].Deposit
	}
	return t.takeOpening(i, Revealed, slot, opening{Salt: m.Salt, Class: m.Class, Digest: digest, Signature: m.Signature}, m.Result)
}

func (t *Task) takeShow(i int, m Show, digest Hash) error {
	if !t.unsigned() {
		return ErrWrongTier
	}
	return t.takeOpening(i, Revealed, &t.s.Workers[i].Reveal, opening{Salt: m.Salt, Class: m.Class, Digest: digest}, m.Result)
}

func (t *Task) takeAttest(i int, m Attest, digest Hash) error {
	if m.Account != t.candidates[i].Account {
		return ErrWrongAccount
	}
	if !t.mayName(i, m.Agreed) {
		return ErrBadSeats
	}
	o := opening{Salt: m.Salt, Class: m.Class, Digest: digest, Signature: m.Signature, Agreed: m.Agreed, Late: m.Late}
	w := &t.s.Workers[i]
	if have := w.Attest; have != nil && (have.Relayed || have.opensAs(&o)) {
		switch {
		case have.names(&o) && !have.Relayed:
			return ErrDuplicate
		case have.names(&o):
			o.Agreed, o.Late, o.Signature = have.Agreed, have.Late, have.Signature
			w.Attest = nil
		case o.names(have):
			w.Attest = nil
		}
	}
	return t.takeOpening(i, Attested, &w.Attest, o, m.Result)
}

// opensAs reports whether two openings are of the same commitment.
func (o *opening) opensAs(other *opening) bool {
	return o.Digest == other.Digest && o.Salt == other.Salt && o.Class == other.Class
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
func (t *Task) takeOpening(i int, kind StatementKind, slot **opening, o opening, r Result) error {
	if have := *slot; have != nil && !(have.Relayed && have.Digest == o.Digest && have.Agreed == o.Agreed && have.Late == o.Late) {
		same := have.opensAs(&o) && have.Agreed == o.Agreed && have.Late == o.Late
		proof, faults := t.twice(i, kind, have, &o), t.s.Workers[i].Faults
		if same || faults.has(Equivocated) && (proof == nil || faults&doubled != 0) {
			return ErrDuplicate
		}
		t.equivocated(i, proof)
		return nil
	}
	t.keep(r, o.Digest)
	*slot = &o
	t.fx.Changed = true
	return nil
}

// lateReveal takes a reveal that can only convict its signer any more: one that comes after the certificate has closed, or that
// another member passes on as evidence.
func (t *Task) lateReveal(from int, m Reveal, digest Hash) error {
	i := slices.IndexFunc(t.candidates, func(w Worker) bool { return w.Account == m.Account })
	switch {
	case t.unsigned():
		return ErrOver
	case i < 0:
		return ErrWrongAccount
	case digest == t.s.Certified:
		return ErrOver
	case t.s.Workers[i].Faults.has(Contradicted):
		return ErrDuplicate
	}
	t.fault(i, Contradicted, &m)
	for n := range t.fx.Faults { // that one, or none if it is about this node
		t.fx.Faults[n].Passed = i != from
	}
	return nil
}

// contradicted reports whether a reveal that this node was shown opens what its worker committed to, and is not the certified result.
func (t *Task) contradicted(w *worker) bool {
	o := w.told()
	return o != nil && o.Check == opens && o.Digest != t.s.Certified
}

// checkOpenings compares reveals and attestations with the sealed commitments.
func (t *Task) checkOpenings() bool {
	changed := false
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if w.Sealed == 0 {
			continue
		}
		for _, o := range []*opening{w.Reveal, w.Deposit, w.Attest} {
			if o == nil || o.Check != unchecked || o == w.Attest && (t.near() || t.proven()) {
				continue
			}
			changed = true
			o.Check = doubtful
			if w.Doubt || t.setup.Class != "" && o.Class != t.setup.Class {
				continue
			}
			if Commitment(t.setup.Network, t.setup.Ref, t.candidates[i].Peer, o.Class, o.Digest, o.Salt) == w.Commit {
				o.Check = opens
				continue
			}
			o.Check = mismatch
			var evidence *Reveal
			if o == w.told() && !t.unsigned() {
				evidence = t.evidence(i)
			}
			t.fault(i, Mismatched, evidence)
		}
	}
	return changed
}

// evidence rebuilds the reveal that a worker sent.
func (t *Task) evidence(i int) *Reveal {
	return &Reveal{TaskRef: t.setup.Ref, Opening: t.full(i, t.s.Workers[i].told())}
}

// told is the reveal of a worker that this node has, if only as a witness.
func (w *worker) told() *opening { return cmp.Or(w.Reveal, w.Deposit) }

// signed is the reveal, or nil if it convicts nobody.
func (r *Reveal) signed() *Reveal {
	if len(r.Signature) == 0 {
		return nil
	}
	return r
}

func (t *Task) full(i int, o *opening) Opening {
	r, _ := t.result(o.Digest)
	return Opening{Salt: o.Salt, Class: o.Class, Result: r, Account: t.candidates[i].Account, Signature: o.Signature}
}

// vouched is the class in an attestation of a candidate that did not compute.
const vouched = "vouched"

// sign makes an opening of this node's result, or leaves it for the next step.
func (t *Task) sign(kind StatementKind, digest Hash, agreed, late uint64) *opening {
	sig, err := t.setup.Signer.Sign(Statement{Kind: kind, Job: t.setup.Ref.Job, Task: t.setup.Ref.Task, Digest: digest, Agreed: agreed, Late: late})
	if err != nil {
		t.signErr = err
		return nil
	}
	if i := t.rightly(digest); t.proven() && i >= 0 { // which others may not have been shown
		o := t.s.Workers[i].Reveal
		return &opening{Salt: o.Salt, Class: o.Class, Digest: digest, Signature: sig, Agreed: agreed, Late: late}
	}
	if t.s.Own == nil {
		return &opening{Class: vouched, Digest: digest, Signature: sig, Agreed: agreed, Late: late}
	}
	return &opening{Salt: t.s.Own.Salt, Class: t.s.Own.Class, Digest: digest, Signature: sig, Agreed: agreed, Late: late}
}

// reveal shows this node's result to every member it was not shown to. Members are bound to theirs, or do not count. Where results are
// checked it shows it to all candidates: what is right needs nobody else to compute it, and to copy it afterwards is of no use.
func (t *Task) reveal() bool {
	if !t.isMember() {
		return false
	}
	me := &t.s.Workers[t.self]
	changed := false
	if me.Reveal == nil {
		if t.unsigned() {
			me.Reveal = &opening{Salt: t.s.Own.Salt, Class: t.s.Own.Class, Digest: t.s.Own.Digest}
		} else if me.Reveal = t.sign(Revealed, t.s.Own.Digest, 0, 0); me.Reveal == nil {
			return false
		}
		changed = true
	}
	deposits := t.auditable() && t.onRecord()
	to := t.peersWhere(func(i int, w *worker) bool {
		return !w.Shown && i != t.self && (w.Sealed > 0 || t.proven() || deposits && t.witness(i) || !t.settled() && t.bound(i))
	})
	if len(to) == 0 {
		return changed
	}
	for _, p := range to {
		t.s.Workers[t.index[p]].Shown = true
	}
	r := t.evidence(t.self)
	if t.unsigned() {
		t.send(Show{TaskRef: r.TaskRef, Salt: r.Salt, Class: r.Class, Result: r.Result}, to)
	} else {
		t.send(*r, to)
	}
	return true
}

// withheld ends the wait for reveals. One that comes later still counts.
func (t *Task) withheld() bool {
	waits := t.isMember()
	switch {
	case t.priced():
		waits = t.self >= 0 && !t.s.Gathering
	case t.proven():
		waits = t.self >= 0
	}
	if !waits || t.s.RevealBy == 0 || t.now < t.s.RevealBy || t.held() && t.s.Audit != audited {
		return false
	}
	t.s.RevealBy = 0
	if !t.isMember() && !t.proven() {
		return true // it is shown no reveals, so it cannot say that one was withheld
	}
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
	switch {
	case t.near():
		return t.self >= 0 && t.concur()
	case t.proven():
		return t.prove()
	}
	if t.self >= 0 && t.priced() && !t.isMember() {
		return t.vouch()
	}
	if t.self < 0 || t.s.Own == nil {
		return false
	}
	if t.s.Phase == Certified { // also when a sealer left this node out: it did the work, and others may need one voice more
		return t.mayAttest() && t.attest(t.s.Own.Digest)
	}
	if !t.isMember() || t.s.Workers[t.self].Reveal == nil {
		return false
	}
	me := &t.s.Workers[t.self]
	mine, best, outstanding, differ := t.tally()
	waiting := t.priced() && (t.s.Audit == undrawn || t.s.Gathering)
	agrees := me.Attest == nil && mine-t.against(differ, mine) >= t.need()
	if agrees && !waiting && t.held() && t.assent() {
		return true
	}
	if !agrees && t.disagreed() {
		return true
	}
	if agrees && !waiting && (!t.held() || t.shownByOthers()) {
		noted := t.s.AgreedAt == 0
		if noted {
			t.s.AgreedAt = t.now
		}
		return t.mayAttest() && t.attest(t.s.Own.Digest) || noted
	}
	exhausted := t.pending() == 0 && len(t.ready()) == 0
	if best += outstanding; !t.s.Phase.open() || best-t.against(differ, best-outstanding) >= t.need() && !(waiting && t.s.Gathering && exhausted) {
		return false
	}
	return t.disagree(best-outstanding, differ)
}

// shownByOthers reports whether another candidate attests this node's result: there is nothing left to hide, and who waits on would be
// left out by those for whom the job's other tasks are decided.
func (t *Task) shownByOthers() bool {
	return slices.ContainsFunc(t.s.Workers, func(w worker) bool { return w.Attest != nil && w.Attest.Digest == t.s.Own.Digest })
}

// disagreed forgets that enough results agreed, when others contradict them: whoever is sealed since is to be waited for once more.
func (t *Task) disagreed() bool {
	if !t.priced() || t.s.AgreedAt == 0 || !t.s.Phase.open() || t.s.Workers[t.self].Attest != nil {
		return false
	}
	t.s.AgreedAt = 0
	return true
}

// disagree asks for further replicas, once the best of the answers that are there cannot become a result, or gives up.
func (t *Task) disagree(best, differ int) bool {
	me := &t.s.Workers[t.self]
	spent := t.sealedCount() >= int(t.setup.Policy.MaxReplicas)
	exhausted := t.pending() == 0 && len(t.ready()) == 0
	if !spent && me.Dissent < t.s.Rounds {
		me.Dissent, me.Want = t.s.Rounds, t.lacking(best, t.against(differ, best))
		t.gather(int(me.Want))
		// Members are told, too: they may see that fewer are needed, and take no seal of whom they have not drawn.
		t.send(Dissent{TaskRef: t.setup.Ref, Round: t.s.Rounds - 1, Want: me.Want}, t.peersWhere(func(int, *worker) bool { return true }))
		return true
	}
	if spent || exhausted {
		t.send(Dissent{TaskRef: t.setup.Ref, Round: t.s.Rounds - 1, Final: true}, t.everyone())
		agreed := fmt.Sprint(best)
		if t.priced() {
			agreed = inBits(best) + " bits of credit"
		}
		t.fail(FailNoQuorum, fmt.Sprintf("%d replicas answered, at most %s agreed, a result needs %s, and no further one may be drawn",
			t.sealedCount(), agreed, t.wanted()))
		return true
	}
	return false
}

// wanted says what a result needs.
func (t *Task) wanted() string {
	switch {
	case t.priced():
		return inBits(t.need()) + " bits"
	case t.proven():
		return "one worker"
	}
	return fmt.Sprintf("a quorum of %d", t.need())
}

// against is what counts against a group of the given weight: where credits are added, those that showed something else.
func (t *Task) against(shown, group int) int {
	if !t.priced() {
		return 0
	}
	return shown - group
}

// lacking is how many replicas beyond those sealed could carry the best group of results.
func (t *Task) lacking(best, against int) uint32 {
	if !t.priced() {
		return uint32(t.need() - best)
	}
	n := uint32(1)
	for k := range t.s.Workers {
		i := t.turned(k)
		w := &t.s.Workers[i]
		if w.Sealed > 0 || w.Distrusted || w.Out != in && w.Commit.IsZero() {
			continue
		}
		if best += t.weight(i); best-against >= t.need() {
			break
		}
		n++
	}
	return min(n, MaxSealed)
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

// tally weighs the members that agree with this node, the largest group of members that agree, those still to show a result,
// and all that showed one.
func (t *Task) tally() (mine, best, outstanding, shown int) {
	groups := map[Hash]int{}
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if w.Sealed == 0 {
			continue
		}
		switch o := w.shown(); {
		case o == nil && !w.Doubt && !w.Faults.has(Withheld):
			outstanding += t.weight(i)
		case o != nil && o.Check == opens:
			shown += t.weight(i)
			groups[o.Digest] += t.weight(i)
			best = max(best, groups[o.Digest])
		}
	}
	return groups[t.s.Own.Digest], best, outstanding, shown
}

func (t *Task) takeDissent(i int, m Dissent) error {
	w := &t.s.Workers[i]
	switch {
	case m.Final && !w.GaveUp:
		w.GaveUp, t.fx.Changed = true, true
		return nil
	case !m.Final && m.Want == 0 && m.Round+1 > w.Assent:
		w.Assent, t.fx.Changed = m.Round+1, true
		return nil
	case m.Final || m.Want == 0 || m.Round+1 == w.Dissent:
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
	if t.proven() || t.s.Rounds == 0 || !t.stuck() && (t.s.AgreedAt != 0 || t.s.Phase != Computing && t.s.Phase != Revealing) {
		return false
	}
	changed := false
	for i, w := range t.s.Workers {
		if i != t.self && w.Sealed > 0 && w.Dissent >= t.s.Rounds {
			most := t.setup.Policy.Quorum
			if t.priced() {
				most = t.setup.Policy.MaxReplicas
			}
			changed = t.gather(int(min(w.Want, most))) || changed
		}
	}
	return changed
}

// concede fails the task on a node that sees no reveals, once so many of those who do have given up that the others can make
// no quorum. To say so falsely and be believed takes as many as could certify what they like, or keep anything from being certified.
func (t *Task) concede() bool {
	if !t.s.Phase.open() || t.isMember() || t.setup.Policy.vouches() && t.self >= 0 || t.s.AgreedAt != 0 {
		return false
	}
	possible, sealed, gone := 0, 0, 0
	for _, w := range t.s.Workers {
		if w.Sealed > 0 {
			sealed++
		}
		if w.GaveUp && (w.Sealed > 0 || t.proven()) { // where results are checked, also who did not compute
			gone++
		}
		if w.Sealed > 0 || w.Out != abstained {
			possible++
		}
	}
	quorum := int(t.setup.Policy.Quorum)
	possible = min(possible, int(t.setup.Policy.MaxReplicas))
	if t.setup.Policy.vouches() { // who does not compute attests, too
		possible = len(t.candidates)
	}
	outvoted := !t.setup.Policy.vouches() && gone >= quorum && sealed-gone < quorum
	if gone == 0 || possible-gone >= quorum && !outvoted {
		return false
	}
	reason := fmt.Sprintf("%d of the %d replicas that answered say that their results do not agree and that no further one may be drawn", gone, sealed)
	if t.proven() {
		reason = fmt.Sprintf("%d of the %d candidates say that none of the %d answers is right and that no further one may be drawn", gone, len(t.candidates), sealed)
	}
	t.fail(FailNoQuorum, reason)
	return true
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

// Reveals returns the signed results that candidates showed to this node and that open what they committed to, its own among
// them, in rank order. Where honest devices may differ there are none.
func (t *Task) Reveals() (rs []Reveal) {
	for i, w := range t.s.Workers {
		if o := w.told(); o != nil && o.Check == opens && len(o.Signature) > 0 {
			rs = append(rs, *t.evidence(i))
		}
	}
	return rs
}
