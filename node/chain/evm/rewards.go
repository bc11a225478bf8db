package evm

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

var _ chain.Pool = (*Client)(nil)

var eventClaimed = rewardsABI.GetABI().Events["Claimed"].ID

// checkPool refuses a pool of another marketplace.
func (c *Client) checkPool(ctx context.Context) error {
	at, err := c.pool()
	if err != nil {
		return nil // the network has none, or nobody told this client
	}
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{at, rewardsABI.PackMarketplace(), &out}); err != nil {
		return fmt.Errorf("cannot read the pool of rewards %s: %w", at, err)
	}
	if of, err := rewardsABI.UnpackMarketplace(out); err != nil || of != c.contracts.Marketplace {
		return fmt.Errorf("%s is no pool of rewards of the marketplace %s", at, c.contracts.Marketplace)
	}
	return nil
}

// pool returns where the pool is.
func (c *Client) pool() (common.Address, error) {
	if c.contracts.Rewards == (common.Address{}) {
		return common.Address{}, fmt.Errorf(`%w: "rewards" is not among the contracts of chain.json`, chain.ErrNoPool)
	}
	return c.contracts.Rewards, nil
}

// askPool makes calls to the pool in one round trip.
func (c *Client) askPool(ctx context.Context, queries ...[]byte) ([]hexutil.Bytes, error) {
	at, err := c.pool()
	if err != nil {
		return nil, err
	}
	out, qs := make([]hexutil.Bytes, len(queries)), make([]call, len(queries))
	for i, q := range queries {
		qs[i] = call{at, q, &out[i]}
	}
	return out, c.calls(ctx, "latest", qs...)
}

// PoolTerms implements chain.Pool.
func (c *Client) PoolTerms(ctx context.Context) (chain.PoolTerms, error) {
	out, err := c.askPool(ctx, rewardsABI.PackDelay(), rewardsABI.PackMost())
	if err != nil {
		return chain.PoolTerms{}, err
	}
	v, err := c.parameters(ctx)
	if err != nil {
		return chain.PoolTerms{}, err
	}
	delay, err1 := rewardsABI.UnpackDelay(out[0])
	most, err2 := rewardsABI.UnpackMost(out[1])
	if err := errors.Join(err1, err2); err != nil {
		return chain.PoolTerms{}, err
	}
	return chain.PoolTerms{Delay: poc.Millis(delay.Int64()), Most: market.Amount(most), SlashBps: uint32(v.SlashBps)}, nil
}

// PoolState implements chain.Pool.
func (c *Client) PoolState(ctx context.Context) (chain.PoolState, error) {
	out, err := c.askPool(ctx, rewardsABI.PackState())
	if err != nil {
		return chain.PoolState{}, err
	}
	s, err := rewardsABI.UnpackState(out[0])
	if err != nil {
		return chain.PoolState{}, err
	}
	holds, claimed := market.Amount(s.Holds.Uint64()), market.Amount(s.Open)
	return chain.PoolState{Holds: holds, Claimed: claimed, Free: holds - claimed}, nil
}

// FundPool implements chain.Pool.
func (c *Client) FundPool(ctx context.Context, amount market.Amount) (market.Receipt, error) {
	at, err := c.pool()
	if err != nil {
		return market.Receipt{}, err
	}
	p := c.transfer(at, amount, nil)
	if err := c.fillWallet(ctx, p.spend); err != nil {
		return market.Receipt{}, err
	}
	r, err := c.actAt(ctx, p.to, p.data)
	if err != nil {
		return market.Receipt{}, err
	}
	return market.Receipt{Tx: r.TxHash.Hex(), Height: r.BlockNumber.Uint64(), Amount: amount}, nil
}

// Claimed implements chain.Pool.
func (c *Client) Claimed(ctx context.Context, a poc.Account) (next uint32, through uint64, err error) {
	account, err := ParseAccount(a)
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	out, err := c.askPool(ctx, rewardsABI.PackAccounts(account))
	if err != nil {
		return 0, 0, err
	}
	w, err := rewardsABI.UnpackAccounts(out[0])
	return w.Next, w.Through, err
}

// claimed reads a claim. It was made if its number is less than the account's next.
func (c *Client) claimed(ctx context.Context, account common.Address, number uint32) (k bindings.RewardsClaim, made bool, _ error) {
	out, err := c.askPool(ctx, rewardsABI.PackAccounts(account), rewardsABI.PackClaimOf(account, number))
	if err != nil {
		return k, false, err
	}
	w, err1 := rewardsABI.UnpackAccounts(out[0])
	k, err2 := rewardsABI.UnpackClaimOf(out[1])
	return k, number < w.Next, errors.Join(err1, err2)
}

// Claims are listed by the page. Accounts have 16 open ones each, so to hide one behind as many as are looked at takes 256 stakes.
const (
	claimPage  = 256
	claimPages = 16
)

// OpenClaims implements chain.Pool. All claims wait equally long, so none that can still be judged is older than a page without any that is open.
func (c *Client) OpenClaims(ctx context.Context) ([]chain.PoolClaim, error) {
	out, err := c.askPool(ctx, rewardsABI.PackList(new(big.Int), new(big.Int)))
	if err != nil {
		return nil, err
	}
	all, err := rewardsABI.UnpackList(out[0])
	if err != nil {
		return nil, err
	}
	var open []bindings.RewardsEntry
	for before, page := all.Count.Uint64(), 0; before > 0 && page < claimPages; page++ {
		n := min(before, claimPage)
		before -= n
		out, err := c.askPool(ctx, rewardsABI.PackList(new(big.Int).SetUint64(before), new(big.Int).SetUint64(n)))
		if err != nil {
			return nil, err
		}
		some, err := rewardsABI.UnpackList(out[0])
		if err != nil {
			return nil, err
		}
		kept := slices.DeleteFunc(some.Out, func(e bindings.RewardsEntry) bool { return e.Claim.Amount == 0 })
		if len(kept) == 0 {
			break
		}
		open = append(kept, open...)
	}
	return c.toldClaims(ctx, open)
}

// claimKey names a claim.
type claimKey struct {
	account common.Address
	number  uint32
}

// toldClaims adds to claims, which are in the order in which they were made, what only their events say.
func (c *Client) toldClaims(ctx context.Context, entries []bindings.RewardsEntry) ([]chain.PoolClaim, error) {
	told := map[claimKey]*bindings.RewardsClaimed{}
	var out []chain.PoolClaim
	known := uint64(0) // block through which events were read
	for _, e := range entries {
		if made := uint64(e.Claim.Made); made > known {
			known = min(made+logSpan-1, uint64(entries[len(entries)-1].Claim.Made))
			logs, err := c.ends.filterLogs(ctx, ethereum.FilterQuery{
				FromBlock: new(big.Int).SetUint64(made), ToBlock: new(big.Int).SetUint64(known),
				Addresses: []common.Address{c.contracts.Rewards}, Topics: [][]common.Hash{{eventClaimed}},
			})
			if err != nil {
				return nil, err
			}
			for i := range logs {
				if logs[i].Removed {
					continue
				}
				if err := with(rewardsABI.UnpackClaimedEvent, &logs[i], func(ev *bindings.RewardsClaimed) { told[claimKey{ev.Account, ev.Number}] = ev }); err != nil {
					return nil, err
				}
			}
		}
		ev := told[claimKey{e.Account, e.Number}]
		if ev == nil {
			return nil, fmt.Errorf("the endpoint does not show what %s said with claim %d", AccountOf(e.Account), e.Number)
		}
		out = append(out, chain.PoolClaim{
			Account: AccountOf(e.Account), Number: e.Number, Through: e.Claim.Through, Amount: market.Amount(e.Claim.Amount), Document: e.Claim.Document,
			Signature: ev.Rvs, Where: ev.Where, Until: poc.Time(e.Claim.Until.Int64()), After: e.Since,
		})
	}
	return out, nil
}

// ClaimPool implements chain.Pool.
func (c *Client) ClaimPool(ctx context.Context, k chain.PoolClaim) (market.Receipt, error) {
	at, err := c.pool()
	if err != nil {
		return market.Receipt{}, err
	}
	if k.Account != c.Account() {
		return market.Receipt{}, fmt.Errorf("%w: a claim is made by its author, %s", chain.ErrRefused, k.Account)
	}
	done := func() (bool, error) {
		had, made, err := c.claimed(ctx, c.from, k.Number)
		return err == nil && made && had.Document == k.Document, err
	}
	if is, err := done(); is || err != nil {
		return market.Receipt{Height: c.height()}, err
	}
	r, err := c.actAt(ctx, at, rewardsABI.PackClaim(k.Number, k.Through, uint64(k.Amount), k.Document, k.Signature, k.Where))
	if err != nil {
		if is, again := done(); again == nil && is {
			return market.Receipt{Height: c.height()}, nil // an earlier transaction came through meanwhile
		}
		return market.Receipt{}, err
	}
	return market.Receipt{Tx: r.TxHash.Hex(), Height: r.BlockNumber.Uint64(), Amount: k.Amount}, nil
}

var _ chain.PoolPricer = (*Client)(nil)

// PoolCost implements chain.PoolPricer, as ClaimCost.
func (c *Client) PoolCost(ctx context.Context, k chain.PoolClaim) (*big.Int, error) {
	at, err := c.pool()
	if err != nil {
		return nil, err
	}
	return c.price(ctx, at, rewardsABI.PackClaim(k.Number, k.Through, uint64(k.Amount), k.Document, k.Signature, k.Where))
}

// EndClaim implements chain.Pool.
func (c *Client) EndClaim(ctx context.Context, a poc.Account, number uint32) (market.Amount, error) {
	account, err := ParseAccount(a)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	had, made, err := c.claimed(ctx, account, number)
	switch {
	case err != nil:
		return 0, err
	case !made:
		return 0, fmt.Errorf("%w: %s has made no claim %d", chain.ErrRefused, a, number)
	case had.Amount == 0:
		return 0, nil
	}
	r, err := c.actAt(ctx, c.contracts.Rewards, rewardsABI.PackEnd(account, number))
	if err != nil {
		if has, _, again := c.claimed(ctx, account, number); again == nil && has.Amount == 0 {
			return 0, nil // somebody else was first
		}
		return 0, err
	}
	for _, l := range r.Logs {
		if l.Address != c.contracts.Rewards {
			continue
		}
		if ev, err := rewardsABI.UnpackPaidEvent(l); err == nil {
			return market.Amount(ev.Amount), nil
		}
	}
	return 0, nil // dropped
}
