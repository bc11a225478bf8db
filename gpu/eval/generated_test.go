package eval_test

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"

	"gpumesh/gpu/wgsl"
)

// expr is a generated integer expression with its meaning in Go. x holds the inputs of a lane.
type expr struct {
	text string
	eval func(x []uint32) uint32
	safe bool // defined alike by all drivers: no division, extractBits or insertBits with free operands
}

var edges = []uint32{0, 1, 2, 3, 31, 32, 33, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff, 0xfffffffe, 0xffff, 0x10000, 0xaaaaaaaa}

// generator makes expressions of type u32 or i32 whose leaves are the inputs and constants.
type generator struct {
	*rand.Rand
	inputs int
	unsafe bool
}

func (g *generator) expr(depth int, signed bool) expr {
	if depth == 0 || g.IntN(10) == 0 {
		if g.IntN(4) == 0 {
			v := edges[g.IntN(len(edges))]
			if signed && v != 0x80000000 {
				return expr{fmt.Sprintf("i32(%d)", int32(v)), func([]uint32) uint32 { return v }, true}
			}
			if !signed {
				return expr{fmt.Sprintf("%du", v), func([]uint32) uint32 { return v }, true}
			}
		}
		i := g.IntN(g.inputs)
		text := fmt.Sprintf("x[%d]", i)
		if signed {
			text = fmt.Sprintf("bitcast<i32>(x[%d])", i)
		}
		return expr{text, func(x []uint32) uint32 { return x[i] }, true}
	}
	a, b := g.expr(depth-1, signed), g.expr(depth-1, signed)
	both := a.safe && b.safe
	lt := func(p, q uint32) bool { return p < q }
	if signed {
		lt = func(p, q uint32) bool { return int32(p) < int32(q) }
	}
	two := func(format string, f func(p, q uint32) uint32) expr {
		return expr{fmt.Sprintf(format, a.text, b.text), func(x []uint32) uint32 { return f(a.eval(x), b.eval(x)) }, both}
	}
	one := func(format string, f func(p uint32) uint32) expr {
		return expr{fmt.Sprintf(format, a.text), func(x []uint32) uint32 { return f(a.eval(x)) }, a.safe}
	}
	shift := func(op string, f func(p, n uint32) uint32) expr {
		n := g.expr(depth-1, false)
		return expr{fmt.Sprintf("(%s %s (%s & 31u))", a.text, op, n.text), func(x []uint32) uint32 { return f(a.eval(x), n.eval(x)&31) }, a.safe && n.safe}
	}
	choose := func(op string, f func(p, q uint32) bool) expr {
		c := g.expr(depth-1, signed)
		return expr{fmt.Sprintf("select(%s, %s, %s %s %s)", a.text, b.text, b.text, op, c.text), func(x []uint32) uint32 {
			if f(b.eval(x), c.eval(x)) {
				return b.eval(x)
			}
			return a.eval(x)
		}, both && c.safe}
	}
	kinds := 25
	if g.unsafe {
		kinds = 29
	}
	switch g.IntN(kinds) {
	case 0, 1:
		return two("(%s + %s)", func(p, q uint32) uint32 { return p + q })
	case 2:
		return two("(%s - %s)", func(p, q uint32) uint32 { return p - q })
	case 3, 4:
		return two("(%s * %s)", func(p, q uint32) uint32 { return p * q })
	case 5:
		return two("(%s & %s)", func(p, q uint32) uint32 { return p & q })
	case 6:
		return two("(%s | %s)", func(p, q uint32) uint32 { return p | q })
	case 7:
		return two("(%s ^ %s)", func(p, q uint32) uint32 { return p ^ q })
	case 8:
		return shift("<<", func(p, n uint32) uint32 { return p << n })
	case 9:
		return shift(">>", func(p, n uint32) uint32 {
			if signed {
				return uint32(int32(p) >> n)
			}
			return p >> n
		})
	case 10:
		return one("(~%s)", func(p uint32) uint32 { return ^p })
	case 11:
		if signed {
			return one("(-%s)", func(p uint32) uint32 { return -p })
		}
		return one("reverseBits(%s)", bits.Reverse32)
	case 12:
		return two("min(%s, %s)", func(p, q uint32) uint32 {
			if lt(p, q) {
				return p
			}
			return q
		})
	case 13:
		return two("max(%s, %s)", func(p, q uint32) uint32 {
			if lt(p, q) {
				return q
			}
			return p
		})
	case 14:
		return one("countOneBits(%s)", func(p uint32) uint32 { return uint32(bits.OnesCount32(p)) })
	case 15:
		return one("countLeadingZeros(%s)", func(p uint32) uint32 { return uint32(bits.LeadingZeros32(p)) })
	case 16:
		return one("countTrailingZeros(%s)", func(p uint32) uint32 { return uint32(bits.TrailingZeros32(p)) })
	case 17:
		return one("firstLeadingBit(%s)", func(p uint32) uint32 {
			if signed && int32(p) < 0 {
				p = ^p
			}
			return uint32(bits.Len32(p) - 1)
		})
	case 18:
		return one("firstTrailingBit(%s)", func(p uint32) uint32 {
			if p == 0 {
				return math.MaxUint32
			}
			return uint32(bits.TrailingZeros32(p))
		})
	case 19:
		return choose("<", lt)
	case 20:
		return choose(">=", func(p, q uint32) bool { return !lt(p, q) })
	case 21:
		return choose("!=", func(p, q uint32) bool { return p != q })
	case 22:
		if signed {
			return one("abs(%s)", func(p uint32) uint32 { return uint32(max(int32(p), -int32(p))) })
		}
		return choose("<=", func(p, q uint32) bool { return p <= q })
	case 23:
		o := g.expr(depth-1, !signed)
		to := map[bool]string{true: "i32", false: "u32"}[signed]
		return expr{fmt.Sprintf("%s(%s)", to, o.text), o.eval, o.safe}
	case 24:
		c := g.expr(depth-1, signed)
		return expr{fmt.Sprintf("dot(vec3(%s, %s, %s), vec3(%s, %s, %s))", a.text, b.text, c.text, c.text, a.text, b.text), func(x []uint32) uint32 {
			p, q, r := a.eval(x), b.eval(x), c.eval(x)
			return p*r + q*p + r*q
		}, both && c.safe}
	}
	e := expr{}
	kind := g.IntN(4)
	for kind < 2 && !strings.Contains(b.text, "x[") && b.eval(make([]uint32, genInputs)) == 0 { // to divide by a constant zero is an error
		b = g.expr(0, signed)
	}
	switch kind {
	case 0:
		e = two("(%s / %s)", func(p, q uint32) uint32 {
			switch {
			case q == 0 || signed && p == 1<<31 && q == math.MaxUint32:
				return p
			case signed:
				return uint32(int32(p) / int32(q))
			}
			return p / q
		})
	case 1:
		e = two("(%s %% %s)", func(p, q uint32) uint32 {
			switch {
			case q == 0 || signed && p == 1<<31 && q == math.MaxUint32:
				return 0
			case signed:
				return uint32(int32(p) % int32(q))
			}
			return p % q
		})
	default:
		off, n := g.expr(0, false), g.expr(0, false)
		insert := g.IntN(2) == 0
		text := fmt.Sprintf("extractBits(%s, %s, %s)", a.text, off.text, n.text)
		if insert {
			text = fmt.Sprintf("insertBits(%s, %s, %s, %s)", a.text, b.text, off.text, n.text)
		}
		e = expr{text, func(x []uint32) uint32 {
			o := min(off.eval(x), 32)
			c := min(n.eval(x), 32-o)
			out := uint32(0)
			if insert {
				out = a.eval(x)
			}
			for i := range c { // bit by bit, from the specification
				if insert {
					out = out&^(1<<(o+i)) | (b.eval(x)>>i&1)<<(o+i)
				} else {
					out |= (a.eval(x) >> (o + i) & 1) << i
				}
			}
			if !insert && signed && c > 0 && out>>(c-1)&1 == 1 {
				out |= math.MaxUint32 << c
			}
			return out
		}, false}
	}
	e.safe = false
	return e
}

const (
	genInputs = 4
	genExprs  = 12
	genLanes  = 192
)

// generated makes a kernel that evaluates expressions for random and extreme inputs, and the expected output.
func generated(seed uint64, unsafe bool) (job, []uint32) {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 11)), inputs: genInputs, unsafe: unsafe}
	var body strings.Builder
	exprs := make([]expr, genExprs)
	for i := range exprs {
		signed := i%2 == 1
		exprs[i] = g.expr(3, signed)
		text := exprs[i].text
		if signed {
			text = "bitcast<u32>(" + text + ")"
		}
		fmt.Fprintf(&body, "  out[id.x * %du + %du] = %s;\n", genExprs, i, text)
	}
	src := fmt.Sprintf(`@group(0) @binding(0) var<storage, read> inputs: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var x: array<u32, %d>;
  for (var i = 0u; i < %du; i++) { x[i] = inputs[id.x * %du + i]; }
%s}
`, genInputs, genInputs, genInputs, body.String())
	in := make([]uint32, genInputs*genLanes)
	for i := range in {
		in[i] = g.Uint32()
		if g.IntN(2) == 0 {
			in[i] = edges[g.IntN(len(edges))]
		}
	}
	want := make([]uint32, genExprs*genLanes)
	for l := range genLanes {
		for i, e := range exprs {
			want[l*genExprs+i] = e.eval(in[l*genInputs : (l+1)*genInputs])
		}
	}
	return job{src: src, bufs: [][]uint32{in, make([]uint32, len(want))}, grid: [3]uint32{genLanes / 32}}, want
}

// invalid reports whether the source has a constant expression without a value, which the generator does not avoid.
func invalid(j job) bool {
	_, err := wgsl.Parse(j.src)
	return err != nil && (strings.Contains(err.Error(), "the constant") || strings.Contains(err.Error(), "has the bits"))
}

func TestGeneratedIntegers(t *testing.T) {
	for seed := range uint64(150) {
		j, want := generated(seed, true)
		if invalid(j) {
			continue
		}
		diff(t, fmt.Sprintf("seed %d\n%s", seed, j.src), run(t, j)[1], want)
	}
}

// TestGeneratedOnDriver compares what all drivers define alike with a real one.
func TestGeneratedOnDriver(t *testing.T) {
	d := driver(t)
	for seed := range uint64(25) {
		j, want := generated(1000+seed, false)
		if invalid(j) {
			continue
		}
		out, err := j.on(t, d)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, j.src)
		}
		diff(t, fmt.Sprintf("evaluator, seed %d\n%s", seed, j.src), run(t, j)[1], want)
		diff(t, fmt.Sprintf("driver, seed %d\n%s", seed, j.src), out[1], want)
	}
}
