package market

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// beats notes when a node says how it fares, and what it says.
func (n *node) beats() (at *[]poc.Time, said *[]Health) {
	at, said = new([]poc.Time), new([]Health)
	last := n.m.own.seen
	n.seen = func() {
		if own := n.m.own; own.seen != last {
			last = own.seen
			*at, *said = append(*at, own.seen), append(*said, own.ad.Health)
		}
	}
	return at, said
}

// TestHeartbeats: a provider of a network with the default parameters says how it fares every 30 s, whatever else it does; who misses three in a row is gone.
func TestHeartbeats(t *testing.T) {
	w := newWorld(t, 63, 3, func(n *Network) { n.AdInterval, n.AdTTL = DefaultNetwork().AdInterval, DefaultNetwork().AdTTL })
	p := w.nodes[1]
	at, _ := p.beats()
	w.nodes[0].job(2, false)
	w.run(func() bool { return len(*at) == 11 }, 400_000)
	for i, t1 := range (*at)[1:] {
		require.Equal(t, poc.Millis(30_000), poc.Millis(t1-(*at)[i]))
	}

	p.dead = true
	health := func() Health { v, _ := w.nodes[0].m.Presence(p.peer); return v.Health }
	w.run(func() bool { return w.now >= (*at)[10].Add(89_000) }, 90_000)
	require.Equal(t, Healthy, health())
	w.run(func() bool { return health() == Gone }, 2_000)
}

// TestDegradedProvider: who works with less than it could says so at once, is seen so by others, and goes on working; that it is busy is not said over it.
func TestDegradedProvider(t *testing.T) {
	w := newWorld(t, 64, 4, func(n *Network) { n.MinReplicas = 1 })
	p := w.nodes[1]
	p.delay = 20_000 // as long as several heartbeats
	_, said := p.beats()
	for _, o := range w.nodes[2:] {
		o.cfg.Provider.Floor = 2 * NLOV // over the bid's bound
	}
	id := w.nodes[0].job(1, false, func(s *Spec) { s.Policy = poc.Policy{Replicas: 1, Quorum: 1, MaxReplicas: 1} })
	w.run(func() bool { return p.state(id) == Offered && p.m.jobs[id].Reserved != 0 }, 5_000)
	require.NoError(t, p.step(Condition{Degraded, "its device may be used a part of the time only"}))
	require.NotZero(t, p.m.jobs[id].Reserved, "its offer stands")
	seen := func(h Health) func() bool {
		return func() bool { v, _ := w.nodes[0].m.Presence(p.peer); return v.Health == h }
	}
	w.run(seen(Degraded), 1_100)
	w.run(func() bool { return len(p.m.running) > 0 }, 5_000)
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
	require.GreaterOrEqual(t, len(*said), 4, "heartbeats")
	require.NotContains(t, *said, Busy, "with every slot taken")

	require.NoError(t, p.step(Condition{State: Healthy}))
	w.run(seen(Healthy), 1_100)
	require.Equal(t, []Health{Degraded, Healthy}, []Health{(*said)[0], (*said)[len(*said)-1]})
}
