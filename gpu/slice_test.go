package gpu

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// The boxes that a grid is cut into are all of it, once.
func TestCutsCoverTheGrid(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		grid := [3]uint32{1 + rng.Uint32N(9), 1 + rng.Uint32N(9), 1 + rng.Uint32N(9)}
		seen := map[[3]uint32]bool{}
		for done := uint64(0); done < groups(grid); {
			n := 1 + rng.Uint64N(2*groups(grid))
			from, size := cut(grid, done, n)
			require.LessOrEqual(t, groups(size), n)
			require.Positive(t, groups(size))
			for i := range groups(size) {
				at := [3]uint32{from[0] + uint32(i)%size[0], from[1] + uint32(i)/size[0]%size[1], from[2] + uint32(i)/(size[0]*size[1])}
				require.False(t, seen[at])
				seen[at] = true
				require.True(t, at[0] < grid[0] && at[1] < grid[1] && at[2] < grid[2])
			}
			done += groups(size)
		}
		require.Len(t, seen, int(groups(grid)))
	}
}

// timed is a software device whose workgroups take the time that they say.
type timed struct {
	*Fake
	kind  AdapterType // CPU, if empty
	wait  func(groups uint64)
	grids []uint64
}

func (d *timed) Info() Info {
	i := d.Fake.Info()
	i.Type = cmp.Or(d.kind, CPU)
	return i
}

func (d *timed) Submit(ctx context.Context, work []Work) error {
	for _, w := range work {
		if k, ok := w.Kernel.(*fakeKernel); ok && len(k.bindings) > 1 {
			d.grids = append(d.grids, groups(w.Grid))
			d.wait(groups(w.Grid))
		}
	}
	return d.Fake.Submit(ctx, work)
}

const hundredSource = `
@group(0) @binding(0) var<storage, read_write> x: array<u32>;
@group(0) @binding(1) var<storage, read> n: array<u32>;
@compute @workgroup_size(1)
fn count(@builtin(workgroup_id) id: vec3<u32>) { for (var i = 0u; i < n[0]; i++) { x[id.x] += 1u; } }`

func counting(steps uint32) *Program {
	return &Program{
		Version: ProgramVersion, Steps: steps, Segment: 1, Modules: []Module{{Name: "m", WGSL: hundredSource}},
		Buffers: []Buffer{{Name: "x", Kind: Output, Type: U32, Len: 40_000}, {Name: "n", Kind: Output, Type: U32, Len: 4}},
		Step:    []Command{{Op: Dispatch, Entry: "count", Bind: []Binding{{Buffer: 0}, {Buffer: 1}}, Grid: [3]uint32{10_000, 1, 1}}},
	}
}

// slicedRun runs counting where a workgroup takes so long.
func slicedRun(ctx context.Context, t *testing.T, steps uint32, each time.Duration, progress func(*timed)) (*timed, *Result, error) {
	return unevenRun(ctx, t, CPU, steps, func(uint64) time.Duration { return each }, Task{}, progress)
}

// unevenRun runs counting where each workgroup takes its own time.
func unevenRun(ctx context.Context, t *testing.T, kind AdapterType, steps uint32, each func(at uint64) time.Duration, task Task, progress func(*timed)) (*timed, *Result, error) {
	t.Helper()
	clock, at := time.Duration(0), uint64(0)
	return waitingRun(ctx, t, steps, &timed{Fake: new(Fake), kind: kind}, &clock, func(groups uint64) {
		for range groups {
			clock += each(at % 10_000)
			at++
		}
	}, task, progress)
}

// cardRun runs counting on a card that does so many workgroups at once, each of which takes its own time.
func cardRun(t *testing.T, steps uint32, lanes int, each func(at uint64) time.Duration, task Task) (d *timed, total time.Duration, res *Result, err error) {
	t.Helper()
	at := uint64(0)
	d, res, err = waitingRun(t.Context(), t, steps, &timed{Fake: new(Fake), kind: Discrete}, &total, func(groups uint64) {
		free := make([]time.Duration, lanes) // when each lane is done
		for range groups {
			next := 0
			for i, f := range free {
				if f < free[next] {
					next = i
				}
			}
			free[next] += each(at % 10_000)
			at++
		}
		total += slices.Max(free) + 100*time.Microsecond
	}, task, nil)
	return d, total, res, err
}

// waitingRun runs counting on a device whose clock wait moves.
func waitingRun(ctx context.Context, t *testing.T, steps uint32, d *timed, clock *time.Duration, wait func(groups uint64), task Task, progress func(*timed)) (*timed, *Result, error) {
	t.Helper()
	d.wait = wait
	d.Kernels = map[string]FakeKernel{"count": func(grid [3]uint32, bind [][]byte) error {
		from, whole := uint32(0), grid[0]
		if len(bind) > 2 {
			from, whole = binary.LittleEndian.Uint32(bind[2]), binary.LittleEndian.Uint32(bind[2][32:])
		}
		if whole != 10_000 {
			return Errorf(Internal, "a grid of %d", whole)
		}
		for i := from; i < from+grid[0]; i++ {
			bind[0][4*i]++
		}
		return nil
	}}
	task.Progress = func(Progress) {
		if progress != nil {
			progress(d)
		}
	}
	e := executorFor(t, d, counting(steps), task)
	e.now = func() time.Time { return time.Unix(0, 0).Add(*clock) }
	res, err := e.run(ctx)
	return d, res, err
}

func executorFor(t *testing.T, d Device, p *Program, task Task) *executor {
	t.Helper()
	rep, err := Check(p)
	require.NoError(t, err)
	e := newExecutor(d, p, rep, task)
	return e
}

// A dispatch of a hundred seconds runs in submissions of far below one; one that turns out to be short is not cut again.
func TestLongDispatchesRunInSlices(t *testing.T) {
	d, res, err := slicedRun(t.Context(), t, 2, 10*time.Millisecond, nil)
	require.NoError(t, err)
	require.LessOrEqual(t, res.Timings.Longest, targetTime)
	require.Equal(t, uint64(1), d.grids[0], "the first is small")
	require.InDelta(t, 800, len(d.grids), 20, "25 workgroups each")
	var want MerkleTree
	want.AddData(bytes.Repeat([]byte{2, 0, 0, 0}, 10_000)) // one chunk
	require.Equal(t, want.Root(), res.Outputs[0].Root, "every workgroup ran once in each step")

	d, res, err = slicedRun(t.Context(), t, 3, 10*time.Microsecond, nil)
	require.NoError(t, err)
	require.Equal(t, []uint64{1, 8, 64, 512, 4096, 5319, 10_000, 10_000}, d.grids)
	require.LessOrEqual(t, res.Timings.Longest, targetTime)

	d, _, err = slicedRun(t.Context(), t, 2, 200*time.Microsecond, nil)
	require.NoError(t, err)
	for _, n := range d.grids {
		require.LessOrEqual(t, n, uint64(targetTime/(200*time.Microsecond)), "two seconds are cut in every step")
	}
}

// Where loops are bounded the first slice is as large as what would run as one on software, and a part of that where a watchdog may be.
func TestFirstSlices(t *testing.T) {
	for kind, ops := range map[AdapterType]uint64{CPU: sureOps, Discrete: maxGuessOps} {
		d := &timed{Fake: &Fake{Kernels: map[string]FakeKernel{"count": func([3]uint32, [][]byte) error { return nil }}}, kind: kind, wait: func(uint64) {}}
		p := counting(1)
		p.Modules[0].WGSL = strings.ReplaceAll(hundredSource, "i < n[0]; i++) { x[id.x] += 1u;", "i < 20000u; i++) { x[id.x] += n[0];")
		e := executorFor(t, d, p, Task{})
		each := e.rep.guess[1][0] / 10_000
		require.Greater(t, 10_000*each, uint64(sureOps))
		_, err := e.run(t.Context())
		require.NoError(t, err)
		require.Equal(t, ops/each, d.grids[0])
	}
}

// What one run measured is what the next one with the same kernel begins with: a short dispatch is not cut, and a long one in slices that come
// near the target at once, from an eighth of it on, as its data may be others.
func TestRunsLearnFromEachOther(t *testing.T) {
	run := func(task Task, each time.Duration) []uint64 {
		d, res, err := unevenRun(t.Context(), t, CPU, 1, func(uint64) time.Duration { return each }, task, nil)
		require.NoError(t, err)
		require.LessOrEqual(t, res.Timings.Longest, targetTime)
		return d.grids
	}
	first := []uint64{1, 8, 64, 512, 4096, 5319}
	short := Task{Learned: new(Learned)}
	require.Equal(t, first, run(short, 20*time.Microsecond))
	require.Equal(t, []uint64{10_000}, run(short, 20*time.Microsecond))
	require.Equal(t, first, run(Task{Learned: new(Learned)}, 20*time.Microsecond), "another owner learns nothing from it")
	require.Equal(t, first, run(Task{}, 20*time.Microsecond))

	long := Task{Learned: new(Learned)}
	require.Equal(t, []uint64{1, 8, 64, 512, 2500, 2500, 2500, 1915}, run(long, 100*time.Microsecond))
	require.Equal(t, []uint64{312, 2496, 2500, 2500, 2192}, run(long, 100*time.Microsecond))
	require.Equal(t, uint64(312), run(long, 20*time.Microsecond)[0])
	require.Equal(t, []uint64{10_000}, run(long, 20*time.Microsecond), "the newest run counts")
}

// What the driver's compiler takes with the first slice is not taken for the workgroups'.
func TestCompilingIsNotLearned(t *testing.T) {
	task := Task{Learned: new(Learned)}
	for _, want := range [][]uint64{{1, 1, 8, 64, 512, 4096, 5318}, {10_000}} {
		compile := time.Second
		d, _, err := unevenRun(t.Context(), t, CPU, 1, func(uint64) time.Duration {
			took := 20*time.Microsecond + compile
			compile = 0
			return took
		}, task, nil)
		require.NoError(t, err)
		require.Equal(t, want, d.grids)
	}
}

// The evaluator gets whole dispatches, unless a part of its time is for others: then it rests within a dispatch as well.
func TestTheEvaluatorSharesItsTimeWithinADispatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		percent := 100
		each := func(uint64) time.Duration { return time.Millisecond }
		d, _, err := unevenRun(t.Context(), t, Reference, 1, each, Task{Share: func() int { return percent }}, nil)
		require.NoError(t, err)
		require.Equal(t, []uint64{10_000}, d.grids)

		percent = 20
		start := time.Now()
		_, res, err := unevenRun(t.Context(), t, Reference, 2, each, Task{Share: func() int { return percent }}, nil)
		require.NoError(t, err)
		require.LessOrEqual(t, res.Timings.Longest, targetTime)
		require.InDelta(t, 80, time.Since(start).Seconds(), 2, "of 100 s it works for 20")
	})
}

// A program is checked once, and another one, or one that is wrong, each time.
func TestProgramsAreCheckedOnce(t *testing.T) {
	learned := new(Learned)
	first, err := learned.check(counting(1))
	require.NoError(t, err)
	again, err := learned.check(counting(1))
	require.NoError(t, err)
	require.Same(t, first, again)
	other, err := learned.check(counting(2))
	require.NoError(t, err)
	require.NotSame(t, first, other)
	wrong := counting(1)
	wrong.Step[0].Entry = "nothing"
	for range 2 {
		_, err = learned.check(wrong)
		require.Equal(t, InvalidProgram, CodeOf(err), "%v", err)
	}
	for i := range uint32(maxReports) {
		_, err = learned.check(counting(3 + i))
		require.NoError(t, err)
		require.LessOrEqual(t, len(learned.reports), maxReports)
	}
}

// Where workgroups take eight times as long from some place on, two slices are too long, the first time; then they are cut for the slow ones.
func TestSlicesKnowTheSlowestPlace(t *testing.T) {
	slow := func(at uint64) time.Duration {
		if at >= 5_000 && at < 6_000 {
			return 8 * time.Millisecond
		}
		return time.Millisecond
	}
	task := Task{Learned: new(Learned)}
	for round := range 2 {
		over, clock := 0, time.Duration(0)
		d, _, err := unevenRun(t.Context(), t, CPU, 2, func(at uint64) time.Duration {
			clock += slow(at)
			return slow(at)
		}, task, func(*timed) {
			if clock > targetTime {
				over++
			}
			clock = 0
		})
		require.NoError(t, err)
		require.Equal(t, 2-2*round, over, "round %d", round)
		require.Less(t, len(d.grids), 1200, "20,000 workgroups, at least 31 of the slow ones or as many quick ones at once")
	}
}

// fractal is what a workgroup of a picture of 100 rows takes: inside of a disc a hundred times as much as outside.
func fractal(outside time.Duration) func(at uint64) time.Duration {
	return func(at uint64) time.Duration {
		x, y := int(at%100)-50, int(at/100)-50
		if x*x+y*y < 900 {
			return 100 * outside
		}
		return outside
	}
}

// On a GPU a submission that takes longer than a second ends the run. Workgroups that take a hundred times as long as those before still end in
// time, wherever they begin and however often the picture is computed, and what cutting costs is little.
func TestUnevenDispatchesAreInTimeOnGPUs(t *testing.T) {
	for _, lanes := range []int{1, 16, 400} {
		for _, outside := range []time.Duration{10 * time.Microsecond, 100 * time.Microsecond, time.Millisecond} {
			for name, each := range map[string]func(uint64) time.Duration{
				"disc": fractal(outside),
				"wall": func(at uint64) time.Duration { // full rows, from one to the next
					if at/100 >= 40 && at/100 < 60 {
						return 100 * outside
					}
					return outside
				},
				"stripes": func(at uint64) time.Duration {
					if at/500%2 == 1 {
						return 100 * outside
					}
					return outside
				},
			} {
				sum := time.Duration(0)
				for at := range uint64(10_000) {
					sum += each(at)
				}
				ideal := max(sum/time.Duration(lanes), 100*outside)
				task := Task{Learned: new(Learned)}
				for round := range 2 {
					d, total, res, err := cardRun(t, 2, lanes, each, task)
					what := fmt.Sprintf("%s, %d lanes, %v, round %d: %v, at best %v, in %d slices", name, lanes, outside, round, total, 2*ideal, len(d.grids))
					require.NoError(t, err, what)
					require.LessOrEqual(t, res.Timings.Longest, time.Second, what)
					require.Less(t, total, 3*ideal, what)
				}
			}
		}
	}
}

// Workgroups that take long, many at once, are not run one by one.
func TestSlicesFillTheDevice(t *testing.T) {
	for _, each := range []time.Duration{time.Millisecond, 20 * time.Millisecond, 200 * time.Millisecond} {
		d, total, _, err := cardRun(t, 1, 400, func(uint64) time.Duration { return each }, Task{})
		require.NoError(t, err)
		require.Less(t, total, 40*each, "25 at best, in %d slices", len(d.grids))
	}
}

// What draws a GPU's screen gets its turn 25 times a second: commands that are known share submissions up to that time, and a dispatch that takes longer is cut,
// also where the estimate says that it is short. Software draws none.
func TestSubmissionsLeaveTimeForTheScreen(t *testing.T) {
	short := strings.Replace(hundredSource, "i < n[0]", "i < 100u", 1)
	for kind, target := range map[AdapterType]time.Duration{Discrete: 40 * time.Millisecond, Integrated: 40 * time.Millisecond, CPU: 250 * time.Millisecond} {
		for source, whole := range map[string]time.Duration{hundredSource: 5 * time.Millisecond, short: 60 * time.Millisecond} {
			p := counting(2000)
			p.Segment, p.Modules[0].WGSL = p.Steps, source
			clock, after, longest, steps := time.Duration(0), time.Duration(0), time.Duration(0), 0
			d := &timed{Fake: new(Fake), kind: kind}
			d.Kernels = map[string]FakeKernel{"count": func([3]uint32, [][]byte) error { return nil }}
			d.wait = func(groups uint64) { clock += whole * time.Duration(groups) / 10_000 }
			e := executorFor(t, d, p, Task{Progress: func(Progress) {
				if steps++; steps > 20 { // it was measured
					longest = max(longest, clock-after)
				}
				after = clock
			}})
			e.now = func() time.Time { return time.Unix(0, 0).Add(clock) }
			_, err := e.run(t.Context())
			require.NoError(t, err)
			require.LessOrEqual(t, longest, target, "%s, %v", kind, whole)
			require.Greater(t, longest, target*3/4, "%s, %v: no more submissions than that takes", kind, whole)
		}
	}
}

// Between two slices a run is canceled at once.
func TestSlicesAreInterruptible(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	d, _, err := slicedRun(ctx, t, 1, time.Second, func(d *timed) {
		if len(d.grids) == 7 {
			cancel()
		}
	})
	require.Equal(t, Canceled, CodeOf(err), "%v", err)
	require.Len(t, d.grids, 7)
}

// What cannot be cut, a workgroup, is bounded.
func TestWorkgroupsAreBounded(t *testing.T) {
	_, _, err := slicedRun(t.Context(), t, 1, time.Hour, nil)
	require.Equal(t, Timeout, CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "a workgroup of one, took longer than 30s")
}

// A dispatch that leaves no uniform for its slice runs as one, and is bounded as one.
func TestNoBindingForASlice(t *testing.T) {
	p := counting(1)
	for i := range MaxUniforms {
		if i > 0 {
			one, err := Check(p)
			require.NoError(t, err)
			_, free := one.slot(1, 0, &p.Step[0])
			require.True(t, free, "%d uniforms", i)
			require.Equal(t, one.ops[1][0]/10_000, one.uncut[1][0])
		}
		p.Modules[0].WGSL = fmt.Sprintf("@group(0) @binding(%d) var<uniform> u%d: vec4<u32>;\n", i+2, i) + strings.Replace(p.Modules[0].WGSL, " 1u; }", fmt.Sprintf(" u%d.x + 1u; }", i), 1)
		p.Step[0].Bind = append(p.Step[0].Bind, Binding{Buffer: uint32(len(p.Buffers))})
		p.Buffers = append(p.Buffers, Buffer{Name: fmt.Sprint("u", i), Kind: Const, Type: U32, Len: 16})
	}
	r, err := Check(p)
	require.NoError(t, err)
	_, free := r.slot(1, 0, &p.Step[0])
	require.False(t, free)
	require.Equal(t, r.ops, r.uncut)
}
