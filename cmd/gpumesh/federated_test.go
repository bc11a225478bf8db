package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/diloco"
)

// Five holders of tables that they do not show train one model, though one of them sends nonsense. The next round is the same whoever
// makes it, and who is asked twice for a round does not answer twice.
func TestFederated(t *testing.T) {
	const holders, rounds, liar = 5, 3, 4
	dir := t.TempDir()
	path := func(format string, args ...any) string { return filepath.Join(dir, fmt.Sprintf(format, args...)) }
	write := func(name, text string) string {
		require.NoError(t, os.WriteFile(path("%s", name), []byte(text), 0o600))
		return path("%s", name)
	}
	call := func(args ...string) (int, string, string) {
		var out, err bytes.Buffer
		status := execute(testContext(t), append(args, "--json"), streams{strings.NewReader(""), &out, &err})
		return status, out.String(), err.String()
	}
	ok := func(args ...string) (v map[string]any) {
		t.Helper()
		status, out, log := call(args...)
		require.Zero(t, status, log)
		require.NoError(t, json.Unmarshal([]byte(out), &v))
		return v
	}
	model := write("m.yaml", "model: mlp\nsizes: {inputs: 2, hidden: 8, layers: 1, classes: 2}\nbatch: 8\nsteps: 10\noptimizer: {method: adam, rate: 0.03}\n")
	rng := rand.New(rand.NewPCG(1, 2))
	for h := range holders {
		var rows strings.Builder
		for range 80 {
			x, y := rng.NormFloat64(), rng.NormFloat64()
			class := 0
			if x > y {
				class = 1
			}
			fmt.Fprintf(&rows, "%f,%f,%d\n", x, y, class)
		}
		write(fmt.Sprintf("mine%d.csv", h), rows.String())
	}
	ok("federated", "start", model, "--data", path("mine0.csv"), "--rounds", fmt.Sprint(rounds), "--holders", fmt.Sprint(holders), "--clip", "3", "--noise", "0.001", "--trim", "1", "-o", path("round0"))

	var first, last, epsilon float64
	for round := range rounds {
		args := []string{"federated", "outer", path("round%d", round)}
		for h := range holders {
			if round == 1 && h == 0 {
				continue // who does not take part in a round
			}
			delta := path("delta%d.%d", round, h)
			got := ok("federated", "local", path("round%d", round), "--data", path("mine%d.csv", h), "--state", path("holder%d", h), "-o", delta, "--device", "eval")
			if h == 1 {
				if round == 0 {
					first = got["firstLoss"].(float64)
				}
				last = got["lastLoss"].(float64)
				require.Greater(t, got["epsilon"], epsilon, "every round tells more")
				epsilon = got["epsilon"].(float64)
			}
			if h == liar {
				b, err := os.ReadFile(delta)
				require.NoError(t, err)
				f, err := openFederation(path("round%d", round))
				require.NoError(t, err)
				way, err := f.layout().Expand(b, f.Bits)
				require.NoError(t, err)
				for i := range way {
					way[i] *= -50
				}
				b, _ = f.layout().Compress(way, f.Bits)
				require.NoError(t, os.WriteFile(delta, b, 0o600))
			}
			args = append(args, delta)
		}
		ok(append(args, "-o", path("round%d", round+1), "--device", "eval")...)
		ok(append(args, "-o", path("again%d", round+1))...)
		for _, name := range append(federationStates, federationFile, recipeFile) {
			one, err := os.ReadFile(path("round%d/%s", round+1, name))
			require.NoError(t, err)
			two, err := os.ReadFile(path("again%d/%s", round+1, name))
			require.NoError(t, err)
			require.Equal(t, one, two, "%s is the same on another device", name)
		}
	}
	require.Less(t, last, first/2)
	ok("federated", "finish", path("round%d", rounds), "--data", path("mine2.csv"), "-o", path("model.safetensors"))
	ask := write("ask.csv", "2,-1\n-1,2\n")
	status, out, log := call("infer", path("model.safetensors"), "-i", ask, "--device", "eval")
	require.Zero(t, status, log)
	var answers []answer
	require.NoError(t, json.Unmarshal([]byte(out), &answers))
	require.Equal(t, []string{"1", "0"}, []string{answers[0].Class, answers[1].Class})

	secret, err := os.ReadFile(path("holder1/%s", keptFile))
	require.NoError(t, err)
	other, err := os.ReadFile(path("holder2/%s", keptFile))
	require.NoError(t, err)
	var a, b keptJSON
	require.NoError(t, json.Unmarshal(secret, &a))
	require.NoError(t, json.Unmarshal(other, &b))
	require.NotEqual(t, a.Secret, b.Secret)

	damaged := path("damaged")
	require.NoError(t, os.CopyFS(damaged, os.DirFS(path("round0"))))
	require.NoError(t, os.WriteFile(filepath.Join(damaged, "lag"), []byte("short"), 0o600))
	for want, args := range map[string][]string{
		"has done round 2 already":                {"local", path("round2"), "--data", path("mine0.csv"), "--state", path("holder0"), "-o", path("x")},
		"all 3 rounds are done":                   {"local", path("round3"), "--data", path("mine0.csv"), "--state", path("holder0"), "-o", path("x")},
		"a packed delta of this model has":        {"outer", path("round0"), ask, "-o", path("x")},
		"there are 6 deltas, and 5 holders":       {"outer", path("round0"), ask, ask, ask, ask, ask, ask, "-o", path("x")},
		"damaged is no round of a training":       {"outer", damaged, ask, "-o", path("x")},
		"no such file":                            {"local", path("none"), "--data", ask, "--state", path("h"), "-o", path("x")},
		"the clipping norm is 0":                  {"start", model, "--data", path("mine0.csv"), "--clip", "0", "-o", path("x")},
		"shards is 65":                            {"start", model, "--data", path("mine0.csv"), "--holders", "65", "-o", path("x")},
		"a tokenizer that is made of the text":    {"start", write("g.yaml", "model: gpt-nano\ndata: {tokenizer: bpe}\n"), "--data", ask, "-o", path("x")},
		"there are 16 examples; a round takes 80": {"local", path("round0"), "--data", write("few.csv", strings.Repeat("1,2,0\n2,1,1\n", 8)), "--state", path("h"), "-o", path("x"), "--device", "eval"},
	} {
		status, _, log := call(append([]string{"federated"}, args...)...)
		require.NotZero(t, status, want)
		require.Contains(t, log, want)
	}
	require.NoFileExists(t, path("x"))
	f, err := openFederation(path("round1"))
	require.NoError(t, err)
	require.Equal(t, uint64(0), f.layout().Len%diloco.Block)
	require.False(t, math.IsInf(epsilon, 1))
}
