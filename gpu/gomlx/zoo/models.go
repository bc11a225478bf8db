package zoo

import (
	"fmt"
	"math"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"gpumesh/gpu/gomlx"
)

func labels() []gomlx.Port { return []gomlx.Port{{Name: "y", DType: dtypes.Int32}} }

func classify(_ *model.Scope, logits *graph.Node, targets []*graph.Node) *graph.Node {
	return crossEntropy(logits, targets[0])
}

// Classifier is a model that predicts a number for each class, and can be trained on labels: with cross entropy, of logits or, where it
// predicts probabilities, of their logarithms.
func Classifier(m gomlx.Model, probabilities bool) gomlx.Model {
	m.Targets, m.Loss = labels(), classify
	if probabilities {
		m.Loss = func(scope *model.Scope, output *graph.Node, targets []*graph.Node) *graph.Node {
			return classify(scope, graph.Log(graph.MaxScalar(output, 1e-9)), targets)
		}
	}
	return m
}

func mlp(s sizes, drop float64) gomlx.Model {
	return gomlx.Model{
		Inputs:  []gomlx.Port{{Name: "x", DType: dtypes.Float32, Dims: []int{s["inputs"]}}},
		Targets: labels(),
		Classes: s["classes"],
		Loss:    classify,
		Predict: func(scope *model.Scope, in []*graph.Node) *graph.Node {
			x, width, wide := in[0], s["inputs"], s["hidden"]
			for i := range s["layers"] {
				x = relu(dense(scope.In("dense%d", i), x, wide, he(width), true))
				x = dropout(scope, x, drop)
				width, wide = wide, wide/2
			}
			return dense(scope.In("logits"), x, s["classes"], math.Sqrt(1/float64(width)), true)
		},
	}
}

func cnn(s sizes, drop float64) gomlx.Model {
	return gomlx.Model{
		Inputs:  []gomlx.Port{{Name: "x", DType: dtypes.Float32, Dims: []int{s["side"], s["side"], s["channels"]}}},
		Targets: labels(),
		Classes: s["classes"],
		Loss:    classify,
		Predict: func(scope *model.Scope, in []*graph.Node) *graph.Node {
			x, channels := in[0], s["channels"]
			for i := range 2 {
				here, filters := scope.In("conv%d", i), s["filters"]<<i
				kernel := weight(here, x.Graph(), "weights", he(9*channels), 3, 3, channels, filters)
				x = graph.Convolve(x, kernel).PadSame().Done()
				x = relu(graph.Add(x, graph.ExpandLeftToRank(weight(here, x.Graph(), "biases", 0, filters), 4)))
				x = graph.MaxPool(x).Window(2).Done()
				channels = filters
			}
			x = graph.Reshape(x, x.Shape().Dimensions[0], x.Shape().Size()/x.Shape().Dimensions[0])
			x = relu(dense(scope.In("dense"), x, s["hidden"], he(x.Shape().Dimensions[1]), true))
			x = dropout(scope, x, drop)
			return dense(scope.In("logits"), x, s["classes"], math.Sqrt(1/float64(s["hidden"])), true)
		},
	}
}

// language is a model of tokens that predicts the next one at every place.
func language(s sizes, predict func(scope *model.Scope, tokens *graph.Node) *graph.Node) gomlx.Model {
	tokens := func(name string) []gomlx.Port {
		return []gomlx.Port{{Name: name, DType: dtypes.Int32, Dims: []int{s["context"]}}}
	}
	return gomlx.Model{
		Inputs: tokens("x"), Targets: tokens("y"), Classes: s["vocab"], Loss: classify,
		Predict: func(scope *model.Scope, in []*graph.Node) *graph.Node { return predict(scope, in[0]) },
	}
}

const narrow = 0.02 // deviation of a transformer's weights

// embed looks tokens up in a table of the vocabulary.
func embed(scope *model.Scope, tokens *graph.Node, s sizes) *graph.Node {
	table := weight(scope.In("tokens"), tokens.Graph(), "weights", narrow, s["vocab"], s["width"])
	return graph.Gather(table, graph.InsertAxes(tokens, -1))
}

// split cuts the last axis into heads.
func split(x *graph.Node, heads int) *graph.Node {
	d := x.Shape().Dimensions
	return graph.Reshape(x, d[0], d[1], heads, d[2]/heads)
}

func gpt(s sizes, drop float64) gomlx.Model {
	return language(s, func(scope *model.Scope, tokens *graph.Node) *graph.Node {
		width := s["width"]
		positions := weight(scope.In("positions"), tokens.Graph(), "weights", narrow, s["context"], width)
		x := graph.Add(embed(scope, tokens, s), graph.InsertAxes(positions, 0))
		x = dropout(scope, x, drop)
		last := narrow / math.Sqrt(2*float64(s["layers"])) // of what is added to the residual stream
		for i := range s["layers"] {
			block := scope.In("block%d", i)
			h := layerNorm(block.In("norm0"), x)
			parts := make([]*graph.Node, 3)
			for j, name := range []string{"query", "key", "value"} {
				parts[j] = split(dense(block.In("%s", name), h, width, narrow, true), s["heads"])
			}
			h = dense(block.In("mix"), attention(parts[0], parts[1], parts[2]), width, last, true)
			x = graph.Add(x, dropout(scope, h, drop))
			h = layerNorm(block.In("norm1"), x)
			h = gelu(dense(block.In("up"), h, 4*width, narrow, true))
			h = dense(block.In("down"), h, width, last, true)
			x = graph.Add(x, dropout(scope, h, drop))
		}
		return dense(scope.In("logits"), layerNorm(scope.In("norm"), x), s["vocab"], narrow, false)
	})
}

func llama(s sizes, drop float64) gomlx.Model {
	return language(s, func(scope *model.Scope, tokens *graph.Node) *graph.Node {
		width, heads, pairs := s["width"], s["heads"], s["kvheads"]
		size := width / heads
		inner := (8*width/3 + 15) / 16 * 16
		x := dropout(scope, embed(scope, tokens, s), drop)
		last := narrow / math.Sqrt(2*float64(s["layers"]))
		for i := range s["layers"] {
			block := scope.In("block%d", i)
			project := func(name string, h *graph.Node, out int, deviation float64) *graph.Node {
				return dense(block.In("%s", name), h, out, deviation, false)
			}
			h := rmsNorm(block.In("norm0"), x)
			q := rotate(split(project("query", h, width, narrow), heads))
			k := rotate(split(project("key", h, pairs*size, narrow), pairs))
			v := split(project("value", h, pairs*size, narrow), pairs)
			h = project("mix", attention(q, repeat(k, heads/pairs), repeat(v, heads/pairs)), width, last)
			x = graph.Add(x, dropout(scope, h, drop))
			h = rmsNorm(block.In("norm1"), x)
			h = graph.Mul(silu(project("gate", h, inner, narrow)), project("up", h, inner, narrow))
			x = graph.Add(x, dropout(scope, project("down", h, width, last), drop))
		}
		return dense(scope.In("logits"), rmsNorm(scope.In("norm"), x), s["vocab"], narrow, false)
	})
}

// repeat gives every head of keys or values to several heads of queries.
func repeat(x *graph.Node, times int) *graph.Node {
	d := x.Shape().Dimensions
	if len(d) != 4 {
		panic(fmt.Sprintf("zoo: heads of shape %v", d)) // split made them
	}
	wide := graph.BroadcastToDims(graph.Reshape(x, d[0], d[1], d[2], 1, d[3]), d[0], d[1], d[2], times, d[3])
	return graph.Reshape(wide, d[0], d[1], d[2]*times, d[3])
}
