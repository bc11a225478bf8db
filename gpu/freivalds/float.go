package freivalds

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
)

// Tolerance is the part of a row's size by which a row of an f32 product with sums of k terms may differ from the exact one.
// The size is the Euclidean norm of the row of c, or what it would be if the terms of its sums were independent, whichever is
// larger.
//
// It was set by measuring sums of up to 16384 random terms in five orders, fused and not: they stay below a third of it. Sums
// of very many equal terms, one after the other, may exceed it, since their roundings all go the same way; see
// Mismatch.Proved.
//
// What it means for a wrong row whose largest error is d: each of three random vectors misses it with a probability of at most
// t/d, where t is Tolerance times the size, so all do with (t/d)^3; a single wrong element off by more than 2.5 t is always
// seen. What is smaller is not seen: changes of less than t, which in a row of n like elements is Tolerance sqrt(n) of one.
// Inputs cut to f16 are over 10 times beyond it where terms have both signs; where all are positive, their roundings average
// out, and from some 2000 terms on the result is too good to be told from an honest one.
func Tolerance(k int) float64 { return max(1.5e-6, 3e-7*math.Sqrt(float64(k))) }

// vectors of random numbers that a row of floats is multiplied with, in one pass.
const vectors = 3

// floats checks f32 products in float64. The random numbers have magnitudes from 0.5 to 1.5 and a random sign: no element is
// hidden by a small one, and two errors do not cancel each other as they would with signs alone.
type floats struct {
	p Product
	r floatTable // with weights of 1
	y floatTable // b r, and the sum of the squares of each row of b
}

func newFloats(p Product, random *rand.ChaCha8) *floats {
	k := &floats{p: p, r: newFloatTable(p.N), y: newFloatTable(p.K)}
	for i := range p.N {
		for v := range vectors {
			x := random.Uint64()
			*k.r.at(i, v) = math.Copysign(0.5+float64(x>>12)/(1<<52), float64(int64(x<<63)))
		}
		*k.r.at(i, vectors) = 1
	}
	return k
}

func float(row []byte) float64 { return float64(math.Float32frombits(binary.LittleEndian.Uint32(row))) }

func (k *floats) prepare(first int, rows []byte) error {
	for i := first; len(rows) > 0; i++ {
		for v, x := range k.r.times(rows[:4*k.p.N]) {
			*k.y.at(i, v) = x
		}
		rows = rows[4*k.p.N:]
	}
	return nil
}

func (k *floats) ready() error {
	for i := range k.p.K {
		if !finite(*k.y.at(i, vectors)) {
			return ErrUncheckable
		}
	}
	return nil
}

func finite(x float64) bool { return x-x == 0 }

func (k *floats) check(first int, a, c []byte) error {
	for i := first; len(a) > 0; i++ {
		if err := k.row(i, a[:4*k.p.K], c[:4*k.p.N]); err != nil {
			return err
		}
		a, c = a[4*k.p.K:], c[4*k.p.N:]
	}
	return nil
}

// rowOff is how far a row of c is from a b, in the worst of the vectors.
type rowOff struct {
	off   float64
	size  float64 // of the row; see Tolerance
	most  float64 // a bound of the sum of all absolute products of the row, by the inequality of Cauchy and Schwarz
	least float64 // what flushing of products and sums below 2^-126 may add
}

func (k *floats) measure(a, c []byte) rowOff {
	want, got := k.y.times(a), k.r.times(c)
	spread, square, terms := want[vectors], got[vectors], float64(k.p.N)*float64(k.p.K)
	o := rowOff{size: math.Sqrt(max(spread, square)), most: math.Sqrt(terms * spread), least: terms * 1.5 * 0x1p-125}
	for v := range vectors {
		o.off = max(o.off, math.Abs(got[v]-want[v]))
	}
	if !finite(square) {
		o.off, o.size = math.Inf(1), 1
	}
	return o
}

func (k *floats) row(i int, a, c []byte) error {
	o := k.measure(a, c)
	allowed := Tolerance(k.p.K) * o.size
	switch {
	case !finite(o.most) || o.most >= 1<<127: // f32 ends at 2^128
		return ErrUncheckable
	case o.off <= allowed+o.least:
		return nil
	}
	// In any order of summation, the error of an element is at most gamma times the sum of its absolute products (Higham,
	// "Accuracy and stability of numerical algorithms", 2002, section 3.1); the random numbers are below 1.5.
	n := float64(k.p.K) + 1
	gamma := n * 0x1p-24 / (1 - n*0x1p-24)
	return &Mismatch{First: i, Count: 1, Deviation: o.off / max(allowed, math.SmallestNonzeroFloat32), Proved: o.off > 1.5*gamma*o.most*(1+1e-9)+o.least}
}
