package report

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/report/sgemm"
)

const (
	vendorTime   = 20 * time.Millisecond // that products take between two waits, which are not what is compared
	vendorRepeat = 64                    // products between two waits, at most
	vendorBound  = 2e-5                  // relative L2 norm of what results may differ by: sums are in another order
)

// vendor compares the product with that of the GPU's vendor, where its library is installed.
func (b *bench) vendor(n int) error {
	line := Line{Name: "f32 product / vendor's SGEMM", Unit: "x", Target: atLeast, Limit: 0.6}
	if b.Device.Type == gpu.CPU {
		line.Target, line.Missing = "", "the adapter is no GPU"
		b.add(line)
		return nil
	}
	lib, err := sgemm.Open(b.Device.Name)
	if errors.Is(err, sgemm.ErrNone) {
		line.Missing = err.Error()
		b.add(line)
		return nil
	}
	if err != nil {
		return err
	}
	err = b.beside(lib, n, b.fastest["matmul-f32"].variant, &line)
	if cerr := lib.Close(); err == nil {
		err = cerr
	}
	b.add(line)
	return err
}

// beside measures both products of n x n matrices in turns, and compares their results.
func (b *bench) beside(lib *sgemm.Library, n int, variant string, line *Line) error {
	r, err := b.runner("matmul-f32", map[string]int64{"M": int64(n), "N": int64(n), "K": int64(n)}, variant)
	if err != nil {
		return err
	}
	defer r.Close(b.ctx, nil)
	rng := rand.New(rand.NewPCG(3, 4))
	var inputs [2][]byte
	for i, name := range []string{"a", "b"} {
		for range n * n {
			inputs[i] = binary.LittleEndian.AppendUint32(inputs[i], math.Float32bits(rng.Float32()*2-1))
		}
		if err := r.Write(name, inputs[i]); err != nil {
			return err
		}
	}
	p, err := lib.NewProduct(n, n, n, inputs[0], inputs[1])
	if err != nil {
		return err
	}
	defer p.Close() // what it holds is measured no more
	start := time.Now()
	if err := p.Run(1); err != nil {
		return err
	}
	repeat := min(max(int(vendorTime/max(time.Since(start), 1)), 1), vendorRepeat)
	took, err := b.turns(wallClock, 2*b.o.Turns, func() error { return r.Repeat(b.ctx, repeat) }, func() error { return p.Run(repeat) })
	if err != nil {
		return err
	}
	ours, err := r.Read(b.ctx, "c")
	if err != nil {
		return err
	}
	theirs, err := p.Result()
	if err != nil {
		return err
	}
	if d := distance(ours, theirs); !(d <= vendorBound) {
		return fmt.Errorf("the product of %s differs from ours by %.2g of its norm", lib.Name(), d)
	}
	rate := func(t time.Duration) float64 {
		return 2 * float64(n) * float64(n) * float64(n) * float64(repeat) / t.Seconds() / 1e9
	}
	line.Value = took.ratio(1, 0)
	line.Detail = fmt.Sprintf("%.1f and %.1f GFLOPS, the latter by %s; %d products of %d x %d between two waits; %s", rate(took.time(0)), rate(took.time(1)), lib.Name(), repeat, n, n, variant)
	return nil
}

// distance is the L2 norm of the difference of two lists of f32, in that of the second.
func distance(x, y []byte) float64 {
	var apart, norm float64
	for i := 0; i < len(y); i += 4 {
		u, v := float64(math.Float32frombits(binary.LittleEndian.Uint32(x[i:]))), float64(math.Float32frombits(binary.LittleEndian.Uint32(y[i:])))
		apart, norm = apart+(u-v)*(u-v), norm+v*v
	}
	return math.Sqrt(apart / norm)
}
