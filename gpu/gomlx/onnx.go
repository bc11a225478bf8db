package gomlx

import (
	"fmt"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/onnx-gomlx/onnx/parser"

	"gpumesh/gpu"
)

// MaxONNX bounds an imported model file.
const MaxONNX = 2 << 30

// ImportONNX makes a Model of an ONNX file whose first input axis is the batch and whose first output is what it predicts. Its
// weights are the file's; with Targets and a Loss it can be trained further.
func ImportONNX(file []byte) (m Model, err error) {
	if len(file) > MaxONNX {
		return Model{}, gpu.Errorf(gpu.InvalidInput, "the ONNX file has %d bytes; at most %d are read", len(file), MaxONNX)
	}
	defer func() { // the parser panics on files that it does not understand
		if r := recover(); r != nil {
			err = gpu.Errorf(gpu.InvalidInput, "the ONNX file cannot be read: %v", r)
		}
	}()
	parsed, err := parser.Parse(file)
	if err != nil {
		return Model{}, gpu.Errorf(gpu.InvalidInput, "the ONNX file cannot be read: %v", err)
	}
	names, list := parsed.Inputs()
	for i, s := range list {
		if _, ok := narrow(s.DType); !ok || s.Rank() < 1 {
			return Model{}, gpu.Errorf(gpu.InvalidInput, "the ONNX input %q has shape %s; batches of 32-bit numbers are needed", names[i], s)
		}
		dims := s.Dimensions[1:]
		for axis, d := range dims {
			if d < 1 {
				return Model{}, gpu.Errorf(gpu.InvalidInput, "the ONNX input %q has no fixed size in axis %d; only the first may vary", names[i], axis+1)
			}
		}
		m.Inputs = append(m.Inputs, Port{Name: portName(names[i], i), DType: s.DType, Dims: dims})
	}
	outputs, _ := parsed.Outputs()
	if len(m.Inputs) == 0 || len(outputs) == 0 {
		return Model{}, gpu.Errorf(gpu.InvalidInput, "the ONNX file has no inputs or no outputs")
	}
	m.Predict = func(scope *model.Scope, in []*graph.Node) *graph.Node {
		if err := parsed.VariablesToScope(scope); err != nil {
			panic(err) // as GoMLX reports errors while it traces
		}
		given := make(map[string]*graph.Node, len(in))
		for i, x := range in {
			given[names[i]] = x
		}
		return parsed.CallGraph(scope, in[0].Graph(), given, outputs[0])[0]
	}
	return m, nil
}

// portName is an input's name as that of a buffer.
func portName(name string, i int) string {
	if s := flatName(name); s != "" && s != RatesInput && len(s) <= gpu.MaxName {
		return s
	}
	return fmt.Sprintf("input%d", i)
}
