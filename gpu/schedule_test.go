package gpu

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// A correction applies once per command, however often the command is in the batch.
func TestLearning(t *testing.T) {
	s := newScheduler(nil, nil)
	at := place{1, 0}
	s.items = []item{{at: at, guess: 10}, {at: place{1, 1}, guess: 30}}
	s.guesses = 40
	s.learn(42 * time.Millisecond)
	require.Equal(t, 11*time.Millisecond, s.cost[at])
	require.Equal(t, 31*time.Millisecond, s.cost[place{1, 1}])

	s.items, s.guesses = nil, 0
	for range 10 {
		s.items = append(s.items, item{at: at, known: true})
	}
	s.expected = 110 * time.Millisecond
	s.learn(55 * time.Millisecond)
	require.Equal(t, 5500*time.Microsecond, s.cost[at])
	s.expected = 55 * time.Millisecond
	s.learn(time.Hour)
	require.Equal(t, 44*time.Millisecond, s.cost[at], "one outlier changes an estimate by a bounded factor")
}

// What a share leaves to others is slept before the next submission, until the context ends.
func TestShare(t *testing.T) {
	percent := 100
	s := newScheduler(nil, nil)
	require.NoError(t, s.breathe(t.Context()), "a nil share is all of it")
	s.share = func() int { return percent }
	s.rest = time.Hour
	for _, percent = range []int{-1, 0, 100, 101} {
		require.NoError(t, s.breathe(t.Context()))
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, percent = range []int{1, 50, 99} {
		require.Equal(t, Canceled, CodeOf(s.breathe(ended)), "it would have slept")
	}
	s.rest = time.Microsecond
	require.NoError(t, s.breathe(t.Context()))
}

// clocked is a device on which commands take the time that they say, and a clock that stands still meanwhile.
type clocked struct {
	*Fake
	t time.Time
}

func (c *clocked) Submit(ctx context.Context, work []Work) error {
	for _, w := range work {
		if w.Op == Fill {
			c.t = c.t.Add(time.Duration(w.Value) * time.Microsecond)
		}
	}
	return c.Fake.Submit(ctx, work)
}

// However long the commands take, and though that drifts, a submission of more than one of them stays below a second once
// they have been measured, and most are near the target.
func TestSubmissionsAreCutByTime(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		d := &clocked{Fake: new(Fake)}
		m, err := d.Alloc(256)
		require.NoError(t, err)
		g, err := newGuard(t.Context(), d)
		require.NoError(t, err)
		s := newScheduler(d, g)
		s.now = func() time.Time { return d.t }
		cost := make([]float64, 12) // microseconds
		for i := range cost {
			cost[i] = math.Exp(rng.Float64() * 13) // up to 0.44 s
		}
		flushes, long := 0, 0
		s.flushed = func() {
			flushes++
			if s.rest > 400*time.Millisecond {
				long++
			}
		}
		for step := range 300 {
			for i := range cost {
				cost[i] = min(cost[i]*(0.97+0.06*rng.Float64()), 500e3)
				guess := uint64(maxGuessOps + 1)
				if i%3 == 0 && cost[i] < 1000 {
					guess = 1000
				}
				require.NoError(t, s.add(t.Context(), place{1, i}, guess, Work{Op: Fill, Bind: []Range{{m, 0, 256}}, Value: uint32(cost[i])}))
			}
			if step%50 == 49 {
				require.NoError(t, s.flush(t.Context()))
			}
		}
		require.Less(t, s.longest, time.Second, "seed %d", seed)
		require.Less(t, long, flushes/2+1, "seed %d", seed)
		require.Equal(t, uint32(flushes), s.submissions)
	}
}

// The device's time is bounded by itself: it runs on while the wall clock stands for others.
func TestDeviceTimeIsBounded(t *testing.T) {
	d := &clocked{Fake: new(Fake)}
	m, err := d.Alloc(256)
	require.NoError(t, err)
	g, err := newGuard(t.Context(), d)
	require.NoError(t, err)
	s := newScheduler(d, g)
	s.now, s.limit = func() time.Time { return d.t }, time.Second
	for i := range 11 {
		err = errors.Join(s.add(t.Context(), place{1, 0}, 0, Work{Op: Fill, Bind: []Range{{m, 0, 256}}, Value: 99_000}), s.flush(t.Context()))
		if i < 10 {
			require.NoError(t, err)
		}
	}
	require.Equal(t, Timeout, CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "the 1s of the device's time")
}

// Progress tells what the device spent, so that a run that is broken off and resumed has no more of it.
func TestProgressTellsTheDeviceTime(t *testing.T) {
	p := &Program{
		Version: ProgramVersion, Steps: 3, Segment: 1, Buffers: []Buffer{{Name: "x", Kind: Output, Type: U32, Len: 256}},
		Step: []Command{{Op: Fill, Bind: []Binding{{}}, Value: 1}},
	}
	var busy []time.Duration
	_, err := Run(t.Context(), new(Fake), p, Task{Progress: func(g Progress) {
		if g.Phase == Running {
			busy = append(busy, g.Busy)
		}
	}})
	require.NoError(t, err)
	require.Len(t, busy, 4, "before the first step and after each")
	require.Zero(t, busy[0])
	for i := range 3 {
		require.Greater(t, busy[i+1], busy[i])
	}
}

// A dispatch cannot be cut: one that takes longer than the device's kind allows ends the run, whether it ends itself or not.
func TestOneDispatchIsBounded(t *testing.T) {
	d := &clocked{Fake: new(Fake)}
	m, err := d.Alloc(256)
	require.NoError(t, err)
	g, err := newGuard(t.Context(), d)
	require.NoError(t, err)
	s := newScheduler(d, g)
	s.now, s.most = func() time.Time { return d.t }, 5*time.Second
	submit := func(seconds uint32) error {
		return s.add(t.Context(), place{1, int(seconds)}, maxGuessOps+1, Work{Op: Fill, Bind: []Range{{m, 0, 256}}, Value: seconds * 1e6})
	}
	require.NoError(t, submit(5))
	err = submit(6)
	require.Equal(t, Timeout, CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "took longer than 5s")

	synctest.Test(t, func(t *testing.T) {
		d := &Fake{Inject: func(int) Fault { return FaultHang }}
		g, err := newGuard(t.Context(), d)
		require.NoError(t, err)
		m, err := d.Alloc(256)
		require.NoError(t, err)
		work := Work{Op: Fill, Bind: []Range{{m, 0, 256}}}
		s := newScheduler(d, g)
		s.most = LongestDispatch(Discrete)
		start := time.Now()
		require.ErrorContains(t, s.add(t.Context(), place{1, 0}, maxGuessOps+1, work), "took longer than 1s")
		require.Equal(t, time.Second, time.Since(start))

		s = newScheduler(d, g)
		s.most = LongestDispatch(CPU)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorContains(t, s.add(ctx, place{1, 0}, maxGuessOps+1, work), "the deadline passed", "the caller's bound stays the caller's")
	})
}

// A workgroup that a device cannot do in time, at its best, is refused before it is tried.
func TestLongWorkgroupsAreRefused(t *testing.T) {
	const source = `
@group(0) @binding(0) var<storage, read_write> x: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var v = id.x;
  for (var i = 0u; i < 60000u; i = i + 1u) { v = v * 3u + i; }
  x[id.x] = v;
}`
	p := &Program{
		Version: ProgramVersion, Steps: 100, Segment: 1, Modules: []Module{{Name: "m", WGSL: source}}, Buffers: []Buffer{{Name: "x", Kind: Output, Type: U32, Len: 64 << 10}},
		Step: []Command{{Op: Dispatch, Entry: "main", Bind: []Binding{{}}, Grid: [3]uint32{256, 1, 1}}},
	}
	r, err := Check(p)
	require.NoError(t, err)
	one := r.ops[1][0] / 256
	require.Equal(t, one, r.uncut[1][0])
	info := Info{Name: "card", Type: Discrete}
	require.NoError(t, r.InTime(info), "nothing is known of it")
	info.Limits.MaxDispatch = MaxDispatch(Discrete, one+1)
	require.NoError(t, r.InTime(info), "many workgroups are no long one")
	info.Limits.MaxDispatch = MaxDispatch(Discrete, one-1)
	err = r.InTime(info)
	require.Equal(t, TooLarge, CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "in the 1s that this may take")
	require.Zero(t, MaxDispatch(Reference, 1<<40))
	require.Greater(t, MaxDispatch(CPU, 1<<40), MaxDispatch(Discrete, 1<<40))
}

func TestWindows(t *testing.T) {
	for _, b := range []Buffer{
		{Len: 8, First: 0, Stride: 8, Period: 64}, {Len: 8, First: 4, Stride: 12, Period: 40}, {Len: 16, First: 100, Stride: 0, Period: 64},
		{Len: 4, First: 60, Stride: 4, Period: 64}, {Len: 4, First: 0, Stride: 1 << 40, Period: 1<<40 - 4},
	} {
		end := uint64(0)
		for step := range uint32(1000) {
			off := b.window(step)
			require.Less(t, off, b.Period)
			require.Equal(t, (b.First+b.Stride*uint64(step))%b.Period, off)
			end = max(end, off+b.Len)
			require.LessOrEqual(t, end, b.windowEnd(step+1), "%+v at step %d", b, step)
		}
		if b.Stride < 1<<40 {
			require.Equal(t, end, b.windowEnd(1000), "%+v", b)
		}
	}
	// No overflow at the bounds of the format.
	b := Buffer{Len: 4, First: MaxBuffer, Stride: MaxBuffer, Period: MaxBuffer - 4}
	require.Less(t, b.window(MaxSteps-1), b.Period)
}
