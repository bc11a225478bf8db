package sim

import (
	"bytes"
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// What liars bring to the ledger, which must refuse it.

// claimNow makes a claim that no machine asked for.
func (n *node) claimNow(c market.Claim) {
	if n.gone {
		return
	}
	if _, err := n.w.settle(n, c); err != nil {
		n.w.tally.refused++
	}
}

// forge claims a wrong result of every unit of a job, with a certificate on which all candidates stand and every signature is its own.
func (n *node) forge(j *jobRun) {
	for i, candidates := range j.drawn {
		n.acted++
		n.claimNow(n.w.claimOf(j, uint32(i), n.w.forged(j, uint32(i)), candidates, func(poc.Worker) *node { return n }))
	}
}

// forged is a wrong result of a unit.
func (w *world) forged(j *jobRun, unit uint32) poc.Result {
	return resultOf(market.Run{Ref: poc.TaskRef{Job: j.id, Task: unit}, Outputs: j.spec.Tasks[0].Outputs}, "forged")
}

// claimOf is a claim of a result that the given seats attest, which all of them name.
func (w *world) claimOf(j *jobRun, unit uint32, result poc.Result, seats []poc.Worker, signer func(poc.Worker) *node) market.Claim {
	cert := poc.Certificate{Version: poc.CertificateVersion, Job: j.id, Task: unit, Award: poc.BlockLink(j.owner.award[j.id]), Result: result}
	var agreed uint64
	for _, x := range seats {
		agreed |= 1 << x.Seat
	}
	for _, x := range seats {
		a := poc.Attestation{Peer: x.Peer, Account: x.Account, Agreed: agreed}
		sig, err := w.view(signer(x)).Sign(cert.Statement(a))
		if err != nil {
			w.violate("node %d cannot sign: %v", signer(x).index, err)
		}
		a.Signature = sig
		cert.Attestations = append(cert.Attestations, a)
	}
	slices.SortFunc(cert.Attestations, func(a, b poc.Attestation) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
	return market.Claim{Job: j.id, Seating: j.seating, Certificates: []poc.Certificate{cert}}
}

// repeat makes a claim three times, with each certificate twice.
func (n *node) repeat(c market.Claim) {
	n.acted++
	c.Certificates = append(slices.Clone(c.Certificates), c.Certificates...)
	for i := range poc.Millis(3) {
		n.w.after(i*n.w.block(), func() { n.claimNow(c) })
	}
}

// repeatShown repeats the claim of a certificate that it is shown for the first time.
func (n *node) repeatShown(c poc.Certificate) {
	if _, again := n.memory[c.Ref()]; again || len(n.w.jobs[c.Job].drawn) == 0 {
		return
	}
	n.memory[c.Ref()] = c.Result
	n.repeat(market.Claim{Job: c.Job, Seating: n.w.jobs[c.Job].seating, Certificates: []poc.Certificate{c}})
}

// addSelf is a claim in which all signers name this node's seat, too.
func (n *node) addSelf(c market.Claim) market.Claim {
	self := slices.IndexFunc(c.Seating.Seats, func(s market.Seat) bool { return s.Account == n.account })
	n.acted++
	out := c
	out.Certificates = nil
	for _, cert := range c.Certificates {
		cert.Attestations = slices.Clone(cert.Attestations)
		for i := range cert.Attestations {
			cert.Attestations[i].Agreed |= 1 << max(self, 0)
		}
		out.Certificates = append(out.Certificates, cert)
	}
	return out
}
