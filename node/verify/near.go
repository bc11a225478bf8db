package verify

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/poc"
)

// compareNear computes a task whose results were compared by looking at them, and compares it with what was certified in the same way:
// the evaluator is one device more. States in between, and so the trace, are each device's own.
func (x *execution) compareNear(ctx context.Context, dir string, inputs map[string]gpu.Input) (string, error) {
	name, want := x.v.name(x.index), *x.v.computed[x.index]
	files := map[string]*os.File{}
	defer func() {
		for _, f := range files {
			_ = f.Close() // in a folder that goes away
		}
	}()
	open := func(output string, _ int64) (io.Writer, error) {
		f, err := os.Create(filepath.Join(dir, "out"+strconv.Itoa(len(files)))) // names are a stranger's
		files[output] = f
		return f, err
	}
	ran, err := gpu.Run(ctx, eval.Open(), x.program, gpu.Task{Inputs: inputs, Outputs: open, Seed: x.task.Seed})
	if err != nil {
		return "", x.refused(name, err)
	}
	if len(ran.Outputs) != len(want.Outputs) {
		return "", fmt.Errorf("%s emits %d outputs on the evaluator, and %d are certified", name, len(ran.Outputs), len(want.Outputs))
	}
	c := x.v.spec.Policy.Compare
	for k, o := range want.Outputs {
		if have := ran.Outputs[k]; have.Name != o.Name || have.Size != o.Size {
			return "", fmt.Errorf("%s: the evaluator computes output %q of %d bytes; certified is %q of %d bytes", name, have.Name, have.Size, o.Name, o.Size)
		}
		path := filepath.Join(dir, "certified"+strconv.Itoa(k))
		if err := x.certified(ctx, path, o); err != nil {
			return "", x.v.omit(fmt.Errorf("%s was not compared: %w", name, err))
		}
		d, err := compareFiles(c.Gauge(x.report.Results[k].Type == gpu.F32), path, files[o.Name].Name(), o.Size)
		if err != nil {
			return "", err
		}
		if d != "" {
			return "", fmt.Errorf("%s: what the evaluator computes is not near the certified output %q: %s", name, o.Name, d)
		}
	}
	return fmt.Sprintf("%s computed again on the reference evaluator: %v", name, c), nil
}

// certified copies a certified output to a file.
func (x *execution) certified(ctx context.Context, path string, o poc.Output) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = x.v.copyFile(ctx, f, o.File, o.Size)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

func compareFiles(g *poc.Gauge, theirs, own string, size uint64) (poc.Difference, error) {
	a, err := os.Open(theirs)
	if err != nil {
		return "", err
	}
	defer func() { _ = a.Close() }() // read only
	b, err := os.Open(own)
	if err != nil {
		return "", err
	}
	defer func() { _ = b.Close() }() // read only
	read := func(f *os.File) func([]byte) error {
		return func(b []byte) error { _, err := io.ReadFull(f, b); return err }
	}
	if d, err := g.AddAll(size, read(a), read(b)); d != "" || err != nil {
		return d, err
	}
	return g.Verdict(), nil
}
