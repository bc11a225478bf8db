package evm

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
)

// sender signs and sends the transactions of one account and waits for them. It is safe for concurrent use: transactions
// may be under way side by side, in nonce order.
type sender struct {
	rpc           *rpc.Client
	eth           *ethclient.Client
	heads         *heads
	chainID       *big.Int
	key           *ecdsa.PrivateKey
	from          common.Address
	confirmations uint64

	mu struct {
		sync.Mutex
		flying int    // sent, and neither mined nor given up
		next   uint64 // nonce after the last one sent; holds while flying > 0
	}
}

// dial connects, and follows the chain until the returned function is called.
func dial(ctx context.Context, url string, key *ecdsa.PrivateKey, confirmations uint64, log *slog.Logger) (*sender, func(), error) {
	if key == nil {
		return nil, nil, errors.New("a key is needed to sign")
	}
	raw, err := rpc.DialContext(ctx, url)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot reach the chain at %s: %w", url, err)
	}
	eth := ethclient.NewClient(raw)
	id, err := eth.ChainID(ctx)
	if err != nil {
		raw.Close()
		return nil, nil, fmt.Errorf("cannot reach the chain at %s: %w", url, err)
	}
	h, err := newHeads(ctx, eth, url, log)
	if err != nil {
		raw.Close()
		return nil, nil, fmt.Errorf("cannot read the chain at %s: %w", url, err)
	}
	run, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.follow(run)
	}()
	s := &sender{
		rpc: raw, eth: eth, heads: h, chainID: id, key: key, from: crypto.PubkeyToAddress(key.PublicKey),
		confirmations: max(1, confirmations),
	}
	return s, sync.OnceFunc(func() { cancel(); <-done; raw.Close() }), nil
}

// send simulates a call, sends it and waits until it is confirmed. A revert is returned as the RPC error that explain
// understands, before anything is spent if the simulation shows it. The receipt may still show a failed transaction,
// when the state changed in between.
func (s *sender) send(ctx context.Context, to *common.Address, value *big.Int, data []byte) (*types.Receipt, error) {
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
	if err := s.rpc.BatchCallContext(ctx, batch); err != nil {
		return nil, err
	}
	for _, b := range batch {
		if b.Error != nil {
			return nil, b.Error
		}
	}
	hash, mined, err := s.post(ctx, &types.DynamicFeeTx{
		ChainID:   s.chainID,
		To:        to,
		Value:     value,
		Data:      data,
		Gas:       uint64(gas) + uint64(gas)/4, // others may change the state that the estimate saw
		GasTipCap: (*big.Int)(&tip),
	})
	if err != nil {
		return nil, err
	}
	defer s.landed()
	return s.receipt(ctx, hash, mined)
}

// post gives a transaction its nonce and fees and sends it. The channel is closed at the next head after that.
func (s *sender) post(ctx context.Context, tx *types.DynamicFeeTx) (common.Hash, <-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for again := false; ; again = true {
		nonce := s.mu.next
		if s.mu.flying == 0 || again {
			n, err := s.eth.PendingNonceAt(ctx, s.from)
			if err != nil {
				return common.Hash{}, nil, err
			}
			nonce = n
		}
		head, changed := s.heads.now()
		tx.Nonce = nonce
		tx.GasFeeCap = new(big.Int).Add(tx.GasTipCap, new(big.Int).Lsh(baseFee(head), 1))
		signed, err := types.SignNewTx(s.key, types.LatestSignerForChainID(s.chainID), tx)
		if err != nil {
			return common.Hash{}, nil, err
		}
		err = s.eth.SendTransaction(ctx, signed)
		if err != nil && !again && (strings.Contains(err.Error(), "nonce too low") || strings.Contains(err.Error(), "replacement transaction")) {
			continue // another program uses this key too, or an answer of the endpoint was lost
		}
		if err != nil && !strings.Contains(err.Error(), "already known") {
			return common.Hash{}, nil, err
		}
		s.mu.flying++
		s.mu.next = nonce + 1
		return signed.Hash(), changed, nil
	}
}

func (s *sender) landed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.flying--
}

// receipt waits until a transaction is in a block and confirmed. A reorganization in between starts the wait anew.
func (s *sender) receipt(ctx context.Context, hash common.Hash, changed <-chan struct{}) (*types.Receipt, error) {
	var last error
	for {
		select {
		case <-changed:
		case <-ctx.Done():
			if last != nil {
				return nil, fmt.Errorf("transaction %s is not confirmed yet: %w (%v)", hash, ctx.Err(), last)
			}
			return nil, fmt.Errorf("transaction %s is not confirmed yet: %w", hash, ctx.Err())
		}
		_, changed = s.heads.now()
		r, err := s.eth.TransactionReceipt(ctx, hash)
		if err != nil {
			if !errors.Is(err, ethereum.NotFound) {
				last = err // an endpoint that is down now may be up at the next head
			}
			continue
		}
		if s.confirmations == 1 {
			return r, nil
		}
		if err := s.heads.reach(ctx, r.BlockNumber.Uint64()+s.confirmations-1); err != nil {
			return nil, fmt.Errorf("transaction %s is not confirmed yet: %w", hash, err)
		}
		if again, err := s.eth.TransactionReceipt(ctx, hash); err == nil && again.BlockHash == r.BlockHash {
			return again, nil
		}
	}
}

func baseFee(h *types.Header) *big.Int {
	if h.BaseFee == nil {
		return new(big.Int)
	}
	return h.BaseFee
}
