package gpu_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/kernels"
)

// A training that is cut into stages ends with the weights, losses and answers of the one that is not, bit for bit: on a driver as it
// computes, and in the reproducible form on devices that take turns.
func TestStagesOfATraining(t *testing.T) {
	driver := openDriver(t)
	const steps = 12
	p := mlpProgram(t, steps)
	p.Segment = 5
	in, _ := mlpInputs(steps)
	want := gputest.SaveAll(t, driver, p, in, mlpSeed, nil).Outputs
	for _, n := range []int{1, 2, 5, steps} {
		require.Equal(t, want, gputest.RunStages(t, func(int) gpu.Device { return driver }, p, in, mlpSeed, n), "%d stages", n)
	}

	const few = 4
	p = mlpProgram(t, few)
	for i := range p.Modules {
		p.Modules[i].Float = gpu.Reproducible1
	}
	in, _ = mlpInputs(few)
	want = gputest.SaveAll(t, driver, p, in, mlpSeed, nil).Outputs
	turns := func(stage int) gpu.Device {
		if stage%2 == 0 {
			return driver
		}
		return eval.Open()
	}
	for _, n := range []int{2, few} {
		require.Equal(t, want, gputest.RunStages(t, turns, p, in, mlpSeed, n), "%d stages", n)
	}
	require.Equal(t, want, gputest.RunStages(t, func(int) gpu.Device { return eval.Open() }, p, in, mlpSeed, 2))
}

// A render of the library accumulates light in its state and takes random numbers by the step.
func TestStagesOfAPicture(t *testing.T) {
	k, err := kernels.New("path-trace", map[string]int64{"W": 32, "H": 24, "ROWS": 24, "SAMPLES": 6}, "")
	require.NoError(t, err)
	p, driver := k.Program(), openDriver(t)
	want := gputest.SaveAll(t, driver, p, nil, 3, nil).Outputs
	for _, n := range []int{2, 5, 6} {
		require.Equal(t, want, gputest.RunStages(t, func(int) gpu.Device { return driver }, p, nil, 3, n), "%d stages", n)
	}
	stages, err := p.Stages(6)
	require.NoError(t, err)
	for _, s := range stages[1:5] {
		require.Equal(t, stages[1].Program, s.Program, "stages between the first and the last are one program")
	}
	require.NotEqual(t, stages[0].Program, stages[1].Program)
	require.NotEqual(t, stages[5].Program, stages[1].Program)
}

// Stages take and give what they need to, and nothing else.
func TestWhatStagesHandOn(t *testing.T) {
	stages, err := mlpProgram(t, 2*train/batch).Stages(4)
	require.NoError(t, err)
	var state []string
	for i := range layers {
		state = append(state, fmt.Sprint("w", i), fmt.Sprint("m", i), fmt.Sprint("v", i))
	}
	names := func(list []gpu.Buffer, kinds ...gpu.Kind) (names []string) {
		for _, b := range list {
			if slices.Contains(kinds, b.Kind) {
				names = append(names, b.Name)
			}
		}
		return names
	}
	for k, s := range stages {
		p := s.Program
		inputs := []string{"images", "labels", "rates"}
		if k == 3 {
			inputs = append(inputs, "unseen") // which is for Final
		}
		require.Equal(t, inputs, names(p.Buffers, gpu.Const, gpu.Slice))
		require.Equal(t, k == 0, slices.Contains(names(p.Buffers, gpu.State), "params"), "the seed is for Init")
		require.Equal(t, k == 3, slices.Contains(names(p.Buffers, gpu.Output), "logits"))
		if k > 0 {
			require.Equal(t, append(slices.Clone(state), "loss-last"), s.Takes)
		}
		if k < 3 {
			require.Equal(t, []string{"loss"}, s.Gives)
			require.Len(t, p.Results(), len(state)+2)
		}
		require.Equal(t, uint32(train/batch/2), p.Steps)
		require.Equal(t, uint64(k)*uint64(train/batch/2)*4*batch%(4*train), p.Buffers[slices.IndexFunc(p.Buffers, func(b gpu.Buffer) bool { return b.Name == "labels" })].First)
	}
	require.Empty(t, stages[0].Takes)
	require.Equal(t, []string{"loss", "logits", "w0", "w1", "w2"}, stages[3].Gives)
}

func TestProgramsThatCannotBeCut(t *testing.T) {
	rows := func(every ...uint32) *gpu.Program {
		p := gputest.Program()
		for i, n := range every {
			p.Buffers = append(p.Buffers, gpu.Buffer{Name: fmt.Sprint("more", i), Kind: gpu.Output, Type: gpu.U32, Len: 4, Every: n})
		}
		return p
	}
	nothing := gputest.Program()
	nothing.Step = nothing.Step[1:2] // churns a temp
	nothing.Init, nothing.Buffers[6].Every = nil, 0
	for want, try := range map[string]struct {
		p *gpu.Program
		n int
	}{
		"stages is 5; it must be 1 to 4, as steps is 7, and a cut must be where every output has emitted its rows, which is every 2 steps": {rows(), 5},
		"stages is 3; it must be 1 to 2, as steps is 7, and a cut must be where every output has emitted its rows, which is every 6 steps": {rows(3), 3},
		"stages is 2; it must be 1 to 1, as steps is 7": {rows(3, 4, 5, 7), 2},
		"stages is 0; it must be":                       {rows(), 0},
		"the program cannot be cut into stages: no state or output is carried from step to step": {nothing, 2},
		"program version 0 is not known": {&gpu.Program{}, 2},
	} {
		_, err := try.p.Stages(try.n)
		require.ErrorContains(t, err, want)
		require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err))
	}
}

// What was cut is as it was.
func TestCuttingChangesNothing(t *testing.T) {
	p := gputest.Program()
	before, err := p.Encode()
	require.NoError(t, err)
	_, err = p.Stages(3)
	require.NoError(t, err)
	after, err := p.Encode()
	require.NoError(t, err)
	require.True(t, bytes.Equal(before, after))
}

// randomProgram uses buffers of all kinds in any order.
func randomProgram(r *rand.Rand) (*gpu.Program, map[string]gpu.Input) {
	const size = 64
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1 + r.Uint32N(9),
		Modules: []gpu.Module{{Name: "arith", WGSL: gputest.Source}, {Name: "churn", WGSL: gputest.Source3}},
		Buffers: []gpu.Buffer{{Name: "params", Kind: gpu.Params, Type: gpu.U32, Len: gpu.ParamsSize}},
	}
	p.Segment = 1 + r.Uint32N(p.Steps)
	inputs := make(map[string]gpu.Input)
	for i, kind := range []gpu.Kind{gpu.Const, gpu.Slice, gpu.Slice, gpu.State, gpu.State, gpu.State, gpu.Temp, gpu.Output, gpu.Output, gpu.Output} {
		b := gpu.Buffer{Name: fmt.Sprint("b", i), Kind: kind, Type: gpu.U32, Len: 4 * size}
		words := size
		switch kind {
		case gpu.Slice:
			b.First, b.Stride, b.Period = 4*r.Uint64N(size), 4*r.Uint64N(size), 4*(size+r.Uint64N(size))
			words = 4 * size
		case gpu.State:
			b.Keep = r.IntN(2) == 0
		case gpu.Output:
			b.Every = r.Uint32N(min(4, p.Steps+1))
		}
		p.Buffers = append(p.Buffers, b)
		if kind == gpu.Const || kind == gpu.Slice || kind == gpu.State && r.IntN(2) == 0 {
			data := make([]byte, 4*words)
			for i := range data {
				data[i] = byte(r.Uint32())
			}
			inputs[b.Name] = bytes.NewReader(data)
		}
	}
	some := func() gpu.Binding { return gpu.Binding{Buffer: 1 + r.Uint32N(10)} }
	writable := func() gpu.Binding { return gpu.Binding{Buffer: 4 + r.Uint32N(7)} }
	list := func(n int) (l []gpu.Command) {
		for range n {
			to := writable()
			a, b := some(), some()
			for a == to || b == to {
				a, b = some(), some()
			}
			one := [3]uint32{1, 1, 1}
			l = append(l, []gpu.Command{
				{Op: gpu.Fill, Bind: []gpu.Binding{to}, Value: r.Uint32()},
				{Op: gpu.Copy, Bind: []gpu.Binding{a, to}},
				{Op: gpu.Swap, Bind: []gpu.Binding{{Buffer: 4}, {Buffer: 5 + r.Uint32N(2)}}},
				{Op: gpu.Dispatch, Module: 0, Entry: "add", Bind: []gpu.Binding{a, b, to}, Grid: one},
				{Op: gpu.Dispatch, Module: 1, Entry: "churn", Bind: []gpu.Binding{{}, to}, Grid: one},
			}[r.IntN(5)])
		}
		return l
	}
	p.Init, p.Step, p.Final = list(r.IntN(4)), list(1+r.IntN(5)), list(r.IntN(4))
	return p, inputs
}

// FuzzStages cuts random programs in random ways.
func FuzzStages(f *testing.F) {
	for seed := range uint64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		p, in := randomProgram(r)
		n := 2 + r.IntN(4)
		if _, err := p.Stages(n); err != nil {
			require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err))
			return
		}
		want := gputest.SaveAll(t, fake(), p, in, seed, nil).Outputs
		d := fake()
		require.Equal(t, want, gputest.RunStages(t, func(int) gpu.Device { return d }, p, in, seed, n), "%d stages of %+v", n, p)
		require.Zero(t, d.Live())
	})
}
