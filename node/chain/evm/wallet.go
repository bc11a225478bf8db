package evm

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"gpumesh/market"
	"gpumesh/poc"
)

// Wallet is what an account has, and where.
type Wallet struct {
	Account   poc.Account   `json:"account"`
	Peer      *poc.PeerID   `json:"peer,omitempty"` // nil: not registered
	Tokens    market.Amount `json:"tokens"`         // in the account itself
	Earned    market.Amount `json:"earned"`         // paid by claims, to be withdrawn
	Stake     market.Amount `json:"stake"`
	Unbonding market.Amount `json:"unbonding"`         // stake on its way out
	Release   *time.Time    `json:"release,omitempty"` // when that can be withdrawn
	Payout    poc.Account   `json:"payout"`            // where withdrawals go
	Native    string        `json:"native"`            // in wei
}

// Wallet reads the account's money.
func (c *Client) Wallet(ctx context.Context) (Wallet, error) {
	w, err := c.worker(ctx, c.from)
	if err != nil {
		return Wallet{}, err
	}
	free, native, err := c.Balance(ctx, c.Account())
	if err != nil {
		return Wallet{}, err
	}
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Token, tokenABI.PackBalanceOf(c.from), &out}); err != nil {
		return Wallet{}, err
	}
	tokens, err := tokenABI.UnpackBalanceOf(out)
	if err != nil {
		return Wallet{}, err
	}
	wallet := Wallet{
		Account: c.Account(), Tokens: min(free, market.Amount(tokens.Uint64())), Earned: market.Amount(w.Earned), Stake: market.Amount(w.Stake),
		Unbonding: market.Amount(w.Unbonding), Payout: c.Account(), Native: native,
	}
	if w.Peer != [32]byte{} {
		peer := poc.PeerID(w.Peer)
		wallet.Peer = &peer
	}
	if w.Unbonding > 0 {
		release := time.UnixMilli(w.Release.Int64()).UTC()
		wallet.Release = &release
	}
	if w.Payout != (common.Address{}) {
		wallet.Payout = AccountOf(w.Payout)
	}
	return wallet, nil
}

// Unstake starts to take stake out; it can be withdrawn after the unbonding delay. A second call adds to the first and starts
// the delay anew: unlike the operations of the market it is not idempotent.
func (c *Client) Unstake(ctx context.Context, amount market.Amount) (market.Receipt, error) {
	return c.act(ctx, marketABI.PackUnbond(c.from, uint64(amount)))
}

// Withdraw sends what the account earned, and the stake whose delay is over, to its payout address. The receipt's amount is
// their sum; with nothing to withdraw it is empty.
func (c *Client) Withdraw(ctx context.Context) (market.Receipt, error) {
	w, err := c.worker(ctx, c.from)
	if err != nil {
		return market.Receipt{}, err
	}
	var total market.Receipt
	head, err := c.ends.header(ctx, nil)
	if err != nil {
		return market.Receipt{}, err
	}
	released := w.Unbonding > 0 && c.heads.time(head).UnixMilli() >= w.Release.Int64()
	for _, part := range []struct {
		due    bool
		amount uint64
		data   []byte
	}{
		{w.Earned > 0, w.Earned, marketABI.PackWithdrawEarned(c.from)},
		{released, w.Unbonding, marketABI.PackWithdrawStake(c.from)},
	} {
		if !part.due {
			continue
		}
		r, err := c.act(ctx, part.data)
		if err != nil {
			return total, err
		}
		total.Tx, total.Height, total.Amount = r.Tx, r.Height, total.Amount+market.Amount(part.amount)
	}
	return total, nil
}

// act makes a transaction to the marketplace.
func (c *Client) act(ctx context.Context, data []byte) (market.Receipt, error) {
	r, err := c.actAt(ctx, c.contracts.Marketplace, data)
	if err != nil {
		return market.Receipt{}, err
	}
	return market.Receipt{Tx: r.TxHash.Hex(), Height: r.BlockNumber.Uint64()}, nil
}
