package evm

import (
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"gpumesh/market"
	"gpumesh/node/chain"
)

var _ chain.Pricer = (*Client)(nil)

// ClaimCost implements chain.Pricer, at the base fee of the newest block and the tip that the endpoint suggests.
func (c *Client) ClaimCost(ctx context.Context, op market.Claim) (*big.Int, error) {
	plan, err := c.plan(ctx, op)
	if err != nil || plan.done {
		return new(big.Int), err
	}
	return c.price(ctx, plan.to, plan.data)
}

// price is what a call costs now.
func (c *Client) price(ctx context.Context, to common.Address, data []byte) (*big.Int, error) {
	gas, tip, err := c.estimate(ctx, &to, nil, data)
	if err != nil {
		return nil, explain(err)
	}
	head, _ := c.heads.now()
	return tip.Mul(tip.Add(tip, baseFee(head)), new(big.Int).SetUint64(gas)), nil
}
