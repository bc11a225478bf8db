package audit

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

func TestBound(t *testing.T) {
	bytesOf := func(list ...float32) (b []byte) {
		for _, v := range list {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		return b
	}
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for name, c := range map[string]struct {
		typ          gpu.Type
		x, y, before []byte
		want         string
	}{
		"equal":              {gpu.F32, bytesOf(1, 2), bytesOf(1, 2), bytesOf(1, 2), ""},
		"zeros":              {gpu.F32, bytesOf(0, 0), bytesOf(0, 0), nil, ""},
		"rounding":           {gpu.F32, bytesOf(1.0000001, 2), bytesOf(1, 2), bytesOf(0, 0), ""},
		"rounding, no move":  {gpu.F32, bytesOf(1.0000001, 2), bytesOf(1, 2), bytesOf(1, 2), ""}, // within the floor
		"norm":               {gpu.F32, bytesOf(1.0001, 2.0002), bytesOf(1, 2), nil, `"b" is off by 0.0001 of its norm; at most 2e-05 is rounding`},
		"one of many":        {gpu.F32, bytesOf(append(make([]float32, 100), 1.00003)...), bytesOf(append(make([]float32, 100), 1)...), nil, `"b" is off by 3e-05 of its norm; at most 2e-05 is rounding`},
		"change":             {gpu.F32, bytesOf(1), bytesOf(1.00001), bytesOf(1), `"b" is off by 1 of what the segment changed in it; at most 0.02 is rounding`},
		"not a number":       {gpu.F32, bytesOf(nan), bytesOf(1), nil, `an element of "b" is not finite in one of them`},
		"not one here":       {gpu.F32, bytesOf(1), bytesOf(nan), nil, `an element of "b" is not finite in one of them`},
		"infinite":           {gpu.F32, bytesOf(inf, 1), bytesOf(-inf, 1), nil, `an element of "b" is not finite in one of them`},
		"equal infinities":   {gpu.F32, bytesOf(inf, nan, 1), bytesOf(inf, -nan, 1), bytesOf(nan, 0, 0), ""},
		"integers":           {gpu.U32, bytesOf(1, 2), bytesOf(1, 2.0000002), nil, `"b" is not equal, and it is no f32 buffer`},
		"something for zero": {gpu.F32, bytesOf(1e-30), bytesOf(0), nil, `"b" is off by +Inf of its norm; at most 2e-05 is rounding`},
	} {
		n := &norms{typ: c.typ}
		n.add(c.x, c.y, c.before)
		_, wrong := n.judge("b", DefaultBound)
		require.Equal(t, c.want, wrong, name)
	}
	// One large element among equal ones hides less in the largest than in the norm.
	x, y := make([]float32, 10000), make([]float32, 10000)
	for i := range x {
		x[i], y[i] = 1, 1
	}
	x[5] = 1.001
	n := &norms{typ: gpu.F32}
	n.add(bytesOf(x...), bytesOf(y...), nil)
	_, wrong := n.judge("b", DefaultBound)
	require.Equal(t, `an element of "b" is off by 0.001 of the largest one; at most 5e-05 is rounding`, wrong)
}
