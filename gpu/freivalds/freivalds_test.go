package freivalds

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// matrices are a product as bytes.
type matrices struct {
	p       Product
	a, b, c []byte
}

func words(list []uint32) (p []byte) {
	for _, w := range list {
		p = binary.LittleEndian.AppendUint32(p, w)
	}
	return p
}

// integers makes a product of numbers of some bits, computed one by one.
func integers(p Product, rng *rand.Rand, width int) matrices {
	value := func() int32 { return int32(rng.Uint32()) >> (32 - width) }
	a, b, c := make([]int32, p.M*p.K), make([]int32, p.K*p.N), make([]uint32, p.M*p.N)
	for _, list := range [][]int32{a, b} {
		for i := range list {
			list[i] = value()
		}
	}
	for i := range p.M {
		for j := range p.N {
			for k := range p.K {
				c[i*p.N+j] += uint32(a[i*p.K+k]) * uint32(b[k*p.N+j])
			}
		}
	}
	m := matrices{p: p, c: words(c)}
	if p.Kind == Int8 {
		for _, v := range a {
			m.a = append(m.a, byte(v))
		}
		for j := range p.N {
			for k := range p.K {
				m.b = append(m.b, byte(b[k*p.N+j]))
			}
		}
		return m
	}
	for _, v := range a {
		m.a = binary.LittleEndian.AppendUint32(m.a, uint32(v))
	}
	for _, v := range b {
		m.b = binary.LittleEndian.AppendUint32(m.b, uint32(v))
	}
	return m
}

func seedOf(n int) (s [32]byte) {
	binary.LittleEndian.PutUint64(s[:], uint64(n))
	return s
}

func (m matrices) check(t testing.TB, seed int) *Check {
	t.Helper()
	k, err := New(t.Context(), m.p, seedOf(seed), bytes.NewReader(m.b))
	require.NoError(t, err)
	return k
}

func (m matrices) rows(t testing.TB, k *Check, first, count int) error {
	t.Helper()
	return k.Rows(t.Context(), first, count, bytes.NewReader(m.a), bytes.NewReader(m.c))
}

var shapes = []Product{{M: 1, N: 1, K: 1}, {M: 3, N: 1, K: 9}, {M: 7, N: 5, K: 2}, {M: 70, N: 33, K: 41}, {M: 5, N: 600, K: 530}}

// Whatever element and bit of a product of integers is changed, it is found, and the products themselves pass.
func TestIntegers(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		width int
		wraps bool
	}{{Int8, 8, false}, {Int32, 10, false}, {Int32, 32, true}} {
		t.Run(fmt.Sprint(c.kind, c.width), func(t *testing.T) {
			for n, p := range shapes {
				rng := rand.New(rand.NewPCG(uint64(n), 3))
				p.Kind = c.kind
				m := integers(p, rng, c.width)
				k := m.check(t, n)
				require.NoError(t, m.rows(t, k, 0, p.M))
				require.Equal(t, c.wraps, k.mu.wraps != nil || !c.wraps && p.M == 0, "%+v", p)
				for try := range 64 {
					bit := 31 - try%32
					if try%2 == 0 {
						bit = 31
					}
					at := rng.IntN(p.M * p.N)
					first := rng.IntN(at/p.N + 1)
					count := at/p.N - first + 1 + rng.IntN(p.M-at/p.N)
					require.NoError(t, m.rows(t, k, first, count))
					m.c[4*at+bit/8] ^= 1 << (bit % 8)
					err := m.rows(t, k, first, count)
					wrong, ok := errors.AsType[*Mismatch](err)
					require.True(t, ok, "bit %d of element %d of %+v: %v", bit, at, p, err)
					require.LessOrEqual(t, wrong.First, at/p.N)
					require.Greater(t, wrong.First+wrong.Count, at/p.N)
					m.c[4*at+bit/8] ^= 1 << (bit % 8)
				}
			}
		})
	}
}

// One row whose sums may wrap, or one element of b that is too large for any sum to be sure: what is wrong in other rows is found as well.
func TestSomeRowsWrap(t *testing.T) {
	p := Product{Int32, 70, 33, 41}
	for _, large := range []string{"a", "b"} {
		m := integers(p, rand.New(rand.NewPCG(1, 5)), 8)
		at, list := 35*p.K+7, m.a
		if large == "b" {
			at, list = 9*p.N+4, m.b
		}
		const lowest = 1 << 31
		change := lowest - word(list, at)
		binary.LittleEndian.PutUint32(list[4*at:], lowest)
		for i := range max(p.M, p.N) { // the change times the other matrix's row or column
			switch {
			case large == "a" && i < p.N:
				cell := m.c[4*(35*p.N+i):]
				binary.LittleEndian.PutUint32(cell, binary.LittleEndian.Uint32(cell)+change*word(m.b, 7*p.N+i))
			case large == "b" && i < p.M:
				cell := m.c[4*(i*p.N+4):]
				binary.LittleEndian.PutUint32(cell, binary.LittleEndian.Uint32(cell)+change*word(m.a, i*p.K+9))
			}
		}
		k := m.check(t, 1)
		require.NoError(t, m.rows(t, k, 0, p.M), large)
		for row := range p.M {
			m.c[4*(row*p.N+row%p.N)+3] ^= 0x80
			var wrong *Mismatch
			require.ErrorAs(t, m.rows(t, k, 0, p.M), &wrong, "row %d", row)
			require.True(t, wrong.First <= row && row < wrong.First+wrong.Count)
			m.c[4*(row*p.N+row%p.N)+3] ^= 0x80
		}
	}
}

// A number for which reading b was given up, and rows that are sure all the same: what was not read must not count.
func TestGivenUp(t *testing.T) {
	const n = 600 // some blocks
	m := matrices{p: Product{Int32, n, n, n}, a: make([]byte, 4*n*n), b: words(slices.Repeat([]uint32{7}, n*n))}
	binary.LittleEndian.PutUint32(m.b, hopeless)
	for i := range n {
		m.a[4*(i*n+i)] = 1
	}
	m.c = bytes.Clone(m.b)
	require.NoError(t, m.rows(t, m.check(t, 1), 0, n))
	m.c[len(m.c)-1] ^= 0x80
	require.Error(t, m.rows(t, m.check(t, 1), 0, n))
}

// The extremes of every type, where biased sums are largest.
func TestExtremes(t *testing.T) {
	p := Product{M: 4, N: 6, K: 2000}
	for _, kind := range []Kind{Int8, Int32} {
		for _, v := range []int32{math.MinInt32, math.MaxInt32, -1, 0} {
			p.Kind = kind
			size, element := 4, v
			if kind == Int8 {
				size, element = 1, v>>24
			}
			var cell [4]byte
			binary.LittleEndian.PutUint32(cell[:], uint32(element))
			m := matrices{p: p, a: bytes.Repeat(cell[:size], p.M*p.K), b: bytes.Repeat(cell[:size], p.K*p.N)}
			binary.LittleEndian.PutUint32(cell[:], uint32(element)*uint32(element)*uint32(p.K))
			m.c = bytes.Repeat(cell[:], p.M*p.N)
			require.NoError(t, m.rows(t, m.check(t, 1), 0, p.M), "%s %d", kind, v)
			m.c[len(m.c)-1] ^= 0x80
			require.Error(t, m.rows(t, m.check(t, 1), 0, p.M), "%s %d", kind, v)
		}
	}
}

// Two errors that cancel in sums, in products by signs, and in all rows at once.
func TestCancellingErrors(t *testing.T) {
	p := Product{M: 40, N: 48, K: 9}
	for _, c := range []struct {
		kind  Kind
		width int
	}{{Int8, 8}, {Int32, 12}, {Int32, 32}} {
		p.Kind = c.kind
		m := integers(p, rand.New(rand.NewPCG(1, 1)), c.width)
		for _, delta := range []uint32{1, 1 << 31, 1 << 30} {
			wrong := matrices{p, m.a, m.b, bytes.Clone(m.c)}
			for row := range p.M {
				for _, e := range [][2]uint32{{5, delta}, {11, -delta}} {
					cell := wrong.c[4*(row*p.N+int(e[0])):]
					binary.LittleEndian.PutUint32(cell, binary.LittleEndian.Uint32(cell)+e[1])
				}
			}
			for seed := range 20 {
				require.Error(t, wrong.rows(t, wrong.check(t, seed), 0, p.M))
			}
		}
	}
}

// One vector of bits misses half of the wrong rows and columns, or nearly so: the doubling that the bound counts on is real.
func TestBitsAreFair(t *testing.T) {
	k := &Check{p: Product{Int32, 256, 256, 1}, b: bytes.NewReader(make([]byte, 4*256))}
	w, err := newWrapped(t.Context(), k)
	require.NoError(t, err)
	left := w.leftBits(0, 256)
	ones := 0
	for v := range 64 {
		for i := range 256 {
			ones += int(w.right[i/bitsOnce][v]>>(i%bitsOnce)&1 + left[i/bitsOnce][v]>>(i%bitsOnce)&1)
		}
	}
	require.InDelta(t, 64*256, ones, 400)
}

func TestFold(t *testing.T) {
	require.Equal(t, uint64(0), fold(0, prime))
	require.Equal(t, uint64(8), fold(1, 0))
	require.Equal(t, uint64(7), fold(0, math.MaxUint64), "2^64 - 1 = 8 - 1")
	require.Equal(t, uint64(1), mulmod(prime-1, prime-1))
	require.Equal(t, uint64(4), fold(1<<60, 0), "2^124 = 2^2")
}

func TestRefusals(t *testing.T) {
	_, err := New(t.Context(), Product{Int32, 0, 1, 1}, seedOf(1), nil)
	require.ErrorContains(t, err, "M is 0; it must be 1 to 1048576")
	_, err = New(t.Context(), Product{"f16", 1, 1, 1}, seedOf(1), nil)
	require.ErrorContains(t, err, `no products of "f16"`)
	_, err = New(t.Context(), Product{Int32, 2, 2, 2}, seedOf(1), bytes.NewReader(make([]byte, 15)))
	require.ErrorIs(t, err, io.EOF)
	require.ErrorContains(t, err, "b cannot be read at byte 15")
	m := integers(Product{Int32, 2, 2, 2}, rand.New(rand.NewPCG(1, 1)), 32)
	k := m.check(t, 1)
	require.ErrorContains(t, m.rows(t, k, 1, 2), "rows 1 to 2 are not in a product of 2 rows")
	require.ErrorContains(t, matrices{m.p, m.a, m.b, m.c[:9]}.rows(t, k, 0, 2), "c cannot be read at byte 9")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, k.Rows(ctx, 0, 2, bytes.NewReader(m.a), bytes.NewReader(m.c)), context.Canceled)
	require.NoError(t, m.rows(t, k, 0, 2), "a canceled check can go on")
}
