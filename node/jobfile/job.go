package jobfile

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/poc"
)

// Defaults of a job file.
const (
	defaultReplicas = 3
	extraReplicas   = 2           // that may be drawn when the first ones disagree
	defaultTimeout  = time.Minute // at least
	maxTimeout      = time.Hour
	defaultDeadline = 10 * time.Minute
	maxRepeat       = 4096
)

// Options are what the command line says about a job file.
type Options struct {
	Inputs map[string]string // files by input name
	Set    map[string]int64  // values that replace those of let
	Tier   Tier              // instead of the file's, unless empty
	Whole  bool              // leave all tasks whole, also those that the file cuts into stages

	// Pace estimates how long work takes where it will be done; zero: that is not known. Without it only what the file cuts is cut, and
	// timeouts do not follow from the work.
	Pace  func(w market.Work) time.Duration
	Stage time.Duration // that a stage of a task that the file does not cut takes at most, by Pace; zero: DefaultStage
	Room  int           // tasks that the network allows in a job; zero: as many as a file may make

	// Submitted names the tasks of a job that was submitted with the file before: where Pace decided then, this does.
	Submitted []string

	// Variant chooses the variant of a kernel of the library, by its name and parameters; nil or an empty result mean the one
	// that is fair on every device.
	Variant func(name string, params map[string]int64) string
}

// Job is a job file that was checked and bound to its inputs.
type Job struct {
	Name       string
	Programs   []Program // that tasks use, by name
	Files      []File    // to be stored before the job is submitted
	Outputs    []Output
	Policy     poc.Policy
	Dishonest  int           // thousandths of the providers that are taken for it
	PerReplica market.Amount // most that one replica of one task may cost, also where several make a unit; 0: not stated
	Budget     market.Amount // 0: not stated
	Deadline   time.Duration // from the submission on
	Late       time.Duration // from the submission on, what comes later is late; 0: nothing is
	LateBps    uint32        // parts of market.FeeBase of its ask that a late worker is not paid
	Batch      uint32        // tasks that are computed, verified and paid as one unit; 0: 1
	Stages     []Stages      // of tasks that are cut, or stay whole though they take long, in the order of the file
	Takes      time.Duration // estimate for those tasks one after the other that take longest, by Options.Pace; zero: not known
	Library    bool          // a program is a kernel of the library, so that Options.Variant matters

	tasks  []Task
	stated bool // Batch, by the file
}

// File is an input of the job.
type File struct {
	Input string
	Path  string
	Size  uint64 // bytes of Open's content, which is less than the file when it has a header

	// Open returns the content to store: the elements without any header. It fails when the file has changed.
	Open func() (io.ReadCloser, error)
}

// Task is a market.Task whose inputs are not stored yet.
type Task struct {
	Name    string
	Program *Program
	Inputs  []Source
	Seed    uint64
	Timeout time.Duration

	Least    uint32        // of the tasks whose outputs have a spare; see market.Task
	Patience time.Duration // with the others
	Like     *uint32       // task whose draw is this one's; see market.Task
	Held     *market.Held  // it runs on data that one provider has; nil: anybody can run it
}

// Source is where the content of a buffer comes from.
type Source struct {
	Buffer string
	Input  string        // of the job; or
	From   []market.From // outputs of earlier tasks, one after the other; or
	Data   string        // of the holder's; see market.Part
	Size   uint64        // bytes of the input, or of what each task of the file gives
	Spare  string        // input of the job that takes the place of parts, see market.Part; or empty
	Chosen *uint32       // task that chooses; see market.Part
}

// Load reads the job file at path. The error of anything that a person can mend is an *Error.
func Load(path string, opts Options) (*Job, error) {
	src, err := readSource(path)
	if err != nil {
		return nil, err
	}
	return build(src, filepath.Dir(path), opts)
}

func build(src *source, dir string, opts Options) (*Job, error) {
	if src.Name == "" || len(src.Name) > 64 {
		return nil, src.fail([]any{"name"}, "a job has a name of 1 to 64 bytes")
	}
	src.Tier = cmp.Or(opts.Tier, src.Tier)
	if !src.Tier.valid() {
		return nil, src.fail([]any{"tier"}, "tier is %q; it must be %s", src.Tier, Tiers)
	}
	for name := range opts.Set {
		if _, ok := src.Let[name]; !ok {
			return nil, &Error{File: src.name, Msg: fmt.Sprintf("there is no %q in let to set; it has: %s", name, list(src.Let))}
		}
	}
	if src.Tier == "" && src.Policy.Compare == ByProof {
		src.Tier = Fast // a check allows for rounding
	}
	s := &scope{src: src, set: opts.Set, variant: opts.Variant, sizes: map[string]int64{}, inputs: map[string]*boundInput{}}
	if err := bindInputs(s, dir, opts.Inputs); err != nil {
		return nil, err
	}
	j := &Job{Name: src.Name, PerReplica: src.Price.PerReplica.Amount, Budget: src.Price.Budget.Amount, Deadline: defaultDeadline}
	if src.Deadline.Duration > 0 {
		j.Deadline = src.Deadline.Duration
	}
	if src.Late != nil {
		j.Late, j.LateBps = src.Late.After.Duration, src.Late.Less.bps
		if j.Late == 0 || j.LateBps == 0 || j.Late >= j.Deadline {
			return nil, &Error{File: src.name, Msg: "late says after which time results are late, which comes before the deadline, and how much less they are paid, such as {after: 5m, less: 25%}"}
		}
	}
	programs := map[string]*Program{}
	for _, name := range slices.Sorted(maps.Keys(src.Programs)) {
		p, err := s.program(name, src.Programs[name], dir)
		if err != nil {
			return nil, err
		}
		programs[name] = p
		j.Library = j.Library || src.Programs[name].Builtin != ""
	}
	unlike := false // honest devices may differ
	for _, p := range programs {
		unlike = unlike || p.Report.Tier == wgsl.ClassExact
	}
	checked, err := j.byProof(src, programs)
	switch {
	case err != nil:
	case checked:
		err = j.proven(src)
	default:
		if err = j.comparator(src, programs, unlike); err == nil {
			err = j.policy(src, unlike)
		}
	}
	if err != nil {
		return nil, err
	}
	c, err := newCuts(s, opts)
	if err != nil {
		return nil, err
	}
	groups, err := j.addTasks(s, programs, c)
	if err != nil {
		return nil, err
	}
	j.Takes = c.longest(j.tasks)
	if err := j.batch(s); err != nil {
		return nil, err
	}
	known := map[*Program]bool{}
	for _, t := range j.tasks {
		if !known[t.Program] {
			known[t.Program] = true
			j.Programs = append(j.Programs, *t.Program)
		}
	}
	slices.SortFunc(j.Programs, func(a, b Program) int { return cmp.Compare(a.Name, b.Name) })
	for _, name := range slices.Sorted(maps.Keys(s.inputs)) {
		used := slices.ContainsFunc(j.tasks, func(t Task) bool {
			return slices.ContainsFunc(t.Inputs, func(i Source) bool { return i.Input == name })
		})
		if !used {
			return nil, src.fail([]any{"inputs", name}, "no task uses the input %q", name)
		}
		in := s.inputs[name]
		j.Files = append(j.Files, File{name, in.path, in.size, in.open})
	}
	return j, j.addOutputs(s, groups)
}

// policy is as the file says. Where honest devices may differ all replicas must agree: a majority would convict the others.
func (j *Job) policy(src *source, unlike bool) error {
	set := func(to *uint32, v *uint32, otherwise uint32) {
		*to = otherwise
		if v != nil {
			*to = *v
		}
	}
	p := src.Policy
	switch {
	case p.MaxError != nil:
		return j.priced(src, unlike && j.Policy.Compare.Tier == poc.Exact)
	case p.Dishonest != nil:
		return src.fail([]any{"policy", "dishonest"}, "dishonest goes with maxError")
	}
	j.Dishonest = DefaultDishonest
	set(&j.Policy.Replicas, p.Replicas, defaultReplicas)
	r := j.Policy.Replicas
	unlike = unlike && j.Policy.Compare.Tier == poc.Exact
	quorum, most := r/2+1, r+extraReplicas
	if unlike {
		quorum, most = r, r
	}
	set(&j.Policy.Quorum, p.Quorum, quorum)
	set(&j.Policy.MaxReplicas, p.MaxReplicas, most)
	set(&j.Policy.Standby, p.Standby, r)
	switch q := j.Policy; {
	case q.Replicas < 1 || q.Replicas > 32:
		return src.fail([]any{"policy", "replicas"}, "replicas is %d; it must be 1 to 32", q.Replicas)
	case q.Quorum > q.Replicas || q.Quorum*2 <= q.Replicas:
		return src.fail([]any{"policy", "quorum"}, "quorum is %d; it must be more than half of replicas (%d) and at most that", q.Quorum, q.Replicas)
	case q.MaxReplicas < q.Replicas || q.MaxReplicas > 32:
		return src.fail([]any{"policy", "maxReplicas"}, "maxReplicas is %d; it must be %d (replicas) to 32", q.MaxReplicas, q.Replicas)
	case unlike && q.Quorum != q.MaxReplicas:
		return src.fail([]any{"policy"}, "floats as each driver computes them may differ between honest devices, so all replicas must agree: quorum and maxReplicas must be %d (replicas), or the tier reproducible, class-exact or tolerance", q.Replicas)
	}
	return nil
}

// Tier is the lowest of the tiers that the job's programs have, and for one that is below reproducible why; see wgsl.Tier.
func (j *Job) Tier() (tier wgsl.Tier, why string) {
	tier = wgsl.Exact
	for _, p := range j.Programs {
		switch p.Report.Tier {
		case wgsl.ClassExact:
			program, err := gpu.DecodeProgram(p.Block)
			if err == nil {
				err = p.Report.Reproducible(program)
			}
			if err != nil {
				why = reason(err)
			}
			return wgsl.ClassExact, why
		case wgsl.Reproducible:
			tier = wgsl.Reproducible
		}
	}
	return tier, ""
}

// Tasks returns the number of tasks.
func (j *Job) Tasks() int { return len(j.tasks) }

// Held is how many tasks run on data that one provider holds, so that nobody else can compute them.
func (j *Job) Held() (n int) {
	for _, t := range j.tasks {
		if t.Held != nil {
			n++
		}
	}
	return n
}

// Work is what the most expensive task needs, as providers see it when they price the job.
func (j *Job) Work() market.Work {
	var most market.Work
	for _, p := range j.Programs {
		w := p.work()
		most = market.Work{Operations: max(most.Operations, w.Operations), Traffic: max(most.Traffic, w.Traffic), Memory: max(most.Memory, w.Memory)}
	}
	return most
}

// Unbounded is the longest time that a task may run which has a loop that nobody knows the bound of, and where one of them is. Providers are paid
// for all of this time. Zero: there is none.
func (j *Job) Unbounded() (most time.Duration, loop string) {
	for _, t := range j.tasks {
		if where := t.Program.Report.Unbounded; where != "" && t.Timeout > most {
			most, loop = t.Timeout, fmt.Sprintf("%s in program %q", where, t.Program.Name)
		}
	}
	return most, loop
}

func (p *Program) work() market.Work {
	return market.Work{Operations: p.Report.Operations, Traffic: p.Report.Traffic, Memory: p.Report.Bytes}
}

// Spec drafts the job's spec from the links under which the files were stored, by input name; maxPrice is that of a replica of a unit. The
// node that submits it fills in what is its own.
func (j *Job) Spec(files map[string]poc.Link, maxPrice, budget market.Amount, submitted time.Time) (market.Spec, error) {
	s := market.Spec{
		Name: j.Name, Policy: j.Policy, MaxPrice: maxPrice, Budget: budget, Deadline: poc.Time(submitted.Add(j.Deadline).UnixMilli()), Batch: j.Batch,
	}
	if j.Late > 0 {
		s.Due, s.LateBps = poc.Time(submitted.Add(j.Late).UnixMilli()), j.LateBps
	}
	for _, t := range j.tasks {
		m := market.Task{
			Name: t.Name, Program: poc.BlockLink(t.Program.Block), Seed: t.Seed,
			Timeout: seconds(t.Timeout), Least: t.Least, Patience: seconds(t.Patience), Like: t.Like,
		}
		for _, src := range t.Inputs {
			in := market.Input{Name: src.Buffer}
			if src.Input != "" {
				link, ok := files[src.Input]
				if !ok {
					return s, fmt.Errorf("the input %q has not been stored", src.Input)
				}
				in.Parts = []market.Part{{File: &link, Size: src.Size}}
			}
			var spare *poc.Link
			if src.Spare != "" {
				link, ok := files[src.Spare]
				if !ok {
					return s, fmt.Errorf("the input %q has not been stored", src.Spare)
				}
				spare = &link
			}
			if src.Data != "" {
				in.Parts = []market.Part{{Data: src.Data, Size: src.Size}}
			}
			for _, f := range src.From {
				r, _ := j.result(len(j.tasks), f) // it was checked
				in.Parts = append(in.Parts, market.Part{From: &f, Size: r.Size, Spare: spare, Chosen: src.Chosen})
			}
			m.Inputs = append(m.Inputs, in)
		}
		for _, r := range t.Program.Report.Results {
			if m.Held = t.Held; m.Held != nil && r.Name != market.HeldOutput {
				continue // it stays with the holder
			}
			m.Outputs = append(m.Outputs, market.OutSpec{Name: r.Name, Size: r.Size})
		}
		s.Tasks = append(s.Tasks, m)
	}
	return s, nil
}

func seconds(d time.Duration) uint32 {
	return uint32(min((d+time.Second-1)/time.Second, math.MaxUint32))
}

// result returns an output of the program.
func (p *Program) result(name string) (gpu.ResultSpec, bool) {
	for _, r := range p.Report.Results {
		if r.Name == name {
			return r, true
		}
	}
	return gpu.ResultSpec{}, false
}
