package diloco_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/diloco"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/webgpu"
)

const (
	columns = 300 // so that the weights have a whole block and a part of one
	far     = 40
	noise   = 1.0 // standard deviation of what no model can know
)

// regression has the weights w and c; v is the optimizer's.
func regression(steps, rows uint32, rate float64) *diloco.Model {
	return &diloco.Model{Program: gputest.Regression(steps, rows, columns, far, rate), Weights: []string{"w", "c"}}
}

// run executes a program and returns what it emits.
func run(t testing.TB, d gpu.Device, p *gpu.Program, in map[string][]byte) map[string][]byte {
	t.Helper()
	results := make(map[string]*bytes.Buffer)
	inputs := make(map[string]gpu.Input)
	for name, b := range in {
		inputs[name] = bytes.NewReader(b)
	}
	_, err := gpu.Run(t.Context(), d, p, gpu.Task{Inputs: inputs, Seed: 5, Outputs: func(name string, _ int64) (io.Writer, error) {
		results[name] = new(bytes.Buffer)
		return results[name], nil
	}})
	require.NoError(t, err)
	out := make(map[string][]byte)
	for name, b := range results {
		out[name] = b.Bytes()
	}
	return out
}

func devices(t *testing.T) map[string]gpu.Device {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	list := map[string]gpu.Device{"evaluator": eval.Open()}
	d, err := webgpu.Open(t.Context(), webgpu.Options{})
	if err == nil {
		list["driver"] = d
		t.Cleanup(func() { require.NoError(t, d.Close()) })
	} else {
		require.Equal(t, gpu.Unsupported, gpu.CodeOf(err), err)
	}
	return list
}

func toBytes(list []float32) []byte {
	var b []byte
	for _, v := range list {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

func toFloats(b []byte) []float32 {
	list := make([]float32, len(b)/4)
	for i := range list {
		list[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return list
}

// unpack reads a packed vector independently of the kernels.
func unpack(t testing.TB, b []byte, elements, bits int) []float64 {
	t.Helper()
	blocks := elements / diloco.Block
	numbers := 256 + (4*blocks+255)/256*256
	list := make([]float64, elements)
	for i := range list {
		e := int32(binary.LittleEndian.Uint32(b[256+4*(i/diloco.Block):]))
		at := numbers*8 + i*bits
		q := int(b[at/8]) >> (at % 8) & (1<<bits - 1)
		if q >= 1<<(bits-1) {
			q -= 1 << bits
		}
		list[i] = math.Ldexp(float64(q), int(e))
	}
	return list
}

func TestLayout(t *testing.T) {
	weights, inner, err := regression(2, 16, 0.01).Layouts()
	require.NoError(t, err)
	require.Equal(t, &diloco.Layout{Tensors: []diloco.Tensor{{"w", 300, 0}, {"c", 1, 512}}, Len: 768}, weights)
	require.Equal(t, &diloco.Layout{Tensors: []diloco.Tensor{{"v", 301, 0}}, Len: 512}, inner)
	content := map[string][]byte{"w": bytes.Repeat([]byte{1, 2, 3, 4}, 300), "c": {5, 6, 7, 8}}
	flat, err := weights.Pack(content)
	require.NoError(t, err)
	back, err := weights.Unpack(flat)
	require.NoError(t, err)
	require.Equal(t, content, back)
	_, err = weights.Pack(map[string][]byte{"w": {1}})
	require.EqualError(t, err, `state "w" has 1200 bytes, and 1 were given`)
	_, err = weights.Pack(map[string][]byte{"v": {1}})
	require.EqualError(t, err, "1 of the given states are not in the model")
	_, err = weights.Unpack(nil)
	require.EqualError(t, err, "the flat form has 3072 bytes, and 0 were given")
}

// TestLocal compares a round of one shard with the model's own program: the same weights come out, the delta is the way they
// went as far as its bits can say, and the residual is the rest, exactly.
func TestLocal(t *testing.T) {
	for _, bits := range []int{8, 4} {
		t.Run(fmt.Sprint(bits), func(t *testing.T) {
			outputs := make(map[string]map[string][]byte)
			for name, d := range devices(t) {
				m := regression(6, 16, 0.01)
				o := diloco.Options{Bits: bits}
				data := samples(6*16, 1, 0)
				weights, inner, err := m.Layouts()
				require.NoError(t, err)
				start, err := m.Start()
				require.NoError(t, err)
				first := run(t, d, start, nil)

				whole := run(t, d, m.Program, map[string][]byte{"x": data.x, "y": data.y, "far": make([]byte, 4*far*columns)})
				local, err := m.Local(o)
				require.NoError(t, err)
				in := map[string][]byte{"x": data.x, "y": data.y, "weights": first["weights"], "inner": first["inner"], "update": make([]byte, weights.PackedSize(bits))}
				got := run(t, d, local, in)
				require.Equal(t, []string{"delta", "inner", "loss", "residual", "weights"}, slices.Sorted(keys(got)))
				require.Equal(t, first["weights"], got["weights"], "a round begins where it was told to")
				require.Equal(t, whole["loss"], got["loss"])
				require.NotEqual(t, make([]byte, inner.Size()), got["inner"])

				before, err := weights.Unpack(first["weights"])
				require.NoError(t, err)
				residual, err := weights.Unpack(got["residual"])
				require.NoError(t, err)
				sent := unpack(t, got["delta"], int(weights.Len), bits)
				largest, worst := 0.0, 0.0
				for i, w := range toFloats(whole["w"]) {
					way := float64(w - toFloats(before["w"])[i])
					require.Equal(t, way, sent[i]+float64(toFloats(residual["w"])[i]), "weight %d", i)
					largest, worst = max(largest, math.Abs(way)), max(worst, math.Abs(way-sent[i]))
				}
				require.NotZero(t, largest)
				require.LessOrEqual(t, worst, largest/float64(int(1)<<(bits-2)), "of %g", largest)
				outputs[name] = got
			}
			if driver, ok := outputs["driver"]; ok {
				require.Len(t, driver["delta"], len(outputs["evaluator"]["delta"]))
			}
		})
	}
}

// TestOuter compares an outer step with one in float64, with a shard that did not take part and one that lies.
func TestOuter(t *testing.T) {
	const shards, elements = 5, 768
	m := regression(2, 16, 0.01)
	for _, o := range []diloco.Options{{Bits: 8}, {Bits: 4}} {
		for _, c := range []struct {
			trim    int
			longest float64
		}{{0, 0}, {1, 0}, {9, 0}, {0, 1000}, {1, 1000}, {0, 2000}} {
			trim := c.trim
			s := diloco.Outer{Shards: shards, Rate: 0.7, Momentum: 0.9, Trim: trim, Longest: c.longest}
			p, err := s.Program(m, o)
			require.NoError(t, err)
			rng := rand.New(rand.NewPCG(1, 2))
			in := make(map[string][]byte)
			var deltas [][]float64
			for i := range shards {
				if i == 2 {
					in["deltas"] = append(in["deltas"], make([]byte, len(in["deltas"])/2)...)
					continue
				}
				values := make([]float64, elements)
				for j := range values {
					values[j] = rng.NormFloat64() * math.Pow(10, float64(j/diloco.Block))
					if i == 3 {
						values[j] *= 1e6
					}
				}
				b := pack(values, o.Bits)
				in["deltas"] = append(in["deltas"], b...)
				sent := unpack(t, b, elements, o.Bits)
				if length := norm(sent); c.longest > 0 && length > c.longest {
					for j := range sent {
						sent[j] *= c.longest / length
					}
				}
				deltas = append(deltas, sent)
			}
			momentum, lag := make([]float32, elements), make([]float32, elements)
			for i := range momentum {
				momentum[i], lag[i] = float32(rng.NormFloat64()), float32(rng.NormFloat64())
			}
			in["momentum"], in["lag"] = toBytes(momentum), toBytes(lag)
			for name, d := range devices(t) {
				got := run(t, d, p, in)
				update := unpack(t, got["update"], elements, o.Bits)
				for i := range elements {
					var values []float64
					for _, d := range deltas {
						values = append(values, d[i])
					}
					slices.Sort(values)
					cut := min(trim, (len(values)-1)/2)
					average := 0.0
					for _, v := range values[cut : len(values)-cut] {
						average += v / float64(len(values)-2*cut)
					}
					moved := 0.9*float64(momentum[i]) + average
					want := 0.7*(average+0.9*moved) + float64(lag[i])
					size := math.Abs(values[len(values)-1]) + math.Abs(values[0]) + 10
					require.InDelta(t, moved, toFloats(got["momentum"])[i], 1e-6*size, "%s: momentum %d", name, i)
					require.InDelta(t, want, update[i]+float64(toFloats(got["lag"])[i]), 1e-6*size, "%s: update %d", name, i)
				}
			}
		}
	}
}

// TestLongest sends what is longer than it may be: it moves the average no further than a delta of the largest norm would, and what is longer beyond
// all bounds not at all.
func TestLongest(t *testing.T) {
	const elements, longest = 768, 3.0
	m := regression(2, 16, 0.01)
	for _, o := range []diloco.Options{{Bits: 8}, {Bits: 4}} {
		p, err := diloco.Outer{Shards: 2, Rate: 1, Longest: longest}.Program(m, o)
		require.NoError(t, err)
		honest := make([]float64, elements)
		honest[0], honest[700] = 1, -2
		first := pack(honest, o.Bits)
		for name, d := range devices(t) {
			for exponent, long := range map[int32]bool{-1: true, 20: true, -40: false, 60: false, 127: false, math.MaxInt32: false, math.MinInt32: false} {
				lie := pack(honest, o.Bits)
				for i := range elements / diloco.Block {
					binary.LittleEndian.PutUint32(lie[256+4*i:], uint32(exponent))
				}
				for i := 512; i < len(lie); i++ {
					lie[i] = 0x11
				}
				moved := floats64(toFloats(run(t, d, p, map[string][]byte{"deltas": append(bytes.Clone(first), lie...)})["momentum"]))
				switch {
				case long:
					for i := range moved {
						moved[i] -= honest[i] / 2
					}
					require.InEpsilon(t, longest/2, norm(moved), 1e-5, "%s: %d", name, exponent)
				case exponent > 0:
					require.Equal(t, honest, moved, "%s: %d, as if it had not come", name, exponent)
				default:
					require.InEpsilon(t, norm(honest)/2, norm(moved), 1e-5, "%s: %d is nothing", name, exponent)
				}
			}
		}
	}
}

func norm(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v * v
	}
	return math.Sqrt(sum)
}

// pack makes a packed vector independently of the kernels, of a length that is a multiple of a block.
func pack(values []float64, bits int) []byte {
	blocks := len(values) / diloco.Block
	b := make([]byte, 256+(4*blocks+255)/256*256+(len(values)*bits/8+255)/256*256)
	b[0] = 1
	numbers := 256 + (4*blocks+255)/256*256
	for block := range blocks {
		part := values[block*diloco.Block : (block+1)*diloco.Block]
		top := 0.0
		for _, v := range part {
			top = max(top, math.Abs(v))
		}
		if top == 0 {
			continue
		}
		e := math.Ilogb(top) - (bits - 2)
		binary.LittleEndian.PutUint32(b[256+4*block:], uint32(int32(e)))
		limit := float64(int(1)<<(bits-1) - 1)
		for i, v := range part {
			q := max(-limit, min(limit, math.Floor(math.Ldexp(v, -e)+0.5)))
			at := numbers*8 + (block*diloco.Block+i)*bits
			b[at/8] |= byte((int(q) & (1<<bits - 1)) << (at % 8))
		}
	}
	return b
}

// TestSpecialValues sends what no training should have: infinities, NaN, numbers near the ends of the range.
func TestSpecialValues(t *testing.T) {
	m := regression(1, 1, 0)
	p, err := diloco.Outer{Shards: 1, Rate: 1, Momentum: 0}.Program(m, diloco.Options{Bits: 8})
	require.NoError(t, err)
	lag := make([]float32, 768)
	lag[0], lag[1] = float32(math.Inf(1)), 5    // an infinity spoils its block
	lag[256], lag[257] = 1e-40, 1e-33           // too small to be sent
	lag[512], lag[513] = math.MaxFloat32/256, 1 // nearly the largest
	for name, d := range devices(t) {
		got := run(t, d, p, map[string][]byte{"deltas": make([]byte, 256+256+768), "lag": toBytes(lag)})
		update, left := unpack(t, got["update"], 768, 8), toFloats(got["lag"])
		require.Zero(t, update[0], name)
		require.Zero(t, update[1], name)
		require.Zero(t, left[0], name)
		require.Zero(t, left[1], name)
		require.Zero(t, update[257], name)
		require.Equal(t, float32(1e-33), left[257], name)
		require.InEpsilon(t, math.MaxFloat32/256, update[512], 0.01, name)
		require.Equal(t, float32(1), left[513], name)
	}
}

func TestModelErrors(t *testing.T) {
	m := regression(2, 16, 0.01)
	for want, f := range map[string]func() error{
		"bits is 7; it must be 8 or 4": func() error { _, err := m.Local(diloco.Options{Bits: 7}); return err },
		`the program has no f32 state buffer "x" to be a weight`: func() error {
			_, _, err := (&diloco.Model{Program: m.Program, Weights: []string{"x"}}).Layouts()
			return err
		},
		`the weight "w" is named twice`: func() error {
			_, _, err := (&diloco.Model{Program: m.Program, Weights: []string{"w", "w"}}).Layouts()
			return err
		},
		"no state buffer is named as a weight": func() error { _, _, err := (&diloco.Model{Program: m.Program}).Layouts(); return err },
		"shards is 65; it must be 1 to 64": func() error {
			_, err := diloco.Outer{Shards: 65, Rate: 1}.Program(m, diloco.Options{Bits: 8})
			return err
		},
		"the outer rate is 0; it must be a positive number": func() error {
			_, err := diloco.Outer{Shards: 1}.Program(m, diloco.Options{Bits: 8})
			return err
		},
		"the largest norm of a delta is -1; it must be 1e-30 to 1e+30, or 0 for any": func() error {
			_, err := diloco.Outer{Shards: 1, Rate: 1, Longest: -1}.Program(m, diloco.Options{Bits: 8})
			return err
		},
		"the outer momentum is 1; it must be at least 0 and less than 1": func() error {
			_, err := diloco.Outer{Shards: 1, Rate: 1, Momentum: 1}.Program(m, diloco.Options{Bits: 8})
			return err
		},
	} {
		require.EqualError(t, f(), want)
	}
}

type set struct{ x, y []byte }

// samples draws samples of a linear function of noise sigma; every seed has the same function.
func samples(n int, seed uint64, sigma float64) set {
	truth := rand.New(rand.NewPCG(99, 99))
	w := make([]float64, columns)
	for i := range w {
		w[i] = truth.NormFloat64()
	}
	rng := rand.New(rand.NewPCG(seed, 7))
	var x, y []float32
	for range n {
		sum := 0.5
		for i := range columns {
			v := float32(rng.NormFloat64())
			x = append(x, v)
			sum += float64(v) * w[i]
		}
		y = append(y, float32(sum+sigma*rng.NormFloat64()))
	}
	return set{toBytes(x), toBytes(y)}
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// training runs the task graph of a whole training on one device and counts what shards and outer steps would send.
type training struct {
	loss  float64 // on data that no shard has seen
	bytes int     // deltas and updates, each once per shard and round
}

func train(t *testing.T, d gpu.Device, m *diloco.Model, o diloco.Options, outer diloco.Outer, rounds int, data func(shard, round int) set, spoil func(shard int, delta []byte)) training {
	weights, _, err := m.Layouts()
	require.NoError(t, err)
	start, err := m.Start()
	require.NoError(t, err)
	local, err := m.Local(o)
	require.NoError(t, err)
	step, err := outer.Program(m, o)
	require.NoError(t, err)
	last, err := m.Evaluate(o)
	require.NoError(t, err)
	for _, p := range []*gpu.Program{start, local, step, last} {
		_, err := gpu.Check(p)
		require.NoError(t, err)
	}

	first := run(t, d, start, nil)
	state := first["weights"]
	shards := make([]map[string][]byte, outer.Shards)
	for i := range shards {
		shards[i] = map[string][]byte{"inner": first["inner"]}
	}
	global := map[string][]byte{"update": make([]byte, weights.PackedSize(o.Bits))}
	var sum training
	for round := range rounds {
		in := make(map[string][]byte)
		var began []byte
		for i, s := range shards {
			part := data(i, round)
			task := map[string][]byte{"weights": state, "update": global["update"], "inner": s["inner"], "x": part.x, "y": part.y}
			if r, ok := s["residual"]; ok {
				task["residual"] = r
			}
			shards[i] = run(t, d, local, task)
			if began == nil {
				began = shards[i]["weights"]
			}
			require.Equal(t, began, shards[i]["weights"], "all shards begin a round with the same weights")
			delta := shards[i]["delta"]
			if spoil != nil {
				spoil(i, delta)
			}
			in["deltas"] = append(in["deltas"], delta...)
			sum.bytes += len(delta) + len(global["update"])
		}
		state = began
		if round > 0 {
			in["momentum"], in["lag"] = global["momentum"], global["lag"]
		}
		global = run(t, d, step, in)
	}
	unseen := samples(far, 1000, noise)
	got := run(t, d, last, map[string][]byte{"weights": state, "update": global["update"], "far": unseen.x})
	require.Equal(t, int(weights.Size()), len(got["weights"]))
	for i, v := range toFloats(got["guess"]) {
		e := float64(v - toFloats(unseen.y)[i])
		sum.loss += e * e / far
	}
	return sum
}

// TestTraining compares shards that seldom talk with one machine that has all their data.
func TestTraining(t *testing.T) {
	const shards, rounds, steps, rate = 4, 12, 25, 0.005
	d := devices(t)["driver"]
	if d == nil {
		t.Skip("no driver, and the evaluator would take long")
	}
	data := func(shard, round int) set { return samples(steps*16, uint64(1+round*shards+shard), noise) }

	whole := regression(steps*rounds, 16*shards, rate)
	var x, y []byte
	for round := range rounds {
		parts := make([]set, shards)
		for i := range parts {
			parts[i] = data(i, round)
		}
		for s := range steps {
			for _, p := range parts {
				x = append(x, p.x[s*64*columns:(s+1)*64*columns]...)
				y = append(y, p.y[s*64:(s+1)*64]...)
			}
		}
	}
	unseen := samples(far, 1000, noise)
	parallel := 0.0
	for i, v := range toFloats(run(t, d, whole.Program, map[string][]byte{"x": x, "y": y, "far": unseen.x})["guess"]) {
		e := float64(v - toFloats(unseen.y)[i])
		parallel += e * e / far
	}
	exchanged := 8 * (columns + 1) * shards * steps * rounds // gradients there and back in f32 at every step
	outer := diloco.Outer{Shards: shards, Rate: 0.7, Momentum: 0.6}
	for bits, worse := range map[int]float64{8: 1.02, 4: 1.06} {
		got := train(t, d, regression(steps, 16, rate), diloco.Options{Bits: bits}, outer, rounds, data, nil)
		t.Logf("%d bits: loss %.4g, data parallel %.4g; %d bytes, %.0f times fewer", bits, got.loss, parallel, got.bytes, float64(exchanged)/float64(got.bytes))
		require.Less(t, got.loss, worse*parallel)
	}
}

// TestPoison has a shard in five that sends what it likes: the trimmed mean learns all the same, the plain mean does not.
func TestPoison(t *testing.T) {
	const shards, rounds, steps = 5, 8, 12
	d := devices(t)["driver"]
	if d == nil {
		t.Skip("no driver, and the evaluator would take long")
	}
	m := regression(steps, 16, 0.005)
	data := func(shard, round int) set { return samples(steps*16, uint64(1+round*shards+shard), noise) }
	spoil := func(shard int, delta []byte) {
		if shard == 2 {
			worse := unpack(t, delta, 768, 8)
			for i := range worse {
				worse[i] *= -10
			}
			copy(delta, pack(worse, 8))
		}
	}
	losses := make(map[int]float64)
	for _, trim := range []int{0, 1} {
		losses[trim] = train(t, d, m, diloco.Options{Bits: 8}, diloco.Outer{Shards: shards, Rate: 1, Trim: trim}, rounds, data, spoil).loss
	}
	honest := train(t, d, m, diloco.Options{Bits: 8}, diloco.Outer{Shards: shards, Rate: 1}, rounds, data, nil).loss
	t.Logf("held-out loss: %.3g when all are honest, %.3g with a poisoned shard in five and the trimmed mean, %.3g with the plain mean", honest, losses[1], losses[0])
	require.Less(t, losses[1], 5*honest)
	require.Greater(t, losses[0], 100*honest)
}
