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
	maxFee        *big.Int      // wei per gas
	flights       chan struct{} // one element per transaction under way
	log           *slog.Logger

	mu struct {
		sync.Mutex
		nonces map[uint64]bool // sent, and neither mined nor given up
		next   uint64          // nonce after the last one sent; holds while there are nonces
		unsure bool            // whether the pool may hold transactions that nobody waits for
	}
}

const (
	maxFlying       = 16 // more of one account are dropped by the transaction pools of common nodes
	defaultPatience = 5
)

// dial connects, and follows the chain until the returned function is called.
func dial(ctx context.Context, cfg Config) (*sender, func(), error) {
	if cfg.Key == nil {
		return nil, nil, errors.New("a key is needed to sign")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	ends, err := dialEndpoints(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	h, err := newHeads(ctx, ends, cfg.Log)
	if err != nil {
		ends.close()
		return nil, nil, fmt.Errorf("cannot read the chain at %s: %w", ends.names(), err)
	}
	run, cancel := context.WithCancel(context.Background())
	var tasks sync.WaitGroup
	tasks.Go(func() { h.follow(run) })
	tasks.Go(func() { ends.watch(run, cmp.Or(cfg.Probe, defaultProbe)) })
	s := &sender{
		ends: ends, heads: h, chainID: ends.chainID(), key: cfg.Key, from: crypto.PubkeyToAddress(cfg.Key.PublicKey),
		confirmations: max(1, cfg.Confirmations), patience: cmp.Or(cfg.Patience, defaultPatience), maxFee: cfg.maxFee(),
		flights: make(chan struct{}, maxFlying), log: cfg.Log,
	}
	s.mu.nonces, s.mu.unsure = map[uint64]bool{}, true
	return s, sync.OnceFunc(func() { cancel(); tasks.Wait(); ends.close() }), nil
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
	if err := s.settlePool(ctx); err != nil {
		return nil, err
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
	r, err := s.wait(ctx, f, changed)
	s.landed(f, err != nil)
	return r, err
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

// settlePool lets what an earlier run of this program, or a canceled wait, left in the pool be mined first, so that the simulation sees its effect
// and nothing is done twice. It waits no longer than a transaction may: what is stuck is replaced later.
func (s *sender) settlePool(ctx context.Context) error {
	for range s.patience {
		s.mu.Lock()
		known := !s.mu.unsure || len(s.mu.nonces) > 0 // what waits is this run's own, or before it
		s.mu.Unlock()
		if known {
			return nil
		}
		_, changed := s.heads.now()
		mined, err := s.ends.minedNonce(ctx, s.from)
		if err != nil {
			return err
		}
		pending, err := s.ends.pendingNonce(ctx, s.from)
		if err != nil {
			return err
		}
		if pending <= mined {
			s.mu.Lock()
			s.mu.unsure = false
			s.mu.Unlock()
			return nil
		}
		s.log.Info("Earlier transactions are not mined yet", "first", mined, "count", pending-mined)
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// flight is a transaction under way: one nonce, and every version of it that was sent.
type flight struct {
	tx     *types.DynamicFeeTx
	hashes []common.Hash // newest last
}

// post gives a transaction its nonce and fees and sends it. The channel is closed at the next head.
func (s *sender) post(ctx context.Context, f *flight) (<-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for again := false; ; again = true {
		nonce := s.mu.next
		if len(s.mu.nonces) == 0 || again {
			n, err := s.ends.pendingNonce(ctx, s.from)
			if err != nil {
				return nil, err
			}
			nonce = n
		}
		head, changed := s.heads.now()
		f.tx.Nonce = nonce
		s.price(f.tx, head)
		f.hashes = f.hashes[:0]
		err := s.broadcast(ctx, f)
		if err != nil && isNonceUsed(err) {
			if _, found := s.ends.receipt(ctx, f.hashes[0]); found == nil {
				err = nil // it is mined already, and the answer to sending it was lost
			} else if !again {
				continue // another program uses this key too
			}
		}
		if err != nil {
			return nil, err
		}
		s.mu.nonces[nonce] = true
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

func (s *sender) landed(f *flight, unsure bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.mu.nonces, f.tx.Nonce)
	s.mu.unsure = s.mu.unsure || unsure
}

// lowest returns the first nonce that this run waits for.
func (s *sender) lowest() (uint64, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	least, any := uint64(0), false
	for n := range s.mu.nonces {
		if !any || n < least {
			least, any = n, true
		}
	}
	return least, any
}

// ErrReplaced says that another transaction of the account took the nonce of one, so that one never takes effect.
var ErrReplaced = errors.New("another transaction of the account took its nonce")

// ErrUnconfirmed says that a transaction was sent and may still be mined.
var ErrUnconfirmed = errors.New("is not confirmed yet")

// wait waits until a version of the transaction is in a block and confirmed. One that waits for too many heads, or that a
// reorganization or a restarted endpoint threw out, is sent again with higher fees.
func (s *sender) wait(ctx context.Context, f *flight, changed <-chan struct{}) (*types.Receipt, error) {
	var last error
	waited := uint64(0)
	for {
		select {
		case <-changed:
		case <-ctx.Done():
			err := fmt.Errorf("transaction %s %w: %w", f.hashes[len(f.hashes)-1], ErrUnconfirmed, ctx.Err())
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
			if s.heads.height() >= r.BlockNumber.Uint64()+s.confirmations-1 {
				return r, nil
			}
			waited = 0
			continue // looked up again at the next head: by then it may be in another block, or in none
		}
		if waited++; waited < s.patience {
			continue
		}
		waited = 0
		if err := s.raise(ctx, f); errors.Is(err, ErrReplaced) {
			return nil, err
		} else if err != nil {
			last = err
		}
	}
}
