package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/recipe"
	"gpumesh/gpu/worker"
	"gpumesh/node/jobfile"
)

func (a *app) trainCommand() *cobra.Command {
	var data []string
	var out, device, keep string
	var s rounds
	var tier string
	var localSteps int
	cmd := a.conn.flags(&cobra.Command{
		Use: "train MODEL.yaml", Short: "Train a neural network, on the network or on this machine's device", Args: exactly("MODEL.yaml"),
		Long: `Trains a model of the zoo (mlp, cnn, gpt-nano, llama-nano), a Go program, or an ONNX file further. The file names the model, its sizes, weights to
start from if there are some, the optimizer and the data's format. Weights are written as safetensors, those of an ONNX file as ONNX.

With --rounds the network trains: in each round every worker trains on its own part of the data for so many local steps, and
what they learnt is averaged. Every task is computed by several nodes and verified. Without --rounds this machine's device
trains, as one program; with --checkpoint, a run that was interrupted goes on when the same command is given again.

With --federated the providers that hold a data set train, each on its own part of it, which nobody else sees. That they did so is their word;
outer steps scale down what is longer than --clip and --noise allow, and --trim leaves out those who lie. All that follows from what they send is verified.`,
		Example: "  gpumesh train gpt.yaml --data book.txt -o gpt.safetensors\n  gpumesh train digits.yaml --data images.npy --data labels.npy --rounds 10 --workers 4 --local-steps 50 --budget 20 -o out\n" +
			"  gpumesh train digits.yaml --federated digits --test images.npy --test labels.npy --rounds 8 --least 4 --trim 1 -o out",
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			r, err := recipe.Parse(text)
			if err != nil {
				return err
			}
			r.Dir = filepath.Dir(args[0])
			if localSteps > 0 {
				r.Steps = localSteps
			}
			if s.rounds < 0 || s.workers < 1 {
				return usagef("--rounds is %d and --workers %d; there must be at least one worker, and 0 rounds or more", s.rounds, s.workers)
			}
			if s.federated != "" && (s.rounds == 0 || len(s.test) == 0 || len(data) > 0) {
				return usagef("--federated takes --rounds and --test, and no --data: what the model learns is shown on the test, and nobody has all of the data")
			}
			data, test, done, err := a.fetchCIDs(cmd.Context(), data, s.test)
			defer done()
			if err != nil {
				return err
			}
			s.test = test
			if s.rounds == 0 {
				return a.train(cmd.Context(), r, data, out, device, keep)
			}
			s.out, s.tier = cmp.Or(out, "."), jobfile.Tier(tier)
			return a.trainRounds(cmd.Context(), r, data, s)
		},
	})
	f := cmd.Flags()
	f.IntVar(&s.rounds, "rounds", 0, "rounds of training on the network; 0: this machine's device trains")
	f.IntVar(&s.workers, "workers", 2, "shards that train side by side")
	f.IntVar(&localSteps, "local-steps", 0, "steps of each shard in a round (default: steps of the file)")
	f.IntVar(&s.bits, "bits", 8, "of each number that is sent: 8 or 4")
	f.Float64Var(&s.outer.Rate, "outer-rate", 0.7, "of the optimizer that takes what the shards learnt")
	f.Float64Var(&s.outer.Momentum, "outer-momentum", 0.6, "of the optimizer that takes what the shards learnt")
	f.IntVar(&s.outer.Trim, "trim", 0, "largest and smallest values of each weight that do not count, against poisoned shards")
	f.Uint32Var(&s.replicas, "replicas", 3, "nodes that compute each task")
	f.StringVar(&s.maxError, "max-error", "", "share of wrong results to accept, such as 0.1%; how many nodes compute and audit a task follows from it and from their records, in place of --replicas")
	f.StringVar(&s.dishonest, "dishonest", "", "with --max-error: share of the providers that may be dishonest (default 20%)")
	f.StringVar(&tier, "tier", "", "exact, reproducible or fast (default: reproducible where the model has such a form)")
	f.StringVar(&s.shape, "shape", "auto", "what kernels are shaped for: cpu, gpu, or auto: what most providers have")
	f.DurationVar(&s.timeout, "timeout", 10*time.Minute, "of one local run")
	f.IntVar(&s.least, "least", 0, "shards with which a round may be completed if the others do not come; 0: it needs all, or with --federated more than half")
	f.DurationVar(&s.patience, "patience", time.Minute, "with --least: how long a round waits for the others")
	f.BoolVar(&s.redraw, "redraw", false, "draw the workers of each shard anew in every round: they fetch more, and none works on a shard for long")
	f.DurationVar(&s.deadline, "deadline", 6*time.Hour, "of the whole training")
	f.StringArrayVar(&s.test, "test", nil, "file of examples to test the trained model with, like --data")
	f.StringVar(&s.federated, "federated", "", "name of a data set: its holders train, each on its own part, which stays with them (see gpumesh federated hold); give --test, and no --data")
	f.Float64Var(&s.private.Clip, "clip", 1, "with --federated: largest norm of what a holder sends of a round")
	f.Float64Var(&s.private.Noise, "noise", 0, "with --federated: deviation of the noise that a holder adds to each number, in units of --clip")
	f.StringVar(&s.resume, "resume", "", "follow this training, which was submitted before with the same file and flags, and fetch its weights")
	f.Var(&s.budget, "budget", "most to pay for the whole training (default: what it can cost)")
	f.StringArrayVar(&data, "data", nil, "file of examples, or its CID; give it twice for examples and labels (.idx, .npy)")
	f.StringVarP(&out, "out", "o", "", "file of the weights (default model.safetensors or model.onnx); with --rounds, directory for weights, curve and receipt")
	f.StringVar(&keep, "checkpoint", "", "folder in which the run is kept while it lasts, to resume it")
	f.StringVar(&device, "device", "auto", "auto, webgpu, eval, or webgpu:NAME for an adapter")
	cmd.MarkFlagsMutuallyExclusive("max-error", "replicas")
	return cmd
}

// checkpointEvery is how often a run is saved, and its losses can be seen.
const checkpointEvery = time.Second

// trained is what train prints with --json.
type trained struct {
	Weights   string  `json:"weights"`
	Steps     int     `json:"steps"`
	First     float64 `json:"firstLoss"`
	Last      float64 `json:"lastLoss"`
	PerSecond float64 `json:"examplesPerSecond"`
	Trace     string  `json:"traceRoot"`
}

func (a *app) train(ctx context.Context, r *recipe.Recipe, data []string, out, device, keep string) error {
	if err := writable(filepath.Dir(cmp.Or(out, "."))); err != nil {
		return err // before it trains
	}
	pool, info, err := openDevice(ctx, device)
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }() // it has answered
	run, err := r.Prepare(data, info.Type)
	if err != nil {
		return err
	}
	c := run.Compiled
	fmt.Fprintf(a.err, "%s: %d operations in %d commands, on %s\n", r.Model, c.Nodes, len(c.Program.Step), info.Name)
	start, shown, from := time.Now(), uint32(0), -1 // from: the step of the checkpoint
	results, res, err := compute(ctx, pool, c, run.Inputs, run.Seed, keep, func(done, total uint32, losses []float64) {
		if from < 0 {
			from = int(done)
		}
		if int(done) == from || done < shown+max(total/20, 1) || done == total || len(losses) == 0 {
			return // the last one is told below
		}
		shown = done
		took := time.Since(start)
		since := float64(int(done) - from)
		left := time.Duration(float64(took) / since * float64(total-done))
		fmt.Fprintf(a.err, "%6.1fs  step %d of %d  loss %.4f at step %d  %.0f %s/s  %v left\n", took.Seconds(), done, total, losses[len(losses)-1], len(losses),
			since*float64(run.Examples)/took.Seconds(), run.Unit(), left.Round(time.Second))
	})
	switch {
	case ctx.Err() != nil && keep != "":
		return fmt.Errorf("stopped; give the same command again to go on from the checkpoint in %s", keep)
	case err != nil:
		return err
	}
	losses := floatsOf(results[c.Output])
	if math.IsNaN(losses[len(losses)-1]) {
		return errors.New("the loss is no number any more; a lower rate or a clip may help")
	}
	var b bytes.Buffer
	if err := run.Weights(&b, results); err != nil {
		return err
	}
	out = cmp.Or(out, "model"+run.Extension())
	if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
		return err
	}
	t := trained{out, len(losses), losses[0], losses[len(losses)-1],
		float64((len(losses)-max(from, 0))*run.Examples) / res.Timings.Run.Seconds(), fmt.Sprintf("%x", res.TraceRoot)}
	if done, err := a.emit(t); done {
		return err
	}
	a.printf("loss      %.4f to %.4f in %d steps, %.0f %s/s\nweights   %s\ntrace     %s\n", t.First, t.Last, t.Steps, t.PerSecond, run.Unit(), out, t.Trace)
	return nil
}

func (a *app) inferCommand() *cobra.Command {
	var q question
	cmd := &cobra.Command{
		Use: "infer MODEL", Short: "Ask a model: continue a text, or classify images and rows of numbers", Args: exactly("MODEL"),
		Long: `Asks a model that train wrote (.safetensors), or an ONNX file whose one input is a batch of float32.

A language model continues the text given with --input. For another, --input is a file of examples: an image (PNG, JPEG or GIF, made as
large as the model takes it, white as 1), .npy, IDX, or CSV without a column of labels. What it finds likeliest of each is printed, and all its numbers
with --json.`,
		Example: "  gpumesh infer gpt.safetensors -i \"Once upon\" --tokens 200 --temperature 0.8\n  gpumesh infer digits.safetensors -i seven.png\n  gpumesh infer resnet.onnx -i images.npy",
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			q.given = cmd.Flags().Changed("input")
			if strings.HasSuffix(strings.ToLower(args[0]), ".onnx") {
				m, err := recipe.LoadONNX(file)
				if err != nil {
					return err
				}
				return a.classify(cmd.Context(), recipe.About{}, m, nil, q)
			}
			about, m, values, err := recipe.Load(file, q.model)
			switch {
			case err != nil:
				return err
			case about.Tokenizer == nil:
				return a.classify(cmd.Context(), about, m, values, q)
			}
			return a.continueText(cmd.Context(), about, m, values, q)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&q.input, "input", "i", "\n", "text to continue, or file of examples")
	f.IntVar(&q.tokens, "tokens", 100, "text: tokens to generate")
	f.Float64Var(&q.temperature, "temperature", 0.8, "text: how freely to draw; 0: always the likeliest token")
	f.Uint64Var(&q.seed, "seed", 0, "text: what is drawn")
	f.BoolVar(&q.invert, "invert", false, "images: black is 1, for dark digits on paper")
	f.StringVar(&q.device, "device", "auto", "auto, webgpu, eval, or webgpu:NAME for an adapter")
	f.StringVar(&q.model, "model", "", "Go program of the model, if it is in one; it runs here")
	return cmd
}

// question is what a model is asked.
type question struct {
	input, device string
	model         string // Go program that the weights are of
	given         bool   // input
	tokens        int
	temperature   float64
	seed          uint64
	invert        bool
}

func (a *app) continueText(ctx context.Context, about recipe.About, m gomlx.Model, values map[string][]byte, q question) error {
	pool, info, err := openDevice(ctx, q.device)
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }() // it has answered
	c, err := gomlx.CompileGenerate(gomlx.Generate{
		Model: m, Values: values, Prompt: about.Tokenizer.Encode([]byte(q.input)), Tokens: q.tokens, Temperature: q.temperature, Target: info.Type,
	})
	if err != nil {
		return err
	}
	if err := recipe.Complete(c, values); err != nil {
		return err
	}
	results, _, err := compute(ctx, pool, c, c.Inputs, q.seed, "", nil)
	if err != nil {
		return err
	}
	list := make([]uint32, q.tokens)
	for i := range list {
		list[i] = binary.LittleEndian.Uint32(results[c.Output][4*i:])
	}
	text, err := about.Tokenizer.Decode(list)
	if err != nil {
		return err
	}
	if done, err := a.emit(map[string]string{"prompt": q.input, "text": string(text)}); done {
		return err
	}
	a.printf("%s%s\n", q.input, text)
	return nil
}

// answer is what infer prints of an example with --json.
type answer struct {
	Class         string    `json:"class"`
	Probability   float64   `json:"probability"`
	Probabilities []float64 `json:"probabilities"`
	Output        []float64 `json:"output"` // of the model, as it is
}

const likeliest = 3 // classes that are printed of an example

func (a *app) classify(ctx context.Context, about recipe.About, m gomlx.Model, values map[string][]byte, q question) error {
	if !q.given {
		return usagef("this model takes examples: give a file of them with --input")
	}
	pool, info, err := openDevice(ctx, q.device)
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }() // it has answered
	asked, err := recipe.Ask(q.input, m, values, about.Scale, q.invert, info.Type)
	if err != nil {
		return err
	}
	results, _, err := compute(ctx, pool, asked.Compiled, asked.Inputs, 0, "", nil)
	if err != nil {
		return err
	}
	name := func(class int) string {
		if class < len(about.Classes) {
			return about.Classes[class]
		}
		return strconv.Itoa(class)
	}
	var list []answer
	for i, output := range asked.Answers(results[asked.Compiled.Output]) {
		p := recipe.Probabilities(output)
		order := make([]int, len(p))
		for k := range order {
			order[k] = k
		}
		slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(p[y], p[x]) })
		list = append(list, answer{name(order[0]), p[order[0]], p, output})
		if a.json {
			continue
		}
		a.printf("%d:", i+1)
		for _, k := range order[:min(likeliest, len(order))] {
			a.printf("  %s %.1f %%", name(k), 100*p[k])
		}
		a.printf("\n")
	}
	_, err = a.emit(list)
	return err
}

// compute runs a compiled program in a worker process, in a folder of its own, and returns its results. A run that has left a
// checkpoint in the folder keep goes on from there. progress gets the rows of the output that are there so far, as numbers:
// those before the last checkpoint.
func compute(ctx context.Context, pool *worker.Pool, c *gomlx.Compiled, inputs map[string][]byte, seed uint64, keep string, progress func(done, total uint32, rows []float64)) (_ map[string][]byte, _ *gpu.Result, err error) {
	dir, err := os.MkdirTemp("", "gpumesh-train-*")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	program, err := c.Program.Encode()
	if err != nil {
		return nil, nil, err
	}
	q := worker.Request{Tenant: "self", Program: program, Inputs: make(map[string]string), OutDir: filepath.Join(dir, "out"), Seed: seed}
	if err := os.Mkdir(q.OutDir, 0o700); err != nil {
		return nil, nil, err
	}
	for name, b := range inputs {
		q.Inputs[name] = filepath.Join(dir, name)
		if err := os.WriteFile(q.Inputs[name], b, 0o600); err != nil {
			return nil, nil, err
		}
	}
	if progress != nil {
		q.Progress = func(done, total uint32) {
			rows, err := os.ReadFile(filepath.Join(q.OutDir, c.Output))
			if err == nil || errors.Is(err, os.ErrNotExist) {
				progress(done, total, floatsOf(rows))
			}
		}
	}
	save := worker.Checkpoints{Dir: cmp.Or(keep, dir), Every: checkpointEvery}
	if keep != "" {
		if err := os.MkdirAll(keep, 0o700); err != nil {
			return nil, nil, err
		}
		path := filepath.Join(keep, worker.CheckpointFile)
		if _, err := os.Stat(path); err == nil {
			save.Resume = path
		}
	}
	res, err := pool.RunFrom(ctx, q, save)
	if err != nil {
		return nil, nil, err
	}
	if keep != "" {
		if err := os.Remove(filepath.Join(keep, worker.CheckpointFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, nil, err
		}
	}
	results := make(map[string][]byte)
	for _, o := range res.Outputs {
		f, err := os.Open(filepath.Join(q.OutDir, o.Name))
		if err != nil {
			return nil, nil, err
		}
		results[o.Name], err = io.ReadAll(f)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, nil, err
		}
	}
	return results, res, nil
}

func floatsOf(b []byte) []float64 {
	list := make([]float64, len(b)/4)
	for i := range list {
		list[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return list
}
