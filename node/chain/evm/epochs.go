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

var _ chain.BeaconChecker = (*Client)(nil)

// SameBeacon implements chain.BeaconChecker: headers stay when the state is gone, and a block has one state.
func (c *Client) SameBeacon(ctx context.Context, job poc.Hash, b market.Beacon) (bool, error) {
	head, err := c.ends.header(ctx, new(big.Int).SetUint64(b.Height))
	return err == nil && b.Random == randomOf(head, job), err
}

func randomOf(head *types.Header, job poc.Hash) poc.Hash {
	block := head.Hash()
	return poc.Hash(crypto.Keccak256(block[:], job[:]))
}

var (
	eventRegistered = marketEvents.Events["Registered"].ID
	eventUnbonding  = marketEvents.Events["Unbonding"].ID
	eventSlashed    = marketEvents.Events["Slashed"].ID
	eventRestored   = marketEvents.Events["Restored"].ID
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
// last registration, less what was taken out, slashed, or taken by a fine since, and with what arbiters gave back.
func (c *Client) Epoch(ctx context.Context, since, block uint64) (chain.Epoch, error) {
	if err := c.heads.reach(ctx, block+c.confirmations-1); err != nil {
		return chain.Epoch{}, fmt.Errorf("block %d, with which an epoch begins, is not there yet: %w", block, err)
	}
	workers, err := c.workersAt(ctx, since, block)
	if err != nil {
		return chain.Epoch{}, err
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

const (
	registryDepth = 64      // blocks under the head, where no reorganization gets to
	maxRegistry   = 1 << 17 // events that are kept; what comes after them is read each time
)

// registry is what is kept of the registry's events: all of the blocks from since to before next, as one endpoint showed them. Another is asked anew.
type registry struct {
	busy        chan struct{} // capacity 1: whoever has put something in owns the rest
	endpoint    int
	since, next uint64
	events      []registration
}

// registration is what an event says of a worker.
type registration struct {
	block   uint64
	account common.Address
	fresh   bool // it has registered: stake and peer are these; else it has so much less at stake,
	back    bool // or more, as a conviction was undone
	peer    poc.PeerID
	stake   market.Amount
}

// workersAt returns who is registered at a block, when nobody was before since.
func (c *Client) workersAt(ctx context.Context, since, block uint64) (map[common.Address]market.Standing, error) {
	r := &c.registry
	select {
	case r.busy <- struct{}{}:
		defer func() { <-r.busy }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if at := c.ends.current(); r.endpoint != at || r.since != since || r.next < since {
		r.endpoint, r.since, r.next, r.events = at, since, since, nil
	}
	workers := map[common.Address]market.Standing{}
	for _, e := range r.events {
		if e.block <= block {
			e.apply(workers)
		}
	}
	for first := r.next; first <= block; first += logSpan {
		last := min(first+logSpan-1, block)
		events, err := c.registrations(ctx, first, last)
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			e.apply(workers)
		}
		if len(workers) > poc.MaxRoster {
			return nil, fmt.Errorf("more than %d accounts are registered", poc.MaxRoster)
		}
		if first == r.next && last+registryDepth <= c.height() && len(r.events)+len(events) <= maxRegistry && r.endpoint == c.ends.current() {
			r.events, r.next = append(r.events, events...), last+1
		}
	}
	return workers, nil
}

// registrations reads what events of some blocks say of workers.
func (c *Client) registrations(ctx context.Context, first, last uint64) (out []registration, _ error) {
	logs, err := c.ends.filterLogs(ctx, ethereum.FilterQuery{
		FromBlock: new(big.Int).SetUint64(first), ToBlock: new(big.Int).SetUint64(last),
		Addresses: []common.Address{c.contracts.Marketplace}, Topics: [][]common.Hash{{eventRegistered, eventUnbonding, eventSlashed, eventRestored}},
	})
	if err != nil {
		return nil, err
	}
	logs = slices.DeleteFunc(logs, func(l types.Log) bool { return l.Removed || len(l.Topics) == 0 })
	slices.SortStableFunc(logs, func(a, b types.Log) int {
		return cmp.Or(cmp.Compare(a.BlockNumber, b.BlockNumber), cmp.Compare(a.Index, b.Index))
	})
	logs = slices.CompactFunc(logs, func(a, b types.Log) bool { return a.BlockNumber == b.BlockNumber && a.Index == b.Index }) // shown twice
	for i := range logs {
		e := registration{block: logs[i].BlockNumber}
		if err := e.read(&logs[i]); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

func (e *registration) read(l *types.Log) error {
	switch l.Topics[0] {
	case eventRegistered:
		return with(marketABI.UnpackRegisteredEvent, l, func(ev *bindings.MarketplaceRegistered) {
			e.account, e.fresh, e.peer, e.stake = ev.Account, true, ev.Peer, market.Amount(ev.Stake)
		})
	case eventUnbonding:
		return with(marketABI.UnpackUnbondingEvent, l, func(ev *bindings.MarketplaceUnbonding) { e.account, e.stake = ev.Account, market.Amount(ev.Amount) })
	case eventRestored:
		return with(marketABI.UnpackRestoredEvent, l, func(ev *bindings.MarketplaceRestored) {
			e.account, e.back, e.stake = ev.Account, true, market.Amount(ev.Amount)
		})
	}
	return with(marketABI.UnpackSlashedEvent, l, func(ev *bindings.MarketplaceSlashed) { e.account, e.stake = ev.Account, market.Amount(ev.Amount) })
}

func (e *registration) apply(workers map[common.Address]market.Standing) {
	w, known := workers[e.account]
	switch {
	case e.fresh:
		w = market.Standing{Account: w.Account, Peer: e.peer, Registered: true, Stake: e.stake}
		if !known {
			w.Account = AccountOf(e.account)
		}
	case known && e.back:
		w.Stake += e.stake
	case known:
		w.Stake -= min(w.Stake, e.stake)
	default:
		return
	}
	workers[e.account] = w
}
