package worker

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"gpumesh/gpu"
)

// fatalExit is the exit status of a child whose device must not be used again.
const fatalExit = 5

// progressEvery bounds how often the child reports progress within a phase.
const progressEvery = 50 * time.Millisecond

// Opening is what an Opener is asked for.
type Opening struct {
	Memory uint64               // bytes of all buffers of a program; 0: the device's own limit
	Skip   []string             // adapters that are passed over, as Chosen was told them
	Chosen func(adapter string) // to be told which adapter it is, before anything runs on it, where there may be another one
}

// Opener opens a device. The note tells a person why it is not a better one; it may be empty. An Unsupported error before Chosen was called
// says that no adapter is left.
type Opener func(ctx context.Context, o Opening) (d gpu.Device, note string, err error)

// Child is the main function of the worker process: the binary calls it, before anything else, when it was started as a
// worker, and exits with its result. It talks to the Pool over stdin and stdout and ends when stdin does.
func Child() int { return ChildWith(Devices()) }

// ChildWith is Child with other devices by name, for tests.
func ChildWith(devices map[string]Opener) int {
	sandboxed := confineSelf()
	out, err := takeStdout()
	if err != nil {
		return 3
	}
	in := make(chan request)
	c := &child{in: in, out: out, devices: devices, confined: sandboxed}
	go func() {
		r := bufio.NewReader(os.Stdin)
		for {
			var q request
			if err := readFrame(r, &q); err != nil {
				os.Exit(0) // the parent has gone or speaks another language
			}
			if !c.aside(&q) {
				in <- q
			}
		}
	}()
	for q := range in {
		a := c.handle(q)
		if err := writeFrame(out, a); err != nil {
			return 4
		}
		if a.Code != "" && gpu.IsFatal(&gpu.Error{Code: a.Code}) {
			return fatalExit
		}
	}
	return 0
}

type child struct {
	in      <-chan request
	out     io.Writer
	devices map[string]Opener
	device  gpu.Device
	tasks   gpu.Device  // device, for tasks
	learned gpu.Learned // of the tenant's programs

	confined error // what could not be confined, by this process itself

	paused atomic.Uint64 // number of the run that shall pause
	share  atomic.Int32  // percent
}

// aside handles a message that comes beside the one in progress, on the goroutine that reads.
func (c *child) aside(q *request) bool {
	switch q.Op {
	case opPause:
		c.paused.Store(q.Run)
	case opShare:
		c.share.Store(int32(q.Share))
	default:
		return false
	}
	return true
}

func (c *child) handle(q request) reply {
	ctx := context.Background() // the parent kills this process when it has waited enough
	switch {
	case q.Op == opHello && c.device == nil:
		return c.hello(ctx, q)
	case q.Op == opRun && c.device != nil:
		res, err := c.run(ctx, q)
		if err != nil {
			return failed(err)
		}
		return reply{Result: res}
	case (q.Op == opReplay || q.Op == opDecide) && q.Trial != nil && c.device != nil:
		return c.try(ctx, q)
	case q.Op == opExamine && c.device != nil:
		info, err := gpu.Examine(ctx, c.device)
		if err != nil {
			return failed(err)
		}
		return reply{Info: &info}
	case q.Op == opBench && c.device != nil:
		b, err := gpu.Measure(ctx, c.device)
		if err != nil {
			return failed(err)
		}
		return reply{Bench: &b}
	}
	return failed(gpu.Errorf(gpu.Internal, "the worker got a message out of order"))
}

func failed(err error) reply {
	return reply{Code: gpu.CodeOf(err), Reason: gpu.ReasonOf(err), Overrun: gpu.Overran(err)}
}

func (c *child) hello(ctx context.Context, q request) reply {
	sandbox := measureSandbox()
	if c.confined != nil {
		sandbox.Note = c.confined.Error()
	}
	open := c.devices[q.Device]
	if adapter, ok := strings.CutPrefix(q.Device, AdapterPrefix); ok {
		open = openAdapter(adapter)
	}
	if open == nil {
		return failed(gpu.Errorf(gpu.Unsupported, "device %q is not known", q.Device))
	}
	d, note, err := open(ctx, Opening{Memory: q.Memory, Skip: q.Skip, Chosen: func(adapter string) {
		_ = writeFrame(c.out, reply{Trying: adapter}) // a broken pipe shows when the answer is written
	}})
	if err != nil {
		return failed(err)
	}
	c.device, c.tasks = d, ForTasks(d)
	info := d.Info()
	info.Note = note
	// Drivers of GPUs load files and talk to device nodes later on; software has what it needs.
	if q.Seal && info.Type != gpu.Discrete && info.Type != gpu.Integrated && c.confined == nil {
		sandbox.Sealed = sealSelf() == nil
	}
	return reply{Info: &info, Note: note, Sandbox: sandbox}
}

func (c *child) run(ctx context.Context, q request) (res *gpu.Result, err error) {
	list, err := receive(q.files(), q.Paths)
	if err == nil && len(list) != q.files() {
		err = errors.New("none arrived")
	}
	if err != nil {
		return nil, gpu.Errorf(gpu.Internal, "the worker did not get its files: %v", err)
	}
	defer func() { list.close() }() // those that nothing below has taken
	p, err := gpu.DecodeProgram(q.Program)
	if err != nil {
		return nil, err
	}
	take := func() (f *os.File) {
		f, list = list[0], list[1:]
		return f
	}
	t := gpu.Task{Inputs: make(map[string]gpu.Input, len(q.Inputs)), Seed: q.Seed, Progress: c.progress(), MaxBusy: q.MaxBusy, Learned: &c.learned, Stuck: c.stuck, Share: func() int { return int(c.share.Load()) }}
	for _, name := range q.Inputs {
		f := take()
		defer f.Close()
		if t.Inputs[name], err = section(f); err != nil {
			return nil, gpu.Errorf(gpu.InvalidInput, "input %q cannot be read: %v", name, err)
		}
	}
	outputs := make(map[string]*output, len(q.Outputs))
	for _, name := range q.Outputs {
		f := take()
		outputs[name] = &output{f, bufio.NewWriterSize(f, 256<<10)}
	}
	defer func() {
		for _, o := range outputs {
			if cerr := o.close(); cerr != nil && err == nil {
				res, err = nil, gpu.Errorf(gpu.Internal, "a result cannot be written: %v", cerr)
			}
		}
	}()
	t.Outputs = func(name string, _ int64) (io.Writer, error) {
		if outputs[name] == nil {
			return nil, errors.New("no file came for it")
		}
		return outputs[name].w, nil
	}
	if q.Resume {
		f := take()
		defer f.Close()
		in, err := section(f)
		if err != nil {
			return nil, gpu.Errorf(gpu.InvalidInput, "the checkpoint cannot be read: %v", err)
		}
		if t.Resume, err = gpu.ReadCheckpoint(in); err != nil {
			return nil, err
		}
	}
	if q.Save {
		s := &saver{
			out: c.out, f: take(), next: c.next, every: q.SaveEvery, outputs: outputs, last: time.Now(),
			paused: func() bool { return c.paused.Load() == q.Run },
		}
		defer s.close()
		t.Checkpoint, t.Save = s.save, s.inside
	}
	return gpu.Run(ctx, c.tasks, p, t)
}

// stuck answers in the place of a run that sits in a driver, and ends this process with it.
func (c *child) stuck(err error) {
	_ = writeFrame(c.out, failed(err))
	os.Exit(fatalExit)
}

// next waits for the file of the next checkpoint; nil: there is none.
func (c *child) next() (*os.File, error) {
	q := <-c.in
	if q.Op != opNext || !q.Save {
		return nil, nil
	}
	list, err := receive(1, q.Paths)
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

func section(f *os.File) (*io.SectionReader, error) {
	s, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return io.NewSectionReader(f, 0, s.Size()), nil
}

type output struct {
	f *os.File
	w *bufio.Writer
}

func (o *output) close() error { return errors.Join(o.w.Flush(), o.f.Close()) }

// progress returns a func that reports every change of phase, and steps no more often than progressEvery.
func (c *child) progress() func(gpu.Progress) {
	var phase gpu.Phase
	var last time.Time
	return func(p gpu.Progress) {
		now := time.Now()
		if p.Phase == phase && p.Done < p.Total && now.Sub(last) < progressEvery {
			return
		}
		phase, last = p.Phase, now
		// A broken pipe shows when the answer is written.
		_ = writeFrame(c.out, reply{Progress: &p})
	}
}
