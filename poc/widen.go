package poc

// An attestation may be widened: the seats that a signer names only grow, so that it does not matter who attests before whom.

// names reports whether an attestation says all that another of the same signer says, and perhaps more: of the same result, it names as
// many seats, and calls the same of them late. Somebody who sees more than before may say so; to say anything else is equivocation.
func (o *opening) names(other *opening) bool {
	return o.Digest == other.Digest && other.Agreed&^o.Agreed == 0 && o.Late&other.Agreed == other.Late
}

// wider is what this node's attestation to the certified result would name by now, or zero where that is no more than it names. Who was given up as
// withholding and shows its result after all is named, too, though nobody waits for it: it may have had to wait for the job's other tasks for longer.
func (t *Task) wider() uint64 {
	if t.self < 0 || t.s.Phase != Certified && !t.stuck() {
		return 0
	}
	a := t.s.Workers[t.self].Attest
	if a == nil || a.Relayed || !t.stuck() && a.Digest != t.s.Certified {
		return 0
	}
	if seats := t.showed(a.Digest) | a.Agreed; seats != a.Agreed {
		return seats
	}
	return 0
}

// stuckBy is how long this node, which has attested, waits for attestations that differ in whom they name to be widened, or zero.
func (t *Task) stuckBy() Time {
	if t.self < 0 || t.s.Phase != Attesting || t.s.AgreedAt == 0 || t.near() || t.proven() {
		return 0
	}
	return t.s.AgreedAt.Add(2 * t.setup.Params.AttestGrace)
}

// stuck reports whether it is so: a quorum attests the result, and no seats that a quorum names carry it. One worker that shows its result to a part of the others has those
// attest who see enough, while others draw more. This node then draws with them, takes their seals and names whom they do, though that may be somebody who copied what was public.
func (t *Task) stuck() bool {
	by := t.stuckBy()
	if by == 0 || t.now < by {
		return false
	}
	ranks := t.attested(t.s.Workers[t.self].Attest.Digest, likely)
	return len(ranks) >= int(t.setup.Policy.Quorum) && !t.proves(ranks)
}

// unnamed are the seats of those that showed the certified result and that no quorum names yet.
func (t *Task) unnamed() uint64 {
	var agreed []uint64
	for _, i := range t.attested(t.s.Certified, signed) {
		agreed = append(agreed, t.s.Workers[i].Attest.Agreed)
	}
	return t.owed(t.s.Certified) &^ named(agreed, int(t.setup.Policy.Quorum))
}

// widenBy is when this node names whom it did not name yet, or zero: in half of the grace, so that it is heard before certificates close.
func (t *Task) widenBy() Time {
	switch {
	case t.wider() == 0:
		return 0
	case t.stuck():
		return t.now
	}
	return t.s.CloseBy.Add(-t.setup.Params.AttestGrace / 2)
}

// widen signs the certified result once more, with the seats of those that showed theirs after this node had attested.
func (t *Task) widen() bool {
	by := t.widenBy()
	if by == 0 || t.now < by && len(t.unseen()) > 0 {
		return false
	}
	a := *t.s.Workers[t.self].Attest
	seats := t.wider()
	a.Late |= t.late() & seats &^ a.Agreed
	a.Agreed = seats
	o := t.sign(Attested, a.Digest, a.Agreed, a.Late)
	if o == nil {
		return false
	}
	a.Signature = o.Signature
	t.s.Workers[t.self].Attest = &a
	t.send(Attest{TaskRef: t.setup.Ref, Opening: t.full(t.self, &a), Agreed: a.Agreed, Late: a.Late}, t.everyone())
	return true
}

// owed are the seats of those that showed the result before they were given up as withholding it.
func (t *Task) owed(digest Hash) uint64 {
	seats := t.showed(digest)
	for i, w := range t.s.Workers {
		if w.Faults.has(Withheld) {
			seats &^= t.candidates[i].bit()
		}
	}
	return seats
}
