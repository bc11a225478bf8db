package verify

import (
	"context"
	"fmt"
	"reflect"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// Chain is what a check asks of a blockchain. A chain.Settlement is one.
type Chain interface {
	Chain() string
	Beacon(ctx context.Context, job, award poc.Hash, seating market.Seating) (market.Beacon, error)
	Escrow(ctx context.Context, job poc.Hash) (market.Escrow, error)
	Settled(ctx context.Context, job poc.Hash, tasks uint32) ([]poc.Hash, error)
	History(ctx context.Context, job poc.Hash) ([]market.Entry, error)
}

// onChain compares everything in the receipt that happened on chain with the chain.
func (v *verifier) onChain(ctx context.Context) (string, error) {
	c, r := v.opts.Chain, v.r
	if c == nil {
		v.note("the beacon, the standings of the workers and the transactions are the receipt's word")
		return "", skipf("the receipt was not compared with %s; --rpc URL does that", r.Network.Chain)
	}
	if c.Chain() != r.Network.Chain {
		return "", fmt.Errorf("the chain is %s, and the network of the receipt is on %s", c.Chain(), r.Network.Chain)
	}
	b, err := c.Beacon(ctx, r.Job, poc.BlockHash(r.Award.Block), v.panel.Seating(r.Network, v.spec))
	if err != nil {
		return "", err
	}
	if !reflect.DeepEqual(b, *r.Beacon) {
		return "", fmt.Errorf("the chain's beacon at block %d, or what it knew of the workers then, is not that of the receipt", b.Height)
	}
	e, err := c.Escrow(ctx, r.Job)
	if err != nil {
		return "", err
	}
	if e.Owner != v.spec.Account || e.Terms != v.spec.Terms(r.Network) {
		return "", fmt.Errorf("the escrow on chain is not on the terms of the spec, or of another account")
	}
	settled, err := c.Settled(ctx, r.Job, uint32(v.spec.Units()))
	if err != nil {
		return "", err
	}
	for i, digest := range settled {
		cert := v.certified[i]
		if _, left := v.leftOut[uint32(i)]; left && cert == nil && !digest.IsZero() {
			v.note("%s was left out, and paid for later: whoever has its certificate may claim it until the escrow expires", v.unitName(i))
			continue
		}
		if !digest.IsZero() && (cert == nil || !chain.SameDigest(digest, cert.Result.Digest())) {
			return "", fmt.Errorf("%s was paid on chain for the result %s, which is not the certified one", v.unitName(i), digest)
		}
	}
	h, err := c.History(ctx, r.Job)
	if err != nil {
		return "", err
	}
	if len(h) < len(r.Operations) {
		return "", fmt.Errorf("the chain has %d transactions for the job, and the receipt %d", len(h), len(r.Operations))
	}
	for i, o := range r.Operations {
		if !reflect.DeepEqual(h[i], o) {
			return "", fmt.Errorf("transaction %s of the receipt is another one on chain: %s %s", o.Receipt.Tx, h[i].Kind, h[i].Receipt.Tx)
		}
	}
	if w := r.Escrow; len(h) == len(r.Operations) && w != nil && (w.Paid != e.Paid || w.Fees != e.Fees || w.Refunded != e.Refunded || w.Closed != e.Closed) {
		return "", fmt.Errorf("the chain says %v paid, %v fees and %v refunded, which is not what the receipt says", e.Paid, e.Fees, e.Refunded)
	}
	for _, later := range h[len(r.Operations):] {
		v.note("since the receipt was written there was a %s in transaction %s", later.Kind, later.Receipt.Tx)
	}
	return fmt.Sprintf("beacon, standings, escrow, results and %d transactions are those of %s", len(r.Operations), c.Chain()), nil
}
