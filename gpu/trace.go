package gpu

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// ChunkSize is the leaf size, in bytes, of the Merkle trees over buffer contents.
const ChunkSize = 64 << 10

// The trees are those of RFC 6962: leaf = H(0, data), node = H(1, left, right), a tree of n leaves splits at the largest
// power of two below n.

// MerkleTree computes a root over leaves given one after the other, in memory logarithmic in their number. The zero value
// is an empty tree.
type MerkleTree struct {
	n     uint64
	peaks [][32]byte // roots of perfect subtrees, from the largest
	part  []byte     // what Write has of the chunk that is not complete
}

// Write appends what follows of a content, in pieces of any size, and never fails. Its leaves are chunks of ChunkSize, the last one may be shorter. Many
// chunks at once are hashed on all cores: between two segments the device waits for it.
func (t *MerkleTree) Write(p []byte) (int, error) {
	n := len(p)
	if len(t.part) > 0 {
		k := min(ChunkSize-len(t.part), len(p))
		t.part, p = append(t.part, p[:k]...), p[k:]
		if len(t.part) < ChunkSize {
			return n, nil
		}
		t.AddData(t.part)
		t.part = t.part[:0]
	}
	whole := len(p) / ChunkSize * ChunkSize
	t.addChunks(p[:whole])
	t.part = append(t.part, p[whole:]...)
	return n, nil
}

// AddData appends the leaf of a chunk of data, between calls of Write that end a chunk.
func (t *MerkleTree) AddData(p []byte) { t.Add(dataLeaf(p)) }

func dataLeaf(p []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(p)
	return [32]byte(h.Sum(nil))
}

// addChunks appends whole chunks.
func (t *MerkleTree) addChunks(p []byte) {
	chunks := slices.Collect(slices.Chunk(p, ChunkSize))
	leaves := make([][32]byte, len(chunks))
	var next atomic.Int64
	work := func() {
		for i := next.Add(1) - 1; i < int64(len(chunks)); i = next.Add(1) - 1 {
			leaves[i] = dataLeaf(chunks[i])
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(chunks)) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
	for _, l := range leaves {
		t.Add(l)
	}
}

// Add appends a leaf that is a hash already.
func (t *MerkleTree) Add(leaf [32]byte) {
	t.peaks = append(t.peaks, leaf)
	t.n++
	for m := t.n; m&1 == 0; m >>= 1 {
		k := len(t.peaks)
		t.peaks = append(t.peaks[:k-2], node(t.peaks[k-2], t.peaks[k-1]))
	}
}

// Root returns the root of the leaves so far; of none, the hash of the empty string.
func (t *MerkleTree) Root() [32]byte {
	if len(t.part) > 0 {
		whole := MerkleTree{n: t.n, peaks: slices.Clone(t.peaks)}
		whole.AddData(t.part)
		return whole.Root()
	}
	if len(t.peaks) == 0 {
		return sha256.Sum256(nil)
	}
	root := t.peaks[len(t.peaks)-1]
	for i := len(t.peaks) - 2; i >= 0; i-- {
		root = node(t.peaks[i], root)
	}
	return root
}

func node(l, r [32]byte) [32]byte {
	var b [65]byte
	b[0] = 1
	copy(b[1:], l[:])
	copy(b[33:], r[:])
	return sha256.Sum256(b[:])
}

// traceDomain separates leaves from every other hash, and names their layout.
const traceDomain = "gpumesh/trace/1\n"

// leafHash is the hash of one trace leaf:
//
//	traceDomain, u32 k,
//	for each State and Output buffer in program order: its Merkle root in chunks of ChunkSize,
//	for each Output with Every in program order: SHA-256 of the rows emitted in this segment
//
// with k the segment's number, big-endian. Leaf k ends segment k; when Final is not empty one more leaf follows it.
type leafHash struct{ h hash.Hash }

func newLeafHash(k uint32) leafHash {
	h := sha256.New()
	h.Write([]byte(traceDomain))
	h.Write(binary.BigEndian.AppendUint32(nil, k))
	return leafHash{h}
}

func (l leafHash) add(x [32]byte) { l.h.Write(x[:]) }

func (l leafHash) sum() [32]byte { return [32]byte(l.h.Sum(nil)) }

// Leaf is leaf k of a trace, made of the hashes that leafHash lists, in its order. With it a state is compared with a claimed
// leaf without a device.
func Leaf(k uint32, hashes ...[32]byte) [32]byte {
	l := newLeafHash(k)
	for _, x := range hashes {
		l.add(x)
	}
	return l.sum()
}

// TraceRoot is the Merkle root over trace leaves.
func TraceRoot(leaves [][32]byte) [32]byte {
	var t MerkleTree
	for _, l := range leaves {
		t.Add(l)
	}
	return t.Root()
}
