package node

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/sync/semaphore"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Runner executes programs. *worker.Pool of gpumesh/gpu/worker is one, but for the names of two types.
// Implementations are safe for concurrent use and return *gpu.Error.
type Runner interface {
	Info(context.Context) (gpu.Info, error)
	Bench(context.Context) (gpu.Benchmark, error)
	RunFrom(context.Context, Execution, Checkpoints) (*gpu.Result, error)
	// Replay and Decide are what a dispute asks: see gpu.ReplaySegment and gpu.DecideMark. Memory is the path of a file, or "".
	Replay(ctx context.Context, x Execution, leaf, at int, memory string) (*gpu.Replay, error)
	Decide(ctx context.Context, x Execution, leaf, at int, before [][32]byte, memory string) ([][32]byte, error)
	SetShare(percent int)                   // of the time in which programs may keep the device busy
	Confined(context.Context) (bool, error) // whether nothing is missing of the sandbox that programs run in

	// Next gives up the device of a class, with why, and takes the next one; a device of another class stays. Without an error Info tells of that from then on.
	Next(ctx context.Context, class string, why error) (gpu.Info, error)
}

// Execution is one run of a program. Its fields are those of worker.Request, so that the one converts to the other.
type Execution struct {
	Tenant   string            // whose program it is; tenants never share a process
	Program  []byte            // as gpu.Program.Encode returns it
	Inputs   map[string]string // paths of files by buffer name
	OutDir   string            // every result becomes a file of its name in it
	Seed     uint64
	Timeout  time.Duration
	MaxBusy  time.Duration // of the device's own time
	Progress func(done, total uint32)
	Used     func(busy time.Duration) // told beside Progress: what the device has spent on it in this call
	Class    string                   // of the device that it is meant for, and runs on no other one; "": any
}

// Checkpoints says where a run saves its state, and from where it goes on. Its fields are those of worker.Checkpoints.
type Checkpoints struct {
	Dir    string            // directory of the file "checkpoint", the newest; "": nothing is saved
	Every  time.Duration     // at least so long between two
	Resume string            // path of a checkpoint to go on from; "": from the beginning
	Saved  func(step uint32) // called when one is durable, while RunFrom runs
	Pause  <-chan struct{}   // once closed, the run ends after the step that it is in with a Paused error, saved; needs Dir
}

const (
	// gatherTimeout bounds the time to bring the inputs of a task together, and that to store its outputs.
	gatherTimeout = 10 * time.Minute
	// maxBringing bounds what bring fetches at once.
	maxBringing = 1024
	// progressEvery spaces out reports of progress.
	progressEvery = 200 * time.Millisecond
)

// executions runs tasks and turns what comes out of them into results.
type executions struct {
	node    *Node
	content *p2p.Content
	scratch string
	log     *slog.Logger

	checkpoints *checkpoints
	apart       *semaphore.Weighted // what no machine asked for, one at a time
	patience    time.Duration       // how long a paused execution keeps its task before it lets others have it

	ctx   context.Context
	tasks sync.WaitGroup

	mu struct {
		sync.Mutex
		running  map[poc.TaskRef]context.CancelFunc
		bringing int // under way
		closed   bool
	}
}

func newExecutions(ctx context.Context, n *Node, scratch string, c *checkpoints) *executions {
	e := &executions{
		node: n, content: n.host.Content(), scratch: scratch, log: n.log, checkpoints: c, apart: semaphore.NewWeighted(1),
		// The others of a panel give up a replica that shows no progress for longer.
		patience: millis(n.cfg.Network.StallTimeout), ctx: ctx,
	}
	e.mu.running = map[poc.TaskRef]context.CancelFunc{}
	return e
}

// start begins an execution. The machine bounds how many there are.
func (e *executions) start(r market.Run) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.mu.closed {
		return
	}
	ctx, cancel := context.WithCancel(e.ctx)
	e.mu.running[r.Ref] = cancel
	e.tasks.Go(func() {
		defer cancel()
		ev := e.node.faults.run(ctx, r, e.run)
		e.mu.Lock()
		delete(e.mu.running, r.Ref)
		e.mu.Unlock()
		if e.ctx.Err() == nil { // else the node stops in the middle of it
			e.checkpoints.drop(r.Ref)
		}
		if ev != nil && ctx.Err() == nil {
			_ = e.node.loop.post(e.ctx, input{event: ev}) // fails only when the node stops
		}
	})
}

// bring fetches outputs that a task may be computed from. It does not wait. Of too many at once some are not fetched: then the task goes
// on without them, or fetches them when it runs.
func (e *executions) bring(h market.Bring) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.mu.closed || e.mu.bringing >= maxBringing {
		return
	}
	e.mu.bringing++
	e.tasks.Go(func() {
		ctx, cancel := context.WithTimeout(e.ctx, gatherTimeout)
		defer cancel()
		err := e.fetch(ctx, h)
		e.mu.Lock()
		e.mu.bringing--
		e.mu.Unlock()
		if err == nil {
			_ = e.node.loop.post(e.ctx, input{event: market.Brought{Ref: h.Ref, Need: h.Need}}) // fails only when the node stops
		} else if e.ctx.Err() == nil {
			e.log.Info("Outputs of a task cannot be had", "task", h.Need, "job", h.Ref.Job, "err", err)
		}
	})
}

func (e *executions) fetch(ctx context.Context, h market.Bring) error {
	for _, f := range h.Files {
		if _, err := e.content.Fetch(ctx, f.File.Cid, int64(f.Size), hostIDs(h.From, e.node.self)...); err != nil {
			return err
		}
	}
	return nil
}

// cancel ends an execution whose result nobody waits for.
func (e *executions) cancel(ref poc.TaskRef) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if cancel := e.mu.running[ref]; cancel != nil {
		cancel()
	}
}

// wait returns when nothing runs any more; the context must have ended.
func (e *executions) wait() {
	e.mu.Lock()
	e.mu.closed = true
	e.mu.Unlock()
	e.tasks.Wait()
}

// run executes a task and returns its completion.
func (e *executions) run(ctx context.Context, r market.Run, change func(outputs []string) error) market.Event {
	start := time.Now()
	result, class, err := e.execute(ctx, r, change)
	if err != nil {
		if ctx.Err() != nil || errors.Is(err, p2p.ErrClosed) { // the node stops: the next run takes the task up again
			return nil
		}
		outcome := "failed"
		if gpu.CodeOf(err) == gpu.Paused {
			outcome = "released"
		}
		e.node.metrics.runs.WithLabelValues(outcome).Inc()
		e.log.Info("Task failed here", "task", r.Ref, "err", err)
		reason := err.Error()
		if _, refused := errors.AsType[*refusal](err); r.Held != nil && !refused {
			reason = "its holder could not compute it" // more might tell about the data
		}
		if bad, ok := errors.AsType[*gpu.Error](err); ok && r.Held == nil {
			reason = bad.Reason
		}
		return market.RunFailed{Ref: r.Ref, Reason: reason, Released: gpu.CodeOf(err) == gpu.Paused}
	}
	e.node.metrics.runs.WithLabelValues("ok").Inc()
	e.log.Debug("Task computed", "task", r.Ref, "took", time.Since(start))
	return market.RunDone{Ref: r.Ref, Result: result, Class: class, Salt: salt()}
}

// salt returns 32 random bytes.
func salt() (h poc.Hash) {
	_, _ = rand.Read(h[:]) // never fails
	return h
}

func (e *executions) execute(ctx context.Context, r market.Run, change func(outputs []string) error) (res poc.Result, class string, err error) {
	info, known := e.node.knownDevice()
	if !known { // right after a restart
		if info, err = e.node.config.runner.Info(ctx); err != nil {
			return res, "", err
		}
	}
	dir, err := os.MkdirTemp(e.scratch, r.Ref.Job.Short()+"-"+strconv.Itoa(int(r.Ref.Task))+"-")
	if err != nil {
		return res, "", err
	}
	defer func() { // a directory that stays is removed at the next start
		if rmErr := os.RemoveAll(dir); rmErr != nil {
			e.log.Warn("Scratch directory not removed", "dir", dir, "err", rmErr)
		}
	}()
	x := Execution{
		Tenant: r.Owner.String(), Inputs: map[string]string{}, OutDir: filepath.Join(dir, "out"), Seed: r.Seed,
		Timeout: time.Duration(r.Timeout) * time.Second, Progress: e.progress(r.Ref), Class: info.Class,
	}
	if err := os.Mkdir(x.OutDir, 0o700); err != nil {
		return res, "", err
	}
	most := mostRegained
	e.regain(ctx, r, x.Progress, &most)
	if err := e.gather(ctx, r, dir, &x); err != nil {
		return res, "", err
	}
	x.MaxBusy = e.deviceTime(ctx, r)
	ran, err := e.compute(ctx, r.Ref, x)
	if err != nil {
		return res, "", err
	}
	if r.Held != nil {
		var spec market.Spec
		err := e.node.loop.ask(ctx, func(m *market.Machine) { spec, _ = m.Spec(r.Ref.Job) })
		if err != nil {
			return res, "", err
		}
		if ran, err = e.node.holdings.hide(r, ran, x.OutDir, spec); err != nil {
			return res, "", err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, gatherTimeout)
	defer cancel()
	if res, err = e.collect(ctx, r, ran, x.OutDir, change); err != nil {
		return res, "", err
	}
	return res, info.Class, nil
}

// A program gets so much of the device's time: what its estimate says at the device's best rate, which is what is paid for, times a
// factor, and half a minute, as estimates say little about small ones, and nothing about drivers that compile within the first submission.
// A naive kernel takes up to 35 times as long as the one that the rate is measured with, and a reproducible form up to 6 times as long as
// its text, which estimates are of (gpu/BENCH.md).
const (
	busyFactor = 250
	busyFloor  = 30 * time.Second
)

// deviceTime is what a task may use of the device. Where no estimate bounds it, its timeout does, which is what is paid for then.
func (e *executions) deviceTime(ctx context.Context, r market.Run) time.Duration {
	limit := time.Duration(r.Timeout) * time.Second
	report, err := e.node.programs.analyse(ctx, r.Program)
	if err != nil {
		return limit
	}
	return e.node.boundBusy(limit, report)
}

// boundBusy is what a program may use of the device within a limit.
func (n *Node) boundBusy(limit time.Duration, report *gpu.Report) time.Duration {
	bench, known := n.benchmark()
	if !known {
		return limit
	}
	if report.Unbounded != "" { // the estimate counts such a loop once
		return limit
	}
	return boundBusy(limit, market.Work{Operations: report.Operations, Traffic: report.Traffic}, bench)
}

func boundBusy(limit time.Duration, w market.Work, bench gpu.Benchmark) time.Duration {
	if bench.I32Ops == 0 {
		return limit
	}
	takes := float64(w.Operations) / float64(bench.I32Ops)
	if bench.MemoryBps > 0 {
		takes = max(takes, float64(w.Traffic)/float64(bench.MemoryBps))
	}
	if seconds := takes * busyFactor; seconds < (limit - busyFloor).Seconds() {
		return busyFloor + time.Duration(seconds*float64(time.Second))
	}
	return limit
}

// gather brings together what a task runs on.
func (e *executions) gather(ctx context.Context, r market.Run, dir string, x *Execution, more ...poc.PeerID) (err error) {
	ctx, cancel := context.WithTimeout(ctx, gatherTimeout)
	defer cancel()
	from := e.sources(ctx, r, more)
	if x.Program, err = e.content.GetBlock(ctx, r.Program.Cid, gpu.MaxProgram, from...); err != nil {
		return err
	}
	for i, in := range r.Inputs {
		// Names are a stranger's; they do not become paths here.
		path := filepath.Join(dir, "in"+strconv.Itoa(i))
		if in.Data != "" {
			if err := e.node.holdings.input(r, in, path); err != nil {
				return fmt.Errorf("input %q: %w", in.Name, err)
			}
			x.Inputs[in.Name] = path
			continue
		}
		if err := e.export(ctx, in, path, from); err != nil {
			return fmt.Errorf("input %q: %w", in.Name, err)
		}
		x.Inputs[in.Name] = path
	}
	return nil
}

// sources are peers that have a task's content, if any of it is not here: the owner, who has the inputs, and the panel, which
// has the results of earlier tasks.
func (e *executions) sources(ctx context.Context, r market.Run, more []poc.PeerID) []peer.ID {
	missing := !e.content.Has(r.Program.Cid)
	for _, in := range r.Inputs {
		for _, f := range in.Files {
			missing = missing || !e.content.Has(f.Cid)
		}
	}
	if !missing {
		return nil
	}
	peers := append([]poc.PeerID{r.Owner}, more...)
	err := e.node.loop.ask(ctx, func(m *market.Machine) {
		if v, ok := m.View(r.Ref.Job); ok {
			if earlier := v.Tasks; len(earlier) > 0 {
				peers = append(peers, signers(earlier)...)
			}
			for _, s := range v.Seats {
				peers = append(peers, s.Peer)
			}
		}
	})
	if err != nil {
		return nil // the context has ended
	}
	return hostIDs(peers, e.node.self)
}

// signers returns those who signed certificates of the tasks: they have the results.
func signers(tasks []market.TaskView) (ps []poc.PeerID) {
	for _, t := range tasks {
		if t.Certificate != nil {
			for _, a := range t.Certificate.Attestations {
				ps = append(ps, a.Peer)
			}
		}
	}
	return ps
}

// hostIDs converts distinct peer ids other than self.
func hostIDs(ps []poc.PeerID, self poc.PeerID) (out []peer.ID) {
	seen := map[poc.PeerID]bool{self: true}
	for _, p := range ps {
		if seen[p] {
			continue
		}
		seen[p] = true
		if id, err := hostID(p); err == nil {
			out = append(out, id)
		}
	}
	return out
}

// export writes the parts of an input to a file, one after the other.
func (e *executions) export(ctx context.Context, in market.RunInput, path string, from []peer.ID) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	left := int64(in.Size)
	for _, file := range in.Files {
		n, err := e.content.Export(ctx, file.Cid, f, left, from...)
		if err != nil {
			return err
		}
		left -= n
	}
	if left != 0 {
		return fmt.Errorf("its files have %d bytes and not %d", int64(in.Size)-left, in.Size)
	}
	return nil
}

// collect stores the outputs of a run where nobody sees them before the result is certified, and pins them.
func (e *executions) collect(ctx context.Context, r market.Run, ran *gpu.Result, dir string, change func([]string) error) (res poc.Result, err error) {
	if len(ran.Outputs) != len(r.Outputs) {
		return res, fmt.Errorf("the program emitted %d outputs and not %d", len(ran.Outputs), len(r.Outputs))
	}
	var paths []string
	for i, want := range r.Outputs {
		if ran.Outputs[i].Name != want.Name || !filepath.IsLocal(want.Name) {
			return res, fmt.Errorf("the program emitted %q and not %q", ran.Outputs[i].Name, want.Name)
		}
		paths = append(paths, filepath.Join(dir, want.Name))
	}
	if change != nil {
		if err := change(paths); err != nil {
			return res, err
		}
	}
	for i, want := range r.Outputs {
		file, n, err := e.content.AddFile(ctx, paths[i], int64(want.Size), p2p.Withheld)
		if err != nil {
			return res, err
		}
		if uint64(n) != want.Size {
			return res, fmt.Errorf("output %q has %d bytes and not %d", want.Name, n, want.Size)
		}
		res.Outputs = append(res.Outputs, poc.Output{Name: want.Name, File: poc.Link{Cid: file}, Size: want.Size})
	}
	res.Trace = ran.TraceRoot
	if err := e.keepTrace(ctx, r.Ref, ran.Leaves); err != nil {
		return res, err
	}
	return res, e.pin(ctx, r.Ref, res)
}

// maxTrace is how many leaves of a trace are kept for a dispute; a longer one can be compared as a whole only.
const maxTrace = 1 << 14

// keepTrace stores the leaves of a run where nobody sees them.
func (e *executions) keepTrace(ctx context.Context, ref poc.TaskRef, leaves [][32]byte) error {
	if len(leaves) > maxTrace || len(leaves) == 0 { // there is none of what a holder computes
		return nil
	}
	var b []byte
	for _, l := range leaves {
		b = append(b, l[:]...)
	}
	id, err := e.content.PutBlock(ctx, b, cid.Raw, p2p.Withheld)
	if err != nil {
		return err
	}
	return e.content.Pin(ctx, tracePin(ref), id)
}

// pin keeps a result through its document, which links to the outputs. The document is withheld for good.
func (e *executions) pin(ctx context.Context, ref poc.TaskRef, res poc.Result) error {
	doc, err := e.content.PutBlock(ctx, poc.MustEncode(res), cid.DagCBOR, p2p.Withheld)
	if err != nil {
		return err
	}
	return e.content.Pin(ctx, runPin(ref), doc)
}

// progress returns a function that reports progress to the machine, not too often and without ever waiting.
func (e *executions) progress(ref poc.TaskRef) func(done, total uint32) {
	var last time.Time
	return func(done, total uint32) {
		if now := time.Now(); done == total || now.Sub(last) >= progressEvery {
			last = now
			select {
			case e.node.loop.queue <- input{event: market.RunProgress{Ref: ref, Done: done, Total: total}}:
			default: // the next one is as good
			}
		}
	}
}
