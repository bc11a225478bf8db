package evm

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/google/uuid"
	"github.com/natefinch/atomic"

	"gpumesh/poc"
)

// Need is what a passphrase is wanted for.
type Need int

const (
	Unlock  Need = iota // to open a file that is encrypted: nothing goes on without it
	IfGiven             // for a key that is new, or has none: only if it needs no asking
)

// KeyOptions say how key files are opened.
type KeyOptions struct {
	// Passphrase returns what opens a key file, or is to open it from now on. Nil: there is none.
	Passphrase func(Need) (string, error)
	Log        *slog.Logger
}

func (o KeyOptions) ask(n Need) (string, error) {
	if o.Passphrase == nil {
		return "", nil
	}
	return o.Passphrase(n)
}

func (o KeyOptions) log() *slog.Logger {
	if o.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return o.Log
}

// ErrPassphrase says that a key file does not open with the passphrase given, or needs one.
var ErrPassphrase = errors.New("the key is encrypted")

const (
	maxKeyFile = 4096 // bytes
	// An empty passphrase protects nothing however long it takes to try it, so it takes no time: with this cost it is known
	// to be empty.
	openScryptN = 2
	// What a key file may ask of the machine that opens it: four times the standard, 1 GiB.
	maxScryptN, maxScryptP = 4 * keystore.StandardScryptN, 64
)

// OpenKey reads an account's secp256k1 key, or makes one, in a file that only the user can read. The file has go-ethereum's
// keystore format (Web3 Secret Storage, version 3), encrypted with scrypt at its standard cost. Without a passphrase it has the
// same format, and whoever reads it has the key. A key stored as 64 hex digits is brought into the format, and one without
// a passphrase is encrypted as soon as there is one.
func OpenKey(path string, opts KeyOptions) (*ecdsa.PrivateKey, error) {
	text, err := readKeyFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return createKey(path, opts)
	}
	if err != nil {
		return nil, err
	}
	file, ok := parseKeyFile(text)
	if !ok {
		return migrateKey(path, text, opts)
	}
	if file.open() {
		k, err := file.decrypt("")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		pass, err := opts.ask(IfGiven)
		if err != nil || pass == "" {
			return k, err
		}
		if err := storeKey(path, k, pass); err != nil {
			return nil, err
		}
		opts.log().Info("Key file encrypted", "file", path)
		return k, nil
	}
	pass, err := opts.ask(Unlock)
	if err != nil {
		return nil, err
	}
	if pass == "" {
		return nil, fmt.Errorf("%w: %s needs its passphrase", ErrPassphrase, path)
	}
	k, err := file.decrypt(pass)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return k, nil
}

// KeyAccount returns the account of a key file, without opening it, and whether a passphrase is needed for that.
func KeyAccount(path string) (poc.Account, bool, error) {
	text, err := readKeyFile(path)
	if err != nil {
		return "", false, err
	}
	if file, ok := parseKeyFile(text); ok {
		a, err := ParseAccount(poc.Account("0x" + strings.TrimPrefix(file.Address, "0x")))
		if err != nil {
			return "", false, fmt.Errorf("%s names no account: %w", path, err)
		}
		return AccountOf(a), !file.open(), nil
	}
	k, err := parsePlainKey(path, text)
	if err != nil {
		return "", false, err
	}
	return AccountOf(crypto.PubkeyToAddress(k.PublicKey)), false, nil
}

// ChangePassphrase stores the key of a file again, encrypted with another passphrase.
func ChangePassphrase(path string, opts KeyOptions, fresh string) error {
	if fresh == "" {
		return errors.New("the new passphrase is empty")
	}
	if _, err := readKeyFile(path); err != nil {
		return err
	}
	k, err := OpenKey(path, opts)
	if err != nil {
		return err
	}
	return storeKey(path, k, fresh)
}

// ExportKey writes a copy of an encrypted key file. It refuses a key without a passphrase: a copy leaves this machine. An
// existing file is not replaced.
func ExportKey(path, to string) error {
	text, err := readKeyFile(path)
	if err != nil {
		return err
	}
	if file, ok := parseKeyFile(text); !ok || file.open() {
		return fmt.Errorf("the key in %s has no passphrase; give it one before a copy of it goes anywhere", path)
	}
	return linkNew(to, text)
}

// ImportKey stores the key of a keystore file as an account, with the passphrase that it has. An existing account is not
// replaced.
func ImportKey(from, path string, opts KeyOptions) (poc.Account, error) {
	text, err := readKeyFile(from)
	if err != nil {
		return "", err
	}
	file, ok := parseKeyFile(text)
	if !ok {
		return "", fmt.Errorf("%s is not a keystore file of go-ethereum's format", from)
	}
	var pass string
	if !file.open() {
		if pass, err = opts.ask(Unlock); err != nil {
			return "", err
		}
	}
	k, err := file.decrypt(pass)
	if err != nil {
		return "", fmt.Errorf("%s: %w", from, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	if err := linkNew(path, text); err != nil {
		return "", err
	}
	return AccountOf(crypto.PubkeyToAddress(k.PublicKey)), nil
}

// readKeyFile reads a file that only the user can read.
func readKeyFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a key file: it is no regular file", path)
	}
	if info.Size() > maxKeyFile {
		return nil, fmt.Errorf("%s is not a key file: it has %d bytes", path, info.Size())
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && os.PathSeparator == '/' {
		return nil, fmt.Errorf("others can read the key file %s (mode %04o): run chmod 600 on it", path, mode)
	}
	return os.ReadFile(path)
}

// keyFile is what is looked at in a keystore file before it is opened.
type keyFile struct {
	Address string `json:"address"`
	Version int    `json:"version"`
	Crypto  struct {
		KDF       string `json:"kdf"`
		KDFParams struct {
			N int64 `json:"n"` // scrypt
			P int64 `json:"p"`
			R int64 `json:"r"`
			C int64 `json:"c"` // PBKDF2

			Length int64 `json:"dklen"`
		} `json:"kdfparams"`
	} `json:"crypto"`
	text []byte
}

func parseKeyFile(text []byte) (*keyFile, bool) {
	f := &keyFile{text: text}
	return f, json.Unmarshal(text, f) == nil && f.Crypto.KDF != ""
}

// open reports whether the file is one without a passphrase.
func (f *keyFile) open() bool {
	return f.Crypto.KDF == "scrypt" && f.Crypto.KDFParams.N == openScryptN
}

// decrypt opens the file. Its errors say nothing of the key.
func (f *keyFile) decrypt(pass string) (k *ecdsa.PrivateKey, err error) {
	damaged := errors.New("the key file is damaged")
	defer func() { // go-ethereum takes it for granted that all fields are there and of their kind
		if recover() != nil {
			k, err = nil, damaged
		}
	}()
	p := f.Crypto.KDFParams
	if p.Length != 32 {
		return nil, damaged
	}
	if p.N > maxScryptN || p.P > maxScryptP || p.R > 8 || p.C > 10_000_000 {
		return nil, errors.New("the key file asks for more memory or time than one that go-ethereum writes")
	}
	opened, err := keystore.DecryptKey(f.text, pass)
	switch {
	case errors.Is(err, keystore.ErrDecrypt):
		return nil, fmt.Errorf("%w and does not open with this passphrase", ErrPassphrase)
	case err != nil:
		return nil, damaged
	}
	return opened.PrivateKey, nil
}

func parsePlainKey(path string, text []byte) (*ecdsa.PrivateKey, error) {
	k, err := crypto.HexToECDSA(strings.TrimPrefix(strings.TrimSpace(string(text)), "0x"))
	if err != nil {
		return nil, fmt.Errorf("%s is not a key file of go-ethereum's format, nor one of 64 hex digits", path) // the parser's error may quote the key
	}
	return k, nil
}

func migrateKey(path string, text []byte, opts KeyOptions) (*ecdsa.PrivateKey, error) {
	k, err := parsePlainKey(path, text)
	if err != nil {
		return nil, err
	}
	pass, err := opts.ask(IfGiven)
	if err != nil {
		return nil, err
	}
	if err := storeKey(path, k, pass); err != nil {
		return nil, err
	}
	opts.log().Info("Key file brought into the keystore format", "file", path, "encrypted", pass != "")
	return k, nil
}

// encodeKey is the content of a key file. What it returns was opened once.
func encodeKey(key *ecdsa.PrivateKey, pass string) ([]byte, error) {
	id, err := uuid.NewRandom()
	if err != nil {
		return nil, err
	}
	n, p := keystore.StandardScryptN, keystore.StandardScryptP
	if pass == "" {
		n, p = openScryptN, 1
	}
	k := &keystore.Key{Id: id, Address: crypto.PubkeyToAddress(key.PublicKey), PrivateKey: key}
	text, err := keystore.EncryptKey(k, pass, n, p)
	if err != nil {
		return nil, err
	}
	if back, err := keystore.DecryptKey(text, pass); err != nil || !back.PrivateKey.Equal(key) {
		return nil, errors.New("what was encrypted does not open again")
	}
	return append(text, '\n'), nil
}

// storeKey replaces the content of a key file as a whole.
func storeKey(path string, key *ecdsa.PrivateKey, pass string) error {
	text, err := encodeKey(key, pass)
	if err != nil {
		return fmt.Errorf("encrypting the key file: %w", err)
	}
	return atomic.WriteFile(path, bytes.NewReader(text)) // keeps the mode
}

// createKey makes a key file. Of two that do so at once the first wins and both return its key: a key that somebody may have
// sent money to is never replaced.
func createKey(path string, opts KeyOptions) (*ecdsa.PrivateKey, error) {
	pass, err := opts.ask(IfGiven)
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
	if err := linkNew(path, text); errors.Is(err, fs.ErrExist) {
		return OpenKey(path, opts)
	} else if err != nil {
		return nil, err
	}
	return key, nil
}

// linkNew makes a private file, whole or not at all: half a key would be money lost. It replaces none.
func linkNew(path string, text []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // private from the start
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
