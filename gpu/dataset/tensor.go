// Package dataset reads what people train on and what they keep: .npy, MNIST's IDX, CSV, plain text with a byte or a
// byte-pair tokenizer, and safetensors files of weights, which it also writes. Everything becomes tensors of 4-byte elements,
// the only ones that a gpu.Program knows. Readers are bounded, and bad input is one clear sentence.
package dataset

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/x448/float16"

	"gpumesh/gpu"
	"gpumesh/gpu/npy"
)

// MaxElements bounds every tensor that is read.
const MaxElements = 1 << 30

// Tensor is an array in row-major order.
type Tensor struct {
	Type gpu.Type
	Dims []int
	Data []byte // little-endian, 4 bytes per element
}

// Len is the number of elements.
func (t Tensor) Len() int { return len(t.Data) / 4 }

// Word returns the bits of an element.
func (t Tensor) Word(i int) uint32 { return binary.LittleEndian.Uint32(t.Data[4*i:]) }

// Float returns an element as a number.
func (t Tensor) Float(i int) float64 {
	switch w := t.Word(i); t.Type {
	case gpu.F32:
		return float64(math.Float32frombits(w))
	case gpu.I32:
		return float64(int32(w))
	default:
		return float64(w)
	}
}

// Floats is t as f32, with every element times scale.
func (t Tensor) Floats(scale float64) Tensor {
	out := Tensor{Type: gpu.F32, Dims: t.Dims, Data: make([]byte, 0, len(t.Data))}
	for i := range t.Len() {
		out.Data = binary.LittleEndian.AppendUint32(out.Data, math.Float32bits(float32(t.Float(i)*scale)))
	}
	return out
}

// element reads elements of one type of a file.
type element struct {
	size int
	kind gpu.Type
	word func(b []byte, o binary.ByteOrder) (uint32, bool) // false when the value does not fit
}

func float(x float64) (uint32, bool) { return math.Float32bits(float32(x)), true }

func signed(x int64) (uint32, bool) {
	return uint32(int32(x)), x >= math.MinInt32 && x <= math.MaxInt32
}

var (
	f64 = element{8, gpu.F32, func(b []byte, o binary.ByteOrder) (uint32, bool) { return float(math.Float64frombits(o.Uint64(b))) }}
	f32 = element{4, gpu.F32, func(b []byte, o binary.ByteOrder) (uint32, bool) { return o.Uint32(b), true }}
	f16 = element{2, gpu.F32, func(b []byte, o binary.ByteOrder) (uint32, bool) {
		return math.Float32bits(float16.Frombits(o.Uint16(b)).Float32()), true
	}}
	bf16 = element{2, gpu.F32, func(b []byte, o binary.ByteOrder) (uint32, bool) { return uint32(o.Uint16(b)) << 16, true }}
	i64  = element{8, gpu.I32, func(b []byte, o binary.ByteOrder) (uint32, bool) { return signed(int64(o.Uint64(b))) }}
	i32  = element{4, gpu.I32, func(b []byte, o binary.ByteOrder) (uint32, bool) { return o.Uint32(b), true }}
	i16  = element{2, gpu.I32, func(b []byte, o binary.ByteOrder) (uint32, bool) { return signed(int64(int16(o.Uint16(b)))) }}
	i8   = element{1, gpu.I32, func(b []byte, _ binary.ByteOrder) (uint32, bool) { return signed(int64(int8(b[0]))) }}
	u64  = element{8, gpu.U32, func(b []byte, o binary.ByteOrder) (uint32, bool) {
		x := o.Uint64(b)
		return uint32(x), x <= math.MaxUint32
	}}
	u32 = element{4, gpu.U32, func(b []byte, o binary.ByteOrder) (uint32, bool) { return o.Uint32(b), true }}
	u16 = element{2, gpu.U32, func(b []byte, o binary.ByteOrder) (uint32, bool) { return uint32(o.Uint16(b)), true }}
	u8  = element{1, gpu.U32, func(b []byte, _ binary.ByteOrder) (uint32, bool) { return uint32(b[0]), true }}
)

// size is the number of elements of a shape; ok is false when there are none or too many.
func size(dims []int) (n int, ok bool) {
	n = 1
	for _, d := range dims {
		if d < 1 || n > MaxElements/d {
			return 0, false
		}
		n *= d
	}
	return n, true
}

// read reads the elements of a tensor.
func read(r io.Reader, e element, o binary.ByteOrder, dims []int) (Tensor, error) {
	n, ok := size(dims)
	if !ok {
		return Tensor{}, fmt.Errorf("the shape %v has no elements, or more than %d", dims, MaxElements)
	}
	t := Tensor{Type: e.kind, Dims: dims}
	buf := make([]byte, e.size<<10)
	for left := n; left > 0; {
		part := buf[:min(left<<10, len(buf))]
		if left < 1<<10 {
			part = buf[:left*e.size]
		}
		if _, err := io.ReadFull(r, part); err != nil {
			return Tensor{}, fmt.Errorf("it ends after %d of %d elements", n-left, n)
		}
		for i := 0; i < len(part); i += e.size {
			w, ok := e.word(part[i:], o)
			if !ok {
				return Tensor{}, fmt.Errorf("element %d does not fit into 32 bits", n-left+i/e.size)
			}
			t.Data = binary.LittleEndian.AppendUint32(t.Data, w)
		}
		left -= len(part) / e.size
	}
	return t, nil
}

var npyElements = map[string]element{
	"<f8": f64, "<f4": f32, "<f2": f16, "<i8": i64, "<i4": i32, "<i2": i16, "|i1": i8, "<u8": u64, "<u4": u32, "<u2": u16, "|u1": u8, "|b1": u8,
}

// ReadNPY reads a .npy file of numbers, in 32 bits each.
func ReadNPY(r io.Reader) (Tensor, error) {
	h, err := npy.Read(r)
	if err != nil {
		return Tensor{}, err
	}
	e, ok := npyElements[h.Descr]
	if !ok {
		return Tensor{}, fmt.Errorf("its dtype %q is not one of little-endian numbers", h.Descr)
	}
	dims := make([]int, len(h.Shape))
	for i, d := range h.Shape {
		dims[i] = int(min(d, MaxElements+1))
	}
	return read(r, e, binary.LittleEndian, dims)
}

// WriteNPY writes t as a .npy file.
func WriteNPY(w io.Writer, t Tensor) error {
	shape := make([]int64, len(t.Dims))
	for i, d := range t.Dims {
		shape[i] = int64(d)
	}
	if _, err := w.Write(npy.Prefix(t.Type, shape)); err != nil {
		return err
	}
	_, err := w.Write(t.Data)
	return err
}
