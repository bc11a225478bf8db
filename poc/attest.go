package poc

import (
	"bytes"
	"slices"
)

// attest signs this node's result for settlement, and tells everyone who follows the task.
func (t *Task) attest() bool {
	me := &t.s.Workers[t.self]
	if me.Attest = t.sign(Attested); me.Attest == nil {
		return false
	}
	t.send(Attest{TaskRef: t.setup.Ref, Opening: t.full(t.self, me.Attest)}, t.everyone())
	t.move(Attesting)
	return true
}

// attested counts the attestations to a digest: those that open a sealed commitment, and all that may yet.
func (t *Task) attested(digest Hash) (opened, all int) {
	for _, w := range t.s.Workers {
		if w.Attest == nil || w.Attest.Digest != digest || w.Attest.Check == mismatch {
			continue
		}
		all++
		if w.Attest.Check == opens {
			opened++
		}
	}
	return opened, all
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
		if _, all := t.attested(w.Attest.Digest); all >= int(t.setup.Policy.Quorum) {
			t.s.Certified = w.Attest.Digest
			t.s.CloseBy = t.now.Add(t.setup.Params.AttestGrace)
			t.move(Certified)
			return true
		}
	}
	return false
}

// closeCertificate ends the task once every member has had its say, or at the end of the grace.
func (t *Task) closeCertificate() bool {
	if t.s.Phase != Certified || !t.complete() && t.now < t.s.CloseBy && t.now < t.setup.Deadline {
		return false
	}
	t.move(Done)
	for i, w := range t.s.Workers {
		if w.Reveal != nil && w.Reveal.Digest != t.s.Certified {
			t.fault(i, Contradicted, t.evidence(i))
		}
	}
	return true
}

// complete reports whether no further attestation to the certified result can come.
func (t *Task) complete() bool {
	if t.s.Rounds == 0 {
		return false // without the seal nobody knows who may still attest
	}
	for _, w := range t.s.Workers {
		differs := w.Reveal != nil && w.Reveal.Check == opens && w.Reveal.Digest != t.s.Certified
		if w.Sealed > 0 && !w.Doubt && w.Attest == nil && !differs && !w.Faults.has(Withheld) && !w.Faults.has(Mismatched) {
			return false
		}
	}
	opened, _ := t.attested(t.s.Certified)
	return opened >= int(t.setup.Policy.Quorum)
}

// Certificate is the closed certificate once the task is Done, or nil. It holds the attestations that open a sealed
// commitment. A node that has no quorum of those, because it did not see the seal or not a true one in time, takes all that
// it certified the result by.
func (t *Task) Certificate() *Certificate {
	if t.s.Phase != Done {
		return nil
	}
	r, _ := t.Result()
	c := &Certificate{
		Version: CertificateVersion, Job: t.setup.Ref.Job, Task: t.setup.Ref.Task, Award: t.setup.Award, Result: r,
	}
	opened, _ := t.attested(t.s.Certified)
	proven := opened >= int(t.setup.Policy.Quorum)
	for i, w := range t.s.Workers {
		if w.Attest == nil || w.Attest.Digest != t.s.Certified || proven && w.Attest.Check != opens {
			continue
		}
		c.Attestations = append(c.Attestations, Attestation{
			Peer: t.candidates[i].Peer, Account: t.candidates[i].Account, Signature: slices.Clone(w.Attest.Signature),
		})
	}
	slices.SortFunc(c.Attestations, func(a, b Attestation) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
	return c
}
