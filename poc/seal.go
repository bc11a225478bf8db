package poc

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// finish binds this node to its result.
func (t *Task) finish(e Finished) error {
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
		return ErrDuplicate
	case w.Out == abstained:
		return ErrAbstained
	}
	if err := t.keepOwn(e); err != nil {
		return err
	}
	t.hear(w)
	return nil
}

// commit signs what this node is bound to, and tells all candidates, or leaves it for the next step.
func (t *Task) commit() bool {
	if t.self < 0 || t.s.Own == nil || !t.s.Phase.open() || !t.s.Workers[t.self].Commit.IsZero() {
		return false
	}
	w, own := &t.s.Workers[t.self], t.s.Own
	commitment := Commitment(t.setup.Network, t.setup.Ref, t.setup.Self, own.Class, own.Digest, own.Salt)
	sig, err := t.setup.Signer.Sign(Statement{Kind: Committed, Job: t.setup.Ref.Job, Task: t.setup.Ref.Task, Digest: commitment})
	if err != nil {
		t.signErr = err
		return false
	}
	w.Commit, w.Signed, w.After = commitment, sig, t.public()
	t.send(Commit{TaskRef: t.setup.Ref, Commitment: commitment, Class: own.Class, Account: t.candidates[t.self].Account, Signature: sig},
		t.peersWhere(func(int, *worker) bool { return true }))
	return true
}

// keepOwn checks and keeps what this node has computed.
func (t *Task) keepOwn(e Finished) error {
	if err := e.Result.Validate(); err != nil {
		return fmt.Errorf("%w: %w", ErrBadResult, err)
	}
	if err := checkClass(e.Class); err != nil {
		return fmt.Errorf("%w: %w", ErrBadResult, err)
	}
	if t.setup.Class != "" && e.Class != t.setup.Class {
		return fmt.Errorf("%w: it was computed by a device of another class", ErrBadResult)
	}
	r := e.Result
	r.Outputs, r.Without = slices.Clone(r.Outputs), t.s.Ballot.Without
	t.s.Own = &own{Digest: t.keep(r, r.Digest()), Class: e.Class, Salt: e.Salt}
	t.fx.Changed = true
	return nil
}

func (t *Task) takeCommit(i int, m Commit) error {
	w := &t.s.Workers[i]
	switch {
	case m.Account != t.candidates[i].Account:
		return ErrWrongAccount
	case t.setup.Class != "" && m.Class != t.setup.Class:
		return ErrWrongClass
	case w.Commit.IsZero():
		w.Commit, w.Signed, w.After = m.Commitment, m.Signature, t.public()
	case w.Commit == m.Commitment && w.Heard, w.Faults.has(Equivocated):
		return ErrDuplicate
	case w.Commit == m.Commitment:
	default: // a sealed one counts, as this one may have been made after a reveal
		t.fault(i, Equivocated, nil)
		return nil
	}
	t.hear(w)
	t.fx.Changed = true
	return nil
}

// public is the result that an attestation has shown to all, be its author sealed here or not, or zero if none has, or if there are two and who copies must choose.
func (t *Task) public() (digest Hash) {
	for i := range t.s.Workers {
		switch a := t.s.Workers[i].Attest; {
		case a == nil || a.Check == mismatch:
		case digest.IsZero():
			digest = a.Digest
		case digest != a.Digest:
			return Hash{}
		}
	}
	return digest
}

// hear notes that a worker's commitment came from itself, and whether it did so in time.
func (t *Task) hear(w *worker) {
	w.Heard = true
	w.Late = t.setup.Due != 0 && t.now >= t.setup.Due && !w.InTime
}

// ready lists the ranks whose commitments can go into the next seal, in rank order, as far as the policy has room. A worker
// that sent two may have made one of them after a reveal.
func (t *Task) ready() []int {
	var ranks []int
	room := int(t.setup.Policy.MaxReplicas) - t.sealedCount()
	for i, w := range t.s.Workers {
		if w.Drawn && !w.Commit.IsZero() && w.Sealed == 0 && !w.Faults.has(Equivocated) && len(ranks) < room {
			ranks = append(ranks, i)
		}
	}
	return ranks
}

// enough reports whether the next seal may hold these ranks alone. The first round must be able to end in a result.
func (t *Task) enough(ranks []int) bool {
	if t.s.Rounds == 0 {
		return t.weigh(ranks) >= t.need()
	}
	return len(ranks) > 0
}

// turn is this node's place among the sealers: one who lapsed or abstained is passed over at once. The first round is sealed in rank order; further
// ones by those who have committed for them, before others, so that nobody can seal a worker, an auditor for one, and not tell it.
func (t *Task) turn() Millis {
	first := func(i int) bool {
		w := &t.s.Workers[i]
		return t.s.Rounds > 0 && w.Drawn && !w.Commit.IsZero() && w.Sealed == 0
	} // who was not drawn may commit, too
	n := Millis(0)
	for i, w := range t.s.Workers {
		before := i < t.self
		if first(i) != first(t.self) {
			before = first(i)
		}
		if before && i != t.self && (w.Out == in || !w.Commit.IsZero()) {
			n++
		}
	}
	return n
}

// sealAt is when this node may seal next, or zero. If nobody is computing any more it is the start of its turn, otherwise
// the end, so that the slow have one timeout more. Turns are counted from when this node saw enough commitments.
func (t *Task) sealAt() Time {
	if t.self < 0 || !t.s.Gathering || t.s.EnoughAt == 0 || !t.enough(t.ready()) || !t.seals() {
		return 0
	}
	turn := t.turn()
	if t.pending() > 0 {
		turn++
	}
	return t.s.EnoughAt.Add(turn * t.setup.Params.SealTimeout)
}

// seal notes when there is enough to seal, and seals when it is this node's turn.
func (t *Task) seal() bool {
	if t.self < 0 || !t.s.Gathering || t.s.Phase == Waiting || !t.s.Phase.open() {
		return false
	}
	ready := t.ready()
	if !t.enough(ready) {
		return false
	}
	noted := false
	if t.s.EnoughAt == 0 {
		t.s.EnoughAt = t.now
		noted = true
	}
	if t.now < t.sealAt() || !t.seals() {
		return noted
	}
	m := Seal{TaskRef: t.setup.Ref, Round: t.s.Rounds, View: uint32(t.self)}
	for _, i := range ready {
		m.Entries = append(m.Entries, Sealed{
			Peer: t.candidates[i].Peer, Commitment: t.s.Workers[i].Commit, Account: t.candidates[i].Account, Signature: t.s.Workers[i].Signed,
		})
	}
	slices.SortFunc(m.Entries, func(a, b Sealed) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
	t.accept(m, m.Entries)
	t.send(m, t.everyone())
	return true
}

// takeSeal accepts a seal, or keeps what must wait of it: for the rounds before, or for the draw of those that it names.
//
// A seal is taken from the v-th in rank for its view v at any time, however early that seems here: nodes see commitments at
// different times, and to refuse what others accepted would split them. It is safe, since a seal does nothing but fix
// commitments, which their workers have signed, of those whom this node has drawn, too: who may compute is not the sealer's to say. The worst that a
// hasty sealer does is what the first in rank may do anyway: leave a slow replica out of the
// round. For the same reason seals of one round by different sealers add up, in whatever order they come.
func (t *Task) takeSeal(i int, m Seal) error {
	switch {
	case int(m.View) != i:
		return ErrNotSealer
	case t.alone() && (len(m.Entries) != 1 || m.Entries[0].Peer != t.candidates[i].Peer):
		return ErrNotSealer
	}
	digest := entriesDigest(m.Entries)
	for _, s := range t.s.Seals {
		if s.Round == m.Round && s.View == m.View {
			return t.repeated(i, s.Digest == digest)
		}
	}
	ahead := 0
	for _, e := range t.s.Early {
		if e.View == m.View {
			if e.Round == m.Round {
				return t.repeated(i, entriesDigest(t.sealOf(e).Entries) == digest)
			}
			ahead++
		}
	}
	for _, e := range m.Entries {
		j, ok := t.index[e.Peer]
		if !ok {
			return ErrNotCandidate
		}
		if e.Account != t.candidates[j].Account {
			return ErrWrongAccount
		}
		if j == t.self && (t.s.Own == nil || t.s.Workers[j].Commit != e.Commitment) {
			return ErrForgedSeal
		}
	}
	if m.Round == 0 && !t.suffices(m.Entries) {
		return ErrSealTooSmall
	}
	now, later := t.split(m)
	if t.settled() && t.s.Phase.open() && slices.ContainsFunc(m.Entries, func(e Sealed) bool { return t.s.Workers[t.index[e.Peer]].Sealed == 0 }) {
		now, later = nil, m.Entries // others may have good reason for it; see stuck
	}
	if len(now) > 0 {
		part := m
		part.Entries = now
		if err := t.admit(part); err != nil {
			return err
		}
	}
	if len(later) > 0 {
		switch {
		case !t.s.Phase.open() && m.Round <= t.s.Rounds:
			return ErrStale
		case ahead == 2: // the seals before may come after it; it may come again
			return ErrFarAhead
		}
		t.postpone(m, later)
	}
	if len(now) > 0 {
		t.accept(m, now)
	}
	return nil
}

// suffices reports whether so many can end the first round in a result: also who was caught since was sealed for what it was believed for.
func (t *Task) suffices(es []Sealed) bool {
	weight := 0
	for _, e := range es {
		if t.priced() {
			weight += int(t.candidates[t.index[e.Peer]].Credit)
		} else {
			weight++
		}
	}
	return weight >= t.need()
}

// split tells what of a seal can be taken now from what must wait: for the rounds before, or for the draw of those that it names. Nodes may be told of
// different numbers of replicas to draw, so the others are not held up. Who is no candidate draws nobody, and follows those who do.
func (t *Task) split(m Seal) (now, later []Sealed) {
	if t.s.Phase == Waiting || m.Round > t.s.Rounds {
		return nil, m.Entries
	}
	for _, e := range m.Entries {
		if t.self < 0 || t.s.Workers[t.index[e.Peer]].Drawn {
			now = append(now, e)
		} else {
			later = append(later, e)
		}
	}
	if m.Round == 0 && !t.suffices(now) && len(later) > 0 {
		return nil, m.Entries
	}
	return now, later
}

// admit checks a seal of the next round, or of an earlier one, against what is sealed already.
func (t *Task) admit(m Seal) error {
	if t.settled() {
		return ErrStale
	}
	sealed, adds, fresh := t.sealedCount(), false, false
	for _, e := range m.Entries {
		w := &t.s.Workers[t.index[e.Peer]]
		if w.Sealed == 0 {
			sealed++
			adds = true
		}
		fresh = fresh || w.Views&(1<<m.View) == 0
	}
	switch {
	case sealed > int(t.setup.Policy.MaxReplicas):
		return ErrSealTooLarge
	case m.Round < t.s.Rounds && !adds:
		return ErrStale
	case m.Round == t.s.Rounds && !fresh: // or a sealer could use up all rounds with one commitment
		return ErrStale
	}
	return nil
}

// settled reports whether a quorum came out of the seals so far. From then on others attest and results are public, so that
// a commitment in a later seal may be a copy: it adds nobody. If no seal was heard yet, the first is still taken.
func (t *Task) settled() bool {
	return (t.s.Phase >= Attesting || t.s.AgreedAt != 0) && t.s.Rounds > 0 && !t.s.Gathering
}

func (t *Task) repeated(i int, same bool) error {
	if same || t.s.Workers[i].Faults.has(Equivocated) {
		return ErrDuplicate
	}
	t.fault(i, Equivocated, nil)
	return nil
}

func (t *Task) postpone(m Seal, later []Sealed) {
	e := early{Round: m.Round, View: m.View}
	for _, x := range later {
		e.Entries = append(e.Entries, entry{x.Peer, x.Commitment, x.Signature})
		if w := &t.s.Workers[t.index[x.Peer]]; w.Commit.IsZero() {
			w.Commit, w.Signed, w.After = x.Commitment, x.Signature, t.public()
		}
	}
	t.s.Early = append(t.s.Early, e)
	t.fx.Changed = true
}

// bound reports whether a candidate is sealed by others, though this node has not drawn it. It is bound to its commitment, so it can be shown a result.
func (t *Task) bound(i int) bool {
	return slices.ContainsFunc(t.s.Early, func(e early) bool {
		return e.Round <= t.s.Rounds && slices.ContainsFunc(e.Entries, func(x entry) bool {
			return t.index[x.Peer] == i && x.Commitment == t.s.Workers[i].Commit
		})
	})
}

func (t *Task) sealOf(e early) Seal {
	m := Seal{TaskRef: t.setup.Ref, Round: e.Round, View: e.View}
	for _, x := range e.Entries {
		m.Entries = append(m.Entries, Sealed{x.Peer, x.Commitment, t.candidates[t.index[x.Peer]].Account, x.Signed})
	}
	return m
}

// acceptEarly takes one seal that came before its round, or before all that it names were drawn here.
func (t *Task) acceptEarly() bool {
	if t.s.Phase == Waiting || t.settled() {
		return false
	}
	for n, e := range t.s.Early {
		m := t.sealOf(e)
		now, later := t.split(m)
		if len(now) == 0 {
			continue
		}
		if t.s.Early = slices.Delete(t.s.Early, n, n+1); len(later) > 0 {
			t.postpone(m, later)
		}
		if len(t.s.Early) == 0 {
			t.s.Early = nil // as it is after Restore
		}
		part := m
		part.Entries = now
		if t.admit(part) == nil {
			t.accept(m, now)
		}
		return true
	}
	return false
}

// alone reports whether one replica is all that the policy allows. It seals itself: if another named a wrong commitment of it, nobody would
// be left to count.
func (t *Task) alone() bool { return t.priced() && t.setup.Policy.MaxReplicas == 1 }

// seals reports whether this node may seal at all.
func (t *Task) seals() bool { return !t.alone() || t.s.Own != nil }

// accept makes these entries of a seal members. Where another commitment of the worker was known, it has signed two, of which one may have been made after a
// reveal: neither counts.
func (t *Task) accept(m Seal, entries []Sealed) {
	if !slices.ContainsFunc(t.s.Seals, func(s seen) bool { return s.Round == m.Round && s.View == m.View }) { // else it is the rest of that
		t.s.Seals = append(t.s.Seals, seen{Round: m.Round, View: m.View, Digest: entriesDigest(m.Entries)})
	}
	t.fx.Changed = true
	added := false
	for _, e := range entries {
		w := &t.s.Workers[t.index[e.Peer]]
		w.Views |= 1 << m.View
		if w.Sealed > 0 {
			continue
		}
		if w.Commit.IsZero() {
			w.Commit, w.Signed, w.After = e.Commitment, e.Signature, t.public()
		}
		if w.Doubt = w.Commit != e.Commitment; w.Doubt {
			t.fault(t.index[e.Peer], Equivocated, nil)
		}
		w.Drawn = true
		w.Sealed = m.Round + 1
		w.InTime = t.now < t.setup.Due
		added = true
	}
	next := m.Round == t.s.Rounds
	if next {
		t.s.Rounds++
	}
	// Also by what another sealer adds to a further round, or it is taken for the end of who may be drawn; but not while somebody, an auditor for one, is waited for.
	if next || m.Round > 0 && t.sealedCount() >= int(t.s.Target) && t.pending() == 0 && len(t.ready()) == 0 {
		t.s.Gathering, t.s.Replacing = false, false
		t.s.EnoughAt = 0
		t.move(Revealing)
	}
	if added {
		t.s.RevealBy = t.now.Add(t.setup.Params.RevealTimeout)
		if t.priced() && !t.isMember() { // it is shown nothing but what members attest or dissent from then on
			t.s.RevealBy = t.s.RevealBy.Add(t.setup.Params.AttestGrace)
		}
		if t.priced() {
			t.s.AuditBy = t.now.Add(t.setup.Params.RevealTimeout / 2)
			if !t.isMember() { // members say first that shares are missing
				t.s.AuditBy = t.s.AuditBy.Add(t.setup.Params.RevealTimeout / 4)
			}
		}
	}
}

func entriesDigest(es []Sealed) Hash {
	h := sha256.New()
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(es)))
	h.Write(n[:])
	for _, e := range es {
		h.Write(e.Peer[:])
		h.Write(e.Commitment[:])
	}
	return Hash(h.Sum(nil))
}
