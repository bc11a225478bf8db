package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx/recipe"
	"gpumesh/node"
	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/training"
)

// trainFederated has the holders of a data set train a model, each on its own part of it.
func (a *app) trainFederated(ctx context.Context, client *api.Client, ads []*nodepb.Ad, r *recipe.Recipe, target gpu.AdapterType, s rounds) error {
	holders, err := holdersOf(ads, s.federated)
	if s.resume != "" { // as many as it was submitted with, whoever advertises now
		holders, err = a.holdersThen(ctx, client, s)
	}
	if err != nil {
		return err
	}
	if r.Data.Tokenizer == "bpe" {
		return errors.New("a tokenizer that is made of the text would tell about it, and each holder's would be another; use bytes")
	}
	prepared, err := r.PrepareRounds(s.test, s.test, s.rounds, 1, target)
	if err != nil {
		return err
	}
	epsilon, err := s.private.Epsilon(s.rounds, node.DataDelta)
	if err != nil {
		return err
	}
	plan, err := planModel(r, prepared, s)
	if err != nil {
		return err
	}
	planned, err := plan.Federated(holders, s.private, "x", "y")
	if err != nil {
		return err
	}
	learns := "without noise, so what it tells about the data has no bound"
	if !math.IsInf(epsilon, 1) {
		learns = fmt.Sprintf("which tells at most epsilon %.3g about its data, at delta %g", epsilon, node.DataDelta)
	}
	fmt.Fprintf(a.err, "%d providers hold %q; each sends %d clipped deltas, %s\n", len(holders), s.federated, s.rounds, learns)
	fmt.Fprintf(a.err, "what they send is their word, and not verified; the outer steps and the tests are\n")
	t := &trainingRun{
		jobRun: &jobRun{app: a, client: client, job: planned.Job}, plan: planned, rounds: s.rounds, steps: 1,
		samples: len(holders) * r.Steps * prepared.Examples, out: s.out, unit: prepared.Unit(), test: prepared.Score, answers: prepared.Ask.Output,
	}
	return t.run(ctx, prepared, s)
}

// holdersOf are the providers that advertise a data set, in the order of their ids.
func holdersOf(ads []*nodepb.Ad, data string) ([]training.Holder, error) {
	var holders []training.Holder
	for _, ad := range ads {
		if !slices.Contains(ad.Data, data) {
			continue
		}
		h := training.Holder{Data: data}
		if err := h.Peer.UnmarshalText([]byte(ad.Peer)); err != nil {
			return nil, err
		}
		holders = append(holders, h)
	}
	if len(holders) == 0 {
		return nil, fmt.Errorf("no provider that advertises holds the data set %q", data)
	}
	slices.SortFunc(holders, func(x, y training.Holder) int { return slices.Compare(x.Peer[:], y.Peer[:]) })
	return holders, nil
}

// holdersThen stands for the holders of a training that was submitted before: what its tasks mean follows from how many they are.
func (a *app) holdersThen(ctx context.Context, client *api.Client, s rounds) ([]training.Holder, error) {
	id, err := resolve(ctx, client, s.resume)
	if err != nil {
		return nil, err
	}
	j, err := a.job(ctx, client, id)
	if err != nil {
		return nil, err
	}
	n := len(j.Tasks)/s.rounds - 2 // an outer step and a test
	if n < 1 {
		return nil, fmt.Errorf("job %s has %d tasks, which do not make %d rounds of holders", short(id), len(j.Tasks), s.rounds)
	}
	return make([]training.Holder, n), nil
}

// federatedHold writes examples as programs take them.
func (a *app) federatedHold(model string, data []string, out string) error {
	text, err := os.ReadFile(model)
	if err != nil {
		return err
	}
	r, err := recipe.Parse(text)
	if err != nil {
		return err
	}
	r.Dir = filepath.Dir(model)
	f := federation{Rounds: maxHeldRounds, recipe: r, text: text}
	p, _, err := f.prepare(data, gpu.CPU)
	if err != nil {
		return err
	}
	if err := os.Mkdir(out, 0o700); err != nil {
		return err
	}
	for name, b := range map[string][]byte{"x": p.X.Data, "y": p.Y.Data} {
		if err := os.WriteFile(filepath.Join(out, name), b, 0o600); err != nil {
			return err
		}
	}
	if done, err := a.emit(map[string]any{"folder": out, "examples": p.X.Dims[0]}); done {
		return err
	}
	a.printf("%d examples in %s; name it under data in the node's config.yaml, and start the node again\n", p.X.Dims[0], out)
	return nil
}

// maxHeldRounds is for how many rounds windows are drawn from a text.
const maxHeldRounds = 64
