package chain

import (
	"context"
	"errors"

	"gpumesh/market"
	"gpumesh/poc"
)

// Pool is a Settlement with a pool of tokens for those who serve the network beyond what owners pay for. Contracts cannot see who does. So a
// claim names a document that shows it, its author signs that, and it is paid after a delay in which anybody can have it
// judged by the arbiters: the statement is poc.Statement{Revealed, Task: number, Digest: document}, of no job, and no escrow can be of no job.
//
// A network without a pool answers everything with ErrNoPool.
type Pool interface {
	// PoolTerms are the network's.
	PoolTerms(ctx context.Context) (PoolTerms, error)

	// PoolState says what the pool holds.
	PoolState(ctx context.Context) (PoolState, error)

	// FundPool gives tokens of this account to the pool. It is not idempotent.
	FundPool(ctx context.Context, amount market.Amount) (market.Receipt, error)

	// Claimed returns the number of an account's next claim, and the block through which it has claimed.
	Claimed(ctx context.Context, a poc.Account) (next uint32, through uint64, err error)

	// OpenClaims returns the claims that are neither paid nor dropped, oldest first; of very many the newest.
	OpenClaims(ctx context.Context) ([]PoolClaim, error)

	// ClaimPool makes a claim of this account. It does nothing if the account has made the claim of that number with that document. It fails with ErrFunds when
	// the pool has less, or when the stake does not stand behind so much (PoolTerms.Room), and with ErrRefused when another claim has that number, when Through is not after that of the claim before or not yet a block, when
	// the account lacks the least stake, or when it was convicted of that number already. It fails with ErrTooEarly when so many of its claims are open that
	// one has to end first.
	ClaimPool(ctx context.Context, c PoolClaim) (market.Receipt, error)

	// EndClaim pays a claim whose delay is over to the payout address of its account, or drops it if the account was slashed since it made it, for
	// this or for anything else, or has less bonded than its open claims are for, whoever asks: a stake that is gone stands behind no claim. Such a claim can be
	// dropped at once. It returns what was paid; nothing
	// if it had been ended before. Before that time it fails with ErrTooEarly.
	EndClaim(ctx context.Context, a poc.Account, number uint32) (market.Amount, error)
}

// ErrNoPool is returned where there is no pool.
var ErrNoPool = errors.New("the network has no pool of rewards")

// Bounds of claims.
const (
	MaxOpenClaims = 16  // of one account
	MaxWhere      = 256 // bytes
)

// PoolTerms are what all claims have in common.
type PoolTerms struct {
	Delay poc.Millis    // from a claim to its pay: two windows of the arbiters at least, and less than stake takes to leave
	Most  market.Amount // that one claim can be for

	SlashBps uint32 // part of its stake that a conviction takes now, in parts of market.FeeBase: the open claims of an account are together for no more
}

// Room is what an account with a stake can claim now, as far as these terms go. Of the open claims its own count.
func (t PoolTerms) Room(a poc.Account, stake market.Amount, open []PoolClaim) market.Amount {
	room := part(stake, t.SlashBps)
	for _, c := range open {
		if c.Account == a {
			room -= min(room, c.Amount)
		}
	}
	return min(room, t.Most)
}

// PoolState is what the pool holds. Free is what can still be claimed.
type PoolState struct{ Holds, Claimed, Free market.Amount }

// PoolClaim is what an account claims from the pool, for what it did after the block of its claim before and through Through.
type PoolClaim struct {
	Account   poc.Account // its author
	Number    uint32      // 0, 1, 2 and so on for each account
	Through   uint64      // block
	Amount    market.Amount
	Document  poc.Hash // digest of what shows it
	Signature []byte   // over the statement above
	Where     string   // for people: where the document is published; at most MaxWhere bytes
	Until     poc.Time // of the delay; set by the chain
	After     uint64   // Through of the account's claim before, or 0; set by the chain
}

// Statement is what the author of a claim signs, and is convicted of if it is false.
func (c PoolClaim) Statement() poc.Statement {
	return poc.Statement{Kind: poc.Revealed, Task: c.Number, Digest: c.Document}
}
