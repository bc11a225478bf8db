package chaintest

import (
	"context"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// epochs holds for settlement layers that have them: an epoch is the same for all and for ever, knows who was registered before its block
// and nobody later, and is waited for.
func epochs(w *world) {
	e, ok := w.as[1].(chain.Epochs)
	if !ok {
		w.t.Skip("this settlement layer tells no epochs")
	}
	height := func() uint64 {
		h, err := e.Height(w.ctx)
		require.NoError(w.t, err)
		return h
	}
	w.register(2)
	first := height()
	one, err := e.Epoch(w.ctx, 0, first)
	require.NoError(w.t, err)
	require.False(w.t, one.Beacon.IsZero())
	require.ElementsMatch(w.t, []market.Standing{
		{Account: w.as[1].Account(), Peer: peer(1), Registered: true, Stake: w.MinStake},
		{Account: w.as[2].Account(), Peer: peer(2), Registered: true, Stake: w.MinStake},
	}, one.Workers)
	roster, err := one.Roster(w.MinStake)
	require.NoError(w.t, err)
	require.True(w.t, roster.Has(peer(1)))
	require.Equal(w.t, []poc.PeerID{peer(2)}, roster.Witnesses(one.Beacon, 1, peer(1), 5))
	none, err := one.Roster(w.MinStake + 1)
	require.NoError(w.t, err)
	require.False(w.t, none.Has(peer(1)))

	type answer struct {
		e   chain.Epoch
		err error
	}
	next := make(chan answer, 1)
	go func() {
		got, err := e.Epoch(w.ctx, 0, first+1)
		next <- answer{got, err}
	}()
	w.must(w.as[3], market.Register{Peer: peer(3), Stake: 2 * w.MinStake})
	got := <-next
	require.NoError(w.t, got.err)
	require.NotEqual(w.t, one.Beacon, got.e.Beacon)
	third, err := e.Epoch(w.ctx, 0, height())
	require.NoError(w.t, err)
	require.Len(w.t, third.Workers, 3)
	w.must(w.as[3], market.Register{Peer: peer(4), Stake: 3 * w.MinStake})
	for _, s := range w.as {
		same, err := s.(chain.Epochs).Epoch(w.ctx, 0, first)
		require.NoError(w.t, err)
		require.Equal(w.t, one, same, "what happens later changes nothing")
	}
	last, err := e.Epoch(w.ctx, 0, height())
	require.NoError(w.t, err)
	require.Contains(w.t, last.Workers, market.Standing{Account: w.as[3].Account(), Peer: peer(4), Registered: true, Stake: 3 * w.MinStake})

	ended, cancel := context.WithCancel(w.ctx)
	cancel()
	_, err = e.Epoch(ended, 0, height()+1_000)
	require.Error(w.t, err)
}
