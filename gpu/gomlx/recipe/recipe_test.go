package recipe_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx/recipe"
	"gpumesh/gpu/gomlx/zoo"
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
	about, m, values, err := recipe.Load(b.Bytes(), "")
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
	r, err := recipe.Parse([]byte("model: mlp\nsizes: {hidden: 4, layers: 1, classes: 2}\nbatch: 4\nsteps: 9\n"))
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
		"set its sizes, which are": {"model: cnn", []string{table}},
		"an example has 2 numbers": {"model: mlp\nsizes: {inputs: 3}", []string{table}},
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
	_, _, _, err = recipe.Load([]byte("nonsense"), "")
	require.ErrorContains(t, err, "not a safetensors file")
}

// A file of ONNX is trained further, and so are weights that a training wrote.
func TestGoOn(t *testing.T) {
	rows := "a,b,c,kind\n" + strings.Repeat("1,2,3,yes\n-1,0,1,no\n", 8)
	table := file(t, "rows.csv", rows)
	r, err := recipe.Parse([]byte("model: perceptron.onnx\nbatch: 4\nsteps: 3\n"))
	require.NoError(t, err)
	r.Dir = filepath.Join("..", "testdata")
	run, err := r.Prepare([]string{table}, gpu.CPU)
	require.NoError(t, err)
	require.Equal(t, ".onnx", run.Extension())
	var tuned bytes.Buffer
	require.NoError(t, run.Weights(&tuned, run.Inputs))
	m, err := recipe.LoadONNX(tuned.Bytes())
	require.NoError(t, err)
	q, err := recipe.Ask(file(t, "ask.csv", "1,2,3\n4,5,6\n"), m, nil, 0, false, gpu.CPU)
	require.NoError(t, err)
	require.Equal(t, 2, q.Examples)
	_, err = recipe.LoadONNX([]byte("nonsense"))
	require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))

	const mlp = "model: mlp\nsizes: {inputs: 3, hidden: 4, layers: 1, classes: 2}\nbatch: 4\nsteps: 3\n"
	r, err = recipe.Parse([]byte(mlp + "seed: 5\n"))
	require.NoError(t, err)
	run, err = r.Prepare([]string{table}, gpu.CPU)
	require.NoError(t, err)
	var weights bytes.Buffer
	require.NoError(t, run.Weights(&weights, run.Inputs))
	kept := file(t, "kept.safetensors", weights.String())
	r, err = recipe.Parse([]byte(mlp + "weights: " + kept + "\n"))
	require.NoError(t, err)
	next, err := r.Prepare([]string{table}, gpu.CPU)
	require.NoError(t, err)
	require.Equal(t, run.Inputs["logits-weights"], next.Inputs["logits-weights"])
	rounds, err := r.PrepareRounds([]string{table}, nil, 1, 1, gpu.CPU)
	require.NoError(t, err)
	require.Equal(t, run.Inputs["logits-weights"], rounds.First["logits-weights"])

	_, _, values, err := recipe.Load(weights.Bytes(), "")
	require.NoError(t, err)
	delete(values, "/logits/weights")
	_, small, _, err := recipe.Load(weights.Bytes(), "")
	require.NoError(t, err)
	_, err = recipe.Ask(file(t, "ask.csv", "1,2,3\n"), small, values, 0, false, gpu.CPU)
	require.ErrorContains(t, err, `no tensor "logits.weights"`)

	for want, text := range map[string]string{
		"has weights of its own":                        "model: perceptron.onnx\nweights: " + kept,
		"its sizes and its dropout":                     "model: perceptron.onnx\ndropout: 0.5",
		"weights of the model mlp":                      "model: cnn\nweights: " + kept,
		"no such file":                                  "model: none.onnx",
		"a label is 2, and the model mlp has 2 classes": mlp,
		"it must be a multiple of 4":                    "model: cnn\nsizes: {side: 6}",
		"the variable":                                  "model: mlp\nsizes: {inputs: 3, hidden: 8, layers: 1, classes: 3}\nweights: " + kept,
	} {
		r, err := recipe.Parse([]byte(text + "\n"))
		require.NoError(t, err)
		r.Dir, r.Batch, r.Steps = filepath.Join("..", "testdata"), 4, 3
		_, err = r.Prepare([]string{file(t, "three.csv", strings.Repeat("1,2,3,2\n", 8)+"1,2,3,0\n")}, gpu.CPU)
		require.ErrorContains(t, err, want)
	}
}

// picture writes a picture with a pixel for each letter: # is white.
func picture(t *testing.T, rows ...string) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, len(rows[0]), len(rows)))
	for y, row := range rows {
		for x, c := range row {
			if c == '#' {
				img.SetGray(x, y, color.Gray{255})
			}
		}
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return file(t, "picture.png", b.String())
}

// Pictures become examples of the size that the model takes, and files of numbers have to have it.
func TestAsk(t *testing.T) {
	m, err := zoo.Build(zoo.Spec{Name: "cnn", Sizes: map[string]int{"side": 4, "filters": 2, "hidden": 4}})
	require.NoError(t, err)
	numbers := func(path string, invert bool) []float64 {
		q, err := recipe.Ask(path, m, nil, 0, invert, gpu.CPU)
		require.NoError(t, err)
		var out []float64
		for i := 0; i < 4*16*q.Examples; i += 4 {
			out = append(out, float64(math.Float32frombits(binary.LittleEndian.Uint32(q.Inputs["x"][i:]))))
		}
		return out
	}
	require.Equal(t, []float64{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, numbers(picture(t, "#...", "....", "....", "...#"), false))
	require.Equal(t, []float64{0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0}, numbers(picture(t, "#...", "....", "....", "...#"), true))
	require.Equal(t, []float64{1, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.25},
		numbers(picture(t, "##......", "##......", "..##....", "........", "........", "........", "......#.", "........"), false), "the mean of what lies under each")
	require.Equal(t, []float64{1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, numbers(picture(t, "#.", ".."), false), "a small one is made larger")
	idx := string([]byte{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 4}) + strings.Repeat("\xff", 32)
	require.Equal(t, slices.Repeat([]float64{1}, 32), numbers(file(t, "two.idx", idx), false))

	for want, path := range map[string]string{
		"the image is damaged":                file(t, "half.png", "\x89PNG\r\n\x1a\n"+strings.TrimPrefix(must(os.ReadFile(picture(t, "##")))[:40], "\x89PNG\r\n\x1a\n")),
		"it is not an image in PNG":           file(t, "text.png", "text"),
		"its shape is [1 3], and an example":  file(t, "row.csv", "1,2,3\n"),
		"it ends after":                       file(t, "cut.idx", idx[:20]),
		"it is not an IDX file; examples are": file(t, "book.txt", "text"),
		"no such file":                        "none.png",
	} {
		_, err := recipe.Ask(path, m, nil, 0, false, gpu.CPU)
		require.ErrorContains(t, err, want)
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
	}
	m.Inputs[0].Dims = []int{5}
	_, err = recipe.Ask(picture(t, "#."), m, nil, 0, false, gpu.CPU)
	require.ErrorContains(t, err, "no square image")

	require.Equal(t, []float64{0.25, 0.75}, recipe.Probabilities([]float64{0.25, 0.75}))
	require.InDeltaSlice(t, []float64{0.25, 0.75}, recipe.Probabilities([]float64{1000, 1000 + math.Log(3)}), 1e-9)
}

func must(b []byte, err error) string {
	if err != nil {
		panic(err) // a file that was just written
	}
	return string(b)
}
