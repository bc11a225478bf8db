package freivalds

import (
	"context"
	"fmt"
	"io"
	"sync"
)

// wrapped checks products modulo 2^32. An error of 2^31 in one element is seen by a vector only if its number there is odd, so
// bits do as well as larger numbers, and sums over them take no multiplication: sums of four elements are looked up in a table
// of the 16 there are.
//
// If a block of c is wrong, c r is wrong for some row and one of 64 vectors r, except with a probability of 2^-64; given such
// a column, s c r is wrong for one of 64 vectors s, with the same exception.
type wrapped struct {
	k     *Check
	right []uint64     // of each column of c, the bits of 64 vectors
	y     [][64]uint32 // b times the 64 vectors
}

const (
	stripe = 512 // columns summed over the rows at a time, so that their 64 sums stay in the cache
	tile   = 64  // rows read at once
)

// nibbles are, for four neighbouring elements, the table indexes of the 64 vectors.
func nibbles(bits []uint64) (at [64]uint8) {
	for i, b := range bits {
		for v := range at {
			at[v] |= uint8(b>>v&1) << i
		}
	}
	return at
}

// sums are those of all subsets of four elements.
func sums(a, b, c, d uint32) (t [16]uint32) {
	t[1] = a
	t[2], t[3] = b, b+a
	for i := range 4 {
		t[4+i] = t[i] + c
	}
	for i := range 8 {
		t[8+i] = t[i] + d
	}
	return t
}

func newWrapped(ctx context.Context, k *Check) (*wrapped, error) {
	random := k.random("right")
	w := &wrapped{k: k, right: make([]uint64, k.p.N), y: make([][64]uint32, k.p.K)}
	for i := range w.right {
		w.right[i] = random.Uint64()
	}
	n := k.p.N
	index := make([][64]uint8, (n+3)/4)
	for i := range index {
		index[i] = nibbles(w.right[4*i : min(4*i+4, n)])
	}
	err := blocks(ctx, 0, k.p.K, 4*n, func(first, count int, buf []byte) error {
		if err := read(k.b, "b", buf[:4*n*count], int64(first)*int64(4*n)); err != nil {
			return err
		}
		for i := range count {
			row, acc := buf[4*n*i:][:4*n], &w.y[first+i]
			for q := range index {
				var v [16]byte
				copy(v[:], row[16*q:])
				t, at := sums(word(v[:], 0), word(v[:], 1), word(v[:], 2), word(v[:], 3)), &index[q]
				for x := range acc {
					acc[x] += t[at[x]&15]
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}

func (w *wrapped) check(ctx context.Context, first, count int, a, c io.ReaderAt) error {
	left := w.leftBits(first, count)
	var difference [64][64]uint32 // s a (b r) - s c r
	var mu sync.Mutex
	add := func(name string, m io.ReaderAt, columns int, times func(column int, s *[64]uint32, out *[64][64]uint32)) error {
		stripes := (columns + stripe - 1) / stripe
		return blocks(ctx, 0, stripes, blockSize, func(at, _ int, buf []byte) error {
			from := at * stripe
			acc, err := leftSums(ctx, name, m, left, first, count, columns, from, min(stripe, columns-from), buf)
			if err != nil {
				return err
			}
			var out [64][64]uint32
			for i := range acc {
				times(from+i, &acc[i], &out)
			}
			mu.Lock()
			defer mu.Unlock()
			for s := range out {
				for r := range out[s] {
					difference[s][r] += out[s][r]
				}
			}
			return nil
		})
	}
	if err := add("a", a, w.k.p.K, func(column int, s *[64]uint32, out *[64][64]uint32) {
		y := &w.y[column]
		for i, x := range s {
			for r := range y {
				out[i][r] += x * y[r]
			}
		}
	}); err != nil {
		return err
	}
	if err := add("c", c, w.k.p.N, func(column int, s *[64]uint32, out *[64][64]uint32) {
		for r := range 64 {
			if w.right[column]>>r&1 == 1 {
				for i, x := range s {
					out[i][r] -= x
				}
			}
		}
	}); err != nil {
		return err
	}
	if difference != [64][64]uint32{} {
		return &Mismatch{First: first, Count: count}
	}
	return nil
}

// leftBits are, for each four rows of a block, the table indexes of 64 vectors.
func (w *wrapped) leftBits(first, count int) [][64]uint8 {
	random := w.k.random(fmt.Sprint("left ", first, count))
	left := make([][64]uint8, (count+3)/4)
	for i := range left {
		left[i] = nibbles([]uint64{random.Uint64(), random.Uint64(), random.Uint64(), random.Uint64()})
	}
	return left
}

// leftSums sums the elements of some columns over the rows, for each of 64 vectors of bits.
func leftSums(ctx context.Context, name string, m io.ReaderAt, left [][64]uint8, first, count, columns, from, width int, buf []byte) ([][64]uint32, error) {
	acc := make([][64]uint32, width)
	buf = buf[:4*tile*width]
	for at := 0; at < count; at += tile {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		some := min(tile, count-at)
		clear(buf)
		if width == columns {
			if err := read(m, name, buf[:4*width*some], 4*int64(first+at)*int64(columns)); err != nil {
				return nil, err
			}
		} else {
			for i := range some {
				if err := read(m, name, buf[4*width*i:][:4*width], 4*(int64(first+at+i)*int64(columns)+int64(from))); err != nil {
					return nil, err
				}
			}
		}
		for q := 0; q < some; q += 4 {
			index := &left[(at+q)/4]
			a, b, c, d := buf[4*width*q:], buf[4*width*(q+1):], buf[4*width*(q+2):], buf[4*width*(q+3):]
			for x := range acc {
				t, sum := sums(word(a, x), word(b, x), word(c, x), word(d, x)), &acc[x]
				for v := range sum {
					sum[v] += t[index[v]&15]
				}
			}
		}
	}
	return acc, nil
}
