package kernels

import (
	"context"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
)

// session is a kernel on a device, with buffers of its own.
type session struct {
	d    gpu.Device
	k    *Kernel
	mem  []gpu.Memory
	code map[uint16]gpu.Kernel
	work []gpu.Work
}

// open brings k to the device. The inputs hold small numbers that depend on nothing but their place.
func open(ctx context.Context, d gpu.Device, k *Kernel) (*session, error) {
	report, err := gpu.Check(k.Program())
	if err != nil {
		return nil, err
	}
	if err := report.Fits(d.Info()); err != nil {
		return nil, err
	}
	s := &session{d: d, k: k, code: make(map[uint16]gpu.Kernel)}
	if err := s.load(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) load(ctx context.Context) error {
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
	for _, c := range s.k.Commands {
		w := gpu.Work{Op: c.Op, Grid: c.Grid, Value: c.Value}
		if c.Op == gpu.Dispatch {
			var err error
			if w.Kernel, err = s.compile(ctx, c); err != nil {
				return err
			}
		}
		for _, b := range c.Bind {
			w.Bind = append(w.Bind, gpu.Range{Memory: s.mem[b.Buffer], Len: s.mem[b.Buffer].Size()})
		}
		s.work = append(s.work, w)
	}
	return nil
}

func (s *session) compile(ctx context.Context, c gpu.Command) (gpu.Kernel, error) {
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

// time runs the kernel n times and returns the average.
func (s *session) time(ctx context.Context, n int) (time.Duration, error) {
	var work []gpu.Work
	for range n {
		work = append(work, s.work...)
	}
	start := time.Now()
	if err := s.d.Submit(ctx, work); err != nil {
		return 0, err
	}
	if err := s.d.Wait(ctx); err != nil {
		return 0, err
	}
	return time.Since(start) / time.Duration(n), nil
}

func (s *session) close() {
	for _, k := range s.code {
		k.Release()
	}
	for _, m := range s.mem {
		m.Release()
	}
}
