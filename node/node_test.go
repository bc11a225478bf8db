package node

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// The tests of this package run whole nodes in one process: real p2p over loopback, real databases in memory that can crash,
// a ledger in memory, and a runner that computes a hash of what it is given.

const testTimeout = 5 * time.Minute // a safeguard, also with the race detector on a busy machine

// testNetwork is the local network with deadlines that nobody misses by being slow: who is expected comes long before them, however busy the machine.
// A test of somebody who never comes sets those shorter that it waits for, and one in which everybody signs has patience with the last, too.
func testNetwork() market.Network {
	n := market.LocalNetwork()
	n.Poc.SealTimeout, n.Poc.RevealTimeout = 15_000, 30_000
	n.AdTTL = 90_000
	n.LockTimeout, n.OfferWindow, n.BidTimeout, n.AwardTimeout = 60_000, 5_000, 90_000, 60_000
	n.LeaseTTL, n.StallTimeout, n.SettleGrace = 30_000, 60_000, 120_000
	return n
}

// patient has a node wait for the signatures of all who are expected to sign.
func patient(_ int, tn *testNode) { tn.cfg.Network.Poc.AttestGrace = 60_000 }

// testDeadline is when a job of the tests ends.
func testDeadline() poc.Time { return poc.Time(time.Now().Add(testTimeout).UnixMilli()) }

// testRunner computes SHA-256 chains over program, seed and inputs.
type testRunner struct {
	hold chan struct{} // when not nil, runs wait until they can receive
	ran  chan string   // told of every run that begins; may be nil
	off  bool          // computes something else, and so always the same
	eval bool          // runs the program on the reference evaluator, instead

	faults []string     // of the device
	loose  bool         // its sandbox is not full
	slower *atomic.Bool // measures half as much once it is set; may be nil
}

func (r testRunner) Info(context.Context) (gpu.Info, error) {
	return gpu.Info{
		Name: "test", Type: gpu.FakeType, Backend: "fake", Driver: "test 1", Class: "test-1", Faults: r.faults,
		Limits: gpu.Limits{MaxBuffer: 1 << 30, MaxTotal: 2 << 30, MaxBindings: gpu.MaxBindings, MaxWorkgroup: 1024, MaxShared: 32 << 10},
	}, nil
}

func (r testRunner) Bench(context.Context) (gpu.Benchmark, error) {
	if r.slower != nil && r.slower.Load() {
		return gpu.Benchmark{F32Ops: 5e8, I32Ops: 6e8, MemoryBps: 1e9}, nil
	}
	return gpu.Benchmark{F32Ops: 1e9, I32Ops: 1e9, MemoryBps: 1e9}, nil
}

func (testRunner) SetShare(int) {}

func (testRunner) Next(context.Context, string, error) (gpu.Info, error) {
	return gpu.Info{}, gpu.Errorf(gpu.Unsupported, "there is no other device")
}

func (testRunner) Replay(context.Context, Execution, int, int, string) (*gpu.Replay, error) {
	return nil, gpu.Errorf(gpu.Unsupported, "what this runner computes has no commands")
}

func (testRunner) Decide(context.Context, Execution, int, int, [][32]byte, string) ([][32]byte, error) {
	return nil, gpu.Errorf(gpu.Unsupported, "what this runner computes has no commands")
}

func (r testRunner) Confined(context.Context) (bool, error) { return !r.loose, nil }

func (r testRunner) RunFrom(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
	if r.ran != nil {
		select {
		case r.ran <- x.Tenant:
		default:
		}
	}
	if r.hold != nil {
		select {
		case <-r.hold:
		case <-c.Pause:
			return nil, gpu.Errorf(gpu.Paused, "the run was paused")
		case <-ctx.Done():
			return nil, gpu.Errorf(gpu.Canceled, "the run was canceled")
		}
	}
	prog, err := gpu.DecodeProgram(x.Program)
	if err != nil {
		return nil, err
	}
	if r.eval {
		return evaluate(ctx, prog, x)
	}
	outputs, err := compute(prog, x.Program, x.Seed, func(name string) ([]byte, error) { return os.ReadFile(x.Inputs[name]) })
	if err != nil {
		return nil, err
	}
	res := &gpu.Result{Leaves: [][32]byte{sha256.Sum256(x.Program), sha256.Sum256([]byte{1})}}
	if r.off {
		res.Leaves[1] = sha256.Sum256([]byte{2})
	}
	res.TraceRoot = gpu.TraceRoot(res.Leaves)
	for _, o := range prog.Results() {
		b := outputs[o.Name]
		if r.off {
			b[0] ^= 1
		}
		if err := os.WriteFile(filepath.Join(x.OutDir, o.Name), b, 0o600); err != nil {
			return nil, err
		}
		res.Outputs = append(res.Outputs, gpu.OutputInfo{Name: o.Name, Type: o.Type, Size: o.Size})
	}
	x.Progress(1, 1)
	return res, nil
}

// compute is what testRunner does, and what tests compare with.
func compute(p *gpu.Program, encoded []byte, seed uint64, input func(string) ([]byte, error)) (map[string][]byte, error) {
	h := sha256.New()
	h.Write(encoded)
	_ = binary.Write(h, binary.BigEndian, seed)
	for _, b := range p.Buffers {
		if b.Kind == gpu.Const {
			in, err := input(b.Name)
			if err != nil {
				return nil, err
			}
			h.Write(in)
		}
	}
	out := map[string][]byte{}
	for _, o := range p.Results() {
		sum := sha256.Sum256(append(h.Sum(nil), o.Name...))
		out[o.Name] = bytes.Repeat(sum[:], int(o.Size)/32)
	}
	return out, nil
}

// testProgram doubles 64 numbers.
func testProgram(t testing.TB) (*gpu.Program, []byte) {
	p := &gpu.Program{
		Version: gpu.ProgramVersion,
		Modules: []gpu.Module{{Name: "double", WGSL: `
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = 2u * x[id.x]; }
`}},
		Buffers: []gpu.Buffer{
			{Name: "x", Kind: gpu.Const, Type: gpu.U32, Len: 256},
			{Name: "y", Kind: gpu.Output, Type: gpu.U32, Len: 256},
		},
		Step:  []gpu.Command{{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}}, Grid: [3]uint32{1, 1, 1}}},
		Steps: 1, Segment: 1,
	}
	b, err := p.Encode()
	require.NoError(t, err)
	return p, b
}

// cluster is a network of nodes.
type cluster struct {
	t     testing.TB
	net   market.Network
	fake  *chain.Fake
	open  func(i int) chain.Settlement // of account i
	nodes []*testNode
}

// testNode is one node over its crashes and restarts.
type testNode struct {
	*Node
	c       *cluster
	cfg     Config
	fs      *vfs.MemFS
	account poc.Account

	settlement chain.Settlement

	runner  testRunner
	instead Runner                 // of runner; nil: none
	referee Runner                 // nil: none
	bound   uint64                 // operations that the referee is asked for; zero: the usual
	sensors func(gpu.Info) Sensors // nil: none
	subnet  func(peer.ID) string   // nil: as the host sees it
	asked   *sync.Map              // told of what it asks in disputes; nil: nobody is
	exits   chan struct{}
	cancel  context.CancelFunc
	done    chan error
}

const (
	testFee   = 100 // basis points
	testFunds = 1_000_000 * market.NLOV
	treasury  = poc.Account("treasury")
)

func account(i int) poc.Account { return poc.Account(fmt.Sprintf("account-%d", i)) }

// newCluster starts n nodes that all provide, and waits until they know each other's ads. change may alter a node before it starts.
func newCluster(t testing.TB, n int, change func(i int, tn *testNode)) *cluster {
	network := testNetwork()
	network.Chain = "fake"
	balances := map[poc.Account]market.Amount{}
	for i := range n {
		balances[account(i)] = testFunds
	}
	c := &cluster{t: t, net: network, fake: chain.NewFake(chain.FakeConfig{
		FeeBps: testFee, MinStake: network.MinStake, SlashBps: 1000, RewardBps: 1000, Treasury: treasury, Balances: balances,
		Now: func() poc.Time { return poc.Time(time.Now().UnixMilli()) },
	})}
	c.open = func(i int) chain.Settlement { return c.fake.As(account(i)) }
	c.launch(n, change)
	t.Cleanup(c.conserved)
	t.Cleanup(c.halt) // before that
	return c
}

// launch starts the nodes.
func (c *cluster) launch(n int, change func(i int, tn *testNode)) {
	t := c.t
	for i := range n {
		cfg := Defaults()
		cfg.Dir, cfg.Network, cfg.Reach, cfg.API = t.TempDir(), c.net, ReachLoopback, "127.0.0.1:0"
		cfg.Listen = []string{"/ip4/127.0.0.1/tcp/0"}
		cfg.Provider.Enabled = true
		tn := &testNode{c: c, cfg: cfg, fs: vfs.NewCrashableMem(), settlement: c.open(i), exits: make(chan struct{}, 1)}
		tn.account = tn.settlement.Account()
		if i > 0 {
			tn.cfg.Bootstrap = c.nodes[0].Addrs()
		}
		if change != nil {
			change(i, tn)
		}
		c.nodes = append(c.nodes, tn)
		tn.start()
	}
	for _, tn := range c.nodes {
		c.until(func() bool {
			ads, err := tn.Market(t.Context())
			require.NoError(t, err)
			want := 0 // its own among them
			for _, other := range c.nodes {
				if other.cfg.Provider.Enabled && other.runner.faults == nil {
					want++
				}
			}
			return len(ads) == want
		}, "ads at every node")
	}
}

// halt stops all nodes.
func (c *cluster) halt() {
	for _, tn := range c.nodes {
		tn.stop()
	}
}

// until waits for a condition that no event tells of.
func (c *cluster) until(ok func() bool, what string) {
	c.t.Helper()
	deadline := time.NewTimer(testTimeout)
	defer deadline.Stop()
	every := time.NewTicker(20 * time.Millisecond)
	defer every.Stop()
	for !ok() {
		select {
		case <-every.C:
		case <-deadline.C:
			c.t.Fatalf("waited %v for %s", testTimeout, what)
		}
	}
}

func (tn *testNode) start() {
	t := tn.c.t
	level := slog.LevelWarn
	if os.Getenv("GPUMESH_TEST_DEBUG") != "" {
		level = slog.LevelDebug
	}
	var handler slog.Handler = slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: level})
	if tn.asked != nil {
		handler = questions{handler, tn.asked}
	}
	log := slog.New(handler).With("node", string(tn.account))
	runner := Runner(tn.runner)
	if tn.instead != nil {
		runner = tn.instead
	}
	n, err := New(t.Context(), tn.cfg, Deps{Settlement: tn.settlement, Runner: runner, Referee: tn.referee, Sensors: tn.sensors, Log: log, fs: tn.fs, subnet: tn.subnet})
	require.NoError(t, err)
	n.faults.exit = func() { signal(tn.exits) }
	if n.court != nil {
		n.court.every = 200 * time.Millisecond
	}
	if tn.bound != 0 {
		n.disputes.limit = tn.bound
	}
	if n.rewards != nil {
		n.rewards.every, n.rewards.fetch, n.rewards.depth = 200*time.Millisecond, time.Second, 0
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- n.Run(ctx) }()
	tn.Node, tn.cancel, tn.done = n, cancel, done
}

// stop ends the node as a whole. What it was doing is lost, as far as it had not become durable.
func (tn *testNode) stop() { require.NoError(tn.c.t, tn.end()) }

// end is stop, and returns what the node ended with. A node that has ended does so without an error.
func (tn *testNode) end() error {
	if tn.cancel == nil {
		return nil
	}
	tn.cancel()
	tn.cancel = nil
	return <-tn.done
}

// crash ends nodes without warning and takes everything from their disks that was not synced when they fell silent.
func (c *cluster) crash(nodes ...*testNode) {
	c.t.Helper()
	if c.fake != nil {
		gate := make(chan struct{})
		c.fake.Gate(gate) // the chain hears nothing of what they still do
		defer func() {
			c.fake.Gate(nil)
			close(gate) // others only waited
		}()
	}
	disks := make([]*vfs.MemFS, len(nodes))
	for _, tn := range nodes {
		_ = tn.host.Close() // nor does anybody else
	}
	for i, tn := range nodes {
		disks[i] = tn.fs.CrashClone(vfs.CrashCloneCfg{})
	}
	for i, tn := range nodes {
		if err := tn.end(); !errors.Is(err, p2p.ErrClosed) { // as of one that has just begun
			require.NoError(c.t, err)
		}
		tn.fs = disks[i]
	}
}

func (tn *testNode) t() testing.TB { return tn.c.t }

// conserved asserts that no base unit was made or lost.
func (c *cluster) conserved() {
	c.t.Helper()
	ctx := context.Background()
	s := c.fake.As(treasury)
	totals, err := s.Totals(ctx)
	require.NoError(c.t, err)
	require.Equal(c.t, totals.Locked, totals.Held+totals.Paid+totals.Fees+totals.Refunded)
	sum := totals.Held + totals.Staked
	for i := range c.nodes {
		b, _, err := s.Balance(ctx, account(i))
		require.NoError(c.t, err)
		sum += b
	}
	for _, a := range []poc.Account{treasury, chain.FakePool, chain.FakeCourt} {
		b, _, err := s.Balance(ctx, a)
		require.NoError(c.t, err)
		sum += b
	}
	require.Equal(c.t, testFunds*market.Amount(len(c.nodes)), sum)
}

// draft makes a job of n tasks on different inputs, whose content is at the owner's, and returns the expected outputs.
func (tn *testNode) draft(n int) (market.Spec, [][]byte) {
	t := tn.t()
	ctx := t.Context()
	prog, block := testProgram(t)
	link, err := tn.Content().PutBlock(ctx, block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	s := market.Spec{
		Name: "test", Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 4, Standby: 1}, MaxPrice: market.NLOV,
		Deadline: testDeadline(),
	}
	var want [][]byte
	for i := range n {
		in := bytes.Repeat([]byte{byte(i), byte(i >> 8), 1, 2}, 64)
		file, _, err := tn.Content().Add(ctx, bytes.NewReader(in), 1<<20, p2p.Shared)
		require.NoError(t, err)
		s.Tasks = append(s.Tasks, market.Task{
			Name: fmt.Sprintf("task %d", i), Program: poc.Link{Cid: link}, Seed: uint64(i), Timeout: 60,
			Inputs:  []market.Input{{Name: "x", Parts: []market.Part{{File: &poc.Link{Cid: file}, Size: 256}}}},
			Outputs: []market.OutSpec{{Name: "y", Size: 256}},
		})
		out, err := compute(prog, block, uint64(i), func(string) ([]byte, error) { return in, nil })
		require.NoError(t, err)
		want = append(want, out["y"])
	}
	return s, want
}

// wait follows a job until its view satisfies ok.
func (tn *testNode) wait(job poc.Hash, what string, ok func(market.View) bool) market.View {
	t := tn.t()
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), testTimeout)
	defer cancel()
	views, err := tn.Watch(ctx, job)
	require.NoError(t, err)
	var last market.View
	for v := range views {
		if last = v; ok(v) {
			return v
		}
	}
	t.Fatalf("job did not get to %s within %v: %v %v", what, testTimeout, last.State, last.Explain)
	return last
}

func over(v market.View) bool { return Over(v) }

func (c *cluster) submit(tn *testNode, s market.Spec) poc.Hash {
	c.t.Helper()
	id, err := tn.Submit(c.t.Context(), s)
	require.NoError(c.t, err)
	return id
}

// check asserts that a job is done with the expected results, which any given node can fetch.
func (c *cluster) check(tn *testNode, v market.View, want [][]byte) {
	c.t.Helper()
	require.Equal(c.t, market.Done, v.State, "%v", v.Explain)
	require.Len(c.t, v.Tasks, len(want))
	for i, t := range v.Tasks {
		require.NotNil(c.t, t.Result, "task %d", i)
		require.NotNil(c.t, t.Certificate, "task %d", i)
		require.True(c.t, t.Settled, "task %d", i)
		require.Equal(c.t, want[i], readOutput(c.t, tn, v, i), "task %d", i)
	}
}

// paid asserts that the chain settled every task of a job, and returns what it paid to whom.
func (c *cluster) paid(v market.View) map[poc.Account]market.Amount {
	c.t.Helper()
	chain := c.fake.As(treasury)
	settled, err := chain.Settled(c.t.Context(), v.ID, uint32(len(v.Tasks)))
	require.NoError(c.t, err)
	history, err := chain.History(c.t.Context(), v.ID)
	require.NoError(c.t, err)
	pays, claimed := map[poc.Account]market.Amount{}, map[uint32]int{}
	var sum market.Amount
	for _, e := range history {
		for _, p := range e.Receipt.Pays {
			pays[p.Account] += p.Amount
			sum += p.Amount
		}
		if e.Kind == "claim" {
			for _, task := range e.Receipt.Tasks {
				claimed[task]++
			}
		}
	}
	for i, d := range settled {
		require.Equal(c.t, v.Tasks[i].Result.Digest(), d, "task %d", i)
		require.Equal(c.t, 1, claimed[uint32(i)], "task %d is claimed once", i)
	}
	escrow, err := chain.Escrow(c.t.Context(), v.ID)
	require.NoError(c.t, err)
	require.Equal(c.t, escrow.Paid, sum)
	return pays
}

func TestJob(t *testing.T) {
	c := newCluster(t, 5, nil)
	owner := c.nodes[1]
	s, want := owner.draft(1)
	id := c.submit(owner, s)
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	pays := c.paid(v)

	// The receipt, as it comes out of a file, is enough to check the result.
	r, err := owner.Receipt(t.Context(), id)
	require.NoError(t, err)
	file, err := json.Marshal(r)
	require.NoError(t, err)
	r = Receipt{}
	require.NoError(t, json.Unmarshal(file, &r))
	var spec market.Spec
	require.NoError(t, poc.Decode(r.Spec.Block, &spec))
	require.Equal(t, id, spec.ID())
	require.Equal(t, r.Award.CID, poc.BlockLink(r.Award.Block).String())
	require.Equal(t, poc.BlockHash(r.Award.Block), r.Beacon.Award)
	cert, err := poc.DecodeCertificate(r.Tasks[0].Certificate.Block)
	require.NoError(t, err)
	require.Equal(t, r.Award.CID, cert.Award.String())
	require.Equal(t, *r.Tasks[0].Digest, cert.Result.Digest())
	require.Equal(t, r.Tasks[0].Result[0].CID, cert.Result.Outputs[0].File.String())
	require.GreaterOrEqual(t, len(cert.Attestations), int(s.Policy.Quorum))
	for _, a := range cert.Attestations {
		st := poc.Statement{Kind: poc.Attested, Job: cert.Job, Task: cert.Task, Digest: cert.Result.Digest(), Agreed: a.Agreed}
		require.NoError(t, c.fake.As(treasury).Verify(a.Account, st, a.Signature))
	}
	for _, w := range r.Workers {
		require.Equal(t, pays[w.Account], w.Paid)
		require.Equal(t, w.Paid > 0, len(w.Tx) == 1)
	}
	require.Equal(t, r.Escrow.Locked, r.Escrow.Paid+r.Escrow.Fees+r.Escrow.Refunded)

	// Certificate and award are documents that any node can fetch.
	for _, doc := range []*Document{&r.Award, r.Tasks[0].Certificate} {
		link, err := cid.Decode(doc.CID)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), testTimeout)
		block, err := c.nodes[0].Content().GetBlock(ctx, link, poc.MaxDocument, owner.host.ID())
		cancel()
		require.NoError(t, err)
		require.Equal(t, doc.Block, block)
	}
	t.Logf("locked %d ms, offers %d ms, anchored %d ms, drawn %d ms, certified %d ms, settled %d ms", v.Times.Locked-v.Times.Submitted,
		v.Times.Offers-v.Times.Submitted, v.Times.Anchored-v.Times.Submitted, v.Times.Drawn-v.Times.Submitted,
		v.Times.Certified-v.Times.Submitted, v.Times.Settled-v.Times.Submitted)
}

func readOutput(t testing.TB, tn *testNode, v market.View, task int) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), testTimeout)
	defer cancel()
	var got bytes.Buffer
	_, err := tn.Content().Export(ctx, v.Tasks[task].Result.Outputs[0].File.Cid, &got, 1<<20, tn.Sources(v, uint32(task))...)
	require.NoError(t, err)
	return got.Bytes()
}
