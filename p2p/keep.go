package p2p

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
)

const (
	// gcEvery is how often unpinned blocks are swept; a store that is nearly full is swept at once, but not more often than gcPause.
	gcEvery = time.Hour
	gcPause = time.Minute
	// sweepBatch bounds the blocks deleted under one lock.
	sweepBatch = 256
	// announceEvery is how often a provided root is announced again; records in the DHT live for 48 hours.
	announceEvery = 12 * time.Hour
	// announceRetry is how soon after a failure.
	announceRetry = 30 * time.Second
	// announceTimeout bounds one announcement.
	announceTimeout = time.Minute
	// maxProvided bounds the roots announced by this node.
	maxProvided = 1 << 16
)

// pins are the named roots that GC keeps with everything stored below them.
type pins struct {
	ds datastore.Batching
	// gate is held shared while a pin is set and exclusively by GC: a root is either pinned before the sweep or missing.
	gate sync.RWMutex
	mu   struct {
		sync.Mutex
		named map[string]cid.Cid
	}
}

// loadCIDs reads all entries below a prefix; values are CIDs.
func loadCIDs(ctx context.Context, ds datastore.Batching, prefix string, each func(name string, id cid.Cid)) error {
	results, err := ds.Query(ctx, query.Query{Prefix: prefix})
	if err != nil {
		return fmt.Errorf("read %s: %w", prefix, err)
	}
	entries, err := results.Rest()
	if err != nil {
		return fmt.Errorf("read %s: %w", prefix, err)
	}
	for _, e := range entries {
		id, err := cid.Cast(e.Value)
		if err != nil {
			return fmt.Errorf("entry %q is damaged: %w", e.Key, err)
		}
		each(strings.TrimPrefix(e.Key, prefix+"/"), id)
	}
	return nil
}

func loadPins(ctx context.Context, ds datastore.Batching) (*pins, error) {
	p := &pins{ds: ds}
	p.mu.named = make(map[string]cid.Cid)
	return p, loadCIDs(ctx, ds, "/pins", func(name string, id cid.Cid) { p.mu.named[name] = id })
}

// Pin keeps a stored root, and everything stored below it, from being deleted, under a name such as "job/<id>/result". The name moves if
// it is in use. It is durable when Pin returns, and waits for a GC under way.
func (c *Content) Pin(ctx context.Context, name string, root cid.Cid) error {
	if !requestName.MatchString(strings.ToLower(name)) || datastore.NewKey(name).String() != "/"+name {
		return fmt.Errorf("pin name %q must be letters, digits, dots, dashes and single slashes", clip(name, 80))
	}
	c.pins.gate.RLock()
	defer c.pins.gate.RUnlock()
	if !c.Has(root) {
		return fmt.Errorf("pin %q: %w: %s", name, ErrNotStored, root)
	}
	if err := c.pins.ds.Put(ctx, datastore.NewKey("/pins").ChildString(name), root.Bytes()); err != nil {
		return fmt.Errorf("pin %q: %w", name, err)
	}
	c.pins.mu.Lock()
	c.pins.mu.named[name] = root
	c.pins.mu.Unlock()
	return c.store.sync(ctx)
}

// Unpin forgets a name, or with a trailing slash all names below it. A name that is not there is no error.
func (c *Content) Unpin(ctx context.Context, name string) error {
	c.pins.mu.Lock()
	defer c.pins.mu.Unlock()
	for n := range c.pins.mu.named {
		if n != name && !(strings.HasSuffix(name, "/") && strings.HasPrefix(n, name)) {
			continue
		}
		if err := c.pins.ds.Delete(ctx, datastore.NewKey("/pins").ChildString(n)); err != nil {
			return fmt.Errorf("unpin %q: %w", n, err)
		}
		delete(c.pins.mu.named, n)
	}
	return nil
}

// Pins returns the pinned roots by name.
func (c *Content) Pins() map[string]cid.Cid {
	c.pins.mu.Lock()
	defer c.pins.mu.Unlock()
	out := make(map[string]cid.Cid, len(c.pins.mu.named))
	for n, id := range c.pins.mu.named {
		out[n] = id
	}
	return out
}

// GC deletes the blocks that no pin and no running transfer reaches and that nobody has wanted for Limits.Keep, and returns how many bytes
// that freed.
func (c *Content) GC(ctx context.Context) (freed int64, err error) {
	c.pins.gate.Lock()
	defer c.pins.gate.Unlock()
	cutoff := time.Now().Add(-c.host.cfg.Limits.Keep)
	var roots []cid.Cid
	for _, id := range c.Pins() {
		roots = append(roots, id)
	}
	c.mu.Lock()
	for id := range c.mu.inUse {
		roots = append(roots, id)
	}
	c.mu.Unlock()
	marked := make(map[string]struct{})
	if err := c.walk(ctx, roots, func(id cid.Cid) { marked[string(id.Hash())] = struct{}{} }); err != nil {
		return 0, fmt.Errorf("collect garbage: %w", err)
	}
	garbage := c.store.unmarked(marked)
	for len(garbage) > 0 {
		n := min(sweepBatch, len(garbage))
		bytes, err := c.store.delete(ctx, garbage[:n], cutoff)
		if err != nil {
			return freed, fmt.Errorf("collect garbage: %w", err)
		}
		freed += bytes
		garbage = garbage[n:]
	}
	c.host.metrics.storeBytes.Set(float64(c.store.used()))
	return freed, nil
}

func (c *Content) wakeGC() {
	select {
	case c.gcWake <- struct{}{}:
	default:
	}
}

// run announces and sweeps until ctx ends.
func (c *Content) run(ctx context.Context) {
	var tasks sync.WaitGroup
	defer tasks.Wait()
	tasks.Go(func() { c.announceLoop(ctx) })
	every := time.NewTicker(gcEvery)
	defer every.Stop()
	var last time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		case <-c.gcWake:
			if time.Since(last) < gcPause {
				continue
			}
		}
		last = time.Now()
		freed, err := c.GC(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			c.host.log.Error("Garbage collection failed", "err", err)
		case freed > 0:
			c.host.log.Info("Garbage collected", "freedBytes", freed, "usedBytes", c.store.used())
		}
	}
}

// announcer holds the roots that this node provides and when each is to be announced next.
type announcer struct {
	ds   datastore.Batching
	wake chan struct{} // capacity 1
	mu   struct {
		sync.Mutex
		due map[cid.Cid]time.Time
	}
}

func loadAnnouncer(ctx context.Context, ds datastore.Batching) (*announcer, error) {
	a := &announcer{ds: ds, wake: make(chan struct{}, 1)}
	a.mu.due = make(map[cid.Cid]time.Time)
	return a, loadCIDs(ctx, ds, "/provided", func(_ string, id cid.Cid) { a.mu.due[id] = time.Time{} })
}

// Provide lets others find this node through the DHT as one that has root: in the background, again every 12 hours, and after a restart,
// for as long as the root is stored. Withheld content must be published first.
func (c *Content) Provide(ctx context.Context, root cid.Cid) error {
	if _, ok := c.store.look(root.Hash(), Shared); !ok {
		return fmt.Errorf("provide: %w or withheld: %s", ErrNotStored, root)
	}
	a := c.offers
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, known := a.mu.due[root]; known {
		return nil
	}
	if len(a.mu.due) >= maxProvided {
		c.host.metrics.provideDropped.Inc()
		return fmt.Errorf("provide %s: %d roots are provided already", root, maxProvided)
	}
	if err := a.ds.Put(ctx, providedKey(root), root.Bytes()); err != nil {
		return fmt.Errorf("provide %s: %w", root, err)
	}
	a.mu.due[root] = time.Time{}
	select {
	case a.wake <- struct{}{}:
	default:
	}
	return nil
}

func providedKey(id cid.Cid) datastore.Key {
	return datastore.NewKey("/provided").ChildString(id.String())
}

// next returns a root that is due, or how long until one is.
func (a *announcer) next(now time.Time) (_ cid.Cid, wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	wait = announceEvery
	for id, at := range a.mu.due {
		if !at.After(now) {
			return id, 0
		}
		wait = min(wait, at.Sub(now))
	}
	return cid.Undef, wait
}

func (c *Content) announceLoop(ctx context.Context) {
	a := c.offers
	for {
		id, wait := a.next(time.Now())
		if !id.Defined() {
			timer := time.NewTimer(wait)
			select {
			case <-ctx.Done():
			case <-a.wake:
			case <-timer.C:
			}
			timer.Stop()
			if ctx.Err() != nil {
				return
			}
			continue
		}
		if _, ok := c.store.look(id.Hash(), Shared); !ok { // deleted since
			err := a.ds.Delete(ctx, providedKey(id))
			if err != nil && !errors.Is(err, context.Canceled) {
				c.host.log.Error("Provided root not forgotten", "cid", id, "err", err)
			}
			a.mu.Lock()
			delete(a.mu.due, id)
			a.mu.Unlock()
			continue
		}
		again := announceEvery
		attempt, cancel := context.WithTimeout(ctx, announceTimeout)
		if err := c.host.dht.Provide(attempt, id, true); err != nil {
			again = announceRetry // mostly: no peer is connected yet
			c.host.log.Debug("Root not announced", "cid", id, "err", err)
		}
		cancel()
		if ctx.Err() != nil {
			return
		}
		a.mu.Lock()
		a.mu.due[id] = time.Now().Add(again)
		a.mu.Unlock()
	}
}
