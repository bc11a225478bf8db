package gomlx

import (
	"bytes"
	"fmt"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/onnx-gomlx/onnx/parser"
	"google.golang.org/protobuf/encoding/protowire"

	"gpumesh/gpu"
)

// MaxONNX bounds an imported model file.
const MaxONNX = 2 << 30

// ImportONNX makes a Model of an ONNX file whose first input axis is the batch and whose first output is what it predicts. Its
// weights are the file's; with Targets and a Loss it can be trained further, and [ExportONNX] writes what came of it.
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
	outputs, results := parsed.Outputs()
	if len(m.Inputs) == 0 || len(outputs) == 0 {
		return Model{}, gpu.Errorf(gpu.InvalidInput, "the ONNX file has no inputs or no outputs")
	}
	if dims := results[0].Dimensions; len(dims) > 1 {
		m.Classes = max(dims[len(dims)-1], 0)
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

// ExportONNX is the file that ImportONNX read, with other weights: values by path, as a training's [Weight] names them. Weights that are
// not given stay as they are.
func ExportONNX(file []byte, values map[string][]byte) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, gpu.Errorf(gpu.InvalidInput, "the ONNX file cannot be written: %v", r)
		}
	}()
	parsed, err := parser.Parse(file)
	if err != nil {
		return nil, gpu.Errorf(gpu.InvalidInput, "the ONNX file cannot be read: %v", err)
	}
	store := model.NewStore()
	if err := parsed.VariablesToScope(store.RootScope()); err != nil {
		return nil, err
	}
	if err := set(store, values); err != nil {
		return nil, err
	}
	if err := parsed.ScopeToONNX(store.RootScope()); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := parsed.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// EndsInSoftmax reports whether what an ONNX file predicts is made by a Softmax, and so is probabilities and not their logarithms. Of a
// damaged file it says no.
func EndsInSoftmax(file []byte) bool {
	var ops = make(map[string]string) // by the first output
	var output string
	fields(file, func(num protowire.Number, body []byte) { // onnx.proto: ModelProto
		if num != 7 {
			return
		}
		fields(body, func(num protowire.Number, body []byte) { // GraphProto
			switch num {
			case 1:
				var op, first string
				fields(body, func(num protowire.Number, body []byte) { // NodeProto
					switch {
					case num == 2 && first == "":
						first = string(body)
					case num == 4:
						op = string(body)
					}
				})
				ops[first] = op
			case 12:
				fields(body, func(num protowire.Number, body []byte) { // ValueInfoProto
					if num == 1 && output == "" {
						output = string(body)
					}
				})
			}
		})
	})
	return ops[output] == "Softmax"
}

// fields calls f with every field of a protobuf message that has a length.
func fields(b []byte, f func(num protowire.Number, body []byte)) {
	for len(b) > 0 {
		num, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return
		}
		size := protowire.ConsumeFieldValue(num, kind, b[n:])
		if size < 0 {
			return
		}
		if kind == protowire.BytesType {
			body, _ := protowire.ConsumeBytes(b[n:])
			f(num, body)
		}
		b = b[n+size:]
	}
}
