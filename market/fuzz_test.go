package market

import (
	"container/heap"
	"testing"

	"gpumesh/poc"
)

// FuzzMachine lets the fuzzer disturb a whole market: it loses, repeats and delays what would happen next, and restarts nodes.
// The model is the ledger, which counts every base unit after every operation, and the machines that are restored after every
// step that persists something.
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
		for _, c := range choices[:min(len(choices), 400)] {
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
		w.ledger.check()
		for _, n := range w.nodes {
			if s := n.state(id); !s.Terminal() && n.m.NextDeadline() == 0 {
				t.Fatalf("node %d is %v without a deadline", n.index, s)
			}
		}
	})
}
