package jobfile

import (
	"cmp"
	"fmt"
	"slices"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/poc"
)

// NewProgram checks and encodes a program that tasks are to use, in the form that the tier asks for.
func NewProgram(name string, p *gpu.Program, t Tier) (*Program, error) {
	report, err := t.Apply(p)
	if err != nil {
		return nil, fmt.Errorf("program %s: %w", name, err)
	}
	block, err := p.Encode()
	if err != nil {
		return nil, fmt.Errorf("program %s: %w", name, err)
	}
	return &Program{Name: name, Block: block, Report: report}, nil
}

// Compose makes a job of tasks that a program put together instead of a person, with the defaults of a job file where there
// are any. It checks what Load checks: every buffer has content of its size, from a file or from earlier tasks. Where honest
// devices may differ all replicas must agree, whatever the policy says.
func Compose(name string, tasks []Task, files []File, outputs []Output, policy poc.Policy) (*Job, error) {
	j := &Job{Name: name, Files: files, Outputs: outputs, Policy: policy, Deadline: defaultDeadline, tasks: tasks}
	if n := len(tasks); n == 0 || n > maxRepeat {
		return nil, fmt.Errorf("the job has %d tasks; it must be 1 to %d", n, maxRepeat)
	}
	sizes := make(map[string]uint64, len(files))
	for _, f := range files {
		sizes[f.Input] = f.Size
	}
	for i := range tasks {
		t := &tasks[i]
		if t.Timeout == 0 {
			t.Timeout = defaultTimeout
		}
		slices.SortFunc(t.Inputs, func(a, b Source) int { return cmp.Compare(a.Buffer, b.Buffer) })
		if err := j.check(i, sizes); err != nil {
			return nil, fmt.Errorf("task %s: %w", t.Name, err)
		}
		if !slices.ContainsFunc(j.Programs, func(p Program) bool { return p.Name == t.Program.Name }) {
			j.Programs = append(j.Programs, *t.Program)
		}
	}
	if tier, why := j.Tier(); tier == wgsl.ClassExact {
		if policy.MaxError != 0 {
			return nil, fmt.Errorf("floats as each driver computes them may differ between honest devices, which an accepted error would take for lies: %s", cmp.Or(why, "take another tier"))
		}
		j.Policy.Quorum, j.Policy.MaxReplicas = j.Policy.Replicas, j.Policy.Replicas
	}
	for _, o := range outputs {
		size := uint64(0)
		for _, from := range o.Parts {
			r, ok := j.result(len(tasks), from)
			if !ok {
				return nil, fmt.Errorf("output %s: there is no such result", o.Name)
			}
			size += r.Size
		}
		if size != o.Size {
			return nil, fmt.Errorf("output %s has %d bytes, and %d were stated", o.Name, size, o.Size)
		}
	}
	return j, nil
}

// check says what is wrong with a task's inputs.
func (j *Job) check(index int, files map[string]uint64) error {
	t := &j.tasks[index]
	have := make(map[string]uint64, len(t.Inputs))
	for _, in := range t.Inputs {
		size, stored := files[in.Input]
		switch {
		case in.Input != "" && (!stored || size != in.Size):
			return fmt.Errorf("buffer %q: there is no file %q of %d bytes", in.Buffer, in.Input, in.Size)
		case in.Data != "" && (t.Held == nil || in.Input != "" || len(in.From) > 0):
			return fmt.Errorf("buffer %q: only a task on data that a provider holds takes %q of them", in.Buffer, in.Data)
		case in.Data == "" && (in.Input == "") == (len(in.From) == 0):
			return fmt.Errorf("buffer %q: its content is either a file or comes from tasks", in.Buffer)
		case in.Spare != "" && (len(in.From) == 0 || files[in.Spare] != in.Size):
			return fmt.Errorf("buffer %q: there is no file %q of %d bytes to take the place of an output", in.Buffer, in.Spare, in.Size)
		case len(in.From) > market.MaxParts:
			return fmt.Errorf("buffer %q: its content has %d parts; at most %d are possible", in.Buffer, len(in.From), market.MaxParts)
		}
		for _, from := range in.From {
			if r, ok := j.result(index, from); !ok || r.Size != in.Size {
				return fmt.Errorf("buffer %q: no earlier task %d has a result %q of %d bytes", in.Buffer, from.Task, from.Output, in.Size)
			}
		}
		have[in.Buffer] = in.Size * uint64(max(1, len(in.From)))
	}
	for _, want := range t.Program.Report.Inputs {
		size, ok := have[want.Name]
		if !ok && want.Optional {
			continue
		}
		if size != want.Size && (want.Kind != gpu.Slice || size < want.Size) {
			return fmt.Errorf("buffer %q takes %d bytes, and its content has %d", want.Name, want.Size, size)
		}
		delete(have, want.Name)
	}
	for name := range have {
		return fmt.Errorf("program %s takes no input %q", t.Program.Name, name)
	}
	return nil
}

// result returns an output of a task before the given one.
func (j *Job) result(before int, from market.From) (gpu.ResultSpec, bool) {
	if int64(from.Task) >= int64(before) {
		return gpu.ResultSpec{}, false
	}
	return j.tasks[from.Task].Program.result(from.Output)
}
