package chain

import (
	"fmt"

	"gpumesh/market"
	"gpumesh/poc"
)

// What batches do to the ledger. Which rewards are right is between posters and those who doubt them, and no part of it.

// Reserve takes jobs into a batch that charges them these sums: until Release or Settle they can be neither claimed nor refunded. It
// takes all of them or none; those that expire within the given time cannot be in one.
func (f *Fake) Reserve(charges map[poc.Hash]market.Amount, time poc.Millis) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for job, pay := range charges {
		j := f.mu.jobs[job]
		switch {
		case j == nil || j.Award.IsZero() || j.batched:
			return fmt.Errorf("%w: job %s has no award, or is in a batch", ErrTooEarly, job.Short())
		case j.Closed || j.Terms.Verified || j.Terms.LateBps > 0 || j.Settled > 0 || f.cfg.Now().Add(time) >= j.Terms.Expiry || pay+part(pay, f.cfg.FeeBps) > j.Terms.Budget:
			return fmt.Errorf("%w: job %s cannot be in a batch", ErrRefused, job.Short())
		case f.lost(j):
			return fmt.Errorf("%w: "+forgotten, ErrRefused)
		}
	}
	for job := range charges {
		j := f.mu.jobs[job]
		j.batched, j.kept = true, true // answers need the draw as long as they take
	}
	return nil
}

// Release gives the jobs of a void batch back to claims.
func (f *Fake) Release(charges map[poc.Hash]market.Amount) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for job := range charges {
		f.mu.jobs[job].batched = false
	}
}

// Settle pays the rewards of a final batch, which add up to its charges, and closes its jobs.
func (f *Fake) Settle(charges map[poc.Hash]market.Amount, rewards map[poc.Account]market.Amount) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for a, n := range rewards {
		f.mu.balances[a] += n
	}
	for job, pay := range charges {
		j, fee := f.mu.jobs[job], part(pay, f.cfg.FeeBps)
		f.mu.balances[f.cfg.Treasury] += fee
		f.mu.totals.Paid += pay
		f.mu.totals.Fees += fee
		f.mu.totals.Held -= pay + fee
		j.Paid, j.Fees, j.Settled, j.batched = pay, fee, j.Terms.Tasks, false
		f.giveBack(j)
	}
}

// Transfer moves free tokens from one account to another.
func (f *Fake) Transfer(from, to poc.Account, n market.Amount) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.take(from, n); err != nil {
		return err
	}
	f.mu.balances[to] += n
	return nil
}
