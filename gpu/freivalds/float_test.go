package freivalds

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// orders are ways in which devices sum products in f32.
var orders = map[string]func(a, b []float32) float32{
	"one by one": func(a, b []float32) (s float32) {
		for i := range a {
			s += float32(a[i] * b[i])
		}
		return s
	},
	"fused": func(a, b []float32) (s float32) {
		for i := range a {
			s = float32(float64(a[i])*float64(b[i]) + float64(s)) // the product is exact, the sum nearly so
		}
		return s
	},
	"backwards": func(a, b []float32) (s float32) {
		for i := range slices.Backward(a) {
			s += float32(a[i] * b[i])
		}
		return s
	},
	"eight lanes": func(a, b []float32) (s float32) {
		var lanes [8]float32
		for i := range a {
			lanes[i%8] += float32(a[i] * b[i])
		}
		for _, x := range lanes {
			s += x
		}
		return s
	},
	"a tree": tree,
}

func tree(a, b []float32) float32 {
	if len(a) == 1 {
		return float32(a[0] * b[0])
	}
	return tree(a[:len(a)/2], b[:len(a)/2]) + tree(a[len(a)/2:], b[len(a)/2:])
}

// data are kinds of matrices.
var contents = map[string]func(rng *rand.Rand, at, n int) float32{
	"normal":   func(rng *rand.Rand, _, _ int) float32 { return float32(rng.NormFloat64()) },
	"positive": func(rng *rand.Rand, _, _ int) float32 { return rng.Float32() },
	"heavy tails": func(rng *rand.Rand, _, _ int) float32 {
		return float32(math.Exp(3*rng.NormFloat64()) * rng.NormFloat64())
	},
	"sparse": func(rng *rand.Rand, _, _ int) float32 {
		if rng.IntN(20) > 0 {
			return 0
		}
		return float32(rng.NormFloat64())
	},
	"tiny": func(rng *rand.Rand, _, _ int) float32 { return float32(rng.NormFloat64() * 1e-12) },
}

// floatsOf makes matrices of a kind, b transposed too.
func floatsOf(p Product, rng *rand.Rand, content func(rng *rand.Rand, at, n int) float32) (a, b, turned []float32) {
	a, b, turned = make([]float32, p.M*p.K), make([]float32, p.K*p.N), make([]float32, p.K*p.N)
	for i := range a {
		a[i] = content(rng, i%p.K, p.K)
	}
	for k := range p.K {
		for j := range p.N {
			b[k*p.N+j] = content(rng, k, p.K)
			turned[j*p.K+k] = b[k*p.N+j]
		}
	}
	return a, b, turned
}

func multiply(p Product, a, turned []float32, dot func(a, b []float32) float32) []float32 {
	c := make([]float32, p.M*p.N)
	for i := range p.M {
		for j := range p.N {
			c[i*p.N+j] = dot(a[i*p.K:][:p.K], turned[j*p.K:][:p.K])
		}
	}
	return c
}

func raw(list []float32) (p []byte) {
	for _, x := range list {
		p = binary.LittleEndian.AppendUint32(p, math.Float32bits(x))
	}
	return p
}

// worst is the largest deviation of a row, as a part of its size.
func worst(m matrices, k *Check) (off float64) {
	for i := range m.p.M {
		o := k.kind.(*floats).measure(m.a[4*i*m.p.K:][:4*m.p.K], m.c[4*i*m.p.N:][:4*m.p.N])
		off = max(off, o.off/max(o.size, math.SmallestNonzeroFloat64))
	}
	return off
}

// Honest products of all orders pass with room to spare; those of inputs cut to f16 do not.
func TestFloatTolerance(t *testing.T) {
	for name, content := range contents {
		for _, depth := range []int{1, 17, 64, 256, 4096, 16384} {
			p := Product{Float32, 6, 24, depth}
			if depth == 64 {
				p.M = 400 // more rows, and so rarer ones
			}
			t.Run(fmt.Sprint(name, depth), func(t *testing.T) {
				a, b, turned := floatsOf(p, rand.New(rand.NewPCG(uint64(depth), 5)), content)
				k := matrices{p: p, b: raw(b)}.check(t, depth)
				honest := 0.0
				for order, dot := range orders {
					m := matrices{p, raw(a), raw(b), raw(multiply(p, a, turned, dot))}
					require.NoError(t, m.rows(t, k, 0, p.M), order)
					honest = max(honest, worst(m, k))
				}
				require.Less(t, honest, Tolerance(depth)/3)
				cut := func(list []float32) []float32 {
					list = slices.Clone(list)
					for i, x := range list {
						list[i] = math.Float32frombits((math.Float32bits(x) + 0x1000) &^ 0x1fff)
					}
					return list
				}
				m := matrices{p, raw(a), raw(b), raw(multiply(p, cut(a), cut(turned), orders["eight lanes"]))}
				short := worst(m, k)
				t.Logf("honest %.2g, f16 %.2g of the tolerance", honest/Tolerance(depth), short/Tolerance(depth))
				switch {
				case name == "sparse" && depth == 1, name == "positive" && depth > 2000: // nothing to see, and too little
				case name == "positive":
					require.Error(t, m.rows(t, k, 0, p.M))
				default:
					require.Greater(t, short, 5*Tolerance(depth))
				}
			})
		}
	}
}

func TestFloatTampering(t *testing.T) {
	p := Product{Float32, 8, 256, 300}
	rng := rand.New(rand.NewPCG(1, 2))
	a, b, turned := floatsOf(p, rng, contents["normal"])
	honest := multiply(p, a, turned, orders["one by one"])
	m := matrices{p, raw(a), raw(b), nil}
	k := m.check(t, 1)
	size := 0.0
	for _, x := range honest[3*p.N : 4*p.N] {
		size += float64(x) * float64(x)
	}
	size = math.Sqrt(size)
	for seed := range 50 {
		k = m.check(t, seed)
		at := 3*p.N + rng.IntN(p.N-1)
		for _, pair := range []float32{0, 1, -1} { // alone, with an equal one, with one that cancels it
			c := slices.Clone(honest)
			change := float32(2.6 * Tolerance(p.K) * size)
			if pair != 0 {
				change *= 20 // three vectors miss it with (1/50)^3
			}
			c[at] += change
			c[at+1] += pair * change
			m.c = raw(c)
			err := m.rows(t, k, 0, p.M)
			var wrong *Mismatch
			require.ErrorAs(t, err, &wrong)
			require.Equal(t, 3, wrong.First)
			require.False(t, wrong.Proved, "rounding could do that in the worst case")
		}
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), 1e30} {
		c := slices.Clone(honest)
		c[5*p.N] = float32(x)
		m.c = raw(c)
		var wrong *Mismatch
		require.ErrorAs(t, m.rows(t, k, 0, p.M), &wrong)
		require.True(t, wrong.Proved)
		require.Equal(t, 5, wrong.First)
	}
}

// Sums of equal terms are the worst for rounding: one by one they look wrong, but nobody may say that this is proved.
func TestEqualTerms(t *testing.T) {
	p := Product{Float32, 2, 5, 16384}
	a, b, turned := floatsOf(p, nil, func(*rand.Rand, int, int) float32 { return 0.1 })
	k := matrices{p: p, b: raw(b)}.check(t, 1)
	var doubt *Mismatch
	require.ErrorAs(t, matrices{p, raw(a), nil, raw(multiply(p, a, turned, orders["one by one"]))}.rows(t, k, 0, 2), &doubt)
	require.False(t, doubt.Proved)
	require.NoError(t, matrices{p, raw(a), nil, raw(multiply(p, a, turned, orders["a tree"]))}.rows(t, k, 0, 2))
}

func TestUncheckable(t *testing.T) {
	p := Product{Float32, 2, 3, 4}
	for _, x := range []float32{float32(math.NaN()), float32(math.Inf(-1)), 3e38} {
		a, b, turned := floatsOf(p, rand.New(rand.NewPCG(1, 2)), contents["positive"])
		c := multiply(p, a, turned, tree)
		a[5] = x
		m := matrices{p, raw(a), raw(b), raw(c)}
		require.ErrorIs(t, m.rows(t, m.check(t, 1), 0, 2), ErrUncheckable)
		b[0] = x
		_, err := New(t.Context(), p, seedOf(1), bytes.NewReader(raw(b)))
		if x != 3e38 {
			require.ErrorIs(t, err, ErrUncheckable)
		}
	}
}
