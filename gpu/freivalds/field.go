package freivalds

import (
	"math/bits"
	"math/rand/v2"
	"sync"
)

// Integers are checked modulo the Mersenne prime 2^61-1. Bytes x are read as x + bias, which is not negative, so that sums of
// products are plain unsigned ones; what the biases add up to is subtracted at the end.

const (
	prime   = 1<<61 - 1
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

// signed is x in the field.
func signed(x int64) uint64 {
	if x < 0 {
		return submod(0, fold(0, -uint64(x)))
	}
	return fold(0, uint64(x))
}

// ints checks 32-bit integers whose sums do not overflow.
type ints struct {
	p       Product
	r, y    wordTable // y = b r
	mu      sync.Mutex
	largest uint64 // bound of the absolute values in b; guarded by mu
}

// hopeless is a bound of the absolute values in b from which on two elements of a other than 0 may make a sum overflow: what is as large is left to
// the check modulo 2^32, without reading all of a and b before.
const hopeless = 1 << 30

func newInts(p Product, random *rand.ChaCha8) *ints {
	r, _ := field(random, p.N)
	return &ints{p: p, r: tableOf(r), y: newWordTable(p.K)}
}

func tableOf(list []uint64) wordTable {
	t := newWordTable(len(list))
	for i, x := range list {
		t.set(i, x)
	}
	return t
}

func (k *ints) prepare(first int, rows []byte) error {
	largest := uint64(0)
	for i := first; len(rows) > 0; i++ {
		y, _, most := k.r.times(rows[:4*k.p.N])
		k.y.set(i, y)
		largest = max(largest, most)
		rows = rows[4*k.p.N:]
	}
	k.mu.Lock()
	k.largest = max(k.largest, largest)
	k.mu.Unlock()
	if largest >= hopeless {
		return errWraps
	}
	return nil
}

func (k *ints) ready() error { return nil }

func (k *ints) check(first int, a, c []byte) error {
	if k.largest >= hopeless { // y is not complete
		return errWraps
	}
	for i := first; len(a) > 0; i++ {
		want, sum, _ := k.y.times(a[:4*k.p.K])
		if hi, lo := bits.Mul64(sum, k.largest); hi > 0 || lo > 1<<31-1 {
			return errWraps
		}
		if got, _, _ := k.r.times(c[:4*k.p.N]); got != want {
			return &Mismatch{First: i, Count: 1}
		}
		a, c = a[4*k.p.K:], c[4*k.p.N:]
	}
	return nil
}

// octets checks products of 8-bit integers, whose sums never overflow. Elements of the field are cut into a low part of 31
// and a high one of 30 bits, so that 2^20 products of either with a byte fit into 64.
type octets struct {
	p        Product
	r        []uint64
	table    wordTable // r
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
	k.table = tableOf(k.r)
	return k
}

func (k *octets) prepare(first int, rows []byte) error {
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
	return nil
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
	shift := mulmod(bias8, k.sumY)
	for i := first; len(a) > 0; i++ {
		row, yLow, yHigh := a[:k.p.K], k.yLow[:k.p.K], k.yH[:k.p.K]
		low, high := uint64(0), uint64(0)
		for j, v := range row {
			x := uint64(v ^ bias8)
			low += x * yLow[j]
			high += x * yHigh[j]
		}
		if got, _, _ := k.table.times(c[:4*k.p.N]); got != submod(join(low, high), shift) {
			return &Mismatch{First: i, Count: 1}
		}
		a, c = a[k.p.K:], c[4*k.p.N:]
	}
	return nil
}
