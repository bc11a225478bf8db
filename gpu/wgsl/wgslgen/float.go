package wgslgen

import "fmt"

var (
	oneFloat   = []string{"abs", "ceil", "floor", "fract", "trunc", "round", "sign", "saturate", "sqrt", "exp", "exp2", "log", "log2", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "inverseSqrt", "degrees", "radians"}
	twoFloats  = []string{"min", "max", "pow", "atan2", "step"}
	packFloats = map[string]int{"pack4x8snorm": 4, "pack4x8unorm": 4, "pack2x16snorm": 2, "pack2x16unorm": 2, "pack2x16float": 2}
	packNames  = []string{"pack4x8snorm", "pack4x8unorm", "pack2x16snorm", "pack2x16unorm", "pack2x16float"}
)

func (g *gen) pack(sub func(*typ) *expr) *expr {
	name := packNames[g.IntN(len(packNames))]
	return g.op(u32T, name+"(%s)", sub(vec(f32T, packFloats[name])))
}

func (g *gen) floatExpr(t *typ, sub func(*typ) *expr) *expr {
	mixed := func(format string) *expr {
		a, b := sub(t), sub(t)
		if t.class == vector {
			switch g.IntN(4) {
			case 0:
				a = sub(f32T)
			case 1:
				b = sub(f32T)
			}
		}
		return g.op(t, format, a, b)
	}
	switch g.IntN(22) {
	case 0, 1, 2, 3:
		return mixed("(%s + %s)")
	case 4, 5:
		return mixed("(%s - %s)")
	case 6, 7, 8, 9:
		return mixed("(%s * %s)")
	case 10:
		return mixed("(%s / %s)")
	case 11:
		return mixed("(%s %% %s)")
	case 12:
		return g.op(t, "-(%s)", sub(t))
	case 13, 14, 15:
		return g.op(t, oneFloat[g.IntN(len(oneFloat))]+"(%s)", sub(t))
	case 16:
		return g.op(t, twoFloats[g.IntN(len(twoFloats))]+"(%s, %s)", sub(t), sub(t))
	case 17:
		switch g.IntN(4) {
		case 0:
			return g.op(t, fmt.Sprintf("clamp(%%s, %s(-2.5), %s(40.0))", t.name, t.name), sub(t))
		case 1:
			return g.op(t, "mix(%s, %s, %s)", sub(t), sub(t), sub(f32T))
		case 2:
			return g.op(t, fmt.Sprintf("smoothstep(%s(-1.0), %s(3.0), %%s)", t.name, t.name), sub(t))
		}
		return g.op(t, "fma(%s, %s, %s)", sub(t), sub(t), sub(t))
	case 18:
		return g.op(t, t.name+"(%s)", sub(t.of([]*typ{i32T, u32T, boolT}[g.IntN(3)])))
	case 19:
		if !g.opt.Wide {
			break
		}
		return g.op(t, "ldexp(%s, (%s & "+t.of(i32T).name+"(15)))", sub(t), sub(t.of(i32T)))
	}
	if t.class == scalar {
		v := vec(f32T, 2+g.IntN(3))
		switch g.IntN(6) {
		case 0:
			return g.op(t, "length(%s)", sub(v))
		case 1:
			return g.op(t, "distance(%s, %s)", sub(v), sub(v))
		case 2:
			if !g.opt.Wide {
				break
			}
			return g.op(t, []string{"modf(%s).fract", "modf(%s).whole", "frexp(%s).fract"}[g.IntN(3)], sub(t))
		}
		return g.op(t, "dot(%s, %s)", sub(v), sub(v))
	}
	switch g.IntN(8) {
	case 0:
		return g.op(t, "normalize(%s)", sub(t))
	case 1:
		return g.op(t, "reflect(%s, %s)", sub(t), sub(t))
	case 2:
		return g.op(t, "faceForward(%s, %s, %s)", sub(t), sub(t), sub(t))
	case 3:
		if t.n == 3 {
			return g.op(t, "cross(%s, %s)", sub(t), sub(t))
		}
		name := map[int][]string{2: {"unpack2x16float", "unpack2x16snorm", "unpack2x16unorm"}, 4: {"unpack4x8snorm", "unpack4x8unorm"}}[t.n]
		return g.op(t, name[g.IntN(len(name))]+"(%s)", sub(u32T))
	case 4, 5:
		m := mat(2+g.IntN(3), t.n)
		return g.op(t, "(%s * %s)", sub(m), sub(vec(f32T, m.n)))
	case 6:
		return g.op(t, "("+t.name+"(%s) * %s)", sub(t), sub(mat(t.n, t.n)))
	}
	return mixed("(%s * %s)")
}

// matrixExpr keeps to what the front end can type: not determinant, not transpose or vector * matrix with a matrix that is
// not square.
func (g *gen) matrixExpr(t *typ, sub func(*typ) *expr) *expr {
	switch g.IntN(7) {
	case 0:
		return g.op(t, "(%s + %s)", sub(t), sub(t))
	case 1:
		return g.op(t, "(%s - %s)", sub(t), sub(t))
	case 2:
		return g.op(t, "(%s * %s)", sub(t), sub(f32T))
	case 3:
		return g.op(t, "(%s * %s)", sub(f32T), sub(t))
	case 4:
		if t.n == t.elem.n {
			return g.op(t, "transpose(%s)", sub(t))
		}
	case 5:
		k := 2 + g.IntN(3)
		return g.op(t, "(%s * %s)", sub(mat(k, t.elem.n)), sub(mat(t.n, k)))
	}
	return g.compose(t, sub)
}
