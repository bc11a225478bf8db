package chain

import (
	"context"
	"math/big"

	"gpumesh/market"
	"gpumesh/poc"
)

// KnownJob is what somebody knows of a job that a batch may settle.
type KnownJob struct {
	ID           poc.Hash
	Seating      market.Seating    // of its award
	Certificates []poc.Certificate // the widest one of each certified task
}

// Batcher is a Settlement that also settles many whole jobs at once: somebody posts what they pay and publishes the rewards, and
// they are paid after a time in which anybody can doubt them. A doubt that is not answered voids the batch.
type Batcher interface {
	// BatchOf returns the number of the batch that a job is or was settled in, or zero, and whether it keeps the job from being
	// claimed now.
	BatchOf(ctx context.Context, job poc.Hash) (id uint64, open bool, err error)

	// DraftBatch makes a batch of those of the jobs that can be in one now. Its Jobs are empty if none can.
	DraftBatch(ctx context.Context, jobs []KnownJob) (Draft, error)

	// PostDraft posts a batch and returns its number. where says where its rewards are published.
	PostDraft(ctx context.Context, d Draft, where string) (uint64, error)

	// BatchSource says who posted a batch, and where its rewards are published.
	BatchSource(ctx context.Context, batch uint64) (poster poc.Account, where string, err error)

	// TendBatch does what a batch needs of this account now, and says what it did: it answers doubts about an own one, doubts what
	// is wrong with another's as far as the known jobs tell, and ends it when its time has come. Without rewards it insists on being
	// shown its own. It is over when nothing is left to be done.
	TendBatch(ctx context.Context, batch uint64, rewards []byte, known []KnownJob) (did []string, over bool, err error)

	// ShowPays returns what shows which of a batch's published rewards are for a job.
	ShowPays(rewards []byte, job poc.Hash) ([]byte, error)

	// BatchPays returns what the batch that closed the escrow of a job pays for it, to whomever, if that is shown, and nothing if not. It is the
	// same at all times for the same bytes.
	BatchPays(ctx context.Context, job poc.Hash, shown []byte) ([]market.BatchPay, error)
}

// Draft is a batch that was not posted yet.
type Draft struct {
	Jobs    []poc.Hash
	Rewards []byte // as they are published
	Pay     market.Amount
	Cost    *big.Int // about, of posting and ending it, in the smallest unit of the chain's own currency
}
