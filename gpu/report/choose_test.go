package report

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
)

// The variant in which one kernel is fastest is a finalist of the other, and no variant is judged by its worse copy.
func TestFinalists(t *testing.T) {
	s := standings{
		"f32": {"a": {10, 18}, "b": {30, 11}, "c": {12, 12}, "d": {41, 39}, "e": {40, 40}, "z": {90, 90}},
		"i32": {"a": {13, 13}, "b": {12, 14}, "c": {19, 10}, "d": {60, 60}},
	}
	require.Equal(t, []string{"a", "b", "c", "d", "e", "z"}, s.order("f32"))
	require.Equal(t, []string{"a", "c"}, s.finalists("f32"), "c is what i32 is fastest in")
	require.Equal(t, []string{"c", "a"}, s.finalists("i32"))
	require.Equal(t, []string{"a", "b"}, standings{"f32": s["f32"]}.finalists("f32"), "there is nothing to compare with")
	require.Equal(t, []string{"v"}, standings{"x": {"v": {1}}, "y": {"w": {1}}}.finalists("x"), "there is nothing else")
}

// A turn takes long enough, whatever a run takes, and an error ends the search.
func TestRunsFor(t *testing.T) {
	const wait = 100 * time.Microsecond
	for _, each := range []time.Duration{0, 10 * time.Microsecond, 70 * time.Microsecond, time.Millisecond, 19 * time.Millisecond, time.Second} {
		took := func(n int) time.Duration { return wait + time.Duration(n)*each }
		measured := 0
		n, err := runsFor(func(n int) (time.Duration, error) { measured++; return took(n), nil })
		require.NoError(t, err)
		require.True(t, took(n) >= turnTime || n == maxRuns, "%v: %d", each, n)
		require.Less(t, took(n/2), turnTime, "%v: %d are too many", each, n)
		require.LessOrEqual(t, measured, 4)
	}
	failed := errors.New("failed")
	_, err := runsFor(func(int) (time.Duration, error) { return 0, failed })
	require.ErrorIs(t, err, failed)
}

func TestBatches(t *testing.T) {
	var got []int
	require.NoError(t, inBatches(150, func(n int) error { got = append(got, n); return nil }))
	require.Equal(t, []int{64, 64, 22}, got)
}

// All variants of products but the naive one race on every device, those for GPUs among them.
func TestCandidates(t *testing.T) {
	list := candidates("matmul-f32")
	require.NotContains(t, list, "naive")
	for _, v := range []string{"double-4x8", "double-8x8", "shared-8x8", "uniforms-24x16"} {
		require.Contains(t, list, v)
		require.Contains(t, candidates("matmul-i32"), v)
	}
	require.Equal(t, []string{""}, candidates("path-trace"))
}

// What the issue asks of a software device is not asked of a GPU.
func TestTargetsOfProcessors(t *testing.T) {
	l := Line{Name: "x", Value: 0.5, Target: atLeast, Limit: 0.95}
	require.False(t, onProcessor(gpu.CPU, l).Met())
	require.True(t, onProcessor(gpu.Discrete, l).Met())
	require.Empty(t, onProcessor(gpu.Integrated, l).Target)
}

// Whatever a device is good at, the program that is run on it soon takes some 50 ms.
func TestChurnTakesAsLongAnywhere(t *testing.T) {
	for name, took := range map[string]func(load) time.Duration{
		"two cores":     func(l load) time.Duration { return time.Duration(float64(l.count*l.elements) * 1.2) },
		"one slow core": func(l load) time.Duration { return time.Duration(float64(l.count*l.elements) * 40) },
		"a GPU of 16 T operations per second, four of which take 8 ns one after the other": func(l load) time.Duration {
			return 100*time.Microsecond + max(time.Duration(8*l.count), time.Duration(float64(4*l.count*l.elements)/16e3))
		},
	} {
		l, near, tries := load{256, churnElements}, false, 0
		for ; !near; tries++ {
			require.Less(t, tries, 16, name)
			l, near = l.toward(took(l))
		}
		require.Greater(t, took(l), 45*time.Millisecond, name)
		require.Less(t, took(l), 200*time.Millisecond, name)
		p := churnProgram(l, 1)
		_, err := gpu.Check(p)
		require.NoError(t, err, name)
		require.Equal(t, uint64(churnResult), p.Results()[0].Size, name)
	}
	l := load{churnLoop, churnMost}
	next, near := l.toward(time.Millisecond)
	require.True(t, near, "there is no more")
	require.Equal(t, l, next)
}

// Kernels that are compared with each other are chosen together, and what is not chosen is released.
func TestChoose(t *testing.T) {
	d := &counted{Device: eval.Open()}
	defer d.Close()
	b := &bench{ctx: t.Context(), o: Options{Turns: 1}, d: d, clock: wallClock, fastest: make(map[string]build)}
	b.Device = d.Info()
	const n = 8
	require.NoError(t, b.choose(map[string]int64{"M": n, "N": n, "K": n}, "matmul-f32", "matmul-i32"))
	require.Len(t, b.fastest, 2)
	require.Greater(t, d.made, 2*copies*finalists, "more than the finalists were tried")
	for name, r := range b.fastest {
		require.Equal(t, name, r.name)
		require.Contains(t, candidates(name), r.variant)
		require.Greater(t, r.runs, 1)
		require.NoError(t, b.run(r)())
		r.Close(t.Context(), nil)
	}
	require.Zero(t, d.alive)
}

// counted counts the kernels of a device.
type counted struct {
	gpu.Device
	made, alive int
}

type countedKernel struct {
	gpu.Kernel
	of *counted
}

func (d *counted) Kernel(ctx context.Context, wgsl, entry string, access []gpu.Access) (gpu.Kernel, error) {
	k, err := d.Device.Kernel(ctx, wgsl, entry, access)
	if err != nil {
		return nil, err
	}
	d.made++
	d.alive++
	return &countedKernel{k, d}, nil
}

func (d *counted) Submit(ctx context.Context, work []gpu.Work) error {
	work = slices.Clone(work)
	for i, w := range work {
		if k, ok := w.Kernel.(*countedKernel); ok {
			work[i].Kernel = k.Kernel
		}
	}
	return d.Device.Submit(ctx, work)
}

func (k *countedKernel) Release() {
	k.of.alive--
	k.Kernel.Release()
}
