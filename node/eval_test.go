package node

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
)

// evalRunner computes programs on the reference evaluator, in this process. It may lie in one dispatch of each run.
type evalRunner struct {
	testRunner
	wrong int // the dispatch, counted from 1; 0: none
}

func (r evalRunner) open() gpu.Device {
	d := eval.New(eval.Config{})
	if r.wrong > 0 {
		d = &lyingDevice{Device: d, wrong: r.wrong}
	}
	return d
}

func (evalRunner) task(x Execution) (*gpu.Program, gpu.Task, error) {
	p, err := gpu.DecodeProgram(x.Program)
	t := gpu.Task{Inputs: map[string]gpu.Input{}, Seed: x.Seed}
	for name, path := range x.Inputs {
		b, readErr := os.ReadFile(path)
		if readErr != nil {
			return nil, t, readErr
		}
		t.Inputs[name] = bytes.NewReader(b)
	}
	return p, t, err
}

func (r evalRunner) RunFrom(ctx context.Context, x Execution, _ Checkpoints) (*gpu.Result, error) {
	p, t, err := r.task(x)
	if err != nil {
		return nil, err
	}
	files := []*os.File{}
	t.Outputs = func(name string, _ int64) (io.Writer, error) {
		f, err := os.Create(filepath.Join(x.OutDir, name))
		files = append(files, f)
		return f, err
	}
	res, err := gpu.Run(ctx, r.open(), p, t)
	for _, f := range files {
		f.Close()
	}
	x.Progress(1, 1)
	return res, err
}

func (r evalRunner) Replay(ctx context.Context, x Execution, leaf, at int, memory string) (*gpu.Replay, error) {
	p, t, err := r.task(x)
	if err != nil {
		return nil, err
	}
	var w io.Writer
	if memory != "" {
		f, err := os.Create(memory)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		w = f
	}
	return gpu.ReplaySegment(ctx, r.open(), p, t, leaf, at, w)
}

func (r evalRunner) Decide(ctx context.Context, x Execution, leaf, at int, before [][32]byte, memory string) ([][32]byte, error) {
	p, t, err := r.task(x)
	if err != nil {
		return nil, err
	}
	var in gpu.Input
	if memory != "" {
		b, err := os.ReadFile(memory)
		if err != nil {
			return nil, err
		}
		in = bytes.NewReader(b)
	}
	return gpu.DecideMark(ctx, r.open(), p, t, leaf, at, before, in)
}

// lyingDevice changes a byte of what one dispatch of two buffers writes.
type lyingDevice struct {
	gpu.Device
	wrong, done int
}

func (d *lyingDevice) Submit(ctx context.Context, work []gpu.Work) error {
	for i := range work {
		if err := d.Device.Submit(ctx, work[i:i+1]); err != nil {
			return err
		}
		w := &work[i]
		if w.Op != gpu.Dispatch || len(w.Bind) < 2 || w.Bind[1].Len != 256 {
			continue // the executor's own
		}
		if d.done++; d.done != d.wrong {
			continue
		}
		b := make([]byte, 256)
		if err := d.Device.Read(ctx, w.Bind[1].Memory, 0, b); err != nil {
			return err
		}
		b[17] ^= 4
		if err := d.Device.Write(w.Bind[1].Memory, 0, slices.Clone(b)); err != nil {
			return err
		}
	}
	return nil
}
