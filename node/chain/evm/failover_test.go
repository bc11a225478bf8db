package evm_test

import (
	"bytes"
	"log/slog"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// lockedBuffer is a bytes.Buffer for several goroutines.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func dialAll(t *testing.T, cfg evm.Config, urls ...string) (*evm.Client, *lockedBuffer) {
	log := &lockedBuffer{}
	cfg.Key, cfg.URLs, cfg.Log = key(0), urls, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s, err := evm.Dial(testContext(t), cfg)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s, log
}

// Whatever is wrong with the endpoint in use, the next one takes over within the same request.
func TestNextEndpointTakesOver(t *testing.T) {
	c := bootstrap(t)
	for name, v := range map[string]spoil{
		"down": {status: http.StatusServiceUnavailable}, "too many": {status: http.StatusTooManyRequests}, "lost": {lose: true}, "mute": {mute: true},
		"limited": {error: `{"code":-32005,"message":"limit exceeded"}`}, "broken": {error: `{"code":-32603,"message":"oops"}`},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := newFaulty(t, dev.URL()), newFaulty(t, dev.URL())
			s, log := dialAll(t, evm.Config{Contracts: c}, a.url(), b.url())
			require.Zero(t, b.calls("eth_call"))
			a.rule(func(asked) spoil { return v })
			_, err := s.Totals(testContext(t))
			require.NoError(t, err)
			require.Positive(t, b.calls("eth_call"))
			require.Contains(t, log.String(), "Chain endpoint does not answer")
			require.Contains(t, log.String(), "Chain endpoint in use")

			// And back, when that one fails in turn.
			a.rule(nil)
			before := a.calls("eth_call")
			b.rule(func(asked) spoil { return v })
			_, err = s.Totals(testContext(t))
			require.NoError(t, err)
			require.Greater(t, a.calls("eth_call"), before)

			a.rule(func(asked) spoil { return v })
			_, err = s.Totals(testContext(t))
			require.Error(t, err, "nobody is left")
			a.rule(nil)
			_, err = s.Totals(testContext(t))
			require.NoError(t, err, "resting endpoints are asked when there are no others")
		})
	}
}

// An answer that says no is an answer: nobody else is asked.
func TestRefusalIsAnAnswer(t *testing.T) {
	c := bootstrap(t)
	a, b := newFaulty(t, dev.URL()), newFaulty(t, dev.URL())
	s, _ := dialAll(t, evm.Config{Contracts: c}, a.url(), b.url())
	_, err := s.Submit(testContext(t), market.Refund{Job: poc.Hash{9}})
	require.Error(t, err)
	require.Zero(t, b.calls("eth_estimateGas"))
}

func TestWrongChainIsRefusedForGood(t *testing.T) {
	c := bootstrap(t)
	a, b := newFaulty(t, dev.URL()), newFaulty(t, dev.URL())
	a.rule(onMethod("eth_chainId", spoil{result: "0x1"}))
	s, log := dialAll(t, evm.Config{Contracts: c, ChainID: big.NewInt(devchain.ChainID)}, a.url(), b.url())
	require.Contains(t, log.String(), "Chain endpoint refused")
	require.Contains(t, log.String(), "is of chain 1, and the network is on chain 1337")
	before := a.calls("eth_chainId")
	a.rule(nil)
	b.rule(func(asked) spoil { return spoil{lose: true} })
	_, err := s.Totals(testContext(t))
	require.Error(t, err, "the other one may be right now, and is not asked all the same")
	require.Equal(t, before, a.calls("eth_chainId"))
	b.rule(nil)
	health := s.Endpoints(testContext(t))
	require.ErrorIs(t, health[0].Err, evm.ErrWrongChain)
	require.NoError(t, health[1].Err)
	require.True(t, health[1].InUse)
	require.Positive(t, health[1].Height)

	b.rule(onMethod("eth_chainId", spoil{result: "0x2"}))
	_, err = evm.Dial(testContext(t), evm.Config{Key: key(0), URLs: []string{b.url()}, Contracts: c, ChainID: big.NewInt(devchain.ChainID)})
	require.ErrorIs(t, err, evm.ErrWrongChain)
}

// An endpoint that answers, and whose chain stands still while that of another goes on, is given up.
func TestEndpointBehind(t *testing.T) {
	c := bootstrap(t)
	a, b := newFaulty(t, dev.URL()), newFaulty(t, dev.URL())
	s, log := dialAll(t, evm.Config{Contracts: c, Lag: 2, Probe: 20 * time.Millisecond}, a.url(), b.url())
	old := dev.Height()
	a.rule(onMethod("eth_blockNumber", spoil{result: "0x" + big.NewInt(int64(old)).Text(16)}))
	for range 4 {
		require.NoError(t, dev.Skip(testContext(t), time.Millisecond))
	}
	require.Eventually(t, func() bool { return strings.Contains(log.String(), "blocks behind") }, deadline, 5*time.Millisecond)
	before := a.calls("eth_call")
	_, err := s.Totals(testContext(t))
	require.NoError(t, err)
	require.Equal(t, before, a.calls("eth_call"))
	require.Positive(t, b.calls("eth_call"))
	require.ErrorContains(t, s.Endpoints(testContext(t))[0].Err, "behind")
}

// Keys of providers stand in URLs; they are shown nowhere.
func TestEndpointKeysAreNotShown(t *testing.T) {
	c := bootstrap(t)
	b := newFaulty(t, dev.URL())
	s, log := dialAll(t, evm.Config{Contracts: c}, "http://user:canary1@127.0.0.1:1/v3/canary2?key=canary3", b.url()+"/v3/canary4")
	b.rule(func(asked) spoil { return spoil{lose: true} })
	_, err := s.Totals(testContext(t))
	require.Error(t, err)
	_, dialErr := evm.Dial(testContext(t), evm.Config{Key: key(0), URL: "http://127.0.0.1:1/v3/canary5", Contracts: c})
	require.ErrorContains(t, dialErr, "cannot reach the chain at http://127.0.0.1:1")
	text := err.Error() + dialErr.Error() + log.String()
	for _, h := range s.Endpoints(testContext(t)) {
		text += h.Name + h.Err.Error()
	}
	require.NotContains(t, text, "canary")
	require.Contains(t, text, "http://127.0.0.1:1")
}

// No more requests than allowed go to an endpoint.
func TestRateLimit(t *testing.T) {
	c := bootstrap(t)
	a := newFaulty(t, dev.URL())
	begun := time.Now()
	s, _ := dialAll(t, evm.Config{Contracts: c, PerSecond: 20}, a.url())
	for range 30 {
		_, err := s.FeeBps(testContext(t))
		require.NoError(t, err)
		_, err = s.Standing(testContext(t), s.Account())
		require.NoError(t, err)
	}
	most := 20 + 20*time.Since(begun).Seconds() + 2 // the chain's id and the like come before
	require.LessOrEqual(t, float64(a.calls("eth_call")), most)
}

// An endpoint shows events twice, and some that a reorganization took back: they count once, or not at all.
func TestEventsShownTwice(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	s.register()
	id := s.locked(1)
	s.submit(2, s.claim(id, 0, 1, 1, 2, 3))
	want, err := s.as[1].History(s.ctx, id)
	require.NoError(t, err)
	require.Len(t, want, 3)
	raw, err := newRaw(t).eth.FilterLogs(s.ctx, ethereum.FilterQuery{
		FromBlock: big.NewInt(0), Addresses: []common.Address{c.Marketplace}, Topics: [][]common.Hash{nil, {common.Hash(id)}},
	})
	require.NoError(t, err)
	removed := raw[len(raw)-1]
	removed.Index, removed.Removed = removed.Index+100, true
	f := newFaulty(t, dev.URL())
	twice := append(append(append([]types.Log{}, raw...), removed), raw...)
	f.rule(onMethod("eth_getLogs", spoil{result: &twice}))
	got, err := open(t, f.url(), c, 1).History(s.ctx, id)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// What a claim is said to cost is near what it takes.
func TestClaimCost(t *testing.T) {
	s := newSettlement(t, bootstrap(t))
	s.register()
	id := s.locked(1)
	op := s.claim(id, 0, 1, 1, 2, 3)
	cost, err := s.as[2].ClaimCost(s.ctx, op)
	require.NoError(t, err)
	_, before, err := s.as[2].Balance(s.ctx, s.as[2].Account())
	require.NoError(t, err)
	s.submit(2, op)
	_, after, err := s.as[2].Balance(s.ctx, s.as[2].Account())
	require.NoError(t, err)
	a, _ := new(big.Int).SetString(before, 10)
	b, _ := new(big.Int).SetString(after, 10)
	paid := a.Sub(a, b)
	require.Positive(t, paid.Sign())
	require.Less(t, paid.Cmp(new(big.Int).Lsh(cost, 1)), 1, "%v paid, %v estimated", paid, cost)
	require.Less(t, cost.Cmp(new(big.Int).Lsh(paid, 2)), 1, "%v paid, %v estimated", paid, cost)
	nothing, err := s.as[2].ClaimCost(s.ctx, op)
	require.NoError(t, err)
	require.Zero(t, nothing.Sign())
}

const deadline = 4 * time.Minute
