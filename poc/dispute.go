package poc

import (
	"errors"
	"fmt"
	"slices"
)

// A dispute finds out which of two workers, whose signed results for a task differ, is wrong. Both have bound themselves to
// a trace: the Merkle root over the states after each segment. The trees are descended together to the first leaf in which
// they differ. Then both tell that segment command by command, once, and prove the leaf before it in the same answer: the first mark in
// which they differ leaves one command, from a state that both agree on; a referee runs it. Whoever does not answer in time loses.

// Side is one of the two workers of a dispute.
type Side uint8

const (
	SideA Side = iota
	SideB
)

// Bisection descends two Merkle trees with the same number of leaves and different roots to the first leaf that differs. Every
// leaf before that one is equal in both.
type Bisection struct {
	first, size int     // the subtree that is looked at
	nodes       [2]Hash // its root in each tree
	shown       [2]*[2]Hash
	beside      [2][]Hash // what was passed on the way down
	Rounds      int       // so far
}

// NewBisection begins at the roots of two trees with n leaves. Equal roots, or trees without leaves, are no dispute.
func NewBisection(a, b Hash, n int) (*Bisection, error) {
	if n < 1 || a == b {
		return nil, errors.New("the two traces do not differ")
	}
	return &Bisection{size: n, nodes: [2]Hash{a, b}}, nil
}

// Found returns the first leaf that differs, and what it is in each tree, once nothing is left to ask.
func (s *Bisection) Found() (leaf int, claims [2]Hash, ok bool) { return s.first, s.nodes, s.size == 1 }

// Path proves the leaf that was found in a side's tree, with what that side has shown.
func (s *Bisection) Path(side Side) []Hash {
	path := slices.Clone(s.beside[side])
	slices.Reverse(path)
	return path
}

// Waits reports whether a side has still to show the children of the node that is looked at.
func (s *Bisection) Waits(side Side) bool { return s.size > 1 && s.shown[side] == nil }

// Question is the subtree whose two children both sides are asked for.
func (s *Bisection) Question() (first, size int) { return s.first, s.size }

// Errors of disputes. The state is unchanged.
var (
	ErrNotAsked = errors.New("the side was not asked, or has answered")
	ErrNotThere = errors.New("the answer does not hash to what the side is bound to")
)

// Fits reports whether these are a side's children of the node that is looked at.
func (s *Bisection) Fits(side Side, left, right Hash) error {
	if inner(left, right) != s.nodes[side] {
		return ErrNotThere
	}
	return nil
}

// Show takes a side's children of the node that is looked at.
func (s *Bisection) Show(side Side, left, right Hash) error {
	if side > SideB || !s.Waits(side) {
		return ErrNotAsked
	}
	if err := s.Fits(side, left, right); err != nil {
		return err
	}
	s.shown[side] = &[2]Hash{left, right}
	a, b := s.shown[SideA], s.shown[SideB]
	if a == nil || b == nil {
		return nil
	}
	s.Rounds++
	child, k := 0, split(s.size)
	if a[0] == b[0] { // then the right ones differ, as the parents do
		child = 1
		s.first, s.size = s.first+k, s.size-k
	} else {
		s.size = k
	}
	for side, nodes := range s.shown {
		s.nodes[side], s.beside[side] = nodes[child], append(s.beside[side], nodes[1-child])
	}
	s.shown = [2]*[2]Hash{}
	return nil
}

// DisputePhase is where a dispute stands. Every phase but Decided has a deadline.
type DisputePhase uint8

const (
	Segments   DisputePhase = iota // the traces are descended to one segment
	Telling                        // both tell the states after each command of the segment
	Refereeing                     // the command is being run
	Decided                        // see Loses. Terminal.
)

// Dispute is one dispute as every node that follows it sees it. It is a pure state machine and not safe for concurrent use.
type Dispute struct {
	ref      TaskRef
	roots    [2]Hash
	segments int
	timeout  Millis

	phase   DisputePhase
	until   Time
	bisect  *Bisection
	told    [2][]Hash
	command int     // the mark in dispute
	Loses   [2]bool // from Decided on
	Why     string  // one sentence
}

// Referee asks for the state at one mark of one segment, which follows from the mark before it: after one command, or where a part of
// the program begins.
type Referee struct {
	Ref           TaskRef
	Segment, Mark int
	Before, After [2]Hash // at the mark before, where both agree (zero: it is the first), and at this one, as each side tells it
}

// MaxMarks bounds the marks of a segment.
const MaxMarks = 1 << 14

// DisputeEvent is an input of Dispute.Step.
type DisputeEvent interface{ isDisputeEvent() }

type (
	// Children answers Question.
	Children struct {
		Side        Side
		Left, Right Hash
	}
	// Told are the marks of the segment in dispute, in order. Before is the leaf before it, if it is not the first of all, and Path proves
	// that in the side's tree, as it is the same in both. The host has checked that the marks begin with that state and end
	// with the one that the side claims after the segment.
	Told struct {
		Side   Side
		Before Hash
		Path   []Hash
		Marks  []Hash
	}
	// Ruled completes Referee: the state at the mark.
	Ruled struct{ After Hash }
	// Elapsed says that time has passed.
	Elapsed struct{}
)

func (Children) isDisputeEvent() {}
func (Told) isDisputeEvent()     {}
func (Ruled) isDisputeEvent()    {}
func (Elapsed) isDisputeEvent()  {}

// NewDispute begins a dispute about a task of the given number of segments, between two traces. Each answer must come within timeout.
// Both sides are asked at most ceil(log2 segments) + 1 times.
func NewDispute(now Time, ref TaskRef, a, b Hash, segments int, timeout Millis) (*Dispute, error) {
	s, err := NewBisection(a, b, segments)
	if err != nil {
		return nil, err
	}
	if segments > 1<<20 || timeout <= 0 {
		return nil, fmt.Errorf("a dispute has 1 to %d segments, and time to answer", 1<<20)
	}
	d := &Dispute{ref: ref, roots: [2]Hash{a, b}, segments: segments, timeout: timeout, bisect: s, until: now.Add(timeout)}
	d.settle(now)
	return d, nil
}

// Phase is where the dispute stands, and Until when it goes on without whom it waits for.
func (d *Dispute) Phase() DisputePhase { return d.phase }

// Until is the deadline of the phase, or zero.
func (d *Dispute) Until() Time { return d.until }

// Bisection is what both sides are asked about in Segments.
func (d *Dispute) Bisection() *Bisection { return d.bisect }

// Question is what the referee is asked, in Refereeing.
func (d *Dispute) Question() Referee {
	q := Referee{Ref: d.ref, Segment: d.bisect.first, Mark: d.command}
	for s := range q.After {
		q.After[s] = d.told[s][d.command]
		if d.command > 0 {
			q.Before[s] = d.told[s][d.command-1]
		}
	}
	return q
}

// Begins reports whether before is the state before the segment that was found, as path proves in a side's tree. The first of all has none.
func (d *Dispute) Begins(side Side, before Hash, path []Hash) error {
	if leaf, _, _ := d.bisect.Found(); leaf > 0 && !InTree(d.roots[side], before, leaf-1, d.segments, path) {
		return fmt.Errorf("%w: the state before the segment", ErrNotThere)
	}
	return nil
}

// Step applies one event. It returns the referee's question when that is to be asked.
func (d *Dispute) Step(now Time, ev DisputeEvent) (*Referee, error) {
	was := d.phase
	err := d.take(now, ev)
	if err != nil {
		return nil, err
	}
	d.settle(now)
	if d.phase == Refereeing && was != Refereeing {
		q := d.Question()
		return &q, nil
	}
	return nil, nil
}

func (d *Dispute) take(now Time, ev DisputeEvent) error {
	switch e := ev.(type) {
	case Children:
		if d.phase != Segments {
			return ErrNotAsked
		}
		round := d.bisect.Rounds
		if err := d.bisect.Show(e.Side, e.Left, e.Right); err != nil {
			return err
		}
		if d.bisect.Rounds > round {
			d.until = now.Add(d.timeout)
		}
	case Told:
		switch {
		case d.phase != Telling || e.Side > SideB || d.told[e.Side] != nil:
			return ErrNotAsked
		case len(e.Marks) == 0 || len(e.Marks) > MaxMarks:
			return ErrNotThere
		}
		if err := d.Begins(e.Side, e.Before, e.Path); err != nil {
			return err
		}
		d.told[e.Side] = e.Marks
	case Ruled:
		if d.phase != Refereeing {
			return ErrNotAsked
		}
		after := d.Question().After
		d.decide(e.After != after[SideA], e.After != after[SideB], "the referee ran the command in dispute")
	case Elapsed:
		if d.until == 0 || now < d.until {
			return nil
		}
		if d.phase == Refereeing { // nobody could run it: nobody is convicted
			d.decide(false, false, "the command could not be run in time")
			return nil
		}
		d.decide(d.silent(SideA), d.silent(SideB), "an answer did not come in time")
	default:
		return ErrUnknownEvent
	}
	return nil
}

// silent reports whether a side owes an answer.
func (d *Dispute) silent(s Side) bool {
	switch d.phase {
	case Telling:
		return d.told[s] == nil
	case Segments:
		return d.bisect.Waits(s)
	}
	return false
}

// settle goes on as far as the answers allow.
func (d *Dispute) settle(now Time) {
	if _, _, found := d.bisect.Found(); d.phase == Segments && found {
		d.phase, d.until = Telling, now.Add(d.timeout)
	}
	if d.phase != Telling || d.told[SideA] == nil || d.told[SideB] == nil {
		return
	}
	a, b := d.told[SideA], d.told[SideB]
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			d.command, d.phase, d.until = i, Refereeing, now.Add(d.timeout)
			return
		}
	}
	d.decide(false, false, "both tell the same commands with different ends")
}

func (d *Dispute) decide(a, b bool, why string) {
	d.phase, d.until, d.Loses, d.Why = Decided, 0, [2]bool{a, b}, why
}

// FaultProof convicts the author of a signed result of one wrong segment: whoever runs the segment from the state before it
// finds another state after it. Its size grows with the logarithm of the number of segments.
type FaultProof struct {
	Reveal            Reveal  // signed by the accused
	Member            *Member `cbor:",omitempty"` // whose trace it is, if the signed result is that of a unit of several tasks
	Segments, Segment int
	Before, After     Hash // as the accused's own trace has them; Before is the initial state for the first segment
	BeforePath        []Hash
	AfterPath         []Hash
}

// Check reports whether the proof is about what its signer is bound to; initial is the root of the task's first state. The
// proof convicts if the segment, run from Before, ends in another state than After. That a unit has as many tasks as Member says is the
// caller's to compare.
func (p FaultProof) Check(initial Hash, v Verifier) error {
	if _, err := checkOpening(p.Reveal.Opening, Statement{Kind: Revealed, Job: p.Reveal.Job, Task: p.Reveal.Task}, v); err != nil {
		return err
	}
	trace := p.Reveal.Result.Trace
	if p.Member != nil {
		if err := p.Member.Check(p.Reveal.Result); err != nil {
			return err
		}
		trace = p.Member.Result.Trace
	}
	switch {
	case !InTree(trace, p.After, p.Segment, p.Segments, p.AfterPath):
		return fmt.Errorf("%w: the state after the segment", ErrNotThere)
	case p.Segment == 0 && p.Before != initial, p.Segment > 0 && !InTree(trace, p.Before, p.Segment-1, p.Segments, p.BeforePath):
		return fmt.Errorf("%w: the state before the segment", ErrNotThere)
	}
	return nil
}

// ProveFault makes the proof that a trace is wrong in a segment, from all of its leaves; initial is the root of the first state.
func ProveFault(r Reveal, leaves []Hash, segment int, initial Hash) (FaultProof, error) {
	if segment < 0 || segment >= len(leaves) || MerkleRoot(leaves) != r.Result.Trace {
		return FaultProof{}, fmt.Errorf("%w: the segment, or its trace", ErrNotThere)
	}
	p := FaultProof{Reveal: r, Segments: len(leaves), Segment: segment, Before: initial, After: leaves[segment], AfterPath: MerklePath(leaves, segment)}
	if segment > 0 {
		p.Before, p.BeforePath = leaves[segment-1], MerklePath(leaves, segment-1)
	}
	return p, nil
}
