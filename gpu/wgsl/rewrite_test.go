package wgsl_test

import (
	"encoding/binary"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/wgsl"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files anew")

// asConst makes a program whose modules are given in their reproducible form, as any WGSL, with the zeros as an input.
func asConst(t *testing.T, p *gpu.Program) (*gpu.Program, bool) {
	q := *p
	q.Modules, q.Step, q.Buffers = nil, nil, append([]gpu.Buffer(nil), p.Buffers...)
	zeros := uint32(len(q.Buffers))
	q.Buffers = append(q.Buffers, gpu.Buffer{Name: "r_zeros", Kind: gpu.Const, Type: gpu.U32, Len: 16})
	var forms []*wgsl.Rewritten
	for _, m := range p.Modules {
		parsed, err := wgsl.Parse(m.WGSL)
		require.NoError(t, err)
		form, err := parsed.Reproducible()
		if err != nil {
			t.Logf("%s: %v", m.Name, err)
			return nil, false
		}
		again, err := parsed.Reproducible()
		require.NoError(t, err)
		require.Equal(t, form.Source, again.Source, "the same text every time")
		forms = append(forms, form)
		q.Modules = append(q.Modules, gpu.Module{Name: m.Name, WGSL: form.Source})
	}
	for _, c := range p.Step {
		if c.Op == gpu.Dispatch {
			for len(c.Bind) < int(forms[c.Module].Zeros) {
				return nil, false
			}
			c.Bind = append(append([]gpu.Binding(nil), c.Bind...), gpu.Binding{Buffer: zeros})
		}
		q.Step = append(q.Step, c)
	}
	return &q, true
}

// TestIntegerKernelsKeepTheirResults: what has no f32 must do the same after it was taken apart and written anew.
func TestIntegerKernelsKeepTheirResults(t *testing.T) {
	e := eval.Open()
	compared := 0
	for _, info := range kernels.Names() {
		params := map[string]int64{}
		for _, p := range info.Params {
			if p.Required() {
				params[p.Name] = min(p.Max, 32)
			}
		}
		p, err := kernels.Builtin(info.Name, params)
		require.NoError(t, err)
		report, err := gpu.Check(p)
		require.NoError(t, err)
		if report.Tier != wgsl.Exact {
			continue
		}
		q, ok := asConst(t, p)
		if !ok {
			continue
		}
		compared++
		rng := rand.New(rand.NewPCG(5, 6))
		inputs := map[string][]byte{}
		for _, s := range report.Inputs {
			for range s.Size / 4 {
				v := rng.Uint32()
				if info.Name == "histogram" || s.Name == "index" {
					v %= 16
				}
				inputs[s.Name] = binary.LittleEndian.AppendUint32(inputs[s.Name], v)
			}
		}
		want := results(t, e, p, inputs)
		inputs["r_zeros"] = make([]byte, 16)
		require.Equal(t, want, results(t, e, q, inputs), info.Name)
	}
	require.Greater(t, compared, 10)
}

// TestGolden shows the rewriting of some kernels; "go test -run Golden ./gpu/wgsl -rewrite" writes the files.
func TestGolden(t *testing.T) {
	sources := map[string]string{"languages": languages}
	for name, params := range map[string]map[string]int64{"softmax-f32": {"N": 100}, "gelu-f32": {"N": 100}, "matmul-f32": {"M": 4, "N": 4, "K": 4}} {
		p, err := kernels.Builtin(name, params)
		require.NoError(t, err)
		sources[name] = p.Modules[len(p.Modules)-1].WGSL
	}
	for name, source := range sources {
		m, err := wgsl.Parse(source)
		require.NoError(t, err)
		form, err := m.Reproducible()
		require.NoError(t, err)
		got := "// Source:\n" + source + "\n// Rewritten:\n" + form.Source
		path := filepath.Join("testdata", "reproducible", name+".wgsl")
		if *rewrite {
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), got)
	}
}

// boundless is a device that takes any loop; those of the test are short.
type boundless struct{ gpu.Device }

func (b boundless) Info() gpu.Info {
	i := b.Device.Info()
	i.Limits.MaxLoopIterations = 0
	return i
}

// TestLanguage runs languages on the driver and on the evaluator.
func TestLanguage(t *testing.T) {
	d, e := boundless{driver(t)}, eval.Open()
	const groups = 4
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Modules: []gpu.Module{{Name: "languages", WGSL: languages, Float: gpu.Reproducible1}},
		Buffers: []gpu.Buffer{
			{Name: "scene", Kind: gpu.Const, Type: gpu.U32, Len: 64 + 48*300}, {Name: "view", Kind: gpu.Const, Type: gpu.F32, Len: 16},
			{Name: "seen", Kind: gpu.Output, Type: gpu.U32, Len: 16}, {Name: "out", Kind: gpu.Output, Type: gpu.F32, Len: 48 * 400}, {Name: "first", Kind: gpu.Output, Type: gpu.F32, Len: 4 * groups},
		},
		Step: []gpu.Command{{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}, {Buffer: 2}, {Buffer: 3}, {Buffer: 4}}, Grid: [3]uint32{groups, 1, 1}}},
	}
	for _, wild := range []float64{0, 0.1, 1} {
		rng := rand.New(rand.NewPCG(8, 9))
		inputs := map[string][]byte{}
		for name, size := range map[string]int{"scene": 64 + 48*300, "view": 16} {
			for range size / 4 {
				inputs[name] = binary.LittleEndian.AppendUint32(inputs[name], word(rng, wild))
			}
		}
		got, want := results(t, d, p, inputs), results(t, e, p, inputs)
		for name := range want {
			if string(got[name]) != string(want[name]) {
				t.Errorf("%s: %s", name, firstDifference(got[name], want[name]))
			}
		}
	}
}

// languages has a bit of everything that the rewriting has to write again.
const languages = `
struct Ball { centre: vec3<f32>, radius: f32, colour: u32, @size(16) spin: vec2<f32> }
struct Scene { count: u32, turn: mat3x3<f32>, balls: array<Ball> }
const COUNT = 5u;
const WEIGHTS = array<f32, 3>(0.25, 0.5, 1e-35);
const TURN: i32 = -2147483647 - 1;
@group(0) @binding(0) var<storage, read> scene: Scene;
@group(0) @binding(1) var<uniform> view: vec4<f32>;
@group(0) @binding(2) var<storage, read_write> seen: array<atomic<u32>, 4>;
@group(0) @binding(3) var<storage, read_write> out: array<Ball>;
@group(0) @binding(4) var<storage, read_write> first: array<f32>;
var<private> seed: u32 = 7u;
var<workgroup> totals: array<vec2<f32>, 96>;
var<workgroup> hits: atomic<u32>;

fn next() -> f32 {
  seed = seed * 747796405u + 2891336453u;
  return f32(seed) * 2.3283064e-10;
}

fn add(p: ptr<function, vec3<f32>>, v: vec3<f32>) { *p += v / f32(COUNT); }

fn sum(r_sum: f32, b: Ball) -> f32 {
  var total = r_sum;
  for (var i = 0; i < 3; i++) {
    if ((i == 1 && total > b.radius) || b.colour == 3u) { continue; }
    var w = WEIGHTS;
    total += w[i] * dot(b.centre, b.centre);
    if (total > 100.0) { break; }
  }
  return total;
}

@compute @workgroup_size(8, 4)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let i = id.y * 64u + id.x;
  var p = scene.turn * vec3<f32>(next(), view.x, -view.y);
  add(&p, vec3<f32>(f32(lane), f32(i), 1.0));
  let b = scene.balls[i];
  var steps = 0u;
  loop {
    if (steps >= COUNT) { break; }
    p = normalize(p.zxy) * 0.5 + select(p, b.centre, p < b.centre);
    continuing {
      steps += 1u;
      break if p.x > 1e3;
    }
  }
  switch (i32(b.colour) % 3 - 1) {
    case 0, 1: { p.y = pow(abs(p.y), 1.5); }
    case -1: { p.z = bitcast<f32>(bitcast<u32>(p.z) ^ 1u); }
    default: { p[lane % 3u] = 0.0; }
  }
  totals[lane] = p.xy;
  atomicAdd(&hits, u32(p.x > 0.0));
  atomicMax(&seen[group.x & 3u], b.colour << (lane & 63u));
  workgroupBarrier();
  if (lane == 0u && group.y == 0u) { first[group.x] = f32(atomicLoad(&hits)) / sum(totals[5].x, b); }
  out[i] = b;
  out[i].spin = totals[31u - lane] - p.yz * p.yz;
  out[i].colour = u32(max(p.x, 0.0)) / b.colour;
}
`
