package sim

import (
	"encoding/binary"

	"gpumesh/market"
	"gpumesh/poc"
)

// What a node computes, and how long that takes.

// execution is one on the node's device.
type execution struct {
	ends poc.Time
	took poc.Millis // zero: nothing is computed
}

// cancel ends an execution; what is left of it is not computed.
func (n *node) cancel(ref poc.TaskRef) {
	if e := n.runs[ref]; e != nil && e.took > 0 && e.ends > n.w.now {
		n.worked -= float64(e.ends-n.w.now) / float64(e.took)
	}
	delete(n.runs, ref)
}

func (w *world) operations() uint64 { return uint64(w.s.Jobs.Seconds * medianSpeed) }

// execute computes a task, as honestly as the node is.
func (n *node) execute(r market.Run) {
	j := n.w.jobs[r.Ref.Job]
	if j.owner.act.poison && !n.dishonest() {
		// The kernel runs for as long as an honest one would, and then fails.
		j.owner.acted++
		took := n.took()
		run := n.begin(r, took)
		j.unpaid[n]++
		n.w.after(took, func() {
			if n.runs[r.Ref] == run && !n.gone {
				_ = n.step(market.RunFailed{Ref: r.Ref, Reason: "the kernel failed"})
			}
		})
		return
	}
	if n.act.execute != nil {
		n.act.execute(n, r)
		return
	}
	lie := ""
	switch {
	case n.act.lie != nil:
		lie = n.act.lie(n)
	case n.act.lieIn != nil && n.act.lieIn(n, j, r.Ref.Task/uint32(n.w.s.Jobs.Batch)):
		lie = "cartel"
	}
	if lie != "" {
		n.acted++
		n.finish(r, resultOf(r, lie), 50)
		return
	}
	n.compute(r, n.answer(r))
}

// compute takes the time that the work takes.
func (n *node) compute(r market.Run, res poc.Result) {
	took := n.took()
	n.begin(r, took)
	n.finish(r, res, took)
}

// begin notes that the device computes from now on.
func (n *node) begin(r market.Run, took poc.Millis) *execution {
	n.worked++
	e := n.runs[r.Ref]
	*e = execution{n.w.now.Add(took), took}
	return e
}

// took is how long a task takes on this node's device.
func (n *node) took() poc.Millis {
	return poc.Millis(float64(n.w.operations()) / n.speed * 1000 * (0.95 + 0.1*n.w.rng.Float64()))
}

// finish gives the machine a result after a while, unless the process that computes is gone by then, or the execution is cancelled.
func (n *node) finish(r market.Run, res poc.Result, after poc.Millis) {
	run := n.runs[r.Ref]
	n.w.after(after, func() {
		if run == nil || n.runs[r.Ref] != run || n.gone {
			return
		}
		delete(n.runs, r.Ref)
		n.executed++
		n.w.tally.executions++
		if len(n.w.s.Jobs.Loads) > 0 {
			n.w.served = append(n.w.served, served{n.w.now, n.w.jobs[r.Ref.Job].load})
		}
		if j := n.w.jobs[r.Ref.Job]; j.owner.dishonest() && !n.dishonest() {
			j.unpaid[n]++
		}
		_ = n.step(market.RunDone{Ref: r.Ref, Result: res, Class: n.ad.Class, Salt: n.salt()})
	})
}

func (n *node) salt() (h poc.Hash) {
	for i := 0; i < len(h); i += 8 {
		binary.BigEndian.PutUint64(h[i:], n.w.rng.Uint64())
	}
	return h
}
