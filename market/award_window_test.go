package market

import (
	"strings"
	"testing"

	"gpumesh/poc"
)

// TestLastWindow: enough offers that came in the last window of the time to bid make an award, though a provider that advertises has not answered.
func TestLastWindow(t *testing.T) {
	w := newWorld(t, 94, 6)
	owner := w.nodes[0]
	for _, n := range w.nodes[1:] {
		n.dead = true
	}
	id := owner.job(1, false)
	w.run(func() bool { return owner.state(id) == Bidding }, 5_000)
	end := owner.m.jobs[id].BidEnd
	w.run(func() bool { return owner.m.jobs[id].Closes == end }, 30_000)
	owner.m.ads[poc.PeerID{9}] = adEntry{ad: Ad{Account: "silent"}, expires: 1 << 50}
	for _, n := range w.nodes[1:5] {
		v := w.open(n.wrap(Offer{Job: id, Account: n.account, Ask: NLOV / 100, Speed: 1e9, Class: "test"}, w.now.Add(60_000)))
		if err := owner.step(Received{Message: v, Subnet: string(n.account)}); err != nil {
			t.Fatal(err)
		}
	}
	w.run(func() bool { return owner.state(id) != Bidding }, 10_000)
	if v, _ := owner.m.View(id); v.State != Anchoring || len(v.Seats) != 4 {
		t.Errorf("the job is %v with %d seats: %+v", v.State, len(v.Seats), v.Failure)
	}
	// An owner that comes back long after the offers have ended has nothing to award.
	late := owner.job(1, false, func(s *Spec) { s.Deadline = w.now.Add(600_000) })
	w.run(func() bool { return owner.state(late) == Bidding && owner.m.jobs[late].BidEnd != 0 }, 5_000)
	owner.m.ads[poc.PeerID{9}] = adEntry{ad: Ad{Account: "silent"}, expires: 1 << 50}
	for _, n := range w.nodes[1:5] {
		v := w.open(n.wrap(Offer{Job: late, Account: n.account, Ask: NLOV / 100, Speed: 1e9, Class: "test"}, w.now.Add(60_000)))
		if err := owner.step(Received{Message: v, Subnet: string(n.account)}); err != nil {
			t.Fatal(err)
		}
	}
	owner.dead = true
	w.after(poc.Millis(owner.m.jobs[late].BidEnd-w.now)+w.net.AwardTimeout, func() { owner.restart() })
	w.run(func() bool { return !owner.dead && owner.state(late).Terminal() }, 60_000)
	if v, _ := owner.m.View(late); v.Failure == nil || v.Failure.Code != FailProviders || !strings.Contains(v.Failure.Reason, "away") {
		t.Errorf("an owner that was away is %v: %+v", v.State, v.Failure)
	}
}
