package evm_test

import (
	"context"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// sent decodes the transaction of an eth_sendRawTransaction.
func sent(t *testing.T, a asked) *types.Transaction {
	tx := new(types.Transaction)
	raw := hexutil.MustDecode(strings.Trim(string(a.Params[0]), `"`))
	require.NoError(t, tx.UnmarshalBinary(raw))
	return tx
}

// swallow keeps the first n transactions from the chain, and says that all is well. Those that it sees go to seen.
func swallow(t *testing.T, n int, seen chan<- *types.Transaction) func(asked) spoil {
	return func(a asked) spoil {
		if a.Method != "eth_sendRawTransaction" {
			return spoil{}
		}
		tx := sent(t, a)
		seen <- tx
		if a.Count > n {
			return spoil{}
		}
		return spoil{result: tx.Hash().Hex()}
	}
}

func registration(stake market.Amount) market.Register {
	return market.Register{Peer: poc.PeerID{1}, Stake: stake}
}

// A transaction that is never mined is replaced under its nonce, each time at a price that a pool takes, until one is.
func TestStuckTransactionIsRaised(t *testing.T) {
	c := bootstrap(t)
	f := newFaulty(t, dev.URL())
	s, log := dialAll(t, evm.Config{Contracts: c, Patience: 1}, f.url())
	seen := make(chan *types.Transaction, 1024)
	f.rule(swallow(t, 3, seen))
	r, err := s.Submit(testContext(t), registration(5))
	require.NoError(t, err)
	var txs []*types.Transaction
	for len(seen) > 0 {
		txs = append(txs, <-seen)
	}
	require.GreaterOrEqual(t, len(txs), 4)
	for i, tx := range txs[1:] {
		before := txs[i]
		require.Equal(t, before.Nonce(), tx.Nonce())
		require.Equal(t, before.Data(), tx.Data())
		for _, fee := range [][2]*big.Int{{before.GasTipCap(), tx.GasTipCap()}, {before.GasFeeCap(), tx.GasFeeCap()}} {
			tenth := new(big.Int).Div(fee[0], big.NewInt(10))
			require.GreaterOrEqual(t, fee[1].Cmp(new(big.Int).Add(fee[0], tenth)), 0, "%v after %v", fee[1], fee[0])
		}
	}
	require.Contains(t, log.String(), "sent again")
	require.Contains(t, r.Tx, "0x")
	st, err := s.Standing(testContext(t), s.Account())
	require.NoError(t, err)
	require.Equal(t, market.Amount(5), st.Stake)
}

// The answer to a transaction is lost, again and again, and the connection with it: it is mined once and recognised.
func TestMinedAfterAll(t *testing.T) {
	c := bootstrap(t)
	for _, urls := range []int{1, 2} {
		t.Run(fmt.Sprint(urls), func(t *testing.T) {
			f := newFaulty(t, dev.URL())
			s, _ := dialAll(t, evm.Config{Contracts: c, Patience: 1}, []string{f.url(), f.url() + "/again"}[:urls]...)
			before, err := s.Totals(testContext(t))
			require.NoError(t, err)
			st, err := s.Standing(testContext(t), s.Account())
			require.NoError(t, err)
			f.rule(func(a asked) spoil {
				if a.Method == "eth_sendRawTransaction" && a.Count < 3 {
					return spoil{mute: true}
				}
				return spoil{}
			})
			submit(t, s, registration(st.Stake+5))
			after, err := s.Totals(testContext(t))
			require.NoError(t, err)
			require.Equal(t, before.Staked+5, after.Staked)
		})
	}
}

// submit repeats an operation while an endpoint fails, as a node does.
func submit(t *testing.T, s *evm.Client, op market.Op) market.Receipt {
	ctx := testContext(t)
	for {
		r, err := s.Submit(ctx, op)
		if err == nil {
			return r
		}
		require.NoError(t, ctx.Err(), "%v", err)
	}
}

// What an earlier run left in the pool, at a fee that nobody takes, is replaced by a transfer of nothing.
func TestOrphanIsFilled(t *testing.T) {
	c := bootstrap(t)
	ctx := testContext(t)
	s, log := dialAll(t, evm.Config{Contracts: c, Patience: 2}, dev.URL())
	raw := newRaw(t)
	from := crypto.PubkeyToAddress(key(0).PublicKey)
	nonce, err := raw.eth.PendingNonceAt(ctx, from)
	require.NoError(t, err)
	orphan, err := types.SignNewTx(key(0), types.LatestSignerForChainID(big.NewInt(devchain.ChainID)), &types.DynamicFeeTx{
		ChainID: big.NewInt(devchain.ChainID), Nonce: nonce, To: &from, Gas: 21_000, GasTipCap: big.NewInt(1), GasFeeCap: big.NewInt(1),
	})
	require.NoError(t, err)
	require.NoError(t, raw.eth.SendTransaction(ctx, orphan))
	_, err = s.Submit(ctx, registration(5))
	require.NoError(t, err)
	require.Contains(t, log.String(), "Earlier transactions are not mined yet")
	require.Contains(t, log.String(), "Filled a nonce")
	_, _, err = raw.eth.TransactionByHash(ctx, orphan.Hash())
	require.Error(t, err, "it was replaced")
	now, err := raw.eth.NonceAt(ctx, from, nil)
	require.NoError(t, err)
	require.Equal(t, nonce+2, now)
}

// The first of several transactions is lost: those behind it wait, until it is sent again.
func TestGapCloses(t *testing.T) {
	c := bootstrap(t)
	f := newFaulty(t, dev.URL())
	s, _ := dialAll(t, evm.Config{Contracts: c, Patience: 1}, f.url())
	f.rule(func(a asked) spoil {
		if a.Method == "eth_sendRawTransaction" && a.Count == 1 {
			return spoil{result: sent(t, a).Hash().Hex()}
		}
		return spoil{}
	})
	first, done := make(chan error, 1), make(chan error, 1)
	id := func(i byte) market.Op {
		return market.LockEscrow{Job: poc.Hash{0xf0, i}, Terms: market.Terms{
			Tasks: 1, Quorum: 1, Replicas: 1, MaxPrice: market.NLOV, Budget: 2 * market.NLOV, Expiry: poc.Time(dev.Now().Add(time.Hour).UnixMilli()),
		}}
	}
	go func() { _, err := s.Submit(testContext(t), id(1)); first <- err }()
	require.Eventually(t, func() bool { return f.calls("eth_sendRawTransaction") == 1 }, deadline, time.Millisecond)
	go func() { _, err := s.Submit(testContext(t), id(2)); done <- err }()
	require.NoError(t, <-first)
	require.NoError(t, <-done)
	totals, err := s.Totals(testContext(t))
	require.NoError(t, err)
	require.Equal(t, 4*market.NLOV, totals.Held)
}

// A client ends at every request of an operation in turn, before it arrives and after: the next one finishes the operation,
// and it has its effect once.
func TestKilledAtEachStep(t *testing.T) {
	c := bootstrap(t)
	f := newFaulty(t, dev.URL())
	ref := open(t, dev.WSURL(), c, 0)
	stake := market.Amount(0)
	for _, mute := range []bool{false, true} {
		for step := 1; ; step++ {
			stake += 5
			victim, err := evm.Dial(testContext(t), evm.Config{Key: key(0), URLs: []string{f.url()}, Contracts: c, Patience: 2})
			require.NoError(t, err)
			ctx, cancel := context.WithCancel(testContext(t))
			n, killed := 0, false
			f.rule(func(a asked) spoil {
				if a.Method == "eth_getBlockByNumber" { // of the new heads, which are asked for all the time
					return spoil{}
				}
				if n++; n == step {
					killed = true
					cancel()
				}
				if n >= step {
					return spoil{lose: !mute || n > step, mute: mute}
				}
				return spoil{}
			})
			_, err = victim.Submit(ctx, registration(stake))
			f.rule(nil)
			cancel()
			require.NoError(t, victim.Close())
			if !killed {
				require.NoError(t, err)
				require.Greater(t, step, 4)
				break
			}
			submit(t, ref, registration(stake))
			st, err := ref.Standing(testContext(t), ref.Account())
			require.NoError(t, err)
			require.Equal(t, stake, st.Stake, "step %d", step)
		}
	}
	totals, err := ref.Totals(testContext(t))
	require.NoError(t, err)
	require.Equal(t, stake, totals.Staked)
}

// The same for a lock, which takes two transactions.
func TestLockKilledAtEachStep(t *testing.T) {
	c := bootstrap(t)
	f := newFaulty(t, dev.URL())
	ref := open(t, dev.WSURL(), c, 0)
	locked := market.Amount(0)
	for step := 1; ; step++ {
		op := market.LockEscrow{Job: poc.Hash{0xf2, byte(step)}, Terms: market.Terms{
			Tasks: 1, Quorum: 1, Replicas: 1, MaxPrice: market.NLOV, Budget: 2 * market.NLOV, Expiry: poc.Time(dev.Now().Add(time.Hour).UnixMilli()),
		}}
		victim, err := evm.Dial(testContext(t), evm.Config{Key: key(0), URLs: []string{f.url()}, Contracts: c, Patience: 2})
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(testContext(t))
		n, killed := 0, false
		f.rule(func(a asked) spoil {
			if a.Method == "eth_getBlockByNumber" {
				return spoil{}
			}
			if n++; n >= step {
				killed = true
				cancel()
				return spoil{lose: n > step || step%2 == 0, mute: n == step && step%2 != 0} // before it arrives, or after
			}
			return spoil{}
		})
		_, err = victim.Submit(ctx, op)
		f.rule(nil)
		cancel()
		require.NoError(t, victim.Close())
		if !killed {
			require.NoError(t, err)
			require.Greater(t, step, 8)
		} else {
			submit(t, ref, op)
		}
		locked += 2 * market.NLOV
		totals, err := ref.Totals(testContext(t))
		require.NoError(t, err)
		require.Equal(t, locked, totals.Locked, "step %d", step)
		if !killed {
			break
		}
	}
}

// Two programs use one key at once: both get their way.
func TestOneKeyTwice(t *testing.T) {
	c := bootstrap(t)
	a, b := open(t, dev.URL(), c, 0), open(t, dev.URL(), c, 0)
	errs := make(chan error, 16)
	for i := range cap(errs) {
		s := []*evm.Client{a, b}[i%2]
		go func() {
			_, err := s.Submit(testContext(t), market.LockEscrow{Job: poc.Hash{0xf1, byte(i)}, Terms: market.Terms{
				Tasks: 1, Quorum: 1, Replicas: 1, MaxPrice: market.NLOV, Budget: 2 * market.NLOV, Expiry: poc.Time(dev.Now().Add(time.Hour).UnixMilli()),
			}})
			errs <- err
		}()
	}
	failed := 0
	for range cap(errs) {
		if <-errs != nil {
			failed++ // lost the race for a nonce twice; a node tries again
		}
	}
	totals, err := a.Totals(testContext(t))
	require.NoError(t, err)
	require.Equal(t, market.Amount(cap(errs)-failed)*2*market.NLOV, totals.Held)
}

// Random failures of two endpoints: what is to happen happens, once.
func TestFlakyEndpoints(t *testing.T) {
	c := bootstrap(t)
	a, b := newFaulty(t, dev.URL()), newFaulty(t, dev.URL())
	s, _ := dialAll(t, evm.Config{Contracts: c, Patience: 1}, a.url(), b.url())
	count := 0
	flaky := func(asked) spoil {
		count++
		switch crypto.Keccak256(big.NewInt(int64(count)).Bytes())[0] % 8 {
		case 0:
			return spoil{lose: true}
		case 1:
			return spoil{mute: true}
		case 2:
			return spoil{status: http.StatusBadGateway}
		}
		return spoil{}
	}
	a.rule(flaky)
	b.rule(nil)
	for i := range 8 {
		submit(t, s, registration(market.Amount(i+1)))
	}
	a.rule(nil)
	st, err := s.Standing(testContext(t), s.Account())
	require.NoError(t, err)
	require.Equal(t, market.Amount(8), st.Stake)
}
