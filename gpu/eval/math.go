package eval

import (
	"math"
	"math/bits"

	"github.com/gogpu/naga/ir"

	"gpumesh/gpu/wgsl"
)

// floats makes a component function of a float64 function: computed in float64, rounded once.
func floats(f func(float64) float64) func(uint32) uint32 {
	return func(a uint32) uint32 { return f32(f(f64(a))) }
}

func f64(a uint32) float64 { return float64(math.Float32frombits(a)) }
func f32(v float64) uint32 { return math.Float32bits(float32(v)) }
func mul(a, b uint32) uint32 {
	return math.Float32bits(math.Float32frombits(a) * math.Float32frombits(b))
}
func add(a, b uint32) uint32 {
	return math.Float32bits(math.Float32frombits(a) + math.Float32frombits(b))
}
func sub(a, b uint32) uint32 {
	return math.Float32bits(math.Float32frombits(a) - math.Float32frombits(b))
}
func div(a, b uint32) uint32 {
	return math.Float32bits(math.Float32frombits(a) / math.Float32frombits(b))
}

const one = 0x3f800000 // f32 1.0

var floatFunctions = map[ir.MathFunction]func(uint32) uint32{
	ir.MathAbs: func(a uint32) uint32 { return a &^ (1 << 31) },
	ir.MathCos: floats(math.Cos), ir.MathSin: floats(math.Sin), ir.MathTan: floats(math.Tan),
	ir.MathCosh: floats(math.Cosh), ir.MathSinh: floats(math.Sinh), ir.MathTanh: floats(math.Tanh),
	ir.MathAcos: floats(math.Acos), ir.MathAsin: floats(math.Asin), ir.MathAtan: floats(math.Atan),
	ir.MathAsinh: floats(math.Asinh), ir.MathAcosh: floats(math.Acosh), ir.MathAtanh: floats(math.Atanh),
	ir.MathRadians: floats(func(v float64) float64 { return v * (math.Pi / 180) }),
	ir.MathDegrees: floats(func(v float64) float64 { return v * (180 / math.Pi) }),
	ir.MathCeil:    floats(math.Ceil), ir.MathFloor: floats(math.Floor), ir.MathTrunc: floats(math.Trunc), ir.MathRound: floats(math.RoundToEven),
	ir.MathFract: func(a uint32) uint32 { return sub(a, f32(math.Floor(f64(a)))) },
	ir.MathExp:   floats(math.Exp), ir.MathExp2: floats(math.Exp2), ir.MathLog: floats(math.Log), ir.MathLog2: floats(math.Log2),
	ir.MathSqrt: floats(math.Sqrt), ir.MathInverseSqrt: floats(func(v float64) float64 { return 1 / math.Sqrt(v) }),
	ir.MathSign: func(a uint32) uint32 {
		switch v := f64(a); {
		case v > 0:
			return one
		case v < 0:
			return one | 1<<31
		}
		return 0
	},
	ir.MathSaturate:    func(a uint32) uint32 { return fmin(fmax(a, 0), one) },
	ir.MathQuantizeF16: func(a uint32) uint32 { return fromHalf(toHalf(a)) },
}

func fmin(a, b uint32) uint32 {
	x, y := f64(a), f64(b)
	if x != x || y < x {
		return b
	}
	return a
}

func fmax(a, b uint32) uint32 {
	x, y := f64(a), f64(b)
	if x != x || y > x {
		return b
	}
	return a
}

var intFunctions = map[ir.MathFunction]func(uint32) uint32{
	ir.MathCountOneBits:       func(a uint32) uint32 { return uint32(bits.OnesCount32(a)) },
	ir.MathCountLeadingZeros:  func(a uint32) uint32 { return uint32(bits.LeadingZeros32(a)) },
	ir.MathCountTrailingZeros: func(a uint32) uint32 { return uint32(bits.TrailingZeros32(a)) },
	ir.MathReverseBits:        bits.Reverse32,
	ir.MathFirstTrailingBit: func(a uint32) uint32 {
		if a == 0 {
			return ^uint32(0)
		}
		return uint32(bits.TrailingZeros32(a))
	},
}

func firstLeading(a uint32) uint32 { return uint32(31 - bits.LeadingZeros32(a)) } // ^0 for 0

func firstLeadingSigned(a uint32) uint32 {
	if int32(a) < 0 {
		a = ^a
	}
	return firstLeading(a)
}

func (c *compiler) math(fun ir.MathFunction, args []value) value {
	x := args[0]
	t := x.typ
	if t.kind > matrix {
		unsupported("a built-in function on arrays or structs")
	}
	if v, ok := c.shaped(fun, args); ok {
		return v
	}
	if t.float() {
		if f, ok := floatFunctions[fun]; ok {
			return c.map1(t, x, f)
		}
		if v, ok := c.floatMath(fun, args); ok {
			return v
		}
	} else {
		if f, ok := intFunctions[fun]; ok {
			return c.map1(t, x, f)
		}
		if v, ok := c.intMath(fun, args); ok {
			return v
		}
	}
	unsupported("the built-in function %s on this type", wgsl.MathName(fun))
	return value{}
}

func (c *compiler) intMath(fun ir.MathFunction, args []value) (value, bool) {
	x := args[0]
	t := x.typ
	signed := t.scalar == ir.ScalarSint
	lesser := func(a, b uint32) uint32 { return min(a, b) }
	greater := func(a, b uint32) uint32 { return max(a, b) }
	if signed {
		lesser = func(a, b uint32) uint32 { return uint32(min(int32(a), int32(b))) }
		greater = func(a, b uint32) uint32 { return uint32(max(int32(a), int32(b))) }
	}
	switch fun {
	case ir.MathAbs:
		if !signed {
			return x, true
		}
		return c.map1(t, x, func(a uint32) uint32 {
			if int32(a) < 0 {
				return -a
			}
			return a
		}), true
	case ir.MathSign:
		return c.map1(t, x, func(a uint32) uint32 { return uint32(int32(a)>>31) | boolean(a != 0) }), true
	case ir.MathMin:
		return c.map2(t, x, args[1], lesser), true
	case ir.MathMax:
		return c.map2(t, x, args[1], greater), true
	case ir.MathClamp:
		return c.map3(t, x, args[1], args[2], func(a, lo, hi uint32) uint32 { return lesser(greater(a, lo), hi) }), true
	case ir.MathFirstLeadingBit:
		if signed {
			return c.map1(t, x, firstLeadingSigned), true
		}
		return c.map1(t, x, firstLeading), true
	case ir.MathExtractBits:
		return c.map3(t, x, args[1], args[2], func(a, off, n uint32) uint32 {
			off = min(off, 32)
			n = min(n, 32-off)
			if n == 0 {
				return 0
			}
			up := a << (32 - off - n)
			if signed {
				return uint32(int32(up) >> (32 - n))
			}
			return up >> (32 - n)
		}), true
	case ir.MathInsertBits:
		off, n := args[2], args[3]
		mask := c.map2(scalars[ir.ScalarUint], off, n, func(off, n uint32) uint32 {
			off = min(off, 32)
			n = min(n, 32-off)
			return uint32((uint64(1)<<n - 1) << off)
		})
		moved := c.map2(t, args[1], off, func(b, off uint32) uint32 { return b << off })
		return c.map3(t, x, moved, mask, func(a, b, mask uint32) uint32 { return a&^mask | b&mask }), true
	}
	return value{}, false
}

func (c *compiler) floatMath(fun ir.MathFunction, args []value) (value, bool) {
	x := args[0]
	t := x.typ
	for _, a := range args {
		if a.typ.kind == vector && a.typ.float() {
			t = a.typ // mix(vec, vec, scalar) and the like
		}
	}
	switch fun {
	case ir.MathMin:
		return c.map2(t, x, args[1], fmin), true
	case ir.MathMax:
		return c.map2(t, x, args[1], fmax), true
	case ir.MathClamp:
		return c.map3(t, x, args[1], args[2], func(a, lo, hi uint32) uint32 { return fmin(fmax(a, lo), hi) }), true
	case ir.MathFma:
		return c.map3(t, x, args[1], args[2], func(a, b, e uint32) uint32 { return add(mul(a, b), e) }), true
	case ir.MathPow:
		return c.map2(t, x, args[1], func(a, b uint32) uint32 { return f32(math.Pow(f64(a), f64(b))) }), true
	case ir.MathAtan2:
		return c.map2(t, x, args[1], func(a, b uint32) uint32 { return f32(math.Atan2(f64(a), f64(b))) }), true
	case ir.MathStep:
		return c.map2(t, x, args[1], func(edge, a uint32) uint32 {
			if f64(edge) <= f64(a) {
				return one
			}
			return 0
		}), true
	case ir.MathMix: // x*(1-a) + y*a
		return c.map3(t, x, args[1], args[2], func(x, y, a uint32) uint32 { return add(mul(x, sub(one, a)), mul(y, a)) }), true
	case ir.MathSmoothStep: // t*t*(3-2t)
		return c.map3(t, x, args[1], args[2], func(lo, hi, a uint32) uint32 {
			s := fmin(fmax(div(sub(a, lo), sub(hi, lo)), 0), one)
			return mul(mul(s, s), sub(f32(3), mul(f32(2), s)))
		}), true
	case ir.MathLdexp:
		return c.map2(t, x, args[1], func(a, e uint32) uint32 { return f32(math.Ldexp(f64(a), int(int32(e)))) }), true
	case ir.MathModf:
		whole := c.map1(t, x, floats(math.Trunc))
		return c.pair(c.map2(t, x, whole, sub), whole), true
	case ir.MathFrexp:
		fract := c.map1(t, x, func(a uint32) uint32 { v, _ := math.Frexp(f64(a)); return f32(v) })
		exp := c.map1(c.convert(x, ir.ScalarSint, false).typ, x, func(a uint32) uint32 { _, e := math.Frexp(f64(a)); return uint32(int32(e)) })
		return c.pair(fract, exp), true
	}
	return value{}, false
}

// pair is the struct of two results.
func (c *compiler) pair(a, b value) value {
	t := &typ{kind: structure, n: 2, fields: []field{{typ: a.typ}, {typ: b.typ, flat: a.typ.flat}}, flat: a.typ.flat + b.typ.flat}
	if a.words != nil && b.words != nil {
		return value{typ: t, words: append(append([]uint32(nil), a.words...), b.words...)}
	}
	out := value{typ: t}
	for _, v := range []value{a, b} {
		for i := range v.typ.flat {
			out.regs = append(out.regs, c.at(v, i))
		}
	}
	return out
}

// shaped are the functions whose result has another shape than their argument.
func (c *compiler) shaped(fun ir.MathFunction, args []value) (value, bool) {
	x := args[0]
	u32, i32, float := scalars[ir.ScalarUint], scalars[ir.ScalarSint], scalars[ir.ScalarFloat]
	switch fun {
	case ir.MathDot:
		if x.typ.float() {
			return value{typ: float, regs: []int{c.dot(x, args[1])}}, true
		}
		at := -1
		for i := range x.typ.flat {
			t := c.alloc(1)
			c.emit(imul(t, c.at(x, i), c.at(args[1], i)))
			if at >= 0 {
				next := c.alloc(1)
				c.emit(iadd(next, at, t))
				t = next
			}
			at = t
		}
		return value{typ: scalars[x.typ.scalar], regs: []int{at}}, true
	case ir.MathLength:
		return c.map1(float, value{typ: float, regs: []int{c.dot(x, x)}}, floats(math.Sqrt)), true
	case ir.MathDistance:
		d := c.map2(x.typ, x, args[1], sub)
		return c.map1(float, value{typ: float, regs: []int{c.dot(d, d)}}, floats(math.Sqrt)), true
	case ir.MathNormalize:
		n := c.map1(float, value{typ: float, regs: []int{c.dot(x, x)}}, floats(math.Sqrt))
		return c.map2(x.typ, x, n, div), true
	case ir.MathCross:
		out := c.temp(x.typ)
		for i, d := range out.regs {
			j, k := (i+1)%3, (i+2)%3
			p, q := c.alloc(1), c.alloc(1)
			c.emit(fmul(p, c.at(x, j), c.at(args[1], k)))
			c.emit(fmul(q, c.at(x, k), c.at(args[1], j)))
			c.emit(fsub(d, p, q))
		}
		return out, true
	case ir.MathFaceForward: // e1 if dot(e2, e3) < 0, else -e1
		d := value{typ: float, regs: []int{c.dot(args[1], args[2])}}
		return c.map2(x.typ, x, d, func(a, d uint32) uint32 {
			if f64(d) < 0 {
				return a
			}
			return a ^ 1<<31
		}), true
	case ir.MathReflect: // e1 - 2*dot(e2, e1)*e2
		d := c.map1(float, value{typ: float, regs: []int{c.dot(args[1], x)}}, func(a uint32) uint32 { return mul(f32(2), a) })
		return c.map2(x.typ, x, c.map2(x.typ, args[1], d, mul), sub), true
	case ir.MathRefract: // k = 1 - e3*e3*(1 - d*d) with d = dot(e2, e1); zero if k < 0, else e3*e1 - (e3*d + sqrt(k))*e2
		eta := args[2]
		d := value{typ: float, regs: []int{c.dot(args[1], x)}}
		k := c.map2(float, eta, d, func(eta, d uint32) uint32 { return sub(one, mul(mul(eta, eta), sub(one, mul(d, d)))) })
		bend := c.map3(float, eta, d, k, func(eta, d, k uint32) uint32 { return add(mul(eta, d), f32(math.Sqrt(f64(k)))) })
		v := c.map2(x.typ, c.map2(x.typ, x, eta, mul), c.map2(x.typ, args[1], bend, mul), sub)
		return c.map2(x.typ, v, k, func(v, k uint32) uint32 {
			if f64(k) < 0 {
				return 0
			}
			return v
		}), true
	case ir.MathDeterminant:
		return value{typ: float, regs: []int{c.determinant(x, 0, []int{0, 1, 2, 3}[:x.typ.n])}}, true
	case ir.MathTranspose:
		rows, cols := x.typ.elem.n, x.typ.n
		t := c.inner(ir.MatrixType{Columns: ir.VectorSize(rows), Rows: ir.VectorSize(cols), Scalar: ir.ScalarType{Kind: ir.ScalarFloat, Width: 4}})
		var which []int
		for r := range rows {
			for k := range cols {
				which = append(which, k*rows+r)
			}
		}
		return c.pick(x, t, which), true
	case ir.MathDot4U8Packed, ir.MathDot4I8Packed:
		signed := fun == ir.MathDot4I8Packed
		t := u32
		if signed {
			t = i32
		}
		return c.map2(t, x, args[1], func(a, b uint32) uint32 {
			sum := uint32(0)
			for i := 0; i < 32; i += 8 {
				if signed {
					sum += uint32(int32(int8(a>>i)) * int32(int8(b>>i)))
				} else {
					sum += uint32(uint8(a>>i)) * uint32(uint8(b>>i))
				}
			}
			return sum
		}), true
	case ir.MathPack4x8unorm:
		return c.pack(x, 8, func(a uint32) uint32 { return scaled(a, 0, 255) }), true
	case ir.MathPack4x8snorm:
		return c.pack(x, 8, func(a uint32) uint32 { return scaled(a, -127, 127) }), true
	case ir.MathPack2x16unorm:
		return c.pack(x, 16, func(a uint32) uint32 { return scaled(a, 0, 65535) }), true
	case ir.MathPack2x16snorm:
		return c.pack(x, 16, func(a uint32) uint32 { return scaled(a, -32767, 32767) }), true
	case ir.MathPack2x16float:
		return c.pack(x, 16, toHalf), true
	case ir.MathPack4xI8, ir.MathPack4xU8:
		return c.pack(x, 8, func(a uint32) uint32 { return a }), true
	case ir.MathPack4xI8Clamp:
		return c.pack(x, 8, func(a uint32) uint32 { return uint32(min(max(int32(a), -128), 127)) }), true
	case ir.MathPack4xU8Clamp:
		return c.pack(x, 8, func(a uint32) uint32 { return min(a, 255) }), true
	case ir.MathUnpack4x8unorm:
		return c.unpack(x, ir.ScalarFloat, 8, func(a uint32) uint32 { return div(f32(float64(a&0xff)), f32(255)) }), true
	case ir.MathUnpack4x8snorm:
		return c.unpack(x, ir.ScalarFloat, 8, func(a uint32) uint32 { return fmax(div(f32(float64(int8(a))), f32(127)), f32(-1)) }), true
	case ir.MathUnpack2x16unorm:
		return c.unpack(x, ir.ScalarFloat, 16, func(a uint32) uint32 { return div(f32(float64(a&0xffff)), f32(65535)) }), true
	case ir.MathUnpack2x16snorm:
		return c.unpack(x, ir.ScalarFloat, 16, func(a uint32) uint32 { return fmax(div(f32(float64(int16(a))), f32(32767)), f32(-1)) }), true
	case ir.MathUnpack2x16float:
		return c.unpack(x, ir.ScalarFloat, 16, func(a uint32) uint32 { return fromHalf(a & 0xffff) }), true
	case ir.MathUnpack4xI8:
		return c.unpack(x, ir.ScalarSint, 8, func(a uint32) uint32 { return uint32(int32(int8(a))) }), true
	case ir.MathUnpack4xU8:
		return c.unpack(x, ir.ScalarUint, 8, func(a uint32) uint32 { return a & 0xff }), true
	}
	return value{}, false
}

func (c *compiler) dot(x, y value) int {
	return c.sum(x.typ.flat, func(k int) (int, int) { return c.at(x, k), c.at(y, k) })
}

// determinant expands the part of a square matrix from column col on, in the given rows, by that column.
func (c *compiler) determinant(m value, col int, rows []int) int {
	cell := func(col, row int) int { return c.at(m, col*m.typ.n+row) }
	if len(rows) == 1 {
		return cell(col, rows[0])
	}
	total := -1
	for i, row := range rows {
		rest := append(append([]int(nil), rows[:i]...), rows[i+1:]...)
		t := c.alloc(1)
		c.emit(fmul(t, cell(col, row), c.determinant(m, col+1, rest)))
		switch {
		case total < 0:
			total = t
			continue
		case i%2 == 1:
			c.emit(fsub(t, total, t))
		default:
			c.emit(fadd(t, total, t))
		}
		total = t
	}
	return total
}

// scaled is floor(0.5 + limit * clamp(a, lo/hi, 1)) as an integer.
func scaled(a uint32, lo, hi float64) uint32 {
	v := min(max(f64(a), lo/hi), 1)
	if v != v {
		v = 0
	}
	return uint32(int32(math.Floor(0.5 + hi*v)))
}

// pack puts the components of a vector into one word, the first lowest.
func (c *compiler) pack(x value, width uint, f func(uint32) uint32) value {
	u := scalars[ir.ScalarUint]
	mask := uint32(1)<<width - 1
	at := value{typ: u, words: []uint32{0}}
	for i := range x.typ.flat {
		shift := width * uint(i)
		at = c.map2(u, at, x.slice(u, i), func(sum, a uint32) uint32 { return sum | (f(a)&mask)<<shift })
	}
	return at
}

func (c *compiler) unpack(x value, k ir.ScalarKind, width uint, f func(uint32) uint32) value {
	n := int(32 / width)
	out := value{typ: vectorOf(k, n)}
	for i := range n {
		shift := width * uint(i)
		part := c.map1(scalars[k], x, func(a uint32) uint32 { return f(a >> shift) })
		out.words = append(out.words, part.words...)
		out.regs = append(out.regs, part.regs...)
	}
	return out
}

// toHalf rounds an f32 to binary16, to nearest even.
func toHalf(a uint32) uint32 {
	sign, exp, frac := a>>16&0x8000, int(a>>23&0xff), a&0x7fffff
	switch {
	case exp == 0xff && frac != 0:
		return sign | 0x7e00
	case exp-127 > 15:
		return sign | 0x7c00
	case exp-127 < -25:
		return sign
	}
	shift, h := uint(13), uint32(exp-127+15)<<10
	frac |= 1 << 23
	if exp-127 < -14 { // subnormal
		shift, h = uint(13+(-14-(exp-127))), 0
	} else {
		frac &^= 1 << 23
	}
	h |= frac >> shift
	rest, half := frac&(1<<shift-1), uint32(1)<<(shift-1)
	if rest > half || rest == half && h&1 == 1 {
		h++ // may carry into the exponent, up to infinity
	}
	return sign | h
}

// fromHalf widens a binary16.
func fromHalf(h uint32) uint32 {
	sign, exp, frac := h&0x8000<<16, h>>10&0x1f, h&0x3ff
	switch {
	case exp == 0x1f && frac != 0:
		return sign | 0x7fc00000 | frac<<13
	case exp == 0x1f:
		return sign | 0x7f800000
	case exp == 0:
		return sign | f32(float64(frac)*0x1p-24)
	}
	return sign | (exp-15+127)<<23 | frac<<13
}
