package node

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// The tests of this file are what strangers may do to a node.

// mail hands a node a message of somebody who runs no node, and returns the answer.
func (tn *testNode) mail(key ed25519.PrivateKey, sequence uint64, m market.Message) byte {
	t := tn.t()
	now := tn.now()
	raw, err := market.Wrap(tn.network, key, market.Header{Sequence: sequence, Sent: now, Expires: now.Add(10_000)}, m)
	require.NoError(t, err)
	from, err := hostID(poc.PeerID(key.Public().(ed25519.PublicKey)))
	require.NoError(t, err)
	answers, err := tn.receiveMail(t.Context(), from, append(binary.BigEndian.AppendUint32(nil, uint32(len(raw))), raw...))
	require.NoError(t, err)
	require.Len(t, answers, 1)
	return answers[0]
}

// TestOfferWithoutStanding: an offer by somebody who cannot be drawn takes no seat, whosever account it names.
func TestOfferWithoutStanding(t *testing.T) {
	c := newCluster(t, 2, func(_ int, tn *testNode) { tn.cfg.Network.BidTimeout = 600_000 })
	owner, provider := c.nodes[0], c.nodes[1]
	s, _ := owner.draft(1) // needs more providers than there are
	id := c.submit(owner, s)
	owner.wait(id, "bidding", state(market.Bidding))
	stranger := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{5}, 32))
	for i, a := range []poc.Account{"stranger", provider.account, "no account at all"} {
		o := market.Offer{Job: id, Account: a, Ask: market.NLOV / 100, Speed: 1, Class: "test"}
		require.EqualValues(t, mailDone, owner.mail(stranger, uint64(i+1), o))
	}
	v := owner.wait(id, "the provider's offer", func(v market.View) bool { return v.Offers > 0 })
	require.Equal(t, 1, v.Offers)
	require.NoError(t, owner.loop.ask(t.Context(), func(m *market.Machine) { v, _ = m.View(id) }))
	require.Equal(t, 1, v.Offers)

	// Nor do those decline that cannot be drawn, whose ad says what it likes.
	decline := market.Decline{Job: id, Code: market.DeclineBusy, Reason: "no"}
	require.EqualValues(t, mailAgain, owner.mail(stranger, 4, decline), "nobody has heard of it")
	for i, a := range []poc.Account{"stranger", provider.account} {
		owner.hear(stranger, uint64(5+2*i), market.Ad{Account: a, Class: "test", I32: 1})
		require.EqualValues(t, mailDone, owner.mail(stranger, uint64(6+2*i), decline))
	}
	require.NoError(t, owner.loop.ask(t.Context(), func(m *market.Machine) { v, _ = m.View(id) }))
	require.Empty(t, v.Declines)
	c.until(func() bool { return stored(t, provider.store, tableUnpin) == 1 }, "the note that what was fetched goes again")
}

// TestBackedAds: of ads those count whose peer could be drawn, and not those of others that name its account, or none.
func TestBackedAds(t *testing.T) {
	c := newCluster(t, 2, nil)
	owner, provider := c.nodes[0], c.nodes[1]
	ads, err := owner.Market(t.Context())
	require.NoError(t, err)
	for i, a := range []poc.Account{provider.account, "stranger", "no account at all"} {
		ads = append(ads, market.AdView{Peer: poc.PeerID{byte(i + 1)}, Ad: market.Ad{Account: a, Rate: 1, I32: 1e18}})
	}
	backed, err := owner.Backed(t.Context(), ads)
	require.NoError(t, err)
	require.Equal(t, map[poc.PeerID]poc.Credit{provider.self: poc.NewcomerCredit}, backed)
}

// hear hands a node's machine a message that came by gossip.
func (tn *testNode) hear(key ed25519.PrivateKey, sequence uint64, m market.Message) {
	t := tn.t()
	now := tn.now()
	raw, err := market.Wrap(tn.network, key, market.Header{Sequence: sequence, Sent: now, Expires: now.Add(10_000)}, m)
	require.NoError(t, err)
	v, err := market.Open(tn.network, raw, tn.Node.settlement)
	require.NoError(t, err)
	heard := make(chan error, 1)
	require.NoError(t, tn.loop.post(t.Context(), input{event: market.Received{Message: v}, done: func(err error) { heard <- err }}))
	require.NoError(t, <-heard)
}

// TestOneSeatPerPlace: of two providers that come from one place an owner's node seats one.
func TestOneSeatPerPlace(t *testing.T) {
	c := newCluster(t, 3, func(i int, tn *testNode) {
		tn.subnet = func(peer.ID) string { return "8.8.8.0/24" }
		tn.cfg.Network.BidTimeout = 600_000
	})
	owner := c.nodes[0]
	s, _ := owner.draft(1) // needs more providers than there are
	id := c.submit(owner, s)
	v := owner.wait(id, "the first offer", func(v market.View) bool { return v.Offers > 0 })
	for _, p := range c.nodes[1:] {
		o := market.Offer{Job: id, Account: p.account, Ask: market.NLOV / 100, Speed: 1, Class: "test"}
		require.EqualValues(t, mailDone, owner.mail(p.key, p.nextSequence(), o))
	}
	require.NoError(t, owner.loop.ask(t.Context(), func(m *market.Machine) { v, _ = m.View(id) }))
	require.Equal(t, market.Bidding, v.State)
	require.Equal(t, 1, v.Offers)
}

// TestOutboxKeepsRoomForTheLiving fills the boxes of peers that never come.
func TestOutboxKeepsRoomForTheLiving(t *testing.T) {
	s := testStore(t, vfs.NewMem())
	post := &testPost{connect: errors.New("nobody is there")}
	o, stop := testOutbox(t, s, post)
	raw := make([]byte, market.MaxEnvelope)
	for p := range byte(2 * allBytes / boxBytes) {
		for i := range boxBytes / len(raw) {
			o.add(poc.PeerID{p + 1}, letter{outboxKey(poc.PeerID{p + 1}, uint64(i+1)), raw, 2000})
		}
	}
	living := poc.PeerID{200}
	for i := range 16 {
		o.add(living, letter{outboxKey(living, uint64(i+1)), raw, 2000})
	}
	o.mu.Lock()
	require.Len(t, o.mu.boxes[living].letters, 16)
	require.LessOrEqual(t, o.mu.bytes, allBytes)
	o.mu.Unlock()
	stop()
	require.NoError(t, s.close())
}

// TestInputsOfOneTaskAreBounded: a task may name the same file, or outputs of other tasks, again and again.
func TestInputsOfOneTaskAreBounded(t *testing.T) {
	f := &fetcher{provider: Provider{MaxInput: 100}}
	file := poc.BlockLink([]byte("file"))
	part := market.Part{File: &file, Size: 60}
	output := market.Part{From: &market.From{Task: 0, Output: "y"}, Size: 60}
	for _, parts := range [][]market.Part{{part, part}, {output, output}} {
		spec := market.Spec{Tasks: []market.Task{{Name: "t", Inputs: []market.Input{{Name: "x", Parts: parts}}}}}
		r, ok := errors.AsType[*refusal](f.inputs(t.Context(), spec, ""))
		require.True(t, ok)
		require.Equal(t, market.DeclineCapacity, r.code)
	}
}

// TestMissingCapability: what a device cannot do is told apart from a program that nobody can run.
func TestMissingCapability(t *testing.T) {
	c := newCluster(t, 1, nil)
	n := c.nodes[0]
	s, _ := n.draft(1)
	able, err := n.runner.Info(t.Context())
	require.NoError(t, err)
	s.Policy.Quorum = s.Policy.MaxReplicas
	for name, change := range map[string]func(*gpu.Info){
		"missing-capability: bindings":  func(d *gpu.Info) { d.Limits.MaxBindings = 1 },
		"missing-capability: workgroup": func(d *gpu.Info) { d.Limits.MaxWorkgroup = 1 },
		"missing-capability: memory":    func(d *gpu.Info) { d.Limits.MaxTotal = 1 },
		"":                              func(*gpu.Info) {},
	} {
		d, code := able, market.DeclineCode("")
		change(&d)
		_, err := n.programs.judge(t.Context(), s, func() (gpu.Info, bool) { return d, true })
		if r, ok := errors.AsType[*refusal](err); ok {
			code = r.code
		}
		want, _, _ := strings.Cut(name, ":")
		require.EqualValues(t, want, code, "%s: %v", name, err)
	}
}

// stuckChain takes refunds and nothing else.
type stuckChain struct {
	chain.Settlement
	refunded chan poc.Hash
}

func (c stuckChain) Submit(_ context.Context, op market.Op) (market.Receipt, error) {
	if r, ok := op.(market.Refund); ok {
		c.refunded <- r.Job
		return market.Receipt{}, nil
	}
	return market.Receipt{}, errors.New("not now")
}

// TestRefundIsNotHeldUp: an operation that never gets through does not keep the money of the job.
func TestRefundIsNotHeldUp(t *testing.T) {
	c := newCluster(t, 1, nil)
	n := c.nodes[0]
	stuck := stuckChain{refunded: make(chan poc.Hash, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	o := newOperations(ctx, n.store, stuck, n.loop, n.metrics, discard())
	job := poc.Hash{9}
	o.add(market.Submission{Key: market.OpKey("anchor/" + job.String()), Op: market.AnchorAward{Job: job}})
	o.add(market.Submission{Key: market.OpKey("refund/" + job.String()), Op: market.Refund{Job: job}})
	select {
	case got := <-stuck.refunded:
		require.Equal(t, job, got)
	case <-n.loop.ended:
	}
	c.until(func() bool { return len(o.snagsOf(job)) == 1 }, "the refund's success, and what the other waits for")
	require.Equal(t, []string{"the anchor is not on the chain yet and is tried again: not now"}, o.snagsOf(job))
	cancel()
	o.wait()
}

// TestSnagsAreExplained: who asks why a job waits learns that its claim waits for cheaper gas, or what the chain said of it, until one succeeds.
func TestSnagsAreExplained(t *testing.T) {
	c := newCluster(t, 1, nil)
	n := c.nodes[0]
	s, _ := n.draft(1) // nobody else is there
	id := c.submit(n, s)
	n.wait(id, "bidding", state(market.Bidding))
	key := func(k string) market.OpKey { return market.OpKey(k + "/" + id.String() + "/0") }
	explained := func() string {
		v, err := n.Job(t.Context(), id)
		require.NoError(t, err)
		return strings.Join(v.Explain, "\n")
	}
	plain := explained()
	n.ops.note(key("claim"), market.OpDone{Refused: "its gas is too dear", Held: true}, nil)
	n.ops.note(key("slash"), market.OpDone{Refused: "nobody lied"}, nil)
	require.Equal(t, plain+"\nthe claim waits: its gas is too dear\nthe last slash was not done: nobody lied", explained())
	n.ops.note(key("claim"), market.OpDone{}, nil)
	n.ops.note(key("slash"), market.OpDone{}, nil)
	require.Equal(t, plain, explained())
	require.Empty(t, n.ops.mu.snags[id.String()])
	for i := range maxSnags + 10 {
		n.ops.note(market.OpKey("claim/"+poc.Hash{1, byte(i), byte(i >> 8)}.String()), market.OpDone{}, errors.New("down"))
	}
	require.Len(t, n.ops.mu.snags, maxSnags)
}

// TestAnswersOfStrangersAreCheap: what a stranger says of a large job costs its owner's loop no look at all of it, nor does a look for results when there
// are none.
func TestAnswersOfStrangersAreCheap(t *testing.T) {
	c := newCluster(t, 4, nil)
	owner := c.nodes[0]
	s, _ := owner.draft(1)
	done := c.submit(owner, s)
	owner.wait(done, "its end", over)
	a := newArchive(owner.Node)
	a.receipt = func(context.Context, poc.Hash) error { return nil }
	for _, news := range []bool{false, true} {
		came := 0
		require.NoError(t, owner.loop.ask(t.Context(), func(m *market.Machine) { came = m.Results(done) }))
		require.Positive(t, came)
		if news {
			came--
		}
		a.kept[done] = &keeping{came: came, state: market.Done, award: true, results: map[uint32]bool{}, tasks: map[uint32]bool{}}
		a.inspect(t.Context(), done)
		require.Equal(t, !news, a.kept[done] != nil, "what is kept of a job that is over ends with a look at all of it")
	}

	s, _ = owner.draft(1)
	for i := range 3999 {
		task := s.Tasks[0]
		task.Seed = uint64(i + 1)
		s.Tasks = append(s.Tasks, task)
	}
	s.Policy = poc.Policy{Replicas: 5, Quorum: 3, MaxReplicas: 5} // more than there are
	s.MaxPrice = market.NLOV / 100
	id := c.submit(owner, s)
	owner.wait(id, "bidding", state(market.Bidding))
	stranger := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{6}, 32))
	now := owner.now()
	raw, err := market.Wrap(owner.network, stranger, market.Header{Sequence: 1, Sent: now, Expires: now.Add(60_000)}, market.Decline{Job: id, Code: market.DeclineBusy})
	require.NoError(t, err)
	decline, err := market.Open(owner.network, raw, nil)
	require.NoError(t, err)
	const times = 100
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		require.NoError(t, owner.mayAnswer(t.Context(), decline))
	}
	runtime.ReadMemStats(&after)
	require.Less(t, (after.TotalAlloc-before.TotalAlloc)/times, uint64(400_000), "bytes for one answer; a view has 4,000 tasks of more than 200 bytes")
}
