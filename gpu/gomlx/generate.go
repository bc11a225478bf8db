package gomlx

import (
	"slices"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"gpumesh/gpu"
)

// Generate says what a language model, whose one input is a window of tokens, continues.
type Generate struct {
	Model       Model
	Values      map[string][]byte // weights by path
	Prompt      []uint32          // what comes before, the last tokens that fit into the window; at least one
	Tokens      int               // to generate
	Temperature float64           // of sampling; 0: always the likeliest token
	Target      gpu.AdapterType
}

const windowVariable = "/generated/window"

// CompileGenerate makes the Program that generates tokens, one per step: the window is its State, and the task's seed decides
// what is drawn. A prompt shorter than the window is repeated in front of itself.
func CompileGenerate(q Generate) (*Compiled, error) {
	switch {
	case len(q.Model.Inputs) != 1 || len(q.Model.Inputs[0].Dims) != 1 || q.Model.Inputs[0].DType != dtypes.Int32:
		return nil, gpu.Errorf(gpu.InvalidInput, "the model does not take a window of tokens")
	case len(q.Prompt) == 0:
		return nil, gpu.Errorf(gpu.InvalidInput, "there is no token to begin with")
	case q.Tokens < 1 || q.Tokens > gpu.MaxSteps:
		return nil, gpu.Errorf(gpu.InvalidInput, "%d tokens to generate; 1 to %d are possible", q.Tokens, gpu.MaxSteps)
	case !(q.Temperature >= 0 && q.Temperature <= 100):
		return nil, gpu.Errorf(gpu.InvalidInput, "the temperature is %v; it must be 0 to 100", q.Temperature)
	}
	context := q.Model.Inputs[0].Dims[0]
	store := model.NewStore()
	if err := store.SetRNGStateFromSeed(0); err != nil {
		return nil, err
	}
	recorded, err := record(store, nil, func(scope *model.Scope, g *graph.Graph) []*graph.Node {
		window := store.Scope("/generated").VariableWithShape("window", shapes.Make(dtypes.Int32, 1, context)).SetTrainable(false)
		tokens := window.NodeValue(g)
		logits := q.Model.Predict(scope, []*graph.Node{tokens})
		vocab := logits.Shape().Dimensions[2]
		last := graph.Reshape(graph.Slice(logits, graph.AxisRange(), graph.AxisElem(context-1), graph.AxisRange()), 1, vocab)
		if q.Temperature > 0 {
			// The largest of the logits, each with a Gumbel number added, is a draw from their softmax.
			u := graph.MaxScalar(store.RandomUniform(g, last.Shape()), 1e-9)
			last = graph.Add(graph.DivScalar(last, q.Temperature), graph.Neg(graph.Log(graph.Neg(graph.Log(u)))))
		}
		next := graph.Reshape(graph.ArgMax(last, 1, dtypes.Int32), 1, 1)
		window.SetNodeValue(graph.Concatenate([]*graph.Node{graph.Slice(tokens, graph.AxisRange(), graph.AxisRange(1, context)), next}, 1))
		return []*graph.Node{next}
	})
	if err != nil {
		return nil, err
	}
	c := &Compiled{Inputs: make(map[string][]byte), Output: "output", Nodes: len(recorded.f.nodes)}
	params := make([]gpu.Buffer, len(recorded.f.params))
	renews := slices.Repeat([]int{-1}, len(recorded.f.outputs))
	for i, p := range recorded.f.params {
		name := p.attr.(paramAttr).name
		params[i] = gpu.Buffer{Name: flatName(name), Kind: gpu.Const}
		if at := slices.Index(recorded.changed, name); at >= 0 {
			params[i].Kind, renews[at] = gpu.State, i
		}
	}
	outputs := make([]gpu.Buffer, len(renews))
	outputs[len(outputs)-1] = gpu.Buffer{Name: c.Output, Kind: gpu.Output, Every: 1}
	values := map[string][]byte{windowVariable: nil}
	for path, b := range q.Values {
		values[path] = b
	}
	window := slices.Clone(q.Prompt)
	for len(window) < context {
		window = slices.Concat(q.Prompt, window)
	}
	values[windowVariable] = words(window[len(window)-context:])
	if err := c.finish(store, values, recorded, portsOf(params, outputs, renews, q.Target), func(p *gpu.Program) {
		p.Steps, p.Segment = uint32(q.Tokens), uint32(q.Tokens)
	}); err != nil {
		return nil, err
	}
	return c, nil
}
