package node

import (
	"cmp"
	"context"
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
		lends   uint64 // see Node.lends
	}
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

// speed is what was measured of it in i32 operations per second; zero: nothing yet.
func (n *Node) speed() uint64 {
	b, _ := n.benchmark()
	return b.I32Ops
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
	var m Measurement
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		return n.persist(gctx, "Device not ready", func() (err error) {
			if info, err = n.config.runner.Info(gctx); err != nil {
				return err
			}
			if err := trusted(info); err != nil { // others would pay for what it computes
				return err
			}
			m, err = n.measure(gctx, info, n.patient(0))
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
	if n.persist(ctx, "Device not ready", func() (err error) {
		info, err = n.advertise(ctx, info, m.Benchmark)
		return err
	}) != nil {
		return nil // the node stops
	}
	n.provider.set("")
	if n.claim(ctx, info, m.I32Ops) != nil {
		return nil // the node stops
	}
	n.log.Info("Providing", "device", info.Name, "type", info.Type, "f32Ops", m.F32Ops, "i32Ops", m.I32Ops)
	return nil
}

// claim measures what this node claims in challenges, where there are any.
func (n *Node) claim(ctx context.Context, info gpu.Info, rate uint64) error {
	if n.challenges == nil {
		return nil
	}
	defer n.provider.set("")
	return n.persist(ctx, "Device not challenged", func() error {
		claim, err := n.challenges.measure(ctx, info, rate)
		if err == nil {
			n.challenges.capacity.Store(&claim)
		}
		return err
	})
}

// trusted says why nothing that a device computes is worth anything.
func trusted(info gpu.Info) error {
	if len(info.Faults) > 0 {
		return gpu.Errorf(gpu.BadDriver, "%s (%s) fails its canaries and takes no work: %s", info.Name, info.Driver, info.Faults[0])
	}
	return nil
}

// deviceTries is how often in a row a device fails, in half a minute and more, before the next one takes its place: drivers come back from a reset in seconds.
const deviceTries = 7

// examineAgain looks whether the device still is what this node tells others of it, after a run failed on it. While it is not, work is
// paused: who took an offer relies on the class of the ad. A device that does not come back is given up for the next one, of which others are told before
// anything runs on it; what was meant for the old one fails.
func (n *Node) examineAgain(ctx context.Context) {
	told, known := n.knownDevice()
	if !known || !n.examining.CompareAndSwap(false, true) {
		return
	}
	defer n.examining.Store(false)
	retry := cmp.Or(n.deviceRetry, backoff{min: 500 * time.Millisecond, max: 30 * time.Second})
	device := told
	for failed := 1; ; failed++ {
		info, err := n.config.runner.Info(ctx)
		if err == nil {
			err = trusted(info)
		}
		if err == nil && info.Class != device.Class {
			err = gpu.Errorf(gpu.BadDriver, "%s (%s) does not compute as it did when others were told of it", info.Name, info.Driver)
		}
		if err == nil && info.Class != told.Class {
			err = n.adopt(ctx, info)
		}
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			n.warden.fault("")
			return
		}
		n.warden.fault("the device failed: " + err.Error())
		if failed == 1 {
			n.log.Warn("Device failed, nothing runs on it", "err", err)
		}
		if failed%deviceTries == 0 {
			next, nerr := n.config.runner.Next(ctx, device.Class, err)
			if nerr == nil {
				n.log.Warn("Another device takes the place of one that failed", "failed", device.Name, "err", err, "device", next.Name)
				device = next
				n.warden.moved(next)
				retry.reset()
				continue
			}
			n.warden.fault("the device failed: " + err.Error() + "; no other one takes its place: " + nerr.Error())
		}
		if !retry.wait(ctx, nil) {
			return
		}
	}
}

// adopt tells others of a device that has taken the place of one that failed, which still pauses all other work.
func (n *Node) adopt(ctx context.Context, info gpu.Info) error {
	m, err := n.measure(ctx, info, n.warden.despite)
	if err != nil {
		return err
	}
	if n.challenges != nil {
		n.challenges.capacity.Store(nil) // it was of the other
	}
	if info, err = n.advertise(ctx, info, m.Benchmark); err != nil {
		return err
	}
	n.log.Info("Providing", "device", info.Name, "type", info.Type, "f32Ops", m.F32Ops, "i32Ops", m.I32Ops)
	go func() { _ = n.claim(ctx, info, m.I32Ops) }() // fails only when the node stops
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
