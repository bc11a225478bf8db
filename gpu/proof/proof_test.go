package proof

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/freivalds"
	"gpumesh/gpu/kernels"
)

// Every variant of every product is found with its shape, in either form of its floats, and what an honest run gives is right and
// has the trace that follows from it.
func TestProducts(t *testing.T) {
	for name, kind := range kinds {
		for _, shape := range []map[string]int64{{"M": 5, "N": 8, "K": 12}, {"M": 8, "N": 8, "K": 8, "BATCH": 4}, {"M": 1, "N": 3, "K": 4, "BATCH": 9}} {
			want := Product{freivalds.Product{Kind: kind, M: int(shape["M"]), N: int(shape["N"]), K: int(shape["K"])}, max(int(shape["BATCH"]), 1)}
			require.Equal(t, uint64(2*want.Batch*want.M*want.N*want.K), want.Operations())
			require.Equal(t, want.Rounded(), kind == freivalds.Float32)
			for i, variant := range kernels.Variants(name) {
				k, err := kernels.New(name, shape, variant)
				require.NoError(t, err)
				program := k.Program()
				if i%2 == 1 {
					for i := range program.Modules {
						program.Modules[i].Float = gpu.Reproducible1
					}
				}
				got, ok := Find(program)
				require.True(t, ok, "%s %s", name, variant)
				require.Equal(t, want, got, "%s %s", name, variant)
				if variant == kernels.Variant(name, "") {
					checkRun(t, want, k.Program())
				}
			}
		}
	}
}

func checkRun(t *testing.T, p Product, program *gpu.Program) {
	rng := rand.New(rand.NewPCG(1, 2))
	a, b, c := p.sizes()
	require.Equal(t, uint64(p.Batch)*uint64(a+b), program.Buffers[0].Len+program.Buffers[1].Len)
	random := func(n int64) []byte {
		out := make([]byte, int64(p.Batch)*n)
		for i := range out {
			out[i] = byte(rng.Uint32())
		}
		for i := 0; p.Rounded() && i < len(out); i += 4 {
			binary.LittleEndian.PutUint32(out[i:], math.Float32bits(rng.Float32()-0.5))
		}
		return out
	}
	left, right := random(a), random(b)
	var out bytes.Buffer
	res, err := gpu.Run(t.Context(), eval.Open(), program, gpu.Task{
		Inputs:  map[string]gpu.Input{Left: bytes.NewReader(left), Right: bytes.NewReader(right)},
		Outputs: func(string, int64) (io.Writer, error) { return &out, nil },
	})
	require.NoError(t, err)
	require.EqualValues(t, int64(p.Batch)*c, out.Len())
	product := out.Bytes()
	trace, err := p.Trace(bytes.NewReader(product))
	require.NoError(t, err)
	require.Equal(t, res.TraceRoot, trace)
	check := func(c []byte) error {
		return p.Check(t.Context(), [32]byte{byte(len(c))}, bytes.NewReader(left), bytes.NewReader(right), bytes.NewReader(c))
	}
	require.NoError(t, check(product))
	for _, at := range []int{3, len(product) - 1} { // a sign bit, in the first and the last of the products
		wrong := bytes.Clone(product)
		wrong[at] ^= 0x80
		_, ok := errors.AsType[*freivalds.Mismatch](check(wrong))
		require.True(t, ok, "%v, byte %d", p, at)
		other, err := p.Trace(bytes.NewReader(wrong))
		require.NoError(t, err)
		require.NotEqual(t, trace, other)
	}
	err = check(product[:len(product)-1])
	require.Error(t, err)
	_, ok := errors.AsType[*freivalds.Mismatch](err)
	require.False(t, ok, "what cannot be read is not wrong")
	_, err = p.Trace(bytes.NewReader(product[1:]))
	require.Error(t, err)
}

// What is not exactly a product of the library is none: a false declaration would cost honest workers their pay.
func TestOthersAreNoProducts(t *testing.T) {
	k, err := kernels.New("matmul-i32", map[string]int64{"M": 4, "N": 4, "K": 4}, "naive")
	require.NoError(t, err)
	for name, change := range map[string]func(p *gpu.Program){
		"another text":  func(p *gpu.Program) { p.Modules[0].WGSL += " " },
		"another entry": func(p *gpu.Program) { p.Step[0].Entry = "other" },
		"two steps":     func(p *gpu.Program) { p.Steps = 2 },
		"twice":         func(p *gpu.Program) { p.Step = append(p.Step, p.Step[0]) },
		"a larger grid": func(p *gpu.Program) { p.Step[0].Grid[0]++ },
		"swapped": func(p *gpu.Program) {
			bind := p.Step[0].Bind
			p.Step[0].Bind = []gpu.Binding{bind[1], bind[0], bind[2]}
		},
		"kept state":   func(p *gpu.Program) { p.Buffers[2].Kind, p.Buffers[2].Keep = gpu.State, true },
		"another size": func(p *gpu.Program) { p.Buffers[2].Len *= 2 },
		"no buffers":   func(p *gpu.Program) { p.Buffers = nil },
	} {
		p := k.Program()
		_, ok := Find(p)
		require.True(t, ok)
		change(p)
		_, ok = Find(p)
		require.False(t, ok, name)
	}
	other, err := kernels.Builtin("sort-u32", map[string]int64{"N": 64})
	require.NoError(t, err)
	_, ok := Find(other)
	require.False(t, ok)
}

// The shapes are those that give the lengths, and few whatever a stranger writes.
func TestShapes(t *testing.T) {
	most := 0
	for _, n := range []uint64{1, 720_720, 1 << 16, 1 << 30, 735_134_400} {
		for _, p := range shapes(n, n, n, freivalds.Int32) {
			m, k, c, batch := uint64(p.M), uint64(p.K), uint64(p.N), uint64(p.Batch)
			require.Equal(t, [3]uint64{n, n, n}, [3]uint64{batch * m * k, batch * k * c, batch * m * c})
		}
		most = max(most, len(shapes(n, n, n, freivalds.Int32)))
	}
	require.Less(t, most, 40)
	require.Empty(t, shapes(0, 4, 4, freivalds.Int32))
	require.Empty(t, shapes(1<<31, 4, 4, freivalds.Int32))
}

func TestCheckEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := Product{freivalds.Product{Kind: freivalds.Int32, M: 4, N: 4, K: 4}, 2}
	zeros := bytes.NewReader(make([]byte, 128))
	require.ErrorIs(t, p.Check(ctx, [32]byte{}, zeros, zeros, zeros), context.Canceled)
	require.Equal(t, "2 products of 4 x 4 by 4 x 4 of i32", p.String())
	p.Batch = 1
	require.Equal(t, "a product of 4 x 4 by 4 x 4 of i32", p.String())
	require.EqualValues(t, 48, p.Elements())
}
