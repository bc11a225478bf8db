package p2p

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/ipfs/boxo/blockservice"
	"github.com/ipfs/boxo/chunker"
	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	"github.com/ipfs/boxo/ipld/unixfs/importer/balanced"
	"github.com/ipfs/boxo/ipld/unixfs/importer/helpers"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	ipld "github.com/ipfs/go-ipld-format"
	mh "github.com/multiformats/go-multihash"
)

// The file layout is part of the network: equal bytes have one CID, and any IPFS tool can read them. Files are UnixFS: CIDv1,
// SHA-256, raw leaves of 1 MiB, balanced trees of at most 174 links.
//
// Because the layout follows from the length alone, a fetched tree is checked against it node by node. A tree that is too deep,
// too wide, or lies about a size does not have it, so a hostile root cannot make this node fetch more than its stated length.
const (
	chunkSize = 1 << 20
	maxLinks  = 174
)

var fileCIDs = cid.V1Builder{Codec: cid.DagProtobuf, MhType: mh.SHA2_256}

// ErrLayout means that a CID is not a file in the layout of the network.
var ErrLayout = errors.New("not a file in the network's layout")

// buildFile reads r and stores it as a file of visibility v.
func buildFile(ctx context.Context, s *store, v Visibility, r io.Reader, maxSize int64) (cid.Cid, int64, error) {
	counted := &countingReader{r: io.LimitReader(r, maxSize+1)}
	dag := ipld.NewBufferedDAG(ctx, merkledag.NewDAGService(blockservice.New(view{s, v}, nil)))
	root, err := layOut(counted, dag)
	if err == nil {
		err = dag.Commit()
	}
	switch {
	case counted.n > maxSize:
		return cid.Undef, 0, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, maxSize)
	case err != nil:
		return cid.Undef, 0, err
	}
	return root, counted.n, nil
}

// FileCID returns the CID that a file with the bytes of r has in the network, without storing anything. It reads r to its end.
func FileCID(r io.Reader) (cid.Cid, error) { return layOut(r, nowhere{}) }

func layOut(r io.Reader, to ipld.DAGService) (cid.Cid, error) {
	params := helpers.DagBuilderParams{Dagserv: to, RawLeaves: true, Maxlinks: maxLinks, CidBuilder: fileCIDs}
	builder, err := params.New(chunk.NewSizeSplitter(r, chunkSize))
	if err != nil {
		return cid.Undef, err
	}
	root, err := balanced.Layout(builder)
	if err != nil {
		return cid.Undef, err
	}
	return root.Cid(), nil
}

// nowhere takes the nodes of a file and forgets them: only the root's CID is wanted, and a builder reads nothing back.
type nowhere struct{ ipld.DAGService }

func (nowhere) Add(context.Context, ipld.Node) error       { return nil }
func (nowhere) AddMany(context.Context, []ipld.Node) error { return nil }

type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// part is one node of a file: its height above the leaves and the bytes below it, both fixed by the layout.
type part struct {
	cid    cid.Cid
	height int
	size   int64
}

// span is the number of bytes below a full node of the given height.
func span(height int) int64 {
	n := int64(chunkSize)
	for range height {
		n *= maxLinks
	}
	return n
}

// heightOf returns the height of the root of a file.
func heightOf(size int64) int {
	h := 0
	for span(h) < size {
		h++
	}
	return h
}

// rootPart reads what a root block says of its file.
func rootPart(b blocks.Block) (part, error) {
	if b.Cid().Type() == cid.Raw {
		return part{b.Cid(), 0, int64(len(b.RawData()))}, checkLeaf(len(b.RawData()))
	}
	_, fs, err := fileNode(b)
	if err != nil {
		return part{}, err
	}
	size := fs.FileSize()
	if size <= chunkSize || size > 1<<50 {
		return part{}, fmt.Errorf("%w: %s claims %d bytes", ErrLayout, b.Cid(), size)
	}
	return part{b.Cid(), heightOf(int64(size)), int64(size)}, nil
}

func checkLeaf(size int) error {
	if size > chunkSize {
		return fmt.Errorf("%w: a leaf has %d bytes", ErrLayout, size)
	}
	return nil
}

func fileNode(b blocks.Block) (*merkledag.ProtoNode, *unixfs.FSNode, error) {
	if b.Cid().Type() != cid.DagProtobuf {
		return nil, nil, fmt.Errorf("%w: %s", ErrLayout, b.Cid())
	}
	node, err := merkledag.DecodeProtobuf(b.RawData())
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %s: %w", ErrLayout, b.Cid(), err)
	}
	fs, err := unixfs.FSNodeFromBytes(node.Data())
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %s: %w", ErrLayout, b.Cid(), err)
	}
	if fs.Type() != unixfs.TFile || len(fs.Data()) != 0 {
		return nil, nil, fmt.Errorf("%w: %s is a directory, a link, or has data in an inner node", ErrLayout, b.Cid())
	}
	return node, fs, nil
}

// children checks an inner node against the layout and returns what lies below it.
func (p part) children(b blocks.Block) ([]part, error) {
	node, fs, err := fileNode(b)
	if err != nil {
		return nil, err
	}
	full := span(p.height - 1)
	want := int((p.size + full - 1) / full)
	links, sizes := node.Links(), fs.BlockSizes()
	if fs.FileSize() != uint64(p.size) || len(links) != want || len(sizes) != want {
		return nil, fmt.Errorf("%w: %s has %d links and %d bytes, %d and %d belong there", ErrLayout, p.cid, len(links), fs.FileSize(), want, p.size)
	}
	out := make([]part, want)
	left := p.size
	for i, l := range links {
		size := min(full, left)
		left -= size
		if sizes[i] != uint64(size) {
			return nil, fmt.Errorf("%w: %s: part %d claims %d bytes, %d belong there", ErrLayout, p.cid, i, sizes[i], size)
		}
		if err := checkCID(l.Cid); err != nil {
			return nil, err
		}
		codec := uint64(cid.DagProtobuf)
		if p.height == 1 {
			codec = cid.Raw
		}
		if l.Cid.Type() != codec {
			return nil, fmt.Errorf("%w: %s: part %d has codec 0x%x", ErrLayout, p.cid, i, l.Cid.Type())
		}
		out[i] = part{l.Cid, p.height - 1, size}
	}
	return out, nil
}
