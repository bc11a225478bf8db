package gomlx

import (
	"slices"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/notimplemented"
	"github.com/gomlx/compute/shapeinference"
	"github.com/gomlx/compute/shapes"
	"github.com/pkg/errors"
)

// function records operations. What it does not define is answered by notimplemented.
type function struct {
	notimplemented.Function
	b *builder
	dag
	done bool
}

var _ compute.Function = (*function)(nil)

func (f *function) Name() string             { return compute.MainName }
func (f *function) Builder() compute.Builder { return f.b }

func (f *function) Shape(v compute.Value) (shapes.Shape, error) {
	n, err := f.node(v)
	if err != nil {
		return shapes.Invalid(), err
	}
	return n.shape(), nil
}

// node checks that a value is one of f's.
func (f *function) node(v compute.Value) (*node, error) {
	n, ok := v.(*node)
	if !ok || n == nil || n.id >= len(f.nodes) || f.nodes[n.id] != n {
		return nil, errors.Errorf("the value %v does not belong to function %q", v, f.b.name)
	}
	return n, nil
}

func (f *function) values(list ...compute.Value) ([]*node, error) {
	if f.done {
		return nil, errors.Errorf("function %q has returned; nothing can be added to it", f.b.name)
	}
	nodes := make([]*node, len(list))
	for i, v := range list {
		var err error
		if nodes[i], err = f.node(v); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// record adds a node of an inferred shape.
func (f *function) record(op compute.OpType, s shapes.Shape, err error, attr any, in ...*node) (compute.Value, error) {
	if err != nil {
		return nil, err
	}
	if s.IsDynamic() {
		return nil, errors.Wrapf(compute.ErrNotImplemented, "%s of shape %s: shapes are fixed", op, s)
	}
	if _, ok := narrow(s.DType); !ok {
		return nil, errors.Wrapf(compute.ErrNotImplemented, "%s of type %s", op, s.DType)
	}
	for _, x := range in {
		if _, ok := narrow(x.dtype); !ok {
			return nil, errors.Wrapf(compute.ErrNotImplemented, "%s of type %s", op, x.dtype)
		}
	}
	n := &node{op: op}
	if n.class() == point && (len(in) == 0 && op != compute.OpTypeIota || len(in) > 0 && !known(op, in[0].t)) {
		return nil, errors.Wrapf(compute.ErrNotImplemented, "%s of type %s", op, in[0].dtype)
	}
	return f.add(op, s.DType, s.Dimensions, attr, in...), nil
}

func (f *function) Parameter(name string, s shapes.Shape, _ *compute.ShardingSpec) (compute.Value, error) {
	v, err := f.record(compute.OpTypeParameter, s, nil, paramAttr{name, len(f.params)})
	if err != nil {
		return nil, err
	}
	f.params = append(f.params, v.(*node))
	return v, nil
}

func (f *function) Constant(flat any, dims ...int) (compute.Value, error) {
	dtype, words, err := encode(flat)
	if err != nil {
		return nil, err
	}
	if product(dims) != len(words) {
		return nil, errors.Errorf("a constant of shape %v takes %d values, not %d", dims, product(dims), len(words))
	}
	if len(words) > 0 && !slices.ContainsFunc(words, func(w uint32) bool { return w != words[0] }) {
		words = words[:1]
	}
	return f.record(compute.OpTypeConstant, shapes.Make(dtype, dims...), nil, constAttr{words})
}

func (f *function) Return(outputs []compute.Value, _ []*compute.ShardingSpec) error {
	nodes, err := f.values(outputs...)
	if err != nil {
		return err
	}
	if len(nodes) == 0 {
		return errors.Errorf("function %q returns nothing", f.b.name)
	}
	f.outputs, f.done = nodes, true
	return nil
}

func (f *function) Identity(x compute.Value) (compute.Value, error) { return x, nil }

func (f *function) OptimizationBarrier(operands ...compute.Value) ([]compute.Value, error) {
	return operands, nil
}

func (f *function) SchedulingBarrier(operand compute.Value, _ ...compute.Value) (compute.Value, error) {
	return operand, nil
}

func (f *function) unary(op compute.OpType, x compute.Value) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.UnaryOp(op, in[0].shape())
	return f.record(op, s, err, nil, in...)
}

func (f *function) binary(op compute.OpType, l, r compute.Value) (compute.Value, error) {
	in, err := f.values(l, r)
	if err != nil {
		return nil, err
	}
	var s shapes.Shape
	if shapeinference.ComparisonOperations.Has(op) {
		s, err = shapeinference.ComparisonOp(op, in[0].shape(), in[1].shape())
	} else {
		s, err = shapeinference.BinaryOp(op, in[0].shape(), in[1].shape())
	}
	return f.record(op, s, err, nil, in...)
}

func (f *function) BitCount(x compute.Value) (compute.Value, error) {
	v, _, err := f.ownBits(x)
	if err != nil {
		return nil, err
	}
	return f.unary(compute.OpTypeBitCount, v)
}

func (f *function) Clz(x compute.Value) (compute.Value, error) {
	v, extra, err := f.ownBits(x)
	if err != nil {
		return nil, err
	}
	zeros, err := f.unary(compute.OpTypeClz, v)
	if err != nil || extra == 0 {
		return zeros, err
	}
	return f.Sub(zeros, f.constant(zeros.(*node).dtype, uint32(extra)))
}

// ownBits is an integer without the bits that it was widened by, and how many those are.
func (f *function) ownBits(x compute.Value) (compute.Value, int, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, 0, err
	}
	extra := 32 - 8*in[0].dtype.Size()
	if extra <= 0 || in[0].t == f32 || in[0].t == boolean {
		return x, 0, nil
	}
	v, err := f.BitwiseAnd(x, f.constant(in[0].dtype, 1<<(32-extra)-1))
	return v, extra, err
}

func (f *function) Where(condition, onTrue, onFalse compute.Value) (compute.Value, error) {
	in, err := f.values(condition, onTrue, onFalse)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.Where(in[0].shape(), in[1].shape(), in[2].shape())
	return f.record(compute.OpTypeWhere, s, err, nil, in...)
}

func (f *function) Clamp(low, x, high compute.Value) (compute.Value, error) {
	v, err := f.binary(compute.OpTypeMax, low, x)
	if err != nil {
		return nil, err
	}
	return f.binary(compute.OpTypeMin, v, high)
}

func (f *function) IsNaN(x compute.Value) (compute.Value, error) {
	return f.test(compute.OpTypeIsNaN, x)
}

func (f *function) IsFinite(x compute.Value) (compute.Value, error) {
	return f.test(compute.OpTypeIsFinite, x)
}

func (f *function) test(op compute.OpType, x compute.Value) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	return f.record(op, shapes.Make(dtypes.Bool, in[0].dims...), nil, nil, in...)
}

func (f *function) ConvertDType(x compute.Value, dtype dtypes.DType) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	if in[0].dtype == dtype {
		return x, nil
	}
	return f.record(compute.OpTypeConvertDType, shapes.Make(dtype, in[0].dims...), nil, nil, in...)
}

func (f *function) Bitcast(x compute.Value, dtype dtypes.DType) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	if in[0].dtype.Size() != 4 || dtype.Size() != 4 {
		return nil, errors.Wrapf(compute.ErrNotImplemented, "Bitcast of %s to %s: only 32-bit types", in[0].dtype, dtype)
	}
	return f.record(compute.OpTypeBitcast, shapes.Make(dtype, in[0].dims...), nil, nil, in...)
}

func (f *function) Iota(shape shapes.Shape, axis int) (compute.Value, error) {
	if _, err := f.values(); err != nil {
		return nil, err
	}
	if axis < 0 || axis >= shape.Rank() {
		return nil, errors.Errorf("Iota: axis %d of %s", axis, shape)
	}
	return f.record(compute.OpTypeIota, shape, nil, axisAttr{axis})
}

func (f *function) Reshape(x compute.Value, dims ...int) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.Reshape(in[0].shape(), dims)
	if err == nil && slices.Equal(in[0].dims, s.Dimensions) {
		return x, nil
	}
	return f.record(compute.OpTypeReshape, s, err, nil, in...)
}

func (f *function) Transpose(x compute.Value, permutation ...int) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.Transpose(in[0].shape(), permutation)
	if err == nil && slices.IsSorted(permutation) {
		return x, nil
	}
	return f.record(compute.OpTypeTranspose, s, err, axesAttr{slices.Clone(permutation)}, in...)
}

func (f *function) BroadcastInDim(x compute.Value, out shapes.Shape, axes []int) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	err = shapeinference.BroadcastInDim(in[0].shape(), out, axes, nil)
	if err == nil && slices.Equal(in[0].dims, out.Dimensions) {
		return x, nil
	}
	return f.record(compute.OpTypeBroadcastInDim, shapes.Make(in[0].dtype, out.Dimensions...), err, axesAttr{slices.Clone(axes)}, in...)
}

func (f *function) Slice(x compute.Value, starts, limits, steps []int) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.Slice(in[0].shape(), starts, limits, steps)
	if len(steps) == 0 {
		steps = slices.Repeat([]int{1}, len(starts))
	}
	return f.record(compute.OpTypeSlice, s, err, sliceAttr{slices.Clone(starts), slices.Clone(steps)}, in...)
}

func (f *function) Pad(x, fill compute.Value, axes ...compute.PadAxis) (compute.Value, error) {
	in, err := f.values(x, fill)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.Pad(in[0].shape(), axes...)
	if err != nil {
		return nil, err
	}
	full := make([]compute.PadAxis, len(in[0].dims))
	copy(full, axes)
	return f.record(compute.OpTypePad, s, nil, padAttr{full}, in...)
}

func (f *function) Reverse(x compute.Value, axes ...int) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	for _, a := range axes {
		if a < 0 || a >= len(in[0].dims) {
			return nil, errors.Errorf("Reverse: axis %d of %s", a, in[0].shape())
		}
	}
	return f.record(compute.OpTypeReverse, in[0].shape(), nil, axesAttr{slices.Clone(axes)}, in...)
}

func (f *function) Concatenate(axis int, operands ...compute.Value) (compute.Value, error) {
	in, err := f.values(operands...)
	if err != nil {
		return nil, err
	}
	if len(in) == 1 {
		return operands[0], nil
	}
	list := make([]shapes.Shape, len(in))
	for i, n := range in {
		list[i] = n.shape()
	}
	s, err := shapeinference.Concatenate(list, axis)
	return f.record(compute.OpTypeConcatenate, s, err, axisAttr{axis}, in...)
}

func (f *function) DynamicSlice(x compute.Value, starts []compute.Value, sizes []int) (compute.Value, error) {
	in, err := f.values(append([]compute.Value{x}, starts...)...)
	if err != nil {
		return nil, err
	}
	if len(starts) != len(in[0].dims) {
		return nil, errors.Errorf("DynamicSlice of %s takes %d start indices, not %d", in[0].shape(), len(in[0].dims), len(starts))
	}
	s, err := shapeinference.DynamicSlice(in[0].shape(), sizes)
	return f.record(compute.OpTypeDynamicSlice, s, err, nil, in...)
}

func (f *function) DynamicUpdateSlice(x, update compute.Value, starts []compute.Value) (compute.Value, error) {
	in, err := f.values(append([]compute.Value{x, update}, starts...)...)
	if err != nil {
		return nil, err
	}
	if len(starts) != len(in[0].dims) {
		return nil, errors.Errorf("DynamicUpdateSlice of %s takes %d start indices, not %d", in[0].shape(), len(in[0].dims), len(starts))
	}
	s, err := shapeinference.DynamicUpdateSlice(in[0].shape(), in[1].shape())
	return f.record(compute.OpTypeDynamicUpdateSlice, s, err, nil, in...)
}

func (f *function) reduce(op compute.OpType, x compute.Value, axes []int) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	if len(axes) == 0 {
		for i := range in[0].dims {
			axes = append(axes, i)
		}
	}
	if len(axes) == 0 {
		return x, nil // a scalar
	}
	s, err := shapeinference.Reduce(in[0].shape(), axes)
	if err != nil {
		return nil, err
	}
	sorted := slices.Sorted(slices.Values(axes))
	return f.record(op, s, nil, axesAttr{sorted}, in...)
}

func (f *function) ArgMinMax(x compute.Value, axis int, out dtypes.DType, isMin bool) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.ArgMinMax(in[0].shape(), axis, out)
	return f.record(compute.OpTypeArgMinMax, s, err, argAttr{axis, isMin}, in...)
}

func (f *function) CumSum(x compute.Value, axis int, o compute.CumSumOptions) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.CumSum(in[0].shape(), axis)
	return f.record(compute.OpTypeCumSum, s, err, cumAttr{axis, o.Exclusive, o.Reverse}, in...)
}

func (f *function) DotGeneral(lhs compute.Value, lhsContract, lhsBatch []int, rhs compute.Value, rhsContract, rhsBatch []int, c compute.DotGeneralConfig) (compute.Value, error) {
	in, err := f.values(lhs, rhs)
	if err != nil {
		return nil, err
	}
	if a := c.AccumulatorDType; a != dtypes.InvalidDType && a != in[0].dtype {
		return nil, errors.Wrapf(compute.ErrNotImplemented, "DotGeneral of %s that accumulates in %s", in[0].dtype, a)
	}
	if in[0].t == boolean {
		return nil, errors.Wrapf(compute.ErrNotImplemented, "DotGeneral of bool")
	}
	s, err := shapeinference.DotGeneral(in[0].shape(), lhsContract, lhsBatch, in[1].shape(), rhsContract, rhsBatch, c)
	if err == nil && s.DType != in[0].dtype {
		return nil, errors.Wrapf(compute.ErrNotImplemented, "DotGeneral of %s to %s", in[0].dtype, s.DType)
	}
	return f.record(compute.OpTypeDotGeneral, s, err,
		dotAttr{slices.Clone(lhsContract), slices.Clone(lhsBatch), slices.Clone(rhsContract), slices.Clone(rhsBatch)}, in...)
}

// filled returns list, or n times x when it is empty.
func filled[T any](list []T, n int, x T) []T {
	if len(list) == 0 {
		return slices.Repeat([]T{x}, n)
	}
	return slices.Clone(list)
}

func (f *function) ConvGeneral(input, kernel compute.Value, axes compute.ConvolveAxesConfig, steps []int, pads [][2]int,
	inDilations, kernelDilations []int, channelGroups, batchGroups int) (compute.Value, error) {
	in, err := f.values(input, kernel)
	if err != nil {
		return nil, err
	}
	channelGroups, batchGroups = max(channelGroups, 1), max(batchGroups, 1)
	s, err := shapeinference.ConvGeneral(in[0].shape(), in[1].shape(), axes, steps, pads, inDilations, kernelDilations, channelGroups, batchGroups)
	n := len(axes.InputSpatial)
	return f.record(compute.OpTypeConvGeneral, s, err, convAttr{
		axes.Clone(), filled(steps, n, 1), filled(pads, n, [2]int{}), filled(inDilations, n, 1), filled(kernelDilations, n, 1),
		channelGroups, batchGroups,
	}, in...)
}

func (f *function) ReduceWindow(x compute.Value, reduce compute.ReduceOpType, window, steps, inDilations, windowDilations []int, pads [][2]int) (compute.Value, error) {
	in, err := f.values(x)
	if err != nil {
		return nil, err
	}
	if _, ok := windowReducers[reduce]; !ok {
		return nil, errors.Wrapf(compute.ErrNotImplemented, "ReduceWindow with %s", reduce)
	}
	s, err := shapeinference.ReduceWindow(in[0].shape(), window, steps, inDilations, windowDilations, pads)
	if err != nil {
		return nil, err
	}
	n := len(window)
	if len(steps) == 0 {
		steps = window
	}
	return f.record(compute.OpTypeReduceWindow, s, nil, windowAttr{reduce, slices.Clone(window), slices.Clone(steps),
		filled(inDilations, n, 1), filled(windowDilations, n, 1), filled(pads, n, [2]int{})}, in...)
}

func (f *function) selectAndScatter(op compute.OpType, operand, source compute.Value, window, steps []int, pads [][2]int) (compute.Value, error) {
	in, err := f.values(operand, source)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.SelectAndScatter(in[0].shape(), in[1].shape(), window, steps, pads)
	if len(steps) == 0 {
		steps = window
	}
	n := len(window)
	return f.record(op, s, err, windowAttr{compute.ReduceOpUndefined, slices.Clone(window), slices.Clone(steps),
		filled[int](nil, n, 1), filled[int](nil, n, 1), filled(pads, n, [2]int{})}, in...)
}

func (f *function) Gather(operand, indices compute.Value, indexAxis int, offsetAxes, collapsed, startMap, sizes []int, sorted bool) (compute.Value, error) {
	in, err := f.values(operand, indices)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.Gather(in[0].shape(), in[1].shape(), indexAxis, offsetAxes, collapsed, startMap, sizes, sorted)
	return f.record(compute.OpTypeGather, s, err,
		gatherAttr{indexAxis, slices.Clone(offsetAxes), slices.Clone(collapsed), slices.Clone(startMap), slices.Clone(sizes)}, in...)
}

func (f *function) scatter(op compute.OpType, operand, indices, updates compute.Value, indexAxis int, windowAxes, inserted, operandAxes []int) (compute.Value, error) {
	in, err := f.values(operand, indices, updates)
	if err != nil {
		return nil, err
	}
	s, err := shapeinference.Scatter(in[0].shape(), in[1].shape(), in[2].shape(), indexAxis, windowAxes, inserted, operandAxes)
	return f.record(op, s, err, scatterAttr{indexAxis, slices.Clone(windowAxes), slices.Clone(inserted), slices.Clone(operandAxes)}, in...)
}

// RNGBitGenerator makes bits from the task's seed, the step and the number of the generator in the function. The state that
// GoMLX hands on is not used and does not change, so that every step can be computed again on its own.
func (f *function) RNGBitGenerator(state compute.Value, shape shapes.Shape) (newState, values compute.Value, err error) {
	if _, err = f.values(state); err != nil {
		return nil, nil, err
	}
	if shape.DType.Size() > 4 {
		return nil, nil, errors.Wrapf(compute.ErrNotImplemented, "RNGBitGenerator of %s: at most 32 bits", shape.DType)
	}
	f.streams++
	values, err = f.record(compute.OpTypeRNGBitGenerator, shape, nil, rngAttr{f.streams})
	return state, values, err
}
