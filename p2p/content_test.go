package p2p

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	ipld "github.com/ipfs/go-ipld-format"
	"github.com/libp2p/go-libp2p/core/peer"
	mh "github.com/multiformats/go-multihash"
	"github.com/stretchr/testify/require"
)

func mustCID(t testing.TB, data []byte) cid.Cid {
	id, err := CID(data, cid.Raw)
	require.NoError(t, err)
	return id
}

// noise returns n bytes that are the same in each run and do not repeat.
func sample(n int) []byte {
	var seed [32]byte
	binary.BigEndian.PutUint64(seed[:], uint64(n))
	r := rand.NewChaCha8(seed)
	b := make([]byte, n)
	_, _ = r.Read(b) // never fails
	return b
}

func TestContentRoundTrip(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	for _, size := range []int{0, 1, 1000, chunkSize - 1, chunkSize, chunkSize + 1, 3 * chunkSize, 5<<20 + 1} {
		data := sample(size)
		id, n, err := a.Content().Add(ctx, bytes.NewReader(data), int64(size), Shared)
		require.NoError(t, err)
		require.EqualValues(t, size, n)
		for name, from := range map[string][]peer.ID{"hinted": {a.ID()}, "again": nil} {
			var out bytes.Buffer
			n, err := b.Content().Export(ctx, id, &out, int64(size), from...)
			require.NoError(t, err, "%s, %d bytes", name, size)
			require.EqualValues(t, size, n)
			require.True(t, bytes.Equal(data, out.Bytes()))
		}
		same, _, err := b.Content().Add(ctx, bytes.NewReader(data), int64(size), Shared)
		require.NoError(t, err)
		require.Equal(t, id, same, "equal bytes have equal CIDs on every node")
		stat, err := b.Content().Stat(ctx, id)
		require.NoError(t, err)
		require.EqualValues(t, size, stat)
	}
}

func TestBitswapWithoutHints(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	data := sample(4<<20 + 5)
	id, _, err := a.Content().Add(ctx, bytes.NewReader(data), 8<<20, Shared)
	require.NoError(t, err)
	var out bytes.Buffer
	_, err = b.Content().Export(ctx, id, &out, 8<<20)
	require.NoError(t, err)
	require.True(t, bytes.Equal(data, out.Bytes()))
}

// TestKnownCIDs pins the file layout: it must not change, or equal bytes get other CIDs. The empty and the one-chunk file are what
// `ipfs add --cid-version=1 --raw-leaves --chunker=size-1048576` gives.
func TestKnownCIDs(t *testing.T) {
	a := start(t, testConfig(t, "a"), memory())
	for want, data := range map[string][]byte{
		"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku": nil,
		"bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e": []byte("hello world"),
	} {
		id, _, err := a.Content().Add(testContext(t), bytes.NewReader(data), 100, Shared)
		require.NoError(t, err)
		require.Equal(t, want, id.String())
	}
}

func TestContentSizeLimits(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	_, _, err := a.Content().Add(ctx, bytes.NewReader(sample(101)), 100, Shared)
	require.ErrorIs(t, err, ErrTooLarge)
	id, _, err := a.Content().Add(ctx, bytes.NewReader(sample(2<<20)), 2<<20, Shared)
	require.NoError(t, err)
	_, err = b.Content().Export(ctx, id, io.Discard, 1<<20, a.ID())
	require.ErrorIs(t, err, ErrTooLarge)
	require.Less(t, b.Content().Used(), int64(10<<10), "only the root was fetched")

	_, err = a.Content().PutBlock(ctx, make([]byte, MaxBlock+1), cid.Raw, Shared)
	require.ErrorIs(t, err, ErrTooLarge)
	id, err = a.Content().PutBlock(ctx, make([]byte, MaxBlock), cid.Raw, Shared)
	require.NoError(t, err)
	for name, from := range map[string][]peer.ID{"hinted": {a.ID()}, "asking all": nil} {
		c := start(t, testConfig(t, name), memory())
		connect(t, c, a)
		got, err := c.Content().GetBlock(ctx, id, MaxBlock, from...)
		require.NoError(t, err, "the largest block travels both ways")
		require.Len(t, got, MaxBlock)
		_, err = c.Content().GetBlock(ctx, id, 10)
		require.ErrorIs(t, err, ErrTooLarge)
	}
}

func TestExportFile(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	dir := t.TempDir()
	src := filepath.Join(dir, "in")
	require.NoError(t, os.WriteFile(src, sample(1<<20+9), 0o600))
	id, _, err := a.Content().AddFile(ctx, src, 2<<20, Shared)
	require.NoError(t, err)
	dst := filepath.Join(dir, "out")
	n, err := b.Content().ExportFile(ctx, id, dst, 2<<20, a.ID())
	require.NoError(t, err)
	require.EqualValues(t, 1<<20+9, n)
	got, err := os.ReadFile(dst)
	require.NoError(t, err)
	require.True(t, bytes.Equal(sample(1<<20+9), got))
	_, err = b.Content().ExportFile(ctx, id, filepath.Join(dir, "small"), 5)
	require.ErrorIs(t, err, ErrTooLarge)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 2, "a failed export leaves nothing")
}

func TestOpenSeeks(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	data := sample(3<<20 + 17)
	id, _, err := a.Content().Add(ctx, bytes.NewReader(data), 4<<20, Shared)
	require.NoError(t, err)
	r, err := b.Content().Open(ctx, id, 4<<20, a.ID())
	require.NoError(t, err)
	_, err = r.Seek(2<<20+5, io.SeekStart)
	require.NoError(t, err)
	rest, err := io.ReadAll(r)
	require.NoError(t, err)
	require.True(t, bytes.Equal(data[2<<20+5:], rest))
	require.NoError(t, r.Close())
	require.Empty(t, b.Content().mu.inUse)
}

func TestDocuments(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	doc := []byte{0xa1, 0x61, 'x', 0x01} // {"x": 1}
	id, err := a.Content().PutBlock(ctx, doc, cid.DagCBOR, Shared)
	require.NoError(t, err)
	got, err := b.Content().GetBlock(ctx, id, 1<<10, a.ID())
	require.NoError(t, err)
	require.Equal(t, doc, got)
	require.True(t, b.Content().Has(id))
	_, err = a.Content().PutBlock(ctx, []byte{0xff}, cid.DagCBOR, Shared)
	require.ErrorIs(t, err, ErrBadBlock)
	_, err = a.Content().PutBlock(ctx, bytes.Repeat([]byte{0x81}, 1000), cid.DagCBOR, Shared)
	require.ErrorIs(t, err, ErrBadBlock, "nesting is bounded")
}

// TestBlockAskedForBeforeItExists: a waiting peer gets a block as soon as it is stored.
func TestBlockAskedForBeforeItExists(t *testing.T) {
	a, b := pair(t)
	data := []byte("not there yet")
	id := mustCID(t, data)
	got := make(chan error, 1)
	go func() {
		_, err := b.Content().GetBlock(testContext(t), id, 100)
		got <- err
	}()
	require.Eventually(t, func() bool { return len(a.Content().bitswap.WantlistForPeer(b.ID())) == 1 }, deadline, tick)
	_, err := a.Content().PutBlock(testContext(t), data, cid.Raw, Shared)
	require.NoError(t, err)
	require.NoError(t, receive(t, got))
}

func TestWithheldUntilPublished(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	data := sample(2<<20 + 1)
	id, _, err := a.Content().Add(ctx, bytes.NewReader(data), 4<<20, Withheld)
	require.NoError(t, err)
	require.True(t, a.Content().Has(id))
	require.Error(t, a.Content().Provide(ctx, id), "nobody may learn that it is here")

	// Neither a direct request nor bitswap gives it away, for the root or for a leaf whose CID is known.
	ids := []cid.Cid{id, mustCID(t, data[:chunkSize])}
	for _, id := range ids {
		_, err = b.Request(ctx, a.ID(), blockName, id.Bytes())
		require.Equal(t, StatusUnavailable, statusOf(t, err))
	}
	waiting := make(chan error, 1)
	go func() {
		var out bytes.Buffer
		_, err := b.Content().Export(testContext(t), id, &out, 4<<20)
		if err == nil && !bytes.Equal(data, out.Bytes()) {
			err = errors.New("wrong content")
		}
		waiting <- err
	}()
	require.Eventually(t, func() bool { return len(a.Content().bitswap.WantlistForPeer(b.ID())) == 1 }, deadline, tick)
	// Another block passes over the same path, so the want has been looked at when it arrives.
	other, err := a.Content().PutBlock(ctx, []byte("other"), cid.Raw, Shared)
	require.NoError(t, err)
	_, err = b.Content().GetBlock(ctx, other, 10)
	require.NoError(t, err)
	require.False(t, b.Content().Has(id))

	// The owner itself reads it all the while.
	var own bytes.Buffer
	_, err = a.Content().Export(ctx, id, &own, 4<<20)
	require.NoError(t, err)
	require.True(t, bytes.Equal(data, own.Bytes()))

	require.NoError(t, a.Content().Publish(ctx, id))
	require.NoError(t, receive(t, waiting), "whoever waited gets it at once")
	require.NoError(t, a.Content().Provide(ctx, id))
	require.ErrorIs(t, a.Content().Publish(ctx, mustCID(t, []byte("unknown"))), ErrNotStored)
}

func TestWithheldSurvivesRestart(t *testing.T) {
	path := t.TempDir()
	ctx := testContext(t)
	var id, shared cid.Cid
	for restart := range 2 {
		ds, err := OpenDatastore(path)
		require.NoError(t, err)
		h, err := New(testConfig(t, "a"), ds, testLog(t, "a"))
		require.NoError(t, err)
		if restart == 0 {
			id, err = h.Content().PutBlock(ctx, []byte("secret"), cid.Raw, Withheld)
			require.NoError(t, err)
			shared, err = h.Content().PutBlock(ctx, []byte("open"), cid.Raw, Shared)
			require.NoError(t, err)
			require.NoError(t, h.Content().Pin(ctx, "job/1/result", id))
		} else {
			require.Equal(t, map[string]cid.Cid{"job/1/result": id}, h.Content().Pins())
			require.EqualValues(t, 10, h.Content().Used())
			_, err = h.Content().serveBlock(ctx, "", id.Bytes())
			require.Equal(t, StatusUnavailable, statusOf(t, err))
			got, err := h.Content().serveBlock(ctx, "", shared.Bytes())
			require.NoError(t, err)
			require.Equal(t, "open", string(got))
		}
		require.NoError(t, h.Close())
		require.NoError(t, ds.Close())
	}
}

func TestSharedBlockStaysShared(t *testing.T) {
	a := start(t, testConfig(t, "a"), memory())
	c, ctx := a.Content(), testContext(t)
	for _, order := range [][]Visibility{{Shared, Withheld}, {Withheld, Shared}} {
		data := fmt.Appendf(nil, "%v", order)
		for _, v := range order {
			_, err := c.PutBlock(ctx, data, cid.Raw, v)
			require.NoError(t, err)
		}
		_, err := c.serveBlock(ctx, "", mustCID(t, data).Bytes())
		require.NoError(t, err, "%v", order)
	}
}

// TestWrongBlocksAreRefused: a peer that answers with other bytes is not believed, and the right ones are found elsewhere.
func TestWrongBlocksAreRefused(t *testing.T) {
	liar, b := pair(t)
	good := start(t, testConfig(t, "good"), memory())
	connect(t, good, b)
	ctx := testContext(t)
	data := []byte("the right bytes")
	id, err := good.Content().PutBlock(ctx, data, cid.Raw, Shared)
	require.NoError(t, err)
	// The liar's store holds other bytes under the CID: the database was tampered with.
	_, err = liar.Content().PutBlock(ctx, data, cid.Raw, Shared)
	require.NoError(t, err)
	require.NoError(t, liar.Content().store.ds.Put(ctx, dataKey(id.Hash()), []byte("something else")))
	got, err := b.Content().GetBlock(ctx, id, 100, liar.ID())
	require.NoError(t, err)
	require.Equal(t, data, got)

	forged, err := blocks.NewBlockWithCid([]byte("forged"), id)
	require.NoError(t, err)
	require.ErrorIs(t, b.Content().store.put(ctx, Shared, forged), ErrBadBlock)
	identity, err := cid.V1Builder{Codec: cid.Raw, MhType: mh.IDENTITY}.Sum([]byte("x"))
	require.NoError(t, err)
	_, err = b.Content().GetBlock(ctx, identity, 100)
	require.ErrorIs(t, err, ErrBadBlock)
	_, err = b.Content().GetBlock(ctx, cid.Undef, 100)
	require.ErrorIs(t, err, ErrBadBlock)
}

// TestHostileTrees: roots that are well-formed dag-pb but not a file of the network's layout.
func TestHostileTrees(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	leaf := merkledag.NewRawNode(make([]byte, chunkSize))
	short := merkledag.NewRawNode([]byte("short"))
	build := func(sizes []uint64, claim func(*unixfs.FSNode), children ...cid.Cid) cid.Cid {
		fs := unixfs.NewFSNode(unixfs.TFile)
		for _, s := range sizes {
			fs.AddBlockSize(s)
		}
		if claim != nil {
			claim(fs)
		}
		raw, err := fs.GetBytes()
		require.NoError(t, err)
		node := merkledag.NodeWithData(raw)
		require.NoError(t, node.SetCidBuilder(fileCIDs))
		for _, c := range children {
			require.NoError(t, node.AddRawLink("", &ipld.Link{Cid: c}))
		}
		require.NoError(t, a.Content().store.put(ctx, Shared, node))
		return node.Cid()
	}
	require.NoError(t, a.Content().store.put(ctx, Shared, leaf, short))
	deep := build([]uint64{chunkSize, 5}, nil, leaf.Cid(), short.Cid()) // a good file
	for range 40 {
		deep = build([]uint64{chunkSize + 5}, nil, deep)
	}
	wide := make([]cid.Cid, 4000)
	wideSizes := make([]uint64, len(wide))
	for i := range wide {
		wide[i], wideSizes[i] = short.Cid(), 5
	}
	for name, id := range map[string]cid.Cid{
		"deep":            deep,
		"wide":            build(wideSizes, nil, wide...),
		"too few links":   build([]uint64{chunkSize, 5}, nil, leaf.Cid()),
		"too many links":  build([]uint64{chunkSize, 5}, nil, leaf.Cid(), short.Cid(), short.Cid()),
		"wrong leaf":      build([]uint64{chunkSize, chunkSize}, nil, leaf.Cid(), short.Cid()),
		"empty inner":     build(nil, nil),
		"inline data":     build([]uint64{chunkSize, 5}, func(f *unixfs.FSNode) { f.SetData([]byte("x")) }, leaf.Cid(), short.Cid()),
		"claims too much": build([]uint64{1 << 60, 1 << 60}, nil, leaf.Cid(), short.Cid()),
		"uneven":          build([]uint64{5, chunkSize}, nil, short.Cid(), leaf.Cid()),
		"document":        mustPut(t, a, []byte{0xa0}, cid.DagCBOR),
		"large leaf":      mustPut(t, a, make([]byte, chunkSize+1), cid.Raw),
	} {
		_, err := b.Content().Export(ctx, id, io.Discard, 1<<40, a.ID())
		require.ErrorIs(t, err, ErrLayout, name)
	}
}

func mustPut(t testing.TB, h *Host, data []byte, codec uint64) cid.Cid {
	id, err := h.Content().PutBlock(testContext(t), data, codec, Shared)
	require.NoError(t, err)
	return id
}

func TestLayoutArithmetic(t *testing.T) {
	for _, c := range []struct {
		size   int64
		height int
	}{{0, 0}, {1, 0}, {chunkSize, 0}, {chunkSize + 1, 1}, {174 * chunkSize, 1}, {174*chunkSize + 1, 2}, {174 * 174 * chunkSize, 2}, {1 << 50, 5}} {
		require.Equal(t, c.height, heightOf(c.size), "%d bytes", c.size)
	}
}

// TestTwoLevelFile has more than 174 leaves, all equal, so that it costs little.
func TestTwoLevelFile(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	const size = 175*chunkSize + 3
	id, n, err := a.Content().Add(ctx, io.LimitReader(zeros{}, size), size, Shared)
	require.NoError(t, err)
	require.EqualValues(t, size, n)
	unstored, err := FileCID(io.LimitReader(zeros{}, size))
	require.NoError(t, err)
	require.Equal(t, id, unstored)
	counted := &countingWriter{}
	got, err := b.Content().Export(ctx, id, counted, size, a.ID())
	require.NoError(t, err)
	require.EqualValues(t, size, got)
	require.EqualValues(t, size, counted.n)
	require.Less(t, b.Content().Used(), int64(2<<20), "equal leaves are stored once")
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

type countingWriter struct{ n int64 }

func (w *countingWriter) Write(p []byte) (int, error) {
	w.n += int64(len(p))
	return len(p), nil
}

func TestQuotaAndGC(t *testing.T) {
	cfg := testConfig(t, "a")
	cfg.Limits.Store, cfg.Limits.Keep = 4<<20, 0
	a := start(t, cfg, memory())
	c, ctx := a.Content(), testContext(t)
	pinned, _, err := c.Add(ctx, bytes.NewReader(sample(2<<20)), 4<<20, Withheld)
	require.NoError(t, err)
	require.NoError(t, c.Pin(ctx, "keep/this", pinned))
	loose, _, err := c.Add(ctx, bytes.NewReader(sample(1<<20)), 4<<20, Shared)
	require.NoError(t, err)
	_, _, err = c.Add(ctx, bytes.NewReader(sample(2<<20+7)), 4<<20, Shared)
	var full *QuotaError
	require.ErrorAs(t, err, &full)
	require.EqualValues(t, 4<<20, full.Limit)
	require.ErrorContains(t, err, "content store is full")
	require.LessOrEqual(t, c.Used(), int64(4<<20))

	freed, err := c.GC(ctx)
	require.NoError(t, err)
	require.GreaterOrEqual(t, freed, int64(1<<20))
	require.False(t, c.Has(loose))
	_, err = c.Export(ctx, pinned, io.Discard, 4<<20)
	require.NoError(t, err, "what is pinned is whole")
	again, _, err := c.Add(ctx, bytes.NewReader(sample(1<<20)), 4<<20, Shared)
	require.NoError(t, err, "there is room again")
	require.Equal(t, loose, again)

	release := c.hold(again)
	_, err = c.GC(ctx)
	require.NoError(t, err)
	require.True(t, c.Has(again), "what is being read stays")
	release()
	require.NoError(t, c.Unpin(ctx, "keep/"))
	_, err = c.GC(ctx)
	require.NoError(t, err)
	require.Zero(t, c.Used())
	require.False(t, c.Has(pinned))
	require.ErrorIs(t, c.Pin(ctx, "gone", pinned), ErrNotStored)
	require.Error(t, c.Pin(ctx, "../x", pinned))
}

func TestGCSparesRecentBlocksAndFollowsDocuments(t *testing.T) {
	a := start(t, testConfig(t, "a"), memory()) // Keep is 10 minutes
	c, ctx := a.Content(), testContext(t)
	fresh := mustPut(t, a, []byte("fresh"), cid.Raw)
	file, _, err := c.Add(ctx, bytes.NewReader(sample(1<<20+1)), 4<<20, Shared)
	require.NoError(t, err)
	// {"f": file} in dag-cbor: a link is tag 42 around a byte string of 0 and the CID.
	doc := append([]byte{0xa1, 0x61, 'f', 0xd8, 0x2a, 0x58, byte(len(file.Bytes()) + 1), 0}, file.Bytes()...)
	root := mustPut(t, a, doc, cid.DagCBOR)
	require.NoError(t, c.Pin(ctx, "doc", root))
	freed, err := c.GC(ctx)
	require.NoError(t, err)
	require.Zero(t, freed)
	require.True(t, c.Has(fresh))
	for _, r := range c.store.mu.records {
		r.touched.Store(time.Now().Add(-time.Hour).UnixNano())
	}
	_, err = c.GC(ctx)
	require.NoError(t, err)
	require.False(t, c.Has(fresh))
	_, err = c.Export(ctx, file, io.Discard, 4<<20)
	require.NoError(t, err, "a pinned document keeps what it links to")
}

// TestProviderRecords: c and a are not connected, and find each other's content through the DHT.
func TestProviderRecords(t *testing.T) {
	boot := start(t, testConfig(t, "boot"), memory())
	a := start(t, testConfig(t, "a"), memory())
	c := start(t, testConfig(t, "c"), memory())
	connect(t, a, boot)
	connect(t, c, boot)
	require.Eventually(t, func() bool {
		return a.dht.RoutingTable().Find(boot.ID()) != "" && c.dht.RoutingTable().Find(boot.ID()) != ""
	}, deadline, tick)
	ctx, cancel := context.WithCancel(testContext(t))
	defer cancel()
	announcing := make(chan struct{})
	go func() {
		defer close(announcing)
		a.Content().announceLoop(ctx) // without discovery, which would connect them
	}()
	id := mustPut(t, a, []byte("find me"), cid.Raw)
	require.NoError(t, a.Content().Provide(ctx, id))
	require.Eventually(t, func() bool {
		found, err := boot.dht.ProviderStore().GetProviders(ctx, id.Hash())
		return err == nil && len(found) == 1
	}, deadline, tick)
	got, err := c.Content().GetBlock(testContext(t), id, 100)
	require.NoError(t, err)
	require.Equal(t, "find me", string(got))
	cancel()
	<-announcing
}

func TestFetchEndsWithItsContext(t *testing.T) {
	a, b := pair(t)
	ctx, cancel := context.WithCancel(testContext(t))
	failed := make(chan error, 1)
	go func() {
		_, err := b.Content().GetBlock(ctx, mustCID(t, []byte("nowhere")), 100, a.ID())
		failed <- err
	}()
	require.Eventually(t, func() bool { return len(a.Content().bitswap.WantlistForPeer(b.ID())) == 1 }, deadline, tick)
	cancel()
	require.ErrorIs(t, receive(t, failed), context.Canceled)
}

// TestNothingAfterTheEnd adds a file to a store whose database is about to close, and reads from it.
func TestNothingAfterTheEnd(t *testing.T) {
	h := start(t, testConfig(t, "a"), memory())
	id := mustPut(t, h, []byte("early"), cid.Raw)
	h.content.store.end()
	_, _, err := h.Content().Add(t.Context(), bytes.NewReader([]byte("late")), 10, Shared)
	require.ErrorIs(t, err, ErrClosed)
	_, err = h.content.store.get(t.Context(), id, Shared)
	require.ErrorIs(t, err, ErrClosed)
}

func TestChunks(t *testing.T) {
	a, b := pair(t)
	ctx := testContext(t)
	const size = 3*chunkSize + 5
	data := sample(size)
	id, _, err := a.Content().Add(ctx, bytes.NewReader(data), size, Shared)
	require.NoError(t, err)
	require.Equal(t, 4, Chunks(size))
	for _, i := range []int{3, 1} {
		got, err := b.Content().Chunk(ctx, id, size, i, a.ID())
		require.NoError(t, err)
		require.True(t, bytes.Equal(data[i*chunkSize:min((i+1)*chunkSize, size)], got))
	}
	require.Less(t, b.Content().Used(), int64(2*chunkSize), "the rest is not fetched")
	for _, i := range []int{-1, 4} {
		_, err = b.Content().Chunk(ctx, id, size, i, a.ID())
		require.Error(t, err)
	}
	_, err = b.Content().Chunk(ctx, id, size-1, 1, a.ID())
	require.ErrorIs(t, err, ErrLayout, "it has another length")
}
