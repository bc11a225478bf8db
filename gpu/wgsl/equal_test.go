package wgsl_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/webgpu"
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "gpumesh-xdg-")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_RUNTIME_DIR", dir)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// driver opens the machine's adapter. Without one the test is skipped.
func driver(t testing.TB) gpu.Device {
	t.Helper()
	d, err := webgpu.Open(context.Background(), webgpu.Options{})
	if err != nil {
		t.Skipf("no adapter to compare with: %v", err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// word draws f32 bits: mostly ordinary numbers, and a share of everything that floats can be.
func word(rng *rand.Rand, wild float64) uint32 {
	if rng.Float64() >= wild {
		return math.Float32bits(float32(rng.NormFloat64()))
	}
	special := []uint32{0, 1 << 31, 1, 0x80000001, 0x007fffff, 0x00800000, 0x0c7fffff, 0x0c800000, 0x7f7fffff, 0xff7fffff,
		0x7f800000, 0xff800000, 0x7fc00000, 0xffc00001, 0x7f800001, 0x3f800000, 0xbf800000, 0x4b000000, 0x4f000000, 0x42b17218}
	switch rng.IntN(4) {
	case 0:
		return special[rng.IntN(len(special))]
	case 1:
		return rng.Uint32() // any exponent
	case 2:
		return rng.Uint32()&0x807fffff | uint32(rng.IntN(30))<<23 // tiny
	}
	return math.Float32bits(float32(math.Ldexp(rng.NormFloat64(), rng.IntN(60)-30)))
}

// results runs a program.
func results(t testing.TB, d gpu.Device, p *gpu.Program, inputs map[string][]byte) map[string][]byte {
	t.Helper()
	all, err := tryResults(d, p, inputs)
	require.NoError(t, err)
	return all
}

func tryResults(d gpu.Device, p *gpu.Program, inputs map[string][]byte) (map[string][]byte, error) {
	in := map[string]gpu.Input{}
	for name, b := range inputs {
		in[name] = bytes.NewReader(b)
	}
	out, sink := gputest.Collect()
	_, err := gpu.Run(context.Background(), d, p, gpu.Task{Inputs: in, Outputs: sink, Seed: 0x1234567887654321})
	all := map[string][]byte{}
	for name, b := range out {
		all[name] = b.Bytes()
	}
	return all, err
}

// TestKernelsAreReproducible runs every f32 kernel of the library on the driver and on the evaluator.
func TestKernelsAreReproducible(t *testing.T) {
	d, e := driver(t), eval.Open()
	differed, compared := 0, 0
	for _, info := range kernels.Names() {
		params := map[string]int64{}
		for _, p := range info.Params {
			if p.Required() {
				params[p.Name] = 20
			}
		}
		variants := kernels.Variants(info.Name)
		if variants == nil {
			variants = []string{""}
		}
		if info.Name != "matmul-f32" { // the others with variants of products use the same
			variants = variants[:1]
		}
		for n, variant := range variants {
			k, err := kernels.New(info.Name, params, variant)
			require.NoError(t, err)
			p := k.Program()
			report, err := gpu.Check(p)
			require.NoError(t, err)
			if report.Tier == "exact" {
				continue
			}
			at := info.Name + " " + variant
			if err := report.Reproducible(p); !assertNoError(t, err, at) {
				continue
			}
			q := k.Program()
			for i := range q.Modules {
				q.Modules[i].Float = gpu.Reproducible1
			}
			again, err := gpu.Check(q)
			if !assertNoError(t, err, at) {
				continue
			}
			require.EqualValues(t, "reproducible", again.Tier)
			wilds := []float64{0.02}
			if n == 0 {
				wilds = []float64{0, 0.02, 1}
			}
			for _, wild := range wilds {
				rng := rand.New(rand.NewPCG(7, uint64(wild*100)))
				inputs := map[string][]byte{}
				for _, s := range report.Inputs {
					var b []byte
					for range s.Size / 4 {
						v := word(rng, wild)
						if s.Type != gpu.F32 {
							v = rng.Uint32()
						}
						b = binary.LittleEndian.AppendUint32(b, v)
					}
					inputs[s.Name] = b
				}
				got, want := results(t, d, q, inputs), results(t, e, q, inputs)
				compared++
				for name := range want {
					if !bytes.Equal(got[name], want[name]) {
						t.Errorf("%s, wild %v: %s differs at %s", at, wild, name, firstDifference(got[name], want[name]))
					}
				}
				if n > 0 {
					continue
				}
				got, want = results(t, d, p, inputs), results(t, e, p, inputs)
				for name := range want {
					if !bytes.Equal(got[name], want[name]) {
						differed++
						break
					}
				}
			}
		}
	}
	t.Logf("%d runs compared; as written, %d of them differ", compared, differed)
	require.Greater(t, differed, 5, "without the rewriting the stacks differ")
}

func assertNoError(t *testing.T, err error, at string) bool {
	if err != nil {
		t.Errorf("%s: %v", at, err)
	}
	return err == nil
}
