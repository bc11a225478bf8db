package evm_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// Whoever sends nothing in another's name, which every token allows, speaks for nobody: it neither binds others to peers nor locks
// their jobs.
func TestNobodySpeaksForOthers(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	s.register()
	r := newRaw(t)
	victim := addressOf(1)
	inTheNameOf := func(data []byte) error {
		return r.send(6, c.Token, tok.PackTransferFromAndCall(victim, c.Marketplace, new(big.Int), data))
	}
	stolen := func(data []byte) {
		t.Helper()
		err := inTheNameOf(data)
		require.Error(t, err)
		require.Equal(t, bindings.MarketplaceOnlyTokenErrorID().Hex()[:10], revertID(t, err))
	}
	word := func(n uint64) []byte { return common.BigToHash(new(big.Int).SetUint64(n)).Bytes() }
	stolen(slices.Concat(common.LeftPadBytes([]byte{9}, 32), word(uint64(100*market.NLOV))))
	st, err := s.as[0].Standing(r.ctx, s.as[1].Account())
	require.NoError(t, err)
	require.Equal(t, poc.PeerID{1}, st.Peer)

	// The victim is about to lock a job: its commitment is there, and everybody sees its lock.
	id := poc.Hash{7}
	require.NoError(t, r.send(1, c.Marketplace, mkt.PackCommit(crypto.Keccak256Hash(make([]byte, 12), victim[:], id[:]))))
	require.NoError(t, dev.Skip(r.ctx, 1))
	stolen(slices.Concat(id[:], word(1), word(1), word(1), word(0), word(uint64(s.expiry)), word(0), word(0)))
	terms := market.Terms{Tasks: 1, Quorum: 1, Replicas: 1, MaxPrice: market.NLOV, Budget: 2 * market.NLOV, Expiry: s.expiry}
	s.submit(1, market.LockEscrow{Job: id, Terms: terms})
}

// A batch that nobody doubts, as nobody else has a job in it, pays what its own job holds and no more: the money of other batches, the
// bonds and the deposits stay.
func TestBatchTakesNothingOfOthers(t *testing.T) {
	b := newBatcher(t)
	ids, rewards := b.certified(2, 1)
	honest := b.build(rewards[:3], ids[:1])
	first := b.post(honest)
	false1 := b.build(rewards[3:], ids[1:])
	thief := false1.Opening(0).Reward.Account
	false1.Spoil(func(r []bindings.BatchesReward) uint32 {
		r[0].Total = uint64(4*market.NLOV) / 10 // more than the job is charged, less than the contract has
		return 0
	})
	second := b.post(false1)
	b.skip(window())
	require.NoError(t, b.raw.send(4, b.c.Batches, bat.PackFinalize(first)))
	require.NoError(t, b.raw.send(4, b.c.Batches, bat.PackFinalize(second)))
	o, ok := false1.Last(thief)
	require.True(t, ok)
	b.refused(bindings.BatchesOverdrawnErrorID(), b.raw.send(5, b.c.Batches, bat.PackWithdraw(second, o)))
	for i := 1; i <= 3; i++ {
		o, ok := honest.Last(addressOf(i))
		require.True(t, ok)
		require.NoError(t, b.raw.send(i, b.c.Batches, bat.PackWithdraw(first, o)))
	}
	b.conserved()
	left, _, err := b.as[0].Balance(b.raw.ctx, evm.AccountOf(b.c.Batches))
	require.NoError(t, err)
	require.Equal(t, 3*market.NLOV/10, left, "the false batch's own")
}
