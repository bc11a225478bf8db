package gpu_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/wgsl"
)

const scaleSource = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read_write> unused: array<f32>;

@compute @workgroup_size(64)
fn scale(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = exp(x[id.x]) * 3.1 + x[0]; }

@compute @workgroup_size(64)
fn reset(@builtin(global_invocation_id) id: vec3<u32>) { unused[id.x] = f32(id.y) * 0.5; }
`

// scaled runs both entry points; the first binds less than the module declares.
func scaled(source string) *gpu.Program {
	return &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Modules: []gpu.Module{{Name: "m", WGSL: source}},
		Buffers: []gpu.Buffer{
			{Name: "x", Kind: gpu.Const, Type: gpu.F32, Len: 256}, {Name: "y", Kind: gpu.Output, Type: gpu.F32, Len: 256}, {Name: "z", Kind: gpu.Output, Type: gpu.F32, Len: 256},
		},
		Step: []gpu.Command{
			{Op: gpu.Dispatch, Entry: "scale", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}}, Grid: [3]uint32{1, 1, 1}},
			{Op: gpu.Dispatch, Entry: "reset", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}, {Buffer: 2}}, Grid: [3]uint32{1, 1, 1}},
		},
	}
}

func TestReproducibleModules(t *testing.T) {
	p := scaled(scaleSource)
	plain, err := p.Encode()
	require.NoError(t, err)
	report, err := gpu.Check(p)
	require.NoError(t, err)
	require.Equal(t, wgsl.ClassExact, report.Tier)
	require.NoError(t, report.Reproducible(p))

	p.Modules[0].Float = gpu.Reproducible1
	block, err := p.Encode()
	require.NoError(t, err)
	require.NotEqual(t, plain, block, "how floats are computed is part of the program's name")
	p, err = gpu.DecodeProgram(block)
	require.NoError(t, err)
	report, err = gpu.Check(p)
	require.NoError(t, err)
	require.Equal(t, wgsl.Reproducible, report.Tier)
	require.Equal(t, wgsl.ClassExact, report.AsWritten)
	require.Equal(t, 7, report.Reasons[0].Line, "reasons are about the text")

	want, sink := gputest.Collect()
	_, err = gpu.Run(t.Context(), eval.Open(), p, gpu.Task{Inputs: map[string]gpu.Input{"x": bytes.NewReader(make([]byte, 256))}, Outputs: sink})
	require.NoError(t, err)
	require.Equal(t, uint32(0x40466666), binary.LittleEndian.Uint32(want["y"].Bytes())) // 3.1

	p.Step[1].Grid = [3]uint32{1, 2, 1}
	_, err = gpu.Check(p)
	require.ErrorContains(t, err, `line 10:1: two invocations may write the same element of "unused"`)
	p.Step[1].Grid, p.Modules[0].Float = [3]uint32{1, 1, 1}, "reproducible/9"
	_, err = gpu.Check(p)
	require.ErrorContains(t, err, `float is "reproducible/9"`)
}

func TestNoReproducibleForm(t *testing.T) {
	p := scaled("@group(0) @binding(0) var<storage, read> x: array<f32>;\n@group(0) @binding(1) var<storage, read_write> y: array<f32>;\n@group(0) @binding(2) var<storage, read_write> z: array<f32>;\n" +
		"@compute @workgroup_size(64)\nfn scale(@builtin(global_invocation_id) id: vec3<u32>) {\n  y[0] = x[id.x];\n  z[id.x] = x[id.x] * 2.0;\n}\n@compute @workgroup_size(1)\nfn reset() {}\n")
	p.Step[0].Bind, p.Step[1].Bind = p.Step[1].Bind, nil
	report, err := gpu.Check(p)
	require.NoError(t, err)
	require.ErrorContains(t, report.Reproducible(p), `module "m" cannot be made reproducible: line 6:`)
	p.Modules[0].Float = gpu.Reproducible1
	_, err = gpu.Check(p)
	require.ErrorContains(t, err, "line 6:1: two invocations may write the same element")
}

// An exact module stays as it is.
func TestReproducibleExact(t *testing.T) {
	p := scaled("@group(0) @binding(0) var<storage, read> x: array<u32>;\n@group(0) @binding(1) var<storage, read_write> y: array<u32>;\n" +
		"@compute @workgroup_size(64)\nfn scale(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = x[id.x]; }\n@compute @workgroup_size(1)\nfn reset() {}\n")
	p.Modules[0].Float = gpu.Reproducible1
	report, err := gpu.Check(p)
	require.NoError(t, err)
	require.Equal(t, wgsl.Exact, report.Tier)
}

// An exact module whose invocations race in one of its dispatches is not exact, and is refused where it was to be reproducible.
func TestRacesLowerTheTier(t *testing.T) {
	p := scaled("@group(0) @binding(0) var<storage, read> x: array<u32>;\n@group(0) @binding(1) var<storage, read_write> y: array<u32>;\n" +
		"@compute @workgroup_size(8, 8)\nfn scale(@builtin(global_invocation_id) id: vec3<u32>) {\n  y[id.x + 8u * id.y] = x[id.x];\n}\n@compute @workgroup_size(1)\nfn reset() {}\n")
	report, err := gpu.Check(p)
	require.NoError(t, err)
	require.Equal(t, wgsl.Exact, report.Tier)
	require.NoError(t, report.Reproducible(p))

	p.Step[0].Grid = [3]uint32{2, 1, 1} // id.x is up to 15
	report, err = gpu.Check(p)
	require.NoError(t, err)
	require.Equal(t, wgsl.ClassExact, report.Tier)
	require.Equal(t, 5, report.Reasons[0].Line)
	require.Contains(t, report.Reasons[0].Message, `two invocations may write the same element of "y"`)
	require.ErrorContains(t, report.Reproducible(p), "line 5:1")
	p.Modules[0].Float = gpu.Reproducible1
	_, err = gpu.Check(p)
	require.ErrorContains(t, err, `module "m" cannot be made reproducible: line 5:1: two invocations may write`)
}

// Some steps of training give the same trace on the driver and on the evaluator, and another as written.
func TestReproducibleTraining(t *testing.T) {
	d := openDriver(t)
	const steps = 3
	p := mlpProgram(t, steps)
	inputs, _ := mlpInputs(steps)
	traces := map[string][32]byte{}
	for _, float := range []string{"", gpu.Reproducible1} {
		for i := range p.Modules {
			p.Modules[i].Float = float
		}
		for name, dev := range map[string]gpu.Device{"driver": d, "eval": eval.Open()} {
			res, err := gpu.Run(t.Context(), dev, p, gpu.Task{Inputs: inputs, Seed: mlpSeed})
			require.NoError(t, err, "%s %q", name, float)
			traces[name+float] = res.TraceRoot
		}
	}
	require.Equal(t, traces["eval"+gpu.Reproducible1], traces["driver"+gpu.Reproducible1])
	require.NotEqual(t, traces["eval"], traces["driver"])
}
