package p2p

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ipfs/boxo/exchange"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/sync/errgroup"
)

const (
	// blockName is the request that asks one peer for one block: a single round trip, where bitswap needs two and paces its messages
	// at 20 ms. It is for whoever knows a peer that has the block, which the node mostly does.
	blockName = "block"
	// headStart is how long hinted peers are asked alone before bitswap asks everybody.
	headStart = 300 * time.Millisecond
	// maxHinted bounds the hints that are followed.
	maxHinted = 4
	// directParallel bounds direct requests of one fetch under way: at most so many mebibytes are in memory.
	directParallel = 8
)

// emptyFile is the CID of no bytes at all.
var emptyFile = cid.MustParse("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku")

// serveBlock answers a request for a block that peers may see.
func (c *Content) serveBlock(ctx context.Context, _ peer.ID, req []byte) ([]byte, error) {
	id, err := cid.Cast(req)
	if err == nil {
		err = checkCID(id)
	}
	if err != nil {
		return nil, BadRequest("not a CID of this network")
	}
	b, err := c.store.get(ctx, id, Shared)
	if errors.Is(err, ErrNotStored) {
		return nil, Unavailable("not here")
	}
	if err != nil {
		return nil, err
	}
	return b.RawData(), nil
}

// block returns one block from here or from peers, and stores what it fetched.
func (c *Content) block(ctx context.Context, id cid.Cid, from []peer.ID) (blocks.Block, error) {
	if err := checkCID(id); err != nil {
		return nil, err
	}
	b, err := c.store.get(ctx, id, Withheld)
	if !errors.Is(err, ErrNotStored) {
		return b, err
	}
	if id == emptyFile {
		// Known without asking, and bitswap takes a block of length zero for one that is missing.
		b, err := blocks.NewBlockWithCid([]byte{}, id)
		if err != nil {
			return nil, err
		}
		return b, c.store.put(ctx, Shared, b)
	}
	var got blocks.Block
	f := c.newFetcher(ctx, from)
	defer f.close()
	err = f.get([]cid.Cid{id}, func(b blocks.Block) error {
		got = b
		return c.store.put(ctx, Shared, b)
	})
	if err != nil {
		return nil, fmt.Errorf("fetch block %s: %w", id, err)
	}
	return got, nil
}

// fetch makes sure that a file is stored here as a whole.
func (c *Content) fetch(ctx context.Context, id cid.Cid, maxSize int64, from []peer.ID) (part, error) {
	b, err := c.block(ctx, id, from)
	if err != nil {
		return part{}, err
	}
	root, err := rootPart(b)
	if err != nil {
		return part{}, err
	}
	if root.size > maxSize {
		return part{}, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, root.size, maxSize)
	}
	f := c.newFetcher(ctx, from)
	defer f.close()
	return root, c.fetchBelow(ctx, f, root)
}

// fetchBelow fetches the missing blocks below an inner node that is here: its children together, then what is below them.
func (c *Content) fetchBelow(ctx context.Context, f *fetcher, p part) error {
	if p.height == 0 {
		return nil
	}
	b, err := c.store.get(ctx, p.cid, Withheld)
	if err != nil {
		return err
	}
	children, err := p.children(b)
	if err != nil {
		return err
	}
	want := make(map[cid.Cid]part)
	for _, child := range children {
		size, here := c.store.look(child.cid.Hash(), Withheld)
		if here {
			if err := child.fits(size); err != nil {
				return err
			}
			continue
		}
		if other, ok := want[child.cid]; ok && other != child {
			return fmt.Errorf("%w: %s lies at places of different length", ErrLayout, child.cid)
		}
		want[child.cid] = child
	}
	ids := make([]cid.Cid, 0, len(want))
	for id := range want {
		ids = append(ids, id)
	}
	err = f.get(ids, func(b blocks.Block) error {
		if err := want[b.Cid()].fits(len(b.RawData())); err != nil {
			return err
		}
		return c.store.put(ctx, Shared, b)
	})
	if err != nil {
		return err
	}
	if p.height == 1 {
		return nil
	}
	for _, child := range children {
		if err := c.fetchBelow(ctx, f, child); err != nil {
			return err
		}
	}
	return nil
}

// fits checks the length of a leaf. Inner nodes are checked by children.
func (p part) fits(size int) error {
	if p.height == 0 && int64(size) != p.size {
		return fmt.Errorf("%w: leaf %s has %d bytes, %d belong there", ErrLayout, p.cid, size, p.size)
	}
	return nil
}

// fetcher gets blocks from peers: from hinted ones directly, and through one bitswap session otherwise.
type fetcher struct {
	c       *Content
	ctx     context.Context
	cancel  context.CancelFunc
	hints   []peer.ID
	session exchange.Fetcher // made when it is first needed
	dials   errgroup.Group
}

func (c *Content) newFetcher(ctx context.Context, from []peer.ID) *fetcher {
	f := &fetcher{c: c}
	f.ctx, f.cancel = context.WithCancel(ctx)
	for _, p := range from {
		if p != c.host.ID() && len(f.hints) < maxHinted {
			f.hints = append(f.hints, p)
			// Connected peers take part in bitswap too. One that cannot be reached is asked in vain, and that is all.
			f.dials.Go(func() error { return c.host.Connect(f.ctx, p) })
		}
	}
	return f
}

func (f *fetcher) close() {
	f.cancel()
	_ = f.dials.Wait() // the requests themselves report who was unreachable
}

// get calls store once for each block, from one goroutine at a time, and returns when all are stored.
func (f *fetcher) get(ids []cid.Cid, store func(blocks.Block) error) error {
	if len(ids) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(f.ctx)
	defer cancel()
	missing := make(map[cid.Cid]struct{}, len(ids))
	for _, id := range ids {
		missing[id] = struct{}{}
	}
	arrived := make(chan blocks.Block)
	var direct errgroup.Group
	done := make(chan struct{}) // direct requests are over
	if len(f.hints) > 0 {
		direct.SetLimit(directParallel)
		go func() {
			defer close(done)
			for i, id := range ids {
				direct.Go(func() error {
					f.ask(ctx, i, id, arrived)
					return nil
				})
			}
			_ = direct.Wait() // no task returns an error
		}()
	} else {
		close(done)
	}
	defer func() {
		cancel()
		<-done
	}()
	accept := func(b blocks.Block, path string) error {
		if _, ok := missing[b.Cid()]; !ok {
			return nil
		}
		delete(missing, b.Cid())
		f.c.host.metrics.blocksFetched.WithLabelValues(path).Inc()
		f.c.host.metrics.bytesFetched.WithLabelValues(path).Add(float64(len(b.RawData())))
		return store(b)
	}
	// First the hints alone, as long as they deliver.
	timer := time.NewTimer(headStart)
	defer timer.Stop()
	for waiting := true; waiting && len(missing) > 0; {
		select {
		case b := <-arrived:
			if err := accept(b, "direct"); err != nil {
				return err
			}
			timer.Reset(headStart)
		case <-done:
			waiting = false
		case <-timer.C:
			waiting = false
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if f.session == nil {
		f.session = f.c.bitswap.NewSession(f.ctx)
	}
	rest := make([]cid.Cid, 0, len(missing))
	for id := range missing {
		rest = append(rest, id)
	}
	swapped, err := f.session.GetBlocks(ctx, rest)
	if err != nil {
		return err
	}
	for len(missing) > 0 {
		select {
		case b := <-arrived:
			if err := accept(b, "direct"); err != nil {
				return err
			}
		case b, ok := <-swapped:
			if !ok {
				swapped = nil // all delivered, or ctx has ended
				if err := ctx.Err(); err != nil {
					return err
				}
				if len(missing) > 0 {
					return errors.New("bitswap ended before all blocks arrived")
				}
				continue
			}
			if err := accept(b, "bitswap"); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// ask requests one block of the hinted peers in turn, beginning with another one for each block.
func (f *fetcher) ask(ctx context.Context, start int, id cid.Cid, arrived chan<- blocks.Block) {
	for i := range f.hints {
		p := f.hints[(start+i)%len(f.hints)]
		data, err := f.c.host.Request(ctx, p, blockName, id.Bytes())
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			err = checkBlock(id, data)
		}
		if err != nil {
			f.c.host.log.Debug("Block not fetched directly", "cid", id, "peer", p, "err", err)
			continue
		}
		b, err := blocks.NewBlockWithCid(data, id)
		if err != nil {
			continue // never: the CID was checked
		}
		select {
		case arrived <- b:
		case <-ctx.Done():
		}
		return
	}
}
