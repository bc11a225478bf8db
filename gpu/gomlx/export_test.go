package gomlx

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
)

// Reference trains with GoMLX's own Go backend and returns the losses, and how long the fastest step took by each clock.
func Reference(t Train, c *Compiled, data map[string][]byte, clocks ...func() time.Duration) ([]float64, []time.Duration, error) {
	var b compute.Backend
	b, err := gobackend.New("ops_sequential")
	if err != nil {
		return nil, nil, err
	}
	defer b.Finalize()
	store := model.NewStore()
	n := len(t.Model.Inputs)
	exec, err := model.NewExec(b, store, func(scope *model.Scope, in []*graph.Node) []*graph.Node {
		store.SetTraining(in[0].Graph(), true)
		output := t.Model.Predict(scope, in[1:1+n])
		loss := t.Model.Loss(scope, output, in[1+n:])
		t.Optimizer.update(scope, loss, in[0])
		return []*graph.Node{loss}
	})
	if err != nil {
		return nil, nil, err
	}
	ports := slices.Concat([]Port{{Name: RatesInput, DType: dtypes.Float32}}, c.Data)
	var losses []float64
	best, begin := slices.Repeat([]time.Duration{math.MaxInt64}, len(clocks)), make([]time.Duration, len(clocks))
	for step := range t.Steps {
		var args []any
		for i, p := range ports {
			all := data[p.Name]
			shape := p.batch(t.Batch)
			if i == 0 {
				all = c.Inputs[RatesInput]
				shape.Dimensions = []int{rateColumns}
			}
			size := 4 * shape.Size()
			at := step * size % len(all)
			x := tensors.FromShape(shape)
			var bad error
			if err := x.MutableFlatData(func(flat any) { bad = decode(all[at:at+size], p.DType, flat) }); err != nil || bad != nil {
				return nil, nil, bad
			}
			args = append(args, x)
		}
		if step == 0 { // trace, then start from the same weights
			in := make([]shapes.Shape, len(args))
			for i, x := range args {
				in[i] = x.(*tensors.Tensor).Shape()
			}
			if _, err := exec.Compile(in...); err != nil {
				return nil, nil, err
			}
			values := make(map[string][]byte)
			for _, w := range c.Weights {
				if !w.Moment {
					values[w.Path] = c.Inputs[w.Buffer]
				}
			}
			if err := set(store, values); err != nil {
				return nil, nil, err
			}
			if err := store.InitializeVariables(b, nil); err != nil {
				return nil, nil, err
			}
		}
		for i, now := range clocks {
			begin[i] = now()
		}
		out, err := exec.Call(args...)
		if err != nil {
			return nil, nil, err
		}
		for i, now := range clocks {
			best[i] = min(best[i], now()-begin[i])
		}
		losses = append(losses, float64(tensors.ToScalar[float32](out[0])))
	}
	return losses, best, nil
}

// ReferenceStep returns what takes a step of a training on GoMLX's own backend: from weights, by buffer, and a batch to new weights.
func ReferenceStep(t Train, c *Compiled) (step func(weights, batch map[string][]byte) (map[string][]byte, error), free func(), err error) {
	b, err := gobackend.New("ops_sequential")
	if err != nil {
		return nil, nil, err
	}
	store := model.NewStore()
	n := len(t.Model.Inputs)
	exec, err := model.NewExec(b, store, func(scope *model.Scope, in []*graph.Node) []*graph.Node {
		store.SetTraining(in[0].Graph(), true)
		loss := t.Model.Loss(scope, t.Model.Predict(scope, in[1:1+n]), in[1+n:])
		t.Optimizer.update(scope, loss, in[0])
		return []*graph.Node{loss}
	})
	if err != nil {
		return nil, nil, err
	}
	compiled := false
	return func(weights, batch map[string][]byte) (map[string][]byte, error) {
		var args []any
		var in []shapes.Shape
		for i, p := range slices.Concat([]Port{{Name: RatesInput, DType: dtypes.Float32}}, c.Data) {
			shape, content := p.batch(t.Batch), batch[p.Name]
			if i == 0 {
				shape.Dimensions, content = []int{rateColumns}, c.Inputs[RatesInput]
			}
			x := tensors.FromShape(shape)
			var bad error
			if err := x.MutableFlatData(func(flat any) { bad = decode(content, p.DType, flat) }); err != nil || bad != nil {
				return nil, errors.Join(err, bad)
			}
			args, in = append(args, x), append(in, shape)
		}
		if !compiled {
			compiled = true
			if _, err := exec.Compile(in...); err != nil {
				return nil, err
			}
			if err := store.InitializeVariables(b, nil); err != nil {
				return nil, err
			}
		}
		values := make(map[string][]byte)
		for _, w := range c.Weights {
			values[w.Path] = weights[w.Buffer]
		}
		if err := set(store, values); err != nil {
			return nil, err
		}
		if _, err := exec.Call(args...); err != nil {
			return nil, err
		}
		out := make(map[string][]byte)
		for _, w := range c.Weights {
			value, err := store.GetVariable(w.Path).Value()
			if err != nil {
				return nil, err
			}
			var list []uint32
			var bad error
			if err := value.ConstFlatData(func(flat any) { _, list, bad = encode(flat) }); err != nil || bad != nil {
				return nil, errors.Join(err, bad)
			}
			out[w.Buffer] = words(list)
		}
		return out, nil
	}, b.Finalize, nil
}

// Floats reads little-endian f32.
func Floats(b []byte) []float64 {
	list := make([]float64, len(b)/4)
	for i := range list {
		list[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return list
}
