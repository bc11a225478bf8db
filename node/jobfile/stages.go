package jobfile

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/poc"
)

// Stages says how a task is cut into tasks that follow each other. What a worker that leaves has finished is certified and paid, and who
// takes over goes on from there.
type Stages struct {
	Task  string   `json:"task"`
	Steps []uint32 `json:"steps"` // of each stage
}

func (s Stages) String() string {
	least, most := slices.Min(s.Steps), slices.Max(s.Steps)
	steps := fmt.Sprint(most)
	if least < most {
		steps = fmt.Sprintf("%d to %d", least, most)
	}
	return fmt.Sprintf("%s: %d stages of %s steps", s.Task, len(s.Steps), steps)
}

// stage is one of the programs into which a task's is cut.
type stage struct {
	program *Program
	takes   []string // inputs that are outputs of the stage before
	gives   []string // outputs of the whole
}

// cut makes the stages of a task; one, the program as it is, if the file does not say how many.
func (j *Job) cut(s *scope, at []any, def taskDef, p *Program, whole bool) ([]stage, error) {
	n := int64(1)
	at = append(slices.Clone(at), "stages")
	if def.Stages != nil && !whole {
		var err error
		if n, err = s.eval(*def.Stages); err != nil {
			return nil, err
		}
		if n < 1 || n > maxRepeat {
			return nil, s.src.fail(at, "stages is %d; it must be 1 to %d", n, maxRepeat)
		}
	}
	if n == 1 {
		one := stage{program: p}
		for _, r := range p.Report.Results {
			one.gives = append(one.gives, r.Name)
		}
		return []stage{one}, nil
	}
	fail := func(err error) ([]stage, error) {
		return nil, s.src.fail(at, "task %q: program %q: %s", def.Name, def.Program, reason(err))
	}
	if j.Policy.Compare.Tier == poc.Image {
		return fail(fmt.Errorf("the tier image takes whole numbers for samples of a picture, one step apart, and what stages hand on is none: ask for reproducible, class-exact or tolerance, or leave stages out"))
	}
	if most := poc.MaxName - len("/4095") - len(stageName("", int(n)-1, int(n))); len(def.Name) > most {
		return nil, s.src.fail(at, "task %q: the name of a task in %d stages has at most %d bytes", def.Name, n, most)
	}
	program, err := gpu.DecodeProgram(p.Block)
	if err != nil {
		return fail(err)
	}
	parts, err := program.Stages(int(n))
	if err != nil {
		return fail(err)
	}
	told := Stages{Task: def.Name}
	stages := make([]stage, n)
	for k, part := range parts {
		stages[k] = stage{takes: part.Takes, gives: part.Gives}
		told.Steps = append(told.Steps, part.Program.Steps)
		block, err := part.Program.Encode()
		if err != nil {
			return fail(err)
		}
		// Stages that begin in different places are often one program.
		if same := slices.IndexFunc(stages[:k], func(s stage) bool { return bytes.Equal(s.program.Block, block) }); same >= 0 {
			stages[k].program = stages[same].program
			continue
		}
		report, err := gpu.Check(part.Program)
		if err != nil {
			return fail(err)
		}
		for _, c := range []struct {
			what      string
			have, can int
		}{{"outputs", len(report.Results), poc.MaxOutputs}, {"inputs", len(report.Inputs), market.MaxInputs}} {
			if c.have > c.can {
				return fail(fmt.Errorf("a stage would have %d %s, each buffer of state among them, and a task has at most %d: put several buffers of state into one", c.have, c.what, c.can))
			}
		}
		stages[k].program = &Program{Name: stageName(p.Name, k, int(n)), Block: block, Report: report}
	}
	j.Stages = append(j.Stages, told)
	return stages, nil
}

func stageName(name string, k, n int) string { return fmt.Sprintf("%s, stage %d of %d", name, k+1, n) }

// addStages adds a task, or those into which it is cut: each needs what the one before hands on, and is drawn like the first, so that it is
// computed where that is.
func (j *Job) addStages(whole Task, stages []stage) {
	first := uint32(len(j.tasks))
	for k, s := range stages {
		t := whole
		t.Program = s.program
		if len(stages) > 1 {
			t.Name = stageName(whole.Name, k, len(stages))
			t.Inputs = nil
			for _, want := range s.program.Report.Inputs {
				if slices.Contains(s.takes, want.Name) {
					before := market.From{Task: first + uint32(k) - 1, Output: want.Name}
					t.Inputs = append(t.Inputs, Source{Buffer: want.Name, From: []market.From{before}, Size: want.Size})
				} else if i := slices.IndexFunc(whole.Inputs, func(s Source) bool { return s.Buffer == want.Name }); i >= 0 {
					t.Inputs = append(t.Inputs, whole.Inputs[i])
				}
			}
			slices.SortFunc(t.Inputs, func(a, b Source) int { return cmp.Compare(a.Buffer, b.Buffer) })
		}
		if k > 0 {
			t.Like = &first
		}
		j.tasks = append(j.tasks, t)
	}
}
