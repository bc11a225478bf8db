package evm

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// Bounds of Marketplace.sol, and of what a node's transaction pool takes.
const (
	maxSeats        = 64
	maxCertificates = 64 // in one claim
)

// Submit implements chain.Settlement.
func (c *Client) Submit(ctx context.Context, op market.Op) (market.Receipt, error) {
	plan, err := c.plan(ctx, op)
	if err == nil && !plan.done {
		err = c.fillWallet(ctx, plan.spend)
	}
	if err != nil || plan.done {
		return market.Receipt{Height: c.height()}, err
	}
	r, err := c.send(ctx, &plan.to, nil, plan.data)
	if plan.commit != nil && isNotCommitted(err) {
		if r, err = c.send(ctx, &c.contracts.Marketplace, nil, plan.commit); err == nil {
			err = c.heads.reach(ctx, r.BlockNumber.Uint64()+1) // a simulation happens in the newest block, not in the next
		}
		if err == nil {
			r, err = c.send(ctx, &plan.to, nil, plan.data)
		}
	}
	if err == nil && r.Status == types.ReceiptStatusSuccessful {
		e, err := readLogs(c.contracts.Marketplace, r.Logs, plan.seats)
		e.Receipt.Tx, e.Receipt.Height = r.TxHash.Hex(), r.BlockNumber.Uint64()
		return e.Receipt, err
	}
	if err != nil && !isRevert(err) {
		return market.Receipt{}, explain(err)
	}
	// It reverted. If another's transaction had the same effect first, that is what was wanted.
	again, replanErr := c.plan(ctx, op)
	switch {
	case replanErr != nil:
		return market.Receipt{}, replanErr
	case again.done || isSettled(err):
		return market.Receipt{Height: c.height()}, nil
	case err != nil:
		return market.Receipt{}, explain(err)
	}
	return market.Receipt{}, fmt.Errorf("transaction %s failed: the chain's state changed under it", r.TxHash)
}

// isSettled reports whether a claim found nothing left to pay.
func isSettled(err error) bool {
	data, ok := revertData(err)
	_, settled := decodeRevert(data).(*bindings.MarketplaceAlreadySettled)
	return ok && settled
}

// isNotCommitted reports whether all that a lock lacks is the commitment to its job.
func isNotCommitted(err error) bool {
	data, ok := revertData(err)
	_, lacks := decodeRevert(data).(*bindings.MarketplaceNotCommitted)
	return ok && lacks
}

// fillWallet withdraws what the account earned when its wallet alone holds less than it is about to spend.
func (c *Client) fillWallet(ctx context.Context, spend market.Amount) error {
	if spend == 0 {
		return nil
	}
	var out [2]hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Token, tokenABI.PackBalanceOf(c.from), &out[0]},
		call{c.contracts.Marketplace, marketABI.PackWorkers([]common.Address{c.from}), &out[1]}); err != nil {
		return err
	}
	wallet, err1 := tokenABI.UnpackBalanceOf(out[0])
	workers, err2 := marketABI.UnpackWorkers(out[1])
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	w := workers[0]
	if wallet.Uint64() >= uint64(spend) || w.Earned == 0 || w.Payout != (common.Address{}) {
		return nil // what is lacking the token contract says better
	}
	_, err := c.send(ctx, &c.contracts.Marketplace, nil, marketABI.PackWithdrawEarned(c.from))
	if err != nil && isRevert(err) {
		return nil // withdrawn in between
	}
	return err
}

// plan is the transaction that has an op's effect, or done when the chain's state shows the effect already.
type plan struct {
	done   bool
	to     common.Address
	data   []byte
	spend  market.Amount // from the wallet
	commit []byte        // to the marketplace, in an earlier block, if it turns out that there is no commitment yet
	seats  []seat        // of a claim: whom the bits of its events mean
}

func (c *Client) plan(ctx context.Context, op market.Op) (plan, error) {
	switch op := op.(type) {
	case market.LockEscrow:
		return c.planLock(ctx, op)
	case market.AnchorAward:
		return c.planAnchor(ctx, op)
	case market.KeepBeacon:
		return c.planKeep(ctx, op)
	case market.Claim:
		return c.planClaim(ctx, op)
	case market.Slash:
		return c.planSlash(ctx, op)
	case market.SlashTwice:
		return c.planSlashTwice(ctx, op.Twice)
	case market.Refund:
		j, err := c.job(ctx, op.Job)
		return plan{done: j.Money.Closed, to: c.contracts.Marketplace, data: marketABI.PackRefund(op.Job)}, err
	case market.Register:
		return c.planRegister(ctx, op)
	}
	return plan{}, fmt.Errorf("%w: %T is not an operation of this chain", chain.ErrRefused, op)
}

func (c *Client) planLock(ctx context.Context, op market.LockEscrow) (plan, error) {
	t := op.Terms
	if t.Quorum > math.MaxUint16 || t.Replicas > math.MaxUint16 || t.Expiry < 0 || t.LateBps > market.FeeBase {
		return plan{}, fmt.Errorf("%w: the terms of job %s are out of range", chain.ErrRefused, op.Job.Short())
	}
	j, err := c.job(ctx, op.Job)
	if err != nil {
		return plan{}, err
	}
	if exists(j) {
		if j.Head.Owner != c.from || termsOf(j) != t {
			return plan{}, fmt.Errorf("%w: job %s has an escrow with another owner or other terms", chain.ErrRefused, op.Job.Short())
		}
		return plan{done: true}, nil
	}
	verified := uint64(0)
	if t.Verified {
		verified = 1
	}
	data := slices.Concat(op.Job[:], words(uint64(t.Tasks), uint64(t.Quorum), uint64(t.Replicas), uint64(t.MaxPrice), uint64(t.Expiry), uint64(t.LateBps), verified))
	p := c.transfer(c.contracts.Marketplace, t.Budget, data)
	p.commit = marketABI.PackCommit(crypto.Keccak256Hash(common.LeftPadBytes(c.from[:], 32), op.Job[:]))
	return p, nil
}

// transfer moves tokens to a contract and tells it why, in one transaction (ERC-1363).
func (c *Client) transfer(to common.Address, amount market.Amount, data []byte) plan {
	value := new(big.Int).SetUint64(uint64(amount))
	return plan{to: c.contracts.Token, data: tokenABI.PackTransferAndCall0(to, value, data), spend: amount}
}

func (c *Client) planAnchor(ctx context.Context, op market.AnchorAward) (plan, error) {
	packed, err := packSeating(op.Seating)
	if err != nil {
		return plan{}, err
	}
	j, err := c.job(ctx, op.Job)
	if err != nil {
		return plan{}, err
	}
	if j.Award != [32]byte{} {
		if j.Award != op.Award || j.Seating != packed.hash() {
			return plan{}, fmt.Errorf("%w: job %s has another award", chain.ErrRefused, op.Job.Short())
		}
		return plan{done: true}, nil
	}
	return plan{to: c.contracts.Marketplace, data: marketABI.PackAnchor(op.Job, op.Award, packed.raw)}, nil
}

func (c *Client) planClaim(ctx context.Context, op market.Claim) (plan, error) {
	packed, err := packSeating(op.Seating)
	if err != nil {
		return plan{}, err
	}
	if len(op.Certificates) > maxCertificates {
		return plan{}, fmt.Errorf("%w: a claim holds at most %d certificates, not %d", chain.ErrRefused, maxCertificates, len(op.Certificates))
	}
	j, err := c.job(ctx, op.Job)
	if err != nil {
		return plan{}, err
	}
	tasks := uint32(j.Head.Tasks)
	have, err := c.results(ctx, op.Job, tasks)
	if err != nil {
		return plan{}, err
	}
	var certs []bindings.MarketplaceCertificate
	for _, cert := range op.Certificates {
		if cert.Job != op.Job || cert.Task >= tasks && tasks > 0 {
			return plan{}, fmt.Errorf("%w: a certificate is for %s/%d, which is no task of job %s", chain.ErrRefused, cert.Job.Short(), cert.Task, op.Job.Short())
		}
		if tasks > 0 && !chain.Adds(cert, termsOf(j), have.settled[cert.Task], have.paid[cert.Task], have.fined[cert.Task]) {
			continue
		}
		certs = append(certs, packCertificate(cert, packed.seats))
	}
	if len(certs) == 0 || j.Money.Closed && j.Money.Settled == j.Head.Tasks {
		return plan{done: true}, nil
	}
	return plan{to: c.contracts.Marketplace, data: marketABI.PackClaim(op.Job, packed.raw, certs), seats: packed.seats}, c.drawable(ctx, j)
}

func (c *Client) planSlash(ctx context.Context, op market.Slash) (plan, error) {
	account, err := ParseAccount(op.Account)
	if err != nil {
		return plan{}, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	if len(op.Signature) != 64 {
		return plan{}, fmt.Errorf("%w: a settlement signature has 64 bytes, not %d", chain.ErrRefused, len(op.Signature))
	}
	done, err := c.slashed(ctx, op.Ref, account)
	return plan{
		done: done, to: c.contracts.Arbiters,
		data: arbitersABI.PackSlash(op.Ref.Job, op.Ref.Task, account, op.Digest, op.Signature),
	}, err
}

func (c *Client) planSlashTwice(ctx context.Context, t poc.Twice) (plan, error) {
	account, err := ParseAccount(t.Account)
	if err != nil {
		return plan{}, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	var digests [2][32]byte
	var said [2][]byte
	for i, s := range t.Said {
		if err := c.Verify(t.Account, t.Statement(i), s.Signature); err != nil {
			return plan{}, fmt.Errorf("%w: %w", chain.ErrRefused, err)
		}
		digests[i], said[i] = s.Digest, s.Signature
		if t.Kind == poc.Attested { // the seats, then the grade: no share, and who is late
			said[i] = binary.BigEndian.AppendUint64(nil, s.Agreed)
			said[i] = binary.BigEndian.AppendUint64(append(said[i], 0, 0, 0, 0), s.Late)
			said[i] = append(said[i], s.Signature...)
		}
	}
	done, err := c.slashed(ctx, t.TaskRef, account)
	return plan{done: done, to: c.contracts.Marketplace, data: marketABI.PackSlashTwice(t.Job, t.Task, account, digests, said)}, err
}

func (c *Client) planRegister(ctx context.Context, op market.Register) (plan, error) {
	if op.Peer == (poc.PeerID{}) {
		return plan{}, fmt.Errorf("%w: a worker has a peer id", chain.ErrRefused)
	}
	w, err := c.worker(ctx, c.from)
	if err != nil {
		return plan{}, err
	}
	have := market.Amount(w.Stake)
	switch {
	case have >= op.Stake && w.Peer == op.Peer:
		return plan{done: true}, nil
	case have >= op.Stake:
		return plan{to: c.contracts.Marketplace, data: marketABI.PackRegister(op.Peer)}, nil
	}
	return c.transfer(c.contracts.Marketplace, op.Stake-have, slices.Concat(op.Peer[:], words(uint64(op.Stake)))), nil
}
