package report

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/freivalds"
	"gpumesh/gpu/kernels"
)

const side = 1024 // of the matrices

var square = map[string]int64{"M": side, "N": side, "K": side}

// loop keeps all cores busy with fused multiply-adds.
type loop struct {
	bits int     // of a vector
	ops  float64 // that a run does
	run  func() error
}

// run is a contender that runs a kernel, with its buffers made and its code compiled before.
func (b *bench) run(r *kernels.Runner) func() error {
	return func() error { return r.Run(b.ctx) }
}

func (b *bench) runner(name string, shape map[string]int64, variant string) (*kernels.Runner, error) {
	k, err := kernels.New(name, shape, variant)
	if err != nil {
		return nil, err
	}
	return kernels.NewRunner(b.ctx, b.d, k)
}

// copies is how often what is close to the fastest is compiled: a copy whose code lies badly in the cache takes up to twice as long until its
// process ends.
const copies = 3

// build is a kernel that is on the device, in a variant.
type build struct {
	*kernels.Runner
	variant string
}

// builds are some more of a kernel in a variant.
func (b *bench) builds(list []build, name string, shape map[string]int64, variant string, n int) ([]build, error) {
	for range n {
		r, err := b.runner(name, shape, variant)
		if err != nil {
			return list, err
		}
		list = append(list, build{r, variant})
	}
	return list, nil
}

// race is which of some builds is fastest, and how its time compares with each one's. All take turns, by this report's clock: other load would
// lead kernels.Tune astray.
func (b *bench) race(n int, list []build) (best int, times []time.Duration, err error) {
	var runs []func() error
	for _, r := range list {
		runs = append(runs, b.run(r.Runner))
	}
	took, err := b.turns(b.clock, n, runs...)
	if err != nil {
		return 0, nil, err
	}
	for i := range list {
		times = append(times, took.time(i))
	}
	return slices.Index(times, slices.Min(times)), times, nil
}

// fast is the fastest of the variants of a kernel that the device can run, and of so many copies of those that come close. It is measured
// anew as it is: what made it the fastest then may have been a quiet moment.
func (b *bench) fast(name string, shape map[string]int64, copies int) (_ build, err error) {
	var list []build
	best := -1
	defer func() {
		for i, r := range list {
			if i != best || err != nil {
				r.Close(b.ctx, err)
			}
		}
	}()
	variants := kernels.Variants(name)
	if len(variants) == 0 {
		variants = []string{""}
	}
	for _, v := range variants {
		if v == "naive" {
			continue
		}
		more, err := b.builds(list, name, shape, v, 1)
		if code := gpu.CodeOf(err); err != nil && (code == gpu.Unsupported || code == gpu.TooLarge) {
			continue
		}
		if list = more; err != nil {
			return build{}, err
		}
	}
	first, times, err := b.race(1, list)
	if err != nil || copies == 1 {
		best = first
		return list[first], err
	}
	var close []build
	for i, r := range list {
		if times[i] >= 2*times[first] {
			r.Close(b.ctx, nil)
			continue
		}
		close = append(close, r)
	}
	list = close
	for _, r := range close {
		if list, err = b.builds(list, name, shape, r.variant, copies-1); err != nil {
			return build{}, err
		}
	}
	if best, _, err = b.race(b.o.Turns, list); err != nil {
		return build{}, err
	}
	return list[best], nil
}

func (b *bench) products() (err error) {
	b.fastest = make(map[string]build)
	var runs []func() error
	for _, name := range []string{"matmul-f32", "matmul-i32", "matmul-i8"} {
		f, err := b.fast(name, square, copies)
		if err != nil {
			return err
		}
		b.fastest[name] = f
		runs = append(runs, b.run(f.Runner))
	}
	plain, err := b.runner("matmul-f32", square, "naive")
	if err != nil {
		return err
	}
	defer func() { plain.Close(b.ctx, err) }()
	const f32, i32, i8, naive, first = 0, 1, 2, 3, 4
	runs = append(runs, b.run(plain))
	loops := peaks(b.Cores)
	for _, l := range loops {
		runs = append(runs, l.run)
	}
	took, err := b.turns(b.clock, 3*b.o.Turns, runs...)
	if err != nil {
		return err
	}
	const ops = 2 * side * side * side
	rate := func(ops float64, i int) float64 { return ops * b.parallel() / took.time(i).Seconds() / 1e9 }
	b.add(Line{
		Name: "f32 product of 1024 x 1024 / naive", Value: took.ratio(naive, f32), Unit: "x", Target: atLeast, Limit: 20,
		Detail: fmt.Sprintf("%.1f and %.2f GFLOPS; %s, the fastest of %d copies of its code", rate(ops, f32), rate(ops, naive), b.fastest["matmul-f32"].variant, copies),
	})
	share := Line{Name: "f32 product / peak of the processor", Unit: "%", Target: atLeast, Limit: 12}
	switch {
	case b.Device.Type != gpu.CPU:
		share.Target, share.Missing = "", "the adapter is not the processor"
	case len(loops) == 0:
		share.Missing = "there is no loop for this processor's multiply-adds"
	}
	if share.Missing != "" {
		b.add(share)
		loops = nil
	}
	for i, l := range loops { // the widest vectors first, which are the peak; drivers may not use them
		share.Value = 100 * ops / l.ops * took.ratio(first+i, f32)
		share.Detail = fmt.Sprintf("%.0f GFLOPS in a loop of %d-bit fused multiply-adds on all cores", rate(l.ops, first+i), l.bits)
		if i > 0 {
			share.Name, share.Target = fmt.Sprintf("f32 product / peak with %d-bit vectors", l.bits), ""
		}
		b.add(share)
	}
	b.add(Line{Name: "i32 product / f32", Value: took.ratio(f32, i32), Unit: "x", Target: atLeast, Limit: 0.95, Detail: fmt.Sprintf("%.1f Gop/s; %s", rate(ops, i32), b.fastest["matmul-i32"].variant)})
	b.add(Line{Name: "int8 product / f32", Value: took.ratio(f32, i8), Unit: "x", Detail: fmt.Sprintf("%.1f Gop/s; %s", rate(ops, i8), b.fastest["matmul-i8"].variant)})
	return b.vendor(side)
}

// checks compares Freivalds' check with the product on the device, whose result it checks, and with one on this processor.
func (b *bench) checks() error {
	for _, c := range []struct {
		kernel string
		kind   freivalds.Kind
		width  int // bits of the integers
		limit  float64
	}{
		{"matmul-f32", freivalds.Float32, 0, 6}, {"matmul-i32", freivalds.Int32, 10, 6}, {"matmul-i8", freivalds.Int8, 8, 6}, {"matmul-i32", freivalds.Int32, 32, 0},
	} {
		line, err := b.check(b.fastest[c.kernel].Runner, c.kind, c.width)
		if err != nil {
			return err
		}
		line.Name = fmt.Sprintf("check of %s %d x %d / product", c.kind, side, side)
		if c.width == 32 {
			line.Name = fmt.Sprintf("check of %s modulo 2^32 / product", c.kind)
		}
		if c.limit > 0 {
			line.Target, line.Limit = atMost, c.limit
		}
		b.add(line)
	}
	return nil
}

func (b *bench) check(r *kernels.Runner, kind freivalds.Kind, width int) (Line, error) {
	rng := rand.New(rand.NewPCG(1, 2))
	size := 4 * side * side
	if kind == freivalds.Int8 {
		size = side * side
	}
	inputs := map[string][]byte{"a": make([]byte, size), "b": make([]byte, size)}
	for _, p := range inputs {
		for i := 0; i < len(p); i += 4 {
			w := rng.Uint32()
			switch kind {
			case freivalds.Float32:
				w = math.Float32bits(rng.Float32()*2 - 1)
			case freivalds.Int32:
				w = uint32(int32(w) >> (32 - width))
			}
			binary.LittleEndian.PutUint32(p[i:], w)
		}
	}
	for name, p := range inputs {
		if err := r.Write(name, p); err != nil {
			return Line{}, err
		}
	}
	if err := r.Run(b.ctx); err != nil {
		return Line{}, err
	}
	c, err := r.Read(b.ctx, "c")
	if err != nil {
		return Line{}, err
	}
	a := bytes.NewReader(inputs["a"])
	check := func(c io.ReaderAt) error {
		k, err := freivalds.New(b.ctx, freivalds.Product{Kind: kind, M: side, N: side, K: side}, [32]byte{1}, bytes.NewReader(inputs["b"]))
		if err != nil {
			return err
		}
		return k.All(b.ctx, a, c)
	}
	wrong := bytes.Clone(c)
	wrong[len(wrong)/2+3] ^= 0x40
	if err := check(bytes.NewReader(wrong)); err == nil {
		return Line{}, errors.New("a changed product passed its check")
	}
	took, err := b.turns(b.clock, 2*b.o.Turns, b.run(r), func() error { return check(bytes.NewReader(c)) })
	if err != nil {
		return Line{}, err
	}
	return Line{Value: 100 * took.ratio(1, 0), Unit: "%", Detail: fmt.Sprintf("%.1f and %.1f ms", ms(took.time(1)), ms(took.time(0)))}, nil
}

func ms(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// kernels times what has no target.
func (b *bench) kernels() error {
	for _, c := range []struct {
		name   string
		params map[string]int64
		each   float64 // what one run does
		unit   string
	}{
		{"scan-u32", map[string]int64{"N": 1 << 20}, 1 << 20, "Melement/s"},
		{"sort-u32", map[string]int64{"N": 1 << 20}, 1 << 20, "Melement/s"},
		{"histogram", map[string]int64{"N": 1 << 22, "BINS": 256}, 1 << 22, "Melement/s"},
		{"reduce-sum-f32", map[string]int64{"N": 1 << 22}, 1 << 22, "Melement/s"},
		{"conv2d-f32", map[string]int64{"H": 56, "W": 56, "C": 64, "OC": 64, "KH": 3, "KW": 3, "PAD": 1}, 2 * 56 * 56 * 64 * 64 * 9, "Mop/s"},
		{"attention-f32", map[string]int64{"S": 256, "T": 256, "D": 64, "BATCH": 4}, 4 * 4 * 256 * 256 * 64, "Mop/s"},
		{"softmax-f32", map[string]int64{"N": 1024, "ROWS": 512}, 1 << 19, "Melement/s"},
		{"blur-box", map[string]int64{"W": 640, "H": 480, "RADIUS": 4}, 640 * 480, "Mpixel/s"},
		{"random-u32", map[string]int64{"N": 1 << 20}, 1 << 20, "Melement/s"},
		{"random-normal-f32", map[string]int64{"N": 1 << 20}, 1 << 20, "Melement/s"},
		{"path-trace", map[string]int64{"W": 320, "H": 192}, 320 * 192, "Mpath/s"},
	} {
		r, err := b.fast(c.name, c.params, 1)
		if err != nil {
			return err
		}
		took, err := b.turns(b.clock, b.o.Turns, b.run(r.Runner))
		r.Close(b.ctx, err)
		if err != nil {
			return err
		}
		cores := b.parallel()
		detail := fmt.Sprintf("%.2f ms", ms(took.time(0))/cores)
		if r.variant != "" {
			detail += "; " + r.variant
		}
		b.add(Line{Name: c.name, Value: c.each * cores / took.time(0).Seconds() / 1e6, Unit: c.unit, Detail: detail})
	}
	return nil
}

// evaluator measures the referee.
func (b *bench) evaluator() error {
	const n = 192
	var list []func() error
	d := eval.Open()
	defer d.Close()
	for _, name := range []string{"matmul-i32", "matmul-f32"} {
		k, err := kernels.New(name, map[string]int64{"M": n, "N": n, "K": n}, "packed-8x8")
		if err != nil {
			return err
		}
		r, err := kernels.NewRunner(b.ctx, d, k)
		if err != nil {
			return err
		}
		defer r.Close(b.ctx, nil)
		list = append(list, b.run(r))
	}
	took, err := b.turns(wallClock, b.o.Turns, list...)
	if err != nil {
		return err
	}
	for i, name := range []string{"i32", "f32"} {
		b.add(Line{Name: "evaluator, " + name + " product", Value: 2 * n * n * n / took.time(i).Seconds() / 1e6, Unit: "Mop/s", Detail: fmt.Sprintf("%.1f ms for %d x %d, on the wall clock", ms(took.time(i)), n, n)})
	}
	return nil
}
