package p2p

import (
	"context"
	"sync"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

// gossipTracer knows to which peers gossip can be sent. A peer's subscription may arrive before there is a stream back to it, and what is
// published in between is lost to it. pubsub calls the tracer from its only loop, so nothing here may block.
type gossipTracer struct {
	dropped func()
	mu      struct {
		sync.Mutex
		open    map[peer.ID]struct{}
		changed chan struct{} // closed and replaced when a peer is added
	}
}

var _ pubsub.RawTracer = (*gossipTracer)(nil)

func newGossipTracer(dropped func()) *gossipTracer {
	t := &gossipTracer{dropped: dropped}
	t.mu.open = make(map[peer.ID]struct{})
	t.mu.changed = make(chan struct{})
	return t
}

// await waits until gossip can be sent to p.
func (t *gossipTracer) await(ctx context.Context, p peer.ID) error {
	for {
		t.mu.Lock()
		_, ok := t.mu.open[p]
		changed := t.mu.changed
		t.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (t *gossipTracer) OnNewOutboundStream(p peer.ID, _ protocol.ID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mu.open[p] = struct{}{}
	close(t.mu.changed)
	t.mu.changed = make(chan struct{})
}

func (t *gossipTracer) OnClosedOutboundStream(p peer.ID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.mu.open, p)
}

// DropRPC counts what a slow peer did not take.
func (t *gossipTracer) DropRPC(*pubsub.RPC, peer.ID) { t.dropped() }

func (t *gossipTracer) Join(string)                           {}
func (t *gossipTracer) Leave(string)                          {}
func (t *gossipTracer) Graft(peer.ID, string)                 {}
func (t *gossipTracer) Prune(peer.ID, string)                 {}
func (t *gossipTracer) ValidateMessage(*pubsub.Message)       {}
func (t *gossipTracer) DeliverMessage(*pubsub.Message)        {}
func (t *gossipTracer) RejectMessage(*pubsub.Message, string) {}
func (t *gossipTracer) DuplicateMessage(*pubsub.Message)      {}
func (t *gossipTracer) ThrottlePeer(peer.ID)                  {}
func (t *gossipTracer) RecvRPC(*pubsub.RPC)                   {}
func (t *gossipTracer) SendRPC(*pubsub.RPC, peer.ID)          {}
func (t *gossipTracer) UndeliverableMessage(*pubsub.Message)  {}
