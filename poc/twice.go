package poc

import (
	"fmt"
	"slices"
)

// Twice is two statements of one kind that an account signed for one task, of two results: it proves itself, whatever is certified. Who
// says one thing twice, or names more seats than before, has not said two. Anybody may send it.
type Twice struct {
	TaskRef
	Account Account
	Kind    StatementKind
	Said    [2]Said
}

// Said is one of two statements, with its signature.
type Said struct {
	Digest    Hash   `cbor:"digest"`
	Agreed    uint64 `cbor:"agreed"`         // of an attestation
	Late      uint64 `cbor:"late,omitempty"` // of an attestation
	Signature []byte `cbor:"signature"`
}

func (Twice) isMessage() {}

// Statement is what one of the two signatures is over.
func (m Twice) Statement(i int) Statement {
	s := m.Said[i]
	return Statement{Kind: m.Kind, Job: m.Job, Task: m.Task, Digest: s.Digest, Agreed: s.Agreed, Late: s.Late}
}

// check verifies all of it: what passes convicts the account.
func (m Twice) check(v Verifier) error {
	if err := checkText("account", string(m.Account), 1, MaxAccount); err != nil {
		return err
	}
	if m.Kind != Revealed && m.Kind != Attested || m.Said[0].Digest == m.Said[1].Digest {
		return fmt.Errorf("who says two things reveals or attests two results, and not one of kind %d", m.Kind)
	}
	for i, s := range m.Said {
		if m.Kind == Attested || s.Agreed != 0 || s.Late != 0 {
			if err := checkSeats(s.Agreed, s.Late); err != nil {
				return err
			}
		}
		if err := checkSignature(m.Account, m.Statement(i), s.Signature, v); err != nil {
			return err
		}
	}
	return nil
}

// twice is the proof that a candidate signed two results, or nil: what seals and passed-on answers say bears no signature.
func (t *Task) twice(i int, kind StatementKind, a, b *opening) *Twice {
	if a == nil || a.Digest == b.Digest || len(a.Signature) == 0 || len(b.Signature) == 0 {
		return nil
	}
	said := func(o *opening) Said {
		return Said{Digest: o.Digest, Agreed: o.Agreed, Late: o.Late, Signature: slices.Clone(o.Signature)}
	}
	return &Twice{TaskRef: t.setup.Ref, Account: t.candidates[i].Account, Kind: kind, Said: [2]Said{said(a), said(b)}}
}

// equivocated reports that a candidate contradicts itself: once without proof, and once with one.
func (t *Task) equivocated(i int, proof *Twice) {
	if proof == nil {
		t.fault(i, Equivocated, nil)
		return
	}
	w := &t.s.Workers[i]
	if i == t.self || w.Faults&doubled != 0 {
		return
	}
	w.Faults |= faultBits[Equivocated] | doubled
	t.fx.Changed = true
	t.fx.Faults = append(t.fx.Faults, Fault{Peer: t.candidates[i].Peer, Kind: Equivocated, Twice: proof})
}

// takeTwice takes the proof that another node found.
func (t *Task) takeTwice(m Twice) error {
	i := slices.IndexFunc(t.candidates, func(w Worker) bool { return w.Account == m.Account })
	switch {
	case i < 0:
		return ErrWrongAccount
	case i == t.self || t.s.Workers[i].Faults&doubled != 0:
		return ErrDuplicate
	}
	t.equivocated(i, &m)
	t.fx.Faults[len(t.fx.Faults)-1].Passed = true
	return nil
}

// lateProven does the same with each attestation of a certificate of these candidates.
func (t *Task) lateProven(c Certificate, digest Hash) error {
	err := ErrOver
	for _, a := range c.Attestations {
		if t.lateAttest(t.index[a.Peer], a.Account, opening{Digest: digest, Signature: a.Signature, Agreed: a.Agreed, Late: a.Late}) == nil {
			err = nil
		}
	}
	return err
}
