package jobfile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/poc"
)

// Stages says how a task is cut into tasks that follow each other, or why one that takes long is not. What a worker that leaves has finished is
// certified and paid, and who takes over goes on from there.
type Stages struct {
	Task     string        `json:"task"`
	Steps    []uint32      `json:"steps,omitempty"`      // of each stage; none if it stays whole
	Estimate time.Duration `json:"estimateNs,omitempty"` // for the whole task, if that is why it is here
	Whole    string        `json:"whole,omitempty"`      // why it is not cut
}

func (s Stages) String() string {
	if s.Whole != "" {
		return fmt.Sprintf("%s stays whole, though it is estimated to take %v: %s", s.Task, about(s.Estimate), s.Whole)
	}
	least, most := slices.Min(s.Steps), slices.Max(s.Steps)
	steps := fmt.Sprint(most)
	if least < most {
		steps = fmt.Sprintf("%d to %d", least, most)
	}
	text := fmt.Sprintf("%s: %d stages of %s steps", s.Task, len(s.Steps), steps)
	if s.Estimate > 0 {
		text += fmt.Sprintf(", as it is estimated to take %v, a stage about %v (stages: 1 in the job file leaves it whole)", about(s.Estimate), about(s.Estimate/time.Duration(len(s.Steps))))
	}
	return text
}

// about rounds a duration for people.
func about(d time.Duration) time.Duration {
	if d > time.Minute {
		return d.Round(time.Second)
	}
	return d.Round(time.Millisecond)
}

// stage is one of the programs into which a task's is cut.
type stage struct {
	program *Program
	takes   []string // inputs that are outputs of the stage before
	gives   []string // outputs of the whole
}

// uncut is a program as it is.
func uncut(p *Program) []stage {
	one := stage{program: p}
	for _, r := range p.Report.Results {
		one.gives = append(one.gives, r.Name)
	}
	return []stage{one}
}

// parts cuts a task's program into n stages and tells how many steps each has.
func (j *Job) parts(task string, p *Program, n int) (stages []stage, steps []uint32, err error) {
	if j.Policy.Compare.Tier == poc.Image {
		return nil, nil, errors.New("the tier image takes whole numbers for samples of a picture, one step apart, and what stages hand on is none: ask for reproducible, class-exact or tolerance, or leave stages out")
	}
	if most := poc.MaxName - len("/4095") - len(stageName("", n-1, n)); len(task) > most {
		return nil, nil, fmt.Errorf("the name of a task in %d stages has at most %d bytes", n, most)
	}
	program, err := gpu.DecodeProgram(p.Block)
	if err != nil {
		return nil, nil, err
	}
	list, err := program.Stages(n)
	if err != nil {
		return nil, nil, err
	}
	stages = make([]stage, n)
	for k, part := range list {
		stages[k] = stage{takes: part.Takes, gives: part.Gives}
		steps = append(steps, part.Program.Steps)
		block, err := part.Program.Encode()
		if err != nil {
			return nil, nil, err
		}
		// Stages that begin in different places are often one program.
		if same := slices.IndexFunc(stages[:k], func(s stage) bool { return bytes.Equal(s.program.Block, block) }); same >= 0 {
			stages[k].program = stages[same].program
			continue
		}
		report, err := gpu.Check(part.Program)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range []struct {
			what      string
			have, can int
		}{{"outputs", len(report.Results), poc.MaxOutputs}, {"inputs", len(report.Inputs), market.MaxInputs}} {
			if c.have > c.can {
				return nil, nil, fmt.Errorf("a stage would have %d %s, each buffer of state among them, and a task has at most %d: put several buffers of state into one", c.have, c.what, c.can)
			}
		}
		stages[k].program = &Program{Name: stageName(p.Name, k, n), Block: block, Report: report}
	}
	return stages, steps, nil
}

const stageText = ", stage %d of %d"

func stageName(name string, k, n int) string { return name + fmt.Sprintf(stageText, k+1, n) }

// StageOf tells which of how many stages a task of the given name is, from 1, and of which task; zero if it is none.
func StageOf(name string) (task string, k, n int) {
	at := strings.LastIndex(name, ", stage ")
	if at < 0 {
		return name, 0, 0
	}
	if _, err := fmt.Sscanf(name[at:], stageText, &k, &n); err != nil || k < 1 || k > n || n > maxRepeat || name != stageName(name[:at], k-1, n) {
		return name, 0, 0
	}
	return name[:at], k, n
}

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
