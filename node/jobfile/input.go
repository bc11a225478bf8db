package jobfile

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gpumesh/gpu"
	"gpumesh/gpu/npy"
	"gpumesh/market"
)

const maxPixels = 1 << 26 // of a PNG

// boundInput is an input of the job with its file.
type boundInput struct {
	name  string
	path  string
	kind  gpu.Type
	shape []int64
	size  uint64 // bytes of the data
	skip  int64  // bytes of the file before the data
	data  []byte // of a PNG, which must be decoded
	raw   bool   // the file does not say its type and shape
}

func (in *boundInput) open() (io.ReadCloser, error) {
	if in.data != nil {
		return io.NopCloser(bytes.NewReader(in.data)), nil
	}
	f, err := os.Open(in.path)
	if err != nil {
		return nil, fileError(in.path, err)
	}
	s, err := f.Stat()
	if err == nil && s.Size() != in.skip+int64(in.size) {
		err = &Error{File: in.path, Msg: "the file has changed since it was checked"}
	}
	if err == nil {
		_, err = f.Seek(in.skip, io.SeekStart)
	}
	if err != nil {
		_ = f.Close() // read only
		return nil, err
	}
	return f, nil
}

// bindInputs finds the file of every input, reads what it says of itself, and binds the names in the shapes.
func bindInputs(s *scope, dir string, files map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if _, ok := s.src.Inputs[name]; !ok {
			return &Error{File: s.src.name, Msg: fmt.Sprintf("there is no input %q to give a file to; the job has: %s", name, list(s.src.Inputs))}
		}
	}
	names := slices.Sorted(maps.Keys(s.src.Inputs))
	for _, name := range names {
		def := s.src.Inputs[name]
		if _, ok := s.src.Let[name]; ok {
			return s.src.fail([]any{"let", name}, "%q is an input and also stands in let", name)
		}
		path := files[name]
		if path == "" && def.File != "" {
			path = filepath.Join(dir, def.File)
			if filepath.IsAbs(def.File) {
				path = def.File
			}
		}
		if path == "" {
			return s.src.fail([]any{"inputs", name}, "the input %q has no file; add -i %s=FILE", name, name)
		}
		in, err := openInput(name, path)
		if err != nil {
			return err
		}
		switch t := gpu.Type(def.Type); {
		case def.Type == "" && !in.raw:
		case t != gpu.F32 && t != gpu.I32 && t != gpu.U32:
			return s.src.fail([]any{"inputs", name}, "type is %q; it must be f32, i32 or u32", def.Type)
		case in.raw:
			in.kind = t
		case in.kind != t:
			return s.src.fail([]any{"inputs", name}, "the input %q is %s, but %s holds %s", name, t, path, in.kind)
		}
		s.inputs[name] = in
	}
	for _, name := range names {
		if def := s.src.Inputs[name]; def.Shape != nil && !s.inputs[name].raw {
			if err := s.bindShape(name, *def.Shape); err != nil {
				return err
			}
		}
	}
	for _, name := range names {
		if err := s.checkShape(name); err != nil {
			return err
		}
	}
	return nil
}

// bindShape binds the dimensions that are plain names and not known otherwise.
func (s *scope) bindShape(name string, shape []expression) error {
	in := s.inputs[name]
	if len(shape) != len(in.shape) {
		return s.src.fail([]any{"inputs", name, "shape"}, "the input %q has %d dimensions, but %s has %d (%v)", name, len(shape), in.path, len(in.shape), in.shape)
	}
	for i, e := range shape {
		if id, ok := e.identifier(); ok && !s.knows(id) {
			s.sizes[id] = in.shape[i]
		}
	}
	return nil
}

func (s *scope) knows(id string) bool {
	_, let := s.src.Let[id]
	_, size := s.sizes[id]
	_, input := s.inputs[id]
	_, set := s.set[id]
	return let || size || input || set
}

// checkShape compares an input with its shape. A raw file may leave one plain name to be found from its length.
func (s *scope) checkShape(name string) error {
	def, in := s.src.Inputs[name], s.inputs[name]
	at := []any{"inputs", name, "shape"}
	if def.Shape == nil {
		if in.raw {
			in.shape = []int64{int64(in.size / 4)}
		}
		return nil
	}
	want := make([]int64, len(*def.Shape))
	open := -1
	for i, e := range *def.Shape {
		if id, ok := e.identifier(); ok && in.raw && open < 0 && !s.knows(id) {
			open, want[i] = i, 1
			continue
		}
		var err error
		if want[i], err = s.eval(e); err != nil {
			return err
		}
	}
	size, err := product(want)
	if err != nil {
		return s.src.fail(at, "the input %q: %v", name, err)
	}
	if open >= 0 {
		if in.size%size != 0 {
			return s.src.fail(at, "%s has %d bytes, which is not a multiple of %d", in.path, in.size, size)
		}
		want[open] = int64(in.size / size)
		id, _ := (*def.Shape)[open].identifier()
		s.sizes[id] = want[open]
		size = in.size
	}
	if in.raw && in.size != size {
		return s.src.fail(at, "the input %q has the shape %v, which is %d bytes, but %s has %d", name, want, size, in.path, in.size)
	}
	if !in.raw && !slices.Equal(want, in.shape) {
		return s.src.fail(at, "the input %q has the shape %v, but %s has %v", name, want, in.path, in.shape)
	}
	in.shape = want
	return nil
}

// openInput reads what a file says of itself: .npy, .png, or raw bytes.
func openInput(name, path string) (*boundInput, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	defer func() { _ = f.Close() }() // read only
	st, err := f.Stat()
	switch {
	case err != nil:
		return nil, fileError(path, err)
	case !st.Mode().IsRegular():
		return nil, &Error{File: path, Msg: "it is not a regular file"}
	case st.Size() > market.MaxTotal:
		return nil, &Error{File: path, Msg: fmt.Sprintf("it has %d bytes; a task takes at most %d", st.Size(), int64(market.MaxTotal))}
	}
	in := &boundInput{name: name, path: path, size: uint64(st.Size())}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".npy":
		h, err := npy.Read(bufio.NewReader(f))
		if err == nil {
			in.kind, err = h.Type()
		}
		if err != nil {
			return nil, &Error{File: path, Msg: err.Error()}
		}
		in.shape, in.skip = h.Shape, h.Bytes
		if in.size, err = product(h.Shape); err != nil {
			return nil, &Error{File: path, Msg: err.Error()}
		}
		if got := st.Size() - h.Bytes; got != int64(in.size) {
			return nil, &Error{File: path, Msg: fmt.Sprintf("its header promises %d bytes of data, and it has %d", in.size, got)}
		}
	case ".png":
		if in.shape, in.data, err = readPNG(f); err != nil {
			return nil, &Error{File: path, Msg: err.Error()}
		}
		in.kind, in.size = gpu.U32, uint64(len(in.data))
	default:
		in.raw = true
		if in.size == 0 || in.size%4 != 0 {
			return nil, &Error{File: path, Msg: fmt.Sprintf("it has %d bytes; buffers hold 4-byte elements, so pad it to a multiple of 4", in.size)}
		}
	}
	return in, nil
}

// readPNG returns the picture's [height, width] and its pixels: one u32 each, red in the lowest byte, alpha in the highest.
func readPNG(r io.ReadSeeker) ([]int64, []byte, error) {
	c, err := png.DecodeConfig(r)
	if err != nil {
		return nil, nil, fmt.Errorf("it is not a PNG that can be read: %v", err)
	}
	if int64(c.Width)*int64(c.Height) > maxPixels {
		return nil, nil, fmt.Errorf("it has %d x %d pixels; at most %d together are read", c.Width, c.Height, maxPixels)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	m, err := png.Decode(bufio.NewReader(r))
	if err != nil {
		return nil, nil, fmt.Errorf("it is not a PNG that can be read: %v", err)
	}
	b := m.Bounds()
	pixels := make([]byte, 0, 4*b.Dx()*b.Dy())
	if n, ok := m.(*image.NRGBA); ok {
		for y := range b.Dy() {
			pixels = append(pixels, n.Pix[y*n.Stride:][:4*b.Dx()]...)
		}
	} else {
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				p := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
				pixels = append(pixels, p.R, p.G, p.B, p.A)
			}
		}
	}
	return []int64{int64(b.Dy()), int64(b.Dx())}, pixels, nil
}

// list names the keys of a map for messages.
func list[V any](m map[string]V) string {
	if len(m) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}
