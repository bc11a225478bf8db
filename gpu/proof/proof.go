package proof

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"gpumesh/gpu"
	"gpumesh/gpu/freivalds"
	"gpumesh/gpu/kernels"
)

// Product is a program that computes Batch products of one shape: c = a b.
type Product struct {
	freivalds.Product
	Batch int
}

// Names of a product's buffers.
const (
	Left   = "a"
	Right  = "b"
	Output = "c"
)

var kinds = map[string]freivalds.Kind{"matmul-f32": freivalds.Float32, "matmul-i32": freivalds.Int32, "matmul-i8": freivalds.Int8}

// Rounded reports whether right results may differ in their last bits.
func (p Product) Rounded() bool { return p.Kind == freivalds.Float32 }

func (p Product) String() string {
	s := fmt.Sprintf("%d x %d by %d x %d of %s", p.M, p.K, p.K, p.N, p.Kind)
	if p.Batch > 1 {
		return fmt.Sprintf("%d products of %s", p.Batch, s)
	}
	return "a product of " + s
}

// Elements are those of all matrices, which a check reads.
func (p Product) Elements() uint64 {
	m, n, k := uint64(p.M), uint64(p.N), uint64(p.K)
	return uint64(p.Batch) * (m*k + k*n + m*n)
}

// Operations are those of the product, a multiply-add counted as two.
func (p Product) Operations() uint64 {
	return 2 * uint64(p.Batch) * uint64(p.M) * uint64(p.N) * uint64(p.K)
}

// Find returns the product that a program computes, if it is one of the kernel library, whatever its variant and the form of its
// floats.
func Find(p *gpu.Program) (Product, bool) {
	plain := *p
	plain.Modules = written(p.Modules)
	want, err := plain.Encode()
	if err != nil {
		return Product{}, false
	}
	lens := map[string]uint64{}
	for _, b := range p.Buffers {
		if b.Kind == gpu.Const || b.Kind == gpu.Output {
			lens[b.Name] = b.Len / 4
		}
	}
	for name, kind := range kinds {
		for _, q := range shapes(lens[Left], lens[Right], lens[Output], kind) {
			for _, variant := range kernels.Variants(name) {
				k, err := kernels.New(name, map[string]int64{"M": int64(q.M), "N": int64(q.N), "K": int64(q.K), "BATCH": int64(q.Batch)}, variant)
				if err != nil {
					continue
				}
				if have, err := k.Program().Encode(); err == nil && bytes.Equal(have, want) {
					return q, true
				}
			}
		}
	}
	return Product{}, false
}

// written are the modules as they are written.
func written(modules []gpu.Module) []gpu.Module {
	plain := make([]gpu.Module, len(modules))
	for i, m := range modules {
		m.Float = ""
		plain[i] = m
	}
	return plain
}

// maxBatch is that of the kernel library.
const maxBatch = 65535

// shapes lists the products with so many words in a, b and c: M K, K N and M N times Batch.
func shapes(a, b, c uint64, kind freivalds.Kind) (list []Product) {
	if a == 0 || b == 0 || c == 0 || max(a, b, c) > 1<<30 {
		return nil
	}
	for n := uint64(1); n <= min(a, b, c, maxBatch); n++ {
		if a%n != 0 || b%n != 0 || c%n != 0 {
			continue
		}
		mk, kn, mn := a/n, b/n, c/n
		if mk*mn%kn != 0 {
			continue
		}
		m := uint64(math.Round(math.Sqrt(float64(mk * mn / kn))))
		if m == 0 || m*m != mk*mn/kn || mk%m != 0 || mn%m != 0 || mk/m*(mn/m) != kn {
			continue
		}
		p := Product{freivalds.Product{Kind: kind, M: int(m), N: int(mn / m), K: int(mk / m)}, int(n)}
		if kind == freivalds.Int8 {
			p.K *= 4
		}
		list = append(list, p)
	}
	return list
}

// sizes are the bytes of one of the products' matrices.
func (p Product) sizes() (a, b, c int64) {
	word := int64(4)
	if p.Kind == freivalds.Int8 {
		word = 1
	}
	m, n, k := int64(p.M), int64(p.N), int64(p.K)
	return word * m * k, word * k * n, 4 * m * n
}

// Check checks that c is the product. The error is a *freivalds.Mismatch if it is not; another one says that this is not known. The
// seed must not have been known to whoever made c.
func (p Product) Check(ctx context.Context, seed [32]byte, a, b, c io.ReaderAt) error {
	sizeA, sizeB, sizeC := p.sizes()
	for i := range p.Batch {
		part := func(r io.ReaderAt, size int64) io.ReaderAt { return io.NewSectionReader(r, int64(i)*size, size) }
		h := sha256.New()
		h.Write(seed[:])
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(i)))
		check, err := freivalds.New(ctx, p.Product, [32]byte(h.Sum(nil)), part(b, sizeB))
		if err == nil {
			err = check.All(ctx, part(a, sizeA), part(c, sizeC))
		}
		if m, ok := errors.AsType[*freivalds.Mismatch](err); ok && p.Batch > 1 {
			m.First += i * p.M
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Trace is the trace root of a run whose output is c.
func (p Product) Trace(c io.ReaderAt) ([32]byte, error) {
	_, _, size := p.sizes()
	size *= int64(p.Batch)
	var tree gpu.MerkleTree
	buf := make([]byte, gpu.ChunkSize)
	for off := int64(0); off < size; {
		chunk := buf[:min(size-off, gpu.ChunkSize)]
		if n, err := c.ReadAt(chunk, off); n < len(chunk) {
			return [32]byte{}, fmt.Errorf("c cannot be read at byte %d: %w", off+int64(n), err)
		}
		tree.AddData(chunk)
		off += int64(len(chunk))
	}
	return gpu.TraceRoot([][32]byte{gpu.Leaf(0, tree.Root())}), nil
}
