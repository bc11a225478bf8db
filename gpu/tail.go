package gpu

import (
	"bytes"
	"context"
	"crypto/rand"
)

// tail is a pattern behind the content of a State or Output buffer, in the same device memory and outside of every range that kernels
// bind: a program relies on the zeros that it was promised, so the content itself cannot hold one. It starts as a nonce; the work before each read-back ends with our
// kernel, which has to change it; and it is read in the same copies as the content behind which it lies. Where the pattern survived, or something else is there,
// the memory is not what the submissions left: it was lost, as when a machine sleeps, or not all of it was copied.
type tail struct {
	off  uint64 // in the memory; 0: the device has no room for one
	want [NonceSize]byte
}

// kept reports whether the content of a buffer goes into leaves, so that it has a tail.
func (k Kind) kept() bool { return k == State || k == Output }

// allocate makes the memory of a buffer, with its tail.
func (e *executor) allocate(i int) error {
	b, t := &e.p.Buffers[i], &e.tails[i]
	size := b.Len
	if off := (b.Len + BindAlign - 1) &^ (BindAlign - 1); b.Kind.kept() && off+NonceSize <= e.d.Info().Limits.MaxBuffer {
		t.off, size = off, off+NonceSize
	}
	m, err := e.d.Alloc(size)
	if err != nil {
		return err
	}
	e.mem[i] = m
	if t.off == 0 {
		return nil
	}
	rand.Read(t.want[:])
	return e.d.Write(m, t.off, t.want[:])
}

// change has the device change the tail of a buffer, behind the work that was added before.
func (e *executor) change(ctx context.Context, i int) error {
	t := &e.tails[i]
	if t.off == 0 {
		return nil
	}
	guardKernel(t.want[:])
	return e.sched.add(ctx, place{4, 0}, guardWords, e.guard.work(Range{e.mem[i], t.off, NonceSize}))
}

// readKept is readBack of a whole State or Output buffer, and looks at its tail.
func (e *executor) readKept(ctx context.Context, i int, use func(p []byte) error) error {
	b, t := &e.p.Buffers[i], &e.tails[i]
	if t.off == 0 {
		return e.readBack(ctx, e.mem[i], b.Len, use)
	}
	off := uint64(0)
	var got []byte
	err := e.readBack(ctx, e.mem[i], t.off+NonceSize, func(p []byte) error {
		n := min(b.Len-min(off, b.Len), uint64(len(p)))
		got = append(got, p[n:]...)
		off += uint64(len(p))
		if n == 0 {
			return nil
		}
		return use(p[:n])
	})
	if err == nil && !bytes.Equal(got[t.off-b.Len:], t.want[:]) {
		err = Errorf(BadDriver, "the device's memory of %q is not what its work left there", b.Name)
	}
	return err
}
