package market

import (
	"errors"
	"fmt"
	"slices"

	"gpumesh/poc"
)

// Bounds on job specs.
const (
	MaxInputs  = 16      // inputs of one task
	MaxParts   = 1024    // parts of one input
	MaxTotal   = 1 << 36 // bytes of all inputs or outputs of one task
	maxJobName = 64

	// MaxDuration bounds how far away a deadline may be: a job that nobody can finish ends at its deadline, and until then it
	// takes up room on every node of its panel.
	MaxDuration poc.Millis = 7 * 24 * 3_600_000
)

// Spec is a job: a DAG of tasks with one policy and one price bound. It is a DAG-CBOR document; its digest is the job id.
// Everything about a job's work is fixed in it, so that no further word of the owner is needed after the award.
type Spec struct {
	Version  uint16      `cbor:"version" json:"version"` // 1
	Network  poc.Hash    `cbor:"network" json:"network"`
	Name     string      `cbor:"name" json:"name"`
	Owner    poc.PeerID  `cbor:"owner" json:"owner"`
	Account  poc.Account `cbor:"account" json:"account"` // locks the escrow, gets refunds
	Nonce    poc.Hash    `cbor:"nonce" json:"nonce"`     // makes equal jobs distinct
	Tasks    []Task      `cbor:"tasks" json:"tasks"`     // in an order in which every input comes before its use
	Policy   poc.Policy  `cbor:"policy" json:"policy"`
	MaxPrice Amount      `cbor:"maxPrice" json:"maxPrice"` // bound on every ask: pay for one replica of a unit
	Budget   Amount      `cbor:"budget" json:"budget"`     // locked in escrow; all that the job can ever cost
	Deadline poc.Time    `cbor:"deadline" json:"deadline"` // tasks not certified by then have failed

	// Batch is how many tasks in a row are assigned, verified, certified and paid as one unit; zero and one: every task is a
	// unit of its own. The tasks of a job with larger units do not depend on each other.
	Batch uint32 `cbor:"batch,omitempty" json:"batch,omitempty"`

	// Priority multiplies what providers ask, and the share of their time that the job gets when others wait too.
	Priority Priority `cbor:"priority,omitempty" json:"priority,omitempty"`

	// MinSpeed and Class are what every worker must say of its device in its offer: at least so many i32 operations per second,
	// and this device class. Zero and empty: any.
	MinSpeed uint64 `cbor:"minSpeed,omitempty" json:"minSpeed,omitempty"`
	Class    string `cbor:"class,omitempty" json:"class,omitempty"`

	// Due is when results should be there: whose commitment comes later is paid LateBps parts of FeeBase less, if a quorum says so.
	// Both are zero, or none is.
	Due     poc.Time `cbor:"due,omitempty" json:"due,omitempty"`
	LateBps uint32   `cbor:"lateBps,omitempty" json:"lateBps,omitempty"`
}

// below says why a device does not meet the job's terms, or nothing.
func (s *Spec) below(speed uint64, class string) string {
	switch {
	case speed < s.MinSpeed:
		return fmt.Sprintf("the job asks for devices of at least %d i32 operations per second, and this one has %d", s.MinSpeed, speed)
	case s.Class != "" && s.Class != class:
		return fmt.Sprintf("the job asks for devices of class %s, and this one is of another", s.Class)
	}
	return ""
}

// batch is the number of tasks in a unit.
func (s *Spec) batch() int { return int(max(s.Batch, 1)) }

// Units is the number of units of the job: of certificates, and of what the chain calls its tasks.
func (s *Spec) Units() int { return len(s.Tasks) / s.batch() }

// Audits is of how many of the job's units, on average, what is believed for records would be audited, if nobody held data for any.
func (s *Spec) Audits() uint32 {
	units := 0
	for i := range s.Units() {
		if s.held(i) == nil {
			units++
		}
	}
	if units == 0 {
		return 0
	}
	return uint32((int(s.Policy.Audits(units, s.waits()))*s.Units() + units - 1) / units)
}

// waits reports whether tasks of the job need others.
func (s *Spec) waits() bool {
	return slices.ContainsFunc(s.Tasks, func(t Task) bool { return len(t.Needs())+len(t.Optional()) > 0 })
}

// Seats is how many offers the job's award needs.
func (s *Spec) Seats() int {
	return s.Policy.Panel()
}

// least is how many of the award's seats must be eligible at the beacon. A seat that is gone by then is one replica less, as if it never computed, as long as
// a quorum is left; where the number of candidates is part of what bounds errors, all that an award needs must be there.
func (s *Spec) least() int {
	if p := s.Policy; p.MaxError == 0 && p.Compare.Tier != poc.Proof {
		return int(p.Quorum)
	}
	return s.Seats()
}

// Task is one execution of a program.
type Task struct {
	Name    string    `cbor:"name" json:"name"`
	Program poc.Link  `cbor:"program" json:"program"` // DAG-CBOR block
	Inputs  []Input   `cbor:"inputs" json:"inputs"`   // by buffer name, sorted, distinct
	Outputs []OutSpec `cbor:"outputs" json:"outputs"` // what the program emits, in its order
	Seed    uint64    `cbor:"seed" json:"seed"`
	Timeout uint32    `cbor:"timeout" json:"timeout"` // seconds that one execution may take, 1..3600

	// Least is how many of the tasks whose outputs it may go on without it must have, and Patience for how many seconds it then
	// waits for the others. Zero if it needs all its inputs.
	Least    uint32 `cbor:"least,omitempty" json:"least,omitempty"`
	Patience uint32 `cbor:"patience,omitempty" json:"patience,omitempty"`

	// Like names an earlier task with a draw of its own, whose ranking is this one's too: so it is computed where most of its inputs
	// are.
	Like *uint32 `cbor:"like,omitempty" json:"like,omitempty"`

	// Held says that the task runs on data that only one provider has; nil: anybody can run it.
	Held *Held `cbor:"held,omitempty" json:"held,omitempty"`
}

// Input is the concatenation of its parts.
type Input struct {
	Name  string `cbor:"name" json:"name"`
	Parts []Part `cbor:"parts" json:"parts"`
}

// Part is a file, the output of an earlier task, or data that the holder of a held task has. Exactly one of File, From and Data is set.
//
// A task may go on without an output that has a Spare, which then takes its place: the candidates of the task agree, and its
// certified result says without whom. Later tasks that use an output of the same task name the one whose choice counts in
// Chosen; where that went on without it, the Spare takes its place, or the like output of the first one that it did not go on without.
type Part struct {
	File *poc.Link `cbor:"file,omitempty" json:"file,omitempty"` // UnixFS
	From *From     `cbor:"from,omitempty" json:"from,omitempty"`
	Size uint64    `cbor:"size" json:"size"` // bytes

	Spare  *poc.Link `cbor:"spare,omitempty" json:"spare,omitempty"` // UnixFS
	Chosen *uint32   `cbor:"chosen,omitempty" json:"chosen,omitempty"`

	Data string `cbor:"data,omitempty" json:"data,omitempty"` // file of the holder's data set, of which each task has another piece; or HeldKept
}

// From names an output of an earlier task.
type From struct {
	Task   uint32 `cbor:"task" json:"task"`
	Output string `cbor:"output" json:"output"`
}

// OutSpec is an output that a task promises.
type OutSpec struct {
	Name string `cbor:"name" json:"name"`
	Size uint64 `cbor:"size" json:"size"` // bytes
}

// ID is the job id: the digest of the encoded spec.
func (s Spec) ID() poc.Hash { return poc.BlockHash(poc.MustEncode(s)) }

// Terms returns what the chain must know of the job.
func (s Spec) Terms(n Network) Terms {
	return Terms{
		Tasks: uint32(s.Units()), Quorum: s.Policy.Quorum, Replicas: max(s.Policy.MaxReplicas, s.Policy.Quorum), // of whom all may sign
		MaxPrice: s.MaxPrice, Budget: s.Budget, Expiry: s.Deadline.Add(n.SettleGrace), LateBps: s.LateBps,
	}
}

// Validate reports the first thing that is wrong with s on network n, as one sentence.
func (s Spec) Validate(n Network) error {
	p := s.Policy
	switch {
	case s.Version != 1:
		return fmt.Errorf("job spec version %d is unknown; this node knows 1", s.Version)
	case s.Network != n.ID():
		return errors.New("the job is for another network")
	case len(s.Name) == 0 || len(s.Name) > maxJobName || !printable(s.Name):
		return fmt.Errorf("a job name has 1 to %d bytes and no control characters", maxJobName)
	case len(s.Account) == 0 || len(s.Account) > poc.MaxAccount:
		return errors.New("the owner's account is missing or too long")
	case len(s.Tasks) == 0 || len(s.Tasks) > int(n.MaxTasks):
		return fmt.Errorf("the job has %d tasks; this network allows 1 to %d", len(s.Tasks), n.MaxTasks)
	case s.Batch > 1 && s.Batch > n.MaxBatch:
		return fmt.Errorf("batch is %d; this network allows %d tasks in a unit", s.Batch, max(n.MaxBatch, 1))
	case len(s.Tasks)%s.batch() != 0:
		return fmt.Errorf("the job has %d tasks, which do not make whole units of %d", len(s.Tasks), s.Batch)
	case p.MaxError != 0:
		if err := s.validateBound(n); err != nil {
			return err
		}
	case p.Compare.Tier == poc.Proof:
		if err := s.validateProven(n); err != nil {
			return err
		}
	case p.Replicas < n.MinReplicas || p.Replicas > n.MaxReplicas:
		return fmt.Errorf("policy: replicas is %d; this network allows %d to %d", p.Replicas, n.MinReplicas, n.MaxReplicas)
	case p.Quorum > p.Replicas || p.Quorum*2 <= p.Replicas:
		return fmt.Errorf("policy: quorum is %d; it must be more than half of replicas (%d) and at most that", p.Quorum, p.Replicas)
	case p.MaxReplicas < p.Replicas || p.MaxReplicas > n.MaxReplicas:
		return fmt.Errorf("policy: maxReplicas is %d; it must be %d (replicas) to %d", p.MaxReplicas, p.Replicas, n.MaxReplicas)
	case p.Standby > min(n.MaxPanel, poc.MaxSealed-p.Replicas):
		return fmt.Errorf("policy: standby is %d; at most %d with %d replicas", p.Standby, min(n.MaxPanel, poc.MaxSealed-p.Replicas), p.Replicas)
	}
	if err := s.validateComparison(); err != nil {
		return err
	}
	switch {
	case s.Priority > Urgent:
		return fmt.Errorf("priority is %d; it must be 0 (normal) to %d (urgent)", s.Priority, Urgent)
	case len(s.Class) > poc.MaxClass || !printable(s.Class):
		return fmt.Errorf("a device class has at most %d bytes and no control characters", poc.MaxClass)
	case s.MaxPrice == 0:
		return errors.New("maxPrice is 0; no provider works for nothing")
	case s.Deadline <= 0:
		return errors.New("the deadline is missing")
	case (s.Due == 0) != (s.LateBps == 0):
		return errors.New("a time after which results are late and what lateness costs go together")
	case s.LateBps > FeeBase:
		return fmt.Errorf("lateness costs %d parts of %d; it can cost the whole ask at most", s.LateBps, FeeBase)
	case s.Due < 0 || s.Due != 0 && s.Due >= s.Deadline:
		return errors.New("results are late only after the time they are due, which comes before the deadline")
	}
	cost, ok := MaxCost(s.Terms(n), 0)
	if !ok {
		return fmt.Errorf("%d units x %d replicas x %v is more than any account can hold (%v); lower maxPrice", s.Units(), s.Terms(n).Replicas, s.MaxPrice, ^Amount(0))
	}
	if cost > s.Budget {
		return fmt.Errorf("the budget of %v does not cover %d units x %d replicas x %v", s.Budget, s.Units(), s.Terms(n).Replicas, s.MaxPrice)
	}
	choosers := s.choosers()
	for i, t := range s.Tasks {
		if err := t.validate(s, uint32(i)); err != nil {
			return fmt.Errorf("task %d (%q): %w", i, t.Name, err)
		}
		if err := choosers.check(t, uint32(i)); err != nil {
			return fmt.Errorf("task %d (%q): %w", i, t.Name, err)
		}
		if s.Batch > 1 && len(t.Needs())+len(t.Optional()) > 0 {
			return fmt.Errorf("task %d (%q) needs another one, which the tasks of a job in units of %d may not", i, t.Name, s.Batch)
		}
	}
	return nil
}

// validateBound checks a policy that follows from an accepted error.
func (s *Spec) validateBound(n Network) error {
	p := s.Policy
	if err := p.Validate(); err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	if !p.Priced() && p.Quorum < n.MinReplicas {
		return fmt.Errorf("policy: quorum is %d; this network wants at least %d replicas to agree", p.Quorum, n.MinReplicas)
	}
	if p.Candidates() > int(n.MaxPanel) || p.MaxReplicas > n.MaxReplicas || p.Quorum > n.MaxReplicas {
		return fmt.Errorf("policy: it takes %d candidates, of whom up to %d compute and %d attest, and this network allows %d, %d and %d; accept more errors, or assume fewer dishonest providers",
			p.Candidates(), p.MaxReplicas, p.Quorum, n.MaxPanel, n.MaxReplicas, n.MaxReplicas)
	}
	if bond := n.bond(); p.Priced() && n.MinStake > 0 && !poc.Deters(uint64(bond), uint64(s.MaxPrice)) {
		return fmt.Errorf("a worker would gain by lying on its record: it is paid up to %v for a unit, is audited in %d of %d, and then loses %v; use smaller units or a lower price, or let all replicas agree",
			s.MaxPrice, poc.AuditRate, poc.AuditUnit, bond)
	}
	return nil
}

// validateProven checks a policy whose results are checked in place of compared. What others make up by computing, the attesters do by
// checking, so the network's floor is theirs.
func (s *Spec) validateProven(n Network) error {
	p := s.Policy
	if err := p.Validate(); err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	if p.Quorum < n.MinReplicas || p.Candidates() > int(n.MaxPanel) || p.MaxReplicas > n.MaxReplicas || p.Quorum > n.MaxReplicas {
		return fmt.Errorf("policy: it takes %d candidates, of whom up to %d compute and %d attest, and this network allows panels of %d, %d to compute, and %d to %d to attest",
			p.Candidates(), p.MaxReplicas, p.Quorum, n.MaxPanel, n.MaxReplicas, n.MinReplicas, n.MaxReplicas)
	}
	return nil
}

func validName(s string) bool { return len(s) > 0 && len(s) <= poc.MaxName && printable(s) }

func (t Task) validate(s Spec, index uint32) error {
	switch {
	case !validName(t.Name):
		return fmt.Errorf("a task name has 1 to %d bytes and no control characters", poc.MaxName)
	case !t.Program.Defined():
		return errors.New("the program is missing")
	case t.Timeout < 1 || t.Timeout > 3600:
		return fmt.Errorf("timeout is %d s; it must be 1 to 3600", t.Timeout)
	case len(t.Inputs) > MaxInputs:
		return fmt.Errorf("%d inputs; at most %d", len(t.Inputs), MaxInputs)
	case len(t.Outputs) == 0 || len(t.Outputs) > poc.MaxOutputs:
		return fmt.Errorf("%d outputs; it must be 1 to %d", len(t.Outputs), poc.MaxOutputs)
	}
	if t.Like != nil && (*t.Like >= index || s.Tasks[*t.Like].Like != nil || s.Batch > 1) {
		return fmt.Errorf("it is drawn like task %d, which is no earlier task with a draw of its own", *t.Like)
	}
	if n := len(t.Optional()); n > poc.MaxChoices || t.Least > uint32(n) || (n > 0) != (t.Least > 0) || t.Patience > 3600 || n == 0 && t.Patience > 0 {
		return fmt.Errorf("it may go on without outputs of %d tasks, and needs %d of them after %d s; it must be some of at most %d, and at most 3600 s",
			n, t.Least, t.Patience, poc.MaxChoices)
	}
	if err := t.validateHeld(s); err != nil {
		return err
	}
	var total uint64
	for i, in := range t.Inputs {
		if !validName(in.Name) || i > 0 && in.Name <= t.Inputs[i-1].Name {
			return fmt.Errorf("input names must be sorted, distinct and 1 to %d bytes long, without control characters", poc.MaxName)
		}
		if len(in.Parts) == 0 || len(in.Parts) > MaxParts {
			return fmt.Errorf("input %q has %d parts; it must be 1 to %d", in.Name, len(in.Parts), MaxParts)
		}
		for _, p := range in.Parts {
			if p.Size > MaxTotal {
				return fmt.Errorf("input %q is over %d bytes", in.Name, uint64(MaxTotal))
			}
			total += p.Size
			if err := t.validateChoice(s, index, p); err != nil {
				return fmt.Errorf("input %q: %w", in.Name, err)
			}
			if err := p.source(); err != nil {
				return fmt.Errorf("input %q: %w", in.Name, err)
			}
			if p.From == nil {
				continue
			}
			if p.From.Task >= index {
				return fmt.Errorf("input %q comes from task %d, which is not an earlier task", in.Name, p.From.Task)
			}
			if size, ok := s.Tasks[p.From.Task].output(p.From.Output); !ok || size != p.Size {
				return fmt.Errorf("input %q: task %d has no output %q of %d bytes", in.Name, p.From.Task, p.From.Output, p.Size)
			}
		}
	}
	seen := map[string]bool{}
	for _, o := range t.Outputs {
		if !validName(o.Name) || seen[o.Name] {
			return fmt.Errorf("output names must be distinct and 1 to %d bytes long, without control characters", poc.MaxName)
		}
		seen[o.Name] = true
		if o.Size > MaxTotal {
			return fmt.Errorf("output %q is over %d bytes", o.Name, uint64(MaxTotal))
		}
		total += o.Size
	}
	if total > MaxTotal {
		return fmt.Errorf("inputs and outputs together are over %d bytes", uint64(MaxTotal))
	}
	return nil
}

func (t Task) output(name string) (uint64, bool) {
	for _, o := range t.Outputs {
		if o.Name == name {
			return o.Size, true
		}
	}
	return 0, false
}
