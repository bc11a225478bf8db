package sim

import (
	"gpumesh/market"
	"gpumesh/poc"
)

// watchHealing measures, once a partition is over, how long it takes until every node that has a part in a job knows each of its
// results that was certified anywhere by then.
func (w *world) watchHealing() {
	type unit struct {
		job   poc.Hash
		index int
	}
	known := map[unit]bool{}
	each := func(see func(n *node, u unit, certified bool)) {
		for _, n := range w.nodes {
			if n.gone {
				continue
			}
			for _, id := range n.m.Jobs() {
				j := w.jobs[id]
				v, ok := n.m.View(id)
				if j == nil || !ok || v.State < market.Running || v.State == market.Declined {
					continue
				}
				for i := 0; i < len(v.Tasks); i += w.s.Jobs.Batch {
					p := v.Tasks[i].Phase
					see(n, unit{id, i}, p == poc.Certified.String() || p == poc.Done.String())
				}
			}
		}
	}
	each(func(_ *node, u unit, certified bool) {
		if certified {
			known[u] = true
		}
	})
	healed := w.now
	w.tally.split = true
	var look func()
	look = func() {
		late := false
		each(func(_ *node, u unit, certified bool) { late = late || known[u] && !certified })
		if !late {
			w.tally.split = false
			w.tally.healing = max(w.tally.healing, poc.Millis(w.now-healed))
			return
		}
		w.after(500, look)
	}
	look()
}
