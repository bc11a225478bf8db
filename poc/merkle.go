package poc

import (
	"crypto/sha256"
	"math/bits"
)

// A Merkle tree as in RFC 9162, section 2.1: leaves and nodes are hashed with different prefixes, and the left subtree has the
// largest power of two of leaves that leaves something to the right. One tree serves the results of a batch, the chunks of a
// file, the segments of a trace, and the lots of a witness.

// Leaf is the hash of a leaf's content.
func Leaf(content []byte) Hash {
	return sha256.Sum256(append([]byte{0}, content...))
}

func inner(a, b Hash) Hash {
	var buf [65]byte
	buf[0] = 1
	copy(buf[1:], a[:])
	copy(buf[33:], b[:])
	return sha256.Sum256(buf[:])
}

// split is the number of leaves in the left subtree of a tree with n of them, n > 1.
func split(n int) int { return 1 << (bits.Len(uint(n-1)) - 1) }

// MerkleRoot is the root over leaves; that of none is the zero hash, which no tree has.
func MerkleRoot(leaves []Hash) Hash {
	switch len(leaves) {
	case 0:
		return Hash{}
	case 1:
		return leaves[0]
	}
	k := split(len(leaves))
	return inner(MerkleRoot(leaves[:k]), MerkleRoot(leaves[k:]))
}

// MerkleChildren are the two nodes under the subtree of size leaves from first on, as Bisection asks for.
func MerkleChildren(leaves []Hash, first, size int) (left, right Hash, ok bool) {
	if first < 0 || size < 2 || size > len(leaves) || first > len(leaves)-size {
		return left, right, false
	}
	k := split(size)
	return MerkleRoot(leaves[first : first+k]), MerkleRoot(leaves[first+k : first+size]), true
}

// MerklePath is what proves the i-th leaf, from the leaf up; i must be below len(leaves).
func MerklePath(leaves []Hash, i int) []Hash { return NewTree(leaves).Path(i) }

// Tree is all nodes of a tree, level by level from the leaves up, for who shows many of its paths.
type Tree [][]Hash

// NewTree pairs neighbours on each level. One that is left over goes up as it is, so that each left subtree has as many leaves as split says.
func NewTree(leaves []Hash) Tree {
	t := Tree{leaves}
	for len(leaves) > 1 {
		up := make([]Hash, 0, (len(leaves)+1)/2)
		for i := 0; i+1 < len(leaves); i += 2 {
			up = append(up, inner(leaves[i], leaves[i+1]))
		}
		if len(leaves)%2 == 1 {
			up = append(up, leaves[len(leaves)-1])
		}
		t, leaves = append(t, up), up
	}
	return t
}

// Root is MerkleRoot of the leaves.
func (t Tree) Root() Hash { return MerkleRoot(t[len(t)-1]) }

// Path is MerklePath of the leaves.
func (t Tree) Path(i int) []Hash {
	var path []Hash
	for _, level := range t {
		if beside := i ^ 1; beside < len(level) {
			path = append(path, level[beside])
		}
		i /= 2
	}
	return path
}

// InTree reports whether path proves that leaf is the i-th of n under root.
func InTree(root, leaf Hash, i, n int, path []Hash) bool {
	if i < 0 || i >= n {
		return false
	}
	h, ok := climb(leaf, i, n, path)
	return ok && h == root
}

func climb(leaf Hash, i, n int, path []Hash) (Hash, bool) {
	if n == 1 {
		return leaf, len(path) == 0
	}
	if len(path) == 0 {
		return Hash{}, false
	}
	last, rest := path[len(path)-1], path[:len(path)-1]
	k := split(n)
	if i < k {
		h, ok := climb(leaf, i, k, rest)
		return inner(h, last), ok
	}
	h, ok := climb(leaf, i-k, n-k, rest)
	return inner(last, h), ok
}
