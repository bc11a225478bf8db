package chain

import (
	"context"
	"errors"

	"gpumesh/market"
	"gpumesh/poc"
)

// Court is a Settlement with arbiters, who judge what no contract can: whether what a worker signed is what the task gives.
type Court interface {
	// CourtTerms are the network's.
	CourtTerms(ctx context.Context) (CourtTerms, error)

	// Cases returns the open cases, oldest first, with those whose time for a verdict is over; of very many the newest.
	Cases(ctx context.Context) ([]Case, error)

	// Accuse opens a case, for the deposit, and returns its number. It is not idempotent.
	Accuse(ctx context.Context, a Accusation) (id uint64, err error)

	// Convicted reports whether an account was slashed for a task.
	Convicted(ctx context.Context, ref poc.TaskRef, a poc.Account) (bool, error)

	// DrawCommittee draws the committee of a case. It fails with ErrTooEarly until the block is there that draws it, and succeeds
	// when somebody else has drawn it.
	DrawCommittee(ctx context.Context, id uint64) error

	// SignVerdict returns this account's signature over a verdict. Whoever signs both verdicts of a case is slashed.
	SignVerdict(id uint64, guilty bool) ([]byte, error)
	VerifyVerdict(a poc.Account, id uint64, guilty bool, signature []byte) error

	// Decide submits the verdict of a committee, with the signatures of those who gave it.
	Decide(ctx context.Context, id uint64, guilty bool, signatures map[poc.Account][]byte) error

	// LapseCase returns the deposit of a case whose time is over.
	LapseCase(ctx context.Context, id uint64) error

	// JoinArbiters offers this account as an arbiter, and does nothing if it is one. It must be verified, with enough stake.
	JoinArbiters(ctx context.Context) error

	// CollectFees withdraws what this account earned as an arbiter, and returns how much that was.
	CollectFees(ctx context.Context) (market.Amount, error)
}

// CourtTerms are what all cases have in common.
type CourtTerms struct {
	Window  poc.Millis    // from a case to its verdict
	Deposit market.Amount // of an accuser
	Quorum  int           // signatures that make a verdict
}

// Accusation says that a worker's signed reveal is wrong.
type Accusation struct {
	Ref       poc.TaskRef
	Account   poc.Account // the accused
	Digest    poc.Hash    // what it revealed
	Signature []byte      // over poc.Statement{Revealed, Ref.Job, Ref.Task, Digest}
	Evidence  poc.Hash    // of the document that shows it, which whoever judges fetches by this hash
	Where     string      // for people: it is published
}

// Case is an accusation under judgement.
type Case struct {
	ID               uint64
	Accuser, Accused poc.Account
	Ref              poc.TaskRef
	Evidence         poc.Hash
	Until            poc.Time      // for the verdict
	Committee        []poc.Account // none yet: it has to be drawn
}

// ErrNoCase is returned for cases that never were, or are over.
var ErrNoCase = errors.New("there is no such case, or it is over")
