package worker

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"gpumesh/gpu"
)

// progressEvery bounds how often the child reports progress within a phase.
const progressEvery = 50 * time.Millisecond

// Opener opens a device. The note tells a person why it is not a better one; it may be empty.
type Opener func(ctx context.Context) (d gpu.Device, note string, err error)

// Child is the main function of the worker process: the binary calls it, before anything else, when it was started as a
// worker, and exits with its result. It talks to the Pool over stdin and stdout and ends when stdin does.
func Child() int { return ChildWith(Devices()) }

// ChildWith is Child with other devices by name, for tests.
func ChildWith(devices map[string]Opener) int {
	out, err := takeStdout()
	if err != nil {
		return 3
	}
	in := make(chan request)
	go func() {
		r := bufio.NewReader(os.Stdin)
		for {
			var q request
			if err := readFrame(r, &q); err != nil {
				os.Exit(0) // the parent has gone or speaks another language
			}
			in <- q
		}
	}()
	c := &child{out: out, devices: devices}
	for q := range in {
		a := c.handle(q)
		if err := writeFrame(out, a); err != nil {
			return 4
		}
		if a.Code != "" && gpu.IsFatal(&gpu.Error{Code: a.Code}) {
			return 5
		}
	}
	return 0
}

type child struct {
	out     io.Writer
	devices map[string]Opener
	device  gpu.Device
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
	reason := err.Error()
	if e, ok := errors.AsType[*gpu.Error](err); ok {
		reason = e.Reason
	}
	return reply{Code: gpu.CodeOf(err), Reason: reason}
}

func (c *child) hello(ctx context.Context, q request) reply {
	if err := limitProcess(q.Memory); err != nil {
		return failed(gpu.Errorf(gpu.Internal, "the worker cannot limit itself: %v", err))
	}
	open := c.devices[q.Device]
	if open == nil {
		return failed(gpu.Errorf(gpu.Unsupported, "device %q is not known", q.Device))
	}
	d, note, err := open(ctx)
	if err != nil {
		return failed(err)
	}
	c.device = d
	info := d.Info()
	return reply{Info: &info, Note: note}
}

func (c *child) run(ctx context.Context, q request) (res *gpu.Result, err error) {
	p, err := gpu.DecodeProgram(q.Program)
	if err != nil {
		return nil, err
	}
	t := gpu.Task{Inputs: make(map[string]gpu.Input, len(q.Inputs)), Seed: q.Seed, Progress: c.progress()}
	for name, path := range q.Inputs {
		f, err := os.Open(path)
		if err != nil {
			return nil, gpu.Errorf(gpu.InvalidInput, "input %q cannot be opened: %v", name, err)
		}
		defer f.Close()
		s, err := f.Stat()
		if err != nil || !s.Mode().IsRegular() {
			return nil, gpu.Errorf(gpu.InvalidInput, "input %q is not a regular file", name)
		}
		t.Inputs[name] = io.NewSectionReader(f, 0, s.Size())
	}
	var outputs []*output
	defer func() {
		for _, o := range outputs {
			if cerr := o.close(); cerr != nil && err == nil {
				res, err = nil, gpu.Errorf(gpu.Internal, "a result cannot be written: %v", cerr)
			}
		}
	}()
	t.Outputs = func(name string, size int64) (io.Writer, error) {
		f, err := os.OpenFile(filepath.Join(q.OutDir, name), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, err
		}
		o := &output{f, bufio.NewWriterSize(f, 256<<10)}
		outputs = append(outputs, o)
		return o.w, nil
	}
	return gpu.Run(ctx, c.device, p, t)
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
