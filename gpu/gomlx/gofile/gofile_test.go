package gofile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/gofile"
)

func adam() gomlx.Optimizer {
	return gomlx.Optimizer{Method: gomlx.Adam, Schedule: gomlx.Schedule{Rate: 0.01}}
}

// TestLoad compiles a model that is a Go program: what it answers is a valid Program of that model's sizes, and the same each time.
func TestLoad(t *testing.T) {
	m, err := gofile.Load("testdata/net.go", map[string]int{"hidden": 4})
	require.NoError(t, err)
	require.Equal(t, 2, m.Classes)
	require.Equal(t, []int{3}, m.Inputs[0].Dims)
	one, err := gomlx.CompileTrain(gomlx.Train{Model: m, Optimizer: adam(), Batch: 2, Steps: 3, Seed: 1})
	require.NoError(t, err)
	weights := map[string]int{}
	for _, w := range one.Weights {
		if !w.Moment {
			weights[w.Path] = len(one.Inputs[w.Buffer])
		}
	}
	require.Len(t, weights, 4)
	require.Contains(t, weights, "/hidden/dense/weights")
	require.Equal(t, 4*3*4, weights["/hidden/dense/weights"])
	again, err := gomlx.CompileTrain(gomlx.Train{Model: m, Optimizer: adam(), Batch: 2, Steps: 3, Seed: 1})
	require.NoError(t, err)
	require.Equal(t, one, again)
	asked, err := gomlx.CompileInfer(gomlx.Infer{Model: m, Batch: 2, Batches: 1})
	require.NoError(t, err)
	require.EqualValues(t, 2*2*4, asked.Program.Results()[0].Size)

	_, err = gomlx.CompileTrain(gomlx.Train{Model: m, Optimizer: adam(), Batch: 2, Steps: 3, Values: map[string][]byte{"/none": nil}})
	require.ErrorContains(t, err, `testdata/net.go: the model has no variable "/none"`)
}

// TestLoadRefuses lists programs that are no models.
func TestLoadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"package main\nfunc main() { println(x) }\n":                             "undefined: x",
		"package main\nfunc main() { panic(\"not today\") }\n":                   "not today",
		"package main\nimport \"fmt\"\nfunc main() { fmt.Println(\"hello\") }\n": "gives no answer",
		"package main\nimport _ \"gpumesh/gpu/gomlx/gofile\"\nfunc main() {}\n":  "in a folder of gpumesh's source",
	} {
		path := filepath.Join(t.TempDir(), "bad.go")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := gofile.Load(path, nil)
		require.ErrorContains(t, err, want)
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
	}
}
