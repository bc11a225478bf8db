package node

import (
	"crypto/ed25519"

	"gpumesh/poc"
)

// Identity returns the peer id of the node that keeps its data in dir, and makes its key if there is none yet.
func Identity(dir string) (poc.PeerID, error) {
	key, err := loadKey(dir)
	if err != nil {
		return poc.PeerID{}, err
	}
	return poc.PeerID(key.Public().(ed25519.PublicKey)), nil
}
