package p2p

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
)

// deadline ends every wait of these tests; it is far above what they need.
const deadline = 2 * time.Minute

// tick is how often a counter is read again that tells of nothing by itself.
const tick = 2 * time.Millisecond

func testContext(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	t.Cleanup(cancel)
	return ctx
}

// testKey derives a key from a name, so that a node can be started again.
func testKey(name string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte(name))
	return ed25519.NewKeyFromSeed(seed[:])
}

func testConfig(t testing.TB, name string, bootstrap ...string) Config {
	cfg := LoopbackConfig()
	cfg.Key = testKey(t.Name() + name)
	cfg.Network = "test"
	cfg.Bootstrap = bootstrap
	return cfg
}

func memory() datastore.Batching { return dssync.MutexWrap(datastore.NewMapDatastore()) }

func testLog(t testing.TB, name string) *slog.Logger {
	if !testing.Verbose() {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})).With("node", name)
}

// start makes a host that is closed with the test.
func start(t testing.TB, cfg Config, ds datastore.Batching) *Host {
	t.Helper()
	h, err := New(cfg, ds, testLog(t, cfg.Network))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, h.Close()) })
	return h
}

// listensAt reports whether this system has a loopback address.
func listensAt(ip string) bool {
	l, err := net.Listen("tcp4", ip+":0")
	return err == nil && l.Close() == nil
}

// run runs discovery until the test or the returned function ends it.
func run(t testing.TB, h *Host) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	var stopped bool
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		require.NoError(t, <-done)
	}
	t.Cleanup(stop)
	return stop
}

// pair returns two connected hosts without discovery.
func pair(t testing.TB, opts ...func(*Config)) (a, b *Host) {
	t.Helper()
	hosts := make([]*Host, 2)
	for i := range hosts {
		cfg := testConfig(t, fmt.Sprint(i))
		for _, o := range opts {
			o(&cfg)
		}
		hosts[i] = start(t, cfg, memory())
	}
	connect(t, hosts[0], hosts[1])
	return hosts[0], hosts[1]
}

// connect dials and waits until both sides have identified each other.
func connect(t testing.TB, a, b *Host) {
	t.Helper()
	info, err := peer.AddrInfoFromString(b.Addrs()[0])
	require.NoError(t, err)
	require.NoError(t, a.dial(testContext(t), *info))
	awaitPeers(t, a, b.ID())
	awaitPeers(t, b, a.ID())
}

// awaitPeers waits until h is connected to all of ids.
func awaitPeers(t testing.TB, h *Host, ids ...peer.ID) {
	t.Helper()
	await(t, h, func(have []peer.ID) bool {
		return !slices.ContainsFunc(ids, func(p peer.ID) bool { return p != h.ID() && !slices.Contains(have, p) })
	})
}

func await(t testing.TB, h *Host, ok func(have []peer.ID) bool) {
	t.Helper()
	timeout := time.After(deadline)
	for {
		changed := h.Changed()
		var have []peer.ID
		for _, p := range h.Peers() {
			have = append(have, p.ID)
		}
		if ok(have) {
			return
		}
		select {
		case <-changed:
		case <-timeout:
			require.FailNow(t, "peers did not arrive", "host %s has %v", h.ID(), have)
		}
	}
}

func TestConfigReportsEveryBadField(t *testing.T) {
	cfg := Config{
		Network:   "No Spaces",
		Listen:    []string{"/ip4/0.0.0.0/udp/1/webrtc-direct"},
		Bootstrap: []string{"/ip4/1.2.3.4/tcp/1"},
		MDNS:      true,
		Limits:    Limits{Outbound: 3},
	}
	err := cfg.Validate()
	require.Error(t, err)
	for _, want := range []string{"Key has 0 bytes", `"No Spaces"`, "webrtc-direct", "/ip4/1.2.3.4/tcp/1", "MDNS",
		"Limits.Connections is 0", "Limits.Memory is 0", "Limits.Gossip is 0", "Limits.KnownPeers is 0", "Limits.Store is 0",
		"Limits.StoreBlocks is 0", "Limits.RequestTimeout is 0", "Limits.Outbound is 3"} {
		require.ErrorContains(t, err, want)
	}
	for _, cfg := range []Config{DefaultConfig(), LoopbackConfig()} {
		cfg.Key, cfg.Network = testKey("x"), "main-1"
		require.NoError(t, cfg.Validate())
	}
}

func TestNewRollsBack(t *testing.T) {
	tcp, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, tcp.Close()) }()
	udp, err := net.ListenPacket("udp4", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, udp.Close()) }()
	conflict := prometheus.NewRegistry()
	_, err = newMetrics(conflict)
	require.NoError(t, err)
	before := runtime.NumGoroutine()
	for want, change := range map[string]func(*Config){
		"cannot listen on": func(c *Config) {
			c.Listen = append(c.Listen, fmt.Sprintf("/ip4/127.0.0.1/tcp/%d", tcp.Addr().(*net.TCPAddr).Port))
		},
		"port is in use": func(c *Config) {
			c.Listen = append(c.Listen, fmt.Sprintf("/ip4/127.0.0.1/udp/%d/quic-v1", udp.LocalAddr().(*net.UDPAddr).Port))
		},
		"register metrics": func(c *Config) { c.Metrics = conflict },
		"Network":          func(c *Config) { c.Network = "" },
	} {
		cfg := testConfig(t, want)
		change(&cfg)
		_, err := New(cfg, memory(), testLog(t, want))
		require.ErrorContains(t, err, want)
		settled(t, before)
	}
	// A damaged database is found last, when everything else runs already.
	damaged := memory()
	require.NoError(t, damaged.Put(t.Context(), datastore.NewKey("/content/records/XYZ"), nil))
	_, err = New(testConfig(t, "damaged"), damaged, testLog(t, "damaged"))
	require.ErrorContains(t, err, "damaged")
	settled(t, before)
}

// settled waits until no more goroutines run than before. Libraries end theirs a moment after Close.
func settled(t *testing.T, before int) {
	t.Helper()
	ctx, again := testContext(t), time.NewTicker(tick)
	defer again.Stop()
	for runtime.NumGoroutine() > before {
		select {
		case <-again.C:
		case <-ctx.Done():
			stacks := make([]byte, 1<<20)
			stacks = stacks[:runtime.Stack(stacks, true)]
			require.FailNow(t, "more goroutines than before", "%d, not %d:\n%s", runtime.NumGoroutine(), before, stacks)
		}
	}
}

func TestCloseEndsEverything(t *testing.T) {
	before := runtime.NumGoroutine()
	func() {
		a, err := New(testConfig(t, "a"), memory(), testLog(t, "a"))
		require.NoError(t, err)
		b, err := New(testConfig(t, "b", a.Addrs()[0]), memory(), testLog(t, "b"))
		require.NoError(t, err)
		ran := make(chan error, 2)
		go func() { ran <- a.Run(context.Background()) }()
		go func() { ran <- b.Run(context.Background()) }()
		awaitPeers(t, a, b.ID())
		_, err = Join(a, "ads", echoTopic(nil))
		require.NoError(t, err)
		_, err = Join(b, "ads", echoTopic(nil))
		require.NoError(t, err)
		id, err := a.Content().PutBlock(testContext(t), []byte("x"), cid.Raw, Shared)
		require.NoError(t, err)
		_, err = b.Content().GetBlock(testContext(t), id, 10)
		require.NoError(t, err)
		require.NoError(t, a.Close())
		require.NoError(t, b.Close())
		require.NoError(t, a.Close(), "closing twice is harmless")
		require.NoError(t, <-ran)
		require.NoError(t, <-ran)
		require.ErrorIs(t, a.Run(context.Background()), ErrClosed)
		_, err = a.Request(testContext(t), b.ID(), "x", nil)
		require.ErrorIs(t, err, ErrClosed)
	}()
	settled(t, before)
}

func TestPeersAndAddrs(t *testing.T) {
	a, b := pair(t)
	require.GreaterOrEqual(t, len(b.Addrs()), 2, "QUIC and TCP")
	for _, s := range b.Addrs() {
		info, err := peer.AddrInfoFromString(s)
		require.NoError(t, err)
		require.Equal(t, b.ID(), info.ID)
	}
	peers := a.Peers()
	require.Len(t, peers, 1)
	require.Equal(t, b.ID(), peers[0].ID)
	require.Equal(t, "outbound", peers[0].Direction)
	require.Equal(t, "inbound", b.Peers()[0].Direction)
	require.Contains(t, peers[0].Addr, "/ip4/127.0.0.1/")
}

func TestTransports(t *testing.T) {
	for _, listen := range []string{"/ip4/127.0.0.1/udp/0/quic-v1", "/ip4/127.0.0.1/tcp/0"} {
		t.Run(strings.Split(listen, "/")[3], func(t *testing.T) {
			a, b := pair(t, func(c *Config) { c.Listen = []string{listen} })
			require.NoError(t, b.Handle("echo", smallRequests(), func(_ context.Context, _ peer.ID, r []byte) ([]byte, error) { return r, nil }))
			got, err := a.Request(testContext(t), b.ID(), "echo", []byte("hi"))
			require.NoError(t, err)
			require.Equal(t, "hi", string(got))
		})
	}
}

func TestGateKeepsPrivateAddressesSecret(t *testing.T) {
	addr := func(s string) ma.Multiaddr {
		a, err := ma.NewMultiaddr(s)
		require.NoError(t, err)
		return a
	}
	loop, lan, public := addr("/ip4/127.0.0.1/tcp/1"), addr("/ip4/192.168.1.2/tcp/1"), addr("/ip4/8.8.8.8/tcp/1")
	all := []ma.Multiaddr{loop, lan, public}
	for _, c := range []struct {
		loopback, private bool
		want              []ma.Multiaddr
	}{
		{false, false, []ma.Multiaddr{public}},
		{false, true, []ma.Multiaddr{lan, public}},
		{true, true, all},
	} {
		named := addr("/ip4/10.0.0.1/tcp/7")
		g := newGate(Config{AllowLoopback: c.loopback, AllowPrivate: c.private}, []peer.AddrInfo{{Addrs: []ma.Multiaddr{named}}})
		require.Equal(t, c.want, g.announce(slices.Clone(all)))
		for _, a := range all {
			require.Equal(t, slices.ContainsFunc(c.want, a.Equal), g.InterceptAddrDial("", a), "%s", a)
		}
		require.True(t, g.InterceptAddrDial("", named), "what the operator named is dialled")
	}
}

func TestOnlyEd25519(t *testing.T) {
	id, err := peer.Decode("QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN") // an RSA key's hash
	require.NoError(t, err)
	g := newGate(LoopbackConfig(), nil)
	require.False(t, g.InterceptPeerDial(id))
	require.False(t, g.InterceptSecured(0, id, nil))
	h := start(t, testConfig(t, "a"), memory())
	require.True(t, g.InterceptPeerDial(h.ID()))
}

func TestUnreachablePeer(t *testing.T) {
	a, b := pair(t)
	require.NoError(t, b.Close())
	await(t, a, func(have []peer.ID) bool { return len(have) == 0 })
	_, err := a.Request(testContext(t), b.ID(), "echo", nil)
	require.Error(t, err)
	require.True(t, errors.Is(err, ErrUnreachable), "%v", err)
}
