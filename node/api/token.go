package api

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/natefinch/atomic"
)

// TokenFile is the name of the token's file in a node's directory.
const TokenFile = "api.token"

// LoadToken reads the token of the node in dir.
func LoadToken(dir string) (string, error) {
	path := filepath.Join(dir, TokenFile)
	b, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	b = bytes.TrimSpace(b)
	if raw, err := hex.DecodeString(string(b)); err != nil || len(raw) != 32 {
		return "", fmt.Errorf("%s does not hold a token of 64 hex digits; delete it and start the node again", path)
	}
	return string(b), nil
}

// LoadOrCreateToken reads the token of the node in dir, or makes one that only the user can read.
func LoadOrCreateToken(dir string) (string, error) {
	token, err := LoadToken(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return token, err
	}
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	token = hex.EncodeToString(raw)
	path := filepath.Join(dir, TokenFile)
	if err := atomic.WriteFile(path, bytes.NewReader([]byte(token+"\n"))); err != nil {
		return "", err
	}
	return token, os.Chmod(path, 0o600)
}
