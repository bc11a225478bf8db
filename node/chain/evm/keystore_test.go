package evm

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/hex"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"
)

// with returns options that answer every question with pass, and note what was asked.
func withPass(pass string, asked *[]Need) KeyOptions {
	return KeyOptions{Passphrase: func(n Need) (string, error) {
		if asked != nil {
			*asked = append(*asked, n)
		}
		return pass, nil
	}}
}

func digits(k *ecdsa.PrivateKey) string { return hex.EncodeToString(crypto.FromECDSA(k)) }

// A key without a passphrase gets one, and go-ethereum opens what is stored.
func TestKeyIsEncrypted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "account")
	first, err := LoadOrCreateKey(path)
	require.NoError(t, err)
	again, err := LoadOrCreateKey(path)
	require.NoError(t, err)
	require.True(t, first.Equal(again))
	account, locked, err := KeyAccount(path)
	require.NoError(t, err)
	require.Equal(t, AccountOf(crypto.PubkeyToAddress(first.PublicKey)), account)
	require.False(t, locked)

	var asked []Need
	again, err = OpenKey(path, withPass("secret", &asked))
	require.NoError(t, err)
	require.True(t, first.Equal(again))
	require.Equal(t, []Need{IfGiven}, asked)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NotContains(t, string(text), digits(first))
	require.Contains(t, string(text), `"n":262144`)
	k, err := keystore.DecryptKey(text, "secret")
	require.NoError(t, err)
	require.True(t, first.Equal(k.PrivateKey))
	s, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), s.Mode().Perm())

	asked = nil
	again, err = OpenKey(path, withPass("secret", &asked))
	require.NoError(t, err)
	require.True(t, first.Equal(again))
	require.Equal(t, []Need{Unlock}, asked)
	for _, pass := range []string{"", "Secret"} {
		_, err = OpenKey(path, withPass(pass, nil))
		require.ErrorIs(t, err, ErrPassphrase)
		require.ErrorContains(t, err, path)
	}
	same, locked, err := KeyAccount(path)
	require.NoError(t, err)
	require.Equal(t, account, same)
	require.True(t, locked)
}

// A key of 64 hex digits, as they were stored before, is brought into the format, with a line in the log.
func TestPlainKeyMigrates(t *testing.T) {
	key, err := crypto.GenerateKey()
	require.NoError(t, err)
	for _, pass := range []string{"", "secret"} {
		path := filepath.Join(t.TempDir(), "account")
		require.NoError(t, os.WriteFile(path, []byte("0x"+digits(key)+"\n"), 0o600))
		account, _, err := KeyAccount(path)
		require.NoError(t, err)
		require.Equal(t, AccountOf(crypto.PubkeyToAddress(key.PublicKey)), account)
		var log bytes.Buffer
		opts := withPass(pass, nil)
		opts.Log = slog.New(slog.NewTextHandler(&log, nil))
		got, err := OpenKey(path, opts)
		require.NoError(t, err)
		require.True(t, key.Equal(got))
		require.Contains(t, log.String(), "Key file brought into the keystore format")
		require.NotContains(t, log.String(), digits(key))
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NotContains(t, string(text), digits(key))
		got, err = OpenKey(path, opts)
		require.NoError(t, err)
		require.True(t, key.Equal(got))
		names, err := os.ReadDir(filepath.Dir(path))
		require.NoError(t, err)
		require.Len(t, names, 1, "nothing else is left behind")
	}
}

func TestKeyFileMoves(t *testing.T) {
	dir := t.TempDir()
	path, away, back := filepath.Join(dir, "account"), filepath.Join(dir, "away"), filepath.Join(dir, "other", "account")
	key, err := LoadOrCreateKey(path)
	require.NoError(t, err)
	require.ErrorContains(t, ExportKey(path, away), "has no passphrase")
	require.ErrorContains(t, ChangePassphrase(path, KeyOptions{}, ""), "empty")
	require.ErrorIs(t, ChangePassphrase(back, KeyOptions{}, "one"), fs.ErrNotExist, "changing makes no key")
	require.NoError(t, ChangePassphrase(path, KeyOptions{}, "one"))
	require.ErrorIs(t, ChangePassphrase(path, withPass("none", nil), "two"), ErrPassphrase)
	require.NoError(t, ChangePassphrase(path, withPass("one", nil), "two"))
	require.NoError(t, ExportKey(path, away))
	require.ErrorIs(t, ExportKey(path, away), fs.ErrExist)
	_, err = ImportKey(away, back, withPass("one", nil))
	require.ErrorIs(t, err, ErrPassphrase)
	_, err = os.Stat(back)
	require.ErrorIs(t, err, fs.ErrNotExist)
	got, err := ImportKey(away, back, withPass("two", nil))
	require.NoError(t, err)
	require.Equal(t, AccountOf(crypto.PubkeyToAddress(key.PublicKey)), got)
	_, err = ImportKey(away, back, withPass("two", nil))
	require.ErrorIs(t, err, fs.ErrExist, "an account is never replaced")
}

func TestBadKeyFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "account")
	key, err := crypto.GenerateKey()
	require.NoError(t, err)
	text, err := encodeKey(key, "")
	require.NoError(t, err)
	for content, want := range map[string]string{
		"":                                "is not a key file",
		digits(key)[1:]:                   "is not a key file",
		"zz" + digits(key)[2:]:            "is not a key file",
		strings.Repeat("0", maxKeyFile+1): "it has 4097 bytes",
		"{}":                              "is not a key file",
		strings.Replace(string(text), `"n":2`, `"n":1073741824`, 1):    "more memory or time",
		strings.Replace(string(text), `"version":3`, `"version":9`, 1): "damaged",
		strings.Replace(string(text), `"ciphertext":"`, `"x":"`, 1):    "key",
		strings.Replace(string(text), `"mac":"`, `"mac":"00`, 1):       "key",
	} {
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := OpenKey(path, withPass("x", nil))
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), digits(key)[3:30])
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, content, string(after), "what cannot be read stays as it is")
	}
	require.NoError(t, os.WriteFile(path, text, 0o600))
	require.NoError(t, os.Chmod(path, 0o640))
	_, err = LoadOrCreateKey(path)
	require.ErrorContains(t, err, "chmod 600")
}

func BenchmarkUnlock(b *testing.B) {
	key, err := crypto.GenerateKey()
	require.NoError(b, err)
	for name, pass := range map[string]string{"passphrase": "secret", "none": ""} {
		b.Run(name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "account")
			text, err := encodeKey(key, pass)
			require.NoError(b, err)
			require.NoError(b, linkNew(path, text))
			for b.Loop() {
				_, err := OpenKey(path, withPass(pass, nil))
				require.NoError(b, err)
			}
		})
	}
}
