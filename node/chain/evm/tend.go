package evm

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

var _ chain.Batcher = (*Client)(nil)

// Bounds of a batch that a node makes by itself: its rewards fit into one block of content, and posting it into one of the chain.
const (
	maxDraftJobs    = 128
	maxDraftRewards = 20_000

	endGas, endJobGas = 200_000, 40_000 // about, of ending a batch, and for each of its jobs
)

// BatchOf implements chain.Batcher.
func (c *Client) BatchOf(ctx context.Context, job poc.Hash) (id uint64, open bool, _ error) {
	charge, err := c.charge(ctx, job)
	if err != nil || charge.Batch == 0 {
		return 0, false, err
	}
	j, err := c.job(ctx, job)
	return charge.Batch, j.Money.Batched, err
}

func (c *Client) charge(ctx context.Context, job poc.Hash) (out bindings.ChargesOutput, _ error) {
	var raw hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Batches, batchesABI.PackCharges(job), &raw}); err != nil {
		return out, err
	}
	return batchesABI.UnpackCharges(raw)
}

// DraftBatch implements chain.Batcher.
func (c *Client) DraftBatch(ctx context.Context, jobs []chain.KnownJob) (d chain.Draft, _ error) {
	terms, err := c.batchTerms(ctx)
	if err != nil {
		return d, err
	}
	now, err := c.blockTime(ctx)
	if err != nil {
		return d, err
	}
	window := poc.Millis(terms.window.Milliseconds())
	var rewards []Reward
	for _, k := range jobs {
		if len(d.Jobs) == maxDraftJobs {
			break
		}
		e, err := c.Escrow(ctx, k.ID)
		if err != nil {
			return chain.Draft{}, err
		}
		in, _, err := c.BatchOf(ctx, k.ID)
		if err != nil {
			return chain.Draft{}, err
		}
		// The contract wants three windows until the expiry; a quarter more is for the transaction to be mined.
		if e.Closed || e.Settled > 0 || e.Award.IsZero() || in != 0 || e.Terms.Verified || e.Terms.LateBps > 0 || partial(k) || !whole(k, e.Terms) || e.Terms.Expiry <= now.Add(3*window+window/4) {
			continue
		}
		if k.Seating.Drawn() { // posting has the chain keep what its candidates are drawn by
			var none hexutil.Bytes
			switch err := c.calls(ctx, "latest", call{c.contracts.Draws, c.packKeep(k.ID), &none}); {
			case errors.Is(err, chain.ErrRefused) || errors.Is(err, chain.ErrTooEarly):
				continue
			case err != nil:
				return chain.Draft{}, err
			}
		}
		known, err := c.bench(ctx, k)
		if err != nil {
			return chain.Draft{}, err
		}
		some, err := c.rewards(known, e.Terms)
		if err != nil {
			return chain.Draft{}, err
		}
		if len(some) == 0 || len(rewards)+len(some) > maxDraftRewards {
			continue
		}
		for _, r := range some {
			d.Pay += r.Amount
		}
		rewards, d.Jobs = append(rewards, some...), append(d.Jobs, k.ID)
	}
	if len(d.Jobs) == 0 {
		return d, nil
	}
	b, err := NewBatch(rewards, d.Jobs)
	if err != nil {
		return chain.Draft{}, err
	}
	d.Rewards = b.Encode()
	msg, err := b.Post("")
	if err != nil {
		return chain.Draft{}, err
	}
	p := c.transfer(c.contracts.Batches, terms.bond, msg)
	gas, tip, err := c.estimate(ctx, &p.to, nil, p.data)
	if err != nil {
		return chain.Draft{}, explain(err)
	}
	head, _ := c.heads.now()
	gas += endGas + endJobGas*uint64(len(d.Jobs))
	d.Cost = new(big.Int).Mul(new(big.Int).Add(tip, baseFee(head)), new(big.Int).SetUint64(gas))
	return d, nil
}

// partial reports whether not all of the work of a job was accepted: a batch cannot say that.
func partial(k chain.KnownJob) bool {
	return slices.ContainsFunc(k.Certificates, func(c poc.Certificate) bool {
		return c.Share != 0 || slices.ContainsFunc(c.Attestations, func(a poc.Attestation) bool { return a.Late != 0 })
	})
}

// whole reports whether every task of a job is certified: a batch closes its jobs, and what is certified later is not paid.
func whole(k chain.KnownJob, t market.Terms) bool {
	for task := range t.Tasks {
		if certificateOf(k, task) == nil {
			return false
		}
	}
	return true
}

// PostDraft implements chain.Batcher.
func (c *Client) PostDraft(ctx context.Context, d chain.Draft, where string) (uint64, error) {
	b, err := ParseBatch(d.Rewards)
	if err != nil {
		return 0, err
	}
	return c.PostBatch(ctx, b, where)
}

// BatchSource implements chain.Batcher. Where the rewards are is told by an event only; the contract's root shows whether they
// are the right ones.
func (c *Client) BatchSource(ctx context.Context, id uint64) (poc.Account, string, error) {
	p, err := c.Batch(ctx, id)
	switch {
	case err != nil:
		return "", "", err
	case p.State == BatchUnknown:
		return "", "", fmt.Errorf("%w: there is no batch %d", chain.ErrRefused, id)
	}
	head, err := c.ends.header(ctx, nil)
	if err != nil {
		return "", "", err
	}
	topics := [][]common.Hash{{batchesABI.GetABI().Events["Posted"].ID}, {common.BigToHash(new(big.Int).SetUint64(id))}}
	const most = 100 // questions, newest blocks first
	last := head.Number.Uint64()
	for range most {
		first := last - min(last, logSpan-1)
		logs, err := c.ends.filterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(first), ToBlock: new(big.Int).SetUint64(last), Addresses: []common.Address{c.contracts.Batches}, Topics: topics,
		})
		if err != nil {
			return "", "", err
		}
		for _, l := range logs {
			if l.Removed {
				continue
			}
			ev, err := batchesABI.UnpackPostedEvent(&l)
			if err != nil {
				return "", "", err
			}
			return p.Poster, ev.Where, nil
		}
		if first == 0 {
			break
		}
		last = first - 1
	}
	return p.Poster, "", nil
}

// TendBatch implements chain.Batcher.
func (c *Client) TendBatch(ctx context.Context, id uint64, rewards []byte, known []chain.KnownJob) (did []string, over bool, _ error) {
	p, err := c.Batch(ctx, id)
	switch {
	case err != nil:
		return nil, false, err
	case p.State == BatchUnknown:
		return nil, true, fmt.Errorf("%w: there is no batch %d", chain.ErrRefused, id)
	}
	b, err := c.rewardsOf(ctx, id, p, rewards, known)
	if err != nil {
		return nil, false, err
	}
	var failed error
	switch {
	case p.State != BatchOpen:
	case p.Poster == c.Account() && b.Len() > 0:
		var n int
		n, failed = c.AnswerChallenges(ctx, id, b, known) // a doubt that is right is none that keeps this from going on
		for range n {
			did = append(did, "answered")
		}
	case p.Poster != c.Account():
		what, err := c.doubt(ctx, id, p, b, known)
		if err != nil {
			return nil, false, err
		}
		did = append(did, what...)
	}
	more, err := c.AdvanceBatch(ctx, id, b)
	if did = append(did, more...); err != nil {
		return did, false, errors.Join(failed, err)
	}
	p, err = c.Batch(ctx, id)
	return did, p.State != BatchOpen, errors.Join(failed, err)
}

// rewardsOf is the batch of published rewards, or, when there are none, one that has but those of the known jobs that are in it.
func (c *Client) rewardsOf(ctx context.Context, id uint64, p PostedBatch, rewards []byte, known []chain.KnownJob) (*Batch, error) {
	if rewards != nil {
		b, err := ParseBatch(rewards)
		if err == nil && b.Root() == p.raw.Root && b.Len() == int(p.raw.Count) {
			return b, nil
		} // what is published is not the batch: it is as if nothing were
	}
	b := &Batch{}
	for _, k := range known {
		charge, err := c.charge(ctx, k.ID)
		if err != nil {
			return nil, err
		}
		if charge.Batch == id {
			b.jobs = append(b.jobs, batchEntry{k.ID, charge.Pay, charge.Last})
		}
	}
	return b, nil
}

// doubt challenges a batch of somebody else that is wrong, once: one challenge that is not answered is enough. Somebody else's of
// the same thing will do; any other might be a false one, made to be answered.
func (c *Client) doubt(ctx context.Context, id uint64, p PostedBatch, b *Batch, known []chain.KnownJob) ([]string, error) {
	now, err := c.blockTime(ctx)
	if err != nil || now >= p.Until {
		return nil, err
	}
	var doubts []Doubt
	if b.Len() > 0 {
		doubts, err = c.CheckBatch(ctx, id, b, known)
	} else {
		doubts, err = c.withheld(ctx, p, now, b, known)
	}
	if err != nil || len(doubts) == 0 {
		return nil, err
	}
	open, err := c.challenges(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, ch := range open {
		if slices.ContainsFunc(doubts, func(d Doubt) bool { return d.is(ch) }) {
			return nil, nil
		}
	}
	if err := c.Challenge(ctx, doubts[0]); err != nil {
		return nil, err
	}
	return []string{"challenged: " + doubts[0].Why}, nil
}

// withheld is the doubt about a batch whose rewards nobody shows in half of its time: that this account's own pay is in it, or that a
// task is paid of which this node knows no certificate. An answer shows a reward.
func (c *Client) withheld(ctx context.Context, p PostedBatch, now poc.Time, b *Batch, known []chain.KnownJob) ([]Doubt, error) {
	terms, err := c.batchTerms(ctx)
	if err != nil || now < p.Until.Add(-poc.Millis(terms.window.Milliseconds())/2) {
		return nil, err
	}
	for _, k := range known {
		if !slices.ContainsFunc(b.jobs, func(e batchEntry) bool { return e.Job == k.ID }) {
			continue
		}
		e, err := c.Escrow(ctx, k.ID)
		if err != nil {
			return nil, err
		}
		for task := range uint16(e.Terms.Tasks) {
			if certificateOf(k, uint32(task)) == nil {
				msg, err := MissingTask(k.ID, task)
				return []Doubt{{Why: "its rewards are not shown", msg: msg, job: k.ID, task: task, seat: anySeat, omitted: true}}, err
			}
		}
		b, err := c.bench(ctx, k)
		if err != nil {
			return nil, err
		}
		for _, cert := range k.Certificates {
			for _, seat := range c.payees(b, e.Terms, cert) {
				if k.Seating.Seats[seat].Account != c.Account() {
					continue
				}
				msg, err := Missing(k.Seating, cert, seat)
				d := Doubt{Why: "its rewards are not shown", msg: msg, job: k.ID, task: uint16(cert.Task), seat: seat, omitted: true}
				return []Doubt{d}, err
			}
		}
	}
	return nil, nil
}

// is reports whether a challenge is about this doubt.
func (d Doubt) is(ch bindings.BatchesChallenge) bool {
	if d.omitted || ch.Omitted {
		return d.omitted && ch.Omitted && ch.Job == d.job && ch.Task == d.task && ch.Seat == d.seat
	}
	return ch.Index == d.index
}

// takeBack returns the deposits of this account's challenges of a void batch that another's success left without answer.
func (c *Client) takeBack(ctx context.Context, id uint64, do func(what string, data []byte) error) error {
	open, err := c.challenges(ctx, id)
	if err != nil {
		return err
	}
	for n, ch := range open {
		if ch.Challenger == c.from {
			if err := do("took back a deposit", batchesABI.PackTakeBack(n)); err != nil {
				return err
			}
		}
	}
	return nil
}
