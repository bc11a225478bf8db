package worker

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

func TestKeepingDeviceKeepsTheContract(t *testing.T) {
	gputest.TestDevice(t, func(*testing.T) gpu.Device { return keepKernels(&gpu.Fake{Kernels: gputest.FakeKernels()}) })
}

type counting struct {
	*gpu.Fake
	compiled int
}

func (c *counting) Kernel(ctx context.Context, wgsl, entry string, bindings []gpu.Access) (gpu.Kernel, error) {
	c.compiled++
	return c.Fake.Kernel(ctx, wgsl, entry, bindings)
}

// reading is a device that saves a wait.
type reading struct {
	*gpu.Fake
	saved, waits int
}

func (r *reading) SubmitRead(ctx context.Context, work []gpu.Work, m gpu.Memory, p []byte) error {
	r.saved++
	if err := r.Fake.Submit(ctx, work); err != nil {
		return err
	}
	return r.Fake.Read(ctx, m, 0, p)
}

func (r *reading) Submit(ctx context.Context, work []gpu.Work) error {
	r.waits++
	return r.Fake.Submit(ctx, work)
}

// A batch of a task waits once, where the device can do that.
func TestABatchOfATaskWaitsOnce(t *testing.T) {
	r := &reading{Fake: &gpu.Fake{Kernels: gputest.FakeKernels()}}
	res, err := gpu.Run(t.Context(), ForTasks(r), gputest.Program(), gpu.Task{Inputs: gputest.Inputs(), Seed: 1<<40 + 5})
	require.NoError(t, err)
	require.Equal(t, gputest.TraceRoot, fmt.Sprintf("%x", res.TraceRoot))
	require.Zero(t, r.waits)
	require.Equal(t, int(res.Timings.Submissions), r.saved)
}

func TestKernelsAreKept(t *testing.T) {
	c := &counting{Fake: &gpu.Fake{Kernels: gputest.FakeKernels()}}
	d := keepKernels(c)
	run := func() {
		res, err := gpu.Run(t.Context(), d, gputest.Program(), gpu.Task{Inputs: gputest.Inputs(), Seed: 1<<40 + 5})
		require.NoError(t, err)
		require.Equal(t, gputest.TraceRoot, fmt.Sprintf("%x", res.TraceRoot))
	}
	run()
	first := c.compiled
	require.Equal(t, 3, first, "add, churn and the guard")
	run()
	require.Equal(t, first, c.compiled)
	require.Equal(t, first, c.Live(), "buffers are not kept")

	// The same source with another entry point or other bindings is another kernel.
	_, err := d.Kernel(t.Context(), gputest.Source, "reduce", []gpu.Access{gpu.Read, gpu.Read, gpu.ReadWrite})
	require.NoError(t, err)
	_, err = d.Kernel(t.Context(), gputest.Source, "reduce", []gpu.Access{gpu.Read, gpu.ReadWrite, gpu.ReadWrite})
	require.NoError(t, err)
	require.Equal(t, first+2, c.compiled)
}

func TestKeptKernelsAreBounded(t *testing.T) {
	c := &counting{Fake: &gpu.Fake{Kernels: gputest.FakeKernels()}}
	d := keepKernels(c)
	var held []gpu.Kernel
	for i := range maxKernels + 50 {
		k, err := d.Kernel(t.Context(), fmt.Sprint("// ", i), "add", nil)
		require.NoError(t, err)
		held = append(held, k)
	}
	require.Equal(t, maxKernels+50, c.Live(), "what a task holds is not released")
	for _, k := range held {
		k.Release()
		k.Release()
	}
	require.Equal(t, maxKernels, c.Live())
	_, err := d.Kernel(t.Context(), "// 0", "add", nil)
	require.NoError(t, err)
	require.Equal(t, maxKernels+51, c.compiled, "the oldest went first")
	k, err := d.Kernel(t.Context(), fmt.Sprint("// ", maxKernels+49), "add", nil)
	require.NoError(t, err)
	require.Equal(t, maxKernels+51, c.compiled)
	for i := range maxKernels {
		k, err := d.Kernel(t.Context(), fmt.Sprint("// more ", i), "add", nil)
		require.NoError(t, err)
		k.Release()
	}
	require.NotNil(t, d.kernels[k.(*lease).k.key], "one in use stays")
}
