package evm_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

// FuzzParseBatch reads published rewards. A batch that comes of them is published in one form, which is read back to the same tree; its
// rewards are sorted, and its sums are those of its rewards. What adds up to more than a number holds is read too: a watcher must see the reward
// that it doubts.
func FuzzParseBatch(f *testing.F) {
	jobs := []poc.Hash{{1}, {2}, {3}}
	reward := func(account byte, job int, task uint16, seat uint8, amount market.Amount) evm.Reward {
		return evm.Reward{Account: common.Address{account}, Job: jobs[job], Task: task, Seat: seat, Amount: amount}
	}
	for _, list := range [][]evm.Reward{
		{reward(1, 0, 0, 0, 5)},
		{reward(2, 1, 3, 4, 7), reward(1, 0, 0, 0, 5), reward(1, 1, 0, 1, 9)},
		{reward(1, 0, 0, 0, math.MaxUint64), reward(1, 0, 1, 0, 1)}, // more than a number holds
		{reward(1, 0, 0, 0, 0)},
	} {
		b, err := evm.NewBatch(list, jobs)
		if err == nil {
			f.Add(b.Encode())
			f.Add(append(b.Encode(), 0))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := evm.ParseBatch(raw)
		if err != nil {
			return
		}
		again := b.Encode()
		back, err := evm.ParseBatch(again)
		require.NoError(t, err)
		require.Equal(t, again, back.Encode())
		require.Equal(t, b.Root(), back.Root())
		require.Len(t, again, len(raw))
		pays := map[poc.Hash]uint64{}
		var before evm.Reward
		total := uint64(0)
		for i := range uint32(b.Len()) {
			r := b.Opening(i).Reward
			require.True(t, i == 0 || bytes.Compare(before.Account[:], r.Account[:]) <= 0)
			if i == 0 || before.Account != r.Account {
				total = 0
			}
			total += r.Amount
			require.Equal(t, total, r.Total)
			pays[r.Job] += r.Amount
			before = evm.Reward{Account: r.Account}
		}
		for k, job := range jobsOf(again) {
			pay, _ := b.Charged(k)
			require.Equal(t, pays[job], pay)
		}
	})
}

// jobsOf reads the jobs of published rewards.
func jobsOf(raw []byte) (out []poc.Hash) {
	n := int(raw[3])<<8 | int(raw[4]) // at most 1<<16, of which no seed makes as many
	for i := range n {
		out = append(out, poc.Hash(raw[5+32*i:]))
	}
	return out
}
