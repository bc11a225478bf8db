package poc

// A certificate counts for what its signers have at stake when it is claimed. If too many of them have lost that by then, the chain takes it no more. Then
// the other candidates confirm its result: who has computed the same at once, and of the others, in rank order, as many as are lacking compute
// it. So nobody signs a result on the word of those who were convicted. They are not paid for it, as they might have copied what was public. Whose
// seats are paid they take from the certificate, and so do those who have signed it and saw others: a quorum has seen them show it in time.

// Fallen says whose signatures under the closed certificate count no more on chain: of those seats. Turn is how often some were lacking, this time
// included: each time as many further candidates compute.
type Fallen struct {
	Seats uint64
	Turn  uint32
}

func (Fallen) isEvent() {}

// Lacking is how many signatures a closed certificate lacks to be taken by the chain, as far as is known; see Fallen.
func (t *Task) Lacking() int {
	if t.s.Phase != Done || t.fallen == 0 {
		return 0
	}
	ranks := t.standing(t.attested(t.s.Certified, signed))
	agreed := make([]uint64, len(ranks))
	for n, i := range ranks {
		agreed[n] = t.s.Workers[i].Attest.Agreed
	}
	quorum := int(t.setup.Policy.Quorum)
	switch {
	case len(ranks) < quorum:
		return quorum - len(ranks)
	case named(agreed, quorum) == 0: // nobody could be paid
		return 1
	}
	return 0
}

// Backs reports whether this node knows by its own work that the certified result is right: it computed the same, or checked it.
func (t *Task) Backs() bool {
	if t.self < 0 || t.s.Certified.IsZero() {
		return false
	}
	return t.s.Own != nil && t.s.Own.Digest == t.s.Certified || t.proven() && t.rightly(t.s.Certified) >= 0
}

// Contradicted reports whether another result was certified than the one that this node has signed as its own.
func (t *Task) Contradicted() bool {
	if t.self < 0 || t.s.Certified.IsZero() {
		return false
	}
	own := t.s.Workers[t.self].Reveal
	return own != nil && len(own.Signature) > 0 && t.contradicted(&t.s.Workers[t.self])
}

// standing are those of the ranks whose signatures count on chain.
func (t *Task) standing(ranks []int) (left []int) {
	for _, i := range ranks {
		if t.fallen&t.candidates[i].bit() == 0 {
			left = append(left, i)
		}
	}
	return left
}

// takeFallen confirms the certified result, if signatures are lacking and this node has computed the same, or computes it, if that is its turn.
func (t *Task) takeFallen(e Fallen) error {
	t.fallen = e.Seats
	lacking := t.Lacking()
	if lacking == 0 || t.self < 0 || t.fallen&t.candidates[t.self].bit() != 0 {
		return nil
	}
	if t.s.Own != nil || t.s.Workers[t.self].Attest != nil {
		t.confirm()
		return nil
	}
	place := 0
	for i, w := range t.s.Workers[:t.self] {
		if w.Attest == nil && t.fallen&t.candidates[i].bit() == 0 {
			place++
		}
	}
	if t.near() || t.proven() && t.unsigned() || t.setup.Choice.on() && !t.s.Ballot.Decided || place/lacking >= int(e.Turn) {
		return nil // its result would not be the same to the bit, or it does not know of which inputs, or others are asked first
	}
	t.asked, t.fx.Execute = true, true
	return nil
}

// recomputed takes the result that this node was asked to confirm.
func (t *Task) recomputed(e Finished) error {
	if !t.asked || t.s.Own != nil {
		return ErrOver
	}
	t.asked = false
	if err := t.keepOwn(e); err != nil {
		return err
	}
	t.confirm()
	return nil
}

// confirm signs the certified result, if this node has computed the same or has signed it before, and then only if it names more seats now.
func (t *Task) confirm() {
	c, quorum := t.Certificate(), t.setup.Policy.Quorum
	agreed, late := t.agreed(t.s.Certified)|c.named(quorum), t.late()|c.Late(quorum)
	switch before := t.s.Workers[t.self].Attest; {
	case before == nil && t.s.Own.Digest != t.s.Certified, before != nil && before.Digest != t.s.Certified:
		return
	case before != nil:
		if agreed |= before.Agreed; agreed == before.Agreed {
			return
		}
		late = before.Late | late&^before.Agreed
	}
	if t.attestNaming(t.s.Certified, agreed, late&agreed) {
		t.s.Workers[t.self].Attest.Check = added
		t.fx.Changed = true
	}
}

// lateAttest takes an attestation after the task is over: to the certified result it is one more, or one that names more seats; to another
// it proves that its signer said two things.
func (t *Task) lateAttest(i int, account Account, o opening) error {
	w := &t.s.Workers[i]
	if account != t.candidates[i].Account || i == t.self {
		return ErrOver
	}
	if o.Digest == t.s.Certified && t.mayName(i, o.Agreed) && (w.Attest == nil || o.names(w.Attest) && !w.Attest.names(&o)) {
		o.Check = added
		w.Attest = &o
		t.fx.Changed = true
		return nil
	}
	proof := t.twice(i, Attested, w.Attest, &o)
	if proof == nil || w.Faults&doubled != 0 {
		return ErrOver
	}
	t.equivocated(i, proof)
	return nil
}
