package jobfile

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/poc"
)

// specOf is the spec of a job as a network takes it.
func specOf(t *testing.T, j *Job, files map[string]poc.Link) market.Spec {
	t.Helper()
	spec, err := j.Spec(files, market.NLOV, 10_000*market.NLOV, time.UnixMilli(1000))
	require.NoError(t, err)
	n := market.LocalNetwork()
	n.Chain = "test"
	spec.Version, spec.Network, spec.Account = 1, n.ID(), "0x1"
	require.NoError(t, spec.Validate(n))
	return spec
}

func TestExampleInStages(t *testing.T) {
	path := filepath.Join(examples, "patterns.yaml")
	whole, err := Load(path, Options{Whole: true})
	require.NoError(t, err)
	require.Equal(t, 1, whole.Tasks())
	require.Empty(t, whole.Stages)
	j, err := Load(path, Options{})
	require.NoError(t, err)
	require.Equal(t, []Stages{{Task: "react", Steps: []uint32{512, 512, 512, 512}}}, j.Stages)
	require.Equal(t, "react: 4 stages of 512 steps", j.Stages[0].String())
	require.Len(t, j.Programs, 3, "the two in the middle are one")
	require.Less(t, j.Work().Operations, whole.Work().Operations/3, "which prices a stage and not the whole")

	spec := specOf(t, j, nil)
	require.Len(t, spec.Tasks, 4)
	for k, s := range spec.Tasks {
		require.Equal(t, []string{"react, stage 1 of 4", "react, stage 2 of 4", "react, stage 3 of 4", "react, stage 4 of 4"}[k], s.Name)
		require.Equal(t, uint64(7), s.Seed)
		require.Equal(t, uint32(300), s.Timeout, "of each stage")
		if k == 0 {
			require.Nil(t, s.Like)
			require.Empty(t, s.Inputs)
			continue
		}
		require.Zero(t, *s.Like, "drawn like the first")
		require.Equal(t, []uint32{uint32(k) - 1}, s.Needs())
		require.Len(t, s.Inputs, 4)
		require.Equal(t, market.Part{From: &market.From{Task: uint32(k) - 1, Output: "a"}, Size: 192 * 192 * 8}, s.Inputs[0].Parts[0])
	}
	require.Equal(t, spec.Tasks[1].Program, spec.Tasks[2].Program)
	require.Equal(t, whole.Outputs[0].Shape, j.Outputs[0].Shape)
	require.Equal(t, []market.From{{Task: 0, Output: "film"}, {Task: 1, Output: "film"}, {Task: 2, Output: "film"}, {Task: 3, Output: "film"}}, j.Outputs[0].Parts)

	one, err := Load(path, Options{Set: map[string]int64{"STAGES": 1}})
	require.NoError(t, err)
	require.Equal(t, whole.Programs[0].Block, one.Programs[0].Block)
	require.Equal(t, whole.tasks, one.tasks)
}

// walks counts steps in its state, starting from an input, with a window of another for each step, and emits every second row.
const walks = `name: walks
inputs:
  start: {type: u32, shape: [N]}
  data: {type: u32, shape: [R, N]}
let: {STEPS: 7, N: 8, R: 7}
programs:
  walk:
    wgsl: |
      @group(0) @binding(0) var<storage, read> piece: array<u32>;
      @group(0) @binding(1) var<storage, read_write> at: array<u32>;
      @group(0) @binding(2) var<storage, read_write> rows: array<u32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        if (id.x < N) { at[id.x] += piece[id.x]; rows[id.x] = at[id.x]; }
      }
    consts: {N: N}
    buffers:
      piece: {kind: slice, type: u32, shape: [N], stride: N, period: R * N}
      at: {kind: state, type: u32, shape: [N], keep: true}
      rows: {kind: output, type: u32, shape: [N], every: 2}
    step:
      - {dispatch: main, threads: [N]}
    steps: STEPS
  join:
    wgsl: |
      @group(0) @binding(0) var<storage, read> all: array<u32>;
      @group(0) @binding(1) var<storage, read_write> sum: array<u32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { if (id.x < arrayLength(&sum)) { sum[id.x] = all[id.x]; } }
    buffers:
      all: {kind: const, type: u32, shape: [2, 3, N]}
      sum: {kind: output, type: u32, shape: [2, 3, N]}
    step:
      - {dispatch: main, threads: [6 * N]}
tasks:
  - {name: walk, program: walk, repeat: 2, stages: 3, inputs: {at: {input: start}, piece: {input: data}}}
  - {name: join, program: join, inputs: {all: {from: walk, output: rows}}}
outputs:
  ends: {task: walk, output: at, file: ends.npy}
  sum: {task: join, file: sum.npy}
`

// What repeated tasks in stages give comes in order: rows of every stage, and the state of the last.
func TestRepeatedStages(t *testing.T) {
	start, data := write(t, "", "start.bin", make([]byte, 8*4)), write(t, "", "data.bin", make([]byte, 7*8*4))
	load := func(text string) (*Job, error) {
		return Load(write(t, "", "walks.yaml", []byte(text)), Options{Inputs: map[string]string{"start": start, "data": data}})
	}
	j, err := load(walks)
	require.NoError(t, err)
	require.Equal(t, []Stages{{Task: "walk", Steps: []uint32{2, 2, 3}}}, j.Stages, "the last row may be incomplete")
	require.Equal(t, "walk: 3 stages of 2 to 3 steps", j.Stages[0].String())
	require.Equal(t, []market.From{{Task: 2, Output: "at"}, {Task: 5, Output: "at"}}, j.Outputs[0].Parts)
	require.Equal(t, []int64{16}, j.Outputs[0].Shape)
	spec := specOf(t, j, map[string]poc.Link{"start": poc.HashLink(poc.Hash{1}), "data": poc.HashLink(poc.Hash{2})})
	require.Len(t, spec.Tasks, 7)
	require.Equal(t, "walk/1, stage 2 of 3", spec.Tasks[4].Name)
	require.Equal(t, uint32(3), *spec.Tasks[4].Like)
	require.Equal(t, uint64(1), spec.Tasks[4].Seed)
	names := func(i int) (names []string) {
		for _, in := range spec.Tasks[i].Inputs {
			names = append(names, in.Name)
		}
		return names
	}
	require.Equal(t, []string{"at", "piece"}, names(0))
	require.NotNil(t, spec.Tasks[0].Inputs[0].Parts[0].File, "the first stage starts from the input")
	require.Equal(t, []string{"at", "piece", "rows-last"}, names(1))
	require.Equal(t, uint32(3), spec.Tasks[4].Inputs[0].Parts[0].From.Task, "later ones from the stage before")
	parts := spec.Tasks[6].Inputs[0].Parts
	require.Len(t, parts, 6)
	for i, p := range parts {
		require.Equal(t, market.Part{From: &market.From{Task: uint32(i), Output: "rows"}, Size: 8 * 4}, p)
	}
	require.NotEqual(t, spec.Tasks[1].Program, spec.Tasks[2].Program, "windows are other ones in each stage")
	require.Equal(t, spec.Tasks[1].Program, spec.Tasks[4].Program)

	uneven, err := load(strings.Replace(walks, "stages: 3", "stages: 2", 1))
	require.NoError(t, err)
	require.Equal(t, []Stages{{Task: "walk", Steps: []uint32{4, 3}}}, uneven.Stages)
	parts = specOf(t, uneven, map[string]poc.Link{"start": poc.HashLink(poc.Hash{1}), "data": poc.HashLink(poc.Hash{2})}).Tasks[4].Inputs[0].Parts
	require.Equal(t, []uint64{2 * 8 * 4, 8 * 4}, []uint64{parts[0].Size, parts[1].Size}, "parts differ in size")
}

func TestTasksThatCannotBeCut(t *testing.T) {
	start, data := write(t, "", "start.bin", make([]byte, 8*4)), write(t, "", "data.bin", make([]byte, 7*8*4))
	many := "buffers:\n"
	for _, c := range "abcdefghijklmnop" {
		many += "      s" + string(c) + ": {kind: state, type: u32, shape: [N]}\n"
	}
	for _, c := range []struct{ old, new, line, want string }{
		{"stages: 3", "stages: 5", ":36", `task "walk": program "walk": stages is 5; it must be 1 to 4, as steps is 7, and a cut must be where every output has emitted its rows, which is every 2 steps`},
		{"stages: 3", "stages: 0", ":36", "stages is 0; it must be 1 to 4096"},
		{"stages: 3", "stages: some", ":36", `the name "some" is not known`},
		{"from: walk, output: rows}}", "from: walk, output: rows}}, stages: 2", ":37", `task "join": program "join": stages is 2; it must be 1 to 1, as steps is 1`},
		{"buffers:\n      piece", many + "      piece", ":85", "and a task has at most 16: put several buffers of state into one"},
		{"{name: walk,", "{name: " + strings.Repeat("w", 50) + ",", ":36", "the name of a task in 3 stages has at most 45 bytes"},
		{"tasks:\n", "batch: 7\ntasks:\n", ":35", `task "walk/0, stage 2 of 3" needs another one`},
	} {
		require.Contains(t, walks, c.old)
		text := strings.Replace(walks, c.old, c.new, 1)
		if strings.HasPrefix(c.old, "buffers") {
			text = strings.Replace(text, "    steps: STEPS", "    final:\n"+fills("abcdefghijklmnop")+"    steps: STEPS", 1)
			text = strings.Replace(text, "    step:\n", "    step:\n"+fills("abcdefghijklmnop"), 1)
		}
		path := write(t, "", "walks.yaml", []byte(text))
		_, err := Load(path, Options{Inputs: map[string]string{"start": start, "data": data}})
		require.ErrorContains(t, err, c.want)
		require.True(t, strings.HasPrefix(err.Error(), path+c.line), err.Error())
	}

	picture := strings.Replace(walks, "u32, shape: [N], keep: true}", "f32, shape: [N], keep: true}", 1)
	picture = strings.NewReplacer("start: {type: u32", "start: {type: f32", "at: array<u32>", "at: array<f32>", "+= piece[id.x]; rows[id.x] = at[id.x]", "= exp(at[id.x]); rows[id.x] = piece[id.x]").Replace(picture)
	for tier, want := range map[Tier]string{Tolerance: "", ClassExact: "", Image: `the tier image takes whole numbers for samples of a picture, one step apart, and what stages hand on is none`} {
		_, err := Load(write(t, "", "walks.yaml", []byte(picture)), Options{Inputs: map[string]string{"start": start, "data": data}, Tier: tier})
		if want == "" {
			require.NoError(t, err)
		} else {
			require.ErrorContains(t, err, want)
		}
	}
}

func fills(names string) (text string) {
	for _, c := range names {
		text += "      - {fill: s" + string(c) + "}\n"
	}
	return text
}
