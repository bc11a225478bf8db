package recipe_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx/recipe"
)

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestText(t *testing.T) {
	r, err := recipe.Parse([]byte("model: gpt-nano\nsizes: {context: 8, width: 8, layers: 1, heads: 2}\ndata: {tokenizer: bpe, vocab: 270}\nbatch: 2\nsteps: 5\nseed: 3\noptimizer: {clip: 1}\n"))
	require.NoError(t, err)
	book := file(t, "book.txt", strings.Repeat("the cat sat on the mat and the hat\n", 20))
	run, err := r.Prepare([]string{book}, gpu.CPU)
	require.NoError(t, err)
	require.Equal(t, 16, run.Examples)
	require.Equal(t, uint32(5), run.Compiled.Program.Steps)
	_, err = gpu.Check(run.Compiled.Program)
	require.NoError(t, err)
	again, err := r.Prepare([]string{book}, gpu.CPU)
	require.NoError(t, err)
	require.Equal(t, run.Inputs, again.Inputs, "the same file and seed, the same run")

	// What a run would write can be loaded: here its first weights.
	var b bytes.Buffer
	require.NoError(t, run.Weights(&b, run.Inputs))
	about, m, values, err := recipe.Load(b.Bytes())
	require.NoError(t, err)
	require.Equal(t, "gpt-nano", about.Spec.Name)
	require.Equal(t, about.Tokenizer.Vocab(), about.Spec.Sizes["vocab"])
	require.Equal(t, []int{8}, m.Inputs[0].Dims)
	require.Equal(t, run.Inputs["logits-weights"], values["/logits/weights"])
}

func TestNumbers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var rows strings.Builder
	rows.WriteString("a,b,kind\n")
	for range 20 {
		fmt.Fprintf(&rows, "%f,%f,%s\n", rng.Float64(), rng.Float64(), []string{"rose", "lily"}[rng.IntN(2)])
	}
	table := file(t, "flowers.csv", rows.String())
	r, err := recipe.Parse([]byte("model: mlp\nsizes: {inputs: 2, hidden: 4, layers: 1, classes: 2}\nbatch: 4\nsteps: 9\n"))
	require.NoError(t, err)
	run, err := r.Prepare([]string{table}, gpu.CPU)
	require.NoError(t, err)
	require.Len(t, run.Inputs["x"], 20*2*4)

	for want, c := range map[string]struct {
		text  string
		files []string
	}{
		"there is no data":         {"model: mlp", nil},
		"there is no model":        {"model: resnet", []string{table}},
		"set its sizes":            {"model: mlp", []string{table}},
		"fewer than a batch of 64": {"model: mlp\nsizes: {inputs: 2}\nbatch: 64", []string{table}},
		"is 1 files, not 2":        {"model: mlp", []string{table, table}},
		"there is no column":       {"model: mlp\ndata: {label: colour}", []string{table}},
		"a text is one file":       {"model: gpt-nano", []string{table, table}},
		"the tokenizer \"words\"":  {"model: gpt-nano\ndata: {tokenizer: words}", []string{table}},
		"the method \"newton\"":    {"model: mlp\nsizes: {inputs: 2}\noptimizer: {method: newton}", []string{table}},
		"no such file":             {"model: mlp", []string{"nowhere.csv"}},
		"the format \"parquet\"":   {"model: mlp\ndata: {format: parquet}", []string{table, table}},
		"has no size \"depth\"":    {"model: mlp\nsizes: {inputs: 2, depth: 3}", []string{table}},
		"unknown field \"modle\"":  {"modle: mlp", nil},
	} {
		r, err := recipe.Parse([]byte(c.text))
		if err == nil {
			_, err = r.Prepare(c.files, gpu.CPU)
		}
		require.ErrorContains(t, err, want)
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err), want)
	}
	_, _, _, err = recipe.Load([]byte("nonsense"))
	require.ErrorContains(t, err, "not a safetensors file")
}
