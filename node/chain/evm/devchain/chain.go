// Package devchain is an Ethereum chain inside this process, for tests and local testnets. It is go-ethereum's own node,
// listening on loopback, with a block producer that answers every transaction at once with a block, and every such block
// with an empty one, so that a beacon never has to be waited for.
//
// Its block time stamps count milliseconds, because a chain whose stamps count seconds and must grow cannot make more than
// one block per second without running ahead of the clock. Contracts deployed here get a tick of 1 ms.
package devchain

import (
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/big"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/eth/tracers"
	"github.com/ethereum/go-ethereum/miner"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
)

// ChainID is the chain id of every dev chain.
const ChainID = 1337

// TickMillis is what one unit of the chain's time stamps is worth.
const TickMillis = 1

const (
	gasLimit  = 30_000_000
	heartbeat = time.Second // between blocks when nothing happens, so that the chain's clock goes on
)

// Config says where the chain lives.
type Config struct {
	Dir    string // where it is stored; empty: in memory
	Listen string // host:port of HTTP and WebSocket; a port of 0 or an empty string picks a free loopback port
	Debug  bool   // answer the debug methods too, with which transactions can be traced
	Forget bool   // be a chain without EIP-2935: contracts know the hashes of the newest 256 blocks only
	Log    *slog.Logger
}

// Chain is a running dev chain. Its methods are safe for concurrent use.
type Chain struct {
	stack  *node.Node
	eth    *eth.Ethereum
	log    *slog.Logger
	faucet *ecdsa.PrivateKey
	host   string

	skip chan skip
	stop context.CancelFunc
	done chan struct{}
}

// Start starts a chain. It runs until Close, whatever becomes of ctx.
func Start(ctx context.Context, cfg Config) (*Chain, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if cfg.Listen == "" {
		cfg.Listen = "127.0.0.1:0"
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	host, portText, err := net.SplitHostPort(cfg.Listen)
	if err != nil {
		return nil, fmt.Errorf("dev chain: %q is not an address such as 127.0.0.1:8545", cfg.Listen)
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("dev chain: %q is not a port", portText)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("dev chain: %s is not a loopback address; anybody who reaches a dev chain can empty it", host)
	}
	// The key is public on purpose: this money is worth nothing.
	faucet, err := crypto.ToECDSA(crypto.Keccak256([]byte("gpumesh dev chain faucet")))
	if err != nil {
		return nil, err
	}

	modules := slices.Clone(modules)
	if cfg.Debug {
		modules = append(modules, "debug")
	}
	stack, err := node.New(&node.Config{
		Name:    "devchain",
		DataDir: cfg.Dir,
		P2P:     p2p.Config{NoDiscovery: true, NoDial: true},
		// HTTP and WebSocket share the port.
		HTTPHost: host, HTTPPort: int(port), HTTPModules: modules, HTTPTimeouts: rpc.DefaultHTTPTimeouts,
		HTTPVirtualHosts: []string{"localhost"},
		WSHost:           host, WSPort: int(port), WSModules: modules,
		BatchRequestLimit: 1000, BatchResponseMaxSize: 25_000_000, HTTPBodyLimit: 5 << 20,
	})
	if err != nil {
		return nil, fmt.Errorf("dev chain: %w", err)
	}
	backend, err := eth.New(stack, ethConfig(crypto.PubkeyToAddress(faucet.PublicKey), cfg.Forget))
	if err != nil {
		return nil, fmt.Errorf("dev chain: %w", errors.Join(err, stack.Close()))
	}
	stack.RegisterAPIs([]rpc.API{{
		Namespace: "eth",
		Service:   filters.NewFilterAPI(filters.NewFilterSystem(backend.APIBackend, filters.Config{LogCacheSize: 8})),
	}})
	if cfg.Debug {
		stack.RegisterAPIs(tracers.APIs(backend.APIBackend))
	}
	if err := stack.Start(); err != nil {
		return nil, fmt.Errorf("dev chain: %w", errors.Join(err, stack.Close()))
	}
	run, stop := context.WithCancel(context.Background())
	c := &Chain{
		stack: stack, eth: backend, log: cfg.Log, faucet: faucet, host: stack.HTTPEndpoint(),
		skip: make(chan skip), stop: stop, done: make(chan struct{}),
	}
	go c.produce(run)
	return c, nil
}

var modules = []string{"eth", "net", "web3"}

// ethConfig keeps caches small, and keeps every state: a beacon is read at the height of its block, however old.
func ethConfig(faucet common.Address, forget bool) *ethconfig.Config {
	alloc := core.SystemContractAllocs()
	if forget {
		delete(alloc, params.HistoryStorageAddress)
	}
	maps.Copy(alloc, types.GenesisAlloc{faucet: {Balance: new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)}})
	chain := *params.AllDevChainProtocolChanges
	chain.ChainID = big.NewInt(ChainID)
	// The rules of today's networks: gas prices of forks to come would mislead.
	chain.AmsterdamTime, chain.BogotaTime = nil, nil
	chain.BlobScheduleConfig = params.MainnetChainConfig.BlobScheduleConfig

	cfg := ethconfig.Defaults
	cfg.Genesis = &core.Genesis{Config: &chain, GasLimit: gasLimit, BaseFee: big.NewInt(params.GWei), Difficulty: new(big.Int), Alloc: alloc}
	cfg.SyncMode = ethconfig.FullSync
	cfg.StateScheme = rawdb.HashScheme
	cfg.NoPruning, cfg.NoPrefetch = true, true
	cfg.TransactionHistory, cfg.LogNoHistory = 0, true
	cfg.DatabaseCache, cfg.DatabaseHandles = 16, 64
	cfg.TrieCleanCache, cfg.TrieDirtyCache, cfg.SnapshotCache = 16, 0, 0
	cfg.Miner.GasCeil, cfg.Miner.GasPrice = gasLimit, big.NewInt(1)
	cfg.TxPool.NoLocals, cfg.TxPool.Journal, cfg.TxPool.PriceLimit = true, "", 1
	cfg.GPO.IgnorePrice = big.NewInt(1)
	return &cfg
}

// URL is the HTTP endpoint.
func (c *Chain) URL() string { return c.host }

// WSURL is the WebSocket endpoint.
func (c *Chain) WSURL() string { return c.stack.WSEndpoint() }

// FaucetKey owns practically unlimited ether.
func (c *Chain) FaucetKey() *ecdsa.PrivateKey { return c.faucet }

// Now is the time of the newest block.
func (c *Chain) Now() time.Time {
	return time.UnixMilli(int64(c.eth.BlockChain().CurrentBlock().Time) * TickMillis)
}

// Height is the number of the newest block.
func (c *Chain) Height() uint64 { return c.eth.BlockChain().CurrentBlock().Number.Uint64() }

// Close stops the chain and frees its port.
func (c *Chain) Close() error {
	c.stop()
	<-c.done
	return c.stack.Close()
}

type skip struct {
	by   time.Duration
	back uint64 // blocks to forget first
	done chan error
}

// Skip moves the chain's clock forward for good and makes a block there.
func (c *Chain) Skip(ctx context.Context, by time.Duration) error {
	return c.ask(ctx, skip{by: by})
}

// Reorganize forgets the newest blocks with their transactions, and goes on from the one before.
func (c *Chain) Reorganize(ctx context.Context, blocks uint64) error {
	return c.ask(ctx, skip{back: blocks})
}

func (c *Chain) ask(ctx context.Context, s skip) error {
	s.done = make(chan error, 1)
	select {
	case c.skip <- s:
		return <-s.done
	case <-c.done:
		return errors.New("the dev chain is closed")
	case <-ctx.Done():
		return ctx.Err()
	}
}

// produce makes the blocks. It is the only goroutine that does.
func (c *Chain) produce(ctx context.Context) {
	defer close(c.done)
	events := make(chan core.NewTxsEvent, 64)
	sub := c.eth.TxPool().SubscribeTransactions(events, true)
	defer sub.Unsubscribe()
	pending := collapse(events, c.done)
	beat := time.NewTimer(heartbeat)
	defer beat.Stop()
	var ahead time.Duration
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-sub.Err():
			return
		case s := <-c.skip:
			if s.back > 0 {
				head := c.Height()
				if err = c.eth.BlockChain().SetHead(head - min(head, s.back)); err != nil {
					s.done <- err
					break
				}
			}
			// Of the newest block's time, which many blocks within a millisecond push ahead of the clock.
			ahead = max(ahead, time.Until(c.Now())) + max(0, s.by)
			_, err = c.seal(ctx, ahead)
			s.done <- err
		case <-beat.C:
			_, err = c.seal(ctx, ahead)
		case <-pending:
			// Transactions that are pending but not taken, for instance because the block is full, get another block.
			for n := 1; n > 0 && err == nil; {
				n, err = c.seal(ctx, ahead)
			}
		}
		if err != nil && ctx.Err() == nil {
			c.log.Warn("dev chain makes no block", "err", err)
		}
		beat.Reset(heartbeat)
	}
}

// collapse returns a channel that holds an element after one or more events. It takes events at any time until done: the pool delivers
// them before it finishes the Sync that seal waits for, so the two would wait for each other once the buffer was full
// (go-ethereum issue 29656).
func collapse(events <-chan core.NewTxsEvent, done <-chan struct{}) <-chan struct{} {
	out := make(chan struct{}, 1)
	go func() {
		for {
			select {
			case <-events:
			case <-done:
				return
			}
			select {
			case out <- struct{}{}:
			default:
			}
		}
	}()
	return out
}

// seal makes one block of what is pending and returns how many transactions it holds.
func (c *Chain) seal(ctx context.Context, ahead time.Duration) (int, error) {
	// The pool learns of new heads in the background; building on an old view of it would take transactions twice.
	if err := c.eth.TxPool().Sync(); err != nil {
		return 0, err
	}
	chain := c.eth.BlockChain()
	parent := chain.CurrentBlock()
	args := &miner.BuildPayloadArgs{
		Parent:      parent.Hash(),
		Timestamp:   max(parent.Time+1, uint64(time.Now().Add(ahead).UnixMilli())/TickMillis),
		Withdrawals: types.Withdrawals{},
		BeaconRoot:  &common.Hash{},
	}
	rand.Read(args.Random[:]) // never fails
	block, _, err := c.eth.Miner().BuildTestingPayload(args, nil, false, []byte{})
	if err != nil {
		return 0, err
	}
	if _, err := chain.InsertBlockWithoutSetHead(ctx, block, false); err != nil {
		return 0, err
	}
	// No block is ever final: what is final go-ethereum moves to its archive of old blocks, and in memory it looks through the whole
	// database for each block that it moves, while everything else waits.
	if _, err := chain.SetCanonical(block); err != nil {
		return 0, err
	}
	return len(block.Transactions()), nil
}
