package worker

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
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

// tally is what TestAttacks counts and measures.
type tally struct {
	total, ran int
	codes      map[gpu.Code]int
	lag        []time.Duration            // from the deadline until Run had returned
	next       []time.Duration            // from the deadline, or an earlier end, until another tenant's task had run
	control    []time.Duration            // for the same task in a fresh process of a pool that nobody attacks, measured beside
	points     map[string][]time.Duration // where the time went
	worst      string
	busy       int // times that next was longer than promised, and no more than controls times the control: the machine was busy
	again      int // times that it was longer than that, and not when the attack was repeated
}

// promise is the time from a deadline until the next task has run, on a machine that has time for it: where others keep it busy,
// what counts is how long a fresh process with a small task takes then.
const (
	promise  = 2 * time.Second
	controls = 3
	loose    = 20 * time.Second // in go test, where other tests may keep the machine busy; less than any deadline that would end what holds a task up
)

// allowed is the promise on this machine at this moment.
func (sum *tally) allowed() time.Duration {
	return max(promise, controls*slices.Max(sum.control[max(0, len(sum.control)-3):]))
}

func (sum *tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d hostile tasks, all of them survived; %d ended with a result, the others as %v\n", sum.total, sum.ran, sum.codes)
	fmt.Fprintf(&b, "%-52s %6s %8s %8s %8s\n", "ms", "count", "median", "99 of 100", "worst")
	line := func(what string, list []time.Duration) {
		if len(list) > 0 {
			slices.Sort(list)
			fmt.Fprintf(&b, "%-52s %6d %8d %8d %8d\n", what, len(list), list[len(list)/2].Milliseconds(), list[len(list)*99/100].Milliseconds(), list[len(list)-1].Milliseconds())
		}
	}
	line("deadline to typed end", sum.lag)
	line("deadline, or earlier end, to the next tenant's end", sum.next)
	line("control: a fresh process with the next tenant's task", sum.control)
	for _, p := range slices.Sorted(maps.Keys(sum.points)) {
		line("  "+p, sum.points[p])
	}
	fmt.Fprintf(&b, "longer than %v: %d, all within %d times the control; longer than that, and not when repeated: %d; worst: %s", promise, sum.busy, controls, sum.again, sum.worst)
	return b.String()
}

// Every hostile task ends in a typed error or a harmless result, this process is none the worse for it, and another tenant's
// task runs right after it.
func TestAttacks(t *testing.T) {
	for device, share := range map[string]int{"webgpu": 4, "eval": 1} { // of 5
		t.Run(device, func(t *testing.T) {
			n := *attacks * share / 5
			if *attacks == 0 {
				n = len(families)
			}
			open := func(spare bool) *Pool {
				return newPool(t, "child", func(c *Config) { c.Device, c.Memory, c.Spare, c.Log = device, 2<<30, spare, quiet() })
			}
			p, control := open(true), open(false)
			if _, err := p.Info(t.Context()); gpu.CodeOf(err) == gpu.Unsupported && err != nil {
				t.Skip(err)
			} else {
				require.NoError(t, err)
			}
			fake := newPool(t, "child", func(c *Config) { c.Memory, c.Log = 1<<30, quiet() })
			runs(t, p, "next")
			runs(t, fake, "next")
			runs(t, control, "next")
			files, routines := openFDs(t), runtime.NumGoroutine()
			sum := tally{codes: make(map[gpu.Code]int), points: make(map[string][]time.Duration)}
			p.trace = func(point string, took time.Duration) { sum.points[point] = append(sum.points[point], took) }
			measure := func(t *testing.T) {
				require.NoError(t, control.take(t.Context()))
				control.drop()
				control.give()
				start := time.Now()
				runs(t, control, "next")
				sum.control = append(sum.control, time.Since(start))
			}
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
					if i%10 == 0 {
						measure(t)
					}
					for again := range 3 {
						a, on := f.make(t, k, rng), p
						if a.fake {
							on = fake
						}
						next := sum.strike(t, on, a, deadline)
						if *attacks == 0 {
							require.Less(t, next, loose, "the next task runs too late")
							break
						}
						if next < promise {
							break
						}
						measure(t)
						if next < sum.allowed() {
							sum.busy++
							break
						}
						sum.again++
						require.Less(t, again, 2, "the next task runs too late: %v, and %v in a fresh process", next, sum.control[len(sum.control)-1])
					}
				})
			}
			t.Logf("%s: %v", device, &sum)
			require.Eventually(t, func() bool { return openFDs(t) <= files+16 }, time.Minute, 10*time.Millisecond, "no file is left open") // a spare's, and a control's
			require.Eventually(t, func() bool { return runtime.NumGoroutine() <= routines+16 }, time.Minute, 10*time.Millisecond, "no goroutine is left behind")
		})
	}
}

// strike runs one attack and then a task of another tenant, and returns how long after the deadline, or an earlier end, that
// had run.
func (sum *tally) strike(t *testing.T, p *Pool, a attack, deadline time.Duration) time.Duration {
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
	runs(t, p, "next")
	next := time.Since(start) - min(took, deadline)
	if took >= deadline {
		sum.lag = append(sum.lag, took-deadline)
	}
	if len(sum.next) == 0 || next > slices.Max(sum.next) {
		sum.worst = t.Name()
	}
	sum.next = append(sum.next, next)
	return next
}

func openFDs(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	return len(list)
}
