package recipe

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/gif" // decoders of what people have
	_ "image/jpeg"
	_ "image/png"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomlx/compute/dtypes"

	"gpumesh/gpu"
	"gpumesh/gpu/dataset"
	"gpumesh/gpu/gomlx"
)

// Question is a program that predicts for examples, with its inputs.
type Question struct {
	Compiled *gomlx.Compiled
	Inputs   map[string][]byte
	Examples int
	rows     int // of the output: examples, and some that fill the last batch
}

// maxPixels bounds an image that is read.
const maxPixels = 1 << 26

// Ask reads examples from a file (PNG, JPEG or GIF; .npy; IDX; CSV without labels) and compiles what predicts for them. scale is the
// factor that the model's training applied to its numbers; 0 is that of IDX files of bytes, and 1 for the others. The numbers of an
// image are 0 to 1 from black to white, or the other way round with invert. values may be nil only of a model that has its own.
func Ask(path string, m gomlx.Model, values map[string][]byte, scale float64, invert bool, target gpu.AdapterType) (*Question, error) {
	if len(m.Inputs) != 1 || m.Inputs[0].DType != dtypes.Float32 {
		return nil, gpu.Errorf(gpu.InvalidInput, "the model takes no examples of numbers")
	}
	dims, each := m.Inputs[0].Dims, 1
	for _, d := range dims {
		each *= d
	}
	var x dataset.Tensor
	if err := open(path, func(f io.Reader) (err error) {
		switch ext := strings.ToLower(filepath.Ext(strings.TrimSuffix(path, ".gz"))); ext {
		case ".png", ".jpg", ".jpeg", ".gif":
			x, err = picture(f, dims, invert)
			return err
		case ".csv":
			var t dataset.Table
			t, err = dataset.ReadCSV(f, "")
			x = t.X
		case ".npy":
			x, err = dataset.ReadNPY(f)
		default:
			if x, err = dataset.ReadIDX(f); err != nil {
				return fmt.Errorf("%w; examples are files of .png, .jpg, .gif, .npy, .idx or .csv", err)
			}
			if scale == 0 && x.Type == gpu.U32 {
				scale = 1.0 / 255
			}
		}
		if err != nil {
			return err
		}
		if scale == 0 {
			scale = 1
		}
		x = x.Floats(scale)
		return nil
	}); err != nil {
		return nil, gpu.Errorf(gpu.InvalidInput, "%v", err)
	}
	n := x.Len() / each
	if one := slices.Equal(x.Dims, dims); n < 1 || x.Len() != n*each || !one && x.Dims[0] != n {
		return nil, gpu.Errorf(gpu.InvalidInput, "%s: its shape is %v, and an example of the model is %v", filepath.Base(path), x.Dims, dims)
	}
	batch := min(n, testBatch)
	batches := (n + batch - 1) / batch
	c, err := gomlx.CompileInfer(gomlx.Infer{Model: m, Batch: batch, Batches: batches, Values: values, Target: target})
	if err != nil {
		return nil, err
	}
	if values != nil {
		if err := Complete(c, values); err != nil {
			return nil, err
		}
	}
	q := &Question{Compiled: c, Inputs: map[string][]byte{}, Examples: n, rows: batch * batches}
	for name, b := range c.Inputs {
		q.Inputs[name] = b
	}
	q.Inputs[m.Inputs[0].Name] = append(slices.Clone(x.Data), make([]byte, 4*each*(batch*batches-n))...)
	return q, nil
}

// Answers are the numbers that the model predicts for each example, from the content of the output.
func (q *Question) Answers(output []byte) [][]float64 {
	each := len(output) / 4 / q.rows
	list := make([][]float64, q.Examples)
	for i := range list {
		for k := range each {
			list[i] = append(list[i], float64(math.Float32frombits(binary.LittleEndian.Uint32(output[4*(i*each+k):]))))
		}
	}
	return list
}

// Probabilities makes numbers per class into probabilities: as they are when they are some, else by softmax.
func Probabilities(numbers []float64) []float64 {
	out, sum := slices.Clone(numbers), 0.0
	for _, v := range numbers {
		sum += v
	}
	if slices.Min(numbers) >= 0 && math.Abs(sum-1) < 1e-4 {
		return out
	}
	top := slices.Max(numbers)
	sum = 0
	for i, v := range numbers {
		out[i] = math.Exp(v - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// picture reads an image as an example: as gray or in colours as the model has channels, which may come first or last, and made as
// large as the model wants it, by the mean of the pixels that lie under each.
func picture(r io.Reader, dims []int, invert bool) (dataset.Tensor, error) {
	none := dataset.Tensor{}
	var rows, columns, channels int
	first := false
	switch {
	case len(dims) == 1:
		rows = int(math.Sqrt(float64(dims[0])))
		columns, channels = rows, 1
		if rows*rows != dims[0] {
			return none, fmt.Errorf("the model takes %d numbers, which are no square image", dims[0])
		}
	case len(dims) == 2:
		rows, columns, channels = dims[0], dims[1], 1
	case len(dims) == 3 && (dims[2] == 1 || dims[2] == 3):
		rows, columns, channels = dims[0], dims[1], dims[2]
	case len(dims) == 3 && (dims[0] == 1 || dims[0] == 3):
		channels, rows, columns, first = dims[0], dims[1], dims[2], true
	default:
		return none, fmt.Errorf("the model takes examples of shape %v, which are no images in gray or in colours", dims)
	}
	b, err := io.ReadAll(io.LimitReader(r, maxText)) // both the size and the pixels are read from it
	if err != nil {
		return none, err
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return none, fmt.Errorf("it is not an image in PNG, JPEG or GIF: %w", err)
	}
	if size.Width < 1 || size.Height < 1 || size.Width > maxPixels/size.Height {
		return none, fmt.Errorf("the image has %d x %d pixels; at most %d are read", size.Width, size.Height, maxPixels)
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return none, fmt.Errorf("the image is damaged: %w", err)
	}
	t := dataset.Tensor{Type: gpu.F32, Dims: dims, Data: make([]byte, 4*rows*columns*channels)}
	for y := range rows {
		for x := range columns {
			pixel := mean(img, x, y, columns, rows)
			if channels == 1 {
				pixel[0] = (299*pixel[0] + 587*pixel[1] + 114*pixel[2]) / 1000
			}
			for c := range channels {
				at := (y*columns+x)*channels + c
				if first {
					at = (c*rows+y)*columns + x
				}
				if invert {
					pixel[c] = 1 - pixel[c]
				}
				binary.LittleEndian.PutUint32(t.Data[4*at:], math.Float32bits(float32(pixel[c])))
			}
		}
	}
	return t, nil
}

// mean is the mean colour of what lies under a pixel of a grid over the image; what is transparent is black.
func mean(img image.Image, x, y, columns, rows int) [3]float64 {
	b := img.Bounds()
	left, right := b.Min.X+x*b.Dx()/columns, b.Min.X+max((x+1)*b.Dx()/columns, x*b.Dx()/columns+1)
	top, bottom := b.Min.Y+y*b.Dy()/rows, b.Min.Y+max((y+1)*b.Dy()/rows, y*b.Dy()/rows+1)
	var sum [3]float64
	for v := top; v < bottom; v++ {
		for u := left; u < right; u++ {
			r, g, b, _ := img.At(u, v).RGBA()
			for i, c := range [3]uint32{r, g, b} {
				sum[i] += float64(c) / 0xffff
			}
		}
	}
	for i := range sum {
		sum[i] /= float64((right - left) * (bottom - top))
	}
	return sum
}
