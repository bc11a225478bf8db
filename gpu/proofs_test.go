package gpu_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/wgsl"
)

// scattered is a program of n dispatches, each with another grid, of a kernel with so many stores.
func scattered(stores, n int, place string) *gpu.Program {
	var s strings.Builder
	s.WriteString("@group(0) @binding(0) var<storage, read_write> out: array<u32>;\n@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) n: vec3<u32>) {\n")
	for i := range stores {
		fmt.Fprintf(&s, "out["+place+" + %du] = id.x;\n", i)
	}
	s.WriteString("}\n")
	p := &gpu.Program{Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Modules: []gpu.Module{{Name: "m", WGSL: s.String()}},
		Buffers: []gpu.Buffer{{Name: "out", Kind: gpu.Output, Type: gpu.U32, Len: 1 << 30}},
	}
	for i := range n {
		p.Step = append(p.Step, gpu.Command{Op: gpu.Dispatch, Entry: "main", Grid: [3]uint32{uint32(1 + i), 1, 1}, Bind: []gpu.Binding{{}}})
	}
	return p
}

// TestWorkOfCheckIsBounded: a program of many dispatches is proven at once where the proof does not care about the grid, and
// otherwise until its budget is spent. Without that these programs took minutes or an hour.
func TestWorkOfCheckIsBounded(t *testing.T) {
	k, err := kernels.New("matmul-f32", map[string]int64{"M": 256, "N": 256, "K": 64}, "double-8x8")
	require.NoError(t, err)
	product := k.Program()
	for i := range 1500 {
		c := product.Step[0]
		c.Grid = [3]uint32{uint32(1 + i%500), uint32(1 + i/500), 1}
		product.Step = append(product.Step, c)
	}
	stores := scattered(180, 8192, "id.x * 360u")
	// It is proven for each grid, and for all of them only with what is not followed: the product of two ids.
	each := scattered(60, 8192, "id.x * n.x * 64u")

	r, err := gpu.Check(product)
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprint(r.Reasons), "takes too long")
	r, err = gpu.Check(stores)
	require.NoError(t, err)
	require.Equal(t, wgsl.Exact, r.Tier, "%v", r.Reasons)

	one := *each
	one.Step = each.Step[:1]
	r, err = gpu.Check(&one)
	require.NoError(t, err)
	require.Equal(t, wgsl.Exact, r.Tier, "%v", r.Reasons)
	r, err = gpu.Check(each)
	require.NoError(t, err)
	require.Equal(t, wgsl.ClassExact, r.Tier)
	require.Contains(t, r.Reasons[0].Message, "takes too long")
	each.Modules[0].Float = gpu.Reproducible1
	_, err = gpu.Check(each)
	require.ErrorContains(t, err, "takes too long")
	require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err))
}

func TestCheckEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := gpu.CheckContext(ctx, scattered(1, 1, "id.x"))
	require.ErrorIs(t, err, context.Canceled)
}
