package market

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// decodes checks that a document that can be read is the only one that says what it says, and no longer than it may be.
func decodes[T any](t *testing.T, data []byte) (v T, ok bool) {
	if poc.Decode(data, &v) != nil {
		return v, false
	}
	again, err := poc.Encode(v)
	require.NoError(t, err)
	require.Equal(t, data, again)
	return v, true
}

// FuzzSpec reads jobs. What passes Validate is within every bound that the file spec.go states, whatever it counts or adds up.
func FuzzSpec(f *testing.F) {
	plain, n := validSpec()
	n.MaxBatch, n.MinReplicas = 8, 1
	plain.Network = n.ID()
	seed := func(change func(s *Spec)) {
		s := plain
		s.Tasks = slices.Clone(plain.Tasks)
		change(&s)
		f.Add(poc.MustEncode(s))
	}
	seed(func(s *Spec) {})
	seed(func(s *Spec) { s.Batch, s.Tasks = 2, []Task{s.Tasks[0], s.Tasks[0]} })
	seed(func(s *Spec) { s.Due, s.LateBps, s.Deadline, s.Class, s.MinSpeed = 5, 100, 10, "c", 7 })
	seed(func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 1, Quorum: 7, MaxReplicas: 12, Standby: 11, MaxError: 1_000}
		s.Budget = 1_000
	})
	seed(func(s *Spec) { // it may go on without the first task
		file := poc.BlockLink([]byte("spare"))
		part := Part{From: &From{0, "o"}, Size: 8, Spare: &file}
		s.Tasks[1].Inputs, s.Tasks[1].Least = []Input{{"x", []Part{part}}}, 1
	})
	seed(func(s *Spec) { s.Tasks[0].Outputs = []OutSpec{{"o", 8}, {"big", MaxTotal - 12}} })
	f.Fuzz(func(t *testing.T, data []byte) {
		s, ok := decodes[Spec](t, data)
		if !ok || s.Validate(n) != nil {
			return
		}
		require.Equal(t, poc.BlockHash(data), s.ID())
		require.LessOrEqual(t, len(s.Tasks), int(n.MaxTasks))
		require.LessOrEqual(t, s.Batch, n.MaxBatch)
		require.Equal(t, len(s.Tasks), s.Units()*s.TasksPerUnit())
		cost, ok := MaxCost(s.Terms(n), 0)
		require.True(t, ok && cost > 0 && cost <= s.Budget)
		require.True(t, s.Due == 0 && s.LateBps == 0 || 0 < s.Due && s.Due < s.Deadline && s.LateBps <= FeeBase)
		p := s.Policy
		require.NoError(t, p.Validate())
		require.LessOrEqual(t, p.Candidates(), poc.MaxSealed)
		require.LessOrEqual(t, p.MaxReplicas, n.MaxReplicas)
		for i, task := range s.Tasks {
			var total uint64
			require.LessOrEqual(t, len(task.Inputs), MaxInputs)
			require.LessOrEqual(t, len(task.Outputs), poc.MaxOutputs)
			require.True(t, 1 <= task.Timeout && task.Timeout <= 3600)
			for _, in := range task.Inputs {
				require.LessOrEqual(t, len(in.Parts), MaxParts)
				for _, p := range in.Parts {
					require.True(t, p.From == nil || int(p.From.Task) < i, "an input comes from a later task")
					require.LessOrEqual(t, p.Size, uint64(MaxTotal))
					total += p.Size
				}
			}
			for _, o := range task.Outputs {
				require.LessOrEqual(t, o.Size, uint64(MaxTotal))
				total += o.Size
			}
			require.LessOrEqual(t, total, uint64(MaxTotal))
			for _, need := range task.Needs() {
				require.Less(t, int(need), i)
			}
		}
		for i := range s.Units() { // what follows from it can be asked of any such spec
			s.held(i)
		}
		require.LessOrEqual(t, int(s.Audits()), s.Units())
		_ = s.Judgeable()
	})
}

// testBatch is a unit of several tasks.
func testBatch(n int) (poc.Result, Block) {
	var results []poc.Result
	for i := range n {
		results = append(results, poc.Result{Outputs: []poc.Output{{Name: "out", File: rawLink(fmt.Sprint(i)), Size: 8}}, Trace: poc.Hash{byte(i)}})
	}
	unit, block, err := PackBatch(results)
	if err != nil {
		panic(err) // of constant results
	}
	return unit, block
}

// FuzzUnpackBatch takes documents of units. For any certified result there is one document at most; and whatever a document lists, the
// result that is packed of it is unpacked to it, and to nothing of another length.
func FuzzUnpackBatch(f *testing.F) {
	unit, block := testBatch(3)
	f.Add(block.Data, uint8(3))
	_, one := testBatch(1)
	f.Add(one.Data, uint8(1))
	f.Add(poc.MustEncode(BatchDoc{Version: 2}), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, tasks uint8) {
		if _, err := UnpackBatch(unit, data, int(tasks)); err == nil {
			require.Equal(t, block.Data, data)
			require.EqualValues(t, 3, tasks)
		}
		doc, ok := decodes[BatchDoc](t, data)
		if !ok || doc.Version != 1 {
			return
		}
		own, packed, err := PackBatch(doc.Results)
		require.NoError(t, err)
		require.Equal(t, data, packed.Data)
		back, err := UnpackBatch(own, data, len(doc.Results))
		if err != nil {
			require.True(t, slices.ContainsFunc(doc.Results, func(r poc.Result) bool { return r.Validate() != nil }), "%v", err)
			return
		}
		require.Equal(t, doc.Results, back)
		_, err = UnpackBatch(own, data, len(doc.Results)+1)
		require.Error(t, err)
	})
}

// signedOffers makes valid offers of as many authors, sorted by peer.
func signedOffers(network, job poc.Hash, n int) (out [][]byte) {
	type one struct{ peer, raw []byte }
	var all []one
	for i := range n {
		key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{byte(i + 1)}, 32))
		raw, err := Wrap(network, key, Header{1, 1000, 2000}, Offer{Job: job, Account: poc.Account(fmt.Sprint("a", i)), Ask: Amount(5 + i), Speed: 9, Class: "c"})
		if err != nil {
			panic(err) // a constant offer
		}
		all = append(all, one{key.Public().(ed25519.PublicKey), raw})
	}
	slices.SortFunc(all, func(a, b one) int { return bytes.Compare(a.peer, b.peer) })
	for _, o := range all {
		out = append(out, o.raw)
	}
	return out
}

// FuzzOpenAward lets the fuzzer choose which of some validly signed offers an award holds, how often, and what is damaged. Whatever opens is
// canonical, and seats each author and account once, in order.
func FuzzOpenAward(f *testing.F) {
	network, job := poc.Hash{0xaa}, poc.Hash{1, 2, 3}
	pool := signedOffers(network, job, 6)
	pool = append(pool, signedOffers(network, poc.Hash{4}, 1)[0], signedOffers(poc.Hash{0xbb}, job, 1)[0])
	twice, err := Wrap(network, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{99}, 32)), Header{1, 1000, 2000}, Offer{Job: job, Account: "a0", Ask: 1})
	require.NoError(f, err)
	decline, err := Wrap(network, testKey(), Header{1, 1000, 2000}, Decline{Job: job, Code: DeclinePrice})
	require.NoError(f, err)
	pool = append(pool, twice, decline)
	signed := append(slices.Clone(pool[:6]), twice)
	f.Add([]byte{0, 1, 2, 3, 4, 5}, []byte{}, uint16(0))
	f.Add([]byte{0, 0}, []byte{}, uint16(0))
	f.Add([]byte{1, 0}, []byte{}, uint16(0))
	f.Add([]byte{0, 6, 7, 8, 9}, []byte{}, uint16(0))
	f.Add([]byte{0, 1}, []byte{1}, uint16(40))
	f.Add([]byte{}, poc.MustEncode(AwardDoc{Version: 1, Job: job, Offers: pool[:2]}), uint16(0))
	f.Fuzz(func(t *testing.T, choice, raw []byte, at uint16) {
		doc := raw
		if len(choice) > 0 && len(choice) < 100 {
			a := AwardDoc{Version: 1, Job: job}
			for _, c := range choice {
				a.Offers = append(a.Offers, pool[int(c)%len(pool)])
			}
			doc = poc.MustEncode(a)
			for i, x := range raw[:min(len(raw), 4)] {
				doc[(int(at)+i)%len(doc)] ^= x
			}
		}
		p, err := OpenAward(network, job, doc)
		if err != nil {
			return
		}
		a, ok := decodes[AwardDoc](t, doc)
		require.True(t, ok)
		seats := p.Seating(LocalNetwork(), Spec{}).Seats
		require.Len(t, seats, len(a.Offers))
		require.True(t, 1 <= len(a.Offers) && len(a.Offers) <= 64)
		peers, accounts := p.Peers(), map[poc.Account]bool{}
		for i, s := range seats {
			require.True(t, i == 0 || bytes.Compare(peers[i-1][:], peers[i][:]) < 0)
			require.False(t, accounts[s.Account])
			accounts[s.Account] = true
			require.Contains(t, signed, a.Offers[i], "an offer that nobody signed for this network and job")
		}
		_, err = OpenAward(poc.Hash{0xbb}, job, doc)
		require.Error(t, err)
		_, err = OpenAward(network, poc.Hash{4}, doc)
		require.Error(t, err)
	})
}
