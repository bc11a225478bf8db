package main

import (
	"bytes"
	"encoding/binary"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/diloco"
	"gpumesh/gpu/gputest"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/training"
	"gpumesh/poc"
)

func f32Bytes(list ...float64) []byte {
	var b []byte
	for _, v := range list {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v)))
	}
	return b
}

func f32s(b []byte) []float64 {
	list := make([]float64, len(b)/4)
	for i := range list {
		list[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return list
}

// A training of several rounds completes although one node lies and another is killed on the way.
func TestTrainingOnTheNetwork(t *testing.T) {
	const shards, rounds, steps, rows, cols, liar, killed = 2, 4, 20, 8, 5, 4, 5
	n := startNet(t, 5, "auto", map[int]string{liar: "lie"})
	rng := rand.New(rand.NewPCG(1, 1))
	var x, y []byte
	for range shards * rounds * steps * rows {
		sum := 1.0
		for i := range cols {
			v := rng.NormFloat64()
			x = append(x, f32Bytes(v)...)
			sum += float64(i) * v
		}
		y = append(y, f32Bytes(sum)...)
	}
	plan := &training.Plan{
		Name:    "regression",
		Model:   &diloco.Model{Program: gputest.Regression(steps, rows, cols, 1, 0.02), Weights: []string{"w", "c"}},
		Options: diloco.Options{Bits: 8},
		Outer:   diloco.Outer{Shards: shards, Rate: 1, Momentum: 0.1},
		Rounds:  rounds,
		Feeds:   map[string]training.Feed{},
		Final:   map[string]training.Feed{"far": training.Same("far", f32Bytes(1, 1, 1, 1, 1))},
		Policy:  poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 4, Standby: 2},
	}
	for buffer, data := range map[string][]byte{"x": x, "y": y} {
		feed, err := training.Cut(buffer, bytes.NewReader(data), int64(len(data)), int64(len(data)/(shards*rounds*steps*rows)), steps*rows, shards)
		require.NoError(t, err)
		plan.Feeds[buffer] = feed
	}
	planned, err := plan.Job()
	require.NoError(t, err)

	out := t.TempDir()
	var progress bytes.Buffer
	r := &trainingRun{
		jobRun: &jobRun{app: &app{streams: streams{nil, discardWriter{}, &progress}}, client: n.client(t, 1), job: planned.Job},
		plan:   planned, rounds: rounds, steps: steps, samples: steps * rows, loss: "loss", out: out,
	}
	require.NoError(t, r.submit(testContext(t)))
	n.await(t, r.client, r.id, "a certified round", func(j *nodepb.Job) bool { return j.Certified > shards })
	n.Kill(killed)
	require.NoError(t, r.follow(testContext(t)))
	require.NoError(t, r.finish(testContext(t), out))
	require.Len(t, r.seen, shards*rounds)
	require.Len(t, r.losses.sums, rounds*steps)
	require.Less(t, r.losses.mean((rounds-1)*steps, rounds*steps), 0.01*r.losses.mean(0, steps))
	require.Contains(t, progress.String(), "loss ")
	t.Log(progress.String())

	weights, err := os.ReadFile(filepath.Join(out, "weights.npy"))
	require.NoError(t, err)
	trained, err := planned.Layout.Unpack(weights[len(weights)-int(planned.Layout.Size()):])
	require.NoError(t, err)
	require.InDeltaSlice(t, []float64{0, 1, 2, 3, 4}, f32s(trained["w"]), 0.1)
	path, err := r.picture()
	require.NoError(t, err)
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	_, err = png.Decode(f)
	require.NoError(t, err)
}
