package market

import (
	"testing"

	"gpumesh/poc"
)

// TestOwnerAwayUntilTheEscrowEnds: an owner that comes back after its escrow has expired gets the results that it paid for, whenever it left, and whether it is still sent
// the certificates or has to ask for them.
func TestOwnerAwayUntilTheEscrowEnds(t *testing.T) {
	for _, from := range []State{Drawing, Running} {
		for _, asks := range []bool{false, true} {
			w := newWorld(t, 72, 6)
			owner := w.nodes[0]
			id := owner.job(2, false)
			w.run(func() bool { return owner.state(id) == from }, 10_000)
			owner.dead = true
			away := w.specs[id].Terms(w.net).Expiry - w.now + 1000
			if asks { // nobody resends anything for as long
				w.loses = func(n *node, s Send) bool {
					return w.now < w.specs[id].Terms(w.net).Expiry && len(s.To) == 1 && s.To[0] == owner.peer
				}
			}
			said := false
			w.after(poc.Millis(away), func() {
				owner.restart()
				owner.seen = func() { v, _ := owner.m.View(id); said = said || count(v, ReasonMissing) == 2 }
			})
			w.run(func() bool { return !owner.dead && len(owner.collected) == 2 && owner.state(id) == Done }, 400_000)
			v, _ := owner.m.View(id)
			if v.Certified != 2 || v.Failure != nil || count(v, ReasonMissing) != 0 {
				t.Errorf("away from %v on, asks %v: %d tasks are certified: %q", from, asks, v.Certified, v.Explain)
			}
			if asks && !said {
				t.Error("it was not said that results were missing")
			}
		}
	}
}
