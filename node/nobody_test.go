package node

import (
	"context"
	"crypto/ed25519"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/poc"
)

// deafPost is a transport to peers that nobody finds.
type deafPost struct{ dials atomic.Int64 }

func (p *deafPost) Connect(ctx context.Context, _ peer.ID) error {
	p.dials.Add(1)
	defer p.dials.Add(-1)
	<-ctx.Done()
	return ctx.Err()
}

func (p *deafPost) Request(context.Context, peer.ID, string, []byte) ([]byte, error) {
	return nil, errors.New("nobody is there")
}

// TestDeclinesToNobody: bids of free identities, which nobody can be told of, leave nothing behind but a bounded number of tries, the newest ones.
func TestDeclinesToNobody(t *testing.T) {
	c := newCluster(t, 1, nil)
	n := c.nodes[0]
	deaf := &deafPost{}
	require.NoError(t, n.loop.ask(t.Context(), func(*market.Machine) { n.outbox.net = deaf })) // nothing is sent yet
	lasting := poc.PeerID{1}
	n.outbox.add(lasting, write(t, n.outbox, lasting, 1, "reliable", n.now().Add(600_000)))
	var last poc.PeerID
	const bids = maxTries + 100
	for i := range bids {
		_, key, err := ed25519.GenerateKey(nil)
		require.NoError(t, err)
		last = poc.PeerID(key.Public().(ed25519.PublicKey))
		n.hear(key, 1, market.Bid{Job: poc.Hash{byte(i), byte(i >> 8)}, Account: "x", Closes: n.now().Add(600_000)})
	}
	require.NoError(t, n.loop.ask(t.Context(), func(*market.Machine) {}))
	require.Equal(t, 1, stored(t, n.store, tableOutbox), "the reliable message alone is stored")
	waits := func(p poc.PeerID) (boxes int, ok bool) {
		n.outbox.mu.Lock()
		defer n.outbox.mu.Unlock()
		return len(n.outbox.mu.boxes), n.outbox.mu.boxes[p] != nil
	}
	boxes, ok := waits(last)
	require.Equal(t, maxTries+1, boxes)
	require.True(t, ok)
	_, ok = waits(lasting)
	require.True(t, ok)
	c.until(func() bool { return deaf.dials.Load() == maxTries+1 }, "the end of the tries that were given up")

	// Peers with reliable messages are bounded, too.
	for i := range maxBoxes {
		to := poc.PeerID{2, byte(i), byte(i >> 8)}
		n.outbox.add(to, write(t, n.outbox, to, 1, "reliable", n.now().Add(600_000)))
	}
	boxes, ok = waits(lasting)
	require.Equal(t, maxBoxes+maxTries, boxes)
	require.True(t, ok)
	require.Equal(t, maxBoxes, stored(t, n.store, tableOutbox))
}
