package jobfile

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/poc"
)

// paced is an estimate by which the first task of a job, whole, takes so long, and all others as much longer or shorter as their operations are more
// or fewer.
func paced(t *testing.T, load func(Options) (*Job, error), whole time.Duration) func(market.Work) time.Duration {
	j, err := load(Options{Whole: true})
	require.NoError(t, err)
	all := float64(j.tasks[0].Program.Report.Operations)
	return func(w market.Work) time.Duration {
		return time.Duration(float64(w.Operations) / all * float64(whole)).Round(time.Millisecond)
	}
}

// What takes long is cut, as far as it can be, or the job says why not.
func TestLongTasksAreCut(t *testing.T) {
	start, data := write(t, "", "start.bin", make([]byte, 8*4)), write(t, "", "data.bin", make([]byte, 7*8*4))
	plain := strings.NewReplacer(", stages: 3", "", "STEPS: 7", "STEPS: 700").Replace(walks)
	plain = plain[:strings.Index(plain, "  - {name: join")] // what the last task keeps are the outputs
	plain = strings.Replace(plain, "rows: {kind: output, type: u32, shape: [N], every: 2}", "rows: {kind: temp, type: u32, shape: [N]}", 1)
	floats := strings.NewReplacer("start: {type: u32", "start: {type: f32", "u32, shape: [N], keep: true}", "f32, shape: [N], keep: true}", "at: array<u32>", "at: array<f32>",
		"+= piece[id.x]; rows[id.x] = at[id.x]", "= exp(at[id.x]); rows[id.x] = piece[id.x]").Replace(plain)
	for _, c := range []struct {
		takes    string
		opts     Options
		old, new string
		want     string // of each task that is cut or takes long; then the tasks and the timeout of the first
	}{
		{takes: "9m", want: "2 tasks, 54m0s"},
		{takes: "5s", want: "2 tasks, 1m0s"},
		{takes: "25m", want: "walk: 3 stages of 233 to 234 steps, as it is estimated to take 25m0s, a stage about 8m20s (stages: 1 in the job file leaves it whole); 6 tasks, 50m0s"},
		{takes: "25m", opts: Options{Stage: time.Minute}, want: "walk: 25 stages of 28 steps, as it is estimated to take 25m0s, a stage about 1m0s (stages: 1 in the job file leaves it whole); 50 tasks, 6m0s"},
		{takes: "25m", opts: Options{Whole: true}, want: "2 tasks, 1h0m0s"},
		{takes: "25m", opts: Options{Room: 4}, want: "walk: 2 stages of 350 steps, as it is estimated to take 25m0s, a stage about 12m30s (stages: 1 in the job file leaves it whole); 4 tasks, 1h0m0s"},
		{takes: "25m", opts: Options{Room: 3}, want: "walk stays whole, though it is estimated to take 25m0s: that would make more tasks than the network allows in a job, or over 256 more than the job file says; 2 tasks, 1h0m0s"},
		{takes: "100h", want: "walk: 129 stages of 5 to 6 steps, as it is estimated to take 100h0m0s, a stage about 46m31s (stages: 1 in the job file leaves it whole); 258 tasks, 1h0m0s"},
		{takes: "25m", old: "repeat: 2", new: "repeat: 300", want: "walk stays whole, though it is estimated to take 25m0s: that would make more tasks than the network allows in a job, or over 256 more than the job file says; 300 tasks, 1h0m0s"},
		{takes: "25m", old: "repeat: 2", new: "repeat: 2, timeout: 1h", want: "walk: 3 stages of 233 to 234 steps, as it is estimated to take 25m0s, a stage about 8m20s (stages: 1 in the job file leaves it whole); 6 tasks, 1h0m0s"},
		{takes: "25m", old: "repeat: 2", new: "repeat: 2, timeout: 2m", want: "walk: 25 stages of 28 steps, as it is estimated to take 25m0s, a stage about 1m0s (stages: 1 in the job file leaves it whole); 50 tasks, 2m0s"},
		{takes: "25m", old: "repeat: 2", new: "repeat: 2, stages: 1", want: "walk stays whole, though it is estimated to take 25m0s: the job file says stages: 1; 2 tasks, 1h0m0s"},
		{takes: "25m", old: "repeat: 2", new: "repeat: 2, stages: 7", want: "walk: 7 stages of 100 steps; 14 tasks, 21m0s"},
		{takes: "25m", old: "STEPS: 700", new: "STEPS: 2", want: "walk: 2 stages of 1 steps, as it is estimated to take 25m0s, a stage about 12m30s (stages: 1 in the job file leaves it whole); 4 tasks, 1h0m0s"},
		{takes: "25m", old: "STEPS: 700", new: "STEPS: 1", want: "walk stays whole, though it is estimated to take 25m0s: its program has one step, and could be cut between steps only; 2 tasks, 1h0m0s"},
		{takes: "25m", old: "{kind: temp, type: u32, shape: [N]}", new: "{kind: output, type: u32, shape: [N], every: 700}", want: "walk stays whole, though it is estimated to take 25m0s: a cut must be where every output has emitted its rows, which is at its end only; 2 tasks, 1h0m0s"},
		{takes: "25m", old: "tasks:\n", new: "policy: {maxError: 1%}\ntasks:\n", want: "walk stays whole, though it is estimated to take 25m0s: the accepted error would be that of each stage, and of all together as many times more; 2 tasks, 1h0m0s"},
		{takes: "25m", old: "tasks:\n", new: "batch: 2\ntasks:\n", want: "walk stays whole, though it is estimated to take 25m0s: the job file says batch, and the tasks of a unit may not need each other, as stages do; 2 tasks, 1h0m0s"},
		{takes: "25m", old: "tasks:\n", new: "batch: 1\ntasks:\n", want: "walk: 3 stages of 233 to 234 steps, as it is estimated to take 25m0s, a stage about 8m20s (stages: 1 in the job file leaves it whole); 6 tasks, 50m0s"},
		{takes: "25m", old: "{name: walk,", new: "{name: " + strings.Repeat("w", 50) + ",", want: strings.Repeat("w", 50) + " stays whole, though it is estimated to take 25m0s: the name of a task in 3 stages has at most 45 bytes; 2 tasks, 1h0m0s"},
		{takes: "25m", opts: Options{Tier: ClassExact}, old: plain, new: floats, want: "walk: 3 stages of 233 to 234 steps, as it is estimated to take 25m0s, a stage about 8m20s (stages: 1 in the job file leaves it whole); 6 tasks, 50m0s"},
		{takes: "25m", opts: Options{Tier: Tolerance}, old: plain, new: floats, want: "walk stays whole, though it is estimated to take 25m0s: in the tier tolerance every stage may be off by the bounds, and all together by as many times more; 2 tasks, 1h0m0s"},
		{takes: "25m", opts: Options{Tier: Image}, old: plain, new: floats, want: "walk stays whole, though it is estimated to take 25m0s: in the tier image every stage may be off by the bounds, and all together by as many times more; 2 tasks, 1h0m0s"},
		{takes: "25m", opts: Options{Submitted: []string{"other", "walk/0, stage 1 of 5", "walk/0, stage 2 of 5"}}, want: "walk: 5 stages of 140 steps; 10 tasks, 30m0s"},
		{takes: "25m", opts: Options{Submitted: []string{"walk/0", "walk/1"}}, want: "2 tasks, 1h0m0s"},
	} {
		require.Contains(t, plain, c.old)
		path := write(t, "", "walks.yaml", []byte(strings.Replace(plain, c.old, c.new, 1)))
		takes, err := time.ParseDuration(c.takes)
		require.NoError(t, err)
		load := func(opts Options) (*Job, error) {
			opts.Inputs, opts.Tier = map[string]string{"start": start, "data": data}, c.opts.Tier
			return Load(path, opts)
		}
		c.opts.Pace = paced(t, load, takes)
		j, err := load(c.opts)
		require.NoError(t, err)
		var told []string
		for _, s := range j.Stages {
			told = append(told, s.String())
		}
		told = append(told, fmt.Sprintf("%d tasks, %v", j.Tasks(), j.tasks[0].Timeout.Round(time.Minute)))
		require.Equal(t, c.want, strings.Join(told, "; "))
		require.InDelta(t, takes.Seconds(), j.Takes.Seconds(), takes.Seconds()/20, "for its two chains beside each other")
		if c.opts.Tier == "" {
			specOf(t, j, map[string]poc.Link{"start": poc.HashLink(poc.Hash{1}), "data": poc.HashLink(poc.Hash{2})})
		}
	}
}

// What stages would hand on may be too much to do it unasked.
func TestLargeStatesStayWhole(t *testing.T) {
	path := write(t, "", "large.yaml", []byte(`name: large
programs:
  fill:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> at: array<u32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { at[id.x] += 1u; }
    buffers: {at: {kind: state, type: u32, shape: [80 * 1048576], keep: true}}
    step: [{dispatch: main, grid: [64]}]
    steps: 100
tasks: [{name: fill, program: fill}]
`))
	load := func(opts Options) (*Job, error) { return Load(path, opts) }
	pace := paced(t, load, time.Hour)
	j, err := load(Options{Pace: pace})
	require.NoError(t, err)
	require.Len(t, j.Stages, 1)
	require.Equal(t, "fill stays whole, though it is estimated to take 1h0m0s: each stage would hand on 320 MiB, and more than 256 are cut only if the job file says how often", j.Stages[0].String())
}

func TestStageOf(t *testing.T) {
	for name, want := range map[string][3]any{
		"react, stage 1 of 4": {"react", 1, 4}, "walk/12, stage 7 of 7": {"walk/12", 7, 7}, "a, stage 1 of 2, stage 2 of 3": {"a, stage 1 of 2", 2, 3},
		"react": {"react", 0, 0}, "react, stage 5 of 4": {"react, stage 5 of 4", 0, 0}, "react, stage 0 of 4": {"react, stage 0 of 4", 0, 0},
		"react, stage 1 of 4!": {"react, stage 1 of 4!", 0, 0}, "react, stage 01 of 4": {"react, stage 01 of 4", 0, 0}, "react, stage 1 of 9999": {"react, stage 1 of 9999", 0, 0},
	} {
		task, k, n := StageOf(name)
		require.Equal(t, want, [3]any{task, k, n})
	}
}
