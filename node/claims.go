package node

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// Claims says when a claim is worth its gas. A claim that is not waits for more certificates of its job, or for cheaper gas,
// but not into the last half of the network's settleGrace before the escrow expires.
type Claims struct {
	Worth  uint32        `json:"worth" yaml:"worth"`   // a claim pays so many times its gas; 0: gas does not matter
	Native market.Amount `json:"native" yaml:"native"` // tokens that one whole unit of the chain's own currency is worth
}

func (c Claims) validate(bad func(string, ...any)) {
	if c.Worth > 1_000_000 {
		bad("claims.worth is %d, want 0 to 1000000", c.Worth)
	}
	if c.Worth > 0 && c.Native == 0 {
		bad("claims.worth is %d and claims.native is 0; gas can be compared with pay only if the chain's own currency has a price", c.Worth)
	}
}

// wholeUnit is how many of its smallest units make one of the chain's own currency.
var wholeUnit = new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)

const claimLook = 10 * time.Second // at the chain, for what a claim costs

// thrift holds claims back until they are worth their gas.
type thrift struct {
	Claims
	settlement chain.Settlement
	grace      poc.Millis // the network's settleGrace
	now        func() poc.Time
}

// held says why an operation waits, and nothing if it does not. When the chain does not answer it does not wait: doing it
// will show what is wrong.
func (t *thrift) held(ctx context.Context, op market.Op) string {
	claim, ok := op.(market.Claim)
	if !ok || t == nil || t.Worth == 0 {
		return ""
	}
	pricer, ok := t.settlement.(chain.Pricer)
	if !ok {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, claimLook)
	defer cancel()
	escrow, err := t.settlement.Escrow(ctx, claim.Job)
	if err != nil || escrow.Terms.Expiry <= t.now().Add(t.grace/2) {
		return ""
	}
	cost, err := pricer.ClaimCost(ctx, claim)
	if err != nil {
		return ""
	}
	least := new(big.Int).Mul(cost, new(big.Int).SetUint64(uint64(t.Native)))
	least.Div(least.Mul(least, big.NewInt(int64(t.Worth))), wholeUnit)
	if pays := paysOf(claim, escrow.Terms.Quorum); least.Cmp(new(big.Int).SetUint64(uint64(pays))) > 0 {
		return fmt.Sprintf("the claim pays %v and has to pay %d times its gas of %v of the chain's smallest unit", pays, t.Worth, cost)
	}
	return ""
}

// paysOf is what a claim pays to all workers, if none of it is settled yet.
func paysOf(c market.Claim, quorum uint32) (sum market.Amount) {
	for _, cert := range c.Certificates {
		for _, seat := range cert.Payees(quorum) {
			if int(seat) < len(c.Seats) {
				sum += c.Seats[seat].Ask
			}
		}
	}
	return sum
}
