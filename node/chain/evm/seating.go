package evm

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

type seat struct {
	account common.Address
	ask     uint64
}

// seating is one in the form of Draws.sol.
type seating struct {
	seats []seat
	raw   []byte
}

// Of a packed seating, in bytes: the number of candidates and that of seats; and a seat: the account, the ask, the weight.
const (
	seatingHeader = 2
	seatSize      = 32
)

func packSeating(s market.Seating) (out seating, _ error) {
	if len(s.Seats) == 0 || len(s.Seats) > maxSeats {
		return out, fmt.Errorf("%w: an award has 1 to %d seats, not %d", chain.ErrRefused, maxSeats, len(s.Seats))
	}
	if s.Candidates > math.MaxUint8 { // what fits the contract refuses
		return out, fmt.Errorf("%w: a task has at most %d candidates, not %d", chain.ErrRefused, maxSeats, s.Candidates)
	}
	out.raw = []byte{byte(s.Candidates), byte(len(s.Seats))}
	for i, x := range s.Seats {
		account, err := ParseAccount(x.Account)
		if err != nil {
			return seating{}, fmt.Errorf("%w: seat %d: %w", chain.ErrRefused, i, err)
		}
		out.seats = append(out.seats, seat{account, uint64(x.Ask)})
		out.raw = binary.BigEndian.AppendUint64(append(out.raw, account[:]...), uint64(x.Ask))
		out.raw = binary.BigEndian.AppendUint32(out.raw, x.Weight)
	}
	for _, d := range s.Draws {
		out.raw = binary.BigEndian.AppendUint16(out.raw, uint16(d))
	}
	return out, nil
}

// hash is what the marketplace keeps of a seating.
func (s seating) hash() [32]byte { return crypto.Keccak256Hash(s.raw) }

// parseSeats returns the seats of a packed seating.
func parseSeats(raw []byte) (seats []seat) {
	if len(raw) < seatingHeader {
		return nil
	}
	rest := raw[seatingHeader:]
	for n := raw[1]; n > 0 && len(rest) >= seatSize; n, rest = n-1, rest[seatSize:] {
		seats = append(seats, seat{common.Address(rest[:20]), binary.BigEndian.Uint64(rest[20:])})
	}
	return seats
}

// random is what the candidates of a job are drawn by; of a job without an award, or whose beacon's block is not there yet, nobody knows it.
func (c *Client) random(ctx context.Context, job poc.Hash) (poc.Hash, error) {
	j, err := c.job(ctx, job)
	if err != nil {
		return poc.Hash{}, err
	}
	if j.Panel.Anchored == 0 {
		return poc.Hash{}, fmt.Errorf("%w: the job has no award yet", chain.ErrTooEarly)
	}
	head, err := c.ends.header(ctx, new(big.Int).SetUint64(uint64(j.Panel.Anchored)+1))
	if err != nil {
		return poc.Hash{}, err
	}
	return randomOf(head, job), nil
}

// bench is a job whose draw is known.
type bench struct {
	KnownJob
	by poc.Hash // what candidates are drawn by; zero where nobody is drawn
}

func (c *Client) bench(ctx context.Context, k KnownJob) (b bench, err error) {
	b.KnownJob = k
	if k.Seating.Drawn() {
		b.by, err = c.random(ctx, k.ID)
	}
	return b, err
}

// candidates is the bitmap of the seats whose signatures count for a task.
func (b bench) candidates(task uint32) uint64 {
	if n := len(b.Seating.Draws); n > 0 && int(task) >= n {
		return 0
	}
	return b.Seating.Of(poc.TaskRef{Job: b.ID, Task: task}, b.by)
}

// planKeep has the chain remember what a job's candidates are drawn by. Where all seats are candidates, where it is kept already and where nothing
// can be claimed any more there is nothing to do.
func (c *Client) planKeep(ctx context.Context, op market.KeepBeacon) (plan, error) {
	packed, err := packSeating(op.Seating)
	if err != nil {
		return plan{}, err
	}
	j, err := c.job(ctx, op.Job)
	switch {
	case err != nil:
		return plan{}, err
	case j.Award == [32]byte{} && j.Money.Closed:
		return plan{}, fmt.Errorf("%w: the escrow of the job is closed", chain.ErrRefused)
	case j.Award == [32]byte{}:
		return plan{}, fmt.Errorf("%w: the job has no award yet", chain.ErrTooEarly)
	case j.Seating != packed.hash():
		return plan{}, fmt.Errorf("%w: this is not the seating of the job's award", chain.ErrRefused)
	case !j.Panel.Drawn || j.Money.Closed:
		return plan{done: true}, nil
	}
	var raw hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Draws, drawsABI.PackKept(c.contracts.Marketplace, op.Job), &raw}); err != nil {
		return plan{}, err
	}
	kept, err := drawsABI.UnpackKept(raw)
	if err != nil || kept != [32]byte{} {
		return plan{done: true}, err
	}
	return plan{to: c.contracts.Draws, data: c.packKeep(op.Job)}, c.drawable(ctx, j)
}

func (c *Client) packKeep(job poc.Hash) []byte {
	return drawsABI.PackKeep(c.contracts.Marketplace, job)
}

// drawable waits until a contract can see the hash of the block that draws a job's candidates, if they are drawn: in the block after it.
func (c *Client) drawable(ctx context.Context, j bindings.MarketplaceJob) error {
	if !j.Panel.Drawn {
		return nil
	}
	if err := c.heads.reach(ctx, uint64(j.Panel.Anchored)+2); err != nil {
		return fmt.Errorf("the block that draws the job's candidates is not there yet: %w", err)
	}
	return nil
}

// packCertificate brings signatures into the order and form of the contract. What cannot count there is left out: signers
// without a seat, second signatures of one account, and signatures of a wrong length.
func packCertificate(cert poc.Certificate, seats []seat) bindings.MarketplaceCertificate {
	type signature struct {
		seat int
		poc.Attestation
	}
	out := bindings.MarketplaceCertificate{Task: cert.Task, Digest: cert.Result.Digest(), Share: cert.Share}
	var sigs []signature
	for _, a := range cert.Attestations {
		account, err := ParseAccount(a.Account)
		if err != nil || len(a.Signature) != 64 {
			continue
		}
		seat := slices.IndexFunc(seats, func(s seat) bool { return s.account == account })
		if seat < 0 || slices.ContainsFunc(sigs, func(s signature) bool { return s.seat == seat }) {
			continue
		}
		sigs = append(sigs, signature{seat, a})
		out.Timed = out.Timed || a.Late != 0
	}
	slices.SortFunc(sigs, func(a, b signature) int { return seats[a.seat].account.Cmp(seats[b.seat].account) })
	for _, s := range sigs {
		out.Signatures = binary.BigEndian.AppendUint64(append(out.Signatures, byte(s.seat)), s.Agreed)
		out.Signatures = append(out.Signatures, s.Signature...)
		if out.Timed {
			out.Signatures = binary.BigEndian.AppendUint64(out.Signatures, s.Late)
		}
	}
	return out
}
