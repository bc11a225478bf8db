package evm_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

// safeBuffer takes logs from many goroutines.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// The next endpoint takes over when one goes down, also while a transaction is under way; the key is in no log.
func TestFailover(t *testing.T) {
	ctx := testContext(t)
	c := bootstrap(t)
	first, second := proxied(t, dev.WSURL()), proxied(t, dev.WSURL())
	var logs safeBuffer
	s, err := evm.Dial(ctx, evm.Config{
		URLs: []string{"ws://127.0.0.1:1", first.url(), second.url()}, PerSecond: 500, Key: key(0), Contracts: c,
		Log: slog.New(slog.NewTextHandler(&logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 5})
	require.NoError(t, err)
	first.setDown(true)
	_, err = s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 6})
	require.NoError(t, err)
	first.setDown(false)
	// Down between taking the transaction and saying so.
	var once sync.Once
	second.hook(nil, func(reqs []request, answer []byte) []byte {
		lost := false
		for _, r := range reqs {
			if r.Method == "eth_sendRawTransaction" {
				once.Do(func() { lost = true })
			}
		}
		if lost {
			return nil
		}
		return answer
	})
	_, err = s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 7})
	require.NoError(t, err)
	st, err := s.Standing(ctx, s.Account())
	require.NoError(t, err)
	require.Equal(t, market.Amount(7), st.Stake)
	require.Contains(t, logs.String(), "Chain endpoint in use")
	require.NotContains(t, logs.String(), hex.EncodeToString(crypto.FromECDSA(key(0))))
}

// An endpoint of another chain is not used, whatever it answers.
func TestOtherChain(t *testing.T) {
	ctx := testContext(t)
	c := bootstrap(t)
	good, other := proxied(t, dev.WSURL()), proxied(t, dev.WSURL())
	s, err := evm.Dial(ctx, evm.Config{URLs: []string{good.url(), other.url()}, Key: key(0), Contracts: c})
	require.NoError(t, err)
	defer s.Close()
	other.mu.Lock()
	other.mu.swallow = func(reqs []request) []byte {
		if reqs[0].Method == "eth_chainId" {
			return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"result":"0x1"}`, reqs[0].ID)
		}
		return nil
	}
	other.mu.Unlock()
	good.setDown(true)
	_, err = s.Standing(ctx, s.Account())
	require.Error(t, err)
	require.NotErrorIs(t, err, chain.ErrRefused)
	good.setDown(false)
	_, err = s.Standing(ctx, s.Account())
	require.NoError(t, err)
}

// A transaction that an endpoint took and forgot is sent again with higher fees, under the same nonce.
func TestStuckTransaction(t *testing.T) {
	ctx := testContext(t)
	c := bootstrap(t)
	p := proxied(t, dev.WSURL())
	s, err := evm.Dial(ctx, evm.Config{URL: p.url(), Key: key(0), Contracts: c, Patience: 1})
	require.NoError(t, err)
	defer s.Close()
	sent := make(chan *types.Transaction, 1024) // never full: who waited here would keep the answers back
	var swallowed sync.Once
	p.mu.Lock()
	p.mu.swallow = func(reqs []request) (answer []byte) {
		if reqs[0].Method != "eth_sendRawTransaction" {
			return nil
		}
		var raw string
		tx := new(types.Transaction)
		if json.Unmarshal(reqs[0].Params[0], &raw) == nil && tx.UnmarshalBinary(common.FromHex(raw)) == nil {
			sent <- tx
		}
		swallowed.Do(func() {
			answer = fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"result":%q}`, reqs[0].ID, tx.Hash().Hex())
		})
		return answer
	}
	p.mu.Unlock()
	r, err := s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 5})
	require.NoError(t, err)
	one, two := <-sent, <-sent
	require.Equal(t, one.Nonce(), two.Nonce())
	require.Greater(t, two.GasTipCap().Uint64(), one.GasTipCap().Uint64())
	require.Greater(t, two.GasFeeCap().Uint64(), one.GasFeeCap().Uint64())
	require.NotEqual(t, one.Hash().Hex(), r.Tx)
}

// A claim that a reorganization of 12 blocks throws out is brought back, and paid once.
func TestReorganization(t *testing.T) {
	ctx := testContext(t)
	own, err := start(ctx, "", "")
	require.NoError(t, err)
	defer func() { require.NoError(t, own.Close()) }()
	contracts, err := deploy(ctx, own)
	require.NoError(t, err)
	s, err := evm.Dial(ctx, evm.Config{URL: own.WSURL(), Key: key(0), Contracts: contracts, Confirmations: 14, Patience: 2})
	require.NoError(t, err)
	defer s.Close()
	look, err := evm.Dial(ctx, evm.Config{URL: own.WSURL(), Key: key(1), Contracts: contracts})
	require.NoError(t, err)
	defer look.Close()
	done := make(chan error, 1)
	var receipt market.Receipt
	go func() {
		var err error
		receipt, err = s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 5})
		done <- err
	}()
	stake := func() market.Amount {
		st, err := look.Standing(ctx, s.Account())
		require.NoError(t, err)
		return st.Stake
	}
	for stake() == 0 { // each look is a round trip, and the deadline of ctx bounds them
		require.NoError(t, ctx.Err())
	}
	for range 10 { // the transaction is 12 blocks deep at most
		require.NoError(t, own.Skip(ctx, time.Millisecond))
	}
	before := own.Height()
	require.NoError(t, own.Reorganize(ctx, 12))
	require.Less(t, own.Height(), before)
	for {
		select {
		case err := <-done:
			require.NoError(t, err)
			require.NotEmpty(t, receipt.Tx)
			require.Equal(t, market.Amount(5), stake())
			free, _, err := look.Balance(ctx, s.Account())
			require.NoError(t, err)
			require.Equal(t, tokens-5, free)
			return
		default:
			require.NoError(t, own.Skip(ctx, time.Millisecond))
		}
	}
}
