package poc

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var rewrite = flag.Bool("rewrite", false, "rewrite testdata/*.txt")

// TestTranscripts compares whole runs with files that people can read: go test ./poc -run Transcripts -rewrite.
func TestTranscripts(t *testing.T) {
	for _, c := range []struct {
		name string
		acts map[int]behaviour
	}{
		{"typical", nil},
		{"liar", map[int]behaviour{1: liar("alone")}},
		{"silent-sealer-and-vanished-worker", map[int]behaviour{0: silentSealer(), 2: {name: "vanishing", vanishAt: 1_060}}},
		{"disagreement", map[int]behaviour{0: liar("one"), 1: liar("two")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSim(t, 7, defaultSim(), c.acts)
			var out bytes.Buffer
			s.out = &out
			s.run()
			for _, n := range s.nodes {
				if !n.gone {
					s.log("%s: %s", n.name(), n.task.Explain())
				}
			}
			path := filepath.Join("testdata", c.name+".txt")
			if *rewrite {
				require.NoError(t, os.MkdirAll("testdata", 0o755))
				require.NoError(t, os.WriteFile(path, out.Bytes(), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), out.String())
		})
	}
}
