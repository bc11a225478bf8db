package gputest

import (
	"embed"
	"fmt"

	"gpumesh/gpu"
)

//go:embed wgsl
var regression embed.FS

// Regression is linear regression of y on x by SGD with momentum 1/2, a batch per step: small, and all that a training has.
// Its State is w (columns), c (1, the constant) and v (columns + 1, the optimizer's); Init makes w from the seed. Its data are
// the Slices x (rows x columns) and y (rows); each step emits its mean squared error as loss. Final emits guess, its values for
// the unseen rows of the Const far.
func Regression(steps, rows, columns, unseen uint32, rate float64) *gpu.Program {
	f32 := func(name string, kind gpu.Kind, n uint32) gpu.Buffer {
		return gpu.Buffer{Name: name, Kind: kind, Type: gpu.F32, Len: 4 * uint64(n)}
	}
	window := func(name string, n uint32) gpu.Buffer {
		b := f32(name, gpu.Slice, n)
		b.Stride, b.Period = b.Len, b.Len*uint64(steps)
		return b
	}
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: steps, Segment: max(steps/2, 1),
		Buffers: []gpu.Buffer{
			{Name: "params", Kind: gpu.Params, Type: gpu.U32, Len: gpu.ParamsSize},
			window("x", rows*columns), window("y", rows),
			f32("w", gpu.State, columns), f32("c", gpu.State, 1), f32("v", gpu.State, columns+1),
			f32("e", gpu.Temp, rows), f32("loss", gpu.Output, 1), f32("far", gpu.Const, unseen*columns), f32("guess", gpu.Output, unseen),
		},
	}
	p.Buffers[3].Keep, p.Buffers[7].Every = true, 1
	constants := fmt.Sprintf("const COLUMNS = %du;\nconst ROWS = %du;\nconst RATE = %#.9g;\n", columns, rows, rate)
	run := func(entry string, invocations uint32, buffers ...uint32) gpu.Command {
		source, err := regression.ReadFile("wgsl/regression-" + entry + ".wgsl")
		if err != nil {
			panic(err) // it is embedded
		}
		p.Modules = append(p.Modules, gpu.Module{Name: entry, WGSL: constants + string(source)})
		c := gpu.Command{Op: gpu.Dispatch, Module: uint16(len(p.Modules) - 1), Entry: entry, Grid: [3]uint32{(invocations + 63) / 64, 1, 1}}
		for _, i := range buffers {
			c.Bind = append(c.Bind, gpu.Binding{Buffer: i})
		}
		return c
	}
	p.Init = []gpu.Command{run("start", columns, 0, 3)}
	p.Step = []gpu.Command{run("residuals", 1, 1, 2, 3, 4, 6, 7), run("update", columns+1, 1, 6, 3, 4, 5)}
	p.Final = []gpu.Command{run("predict", unseen, 8, 3, 4, 9)}
	return p
}
