package diloco

import (
	"fmt"

	"gpumesh/gpu"
)

// Block is the number of weights that share one scale. Every tensor starts at a multiple of it, so no block has two tensors.
const Block = 256

// MaxShards bounds the deltas of one outer step.
const MaxShards = 64

// Tensor is a State buffer of the model and its place in a flat buffer.
type Tensor struct {
	Name   string
	Len    uint64 // elements of 4 bytes
	Offset uint64 // elements; a multiple of Block
}

// Layout is the flat form of several State buffers: one after the other, each padded with zeros to whole blocks.
type Layout struct {
	Tensors []Tensor
	Len     uint64 // elements; a multiple of Block
}

// Size is the number of bytes of the flat form.
func (l *Layout) Size() uint64 { return 4 * l.Len }

func (l *Layout) add(b *gpu.Buffer) {
	n := b.Len / 4
	l.Tensors = append(l.Tensors, Tensor{b.Name, n, l.Len})
	l.Len += (n + Block - 1) / Block * Block
}

// Pack makes the flat form from the content of each State buffer. A missing one is zeros.
func (l *Layout) Pack(content map[string][]byte) ([]byte, error) {
	flat := make([]byte, l.Size())
	left := len(content)
	for _, t := range l.Tensors {
		b, ok := content[t.Name]
		if !ok {
			continue
		}
		if uint64(len(b)) != 4*t.Len {
			return nil, fmt.Errorf("state %q has %d bytes, and %d were given", t.Name, 4*t.Len, len(b))
		}
		left--
		copy(flat[4*t.Offset:], b)
	}
	if left != 0 {
		return nil, fmt.Errorf("%d of the given states are not in the model", left)
	}
	return flat, nil
}

// Unpack returns the content of each State buffer; the slices share memory with flat.
func (l *Layout) Unpack(flat []byte) (map[string][]byte, error) {
	if uint64(len(flat)) != l.Size() {
		return nil, fmt.Errorf("the flat form has %d bytes, and %d were given", l.Size(), len(flat))
	}
	content := make(map[string][]byte, len(l.Tensors))
	for _, t := range l.Tensors {
		content[t.Name] = flat[4*t.Offset : 4*(t.Offset+t.Len)]
	}
	return content, nil
}

// packed is the layout, in 32-bit words, of a packed vector: a header whose first word is 1, an exponent for each
// block, and the numbers. All zeros is the packed vector of a shard that did not take part.
type packed struct {
	bits   uint64 // per number: 8 or 4
	blocks uint64
}

const headerWords = gpu.BindAlign / 4 // packed vectors that follow each other start where buffers can be bound

func (p packed) numbers() uint64 { return headerWords + align(p.blocks) } // word offset
func (p packed) words() uint64   { return p.numbers() + align(p.blocks*Block*p.bits/32) }

func align(words uint64) uint64 { return (words + headerWords - 1) / headerWords * headerWords }

// PackedSize is the number of bytes of a delta or an update of this layout.
func (l *Layout) PackedSize(bits int) uint64 { return 4 * packed{uint64(bits), l.Len / Block}.words() }
