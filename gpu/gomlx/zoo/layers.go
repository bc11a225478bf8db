package zoo

import (
	"math"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
)

// weight is a variable of normally distributed numbers, or of zeros when deviation is 0.
func weight(s *model.Scope, g *graph.Graph, name string, deviation float64, dims ...int) *graph.Node {
	init := initializer.Zero
	if deviation > 0 {
		init = initializer.RandomNormalFn(s, deviation)
	}
	return s.WithInitializer(init).VariableWithShape(name, shapes.Make(dtypes.Float32, dims...)).NodeValue(g)
}

func ones(s *model.Scope, g *graph.Graph, name string, n int) *graph.Node {
	return s.WithInitializer(initializer.One).VariableWithShape(name, shapes.Make(dtypes.Float32, n)).NodeValue(g)
}

// rows is x as a matrix, and the shape to put back.
func rows(x *graph.Node) (*graph.Node, []int) {
	dims := x.Shape().Dimensions
	last := len(dims) - 1
	if last == 1 {
		return x, dims
	}
	return graph.Reshape(x, x.Shape().Size()/dims[last], dims[last]), dims
}

// dense is x w + b along the last axis.
func dense(s *model.Scope, x *graph.Node, out int, deviation float64, bias bool) *graph.Node {
	m, dims := rows(x)
	in := dims[len(dims)-1]
	y := graph.Dot(m, weight(s, x.Graph(), "weights", deviation, in, out)).Product()
	if bias {
		y = graph.Add(y, graph.InsertAxes(weight(s, x.Graph(), "biases", 0, out), 0))
	}
	if len(dims) == 2 {
		return y
	}
	full := append([]int{}, dims...)
	full[len(full)-1] = out
	return graph.Reshape(y, full...)
}

// he is the deviation that keeps the size of activations through a layer with ReLU: He et al., 2015.
func he(in int) float64 { return math.Sqrt(2 / float64(in)) }

func relu(x *graph.Node) *graph.Node {
	return graph.Max(x, graph.ScalarZero(x.Graph(), dtypes.Float32))
}

// gelu is x times the normal distribution function of x.
func gelu(x *graph.Node) *graph.Node {
	return graph.Mul(graph.MulScalar(x, 0.5), graph.OnePlus(graph.Erf(graph.MulScalar(x, math.Sqrt2/2))))
}

func silu(x *graph.Node) *graph.Node { return graph.Mul(x, graph.Sigmoid(x)) }

// dropout drops a share of x in training, and makes up for it with the rest.
func dropout(s *model.Scope, x *graph.Node, share float64) *graph.Node {
	g := x.Graph()
	if share == 0 || !s.IsTraining(g) {
		return x
	}
	keep := graph.GreaterOrEqual(s.Store().RandomUniform(g, x.Shape()), graph.Scalar(g, dtypes.Float32, share))
	return graph.Where(keep, graph.MulScalar(x, 1/(1-share)), graph.ZerosLike(x))
}

const epsilon = 1e-5 // of the norms

func layerNorm(s *model.Scope, x *graph.Node) *graph.Node {
	g, last := x.Graph(), x.Rank()-1
	n := x.Shape().Dimensions[last]
	mean := graph.InsertAxes(graph.ReduceMean(x, last), -1)
	centred := graph.Sub(x, mean)
	variance := graph.InsertAxes(graph.ReduceMean(graph.Mul(centred, centred), last), -1)
	y := graph.Mul(centred, graph.Reciprocal(graph.Sqrt(graph.AddScalar(variance, epsilon))))
	return graph.Add(graph.Mul(y, graph.ExpandLeftToRank(ones(s, g, "gain", n), x.Rank())), graph.ExpandLeftToRank(weight(s, g, "offset", 0, n), x.Rank()))
}

func rmsNorm(s *model.Scope, x *graph.Node) *graph.Node {
	g, last := x.Graph(), x.Rank()-1
	square := graph.InsertAxes(graph.ReduceMean(graph.Mul(x, x), last), -1)
	y := graph.Mul(x, graph.Reciprocal(graph.Sqrt(graph.AddScalar(square, epsilon))))
	return graph.Mul(y, graph.ExpandLeftToRank(ones(s, g, "gain", x.Shape().Dimensions[last]), x.Rank()))
}

// softmax along the last axis.
func softmax(x *graph.Node) *graph.Node {
	top := graph.StopGradient(graph.InsertAxes(graph.ReduceMax(x, -1), -1))
	e := graph.Exp(graph.Sub(x, top))
	return graph.Div(e, graph.InsertAxes(graph.ReduceSum(e, -1), -1))
}

// crossEntropy is the mean over all rows of -log of the probability that softmax gives to the label.
func crossEntropy(logits, labels *graph.Node) *graph.Node {
	m, dims := rows(logits)
	g, n, classes := logits.Graph(), m.Shape().Dimensions[0], dims[len(dims)-1]
	top := graph.StopGradient(graph.InsertAxes(graph.ReduceMax(m, -1), -1))
	shifted := graph.Sub(m, top)
	logSum := graph.Log(graph.ReduceSum(graph.Exp(shifted), -1))
	index := graph.Iota(g, shapes.Make(dtypes.Int32, n, classes), 1)
	chosen := graph.Equal(graph.BroadcastToDims(graph.Reshape(labels, n, 1), n, classes), index)
	picked := graph.ReduceSum(graph.Where(chosen, shifted, graph.ZerosLike(shifted)), -1)
	return graph.ReduceAllMean(graph.Sub(logSum, picked))
}

// attention is causal attention of queries [batch, time, heads, size] over keys and values of as many heads.
func attention(q, k, v *graph.Node) *graph.Node {
	g, dims := q.Graph(), q.Shape().Dimensions
	b, t, h, d := dims[0], dims[1], dims[2], dims[3]
	scores := graph.MulScalar(graph.Einsum("bthd,bshd->bhts", q, k), 1/math.Sqrt(float64(d)))
	square := shapes.Make(dtypes.Int32, t, t)
	seen := graph.GreaterOrEqual(graph.Iota(g, square, 0), graph.Iota(g, square, 1))
	seen = graph.BroadcastToDims(graph.Reshape(seen, 1, 1, t, t), b, h, t, t)
	scores = graph.Where(seen, scores, graph.BroadcastToDims(graph.Const(g, float32(-1e9)), b, h, t, t))
	y := graph.Einsum("bhts,bshd->bhtd", softmax(scores), v)
	return graph.Reshape(graph.TransposeAllAxes(y, 0, 2, 1, 3), b, t, h*d)
}

// rotate turns pairs of numbers by angles that grow with the position: Su et al., 2021. The tables are constants, computed in
// float64, so that no driver's sine matters.
func rotate(x *graph.Node) *graph.Node {
	g, dims := x.Graph(), x.Shape().Dimensions
	t, d := dims[1], dims[3]
	half := d / 2
	sin, cos := make([]float32, t*half), make([]float32, t*half)
	for i := range t {
		for j := range half {
			s, c := math.Sincos(float64(i) * math.Pow(10000, -2*float64(j)/float64(d)))
			sin[i*half+j], cos[i*half+j] = float32(s), float32(c)
		}
	}
	table := func(list []float32) *graph.Node { return graph.Reshape(graph.Const(g, list), 1, t, 1, half) }
	a := graph.Slice(x, graph.AxisRange(), graph.AxisRange(), graph.AxisRange(), graph.AxisRange(0, half))
	b := graph.Slice(x, graph.AxisRange(), graph.AxisRange(), graph.AxisRange(), graph.AxisRange(half, d))
	sines, cosines := table(sin), table(cos)
	return graph.Concatenate([]*graph.Node{
		graph.Sub(graph.Mul(a, cosines), graph.Mul(b, sines)), graph.Add(graph.Mul(a, sines), graph.Mul(b, cosines)),
	}, -1)
}
