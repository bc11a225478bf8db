package evm_test

import (
	"context"
	"net"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

func TestDialSaysWhatIsWrong(t *testing.T) {
	ctx := testContext(t)
	c := bootstrap(t)
	dial := func(cfg evm.Config) string {
		_, err := evm.Dial(ctx, cfg)
		require.Error(t, err)
		return err.Error()
	}
	require.Contains(t, dial(evm.Config{URL: "http://127.0.0.1:1", Key: key(0), Contracts: c}), "cannot reach the chain at http://127.0.0.1:1")
	require.Contains(t, dial(evm.Config{URL: "nonsense", Key: key(0), Contracts: c}), "cannot reach the chain")
	require.Contains(t, dial(evm.Config{URL: dev.URL(), Contracts: c}), "key")
	require.Contains(t, dial(evm.Config{URL: dev.URL(), Key: key(0)}), "there is no gpumesh marketplace at")
	require.Contains(t, dial(evm.Config{URL: dev.URL(), Key: key(0), Contracts: evm.Contracts{Marketplace: c.Token}}), "0x")
	require.Contains(t, dial(evm.Config{URL: dev.URL(), Key: key(0), Contracts: evm.Contracts{Marketplace: c.Marketplace, Token: c.Batches}}), "uses the token")

	s, err := evm.Dial(ctx, evm.Config{URL: dev.URL(), Key: key(0), Contracts: evm.Contracts{Marketplace: c.Marketplace}})
	require.NoError(t, err)
	c.Timelock, c.Governance = s.Contracts().Timelock, s.Contracts().Governance // not what a node needs
	c.Rewards = s.Contracts().Rewards                                           // which no other contract knows
	require.Equal(t, c, s.Contracts(), "one address is enough")
	require.Equal(t, "evm:1337:"+string(evm.AccountOf(c.Marketplace)), s.Chain())
	require.NoError(t, s.Close())
	require.NoError(t, s.Close(), "closing twice is harmless")
}

// An endpoint that cannot push blocks is asked for them.
func TestOverHTTP(t *testing.T) {
	c := bootstrap(t)
	newSettlement(t, c).register()
	s := newSettlement(t, c)
	for i := range s.as {
		s.as[i] = open(t, dev.URL(), c, i)
	}
	id := s.locked(1)
	_, err := s.as[1].Beacon(testContext(t), id, s.award(id).Award, s.seating)
	require.NoError(t, err)
	require.Len(t, s.submit(2, s.claim(id, 0, 1, 1, 2, 3)).Pays, 3)
}

// More confirmations mean waiting for blocks that the dev chain makes by itself.
func TestConfirmations(t *testing.T) {
	ctx := testContext(t)
	c := bootstrap(t)
	s, err := evm.Dial(ctx, evm.Config{URL: endpoint, Key: key(0), Contracts: c, Confirmations: 3})
	require.NoError(t, err)
	defer s.Close()
	before := dev.Height()
	r, err := s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 5})
	require.NoError(t, err)
	require.Greater(t, r.Height, before)
	require.GreaterOrEqual(t, dev.Height(), r.Height+2)
}

func TestNoMoneyForGas(t *testing.T) {
	ctx := testContext(t)
	c := bootstrap(t)
	poor, err := crypto.GenerateKey()
	require.NoError(t, err)
	s, err := evm.Dial(ctx, evm.Config{URL: endpoint, Key: poor, Contracts: c})
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Submit(ctx, market.Register{Peer: poc.PeerID{1}})
	require.ErrorIs(t, err, chain.ErrFunds)
	require.ErrorContains(t, err, "gas")
	_, wei, err := s.Balance(ctx, s.Account())
	require.NoError(t, err)
	require.Equal(t, "0", wei)
	_, err = s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 5 * market.NLOV})
	require.ErrorIs(t, err, chain.ErrFunds)
	require.ErrorContains(t, err, "has 0 NLOV and needs 5 NLOV")
}

// The endpoint goes away and comes back, on the same port and from its files: the client goes on, and so does the chain.
func TestEndpointRestarts(t *testing.T) {
	ctx := testContext(t)
	dir, at := t.TempDir(), "127.0.2.1:0" // where nobody else takes the port meanwhile
	if l, err := net.Listen("tcp4", at); err != nil || os.Getenv(gethVar) != "" {
		at = ""
	} else {
		require.NoError(t, l.Close())
	}
	own, err := start(ctx, dir, at)
	require.NoError(t, err)
	contracts, err := deploy(ctx, own)
	require.NoError(t, err)
	s, err := evm.Dial(ctx, evm.Config{URL: own.WSURL(), Key: key(0), Contracts: contracts})
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 5})
	require.NoError(t, err)
	where, err := url.Parse(own.URL())
	require.NoError(t, err)
	require.NoError(t, own.Close())

	down, cancel := context.WithTimeout(ctx, time.Second)
	_, err = s.Submit(down, market.Register{Peer: poc.PeerID{1}, Stake: 7})
	cancel()
	require.Error(t, err)
	require.NotErrorIs(t, err, chain.ErrRefused, "trying again can mend it")

	own, err = start(ctx, dir, where.Host)
	require.NoError(t, err)
	defer func() { require.NoError(t, own.Close()) }()
	require.NotEmpty(t, submit(t, s, market.Register{Peer: poc.PeerID{1}, Stake: 7}).Tx)
	st, err := s.Standing(ctx, s.Account())
	require.NoError(t, err)
	require.Equal(t, market.Amount(7), st.Stake)
}

// A client that is closed or canceled while its transaction is under way loses nothing: the next one finds the effect or
// brings it about, and it happens once.
func TestKilledInFlight(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	heads := make(chan *types.Header, 64)
	sub, err := newRaw(t).eth.SubscribeNewHead(testContext(t), heads)
	require.NoError(t, err)
	defer sub.Unsubscribe()
	for range 8 {
		id, terms := s.job(1)
		op := market.LockEscrow{Job: id, Terms: terms}
		victim := open(t, endpoint, c, 0)
		ctx, cancel := context.WithCancel(testContext(t))
		var wg sync.WaitGroup
		wg.Go(func() { victim.Submit(ctx, op) })
		if s.jobs%2 == 0 { // half of them are canceled after a block, the others at once
			<-heads
		}
		cancel()
		require.NoError(t, victim.Close())
		wg.Wait()
		_, err := s.as[0].Submit(testContext(t), op)
		require.NoError(t, err)
	}
	totals, err := s.as[0].Totals(s.ctx)
	require.NoError(t, err)
	_, terms := s.job(1)
	require.Equal(t, 8*terms.Budget, totals.Held)
}
