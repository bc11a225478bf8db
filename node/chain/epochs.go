package chain

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// Epochs is a Settlement that tells when providers are challenged, and who they are.
type Epochs interface {
	// Height returns the newest block.
	Height(ctx context.Context) (uint64, error)

	// Epoch waits until the block is there with which an epoch begins, and returns what everybody derives from the chain up to it.
	// Nobody registered before the block since.
	Epoch(ctx context.Context, since, block uint64) (Epoch, error)
}

// BeaconChecker is a Settlement of which old beacons cannot be read everywhere, but checked.
type BeaconChecker interface {
	// SameBeacon reports whether a beacon that Beacon returned before is still the job's.
	SameBeacon(ctx context.Context, job poc.Hash, b market.Beacon) (bool, error)
}

// Epoch is what the chain says of an epoch. Nobody could know it before its block.
type Epoch struct {
	Beacon  poc.Hash
	Workers []market.Standing // registered by then, by account: Account, Peer and Stake
}

// Roster is the providers of an epoch: those with the least stake, weighing what they stake up to ten times of it. Of accounts
// that name the same peer the one with most at stake counts.
func (e Epoch) Roster(least market.Amount) (*poc.Roster, error) {
	const most = 10
	workers := slices.DeleteFunc(slices.Clone(e.Workers), func(s market.Standing) bool { return !s.Registered || s.Stake < least })
	slices.SortFunc(workers, func(a, b market.Standing) int {
		return cmp.Or(bytes.Compare(a.Peer[:], b.Peer[:]), cmp.Compare(b.Stake, a.Stake), cmp.Compare(a.Account, b.Account))
	})
	workers = slices.CompactFunc(workers, func(a, b market.Standing) bool { return a.Peer == b.Peer })
	cs := make([]poc.Candidate, len(workers))
	for i, s := range workers {
		cs[i] = poc.Candidate{Worker: poc.Worker{Peer: s.Peer, Account: s.Account}, Weight: uint64(min(s.Stake, most*max(least, 1)) / max(least/1000, 1))}
	}
	return poc.NewRoster(cs)
}
