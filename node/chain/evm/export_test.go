package evm

import (
	"crypto/ecdsa"

	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// Spoil changes the rewards of a batch behind its back, and makes a tree of what comes out. It returns what change does.
func (b *Batch) Spoil(change func([]bindings.BatchesReward) uint32) uint32 {
	index := change(b.rewards)
	var err error
	if b.levels, err = merkle(b.rewards); err != nil {
		panic(err)
	}
	return index
}

// Overcharge charges a job of a batch more than its rewards. It returns the index of the last of them.
func (b *Batch) Overcharge(job int) uint32 {
	b.jobs[job].Pay++
	return b.jobs[job].Last
}

// SignWith signs a statement with any key.
func SignWith(v Verifier, key *ecdsa.PrivateKey, s poc.Statement) ([]byte, error) {
	return v.sign(key, s)
}
