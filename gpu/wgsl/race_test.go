package wgsl_test

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/eval"
	"gpumesh/gpu/wgsl"
)

var racers = flag.Uint64("races", 400, "random kernels of TestRaces")

// TestRaces makes kernels whose invocations may well race, of random indices, guards, loops and barriers, and runs those that
// are accepted with a detector of races in the evaluator. None may race, whatever the input; and it finds some in those refused.
func TestRaces(t *testing.T) {
	accepted, raced, seeds := 0, 0, *racers
	for seed := range seeds {
		k := newRacer(seed)
		m, err := wgsl.Parse(k.text)
		if err != nil {
			require.ErrorContains(t, err, "not all invocations", k.text)
			continue
		}
		fault := error(nil)
		if _, err := m.Reproducible(); err != nil {
			fault = err
		} else if e := order(m, k.grid, k.sizes()); e != nil {
			fault = e
		}
		race := ""
		for run := range 3 {
			if race == "" {
				race = k.run(t, uint64(run))
			}
		}
		switch {
		case fault == nil && race != "":
			t.Fatalf("seed %d was accepted: %s\n%s", seed, race, k.text)
		case fault == nil:
			accepted++
		case race != "":
			raced++
			var e *wgsl.Error
			require.ErrorAs(t, fault, &e)
			require.Positive(t, e.Line, "seed %d: %v\n%s", seed, e, k.text)
		}
	}
	t.Logf("%d kernels: %d accepted, %d that were refused raced", seeds, accepted, raced)
	require.Greater(t, accepted, int(seeds)/20)
	require.Greater(t, raced, int(seeds)/5)
}

// racer writes a kernel.
type racer struct {
	*rand.Rand
	grid   [3]uint32
	size   [3]int
	text   string
	names  []string // u32 values in scope
	depth  int
	vars   int
	b      strings.Builder
	indent string
}

const racerWords = 512 // of each buffer

func newRacer(seed uint64) *racer {
	r := &racer{Rand: rand.New(rand.NewPCG(seed, 3))}
	r.size = [][3]int{{8, 1, 1}, {4, 4, 1}, {32, 1, 1}, {16, 2, 1}, {2, 2, 2}}[r.IntN(5)]
	r.grid = [][3]uint32{{1, 1, 1}, {3, 1, 1}, {2, 2, 1}, {1, 1, 2}, {4, 1, 1}}[r.IntN(5)]
	head := `
@group(0) @binding(0) var<storage, read> keys: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<u32>;
@group(0) @binding(2) var<storage, read_write> z: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read_write> sums: array<atomic<u32>>;
@group(0) @binding(4) var<uniform> given: vec4<u32>;
var<workgroup> part: array<u32, 128>;
var<workgroup> tally: array<atomic<u32>, 16>;
var<private> mine: u32;
fn scaled(v: u32) -> u32 { if (v > 40u) { return v; } return v * 2u; }
fn advance(p: ptr<function, u32>, by: u32) { *p = *p + by; }
`
	head += fmt.Sprintf("@compute @workgroup_size(%d, %d, %d)\nfn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>, @builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) g: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {\n", r.size[0], r.size[1], r.size[2])
	r.names = []string{"id.x", "id.y", "l.x", "l.y", "lane", "lane", "g.x", "g.y", "groups.x"}
	all := r.size[0] * r.size[1] * r.size[2]
	me := fmt.Sprintf("((g.z * %du + g.y) * %du + g.x) * %du + lane", r.grid[1], r.grid[0], all)
	fmt.Fprintf(&r.b, "  let me = %s;\n  var v0 = %s;\n", me, []string{"me", "lane", "id.x", "0u"}[r.IntN(4)])
	r.names, r.vars = append(r.names, "me", "me", "me", "v0"), 1
	for range 1 + r.IntN(4) {
		r.statement()
	}
	r.text = head + r.b.String() + "}\n"
	return r
}

func (r *racer) add(format string, args ...any) {
	fmt.Fprintf(&r.b, r.indent+"  "+format+"\n", args...)
}

func (r *racer) inside(head string, body func()) {
	r.add("%s {", head)
	outer, names := r.indent, len(r.names)
	r.indent += "  "
	r.depth++
	body()
	r.depth--
	r.indent, r.names = outer, r.names[:names]
	r.add("}")
}

func (r *racer) name() string { return r.names[r.IntN(len(r.names))] }

// index is an expression, most often one that may tell invocations apart.
func (r *racer) index(depth int) string {
	if depth <= 0 || r.IntN(3) == 0 {
		return r.name()
	}
	a, c := r.index(depth-1), []uint32{1, 2, 3, 4, 5, 7, 8, 16, 31}[r.IntN(9)]
	switch r.IntN(17) {
	case 0, 1, 2:
		return fmt.Sprintf("(%s + %s * %du)", a, r.name(), c)
	case 3, 4:
		return fmt.Sprintf("(%s * %du + %du)", a, c, r.IntN(6))
	case 5:
		return fmt.Sprintf("(%s / %du)", a, c)
	case 6:
		return fmt.Sprintf("(%s %% %du)", a, c)
	case 7:
		n := r.name()
		return fmt.Sprintf("(%s / %du * %du + %s %% %du)", n, c, int(c)+r.IntN(3)-r.IntN(2), n, int(c)-r.IntN(2)*r.IntN(2))
	case 8:
		return fmt.Sprintf("(%s ^ %du)", a, c)
	case 9:
		return fmt.Sprintf("((%s << 2u) | (%s & 3u))", a, r.name())
	case 10:
		return fmt.Sprintf("min(%s, %du)", a, 8*c)
	case 11:
		return fmt.Sprintf("select(%s, %s, %s)", a, r.name(), r.condition())
	case 12:
		return fmt.Sprintf("(%du - %s)", 64+c, a)
	case 13:
		return fmt.Sprintf("(%s + given.x)", a)
	case 14:
		return fmt.Sprintf("(%s * given.y + %s)", a, r.name())
	case 15:
		return fmt.Sprintf("scaled(%s)", a)
	}
	return fmt.Sprintf("(%s & %du)", a, []uint32{1, 3, 7, 6, 15, 31}[r.IntN(6)])
}

func (r *racer) condition() string {
	op := []string{"<", "<", "<", ">=", "==", "!=", ">"}[r.IntN(7)]
	c := fmt.Sprintf("%s %s %du", r.index(1), op, []int{0, 1, 2, 4, 8, 16, 17, 30}[r.IntN(8)])
	switch r.IntN(6) {
	case 0:
		return "(" + c + " && " + r.name() + " < 16u)"
	case 1:
		return "(" + c + " || " + r.name() + " == 3u)"
	case 2:
		return "(!(" + c + "))"
	}
	return "(" + c + ")"
}

func (r *racer) value() string {
	switch r.IntN(8) {
	case 0:
		return fmt.Sprintf("y[%s]", r.index(2))
	case 1:
		return fmt.Sprintf("part[%s]", r.index(2))
	case 2:
		return fmt.Sprintf("z[%s].y", r.index(2))
	case 3:
		return fmt.Sprintf("keys[%s]", r.index(1))
	case 4:
		return "5u"
	case 5:
		return "atomicLoad(&tally[" + r.index(1) + " % 16u])"
	}
	return r.name()
}

func (r *racer) statement() {
	switch k := r.IntN(17); {
	case k < 4:
		r.add("y[%s] = %s;", r.index(2), r.value())
	case k == 4:
		r.add("z[%s].%s = %s;", r.index(2), []string{"x", "y"}[r.IntN(2)], r.value())
	case k == 5:
		r.add("part[%s] = %s;", r.index(2), r.value())
	case k == 6:
		r.add("part[lane] = %s;", r.value())
		r.add("workgroupBarrier();")
		r.add("y[me] = part[%s];", r.index(1))
	case k == 7:
		op := []string{"Add", "Max", "Xor", "Store"}[r.IntN(4)]
		r.add("atomic%s(&%s[%s %% 16u], %s);", op, []string{"sums", "tally"}[r.IntN(2)], r.index(2), r.value())
	case k == 8:
		r.add("workgroupBarrier();")
	case k == 9:
		r.vars++
		name := fmt.Sprintf("v%d", r.vars)
		r.add("%s %s = %s;", []string{"let", "var"}[r.IntN(2)], name, r.index(2))
		r.names = append(r.names, name, name)
	case k == 10:
		r.add("v0 = %s;", r.index(2))
	case k == 11:
		r.add("advance(&v0, %s);", []string{"1u", "8u", "lane"}[r.IntN(3)])
	case k == 12:
		r.add("if %s { return; }", r.condition())
	case k < 15 && r.depth < 3:
		r.inside("if "+r.condition(), func() {
			for range 1 + r.IntN(2) {
				r.statement()
			}
		})
	case r.depth < 3:
		r.vars++
		i := fmt.Sprintf("i%d", r.vars)
		head := []string{
			"for (var i = 0u; i < 3u; i = i + 1u)", "for (var i = lane; i < 64u; i = i + 16u)", "for (var i = 8u; i > 0u; i = i >> 1u)",
			fmt.Sprintf("for (var i = lane; i < 40u; i += %du)", 3+r.IntN(40)), "for (var i = 0u; i < lane; i++)",
		}[r.IntN(5)]
		r.inside(strings.NewReplacer("var i ", "var "+i+" ", " i", " "+i).Replace(head), func() {
			r.names = append(r.names, i, i)
			for range 1 + r.IntN(3) {
				r.statement()
			}
			switch r.IntN(5) {
			case 0:
				r.add("if %s { continue; }", r.condition())
				r.statement()
			case 1:
				r.add("if %s { break; }", r.condition())
				r.statement()
			}
		})
	default:
		r.add("mine = mine + %s;", r.name())
		r.names = append(r.names, "mine")
	}
}

func (r *racer) sizes() []uint64 {
	return []uint64{4 * racerWords, 4 * racerWords, 8 * racerWords, 64, 16}
}

// run looks for races with one input.
func (r *racer) run(t *testing.T, seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 4))
	var bind [][]byte
	for _, n := range r.sizes() {
		p := make([]byte, n)
		for i := 0; i < len(p); i += 4 {
			binary.LittleEndian.PutUint32(p[i:], rng.Uint32N(uint32(4+60*seed)))
		}
		bind = append(bind, p)
	}
	race, err := eval.Race(t.Context(), eval.Config{}, eval.Work{Source: r.text, Entry: "main", Grid: r.grid, Bind: bind})
	if err != nil {
		return err.Error() // a barrier that not all reach
	}
	return race
}
