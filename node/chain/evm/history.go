package evm

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"

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

// eventID names an event, which an endpoint may show twice.
type eventID struct {
	tx    common.Hash
	index uint
}

// History implements chain.Settlement.
func (c *Client) History(ctx context.Context, job poc.Hash) ([]market.Entry, error) {
	j, err := c.job(ctx, job)
	if err != nil || !exists(j) {
		return nil, err
	}
	head, err := c.ends.header(ctx, nil)
	if err != nil {
		return nil, err
	}
	last := head.Number.Uint64()
	var entries []market.Entry
	seen := map[eventID]bool{}
	var seats []seat
	for first := uint64(j.Panel.Locked); first <= last; first += logSpan {
		logs, err := c.ends.filterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(first), ToBlock: new(big.Int).SetUint64(min(first+logSpan-1, last)),
			Addresses: []common.Address{c.contracts.Marketplace}, Topics: [][]common.Hash{nil, {common.Hash(job)}},
		})
		if err != nil {
			return nil, err
		}
		logs = slices.DeleteFunc(logs, func(l types.Log) bool {
			id := eventID{l.TxHash, l.Index}
			twice := seen[id]
			seen[id] = true
			return twice || l.Removed
		})
		for len(logs) > 0 {
			n := 1
			for n < len(logs) && logs[n].TxHash == logs[0].TxHash {
				n++
			}
			of := make([]*types.Log, n)
			for i := range of {
				of[i] = &logs[i]
			}
			if of[0].Topics[0] == eventAnchored {
				if err := with(marketABI.UnpackAnchoredEvent, of[0], func(ev *bindings.MarketplaceAnchored) { seats = parseSeats(ev.Seating) }); err != nil {
					return nil, fmt.Errorf("the award of job %s cannot be read: %w", job.Short(), err)
				}
			}
			e, err := readLogs(c.contracts.Marketplace, of, seats)
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
	// What a batch closes looks like a refund. That it is one the state tells: only what is in a void one is taken out of it again.
	end := slices.IndexFunc(entries, func(e market.Entry) bool { return e.Kind == "refund" })
	if end >= 0 && j.Money.Closed {
		charge, err := c.charge(ctx, job)
		if err != nil {
			return nil, err
		}
		if charge.Batch != 0 {
			entries[end].Kind = "batch"
		}
	}
	return entries, nil
}

var (
	marketEvents   = marketABI.GetABI()
	eventLocked    = marketEvents.Events["Locked"].ID
	eventAnchored  = marketEvents.Events["Anchored"].ID
	eventSettled   = marketEvents.Events["Settled"].ID
	eventGraded    = marketEvents.Events["GradedWork"].ID
	lateSeats      = new(big.Int).SetUint64(math.MaxUint64) // of a grade
	eventToppedUp  = marketEvents.Events["ToppedUp"].ID
	eventFined     = marketEvents.Events["Fined"].ID
	eventRefunded  = marketEvents.Events["Refunded"].ID
	eventConvicted = marketEvents.Events["Convicted"].ID
)

// readLogs makes an entry of the marketplace's events of one transaction; its hash and height are left to the caller.
// seats are those of the job's award.
func readLogs(marketplace common.Address, logs []*types.Log, seats []seat) (market.Entry, error) {
	var e market.Entry
	r := &e.Receipt
	pays := make([]market.Amount, len(seats))
	var late uint64 // of the next claim, as the two below
	var share uint16
	var lateBps uint32
	count := func(paid, pay uint64) {
		e.Kind = "claim"
		var whole market.Amount
		for i, s := range seats {
			if paid>>i&1 != 0 {
				whole += market.Amount(s.ask)
			}
		}
		if whole == market.Amount(pay) { // without a grade: the last is of a certificate that fined, and paid nobody
			late, share = 0, 0
		}
		for i, s := range seats {
			if paid>>i&1 != 0 {
				pays[i] += market.Amount(s.ask).Graded(late>>i&1 != 0, share, lateBps)
			}
		}
		late, share = 0, 0
	}
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
			err = with(marketABI.UnpackSettledEvent, l, func(ev *bindings.MarketplaceSettled) {
				r.Tasks = append(r.Tasks, ev.Task)
				count(ev.Seats, ev.Pay)
			})
		case eventGraded:
			err = with(marketABI.UnpackGradedWorkEvent, l, func(ev *bindings.MarketplaceGradedWork) {
				late, share = new(big.Int).And(ev.Grade, lateSeats).Uint64(), uint16(new(big.Int).Rsh(ev.Grade, 64).Uint64())
				lateBps = uint32(ev.LateBps)
			})
		case eventToppedUp:
			err = with(marketABI.UnpackToppedUpEvent, l, func(ev *bindings.MarketplaceToppedUp) { count(ev.Seats, ev.Pay) })
		case eventFined:
			e.Kind = "claim"
			err = with(marketABI.UnpackFinedEvent, l, func(ev *bindings.MarketplaceFined) {
				r.Fines = append(r.Fines, market.Pay{Account: AccountOf(ev.Account), Amount: market.Amount(ev.Amount)})
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
		case eventRestored:
			e.Kind = "restore"
			err = with(marketABI.UnpackRestoredEvent, l, func(ev *bindings.MarketplaceRestored) {
				e.Account, r.Amount, r.Tasks = AccountOf(ev.Account), market.Amount(ev.Amount), []uint32{ev.Task}
			})
		}
		if err != nil {
			return e, fmt.Errorf("the events of transaction %s cannot be read: %w", l.TxHash, err)
		}
	}
	for i, s := range seats {
		if pays[i] == 0 {
			continue
		}
		pay := market.Pay{Account: AccountOf(s.account), Amount: pays[i]}
		if k := slices.IndexFunc(r.Pays, func(p market.Pay) bool { return p.Account == pay.Account }); k >= 0 {
			r.Pays[k].Amount += pay.Amount
		} else {
			r.Pays = append(r.Pays, pay)
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
