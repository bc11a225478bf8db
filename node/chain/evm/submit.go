package evm

import (
	"bytes"
	"context"
	"encoding/binary"
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
	if err != nil || plan.done {
		return market.Receipt{Height: c.height()}, err
	}
	r, err := c.send(ctx, &plan.to, nil, plan.data)
	if err == nil && r.Status == types.ReceiptStatusSuccessful {
		e, err := readLogs(c.contracts.Marketplace, r.Logs)
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
	case again.done:
		return market.Receipt{Height: c.height()}, nil
	case err != nil:
		return market.Receipt{}, explain(err)
	}
	return market.Receipt{}, fmt.Errorf("transaction %s failed: the chain's state changed under it", r.TxHash)
}

// plan is the transaction that has an op's effect, or done when the chain's state shows the effect already.
type plan struct {
	done bool
	to   common.Address
	data []byte
}

func (c *Client) plan(ctx context.Context, op market.Op) (plan, error) {
	switch op := op.(type) {
	case market.LockEscrow:
		return c.planLock(ctx, op)
	case market.AnchorAward:
		return c.planAnchor(ctx, op)
	case market.Claim:
		return c.planClaim(ctx, op)
	case market.Slash:
		return c.planSlash(ctx, op)
	case market.Refund:
		j, err := c.job(ctx, op.Job)
		return plan{done: j.Closed, to: c.contracts.Marketplace, data: marketABI.PackRefund(op.Job)}, err
	case market.Register:
		return c.planRegister(ctx, op)
	}
	return plan{}, fmt.Errorf("%w: %T is not an operation of this chain", chain.ErrRefused, op)
}

func (c *Client) planLock(ctx context.Context, op market.LockEscrow) (plan, error) {
	t := op.Terms
	if t.Quorum > math.MaxUint16 || t.Replicas > math.MaxUint16 || t.Expiry < 0 {
		return plan{}, fmt.Errorf("%w: the terms of job %s are out of range", chain.ErrRefused, op.Job.Short())
	}
	j, err := c.job(ctx, op.Job)
	if err != nil {
		return plan{}, err
	}
	if j.Owner != (common.Address{}) {
		if j.Owner != c.from || termsOf(j) != t {
			return plan{}, fmt.Errorf("%w: job %s has an escrow with another owner or other terms", chain.ErrRefused, op.Job.Short())
		}
		return plan{done: true}, nil
	}
	data := slices.Concat(op.Job[:], words(uint64(t.Tasks), uint64(t.Quorum), uint64(t.Replicas), uint64(t.MaxPrice), uint64(t.Expiry)))
	return c.transfer(c.contracts.Marketplace, t.Budget, data), nil
}

// transfer moves tokens to a contract and tells it why, in one transaction (ERC-1363).
func (c *Client) transfer(to common.Address, amount market.Amount, data []byte) plan {
	value := new(big.Int).SetUint64(uint64(amount))
	return plan{to: c.contracts.Token, data: tokenABI.PackTransferAndCall0(to, value, data)}
}

func (c *Client) planAnchor(ctx context.Context, op market.AnchorAward) (plan, error) {
	seats, err := packSeats(op.Seats)
	if err != nil {
		return plan{}, err
	}
	j, err := c.job(ctx, op.Job)
	if err != nil {
		return plan{}, err
	}
	if j.Award != [32]byte{} {
		if j.Award != op.Award || j.Seats != seatsHash(seats) {
			return plan{}, fmt.Errorf("%w: job %s has another award", chain.ErrRefused, op.Job.Short())
		}
		return plan{done: true}, nil
	}
	return plan{to: c.contracts.Marketplace, data: marketABI.PackAnchor(op.Job, op.Award, seats)}, nil
}

func (c *Client) planClaim(ctx context.Context, op market.Claim) (plan, error) {
	seats, err := packSeats(op.Seats)
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
	settled, err := c.Settled(ctx, op.Job, j.Tasks)
	if err != nil {
		return plan{}, err
	}
	var certs []bindings.MarketplaceCertificate
	for _, cert := range op.Certificates {
		if cert.Job != op.Job || cert.Task >= j.Tasks && j.Tasks > 0 {
			return plan{}, fmt.Errorf("%w: a certificate is for %s/%d, which is no task of job %s", chain.ErrRefused, cert.Job.Short(), cert.Task, op.Job.Short())
		}
		if j.Tasks > 0 && !settled[cert.Task].IsZero() {
			continue
		}
		certs = append(certs, packCertificate(cert, seats))
	}
	if len(certs) == 0 {
		return plan{done: true}, nil
	}
	return plan{to: c.contracts.Marketplace, data: marketABI.PackClaim(op.Job, seats, certs)}, nil
}

func (c *Client) planSlash(ctx context.Context, op market.Slash) (plan, error) {
	account, err := ParseAccount(op.Account)
	if err != nil {
		return plan{}, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	if len(op.Signature) != 64 {
		return plan{}, fmt.Errorf("%w: a settlement signature has 64 bytes, not %d", chain.ErrRefused, len(op.Signature))
	}
	var out hexutil.Bytes
	task := new(big.Int).SetUint64(uint64(op.Ref.Task))
	if err := c.calls(ctx, "latest", call{c.contracts.Marketplace, marketABI.PackSlashed(op.Ref.Job, task, account), &out}); err != nil {
		return plan{}, err
	}
	done, err := marketABI.UnpackSlashed(out)
	r, vs := [32]byte(op.Signature[:32]), [32]byte(op.Signature[32:])
	return plan{
		done: done, to: c.contracts.Marketplace,
		data: marketABI.PackSlash(op.Ref.Job, op.Ref.Task, account, op.Digest, r, vs),
	}, err
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
		return plan{to: c.contracts.Registry, data: regABI.PackRegister(op.Peer)}, nil
	}
	return c.transfer(c.contracts.Registry, op.Stake-have, slices.Concat(op.Peer[:], words(uint64(op.Stake)))), nil
}

func packSeats(seats []market.Seat) ([]bindings.MarketplaceSeat, error) {
	if len(seats) == 0 || len(seats) > maxSeats {
		return nil, fmt.Errorf("%w: an award has 1 to %d seats, not %d", chain.ErrRefused, maxSeats, len(seats))
	}
	out := make([]bindings.MarketplaceSeat, len(seats))
	for i, s := range seats {
		account, err := ParseAccount(s.Account)
		if err != nil {
			return nil, fmt.Errorf("%w: seat %d: %w", chain.ErrRefused, i, err)
		}
		out[i] = bindings.MarketplaceSeat{Account: account, Ask: uint64(s.Ask)}
	}
	return out, nil
}

// seatsHash is keccak256(abi.encode(seats)).
func seatsHash(seats []bindings.MarketplaceSeat) [32]byte {
	var b bytes.Buffer
	b.Write(words(32, uint64(len(seats))))
	for _, s := range seats {
		b.Write(common.LeftPadBytes(s.Account[:], 32))
		b.Write(word(s.Ask))
	}
	return crypto.Keccak256Hash(b.Bytes())
}

// packCertificate brings signatures into the order and form of the contract. What cannot count there is left out: signers
// without a seat, second signatures of one account, and signatures of a wrong length.
func packCertificate(cert poc.Certificate, seats []bindings.MarketplaceSeat) bindings.MarketplaceCertificate {
	type signature struct {
		seat   int
		agreed uint64
		rvs    []byte
	}
	var sigs []signature
	for _, a := range cert.Attestations {
		account, err := ParseAccount(a.Account)
		if err != nil || len(a.Signature) != 64 {
			continue
		}
		seat := slices.IndexFunc(seats, func(s bindings.MarketplaceSeat) bool { return s.Account == account })
		if seat < 0 || slices.ContainsFunc(sigs, func(s signature) bool { return s.seat == seat }) {
			continue
		}
		sigs = append(sigs, signature{seat, a.Agreed, a.Signature})
	}
	slices.SortFunc(sigs, func(a, b signature) int { return seats[a.seat].Account.Cmp(seats[b.seat].Account) })
	out := bindings.MarketplaceCertificate{Task: cert.Task, Digest: cert.Result.Digest()}
	for _, s := range sigs {
		out.Signatures = binary.BigEndian.AppendUint64(append(out.Signatures, byte(s.seat)), s.agreed)
		out.Signatures = append(out.Signatures, s.rvs...)
	}
	return out
}
