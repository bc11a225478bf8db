package node

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	pebbleds "github.com/ipfs/go-ds-pebble"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// stopTimeout bounds an orderly stop.
const stopTimeout = 20 * time.Second

// Deps are what a node is given. They stay open after the node has stopped, for whoever opened them.
type Deps struct {
	// Settlement is the chain, as the node's account.
	Settlement chain.Settlement
	// Runner executes programs. It is needed by providers only.
	Runner Runner
	// Referee computes on the reference evaluator what workers differ about; nil: this node settles no dispute.
	Referee Runner
	// Sensors opens what measures the machine that the Runner's device is in; nil: nothing does.
	Sensors func(gpu.Info) Sensors
	Log     *slog.Logger
	// Metrics receives the collectors of the node and of the libraries below it; nil keeps none.
	Metrics prometheus.Registerer

	fs     vfs.FS               // of the databases; nil: the operating system's
	subnet func(peer.ID) string // where a peer comes from; nil: as the host sees it
}

// Node is one node of the network. Make one with New, and let it live with Run.
type Node struct {
	cfg    Config
	config struct {
		runner  Runner
		referee Runner
		sensors func(gpu.Info) Sensors
	}
	log        *slog.Logger
	metrics    *metrics
	settlement chain.Settlement
	feeBps     uint32

	key     ed25519.PrivateKey
	self    poc.PeerID
	network poc.Hash
	token   string
	started time.Time

	clock       atomic.Int64  // last time given out, in milliseconds
	sequence    atomic.Uint64 // last sequence number given out
	device      atomic.Pointer[gpu.Info]
	examining   atomic.Bool // whether examineAgain looks at it
	deviceRetry backoff     // of examineAgain, for tests; zero: half a second to half a minute
	provider    providerState

	store      *store
	blocks     *pebbleds.Datastore
	host       *p2p.Host
	subnet     func(peer.ID) string // where a peer comes from
	gossip     *gossip
	loop       *loop
	restored   market.Effects
	outbox     *outbox
	ops        *operations
	watch      *chainWatch
	programs   *programs
	holdings   *holdings
	fetcher    *fetcher
	runs       *executions
	warden     *warden
	archive    *archive
	disputes   *disputes
	lots       *lots
	court      *court      // nil: the chain has no arbiters
	challenges *challenges // nil: the network has none
	rewards    *rewards    // nil: the network has none, or the chain no pool
	compare    *comparisons
	faults     *faults

	ctx       context.Context // ends when the node stops
	cancel    context.CancelFunc
	working   sync.WaitGroup // Run
	closeOnce sync.Once
	closeErr  error
	closers   []func() error // in the order of construction, run in reverse
}

// New opens everything that the node has on disk, and starts to listen. When it fails nothing is left open. The node does
// nothing by itself until Run.
func New(ctx context.Context, cfg Config, deps Deps) (_ *Node, err error) {
	if err := cfg.Validate(); err != nil {
		return nil, fmt.Errorf("node config: %w", err)
	}
	switch {
	case deps.Settlement == nil || deps.Log == nil:
		return nil, errors.New("a node needs a settlement layer and a logger")
	case cfg.Provider.Enabled && deps.Runner == nil:
		return nil, errors.New("a provider needs a runner")
	case deps.Settlement.Chain() != cfg.Network.Chain:
		return nil, fmt.Errorf("network %q settles on %q and this node is connected to %q", cfg.Network.Name, cfg.Network.Chain, deps.Settlement.Chain())
	}
	n := &Node{
		cfg: cfg, log: deps.Log, settlement: deps.Settlement, network: cfg.Network.ID(), started: time.Now(),
	}
	n.config.runner, n.config.sensors, n.config.referee = deps.Runner, deps.Sensors, deps.Referee
	n.ctx, n.cancel = context.WithCancel(context.Background())
	defer func() {
		if err != nil {
			err = errors.Join(err, n.Close())
		}
	}()
	if n.metrics, err = newMetrics(deps.Metrics); err != nil {
		return nil, fmt.Errorf("register metrics: %w", err)
	}
	if err = n.openFiles(deps.fs); err != nil {
		return nil, err
	}
	if n.feeBps, err = n.fee(ctx); err != nil {
		return nil, err
	}
	if n.subnet = deps.subnet; n.subnet == nil {
		n.subnet = func(p peer.ID) string { return n.host.Subnet(p) }
	}
	if err = n.openHost(deps.Metrics); err != nil {
		return nil, err
	}
	machine, err := n.openMachine()
	if err != nil {
		return nil, err
	}
	if err = n.assemble(machine, deps.Metrics); err != nil {
		return nil, err
	}
	return n, nil
}

// onClose registers what Close must undo. It must only be called while New runs.
func (n *Node) onClose(f func() error) { n.closers = append(n.closers, f) }

func (n *Node) openFiles(fs vfs.FS) (err error) {
	dir := n.cfg.Dir
	scratch := filepath.Join(dir, "scratch")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	// What an earlier run was computing when it died is computed again, from its newest checkpoint.
	if err := errors.Join(os.RemoveAll(scratch), os.Mkdir(scratch, 0o700)); err != nil {
		return err
	}
	if err := keepNetwork(dir, n.cfg.Network); err != nil {
		return err
	}
	if n.key, err = loadKey(dir); err != nil {
		return err
	}
	n.self = poc.PeerID(n.key.Public().(ed25519.PublicKey))
	token, err := secret(filepath.Join(dir, "api.token"))
	if err != nil {
		return fmt.Errorf("the API's token: %w", err)
	}
	n.token = fmt.Sprintf("%x", token)
	if n.store, err = openStore(filepath.Join(dir, "db"), fs, n.log); err != nil {
		return err
	}
	n.onClose(n.store.close)
	n.blocks, err = pebbleds.NewDatastore(filepath.Join(dir, "blocks"), pebbleds.WithPebbleOpts(&pebble.Options{FS: fs, Logger: dbLog{n.log}}))
	if err != nil {
		return fmt.Errorf("open content store: %w", err)
	}
	n.onClose(n.blocks.Close)
	return nil
}

// fee returns the protocol fee. It never changes, so what an earlier run saw will do while the chain cannot be reached.
func (n *Node) fee(ctx context.Context) (uint32, error) {
	const key = tableCache + "feeBps"
	fee, err := n.settlement.FeeBps(ctx)
	if err == nil {
		b := n.store.batch()
		b.put(key, binary.BigEndian.AppendUint32(nil, fee))
		return fee, b.commit(false)
	}
	old, getErr := n.store.get(key)
	if getErr != nil || len(old) != 4 {
		return 0, errors.Join(fmt.Errorf("the chain cannot be reached: %w", err), getErr)
	}
	n.log.Warn("Chain not reached, going on with what was known", "err", err)
	return binary.BigEndian.Uint32(old), nil
}

func (n *Node) openHost(metrics prometheus.Registerer) (err error) {
	cfg := n.cfg.hostConfig()
	cfg.Key, cfg.Metrics = n.key, metrics
	if n.host, err = p2p.New(cfg, n.blocks, n.log); err != nil {
		return err
	}
	n.onClose(n.host.Close)
	return nil
}

// secret is known to this node alone and the same after every restart: nobody must foresee its shares in the draws of audits.
func (n *Node) secret() poc.Hash {
	return sha256.Sum256(append([]byte("gpumesh/node/secret/1"), n.key.Seed()...))
}

func (n *Node) openMachine() (*market.Machine, error) {
	cfg := market.Config{
		Network: n.cfg.Network, Self: n.self, Account: n.settlement.Account(), Signer: n.settlement, FeeBps: n.feeBps, Secret: n.secret(),
	}
	if p := n.cfg.Provider; p.Enabled {
		cfg.Provider = &market.Provider{Slots: p.Slots, Floor: p.Floor, Rate: p.Rate, Surge: p.Surge, MaxQueue: p.MaxQueue, MaxMemory: cmp.Or(p.MaxMemory, math.MaxUint64)} // without a setting the device's limits say it
	}
	records, err := n.store.machineRecords()
	if err != nil {
		return nil, err
	}
	machine, fx, err := market.Restore(cfg, records, n.now())
	if err != nil {
		return nil, fmt.Errorf("restore the market: %w", err)
	}
	n.restored = fx
	return machine, nil
}

// assemble makes the parts and lets peers in.
func (n *Node) assemble(machine *market.Machine, metrics prometheus.Registerer) (err error) {
	n.loop = newLoop(n, machine)
	n.faults = newFaults(n, n.cfg.Fault)
	n.outbox = newOutbox(n.ctx, n.store, n.host, n.now, n.metrics, n.log)
	n.ops = newOperations(n.ctx, n.store, n.settlement, n.loop, n.metrics, n.log)
	n.ops.thrift = &thrift{n.cfg.Claims, n.settlement, n.cfg.Network.SettleGrace, n.now}
	if c, ok := n.settlement.(chain.Batcher); ok {
		rewards := contentRewards{n.host.Content(), func(ctx context.Context, a poc.Account) (poc.PeerID, error) {
			s, err := n.settlement.Standing(ctx, a)
			return s.Peer, err
		}}
		if n.ops.batches, err = newBatches(c, n.store, rewards, n.ops.thrift, n.loop.knownJobs, n.now, n.log); err != nil {
			return fmt.Errorf("open batches: %w", err)
		}
	}
	n.watch = newChainWatch(n.ctx, n.settlement, n.loop, n.cfg.Network, n.log)
	if n.programs, err = newPrograms(n.host.Content()); err != nil {
		return err
	}
	share := func(int) {}
	if n.config.runner != nil {
		share = n.config.runner.SetShare
	}
	n.warden = newWarden(n.cfg.Guard, n.config.sensors, share, n.log)
	n.warden.tell = func(c market.Condition) { _ = n.loop.post(n.ctx, input{event: c}) } // fails only when the node stops
	if metrics != nil && n.cfg.Provider.Enabled {
		if err := metrics.Register(n.warden); err != nil {
			return fmt.Errorf("register metrics: %w", err)
		}
	}
	n.holdings = newHoldings(n)
	n.fetcher = &fetcher{
		content: n.host.Content(), programs: n.programs, network: n.cfg.Network, provider: n.cfg.Provider, device: n.knownDevice, speed: n.speed,
		holdings: n.holdings, admit: n.warden.admit, loop: n.loop, now: n.now, log: n.log, ctx: n.ctx,
		reading: newSlots(readParallel, fetchShare), fetching: newSlots(fetchParallel, fetchShare),
	}
	n.fetcher.mu.jobs = map[poc.Hash]*fetch{}
	kept, err := openCheckpoints(filepath.Join(n.cfg.Dir, "checkpoints"), n.cfg.Provider.Slots, n.cfg.Checkpoints, unfinished(machine), n.log)
	if err != nil {
		return fmt.Errorf("open checkpoints: %w", err)
	}
	n.runs = newExecutions(n.ctx, n, filepath.Join(n.cfg.Dir, "scratch"), kept)
	n.compare = newComparisons(n)
	if n.disputes, err = newDisputes(n); err != nil {
		return err
	}
	n.ops.defend = n.disputes.defend
	if n.lots, err = newLots(n); err != nil {
		return err
	}
	if err := n.host.Handle(lotsName, lotsConfig, n.lots.answer); err != nil {
		return err
	}
	if c, ok := n.settlement.(chain.Court); ok {
		if n.court, err = newCourt(n, c); err != nil {
			return fmt.Errorf("open cases: %w", err)
		}
		if err := n.host.Handle(verdictName, verdictConfig, n.court.answer); err != nil {
			return err
		}
	}
	if n.cfg.Network.Challenge != nil {
		c, ok := n.settlement.(chain.Epochs)
		if !ok {
			return fmt.Errorf("the network challenges its providers, and %s tells no epochs", n.settlement.Chain())
		}
		n.challenges = newChallenges(n, c)
		if err := n.host.Handle(challengeName, challengeConfig, n.challenges.receive); err != nil {
			return err
		}
		if err := n.host.Handle(vouchedName, vouchedConfig, n.challenges.receipts); err != nil {
			return err
		}
	}
	if p, ok := n.settlement.(chain.Pool); ok && n.cfg.Network.Rewards != nil {
		if n.rewards, err = newRewards(n, p); err != nil {
			return fmt.Errorf("open rewards: %w", err)
		}
		if err := n.host.Handle(rewardName, rewardMailConfig, n.rewards.receive); err != nil {
			return err
		}
	}
	n.archive = newArchive(n)
	if err := n.archive.load(machine); err != nil {
		return err
	}
	if err := n.host.Handle(mailName, mailConfig, n.receiveMail); err != nil {
		return err
	}
	if err := n.host.Handle(disputeName, disputeConfig, n.disputes.answer); err != nil {
		return err
	}
	n.gossip, err = n.joinGossip()
	return err
}

// Run lives until ctx ends or the node cannot go on, and then stops and closes the node. It must be called once at most.
func (n *Node) Run(ctx context.Context) error {
	n.working.Add(1)
	err := n.work(ctx)
	n.working.Done()
	return errors.Join(err, n.Close())
}

func (n *Node) work(ctx context.Context) error {
	if n.ctx.Err() != nil {
		return ErrStopped
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(n.ctx, cancel)()
	if err := errors.Join(n.outbox.load(), n.ops.load()); err != nil {
		return fmt.Errorf("resume: %w", err)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return n.loop.run(ctx, n.restored) })
	g.Go(func() error { return n.host.Run(ctx) })
	g.Go(func() error { return n.gossip.run(ctx) })
	g.Go(func() error { return n.archive.run(ctx) })
	g.Go(func() error { return n.archive.announce(ctx) })
	if n.ops.batches != nil {
		g.Go(func() error { return n.ops.batches.run(ctx) })
	}
	if n.court != nil {
		g.Go(func() error { return n.court.run(ctx) })
	}
	if n.challenges != nil {
		g.Go(func() error { return n.challenges.run(ctx) })
	}
	if n.rewards != nil {
		g.Go(func() error { return n.rewards.run(ctx) })
	}
	if n.cfg.Provider.Enabled {
		g.Go(func() error { return n.warden.run(ctx, n.awaitDevice) })
		g.Go(func() error { return n.provide(ctx) })
	}
	n.log.Info("Node is up", "peer", n.self, "account", n.settlement.Account(), "network", n.cfg.Network.Name, "addrs", n.host.Addrs())
	return g.Wait()
}

// Close stops the node: first everything that it does, then what that stands on, in reverse. It may be called more than once.
func (n *Node) Close() error {
	n.closeOnce.Do(func() {
		n.cancel()
		done := make(chan error, 1)
		go func() { done <- n.stop() }()
		timeout := time.NewTimer(stopTimeout)
		defer timeout.Stop()
		select {
		case n.closeErr = <-done:
		case <-timeout.C:
			n.closeErr = fmt.Errorf("the node did not stop within %v", stopTimeout)
		}
	})
	return n.closeErr
}

func (n *Node) stop() error {
	n.working.Wait()
	if n.runs != nil { // assembled
		n.loop.end()
		n.runs.wait()
		n.fetcher.wait()
		n.disputes.wait()
		n.lots.wait()
		n.compare.wait()
		n.watch.wait()
		n.ops.wait()
		n.outbox.wait()
	}
	var errs []error
	for i := len(n.closers) - 1; i >= 0; i-- {
		errs = append(errs, n.closers[i]())
	}
	return errors.Join(errs...)
}

// now is the wall clock in milliseconds, but never earlier than it was before.
func (n *Node) now() poc.Time {
	t := time.Now().UnixMilli()
	for {
		last := n.clock.Load()
		if t <= last {
			return poc.Time(last)
		}
		if n.clock.CompareAndSwap(last, t) {
			return poc.Time(t)
		}
	}
}

// chainTime is the chain's time, or this node's if the chain tells none.
func (n *Node) chainTime(ctx context.Context) poc.Time {
	if clock, ok := n.settlement.(chain.Clock); ok {
		if now, err := clock.Time(ctx); err == nil {
			return now
		}
	}
	return n.now()
}

// nextSequence numbers this node's envelopes. It starts from the clock, so it goes on increasing after a restart.
func (n *Node) nextSequence() uint64 {
	t := uint64(time.Now().UnixMicro())
	for {
		last := n.sequence.Load()
		next := max(t, last+1)
		if n.sequence.CompareAndSwap(last, next) {
			return next
		}
	}
}

func (n *Node) knownDevice() (gpu.Info, bool) {
	if i := n.device.Load(); i != nil {
		return *i, true
	}
	return gpu.Info{}, false
}
