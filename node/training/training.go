// Package training turns a model and its data into one job: rounds of local training by several shards and the outer steps
// between them, as gpu/diloco makes them, in a graph that is fixed when the job is awarded. So the owner may leave; whoever
// holds the job's certificates has the weights of every round.
package training

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/diloco"
	"gpumesh/market"
	"gpumesh/node/jobfile"
	"gpumesh/poc"
)

// Feed is the content of one input of the model's step for every shard and round.
type Feed struct {
	Files []jobfile.File                // each has its own Input name
	At    func(shard, round int) string // Input name of the file to use
}

// Plan is a training.
type Plan struct {
	Name    string // of the job
	Model   *diloco.Model
	Options diloco.Options
	Outer   diloco.Outer // Shards is the number of shards
	Rounds  int
	Ask     *gpu.Program    // what the trained weights are asked, instead of the model's Final; may be nil
	Feeds   map[string]Feed // by buffer: every input that the step has
	Final   map[string]Feed // by buffer: every input that the model's Final has besides those of the state; shard 0, round 0 is used
	Weights []byte          // flat, to start from; nil: from the model's Init, with Seed
	Inner   []byte          // flat; nil: from the model's Init, or zeros
	Seed    uint64          // of Init; each local run has a seed of its own, derived from it
	Policy  poc.Policy
	Tier    jobfile.Tier

	Timeout time.Duration // of one local run; 0: the job file's default

	Dishonest int // thousandths of the providers that are taken for it

	// Least is how many shards a round must have to be completed; 0: all. So many certified, it waits for the others as long as
	// Patience says. A shard that is left out goes on in the next round, with the state of another.
	Least    int
	Patience time.Duration

	// Redraw draws the workers of a shard, and those of the outer step, anew in every round. Else they stay, and find most of what they
	// need in their own stores.
	Redraw bool
}

// Run is a local run's place in the training.
type Run struct{ Shard, Round int }

// Training is a planned job and what its tasks mean.
type Training struct {
	Job    *jobfile.Job
	Local  map[uint32]Run // by task index; their results are what the step emits, and the flat "weights" with which they began
	Tests  map[uint32]int // evaluations after each round, by task index; of a federated training only
	Final  uint32         // task index of the evaluation, whose result "weights" is the trained model
	Layout *diloco.Layout // of "weights"
}

// Job plans the training.
func (p *Plan) Job() (*Training, error) {
	b, out, inner, err := p.begin()
	if err != nil {
		return nil, err
	}
	weights, programs, some := out.Layout, b.programs, p.some()

	// What the first round starts from.
	started := -1
	if p.Weights == nil {
		made, err := p.Model.Start()
		if err != nil {
			return nil, err
		}
		start, err := jobfile.NewProgram("start", made, p.Tier)
		if err != nil {
			return nil, err
		}
		started = b.add(jobfile.Task{Name: "start", Program: start, Seed: p.Seed})
	}
	first := func(buffer string, content []byte, size uint64) (jobfile.Source, error) {
		if content == nil && started >= 0 {
			return from(buffer, size, started, buffer), nil
		}
		if content == nil {
			content = make([]byte, size)
		}
		if uint64(len(content)) != size {
			return jobfile.Source{}, fmt.Errorf("the first %s have %d bytes; the model needs %d", buffer, len(content), size)
		}
		return b.file(memory("first-"+buffer, content), buffer), nil
	}

	packed := weights.PackedSize(p.Options.Bits)
	last := make([]int, p.Outer.Shards) // the local run of each shard in the round before
	outer := -1
	var firsts []int // tasks of the first round
	// kept is what a shard has of the round before, if it took part in it: what a round needs of one that may be left out.
	kept := func(buffer string, size uint64, shard int) jobfile.Source {
		s := from(buffer, size, last[shard], buffer)
		if some {
			chosen := uint32(outer)
			if s.Chosen = &chosen; buffer == "residual" {
				s.Spare = b.file(memory("no-residual", make([]byte, size)), buffer).Input
			}
		}
		return s
	}
	for round := range p.Rounds {
		now := make([]int, p.Outer.Shards)
		var deltas []market.From
		for shard := range p.Outer.Shards {
			t := jobfile.Task{
				Name: fmt.Sprintf("round %d/%d", round, shard), Program: programs["local"], Timeout: p.Timeout,
				Seed: p.Seed + 1 + uint64(round)*uint64(p.Outer.Shards) + uint64(shard),
			}
			if round == 0 {
				w, err := first("weights", p.Weights, weights.Size())
				if err != nil {
					return nil, err
				}
				t.Inputs = append(t.Inputs, w, b.file(memory("no-update", make([]byte, packed)), "update"))
				if inner.Len > 0 {
					i, err := first("inner", p.Inner, inner.Size())
					if err != nil {
						return nil, err
					}
					t.Inputs = append(t.Inputs, i)
				}
			} else {
				t.Inputs = append(t.Inputs,
					kept("weights", weights.Size(), shard),
					kept("residual", weights.Size(), shard),
					from("update", packed, outer, "update"))
				if inner.Len > 0 {
					t.Inputs = append(t.Inputs, kept("inner", inner.Size(), shard))
				}
			}
			if err := b.feed(&t, p.Feeds, shard, round); err != nil {
				return nil, err
			}
			t.Like = p.like(firsts, shard, round)
			now[shard] = b.add(t)
			out.Local[uint32(now[shard])] = Run{shard, round}
			deltas = append(deltas, market.From{Task: uint32(now[shard]), Output: "delta"})
		}
		t := jobfile.Task{Name: fmt.Sprintf("outer %d", round), Program: programs["outer"]}
		t.Inputs = []jobfile.Source{{Buffer: "deltas", From: deltas, Size: packed}}
		if some {
			t.Inputs[0].Spare, t.Least, t.Patience = "no-update", uint32(p.Least), p.Patience
		}
		if round > 0 {
			t.Inputs = append(t.Inputs, from("momentum", weights.Size(), outer, "momentum"), from("lag", weights.Size(), outer, "lag"))
		}
		t.Like = p.like(firsts, p.Outer.Shards, round)
		if outer, last = b.add(t), now; round == 0 {
			firsts = append(slices.Clone(now), outer)
		}
	}
	t := jobfile.Task{Name: "evaluate", Program: programs["evaluate"]}
	t.Inputs = []jobfile.Source{kept("weights", weights.Size(), 0), from("update", packed, outer, "update")}
	if err := b.feed(&t, p.Final, 0, 0); err != nil {
		return nil, err
	}
	out.Final = uint32(b.add(t))

	return out, b.end(out)
}

// begin checks the plan and makes its programs.
func (p *Plan) begin() (*builder, *Training, *diloco.Layout, error) {
	weights, inner, err := p.Model.Layouts()
	switch t := p.Tier; {
	case err != nil:
		return nil, nil, nil, err
	case t == jobfile.ClassExact || t == jobfile.Tolerance || t == jobfile.Image:
		return nil, nil, nil, fmt.Errorf("tier is %q; a training's results are compared by their digests on any devices: take exact, reproducible or fast", t)
	case p.Rounds < 1:
		return nil, nil, nil, fmt.Errorf("rounds is %d; it must be at least 1", p.Rounds)
	case p.Least < 0 || p.Least > p.Outer.Shards:
		return nil, nil, nil, fmt.Errorf("least is %d; it must be 1 to %d shards, or 0 for all", p.Least, p.Outer.Shards)
	}
	b := &builder{Plan: p, files: make(map[string]bool), programs: make(map[string]*jobfile.Program)}
	for name, make := range map[string]func() (*gpu.Program, error){
		"local":    func() (*gpu.Program, error) { return p.Model.Local(p.Options) },
		"outer":    func() (*gpu.Program, error) { return p.Outer.Program(p.Model, p.Options) },
		"evaluate": p.evaluate,
	} {
		made, err := make()
		if err != nil {
			return nil, nil, nil, err
		}
		if b.programs[name], err = jobfile.NewProgram(name, made, p.Tier); err != nil {
			return nil, nil, nil, err
		}
	}
	return b, &Training{Local: make(map[uint32]Run), Layout: weights}, inner, nil
}

// some reports whether rounds may go on without some shards.
func (p *Plan) some() bool { return p.Least > 0 && p.Least < p.Outer.Shards }

// end makes the job of the tasks. Its outputs are those of the last evaluation.
func (b *builder) end(out *Training) (err error) {
	var outputs []jobfile.Output
	for _, r := range b.programs["evaluate"].Report.Results {
		outputs = append(outputs, jobfile.Output{
			Name: r.Name, File: r.Name + ".npy", Type: r.Type, Shape: []int64{int64(r.Size / 4)}, Size: r.Size,
			Parts: []market.From{{Task: out.Final, Output: r.Name}},
		})
	}
	out.Job, err = jobfile.Compose(b.Name, b.tasks, b.list, outputs, b.Policy)
	if err == nil {
		out.Job.Dishonest = b.Dishonest
	}
	return err
}

// like is the task of the first round in the same place.
func (p *Plan) like(firsts []int, place, round int) *uint32 {
	if p.Redraw || round == 0 {
		return nil
	}
	task := uint32(firsts[place])
	return &task
}

func (p *Plan) evaluate() (*gpu.Program, error) {
	if p.Ask != nil {
		return p.Model.Predict(p.Options, p.Ask)
	}
	return p.Model.Evaluate(p.Options)
}

// builder collects the tasks and the files that they use.
type builder struct {
	*Plan
	programs map[string]*jobfile.Program
	tasks    []jobfile.Task
	list     []jobfile.File
	files    map[string]bool
}

func (b *builder) add(t jobfile.Task) int {
	b.tasks = append(b.tasks, t)
	return len(b.tasks) - 1
}

func (b *builder) file(f jobfile.File, buffer string) jobfile.Source {
	if !b.files[f.Input] {
		b.files[f.Input] = true
		b.list = append(b.list, f)
	}
	return jobfile.Source{Buffer: buffer, Input: f.Input, Size: f.Size}
}

func (b *builder) feed(t *jobfile.Task, feeds map[string]Feed, shard, round int) error {
	for _, buffer := range slices.Sorted(maps.Keys(feeds)) {
		feed := feeds[buffer]
		name := feed.At(shard, round)
		i := slices.IndexFunc(feed.Files, func(f jobfile.File) bool { return f.Input == name })
		if i < 0 {
			return fmt.Errorf("there is no file %q for %q of shard %d in round %d", name, buffer, shard, round)
		}
		t.Inputs = append(t.Inputs, b.file(feed.Files[i], buffer))
	}
	return nil
}

func from(buffer string, size uint64, task int, output string) jobfile.Source {
	return jobfile.Source{Buffer: buffer, From: []market.From{{Task: uint32(task), Output: output}}, Size: size}
}

func memory(name string, content []byte) jobfile.File {
	return jobfile.File{Input: name, Path: name, Size: uint64(len(content)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}
