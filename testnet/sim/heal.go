package sim

import (
	"slices"

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
	each := func(n *node, see func(u unit, certified bool)) {
		for _, id := range n.m.Jobs() {
			j := w.jobs[id]
			v, ok := n.m.View(id)
			if j == nil || !ok || v.State < market.Running || v.State == market.Declined {
				continue
			}
			for i := 0; i < len(v.Tasks); i += w.s.Jobs.Batch {
				p := v.Tasks[i].Phase
				see(unit{id, i}, p == poc.Certified.String() || p == poc.Done.String())
			}
		}
	}
	for _, n := range w.nodes {
		if n.gone {
			continue
		}
		each(n, func(u unit, certified bool) {
			if certified {
				known[u] = true
			}
		})
	}
	healed, behind := w.now, slices.Clone(w.nodes)
	w.tally.split = true
	var look func()
	look = func() {
		late := false
		behind = slices.DeleteFunc(behind, func(n *node) bool { // who knows them all is not looked at again
			knows := !n.gone
			if knows {
				each(n, func(u unit, certified bool) { knows = knows && (!known[u] || certified) })
				late = late || !knows
			}
			return knows
		})
		if !late {
			w.tally.split = false
			w.tally.healing = max(w.tally.healing, poc.Millis(w.now-healed))
			return
		}
		w.after(500, look)
	}
	look()
}
