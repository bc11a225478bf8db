package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
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

	for want, args := range map[string][]string{
		"MODEL.yaml is missing":  {"train"},
		"there is no data":       {"train", model, "--device", "eval"},
		"no such file":           {"train", filepath.Join(dir, "none.yaml")},
		"not a safetensors file": {"infer", book},
		"no token to begin with": {"infer", weights, "-i", "", "--device", "eval"},
	} {
		status, _, log := call(args...)
		require.NotZero(t, status)
		require.Contains(t, log, want)
	}
}
