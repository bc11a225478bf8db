package node

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/node/chain"
)

// providerState is what Status shows of a provider.
type providerState struct {
	mu struct {
		sync.Mutex
		problem string // why it does not advertise; one sentence
		bench   *gpu.Benchmark
	}
}

// deviceMemory is what programs may use of a device: no more than it has, whatever a setting says. Where nothing tells that, it is no
// more than what the adapter gives a single buffer.
func deviceMemory(l gpu.Limits, has uint64) uint64 {
	return min(l.MaxTotal, cmp.Or(has, l.MaxBuffer))
}

// benchmark is what was measured of this node's device.
func (n *Node) benchmark() (gpu.Benchmark, bool) {
	n.provider.mu.Lock()
	defer n.provider.mu.Unlock()
	if b := n.provider.mu.bench; b != nil {
		return *b, true
	}
	return gpu.Benchmark{}, false
}

func (p *providerState) set(problem string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mu.problem = problem
}

// provide registers this node on chain, measures its device, and then lets the machine advertise. Both go on until they
// succeed: the account may get its tokens, and the device its driver, while the node runs.
func (n *Node) provide(ctx context.Context) error {
	n.provider.set("the device is being measured and the registration confirmed")
	var info gpu.Info
	var bench gpu.Benchmark
	var confined bool
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		return n.persist(gctx, "Device not ready", func() (err error) {
			if info, err = n.config.runner.Info(gctx); err != nil {
				return err
			}
			if len(info.Faults) > 0 { // others would pay for what it computes
				return gpu.Errorf(gpu.BadDriver, "%s (%s) fails its canaries and takes no work: %s", info.Name, info.Driver, info.Faults[0])
			}
			if confined, err = n.config.runner.Confined(gctx); err != nil {
				return err
			}
			bench, err = n.measure(gctx, info)
			return err
		})
	})
	g.Go(func() error {
		return n.persist(gctx, "Registration not confirmed", func() error {
			receipt, err := n.settlement.Submit(gctx, market.Register{Peer: n.self, Stake: n.cfg.Stake})
			if err == nil && receipt.Tx != "" {
				n.log.Info("Registered on chain", "stake", n.cfg.Stake, "tx", receipt.Tx)
			}
			return err
		})
	})
	if err := g.Wait(); err != nil {
		return nil // the node stops
	}
	info.Limits.MaxDispatch = gpu.MaxDispatch(info.Type, max(bench.F32Ops, bench.I32Ops))
	info.Limits.MaxTotal = deviceMemory(info.Limits, n.warden.memory(ctx))
	n.device.Store(&info)
	n.provider.mu.Lock()
	n.provider.mu.problem, n.provider.mu.bench = "", &bench
	n.provider.mu.Unlock()
	ad := market.Ad{
		Class: info.Class, Adapter: clipText(info.Name, 64), AdapterType: clipText(string(info.Type), 64),
		F32: bench.F32Ops, I32: bench.I32Ops, Bandwidth: bench.MemoryBps, Memory: min(n.cfg.Provider.MaxMemory, info.Limits.MaxTotal),
		Version: clipText(Version(), 64), Sandbox: "degraded", ECC: n.warden.ecc(ctx), Data: n.holdings.names(),
	}
	if confined {
		ad.Sandbox = "full"
	}
	if err := n.loop.step(ctx, market.Measured{Ad: ad}); err != nil {
		return nil // the node stops
	}
	if n.challenges != nil {
		if err := n.persist(ctx, "Device not challenged", func() error {
			claim, err := n.challenges.measure(ctx, info, bench.I32Ops)
			if err == nil {
				n.challenges.capacity.Store(&claim)
			}
			return err
		}); err != nil {
			return nil // the node stops
		}
		n.provider.set("")
	}
	n.log.Info("Providing", "device", info.Name, "type", info.Type, "f32Ops", bench.F32Ops, "i32Ops", bench.I32Ops)
	return nil
}

// persist repeats try until it succeeds or ctx ends.
func (n *Node) persist(ctx context.Context, what string, try func() error) error {
	retry := backoff{min: 500 * time.Millisecond, max: 30 * time.Second}
	for {
		err := try()
		if err == nil {
			return nil
		}
		if ctx.Err() == nil {
			n.provider.set(what + ": " + err.Error())
			final := errors.Is(err, chain.ErrFunds) || errors.Is(err, chain.ErrRefused) || gpu.CodeOf(err) == gpu.Unsupported || gpu.CodeOf(err) == gpu.BadDriver
			if final || retry.last == 0 {
				n.log.Warn(what, "err", err)
			}
		}
		if !retry.wait(ctx, nil) {
			return ctx.Err()
		}
	}
}

// awaitDevice waits until the device is there; provide tells why it is not.
func (n *Node) awaitDevice(ctx context.Context) (gpu.Info, error) {
	retry := backoff{min: 500 * time.Millisecond, max: 30 * time.Second}
	for {
		info, err := n.config.runner.Info(ctx)
		if err == nil || !retry.wait(ctx, nil) {
			return info, err
		}
	}
}

// measure returns what a device can do: as measured before, or now.
func (n *Node) measure(ctx context.Context, info gpu.Info) (b gpu.Benchmark, err error) {
	key := tableCache + "bench/" + info.Class + "/" + info.Name
	old, err := n.store.get(key)
	if err != nil {
		return b, err
	}
	if json.Unmarshal(old, &b) == nil && b.I32Ops > 0 {
		return b, nil
	}
	return n.bench(ctx, key, 0) // status says why it waits
}

func (n *Node) bench(ctx context.Context, key string, patience time.Duration) (gpu.Benchmark, error) {
	var b gpu.Benchmark
	err := n.runs.within(ctx, 0, patience, func(ctx context.Context) (err error) { // measuring is work, too
		b, err = n.config.runner.Bench(ctx)
		return err
	})
	if err != nil {
		return b, err
	}
	raw, err := json.Marshal(b)
	if err != nil {
		return b, err
	}
	w := n.store.batch()
	w.put(key, raw)
	return b, w.commit(false)
}

// Bench measures this node's device anew.
func (n *Node) Bench(ctx context.Context) (gpu.Info, gpu.Benchmark, error) {
	if n.config.runner == nil {
		return gpu.Info{}, gpu.Benchmark{}, errors.New("this node runs no programs")
	}
	info, err := n.config.runner.Info(ctx)
	if err != nil {
		return gpu.Info{}, gpu.Benchmark{}, err
	}
	b, err := n.bench(ctx, tableCache+"bench/"+info.Class+"/"+info.Name, n.runs.patience)
	return info, b, err
}

func clipText(s string, limit int) string {
	for len(s) > limit {
		r := []rune(s)
		s = string(r[:len(r)-1])
	}
	return s
}

// Version is the version of this software, as Go recorded it when building.
func Version() string {
	if b, ok := debug.ReadBuildInfo(); ok && b.Main.Version != "" {
		return b.Main.Version
	}
	return "devel"
}
