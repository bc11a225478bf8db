package evm

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"gpumesh/market"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

const (
	logSpan    = 5_000 // blocks asked for at once; public endpoints refuse more
	maxHistory = 4_096 // entries of one job
)

// History implements chain.Settlement.
func (c *Client) History(ctx context.Context, job poc.Hash) ([]market.Entry, error) {
	j, err := c.job(ctx, job)
	if err != nil || j.Owner == (common.Address{}) {
		return nil, err
	}
	last, err := c.eth.BlockNumber(ctx)
	if err != nil {
		return nil, err
	}
	var entries []market.Entry
	for first := j.Locked.Uint64(); first <= last; first += logSpan {
		logs, err := c.eth.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(first), ToBlock: new(big.Int).SetUint64(min(first+logSpan-1, last)),
			Addresses: []common.Address{c.contracts.Marketplace}, Topics: [][]common.Hash{nil, {common.Hash(job)}},
		})
		if err != nil {
			return nil, err
		}
		for len(logs) > 0 {
			n := 1
			for n < len(logs) && logs[n].TxHash == logs[0].TxHash {
				n++
			}
			of := make([]*types.Log, n)
			for i := range of {
				of[i] = &logs[i]
			}
			e, err := readLogs(c.contracts.Marketplace, of)
			if err != nil {
				return nil, err
			}
			e.Receipt.Tx, e.Receipt.Height = logs[0].TxHash.Hex(), logs[0].BlockNumber
			entries = append(entries, e)
			logs = logs[n:]
		}
		if len(entries) > maxHistory {
			return nil, fmt.Errorf("job %s has more than %d settlement transactions", job.Short(), maxHistory)
		}
	}
	return entries, nil
}

var (
	marketEvents   = marketABI.GetABI()
	eventLocked    = marketEvents.Events["Locked"].ID
	eventAnchored  = marketEvents.Events["Anchored"].ID
	eventSettled   = marketEvents.Events["Settled"].ID
	eventPaid      = marketEvents.Events["Paid"].ID
	eventRefunded  = marketEvents.Events["Refunded"].ID
	eventConvicted = marketEvents.Events["Convicted"].ID
)

// readLogs makes an entry of the marketplace's events of one transaction; its hash and height are left to the caller.
func readLogs(marketplace common.Address, logs []*types.Log) (market.Entry, error) {
	var e market.Entry
	r := &e.Receipt
	for _, l := range logs {
		if l.Address != marketplace || len(l.Topics) == 0 {
			continue
		}
		var err error
		switch l.Topics[0] {
		case eventLocked:
			e.Kind = "lock"
			err = with(marketABI.UnpackLockedEvent, l, func(ev *bindings.MarketplaceLocked) { r.Amount = market.Amount(ev.Budget) })
		case eventAnchored:
			e.Kind = "anchor"
		case eventSettled:
			e.Kind = "claim"
			err = with(marketABI.UnpackSettledEvent, l, func(ev *bindings.MarketplaceSettled) { r.Tasks = append(r.Tasks, ev.Task) })
		case eventPaid:
			err = with(marketABI.UnpackPaidEvent, l, func(ev *bindings.MarketplacePaid) {
				r.Pays = append(r.Pays, market.Pay{Account: AccountOf(ev.Account), Amount: market.Amount(ev.Amount)})
			})
		case eventRefunded:
			if e.Kind == "" { // else the rest of a claim that settled the last task
				e.Kind = "refund"
			}
			err = with(marketABI.UnpackRefundedEvent, l, func(ev *bindings.MarketplaceRefunded) { r.Amount = market.Amount(ev.Amount) })
		case eventConvicted:
			e.Kind = "slash"
			err = with(marketABI.UnpackConvictedEvent, l, func(ev *bindings.MarketplaceConvicted) {
				e.Account, r.Amount, r.Tasks = AccountOf(ev.Account), market.Amount(ev.Amount), []uint32{ev.Task}
			})
		}
		if err != nil {
			return e, fmt.Errorf("the events of transaction %s cannot be read: %w", l.TxHash, err)
		}
	}
	return e, nil
}

func with[E any](unpack func(*types.Log) (*E, error), l *types.Log, take func(*E)) error {
	ev, err := unpack(l)
	if err == nil {
		take(ev)
	}
	return err
}
