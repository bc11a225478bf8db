package dataset_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/dataset"
)

func floats(list ...float32) []byte {
	var b []byte
	for _, x := range list {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

func idx(kind byte, dims []uint32, data ...byte) []byte {
	b := []byte{0, 0, kind, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, d)
	}
	return append(b, data...)
}

func TestIDX(t *testing.T) {
	images := idx(8, []uint32{2, 2, 3}, 0, 1, 2, 3, 4, 255, 6, 7, 8, 9, 10, 11)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write(images)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	for _, file := range [][]byte{images, packed.Bytes()} {
		got, err := dataset.ReadIDX(bytes.NewReader(file))
		require.NoError(t, err)
		require.Equal(t, gpu.U32, got.Type)
		require.Equal(t, []int{2, 2, 3}, got.Dims)
		require.Equal(t, uint32(255), got.Word(5))
		require.InDelta(t, 1, got.Floats(1.0/255).Float(5), 1e-6)
	}
	got, err := dataset.ReadIDX(bytes.NewReader(idx(0x0D, []uint32{1}, 0x3f, 0xc0, 0, 0)))
	require.NoError(t, err)
	require.Equal(t, 1.5, got.Float(0))
	for want, file := range map[string][]byte{
		"not an IDX file":        []byte("RIFF1234"),
		"ends after 0 of 4":      idx(8, []uint32{4}, 1, 2),
		"more than":              idx(8, []uint32{1 << 31, 1 << 31}),
		"ends in its header":     {0, 0, 8, 2, 0, 0},
		"type 0x7, 1 dimensions": idx(7, []uint32{1}, 1),
		"damaged gzip":           {0x1f, 0x8b, 0},
	} {
		_, err := dataset.ReadIDX(bytes.NewReader(file))
		require.ErrorContains(t, err, want)
	}
}

func TestCSV(t *testing.T) {
	got, err := dataset.ReadCSV(strings.NewReader("length,width,kind\n1.5,2,rose\n3,4,lily\n# remark\n5,6,rose\n"), "kind")
	require.NoError(t, err)
	require.Equal(t, []string{"length", "width"}, got.Columns)
	require.Equal(t, []string{"lily", "rose"}, got.Classes)
	require.Equal(t, []int{3, 2}, got.X.Dims)
	require.Equal(t, floats(1.5, 2, 3, 4, 5, 6), got.X.Data)
	require.Equal(t, []float64{1, 0, 1}, []float64{got.Y.Float(0), got.Y.Float(1), got.Y.Float(2)})

	got, err = dataset.ReadCSV(strings.NewReader("2,0.5\n0,0.25\n"), "0")
	require.NoError(t, err)
	require.Nil(t, got.Columns)
	require.Equal(t, []string{"0", "1", "2"}, got.Classes)
	require.Equal(t, floats(0.5, 0.25), got.X.Data)
	require.Equal(t, 2.0, got.Y.Float(0))

	for want, c := range map[string][2]string{
		"there is no column":       {"a,b\n1,2\n", "c"},
		"line 3, column 1":         {"a,b\n1,2\nx,2\n", "b"},
		"not a CSV file":           {"1,2\n3\n", "-1"},
		"no rows of numbers":       {"a,b\n", "b"},
		"there is no column \"5\"": {"1,2\n", "5"},
	} {
		_, err := dataset.ReadCSV(strings.NewReader(c[0]), c[1])
		require.ErrorContains(t, err, want)
	}
}

func TestNPY(t *testing.T) {
	want := dataset.Tensor{Type: gpu.F32, Dims: []int{2, 2}, Data: floats(1, 2, 3, 4)}
	var b bytes.Buffer
	require.NoError(t, dataset.WriteNPY(&b, want))
	got, err := dataset.ReadNPY(bytes.NewReader(b.Bytes()))
	require.NoError(t, err)
	require.Equal(t, want, got)
	_, err = dataset.ReadNPY(bytes.NewReader(b.Bytes()[:b.Len()-1]))
	require.ErrorContains(t, err, "ends after 0 of 4")

	wide := bytes.Replace(b.Bytes(), []byte("<f4"), []byte("<f8"), 1)
	wide = binary.LittleEndian.AppendUint64(wide[:len(wide)-16], math.Float64bits(0.5))
	wide = append(wide, make([]byte, 24)...)
	got, err = dataset.ReadNPY(bytes.NewReader(wide))
	require.NoError(t, err)
	require.Equal(t, floats(0.5, 0, 0, 0), got.Data)
	large := bytes.Replace(wide, []byte("<f8"), []byte("<i8"), 1)
	_, err = dataset.ReadNPY(bytes.NewReader(large))
	require.ErrorContains(t, err, "element 0 does not fit into 32 bits")
}

func TestSafetensors(t *testing.T) {
	want := map[string]dataset.Tensor{
		"a.weights": {Type: gpu.F32, Dims: []int{2, 2}, Data: floats(1, -2, 3, 0.5)},
		"b":         {Type: gpu.I32, Dims: []int{1}, Data: []byte{255, 255, 255, 255}},
		"scalar":    {Type: gpu.U32, Dims: []int{}, Data: []byte{7, 0, 0, 0}},
	}
	var b bytes.Buffer
	require.NoError(t, dataset.WriteSafetensors(&b, want, map[string]string{"format": "gpumesh"}))
	require.Zero(t, (8+binary.LittleEndian.Uint64(b.Bytes()))%8)
	got, meta, err := dataset.ReadSafetensors(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, map[string]string{"format": "gpumesh"}, meta)
	var again bytes.Buffer
	require.NoError(t, dataset.WriteSafetensors(&again, got, meta))
	require.Equal(t, b.Bytes(), again.Bytes())

	file := func(header string, data ...byte) []byte {
		return append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...), data...)
	}
	got, _, err = dataset.ReadSafetensors(bytes.NewReader(file(`{"x":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}`, 0x80, 0x3f, 0, 0xc0)), 8+55+4)
	require.NoError(t, err)
	require.Equal(t, floats(1, -2), got["x"].Data)
	for want, f := range map[string][]byte{
		"not a safetensors file":       []byte("short"),
		"header would have":            binary.LittleEndian.AppendUint64(nil, 1<<40),
		"is not a safetensors file: i": file("nonsense"),
		"do not hold":                  file(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}`, 0, 0, 0, 0),
		"bytes 0 to 8 of 4":            file(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 0, 0, 0, 0),
		"type \"C64\"":                 file(`{"x":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}`, make([]byte, 8)...),
	} {
		_, _, err := dataset.ReadSafetensors(bytes.NewReader(f), int64(len(f)))
		require.ErrorContains(t, err, want)
	}
}

const rhyme = "the cat sat on the mat and the rat sat on the hat\nthe bat sat with the gnat\n"

func TestTokenizer(t *testing.T) {
	text := []byte(strings.Repeat(rhyme, 3) + "naïve \xff")
	plain := new(dataset.Tokenizer)
	require.Len(t, plain.Encode(text), len(text))
	bpe, err := dataset.TrainTokenizer(text, 280)
	require.NoError(t, err)
	again, err := dataset.TrainTokenizer(text, 280)
	require.NoError(t, err)
	require.Equal(t, bpe, again)
	require.Equal(t, [2]uint32{'a', 't'}, bpe.Merges[0], "the commonest pair")
	tokens := bpe.Encode(text)
	require.Less(t, len(tokens), len(text)/2)
	var file bytes.Buffer
	require.NoError(t, bpe.Write(&file))
	read, err := dataset.ReadTokenizer(&file)
	require.NoError(t, err)
	for _, k := range []*dataset.Tokenizer{plain, bpe, read} {
		back, err := k.Decode(k.Encode(text))
		require.NoError(t, err)
		require.Equal(t, text, back)
	}
	_, err = plain.Decode([]uint32{256})
	require.ErrorContains(t, err, "token 256")
	_, err = dataset.ReadTokenizer(strings.NewReader(`{"merges":[[97,256]]}`))
	require.ErrorContains(t, err, "does not exist yet")
	_, err = dataset.TrainTokenizer(text, 100)
	require.ErrorContains(t, err, "256 to")
}

func TestWindows(t *testing.T) {
	tokens := new(dataset.Tokenizer).Encode([]byte(rhyme))
	x, y, err := dataset.Windows(tokens, 8, 50, 1)
	require.NoError(t, err)
	require.Equal(t, []int{50, 8}, x.Dims)
	for i := range 50 {
		var window []byte
		for k := range 8 {
			window = append(window, byte(x.Word(8*i+k)))
			if k > 0 {
				require.Equal(t, x.Word(8*i+k), y.Word(8*i+k-1))
			}
		}
		require.Contains(t, rhyme, string(append(window, byte(y.Word(8*i+7)))))
	}
	again, _, err := dataset.Windows(tokens, 8, 50, 1)
	require.NoError(t, err)
	require.Equal(t, x, again)
	_, _, err = dataset.Windows(tokens, len(tokens), 1, 1)
	require.ErrorContains(t, err, "a window takes")

	a, b, err := dataset.Shuffle(x, dataset.Tensor{Type: gpu.I32, Dims: []int{50}, Data: x.Data[:200]}, 3)
	require.NoError(t, err)
	require.NotEqual(t, x.Data, a.Data)
	require.Len(t, b.Data, 200)
	_, _, err = dataset.Shuffle(x, dataset.Tensor{Dims: []int{3}}, 3)
	require.ErrorContains(t, err, "50 examples and 3 labels")
}

func FuzzSafetensors(f *testing.F) {
	var b bytes.Buffer
	if err := dataset.WriteSafetensors(&b, map[string]dataset.Tensor{"a": {Type: gpu.F32, Dims: []int{1}, Data: floats(1)}}, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		got, _, err := dataset.ReadSafetensors(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for _, x := range got {
			require.LessOrEqual(t, x.Len(), len(b))
		}
	})
}
