package freivalds

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzLanes compares the loops in assembly, where the processor has them, with those in Go, bit for bit.
func FuzzLanes(f *testing.F) {
	extremes := []byte{0, 0, 0, 0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x7f, 0, 0, 0x80, 0xff, 1, 0, 0, 0}
	for n := range 40 {
		f.Add(extremes[:n%20], uint64(n), uint8(n))
	}
	f.Fuzz(compareLanes)
}

func compareLanes(t *testing.T, start []byte, seed uint64, size uint8) {
	rng := rand.New(rand.NewPCG(seed, 1))
	n := int(size)%70 + 1
	x := make([]byte, 4*4*n)
	for i := range x {
		x[i] = byte(rng.Uint32())
	}
	copy(x, start)

	floats := newFloatTable(n)
	for i := range floats {
		floats[i] = rng.NormFloat64()
	}
	some := 4 * (n / floatLanes * floatLanes)
	var sums, want floatSums
	addFloats(&sums, x[:some], floats)
	addFloatsPlain(&want, x[:some], floats)
	for v := range want {
		for i, w := range want[v] {
			if w == w {
				require.Equal(t, w, sums[v][i])
			} else {
				require.NotEqual(t, sums[v][i], sums[v][i], "no number in either")
			}
		}
	}

	elements, _ := field(rand.NewChaCha8(seedOf(n)), n)
	table := tableOf(elements)
	some = 4 * (n / wordLanes * wordLanes)
	var ints, wantInts wordSums
	addWords(&ints, x[:some], table)
	addWordsPlain(&wantInts, x[:some], table)
	require.Equal(t, wantInts, ints)
	value, total := uint64(0), uint64(0)
	for i, r := range elements {
		v := int64(int32(word(x, i)))
		value = fold(0, value+mulmod(signed(v), r))
		total += uint64(max(v, -v))
	}
	gotValue, gotTotal, most := table.times(x[:4*n])
	require.Equal(t, []uint64{value, total}, []uint64{gotValue, gotTotal})
	require.LessOrEqual(t, most, uint64(1)<<32-1)

	bits, numbers := newBits(rand.NewChaCha8(seedOf(n)), n), make([][64]uint32, n)
	for i := range n {
		for v := range numbers[i] {
			numbers[i][v] = rng.Uint32()
		}
	}
	for _, g := range []grid{{x, n, 16, 4}, {x, n, 4, 4 * n}, {x[:4*n], n, 4, 0}} {
		var out, wantOut quad
		out[3][63], wantOut[3][63] = 7, 7
		addBits(&out, g, bits)
		for q := range wantOut {
			for v := range wantOut[q] {
				wantOut[q][v] += sumOfBits(g, q, bits, v)
			}
		}
		require.Equal(t, wantOut, out)
		addProducts(&out, g, numbers)
		addProductsPlain(&wantOut, g, numbers)
		require.Equal(t, wantOut, out)
	}
}

func sumOfBits(g grid, column int, bits []bitBlock, v int) (sum uint32) {
	for i := range g.n {
		sum += word(g.words[i*g.step+column*g.across:], 0) * (bits[i/bitsOnce][v] >> (i % bitsOnce) & 1)
	}
	return sum
}

// Rows longer than what is summed without reducing.
func TestLongRows(t *testing.T) {
	for _, n := range []int{wordsOnce - 1, wordsOnce, wordsOnce + 1, 3*wordsOnce + 5} {
		for _, x := range []uint32{1 << 31, 1<<31 - 1} {
			list := make([]uint32, n)
			elements := make([]uint64, n)
			for i := range list {
				list[i], elements[i] = x, prime-1 // that is -1
			}
			value, sum, most := tableOf(elements).times(words(list))
			require.Equal(t, signed(-int64(int32(x))*int64(n)), value)
			require.Equal(t, uint64(n)*uint64(max(int64(int32(x)), -int64(int32(x)))), sum)
			require.GreaterOrEqual(t, most, uint64(max(int64(int32(x)), -int64(int32(x)))))
		}
	}
}
