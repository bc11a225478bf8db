package market

import (
	"fmt"
	"strings"
	"testing"

	"gpumesh/poc"
)

// count is what a view's reasons of a code say of how many.
func count(v View, code string) (n int) {
	for _, r := range v.Reasons {
		if r.Code == code {
			n += r.Count
		}
	}
	return n
}

// TestExplainOffersWithoutSeat: who offered and gets no seat has answered, and the owner learns why it has none; an award does not wait for it.
func TestExplainOffersWithoutSeat(t *testing.T) {
	w := newWorld(t, 85, 6, func(n *Network) { n.MaxPanel = 4 })
	owner := w.nodes[0]
	for _, n := range w.nodes[1:] {
		n.cut = true
	}
	id := owner.job(1, false, func(s *Spec) { s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 2} })
	w.run(func() bool { return owner.state(id) == Bidding }, 5_000)
	offer := func(n *node, account poc.Account, subnet string) {
		t.Helper()
		o := Offer{Job: id, Account: account, Ask: NLOV / 100, Speed: 1e9, Class: "test"}
		if err := owner.step(Received{Message: w.open(n.wrap(o, w.now.Add(60_000))), Subnet: subnet}); err != nil {
			t.Fatal(err)
		}
	}
	offer(w.nodes[1], w.nodes[1].account, "203.0.113")
	offer(w.nodes[2], w.nodes[2].account, "203.0.113")
	offer(w.nodes[3], w.nodes[1].account, "198.51.100")
	v, _ := owner.m.View(id)
	if count(v, ReasonPlace) != 1 || count(v, ReasonAccount) != 1 || count(v, ReasonNoAnswer) != 2 {
		t.Errorf("of three offers for one seat it says %q", v.Explain)
	}
	offer(w.nodes[4], w.nodes[4].account, "192.0.2")
	offer(w.nodes[5], w.nodes[5].account, "192.0.2")
	if owner.state(id) != Anchoring {
		t.Errorf("all have answered, and the job is %v", owner.state(id))
	}
}

// TestExplainReach: who was not asked is not said to be silent.
func TestExplainReach(t *testing.T) {
	w := newWorld(t, 86, 2)
	owner := w.nodes[0]
	for i := range 5000 {
		owner.m.ads[poc.PeerID{1, byte(i), byte(i >> 8)}] = adEntry{ad: Ad{Account: poc.Account(fmt.Sprint("x", i))}, expires: 1 << 50}
	}
	id := owner.job(1, false)
	w.run(func() bool { return owner.state(id) == Bidding }, 5_000)
	j, asked := owner.m.jobs[id], 0
	for p := range owner.m.ads {
		b := Bid{Job: id, Round: j.Round, Reach: j.reach(owner.m)}
		if _, offered := j.offers[p]; b.Asks(p) && !offered {
			asked++
		}
	}
	v, _ := owner.m.View(id)
	if n := count(v, ReasonNoAnswer); n != asked || n > 400 || count(v, ReasonUnasked) < 4500 {
		t.Errorf("%d were asked; it says %q", asked, v.Explain)
	}
}

// TestExplainClaim: why a claim waits, or was refused, is not lost.
func TestExplainClaim(t *testing.T) {
	for _, held := range []bool{true, false} {
		w := newWorld(t, 95, 6)
		n := w.nodes[0]
		id := n.job(1, false)
		w.run(func() bool { return n.state(id) == Settling }, 30_000)
		_ = n.step(OpDone{Key: n.m.jobs[id].opKey("claim") + "/1", Refused: "its gas costs more than it pays", Held: held})
		v, _ := n.m.View(id)
		if !strings.Contains(strings.Join(v.Explain, "\n"), "its gas costs more than it pays") || count(v, ReasonClaim) != 1 {
			t.Errorf("held %v: it says %q", held, v.Explain)
		}
	}
}

// TestExplainLockedEscrow: an owner whose job failed after its award was anchored is told when its money comes back.
func TestExplainLockedEscrow(t *testing.T) {
	w := newWorld(t, 91, 4)
	owner := w.nodes[0]
	id := owner.job(1, false, func(s *Spec) { s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3} })
	w.run(func() bool { return owner.state(id) == Anchoring }, 5_000)
	for _, n := range w.nodes[1:] {
		w.ledger.peers[n.account] = poc.PeerID{1}
	}
	w.run(func() bool { return owner.state(id) == Failed }, 50_000)
	view := func() View { v, _ := owner.m.View(id); return v }
	w.run(func() bool { return count(view(), ReasonEscrow) == 1 }, 10_000)
	if s := strings.Join(view().Explain, "\n"); !strings.Contains(s, "locked until it expires") {
		t.Errorf("it says %q", s)
	}
	w.run(func() bool { return w.ledger.escrows[id].Closed && count(view(), ReasonEscrow) == 0 }, 200_000)
}

// TestExplainFailedTasks: of a job whose task failed nothing says that all is settled.
func TestExplainFailedTasks(t *testing.T) {
	w := newWorld(t, 96, 6)
	owner := w.nodes[0]
	for _, n := range w.nodes[1:] {
		n.stuck = func(r Run) bool { return r.Ref.Task == 1 }
	}
	id := owner.job(2, false, func(s *Spec) { s.Deadline = w.now.Add(30_000) })
	w.run(func() bool { return owner.state(id) == Done }, 200_000)
	v, _ := owner.m.View(id)
	if s := strings.Join(v.Explain, "\n"); strings.Contains(s, "every certified task is settled") || !strings.Contains(s, "1 of 2 tasks are settled") {
		t.Errorf("it says %q", s)
	}
}
