package market

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"gpumesh/market/marketpb"
	"gpumesh/poc"
)

// Header is what an envelope's author adds to a message.
type Header struct {
	Sequence uint64   // per author, increasing
	Sent     poc.Time // when it was made
	Expires  poc.Time // after it the message means nothing
}

// signedBytes prefixes body with a domain that holds the network id, so that a signature is worth nothing elsewhere.
func signedBytes(network poc.Hash, body []byte) []byte {
	const domain = "gpumesh/envelope/1"
	b := make([]byte, 0, len(domain)+len(body)+48)
	b = binary.AppendUvarint(b, uint64(len(domain)))
	b = append(b, domain...)
	b = append(b, network[:]...)
	b = binary.AppendUvarint(b, uint64(len(body)))
	return append(b, body...)
}

// Wrap encodes and signs a message.
func Wrap(network poc.Hash, key ed25519.PrivateKey, h Header, m Message) ([]byte, error) {
	pb, err := toPB(m)
	if err != nil {
		return nil, err
	}
	pb.Sequence, pb.Sent, pb.Expires = h.Sequence, int64(h.Sent), int64(h.Expires)
	body, err := proto.MarshalOptions{Deterministic: true}.Marshal(pb)
	if err != nil {
		return nil, err
	}
	return proto.MarshalOptions{Deterministic: true}.Marshal(&marketpb.Envelope{
		Body: body, Peer: key.Public().(ed25519.PublicKey), Signature: ed25519.Sign(key, signedBytes(network, body)),
	})
}

// Errors of Open.
var (
	ErrTooLarge  = errors.New("message is too large")
	ErrMalformed = errors.New("message is malformed")
	ErrSignature = errors.New("message signature is wrong")
)

// Open decodes an envelope, checks its author's signature for the given network, its schema and every bound, and the
// settlement signatures inside. It knows nothing of the machine's state or of the time; Step judges those.
func Open(network poc.Hash, data []byte, v poc.Verifier) (Validated, error) {
	if len(data) > MaxEnvelope {
		return Validated{}, ErrTooLarge
	}
	body, peer, sig, err := splitEnvelope(data)
	if err != nil {
		return Validated{}, err
	}
	if !ed25519.Verify(peer[:], signedBytes(network, body), sig) {
		return Validated{}, ErrSignature
	}
	var pb marketpb.Body
	if err := proto.Unmarshal(body, &pb); err != nil {
		return Validated{}, fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	if len(pb.ProtoReflect().GetUnknown()) > 0 {
		return Validated{}, fmt.Errorf("%w: unknown fields", ErrMalformed)
	}
	out := Validated{
		from: peer, sequence: pb.Sequence, sent: poc.Time(pb.Sent), expires: poc.Time(pb.Expires), raw: bytes.Clone(data),
	}
	if out.sent <= 0 || out.expires <= out.sent {
		return Validated{}, fmt.Errorf("%w: it expires before it was sent", ErrMalformed)
	}
	if out.message, err = fromPB(&pb); err != nil {
		return Validated{}, fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	switch m := out.message.(type) {
	case Proof:
		if v == nil {
			return Validated{}, fmt.Errorf("%w: a proof inside another message", ErrMalformed)
		}
		if out.proof, err = poc.Validate(m.Message, v); err != nil {
			return Validated{}, fmt.Errorf("%w: %v", ErrMalformed, err)
		}
	case Award:
		if out.seats, err = openAward(network, m); err != nil {
			return Validated{}, fmt.Errorf("%w: %v", ErrMalformed, err)
		}
	case Ad, Bid:
		if len(data) > MaxGossip {
			return Validated{}, ErrTooLarge
		}
	}
	return out, nil
}

// splitEnvelope reads the three fields in order without allocating for more than they hold.
func splitEnvelope(data []byte) (body []byte, peer poc.PeerID, sig []byte, err error) {
	var fields [3][]byte
	for i := range fields {
		num, typ, n := protowire.ConsumeTag(data)
		if n < 0 || num != protowire.Number(i+1) || typ != protowire.BytesType {
			return nil, peer, nil, fmt.Errorf("%w: not an envelope", ErrMalformed)
		}
		data = data[n:]
		b, n := protowire.ConsumeBytes(data)
		if n < 0 {
			return nil, peer, nil, fmt.Errorf("%w: not an envelope", ErrMalformed)
		}
		fields[i], data = b, data[n:]
	}
	if len(data) != 0 || len(fields[1]) != 32 || len(fields[2]) != ed25519.SignatureSize {
		return nil, peer, nil, fmt.Errorf("%w: not an envelope", ErrMalformed)
	}
	return fields[0], poc.PeerID(fields[1]), fields[2], nil
}

// openAward checks an award document: every offer in it is signed by its author, for this job, once per peer and account.
func openAward(network poc.Hash, m Award) ([]frozen, error) {
	var doc AwardDoc
	if err := poc.Decode(m.Document, &doc); err != nil {
		return nil, err
	}
	if doc.Version != 1 || doc.Job != m.Job {
		return nil, errors.New("the award is of another version or job")
	}
	if len(doc.Offers) == 0 || len(doc.Offers) > 64 {
		return nil, errors.New("an award has 1 to 64 offers")
	}
	accounts := make(map[poc.Account]bool, len(doc.Offers))
	seats := make([]frozen, 0, len(doc.Offers))
	for i, raw := range doc.Offers {
		if len(raw) > MaxOffer+maxCapability {
			return nil, ErrTooLarge
		}
		o, err := Open(network, raw, nil) // an offer holds no settlement signature
		if err != nil {
			return nil, err
		}
		offer, ok := o.message.(Offer)
		if !ok || offer.Job != m.Job || accounts[offer.Account] {
			return nil, errors.New("the award holds something else than distinct offers for its job")
		}
		if i > 0 && bytes.Compare(seats[i-1].peer[:], o.from[:]) >= 0 {
			return nil, errors.New("the offers of an award are sorted by peer")
		}
		accounts[offer.Account] = true
		seats = append(seats, frozen{o.from, offer})
	}
	return seats, nil
}

func toPB(m Message) (*marketpb.Body, error) {
	b := &marketpb.Body{}
	switch m := m.(type) {
	case Ad:
		b.Message = &marketpb.Body_Ad{Ad: &marketpb.Ad{
			Account: string(m.Account), Class: m.Class, Adapter: m.Adapter, AdapterType: m.AdapterType,
			F32Ops: m.F32, I32Ops: m.I32, Bandwidth: m.Bandwidth, Memory: m.Memory, Floor: uint64(m.Floor),
			Rate: uint64(m.Rate), Slots: m.Slots, Queued: m.Queued, Version: m.Version,
			Sandbox: m.Sandbox, Ecc: m.ECC, Health: string(m.Health), Data: m.Data,
		}}
	case Bid:
		b.Message = &marketpb.Body_Bid{Bid: &marketpb.Bid{
			Job: m.Job[:], Account: string(m.Account), MaxPrice: uint64(m.MaxPrice), Tasks: m.Tasks,
			Replicas: m.Replicas, Round: m.Round, Closes: int64(m.Closes), Reach: m.Reach,
		}}
	case Offer:
		o := &marketpb.Offer{
			Job: m.Job[:], Account: string(m.Account), Ask: uint64(m.Ask), Speed: m.Speed, Class: m.Class,
			Stake: uint64(m.Backing.Stake), Completed: m.Backing.Completed, Faults: m.Backing.Faults,
		}
		if !m.Lot.IsZero() {
			o.Lot = m.Lot[:]
		}
		o.Capability = m.Capability
		b.Message = &marketpb.Body_Offer{Offer: o}
	case Decline:
		b.Message = &marketpb.Body_Decline{Decline: &marketpb.Decline{Job: m.Job[:], Code: string(m.Code), Reason: m.Reason, Ask: uint64(m.Ask)}}
	case Award:
		b.Message = &marketpb.Body_Award{Award: &marketpb.Award{Job: m.Job[:], Document: m.Document}}
	case Lease:
		l := &marketpb.Lease{Job: m.Job[:], Finished: m.Finished, Others: m.Others}
		for _, r := range m.Running {
			l.Running = append(l.Running, &marketpb.Running{Task: r.Task, Done: r.Done, Total: r.Total})
		}
		b.Message = &marketpb.Body_Lease{Lease: l}
	case Settled:
		b.Message = &marketpb.Body_Settled{Settled: &marketpb.Settled{Job: m.Job[:]}}
	case Proof:
		raw, err := poc.MarshalMessage(m.Message)
		if err != nil {
			return nil, err
		}
		b.Message = &marketpb.Body_Poc{Poc: raw}
	default:
		return nil, fmt.Errorf("%w: %T cannot be sent", ErrMalformed, m)
	}
	return b, nil
}

// printable reports whether people can be shown a stranger's text as it is.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

func fromPB(b *marketpb.Body) (Message, error) {
	var errs error
	hash := func(p []byte) (h poc.Hash) {
		if len(p) != len(h) {
			errs = errors.Join(errs, errors.New("a hash has 32 bytes"))
			return h
		}
		return poc.Hash(p)
	}
	text := func(name, s string, max int) string {
		if len(s) > max || !printable(s) {
			errs = errors.Join(errs, fmt.Errorf("%s is not text of at most %d bytes without control characters", name, max))
		}
		return s
	}
	account := func(s string) poc.Account {
		if s == "" {
			errs = errors.Join(errs, errors.New("the account is missing"))
		}
		return poc.Account(text("account", s, poc.MaxAccount))
	}
	var m Message
	switch pb := b.Message.(type) {
	case *marketpb.Body_Ad:
		a := pb.Ad
		m = Ad{
			Account: account(a.Account), Class: text("class", a.Class, poc.MaxClass), Adapter: text("adapter", a.Adapter, 2*maxText),
			AdapterType: text("adapter type", a.AdapterType, maxText), F32: a.F32Ops, I32: a.I32Ops, Bandwidth: a.Bandwidth,
			Memory: a.Memory, Floor: Amount(a.Floor), Rate: Amount(a.Rate), Slots: a.Slots, Queued: a.Queued,
			Version: text("version", a.Version, maxText), Sandbox: text("sandbox", a.Sandbox, maxText), ECC: text("ecc", a.Ecc, maxText),
			Health: Health(text("health", a.Health, maxText)), Data: a.Data,
		}
		if len(a.Data) > MaxData {
			return nil, fmt.Errorf("an ad names at most %d data sets", MaxData)
		}
		for _, d := range a.Data {
			text("data", d, MaxDataName)
		}
		if !Health(a.Health).valid() {
			return nil, fmt.Errorf("%q is no state of health", a.Health)
		}
	case *marketpb.Body_Bid:
		d := pb.Bid
		m = Bid{
			Job: hash(d.Job), Account: account(d.Account), MaxPrice: Amount(d.MaxPrice), Tasks: d.Tasks, Replicas: d.Replicas,
			Round: d.Round, Closes: poc.Time(d.Closes), Reach: d.Reach,
		}
		if d.Reach > ReachAll {
			return nil, fmt.Errorf("a bid asks at most %d parts of the providers", ReachAll)
		}
	case *marketpb.Body_Offer:
		o := pb.Offer
		offer := Offer{
			Job: hash(o.Job), Account: account(o.Account), Ask: Amount(o.Ask), Speed: o.Speed, Class: text("class", o.Class, poc.MaxClass),
			Backing: Backing{Amount(o.Stake), o.Completed, o.Faults},
		}
		if len(o.Lot) > 0 {
			offer.Lot = hash(o.Lot)
		}
		if len(o.Capability) > maxCapability {
			return nil, fmt.Errorf("a capability has at most %d bytes", maxCapability)
		}
		if len(o.Capability) > 0 {
			offer.Capability = o.Capability
		}
		m = offer
	case *marketpb.Body_Decline:
		d := pb.Decline
		m = Decline{Job: hash(d.Job), Code: DeclineCode(text("code", d.Code, maxText)), Reason: text("reason", d.Reason, poc.MaxReason), Ask: Amount(d.Ask)}
	case *marketpb.Body_Award:
		m = Award{Job: hash(pb.Award.Job), Document: pb.Award.Document}
	case *marketpb.Body_Lease:
		l := Lease{Job: hash(pb.Lease.Job), Finished: pb.Lease.Finished, Others: pb.Lease.Others}
		if len(pb.Lease.Running) > maxRunning {
			return nil, fmt.Errorf("a lease shows at most %d programs", maxRunning)
		}
		for _, r := range pb.Lease.Running {
			l.Running = append(l.Running, Progress{r.GetTask(), r.GetDone(), r.GetTotal()})
		}
		m = l
	case *marketpb.Body_Settled:
		m = Settled{Job: hash(pb.Settled.Job)}
	case *marketpb.Body_Poc:
		pm, err := poc.UnmarshalMessage(pb.Poc)
		if err != nil {
			return nil, err
		}
		m = Proof{pm}
	default:
		return nil, errors.New("the message is missing or of an unknown kind")
	}
	return m, errs
}
