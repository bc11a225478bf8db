package worker

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// go run ./cmd/dev hostile runs all of them, and measures; go test runs some of every family.
var (
	attacks = flag.Int("attacks", 0, "number of hostile tasks of TestAttacks; 0: one of each family, on each device")
	seed    = flag.Uint64("attackseed", 1, "of what is random in TestAttacks")
)

// tally is what TestAttacks counts.
type tally struct {
	total, ran int
	codes      map[gpu.Code]int
	lag        time.Duration // the longest time from the deadline until Run had returned
	next       time.Duration // the longest time from the deadline, or an earlier end, until another tenant's task had run
	worst      string
	slow       int // times that next was longer than promised, and not when the attack was repeated: the machine was busy
}

// promise is the time from a deadline until the next task has run.
const promise = 2 * time.Second

// Every hostile task ends in a typed error or a harmless result, this process is none the worse for it, and another tenant's
// task runs right after it.
func TestAttacks(t *testing.T) {
	for device, share := range map[string]int{"webgpu": 4, "eval": 1} { // of 5
		t.Run(device, func(t *testing.T) {
			n := *attacks * share / 5
			if *attacks == 0 {
				n = len(families)
			}
			p := newPool(t, "child", func(c *Config) { c.Device, c.Memory, c.Log = device, 2<<30, quiet() })
			if _, err := p.Info(t.Context()); gpu.CodeOf(err) == gpu.Unsupported && err != nil {
				t.Skip(err)
			} else {
				require.NoError(t, err)
			}
			fake := newPool(t, "child", func(c *Config) { c.Memory, c.Log = 1<<30, quiet() })
			runs(t, p, "next")
			runs(t, fake, "next")
			files, routines := openFDs(t), runtime.NumGoroutine()
			sum := tally{codes: make(map[gpu.Code]int)}
			for i := range n {
				rng := rand.New(rand.NewPCG(*seed, uint64(i)))
				f, k := families[i%len(families)], i/len(families)
				if *attacks == 0 {
					k = rng.IntN(60) // otherwise go test would see the harmless ends of the families only
				}
				name := fmt.Sprintf("%s %d", f.name, k)
				t.Run(name, func(t *testing.T) {
					deadline := 500 * time.Millisecond
					if *attacks > 0 {
						deadline = time.Duration(200+rng.IntN(1300)) * time.Millisecond
					}
					for again := range 3 {
						a, on := f.make(t, k, rng), p
						if a.fake {
							on = fake
						}
						if sum.strike(t, on, a, deadline) || *attacks == 0 {
							break // go test measures nothing
						}
						sum.slow++
						require.Less(t, again, 2, "the next task runs too late")
					}
				})
			}
			t.Logf("%s: %d hostile tasks, all of them survived; %d ended with a result, the others as %v; longest from deadline to typed end %v, to the end of the next tenant's task %v (%s); %d times longer than %v, and not again",
				device, sum.total, sum.ran, sum.codes, sum.lag.Round(time.Millisecond), sum.next.Round(time.Millisecond), sum.worst, sum.slow, promise)
			require.LessOrEqual(t, openFDs(t), files+8, "no file is left open")
			require.LessOrEqual(t, runtime.NumGoroutine(), routines+8, "no goroutine is left behind")
		})
	}
}

// strike runs one attack and then a task of another tenant, and reports whether that ran in time.
func (sum *tally) strike(t *testing.T, p *Pool, a attack, deadline time.Duration) bool {
	a.q.Timeout = deadline
	clear(p.suspects) // attacks of one family may have the same kernels
	if a.signal != 0 {
		require.NoError(t, p.take(t.Context()))
		c, err := p.ready(t.Context(), "mallory")
		p.give()
		require.NoError(t, err)
		hit := time.AfterFunc(a.after, func() { _ = syscall.Kill(c.cmd.Process.Pid, a.signal) })
		defer hit.Stop()
	}
	start := time.Now()
	res, err := p.RunFrom(t.Context(), a.q, Checkpoints{Resume: a.resume})
	took := time.Since(start)
	sum.total++
	if err == nil {
		sum.ran++
		require.NotNil(t, res)
		if a.want != nil && a.signal == 0 {
			t.Error("it ended with a result")
		}
	} else {
		code := gpu.CodeOf(err)
		sum.codes[code]++
		require.NotEqual(t, gpu.Internal, code, "%v", err)
		require.NotContains(t, err.Error(), "\n")
		require.Less(t, len(err.Error()), 1000)
		if a.want != nil {
			require.True(t, a.want(code) || code == gpu.Timeout, "%v", err)
		}
		left, err := os.ReadDir(a.q.OutDir)
		require.NoError(t, err)
		require.Empty(t, left, "no result of a failed task may stay")
	}
	lag := max(0, took-deadline)
	runs(t, p, "next")
	next := time.Since(start) - min(took, deadline)
	sum.lag = max(sum.lag, lag)
	if next > sum.next {
		sum.next, sum.worst = next, t.Name()
	}
	return next < promise
}

func openFDs(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	return len(list)
}
