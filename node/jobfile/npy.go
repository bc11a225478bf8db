package jobfile

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

// The .npy format: magic, version, header length, and a Python dict literal padded so that the data starts at a multiple of
// 64. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
const (
	npyMagic     = "\x93NUMPY"
	maxNpyHeader = 64 << 10
	maxDims      = 8
)

var npyTypes = map[gpu.Type]string{gpu.F32: "<f4", gpu.I32: "<i4", gpu.U32: "<u4"}

// npyHeader is what a .npy file says of the data that follows.
type npyHeader struct {
	kind  gpu.Type
	shape []int64
	bytes int64 // length of magic, version and header
}

// readNpyHeader reads up to the data. It knows versions 1 and 2 and 4-byte little-endian elements in C order.
func readNpyHeader(r io.Reader) (npyHeader, error) {
	var h npyHeader
	short := errors.New("it is not a .npy file")
	fixed := make([]byte, 8)
	if _, err := io.ReadFull(r, fixed); err != nil || string(fixed[:6]) != npyMagic {
		return h, short
	}
	var n int
	switch fixed[6] {
	case 1:
		var b [2]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return h, short
		}
		n, h.bytes = int(binary.LittleEndian.Uint16(b[:])), 10
	case 2:
		var b [4]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return h, short
		}
		n, h.bytes = int(min(binary.LittleEndian.Uint32(b[:]), maxNpyHeader+1)), 12
	default:
		return h, fmt.Errorf("it has .npy version %d; versions 1 and 2 are read here", fixed[6])
	}
	if n > maxNpyHeader {
		return h, fmt.Errorf("its .npy header is over %d bytes", maxNpyHeader)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return h, short
	}
	h.bytes += int64(n)
	d, err := parseNpyDict(string(text))
	if err != nil {
		return h, fmt.Errorf("its .npy header is damaged: %w", err)
	}
	if d.fortran {
		return h, errors.New("its data is in Fortran order; save numpy.ascontiguousarray(x) instead")
	}
	switch d.descr {
	case "<f4", "=f4":
		h.kind = gpu.F32
	case "<i4", "=i4":
		h.kind = gpu.I32
	case "<u4", "=u4":
		h.kind = gpu.U32
	default:
		return h, fmt.Errorf("its dtype is %q; buffers hold float32, int32 or uint32, so save x.astype(\"%s\") instead", d.descr, nearest(d.descr))
	}
	h.shape = d.shape
	return h, nil
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

type npyDict struct {
	descr   string
	fortran bool
	shape   []int64
}

// parseNpyDict reads the dict literal that numpy writes: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }.
func parseNpyDict(s string) (d npyDict, err error) {
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

// npyPrefix is what stands before the data of a .npy file.
func npyPrefix(kind gpu.Type, shape []int64) []byte {
	var dims strings.Builder
	for _, d := range shape {
		fmt.Fprintf(&dims, "%d, ", d)
	}
	tuple := strings.TrimSuffix(dims.String(), " ")
	if len(shape) > 1 {
		tuple = strings.TrimSuffix(tuple, ",")
	}
	dict := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", npyTypes[kind], tuple)
	pad := (64 - (10+len(dict)+1)%64) % 64
	var b bytes.Buffer
	b.WriteString(npyMagic + "\x01\x00")
	b.Write(binary.LittleEndian.AppendUint16(nil, uint16(len(dict)+pad+1)))
	b.WriteString(dict + strings.Repeat(" ", pad) + "\n")
	return b.Bytes()
}
