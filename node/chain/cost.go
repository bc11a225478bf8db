package chain

import (
	"context"
	"math/big"

	"gpumesh/market"
)

// Pricer is a Settlement that can say what a claim costs whoever submits it.
type Pricer interface {
	// ClaimCost estimates the gas of a claim in the smallest unit of the chain's own currency. Nothing is left of a claim that
	// would settle nothing.
	ClaimCost(ctx context.Context, c market.Claim) (*big.Int, error)
}
