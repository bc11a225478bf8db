package main

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
)

func TestMiddling(t *testing.T) {
	ads := []*nodepb.Ad{
		{I32Ops: 1000, Bandwidth: 10, Memory: 100}, {I32Ops: 4000, Bandwidth: 1000, Memory: 100}, {I32Ops: 2000, Memory: 100}, {I32Ops: 1, Bandwidth: 1, Memory: 9},
	}
	for _, c := range []struct {
		ads      []*nodepb.Ad
		w        market.Work
		minSpeed uint64
		want     time.Duration
	}{
		{ads, market.Work{Operations: 8000, Memory: 50}, 0, 4 * time.Second},
		{ads, market.Work{Operations: 8000, Traffic: 100, Memory: 50}, 0, 4 * time.Second},
		{ads[:2], market.Work{Operations: 8000, Traffic: 100, Memory: 50}, 0, 10 * time.Second},
		{ads, market.Work{Operations: 8000}, 0, 8 * time.Second},
		{ads, market.Work{Operations: 8000, Memory: 101}, 0, 0},
		{nil, market.Work{Operations: 8000}, 4000, 2 * time.Second},
		{nil, market.Work{Operations: 8000}, 0, 0},
		{ads[3:], market.Work{Operations: ^uint64(0)}, 0, 1_125_899 * time.Second},
	} {
		require.Equal(t, c.want, middling(c.ads, c.w, c.minSpeed))
	}
}

func TestStageReasons(t *testing.T) {
	task := func(name, certificate string) *nodepb.Task { return &nodepb.Task{Name: name, Certificate: certificate} }
	j := &nodepb.Job{Tasks: []*nodepb.Task{
		task("a/0, stage 1 of 2", "x"), task("a/0, stage 2 of 2", "y"), task("a/1, stage 1 of 2", "z"), task("a/1, stage 2 of 2", ""), task("b", ""),
	}}
	require.Equal(t, []*nodepb.Reason{{Code: "stages", Count: 1, Text: "a/1: 1 of 2 stages are certified, and who takes over from a worker that leaves starts with stage 2"}}, stageReasons(j))
}

// An owner sees before it pays what is cut, what stays whole and why, and when the deadline comes too early.
func TestLongJobIsShown(t *testing.T) {
	const steps = `name: long
programs:
  count:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> at: array<u32>;
      @compute @workgroup_size(4)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { at[id.x] += 1u; }
    buffers: {at: {kind: state, type: u32, shape: [4], keep: true}}
    step: [{dispatch: main, threads: [4]}]
    steps: 100
tasks: [{name: count, program: count}]
`
	show := func(text string, json bool) string {
		half := func(market.Work) time.Duration { return 30 * time.Minute }
		job, err := jobfile.Load(writeJob(t, text), jobfile.Options{Pace: half})
		require.NoError(t, err)
		var out bytes.Buffer
		r := &jobRun{app: &app{streams: streams{out: &out}, json: json}, job: job}
		require.NoError(t, r.show(&nodepb.EstimateResponse{}))
		return out.String()
	}
	require.Contains(t, show(steps, false), "count: 3 stages of 33 to 34 steps, as it is estimated to take 30m0s, a stage about 10m0s (stages: 1 in the job file leaves it whole); "+
		"each is certified and paid by itself, and who takes over from a worker that leaves starts from the last certified one\n"+
		"note: tasks that wait for each other are estimated to take 1h30m0s, and the deadline is 10m0s after the submission; state a later one (deadline) in the job file\n")
	whole := show(steps+"policy: {maxError: 1%}\ndeadline: 1h\n", false)
	require.Contains(t, whole, "count stays whole, though it is estimated to take 30m0s: the accepted error would be that of each stage, and of all together as many times more; "+
		"who takes over from a worker that leaves starts anew\n")
	require.NotContains(t, whole, "note:")
	require.Contains(t, show(steps, true), `"stages":[{"task":"count","steps":[33,33,34],"estimateNs":1800000000000}],"takesMs":5400000`)
}

// An owner sees before it pays which loop makes it pay for all of a timeout.
func TestUnboundedLoopIsShown(t *testing.T) {
	job, err := jobfile.Load(writeJob(t, `name: endless
programs:
  walk:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> at: array<u32>;
      @compute @workgroup_size(4)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { while (at[id.x] < 9u) { at[id.x]++; } }
    buffers: {at: {kind: output, type: u32, shape: [4]}}
    step: [{dispatch: main, threads: [4]}]
tasks: [{name: walk, program: walk}]
timeout: 20s
`), jobfile.Options{})
	require.NoError(t, err)
	const want = `the loop in line 3 of module "main", of kernel "main", in program "walk" turns as often as its data say, so a replica is priced as all of its timeout, 20s; ` +
		"bound the loop by a constant, or state a shorter timeout"
	for _, asJSON := range []bool{false, true} {
		var out bytes.Buffer
		r := &jobRun{app: &app{streams: streams{out: &out}, json: asJSON}, job: job}
		require.NoError(t, r.show(&nodepb.EstimateResponse{}))
		if asJSON {
			var told map[string]announcement
			require.NoError(t, json.Unmarshal(out.Bytes(), &told))
			require.Equal(t, want, told["estimate"].Loops)
		} else {
			require.Contains(t, out.String(), "note: "+want+"\n")
		}
	}
}
