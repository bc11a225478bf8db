package p2p

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"
	"github.com/stretchr/testify/require"
)

// TestEclipse: five Sybils to every honest node crowd one victim. They connect to it, fill its address book and its meshes, name each
// other, and forward nothing. It must go on hearing what honest nodes publish, also after a restart for which its bootstrap nodes are gone.
func TestEclipse(t *testing.T) {
	if testing.Short() {
		t.Skip("twenty hosts")
	}
	if !listensAt("127.10.0.1") {
		t.Skip("this system has one loopback address only")
	}
	const honestNodes, sybils, ads, burst = 4, 20, 1000, 50
	// Every /16 of the loopback network stands for one of the Internet: honest nodes have one each, the Sybils two.
	group := func(a ma.Multiaddr) string {
		ip, err := manet.ToIP(a)
		require.NoError(t, err)
		addr, _ := netip.AddrFromSlice(ip)
		prefix, err := addr.Unmap().Prefix(16)
		require.NoError(t, err)
		return prefix.String()
	}
	config := func(name, ip string, bootstrap ...string) Config {
		cfg := testConfig(t, name, bootstrap...)
		cfg.Listen = []string{"/ip4/" + ip + "/tcp/0"}
		cfg.group = group
		return cfg
	}
	quick := func(out chan<- heard) TopicConfig[string] {
		cfg := echoTopic(out)
		cfg.Rate, cfg.Burst, cfg.Queue = 1e6, 1e6, ads
		return cfg
	}
	var honest []*Host
	var topics []*Topic[string]
	for i := range honestNodes {
		var bootstrap []string
		if i > 0 {
			bootstrap = honest[0].Addrs()
		}
		h := start(t, config(fmt.Sprint("honest", i), fmt.Sprintf("127.%d.0.1", 10+i), bootstrap...), memory())
		run(t, h)
		topic, err := Join(h, "ads", quick(make(chan heard, ads)))
		require.NoError(t, err)
		honest, topics = append(honest, h), append(topics, topic)
	}
	awaitMesh(t, honest)

	got := make(chan heard, ads)
	ds := memory()
	cfg := config("victim", "127.1.0.1", append(honest[0].Addrs(), honest[1].Addrs()...)...)
	cfg.Limits.Connections, cfg.Limits.Outbound, cfg.Limits.KnownPeers = 8, 4, 6
	victim := start(t, cfg, ds)
	stop := run(t, victim)
	_, err := Join(victim, "ads", quick(got))
	require.NoError(t, err)
	awaitPeers(t, victim, honest[0].ID(), honest[1].ID())

	evil := make(map[peer.ID]bool)
	var swarm []*Host
	attack := func(victim *Host) {
		info, err := peer.AddrInfoFromString(victim.Addrs()[0])
		require.NoError(t, err)
		for _, s := range swarm {
			_ = s.dial(testContext(t), *info) // the victim may well refuse
		}
	}
	for i := range sybils {
		h := start(t, config(fmt.Sprint("sybil", i), fmt.Sprintf("127.%d.0.%d", 200+i%2, 1+i)), memory())
		_, err := Join(h, "ads", silent())
		require.NoError(t, err)
		if i > 0 { // so that they have each other to name
			connect(t, h, swarm[0])
		}
		evil[h.ID()] = true
		swarm = append(swarm, h)
	}
	attack(victim)
	room := func(victim *Host) {
		inbound := slices.DeleteFunc(victim.host.Network().Conns(), func(c network.Conn) bool { return c.Stat().Direction != network.DirInbound })
		require.LessOrEqual(t, len(inbound), 2*(cfg.Limits.Connections-cfg.Limits.Outbound), "strangers leave room")
	}
	room(victim)
	require.True(t, victim.host.ConnManager().IsProtected(honest[0].ID(), protectTag), "strangers do not displace whom this node chose")

	heardOf := make(map[string]bool)
	for i := range ads {
		require.NoError(t, topics[i%honestNodes].Publish(t.Context(), fmt.Appendf(nil, "ad %d", i)))
		if (i+1)%burst != 0 {
			continue
		}
		for len(heardOf) < i+1-ads/1000 {
			m := receive(t, got)
			require.False(t, evil[m.from])
			heardOf[m.text] = true
		}
	}
	peers := victim.disco.identified()
	outside := slices.DeleteFunc(slices.Clone(peers), func(p peer.ID) bool { return evil[p] })
	t.Logf("the victim has %d peers, %d of them honest", len(peers), len(outside))

	// The victim restarts, its bootstrap nodes are gone, and the Sybils are there first.
	stop()
	require.NoError(t, victim.Close())
	for i := range 2 {
		require.NoError(t, honest[i].Close())
	}
	again := start(t, cfg, ds)
	attack(again)
	room(again)
	run(t, again)
	_, err = Join(again, "ads", quick(got))
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		for i := 2; i < honestNodes; i++ {
			require.NoError(t, topics[i].Publish(t.Context(), []byte("after the restart")))
		}
		select {
		case m := <-got:
			return m.text == "after the restart"
		default:
			return false
		}
	}, deadline, 20*tick)
}

// silent takes messages and forwards none.
func silent() TopicConfig[string] {
	cfg := echoTopic(nil)
	cfg.Validate = func(context.Context, peer.ID, string) Verdict { return Ignore }
	return cfg
}
