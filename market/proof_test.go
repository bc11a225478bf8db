package market

import (
	"fmt"
	"testing"

	"gpumesh/poc"
)

var byProof = poc.Comparator{Tier: poc.Proof}

// prove finds what an honest host does: what is not served cannot be had, and what no honest device computes is not the product.
func (n *node) prove(p Prove) {
	n.w.after(n.w.latency(), func() {
		o := p.Result.Outputs[0]
		ev := Proved{p.Run.Ref, poc.Proved{Digest: p.Digest, Missing: !n.w.served[o.File]}}
		in := fmt.Sprint(p.Run.Ref, p.Run.Seed, p.Run.Inputs)
		right := o.File == rawLink(in+o.Name)
		for _, w := range n.w.nodes {
			right = right || o.File == rawLink(in+fmt.Sprint("bits of ", w.index)+o.Name)
		}
		if !right {
			ev.Difference = "row 0 is not that of the product"
		}
		_ = n.step(ev)
	})
}

// One worker computes each product of a chain and the others check it. Who lies is not paid, and is slashed where there is nothing to
// round.
func TestProducts(t *testing.T) {
	for _, lying := range []bool{false, true} {
		lies := 0
		for seed := range 4 {
			rounded := seed%2 == 1
			w := newWorld(t, uint64(94+seed), 4)
			w.check = true
			for _, n := range w.nodes {
				n.own = rounded
			}
			w.nodes[2].lie = lying
			runs := map[poc.TaskRef]int{}
			for _, n := range w.nodes {
				n.started = func(r Run) { runs[r.Ref]++ }
			}
			id := w.nodes[0].job(6, false, chain, func(s *Spec) {
				s.Policy = poc.Policy{Replicas: 1, Quorum: 2, MaxReplicas: 2, Standby: 2, Compare: poc.Comparator{Tier: poc.Proof, Rounded: rounded}}
				s.Deadline = w.now.Add(120_000)
			})
			w.run(w.settledEverywhere(id), 150_000)
			v, _ := w.nodes[0].m.View(id)
			if v.State != Done || v.Failure != nil {
				t.Fatalf("lying %v: %v %+v %v", lying, v.State, v.Failure, v.Explain)
			}
			slashed, again := 0, 0
			for _, e := range w.ledger.history[id] {
				if e.Kind == "slash" {
					slashed++
					if e.Account != w.nodes[2].account {
						t.Errorf("%s is slashed", e.Account)
					}
				}
			}
			for i, task := range v.Tasks {
				paid := paidSeats(v, i)
				if len(paid) != 1 || lying && paid[0] == w.nodes[2].account {
					t.Errorf("task %d pays %v", i, paid)
				}
				if task.Certificate == nil || len(task.Certificate.Attestations) < 2 {
					t.Errorf("task %d is not certified by a quorum", i)
				}
				again += runs[poc.TaskRef{Job: id, Task: uint32(i)}] - 1
			}
			switch {
			case !lying && again+slashed > 0:
				t.Errorf("rounded %v: %d tasks computed twice, %d slashes", rounded, again, slashed)
			case lying && !rounded && slashed != again, rounded && slashed > 0:
				t.Errorf("rounded %v: %d slashes for %d lies", rounded, slashed, again)
			}
			lies += again
		}
		if lying && lies < 2 {
			t.Errorf("%d lies in all: other seeds", lies)
		}
	}
}

// A node that restarts in the middle asks again for what it was checking, and serves what it has shown.
func TestProductsAfterRestart(t *testing.T) {
	w := newWorld(t, 97, 4)
	id := w.nodes[0].job(1, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 1, Standby: 2, Compare: byProof}
	})
	w.run(func() bool { return w.nodes[1].state(id) == Running && len(w.served) == 1 }, 30_000)
	clear(w.served)
	for _, n := range w.nodes {
		n.restart()
	}
	w.run(w.settledEverywhere(id), 120_000)
	if v, _ := w.nodes[0].m.View(id); v.State != Done || v.Failure != nil || len(paidSeats(v, 0)) != 1 {
		t.Fatalf("%v %+v %v", v.State, v.Failure, v.Explain)
	}
}
