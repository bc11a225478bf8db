package worker

import (
	"context"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/webgpu"
)

// Devices are the devices that a Child can open by name. "auto" takes webgpu and, on a machine without any driver that computes rightly, eval.
func Devices() map[string]Opener {
	return map[string]Opener{
		"webgpu": openWebGPU,
		"eval":   openEval,
		"auto":   orEval(openWebGPU),
	}
}

// AdapterPrefix is before a part of an adapter's name where a device is named.
const AdapterPrefix = "webgpu:"

// orEval opens the evaluator where there is no driver, and where none computes rightly.
func orEval(open Opener) Opener {
	return func(ctx context.Context, memory uint64) (gpu.Device, string, error) {
		d, note, err := open(ctx, memory)
		if code := gpu.CodeOf(err); err == nil || code != gpu.Unsupported && code != gpu.BadDriver {
			return d, note, err
		}
		d, _, eerr := openEval(ctx, memory)
		return d, err.Error(), eerr
	}
}

func openWebGPU(ctx context.Context, memory uint64) (gpu.Device, string, error) {
	return openAdapter("")(ctx, memory)
}

func openAdapter(name string) Opener {
	return func(ctx context.Context, memory uint64) (gpu.Device, string, error) {
		d, err := webgpu.Open(ctx, webgpu.Options{Adapter: name, MaxTotal: memory})
		if err != nil {
			return nil, "", err
		}
		return d, d.Info().Note, nil
	}
}

func openEval(_ context.Context, memory uint64) (gpu.Device, string, error) {
	return eval.New(eval.Config{MaxTotal: memory}), "", nil
}
