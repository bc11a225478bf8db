package gomlx_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/zoo"
)

var rewrite = flag.Bool("rewrite", false, "write the golden programs anew")

// golden are small runs of each model whose programs are kept: they can be run without GoMLX, and show when the compiler or
// GoMLX changes what it emits.
func golden(t *testing.T) map[string]*gomlx.Compiled {
	list := make(map[string]*gomlx.Compiled)
	for _, spec := range []zoo.Spec{
		{Name: "mlp", Sizes: map[string]int{"inputs": 16, "hidden": 16, "layers": 1, "classes": 4}},
		{Name: "cnn", Sizes: map[string]int{"side": 8, "filters": 4, "hidden": 8, "classes": 4}, Dropout: 0.25},
		{Name: "gpt-nano", Sizes: map[string]int{"vocab": 16, "context": 8, "width": 8, "layers": 1, "heads": 2}},
		{Name: "llama-nano", Sizes: map[string]int{"vocab": 16, "context": 8, "width": 8, "layers": 1, "heads": 2, "kvheads": 1}},
	} {
		m, err := zoo.Build(spec)
		require.NoError(t, err)
		list[spec.Name], err = gomlx.CompileTrain(gomlx.Train{
			Model: m, Batch: 4, Steps: 6, Segment: 2, Seed: 7,
			Optimizer: gomlx.Optimizer{Method: gomlx.AdamW, Decay: 0.01, Clip: 1, Schedule: gomlx.Schedule{Rate: 0.01, Warmup: 2, Shape: gomlx.Cosine}},
		})
		require.NoError(t, err)
	}
	return list
}

func TestGolden(t *testing.T) {
	dir := filepath.Join("testdata", "golden")
	var index strings.Builder
	list := golden(t)
	for _, name := range slices.Sorted(maps.Keys(list)) {
		b, err := list[name].Program.Encode()
		require.NoError(t, err)
		sum, err := multihash.Sum(b, multihash.SHA2_256, -1)
		require.NoError(t, err)
		fmt.Fprintf(&index, "%s %s\n", name, cid.NewCidV1(cid.DagCBOR, sum))
		file := filepath.Join(dir, name+".cbor")
		if *rewrite {
			require.NoError(t, os.MkdirAll(dir, 0o755))
			require.NoError(t, os.WriteFile(file, b, 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.True(t, string(want) == string(b), "the program of %s is not the golden one; if that is meant, run the test with -rewrite", name)
		p, err := gpu.DecodeProgram(want)
		require.NoError(t, err)
		report, err := gpu.Check(p)
		require.NoError(t, err)
		require.NoError(t, report.Reproducible(p), name)
	}
	file := filepath.Join(dir, "cids.txt")
	if *rewrite {
		require.NoError(t, os.WriteFile(file, []byte(index.String()), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), index.String())
}
