package jobfile

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gpumesh/gpu"
	"gpumesh/gpu/npy"
	"gpumesh/market"
)

// Output is a file that the job's owner gets: the outputs of one or more tasks, one after the other.
type Output struct {
	Name  string
	File  string // base name; its extension is the format: .npy, .png, .csv, and raw bytes for every other
	Type  gpu.Type
	Shape []int64 // of the whole
	Size  uint64  // bytes of data
	Parts []market.From
}

const maxTable = 1 << 24 // elements of a CSV file

// check says why the output cannot be written in the format of its file.
func (o *Output) check() error {
	switch filepath.Ext(o.File) {
	case ".png":
		if o.Type != gpu.U32 || len(o.Shape) != 2 {
			return fmt.Errorf("a .png needs the type u32 and a shape [height, width]; this output is %s %v", o.Type, o.Shape)
		}
		if o.Size/4 > maxPixels {
			return fmt.Errorf("a .png has at most %d pixels; this output has %d", maxPixels, o.Size/4)
		}
	case ".csv":
		if len(o.Shape) > 2 || o.Size/4 > maxTable {
			return fmt.Errorf("a .csv needs at most 2 dimensions and %d elements; this output is %v", maxTable, o.Shape)
		}
	}
	return nil
}

// Write makes the file in dir from the output's data, which r must hold exactly. The file appears only when it is complete.
func (o *Output) Write(dir string, r io.Reader) (path string, err error) {
	path = filepath.Join(dir, o.File)
	f, err := os.CreateTemp(dir, "."+o.File+".*")
	if err != nil {
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	w := bufio.NewWriterSize(f, 256<<10)
	err = o.encode(w, io.LimitReader(r, int64(o.Size)))
	err = errors.Join(err, w.Flush(), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	return path, nil
}

func (o *Output) encode(w io.Writer, r io.Reader) error {
	switch filepath.Ext(o.File) {
	case ".png":
		m := image.NewNRGBA(image.Rect(0, 0, int(o.Shape[1]), int(o.Shape[0])))
		if _, err := io.ReadFull(r, m.Pix); err != nil {
			return err
		}
		return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, m)
	case ".csv":
		return o.encodeCSV(w, r)
	case ".npy":
		if _, err := w.Write(npy.Prefix(o.Type, o.Shape)); err != nil {
			return err
		}
	}
	n, err := io.Copy(w, r)
	if err == nil && uint64(n) != o.Size {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// encodeCSV writes one line per row; a single dimension becomes one value per line.
func (o *Output) encodeCSV(w io.Writer, r io.Reader) error {
	columns := uint64(1)
	if len(o.Shape) == 2 {
		columns = uint64(o.Shape[1])
	}
	buf := bufio.NewReader(r)
	var e [4]byte
	var line []byte
	for i := range o.Size / 4 {
		if _, err := io.ReadFull(buf, e[:]); err != nil {
			return err
		}
		line = append(line, number(o.Type, binary.LittleEndian.Uint32(e[:]))...)
		if (i+1)%columns != 0 {
			line = append(line, ',')
			continue
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
		line = line[:0]
	}
	return nil
}

func number(t gpu.Type, bits uint32) string {
	switch t {
	case gpu.F32:
		return strconv.FormatFloat(float64(math.Float32frombits(bits)), 'g', -1, 32)
	case gpu.I32:
		return strconv.FormatInt(int64(int32(bits)), 10)
	}
	return strconv.FormatUint(uint64(bits), 10)
}

// validFile accepts a plain file name.
func validFile(name string) bool {
	return name != "" && len(name) <= 128 && name == filepath.Base(name) && !strings.HasPrefix(name, ".") && !strings.ContainsAny(name, "/\\:\x00")
}
