package wgslgen

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/wgsl"
)

// TestValid makes kernels of both dialects; the compiler front end accepts every one of them.
func TestValid(t *testing.T) {
	for _, float := range []bool{false, true} {
		for seed := range uint64(150) {
			k := New(Options{Seed: seed, Float: float})
			src := k.Source()
			m, err := wgsl.Parse(src)
			require.NoError(t, err, "seed %d float %v\n%s", seed, float, src)
			e, ok := m.Entry("main")
			require.True(t, ok)
			for _, b := range e.Bindings {
				require.Equal(t, k.Buffers[b.Index].Access, b.Access)
				require.LessOrEqual(t, b.MinSize, uint64(len(k.Buffers[b.Index].Content)), "seed %d: %s\n%s", seed, b.Name, src)
			}
			require.Equal(t, float, strings.Contains(src, "f32"), "seed %d", seed)
		}
	}
}

func TestSameSeedSameKernel(t *testing.T) {
	a, b := New(Options{Seed: 5, Float: true}), New(Options{Seed: 5, Float: true})
	require.Equal(t, a.Source(), b.Source())
	require.Equal(t, a.Buffers, b.Buffers)
	require.NotEqual(t, a.Source(), New(Options{Seed: 6, Float: true}).Source())
}

// TestShrink looks for one word: what is left has little else, still parses, and the kernel itself stays.
func TestShrink(t *testing.T) {
	found := 0
	for seed := range uint64(20) {
		k := New(Options{Seed: seed})
		before := k.Source()
		has := func(k *Kernel) bool {
			if !strings.Contains(k.Source(), "reverseBits(") {
				return false
			}
			_, err := wgsl.Parse(k.Source())
			return err == nil
		}
		if !has(k) {
			continue
		}
		found++
		small := k.Shrink(3000, has)
		require.True(t, has(small))
		require.Equal(t, before, k.Source())
		body := small.Source()[strings.Index(small.Source(), "@compute"):]
		require.LessOrEqual(t, strings.Count(body, ";"), 8, body)
	}
	require.Greater(t, found, 1)
}

// TestIdentities: the kernels of the table are valid and have a reproducible form.
func TestIdentities(t *testing.T) {
	for i, k := range Identities() {
		if i%9 != 0 { // go run ./cmd/dev stacks takes all
			continue
		}
		m, err := wgsl.Parse(k.Source())
		require.NoError(t, err, "%s\n%s", k.Name, k.Source())
		_, err = m.Reproducible()
		require.NoError(t, err, "%s\n%s", k.Name, k.Source())
	}
}
