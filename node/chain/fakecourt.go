package chain

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// FakeCourt is the account that holds what convictions took and is not final yet, and the deposits of a Fake's cases.
const FakeCourt poc.Account = "fake-court"

// fakeCourt is the convictions by certificates of a Fake, its cases, and its arbiters.
type fakeCourt struct {
	convictions []Conviction // that are not final, oldest first
	made        uint64       // so many in all
	held        map[poc.Account]uint64
	tried       map[triedKey]bool
	truth       map[poc.TaskRef]poc.Hash
	void        map[poc.Account]uint64 // by reporter that was wrong: the newest of its convictions then

	cases    []Case // that are open, oldest first
	opened   uint64 // so many in all
	arbiters []poc.Account
	owed     map[poc.Account]market.Amount // to arbiters
}

// triedKey is a conviction by a certificate that was undone for what it is, and the digest that was right then: nobody is convicted of the same again.
type triedKey struct {
	slashKey
	right poc.Hash
}

func newFakeCourt() fakeCourt {
	return fakeCourt{
		held: map[poc.Account]uint64{}, tried: map[triedKey]bool{}, truth: map[poc.TaskRef]poc.Hash{}, void: map[poc.Account]uint64{}, owed: map[poc.Account]market.Amount{},
	}
}

// right is what a reveal for a task has to be: what arbiters found, else what is certified; zero: nobody knows.
func (f *Fake) right(ref poc.TaskRef) poc.Hash {
	if t := f.mu.court.truth[ref]; !t.IsZero() {
		return t
	}
	if j := f.mu.jobs[ref.Job]; j != nil {
		return j.results[ref.Task]
	}
	return poc.Hash{}
}

// found reports whether arbiters found that a task gives this digest.
func (f *Fake) found(ref poc.TaskRef, digest poc.Hash) bool {
	t := f.mu.court.truth[ref]
	return !t.IsZero() && t == digest
}

// hold convicts a worker by what is right, as long as nobody appeals: what that takes is held.
func (f *Fake) hold(key slashKey, reporter poc.Account, digest, right poc.Hash) (market.Receipt, error) {
	c := &f.mu.court
	switch {
	case reporter == key.account || f.mu.workers[reporter] == nil || f.standing(reporter).Stake < f.cfg.MinStake:
		return refused("%s cannot convict anybody by a certificate: for that another worker answers with the least stake", reporter)
	case c.tried[triedKey{key, right}]:
		return refused("this conviction of %s was undone", key.account)
	}
	amount := f.convict(key)
	f.mu.balances[FakeCourt] += amount
	c.made++
	c.convictions = append(c.convictions, Conviction{
		ID: c.made, Ref: key.ref, Account: key.account, Reporter: reporter, Digest: digest, Amount: amount, Until: f.cfg.Now().Add(f.cfg.Court.Window),
	})
	c.held[key.account]++
	return f.entry("slash", key, amount), nil
}

// finalFaults is how often an account was convicted for good: this never becomes less.
func (f *Fake) finalFaults(a poc.Account) uint64 {
	return f.standing(a).Faults - f.mu.court.held[a]
}

// dropConviction takes a conviction from those that are not final.
func (f *Fake) dropConviction(v Conviction) {
	c := &f.mu.court
	c.convictions = slices.DeleteFunc(c.convictions, func(o Conviction) bool { return o.ID == v.ID })
	c.held[v.Account]--
	f.mu.balances[FakeCourt] -= v.Amount
}

// settle makes a conviction final.
func (f *Fake) settle(v Conviction) {
	f.dropConviction(v)
	f.share(v.Amount, v.Reporter, 0)
	f.block()
}

// undo gives a convicted account back what was taken, and takes back its fault.
func (f *Fake) undo(v Conviction) {
	key := slashKey{v.Ref, v.Account}
	f.dropConviction(v)
	w := f.mu.workers[v.Account]
	w.Stake, w.Faults = w.Stake+v.Amount, w.Faults-1
	f.mu.totals.Staked += v.Amount
	f.mu.totals.Slashed -= v.Amount
	f.mu.changes = append(f.mu.changes, change{f.mu.height + 1, *w})
	delete(f.mu.slashed, key)
	f.entry("restore", key, v.Amount)
}

// acquit undoes a conviction that arbiters looked at, for good.
func (f *Fake) acquit(v Conviction) {
	f.mu.court.tried[triedKey{slashKey{v.Ref, v.Account}, f.right(v.Ref)}] = true
	f.undo(v)
}

// blame convicts the reporter of a conviction that was undone as its account was right, which has the reward and its costs. What else that one
// has reported so far counts for nothing: one stake would else answer for any number of reports.
func (f *Fake) blame(v Conviction, costs market.Amount) {
	f.mu.court.void[v.Reporter] = f.mu.court.made
	job := sha256.Sum256(fmt.Appendf(nil, "gpumesh conviction %d", v.ID))
	f.convicted(slashKey{poc.TaskRef{Job: job}, v.Reporter}, v.Account, costs)
}

// isVoid reports whether a conviction was reported by who had another one convicted that was right, before that was known.
func (f *Fake) isVoid(v Conviction) bool { return v.ID <= f.mu.court.void[v.Reporter] }

// endConviction pays a conviction out, or undoes one of an account that was right, or that is void.
func (f *Fake) endConviction(v Conviction) error {
	right := f.found(v.Ref, v.Digest)
	switch {
	case right || f.isVoid(v):
		if v.Appeal != 0 {
			f.closeCase(v.Appeal, v.Account)
		}
		f.undo(v)
		if right {
			f.blame(v, 0)
		}
	case v.Appeal != 0 || f.cfg.Now() < v.Until:
		return fmt.Errorf("%w: the account can still appeal, or has", ErrTooEarly)
	default:
		f.settle(v)
	}
	return nil
}

// endAppeal does with a conviction what the end of its case says. The truth is found once: whoever is acquitted of another digest has its stake back, but its
// reporter relied on what arbiters had found.
func (f *Fake) endAppeal(v Conviction, guilty bool) {
	switch truth := f.mu.court.truth[v.Ref]; {
	case guilty && !f.found(v.Ref, v.Digest):
		f.settle(v)
	case truth.IsZero() || truth == v.Digest:
		f.mu.court.truth[v.Ref] = v.Digest
		f.acquit(v)
		f.blame(v, f.cfg.Court.Deposit)
	default:
		f.acquit(v)
	}
}

// lapseAppeal ends a conviction whose appeal nobody judged in time. If it had a committee the doubt is the account's.
func (f *Fake) lapseAppeal(v Conviction, drawn bool) {
	switch {
	case f.found(v.Ref, v.Digest):
		f.acquit(v)
		f.blame(v, 0)
	case drawn:
		f.acquit(v)
	case f.isVoid(v):
		f.undo(v)
	default:
		f.settle(v)
	}
}

func (f *Fake) conviction(id uint64) (Conviction, error) {
	all := f.mu.court.convictions
	i := slices.IndexFunc(all, func(v Conviction) bool { return v.ID == id })
	if i < 0 {
		return Conviction{}, fmt.Errorf("%w: %w", ErrRefused, ErrNoConviction)
	}
	return all[i], nil
}

// Convictions implements Court.
func (v *fakeJuror) Convictions(ctx context.Context) ([]Conviction, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	all := slices.Clone(v.f.mu.court.convictions)
	for i := range all {
		all[i].Void = v.f.isVoid(all[i])
	}
	return all, ctx.Err()
}

// Appeal implements Court.
func (v *fakeJuror) Appeal(_ context.Context, id uint64, evidence poc.Hash, _ string, signature []byte) (uint64, error) {
	f := v.f
	f.mu.Lock()
	defer f.mu.Unlock()
	all := f.mu.court.convictions
	i := slices.IndexFunc(all, func(c Conviction) bool { return c.ID == id && c.Account == v.a && c.Appeal == 0 })
	switch {
	case i < 0:
		return 0, fmt.Errorf("%w: %w, or it is not this account's, or was appealed against", ErrRefused, ErrNoConviction)
	case f.cfg.Now() >= all[i].Until:
		return 0, fmt.Errorf("%w: the time to appeal is over", ErrRefused)
	}
	c := all[i]
	opened, err := f.open(v.a, Case{Accused: v.a, Ref: c.Ref, Evidence: evidence, Conviction: id, Digest: c.Digest}, c.Digest, signature)
	all[i].Appeal = opened
	return opened, err
}

// EndConviction implements Court.
func (v *fakeJuror) EndConviction(_ context.Context, id uint64) error {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	c, err := v.f.conviction(id)
	if err != nil {
		return err
	}
	return v.f.endConviction(c)
}

// Truth implements Court.
func (v *fakeJuror) Truth(ctx context.Context, ref poc.TaskRef) (poc.Hash, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	return v.f.mu.court.truth[ref], ctx.Err()
}
