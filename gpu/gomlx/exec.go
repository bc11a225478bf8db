package gomlx

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/pkg/errors"

	"gpumesh/gpu"
)

// buffer is a tensor in host memory, as 32-bit words of the type that it is computed in.
type buffer struct {
	b     *Backend
	shape shapes.Shape
	words []byte
}

var _ compute.Buffer = (*buffer)(nil)

func (b *buffer) Backend() compute.Backend              { return b.b }
func (b *buffer) Finalize() error                       { return nil }
func (b *buffer) Shape() (shapes.Shape, error)          { return b.shape, nil }
func (b *buffer) DeviceNum() (compute.DeviceNum, error) { return 0, nil }
func (b *buffer) Data() (any, error) {
	return nil, errors.Wrap(compute.ErrNotImplemented, "shared buffers")
}
func (b *buffer) ToFlatData(flat any) error                              { return decode(b.words, b.shape.DType, flat) }
func (b *buffer) CopyToDevice(compute.DeviceNum) (compute.Buffer, error) { return b, nil }

func (b *Backend) BufferFromFlatData(_ compute.DeviceNum, flat any, shape shapes.Shape) (compute.Buffer, error) {
	dtype, list, err := encode(flat)
	if err != nil {
		return nil, err
	}
	if dtype != shape.DType || len(list) != shape.Size() {
		return nil, errors.Errorf("%d values of %s do not make a tensor of shape %s", len(list), dtype, shape)
	}
	return &buffer{b, shape, words(list)}, nil
}

// encode narrows a slice of Go numbers to 32-bit words.
func encode(flat any) (dtypes.DType, []uint32, error) {
	v := reflect.ValueOf(flat)
	if v.Kind() != reflect.Slice {
		return dtypes.InvalidDType, nil, errors.Errorf("a tensor's content is a slice, not %T", flat)
	}
	dtype := dtypes.FromGoType(v.Type().Elem())
	t, ok := narrow(dtype)
	if !ok {
		return dtype, nil, errors.Wrapf(compute.ErrNotImplemented, "tensors of %s", v.Type().Elem())
	}
	list := make([]uint32, v.Len())
	for i := range list {
		switch x := v.Index(i); {
		case t == f32:
			list[i] = math.Float32bits(float32(x.Float()))
		case t == i32:
			list[i] = uint32(int32(x.Int()))
		case t == u32:
			list[i] = uint32(x.Uint())
		case x.Bool():
			list[i] = 1
		}
	}
	return dtype, list, nil
}

// decode widens words to a slice of Go numbers.
func decode(b []byte, dtype dtypes.DType, flat any) error {
	v := reflect.ValueOf(flat)
	if v.Kind() != reflect.Slice || dtypes.FromGoType(v.Type().Elem()) != dtype || v.Len() != len(b)/4 {
		return errors.Errorf("%d values of %s do not fit into a %T of length %d", len(b)/4, dtype, flat, v.Len())
	}
	t, _ := narrow(dtype)
	for i := range v.Len() {
		w := binary.LittleEndian.Uint32(b[4*i:])
		switch x := v.Index(i); t {
		case f32:
			x.SetFloat(float64(math.Float32frombits(w)))
		case i32:
			x.SetInt(int64(int32(w)))
		case u32:
			x.SetUint(uint64(w))
		default:
			x.SetBool(w != 0)
		}
	}
	return nil
}

func (e *executable) execute(ctx context.Context, inputs []compute.Buffer) ([]compute.Buffer, error) {
	if e.b.options.Device == nil {
		return nil, errors.New("this backend has no device; it only records")
	}
	if len(inputs) != len(e.f.params) {
		return nil, errors.Errorf("function %q takes %d inputs, not %d", e.f.b.name, len(e.f.params), len(inputs))
	}
	if e.made == nil {
		p := ports{wide: e.b.wide()}
		for i := range e.f.params {
			p.params = append(p.params, gpu.Buffer{Name: fmt.Sprintf("in%d", i), Kind: gpu.Const})
		}
		for i := range e.f.outputs {
			p.outputs = append(p.outputs, gpu.Buffer{Name: fmt.Sprintf("out%d", i), Kind: gpu.Output})
			p.renews = append(p.renews, -1)
		}
		made, err := assemble(e.f, p)
		if err != nil {
			return nil, err
		}
		e.made = made
	}
	task := gpu.Task{Inputs: make(map[string]gpu.Input)}
	for i, in := range inputs {
		b, ok := in.(*buffer)
		if want := e.f.params[i]; !ok || b.shape.DType != want.dtype || !slices.Equal(b.shape.Dimensions, want.dims) {
			return nil, errors.Errorf("input %d of function %q must be %s", i, e.f.b.name, want.shape())
		}
		name := fmt.Sprintf("in%d", i)
		if slices.ContainsFunc(e.made.program.Buffers, func(b gpu.Buffer) bool { return b.Name == name }) {
			task.Inputs[name] = bytes.NewReader(b.words)
		}
	}
	for name, b := range e.made.consts {
		task.Inputs[name] = bytes.NewReader(b)
	}
	results := make(map[string]*bytes.Buffer)
	task.Outputs = func(name string, size int64) (io.Writer, error) {
		results[name] = bytes.NewBuffer(make([]byte, 0, size))
		return results[name], nil
	}
	if len(e.made.program.Step) > 0 {
		if _, err := gpu.Run(ctx, e.b.options.Device, e.made.program, task); err != nil {
			return nil, err
		}
	}
	out := make([]compute.Buffer, len(e.f.outputs))
	for i, n := range e.f.outputs {
		out[i] = &buffer{b: e.b, shape: n.shape()}
		if b := results[fmt.Sprintf("out%d", i)]; b != nil { // nil without elements
			out[i].(*buffer).words = b.Bytes()
		}
	}
	return out, nil
}
