package chain

import (
	"context"
	"errors"

	"gpumesh/market"
	"gpumesh/poc"
)

// Court is a Settlement with arbiters, who judge what no contract can: whether what a worker signed is what the task gives.
//
// With arbiters no certificate convicts for good at once. It can be wrong: a quorum of those whom the owner seated made it. So the stake that
// market.Slash takes is held, and the convicted account can have the arbiters judge whether what it revealed is right. SlashTwice and
// verdicts convict for good.
type Court interface {
	Appeals

	// CourtTerms are the network's.
	CourtTerms(ctx context.Context) (CourtTerms, error)

	// Cases returns the open cases, oldest first, with those whose time for a verdict is over; of very many the newest.
	Cases(ctx context.Context) ([]Case, error)

	// Accuse opens a case, for the deposit, and returns its number. It is not idempotent.
	Accuse(ctx context.Context, a Accusation) (id uint64, err error)

	// Convicted reports whether an account was slashed for a task, and that was not undone.
	Convicted(ctx context.Context, ref poc.TaskRef, a poc.Account) (bool, error)

	// DrawCommittee draws the committee of a case. It fails with ErrTooEarly until the block is there that draws it, and succeeds
	// when somebody else has drawn it.
	DrawCommittee(ctx context.Context, id uint64) error

	// SignVerdict returns this account's signature over a verdict. Whoever signs both verdicts of a case is slashed.
	SignVerdict(id uint64, guilty bool) ([]byte, error)
	VerifyVerdict(a poc.Account, id uint64, guilty bool, signature []byte) error

	// Decide submits the verdict of a committee, with the signatures of those who gave it.
	Decide(ctx context.Context, id uint64, guilty bool, signatures map[poc.Account][]byte) error

	// LapseCase returns the deposit of a case whose time is over. An appeal that a committee was drawn for and did not judge ends in favour of the
	// account; one that had no committee leaves the conviction as it is, which is final then.
	LapseCase(ctx context.Context, id uint64) error

	// JoinArbiters offers this account as an arbiter, and does nothing if it is one. It must be verified, with enough stake.
	JoinArbiters(ctx context.Context) error

	// CollectFees withdraws what this account earned as an arbiter, and returns how much that was.
	CollectFees(ctx context.Context) (market.Amount, error)
}

// Appeals is the part of a Court that keeps certificates from convicting for good at once.
type Appeals interface {
	// Convictions returns those that are not final, oldest first; of very many the newest.
	Convictions(ctx context.Context) ([]Conviction, error)

	// Appeal opens a case about a conviction of this account, for the deposit, and returns its number. The signature is its own over what it
	// revealed. It is not idempotent. It fails with ErrRefused when the time to appeal is over, or when there is an appeal already.
	Appeal(ctx context.Context, id uint64, evidence poc.Hash, where string, signature []byte) (caseID uint64, err error)

	// EndConviction ends a conviction, whoever asks: it pays out one whose time to appeal is over, and undoes one of an account whose
	// digest is the truth, or that is void, at any time. Before its time, and as long as an appeal is open, it fails with ErrTooEarly; one that is final with ErrNoConviction.
	EndConviction(ctx context.Context, id uint64) error

	// Truth returns what arbiters found that a task gives instead of the certified digest; zero: they found nothing.
	Truth(ctx context.Context, ref poc.TaskRef) (poc.Hash, error)
}

// Conviction is what a certificate cost a worker that signed another result, as long as it is not final.
type Conviction struct {
	ID                uint64 // from 1
	Ref               poc.TaskRef
	Account, Reporter poc.Account   // who was convicted, and who answers with its own stake for that
	Digest            poc.Hash      // what the account revealed
	Amount            market.Amount // taken of its stake, and held
	Until             poc.Time      // to appeal
	Appeal            uint64        // the case; zero: none
	Void              bool          // its reporter has had somebody convicted who was right: anybody can have it undone
}

// CourtTerms are what all cases have in common.
type CourtTerms struct {
	Window  poc.Millis    // from a case to its verdict, and from a conviction by a certificate to the last moment to appeal
	Deposit market.Amount // of an accuser, or an appellant
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

// Case is an accusation under judgement, or an appeal: there the convicted account is accuser and accused.
type Case struct {
	ID               uint64
	Accuser, Accused poc.Account
	Ref              poc.TaskRef
	Evidence         poc.Hash
	Until            poc.Time      // for the verdict
	Committee        []poc.Account // none yet: it has to be drawn
	Conviction       uint64        // that is appealed against; zero: it is an accusation
	Digest           poc.Hash      // of an appeal: what has to be right
}

// Errors for what never was, or is over.
var (
	ErrNoCase       = errors.New("there is no such case, or it is over")
	ErrNoConviction = errors.New("there is no such conviction, or it is final")
)
