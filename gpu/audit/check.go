package audit

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
)

// Work is what was ordered. It comes from the order and never from the worker: a claim about other inputs is a wrong claim.
type Work struct {
	Program *gpu.Program

	// Task has the Inputs, whose contents the caller has compared with their CIDs, and the Seed; Share, MaxBusy and Progress
	// are those of the audit itself. The rest is not used. An input that could not be fetched is left out.
	Task gpu.Task
}

// Claim is what a worker binds itself to before the beacon. A leaf is at the same time the root of the checkpoint at the end of
// its segment: it commits to every buffer of the state.
type Claim struct {
	Leaves  [][32]byte          // gpu.Result.Leaves
	Results map[string][32]byte // by name: Merkle root of everything that the run emits, gpu.OutputInfo.Root
	Class   string              // of the device, gpu.Info.Class
}

// NewClaim is the claim of an honest worker.
func NewClaim(res *gpu.Result, class string) *Claim {
	c := &Claim{Leaves: res.Leaves, Results: make(map[string][32]byte), Class: class}
	for _, o := range res.Outputs {
		c.Results[o.Name] = o.Root
	}
	return c
}

// Validate reports a claim that cannot be one about this program, whatever it says. It needs no device and is for the moment
// in which the claim arrives.
func (c *Claim) Validate(p *gpu.Program) error {
	if len(c.Leaves) != p.Leaves() {
		return gpu.Errorf(gpu.InvalidInput, "the claim has %d leaves; the program has %d", len(c.Leaves), p.Leaves())
	}
	results := p.Results()
	for _, r := range results {
		if _, ok := c.Results[r.Name]; !ok {
			return gpu.Errorf(gpu.InvalidInput, "the claim does not say what the result %q is", r.Name)
		}
	}
	if len(c.Results) != len(results) {
		return gpu.Errorf(gpu.InvalidInput, "the claim has %d results; the program has %d", len(c.Results), len(results))
	}
	return nil
}

// States are what the worker hands over for the audit of one segment. None is trusted.
type States struct {
	Before gpu.Input // checkpoint at the segment's beginning, as gpu.Checkpoint.WriteTo writes it; the first segment needs none

	// What is claimed to be at the segment's end is needed only where [Auditor.ByNorm] says so: the checkpoint there or, after the
	// last segment, the results by name.
	After   gpu.Input
	Results map[string]gpu.Input
}

// Verdict is what an audit of one segment found.
type Verdict string

const (
	Agrees        Verdict = "agrees"         // the segment gives what was claimed
	Differs       Verdict = "differs"        // it does not: from the claimed state, the claimed leaf or results do not follow
	StateMismatch Verdict = "state-mismatch" // what was handed over is not the state or result that was claimed
	StateMissing  Verdict = "state-missing"  // a state or result that this audit needs was not handed over
	InputMissing  Verdict = "input-missing"  // an input of the work is missing; it says nothing about the worker
)

// Finding is a verdict and what it rests on. It is the word of one device: before anybody loses a stake for it, a dispute or
// another auditor confirms it.
type Finding struct {
	Segment  int
	Verdict  Verdict
	Reason   string // one sentence; empty where the leaves are equal
	Claimed  [32]byte
	Computed [32]byte  // zero when the segment was not run
	Norms    []Compare // per f32 buffer that was compared by norm; nil when bits were
	Fetched  int64     // bytes handed over
}

// Auditor re-runs segments on its device. Like the device it is used by one goroutine at a time.
type Auditor struct {
	Device gpu.Device
	Class  string // of Device, from gpu.Examine; empty: no other device is of the same
	Bound  Bound  // between classes; zero: DefaultBound

	program *gpu.Program // that was looked at last; a program does not change while it is audited
	report  *gpu.Report
}

// look is gpu.Check, done once for the segments of one program: it costs as much as a short segment.
func (a *Auditor) look(p *gpu.Program) (*gpu.Report, error) {
	if a.program == p {
		return a.report, nil
	}
	rep, err := gpu.Check(p)
	if err == nil {
		a.program, a.report = p, rep
	}
	return rep, err
}

// errDone ends a run after the audited segment.
var errDone = gpu.Errorf(gpu.Paused, "the audited segment is done")

// Check audits segment k of a claim. An error means that there is no finding: the claim is not valid, the program is
// not, the context is done, or a device or a file of the auditor failed. After an error that gpu.IsFatal reports the device is lost.
func (a *Auditor) Check(ctx context.Context, w Work, c *Claim, k int, s States) (*Finding, error) {
	rep, err := a.look(w.Program)
	if err != nil {
		return nil, err
	}
	if err := c.Validate(w.Program); err != nil {
		return nil, err
	}
	if k < 0 || k >= len(c.Leaves) {
		return nil, gpu.Errorf(gpu.InvalidInput, "the claim has no segment %d", k)
	}
	x := &check{Auditor: a, rep: rep, work: w, claim: c, k: k, last: k == len(c.Leaves)-1, Finding: &Finding{Segment: k, Claimed: c.Leaves[k]}}
	if x.Bound == (Bound{}) {
		x.bound = DefaultBound
	} else {
		x.bound = x.Bound
	}
	if err := x.run(ctx, s); err != nil {
		return nil, err
	}
	return x.Finding, nil
}

// check is one audit under way.
type check struct {
	*Auditor
	*Finding
	rep   *gpu.Report
	work  Work
	claim *Claim
	k     int
	last  bool
	bound Bound
	files []*watched
}

func (x *check) find(v Verdict, format string, args ...any) error {
	x.Verdict, x.Reason = v, fmt.Sprintf(format, args...)
	return nil
}

func (x *check) run(ctx context.Context, s States) error {
	t := x.work.Task
	t.Resume, t.Record = nil, nil
	t.Inputs = make(map[string]gpu.Input)
	for _, in := range x.rep.Inputs {
		file := x.work.Task.Inputs[in.Name]
		switch {
		case in.Kind == gpu.State && x.k > 0: // what it holds then is in the checkpoint
		case file == nil && in.Optional:
		case file == nil:
			return x.find(InputMissing, "input %q is missing", in.Name)
		case file.Size() < 0 || uint64(file.Size()) < in.Size || in.Kind != gpu.Slice && uint64(file.Size()) > in.Size:
			return gpu.Errorf(gpu.InvalidInput, "input %q has %d bytes; the program needs %d", in.Name, file.Size(), in.Size)
		default:
			t.Inputs[in.Name] = x.watch(file)
		}
	}
	byNorm, err := x.byNorm(x.rep, x.work.Program, x.claim, x.k)
	if err != nil {
		return err
	}
	if x.k > 0 {
		if s.Before == nil {
			return x.find(StateMissing, "the state before segment %d was not handed over", x.k)
		}
		x.Fetched += s.Before.Size()
		cp, err := x.checkpoint(s.Before, x.k)
		if cp == nil {
			return err
		}
		t.Resume = cp
	}

	var compared *comparison // of the results
	if x.last {
		t.Checkpoint = nil
		if t.Outputs = nil; byNorm {
			compared = &comparison{check: x, claimed: s.Results}
			t.Outputs = compared.open
		}
	} else {
		t.Outputs = nil
		t.Checkpoint = func(c *gpu.Checkpoint) error {
			x.Computed = c.Leaves[x.k]
			if x.Computed != x.Claimed && byNorm {
				if err := x.compareStates(c, s); err != nil {
					return err
				}
			}
			return errDone
		}
	}
	res, err := gpu.Run(ctx, x.Device, x.work.Program, t)
	for _, f := range x.files {
		if f.err != nil {
			return fmt.Errorf("a file of the audit cannot be read: %w", f.err)
		}
	}
	switch {
	case errors.Is(err, errDone):
	case gpu.CodeOf(err) == gpu.InvalidInput && x.Computed == [32]byte{} && t.Resume != nil: // inputs were looked at before
		return x.find(StateMismatch, "%s", reason(err))
	case err != nil:
		return err
	default:
		x.Computed = res.Leaves[x.k]
	}
	return x.judge(res, compared)
}

// ByNorm reports whether the device and that of the claim may honestly differ in segment k, so that States must have what is
// claimed after it too. It looks at what the segment runs: of a program that packs what it trained in plain floats, all but the
// last segment may be reproducible.
func (a *Auditor) ByNorm(p *gpu.Program, c *Claim, k int) (bool, error) {
	rep, err := a.look(p)
	if err != nil {
		return false, err
	}
	return a.byNorm(rep, p, c, k)
}

func (a *Auditor) byNorm(rep *gpu.Report, p *gpu.Program, c *Claim, k int) (bool, error) {
	if rep.Tier != wgsl.ClassExact || a.Class != "" && a.Class == c.Class {
		return false, nil
	}
	runs := p.Step
	switch {
	case k == 0:
		runs = slices.Concat(p.Init, p.Step)
	case len(p.Final) > 0 && k == p.Leaves()-1:
		runs = p.Final
	}
	known := make(map[uint16]bool)
	for _, command := range runs {
		if command.Op != gpu.Dispatch || known[command.Module] || p.Modules[command.Module].Float == gpu.Reproducible1 {
			continue
		}
		known[command.Module] = true
		if !rep.Exact(command.Module) {
			return true, nil
		}
	}
	return false, nil
}

// judge makes the verdict after the run, where none was made within.
func (x *check) judge(res *gpu.Result, compared *comparison) error {
	switch {
	case x.Verdict != "":
		return nil
	case x.Computed != x.Claimed && compared == nil:
		return x.find(Differs, "segment %d does not give the claimed leaf", x.k)
	case !x.last:
		return x.find(Agrees, "%s", "")
	}
	wrong := ""
	for _, o := range res.Outputs {
		if x.claim.Results[o.Name] != o.Root {
			wrong = o.Name
			break
		}
	}
	switch {
	case x.Computed == x.Claimed && wrong == "":
		return x.find(Agrees, "%s", "")
	case compared != nil && x.Computed != x.Claimed:
		return compared.judge()
	}
	return x.find(Differs, "the result %q is not what the last segment gives", wrong)
}

// checkpoint opens a checkpoint at the beginning of segment k. What its header says of the run is replaced by what was ordered and
// what was claimed, so that its state is good only if it has the claimed leaf. It returns nil after a finding.
func (x *check) checkpoint(in gpu.Input, k int) (*gpu.Checkpoint, error) {
	file := x.watch(in)
	cp, err := gpu.ReadCheckpoint(file)
	if file.err != nil {
		return nil, file.err
	}
	if err != nil {
		return nil, x.find(StateMismatch, "%s", reason(err))
	}
	b, err := x.work.Program.Encode()
	if err != nil {
		return nil, err
	}
	p := x.work.Program
	cp.Program, cp.Seed = sha256.Sum256(b), x.work.Task.Seed
	cp.Step = uint32(min(uint64(k)*uint64(p.Segment), uint64(p.Steps)))
	cp.Leaves = x.claim.Leaves[:k:k]
	return cp, nil
}

func reason(err error) string {
	if e, ok := errors.AsType[*gpu.Error](err); ok {
		return e.Reason
	}
	return err.Error()
}

// watched tells whether a read failed within the size that the file has: that is the auditor's trouble, not the worker's.
type watched struct {
	gpu.Input
	err error
}

func (x *check) watch(in gpu.Input) *watched {
	w := &watched{Input: in}
	x.files = append(x.files, w)
	return w
}

func (w *watched) ReadAt(p []byte, off int64) (int, error) {
	n, err := w.Input.ReadAt(p, off)
	if n < len(p) && off+int64(len(p)) <= w.Size() {
		w.err = err
	}
	return n, err
}
