package node

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Uptime that others can compute again: capabilities are receipts that a provider keeps and shows to whoever asks, and the chain says of which epochs.

const (
	vouchedName = "vouched"

	uptimeEpochs = 64              // that a record looks at: the newest that have been judged
	uptimeAsked  = 64              // providers that one question about reputation asks
	uptimeTime   = 3 * time.Second // for all of them
)

var vouchedConfig = p2p.HandlerConfig{
	MaxRequest: 16, MaxResponse: 128 << 10, Timeout: 5 * time.Second, Rate: 2, Burst: 10, Concurrent: 8,
}

func vouchedKey(epoch uint64) string { return fmt.Sprintf("%s%020d", tableVouched, epoch) }

// keepVouched adds to b a capability of this node's own, in place of those that nobody looks at any more.
func (c *challenges) keepVouched(b batch, own *poc.Capability) error {
	b.put(vouchedKey(own.Epoch), poc.MustEncode(own))
	return c.node.store.each(tableVouched, func(name string, _ []byte) error {
		if old := tableVouched + name; own.Epoch >= uptimeEpochs && old <= vouchedKey(own.Epoch-uptimeEpochs) {
			b.del(old)
		}
		return nil
	})
}

// receipts answers whoever asks with this node's own capabilities, as documents.
func (c *challenges) receipts(context.Context, peer.ID, []byte) ([]byte, error) {
	var list [][]byte
	err := c.node.store.each(tableVouched, func(_ string, value []byte) error {
		list = append(list, slices.Clone(value))
		return nil
	})
	if err != nil {
		return nil, p2p.Unavailable("the capabilities cannot be read")
	}
	return poc.Encode(list[max(0, len(list)-uptimeEpochs):])
}

// ask returns the capabilities that a provider shows of itself. Who checks them finds out what they are worth.
func (c *challenges) ask(ctx context.Context, of poc.PeerID) (out []poc.Capability, err error) {
	var raw []byte
	if of == c.node.self {
		raw, err = c.receipts(ctx, "", nil)
	} else {
		var id peer.ID
		if id, err = hostID(of); err != nil {
			return nil, err
		}
		raw, err = c.node.host.Request(ctx, id, vouchedName, []byte{0})
	}
	if err != nil {
		return nil, err
	}
	return shownBy(of, raw)
}

// shownBy reads what a provider answers, as far as it is about itself.
func shownBy(of poc.PeerID, raw []byte) (out []poc.Capability, err error) {
	var list [][]byte
	if err := poc.Decode(raw, &list); err != nil {
		return nil, err
	}
	for _, doc := range list[:min(len(list), uptimeEpochs)] {
		if k, err := poc.DecodeCapability(doc); err == nil && k.Peer == of {
			out = append(out, *k)
		}
	}
	return out, nil
}

// vouching gathers what shows that providers were up: of these peers, what they show of themselves.
func (c *challenges) vouching(ctx context.Context, peers []poc.PeerID) market.Vouching {
	v := market.Vouching{Epochs: map[uint64]market.RewardEpoch{}}
	if c == nil {
		return v
	}
	c.mu.Lock()
	newest := c.mu.epochs[0]
	c.mu.Unlock()
	if newest == nil {
		return v
	}
	end := newest.number // of what has been judged
	if c.node.now() >= newest.closes {
		end++
	}
	for number := end - min(end, uptimeEpochs); number < end; number++ {
		e, err := c.past(ctx, number)
		if err != nil { // an endpoint may not tell old ones
			c.log.Debug("Epoch not read", "epoch", number, "err", err)
			continue
		}
		v.Epochs[number] = e
	}
	ctx, cancel := context.WithTimeout(ctx, uptimeTime)
	defer cancel()
	var mu sync.Mutex
	var g sync.WaitGroup
	for _, p := range peers[:min(len(peers), uptimeAsked)] {
		g.Go(func() {
			shown, err := c.ask(ctx, p)
			if err != nil {
				c.log.Debug("A provider does not show what is vouched for", "peer", p, "err", err)
			}
			mu.Lock()
			defer mu.Unlock()
			v.Shown = append(v.Shown, shown...)
		})
	}
	g.Wait()
	return v
}

// past returns what the chain says of an epoch that has begun. The newest of those asked for are remembered.
func (c *challenges) past(ctx context.Context, number uint64) (e market.RewardEpoch, err error) {
	c.mu.Lock()
	e, ok := c.mu.past[number]
	c.mu.Unlock()
	if ok {
		return e, nil
	}
	seen, err := c.chain.Epoch(ctx, c.terms.Since, c.terms.Begins(number))
	if err != nil {
		return e, err
	}
	e.Beacon = seen.Beacon
	if e.Roster, err = seen.Roster(c.node.cfg.Network.MinStake); err != nil {
		return e, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for old := range c.mu.past {
		if len(c.mu.past) < market.MaxRewardEpochs {
			break
		}
		delete(c.mu.past, old)
	}
	c.mu.past[number] = e
	return e, nil
}
