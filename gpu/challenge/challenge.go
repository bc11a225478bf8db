package challenge

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"

	"gpumesh/gpu"
)

const (
	// Passes is how often all memory is walked over, with one read per block on average.
	Passes = 16
	// RoundOps is the integer operations of one round on a block, as counted in a claim of speed.
	RoundOps = 256
	// Unit is the most bytes of one region, and what networks use: the largest binding of an adapter without any say in it. Claims of
	// memory are in whole regions.
	Unit = 128 << 20
	// Walkers is the most that walk in the challenges of For: the elements of an answer.
	Walkers = 1 << 18

	// LeastUnit is the least bytes of one region.
	LeastUnit = 8 * workgroup * blockBytes

	blockBytes = 64
	minRounds  = 64      // with fewer, processors make a block about as fast as they read it
	maxRounds  = 1 << 15 // loop iterations of one invocation that every driver computes
	maxRegions = 960     // buffers of one program
	group      = 4       // regions that one dispatch walks over in turn
	maxParts   = 64      // dispatches that a fill is cut into, at least, so that none is long
	workgroup  = 64
)

// Spec is one challenge.
type Spec struct {
	Seed    uint64 // of the beacon and the peer
	Regions uint32 // buffers that are filled
	Blocks  uint32 // of 64 bytes in each; a power of two
	Walkers uint32 // a power of two, at most Blocks
	Rounds  uint32 // to make a block
}

// ErrClaim is wrapped by errors of For.
var ErrClaim = errors.New("no challenge fits the claim")

// For is the challenge that takes the given time on a device with so many bytes of memory and integer operations per second: its rounds
// are what is left to do. Regions of unit bytes that are not whole do not count. The error says what of the claim cannot be tried.
func For(seed, memory, speed uint64, millis uint32, unit uint64) (Spec, error) {
	if unit < LeastUnit || unit > Unit || unit&(unit-1) != 0 {
		return Spec{}, fmt.Errorf("a unit of memory is a power of two from %d to %d bytes, not %d", LeastUnit, Unit, unit)
	}
	s := Spec{Seed: seed, Blocks: uint32(unit / blockBytes), Walkers: uint32(min(Walkers, unit/blockBytes/8))}
	regions := memory / unit
	if regions < 1 || regions > maxRegions {
		return Spec{}, fmt.Errorf("%w: memory of %d units is claimed, and 1 to %d can be", ErrClaim, regions, maxRegions)
	}
	s.Regions = uint32(regions)
	hi, lo := bits.Mul64(speed, uint64(millis))
	once := regions * uint64(s.Blocks) * RoundOps * 1000
	if hi >= once {
		return Spec{}, fmt.Errorf("%w: %d operations per second are too many for so little memory", ErrClaim, speed)
	}
	rounds, _ := bits.Div64(hi, lo, once)
	switch {
	case rounds < minRounds:
		return Spec{}, fmt.Errorf("%w: %d operations per second fill less than %d units of memory in %d ms", ErrClaim, speed, regions, millis)
	case rounds > maxRounds:
		return Spec{}, fmt.Errorf("%w: %d operations per second are too many for %d units of memory", ErrClaim, speed, regions)
	}
	s.Rounds = uint32(rounds)
	return s, nil
}

// Fit lowers a claim to what For takes: to as much memory as the device fills in the time, and to the speed that so little memory
// can show. Without room for a single region it returns zeros.
func Fit(memory, speed uint64, millis uint32, unit uint64) (uint64, uint64) {
	once := unit / blockBytes * RoundOps * 1000 // times regions and rounds: operations, times milliseconds
	regions := min(memory/unit, maxRegions)
	hi, lo := bits.Mul64(speed, uint64(millis))
	if hi < once*minRounds {
		filled, _ := bits.Div64(hi, lo, once*minRounds)
		regions = min(regions, filled)
	}
	if regions == 0 {
		return 0, 0
	}
	return regions * unit, min(speed, regions*once*maxRounds/uint64(millis))
}

// Validate checks the bounds of a challenge.
func (s Spec) Validate() error {
	power := func(n uint32) bool { return n >= workgroup && n&(n-1) == 0 }
	if s.Regions < 1 || s.Regions > maxRegions || !power(s.Blocks) || s.Blocks > Unit/blockBytes || !power(s.Walkers) || s.Walkers > s.Blocks || s.Rounds < 1 || s.Rounds > maxRounds {
		return fmt.Errorf("a challenge has 1 to %d regions, powers of two of blocks and walkers, and 1 to %d rounds, not %+v", maxRegions, maxRounds, s)
	}
	return nil
}

// Operations is what filling takes.
func (s Spec) Operations() uint64 {
	return uint64(s.Regions) * uint64(s.Blocks) * uint64(s.Rounds) * RoundOps
}

// reads is how many blocks of one region a walker reads in one pass.
func (s Spec) reads() uint32 { return s.Blocks / s.Walkers }

// Output is the name of the program's one output: a 32-bit word for each walker.
const Output = "answer"

// Program is the challenge as a program; its seed is that of the task. Its memory is Temp, which nobody reads back.
func (s Spec) Program() (*gpu.Program, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	return s.program(fillText, reading), nil
}

const (
	seedBuffer = iota
	regionBuffer
	walkerBuffer
	answerBuffer
	firstRegion
)

// program is made from the text that fills, and from what a walk says to have the block of an index in the r-th of its regions.
func (s Spec) program(fill string, have func(r int) string) *gpu.Program {
	parts := s.parts()
	text := strings.NewReplacer(
		"ROUNDS", fmt.Sprint(s.Rounds), "PARTS", fmt.Sprint(parts), "SHIFT", fmt.Sprint(32-bits.TrailingZeros32(s.Blocks)), "BLOCKS", fmt.Sprint(s.Blocks),
		"WALKERS", fmt.Sprint(s.Walkers), "READS", fmt.Sprint(s.reads()), "WIDTH", fmt.Sprint(gridWidth*workgroup),
	)
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Modules: []gpu.Module{
			{Name: "fill", WGSL: text.Replace(fill + blockText)}, {Name: "start", WGSL: text.Replace(startText)},
			{Name: "end", WGSL: text.Replace(endText)},
		},
		Buffers: []gpu.Buffer{
			{Name: "seed", Kind: gpu.Params, Type: gpu.U32, Len: gpu.ParamsSize},
			{Name: "region", Kind: gpu.Temp, Type: gpu.U32, Len: 8},
			{Name: "walkers", Kind: gpu.Temp, Type: gpu.U32, Len: 16 * uint64(s.Walkers)},
			{Name: Output, Kind: gpu.Output, Type: gpu.U32, Len: 4 * uint64(s.Walkers)},
		},
	}
	for r := range s.Regions {
		p.Buffers = append(p.Buffers, gpu.Buffer{Name: fmt.Sprintf("memory%d", r), Kind: gpu.Temp, Type: gpu.U32, Len: blockBytes * uint64(s.Blocks)})
	}
	dispatch := func(module uint16, n uint32, buffers ...uint32) {
		c := gpu.Command{Op: gpu.Dispatch, Module: module, Entry: "main", Grid: grid(n)}
		for _, b := range buffers {
			c.Bind = append(c.Bind, gpu.Binding{Buffer: b})
		}
		p.Step = append(p.Step, c)
	}
	// place says which region and part the next dispatch is about: grids do not tell.
	place := func(region, part uint32) {
		p.Step = append(p.Step, gpu.Command{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: regionBuffer}}, Value: region*parts + part})
	}
	for r := range s.Regions {
		for part := range parts {
			place(r, part)
			dispatch(0, s.Blocks/parts, seedBuffer, regionBuffer, firstRegion+r)
		}
	}
	dispatch(1, s.Walkers, seedBuffer, walkerBuffer)
	walks := map[uint32]uint16{} // modules by number of regions
	for range Passes {
		for r := uint32(0); r < s.Regions; r += group {
			n := min(group, s.Regions-r)
			if _, ok := walks[n]; !ok {
				walks[n] = uint16(len(p.Modules))
				p.Modules = append(p.Modules, gpu.Module{Name: fmt.Sprint("walk", n), WGSL: text.Replace(walkText(int(n), have))})
			}
			buffers := []uint32{walkerBuffer}
			for i := range n {
				buffers = append(buffers, firstRegion+r+i)
			}
			dispatch(walks[n], s.Walkers, buffers...)
		}
	}
	dispatch(2, s.Walkers, walkerBuffer, answerBuffer)
	return p
}

// parts is how many dispatches fill one region: few regions are cut into more.
func (s Spec) parts() uint32 {
	parts := uint32(1)
	for parts*s.Regions < maxParts && s.Blocks/parts > workgroup {
		parts *= 2
	}
	return parts
}

// gridWidth is the workgroups of a row: more of them make several rows.
const gridWidth = 1 << 12

func grid(invocations uint32) [3]uint32 {
	groups := (invocations + workgroup - 1) / workgroup
	if groups <= gridWidth {
		return [3]uint32{groups, 1, 1}
	}
	return [3]uint32{gridWidth, groups / gridWidth, 1} // both are powers of two
}

// A block is ChaCha's state of a key, a counter and constants, with additions replaced by a + b + 2ab, as in BlaMka of Argon2 (RFC 9106),
// so that it takes multiplications too. One round is one of its double rounds; the first state is added in the end.
const blockText = `
struct Block { a: vec4<u32>, b: vec4<u32>, c: vec4<u32>, d: vec4<u32> }

fn mixed(x: vec4<u32>, y: vec4<u32>) -> vec4<u32> { return x + y + ((x * y) << vec4<u32>(1u)); }

fn turn(x: vec4<u32>, n: u32) -> vec4<u32> { return (x << vec4<u32>(n)) | (x >> vec4<u32>(32u - n)); }

fn quarter(p: Block) -> Block {
  var s = p;
  s.a = mixed(s.a, s.b); s.d = turn(s.d ^ s.a, 16u);
  s.c = mixed(s.c, s.d); s.b = turn(s.b ^ s.c, 12u);
  s.a = mixed(s.a, s.b); s.d = turn(s.d ^ s.a, 8u);
  s.c = mixed(s.c, s.d); s.b = turn(s.b ^ s.c, 7u);
  return s;
}

fn block(seed: vec2<u32>, region: u32, index: u32) -> Block {
  let first = Block(
    vec4<u32>(0x61707865u, 0x3320646eu, 0x79622d32u, 0x6b206574u),
    vec4<u32>(seed, seed.yx),
    vec4<u32>(seed.y ^ region, seed.x ^ index, region, index),
    vec4<u32>(index, region, index, region),
  );
  var s = first;
  for (var round = 0u; round < ROUNDSu; round = round + 1u) {
    s = quarter(s);
    s.b = s.b.yzwx; s.c = s.c.zwxy; s.d = s.d.wxyz;
    s = quarter(s);
    s.b = s.b.wxyz; s.c = s.c.zwxy; s.d = s.d.yzwx;
  }
  return Block(s.a + first.a, s.b + first.b, s.c + first.c, s.d + first.d);
}
`

const fillText = `// Fills a part of a region with blocks.
@group(0) @binding(0) var<uniform> seed: vec4<u32>; // step, steps, seed low, seed high
@group(0) @binding(1) var<storage, read> place: array<u32>; // region * PARTS + part
@group(0) @binding(2) var<storage, read_write> memory: array<vec4<u32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.y * WIDTHu + id.x;
  if (i >= BLOCKSu / PARTSu) { return; }
  let index = place[0] % PARTSu * (BLOCKSu / PARTSu) + i;
  let made = block(seed.zw, place[0] / PARTSu, index);
  let at = index * 4u;
  memory[at] = made.a;
  memory[at + 1u] = made.b;
  memory[at + 2u] = made.c;
  memory[at + 3u] = made.d;
}
`

const startText = `// Puts every walker where it begins.
@group(0) @binding(0) var<uniform> seed: vec4<u32>;
@group(0) @binding(1) var<storage, read_write> walkers: array<vec4<u32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.y * WIDTHu + id.x;
  if (i >= WALKERSu) { return; }
  walkers[i] = vec4<u32>(i * 0x9e3779b1u, seed.z ^ i, seed.w, i);
}
`

// reading is how the honest have a block: they kept it.
func reading(r int) string {
	m := fmt.Sprint("memory", r)
	return fmt.Sprintf("    s = met(s, %s[at], %s[at + 1u], %s[at + 2u], %s[at + 3u]);\n", m, m, m, m)
}

// walkText walks over some regions, which it reads in turn: each read depends on all before.
func walkText(regions int, have func(r int) string) string {
	var b strings.Builder
	b.WriteString("// Walks over some regions: each read depends on all before.\n@group(0) @binding(0) var<storage, read_write> walkers: array<vec4<u32>>;\n")
	for r := range regions {
		fmt.Fprintf(&b, "@group(0) @binding(%d) var<storage, read> memory%d: array<vec4<u32>>;\n", r+1, r)
	}
	b.WriteString(walkHead)
	for r := range regions {
		fmt.Fprintf(&b, "    at = (s.x >> SHIFTu) * 4u;\n%s", have(r))
	}
	b.WriteString("  }\n  walkers[i] = s;\n}\n")
	return b.String()
}

const walkHead = `
fn stir(s: vec4<u32>, v: vec4<u32>) -> vec4<u32> {
  let x = (s ^ v) * vec4<u32>(0x9e3779b1u);
  return x.yzwx + (x >> vec4<u32>(15u));
}

fn met(s: vec4<u32>, a: vec4<u32>, b: vec4<u32>, c: vec4<u32>, d: vec4<u32>) -> vec4<u32> {
  return stir(stir(stir(stir(s, a), b), c), d);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.y * WIDTHu + id.x;
  if (i >= WALKERSu) { return; }
  var s = walkers[i];
  var at = 0u;
  for (var n = 0u; n < READSu; n = n + 1u) {
`

const endText = `// Tells where every walker ended.
@group(0) @binding(0) var<storage, read> walkers: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> answer: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.y * WIDTHu + id.x;
  if (i >= WALKERSu) { return; }
  let s = walkers[i];
  answer[i] = s.x ^ s.y ^ s.z ^ s.w;
}
`
