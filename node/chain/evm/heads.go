package evm

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
)

// Bounds of the wait between two looks for a new head, where the endpoint cannot push them.
const (
	pollMin  = 50 * time.Millisecond
	pollMax  = 3 * time.Second
	readHead = 10 * time.Second // deadline of one look
)

// heads follows the newest block of the chain. It is safe for concurrent use.
type heads struct {
	ends *endpoints
	log  *slog.Logger

	mu struct {
		sync.Mutex
		latest  *types.Header
		tick    time.Duration // one unit of the headers' time stamps
		changed chan struct{} // closed at the next head
	}
}

func newHeads(ctx context.Context, ends *endpoints, log *slog.Logger) (*heads, error) {
	h := &heads{ends: ends, log: log}
	h.mu.tick = time.Second
	h.mu.changed = make(chan struct{})
	latest, err := ends.header(ctx, nil)
	if err != nil {
		return nil, err
	}
	h.mu.latest = latest
	return h, nil
}

// now returns the newest head, and a channel that is closed once there is another.
func (h *heads) now() (*types.Header, <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.mu.latest, h.mu.changed
}

func (h *heads) setTick(tick time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.mu.tick = tick
}

func (h *heads) set(head *types.Header) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.mu.latest.Number.Cmp(head.Number) == 0 && h.mu.latest.Hash() == head.Hash() {
		return
	}
	h.mu.latest = head
	close(h.mu.changed)
	h.mu.changed = make(chan struct{})
}

func (h *heads) height() uint64 {
	head, _ := h.now()
	return head.Number.Uint64()
}

// reach waits until the chain is at least height blocks high.
func (h *heads) reach(ctx context.Context, height uint64) error {
	for {
		head, changed := h.now()
		if head.Number.Uint64() >= height {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// follow runs until ctx ends.
func (h *heads) follow(ctx context.Context) {
	for ctx.Err() == nil {
		if c, err := h.ends.inUse(ctx); err == nil && c.push() {
			err := h.subscribed(ctx, c)
			if ctx.Err() != nil {
				return
			}
			h.log.Debug("no new heads pushed, asking for them", "err", err)
		}
		// Also after a broken subscription: one look, which reconnects, and then another try.
		wait := h.interval()
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		look, cancel := context.WithTimeout(ctx, readHead)
		head, err := h.ends.header(look, nil)
		cancel()
		if err != nil {
			h.log.Debug("cannot read the newest block", "err", err)
			continue
		}
		h.set(head)
	}
}

// subscribed takes pushed heads until the subscription breaks.
func (h *heads) subscribed(ctx context.Context, c *conn) error {
	ch := make(chan *types.Header, 64)
	sub, err := c.eth.SubscribeNewHead(ctx, ch)
	if err != nil {
		return err
	}
	defer sub.Unsubscribe()
	// What came between the last look and the subscription is not pushed.
	look, cancel := context.WithTimeout(ctx, readHead)
	head, err := h.ends.header(look, nil)
	cancel()
	if err != nil {
		return err
	}
	h.set(head)
	for {
		select {
		case head := <-ch:
			h.ends.note(c.of, head.Number.Uint64())
			h.set(head)
		case err := <-sub.Err():
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// time is a head's time stamp.
func (h *heads) time(head *types.Header) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return time.UnixMilli(int64(head.Time) * h.mu.tick.Milliseconds())
}

// interval is a quarter of the newest block's age, within bounds: a slow chain is asked rarely.
func (h *heads) interval() time.Duration {
	head, _ := h.now()
	age := time.Since(h.time(head))
	return min(max(age/4, pollMin), pollMax)
}
