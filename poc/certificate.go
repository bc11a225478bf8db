package poc

import (
	"bytes"
	"errors"
	"fmt"
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
	Attestations []Attestation `cbor:"attestations" json:"attestations"` // sorted by peer, distinct
}

// Attestation is one signature under a certificate, over Statement{Attested, Job, Task, digest of the result}.
type Attestation struct {
	Peer      PeerID  `cbor:"peer" json:"peer"`
	Account   Account `cbor:"account" json:"account"`
	Signature []byte  `cbor:"signature" json:"signature"`
}

// Ref returns the task that the certificate is about.
func (c *Certificate) Ref() TaskRef { return TaskRef{Job: c.Job, Task: c.Task} }

// Statement is what every signature of the certificate is over.
func (c *Certificate) Statement() Statement {
	return Statement{Kind: Attested, Job: c.Job, Task: c.Task, Digest: c.Result.Digest()}
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

// Verify checks that the certificate is complete: every signature is valid and a candidate's own, and there are at least
// quorum of them. candidates are the first Replicas+Standby in rank. The caller compares Ref and Award with the task it
// asks about. Verify is pure and safe for concurrent use.
func (c *Certificate) Verify(candidates []Worker, quorum uint32, v Verifier) error {
	if err := c.check(); err != nil {
		return err
	}
	if quorum == 0 || uint32(len(c.Attestations)) < quorum {
		return fmt.Errorf("the certificate has %d attestations, and the quorum is %d", len(c.Attestations), quorum)
	}
	account := make(map[PeerID]Account, len(candidates))
	for _, w := range candidates {
		account[w.Peer] = w.Account
	}
	for _, a := range c.Attestations { // all cheap checks before the first signature
		if want, ok := account[a.Peer]; !ok {
			return fmt.Errorf("%s signs the certificate and is not a candidate of the task", a.Peer.Short())
		} else if want != a.Account {
			return fmt.Errorf("%s signs the certificate for account %s, not its own %s", a.Peer.Short(), a.Account, want)
		}
	}
	statement := c.Statement()
	for _, a := range c.Attestations {
		if err := v.Verify(a.Account, statement, a.Signature); err != nil {
			return fmt.Errorf("the signature of %s under the certificate is not valid: %w", a.Peer.Short(), err)
		}
	}
	return nil
}
