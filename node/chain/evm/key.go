package evm

import (
	"bytes"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/google/uuid"
	"github.com/natefinch/atomic"
)

// Passphrase returns the passphrase of an account's key; empty: none is wanted. fresh is true when it is for a new file.
type Passphrase func(fresh bool) (string, error)

// ErrPassphrase says that a key file cannot be opened with the passphrase given, or without one.
var ErrPassphrase = errors.New("the key file is encrypted")

// LoadOrCreateKey is OpenKey for testnets, without a passphrase: a new key file is not encrypted.
func LoadOrCreateKey(path string) (*ecdsa.PrivateKey, error) {
	return OpenKey(path, func(bool) (string, error) { return "", nil })
}

// OpenKey reads an account's secp256k1 key, or makes one, in a file that only the user can read. With a passphrase the file
// is go-ethereum's encrypted keystore format (Web3 Secret Storage, scrypt); without one it holds 64 hex digits. A plain file
// is encrypted as soon as there is a passphrase.
func OpenKey(path string, ask Passphrase) (*ecdsa.PrivateKey, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return createKey(path, ask)
	}
	if err != nil {
		return nil, err
	}
	if info.Size() > maxKeyFile {
		return nil, fmt.Errorf("%s is not a key file: it has %d bytes", path, info.Size())
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && os.PathSeparator == '/' {
		return nil, fmt.Errorf("others can read the key file %s (mode %04o): run chmod 600 on it", path, mode)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	encrypted := strings.HasPrefix(strings.TrimSpace(string(text)), "{")
	pass, err := ask(!encrypted)
	if err != nil {
		return nil, err
	}
	if encrypted {
		if pass == "" {
			return nil, fmt.Errorf("%w: %s needs its passphrase", ErrPassphrase, path)
		}
		k, err := keystore.DecryptKey(text, pass)
		if err != nil {
			return nil, fmt.Errorf("%w: %s does not open with this passphrase, or is damaged", ErrPassphrase, path)
		}
		return k.PrivateKey, nil
	}
	key, err := crypto.HexToECDSA(strings.TrimPrefix(strings.TrimSpace(string(text)), "0x"))
	if err != nil {
		return nil, fmt.Errorf("%s is not a key file of 64 hex digits, nor an encrypted one", path) // the parser's error may quote the key
	}
	if pass != "" {
		if err := encryptKey(path, key, pass); err != nil {
			return nil, fmt.Errorf("encrypting the key file: %w", err)
		}
	}
	return key, nil
}

const maxKeyFile = 4096 // bytes

// encodeKey is the content of a key file.
func encodeKey(key *ecdsa.PrivateKey, pass string) ([]byte, error) {
	if pass == "" {
		return []byte(hexutil.Encode(crypto.FromECDSA(key))[2:] + "\n"), nil
	}
	id, err := uuid.NewRandom()
	if err != nil {
		return nil, err
	}
	k := &keystore.Key{Id: id, Address: crypto.PubkeyToAddress(key.PublicKey), PrivateKey: key}
	return keystore.EncryptKey(k, pass, keystore.StandardScryptN, keystore.StandardScryptP)
}

// encryptKey replaces a plain key file by an encrypted one, which was read back first.
func encryptKey(path string, key *ecdsa.PrivateKey, pass string) error {
	text, err := encodeKey(key, pass)
	if err != nil {
		return err
	}
	if back, err := keystore.DecryptKey(text, pass); err != nil || !back.PrivateKey.Equal(key) {
		return errors.New("what was encrypted does not open again")
	}
	return atomic.WriteFile(path, bytes.NewReader(text)) // keeps the mode
}

// createKey makes a key file, whole or not at all: half a key would be money lost. Of two that do so at once the first wins
// and both return its key: a key that somebody may have sent money to is never replaced.
func createKey(path string, ask Passphrase) (_ *ecdsa.PrivateKey, err error) {
	pass, err := ask(true)
	if err != nil {
		return nil, err
	}
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, err
	}
	text, err := encodeKey(key, pass)
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
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return OpenKey(path, ask)
	} else if err != nil {
		return nil, err
	}
	return key, nil
}
