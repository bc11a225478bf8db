package poc

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
)

// ChallengeParams are a network's terms for challenges.
type ChallengeParams struct {
	Cohort uint32 `cbor:"cohort" json:"cohort"` // witnesses of each provider
	Quorum uint32 `cbor:"quorum" json:"quorum"` // of them must vouch; more than half
	Work   Millis `cbor:"work" json:"work"`     // that a challenge takes on a device that is what its provider says
	Slack  Millis `cbor:"slack" json:"slack"`   // beyond it: run times vary, beacon and answer travel. Less than Work, or two could share a device
	Judge  Millis `cbor:"judge" json:"judge"`   // after it: for witnesses to check what came and to say so
}

// Window is how long after the beacon an answer is in time.
func (p ChallengeParams) Window() Millis { return p.Work + p.Slack }

// Check is how long a witness may take for one answer: a node is a witness of as many as a cohort has witnesses on average, and whoever
// claims so much that a check is dear must not keep the others waiting.
func (p ChallengeParams) Check() Millis { return max(p.Judge/Millis(2*max(p.Cohort, 1)), 1) }

// Validate lists every field that is out of range.
func (p ChallengeParams) Validate() error {
	var errs []error
	if p.Cohort < 1 || p.Cohort > MaxCohort {
		errs = append(errs, fmt.Errorf("cohort is %d, want 1 to %d", p.Cohort, MaxCohort))
	}
	if p.Quorum <= p.Cohort/2 || p.Quorum > p.Cohort {
		errs = append(errs, fmt.Errorf("quorum is %d, want more than half of the cohort of %d, and no more than all", p.Quorum, p.Cohort))
	}
	if p.Work < 100 || p.Work > 600_000 {
		errs = append(errs, fmt.Errorf("work is %d ms, want 100 ms to 10 min", p.Work))
	}
	if p.Slack < 1 || p.Slack >= p.Work {
		errs = append(errs, fmt.Errorf("slack is %d ms, want more than 0 and less than the work of %d ms", p.Slack, p.Work))
	}
	if p.Judge < 1 || p.Judge > 3_600_000 {
		errs = append(errs, fmt.Errorf("judge is %d ms, want 1 ms to 1 h", p.Judge))
	}
	return errors.Join(errs...)
}

// ChallengeSetup is what a Challenge is made from. All nodes have the same but for the last three fields.
type ChallengeSetup struct {
	Network  Hash
	Epoch    uint64
	Beacon   Hash
	Roster   *Roster
	Params   ChallengeParams
	Self     PeerID
	Key      ed25519.PrivateKey // of Self, for its vouches
	Capacity Capacity           // to be shown; zero: this node is a witness only
}

// ChallengePhase is where this node's own part stands.
type ChallengePhase uint8

const (
	Answering ChallengePhase = iota // its program runs; ends with its answer, a failure, or the window
	Awaiting                        // it waits for vouches, and judges others; ends when the time to judge is over
	Closed                          // terminal; see Capability and Failure
)

var challengePhaseNames = [...]string{"answering", "awaiting", "closed"}

func (p ChallengePhase) String() string { return challengePhaseNames[p] }

// challengeTransitions lists the transitions of a challenge.
var challengeTransitions = map[ChallengePhase][]ChallengePhase{Answering: {Awaiting}, Awaiting: {Closed}}

// ChallengeCode says why a node's capacity is not vouched for.
type ChallengeCode string

const (
	ChallengeAlone    ChallengeCode = "no-witnesses" // fewer other providers than the quorum
	ChallengeStranger ChallengeCode = "no-provider"  // the chain did not know it as one when the epoch began
	ChallengeNoAnswer ChallengeCode = "no-answer"    // its program failed, or did not end in time
	ChallengeLate     ChallengeCode = "late"         // its answer came too late to too many witnesses
	ChallengeWrong    ChallengeCode = "wrong"        // too many witnesses found its answer wrong
	ChallengeUnserved ChallengeCode = "unserved"     // too many witnesses could not fetch its answer
	ChallengeSilent   ChallengeCode = "silent"       // too few witnesses said anything
)

// ChallengeFailure is why a node's capacity is not vouched for. Reason is one sentence.
type ChallengeFailure struct {
	Code   ChallengeCode
	Reason string
}

// ChallengeEvent is an input of Challenge.Step.
type ChallengeEvent interface{ isChallengeEvent() }

type (
	// Answered completes ChallengeRun: File is what the program came to.
	Answered struct{ File Link }
	// Unanswered completes ChallengeRun, too: it failed or is refused. Reason is one sentence.
	Unanswered struct{ Reason string }
	// ChallengeReceived is a message of this epoch, authenticated as From's and of the form that UnmarshalChallenge checks.
	ChallengeReceived struct {
		From    PeerID
		Message ChallengeMessage
	}
	// Judged completes ChallengeCheck: Vouches, Wrong or Unserved.
	Judged struct {
		Peer    PeerID
		Verdict Verdict
	}
	// ChallengeTick says that time has passed; needed no earlier than NextDeadline.
	ChallengeTick struct{}
)

func (Answered) isChallengeEvent()          {}
func (Unanswered) isChallengeEvent()        {}
func (ChallengeReceived) isChallengeEvent() {}
func (Judged) isChallengeEvent()            {}
func (ChallengeTick) isChallengeEvent()     {}

// ChallengeEffects is what the host must do after a Step, in the order of the fields. Nothing is durable but a capability: a node that
// restarts meanwhile is challenged again in the next epoch.
type ChallengeEffects struct {
	Capability *Capability // this node's own, to be kept and shown
	Show       *ChallengeShow
	Run        *ChallengeRun
	Cancel     bool // the run is of no use any more
	Send       []ChallengeSend
	Check      *ChallengeCheck
}

// ChallengeRun asks for the challenge of this seed and capacity, before all other work; it completes with Answered or Unanswered.
type ChallengeRun struct {
	Seed     uint64
	Capacity Capacity
}

// ChallengeSend asks for a message to be delivered to each of To, reliably until the challenge closes.
type ChallengeSend struct {
	To      []PeerID
	Message ChallengeMessage
}

// ChallengeShow asks for this node's capability to be given to witnesses whose vouches are in it: it is theirs to show that they were there.
type ChallengeShow struct {
	To         []PeerID
	Capability *Capability
}

// ChallengeCheck asks whether File, which Peer serves, is what the challenge of this seed and capacity comes to, at places that the host
// draws and shows to nobody. It completes with Judged, within the time of ChallengeParams.Check.
type ChallengeCheck struct {
	Peer     PeerID
	Seed     uint64
	Capacity Capacity
	File     Link
}

// maxSubjects bounds the providers that one node is a witness of: on average they are as many as a cohort has witnesses.
const maxSubjects = 256

// Challenge is one epoch's challenge of all providers as seen by one of them: it answers its own and is a witness of others'. It is a pure
// machine like Task and not safe for concurrent use.
//
// Answers are bound to their peers by their seeds, so there is nothing to copy and nothing to commit to. Time is what a witness sees between
// the beacon and the answer, by its own clock, and a check needs neither the memory nor the speed of who answered. So a vouch is its signer's
// own finding, and rests on nobody else's word.
type Challenge struct {
	setup      ChallengeSetup
	now, begun Time
	phase      ChallengePhase
	witnesses  []PeerID // of this node, in the order drawn
	answer     *Answer
	verdicts   map[PeerID]Vouch // of its witnesses
	capability *Capability
	failure    *ChallengeFailure
	subjects   map[PeerID]*subject
	queue      []PeerID // subjects to be checked, as they came; the first is being checked if checking
	checking   bool
	fx         *ChallengeEffects
}

// subject is a provider whose answer this node judges.
type subject struct {
	answer  Answer
	verdict Verdict // zero: not judged yet
}

// Errors of Challenge.Step. The state is unchanged.
var (
	ErrNoProvider   = errors.New("the peer is no provider of this epoch")
	ErrNotDrawn     = errors.New("the witness was not drawn for this provider")
	ErrNotAnswering = errors.New("no answer is awaited")
	ErrNotChecking  = errors.New("no answer of the peer is being checked")
	ErrOtherAnswer  = errors.New("the vouch is about another answer")
	ErrManySubjects = errors.New("too many providers have answered here")
	ErrBadVouch     = errors.New("the vouch is not signed by its sender")
)

// NewChallenge begins at the moment at which this node saw the beacon.
func NewChallenge(s ChallengeSetup, now Time) (*Challenge, ChallengeEffects, error) {
	if now <= 0 {
		return nil, ChallengeEffects{}, ErrTime
	}
	if err := s.Params.Validate(); err != nil {
		return nil, ChallengeEffects{}, err
	}
	if s.Roster == nil || len(s.Key) != ed25519.PrivateKeySize {
		return nil, ChallengeEffects{}, errors.New("a challenge needs a roster and a key")
	}
	c := &Challenge{setup: s, now: now, begun: now, phase: Awaiting, verdicts: map[PeerID]Vouch{}, subjects: map[PeerID]*subject{}}
	c.witnesses = s.Roster.Witnesses(s.Beacon, s.Epoch, s.Self, int(s.Params.Cohort))
	var fx ChallengeEffects
	switch {
	case !s.Capacity.ok():
	case !s.Roster.Has(s.Self):
		c.fail(ChallengeStranger, "the chain did not know this node as a provider when the epoch began")
	case len(c.witnesses) < int(s.Params.Quorum):
		c.fail(ChallengeAlone, fmt.Sprintf("there are %d other providers, and %d must vouch", len(c.witnesses), s.Params.Quorum))
	default:
		c.phase = Answering
		fx.Run = &ChallengeRun{ChallengeSeed(s.Network, s.Beacon, s.Epoch, s.Self, s.Capacity), s.Capacity}
	}
	return c, fx, nil
}

// Step applies one event. After an error the state is unchanged, but for time passing.
func (c *Challenge) Step(now Time, ev ChallengeEvent) (ChallengeEffects, error) {
	var fx ChallengeEffects
	c.fx = &fx
	c.now = max(c.now, now) // a clock set back stands still here
	c.pass()
	err := c.take(ev)
	if err == nil {
		c.check()
	}
	c.fx = nil
	return fx, err
}

func (c *Challenge) take(ev ChallengeEvent) error {
	if _, ok := ev.(ChallengeTick); ok {
		return nil
	}
	if c.phase == Closed {
		return ErrOver
	}
	switch e := ev.(type) {
	case Answered:
		return c.answered(e.File)
	case Unanswered:
		if c.phase != Answering {
			return ErrNotAnswering
		}
		if err := checkText("reason", e.Reason, 0, MaxReason); err != nil {
			return fmt.Errorf("%w: %w", ErrBadReason, err)
		}
		c.fail(ChallengeNoAnswer, e.Reason)
		c.move(Awaiting)
	case ChallengeReceived:
		if e.From == c.setup.Self {
			return ErrOwnMessage
		}
		switch m := e.Message.(type) {
		case Answer:
			return c.takeAnswer(e.From, m)
		case Vouch:
			return c.takeVouch(e.From, m)
		}
		return ErrUnknownKind
	case Judged:
		if !c.checking || c.queue[0] != e.Peer {
			return ErrNotChecking
		}
		if e.Verdict != Vouches && e.Verdict != Wrong && e.Verdict != Unserved {
			return ErrUnknownEvent
		}
		c.checking, c.queue = false, c.queue[1:]
		c.judge(e.Peer, e.Verdict)
	default:
		return ErrUnknownEvent
	}
	return nil
}

// pass does what time alone brings.
func (c *Challenge) pass() {
	if c.phase == Answering && c.now > c.inTime() {
		c.fx.Cancel = true
		c.fail(ChallengeNoAnswer, fmt.Sprintf("its program did not end within the %d ms that an answer may take", c.setup.Params.Window()))
		c.move(Awaiting)
	}
	if c.phase == Awaiting && c.now >= c.ends() {
		c.move(Closed)
		c.queue, c.checking = nil, false
		if c.setup.Capacity.ok() && c.capability == nil && c.failure == nil {
			c.refused()
		}
	}
}

// inTime is the last moment at which an answer is in time here, ends when the challenge closes.
func (c *Challenge) inTime() Time { return c.begun.Add(c.setup.Params.Window()) }
func (c *Challenge) ends() Time   { return c.inTime().Add(c.setup.Params.Judge) }

func (c *Challenge) move(to ChallengePhase) {
	if !slices.Contains(challengeTransitions[c.phase], to) {
		panic(fmt.Sprintf("poc: no transition from %v to %v", c.phase, to)) // every caller knows the phase; a test covers the table
	}
	c.phase = to
}

func (c *Challenge) fail(code ChallengeCode, reason string) {
	c.failure = &ChallengeFailure{code, reason}
}

func (c *Challenge) answered(file Link) error {
	if c.phase != Answering {
		return ErrNotAnswering
	}
	a := Answer{Capacity: c.setup.Capacity, File: file}
	if err := a.check(); err != nil {
		return err
	}
	c.answer = &a
	c.move(Awaiting)
	c.send(c.witnesses, a)
	return nil
}

// takeAnswer judges only when an answer came. What it says is looked at when this node's own program runs no more.
func (c *Challenge) takeAnswer(from PeerID, a Answer) error {
	switch known := c.subjects[from]; {
	case known != nil:
		return ErrDuplicate // the first counts
	case !c.setup.Roster.Has(from):
		return ErrNoProvider
	case !slices.Contains(c.setup.Roster.Witnesses(c.setup.Beacon, c.setup.Epoch, from, int(c.setup.Params.Cohort)), c.setup.Self):
		return ErrNotDrawn
	case len(c.subjects) >= maxSubjects:
		return ErrManySubjects
	}
	c.subjects[from] = &subject{answer: a}
	if c.now > c.inTime() {
		c.judge(from, TooLate)
		return nil
	}
	c.queue = append(c.queue, from)
	return nil
}

// check asks for the next check, one at a time.
func (c *Challenge) check() {
	if c.phase != Awaiting || c.checking || len(c.queue) == 0 {
		return
	}
	p := c.queue[0]
	a := c.subjects[p].answer
	c.checking = true
	c.fx.Check = &ChallengeCheck{p, ChallengeSeed(c.setup.Network, c.setup.Beacon, c.setup.Epoch, p, a.Capacity), a.Capacity, a.File}
}

// judge tells a provider what this node found.
func (c *Challenge) judge(p PeerID, v Verdict) {
	s := c.subjects[p]
	s.verdict = v
	m := Vouch{Capacity: s.answer.Capacity, Verdict: v}
	if v == Vouches {
		m.Signature = ed25519.Sign(c.setup.Key, vouchBytes(vouchDomain, c.setup.Network, c.setup.Beacon, c.setup.Epoch, p, m.Capacity))
	}
	c.send([]PeerID{p}, m)
}

func (c *Challenge) takeVouch(from PeerID, m Vouch) error {
	switch _, known := c.verdicts[from]; {
	case !slices.Contains(c.witnesses, from):
		return ErrNotDrawn
	case c.answer == nil || m.Capacity != c.answer.Capacity:
		return ErrOtherAnswer
	case known:
		return ErrDuplicate
	}
	if m.Verdict == Vouches {
		signed := vouchBytes(vouchDomain, c.setup.Network, c.setup.Beacon, c.setup.Epoch, c.setup.Self, m.Capacity)
		if !ed25519.Verify(from[:], signed, m.Signature) {
			return ErrBadVouch
		}
	}
	c.verdicts[from] = m
	if m.Verdict == Vouches {
		c.certify(from)
	}
	if against := len(c.verdicts) - c.count(Vouches); c.failure == nil && len(c.witnesses)-against < int(c.setup.Params.Quorum) {
		c.refused() // no quorum can come any more
	}
	return nil
}

// certify makes the capability once a quorum vouches. What vouches come later are in one that their authors are shown.
func (c *Challenge) certify(from PeerID) {
	if c.count(Vouches) < int(c.setup.Params.Quorum) {
		return
	}
	made, to := &Capability{Version: 1, Epoch: c.setup.Epoch, Peer: c.setup.Self, Capacity: c.setup.Capacity}, []PeerID{from}
	if c.capability == nil {
		c.capability, c.fx.Capability, to = made, made, nil
	}
	for i, w := range c.witnesses {
		if m := c.verdicts[w]; m.Verdict == Vouches {
			made.Signers |= 1 << i
			made.Signatures = append(made.Signatures, m.Signature)
			if c.capability == made {
				to = append(to, w)
			}
		}
	}
	c.fx.Show = &ChallengeShow{to, made}
}

// count is how many witnesses of this node found so.
func (c *Challenge) count(v Verdict) int {
	n := 0
	for _, m := range c.verdicts {
		if m.Verdict == v {
			n++
		}
	}
	return n
}

// refused says why no quorum vouches, by what most of those who do not say.
func (c *Challenge) refused() {
	late, wrong, unserved := c.count(TooLate), c.count(Wrong), c.count(Unserved)
	silent := len(c.witnesses) - len(c.verdicts)
	code, most := ChallengeSilent, silent
	for _, f := range []struct {
		code ChallengeCode
		n    int
	}{{ChallengeUnserved, unserved}, {ChallengeLate, late}, {ChallengeWrong, wrong}} {
		if f.n >= most && f.n > 0 {
			code, most = f.code, f.n
		}
	}
	c.fail(code, fmt.Sprintf("%d of %d witnesses vouch, and %d must: for %d the answer was late, for %d wrong, %d could not fetch it, and %d said nothing",
		c.count(Vouches), len(c.witnesses), c.setup.Params.Quorum, late, wrong, unserved, silent))
}

func (c *Challenge) send(to []PeerID, m ChallengeMessage) {
	c.fx.Send = append(c.fx.Send, ChallengeSend{slices.Clone(to), m})
}

// Phase returns where this node's part stands.
func (c *Challenge) Phase() ChallengePhase { return c.phase }

// Capability returns what this node was vouched for, or nil.
func (c *Challenge) Capability() *Capability { return c.capability }

// Failure returns why this node is not vouched for, or nil.
func (c *Challenge) Failure() *ChallengeFailure { return c.failure }

// NextDeadline returns when the next ChallengeTick is due, or zero once it is closed.
func (c *Challenge) NextDeadline() Time {
	switch c.phase {
	case Answering:
		return c.inTime() + 1
	case Awaiting:
		return c.ends()
	}
	return 0
}
