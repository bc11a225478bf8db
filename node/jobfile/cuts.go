package jobfile

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gpumesh/gpu"
	"gpumesh/poc"
)

const (
	// DefaultStage is how long a stage of a task takes at most that is cut because it takes long, by an estimate for a device that half of the
	// providers are as fast as. A worker that leaves costs at most a stage, and little of it goes into its round of messages; and the longest timeout
	// allows a device of a sixth of that speed as much.
	DefaultStage = 10 * time.Minute

	slowest     = 6         // times the estimate that a timeout allows, where the file states none
	maxCut      = 256       // tasks that a job has more than its file says, so that its spec and its price stay small
	maxHandedOn = 256 << 20 // bytes that stages hand on, where the file does not ask for them: all candidates of each and the owner fetch them
)

// cuts decides into how many stages tasks are cut.
type cuts struct {
	*scope
	opts   Options
	counts []uint32 // of each entry of the tasks section: how often it is repeated
	stated []int64  // likewise: stages that the file says; zero: it does not
	room   int64    // for further tasks

	batched bool // the file puts several tasks into a unit
}

func newCuts(s *scope, opts Options) (*cuts, error) {
	c := &cuts{scope: s, opts: opts, room: int64(cmp.Or(opts.Room, maxRepeat))}
	c.opts.Stage = cmp.Or(opts.Stage, DefaultStage)
	if len(s.src.Tasks) == 0 {
		return nil, s.src.fail([]any{"tasks"}, "a job needs at least one task")
	}
	for i, def := range s.src.Tasks {
		counts := [2]int64{1, 0}
		for k, n := range []struct {
			what string
			is   *expression
		}{{"repeat", def.Repeat}, {"stages", def.Stages}} {
			if n.is == nil || k == 1 && opts.Whole {
				continue
			}
			var err error
			if counts[k], err = s.eval(*n.is); err != nil {
				return nil, err
			}
			if counts[k] < 1 || counts[k] > maxRepeat {
				return nil, s.src.fail([]any{"tasks", i, n.what}, "%s is %d; it must be 1 to %d", n.what, counts[k], maxRepeat)
			}
		}
		c.counts, c.stated = append(c.counts, uint32(counts[0])), append(c.stated, counts[1])
		c.room -= counts[0] * max(counts[1], 1)
	}
	c.room = min(c.room, maxCut)
	if b := s.src.Batch; b != nil {
		n, err := s.eval(*b)
		c.batched = err != nil || n > 1
	}
	return c, nil
}

// pace is how long a program is estimated to run; zero: that is not known.
func (c *cuts) pace(p *Program) time.Duration {
	if c.opts.Pace == nil {
		return 0
	}
	return c.opts.Pace(p.work())
}

// timeout is how long an execution of each stage may take, where the file does not say it.
func (c *cuts) timeout(stages []stage) time.Duration {
	most := defaultTimeout
	for _, s := range stages {
		most = max(most, min(slowest*min(c.pace(s.program), maxTimeout), maxTimeout))
	}
	return most
}

// longest is what those of the tasks that need each other are estimated to take.
func (c *cuts) longest(tasks []Task) (most time.Duration) {
	paces := map[*Program]time.Duration{}
	until := make([]time.Duration, len(tasks))
	for i, t := range tasks {
		if _, ok := paces[t.Program]; !ok {
			paces[t.Program] = c.pace(t.Program)
		}
		for _, in := range t.Inputs {
			for _, f := range in.From {
				until[i] = max(until[i], until[f.Task])
			}
		}
		until[i] += paces[t.Program]
		most = max(most, until[i])
	}
	return most
}

// before is into how many stages a task was cut when the job was submitted.
func (c *cuts) before(def taskDef) int64 {
	for _, name := range c.opts.Submitted {
		rest, ok := strings.CutPrefix(name, def.Name)
		if ok && def.Repeat != nil {
			rest, ok = strings.CutPrefix(rest, "/0")
		}
		if task, _, n := StageOf(rest); ok && task == "" && n > 1 {
			return int64(n)
		}
	}
	return 1
}

// cut makes the stages of a task that is repeated so often: as many as the file says, else as many as keep each short enough.
func (j *Job) cut(c *cuts, at []any, whole Task, def taskDef, count uint32) ([]stage, error) {
	p, i := whole.Program, at[1].(int)
	n := c.stated[i]
	if n == 0 && !c.opts.Whole && c.opts.Submitted != nil {
		n = c.before(def)
	}
	if n > 1 {
		stages, steps, err := j.parts(def.Name, p, int(n))
		if err != nil {
			return nil, c.src.fail(append(slices.Clone(at), "stages"), "task %q: program %q: %s", def.Name, def.Program, reason(err))
		}
		j.Stages = append(j.Stages, Stages{Task: def.Name, Steps: steps})
		return stages, nil
	}
	takes, most := c.pace(p), c.opts.Stage
	if whole.Timeout > 0 {
		most = min(most, whole.Timeout/2) // as devices differ
	}
	if takes <= most || c.opts.Whole || c.opts.Submitted != nil {
		return uncut(p), nil
	}
	stages, steps, err := j.shorten(c, def, p, int64((takes+most-1)/most), count)
	if err != nil {
		j.Stages = append(j.Stages, Stages{Task: def.Name, Estimate: takes, Whole: reason(err)})
		return uncut(p), nil
	}
	c.room -= int64(count) * int64(len(stages)-1)
	j.Stages = append(j.Stages, Stages{Task: def.Name, Estimate: takes, Steps: steps})
	return stages, nil
}

// shorten cuts a program that takes long into so many stages, or as many as are possible. The error says why it should stay whole.
func (j *Job) shorten(c *cuts, def taskDef, p *Program, n int64, count uint32) ([]stage, []uint32, error) {
	program, err := gpu.DecodeProgram(p.Block)
	if err != nil {
		return nil, nil, err
	}
	n = min(n, int64(program.MostStages()))
	room := 1 + c.room/int64(count)
	switch policy := c.src.Policy; {
	case def.Stages != nil:
		err = errors.New("the job file says stages: 1")
	case program.Steps == 1:
		err = errors.New("its program has one step, and could be cut between steps only")
	case n < 2:
		err = errors.New("a cut must be where every output has emitted its rows, which is at its end only")
	case policy.MaxError != nil:
		err = errors.New("the accepted error would be that of each stage, and of all together as many times more")
	case j.Policy.Compare.Tier == poc.Tolerance || j.Policy.Compare.Tier == poc.Image:
		err = fmt.Errorf("in the tier %v every stage may be off by the bounds, and all together by as many times more", j.Policy.Compare.Tier)
	case c.batched:
		err = errors.New("the job file says batch, and the tasks of a unit may not need each other, as stages do")
	case room < 2:
		err = fmt.Errorf("that would make more tasks than the network allows in a job, or over %d more than the job file says", maxCut)
	}
	if err != nil {
		return nil, nil, err
	}
	stages, steps, err := j.parts(def.Name, p, int(min(n, room)))
	if err != nil {
		return nil, nil, err
	}
	size := uint64(0)
	for _, in := range stages[1].program.Report.Inputs {
		if slices.Contains(stages[1].takes, in.Name) {
			size += in.Size
		}
	}
	if size > maxHandedOn {
		return nil, nil, fmt.Errorf("each stage would hand on %d MiB, and more than %d are cut only if the job file says how often", size>>20, maxHandedOn>>20)
	}
	return stages, steps, nil
}
