package market

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

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

// staller is a worker that renews its lease for ever and finishes nothing, and what others did about it.
type staller struct {
	*node
	lapsed map[*node]poc.Time            // when others let its lease lapse first
	begun  map[uint32]map[*node]poc.Time // by unit: when each node began to compute it
}

func (w *world) stalls(n *node) *staller {
	s := &staller{n, map[*node]poc.Time{}, map[uint32]map[*node]poc.Time{}}
	n.hang = true
	for _, o := range w.nodes {
		o.started = func(r Run) {
			unit := r.Ref.Task / max(1, w.specs[r.Ref.Job].Batch)
			if s.begun[unit] == nil {
				s.begun[unit] = map[*node]poc.Time{}
			}
			if _, again := s.begun[unit][o]; !again {
				s.begun[unit][o] = w.now
			}
		}
		o.seen = func() {
			for _, j := range o.m.jobs {
				if h := j.holders[n.peer]; o != n && h != nil && h.lapsed && s.lapsed[o] == 0 {
					s.lapsed[o] = w.now
				}
			}
		}
	}
	return s
}

// replaced checks that the worker began a unit and that each that it did was done by two others, one of whom began it only when others had let
// the staller's lease lapse.
func (s *staller) replaced(t *testing.T, id poc.Hash) {
	t.Helper()
	v, _ := s.w.nodes[0].m.View(id)
	held := 0
	for unit, began := range s.begun {
		since, holds := began[s.node]
		if !holds {
			continue
		}
		held++
		c := s.w.nodes[0].m.jobs[id].tasks[unit].poc.Certificate()
		require.NotNil(t, c, "the certificate of unit %d", unit)
		successors, payees := 0, c.Payees(v.Policy.Quorum)
		for _, seat := range payees {
			x := s.w.byPeer[v.Seats[seat].Peer]
			require.NotEqual(t, s.node, x, "it is not paid")
			if at := s.lapsed[x]; at != 0 && began[x] >= at {
				require.GreaterOrEqual(t, began[x], since.Add(s.w.net.LeaseTTL), "its leases were believed for a while")
				successors++
			}
		}
		require.Equal(t, []int{2, 1}, []int{len(payees), successors}, "workers of unit %d that are paid, and of these who took over", unit)
	}
	require.NotZero(t, held, "units that it began")
}

func TestHangingWorkerIsReplaced(t *testing.T) {
	w := newWorld(t, 7, 6)
	late := w.stalls(w.nodes[2])
	id := w.nodes[0].job(3, false, func(s *Spec) { s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 5, Standby: 4} })
	w.run(w.settledEverywhere(id), 90_000)
	w.expectPaid(id)
	late.replaced(t, id)
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
