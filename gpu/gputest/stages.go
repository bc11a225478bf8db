package gputest

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// RunStages cuts a program into n stages, runs them one after the other and returns what they give together. device opens or names
// the device of each stage.
func RunStages(t *testing.T, device func(stage int) gpu.Device, p *gpu.Program, in map[string]gpu.Input, seed uint64, n int) map[string][]byte {
	t.Helper()
	stages, err := p.Stages(n)
	require.NoError(t, err)
	require.Len(t, stages, n)
	whole := make(map[string][]byte)
	var before map[string]*bytes.Buffer
	steps := uint32(0)
	for k, s := range stages {
		rep, err := gpu.Check(s.Program)
		require.NoError(t, err)
		steps += s.Program.Steps
		mine := make(map[string]gpu.Input)
		for _, name := range s.Takes {
			require.Contains(t, before, name)
			mine[name] = bytes.NewReader(before[name].Bytes())
		}
		for _, want := range rep.Inputs {
			if i, ok := in[want.Name]; ok && mine[want.Name] == nil {
				mine[want.Name] = i
			}
		}
		out, sink := Collect()
		_, err = gpu.Run(t.Context(), device(k), s.Program, gpu.Task{Inputs: mine, Seed: seed, Outputs: sink})
		require.NoError(t, err, "stage %d of %d", k, n)
		for _, name := range s.Gives {
			require.Contains(t, out, name)
			whole[name] = append(whole[name], out[name].Bytes()...)
		}
		before = out
	}
	require.Equal(t, p.Steps, steps)
	return whole
}

// testStages cuts programs in every way that is possible, or some of them: what the stages give is what the whole gives.
func testStages(t *testing.T, s *suite) {
	const seed = 1<<40 + 5
	for n := 1; n <= 4; n++ {
		require.Equal(t, Want(seed), RunStages(t, func(int) gpu.Device { return s.d }, Program(), Inputs(), seed, n), "%d stages", n)
	}
	cut := 0
	for _, a := range awkwardPrograms() {
		p, inputs := a.ready()
		for _, n := range []int{2, 3, 5, 50} {
			if a.code != "" {
				continue
			}
			if _, err := p.Stages(n); err != nil {
				require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err))
				continue
			}
			cut++
			got := RunStages(t, func(int) gpu.Device { return s.d }, p, inputs, a.seed, n)
			require.Len(t, got, len(a.want), a.name)
			for name, v := range a.want {
				require.Equal(t, pack(v...), got[name], "%s: %s in %d stages", a.name, name, n)
			}
		}
	}
	require.Equal(t, 22, cut, "ways to cut awkward programs")
}
