package poc

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// MaxCohort bounds the witnesses of one provider: each has one bit in Capability.Signers.
const MaxCohort = 64

// Capacity is what a provider says that its device has.
type Capacity struct {
	Memory uint64 `cbor:"memory" json:"memory"` // bytes
	Speed  uint64 `cbor:"speed" json:"speed"`   // integer operations per second, as the challenge counts them
}

func (c Capacity) ok() bool { return c.Memory > 0 && c.Speed > 0 }

const (
	seedDomain  = "gpumesh/poc/challenge/1"
	vouchDomain = "gpumesh/poc/vouch/1"
)

// ChallengeSeed is what the challenge of one provider in one epoch is made from: no two providers have one work to do.
func ChallengeSeed(network, beacon Hash, epoch uint64, p PeerID, c Capacity) uint64 {
	sum := sha256.Sum256(vouchBytes(seedDomain, network, beacon, epoch, p, c))
	return binary.BigEndian.Uint64(sum[:8])
}

// vouchBytes is what a witness signs: that p showed this capacity in this epoch of this network.
func vouchBytes(domain string, network, beacon Hash, epoch uint64, p PeerID, c Capacity) []byte {
	b := make([]byte, 0, 160)
	b = append(b, domain...)
	b = append(b, network[:]...)
	b = append(b, beacon[:]...)
	b = binary.BigEndian.AppendUint64(b, epoch)
	b = append(b, p[:]...)
	b = binary.BigEndian.AppendUint64(b, c.Memory)
	return binary.BigEndian.AppendUint64(b, c.Speed)
}

// Capability is a quorum of vouches for one provider: a DAG-CBOR document that proves itself to whoever knows the epoch's beacon and roster.
type Capability struct {
	Version    uint16   `cbor:"version" json:"version"` // 1
	Epoch      uint64   `cbor:"epoch" json:"epoch"`
	Peer       PeerID   `cbor:"peer" json:"peer"`
	Capacity   Capacity `cbor:"capacity" json:"capacity"`
	Signers    uint64   `cbor:"signers" json:"signers"`       // bitmap of the witnesses, in the order in which they were drawn
	Signatures [][]byte `cbor:"signatures" json:"signatures"` // theirs, in that order
}

// Encode returns the document's block.
func (c *Capability) Encode() ([]byte, error) { return Encode(c) }

// DecodeCapability decodes the document and checks its form. Only Verify says whether it is worth anything.
func DecodeCapability(b []byte) (*Capability, error) {
	var c Capability
	if err := Decode(b, &c); err != nil {
		return nil, fmt.Errorf("reading the capability: %w", err)
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return &c, nil
}

func (c *Capability) check() error {
	switch {
	case c.Version != 1:
		return fmt.Errorf("the capability has version %d, not 1", c.Version)
	case !c.Capacity.ok():
		return errors.New("the capability is of no memory or no speed")
	case c.Signers == 0 || bits.OnesCount64(c.Signers) != len(c.Signatures):
		return fmt.Errorf("the capability has %d signatures for %d witnesses", len(c.Signatures), bits.OnesCount64(c.Signers))
	}
	for _, s := range c.Signatures {
		if len(s) != ed25519.SignatureSize {
			return fmt.Errorf("a vouch is signed with %d bytes, not %d", ed25519.SignatureSize, len(s))
		}
	}
	return nil
}

// Verify checks that a quorum of the peer's witnesses vouches for it. Which epochs still count is the caller's to say.
func (c *Capability) Verify(network, beacon Hash, r *Roster, p ChallengeParams) error {
	if err := c.check(); err != nil {
		return err
	}
	if !r.Has(c.Peer) {
		return fmt.Errorf("%s was no provider in epoch %d", c.Peer.Short(), c.Epoch)
	}
	witnesses := r.Witnesses(beacon, c.Epoch, c.Peer, int(p.Cohort))
	if n := len(c.Signatures); n < int(p.Quorum) {
		return fmt.Errorf("%d witnesses vouch for %s, and the quorum is %d", n, c.Peer.Short(), p.Quorum)
	}
	if bits.Len64(c.Signers) > len(witnesses) {
		return fmt.Errorf("the capability of %s names a witness beyond the %d that were drawn", c.Peer.Short(), len(witnesses))
	}
	signed := vouchBytes(vouchDomain, network, beacon, c.Epoch, c.Peer, c.Capacity)
	for i, left := 0, c.Signers; left != 0; i, left = i+1, left&(left-1) {
		w := witnesses[bits.TrailingZeros64(left)]
		if !ed25519.Verify(w[:], signed, c.Signatures[i]) {
			return fmt.Errorf("the vouch of %s for %s is not signed by it", w.Short(), c.Peer.Short())
		}
	}
	return nil
}

// Names reports whether w is one of the witnesses by whose vouches the capability stands. It must have been verified.
func (c *Capability) Names(beacon Hash, r *Roster, p ChallengeParams, w PeerID) bool {
	i := slices.Index(r.Witnesses(beacon, c.Epoch, c.Peer, int(p.Cohort)), w)
	return i >= 0 && c.Signers>>i&1 != 0
}
