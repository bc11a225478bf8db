package gomlx_test

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/compute/support/testutil"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/zoo"
)

// Every golden program gives the same bytes when it is run again, and on the evaluator, which rounds every operation on its own,
// nearly the same losses.
func TestDevices(t *testing.T) {
	d := driver(t)
	for name, c := range golden(t) {
		classes := 4
		if c.Data[0].DType == dtypes.Int32 {
			classes = 16
		}
		data := samples(c, 6*4, classes)
		out, res := run(t, d, c, data, 5)
		again, twice := run(t, d, c, data, 5)
		require.Equal(t, res.TraceRoot, twice.TraceRoot, name)
		require.Equal(t, out, again)
		require.Len(t, res.Leaves, 3)
		exact, _ := run(t, eval.Open(), c, data, 5)
		require.InDeltaSlice(t, gomlx.Floats(exact["loss"]), gomlx.Floats(out["loss"]), 2e-5, name)
	}
}

// Dropout depends on the task's seed and the step alone.
func TestDropout(t *testing.T) {
	m, err := zoo.Build(zoo.Spec{Name: "mlp", Sizes: map[string]int{"inputs": 8, "hidden": 64, "layers": 1, "classes": 2}, Dropout: 0.5})
	require.NoError(t, err)
	train := gomlx.Train{Model: m, Batch: 4, Steps: 4, Batches: 1, Optimizer: gomlx.Optimizer{Method: gomlx.SGD, Schedule: gomlx.Schedule{Rate: 1e-9}}}
	c, err := gomlx.CompileTrain(train)
	require.NoError(t, err)
	d := driver(t)
	data := samples(c, 4, 2)
	losses := func(seed uint64) []float64 {
		out, _ := run(t, d, c, data, seed)
		return gomlx.Floats(out["loss"])
	}
	one := losses(1)
	require.Equal(t, one, losses(1))
	require.NotEqual(t, one, losses(2))
	require.NotEqual(t, one[0], one[1], "another mask in every step")
	train.Model, err = zoo.Build(zoo.Spec{Name: "mlp", Sizes: map[string]int{"inputs": 8, "hidden": 64, "layers": 1, "classes": 2}})
	require.NoError(t, err)
	c, err = gomlx.CompileTrain(train)
	require.NoError(t, err)
	plain := losses(1)
	require.InDelta(t, plain[0], plain[3], 1e-5, "the same without dropout")
}

func TestRandomBits(t *testing.T) {
	b := gomlx.New(gomlx.Options{Device: driver(t)})
	for _, n := range []int{100000, 10001} {
		x, y, err := testutil.Exec2(b, []any{[]uint64{0, 0, 0}}, func(f compute.Function, p []compute.Value) (compute.Value, compute.Value, error) {
			state, x, err := f.RNGBitGenerator(p[0], shapes.Make(dtypes.Uint32, n))
			if err != nil {
				return nil, nil, err
			}
			_, y, err := f.RNGBitGenerator(state, shapes.Make(dtypes.Uint32, n))
			return x, y, err
		})
		require.NoError(t, err)
		var bins [16]int
		same := 0
		for i, v := range x.([]uint32) {
			bins[v>>28]++
			if v == y.([]uint32)[i] {
				same++
			}
		}
		for _, c := range bins {
			require.InDelta(t, n/16, c, 6*math.Sqrt(float64(n)/16))
		}
		require.Less(t, same, 3, "two generators of a function are independent")
	}
	_, err := testutil.Exec1(b, []any{[]uint64{0, 0, 0}}, func(f compute.Function, p []compute.Value) (compute.Value, error) {
		_, x, err := f.RNGBitGenerator(p[0], shapes.Make(dtypes.Uint64, 4))
		return x, err
	})
	require.ErrorIs(t, err, compute.ErrNotImplemented)
}

// Batch normalization against its definition in float64, and its gradient against differences.
func TestBatchNorm(t *testing.T) {
	b := gomlx.New(gomlx.Options{Device: driver(t)})
	const rows, features, epsilon = 6, 3, 1e-3
	x, g := make([][]float32, rows), make([][]float32, rows)
	scale, offset := []float32{1.5, -0.5, 2}, []float32{0.1, 0.2, 0.3}
	for i := range rows {
		for j := range features {
			x[i] = append(x[i], float32(math.Sin(float64(3*i+j))))
			g[i] = append(g[i], float32(math.Cos(float64(5*i+j))))
		}
	}
	forward := func(x [][]float64) (y [][]float64, mean, variance []float64) {
		y, mean, variance = make([][]float64, rows), make([]float64, features), make([]float64, features)
		for j := range features {
			for i := range rows {
				mean[j] += x[i][j] / rows
			}
			for i := range rows {
				variance[j] += (x[i][j] - mean[j]) * (x[i][j] - mean[j]) / rows
			}
			for i := range rows {
				y[i] = append(y[i], (x[i][j]-mean[j])/math.Sqrt(variance[j]+epsilon)*float64(scale[j])+float64(offset[j]))
			}
		}
		return y, mean, variance
	}
	wide := make([][]float64, rows)
	for i := range x {
		for _, v := range x[i] {
			wide[i] = append(wide[i], float64(v))
		}
	}
	wantY, wantMean, wantVariance := forward(wide)
	y, mean, variance, err := testutil.Exec3(b, []any{x, scale, offset}, func(f compute.Function, p []compute.Value) (compute.Value, compute.Value, compute.Value, error) {
		return f.BatchNormForTraining(p[0], p[1], p[2], epsilon, 1)
	})
	require.NoError(t, err)
	inferred, err := testutil.Exec1(b, []any{x, scale, offset, mean, variance}, func(f compute.Function, p []compute.Value) (compute.Value, error) {
		return f.BatchNormForInference(p[0], p[1], p[2], p[3], p[4], epsilon, 1)
	})
	require.NoError(t, err)
	dx, dscale, doffset, err := testutil.Exec3(b, []any{x, scale, mean, variance, g}, func(f compute.Function, p []compute.Value) (compute.Value, compute.Value, compute.Value, error) {
		return f.BatchNormGradient(p[0], p[1], p[2], p[3], p[4], epsilon, 1)
	})
	require.NoError(t, err)
	objective := func() (sum float64) {
		y, _, _ := forward(wide)
		for i := range y {
			for j := range y[i] {
				sum += y[i][j] * float64(g[i][j])
			}
		}
		return sum
	}
	for j := range features {
		require.InDelta(t, wantMean[j], mean.([]float32)[j], 1e-6)
		require.InDelta(t, wantVariance[j], variance.([]float32)[j], 1e-6)
		var sum, weighted float64
		for i := range rows {
			require.InDelta(t, wantY[i][j], y.([][]float32)[i][j], 1e-5)
			require.InDelta(t, wantY[i][j], inferred.([][]float32)[i][j], 1e-5)
			sum += float64(g[i][j])
			weighted += float64(g[i][j]) * (wantY[i][j] - float64(offset[j])) / float64(scale[j])
			const h = 1e-5
			wide[i][j] += h
			up := objective()
			wide[i][j] -= 2 * h
			down := objective()
			wide[i][j] += h
			require.InDelta(t, (up-down)/(2*h), dx.([][]float32)[i][j], 1e-4)
		}
		require.InDelta(t, sum, doffset.([]float32)[j], 1e-5)
		require.InDelta(t, weighted, dscale.([]float32)[j], 1e-4)
	}
}

// A convolution with batch normalization, strides and mean pooling trains too; there is no other backend to compare it with.
func TestNormalizedNetwork(t *testing.T) {
	d := driver(t)
	m := gomlx.Model{
		Inputs:  []gomlx.Port{{Name: "x", DType: dtypes.Float32, Dims: []int{8, 8, 3}}},
		Targets: []gomlx.Port{{Name: "y", DType: dtypes.Float32, Dims: []int{4}}},
		Predict: func(s *model.Scope, in []*graph.Node) *graph.Node {
			g := in[0].Graph()
			kernel := s.VariableWithShape("kernel", shapes.Make(dtypes.Float32, 3, 3, 3, 4)).NodeValue(g)
			x := graph.Convolve(in[0], kernel).Strides(2).PadSame().Done()
			gain := s.VariableWithShape("gain", shapes.Make(dtypes.Float32, 4)).NodeValue(g)
			x, _, _ = graph.InternalBatchNormForTraining(x, graph.OnePlus(gain), gain, 1e-5, 3)
			x = graph.MeanPool(x).Window(2).Done()
			return graph.ReduceMean(x, 1, 2)
		},
		Loss: func(_ *model.Scope, output *graph.Node, y []*graph.Node) *graph.Node {
			return graph.ReduceAllMean(graph.Square(graph.Sub(output, y[0])))
		},
	}
	c, err := gomlx.CompileTrain(gomlx.Train{Model: m, Batch: 8, Steps: 60, Batches: 1, Optimizer: gomlx.Optimizer{Method: gomlx.Adam, Schedule: gomlx.Schedule{Rate: 0.05}}})
	require.NoError(t, err)
	var x, y []byte
	for i := range 8 * 8 * 8 * 3 {
		x = binary.LittleEndian.AppendUint32(x, math.Float32bits(float32(math.Sin(float64(i*i)))))
	}
	for i := range 8 * 4 {
		y = binary.LittleEndian.AppendUint32(y, math.Float32bits(float32(math.Cos(float64(i)))))
	}
	out, _ := run(t, d, c, map[string][]byte{"x": x, "y": y}, 1)
	losses := gomlx.Floats(out["loss"])
	require.Less(t, losses[59], 0.8*losses[0])
}

func TestOptimizers(t *testing.T) {
	s := gomlx.Schedule{Rate: 2, Warmup: 4, Shape: gomlx.Cosine, Floor: 0.5}
	require.Equal(t, []float64{0.5, 1, 1.5, 2, 2}, []float64{s.At(0, 10), s.At(1, 10), s.At(2, 10), s.At(3, 10), s.At(4, 10)})
	require.InDelta(t, 1, s.At(9, 10), 1e-12)
	s.Shape = gomlx.Linear
	require.InDelta(t, 2-0.2, s.At(5, 10), 1e-12)
	for want, o := range map[string]gomlx.Optimizer{
		"the method \"\"":        {},
		"the learning rate is 0": {Method: gomlx.Adam},
		"the schedule \"step\"":  {Method: gomlx.Adam, Schedule: gomlx.Schedule{Rate: 1, Shape: "step"}},
		"beta1 is 2":             {Method: gomlx.Adam, Schedule: gomlx.Schedule{Rate: 1}, Beta1: 2},
		"clipping norm is NaN":   {Method: gomlx.SGD, Schedule: gomlx.Schedule{Rate: 1}, Clip: math.NaN()},
		"the warm-up is -1":      {Method: gomlx.SGD, Schedule: gomlx.Schedule{Rate: 1, Warmup: -1}},
	} {
		err := o.Validate()
		require.ErrorContains(t, err, want)
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
	}

	// One weight w with loss w^2 / 2, whose gradient is w: every rule by hand.
	m := gomlx.Model{
		Inputs: []gomlx.Port{{Name: "x", DType: dtypes.Float32, Dims: []int{1}}},
		Predict: func(s *model.Scope, in []*graph.Node) *graph.Node {
			w := s.VariableWithShape("w", shapes.Make(dtypes.Float32, 1, 1)).NodeValue(in[0].Graph())
			return graph.Add(w, graph.MulScalar(in[0], 0))
		},
		Loss: func(_ *model.Scope, w *graph.Node, _ []*graph.Node) *graph.Node {
			return graph.MulScalar(graph.ReduceAllSum(graph.Mul(w, w)), 0.5)
		},
	}
	d := driver(t)
	for name, c := range map[string]struct {
		o    gomlx.Optimizer
		next func(w, m, v *float64, t float64)
	}{
		"momentum": {gomlx.Optimizer{Method: gomlx.SGD, Momentum: 0.9, Decay: 0.1, Clip: 1.5, Schedule: gomlx.Schedule{Rate: 0.1}}, func(w, m, _ *float64, _ float64) {
			g := *w * min(1, 1.5/math.Abs(*w))
			*m = 0.9**m + g + 0.1**w
			*w -= 0.1 * *m
		}},
		"nesterov": {gomlx.Optimizer{Method: gomlx.SGD, Momentum: 0.9, Nesterov: true, Schedule: gomlx.Schedule{Rate: 0.1}}, func(w, m, _ *float64, _ float64) {
			g := *w
			*m = 0.9**m + g
			*w -= 0.1 * (g + 0.9**m)
		}},
		"adamw": {gomlx.Optimizer{Method: gomlx.AdamW, Decay: 0.1, Schedule: gomlx.Schedule{Rate: 0.1}}, func(w, m, v *float64, t float64) {
			g := *w
			*m, *v = 0.9**m+0.1*g, 0.999**v+0.001*g*g
			*w -= 0.1 * (*m/(1-math.Pow(0.9, t))/(math.Sqrt(*v/(1-math.Pow(0.999, t)))+1e-8) + 0.1**w)
		}},
	} {
		w := 2.0
		c0, err := gomlx.CompileTrain(gomlx.Train{Model: m, Optimizer: c.o, Batch: 1, Steps: 5, Keep: true,
			Values: map[string][]byte{"/w": binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(w)))}})
		require.NoError(t, err)
		out, _ := run(t, d, c0, map[string][]byte{"x": make([]byte, 20)}, 0)
		var m, v float64
		for step := range 5 {
			require.InDelta(t, w*w/2, gomlx.Floats(out["loss"])[step], 1e-5, name)
			c.next(&w, &m, &v, float64(step+1))
		}
		require.InDelta(t, w, gomlx.Floats(out["w"])[0], 1e-6, name)
		require.InDelta(t, m, gomlx.Floats(out["optimizer-m-w"])[0], 1e-6, name)
	}
}
