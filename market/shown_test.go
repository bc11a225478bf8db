package market

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestShowings: what a provider showed counts against what it promises now, over enough units and jobs, and for a week.
func TestShowings(t *testing.T) {
	const now = 1_000_000_000
	var peers []poc.PeerID
	for i := range 8 {
		peers = append(peers, poc.PeerID{byte(i + 1)})
	}
	m := New(Config{Self: poc.PeerID{99}})
	m.now = now
	add := func(owner poc.PeerID, certified poc.Time, all ...shown) {
		j := newJob(poc.Hash{byte(len(m.order))}, owner, 1)
		for _, p := range peers {
			j.seats = append(j.seats, frozen{p, Offer{Speed: 400}})
		}
		j.Times.Certified, j.Shown = certified, all
		m.order = append(m.order, j)
	}
	offers := map[poc.PeerID]offered{}
	for i, p := range peers {
		offers[p] = offered{offer: Offer{Speed: []uint64{400, 400, 400, 400, 100, 400, 400, 4_000_000}[i]}}
	}
	add(m.cfg.Self, now, shown{0, 6, 1000}, shown{1, 6, 250}, shown{2, 20, 100}, shown{3, 5, 250}, shown{4, 6, 250}, shown{5, 6, 100}, shown{6, 6, 250}, shown{7, 6, 1000})
	add(m.cfg.Self, now-1, shown{0, 6, 1000}, shown{1, 6, 260}, shown{3, 6, 250}, shown{4, 6, 260}, shown{5, 6, 4000}, shown{7, 6, 1000})
	add(m.cfg.Self, now-shownFor-1, shown{6, 100, 250}, shown{2, 100, 250})
	add(poc.PeerID{98}, now, shown{2, 100, 250})
	got := m.showings(offers)
	require.Equal(t, map[poc.PeerID]showing{
		peers[0]: {2, 12, 1000},
		peers[1]: {2, 12, 255},
		peers[2]: {1, 20, 100},
		peers[3]: {2, 11, 250},
		peers[4]: {2, 12, 1020},
		peers[5]: {2, 12, 2050},
		peers[6]: {1, 6, 250},
		peers[7]: {2, 12, 0},
	}, got)
	for i, slow := range []bool{false, true, false, false, false, false, false, true} {
		require.Equal(t, slow, got[peers[i]].slow(), "provider %d", i)
	}
}

// TestSlowProvidersArePassedOver: an owner seats nobody of whom it knows that it is far slower than it says, as long as others are enough.
func TestSlowProvidersArePassedOver(t *testing.T) {
	m := New(Config{Self: poc.PeerID{99}})
	m.now = 1_000_000_000
	old := newJob(poc.Hash{1}, m.cfg.Self, 1)
	old.spec = &Spec{Tasks: make([]Task, 60)}
	old.watched, old.Times.Drawn, old.Times.Certified = true, m.now-100_000, m.now
	for i := range 8 {
		p := poc.PeerID{byte(i + 1)}
		old.seats = append(old.seats, frozen{p, Offer{Speed: 400}})
		// 6 units in 60 s and in 30 s, one in 240 s, and two that are no pace.
		old.holders[p] = &holder{speed: scoreUnit, sealed: []uint32{6, 6, 6, 6, 6, 6, 2, 6}[i], sealedAt: old.Times.Drawn.Add([]poc.Millis{60_000, 60_000, 30_000, 60_000, 240_000, 60_000, 900_000, 60_000}[i])}
	}
	old.noteShown(m)
	require.Equal(t, []shown{{0, 6, 1000}, {1, 6, 1000}, {2, 6, 2000}, {3, 6, 1000}, {4, 6, 250}, {5, 6, 1000}, {7, 6, 1000}}, old.Shown)
	m.order = append(m.order, old)

	bidding := func(standby uint32) *job {
		j := newJob(poc.Hash{2}, m.cfg.Self, 1)
		j.spec = &Spec{Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: standby}}
		for _, f := range old.seats {
			j.offers[f.peer] = offered{offer: f.offer}
		}
		j.passOver(m)
		return j
	}
	require.Len(t, bidding(4).offers, 8, "one job is not enough")
	m.order = append(m.order, old)
	j := bidding(4)
	require.Len(t, j.offers, 7)
	require.NotContains(t, j.offers, old.seats[4].peer)
	require.Equal(t, []declined{{Peer: old.seats[4].peer, Code: DeclineShown,
		Reason: "it has an offer, and was passed over as others are enough: in 12 units of 2 jobs of this node it was 25 % as fast as it says, next to others"}}, j.Declines)
	require.Len(t, bidding(5).offers, 8, "eight may sign, and there are no more")

	for name, change := range map[string]func(j *job){
		"a restart in between": func(j *job) { j.watched = false },
		"another's job":        func(j *job) { j.Owner = poc.PeerID{1} },
		"tasks that wait":      func(j *job) { j.spec = sumSpec() },
		"few seats":            func(j *job) { j.seats = j.seats[:shownSeats-1] },
	} {
		j := newJob(poc.Hash{1}, m.cfg.Self, 1)
		j.spec, j.seats, j.holders, j.watched, j.Times = old.spec, old.seats, old.holders, true, old.Times
		change(j)
		j.noteShown(m)
		require.Empty(t, j.Shown, name)
	}
}

func sumSpec() *Spec {
	return &Spec{Tasks: []Task{{}, {Inputs: []Input{{Name: "in", Parts: []Part{{From: &From{0, "out"}, Size: 8}}}}}}}
}

// TestShownIsKept: what an owner saw in a job is in its records.
func TestShownIsKept(t *testing.T) {
	w := newWorld(t, 81, 8)
	w.nodes[1].delay = 200 // all others take 40 and up to 20 more
	owner := w.nodes[0]
	id := owner.job(30, false)
	w.run(w.settledEverywhere(id), 60_000)
	seen := owner.m.jobs[id].Shown
	require.Greater(t, len(seen), shownSeats)
	for _, s := range seen {
		require.GreaterOrEqual(t, s.Units, uint32(shownUnits))
		if owner.m.jobs[id].seats[s.Seat].peer == w.nodes[1].peer {
			require.Less(t, s.Pace, uint32(paceUnit))
		}
	}
	require.Empty(t, w.nodes[2].m.jobs[id].Shown, "others see less")
	owner.restart()
	require.Equal(t, seen, owner.m.jobs[id].Shown)
}
