package chain

import (
	"context"
	"fmt"
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// FakePool is the account that holds the pool of a Fake. What is sent to it is the pool's.
const FakePool poc.Account = "fake-pool"

// fakePool is the claims on the pool of a Fake.
type fakePool struct {
	accounts map[poc.Account]*fakeClaimant
	open     []fakeClaim // oldest first
	claimed  market.Amount
}

type fakeClaimant struct {
	documents []poc.Hash // of its claims
	through   uint64
	claimed   market.Amount // by its open claims
	open      int
}

type fakeClaim struct {
	PoolClaim
	faults uint64 // of the account when it claimed: those that are final
}

// Convict slashes a worker for a task, as a verdict of arbiters does. It reports whether there was anything to slash.
func (f *Fake) Convict(ref poc.TaskRef, a, reporter poc.Account) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := slashKey{ref, a}
	if f.mu.workers[a] == nil || f.mu.slashed[key] {
		return false
	}
	f.convicted(key, reporter, 0)
	return true
}

// PoolTerms implements Pool.
func (v *fakeAccount) PoolTerms(ctx context.Context) (PoolTerms, error) {
	if v.f.cfg.Pool.Most == 0 {
		return PoolTerms{}, ErrNoPool
	}
	terms := v.f.cfg.Pool
	terms.SlashBps = v.f.cfg.SlashBps
	return terms, ctx.Err()
}

// pool locks the ledger, if it has a pool.
func (v *fakeAccount) pool(ctx context.Context) (unlock func(), _ error) {
	if _, err := v.PoolTerms(ctx); err != nil {
		return nil, err
	}
	v.f.mu.Lock()
	return v.f.mu.Unlock, nil
}

// PoolState implements Pool.
func (v *fakeAccount) PoolState(ctx context.Context) (PoolState, error) {
	unlock, err := v.pool(ctx)
	if err != nil {
		return PoolState{}, err
	}
	defer unlock()
	holds, claimed := v.f.mu.balances[FakePool], v.f.mu.pool.claimed
	return PoolState{Holds: holds, Claimed: claimed, Free: holds - claimed}, nil
}

// FundPool implements Pool.
func (v *fakeAccount) FundPool(ctx context.Context, amount market.Amount) (market.Receipt, error) {
	unlock, err := v.pool(ctx)
	if err != nil {
		return market.Receipt{}, err
	}
	defer unlock()
	if err := v.f.take(v.a, amount); err != nil {
		return market.Receipt{}, err
	}
	v.f.mu.balances[FakePool] += amount
	r := v.f.block()
	r.Amount = amount
	return r, nil
}

// Claimed implements Pool.
func (v *fakeAccount) Claimed(ctx context.Context, a poc.Account) (next uint32, through uint64, err error) {
	unlock, err := v.pool(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer unlock()
	w := v.f.claimant(a)
	return uint32(len(w.documents)), w.through, nil
}

func (f *Fake) claimant(a poc.Account) *fakeClaimant {
	w := f.mu.pool.accounts[a]
	if w == nil {
		w = &fakeClaimant{}
		f.mu.pool.accounts[a] = w
	}
	return w
}

// OpenClaims implements Pool.
func (v *fakeAccount) OpenClaims(ctx context.Context) (out []PoolClaim, _ error) {
	unlock, err := v.pool(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	for _, c := range v.f.mu.pool.open {
		c.Signature = slices.Clone(c.Signature)
		out = append(out, c.PoolClaim)
	}
	return out, nil
}

// ClaimPool implements Pool.
func (v *fakeAccount) ClaimPool(ctx context.Context, c PoolClaim) (market.Receipt, error) {
	unlock, err := v.pool(ctx)
	if err != nil {
		return market.Receipt{}, err
	}
	defer unlock()
	f := v.f
	w, stake := f.claimant(v.a), f.standing(v.a).Stake
	free := f.mu.balances[FakePool] - f.mu.pool.claimed
	switch next := uint32(len(w.documents)); {
	case c.Account != v.a:
		return refused("a claim is made by its author, %s", c.Account)
	case c.Number < next && w.documents[c.Number] == c.Document:
		return f.done()
	case c.Number != next:
		return refused("claim %d is not the account's next, which is %d", c.Number, next)
	case c.Through <= w.through || c.Through > f.mu.height:
		return refused("a claim through block %d is not after block %d, or that is no block yet", c.Through, w.through)
	case c.Amount == 0 || c.Amount > f.cfg.Pool.Most:
		return refused("a claim is for something, and at most for %v", f.cfg.Pool.Most)
	case len(c.Where) > MaxWhere:
		return refused("where the document is published takes more than %d bytes", MaxWhere)
	case f.verify(v.a, c.Statement(), c.Signature) != nil:
		return refused("the document is not signed by the account")
	case f.mu.slashed[slashKey{poc.TaskRef{Task: c.Number}, v.a}]:
		return refused("the account was convicted of claim %d before it made it", c.Number)
	case stake < f.cfg.MinStake:
		return refused("the stake is %v, and a claim needs %v", stake, f.cfg.MinStake)
	case w.open >= MaxOpenClaims:
		return tooEarly("%d claims of the account are open, and one has to end first", w.open)
	case w.claimed+c.Amount > part(stake, f.cfg.SlashBps):
		return market.Receipt{}, fmt.Errorf("%w: a stake of %v does not stand behind this claim and the %v that are claimed already", ErrFunds, stake, w.claimed)
	case c.Amount > free:
		return market.Receipt{}, fmt.Errorf("%w: the pool has %v that are not claimed, not %v", ErrFunds, free, c.Amount)
	}
	c.Until, c.After, c.Signature = f.cfg.Now().Add(f.cfg.Pool.Delay), w.through, slices.Clone(c.Signature)
	w.documents, w.through, w.open = append(w.documents, c.Document), c.Through, w.open+1
	w.claimed += c.Amount
	f.mu.pool.open = append(f.mu.pool.open, fakeClaim{c, f.finalFaults(v.a)})
	f.mu.pool.claimed += c.Amount
	r := f.block()
	r.Amount = c.Amount
	return r, nil
}

// EndClaim implements Pool.
func (v *fakeAccount) EndClaim(ctx context.Context, a poc.Account, number uint32) (market.Amount, error) {
	unlock, err := v.pool(ctx)
	if err != nil {
		return 0, err
	}
	defer unlock()
	f := v.f
	w := f.claimant(a)
	i := slices.IndexFunc(f.mu.pool.open, func(c fakeClaim) bool { return c.Account == a && c.Number == number })
	switch {
	case int(number) >= len(w.documents):
		return 0, fmt.Errorf("%w: %s has made no claim %d", ErrRefused, a, number)
	case i < 0:
		return 0, nil
	}
	st := f.standing(a)
	held := f.mu.court.held[a] > 0
	fell := f.finalFaults(a) != f.mu.pool.open[i].faults || !held && st.Stake < w.claimed
	switch {
	case fell:
	case f.cfg.Now() < f.mu.pool.open[i].Until:
		return 0, fmt.Errorf("%w: the claim can be ended from %d on", ErrTooEarly, f.mu.pool.open[i].Until)
	case held:
		return 0, fmt.Errorf("%w: a conviction of the account is not final", ErrTooEarly)
	}
	c := f.mu.pool.open[i]
	f.mu.pool.open = slices.Delete(f.mu.pool.open, i, i+1)
	f.mu.pool.claimed -= c.Amount
	w.open, w.claimed = w.open-1, w.claimed-c.Amount
	f.block()
	if fell {
		return 0, nil
	}
	f.mu.balances[FakePool] -= c.Amount
	f.mu.balances[a] += c.Amount
	return c.Amount, nil
}
