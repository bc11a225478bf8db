package sim

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// What becomes of convictions by certificates, in days and not in seconds: who was convicted of a right result appeals, arbiters judge, and what nobody appeals
// against is final in the end. Arbiters are honest. All of it is done after the run, too, until nothing is held any more: machines take no part in it.

const (
	courtWindow  poc.Millis = 3 * 86_400_000 // as networks have it by default
	appealAfter  poc.Millis = 3_600_000      // what was computed is computed again, and evidence published
	verdictAfter poc.Millis = 86_400_000
	depositShare            = 4000 // of what a conviction takes of the least stake, in parts of market.FeeBase
)

func (w *world) courtTerms() chain.CourtTerms {
	return chain.CourtTerms{Window: courtWindow, Deposit: w.net.Taken(w.net.MinStake) * depositShare / market.FeeBase, Quorum: 4}
}

// appeals is an account's view of the court. No lens breaks it.
func (w *world) appeals(a poc.Account) chain.Court { return w.ledger.As(a).(chain.Court) }

func (w *world) convictions() []chain.Conviction {
	cs, err := w.appeals(treasury).Convictions(context.Background())
	if err != nil {
		w.violate("the ledger does not tell what is held: %v", err)
	}
	return cs
}

// held plans what becomes of the newest conviction, of which the ledger holds what it took.
func (w *world) held() {
	cs := w.convictions()
	c := cs[len(cs)-1]
	w.docket.push(c.Until, func() { w.endConviction(c.ID) })
	if n := w.byAcc[c.Account]; !n.dishonest() && !w.mute {
		w.docket.push(w.now.Add(appealAfter), func() { w.appeal(n, c) })
	}
}

// moved does something with the ledger, and books what that changes for the parties of a conviction.
func (w *world) moved(c chain.Conviction, do func() error) error {
	parties := []*node{w.byAcc[c.Account], w.byAcc[c.Reporter]}
	before := []market.Amount{w.balance(c.Account), w.balance(c.Reporter)}
	err := do()
	for i, n := range parties {
		n.court += int64(w.balance(n.account)) - int64(before[i])
	}
	w.checkFunds()
	return err
}

// appeal is what a worker does that was convicted of a result that it finds again. It waits for another's appeal against the same reporter as long as it can, as
// that one's acquittal has its own conviction undone, too. It is worth the deposit if as much was taken, or can be taken of the reporter's stake.
func (w *world) appeal(n *node, c chain.Conviction) {
	if w.undone(c) {
		return
	}
	cs := w.convictions()
	if w.now.Add(verdictAfter) < c.Until && slices.ContainsFunc(cs, func(o chain.Conviction) bool { return o.Reporter == c.Reporter && o.Appeal != 0 }) {
		w.docket.push(w.now.Add(verdictAfter), func() { w.appeal(n, c) })
		return
	}
	deposit := w.courtTerms().Deposit
	reporter, err := w.ledger.As(c.Reporter).Standing(context.Background(), c.Reporter)
	if err != nil {
		w.violate("the chain does not tell how an account stands: %v", err)
	}
	if c.Amount <= deposit && w.net.Taken(reporter.Stake) < deposit {
		w.tally.small++
		return
	}
	sig, err := w.ledger.As(n.account).Sign(poc.Statement{Kind: poc.Revealed, Job: c.Ref.Job, Task: c.Ref.Task, Digest: c.Digest})
	var id uint64
	if err == nil {
		err = w.moved(c, func() error {
			if id, err = w.appeals(n.account).Appeal(context.Background(), c.ID, poc.Hash{1}, "", sig); err == nil {
				w.books.appealed(c.ID, deposit)
			}
			return err
		})
	}
	if err != nil {
		w.violate("node %d cannot appeal: %v", n.index, err)
		return
	}
	w.tally.appealed++
	w.docket.push(w.now.Add(verdictAfter), func() { w.judge(n, c, id) })
}

// undone ends a conviction that arbiters contradict by what they found of another's, and reports whether it is over.
func (w *world) undone(c chain.Conviction) bool {
	cs := w.convictions()
	i := slices.IndexFunc(cs, func(o chain.Conviction) bool { return o.ID == c.ID })
	if i < 0 {
		return true
	}
	truth, err := w.appeals(c.Account).Truth(context.Background(), c.Ref)
	if err == nil && truth == c.Digest || cs[i].Void {
		w.endConviction(c.ID)
		return true
	}
	return false
}

// judge is the verdict of arbiters, who compute the unit.
func (w *world) judge(n *node, c chain.Conviction, id uint64) {
	if w.undone(c) {
		return
	}
	right := w.right(w.jobs[c.Ref.Job], c.Ref.Task, c.Digest)
	err := w.moved(c, func() error {
		err := w.ledger.Judge(id, !right)
		if err == nil {
			w.books.judged(c.ID, !right, w.courtTerms().Deposit, w.net.Slash)
		}
		return err
	})
	if err != nil {
		w.violate("the appeal of node %d cannot be judged: %v", n.index, err)
		return
	}
	if right {
		w.tally.acquitted++
		w.bring(n, c.Ref)
	}
}

// bring has those convicted who revealed what arbiters found to be wrong: by who was shown it, if that one has its stake, else by the acquitted.
func (w *world) bring(acquitted *node, ref poc.TaskRef) {
	u := w.jobs[ref.Job].unit(ref.Task)
	for _, liar := range slices.SortedFunc(maps.Keys(u.lies), func(a, b *node) int { return cmp.Compare(a.index, b.index) }) {
		l := u.lies[liar]
		if w.right(w.jobs[ref.Job], ref.Task, l.reveal.Result.Digest()) {
			continue
		}
		by := l.to
		if !w.stands(by.account) {
			by = acquitted
		}
		_, err := w.settle(by, market.Slash{Ref: ref, Account: liar.account, Digest: l.reveal.Result.Digest(), Signature: l.reveal.Signature})
		if err != nil && w.stands(by.account) {
			w.violate("node %d cannot report a reveal that arbiters found to be wrong: %v", by.index, err)
		}
	}
}

// endConviction ends a conviction whose time is over, or that the truth contradicts.
func (w *world) endConviction(id uint64) {
	cs := w.convictions()
	i := slices.IndexFunc(cs, func(c chain.Conviction) bool { return c.ID == id })
	if i < 0 {
		return
	}
	err := w.moved(cs[i], func() error {
		err := w.appeals(cs[i].Reporter).EndConviction(context.Background(), id)
		if err == nil {
			w.books.ended(id, w.courtTerms().Deposit, w.net.Slash)
		}
		return err
	})
	if err != nil && !errors.Is(err, chain.ErrTooEarly) { // its case is open
		w.violate("a conviction of %s does not end: %v", cs[i].Account, err)
	}
}

// closeCourt goes on after the run until nothing is held, and asserts that nobody honest has lost stake.
func (w *world) closeCourt() error {
	for len(w.docket.events) > 0 && w.tally.broken == nil {
		e := w.docket.pop()
		w.now = e.at
		e.do()
	}
	if n := len(w.convictions()); n > 0 {
		w.violate("%d convictions do not end", n)
	}
	w.checkBalances()
	for _, n := range w.nodes {
		if lost := w.lostStake(n); !n.dishonest() && lost > 0 {
			w.violate("the honest node %d lost %v of its stake for good", n.index, lost)
		}
	}
	return w.tally.broken
}

// lostStake is what convictions have taken of a worker's stake and not given back.
func (w *world) lostStake(n *node) market.Amount {
	s, err := w.ledger.As(n.account).Standing(context.Background(), n.account)
	if err != nil {
		w.violate("the chain does not tell how an account stands: %v", err)
	}
	return n.stake - s.Stake
}

// honestFaults is how many convictions honest nodes are left with.
func (w *world) honestFaults() (faults int) {
	for _, n := range w.nodes {
		if s, err := w.ledger.As(n.account).Standing(context.Background(), n.account); err == nil && !n.dishonest() {
			faults += int(s.Faults)
		}
	}
	return faults
}
