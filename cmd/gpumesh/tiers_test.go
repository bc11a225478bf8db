package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

const squareJob = `name: floats
programs:
  square:
    wgsl: |
      @group(0) @binding(0) var<storage, read> x: array<f32>;
      @group(0) @binding(1) var<storage, read_write> y: array<f32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        if (id.x < 64u) { y[id.x] = x[id.x] * x[id.x] + 1.0; }
      }
    buffers:
      x: {kind: state, type: f32, shape: [64]}
      y: {kind: output, type: f32, shape: [64]}
    step:
      - {dispatch: main, grid: [1]}
tasks:
  - {name: square, program: square}
`

func TestTiers(t *testing.T) {
	floats := writeJob(t, squareJob)
	r := command(t, "tiers", floats, "--device", "eval", "--json")
	require.Zero(t, r.code, r.err)
	var got struct{ Programs []tiered }
	require.NoError(t, json.Unmarshal([]byte(r.out), &got))
	require.Len(t, got.Programs, 1)
	p := got.Programs[0]
	require.True(t, p.Reproducible)
	require.Empty(t, p.Refused)
	require.Positive(t, p.Cost)
	require.NotEmpty(t, p.Reasons)
	require.Equal(t, 5, p.Reasons[0].Line)

	r = command(t, "tiers", writeJob(t, ownJob), "-i", "x="+writeWords(t, 100), "--device", "eval")
	require.Zero(t, r.code, r.err)
	require.Equal(t, "triple  exact: equal on all devices as it is written\n", r.out)

	for tier, want := range map[string]string{
		"exact": `the program is not exact: module "main", line 5`,
		"best":  `tier is "best"; it must be exact, reproducible, class-exact, tolerance, image or fast`,
	} {
		r = command(t, "run", floats, "--tier", tier)
		require.NotZero(t, r.code)
		require.Contains(t, r.err, want)
	}
}
