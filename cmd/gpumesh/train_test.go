package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/diloco"
	"gpumesh/gpu/gomlx/recipe"
	"gpumesh/gpu/gputest"
	"gpumesh/node/api/nodepb"
	"gpumesh/poc"
)

// A tiny model of text is trained on the evaluator, and continues a text the same way twice.
func TestTrainAndInfer(t *testing.T) {
	dir := t.TempDir()
	path := func(name, text string) string {
		p := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(p, []byte(text), 0o600))
		return p
	}
	model := path("gpt.yaml", "model: gpt-nano\nsizes: {context: 4, width: 8, layers: 1, heads: 1}\nbatch: 4\nsteps: 8\noptimizer: {rate: 0.01}\n")
	book := path("book.txt", strings.Repeat("abcd", 50))
	weights := filepath.Join(dir, "gpt.safetensors")
	call := func(args ...string) (int, string, string) {
		var out, err bytes.Buffer
		status := execute(testContext(t), args, streams{strings.NewReader(""), &out, &err})
		return status, out.String(), err.String()
	}
	status, out, log := call("train", model, "--data", book, "-o", weights, "--checkpoint", filepath.Join(dir, "keep"), "--device", "eval", "--json")
	require.Zero(t, status, log)
	var got trained
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, 8, got.Steps)
	require.Less(t, got.Last, got.First)

	status, one, log := call("infer", weights, "-i", "abc", "--tokens", "5", "--device", "eval", "--seed", "7")
	require.Zero(t, status, log)
	require.True(t, strings.HasPrefix(one, "abc"))
	require.GreaterOrEqual(t, len(one), len("abc")+5)
	_, again, _ := call("infer", weights, "-i", "abc", "--tokens", "5", "--device", "eval", "--seed", "7")
	require.Equal(t, one, again)

	// A model of numbers, from a file of ONNX that is trained further, tells classes apart.
	onnx := path("p.onnx", "")
	file, err := os.ReadFile("../../gpu/gomlx/testdata/perceptron.onnx")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(onnx, file, 0o600))
	rows := path("rows.csv", "a,b,c,side\n"+strings.Repeat("1,2,3,left\n-3,-1,-2,right\n", 8))
	tuned := filepath.Join(dir, "tuned.onnx")
	status, _, log = call("train", path("p.yaml", "model: p.onnx\nbatch: 8\nsteps: 30\noptimizer: {rate: 0.05}\n"), "--data", rows, "-o", tuned, "--device", "eval")
	require.Zero(t, status, log)
	ask := path("ask.csv", "a,b,c\n1,2,3\n-3,-1,-2\n")
	status, out, log = call("infer", tuned, "-i", ask, "--device", "eval", "--json")
	require.Zero(t, status, log)
	var answers []answer
	require.NoError(t, json.Unmarshal([]byte(out), &answers))
	require.Len(t, answers, 2)
	require.Equal(t, []string{"0", "1"}, []string{answers[0].Class, answers[1].Class})
	require.Greater(t, min(answers[0].Probability, answers[1].Probability), 0.9)
	status, out, log = call("infer", tuned, "-i", ask, "--device", "eval")
	require.Zero(t, status, log)
	require.Regexp(t, `(?m)^1:  0 \d+\.\d %  1 \d+\.\d %$`, out)

	// So does a model that is a Go program, which only its owner's machine runs.
	source, err := filepath.Abs("../../gpu/gomlx/gofile/testdata/net.go")
	require.NoError(t, err)
	net := filepath.Join(dir, "net.safetensors")
	status, _, log = call("train", path("net.yaml", "model: "+source+"\nsizes: {hidden: 8}\nbatch: 8\nsteps: 40\noptimizer: {rate: 0.05}\n"), "--data", rows, "-o", net, "--device", "eval")
	require.Zero(t, status, log)
	status, out, log = call("infer", net, "--model", source, "-i", ask, "--device", "eval", "--json")
	require.Zero(t, status, log)
	require.NoError(t, json.Unmarshal([]byte(out), &answers))
	require.Equal(t, []string{"left", "right"}, []string{answers[0].Class, answers[1].Class})

	for want, args := range map[string][]string{
		"are of a model in the Go program":          {"infer", net, "-i", ask, "--device", "eval"},
		"give a file of them with --input":          {"infer", tuned, "--device", "eval"},
		"its shape is [1 2], and an example of the": {"infer", tuned, "-i", path("two.csv", "1,2\n"), "--device", "eval"},
		"the ONNX file cannot be read":              {"infer", path("bad.onnx", "nonsense"), "-i", ask},
		"MODEL.yaml is missing":                     {"train"},
		"there is no data":                          {"train", model, "--device", "eval"},
		"no such file":                              {"train", filepath.Join(dir, "none.yaml")},
		"not a safetensors file":                    {"infer", book},
		"no token to begin with":                    {"infer", weights, "-i", "", "--device", "eval"},
	} {
		status, _, log := call(args...)
		require.NotZero(t, status)
		require.Contains(t, log, want)
	}
}

// Kernels are shaped for what most providers have.
func TestShape(t *testing.T) {
	ads := func(kinds ...gpu.AdapterType) (list []*nodepb.Ad) {
		for _, k := range kinds {
			list = append(list, &nodepb.Ad{AdapterType: string(k)})
		}
		return list
	}
	require.Equal(t, gpu.CPU, shapeFor(nil))
	require.Equal(t, gpu.CPU, shapeFor(ads(gpu.CPU, gpu.Discrete)))
	require.Equal(t, gpu.Discrete, shapeFor(ads(gpu.CPU, gpu.Discrete, gpu.Integrated)))
	var errors bytes.Buffer
	model := filepath.Join(t.TempDir(), "m.yaml")
	require.NoError(t, os.WriteFile(model, []byte("model: mlp\n"), 0o600))
	require.Equal(t, 2, execute(testContext(t), []string{"train", model, "--rounds", "1", "--shape", "square"}, streams{strings.NewReader(""), &errors, &errors}))
	require.Contains(t, errors.String(), `--shape is "square"; it must be auto, cpu or gpu`)
}

// An accepted error decides how many compute and attest, and does not go with floats that differ between honest devices.
func TestTrainingForAnAcceptedError(t *testing.T) {
	const file = "{model: mlp, sizes: {inputs: 256, hidden: 4, layers: 1}, batch: 4, steps: 2}"
	r, err := recipe.Parse([]byte(file))
	require.NoError(t, err)
	x, y := gputest.Digits(32, 1)
	data := []string{saveArray(t, "x.npy", gpu.F32, x, 32, 256), saveArray(t, "y.npy", gpu.I32, y, 32)}
	s := rounds{rounds: 1, workers: 2, bits: 8, outer: diloco.Outer{Rate: 1}, maxError: "5%", dishonest: "10%"}
	prepared, err := r.PrepareRounds(data, nil, s.rounds, s.workers, gpu.CPU)
	require.NoError(t, err)
	plan, err := planRounds(r, prepared, s)
	require.NoError(t, err)
	want, err := poc.ForRisk(50_000, 100)
	require.NoError(t, err)
	require.Equal(t, want, plan.Policy)
	planned, err := plan.Job()
	require.NoError(t, err)
	require.Equal(t, want, planned.Job.Policy)
	s.tier = "fast"
	plan, err = planRounds(r, prepared, s)
	require.NoError(t, err)
	_, err = plan.Job()
	require.ErrorContains(t, err, "may differ between honest devices")
	for want, wrong := range map[string]string{`"much" is not a share`: "much", "at most one half": "90%"} {
		s.maxError = wrong
		_, err = planRounds(r, prepared, s)
		require.ErrorContains(t, err, want)
	}
}

// A curve is drawn from its first value on.
func TestCurveOfOneValue(t *testing.T) {
	var c curve
	path := filepath.Join(t.TempDir(), "loss.png")
	require.ErrorContains(t, c.draw(path, "m", "loss"), "no loss to draw yet")
	c.add(2, []float64{0.5})
	require.NoError(t, c.draw(path, "m", "loss"))
	require.FileExists(t, path)
}
