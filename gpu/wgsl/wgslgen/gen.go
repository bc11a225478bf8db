package wgslgen

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

const (
	maxSize  = 900  // operators of a kernel
	maxSteps = 6000 // statements that one invocation executes
	outWords = 8    // of an invocation
	tableLen = 61   // words of the input table
	atomics  = 14   // words of an atomic buffer, one operation each
)

var edges = []uint32{0, 1, 2, 3, 31, 32, 33, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff, 0xfffffffe, 0xffff, 0x10000, 0xaaaaaaaa}

// Options say what to make.
type Options struct {
	Seed  uint64
	Float bool // also f32, its vectors and its matrices
	Wide  bool // also what wgpu-native 0.17 refuses: ldexp, modf, frexp, 8-bit packing and dot4
	Plain bool // only uses of memory of which an analysis can see that no invocation reads what another writes; shorter
}

// Buffer is a buffer of a kernel: binding i is the i-th.
type Buffer struct {
	Name    string
	Access  string // "read", "read_write" or "uniform"
	Content []byte // before the kernel runs
}

// Kernel is a compute shader with entry point main and everything that a dispatch of it takes.
type Kernel struct {
	Buffers []Buffer
	Grid    [3]uint32

	head  string // declarations at module scope but functions
	funcs []*function
}

// Source is the text of the kernel.
func (k *Kernel) Source() string {
	var b strings.Builder
	b.WriteString(k.head)
	for _, f := range k.funcs {
		b.WriteString("\n" + f.intro + " {\n")
		writeAll(&b, f.body, "  ")
		b.WriteString("}\n")
	}
	return b.String()
}

type gen struct {
	*rand.Rand
	opt     Options
	vars    []variable
	structs []*typ
	funcs   []*function
	fn      *function
	base    string // a u32 variable that is in scope
	names   int

	size    int  // expressions so far
	left    int  // statements that the function may still get
	depth   int  // of blocks
	indices int  // of indexes within indexes
	loops   int  // that a break would leave
	times   int  // how often the statement runs
	spent   int  // statements executed by one call of the function
	calls   int  // in the function
	uniform bool // all invocations of the workgroup are here together

	inSwitch bool // continue would leave a switch
	lanes    int  // invocations of a workgroup
	tile     *typ // what they exchange
	head     strings.Builder
}

// New makes the kernel of a seed. Equal options give equal kernels.
func New(opt Options) *Kernel {
	g := &gen{Rand: rand.New(rand.NewPCG(opt.Seed, 0x5eed)), opt: opt}
	return g.kernel()
}

func (g *gen) scalarType() *typ {
	list := []*typ{i32T, u32T, u32T, boolT}
	if g.opt.Float {
		list = []*typ{i32T, u32T, boolT, f32T, f32T, f32T, f32T}
	}
	return list[g.IntN(len(list))]
}

func (g *gen) anyType() *typ {
	s := g.scalarType()
	switch k := g.IntN(14); {
	case k < 6:
		return s
	case k < 10:
		return vec(s, 2+g.IntN(3))
	case k < 11 && g.opt.Float:
		return mat(2+g.IntN(3), 2+g.IntN(3))
	case k < 12:
		return arrayOf(s, 2+g.IntN(3))
	case k < 13 && len(g.structs) > 0:
		return g.structs[g.IntN(len(g.structs))]
	}
	return arrayOf(vec(s, 2+g.IntN(3)), 2)
}

// structType makes a struct whose members have a layout in memory.
func (g *gen) structType() *typ {
	t := &typ{class: structure, name: fmt.Sprintf("S%d", len(g.structs)+1)}
	for i := range 2 + g.IntN(4) {
		m := g.anyType()
		for m.hidden {
			m = g.anyType()
		}
		t.fields = append(t.fields, member{fmt.Sprintf("m%d", i), m})
	}
	g.structs = append(g.structs, t)
	g.head.WriteString(t.declaration())
	return t
}

func (g *gen) kernel() *Kernel {
	k := &Kernel{}
	item, record := g.structType(), g.structType()
	sizes := [][3]int{{1, 1, 1}, {32, 1, 1}, {64, 1, 1}, {8, 4, 1}, {4, 2, 3}, {7, 3, 1}, {16, 1, 1}}
	size := sizes[g.IntN(len(sizes))]
	k.Grid = [3]uint32{1 + g.Uint32N(3), 1 + g.Uint32N(2), 1 + g.Uint32N(2)}
	g.lanes = size[0] * size[1] * size[2]
	all := g.lanes * int(k.Grid[0]*k.Grid[1]*k.Grid[2])

	bind := func(name, access, typ string, content []byte) {
		space := "storage, " + access
		if access == "uniform" {
			space = access
		}
		fmt.Fprintf(&g.head, "@group(0) @binding(%d) var<%s> %s: %s;\n", len(k.Buffers), space, name, typ)
		k.Buffers = append(k.Buffers, Buffer{name, access, content})
	}
	table := &typ{class: array, name: "array<u32>", elem: u32T, n: tableLen}
	items := arrayOf(item, 3)
	settings := arrayOf(vec(u32T, 4), 2)
	bind("table", "read", table.name, g.content(table))
	bind("out", "read_write", "array<u32>", make([]byte, 4*outWords*all))
	bind("items", "read", items.name, g.content(items))
	bind("records", "read_write", "array<"+record.name+">", g.content(arrayOf(record, all)))
	bind("counts", "read_write", fmt.Sprintf("array<atomic<u32>, %d>", atomics), g.content(arrayOf(u32T, atomics)))
	bind("totals", "read_write", fmt.Sprintf("array<atomic<i32>, %d>", atomics), g.content(arrayOf(i32T, atomics)))
	bind("own", "read_write", "array<atomic<u32>>", g.content(arrayOf(u32T, all)))
	bind("settings", "uniform", settings.name, g.content(settings))
	g.vars = []variable{
		{name: "table", typ: table, memory: true}, {name: "items", typ: items, memory: true}, {name: "settings", typ: settings, memory: true},
	}
	g.globals()
	for range g.IntN(4) {
		g.function()
	}
	g.entry(size, record)
	k.head, k.funcs = g.head.String(), g.funcs
	return k
}

// globals makes constants, private variables and workgroup memory.
func (g *gen) globals() {
	for i := range g.IntN(3) {
		t, name := []*typ{u32T, i32T}[g.IntN(2)], fmt.Sprintf("C%d", i)
		fmt.Fprintf(&g.head, "const %s: %s = %s;\n", name, t.name, g.literal(t))
		g.vars = append(g.vars, variable{name: name, typ: t})
	}
	for i := range 1 + g.IntN(3) {
		t, name := g.anyType(), fmt.Sprintf("p%d", i)
		init := ""
		if t.class == scalar && g.IntN(2) == 0 {
			init = " = " + g.literal(t).String()
		}
		fmt.Fprintf(&g.head, "var<private> %s: %s%s;\n", name, t.name, init)
		g.vars = append(g.vars, variable{name: name, typ: t, memory: true, assign: true})
	}
	g.tile = []*typ{u32T, i32T, vec(u32T, 2), vec(i32T, 3), arrayOf(u32T, 2)}[g.IntN(5)]
	if g.opt.Float {
		g.tile = []*typ{f32T, vec(f32T, 4), vec(f32T, 3), arrayOf(f32T, 3), u32T}[g.IntN(5)]
	}
	fmt.Fprintf(&g.head, "var<workgroup> tile: array<%s, %d>;\nvar<workgroup> tally: array<atomic<u32>, 4>;\nvar<workgroup> agreed: %s;\n", g.tile.name, g.lanes, g.tile.name)
}

// start begins a function.
func (g *gen) start(f *function, base string, statements int) {
	g.fn, g.base, g.left, g.size = f, base, statements, 0
	g.depth, g.loops, g.times, g.spent, g.calls, g.uniform, g.inSwitch = 0, 0, 1, 0, 0, f.entry, false
}

func (g *gen) function() {
	f := &function{name: g.name("call"), result: g.anyType()}
	mark := len(g.vars)
	text := []string{"a: u32"}
	f.params, f.pointer = []*typ{u32T}, []bool{false}
	g.vars = append(g.vars, variable{name: "a", typ: u32T})
	for i := range g.IntN(3) {
		t, name := g.anyType(), fmt.Sprintf("b%d", i)
		f.params, f.pointer = append(f.params, t), append(f.pointer, false)
		text = append(text, name+": "+t.name)
		g.vars = append(g.vars, variable{name: name, typ: t})
	}
	if g.IntN(2) == 0 {
		t := g.scalarType()
		if g.IntN(3) == 0 {
			t = g.anyType()
		}
		f.params, f.pointer = append(f.params, t), append(f.pointer, true)
		text = append(text, "p: ptr<function, "+t.name+">")
		g.vars = append(g.vars, variable{name: "(*p)", typ: t, memory: true, assign: true})
	}
	f.intro = fmt.Sprintf("fn %s(%s) -> %s", f.name, strings.Join(text, ", "), f.result.name)
	g.start(f, "a", 8)
	for range 3 + g.IntN(3) {
		f.body = append(f.body, g.statement()...)
	}
	last := simple("return %s;", g.expr(f.result, 2))
	last.fixed = true
	f.body = append(f.body, last)
	f.cost = g.spent + 1
	g.vars = g.vars[:mark]
	g.funcs = append(g.funcs, f)
}

func (g *gen) entry(size [3]int, record *typ) {
	f := &function{name: "main", entry: true}
	f.intro = fmt.Sprintf("@compute @workgroup_size(%d, %d, %d)\nfn main(@builtin(global_invocation_id) gid: vec3<u32>, @builtin(local_invocation_id) lid: vec3<u32>, @builtin(local_invocation_index) lane: u32,\n        @builtin(workgroup_id) wid: vec3<u32>, @builtin(num_workgroups) grid: vec3<u32>)", size[0], size[1], size[2])
	g.start(f, "me", 30)
	v3 := vec(u32T, 3)
	for _, name := range []string{"gid", "lid", "wid", "grid"} {
		g.vars = append(g.vars, variable{name: name, typ: v3})
	}
	me := simple(fmt.Sprintf("let me = ((wid.z * grid.y + wid.y) * grid.x + wid.x) * %du + lane;", g.lanes))
	me.fixed = true
	f.body = []*stmt{me}
	mark := len(g.vars)
	own, statements := "records[me]", 8+g.IntN(8)
	if g.opt.Plain {
		own, statements = "mine", 3+g.IntN(5)
		for _, text := range []string{"var mine = records[me];", fmt.Sprintf("var sum: array<u32, %d>;", outWords)} {
			s := simple(text)
			s.fixed = true
			f.body = append(f.body, s)
		}
	}
	g.vars = append(g.vars, variable{name: "me", typ: u32T}, variable{name: "lane", typ: u32T}, variable{name: own, typ: record, memory: true, assign: true})
	for range statements {
		f.body = append(f.body, g.statement()...)
	}
	slot := 0
	for _, v := range g.vars[mark:] {
		if v.name == own {
			continue // it is in its buffer
		}
		for _, e := range parts(&expr{typ: v.typ, format: v.name}) {
			word := g.result(slot)
			f.body = append(f.body, simple(fmt.Sprintf("%s = (%s * 16777619u) ^ %%s;", word, word), bitsOf(e)))
			slot = (slot + 1) % outWords
		}
	}
	if g.opt.Plain {
		f.body = append(f.body, simple("records[me] = mine;"))
		for i := range outWords {
			f.body = append(f.body, simple(fmt.Sprintf("out[me * %du + %du] = sum[%d];", outWords, i, i)))
		}
	}
	g.funcs = append(g.funcs, f)
}

// result is where a word of the invocation's result is gathered.
func (g *gen) result(i int) string {
	if g.opt.Plain {
		return fmt.Sprintf("sum[%d]", i)
	}
	return fmt.Sprintf("out[me * %du + %du]", outWords, i)
}

// parts are the scalars of a value.
func parts(e *expr) []*expr {
	if e.typ.class == scalar {
		return []*expr{e}
	}
	var list []*expr
	if e.typ.class == structure {
		for _, f := range e.typ.fields {
			list = append(list, parts(plain(f.typ, "%s."+f.name, e))...)
		}
		return list
	}
	for i := range e.typ.n {
		list = append(list, parts(plain(e.typ.elem, fmt.Sprintf("%%s[%d]", i), e))...)
	}
	return list
}

func bitsOf(e *expr) *expr {
	switch e.typ {
	case u32T:
		return e
	case boolT:
		return plain(u32T, "select(7u, 13u, %s)", e)
	}
	return plain(u32T, "bitcast<u32>(%s)", e)
}

// shared makes a statement that invocations share: an exchange in uniform control flow, or an atomic of its own.
func (g *gen) shared() *stmt {
	one := func(head string, args ...*expr) *stmt { s := simple(head, args...); s.fixed = true; return s }
	barrier := one("workgroupBarrier();")
	if g.uniform {
		p := g.path(g.tile, true)
		switch {
		case g.IntN(3) == 0:
			list := []*stmt{}
			for i := range 1 + g.IntN(4) {
				op := []string{"Add", "Max", "Xor", "Or"}[i]
				s := simple(fmt.Sprintf("atomic%s(&tally[%du], %%s);", op, i), g.expr(u32T, 2))
				if g.IntN(2) == 0 {
					s = &stmt{head: "if (%s)", args: []*expr{g.expr(boolT, 2)}, blocks: []*block{{body: []*stmt{s}}}}
				}
				list = append(list, s)
			}
			list = append(list, barrier, simple(g.result(g.IntN(outWords))+" += atomicLoad(&tally[%s]);", g.index(4)), barrier)
			return &stmt{blocks: []*block{{body: list}}}
		case p == nil:
		case g.IntN(4) == 0:
			set := &stmt{head: fmt.Sprintf("if (lane == %du)", g.IntN(g.lanes)), blocks: []*block{{body: []*stmt{simple("agreed = %s;", g.expr(g.tile, 2))}}}}
			return &stmt{blocks: []*block{{body: []*stmt{set, one("workgroupBarrier();"), simple("%s = workgroupUniformLoad(&agreed);", p)}}}}
		default:
			at := g.index(g.lanes)
			return &stmt{blocks: []*block{{body: []*stmt{simple("tile[lane] = %s;", g.expr(g.tile, 2)), barrier, simple("%s = tile[%s];", p, at), barrier}}}}
		}
	}
	kind := g.IntN(4)
	if g.opt.Plain {
		kind = 3
	}
	switch kind {
	case 0: // a word of one's own knows every operation
		ops := []string{"atomicAdd(&own[me], %s)", "atomicSub(&own[me], %s)", "atomicMax(&own[me], %s)", "atomicAnd(&own[me], %s)", "atomicExchange(&own[me], %s)", "atomicXor(&own[me], %s)"}
		name := g.name("l")
		s := simple("let "+name+" = "+ops[g.IntN(len(ops))]+";", g.expr(u32T, 2))
		g.vars = append(g.vars, variable{name: name, typ: u32T})
		return s
	case 1:
		if g.IntN(2) == 0 {
			return simple("atomicStore(&own[me], %s);", g.expr(u32T, 2))
		}
		name := g.name("l")
		g.vars = append(g.vars, variable{name: name, typ: u32T})
		return simple("let " + name + " = atomicLoad(&own[me]);")
	}
	ops := []string{"Add", "Sub", "Max", "Min", "And", "Or", "Xor"}
	k := g.IntN(len(ops)) // Add and Sub commute, but each has words of its own
	buffer, t := "counts", u32T
	if g.IntN(2) == 0 {
		buffer, t = "totals", i32T
	}
	return simple(fmt.Sprintf("atomic%s(&%s[%du + %%s], %%s);", ops[k], buffer, 2*k), g.index(2).as(u32T), g.expr(t, 2))
}

// as converts an index.
func (e *expr) as(t *typ) *expr {
	if e.typ == t {
		return e
	}
	return plain(t, t.name+"(%s)", e)
}

// content fills a type's layout with random values; bytes between members too.
func (g *gen) content(t *typ) []byte {
	size, _ := t.layout()
	p := make([]byte, size)
	for i := 0; i < size; i += 4 {
		binary.LittleEndian.PutUint32(p[i:], g.word())
	}
	var visit func(t *typ, at int)
	visit = func(t *typ, at int) {
		switch {
		case t == f32T:
			binary.LittleEndian.PutUint32(p[at:], g.floatWord())
		case t.class == structure:
			for _, f := range t.fields {
				s, a := f.typ.layout()
				at = roundUp(at, a)
				visit(f.typ, at)
				at += s
			}
		case t.class != scalar:
			s, a := t.elem.layout()
			for i := range t.n {
				visit(t.elem, at+i*roundUp(s, a))
			}
		}
	}
	visit(t, 0)
	return p
}

func (g *gen) word() uint32 {
	switch g.IntN(4) {
	case 0:
		return edges[g.IntN(len(edges))]
	case 1:
		return g.Uint32N(100)
	}
	return g.Uint32()
}

var floatEdges = []float32{0, float32(math.Copysign(0, -1)), 1, -1, 0.5, 1e-40, -1e-45, 3e38, -3e38, 1e-20, 1e20, 16777217, 0.33333334, float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN())}

func (g *gen) floatWord() uint32 {
	if g.IntN(6) == 0 {
		return math.Float32bits(floatEdges[g.IntN(len(floatEdges))])
	}
	v := float32(g.NormFloat64() * []float64{1, 1, 3, 20}[g.IntN(4)])
	return math.Float32bits(v)
}

// clone copies the kernel's functions, so that one can be changed.
func (k *Kernel) clone() *Kernel {
	c := *k
	c.funcs = slices.Clone(k.funcs)
	for i, f := range c.funcs {
		n := *f
		n.body = cloneAll(f.body)
		c.funcs[i] = &n
	}
	return &c
}
