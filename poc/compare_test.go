package poc

import (
	"encoding/binary"
	"math"
	"math/big"
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
		"exact differs":       {Comparator{}, []byte{1, 2}, []byte{1, 3}, "is 0x02 and 0x03"},
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
		d, err := compare(c.c, c.x, c.y)
		require.NoError(t, err, name)
		if c.says == "" {
			require.Empty(t, d, name)
		} else {
			require.Contains(t, string(d), c.says, name)
		}
	}
	_, err := compare(tol, []byte{1, 2, 3}, []byte{1, 2, 3})
	require.Error(t, err)
	_, err = compare(tol, make([]byte, MaxChunk+4), make([]byte, MaxChunk+4))
	require.Error(t, err)
}

// compare compares two outputs as a whole: floats, but for images.
func compare(c Comparator, x, y []byte) (Difference, error) {
	g := c.Gauge(c.Tier == Tolerance)
	if d, err := g.Add(x, y); d != "" || err != nil {
		return d, err
	}
	return g.Verdict(), nil
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
		diff, err := compare(Comparator{Tier: Tolerance}, floats(x...), floats(y...))
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

func TestSample(t *testing.T) {
	picks := Sample(testHash("beacon"), testRef, 1000, 20)
	require.Len(t, picks, 20)
	require.Equal(t, picks, Sample(testHash("beacon"), testRef, 1000, 20))
	require.NotEqual(t, picks, Sample(testHash("other"), testRef, 1000, 20))
	require.IsIncreasing(t, picks)
	require.Equal(t, []int{0, 1, 2}, Sample(Hash{}, testRef, 3, 5))
}

// A piece of noise around zero does not tell results apart whose norm lies elsewhere, and what is wrong in it does.
func TestNormsAreOfTheWhole(t *testing.T) {
	quiet, loud := floats(1e-9, -1e-9), floats(1, 2, 3, 4, 5, 6)
	other := floats(-1e-9, 2e-9)
	tol := Comparator{Tier: Tolerance}
	g := tol.Gauge(true)
	d, err := g.Add(other, quiet)
	require.NoError(t, err)
	require.Empty(t, d)
	require.NotEmpty(t, g.Verdict(), "alone")
	require.NoError(t, g.Rest(loud))
	require.Empty(t, g.Verdict())

	g = tol.Gauge(true)
	_, err = g.Add(floats(0.001, 0), quiet)
	require.NoError(t, err)
	require.NoError(t, g.Rest(loud))
	require.NotEmpty(t, g.Verdict())
	require.Error(t, g.Rest([]byte{1}))
}

func TestComparatorsAreValidated(t *testing.T) {
	for _, c := range []Comparator{{}, {Tier: ClassExact}, {Tier: Tolerance}, {Tier: Tolerance, Relative: 5, Largest: 9}, {Tier: Image, Step: 2, Differing: 1}, {Tier: Proof}, {Tier: Proof, Rounded: true}} {
		require.NoError(t, c.Validate(), "%+v", c)
		require.NotEmpty(t, c.String())
		tier, err := ParseTier(c.Tier.String())
		require.NoError(t, err)
		require.Equal(t, c.Tier, tier)
	}
	for _, c := range []Comparator{
		{Tier: 5}, {Rounded: true}, {Relative: 1}, {Tier: ClassExact, Largest: 1}, {Tier: Tolerance, Step: 1}, {Tier: Tolerance, Relative: maxRelative + 1},
		{Tier: Tolerance, Largest: maxRelative + 1}, {Tier: Image, Step: maxStep + 1}, {Tier: Image, Differing: maxDiffering + 1},
	} {
		require.Error(t, c.Validate(), "%+v", c)
	}
	_, err := ParseTier("best")
	require.Error(t, err)
}

// units is the float32 with bits w in units of 2^-149.
func units(w uint32) *big.Int {
	z, _ := new(big.Float).SetMantExp(big.NewFloat(float64(math.Float32frombits(w))), 149).Int(nil)
	return z
}

// FuzzExact compares the sums with those of large integers.
func FuzzExact(f *testing.F) {
	f.Add(uint32(0x3f800000), uint32(0x3f800001), uint32(0x7f7fffff), uint32(1))
	f.Add(uint32(0x80000000), uint32(0), uint32(0xbf800000), uint32(0x3f800000))
	f.Fuzz(func(t *testing.T, a, b, c, d uint32) {
		var q squares
		sum, largest := new(big.Int), scaled{}
		exact := new(big.Int)
		for _, p := range [][2]uint32{{a, b}, {c, d}} {
			if !finite(p[0]) || !finite(p[1]) {
				return
			}
			s := between(p[0], p[1])
			want := new(big.Int).Sub(units(p[0]), units(p[1]))
			want.Abs(want)
			if far := new(big.Int).Sub(want, s.big()); far.Sign() != 0 { // the smaller counts as zero
				require.Less(t, far.BitLen()+37, want.BitLen()+1)
				want = s.big()
			}
			require.Zero(t, want.Cmp(s.big()))
			require.Equal(t, want.Cmp(exact) > 0, s.over(largest))
			if want.Cmp(exact) > 0 {
				exact, largest = want, s
			}
			q.add(s)
			sum.Add(sum, new(big.Int).Mul(want, want))
		}
		require.Zero(t, sum.Cmp(q.sum()))
	})
}

func BenchmarkGauge(b *testing.B) {
	x, y := make([]byte, MaxChunk), make([]byte, MaxChunk)
	for i := 0; i < MaxChunk; i += 4 {
		binary.LittleEndian.PutUint32(x[i:], math.Float32bits(float32(i)/7))
		binary.LittleEndian.PutUint32(y[i:], math.Float32bits(float32(i)/7)^1)
	}
	g := Comparator{Tier: Tolerance}.Gauge(true)
	b.SetBytes(MaxChunk)
	for b.Loop() {
		_, _ = g.Add(x, y)
	}
}
