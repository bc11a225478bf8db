package poc

import (
	"errors"
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"gpumesh/poc/pocpb"
)

// MaxMessage bounds the size of one encoded message in bytes. The largest valid one is a Proven of about 25 KiB.
const MaxMessage = 64 << 10

// MarshalMessage encodes m in the form of poc.proto.
func MarshalMessage(m Message) ([]byte, error) {
	if m == nil {
		return nil, ErrUnknownKind
	}
	ref := m.Ref()
	pb := &pocpb.Message{Task: &pocpb.TaskRef{Job: ref.Job[:], Task: ref.Task}}
	switch m := m.(type) {
	case Commit:
		pb.Kind = &pocpb.Message_Commit{Commit: &pocpb.Commit{Commitment: m.Commitment[:], Class: m.Class, Account: string(m.Account), Signature: m.Signature}}
	case Seal:
		entries := make([]*pocpb.Sealed, len(m.Entries))
		for i, e := range m.Entries {
			entries[i] = &pocpb.Sealed{Peer: e.Peer[:], Commitment: e.Commitment[:], Account: string(e.Account), Signature: e.Signature}
		}
		pb.Kind = &pocpb.Message_Seal{Seal: &pocpb.Seal{Round: m.Round, View: m.View, Entries: entries}}
	case Reveal:
		result, err := Encode(m.Result)
		if err != nil {
			return nil, err
		}
		pb.Kind = &pocpb.Message_Reveal{Reveal: &pocpb.Reveal{
			Salt: m.Salt[:], Class: m.Class, Result: result, Account: string(m.Account), Signature: m.Signature,
		}}
	case Show:
		result, err := Encode(m.Result)
		if err != nil {
			return nil, err
		}
		pb.Kind = &pocpb.Message_Show{Show: &pocpb.Show{Salt: m.Salt[:], Class: m.Class, Result: result}}
	case Near:
		pb.Kind = &pocpb.Message_Near{Near: &pocpb.Near{Near: m.Near, Far: m.Far}}
	case Attest:
		result, err := Encode(m.Result)
		if err != nil {
			return nil, err
		}
		pb.Kind = &pocpb.Message_Attest{Attest: &pocpb.Attest{
			Salt: m.Salt[:], Class: m.Class, Result: result, Account: string(m.Account), Signature: m.Signature, Agreed: m.Agreed, Late: m.Late,
		}}
	case Dissent:
		pb.Kind = &pocpb.Message_Dissent{Dissent: &pocpb.Dissent{Round: m.Round, Want: m.Want, Final: m.Final}}
	case Share:
		path := make([][]byte, len(m.Path))
		for i := range m.Path {
			path[i] = m.Path[i][:]
		}
		pb.Kind = &pocpb.Message_Share{Share: &pocpb.Share{Share: m.Share[:], Path: path}}
	case Vote:
		pb.Kind = &pocpb.Message_Vote{Vote: &pocpb.Vote{View: m.View, Step: uint32(m.Step), Blank: m.Blank, Without: m.Without}}
	case Abstain:
		pb.Kind = &pocpb.Message_Abstain{Abstain: &pocpb.Abstain{Reason: m.Reason}}
	case Twice:
		said := make([]*pocpb.Said, len(m.Said))
		for i, s := range m.Said {
			said[i] = &pocpb.Said{Digest: s.Digest[:], Agreed: s.Agreed, Late: s.Late, Signature: s.Signature}
		}
		pb.Kind = &pocpb.Message_Twice{Twice: &pocpb.Twice{Account: string(m.Account), Kind: uint32(m.Kind), Said: said}}
	case Proven:
		certificate, err := m.Certificate.Encode()
		if err != nil {
			return nil, err
		}
		pb.Kind = &pocpb.Message_Proven{Proven: &pocpb.Proven{Certificate: certificate}}
	default:
		return nil, ErrUnknownKind
	}
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(pb)
	if err == nil && len(b) > MaxMessage {
		return nil, ErrLargeMessage
	}
	return b, err
}

// UnmarshalMessage decodes what MarshalMessage makes. It checks the form only; Validate checks the rest.
func UnmarshalMessage(b []byte) (Message, error) {
	var pb pocpb.Message
	if err := UnmarshalStrict(b, &pb, MaxMessage, MaxSealed); err != nil {
		return nil, err
	}
	var bad error
	hash := func(what string, b []byte) (h Hash) {
		if len(b) != len(h) && bad == nil {
			bad = fmt.Errorf("the %s has %d bytes, not %d", what, len(b), len(h))
		}
		copy(h[:], b)
		return h
	}
	result := func(b []byte) (r Result) {
		if err := Decode(b, &r); err != nil && bad == nil {
			bad = fmt.Errorf("reading the result: %w", err)
		}
		return r
	}
	ref := TaskRef{Job: hash("job", pb.GetTask().GetJob()), Task: pb.GetTask().GetTask()}
	var m Message
	switch k := pb.Kind.(type) {
	case *pocpb.Message_Commit:
		m = Commit{
			TaskRef: ref, Commitment: hash("commitment", k.Commit.Commitment), Class: k.Commit.Class, Account: Account(k.Commit.Account), Signature: k.Commit.Signature,
		}
	case *pocpb.Message_Seal:
		s := Seal{TaskRef: ref, Round: k.Seal.Round, View: k.Seal.View, Entries: make([]Sealed, len(k.Seal.Entries))}
		for i, e := range k.Seal.Entries {
			s.Entries[i] = Sealed{
				Peer: PeerID(hash("peer", e.Peer)), Commitment: hash("commitment", e.Commitment), Account: Account(e.Account), Signature: e.Signature,
			}
		}
		m = s
	case *pocpb.Message_Reveal:
		m = Reveal{TaskRef: ref, Opening: Opening{
			Salt: hash("salt", k.Reveal.Salt), Class: k.Reveal.Class, Result: result(k.Reveal.Result),
			Account: Account(k.Reveal.Account), Signature: k.Reveal.Signature,
		}}
	case *pocpb.Message_Show:
		m = Show{TaskRef: ref, Salt: hash("salt", k.Show.Salt), Class: k.Show.Class, Result: result(k.Show.Result)}
	case *pocpb.Message_Near:
		m = Near{TaskRef: ref, Near: k.Near.Near, Far: k.Near.Far}
	case *pocpb.Message_Attest:
		m = Attest{TaskRef: ref, Opening: Opening{
			Salt: hash("salt", k.Attest.Salt), Class: k.Attest.Class, Result: result(k.Attest.Result),
			Account: Account(k.Attest.Account), Signature: k.Attest.Signature,
		}, Agreed: k.Attest.Agreed, Late: k.Attest.Late}
	case *pocpb.Message_Dissent:
		m = Dissent{TaskRef: ref, Round: k.Dissent.Round, Want: k.Dissent.Want, Final: k.Dissent.Final}
	case *pocpb.Message_Vote:
		if k.Vote.Step >= uint32(voteSteps) {
			return nil, errWire
		}
		m = Vote{TaskRef: ref, View: k.Vote.View, Step: VoteStep(k.Vote.Step), Blank: k.Vote.Blank, Without: k.Vote.Without}
	case *pocpb.Message_Abstain:
		m = Abstain{TaskRef: ref, Reason: k.Abstain.Reason}
	case *pocpb.Message_Share:
		s := Share{TaskRef: ref, Share: hash("share", k.Share.Share)}
		for _, p := range k.Share.Path {
			s.Path = append(s.Path, hash("path", p))
		}
		m = s
	case *pocpb.Message_Twice:
		if len(k.Twice.Said) != 2 || k.Twice.Kind > uint32(Attested) {
			return nil, errWire
		}
		two := Twice{TaskRef: ref, Account: Account(k.Twice.Account), Kind: StatementKind(k.Twice.Kind)}
		for i, s := range k.Twice.Said {
			two.Said[i] = Said{Digest: hash("digest", s.Digest), Agreed: s.Agreed, Late: s.Late, Signature: s.Signature}
		}
		m = two
	case *pocpb.Message_Proven:
		c, err := DecodeCertificate(k.Proven.Certificate)
		switch {
		case bad != nil:
		case err != nil:
			bad = err
		case c.Ref() != ref:
			bad = errors.New("the certificate is of another task than the message")
		default:
			m = Proven{Certificate: *c}
		}
	default:
		return nil, ErrUnknownKind
	}
	if bad != nil {
		return nil, bad
	}
	return m, nil
}

var errWire = errors.New("the message is not well-formed protobuf")

const maxWireDepth = 16

// UnmarshalStrict decodes b into m after walking it without allocating: it refuses more than maxSize bytes, more than
// maxList elements in one list, unknown fields, and singular fields or oneofs that occur twice. What passes has one
// meaning for every decoder.
func UnmarshalStrict(b []byte, m proto.Message, maxSize, maxList int) error {
	if len(b) > maxSize {
		return ErrLargeMessage
	}
	if err := walk(b, m.ProtoReflect().Descriptor(), maxList, maxWireDepth); err != nil {
		return err
	}
	return proto.Unmarshal(b, m)
}

func walk(b []byte, md protoreflect.MessageDescriptor, maxList, depth int) error {
	if depth == 0 {
		return errWire
	}
	var few [16]int // occurrences by field index, without allocating for messages of usual size
	counts := few[:]
	if n := md.Fields().Len(); n > len(counts) {
		counts = make([]int, n)
	}
	var chosen [4]bool // by oneof index
	for len(b) > 0 {
		num, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errWire
		}
		b = b[n:]
		n = protowire.ConsumeFieldValue(num, typ, b)
		if n < 0 {
			return errWire
		}
		value := b[:n]
		b = b[n:]
		fd := md.Fields().ByNumber(num)
		if fd == nil {
			return ErrUnknownField
		}
		packed := fd.IsList() && typ == protowire.BytesType && wireType(fd.Kind()) != protowire.BytesType
		if typ != wireType(fd.Kind()) && !packed {
			return ErrUnknownField // proto.Unmarshal would keep it as unknown
		}
		elements := 1
		if packed {
			elements = packedLen(value, wireType(fd.Kind()))
		}
		counts[fd.Index()] += elements
		if many := fd.IsList() || fd.IsMap(); !many && counts[fd.Index()] > 1 || counts[fd.Index()] > max(maxList, 1) {
			return ErrRepeatedField
		}
		if o := fd.ContainingOneof(); o != nil && o.Index() < len(chosen) {
			if chosen[o.Index()] {
				return ErrRepeatedField
			}
			chosen[o.Index()] = true
		}
		if fd.Message() != nil && typ == protowire.BytesType {
			inner, _ := protowire.ConsumeBytes(value)
			if err := walk(inner, fd.Message(), maxList, depth-1); err != nil {
				return err
			}
		}
	}
	return nil
}

// packedLen counts the elements of a packed list, given with its length prefix.
func packedLen(value []byte, typ protowire.Type) int {
	list, _ := protowire.ConsumeBytes(value)
	switch typ {
	case protowire.Fixed32Type:
		return len(list) / 4
	case protowire.Fixed64Type:
		return len(list) / 8
	}
	n := 0
	for _, c := range list {
		if c < 0x80 { // the last byte of a varint
			n++
		}
	}
	return n
}

func wireType(k protoreflect.Kind) protowire.Type {
	switch k {
	case protoreflect.BytesKind, protoreflect.StringKind, protoreflect.MessageKind:
		return protowire.BytesType
	case protoreflect.Fixed32Kind, protoreflect.Sfixed32Kind, protoreflect.FloatKind:
		return protowire.Fixed32Type
	case protoreflect.Fixed64Kind, protoreflect.Sfixed64Kind, protoreflect.DoubleKind:
		return protowire.Fixed64Type
	case protoreflect.GroupKind:
		return protowire.StartGroupType
	}
	return protowire.VarintType
}
