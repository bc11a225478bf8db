package evm

import (
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
)

// LoadOrCreateKey reads an account's secp256k1 key from a file of 64 hex digits, or makes one there, readable by the user
// only. The file is not encrypted: this is for testnets.
func LoadOrCreateKey(path string) (*ecdsa.PrivateKey, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return createKey(path)
	}
	if err != nil {
		return nil, err
	}
	if info.Size() > 256 {
		return nil, fmt.Errorf("%s is not a key file: it has %d bytes", path, info.Size())
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && os.PathSeparator == '/' {
		return nil, fmt.Errorf("others can read the key file %s (mode %04o): run chmod 600 on it", path, mode)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	key, err := crypto.HexToECDSA(strings.TrimPrefix(strings.TrimSpace(string(text)), "0x"))
	if err != nil {
		return nil, fmt.Errorf("%s is not a key file of 64 hex digits", path) // the parser's error may quote the key
	}
	return key, nil
}

// createKey makes a key file, whole or not at all: half a key would be money lost. Of two that do so at once the first wins
// and both return its key: a key that somebody may have sent money to is never replaced.
func createKey(path string) (_ *ecdsa.PrivateKey, err error) {
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // private from the start
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = f.WriteString(hexutil.Encode(crypto.FromECDSA(key))[2:] + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return LoadOrCreateKey(path)
	} else if err != nil {
		return nil, err
	}
	return key, nil
}
