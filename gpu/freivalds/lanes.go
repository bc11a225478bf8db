package freivalds

import (
	"encoding/binary"
	"math/rand/v2"
)

// The innermost loops. Each has a form in assembly for processors with AVX2, which gives the same bits as the one here: floats
// are summed in the same lanes, and products rounded before they are added.

const (
	floatLanes = 8 // elements of a row of floats in a step
	wordLanes  = 4 // of integers
	limbBits   = 21
	limbMask   = 1<<limbBits - 1
	wordsOnce  = 1024 // words after which sums of limbs are reduced: 2^8 products of 31 and 21 bits in each of 4 lanes
)

// floatSums are, in each lane, the sums of x r for three vectors r and of x x w.
type floatSums [vectors + 1][floatLanes]float64

// floatTable holds vectors in the order in which rows of floats meet them: three numbers r and a weight w for each element.
type floatTable []float64

func newFloatTable(n int) floatTable {
	return make(floatTable, (n+floatLanes-1)/floatLanes*floatLanes*(vectors+1))
}

func (t floatTable) at(i, v int) *float64 {
	return &t[i/floatLanes*floatLanes*(vectors+1)+v*floatLanes+i%floatLanes]
}

// times is a row times each of the three vectors, and the sum of its squares times the weights.
func (t floatTable) times(row []byte) (result [vectors + 1]float64) {
	var sums floatSums
	whole := len(row) / (4 * floatLanes)
	addFloats(&sums, row[:4*floatLanes*whole], t)
	if rest := row[4*floatLanes*whole:]; len(rest) > 0 {
		var last [4 * floatLanes]byte
		copy(last[:], rest)
		addFloats(&sums, last[:], t[whole*floatLanes*(vectors+1):])
	}
	for v, lanes := range sums {
		for _, x := range lanes {
			result[v] += x
		}
	}
	return result
}

func addFloatsPlain(sums *floatSums, x []byte, t floatTable) {
	for ; len(x) >= 4*floatLanes; x, t = x[4*floatLanes:], t[floatLanes*(vectors+1):] {
		row, r := (*[4 * floatLanes]byte)(x), (*[floatLanes * (vectors + 1)]float64)(t)
		for i := range floatLanes {
			v := float(row[4*i:])
			sums[0][i] += float64(v * r[i])
			sums[1][i] += float64(v * r[floatLanes+i])
			sums[2][i] += float64(v * r[2*floatLanes+i])
			sums[3][i] += float64(float64(v*v) * r[3*floatLanes+i])
		}
	}
}

// wordSums are, in each lane, sums of a word times three limbs of an element of the field, the sum of absolute values, and
// their bits.
type wordSums [5][wordLanes]uint64

// wordTable holds elements of the field as limbs of 21 bits, in the order in which rows of words meet them.
type wordTable []uint64

func newWordTable(n int) wordTable { return make(wordTable, (n+wordLanes-1)/wordLanes*wordLanes*3) }

func (t wordTable) set(i int, x uint64) {
	at := t[i/wordLanes*wordLanes*3+i%wordLanes:]
	at[0], at[wordLanes], at[2*wordLanes] = x&limbMask, x>>limbBits&limbMask, x>>(2*limbBits)
}

// times is a row of signed words times the vector, in the field, with the sum and a bound of the absolute values.
func (t wordTable) times(row []byte) (value, sum, most uint64) {
	for len(row) > 0 {
		some := row[:min(len(row), 4*wordsOnce)]
		row = row[len(some):]
		var sums wordSums
		whole := len(some) / (4 * wordLanes)
		addWords(&sums, some[:4*wordLanes*whole], t)
		if rest := some[4*wordLanes*whole:]; len(rest) > 0 {
			var last [4 * wordLanes]byte
			copy(last[:], rest)
			addWords(&sums, last[:], t[whole*wordLanes*3:])
		}
		if len(row) > 0 {
			t = t[wordsOnce*3:]
		}
		var limbs [3]uint64
		for i := range limbs {
			limbs[i] = signed(int64(sums[i][0] + sums[i][1] + sums[i][2] + sums[i][3]))
		}
		value = fold(0, value+limbs[0]+mulmod(limbs[1], 1<<limbBits)+mulmod(limbs[2], 1<<(2*limbBits)))
		sum += sums[3][0] + sums[3][1] + sums[3][2] + sums[3][3]
		most |= sums[4][0] | sums[4][1] | sums[4][2] | sums[4][3]
	}
	return value, sum, most
}

func addWordsPlain(sums *wordSums, x []byte, t wordTable) {
	for ; len(x) >= 4*wordLanes; x, t = x[4*wordLanes:], t[3*wordLanes:] {
		row, r := (*[4 * wordLanes]byte)(x), (*[3 * wordLanes]uint64)(t)
		for i := range wordLanes {
			v := int64(int32(word(row[:], i)))
			sums[0][i] += uint64(v) * r[i]
			sums[1][i] += uint64(v) * r[wordLanes+i]
			sums[2][i] += uint64(v) * r[2*wordLanes+i]
			size := uint64(max(v, -v))
			sums[3][i] += size
			sums[4][i] |= size
		}
	}
}

// grid is a view of words: n in a column, step bytes apart, and four columns that are across bytes apart.
type grid struct {
	words           []byte
	n, step, across int
}

// check panics if the view is not inside of its words.
func (g grid) check() {
	if g.n > 0 {
		_ = g.words[(g.n-1)*g.step+3*g.across+3]
	}
}

// quad are the sums of four columns, for 64 vectors.
type quad = [4][64]uint32

const bitsOnce = 32 // words that meet one block of bits

// bitBlock holds bits of 64 vectors for some words in a row: bit i of each vector's word is that for word i.
type bitBlock [64]uint32

// newBits draws bits of 64 vectors for n words.
func newBits(random *rand.ChaCha8, n int) []bitBlock {
	list := make([]bitBlock, (n+bitsOnce-1)/bitsOnce)
	for i := range list {
		for v := 0; v < len(list[i]); v += 2 {
			x := random.Uint64()
			list[i][v], list[i][v+1] = uint32(x), uint32(x>>32)
		}
	}
	return list
}

// addBits adds the words of each column that have a bit in each of 64 vectors.
func addBits(out *quad, g grid, bits []bitBlock) {
	whole := g.n / bitsOnce
	if whole > 0 {
		some := g
		some.n = whole * bitsOnce
		addBlocks(out, some, bits)
	}
	if whole*bitsOnce == g.n {
		return
	}
	var last [16 * bitsOnce]byte
	for i := whole * bitsOnce; i < g.n; i++ {
		for q := range out {
			x := binary.LittleEndian.Uint32(g.words[i*g.step+q*g.across:])
			binary.LittleEndian.PutUint32(last[(i-whole*bitsOnce)*16+4*q:], x)
		}
	}
	addBlocks(out, grid{last[:], bitsOnce, 16, 4}, bits[whole:])
}

// addBlocksPlain is addBits for whole blocks. Sums of four words are looked up in a table of the 16 there are.
func addBlocksPlain(out *quad, g grid, bits []bitBlock) {
	for i := 0; i < g.n; i += 4 {
		block, shift := &bits[i/bitsOnce], i%bitsOnce
		for q := range out {
			var t [16]uint32
			for j := range 4 {
				x := binary.LittleEndian.Uint32(g.words[(i+j)*g.step+q*g.across:])
				for s := range 1 << j {
					t[1<<j+s] = t[s] + x
				}
			}
			for v := range out[q] {
				out[q][v] += t[block[v]>>shift&15]
			}
		}
	}
}

// addProductsPlain adds the words of each column times those of 64 vectors.
func addProductsPlain(out *quad, g grid, y [][64]uint32) {
	for i := range g.n {
		for q := range out {
			x := binary.LittleEndian.Uint32(g.words[i*g.step+q*g.across:])
			for v, w := range y[i] {
				out[q][v] += x * w
			}
		}
	}
}
