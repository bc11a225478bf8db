package market

import (
	"fmt"
	"testing"

	"gpumesh/poc"
)

// settledEverywhere reports whether a job is over on every live node.
func (w *world) settledEverywhere(id poc.Hash) func() bool {
	return func() bool {
		for _, n := range w.nodes {
			if !n.dead && !n.state(id).Terminal() {
				return false
			}
		}
		return true
	}
}

// expectPaid checks that the job ended well: every task settled, each signer paid its ask once per certificate, the rest
// returned.
func (w *world) expectPaid(id poc.Hash) {
	w.t.Helper()
	e := w.ledger.escrows[id]
	if e.Settled != e.Terms.Tasks || !e.Closed || e.Paid == 0 || e.held() != 0 {
		w.t.Fatalf("job is not settled: %+v", *e)
	}
}

func TestHonestJob(t *testing.T) {
	w := newWorld(t, 1, 5)
	start := w.now
	id := w.nodes[0].job(1, false)
	w.run(func() bool { v, _ := w.nodes[0].m.View(id); return v.Certified == 1 }, 5_000)
	if d := w.now - start; d > 500 {
		t.Errorf("submit to certificate took %d simulated ms", d)
	}
	w.run(w.settledEverywhere(id), 20_000)
	w.expectPaid(id)
	if e := w.ledger.escrows[id]; e.Paid != 3*NLOV/100 {
		t.Errorf("paid %v, want three asks of 0.01 NLOV", e.Paid)
	}
	v, _ := w.nodes[0].m.View(id)
	if v.Failure != nil || v.State != Done || v.Tasks[0].Certificate == nil {
		t.Errorf("owner sees %+v", v)
	}
}

func TestDAGOfHundredTasks(t *testing.T) {
	w := newWorld(t, 2, 5)
	id := w.nodes[0].job(99, true)
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
	v, _ := w.nodes[0].m.View(id)
	if v.Certified != 100 || v.Settled != 100 {
		t.Errorf("certified %d, settled %d", v.Certified, v.Settled)
	}
}

func TestTwoJobsAtOnce(t *testing.T) {
	w := newWorld(t, 3, 5)
	a, b := w.nodes[0].job(5, true), w.nodes[1].job(5, false)
	w.run(func() bool { return w.settledEverywhere(a)() && w.settledEverywhere(b)() }, 60_000)
	w.expectPaid(a)
	w.expectPaid(b)
}

func TestLiarIsUnpaidAndSlashed(t *testing.T) {
	w := newWorld(t, 4, 5)
	w.nodes[3].lie = true
	before := w.ledger.balance["acc03"]
	id := w.nodes[0].job(8, false)
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
	if w.ledger.balance["acc03"] != before {
		t.Error("the liar was paid")
	}
	if w.ledger.faults["acc03"] == 0 || w.ledger.stake["acc03"] >= 1000*NLOV {
		t.Error("the liar was not slashed")
	}
	for i, n := range w.nodes {
		if i != 3 && w.ledger.faults[n.account] != 0 {
			t.Errorf("honest node %d was slashed", i)
		}
	}
}

func TestOwnerVanishesAfterAward(t *testing.T) {
	w := newWorld(t, 5, 5)
	id := w.nodes[0].job(4, true)
	w.run(func() bool { return w.ledger.escrows[id] != nil && !w.ledger.escrows[id].Award.IsZero() }, 5_000)
	w.nodes[0].dead = true
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
}

func TestVanishedWorkersAreReplaced(t *testing.T) {
	w := newWorld(t, 6, 7)
	id := w.nodes[0].job(6, false)
	w.run(func() bool { return len(w.nodes[1].m.running)+len(w.nodes[2].m.running) > 0 }, 5_000)
	w.nodes[1].dead, w.nodes[2].dead = true, true
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
}

func TestHangingWorkerIsReplaced(t *testing.T) {
	w := newWorld(t, 7, 6)
	w.nodes[2].hang = true // renews its lease for ever
	id := w.nodes[0].job(3, false)
	w.run(func() bool { v, _ := w.nodes[0].m.View(id); return v.Certified == 3 }, 60_000)
}

func TestWithheldReveals(t *testing.T) {
	w := newWorld(t, 8, 6)
	w.nodes[2].mute = true
	id := w.nodes[0].job(4, false)
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
}

// TestOwnerLearnsByTheClaim keeps every attestation from the owner: it learns the results from whoever claims them.
func TestOwnerLearnsByTheClaim(t *testing.T) {
	w := newWorld(t, 13, 6)
	w.nodes[0].deaf = true
	id := w.nodes[0].job(4, true)
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
	v, _ := w.nodes[0].m.View(id)
	if v.Failure != nil || v.State != Done || v.Certified != 5 {
		t.Errorf("the owner sees %d certified tasks, state %v, failure %+v", v.Certified, v.State, v.Failure)
	}
	for _, tv := range v.Tasks {
		if tv.Certificate == nil || tv.Result == nil {
			t.Fatalf("task %d has no certificate: %s", tv.Index, tv.Explain)
		}
		if err := tv.Certificate.Verify(w.nodes[0].m.jobs[id].tasks[tv.Index].poc.Candidates(), poc.Policy{Quorum: 2}, testVerifier{}); err != nil {
			t.Error(err)
		}
	}
}

func TestEveryNodeRestartsAtAnyTime(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newWorld(t, 100+seed, 5)
			id := w.nodes[0].job(4, true)
			up := 0
			for i := range w.nodes {
				at := poc.Millis(20 + w.rng.IntN(600))
				down := poc.Millis(w.rng.IntN(1500))
				w.after(at, func() { w.nodes[i].dead = true })
				w.after(at+down, func() { w.nodes[i].restart(); up++ })
			}
			w.run(func() bool { return up == len(w.nodes) && w.nodes[0].state(id) == Done && w.settledEverywhere(id)() }, 90_000)
			w.expectPaid(id)
		})
	}
}

// TestRestoreAtEveryPersist compares each machine with one restored from its records after every durable step.
func TestRestoreAtEveryPersist(t *testing.T) {
	w := newWorld(t, 20, 6)
	w.check = true
	w.nodes[3].lie = true
	id := w.nodes[0].job(6, true)
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
}

func TestNoProviders(t *testing.T) {
	w := newWorld(t, 9, 4)
	for _, n := range w.nodes[1:] {
		n.cfg.Provider.Floor = 2 * NLOV // over the bid's bound
	}
	before := w.ledger.balance["acc00"]
	id := w.nodes[0].job(1, false)
	w.run(w.settledEverywhere(id), 60_000)
	v, _ := w.nodes[0].m.View(id)
	if v.State != Failed || v.Failure.Code != FailProviders {
		t.Fatalf("state %v, failure %+v", v.State, v.Failure)
	}
	w.run(func() bool { return w.ledger.escrows[id].Closed }, 5_000)
	if w.ledger.balance["acc00"] != before {
		t.Error("the escrow did not come back")
	}
	t.Log(v.Failure.Reason)
}

func TestInsufficientBalance(t *testing.T) {
	w := newWorld(t, 10, 4)
	w.ledger.total -= w.ledger.balance["acc00"]
	w.ledger.balance["acc00"] = 0
	id := w.nodes[0].job(1, false)
	w.run(w.settledEverywhere(id), 20_000)
	if v, _ := w.nodes[0].m.View(id); v.Failure == nil || v.Failure.Code != FailEscrow {
		t.Fatalf("failure %+v", v.Failure)
	}
}

func TestNoQuorumReturnsEscrowAtExpiry(t *testing.T) {
	w := newWorld(t, 11, 6)
	for _, n := range w.nodes[1:] {
		n.lie = true // everybody says something else
	}
	before := w.ledger.balance["acc00"]
	id := w.nodes[0].job(1, false)
	w.run(func() bool { return w.ledger.escrows[id] != nil && w.ledger.escrows[id].Closed }, 150_000)
	if w.ledger.balance["acc00"] != before {
		t.Error("the escrow did not come back whole")
	}
	v, _ := w.nodes[0].m.View(id)
	if v.Failure == nil || v.Failure.Code != FailTasks {
		t.Errorf("failure %+v", v.Failure)
	}
}

func TestCancelBeforeAward(t *testing.T) {
	w := newWorld(t, 12, 4)
	id := w.nodes[0].job(1, false)
	if err := w.nodes[0].step(Cancel{id}); err != nil {
		t.Fatal(err)
	}
	w.run(func() bool { e := w.ledger.escrows[id]; return e != nil && e.Closed }, 20_000)
	if w.ledger.balance["acc00"] != 10_000*NLOV {
		t.Error("the escrow did not come back")
	}
}

// mixedSeeds is how many markets TestManySeedsWithMixedFaults runs.
var mixedSeeds = uint64(60)

func TestManySeedsWithMixedFaults(t *testing.T) {
	seeds := mixedSeeds
	if testing.Short() {
		seeds = 10
	}
	for seed := range seeds {
		w := newWorld(t, 1000+seed, 8)
		bad := w.nodes[1+w.rng.IntN(7)]
		switch seed % 4 {
		case 0:
			bad.lie = true
		case 1:
			bad.mute = true
		case 2:
			bad.hang = true
		case 3:
			w.after(poc.Millis(w.rng.IntN(400)), func() { bad.dead = true })
		}
		again := w.nodes[1+w.rng.IntN(7)]
		w.after(poc.Millis(100+w.rng.IntN(400)), func() {
			if !again.dead {
				again.restart()
			}
		})
		id := w.nodes[0].job(5, true)
		w.run(func() bool { v, _ := w.nodes[0].m.View(id); return v.Settled == 6 }, 60_000)
		if e := w.ledger.escrows[id]; e.Settled != 6 {
			t.Fatalf("seed %d: settled %d", seed, e.Settled)
		}
		if bad.lie && w.ledger.completed[bad.account] > 0 {
			t.Fatalf("seed %d: the liar was paid", seed)
		}
	}
}

// TestLapsedWorkerIsNotDrawnLater lets a worker vanish while a seal without a quorum is being compared: whoever is drawn in
// the next round must be alive on every node alike.
func TestLapsedWorkerIsNotDrawnLater(t *testing.T) {
	for seed := range uint64(12) {
		w := newWorld(t, 3000+seed, 6)
		w.nodes[1].mute = true
		id := w.nodes[0].job(8, false)
		w.run(func() bool { return len(w.nodes[2].m.running) > 0 }, 5_000)
		w.nodes[2].dead = true
		w.run(func() bool { v, _ := w.nodes[0].m.View(id); return v.Certified == 8 }, 50_000)
	}
}
