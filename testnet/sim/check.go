package sim

import (
	"context"
	"fmt"
	"slices"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// checkClaim asserts that what an honest node claims is right: each certificate is signed by drawn candidates of its task, and proves its
// result. A liar's claim goes to the ledger, which must refuse what is wrong.
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
		if err := cert.Verify(j.drawn[cert.Task], w.provenBy(j, cert.Task), w.view(j.owner)); err != nil {
			w.violate("task %s/%d is claimed with a certificate that does not prove it: %v", j.id.Short(), cert.Task, err)
		}
	}
}

// provenBy is what a certificate of a unit must keep when it is claimed. Where candidates have lost their stakes it was certified with their signatures, and is claimed without
// them by the rule of the chain, which knows no credit (node/chain/DESIGN.md).
func (w *world) provenBy(j *jobRun, unit uint32) poc.Policy {
	if slices.ContainsFunc(j.drawn[unit], func(x poc.Worker) bool { return !w.stands(x.Account) }) {
		return onChain(j.spec.Policy)
	}
	return j.spec.Policy
}

// onChain is a policy as far as the chain knows it: a quorum, and no risk.
func onChain(p poc.Policy) poc.Policy {
	p.MaxError = 0
	return p
}

// count takes a settled unit into the results.
func (w *world) count(j *jobRun, c *poc.Certificate) {
	w.tally.units++
	digest := c.Result.Digest()
	u := j.unit(c.Task)
	u.digest = digest
	for _, a := range c.Attestations {
		if n := w.byPeer[a.Peer]; n != nil && !n.dishonest() {
			u.by = append(u.by, n)
		}
	}
	if !w.right(j, c.Task, digest) {
		if j.owner.act.picks {
			w.tally.framed++
		} else {
			w.tally.wrong++
		}
		j.wrong[c.Task] = true
		w.checkDeceived(j, c.Task)
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

const (
	fewNodes  = 300 // the size of a network of which everything is looked at every time
	sometimes = 64  // of how many steps in a larger one one is looked at
	someOps   = 256 // after how many operations there everybody's balance is
)

// checked says of which steps and operations a run looks at what must hold after each.
func (s Scenario) checked() string {
	if s.Scheme != "" {
		return ""
	}
	after := func(n int, what string) string {
		if s.Nodes <= fewNodes {
			return "every " + what
		}
		return fmt.Sprintf("every %dth %s", n, what)
	}
	share := func(p float64, what string) string {
		if p == 0 {
			return ", none " + what
		}
		return fmt.Sprintf(", one in %.0f %s", 1/p, what)
	}
	return fmt.Sprintf("timers after %s, everybody's balance after %s, of steps that write%s%s", after(sometimes, "step"), after(someOps, "operation"),
		share(s.Check.Restore, "compared with a restored machine"), share(s.Check.Crash, "ended by a crash"))
}

// checkFunds asserts after every operation that no base unit was made or lost by the ledger's own sums, and that everybody concerned has what the rules say, or where
// there are few nodes, and now and then where there are many, everybody.
func (w *world) checkFunds() {
	t, err := w.view(w.nodes[0]).Totals(context.Background())
	if err != nil {
		w.violate("the ledger has no totals: %v", err)
		return
	}
	if t.Locked != t.Held+t.Paid+t.Fees+t.Refunded {
		w.violate("funds are not conserved: %v locked is not %v held + %v paid + %v fees + %v refunded", t.Locked, t.Held, t.Paid, t.Fees, t.Refunded)
	}
	if w.tally.ops%someOps == 0 || len(w.nodes) <= fewNodes {
		w.checkBalances()
	} else {
		w.checkBooks(false)
	}
}

func (w *world) checkBalances() {
	c := w.view(w.nodes[0])
	t, err := c.Totals(context.Background())
	if err != nil {
		return // reported by checkFunds
	}
	var sum market.Amount
	for _, a := range []poc.Account{treasury, chain.FakePool, chain.FakeCourt} {
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
	w.checkBooks(true)
}

// checkDeadlines asserts that the jobs that a step changed go on by themselves at some time: each has a deadline of its own. A tick may
// change any job.
func (n *node) checkDeadlines(ev market.Event, changed []poc.Hash) {
	if _, ok := ev.(market.Tick); ok && (len(n.w.nodes) <= fewNodes || n.w.tally.steps%sometimes == 0) {
		changed = n.m.Jobs()
	}
	n.checkJobs(changed)
}

func (n *node) checkJobs(ids []poc.Hash) {
	for _, id := range ids {
		if s, _ := n.m.StateOf(id); !s.Terminal() && n.w.deadline(n.m, id) == 0 {
			n.w.violate("node %d has job %s %v without a deadline", n.index, id.Short(), s)
		}
	}
}

// finalChecks asserts what must hold at the end: every job of an honest owner is over, every machine has a deadline for whatever is open,
// and what an honest owner saw certified is settled.
func (w *world) finalChecks() error {
	w.checkBalances()
	if t := &w.tally; t.restores >= 100 && t.skipped > t.restores/20 {
		w.violate("%d of %d restored machines went on at once and could not be compared", t.skipped, t.restores)
	}
	for _, n := range w.nodes {
		n.checkJobs(n.m.Jobs())
	}
	for _, j := range w.order {
		w.checkOwed(j)
		if !j.over && !j.owner.dishonest() {
			state, _ := j.owner.m.StateOf(j.id)
			w.violate("job %s of the honest node %d is %v, and not over", j.id.Short(), j.owner.index, state)
		}
		if j.owner.dishonest() || !j.over {
			continue
		}
		for t, right := range j.certified {
			// A wrong one need not be: its signers may have lost their stakes before.
			if t /= uint32(w.s.Jobs.Batch); right && !j.settled[t] && !w.lost(j, t) {
				w.violate("task %s/%d was certified and never settled", j.id.Short(), t)
			}
		}
	}
	w.tally.kept = w.kept()
	return w.tally.broken
}

// confirmTurns is how many turns of claimers it may take until those who confirm a result have made up for signers who lost their stakes.
const confirmTurns = 6

// lost reports whether nothing can be claimed for a unit that is certified: so many of its signers have lost their stakes that the others are no
// quorum, and honest candidates who have theirs and are there are none either, or there was no time for them, or none can confirm the result to the bit.
func (w *world) lost(j *jobRun, unit uint32) bool {
	v, ok := j.owner.m.View(j.id)
	if !ok {
		return false
	}
	c := v.Tasks[unit*uint32(w.s.Jobs.Batch)].Certificate
	if c == nil {
		return false
	}
	left := *c
	left.Attestations = slices.DeleteFunc(slices.Clone(c.Attestations), func(a poc.Attestation) bool { return !w.stands(a.Account) })
	if len(left.Attestations) >= int(j.spec.Policy.Quorum) && len(left.Payees(j.spec.Policy.Quorum)) > 0 {
		return false
	}
	honest := 0
	for _, x := range j.drawn[unit] {
		if n := w.byPeer[x.Peer]; !n.dishonest() && !n.gone && w.stands(n.account) {
			honest++
		}
	}
	closed := j.unit(unit).closed
	return honest < int(j.spec.Policy.Quorum) || closed == 0 || closed.Add(confirmTurns*w.net.ClaimTurn) > j.spec.Terms(w.net).Expiry || w.tier.Near()
}
