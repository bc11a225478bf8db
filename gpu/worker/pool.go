package worker

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"gpumesh/gpu"
)

// Config configures a Pool. Zero values take the stated defaults.
type Config struct {
	Command        []string      // argv that starts a Child; required
	Env            []string      // additional environment, "NAME=value"
	Private        []string      // directories of which no child sees anything, whatever the environment says of drivers; as the home directory as a whole
	Device         string        // a key of Devices, or "webgpu:" and a part of an adapter's name; "auto"
	Memory         uint64        // bytes of private memory a child may use; 3/8 of the host's, so that a dying one and the next fit, at most 8 GiB
	DeviceMemory   uint64        // bytes that the buffers of a program may take on the device; 0: the device's own limit
	StartTimeout   time.Duration // from start to an open device; 60 s
	CompileTimeout time.Duration // for checking and compiling a program; 30 s
	BenchTimeout   time.Duration // for measuring the device; 5 min
	IdleTimeout    time.Duration // after which an idle child is ended; 1 min
	RequireSandbox bool          // refuse to run anything under a sandbox that is not full; see Sandbox
	KeepLandlock   bool          // where the kernel has Landlock, never run without it, even if a driver is not found so
	Spare          bool          // keep a second child, which has served nobody, ready for the next tenant or after a failure
	Locks          string        // directory of a file for each GPU that a process of this user's has, so that two never share one; "": they may
	LockTimeout    time.Duration // for another process to let go of the device; 30 s
	Quarantine     string        // path of the list of kernels that ended children, which outlives the pool; "": it does not
	Log            *slog.Logger  // slog.Default()
}

// Pool runs programs, one at a time, in a child process that is started when needed and kept warm between the tasks of one
// tenant. Its methods may be called by several goroutines; they wait for their turn.
type Pool struct {
	cfg  Config
	turn chan struct{} // holds one token; whoever has it may touch what follows

	child    *process
	spare    *spare     // nil: none
	lock     *lock      // of the device; nil: this pool has none
	undead   []*process // were killed and are perhaps still there
	info     *gpu.Info  // of the device that was examined last; nil: examine the next one
	sandbox  Sandbox
	promised *Sandbox        // of the first child that took tasks, which others may rely on; nil: none has
	class    string          // of the device of that child
	adapter  string          // of that child, as it was named; "": it had no name, as the evaluator has none
	passed   []failedAdapter // that were tried before that; "": none had been named
	note     string          // why a driver is not used; empty: none is known of
	open     string          // why children run without Landlock; empty: they do not
	loose    bool            // children's devices need files while they run, so they are not sealed
	failures int             // starts that failed in a row
	runs     uint64          // runs so far
	suspects quarantine
	closed   bool

	known atomic.Pointer[known] // what callers may ask for without the turn; nil: nothing yet, or the pool is closed

	trace func(point string, took time.Duration) // where the time between two tasks goes, for tests; may be nil

	share struct {
		sync.Mutex
		percent int
		changed chan struct{} // closed when percent changes
	}

	idle struct {
		sync.Mutex
		timer *time.Timer
	}
}

// Request is one task for a Pool.
type Request struct {
	Tenant   string            // whose task it is; tenants never share a process
	Program  []byte            // as gpu.Program.Encode returns it
	Inputs   map[string]string // paths of regular files by buffer name
	OutDir   string            // existing directory; every result becomes a file of its name in it
	Seed     uint64
	Timeout  time.Duration // wall clock from now, waiting for the turn excluded; 0: only the context's
	MaxBusy  time.Duration // time of the device, pauses for others excluded; 0: no bound of its own
	Progress func(done, total uint32)
	Used     func(busy time.Duration) // told beside Progress, what the device has spent on the task in this call; may be nil
	Class    string                   // of the device that the task is meant for, and runs on no other one; "": any
}

// backoff bounds the waits between starts that fail.
const (
	firstBackoff = 100 * time.Millisecond
	lastBackoff  = 10 * time.Second
)

// backoff is how long to wait after so many failures in a row.
func backoff(failures int) time.Duration { return min(firstBackoff<<min(failures-1, 10), lastBackoff) }

// New returns a Pool. Nothing is started yet.
func New(cfg Config) (*Pool, error) {
	if len(cfg.Command) == 0 {
		return nil, gpu.Errorf(gpu.Internal, "a worker pool needs the command that starts its child")
	}
	if cfg.Device == "" {
		cfg.Device = auto
	}
	if cfg.Memory == 0 {
		cfg.Memory = 8 << 30
		if host := hostMemory(); host > 0 {
			cfg.Memory = min(cfg.Memory, host/8*3)
		}
	}
	setDefault(&cfg.StartTimeout, time.Minute)
	setDefault(&cfg.CompileTimeout, 30*time.Second)
	setDefault(&cfg.BenchTimeout, 5*time.Minute)
	setDefault(&cfg.IdleTimeout, time.Minute)
	setDefault(&cfg.LockTimeout, 30*time.Second)
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	p := &Pool{cfg: cfg, turn: make(chan struct{}, 1), suspects: loadQuarantine(cfg.Quarantine, cfg.Log)}
	p.turn <- struct{}{}
	p.share.percent, p.share.changed = 100, make(chan struct{})
	return p, nil
}

func setDefault(d *time.Duration, v time.Duration) {
	if *d <= 0 {
		*d = v
	}
}

// known is what is known of the device.
type known struct {
	info    gpu.Info
	sandbox Sandbox
	passed  []string // adapters that were passed over before this one, as their names were told; without those that had told none
}

// Info returns the device that children open, starting one if none has been opened yet, or none since the device misbehaved or a start
// failed. It does not wait for a running task.
func (p *Pool) Info(ctx context.Context) (gpu.Info, error) {
	k, err := p.ask(ctx)
	if err != nil {
		return gpu.Info{}, err
	}
	return k.info, nil
}

// Sandbox returns how children are confined, starting one if none has been started yet. It does not wait for a running task.
func (p *Pool) Sandbox(ctx context.Context) (Sandbox, error) {
	k, err := p.ask(ctx)
	if err != nil {
		return Sandbox{}, err
	}
	return k.sandbox, nil
}

// Passed returns the adapters that were passed over for the one that children open, as webgpu.Options.Skip takes them. It does not wait for a running task.
func (p *Pool) Passed(ctx context.Context) ([]string, error) {
	k, err := p.ask(ctx)
	return k.passed, err
}

func (p *Pool) ask(ctx context.Context) (known, error) {
	if k := p.known.Load(); k != nil {
		return *k, nil
	}
	if err := p.take(ctx); err != nil {
		return known{}, err
	}
	defer p.give()
	if k := p.known.Load(); k != nil {
		return *k, nil // found out while this waited
	}
	if _, err := p.ready(ctx, ""); err != nil {
		return known{}, err
	}
	return *p.state(), nil
}

// Bench measures the device; see gpu.Measure.
func (p *Pool) Bench(ctx context.Context) (gpu.Benchmark, error) {
	if err := p.take(ctx); err != nil {
		return gpu.Benchmark{}, err
	}
	defer p.give()
	c, err := p.ready(ctx, "")
	if err != nil {
		return gpu.Benchmark{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.cfg.BenchTimeout)
	defer cancel()
	a, err := c.call(ctx, request{Op: opBench}, events{})
	if err == nil && a.Bench == nil {
		err = gpu.Errorf(gpu.WorkerDied, "the worker process answered something else")
	}
	if err != nil {
		p.drop()
		return gpu.Benchmark{}, err
	}
	return *a.Bench, nil
}

// Run executes a task. Errors are *gpu.Error: besides those of gpu.Run, Timeout when the deadline passed (the child was
// killed), WorkerDied when it crashed or sent garbage, Canceled. After an error no result file is left in OutDir.
func (p *Pool) Run(ctx context.Context, q Request) (*gpu.Result, error) {
	return p.RunFrom(ctx, q, Checkpoints{})
}

// RunFrom is Run with checkpoints. What was saved before an error stays in c.Dir. A checkpoint that is torn, or that is not of
// this program and seed, is an InvalidInput error.
func (p *Pool) RunFrom(ctx context.Context, q Request, c Checkpoints) (*gpu.Result, error) {
	// What can be told without a child is told without one.
	prog, err := gpu.DecodeProgram(q.Program)
	if err != nil {
		return nil, err
	}
	if err := prog.Validate(); err != nil {
		return nil, err
	}
	if s, err := os.Stat(q.OutDir); err != nil || !s.IsDir() {
		return nil, gpu.Errorf(gpu.Internal, "the output directory %q does not exist", q.OutDir)
	}
	if c.Dir != "" {
		if s, err := os.Stat(c.Dir); err != nil || !s.IsDir() {
			return nil, gpu.Errorf(gpu.Internal, "the checkpoint directory %q does not exist", c.Dir)
		}
	}
	if c.Every == 0 {
		c.Every = defaultSaveEvery
	}
	if c.Pause != nil && c.Dir == "" {
		return nil, gpu.Errorf(gpu.Internal, "a run that can be paused needs a checkpoint directory")
	}
	if err := p.takeUnlessPaused(ctx, c.Pause); err != nil {
		return nil, err
	}
	defer p.give()
	if q.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, q.Timeout)
		defer cancel()
	}
	if err := p.suspects.refuse(kernelsOf(prog), time.Now()); err != nil {
		return nil, err
	}
	res, err := p.run(ctx, &q, &c, prog)
	if err != nil {
		for _, r := range prog.Results() {
			os.Remove(filepath.Join(q.OutDir, r.Name)) // most often there is none
		}
		return nil, err
	}
	return res, nil
}

// serve returns a process that may work for a tenant now, and counts the run.
func (p *Pool) serve(ctx context.Context, tenant string) (*process, error) {
	c, err := p.ready(ctx, tenant)
	if err != nil {
		return nil, err
	}
	if len(c.info.Faults) > 0 {
		return nil, gpu.Errorf(gpu.BadDriver, "%s (%s) fails its canaries, so nothing that it computes can be trusted: %s", c.info.Name, c.info.Driver, c.info.Faults[0])
	}
	if c.info.Class != p.class {
		return nil, gpu.Errorf(gpu.BadDriver, "%s (%s) does not compute as it did when it was first examined, so nothing runs on it", c.info.Name, c.info.Driver)
	}
	c.tenant, c.served = tenant, true
	p.prepare()
	p.runs++
	return c, nil
}

func (p *Pool) run(ctx context.Context, q *Request, save *Checkpoints, prog *gpu.Program) (*gpu.Result, error) {
	c, err := p.serve(ctx, q.Tenant)
	if err != nil {
		return nil, err
	}
	if q.Class != "" && q.Class != c.info.Class {
		return nil, gpu.Errorf(gpu.Unsupported, "the device that the task was meant for failed, and another one has taken its place")
	}
	m := request{Op: opRun, Program: q.Program, Seed: q.Seed, Run: p.runs, MaxBusy: q.MaxBusy}
	list, err := openFiles(q, save, prog, &m, c.info.Limits.MaxTotal)
	if err != nil {
		return nil, err
	}
	next := func(list files) error {
		select {
		case <-save.Pause: // told before it goes on, rather than by steer, it stops here
			_ = writeFrame(c.in, request{Op: opPause, Run: m.Run})
		default:
		}
		return c.next(list)
	}
	k := &keeper{c: save, bound: prog.MaxCheckpoint(), next: next, log: p.cfg.Log}
	if m.Save {
		k.part = list[len(list)-1]
		list = list[:len(list)-1]
	}
	defer k.stop()
	if err := p.hand(c, k, list, &m, prog); err != nil {
		p.drop()
		return nil, err
	}

	a, err := p.call(ctx, c, m, prog, events{pause: save.Pause, saved: k.saved, progress: func(g gpu.Progress) error {
		if q.Used != nil {
			q.Used(max(g.Busy, 0))
		}
		if g.Phase == gpu.Running && q.Progress != nil {
			if g.Total != prog.Steps || g.Done > g.Total {
				return gpu.Errorf(gpu.WorkerDied, "the worker process reported impossible progress")
			}
			q.Progress(g.Done, g.Total)
		}
		return nil
	}}, func(a *reply) error { return verify(a.Result, prog, q.OutDir) })
	if err != nil {
		return nil, err
	}
	return a.Result, nil
}

// call has a child do a request about a task, bounds the time for compiling, and does what follows from an error for the child, the
// device and the kernels. check looks at the answer.
func (p *Pool) call(ctx context.Context, c *process, m request, prog *gpu.Program, on events, check func(*reply) error) (*reply, error) {
	ended := make(chan struct{})
	defer close(ended)
	go p.steer(c, m.Run, on.pause, ended)

	call, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	slow := &gpu.Error{Code: gpu.Timeout, Overrun: true, Reason: fmt.Sprintf("checking and compiling the program took longer than %v; the worker was ended", p.cfg.CompileTimeout)}
	compile := time.AfterFunc(p.cfg.CompileTimeout, func() { stop(slow) })
	defer compile.Stop()
	waits := m.Op == opDecide && compile.Stop() // it reads the memory before it compiles
	progress := on.progress
	on.progress = func(g gpu.Progress) error {
		if g.Phase != gpu.Compiling {
			compile.Stop()
		} else if waits {
			waits = false
			compile.Reset(p.cfg.CompileTimeout)
		}
		if progress == nil {
			return nil
		}
		return progress(g)
	}
	a, err := c.call(call, m, on)
	if err == nil {
		err = check(a)
	}
	if err != nil && context.Cause(call) == error(slow) {
		err = slow
	}
	if err != nil && (gpu.IsFatal(err) || gpu.CodeOf(err) == gpu.OutOfMemory || gpu.CodeOf(err) == gpu.Internal || ctx.Err() != nil) {
		p.drop()
		if !alone(c.info.Type) {
			p.dropSpare() // a reset of the device takes it from the spare, too
		}
	}
	if err != nil || m.Op == opRun { // a part of a run that went well says little about the kernels
		p.judge(kernelsOf(prog), err)
	}
	if code := gpu.CodeOf(err); err != nil && (code == gpu.BadDriver || code == gpu.DeviceLost) {
		p.forget() // what it was worth has to be found out anew
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// hand gives the files of a task to a child, and bounds what it can write to any file.
func (p *Pool) hand(c *process, k *keeper, list files, m *request, prog *gpu.Program) error {
	defer list.close()
	size := max(p.cfg.Memory, k.bound) // drivers may keep device memory in anonymous files
	for _, r := range prog.Results() {
		size = max(size, r.Size)
	}
	if err := limitFiles(c.cmd, size); err != nil {
		return gpu.Errorf(gpu.WorkerDied, "the worker process cannot be limited: %v", err)
	}
	all := list
	if k.part != nil {
		all = append(all[:len(all):len(all)], k.part)
	}
	m.Paths = all.paths()
	if len(all) == 0 {
		return nil
	}
	if err := send(c.channel, all); err != nil {
		return gpu.Errorf(gpu.WorkerDied, "the worker process does not take its files: %v", err)
	}
	return nil
}

// verify checks what a child claims to have done against what it was asked to do. It does not hash the files again: whoever
// stores them does.
func verify(res *gpu.Result, prog *gpu.Program, dir string) error {
	bad := gpu.Errorf(gpu.WorkerDied, "the worker process answered with a result that does not fit the program")
	want := prog.Results()
	if res == nil || len(res.Outputs) != len(want) || len(res.Leaves) != prog.Leaves() || res.TraceRoot != gpu.TraceRoot(res.Leaves) {
		return bad
	}
	for i, w := range want {
		o := res.Outputs[i]
		s, err := os.Lstat(filepath.Join(dir, w.Name))
		if err != nil || !s.Mode().IsRegular() || uint64(s.Size()) != w.Size || o.Name != w.Name || o.Type != w.Type || o.Size != w.Size {
			return bad
		}
	}
	return nil
}

// Close ends the child. Calls that wait or come later get an error.
func (p *Pool) Close() error {
	<-p.turn
	p.closed = true
	p.known.Store(nil)
	p.drop()
	p.dropSpare()
	for _, c := range p.undead {
		if c.alive() {
			c.end() // it was killed before; this waits a while
		}
	}
	p.unlock()
	p.stopIdle()
	p.turn <- struct{}{}
	return nil
}

// SetShare sets the percentage of time, 1 to 100, in which programs may keep the device busy; the rest is left to others,
// between submissions. It holds for the running program, from its next submission on, and for later ones.
func (p *Pool) SetShare(percent int) {
	p.share.Lock()
	defer p.share.Unlock()
	p.share.percent = min(max(percent, 1), 100)
	close(p.share.changed)
	p.share.changed = make(chan struct{})
}

// steer passes on to a child what changes while it runs. A child that is gone needs none of it, so errors say nothing.
func (p *Pool) steer(c *process, run uint64, pause, ended <-chan struct{}) {
	for {
		p.share.Lock()
		percent, changed := p.share.percent, p.share.changed
		p.share.Unlock()
		_ = writeFrame(c.in, request{Op: opShare, Share: percent})
		select {
		case <-changed:
		case <-pause:
			_ = writeFrame(c.in, request{Op: opPause, Run: run})
			pause = nil
		case <-ended:
			return
		}
	}
}

func (p *Pool) take(ctx context.Context) error { return p.takeUnlessPaused(ctx, nil) }

func (p *Pool) takeUnlessPaused(ctx context.Context, pause <-chan struct{}) error {
	select {
	case <-pause:
		return gpu.Errorf(gpu.Paused, "the run was paused before it began")
	default:
	}
	select {
	case <-p.turn:
	case <-pause:
		return gpu.Errorf(gpu.Paused, "the run was paused before it began")
	case <-ctx.Done():
		return gpu.Errorf(gpu.Canceled, "the task was canceled before its turn")
	}
	if p.closed {
		p.turn <- struct{}{}
		return gpu.Errorf(gpu.Canceled, "the worker pool is closed")
	}
	p.stopIdle()
	return nil
}

func (p *Pool) give() {
	p.idle.Lock()
	p.idle.timer = time.AfterFunc(p.cfg.IdleTimeout, func() {
		select {
		case <-p.turn:
			p.drop()
			p.dropSpare()
			p.unlock()
			p.turn <- struct{}{}
		default: // not idle
		}
	})
	p.idle.Unlock()
	p.turn <- struct{}{}
}

func (p *Pool) stopIdle() {
	p.idle.Lock()
	defer p.idle.Unlock()
	if p.idle.timer != nil {
		p.idle.timer.Stop()
	}
}
