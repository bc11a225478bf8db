package sim

import (
	"context"
	"errors"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// What a node does and sees on the ledger.

// submitOp does a settlement operation in one of the next blocks, and tells the machine when it is up.
func (n *node) submitOp(s market.Submission) {
	if n.act.submits != nil && !n.act.submits(n, s.Op) {
		n.acted++
		return
	}
	n.w.after(n.w.nextBlock(), func() {
		r, err := n.w.settle(n, s.Op)
		if errors.Is(err, chain.ErrTooEarly) {
			n.w.after(n.w.block(), func() { n.submitOp(s) })
			return
		}
		ev := market.OpDone{Key: s.Key, Receipt: r}
		if err != nil {
			ev.Refused = err.Error()
		}
		n.confirm(ev)
	})
}

func (n *node) confirm(ev market.OpDone) {
	if n.gone {
		n.w.after(5_000, func() { n.confirm(ev) })
		return
	}
	_ = n.step(ev)
}

func (n *node) watch(b market.WatchBeacon) {
	w := n.w
	incarnation := n.m
	w.after(w.block()/2+w.latency(), func() {
		if n.m != incarnation {
			return
		}
		e, err := w.view(n).Escrow(context.Background(), b.Job)
		if err != nil || e.Award.IsZero() && !e.Closed {
			if w.now < epoch.Add(w.s.Duration.millis()) {
				n.watch(b)
			}
			return
		}
		beacon, err := w.view(n).Beacon(context.Background(), b.Job, b.Award, b.Seating)
		ev := market.BeaconSeen{Job: b.Job, Beacon: beacon}
		if err != nil {
			ev.Beacon.Award, ev.Refused = b.Award, err.Error()
		}
		_ = n.step(ev)
	})
}

// look reads the chain's state of a job.
func (n *node) look(id poc.Hash) {
	c := n.w.view(n)
	e, err := c.Escrow(context.Background(), id)
	if err != nil {
		return
	}
	ev := market.SettlementSeen{Job: id, Escrow: e}
	if ev.Settled, err = c.Settled(context.Background(), id, e.Terms.Tasks); err != nil {
		n.w.violate("the chain does not tell what is settled: %v", err)
	}
	if ev.History, err = c.History(context.Background(), id); err != nil {
		n.w.violate("the chain has no history: %v", err)
	}
	for _, a := range n.m.Signers(id) {
		s, err := c.Standing(context.Background(), a)
		if err != nil {
			n.w.violate("the chain does not tell how an account stands: %v", err)
		}
		ev.Signers = append(ev.Signers, s)
	}
	n.topUp(ev)
	_ = n.step(ev)
}
