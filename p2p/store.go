package p2p

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/ipfs/boxo/blockstore"
	"github.com/ipfs/boxo/datastore/dshelp"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
	pebbleds "github.com/ipfs/go-ds-pebble"
	ipld "github.com/ipfs/go-ipld-format"
	mh "github.com/multiformats/go-multihash"
)

// MaxBlock is the largest block that is stored, sent or accepted, in bytes.
const MaxBlock = 2 << 20

// Visibility says whether peers may fetch a block.
type Visibility uint8

const (
	// Shared blocks are served to whoever asks.
	Shared Visibility = iota
	// Withheld blocks are stored, but peers are told that they are not here, until Publish.
	Withheld
)

var (
	// ErrTooLarge means that content is larger than the caller or the network admits.
	ErrTooLarge = errors.New("content is too large")
	// ErrNotStored means that this node does not have a block.
	ErrNotStored = errors.New("block is not stored here")
	// ErrBadBlock means that a block does not have the hash or the form it should have.
	ErrBadBlock = errors.New("bad block")
)

// QuotaError means that the store is full. Unpinning and GC make room.
type QuotaError struct {
	Used, Limit   int64 // bytes
	Blocks, Count int   // stored blocks and their limit
	Wanted        int64 // bytes of the refused block
}

func (e *QuotaError) Error() string {
	return fmt.Sprintf("content store is full: %d of %d bytes and %d of %d blocks used, %d more bytes wanted",
		e.Used, e.Limit, e.Blocks, e.Count, e.Wanted)
}

// OpenDatastore opens or creates the database that New wants, in directory path.
func OpenDatastore(path string) (datastore.Batching, error) {
	ds, err := pebbleds.NewDatastore(path, pebbleds.WithPebbleOpts(&pebble.Options{
		Logger: quietPebble{},
		// Blocks are up to a mebibyte and incompressible: a large memtable keeps them from being rewritten at once.
		MemTableSize: 32 << 20,
	}))
	if err != nil {
		return nil, fmt.Errorf("open content database: %w", err)
	}
	return ds, nil
}

// quietPebble drops pebble's progress messages; errors are returned by the calls that meet them.
type quietPebble struct{}

func (quietPebble) Infof(string, ...any)  {}
func (quietPebble) Errorf(string, ...any) {}

// Fatalf must not return: pebble has met a state it cannot go on from.
func (quietPebble) Fatalf(format string, args ...any) { panic(fmt.Sprintf("pebble: "+format, args...)) }

// store keeps blocks by multihash, within a quota. Beside each block lies a small record of its size and visibility, written in the
// same batch; all records are in memory, so that whether a block is here, and for whom, costs no read.
type store struct {
	ds        datastore.Batching
	maxBytes  int64
	maxBlocks int
	// shared is told of blocks that peers may fetch from now on.
	shared func([]blocks.Block)
	// pressure is told when the store is nearly full; it must not block.
	pressure func()

	// sweep is held shared while a block is written and exclusively while blocks are deleted, so that GC never deletes what is
	// being stored again.
	sweep sync.RWMutex
	ended bool     // nothing is written any more, because the database closes next; guarded by sweep
	reads struct { // held shared while a block is read
		sync.RWMutex
		ended bool // nothing is read any more, for the same reason
	}
	mu struct {
		sync.RWMutex
		records map[string]*blockRecord // by multihash
		used    int64
	}
}

// blockRecord is guarded by store.mu but for touched.
type blockRecord struct {
	size     int
	withheld bool
	stored   bool         // the write has finished
	touched  atomic.Int64 // when it was last wanted, in Unix nanoseconds
}

func dataKey(h mh.Multihash) datastore.Key {
	return datastore.NewKey("/blocks").Child(dshelp.MultihashToDsKey(h))
}

func recordKey(h mh.Multihash) datastore.Key {
	return datastore.NewKey("/records").Child(dshelp.MultihashToDsKey(h))
}

// encodeRecord: one byte of visibility, then the size as uvarint.
func encodeRecord(v Visibility, size int) []byte {
	return binary.AppendUvarint([]byte{byte(v)}, uint64(size))
}

func openStore(ctx context.Context, ds datastore.Batching, maxBytes int64, maxBlocks int) (*store, error) {
	s := &store{ds: ds, maxBytes: maxBytes, maxBlocks: maxBlocks}
	s.mu.records = make(map[string]*blockRecord)
	results, err := ds.Query(ctx, query.Query{Prefix: "/records"})
	if err != nil {
		return nil, fmt.Errorf("read block records: %w", err)
	}
	defer func() { _ = results.Close() }() // read only
	for r := range results.Next() {
		if r.Error != nil {
			return nil, fmt.Errorf("read block records: %w", r.Error)
		}
		h, err := dshelp.DsKeyToMultihash(datastore.NewKey(datastore.RawKey(r.Key).BaseNamespace()))
		if err != nil || len(r.Value) < 2 {
			return nil, fmt.Errorf("block record %q is damaged", r.Key)
		}
		size, n := binary.Uvarint(r.Value[1:])
		if n <= 0 || size > MaxBlock {
			return nil, fmt.Errorf("block record %q is damaged", r.Key)
		}
		s.mu.records[string(h)] = &blockRecord{size: int(size), withheld: Visibility(r.Value[0]) == Withheld, stored: true}
		s.mu.used += int64(size)
	}
	return s, nil
}

// put checks and stores blocks. A block that is here already only becomes visible if it was withheld and is now shared; a shared block
// stays shared.
func (s *store) put(ctx context.Context, v Visibility, blks ...blocks.Block) error {
	for _, b := range blks {
		if err := checkBlock(b.Cid(), b.RawData()); err != nil {
			return err
		}
	}
	s.sweep.RLock()
	defer s.sweep.RUnlock()
	if s.ended {
		return ErrClosed
	}
	batch, err := s.ds.Batch(ctx)
	if err != nil {
		return fmt.Errorf("store block: %w", err)
	}
	var reserved, fresh []blocks.Block
	for _, b := range blks {
		write, isNew, err := s.reserve(b, v)
		if err != nil {
			s.unreserve(reserved)
			return err
		}
		if isNew {
			reserved = append(reserved, b)
		}
		if !write {
			continue
		}
		fresh = append(fresh, b)
		err = errors.Join(batch.Put(ctx, dataKey(b.Cid().Hash()), b.RawData()),
			batch.Put(ctx, recordKey(b.Cid().Hash()), encodeRecord(v, len(b.RawData()))))
		if err != nil {
			s.unreserve(reserved)
			return fmt.Errorf("store block: %w", err)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if err := batch.Commit(ctx); err != nil {
		s.unreserve(reserved)
		return fmt.Errorf("store block: %w", err)
	}
	s.mu.Lock()
	for _, b := range fresh {
		key := string(b.Cid().Hash())
		r := s.mu.records[key]
		if r == nil { // another call failed to write the same block and gave up its claim
			r = &blockRecord{size: len(b.RawData()), withheld: v == Withheld}
			r.touched.Store(time.Now().UnixNano())
			s.mu.records[key] = r
			s.mu.used += int64(r.size)
		}
		r.stored = true
		if v == Shared {
			r.withheld = false
		}
	}
	near := s.mu.used > s.maxBytes/10*9 || len(s.mu.records) > s.maxBlocks/10*9
	s.mu.Unlock()
	if near && s.pressure != nil {
		s.pressure()
	}
	if v == Shared && s.shared != nil {
		s.shared(fresh)
	}
	return nil
}

// reserve claims quota for a block that is not here. write tells whether it must be written, isNew whether quota was claimed.
func (s *store) reserve(b blocks.Block, v Visibility) (write, isNew bool, err error) {
	key, size := string(b.Cid().Hash()), len(b.RawData())
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.mu.records[key]; r != nil {
		r.touched.Store(time.Now().UnixNano())
		// One that another call is writing is written again, so that neither returns too early.
		return !r.stored || (r.withheld && v == Shared), false, nil
	}
	if s.mu.used+int64(size) > s.maxBytes || len(s.mu.records) >= s.maxBlocks {
		if s.pressure != nil {
			s.pressure()
		}
		return false, false, &QuotaError{Used: s.mu.used, Limit: s.maxBytes, Blocks: len(s.mu.records), Count: s.maxBlocks, Wanted: int64(size)}
	}
	r := &blockRecord{size: size, withheld: v == Withheld}
	r.touched.Store(time.Now().UnixNano())
	s.mu.records[key] = r
	s.mu.used += int64(size)
	return true, true, nil
}

func (s *store) unreserve(blks []blocks.Block) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range blks {
		key := string(b.Cid().Hash())
		if r := s.mu.records[key]; r != nil && !r.stored {
			delete(s.mu.records, key)
			s.mu.used -= int64(r.size)
		}
	}
}

// look returns the size of a block and whether it is here for somebody who may see v.
func (s *store) look(h mh.Multihash, v Visibility) (int, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	r := s.mu.records[string(h)]
	if r == nil || !r.stored || (r.withheld && v == Shared) {
		return 0, false
	}
	if v == Withheld { // this node itself wants it; peers cannot keep a block alive by asking
		r.touched.Store(time.Now().UnixNano())
	}
	return r.size, true
}

// get reads a block. Its hash was checked when it was stored; the database checks what it reads.
func (s *store) get(ctx context.Context, c cid.Cid, v Visibility) (blocks.Block, error) {
	if _, ok := s.look(c.Hash(), v); !ok {
		return nil, fmt.Errorf("%w: %s", ErrNotStored, c)
	}
	s.reads.RLock()
	defer s.reads.RUnlock()
	if s.reads.ended {
		return nil, ErrClosed
	}
	data, err := s.ds.Get(ctx, dataKey(c.Hash()))
	if errors.Is(err, datastore.ErrNotFound) {
		return nil, fmt.Errorf("%w: %s", ErrNotStored, c) // deleted since
	}
	if err != nil {
		return nil, fmt.Errorf("read block %s: %w", c, err)
	}
	return blocks.NewBlockWithCid(data, c)
}

// reveal makes blocks visible, in one batch.
func (s *store) reveal(ctx context.Context, hashes []mh.Multihash) error {
	s.sweep.RLock()
	defer s.sweep.RUnlock()
	batch, err := s.ds.Batch(ctx)
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	for _, h := range hashes {
		if size, ok := s.look(h, Withheld); ok {
			if err := batch.Put(ctx, recordKey(h), encodeRecord(Shared, size)); err != nil {
				return fmt.Errorf("publish: %w", err)
			}
		}
	}
	if err := batch.Commit(ctx); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range hashes {
		if r := s.mu.records[string(h)]; r != nil {
			r.withheld = false
		}
	}
	return nil
}

// delete removes those of the blocks that nobody has wanted since cutoff, and returns how many bytes that freed.
func (s *store) delete(ctx context.Context, hashes []string, cutoff time.Time) (freed int64, err error) {
	s.sweep.Lock()
	defer s.sweep.Unlock()
	batch, err := s.ds.Batch(ctx)
	if err != nil {
		return 0, fmt.Errorf("delete blocks: %w", err)
	}
	var gone []string
	for _, h := range hashes {
		s.mu.RLock()
		r := s.mu.records[h]
		old := r != nil && r.stored && r.touched.Load() < cutoff.UnixNano()
		s.mu.RUnlock()
		if !old {
			continue
		}
		gone = append(gone, h)
		err := errors.Join(batch.Delete(ctx, dataKey(mh.Multihash(h))), batch.Delete(ctx, recordKey(mh.Multihash(h))))
		if err != nil {
			return 0, fmt.Errorf("delete blocks: %w", err)
		}
	}
	if err := batch.Commit(ctx); err != nil {
		return 0, fmt.Errorf("delete blocks: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range gone {
		freed += int64(s.mu.records[h].size)
		delete(s.mu.records, h)
	}
	s.mu.used -= freed
	return freed, nil
}

// unmarked lists the blocks that are not in marked.
func (s *store) unmarked(marked map[string]struct{}) []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []string
	for h := range s.mu.records {
		if _, ok := marked[h]; !ok {
			out = append(out, h)
		}
	}
	return out
}

func (s *store) used() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.mu.used
}

// end waits for reads and writes under way and refuses later ones. A file that is being added writes from a goroutine of its own, which
// may outlive its caller's interest, and peers may still be served.
func (s *store) end() {
	s.sweep.Lock()
	defer s.sweep.Unlock()
	s.ended = true
	s.reads.Lock()
	defer s.reads.Unlock()
	s.reads.ended = true
}

// sync makes everything written so far durable.
func (s *store) sync(ctx context.Context) error {
	if err := s.ds.Sync(ctx, datastore.NewKey("/")); err != nil {
		return fmt.Errorf("sync content store: %w", err)
	}
	return nil
}

// view is the store as boxo sees it: reads see what v admits, writes have visibility v.
type view struct {
	s *store
	v Visibility
}

var _ blockstore.Blockstore = view{}

func (w view) Has(_ context.Context, c cid.Cid) (bool, error) {
	_, ok := w.s.look(c.Hash(), w.v)
	return ok, nil
}

func (w view) GetSize(_ context.Context, c cid.Cid) (int, error) {
	size, ok := w.s.look(c.Hash(), w.v)
	if !ok {
		return 0, ipld.ErrNotFound{Cid: c}
	}
	return size, nil
}

func (w view) Get(ctx context.Context, c cid.Cid) (blocks.Block, error) {
	b, err := w.s.get(ctx, c, w.v)
	if errors.Is(err, ErrNotStored) {
		return nil, ipld.ErrNotFound{Cid: c}
	}
	return b, err
}

func (w view) Put(ctx context.Context, b blocks.Block) error { return w.s.put(ctx, w.v, b) }

func (w view) PutMany(ctx context.Context, b []blocks.Block) error { return w.s.put(ctx, w.v, b...) }

// DeleteBlock refuses: only GC deletes, and it knows what is pinned.
func (w view) DeleteBlock(context.Context, cid.Cid) error {
	return errors.New("blocks are deleted by garbage collection only")
}

// AllKeysChan refuses: peers and importers have no business with the list.
func (w view) AllKeysChan(context.Context) (<-chan cid.Cid, error) {
	return nil, errors.New("the block list is private")
}

// checkCID admits the CIDs of this network: version 1, SHA-256, and one of three codecs.
func checkCID(c cid.Cid) error {
	if !c.Defined() {
		return fmt.Errorf("%w: no CID", ErrBadBlock)
	}
	p := c.Prefix()
	if p.Version != 1 || p.MhType != mh.SHA2_256 || p.MhLength != 32 {
		return fmt.Errorf("%w: %s is not a CIDv1 with SHA-256", ErrBadBlock, c)
	}
	switch p.Codec {
	case cid.Raw, cid.DagProtobuf, cid.DagCBOR:
		return nil
	default:
		return fmt.Errorf("%w: %s has codec 0x%x, only raw, dag-pb and dag-cbor are used", ErrBadBlock, c, p.Codec)
	}
}

// checkBlock verifies size and hash.
func checkBlock(c cid.Cid, data []byte) error {
	if err := checkCID(c); err != nil {
		return err
	}
	if len(data) > MaxBlock {
		return fmt.Errorf("%w: block %s has %d bytes, the limit is %d", ErrTooLarge, c, len(data), MaxBlock)
	}
	sum, err := c.Prefix().Sum(data)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrBadBlock, c, err)
	}
	if !sum.Equals(c) {
		return fmt.Errorf("%w: %d bytes that claim to be %s are %s", ErrBadBlock, len(data), c, sum)
	}
	return nil
}
