package main

import (
	"context"
	"time"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
)

// fundPool gives tokens of the account to the pool of rewards.
func (w *wallet) fundPool(ctx context.Context, c *evm.Client, amount market.Amount) error {
	r, err := c.FundPool(ctx, amount)
	return w.moved(r, err, amount, "given to the pool of rewards")
}

// pool shows the pool of rewards.
func (w *wallet) pool(ctx context.Context, c *evm.Client, _ []string) error {
	terms, err := c.PoolTerms(ctx)
	if err != nil {
		return err
	}
	state, err := c.PoolState(ctx)
	if err != nil {
		return err
	}
	delay := time.Duration(terms.Delay) * time.Millisecond
	if done, err := w.emit(map[string]any{"holds": state.Holds, "claimed": state.Claimed, "free": state.Free, "most": terms.Most, "delaySeconds": delay.Seconds()}); done {
		return err
	}
	w.printf("holds     %s\nclaimed   %s\nfree      %s\na claim   %s at most, paid after %s\n", state.Holds, state.Claimed, state.Free, terms.Most, delay)
	return nil
}
