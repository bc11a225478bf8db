package diloco

import (
	"fmt"
	"math"
	"slices"

	"gpumesh/gpu"
)

// Start is the program that makes the weights and the inner state with which the first round begins: the model's Init. Its
// results are "weights" and "inner", flat; its task has a seed if Init uses one. A model without Init starts from what
// [Layout.Pack] makes of the states' contents, and needs no such task.
func (m *Model) Start() (*gpu.Program, error) {
	weights, inner, err := m.Layouts()
	if err != nil {
		return nil, err
	}
	if len(m.Program.Init) == 0 {
		return nil, fmt.Errorf("the model has no init commands to start from")
	}
	init := m.Program.Init
	b := m.from(Options{}, &init)
	b.p.Init, b.p.Steps, b.p.Segment = init, 1, 1
	b.p.Step = b.flatten(weights, b.buffer("weights", gpu.Output, weights.Size(), false))
	if inner.Len > 0 {
		b.p.Step = append(b.p.Step, b.flatten(inner, b.buffer("inner", gpu.Output, inner.Size(), false))...)
	}
	return b.p, b.p.Validate()
}

// Local is the program of one shard in one round. Inputs besides those of the step:
//
//	weights   flat; those with which the last round began, or the first ones
//	update    packed; result of the outer step after the last round; all zeros in the first round
//	inner     flat; of this shard's last round, or the first ones; only if the model has other state than weights
//	residual  flat; of this shard's last round; none in the first round
//
// Results besides the rows that the step emits: weights (with which this round began, equal for all shards), inner, residual,
// and delta, packed: how far the weights went from there.
func (m *Model) Local(o Options) (*gpu.Program, error) {
	weights, inner, err := m.Layouts()
	if err != nil {
		return nil, err
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	step := m.Program.Step
	b := m.from(o, &step)
	b.p.Step = step
	start := b.buffer("weights", gpu.State, weights.Size(), true)
	update := b.buffer("update", gpu.Const, weights.PackedSize(o.Bits), false)
	residual := b.buffer("residual", gpu.State, weights.Size(), true)
	now := b.buffer("now", gpu.Temp, weights.Size(), false)
	delta := b.buffer("delta", gpu.Output, weights.PackedSize(o.Bits), false)

	b.p.Init = append(b.p.Init, b.apply(weights, update, start))
	b.p.Init = append(b.p.Init, b.unflatten(weights, start)...)
	b.p.Final = b.flatten(weights, now)
	if inner.Len > 0 {
		flat := b.buffer("inner", gpu.State, inner.Size(), true)
		b.p.Init = append(b.p.Init, b.unflatten(inner, flat)...)
		b.p.Final = append(b.p.Final, b.flatten(inner, flat)...)
	}
	b.p.Final = append(b.p.Final,
		b.dispatch("change", b.packedConstants(weights), weights.Len, now, start, residual),
		b.compress(weights, residual, delta))
	return b.p, b.p.Validate()
}

// Outer says how the deltas of a round become an update.
type Outer struct {
	Shards   int     // 1 to MaxShards
	Rate     float64 // of the outer optimizer; 0.7 in the paper
	Momentum float64 // Nesterov; 0.9 in the paper

	// Trim is how many of the largest and as many of the smallest values of each weight do not count, so that as many
	// shards may send anything. Half of the shards, rounded down, or more leaves the median.
	Trim int

	// Longest is the largest L2 norm that a delta may have; a longer one is scaled down to it, so that no shard moves the average by more
	// than its part of it. 0: deltas count as they come.
	Longest float64
}

const (
	shortest = 1e-30 // of what Longest may be, and its inverse the most
	piece    = 64    // blocks whose length one invocation finds
)

// Program is the outer step. Inputs: deltas, the packed results of all shards one after the other, where all zeros in place of
// one means that it did not take part; momentum and lag, flat, of the last outer step, none in the first round. Results:
// update, packed; momentum; lag, what packing the update lost.
func (s Outer) Program(m *Model, o Options) (*gpu.Program, error) {
	weights, _, err := m.Layouts()
	if err != nil {
		return nil, err
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	switch {
	case s.Shards < 1 || s.Shards > MaxShards:
		return nil, fmt.Errorf("shards is %d; it must be 1 to %d", s.Shards, MaxShards)
	case !(s.Rate > 0) || math.IsInf(s.Rate, 0):
		return nil, fmt.Errorf("the outer rate is %v; it must be a positive number", s.Rate)
	case !(s.Momentum >= 0) || s.Momentum >= 1:
		return nil, fmt.Errorf("the outer momentum is %v; it must be at least 0 and less than 1", s.Momentum)
	case s.Trim < 0:
		return nil, fmt.Errorf("trim is %d; it cannot be negative", s.Trim)
	case s.Longest != 0 && !(s.Longest >= shortest && s.Longest <= 1/shortest):
		return nil, fmt.Errorf("the largest norm of a delta is %v; it must be %g to %g, or 0 for any", s.Longest, shortest, 1/shortest)
	}
	b := &builder{&gpu.Program{Version: gpu.ProgramVersion, Steps: 1, Segment: 1}, o.Bits}
	size := weights.PackedSize(o.Bits)
	if uint64(s.Shards)*size/4 > math.MaxUint32 {
		return nil, fmt.Errorf("the deltas of %d shards are too long to be averaged in one piece", s.Shards)
	}
	deltas := b.buffer("deltas", gpu.Const, uint64(s.Shards)*size, false)
	momentum := b.buffer("momentum", gpu.State, weights.Size(), true)
	lag := b.buffer("lag", gpu.State, weights.Size(), true)
	update := b.buffer("update", gpu.Output, size, false)
	constants := fmt.Sprintf("const SHARDS = %du;\nconst WORDS = %du;\nconst TRIM = %du;\nconst RATE = %#.9g;\nconst MOMENTUM = %#.9g;\n",
		s.Shards, size/4, s.Trim, float32(s.Rate), float32(s.Momentum))
	constants += b.packedConstants(weights)
	average := []uint32{deltas, momentum, lag}
	limit := "fn limit(shard: u32) -> f32 { return 1.0; }\n"
	if s.Longest > 0 {
		shards, pieces := uint64(s.Shards), (weights.Len/Block+piece-1)/piece
		longest, unit := math.Frexp(s.Longest)
		measure := constants + fmt.Sprintf("const PIECE = %du;\nconst PIECES = %du;\nconst UNIT = %d;\nconst LONGEST = %#.9g;\n", piece, pieces, unit, float32(longest))
		squares, limits := b.buffer("squares", gpu.Temp, 4*shards*pieces, false), b.buffer("limits", gpu.Temp, 4*shards, false)
		b.p.Step = append(b.p.Step, b.dispatch("lengths", measure, shards*pieces, deltas, squares), b.dispatch("limits", measure, shards, squares, limits))
		average = append(average, limits)
		limit = "@group(0) @binding(3) var<storage, read> limits: array<f32>;\nfn limit(shard: u32) -> f32 { return limits[shard]; }\n"
	}
	b.p.Step = append(b.p.Step,
		b.dispatch("average", constants+limit, weights.Len*uint64(o.Bits)/32, average...),
		b.compress(weights, lag, update))
	return b.p, b.p.Validate()
}

// Evaluate is the model's Final, run once with weights and update as in [Model.Local]. Besides what Final emits, its result
// "weights" are the weights with which the next round would begin: after the last round, the trained model. A model without
// Final has only this result.
func (m *Model) Evaluate(o Options) (*gpu.Program, error) {
	weights, _, err := m.Layouts()
	if err != nil {
		return nil, err
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	final := m.Program.Final
	b := m.from(o, &final)
	b.p.Steps, b.p.Segment = 1, 1
	flat := b.buffer("weights", gpu.State, weights.Size(), true)
	update := b.buffer("update", gpu.Const, weights.PackedSize(o.Bits), false)
	b.p.Init = append(b.p.Init, b.apply(weights, update, flat))
	b.p.Step = append(b.unflatten(weights, flat), final...)
	return b.p, b.p.Validate()
}

// Predict is [Model.Evaluate] with another program instead of the model's Final: one that is asked with the trained weights.
// Its Const buffers that are named like weights are filled in and are no inputs any more; it runs all its steps.
func (m *Model) Predict(o Options, ask *gpu.Program) (*gpu.Program, error) {
	weights, _, err := m.Layouts()
	if err != nil {
		return nil, err
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	p := *ask
	p.Buffers, p.Modules = slices.Clone(ask.Buffers), slices.Clone(ask.Modules)
	used := &Layout{Len: weights.Len} // a program need not use all of a model
	for _, t := range weights.Tensors {
		i := slices.IndexFunc(p.Buffers, func(b gpu.Buffer) bool { return b.Name == t.Name })
		if i < 0 {
			continue
		}
		if b := &p.Buffers[i]; b.Kind != gpu.Const || b.Len != 4*t.Len {
			return nil, fmt.Errorf("the program's buffer %q is no const buffer of %d bytes, as the weight is", t.Name, 4*t.Len)
		}
		p.Buffers[i].Kind = gpu.State
		used.Tensors = append(used.Tensors, t)
	}
	if len(used.Tensors) == 0 {
		return nil, fmt.Errorf("the program uses none of the weights")
	}
	b := &builder{&p, o.Bits}
	flat := b.buffer("weights", gpu.State, weights.Size(), true)
	update := b.buffer("update", gpu.Const, weights.PackedSize(o.Bits), false)
	p.Init = slices.Concat([]gpu.Command{b.apply(weights, update, flat)}, b.unflatten(used, flat), ask.Init)
	return &p, p.Validate()
}
