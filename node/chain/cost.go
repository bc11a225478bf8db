package chain

import (
	"context"
	"math/big"

	"gpumesh/market"
	"gpumesh/poc"
)

// Payer is a Settlement that can say who is paid already, so that a node can claim what an earlier claim left out.
type Payer interface {
	// PaidSeats returns for each task of a job the bitmap of the seats that are paid, and of those that were paid less for being late.
	PaidSeats(ctx context.Context, job poc.Hash, tasks uint32) (paid, fined []uint64, err error)
}

// Clock is a Settlement that knows the chain's time: the only one that counts for what expires there.
type Clock interface {
	Time(ctx context.Context) (poc.Time, error)
}

// Pricer is a Settlement that can say what a claim costs whoever submits it.
type Pricer interface {
	// ClaimCost estimates the gas of a claim in the smallest unit of the chain's own currency. Nothing is left of a claim that
	// would settle nothing.
	ClaimCost(ctx context.Context, c market.Claim) (*big.Int, error)
}

// PoolPricer is a Pool that can say what a claim costs its author.
type PoolPricer interface {
	// PoolCost estimates the gas of making a claim, in the smallest unit of the chain's own currency. Ending it costs about as much again.
	PoolCost(ctx context.Context, c PoolClaim) (*big.Int, error)
}
