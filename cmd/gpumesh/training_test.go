package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/dataset"
	"gpumesh/gpu/diloco"
	"gpumesh/gpu/gomlx/recipe"
	"gpumesh/gpu/gputest"
	"gpumesh/market"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/home"
	"gpumesh/node/training"
	"gpumesh/node/verify"
	"gpumesh/poc"
	"gpumesh/testnet"
)

func f32Bytes(list ...float64) []byte {
	var b []byte
	for _, v := range list {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v)))
	}
	return b
}

// examples are rows of numbers and, for each, 1 and the sum of the numbers times their places.
func examples(n, cols int) (x, y []byte) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range n {
		sum := 1.0
		for i := range cols {
			v := rng.NormFloat64()
			x = append(x, f32Bytes(v)...)
			sum += float64(i) * v
		}
		y = append(y, f32Bytes(sum)...)
	}
	return x, y
}

// A training of several rounds completes although one node lies and another is killed on the way.
func TestTrainingOnTheNetwork(t *testing.T) {
	t.Parallel()
	const shards, rounds, steps, rows, cols, liar, killed = 2, 4, 20, 8, 5, 4, 5
	n := startNetWith(t, testnet.Options{Nodes: 5, Device: "eval", Faults: map[int]string{liar: "lie"}, Network: leavesAreSeen})
	x, y := examples(shards*rounds*steps*rows, cols)
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
		plan:   planned, rounds: rounds, steps: steps, samples: steps * rows, unit: "samples", loss: "loss", out: out,
	}
	require.NoError(t, r.submit(testContext(t)))
	n.await(t, r.client, r.id, "a certified round", func(j *nodepb.Job) bool { return j.Certified > shards })
	n.Kill(killed)
	require.NoError(t, r.follow(testContext(t)))
	require.NoError(t, r.finish(testContext(t), out))
	require.Len(t, r.seen, shards*rounds)
	require.Len(t, r.losses.sums, rounds*steps)
	require.Less(t, r.losses.mean((rounds-1)*steps, rounds*steps), 0.01*r.losses.mean(0, steps))
	require.Regexp(t, `loss .* samples/s  \S+ NLOV paid  about `, progress.String())
	t.Log(progress.String())

	weights, err := os.ReadFile(filepath.Join(out, "weights.npy"))
	require.NoError(t, err)
	trained, err := planned.Layout.Unpack(weights[len(weights)-int(planned.Layout.Size()):])
	require.NoError(t, err)
	require.InDeltaSlice(t, []float64{0, 1, 2, 3, 4}, floatsOf(trained["w"]), 0.1)
	path, err := r.picture()
	require.NoError(t, err)
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	_, err = png.Decode(f)
	require.NoError(t, err)
}

// A round is completed without a shard whose workers were all killed, and the next one, if there is one, has that shard again. The
// command says who was missing, and why. All workers pause while that is done, so that nothing of the round is computed before.
func TestRoundWithoutAShard(t *testing.T) {
	const workers, shards, rounds, steps, rows, cols = 8, 3, 3, 15, 8, 5
	sensors := t.TempDir()
	heat(t, sensors, 60)
	settings := map[int]string{}
	for i := 2; i <= 1+workers; i++ {
		settings[i] = pausesWhenHot(sensors)
	}
	n := startNetWith(t, testnet.Options{Nodes: 1 + workers, Device: "eval", Settings: settings, Network: func(m *market.Network) {
		leavesAreSeen(m)
		m.StallTimeout = 240_000 // who pauses does not lose its task
	}})
	far := f32Bytes(1, 1, 1, 1, 1)
	x, y := examples(shards*rounds*steps*rows, cols)
	plan := &training.Plan{
		Name:    "regression",
		Model:   &diloco.Model{Program: gputest.Regression(steps, rows, cols, 1, 0.02), Weights: []string{"w", "c"}},
		Options: diloco.Options{Bits: 8},
		Outer:   diloco.Outer{Shards: shards, Rate: 1, Momentum: 0.1},
		Rounds:  rounds, Least: 2, Patience: 3 * time.Second, Redraw: true,
		Feeds:  map[string]training.Feed{},
		Final:  map[string]training.Feed{"far": training.Same("far", far)},
		Policy: poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 4, Standby: 2},
	}
	for buffer, data := range map[string][]byte{"x": x, "y": y} {
		feed, err := training.Cut(buffer, bytes.NewReader(data), int64(len(data)), int64(len(data)/(shards*rounds*steps*rows)), steps*rows, shards)
		require.NoError(t, err)
		plan.Feeds[buffer] = feed
	}
	planned, err := plan.Job()
	require.NoError(t, err)

	// Whom to kill follows from the draw: without them nobody computes the shard, and all that comes later can be computed. Of eight workers'
	// draws for three rounds four in five have such a shard; after a draw without one the next pause is twice as long.
	var progress bytes.Buffer
	var r *trainingRun
	var at training.Run
	var victims []poc.PeerID
	for len(victims) == 0 {
		heat(t, sensors, 60)
		if r != nil {
			n.await(t, r.client, r.id, "the end", over)
		}
		r = &trainingRun{
			jobRun: &jobRun{app: &app{streams: streams{nil, discardWriter{}, &progress}}, client: n.client(t, 1), job: planned.Job},
			plan:   planned, rounds: rounds, steps: steps, samples: steps * rows, unit: "samples", loss: "loss", out: t.TempDir(),
		}
		require.NoError(t, r.submit(testContext(t)))
		n.await(t, r.client, r.id, "the draw", func(j *nodepb.Job) bool { return j.State == "running" || j.Over })
		heat(t, sensors, 91)
		for i := 2; i <= 1+workers; i++ {
			n.paused(t, i)
		}
		_, receipt, err := r.client.Receipt(testContext(t), r.id)
		require.NoError(t, err)
		for _, task := range receipt.Tasks { // what is certified so far, which the victims may be the only ones to have
			for _, f := range task.Result {
				body, _, err := r.client.Cat(testContext(t), f.CID)
				require.NoError(t, err)
				_, err = io.Copy(io.Discard, body)
				require.NoError(t, errors.Join(err, body.Close()))
			}
		}
		var spec market.Spec
		require.NoError(t, poc.Decode(receipt.Spec.Block, &spec))
		panel, err := market.OpenAward(spec.Network, receipt.Job, receipt.Award.Block)
		require.NoError(t, err)
		candidates, _, err := panel.Draw(receipt.Network, spec, *receipt.Beacon)
		require.NoError(t, err)
		certified := map[int]bool{} // as far as anybody knows
		for i := 1; i <= 1+workers; i++ {
			answer, err := n.client(t, i).Job(testContext(t), connect.NewRequest(&nodepb.JobRequest{Job: r.id}))
			if err != nil {
				continue // it was too slow to offer
			}
			for task, is := range answer.Msg.Job.Tasks {
				certified[task] = certified[task] || is.Certificate != ""
			}
		}
		at, victims = whomToKill(planned, spec, candidates, certified)
	}
	t.Logf("shard %d of round %d is to be missing", at.Shard, at.Round)
	for i := 2; i <= 1+workers; i++ {
		var p poc.PeerID
		require.NoError(t, p.UnmarshalText([]byte(n.Node(i).Endpoint.Peer)))
		if slices.Contains(victims, p) {
			n.Kill(i)
		}
	}
	heat(t, sensors, 60)
	require.NoError(t, r.follow(testContext(t)))
	require.Contains(t, progress.String(), fmt.Sprintf(`("outer %d") went on without task`, at.Round))
	t.Log(progress.String())
	for task, run := range planned.Local {
		require.False(t, run == at && r.seen[task], "the shard is missing in its round")
	}
	require.GreaterOrEqual(t, len(r.seen), int(plan.Least)*rounds) // on a busy machine others may come too late as well
	require.Less(t, r.losses.mean((rounds-1)*steps, rounds*steps), 0.05*r.losses.mean(0, steps))
	_, receipt, err := r.client.Receipt(testContext(t), r.id)
	require.NoError(t, err)
	require.NotEmpty(t, receipt.Tasks[planned.Final].Result, "the trained weights are certified")
	report := verify.Receipt(testContext(t), receipt, verify.Options{})
	require.True(t, report.OK, "the receipt is complete: %v", report.Checks)
}

// whomToKill finds a shard of a round that nobody has begun, as no outer step before the last that is certified waits for it, and so many of its
// candidates that the rest are no quorum, while every other task that is not certified has enough candidates left, to compute it and to choose.
func whomToKill(planned *training.Training, spec market.Spec, candidates [][]poc.Worker, certified map[int]bool) (training.Run, []poc.PeerID) {
	now := 0 // the round that is under way
	for task := range spec.Tasks {
		if spec.Tasks[task].Least > 0 && certified[task] {
			now++
		}
	}
	for _, task := range slices.Sorted(maps.Keys(planned.Local)) {
		at := planned.Local[task]
		if at.Round <= now {
			continue
		}
		all := candidates[task]
		for spared := range all {
			var victims []poc.PeerID
			for i, w := range all {
				if i != spared {
					victims = append(victims, w.Peer)
				}
			}
			ok := true
			for other := range spec.Tasks {
				if uint32(other) == task || certified[other] {
					continue
				}
				left := 0
				for _, w := range candidates[other] {
					if !slices.Contains(victims, w.Peer) {
						left++
					}
				}
				need := 2
				if spec.Tasks[other].Least > 0 {
					need = 3
				}
				ok = ok && left >= need
			}
			if ok {
				return at, victims
			}
		}
	}
	return training.Run{}, nil
}

// TestBytesOfATraining measures what workers fetch from each other, per round and shard: with shards that stay where they are, and with
// workers that are drawn anew in each round. Gradients in f32 at every step are 8 bytes per weight.
func TestBytesOfATraining(t *testing.T) {
	if os.Getenv("GPUMESH_LONG") == "" {
		t.Skip("takes minutes: go run ./cmd/dev long")
	}
	const nodes = 6
	n := startNet(t, nodes, "auto", nil)
	book := filepath.Join(t.TempDir(), "book.txt")
	require.NoError(t, os.WriteFile(book, []byte(strings.Repeat("the cat sat on the mat and the dog ate the rat. ", 60)), 0o600))
	fetched := func() (sum float64) {
		for i := 2; i <= nodes; i++ {
			token, err := home.LoadToken(n.Node(i).Dir)
			require.NoError(t, err)
			req, err := http.NewRequestWithContext(testContext(t), http.MethodGet, n.Node(i).Endpoint.API+"/metrics", nil)
			require.NoError(t, err)
			req.Header.Set("Authorization", "Bearer "+token)
			resp, err := http.DefaultClient.Do(req)
			require.NoError(t, err)
			b, err := io.ReadAll(resp.Body)
			require.NoError(t, errors.Join(err, resp.Body.Close()))
			for _, m := range regexp.MustCompile(`gpumesh_p2p_block_bytes_fetched_total{[^}]*} (\S+)`).FindAllSubmatch(b, -1) {
				v, err := strconv.ParseFloat(string(m[1]), 64)
				require.NoError(t, err)
				sum += v
			}
		}
		return sum
	}
	s := rounds{rounds: 8, workers: 3, bits: 4, outer: diloco.Outer{Rate: 0.7, Momentum: 0.6}, replicas: 2, timeout: deadline}
	for _, s.redraw = range []bool{false, true} {
		before := fetched()
		_, run := n.train(t, "{model: gpt-nano, sizes: {context: 16, width: 32, layers: 1, heads: 2}, batch: 2, steps: 2, optimizer: {rate: 0.01}}", []string{book}, s, 0)
		files := 0.0
		for _, f := range run.job.Files {
			files += float64(f.Size) * (nodes - 1)
		}
		weights := float64(run.plan.Layout.Len)
		t.Logf("redraw %v: %.2f bytes per weight, round and shard, besides what every worker has before it begins (%.2f)", s.redraw,
			(fetched()-before-files)/weights/float64(s.rounds*s.workers), files/weights)
	}
}

// saveArray writes a tensor as a .npy file and returns its path.
func saveArray(t *testing.T, name string, kind gpu.Type, data []byte, dims ...int) string {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), name))
	require.NoError(t, err)
	require.NoError(t, dataset.WriteNPY(f, dataset.Tensor{Type: kind, Dims: dims, Data: data}))
	require.NoError(t, f.Close())
	return f.Name()
}

func saveDigits(t *testing.T, n int, seed uint64) []string {
	x, y := gputest.Digits(n, seed)
	return []string{saveArray(t, "x.npy", gpu.F32, x, n, gputest.Side, gputest.Side, 1), saveArray(t, "y.npy", gpu.I32, y, n)}
}

// train submits a training at node 1 and kills another node once some of it is certified. It returns what the command prints.
func (n *net) train(t *testing.T, file string, data []string, s rounds, kill int) (trainedRounds, *trainingRun) {
	t.Helper()
	r, err := recipe.Parse([]byte(file))
	require.NoError(t, err)
	prepared, err := r.PrepareRounds(data, s.test, s.rounds, s.workers, gpu.CPU)
	require.NoError(t, err)
	plan, err := planRounds(r, prepared, s)
	require.NoError(t, err)
	planned, err := plan.Job()
	require.NoError(t, err)
	var out bytes.Buffer
	run := &trainingRun{
		jobRun: &jobRun{app: &app{json: true, streams: streams{nil, &out, discardWriter{}}}, client: n.client(t, 1), job: planned.Job},
		plan:   planned, rounds: s.rounds, steps: r.Steps, samples: r.Steps * prepared.Examples, unit: prepared.Unit(), loss: prepared.Compiled.Output, out: t.TempDir(),
	}
	require.NoError(t, run.submit(testContext(t)))
	if kill > 0 {
		n.await(t, run.client, run.id, "a certified round", func(j *nodepb.Job) bool { return j.Certified > uint32(s.workers) })
		n.Kill(kill)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*deadline) // a training has many tasks
	defer cancel()
	require.NoError(t, run.follow(ctx))
	require.NoError(t, run.conclude(ctx, prepared))
	var got trainedRounds
	lastJSON(t, out.String(), &got)
	require.Len(t, got.Checkpoints, s.rounds)
	for _, c := range got.Checkpoints { // each can be fetched
		body, size, err := run.client.Cat(testContext(t), c)
		require.NoError(t, err)
		require.NoError(t, body.Close())
		require.Equal(t, int64(planned.Layout.Size()), size)
	}
	return got, run
}

// Four workers, of which one lies and one is killed, train a network that reads digits that it never saw, and one that
// continues a text. The weights are certified, so the same training again gives the same bytes. Short, the networks are small, and both learn some.
func TestNeuralNetworksOnTheNetwork(t *testing.T) {
	t.Parallel()
	const liar, killed = 4, 5
	device, text, readers := "eval", "{model: gpt-nano, sizes: {context: 8, width: 8, layers: 1, heads: 2}, batch: 4, steps: 6, segment: 3, optimizer: {rate: 0.03}}",
		"{model: mlp, sizes: {inputs: 256, hidden: 8, layers: 1}, batch: 16, steps: 16, segment: 8, optimizer: {method: adam, rate: 0.01}}"
	textRounds, digitRounds, trained, tested, mostLoss, leastRight, layer := 1, 2, 1024, 128, 5.0, 0.3, "/dense0/weights"
	if os.Getenv("GPUMESH_LONG") != "" {
		device, text = "auto", "{model: gpt-nano, sizes: {context: 16, width: 16, layers: 1, heads: 2}, batch: 8, steps: 25, segment: 10, optimizer: {rate: 0.01, warmup: 5}}"
		readers = "{model: cnn, sizes: {side: 16, filters: 8, hidden: 32}, batch: 32, steps: 20, segment: 10, optimizer: {method: adam, rate: 0.003, warmup: 10, schedule: cosine, floor: 0.1}}"
		textRounds, digitRounds, trained, tested, mostLoss, leastRight, layer = 2, 9, 4096, 512, 2.0, 0.97, "/conv0/weights" // 2.7 is for who knows only how often each letter comes
	}
	model := filepath.Join(t.TempDir(), "mlp.yaml")
	require.NoError(t, os.WriteFile(model, []byte("{model: mlp, sizes: {inputs: 256, hidden: 8, layers: 1}, batch: 16, steps: 4}"), 0o600))
	n := startNetWith(t, testnet.Options{
		Nodes: 5, Device: device, Faults: map[int]string{liar: "lie"}, Settings: holdDigits(t, model, 3, 80),
		Network: func(m *market.Network) {
			leavesAreSeen(m)
			awardsSoon(m)
		},
	})
	n.federated(t, model, saveDigits(t, 64, 3))
	common := rounds{workers: 2, bits: 8, outer: diloco.Outer{Rate: 0.7, Momentum: 0.6}, replicas: 2, timeout: deadline}

	const sentence = "the cat sat on the mat and the dog ate the rat. "
	book, unseen := filepath.Join(t.TempDir(), "book.txt"), filepath.Join(t.TempDir(), "unseen.txt")
	require.NoError(t, os.WriteFile(book, []byte(strings.Repeat(sentence, 60)), 0o600))
	require.NoError(t, os.WriteFile(unseen, []byte(strings.Repeat(sentence, 4)), 0o600))
	ofText := common
	ofText.rounds, ofText.test = textRounds, []string{unseen}
	first, one := n.train(t, text, []string{book}, ofText, 0)
	require.Less(t, first.TestLoss, mostLoss, "5.5 before the training")
	_, two := n.train(t, text, []string{book}, ofText, 0)
	weights := func(r *trainingRun) string {
		_, receipt, err := r.client.Receipt(testContext(t), r.id)
		require.NoError(t, err)
		for _, f := range receipt.Tasks[r.plan.Final].Result {
			if f.Name == "weights" {
				return f.CID
			}
		}
		return ""
	}
	require.NotEmpty(t, weights(one))
	require.Equal(t, weights(one), weights(two), "the same seed gives the same certified weights")

	ofDigits := common
	ofDigits.rounds, ofDigits.test = digitRounds, saveDigits(t, tested, 2)
	got, _ := n.train(t, readers, saveDigits(t, trained, 1), ofDigits, killed)
	t.Logf("digits: %.2f %% of %d unseen ones; text: loss %.3f", 100*got.Accuracy, tested, first.TestLoss)
	require.Greater(t, got.Accuracy, leastRight)

	file, err := os.ReadFile(got.Weights)
	require.NoError(t, err)
	_, _, values, err := recipe.Load(file, "")
	require.NoError(t, err)
	require.Contains(t, values, layer)
	require.Eventually(t, func() bool {
		s, err := n.chain.Standing(testContext(t), poc.Account(n.Node(liar).Endpoint.Account))
		return err == nil && s.Faults > 0
	}, deadline, 100*time.Millisecond, "the liar is convicted in one of the trainings")
}

// lastJSON reads the last document that a command has written with --json: the first says what the job is to cost.
func lastJSON(t *testing.T, text string, v any) {
	t.Helper()
	var last json.RawMessage
	for d := json.NewDecoder(strings.NewReader(text)); d.More(); {
		require.NoError(t, d.Decode(&last))
	}
	require.NoError(t, json.Unmarshal(last, v))
}
