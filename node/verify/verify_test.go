package verify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/poc"
)

func check(t *testing.T, r *node.Receipt, o Options) map[string]Check {
	t.Helper()
	rep := Receipt(t.Context(), r, o)
	out := map[string]Check{}
	ok := true
	for _, c := range rep.Checks {
		if _, known := out[c.Name]; !known || c.Status == Failed {
			out[c.Name] = c
		}
		ok = ok && c.Status != Failed
	}
	require.Equal(t, ok, rep.OK)
	return out
}

func TestHonestReceiptHolds(t *testing.T) {
	s := newStory(t)
	rep := Receipt(t.Context(), s.receipt(), Options{Rerun: 2, Required: true, Content: s.content})
	for _, c := range rep.Checks {
		if c.Name == "chain" {
			require.Equal(t, Skipped, c.Status)
			continue
		}
		require.Equal(t, Passed, c.Status, "%s: %s", c.Name, c.Text)
	}
	require.Len(t, rep.Checks, 12, "two tasks are computed again")
	require.Contains(t, rep.Checks[7].Text, "fee (1.00%)")
	s = newStory(t)
	s.spec.Policy.Standby = 3 // of whom only one was there
	passed := check(t, s.receipt(), Options{})
	require.Contains(t, passed["certificates"].Text, "; 2 of 4 candidates certify a result: if 20 % of all providers collude, they can settle a wrong one in 18.08 % of the tasks; maxError")
}

// What lateness costs is checked like the rest: who is late as the certificates say is paid less, and nobody else.
func TestLateness(t *testing.T) {
	s := newStory(t)
	s.spec.Due, s.spec.LateBps, s.late = 500_000, 2_500, 0b0101
	passed := check(t, s.receipt(), Options{})
	for _, name := range []string{"certificates", "pay", "escrow"} {
		require.Equal(t, Passed, passed[name].Status, passed[name].Text)
	}
	r := s.receipt()
	r.Workers[0].Late--
	require.Contains(t, check(t, r, Options{})["pay"].Text, "the receipt counts 1 certificates that call")
	r = s.receipt()
	r.Operations[2].Receipt.Pays[0].Amount = 2 * ask // as if it had been in time
	require.Contains(t, check(t, r, Options{})["pay"].Text, "its ask for each certificate that names it comes to")
}

// A job that was settled in a batch has one transaction that closed it, and its workers the pay that its certificates say.
func TestSettledInABatch(t *testing.T) {
	s := newStory(t)
	r := s.receipt()
	r.Operations[2] = market.Entry{Kind: "batch", Receipt: market.Receipt{Tx: "0xc1", Height: 9, Amount: r.Escrow.Refunded}}
	r.Escrow.Fees = r.Escrow.Paid * market.Amount(s.feeBps) / market.FeeBase // of the whole
	r.Escrow.Refunded = r.Escrow.Locked - r.Escrow.Paid - r.Escrow.Fees
	r.Operations[2].Receipt.Amount = r.Escrow.Refunded
	passed := check(t, r, Options{})
	for _, name := range []string{"pay", "escrow"} {
		require.Equal(t, Passed, passed[name].Status, passed[name].Text)
	}
	r.Workers[1].Paid--
	require.Contains(t, check(t, r, Options{})["pay"].Text, "its transactions come to")
	r.Workers[1].Paid++
	r.Escrow.Paid--
	require.Equal(t, Failed, check(t, r, Options{})["escrow"].Status)
}

// Every part of a receipt is tampered with, each in a way that only one check can see, and each has a sentence of its own.
func TestEveryPartIsChecked(t *testing.T) {
	reencode := func(d *node.Document, alter func(*poc.Certificate)) {
		c, err := poc.DecodeCertificate(d.Block)
		require.NoError(t, err)
		alter(c)
		*d = block(c)
	}
	flip := func(b []byte, at int) []byte { b[at] ^= 1; return b }
	resign := func(r *node.Receipt, alter func(*market.AwardDoc)) {
		var doc market.AwardDoc
		require.NoError(t, poc.Decode(r.Award.Block, &doc))
		alter(&doc)
		r.Award = block(doc)
		r.Beacon.Award = poc.BlockHash(r.Award.Block)
	}
	s := newStory(t)
	stranger := s.workers[0]
	for _, c := range []struct {
		check, want string
		alter       func(r *node.Receipt)
	}{
		{"job", "the receipt has version 2; this program knows 1", func(r *node.Receipt) { r.Version = 2 }},
		{"job", `the job is not over: it was "running"`, func(r *node.Receipt) { r.State = "running" }},
		{"job", "the block of the spec is missing", func(r *node.Receipt) { r.Spec.Block = nil }},
		{"job", "the block of the spec has the CID", func(r *node.Receipt) { flip(r.Spec.Block, 30) }},
		{"job", "the spec is that of job", func(r *node.Receipt) { other := s.spec; other.Budget++; r.Spec = block(other) }},
		{"job", `the receipt calls the job "x", and its spec "story"`, func(r *node.Receipt) { r.Name = "x" }},
		{"job", "the receipt gives the job to", func(r *node.Receipt) { r.Owner[0]++ }},
		{"job", "the receipt has 1 tasks, and the spec 2", func(r *node.Receipt) { r.Tasks = r.Tasks[:1] }},
		{"job", `the receipt has task 1 ("triple") where the spec has task 0`, func(r *node.Receipt) { r.Tasks[0].Index = 1 }},
		{"network", "network: version is 2, want 1", func(r *node.Receipt) { r.Network.Version = 2 }},
		{"network", "the manifest hashes to network", func(r *node.Receipt) { r.Network.MinStake++ }},
		{"award", "the block of the award has the CID", func(r *node.Receipt) { flip(r.Award.Block, 60) }},
		{"award", "the award: message signature is wrong", func(r *node.Receipt) {
			resign(r, func(d *market.AwardDoc) { flip(d.Offers[1], len(d.Offers[1])-1) })
		}},
		{"award", "the award: the offers of an award are sorted by peer", func(r *node.Receipt) {
			resign(r, func(d *market.AwardDoc) { d.Offers[0], d.Offers[1] = d.Offers[1], d.Offers[0] })
		}},
		{"award", "the receipt names 4 workers, and the award has 3 seats", func(r *node.Receipt) {
			resign(r, func(d *market.AwardDoc) { d.Offers = d.Offers[:3] })
		}},
		{"award", "worker 2 of the receipt is not the one that signed offer 2", func(r *node.Receipt) { r.Workers[2].Ask++ }},
		{"draw", "the beacon is missing", func(r *node.Receipt) { r.Beacon = nil }},
		{"draw", "the beacon is of award", func(r *node.Receipt) { r.Beacon.Award[5]++ }},
		{"draw", "the beacon tells of 3 workers, and the award has 4 seats", func(r *node.Receipt) { r.Beacon.Standings = r.Beacon.Standings[:3] }},
		{"draw", "the beacon tells of account 0x1 at seat 3", func(r *node.Receipt) { r.Beacon.Standings[3].Account = "0x1" }},
		{"draw", "fewer seats are registered with enough stake than make a quorum of the job", func(r *node.Receipt) {
			r.Beacon.Standings[0].Registered, r.Beacon.Standings[1].Stake, r.Beacon.Standings[2].Stake = false, 0, 0
		}},
		{"certificates", "is not a candidate of the task", func(r *node.Receipt) { r.Beacon.Standings[0].Stake-- }},
		{"certificates", "task 1 (triple) has no certificate, and the receipt does not say why", func(r *node.Receipt) { r.Tasks[1].Certificate = nil }},
		{"certificates", "task 0 (triple): the block of the certificate has the CID", func(r *node.Receipt) { flip(r.Tasks[0].Certificate.Block, 40) }},
		{"certificates", "under the certificate is not valid: the signature is not by", func(r *node.Receipt) {
			reencode(r.Tasks[0].Certificate, func(c *poc.Certificate) { flip(c.Attestations[2].Signature, 40) })
		}},
		{"certificates", "the certificate has 1 attestations, and the quorum is 2", func(r *node.Receipt) {
			reencode(r.Tasks[0].Certificate, func(c *poc.Certificate) { c.Attestations = c.Attestations[:1] })
		}},
		{"certificates", "the certificate is under award", func(r *node.Receipt) {
			reencode(r.Tasks[0].Certificate, func(c *poc.Certificate) { c.Award = poc.HashLink(poc.Hash{1}) })
		}},
		{"certificates", "the certificate is for task", func(r *node.Receipt) { r.Tasks[0].Certificate = r.Tasks[1].Certificate }},
		{"certificates", "under the certificate is not valid", func(r *node.Receipt) {
			reencode(r.Tasks[1].Certificate, func(c *poc.Certificate) { c.Result.Trace[0]++ })
		}},
		{"certificates", "signs the certificate for account", func(r *node.Receipt) {
			reencode(r.Tasks[1].Certificate, func(c *poc.Certificate) { c.Attestations[1].Account = poc.Account(strings.Repeat("1", 42)) })
		}},
		{"results", "the digest of the receipt is not", func(r *node.Receipt) { r.Tasks[0].Digest[0]++ }},
		{"results", "the trace root of the receipt is not", func(r *node.Receipt) { r.Tasks[1].Trace = nil }},
		{"results", `output "y" of the receipt is not the certified one`, func(r *node.Receipt) { r.Tasks[1].Result[0].CID = r.Tasks[0].Result[0].CID }},
		{"results", "1 outputs are certified, 0 in the receipt, and 1 in the spec", func(r *node.Receipt) { r.Tasks[0].Result = nil }},
		{"results", `task 0 (triple): it is certified, and the receipt calls it "computing"`, func(r *node.Receipt) { r.Tasks[0].Phase = "computing" }},
		{"results", "the signers of the receipt are not those of the certificate", func(r *node.Receipt) { r.Tasks[0].Signers[0] = poc.PeerID{} }},
		{"pay", "and its transactions come to", func(r *node.Receipt) { r.Workers[1].Paid-- }},
		{"pay", "the receipt counts 3 certificates that name", func(r *node.Receipt) { r.Workers[1].Tasks++ }},
		{"pay", "are not those that pay it", func(r *node.Receipt) { r.Workers[1].Tx = nil }},
		{"pay", "and its ask for each certificate that names it comes to", func(r *node.Receipt) { r.Operations[2].Receipt.Pays[0].Amount++ }},
		{"pay", "claim 0xc1: it pays account 0xee, which has no seat", func(r *node.Receipt) { r.Operations[2].Receipt.Pays[0].Account = "0xee" }},
		{"pay", "and its certified task 1 was never claimed", func(r *node.Receipt) {
			r.Operations[2].Receipt.Tasks = r.Operations[2].Receipt.Tasks[:1]
			for i := range r.Operations[2].Receipt.Pays {
				r.Operations[2].Receipt.Pays[i].Amount = ask
			}
		}},
		{"pay", "task 1 is claimed twice", func(r *node.Receipt) { r.Operations[2].Receipt.Tasks[0] = 1 }},
		{"pay", "claim 0xc1 settles task 7, which has no certificate", func(r *node.Receipt) { r.Operations[2].Receipt.Tasks[0] = 7 }},
		{"pay", "is a lock, and the receipt says that it pays workers", func(r *node.Receipt) { r.Operations[0].Receipt.Pays = r.Operations[2].Receipt.Pays }},
		{"escrow", "the budget is", func(r *node.Receipt) { r.Escrow.Locked++ }},
		{"escrow", "were paid; its workers got", func(r *node.Receipt) { r.Escrow.Paid++ }},
		{"escrow", "were refunded, and its transactions", func(r *node.Receipt) { r.Escrow.Refunded-- }},
		{"escrow", "the escrow is closed, and", func(r *node.Receipt) { r.Escrow.Fees-- }},
		{"escrow", "are more than the", func(r *node.Receipt) { r.Escrow.Fees = r.Escrow.Locked }},
		{"escrow", "no rate of protocol fee on the pay of each task comes to", func(r *node.Receipt) {
			r.Escrow.Fees--
			r.Escrow.Refunded++
			r.Operations[2].Receipt.Amount++
		}},
		{"slashes", "the receipt lists 1 slashes, and its transactions are 0", func(r *node.Receipt) { r.Slashed = make([]node.Slashed, 1) }},
		{"slashes", "was slashed for task 0 before the task was claimed", func(r *node.Receipt) { s.slash(r, stranger, 8) }},
		{"slashes", "was slashed for task 0 and was no candidate of it", func(r *node.Receipt) { s.slash(r, worker{peer: stranger.peer, account: "0x77"}, 10) }},
		{"slashes", "is not what its transaction 0xd1 says", func(r *node.Receipt) { s.slash(r, stranger, 10); r.Slashed[0].Amount++ }},
		{"slashes", "was slashed for task 0 twice", func(r *node.Receipt) { s.slash(r, stranger, 10); s.slash(r, stranger, 11) }},
	} {
		r := s.receipt()
		c.alter(r)
		got := check(t, r, Options{})
		require.Equal(t, Failed, got[c.check].Status, "%s (%s): %s", c.check, c.want, got[c.check].Text)
		require.Contains(t, got[c.check].Text, c.want)
		require.NotContains(t, got[c.check].Text, "\n")
	}
}

// slash adds a conviction to a receipt, for task 0 in a block of the given height.
func (s *story) slash(r *node.Receipt, w worker, height uint64) {
	receipt := market.Receipt{Tx: "0xd1", Height: height, Amount: 5, Tasks: []uint32{0}}
	r.Operations = append(r.Operations, market.Entry{Kind: "slash", Account: w.account, Receipt: receipt})
	r.Slashed = append(r.Slashed, node.Slashed{Peer: w.id(), Account: w.account, Amount: 5, Tasks: receipt.Tasks, Tx: receipt.Tx})
}

func TestConvictedAndUnpaidWorkers(t *testing.T) {
	s := newStory(t)
	s.agreed = 0b1011 // seat 2 computed something else
	r := s.receipt()
	s.slash(r, s.workers[2], 12)
	got := check(t, r, Options{})
	for _, name := range []string{"pay", "escrow", "slashes"} {
		require.Equal(t, Passed, got[name].Status, got[name].Text)
	}
	require.Contains(t, got["slashes"].Text, "1 slashes")

	// One that was undone is none, and the worker can be convicted of the task again.
	undo := r.Operations[len(r.Operations)-1]
	undo.Kind, undo.Receipt.Tx, undo.Receipt.Height, r.Slashed = "restore", "0xd2", 13, nil
	r.Operations = append(r.Operations, undo)
	got = check(t, r, Options{})
	require.Equal(t, Passed, got["slashes"].Status, got["slashes"].Text)
	s.slash(r, s.workers[2], 14)
	got = check(t, r, Options{})
	require.Equal(t, Passed, got["slashes"].Status, got["slashes"].Text)
	require.Contains(t, got["slashes"].Text, "1 slashes")

	// A seat whose stake has fallen is passed over by the chain; the receipt cannot show why, and says so.
	r = s.receipt()
	lost := r.Operations[2].Receipt.Pays[0].Amount
	r.Operations[2].Receipt.Pays = r.Operations[2].Receipt.Pays[1:]
	r.Workers[0].Paid, r.Workers[0].Tx = 0, nil
	e := r.Escrow
	e.Paid -= lost
	e.Fees = 2 * (2 * ask * market.Amount(s.feeBps) / market.FeeBase)
	e.Refunded = e.Locked - e.Paid - e.Fees
	r.Operations[2].Receipt.Amount = e.Refunded
	rep := Receipt(t.Context(), r, Options{})
	require.True(t, rep.OK, "%v", rep.Checks)
	require.Contains(t, strings.Join(rep.Notes, "\n"), "is named by 2 certificates and got nothing for them")
}

func TestJobsThatFailedEarly(t *testing.T) {
	s := newStory(t)
	whole := s.receipt()
	r := *whole
	r.State, r.Failure = "failed", &market.Failure{Code: market.FailProviders, Reason: "nobody offered"}
	r.Award, r.Beacon, r.Workers = node.Document{}, nil, nil
	r.Tasks = nil
	for i, x := range whole.Tasks {
		r.Tasks = append(r.Tasks, node.TaskReceipt{Index: uint32(i), Name: x.Name, Phase: "waiting"})
	}
	r.Escrow = &node.EscrowReceipt{Locked: s.spec.Budget, Refunded: s.spec.Budget, Closed: true}
	r.Operations = []market.Entry{whole.Operations[0], {Kind: "refund", Receipt: market.Receipt{Tx: "0xf1", Height: 8, Amount: s.spec.Budget}}}
	got := check(t, &r, Options{})
	require.Equal(t, Check{"award", Skipped, "the job failed before its award: nobody offered"}, got["award"])
	require.Equal(t, Passed, got["escrow"].Status, got["escrow"].Text)
	r.Escrow.Refunded--
	require.Equal(t, Failed, check(t, &r, Options{})["escrow"].Status)
}

// A quorum that lies together is believed by the chain, and not by the evaluator.
func TestWorkIsComputedAgain(t *testing.T) {
	s := newStory(t)
	all := Options{Rerun: 2, Required: true, Content: s.content}
	truth := s.results[1]
	for _, c := range []struct {
		want string
		lie  func(*poc.Result)
	}{
		{`task 1 (triple): the evaluator computes output "y" of 32 bytes`, func(r *poc.Result) {
			r.Outputs = []poc.Output{{Name: "y", File: s.content.addFile(t, make([]byte, 4*words)), Size: 4 * words}}
		}},
		{"task 1 (triple): the evaluator's trace root is", func(r *poc.Result) { r.Trace[0]++ }},
	} {
		s.results[1] = truth
		c.lie(&s.results[1])
		got := check(t, s.receipt(), all)
		require.Equal(t, Passed, got["results"].Status)
		require.Equal(t, Failed, got["work"].Status)
		require.Contains(t, got["work"].Text, c.want)
	}
	s.results[1] = truth

	// Content that is not what it is called is never believed; content that is missing is said to be.
	program := s.spec.Tasks[0].Program.String()
	x := s.spec.Tasks[0].Inputs[0].Parts[0].File.String()
	y := s.results[0].Outputs[0].File.String()
	for _, c := range []struct {
		content memory
		want    string
	}{
		{memory{program: []byte("other")}, "program " + program + ": its content is another one's"},
		{memory{program: s.content[program], x: []byte("other"), y: []byte("other")}, `input "x": file `},
		{memory{program: s.content[program], x: s.content[x][1:], y: s.content[y][1:]}, `input "x": file `},
	} {
		got := check(t, s.receipt(), Options{Rerun: 2, Content: c.content})
		require.Equal(t, Failed, got["work"].Status)
		require.Contains(t, got["work"].Text, c.want)
		require.Contains(t, got["work"].Text, "its content is another one's")
	}
	for required, want := range map[bool]Status{true: Failed, false: Skipped} {
		got := check(t, s.receipt(), Options{Rerun: 1, Required: required, NoContent: errors.New("there is no node")})
		require.Equal(t, Check{"work", want, "there is no node"}, got["work"])
		got = check(t, s.receipt(), Options{Rerun: 1, Required: required, Content: memory{}})
		require.Equal(t, want, got["work"].Status)
		require.Contains(t, got["work"].Text, program+" is not here")
	}
	require.Equal(t, Skipped, check(t, s.receipt(), Options{Content: s.content, Required: true})["work"].Status)
}

// Where devices may differ, a difference proves nothing: the evaluator is not asked.
func TestInexactWorkIsNotJudged(t *testing.T) {
	s := storyOf(t, inexact)
	s.results[0].Trace[0]++
	rep := Receipt(t.Context(), s.receipt(), Options{Rerun: 2, Content: s.content})
	require.True(t, rep.OK)
	require.Equal(t, Check{"work", Skipped, "no task has a program that every device computes alike"}, rep.Checks[len(rep.Checks)-1])
	require.Contains(t, strings.Join(rep.Notes, "\n"), "its program is class-exact, so the evaluator may differ from the workers' devices")
}

// The tasks that are looked at depend on the seed, which nobody knows beforehand.
func TestSample(t *testing.T) {
	s := newStory(t)
	firsts := map[int]int{}
	for i := range byte(32) {
		v := &verifier{r: s.receipt(), spec: s.spec, opts: Options{Seed: [32]byte{i}}, computed: make([]*poc.Result, 2)}
		for k := range v.computed {
			v.computed[k] = new(poc.Result)
		}
		order := v.sample()
		require.ElementsMatch(t, []int{0, 1}, order)
		firsts[order[0]]++
	}
	require.Len(t, firsts, 2)
}

// fakeChain answers what it is told to.
type fakeChain struct {
	name    string
	beacon  market.Beacon
	escrow  market.Escrow
	settled []poc.Hash
	history []market.Entry
	err     error
}

func (f *fakeChain) Chain() string { return f.name }
func (f *fakeChain) Beacon(context.Context, poc.Hash, poc.Hash, market.Seating) (market.Beacon, error) {
	return f.beacon, f.err
}
func (f *fakeChain) Escrow(context.Context, poc.Hash) (market.Escrow, error) { return f.escrow, nil }
func (f *fakeChain) Settled(context.Context, poc.Hash, uint32) ([]poc.Hash, error) {
	return f.settled, nil
}
func (f *fakeChain) History(context.Context, poc.Hash) ([]market.Entry, error) { return f.history, nil }

func TestAgainstTheChain(t *testing.T) {
	s := newStory(t)
	r := s.receipt()
	for _, c := range []struct {
		want  string
		alter func(*fakeChain)
	}{
		{"", func(*fakeChain) {}},
		{"", func(f *fakeChain) { f.history = append(f.history, market.Entry{Kind: "slash"}) }},
		{"the chain is evm:1:x, and the network of the receipt is on", func(f *fakeChain) { f.name = "evm:1:x" }},
		{"the line is cut", func(f *fakeChain) { f.err = errors.New("the line is cut") }},
		{"the chain's beacon at block 7", func(f *fakeChain) { f.beacon.Random[0]++ }},
		{"the escrow on chain is not on the terms of the spec", func(f *fakeChain) { f.escrow.Terms.Budget++ }},
		{"which is not what the receipt says", func(f *fakeChain) { f.escrow.Paid-- }},
		{"task 1 (triple) was paid on chain for the result", func(f *fakeChain) { f.settled[1][0]++ }},
		{"the chain has 2 transactions for the job, and the receipt 3", func(f *fakeChain) { f.history = f.history[:2] }},
		{"transaction 0xb1 of the receipt is another one on chain", func(f *fakeChain) { f.history[1].Receipt.Height++ }},
	} {
		e := r.Escrow
		f := &fakeChain{
			name: r.Network.Chain, beacon: *r.Beacon, settled: []poc.Hash{s.results[0].Digest(), s.results[1].Digest()},
			history: append([]market.Entry(nil), r.Operations...),
			escrow: market.Escrow{
				Owner: s.spec.Account, Terms: s.spec.Terms(s.network), Paid: e.Paid, Fees: e.Fees, Refunded: e.Refunded, Closed: true,
			},
		}
		c.alter(f)
		got := check(t, r, Options{Chain: f})["chain"]
		if c.want == "" {
			require.Equal(t, Passed, got.Status, got.Text)
			continue
		}
		require.Equal(t, Failed, got.Status)
		require.Contains(t, got.Text, c.want)
	}
}

func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "this is not a receipt: EOF",
		`{"version":1}{}`:        "something follows the receipt",
		`{"what":1}`:             `this is not a receipt: json: unknown field "what"`,
		`{"job":"abc"}`:          "this is not a receipt: a hash has 64 hex digits, not 3",
		`{"version":1}  ` + "\n": "",
	} {
		_, err := Read(strings.NewReader(text))
		if want == "" {
			require.NoError(t, err)
		} else {
			require.EqualError(t, err, want)
		}
	}
	require.NotPanics(t, func() { // whatever is in it, a receipt is judged and not believed
		for _, r := range []*node.Receipt{{}, {Version: 1, State: "done", Tasks: make([]node.TaskReceipt, 3)}} {
			require.False(t, Receipt(t.Context(), r, Options{}).OK)
		}
	})
}

// A job is complete without a task that another one went on without, as that one's certificate says, and without no other. What was
// locked for it is in escrow until that expires; who has its certificate may still claim it.
func TestTasksLeftOut(t *testing.T) {
	s := newStory(t)
	part := func(task uint32) market.Part {
		return market.Part{From: &market.From{Task: task, Output: "y"}, Size: 4 * words, Spare: s.spec.Tasks[0].Inputs[0].Parts[0].File}
	}
	step := s.spec.Tasks[1]
	step.Name, step.Inputs, step.Least = "step", []market.Input{{Name: "x", Parts: []market.Part{part(0), part(1)}}}, 1
	s.spec.Tasks = []market.Task{s.spec.Tasks[0], s.spec.Tasks[0], step}
	s.spec.Budget = 40 * ask
	s.results = []poc.Result{s.results[0], s.results[0], s.results[1]}
	receipt := func(without uint64, missing int) *node.Receipt {
		s.results[2].Without = without
		r := s.receipt()
		each := r.Escrow.Fees / 3
		r.Tasks[missing] = node.TaskReceipt{Index: uint32(missing), Name: s.spec.Tasks[missing].Name, Phase: "failed", Failure: &poc.Failure{Code: poc.FailCanceled, Reason: "nobody came"}}
		claim := &r.Operations[2].Receipt
		claim.Tasks, claim.Amount = slices.DeleteFunc(claim.Tasks, func(n uint32) bool { return n == uint32(missing) }), 0
		for i := range r.Workers {
			r.Workers[i].Tasks, r.Workers[i].Paid, claim.Pays[i].Amount = 2, 2*ask, 2*ask
		}
		r.Escrow.Closed, r.Escrow.Paid, r.Escrow.Fees, r.Escrow.Refunded = false, 8*ask, 2*each, 0
		return r
	}
	r := receipt(0b01, 0)
	rep := Receipt(t.Context(), r, Options{})
	require.True(t, rep.OK, "%v", rep.Checks)
	require.Contains(t, check(t, r, Options{})["certificates"].Text, "2 of 3 tasks: ")
	require.Contains(t, check(t, r, Options{})["certificates"].Text, "complete without task 0 (triple), which the certificate of task 2 (step) leaves out")
	require.Contains(t, check(t, r, Options{})["escrow"].Text, "comes back when the escrow expires")
	for _, r := range []*node.Receipt{receipt(0b10, 0), receipt(0, 0), receipt(0b01, 1)} {
		require.Contains(t, check(t, r, Options{})["certificates"].Text, "has no certificate, and the receipt does not say why")
	}

	f := &fakeChain{
		name: r.Network.Chain, beacon: *r.Beacon, settled: []poc.Hash{{}, s.results[1].Digest(), {}},
		history: append(slices.Clone(r.Operations), market.Entry{Kind: "claim"}, market.Entry{Kind: "refund"}),
		escrow:  market.Escrow{Owner: s.spec.Account, Terms: s.spec.Terms(s.network), Paid: 12 * ask, Closed: true},
	}
	s.results[2].Without = 0b01
	f.settled[0] = s.results[0].Digest()
	rep = Receipt(t.Context(), r, Options{Chain: f})
	require.True(t, rep.OK, "%v", rep.Checks)
	require.Contains(t, strings.Join(rep.Notes, "\n"), "task 0 (triple) was left out, and paid for later")
	require.Contains(t, strings.Join(rep.Notes, "\n"), "since the receipt was written there was a refund")
}
