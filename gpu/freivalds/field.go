package freivalds

import (
	"encoding/binary"
	"math"
	"math/bits"
	"math/rand/v2"
	"sync"
)

// Integers are checked modulo the Mersenne prime 2^61-1. Signed elements x are read as x + bias, which is not negative, so that
// sums of products are plain unsigned ones; what the biases add up to is subtracted at the end.

const (
	prime   = 1<<61 - 1
	bias32  = 1 << 31
	bias8   = 1 << 7
	lowBits = 31
	lowMask = 1<<lowBits - 1
)

// fold reduces hi 2^64 + lo modulo the prime; hi is below 2^61.
func fold(hi, lo uint64) uint64 {
	x := lo&prime + lo>>61 + (hi<<3)&prime + hi>>58
	x = x&prime + x>>61
	if x >= prime {
		x -= prime
	}
	return x
}

func mulmod(a, b uint64) uint64 { return fold(bits.Mul64(a, b)) }

func submod(a, b uint64) uint64 {
	if a < b {
		a += prime
	}
	return a - b
}

// field are n uniform elements of the field and their sum.
func field(random *rand.ChaCha8, n int) (r []uint64, sum uint64) {
	r = make([]uint64, n)
	for i := range r {
		for r[i] = prime; r[i] == prime; {
			r[i] = random.Uint64() >> 3
		}
		sum = fold(0, sum+r[i])
	}
	return r, sum
}

func total(list []uint64) (sum uint64) {
	for _, x := range list {
		sum = fold(0, sum+x)
	}
	return sum
}

// dot32 is the sum of the biased elements of a row times r. Up to 2^20 products of 93 bits fit into 128.
func dot32(row []byte, r []uint64) uint64 {
	var h0, l0, h1, l1, carry uint64
	for len(row) >= 8 && len(r) >= 2 {
		w := binary.LittleEndian.Uint64(row) ^ (bias32<<32 | bias32)
		hi, lo := bits.Mul64(w&math.MaxUint32, r[0])
		l0, carry = bits.Add64(l0, lo, 0)
		h0, _ = bits.Add64(h0, hi, carry)
		hi, lo = bits.Mul64(w>>32, r[1])
		l1, carry = bits.Add64(l1, lo, 0)
		h1, _ = bits.Add64(h1, hi, carry)
		row, r = row[8:], r[2:]
	}
	if len(r) == 1 {
		hi, lo := bits.Mul64(uint64(word(row, 0)^bias32), r[0])
		l0, carry = bits.Add64(l0, lo, 0)
		h0, _ = bits.Add64(h0, hi, carry)
	}
	l0, carry = bits.Add64(l0, l1, 0)
	h0, _ = bits.Add64(h0, h1, carry)
	return fold(h0, l0)
}

// magnitude returns the sum and a bound of the absolute values of a row.
func magnitude(row []byte) (sum, most uint64) {
	var other uint64
	for ; len(row) >= 8; row = row[8:] {
		w := binary.LittleEndian.Uint64(row)
		x, y := int64(int32(w)), int64(w)>>32
		p, q := uint64(max(x, -x)), uint64(max(y, -y))
		sum += p
		other += q
		most |= p | q
	}
	if len(row) >= 4 {
		x := int64(int32(word(row, 0)))
		sum += uint64(max(x, -x))
		most |= uint64(max(x, -x))
	}
	return sum + other, most
}

// ints checks 32-bit integers whose sums do not overflow.
type ints struct {
	p       Product
	r, y    []uint64 // y = b r
	sumR    uint64
	sumY    uint64
	mu      sync.Mutex
	largest uint64 // bound of the absolute values in b; guarded by mu
}

func newInts(p Product, random *rand.ChaCha8) *ints {
	k := &ints{p: p, y: make([]uint64, p.K)}
	k.r, k.sumR = field(random, p.N)
	return k
}

func (k *ints) prepare(first int, rows []byte) {
	largest := uint64(0)
	for i := first; len(rows) > 0; i++ {
		row := rows[:4*k.p.N]
		k.y[i] = submod(dot32(row, k.r), mulmod(bias32, k.sumR))
		_, most := magnitude(row)
		largest = max(largest, most)
		rows = rows[len(row):]
	}
	k.mu.Lock()
	k.largest = max(k.largest, largest)
	k.mu.Unlock()
}

func (k *ints) ready() error {
	k.sumY = total(k.y)
	return nil
}

func (k *ints) check(first int, a, c []byte) error {
	shiftY, shiftR := mulmod(bias32, k.sumY), mulmod(bias32, k.sumR)
	unsure := false
	for i := first; len(a) > 0; i++ {
		row := a[:4*k.p.K]
		sum, _ := magnitude(row)
		if hi, lo := bits.Mul64(sum, k.largest); hi > 0 || lo > 1<<31-1 {
			unsure = true
		} else if submod(dot32(c[:4*k.p.N], k.r), shiftR) != submod(dot32(row, k.y), shiftY) {
			return &Mismatch{First: i, Count: 1}
		}
		a, c = a[len(row):], c[4*k.p.N:]
	}
	if unsure {
		return errWraps
	}
	return nil
}

// octets checks products of 8-bit integers, whose sums never overflow. Elements of the field are cut into a low part of 31
// and a high one of 30 bits, so that 2^20 products of either with a byte fit into 64.
type octets struct {
	p        Product
	r        []uint64
	sumR     uint64
	mu       sync.Mutex
	low      []uint64 // sums over the rows of b transposed of the low part; guarded by mu
	high     []uint64
	y        []uint64
	yLow, yH []uint64
	sumY     uint64
}

func newBytes(p Product, random *rand.ChaCha8) *octets {
	k := &octets{p: p, low: make([]uint64, p.K), high: make([]uint64, p.K)}
	k.r, k.sumR = field(random, p.N)
	return k
}

func (k *octets) prepare(first int, rows []byte) {
	n := k.p.K
	low, high := make([]uint64, n), make([]uint64, n)
	i := first
	for ; len(rows) >= 2*n; rows, i = rows[2*n:], i+2 {
		l0, h0, l1, h1 := k.r[i]&lowMask, k.r[i]>>lowBits, k.r[i+1]&lowMask, k.r[i+1]>>lowBits
		a, b, low, high := rows[:n], rows[n:][:n], low[:n], high[:n]
		for j := range a {
			x, y := uint64(a[j]^bias8), uint64(b[j]^bias8)
			low[j] += x*l0 + y*l1
			high[j] += x*h0 + y*h1
		}
	}
	if len(rows) > 0 {
		for j := range n {
			x := uint64(rows[j] ^ bias8)
			low[j] += x * (k.r[i] & lowMask)
			high[j] += x * (k.r[i] >> lowBits)
		}
	}
	k.mu.Lock()
	for j := range n {
		k.low[j] += low[j]
		k.high[j] += high[j]
	}
	k.mu.Unlock()
}

// join is low + 2^31 high in the field.
func join(low, high uint64) uint64 { return fold(0, fold(0, low)+mulmod(1<<lowBits, fold(0, high))) }

func (k *octets) ready() error {
	k.y, k.yLow, k.yH = make([]uint64, k.p.K), make([]uint64, k.p.K), make([]uint64, k.p.K)
	for j := range k.y {
		k.y[j] = submod(join(k.low[j], k.high[j]), mulmod(bias8, k.sumR))
		k.yLow[j], k.yH[j] = k.y[j]&lowMask, k.y[j]>>lowBits
	}
	k.sumY = total(k.y)
	return nil
}

func (k *octets) check(first int, a, c []byte) error {
	shiftY, shiftR := mulmod(bias8, k.sumY), mulmod(bias32, k.sumR)
	for i := first; len(a) > 0; i++ {
		row, yLow, yHigh := a[:k.p.K], k.yLow[:k.p.K], k.yH[:k.p.K]
		low, high := uint64(0), uint64(0)
		for j, v := range row {
			x := uint64(v ^ bias8)
			low += x * yLow[j]
			high += x * yHigh[j]
		}
		if submod(dot32(c[:4*k.p.N], k.r), shiftR) != submod(join(low, high), shiftY) {
			return &Mismatch{First: i, Count: 1}
		}
		a, c = a[k.p.K:], c[4*k.p.N:]
	}
	return nil
}
