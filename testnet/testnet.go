package testnet

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/goccy/go-yaml"
	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/node/api"
	"gpumesh/node/chain/evm"
	"gpumesh/node/home"
	"gpumesh/poc"
)

// MaxNodes bounds the nodes of a testnet.
const MaxNodes = 64

// Options say what to start.
type Options struct {
	Dir    string         // everything is kept below it; made if it does not exist
	Nodes  int            // numbered from 1; node 1 is the one that the others find the network through
	Binary []string       // argv that starts gpumesh; subcommands are appended
	Env    []string       // added to the processes' environment
	Faults map[int]string // see node.Fault, by node number
	Device string         // see CheckDevice; "auto"
	Tokens market.Amount  // of every node at the start; 10,000 NLOV
	Log    *slog.Logger

	Devices  map[int]string        // instead of Device, by node number
	Settings map[int]string        // more of config.yaml, by node number
	Network  func(*market.Network) // may change the parameters of a local network; nil: nothing
}

// Testnet is a running network. Its methods are safe for concurrent use, but for two on the same node.
type Testnet struct {
	Dir     string
	Network market.Network
	Chain   home.Chain

	opts  Options
	chain *process
	nodes []*Node
}

// Node is a node of a testnet.
type Node struct {
	Number   int
	Dir      string
	Endpoint home.Endpoint // of the last start

	argv   []string
	env    []string
	device string // its setting
	mu     struct {
		sync.Mutex
		process *process
	}
}

// chainReady is the ready line of the dev chain.
type chainReady struct {
	URL       string        `json:"url"`
	Chain     string        `json:"chain"`
	Contracts evm.Contracts `json:"contracts"`
}

// Start starts a chain and nodes and returns when all of them are ready. If any fails, none is left running.
func Start(ctx context.Context, opts Options) (_ *Testnet, err error) {
	if opts.Nodes < 1 || opts.Nodes > MaxNodes {
		return nil, fmt.Errorf("a testnet has 1 to %d nodes, not %d", MaxNodes, opts.Nodes)
	}
	for n := range opts.Settings {
		if n < 1 || n > opts.Nodes {
			return nil, fmt.Errorf("there is no node %d to have settings; they are numbered 1 to %d", n, opts.Nodes)
		}
	}
	for n := range opts.Devices {
		if n < 1 || n > opts.Nodes {
			return nil, fmt.Errorf("there is no node %d to have a device; they are numbered 1 to %d", n, opts.Nodes)
		}
	}
	for n := range opts.Faults {
		if n < 1 || n > opts.Nodes {
			return nil, fmt.Errorf("there is no node %d to misbehave; they are numbered 1 to %d", n, opts.Nodes)
		}
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Tokens == 0 {
		opts.Tokens = 10_000 * market.NLOV
	}
	if opts.Dir, err = filepath.Abs(opts.Dir); err != nil {
		return nil, err
	}
	t := &Testnet{Dir: opts.Dir, opts: opts}
	defer func() {
		if err != nil {
			err = errors.Join(err, t.Close())
		}
	}()
	accounts, err := t.prepare()
	if err != nil {
		return nil, err
	}
	if err := t.startChain(ctx, accounts); err != nil {
		return nil, err
	}
	if err := t.nodes[0].configure(t, nil); err != nil {
		return nil, err
	}
	if err := t.nodes[0].start(ctx); err != nil {
		return nil, err
	}
	g, gctx := errgroup.WithContext(ctx)
	for _, n := range t.nodes[1:] {
		g.Go(func() error {
			if err := n.configure(t, t.nodes[0].Endpoint.Addresses); err != nil {
				return err
			}
			return n.start(gctx)
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	opts.Log.Info("the testnet runs", "dir", t.Dir, "nodes", opts.Nodes, "chain", t.Network.Chain)
	return t, nil
}

// prepare makes the nodes' directories and accounts.
func (t *Testnet) prepare() ([]poc.Account, error) {
	var accounts []poc.Account
	for i := range t.opts.Nodes {
		setting, env, err := device(cmp.Or(t.opts.Devices[i+1], t.opts.Device))
		if err != nil {
			return nil, err
		}
		n := &Node{Number: i + 1, Dir: filepath.Join(t.Dir, fmt.Sprintf("node%d", i+1)), device: setting, env: slices.Concat(t.opts.Env, env)}
		n.argv = append(slices.Clone(t.opts.Binary), "node", "--json", "--dir", n.Dir)
		if err := os.MkdirAll(n.Dir, 0o700); err != nil {
			return nil, err
		}
		key, err := evm.LoadOrCreateKey(filepath.Join(n.Dir, home.AccountFile))
		if err != nil {
			return nil, err
		}
		accounts = append(accounts, evm.AccountOf(crypto.PubkeyToAddress(key.PublicKey)))
		t.nodes = append(t.nodes, n)
	}
	return accounts, nil
}

func (t *Testnet) startChain(ctx context.Context, accounts []poc.Account) error {
	argv := append(slices.Clone(t.opts.Binary), "devchain", "--json", "--tokens", t.opts.Tokens.String())
	for _, a := range accounts {
		argv = append(argv, "--fund", string(a))
	}
	var ready chainReady
	p, err := spawn(ctx, "the dev chain", argv, t.opts.Env, filepath.Join(t.Dir, "chain.log"), &ready)
	if err != nil {
		return err
	}
	t.chain = p
	t.Chain = home.Chain{URLs: []string{ready.URL}, Contracts: ready.Contracts, Confirmations: 1}
	t.Network = market.LocalNetwork()
	if t.opts.Network != nil {
		t.opts.Network(&t.Network)
	}
	t.Network.Chain = ready.Chain
	return nil
}

// settings are what config.yaml says.
type settings struct {
	Listen    []string         `yaml:"listen"`
	Bootstrap []string         `yaml:"bootstrap"`
	Reach     string           `yaml:"reach"`
	API       string           `yaml:"api"`
	Provider  providerSettings `yaml:"provider"`
	Device    string           `yaml:"device"`
	Fault     string           `yaml:"fault,omitempty"`
}

type providerSettings struct {
	Enabled      bool `yaml:"enabled"`
	SharesDevice bool `yaml:"sharesDevice"` // all nodes are on one machine, which may have one GPU
	MaxMemory    int  `yaml:"maxMemory"`    // bytes: each would lend what the whole machine has
}

// configure writes the node's files. A node that ran before keeps its addresses, so that others find it again.
func (n *Node) configure(t *Testnet, bootstrap []string) error {
	s := settings{
		Listen: []string{"/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/udp/0/quic-v1"}, Bootstrap: bootstrap, Reach: "loopback",
		API: "127.0.0.1:0", Provider: providerSettings{Enabled: true, SharesDevice: true, MaxMemory: 2 << 30}, Device: n.device, Fault: t.opts.Faults[n.Number],
	}
	if n.Endpoint.API != "" {
		s.Listen = nil
		for _, a := range n.Endpoint.Addresses {
			s.Listen = append(s.Listen, strings.TrimSuffix(a, "/p2p/"+n.Endpoint.Peer))
		}
		s.API = strings.TrimPrefix(n.Endpoint.API, "http://")
	}
	text, err := yaml.Marshal(s)
	if err != nil {
		return err
	}
	text = append(text, t.opts.Settings[n.Number]...)
	if err := os.WriteFile(filepath.Join(n.Dir, home.ConfigFile), text, 0o600); err != nil {
		return err
	}
	if err := home.WriteNetwork(n.Dir, t.Network); err != nil {
		return err
	}
	return home.WriteChain(n.Dir, t.Chain)
}

func (n *Node) start(ctx context.Context) error {
	var e home.Endpoint
	p, err := spawn(ctx, fmt.Sprintf("node %d", n.Number), n.argv, n.env, n.LogFile(), &e)
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.mu.process, n.Endpoint = p, e
	return nil
}

// LogFile is where the node's log is.
func (n *Node) LogFile() string { return n.Dir + ".log" }

// Alive reports whether the node's process runs.
func (n *Node) Alive() bool {
	p := n.process()
	return p != nil && p.alive()
}

// Done is closed when the node's process, as of now, has ended.
func (n *Node) Done() <-chan struct{} {
	if p := n.process(); p != nil {
		return p.done
	}
	c := make(chan struct{})
	close(c)
	return c
}

func (n *Node) process() *process {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.mu.process
}

// Client returns a client of the node's API.
func (n *Node) Client() (*api.Client, error) {
	token, err := home.LoadToken(n.Dir)
	if err != nil {
		return nil, err
	}
	return api.Dial(n.Endpoint.API, token)
}

// Size is the number of nodes.
func (t *Testnet) Size() int { return len(t.nodes) }

// Node returns a node by its number, from 1.
func (t *Testnet) Node(number int) *Node { return t.nodes[number-1] }

// Kill ends a node as a crash or a power cut would: at once and without a word.
func (t *Testnet) Kill(number int) {
	if p := t.Node(number).process(); p != nil {
		p.kill()
	}
}

// Stop ends a node in order.
func (t *Testnet) Stop(number int) error {
	if p := t.Node(number).process(); p != nil && p.alive() {
		return p.stop()
	}
	return nil
}

// Restart starts a node again that was killed or stopped, with its state and at its old addresses. The fault replaces the one
// that it had.
func (t *Testnet) Restart(ctx context.Context, number int, fault string) error {
	n := t.Node(number)
	if n.Alive() {
		return fmt.Errorf("node %d runs already", number)
	}
	if t.opts.Faults = maps.Clone(t.opts.Faults); t.opts.Faults == nil {
		t.opts.Faults = map[int]string{}
	}
	t.opts.Faults[number] = fault
	var bootstrap []string
	for _, other := range t.nodes {
		if other != n && len(bootstrap) < 3 {
			bootstrap = append(bootstrap, other.Endpoint.Addresses...)
		}
	}
	if err := n.configure(t, bootstrap); err != nil {
		return err
	}
	return n.start(ctx)
}

// Settlement reads the testnet's chain. It has an account of its own without money; close it after use.
func (t *Testnet) Settlement(ctx context.Context) (*evm.Client, error) {
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, err
	}
	return evm.Dial(ctx, evm.Config{URL: t.Chain.URLs[0], Key: key, Contracts: t.Chain.Contracts, Confirmations: t.Chain.Confirmations})
}

// Close stops everything. Its files stay.
func (t *Testnet) Close() error {
	var g errgroup.Group
	for _, n := range t.nodes {
		g.Go(func() error {
			p := n.process()
			if p == nil || !p.alive() {
				return nil
			}
			return p.stop()
		})
	}
	err := g.Wait()
	if t.chain != nil && t.chain.alive() {
		err = errors.Join(err, t.chain.stop())
	}
	return err
}
