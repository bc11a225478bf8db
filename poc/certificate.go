package poc

import (
	"bytes"
	"errors"
	"fmt"
	"math/bits"
)

// CertificateVersion is the version of the certificates that this program makes and accepts.
const CertificateVersion = 1

// Certificate is a quorum of attestations to one result of one task: a DAG-CBOR document. It alone releases escrow.
type Certificate struct {
	Version      uint16        `cbor:"version" json:"version"`
	Job          Hash          `cbor:"job" json:"job"`
	Task         uint32        `cbor:"task" json:"task"`
	Award        Link          `cbor:"award" json:"award"`
	Result       Result        `cbor:"result" json:"result"`
	Share        uint16        `cbor:"share,omitempty" json:"share,omitempty"` // see Statement
	Attestations []Attestation `cbor:"attestations" json:"attestations"`       // sorted by peer, distinct
}

// Attestation is one signature under a certificate, over Statement{Attested, Job, Task, digest of the result, Agreed, Late, Share}.
type Attestation struct {
	Peer      PeerID  `cbor:"peer" json:"peer"`
	Account   Account `cbor:"account" json:"account"`
	Agreed    uint64  `cbor:"agreed" json:"agreed"`                 // bitmap of seats, the signer's own among them
	Late      uint64  `cbor:"late,omitempty" json:"late,omitempty"` // those of them that were late
	Signature []byte  `cbor:"signature" json:"signature"`
}

// Ref returns the task that the certificate is about.
func (c *Certificate) Ref() TaskRef { return TaskRef{Job: c.Job, Task: c.Task} }

// Payees lists the seats that are paid, in ascending order: those that at least quorum of the attestations name, whether or
// not they signed themselves. One that only cheats name is not among them as long as fewer than quorum cheat. The chain
// pays no more than the policy's MaxReplicas of them.
func (c *Certificate) Payees(quorum uint32) []uint8 {
	named := c.named(quorum)
	seats := make([]uint8, 0, bits.OnesCount64(named))
	for ; named != 0; named &= named - 1 {
		seats = append(seats, uint8(bits.TrailingZeros64(named)))
	}
	return seats
}

// Late is the bitmap of the seats that are paid less for their lateness: those that at least quorum of the attestations say were
// late. So a quorum must cheat to fine anybody, as to have a wrong result paid.
func (c *Certificate) Late(quorum uint32) uint64 {
	late := make([]uint64, len(c.Attestations))
	for i, a := range c.Attestations {
		late[i] = a.Late
	}
	return named(late, int(quorum))
}

// Statement is what an attestation of the certificate is signed over.
func (c *Certificate) Statement(a Attestation) Statement {
	return Statement{Kind: Attested, Job: c.Job, Task: c.Task, Digest: c.Result.Digest(), Agreed: a.Agreed, Late: a.Late, Share: c.Share}
}

func (c *Certificate) named(quorum uint32) uint64 {
	agreed := make([]uint64, len(c.Attestations))
	for i, a := range c.Attestations {
		agreed[i] = a.Agreed
	}
	return named(agreed, int(quorum))
}

// named returns the seats that at least quorum of the bitmaps name.
func named(agreed []uint64, quorum int) (seats uint64) {
	for seat := range MaxSeats {
		n := 0
		for _, a := range agreed {
			n += int(a >> seat & 1)
		}
		if n >= quorum {
			seats |= 1 << seat
		}
	}
	return seats
}

// proves reports whether attestations with these bitmaps certify a result: a quorum of them, and somebody whom a quorum names.
// Where redundancy is priced those that a quorum names have the credit that the policy needs.
func proves(agreed []uint64, p Policy, candidates []Worker) bool {
	return len(agreed) >= int(p.Quorum) && carried(named(agreed, int(p.Quorum)), p, candidates)
}

// carried reports whether these seats are enough to have computed a result.
func carried(seats uint64, p Policy, candidates []Worker) bool {
	if !p.Priced() {
		return seats != 0
	}
	credit := Credit(0)
	for _, w := range candidates {
		if seats&w.bit() != 0 {
			credit += w.Credit
		}
	}
	return credit >= Need(p.MaxError)
}

// Encode returns the certificate's DAG-CBOR block.
func (c *Certificate) Encode() ([]byte, error) { return Encode(c) }

// CID returns the link of the certificate's block.
func (c *Certificate) CID() (Link, error) {
	b, err := c.Encode()
	if err != nil {
		return Link{}, err
	}
	return BlockLink(b), nil
}

// DecodeCertificate decodes a certificate's block and checks its form. Only Verify says whether it is worth anything.
func DecodeCertificate(b []byte) (*Certificate, error) {
	var c Certificate
	if err := Decode(b, &c); err != nil {
		return nil, fmt.Errorf("reading the certificate: %w", err)
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return &c, nil
}

func (c *Certificate) check() error {
	if c.Version != CertificateVersion {
		return fmt.Errorf("the certificate has version %d, not %d", c.Version, CertificateVersion)
	}
	if !c.Award.Defined() || c.Award.ByteLen() > MaxLink {
		return errors.New("the certificate names no award")
	}
	if err := c.Result.Validate(); err != nil {
		return err
	}
	if n := len(c.Attestations); n == 0 || n > MaxSealed {
		return fmt.Errorf("a certificate has 1 to %d attestations, not %d", MaxSealed, n)
	}
	accounts := make(map[Account]bool, len(c.Attestations))
	for i, a := range c.Attestations {
		if err := checkSeats(a.Agreed, a.Late); err != nil {
			return err
		}
		if i > 0 && bytes.Compare(c.Attestations[i-1].Peer[:], a.Peer[:]) >= 0 {
			return errors.New("the attestations of a certificate must be sorted by peer and distinct")
		}
		if accounts[a.Account] {
			return fmt.Errorf("account %s signs the certificate twice", a.Account)
		}
		accounts[a.Account] = true
		if err := checkText("account", string(a.Account), 1, MaxAccount); err != nil {
			return err
		}
		if n := len(a.Signature); n == 0 || n > MaxSignature {
			return fmt.Errorf("a settlement signature has 1 to %d bytes, not %d", MaxSignature, n)
		}
	}
	return nil
}

// Verify checks that the certificate is complete: every signature is valid and a candidate's own, and there is a quorum of
// them, which name replicas in common that the policy finds sufficient. candidates are the first Replicas+Standby in rank. The
// caller compares Ref and Award with the task it asks about. Verify is pure and safe for concurrent use.
func (c *Certificate) Verify(candidates []Worker, p Policy, v Verifier) error {
	if err := c.check(); err != nil {
		return err
	}
	if err := c.checkSigners(candidates, p); err != nil { // all cheap checks before the first signature
		return err
	}
	return c.checkSignatures(v)
}

// checkSigners checks what the certificate says of a task's candidates.
func (c *Certificate) checkSigners(candidates []Worker, p Policy) error {
	quorum := p.Quorum
	if quorum == 0 || uint32(len(c.Attestations)) < quorum {
		return fmt.Errorf("the certificate has %d attestations, and the quorum is %d", len(c.Attestations), quorum)
	}
	known := make(map[PeerID]Worker, len(candidates))
	var seats uint64
	for _, w := range candidates {
		known[w.Peer] = w
		seats |= w.bit()
	}
	for _, a := range c.Attestations {
		w, ok := known[a.Peer]
		switch {
		case !ok:
			return fmt.Errorf("%s signs the certificate and is not a candidate of the task", a.Peer.Short())
		case w.Account != a.Account:
			return fmt.Errorf("%s signs the certificate for account %s, not its own %s", a.Peer.Short(), a.Account, w.Account)
		case a.Agreed&w.bit() == 0:
			return fmt.Errorf("%s signs the certificate and does not name its own seat %d", a.Peer.Short(), w.Seat)
		case a.Agreed&^seats != 0:
			return fmt.Errorf("%s names seats %#x in the certificate, which are no candidates of the task", a.Peer.Short(), a.Agreed&^seats)
		}
	}
	switch seats := c.named(quorum); {
	case seats == 0:
		return fmt.Errorf("no replica is named by %d attestations of the certificate", quorum)
	case !carried(seats, p, candidates):
		return fmt.Errorf("the replicas that %d attestations name have less credit than %d in a million of errors need", quorum, p.MaxError)
	}
	return nil
}

// checkSignatures checks every signature for the account that it names.
func (c *Certificate) checkSignatures(v Verifier) error {
	s := c.Statement(Attestation{})
	for _, a := range c.Attestations {
		s.Agreed, s.Late = a.Agreed, a.Late
		if err := v.Verify(a.Account, s, a.Signature); err != nil {
			return fmt.Errorf("the signature of %s under the certificate is not valid: %w", a.Peer.Short(), err)
		}
	}
	return nil
}
