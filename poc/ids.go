package poc

import (
	"encoding/hex"
	"fmt"

	"github.com/ipfs/go-cid"
	"github.com/mr-tron/base58"
	"github.com/multiformats/go-multihash"
)

// Hash is a SHA-256 digest.
type Hash [32]byte

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Short is the first four bytes in hex, for logs and progress lines.
func (h Hash) Short() string { return hex.EncodeToString(h[:4]) }

// IsZero reports whether h is all zeros.
func (h Hash) IsZero() bool { return h == Hash{} }

// MarshalText encodes h as 64 hex digits.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText decodes 64 hex digits.
func (h *Hash) UnmarshalText(b []byte) error {
	if len(b) != 64 {
		return fmt.Errorf("a hash has 64 hex digits, not %d", len(b))
	}
	var out Hash
	if _, err := hex.Decode(out[:], b); err != nil {
		return fmt.Errorf("a hash has 64 hex digits: %w", err)
	}
	*h = out
	return nil
}

// PeerID is a node's identity: its raw Ed25519 public key.
type PeerID [32]byte

// A libp2p peer id of an Ed25519 key is the identity multihash of the key's protobuf encoding.
var peerPrefix = []byte{0x00, 0x24, 0x08, 0x01, 0x12, 0x20}

// String returns the libp2p text form, 12D3KooW...
func (p PeerID) String() string {
	return base58.Encode(append(append([]byte{}, peerPrefix...), p[:]...))
}

// Short is the last six characters of the text form, for logs and progress lines.
func (p PeerID) Short() string { s := p.String(); return s[len(s)-6:] }

// MarshalText encodes p in the libp2p text form.
func (p PeerID) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText decodes the libp2p text form.
func (p *PeerID) UnmarshalText(b []byte) error {
	id, err := ParsePeerID(string(b))
	if err == nil {
		*p = id
	}
	return err
}

// ParsePeerID decodes the libp2p text form of an Ed25519 peer id.
func ParsePeerID(s string) (PeerID, error) {
	const longest = 64 // of 52 characters; decoding takes time with the square of the length
	if len(s) > longest {
		return PeerID{}, fmt.Errorf("a peer id (12D3KooW...) has no %d characters", len(s))
	}
	b, err := base58.Decode(s)
	if err != nil || len(b) != len(peerPrefix)+32 || string(b[:len(peerPrefix)]) != string(peerPrefix) {
		return PeerID{}, fmt.Errorf("%q is not an Ed25519 peer id (12D3KooW...)", s)
	}
	return PeerID(b[len(peerPrefix):]), nil
}

// Account is a settlement account in its chain's canonical text form (for EVM: lower-case 0x hex). The cores compare it
// and never look inside.
type Account string

// MaxAccount bounds the length of an Account.
const MaxAccount = 64

// Worker is a node that may hold a replica: who it is, where it is paid, and its seat in the job's award.
type Worker struct {
	Peer    PeerID  `cbor:"peer"`
	Account Account `cbor:"account"`
	Seat    uint8   `cbor:"seat"`             // below MaxSeats; distinct within a ranking
	Credit  Credit  `cbor:"credit,omitempty"` // what its record is worth where redundancy is priced by risk
	Lot     Hash    `cbor:"lot,omitzero"`     // root over its shares in the draws of audits, from its offer
}

// MaxSeats bounds the seats of one award: each has one bit in Statement.Agreed.
const MaxSeats = 64

// bit is the worker's seat in a bitmap of seats.
func (w Worker) bit() uint64 { return 1 << w.Seat }

// TaskRef names a task: the job (the SHA-256 digest of its spec block, so also its CID) and the index in the job.
type TaskRef struct {
	Job  Hash   `cbor:"job"`
	Task uint32 `cbor:"task"`
}

func (r TaskRef) String() string { return fmt.Sprintf("%s/%d", r.Job.Short(), r.Task) }

// Time is milliseconds since the Unix epoch; Millis is a duration in milliseconds. Zero Time means never.
type (
	Time   int64
	Millis int64
)

// Add returns t + d.
func (t Time) Add(d Millis) Time { return t + Time(d) }

// Earliest returns the earliest of the given times that is not zero, or zero.
func Earliest(ts ...Time) Time {
	var min Time
	for _, t := range ts {
		if t != 0 && (min == 0 || t < min) {
			min = t
		}
	}
	return min
}

// Link is a CID inside a DAG-CBOR document (CBOR tag 42). The zero Link is undefined and cannot be encoded.
type Link struct{ cid.Cid }

// BlockLink returns the CID of a DAG-CBOR block: version 1, SHA-256.
func BlockLink(block []byte) Link {
	mh, err := multihash.Sum(block, multihash.SHA2_256, -1)
	if err != nil {
		panic(err) // SHA-256 is always registered
	}
	return Link{cid.NewCidV1(cid.DagCBOR, mh)}
}

// RawLink returns the CID of a raw block, as UnixFS names small files: version 1, SHA-256.
func RawLink(block []byte) Link { return Link{cid.NewCidV1(cid.Raw, BlockLink(block).Hash())} }

// AsBlock returns the CID of the same bytes read as DAG-CBOR.
func (l Link) AsBlock() Link { return Link{cid.NewCidV1(cid.DagCBOR, l.Hash())} }

// BlockHash returns the SHA-256 digest inside the CID of a DAG-CBOR block.
func BlockHash(block []byte) Hash { h, _ := BlockLink(block).Digest(); return h }

// Digest returns the SHA-256 digest of the link, and false when the link uses another hash.
func (l Link) Digest() (Hash, bool) {
	if !l.Defined() {
		return Hash{}, false
	}
	d, err := multihash.Decode(l.Hash())
	if err != nil || d.Code != multihash.SHA2_256 || d.Length != 32 {
		return Hash{}, false
	}
	return Hash(d.Digest), true
}

// HashLink returns the DAG-CBOR CID whose digest is h, the inverse of BlockHash.
func HashLink(h Hash) Link {
	mh, err := multihash.Encode(h[:], multihash.SHA2_256)
	if err != nil {
		panic(err) // a 32-byte digest always encodes
	}
	return Link{cid.NewCidV1(cid.DagCBOR, mh)}
}
