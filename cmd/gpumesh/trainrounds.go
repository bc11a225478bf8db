package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"connectrpc.com/connect"
	"github.com/ipfs/go-cid"

	"gpumesh/gpu"
	"gpumesh/gpu/diloco"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/recipe"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
	"gpumesh/node/training"
	"gpumesh/poc"
)

// rounds says how a recipe is trained on the network.
type rounds struct {
	rounds, workers int
	bits            int
	outer           diloco.Outer
	replicas        uint32
	maxError        string // instead of replicas; a share
	dishonest       string
	tier            jobfile.Tier
	shape           string // of kernels: cpu, gpu or auto
	timeout         time.Duration
	least           int // shards that a round needs; 0: all
	patience        time.Duration
	redraw          bool // workers of shards
	deadline        time.Duration
	test            []string
	out             string // directory
	resume          string
	budget          amountFlag
	federated       string // data set of the holders that train; empty: the data are given
	private         diloco.Private
}

// trainRounds trains on the network: a job of rounds, whose certified losses are shown while it goes on.
func (a *app) trainRounds(ctx context.Context, r *recipe.Recipe, data []string, s rounds) error {
	if !slices.Contains([]string{"auto", "cpu", "gpu"}, s.shape) {
		return usagef("--shape is %q; it must be auto, cpu or gpu", s.shape)
	}
	client, err := a.conn.client()
	if err != nil {
		return err
	}
	defer client.Close()
	answer, err := client.Market(ctx, connect.NewRequest(&nodepb.MarketRequest{}))
	if err != nil {
		return client.Explain(err)
	}
	target := cmp.Or(map[string]gpu.AdapterType{"cpu": gpu.CPU, "gpu": gpu.Discrete}[s.shape], shapeFor(answer.Msg.Ads))
	if s.federated != "" {
		return a.trainFederated(ctx, client, answer.Msg.Ads, r, target, s)
	}
	prepared, err := r.PrepareRounds(data, s.test, s.rounds, s.workers, target)
	if err != nil {
		return err
	}
	plan, err := planRounds(r, prepared, s)
	if err != nil {
		return err
	}
	planned, err := plan.Job()
	if err != nil {
		return err
	}
	t := &trainingRun{
		jobRun: &jobRun{app: a, client: client, job: planned.Job}, plan: planned, rounds: s.rounds, steps: r.Steps,
		samples: r.Steps * prepared.Examples, loss: prepared.Compiled.Output, out: s.out, unit: prepared.Unit(),
	}
	return t.run(ctx, prepared, s)
}

// fetchCIDs fetches those of the data that are no files here but CIDs, from the node, and names the files instead. done removes them.
func (a *app) fetchCIDs(ctx context.Context, data, test []string) (files, tests []string, done func(), err error) {
	dir := ""
	done = func() { _ = os.RemoveAll(dir) } // "" is nothing
	here := func(name string) (string, error) {
		_, missing := os.Stat(name)
		if _, no := cid.Decode(name); missing == nil || no != nil {
			return name, nil
		}
		client, err := a.conn.client()
		if err != nil {
			return "", err
		}
		defer client.Close()
		body, _, err := client.Cat(ctx, name)
		if err != nil {
			return "", err
		}
		defer func() { _ = body.Close() }() // read to its end
		if dir == "" {
			if dir, err = os.MkdirTemp("", "gpumesh-data-*"); err != nil {
				return "", err
			}
		}
		in := bufio.NewReader(body)
		path := filepath.Join(dir, name)
		if start, _ := in.Peek(6); string(start) == "\x93NUMPY" { // what has no name tells its format
			path += ".npy"
		}
		_, err = save(path, in)
		return path, err
	}
	for _, list := range []struct{ in, out *[]string }{{&data, &files}, {&test, &tests}} {
		for _, name := range *list.in {
			path, err := here(name)
			if err != nil {
				return nil, nil, done, fmt.Errorf("%s: %w", name, err)
			}
			*list.out = append(*list.out, path)
		}
	}
	return files, tests, done, nil
}

// run submits or resumes the training, and follows it to its end.
func (t *trainingRun) run(ctx context.Context, prepared *recipe.Rounds, s rounds) error {
	if s.budget.Amount > 0 {
		t.job.Budget = s.budget.Amount
	}
	t.job.Deadline = cmp.Or(s.deadline, t.job.Deadline)
	err := writable(s.out)
	if err != nil {
		return err // before anything is paid
	}
	if s.resume != "" {
		err = t.resume(ctx, s.resume)
	} else {
		err = t.submit(ctx)
	}
	if err != nil {
		return err
	}
	if err := t.follow(ctx); err != nil {
		return err
	}
	return t.conclude(ctx, prepared)
}

// shapeFor is what kernels are shaped for: the kind of adapter of which most providers advertise one. All of them run kernels of either
// shape; only the time differs.
func shapeFor(ads []*nodepb.Ad) gpu.AdapterType {
	gpus := 0
	for _, ad := range ads {
		switch gpu.AdapterType(ad.AdapterType) {
		case gpu.Discrete, gpu.Integrated:
			gpus++
		}
	}
	if 2*gpus > len(ads) {
		return gpu.Discrete
	}
	return gpu.CPU
}

// planRounds fits a prepared recipe into rounds.
func planRounds(r *recipe.Recipe, p *recipe.Rounds, s rounds) (*training.Plan, error) {
	s.outer.Shards = s.workers
	plan, err := planModel(r, p, s)
	if err != nil {
		return nil, err
	}
	perRun := r.Batch * r.Steps
	count := int64(p.X.Dims[0])
	for name, b := range map[string][]byte{"x": p.X.Data, "y": p.Y.Data} {
		f, err := training.Cut(name, bytes.NewReader(b), int64(len(b)), int64(len(b))/count, perRun, s.workers)
		if err != nil {
			return nil, fmt.Errorf("%w; take fewer workers, a smaller batch or fewer local steps", err)
		}
		plan.Feeds[name] = f
	}
	return plan, nil
}

// planModel fits all of a prepared recipe but its data into rounds.
func planModel(r *recipe.Recipe, p *recipe.Rounds, s rounds) (*training.Plan, error) {
	plan := &training.Plan{
		Name: r.Model, Model: &diloco.Model{Program: p.Compiled.Program, Weights: p.Weights()},
		Options: diloco.Options{Bits: s.bits}, Outer: s.outer, Rounds: s.rounds, Seed: r.Seed,
		Feeds: map[string]training.Feed{}, Final: map[string]training.Feed{},
		Policy:    poc.Policy{Replicas: s.replicas, Quorum: s.replicas/2 + 1, MaxReplicas: s.replicas + 2, Standby: s.replicas},
		Dishonest: jobfile.DefaultDishonest, Tier: s.tier, Timeout: s.timeout, Least: s.least, Patience: s.patience, Redraw: s.redraw,
	}
	if s.maxError != "" {
		var err error
		if plan.Policy, plan.Dishonest, err = jobfile.Priced(s.maxError, s.dishonest); err != nil {
			return nil, fmt.Errorf("--max-error: %w", err)
		}
	}
	weights, _, err := plan.Model.Layouts()
	if err != nil {
		return nil, err
	}
	if plan.Weights, err = weights.Pack(p.First); err != nil {
		return nil, err
	}
	plan.Feeds[gomlx.RatesInput] = training.Table(gomlx.RatesInput, s.rounds, p.Rates)
	for name, b := range p.Same {
		plan.Feeds[name] = training.Same(name, b)
	}
	if p.Ask == nil {
		return plan, nil
	}
	plan.Ask = p.Ask.Program
	for name, b := range p.Ask.Inputs {
		if !slices.Contains(plan.Model.Weights, name) {
			plan.Final[name] = training.Same("test."+name, b)
		}
	}
	plan.Final["x"] = training.Same("test.x", p.TestX)
	return plan, nil
}

// trainedRounds is what train on the network prints with --json.
type trainedRounds struct {
	Job         string   `json:"job"`
	Weights     string   `json:"weights"`
	Curve       string   `json:"curve"`
	Receipt     string   `json:"receipt"`
	Loss        float64  `json:"lastRoundLoss"`
	TestLoss    float64  `json:"testLoss,omitempty"`
	Accuracy    float64  `json:"testAccuracy,omitempty"`
	Checkpoints []string `json:"checkpoints"` // CIDs of the weights after each round, flat
}

// conclude writes the trained weights, the curve and the receipt.
func (t *trainingRun) conclude(ctx context.Context, p *recipe.Rounds) error {
	text, receipt, err := t.client.Receipt(ctx, t.id)
	if err != nil {
		return err
	}
	if err := t.collect(ctx); err != nil { // what a resumed command has not seen
		return err
	}
	result := make(map[string][]byte)
	for _, f := range receipt.Tasks[t.plan.Final].Result {
		body, size, err := t.client.Cat(ctx, f.CID)
		if err != nil {
			return err
		}
		b, err := io.ReadAll(io.LimitReader(body, size))
		if cerr := body.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return fmt.Errorf("fetching %s: %w", f.CID, err)
		}
		result[f.Name] = b
		if f.Name == "weights" {
			t.weights[t.rounds] = f.CID
		}
	}
	states, err := t.plan.Layout.Unpack(result["weights"])
	if err != nil {
		return fmt.Errorf("the trained weights: %w", err)
	}
	var file bytes.Buffer
	if err := p.Run.Weights(&file, maps.Clone(states)); err != nil {
		return err
	}
	out := trainedRounds{Job: t.id, Weights: filepath.Join(t.out, "model"+p.Extension()), Receipt: filepath.Join(t.out, "receipt.json")}
	if _, err := save(out.Weights, &file); err != nil {
		return err
	}
	if _, err := save(out.Receipt, bytes.NewReader(text)); err != nil {
		return err
	}
	if out.Curve, err = t.picture(); err != nil {
		return err
	}
	for round := range t.rounds {
		out.Checkpoints = append(out.Checkpoints, t.weights[round+1])
	}
	last := len(t.losses.sums)
	out.Loss = t.losses.mean(last-t.steps, last)
	if p.Ask != nil {
		out.TestLoss, out.Accuracy = p.Score(result[p.Ask.Output])
	}
	if done, err := t.emit(out); done {
		return err
	}
	t.printf("loss     %.4f in the last round  %s\n", out.Loss, t.losses.line(40))
	if p.Ask != nil {
		t.printf("test     loss %.4f, %.2f %% right, computed and certified by the network\n", out.TestLoss, 100*out.Accuracy)
	}
	t.printf("weights  %s\ncurve    %s\nreceipt  %s\n", out.Weights, out.Curve, out.Receipt)
	t.printReceipt(receipt)
	return nil
}
