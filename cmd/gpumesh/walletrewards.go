package main

import (
	"context"
	"errors"
	"time"

	"connectrpc.com/connect"

	"gpumesh/market"
	"gpumesh/node/api/nodepb"
)

// rewards shows what is due to the running node of the directory from the network's pool, and what became of its claims.
func (w *wallet) rewards(ctx context.Context, _ []string) error {
	w.conn.dir = w.dir
	client, err := w.conn.client()
	if err != nil {
		return err
	}
	defer client.Close()
	answer, err := client.Rewards(ctx, connect.NewRequest(&nodepb.RewardsRequest{}))
	if err != nil {
		return client.Explain(err)
	}
	r := answer.Msg
	if !r.Enabled {
		return errors.New("the network has no rewards")
	}
	if done, err := w.emit(r); done {
		return err
	}
	return w.printRewards(r)
}

func (w *wallet) printRewards(r *nodepb.RewardsResponse) error {
	sum := func(d *nodepb.RewardsDue) market.Amount {
		return market.Amount(d.Uptime + d.Participation + d.Completion)
	}
	w.printf("due   %s: %s for uptime, %s for participation, %s for completion\n", sum(r.Due), market.Amount(r.Due.Uptime),
		market.Amount(r.Due.Participation), market.Amount(r.Due.Completion))
	if r.Reason != "" {
		w.printf("      not claimed: %s\n", r.Reason)
	}
	w.printf("pool  %s that are not claimed\nkept  what shows %d claims of others\n", market.Amount(r.Pool), r.Kept)
	if len(r.Claims) > 0 {
		t := w.table("CLAIM", "THROUGH", "AMOUNT", "STATE", "UNTIL", "PAID", "WHY")
		for _, c := range r.Claims {
			t.row(c.Number, c.Through, market.Amount(c.Amount), c.State, time.UnixMilli(c.Until).Format(time.DateTime), market.Amount(c.Paid), c.Reason)
		}
		if err := t.flush(); err != nil {
			return err
		}
	}
	for _, c := range r.Checked {
		w.printf("claim %d of %s, for %s: %s\n", c.Number, c.Account, market.Amount(c.Amount), c.Result)
	}
	return nil
}
