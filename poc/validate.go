package poc

import (
	"bytes"
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/ipfs/go-cid"
)

// Validated is a message that passed Validate. Only Validate makes one, and Step takes nothing else.
type Validated struct {
	message Message
	digest  Hash // of the result in a Reveal, Show, Attest or Proven
}

// Message returns the message. It must not be changed.
func (v Validated) Message() Message { return v.message }

// Validate checks all that can be said about a message without the task: bounds, canonical order, and the settlement
// signatures of Reveal, Attest, Proven and Twice. It is pure and safe for concurrent use; it does not keep m's slices from being changed,
// so the caller must not.
func Validate(m Message, v Verifier) (Validated, error) {
	out := Validated{message: m}
	var err error
	switch m := m.(type) {
	case Commit:
		if err = checkClass(m.Class); err == nil {
			err = checkCommitted(m.TaskRef, m.Commitment, m.Account, m.Signature, v)
		}
	case Seal:
		err = checkSeal(m, v)
	case Reveal:
		out.digest, err = checkOpening(m.Opening, Statement{Kind: Revealed, Job: m.Job, Task: m.Task}, v)
	case Show:
		if err = errors.Join(checkClass(m.Class), m.Result.Validate()); err == nil {
			out.digest = m.Result.Digest()
		}
	case Near:
		if m.Near == 0 || m.Near&m.Far != 0 {
			err = errNearAndFar
		}
	case Attest:
		if err = checkSeats(m.Agreed, m.Late); err != nil {
			break
		}
		out.digest, err = checkOpening(m.Opening, Statement{Kind: Attested, Job: m.Job, Task: m.Task, Agreed: m.Agreed, Late: m.Late}, v)
	case Proven:
		if err = m.Certificate.check(); err != nil {
			break
		}
		err = m.Certificate.checkSignatures(v)
		out.digest = m.Certificate.Result.Digest()
	case Twice:
		err = m.check(v)
	case Dissent:
		if m.Final && m.Want != 0 || m.Want > MaxSealed || m.Round >= MaxSealed {
			err = fmt.Errorf("a dissent wants at most %d replicas in a round below %d, and none if it is final, not %d in round %d", MaxSealed, MaxSealed, m.Want, m.Round)
		}
	case Share:
		if len(m.Path) > MaxPath || m.Share.IsZero() {
			err = fmt.Errorf("a share is not zero and has a path of at most %d hashes", MaxPath)
		}
	case Vote:
		if !m.ok() {
			err = fmt.Errorf("a vote is in a view below %d, and if it is blank it proposes and leaves out nothing", maxViews)
		}
	case Abstain:
		err = checkText("reason", m.Reason, 0, MaxReason)
	default:
		err = ErrUnknownKind
	}
	if err != nil {
		return Validated{}, err
	}
	return out, nil
}

// checkSeats checks what an attestation says of seats.
func checkSeats(agreed, late uint64) error {
	switch {
	case agreed == 0:
		return errors.New("an attestation names at least its own seat")
	case late&^agreed != 0:
		return fmt.Errorf("an attestation says that seats %#x are late, which it does not name", late&^agreed)
	}
	return nil
}

var errNearAndFar = errors.New("who compares results names its own seat, and none as both near and far")

// checkCommitted checks that a commitment is an account's own.
func checkCommitted(ref TaskRef, commitment Hash, a Account, sig []byte, v Verifier) error {
	if err := checkText("account", string(a), 1, MaxAccount); err != nil {
		return err
	}
	return checkSignature(a, Statement{Kind: Committed, Job: ref.Job, Task: ref.Task, Digest: commitment}, sig, v)
}

func checkSignature(a Account, s Statement, sig []byte, v Verifier) error {
	if n := len(sig); n == 0 || n > MaxSignature {
		return fmt.Errorf("a settlement signature has 1 to %d bytes, not %d", MaxSignature, n)
	}
	if err := v.Verify(a, s, sig); err != nil {
		return fmt.Errorf("the settlement signature is not valid: %w", err)
	}
	return nil
}

func checkSeal(m Seal, v Verifier) error {
	if m.Round >= MaxSealed || m.View >= MaxSealed {
		return fmt.Errorf("round %d and view %d of a seal must be below %d", m.Round, m.View, MaxSealed)
	}
	if len(m.Entries) == 0 || len(m.Entries) > MaxSealed {
		return fmt.Errorf("a seal has 1 to %d entries, not %d", MaxSealed, len(m.Entries))
	}
	for i := 1; i < len(m.Entries); i++ {
		if bytes.Compare(m.Entries[i-1].Peer[:], m.Entries[i].Peer[:]) >= 0 {
			return errors.New("the entries of a seal must be sorted by peer and distinct")
		}
	}
	for _, e := range m.Entries {
		if err := checkCommitted(m.TaskRef, e.Commitment, e.Account, e.Signature, v); err != nil {
			return err
		}
	}
	return nil
}

// checkOpening checks an opening and its signature over the statement, whose digest it fills in.
func checkOpening(o Opening, s Statement, v Verifier) (Hash, error) {
	if err := errors.Join(checkClass(o.Class), checkText("account", string(o.Account), 1, MaxAccount)); err != nil {
		return Hash{}, err
	}
	if err := o.Result.Validate(); err != nil {
		return Hash{}, err
	}
	s.Digest = o.Result.Digest()
	return s.Digest, checkSignature(o.Account, s, o.Signature, v)
}

// Validate checks the bounds and that every link is a file that names its content in one way only: CID version 1, SHA-256,
// and the codec of UnixFS.
func (r Result) Validate() error {
	if len(r.Outputs) == 0 || len(r.Outputs) > MaxOutputs {
		return fmt.Errorf("a result has 1 to %d outputs, not %d", MaxOutputs, len(r.Outputs))
	}
	names := make(map[string]bool, len(r.Outputs))
	for _, o := range r.Outputs {
		if err := checkText("output name", o.Name, 1, MaxName); err != nil {
			return err
		}
		if names[o.Name] {
			return fmt.Errorf("the output name %q occurs twice", o.Name)
		}
		names[o.Name] = true
		if _, ok := o.File.Digest(); !ok || o.File.ByteLen() > MaxLink {
			return fmt.Errorf("output %q is not a SHA-256 link", o.Name)
		}
		if p := o.File.Prefix(); p.Version != 1 || p.Codec != cid.Raw && p.Codec != cid.DagProtobuf {
			return fmt.Errorf("output %q is not a UnixFS file", o.Name)
		}
	}
	return nil
}

func checkClass(s string) error { return checkText("device class", s, 1, MaxClass) }

// checkText bounds a text that people will see in terminals and logs.
func checkText(what, s string, low, high int) error {
	if len(s) < low || len(s) > high {
		return fmt.Errorf("the %s has %d to %d bytes, not %d", what, low, high, len(s))
	}
	if !utf8.ValidString(s) {
		return fmt.Errorf("the %s is not UTF-8", what)
	}
	for _, r := range s {
		if unicode.IsControl(r) {
			return fmt.Errorf("the %s has a control character", what)
		}
	}
	return nil
}
