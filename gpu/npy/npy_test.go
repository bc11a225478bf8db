package npy_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/npy"
)

func TestNpy(t *testing.T) {
	for _, shape := range [][]int64{{}, {7}, {2, 3}, {1, 2, 3, 4}} {
		for _, kind := range []gpu.Type{gpu.F32, gpu.I32, gpu.U32} {
			prefix := npy.Prefix(kind, shape)
			require.Zero(t, len(prefix)%64)
			h, err := npy.Read(bytes.NewReader(prefix))
			require.NoError(t, err)
			got, err := h.Type()
			require.NoError(t, err)
			require.Equal(t, kind, got)
			require.Equal(t, len(shape), len(h.Shape))
			for i := range shape {
				require.Equal(t, shape[i], h.Shape[i])
			}
			require.Equal(t, int64(len(prefix)), h.Bytes)
		}
	}
	require.Contains(t, string(npy.Prefix(gpu.F32, []int64{7})), "'shape': (7,), }")
	header := func(version byte, dict string) []byte {
		b := append([]byte("\x93NUMPY"), version, 0)
		if version == 1 {
			b = binary.LittleEndian.AppendUint16(b, uint16(len(dict)))
		} else {
			b = binary.LittleEndian.AppendUint32(b, uint32(len(dict)))
		}
		return append(b, dict...)
	}
	h, err := npy.Read(bytes.NewReader(header(2, `{"descr": "<i4", "shape": (3L,), "fortran_order": False}`)))
	require.NoError(t, err)
	require.Equal(t, []int64{3}, h.Shape)
	for _, c := range []struct {
		data []byte
		want string
	}{
		{[]byte("RIFF"), "not a .npy file"},
		{header(3, ""), "version 3"},
		{header(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }"), `save x.astype("<f4") instead`},
		{header(1, "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }"), `save x.astype("<i4") instead`},
		{header(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }"), `save x.astype("<u4") instead`},
		{header(1, "{'descr': '<f4', 'fortran_order': True, 'shape': (3, 4), }"), "numpy.ascontiguousarray"},
		{header(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,), }"), "damaged"},
		{header(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }"), "damaged"},
		{header(1, "{'descr': '<f4', 'fortran_order': False, }"), "damaged"},
		{header(1, "import os")[:14], "not a .npy file"},
	} {
		h, err := npy.Read(bytes.NewReader(c.data))
		if err == nil {
			_, err = h.Type()
		}
		require.ErrorContains(t, err, c.want)
	}
}

func FuzzNpy(f *testing.F) {
	f.Add(npy.Prefix(gpu.F32, []int64{2, 3}))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := npy.Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		require.LessOrEqual(t, h.Bytes, int64(len(data)))
		for _, d := range h.Shape {
			require.GreaterOrEqual(t, d, int64(0))
		}
	})
}
