package jobfile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/poc"
)

// group is the tasks that one entry of the tasks section makes.
type group struct {
	def     taskDef
	program *Program
	first   uint32
	count   uint32  // repetitions
	stages  []stage // of each; one if it is not cut
}

// from lists the tasks that give a result, in their order.
func (g group) from(result string) (parts []market.From) {
	for i := range g.count * uint32(len(g.stages)) {
		if slices.Contains(g.stages[i%uint32(len(g.stages))].gives, result) {
			parts = append(parts, market.From{Task: g.first + i, Output: result})
		}
	}
	return parts
}

// addTasks makes the tasks, in the order of the file: a task can use only what stands before it.
func (j *Job) addTasks(s *scope, programs map[string]*Program, c *cuts) (map[string]group, error) {
	src := s.src
	groups := map[string]group{}
	for i, def := range src.Tasks {
		at := []any{"tasks", i}
		if def.Name == "" || len(def.Name) > poc.MaxName-5 {
			return nil, src.fail(at, "a task has a name of 1 to %d bytes", poc.MaxName-5)
		}
		if _, ok := groups[def.Name]; ok {
			return nil, src.fail(at, "two tasks are named %q; repeat: N makes N like ones", def.Name)
		}
		p := programs[def.Program]
		if p == nil {
			return nil, src.fail(at, "task %q: there is no program %q; there are: %s", def.Name, def.Program, list(programs))
		}
		g := group{def: def, program: p, first: uint32(len(j.tasks)), count: c.counts[i]}
		t := Task{Name: def.Name, Program: p, Timeout: cmp.Or(def.Timeout.Duration, src.Timeout.Duration)}
		if t.Timeout > maxTimeout {
			return nil, src.fail(at, "task %q: the timeout is %v; it must be at most 1h", def.Name, t.Timeout)
		}
		var err error
		if t.Inputs, err = s.taskInputs(at, def, p, groups); err != nil {
			return nil, err
		}
		if g.stages, err = j.cut(c, at, t, def, g.count); err != nil {
			return nil, err
		}
		if t.Timeout == 0 {
			t.Timeout = c.timeout(g.stages)
		}
		for k := range g.count {
			one := t
			if one.Seed, err = s.seed(def.Seed, int64(k)); err != nil {
				return nil, err
			}
			if def.Repeat != nil {
				one.Name = fmt.Sprintf("%s/%d", def.Name, k)
			}
			j.addStages(one, g.stages)
		}
		groups[def.Name] = g
	}
	if n := len(j.tasks); n > maxRepeat {
		return nil, src.fail([]any{"tasks"}, "the job has %d tasks; at most %d are possible", n, maxRepeat)
	}
	return groups, nil
}

// index is the name that seeds know the number of a repeated task by.
const index = "index"

// seed is the task's number among its like unless the file says otherwise.
func (s *scope) seed(e *expression, k int64) (uint64, error) {
	if e == nil {
		return uint64(k), nil
	}
	if s.knows(index) {
		return 0, &Error{s.src.name, e.line, "index is the number of a repeated task in its seed; nothing else can have that name"}
	}
	s.sizes[index] = k
	defer delete(s.sizes, index)
	v, err := s.eval(*e)
	return uint64(v), err
}

// taskInputs finds the content of every buffer that needs one: as stated, or the job's input of the buffer's name.
func (s *scope) taskInputs(at []any, def taskDef, p *Program, groups map[string]group) ([]Source, error) {
	var out []Source
	for _, want := range p.Report.Inputs {
		in, stated := def.Inputs[want.Name]
		if !stated {
			if _, ok := s.inputs[want.Name]; !ok {
				if want.Optional {
					continue
				}
				return nil, s.src.fail(at, "task %q: nothing says where the content of buffer %q comes from; add inputs: {%s: {input: NAME}} or {from: TASK}",
					def.Name, want.Name, want.Name)
			}
			in.Input = want.Name
		}
		src, size, err := s.taskInput(append(slices.Clone(at), "inputs", want.Name), def, want.Name, in, groups)
		if err != nil {
			return nil, err
		}
		if size != want.Size && (want.Kind != gpu.Slice || size < want.Size) {
			return nil, s.src.fail(at, "task %q: buffer %q takes %d bytes, and its content has %d", def.Name, want.Name, want.Size, size)
		}
		out = append(out, src)
	}
	for _, name := range slices.Sorted(maps.Keys(def.Inputs)) {
		if !slices.ContainsFunc(p.Report.Inputs, func(w gpu.InputSpec) bool { return w.Name == name }) {
			var names []string
			for _, w := range p.Report.Inputs {
				names = append(names, w.Name)
			}
			return nil, s.src.fail(append(at, "inputs", name), "task %q: program %q takes no input %q; it takes: %s", def.Name, def.Program, name, strings.Join(names, ", "))
		}
	}
	slices.SortFunc(out, func(a, b Source) int { return strings.Compare(a.Buffer, b.Buffer) })
	return out, nil
}

// taskInput also returns the size of the content.
func (s *scope) taskInput(at []any, def taskDef, buffer string, in taskInput, groups map[string]group) (Source, uint64, error) {
	out := Source{Buffer: buffer, Input: in.Input}
	if (in.Input == "") == (in.From == "") || in.From == "" && in.Output != "" {
		return out, 0, s.src.fail(at, "task %q: the content of %q is either {input: NAME} or {from: TASK, output: NAME}", def.Name, buffer)
	}
	if in.Input != "" {
		file, ok := s.inputs[in.Input]
		if !ok {
			return out, 0, s.src.fail(at, "task %q: the job has no input %q; it has: %s", def.Name, in.Input, list(s.inputs))
		}
		out.Size = file.size
		return out, out.Size, nil
	}
	g, ok := groups[in.From]
	if !ok {
		return out, 0, s.src.fail(at, "task %q: there is no task %q before it", def.Name, in.From)
	}
	r, err := g.output(s.src, at, in.From, in.Output)
	if err != nil {
		return out, 0, err
	}
	if out.From = g.from(r.Name); len(out.From) > market.MaxParts {
		return out, 0, s.src.fail(at, "task %q: %d outputs are more than the %d that one input can be made of", def.Name, len(out.From), market.MaxParts)
	}
	out.Size = r.Size
	return out, r.Size * uint64(g.count), nil
}

// output finds an output of a task's program; without a name, the only one.
func (g group) output(src *source, at []any, task, name string) (gpu.ResultSpec, error) {
	var names []string
	for _, r := range g.program.Report.Results {
		names = append(names, r.Name)
	}
	if name == "" && len(names) == 1 {
		name = names[0]
	}
	r, ok := g.program.result(name)
	if !ok {
		return r, src.fail(at, "task %q has no output %q; it has: %s", task, name, strings.Join(names, ", "))
	}
	return r, nil
}

// addOutputs makes the files that the owner gets; without an outputs section, one .npy for every output of the last task.
func (j *Job) addOutputs(s *scope, groups map[string]group) error {
	defs := s.src.Outputs
	if len(defs) == 0 {
		defs = map[string]outputDef{}
		last := s.src.Tasks[len(s.src.Tasks)-1].Name
		for _, r := range groups[last].program.Report.Results {
			defs[r.Name] = outputDef{Task: last, Output: r.Name}
		}
	}
	files := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(defs)) {
		def, at := defs[name], []any{"outputs", name}
		g, ok := groups[def.Task]
		if !ok {
			return s.src.fail(at, "output %q: there is no task %q; there are: %s", name, def.Task, list(groups))
		}
		r, err := g.output(s.src, at, def.Task, def.Output)
		if err != nil {
			return err
		}
		o := Output{Name: name, File: def.File, Type: r.Type, Size: r.Size * uint64(g.count)}
		if o.File == "" {
			o.File = name + ".npy"
		}
		if !validFile(o.File) || o.File == "receipt.json" {
			return s.src.fail(at, "output %q: %q is not a plain file name that is free", name, o.File)
		}
		if other, ok := files[strings.ToLower(o.File)]; ok {
			return s.src.fail(at, "the outputs %q and %q have the same file %q", other, name, o.File)
		}
		files[strings.ToLower(o.File)] = name
		if o.Shape, err = s.outputShape(at, name, def, g, r); err != nil {
			return err
		}
		if err := o.check(); err != nil {
			return s.src.fail(at, "output %q: %v", name, err)
		}
		o.Parts = g.from(r.Name)
		j.Outputs = append(j.Outputs, o)
	}
	return nil
}

// outputShape is as stated, or that of the buffer, with its first dimension as often as it is emitted and the task repeated.
func (s *scope) outputShape(at []any, name string, def outputDef, g group, r gpu.ResultSpec) ([]int64, error) {
	total := r.Size * uint64(g.count)
	dims := def.Shape
	if dims == nil {
		dims = s.src.Programs[g.def.Program].Buffers[r.Name].Shape
	}
	if dims == nil {
		return []int64{int64(total / 4)}, nil
	}
	shape, err := s.shape(*dims)
	if err != nil {
		return nil, err
	}
	size, err := product(shape)
	if err != nil {
		return nil, s.src.fail(at, "output %q: %v", name, err)
	}
	if def.Shape == nil && len(shape) > 0 {
		shape[0] *= int64(total / size)
		size = total
	}
	if def.Shape == nil && len(shape) == 0 && total > size {
		return []int64{int64(total / 4)}, nil
	}
	if size != total {
		return nil, s.src.fail(at, "output %q has %d bytes, and the shape %v is %d", name, total, shape, size)
	}
	return shape, nil
}
