package evm

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

var _ chain.Court = (*Client)(nil)

// Accusation and Case are described in package chain.
type (
	Accusation = chain.Accusation
	Case       = chain.Case
)

var verdictType = crypto.Keccak256([]byte("Verdict(uint64 id,bool guilty)"))

// ErrNoCase is described in package chain.
var ErrNoCase = chain.ErrNoCase

var errNoCase = fmt.Errorf("%w: %w", chain.ErrRefused, ErrNoCase)

// verdictQuorum is Arbiters.QUORUM.
const verdictQuorum = 4

// CourtTerms implements chain.Court.
func (c *Client) CourtTerms(ctx context.Context) (chain.CourtTerms, error) {
	var out [2]hexutil.Bytes
	at := c.contracts.Arbiters
	if err := c.calls(ctx, "latest", call{at, arbitersABI.PackDeposit(), &out[0]}, call{at, arbitersABI.PackWindow(), &out[1]}); err != nil {
		return chain.CourtTerms{}, err
	}
	deposit, err1 := arbitersABI.UnpackDeposit(out[0])
	window, err2 := arbitersABI.UnpackWindow(out[1])
	if err := errors.Join(err1, err2); err != nil {
		return chain.CourtTerms{}, err
	}
	return chain.CourtTerms{Window: poc.Millis(window.Int64()), Deposit: market.Amount(deposit), Quorum: verdictQuorum}, nil
}

// Accuse implements chain.Court. The convicted account itself appeals by it.
func (c *Client) Accuse(ctx context.Context, a Accusation) (uint64, error) {
	accused, err := ParseAccount(a.Account)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	data, err := accuseArgs.Pack([32]byte(a.Ref.Job), a.Ref.Task, accused, [32]byte(a.Digest), a.Signature, [32]byte(a.Evidence), a.Where)
	if err != nil {
		return 0, err
	}
	terms, err := c.CourtTerms(ctx)
	if err != nil {
		return 0, err
	}
	p := c.transfer(c.contracts.Arbiters, terms.Deposit, data)
	if err := c.fillWallet(ctx, p.spend); err != nil {
		return 0, err
	}
	r, err := c.actAt(ctx, p.to, p.data)
	if err != nil {
		return 0, err
	}
	for _, l := range r.Logs {
		if l.Address != c.contracts.Arbiters {
			continue
		}
		if ev, err := arbitersABI.UnpackOpenedEvent(l); err == nil {
			return ev.Id, nil
		}
	}
	return 0, fmt.Errorf("transaction %s opened no case", r.TxHash)
}

// accuseArgs is the message that opens a case.
var accuseArgs = abi.Arguments{{Type: abiType("bytes32")}, {Type: abiType("uint32")}, {Type: abiType("address")}, {Type: abiType("bytes32")},
	{Type: abiType("bytes")}, {Type: abiType("bytes32")}, {Type: abiType("string")}}

// Case reads a case.
func (c *Client) Case(ctx context.Context, id uint64) (Case, error) {
	cases, err := c.casesOf(ctx, id, 1)
	if err == nil && len(cases) == 0 {
		err = errNoCase
	}
	if err != nil {
		return Case{}, err
	}
	return cases[0], nil
}

// casesOf reads those of n cases, from a number on, that are not over.
func (c *Client) casesOf(ctx context.Context, first, n uint64) (out []Case, _ error) {
	raws, queries := make([]hexutil.Bytes, n), make([]call, n)
	for i := range queries {
		queries[i] = call{c.contracts.Arbiters, arbitersABI.PackCaseOf(first + uint64(i)), &raws[i]}
	}
	if err := c.calls(ctx, "latest", queries...); err != nil {
		return nil, err
	}
	for i, raw := range raws {
		got, err := arbitersABI.UnpackCaseOf(raw)
		if err != nil {
			return nil, err
		}
		if got.C.Accuser == (common.Address{}) {
			continue
		}
		k := Case{
			ID: first + uint64(i), Accuser: AccountOf(got.C.Accuser), Accused: AccountOf(got.C.Accused), Ref: poc.TaskRef{Job: got.C.Job, Task: got.C.Task},
			Evidence: got.C.Evidence, Until: poc.Time(got.C.Until.Int64()), Conviction: uint64(got.C.Conviction), Digest: got.Digest,
		}
		for _, a := range got.Committee {
			k.Committee = append(k.Committee, AccountOf(a))
		}
		out = append(out, k)
	}
	return out, nil
}

// maxCases bounds the cases that are looked at, newest first; more than these cannot be judged in one window anyway.
const maxCases = 256

// Cases implements chain.Court.
func (c *Client) Cases(ctx context.Context) ([]Case, error) {
	var raw hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Arbiters, arbitersABI.PackCaseCount(), &raw}); err != nil {
		return nil, err
	}
	count, err := arbitersABI.UnpackCaseCount(raw)
	if err != nil || count == 0 {
		return nil, err
	}
	var out []Case
	first := count - min(count, maxCases) + 1
	for ; first <= count; first += 64 {
		some, err := c.casesOf(ctx, first, min(64, count-first+1))
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// Convicted implements chain.Court.
func (c *Client) Convicted(ctx context.Context, ref poc.TaskRef, a poc.Account) (bool, error) {
	account, err := ParseAccount(a)
	if err != nil {
		return false, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	return c.slashed(ctx, ref, account)
}

func (c *Client) slashed(ctx context.Context, ref poc.TaskRef, account common.Address) (bool, error) {
	var out hexutil.Bytes
	task := new(big.Int).SetUint64(uint64(ref.Task))
	if err := c.calls(ctx, "latest", call{c.contracts.Marketplace, marketABI.PackSlashed(ref.Job, task, account), &out}); err != nil {
		return false, err
	}
	return marketABI.UnpackSlashed(out)
}

// JoinArbiters implements chain.Court. It takes the role of core, which arbiters have.
func (c *Client) JoinArbiters(ctx context.Context) error {
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Arbiters, arbitersABI.PackJoined(c.from), &out}); err != nil {
		return err
	}
	joined, err1 := arbitersABI.UnpackJoined(out)
	w, err2 := c.worker(ctx, c.from)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if w.Peer != [32]byte{} && Role(w.Role) != Core {
		if err := c.SetRole(ctx, Core); err != nil {
			return err
		}
	}
	if joined {
		return nil
	}
	_, err := c.actAt(ctx, c.contracts.Arbiters, arbitersABI.PackJoin())
	return err
}

// CollectFees implements chain.Court.
func (c *Client) CollectFees(ctx context.Context) (market.Amount, error) {
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Arbiters, arbitersABI.PackOwed(c.from), &out}); err != nil {
		return 0, err
	}
	owed, err := arbitersABI.UnpackOwed(out)
	if err != nil || owed.Sign() == 0 {
		return 0, err
	}
	_, err = c.actAt(ctx, c.contracts.Arbiters, arbitersABI.PackWithdraw(c.from))
	return market.Amount(owed.Uint64()), err
}

// DrawCommittee implements chain.Court.
func (c *Client) DrawCommittee(ctx context.Context, id uint64) error {
	k, err := c.Case(ctx, id)
	if err != nil || k.Committee != nil {
		return err
	}
	if _, err = c.actAt(ctx, c.contracts.Arbiters, arbitersABI.PackDraw(id)); err != nil {
		if k, again := c.Case(ctx, id); again == nil && k.Committee != nil {
			return nil // somebody else was first
		}
	}
	return err
}

// SignVerdict implements chain.Court.
func (c *Client) SignVerdict(id uint64, guilty bool) ([]byte, error) {
	return signHash(c.key, c.verdict(id, guilty))
}

// VerifyVerdict implements chain.Court.
func (c *Client) VerifyVerdict(a poc.Account, id uint64, guilty bool, signature []byte) error {
	address, err := ParseAccount(a)
	if err != nil {
		return err
	}
	return verifyHash(address, c.verdict(id, guilty), signature)
}

// verdict is what a verdict is signed over.
func (c *Client) verdict(id uint64, guilty bool) []byte {
	says := uint64(0)
	if guilty {
		says = 1
	}
	domain := crypto.Keccak256(domainType, crypto.Keccak256([]byte("gpumesh arbiters")), domainVer, common.BigToHash(c.chainID).Bytes(),
		common.LeftPadBytes(c.contracts.Arbiters[:], 32))
	return crypto.Keccak256([]byte{0x19, 0x01}, domain, crypto.Keccak256(verdictType, word(id), word(says)))
}

// Decide implements chain.Court.
func (c *Client) Decide(ctx context.Context, id uint64, guilty bool, signatures map[poc.Account][]byte) error {
	k, err := c.Case(ctx, id)
	if err != nil {
		return err
	}
	var all []byte
	for i, a := range k.Committee {
		if sig := signatures[a]; len(sig) == 64 {
			all = append(append(all, byte(i)), sig...)
		}
	}
	_, err = c.actAt(ctx, c.contracts.Arbiters, arbitersABI.PackDecide(id, guilty, all))
	return err
}

// LapseCase implements chain.Court.
func (c *Client) LapseCase(ctx context.Context, id uint64) error {
	_, err := c.actAt(ctx, c.contracts.Arbiters, arbitersABI.PackLapse(id))
	return err
}

// SlashArbiter convicts a member of a committee, also after the verdict, that signed both verdicts.
func (c *Client) SlashArbiter(ctx context.Context, id uint64, account poc.Account, guilty, innocent []byte) error {
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Arbiters, arbitersABI.PackCaseOf(id), &out}); err != nil {
		return err
	}
	got, err := arbitersABI.UnpackCaseOf(out)
	if err != nil {
		return err
	}
	place := slices.IndexFunc(got.Committee, func(a common.Address) bool { return AccountOf(a) == account })
	if place < 0 {
		return fmt.Errorf("%w: %s is not in the committee of case %d", chain.ErrRefused, account, id)
	}
	_, err = c.actAt(ctx, c.contracts.Arbiters, arbitersABI.PackSlashTwice(id, big.NewInt(int64(place)), guilty, innocent))
	return err
}

// Role is what a worker offers itself for.
type Role uint8

// Roles of workers. Only core workers can be arbiters.
const (
	Edge Role = iota
	Core
	Gateway
)

// SetRole sets the role of this account, which must be registered.
func (c *Client) SetRole(ctx context.Context, r Role) error {
	_, err := c.act(ctx, marketABI.PackSetRole(uint8(r)))
	return err
}

// SetVerified marks a worker as verified, or takes the mark away. Only the network's verifier can.
func (c *Client) SetVerified(ctx context.Context, a poc.Account, verified bool) error {
	address, err := ParseAccount(a)
	if err != nil {
		return fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	_, err = c.act(ctx, marketABI.PackSetVerified(address, verified))
	return err
}

// actAt makes a transaction to one of the contracts.
func (c *Client) actAt(ctx context.Context, to common.Address, data []byte) (*types.Receipt, error) {
	r, err := c.send(ctx, &to, nil, data)
	if err != nil {
		return nil, explain(err)
	}
	if r.Status != types.ReceiptStatusSuccessful {
		return nil, fmt.Errorf("%w: transaction %s failed", chain.ErrRefused, r.TxHash)
	}
	return r, nil
}
