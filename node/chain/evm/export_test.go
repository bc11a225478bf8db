package evm

import (
	"context"
	"crypto/ecdsa"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// AccuseArgs is the message that opens a case.
var AccuseArgs = accuseArgs

// Spoil changes the rewards of a batch behind its back, and makes a tree of what comes out. It returns what change does.
func (b *Batch) Spoil(change func([]bindings.BatchesReward) uint32) uint32 {
	index := change(b.rewards)
	var err error
	if b.levels, err = merkle(b.rewards); err != nil {
		panic(err)
	}
	return index
}

// Charged says what a job of a batch is charged, and which of its rewards is the last.
func (b *Batch) Charged(job int) (pay uint64, last uint32) { return b.jobs[job].Pay, b.jobs[job].Last }

// Charge says what a job of a batch is charged, and which of its rewards is the last.
func (b *Batch) Charge(job int, pay uint64, last uint32) {
	b.jobs[job].Pay, b.jobs[job].Last = pay, last
}

// NewestConvictions looks at so many, by pages.
func (c *Client) NewestConvictions(ctx context.Context, most, page uint64) ([]chain.Conviction, error) {
	return c.newestConvictions(ctx, most, page)
}

// SignVerdictWith signs a verdict with any key.
func SignVerdictWith(chainID *big.Int, arbiters common.Address, key *ecdsa.PrivateKey, id uint64, guilty bool) ([]byte, error) {
	c := Client{contracts: Contracts{Arbiters: arbiters}, sender: &sender{chainID: chainID, key: key}}
	return c.SignVerdict(id, guilty)
}

// Explain says in a sentence what a contract reverted with.
var Explain = explain

// PackSeating is a seating as the contracts get it.
func PackSeating(s market.Seating) ([]byte, error) {
	packed, err := packSeating(s)
	return packed.raw, err
}

// SignWith signs a statement with any key.
func SignWith(v Verifier, key *ecdsa.PrivateKey, s poc.Statement) ([]byte, error) {
	return v.sign(key, s)
}

// PaysOf reads what is shown of a job of a final batch.
func (b *Batch) PaysOf(job int, shown []byte) ([]market.BatchPay, error) {
	e := b.jobs[job]
	return paysOf(e.Job, bindings.ChargesOutput{Batch: 1, Pay: e.Pay, Last: e.Last}, bindings.BatchesBatch{
		Count: uint32(len(b.rewards)), Depth: uint8(len(b.levels) - 1), Root: b.Root(),
	}, shown)
}
