package gomlx

import (
	"fmt"
	"strings"

	"github.com/gomlx/compute"
)

// pointOps is the WGSL of the operations that work element by element. %[1]s and %[2]s are the operands, $T their type, $B
// the bool of as many lanes, and a name with $N that of a function in helpers. By type where that matters.
var pointOps = map[compute.OpType]map[scalar]string{
	compute.OpTypeAdd:        {f32: "%[1]s + %[2]s", i32: "%[1]s + %[2]s", u32: "%[1]s + %[2]s"},
	compute.OpTypeSub:        {f32: "%[1]s - %[2]s", i32: "%[1]s - %[2]s", u32: "%[1]s - %[2]s"},
	compute.OpTypeMul:        {f32: "%[1]s * %[2]s", i32: "%[1]s * %[2]s", u32: "%[1]s * %[2]s"},
	compute.OpTypeDiv:        {f32: "%[1]s / %[2]s", i32: "quotient$N(%[1]s, %[2]s)", u32: "%[1]s / max(%[2]s, $T(1u))"},
	compute.OpTypeRem:        {f32: "remainder$N(%[1]s, %[2]s)", i32: "%[1]s - %[2]s * quotient$N(%[1]s, %[2]s)", u32: "%[1]s %% max(%[2]s, $T(1u))"},
	compute.OpTypePow:        {f32: "power$N(%[1]s, %[2]s)", i32: "ipower$N(%[1]s, %[2]s)", u32: "upower$N(%[1]s, %[2]s)"},
	compute.OpTypeAtan2:      {f32: "atan2(%[1]s, %[2]s)"},
	compute.OpTypeMax:        {f32: "max(%[1]s, %[2]s)", i32: "max(%[1]s, %[2]s)", u32: "max(%[1]s, %[2]s)", boolean: "%[1]s | %[2]s"},
	compute.OpTypeMin:        {f32: "min(%[1]s, %[2]s)", i32: "min(%[1]s, %[2]s)", u32: "min(%[1]s, %[2]s)", boolean: "%[1]s & %[2]s"},
	compute.OpTypeBitwiseAnd: {i32: "%[1]s & %[2]s", u32: "%[1]s & %[2]s"},
	compute.OpTypeBitwiseOr:  {i32: "%[1]s | %[2]s", u32: "%[1]s | %[2]s"},
	compute.OpTypeBitwiseXor: {i32: "%[1]s ^ %[2]s", u32: "%[1]s ^ %[2]s"},
	compute.OpTypeLogicalAnd: {boolean: "%[1]s & %[2]s"},
	compute.OpTypeLogicalOr:  {boolean: "%[1]s | %[2]s"},
	compute.OpTypeLogicalXor: {boolean: "%[1]s != %[2]s"},

	compute.OpTypeShiftLeft:            {i32: "select($T(), %[1]s << ($U(%[2]s) & $U(31u)), $U(%[2]s) < $U(32u))", u32: "select($T(), %[1]s << (%[2]s & $T(31u)), %[2]s < $T(32u))"},
	compute.OpTypeShiftRightArithmetic: {i32: "%[1]s >> min($U(%[2]s), $U(31u))", u32: "$U($I(%[1]s) >> min(%[2]s, $T(31u)))"},
	compute.OpTypeShiftRightLogical:    {i32: "$I(select($U(), $U(%[1]s) >> ($U(%[2]s) & $U(31u)), $U(%[2]s) < $U(32u)))", u32: "select($T(), %[1]s >> (%[2]s & $T(31u)), %[2]s < $T(32u))"},

	compute.OpTypeEqual:          {f32: "%[1]s == %[2]s", i32: "%[1]s == %[2]s", u32: "%[1]s == %[2]s", boolean: "%[1]s == %[2]s"},
	compute.OpTypeNotEqual:       {f32: "%[1]s != %[2]s", i32: "%[1]s != %[2]s", u32: "%[1]s != %[2]s", boolean: "%[1]s != %[2]s"},
	compute.OpTypeLessThan:       {f32: "%[1]s < %[2]s", i32: "%[1]s < %[2]s", u32: "%[1]s < %[2]s"},
	compute.OpTypeLessOrEqual:    {f32: "%[1]s <= %[2]s", i32: "%[1]s <= %[2]s", u32: "%[1]s <= %[2]s"},
	compute.OpTypeGreaterThan:    {f32: "%[1]s > %[2]s", i32: "%[1]s > %[2]s", u32: "%[1]s > %[2]s"},
	compute.OpTypeGreaterOrEqual: {f32: "%[1]s >= %[2]s", i32: "%[1]s >= %[2]s", u32: "%[1]s >= %[2]s"},

	compute.OpTypeAbs:        {f32: "abs(%[1]s)", i32: "abs(%[1]s)", u32: "%[1]s"},
	compute.OpTypeNeg:        {f32: "-%[1]s", i32: "-%[1]s"},
	compute.OpTypeSign:       {f32: "sign(%[1]s)", i32: "clamp(%[1]s, $T(-1), $T(1))", u32: "min(%[1]s, $T(1u))"},
	compute.OpTypeBitwiseNot: {i32: "~%[1]s", u32: "~%[1]s"},
	compute.OpTypeBitCount:   {i32: "countOneBits(%[1]s)", u32: "countOneBits(%[1]s)"},
	compute.OpTypeClz:        {i32: "$I(zeros$N($U(%[1]s)))", u32: "zeros$N(%[1]s)"},
	compute.OpTypeLogicalNot: {boolean: "!%[1]s"},

	compute.OpTypeCeil:     {f32: "ceil(%[1]s)"},
	compute.OpTypeFloor:    {f32: "floor(%[1]s)"},
	compute.OpTypeRound:    {f32: "round(%[1]s)"},
	compute.OpTypeSqrt:     {f32: "sqrt(%[1]s)"},
	compute.OpTypeRsqrt:    {f32: "$T(1.0) / sqrt(%[1]s)"},
	compute.OpTypeExp:      {f32: "exp(%[1]s)"},
	compute.OpTypeLog:      {f32: "log(%[1]s)"},
	compute.OpTypeExpm1:    {f32: "expm1$N(%[1]s)"},
	compute.OpTypeLog1p:    {f32: "log1p$N(%[1]s)"},
	compute.OpTypeSin:      {f32: "sin(%[1]s)"},
	compute.OpTypeCos:      {f32: "cos(%[1]s)"},
	compute.OpTypeTanh:     {f32: "tanh(clamp(%[1]s, $T(-10.0), $T(10.0)))"},
	compute.OpTypeLogistic: {f32: "$T(1.0) / ($T(1.0) + exp(-%[1]s))"},
	compute.OpTypeErf:      {f32: "erf$N(%[1]s)"},
	compute.OpTypeIsNaN:    {f32: "($U(0x7f800000u) < (bitcast<$U>(%[1]s) & $U(0x7fffffffu)))"},
	compute.OpTypeIsFinite: {f32: "((bitcast<$U>(%[1]s) & $U(0x7f800000u)) < $U(0x7f800000u))"},
}

// helpers are WGSL functions, written with $N (the number of lanes) behind their names and $T, $U, $I and $B for types.
var helpers = map[string]string{
	// The error function after Abramowitz and Stegun 7.1.26 would be good to 1.5e-7; these are the minimax polynomials of
	// Cephes: x P(x^2) for small x, and 1 - exp(-x^2) Q(1/x) / x elsewhere.
	"erf": `fn erf$N(x: $T) -> $T {
  let a = abs(x);
  let s = x * x;
  let p = ((((((s * 7.853861353153693e-5 - 8.010193625184903e-4) * s + 5.188327685732524e-3) * s - 2.685381193529856e-2) * s + 1.128358514861418e-1) * s - 3.761262582423300e-1) * s + 1.128379165726710);
  let q = $T(1.0) / max(a, $T(1.0));
  let y = q * q;
  let small = ((((((((y * 2.326819970068386e-2 - 1.387039388740657e-1) * y + 3.687424674597105e-1) * y - 5.824733027278666e-1) * y + 6.210004621745983e-1) * y - 4.944515323274145e-1) * y + 3.404879937665872e-1) * y - 2.741127028184656e-1) * y + 5.638259427386472e-1);
  let z = min(s, $T(80.0));
  let large = $T(1.0) - exp(-z) * q * small;
  return select(sign(x) * large, x * p, a < $T(1.0));
}
`,
	"expm1": `fn expm1$N(x: $T) -> $T {
  let series = x * ((((x * 0.008333333 + 0.041666667) * x + 0.16666667) * x + 0.5) * x + 1.0);
  return select(exp(x) - $T(1.0), series, abs(x) < $T(0.1));
}
`,
	"log1p": `fn log1p$N(x: $T) -> $T {
  let u = $T(1.0) + x;
  let d = u - $T(1.0);
  return select(log(u) * (x / select(d, $T(1.0), d == $T())), x, d == $T());
}
`,
	"power": `fn power$N(x: $T, y: $T) -> $T {
  let whole = round(y);
  let integer = whole == y;
  let odd = integer & (abs(y - $T(2.0) * floor(y * 0.5)) == $T(1.0));
  let size = exp2(y * log2(max(abs(x), $T(1.17549435e-38))));
  let directed = select(size, -size, odd & (x < $T()));
  let square = select(directed, x * x, y == $T(2.0));
  let line = select(square, x, y == $T(1.0));
  let limit = select($T(), $T(3.4e38), y < $T());
  return select(select(line, limit, (x == $T()) & (y != $T())), $T(1.0), y == $T());
}
`,
	"remainder": `fn remainder$N(x: $T, y: $T) -> $T { return x - y * trunc(x / y); }
`,
	"quotient": `fn quotient$N(x: $T, y: $T) -> $T {
  let safe = select(y, $T(1), (y == $T()) | ((x == $T(-2147483647 - 1)) & (y == $T(-1))));
  return x / safe;
}
`,
	"ipower": `fn ipower$N(x: $T, y: $T) -> $T {
  var r = $T(1);
  var b = x;
  var e = $U(max(y, $T()));
  for (var k = 0u; k < 32u; k = k + 1u) {
    r = select(r, r * b, (e & $U(1u)) == $U(1u));
    b = b * b;
    e = e >> $U(1u);
  }
  return r;
}
`,
	"upower": `fn upower$N(x: $T, y: $T) -> $T {
  var r = $T(1u);
  var b = x;
  var e = y;
  for (var k = 0u; k < 32u; k = k + 1u) {
    r = select(r, r * b, (e & $T(1u)) == $T(1u));
    b = b * b;
    e = e >> $T(1u);
  }
  return r;
}
`,
	// countLeadingZeros, which not every compiler has.
	"zeros": `fn zeros$N(x: $T) -> $T {
  var v = x;
  v = v | (v >> $T(1u));
  v = v | (v >> $T(2u));
  v = v | (v >> $T(4u));
  v = v | (v >> $T(8u));
  v = v | (v >> $T(16u));
  return $T(32u) - countOneBits(v);
}
`,
	// The high word of a 64-bit product from 16-bit halves, and Philox4x32-10: the counter is (number, step, stream, 0), the
	// key the task's seed.
	"philox": `fn high(a: u32, b: u32) -> u32 {
  let al = a & 0xffffu;
  let ah = a >> 16u;
  let bl = b & 0xffffu;
  let bh = b >> 16u;
  let mid = ah * bl + ((al * bl) >> 16u);
  let low = al * bh + (mid & 0xffffu);
  return ah * bh + (mid >> 16u) + (low >> 16u);
}
fn philox(i: u32, stream: u32, seed: vec4<u32>) -> vec4<u32> {
  var c = vec4<u32>(i, seed.x, stream, 0u);
  var key = seed.zw;
  for (var round = 0u; round < 10u; round = round + 1u) {
    c = vec4<u32>(
      high(0xCD9E8D57u, c.z) ^ c.y ^ key.x, 0xCD9E8D57u * c.z,
      high(0xD2511F53u, c.x) ^ c.w ^ key.y, 0xD2511F53u * c.x,
    );
    key = key + vec2<u32>(0x9E3779B9u, 0xBB67AE85u);
  }
  return c;
}
`,
}

// helperType is the operand type of the functions that take no f32.
var helperType = map[string]scalar{"quotient": i32, "ipower": i32, "upower": u32, "zeros": u32}

// fillTypes replaces $T and the like.
func fillTypes(s string, t scalar, vec bool) string {
	lanes := "1"
	if vec {
		lanes = "4"
	}
	return strings.NewReplacer("$N", lanes, "$T", typeName(t, vec), "$U", typeName(u32, vec), "$I", typeName(i32, vec), "$B", typeName(boolean, vec)).Replace(s)
}

// helperText is the source of a function that was noted by use.
func helperText(key string) string {
	name, vec := strings.CutSuffix(key, "4")
	name = strings.TrimSuffix(name, "1")
	return fillTypes(helpers[name], helperType[name], vec)
}

// use notes the helper functions that a piece of WGSL calls.
func (w *writer) use(s string, vec bool) {
	for name := range helpers {
		if strings.Contains(s, name+"$N(") {
			w.helpers[fillTypes(name+"$N", f32, vec)] = true
		}
	}
}

// point computes an operation of class point.
func (w *writer) point(n *node, in []value) value {
	vec, depth := false, 0
	for _, v := range in {
		vec, depth = vec || v.vec, max(depth, v.depth)
	}
	switch n.op {
	case compute.OpTypeIdentity:
		return in[0]
	case compute.OpTypeWhere:
		return w.pick(in[0], in[1], in[2])
	case compute.OpTypeConvertDType:
		return w.convert(in[0], n.t)
	case compute.OpTypeBitcast:
		return w.let(n.t, vec, depth, "bitcast<%s>(%s)", typeName(n.t, vec), in[0].text)
	case compute.OpTypeIsNaN, compute.OpTypeIsFinite:
		if in[0].t != f32 {
			return value{literal(boolean, map[bool]uint32{true: 1}[n.op == compute.OpTypeIsFinite]), boolean, false, 0}
		}
	}
	text := pointOps[n.op][in[0].t]
	args := make([]any, 2)
	for i, v := range in {
		args[i] = v.text
		if vec {
			args[i] = w.spread(v)
		}
	}
	w.use(text, vec)
	if len(in) == 1 {
		args = args[:1]
	}
	return w.let(n.t, vec, depth, "%s", fmt.Sprintf(fillTypes(text, in[0].t, vec), args...))
}

// known reports whether an operation of class point has a lowering for a type.
func known(op compute.OpType, t scalar) bool {
	switch op {
	case compute.OpTypeIdentity, compute.OpTypeWhere, compute.OpTypeConvertDType, compute.OpTypeBitcast, compute.OpTypeIota, compute.OpTypeIsNaN, compute.OpTypeIsFinite:
		return true
	}
	return pointOps[op][t] != ""
}

// convert changes the type of a value as Go does, where WGSL agrees.
func (w *writer) convert(v value, t scalar) value {
	switch {
	case v.t == t:
		return v
	case t == boolean:
		return w.let(t, v.vec, v.depth, "%s != %s()", v.text, v.typ())
	case v.t == boolean:
		one := map[scalar]string{f32: "1.0", i32: "1", u32: "1u"}[t]
		typ := typeName(t, v.vec)
		return w.let(t, v.vec, v.depth, "select(%s(), %s(%s), %s)", typ, typ, one, v.text)
	}
	return w.let(t, v.vec, v.depth, "%s(%s)", typeName(t, v.vec), v.text)
}
