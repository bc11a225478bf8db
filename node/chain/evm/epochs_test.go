package evm_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// TestRegistryIsReadOnce: old events are asked for once from one endpoint, what may still change is asked for each time, and whatever was asked for before,
// epochs are what they are to who asks for the first time.
func TestRegistryIsReadOnce(t *testing.T) {
	contracts := bootstrap(t)
	s := newSettlement(t, contracts)
	s.register()
	r := newRaw(t)
	first, second := proxied(t, dev.WSURL()), proxied(t, dev.WSURL())
	var asked atomic.Int32
	for _, p := range []*proxy{first, second} {
		p.hook(func(reqs []request) bool {
			for _, q := range reqs {
				if q.Method == "eth_getLogs" {
					asked.Add(1)
				}
			}
			return true
		}, nil)
	}
	c, err := evm.Dial(r.ctx, evm.Config{URLs: []string{first.url(), second.url()}, PerSecond: 500, Key: key(4), Contracts: contracts})
	require.NoError(t, err)
	defer c.Close()
	check := func(block uint64, want bool) {
		t.Helper()
		before := asked.Load()
		got, err := c.Epoch(r.ctx, 0, block)
		require.NoError(t, err)
		require.Equal(t, want, asked.Load() > before, "it is read")
		fresh, err := evm.Dial(r.ctx, evm.Config{URL: endpoint, Key: key(5), Contracts: contracts})
		require.NoError(t, err)
		defer fresh.Close()
		e, err := fresh.Epoch(r.ctx, 0, block)
		require.NoError(t, err)
		require.Equal(t, e, got)
		require.Len(t, e.Workers, 3)
	}
	old := dev.Height()
	check(old, true)
	check(old, true) // it may still change
	for dev.Height() < old+64 {
		require.NoError(t, dev.Skip(r.ctx, time.Millisecond))
	}
	check(old, true)
	check(old, false)
	s.submit(1, market.Register{Peer: poc.PeerID{9, 1}})
	again := dev.Height()
	require.NoError(t, r.send(2, contracts.Marketplace, bindings.NewMarketplace().PackUnbond(addressOf(2), uint64(market.NLOV))))
	check(dev.Height(), true)
	check(again, true)
	check(old, false)
	first.setDown(true)
	_, err = c.Height(r.ctx)
	require.NoError(t, err)
	check(old, true)
	check(old, false)
}

// BenchmarkEpochs reads the epochs that one claim for rewards can be about, of a registry with 2,000 registrations.
func BenchmarkEpochs(b *testing.B) {
	contracts, err := deploy(context.Background(), dev)
	require.NoError(b, err)
	s := newSettlement(b, contracts)
	s.register()
	first := dev.Height()
	for i := range 2_000 {
		s.submit(1+i%3, market.Register{Peer: poc.PeerID{9, byte(i), byte(i >> 8)}})
	}
	step := (dev.Height() - first) / market.MaxRewardEpochs
	for b.Loop() {
		b.StopTimer()
		c, err := evm.Dial(s.ctx, evm.Config{URL: endpoint, Key: key(1), Contracts: contracts})
		require.NoError(b, err)
		b.StartTimer()
		for i := range uint64(market.MaxRewardEpochs) {
			_, err := c.Epoch(s.ctx, 0, first+i*step)
			require.NoError(b, err)
		}
		require.NoError(b, c.Close())
	}
}
