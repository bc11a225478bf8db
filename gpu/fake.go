package gpu

import (
	"context"
	"encoding/binary"
	"sync/atomic"
)

// FakeKernel computes a whole dispatch. bind holds the bound bytes; what a kernel writes to a read-only binding is lost.
type FakeKernel func(grid [3]uint32, bind [][]byte) error

// Fault is a way in which a Fake misbehaves.
type Fault int

const (
	NoFault      Fault = iota
	FaultHang          // the submission never ends: waits block until their context is done
	FaultLost          // the device is lost from here on
	FaultSilent        // dispatches do nothing, and success is reported
	FaultGarbage       // read-backs return bytes that were never written
)

// Fake is a deterministic Device in memory whose kernels are Go functions, found by entry point name; it does not look at
// the WGSL. Work runs at once in Submit. The zero value of its fields is usable before the first call.
type Fake struct {
	Kernels  map[string]FakeKernel
	Limits   Limits                     // zero: generous ones
	Inject   func(submission int) Fault // asked at every Submit, from 0; may be nil
	OnSubmit func(work []Work)          // observes every submission; may be nil

	submissions int
	fault       Fault
	live        atomic.Int64
}

type fakeKernel struct {
	run      FakeKernel
	bindings []Access
	live     *atomic.Int64
}

type fakeMemory struct {
	b    []byte
	live *atomic.Int64
}

func (f *Fake) Info() Info {
	l := f.Limits
	if l == (Limits{}) {
		l = Limits{MaxBuffer: 1 << 30, MaxTotal: 2 << 30, MaxBindings: MaxBindings, MaxWorkgroup: 1024, MaxShared: 32 << 10}
	}
	return Info{Name: "fake", Type: FakeType, Backend: "fake", Driver: "fake 1", Limits: l}
}

// Live is the number of kernels and buffers that were not released.
func (f *Fake) Live() int { return int(f.live.Load()) }

func (f *Fake) Kernel(ctx context.Context, wgsl, entry string, bindings []Access) (Kernel, error) {
	if ctx.Err() != nil {
		return nil, contextError(ctx)
	}
	run := f.Kernels[entry]
	if run == nil && entry == guardEntry {
		run = func(_ [3]uint32, bind [][]byte) error { guardKernel(bind[0]); return nil }
	}
	if run == nil {
		run = stageKernels[entry]
	}
	if run == nil && wgsl == canarySource {
		run = fakeCanary(entry)
	}
	if run == nil {
		return nil, Errorf(InvalidProgram, "entry point %q is not known to the fake", entry)
	}
	f.live.Add(1)
	return &fakeKernel{run, append([]Access(nil), bindings...), &f.live}, nil
}

func (f *Fake) Alloc(size uint64) (Memory, error) {
	if size == 0 || size%4 != 0 {
		return nil, Errorf(Internal, "a buffer of %d bytes: the size must be a positive multiple of 4", size)
	}
	if l := f.Info().Limits; size > l.MaxBuffer {
		return nil, Errorf(TooLarge, "a buffer of %d bytes: this device allows %d", size, l.MaxBuffer)
	}
	f.live.Add(1)
	return &fakeMemory{make([]byte, size), &f.live}, nil
}

func (f *Fake) bytes(r Range) ([]byte, error) {
	m, ok := r.Memory.(*fakeMemory)
	if !ok || m.b == nil {
		return nil, Errorf(Internal, "the memory does not belong to this device or was released")
	}
	if n := uint64(len(m.b)); r.Len == 0 || r.Len%4 != 0 || r.Off%4 != 0 || r.Off > n || r.Len > n-r.Off {
		return nil, Errorf(Internal, "bytes %d to %d of a buffer of %d bytes", r.Off, r.Off+r.Len, n)
	}
	return m.b[r.Off : r.Off+r.Len : r.Off+r.Len], nil
}

func (f *Fake) Write(m Memory, off uint64, p []byte) error {
	b, err := f.bytes(Range{m, off, uint64(len(p))})
	if err != nil {
		return err
	}
	copy(b, p)
	return nil
}

func (f *Fake) Submit(ctx context.Context, work []Work) error {
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	if f.OnSubmit != nil {
		f.OnSubmit(work)
	}
	if f.Inject != nil && f.fault != FaultHang && f.fault != FaultLost {
		f.fault = f.Inject(f.submissions)
	}
	f.submissions++
	if f.fault == FaultLost {
		return Errorf(DeviceLost, "the device was lost")
	}
	for i := range work {
		if err := f.run(&work[i]); err != nil {
			return err
		}
	}
	return nil
}

func (f *Fake) run(w *Work) error {
	bind := make([][]byte, len(w.Bind))
	for i, r := range w.Bind {
		b, err := f.bytes(r)
		if err != nil {
			return err
		}
		bind[i] = b
	}
	switch {
	case w.Op == Dispatch && (f.fault == FaultSilent || f.fault == FaultHang):
	case w.Op == Dispatch:
		k, ok := w.Kernel.(*fakeKernel)
		if !ok || k.run == nil || len(bind) != len(k.bindings) {
			return Errorf(Internal, "the kernel does not belong to this device, was released or has other bindings")
		}
		for i, a := range k.bindings {
			if a != ReadWrite {
				bind[i] = append([]byte(nil), bind[i]...)
			}
		}
		return k.run(w.Grid, bind)
	case w.Op == Copy && len(bind) == 2 && len(bind[0]) == len(bind[1]):
		copy(bind[1], bind[0])
	case w.Op == Fill && len(bind) == 1:
		for p := bind[0]; len(p) > 0; p = p[4:] {
			binary.LittleEndian.PutUint32(p, w.Value)
		}
	default:
		return Errorf(Internal, "op %q with %d ranges is not a device command", w.Op, len(bind))
	}
	return nil
}

func (f *Fake) Read(ctx context.Context, m Memory, off uint64, p []byte) error {
	if err := f.Wait(ctx); err != nil {
		return err
	}
	b, err := f.bytes(Range{m, off, uint64(len(p))})
	if err != nil {
		return err
	}
	copy(p, b)
	if f.fault == FaultGarbage {
		for i := range p {
			p[i] ^= 0xa5
		}
	}
	return nil
}

func (f *Fake) Wait(ctx context.Context) error {
	switch f.fault {
	case FaultHang:
		<-ctx.Done()
	case FaultLost:
		return Errorf(DeviceLost, "the device was lost")
	}
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	return nil
}

func (f *Fake) Close() error { return nil }

func (k *fakeKernel) Release() {
	if k.run != nil {
		k.run = nil
		k.live.Add(-1)
	}
}

func (m *fakeMemory) Size() uint64 { return uint64(len(m.b)) }

func (m *fakeMemory) Release() {
	if m.b != nil {
		m.b = nil
		m.live.Add(-1)
	}
}
