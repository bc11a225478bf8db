package market

import (
	"strings"
	"testing"

	"gpumesh/poc"
)

// TestOffersAreVouchedFor: in a network with challenges a provider offers no more than witnesses vouch for, or the floor, and says so
// where a job needs more.
func TestOffersAreVouchedFor(t *testing.T) {
	w := newWorld(t, 74, 5, func(n *Network) {
		n.Challenge = &Challenges{
			Blocks: 100, Unit: 128 << 20, Floor: poc.Capacity{Memory: 1 << 30, Speed: 1e6},
			Terms: poc.ChallengeParams{Cohort: 3, Quorum: 2, Work: 8_000, Slack: 4_000, Judge: 60_000},
		}
	})
	vouch := func(n *node, memory, speed uint64) {
		t.Helper()
		made := &poc.Capability{Version: 1, Peer: n.peer, Capacity: poc.Capacity{Memory: memory, Speed: speed}, Signers: 3, Signatures: [][]byte{make([]byte, 64), make([]byte, 64)}}
		if err := n.step(Vouched{made}); err != nil {
			t.Fatal(err)
		}
	}
	speeds := []uint64{0, 5e8, 1e9, 1e6, 1e6} // of the seats: measured is 1e9
	vouch(w.nodes[1], 8<<30, 5e8)
	vouch(w.nodes[2], 8<<30, 3e9)
	vouch(w.nodes[3], 1, 1) // less than everybody is believed
	id := w.nodes[0].job(1, false)
	w.run(func() bool { return w.nodes[0].state(id) >= Running }, 60_000)
	seats := w.nodes[0].m.jobs[id].seats
	if len(seats) != 4 {
		t.Fatalf("%d seats", len(seats))
	}
	for _, f := range seats {
		n := w.byPeer[f.peer]
		if f.offer.Speed != speeds[n.index] || (len(f.offer.Capability) > 0) != (n.index < 4) {
			t.Errorf("node %d offers %d with a capability of %d bytes, want %d", n.index, f.offer.Speed, len(f.offer.Capability), speeds[n.index])
		}
		if len(f.offer.Capability) > 0 {
			if c, err := poc.DecodeCapability(f.offer.Capability); err != nil || c.Peer != n.peer {
				t.Errorf("node %d shows %v: %v", n.index, c, err)
			}
		}
	}
	w.run(func() bool { return w.nodes[0].state(id) == Done }, 60_000)

	// What is not vouched for is not offered, and the owner learns why. Vouched for no more, a provider is believed the floor again.
	if err := w.nodes[2].step(Vouched{}); err != nil {
		t.Fatal(err)
	}
	id = w.nodes[0].job(1, false, func(s *Spec) { s.MinSpeed = 6e8 })
	w.run(func() bool { v, _ := w.nodes[0].m.View(id); return len(v.Declines) == 4 }, 5_000)
	v, _ := w.nodes[0].m.View(id)
	for _, d := range v.Declines {
		if d.Code != DeclineUnvouched || !strings.Contains(d.Reason, "vouched for") {
			t.Errorf("declined as %s: %s", d.Code, d.Reason)
		}
	}
	m := w.nodes[1].m
	if why := m.unvouched(8<<30+1, 0); !strings.Contains(why, "memory") {
		t.Errorf("of memory it says %q", why)
	}
	if why := m.unvouched(8<<30, 5e8); why != "" {
		t.Errorf("of what is vouched for it says %q", why)
	}
	if err := w.nodes[1].step(Vouched{&poc.Capability{Peer: w.nodes[2].peer}}); err == nil {
		t.Error("another's capability was taken")
	}

	// Without challenges there is no bound, and nothing to take.
	plain := newWorld(t, 74, 2).nodes[1].m
	if why := plain.unvouched(1<<60, 1<<60); why != "" {
		t.Errorf("without challenges it says %q", why)
	}
	if _, err := plain.Step(w.now, Vouched{}); err == nil {
		t.Error("a capability was taken without challenges")
	}
}

func TestChallengesOfANetwork(t *testing.T) {
	n := LocalNetwork()
	n.Chain = "test"
	before := n.ID()
	n.Challenge = &Challenges{Since: 50, Blocks: 10, Unit: 1 << 20, Terms: poc.ChallengeParams{Cohort: 3, Quorum: 2, Work: 8_000, Slack: 4_000, Judge: 60_000}}
	if err := n.Validate(); err != nil {
		t.Fatal(err)
	}
	if n.ID() == before {
		t.Error("challenges are not part of the network's id")
	}
	for block, want := range map[uint64]uint64{50: 0, 59: 0, 60: 1, 105: 5} {
		if e, ok := n.Challenge.EpochAt(block); !ok || e != want || n.Challenge.Begins(e) > block {
			t.Errorf("block %d is in epoch %d", block, e)
		}
	}
	if _, ok := n.Challenge.EpochAt(49); ok {
		t.Error("there is an epoch before the first")
	}
	n.Challenge.Blocks, n.Challenge.Terms.Quorum = 0, 1
	if err := n.Validate(); err == nil || !strings.Contains(err.Error(), "epoch") || !strings.Contains(err.Error(), "quorum") {
		t.Errorf("Validate says %v", err)
	}
}
