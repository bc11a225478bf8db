package gomlx

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"

	"gpumesh/gpu"
)

// Port is an input of a model: one example is a tensor of Dims, a batch has one more axis in front.
type Port struct {
	Name  string
	DType dtypes.DType // Float32, Int32 or Uint32
	Dims  []int
}

// Model is a function of named inputs. Predict and Loss use the variables of the scope, and so share them.
type Model struct {
	Inputs  []Port // what Predict takes
	Targets []Port // what Loss takes besides
	Classes int    // numbers that Predict ends in, for labels below it; 0: not known
	Predict func(scope *model.Scope, inputs []*graph.Node) *graph.Node
	Loss    func(scope *model.Scope, output *graph.Node, targets []*graph.Node) *graph.Node // the mean over the batch, a scalar

	Elsewhere Elsewhere // has the functions, if it is not nil
}

// Elsewhere compiles a model whose functions are in another program.
type Elsewhere interface {
	Train(Train) (*Compiled, error)
	Infer(Infer) (*Compiled, error)
}

// Train says how a model is trained. A run is one Program: a step takes the next batch, and a segment of steps is a checkpoint.
type Train struct {
	Model     Model
	Optimizer Optimizer
	Batch     int // examples of a step
	Steps     int
	Segment   int // steps between checkpoints; 0: all
	Batches   int // in the data, which starts over after the last; 0: as many as steps

	First int // step number of the run's first step in the schedule
	Total int // steps of the whole schedule; 0: First + Steps

	Seed   uint64            // of the first weights
	Values map[string][]byte // weights by path that are given; others are initialized
	Target gpu.AdapterType   // what kernels are shaped for; empty: gpu.CPU
	Keep   bool              // moments are results too
}

// Weight is a State buffer that holds a variable.
type Weight struct {
	Path   string // of the variable, such as "/dense0/weights"
	Buffer string // of the Program
	DType  dtypes.DType
	Dims   []int
	Moment bool // of the optimizer, not of the model
}

// Compiled is a Program, what it takes besides data, and what its buffers mean.
type Compiled struct {
	Program *gpu.Program
	Inputs  map[string][]byte // weights, rates and constants, by buffer
	Data    []Port            // what the caller must supply, by Name, as batches one after the other
	Output  string            // buffer with the losses, one per step, or with predictions
	Weights []Weight

	TempBytes, PeakBytes int // temporaries as placed, and the least that any placement needs
	Nodes                int // operations recorded
}

// RatesInput is the input of a train Program with what the optimizer computes for each step.
const RatesInput = "rates"

const lossOutput = "loss"

// CompileTrain makes the Program of a training run. The error is an *gpu.Error, or what GoMLX complains about.
func CompileTrain(t Train) (*Compiled, error) {
	if err := t.validate(); err != nil {
		return nil, err
	}
	if e := t.Model.Elsewhere; e != nil {
		t.Model = Model{}
		return e.Train(t)
	}
	store := model.NewStore()
	if err := store.SetRNGStateFromSeed(int64(t.Seed >> 1)); err != nil {
		return nil, err
	}
	ports := slices.Concat(t.Model.Inputs, t.Model.Targets)
	list := []any{shapes.Make(dtypes.Float32, rateColumns)}
	for _, p := range ports {
		list = append(list, p.batch(t.Batch))
	}
	n := len(t.Model.Inputs)
	recorded, err := record(store, list, func(scope *model.Scope, in []*graph.Node) []*graph.Node {
		store.SetTraining(in[0].Graph(), true)
		output := t.Model.Predict(scope, in[1:1+n])
		loss := t.Model.Loss(scope, output, in[1+n:])
		t.Optimizer.update(scope, loss, in[0])
		return []*graph.Node{loss}
	})
	if err != nil {
		return nil, err
	}
	c := &Compiled{Inputs: make(map[string][]byte), Data: ports, Output: lossOutput, Nodes: len(recorded.f.nodes)}
	total := cmp.Or(t.Total, t.First+t.Steps)
	c.Inputs[RatesInput] = t.Optimizer.Rates(t.First, t.Steps, total)
	batches := cmp.Or(t.Batches, t.Steps)
	params := make([]gpu.Buffer, len(recorded.f.params))
	for i, p := range recorded.f.params {
		name := p.attr.(paramAttr).name
		if k, ok := argument(name); ok {
			bytes := 4 * uint64(p.size())
			b := gpu.Buffer{Name: RatesInput, Kind: gpu.Slice, Stride: bytes, Period: bytes * uint64(t.Steps)}
			if k > 0 {
				b.Name, b.Period = ports[k-1].Name, bytes*uint64(batches)
			}
			params[i] = b
			continue
		}
		params[i] = gpu.Buffer{Name: flatName(name), Kind: gpu.Const}
	}
	renews := make([]int, len(recorded.f.outputs))
	for i := range renews {
		renews[i] = -1
		if i < len(recorded.changed) {
			renews[i] = slices.IndexFunc(recorded.f.params, func(p *node) bool { return p.attr.(paramAttr).name == recorded.changed[i] })
			b := &params[renews[i]]
			moment := strings.HasPrefix(recorded.changed[i], "/optimizer/")
			b.Kind, b.Keep = gpu.State, !moment || t.Keep
		}
	}
	outputs := make([]gpu.Buffer, len(renews))
	outputs[len(outputs)-1] = gpu.Buffer{Name: lossOutput, Kind: gpu.Output, Every: 1}
	return c, c.finish(store, t.Values, recorded, portsOf(params, outputs, renews, t.Target), func(p *gpu.Program) {
		p.Steps = uint32(t.Steps)
		p.Segment = uint32(min(cmp.Or(t.Segment, t.Steps), t.Steps))
	})
}

// Infer says what a model is asked.
type Infer struct {
	Model   Model
	Batch   int // examples of a step
	Batches int // steps
	Values  map[string][]byte
	Seed    uint64 // of weights that are not given
	Target  gpu.AdapterType
}

// CompileInfer makes the Program that predicts for Batches batches, of which each is a step and a row of the output.
func CompileInfer(f Infer) (*Compiled, error) {
	if f.Batch < 1 || f.Batches < 1 || f.Batches > gpu.MaxSteps {
		return nil, gpu.Errorf(gpu.InvalidInput, "%d batches of %d examples: both must be at least 1", f.Batches, f.Batch)
	}
	if e := f.Model.Elsewhere; e != nil {
		f.Model = Model{}
		return e.Infer(f)
	}
	store := model.NewStore()
	if err := store.SetRNGStateFromSeed(int64(f.Seed >> 1)); err != nil {
		return nil, err
	}
	var list []any
	for _, p := range f.Model.Inputs {
		list = append(list, p.batch(f.Batch))
	}
	recorded, err := record(store, list, func(scope *model.Scope, in []*graph.Node) []*graph.Node {
		return []*graph.Node{f.Model.Predict(scope, in)}
	})
	if err != nil {
		return nil, err
	}
	c := &Compiled{Inputs: make(map[string][]byte), Data: f.Model.Inputs, Output: "output", Nodes: len(recorded.f.nodes)}
	params := make([]gpu.Buffer, len(recorded.f.params))
	for i, p := range recorded.f.params {
		name := p.attr.(paramAttr).name
		if k, ok := argument(name); ok {
			bytes := 4 * uint64(p.size())
			params[i] = gpu.Buffer{Name: f.Model.Inputs[k].Name, Kind: gpu.Slice, Stride: bytes, Period: bytes * uint64(f.Batches)}
		} else {
			params[i] = gpu.Buffer{Name: flatName(name), Kind: gpu.Const}
		}
	}
	outputs := make([]gpu.Buffer, len(recorded.f.outputs))
	renews := slices.Repeat([]int{-1}, len(outputs))
	for i := range outputs {
		outputs[i] = gpu.Buffer{Name: fmt.Sprintf("unused%d", i), Kind: gpu.Temp}
	}
	outputs[len(outputs)-1] = gpu.Buffer{Name: c.Output, Kind: gpu.Output, Every: 1}
	return c, c.finish(store, f.Values, recorded, portsOf(params, outputs, renews, f.Target), func(p *gpu.Program) {
		p.Steps, p.Segment = uint32(f.Batches), uint32(f.Batches)
	})
}

func portsOf(params, outputs []gpu.Buffer, renews []int, target gpu.AdapterType) ports {
	return ports{params: params, outputs: outputs, renews: renews, wide: target == gpu.Discrete || target == gpu.Integrated}
}

func (t *Train) validate() error {
	switch {
	case t.Batch < 1:
		return gpu.Errorf(gpu.InvalidInput, "a batch of %d examples", t.Batch)
	case t.Steps < 1 || t.Steps > gpu.MaxSteps:
		return gpu.Errorf(gpu.InvalidInput, "%d steps; 1 to %d are possible", t.Steps, gpu.MaxSteps)
	case t.Segment < 0 || t.Batches < 0 || t.First < 0 || t.Total < 0:
		return gpu.Errorf(gpu.InvalidInput, "segment, batches, first and total cannot be negative")
	}
	return t.Optimizer.Validate()
}

func (p Port) batch(n int) shapes.Shape {
	return shapes.Make(p.DType, append([]int{n}, p.Dims...)...)
}

// recording is a function with the names of the variables whose new values are its first outputs.
type recording struct {
	f       *function
	changed []string
}

// record traces fn, whose arguments are of the given shapes.
func record[F model.ExecGraphFn](store *model.Store, list []any, fn F) (*recording, error) {
	exec, err := model.NewExec(New(Options{}), store, fn)
	if err != nil {
		return nil, err
	}
	in := make([]shapes.Shape, len(list))
	for i, s := range list {
		in[i] = s.(shapes.Shape)
	}
	g, err := exec.Compile(in...)
	if err != nil {
		return nil, err
	}
	made, ok := g.Executable().(*executable)
	if !ok {
		return nil, gpu.Errorf(gpu.Internal, "GoMLX compiled with another backend")
	}
	r := &recording{f: made.f}
	for v := range store.IterVariables() {
		if v.ChangedInGraph(g) {
			r.changed = append(r.changed, v.Path())
		}
	}
	return r, nil
}

// finish lowers a recording and adds the initial weights.
func (c *Compiled) finish(store *model.Store, values map[string][]byte, r *recording, p ports, shape func(*gpu.Program)) error {
	made, err := assemble(r.f, p)
	if err != nil {
		return err
	}
	c.Program, c.TempBytes, c.PeakBytes = made.program, made.temps, made.peak
	shape(c.Program)
	for name, b := range made.consts {
		c.Inputs[name] = b
	}
	if _, err := gpu.Check(c.Program); err != nil {
		return err
	}
	if err := set(store, values); err != nil {
		return err
	}
	b, err := initialize(store)
	if err != nil {
		return err
	}
	defer b.Finalize()
	for v := range store.IterVariables() {
		name := flatName(v.Path())
		if !slices.ContainsFunc(c.Program.Buffers, func(b gpu.Buffer) bool { return b.Name == name }) {
			continue
		}
		moment := strings.HasPrefix(v.Path(), "/optimizer/")
		c.Weights = append(c.Weights, Weight{v.Path(), name, v.DType(), slices.Clone(v.Shape().Dimensions), moment})
		if moment && values[v.Path()] == nil {
			continue // starts as zeros
		}
		value, err := v.Value()
		if err != nil {
			return err
		}
		var list []uint32
		var bad error
		if err := value.ConstFlatData(func(flat any) { _, list, bad = encode(flat) }); err != nil {
			return err
		}
		if bad != nil {
			return bad
		}
		c.Inputs[name] = words(list)
	}
	return nil
}

// set gives variables their values: little-endian words of the type that they are computed in.
func set(store *model.Store, values map[string][]byte) error {
	for _, path := range slices.Sorted(maps.Keys(values)) {
		v := store.GetVariable(path)
		if v == nil {
			return gpu.Errorf(gpu.InvalidInput, "the model has no variable %q", path)
		}
		if want := 4 * v.Shape().Size(); len(values[path]) != want {
			return gpu.Errorf(gpu.InvalidInput, "the variable %q of shape %s takes %d bytes, not %d", path, v.Shape(), want, len(values[path]))
		}
		t := tensors.FromShape(v.Shape())
		var bad error
		if err := t.MutableFlatData(func(flat any) { bad = decode(values[path], v.DType(), flat) }); err != nil {
			return err
		}
		if bad != nil {
			return bad
		}
		if err := v.SetValue(t); err != nil {
			return err
		}
	}
	return nil
}

// initialize computes the values of variables that have none, on GoMLX's own backend, one operation at a time: with its
// default of as many as possible it can block for ever on machines with few cores. The values live as long as the backend does.
func initialize(store *model.Store) (compute.Backend, error) {
	b, err := gobackend.New("ops_sequential")
	if err != nil {
		return nil, err
	}
	return b, store.InitializeVariables(b, nil)
}

// argument is the position of an input among the arguments of a traced function.
func argument(name string) (int, bool) {
	var k int
	if _, err := fmt.Sscanf(name, "arg%d", &k); err != nil || strings.HasPrefix(name, "/") {
		return 0, false
	}
	return k, true
}

// flatName is a path as the name of a buffer.
func flatName(path string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-':
			return r
		}
		return '-'
	}, strings.Trim(path, "/"))
	return name
}
