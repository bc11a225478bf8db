package wgsl

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A literal reads back as itself, and none is beyond what an f32 can be before it is rounded.
func TestFloatLiterals(t *testing.T) {
	for _, v := range []float32{0, 1, -0.1, 1e-38, 16777217, math.MaxFloat32, -math.MaxFloat32, math.Nextafter32(math.MaxFloat32, 0)} {
		text := floatLiteral(v)
		d, err := strconv.ParseFloat(strings.TrimSuffix(text, "f"), 64)
		require.NoError(t, err, text)
		require.Equal(t, v, float32(d), text)
		require.LessOrEqual(t, math.Abs(d), math.MaxFloat32, text)
	}
}
