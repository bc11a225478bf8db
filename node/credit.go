package node

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/poc"
)

const (
	maxCredits     = 64 // accounts that one estimate asks the chain about
	creditParallel = 8
)

// Credits returns what the records on chain of the advertised accounts are worth where redundancy is priced by risk. Accounts
// without the stake to be drawn are left out, and so are those beyond the first 64.
func (n *Node) Credits(ctx context.Context, ads []market.AdView) (map[poc.Account]poc.Credit, error) {
	ctx, cancel := context.WithTimeout(ctx, settleLook)
	defer cancel()
	var accounts []poc.Account
	for _, a := range ads {
		if a.Peer != n.self && !slices.Contains(accounts, a.Account) && len(accounts) < maxCredits {
			accounts = append(accounts, a.Account)
		}
	}
	standings := make([]market.Standing, len(accounts))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(creditParallel)
	for i, a := range accounts {
		g.Go(func() (err error) {
			standings[i], err = n.settlement.Standing(ctx, a)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	out := map[poc.Account]poc.Credit{}
	for _, s := range standings {
		if s.Registered && s.Stake >= n.cfg.Network.MinStake {
			out[s.Account] = poc.CreditOf(s.Completed, s.Faults)
		}
	}
	return out, nil
}
