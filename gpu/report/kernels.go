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

// copies is how often a product is compiled: JIT code that lies badly in the cache takes up to twice as long until its process ends, so
// the best copy of each contender counts.
const copies = 3

// contender is a kernel in a variant.
type contender struct {
	kernel  string
	shape   map[string]int64
	variant string
}

// race is the best time of each contender, of so many copies of its code, and then of each of the loops, which run as often. All take
// turns.
func (b *bench) race(copies int, list []contender, loops ...loop) ([]time.Duration, error) {
	var runs []func() error
	for _, c := range list {
		for range copies {
			r, err := b.runner(c.kernel, c.shape, c.variant)
			if err != nil {
				return nil, err
			}
			defer r.Close(b.ctx, nil)
			runs = append(runs, b.run(r))
		}
	}
	for _, l := range loops {
		runs = append(runs, slices.Repeat([]func() error{l.run}, copies)...)
	}
	took, err := b.best(b.clock, b.o.Turns, runs...)
	if err != nil {
		return nil, err
	}
	var best []time.Duration
	for t := range slices.Chunk(took, copies) {
		best = append(best, slices.Min(t))
	}
	return best, nil
}

// tuned is the variant that is fastest on this device, by this report's clock: other load would lead kernels.Tune astray.
func (b *bench) tuned(name string, shape map[string]int64, copies int) (string, error) {
	var list []contender
	var runs []func() error
	for _, v := range kernels.Variants(name) {
		if v == "naive" {
			continue
		}
		r, err := b.runner(name, shape, v)
		if code := gpu.CodeOf(err); err != nil && (code == gpu.Unsupported || code == gpu.TooLarge) {
			continue
		}
		if err != nil {
			return "", err
		}
		defer r.Close(b.ctx, nil)
		list, runs = append(list, contender{name, shape, v}), append(runs, b.run(r))
	}
	if len(list) == 0 {
		return "", nil
	}
	took, err := b.best(b.clock, 1, runs...)
	if err != nil {
		return "", err
	}
	var close []contender
	for i, t := range took {
		if t < 2*slices.Min(took) {
			close = append(close, list[i])
		}
	}
	if took, err = b.race(copies, close); err != nil {
		return "", err
	}
	return close[slices.Index(took, slices.Min(took))].variant, nil
}

func (b *bench) products() error {
	b.fastest = make(map[string]string)
	variants := b.fastest
	for _, name := range []string{"matmul-f32", "matmul-i32", "matmul-i8"} {
		v, err := b.tuned(name, square, copies)
		if err != nil {
			return err
		}
		variants[name] = v
	}
	loops := peaks(b.Cores)
	took, err := b.race(copies, []contender{
		{"matmul-f32", square, variants["matmul-f32"]}, {"matmul-i32", square, variants["matmul-i32"]}, {"matmul-i8", square, variants["matmul-i8"]}, {"matmul-f32", square, "naive"},
	}, loops...)
	if err != nil {
		return err
	}
	const ops = 2 * side * side * side
	cores := b.parallel()
	rate := func(ops float64, t time.Duration) float64 { return ops * cores / t.Seconds() / 1e9 }
	f32, i32, i8, naive := rate(ops, took[0]), rate(ops, took[1]), rate(ops, took[2]), rate(ops, took[3])
	b.add(Line{Name: "f32 product of 1024 x 1024 / naive", Value: f32 / naive, Unit: "x", Target: atLeast, Limit: 20, Detail: fmt.Sprintf("%.1f and %.2f GFLOPS; %s; of each product the best of %d copies of its code", f32, naive, variants["matmul-f32"], copies)})
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
		most := rate(l.ops, took[4+i])
		share.Value, share.Detail = 100*f32/most, fmt.Sprintf("%.0f GFLOPS in a loop of %d-bit fused multiply-adds on all cores", most, l.bits)
		if i > 0 {
			share.Name, share.Target = fmt.Sprintf("f32 product / peak with %d-bit vectors", l.bits), ""
		}
		b.add(share)
	}
	b.add(Line{Name: "i32 product / f32", Value: i32 / f32, Unit: "x", Target: atLeast, Limit: 0.95, Detail: fmt.Sprintf("%.1f Gop/s; %s", i32, variants["matmul-i32"])})
	b.add(Line{Name: "int8 product / f32", Value: i8 / f32, Unit: "x", Detail: fmt.Sprintf("%.1f Gop/s; %s", i8, variants["matmul-i8"])})
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
		r, err := b.runner(c.kernel, square, b.fastest[c.kernel])
		if err != nil {
			return err
		}
		line, err := b.check(r, c.kind, c.width)
		r.Close(b.ctx, err)
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
	took, err := b.best(b.clock, 2*b.o.Turns, b.run(r), func() error { return check(bytes.NewReader(c)) })
	if err != nil {
		return Line{}, err
	}
	return Line{Value: 100 * took[1].Seconds() / took[0].Seconds(), Unit: "%", Detail: fmt.Sprintf("%.1f and %.1f ms", ms(took[1]), ms(took[0]))}, nil
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
		v, err := b.tuned(c.name, c.params, 1)
		if err != nil {
			return err
		}
		r, err := b.runner(c.name, c.params, v)
		if err != nil {
			return err
		}
		took, err := b.best(b.clock, b.o.Turns, b.run(r))
		r.Close(b.ctx, err)
		if err != nil {
			return err
		}
		cores := b.parallel()
		detail := fmt.Sprintf("%.2f ms", ms(took[0])/cores)
		if v != "" {
			detail += "; " + v
		}
		b.add(Line{Name: c.name, Value: c.each * cores / took[0].Seconds() / 1e6, Unit: c.unit, Detail: detail})
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
	took, err := b.best(wallClock, b.o.Turns, list...)
	if err != nil {
		return err
	}
	for i, name := range []string{"i32", "f32"} {
		b.add(Line{Name: "evaluator, " + name + " product", Value: 2 * n * n * n / took[i].Seconds() / 1e6, Unit: "Mop/s", Detail: fmt.Sprintf("%.1f ms for %d x %d, on the wall clock", ms(took[i]), n, n)})
	}
	return nil
}
