package testnet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/natefinch/atomic"
	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

// MaxNodes bounds a testnet on one machine.
const MaxNodes = 64

// Options say what to start.
type Options struct {
	Dir     string                  // everything is made below it; made if missing
	Nodes   int                     // 1..MaxNodes
	Binary  []string                // argv of gpumesh
	Env     []string                // added to this process's environment for every child
	Faults  map[int]node.Fault      // by node index
	Network *market.Network         // nil: market.LocalNetwork; Chain is filled in
	Edit    func(int, *node.Config) // last changes to a node's configuration; may be nil
	Tokens  market.Amount           // for each node; 0: 10,000 NLOV
	Detach  bool                    // the processes outlive this one
}

// ChainReady is what the devchain process tells when it is ready.
type ChainReady struct {
	URL       string        `json:"url"` // HTTP
	WS        string        `json:"ws"`
	Contracts evm.Contracts `json:"contracts"`
	PID       int           `json:"pid"`
}

// ChainFile is DIR/chain.json of a node: where its settlement layer is.
type ChainFile struct {
	URL           string        `json:"url"`
	Contracts     evm.Contracts `json:"contracts"`
	Confirmations uint64        `json:"confirmations,omitempty"`
}

// NodeReady is what a node process tells when it is ready, and what it keeps in DIR/node.json while it runs.
type NodeReady struct {
	PID   int      `json:"pid"`
	Peer  string   `json:"peer"`
	API   string   `json:"api"` // URL
	Addrs []string `json:"addrs"`
}

// Node is one node of a testnet.
type Node struct {
	Index   int         `json:"index"`
	Dir     string      `json:"dir"`
	Peer    poc.PeerID  `json:"peer"`
	Account poc.Account `json:"account"`
	Fault   node.Fault  `json:"fault,omitempty"`
	Ready   NodeReady   `json:"ready"`
	process *process
}

// Token returns the node's API token.
func (n *Node) Token() (string, error) {
	b, err := os.ReadFile(filepath.Join(n.Dir, "api.token"))
	return strings.TrimSpace(string(b)), err
}

// Testnet is a running network. Its methods are not safe for concurrent use, except on different nodes.
type Testnet struct {
	Dir     string         `json:"dir"`
	Chain   ChainReady     `json:"chain"`
	Network market.Network `json:"network"`
	Nodes   []*Node        `json:"nodes"`

	binary, env []string
	detach      bool
	chain       *process
}

const startTimeout = 60 * time.Second

// Start starts a testnet and returns when every process of it is ready. When it fails nothing is left running.
func Start(ctx context.Context, o Options) (_ *Testnet, err error) {
	if o.Nodes < 1 || o.Nodes > MaxNodes {
		return nil, fmt.Errorf("a testnet has 1 to %d nodes, not %d", MaxNodes, o.Nodes)
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if old, err := Open(dir); err == nil && old.Running() > 0 {
		return nil, fmt.Errorf("a testnet is running in %s; stop it with: gpumesh testnet down --dir %s", dir, dir)
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	t := &Testnet{Dir: dir, binary: o.Binary, env: o.Env, detach: o.Detach}
	defer func() {
		if err != nil {
			err = errors.Join(err, t.Stop())
		}
	}()
	for i := range o.Nodes {
		n := &Node{Index: i, Dir: filepath.Join(dir, "node"+strconv.Itoa(i)), Fault: o.Faults[i]}
		t.Nodes = append(t.Nodes, n)
		if err := n.identify(); err != nil {
			return nil, err
		}
	}
	if err := t.startChain(ctx, o); err != nil {
		return nil, err
	}
	t.Network = market.LocalNetwork()
	if o.Network != nil {
		t.Network = *o.Network
	}
	t.Network.Chain = evm.ChainName(chainID, t.Chain.Contracts.Marketplace)
	if err := t.configure(o); err != nil {
		return nil, err
	}
	g, gctx := errgroup.WithContext(ctx)
	for _, n := range t.Nodes {
		g.Go(func() error { return t.launch(gctx, n) })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return t, t.save()
}

// identify makes the node's directory and keys, so that its peer id and account are known before it runs.
func (n *Node) identify() error {
	if err := os.MkdirAll(n.Dir, 0o700); err != nil {
		return err
	}
	peer, err := node.Identity(n.Dir)
	if err != nil {
		return err
	}
	key, err := evm.LoadOrCreateKey(filepath.Join(n.Dir, "account"))
	if err != nil {
		return err
	}
	n.Peer, n.Account = peer, evm.AccountOf(crypto.PubkeyToAddress(key.PublicKey))
	return nil
}

func (t *Testnet) startChain(ctx context.Context, o Options) error {
	tokens := o.Tokens
	if tokens == 0 {
		tokens = 10_000 * market.NLOV
	}
	accounts := make([]string, len(t.Nodes))
	for i, n := range t.Nodes {
		accounts[i] = string(n.Account)
	}
	var err error
	t.chain, err = spawn(ctx, t.binary, t.env, "devchain", t.Dir, t.detach, &t.Chain,
		"devchain", "--dir", t.Dir, "--fund", strings.Join(accounts, ","), "--tokens", tokens.String())
	return err
}

// configure writes config.json and chain.json of every node. The first node is where the others find the network.
func (t *Testnet) configure(o Options) error {
	ports, err := freePorts(len(t.Nodes))
	if err != nil {
		return err
	}
	bootstrap := fmt.Sprintf("/ip4/127.0.0.1/tcp/%d/p2p/%s", ports[0], t.Nodes[0].Peer)
	for i, n := range t.Nodes {
		c := node.Defaults()
		c.Dir, c.Network, c.Fault = n.Dir, t.Network, n.Fault
		c.Reach, c.API = node.ReachLoopback, "127.0.0.1:0"
		c.Listen = []string{
			fmt.Sprintf("/ip4/127.0.0.1/tcp/%d", ports[i]), fmt.Sprintf("/ip4/127.0.0.1/udp/%d/quic-v1", ports[i]),
		}
		if i > 0 {
			c.Bootstrap = []string{bootstrap}
		}
		c.Provider.Enabled = true
		if o.Edit != nil {
			o.Edit(i, &c)
		}
		if err := writeJSON(filepath.Join(n.Dir, "config.json"), c); err != nil {
			return err
		}
		if err := writeJSON(filepath.Join(n.Dir, "chain.json"), ChainFile{URL: t.Chain.WS, Contracts: t.Chain.Contracts}); err != nil {
			return err
		}
	}
	return nil
}

func (t *Testnet) launch(ctx context.Context, n *Node) error {
	var err error
	n.Ready = NodeReady{}
	n.process, err = spawn(ctx, t.binary, t.env, filepath.Base(n.Dir), t.Dir, t.detach, &n.Ready, "node", "--dir", n.Dir)
	return err
}

// Kill ends a node with SIGKILL, as a power cut would.
func (t *Testnet) Kill(i int) { t.Nodes[i].process.kill() }

// Running reports whether a node's process runs.
func (n *Node) Running() bool {
	if n.process != nil {
		return n.process.running()
	}
	return n.Ready.PID != 0 && alive(n.Ready.PID, n.Dir)
}

// Exited is closed when the node's process has ended. It is for testnets started by this process.
func (n *Node) Exited() <-chan struct{} { return n.process.done }

// Restart starts a node again that was killed or has ended.
func (t *Testnet) Restart(ctx context.Context, i int) error {
	n := t.Nodes[i]
	if n.Running() {
		return fmt.Errorf("node %d is running", i)
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	if err := t.launch(ctx, n); err != nil {
		return err
	}
	return t.save()
}

// StopNode stops one node in order.
func (t *Testnet) StopNode(i int) error { return t.Nodes[i].process.stop() }

// Running counts the processes that run.
func (t *Testnet) Running() int {
	running := 0
	for _, n := range t.Nodes {
		if n.Running() {
			running++
		}
	}
	if t.chain != nil && t.chain.running() || t.chain == nil && t.Chain.PID != 0 && alive(t.Chain.PID, t.Dir) {
		running++
	}
	return running
}

// Stop stops every process, the chain last. What they stored stays.
func (t *Testnet) Stop() error {
	var g errgroup.Group
	for _, n := range t.Nodes {
		switch {
		case n.process != nil:
			g.Go(n.process.stop)
		case n.Running():
			g.Go(func() error { return terminate(n.Ready.PID, n.Dir) })
		}
	}
	err := g.Wait()
	switch {
	case t.chain != nil:
		err = errors.Join(err, t.chain.stop())
	case t.Chain.PID != 0 && alive(t.Chain.PID, t.Dir):
		err = errors.Join(err, terminate(t.Chain.PID, t.Dir))
	}
	if rm := os.Remove(filepath.Join(t.Dir, stateFile)); rm != nil && !errors.Is(rm, fs.ErrNotExist) {
		err = errors.Join(err, rm)
	}
	return err
}

const stateFile = "testnet.json"

func (t *Testnet) save() error { return writeJSON(filepath.Join(t.Dir, stateFile), t) }

// Open returns the testnet whose state is kept in dir.
func Open(dir string) (*Testnet, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(filepath.Join(dir, stateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no testnet is running in %s; start one with: gpumesh testnet up --dir %s", dir, dir)
	}
	if err != nil {
		return nil, err
	}
	var t Testnet
	if err := json.Unmarshal(b, &t); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", filepath.Join(dir, stateFile), err)
	}
	return &t, nil
}

// freePorts returns n ports of 127.0.0.1 that are free for TCP and UDP. Fixed ports let a restarted node be found again.
func freePorts(n int) ([]int, error) {
	var ports []int
	for tries := 0; len(ports) < n; tries++ {
		if tries > 10*n+100 {
			return nil, errors.New("no free ports on 127.0.0.1")
		}
		l, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			return nil, err
		}
		defer l.Close() // all stay taken until every one is found
		port := l.Addr().(*net.TCPAddr).Port
		u, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port})
		if err != nil {
			continue
		}
		defer u.Close()
		ports = append(ports, port)
	}
	return ports, nil
}

func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return atomic.WriteFile(path, bytes.NewReader(append(b, '\n')))
}
