package worker

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"gpumesh/gpu"
)

// maxKernels bounds the compiled kernels that a child keeps between tasks.
const maxKernels = 256

// keeping is a device that keeps compiled kernels for the next task: a job's tasks run the same program, and with most
// drivers compiling takes longer than a short task. It stands in for the drivers' own caches on disk, which a child may not
// use, because a child and what it keeps serve one tenant only.
type keeping struct {
	gpu.Device
	kernels map[string]*keptKernel
	idle    []string // keys of kernels that no task uses, the oldest first
}

type keptKernel struct {
	gpu.Kernel
	in    *keeping
	key   string
	users int
}

// lease is a task's hold on a kept kernel.
type lease struct{ k *keptKernel }

// ForTasks is the device as a child's tasks get it, for measurements.
func ForTasks(d gpu.Device) gpu.Device {
	k := keepKernels(d)
	if s, ok := d.(gpu.Streamer); ok {
		return streaming{k, s}
	}
	return k
}

// streaming is one whose device is a gpu.Streamer.
type streaming struct {
	*keeping
	gpu.Streamer
}

func keepKernels(d gpu.Device) *keeping {
	return &keeping{Device: d, kernels: make(map[string]*keptKernel)}
}

func (d *keeping) Kernel(ctx context.Context, wgsl, entry string, bindings []gpu.Access) (gpu.Kernel, error) {
	key := fmt.Sprintf("%x %q %q", sha256.Sum256([]byte(wgsl)), entry, bindings)
	k := d.kernels[key]
	if k == nil {
		compiled, err := d.Device.Kernel(ctx, wgsl, entry, bindings)
		if err != nil {
			return nil, err
		}
		k = &keptKernel{Kernel: compiled, in: d, key: key}
		d.kernels[key] = k
	}
	if k.users++; k.users == 1 {
		d.idle = slices.DeleteFunc(d.idle, func(s string) bool { return s == key })
	}
	return &lease{k}, nil
}

func (d *keeping) Submit(ctx context.Context, work []gpu.Work) error {
	return d.Device.Submit(ctx, kept(work))
}

// SubmitRead is a gpu.SubmitReader's, and saves a wait where the device does.
func (d *keeping) SubmitRead(ctx context.Context, work []gpu.Work, m gpu.Memory, p []byte) error {
	if r, ok := d.Device.(gpu.SubmitReader); ok {
		return r.SubmitRead(ctx, kept(work), m, p)
	}
	if err := d.Submit(ctx, work); err != nil {
		return err
	}
	return d.Read(ctx, m, 0, p)
}

// kept is work with the kernels of the device itself.
func kept(work []gpu.Work) []gpu.Work {
	work = slices.Clone(work)
	for i := range work {
		if l, ok := work[i].Kernel.(*lease); ok && l.k != nil {
			work[i].Kernel = l.k.Kernel
		}
	}
	return work
}

func (l *lease) Release() {
	k := l.k
	if k == nil {
		return
	}
	l.k = nil
	if k.users--; k.users > 0 {
		return
	}
	d := k.in
	d.idle = append(d.idle, k.key)
	if len(d.idle) > maxKernels {
		d.kernels[d.idle[0]].Kernel.Release()
		delete(d.kernels, d.idle[0])
		d.idle = d.idle[1:]
	}
}
