package zoo_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/zoo"
)

// Every model of the zoo becomes a program, with its default sizes, for training and for prediction.
func TestModels(t *testing.T) {
	for _, info := range zoo.Models() {
		m, err := zoo.Build(zoo.Spec{Name: info.Name, Dropout: 0.1})
		require.NoError(t, err)
		for _, target := range []gpu.AdapterType{gpu.CPU, gpu.Discrete} {
			c, err := gomlx.CompileTrain(gomlx.Train{
				Model: m, Batch: 8, Steps: 2, Target: target, Optimizer: gomlx.Optimizer{Method: gomlx.Adam, Schedule: gomlx.Schedule{Rate: 1e-3}},
			})
			require.NoError(t, err)
			report, err := gpu.Check(c.Program)
			require.NoError(t, err)
			require.LessOrEqual(t, report.MaxBindings, uint32(8))
			require.LessOrEqual(t, report.MaxWorkgroup, uint32(256))
			require.NotEmpty(t, c.Weights)
			for _, cmd := range c.Program.Step {
				require.NotEqual(t, gpu.Copy, cmd.Op, "weights are renewed in place")
			}
		}
		_, err = gomlx.CompileInfer(gomlx.Infer{Model: m, Batch: 2, Batches: 3})
		require.NoError(t, err)
	}
}

// A model of some millions of weights fits the bounds of a program.
func TestLargerModel(t *testing.T) {
	m, err := zoo.Build(zoo.Spec{Name: "gpt-nano", Sizes: map[string]int{"width": 256, "layers": 6, "heads": 8, "context": 128}})
	require.NoError(t, err)
	c, err := gomlx.CompileTrain(gomlx.Train{
		Model: m, Batch: 8, Steps: 10, Optimizer: gomlx.Optimizer{Method: gomlx.AdamW, Decay: 0.1, Clip: 1, Schedule: gomlx.Schedule{Rate: 1e-3}},
	})
	require.NoError(t, err)
	b, err := c.Program.Encode()
	require.NoError(t, err)
	t.Logf("%d commands, %d modules, %d buffers, %d bytes; temporaries %d of %d MB", len(c.Program.Step), len(c.Program.Modules), len(c.Program.Buffers), len(b), c.TempBytes>>20, c.PeakBytes>>20)
	require.LessOrEqual(t, len(c.Program.Modules), gpu.MaxModules)
}

func TestMistakes(t *testing.T) {
	for want, s := range map[string]zoo.Spec{
		"there are mlp, cnn, gpt-nano, llama-nano": {Name: "gpt"},
		"it has inputs, hidden, layers, classes":   {Name: "mlp", Sizes: map[string]int{"width": 3}},
		"it must be 1 to 16":                       {Name: "mlp", Sizes: map[string]int{"layers": 17}},
		"cannot be halved":                         {Name: "mlp", Sizes: map[string]int{"hidden": 4, "layers": 8}},
		"multiple of 4":                            {Name: "cnn", Sizes: map[string]int{"side": 30}},
		"multiple of the 5 heads":                  {Name: "gpt-nano", Sizes: map[string]int{"heads": 5}},
		"multiple of kvheads (3)":                  {Name: "llama-nano", Sizes: map[string]int{"kvheads": 3}},
		"dropout is 1":                             {Name: "mlp", Dropout: 1},
	} {
		_, err := zoo.Build(s)
		require.ErrorContains(t, err, want)
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
	}
}
