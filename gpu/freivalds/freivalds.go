package freivalds

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
)

// Kind is the type of the elements. Matrices lie as in the kernel library: row-major, dense, little-endian.
type Kind string

const (
	Float32 Kind = "f32" // matmul-f32
	Int32   Kind = "i32" // matmul-i32: c is modulo 2^32
	Int8    Kind = "i8"  // matmul-i8: bytes, b transposed, c of 32-bit integers
)

// MaxSide bounds M, N and K. A check holds at most some 100 bytes for each element of a row and of a column,
// and 300 where sums wrap.
const MaxSide = 1 << 20

// Product is the shape of c = a b: a is M x K, b is K x N (Int8: N x K, transposed), c is M x N.
type Product struct {
	Kind    Kind
	M, N, K int
}

// Mismatch says that rows are not those of the product.
type Mismatch struct {
	First, Count int // the rows; a single one where the check can tell which

	// Of Float32 only. Deviation is the difference as a multiple of Tolerance. Proved means that no order of summation with
	// correct rounding gives this result; otherwise only experience says so, and another execution should confirm it.
	Deviation float64
	Proved    bool
}

func (m *Mismatch) Error() string {
	switch {
	case m.Count > 1:
		return fmt.Sprintf("some of the rows %d to %d are not those of the product", m.First, m.First+m.Count-1)
	case m.Deviation > 0:
		return fmt.Sprintf("row %d is not that of the product: it is off by %.3g times the tolerance", m.First, m.Deviation)
	}
	return fmt.Sprintf("row %d is not that of the product", m.First)
}

// ErrUncheckable is returned for float inputs that are not finite, or whose products may overflow: rounding bounds say nothing
// about them.
var ErrUncheckable = errors.New("the inputs are not finite, or their products may not be")

// Check is a product and a seed, ready to check rows. It is safe for concurrent use.
type Check struct {
	p    Product
	seed [32]byte
	b    io.ReaderAt
	kind rows

	mu struct {
		sync.Mutex
		wraps *wrapped // made when first needed
	}
}

// rows is what a Kind does.
type rows interface {
	// prepare reads rows of b, of the given number, and is called concurrently for different ones. After errWraps no more rows follow.
	prepare(first int, rows []byte) error
	// ready is called once, after all of b.
	ready() error
	// check compares rows of a and c. It returns errWraps at the first that it cannot tell.
	check(first int, a, c []byte) error
}

var errWraps = errors.New("sums may overflow")

// New reads b and returns a check. Errors are those of b, of ctx and, for a shape that is not allowed, one sentence.
func New(ctx context.Context, p Product, seed [32]byte, b io.ReaderAt) (*Check, error) {
	for name, n := range map[string]int{"M": p.M, "N": p.N, "K": p.K} {
		if n < 1 || n > MaxSide {
			return nil, fmt.Errorf("%s is %d; it must be 1 to %d", name, n, MaxSide)
		}
	}
	k := &Check{p: p, seed: seed, b: b}
	deep, wide := p.K, 4*p.N
	switch p.Kind {
	case Float32:
		k.kind = newFloats(p, k.random("f32"))
	case Int32:
		k.kind = newInts(p, k.random("field"))
	case Int8:
		k.kind = newBytes(p, k.random("field"))
		deep, wide = p.N, p.K
	default:
		return nil, fmt.Errorf("there are no products of %q; there are f32, i32 and i8", p.Kind)
	}
	err := blocks(ctx, 0, deep, wide, func(first, count int, buf []byte) error {
		if err := read(b, "b", buf[:count*wide], int64(first)*int64(wide)); err != nil {
			return err
		}
		return k.kind.prepare(first, buf[:count*wide])
	})
	if errors.Is(err, errWraps) {
		return k, nil
	}
	if err == nil {
		err = k.kind.ready()
	}
	if err != nil {
		return nil, err
	}
	return k, nil
}

// Rows checks count rows of c, from first on; a and c are the whole matrices, of which only those rows are read. It returns a
// *Mismatch when they are wrong. Other errors are those of the readers and of ctx, and ErrUncheckable.
func (k *Check) Rows(ctx context.Context, first, count int, a, c io.ReaderAt) error {
	if first < 0 || count < 1 || first > k.p.M-count {
		return fmt.Errorf("rows %d to %d are not in a product of %d rows", first, first+count-1, k.p.M)
	}
	wideA, wideC := 4*k.p.K, 4*k.p.N
	if k.p.Kind == Int8 {
		wideA = k.p.K
	}
	err := blocks(ctx, first, count, wideA+wideC, func(first, count int, buf []byte) error {
		rowsA, rowsC := buf[:count*wideA], buf[count*wideA:][:count*wideC]
		if err := read(a, "a", rowsA, int64(first)*int64(wideA)); err != nil {
			return err
		}
		if err := read(c, "c", rowsC, int64(first)*int64(wideC)); err != nil {
			return err
		}
		return k.kind.check(first, rowsA, rowsC)
	})
	if !errors.Is(err, errWraps) {
		return err
	}
	w, err := k.wrapped(ctx)
	if err != nil {
		return err
	}
	return w.check(ctx, first, count, a, c)
}

func (k *Check) wrapped(ctx context.Context) (_ *wrapped, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.mu.wraps == nil {
		k.mu.wraps, err = newWrapped(ctx, k)
	}
	return k.mu.wraps, err
}

// All checks every row.
func (k *Check) All(ctx context.Context, a, c io.ReaderAt) error {
	return k.Rows(ctx, 0, k.p.M, a, c)
}

// random is the stream of random numbers of this check for a purpose. Everyone with the seed gets the same.
func (k *Check) random(purpose string) *rand.ChaCha8 {
	h := sha256.New()
	fmt.Fprintf(h, "gpumesh freivalds 1 %s %s %d %d %d ", purpose, k.p.Kind, k.p.M, k.p.N, k.p.K)
	h.Write(k.seed[:])
	return rand.NewChaCha8([32]byte(h.Sum(nil)))
}

const blockSize = 256 << 10 // bytes read at once, if a row has not more

// blocks cuts rows of a size into blocks and hands them, with a buffer, to one worker per core, until one of them fails. The
// error is that of the block that comes first.
func blocks(ctx context.Context, first, count, size int, work func(first, count int, buf []byte) error) error {
	each := max(blockSize/size, 1)
	n := (count + each - 1) / each
	var next atomic.Int64
	var mu sync.Mutex
	failed, failure := n, error(nil)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			buf := make([]byte, each*size)
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				err := ctx.Err()
				if err == nil {
					err = work(first+i*each, min(each, count-i*each), buf)
				}
				if err != nil {
					mu.Lock()
					if i < failed {
						failed, failure = i, err
					}
					mu.Unlock()
					next.Store(int64(n))
					return
				}
			}
		})
	}
	wg.Wait()
	return failure
}

func read(r io.ReaderAt, name string, p []byte, off int64) error {
	if n, err := r.ReadAt(p, off); n < len(p) {
		return fmt.Errorf("%s cannot be read at byte %d: %w", name, off+int64(n), err)
	}
	return nil
}

func word(p []byte, i int) uint32 { return binary.LittleEndian.Uint32(p[4*i:]) }
