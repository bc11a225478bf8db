package gomlx_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/diloco"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/zoo"
	"gpumesh/gpu/gputest"
)

// together is a training by several shards, in rounds or step by step.
type together struct {
	spec          zoo.Spec
	optimizer     gomlx.Optimizer
	batch         int // of one shard
	shards        int
	rounds, steps int
	bits          int
	outer         diloco.Outer
	draw          func(examples int, seed uint64) map[string][]byte // "x" and "y"; every seed draws others
	tests         int                                               // examples that no shard has, a multiple of testBatch
	seed          uint64

	poisoned int                                 // the first shards lie
	mislabel bool                                // in their data
	lie      func(way []float32, rng *rand.Rand) // in what they send, instead
	private  *diloco.Private                     // hides what each shard sends; may be nil
}

const testBatch = 64

// part is what a shard trains on in a round.
func (c *together) part(shard, round int) map[string][]byte {
	data := c.draw(c.batch*c.steps, c.seed<<32+uint64(1+round*c.shards+shard))
	if c.mislabel && shard < c.poisoned {
		for i := 0; i < len(data["y"]); i += 4 {
			data["y"][i] = (data["y"][i] + 1) % 10
		}
	}
	return data
}

// lot says how far a training came and what it sent.
type lot struct {
	loss, accuracy float64 // on examples that no shard has
	bytes          int     // sent between shards
}

// parallel trains data-parallel: in every step each shard sends the gradient of its batch and gets the average, which is to
// train on all their batches at once. Sent are gradients of f32 and averages of the same size.
func (c *together) parallel(t testing.TB, d gpu.Device) lot {
	m, err := zoo.Build(c.spec)
	require.NoError(t, err)
	compiled, err := gomlx.CompileTrain(gomlx.Train{Model: m, Optimizer: c.optimizer, Batch: c.batch * c.shards, Steps: c.steps * c.rounds, Seed: c.seed})
	require.NoError(t, err)
	data := make(map[string][]byte)
	for round := range c.rounds {
		parts := make([]map[string][]byte, c.shards)
		for shard := range parts {
			parts[shard] = c.part(shard, round)
		}
		for step := range c.steps {
			for _, p := range parts {
				for name, b := range p {
					each := len(b) / c.steps
					data[name] = append(data[name], b[step*each:(step+1)*each]...)
				}
			}
		}
	}
	out, _ := run(t, d, compiled, data, c.seed)
	var got lot
	weights := make(map[string][]byte)
	for _, w := range compiled.Weights {
		if !w.Moment {
			weights[w.Path] = out[w.Buffer]
			got.bytes += 2 * len(out[w.Buffer]) * c.shards * c.steps * c.rounds
		}
	}
	got.loss, got.accuracy = c.test(t, d, m, weights)
	return got
}

// seldom trains in rounds, with the programs that a training on the network has.
func (c *together) seldom(t testing.TB, d gpu.Device) lot {
	m, err := zoo.Build(c.spec)
	require.NoError(t, err)
	plan := gomlx.Train{Model: m, Optimizer: c.optimizer, Batch: c.batch, Steps: c.steps, Seed: c.seed, Total: c.steps * c.rounds}
	compiled, err := gomlx.CompileTrain(plan)
	require.NoError(t, err)
	model, o := &diloco.Model{Program: compiled.Program}, diloco.Options{Bits: c.bits}
	first := make(map[string][]byte)
	for _, w := range compiled.Weights {
		if !w.Moment {
			model.Weights = append(model.Weights, w.Buffer)
			first[w.Buffer] = compiled.Inputs[w.Buffer]
		}
	}
	flat, inner, err := model.Layouts()
	require.NoError(t, err)
	c.outer.Shards = c.shards
	programs := make([]*gpu.Program, 3)
	for i, f := range []func() (*gpu.Program, error){
		func() (*gpu.Program, error) { return model.Local(o) },
		func() (*gpu.Program, error) { return c.outer.Program(model, o) },
		func() (*gpu.Program, error) { return model.Evaluate(o) },
	} {
		programs[i], err = f()
		require.NoError(t, err)
	}
	weights, err := flat.Pack(first)
	require.NoError(t, err)
	update := make([]byte, flat.PackedSize(c.bits))
	shards := make([]map[string][]byte, c.shards)
	for i := range shards {
		shards[i] = map[string][]byte{"inner": make([]byte, inner.Size())}
	}
	carried := make([][]float32, c.shards)
	var got lot
	var outer map[string][]byte
	for round := range c.rounds {
		in := make(map[string][]byte)
		var began []byte
		for i := range shards {
			task := map[string][]byte{"weights": weights, "update": update, gomlx.RatesInput: c.optimizer.Rates(round*c.steps, c.steps, plan.Total)}
			maps.Copy(task, c.part(i, round))
			for _, name := range []string{"inner", "residual"} {
				if b := shards[i][name]; len(b) > 0 && (name != "residual" || c.private == nil) {
					task[name] = b
				}
			}
			for name, b := range compiled.Inputs { // tables that a model has besides its weights
				if _, known := task[name]; !known && first[name] == nil {
					task[name] = b
				}
			}
			shards[i] = runBuffers(t, d, programs[0], task)
			began = shards[i]["weights"]
			delta := shards[i]["delta"]
			if c.private != nil {
				delta, carried[i], err = c.private.Hide(model, o, [32]byte{byte(i), byte(c.seed)}, round, shards[i], carried[i])
				require.NoError(t, err)
			}
			if c.lie != nil && i < c.poisoned {
				way, err := flat.Expand(delta, c.bits)
				require.NoError(t, err)
				c.lie(way, rand.New(rand.NewPCG(c.seed, uint64(round*c.shards+i))))
				delta, _ = flat.Compress(way, c.bits)
			}
			got.bytes += len(delta)
			in["deltas"] = append(in["deltas"], delta...)
		}
		if outer != nil {
			in["momentum"], in["lag"] = outer["momentum"], outer["lag"]
		}
		outer = runBuffers(t, d, programs[1], in)
		weights, update = began, outer["update"]
		got.bytes += len(update) * c.shards
	}
	last := runBuffers(t, d, programs[2], map[string][]byte{"weights": weights, "update": update})
	states, err := flat.Unpack(last["weights"])
	require.NoError(t, err)
	values := make(map[string][]byte)
	for _, w := range compiled.Weights {
		if !w.Moment {
			values[w.Path] = states[w.Buffer]
		}
	}
	got.loss, got.accuracy = c.test(t, d, m, values)
	return got
}

// test is the mean cross entropy of what a model predicts, and the share of labels that it finds likeliest.
func (c *together) test(t testing.TB, d gpu.Device, m gomlx.Model, weights map[string][]byte) (loss, accuracy float64) {
	compiled, err := gomlx.CompileInfer(gomlx.Infer{Model: m, Batch: testBatch, Batches: c.tests / testBatch, Values: weights})
	require.NoError(t, err)
	data := c.draw(c.tests, 1<<63)
	out, _ := run(t, d, compiled, data, 0)
	logits := gomlx.Floats(out[compiled.Output])
	labels := len(data["y"]) / 4
	classes := len(logits) / labels
	for i := range labels {
		row := logits[i*classes : (i+1)*classes]
		best := 0
		for k, v := range row {
			if v > row[best] {
				best = k
			}
		}
		sum := 0.0
		for _, v := range row {
			sum += math.Exp(v - row[best])
		}
		label := int(binary.LittleEndian.Uint32(data["y"][4*i:]))
		loss += (math.Log(sum) - row[label] + row[best]) / float64(labels)
		if best == label {
			accuracy += 1 / float64(labels)
		}
	}
	return loss, accuracy
}

var checked gpu.Learned // the programs of trainings, whose rounds are many

// runBuffers executes a program with inputs by buffer.
func runBuffers(t testing.TB, d gpu.Device, p *gpu.Program, in map[string][]byte) map[string][]byte {
	t.Helper()
	task := gpu.Task{Inputs: make(map[string]gpu.Input), Seed: 5, Learned: &checked}
	for name, b := range in {
		task.Inputs[name] = bytes.NewReader(b)
	}
	results := make(map[string]*bytes.Buffer)
	task.Outputs = func(name string, _ int64) (io.Writer, error) {
		results[name] = new(bytes.Buffer)
		return results[name], nil
	}
	_, err := gpu.Run(t.Context(), d, p, task)
	require.NoError(t, err)
	out := make(map[string][]byte)
	for name, b := range results {
		out[name] = b.Bytes()
	}
	return out
}

// digits draws digits under so much noise that no model reads all of them: a loss near zero would say little.
func digits(examples int, seed uint64) map[string][]byte {
	x, y := gputest.Digits(examples, seed)
	rng := rand.New(rand.NewPCG(seed, 14))
	for i := 0; i < len(x); i += 4 {
		v := math.Float32frombits(binary.LittleEndian.Uint32(x[i:]))
		binary.LittleEndian.PutUint32(x[i:], math.Float32bits(v+float32(0.5*rng.NormFloat64())))
	}
	return map[string][]byte{"x": x, "y": y}
}

// again draws from so few examples of each of four shards that they come many times.
func again(pool int, draw func(int, uint64) map[string][]byte) func(int, uint64) map[string][]byte {
	return func(examples int, seed uint64) map[string][]byte {
		if seed == 1<<63 {
			return draw(examples, seed) // for the test
		}
		all := draw(pool, seed>>32<<32+1+(seed-1)%4)
		rng := rand.New(rand.NewPCG(seed, 15))
		out := make(map[string][]byte)
		var order []int
		for range examples {
			if len(order) == 0 {
				order = rng.Perm(pool)
			}
			for name, b := range all {
				each := len(b) / pool
				out[name] = append(out[name], b[order[0]*each:(order[0]+1)*each]...)
			}
			order = order[1:]
		}
		return out
	}
}

// letters is the vocabulary of prose: a space and the alphabet.
const letters = 27

// prose draws windows of 32 letters of a text whose words follow each other by chance, some likelier than others. Every seed
// draws another text of the same language.
func prose(examples int, seed uint64) map[string][]byte {
	const words, next, window = 60, 4, 32
	language := rand.New(rand.NewPCG(11, 12))
	dictionary, follows := make([][]byte, words), make([][next]int, words)
	for i := range dictionary {
		for range 2 + language.IntN(5) {
			dictionary[i] = append(dictionary[i], byte(1+language.IntN(letters-1)))
		}
		dictionary[i] = append(dictionary[i], 0)
		for k := range next {
			follows[i][k] = language.IntN(words)
		}
	}
	rng := rand.New(rand.NewPCG(seed, 13))
	out := make(map[string][]byte)
	put := func(name string, b byte) { out[name] = binary.LittleEndian.AppendUint32(out[name], uint32(b)) }
	for range examples {
		word := rng.IntN(words)
		text := dictionary[word][rng.IntN(len(dictionary[word])):]
		for len(text) <= window {
			k := 0
			for k < next-1 && rng.IntN(2) == 0 {
				k++
			}
			word = follows[word][k]
			text = append(text[:len(text):len(text)], dictionary[word]...)
		}
		for i := range window {
			put("x", text[i])
			put("y", text[i+1])
		}
	}
	return out
}

// TestDiLoCo trains the same models on the same samples in rounds and step by step, and counts what is sent. With -long the models are
// trained until either way brings little more, with rates that were tried for each way.
func TestDiLoCo(t *testing.T) {
	d := driver(t)
	gpt := zoo.Spec{Name: "gpt-nano", Sizes: map[string]int{"vocab": letters, "context": 32, "width": 32, "layers": 1, "heads": 2}}
	cosine := func(rate float64) gomlx.Optimizer {
		return gomlx.Optimizer{Method: gomlx.Adam, Schedule: gomlx.Schedule{Rate: rate, Warmup: 20, Shape: gomlx.Cosine, Floor: 0.05}}
	}
	setups := []together{{
		spec:  zoo.Spec{Name: "mlp", Sizes: map[string]int{"inputs": 256, "hidden": 64, "layers": 1}},
		batch: 16, rounds: 6, steps: 60, draw: digits, tests: 1024, optimizer: cosine(0.003), outer: diloco.Outer{Rate: 1, Momentum: 0.7},
	}}
	seeds, worse := 1, 1.5
	if *long {
		setups, seeds, worse = []together{
			{spec: gpt, batch: 8, rounds: 40, steps: 72, draw: prose, tests: 512, optimizer: cosine(0.008), outer: diloco.Outer{Rate: 0.9, Momentum: 0.6}},
			{
				spec:  zoo.Spec{Name: "cnn", Sizes: map[string]int{"side": 16, "filters": 8, "hidden": 32}},
				batch: 16, rounds: 24, steps: 64, draw: again(2048, digits), tests: 8192, optimizer: cosine(0.006), outer: diloco.Outer{Rate: 1, Momentum: 0.3},
			},
		}, 3, 1.05
	}
	for _, c := range setups {
		c.shards, c.bits = 4, 4
		var whole, rounds float64
		for seed := range seeds {
			c.seed = uint64(1 + seed)
			p, s := c.parallel(t, d), c.seldom(t, d)
			whole, rounds = whole+p.loss/float64(seeds), rounds+s.loss/float64(seeds)
			fewer := float64(p.bytes) / float64(s.bytes)
			t.Logf("%s, seed %d: step by step loss %.4f, %.2f %% right, %d bytes; in %d rounds of %d steps loss %.4f, %.2f %% right, %d bytes, %.0f times fewer",
				c.spec.Name, c.seed, p.loss, 100*p.accuracy, p.bytes, c.rounds, c.steps, s.loss, 100*s.accuracy, s.bytes, fewer)
			require.GreaterOrEqual(t, fewer, 400.0)
		}
		t.Logf("%s: loss %.4f step by step, %.4f in rounds, %+.1f %%", c.spec.Name, whole, rounds, 100*(rounds/whole-1))
		require.Less(t, rounds, worse*whole)
	}
}

// TestPoisonedDigits trains with a fifth of the shards lying: what comes of it by the plain average, the trimmed one and the median.
func TestPoisonedDigits(t *testing.T) {
	if !*long {
		t.Skip("it takes many minutes; run with -long. Package diloco has a small one")
	}
	d := driver(t)
	c := together{
		spec:  zoo.Spec{Name: "mlp", Sizes: map[string]int{"inputs": 256, "hidden": 64, "layers": 1}},
		batch: 32, shards: 5, rounds: 4, steps: 30, bits: 8, draw: digits, tests: 1024, seed: 1,
		optimizer: gomlx.Optimizer{Method: gomlx.Adam, Schedule: gomlx.Schedule{Rate: 0.005, Warmup: 10}},
	}
	averages := []struct {
		name string
		trim int
	}{{"plain", 0}, {"trimmed by one", 1}, {"median", 2}}
	lies := []struct {
		name     string
		mislabel bool
		lie      func([]float32, *rand.Rand)
	}{
		{"none", false, nil},
		{"ten times the way, backwards", false, func(way []float32, _ *rand.Rand) {
			for i := range way {
				way[i] *= -10
			}
		}},
		{"noise of ten times the way", false, func(way []float32, rng *rand.Rand) {
			norm := 0.0
			for _, v := range way {
				norm += float64(v) * float64(v)
			}
			for i := range way {
				way[i] = float32(10 * math.Sqrt(norm/float64(len(way))) * rng.NormFloat64())
			}
		}},
		{"labels off by one", true, nil},
	}
	if *long {
		c.spec, c.rounds, c.steps, c.tests = zoo.Spec{Name: "cnn", Sizes: map[string]int{"side": 16, "filters": 8, "hidden": 32}}, 8, 40, 4096
		c.optimizer.Schedule.Shape, c.optimizer.Schedule.Floor = gomlx.Cosine, 0.1
	}
	accuracy := make([][]float64, len(lies))
	for i, l := range lies {
		for _, a := range averages {
			c.poisoned, c.mislabel, c.lie = 0, l.mislabel, l.lie
			if i > 0 {
				c.poisoned = 1
			}
			c.outer = diloco.Outer{Rate: 1, Momentum: 0.5, Trim: a.trim}
			got := c.seldom(t, d)
			accuracy[i] = append(accuracy[i], got.accuracy)
			t.Logf("%s; lie: %s; average: %s: %.1f %% right, loss %.3f", c.spec.Name, l.name, a.name, 100*got.accuracy, got.loss)
		}
	}
	for i, l := range lies {
		require.Greater(t, accuracy[i][1], accuracy[0][0]-0.06, "%s, %s", l.name, averages[1].name)
		if len(averages) > 2 && !l.mislabel { // wrong labels make a way that looks honest, and a median has less to say against it
			require.Greater(t, accuracy[i][2], accuracy[0][0]-0.06, "%s, %s", l.name, averages[2].name)
		}
	}
	require.Less(t, accuracy[1][0], accuracy[0][0]-0.3, "the plain average does not survive this one")
}

// TestPrivateDigits trains with shards that hide what they send: what clipping and noise cost, and the epsilon that they are worth.
func TestPrivateDigits(t *testing.T) {
	d := driver(t)
	const delta = 1e-5
	c := together{
		spec:  zoo.Spec{Name: "mlp", Sizes: map[string]int{"inputs": 256, "hidden": 16, "layers": 1}},
		batch: 32, shards: 5, rounds: 4, steps: 30, bits: 8, draw: digits, tests: 1024, seed: 1, outer: diloco.Outer{Rate: 1, Momentum: 0.5},
		optimizer: gomlx.Optimizer{Method: gomlx.Adam, Schedule: gomlx.Schedule{Rate: 0.005, Warmup: 10}},
	}
	noises := []float64{0, 1}
	if *long {
		c.rounds, c.tests = 12, 4096
		noises = []float64{0, 0.01, 0.03, 0.1, 1, 20}
	}
	open := c.seldom(t, d)
	t.Logf("in the open: %.1f %% right, loss %.3f", 100*open.accuracy, open.loss)
	var hidden []lot
	for _, noise := range noises {
		c.private = &diloco.Private{Clip: 1.5, Noise: noise}
		epsilon, err := c.private.Epsilon(c.rounds, delta)
		require.NoError(t, err)
		hidden = append(hidden, c.seldom(t, d))
		got := hidden[len(hidden)-1]
		t.Logf("clip %v, noise %v, epsilon %.3g at delta %g: %.1f %% right, loss %.3f", c.private.Clip, noise, epsilon, delta, 100*got.accuracy, got.loss)
	}
	require.Greater(t, hidden[0].accuracy, open.accuracy-0.1, "clipping alone costs little")
	require.Less(t, hidden[len(hidden)-1].accuracy, 0.5, "so much noise leaves nothing to learn from")
}
