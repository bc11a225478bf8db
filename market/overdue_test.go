package market

import (
	"slices"
	"testing"
)

func says(v View, code string) bool {
	return slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Code == code && r.Text != "" })
}

// TestOwnerMissesTheBeacon: an owner that is away, or whose chain is silent, for longer than an award may take gets what it pays for.
func TestOwnerMissesTheBeacon(t *testing.T) {
	for _, away := range []bool{true, false} {
		w := newWorld(t, 71, 6)
		w.check = true
		owner := w.nodes[0]
		id := owner.job(2, false)
		w.run(func() bool { e := w.ledger.escrows[id]; return e != nil && !e.Award.IsZero() }, 10_000)
		if away {
			owner.dead = true
			w.after(2*w.net.AwardTimeout, func() { owner.restart() })
		} else {
			owner.blind = true
			w.after(w.net.AwardTimeout+1000, func() {
				if v, _ := owner.m.View(id); !says(v, ReasonChain) {
					t.Errorf("while the chain is silent the job is %v: %q", v.State, v.Explain)
				}
			})
			w.after(2*w.net.AwardTimeout, func() { owner.blind = false })
		}
		w.run(func() bool { return owner.state(id).Terminal() && !owner.dead }, 120_000)
		v, _ := owner.m.View(id)
		if v.State != Done || len(owner.collected) != 2 || w.ledger.escrows[id].Paid == 0 {
			t.Errorf("away %v: the owner is %v (%+v) with %d results, and paid %v", away, v.State, v.Failure, len(owner.collected), w.ledger.escrows[id].Paid)
		}
	}
}

// TestSeatMissesTheBeacon: a seat whose chain is silent takes part once it is not. If that never ends, it says why it gave up.
func TestSeatMissesTheBeacon(t *testing.T) {
	for _, ends := range []bool{true, false} {
		w := newWorld(t, 72, 6)
		seat := w.nodes[2]
		id := w.nodes[0].job(2, false)
		w.run(func() bool { return seat.state(id) == Drawing }, 10_000)
		seat.blind = true
		if ends {
			w.after(2*w.net.AwardTimeout, func() { seat.blind = false })
			w.run(func() bool { return seat.state(id) == Done }, 120_000)
			continue
		}
		w.run(func() bool { return seat.state(id).Terminal() }, 120_000)
		if v, _ := seat.m.View(id); v.State != Failed || !says(v, string(FailAward)) {
			t.Errorf("it is %v: %q", v.State, v.Explain)
		}
	}
}

// TestAwardIsNotAnchored: where the chain shows that nothing is anchored, the owner gets its escrow back at once, and a provider waits for another award.
func TestAwardIsNotAnchored(t *testing.T) {
	w := newWorld(t, 73, 6)
	owner, seat := w.nodes[0], w.nodes[2]
	id := owner.job(2, false)
	w.run(func() bool { return owner.state(id) == Anchoring }, 10_000)
	w.lost = func(op Op) bool { _, anchor := op.(AnchorAward); return anchor }
	w.run(func() bool { return owner.state(id).Terminal() }, 2*w.net.AwardTimeout)
	if v, _ := owner.m.View(id); v.State != Failed || v.Failure.Code != FailAward {
		t.Errorf("the owner is %v: %+v", v.State, v.Failure)
	}
	w.run(func() bool { return w.ledger.escrows[id].Closed && seat.state(id).Terminal() }, 60_000)
	if v, _ := seat.m.View(id); !says(v, string(FailAward)) {
		t.Errorf("the seat is %v: %q", v.State, v.Explain)
	}
}
