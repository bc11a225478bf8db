// Package home reads and writes the files of a node's directory. The command line, the testnet and the node's API meet there.
//
//	key           the node's identity (package node)
//	account       the key of its settlement account
//	network.json  the manifest of its network
//	chain.json    where the chain and the contracts are
//	config.yaml   local settings; may be missing
//	api.token     what clients of the API must know (package node)
//	node.json     how to reach the running node; gone when it has stopped in order
//	db, scratch   state (package node)
//
// Everything secret has mode 0600. Files appear as a whole or not at all.
package home

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/natefinch/atomic"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/chain/evm"
)

// Names of files in a node's directory.
const (
	AccountFile  = "account"
	NetworkFile  = "network.json"
	ChainFile    = "chain.json"
	ConfigFile   = "config.yaml"
	TokenFile    = "api.token"
	EndpointFile = "node.json"
)

const maxFile = 1 << 20 // bytes

// Chain says where the settlement layer is.
type Chain struct {
	URLs          []string      `json:"urls"` // JSON-RPC; the next takes over when one fails; ws:// and wss:// are faster than http://
	Contracts     evm.Contracts `json:"contracts"`
	Confirmations uint64        `json:"confirmations"`        // blocks that make an effect final
	PerSecond     float64       `json:"perSecond,omitempty"`  // requests to each URL, at most; 0: no bound
	Lag           uint64        `json:"lag,omitempty"`        // blocks that the URL in use may be behind another; 0: 8
	MaxFeeGwei    uint64        `json:"maxFeeGwei,omitempty"` // what a unit of gas may cost; 0: 500
}

// Endpoint is how to reach a running node.
type Endpoint struct {
	PID       int      `json:"pid"`
	API       string   `json:"api"` // URL
	Peer      string   `json:"peer"`
	Account   string   `json:"account"`
	Addresses []string `json:"addresses"` // multiaddrs, ending in the peer id
}

// ReadNetwork reads the manifest of the network that dir belongs to.
func ReadNetwork(dir string) (market.Network, error) {
	var n market.Network
	err := readJSON(filepath.Join(dir, NetworkFile), &n)
	return n, err
}

// WriteNetwork says which network dir belongs to.
func WriteNetwork(dir string, n market.Network) error {
	return writeJSON(filepath.Join(dir, NetworkFile), n)
}

// ReadChain reads chain.json.
func ReadChain(dir string) (Chain, error) {
	path := filepath.Join(dir, ChainFile)
	var c Chain
	if err := readJSON(path, &c); err != nil {
		return c, err
	}
	if len(c.URLs) == 0 {
		return c, fmt.Errorf("%s names no JSON-RPC URL in urls", path)
	}
	if c.PerSecond < 0 || c.PerSecond > 0 && c.PerSecond < 1 {
		return c, fmt.Errorf("%s: perSecond is %v, want 0 for no bound, or at least 1", path, c.PerSecond)
	}
	return c, nil
}

// Client is what a client of the chain needs, for an account of a network on the named chain.
func (c Chain) Client(key *ecdsa.PrivateKey, name string, log *slog.Logger) (evm.Config, error) {
	id, at, err := evm.ParseChainName(name)
	if err != nil {
		return evm.Config{}, err
	}
	if at != c.Contracts.Marketplace {
		return evm.Config{}, fmt.Errorf("%s names the marketplace %s, and the network is on %s", ChainFile, evm.AccountOf(c.Contracts.Marketplace), name)
	}
	cfg := evm.Config{
		URLs: c.URLs, ChainID: id, Key: key, Contracts: c.Contracts, Confirmations: c.Confirmations, PerSecond: c.PerSecond, Lag: c.Lag, Log: log,
	}
	if c.MaxFeeGwei > 0 {
		cfg.MaxFee = new(big.Int).Mul(new(big.Int).SetUint64(c.MaxFeeGwei), big.NewInt(1_000_000_000))
	}
	return cfg, nil
}

// WriteChain writes chain.json.
func WriteChain(dir string, c Chain) error { return writeJSON(filepath.Join(dir, ChainFile), c) }

// ReadEndpoint finds the running node of dir. The error is fs.ErrNotExist when none has announced itself.
func ReadEndpoint(dir string) (Endpoint, error) {
	var e Endpoint
	err := readJSON(filepath.Join(dir, EndpointFile), &e)
	return e, err
}

// WriteEndpoint announces a running node.
func WriteEndpoint(dir string, e Endpoint) error {
	return writeJSON(filepath.Join(dir, EndpointFile), e)
}

// RemoveEndpoint withdraws what WriteEndpoint announced.
func RemoveEndpoint(dir string) error {
	err := os.Remove(filepath.Join(dir, EndpointFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// ReadConfig reads settings from a YAML file over the given ones. Unknown keys are refused, with their line.
func ReadConfig(path string, base node.Config) (node.Config, error) {
	text, err := readFile(path)
	if err != nil {
		return base, err
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return base, nil
	}
	dir, network := base.Dir, base.Network
	if err := yaml.UnmarshalWithOptions(text, &base, yaml.Strict()); err != nil {
		if y, ok := errors.AsType[yaml.Error](err); ok && y.GetToken() != nil {
			return base, fmt.Errorf("%s:%d: %s", path, y.GetToken().Position.Line, strings.Replace(y.GetMessage(), "unknown field", "unknown key", 1))
		}
		line, _, _ := strings.Cut(err.Error(), "\n")
		return base, fmt.Errorf("%s: %s", path, line)
	}
	if base.Network != network {
		return base, fmt.Errorf("%s: network parameters are not local settings; they stand in %s", path, NetworkFile)
	}
	base.Dir = dir
	return base, nil
}

// LoadToken reads the API's token of the node in dir.
func LoadToken(dir string) (string, error) {
	path := filepath.Join(dir, TokenFile)
	b, err := readFile(path)
	if err != nil {
		return "", err
	}
	b = bytes.TrimSpace(b)
	if raw, err := hex.DecodeString(string(b)); err != nil || len(raw) != 32 {
		return "", fmt.Errorf("%s does not hold a token of 64 hex digits; delete it and start the node again", path)
	}
	return string(b), nil
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(b) > maxFile {
		err = fmt.Errorf("%s is over %d bytes", path, maxFile)
	}
	return b, err
}

func readJSON(path string, v any) error {
	b, err := readFile(path)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return atomic.WriteFile(path, bytes.NewReader(append(b, '\n')))
}
