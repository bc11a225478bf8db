package sim

import (
	"errors"

	"gpumesh/market"
	"gpumesh/poc"
)

// How messages travel between nodes.

// wrap signs a message and opens it again, once for all who get it.
func (n *node) wrap(m market.Message, expires poc.Time) (market.Validated, int, bool) {
	n.sequence++
	raw, err := market.Wrap(n.w.id, n.key, market.Header{Sequence: n.sequence, Sent: n.clock(), Expires: expires}, m)
	if err != nil {
		n.w.violate("node %d cannot send %T: %v", n.index, m, err)
		return market.Validated{}, 0, false
	}
	v, err := market.Open(n.w.id, raw, n.w.view(n))
	if err != nil {
		if !n.dishonest() {
			n.w.violate("what node %d sends does not open: %v", n.index, err)
		}
		return market.Validated{}, 0, false
	}
	if n.w.s.Check.Replay {
		n.w.tally.replays++
		if _, err := market.Open(n.w.other, raw, n.w.view(n)); err == nil {
			n.w.violate("another network takes a %T of node %d", m, n.index)
		}
	}
	return v, len(raw), true
}

func (n *node) send(s market.Send) {
	if a, ok := s.Message.(market.Award); ok && n.owner() {
		n.award[a.Job] = a.Document
	}
	if p, ok := s.Message.(market.Proof); ok {
		n.w.noteProof(n, p.Message)
		n.w.noteCommit(n, p.Message)
	}
	if o, ok := s.Message.(market.Offer); ok {
		n.noteOffer(o)
		if n.act.promises {
			n.acted++
		}
	}
	if n.act.say == nil {
		n.sendTo(s.To, s)
		return
	}
	for _, to := range s.To { // a liar may tell everybody something else
		if n.w.byPeer[to] == nil {
			continue
		}
		own := s
		if own.Message = n.act.say(n, n.w.byPeer[to], s.Message); own.Message != nil {
			n.sendTo([]poc.PeerID{to}, own)
		} else {
			n.acted++
		}
	}
}

func (n *node) sendTo(to []poc.PeerID, s market.Send) {
	if s.Expires <= n.clock() {
		return // it means nothing any more, and a host would not send it
	}
	v, size, ok := n.wrap(s.Message, s.Expires)
	if !ok {
		return
	}
	for _, p := range to {
		if p == n.peer {
			n.w.violate("node %d sends to itself", n.index)
		}
		if peer := n.w.byPeer[p]; peer != nil {
			n.w.post(n, peer, v, size, s.Reliable, 1_000)
		}
	}
}

// post delivers a message, and a reliable one again and again until it expires.
func (w *world) post(from, to *node, v market.Validated, size int, reliable bool, backoff poc.Millis) {
	w.tally.messages++
	w.tally.bytes += uint64(size)
	again := func(wait poc.Millis) {
		if reliable && w.now.Add(wait+from.skew) < v.Expires() {
			w.after(wait, func() { w.post(from, to, v, size, true, min(2*backoff, 30_000)) })
		}
	}
	if w.chance(w.s.Network.Loss) || !w.linked(from, to) {
		again(backoff)
		return
	}
	w.after(w.latency(), func() {
		if to.gone {
			again(backoff)
			return
		}
		if !to.hears(from, v.Message()) {
			return
		}
		forget := w.noteHeard(to, from, v.Message())
		err := to.step(market.Received{Message: v, Subnet: from.subnet})
		if err != nil {
			forget()
		}
		if errors.Is(err, market.ErrNotReady) {
			again(min(backoff, 1_000))
		}
	})
}

// hears reports whether the node's machine is told of a message.
func (n *node) hears(from *node, m market.Message) bool {
	return n.act.hear == nil || n.act.hear(n, from, m)
}

// publish gossips an ad or a bid.
func (n *node) publish(p market.Publication) {
	v, size, ok := n.wrap(p.Message, p.Expires)
	if !ok {
		return
	}
	w := n.w
	bid, ok := p.Message.(market.Bid)
	if !ok {
		w.ads[n] = v
		return
	}
	for _, to := range w.nodes {
		if to == n || to.cfg.Provider == nil || !to.hears(n, bid) {
			continue
		}
		w.tally.gossip++
		w.tally.gossipBytes += uint64(size)
		v, asked := v, bid.Asks(to.peer)
		if !asked && to.act.rushes { // its program does as if it were
			to.acted++
			all := bid
			all.Reach = 0
			v, _, asked = n.wrap(all, p.Expires)
		}
		if !asked || w.chance(w.s.Network.Loss*w.s.Network.Loss) || !w.linked(n, to) { // a mesh gives two chances
			continue
		}
		w.after(3*w.latency(), func() { _ = to.step(market.Received{Message: v}) }) // some hops
	}
}

// hearAds brings a node up to date with the directory of ads.
func (n *node) hearAds() {
	for _, other := range n.w.nodes {
		if v, ok := n.w.ads[other]; ok && other != n && n.w.linked(other, n) {
			_ = n.step(market.Received{Message: v})
		}
	}
}
