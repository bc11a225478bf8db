package poc

import (
	"crypto/sha256"
	"encoding/binary"
)

const commitDomain = "gpumesh/poc/commit/1"

// Commitment binds peer to a result digest for one task of one network, without showing it: nobody can guess the digest
// from it, as long as the 32 bytes of salt are secret, and nobody else can use it as theirs.
func Commitment(network Hash, ref TaskRef, peer PeerID, class string, digest, salt Hash) Hash {
	b := make([]byte, 0, 256)
	b = append(b, commitDomain...)
	b = append(b, network[:]...)
	b = append(b, ref.Job[:]...)
	b = binary.BigEndian.AppendUint32(b, ref.Task)
	b = append(b, peer[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(class)))
	b = append(b, class...)
	b = append(b, digest[:]...)
	b = append(b, salt[:]...)
	return sha256.Sum256(b)
}
