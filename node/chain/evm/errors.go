package evm

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
)

// errBeaconLost is the refusal of whatever needs the draw of a job's candidates, when it is too late for that.
var errBeaconLost = fmt.Errorf("%w: the chain has forgotten the block that draws the job's candidates, and nobody had that kept in time", chain.ErrRefused)

func isRevert(err error) bool {
	_, ok := revertData(err)
	return ok
}

// revertData returns what a contract reverted with. Endpoints put it into the error's data.
func revertData(err error) ([]byte, bool) {
	var de rpc.DataError
	if !errors.As(err, &de) {
		return nil, false
	}
	text, ok := de.ErrorData().(string)
	if !ok {
		return nil, strings.Contains(err.Error(), "execution reverted")
	}
	data, decodeErr := hexutil.Decode(text)
	return data, decodeErr == nil
}

// explain turns the revert of a contract into one sentence under chain's sentinel errors, and leaves other errors alone.
func explain(err error) error {
	if data, ok := revertData(err); ok {
		return explainRevert(data)
	}
	if strings.Contains(err.Error(), "insufficient funds") {
		return fmt.Errorf("%w: the account cannot pay the gas (%w)", chain.ErrFunds, err)
	}
	return err
}

func explainRevert(data []byte) error {
	refuse := func(format string, args ...any) error {
		return fmt.Errorf("%w: "+format, append([]any{chain.ErrRefused}, args...)...)
	}
	early := func(format string, args ...any) error {
		return fmt.Errorf("%w: "+format, append([]any{chain.ErrTooEarly}, args...)...)
	}
	amount := func(n uint64) market.Amount { return market.Amount(n) }
	switch e := decodeRevert(data).(type) {
	case *bindings.TokenERC20InsufficientBalance:
		return fmt.Errorf("%w: %s has %v and needs %v", chain.ErrFunds, AccountOf(e.Sender), amount(e.Balance.Uint64()), amount(e.Needed.Uint64()))
	case *bindings.MarketplaceNoJob:
		return early("the job has no escrow yet")
	case *bindings.MarketplaceNoAward:
		return early("the job has no award yet")
	case *bindings.MarketplaceRefundTooEarly:
		return refuse("the escrow can be refunded from %s on", time.UnixMilli(int64(e.Expiry)).UTC().Format(time.DateTime))
	case *bindings.MarketplaceTopUpOpen:
		return early("workers that a claim left out can be paid until %s", time.UnixMilli(int64(e.Until)).UTC().Format(time.DateTime))
	case *bindings.MarketplaceStakeMismatch:
		return early("the stake changed in between: it is %v now", amount(e.Stake.Uint64()))
	case *bindings.MarketplaceOnlyOwner:
		return refuse("only the owner of the job can do this")
	case *bindings.MarketplaceEscrowPaused:
		return early("new escrow is paused; what is in escrow is not affected")
	case *bindings.MarketplaceJobBatched:
		return early("the job is being settled in a batch")
	case *bindings.MarketplaceOnlyPayout:
		return refuse("only the payout address %s can do this", AccountOf(e.Payout))
	case *bindings.MarketplaceOnlyVerifier:
		return refuse("only the network's verifier can do this")
	case *bindings.MarketplaceBadRole:
		return refuse("a role is edge, core or gateway")
	case *bindings.MarketplaceBadTerms:
		return refuse("the terms are out of range, or their expiry has passed")
	case *bindings.MarketplaceBudgetTooSmall:
		return refuse("the budget of %v is less than the %v that the job can cost", amount(e.Budget.Uint64()), amount(e.Needed.Uint64()))
	case *bindings.MarketplaceNotCommitted:
		return early("the commitment to the job is not in an earlier block yet")
	case *bindings.BatchesAlreadyWithdrawn:
		return errWithdrawn
	case *bindings.BatchesOverdrawn:
		return refuse("what the jobs of the batch hold is withdrawn already: it was false, and nobody doubted it")
	case *bindings.ArbitersTooEarly:
		return early("the block that draws the committee, or the end of the case or of the time to appeal, is not there yet")
	case *bindings.ArbitersTooLate:
		return refuse("the time for a verdict, or to appeal, is over")
	case *bindings.ArbitersNoCase:
		return errNoCase
	case *bindings.ArbitersNotEligible:
		return refuse("%s is no worker, or lacks the least stake; or it is no arbiter for lack of verification or of the role of core, or is one already; or it would convict itself", AccountOf(e.Account))
	case *bindings.ArbitersNoCommittee:
		return refuse("only %v arbiters can judge this case", e.Found)
	case *bindings.ArbitersBadEvidence:
		return refuse("the accused did not sign this reveal, or was slashed for the task already, or arbiters found that it is right")
	case *bindings.ArbitersNotSettled:
		return early("task %d is not claimed yet", e.Task)
	case *bindings.ArbitersNotContradicted:
		return refuse("the reveal agrees with the certified result of task %d, or with what arbiters found", e.Task)
	case *bindings.ArbitersWasUndone:
		return refuse("this conviction was undone")
	case *bindings.ArbitersNoConviction:
		return fmt.Errorf("%w: %w", chain.ErrRefused, chain.ErrNoConviction)
	case *bindings.ArbitersAlreadyAppealed:
		return refuse("there is an appeal against this conviction already")
	case *bindings.ArbitersBadVerdict:
		return refuse("these are not the signatures of a quorum of the committee")
	case *bindings.RewardsOtherNumber:
		return refuse("the account's next claim is %d", e.Next)
	case *bindings.RewardsBadThrough:
		return refuse("a claim is through a block that is not after block %d, or is no block yet", e.Before)
	case *bindings.RewardsBadAmount:
		return refuse("a claim is for something, and at most for %v", amount(e.Most))
	case *bindings.RewardsTooLong:
		return refuse("where the document is published takes more than %d bytes", chain.MaxWhere)
	case *bindings.RewardsNotSigned:
		return refuse("the document is not signed by the account")
	case *bindings.RewardsWasConvicted:
		return refuse("the account was convicted of the claim before it made it")
	case *bindings.RewardsTooLittleStake:
		return refuse("the stake is %v, and a claim needs %v", amount(e.Stake), amount(e.Wanted))
	case *bindings.RewardsNotBacked:
		return fmt.Errorf("%w: a stake of %v does not stand behind this claim and the %v that are claimed already", chain.ErrFunds, amount(e.Stake), amount(e.Claimed))
	case *bindings.RewardsTooManyOpen:
		return early("%d claims of the account are open, and one has to end first", chain.MaxOpenClaims)
	case *bindings.RewardsPoolTooSmall:
		return fmt.Errorf("%w: the pool has %v that are not claimed", chain.ErrFunds, amount(e.Free.Uint64()))
	case *bindings.RewardsNoClaim:
		return refuse("there is no such claim, or it is paid or dropped")
	case *bindings.RewardsConvictionOpen:
		return early("a conviction of the account is not final")
	case *bindings.RewardsNotYet:
		return early("the claim can be ended from %s on", time.UnixMilli(e.Until.Int64()).UTC().Format(time.DateTime))
	case *bindings.MarketplaceJobExists:
		return refuse("the job has an escrow already")
	case *bindings.MarketplaceJobClosed:
		return refuse("the escrow of the job is closed")
	case *bindings.MarketplaceJobExpired:
		return refuse("the escrow of the job has expired")
	case *bindings.MarketplaceAwardExists:
		return refuse("the job has an award already")
	case *bindings.MarketplaceBadAward:
		return refuse("an award has a digest")
	case *bindings.DrawsBadSeatCount:
		return refuse("an award of this job cannot have %v seats", e.Seats)
	case *bindings.DrawsBadSeating:
		return refuse("the candidates, weights or draws of the award are none of its seats and tasks")
	case *bindings.DrawsNotAnchored:
		return early("the job has no award yet")
	case *bindings.DrawsBeaconTooEarly:
		return early("the block that draws the job's candidates is not there yet")
	case *bindings.DrawsBeaconLost:
		return errBeaconLost
	case *bindings.DrawsAskTooHigh:
		return refuse("seat %v asks %v, more than the job's %v", e.Seat, amount(e.Ask), amount(e.MaxPrice))
	case *bindings.MarketplaceOtherSeats:
		return refuse("these are not the seats of the job's award")
	case *bindings.MarketplaceNoSuchTask:
		return refuse("the job has no task %d", e.Task)
	case *bindings.MarketplaceBadSignatures:
		return refuse("the signatures of task %d are malformed", e.Task)
	case *bindings.MarketplaceNoQuorum:
		return refuse("%v signatures of task %d count, %d are needed, and so many name %v replicas", e.Counted, e.Task, e.Quorum, e.Named)
	case *bindings.MarketplaceAlreadySettled:
		return refuse("every task of this claim is settled")
	case *bindings.MarketplaceNotContradicted:
		return refuse("both signatures are for one result of task %d", e.Task)
	case *bindings.MarketplaceAlreadySlashed:
		return refuse("the account was slashed for this task already")
	case *bindings.MarketplaceBadEvidence:
		return refuse("what is shown is not signed by the accused account")
	case *bindings.MarketplaceNotRegistered:
		return refuse("%s is not registered", AccountOf(e.Account))
	case *bindings.MarketplaceBadPeer:
		return refuse("a worker has a peer id")
	case *bindings.MarketplaceStakeTooSmall:
		return refuse("the stake is %v, not %v", amount(e.Stake), amount(e.Wanted))
	case *bindings.MarketplaceNothingToWithdraw:
		return refuse("nothing is unbonding")
	case *bindings.MarketplaceStillUnbonding:
		return refuse("the stake can be withdrawn from %s on", time.UnixMilli(e.Release.Int64()).UTC().Format(time.DateTime))
	}
	if reason, err := abi.UnpackRevert(data); err == nil {
		return refuse("%s", reason)
	}
	return refuse("the contract gave the reason %#x", data)
}

// decodeRevert returns a binding's error type, or nil.
func decodeRevert(data []byte) any {
	if len(data) < 4 {
		return nil
	}
	for _, unpack := range []func([]byte) (any, error){marketABI.UnpackError, drawsABI.UnpackError, batchesABI.UnpackError, paramsABI.UnpackError, arbitersABI.UnpackError, rewardsABI.UnpackError, tokenABI.UnpackError} {
		if e, err := unpack(data); err == nil {
			return e
		}
	}
	return nil
}
