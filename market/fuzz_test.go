package market

import (
	"container/heap"
	"testing"

	"gpumesh/poc"
)

// FuzzMachine lets the fuzzer disturb a whole market: it loses, repeats and delays what would happen next, and restarts nodes.
// The models are the ledger, which counts every base unit after every operation, the table of states, and the machines that are
// restored after every step that persists something.
func FuzzMachine(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, uint8(0))
	f.Add([]byte{1, 2, 3, 4, 0, 0, 1, 2, 3, 4, 7, 7, 7}, uint8(1))
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 3, 19, 35, 51, 67, 4, 4, 4}, uint8(2))
	f.Fuzz(func(t *testing.T, choices []byte, kind uint8) {
		w := newWorld(t, 70, 6, func(n *Network) { n.MaxBatch, n.MinReplicas = 8, 1 })
		w.check = true
		id := w.nodes[0].job(2+2*int(kind%2), false, func(s *Spec) {
			if s.Batch = 1 + uint32(kind%2); kind%4 > 1 {
				s.Policy = poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 5, Standby: 4, MaxError: 100_000}
			}
		})
		states := lives{}
		for _, c := range choices[:min(len(choices), 400)] {
			states.see(t, w, id)
			if len(w.events) == 0 {
				break
			}
			e := heap.Pop(&w.events).(simEvent)
			w.now = max(w.now, e.at)
			switch n := w.nodes[int(c/16)%len(w.nodes)]; c % 16 {
			case 1: // lost
			case 2:
				e.do()
				e.do()
			case 3:
				w.after(poc.Millis(c)*10, e.do)
			case 4:
				n.restart()
				e.do()
			case 5:
				_ = n.step(Cancel{Job: id})
				e.do()
			case 6:
				w.now = w.now.Add(poc.Millis(c) * 20)
				e.do()
			default:
				e.do()
			}
		}
		states.see(t, w, id)
		w.ledger.check()
		for _, n := range w.nodes {
			for _, id := range n.m.Jobs() {
				if s := n.state(id); !s.Terminal() && n.m.Deadline(id) == 0 {
					t.Fatalf("node %d: job %s is %v without a deadline", n.index, id.Short(), s)
				}
			}
		}
	})
}

// lives is the model of what becomes of a job on each node: the states follow the table, and what is over stays over.
type lives map[int]State

// see compares the states of a job on all nodes with those that they had before. A node that had declined, or forgotten, may hear of
// the job again.
func (l lives) see(t *testing.T, w *world, id poc.Hash) {
	for _, n := range w.nodes {
		j := n.m.jobs[id]
		if j == nil {
			delete(l, n.index)
			continue
		}
		before, known := l[n.index]
		switch {
		case !known || before == j.State:
		case before == Declined && (j.State == Checking || j.State == Offered || j.State == Drawing):
		case !leads(before, j.State, 8):
			t.Fatalf("node %d went from %v to %v", n.index, before, j.State)
		}
		l[n.index] = j.State
		if e := w.ledger.escrows[id]; j.State == Done && n.index == 0 && (e == nil || !e.Closed) {
			t.Fatalf("the owner is done, and its escrow is not closed")
		}
	}
}

// leads reports whether at most n transitions of the table lead from one state to another.
func leads(from, to State, n int) bool {
	if from == to {
		return true
	}
	for next := range Declined + 1 {
		if n > 0 && canTransition(from, next) && leads(next, to, n-1) {
			return true
		}
	}
	return false
}
