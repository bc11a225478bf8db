package gomlx_test

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protowire"

	"gpumesh/gpu/gomlx"
)

// message writes protobuf fields: the parts of onnx.proto that a small model needs.
type message []byte

func (m message) text(field protowire.Number, s string) message {
	return protowire.AppendString(protowire.AppendTag(m, field, protowire.BytesType), s)
}

func (m message) sub(field protowire.Number, x message) message {
	return protowire.AppendBytes(protowire.AppendTag(m, field, protowire.BytesType), x)
}

func (m message) number(field protowire.Number, x uint64) message {
	return protowire.AppendVarint(protowire.AppendTag(m, field, protowire.VarintType), x)
}

func onnxNode(op, output string, attributes message, inputs ...string) message {
	var n message
	for _, in := range inputs {
		n = n.text(1, in)
	}
	n = n.text(2, output).text(3, output).text(4, op)
	return append(n, attributes...)
}

func onnxWeights(name string, values []float32, dims ...uint64) message {
	var t message
	for _, d := range dims {
		t = t.number(1, d)
	}
	var raw []byte
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	return t.number(2, 1).text(8, name).sub(9, raw)
}

func onnxValue(name string, dims ...uint64) message {
	shape := message{}.sub(1, message{}.text(2, "batch"))
	for _, d := range dims {
		shape = shape.sub(1, message{}.number(1, d))
	}
	return message{}.text(1, name).sub(2, message{}.sub(1, message{}.number(1, 1).sub(2, shape)))
}

// perceptron is softmax(relu(x w + b) u), as a file and as a function.
func perceptron(rng *rand.Rand) (file []byte, want func(x []float64) []float64) {
	w, b, u := make([]float32, 3*4), make([]float32, 4), make([]float32, 4*2)
	for _, list := range [][]float32{w, b, u} {
		for i := range list {
			list[i] = float32(rng.NormFloat64())
		}
	}
	axis := message{}.sub(5, message{}.text(1, "axis").number(3, 1).number(20, 2))
	g := message{}.
		sub(1, onnxNode("Gemm", "h", nil, "x", "w", "b")).
		sub(1, onnxNode("Relu", "r", nil, "h")).
		sub(1, onnxNode("MatMul", "l", nil, "r", "u")).
		sub(1, onnxNode("Softmax", "y", axis, "l")).
		text(2, "perceptron").
		sub(5, onnxWeights("w", w, 3, 4)).sub(5, onnxWeights("b", b, 4)).sub(5, onnxWeights("u", u, 4, 2)).
		sub(11, onnxValue("x", 3)).sub(12, onnxValue("y", 2))
	file = message{}.number(1, 8).sub(7, g).sub(8, message{}.text(1, "").number(2, 13))
	return file, func(x []float64) []float64 {
		out := make([]float64, 2)
		for j := range 4 {
			h := float64(b[j])
			for i := range 3 {
				h += x[i] * float64(w[4*i+j])
			}
			for k := range 2 {
				out[k] += max(h, 0) * float64(u[2*j+k])
			}
		}
		sum := math.Exp(out[0]) + math.Exp(out[1])
		return []float64{math.Exp(out[0]) / sum, math.Exp(out[1]) / sum}
	}
}

func TestONNX(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	file, want := perceptron(rng)
	m, err := gomlx.ImportONNX(file)
	require.NoError(t, err)
	require.Equal(t, []gomlx.Port{{Name: "x", DType: dtypes.Float32, Dims: []int{3}}}, m.Inputs)
	const batch, batches = 5, 2
	c, err := gomlx.CompileInfer(gomlx.Infer{Model: m, Batch: batch, Batches: batches})
	require.NoError(t, err)
	var x []byte
	for range batch * batches * 3 {
		x = binary.LittleEndian.AppendUint32(x, math.Float32bits(float32(rng.NormFloat64())))
	}
	d := driver(t)
	out, _ := run(t, d, c, map[string][]byte{"x": x}, 0)
	got, numbers := gomlx.Floats(out["output"]), gomlx.Floats(x)
	require.Len(t, got, 2*batch*batches)
	for i := range batch * batches {
		require.InDeltaSlice(t, want(numbers[3*i:3*i+3]), got[2*i:2*i+2], 1e-5)
	}

	// Trained further, it predicts less and less of the first class.
	m.Targets = nil
	m.Loss = func(_ *model.Scope, output *graph.Node, _ []*graph.Node) *graph.Node {
		return graph.ReduceAllMean(graph.Slice(output, graph.AxisRange(), graph.AxisElem(0)))
	}
	again, err := gomlx.ImportONNX(file)
	require.NoError(t, err)
	m.Predict = again.Predict
	c, err = gomlx.CompileTrain(gomlx.Train{
		Model: m, Batch: batch, Steps: 20, Batches: batches,
		Optimizer: gomlx.Optimizer{Method: gomlx.SGD, Momentum: 0.9, Nesterov: true, Schedule: gomlx.Schedule{Rate: 0.1}},
	})
	require.NoError(t, err)
	out, _ = run(t, d, c, map[string][]byte{"x": x}, 0)
	losses := gomlx.Floats(out["loss"])
	require.Less(t, losses[19], losses[0]/2)

	// The file of what it became predicts as the program with those weights does.
	values := make(map[string][]byte)
	for _, w := range c.Weights {
		if !w.Moment {
			values[w.Path] = out[w.Buffer]
		}
	}
	tuned, err := gomlx.ExportONNX(file, values)
	require.NoError(t, err)
	predict := func(m gomlx.Model, values map[string][]byte) map[string][]byte {
		c, err := gomlx.CompileInfer(gomlx.Infer{Model: m, Batch: batch, Batches: batches, Values: values})
		require.NoError(t, err)
		out, _ := run(t, d, c, map[string][]byte{"x": x}, 0)
		return out
	}
	back, err := gomlx.ImportONNX(tuned)
	require.NoError(t, err)
	require.Equal(t, 2, back.Classes)
	require.Equal(t, predict(again, values), predict(back, nil))
	require.NotEqual(t, predict(again, nil), predict(back, nil))
	_, err = gomlx.ExportONNX(file, map[string][]byte{"/none": nil})
	require.ErrorContains(t, err, `no variable "/none"`)
	require.True(t, gomlx.EndsInSoftmax(file))
	require.False(t, gomlx.EndsInSoftmax(file[:len(file)/2]))

	const kept = "testdata/perceptron.onnx" // for the tests of others
	if *rewrite {
		require.NoError(t, os.WriteFile(kept, file, 0o644))
	}
	b, err := os.ReadFile(kept)
	require.NoError(t, err)
	require.Equal(t, file, b, "run the test with -rewrite")

	for _, bad := range [][]byte{nil, []byte("nonsense"), file[:len(file)/2]} {
		_, err := gomlx.ImportONNX(bad)
		require.Error(t, err)
	}
}
