package evm

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
)

// defaultMaxFee is what a unit of gas may cost when the configuration says nothing: 500 gwei.
var defaultMaxFee = new(big.Int).Mul(big.NewInt(500), big.NewInt(1_000_000_000))

// fillGas is what a transfer of nothing costs.
const fillGas = 21_000

// price sets the fees of a new transaction: the tip that it has, above twice the base fee, so that it stays acceptable while
// the base fee doubles. Neither is above the cap.
func (s *sender) price(tx *types.DynamicFeeTx, head *types.Header) {
	tx.GasTipCap = least(tx.GasTipCap, s.maxFee)
	tx.GasFeeCap = least(new(big.Int).Add(tx.GasTipCap, new(big.Int).Lsh(baseFee(head), 1)), s.maxFee)
}

// bump raises both fees by an eighth, or to what a new transaction would pay if that is more: nodes take a replacement that
// pays a tenth more. It reports false when the cap does not allow that.
func (s *sender) bump(tx *types.DynamicFeeTx, head *types.Header) bool {
	tip, fee := eighthMore(tx.GasTipCap), eighthMore(tx.GasFeeCap)
	if now := new(big.Int).Add(tip, new(big.Int).Lsh(baseFee(head), 1)); now.Cmp(fee) > 0 && now.Cmp(s.maxFee) <= 0 {
		fee = now
	}
	if fee.Cmp(s.maxFee) > 0 {
		return false
	}
	tx.GasTipCap, tx.GasFeeCap = tip, fee
	return true
}

func eighthMore(n *big.Int) *big.Int {
	more := new(big.Int).Add(n, new(big.Int).Rsh(n, 3))
	return more.Add(more, big.NewInt(1))
}

func least(a, b *big.Int) *big.Int {
	if a.Cmp(b) > 0 {
		return b
	}
	return a
}

func baseFee(h *types.Header) *big.Int {
	if h.BaseFee == nil {
		return new(big.Int)
	}
	return h.BaseFee
}

// mined returns the receipt of whichever version of a transaction is in the chain, or nil.
func (s *sender) mined(ctx context.Context, f *flight) (*types.Receipt, error) {
	for _, h := range slices.Backward(f.hashes) {
		r, err := s.ends.receipt(ctx, h)
		if err == nil {
			return r, nil
		}
		if !errors.Is(err, ethereum.NotFound) {
			return nil, err
		}
	}
	return nil, nil
}

// raise replaces a transaction that waits for too long with one of the same nonce and higher fees, of which only one can be
// mined. At the cap it is sent again as it is, in case it was lost. If what holds it up is a nonce before it that this run
// knows nothing of, that is filled first.
func (s *sender) raise(ctx context.Context, f *flight) error {
	mined, err := s.ends.minedNonce(ctx, s.from)
	if err != nil {
		return err
	}
	if mined > f.tx.Nonce {
		if r, err := s.mined(ctx, f); err != nil || r != nil {
			return err // in the chain since the last look
		}
		return fmt.Errorf("transaction %s: %w", f.hashes[len(f.hashes)-1], ErrReplaced)
	}
	if first, _ := s.lowest(); mined < first {
		if first == f.tx.Nonce {
			return s.fill(ctx, mined)
		}
		return nil // the flight that is first does
	}
	head, _ := s.heads.now()
	raised := s.bump(f.tx, head)
	err = s.broadcast(ctx, f)
	s.log.Info("Transaction is not mined yet, sent again", "nonce", f.tx.Nonce, "tx", f.hashes[len(f.hashes)-1].Hex(), "raised", raised, "feeWei", f.tx.GasFeeCap, "err", err)
	return err
}

// fill takes a nonce that nobody in this run waits for with a transfer of nothing: an earlier run sent something with
// too low a fee, or its transaction was lost. Whatever that was for is done again by whoever wanted it, after a look at the
// chain's state.
func (s *sender) fill(ctx context.Context, nonce uint64) error {
	head, _ := s.heads.now()
	f := &flight{tx: &types.DynamicFeeTx{
		ChainID: s.chainID, Nonce: nonce, To: &s.from, Gas: fillGas, GasTipCap: big.NewInt(1_000_000_000),
	}}
	s.price(f.tx, head)
	for {
		err := s.broadcast(ctx, f)
		if err == nil || !strings.Contains(err.Error(), "replacement transaction") {
			s.log.Info("Filled a nonce before a transaction that waits", "nonce", nonce, "tx", f.hashes[len(f.hashes)-1].Hex(), "err", err)
			return err
		}
		if !s.bump(f.tx, head) {
			return fmt.Errorf("nonce %d is taken by a transaction that pays nearly the most that is allowed, and is not mined: %w", nonce, err)
		}
	}
}
