package market

import (
	"testing"

	"gpumesh/poc"
)

// bidAt hands a bid of this node to another's machine, and returns what that does. The chain's answer to a look comes at once.
func (n *node) bidAt(to *node, round uint32, id poc.Hash) (said []Message) {
	w := n.w
	s := w.specs[id]
	b := Bid{Job: id, Account: s.Account, MaxPrice: s.MaxPrice, Round: round, Closes: w.now.Add(3_000)}
	fx, err := to.m.Step(w.now, Received{Message: w.open(n.wrap(b, b.Closes))})
	if err != nil {
		w.t.Fatal(err)
	}
	for range 2 {
		for _, m := range fx.Send {
			said = append(said, m.Message)
		}
		if len(fx.CheckEscrow) == 0 {
			break
		}
		e := *w.ledger.escrows[id]
		if fx, err = to.m.Step(w.now, EscrowSeen{Job: id, Escrow: &e, Own: w.ledger.standing(to.account)}); err != nil {
			w.t.Fatal(err)
		}
	}
	return said
}

// offeredJob has a node offer on a job whose award never comes.
func offeredJob(owner, p *node, change ...func(*Spec)) poc.Hash {
	w := owner.w
	id := owner.job(1, false, append([]func(*Spec){func(s *Spec) {
		s.Deadline, s.Policy = w.now.Add(1_000_000), poc.Policy{Replicas: 7, Quorum: 4, MaxReplicas: 7}
	}}, change...)...)
	w.run(func() bool { return p.state(id) == Offered }, 5_000)
	return id
}

// TestReservationEndsWithTheEscrow: who has taken its escrow back keeps no slot by asking again, for longer than the slot was promised.
func TestReservationEndsWithTheEscrow(t *testing.T) {
	w := newWorld(t, 83, 3, func(n *Network) { n.AwardTimeout = 120_000 })
	owner, p := w.nodes[0], w.nodes[2]
	id := offeredJob(owner, p)
	kept := p.m.jobs[id].Reserved
	if err := owner.step(Cancel{Job: id}); err != nil {
		t.Fatal(err)
	}
	w.run(func() bool { return w.ledger.escrows[id].Closed }, 5_000)
	round := uint32(100)
	for ; p.m.jobs[id].State == Offered; round++ {
		if w.now >= kept {
			t.Fatalf("after %d ms a slot is kept until %d for a job whose escrow is gone", kept, p.m.jobs[id].Reserved)
		}
		said := owner.bidAt(p, round, id)
		if d, ok := said[len(said)-1].(Decline); ok && d.Code != DeclineEscrow {
			t.Fatalf("it takes the offer back as %q: %s", d.Code, d.Reason)
		}
		w.now = w.now.Add(3_000)
	}
	if n := p.m.tally(owner.peer); n.active != 0 || n.reserved != 0 {
		t.Errorf("%d jobs are active and %d slots kept", n.active, n.reserved)
	}
	if f := p.m.jobs[id].Failure; f == nil || f.Code != FailureCode(DeclineEscrow) {
		t.Errorf("why it gave up it does not know: %+v", f)
	}
}

// TestReservationIsRenewed: while the escrow stands a slot is kept as long as the owner asks, and the offer answers each round.
func TestReservationIsRenewed(t *testing.T) {
	w := newWorld(t, 84, 3, func(n *Network) { n.AwardTimeout = 120_000 })
	owner, p := w.nodes[0], w.nodes[2]
	id := offeredJob(owner, p)
	begun := w.now
	for round := uint32(100); w.now < begun.Add(300_000); round++ {
		said := owner.bidAt(p, round, id)
		if _, ok := said[len(said)-1].(Offer); !ok {
			t.Fatalf("round %d gets %+v", round, said)
		}
		j := p.m.jobs[id]
		if !j.reserves(p.m) || j.Reserved > w.now.Add(reserveTTL) {
			t.Fatalf("a slot is kept until %d at %d", j.Reserved, w.now)
		}
		w.now = w.now.Add(3_000)
	}
}

// TestReservationEndsForOthers: what could not be done in time any more, and an owner that has more than its share, keep no slot by asking again.
func TestReservationEndsForOthers(t *testing.T) {
	w := newWorld(t, 85, 3, func(n *Network) { n.AwardTimeout = 120_000 })
	owner, p := w.nodes[0], w.nodes[2]
	soon := offeredJob(owner, p, func(s *Spec) { s.Deadline = w.now.Add(40_000) })
	long := offeredJob(owner, p)
	w.now = w.now.Add(38_000)
	said := owner.bidAt(p, 100, soon)
	if d, ok := said[0].(Decline); !ok || d.Code != DeclineDeadline || p.m.jobs[soon].State != Declined {
		t.Errorf("two seconds before the deadline it says %+v", said)
	}
	for i := range maxActive / 2 { // the owner has half of the table
		j := newJob(poc.Hash{7, byte(i)}, owner.peer, w.now)
		j.spec, j.State = p.m.jobs[long].spec, Running
		p.m.jobs[j.id] = j
	}
	w.now = w.now.Add(10_000)
	said = owner.bidAt(p, 100, long)
	if d, ok := said[0].(Decline); !ok || d.Code != DeclineReservation || p.m.jobs[long].reserves(p.m) {
		t.Errorf("with more than its share the owner hears %+v", said)
	}
}
