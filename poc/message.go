package poc

import "fmt"

// Bounds on messages.
const (
	MaxOutputs   = 16  // outputs of one task
	MaxName      = 64  // bytes of an output name
	MaxClass     = 64  // bytes of a device class
	MaxSealed    = 64  // commitments in one seal
	MaxReason    = 256 // bytes of a reason
	MaxSignature = 128 // bytes of a settlement signature
	MaxLink      = 64  // bytes of a link to an output
	MaxPath      = 16  // hashes that prove a Share: jobs have fewer than 2^16 tasks
)

// Output is one named output of a task: a UnixFS file.
type Output struct {
	Name string `cbor:"name"`
	File Link   `cbor:"file"`
	Size uint64 `cbor:"size"` // bytes
}

// Result is what replicas of a task must agree on: a DAG-CBOR document whose digest is committed, revealed and attested.
type Result struct {
	Outputs []Output `cbor:"outputs"` // in the program's order
	Trace   Hash     `cbor:"trace"`   // root over the segment leaves

	// Without is a bitmap of the inputs that the task went on without, of those that it may; see Choice.
	Without uint64 `cbor:"without,omitempty"`
}

// Digest is the SHA-256 of the encoded result.
func (r Result) Digest() Hash { return BlockHash(MustEncode(r)) }

// Message is a Vote, Commit, Seal, Share, Reveal, Show, Near, Attest, Dissent, Abstain, Proven or Twice. It is authenticated by the envelope that carries it.
type Message interface {
	Ref() TaskRef
	isMessage()
}

// Commit binds its sender to a result without showing it. Its signature is over Statement{Committed, ...}, so that a seal can show that the
// commitment is the worker's own.
type Commit struct {
	TaskRef
	Commitment Hash   // see Commitment
	Class      string // device class, bound by the commitment
	Account    Account
	Signature  []byte
}

// Seal fixes the commitments of one round. The sealer of view v is the v-th in rank.
type Seal struct {
	TaskRef
	Round   uint32
	View    uint32
	Entries []Sealed // sorted by peer, distinct; never one that an earlier round's seal holds
}

// Sealed is a commitment in a Seal, as its worker signed it.
type Sealed struct {
	Peer       PeerID
	Commitment Hash
	Account    Account
	Signature  []byte
}

// Opening opens its sender's commitment and signs the result for settlement.
type Opening struct {
	Salt      Hash
	Class     string
	Result    Result
	Account   Account
	Signature []byte
}

// Reveal opens the sender's commitment. It goes to the members of the seals, and where an audit may be drawn to the witnesses, only. Its signature is over
// Statement{Revealed, ...}: if another result is certified, it convicts the sender.
type Reveal struct {
	TaskRef
	Opening
}

// Show opens the sender's commitment, too, where honest devices may differ: nothing in it convicts anybody.
type Show struct {
	TaskRef
	Salt   Hash
	Class  string
	Result Result
}

// Near says what its sender, a member of a seal, found of the results of others: whose it holds whole and found near its own,
// and whose it found to differ or could not have. Both only grow.
type Near struct {
	TaskRef
	Near uint64 // bitmap of seats, the sender's own among them
	Far  uint64
}

// Attest says that its sender saw a quorum of equal results and computed the same. Its signature is over
// Statement{Attested, ...}; a quorum of them releases escrow. It opens the commitment once more, so that a node that saw
// the seal and no reveal knows that the sender did the work before it could see anybody else's. Where redundancy is priced a
// candidate that did not compute attests what it saw: its salt and class say nothing then. Where results are compared by looking at
// them it attests the one that stands for all, which is near its own, and opens nothing either.
type Attest struct {
	TaskRef
	Opening
	Agreed uint64 // see Statement
	Late   uint64 // see Statement
}

// Dissent says that the members of the seals up to the given round's do not agree, without showing their results: the next
// in rank must compute the task too. One that wants nobody is an assent: they all agree, which a result that waits for other audits
// does not show. From a candidate that is no member it says that shares are missing to it, and asks for them.
type Dissent struct {
	TaskRef
	Round uint32
	Want  uint32 // how many further replicas are needed; 0 if Final or if all agree
	Final bool   // none may be drawn any more: the sender has given up. It goes to everybody
}

// Share is a witness's part in the draw of an audit, proven against the lot of its offer. It is shown once a lone commitment
// is sealed. Anybody may pass it on.
type Share struct {
	TaskRef
	Share Hash
	Path  []Hash // see InTree
}

// Abstain says that its sender will not deliver: the next in rank takes over at once.
type Abstain struct {
	TaskRef
	Reason string // one sentence
}

// Proven carries a certificate to a node that may not have heard the attestations. It proves itself: anybody may send it.
type Proven struct{ Certificate Certificate }

func (r TaskRef) Ref() TaskRef { return r }
func (m Proven) Ref() TaskRef  { return m.Certificate.Ref() }
func (Commit) isMessage()      {}
func (Seal) isMessage()        {}
func (Reveal) isMessage()      {}
func (Show) isMessage()        {}
func (Near) isMessage()        {}
func (Attest) isMessage()      {}
func (Dissent) isMessage()     {}
func (Share) isMessage()       {}
func (Abstain) isMessage()     {}
func (Proven) isMessage()      {}

// StatementKind says what a settlement signature asserts.
type StatementKind uint8

const (
	Revealed  StatementKind = 1 // "I computed this digest for this task"
	Attested  StatementKind = 2 // "enough of the assigned workers computed this digest for this task": a quorum, the signer among them, or as much credit as the policy asks for
	Committed StatementKind = 3 // "this digest is my commitment for this task"; it convicts nobody
)

func (k StatementKind) String() string {
	switch k {
	case Revealed:
		return "revealed"
	case Attested:
		return "attested"
	case Committed:
		return "committed"
	}
	return fmt.Sprintf("statement %d", uint8(k))
}

// Statement is what a settlement signature is made over. The chain adapter adds its own domain (chain, contract, network),
// so that a signature is worth nothing elsewhere.
type Statement struct {
	Kind   StatementKind
	Job    Hash
	Task   uint32
	Digest Hash
	// Agreed is for Attested a bitmap of seats: the signer's own, and every one that the signer saw open its sealed commitment
	// to this very digest. For others it is zero.
	Agreed uint64
	// Late is for Attested those of the seats in Agreed whose commitments came to the signer after the task's due time.
	Late uint64
	// Share is for Attested how many parts of the work are accepted, of Shares; zero: all. A task is whole or nothing here, so what
	// a Task signs is zero; settlement layers take others.
	Share uint16
}

// Shares is how many parts a task's work has for its pay.
const Shares = 1 << 16

// Signer makes settlement signatures for one account. Sign is deterministic. Implementations are safe for concurrent use.
type Signer interface {
	Account() Account
	Sign(Statement) ([]byte, error)
}

// Verifier checks settlement signatures of any account. It is pure and safe for concurrent use.
type Verifier interface {
	Verify(Account, Statement, []byte) error
}
