package worker

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// workers are the live children of this process.
func workers(t *testing.T) (pids []string) {
	t.Helper()
	threads, err := os.ReadDir("/proc/self/task")
	require.NoError(t, err)
	for _, thread := range threads {
		b, err := os.ReadFile("/proc/self/task/" + thread.Name() + "/children")
		if err != nil {
			continue // the thread has ended
		}
		for _, pid := range strings.Fields(string(b)) {
			if running(pid) {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// In no schedule of tenants, crashes, hangs, kills, pauses and cancellations are two owners on the device together: while a
// task runs, the process that runs it has served no other tenant, and no other process has served anybody.
func TestOneOwnerAtATime(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Memory, c.IdleTimeout, c.Spare, c.Log = 1<<30, 5*time.Millisecond, true, quiet() })
	var mu sync.Mutex // of what follows
	served := make(map[int]string)
	running, tasks, spares := 0, 0, 0
	watch := func(tenant string) func(uint32, uint32) {
		return func(uint32, uint32) { // called while the pool's turn is held
			mu.Lock()
			defer mu.Unlock()
			if tasks == 0 && p.spare != nil {
				<-p.spare.started
			}
			pid := p.child.cmd.Process.Pid
			if served[pid] == "" {
				served[pid] = tenant
			}
			if served[pid] != tenant {
				t.Errorf("process %d of %s serves %s", pid, served[pid], tenant)
			}
			for _, other := range workers(t) {
				if other == fmt.Sprint(pid) {
					continue
				}
				if n, err := strconv.Atoi(other); err != nil || served[n] != "" {
					t.Errorf("process %s of %s is there while %d serves %s", other, served[n], pid, tenant)
				}
				spares++
			}
			tasks++
			clear(p.suspects) // all of them run the same kernels
		}
	}
	var wg sync.WaitGroup
	for owner := range 5 {
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(7, uint64(owner)))
			for range 12 {
				tenant := fmt.Sprint("owner ", owner)
				seed := []uint64{1, 1, 2, 3, seedExit, seedSegfault, seedHang, seedLost, seedSilent}[rng.IntN(9)]
				q := task(t, seed)
				q.Tenant, q.Timeout = tenant, 30*time.Second
				if seed == seedHang {
					q.Timeout = time.Duration(1+rng.IntN(40)) * time.Millisecond
				}
				ctx, cancel := context.WithCancel(t.Context())
				pause := make(chan struct{})
				look := watch(tenant)
				var once sync.Once
				what := rng.IntN(5)
				q.Progress = func(done, total uint32) {
					mu.Lock()
					running++
					if running != 1 {
						t.Errorf("%d tasks run at once", running)
					}
					mu.Unlock()
					look(done, total)
					switch what {
					case 0:
						cancel()
					case 1:
						once.Do(func() { close(pause) })
					case 2:
						_ = syscall.Kill(p.child.cmd.Process.Pid, syscall.SIGKILL)
					}
					mu.Lock()
					running--
					mu.Unlock()
				}
				_, err := p.RunFrom(ctx, q, Checkpoints{Dir: t.TempDir(), Every: -1, Pause: pause})
				if err != nil && gpu.CodeOf(err) == gpu.Internal {
					t.Errorf("%v", err)
				}
				cancel()
			}
		})
	}
	wg.Wait()
	require.Greater(t, tasks, 20)
	require.NotZero(t, spares, "spares start beside what runs")
	t.Logf("%d looks at %d processes, and %d at spares", tasks, len(served), spares)
	runs(t, p, "last")
}

// A process that does not die keeps its device: nobody else gets it until the process has gone.
func TestNobodyBesideAnUndeadWorker(t *testing.T) {
	p := newPool(t, "child", nil)
	runs(t, p, "a")
	stuck := &process{done: make(chan struct{})}
	p.drop()
	p.undead = []*process{stuck}
	q := task(t, 1)
	q.Tenant, q.Timeout = "b", 30*time.Millisecond
	require.ErrorContains(t, fails(t, p, q, gpu.DeviceLost), "not given to two owners")
	require.Empty(t, workers(t))
	close(stuck.done)
	runs(t, p, "b")
}

// Beside a process of a software device, which has memory of its own only, the next task runs, and one more is waited for.
func TestOneUndeadSoftwareWorkerHoldsNobodyUp(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Device, c.Spare = "eval", true })
	runs(t, p, "a")
	stuck := func() *process {
		return &process{done: make(chan struct{}), info: gpu.Info{Type: gpu.Reference}}
	}
	first, second := stuck(), stuck()
	p.drop()
	p.undead = []*process{first}
	runs(t, p, "b")
	p.drop()
	p.undead = []*process{first, second}
	q := task(t, 1)
	q.Tenant, q.Timeout = "c", 30*time.Millisecond
	require.ErrorContains(t, fails(t, p, q, gpu.DeviceLost), "does not die")
	close(second.done)
	runs(t, p, "c")
	close(first.done)
}

// With a spare the next tenant's process is there already; without one in use it is ended with the pool.
func TestSpare(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Device, c.Spare, c.IdleTimeout = "eval", true, time.Hour })
	runs(t, p, "a")
	require.NotNil(t, p.spare)
	<-p.spare.started
	next := p.spare.c
	require.NotNil(t, next)
	require.False(t, next.served)
	runs(t, p, "a")
	require.Same(t, next, p.spare.c, "it is kept for another")
	runs(t, p, "b")
	require.Same(t, next, p.child)

	<-p.spare.started
	require.NotSame(t, next, p.spare.c)
	p.spare.c.kill() // from outside, say
	<-p.spare.c.done
	runs(t, p, "c")

	for _, c := range p.undead { // what waits for them longer than it may has another reason
		<-c.done
	}
	q := task(t, 1)
	q.Tenant, q.Timeout = "d", time.Nanosecond
	fails(t, p, q, gpu.Timeout)
	runs(t, p, "d")
	require.NoError(t, p.Close())
	require.Empty(t, workers(t))
}

// What hits a GPU hits the spare on it, too: after a failure both processes are gone before anything else happens.
func TestFailureOfAGPUTakesTheSpare(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Spare = true })
	for name, fail := range map[string]func(){
		"run": func() { fails(t, p, task(t, seedLost), gpu.DeviceLost) },
		"replay": func() {
			_, err := p.Replay(t.Context(), task(t, seedLost), 1, 0, "")
			require.Equal(t, gpu.DeviceLost, gpu.CodeOf(err))
		},
	} {
		runs(t, p, "a")
		spare := p.spare
		<-spare.started
		require.NotNil(t, spare.c)
		fail()
		require.Nil(t, p.spare, name)
		require.False(t, spare.c.alive(), name)
		require.Nil(t, p.info, "the device is examined anew")
		require.Empty(t, workers(t), name)
	}
}

// drop waits for a killed process that has a GPU, and for no other.
func TestDropWaitsOnGPUs(t *testing.T) {
	for kind, waits := range map[gpu.AdapterType]bool{gpu.Discrete: true, gpu.Integrated: true, gpu.CPU: false, gpu.Reference: false} {
		synctest.Test(t, func(t *testing.T) {
			c := &process{done: make(chan struct{}), info: gpu.Info{Type: kind}}
			c.killed.Do(func() {})
			p := &Pool{child: c}
			dropped := make(chan struct{})
			go func() { p.drop(); close(dropped) }()
			synctest.Wait()
			select {
			case <-dropped:
				require.False(t, waits, kind)
			default:
				require.True(t, waits, kind)
			}
			close(c.done)
			<-dropped
		})
	}
}

// What is known of the device is told while a task runs.
func TestInfoDoesNotWait(t *testing.T) {
	p := newPool(t, "child", nil)
	want, err := p.Info(t.Context())
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	q := task(t, seedHang)
	asked := false
	q.Progress = func(uint32, uint32) { // while the pool's turn is held
		got, err := p.Info(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, got)
		_, err = p.Sandbox(t.Context())
		require.NoError(t, err)
		asked = true
		cancel()
	}
	_, err = p.Run(ctx, q)
	require.Equal(t, gpu.Canceled, gpu.CodeOf(err))
	require.True(t, asked)
}
