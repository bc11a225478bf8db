package recipe

import (
	"encoding/binary"
	"math"

	"gpumesh/gpu"
	"gpumesh/gpu/dataset"
	"gpumesh/gpu/gomlx"
)

// Rounds is a training in rounds of local runs by several shards. Run is one local run, of the recipe's Steps.
type Rounds struct {
	Run
	X, Y   dataset.Tensor    // all examples
	First  map[string][]byte // first content of the model's weights, by State buffer
	Same   map[string][]byte // inputs that are the same in all local runs
	Rates  func(round int) []byte
	Ask    *gomlx.Compiled // what the trained model predicts for the test data; nil without any
	TestX  []byte          // input "x" of Ask
	testY  dataset.Tensor
	class  int // numbers that Ask predicts with for each label
	labels int // in TestX
}

// Weights are the names of the State buffers that are the model.
func (r *Rounds) Weights() []string {
	var names []string
	for _, w := range r.Compiled.Weights {
		if !w.Moment {
			names = append(names, w.Buffer)
		}
	}
	return names
}

const testBatch = 32 // examples

// PrepareRounds is Prepare for a training in rounds. test are files like those of the data, or none.
func (r *Recipe) PrepareRounds(files, test []string, rounds, shards int, target gpu.AdapterType) (*Rounds, error) {
	e, err := r.read(files, r.Batch*r.Steps*rounds*shards, nil)
	if err != nil {
		return nil, err
	}
	t := r.train(e, r.Steps, target)
	t.Total = r.Steps * rounds
	out := &Rounds{
		Run: Run{Seed: r.Seed, Examples: r.Batch * e.tokens, about: e.about, onnx: e.onnx}, X: e.x, Y: e.y,
		First: make(map[string][]byte), Same: make(map[string][]byte),
		Rates: func(round int) []byte { return t.Optimizer.Rates(round*r.Steps, r.Steps, t.Total) },
	}
	if out.Compiled, err = gomlx.CompileTrain(t); err != nil {
		return nil, err
	}
	for name, b := range out.Compiled.Inputs {
		out.Same[name] = b
	}
	delete(out.Same, gomlx.RatesInput)
	for _, w := range out.Compiled.Weights {
		if b, ok := out.Same[w.Buffer]; ok && !w.Moment {
			out.First[w.Buffer] = b
		}
		delete(out.Same, w.Buffer)
	}
	if len(test) == 0 {
		return out, nil
	}
	u, err := r.read(test, 16*testBatch, e.about.Tokenizer)
	if err != nil {
		return nil, err
	}
	batches := u.count() / testBatch
	if batches == 0 {
		return nil, gpu.Errorf(gpu.InvalidInput, "there are %d examples to test with; it must be at least %d", u.count(), testBatch)
	}
	if out.Ask, err = gomlx.CompileInfer(gomlx.Infer{Model: e.model, Batch: testBatch, Batches: batches, Target: target}); err != nil {
		return nil, err
	}
	n := batches * testBatch
	out.TestX, out.testY, out.labels = u.x.Data[:len(u.x.Data)/u.count()*n], u.y, u.y.Len()/u.count()*n
	for _, s := range out.Ask.Program.Results() {
		if s.Name == out.Ask.Output {
			out.class = int(s.Size) / 4 / out.labels
		}
	}
	return out, nil
}

// Score compares predictions with the labels of the test data: the mean cross entropy, and the share of labels that are the
// likeliest class.
func (r *Rounds) Score(predicted []byte) (loss, accuracy float64) {
	right := 0
	for i := range r.labels {
		logits := make([]float64, r.class)
		top, best := math.Inf(-1), 0
		for c := range logits {
			logits[c] = float64(math.Float32frombits(binary.LittleEndian.Uint32(predicted[4*(i*r.class+c):])))
			if logits[c] > top {
				top, best = logits[c], c
			}
		}
		sum, label := 0.0, int(r.testY.Word(i))
		for _, v := range logits {
			sum += math.Exp(v - top)
		}
		loss += (math.Log(sum) - (logits[label] - top)) / float64(r.labels)
		if best == label {
			right++
		}
	}
	return loss, float64(right) / float64(r.labels)
}
