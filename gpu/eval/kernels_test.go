package eval_test

import (
	"context"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/wgsl"
)

const out0 = "@group(0) @binding(0) var<storage, read_write> out: array<u32>;\n"

func upTo(n int) []uint32 {
	w := make([]uint32, n)
	for i := range w {
		w[i] = uint32(i)
	}
	return w
}

// kernels are small programs with the expected content of binding 0.
var kernels = []struct {
	name string
	job  job
	want func(j job) []uint32
}{
	{"break, continue, continuing, break if", job{src: out0 + `
@compute @workgroup_size(8) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var sum = 0u;
  for (var i = 0u; i < 20u; i++) {
    if (i == id.x) { continue; }
    if (i > 10u + id.x) { break; }
    var fresh: u32;
    fresh += i;
    sum += fresh;
  }
  var n = 0u;
  loop {
    n += 1u;
    if (n % 2u == 0u) { continue; }
    sum += 100u;
    continuing { sum += 1u; break if n >= id.x; }
  }
  while (sum % 7u != 0u) { sum++; }
  out[id.x] = sum;
}`, bufs: [][]uint32{make([]uint32, 8)}}, func(job) []uint32 {
		want := make([]uint32, 8)
		for id := range uint32(8) {
			sum := uint32(0)
			for i := uint32(0); i < 20; i++ {
				if i == id {
					continue
				}
				if i > 10+id {
					break
				}
				sum += i
			}
			for n := uint32(1); ; n++ {
				if n%2 != 0 {
					sum += 100
				}
				sum++
				if n >= id {
					break
				}
			}
			for sum%7 != 0 {
				sum++
			}
			want[id] = sum
		}
		return want
	}},
	{"switch in a loop", job{src: out0 + `
@compute @workgroup_size(16) fn main(@builtin(local_invocation_index) id: u32) {
  var acc = 0u;
  for (var i = 0u; i < 6u; i++) {
    switch (i32(id) - i32(i)) {
      case 0, 1: { acc += 1u; }
      case 2: { if (id > 4u) { break; } acc += 10u; }
      case -3: { continue; }
      default: { acc += 100u; }
      case 7: { acc += 1000u; }
    }
    acc += 10000u;
  }
  out[id] = acc;
}`, bufs: [][]uint32{make([]uint32, 16)}}, func(job) []uint32 {
		want := make([]uint32, 16)
		for id := range want {
			for i := range 6 {
				switch id - i {
				case 0, 1:
					want[id]++
				case 2:
					if id <= 4 {
						want[id] += 10
					}
				case -3:
					continue
				case 7:
					want[id] += 1000
				default:
					want[id] += 100
				}
				want[id] += 10000
			}
		}
		return want
	}},
	{"functions, early returns and pointers", job{src: out0 + `
var<private> calls: u32 = 3u;
fn grow(p: ptr<function, u32>, by: u32) -> u32 { calls++; if (by > 2u) { return *p; } *p += by; return *p * 2u; }
fn twice(p: ptr<function, u32>) -> u32 { let first = grow(p, 1u); return first + grow(p, *p); }
fn element(p: ptr<function, array<u32, 4>>, i: u32) { (*p)[i] = i + 40u; }
@compute @workgroup_size(4) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var v = id.x;
  let before = v;
  let r = twice(&v);
  var list: array<u32, 4>;
  element(&list, id.x);
  var copied = list;
  list[id.x] = 7u;
  out[id.x * 5u] = before; out[id.x * 5u + 1u] = v; out[id.x * 5u + 2u] = r;
  out[id.x * 5u + 3u] = copied[id.x] + list[id.x]; out[id.x * 5u + 4u] = calls;
}`, bufs: [][]uint32{make([]uint32, 20)}}, func(job) []uint32 {
		var want []uint32
		for id := range uint32(4) {
			v := id + 1
			r := v * 2
			if v > 2 {
				r += v
			} else {
				v += v
				r += v * 2
			}
			want = append(want, id, v, r, id+47, 5)
		}
		return want
	}},
	{"layout of structs with vec3, arrays of structs, runtime array", job{src: `
struct Inner { a: u32, v: vec3<u32>, b: u32 }
struct Item { head: vec2<u32>, inner: array<Inner, 2>, m: mat3x2<f32>, tail: u32 }
struct All { count: u32, items: array<Item> }
@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@group(0) @binding(1) var<storage, read_write> all: All;
@compute @workgroup_size(2) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let n = arrayLength(&all.items);
  let item = all.items[id.x];
  all.items[id.x].inner[1].v.z = 77u + id.x;
  all.items[id.x].inner[id.x].b = 5u;
  out[id.x * 4u] = item.inner[1].v.y + item.tail;
  out[id.x * 4u + 1u] = item.head.y * n + all.count;
  out[id.x * 4u + 2u] = bitcast<u32>(item.m[2].y);
  out[id.x * 4u + 3u] = all.items[id.x].inner[1].v.z;
}`, bufs: [][]uint32{make([]uint32, 8), upTo(4 + 2*28 + 3)}}, func(j job) []uint32 {
		// Inner: a at 0, v at 4, b at 7, 8 words. Item: head 0, inner 4 and 12, m 20 to 25, tail 26, 28 words. items at 4.
		in := j.bufs[1]
		var want []uint32
		for id := range 2 {
			item := in[4+28*id:]
			want = append(want, item[12+5]+item[26], item[1]*2+in[0], item[20+2*2+1], uint32(77+id))
		}
		return want
	}},
	{"all built-in values in three dimensions", job{src: out0 + `
@compute @workgroup_size(2, 3, 2)
fn main(@builtin(global_invocation_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>, @builtin(local_invocation_index) i: u32,
        @builtin(workgroup_id) w: vec3<u32>, @builtin(num_workgroups) n: vec3<u32>) {
  let at = i + 12u * (w.x + n.x * (w.y + n.y * w.z));
  out[at] = g.x + 10u * g.y + 100u * g.z + 1000u * l.x + 10000u * l.y + 100000u * l.z + 1000000u * n.z;
}`, bufs: [][]uint32{make([]uint32, 12*3*2*2)}, grid: [3]uint32{3, 2, 2}}, func(job) []uint32 {
		var want []uint32
		for w := range uint32(12) {
			for i := range uint32(12) {
				l := [3]uint32{i % 2, i / 2 % 3, i / 6}
				g := [3]uint32{w%3*2 + l[0], w/3%2*3 + l[1], w/6*2 + l[2]}
				want = append(want, g[0]+10*g[1]+100*g[2]+1000*l[0]+10000*l[1]+100000*l[2]+2000000)
			}
		}
		return want
	}},
	{"prefix sum with barriers", job{src: `
@group(0) @binding(0) var<storage, read_write> data: array<u32>;
var<workgroup> tile: array<u32, 256>;
@compute @workgroup_size(256) fn main(@builtin(global_invocation_id) g: vec3<u32>, @builtin(local_invocation_index) i: u32) {
  tile[i] = data[g.x];
  workgroupBarrier();
  for (var step = 1u; step < 256u; step *= 2u) {
    var v = 0u;
    if (i >= step) { v = tile[i - step]; }
    workgroupBarrier();
    tile[i] += v;
    workgroupBarrier();
  }
  data[g.x] = tile[i];
}`, bufs: [][]uint32{upTo(1024)}, grid: [3]uint32{4}}, func(j job) []uint32 {
		want := append([]uint32(nil), j.bufs[0]...)
		for i := range want {
			if i%256 != 0 {
				want[i] += want[i-1]
			}
		}
		return want
	}},
	{"tree reduction and workgroup atomics", job{src: `
@group(0) @binding(0) var<storage, read_write> out: array<atomic<i32>, 4>;
var<workgroup> tile: array<i32, 64>;
var<workgroup> peak: atomic<i32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) g: vec3<u32>, @builtin(local_invocation_index) i: u32) {
  let v = i32(g.x * 37u % 101u) - 50;
  tile[i] = v;
  atomicMax(&peak, v);
  workgroupBarrier();
  for (var half = 32u; half > 0u; half >>= 1u) {
    if (i < half) { tile[i] += tile[i + half]; }
    workgroupBarrier();
  }
  if (i == 0u) {
    atomicAdd(&out[0], tile[0]);
    atomicMin(&out[1], tile[0]);
    atomicAdd(&out[2], atomicLoad(&peak));
  }
  atomicXor(&out[3], v);
}`, bufs: [][]uint32{{0, 0, 0, 0}}, grid: [3]uint32{5}}, func(job) []uint32 {
		var sum, low, peaks, xor int32
		for w := range int32(5) {
			var s, peak int32
			for i := range int32(64) {
				v := (w*64+i)*37%101 - 50
				s, peak, xor = s+v, max(peak, v), xor^v
			}
			sum, low, peaks = sum+s, min(low, s), peaks+peak
		}
		return []uint32{uint32(sum), uint32(low), uint32(peaks), uint32(xor)}
	}},
	{"vectors, swizzles, constants and shadowing", job{src: `
const TABLE = array<u32, 5>(2u, 3u, 5u, 7u, 11u);
const K: u32 = 9u;
alias V = vec4<u32>;
` + out0 + `
@compute @workgroup_size(5) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var v = V(id.x, 1u, 2u, 3u);
  v = v.wzyx + vec4(K);
  v[id.x & 3u] *= 2u;
  v.y = v.x;
  var table = TABLE;
  let w = vec3<u32>(v.xy, table[id.x]) * 2u;
  var s = w.x;
  { let s = 1u; v.z += s; }
  s += dot(w, v.xyz) + u32(all(w > vec3(3u))) + u32(any(w == vec3(26u)));
  out[id.x] = s;
}`, bufs: [][]uint32{make([]uint32, 5)}}, func(job) []uint32 {
		table := []uint32{2, 3, 5, 7, 11}
		want := make([]uint32, 5)
		for id := range uint32(5) {
			v := [4]uint32{12, 11, 10, id + 9}
			v[id&3] *= 2
			v[1] = v[0]
			w := [3]uint32{v[0] * 2, v[1] * 2, table[id] * 2}
			v[2]++
			s := w[0] + w[0]*v[0] + w[1]*v[1] + w[2]*v[2]
			if w[0] > 3 && w[1] > 3 && w[2] > 3 {
				s++
			}
			if w[0] == 26 || w[1] == 26 || w[2] == 26 {
				s++
			}
			want[id] = s
		}
		return want
	}},
	{"plain f32 arithmetic", job{src: `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(4) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let a = out[id.x];
  let m = mat2x2<f32>(1.5, 2.0, 0.25, a);
  let v = m * vec2<f32>(a, 2.0);
  out[id.x] = (v.x + v.y) / 4.0 - sqrt(abs(a)) + floor(a) + f32(i32(a)) + clamp(a, -1.0, 1.0);
}`, bufs: [][]uint32{{float(0), float(2.25), float(-6.25), float(1)}}}, func(job) []uint32 {
		f := func(a, root, floor, cut, clamp float32) uint32 {
			return float((1.5*a+0.5+(2*a+2*a))/4 - root + floor + cut + clamp)
		}
		return []uint32{f(0, 0, 0, 0, 0), f(2.25, 1.5, 2, 2, 1), f(-6.25, 2.5, -7, -6, -1), f(1, 1, 1, 1, 1)}
	}},
}

func TestKernels(t *testing.T) {
	for _, k := range kernels {
		t.Run(k.name, func(t *testing.T) { diff(t, "out", run(t, k.job)[0], k.want(k.job)) })
	}
}

func TestKernelsOnDriver(t *testing.T) {
	d := driver(t)
	for _, k := range kernels {
		j := k.job
		mod, err := wgsl.Parse(j.src)
		if err != nil {
			t.Fatal(err)
		}
		j.src = mod.Portable
		out, err := j.on(t, d)
		if err != nil {
			t.Fatalf("%s: %v", k.name, err)
		}
		diff(t, k.name, out[0], k.want(k.job))
	}
}

func TestOrderedAtomics(t *testing.T) {
	out := run(t, job{src: `
@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@group(0) @binding(1) var<storage, read_write> next: atomic<u32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { out[atomicAdd(&next, 1u)] = id.x; }`,
		bufs: [][]uint32{make([]uint32, 64*20), {0}}, grid: [3]uint32{20}})
	diff(t, "claims in order", out[0], upTo(64*20))
}

func TestOutOfRangeIsZeroAndDropped(t *testing.T) {
	out := run(t, job{src: `
struct S { a: array<u32, 3>, guard: u32 }
@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@group(0) @binding(1) var<storage, read_write> s: S;
@group(0) @binding(2) var<storage, read> far: vec4<u32>;
@compute @workgroup_size(1) fn main() {
  var local = array<u32, 2>(5u, 6u);
  local[far.x] = 9u;
  s.a[far.x] = 1u;
  s.a[i32(far.y)] = 1u;
  out[0] = local[far.x] + s.a[far.x] + out[far.y] + vec2(1u, 2u)[far.x];
  out[1] = local[0] + local[1];
}`, bufs: [][]uint32{{7, 7}, {1, 2, 3, 4}, {3, 0xffffffff, 0, 0}}})
	diff(t, "out", out[0], []uint32{0, 11})
	diff(t, "guard", out[1], []uint32{1, 2, 3, 4})
}

func TestBarrierInDivergentFlow(t *testing.T) {
	_, err := wgsl.Parse(out0 + `@compute @workgroup_size(8) fn main(@builtin(local_invocation_index) i: u32) {
  if (i < 4u) { workgroupBarrier(); }
  out[i] = i;
}`)
	if err == nil || !strings.Contains(err.Error(), "not all invocations") {
		t.Fatal(err)
	}
}

func TestLimits(t *testing.T) {
	endless := job{src: out0 + `@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { loop { out[id.x] += 1u; if (out[id.x] == 0u) { break; } } }`, bufs: [][]uint32{make([]uint32, 512)}, grid: [3]uint32{8}}
	_, err := endless.on(t, eval.New(eval.Config{MaxSteps: 1 << 24}))
	if gpu.CodeOf(err) != gpu.TooLarge {
		t.Fatal(err)
	}
	d := eval.Open()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	k, err := d.Kernel(t.Context(), endless.src, "main", []gpu.Access{gpu.ReadWrite})
	if err != nil {
		t.Fatal(err)
	}
	m, err := d.Alloc(2048)
	if err != nil {
		t.Fatal(err)
	}
	err = d.Submit(ctx, []gpu.Work{{Op: gpu.Dispatch, Kernel: k, Bind: []gpu.Range{{Memory: m, Len: 2048}}, Grid: [3]uint32{8, 1, 1}}})
	if gpu.CodeOf(err) != gpu.Timeout {
		t.Fatal(err)
	}
	if _, err := eval.New(eval.Config{MaxBuffer: 16}).Alloc(20); gpu.CodeOf(err) != gpu.TooLarge {
		t.Fatal(err)
	}
	if _, err := eval.New(eval.Config{MaxTotal: 16}).Alloc(20); gpu.CodeOf(err) != gpu.OutOfMemory {
		t.Fatal(err)
	}
}

// FuzzKernel: whatever gpu/wgsl accepts compiles and runs, or gives a typed error that is not Internal.
func FuzzKernel(f *testing.F) {
	for _, k := range kernels {
		f.Add(k.job.src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		mod, err := wgsl.Parse(src)
		if err != nil {
			return
		}
		for _, e := range mod.Entries {
			j := job{src: src, entry: e.Name, grid: [3]uint32{2, 2, 1}}
			for _, b := range e.Bindings {
				for len(j.bufs) <= int(b.Index) {
					j.bufs = append(j.bufs, make([]uint32, 64))
				}
				if b.MinSize > 1<<16 {
					return
				}
				j.bufs[b.Index] = make([]uint32, max(64, (b.MinSize+3)/4))
			}
			// One worker: a kernel that races with itself, as these may on such a grid, races in Go too.
			if _, err := j.on(t, eval.New(eval.Config{MaxSteps: 1 << 20, Workers: 1})); gpu.CodeOf(err) == gpu.Internal && err != nil {
				t.Fatalf("%v\n%s", err, src)
			}
		}
	})
}

func BenchmarkRender(b *testing.B) {
	j := renderJob(b, 160, 120)
	for b.Loop() {
		run(b, j)
	}
}

// BenchmarkOperations counts source operators of a hash chain, 13 per iteration, on one core.
func BenchmarkOperations(b *testing.B) {
	const lanes, rounds = 1 << 14, 256
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	j := job{src: out0 + `@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var h = id.x;
  for (var i = 0u; i < 256u; i++) {
    h = h * 747796405u + 2891336453u;
    h = ((h >> ((h >> 28u) + 4u)) ^ h) * 277803737u;
    h = (h >> 22u) ^ h ^ (i & 7u);
  }
  out[id.x] = h;
}`, bufs: [][]uint32{make([]uint32, lanes)}, grid: [3]uint32{lanes / 64}}
	for b.Loop() {
		run(b, j)
	}
	b.ReportMetric(float64(b.N)*lanes*rounds*13/b.Elapsed().Seconds()/1e6, "Mop/s")
}

func BenchmarkMatmul(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	j := matmulJob(b, "matmul_f32.wgsl", rng, 256, 256, 256, func() uint32 { return float(rng.Float32()) })
	for b.Loop() {
		run(b, j)
	}
	b.ReportMetric(float64(b.N)*2*256*256*256/b.Elapsed().Seconds()/1e6, "Mflop/s")
}

// BenchmarkBarriers counts the multiplications and additions of a chain in which each goes through the barrier of
// reproducible floats, on one core.
func BenchmarkBarriers(b *testing.B) {
	const lanes = 1 << 14
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	j := job{src: `@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> zero: array<u32>;
var<private> z: u32;
fn rb(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ z); }
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  z = zero[0];
  let x = 1.0 + f32(id.x) * 1e-7;
  var h = 0.5;
  for (var i = 0u; i < 256u; i++) {
    h = rb(rb(h * x) + -0.25);
    h = rb(rb(h * h) + x);
  }
  out[id.x] = h;
}`, bufs: [][]uint32{make([]uint32, lanes), {0}}, grid: [3]uint32{lanes / 64}}
	for b.Loop() {
		run(b, j)
	}
	b.ReportMetric(float64(b.N)*lanes*256*4/b.Elapsed().Seconds()/1e6, "Mop/s")
}
