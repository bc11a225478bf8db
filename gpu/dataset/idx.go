package dataset

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
)

var idxElements = map[byte]element{0x08: u8, 0x09: i8, 0x0B: i16, 0x0C: i32, 0x0D: f32, 0x0E: f64}

// ReadIDX reads a file in the format of the MNIST database, compressed with gzip or not: two zero bytes, the element type, the
// number of dimensions, the dimensions and the elements, big-endian. http://yann.lecun.com/exdb/mnist/
func ReadIDX(r io.Reader) (Tensor, error) {
	b := bufio.NewReader(r)
	if head, _ := b.Peek(2); len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(b)
		if err != nil {
			return Tensor{}, fmt.Errorf("it is a damaged gzip file: %w", err)
		}
		b = bufio.NewReader(z)
	}
	var head [4]byte
	if _, err := io.ReadFull(b, head[:]); err != nil || head[0] != 0 || head[1] != 0 {
		return Tensor{}, fmt.Errorf("it is not an IDX file")
	}
	e, ok := idxElements[head[2]]
	if !ok || head[3] == 0 || head[3] > 8 {
		return Tensor{}, fmt.Errorf("it is not an IDX file: type %#x, %d dimensions", head[2], head[3])
	}
	dims := make([]int, head[3])
	for i := range dims {
		var d [4]byte
		if _, err := io.ReadFull(b, d[:]); err != nil {
			return Tensor{}, fmt.Errorf("it ends in its header")
		}
		dims[i] = int(binary.BigEndian.Uint32(d[:]))
	}
	return read(b, e, binary.BigEndian, dims)
}
