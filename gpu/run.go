package gpu

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// Input is the content of one input. *bytes.Reader and *io.SectionReader are Inputs.
type Input interface {
	io.ReaderAt
	Size() int64
}

// Task is what one execution of a Program adds to it.
type Task struct {
	// Inputs by buffer name: every Const and Slice buffer needs one, a State buffer may have one; see Report.Inputs.
	Inputs map[string]Input

	// Outputs is called once per result, in buffer order, before anything runs. The result is written to the writer as it
	// is read back; several results may be written in turns. A nil func, or a nil writer, discards: hashes are still computed.
	Outputs func(name string, size int64) (io.Writer, error)

	Seed uint64 // goes to the Params buffer

	// Share tells, before each submission, the percentage of time in which the device may be busy; the rest is slept between
	// submissions. A nil func, and what is not 1 to 99, mean all of it.
	Share func() int

	// MaxBusy bounds the time that the device spends on the run, whatever the wall clock says; beyond it the run ends with a
	// Timeout error after the submission that used it up. 0: no bound. Progress tells what was used, for who resumes the run.
	MaxBusy time.Duration

	// Stuck is called from another goroutine, with the error that Run would end with, when a submission does not return long after the time
	// that it may take: Run is stuck in a driver, and only the end of the process helps. It may be nil.
	Stuck func(error)

	// Learned is what earlier runs on the device found out, and where this one adds to that. It may be nil.
	Learned *Learned

	// Progress is called on the goroutine of Run, after each phase change and each submission. It may be nil.
	Progress func(Progress)

	// Checkpoint is called on the goroutine of Run after every segment that something follows, and where Save says so. It may save c, and must not
	// keep it: State is read from the device while the call lasts. An error ends the run with it. It may be nil.
	Checkpoint func(c *Checkpoint) error

	// Save is asked, on the goroutine of Run, after every step that ends no segment: whether Checkpoint is called there, too. nil: never.
	Save func() bool

	// Resume is where the run goes on; nil: it starts at the beginning. Inputs of State buffers are then not read. Outputs
	// get all their content, from the first row.
	Resume *Checkpoint

	// Record has the run tell the state of the memory inside one segment, for a dispute about its leaf. nil: it does not.
	Record *Record
}

// Phase is what Run is doing.
type Phase string

const (
	Compiling Phase = "compile"
	Uploading Phase = "upload"
	Running   Phase = "run"
)

// Progress tells how far Run is.
type Progress struct {
	Phase Phase
	Done  uint32        // steps whose commands have run
	Total uint32        // steps
	Busy  time.Duration // of the device, so far
}

// Result describes what a run produced. For a program of the exact tier, everything but Timings is the same on every device.
type Result struct {
	Outputs   []OutputInfo // in buffer order
	Leaves    [][32]byte   // one per segment, and one more when Final is not empty; see leafHash for their content
	TraceRoot [32]byte     // TraceRoot(Leaves)
	Timings   Timings
}

// OutputInfo describes one result.
type OutputInfo struct {
	Name string
	Type Type
	Size uint64   // bytes
	Root [32]byte // Merkle root in chunks of ChunkSize; of a result that is emitted once, the one in the last leaf
}

// Timings are wall-clock times on the executing machine, for information only.
type Timings struct {
	Check, Compile, Upload, Run, Readback time.Duration
	Save                                  time.Duration // in Task.Checkpoint, but for reading the state back
	Submissions                           uint32
	Longest                               time.Duration // the longest submission
}

const (
	streamed = 1 << 20  // bytes from which on a Streamer is used as such
	ioChunk  = 16 << 20 // bytes moved between host and device at once; a multiple of ChunkSize
	rowsRoom = 8 << 20  // device bytes for emitted rows that wait to be read back
	overhead = 32 << 20 // device bytes that Run may use beyond the program's buffers
)

// Run executes the program. It checks it first, as Check does, and refuses what the device cannot run. After an error that
// IsFatal reports, and after Canceled, the device may still be busy with the program: use a fresh one in a fresh process.
func Run(ctx context.Context, d Device, p *Program, t Task) (*Result, error) {
	return run(ctx, d, p, t, false)
}

// run is Run; with one it ends after one segment, and the outputs are not complete.
func run(ctx context.Context, d Device, p *Program, t Task, one bool) (*Result, error) {
	start := time.Now()
	rep, err := t.Learned.check(p)
	if err != nil {
		return nil, err
	}
	if err := rep.Fits(d.Info()); err != nil {
		return nil, err
	}
	if err := checkInputs(rep, t.Inputs); err != nil {
		return nil, err
	}
	e := newExecutor(d, p, rep, t)
	if e.record, err = newRecorder(t.Record, p); err != nil {
		return nil, err
	}
	if one {
		e.end = 1
	}
	if t.Record != nil && t.Record.all {
		e.end = t.Record.Leaf + 1
	}
	if t.Resume != nil {
		if err := e.checkResume(); err != nil {
			return nil, err
		}
		if one {
			e.end = len(t.Resume.Leaves) + 1
		}
	}
	e.times.Check = time.Since(start)
	res, err := e.run(ctx)
	if err == nil || !IsFatal(err) && ctx.Err() == nil {
		e.release()
	}
	if err != nil && ctx.Err() != nil {
		err = contextError(ctx) // whatever broke off first, this is why
	}
	return res, err
}

func checkInputs(rep *Report, inputs map[string]Input) error {
	known := make(map[string]bool, len(rep.Inputs))
	for _, s := range rep.Inputs {
		known[s.Name] = true
		in := inputs[s.Name]
		switch {
		case in == nil && s.Optional:
		case in == nil:
			return Errorf(InvalidInput, "input %q is missing: the program needs %d bytes of %s", s.Name, s.Size, s.Type)
		case in.Size() < 0 || uint64(in.Size()) < s.Size:
			return Errorf(InvalidInput, "input %q has %d bytes; the program needs %d", s.Name, in.Size(), s.Size)
		case s.Kind != Slice && uint64(in.Size()) > s.Size:
			return Errorf(InvalidInput, "input %q has %d bytes; the program takes exactly %d", s.Name, in.Size(), s.Size)
		}
	}
	for name := range inputs {
		if !known[name] {
			return Errorf(InvalidInput, "input %q is not an input of this program", clip(name))
		}
	}
	return nil
}

// contextError is the typed form of a finished context's error.
func contextError(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return Errorf(Timeout, "the deadline passed before the program had finished")
	}
	return Errorf(Canceled, "the run was canceled")
}

// executor holds one run. Buffers are addressed by their index in the Program; Swap exchanges entries of mem.
type executor struct {
	d     Device
	p     *Program
	rep   *Report
	t     Task
	times Timings
	now   func() time.Time // for submissions

	guard    *guard
	sched    *scheduler
	kernels  map[string]Kernel
	ids      map[string]kernelID
	commands [3][]Kernel // per list and command; nil where not a dispatch
	mem      []Memory
	tails    []tail
	slicings map[place]*slicing
	slice    Memory   // nil when nothing was cut
	zeros    Memory   // nil when no module needs it
	temps    [3][]int // Temp buffers that a list uses
	dirty    []bool   // Temp buffers that may hold something else than zeros
	load     *loader
	results  []*result // by buffer; nil where none
	buf      []byte
	done     uint32 // steps added to the scheduler in full, or done before the checkpoint that this run resumes
	leaves   [][32]byte
	end      int       // leaves after which the run ends; 0: all
	record   *recorder // nil: none
}

func newExecutor(d Device, p *Program, rep *Report, t Task) *executor {
	return &executor{d: d, p: p, rep: rep, t: t, now: time.Now, kernels: make(map[string]Kernel), ids: make(map[string]kernelID), slicings: make(map[place]*slicing)}
}

func (e *executor) run(ctx context.Context) (*Result, error) {
	clock := time.Now()
	lap := func(d *time.Duration) {
		now := time.Now()
		*d = now.Sub(clock)
		clock = now
	}
	e.progress(Compiling)
	if err := e.compile(ctx); err != nil {
		return nil, err
	}
	lap(&e.times.Compile)
	e.progress(Uploading)
	if err := e.openResults(); err != nil {
		return nil, err
	}
	if err := e.upload(ctx); err != nil {
		return nil, err
	}
	if e.t.Resume != nil {
		if err := e.resume(ctx); err != nil {
			return nil, err
		}
	}
	lap(&e.times.Upload)
	e.progress(Running)
	if err := e.execute(ctx); err != nil {
		return nil, err
	}
	e.remember()
	lap(&e.times.Run)
	e.times.Run -= e.times.Readback + e.times.Save
	e.times.Submissions, e.times.Longest = e.sched.submissions, e.sched.longest
	res := &Result{Leaves: e.leaves, TraceRoot: TraceRoot(e.leaves), Timings: e.times}
	for i, r := range e.results {
		if r != nil {
			b := &e.p.Buffers[i]
			res.Outputs = append(res.Outputs, OutputInfo{b.Name, b.Type, r.size, r.tree.Root()})
		}
	}
	return res, nil
}

func (e *executor) progress(phase Phase) {
	if e.t.Progress != nil {
		g := Progress{Phase: phase, Done: e.done, Total: e.p.Steps}
		if e.sched != nil {
			g.Busy = e.sched.busy
		}
		e.t.Progress(g)
	}
}

func (e *executor) compile(ctx context.Context) (err error) {
	if e.guard, err = newGuard(ctx, e.d); err != nil {
		return err
	}
	e.sched = newScheduler(e.d, e.guard)
	e.sched.now = e.now
	e.sched.share, e.sched.limit, e.sched.most, e.sched.stuck = e.t.Share, e.t.MaxBusy, LongestDispatch(e.d.Info().Type), e.t.Stuck
	e.sched.flushed = func() { e.progress(Running) }
	e.expect()
	for li, l := range e.p.lists() {
		e.commands[li] = make([]Kernel, len(l.commands))
		for i, c := range l.commands {
			if c.Op != Dispatch {
				continue
			}
			if e.mayTakeLong(place{li, i}, &l.commands[i]) {
				s, err := e.slicing(ctx, place{li, i}, &l.commands[i])
				if err != nil {
					return err
				}
				if s != nil {
					continue // as one it is made when it is known to be short
				}
			}
			if e.commands[li][i], err = e.whole(ctx, li, i, &l.commands[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// whole is the kernel of a dispatch that is not cut.
func (e *executor) whole(ctx context.Context, li, i int, c *Command) (Kernel, error) {
	access := e.rep.access[li][i]
	if f := e.rep.forms[c.Module]; f != nil {
		if err := e.zero(); err != nil {
			return nil, err
		}
		access = append(slices.Clip(access), slices.Repeat([]Access{Uniform}, int(f.Zeros)+1-len(access))...)
	}
	return e.kernel(ctx, c, e.rep.source(c.Module), "", access)
}

// kernel compiles an entry point, once for every form and access.
func (e *executor) kernel(ctx context.Context, c *Command, source, form string, access []Access) (Kernel, error) {
	key := fmt.Sprint(c.Module, c.Entry, form, access)
	if k := e.kernels[key]; k != nil {
		return k, nil
	}
	k, err := e.d.Kernel(ctx, source, c.Entry, access)
	if err != nil {
		return nil, inModule(e.p.Modules[c.Module].Name, err)
	}
	e.kernels[key] = k
	return k, nil
}

// zero allocates the buffer of zeros that reproducible modules read. It also stands for bindings that a command leaves out.
func (e *executor) zero() (err error) {
	if e.zeros == nil {
		e.zeros, err = e.d.Alloc(zerosSize)
	}
	return err
}

const zerosSize = 16 // bytes

// inModule adds the module's name to a compiler's complaint.
func inModule(name string, err error) error {
	if ge, ok := errors.AsType[*Error](err); ok {
		return Errorf(ge.Code, "module %q: %s", name, ge.Reason)
	}
	return err
}

func (e *executor) upload(ctx context.Context) error {
	e.mem = make([]Memory, len(e.p.Buffers))
	e.tails = make([]tail, len(e.p.Buffers))
	e.dirty = make([]bool, len(e.p.Buffers))
	for i := range e.p.Buffers {
		b := &e.p.Buffers[i]
		if err := e.allocate(i); err != nil {
			return err
		}
		if in := e.t.Inputs[b.Name]; in != nil && (b.Kind == Const || b.Kind == State && e.t.Resume == nil) {
			if err := e.copyIn(ctx, e.mem[i], in, b.Name, 0, b.Len); err != nil {
				return err
			}
		}
	}
	for li, l := range e.p.lists() {
		used := make([]bool, len(e.p.Buffers))
		for _, c := range l.commands {
			for _, b := range c.Bind {
				if e.p.Buffers[b.Buffer].Kind == Temp && !used[b.Buffer] {
					used[b.Buffer] = true
					e.temps[li] = append(e.temps[li], int(b.Buffer))
				}
			}
		}
	}
	var err error
	if e.load, err = newLoader(e); err != nil {
		return err
	}
	return e.openRings()
}

// copyIn writes n bytes of an input, from off, to the start of m.
func (e *executor) copyIn(ctx context.Context, m Memory, in Input, name string, off, n uint64) error {
	if s, ok := e.d.(Streamer); ok && n >= streamed {
		return s.WriteFrom(m, 0, n, func(p []byte) error {
			if ctx.Err() != nil {
				return contextError(ctx)
			}
			off += uint64(len(p))
			return readInput(in, name, p, off-uint64(len(p)))
		})
	}
	e.grow(n)
	for at := uint64(0); at < n; {
		if ctx.Err() != nil {
			return contextError(ctx)
		}
		p := e.buf[:min(n-at, uint64(len(e.buf)))]
		if err := readInput(in, name, p, off+at); err != nil {
			return err
		}
		if err := e.d.Write(m, at, p); err != nil {
			return err
		}
		at += uint64(len(p))
	}
	return nil
}

func readInput(in Input, name string, p []byte, off uint64) error {
	if n, err := in.ReadAt(p, int64(off)); n < len(p) {
		return Errorf(InvalidInput, "input %q cannot be read at byte %d: %v", name, off+uint64(n), err)
	}
	return nil
}

func (e *executor) execute(ctx context.Context) error {
	p := e.p
	if len(p.Init) > 0 && e.t.Resume == nil {
		if err := e.load.direct(ctx, 0, 0); err != nil {
			return err
		}
		if err := e.list(ctx, 0, Part{List: "init"}, nil); err != nil {
			return err
		}
	}
	for step := e.done; step < p.Steps; step++ {
		if ctx.Err() != nil { // steps that give the device nothing to do meet nobody else who looks
			return contextError(ctx)
		}
		copies, err := e.load.step(ctx, step)
		if err != nil {
			return err
		}
		if err := e.list(ctx, 1, Part{"step", step}, copies); err != nil {
			return err
		}
		e.done = step + 1
		if err := e.emit(ctx, step+1); err != nil {
			return err
		}
		if !p.ends(step + 1) {
			if err := e.within(ctx); err != nil {
				return err
			}
		} else {
			if err := e.leaf(ctx, step+1 == p.Steps && len(p.Final) == 0); err != nil {
				return err
			}
			if len(e.leaves) == e.end {
				return nil
			}
		}
	}
	if len(p.Final) == 0 {
		return nil
	}
	if err := e.load.direct(ctx, p.Steps, p.Steps-1); err != nil {
		return err
	}
	if err := e.list(ctx, 2, Part{List: "final"}, nil); err != nil {
		return err
	}
	return e.leaf(ctx, true)
}

// list schedules one command list, after the given copies and the zeroing of its temp buffers.
func (e *executor) list(ctx context.Context, li int, part Part, first []Work) error {
	begin, bytes := first, uint64(0)
	for _, w := range first {
		bytes += w.Bind[0].Len
	}
	for _, i := range e.temps[li] {
		if e.dirty[i] {
			begin = append(begin, Work{Op: Fill, Bind: []Range{{e.mem[i], 0, e.p.Buffers[i].Len}}})
			bytes += e.p.Buffers[i].Len
		}
		e.dirty[i] = true
	}
	if err := e.sched.add(ctx, place{li, -1}, bytes/4, begin...); err != nil {
		return err
	}
	recording := e.recording(part)
	if recording {
		for _, i := range e.temps[li] {
			e.record.stale[i] = true // zeroed
		}
		if err := e.mark(ctx, part, -1); err != nil {
			return err
		}
	}
	commands := e.p.lists()[li].commands
	for i := range commands {
		if err := e.command(ctx, li, i, &commands[i]); err != nil {
			return err
		}
		if recording {
			e.record.wrote(e, li, i)
			if err := e.mark(ctx, part, i); err != nil {
				return err
			}
		}
	}
	return e.markPart(ctx, li, part)
}

// command schedules command i of a list.
func (e *executor) command(ctx context.Context, li, i int, c *Command) error {
	if c.Op == Swap {
		a, b := c.Bind[0].Buffer, c.Bind[1].Buffer
		e.mem[a], e.mem[b] = e.mem[b], e.mem[a]
		e.tails[a], e.tails[b] = e.tails[b], e.tails[a]
		return nil
	}
	w := Work{Op: c.Op, Grid: c.Grid, Value: c.Value, Bind: make([]Range, len(c.Bind))}
	for j, b := range c.Bind {
		w.Bind[j] = Range{e.mem[b.Buffer], b.Off, e.p.span(b)}
	}
	if c.Op == Dispatch && e.rep.forms[c.Module] != nil {
		for len(w.Bind) <= int(e.rep.forms[c.Module].Zeros) {
			w.Bind = append(w.Bind, Range{e.zeros, 0, zerosSize})
		}
	}
	if c.Op == Dispatch {
		return e.dispatch(ctx, place{li, i}, c, w)
	}
	return e.sched.add(ctx, place{li, i}, w.Bind[0].Len/4, w)
}

func (e *executor) release() {
	if e.guard != nil {
		e.guard.release()
	}
	for _, k := range e.kernels {
		k.Release()
	}
	for _, m := range e.mem {
		if m != nil {
			m.Release()
		}
	}
	for _, m := range []Memory{e.zeros, e.slice} {
		if m != nil {
			m.Release()
		}
	}
	if e.load != nil && e.load.stage != nil {
		e.load.stage.Release()
	}
	for _, r := range e.results {
		if r != nil && r.ring != nil {
			r.ring.Release()
		}
	}
}
