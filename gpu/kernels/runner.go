package kernels

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"slices"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
)

// Runner is a kernel on a device, with buffers of its own, to be run again and again. It is used by one goroutine at a time, and
// nothing guards its results as gpu.Run does: it is for measuring.
type Runner struct {
	d    gpu.Device
	k    *Kernel
	mem  []gpu.Memory
	code map[uint16]gpu.Kernel
	work []gpu.Work

	times []time.Duration // of one run, by measurement
	first time.Duration   // until the first results, with compilation; 0 where it does not count
}

// NewRunner brings k to the device. The inputs hold small numbers that depend on nothing but their place. Errors are those of
// gpu.Check, Report.Fits and of the device.
func NewRunner(ctx context.Context, d gpu.Device, k *Kernel) (*Runner, error) {
	report, err := gpu.Check(k.Program())
	if err != nil {
		return nil, err
	}
	if err := report.Fits(d.Info()); err != nil {
		return nil, err
	}
	s := &Runner{d: d, k: k, code: make(map[uint16]gpu.Kernel)}
	if err := s.load(ctx); err != nil {
		s.Close(ctx, err)
		return nil, err
	}
	return s, nil
}

func (s *Runner) load(ctx context.Context) error {
	for i, b := range s.k.Buffers {
		m, err := s.d.Alloc(b.Len)
		if err != nil {
			return err
		}
		s.mem = append(s.mem, m)
		if b.Kind == gpu.Const {
			if err := s.d.Write(m, 0, sample(b, uint32(i))); err != nil {
				return err
			}
		}
	}
	before, err := s.commands(ctx, s.k.Init)
	if err != nil {
		return err
	}
	if s.work, err = s.commands(ctx, s.k.Commands); err != nil || before == nil {
		return err
	}
	return s.d.Submit(ctx, before)
}

// commands is device work for a list of commands.
func (s *Runner) commands(ctx context.Context, list []gpu.Command) (work []gpu.Work, err error) {
	for _, c := range list {
		w := gpu.Work{Op: c.Op, Grid: c.Grid, Value: c.Value}
		if c.Op == gpu.Dispatch {
			if w.Kernel, err = s.compile(ctx, c); err != nil {
				return nil, err
			}
		}
		for _, b := range c.Bind {
			m := s.mem[b.Buffer]
			w.Bind = append(w.Bind, gpu.Range{Memory: m, Off: b.Off, Len: cmp.Or(b.Len, m.Size()-b.Off)})
		}
		work = append(work, w)
	}
	return work, nil
}

func (s *Runner) compile(ctx context.Context, c gpu.Command) (gpu.Kernel, error) {
	if have := s.code[c.Module]; have != nil {
		return have, nil
	}
	m, err := wgsl.Parse(s.k.Modules[c.Module].WGSL)
	if err != nil {
		return nil, gpu.Errorf(gpu.InvalidProgram, "%v", err)
	}
	access := make([]gpu.Access, len(c.Bind))
	for _, b := range m.Entries[0].Bindings {
		access[b.Index] = gpu.Access(b.Access)
	}
	made, err := s.d.Kernel(ctx, m.Portable, c.Entry, access)
	if err != nil {
		return nil, err
	}
	s.code[c.Module] = made
	return made, nil
}

// Run runs the kernel's commands once, of a kernel with several steps those of a step, and waits for them.
func (s *Runner) Run(ctx context.Context) error { return s.Repeat(ctx, 1) }

// Write fills an input. Errors are those of the device, and one for a name or length that the kernel does not have.
func (s *Runner) Write(name string, p []byte) error {
	i, err := s.buffer(name)
	if err != nil {
		return err
	}
	if n := s.k.Buffers[i].Len; uint64(len(p)) != n {
		return gpu.Errorf(gpu.InvalidInput, "%s: %q has %d bytes, not %d", s.k.Name, name, n, len(p))
	}
	return s.d.Write(s.mem[i], 0, p)
}

// Read returns the content of a buffer. Errors are those of Write.
func (s *Runner) Read(ctx context.Context, name string) ([]byte, error) {
	i, err := s.buffer(name)
	if err != nil {
		return nil, err
	}
	p := make([]byte, s.k.Buffers[i].Len)
	return p, s.d.Read(ctx, s.mem[i], 0, p)
}

func (s *Runner) buffer(name string) (int, error) {
	i := slices.IndexFunc(s.k.Buffers, func(b gpu.Buffer) bool { return b.Name == name })
	if i < 0 {
		return 0, gpu.Errorf(gpu.InvalidInput, "%s has no buffer %q", s.k.Name, clip(name))
	}
	return i, nil
}

// warm runs the kernel once, unmeasured, because drivers put things off until the first use, and reads its outputs.
func (s *Runner) warm(ctx context.Context) ([][]byte, error) {
	if err := s.Repeat(ctx, 1); err != nil {
		return nil, err
	}
	return s.results(ctx)
}

// measure runs the kernel for about tuneTime, and keeps what a run took.
func (s *Runner) measure(ctx context.Context) error {
	n := time.Duration(1)
	if len(s.times) > 0 {
		n = min(max(tuneTime/slices.Min(s.times), 1), 64)
	}
	start := time.Now()
	if err := s.Repeat(ctx, int(n)); err != nil {
		return err
	}
	s.times = append(s.times, max(time.Since(start)/n, 1))
	return nil
}

// cost is the median of what a run took, with its part of the first; 0 before a measurement.
func (s *Runner) cost() time.Duration {
	if len(s.times) == 0 {
		return 0
	}
	times := slices.Sorted(slices.Values(s.times))
	return times[len(times)/2] + s.first/tuneReuse
}

// Repeat runs them n times, and waits for the last one.
func (s *Runner) Repeat(ctx context.Context, n int) error {
	var work []gpu.Work
	for range n {
		work = append(work, s.work...)
	}
	if err := s.d.Submit(ctx, work); err != nil {
		return err
	}
	return s.d.Wait(ctx)
}

// results reads the outputs.
func (s *Runner) results(ctx context.Context) ([][]byte, error) {
	var list [][]byte
	for i, b := range s.k.Buffers {
		if b.Kind == gpu.Output {
			p := make([]byte, b.Len)
			if err := s.d.Read(ctx, s.mem[i], 0, p); err != nil {
				return nil, err
			}
			list = append(list, p)
		}
	}
	return list, nil
}

// Close releases what the runner holds. err is what the work on the device ended with: after an error that leaves the device
// unusable or busy, nothing may be released.
func (s *Runner) Close(ctx context.Context, err error) {
	if err != nil && (gpu.IsFatal(err) || ctx.Err() != nil) {
		return
	}
	for _, k := range s.code {
		k.Release()
	}
	for _, m := range s.mem {
		m.Release()
	}
}

// sample is the content of an input: numbers from -1 to 1 or from 0 to 255.
func sample(b gpu.Buffer, seed uint32) []byte {
	p := make([]byte, 0, b.Len)
	for range b.Len / 4 {
		seed = seed*1664525 + 1013904223
		v := seed >> 24
		if b.Type == gpu.F32 {
			v = math.Float32bits(float32(v)/128 - 1)
		}
		p = binary.LittleEndian.AppendUint32(p, v)
	}
	return p
}
