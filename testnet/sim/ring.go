package sim

import (
	"context"

	"gpumesh/market"
	"gpumesh/poc"
)

// Rings of owners and workers: who washes, and who has honest workers convicted. And workers who settle what they like where they are a quorum.

// Ring is what rings did with themselves, in prices of a task: what their owners paid, the fees on that, and what of them came back as rewards.
type Ring struct{ Paid, Fees, Back float64 }

// Net is what rings made of fees.
func (g Ring) Net() float64 { return g.Back - g.Fees }

// ring sums up what rings did with themselves, and charges it to their workers, to each the same.
func (w *world) ring(r *Result) {
	price := float64(w.s.Price)
	var spent market.Amount
	for _, j := range w.order {
		if e, err := w.view(j.owner).Escrow(context.Background(), j.id); err == nil {
			r.Fees += float64(e.Fees) / price
			if !j.owner.act.ring {
				continue
			}
			r.Ring.Paid += float64(e.Paid) / price
			r.Ring.Fees += float64(e.Fees) / price
			spent += e.Paid + e.Fees
		}
	}
	r.Ring.Back, r.Rewards = float64(w.tally.washed)/price, float64(w.tally.rewards)/price
	workers := w.ringWorkers()
	for _, n := range workers {
		n.spent = spent / market.Amount(len(workers))
	}
}

func (w *world) ringWorkers() (out []*node) {
	for _, n := range w.nodes[w.s.Jobs.Owners:] {
		if n.act.ring {
			out = append(out, n)
		}
	}
	return out
}

// guest reports whether a ringleader seats an honest worker: as many as leave the ring a quorum of about the mean unit's candidates.
func (w *world) guest(j *jobRun, n *node) bool {
	if j.guests[n] {
		return true
	}
	ring, candidates, quorum := len(w.ringWorkers()), j.spec.Policy.Candidates(), int(j.spec.Policy.Quorum)
	most := max(candidates-ring, ring*(candidates-quorum)/quorum)
	if ring < quorum || len(j.guests) >= min(most, int(w.net.MaxPanel)-ring) {
		return false
	}
	j.guests[n] = true
	return true
}

// outvoters are the candidates of a unit of a ringleader's job who are of the ring and have their stakes, if they are a quorum.
func (w *world) outvoters(j *jobRun, unit uint32) []poc.Worker {
	if j == nil || !j.owner.act.ring || len(j.drawn) == 0 {
		return nil
	}
	return w.quorum(j, unit, func(n *node) bool { return n.act.ring })
}

// quorum are the candidates of a unit who are fellows and have their stakes, if they are a quorum.
func (w *world) quorum(j *jobRun, unit uint32, fellow func(*node) bool) (out []poc.Worker) {
	for _, x := range j.drawn[unit] {
		if fellow(w.byPeer[x.Peer]) && w.stands(x.Account) {
			out = append(out, x)
		}
	}
	if len(out) < int(j.spec.Policy.Quorum) {
		return nil
	}
	return out
}

// usurpers are the candidates of a unit who are of a node's strategy, if they are a quorum.
func (n *node) usurpers(j *jobRun, unit uint32) []poc.Worker {
	return n.w.quorum(j, unit, func(o *node) bool { return o.name == n.name })
}

// usurp settles a wrong result of each unit in which fellows are a quorum, before anybody has computed it. The first of them in rank does so for all.
func (n *node) usurp(j *jobRun) {
	for i := range j.drawn {
		unit := uint32(i)
		signers := n.usurpers(j, unit)
		if signers == nil || signers[0].Peer != n.peer {
			continue
		}
		n.w.after(n.w.nextBlock(), func() {
			n.acted++
			n.claimNow(n.w.claimOf(j, unit, n.w.unitResult(j, unit, "usurped"), signers, func(x poc.Worker) *node { return n.w.byPeer[x.Peer] }))
		})
	}
}

// leaveUsurped computes but where a wrong result is settled.
func (n *node) leaveUsurped(r market.Run) {
	j := n.w.jobs[r.Ref.Job]
	if n.usurpers(j, r.Ref.Task/uint32(n.w.s.Jobs.Batch)) != nil {
		n.acted++
		n.w.after(1, func() { _ = n.step(market.RunFailed{Ref: r.Ref, Reason: "the device is wanted", Released: true}) }) // free for other units
		return
	}
	n.compute(r, n.answer(r))
}

// framed is the lie of all framers.
const framed = "framed"

// frame answers at once: what is wrong where the ring is a quorum, so that others who computed show what they have, and nothing elsewhere.
func (n *node) frame(r market.Run) {
	n.acted++
	if n.w.outvoters(n.w.jobs[r.Ref.Job], r.Ref.Task/uint32(n.w.s.Jobs.Batch)) != nil {
		n.finish(r, resultOf(r, framed), 50)
		return
	}
	n.w.after(1, func() { _ = n.step(market.RunFailed{Ref: r.Ref, Reason: "the device failed"}) })
}

// framing is how a framer hears: no bids but the ring's; and the right reveal of an honest worker in a unit in which the ring is a quorum has
// the ring settle that wrongly on chain, before anybody else claims it, and report the reveal.
func (n *node) framing(from *node, m market.Message) bool {
	if _, bid := m.(market.Bid); bid {
		return from.act.ring
	}
	p, ok := m.(market.Proof)
	if !ok || from.act.ring {
		return true
	}
	reveal, ok := p.Message.(poc.Reveal)
	if !ok {
		return true
	}
	w, j := n.w, n.w.jobs[reveal.Job]
	signers := w.outvoters(j, reveal.Task)
	if signers == nil || j.unit(reveal.Task).framed[from] {
		return true
	}
	u := j.unit(reveal.Task)
	u.framed[from] = true
	w.after(w.nextBlock(), func() {
		if u.digest.IsZero() {
			n.claimNow(w.claimOf(j, reveal.Task, w.unitResult(j, reveal.Task, framed), signers, func(x poc.Worker) *node { return w.byPeer[x.Peer] }))
		}
		w.after(w.block(), func() {
			w.accuse(market.Slash{Ref: reveal.Ref(), Account: reveal.Account, Digest: reveal.Result.Digest(), Signature: reveal.Signature})
		})
	})
	return true
}

// accuse has the first of the ring who has its stake report a reveal, so that no more than one of them answers for it.
func (w *world) accuse(op market.Slash) {
	for _, n := range w.ringWorkers() {
		if !n.gone && w.stands(n.account) {
			_, _ = w.settle(n, op) // somebody may have been faster, or the right result is settled
			return
		}
	}
}
