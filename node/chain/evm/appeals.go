package evm

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// Bounds of Convictions: each of them cost somebody a slash.
const (
	maxConvictions = 4_096 // that are looked at, newest first
	someAtOnce     = 512   // of them, for one call
)

// Convictions implements chain.Court.
func (c *Client) Convictions(ctx context.Context) ([]chain.Conviction, error) {
	return c.newestConvictions(ctx, maxConvictions, someAtOnce)
}

// newestConvictions looks at so many, by pages.
func (c *Client) newestConvictions(ctx context.Context, most, page uint64) (out []chain.Conviction, _ error) {
	at := c.contracts.Arbiters
	var raw hexutil.Bytes
	if err := c.calls(ctx, "latest", call{at, arbitersABI.PackConvictionCount(), &raw}); err != nil {
		return nil, err
	}
	made, err := arbitersABI.UnpackConvictionCount(raw)
	if err != nil || made == 0 {
		return nil, err
	}
	count := uint64(made)
	for first := count - min(count, most) + 1; first <= count; first += page {
		some, err := c.convictionsOf(ctx, first, min(page, count-first+1))
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// convictionsOf reads those of n convictions, from a number on, that are not final.
func (c *Client) convictionsOf(ctx context.Context, first, n uint64) (out []chain.Conviction, _ error) {
	var raw hexutil.Bytes
	query := arbitersABI.PackConvictions(new(big.Int).SetUint64(first), new(big.Int).SetUint64(n))
	if err := c.calls(ctx, "latest", call{c.contracts.Arbiters, query, &raw}); err != nil {
		return nil, err
	}
	all, err := arbitersABI.UnpackConvictions(raw)
	if err != nil {
		return nil, err
	}
	if uint64(len(all.Out)) != n || len(all.IsVoid) != len(all.Out) {
		return nil, fmt.Errorf("the endpoint shows %d of %d convictions", len(all.Out), n)
	}
	for i, v := range all.Out {
		if v.Account == (common.Address{}) {
			continue
		}
		out = append(out, chain.Conviction{
			ID: first + uint64(i), Ref: poc.TaskRef{Job: v.Job, Task: v.Task}, Account: AccountOf(v.Account), Reporter: AccountOf(v.Reporter),
			Digest: v.Digest, Amount: market.Amount(v.Amount), Until: poc.Time(v.Until.Int64()), Appeal: uint64(v.Appeal), Void: all.IsVoid[i],
		})
	}
	return out, nil
}

// Appeal implements chain.Court.
func (c *Client) Appeal(ctx context.Context, id uint64, evidence poc.Hash, where string, signature []byte) (uint64, error) {
	all, err := c.convictionsOf(ctx, id, 1)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(all, func(v chain.Conviction) bool { return v.Account == c.Account() })
	if i < 0 {
		return 0, fmt.Errorf("%w: %w, or it is another account's", chain.ErrRefused, chain.ErrNoConviction)
	}
	v := all[i]
	return c.Accuse(ctx, Accusation{Ref: v.Ref, Account: v.Account, Digest: v.Digest, Signature: signature, Evidence: evidence, Where: where})
}

// EndConviction implements chain.Court.
func (c *Client) EndConviction(ctx context.Context, id uint64) error {
	_, err := c.actAt(ctx, c.contracts.Arbiters, arbitersABI.PackEnd(new(big.Int).SetUint64(id)))
	return err
}

// Truth implements chain.Court.
func (c *Client) Truth(ctx context.Context, ref poc.TaskRef) (poc.Hash, error) {
	var raw hexutil.Bytes
	query := arbitersABI.PackTruth(ref.Job, new(big.Int).SetUint64(uint64(ref.Task)))
	if err := c.calls(ctx, "latest", call{c.contracts.Arbiters, query, &raw}); err != nil {
		return poc.Hash{}, err
	}
	return arbitersABI.UnpackTruth(raw)
}
