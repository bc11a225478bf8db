package gomlx

import (
	"encoding/binary"
	"math"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"

	"gpumesh/gpu"
)

// Method is how gradients become steps.
type Method string

const (
	SGD   Method = "sgd"   // with Momentum, when that is not 0
	Adam  Method = "adam"  // Kingma and Ba, 2015
	AdamW Method = "adamw" // with decoupled weight decay: Loshchilov and Hutter, 2019
)

// Shape is how the learning rate falls after the warm-up.
type Shape string

const (
	Constant Shape = "constant"
	Linear   Shape = "linear"
	Cosine   Shape = "cosine"
)

// Schedule is the learning rate of every step: it rises from 0 to Rate over Warmup steps, and falls to Rate*Floor at the last.
type Schedule struct {
	Rate   float64
	Warmup int
	Shape  Shape // empty: Constant
	Floor  float64
}

// At is the learning rate of a step, counted from 0, of a run of steps.
func (s Schedule) At(step, steps int) float64 {
	if step < s.Warmup {
		return s.Rate * float64(step+1) / float64(s.Warmup)
	}
	done := 0.0
	if rest := steps - s.Warmup - 1; rest > 0 {
		done = float64(step-s.Warmup) / float64(rest)
	}
	switch s.Shape {
	case Linear:
		return s.Rate * (1 - (1-s.Floor)*done)
	case Cosine:
		return s.Rate * (s.Floor + (1-s.Floor)*(1+math.Cos(math.Pi*done))/2)
	}
	return s.Rate
}

// Optimizer turns gradients into new weights. Learning rates and bias corrections are computed by the compiler in float64 and
// handed to each step as numbers: powers on a device would differ between drivers, and lose digits.
type Optimizer struct {
	Method   Method
	Schedule Schedule

	Beta1, Beta2 float64 // Adam: 0 means 0.9 and 0.999
	Epsilon      float64 // Adam: 0 means 1e-8
	Momentum     float64 // SGD
	Nesterov     bool    // SGD
	Decay        float64 // per unit of learning rate; of weights with two axes or more
	Clip         float64 // largest norm of all gradients together; 0: no limit
}

func (o Optimizer) withDefaults() Optimizer {
	if o.Beta1 == 0 {
		o.Beta1 = 0.9
	}
	if o.Beta2 == 0 {
		o.Beta2 = 0.999
	}
	if o.Epsilon == 0 {
		o.Epsilon = 1e-8
	}
	return o
}

// Validate reports the first setting that makes no sense.
func (o Optimizer) Validate() error {
	o = o.withDefaults()
	bad := func(what string, x float64) error {
		return gpu.Errorf(gpu.InvalidInput, "optimizer: %s is %v", what, x)
	}
	switch o.Method {
	case SGD, Adam, AdamW:
	default:
		return gpu.Errorf(gpu.InvalidInput, "optimizer: the method %q is not known; use sgd, adam or adamw", o.Method)
	}
	switch o.Schedule.Shape {
	case "", Constant, Linear, Cosine:
	default:
		return gpu.Errorf(gpu.InvalidInput, "optimizer: the schedule %q is not known; use constant, linear or cosine", o.Schedule.Shape)
	}
	for _, c := range []struct {
		what string
		x    float64
		most float64
	}{
		{"the learning rate", o.Schedule.Rate, math.MaxFloat32}, {"the floor of the schedule", o.Schedule.Floor, 1}, {"beta1", o.Beta1, 1},
		{"beta2", o.Beta2, 1}, {"epsilon", o.Epsilon, 1}, {"the momentum", o.Momentum, 1}, {"the weight decay", o.Decay, math.MaxFloat32}, {"the clipping norm", o.Clip, math.MaxFloat32},
	} {
		if !(c.x >= 0 && c.x <= c.most) {
			return bad(c.what, c.x)
		}
	}
	if o.Schedule.Rate == 0 {
		return bad("the learning rate", 0)
	}
	if o.Schedule.Warmup < 0 {
		return bad("the warm-up", float64(o.Schedule.Warmup))
	}
	return nil
}

// rateColumns are the numbers that a step gets: the learning rate, and the corrections of Adam's two moments.
const rateColumns = 4 // one unused, so that rows are whole vectors

// Rates is the content of the input "rates" of a run of steps steps that begins at step first of a schedule of total.
func (o Optimizer) Rates(first, steps, total int) []byte {
	o = o.withDefaults()
	b := make([]byte, 0, 4*rateColumns*steps)
	for i := range steps {
		t := first + i
		row := [rateColumns]float64{o.Schedule.At(t, total), 1 / (1 - math.Pow(o.Beta1, float64(t+1))), 1 / (1 - math.Pow(o.Beta2, float64(t+1)))}
		for _, x := range row {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(x)))
		}
	}
	return b
}

// update sets the new values of all trainable variables that the graph of loss uses. rates is a row of the table.
func (o Optimizer) update(scope *model.Scope, loss, rates *graph.Node) {
	o = o.withDefaults()
	g := loss.Graph()
	column := func(i int) *graph.Node {
		return graph.Reshape(graph.Slice(rates, graph.AxisElem(i)))
	}
	rate, first, second := column(0), column(1), column(2)
	var list []*model.Variable
	var values []*graph.Node
	for v := range scope.Store().IterVariables() {
		if v.Trainable && v.InUseByGraph(g) && v.DType().IsFloat() {
			list = append(list, v)
			values = append(values, v.NodeValue(g))
		}
	}
	gradients := graph.Gradient(loss, values...)
	if o.Clip > 0 {
		var square *graph.Node
		for _, d := range gradients {
			s := graph.ReduceAllSum(graph.Mul(d, d))
			if square == nil {
				square = s
			} else {
				square = graph.Add(square, s)
			}
		}
		limit := graph.Const(g, float32(o.Clip))
		scale := graph.Div(limit, graph.Max(graph.Sqrt(square), limit))
		for i, d := range gradients {
			gradients[i] = graph.Mul(d, scale)
		}
	}
	zeros := scope.Store().Scope("/optimizer").WithInitializer(initializer.Zero)
	moment := func(kind string, v *model.Variable) *model.Variable {
		return zeros.VariableWithShape(kind+"."+flatName(v.Path()), v.Shape()).SetTrainable(false)
	}
	scaled := func(x *graph.Node, by float64) *graph.Node { return graph.MulScalar(x, by) }
	for i, v := range list {
		w, d := values[i], gradients[i]
		decays := o.Decay > 0 && w.Rank() >= 2
		if decays && o.Method != AdamW {
			d = graph.Add(d, scaled(w, o.Decay))
		}
		step := d
		switch {
		case o.Method == SGD && o.Momentum > 0:
			m := moment("m", v)
			next := graph.Add(scaled(m.NodeValue(g), o.Momentum), d)
			m.SetNodeValue(next)
			step = next
			if o.Nesterov {
				step = graph.Add(d, scaled(next, o.Momentum))
			}
		case o.Method != SGD:
			m, s := moment("m", v), moment("v", v)
			nextM := graph.Add(scaled(m.NodeValue(g), o.Beta1), scaled(d, 1-o.Beta1))
			nextS := graph.Add(scaled(s.NodeValue(g), o.Beta2), scaled(graph.Mul(d, d), 1-o.Beta2))
			m.SetNodeValue(nextM)
			s.SetNodeValue(nextS)
			step = graph.Div(graph.Mul(nextM, first), graph.AddScalar(graph.Sqrt(graph.Mul(nextS, second)), o.Epsilon))
			if decays && o.Method == AdamW {
				step = graph.Add(step, scaled(w, o.Decay))
			}
		}
		v.SetNodeValue(graph.Sub(w, graph.Mul(step, rate)))
	}
}
