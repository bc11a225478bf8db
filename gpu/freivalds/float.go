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
	r [][vectors]float64
	y []column
}

// column is what a check knows of a row, of b or c; one of b meets a column of a.
type column struct {
	y      [vectors]float64 // the row times r
	square float64          // sum of squares
}

func newFloats(p Product, random *rand.ChaCha8) *floats {
	k := &floats{p: p, r: make([][vectors]float64, p.N), y: make([]column, p.K)}
	for i := range k.r {
		for v := range vectors {
			x := random.Uint64()
			k.r[i][v] = math.Copysign(0.5+float64(x>>12)/(1<<52), float64(int64(x<<63)))
		}
	}
	return k
}

func float(row []byte) float64 { return float64(math.Float32frombits(binary.LittleEndian.Uint32(row))) }

func (k *floats) prepare(first int, rows []byte) {
	for i := first; len(rows) > 0; i++ {
		row := rows[:4*k.p.N]
		k.y[i] = dots(row, k.r)
		rows = rows[len(row):]
	}
}

// dots are the products of a row with all vectors, and the sum of its squares. Two elements are taken at a time, because an
// addition cannot begin before the last one to the same sum has ended.
func dots(row []byte, r [][vectors]float64) column {
	var a0, b0, c0, s0, a1, b1, c1, s1 float64
	for len(row) >= 8 && len(r) >= 2 {
		x, y, t, u := float(row), float(row[4:]), &r[0], &r[1]
		a0 += x * t[0]
		b0 += x * t[1]
		c0 += x * t[2]
		s0 += x * x
		a1 += y * u[0]
		b1 += y * u[1]
		c1 += y * u[2]
		s1 += y * y
		row, r = row[8:], r[2:]
	}
	if len(r) == 1 {
		x, t := float(row), &r[0]
		a0 += x * t[0]
		b0 += x * t[1]
		c0 += x * t[2]
		s0 += x * x
	}
	return column{[vectors]float64{a0 + a1, b0 + b1, c0 + c1}, s0 + s1}
}

func (k *floats) ready() error {
	for i := range k.y {
		if !finite(k.y[i].square) {
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
	var w0, w1, w2, spread, z0, z1, z2, further float64
	columns := k.y
	for len(a) >= 8 && len(columns) >= 2 { // two at a time, as in dots
		x, z, t, u := float(a), float(a[4:]), &columns[0], &columns[1]
		w0 += x * t.y[0]
		w1 += x * t.y[1]
		w2 += x * t.y[2]
		spread += x * x * t.square
		z0 += z * u.y[0]
		z1 += z * u.y[1]
		z2 += z * u.y[2]
		further += z * z * u.square
		a, columns = a[8:], columns[2:]
	}
	if len(columns) == 1 {
		x, t := float(a), &columns[0]
		w0 += x * t.y[0]
		w1 += x * t.y[1]
		w2 += x * t.y[2]
		spread += x * x * t.square
	}
	spread += further
	want := [vectors]float64{w0 + z0, w1 + z1, w2 + z2}
	got := dots(c, k.r)
	o := rowOff{size: math.Sqrt(max(spread, got.square)), most: math.Sqrt(float64(k.p.N) * float64(k.p.K) * spread), least: float64(k.p.N) * float64(k.p.K) * 1.5 * 0x1p-125}
	for v := range want {
		o.off = max(o.off, math.Abs(got.y[v]-want[v]))
	}
	if !finite(got.square) {
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
