package poc

import (
	"math/big"
	"math/bits"
)

// Sums of squares of float32 without rounding, in about the time that floats take: every finite one is a whole number of 2^-149.

// scaled is m times 2^e.
type scaled struct {
	m uint64
	e int
}

// whole is the magnitude of the finite float32 with bits w, in units of 2^-149.
func whole(w uint32) scaled {
	exponent, mantissa := w>>23&0xff, w&0x7fffff
	if exponent == 0 {
		return scaled{uint64(mantissa), 0}
	}
	return scaled{uint64(mantissa | 1<<23), int(exponent - 1)}
}

// between is how far apart two finite float32 are. One that is less than 2^-38 of the other counts as zero.
func between(wx, wy uint32) scaled {
	const room = 38
	x, y := whole(wx), whole(wy)
	if x.e < y.e {
		x, y = y, x
	}
	if x.m == 0 {
		return y
	}
	if x.e-y.e > room {
		return x
	}
	x.m <<= x.e - y.e
	switch {
	case (wx^wy)>>31 != 0:
		return scaled{x.m + y.m, y.e}
	case x.m < y.m:
		return scaled{y.m - x.m, y.e}
	}
	return scaled{x.m - y.m, y.e}
}

// over reports whether s is more than t.
func (s scaled) over(t scaled) bool {
	if s.m == 0 || t.m == 0 {
		return s.m > 0
	}
	if a, b := bits.Len64(s.m)+s.e, bits.Len64(t.m)+t.e; a != b {
		return a > b
	}
	if s.e > t.e { // both have as many bits, so there is room
		return s.m<<(s.e-t.e) > t.m
	}
	return s.m > t.m<<(t.e-s.e)
}

func (s scaled) big() *big.Int {
	z := new(big.Int).SetUint64(s.m)
	return z.Lsh(z, uint(s.e))
}

// squares is a sum of squares, by exponent: 192 bits hold more of them than there is data.
type squares [256][3]uint64

func (q *squares) add(s scaled) {
	hi, lo := bits.Mul64(s.m, s.m)
	w := &q[s.e]
	var carry uint64
	w[0], carry = bits.Add64(w[0], lo, 0)
	w[1], carry = bits.Add64(w[1], hi, carry)
	w[2] += carry
}

func (q *squares) sum() *big.Int {
	sum, part := new(big.Int), new(big.Int)
	for e, w := range q {
		for i, word := range w {
			if word != 0 {
				part.SetUint64(word)
				sum.Add(sum, part.Lsh(part, uint(2*e+64*i)))
			}
		}
	}
	return sum
}
