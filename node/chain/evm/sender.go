package evm

import (
	"cmp"
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"slices"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"
)

// sender signs and sends the transactions of one account and waits for them. It is safe for concurrent use: transactions
// may be under way side by side, in nonce order, at most maxFlying of them.
type sender struct {
	ends          *endpoints
	heads         *heads
	chainID       *big.Int
	key           *ecdsa.PrivateKey
	from          common.Address
	confirmations uint64
	patience      uint64        // heads that a transaction may wait before its fees are raised
	flights       chan struct{} // one element per transaction under way
	log           *slog.Logger

	mu struct {
		sync.Mutex
		flying int    // sent, and neither mined nor given up
		next   uint64 // nonce after the last one sent; holds while flying > 0
	}
}

const (
	maxFlying       = 16 // more of one account are dropped by the transaction pools of common nodes
	defaultPatience = 5
	maxRaises       = 24 // of one transaction, by an eighth each: 17 times the first fee
)

// dial connects, and follows the chain until the returned function is called.
func dial(ctx context.Context, cfg Config) (*sender, func(), error) {
	if cfg.Key == nil {
		return nil, nil, errors.New("a key is needed to sign")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	urls := cfg.URLs
	if cfg.URL != "" {
		urls = append([]string{cfg.URL}, urls...)
	}
	ends, err := dialEndpoints(ctx, urls, cfg.PerSecond, cfg.Log)
	if err != nil {
		return nil, nil, err
	}
	h, err := newHeads(ctx, ends, cfg.Log)
	if err != nil {
		ends.close()
		return nil, nil, fmt.Errorf("cannot read the chain at %s: %w", strings.Join(urls, ", "), err)
	}
	run, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.follow(run)
	}()
	s := &sender{
		ends: ends, heads: h, chainID: ends.chainID, key: cfg.Key, from: crypto.PubkeyToAddress(cfg.Key.PublicKey),
		confirmations: max(1, cfg.Confirmations), patience: cmp.Or(cfg.Patience, defaultPatience),
		flights: make(chan struct{}, maxFlying), log: cfg.Log,
	}
	return s, sync.OnceFunc(func() { cancel(); <-done; ends.close() }), nil
}

// send simulates a call, sends it and waits until it is confirmed. A revert is returned as the RPC error that explain
// understands, before anything is spent if the simulation shows it. The receipt may still show a failed transaction,
// when the state changed in between.
func (s *sender) send(ctx context.Context, to *common.Address, value *big.Int, data []byte) (*types.Receipt, error) {
	select {
	case s.flights <- struct{}{}:
		defer func() { <-s.flights }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	gas, tip, err := s.estimate(ctx, to, value, data)
	if err != nil {
		return nil, err
	}
	f := &flight{tx: &types.DynamicFeeTx{
		ChainID:   s.chainID,
		To:        to,
		Value:     value,
		Data:      data,
		Gas:       gas + gas/4, // others may change the state that the estimate saw
		GasTipCap: tip,
	}}
	changed, err := s.post(ctx, f)
	if err != nil {
		return nil, err
	}
	defer s.landed()
	return s.wait(ctx, f, changed)
}

// estimate simulates a call and returns its gas, and the tip that the endpoint suggests.
func (s *sender) estimate(ctx context.Context, to *common.Address, value *big.Int, data []byte) (uint64, *big.Int, error) {
	call := map[string]any{"from": s.from, "input": hexutil.Bytes(data)}
	if to != nil {
		call["to"] = to
	}
	if value != nil {
		call["value"] = (*hexutil.Big)(value)
	}
	var gas hexutil.Uint64
	var tip hexutil.Big
	batch := []rpc.BatchElem{
		{Method: "eth_estimateGas", Args: []any{call, "latest"}, Result: &gas},
		{Method: "eth_maxPriorityFeePerGas", Result: &tip},
	}
	if err := s.ends.batch(ctx, batch); err != nil {
		return 0, nil, err
	}
	for _, b := range batch {
		if b.Error != nil {
			return 0, nil, b.Error
		}
	}
	return uint64(gas), (*big.Int)(&tip), nil
}

// flight is a transaction under way: one nonce, and every version of it that was sent.
type flight struct {
	tx     *types.DynamicFeeTx
	hashes []common.Hash // newest last
}

// post gives a transaction its nonce and sends it. The channel is closed at the next head.
func (s *sender) post(ctx context.Context, f *flight) (<-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for again := false; ; again = true {
		nonce := s.mu.next
		if s.mu.flying == 0 || again {
			n, err := s.ends.pendingNonce(ctx, s.from)
			if err != nil {
				return nil, err
			}
			nonce = n
		}
		head, changed := s.heads.now()
		f.tx.Nonce = nonce
		f.tx.GasFeeCap = new(big.Int).Add(f.tx.GasTipCap, new(big.Int).Lsh(baseFee(head), 1))
		f.hashes = f.hashes[:0]
		err := s.broadcast(ctx, f)
		if err != nil && !again && isNonceUsed(err) {
			// Another program uses this key too, or this very transaction is mined already, and the answer was lost.
			if _, found := s.ends.receipt(ctx, f.hashes[0]); found == nil {
				err = nil
			} else {
				continue
			}
		}
		if err != nil {
			return nil, err
		}
		s.mu.flying++
		s.mu.next = nonce + 1
		return changed, nil
	}
}

// broadcast signs a flight's transaction as it is now and sends it.
func (s *sender) broadcast(ctx context.Context, f *flight) error {
	signed, err := types.SignNewTx(s.key, types.LatestSignerForChainID(s.chainID), f.tx)
	if err != nil {
		return err
	}
	if !slices.Contains(f.hashes, signed.Hash()) {
		f.hashes = append(f.hashes, signed.Hash())
	}
	err = s.ends.sendTransaction(ctx, signed)
	if err != nil && strings.Contains(err.Error(), "already known") {
		return nil
	}
	return err
}

func isNonceUsed(err error) bool {
	return strings.Contains(err.Error(), "nonce too low") || strings.Contains(err.Error(), "replacement transaction")
}

func (s *sender) landed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.flying--
}

var errNonceTaken = errors.New("another transaction of the account took the nonce")

// wait waits until a version of the transaction is in a block and confirmed. One that waits for too many heads, or that a
// reorganization or a restarted endpoint threw out, is sent again with higher fees.
func (s *sender) wait(ctx context.Context, f *flight, changed <-chan struct{}) (*types.Receipt, error) {
	var last error
	waited, raises := uint64(0), 0
	for {
		select {
		case <-changed:
		case <-ctx.Done():
			err := fmt.Errorf("transaction %s is not confirmed yet: %w", f.hashes[len(f.hashes)-1], ctx.Err())
			if last != nil {
				err = fmt.Errorf("%w (%v)", err, last)
			}
			return nil, err
		}
		_, changed = s.heads.now()
		r, err := s.mined(ctx, f)
		if err != nil {
			last = err // an endpoint that is down now may be up at the next head
			continue
		}
		if r != nil {
			if s.confirmations == 1 {
				return r, nil
			}
			if s.heads.height() < r.BlockNumber.Uint64()+s.confirmations-1 {
				waited = 0
				continue // looked up again at the next head: by then it may be in another block, or in none
			}
			return r, nil
		}
		if waited++; waited < s.patience || raises >= maxRaises {
			continue
		}
		waited = 0
		raises++
		if err := s.raise(ctx, f); err != nil {
			if errors.Is(err, errNonceTaken) {
				return nil, err
			}
			last = err
		}
	}
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

// raise replaces a transaction with one of the same nonce whose fees are higher by an eighth, or what is asked for now if
// that is more. Nodes take a replacement that pays a tenth more.
func (s *sender) raise(ctx context.Context, f *flight) error {
	nonce, err := s.ends.minedNonce(ctx, s.from)
	if err != nil {
		return err
	}
	if nonce > f.tx.Nonce {
		if r, err := s.mined(ctx, f); err != nil || r != nil {
			return err // in the chain since the last look
		}
		return errNonceTaken
	}
	head, _ := s.heads.now()
	eighth := func(n *big.Int) *big.Int {
		more := new(big.Int).Add(n, new(big.Int).Rsh(n, 3))
		return more.Add(more, big.NewInt(1))
	}
	f.tx.GasTipCap = eighth(f.tx.GasTipCap)
	f.tx.GasFeeCap = eighth(f.tx.GasFeeCap)
	if now := new(big.Int).Add(f.tx.GasTipCap, new(big.Int).Lsh(baseFee(head), 1)); now.Cmp(f.tx.GasFeeCap) > 0 {
		f.tx.GasFeeCap = now
	}
	err = s.broadcast(ctx, f)
	s.log.Info("Transaction not mined yet, fees raised", "nonce", f.tx.Nonce, "tx", f.hashes[len(f.hashes)-1].Hex(), "err", err)
	return err
}

func baseFee(h *types.Header) *big.Int {
	if h.BaseFee == nil {
		return new(big.Int)
	}
	return h.BaseFee
}
