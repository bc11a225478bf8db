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
		"auto": func(ctx context.Context, memory uint64) (gpu.Device, string, error) {
			d, note, err := openWebGPU(ctx, memory)
			if gpu.CodeOf(err) != gpu.Unsupported || err == nil {
				return d, note, err
			}
			d, _, eerr := openEval(ctx, memory)
			return d, err.Error(), eerr
		},
	}
}

func openWebGPU(ctx context.Context, memory uint64) (gpu.Device, string, error) {
	d, err := webgpu.Open(ctx, webgpu.Options{MaxTotal: memory})
	return d, "", err
}

func openEval(_ context.Context, memory uint64) (gpu.Device, string, error) {
	return eval.New(eval.Config{MaxTotal: memory}), "", nil
}
