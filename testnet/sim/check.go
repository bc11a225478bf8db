package sim

import (
	"context"
	"slices"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// checkClaim asserts, before a claim goes to the chain, that each certificate in it is signed by drawn candidates of its task.
// A claim that an honest node makes must be right; one of a liar must be refused.
func (w *world) checkClaim(c market.Claim) {
	j := w.jobs[c.Job]
	if j == nil || j.drawn == nil {
		w.violate("a claim for a job without an award")
		return
	}
	for i := range c.Certificates {
		cert := &c.Certificates[i]
		if int(cert.Task) >= len(j.drawn) {
			w.violate("a claim for task %d of job %s, which it does not have", cert.Task, j.id.Short())
			return
		}
		for _, a := range cert.Attestations {
			if !slices.ContainsFunc(j.drawn[cert.Task], func(x poc.Worker) bool { return x.Peer == a.Peer && x.Account == a.Account }) {
				w.violate("the certificate of task %s/%d is signed by %s, which is not assigned to it", j.id.Short(), cert.Task, a.Peer.Short())
			}
		}
		if err := cert.Verify(j.drawn[cert.Task], j.spec.Policy, w.view(j.owner)); err != nil {
			w.violate("task %s/%d is claimed with a certificate that does not prove it: %v", j.id.Short(), cert.Task, err)
		}
	}
}

// count takes a settled unit into the results.
func (w *world) count(j *jobRun, c *poc.Certificate, seats []market.Seat) {
	w.tally.units++
	ref := c.Ref()
	right := w.right(j, ref.Task, c.Result.Digest())
	if !right {
		w.tally.wrong++
		j.wrong[ref.Task] = true
		w.checkDeceived(j, ref.Task)
	}
	payees := c.Payees(j.spec.Policy.Quorum)
	w.tally.payees += len(payees)
	if right && w.orderly() {
		w.checkPaid(j, c, seats, payees)
	}
}

// checkDeceived asserts that a wrong result was certified only where a quorum of the candidates is dishonest. Where risk is priced the
// share of wrong results is what is promised.
func (w *world) checkDeceived(j *jobRun, unit uint32) {
	dishonest := 0
	for _, c := range j.drawn[unit] {
		if w.byPeer[c.Peer].dishonest() {
			dishonest++
		}
	}
	if p := j.spec.Policy; !p.Priced() && dishonest < int(p.Quorum) {
		w.violate("a wrong result of task %s/%d is certified, and %d of its candidates are dishonest", j.id.Short(), unit, dishonest)
	}
}

// orderly reports whether links and nodes do what they should, so that honest nodes see what there is to see in time.
func (w *world) orderly() bool {
	n := w.s.Network
	return n.Loss == 0 && len(n.Partitions) == 0 && n.Eclipsed == 0 && w.s.Churn.Session == 0
}

// noteSeal notes in which order seals named workers.
func (w *world) noteSeal(m poc.Seal) {
	j := w.jobs[m.Job]
	if j == nil || !w.orderly() {
		return
	}
	if j.sealed == nil {
		j.sealed = map[uint32]map[poc.PeerID]int{}
	}
	if j.sealed[m.Task] == nil {
		j.sealed[m.Task] = map[poc.PeerID]int{}
	}
	w.tally.seals++
	for _, e := range m.Entries {
		if _, ok := j.sealed[m.Task][e.Peer]; !ok {
			j.sealed[m.Task][e.Peer] = w.tally.seals
		}
	}
}

// noteAttest notes how many seals there were when honest nodes first attested a result of a task.
func (w *world) noteAttest(n *node, m poc.Attest) {
	j := w.jobs[m.Job]
	if j == nil || n.dishonest() || !w.orderly() {
		return
	}
	if j.attested == nil {
		j.attested = map[poc.TaskRef]map[poc.Hash]int{}
	}
	if j.attested[m.TaskRef] == nil {
		j.attested[m.TaskRef] = map[poc.Hash]int{}
	}
	if d := m.Result.Digest(); j.attested[m.TaskRef][d] == 0 {
		j.attested[m.TaskRef][d] = w.tally.seals
	}
}

// checkPaid asserts that every honest replica that an honest signer names is paid, but for those that were sealed after all that are: a
// member that sees a quorum takes no more seals, and one who has not seen it yet may. Of a last seal that came when honest members had attested
// the result some may be paid and others not: who names whom depends on when it saw what (poc/DESIGN.md, Assumption).
func (w *world) checkPaid(j *jobRun, c *poc.Certificate, seats []market.Seat, payees []uint8) {
	sealed := j.sealed[c.Task]
	last, late := 0, map[*node]bool{}
	for _, seat := range payees {
		last = max(last, sealed[w.byAcc[seats[seat].Account].peer])
	}
	for _, a := range c.Attestations {
		if w.byAcc[a.Account].dishonest() {
			continue
		}
		for seat, named := uint8(0), a.Agreed; named != 0; seat, named = seat+1, named>>1 {
			other := w.byAcc[seats[seat].Account]
			at, computed := sealed[other.peer] // who vouches names itself, too
			if named&1 == 0 || !computed || other.dishonest() || slices.Contains(payees, seat) {
				continue
			}
			public, ok := j.attested[c.Ref()][c.Result.Digest()]
			if late[other] = true; at < last || at == last && (!ok || at <= public) {
				w.violate("node %d was accepted for task %v and is not paid", other.index, c.Ref())
			}
		}
	}
	w.tally.late += len(late)
}

// checkFunds asserts that no base unit was made or lost: the ledger's own sums after every operation, and all balances now
// and then.
func (w *world) checkFunds() {
	t, err := w.view(w.nodes[0]).Totals(context.Background())
	if err != nil {
		w.violate("the ledger has no totals: %v", err)
		return
	}
	if t.Locked != t.Held+t.Paid+t.Fees+t.Refunded {
		w.violate("funds are not conserved: %v locked is not %v held + %v paid + %v fees + %v refunded", t.Locked, t.Held, t.Paid, t.Fees, t.Refunded)
	}
	if w.tally.ops%256 == 0 || len(w.nodes) <= 100 {
		w.checkBalances()
	}
}

func (w *world) checkBalances() {
	c := w.view(w.nodes[0])
	t, err := c.Totals(context.Background())
	if err != nil {
		return // reported by checkFunds
	}
	var sum market.Amount
	for _, a := range []poc.Account{treasury, chain.FakePool} {
		b, _, _ := c.Balance(context.Background(), a)
		sum += b
	}
	for _, n := range w.nodes {
		b, _, _ := c.Balance(context.Background(), n.account)
		sum += b
	}
	if sum += t.Held + t.Staked; sum != w.tally.funds {
		w.violate("funds are not conserved: there are %v, and there were %v", sum, w.tally.funds)
	}
}

// finalChecks asserts what must hold at the end: every machine has a deadline for whatever is open, and what an honest owner
// saw certified is settled.
func (w *world) finalChecks() error {
	w.checkBalances()
	for _, n := range w.nodes {
		for _, id := range n.m.Jobs() {
			if s, _ := n.m.StateOf(id); !s.Terminal() && n.m.NextDeadline() == 0 {
				w.violate("node %d has job %s %v without a deadline", n.index, id.Short(), s)
			}
		}
	}
	for _, j := range w.order {
		if j.owner.dishonest() || !j.over {
			continue
		}
		for t, right := range j.certified {
			// A wrong one need not be: its signers may have lost their stakes before, as may some of a right one's.
			if t /= uint32(w.s.Jobs.Batch); right && !j.settled[t] && !w.lostStake(j, t) {
				w.violate("task %s/%d was certified and never settled", j.id.Short(), t)
			}
		}
	}
	return w.tally.broken
}

// lostStake reports whether so many signers of a task's certificate, as its owner has it, were convicted that the chain takes it no more.
func (w *world) lostStake(j *jobRun, unit uint32) bool {
	v, ok := j.owner.m.View(j.id)
	if !ok {
		return false
	}
	c := v.Tasks[unit*uint32(w.s.Jobs.Batch)].Certificate
	if c == nil {
		return false
	}
	left := *c
	left.Attestations = slices.DeleteFunc(slices.Clone(c.Attestations), func(a poc.Attestation) bool { return w.byAcc[a.Account].convicted > 0 })
	return len(left.Attestations) < int(j.spec.Policy.Quorum) || len(left.Payees(j.spec.Policy.Quorum)) == 0
}
