package poc

import (
	"bytes"
	"fmt"
	"math/bits"
	"slices"
)

// attest signs a result for settlement, this node's or one that it vouches for, and tells everyone who follows the task.
func (t *Task) attest(digest Hash) bool {
	agreed := t.agreed(digest)
	return t.attestNaming(digest, agreed, t.late()&agreed)
}

func (t *Task) attestNaming(digest Hash, agreed, late uint64) bool {
	me := &t.s.Workers[t.self]
	if me.Attest = t.sign(Attested, digest, agreed, late); me.Attest == nil {
		return false
	}
	t.send(Attest{TaskRef: t.setup.Ref, Opening: t.full(t.self, me.Attest), Agreed: agreed, Late: late}, t.everyone())
	t.move(Attesting)
	return true
}

// agreed is what this node's attestation says: the seats of those that showed the result, and its own.
func (t *Task) agreed(digest Hash) uint64 {
	return t.candidates[t.self].bit() | t.showed(digest)
}

// showed are the seats of those that opened a sealed commitment to the result, by a reveal or by their own attestation. Who was sealed in a
// further round and committed when the result was public may have copied it, and is left out if the others are enough.
func (t *Task) showed(digest Hash) uint64 {
	var first, later uint64
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		switch {
		case !t.shownBy(i, digest):
		case w.Sealed > 1 && w.After == digest && !t.proven():
			later |= t.candidates[i].bit()
		default:
			first |= t.candidates[i].bit()
		}
	}
	if t.stuck() {
		return first | later
	}
	if t.priced() && carried(first, t.setup.Policy, t.candidates) || !t.priced() && bits.OnesCount64(first) >= int(t.setup.Policy.Quorum) {
		return first
	}
	return first | later
}

// shownBy reports whether the i-th in rank showed this result.
func (t *Task) shownBy(i int, digest Hash) bool {
	w := &t.s.Workers[i]
	switch {
	case t.proven():
		return t.right(i)
	case t.near():
		return t.shows(i) && w.Sample == nearby
	}
	for _, o := range []*opening{w.Reveal, w.Deposit, w.Attest} {
		if o != nil && o.Check == opens && o.Digest == digest {
			return true
		}
	}
	return false
}

// late is the bitmap of the seats whose commitments this node had from themselves after the due time, its own by its own clock. Of
// one that it knows from a seal only it cannot say so.
func (t *Task) late() (seats uint64) {
	for i, w := range t.s.Workers {
		if w.Late {
			seats |= t.candidates[i].bit()
		}
	}
	return seats
}

// unseen lists the members whose results may still come. An attestation waits for them for a while, so that it names all who
// did the work, and those of honest members name the same.
func (t *Task) unseen() []PeerID {
	return t.peersWhere(func(_ int, w *worker) bool {
		return w.Sealed > 0 && w.shown() == nil && !w.Doubt && !w.Faults.has(Withheld)
	})
}

// attestBy is when this node attests at the latest, or zero while it sees no quorum that agrees with it. Once others have
// certified its result it takes half of their grace, so that its attestation is there before they close the certificate.
func (t *Task) attestBy() (by Time) {
	if t.self < 0 || t.s.Own == nil && !t.setup.Policy.vouches() || t.s.Workers[t.self].Attest != nil {
		return 0
	}
	if t.s.AgreedAt != 0 {
		by = t.s.AgreedAt.Add(t.setup.Params.AttestGrace)
	}
	switch {
	case t.s.Certified.IsZero() || by == 0 && t.s.Own == nil && !t.proven():
		return by
	case t.s.Own == nil && t.priced():
		return Earliest(by, t.s.CloseBy.Add(-t.setup.Params.AttestGrace/2))
	case t.endorses(t.s.Certified):
		return Earliest(by, t.s.CloseBy.Add(-t.setup.Params.AttestGrace/2))
	}
	return 0 // another result is certified
}

// mayAttest reports whether nothing is worth waiting for any more.
func (t *Task) mayAttest() bool {
	by := t.attestBy()
	return by != 0 && (t.now >= by || t.s.Rounds > 0 && len(t.unseen()) == 0 && !t.comparing())
}

// How far an attestation is trusted: it opens a sealed commitment, or may yet, or is signed.
var (
	opened = []verdict{opens, added}
	likely = []verdict{opens, added, unchecked, doubtful}
	signed = []verdict{opens, added, unchecked, doubtful, mismatch}
)

// attested lists the ranks whose attestations to a digest have one of the given checks.
func (t *Task) attested(digest Hash, checks []verdict) []int {
	var ranks []int
	for i, w := range t.s.Workers {
		if w.Attest != nil && w.Attest.Digest == digest && slices.Contains(checks, w.Attest.Check) {
			ranks = append(ranks, i)
		}
	}
	return ranks
}

// proves reports whether the attestations of these ranks make a certificate.
func (t *Task) proves(ranks []int) bool {
	agreed := make([]uint64, len(ranks))
	for n, i := range ranks {
		agreed[n] = t.s.Workers[i].Attest.Agreed
	}
	return proves(agreed, t.setup.Policy, t.candidates)
}

// certify accepts a result that a quorum of distinct candidates attests, which any node can see. An attestation whose
// seal has not come, or is in doubt, counts too: a sealer that cheats some nodes must not keep the result from them. To certify a
// wrong result takes a quorum of liars either way.
func (t *Task) certify() bool {
	if !t.s.Phase.open() {
		return false
	}
	for _, w := range t.s.Workers {
		if w.Attest == nil {
			continue
		}
		if t.proves(t.attested(w.Attest.Digest, likely)) {
			t.certified(w.Attest.Digest)
			return true
		}
	}
	return false
}

// takeProven takes over the attestations of a certificate, each like one that its signer sent, but for what it opens. Where they
// differ from what a signer told this node, the certificate counts until a result is certified here: it proves itself.
func (t *Task) takeProven(c Certificate, digest Hash) error {
	if c.Award != t.setup.Award {
		return fmt.Errorf("%w: it is under another award", ErrBadProof)
	}
	if err := c.checkSigners(t.candidates, t.setup.Policy); err != nil {
		return fmt.Errorf("%w: %w", ErrBadProof, err)
	}
	if t.s.Phase == Done {
		return t.lateProven(c, digest)
	}
	for _, a := range c.Attestations {
		i := t.index[a.Peer]
		w := &t.s.Workers[i]
		o := opening{Digest: digest, Signature: a.Signature, Agreed: a.Agreed, Late: a.Late, Check: doubtful, Relayed: true}
		switch have := w.Attest; {
		case have != nil && have.names(&o):
			continue
		case have != nil && o.names(have):
			o.Salt, o.Class, o.Check, o.Relayed = have.Salt, have.Class, have.Check, have.Relayed
		case have != nil:
			t.equivocated(i, t.twice(i, Attested, have, &o))
			if t.s.Phase == Certified {
				continue
			}
		}
		t.keep(c.Result, digest)
		w.Attest = &o
		t.fx.Changed = true
	}
	t.revive(digest)
	if !t.fx.Changed {
		return ErrDuplicate
	}
	return nil
}

// reconsider takes an attestation to a task that failed here.
func (t *Task) reconsider(i int, m Attest, digest Hash) error {
	if err := t.takeAttest(i, m, digest); err != nil {
		return err
	}
	if t.proves(t.attested(digest, likely)) {
		t.revive(digest)
	}
	return nil
}

// revive certifies a result of a task that failed here: a failure is one node's view, and what a quorum attests is a fact.
func (t *Task) revive(digest Hash) {
	if t.s.Phase == Failed {
		t.s.Failure = nil
		t.certified(digest)
	}
}

// certified notes the result that a quorum attests; the certificate stays open for a while.
func (t *Task) certified(digest Hash) {
	t.s.Certified = digest
	t.s.CloseBy = t.now.Add(t.setup.Params.AttestGrace)
	t.move(Certified)
	for i := range t.s.Workers {
		if t.priced() && t.contradicted(&t.s.Workers[i]) { // at once: who lied on its record here may have lied elsewhere
			t.fault(i, Contradicted, t.evidence(i))
		}
	}
}

// closeCertificate ends the task once every member has had its say, or at the end of the grace.
func (t *Task) closeCertificate() bool {
	if t.s.Phase != Certified || !t.complete() && t.now < t.s.CloseBy && t.now < t.setup.Deadline {
		return false
	}
	t.move(Done)
	for i, w := range t.s.Workers {
		if t.unsigned() && t.differs(i) && !(t.near() && t.named(i)) {
			t.fault(i, Differed, nil)
		}
		if o := w.told(); o != nil && o.Digest != t.s.Certified && !t.unsigned() {
			t.fault(i, Contradicted, t.evidence(i).signed()) // of one that others passed on there is no signature
		}
	}
	return true
}

// complete reports whether no further attestation to the certified result can come.
func (t *Task) complete() bool {
	if t.s.Rounds == 0 {
		return false // without the seal nobody knows who may still attest
	}
	for i, w := range t.s.Workers {
		if w.Sealed > 0 && !w.Doubt && w.Attest == nil && !t.differs(i) && !w.Faults.has(Withheld) && !w.Faults.has(Mismatched) {
			return false
		}
	}
	if t.unnamed() != 0 {
		return false
	}
	if t.setup.Policy.vouches() {
		// Signatures of who is slashed before the claim do not count, so the certificate takes as many as come within the grace.
		for _, w := range t.s.Workers {
			if w.Attest == nil && w.Out == in {
				return false
			}
		}
		return true
	}
	trust := opened
	if t.near() {
		trust = likely // attestations open nothing
	}
	return t.proves(t.attested(t.s.Certified, trust))
}

// Certificate is the closed certificate once the task is Done, or nil. It holds the attestations that open a sealed
// commitment. A node that has no quorum of those, because it did not see the seal or not a true one in time, or learned of the
// result by a Proven, takes all that it certified the result by, and so does one that has no quorum of those that count on chain. Signatures are
// added as long as somebody makes them; see Fallen.
func (t *Task) Certificate() *Certificate {
	if t.s.Phase != Done {
		return nil
	}
	r, _ := t.Result()
	c := &Certificate{
		Version: CertificateVersion, Job: t.setup.Ref.Job, Task: t.setup.Ref.Task, Award: t.setup.Award, Result: r,
	}
	var ranks []int
	trusts := [][]verdict{opened, likely, signed}
	if t.setup.Policy.vouches() || t.near() {
		trusts = trusts[1:] // who vouches, or attests another result that is near, opens nothing
	}
	for _, checks := range trusts {
		if ranks = t.attested(t.s.Certified, checks); t.proves(t.standing(ranks)) {
			break
		}
	}
	for _, i := range ranks {
		w, a := t.candidates[i], t.s.Workers[i].Attest
		c.Attestations = append(c.Attestations, Attestation{
			Peer: w.Peer, Account: w.Account, Agreed: a.Agreed, Late: a.Late, Signature: slices.Clone(a.Signature),
		})
	}
	slices.SortFunc(c.Attestations, func(a, b Attestation) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
	return c
}
