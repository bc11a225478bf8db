package poc

import (
	"crypto/sha256"
	"fmt"
)

// state is everything of a task that must survive a restart. Its DAG-CBOR encoding is the record. It holds no maps, and its
// lists are in an order that the inputs alone decide.
type state struct {
	Setup     Hash     `cbor:"setup"` // of the Setup it belongs to
	Phase     Phase    `cbor:"phase"`
	Failure   *Failure `cbor:"failure"`
	Own       *own     `cbor:"own"` // this node's result, once computed
	Workers   []worker `cbor:"workers"`
	Results   []Result `cbor:"results"` // every result seen in an opening, once
	Target    uint32   `cbor:"target"`  // how many drawn workers there should be that have committed or may yet
	Rounds    uint32   `cbor:"rounds"`  // rounds sealed so far
	Gathering bool     `cbor:"gathering"`
	EnoughAt  Time     `cbor:"enoughAt"`  // when enough commitments for the next seal were first seen; starts the sealers' turns
	AgreedAt  Time     `cbor:"agreedAt"`  // when a quorum of equal results, this node's included, was first seen; it attests soon after
	RevealBy  Time     `cbor:"revealBy"`  // when missing reveals count as withheld; zero when that is done
	CloseBy   Time     `cbor:"closeBy"`   // when the certificate closes at the latest
	Seals     []seen   `cbor:"seals"`     // accepted seals
	Early     []early  `cbor:"early"`     // seals of a later round than the next, or of who is not drawn here yet; two for each sealer at most
	Certified Hash     `cbor:"certified"` // digest of the certified result

	Awaits    uint32 `cbor:"awaits,omitempty"`    // rank plus one of the member whose result may stand for all, while it is looked at
	CompareBy Time   `cbor:"compareBy,omitempty"` // when it is waited for no longer

	Audit   auditState `cbor:"audit,omitempty"`   // of a lone result
	AuditBy Time       `cbor:"auditBy,omitempty"` // when missing shares count as a draw for an audit
	Held    Time       `cbor:"held,omitempty"`    // see Hold
	Alarmed bool       `cbor:"alarmed,omitempty"` // see Distrust

	First    uint32 `cbor:"first,omitempty"`    // the rank from which on further replicas are drawn
	Wary     bool   `cbor:"wary,omitempty"`     // see Distrust
	Foreseen bool   `cbor:"foreseen,omitempty"` // shares were missing: anybody can tell who is drawn, and a Team must agree

	Replacing bool `cbor:"replacing,omitempty"` // others are drawn in the place of a member that shows nothing; see calm

	Ballot ballot `cbor:"ballot,omitzero"` // where the task may go on without some inputs
}

type own struct {
	Digest Hash   `cbor:"digest"`
	Class  string `cbor:"class"`
	Salt   Hash   `cbor:"salt"`
}

// worker is what is known of one candidate; they are in rank order.
type worker struct {
	Drawn  bool    `cbor:"drawn"`            // holds the task or held it
	Out    outKind `cbor:"out"`              // no longer expected to commit
	Commit Hash    `cbor:"commit"`           // the first commitment known of it, or zero
	Signed []byte  `cbor:"signed,omitempty"` // its signature of Commit
	Heard  bool    `cbor:"heard"`            // Commit came from the worker itself, not only in a seal
	InTime bool    `cbor:"inTime,omitempty"` // it was sealed before the due time
	Late   bool    `cbor:"late,omitempty"`   // it came from the worker itself, and not in time
	// Sealed is the round of the first accepted seal that holds it, plus one. Doubt says that the seal holds another commitment
	// than was known of it then: it has signed two, and nothing that it opens counts.
	Sealed  uint32   `cbor:"sealed"`
	Doubt   bool     `cbor:"doubt"`
	Views   uint64   `cbor:"views"` // the sealers whose accepted seals hold it, one bit for each rank
	Shown   bool     `cbor:"shown"` // this node's reveal was sent to it
	Reveal  *opening `cbor:"reveal"`
	Deposit *opening `cbor:"deposit,omitempty"` // its reveal, shown to this node as a witness; see deposited
	Attest  *opening `cbor:"attest"`
	Dissent uint32   `cbor:"dissent"` // the latest round that it dissents about, plus one
	GaveUp  bool     `cbor:"gaveUp,omitempty"`
	Want    uint32   `cbor:"want"`   // how many replicas that dissent wants
	Faults  faultSet `cbor:"faults"` // found and reported

	Share      Hash   `cbor:"share,omitzero"`       // of a witness in the draw of an audit, once shown
	Path       []Hash `cbor:"path,omitempty"`       // proves Share
	Answered   bool   `cbor:"answered,omitempty"`   // it has asked for shares and was shown them
	Distrusted bool   `cbor:"distrusted,omitempty"` // caught in another task

	// After is the result that others attested already when the commitment was first known here, if it was but one: it may be a copy of that.
	After Hash `cbor:"after,omitzero"`

	Assent uint32 `cbor:"assent,omitempty"` // the latest round in which it says that all agree, plus one

	looks
}

type outKind uint8

const (
	in outKind = iota
	lapsed
	abstained
)

// opening is an Opening whose result is in state.Results and whose account is the worker's own.
type opening struct {
	Salt      Hash    `cbor:"salt"`
	Class     string  `cbor:"class"`
	Digest    Hash    `cbor:"digest"`
	Signature []byte  `cbor:"signature"`
	Agreed    uint64  `cbor:"agreed"`         // of an attestation
	Late      uint64  `cbor:"late,omitempty"` // of an attestation
	Check     verdict `cbor:"check"`
	// Relayed says that an attestation came in somebody's certificate, without salt and class. It opens nothing, and the
	// signer's own takes its place.
	Relayed bool `cbor:"relayed"`
}

// verdict says whether an opening opens its sender's sealed commitment.
type verdict uint8

const (
	unchecked verdict = iota // the sender is not sealed yet
	opens
	doubtful // it is relayed, or its author has signed two commitments
	mismatch // it does not open what the worker has signed
	added    // it is an attestation that came after the certificate had closed, and opens nothing
)

type seen struct {
	Round  uint32 `cbor:"round"`
	View   uint32 `cbor:"view"`
	Digest Hash   `cbor:"digest"` // of the entries
}

type early struct {
	Round   uint32  `cbor:"round"`
	View    uint32  `cbor:"view"`
	Entries []entry `cbor:"entries"`
}

type entry struct {
	Peer       PeerID `cbor:"peer"`
	Commitment Hash   `cbor:"commitment"`
	Signed     []byte `cbor:"signed"`
}

// faultSet holds the faults of one worker that were reported, so that each is reported once.
type faultSet uint8

var faultBits = map[FaultKind]faultSet{Contradicted: 1, Withheld: 2, Mismatched: 4, Equivocated: 8, Late: 16, Differed: 32}

// doubled says that Equivocated was reported with evidence.
const doubled faultSet = 64

func (s faultSet) has(k FaultKind) bool { return s&faultBits[k] != 0 }

// setupHash covers every field of a Setup but the signer.
func setupHash(s Setup) Hash {
	awardHash, _ := s.Award.Digest()
	fields := []any{s.Network, s.Ref, awardHash, s.Self, s.Owner, s.Ranking, s.Policy, s.Params, s.Deadline, s.Tasks}
	if s.Candidates != 0 {
		fields = append(fields, s.Candidates)
	}
	if s.Audits != 0 {
		fields = append(fields, s.Audits)
	}
	if s.Due != 0 {
		fields = append(fields, s.Due)
	}
	if s.Class != "" {
		fields = append(fields, s.Class)
	}
	if s.Choice.on() {
		fields = append(fields, s.Choice)
	}
	return BlockHash(MustEncode(fields))
}

// Record returns the canonical encoding of all state that must survive a restart. It must be durable before anything else
// of the Effects of a changing step leaves the node. It holds the secret salt of this node until that is revealed.
func (t *Task) Record() []byte { return MustEncode(&t.s) }

// StateHash is the SHA-256 of the record.
func (t *Task) StateHash() Hash { return sha256.Sum256(t.Record()) }

// Restore makes the task that wrote the record. It refuses a damaged record and one of another setup.
func Restore(setup Setup, record []byte) (*Task, error) {
	t, err := New(setup)
	if err != nil {
		return nil, err
	}
	var s state
	if err := Decode(record, &s); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadRecord, err)
	}
	if s.Setup != t.s.Setup {
		return nil, ErrWrongRecord
	}
	if !s.sound(t) {
		return nil, ErrBadRecord
	}
	t.s = s
	for _, r := range s.Results {
		t.digests = append(t.digests, r.Digest())
	}
	t.contested = t.contest()
	return t, nil
}

// sound checks what the methods of Task rely on, so that a damaged record cannot make them panic.
func (s *state) sound(t *Task) bool {
	ok := len(s.Workers) == len(t.s.Workers) && s.Phase <= Failed && (s.Failure != nil) == (s.Phase == Failed) &&
		len(s.Results) <= 2*MaxSealed+1 && len(s.Early) <= 2*len(t.s.Workers) && s.Rounds <= MaxSealed && s.Target <= MaxSealed && s.Audit <= audited && int(s.Awaits) <= len(s.Workers) &&
		int(s.First) < len(s.Workers)
	known := map[Hash]bool{}
	for _, r := range s.Results {
		if r.Validate() != nil {
			return false
		}
		known[r.Digest()] = true
	}
	for _, w := range s.Workers {
		for _, o := range []*opening{w.Reveal, w.Deposit, w.Attest} {
			ok = ok && (o == nil || known[o.Digest] && o.Check <= added)
		}
		ok = ok && w.Sample <= apart && w.Whole <= apart && len(w.Apart) <= MaxReason
	}
	ok = ok && (s.Own == nil || t.self >= 0 && known[s.Own.Digest])
	if ok && t.self >= 0 {
		me := s.Workers[t.self]
		mayVouch := t.setup.Policy.vouches() && me.Commit.IsZero()
		ok = s.Own != nil || me.Commit.IsZero() && me.Reveal == nil && (me.Attest == nil || me.Attest.Relayed || mayVouch) && me.Sealed == 0
	}
	ok = ok && (s.Own != nil || s.Phase != Attesting || t.setup.Policy.vouches())
	ok = ok && len(s.Ballot.Votes) <= len(s.Workers)*maxViews*int(voteSteps) && s.Ballot.View < maxViews
	for _, v := range s.Ballot.Votes {
		ok = ok && int(v.Rank) < len(s.Workers)
	}
	for _, e := range s.Early {
		for _, x := range e.Entries {
			_, candidate := t.index[x.Peer]
			ok = ok && candidate
		}
	}
	certified := s.Phase == Certified || s.Phase == Done
	return ok && certified == !s.Certified.IsZero() && (!certified || known[s.Certified])
}

// keep remembers a result and returns its digest.
func (t *Task) keep(r Result, digest Hash) Hash {
	if _, ok := t.result(digest); !ok {
		t.s.Results = append(t.s.Results, r)
		t.digests = append(t.digests, digest)
	}
	return digest
}

func (t *Task) result(digest Hash) (Result, bool) {
	for i, d := range t.digests {
		if d == digest {
			return t.s.Results[i], true
		}
	}
	return Result{}, false
}
