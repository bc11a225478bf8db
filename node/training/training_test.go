package training_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/diloco"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/market"
	"gpumesh/node/jobfile"
	"gpumesh/node/training"
	"gpumesh/p2p"
	"gpumesh/poc"
)

const (
	shards, rounds    = 3, 4
	steps, rows, cols = 10, 8, 5
	unseen            = 20
)

// plan is a linear regression on samples of y = 1 + sum(i*x[i]).
func plan(t *testing.T) *training.Plan {
	p := &training.Plan{
		Name:    "regression",
		Model:   &diloco.Model{Program: gputest.Regression(steps, rows, cols, unseen, 0.02), Weights: []string{"w", "c"}},
		Options: diloco.Options{Bits: 8},
		Outer:   diloco.Outer{Shards: shards, Rate: 1, Momentum: 0.1},
		Rounds:  rounds,
		Seed:    3,
		Policy:  poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 1},
	}
	x, y := samples(1, shards*rounds*steps*rows)
	feed := func(buffer string, content []byte, sample int64) training.Feed {
		f, err := training.Cut(buffer, bytes.NewReader(content), int64(len(content)), sample, steps*rows, shards)
		require.NoError(t, err)
		return f
	}
	p.Feeds = map[string]training.Feed{"x": feed("x", x, 4*cols), "y": feed("y", y, 4)}
	far, _ := samples(1000, unseen)
	p.Final = map[string]training.Feed{"far": training.Same("far", far)}
	return p
}

func samples(seed uint64, n int) (x, y []byte) {
	rng := rand.New(rand.NewPCG(seed, 1))
	for range n {
		sum := 1.0
		for i := range cols {
			v := float32(rng.NormFloat64())
			x = binary.LittleEndian.AppendUint32(x, math.Float32bits(v))
			sum += float64(i) * float64(v)
		}
		y = binary.LittleEndian.AppendUint32(y, math.Float32bits(float32(sum)))
	}
	return x, y
}

func floats(b []byte) []float64 {
	list := make([]float64, len(b)/4)
	for i := range list {
		list[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return list
}

// perform does all tasks of the job on one device, as workers would, and returns their results. Those that are missing nobody computes.
func perform(t *testing.T, job *jobfile.Job, missing ...uint32) []map[string][]byte {
	t.Helper()
	content := make(map[cid.Cid][]byte)
	links := make(map[string]poc.Link)
	for _, f := range job.Files {
		r, err := f.Open()
		require.NoError(t, err)
		b, err := io.ReadAll(r)
		require.NoError(t, err)
		require.Len(t, b, int(f.Size))
		id, err := p2p.FileCID(bytes.NewReader(b))
		require.NoError(t, err)
		content[id], links[f.Input] = b, poc.Link{Cid: id}
	}
	blocks := make(map[poc.Link]*gpu.Program)
	for _, p := range job.Programs {
		program, err := gpu.DecodeProgram(p.Block)
		require.NoError(t, err)
		blocks[poc.BlockLink(p.Block)] = program
	}
	spec, err := job.Spec(links, 1, market.Amount(1_000_000), time.UnixMilli(1))
	require.NoError(t, err)
	d := eval.Open()
	results := make([]map[string][]byte, len(spec.Tasks))
	without := func(task market.Task) (bits uint64) {
		for i, n := range task.Optional() {
			if slices.Contains(missing, n) {
				bits |= 1 << i
			}
		}
		return bits
	}
	certified := func(task uint32) (poc.Result, bool) {
		r := poc.Result{Without: without(spec.Tasks[task])}
		for _, o := range spec.Tasks[task].Outputs {
			b := results[task][o.Name]
			id, err := p2p.FileCID(bytes.NewReader(b))
			require.NoError(t, err)
			content[id] = b
			r.Outputs = append(r.Outputs, poc.Output{Name: o.Name, File: poc.Link{Cid: id}, Size: o.Size})
		}
		return r, results[task] != nil
	}
	for i, task := range spec.Tasks {
		if slices.Contains(missing, uint32(i)) {
			continue
		}
		in := make(map[string]gpu.Input)
		for _, input := range task.Inputs {
			var all []byte
			for _, part := range input.Parts {
				file, ok := spec.Source(part, uint32(i), without(task), certified)
				require.True(t, ok, "%s of %s", input.Name, task.Name)
				b := content[file.Cid]
				require.Len(t, b, int(part.Size), "%s of %s", input.Name, task.Name)
				all = append(all, b...)
			}
			in[input.Name] = bytes.NewReader(all)
		}
		out := make(map[string]*bytes.Buffer)
		_, err := gpu.Run(t.Context(), d, blocks[task.Program], gpu.Task{Inputs: in, Seed: task.Seed, Outputs: func(name string, _ int64) (io.Writer, error) {
			out[name] = new(bytes.Buffer)
			return out[name], nil
		}})
		require.NoError(t, err, task.Name)
		results[i] = make(map[string][]byte)
		for _, o := range task.Outputs {
			results[i][o.Name] = out[o.Name].Bytes()
			require.Len(t, results[i][o.Name], int(o.Size))
		}
	}
	return results
}

func TestTraining(t *testing.T) {
	planned, err := plan(t).Job()
	require.NoError(t, err)
	require.Equal(t, 1+rounds*(shards+1)+1, planned.Job.Tasks())
	results := perform(t, planned.Job)

	loss := make([]float64, rounds)
	for task, at := range planned.Local {
		for _, v := range floats(results[task]["loss"]) {
			loss[at.Round] += v / (shards * steps)
		}
	}
	t.Logf("mean loss per round: %.4g", loss)
	for round := 1; round < rounds; round++ {
		require.Less(t, loss[round], loss[round-1]/2)
	}
	trained, err := planned.Layout.Unpack(results[planned.Final]["weights"])
	require.NoError(t, err)
	require.InDeltaSlice(t, []float64{0, 1, 2, 3, 4}, floats(trained["w"]), 0.2)
	require.InDeltaSlice(t, []float64{1}, floats(trained["c"]), 0.2)
	_, want := samples(1000, unseen)
	require.InDeltaSlice(t, floats(want), floats(results[planned.Final]["guess"]), 0.7)
}

// TestTrainingWithoutShards: rounds that lack shards are completed with the others, and a shard that comes back has the weights
// that all have.
func TestTrainingWithoutShards(t *testing.T) {
	p := plan(t)
	p.Least, p.Patience = 1, time.Minute
	planned, err := p.Job()
	require.NoError(t, err)
	missing := map[training.Run]bool{{Shard: 0, Round: 1}: true, {Shard: 1, Round: 1}: true, {Shard: 2, Round: 2}: true, {Shard: 0, Round: 3}: true}
	var tasks []uint32
	for task, at := range planned.Local {
		if missing[at] {
			tasks = append(tasks, task)
		}
	}
	require.Len(t, tasks, len(missing))
	results := perform(t, planned.Job, tasks...)
	weights := make([][]byte, rounds)
	for task, at := range planned.Local {
		if missing[at] {
			continue
		}
		if weights[at.Round] == nil {
			weights[at.Round] = results[task]["weights"]
		}
		require.Equal(t, weights[at.Round], results[task]["weights"], "shard %d of round %d", at.Shard, at.Round)
	}
	trained, err := planned.Layout.Unpack(results[planned.Final]["weights"])
	require.NoError(t, err)
	require.InDeltaSlice(t, []float64{0, 1, 2, 3, 4}, floats(trained["w"]), 0.3)

	p.Least = shards + 1
	_, err = p.Job()
	require.EqualError(t, err, "least is 4; it must be 1 to 3 shards, or 0 for all")
}

// TestGivenWeights goes on from weights that the owner has.
func TestGivenWeights(t *testing.T) {
	p := plan(t)
	weights, _, err := p.Model.Layouts()
	require.NoError(t, err)
	p.Rounds = 1
	p.Weights, err = weights.Pack(map[string][]byte{"w": floatBytes(0, 1, 2, 3, 4), "c": floatBytes(1)})
	require.NoError(t, err)
	planned, err := p.Job()
	require.NoError(t, err)
	require.Equal(t, shards+2, planned.Job.Tasks())
	results := perform(t, planned.Job)
	for task := range planned.Local {
		require.Equal(t, p.Weights, results[task]["weights"])
		for _, v := range floats(results[task]["loss"]) {
			require.Less(t, v, 1e-6)
		}
	}
	p.Weights = p.Weights[1:]
	_, err = p.Job()
	require.EqualError(t, err, "the first weights have 2047 bytes; the model needs 2048")
}

func TestPlanErrors(t *testing.T) {
	p := plan(t)
	p.Rounds = 0
	_, err := p.Job()
	require.EqualError(t, err, "rounds is 0; it must be at least 1")
	p = plan(t)
	delete(p.Feeds, "y")
	_, err = p.Job()
	require.EqualError(t, err, `task round 0/0: buffer "y" takes 320 bytes, and its content has 0`)
	p = plan(t)
	p.Feeds["y"] = training.Table("y", rounds-1, func(int) []byte { return make([]byte, 4*steps*rows) })
	_, err = p.Job()
	require.EqualError(t, err, `there is no file "y.3" for "y" of shard 0 in round 3`)
}

// TestCut deals samples out to shards and starts again when a shard has had all of its own.
func TestCut(t *testing.T) {
	data := []byte("aabbccddeeffgg") // 7 samples, one of which is left over
	f, err := training.Cut("x", bytes.NewReader(data), int64(len(data)), 2, 1, 3)
	require.NoError(t, err)
	for shard, want := range []string{"aa bb aa bb", "cc dd cc dd", "ee ff ee ff"} {
		var got []string
		for round := range 4 {
			i := slices.IndexFunc(f.Files, func(o jobfile.File) bool { return o.Input == f.At(shard, round) })
			r, err := f.Files[i].Open()
			require.NoError(t, err)
			b, err := io.ReadAll(r)
			require.NoError(t, err)
			got = append(got, string(b))
		}
		require.Equal(t, want, strings.Join(got, " "))
	}
	_, err = training.Cut("x", nil, 7, 2, 1, 1)
	require.EqualError(t, err, "x: 7 bytes are no whole number of samples of 2 bytes")
	_, err = training.Cut("x", nil, 8, 2, 3, 2)
	require.EqualError(t, err, "x: 4 samples are too few for 2 shards that take 3 each")
}

func floatBytes(list ...float32) []byte {
	var b []byte
	for _, v := range list {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}
