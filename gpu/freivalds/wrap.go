package freivalds

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
)

// wrapped checks products modulo 2^32. An error of 2^31 in one element is seen by a vector only if its number there is odd, so
// bits do as well as larger numbers, and sums over them take no multiplication.
//
// If a block of c is wrong, c r is wrong for some row and one of 64 vectors r, except with a probability of 2^-64; given such
// a column, s c r is wrong for one of 64 vectors s, with the same exception.
type wrapped struct {
	k     *Check
	right []bitBlock   // of the columns of c
	y     [][64]uint32 // b times the 64 vectors
}

const (
	stripe = 16 * bitsOnce // columns summed over the rows at a time, so that their 64 sums stay in the cache
	tile   = 3 * bitsOnce  // rows read at once
	apart  = 64            // bytes between two parts of rows in a buffer: a stride of a power of 2 would have them share a few places of a cache
)

func newWrapped(ctx context.Context, k *Check) (*wrapped, error) {
	w := &wrapped{k: k, right: newBits(k.random("right"), k.p.N), y: make([][64]uint32, k.p.K)}
	n := k.p.N
	err := blocks(ctx, 0, k.p.K, 4*n, func(first, count int, buf []byte) error {
		buf = buf[:4*n*count]
		if err := read(k.b, "b", buf, int64(first)*int64(4*n)); err != nil {
			return err
		}
		addAll(w.y[first:][:count], grid{words: buf, n: n, step: 4, across: 4 * n}, w.right)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}

// addAll adds the words of all columns of a grid that have a bit in each vector, one element of out for a column.
func addAll(out [][64]uint32, g grid, bits []bitBlock) {
	for ; len(out) >= 4; out = out[4:] {
		addBits((*quad)(out), g, bits)
		if len(out) > 4 {
			g.words = g.words[4*g.across:]
		}
	}
	for i := range out {
		var sums quad
		addBits(&sums, grid{g.words[i*g.across:], g.n, g.step, 0}, bits)
		for v, x := range sums[0] {
			out[i][v] += x
		}
	}
}

func (w *wrapped) check(ctx context.Context, first, count int, a, c io.ReaderAt) error {
	left := w.leftBits(first, count)
	var difference [64][64]uint32 // s a (b r) - s c r
	var mu sync.Mutex
	add := func(name string, m io.ReaderAt, columns int, times func(out *quad, g grid, from int)) error {
		stripes := (columns + stripe - 1) / stripe
		return blocks(ctx, 0, stripes, tile*(4*stripe+apart), func(at, _ int, buf []byte) error {
			from := at * stripe
			acc, err := leftSums(ctx, name, m, left, first, count, columns, from, min(stripe, columns-from), buf)
			if err != nil {
				return err
			}
			words := buf[:256*len(acc)] // which are read no more
			for i := range acc {
				sums := (*[256]byte)(words[256*i:])
				for s, x := range acc[i] {
					binary.LittleEndian.PutUint32(sums[4*s:], x)
				}
			}
			var out [64][64]uint32
			for s := 0; s < len(out); s += 4 {
				times((*quad)(out[s:]), grid{words[4*s:], len(acc), 256, 4}, from)
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
	if err := add("a", a, w.k.p.K, func(out *quad, g grid, from int) { addProducts(out, g, w.y[from:]) }); err != nil {
		return err
	}
	if err := add("c", c, w.k.p.N, func(out *quad, g grid, from int) {
		addBits(out, g, w.right[from/bitsOnce:])
		for s := range out {
			for r := range out[s] {
				out[s][r] = -out[s][r]
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

// leftBits are those of some rows.
func (w *wrapped) leftBits(first, count int) []bitBlock {
	return newBits(w.k.random(fmt.Sprint("left ", first, count)), count)
}

// leftSums sums the elements of some columns over the rows, for each of 64 vectors of bits.
func leftSums(ctx context.Context, name string, m io.ReaderAt, left []bitBlock, first, count, columns, from, width int, buf []byte) ([][64]uint32, error) {
	acc := make([][64]uint32, width)
	for at := 0; at < count; at += tile {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		some, step, rows := min(tile, count-at), 4*width+apart, 1
		if width == columns { // rows follow each other
			step, rows = 4*width, min(tile, count-at)
		}
		for i := 0; i < some; i += rows {
			if err := read(m, name, buf[i*step:][:4*width*rows], 4*(int64(first+at+i)*int64(columns)+int64(from))); err != nil {
				return nil, err
			}
		}
		addAll(acc, grid{buf[:(some-1)*step+4*width], some, step, 4}, left[at/bitsOnce:])
	}
	return acc, nil
}
