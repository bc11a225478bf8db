package evm

import "crypto/ecdsa"

// LoadOrCreateKey is OpenKey without a passphrase: for testnets, whose keys guard nothing.
func LoadOrCreateKey(path string) (*ecdsa.PrivateKey, error) {
	return OpenKey(path, KeyOptions{})
}
