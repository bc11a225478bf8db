package sim

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
)

// FuzzLoad reads scenario files. What is read is within its bounds, gives a network and a policy that nodes accept, and expands into
// experiments that are valid themselves.
func FuzzLoad(f *testing.F) {
	for _, name := range []string{"known-cheats", "partition", "mixed", "rewards", "challenge"} {
		b, err := os.ReadFile(filepath.Join("scenarios", name+".yaml"))
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte("name: a\npolicy: {maxError: 0.001, dishonest: 0.2}\nstrategies: {liar: 10}\npercents: [5, 10]\nalone: true\n"))
	f.Add([]byte("name: a\nnodes: 1e9\n"))
	f.Add([]byte("name: a\nduration: .nan\nstake: .inf\n"))
	path := filepath.Join(f.TempDir(), "fuzz.yaml")
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		s, err := Load(path)
		if err != nil {
			return
		}
		require.LessOrEqual(t, len(data), 1<<16)
		require.True(t, 3 <= s.Nodes && s.Nodes <= 100_000)
		require.Positive(t, time.Duration(s.Duration))
		require.True(t, s.Slash >= 0.1 && s.Slash <= 1)
		p, err := s.policy()
		require.NoError(t, err)
		require.NoError(t, p.Validate())
		if s.Challenge == nil {
			n := s.manifest()
			require.LessOrEqual(t, n.Slash, uint32(market.FeeBase))
			require.NotZero(t, n.MinStake)
		}
		runs := s.Expand()
		require.NotEmpty(t, runs)
		for _, run := range runs {
			require.NoError(t, run.Validate())
		}
	})
}
