package evm

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"
)

// Fees rise by at least a tenth, follow the base fee, and never pass the cap.
func TestFeesHaveACap(t *testing.T) {
	gwei := func(n int64) *big.Int { return big.NewInt(n * 1_000_000_000) }
	s := &sender{maxFee: gwei(100)}
	head := &types.Header{BaseFee: gwei(10)}
	tx := &types.DynamicFeeTx{GasTipCap: gwei(2)}
	s.price(tx, head)
	require.Equal(t, gwei(22), tx.GasFeeCap)
	raises := 0
	for {
		before := *tx
		if !s.bump(tx, head) {
			require.Equal(t, before, *tx, "at the cap it stays as it is")
			break
		}
		raises++
		for _, fee := range [][2]*big.Int{{before.GasTipCap, tx.GasTipCap}, {before.GasFeeCap, tx.GasFeeCap}} {
			require.GreaterOrEqual(t, new(big.Int).Mul(fee[1], big.NewInt(10)).Cmp(new(big.Int).Mul(fee[0], big.NewInt(11))), 0)
		}
		require.LessOrEqual(t, tx.GasFeeCap.Cmp(s.maxFee), 0)
		require.LessOrEqual(t, tx.GasTipCap.Cmp(tx.GasFeeCap), 0)
	}
	require.Equal(t, 12, raises) // 22 * 1.125^12 = 90.4

	tx = &types.DynamicFeeTx{GasTipCap: gwei(2)}
	s.price(tx, head)
	require.True(t, s.bump(tx, &types.Header{BaseFee: gwei(40)}))
	require.Equal(t, "82250000001", tx.GasFeeCap.String(), "the base fee has risen more than an eighth")
	tx = &types.DynamicFeeTx{GasTipCap: gwei(400)}
	s.price(tx, head)
	require.Equal(t, gwei(100), tx.GasFeeCap)
	require.Equal(t, gwei(100), tx.GasTipCap, "a tip is never above the whole fee")
}
