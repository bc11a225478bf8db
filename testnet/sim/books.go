package sim

import (
	"context"
	"maps"
	"slices"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// books are what every account and every escrow has by this package's own reading of the rules. Each operation of the ledger is booked here as it should be, and what the
// ledger has is compared with that.
type books struct {
	has, staked map[poc.Account]market.Amount
	escrows     map[poc.Hash]*escrowBook
	convictions map[uint64]*conviction // that are not final
	truth       map[poc.TaskRef]poc.Hash
	void        map[poc.Account]uint64 // by reporter that was wrong: the newest conviction then
	made        uint64                 // convictions that are not final at once
	changed     map[poc.Account]bool   // since they were compared
}

type escrowBook struct {
	terms      market.Terms
	owner      poc.Account
	paid, fees market.Amount
	settled    int
	closed     bool
}

type conviction struct {
	ref               poc.TaskRef
	digest            poc.Hash // that the account revealed
	account, reporter poc.Account
	amount            market.Amount
	appealed          bool
}

// reporterShare is the part of a slash that whoever reports it has, in parts of market.FeeBase.
const reporterShare = 1_000

func newBooks(balances map[poc.Account]market.Amount) *books {
	return &books{
		has: maps.Clone(balances), staked: map[poc.Account]market.Amount{}, escrows: map[poc.Hash]*escrowBook{}, convictions: map[uint64]*conviction{},
		truth: map[poc.TaskRef]poc.Hash{}, void: map[poc.Account]uint64{}, changed: map[poc.Account]bool{},
	}
}

// share is a part of an amount in parts of market.FeeBase, rounded down.
func share(n market.Amount, parts uint32) market.Amount {
	return n/market.FeeBase*market.Amount(parts) + n%market.FeeBase*market.Amount(parts)/market.FeeBase
}

func (b *books) give(a poc.Account, n market.Amount) { b.has[a], b.changed[a] = b.has[a]+n, true }
func (b *books) take(a poc.Account, n market.Amount) { b.has[a], b.changed[a] = b.has[a]-n, true }
func (b *books) move(from, to poc.Account, n market.Amount) {
	b.take(from, n)
	b.give(to, n)
}

func (b *books) register(a poc.Account, stake market.Amount) {
	if add := max(stake, b.staked[a]) - b.staked[a]; add > 0 {
		b.take(a, add)
		b.staked[a] += add
	}
}

func (b *books) lock(owner poc.Account, op market.LockEscrow) {
	b.take(owner, op.Terms.Budget)
	b.escrows[op.Job] = &escrowBook{terms: op.Terms, owner: owner}
}

// seize takes of a stake what a conviction costs, rounded up.
func (b *books) seize(a poc.Account, slash uint32) market.Amount {
	n := b.staked[a] - share(b.staked[a], market.FeeBase-slash)
	b.staked[a] -= n
	b.changed[a] = true
	return n
}

// reward gives a reporter its part of a slash that is final, with its costs as far as there is so much, and the treasury the rest.
func (b *books) reward(n market.Amount, reporter poc.Account, costs market.Amount) {
	part := min(n, share(n, reporterShare)+costs)
	b.give(reporter, part)
	b.give(treasury, n-part)
}

// convict is a conviction by a certificate, of which the court holds what it took until it is final.
func (b *books) convict(op market.Slash, reporter poc.Account, slash uint32) market.Amount {
	n := b.seize(op.Account, slash)
	b.give(chain.FakeCourt, n)
	b.made++
	b.convictions[b.made] = &conviction{ref: op.Ref, digest: op.Digest, account: op.Account, reporter: reporter, amount: n}
	return n
}

// drop takes a conviction from those that are not final, with what the court holds of it.
func (b *books) drop(id uint64) *conviction {
	c := b.convictions[id]
	delete(b.convictions, id)
	b.take(chain.FakeCourt, c.amount)
	return c
}

// final gives out what a conviction took.
func (b *books) final(id uint64) {
	c := b.drop(id)
	b.reward(c.amount, c.reporter, 0)
}

// undo gives back what a conviction took; of who was right by the stake of the reporter, too, with the costs.
func (b *books) undo(id uint64, right bool, costs market.Amount, slash uint32) {
	c := b.drop(id)
	b.staked[c.account] += c.amount
	b.changed[c.account] = true
	if right {
		b.void[c.reporter] = b.made
		b.reward(b.seize(c.reporter, slash), c.account, costs)
	}
}

// ended is the end of a conviction whose time is over, or that the truth contradicts. An appeal that need not be judged any more costs nothing.
func (b *books) ended(id uint64, deposit market.Amount, slash uint32) {
	c := b.convictions[id]
	truth := b.truth[c.ref]
	right := !truth.IsZero() && truth == c.digest
	if !right && id > b.void[c.reporter] {
		b.final(id)
		return
	}
	if c.appealed {
		b.move(chain.FakeCourt, c.account, deposit)
	}
	b.undo(id, right, 0, slash)
}

func (b *books) appealed(id uint64, deposit market.Amount) {
	c := b.convictions[id]
	c.appealed = true
	b.move(c.account, chain.FakeCourt, deposit)
}

// judged is the end of an appeal. Arbiters have the deposit.
func (b *books) judged(id uint64, guilty bool, deposit market.Amount, slash uint32) {
	c := b.convictions[id]
	switch truth := b.truth[c.ref]; {
	case guilty && (truth.IsZero() || truth != c.digest):
		b.final(id)
	case truth.IsZero() || truth == c.digest:
		b.truth[c.ref] = c.digest
		b.undo(id, true, deposit, slash)
	default:
		b.undo(id, false, 0, slash)
	}
}

// bookOp books an operation that took effect and is no claim, and asserts that its receipt says what is due by it.
func (w *world) bookOp(n *node, op market.Op, r market.Receipt) {
	due := r.Amount
	switch op := op.(type) {
	case market.Register:
		w.books.register(n.account, op.Stake)
	case market.LockEscrow:
		w.books.lock(n.account, op)
	case market.Refund:
		due = w.bookClosing(op.Job)
	case market.Slash:
		due = w.books.convict(op, n.account, w.net.Slash)
	case market.SlashTwice:
		due = w.books.seize(op.Twice.Account, w.net.Slash)
		w.books.reward(due, n.account, 0)
	}
	if r.Amount != due {
		w.violate("the receipt of %T by node %d says %v, and due was %v", op, n.index, r.Amount, due)
	}
}

// bookClaim books what a claim should do, and what its owner has back if that closed the escrow.
func (w *world) bookClaim(c market.Claim, d due, r market.Receipt) {
	e := w.books.escrows[c.Job]
	for a, n := range d.pays {
		w.books.give(a, n)
		e.paid += n
	}
	for a, n := range d.fines {
		w.books.take(a, n)
		e.paid -= n
	}
	w.books.give(treasury, d.fees)
	e.fees += d.fees
	e.settled += len(d.units)
	if rest := w.bookClosing(c.Job); r.Amount != rest {
		w.violate("a claim for job %s gave %v back, and due was %v", c.Job.Short(), r.Amount, rest)
	}
}

// bookClosing gives the owner of an escrow that has just been closed what is left of its budget, and returns that. It asserts that the ledger has the same books.
func (w *world) bookClosing(job poc.Hash) (rest market.Amount) {
	e, err := w.view(w.nodes[0]).Escrow(context.Background(), job)
	b := w.books.escrows[job]
	if err != nil || b == nil {
		w.violate("job %s has no escrow: %v", job.Short(), err)
		return 0
	}
	if e.Closed && !b.closed {
		b.closed = true
		rest = b.terms.Budget - b.paid - b.fees
		w.books.give(b.owner, rest)
		if b.settled < int(b.terms.Tasks) && w.now < b.terms.Expiry && !e.Award.IsZero() {
			w.violate("the escrow of job %s is closed, and %d of its %d units are settled", job.Short(), b.settled, b.terms.Tasks)
		}
	}
	if e.Paid != b.paid || e.Fees != b.fees || e.Refunded != rest && rest > 0 || e.Closed != b.closed {
		w.violate("the escrow of job %s has paid %v, %v of fees and %v back, and due was %v, %v and %v", job.Short(), e.Paid, e.Fees, e.Refunded, b.paid, b.fees, rest)
	}
	return rest
}

// checkBooks asserts that accounts have what they should, balances and stakes: all, or those that changed since.
func (w *world) checkBooks(all bool) {
	of := slices.Sorted(maps.Keys(w.books.changed))
	if all {
		of = []poc.Account{treasury, chain.FakePool, chain.FakeCourt}
		for _, n := range w.nodes {
			of = append(of, n.account)
		}
	}
	for _, a := range of {
		if have := w.balance(a); have != w.books.has[a] {
			w.violate("%s has %v, and should have %v", a, have, w.books.has[a])
		}
		if s, err := w.view(w.nodes[0]).Standing(context.Background(), a); err != nil || s.Stake != w.books.staked[a] {
			w.violate("the stake of %s is %v, and should be %v: %v", a, s.Stake, w.books.staked[a], err)
		}
	}
	clear(w.books.changed)
}
