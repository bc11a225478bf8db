package node

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/challenge"
	"gpumesh/gpu/guard"
	"gpumesh/market"
	"gpumesh/poc"
)

// startWarden runs a warden until the test ends.
func startWarden(t *testing.T, l guard.Limits, s Sensors) *warden {
	w := newWarden(l, func(gpu.Info) Sensors { return s }, func(int) {}, discard())
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- w.run(ctx, func(context.Context) (gpu.Info, error) { return gpu.Info{}, nil }) }()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-done)
	})
	return w
}

// heat is a machine at so many degrees.
func heat(celsius int64) *testSensors {
	s := &testSensors{}
	s.celsius.Store(celsius)
	return s
}

// What has no checkpoints waits for the machine, ends when a pause lasts, and goes on when it does not.
func TestWithin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sensors := heat(95)
		l := heatLimits()
		l.Settle, l.Grace = time.Second, 10*time.Second
		w := startWarden(t, l, sensors)
		ran := false
		err := w.within(t.Context(), 0, time.Minute, func(context.Context) error {
			ran = true
			return nil
		})
		require.Equal(t, gpu.Paused, gpu.CodeOf(err), "it is too hot to begin")
		require.False(t, ran)

		began := time.Now()
		time.AfterFunc(30*time.Second, func() { sensors.celsius.Store(40) })
		err = w.within(t.Context(), 0, 0, func(ctx context.Context) error {
			require.GreaterOrEqual(t, time.Since(began), 30*time.Second)
			sensors.celsius.Store(95)
			<-w.pause()
			pauses := time.Now()
			<-ctx.Done()
			require.Equal(t, l.Grace, time.Since(pauses))
			return gpu.Errorf(gpu.Canceled, "canceled")
		})
		require.Equal(t, gpu.Paused, gpu.CodeOf(err), "%v", err)
		require.ErrorContains(t, err, "this provider was paused in the middle of it")

		sensors.celsius.Store(40)
		err = w.within(t.Context(), 0, 0, func(ctx context.Context) error {
			sensors.celsius.Store(95)
			<-w.pause()
			sensors.celsius.Store(40) // for less than the grace
			<-time.After(time.Minute)
			require.NoError(t, ctx.Err())
			sensors.celsius.Store(95)
			<-ctx.Done()
			return nil // it was at its end by then
		})
		require.NoError(t, err)
		require.Zero(t, w.need())
	})
}

// memorySensors tell of a device with 10 GB of memory what others and this node's program use.
type memorySensors struct {
	others, own atomic.Int64
	blind       bool // whose memory it is is not told
}

func (s *memorySensors) Read(time.Time) (r guard.Reading) {
	r[guard.MemoryTotal] = guard.Measure{Value: 10e9, Known: true}
	r[guard.MemoryUsed] = guard.Measure{Value: float64(s.others.Load() + s.own.Load()), Known: true}
	if !s.blind {
		r[guard.MemoryOwn] = guard.Measure{Value: float64(s.own.Load()), Known: true}
	}
	return r
}

func (s *memorySensors) Close() error { return nil }

// A limit for memory counts a program as what it says that it needs, and what was paused for others goes on only when there is room again: it
// does not pause and go on in turn.
func TestMemoryOfTheProgramItself(t *testing.T) {
	for _, blind := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			s := &memorySensors{blind: blind}
			s.others.Store(1e9)
			l := guard.Defaults()
			l.Memory = guard.Limit{Pause: 8e9}
			w := startWarden(t, l, s)
			require.NoError(t, w.wait(t.Context(), 6e9, time.Minute, false))
			run, end := w.begin(t.Context(), 6e9)
			s.own.Store(6_500_000_000) // and what its driver takes
			<-time.After(time.Minute)
			_, d, _ := w.state()
			require.False(t, d.Paused)
			require.NoError(t, w.admit(4e8))
			if blind {
				require.Error(t, w.admit(6e9), "nobody knows that what is in use is its own")
			} else {
				require.NoError(t, w.admit(6e9))
			}

			s.others.Store(3e9)
			<-w.pause()
			<-run.Done()
			end()
			s.own.Store(0)
			began := time.Now()
			err := w.wait(t.Context(), 6e9, 10*time.Minute, true)
			require.ErrorContains(t, err, "too little free memory on its device, for more than 10m0s")
			require.Equal(t, 10*time.Minute, time.Since(began))
			_, d, _ = w.state()
			require.False(t, d.Paused, "smaller programs may run")
			require.NoError(t, w.admit(4e9))

			s.others.Store(1_700_000_000)
			require.Error(t, w.wait(t.Context(), 6e9, time.Minute, true), "there is room, and not the margin")
			require.NoError(t, w.wait(t.Context(), 6e9, time.Minute, false))
			time.AfterFunc(20*time.Second, func() { s.others.Store(1e9) })
			require.NoError(t, w.wait(t.Context(), 6e9, time.Minute, true))
		})
	}
}

// A challenge is work like any other: it waits while the machine is paused, and ends when a pause lasts.
func TestChallengesKeepToTheLimits(t *testing.T) {
	spec, err := challenge.For(0, 4*challenge.LeastUnit, 120_000, 300_000, challenge.LeastUnit)
	require.NoError(t, err)
	synctest.Test(t, func(t *testing.T) {
		sensors := heat(95)
		r := &script{t: t, runs: []scripted{func(ctx context.Context, _ Execution, _ Checkpoints) (*gpu.Result, error) {
			require.Less(t, sensors.celsius.Load(), int64(80))
			sensors.celsius.Store(95)
			<-ctx.Done()
			return nil, gpu.Errorf(gpu.Canceled, "canceled")
		}, finishes}}
		n := &Node{log: discard(), warden: startWarden(t, heatLimits(), sensors)}
		n.cfg.Provider.Enabled = true
		n.config.runner = r
		n.runs = &executions{node: n, patience: time.Minute}
		c := &challenges{node: n, terms: market.Challenges{}}
		dir := t.TempDir()
		_, err := c.execute(t.Context(), spec, dir, time.Minute, time.Minute)
		require.Equal(t, gpu.Paused, gpu.CodeOf(err))
		require.Len(t, r.runs, 2, "nothing ran")

		time.AfterFunc(time.Minute, func() { sensors.celsius.Store(40) })
		_, err = c.execute(t.Context(), spec, dir, time.Minute, 0)
		require.Equal(t, gpu.Paused, gpu.CodeOf(err))
		require.Len(t, r.runs, 1, "it was ended")

		sensors.celsius.Store(40)
		took, err := c.execute(t.Context(), spec, dir, time.Minute, 0)
		require.NoError(t, err)
		require.Zero(t, took, "what it waited does not count")
	})
}

// What the referee and the bench do ends with a pause, too; a node that sells nothing has no limits to keep to.
func TestOtherWorkKeepsToTheLimits(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		sensors := heat(40)
		n := &Node{log: discard(), warden: startWarden(t, heatLimits(), sensors)}
		n.runs = &executions{node: n, patience: time.Minute}
		n.cfg.Provider.Enabled = true
		n.config.runner, n.cfg.Dir = hotBench{sensors: sensors}, dir
		_, err := n.bench(t.Context(), gpu.Info{}, n.patient(time.Minute))
		require.Equal(t, gpu.Paused, gpu.CodeOf(err))
		require.ErrorContains(t, err, "in the middle of it")
		_, err = n.bench(t.Context(), gpu.Info{}, n.patient(time.Minute))
		require.ErrorContains(t, err, "too hot, for more than 1m0s")
		n.cfg.Provider.Enabled = false
		require.NoError(t, n.runs.within(t.Context(), 0, time.Minute, func(context.Context) error { return nil }))
	})
}

// hotBench heats the machine by its measurement until it is ended.
type hotBench struct {
	testRunner
	sensors *testSensors
}

func (r hotBench) Bench(ctx context.Context) (gpu.Benchmark, error) {
	r.sensors.celsius.Store(95)
	<-ctx.Done()
	return gpu.Benchmark{}, gpu.Errorf(gpu.Canceled, "canceled")
}

// The owner of a machine is told once what a pause costs, and what there is room for is used.
func TestRoomForCheckpoints(t *testing.T) {
	prog, _ := testProgram(t)
	size := int64(prog.MaxCheckpoint())
	ref := poc.TaskRef{Job: poc.Hash{7}, Task: 2}
	for _, c := range []struct {
		room  int64
		often time.Duration
		log   string
		told  bool
	}{
		{2 * size, time.Minute, "", false},
		{2*size - 1, whenPaused, "is saved when it is paused only", false},
		{size, whenPaused, "is saved when it is paused only", false},
		{size - 1, 0, "has no room for a checkpoint", true},
	} {
		var text bytes.Buffer
		kept, err := openCheckpoints(t.TempDir(), 1, Saving{Room: c.room, Every: time.Minute}, nil, slog.New(slog.NewTextHandler(&text, nil)))
		require.NoError(t, err)
		require.Equal(t, c.often, kept.often(prog))
		end := kept.begin(ref, prog)
		require.Contains(t, text.String(), c.log)
		require.Equal(t, c.log != "", text.Len() > 0)
		if c.told {
			require.Len(t, kept.problems(), 1)
			require.Contains(t, kept.problems()[0], "task 2 of job 0700")
			require.Contains(t, kept.problems()[0], "begins anew after a pause or a crash")
		} else {
			require.Empty(t, kept.problems())
		}
		end()
		require.Empty(t, kept.problems())
	}

	dir := t.TempDir()
	free, err := roomOn(dir, Saving{})
	require.NoError(t, err)
	require.Greater(t, free, uint64(size), "a quarter of what is free, without a setting")
	room, err := roomOn(dir, Saving{Room: 5})
	require.NoError(t, err)
	require.Equal(t, uint64(5), room)
}

// Where there is room for one checkpoint, that of a pause is deleted as soon as the run has gone on from it.
func TestOneCheckpointIsEnoughForAPause(t *testing.T) {
	prog, block := testProgram(t)
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		sensors := heat(40)
		m, err := newMetrics(nil)
		require.NoError(t, err)
		pauses := func(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
			require.Equal(t, whenPaused, c.Every)
			if c.Resume != "" {
				x.Progress(0, 8)
				require.FileExists(t, c.Resume, "it may not have been read")
				x.Progress(1, 8)
				require.NoFileExists(t, c.Resume)
			}
			sensors.celsius.Store(95)
			<-c.Pause
			save(t, c)
			sensors.celsius.Store(40)
			return nil, gpu.Errorf(gpu.Paused, "paused")
		}
		r := &script{t: t, runs: []scripted{pauses, pauses, finishes}}
		n := &Node{metrics: m, log: discard(), warden: startWarden(t, heatLimits(), sensors)}
		n.config.runner = r
		kept, err := openCheckpoints(dir, 1, Saving{Room: int64(prog.MaxCheckpoint()), Every: time.Second}, nil, discard())
		require.NoError(t, err)
		e := &executions{node: n, log: n.log, checkpoints: kept, patience: 5 * time.Minute, ctx: t.Context()}
		ref := poc.TaskRef{Job: poc.Hash{1}}
		_, err = e.compute(t.Context(), ref, Execution{Program: block, Timeout: time.Hour, Progress: func(uint32, uint32) {}})
		require.NoError(t, err)
		require.NotEmpty(t, r.seen[2].Resume)
		_, err = os.Stat(filepath.Join(dir, refName(ref), checkpointFile))
		require.NoError(t, err, "the last run made no progress")
	})
}
