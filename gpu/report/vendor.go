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

const vendorBound = 2e-5 // relative L2 norm of what results may differ by: sums are in another order

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
	r, err := b.build("matmul-f32", map[string]int64{"M": int64(n), "N": int64(n), "K": int64(n)}, variant, 1)
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
	defer p.Close()                  // what it holds is measured no more
	if err := p.Run(1); err != nil { // which may load and choose code
		return err
	}
	theirs := func() error { return inBatches(r.runs, p.Run) }
	if r.runs, err = runsFor(func(n int) (time.Duration, error) {
		r.runs = n
		start := time.Now()
		err := theirs()
		return time.Since(start), err
	}); err != nil {
		return err
	}
	took, err := b.turns(wallClock, 2*b.o.Turns, b.run(r), theirs)
	if err != nil {
		return err
	}
	took = took.per(r.runs, r.runs)
	ours, err := r.Read(b.ctx, "c")
	if err != nil {
		return err
	}
	result, err := p.Result()
	if err != nil {
		return err
	}
	if d := distance(ours, result); !(d <= vendorBound) {
		return fmt.Errorf("the product of %s differs from ours by %.2g of its norm", lib.Name(), d)
	}
	rate := func(t time.Duration) float64 {
		return 2 * float64(n) * float64(n) * float64(n) / t.Seconds() / 1e9
	}
	line.Value = took.ratio(1, 0)
	line.Detail = fmt.Sprintf("%.1f and %.1f GFLOPS, the latter by %s; %d products of %d x %d in a turn, %d between two waits; %s", rate(took.time(0)), rate(took.time(1)), lib.Name(), r.runs, n, n, min(r.runs, batchRuns), variant)
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
