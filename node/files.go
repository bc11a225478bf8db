package node

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/natefinch/atomic"

	"gpumesh/market"
)

// secret returns the 32 secret bytes in a file of hex digits, making the file if it does not exist.
func secret(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		seed := make([]byte, 32)
		_, _ = rand.Read(seed) // never fails
		return seed, writePrivate(path, append(hex.AppendEncode(nil, seed), '\n'))
	}
	if err != nil {
		return nil, err
	}
	seed, err := hex.DecodeString(string(bytes.TrimSpace(b)))
	if err != nil || len(seed) != 32 {
		return nil, fmt.Errorf("%s does not hold 64 hex digits", path)
	}
	return seed, os.Chmod(path, 0o600)
}

// writePrivate writes a file that only its owner can read; it is there as a whole or not at all.
func writePrivate(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// loadKey returns the node's identity, made at the first start.
func loadKey(dir string) (ed25519.PrivateKey, error) {
	seed, err := secret(filepath.Join(dir, "key"))
	if err != nil {
		return nil, fmt.Errorf("the node's key: %w", err)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// keepNetwork remembers which network a directory belongs to. Records of one network mean nothing in another.
func keepNetwork(dir string, n market.Network) error {
	path := filepath.Join(dir, "network.json")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if b, err = json.MarshalIndent(n, "", "  "); err != nil {
			return err
		}
		return atomic.WriteFile(path, bytes.NewReader(append(b, '\n')))
	}
	if err != nil {
		return err
	}
	var old market.Network
	if err := json.Unmarshal(b, &old); err != nil {
		return fmt.Errorf("%s is not a network manifest: %w", path, err)
	}
	if old.ID() != n.ID() {
		return fmt.Errorf("%s belongs to network %q (%s) and not to %q (%s); use another directory", dir, old.Name, old.ID().Short(), n.Name, n.ID().Short())
	}
	return nil
}
