package market

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"gpumesh/market/marketpb"
	"gpumesh/poc"
	"gpumesh/poc/pocpb"
)

func TestStateTransitions(t *testing.T) {
	want := map[State][]State{
		Locking: {Bidding, Failed}, Bidding: {Anchoring, Failed}, Anchoring: {Drawing, Failed}, Checking: {Offered, Declined},
		Offered: {Drawing, Declined}, Drawing: {Running, Failed, Offered}, Running: {Settling}, Settling: {Done},
	}
	for from := Locking; from <= Declined; from++ {
		for to := Locking; to <= Declined; to++ {
			allowed := false
			for _, s := range want[from] {
				allowed = allowed || s == to
			}
			if canTransition(from, to) != allowed {
				t.Errorf("%v to %v: %v", from, to, !allowed)
			}
			if from.Terminal() && canTransition(from, to) {
				t.Errorf("%v is terminal but goes to %v", from, to)
			}
		}
	}
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Amount
		out  string
	}{
		{"1", NLOV, "1 NLOV"}, {"1.5 NLOV", 1_500_000_000, "1.5 NLOV"}, {"0.000000001", 1, "0.000000001 NLOV"},
		{".5", NLOV / 2, "0.5 NLOV"}, {"500000000", 500_000_000 * NLOV, "500000000 NLOV"}, {"18446744073.709551615", ^Amount(0), "18446744073.709551615 NLOV"},
	} {
		got, err := ParseAmount(c.in)
		if err != nil || got != c.want || got.String() != c.out {
			t.Errorf("%q: %v (%d), %v", c.in, got, got, err)
		}
	}
	for _, in := range []string{"", ".", "-1", "+1", "1.0000000001", "1e3", "18446744073.709551616", "99999999999", "1.-5", "1.+5", "one"} {
		if a, err := ParseAmount(in); err == nil {
			t.Errorf("%q parsed as %v", in, a)
		}
	}
}

func TestScores(t *testing.T) {
	got := scores([]scoreInput{
		{speed: 1000, ask: 100, completed: 98}, // fastest, known
		{speed: 500, ask: 50},                  // half as fast, half the price, new
		{speed: 1000, ask: 100, completed: 98, faults: 5},
		{},
	}, 4)
	want := []uint64{400_000 + 297_000 + 150_000 - 150_000 + 0, 0, 0, 0}
	// The free offer has an ask of 1 in the ratio, so cost efficiency is relative to it.
	want[0] = (4*1_000_000 + 3*990_000 + 3*10_000) / 10
	want[1] = (4*500_000 + 3*500_000 + 3*20_000) / 10
	want[2] = (4*1_000_000 + 3*495_000 + 3*10_000) / 10
	want[3] = (0 + 3*500_000 + 3*1_000_000) / 10
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("score %d is %d, want %d", i, got[i], want[i])
		}
	}
	if s := scores([]scoreInput{{speed: ^uint64(0), ask: ^Amount(0), completed: ^uint64(0), faults: ^uint64(0)}}, 4); s[0] == 0 || s[0] > scoreUnit {
		t.Errorf("extreme score %d", s[0])
	}
}

// TestOverstatedSpeed: a provider of median speed that says it is a hundred times as fast is drawn first less than 10/7 times as
// often as it was due, and before the cap the bound was 10/6.
func TestOverstatedSpeed(t *testing.T) {
	const n, tasks = 20, 20_000
	draws := func(claim uint64, speedCap uint32) (first int) {
		in := make([]scoreInput, n)
		for i := range in {
			in[i] = scoreInput{speed: uint64(1000 + 10*i), ask: 100, completed: 50}
		}
		in[n/2].speed *= claim
		cs := make([]poc.Candidate, n)
		for i, w := range scores(in, speedCap) {
			cs[i] = poc.Candidate{Worker: poc.Worker{Peer: poc.PeerID{byte(i)}, Account: poc.Account(rune('a' + i))}, Weight: w}
		}
		for task := range uint32(tasks) {
			if poc.Rank(poc.Hash{3}, poc.TaskRef{Task: task}, cs)[0].Peer == (poc.PeerID{n / 2}) {
				first++
			}
		}
		return first
	}
	honest, once, hundred, million := draws(1, 4), draws(4, 4), draws(100, 4), draws(1_000_000, 4)
	if honest < tasks/n*9/10 || honest > tasks/n*11/10 {
		t.Errorf("an honest provider is first in %d of %d tasks", honest, tasks)
	}
	if hundred*7 >= honest*10 {
		t.Errorf("overstating a hundredfold makes %d of %d", hundred, honest)
	}
	if free := draws(1_000_000, 0); free*10 <= hundred*11 {
		t.Errorf("without a cap overstating makes %d, and with it %d", free, hundred)
	}
	if hundred != million || hundred > once*101/100 {
		t.Errorf("beyond the cap overstating gains: %d, %d, %d", once, hundred, million)
	}
}

func testKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))
}

func testMessages() map[string]Message { return testMessagesOf(poc.Hash{1, 2, 3}, poc.Hash{1, 2, 3}) }

// testMessagesOf are messages of every kind about a job. What is signed inside them is signed for a job, too.
func testMessagesOf(job, signed poc.Hash) map[string]Message {
	ref := poc.TaskRef{Job: job, Task: 1}
	result := poc.Result{Outputs: []poc.Output{{Name: "out", File: rawLink("x"), Size: 8}}}
	sign := func(st poc.Statement) []byte {
		st.Job, st.Task, st.Digest = signed, ref.Task, result.Digest()
		return testSignature("a", st)
	}
	opening := func(sig []byte) poc.Opening {
		return poc.Opening{Class: "c", Result: result, Account: "a", Signature: sig}
	}
	reveal := opening(sign(poc.Statement{Kind: poc.Revealed}))
	attest := opening(sign(poc.Statement{Kind: poc.Attested, Agreed: 3, Late: 1}))
	other := testSignature("a", poc.Statement{Kind: poc.Revealed, Job: signed, Task: ref.Task, Digest: poc.Hash{7}})
	committed := func(task uint32, h poc.Hash) []byte {
		return testSignature("a", poc.Statement{Kind: poc.Committed, Job: signed, Task: task, Digest: h})
	}
	award := AwardDoc{Version: 1, Job: job, Offers: signedOffers(poc.Hash{0xaa}, signed, 2)}
	return map[string]Message{
		"ad":      Ad{Account: "0xabc", Class: "c", Adapter: "llvmpipe", AdapterType: "cpu", F32: 1, I32: 2, Bandwidth: 3, Memory: 4, Floor: 5, Rate: 6, Slots: 1, Queued: 2, Version: "1", Sandbox: "full", ECC: "on"},
		"bid":     Bid{Job: job, Account: "0xabc", MaxPrice: 7, Tasks: 1, Replicas: 3, Round: 1, Closes: 99},
		"offer":   Offer{Job: job, Account: "0xdef", Ask: 5, Speed: 9, Class: "c"},
		"decline": Decline{Job: job, Code: DeclinePrice, Reason: "too low"},
		"award":   Award{job, poc.MustEncode(award)},
		"lease":   Lease{Job: job, Finished: 3, Running: []Progress{{1, 2, 3}}, Others: 4},
		"settled": Settled{job},
		"commit":  Proof{poc.Commit{TaskRef: poc.TaskRef{Job: job, Task: 1}, Commitment: poc.Hash{9}, Class: "c", Account: "a", Signature: committed(1, poc.Hash{9})}},
		"seal":    Proof{poc.Seal{TaskRef: ref, Round: 1, View: 2, Entries: []poc.Sealed{{Peer: poc.PeerID{1}, Commitment: poc.Hash{2}, Account: "a", Signature: committed(ref.Task, poc.Hash{2})}}}},
		"share":   Proof{poc.Share{TaskRef: ref, Share: poc.Hash{1}, Path: []poc.Hash{{2}}}},
		"reveal":  Proof{poc.Reveal{TaskRef: ref, Opening: reveal}},
		"show":    Proof{poc.Show{TaskRef: ref, Class: "c", Result: result}},
		"near":    Proof{poc.Near{TaskRef: ref, Near: 5, Far: 2}},
		"attest":  Proof{poc.Attest{TaskRef: ref, Opening: attest, Agreed: 3, Late: 1}},
		"dissent": Proof{poc.Dissent{TaskRef: ref, Round: 1, Want: 2}},
		"abstain": Proof{poc.Abstain{TaskRef: ref, Reason: "no memory"}},
		"twice":   Proof{poc.Twice{TaskRef: ref, Account: "a", Kind: poc.Revealed, Said: [2]poc.Said{{Digest: result.Digest(), Signature: reveal.Signature}, {Digest: poc.Hash{7}, Signature: other}}}},
		"vote":    Proof{poc.Vote{TaskRef: ref, View: 3, Step: poc.Decide, Without: 5}},
		"proven": Proof{poc.Proven{Certificate: poc.Certificate{
			Version: poc.CertificateVersion, Job: job, Task: ref.Task, Award: poc.BlockLink([]byte("award")), Result: result,
			Attestations: []poc.Attestation{{Peer: poc.PeerID{1}, Account: "a", Agreed: 3, Late: 1, Signature: attest.Signature}},
		}}},
	}
}

// TestInnerSignaturesAreOfOneJob moves what others signed for one job into messages about another, by an author of its own: whatever holds a
// signature is refused there. Every kind of message is among those that TestEnvelopes shows to another network.
func TestInnerSignaturesAreOfOneJob(t *testing.T) {
	network, kinds := poc.Hash{0xaa}, map[string]bool{}
	for name, m := range testMessagesOf(poc.Hash{4}, poc.Hash{1, 2, 3}) {
		raw, err := Wrap(network, testKey(), Header{1, 1000, 2000}, m)
		require.NoError(t, err)
		_, err = Open(network, raw, testVerifier{})
		if slices.Contains([]string{"award", "commit", "seal", "reveal", "attest", "twice", "proven"}, name) {
			require.ErrorIs(t, err, ErrMalformed, name)
		} else {
			require.NoError(t, err, name)
		}
		b, err := toPB(m)
		require.NoError(t, err)
		r := b.ProtoReflect()
		kind := r.WhichOneof(r.Descriptor().Oneofs().ByName("message"))
		if kinds[string(kind.Name())] = true; b.GetPoc() != nil {
			var pb pocpb.Message
			require.NoError(t, proto.Unmarshal(b.GetPoc(), &pb))
			r := pb.ProtoReflect()
			kinds["poc "+string(r.WhichOneof(r.Descriptor().Oneofs().ByName("kind")).Name())] = true
		}
	}
	all := (&marketpb.Body{}).ProtoReflect().Descriptor().Oneofs().ByName("message").Fields().Len()
	proofs := (&pocpb.Message{}).ProtoReflect().Descriptor().Oneofs().ByName("kind").Fields().Len()
	require.Len(t, kinds, all+proofs, "every kind of message: %v", slices.Sorted(maps.Keys(kinds)))
}

// TestGoldenEnvelopes pins the exact bytes that are signed and sent: other versions and languages must make the same.
func TestGoldenEnvelopes(t *testing.T) {
	var out strings.Builder
	for _, name := range []string{"ad", "bid", "offer", "decline", "lease", "settled", "commit"} {
		raw, err := Wrap(poc.Hash{0xaa}, testKey(), Header{1, 1000, 2000}, testMessages()[name])
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(name + " " + hex.EncodeToString(raw) + "\n")
	}
	const file = "testdata/envelopes.txt"
	if os.Getenv("REWRITE") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != out.String() {
		t.Errorf("envelopes changed; got\n%s", out.String())
	}
}

func TestEnvelopes(t *testing.T) {
	network := poc.Hash{0xaa}
	for name, m := range testMessages() {
		raw, err := Wrap(network, testKey(), Header{1, 1000, 2000}, m)
		if err != nil {
			t.Fatal(err)
		}
		v, err := Open(network, raw, testVerifier{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again, err := Wrap(network, testKey(), Header{1, 1000, 2000}, v.Message())
		if err != nil || !bytes.Equal(raw, again) {
			t.Errorf("%s does not survive the round trip", name)
		}
		if _, err := Open(poc.Hash{0xbb}, raw, testVerifier{}); !errors.Is(err, ErrSignature) {
			t.Errorf("%s opens on another network: %v", name, err)
		}
		for i := range raw {
			bad := bytes.Clone(raw)
			bad[i] ^= 1
			if _, err := Open(network, bad, testVerifier{}); err == nil {
				t.Fatalf("%s opens with bit 0 of byte %d flipped", name, i)
			}
		}
		if _, err := Open(network, append(bytes.Clone(raw), 0), testVerifier{}); err == nil {
			t.Errorf("%s opens with a byte behind it", name)
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, m := range testMessages() {
		raw, err := Wrap(poc.Hash{0xaa}, testKey(), Header{1, 1000, 2000}, m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
		body, _, _, _ := splitEnvelope(raw)
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = Open(poc.Hash{0xaa}, data, testVerifier{})
		// The signature keeps the fuzzer away from the schema: sign its bytes as a body.
		raw := bytes.Clone(data)
		env := signedEnvelope(poc.Hash{0xaa}, raw)
		if v, err := Open(poc.Hash{0xaa}, env, testVerifier{}); err == nil {
			if _, err := Wrap(poc.Hash{0xaa}, testKey(), Header{1, 1000, 2000}, v.Message()); err != nil {
				t.Fatalf("what opens cannot be sent: %v", err)
			}
		}
	})
}

func signedEnvelope(network poc.Hash, body []byte) []byte {
	var b []byte
	put := func(tag byte, p []byte) {
		b = append(b, tag<<3|2)
		n := len(p)
		for n >= 0x80 {
			b = append(b, byte(n)|0x80)
			n >>= 7
		}
		b = append(append(b, byte(n)), p...)
	}
	put(1, body)
	put(2, testKey().Public().(ed25519.PublicKey))
	put(3, ed25519.Sign(testKey(), signedBytes(network, body)))
	return b
}

func validSpec() (Spec, Network) {
	n := LocalNetwork()
	n.Chain = "test"
	prog, file := poc.BlockLink([]byte("p")), poc.BlockLink([]byte("f"))
	return Spec{
		Version: 1, Network: n.ID(), Name: "j", Account: "a", MaxPrice: 10, Budget: 100, Deadline: 1,
		Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 4},
		Tasks: []Task{
			{Name: "a", Program: prog, Inputs: []Input{{"x", []Part{{File: &file, Size: 4}}}}, Outputs: []OutSpec{{"o", 8}}, Timeout: 1},
			{Name: "b", Program: prog, Inputs: []Input{{"x", []Part{{From: &From{0, "o"}, Size: 8}}}}, Outputs: []OutSpec{{"o", 8}}, Timeout: 1},
		},
	}, n
}

func TestSpecValidation(t *testing.T) {
	s, n := validSpec()
	if err := s.Validate(n); err != nil {
		t.Fatal(err)
	}
	var back Spec
	if err := poc.Decode(poc.MustEncode(s), &back); err != nil || back.ID() != s.ID() {
		t.Fatalf("round trip: %v", err)
	}
	for name, breakIt := range map[string]func(*Spec){
		"unknown":       func(s *Spec) { s.Version = 2 },
		"network":       func(s *Spec) { s.Network[0]++ },
		"job name":      func(s *Spec) { s.Name = "" },
		"tasks":         func(s *Spec) { s.Tasks = nil },
		"replicas":      func(s *Spec) { s.Policy.Replicas = 1 },
		"quorum":        func(s *Spec) { s.Policy.Quorum = 1 },
		"maxReplicas":   func(s *Spec) { s.Policy.MaxReplicas = 2 },
		"standby":       func(s *Spec) { s.Policy.Standby = 1000 },
		"maxPrice":      func(s *Spec) { s.MaxPrice = 0 },
		"budget":        func(s *Spec) { s.Budget = 99 },
		"deadline":      func(s *Spec) { s.Deadline = 0 },
		"timeout":       func(s *Spec) { s.Tasks[0].Timeout = 0 },
		"earlier":       func(s *Spec) { s.Tasks[1].Inputs[0].Parts[0].From.Task = 1 },
		"no output":     func(s *Spec) { s.Tasks[1].Inputs[0].Parts[0].From.Output = "z" },
		"8 bytes":       func(s *Spec) { s.Tasks[0].Outputs[0].Name = "z" },
		"either a file": func(s *Spec) { s.Tasks[0].Inputs[0].Parts[0].File = nil },
		"distinct":      func(s *Spec) { s.Tasks[0].Outputs = append(s.Tasks[0].Outputs, OutSpec{"o", 1}) },
		"go together":   func(s *Spec) { s.LateBps = 1 },
		"whole ask":     func(s *Spec) { s.Due, s.LateBps = 1, FeeBase+1 },
		"late":          func(s *Spec) { s.Due, s.LateBps = s.Deadline, 1 },
		"before":        func(s *Spec) { s.Due, s.LateBps = -1, 1 },
		"over":          func(s *Spec) { s.Tasks[1].Outputs[0].Size = MaxTotal + 1 },
	} {
		s, n := validSpec()
		breakIt(&s)
		if err := s.Validate(n); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNetworkValidation(t *testing.T) {
	for _, n := range []Network{DefaultNetwork(), LocalNetwork()} {
		n.Chain = "x"
		if err := n.Validate(); err != nil {
			t.Error(err)
		}
	}
	n := LocalNetwork()
	n.Name, n.LeaseTTL, n.MaxTasks = "Bad Name", 0, 0
	err := n.Validate()
	for _, field := range []string{"name", "chain", "leaseTTL", "maxTasks"} {
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s is not reported: %v", field, err)
		}
	}
	a, b := LocalNetwork(), LocalNetwork()
	b.ClaimTurn++
	if a.ID() == b.ID() {
		t.Error("networks with other parameters have the same id")
	}
}

// TestDeadline: what is due for a job does not hide behind what else a node has to do.
func TestDeadline(t *testing.T) {
	w := newWorld(t, 75, 4)
	owner := w.nodes[0]
	id := owner.job(2, false)
	w.run(func() bool {
		for _, n := range w.nodes {
			if s := n.state(id); !s.Terminal() && n.m.Deadline(id) == 0 {
				t.Fatalf("node %d: the job is %v without a deadline", n.index, s)
			}
		}
		return owner.state(id) == Done
	}, 60_000)
	if d := owner.m.Deadline(id); d != 0 {
		t.Errorf("a job that is over has the deadline %d", d)
	}
	stuck := waiting(owner.m, 9, "x", Normal, 1, 0)
	stuck.seats, stuck.nextLease = []frozen{{peer: owner.peer}}, w.now
	if owner.m.NextDeadline() == 0 || owner.m.Deadline(stuck.id) != 0 {
		t.Errorf("a job with nothing but a lease to renew is due at %d", owner.m.Deadline(stuck.id))
	}
}
