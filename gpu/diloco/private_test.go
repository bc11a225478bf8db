package diloco_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/diloco"
)

// TestCompress packs on the host and on devices: the same bytes, and the same is lost.
func TestCompress(t *testing.T) {
	m := regression(1, 1, 0)
	layout, _, err := m.Layouts()
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(8, 9))
	values := make([]float32, layout.Len)
	for i := range values {
		values[i] = float32(rng.NormFloat64() * math.Pow(10, 20*rng.Float64()-10))
		if i%256 < 100 {
			values[i] = float32(math.Ldexp(float64(rng.IntN(512)-256), -9)) // ties
		}
	}
	for i := range 256 {
		values[256+i] = float32(math.Ldexp(rng.NormFloat64(), -110)) // too small to be sent
	}
	for _, bits := range []int{8, 4} {
		o := diloco.Options{Bits: bits}
		p, err := diloco.Outer{Shards: 1, Rate: 1}.Program(m, o)
		require.NoError(t, err)
		update, lost := layout.Compress(values, bits)
		require.Len(t, update, int(layout.PackedSize(bits)))
		for name, d := range devices(t) {
			got := run(t, d, p, map[string][]byte{"deltas": make([]byte, layout.PackedSize(bits)), "lag": toBytes(values)})
			require.Equal(t, got["update"], update, name)
			require.Equal(t, toFloats(got["lag"]), lost, name)
		}
		back, err := layout.Expand(update, bits)
		require.NoError(t, err)
		for i, want := range unpack(t, update, int(layout.Len), bits) {
			require.Equal(t, float32(want), back[i])
			require.Equal(t, values[i], back[i]+lost[i], "nothing is lost altogether")
		}
		values[5] = float32(math.Inf(1))
		update, lost = layout.Compress(values, bits)
		require.Equal(t, make([]float32, 256), lost[:256], "an infinity spoils its block")
		require.Zero(t, unpack(t, update, int(layout.Len), bits)[7])
		values[5] = 0
	}
	_, err = layout.Expand(nil, 8)
	require.EqualError(t, err, "a packed delta of this model has 1280 bytes in 8 bits, and 0 were given")
}

// TestHide: what is sent is clipped, noise has the deviation that was asked for, what rounding loses is carried, and the noise is the
// holder's own: the same for the same, another for another secret, round or way.
func TestHide(t *testing.T) {
	m, o := regression(1, 1, 0), diloco.Options{Bits: 8}
	layout, _, err := m.Layouts()
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(3, 1))
	way := make([]float32, layout.Len)
	for _, tensor := range layout.Tensors {
		for i := range tensor.Len {
			way[tensor.Offset+i] = float32(rng.NormFloat64())
		}
	}
	own := func(way []float32) map[string][]byte {
		delta, lost := layout.Compress(way, o.Bits)
		return map[string][]byte{"delta": delta, "residual": toBytes(lost)}
	}
	secret := [32]byte{1}
	whole := func(delta []byte, carry []float32) []float64 {
		list := unpack(t, delta, int(layout.Len), o.Bits)
		for i := range list {
			list[i] += float64(carry[i])
		}
		return list
	}

	delta, carry, err := diloco.Private{Clip: 2}.Hide(m, o, secret, 0, own(way), nil)
	require.NoError(t, err)
	clipped := whole(delta, carry)
	require.InEpsilon(t, 2, norm(clipped), 1e-6)
	require.InEpsilon(t, clipped[7]/clipped[3], way[7]/way[3], 1e-5, "the direction stays")
	delta, carry, err = diloco.Private{Clip: 100}.Hide(m, o, secret, 0, own(way), nil)
	require.NoError(t, err)
	require.Equal(t, toFloats(toBytes(way))[3], float32(whole(delta, carry)[3]), "a short way stays as it is")
	_, again, err := diloco.Private{Clip: 100}.Hide(m, o, secret, 1, own(make([]float32, layout.Len)), carry)
	require.NoError(t, err)
	require.Less(t, norm(floats64(again)), norm(floats64(carry)), "what was carried is sent in the next round")

	for _, bits := range []int{8, 4} {
		for _, p := range []diloco.Private{{Clip: 2}, {Clip: 2, Noise: 0.1}, {Clip: 2, Noise: 3}} {
			var carry []float32
			flat, _, ok := diloco.Flat(layout.Size(), layout.PackedSize(bits)) // all of it gets noise
			require.True(t, ok)
			way := slices.Clone(way)
			for round := range 12 {
				for i := range layout.Len {
					way[i] = 0.5*way[i] + float32(rng.NormFloat64())
				}
				delta, lost := flat.Compress(way, bits)
				delta, carry, err = p.HideFlat(flat, diloco.Options{Bits: bits}, secret, round, map[string][]byte{"delta": delta, "residual": toBytes(lost)}, carry)
				require.NoError(t, err)
				require.Less(t, norm(unpack(t, delta, int(layout.Len), bits)), p.Longest(flat), "who is honest need not be scaled down")
			}
		}
	}

	p := diloco.Private{Clip: 2, Noise: 3}
	noisy := func(secret [32]byte, round int, way []float32) []float64 {
		delta, carry, err := p.Hide(m, o, secret, round, own(way), nil)
		require.NoError(t, err)
		return whole(delta, carry)
	}
	first := noisy(secret, 0, way)
	var noise []float64
	for _, tensor := range layout.Tensors {
		for i := range tensor.Len {
			noise = append(noise, first[tensor.Offset+i]-clipped[tensor.Offset+i])
		}
	}
	sigma := norm(noise) / math.Sqrt(float64(len(noise)))
	require.InDelta(t, 6, sigma, 4*6/math.Sqrt(2*float64(len(noise))), "within four standard deviations of a deviation")
	require.Equal(t, first, noisy(secret, 0, way))
	other := append([]float32(nil), way...)
	other[0] += 1
	for name, list := range map[string][]float64{"secret": noisy([32]byte{2}, 0, way), "round": noisy(secret, 1, way), "way": noisy(secret, 0, other)} {
		apart := make([]float64, len(list))
		for i := range list {
			apart[i] = list[i] - first[i]
		}
		require.Greater(t, norm(apart), norm(noise), "another %s, and much the same noise", name)
	}

	bad := own(way)
	bad["residual"] = toBytes([]float32{float32(math.NaN())})
	_, _, err = p.Hide(m, o, secret, 0, bad, nil)
	require.EqualError(t, err, "the residual has 4 bytes; the model needs 3072")
	nan := make([]float32, layout.Len)
	nan[0] = float32(math.NaN())
	bad["residual"] = toBytes(nan)
	_, _, err = p.Hide(m, o, secret, 0, bad, nil)
	require.ErrorContains(t, err, "no numbers any more")
	_, _, err = diloco.Private{}.Hide(m, o, secret, 0, own(way), nil)
	require.EqualError(t, err, "the clipping norm is 0; it must be a positive number")
	_, _, err = diloco.Private{Clip: 1, Noise: -1}.Hide(m, o, secret, 0, own(way), nil)
	require.EqualError(t, err, "the noise is -1; it must be a number that is not negative")
	_, _, err = p.Hide(m, o, secret, 0, own(way), []float32{1})
	require.EqualError(t, err, "1 weights were carried; the model has 768")
}

func floats64(list []float32) []float64 {
	out := make([]float64, len(list))
	for i, v := range list {
		out[i] = float64(v)
	}
	return out
}

// TestEpsilon holds the accountant against what is known of one Gaussian exactly (Balle and Wang, 2018, arXiv:1805.06530, theorem 8:
// delta is Phi(1/(2 sigma) - epsilon sigma) - exp(epsilon) Phi(-1/(2 sigma) - epsilon sigma)): several rounds are one with noise less by
// the root of their number, a bound may not be below that, and this one is not much above.
func TestEpsilon(t *testing.T) {
	phi := func(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
	for _, noise := range []float64{1, 4, 20, 200} {
		for _, rounds := range []int{1, 8, 100} {
			for _, delta := range []float64{1e-5, 1e-8} {
				sigma := noise / 2 / math.Sqrt(float64(rounds))
				low, high := 0.0, 1e6
				for range 200 {
					e := (low + high) / 2
					// exp(e) times a tail, in logarithms where the exponential would not be a number
					second := math.Exp(e + math.Log(phi(-1/(2*sigma)-e*sigma)))
					if phi(1/(2*sigma)-e*sigma)-second > delta {
						low = e
					} else {
						high = e
					}
				}
				got, err := diloco.Private{Clip: 7, Noise: noise}.Epsilon(rounds, delta)
				require.NoError(t, err)
				name := fmt.Sprintf("noise %v, %d rounds, delta %v: exactly %v", noise, rounds, delta, high)
				require.Greater(t, got, high, name)
				require.Less(t, got, 1.25*high+0.01, name)
			}
		}
	}
	p := diloco.Private{Clip: 1, Noise: 1}
	none, err := p.Epsilon(0, 1e-5)
	require.NoError(t, err)
	require.Zero(t, none)
	p.Noise = 0
	all, err := p.Epsilon(1, 1e-5)
	require.NoError(t, err)
	require.True(t, math.IsInf(all, 1))
	for want, f := range map[string]func() (float64, error){
		"delta is 1; it must be between 0 and 1":               func() (float64, error) { return p.Epsilon(1, 1) },
		"-1 rounds; there cannot be fewer than none":           func() (float64, error) { return p.Epsilon(-1, 0.1) },
		"the clipping norm is 0; it must be a positive number": func() (float64, error) { return diloco.Private{}.Epsilon(1, 0.1) },
	} {
		_, err := f()
		require.EqualError(t, err, want)
	}
}
