package node

import (
	"context"
	"errors"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

const (
	topicAds  = "ads"
	topicBids = "bids"
	// trackedAuthors bounds the authors, and the jobs of authors, whose last sequence number is remembered.
	trackedAuthors = 8192
	publishQueue   = 256
)

var (
	errGossipOnly = errors.New("ads and bids are gossip, not mail")
	errForeign    = errors.New("the message is not by the peer that sent it")
	errLifetime   = errors.New("the message claims to be valid for longer than the network allows")
)

func isNotReady(err error) bool { return errors.Is(err, market.ErrNotReady) }

// subject is what a newer message replaces an older one of: an author's ad, or an author's bid for one job.
type subject struct {
	author poc.PeerID
	job    poc.Hash
}

// gossip is the node's part in the topics.
type gossip struct {
	node  *Node
	ads   *p2p.Topic[market.Validated]
	bids  *p2p.Topic[market.Validated]
	seen  *lru.Cache[subject, uint64] // last sequence number; safe for concurrent use
	queue chan market.Publication
}

func (n *Node) joinGossip() (*gossip, error) {
	seen, err := lru.New[subject, uint64](trackedAuthors)
	if err != nil {
		return nil, err
	}
	g := &gossip{node: n, seen: seen, queue: make(chan market.Publication, publishQueue)}
	config := func(topic string) p2p.TopicConfig[market.Validated] {
		return p2p.TopicConfig[market.Validated]{
			MaxSize: market.MaxGossip, Rate: 10, Burst: 100, Queue: 1024,
			Decode:   func(from peer.ID, data []byte) (market.Validated, error) { return g.decode(topic, from, data) },
			Validate: g.validate,
			Handle:   g.handle,
		}
	}
	ads := config(topicAds)
	ads.Joined = g.joined
	if g.ads, err = p2p.Join(n.host, topicAds, ads); err != nil {
		return nil, err
	}
	g.bids, err = p2p.Join(n.host, topicBids, config(topicBids))
	return g, err
}

// decode refuses what is invalid for everyone.
func (g *gossip) decode(topic string, from peer.ID, data []byte) (market.Validated, error) {
	v, err := market.Open(g.node.network, data, nil)
	if err != nil {
		return v, err
	}
	author, err := peerID(from)
	if err != nil {
		return v, err
	}
	if v.From() != author {
		return v, errForeign
	}
	net := g.node.cfg.Network
	lifetime := poc.Millis(v.Expires() - v.Sent())
	switch m := v.Message().(type) {
	case market.Ad:
		if lifetime > 2*net.AdTTL {
			return v, errLifetime
		}
		if topic == topicAds {
			return v, nil
		}
	case market.Bid:
		if lifetime > net.BidTimeout || m.Closes > v.Expires() {
			return v, errLifetime
		}
		if topic == topicBids {
			return v, nil
		}
	}
	return v, fmt.Errorf("a %T does not belong into topic %q", v.Message(), topic)
}

// validate ignores what this node's clock or memory says is not worth passing on.
func (g *gossip) validate(_ context.Context, _ peer.ID, v market.Validated) p2p.Verdict {
	now := g.node.now()
	s, expires := subject{author: v.From()}, v.Expires()
	if bid, ok := v.Message().(market.Bid); ok { // its time is short against what clocks may differ by
		s.job, expires = bid.Job, expires.Add(market.MaxSkew)
	}
	if expires <= now || v.Sent() > now.Add(market.MaxSkew) {
		return p2p.Ignore
	}
	if last, ok := g.seen.Get(s); ok && v.Sequence() <= last {
		return p2p.Ignore
	}
	g.seen.Add(s, v.Sequence())
	return p2p.Accept
}

func (g *gossip) handle(ctx context.Context, _ peer.ID, v market.Validated) {
	// An error means that the node stops; gossip may be lost.
	_ = g.node.loop.post(ctx, input{event: market.Received{Message: v}})
}

// joined is told of peers that came: mail that waits for them goes out, and they hear this node's ad soon.
func (g *gossip) joined(ctx context.Context, id peer.ID) {
	if p, err := peerID(id); err == nil {
		g.node.outbox.met(p)
	}
	_ = g.node.loop.post(ctx, input{event: market.PeerJoined{}}) // fails only when the node stops
}

// publish queues a publication without waiting.
func (n *Node) publish(p market.Publication) {
	select {
	case n.gossip.queue <- p:
	default:
		n.metrics.gossip.WithLabelValues("any", "dropped").Inc()
		n.log.Warn("Publication dropped, too many are waiting", "waiting", publishQueue)
	}
}

// run publishes until ctx ends.
func (g *gossip) run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case p := <-g.queue:
			topic, name := g.bids, topicBids
			if _, ok := p.Message.(market.Ad); ok {
				topic, name = g.ads, topicAds
			}
			raw, _, ok := g.node.wrap(p.Message, p.Expires)
			if !ok {
				continue
			}
			outcome := "ok"
			if err := topic.Publish(ctx, raw); err != nil && ctx.Err() == nil {
				outcome = "failed"
				g.node.log.Warn("Publication failed", "topic", name, "err", err)
			}
			g.node.metrics.gossip.WithLabelValues(name, outcome).Inc()
		}
	}
}
