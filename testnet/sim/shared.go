package sim

import (
	"gpumesh/market"
	"gpumesh/poc"
)

// Identities that share a device.

// scattered is how many identities are behind each device of those who have an address for each.
const scattered = 10

// device runs one program after the other, for whichever identity.
type device struct {
	free    poc.Time
	results map[poc.TaskRef]shared
}

// shared is the result of an execution that answers for all identities from its end on.
type shared struct {
	result poc.Result
	ends   poc.Time
}

// shareDevices gives nodes with the same strategy a device for each so many of them as are behind one.
func (w *world) shareDevices() {
	last, behind := map[string]*device{}, map[string]int{}
	for _, n := range w.nodes {
		if n.act.identities == 0 {
			continue
		}
		if of := last[n.name]; of == nil || !n.act.pooled && behind[n.name]%n.act.identities == 0 {
			last[n.name] = &device{results: map[poc.TaskRef]shared{}}
		} else if n.act.pooled {
			last[n.name] = &device{results: of.results}
		}
		behind[n.name]++
		n.device = last[n.name]
	}
}

// share computes a task on a device behind several identities, or of several that work together, or answers what was computed for another.
func (n *node) share(r market.Run) {
	d := n.device
	s, again := d.results[r.Ref]
	if again || !n.act.pooled {
		n.acted++
	}
	if !again {
		n.worked++
		d.free = max(d.free, n.w.now).Add(n.took())
		s = shared{n.answer(r), d.free}
		d.results[r.Ref] = s
	}
	n.finish(r, s.result, max(poc.Millis(s.ends-n.w.now), 50))
}
