package market

import (
	"testing"

	"gpumesh/poc"
)

// TestLosses: an owner whose programs go on failing is declined, with the time when its bids are looked at again, by each provider that it has cost more than a
// minute and a twentieth of the time since; then it gets another chance. A device that was taken back is not held against it.
func TestLosses(t *testing.T) {
	for name, released := range map[string]bool{"failed": false, "released": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 90, 4)
			lost := map[*node]poc.Millis{}
			for _, n := range w.nodes[1:] {
				n.stuck = func(r Run) bool {
					const took = 12_000
					w.after(took, func() {
						if n.step(RunFailed{Ref: r.Ref, Reason: "the kernel failed", Released: released}) == nil {
							lost[n] += took
						}
					})
					return true
				}
			}
			begun, declined := w.now, 0
			for range 20 {
				id := w.nodes[0].job(1, false)
				w.run(func() bool { return w.nodes[0].state(id).Terminal() }, 120_000)
				v, _ := w.nodes[0].m.View(id)
				for _, r := range v.Reasons {
					if r.Code == string(DeclineLosses) {
						declined++
					}
				}
			}
			if (declined > 0) == released {
				t.Errorf("%d of 20 jobs were declined as %s", declined, DeclineLosses)
			}
			for _, n := range w.nodes[1:] {
				bound := lossAllowed + poc.Millis(w.now-begun)/lossPart + 12_000
				if over := lost[n] > bound; over != released || lost[n] < lossAllowed {
					t.Errorf("a provider lost %d ms in %d ms, and %d are the most", lost[n], w.now-begun, bound)
				}
			}
		})
	}
}
