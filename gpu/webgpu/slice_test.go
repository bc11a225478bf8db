package webgpu

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// A dispatch of many seconds runs in slices, and ends between two of them when it is told to.
func TestLongDispatchInSlices(t *testing.T) {
	const source = `
@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) n: vec3<u32>) {
  var x = id.x;
  for (var i = 0u; i < 60000u; i = i + 1u) { x = x * 1664525u + 1013904223u + (x >> 7u); }
  out[id.x] = x + n.x;
}`
	const groups = 2000
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1, Modules: []gpu.Module{{Name: "m", WGSL: source}},
		Buffers: []gpu.Buffer{{Name: "out", Kind: gpu.Output, Type: gpu.U32, Len: 4 * 64 * groups}},
		Step:    []gpu.Command{{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{}}, Grid: [3]uint32{groups, 1, 1}}},
	}
	d := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	run := func(stop int) (submissions int, err error) {
		res, err := gpu.Run(ctx, d, p, gpu.Task{Progress: func(g gpu.Progress) {
			if g.Phase == gpu.Running {
				if submissions++; submissions == stop {
					cancel()
				}
			}
		}})
		if err == nil {
			t.Logf("%v in %d submissions, the longest of %v", res.Timings.Run, res.Timings.Submissions, res.Timings.Longest)
		}
		return submissions, err
	}
	whole, err := run(0)
	require.NoError(t, err)
	require.Greater(t, whole, 4)

	seen, err := run(4)
	require.Equal(t, gpu.Canceled, gpu.CodeOf(err), "%v", err)
	require.Equal(t, 4, seen, "it ends before the next one")
}
