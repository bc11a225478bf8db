package gomlx

import (
	"context"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/notimplemented"
	"github.com/gomlx/compute/shapes"
	"github.com/pkg/errors"

	"gpumesh/gpu"
)

// Options of a Backend.
type Options struct {
	// Device executes what is called through GoMLX. Without one the backend only records, and Execute is an error.
	Device gpu.Device

	// Target is the kind of adapter that kernels are shaped for; they run on every other kind too. Empty: gpu.CPU, or the
	// type of Device.
	Target gpu.AdapterType
}

// Backend is a GoMLX backend that records a function and lowers it to a gpu.Program. It may be used by several goroutines as
// long as a Device is used by one at a time.
type Backend struct {
	notimplemented.Backend
	options   Options
	finalized bool
}

var _ compute.Backend = (*Backend)(nil)

// New returns a backend. It is not registered with GoMLX: pass it to model.NewExec or graph.NewExec.
func New(o Options) *Backend {
	if o.Target == "" && o.Device != nil {
		o.Target = o.Device.Info().Type
	}
	return &Backend{options: o}
}

func (b *Backend) Name() string   { return "gpumesh" }
func (b *Backend) String() string { return "gpumesh" }
func (b *Backend) Description() string {
	return "records functions and lowers them to gpumesh programs"
}

func (b *Backend) DeviceDescription(compute.DeviceNum) string {
	if b.options.Device == nil {
		return "no device: functions are recorded only"
	}
	return b.options.Device.Info().Name
}

func (b *Backend) Finalize()         { b.finalized = true }
func (b *Backend) IsFinalized() bool { return b.finalized }

// wide reports whether kernels are shaped for a GPU.
func (b *Backend) wide() bool {
	return b.options.Target == gpu.Discrete || b.options.Target == gpu.Integrated
}

// claimed are the operations outside the tables. RNGBitGenerator is there too, for 32 bits, but a claim would cover 64.
var claimed = []compute.OpType{
	compute.OpTypeParameter, compute.OpTypeConstant, compute.OpTypeIdentity, compute.OpTypeReshape, compute.OpTypeTranspose,
	compute.OpTypeBroadcastInDim, compute.OpTypeSlice, compute.OpTypePad, compute.OpTypeReverse, compute.OpTypeConcatenate,
	compute.OpTypeGather, compute.OpTypeDynamicSlice, compute.OpTypeDynamicUpdateSlice, compute.OpTypeDotGeneral,
	compute.OpTypeConvGeneral, compute.OpTypeReduceWindow, compute.OpTypeSelectAndScatterMax, compute.OpTypeSelectAndScatterMin,
	compute.OpTypeScatterSum, compute.OpTypeScatterMax, compute.OpTypeScatterMin, compute.OpTypeArgMinMax, compute.OpTypeCumSum,
	compute.OpTypeIota, compute.OpTypeWhere, compute.OpTypeClamp, compute.OpTypeConvertDType,
	compute.OpTypeBitcast, compute.OpTypeIsNaN, compute.OpTypeIsFinite, compute.OpTypeBatchNormForInference,
	compute.OpTypeBatchNormForTraining, compute.OpTypeBatchNormGradient, compute.OpTypeOptimizationBarrier, compute.OpTypeSchedulingBarrier,
}

func (b *Backend) Capabilities() compute.Capabilities {
	c := compute.Capabilities{
		Operations: make(map[compute.OpType]bool),
		DTypes: map[dtypes.DType]bool{
			dtypes.Float32: true, dtypes.Int32: true, dtypes.Uint32: true, dtypes.Bool: true,
			dtypes.Int64: true, dtypes.Uint64: true, dtypes.Float64: true, // in 32 bits, see DESIGN.md
		},
	}
	for _, op := range claimed {
		c.Operations[op] = true
	}
	for op := range pointOps {
		c.Operations[op] = true
	}
	for op := range reducers {
		c.Operations[op] = true
	}
	return c
}

func (b *Backend) Builder(name string) compute.Builder {
	r := &builder{backend: b, name: name}
	r.main = &function{b: r}
	r.main.ErrFn = func(op compute.OpType) error {
		return errors.Wrapf(compute.ErrNotImplemented, "%s has no lowering to a gpumesh program", op)
	}
	return r
}

// builder records the main function.
type builder struct {
	notimplemented.Builder
	backend *Backend
	name    string
	main    *function
}

func (b *builder) Name() string           { return b.name }
func (b *builder) Main() compute.Function { return b.main }

func (b *builder) NewFunction(string) (compute.Function, error) {
	return nil, errors.Wrap(compute.ErrNotImplemented, "a gpumesh program has one function")
}

func (b *builder) OpShape(v compute.Value) (shapes.Shape, error) { return b.main.Shape(v) }

func (b *builder) Compile() (compute.Executable, error) {
	if !b.main.done {
		return nil, errors.Errorf("function %q has not returned", b.name)
	}
	return &executable{b: b.backend, f: b.main}, nil
}

// executable is a recorded function. It is lowered when it is first executed, or by a Compile function of this package.
type executable struct {
	b    *Backend
	f    *function
	made *assembled
}

var _ compute.Executable = (*executable)(nil)

func (e *executable) Finalize() {}

func (e *executable) Inputs() (names []string, list []shapes.Shape) {
	for _, p := range e.f.params {
		names = append(names, p.attr.(paramAttr).name)
		list = append(list, p.shape())
	}
	return names, list
}

func (e *executable) Outputs() (list []shapes.Shape) {
	for _, o := range e.f.outputs {
		list = append(list, o.shape())
	}
	return list
}

// Execute runs the function once, as a program of one step with seed 0. It is meant for tests and small calls: a training run is
// one Program, see Train.
func (e *executable) Execute(inputs []compute.Buffer, _ []bool, _ compute.DeviceNum) ([]compute.Buffer, error) {
	return e.execute(context.Background(), inputs)
}
