package verify

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ipfs/go-cid"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// rerun computes a sample of the certified tasks again and compares, or checks those that were checked. Every task that was looked at is a check of its own.
func (v *verifier) rerun(ctx context.Context) {
	const name = "work"
	if !v.passed["results"] {
		v.step(name, needs("results"), nil)
		return
	}
	order := v.sample()
	var why error
	switch {
	case v.opts.Rerun <= 0:
		why = errors.New("no task was to be computed again")
	case len(order) == 0:
		why = errors.New("no task was certified")
	case v.opts.Content == nil:
		why = v.opts.NoContent
	}
	if why != nil {
		v.outcome(name, func() (string, error) { return "", v.omit(why) })
		return
	}
	inexact := map[string]bool{} // programs that other devices compute differently
	done := 0
	for _, i := range order {
		if done == v.opts.Rerun {
			break
		}
		if inexact[v.spec.Tasks[i].Program.KeyString()] {
			continue
		}
		run, err := v.load(ctx, i)
		if err == nil && run.report.Tier == wgsl.ClassExact && !v.spec.Policy.Compare.Near() && v.spec.Policy.Compare.Tier != poc.Proof {
			inexact[v.spec.Tasks[i].Program.KeyString()] = true
			v.note("%s was not computed again: its program is %s, so the evaluator may differ from the workers' devices in the last bits (%s)",
				v.name(i), run.report.Tier, tierReason(run.report))
			continue
		}
		done++
		v.outcome(name, func() (string, error) {
			if err != nil {
				return "", v.omit(fmt.Errorf("%s was not computed again: %w", v.name(i), err))
			}
			return run.compare(ctx)
		})
		if err != nil || ctx.Err() != nil {
			break // the others' content is where this one's is
		}
	}
	if done == 0 {
		v.outcome(name, func() (string, error) {
			return "", v.omit(errors.New("no task has a program that every device computes alike"))
		})
	}
	if rest := len(order) - done; rest > 0 {
		v.note("%d of %d certified tasks were not computed again", rest, len(order))
	}
}

// omit turns the reason why something was not computed again into a failure if that was required, or if the reason is one.
func (v *verifier) omit(err error) error {
	if v.opts.Required && v.opts.Rerun > 0 || errors.Is(err, errContent) {
		return err
	}
	if bad, ok := errors.AsType[*gpu.Error](err); ok && bad.Code == gpu.InvalidProgram {
		return err
	}
	return skip{oneLine(err)}
}

func tierReason(r *gpu.Report) string {
	if len(r.Reasons) == 0 {
		return "no reason is known"
	}
	return fmt.Sprintf("module %s: %s", r.Reasons[0].Module, r.Reasons[0].Message)
}

// sample lists the certified tasks in the order in which they are looked at.
func (v *verifier) sample() []int {
	var order []int
	keys := map[int][]byte{}
	for i, c := range v.computed {
		if c == nil || v.spec.Tasks[i].Held != nil {
			continue
		}
		h := sha256.New()
		h.Write([]byte("gpumesh/verify/1"))
		h.Write(v.r.Beacon.Random[:])
		h.Write(v.opts.Seed[:])
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(i)))
		keys[i] = h.Sum(nil)
		order = append(order, i)
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(bytes.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
	return order
}

// execution is one task to compute again.
type execution struct {
	v       *verifier
	index   int
	task    market.Task
	program *gpu.Program
	report  *gpu.Report
}

// load gets the program of a task. A *gpu.Error says what is wrong with it.
func (v *verifier) load(ctx context.Context, i int) (*execution, error) {
	x := &execution{v: v, index: i, task: v.spec.Tasks[i]}
	block, err := v.program(ctx, x.task.Program)
	if err != nil {
		return nil, err
	}
	if x.program, err = gpu.DecodeProgram(block); err != nil {
		return nil, err
	}
	x.report, err = gpu.Check(x.program)
	return x, err
}

// compare computes the task and compares every output and the trace with what was certified.
func (x *execution) compare(ctx context.Context) (string, error) {
	name, want := x.v.name(x.index), *x.v.computed[x.index]
	dir, err := os.MkdirTemp("", "gpumesh-verify-*")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the folder for temporary files
	inputs, err := x.inputs(ctx, dir)
	if err != nil {
		return "", x.v.omit(fmt.Errorf("%s was not computed again: %w", name, err))
	}
	defer func() {
		for _, in := range inputs {
			_ = in.(*file).Close() // read only
		}
	}()
	switch {
	case x.v.spec.Policy.Compare.Tier == poc.Proof:
		return x.checkProduct(ctx, dir, inputs)
	case x.report.Tier == wgsl.ClassExact:
		return x.compareNear(ctx, dir, inputs)
	}
	out := outputs{}
	ran, err := gpu.Run(ctx, eval.Open(), x.program, gpu.Task{Inputs: inputs, Outputs: out.open, Seed: x.task.Seed})
	files, ferr := out.finish(err)
	if err = cmp.Or(err, ferr); err != nil {
		return "", x.refused(name, err)
	}
	if len(ran.Outputs) != len(want.Outputs) {
		return "", fmt.Errorf("%s emits %d outputs on the evaluator, and %d are certified", name, len(ran.Outputs), len(want.Outputs))
	}
	var size uint64
	for k, o := range want.Outputs {
		have := ran.Outputs[k]
		if have.Name != o.Name || have.Size != o.Size || files[o.Name] != o.File.Cid {
			return "", fmt.Errorf("%s: the evaluator computes output %q of %d bytes, %s; certified is %q of %d bytes, %s",
				name, have.Name, have.Size, files[have.Name], o.Name, o.Size, o.File)
		}
		size += o.Size
	}
	if poc.Hash(ran.TraceRoot) != want.Trace {
		return "", fmt.Errorf("%s: the evaluator's trace root is %s, and %s is certified", name, poc.Hash(ran.TraceRoot), want.Trace)
	}
	return fmt.Sprintf("%s computed again on the reference evaluator: the same %d bytes of output, and the same trace root", name, size), nil
}

// refused is why the evaluator did not compute a task. What is too large for it says nothing against the workers.
func (x *execution) refused(name string, err error) error {
	if bad, ok := errors.AsType[*gpu.Error](err); ok && slices.Contains([]gpu.Code{gpu.InvalidProgram, gpu.InvalidInput}, bad.Code) {
		return fmt.Errorf("%s was certified, and the evaluator refuses it: %w", name, err)
	}
	return x.v.omit(fmt.Errorf("%s was not computed again: %w", name, err))
}

// file is an input that was brought together on disk.
type file struct {
	*os.File
	size int64
}

func (f *file) Size() int64 { return f.size }

// inputs brings the inputs of the task together: files of the spec, and certified outputs of earlier tasks.
func (x *execution) inputs(ctx context.Context, dir string) (map[string]gpu.Input, error) {
	in := map[string]gpu.Input{}
	fail := func(err error) (map[string]gpu.Input, error) {
		for _, f := range in {
			_ = f.(*file).Close() // read only
		}
		return nil, err
	}
	for k, input := range x.task.Inputs {
		f, err := os.Create(filepath.Join(dir, strconv.Itoa(k))) // names are a stranger's
		if err != nil {
			return fail(err)
		}
		joined := &file{File: f}
		in[input.Name] = joined
		for _, p := range input.Parts {
			id, err := x.source(p)
			if err == nil {
				err = x.v.copyFile(ctx, f, id, p.Size)
			}
			if err != nil {
				return fail(fmt.Errorf("input %q: %w", input.Name, err))
			}
			joined.size += int64(p.Size) // of at most market.MaxTotal in all
		}
		if info, err := f.Stat(); err != nil || info.Size() != joined.size {
			return fail(fmt.Errorf("input %q: its files do not have the %d bytes of the spec: %w", input.Name, joined.size, cmp.Or(err, errContent)))
		}
	}
	return in, nil
}

func (x *execution) source(p market.Part) (poc.Link, error) {
	// Tasks that need others are units of their own. What this one went on without is in its own certified result.
	file, ok := x.v.spec.Source(p, uint32(x.index), x.v.computed[x.index].Without, func(task uint32) (poc.Result, bool) {
		if c := x.v.computed[task]; c != nil {
			return *c, true
		}
		return poc.Result{}, false
	})
	if ok {
		return file, nil
	}
	return poc.Link{}, fmt.Errorf("output %q of task %d was not certified", p.From.Output, p.From.Task)
}

// outputs takes what a run emits and keeps nothing of it but the CIDs. Several outputs may be written in turns.
type outputs map[string]*output

type output struct {
	*io.PipeWriter
	done chan struct{}
	id   cid.Cid
	err  error
}

func (o outputs) open(name string, _ int64) (io.Writer, error) {
	r, w := io.Pipe()
	out := &output{PipeWriter: w, done: make(chan struct{})}
	o[name] = out
	go func() {
		defer close(out.done)
		out.id, out.err = p2p.FileCID(r)
		_ = r.CloseWithError(out.err) // nil after the end of the output: nothing is written any more
	}()
	return w, nil
}

// finish ends every output, with the run's error if it has one, and returns the CIDs by name.
func (o outputs) finish(run error) (map[string]cid.Cid, error) {
	ids := map[string]cid.Cid{}
	var errs []string
	for name, out := range o {
		_ = out.CloseWithError(run) // always nil; a nil error is the end of the file
		<-out.done
		if ids[name] = out.id; out.err != nil {
			errs = append(errs, fmt.Sprintf("output %q: %v", name, out.err))
		}
	}
	if len(errs) > 0 {
		slices.Sort(errs)
		return nil, errors.New(strings.Join(errs, "; "))
	}
	return ids, nil
}
