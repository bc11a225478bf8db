package evm_test

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/stretchr/testify/require"

	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// gethVar names a geth binary. With it, all tests of this package run against geth --dev instead of the dev chain.
const gethVar = "GPUMESH_GETH"

// backend is a chain that tests run on.
type backend interface {
	URL() string
	WSURL() string
	FaucetKey() *ecdsa.PrivateKey
	DeployConfig() evm.DeployConfig
	Now() time.Time // of the newest block
	Height() uint64
	Skip(ctx context.Context, by time.Duration) error    // moves the clock, and makes at least a block
	Reorganize(ctx context.Context, blocks uint64) error // forgets the newest blocks
	Term() poc.Millis                                    // of the jobs of the contract suite; zero: its own
	Memory() uint64                                      // newest blocks whose hashes contracts know; zero: too many for a test
	Close() error
}

// start starts a chain of the kind that the tests run on. dir keeps it; listen is a host and port. Both may be empty.
func start(ctx context.Context, dir, listen string) (backend, error) {
	if path := os.Getenv(gethVar); path != "" {
		return startGeth(ctx, path, dir, listen)
	}
	c, err := devchain.Start(ctx, devchain.Config{Dir: dir, Listen: listen, Debug: *linesFlag, Forget: true})
	return devBackend{c}, err
}

type devBackend struct{ *devchain.Chain }

func (devBackend) Term() poc.Millis { return 0 }
func (devBackend) Memory() uint64   { return 256 }

func (c devBackend) DeployConfig() evm.DeployConfig { return patient(c.Chain.DeployConfig()) }

// patient has delays of minutes, which no machine is so slow as to miss: tests move the clock.
func patient(cfg evm.DeployConfig) evm.DeployConfig {
	cfg.Batch.Window, cfg.Arbiters.Window, cfg.Unbonding, cfg.Governance.Timelock, cfg.Rewards.Delay = 300_000, 250_000, 600_000, 600_000, 550_000
	cfg.TopUp = 60_000
	cfg.SlashBps = 5_000 // half, so that what is left can be seen, and taken by another conviction
	return cfg
}

// deploy puts the contracts on a chain and gives the accounts of the tests their tokens.
func deploy(ctx context.Context, c backend) (evm.Contracts, error) {
	return deployWith(ctx, c, c.DeployConfig())
}

func deployWith(ctx context.Context, c backend, cfg evm.DeployConfig) (evm.Contracts, error) {
	contracts, err := evm.Deploy(ctx, c.WSURL(), c.FaucetKey(), cfg)
	if err != nil {
		return contracts, err
	}
	ether := new(big.Int).Mul(big.NewInt(10), big.NewInt(1e18))
	return contracts, evm.Fund(ctx, c.WSURL(), c.FaucetKey(), contracts, accounts(), tokens, ether)
}

func ms(d poc.Millis) time.Duration { return time.Duration(d) * time.Millisecond }

// The delays of the contracts that deploy makes.
func window() time.Duration    { return ms(dev.DeployConfig().Batch.Window) }
func unbonding() time.Duration { return ms(dev.DeployConfig().Unbonding) }

// gethChain is a geth --dev process. It makes a block for each transaction, and here also an empty one after it, as the dev
// chain does, and one per second when nothing happens. Its time stamps count seconds and grow with every block, so its clock
// runs ahead of ours.
type gethChain struct {
	cmd    *exec.Cmd
	host   string
	client *rpc.Client
	stop   context.CancelFunc
	tasks  sync.WaitGroup
	log    lockedBuffer
	temp   string // to be removed at the end, or empty
}

func startGeth(ctx context.Context, path, dir, listen string) (_ *gethChain, err error) {
	if listen == "" {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		listen = l.Addr().String()
		if err := l.Close(); err != nil {
			return nil, err
		}
	}
	_, port, err := net.SplitHostPort(listen)
	if err != nil {
		return nil, err
	}
	const apis = "eth,net,web3,debug,dev"
	args := []string{
		"--dev", "--dev.gaslimit", "30000000", "--gcmode", "archive", "--state.scheme", "hash", "--cache", "64", "--verbosity", "2",
		"--port", "0", "--authrpc.port", "0", "--ipcdisable", "--rpc.txfeecap", "0",
		"--http", "--http.port", port, "--http.api", apis, "--ws", "--ws.port", port, "--ws.api", apis,
	}
	g := &gethChain{host: listen}
	if dir == "" {
		// Without a directory geth --dev keeps its chain in memory, in a map: whenever it moves a final block to its archive of old
		// ones it looks through all of that, and after some ten thousand blocks takes seconds for each further one. On a disk each block
		// waits to be written, and there are ten thousands of them, so it is a file system in memory where there is one.
		memory := "/dev/shm"
		if _, err := os.Stat(memory); err != nil {
			memory = ""
		}
		if g.temp, err = os.MkdirTemp(memory, "geth"); err != nil {
			return nil, err
		}
		dir = g.temp
	}
	g.cmd = exec.Command(path, append(args, "--datadir", filepath.Join(dir, "geth"))...)
	g.cmd.Stdout, g.cmd.Stderr = &g.log, &g.log
	if err := g.cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(g.temp))
	}
	run, stop := context.WithCancel(context.Background())
	g.stop = stop
	exited := make(chan struct{})
	g.tasks.Go(func() { _ = g.cmd.Wait(); close(exited) })
	for g.client == nil {
		select {
		case <-exited:
			return nil, fmt.Errorf("%s ended: %s", path, g.log.String())
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), g.Close())
		case <-time.After(50 * time.Millisecond):
		}
		if client, err := rpc.DialContext(ctx, g.WSURL()); err == nil {
			g.client = client
		}
	}
	heads := make(chan *types.Header, 4096)
	sub, err := g.client.EthSubscribe(ctx, heads, "newHeads")
	if err != nil {
		return nil, errors.Join(err, g.Close())
	}
	g.tasks.Go(func() {
		defer sub.Unsubscribe()
		for {
			select {
			case <-run.Done():
				return
			case <-sub.Err():
				return
			case h := <-heads:
				if h.TxHash == types.EmptyTxsHash {
					continue
				}
			case <-time.After(time.Second):
			}
			_ = g.mine(run) // a test that waits for it fails by its deadline
		}
	})
	return g, nil
}

// mine asks for a block: geth --dev makes one for a withdrawal, here of nothing.
func (g *gethChain) mine(ctx context.Context) error {
	return g.client.CallContext(ctx, nil, "dev_addWithdrawal", &types.Withdrawal{Address: common.Address{1}})
}

func (g *gethChain) URL() string   { return "http://" + g.host }
func (g *gethChain) WSURL() string { return "ws://" + g.host }

// FaucetKey is the key that geth gives the first money of every dev chain.
func (g *gethChain) FaucetKey() *ecdsa.PrivateKey {
	k, err := crypto.HexToECDSA("b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291")
	if err != nil {
		panic(err)
	}
	return k
}

// DeployConfig is the dev chain's, with delays for a clock that goes on by two seconds with each transaction.
func (g *gethChain) DeployConfig() evm.DeployConfig {
	cfg := patient(devchain.ConfigFor(crypto.PubkeyToAddress(g.FaucetKey().PublicKey)))
	cfg.Tick = 1_000
	return cfg
}

// Term is short, as each second of it that is skipped is a block.
func (g *gethChain) Term() poc.Millis { return 300_000 }

// Memory is 8191, and each block goes on by a second.
func (g *gethChain) Memory() uint64 { return 0 }

func (g *gethChain) head() *types.Header {
	var h *types.Header
	if err := g.client.Call(&h, "eth_getBlockByNumber", "latest", false); err != nil {
		panic(fmt.Sprintf("geth does not answer: %v: %s", err, g.log.String()))
	}
	return h
}

func (g *gethChain) Now() time.Time { return time.Unix(int64(g.head().Time), 0) }
func (g *gethChain) Height() uint64 { return g.head().Number.Uint64() }

// Skip makes blocks until their time stamps have come there: geth --dev takes no other order.
func (g *gethChain) Skip(ctx context.Context, by time.Duration) error {
	first := g.head()
	until := first.Time + uint64((by+time.Second-1)/time.Second)
	for h := first; h.Time < until || h.Number.Cmp(first.Number) == 0; h = g.head() {
		if err := g.mine(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (g *gethChain) Reorganize(ctx context.Context, blocks uint64) error {
	height := g.Height()
	if err := g.client.CallContext(ctx, nil, "debug_setHead", hexutil.Uint64(height-min(height, blocks))); err != nil {
		return err
	}
	return g.mine(ctx)
}

func (g *gethChain) Close() error {
	g.stop()
	if g.client != nil {
		g.client.Close()
	}
	err := g.cmd.Process.Signal(os.Interrupt)
	killer := time.AfterFunc(20*time.Second, func() { _ = g.cmd.Process.Kill() })
	g.tasks.Wait()
	killer.Stop()
	return errors.Join(err, os.RemoveAll(g.temp))
}

// With GPUMESH_GETH it is geth that all tests of this package have talked to.
func TestGeth(t *testing.T) {
	if os.Getenv(gethVar) == "" {
		t.Skip(gethVar + " names no geth binary, so these tests run on the dev chain; go run ./cmd/dev geth builds one and runs them on geth --dev")
	}
	var version string
	client, err := rpc.DialContext(t.Context(), endpoint)
	require.NoError(t, err)
	defer client.Close()
	require.NoError(t, client.CallContext(t.Context(), &version, "web3_clientVersion"))
	require.True(t, strings.HasPrefix(version, "Geth/"), version)
	t.Log(version)
}
