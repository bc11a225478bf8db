package worker

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

// A child tells a segment command by command, hands over the memory before one, and runs that one alone.
func TestTrials(t *testing.T) {
	p := newPool(t, "child", nil)
	q := task(t, 1<<40+5)
	res, err := p.Run(t.Context(), q)
	require.NoError(t, err)
	prog := gputest.Program()
	const leaf = 1
	r, err := p.Replay(t.Context(), q, leaf, 0, "")
	require.NoError(t, err)
	require.NoError(t, prog.CheckReplay(leaf, r, res.Leaves[leaf-1], res.Leaves[leaf]))
	marks, err := prog.Marks(leaf)
	require.NoError(t, err)
	memory := filepath.Join(t.TempDir(), "memory")
	for at, m := range marks {
		path := ""
		if m.Command >= 0 {
			path = memory
			_, err := p.Replay(t.Context(), q, leaf, at, path)
			require.NoError(t, err)
		}
		roots, err := p.Decide(t.Context(), q, leaf, at, r.Mark(prog, max(0, at-1)), path)
		require.NoError(t, err)
		require.Equal(t, r.Mark(prog, at), roots, "%+v", m)
	}
	for name, bad := range map[string]func() error{
		"no leaf": func() error { _, err := p.Replay(t.Context(), q, 99, 0, ""); return err },
		"no mark": func() error { _, err := p.Decide(t.Context(), q, leaf, 1<<20, r.Mark(prog, 0), ""); return err },
		"roots":   func() error { _, err := p.Decide(t.Context(), q, leaf, 1, nil, memory); return err },
		"memory":  func() error { _, err := p.Decide(t.Context(), q, leaf, 1, r.Mark(prog, 0), ""); return err },
	} {
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(bad()), name)
	}
}
