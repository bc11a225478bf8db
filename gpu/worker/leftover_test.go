package worker

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

var pairs = flag.Int("pairs", 8, "pairs of a writer and a reader in TestLeftovers; go run ./cmd/dev hostile runs a thousand")

const roomWords = 1 << 16 // of each buffer of the pairs; 64 for each invocation

// writerSource fills all memory that a kernel can name, and tries to fill what it cannot.
const writerSource = `
@group(0) @binding(0) var<storage, read> canary: array<u32>;
@group(0) @binding(1) var<storage, read_write> state: array<u32>;
@group(0) @binding(2) var<storage, read_write> temp: array<u32>;
@group(0) @binding(3) var<storage, read_write> out: array<u32>;
var<workgroup> w: array<u32, 4096>;
var<private> p: array<u32, 128>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) l: u32) {
  let c = canary[id.x % 2u];
  for (var k = 0u; k < 64u; k = k + 1u) { let i = k * 1024u + id.x; state[i] = c; temp[i] = c; out[i] = c; }
  for (var k = 0u; k < 64u; k = k + 1u) { w[k * 64u + l] = c; }
  for (var i = 0u; i < 128u; i = i + 1u) { p[i] = c; }
  for (var i = 0u; i < 64u; i = i + 1u) {
    let far = (id.x + 1u) * (i + 1u) * canary[2];
    state[arrayLength(&state) + far] = c; temp[arrayLength(&temp) + far] = c; out[arrayLength(&out) + far] = c;
    w[4096u + far] = c; p[128u + far] = c;
  }
  workgroupBarrier();
  out[id.x] = w[l] ^ p[l] ^ c;
}
`

// readerSource reports all memory that it can name before it writes it, and what it cannot name.
const readerSource = `
@group(0) @binding(0) var<storage, read> step: array<u32>;
@group(0) @binding(1) var<storage, read_write> state: array<u32>;
@group(0) @binding(2) var<storage, read_write> temp: array<u32>;
@group(0) @binding(3) var<storage, read_write> out: array<u32>;
@group(0) @binding(4) var<storage, read_write> seen: array<u32>;
var<workgroup> w: array<u32, 4096>;
var<private> p: array<u32, 128>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) l: u32) {
  var q: array<u32, 16>;
  let room = arrayLength(&out);
  for (var k = 0u; k < 64u; k = k + 1u) {
    let i = k * 1024u + id.x;
    seen[i] = state[i];
    seen[room + i] = temp[i];
    seen[2u * room + i] = out[i];
    seen[3u * room + i] = w[i % 4096u];
    seen[4u * room + i] = p[(i + step[0]) % 128u] ^ q[i % 16u];
    let far = (i + 1u) * step[1];
    seen[5u * room + i] = state[room + far];
    seen[6u * room + i] = temp[room + far];
    seen[7u * room + i] = seen[8u * room + far];
    seen[i] = seen[i] ^ w[4096u + far] ^ p[128u + far] ^ q[16u + far];
  }
}
`

// pairProgram is a writer, a reader, or, to show that a reader finds what there is, both in one program.
func pairProgram(t *testing.T, write, read bool) []byte {
	t.Helper()
	p := &gpu.Program{Version: gpu.ProgramVersion, Steps: 1, Segment: 1, Buffers: []gpu.Buffer{
		{Name: "in", Kind: gpu.Const, Type: gpu.U32, Len: 16},
		{Name: "state", Kind: gpu.State, Type: gpu.U32, Len: 4 * roomWords},
		{Name: "temp", Kind: gpu.Temp, Type: gpu.U32, Len: 4 * roomWords},
		{Name: "out", Kind: gpu.Output, Type: gpu.U32, Len: 4 * roomWords},
		{Name: "seen", Kind: gpu.Output, Type: gpu.U32, Len: 8 * 4 * roomWords},
	}}
	add := func(name, source string, buffers uint32) {
		c := gpu.Command{Op: gpu.Dispatch, Module: uint16(len(p.Modules)), Entry: "main", Grid: [3]uint32{16, 1, 1}}
		for i := range buffers {
			c.Bind = append(c.Bind, gpu.Binding{Buffer: i})
		}
		p.Modules = append(p.Modules, gpu.Module{Name: name, WGSL: source})
		p.Step = append(p.Step, c)
	}
	if write {
		add("writer", writerSource, 4)
	}
	if read {
		add("reader", readerSource, 5)
	}
	b, err := p.Encode()
	require.NoError(t, err)
	return b
}

// Nothing that one task leaves behind is seen by the next one, of the same tenant in the same process or of another tenant.
func TestLeftovers(t *testing.T) {
	p := driverPool(t)
	p.cfg.Log = quiet()
	rng := rand.New(rand.NewPCG(7, uint64(*pairs)))
	dir := t.TempDir()
	in := filepath.Join(dir, "in")
	run := func(tenant string, program []byte, first, second, third uint32) (out, seen []byte) {
		words := binary.LittleEndian.AppendUint32(nil, first)
		for _, w := range []uint32{second, third, 0} {
			words = binary.LittleEndian.AppendUint32(words, w)
		}
		require.NoError(t, os.WriteFile(in, words, 0o600))
		_, err := p.Run(t.Context(), Request{Tenant: tenant, Program: program, Inputs: map[string]string{"in": in}, OutDir: dir, Timeout: time.Minute})
		require.NoError(t, err)
		out, err = os.ReadFile(filepath.Join(dir, "out"))
		require.NoError(t, err)
		seen, err = os.ReadFile(filepath.Join(dir, "seen"))
		require.NoError(t, err)
		return out, seen
	}
	count := func(b []byte, canaries ...uint32) (n int) {
		for i := 0; i < len(b); i += 4 {
			if slices.Contains(canaries, binary.LittleEndian.Uint32(b[i:])) {
				n++
			}
		}
		return n
	}
	writer, reader, both := pairProgram(t, true, false), pairProgram(t, false, true), pairProgram(t, true, true)
	_, seen := run("a", both, 0xc0dec0de, 0xdeadbeef, 4)
	require.Greater(t, count(seen, 0xc0dec0de, 0xdeadbeef), 2*roomWords, "a reader finds what there is")

	start, words := time.Now(), 0
	for i := range *pairs / 2 {
		a, b := rng.Uint32()|1, rng.Uint32()|1<<31
		stride := uint32(1) << rng.IntN(20)
		out, _ := run("a", writer, a, b, stride)
		require.Equal(t, len(out)/4, count(out, a, b), "the writer fills its output")
		for _, tenant := range []string{"a", fmt.Sprint("b", i)} {
			out, seen := run(tenant, reader, rng.Uint32()%2000, stride, 0)
			require.Zero(t, count(seen, a, b), "pair %d, read by %s", i, tenant)
			require.Zero(t, count(out, a, b), "pair %d, read by %s", i, tenant)
			words += len(seen) / 4
		}
	}
	t.Logf("%d pairs, half of them of one tenant, half of two: no canary in %d words read, %v", *pairs, words, time.Since(start).Round(time.Second))
}
