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

// Accusation says that a worker's signed reveal is bound to a step that is wrong. The proof is a poc.FaultProof, which whoever
// judges fetches by its digest.
type Accusation struct {
	Ref       poc.TaskRef
	Account   poc.Account // the accused
	Digest    poc.Hash    // what it revealed
	Signature []byte      // over poc.Statement{Revealed, Ref.Job, Ref.Task, Digest}
	Evidence  poc.Hash    // digest of the proof
	Where     string      // it is published
}

// Case is an accusation under judgement.
type Case struct {
	Accuser, Accused poc.Account
	Ref              poc.TaskRef
	Evidence         poc.Hash
	Until            poc.Time      // for the verdict
	Committee        []poc.Account // none yet: it has to be drawn
}

var verdictType = crypto.Keccak256([]byte("Verdict(uint64 id,bool guilty)"))

// ErrNoCase is returned for cases that never were, or are over.
var ErrNoCase = errors.New("there is no such case, or it is over")

// Accuse opens a case, for the deposit that the contract asks for, and returns its number.
func (c *Client) Accuse(ctx context.Context, a Accusation) (uint64, error) {
	accused, err := ParseAccount(a.Account)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	data, err := accuseArgs.Pack([32]byte(a.Ref.Job), a.Ref.Task, accused, [32]byte(a.Digest), a.Signature, [32]byte(a.Evidence), a.Where)
	if err != nil {
		return 0, err
	}
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Arbiters, arbitersABI.PackDeposit(), &out}); err != nil {
		return 0, err
	}
	deposit, err := arbitersABI.UnpackDeposit(out)
	if err != nil {
		return 0, err
	}
	p := c.transfer(c.contracts.Arbiters, market.Amount(deposit), data)
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
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Arbiters, arbitersABI.PackCaseOf(id), &out}); err != nil {
		return Case{}, err
	}
	got, err := arbitersABI.UnpackCaseOf(out)
	if err != nil {
		return Case{}, err
	}
	if got.C.Accuser == (common.Address{}) {
		return Case{}, ErrNoCase
	}
	k := Case{
		Accuser: AccountOf(got.C.Accuser), Accused: AccountOf(got.C.Accused), Ref: poc.TaskRef{Job: got.C.Job, Task: got.C.Task},
		Evidence: got.C.Evidence, Until: poc.Time(got.C.Until.Int64()),
	}
	for _, a := range got.Committee {
		k.Committee = append(k.Committee, AccountOf(a))
	}
	return k, nil
}

// JoinArbiters offers this account as an arbiter; it must be a verified worker of the core role, with enough stake.
func (c *Client) JoinArbiters(ctx context.Context) error {
	_, err := c.actAt(ctx, c.contracts.Arbiters, arbitersABI.PackJoin())
	return err
}

// DrawCommittee draws the committee of a case. It fails with ErrTooEarly until the block is there that draws it, and succeeds
// when somebody else has drawn it.
func (c *Client) DrawCommittee(ctx context.Context, id uint64) error {
	k, err := c.Case(ctx, id)
	if err != nil || k.Committee != nil {
		return err
	}
	_, err = c.actAt(ctx, c.contracts.Arbiters, arbitersABI.PackDraw(id))
	return err
}

// SignVerdict returns this account's signature over a verdict. Whoever signs both verdicts of a case is slashed.
func (c *Client) SignVerdict(id uint64, guilty bool) ([]byte, error) {
	says := uint64(0)
	if guilty {
		says = 1
	}
	domain := crypto.Keccak256(domainType, crypto.Keccak256([]byte("gpumesh arbiters")), domainVer, common.BigToHash(c.chainID).Bytes(),
		common.LeftPadBytes(c.contracts.Arbiters[:], 32))
	digest := crypto.Keccak256([]byte{0x19, 0x01}, domain, crypto.Keccak256(verdictType, word(id), word(says)))
	sig, err := crypto.Sign(digest, c.key)
	if err != nil {
		return nil, err
	}
	sig[32] |= sig[64] << 7
	return sig[:64], nil
}

// Decide submits the verdict of a committee, with the signatures of those who gave it.
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

// LapseCase returns the deposit of a case whose time is over.
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
