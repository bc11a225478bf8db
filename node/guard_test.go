package node

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/market"
	"gpumesh/poc"
)

// testSensors tell a temperature, and nothing else. Below absolute zero they tell nothing.
type testSensors struct {
	celsius atomic.Int64
	closed  atomic.Bool
}

func (s *testSensors) Read(time.Time) (r guard.Reading) {
	for q := range r {
		r[q].Why = "tests do not tell it"
	}
	if c := s.celsius.Load(); c > -274 {
		r[guard.Temperature] = guard.Measure{Value: float64(c), Known: true}
	}
	return r
}

func (s *testSensors) Close() error {
	s.closed.Store(true)
	return nil
}

func (s *testSensors) open(gpu.Info) Sensors { return s }

func heatLimits() guard.Limits {
	l := guard.Defaults()
	l.Temperature = guard.Limit{Pause: 80, Resume: 70}
	return l
}

func TestWarden(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		sensors := &testSensors{}
		var share atomic.Int64
		sensors.celsius.Store(50)
		ready := make(chan struct{})
		w := newWarden(heatLimits(), sensors.open, func(p int) { share.Store(int64(p)) }, discard())
		var told []market.Health
		w.tell = func(c market.Condition) { told = append(told, c.State) }
		done := make(chan error)
		go func() {
			done <- w.run(ctx, func(context.Context) (gpu.Info, error) {
				<-ready
				return gpu.Info{}, nil
			})
		}()
		early := w.pause()
		brief, stop := context.WithTimeout(ctx, time.Second)
		require.Equal(t, gpu.Canceled, gpu.CodeOf(w.wait(brief, 0, 0, false)), "nothing runs before the sensors are read")
		stop()
		close(ready)
		require.NoError(t, w.wait(ctx, 0, time.Minute, false))
		require.NoError(t, w.admit(1<<40))
		require.EqualValues(t, 100, share.Load())
		select {
		case <-early:
			t.Fatal("no pause was needed")
		default:
		}

		sensors.celsius.Store(90)
		began := time.Now()
		<-w.pause()
		require.LessOrEqual(t, time.Since(began), 2*guardEvery)
		<-early
		err := w.wait(ctx, 0, time.Minute, false)
		require.Equal(t, gpu.Paused, gpu.CodeOf(err))
		require.ErrorContains(t, err, "this provider is paused: its device is too hot, for more than 1m0s")
		refused := w.admit(0)
		var r *refusal
		require.ErrorAs(t, refused, &r)
		require.Equal(t, market.DeclinePaused, r.code)
		g, problem := w.status()
		require.Equal(t, "paused", g.State)
		require.Empty(t, problem)
		require.Len(t, g.Readings, len(guard.Quantities()))
		require.Equal(t, 1.0, testutil.ToFloat64(onlyMetric{w, "gpumesh_guard_pauses_total"}))

		sensors.celsius.Store(60)
		require.NoError(t, w.wait(ctx, 0, time.Minute, false), "it settles for 30 s")
		sensors.celsius.Store(78)
		<-time.After(2 * guardEvery)
		require.EqualValues(t, 20, share.Load(), "close to the limit it slows down")

		// A sensor that is gone pauses after a while, and nobody waits for it.
		sensors.celsius.Store(-300)
		<-w.pause()
		began = time.Now()
		err = w.wait(ctx, 0, time.Minute, false)
		require.ErrorContains(t, err, "it cannot measure what it has to keep to")
		require.Equal(t, began, time.Now())
		_, problem = w.status()
		require.Equal(t, "no work for others: a limit of 80 °C for the device's temperature is set, and that cannot be measured here: tests do not tell it", problem)
		cancel()
		require.NoError(t, <-done)
		require.True(t, sensors.closed.Load())
		require.Equal(t, []market.Health{market.Healthy, market.Paused, market.Healthy, market.Degraded, market.Paused}, slices.Compact(told), "what others hear")
	})
}

// onlyMetric collects the metrics of one name.
type onlyMetric struct {
	prometheus.Collector
	name string
}

func (o onlyMetric) Collect(c chan<- prometheus.Metric) {
	all := make(chan prometheus.Metric, 64)
	o.Collector.Collect(all)
	close(all)
	for m := range all {
		if strings.Contains(m.Desc().String(), `"`+o.name+`"`) {
			c <- m
		}
	}
}

// What strangers hear does not say what the owner does.
func TestExcusesArePrivate(t *testing.T) {
	for kind, want := range map[guard.Kind]string{
		guard.ByIdle: "its owner needs the machine", guard.ByHours: "its owner needs the machine", guard.ByBattery: "its owner needs the machine",
		guard.ByOthers: "its owner needs the machine", guard.ByTemperature: "its device is too hot", guard.ByPower: "its device draws too much power",
		guard.ByMemory: "too little of its device's memory is free", guard.ByFree: "too little of its device's memory is free", guard.BySettling: "it will go on soon", guard.ByDevice: "its device failed",
	} {
		d := guard.Decision{Paused: true, Reasons: []guard.Reason{{Kind: kind, Text: "secret"}, {Kind: kind, Text: "secret"}}}
		require.Equal(t, "this provider is paused: "+want, excuse(d))
	}
}

func TestAdmitLeavesRoom(t *testing.T) {
	l := guard.Defaults()
	l.Free = guard.Limit{Pause: 2 << 30}
	w := newWarden(l, nil, func(int) {}, discard())
	r := guard.Reading{}
	r[guard.MemoryTotal], r[guard.MemoryUsed] = guard.Measure{Value: 8 << 30, Known: true}, guard.Measure{Value: 1 << 30, Known: true}
	w.mu.reading = r
	require.NoError(t, w.admit(5<<30))
	var refused *refusal
	require.ErrorAs(t, w.admit(6<<30), &refused)
	require.Equal(t, market.DeclineCapacity, refused.code)
}

// script is a Runner whose runs go as a test says, one after the other.
type script struct {
	testRunner
	t    *testing.T
	mu   sync.Mutex
	runs []func(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error)
	seen []Checkpoints
	left []time.Duration

	fatal, asked bool // a run failed so that the device may have, and what it is was looked at
}

func (s *script) RunFrom(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
	s.mu.Lock()
	require.NotEmpty(s.t, s.runs, "one run too many")
	run := s.runs[0]
	s.runs, s.seen, s.left = s.runs[1:], append(s.seen, c), append(s.left, x.Timeout)
	s.mu.Unlock()
	x.Progress(0, 8)
	res, err := run(ctx, x, c)
	s.mu.Lock()
	s.fatal = s.fatal || err != nil && gpu.IsFatal(err)
	s.mu.Unlock()
	return res, err
}

func (s *script) Info(ctx context.Context) (gpu.Info, error) {
	s.mu.Lock()
	s.asked = true
	s.mu.Unlock()
	return s.testRunner.Info(ctx)
}

type scripted = func(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error)

// finishes is the last run of a task.
func finishes(context.Context, Execution, Checkpoints) (*gpu.Result, error) {
	return &gpu.Result{}, nil
}

// save writes something where the checkpoint is.
func save(t *testing.T, c Checkpoints) {
	require.NoError(t, os.WriteFile(filepath.Join(c.Dir, checkpointFile), []byte("state"), 0o600))
	c.Saved(4)
}

// dies is a run whose worker process dies after it saved something, or not.
func dies(t *testing.T, saves bool) scripted {
	return func(_ context.Context, _ Execution, c Checkpoints) (*gpu.Result, error) {
		if saves {
			save(t, c)
		}
		return nil, gpu.Errorf(gpu.WorkerDied, "killed")
	}
}

func TestComputeGoesOn(t *testing.T) {
	prog, block := testProgram(t)
	ref := poc.TaskRef{Job: poc.Hash{1}, Task: 3}
	for _, c := range []struct {
		name    string
		room    int64
		script  func(t *testing.T, s *testSensors) []scripted
		want    gpu.Code // "": it ends well
		resumes []bool   // by run
		check   func(t *testing.T, s *script)
	}{
		{name: "undisturbed", script: func(*testing.T, *testSensors) []scripted { return []scripted{finishes} }, resumes: []bool{false}},
		{
			name: "a pause ends a run at a boundary, and it goes on with the time that it had left",
			script: func(t *testing.T, s *testSensors) []scripted {
				return []scripted{func(ctx context.Context, _ Execution, c Checkpoints) (*gpu.Result, error) {
					<-time.After(7 * time.Second)
					s.celsius.Store(95)
					<-c.Pause
					save(t, c)
					s.celsius.Store(40)
					return nil, gpu.Errorf(gpu.Paused, "paused")
				}, finishes}
			},
			resumes: []bool{false, true},
			check: func(t *testing.T, s *script) {
				require.InDelta(t, 53, s.left[1].Seconds(), 1.5, "60 s less those that it ran, and not those that it waited")
			},
		},
		{
			name: "what the device spent counts, before a pause and before the node was started again",
			script: func(t *testing.T, s *testSensors) []scripted {
				return []scripted{func(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
					require.Equal(t, 20*time.Second, x.MaxBusy)
					x.Used(3 * time.Second)
					s.celsius.Store(95)
					<-c.Pause
					save(t, c)
					s.celsius.Store(40)
					return nil, gpu.Errorf(gpu.Paused, "paused")
				}, func(_ context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
					require.Equal(t, 17*time.Second, x.MaxBusy)
					x.Used(4 * time.Second)
					save(t, c)
					require.Equal(t, 7*time.Second, usedBefore(filepath.Join(c.Dir, checkpointFile)))
					return nil, gpu.Errorf(gpu.WorkerDied, "killed")
				}, func(_ context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
					require.Equal(t, 13*time.Second, x.MaxBusy)
					return &gpu.Result{}, nil
				}}
			},
			resumes: []bool{false, true, true},
		},
		{
			name: "no boundary comes in time",
			script: func(t *testing.T, s *testSensors) []scripted {
				return []scripted{func(ctx context.Context, _ Execution, c Checkpoints) (*gpu.Result, error) {
					save(t, c)
					s.celsius.Store(95)
					<-c.Pause
					began := time.Now()
					<-ctx.Done()
					require.Equal(t, guard.Defaults().Grace, time.Since(began))
					s.celsius.Store(40)
					return nil, gpu.Errorf(gpu.Canceled, "canceled")
				}, finishes}
			},
			resumes: []bool{false, true},
		},
		{
			name: "a pause outlasts the patience of the panel",
			script: func(t *testing.T, s *testSensors) []scripted {
				return []scripted{func(_ context.Context, _ Execution, c Checkpoints) (*gpu.Result, error) {
					s.celsius.Store(95)
					<-c.Pause
					return nil, gpu.Errorf(gpu.Paused, "paused")
				}}
			},
			want: gpu.Paused, resumes: []bool{false},
		},
		{
			name: "the worker process dies, and had saved something each time",
			script: func(t *testing.T, _ *testSensors) []scripted {
				return []scripted{dies(t, true), dies(t, true), dies(t, true), finishes}
			},
			resumes: []bool{false, true, true, true},
		},
		{
			name: "the worker process dies too often",
			script: func(t *testing.T, _ *testSensors) []scripted {
				return []scripted{dies(t, true), dies(t, true), dies(t, true), dies(t, true)}
			},
			want: gpu.WorkerDied, resumes: []bool{false, true, true, true},
		},
		{
			name:   "the worker process dies again without getting on",
			script: func(t *testing.T, _ *testSensors) []scripted { return []scripted{dies(t, true), dies(t, false)} },
			want:   gpu.WorkerDied, resumes: []bool{false, true},
		},
		{
			name: "a checkpoint that is refused is not tried again",
			script: func(t *testing.T, _ *testSensors) []scripted {
				return []scripted{dies(t, true), func(context.Context, Execution, Checkpoints) (*gpu.Result, error) {
					return nil, gpu.Errorf(gpu.InvalidInput, "torn")
				}, finishes}
			},
			resumes: []bool{false, true, false},
		},
		{
			name: "a program's own mistakes end it",
			script: func(t *testing.T, _ *testSensors) []scripted {
				return []scripted{func(context.Context, Execution, Checkpoints) (*gpu.Result, error) {
					return nil, gpu.Errorf(gpu.InvalidInput, "an input is missing")
				}}
			},
			want: gpu.InvalidInput, resumes: []bool{false},
		},
		{
			name: "the time is used up over several runs",
			script: func(t *testing.T, _ *testSensors) []scripted {
				return []scripted{func(_ context.Context, _ Execution, c Checkpoints) (*gpu.Result, error) {
					save(t, c)
					<-time.After(time.Minute)
					return nil, gpu.Errorf(gpu.WorkerDied, "killed")
				}}
			},
			want: gpu.Timeout, resumes: []bool{false},
		},
		{
			name: "what does not fit on the disk is not kept", room: int64(prog.MaxCheckpoint()) - 1,
			script: func(t *testing.T, s *testSensors) []scripted {
				return []scripted{func(ctx context.Context, _ Execution, c Checkpoints) (*gpu.Result, error) {
					require.Empty(t, c.Dir)
					require.Nil(t, c.Pause)
					s.celsius.Store(95)
					<-ctx.Done()
					s.celsius.Store(40)
					return nil, gpu.Errorf(gpu.Canceled, "canceled")
				}, finishes}
			},
			resumes: []bool{false, false},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				sensors := &testSensors{}
				sensors.celsius.Store(40)
				m, err := newMetrics(nil)
				require.NoError(t, err)
				r := &script{t: t, runs: c.script(t, sensors)}
				n := &Node{metrics: m, log: discard(), warden: newWarden(heatLimits(), sensors.open, func(int) {}, discard())}
				n.config.runner = r
				n.device.Store(&gpu.Info{Class: "test-1"})
				if c.room == 0 {
					c.room = 1 << 30
				}
				kept, err := openCheckpoints(dir, 1, Saving{Room: c.room, Every: time.Second}, nil, discard())
				require.NoError(t, err)
				e := &executions{node: n, log: n.log, checkpoints: kept, patience: 5 * time.Minute, ctx: ctx}
				go func() {
					_ = n.warden.run(ctx, func(context.Context) (gpu.Info, error) { return gpu.Info{}, nil })
				}()
				_, err = e.compute(ctx, ref, Execution{Program: block, Timeout: time.Minute, MaxBusy: 20 * time.Second, Progress: func(uint32, uint32) {}})
				if c.want == "" {
					require.NoError(t, err)
				} else {
					require.Equal(t, c.want, gpu.CodeOf(err), "%v", err)
				}
				require.Empty(t, r.runs, "every run took place")
				synctest.Wait()
				require.Equal(t, r.fatal, r.asked, "the device is looked at after it may have failed")
				var resumes []bool
				for _, s := range r.seen {
					resumes = append(resumes, s.Resume != "")
				}
				require.Equal(t, c.resumes, resumes)
				if c.check != nil {
					c.check(t, r)
				}
				kept.drop(ref)
				left, err := os.ReadDir(dir)
				require.NoError(t, err)
				require.Empty(t, left)
			})
		})
	}
}

// The device's time has a bound of its own, which most often ends long before the deadline.
func TestDeviceTimeHasABoundOfItsOwn(t *testing.T) {
	bench := gpu.Benchmark{I32Ops: 1e9, MemoryBps: 1e10}
	for _, c := range []struct {
		operations, traffic uint64
		bench               gpu.Benchmark
		want                time.Duration
	}{
		{0, 0, bench, 30 * time.Second},
		{4e6, 0, bench, 31 * time.Second},
		{4e6, 4e8, bench, 40 * time.Second},
		{4e9, 0, bench, 30*time.Second + 1000*time.Second},
		{40e9, 0, bench, time.Hour},
		{math.MaxUint64, 0, bench, time.Hour},
		{4e6, 0, gpu.Benchmark{}, time.Hour},
	} {
		require.Equal(t, c.want, boundBusy(time.Hour, market.Work{Operations: c.operations, Traffic: c.traffic}, c.bench), "%+v", c)
	}
	require.Equal(t, 10*time.Second, boundBusy(10*time.Second, market.Work{}, bench), "never more than the timeout")
	n, report := new(Node), &gpu.Report{Operations: 4e6}
	require.Equal(t, time.Hour, n.boundBusy(time.Hour, report), "nothing is known of the device")
	n.provider.mu.bench = &bench
	require.Equal(t, 31*time.Second, n.boundBusy(time.Hour, report))
	report.Unbounded = "a loop"
	require.Equal(t, time.Hour, n.boundBusy(time.Hour, report), "which is paid")

	path := filepath.Join(t.TempDir(), checkpointFile)
	require.Zero(t, usedBefore(path))
	require.NoError(t, writeUsed(filepath.Dir(path), 90*time.Second))
	require.Equal(t, 90*time.Second, usedBefore(path), "a node that is started again knows it")
	require.Zero(t, usedBefore(""))
	for _, bad := range []string{"", "x", "-5s", strings.Repeat("1", 100) + "s"} {
		require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(path), usedFile), []byte(bad), 0o600))
		require.Zero(t, usedBefore(path), bad)
	}
}

// A node that starts keeps the checkpoints of what it has still to do, and deletes all others.
func TestCheckpointsLeftOver(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, size int, age time.Duration) string {
		path := filepath.Join(dir, name, checkpointFile)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, make([]byte, size), 0o600))
		at := time.Now().Add(-age)
		require.NoError(t, os.Chtimes(path, at, at))
		return name
	}
	ref := func(job byte, task uint32) poc.TaskRef { return poc.TaskRef{Job: poc.Hash{job}, Task: task} }
	keep := []string{put(refName(ref(1, 0)), 10, time.Minute), put(refName(ref(1, 12)), 10, time.Second)}
	put(refName(ref(1, 2)), 10, time.Hour) // older than the slots are many
	put(refName(ref(1, 3)), 600, 0)        // too large
	put(refName(ref(2, 0)), 10, 0)         // of a job that is over
	put("nonsense", 10, 0)
	put(refName(ref(1, 4))+"x", 10, 0)
	put(strings.Replace(refName(ref(1, 5)), "-5", "-05", 1), 10, 0)
	require.NoError(t, os.Mkdir(filepath.Join(dir, refName(ref(1, 6))), 0o700)) // nothing was saved
	_, err := openCheckpoints(dir, 2, Saving{Room: 1000}, func(r poc.TaskRef) bool { return r.Job == poc.Hash{1} }, discard())
	require.NoError(t, err)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	require.ElementsMatch(t, keep, names)
}

// A worker whose machine stays too hot gives its task to the next in rank, and is not paid for it.
func TestPausedWorkerIsReplaced(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	ran := make([]chan string, 4)
	sensors := make([]*testSensors, 4)
	c := newCluster(t, 4, func(i int, tn *testNode) {
		tn.cfg.Network.StallTimeout = 1_000
		ran[i], sensors[i] = make(chan string, 1), &testSensors{}
		tn.runner.hold, tn.runner.ran = hold, ran[i]
		tn.cfg.Guard = heatLimits()
		tn.sensors = sensors[i].open
	})
	owner := c.nodes[0]
	s, want := owner.draft(1)
	s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 3, Standby: 1}
	id := c.submit(owner, s)
	hot := 0
	select {
	case <-ran[1]:
		hot = 1
	case <-ran[2]:
		hot = 2
	case <-ran[3]:
		hot = 3
	case <-time.After(testTimeout):
		t.Fatal("nobody runs the task")
	}
	sensors[hot].celsius.Store(99)
	c.until(func() bool {
		v, err := c.nodes[hot].Job(t.Context(), id)
		require.NoError(t, err)
		for _, p := range v.Tasks[0].Holders {
			if p == c.nodes[hot].self {
				return false
			}
		}
		return true
	}, "the hot worker to let go")
	st, err := c.nodes[hot].Status(t.Context())
	require.NoError(t, err)
	require.Equal(t, "paused", st.Guard.State)
	close(hold)
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	pays := c.paid(v)
	require.Len(t, pays, 2)
	require.NotContains(t, pays, c.nodes[hot].account)
	require.Error(t, c.nodes[hot].warden.admit(0), "it takes no other job either")
}
