package worker

import (
	"context"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/webgpu"
)

// Devices are the devices that a Child can open by name. "auto" takes webgpu and, on a machine without any driver, eval.
func Devices() map[string]Opener {
	return map[string]Opener{
		"webgpu": openWebGPU,
		"eval":   openEval,
		"auto": func(ctx context.Context) (gpu.Device, string, error) {
			d, note, err := openWebGPU(ctx)
			if gpu.CodeOf(err) != gpu.Unsupported || err == nil {
				return d, note, err
			}
			d, _, eerr := openEval(ctx)
			return d, err.Error(), eerr
		},
	}
}

func openWebGPU(ctx context.Context) (gpu.Device, string, error) {
	d, err := webgpu.Open(ctx, webgpu.Options{})
	return d, "", err
}

func openEval(context.Context) (gpu.Device, string, error) { return eval.Open(), "", nil }
