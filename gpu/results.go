package gpu

import (
	"context"
	"crypto/sha256"
	"hash"
	"io"
	"time"
)

// result is one thing that the program emits.
type result struct {
	size uint64
	tree MerkleTree // over all bytes
	rows hash.Hash  // Output with Every: of the rows of this segment
	w    io.Writer  // may be nil

	segment [32]byte // Output with Every: SHA-256 of the rows of the segment that was hashed last

	ring    Memory // rows copied on the device, waiting to be read back; nil: every row is read at once
	room    uint32 // rows that ring holds
	waiting uint32
}

func (e *executor) openResults() error {
	e.results = make([]*result, len(e.p.Buffers))
	for i := range e.p.Buffers {
		b := &e.p.Buffers[i]
		size := b.resultSize(e.p.Steps)
		if size == 0 {
			continue
		}
		r := &result{size: size}
		if b.Every > 0 {
			r.rows = sha256.New()
		}
		if e.t.Outputs != nil {
			w, err := e.t.Outputs(b.Name, int64(size))
			if err != nil {
				return Errorf(Internal, "output %q cannot be written: %v", b.Name, err)
			}
			r.w = w
		}
		e.results[i] = r
	}
	return nil
}

// openRings makes room for rows on the device, so that emitting does not end a submission every time.
func (e *executor) openRings() error {
	n := uint64(0)
	for _, r := range e.results {
		if r != nil && r.rows != nil {
			n++
		}
	}
	for i, r := range e.results {
		if r == nil || r.rows == nil {
			continue
		}
		b := &e.p.Buffers[i]
		r.room = uint32(min(rowsRoom/n/b.Len, 4096, uint64(e.p.Steps/b.Every)))
		if r.room < 2 {
			continue
		}
		var err error
		if r.ring, err = e.d.Alloc(uint64(r.room) * b.Len); err != nil {
			return err
		}
	}
	return nil
}

// emit takes the rows that are due after so many steps.
func (e *executor) emit(ctx context.Context, steps uint32) error {
	for i, r := range e.results {
		b := &e.p.Buffers[i]
		if r == nil || b.Every == 0 || steps%b.Every != 0 {
			continue
		}
		if r.ring == nil {
			if err := e.sched.flush(ctx); err != nil {
				return err
			}
			if err := e.readBack(ctx, e.mem[i], b.Len, func(p []byte) error { return r.row(b.Name, p) }); err != nil {
				return err
			}
			continue
		}
		to := Range{r.ring, uint64(r.waiting) * b.Len, b.Len}
		w := Work{Op: Copy, Bind: []Range{{e.mem[i], 0, b.Len}, to}}
		if err := e.sched.add(ctx, place{3, i}, b.Len/4, w); err != nil {
			return err
		}
		if r.waiting++; r.waiting == r.room {
			if err := e.drain(ctx, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// drain reads the waiting rows of a result.
func (e *executor) drain(ctx context.Context, i int) error {
	r, b := e.results[i], &e.p.Buffers[i]
	if r == nil || r.waiting == 0 {
		return nil
	}
	if err := e.sched.flush(ctx); err != nil {
		return err
	}
	n := uint64(r.waiting) * b.Len
	r.waiting = 0
	return e.readBack(ctx, r.ring, n, func(p []byte) error { return r.row(b.Name, p) })
}

// leaf ends a segment: it reads and hashes the state. last means that nothing runs after it, so that what is read is also
// the content of the results that are emitted once.
func (e *executor) leaf(ctx context.Context, last bool) error {
	h, err := e.hash(ctx, last)
	if err != nil {
		return err
	}
	for _, r := range e.results {
		if r != nil && r.rows != nil {
			r.rows.Reset()
		}
	}
	if e.record != nil {
		e.record.wasRows(e)
	}
	e.leaves = append(e.leaves, h)
	if last {
		return nil
	}
	return e.offerCheckpoint(ctx, [32]byte{})
}

// hash is the leaf of the segment if it ends here.
func (e *executor) hash(ctx context.Context, last bool) (leaf [32]byte, err error) {
	for i := range e.p.Buffers {
		if err := e.change(ctx, i); err != nil {
			return leaf, err
		}
	}
	if err := e.sched.flush(ctx); err != nil {
		return leaf, err
	}
	h := newLeafHash(uint32(len(e.leaves)))
	for i := range e.p.Buffers {
		b, r := &e.p.Buffers[i], e.results[i]
		if !b.Kind.kept() {
			continue
		}
		var tree MerkleTree
		once := last && r != nil && r.rows == nil
		err := e.readKept(ctx, i, func(p []byte) error {
			if !once {
				_, err := tree.Write(p)
				return err
			}
			written := make(chan error, 1) // meanwhile
			go func() { written <- r.write(b.Name, p) }()
			tree.Write(p)
			return <-written
		})
		if err != nil {
			return leaf, err
		}
		if once {
			r.tree = tree
		}
		h.add(tree.Root())
	}
	for i, r := range e.results {
		if r == nil || r.rows == nil {
			continue
		}
		if err := e.drain(ctx, i); err != nil {
			return leaf, err
		}
		r.segment = [32]byte(r.rows.Sum(nil))
		h.add(r.segment)
	}
	return h.sum(), nil
}

// readBack reads the first n bytes of m in pieces that start at multiples of ChunkSize.
func (e *executor) readBack(ctx context.Context, m Memory, n uint64, use func(p []byte) error) error {
	start := time.Now()
	defer func() { e.times.Readback += time.Since(start) }()
	if s, ok := e.d.(Streamer); ok && n >= streamed {
		return s.ReadTo(ctx, m, 0, n, use)
	}
	e.grow(n)
	for off := uint64(0); off < n; {
		p := e.buf[:min(n-off, uint64(len(e.buf)))]
		if err := e.d.Read(ctx, m, off, p); err != nil {
			return err
		}
		if err := use(p); err != nil {
			return err
		}
		off += uint64(len(p))
	}
	return nil
}

// grow makes e.buf large enough for n bytes in pieces of at most ioChunk.
func (e *executor) grow(n uint64) {
	if n = min(n, ioChunk); uint64(len(e.buf)) < n {
		e.buf = make([]byte, n)
	}
}

func (r *result) row(name string, p []byte) error {
	r.rows.Write(p)
	r.tree.Write(p)
	return r.write(name, p)
}

func (r *result) write(name string, p []byte) error {
	if r.w == nil {
		return nil
	}
	if _, err := r.w.Write(p); err != nil {
		return Errorf(Internal, "output %q cannot be written: %v", name, err)
	}
	return nil
}
