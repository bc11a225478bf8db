package gomlx

import (
	"math"
	"slices"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/pkg/errors"
)

// normal writes batch normalization in the operations of a function; the first error stays.
type normal struct {
	f    *function
	x    *node
	axis int
	err  error
}

func (f *function) normal(axis int, list ...compute.Value) (*normal, []*node, error) {
	in, err := f.values(list...)
	if err != nil {
		return nil, nil, err
	}
	if axis < 0 || axis >= len(in[0].dims) {
		return nil, nil, errors.Errorf("batch normalization: axis %d of %s", axis, in[0].shape())
	}
	if in[0].dtype != dtypes.Float32 {
		return nil, nil, errors.Wrapf(compute.ErrNotImplemented, "batch normalization of %s", in[0].dtype)
	}
	return &normal{f: f, x: in[0], axis: axis}, in, nil
}

func (n *normal) op(op func(l, r compute.Value) (compute.Value, error), l, r *node) *node {
	if n.err != nil {
		return n.x
	}
	v, err := op(l, r)
	if n.err = err; err != nil {
		return n.x
	}
	return v.(*node)
}

func (n *normal) add(l, r *node) *node { return n.op(n.f.Add, l, r) }
func (n *normal) sub(l, r *node) *node { return n.op(n.f.Sub, l, r) }
func (n *normal) mul(l, r *node) *node { return n.op(n.f.Mul, l, r) }

func (n *normal) number(x float64) *node {
	return n.f.constant(dtypes.Float32, math.Float32bits(float32(x)))
}

// spread repeats a vector of the feature axis over all of x.
func (n *normal) spread(v *node) *node {
	return n.op(func(l, _ compute.Value) (compute.Value, error) {
		return n.f.BroadcastInDim(l, shapes.Make(dtypes.Float32, n.x.dims...), []int{n.axis})
	}, v, nil)
}

// mean is the mean over all axes but that of the features.
func (n *normal) mean(v *node) *node {
	return n.mul(n.sum(v), n.number(float64(n.x.dims[n.axis])/float64(n.x.size())))
}

func (n *normal) sum(v *node) *node {
	var axes []int
	for i := range n.x.dims {
		if i != n.axis {
			axes = append(axes, i)
		}
	}
	if len(axes) == 0 {
		return v
	}
	return n.op(func(l, _ compute.Value) (compute.Value, error) { return n.f.ReduceSum(l, slices.Clone(axes)...) }, v, nil)
}

// scale is 1 / sqrt(variance + epsilon).
func (n *normal) scale(variance *node, epsilon float32) *node {
	v := n.add(variance, n.number(float64(epsilon)))
	return n.op(func(l, _ compute.Value) (compute.Value, error) { return n.f.Rsqrt(l) }, v, nil)
}

func (f *function) BatchNormForInference(operand, scale, offset, mean, variance compute.Value, epsilon float32, axis int) (compute.Value, error) {
	n, in, err := f.normal(axis, operand, scale, offset, mean, variance)
	if err != nil {
		return nil, err
	}
	factor := n.mul(n.scale(in[4], epsilon), in[1])
	y := n.add(n.mul(n.sub(n.x, n.spread(in[3])), n.spread(factor)), n.spread(in[2]))
	return y, n.err
}

func (f *function) BatchNormForTraining(operand, scale, offset compute.Value, epsilon float32, axis int) (normalized, batchMean, batchVariance compute.Value, err error) {
	n, in, err := f.normal(axis, operand, scale, offset)
	if err != nil {
		return nil, nil, nil, err
	}
	mean := n.mean(n.x)
	centred := n.sub(n.x, n.spread(mean))
	variance := n.mean(n.mul(centred, centred))
	factor := n.mul(n.scale(variance, epsilon), in[1])
	y := n.add(n.mul(centred, n.spread(factor)), n.spread(in[2]))
	return y, mean, variance, n.err
}

// BatchNormGradient: with h = (x - mean) / sqrt(variance + epsilon) and N elements per feature, the gradient of the input is
// scale / sqrt(variance + epsilon) * (g - mean(g) - h * mean(g * h)).
func (f *function) BatchNormGradient(operand, scale, mean, variance, gradOutput compute.Value, epsilon float32, axis int) (gradOperand, gradScale, gradOffset compute.Value, err error) {
	n, in, err := f.normal(axis, operand, scale, mean, variance, gradOutput)
	if err != nil {
		return nil, nil, nil, err
	}
	g := in[4]
	factor := n.scale(in[3], epsilon)
	h := n.mul(n.sub(n.x, n.spread(in[2])), n.spread(factor))
	gh := n.sum(n.mul(g, h))
	sum := n.sum(g)
	share := n.number(float64(n.x.dims[axis]) / float64(n.x.size()))
	inner := n.sub(n.sub(g, n.spread(n.mul(sum, share))), n.mul(h, n.spread(n.mul(gh, share))))
	return n.mul(n.spread(n.mul(factor, in[1])), inner), gh, sum, n.err
}
