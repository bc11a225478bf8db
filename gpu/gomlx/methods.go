package gomlx

import "github.com/gomlx/compute"

// The methods of compute.Function that differ in nothing but their operation.

func (f *function) Abs(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeAbs, x)
}

func (f *function) BitwiseNot(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeBitwiseNot, x)
}

func (f *function) Ceil(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeCeil, x)
}

func (f *function) Cos(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeCos, x)
}

func (f *function) Erf(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeErf, x)
}

func (f *function) Exp(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeExp, x)
}

func (f *function) Expm1(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeExpm1, x)
}

func (f *function) Floor(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeFloor, x)
}

func (f *function) Log(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeLog, x)
}

func (f *function) Log1p(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeLog1p, x)
}

func (f *function) LogicalNot(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeLogicalNot, x)
}

func (f *function) Logistic(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeLogistic, x)
}

func (f *function) Neg(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeNeg, x)
}

func (f *function) Round(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeRound, x)
}

func (f *function) Rsqrt(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeRsqrt, x)
}

func (f *function) Sign(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeSign, x)
}

func (f *function) Sin(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeSin, x)
}

func (f *function) Sqrt(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeSqrt, x)
}

func (f *function) Tanh(x compute.Value) (compute.Value, error) {
	return f.unary(compute.OpTypeTanh, x)
}

func (f *function) Add(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeAdd, l, r)
}

func (f *function) Atan2(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeAtan2, l, r)
}

func (f *function) BitwiseAnd(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeBitwiseAnd, l, r)
}

func (f *function) BitwiseOr(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeBitwiseOr, l, r)
}

func (f *function) BitwiseXor(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeBitwiseXor, l, r)
}

func (f *function) Div(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeDiv, l, r)
}

func (f *function) Equal(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeEqual, l, r)
}

func (f *function) GreaterOrEqual(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeGreaterOrEqual, l, r)
}

func (f *function) GreaterThan(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeGreaterThan, l, r)
}

func (f *function) LessOrEqual(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeLessOrEqual, l, r)
}

func (f *function) LessThan(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeLessThan, l, r)
}

func (f *function) LogicalAnd(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeLogicalAnd, l, r)
}

func (f *function) LogicalOr(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeLogicalOr, l, r)
}

func (f *function) LogicalXor(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeLogicalXor, l, r)
}

func (f *function) Max(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeMax, l, r)
}

func (f *function) Min(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeMin, l, r)
}

func (f *function) Mul(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeMul, l, r)
}

func (f *function) NotEqual(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeNotEqual, l, r)
}

func (f *function) Pow(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypePow, l, r)
}

func (f *function) Rem(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeRem, l, r)
}

func (f *function) ShiftLeft(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeShiftLeft, l, r)
}

func (f *function) ShiftRightArithmetic(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeShiftRightArithmetic, l, r)
}

func (f *function) ShiftRightLogical(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeShiftRightLogical, l, r)
}

func (f *function) Sub(l, r compute.Value) (compute.Value, error) {
	return f.binary(compute.OpTypeSub, l, r)
}

func (f *function) ReduceBitwiseAnd(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceBitwiseAnd, x, axes)
}

func (f *function) ReduceBitwiseOr(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceBitwiseOr, x, axes)
}

func (f *function) ReduceBitwiseXor(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceBitwiseXor, x, axes)
}

func (f *function) ReduceLogicalAnd(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceLogicalAnd, x, axes)
}

func (f *function) ReduceLogicalOr(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceLogicalOr, x, axes)
}

func (f *function) ReduceLogicalXor(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceLogicalXor, x, axes)
}

func (f *function) ReduceMax(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceMax, x, axes)
}

func (f *function) ReduceMin(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceMin, x, axes)
}

func (f *function) ReduceProduct(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceProduct, x, axes)
}

func (f *function) ReduceSum(x compute.Value, axes ...int) (compute.Value, error) {
	return f.reduce(compute.OpTypeReduceSum, x, axes)
}

func (f *function) SelectAndScatterMax(x, source compute.Value, window, steps []int, pads [][2]int) (compute.Value, error) {
	return f.selectAndScatter(compute.OpTypeSelectAndScatterMax, x, source, window, steps, pads)
}

func (f *function) SelectAndScatterMin(x, source compute.Value, window, steps []int, pads [][2]int) (compute.Value, error) {
	return f.selectAndScatter(compute.OpTypeSelectAndScatterMin, x, source, window, steps, pads)
}

func (f *function) ScatterMax(x, indices, updates compute.Value, indexAxis int, window, inserted, axes []int, _, _ bool) (compute.Value, error) {
	return f.scatter(compute.OpTypeScatterMax, x, indices, updates, indexAxis, window, inserted, axes)
}

func (f *function) ScatterMin(x, indices, updates compute.Value, indexAxis int, window, inserted, axes []int, _, _ bool) (compute.Value, error) {
	return f.scatter(compute.OpTypeScatterMin, x, indices, updates, indexAxis, window, inserted, axes)
}

func (f *function) ScatterSum(x, indices, updates compute.Value, indexAxis int, window, inserted, axes []int, _, _ bool) (compute.Value, error) {
	return f.scatter(compute.OpTypeScatterSum, x, indices, updates, indexAxis, window, inserted, axes)
}
