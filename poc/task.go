package poc

import (
	"fmt"
	"slices"
)

// Task is one node's view of Proof of Computation for one task. It is not safe for concurrent use. The methods that look do
// not change it, and what they return is the caller's.
type Task struct {
	setup      Setup
	candidates []Worker       // the first Replicas+Standby of the ranking
	index      map[PeerID]int // rank by peer, candidates only
	self       int            // own rank, or -1
	s          state
	digests    []Hash // of s.Results
	needed     int    // see need
	contested  bool   // see contest

	// What the chain said last, and what came of it. Not durable: it is asked again.
	fallen uint64 // see Fallen
	asked  bool   // to compute what is certified

	// Of the step in progress, and not part of the state.
	now     Time
	fx      Effects
	signErr error // why this node could not sign what it should; tried again at every step
}

// New makes a task that waits for Start.
func New(setup Setup) (*Task, error) {
	if err := setup.Policy.Validate(); err != nil {
		return nil, err
	}
	if !setup.Award.Defined() {
		return nil, fmt.Errorf("task %v has no award", setup.Ref)
	}
	if setup.Deadline <= 0 {
		return nil, fmt.Errorf("task %v has no deadline", setup.Ref)
	}
	n := min(int(setup.Policy.Replicas+setup.Policy.Standby), len(setup.Ranking))
	if setup.Candidates > 0 && setup.Candidates < n {
		n = setup.Candidates
	} else {
		setup.Candidates = 0
	}
	if n < int(setup.Policy.Quorum) {
		return nil, fmt.Errorf("task %v has %d ranked workers, and its quorum is %d", setup.Ref, n, setup.Policy.Quorum)
	}
	if c := setup.Choice; c.Inputs > MaxChoices || c.Least > c.Inputs || c.on() && c.Least == 0 {
		return nil, fmt.Errorf("task %v needs at least %d of %d inputs; it must be 1 to %d of at most %d", setup.Ref, c.Least, c.Inputs, c.Inputs, MaxChoices)
	}
	peers, accounts, seats := map[PeerID]bool{setup.Owner: true}, map[Account]bool{}, uint64(0)
	for _, w := range setup.Ranking {
		if peers[w.Peer] || accounts[w.Account] || w.Account == "" {
			return nil, fmt.Errorf("the ranking of task %v names %s or account %q twice, or its owner", setup.Ref, w.Peer.Short(), w.Account)
		}
		if w.Seat >= MaxSeats || seats&w.bit() != 0 {
			return nil, fmt.Errorf("the ranking of task %v names seat %d twice, or it is not below %d", setup.Ref, w.Seat, MaxSeats)
		}
		peers[w.Peer], accounts[w.Account], seats = true, true, seats|w.bit()
	}
	setup.Ranking = slices.Clone(setup.Ranking)
	t := &Task{setup: setup, candidates: setup.Ranking[:n:n], index: make(map[PeerID]int, n), self: -1}
	for i, w := range t.candidates {
		t.index[w.Peer] = i
	}
	if i, ok := t.index[setup.Self]; ok {
		if t.self = i; setup.Signer == nil || setup.Signer.Account() != t.candidates[i].Account {
			return nil, fmt.Errorf("this node is ranked for task %v with account %s and cannot sign for it", setup.Ref, t.candidates[i].Account)
		}
	}
	switch {
	case t.priced() && setup.Audits > 0 && t.self >= 0 && t.witness(t.self) && len(setup.Lots) == 0:
		return nil, fmt.Errorf("this node has no shares in the draw of task %v's audit", setup.Ref)
	case t.priced():
		t.needed = int(Need(setup.Policy.MaxError))
	case t.proven():
		if t.needed = 1; t.self >= 0 && setup.Secret.IsZero() {
			return nil, fmt.Errorf("this node has no secret to check results of task %v by", setup.Ref)
		}
	default:
		t.needed = int(setup.Policy.Quorum)
	}
	t.s = state{Setup: setupHash(setup), Workers: make([]worker, n)}
	return t, nil
}

// Validate says what is wrong with a policy.
func (p Policy) Validate() error {
	if err := p.Compare.Validate(); err != nil {
		return err
	}
	switch {
	case p.Replicas < 1 || p.Replicas > MaxSealed:
		return fmt.Errorf("replicas is %d, want 1 to %d", p.Replicas, MaxSealed)
	case p.Compare.Tier == Proof:
		return p.validateProven()
	case p.Priced():
		return p.validatePriced()
	case p.Quorum > p.Replicas || 2*p.Quorum <= p.Replicas:
		return fmt.Errorf("quorum is %d, want more than half of the %d replicas and no more than all", p.Quorum, p.Replicas)
	case p.MaxReplicas < p.Replicas || p.MaxReplicas > MaxSealed:
		return fmt.Errorf("maxReplicas is %d, want %d (replicas) to %d", p.MaxReplicas, p.Replicas, MaxSealed)
	case p.Standby > MaxSealed-p.Replicas:
		return fmt.Errorf("standby is %d, want at most %d with %d replicas", p.Standby, MaxSealed-p.Replicas, p.Replicas)
	case p.MaxError != 0:
		return p.validateBound()
	}
	return nil
}

func (p Policy) validatePriced() error {
	n := p.Candidates()
	switch {
	case p.MaxError > MaxErrorUnit/2:
		return fmt.Errorf("maxError is %d, want at most %d parts in a million", p.MaxError, MaxErrorUnit/2)
	case p.Standby > MaxSealed-p.Replicas:
		return fmt.Errorf("standby is %d, want at most %d with %d replicas", p.Standby, MaxSealed-p.Replicas, p.Replicas)
	case int(p.Quorum) > n || 2*int(p.Quorum) <= n:
		return fmt.Errorf("quorum is %d, want more than half of the %d candidates (replicas and standby) and no more than all, where redundancy is priced", p.Quorum, n)
	case p.MaxReplicas < p.Replicas || int(p.MaxReplicas) > n:
		return fmt.Errorf("maxReplicas is %d, want %d (replicas) to %d candidates", p.MaxReplicas, p.Replicas, n)
	case Credit(p.MaxReplicas)*NewcomerCredit < Need(p.MaxError):
		return fmt.Errorf("maxReplicas is %d, and %d newcomers must agree for an error of %d in a million",
			p.MaxReplicas, (Need(p.MaxError)+NewcomerCredit-1)/NewcomerCredit, p.MaxError)
	}
	return nil
}

func (t *Task) priced() bool { return t.setup.Policy.Priced() }

// weight is what the i-th in rank's answer counts for: one vote, or its credit.
func (t *Task) weight(i int) int {
	switch {
	case !t.priced():
		return 1
	case t.s.Workers[i].Distrusted:
		return 0
	case t.s.Alarmed || t.contested:
		return int(min(t.candidates[i].Credit, NewcomerCredit))
	case t.s.Foreseen:
		return int(t.setup.Policy.Worth(t.candidates[i].Credit, 0))
	}
	return int(t.candidates[i].Credit)
}

// contest reports whether records contradict each other: there are two answers, and for each stands a worker that counts for more than
// a newcomer. Then records prove nothing, and everybody counts for a newcomer: two of a cartel would outweigh an honest auditor
// otherwise. Who is shown no reveals takes a dissent for another answer.
func (t *Task) contest() bool {
	if !t.priced() || t.s.Rounds == 0 {
		return false
	}
	var one *Hash
	member, dissent := t.isMember(), false
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if w.Sealed == 0 || w.Doubt || t.candidates[i].Credit <= NewcomerCredit {
			continue
		}
		switch o := w.shown(); {
		case o != nil && o.Check == opens:
			if one != nil && *one != o.Digest {
				return true
			}
			one = &o.Digest
		case !member && w.Dissent >= t.s.Rounds: // about the latest round; one about an earlier may have asked for an audit
			dissent = true
		}
	}
	return dissent && one != nil
}

// need is the weight that a result must have.
func (t *Task) need() int { return t.needed }

// weigh sums up the weights of ranks.
func (t *Task) weigh(ranks []int) (sum int) {
	for _, i := range ranks {
		sum += t.weight(i)
	}
	return sum
}

// Step takes one event and returns what the host must do. An error is one of this package's sentinels, perhaps wrapped: a
// precondition failed and nothing has changed. now must be after the epoch; it may go back, which delays deadlines only.
func (t *Task) Step(now Time, ev Event) (Effects, error) {
	if now <= 0 {
		return Effects{}, ErrTime
	}
	t.now, t.fx, t.signErr = now, Effects{}, nil
	before := t.s.Phase
	if err := t.take(ev); err != nil {
		return Effects{}, err
	}
	t.settle()
	fx := t.fx
	t.fx = Effects{}
	if t.s.Phase != before {
		fx.Phase = &PhaseChange{From: before, To: t.s.Phase}
		computing := t.self >= 0 && t.s.Workers[t.self].Drawn && t.s.Workers[t.self].Out != abstained && t.s.Own == nil
		if before.open() && !t.s.Phase.open() && computing {
			fx.Cancel = !fx.Execute
			fx.Execute = false
		}
	}
	return fx, nil
}

// take checks the event's preconditions and records what it says. What follows from it is settle's part.
func (t *Task) take(ev Event) error {
	if m, ok := ev.(Received); ok {
		return t.receive(m.From, m.Message)
	}
	if t.s.Phase == Done {
		switch e := ev.(type) {
		case Fallen:
			return t.takeFallen(e)
		case Finished:
			return t.recomputed(e)
		case GaveUp:
			t.asked = false
			return nil
		}
	}
	if t.s.Phase.over() {
		return ErrOver
	}
	switch e := ev.(type) {
	case Start:
		if t.s.Phase != Waiting {
			return ErrStarted
		}
		if t.setup.Choice.on() && t.self >= 0 && !t.s.Ballot.Decided {
			return ErrUndecided
		}
		t.move(Computing)
		t.s.Gathering = true
		t.s.Target = t.setup.Policy.Replicas
		return nil
	case Inputs:
		return t.takeInputs(e)
	case Finished:
		return t.finish(e)
	case GaveUp:
		return t.giveUp(e)
	case Lapsed:
		return t.lapse(e.Peer)
	case Distrust:
		return t.distrust(e)
	case Hold:
		return t.hold(e.Until)
	case Compared:
		return t.compared(e)
	case Proved:
		return t.proved(e)
	case Tick:
		return nil
	case Stop:
		if !t.s.Phase.open() {
			return ErrOver
		}
		t.fail(FailCanceled, e.Reason)
		return nil
	}
	return ErrUnknownEvent
}

func (t *Task) receive(from PeerID, v Validated) error {
	switch {
	case v.message == nil:
		return ErrUnvalidated
	case v.message.Ref() != t.setup.Ref:
		return ErrWrongTask
	case from == t.setup.Self:
		return ErrOwnMessage
	}
	if m, ok := v.message.(Proven); ok {
		return t.takeProven(m.Certificate, v.digest)
	}
	if m, ok := v.message.(Twice); ok {
		return t.takeTwice(m)
	}
	i, ok := t.index[from]
	if !ok {
		return ErrNotCandidate
	}
	if r, ok := v.message.(Reveal); ok && (t.s.Phase == Done || r.Account != t.candidates[i].Account && !t.unsigned()) {
		switch {
		case t.s.Phase < Certified: // evidence of what is not known to be wrong yet
			return ErrFarAhead
		case t.s.Phase == Failed:
			return ErrOver
		}
		return t.lateReveal(i, r, v.digest)
	}
	if m, ok := v.message.(Attest); ok && t.s.Phase == Failed {
		return t.reconsider(i, m, v.digest)
	}
	if m, ok := v.message.(Attest); ok && t.s.Phase == Done {
		return t.lateAttest(i, m.Account, opening{Digest: v.digest, Signature: m.Signature, Agreed: m.Agreed, Late: m.Late})
	}
	if t.s.Phase.over() {
		return ErrOver
	}
	switch m := v.message.(type) {
	case Commit:
		return t.takeCommit(i, m)
	case Seal:
		return t.takeSeal(i, m)
	case Reveal:
		return t.takeReveal(i, m, v.digest)
	case Show:
		return t.takeShow(i, m, v.digest)
	case Near:
		return t.takeNear(i, m)
	case Attest:
		return t.takeAttest(i, m, v.digest)
	case Dissent:
		return t.takeDissent(i, m)
	case Share:
		return t.takeShare(i, m)
	case Abstain:
		return t.takeAbstain(i)
	case Vote:
		return t.takeVote(i, m)
	}
	return ErrUnvalidated
}

// settle derives everything that follows from the state, the time and nothing else, until nothing more does. Every rule
// only ever adds to the state, so it ends; and because each looks at the whole state, the order of messages does not matter.
func (t *Task) settle() {
	for changed := true; changed && !t.s.Phase.over(); {
		t.contested = t.contest()
		changed = t.choose() || t.commit() || t.acceptEarly() || t.checkOpenings() || t.hearDissent() || t.audit() || t.answer() || t.calm() || t.release() || t.reinforce() || t.draw() || t.seal() ||
			t.reveal() || t.promote() || t.withheld() || t.judge() || t.certify() || t.concede() || t.expire() || t.widen() || t.closeCertificate()
		t.fx.Changed = t.fx.Changed || changed
	}
}

// expire ends the task at its deadline, or when so many candidates are gone that no quorum is left.
func (t *Task) expire() bool {
	if !t.s.Phase.open() {
		return false
	}
	if t.now >= t.setup.Deadline {
		t.fail(FailDeadline, "at the deadline "+t.waitsFor())
		return true
	}
	if t.s.Phase == Waiting || t.s.Rounds > 0 {
		return false
	}
	// Nodes that are no candidates do not hear commitments, so they cannot tell who is gone from who is done: they believe who says so.
	if t.self < 0 {
		var left []int
		for i, w := range t.s.Workers {
			if w.Out != abstained {
				left = append(left, i)
			}
		}
		if t.weigh(left) >= t.need() {
			return false
		}
		t.fail(FailNoWorkers, fmt.Sprintf("%d of %d candidates abstained, and a result needs %s", len(t.candidates)-len(left), len(t.candidates), t.wanted()))
		return true
	}
	if t.alone() && slices.ContainsFunc(t.s.Workers, func(w worker) bool { return w.Drawn && w.Out == lapsed }) {
		return false // nobody takes its place, and it may come back
	}
	if ready := t.ready(); t.pending() == 0 && t.weigh(ready) < t.need() {
		t.fail(FailNoWorkers, fmt.Sprintf("%d of %d candidates committed, a result needs %s, and all others lapsed or abstained",
			len(ready), len(t.candidates), t.wanted()))
		return true
	}
	return false
}

func (t *Task) move(to Phase) {
	if canTransition(t.s.Phase, to) {
		t.s.Phase = to
		t.fx.Changed = true
	}
}

func (t *Task) fail(code FailureCode, reason string) {
	t.move(Failed)
	t.s.Failure = &Failure{Code: code, Reason: reason}
}

// fault reports misbehaviour of another node, once for each kind.
func (t *Task) fault(i int, kind FaultKind, evidence *Reveal) {
	w := &t.s.Workers[i]
	if i == t.self || w.Faults.has(kind) {
		return
	}
	w.Faults |= faultBits[kind]
	t.fx.Changed = true
	t.fx.Faults = append(t.fx.Faults, Fault{Peer: t.candidates[i].Peer, Kind: kind, Reveal: evidence})
}

// send queues a message to those peers that are not this node.
func (t *Task) send(m Message, to []PeerID) {
	to = slices.DeleteFunc(to, func(p PeerID) bool { return p == t.setup.Self })
	if len(to) > 0 {
		t.fx.Send = append(t.fx.Send, Send{To: to, Message: m})
	}
}

// peersWhere lists the candidates that f selects, in rank order.
func (t *Task) peersWhere(f func(i int, w *worker) bool) []PeerID {
	var to []PeerID
	for i := range t.s.Workers {
		if f(i, &t.s.Workers[i]) {
			to = append(to, t.candidates[i].Peer)
		}
	}
	return to
}

// everyone lists the ranking and the owner: all who follow the task.
func (t *Task) everyone() []PeerID { return append(t.seats(), t.setup.Owner) }

// seats lists the ranking.
func (t *Task) seats() []PeerID {
	to := make([]PeerID, 0, len(t.setup.Ranking)+1)
	for _, w := range t.setup.Ranking {
		to = append(to, w.Peer)
	}
	return to
}

// NextDeadline is the time by which Step must be called with a Tick at the latest; zero means never.
func (t *Task) NextDeadline() Time {
	if t.s.Phase.over() {
		return 0
	}
	next := t.setup.Deadline
	if t.isMember() && t.near() {
		next = Earliest(next, t.s.CompareBy)
	}
	if t.s.Phase == Certified {
		next = min(next, t.s.CloseBy)
	} else {
		next = Earliest(next, t.sealAt())
		if t.s.Phase == Waiting {
			next = Earliest(next, t.s.Ballot.By)
		}
		if t.priced() && t.self >= 0 && !t.s.Gathering && !(t.held() && t.s.Audit != audited) || !t.priced() && t.isMember() || t.proven() && t.self >= 0 {
			next = Earliest(next, t.s.RevealBy)
		}
		if t.priced() && t.setup.Self != t.setup.Owner && t.s.Rounds > 0 && t.s.Audit == undrawn {
			next = Earliest(next, t.s.AuditBy)
		}
		next = Earliest(next, t.s.Held)
		if by := t.stuckBy(); by > t.now {
			next = Earliest(next, by)
		}
	}
	for _, by := range []Time{t.attestBy(), t.widenBy()} {
		if by > t.now { // if it is past, the signer has refused
			next = Earliest(next, by)
		}
	}
	if t.signErr != nil {
		next = Earliest(next, t.now.Add(signRetry))
	}
	return next
}

// signRetry is how soon a signature is tried again that the signer refused to make.
const signRetry Millis = 1_000

// Resume returns what a host must start again after a restart: the execution, if this node holds the task and has no
// result, and comparisons and checks. Sends are in the host's own durable outbox and are not repeated. The host then steps a Tick.
func (t *Task) Resume(now Time) Effects {
	if t.self < 0 || now >= t.setup.Deadline || t.s.Phase > Certified {
		return Effects{}
	}
	t.now = now
	if t.s.Own != nil {
		return Effects{Compare: t.resumed(), Prove: t.reproved()}
	}
	w := t.s.Workers[t.self]
	return Effects{Prove: t.reproved(), Execute: t.s.Phase.open() && w.Drawn && w.Out != abstained}
}

// Phase is where the task stands.
func (t *Task) Phase() Phase { return t.s.Phase }

// Failure is why the task failed, or nil.
func (t *Task) Failure() *Failure {
	if t.s.Failure == nil {
		return nil
	}
	f := *t.s.Failure
	return &f
}

// Result is the certified result, from Certified on.
func (t *Task) Result() (Result, bool) {
	if t.s.Certified.IsZero() {
		return Result{}, false
	}
	r, ok := t.result(t.s.Certified)
	r.Outputs = slices.Clone(r.Outputs)
	return r, ok
}

// Own is the digest of this node's own result, or zero.
func (t *Task) Own() Hash {
	if t.s.Own == nil {
		return Hash{}
	}
	return t.s.Own.Digest
}

// Holders lists who holds the task now, in rank order: drawn, neither lapsed nor abstained, while a quorum is looked for.
func (t *Task) Holders() []PeerID {
	if !t.s.Phase.open() {
		return nil
	}
	return t.peersWhere(func(_ int, w *worker) bool { return w.Drawn && w.Out == in })
}

// Owing lists which holders owe progress: those that have not committed, as far as this node knows. Who is no candidate hears no commitments, and
// lists nobody.
func (t *Task) Owing() []PeerID {
	if t.self < 0 || !t.s.Phase.open() {
		return nil
	}
	return t.peersWhere(func(_ int, w *worker) bool { return w.Drawn && w.Out == in && w.Commit.IsZero() })
}

// Candidates lists the workers that may ever sign, in rank order.
func (t *Task) Candidates() []Worker { return slices.Clone(t.candidates) }

// IsCandidate reports whether p may ever sign.
func (t *Task) IsCandidate(p PeerID) bool { _, ok := t.index[p]; return ok }
