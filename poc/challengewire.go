package poc

import (
	"crypto/ed25519"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"
	"google.golang.org/protobuf/proto"

	"gpumesh/poc/pocpb"
)

// ChallengeMessage is an Answer or a Vouch. It is authenticated by what carries it.
type ChallengeMessage interface {
	isChallengeMessage()
	check() error
}

// Answer says what its sender's challenge came to. It goes to the sender's witnesses, who fetch File from it.
type Answer struct {
	Capacity Capacity
	File     Link
}

// Vouch is what a witness found. Signature is that of a vouch, over the provider and its capacity, else empty.
type Vouch struct {
	Capacity  Capacity
	Verdict   Verdict
	Signature []byte
}

// Verdict is what a witness found of an answer.
type Verdict uint8

const (
	Vouches  Verdict = 1 // it came in time and is right
	TooLate  Verdict = 2 // it came after the window
	Wrong    Verdict = 3 // a walker does not end where it says
	Unserved Verdict = 4 // it could not be fetched while there was time
)

func (Answer) isChallengeMessage() {}
func (Vouch) isChallengeMessage()  {}

var errCapacity = errors.New("a capacity has some memory and some speed")

func (a Answer) check() error {
	if !a.Capacity.ok() {
		return errCapacity
	}
	if _, ok := a.File.Digest(); !ok || a.File.ByteLen() > MaxLink {
		return errors.New("the answer is not a SHA-256 link")
	}
	if p := a.File.Prefix(); p.Version != 1 || p.Codec != cid.Raw && p.Codec != cid.DagProtobuf {
		return errors.New("the answer is not a UnixFS file")
	}
	return nil
}

func (v Vouch) check() error {
	want := 0
	switch v.Verdict {
	case Vouches:
		want = ed25519.SignatureSize
	case TooLate, Wrong, Unserved:
	default:
		return fmt.Errorf("%d is no verdict", v.Verdict)
	}
	if !v.Capacity.ok() {
		return errCapacity
	}
	if len(v.Signature) != want {
		return fmt.Errorf("the vouch has a signature of %d bytes, not %d", len(v.Signature), want)
	}
	return nil
}

// MarshalChallenge encodes a message of an epoch in the form of poc.proto.
func MarshalChallenge(epoch uint64, m ChallengeMessage) ([]byte, error) {
	pb := &pocpb.Challenge{Epoch: epoch}
	switch m := m.(type) {
	case Answer:
		pb.Kind = &pocpb.Challenge_Answer{Answer: &pocpb.Answer{Memory: m.Capacity.Memory, Speed: m.Capacity.Speed, File: m.File.Bytes()}}
	case Vouch:
		pb.Kind = &pocpb.Challenge_Vouch{Vouch: &pocpb.Vouch{
			Memory: m.Capacity.Memory, Speed: m.Capacity.Speed, Verdict: uint32(m.Verdict), Signature: m.Signature,
		}}
	default:
		return nil, ErrUnknownKind
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return proto.MarshalOptions{Deterministic: true}.Marshal(pb)
}

// maxChallenge bounds the size of one encoded message in bytes.
const maxChallenge = 256

// UnmarshalChallenge decodes what MarshalChallenge makes, and checks everything that can be said without the epoch's roster.
func UnmarshalChallenge(b []byte) (epoch uint64, m ChallengeMessage, err error) {
	var pb pocpb.Challenge
	if err := UnmarshalStrict(b, &pb, maxChallenge, 1); err != nil {
		return 0, nil, err
	}
	switch k := pb.Kind.(type) {
	case *pocpb.Challenge_Answer:
		c, err := cid.Cast(k.Answer.File)
		if err != nil {
			return 0, nil, fmt.Errorf("reading the answer: %w", err)
		}
		m = Answer{Capacity{k.Answer.Memory, k.Answer.Speed}, Link{c}}
	case *pocpb.Challenge_Vouch:
		if k.Vouch.Verdict > uint32(Unserved) {
			return 0, nil, fmt.Errorf("%d is no verdict", k.Vouch.Verdict)
		}
		m = Vouch{Capacity{k.Vouch.Memory, k.Vouch.Speed}, Verdict(k.Vouch.Verdict), k.Vouch.Signature}
	default:
		return 0, nil, ErrUnknownKind
	}
	if err := m.check(); err != nil {
		return 0, nil, err
	}
	return pb.Epoch, m, nil
}
