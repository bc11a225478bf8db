package eval

import (
	"math"

	"github.com/gogpu/naga/ir"
)

// The operators, one loop each: a call per lane would cost several times as much.

func fmul(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = math.Float32bits(math.Float32frombits(x[l]) * math.Float32frombits(y[l]))
		}
	}
}

func fadd(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = math.Float32bits(math.Float32frombits(x[l]) + math.Float32frombits(y[l]))
		}
	}
}

func fsub(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = math.Float32bits(math.Float32frombits(x[l]) - math.Float32frombits(y[l]))
		}
	}
}

func fdiv(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = math.Float32bits(math.Float32frombits(x[l]) / math.Float32frombits(y[l]))
		}
	}
}

func iadd(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = x[l] + y[l]
		}
	}
}

func isub(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = x[l] - y[l]
		}
	}
}

func imul(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = x[l] * y[l]
		}
	}
}

func iand(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = x[l] & y[l]
		}
	}
}

func ior(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = x[l] | y[l]
		}
	}
}

func ixor(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = x[l] ^ y[l]
		}
	}
}

func shl(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = x[l] << (y[l] & 31)
		}
	}
}

func shr(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = x[l] >> (y[l] & 31)
		}
	}
}

func sar(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = uint32(int32(x[l]) >> (y[l] & 31))
		}
	}
}

func equal(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(x[l] == y[l])
		}
	}
}

func unequal(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(x[l] != y[l])
		}
	}
}

func uless(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(x[l] < y[l])
		}
	}
}

func ulessEqual(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(x[l] <= y[l])
		}
	}
}

func sless(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(int32(x[l]) < int32(y[l]))
		}
	}
}

func slessEqual(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(int32(x[l]) <= int32(y[l]))
		}
	}
}

func fequal(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(math.Float32frombits(x[l]) == math.Float32frombits(y[l]))
		}
	}
}

func funequal(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(math.Float32frombits(x[l]) != math.Float32frombits(y[l]))
		}
	}
}

func fless(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(math.Float32frombits(x[l]) < math.Float32frombits(y[l]))
		}
	}
}

func flessEqual(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = boolean(math.Float32frombits(x[l]) <= math.Float32frombits(y[l]))
		}
	}
}

func udiv(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = udivide(x[l], y[l])
		}
	}
}

func umod(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = uremainder(x[l], y[l])
		}
	}
}

func sdiv(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = sdivide(x[l], y[l])
		}
	}
}

func smod(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = sremainder(x[l], y[l])
		}
	}
}

func fmod(d, a, b int) op {
	return func(m *machine, act []uint8) {
		r, x, y := &m.r[d], &m.r[a], &m.r[b]
		for _, l := range act {
			r[l] = fremainder(x[l], y[l])
		}
	}
}

func udivide(a, b uint32) uint32 {
	if b == 0 {
		return a
	}
	return a / b
}

func uremainder(a, b uint32) uint32 {
	if b == 0 {
		return 0
	}
	return a % b
}

// Go defines the most negative value divided by -1 as itself, as WGSL does.
func sdivide(a, b uint32) uint32 {
	if b == 0 {
		return a
	}
	return uint32(int32(a) / int32(b))
}

func sremainder(a, b uint32) uint32 {
	if b == 0 {
		return 0
	}
	return uint32(int32(a) % int32(b))
}

func fremainder(a, b uint32) uint32 {
	x, y := math.Float32frombits(a), math.Float32frombits(b)
	q := float32(math.Trunc(float64(x / y)))
	p := float32(y * q)
	return math.Float32bits(x - p)
}

// binaryOp returns the maker of an operator for operands of a kind. Greater is expressed by less.
func binaryOp(o ir.BinaryOperator, k ir.ScalarKind) func(d, a, b int) op {
	choose := func(signed, unsigned, float func(d, a, b int) op) func(d, a, b int) op {
		switch k {
		case ir.ScalarSint:
			return signed
		case ir.ScalarFloat:
			return float
		}
		return unsigned
	}
	var f func(d, a, b int) op
	switch o {
	case ir.BinaryAdd:
		f = choose(iadd, iadd, fadd)
	case ir.BinarySubtract:
		f = choose(isub, isub, fsub)
	case ir.BinaryMultiply:
		f = choose(imul, imul, fmul)
	case ir.BinaryDivide:
		f = choose(sdiv, udiv, fdiv)
	case ir.BinaryModulo:
		f = choose(smod, umod, fmod)
	case ir.BinaryEqual:
		f = choose(equal, equal, fequal)
	case ir.BinaryNotEqual:
		f = choose(unequal, unequal, funequal)
	case ir.BinaryLess:
		f = choose(sless, uless, fless)
	case ir.BinaryLessEqual:
		f = choose(slessEqual, ulessEqual, flessEqual)
	case ir.BinaryAnd, ir.BinaryLogicalAnd:
		f = choose(iand, iand, nil)
	case ir.BinaryInclusiveOr, ir.BinaryLogicalOr:
		f = choose(ior, ior, nil)
	case ir.BinaryExclusiveOr:
		f = choose(ixor, ixor, nil)
	case ir.BinaryShiftLeft:
		f = choose(shl, shl, nil)
	case ir.BinaryShiftRight:
		f = choose(sar, shr, nil)
	}
	if f == nil {
		unsupported("this operator on this type")
	}
	return f
}
