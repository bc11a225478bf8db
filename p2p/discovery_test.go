package p2p

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/record"
	ma "github.com/multiformats/go-multiaddr"
	"github.com/stretchr/testify/require"
)

func TestFiveNodesFindEachOther(t *testing.T) {
	boot := start(t, testConfig(t, "boot"), memory())
	hosts := []*Host{boot}
	for i := range 4 {
		hosts = append(hosts, start(t, testConfig(t, fmt.Sprint(i), boot.Addrs()...), memory()))
	}
	began := time.Now()
	for _, h := range hosts {
		run(t, h)
	}
	awaitMesh(t, hosts)
	t.Logf("5 nodes were fully meshed after %s", time.Since(began).Round(time.Millisecond))
	for _, h := range hosts {
		require.Len(t, h.Peers(), 4)
	}
}

func awaitMesh(t *testing.T, hosts []*Host) {
	t.Helper()
	ids := make([]peer.ID, len(hosts))
	for i, h := range hosts {
		ids[i] = h.ID()
	}
	for _, h := range hosts {
		awaitPeers(t, h, ids...)
	}
}

// TestBootstrapComesUpLater also shows that a chain of introductions is enough: each node knows only the one before it.
func TestBootstrapComesUpLater(t *testing.T) {
	// A port that is free now; the bootstrap node listens on it later. Where there is such an address, it is one on which nobody else takes ports.
	cfg := testConfig(t, "boot")
	if alone := "127.0.2.1"; listensAt(alone) {
		for i, a := range cfg.Listen {
			cfg.Listen[i] = strings.Replace(a, "127.0.0.1", alone, 1)
		}
	}
	probe := start(t, cfg, memory())
	addrs := probe.Addrs()
	require.NoError(t, probe.Close())

	early := start(t, testConfig(t, "early", addrs...), memory())
	run(t, early)
	late := start(t, testConfig(t, "late", early.Addrs()...), memory())
	run(t, late)
	awaitPeers(t, early, late.ID())

	cfg.Listen = nil
	for _, a := range addrs {
		cfg.Listen = append(cfg.Listen, strings.Split(a, "/p2p/")[0])
	}
	boot := start(t, cfg, memory())
	run(t, boot)
	awaitMesh(t, []*Host{boot, early, late})

	// It goes away and comes back.
	require.NoError(t, boot.Close())
	await(t, early, func(have []peer.ID) bool { return len(have) == 1 })
	await(t, late, func(have []peer.ID) bool { return len(have) == 1 })
	boot = start(t, cfg, memory())
	run(t, boot)
	awaitMesh(t, []*Host{boot, early, late})
}

func TestPeersAreRememberedAcrossRestarts(t *testing.T) {
	boot := start(t, testConfig(t, "boot"), memory())
	run(t, boot)
	other := start(t, testConfig(t, "other", boot.Addrs()...), memory())
	run(t, other)
	ds := memory()
	cfg := testConfig(t, "restarted", boot.Addrs()...)
	h := start(t, cfg, ds)
	run(t, h)
	awaitMesh(t, []*Host{boot, other, h})
	require.NoError(t, h.Close())
	require.NoError(t, boot.Close())

	cfg.Bootstrap = nil
	again := start(t, cfg, ds)
	run(t, again)
	awaitPeers(t, again, other.ID())
}

func TestNetworksNeverMix(t *testing.T) {
	blue := testConfig(t, "blue")
	blue.Network = "blue"
	b := start(t, blue, memory())
	run(t, b)
	red := testConfig(t, "red", b.Addrs()...)
	red.Network = "red"
	r := start(t, red, memory())
	run(t, r)
	friend := testConfig(t, "friend", append(r.Addrs(), b.Addrs()...)...)
	friend.Network = "red"
	f := start(t, friend, memory())
	run(t, f)
	awaitPeers(t, f, r.ID())
	awaitPeers(t, r, f.ID())

	// Red and its friend dial blue. Whoever is the first to read what the other announces hangs up and refuses it from then on.
	ctx := testContext(t)
	for _, h := range []*Host{r, f} {
		require.Eventually(t, func() bool { return h.gate.refused(b.ID()) || b.gate.refused(h.ID()) }, deadline, tick)
	}
	require.Empty(t, b.Peers())
	_, err := r.Request(ctx, b.ID(), exchangeName, nil)
	require.Error(t, err)
	require.Len(t, r.Peers(), 1)
}

func TestExchangeBelievesOnlySignedRecords(t *testing.T) {
	a, b := pair(t)
	key := newKey(t)
	victim := start(t, testConfig(t, "victim"), memory())
	addr, err := ma.NewMultiaddr("/ip4/127.0.0.1/tcp/9")
	require.NoError(t, err)
	// A record about the victim, signed by somebody else.
	env, err := record.Seal(&peer.PeerRecord{PeerID: victim.ID(), Addrs: []ma.Multiaddr{addr}, Seq: 1}, key)
	require.NoError(t, err)
	raw, err := env.Marshal()
	require.NoError(t, err)
	forged := append(binary.BigEndian.AppendUint16(nil, uint16(len(raw))), raw...)
	for name, msg := range map[string][]byte{
		"forged":    forged,
		"truncated": forged[:len(forged)-1],
		"short":     {0},
		"oversize":  binary.BigEndian.AppendUint16(nil, 0xffff),
	} {
		_, err := a.Request(testContext(t), b.ID(), exchangeName, msg)
		var se *StatusError
		require.ErrorAs(t, err, &se, name)
		require.Equal(t, StatusBadRequest, se.Status, name)
	}
	require.Empty(t, b.host.Peerstore().Addrs(victim.ID()))
}

func TestAddressBookIsBounded(t *testing.T) {
	ds := memory()
	book, err := loadAddressBook(t.Context(), ds, 3)
	require.NoError(t, err)
	addr, err := ma.NewMultiaddr("/ip4/8.8.8.8/tcp/1")
	require.NoError(t, err)
	var ids []peer.ID
	for range 10 {
		_, pub, err := crypto.GenerateEd25519Key(rand.Reader)
		require.NoError(t, err)
		id, err := peer.IDFromPublicKey(pub)
		require.NoError(t, err)
		ids = append(ids, id)
		book.remember(peer.AddrInfo{ID: id, Addrs: []ma.Multiaddr{addr}}, false)
	}
	require.NoError(t, book.close())
	again, err := loadAddressBook(t.Context(), ds, 3)
	require.NoError(t, err)
	require.Len(t, again.peers(), 3)
	require.Equal(t, ids[9], again.peers()[0].ID, "last seen first")
}

// TestStrangersDoNotFillTheAddressBook: whoever connects under many names displaces others that only connected, never a peer that this node dialled.
func TestStrangersDoNotFillTheAddressBook(t *testing.T) {
	book, err := loadAddressBook(t.Context(), memory(), 3)
	require.NoError(t, err)
	addr, err := ma.NewMultiaddr("/ip4/8.8.8.8/tcp/1")
	require.NoError(t, err)
	remember := func(name string, dialled bool) {
		book.remember(peer.AddrInfo{ID: peer.ID(name), Addrs: []ma.Multiaddr{addr}}, dialled)
	}
	remember("friend", true)
	remember("other", true)
	for i := range 10 {
		remember(fmt.Sprint("stranger", i), false)
	}
	remember("other", false)
	ids := func() (out []string) {
		for _, info := range book.peers() {
			out = append(out, string(info.ID))
		}
		return out
	}
	require.ElementsMatch(t, []string{"friend", "other", "stranger9"}, ids())
	remember("third", true)
	remember("stranger", false)
	require.ElementsMatch(t, []string{"friend", "other", "third"}, ids())
	remember("fourth", true)
	require.ElementsMatch(t, []string{"other", "third", "fourth"}, ids(), "the one seen longest ago makes room")
}

// TestStrangersLeaveRoomToDial: inbound connections cannot take all the places that the resource manager has.
func TestStrangersLeaveRoomToDial(t *testing.T) {
	l := DefaultLimits()
	l.Connections, l.Outbound = 8, 4
	m, err := newResourceManager(l)
	require.NoError(t, err)
	defer func() { require.NoError(t, m.Close()) }()
	open := func(dir network.Direction, n int) (opened int) {
		for i := range n {
			addr, err := ma.NewMultiaddr(fmt.Sprintf("/ip4/8.%d.%d.8/tcp/1", dir, i))
			require.NoError(t, err)
			c, err := m.OpenConnection(dir, false, addr)
			if err != nil {
				break
			}
			id, err := peer.IDFromPrivateKey(newKey(t))
			require.NoError(t, err)
			require.NoError(t, c.SetPeer(id)) // from the transient scope to the peer's
			opened++
		}
		return opened
	}
	require.Equal(t, 2*(l.Connections-l.Outbound), open(network.DirInbound, 100))
	require.Equal(t, 2*l.Outbound, open(network.DirOutbound, 100))
}

func newKey(t testing.TB) crypto.PrivKey {
	key, _, err := crypto.GenerateEd25519Key(rand.Reader)
	require.NoError(t, err)
	return key
}

func TestOutboundSlotsBySubnet(t *testing.T) {
	addr := func(s string) ma.Multiaddr {
		a, err := ma.NewMultiaddr(s)
		require.NoError(t, err)
		return a
	}
	a, b, c := addr("/ip4/8.8.1.1/tcp/1"), addr("/ip4/8.8.200.9/udp/2/quic-v1"), addr("/ip4/9.9.9.9/tcp/1")
	require.Equal(t, addrGroup(a), addrGroup(b))
	require.NotEqual(t, addrGroup(a), addrGroup(c))
	require.Equal(t, addrGroup(addr("/ip6/2a00:1450:1::1/tcp/1")), addrGroup(addr("/ip6/2a00:1450:ffff::2/tcp/1")))
	groups := map[string]int{addrGroup(a): 2}
	require.True(t, crowded([]ma.Multiaddr{b}, addrGroup, groups, 2))
	require.False(t, crowded([]ma.Multiaddr{b, c}, addrGroup, groups, 2), "another address lies elsewhere")
	require.False(t, crowded([]ma.Multiaddr{addr("/ip4/127.0.0.1/tcp/1")}, addrGroup, map[string]int{"": 99}, 2))
	require.False(t, crowded(nil, addrGroup, groups, 2))
}

func TestBackoffGrowsToABound(t *testing.T) {
	require.Less(t, backoff(0), time.Second)
	for failures := range 100 {
		d := backoff(failures)
		require.GreaterOrEqual(t, d, retryMin*3/4)
		require.LessOrEqual(t, d, retryMax*5/4)
	}
	require.Greater(t, backoff(20), 20*time.Second)
}

func TestHintStoreIsBounded(t *testing.T) {
	s := newHintStore(8)
	for i := range 100 {
		require.NoError(t, s.Put(t.Context(), providedKey(mustCID(t, []byte{byte(i)})), []byte("x")))
	}
	require.Equal(t, 8, s.records.Len())
}

func TestPublicPrefix(t *testing.T) {
	for addr, want := range map[string]string{
		"/ip4/203.0.113.77/tcp/1":             "", // documentation addresses are not public
		"/ip4/8.8.4.7/udp/1/quic-v1":          "8.8.4.0/24",
		"/ip6/2a00:1450:4001:81b::200e/tcp/1": "2a00:1450:4001::/48",
		"/ip4/127.0.0.1/tcp/1":                "",
		"/ip4/192.168.1.4/tcp/1":              "",
		"/dns4/example.com/tcp/1":             "",
	} {
		require.Equal(t, want, publicPrefix(ma.StringCast(addr), 24, 48), addr)
	}
	a, b := pair(t)
	require.Empty(t, a.Subnet(b.ID()), "on loopback")
}

// TestSubnet: whatever way a peer comes, many of one place are one place, but on networks without public addresses.
func TestSubnet(t *testing.T) {
	const (
		direct  = "/ip4/8.8.4.7/udp/1/quic-v1"
		lan     = "/ip4/192.168.1.4/tcp/1"
		relay   = "/ip4/9.9.9.9/tcp/1/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA/p2p-circuit"
		private = "/ip4/10.0.0.1/tcp/1/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA/p2p-circuit"
	)
	for _, c := range []struct {
		remote, own []string
		want        string
	}{
		{[]string{direct}, []string{lan}, "8.8.4.0/24"},
		{[]string{relay, direct}, []string{direct}, "8.8.4.0/24"},
		{[]string{relay}, []string{lan}, "behind 9.9.9.0/24"},
		{[]string{lan, relay}, []string{direct}, "behind 9.9.9.0/24"},
		{[]string{lan}, []string{lan, direct}, noPlace},
		{[]string{private}, []string{direct}, noPlace},
		{nil, []string{direct}, noPlace},
		{[]string{lan}, []string{lan}, ""},
		{[]string{private}, []string{lan, relay}, ""}, // to be reached through a public relay is no public address
		{nil, []string{"/ip4/127.0.0.1/tcp/1"}, ""},
	} {
		addrs := func(list []string) (as []ma.Multiaddr) {
			for _, a := range list {
				as = append(as, ma.StringCast(a))
			}
			return as
		}
		require.Equal(t, c.want, subnet(addrs(c.remote), addrs(c.own)), "%v", c)
	}
}
