package zoo

import (
	"math"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	. "github.com/gomlx/gomlx/core/graph" //nolint:revive // formulas read better
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
)

// weight is a variable of normally distributed numbers, or of zeros when deviation is 0.
func weight(s *model.Scope, g *Graph, name string, deviation float64, dims ...int) *Node {
	init := initializer.Zero
	if deviation > 0 {
		init = initializer.RandomNormalFn(s, deviation)
	}
	return s.WithInitializer(init).VariableWithShape(name, shapes.Make(dtypes.Float32, dims...)).NodeValue(g)
}

func ones(s *model.Scope, g *Graph, name string, n int) *Node {
	return s.WithInitializer(initializer.One).VariableWithShape(name, shapes.Make(dtypes.Float32, n)).NodeValue(g)
}

// rows is x as a matrix, and the shape to put back.
func rows(x *Node) (*Node, []int) {
	dims := x.Shape().Dimensions
	last := len(dims) - 1
	if last == 1 {
		return x, dims
	}
	return Reshape(x, x.Shape().Size()/dims[last], dims[last]), dims
}

// dense is x w + b along the last axis.
func dense(s *model.Scope, x *Node, out int, deviation float64, bias bool) *Node {
	m, dims := rows(x)
	in := dims[len(dims)-1]
	y := Dot(m, weight(s, x.Graph(), "weights", deviation, in, out)).Product()
	if bias {
		y = Add(y, InsertAxes(weight(s, x.Graph(), "biases", 0, out), 0))
	}
	if len(dims) == 2 {
		return y
	}
	full := append([]int{}, dims...)
	full[len(full)-1] = out
	return Reshape(y, full...)
}

// he is the deviation that keeps the size of activations through a layer with ReLU: He et al., 2015.
func he(in int) float64 { return math.Sqrt(2 / float64(in)) }

func relu(x *Node) *Node { return Max(x, ScalarZero(x.Graph(), dtypes.Float32)) }

// gelu is x times the normal distribution function of x.
func gelu(x *Node) *Node {
	return Mul(MulScalar(x, 0.5), OnePlus(Erf(MulScalar(x, math.Sqrt2/2))))
}

func silu(x *Node) *Node { return Mul(x, Sigmoid(x)) }

// dropout drops a share of x in training, and makes up for it with the rest.
func dropout(s *model.Scope, x *Node, share float64) *Node {
	g := x.Graph()
	if share == 0 || !s.IsTraining(g) {
		return x
	}
	keep := GreaterOrEqual(s.Store().RandomUniform(g, x.Shape()), Scalar(g, dtypes.Float32, share))
	return Where(keep, MulScalar(x, 1/(1-share)), ZerosLike(x))
}

const epsilon = 1e-5 // of the norms

func layerNorm(s *model.Scope, x *Node) *Node {
	g, last := x.Graph(), x.Rank()-1
	n := x.Shape().Dimensions[last]
	mean := InsertAxes(ReduceMean(x, last), -1)
	centred := Sub(x, mean)
	variance := InsertAxes(ReduceMean(Mul(centred, centred), last), -1)
	y := Mul(centred, Inverse(Sqrt(AddScalar(variance, epsilon))))
	return Add(Mul(y, ExpandLeftToRank(ones(s, g, "gain", n), x.Rank())), ExpandLeftToRank(weight(s, g, "offset", 0, n), x.Rank()))
}

func rmsNorm(s *model.Scope, x *Node) *Node {
	g, last := x.Graph(), x.Rank()-1
	square := InsertAxes(ReduceMean(Mul(x, x), last), -1)
	y := Mul(x, Inverse(Sqrt(AddScalar(square, epsilon))))
	return Mul(y, ExpandLeftToRank(ones(s, g, "gain", x.Shape().Dimensions[last]), x.Rank()))
}

// softmax along the last axis.
func softmax(x *Node) *Node {
	top := StopGradient(InsertAxes(ReduceMax(x, -1), -1))
	e := Exp(Sub(x, top))
	return Div(e, InsertAxes(ReduceSum(e, -1), -1))
}

// crossEntropy is the mean over all rows of -log of the probability that softmax gives to the label.
func crossEntropy(logits, labels *Node) *Node {
	m, dims := rows(logits)
	g, n, classes := logits.Graph(), m.Shape().Dimensions[0], dims[len(dims)-1]
	top := StopGradient(InsertAxes(ReduceMax(m, -1), -1))
	shifted := Sub(m, top)
	logSum := Log(ReduceSum(Exp(shifted), -1))
	index := Iota(g, shapes.Make(dtypes.Int32, n, classes), 1)
	chosen := Equal(BroadcastToDims(Reshape(labels, n, 1), n, classes), index)
	picked := ReduceSum(Where(chosen, shifted, ZerosLike(shifted)), -1)
	return ReduceAllMean(Sub(logSum, picked))
}

// attention is causal attention of queries [batch, time, heads, size] over keys and values of as many heads.
func attention(q, k, v *Node) *Node {
	g, dims := q.Graph(), q.Shape().Dimensions
	b, t, h, d := dims[0], dims[1], dims[2], dims[3]
	scores := MulScalar(Einsum("bthd,bshd->bhts", q, k), 1/math.Sqrt(float64(d)))
	square := shapes.Make(dtypes.Int32, t, t)
	seen := GreaterOrEqual(Iota(g, square, 0), Iota(g, square, 1))
	seen = BroadcastToDims(Reshape(seen, 1, 1, t, t), b, h, t, t)
	scores = Where(seen, scores, BroadcastToDims(Const(g, float32(-1e9)), b, h, t, t))
	y := Einsum("bhts,bshd->bhtd", softmax(scores), v)
	return Reshape(TransposeAllAxes(y, 0, 2, 1, 3), b, t, h*d)
}

// rotate turns pairs of numbers by angles that grow with the position: Su et al., 2021. The tables are constants, computed in
// float64, so that no driver's sine matters.
func rotate(x *Node) *Node {
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
	table := func(list []float32) *Node { return Reshape(Const(g, list), 1, t, 1, half) }
	a := Slice(x, AxisRange(), AxisRange(), AxisRange(), AxisRange(0, half))
	b := Slice(x, AxisRange(), AxisRange(), AxisRange(), AxisRange(half, d))
	sines, cosines := table(sin), table(cos)
	return Concatenate([]*Node{
		Sub(Mul(a, cosines), Mul(b, sines)), Add(Mul(a, sines), Mul(b, cosines)),
	}, -1)
}
