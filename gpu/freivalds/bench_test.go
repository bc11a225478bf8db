package freivalds

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkCheck checks products of 1024 x 1024 matrices. The result is not the product, so that none must be computed:
// a check that fails reads everything, but in Int32, where b is zero.
func BenchmarkCheck(b *testing.B) {
	const n = 1024
	rng := rand.New(rand.NewPCG(1, 1))
	random := make([]byte, 4*n*n)
	for i := range random {
		random[i] = byte(rng.Uint32())
	}
	ones := words(make([]uint32, n*n))
	for i := range n * n {
		ones[4*i+2] = 0x80
		ones[4*i+3] = 0x3f
	}
	zeros := make([]byte, 4*n*n)
	for name, m := range map[string]matrices{
		"f32":       {Product{Float32, n, n, n}, ones, zeros, zeros},
		"i8":        {Product{Int8, n, n, n}, random[:n*n], zeros[:n*n], zeros},
		"i32":       {Product{Int32, n, n, n}, random, zeros, zeros},
		"i32-wraps": {Product{Int32, n, n, n}, zeros, random, zeros},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				k, err := New(b.Context(), m.p, seedOf(1), bytes.NewReader(m.b))
				require.NoError(b, err)
				require.NoError(b, m.rows(b, k, 0, n))
			}
		})
	}
}
