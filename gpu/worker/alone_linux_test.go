package worker

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
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
// task runs, the process that runs it is the only one, and it has served no other tenant.
func TestOneOwnerAtATime(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Memory, c.IdleTimeout, c.Log = 1<<30, 5*time.Millisecond, quiet() })
	var mu sync.Mutex // of what follows
	served := make(map[int]string)
	running, tasks := 0, 0
	watch := func(tenant string) func(uint32, uint32) {
		return func(uint32, uint32) { // called while the pool's turn is held
			mu.Lock()
			defer mu.Unlock()
			pid := p.child.cmd.Process.Pid
			if served[pid] == "" {
				served[pid] = tenant
			}
			if served[pid] != tenant {
				t.Errorf("process %d of %s serves %s", pid, served[pid], tenant)
			}
			if list := workers(t); len(list) > 1 || len(list) == 1 && list[0] != fmt.Sprint(pid) {
				t.Errorf("processes %v while %d serves %s", list, pid, tenant)
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
	t.Logf("%d looks at %d processes", tasks, len(served))
	runs(t, p, "last")
}

// A process that does not die keeps its device: nobody else gets it until the process has gone.
func TestNobodyBesideAnUndeadWorker(t *testing.T) {
	p := newPool(t, "child", nil)
	runs(t, p, "a")
	stuck := &process{done: make(chan struct{})}
	p.drop()
	p.undead = stuck
	q := task(t, 1)
	q.Tenant, q.Timeout = "b", 30*time.Millisecond
	require.ErrorContains(t, fails(t, p, q, gpu.DeviceLost), "not given to two owners")
	require.Empty(t, workers(t))
	close(stuck.done)
	runs(t, p, "b")
}
