package worker

import (
	"context"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/webgpu"
)

// Devices are the devices that a Child can open by name. "auto" takes webgpu and, where no adapter is left that serves, eval.
func Devices() map[string]Opener {
	return map[string]Opener{
		"webgpu": openAdapter(""),
		"eval":   openEval,
		"auto":   orEval(openAdapter("")),
	}
}

// AdapterPrefix is before a part of an adapter's name where a device is named.
const AdapterPrefix = "webgpu:"

// orEval opens the evaluator where no adapter is left to be tried. It names none, as nothing comes after it.
func orEval(open Opener) Opener {
	return func(ctx context.Context, o Opening) (gpu.Device, string, error) {
		tried, first := false, o
		first.Chosen = func(adapter string) {
			tried = true
			o.Chosen(adapter)
		}
		d, note, err := open(ctx, first)
		if err == nil || tried || gpu.CodeOf(err) != gpu.Unsupported {
			return d, note, err
		}
		d, _, eerr := openEval(ctx, o)
		if len(o.Skip) > 0 {
			return d, "", eerr // why none is left is known
		}
		return d, err.Error(), eerr
	}
}

func openAdapter(name string) Opener {
	return func(ctx context.Context, o Opening) (gpu.Device, string, error) {
		d, err := webgpu.Open(ctx, webgpu.Options{Adapter: name, Skip: o.Skip, Chosen: o.Chosen, MaxTotal: o.Memory})
		if err != nil {
			return nil, "", err
		}
		return d, d.Info().Note, nil
	}
}

func openEval(_ context.Context, o Opening) (gpu.Device, string, error) {
	return eval.New(eval.Config{MaxTotal: o.Memory}), "", nil
}
