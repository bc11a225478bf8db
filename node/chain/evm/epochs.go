package evm

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

var _ chain.Epochs = (*Client)(nil)

var (
	eventRegistered = marketEvents.Events["Registered"].ID
	eventUnbonding  = marketEvents.Events["Unbonding"].ID
	eventSlashed    = marketEvents.Events["Slashed"].ID
)

// Height implements chain.Epochs.
func (c *Client) Height(ctx context.Context) (uint64, error) {
	head, err := c.ends.header(ctx, nil)
	if err != nil {
		return 0, err
	}
	return head.Number.Uint64(), nil
}

// Epoch implements chain.Epochs. The beacon is keccak256 of the block's hash and a domain. Workers are read from the registry's events, which
// every node keeps, and not from the state at that block, which few have for longer than 128 blocks: a stake is what it was at the
// last registration, less what was taken out, slashed, or taken by a fine since.
func (c *Client) Epoch(ctx context.Context, since, block uint64) (chain.Epoch, error) {
	if err := c.heads.reach(ctx, block+c.confirmations-1); err != nil {
		return chain.Epoch{}, fmt.Errorf("block %d, with which an epoch begins, is not there yet: %w", block, err)
	}
	workers := map[common.Address]market.Standing{}
	for first := since; first <= block; first += logSpan {
		logs, err := c.ends.filterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(first), ToBlock: new(big.Int).SetUint64(min(first+logSpan-1, block)),
			Addresses: []common.Address{c.contracts.Marketplace}, Topics: [][]common.Hash{{eventRegistered, eventUnbonding, eventSlashed}},
		})
		if err != nil {
			return chain.Epoch{}, err
		}
		logs = slices.DeleteFunc(logs, func(l types.Log) bool { return l.Removed || len(l.Topics) == 0 })
		slices.SortStableFunc(logs, func(a, b types.Log) int {
			return cmp.Or(cmp.Compare(a.BlockNumber, b.BlockNumber), cmp.Compare(a.Index, b.Index))
		})
		logs = slices.CompactFunc(logs, func(a, b types.Log) bool { return a.BlockNumber == b.BlockNumber && a.Index == b.Index }) // shown twice
		for i := range logs {
			if err := register(workers, &logs[i]); err != nil {
				return chain.Epoch{}, err
			}
		}
		if len(workers) > poc.MaxRoster {
			return chain.Epoch{}, fmt.Errorf("more than %d accounts are registered", poc.MaxRoster)
		}
	}
	head, err := c.ends.header(ctx, new(big.Int).SetUint64(block))
	if err != nil {
		return chain.Epoch{}, err
	}
	hash := head.Hash()
	e := chain.Epoch{Beacon: poc.Hash(crypto.Keccak256([]byte("gpumesh/epoch/1"), hash[:]))}
	for _, a := range slices.SortedFunc(maps.Keys(workers), common.Address.Cmp) {
		e.Workers = append(e.Workers, workers[a])
	}
	return e, nil
}

// register takes over what an event says of a worker.
func register(workers map[common.Address]market.Standing, l *types.Log) error {
	less := func(a common.Address, amount uint64) {
		if w, known := workers[a]; known {
			w.Stake -= min(w.Stake, market.Amount(amount))
			workers[a] = w
		}
	}
	switch l.Topics[0] {
	case eventRegistered:
		return with(marketABI.UnpackRegisteredEvent, l, func(ev *bindings.MarketplaceRegistered) {
			workers[ev.Account] = market.Standing{Account: AccountOf(ev.Account), Peer: ev.Peer, Registered: true, Stake: market.Amount(ev.Stake)}
		})
	case eventUnbonding:
		return with(marketABI.UnpackUnbondingEvent, l, func(ev *bindings.MarketplaceUnbonding) { less(ev.Account, ev.Amount) })
	}
	return with(marketABI.UnpackSlashedEvent, l, func(ev *bindings.MarketplaceSlashed) { less(ev.Account, ev.Amount) })
}
