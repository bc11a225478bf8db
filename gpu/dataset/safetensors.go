package dataset

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"gpumesh/gpu"
)

// maxHeader bounds the JSON header of a safetensors file, as its reference reader does.
const maxHeader = 100 << 20

// entry describes a tensor in the header: https://huggingface.co/docs/safetensors
type entry struct {
	Type    string    `json:"dtype"`
	Shape   []int     `json:"shape"`
	Offsets [2]uint64 `json:"data_offsets"`
}

var safeElements = map[string]element{
	"F64": f64, "F32": f32, "F16": f16, "BF16": bf16, "I64": i64, "I32": i32, "I16": i16, "I8": i8, "U64": u64, "U32": u32, "U16": u16, "U8": u8, "BOOL": u8,
}

var safeNames = map[gpu.Type]string{gpu.F32: "F32", gpu.I32: "I32", gpu.U32: "U32"}

// ReadSafetensors reads all tensors of a file of n bytes, in 32 bits per element, and its metadata.
func ReadSafetensors(r io.ReaderAt, n int64) (map[string]Tensor, map[string]string, error) {
	var head [8]byte
	if _, err := r.ReadAt(head[:], 0); err != nil {
		return nil, nil, fmt.Errorf("it is not a safetensors file")
	}
	size := binary.LittleEndian.Uint64(head[:])
	if size > maxHeader || int64(size) > n-8 {
		return nil, nil, fmt.Errorf("it is not a safetensors file: its header would have %d bytes", size)
	}
	text := make([]byte, size)
	if _, err := r.ReadAt(text, 8); err != nil {
		return nil, nil, fmt.Errorf("its header cannot be read: %w", err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, nil, fmt.Errorf("it is not a safetensors file: %w", err)
	}
	var meta map[string]string
	out := make(map[string]Tensor)
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		if name == "__metadata__" {
			if err := json.Unmarshal(raw[name], &meta); err != nil {
				return nil, nil, fmt.Errorf("its metadata is no map of texts")
			}
			continue
		}
		var e entry
		if err := json.Unmarshal(raw[name], &e); err != nil {
			return nil, nil, fmt.Errorf("tensor %q: %w", clip(name), err)
		}
		t, err := e.read(r, 8+int64(size), n)
		if err != nil {
			return nil, nil, fmt.Errorf("tensor %q: %w", clip(name), err)
		}
		out[name] = t
	}
	return out, meta, nil
}

func (e *entry) read(r io.ReaderAt, base, n int64) (Tensor, error) {
	kind, ok := safeElements[e.Type]
	if !ok {
		return Tensor{}, fmt.Errorf("elements of type %q are not read here", clip(e.Type))
	}
	count, ok := size(e.Shape)
	begin, end := e.Offsets[0], e.Offsets[1]
	if !ok || end < begin || end > uint64(n-base) || end-begin != uint64(count*kind.size) {
		return Tensor{}, fmt.Errorf("bytes %d to %d of %d do not hold %v elements of type %s", begin, end, n-base, e.Shape, e.Type)
	}
	return read(io.NewSectionReader(r, base+int64(begin), int64(end-begin)), kind, binary.LittleEndian, e.Shape)
}

// WriteSafetensors writes tensors in the order of their names. The same tensors are the same bytes.
func WriteSafetensors(w io.Writer, tensors map[string]Tensor, meta map[string]string) error {
	header := make(map[string]any, len(tensors)+1)
	at := uint64(0)
	names := slices.Sorted(maps.Keys(tensors))
	for _, name := range names {
		t := tensors[name]
		dims := t.Dims
		if dims == nil {
			dims = []int{}
		}
		header[name] = entry{safeNames[t.Type], dims, [2]uint64{at, at + uint64(len(t.Data))}}
		at += uint64(len(t.Data))
	}
	if len(meta) > 0 {
		header["__metadata__"] = meta
	}
	text, err := json.Marshal(header) // maps in order of their keys
	if err != nil {
		return err
	}
	text = append(text, bytes.Repeat([]byte{' '}, (8-len(text)%8)%8)...)
	if _, err := w.Write(append(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text...)); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := w.Write(tensors[name].Data); err != nil {
			return err
		}
	}
	return nil
}
