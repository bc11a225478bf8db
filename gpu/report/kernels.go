package report

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
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

// products measures matrix products. Each row has turns of its own: what runs between two contenders moves their caches and clocks.
func (b *bench) products() error {
	b.fastest = make(map[string]build)
	for _, names := range [][]string{{"matmul-f32", "matmul-i32"}, {"matmul-i8"}} {
		if err := b.choose(square, names...); err != nil {
			return err
		}
	}
	for _, row := range []func() error{b.beyondNaive, b.ofPeak, b.integers, b.octets} {
		if err := row(); err != nil {
			return err
		}
	}
	return b.vendor(side)
}

const productOps = 2 * side * side * side

// rate is in 10^9 operations per second of the clock on the wall, of so many in a time of this report's clock.
func (b *bench) rate(ops float64, took time.Duration) float64 {
	return ops * b.parallel() / took.Seconds() / 1e9
}

func (b *bench) beyondNaive() error {
	f32 := b.fastest["matmul-f32"]
	naive, err := b.sized("matmul-f32", square, "naive")
	if err != nil {
		return err
	}
	took, err := b.turns(b.clock, b.o.Turns, b.run(f32), b.run(naive))
	naive.Close(b.ctx, err)
	if err != nil {
		return err
	}
	took = took.per(f32.runs, naive.runs)
	b.add(onProcessor(b.Device.Type, Line{
		Name: "f32 product of 1024 x 1024 / naive", Value: took.ratio(1, 0), Unit: "x", Target: atLeast, Limit: 20,
		Detail: fmt.Sprintf("%.1f and %.2f GFLOPS; %s, the fastest of %d copies of its code", b.rate(productOps, took.time(0)), b.rate(productOps, took.time(1)), f32.variant, copies),
	}))
	return nil
}

// ofPeak compares the product with loops of multiply-adds, in processor time where that is the report's clock, and on the wall clock as well.
func (b *bench) ofPeak() error {
	share := Line{Name: "f32 product / peak of the processor", Unit: "%", Target: atLeast, Limit: 12}
	loops := peaks(b.Cores)
	switch {
	case b.Device.Type != gpu.CPU:
		share.Target, share.Missing = "", "the adapter is not the processor"
	case len(loops) == 0:
		share.Missing = "there is no loop for this processor's multiply-adds"
	}
	if share.Missing != "" {
		b.add(share)
		return nil
	}
	f32 := b.fastest["matmul-f32"]
	contenders, runs := []func() error{b.run(f32)}, []int{f32.runs}
	for _, l := range loops {
		contenders, runs = append(contenders, l.run), append(runs, 1)
	}
	took, err := b.turns(b.clock, 3*b.o.Turns, contenders...)
	if err != nil {
		return err
	}
	walls, err := b.turns(wallClock, 3*b.o.Turns, contenders...)
	if err != nil {
		return err
	}
	took, walls = took.per(runs...), walls.per(runs...)
	for i, l := range loops { // the widest vectors first, which are the peak; drivers may not use them
		line := share
		line.Value = 100 * productOps / l.ops * took.ratio(1+i, 0)
		line.Detail = fmt.Sprintf("%.1f of %.0f GFLOPS, the latter in a loop of %d-bit fused multiply-adds on all cores; %s", b.rate(productOps, took.time(0)), b.rate(l.ops, took.time(1+i)), l.bits, b.Clock)
		if i > 0 {
			line.Name, line.Target = fmt.Sprintf("f32 product / peak with %d-bit vectors", l.bits), ""
		}
		b.add(line)
		if i > 0 || b.Clock == wallTime {
			continue
		}
		line.Name, line.Target, line.Value = "the same on the wall clock", "", 100*productOps/l.ops*walls.ratio(1, 0)
		line.Detail = fmt.Sprintf("%.1f of %.0f GFLOPS", productOps/walls.time(0).Seconds()/1e9, l.ops/walls.time(1).Seconds()/1e9)
		b.add(line)
	}
	return nil
}

// integers compares the products of i32 and of f32, each of them twice in a turn so that what changes within it hits both alike.
func (b *bench) integers() error {
	f32, i32 := b.fastest["matmul-f32"], b.fastest["matmul-i32"]
	took, err := b.turns(b.clock, 6*b.o.Turns, b.run(f32), b.run(i32), b.run(i32), b.run(f32))
	if err != nil {
		return err
	}
	took = took.per(f32.runs, i32.runs, i32.runs, f32.runs)
	b.add(onProcessor(b.Device.Type, Line{
		Name: "i32 product / f32", Value: took.median(func(t []time.Duration) float64 { return (t[0] + t[3]).Seconds() / (t[1] + t[2]).Seconds() }), Unit: "x", Target: atLeast, Limit: 0.95,
		Detail: fmt.Sprintf("%.1f Gop/s and %.1f GFLOPS; %s and %s, of each the fastest of %d copies", b.rate(productOps, took.time(1)), b.rate(productOps, took.time(0)), i32.variant, f32.variant, copies),
	}))
	return nil
}

func (b *bench) octets() error {
	f32, i8 := b.fastest["matmul-f32"], b.fastest["matmul-i8"]
	took, err := b.turns(b.clock, 3*b.o.Turns, b.run(f32), b.run(i8))
	if err != nil {
		return err
	}
	took = took.per(f32.runs, i8.runs)
	b.add(Line{Name: "int8 product / f32", Value: took.ratio(0, 1), Unit: "x", Detail: fmt.Sprintf("%.1f Gop/s; %s", b.rate(productOps, took.time(1)), i8.variant)})
	return nil
}

// onProcessor is a line whose target was set for a device that is the processor: of others it is for information, and what they are held to is the
// vendor's product.
func onProcessor(t gpu.AdapterType, l Line) Line {
	if t != gpu.CPU {
		l.Target = ""
	}
	return l
}

// checks compares Freivalds' check with the product on the device, whose result it checks, and with one on this processor.
func (b *bench) checks() error {
	for _, c := range []struct {
		kernel string
		kind   freivalds.Kind
		width  int // bits of the integers
	}{
		{"matmul-f32", freivalds.Float32, 0}, {"matmul-i32", freivalds.Int32, 10}, {"matmul-i8", freivalds.Int8, 8}, {"matmul-i32", freivalds.Int32, 32},
	} {
		line, err := b.check(b.fastest[c.kernel], c.kind, c.width)
		if err != nil {
			return err
		}
		line.Name = fmt.Sprintf("check of %s %d x %d / product", c.kind, side, side)
		if c.width == 32 {
			line.Name = fmt.Sprintf("check of %s modulo 2^32 / product", c.kind)
		}
		line.Target, line.Limit = atMost, 6
		b.add(line)
	}
	return nil
}

func (b *bench) check(r build, kind freivalds.Kind, width int) (Line, error) {
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
	took = took.per(r.runs, 1)
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
		r, err := b.fast(c.name, c.params)
		if err != nil {
			return err
		}
		took, err := b.turns(b.clock, b.o.Turns, b.run(r))
		r.Close(b.ctx, err)
		if err != nil {
			return err
		}
		took = took.per(r.runs)
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
		list = append(list, func() error { return r.Run(b.ctx) })
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
