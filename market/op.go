package market

import (
	"cmp"
	"math/bits"
	"slices"

	"gpumesh/poc"
)

// Op is a settlement operation: something to be done on chain, in the words of the market. Every Op is idempotent: doing
// it again after it took effect changes nothing and is not an error.
type Op interface{ isOp() }

type (
	// LockEscrow moves Terms.Budget from this node's account into the escrow of a job.
	LockEscrow struct {
		Job   poc.Hash
		Terms Terms
	}
	// AnchorAward fixes the award of a job for good: its digest, its seats, and how the beacon, which comes from a later block, draws them.
	AnchorAward struct {
		Job     poc.Hash
		Award   poc.Hash
		Seating Seating
	}
	// KeepBeacon has the chain remember what a job's seats are drawn by, if it would forget it: chains know the hashes of recent blocks only.
	// Whoever asks. Nothing is done where all seats are candidates.
	KeepBeacon struct {
		Job     poc.Hash
		Seating Seating // as anchored
	}
	// Claim pays the payees of each certificate their ask, once per task, whoever submits it.
	Claim struct {
		Job          poc.Hash
		Seating      Seating // as anchored
		Certificates []poc.Certificate
	}
	// Slash convicts Account of a signed reveal that contradicts the certified result of a task, or what arbiters found instead. The task was claimed
	// before. Where there are arbiters only a registered worker with the least stake can, and the account can appeal before it is final.
	Slash struct {
		Ref       poc.TaskRef
		Account   poc.Account
		Digest    poc.Hash // the revealed digest
		Signature []byte   // over poc.Statement{Revealed, Job, Task, Digest}
	}
	// SlashTwice convicts an account of two signed results for one task, whatever is certified, or nothing.
	SlashTwice struct{ Twice poc.Twice }
	// Refund returns what is left in escrow to the owner: before an award is anchored when the owner asks, and after
	// Terms.Expiry whoever asks. Once every task is claimed the rest returns by itself.
	Refund struct{ Job poc.Hash }
	// Register binds this node's peer id to its account and raises its stake to at least Stake.
	Register struct {
		Peer  poc.PeerID
		Stake Amount
	}
)

func (LockEscrow) isOp()  {}
func (AnchorAward) isOp() {}
func (KeepBeacon) isOp()  {}
func (Claim) isOp()       {}
func (Slash) isOp()       {}
func (SlashTwice) isOp()  {}
func (Refund) isOp()      {}
func (Register) isOp()    {}

// Terms are what the chain must know of a job to settle it.
type Terms struct {
	Tasks    uint32   `cbor:"tasks"`
	Quorum   uint32   `cbor:"quorum"`   // signatures that make a claim
	Replicas uint32   `cbor:"replicas"` // workers paid per task, at most (the policy's MaxReplicas)
	MaxPrice Amount   `cbor:"maxPrice"` // bound on every ask: pay for one replica of a unit
	Budget   Amount   `cbor:"budget"`   // locked; at least Cost(Terms, fee)
	Expiry   poc.Time `cbor:"expiry"`   // from then on the rest can be refunded, and claims are refused

	LateBps  uint32 `cbor:"lateBps,omitempty"`  // part of its ask that a late worker is not paid, of FeeBase
	Verified bool   `cbor:"verified,omitempty"` // only workers that the network's verifier has verified count and are paid
}

// FeeBase is the denominator of the protocol fee.
const FeeBase = 10_000

// MaxCost returns the most that a job with terms t can cost with a protocol fee of feeBps/FeeBase on top of every pay, and
// false on overflow.
func MaxCost(t Terms, feeBps uint32) (Amount, bool) {
	pay, ok := t.MaxPrice.Mul(uint64(t.Tasks) * uint64(t.Replicas))
	if !ok {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(pay), FeeBase+uint64(feeBps))
	lo, carry := bits.Add64(lo, FeeBase-1, 0)
	if hi += carry; hi >= FeeBase {
		return 0, false
	}
	cost, _ := bits.Div64(hi, lo, FeeBase)
	return Amount(cost), true
}

// Receipt is the proof that an Op took effect.
type Receipt struct {
	Tx     string   `cbor:"tx" json:"tx"`         // transaction hash; empty when it had taken effect before
	Height uint64   `cbor:"height" json:"height"` // block number
	Pays   []Pay    `cbor:"pays,omitempty" json:"pays,omitempty"`
	Fines  []Pay    `cbor:"fines,omitempty" json:"fines,omitempty"`   // Claim: of late workers that were paid in full, what came back to the escrow
	Amount Amount   `cbor:"amount,omitempty" json:"amount,omitempty"` // slashed, refunded or locked
	Tasks  []uint32 `cbor:"tasks,omitempty" json:"tasks,omitempty"`   // Claim: newly settled by this transaction
}

// Pay is what one account got in a Claim.
type Pay struct {
	Account poc.Account `cbor:"account" json:"account"`
	Amount  Amount      `cbor:"amount" json:"amount"`
}

// Escrow is the chain's state of a job.
type Escrow struct {
	Job      poc.Hash
	Owner    poc.Account
	Terms    Terms
	Award    poc.Hash // zero until anchored
	Settled  uint32   // tasks claimed so far
	Paid     Amount   // to workers
	Fees     Amount   // to the treasury
	Refunded Amount   // to the owner
	Closed   bool     // nothing is left in escrow
}

// Standing is what the chain knows of a worker at some height.
type Standing struct {
	Account    poc.Account
	Peer       poc.PeerID
	Registered bool
	Stake      Amount
	Payout     poc.Account `cbor:",omitempty"` // where its pay goes; empty: to the account
	Completed  uint64      // replicas paid
	Faults     uint64      // times slashed

	// Recent is Completed with every replica's count halved at the end of each of the chain's epochs since it was paid. Nil: the
	// chain keeps no such number, or nothing was paid.
	Recent *uint64 `cbor:",omitempty"`
}

// payee is the account that has the worker's pay in the end.
func (s Standing) payee() poc.Account { return cmp.Or(s.Payout, s.Account) }

// Record is how many paid replicas a worker is believed for.
func (s Standing) Record() uint64 {
	if s.Recent != nil {
		return min(*s.Recent, s.Completed)
	}
	return s.Completed
}

// Beacon is the public randomness of an anchored award, from a block that did not exist when the award was anchored, with
// the standings of its seats at that height, in seat order. Every node gets the same.
type Beacon struct {
	Award     poc.Hash // as anchored
	Height    uint64
	Random    poc.Hash
	Standings []Standing
}

// Entry is one settled operation of a job, as read back from the chain.
type Entry struct {
	Kind    string      `cbor:"kind" json:"kind"`                           // lock, anchor, claim, slash, restore or refund; batch: settled and closed with other jobs, each worker withdraws for itself
	Account poc.Account `cbor:"account,omitempty" json:"account,omitempty"` // slash and restore: the convicted
	Receipt Receipt     `cbor:"receipt" json:"receipt"`
}

// Convictions are those in a history, oldest first, that arbiters did not undo.
func Convictions(history []Entry) (out []Entry) {
	for _, e := range history {
		switch e.Kind {
		case "slash":
			out = append(out, e)
		case "restore":
			out = slices.DeleteFunc(out, func(c Entry) bool { return c.Account == e.Account && slices.Equal(c.Receipt.Tasks, e.Receipt.Tasks) })
		}
	}
	return out
}
