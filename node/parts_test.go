package node

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

func testStore(t *testing.T, fs vfs.FS) *store {
	s, err := openStore("db", fs, discard())
	require.NoError(t, err)
	return s
}

// testPost is a transport whose peer answers as told.
type testPost struct {
	mu      sync.Mutex
	got     []string
	answer  func(letters []string) ([]byte, error)
	connect error
	asked   chan struct{}
}

func (p *testPost) Connect(context.Context, peer.ID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	signal(p.asked)
	return p.connect
}

func (p *testPost) Request(_ context.Context, _ peer.ID, name string, req []byte) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	parts, err := splitMail(req)
	if err != nil || name != mailName {
		return nil, errors.New("not mail")
	}
	var letters []string
	for _, raw := range parts {
		letters = append(letters, string(raw))
	}
	p.got = append(p.got, letters...)
	return p.answer(letters)
}

func (p *testPost) received() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.got...)
}

func accept(letters []string) ([]byte, error) { return make([]byte, len(letters)), nil }

func testOutbox(t *testing.T, s *store, post *testPost) (*outbox, func()) {
	m, err := newMetrics(nil)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	post.asked = make(chan struct{}, 1)
	o := newOutbox(ctx, s, post, func() poc.Time { return 1000 }, m, discard())
	return o, func() { cancel(); o.wait() }
}

func write(t *testing.T, o *outbox, to poc.PeerID, seq uint64, text string, expires poc.Time) letter {
	b := o.store.batch()
	l := o.stage(b, to, seq, []byte(text), expires)
	require.NoError(t, b.commit(true))
	return l
}

func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	require.Eventually(t, ok, testTimeout, time.Millisecond)
}

func stored(t *testing.T, s *store, table string) (n int) {
	require.NoError(t, s.each(table, func(string, []byte) error { n++; return nil }))
	return n
}

func TestOutboxResendsAcrossCrashUntilAcknowledged(t *testing.T) {
	fs := vfs.NewCrashableMem()
	s := testStore(t, fs)
	post := &testPost{connect: errors.New("nobody is there")}
	o, stop := testOutbox(t, s, post)
	to := poc.PeerID{7}
	o.add(to, write(t, o, to, 1, "one", 2000))
	o.add(to, write(t, o, to, 2, "two", 2000))
	o.add(to, write(t, o, to, 3, "late", 1000)) // expired
	<-post.asked
	disk := fs.CrashClone(vfs.CrashCloneCfg{})
	stop()
	require.NoError(t, s.close())

	s = testStore(t, disk)
	first := true
	post = &testPost{answer: func(letters []string) ([]byte, error) {
		answers := make([]byte, len(letters))
		if first { // not ready for the first message yet: it must not hold up the others
			answers[0], first = mailAgain, false
		}
		return answers, nil
	}}
	o, stop = testOutbox(t, s, post)
	require.NoError(t, o.load())
	eventually(t, func() bool { return o.waiting() == 0 })
	// The first request may go out before the second message is loaded.
	require.ElementsMatch(t, []string{"one", "two", "one"}, post.received())
	require.Equal(t, "one", post.received()[0])
	stop()
	require.Zero(t, stored(t, s, tableOutbox))
	require.NoError(t, s.close())
}

func TestOutboxGoesOnWhenThePeerConnects(t *testing.T) {
	s := testStore(t, vfs.NewMem())
	post := &testPost{connect: errors.New("nobody is there"), answer: accept}
	o, stop := testOutbox(t, s, post)
	to := poc.PeerID{7}
	o.add(to, write(t, o, to, 1, "one", 2000))
	<-post.asked
	post.mu.Lock()
	post.connect = nil
	post.mu.Unlock()
	o.met(to)
	eventually(t, func() bool { return o.waiting() == 0 })
	require.Equal(t, []string{"one"}, post.received())
	stop()
	require.NoError(t, s.close())
}

func TestOutboxTriesUnreliableOnceAndKeepsTheNewest(t *testing.T) {
	s := testStore(t, vfs.NewMem())
	gate := make(chan struct{})
	post := &testPost{}
	post.answer = func(letters []string) ([]byte, error) { <-gate; return nil, errors.New("lost") }
	o, stop := testOutbox(t, s, post)
	to := poc.PeerID{7}
	o.addLatest(to, "lease", letter{raw: []byte("a"), expires: 2000})
	<-post.asked
	eventually(t, func() bool { // taken
		o.mu.Lock()
		defer o.mu.Unlock()
		return len(o.mu.boxes[to].latest) == 0
	})
	o.addLatest(to, "lease", letter{raw: []byte("b"), expires: 2000})
	o.addLatest(to, "lease", letter{raw: []byte("c"), expires: 2000})
	close(gate)
	o.met(to)
	eventually(t, func() bool {
		o.mu.Lock()
		defer o.mu.Unlock()
		return len(o.mu.boxes) == 0
	})
	require.Equal(t, []string{"a", "c"}, post.received())
	stop()
	require.NoError(t, s.close())
}

func TestOutboxBoundsWhatWaits(t *testing.T) {
	s := testStore(t, vfs.NewMem())
	post := &testPost{connect: errors.New("nobody is there")}
	o, stop := testOutbox(t, s, post)
	to := poc.PeerID{7}
	big := strings.Repeat("x", market.MaxEnvelope)
	n := boxBytes/market.MaxEnvelope + 1
	for i := range n {
		o.add(to, write(t, o, to, uint64(i+1), big, 2000))
	}
	require.Equal(t, n-1, o.waiting())
	require.Equal(t, n-1, stored(t, s, tableOutbox))
	stop()
	require.NoError(t, s.close())
}

func TestSplitMail(t *testing.T) {
	parts, err := splitMail([]byte{0, 0, 0, 2, 'h', 'i', 0, 0, 0, 0})
	require.NoError(t, err)
	require.Equal(t, [][]byte{[]byte("hi"), {}}, parts)
	for name, req := range map[string][]byte{
		"length cut off": {0, 0, 0}, "body cut off": {0, 0, 0, 2, 'h'}, "too long": {0xff, 0, 0, 0}, "too many": make([]byte, 4*(mailBatch+1)),
	} {
		_, err := splitMail(req)
		require.Error(t, err, name)
	}
}

func FuzzSplitMail(f *testing.F) {
	f.Add([]byte{0, 0, 0, 2, 'h', 'i'})
	f.Fuzz(func(t *testing.T, req []byte) {
		parts, err := splitMail(req)
		if err != nil {
			return
		}
		n := 0
		for _, p := range parts {
			n += 4 + len(p)
		}
		require.Equal(t, len(req), n)
	})
}

func TestPeerIDs(t *testing.T) {
	p := poc.PeerID{1, 2, 3}
	id, err := hostID(p)
	require.NoError(t, err)
	require.Equal(t, p.String(), id.String())
	back, err := peerID(id)
	require.NoError(t, err)
	require.Equal(t, p, back)
	_, err = peerID("something else")
	require.Error(t, err)
}

func TestOperationsSurviveEncoding(t *testing.T) {
	cert := poc.Certificate{Version: 1, Job: poc.Hash{1}, Award: poc.BlockLink([]byte("a")), Result: poc.Result{
		Outputs: []poc.Output{{Name: "y", File: poc.BlockLink([]byte("b")), Size: 4}},
	}, Attestations: []poc.Attestation{{Account: "a", Signature: []byte{1}}}}
	for _, op := range []market.Op{
		market.LockEscrow{Job: poc.Hash{1}, Terms: market.Terms{Tasks: 3}},
		market.AnchorAward{Job: poc.Hash{1}, Award: poc.Hash{2}, Seating: seatingOf(5)},
		market.KeepBeacon{Job: poc.Hash{1}, Seating: seatingOf(5)},
		market.Claim{Job: poc.Hash{1}, Seating: seatingOf(5), Certificates: []poc.Certificate{cert}},
		market.Slash{Ref: poc.TaskRef{Job: poc.Hash{1}, Task: 2}, Account: "a", Signature: []byte{9}},
		market.SlashTwice{Twice: poc.Twice{
			TaskRef: poc.TaskRef{Job: poc.Hash{1}, Task: 2}, Account: "a", Kind: poc.Attested,
			Said: [2]poc.Said{{Digest: poc.Hash{1}, Agreed: 3, Signature: []byte{9}}, {Digest: poc.Hash{2}, Agreed: 1, Late: 1, Signature: []byte{8}}},
		}},
		market.Refund{Job: poc.Hash{1}},
	} {
		b, err := encodeOp(op)
		require.NoError(t, err)
		back, err := decodeOp(b)
		require.NoError(t, err)
		require.Equal(t, op, back)
	}
	_, err := encodeOp(market.Register{})
	require.Error(t, err)
	_, err = decodeOp(poc.MustEncode(opRecord{}))
	require.Error(t, err)
}

// TestOperationIsRepeatedUntilTheChainAnswers has a chain that fails and then loses its answer: the escrow is locked once.
func TestOperationIsRepeatedUntilTheChainAnswers(t *testing.T) {
	c := newCluster(t, 4, nil)
	owner := c.nodes[0]
	s, want := owner.draft(1)
	c.fake.FailNext(chain.Fault{Err: errors.New("no route")}, chain.Fault{Err: errors.New("connection reset"), After: true})
	id := c.submit(owner, s)
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	require.Zero(t, stored(t, owner.store, tableOp))
}

func TestRefusedOperationEndsTheJob(t *testing.T) {
	c := newCluster(t, 1, nil)
	owner := c.nodes[0]
	s, _ := owner.draft(1)
	c.fake.FailNext(chain.Fault{Err: chain.ErrFunds})
	v := owner.wait(c.submit(owner, s), "its end", over)
	require.Equal(t, market.FailEscrow, v.Failure.Code)
}

func TestConfigNamesEveryBadField(t *testing.T) {
	good := Defaults()
	good.Dir, good.Network.Chain = "x", "fake"
	require.NoError(t, good.Validate())
	bad := good
	bad.Dir, bad.Reach, bad.API, bad.Device, bad.Fault, bad.Storage = "", "moon", "0.0.0.0:1", "abacus", "nap", 1
	bad.Provider = Provider{Enabled: true, MaxMemory: 1}
	bad.Stake = 1
	bad.Guard.Temperature.Pause, bad.Guard.Share = 500, 0
	bad.Checkpoints, bad.Sensors = Saving{Room: -1, Every: 1}, "/nonexistent"
	bad.Network.Name = "BAD"
	err := bad.Validate()
	for _, field := range []string{
		"dir", `reach is "moon"`, `api is "0.0.0.0:1"`, `device is "abacus"`, `fault is "nap"`, "storage is 1", "provider.slots is 0",
		"provider.maxQueue is 0", "provider.surge is 0 percent", "provider.maxMemory is 1", "provider.maxInput is 0", "stake is 0.000000001 NLOV", `name is "BAD"`,
		"guard.temperature.pause is 500", "guard.share is 0", "checkpoints.room is -1", "checkpoints.every is 1ns", `sensors is "/nonexistent"`,
	} {
		require.ErrorContains(t, err, field)
	}
	mdns := good
	mdns.MDNS = true
	require.ErrorContains(t, mdns.Validate(), "mdns")
}

func TestFilesAreKeptAndPrivate(t *testing.T) {
	dir := t.TempDir()
	a, err := loadKey(dir)
	require.NoError(t, err)
	b, err := loadKey(dir)
	require.NoError(t, err)
	require.Equal(t, a, b)
	st, err := os.Stat(filepath.Join(dir, "key"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), st.Mode().Perm())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "key"), []byte("no key"), 0o600))
	_, err = loadKey(dir)
	require.ErrorContains(t, err, "64 hex digits")

	net := market.LocalNetwork()
	net.Chain = "fake"
	require.NoError(t, keepNetwork(dir, net))
	require.NoError(t, keepNetwork(dir, net))
	net.MaxTasks++
	require.ErrorContains(t, keepNetwork(dir, net), "use another directory")
}

// TestFailedStartLeavesNothingOpen opens a directory again after a start that failed late.
func TestFailedStartLeavesNothingOpen(t *testing.T) {
	c := newCluster(t, 1, nil)
	tn := c.nodes[0]
	tn.stop()
	cfg := tn.cfg
	cfg.Listen = []string{"/ip4/203.0.113.1/tcp/1"} // not an address of this machine
	_, err := New(t.Context(), cfg, Deps{Settlement: c.fake.As(tn.account), Runner: tn.runner, Log: discard(), fs: tn.fs})
	require.Error(t, err)
	tn.start()
}

func TestGossipRefusesWhatIsInvalidForEveryone(t *testing.T) {
	c := newCluster(t, 2, nil)
	a, b := c.nodes[0], c.nodes[1]
	g := a.Node.gossip
	from, err := hostID(b.self)
	require.NoError(t, err)
	now := a.now()
	wrap := func(m market.Message, expires poc.Time) []byte {
		raw, _, ok := b.wrap(m, expires)
		require.True(t, ok)
		return raw
	}
	ad := market.Ad{Account: "b"}
	raw := wrap(ad, now.Add(c.net.AdTTL))
	v, err := g.decode(topicAds, from, raw)
	require.NoError(t, err)
	_, err = g.decode(topicBids, from, raw)
	require.Error(t, err)
	_, err = g.decode(topicAds, a.host.ID(), raw)
	require.ErrorIs(t, err, errForeign)
	_, err = g.decode(topicAds, from, wrap(ad, now.Add(3*c.net.AdTTL)))
	require.ErrorIs(t, err, errLifetime)
	_, err = g.decode(topicAds, from, bytes.Repeat([]byte{1}, 100))
	require.Error(t, err)
	newer, err := g.decode(topicAds, from, wrap(ad, now.Add(c.net.AdTTL)))
	require.NoError(t, err)
	require.Equal(t, "accept", g.validate(t.Context(), from, newer).String())
	require.Equal(t, "ignore", g.validate(t.Context(), from, v).String(), "an older one")
	// Bids of one author for two jobs do not replace each other, whatever their order.
	for _, job := range []poc.Hash{{1}, {2}} {
		bid := market.Bid{Job: job, Account: "b", Closes: now.Add(1000)}
		v, err := g.decode(topicBids, from, wrap(bid, now.Add(1000)))
		require.NoError(t, err)
		require.Equal(t, "accept", g.validate(t.Context(), from, v).String())
	}
}

func TestMailIsFromItsAuthorOnly(t *testing.T) {
	c := newCluster(t, 2, nil)
	a, b := c.nodes[0], c.nodes[1]
	raw, _, ok := b.wrap(market.Settled{Job: poc.Hash{1}}, b.now().Add(1000))
	require.True(t, ok)
	v, err := market.Open(a.network, raw, a.settlement)
	require.NoError(t, err)
	require.NoError(t, mayMail(v, b.self))
	require.ErrorIs(t, mayMail(v, a.self), errForeign)
}

func TestCancelReturnsTheEscrow(t *testing.T) {
	c := newCluster(t, 1, nil)
	owner := c.nodes[0]
	s, _ := owner.draft(1)
	id := c.submit(owner, s)
	owner.wait(id, "bidding", state(market.Bidding))
	require.NoError(t, owner.Cancel(t.Context(), id))
	v := owner.wait(id, "its end", over)
	require.Equal(t, market.FailCanceled, v.Failure.Code)
	require.True(t, v.Escrow.Closed)
	require.Equal(t, v.Budget, v.Escrow.Refunded)
	require.ErrorIs(t, owner.Cancel(t.Context(), poc.Hash{9}), ErrUnknownJob)
}

func TestWatchEnds(t *testing.T) {
	c := newCluster(t, 1, nil)
	owner := c.nodes[0]
	s, _ := owner.draft(1)
	id := c.submit(owner, s)
	ctx, cancel := context.WithCancel(t.Context())
	views, err := owner.Watch(ctx, id)
	require.NoError(t, err)
	<-views
	cancel()
	for range views { // until it is closed
	}
	views, err = owner.Watch(t.Context(), id)
	require.NoError(t, err)
	owner.stop()
	for range views {
	}
	_, err = owner.Job(t.Context(), id)
	require.ErrorIs(t, err, ErrStopped)
}

func TestStatus(t *testing.T) {
	c := newCluster(t, 2, nil)
	s, err := c.nodes[0].Status(t.Context())
	require.NoError(t, err)
	require.Empty(t, s.Problems)
	require.True(t, s.Standing.Registered)
	require.Equal(t, testFunds-c.nodes[0].cfg.Stake, s.Balance)
	require.Len(t, s.Peers, 1)
	require.Equal(t, 2, s.Ads)
	require.Equal(t, "test", s.Device.Name)
}
