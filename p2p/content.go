package p2p

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ipfs/boxo/bitswap"
	"github.com/ipfs/boxo/bitswap/client"
	bsnet "github.com/ipfs/boxo/bitswap/network/bsnet"
	"github.com/ipfs/boxo/ipld/merkledag"
	unixfsio "github.com/ipfs/boxo/ipld/unixfs/io"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	ipld "github.com/ipfs/go-ipld-format"
	"github.com/ipld/go-ipld-prime/codec/dagcbor"
	cidlink "github.com/ipld/go-ipld-prime/linking/cid"
	"github.com/ipld/go-ipld-prime/node/basicnode"
	"github.com/ipld/go-ipld-prime/traversal"
	"github.com/libp2p/go-libp2p/core/peer"
	mh "github.com/multiformats/go-multihash"
)

// Content stores blocks and files under their hash, serves them to peers, and fetches what peers have.
//
// What is stored and not pinned is deleted by [Content.GC] some time after it was last wanted. Pin what must stay.
type Content struct {
	host    *Host
	store   *store
	bitswap *bitswap.Bitswap
	pins    *pins
	offers  *announcer
	gcWake  chan struct{} // capacity 1

	mu struct {
		sync.Mutex
		inUse map[cid.Cid]int // roots being read or fetched: GC leaves them alone
	}
}

func newContent(h *Host, ds datastore.Batching) (*Content, error) {
	s, err := openStore(h.ctx, ds, h.cfg.Limits.Store, h.cfg.Limits.StoreBlocks)
	if err != nil {
		return nil, err
	}
	c := &Content{host: h, store: s, gcWake: make(chan struct{}, 1)}
	c.mu.inUse = make(map[cid.Cid]int)
	if c.pins, err = loadPins(h.ctx, ds); err != nil {
		return nil, err
	}
	if c.offers, err = loadAnnouncer(h.ctx, ds); err != nil {
		return nil, err
	}
	network := bsnet.NewFromIpfsHost(h.host, bsnet.Prefix(h.names.prefix()))
	c.bitswap = bitswap.New(h.ctx, network, h.dht, view{s, Shared},
		// Peers that are connected are asked at once; only if none has a block are providers looked up.
		bitswap.ProviderSearchDelay(300*time.Millisecond),
		bitswap.RebroadcastDelay(10*time.Second),
		bitswap.WithoutDuplicatedBlockStats(),
		// A small block comes back in place of "I have it".
		bitswap.WithWantHaveReplaceSize(4<<10),
		bitswap.WithTargetMessageSize(chunkSize),
		bitswap.MaxOutstandingBytesPerPeer(8<<20),
		bitswap.MaxQueuedWantlistEntriesPerPeer(1024),
		bitswap.MaxCidSize(64),
		bitswap.EngineBlockstoreWorkerCount(16),
		bitswap.WithClientOption(client.BroadcastControlEnable(false)),
	)
	s.shared = func(b []blocks.Block) {
		h.metrics.storeBytes.Set(float64(s.used()))
		// Peers may have asked before the block was here. The only error is that bitswap is closed.
		_ = c.bitswap.NotifyNewBlocks(h.ctx, b...)
	}
	s.pressure = c.wakeGC
	err = h.Handle(blockName, HandlerConfig{
		MaxRequest: 64, MaxResponse: MaxBlock, Timeout: 10 * time.Second, Rate: 500, Burst: 1000, Concurrent: 32,
	}, c.serveBlock)
	return c, err
}

func (c *Content) close() error {
	err := c.bitswap.Close()
	c.store.end()
	// What was stored last may still be in memory of the database.
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return errors.Join(err, c.store.sync(ctx))
}

// Add stores what r holds, at most maxSize bytes, as a file, and returns its CID and length. It is durable when Add returns.
func (c *Content) Add(ctx context.Context, r io.Reader, maxSize int64, v Visibility) (cid.Cid, int64, error) {
	root, n, err := buildFile(ctx, c.store, v, r, maxSize)
	if err != nil {
		return cid.Undef, 0, fmt.Errorf("add content: %w", err)
	}
	return root, n, c.store.sync(ctx)
}

// AddFile stores a file of the file system.
func (c *Content) AddFile(ctx context.Context, path string, maxSize int64, v Visibility) (cid.Cid, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return cid.Undef, 0, fmt.Errorf("add content: %w", err)
	}
	defer func() { _ = f.Close() }() // read only
	return c.Add(ctx, f, maxSize, v)
}

// CID returns the CID of a block of codec cid.Raw or cid.DagCBOR without storing it.
func CID(data []byte, codec uint64) (cid.Cid, error) {
	id, err := cid.V1Builder{Codec: codec, MhType: mh.SHA2_256}.Sum(data)
	if err != nil {
		return cid.Undef, err
	}
	return id, checkCID(id)
}

// PutBlock stores one block of codec cid.Raw or cid.DagCBOR, at most MaxBlock bytes. A dag-cbor block must be well-formed. It is durable
// when PutBlock returns.
func (c *Content) PutBlock(ctx context.Context, data []byte, codec uint64, v Visibility) (cid.Cid, error) {
	id, err := CID(data, codec)
	if err != nil {
		return cid.Undef, err
	}
	b, err := blocks.NewBlockWithCid(bytes.Clone(data), id)
	if err != nil {
		return cid.Undef, err
	}
	if _, err := links(b); err != nil {
		return cid.Undef, err
	}
	if err := c.store.put(ctx, v, b); err != nil {
		return cid.Undef, err
	}
	return id, c.store.sync(ctx)
}

// Has tells whether the block itself is stored here, shared or withheld.
func (c *Content) Has(id cid.Cid) bool {
	_, ok := c.store.look(id.Hash(), Withheld)
	return ok
}

// Used returns the bytes of block data stored.
func (c *Content) Used() int64 { return c.store.used() }

// GetBlock returns one block, from here or from peers, at most maxSize bytes. from names peers that are likely to have it; they are
// asked first, directly. It waits until ctx ends.
func (c *Content) GetBlock(ctx context.Context, id cid.Cid, maxSize int, from ...peer.ID) ([]byte, error) {
	b, err := c.block(ctx, id, from)
	if err != nil {
		return nil, err
	}
	if len(b.RawData()) > maxSize {
		return nil, fmt.Errorf("%w: block %s has %d bytes, the limit is %d", ErrTooLarge, id, len(b.RawData()), maxSize)
	}
	return b.RawData(), nil
}

// Stat returns the length of a file. It fetches the root block if it is not here.
func (c *Content) Stat(ctx context.Context, id cid.Cid, from ...peer.ID) (int64, error) {
	b, err := c.block(ctx, id, from)
	if err != nil {
		return 0, err
	}
	p, err := rootPart(b)
	return p.size, err
}

// Export writes the content of a file of at most maxSize bytes to w and returns its length. Missing blocks are fetched first, checked and
// stored, so a failed Export that is repeated goes on where it was. from names peers that are likely to have the file.
func (c *Content) Export(ctx context.Context, id cid.Cid, w io.Writer, maxSize int64, from ...peer.ID) (int64, error) {
	defer c.hold(id)()
	p, err := c.fetch(ctx, id, maxSize, from)
	if err != nil {
		return 0, fmt.Errorf("export %s: %w", id, err)
	}
	if err := c.write(ctx, w, p); err != nil {
		return 0, fmt.Errorf("export %s: %w", id, err)
	}
	return p.size, nil
}

// ExportFile is Export to a file, which appears only when it is complete.
func (c *Content) ExportFile(ctx context.Context, id cid.Cid, path string, maxSize int64, from ...peer.ID) (_ int64, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return 0, fmt.Errorf("export %s: %w", id, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}()
	n, err := c.Export(ctx, id, f, maxSize, from...)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(f.Chmod(0o644), f.Sync()); err != nil {
		return 0, fmt.Errorf("export %s: %w", id, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return 0, fmt.Errorf("export %s: %w", id, err)
	}
	return n, f.Close()
}

// Fetch makes sure that a whole file of at most maxSize bytes is stored here, and returns its length.
func (c *Content) Fetch(ctx context.Context, id cid.Cid, maxSize int64, from ...peer.ID) (int64, error) {
	defer c.hold(id)()
	p, err := c.fetch(ctx, id, maxSize, from)
	if err != nil {
		return 0, fmt.Errorf("fetch %s: %w", id, err)
	}
	return p.size, nil
}

// Open fetches a file of at most maxSize bytes and returns a reader of it. It must be closed; reads end with ctx.
func (c *Content) Open(ctx context.Context, id cid.Cid, maxSize int64, from ...peer.ID) (io.ReadSeekCloser, error) {
	release := c.hold(id)
	r, err := c.open(ctx, id, maxSize, from)
	if err != nil {
		release()
		return nil, fmt.Errorf("open %s: %w", id, err)
	}
	return &heldReader{r, sync.OnceFunc(release)}, nil
}

func (c *Content) open(ctx context.Context, id cid.Cid, maxSize int64, from []peer.ID) (io.ReadSeekCloser, error) {
	if _, err := c.fetch(ctx, id, maxSize, from); err != nil {
		return nil, err
	}
	nodes := localNodes{c.store}
	root, err := nodes.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return unixfsio.NewDagReader(ctx, root, nodes)
}

type heldReader struct {
	io.ReadSeekCloser
	release func()
}

func (r *heldReader) Close() error {
	defer r.release()
	return r.ReadSeekCloser.Close()
}

// hold keeps GC from deleting what lies below root until release is called.
func (c *Content) hold(root cid.Cid) (release func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mu.inUse[root]++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.mu.inUse[root]--; c.mu.inUse[root] == 0 {
			delete(c.mu.inUse, root)
		}
	}
}

// write copies a file that is stored here.
func (c *Content) write(ctx context.Context, w io.Writer, p part) error {
	b, err := c.store.get(ctx, p.cid, Withheld)
	if err != nil {
		return err
	}
	if p.height == 0 {
		_, err := w.Write(b.RawData())
		return err
	}
	children, err := p.children(b)
	if err != nil {
		return err
	}
	for _, child := range children {
		if err := c.write(ctx, w, child); err != nil {
			return err
		}
	}
	return nil
}

// Publish lets peers fetch everything stored here below root that was withheld: the leaves first and the root last, so that whoever gets
// the root can get the rest. It is durable when it returns, and may be repeated.
func (c *Content) Publish(ctx context.Context, root cid.Cid) error {
	if !c.Has(root) {
		return fmt.Errorf("publish: %w: %s", ErrNotStored, root)
	}
	var order []cid.Cid
	err := c.walk(ctx, []cid.Cid{root}, func(id cid.Cid) { order = append(order, id) })
	if err != nil {
		return fmt.Errorf("publish %s: %w", root, err)
	}
	hashes := make([]mh.Multihash, 0, len(order))
	for _, id := range order { // walk visits the root first
		if id != root {
			hashes = append(hashes, id.Hash())
		}
	}
	if err := c.store.reveal(ctx, hashes); err != nil {
		return err
	}
	if err := c.store.reveal(ctx, []mh.Multihash{root.Hash()}); err != nil {
		return err
	}
	if err := c.store.sync(ctx); err != nil {
		return err
	}
	return c.serveWaiting(ctx, order)
}

// serveWaiting tells bitswap of those of the blocks that connected peers have asked for already.
func (c *Content) serveWaiting(ctx context.Context, ids []cid.Cid) error {
	wanted := make(map[string]struct{})
	for _, p := range c.host.host.Network().Peers() {
		for _, id := range c.bitswap.WantlistForPeer(p) {
			wanted[string(id.Hash())] = struct{}{}
		}
	}
	for _, id := range ids {
		if _, ok := wanted[string(id.Hash())]; !ok {
			continue
		}
		b, err := c.store.get(ctx, id, Shared)
		if err != nil {
			return err
		}
		if err := c.bitswap.NotifyNewBlocks(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// walk visits each block stored here that is reachable from roots, once, parents before children. Links to blocks that are not here are
// skipped: a document may name data that this node never needed.
func (c *Content) walk(ctx context.Context, roots []cid.Cid, visit func(cid.Cid)) error {
	seen := make(map[cid.Cid]struct{})
	queue := append([]cid.Cid(nil), roots...)
	for len(queue) > 0 {
		id := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if _, ok := seen[id]; ok {
			continue
		}
		seen[id] = struct{}{}
		if _, ok := c.store.look(id.Hash(), Withheld); !ok {
			continue
		}
		visit(id)
		if id.Type() == cid.Raw {
			continue
		}
		b, err := c.store.get(ctx, id, Withheld)
		if err != nil {
			return err
		}
		below, err := links(b)
		if err != nil {
			return err
		}
		queue = append(queue, below...)
	}
	return ctx.Err()
}

// links returns the CIDs that a block names, of those codecs that are stored here.
func links(b blocks.Block) ([]cid.Cid, error) {
	var out []cid.Cid
	switch b.Cid().Type() {
	case cid.Raw:
	case cid.DagProtobuf:
		node, err := merkledag.DecodeProtobuf(b.RawData())
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrBadBlock, b.Cid(), err)
		}
		for _, l := range node.Links() {
			out = append(out, l.Cid)
		}
	case cid.DagCBOR:
		if len(b.RawData()) > MaxBlock {
			return nil, fmt.Errorf("%w: block of %d bytes, the limit is %d", ErrTooLarge, len(b.RawData()), MaxBlock)
		}
		builder := basicnode.Prototype.Any.NewBuilder()
		decode := dagcbor.DecodeOptions{AllowLinks: true, MaxDepth: 64}
		if err := decode.Decode(builder, bytes.NewReader(b.RawData())); err != nil {
			return nil, fmt.Errorf("%w: %s is not dag-cbor: %w", ErrBadBlock, b.Cid(), err)
		}
		found, err := traversal.SelectLinks(builder.Build())
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrBadBlock, b.Cid(), err)
		}
		for _, l := range found {
			if cl, ok := l.(cidlink.Link); ok {
				out = append(out, cl.Cid)
			}
		}
	}
	return out, nil
}

// localNodes reads nodes of files that are stored here.
type localNodes struct{ s *store }

var _ ipld.NodeGetter = localNodes{}

func (l localNodes) Get(ctx context.Context, id cid.Cid) (ipld.Node, error) {
	b, err := l.s.get(ctx, id, Withheld)
	if err != nil {
		return nil, err
	}
	if id.Type() == cid.Raw {
		return merkledag.DecodeRawBlock(b)
	}
	return merkledag.DecodeProtobufBlock(b)
}

func (l localNodes) GetMany(ctx context.Context, ids []cid.Cid) <-chan *ipld.NodeOption {
	out := make(chan *ipld.NodeOption)
	go func() {
		defer close(out)
		for _, id := range ids {
			node, err := l.Get(ctx, id)
			select {
			case out <- &ipld.NodeOption{Node: node, Err: err}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
