package poc

import (
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"gpumesh/poc/pocpb"
)

func someSeal() Seal {
	s := Seal{TaskRef: testRef, Round: 1, View: 2, Entries: []Sealed{sealedBy(testRef, 1, Hash{2}), sealedBy(testRef, 3, Hash{4})}}
	sortEntries(s.Entries)
	return s
}

func someMessages() []Message {
	return []Message{
		commitOf(0, "a"), someSeal(), revealOf(1, "b"), attestOf(2, "c"),
		Dissent{TaskRef: testRef, Round: 1, Want: 2}, Abstain{TaskRef: testRef, Reason: "no memory"},
		Show{TaskRef: testRef, Salt: testHash("salt"), Class: "class", Result: testResult("near")}, Near{TaskRef: testRef, Near: testSeats(0, 2), Far: testSeats(1)}, Proven{*someCertificate(0, 1)},
		Vote{TaskRef: testRef, View: 3, Step: Decide, Without: 5}, Vote{TaskRef: testRef, Step: Prefer, Blank: true},
		twiceOf(Attested, attestOf(2, "a").Opening, attestOf(2, "b").Opening, testSeats(0, 1, 2)),
	}
}

func TestMessagesRoundTrip(t *testing.T) {
	for _, m := range append(someMessages(), Dissent{TaskRef: testRef, Round: 1, Final: true}) {
		b, err := MarshalMessage(m)
		require.NoError(t, err)
		back, err := UnmarshalMessage(b)
		require.NoError(t, err)
		require.Equal(t, m, back)
		_, err = Validate(back, testKeys{})
		require.NoError(t, err)
	}
	_, err := MarshalMessage(nil)
	require.ErrorIs(t, err, ErrUnknownKind)
}

// TestWireGolden pins the bytes of each kind by their hash.
func TestWireGolden(t *testing.T) {
	var got []string
	for _, m := range someMessages() {
		b, err := MarshalMessage(m)
		require.NoError(t, err)
		h := BlockHash(b)
		got = append(got, hex.EncodeToString(h[:8]))
	}
	require.Equal(t, goldenWire, strings.Join(got, " "))
	require.Equal(t, goldenCommitment, testCommitment(0, "a").String())
}

func TestUnmarshalRefuses(t *testing.T) {
	marshal := func(pb *pocpb.Message) []byte {
		b, err := proto.Marshal(pb)
		require.NoError(t, err)
		return b
	}
	task := &pocpb.TaskRef{Job: testRef.Job[:], Task: 3}
	good, err := MarshalMessage(Abstain{TaskRef: testRef})
	require.NoError(t, err)
	reveal, err := MarshalMessage(revealOf(0, "a"))
	require.NoError(t, err)
	certificate, err := someCertificate(0, 1).Encode()
	require.NoError(t, err)
	unknown := protowire.AppendVarint(protowire.AppendTag(nil, 99, protowire.VarintType), 1)
	nested := append(protowire.AppendTag(nil, 7, protowire.BytesType), protowire.AppendBytes(nil, unknown)...)
	wrongType := protowire.AppendVarint(protowire.AppendTag(nil, 7, protowire.VarintType), 1)
	var entries []*pocpb.Sealed
	for range MaxSealed + 1 {
		entries = append(entries, &pocpb.Sealed{})
	}
	for _, c := range []struct {
		name string
		b    []byte
		is   error
		says string
	}{
		{"empty", nil, ErrUnknownKind, ""},
		{"no kind", marshal(&pocpb.Message{Task: task}), ErrUnknownKind, ""},
		{"too large", make([]byte, MaxMessage+1), ErrLargeMessage, ""},
		{"cut", good[:len(good)-1], errWire, ""},
		{"unknown field", append(append([]byte{}, good...), unknown...), ErrUnknownField, ""},
		{"unknown nested field", nested, ErrUnknownField, ""},
		{"field of another type", wrongType, ErrUnknownField, ""},
		{"task twice", append(append([]byte{}, good...), good[:38]...), ErrRepeatedField, ""},
		{"two kinds", append(append([]byte{}, good...), reveal[38:]...), ErrRepeatedField, ""},
		{"too many entries", marshal(&pocpb.Message{Task: task, Kind: &pocpb.Message_Seal{Seal: &pocpb.Seal{Entries: entries}}}), ErrRepeatedField, ""},
		{"short job", marshal(&pocpb.Message{Task: &pocpb.TaskRef{Job: []byte{1}}, Kind: &pocpb.Message_Abstain{Abstain: &pocpb.Abstain{}}}), nil, "the job has 1 bytes, not 32"},
		{"no task", marshal(&pocpb.Message{Kind: &pocpb.Message_Abstain{Abstain: &pocpb.Abstain{}}}), nil, "the job has 0 bytes, not 32"},
		{"bad result", marshal(&pocpb.Message{Task: task, Kind: &pocpb.Message_Reveal{Reveal: &pocpb.Reveal{Salt: testRef.Job[:], Result: []byte{0xff}}}}), nil, "reading the result"},
		{"bad certificate", marshal(&pocpb.Message{Task: task, Kind: &pocpb.Message_Proven{Proven: &pocpb.Proven{Certificate: []byte{0xff}}}}), nil, "reading the certificate"},
		{"one statement", marshal(&pocpb.Message{Task: task, Kind: &pocpb.Message_Twice{Twice: &pocpb.Twice{Said: []*pocpb.Said{{}}}}}), errWire, ""},
		{"certificate of another task", marshal(&pocpb.Message{Task: &pocpb.TaskRef{Job: testRef.Job[:], Task: 4}, Kind: &pocpb.Message_Proven{Proven: &pocpb.Proven{Certificate: certificate}}}), nil, "of another task"},
	} {
		_, err := UnmarshalMessage(c.b)
		require.Error(t, err, c.name)
		if c.is != nil {
			require.ErrorIs(t, err, c.is, c.name)
		}
		require.ErrorContains(t, err, c.says, c.name)
	}
}

func TestPackedListsAreCounted(t *testing.T) {
	list := protowire.AppendVarint(protowire.AppendVarint(nil, 1), math.MaxUint64)
	require.Equal(t, 2, packedLen(protowire.AppendBytes(nil, list), protowire.VarintType))
	require.Equal(t, 3, packedLen(protowire.AppendBytes(nil, make([]byte, 12)), protowire.Fixed32Type))
	require.Equal(t, 3, packedLen(protowire.AppendBytes(nil, make([]byte, 24)), protowire.Fixed64Type))
}

func TestValidateRefuses(t *testing.T) {
	opening := func(change func(o *Opening)) Reveal {
		m := revealOf(0, "a")
		change(&m.Opening)
		return m
	}
	seal := func(change func(s *Seal)) Seal {
		s := someSeal()
		change(&s)
		return s
	}
	outputs := func(os ...Output) Reveal {
		return opening(func(o *Opening) { o.Result.Outputs = os })
	}
	proof := func(change func(c *Certificate)) Proven {
		c := someCertificate(0, 1)
		change(c)
		return Proven{*c}
	}
	file := testFile("a")
	for says, m := range map[string]Message{
		"device class has 1 to 64 bytes, not 0":   Commit{TaskRef: testRef},
		"device class has 1 to 64 bytes, not 65":  Commit{TaskRef: testRef, Class: strings.Repeat("x", 65)},
		"device class has a control character":    Commit{TaskRef: testRef, Class: "a\x1b[2J"},
		"device class is not UTF-8":               Commit{TaskRef: testRef, Class: "\xff"},
		"the account has 1 to 64 bytes":           Commit{TaskRef: testRef, Class: "class"},
		"a settlement signature has 1 to":         Commit{TaskRef: testRef, Class: "class", Account: "a"},
		"the settlement signature is not valid":   Commit{TaskRef: testRef, Class: "class", Account: "a", Signature: []byte{1}},
		"settlement signature is not valid":       seal(func(s *Seal) { s.Entries[0].Commitment = Hash{9} }),
		"a seal has 1 to 64 entries, not 0":       seal(func(s *Seal) { s.Entries = nil }),
		"a seal has 1 to 64 entries, not 65":      seal(func(s *Seal) { s.Entries = make([]Sealed, 65) }),
		"must be sorted by peer and distinct":     seal(func(s *Seal) { s.Entries[0], s.Entries[1] = s.Entries[1], s.Entries[0] }),
		"sorted by peer and distinct":             seal(func(s *Seal) { s.Entries[1] = s.Entries[0] }),
		"round 64 and view 2":                     seal(func(s *Seal) { s.Round = 64 }),
		"round 1 and view 64":                     seal(func(s *Seal) { s.View = 64 }),
		"account has 1 to 64 bytes, not 0":        opening(func(o *Opening) { o.Account = "" }),
		"signature has 1 to 128 bytes, not 0":     opening(func(o *Opening) { o.Signature = nil }),
		"signature has 1 to 128 bytes, not 129":   opening(func(o *Opening) { o.Signature = make([]byte, 129) }),
		"signature is not valid":                  opening(func(o *Opening) { o.Signature[0] ^= 1 }),
		"signature is not valid: wrong signature": Reveal{testRef, attestOf(0, "a").Opening}, // the other statement
		"a result has 1 to 16 outputs, not 0":     outputs(),
		"a result has 1 to 16 outputs, not 17":    outputs(make([]Output, 17)...),
		"output name has 1 to 64 bytes, not 0":    outputs(Output{File: file}),
		`the output name "x" occurs twice`:        outputs(Output{Name: "x", File: file}, Output{Name: "x", File: file}),
		`output "x" is not a SHA-256 link`:        outputs(Output{Name: "x"}),
		`output "x" is not a UnixFS file`:         outputs(Output{Name: "x", File: HashLink(Hash{1})}),
		"a dissent wants at most 64 replicas":     Dissent{TaskRef: testRef, Want: 65},
		"in a round below 64":                     Dissent{TaskRef: testRef, Want: 1, Round: 64},
		"and none if it is final":                 Dissent{TaskRef: testRef, Want: 1, Final: true},
		"reason has 0 to 256 bytes, not 257":      Abstain{TaskRef: testRef, Reason: strings.Repeat("x", 257)},
		"names at least its own seat":             Attest{TaskRef: testRef, Opening: testOpening(0, "a", Attested, 0)},
		"signature is not valid: wrong sig":       Attest{TaskRef: testRef, Opening: testOpening(0, "a", Attested, 1), Agreed: 3},
		"a certificate has 1 to 64":               Proven{*someCertificate()},
		"under the certificate is not valid":      proof(func(c *Certificate) { c.Attestations[0].Signature[0] ^= 1 }),
		ErrUnknownKind.Error():                    nil,
	} {
		v, err := Validate(m, testKeys{})
		require.ErrorContains(t, err, says)
		require.Nil(t, v.Message())
	}
}

func FuzzUnmarshalMessage(f *testing.F) {
	for _, m := range someMessages() {
		b, err := MarshalMessage(m)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := UnmarshalMessage(b)
		if err != nil {
			return
		}
		again, err := MarshalMessage(m)
		require.NoError(t, err)
		back, err := UnmarshalMessage(again)
		require.NoError(t, err)
		require.Equal(t, m, back)
		if v, err := Validate(m, testKeys{}); err == nil {
			task := newTask(t, testSetup(0, 6, testPolicy))
			setRef := Received{From: testWorker(1).Peer, Message: v}
			_, _ = task.Step(1, setRef) // must not panic
		}
	})
}
