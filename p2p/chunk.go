package p2p

import (
	"context"
	"fmt"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
)

// ChunkSize is the length of every leaf of a file but the last.
const ChunkSize = chunkSize

// Chunks is the number of leaves of a file of the given length.
func Chunks(size int64) int { return int((size + chunkSize - 1) / chunkSize) }

// Chunk returns the i-th leaf of a file of a known length, from here or from peers, and fetches nothing but the nodes above it: their
// hashes prove where it lies. It waits until ctx ends.
func (c *Content) Chunk(ctx context.Context, id cid.Cid, size int64, i int, from ...peer.ID) ([]byte, error) {
	if i < 0 || i >= Chunks(size) {
		return nil, fmt.Errorf("chunk %d of %s: there are %d", i, id, Chunks(size))
	}
	defer c.hold(id)()
	b, err := c.block(ctx, id, from)
	if err != nil {
		return nil, err
	}
	p, err := rootPart(b)
	if err != nil {
		return nil, err
	}
	if p.size != size {
		return nil, fmt.Errorf("%w: %s has %d bytes, not %d", ErrLayout, id, p.size, size)
	}
	for left := int64(i) * chunkSize; p.height > 0; {
		children, err := p.children(b)
		if err != nil {
			return nil, err
		}
		k := left / span(p.height-1)
		left -= k * span(p.height-1)
		p = children[k]
		if b, err = c.block(ctx, p.cid, from); err != nil {
			return nil, err
		}
	}
	return b.RawData(), p.fits(len(b.RawData()))
}
