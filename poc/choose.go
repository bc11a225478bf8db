package poc

import "math/bits"

// A task may go on without some of its inputs. Then its candidates agree which ones before any of them computes: who chose by
// itself could compute honestly from other inputs than the rest, and be convicted.
//
// The agreement is Tendermint's (Buchman, Kwon and Milosevic, 2018, arXiv:1807.04938) for one value, the set of inputs left out: in
// each view candidates vote, and lock what most of them voted for; a value that most have locked is decided. View 0 needs no
// proposal: everybody votes for what it has. In view v the candidate of rank v-1 proposes. What counts as most leaves room for
// Quorum-1 candidates that vote for everything at once, as many as a certificate does.

// MaxChoices bounds the inputs that a task may go on without: each is one bit.
const MaxChoices = 64

// maxViews bounds the views of a choice. A task that agrees on nothing by then ends at its deadline.
const maxViews = 16

// Choice says which inputs a task may go on without.
type Choice struct {
	Inputs uint32 `cbor:"inputs"` // that it may go on without; at most MaxChoices
	Least  uint32 `cbor:"least"`  // of them that it must have
}

// VoteStep is what a vote is for.
type VoteStep uint8

const (
	Propose VoteStep = iota // the view's proposal
	Prefer                  // the sender would decide so
	Decide                  // most candidates prefer it
	voteSteps
)

// Vote is a candidate's say in what its task goes on without. It goes to all candidates.
type Vote struct {
	TaskRef
	View    uint32
	Step    VoteStep
	Blank   bool   // for nothing in this view; never a proposal
	Without uint64 // bitmap of the inputs left out
}

// Inputs says which of the inputs that the task may go on without are certified here, and for which of the others this node
// waits no longer. All others it needs are certified.
type Inputs struct{ Have, Gone uint64 }

func (Inputs) isEvent() {}
func (Vote) isMessage() {}
func (v Vote) ok() bool {
	return v.View < maxViews && v.Step < voteSteps && !(v.Blank && (v.Step == Propose || v.Without != 0))
}
func (c Choice) on() bool { return c.Inputs > 0 }
func (c Choice) all() uint64 {
	return ^uint64(0) >> (MaxChoices - c.Inputs)
}

// ballot is one candidate's part in the choice of its task.
type ballot struct {
	Have    uint64   `cbor:"have"`
	Gone    uint64   `cbor:"gone"`
	View    uint32   `cbor:"view"`
	Voted   VoteStep `cbor:"voted"`  // the last step in which this node voted in this view; Propose: in none
	By      Time     `cbor:"by"`     // when it waits no longer for what comes next in this view; zero: no limit
	Locked  uint32   `cbor:"locked"` // view in which it locked a value, plus one
	Lock    uint64   `cbor:"lock"`   // that value
	Votes   []voted  `cbor:"votes"`  // in the order in which they came
	Decided bool     `cbor:"decided"`
	Without uint64   `cbor:"without"` // once decided
}

type voted struct {
	Rank    uint32   `cbor:"rank"`
	View    uint32   `cbor:"view"`
	Step    VoteStep `cbor:"step"`
	Blank   bool     `cbor:"blank"`
	Without uint64   `cbor:"without"`
}

// Chosen returns the inputs that the task goes on without, once its candidates have agreed. Only candidates know before the
// result is certified.
func (t *Task) Chosen() (without uint64, ok bool) {
	if r, certified := t.Result(); certified {
		return r.Without, true
	}
	b := t.s.Ballot
	return b.Without, t.setup.Choice.on() && b.Decided
}

// Candidate reports whether this node may have to compute the task.
func (t *Task) Candidate() bool { return t.self >= 0 }

// most is how many votes make two sets of them share more candidates than may lie.
func (t *Task) most() int { return (len(t.candidates)+int(t.setup.Policy.Quorum)-1)/2 + 1 }

func (t *Task) takeInputs(e Inputs) error {
	b, c := &t.s.Ballot, t.setup.Choice
	have, gone := e.Have&c.all(), e.Gone&c.all()
	switch {
	case !c.on() || t.self < 0:
		return ErrNotCandidate
	case t.s.Phase != Waiting || b.Decided:
		return ErrStarted
	case b.Have|have == b.Have && b.Gone|gone == b.Gone:
		return ErrDuplicate
	}
	b.Have, b.Gone = b.Have|have, b.Gone|gone
	t.fx.Changed = true
	return nil
}

func (t *Task) takeVote(i int, v Vote) error {
	b := &t.s.Ballot
	switch {
	case !t.setup.Choice.on() || t.self < 0:
		return ErrNotCandidate
	case v.Step == Propose && t.proposer(v.View) != i:
		return ErrNotSealer
	case v.Without&^t.setup.Choice.all() != 0:
		return ErrUnvalidated
	}
	x := voted{uint32(i), v.View, v.Step, v.Blank, v.Without}
	for _, old := range b.Votes {
		if old.Rank == x.Rank && old.View == x.View && old.Step == x.Step {
			if old != x {
				t.fault(i, Equivocated, nil)
				return nil
			}
			return ErrDuplicate
		}
	}
	b.Votes = append(b.Votes, x)
	t.fx.Changed = true
	if b.Decided && v.View > b.View { // others may not have heard what this node heard: they need its votes
		b.View = v.View
		t.vote(Prefer, false, b.Without)
		t.vote(Decide, false, b.Without)
	}
	return nil
}

// proposer is the rank that proposes in a view, or -1.
func (t *Task) proposer(view uint32) int {
	if view == 0 {
		return -1
	}
	return int(view-1) % len(t.candidates)
}

// vote casts this node's own vote.
func (t *Task) vote(step VoteStep, blank bool, without uint64) {
	b := &t.s.Ballot
	if blank {
		without = 0
	}
	b.Votes = append(b.Votes, voted{uint32(t.self), b.View, step, blank, without})
	t.send(Vote{TaskRef: t.setup.Ref, View: b.View, Step: step, Blank: blank, Without: without}, t.peersWhere(func(int, *worker) bool { return true }))
}

// count returns the votes of one step of a view: all of them, and the value that most candidates voted for, if there is one.
func (t *Task) count(view uint32, step VoteStep) (all int, blank bool, value uint64, found bool) {
	counts, blanks := map[uint64]int{}, 0
	for _, v := range t.s.Ballot.Votes {
		if v.View != view || v.Step != step {
			continue
		}
		if all++; v.Blank {
			blanks++
			continue
		}
		if counts[v.Without]++; counts[v.Without] >= t.most() {
			value, found = v.Without, true
		}
	}
	return all, blanks >= t.most(), value, found
}

// acceptable reports whether this node would leave out these inputs: it has all others, and waits for none of these.
func (t *Task) acceptable(without uint64) bool {
	b, all := &t.s.Ballot, t.setup.Choice.all()
	took := all &^ without
	return b.Have&took == took && b.Gone&without == without && bits.OnesCount64(took) >= int(t.setup.Choice.Least)
}

// unlocked reports whether the lock of this node lets it prefer a value: it is the locked one, or most have preferred it since.
func (t *Task) unlocked(without uint64) bool {
	b := &t.s.Ballot
	if b.Locked == 0 || b.Lock == without {
		return true
	}
	for view := b.Locked; view < b.View; view++ { // from the one after the lock's
		if _, _, value, ok := t.count(view, Prefer); ok && value == without {
			return true
		}
	}
	return false
}

// choose moves the choice on.
func (t *Task) choose() bool {
	b := &t.s.Ballot
	if !t.setup.Choice.on() || t.self < 0 || t.s.Phase != Waiting || b.Decided {
		return false
	}
	for view := range uint32(maxViews) {
		if _, _, value, ok := t.count(view, Decide); ok {
			b.Decided, b.Without, b.By, b.View = true, value, 0, max(b.View, view)
			return true
		}
	}
	late := b.By != 0 && t.now >= b.By
	switch b.Voted {
	case Propose:
		return t.prefer(late)
	case Prefer:
		all, blank, value, ok := t.count(b.View, Prefer)
		switch {
		case ok:
			b.Locked, b.Lock = b.View+1, value
			t.vote(Decide, false, value)
		case blank || late:
			t.vote(Decide, true, 0)
		default:
			return t.limit(all)
		}
		b.Voted, b.By = Decide, 0
		return true
	}
	if b.View+1 == maxViews {
		return false
	}
	if all, _, _, _ := t.count(b.View, Decide); !late {
		return t.limit(all)
	}
	b.View, b.Voted = b.View+1, Propose
	b.By = t.now.Add(t.turnOfView())
	return true
}

// limit ends the wait for more votes some time after most are there.
func (t *Task) limit(votes int) bool {
	b := &t.s.Ballot
	if b.By != 0 || votes < t.most() {
		return false
	}
	b.By = t.now.Add(t.turnOfView())
	return true
}

func (t *Task) turnOfView() Millis { return Millis(t.s.Ballot.View+1) * t.setup.Params.SealTimeout }

// prefer casts the first vote of a view.
func (t *Task) prefer(late bool) bool {
	b := &t.s.Ballot
	mine := t.setup.Choice.all() &^ b.Have
	if b.View == 0 {
		if !t.acceptable(mine) {
			return false
		}
		t.vote(Prefer, false, mine)
		b.Voted = Prefer
		return true
	}
	leader := t.proposer(b.View)
	for _, v := range b.Votes {
		if v.View == b.View && v.Step == Propose && int(v.Rank) == leader && t.acceptable(v.Without) && t.unlocked(v.Without) {
			t.vote(Prefer, false, v.Without)
			b.Voted, b.By = Prefer, 0
			return true
		}
	}
	if late {
		t.vote(Prefer, true, 0)
		b.Voted, b.By = Prefer, 0
		return true
	}
	if leader != t.self || t.proposed() {
		return false
	}
	for view := b.View; view > 0; view-- { // what most preferred last goes before its own
		if _, _, value, ok := t.count(view-1, Prefer); ok {
			t.vote(Propose, false, value)
			return true
		}
	}
	if !t.acceptable(mine) {
		return false
	}
	t.vote(Propose, false, mine)
	return true
}

func (t *Task) proposed() bool {
	for _, v := range t.s.Ballot.Votes {
		if v.View == t.s.Ballot.View && v.Step == Propose && int(v.Rank) == t.self {
			return true
		}
	}
	return false
}
