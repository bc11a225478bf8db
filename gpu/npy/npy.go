// Package npy reads and writes the headers of .npy files: magic, version, header length, and a Python dict literal padded so
// that the data starts at a multiple of 64. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
package npy

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gpumesh/gpu"
)

const (
	magic     = "\x93NUMPY"
	maxHeader = 64 << 10
	maxDims   = 8
)

var types = map[gpu.Type]string{gpu.F32: "<f4", gpu.I32: "<i4", gpu.U32: "<u4"}

// Header is what a .npy file says of the data that follows.
type Header struct {
	Descr string // numpy's name of the element type, such as "<f4"
	Shape []int64
	Bytes int64 // length of magic, version and header
}

// Read reads up to the data, which must be in C order. It knows versions 1 and 2, and is bounded in what it reads.
func Read(r io.Reader) (Header, error) {
	var h Header
	short := errors.New("it is not a .npy file")
	fixed := make([]byte, 8)
	if _, err := io.ReadFull(r, fixed); err != nil || string(fixed[:6]) != magic {
		return h, short
	}
	var n int
	switch fixed[6] {
	case 1:
		var b [2]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return h, short
		}
		n, h.Bytes = int(binary.LittleEndian.Uint16(b[:])), 10
	case 2:
		var b [4]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return h, short
		}
		n, h.Bytes = int(min(binary.LittleEndian.Uint32(b[:]), maxHeader+1)), 12
	default:
		return h, fmt.Errorf("it has .npy version %d; versions 1 and 2 are read here", fixed[6])
	}
	if n > maxHeader {
		return h, fmt.Errorf("its .npy header is over %d bytes", maxHeader)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return h, short
	}
	h.Bytes += int64(n)
	d, err := parse(string(text))
	if err != nil {
		return h, fmt.Errorf("its .npy header is damaged: %w", err)
	}
	if d.fortran {
		return h, errors.New("its data is in Fortran order; save numpy.ascontiguousarray(x) instead")
	}
	h.Descr, h.Shape = d.descr, d.shape
	return h, nil
}

// Type is the element type as a buffer's. Only 4-byte little-endian elements have one; the error says what to save instead.
func (h Header) Type() (gpu.Type, error) {
	switch h.Descr {
	case "<f4", "=f4":
		return gpu.F32, nil
	case "<i4", "=i4":
		return gpu.I32, nil
	case "<u4", "=u4":
		return gpu.U32, nil
	}
	return "", fmt.Errorf("its dtype is %q; buffers hold float32, int32 or uint32, so save x.astype(\"%s\") instead", h.Descr, nearest(h.Descr))
}

// nearest is the 4-byte dtype that is closest to another one.
func nearest(descr string) string {
	switch {
	case strings.Contains(descr, "i"):
		return "<i4"
	case strings.Contains(descr, "u"), strings.Contains(descr, "b"):
		return "<u4"
	}
	return "<f4"
}

type dict struct {
	descr   string
	fortran bool
	shape   []int64
}

// parse reads the dict literal that numpy writes: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }.
func parse(s string) (d dict, err error) {
	rest := strings.TrimSpace(s)
	take := func(token string) bool {
		t, ok := strings.CutPrefix(strings.TrimLeft(rest, " "), token)
		if ok {
			rest = t
		}
		return ok
	}
	quoted := func() (string, bool) {
		for _, q := range []string{"'", "\""} {
			if take(q) {
				v, after, ok := strings.Cut(rest, q)
				rest = after
				return v, ok
			}
		}
		return "", false
	}
	seen := map[string]bool{}
	if !take("{") {
		return d, errors.New("no dict")
	}
	for !take("}") {
		key, ok := quoted()
		if !ok || !take(":") || seen[key] {
			return d, errors.New("a key is malformed")
		}
		seen[key] = true
		switch key {
		case "descr":
			if d.descr, ok = quoted(); !ok {
				return d, errors.New("the dtype is not a simple one")
			}
		case "fortran_order":
			switch {
			case take("True"):
				d.fortran = true
			case take("False"):
			default:
				return d, errors.New("fortran_order is neither True nor False")
			}
		case "shape":
			if !take("(") {
				return d, errors.New("the shape is no tuple")
			}
			inner, after, ok := strings.Cut(rest, ")")
			rest = after
			if !ok {
				return d, errors.New("the shape is no tuple")
			}
			for part := range strings.SplitSeq(inner, ",") {
				part = strings.TrimSuffix(strings.TrimSpace(part), "L")
				if part == "" {
					continue
				}
				n, err := strconv.ParseInt(part, 10, 64)
				if err != nil || n < 0 || len(d.shape) == maxDims {
					return d, fmt.Errorf("the shape (%s) is not 0 to %d sizes", inner, maxDims)
				}
				d.shape = append(d.shape, n)
			}
		default:
			return d, fmt.Errorf("the key %q is not known", key)
		}
		take(",")
	}
	if !seen["descr"] || !seen["fortran_order"] || !seen["shape"] || strings.TrimSpace(rest) != "" {
		return d, errors.New("it does not hold exactly descr, fortran_order and shape")
	}
	return d, nil
}

// Prefix is what stands before the data of a .npy file.
func Prefix(kind gpu.Type, shape []int64) []byte {
	var dims strings.Builder
	for _, d := range shape {
		fmt.Fprintf(&dims, "%d, ", d)
	}
	tuple := strings.TrimSuffix(dims.String(), " ")
	if len(shape) > 1 {
		tuple = strings.TrimSuffix(tuple, ",")
	}
	dict := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", types[kind], tuple)
	pad := (64 - (10+len(dict)+1)%64) % 64
	var b bytes.Buffer
	b.WriteString(magic + "\x01\x00")
	b.Write(binary.LittleEndian.AppendUint16(nil, uint16(len(dict)+pad+1)))
	b.WriteString(dict + strings.Repeat(" ", pad) + "\n")
	return b.Bytes()
}
