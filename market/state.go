package market

import (
	"errors"

	"gpumesh/poc"
)

// State is where a job stands, as seen from one node.
type State uint8

const (
	Locking   State = iota // owner: the escrow is being locked; ends at LockTimeout
	Bidding                // owner: collecting offers; ends at BidTimeout
	Anchoring              // owner: the award is being anchored; at AwardTimeout the chain is asked, and it ends with its answer or the job
	Checking               // provider: looking at escrow, spec, programs and inputs; ends at the bid's close
	Offered                // provider: waiting for the award; ends a while after the bid's close
	Drawing                // award known, waiting for the beacon; likewise
	Running                // tasks are computed and verified; ends at the job's deadline
	Settling               // every task is certified or failed; claims are being settled; ends at the escrow's expiry
	Done                   // everything is settled. Terminal, but what was locked for tasks that were left out may still be on its way back.
	Failed                 // see Failure. Terminal, but the owner's escrow may still be on its way back.
	Declined               // provider: this node does not take part. Terminal.
)

var stateNames = [...]string{"locking", "bidding", "anchoring", "checking", "offered", "drawing", "running", "settling", "done", "failed", "declined"}

func (s State) String() string { return stateNames[s] }

// MarshalText returns the name.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Terminal reports whether nothing follows.
func (s State) Terminal() bool { return s >= Done }

// canTransition is the whole life of a job.
func canTransition(from, to State) bool {
	switch from {
	case Locking:
		return to == Bidding || to == Failed
	case Bidding:
		return to == Anchoring || to == Failed
	case Anchoring:
		return to == Drawing || to == Failed
	case Checking:
		return to == Offered || to == Declined
	case Offered:
		return to == Drawing || to == Declined
	case Drawing:
		return to == Running || to == Failed || to == Offered // the chain holds another award
	case Running:
		return to == Settling
	case Settling:
		return to == Done
	}
	return false
}

// FailureCode says why a job failed.
type FailureCode string

const (
	FailEscrow    FailureCode = "escrow"       // the escrow could not be locked
	FailProviders FailureCode = "no-providers" // too few eligible providers offered
	FailAward     FailureCode = "award"        // the award could not be anchored, or its beacon did not come
	FailWorkers   FailureCode = "no-workers"   // too few of the award's seats are registered and staked
	FailCanceled  FailureCode = "canceled"     // by its owner
	FailTasks     FailureCode = "tasks"        // some tasks failed; see them
)

// Failure is why a job failed. Reason is one sentence.
type Failure struct {
	Code   FailureCode `cbor:"code" json:"code"`
	Reason string      `cbor:"reason" json:"reason"`
}

// Errors of Step. The state is unchanged by an event that is answered with an error.
var (
	ErrExpired    = errors.New("the message has expired")
	ErrStale      = errors.New("a newer message of this author is known")
	ErrNotReady   = errors.New("this node is not ready for the message yet; try again")
	ErrUnknownJob = errors.New("the job is unknown here")
	ErrNotForUs   = errors.New("the message is not for this node")
	ErrWrongState = errors.New("the job is past the point where this matters")
	ErrNotOwner   = errors.New("only the job's owner can do this")
	ErrDuplicate  = errors.New("the job exists already")
	ErrFull       = errors.New("too many jobs are active on this node")
)

// Milestones are the times at which a job reached its stages; zero if it has not. They make the latency breakdown.
type Milestones struct {
	Submitted poc.Time `cbor:"submitted" json:"submitted"`
	Locked    poc.Time `cbor:"locked" json:"locked"`
	Offers    poc.Time `cbor:"offers" json:"offers"` // enough offers were there
	Anchored  poc.Time `cbor:"anchored" json:"anchored"`
	Drawn     poc.Time `cbor:"drawn" json:"drawn"`         // the beacon was known
	Computed  poc.Time `cbor:"computed" json:"computed"`   // this node's first result was there, if it computes
	Certified poc.Time `cbor:"certified" json:"certified"` // every task was certified or failed
	Settled   poc.Time `cbor:"settled" json:"settled"`     // every claim was confirmed
}

// record is the durable part of a job but for its spec, award and tasks, which have keys of their own.
type record struct {
	Owner    poc.PeerID `cbor:"owner"`
	State    State      `cbor:"state"`
	Until    poc.Time   `cbor:"until"` // deadline of the state
	Created  poc.Time   `cbor:"created"`
	Round    uint32     `cbor:"round"`              // offer round
	Closes   poc.Time   `cbor:"closes"`             // end of the offer window
	BidEnd   poc.Time   `cbor:"bidEnd"`             // end of bidding
	Ask      Amount     `cbor:"ask"`                // provider: what this node offered
	Backing  Backing    `cbor:"backing"`            // provider: what the chain knew of it
	RunTime  poc.Millis `cbor:"runTime,omitempty"`  // provider: how long a unit is estimated to run here
	Reserved poc.Time   `cbor:"reserved,omitempty"` // provider: until then the offer keeps a slot; zero: none
	Asked    []asking   `cbor:"asked,omitempty"`    // owner: by the bid of each round
	Offers   [][]byte   `cbor:"offers"`             // owner: envelopes, sorted by peer
	Subnets  []string   `cbor:"subnets,omitempty"`  // owner: where each of them came from
	Declines []declined `cbor:"declines"`
	Beacon   *Beacon    `cbor:"beacon"`
	Settled  []uint32   `cbor:"settled"` // tasks claimed on chain
	Slashes  []slash    `cbor:"slashes"`
	Claims   uint32     `cbor:"claims"`   // claim operations submitted so far
	Claiming []uint32   `cbor:"claiming"` // tasks in the claim operation under way
	History  []Entry    `cbor:"history"`
	Refund   bool       `cbor:"refund"` // a refund was asked for
	Failure  *Failure   `cbor:"failure"`
	Times    Milestones `cbor:"times"`
	Shown    []shown    `cbor:"shown,omitempty"` // owner
}

// declined is a decline as the owner keeps it.
type declined struct {
	Peer   poc.PeerID  `cbor:"peer"`
	Code   DeclineCode `cbor:"code"`
	Reason string      `cbor:"reason"`
	Ask    Amount      `cbor:"ask,omitempty"`   // where the price is why
	Round  uint32      `cbor:"round,omitempty"` // in which it came
}

// slash is evidence against a worker, and when this node submits it if nobody has.
type slash struct {
	Task    uint32      `cbor:"task"`
	Reveal  *poc.Reveal `cbor:"reveal"` // another result than the certified one; or
	Due     poc.Time    `cbor:"due"`    // this node's turn; zero until the task is settled, or will not be
	Sent    bool        `cbor:"sent"`
	Settled bool        `cbor:"settled"`
	Told    bool        `cbor:"told,omitempty"`  // this node has passed it on
	Twice   *poc.Twice  `cbor:"twice,omitempty"` // two results, of which the chain convicts without a claim
}

func (s slash) account() poc.Account {
	if s.Twice != nil {
		return s.Twice.Account
	}
	return s.Reveal.Account
}

func (s slash) message() poc.Message {
	if s.Twice != nil {
		return *s.Twice
	}
	return *s.Reveal
}

func (s slash) op(job poc.Hash) Op {
	if s.Twice != nil {
		return SlashTwice{*s.Twice}
	}
	return Slash{
		Ref: poc.TaskRef{Job: job, Task: s.Task}, Account: s.Reveal.Account, Digest: s.Reveal.Result.Digest(), Signature: s.Reveal.Signature,
	}
}
