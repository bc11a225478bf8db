package sim

import (
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// Where results are compared by looking at them, or are checked, the machine asks its host what it finds. Here the host knows the answer:
// what honest devices compute is near, or the product, and nothing else is but the same bytes.

// checkShare is what a check costs in parts of an execution: a twentieth (poc/DESIGN.md).
const checkShare = 20

// difference is what an honest host says of a result that is not right.
const difference poc.Difference = "it is another one"

// Device classes: that of nearly all devices, and another, whose results differ in the last bits where results are compared within one class.
const class, foreign = "sim", "another"

// of is what a device of another class computes.
func (w *world) of(class string, r market.Run) poc.Result {
	if w.tier.Tier != poc.ClassExact {
		return w.truthOf(r)
	}
	return resultOf(r, "class "+class)
}

// answer is what the node's own device computes: to the bit what all others do, but where bits may differ.
func (n *node) answer(r market.Run) poc.Result {
	w := n.w
	if !w.tier.Near() {
		return w.truthOf(r)
	}
	res := resultOf(r, "device "+string(n.account))
	w.near[res.Digest()] = true
	return res
}

// right reports whether an honest device gives a result of a unit, or may.
func (w *world) right(j *jobRun, unit uint32, digest poc.Hash) bool {
	return w.near[digest] || w.truthOfUnit(j, unit) == digest
}

// reach does something once the content of a result is fetched, or cannot be had by the given time.
func (n *node) reach(r poc.Result, from []poc.PeerID, by poc.Time, do func(have bool)) {
	incarnation := n.m
	n.w.after(2*n.w.latency(), func() {
		if n.gone || n.m != incarnation {
			return // asked again after a restart
		}
		have := slices.ContainsFunc(from, func(p poc.PeerID) bool {
			o := n.w.byPeer[p]
			return o != nil && o.serves[r.Outputs[0].File] && n.w.linked(o, n)
		})
		if !have && n.clock().Add(1_000) < by {
			n.w.after(1_000, func() { n.reach(r, from, by, do) })
			return
		}
		if have {
			n.serve(r.Outputs[0].File)
		}
		do(have)
	})
}

// serve lets others fetch a result, or keeps it.
func (n *node) serve(file poc.Link) {
	if n.serves[file] = !n.act.hoards; n.act.hoards {
		n.acted++
	}
}

// compare looks at another's result.
func (n *node) compare(c market.Compare) {
	n.reach(c.Theirs, c.From, c.By, func(have bool) {
		ev := market.Compared{Ref: c.Ref, Compared: poc.Compared{Peer: c.Peer, Whole: c.Whole}}
		theirs, own := c.Theirs.Digest(), c.Own.Digest()
		switch {
		case !have:
			ev.Difference = "it could not be had"
		case theirs != own && !(n.w.near[theirs] && n.w.near[own]):
			ev.Difference = difference
		}
		_ = n.step(ev)
	})
}

// blind is what a node says of a result without looking at it.
func (w *world) blind(n *node, right bool) bool {
	n.acted++
	said := n.act.judge(right)
	if said {
		w.tally.unseen++
		if !right {
			w.tally.fooled++
		}
	}
	return said
}

// prove checks whether another's result is the product, or says what its strategy says.
func (n *node) prove(p market.Prove) {
	w := n.w
	n.reach(p.Result, p.From, p.By, func(have bool) {
		ev := market.Proved{Ref: p.Run.Ref, Proved: poc.Proved{Digest: p.Digest, Missing: !have}}
		right := n.w.right(n.w.jobs[p.Run.Ref.Job], p.Run.Ref.Task, p.Digest)
		took := n.took() / checkShare
		if n.act.judge != nil {
			right, took = w.blind(n, right), 1
		} else if have {
			n.checked++
		}
		if !have {
			ev.Difference = "it could not be had"
		} else if !right {
			ev.Difference = difference
		}
		incarnation := n.m
		n.w.after(took, func() {
			if n.m == incarnation {
				_ = n.step(ev)
			}
		})
	})
}
