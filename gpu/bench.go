package gpu

import (
	"context"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"time"
)

// Benchmark is what Measure measured. All rates are integers per second, rounded down.
type Benchmark struct {
	F32Ops    uint64 `json:"f32Ops"`    // operations/s of an f32 matrix product; a multiply-add counts as 2
	I32Ops    uint64 `json:"i32Ops"`    // the same for i32
	MemoryBps uint64 `json:"memoryBps"` // bytes/s read plus bytes/s written by device-to-device copies
	UploadBps uint64 `json:"uploadBps"` // bytes/s from the host's memory to the device's
	ReadBps   uint64 `json:"readBps"`   // bytes/s from the device's memory to the host's
	LaunchNs  uint64 `json:"launchNs"`  // median time from submitting one tiny dispatch until the host knows that it has run
	TookNs    uint64 `json:"tookNs"`    // how long all this took
}

// Parameters of Measure. Sizes grow until one measurement takes benchTime.
const (
	benchTime   = 40 * time.Millisecond
	benchRounds = 3
	benchMaxDim = 2048
	benchFirst  = 64 // dimension of the first matrices
	benchRepeat = 256
	benchBuffer = 128 << 20 // of each of two, so that caches cannot hold what is copied
)

// The two matrix products compute c = a * b for row-major n x n matrices. tiledProduct suits GPUs: 16 x 16 invocations share
// 64 x 64 tiles in workgroup memory. On CPU drivers workgroup memory is slow, and rowProduct, where an invocation keeps 4 x
// 16 results in registers, is many times faster.
const (
	rowProduct = `
@group(0) @binding(0) var<uniform> size: vec4<u32>;
@group(0) @binding(1) var<storage, read> a: array<T>;
@group(0) @binding(2) var<storage, read> b: array<vec4<T>>;
@group(0) @binding(3) var<storage, read_write> c: array<vec4<T>>;

@compute @workgroup_size(4, 16)
fn product(@builtin(global_invocation_id) id: vec3<u32>) {
  let n = size.x;
  let w = n / 4u;
  let x = id.x * 4u;
  let y = id.y * 4u;
  if (x >= w || y >= n) { return; }
DECLARE
  for (var k = 0u; k < n; k = k + 1u) {
    let o = k * w + x;
    let b0 = b[o]; let b1 = b[o + 1u]; let b2 = b[o + 2u]; let b3 = b[o + 3u];
STEP
  }
STORE
}
`
	tiledProduct = `
@group(0) @binding(0) var<uniform> size: vec4<u32>;
@group(0) @binding(1) var<storage, read> a: array<vec4<T>>;
@group(0) @binding(2) var<storage, read> b: array<vec4<T>>;
@group(0) @binding(3) var<storage, read_write> c: array<vec4<T>>;

var<workgroup> ta: array<vec4<T>, 256>;
var<workgroup> tb: array<vec4<T>, 256>;

@compute @workgroup_size(16, 16)
fn product(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let w = size.x / 4u;
  let i = l.y * 16u + l.x;
  let row = g.y * 64u;
  let col = g.x * 16u;
  var c0 = vec4<T>(); var c1 = vec4<T>(); var c2 = vec4<T>(); var c3 = vec4<T>();
  for (var k = 0u; k < w; k = k + 4u) {
    ta[i] = a[(row + i / 4u) * w + k + i % 4u];
    tb[i] = b[(k * 4u + i / 16u) * w + col + i % 16u];
    workgroupBarrier();
    for (var q = 0u; q < 4u; q = q + 1u) {
      let a0 = ta[(l.y * 4u) * 4u + q]; let a1 = ta[(l.y * 4u + 1u) * 4u + q];
      let a2 = ta[(l.y * 4u + 2u) * 4u + q]; let a3 = ta[(l.y * 4u + 3u) * 4u + q];
      let o = q * 64u + l.x;
      let b0 = tb[o]; let b1 = tb[o + 16u]; let b2 = tb[o + 32u]; let b3 = tb[o + 48u];
      c0 = c0 + a0.x * b0 + a0.y * b1 + a0.z * b2 + a0.w * b3;
      c1 = c1 + a1.x * b0 + a1.y * b1 + a1.z * b2 + a1.w * b3;
      c2 = c2 + a2.x * b0 + a2.y * b1 + a2.z * b2 + a2.w * b3;
      c3 = c3 + a3.x * b0 + a3.y * b1 + a3.z * b2 + a3.w * b3;
    }
    workgroupBarrier();
  }
  let o = (row + l.y * 4u) * w + col + l.x;
  c[o] = c0; c[o + w] = c1; c[o + 2u * w] = c2; c[o + 3u * w] = c3;
}
`
)

// productSource is the product kernel of an element type, and the extent of the result that one workgroup computes.
func productSource(t Type, adapter AdapterType) (source string, tileX, tileY uint32) {
	if adapter == Discrete || adapter == Integrated {
		return strings.ReplaceAll(tiledProduct, "T>", string(t)+">"), 64, 64
	}
	var declare, step, store strings.Builder
	for r := range 4 {
		for v := range 4 {
			name := "c" + string(rune('0'+r)) + string(rune('0'+v))
			declare.WriteString("  var " + name + " = vec4<T>();\n")
			step.WriteString("    " + name + " = " + name + " + a" + string(rune('0'+r)) + " * b" + string(rune('0'+v)) + ";\n")
			store.WriteString("  c[(y + " + string(rune('0'+r)) + "u) * w + x + " + string(rune('0'+v)) + "u] = " + name + ";\n")
		}
	}
	var loads strings.Builder
	for r := range 4 {
		loads.WriteString("    let a" + string(rune('0'+r)) + " = a[(y + " + string(rune('0'+r)) + "u) * n + k];\n")
	}
	source = strings.NewReplacer("DECLARE", declare.String(), "STEP", loads.String()+step.String(), "STORE", store.String()).Replace(rowProduct)
	return strings.ReplaceAll(source, "T>", string(t)+">"), 64, 64
}

// Measure measures the device with kernels of its own and checks what they compute; a wrong result is BadDriver. On a device
// that is otherwise idle it takes about a second, longer on very slow ones.
func Measure(ctx context.Context, d Device) (Benchmark, error) {
	start := time.Now()
	var b Benchmark
	var err error
	if b.LaunchNs, err = measureLaunch(ctx, d); err != nil {
		return Benchmark{}, err
	}
	if b.F32Ops, err = measureProduct(ctx, d, F32); err != nil {
		return Benchmark{}, err
	}
	if b.I32Ops, err = measureProduct(ctx, d, I32); err != nil {
		return Benchmark{}, err
	}
	if err = measureMemory(ctx, d, &b); err != nil {
		return Benchmark{}, err
	}
	b.TookNs = uint64(time.Since(start))
	return b, nil
}

func measureLaunch(ctx context.Context, d Device) (uint64, error) {
	times, err := Launches(ctx, d, nil, 16)
	if err != nil {
		return 0, err
	}
	slices.Sort(times)
	return uint64(times[len(times)/2]), nil
}

// Launches submits the work n times as Run does, and returns how long each took until it was known to have run.
func Launches(ctx context.Context, d Device, work []Work, n int) ([]time.Duration, error) {
	g, err := newGuard(ctx, d)
	if err != nil {
		return nil, err
	}
	defer g.release()
	times := make([]time.Duration, n)
	for i := range times {
		if times[i], err = g.run(ctx, work, time.Now); err != nil {
			return nil, err
		}
	}
	return times, nil
}

// measureProduct finds the rate of the largest product that is worth its time.
func measureProduct(ctx context.Context, d Device, t Type) (uint64, error) {
	source, tx, ty := productSource(t, d.Info().Type)
	k, err := d.Kernel(ctx, source, "product", []Access{Uniform, Read, Read, ReadWrite})
	if err != nil {
		return 0, err
	}
	defer k.Release()
	for n := uint32(benchFirst); ; n *= 2 {
		rate, took, err := productRate(ctx, d, k, t, n, tx, ty)
		if err != nil {
			return 0, err
		}
		bytes := 16 * uint64(n) * uint64(n) // of one matrix of the next size
		if took >= benchTime || 2*n > benchMaxDim || bytes > d.Info().Limits.MaxBuffer || 3*bytes > d.Info().Limits.MaxTotal/2 {
			return rate, nil
		}
	}
}

// productRate measures products of n x n matrices: the rate of the best round, and the time of a single product.
func productRate(ctx context.Context, d Device, k Kernel, t Type, n, tx, ty uint32) (rate uint64, took time.Duration, err error) {
	var mems [4]Memory
	defer func() {
		for _, m := range mems {
			if m != nil {
				m.Release()
			}
		}
	}()
	size := 4 * uint64(n) * uint64(n)
	for i, s := range []uint64{ParamsSize, size, size, size} {
		if mems[i], err = d.Alloc(s); err != nil {
			return 0, 0, err
		}
	}
	// Small integers: their products and sums are exact in f32 too, so the result can be checked.
	a, b := make([]byte, size), make([]byte, size)
	for i := range int(n * n) {
		putNumber(a[4*i:], t, int32(i*7%13)-6)
		putNumber(b[4*i:], t, int32(i*5%11)-5)
	}
	params := binary.LittleEndian.AppendUint32(nil, n)
	for i, p := range [][]byte{append(params, make([]byte, 12)...), a, b} {
		if err := d.Write(mems[i], 0, p); err != nil {
			return 0, 0, err
		}
	}
	w := Work{Op: Dispatch, Kernel: k, Grid: [3]uint32{(n + tx - 1) / tx, (n + ty - 1) / ty, 1}}
	for _, m := range mems {
		w.Bind = append(w.Bind, Range{m, 0, m.Size()})
	}
	ops := 2 * uint64(n) * uint64(n) * uint64(n)
	repeat := 1
	for round := 0; round < benchRounds; round++ {
		elapsed, err := timeWork(ctx, d, w, repeat)
		if err != nil {
			return 0, 0, err
		}
		one := elapsed / time.Duration(repeat)
		if round > 0 { // the first one includes what drivers put off until first use
			rate = max(rate, perSecond(ops*uint64(repeat), elapsed))
			took = one
		}
		if one >= benchTime && round > 0 {
			break
		}
		repeat = int(min(max(benchTime/max(one, 1), 1), benchRepeat))
	}
	return rate, took, checkProduct(ctx, d, mems[3], t, n)
}

// checkProduct compares a diagonal of the result with Go's.
func checkProduct(ctx context.Context, d Device, c Memory, t Type, n uint32) error {
	row := make([]byte, 4*n)
	for _, y := range []uint32{0, n / 3, n - 1} {
		if err := d.Read(ctx, c, uint64(4*n*y), row); err != nil {
			return err
		}
		for _, x := range []uint32{0, y, n - 1} {
			want := int32(0)
			for k := range n {
				want += (int32((y*n+k)*7%13) - 6) * (int32((k*n+x)*5%11) - 5)
			}
			var p [4]byte
			putNumber(p[:], t, want)
			if [4]byte(row[4*x:]) != p {
				return Errorf(BadDriver, "%q computed a wrong %s matrix product", d.Info().Name, t)
			}
		}
	}
	return nil
}

func putNumber(p []byte, t Type, v int32) {
	bits := uint32(v)
	if t == F32 {
		bits = math.Float32bits(float32(v))
	}
	binary.LittleEndian.PutUint32(p, bits)
}

func timeWork(ctx context.Context, d Device, w Work, repeat int) (time.Duration, error) {
	work := make([]Work, repeat)
	for i := range work {
		work[i] = w
	}
	start := time.Now()
	if err := d.Submit(ctx, work); err != nil {
		return 0, err
	}
	if err := d.Wait(ctx); err != nil {
		return 0, err
	}
	return time.Since(start), nil
}

func measureMemory(ctx context.Context, d Device, b *Benchmark) error {
	l := d.Info().Limits
	size := min(benchBuffer, l.MaxBuffer, l.MaxTotal/4) &^ 3
	from, err := d.Alloc(size)
	if err != nil {
		return err
	}
	defer from.Release()
	to, err := d.Alloc(size)
	if err != nil {
		return err
	}
	defer to.Release()
	host := make([]byte, min(size, ioChunk))
	for i := range host {
		host[i] = byte(i * 31)
	}
	best := func(rate *uint64, bytes uint64, f func() error) error {
		for range benchRounds {
			start := time.Now()
			if err := f(); err != nil {
				return err
			}
			*rate = max(*rate, perSecond(bytes, time.Since(start)))
		}
		return nil
	}
	if err := best(&b.UploadBps, uint64(len(host)), func() error {
		if err := d.Write(from, 0, host); err != nil {
			return err
		}
		return d.Wait(ctx)
	}); err != nil {
		return err
	}
	if err := best(&b.MemoryBps, 8*size, func() error {
		_, err := timeWork(ctx, d, Work{Op: Copy, Bind: []Range{{from, 0, size}, {to, 0, size}}}, 4)
		return err
	}); err != nil {
		return err
	}
	back := make([]byte, len(host))
	if err := best(&b.ReadBps, uint64(len(back)), func() error { return d.Read(ctx, to, 0, back) }); err != nil {
		return err
	}
	if !slices.Equal(host, back) {
		return Errorf(BadDriver, "%q changed bytes while copying them", d.Info().Name)
	}
	return nil
}

func perSecond(n uint64, t time.Duration) uint64 {
	return uint64(float64(n) / max(t, 1).Seconds())
}
