package worker

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gpumesh/gpu"
)

// alone reports whether what a child of this device does is its own affair: a software device is memory and threads of its
// process, which are nobody else's, so a child that was killed need not be gone before another tenant's task runs.
func alone(t gpu.AdapterType) bool { return t == gpu.CPU || t == gpu.Reference }

// drop kills the child. It waits until it is gone where the next one shares the device with it, for a bounded time.
func (p *Pool) drop() {
	c := p.child
	if c == nil {
		return
	}
	p.child = nil
	start := time.Now()
	c.kill()
	p.undead = append(p.undead, c)
	if !alone(c.info.Type) {
		c.end()
	}
	p.traced("kill", start)
}

// last waits until no earlier child is left that may be stuck in a driver and has the device: two owners are never on it
// together. Of a software device one may be left, for whose memory there is room.
func (p *Pool) last(ctx context.Context) error {
	defer p.traced("wait", time.Now())
	for {
		p.undead = slices.DeleteFunc(p.undead, func(c *process) bool { return !c.alive() })
		var here []*process // and not on one that is passed over
		for _, c := range p.undead {
			if c.adapter == "" || !slices.Contains(p.opening(false).skip, c.adapter) {
				here = append(here, c)
			}
		}
		room := 0
		if len(here) > 0 && alone(here[0].info.Type) {
			room = 1
		}
		if len(here) <= room {
			return nil
		}
		select {
		case <-here[0].done:
		case <-here[len(here)-1].done:
		case <-ctx.Done():
			return gpu.Errorf(gpu.DeviceLost, "an earlier worker process does not die, and the device is not given to two owners at once")
		}
	}
}

func (p *Pool) traced(point string, start time.Time) {
	if p.trace != nil {
		p.trace(point, time.Since(start))
	}
}

// forget has the device examined anew.
func (p *Pool) forget() {
	p.info = nil
	p.known.Store(nil)
}

// ready returns a child that may serve the tenant. An empty tenant, which runs no stranger's code, may use any.
func (p *Pool) ready(ctx context.Context, tenant string) (*process, error) {
	if c := p.child; c != nil && (!c.alive() || c.served && tenant != c.tenant) {
		p.drop()
	}
	if p.child != nil {
		return p.child, nil
	}
	if err := p.last(ctx); err != nil {
		return nil, err
	}
	if c := p.adopt(ctx); c != nil {
		p.use(c)
		return c, nil
	}
	if p.failures > 0 {
		wait := time.NewTimer(backoff(p.failures))
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-ctx.Done():
			return nil, gpu.Errorf(gpu.Timeout, "the worker process failed to start %d times in a row", p.failures)
		}
	}
	c, err := p.startExamined(ctx)
	if err != nil {
		p.failures++
		p.known.Store(nil)
		return nil, err
	}
	p.use(c)
	return c, nil
}

// use makes a child the one that runs tasks.
func (p *Pool) use(c *process) {
	p.failures = 0
	p.child, p.sandbox = c, c.sandbox
	if p.promised == nil {
		p.promised, p.class, p.adapter = &c.sandbox, c.info.Class, c.adapter
	}
	p.cfg.Log.Info("gpu worker takes tasks", "pid", c.cmd.Process.Pid)
	p.known.Store(p.state())
}

// state is what callers may be told while a child takes tasks.
func (p *Pool) state() *known {
	k := &known{info: *p.info, sandbox: p.sandbox}
	for _, f := range p.passed {
		if f.adapter != "" {
			k.passed = append(k.passed, f.adapter)
		}
	}
	return k
}

// maxPassed bounds the adapters that are tried, whatever children name.
const maxPassed = 16

// Next gives up the device of a class, which others were told of, and takes the next one as if the pool had just been made: the adapter is passed over, with why,
// and whoever told others of the old one has to tell them of this one. Where no other one serves, the pool begins with the best again. A pool whose device is of
// another class already stays with that.
func (p *Pool) Next(ctx context.Context, class string, why error) (gpu.Info, error) {
	if err := p.take(ctx); err != nil {
		return gpu.Info{}, err
	}
	defer p.give()
	if p.promised != nil && p.class == class {
		if p.adapter == "" {
			return gpu.Info{}, gpu.Errorf(gpu.Unsupported, "there is no other device")
		}
		p.drop()
		p.dropSpare()
		p.passed = append(p.passed, failedAdapter{p.adapter, why})
		p.cfg.Log.Warn("gpu adapter given up", "adapter", p.adapter, "why", why)
		p.promised, p.note, p.open, p.loose, p.failures = nil, "", "", false, 0
		p.forget()
	}
	if _, err := p.ready(ctx, ""); err != nil {
		return gpu.Info{}, err
	}
	return *p.info, nil
}

// startExamined starts a child and examines its device. Before the first one has served, whatever keeps an adapter from opening, or from
// passing its canaries, leads to the next one, in a process of its own, and at last, on "auto", to the evaluator. Later only Next does: what was told
// of the device holds until others are told of another.
func (p *Pool) startExamined(ctx context.Context) (*process, error) {
	for {
		c, err := p.attempt(ctx)
		if err == nil {
			return c, nil
		}
		if !p.passOver(ctx, err) {
			if p.promised == nil && len(p.passed) > 0 { // the next start begins with the best again
				err = gpu.Errorf(gpu.CodeOf(p.passed[0].error), "%s", p.why())
				p.passed = nil
			} else if p.note != "" {
				err = gpu.Errorf(gpu.CodeOf(err), "%s; %s", gpu.ReasonOf(err), p.note)
			}
			return nil, err
		}
	}
}

// passOver notes why an adapter is not used, and reports whether another one is to be tried.
func (p *Pool) passOver(ctx context.Context, err error) bool {
	code := gpu.CodeOf(err)
	if p.promised != nil || ctx.Err() != nil || code == gpu.Canceled || len(p.passed) == maxPassed {
		return false
	}
	failed, ok := errors.AsType[*failedAdapter](err)
	if !ok { // a driver that ends the process when it is looked for has no name, but there is a device without drivers
		if p.device() != auto || code != gpu.Timeout && code != gpu.WorkerDied && code != gpu.DeviceLost {
			return false
		}
		failed = &failedAdapter{"", err}
	}
	if p.note != "" {
		failed.error = gpu.Errorf(code, "%s; %s", gpu.ReasonOf(failed.error), p.note)
	}
	p.passed = append(p.passed, *failed)
	p.note, p.open = "", "" // the next one's may be found
	p.forget()
	p.cfg.Log.Warn("gpu adapter passed over", "adapter", failed.adapter, "why", failed.error)
	return true
}

const auto = "auto" // of Config.Device

// device is what the next child opens.
func (p *Pool) device() string {
	if slices.ContainsFunc(p.passed, func(f failedAdapter) bool { return f.adapter == "" }) {
		return "eval"
	}
	return p.cfg.Device
}

// opening is how the next child is started.
func (p *Pool) opening(landlock bool) opening {
	o := opening{device: p.device(), landlock: landlock, seal: !p.loose}
	for _, f := range p.passed {
		o.skip = append(o.skip, f.adapter)
	}
	return o
}

// why says which adapters were passed over, and why; empty when none was.
func (p *Pool) why() string {
	var list []string
	for _, f := range p.passed {
		text := gpu.ReasonOf(f.error)
		if f.adapter == "" {
			text = "a driver that could not even be asked for its name: " + text
		} else if !strings.Contains(text, f.adapter) {
			text = f.adapter + ": " + text
		}
		list = append(list, text)
	}
	if p.note != "" {
		list = append(list, p.note)
	}
	return strings.Join(list, "; ")
}

// attempt starts a child and examines its device. A software driver that turns out to need files once it is open, and so
// fails in a sealed child, gets one that is not.
func (p *Pool) attempt(ctx context.Context) (*process, error) {
	first := p.promised == nil && !p.loose
	for {
		begin := time.Now()
		c, err := p.start(ctx)
		if err != nil {
			return nil, err
		}
		p.traced("start", begin)
		begin = time.Now()
		if err = p.examine(ctx, c); err == nil {
			p.traced("examine", begin)
			if len(c.info.Faults) == 0 || c.adapter == "" || p.promised != nil {
				return c, nil
			}
			err = gpu.Errorf(gpu.BadDriver, "%s fails the canaries %s", c.adapter, strings.Join(c.info.Faults, ", "))
			c.end()
			return nil, c.failed(err)
		}
		c.end()
		if !first || !c.sandbox.Sealed || ctx.Err() != nil {
			p.loose = p.loose && p.promised != nil // it does not fail for want of files
			return nil, c.failed(err)
		}
		first, p.loose = false, true
		p.cfg.Log.Warn("gpu worker runs unsealed: its device fails otherwise", "device", c.info.Name, "error", err)
	}
}

// examine gives a child's device the class and the faults that the last examination found, and examines it when it is not
// the device that was examined then, or when that has misbehaved since.
func (p *Pool) examine(ctx context.Context, c *process) error {
	if err := p.claim(ctx, c.info); err != nil {
		return err
	}
	if old := p.info; old != nil && old.Name == c.info.Name && old.Driver == c.info.Driver && old.FrontEnd == c.info.FrontEnd {
		c.info = *old
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, p.cfg.StartTimeout)
	defer cancel()
	a, err := c.call(ctx, request{Op: opExamine}, events{})
	if err != nil {
		return err
	}
	if a.Info == nil {
		return gpu.Errorf(gpu.WorkerDied, "the worker process answered something else")
	}
	a.Info.Note = strings.Join(slices.DeleteFunc([]string{c.info.Note, p.why()}, func(s string) bool { return s == "" }), "; ")
	c.info = *a.Info
	p.info = a.Info
	for _, f := range c.info.Faults {
		p.cfg.Log.Warn("gpu device fails a canary", "device", c.info.Name, "driver", c.info.Driver, "fault", f)
	}
	return nil
}

// start starts a child, confined as far as the kernel can. A driver in a place that the sandbox does not know is not found
// under it: when the first child finds none, one without Landlock does, and a second one under it fails as well, children run
// without it and say so, unless RequireSandbox forbids that. This is settled before the first child takes tasks, and never again.
func (p *Pool) start(ctx context.Context) (*process, error) {
	c, err := start(ctx, &p.cfg, p.opening(p.open == ""))
	if p.promised == nil && p.open == "" && !p.cfg.RequireSandbox && confinable() && p.driverMissing(c, err) {
		free, ferr := start(ctx, &p.cfg, p.opening(false))
		found := ferr == nil && !p.driverMissing(free, nil)
		if found { // perhaps the first failed by chance
			if c != nil {
				c.end()
			}
			c, err = start(ctx, &p.cfg, p.opening(true))
		}
		if found && p.driverMissing(c, err) && ctx.Err() == nil && p.cfg.KeepLandlock {
			p.note = "the driver of " + free.info.Name + " is found outside Landlock only, where nothing may run here"
			p.cfg.Log.Warn("gpu driver not used", "why", p.note)
			free.end()
		} else if found && p.driverMissing(c, err) && ctx.Err() == nil {
			if c != nil {
				c.end()
			}
			p.open = "the driver of " + free.info.Name + " is not found under Landlock"
			p.cfg.Log.Warn("gpu worker runs without Landlock", "device", free.info.Name)
			c, err = free, nil
		} else if free != nil {
			free.end()
		}
	}
	if err != nil {
		return nil, err
	}
	if err := p.fit(c); err != nil {
		c.end()
		return nil, err
	}
	return c, nil
}

// fit completes what is known of a child's sandbox and refuses one that does not suffice, or is less than what was told of the first.
func (p *Pool) fit(c *process) error {
	if p.open != "" && c.sandbox.Note == "" {
		c.sandbox.Note = p.open
	}
	if p.cfg.RequireSandbox && !c.sandbox.Full() {
		return gpu.Errorf(gpu.Unsupported, "a full sandbox is required, and here it is %v", c.sandbox)
	}
	if p.promised != nil && p.promised.Full() && !c.sandbox.Full() {
		return gpu.Errorf(gpu.Unsupported, "the sandbox was full, and now it is %v", c.sandbox)
	}
	return nil
}

func (p *Pool) driverMissing(c *process, err error) bool {
	if err != nil {
		return gpu.CodeOf(err) == gpu.Unsupported || gpu.CodeOf(err) == gpu.WorkerDied
	}
	return p.device() == auto && c.info.Type == gpu.Reference
}
