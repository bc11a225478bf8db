package kernels_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/webgpu/webgputest"
	"gpumesh/gpu/wgsl"
)

func TestMistakesGetOneSentence(t *testing.T) {
	for _, c := range []struct {
		name    string
		params  map[string]int64
		message string
	}{
		{"matmul-f16", nil, `there is no kernel "matmul-f16"; there are matmul-f32, matmul-i32, matmul-i8`},
		{"", nil, `there is no kernel ""; there are attention-f32, blur-box, `},
		{"sobel", map[string]int64{"W": 3}, "sobel: the parameter H (rows) is missing"},
		{"sobel", map[string]int64{"W": 3, "H": 0}, "sobel: the parameter H is 0; it must be 1 to 65536"},
		{"sobel", map[string]int64{"W": 3, "H": 3, "h": 3}, `sobel has no parameter "h"; it takes W, H`},
		{"matmul-i8", map[string]int64{"M": 1, "N": 1, "K": 6}, "K is 6; it must be a multiple of 4"},
		{"matmul-f32", map[string]int64{"M": 1 << 16, "N": 1 << 16, "K": 1}, `"c" would have 4294967296 elements; at most 1073741824`},
		{"matmul-f32", map[string]int64{"M": 1, "N": 1, "K": math.MaxInt64}, "K is 9223372036854775807; it must be 1 to 60000"},
		{"conv2d-f32", map[string]int64{"H": 2, "W": 2, "C": 1, "OC": 1, "KH": 3, "KW": 1}, "the kernel of 3 x 1 is larger than the padded image of 2 x 2"},
		{"conv2d-f32", map[string]int64{"H": 64, "W": 64, "C": 1000, "OC": 1, "KH": 8, "KW": 8}, "KH x KW x (C+2) is 64128"},
		{"attention-f32", map[string]int64{"S": 5, "T": 4, "D": 1, "CAUSAL": 1}, "T must be at least S"},
	} {
		_, err := kernels.Builtin(c.name, c.params)
		require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err), c.message)
		require.ErrorContains(t, err, c.message)
		require.NotContains(t, err.Error(), "\n")
	}
	_, err := kernels.New("sobel", map[string]int64{"W": 1, "H": 1}, "fast")
	require.ErrorContains(t, err, "sobel has no variants")
	_, err = kernels.New("scan-u32", map[string]int64{"N": 1}, "fast")
	require.ErrorContains(t, err, `scan-u32 has no variant "fast"; it has serial, shared`)
}

// Largest and smallest parameters, alone and together, give a valid program or one sentence, never an overflow.
func TestExtremeShapes(t *testing.T) {
	valid := 0
	for _, info := range kernels.Names() {
		for _, variant := range append(kernels.Variants(info.Name), "") {
			for mask := range 1 << len(info.Params) {
				p := make(map[string]int64)
				for i, d := range info.Params {
					p[d.Name] = d.Min
					if mask>>i&1 == 1 {
						p[d.Name] = d.Max
					}
				}
				k, err := kernels.New(info.Name, p, variant)
				if err != nil {
					require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err))
					continue
				}
				require.NoError(t, k.Program().Validate(), "%s %v", info.Name, p)
				if mask%5 != 0 && variant != "" { // parsing is slow
					continue
				}
				report, err := gpu.Check(k.Program())
				require.NoError(t, err, "%s %v %s", info.Name, p, variant)
				require.LessOrEqual(t, report.LoopIterations, uint64(65535), "%s %v %s", info.Name, p, variant)
				valid++
			}
		}
	}
	require.Greater(t, valid, 100)
}

func TestNamesTellTheTruth(t *testing.T) {
	for _, info := range kernels.Names() {
		p := make(map[string]int64)
		for _, d := range info.Params {
			if d.Required() {
				p[d.Name] = 8
			}
		}
		program, err := kernels.Builtin(info.Name, p)
		require.NoError(t, err)
		report, err := gpu.Check(program)
		require.NoError(t, err)
		var inputs, outputs []string
		for _, i := range info.Inputs {
			inputs = append(inputs, i.Name+" "+string(i.Type))
		}
		for _, o := range info.Outputs {
			outputs = append(outputs, o.Name+" "+string(o.Type))
		}
		for _, i := range report.Inputs {
			require.Contains(t, inputs, i.Name+" "+string(i.Type), info.Name)
		}
		for _, r := range report.Results {
			require.Contains(t, outputs, r.Name+" "+string(r.Type), info.Name)
		}
		require.Len(t, report.Inputs, len(inputs), info.Name)
		require.Len(t, report.Results, len(outputs), info.Name)
		seeded := slices.ContainsFunc(program.Buffers, func(b gpu.Buffer) bool { return b.Kind == gpu.Params })
		require.Equal(t, info.Seeded, seeded, info.Name)

		again, err := kernels.Builtin(info.Name, p)
		require.NoError(t, err)
		require.Equal(t, program, again, "a name and a shape are one program, so one content id")
		block, err := program.Encode()
		require.NoError(t, err)
		decoded, err := gpu.DecodeProgram(block)
		require.NoError(t, err)
		_, err = gpu.Check(decoded)
		require.NoError(t, err)
	}
}

// Integer kernels, and f32 ones that only move bits, are of the exact tier in every variant, and of no kernel do invocations race.
func TestTiers(t *testing.T) {
	for _, info := range kernels.Names() {
		p := make(map[string]int64)
		exact := info.Name == "random-f32" || info.Name == "transpose-f32"
		rounded := false
		for _, o := range append(slices.Clone(info.Inputs), info.Outputs...) {
			rounded = rounded || o.Type == gpu.F32
		}
		variants := kernels.Variants(info.Name)
		if variants == nil {
			variants = []string{""}
		}
		for _, size := range []int64{8, 37, 260} {
			for _, d := range info.Params {
				if d.Required() {
					p[d.Name] = size
				}
				if d.Required() && (len(d.Name) == 2 || d.Name == "RADIUS") { // KH, KW, OC
					p[d.Name] = 3
				}
			}
			if info.Name == "matmul-i8" {
				p["K"] = 36
			}
			for _, variant := range variants {
				k, err := kernels.New(info.Name, p, variant)
				require.NoError(t, err)
				report, err := gpu.Check(k.Program())
				require.NoError(t, err)
				loads := info.Name == "histogram" && variant == "shared" // of atomics, which the tier of a text does not allow
				require.Equal(t, (exact || !rounded) && !loads, report.Tier == wgsl.Exact, "%s %s: %v", info.Name, variant, report.Reasons)
				for _, r := range report.Reasons {
					require.NotRegexp(t, "(one|two) invocation", r.Message, "%s %s %v: line %d", info.Name, variant, p, r.Line)
				}
			}
		}
	}
}

// Kernels compose: a two-layer perceptron of products and an activation, then the sums of its rows, as one program.
func TestAppend(t *testing.T) {
	const rows, in, hidden, out = 5, 7, 12, 3
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Buffers: []gpu.Buffer{
			{Name: "x", Kind: gpu.Const, Type: gpu.F32, Len: 4 * rows * in},
			{Name: "w1", Kind: gpu.Const, Type: gpu.F32, Len: 4 * in * hidden},
			{Name: "w2", Kind: gpu.Const, Type: gpu.F32, Len: 4 * hidden * out},
			{Name: "h", Kind: gpu.Temp, Type: gpu.F32, Len: 4 * rows * hidden},
			{Name: "active", Kind: gpu.Temp, Type: gpu.F32, Len: 4 * rows * hidden},
			{Name: "y", Kind: gpu.Temp, Type: gpu.F32, Len: 4 * rows * out},
			{Name: "sums", Kind: gpu.Output, Type: gpu.F32, Len: 4 * rows},
		},
	}
	add := func(name string, params map[string]int64, bind map[string]uint32) {
		k, err := kernels.New(name, params, "")
		require.NoError(t, err)
		commands, err := k.Append(p, bind)
		require.NoError(t, err)
		p.Step = append(p.Step, commands...)
	}
	add("matmul-f32", map[string]int64{"M": rows, "K": in, "N": hidden}, map[string]uint32{"a": 0, "b": 1, "c": 3})
	add("gelu-f32", map[string]int64{"N": rows * hidden}, map[string]uint32{"x": 3, "y": 4})
	add("matmul-f32", map[string]int64{"M": rows, "K": hidden, "N": out}, map[string]uint32{"a": 4, "b": 2, "c": 5})
	add("reduce-sum-f32", map[string]int64{"N": out, "ROWS": rows}, map[string]uint32{"x": 5, "y": 6})

	value := func(i int) float64 { return float64(i%9)/4 - 1 }
	inputs := make(map[string]gpu.Input)
	for _, b := range p.Buffers[:3] {
		var raw []byte
		for i := range int(b.Len / 4) {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(value(i))))
		}
		inputs[b.Name] = bytes.NewReader(raw)
	}
	var want []float64
	for r := range rows {
		sum := 0.0
		for o := range out {
			for h := range hidden {
				v := 0.0
				for i := range in {
					v += value(r*in+i) * value(i*hidden+h)
				}
				sum += v / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(v+0.044715*v*v*v))) * value(h*out+o)
			}
		}
		want = append(want, sum)
	}
	results, sink := gputest.Collect()
	_, err := gpu.Run(t.Context(), eval.Open(), p, gpu.Task{Inputs: inputs, Outputs: sink})
	require.NoError(t, err)
	compare(t, "perceptron", results["sums"].Bytes(), want)

	k, err := kernels.New("scan-u32", map[string]int64{"N": 8}, "")
	require.NoError(t, err)
	_, err = k.Append(p, map[string]uint32{"x": 0})
	require.ErrorContains(t, err, `"x" has 32 bytes, but the program's "x" has 140`)
	_, err = k.Append(p, map[string]uint32{"x": 99})
	require.ErrorContains(t, err, "the program has")
	_, err = k.Append(p, nil)
	require.ErrorContains(t, err, `the buffer "x" is not bound`)
}

func TestTune(t *testing.T) {
	for _, d := range []gpu.Device{eval.Open(), webgputest.Open(t)} {
		if d == nil {
			continue
		}
		params := map[string]int64{"N": 3001}
		tuned, err := kernels.Tune(t.Context(), d, "scan-u32", params)
		require.NoError(t, err)
		require.Len(t, tuned.Times, 2)
		for name, took := range tuned.Times {
			require.Positive(t, took, name)
			require.LessOrEqual(t, tuned.Times[tuned.Variant], took)
		}
		choices := kernels.Choices{tuned.Key: tuned.Variant}
		text, err := json.Marshal(choices)
		require.NoError(t, err)
		var back kernels.Choices
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, tuned.Variant, back.Variant(d.Info(), "scan-u32", map[string]int64{"N": 2501}), "the same class of shapes")
		k, err := back.New(d.Info(), "scan-u32", params)
		require.NoError(t, err)
		require.Equal(t, tuned.Variant, k.Variant)
	}
	d := eval.Open()
	tuned, err := kernels.Tune(t.Context(), d, "gelu-f32", map[string]int64{"N": 5})
	require.NoError(t, err)
	require.Empty(t, tuned.Variant, "there is nothing to choose")
	_, err = kernels.Tune(t.Context(), d, "gelu", nil)
	require.ErrorContains(t, err, "gelu-f32")
}

func TestChoicesWithoutMeasurement(t *testing.T) {
	params := map[string]int64{"M": 100, "N": 100, "K": 100}
	info := gpu.Info{Name: "card", Driver: "1", Type: gpu.Discrete}
	key, err := kernels.Key(info, "matmul-f32", params)
	require.NoError(t, err)
	require.Equal(t, "card|1|matmul-f32|M=128,N=128,K=128,BATCH=1", key)
	require.Equal(t, "double-8x8", kernels.Choices(nil).Variant(info, "matmul-f32", params))
	require.Equal(t, "tile-4x4", kernels.Choices{key: "tile-4x4"}.Variant(info, "matmul-f32", params))
	require.Equal(t, "double-8x8", kernels.Choices{key: "of another version"}.Variant(info, "matmul-f32", params))
	info.Type = gpu.CPU
	require.Equal(t, "packed-16x16", kernels.Choices(nil).Variant(info, "matmul-f32", params))
	require.Equal(t, "packed-8x8", kernels.Variant("matmul-f32", ""))
	require.Empty(t, kernels.Variant("no such kernel", gpu.CPU))
}

// A program is one for all devices that may run it.
func TestSharedVariant(t *testing.T) {
	params := map[string]int64{"M": 100, "N": 100, "K": 100}
	here := gpu.Info{Name: "llvmpipe", Driver: "1", Type: gpu.CPU}
	key, err := kernels.Key(here, "matmul-f32", params)
	require.NoError(t, err)
	tuning := kernels.Tuning{Device: here, Choices: kernels.Choices{key: "tile-8x8"}}
	cpu, other, card, chip := gpu.Info{Name: "llvmpipe", Type: gpu.CPU}, gpu.Info{Name: "evaluator", Type: gpu.Reference}, gpu.Info{Name: "card", Type: gpu.Discrete}, gpu.Info{Name: "chip", Type: gpu.Integrated}
	for _, c := range []struct {
		tuning  kernels.Tuning
		devices []gpu.Info
		want    string
	}{
		{tuning, []gpu.Info{cpu, cpu}, "tile-8x8"},
		{tuning, []gpu.Info{cpu, other}, "packed-16x16"},
		{tuning, []gpu.Info{card, chip}, "double-8x8"},
		{tuning, []gpu.Info{cpu, card}, "packed-8x8"},
		{tuning, []gpu.Info{card, cpu}, "packed-8x8"},
		{tuning, nil, "packed-8x8"},
		{kernels.Tuning{}, []gpu.Info{cpu}, "packed-16x16"},
		{kernels.Tuning{}, []gpu.Info{{Name: "?", Type: "of a later version"}}, "packed-8x8"},
		{kernels.Tuning{}, []gpu.Info{{}}, "packed-8x8"},
	} {
		require.Equal(t, c.want, c.tuning.Shared(c.devices, "matmul-f32", params), c.devices)
	}
	require.Equal(t, "packed-16x16", tuning.Shared([]gpu.Info{cpu}, "matmul-f32", map[string]int64{"M": 100, "N": 100, "K": 5000}), "another class of shapes")
	require.Empty(t, tuning.Shared([]gpu.Info{cpu}, "no such kernel", nil))
}

// What stands for a class of shapes is never so large that measuring it takes long, whatever was asked for.
func TestClassesAreSmall(t *testing.T) {
	for _, c := range []struct {
		name, shape string
		params      map[string]int64
	}{
		{"matmul-f32", "M=256,N=256,K=256,BATCH=16", map[string]int64{"M": 4096, "N": 4096, "K": 4096, "BATCH": 16}},
		{"matmul-f32", "M=511,N=512,K=512,BATCH=1", map[string]int64{"M": 5001, "N": 512, "K": 8192}},
		{"attention-f32", "S=75,T=150,D=128,BATCH=64,CAUSAL=1", map[string]int64{"S": 300, "T": 301, "D": 256, "BATCH": 64, "CAUSAL": 1}},
		{"conv2d-f32", "BATCH=1,H=32,W=32,C=64,OC=64,KH=7,KW=7,STRIDE=1,PAD=3", map[string]int64{"H": 500, "W": 500, "C": 64, "OC": 64, "KH": 7, "KW": 7, "PAD": 3}},
		{"gelu-f32", "N=1024", map[string]int64{"N": 1000}},
	} {
		key, err := kernels.Key(gpu.Info{}, c.name, c.params)
		require.NoError(t, err)
		require.Equal(t, "||"+c.name+"|"+c.shape, key)
	}
}

// A driver that computes one variant wrongly is found by Tune.
func TestTuneFindsWrongResults(t *testing.T) {
	d := &liar{Device: eval.Open()}
	_, err := kernels.Tune(t.Context(), d, "scan-u32", map[string]int64{"N": 3001})
	require.Equal(t, gpu.BadDriver, gpu.CodeOf(err), "%v", err)
}

// liar changes what its second kernel's results look like.
type liar struct {
	gpu.Device
	reads int
}

func (l *liar) Read(ctx context.Context, m gpu.Memory, off uint64, p []byte) error {
	err := l.Device.Read(ctx, m, off, p)
	if l.reads++; l.reads == 2 {
		p[len(p)/2] ^= 1
	}
	return err
}
