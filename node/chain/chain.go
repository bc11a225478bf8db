// Package chain is what a node needs of a blockchain, in the words of the market. Implementations: node/chain/evm, and the
// in-memory Fake of this package; chaintest holds the contract suite that every implementation must pass.
package chain

import (
	"context"
	"errors"
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// Settlement is one account's view of the settlement layer. Implementations are safe for concurrent use. Every method that
// takes a context returns when it ends.
type Settlement interface {
	poc.Signer
	poc.Verifier

	// Chain names the settlement layer exactly: it is the Chain field of the network manifest.
	Chain() string

	// FeeBps is the protocol fee on top of every pay, in parts of market.FeeBase.
	FeeBps(ctx context.Context) (uint32, error)

	// Submit does op and returns once it is confirmed. It is idempotent: when the chain's state already shows the effect,
	// it returns a Receipt with an empty Tx. Errors that trying again cannot mend wrap ErrRefused.
	Submit(ctx context.Context, op market.Op) (market.Receipt, error)

	// Escrow returns the chain's state of a job, or ErrNoEscrow.
	Escrow(ctx context.Context, job poc.Hash) (market.Escrow, error)

	// Beacon waits until the beacon of job's anchored award is known. It returns ErrAwardMismatch when the chain holds
	// another award, or another seating, than the given ones.
	Beacon(ctx context.Context, job, award poc.Hash, seating market.Seating) (market.Beacon, error)

	// Settled reports which of the job's tasks were claimed, by task index, with the certified digest (zero: not claimed). A
	// chain may keep only the first 24 bytes of a digest, followed by zeros: compare with SameDigest.
	Settled(ctx context.Context, job poc.Hash, tasks uint32) ([]poc.Hash, error)

	// History returns what was settled for a job so far, oldest first, for people to look at (from events; decisions are
	// made on Escrow and Settled).
	History(ctx context.Context, job poc.Hash) ([]market.Entry, error)

	// Standing returns what the chain knows of a worker now.
	Standing(ctx context.Context, a poc.Account) (market.Standing, error)

	// Balance returns the free tokens of an account, and its fee currency in the chain's own smallest unit, as text.
	Balance(ctx context.Context, a poc.Account) (tokens market.Amount, native string, err error)

	// Totals returns the sums over all jobs, for checking that funds are conserved:
	// Locked = Held + Paid + Fees + Refunded, and Staked + Slashed = all stake ever put in, less what was withdrawn.
	Totals(ctx context.Context) (Totals, error)

	Close() error
}

// Totals are sums over all jobs and workers since the contracts were deployed.
type Totals struct {
	Locked, Held, Paid, Fees, Refunded market.Amount
	Staked, Slashed                    market.Amount // what arbiters hold of convictions that are not final is slashed, until they give it back
}

// Errors that callers tell apart. They are wrapped with one clear sentence.
var (
	ErrRefused       = errors.New("refused by the chain")
	ErrNoEscrow      = errors.New("no escrow for this job")
	ErrAwardMismatch = errors.New("the chain holds another award for this job")
	ErrFunds         = errors.New("insufficient balance")
	ErrTooEarly      = errors.New("too early") // what it builds on is not on the chain yet, such as the claim under a slash: try again
)

// SameDigest reports whether what Settled says of a task is this digest.
func SameDigest(settled, digest poc.Hash) bool {
	const kept = 24 // bytes
	if [8]byte(settled[kept:]) == [8]byte{} {
		clear(digest[kept:])
	}
	return settled == digest
}

// Adds reports whether a certificate may settle its task, pay somebody more for it, or take back what a late worker was paid too
// much, going by what it says: the task is settled with the given digest (zero: not yet), and the seats of the bitmaps are paid,
// and were paid less. Whether its signatures hold, and who of those it names stands, the chain finds out.
func Adds(c poc.Certificate, t market.Terms, settled poc.Hash, paid, fined uint64) bool {
	if settled.IsZero() {
		return true
	}
	if !SameDigest(settled, c.Result.Digest()) {
		return false
	}
	return t.LateBps > 0 && c.Late(t.Quorum)&paid&^fined != 0 ||
		slices.ContainsFunc(c.Payees(t.Quorum), func(seat uint8) bool { return paid>>seat&1 == 0 })
}
