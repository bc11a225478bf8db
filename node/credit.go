package node

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

const (
	maxCredits     = 64 // advertisers that one estimate asks the chain about
	creditParallel = 8
)

// Backed returns those of the advertising peers that could be drawn, as the chain shows their accounts registered for them with the least stake,
// and what the records of these accounts are worth now, as the draw will count them, where redundancy is priced by risk. An ad costs nothing, so who is not there counts for
// nothing. Of more than 64 peers those are looked at that were heard of first.
func (n *Node) Backed(ctx context.Context, ads []market.AdView) (map[poc.PeerID]poc.Credit, error) {
	ctx, cancel := context.WithTimeout(ctx, settleLook)
	defer cancel()
	ads = slices.DeleteFunc(slices.Clone(ads), func(a market.AdView) bool { return a.Peer == n.self })
	slices.SortStableFunc(ads, func(a, b market.AdView) int { return cmp.Compare(a.Uptime.Since, b.Uptime.Since) })
	ads = ads[:min(len(ads), maxCredits)]
	standings := make([]market.Standing, len(ads))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(creditParallel)
	for i, a := range ads {
		g.Go(func() (err error) {
			standings[i], err = n.settlement.Standing(ctx, a.Account)
			if errors.Is(err, chain.ErrRefused) { // it names no account at all
				return nil
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	out := map[poc.PeerID]poc.Credit{}
	for i, s := range standings {
		if s.Registered && s.Peer == ads[i].Peer && s.Stake >= n.cfg.Network.MinStake {
			out[s.Peer] = poc.CreditOf(s.Record(), s.Faults)
		}
	}
	return out, nil
}
