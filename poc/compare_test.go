package poc

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func floats(xs ...float32) []byte {
	var b []byte
	for _, x := range xs {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

func TestCompare(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	tol := Comparator{Tier: Tolerance}
	for name, c := range map[string]struct {
		c    Comparator
		x, y []byte
		says string
	}{
		"exact":               {Comparator{}, []byte{1, 2}, []byte{1, 2}, ""},
		"exact differs":       {Comparator{}, []byte{1, 2}, []byte{1, 3}, "byte 1 is 0x02 and 0x03"},
		"lengths":             {tol, floats(1), floats(1, 2), "one has 4 bytes"},
		"one ULP":             {tol, floats(1, 2, 3), floats(math.Nextafter32(1, 2), 2, 3), ""},
		"near zero":           {tol, floats(1e-12, 1), floats(-1e-12, 1), ""}, // millions of ULPs apart
		"f16 shortcut":        {tol, floats(1.0003, 2, 3), floats(1, 2, 3), "of the norm"},
		"one outlier of many": {Comparator{Tier: Tolerance, Relative: 1_000_000}, floats(1, 1.0001), floats(1, 1), "of the largest"},
		"zero and not":        {tol, floats(1e-30), floats(0), "of the norm"},
		"both zero":           {tol, floats(0), floats(float32(math.Copysign(0, -1))), ""},
		"infinite alike":      {tol, floats(inf, 1), floats(inf, 1), ""},
		"infinite":            {tol, floats(inf, 1), floats(1, 1), "not finite"},
		"NaN alike":           {tol, floats(nan), floats(nan), ""},
		"extremes":            {tol, floats(math.MaxFloat32, math.SmallestNonzeroFloat32), floats(math.MaxFloat32, 0), ""},
		"image step":          {Comparator{Tier: Image, Differing: 500_000}, []byte{10, 20}, []byte{11, 20}, ""},
		"image far":           {Comparator{Tier: Image}, []byte{10, 20}, []byte{12, 20}, "more than 1 apart"},
		"image many":          {Comparator{Tier: Image}, []byte{10, 20}, []byte{11, 20}, "1 of 2 samples differ"},
	} {
		d, err := c.c.Compare(c.x, c.y)
		require.NoError(t, err, name)
		if c.says == "" {
			require.Empty(t, d, name)
		} else {
			require.Contains(t, string(d), c.says, name)
		}
	}
	_, err := tol.Compare([]byte{1, 2, 3}, []byte{1, 2, 3})
	require.Error(t, err)
	_, err = Comparator{Tier: 9}.Compare(nil, nil)
	require.Error(t, err)
}

// The integer comparison decides as one in float64 does wherever that is not within rounding of the bound.
func TestNormsAgreeWithFloat64(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	accepted := 0
	for range 500 {
		x, y := make([]float32, 64), make([]float32, 64)
		scale := math.Pow(10, -6+4*rng.Float64())
		var dd, yy, dm, ym float64
		for i := range x {
			y[i] = float32(rng.NormFloat64())
			x[i] = float32(float64(y[i]) + scale*rng.NormFloat64())
			d := float64(x[i]) - float64(y[i])
			dd, yy = dd+d*d, yy+float64(y[i])*float64(y[i])
			dm, ym = math.Max(dm, math.Abs(d)), math.Max(ym, math.Abs(float64(y[i])))
		}
		diff, err := Comparator{Tier: Tolerance}.Compare(floats(x...), floats(y...))
		require.NoError(t, err)
		within := math.Sqrt(dd/yy) <= 2e-5 && dm/ym <= 5e-5
		require.Equal(t, within, diff == "")
		if within {
			accepted++
		}
	}
	require.Greater(t, accepted, 50)
	require.Less(t, accepted, 450)
}

func TestChunks(t *testing.T) {
	data := [][]byte{[]byte("a"), []byte("b"), []byte("c")}
	var leaves []Hash
	for _, d := range data {
		leaves = append(leaves, Leaf(d))
	}
	c := Chunk{Index: 1, Count: 3, Data: data[1], Path: MerklePath(leaves, 1)}
	require.True(t, c.Proven(MerkleRoot(leaves)))
	c.Data = data[2]
	require.False(t, c.Proven(MerkleRoot(leaves)))

	picks := Sample(testHash("beacon"), testRef, 1000, 20)
	require.Len(t, picks, 20)
	require.Equal(t, picks, Sample(testHash("beacon"), testRef, 1000, 20))
	require.NotEqual(t, picks, Sample(testHash("other"), testRef, 1000, 20))
	require.IsIncreasing(t, picks)
	require.Equal(t, []int{0, 1, 2}, Sample(Hash{}, testRef, 3, 5))
}

func TestClusters(t *testing.T) {
	result := func(rank int, class string, xs ...float32) Compared {
		return Compared{Worker: rank, Class: class, Digest: Leaf(floats(xs...)), Weight: 1, Chunks: [][]byte{floats(xs...)}}
	}
	near := math.Nextafter32(1, 2)
	rs := []Compared{result(0, "a", 1, 2), result(1, "b", near, 2), result(2, "a", 1.5, 2), result(3, "b", near, 2)}
	g, err := Comparator{Tier: Tolerance}.ClusterOf(rs)
	require.NoError(t, err)
	require.Equal(t, []int{0, 1, 3}, g.Members)
	require.Contains(t, string(g.Differs[2]), "in sample 0")
	g, err = Comparator{}.ClusterOf(rs)
	require.NoError(t, err)
	require.Equal(t, []int{1, 3}, g.Members)
	g, err = Comparator{Tier: ClassExact}.ClusterOf(append(rs, result(4, "a", near, 2), result(5, "a", 1, 2)))
	require.NoError(t, err)
	require.Len(t, g.Members, 2)
	require.Equal(t, Difference("it was computed by a device of another class"), g.Differs[map[bool]int{true: 1, false: 0}[g.Members[0] == 0]])
	rs[0].Weight = 5
	g, err = Comparator{}.ClusterOf(rs)
	require.NoError(t, err)
	require.Equal(t, []int{0}, g.Members)
}
