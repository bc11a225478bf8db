package node

import (
	"context"
	"errors"
	"math/big"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/semaphore"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// gasChain is a chain on which a claim has a price.
type gasChain struct {
	chain.Settlement
	terms  market.Terms
	cost   *big.Int
	broken error
	claims int
}

func (c *gasChain) Escrow(context.Context, poc.Hash) (market.Escrow, error) {
	return market.Escrow{Terms: c.terms}, c.broken
}

func (c *gasChain) ClaimCost(context.Context, market.Claim) (*big.Int, error) {
	return new(big.Int).Set(c.cost), c.broken
}

func (c *gasChain) Submit(context.Context, market.Op) (market.Receipt, error) {
	c.claims++
	return market.Receipt{Tx: "0x1"}, nil
}

// claimOf is a claim for tasks, each of which two of three seats are paid for: 3 NLOV.
func claimOf(tasks uint32) market.Claim {
	c := market.Claim{Job: poc.Hash{1}, Seats: []market.Seat{{Account: "a", Ask: market.NLOV}, {Account: "b", Ask: 2 * market.NLOV}, {Account: "c", Ask: 4 * market.NLOV}}}
	for i := range tasks {
		cert := poc.Certificate{Job: c.Job, Task: i}
		for _, a := range []poc.Account{"a", "b"} {
			cert.Attestations = append(cert.Attestations, poc.Attestation{Account: a, Agreed: 0b011})
		}
		c.Certificates = append(c.Certificates, cert)
	}
	return c
}

// A claim waits while its gas is dear, and until it is worth that: more tasks, cheaper gas, or an escrow that ends soon.
func TestClaimsWaitUntilWorthTheirGas(t *testing.T) {
	gwei := big.NewInt(1_000_000_000)
	gas := func(n int64) *big.Int { return new(big.Int).Mul(big.NewInt(n), gwei) } // in gwei
	const now, grace = poc.Time(1_000_000), poc.Millis(600_000)
	c := &gasChain{terms: market.Terms{Quorum: 2, Expiry: now.Add(2 * grace)}}
	m, err := newMetrics(prometheus.NewRegistry())
	require.NoError(t, err)
	o := &operations{settlement: c, log: discard(), metrics: m, ctx: t.Context(), slots: semaphore.NewWeighted(1)}
	// One unit of the currency is worth 10,000 NLOV, and a claim is to pay ten times its gas: 3 NLOV pay 30,000 gwei.
	o.thrift = &thrift{Claims{Worth: 10, Native: 10_000 * market.NLOV}, c, grace, func() poc.Time { return now }}
	for _, x := range []struct {
		name  string
		tasks uint32
		cost  *big.Int
		claim bool
		alter func()
	}{
		{"just worth it", 1, gas(30_000), true, nil},
		{"too dear", 1, gas(30_001), false, nil},
		{"more tasks", 2, gas(60_000), true, nil},
		{"dear again", 2, gas(60_001), false, nil},
		{"the escrow ends soon", 1, gas(1_000_000_000), true, func() { c.terms.Expiry = now.Add(grace / 2) }},
		{"not so soon", 1, gas(1_000_000_000), false, func() { c.terms.Expiry = now.Add(grace/2 + 1) }},
		{"the chain does not answer", 1, gas(1_000_000_000), true, func() { c.broken = errors.New("down") }},
		{"nobody cares", 1, gas(1_000_000_000), true, func() { c.broken, o.thrift.Worth = nil, 0 }},
	} {
		t.Run(x.name, func(t *testing.T) {
			if x.alter != nil {
				x.alter()
			}
			c.cost, c.claims = x.cost, 0
			done, err := o.attempt(market.Submission{Key: "claim/x/1", Op: claimOf(x.tasks)})
			require.NoError(t, err)
			if x.claim {
				require.Equal(t, 1, c.claims)
				require.Empty(t, done.Refused)
			} else {
				require.Zero(t, c.claims)
				require.Contains(t, done.Refused, "10 times its gas")
			}
		})
	}
	o.thrift.Worth = 10
	done, err := o.attempt(market.Submission{Key: "refund/x", Op: market.Refund{}})
	require.NoError(t, err)
	require.Empty(t, done.Refused, "only claims wait")
}

func TestClaimsConfig(t *testing.T) {
	c := Defaults()
	require.Zero(t, c.Claims)
	c.Claims.Worth = 3
	require.ErrorContains(t, c.Validate(), "claims.worth is 3 and claims.native is 0")
	c.Claims = Claims{Worth: 2_000_000, Native: 1}
	require.ErrorContains(t, c.Validate(), "claims.worth is 2000000")
}
