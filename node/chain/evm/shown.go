package evm

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"gpumesh/market"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// How to show what a batch pays for one of its jobs: the rewards on the job's list, and the hashes that lead from them to the root. The chain keeps the root, and
// of each job the index of the last reward on its list and their sum. Each reward names the one before it, so a job has one list, whoever posted the batch.

// shownReward is a reward as it is shown. What is left out follows from the list.
type shownReward struct {
	Index   uint32
	Account common.Address
	Task    uint16
	Seat    uint8
	Amount  uint64
	Total   uint64
	Number  uint32
	Last    bool
}

// ShowPays implements chain.Batcher.
func (c *Client) ShowPays(rewards []byte, job poc.Hash) ([]byte, error) {
	b, err := ParseBatch(rewards)
	if err != nil {
		return nil, err
	}
	return b.Show(job)
}

// Show shows what the batch pays for a job.
func (b *Batch) Show(job poc.Hash) ([]byte, error) {
	i := slices.IndexFunc(b.jobs, func(e batchEntry) bool { return e.Job == job })
	if i < 0 || b.jobs[i].Last == none {
		return nil, fmt.Errorf("the batch pays nothing for job %s", job.Short())
	}
	var list []shownReward
	leaves := map[uint32]common.Hash{}
	for at := b.jobs[i].Last; at != none; at = b.rewards[at].Prev {
		r := b.rewards[at]
		list = append(list, shownReward{at, r.Account, r.Task, r.Seat, r.Amount, r.Total, r.Number, r.Last})
		leaves[at] = b.levels[0][at]
	}
	slices.Reverse(list)
	out, err := binary.Append(binary.BigEndian.AppendUint32(nil, uint32(len(list))), binary.BigEndian, list)
	fold(leaves, len(b.levels)-1, func(level int, i uint32) (common.Hash, bool) {
		h := b.levels[level][i]
		out = append(out, h[:]...)
		return h, true
	})
	return out, err
}

// fold returns the root of a tree of which some leaves are known by their indices, if all that it lacks can be had: level by level, each from the left.
func fold(known map[uint32]common.Hash, depth int, lacking func(level int, i uint32) (common.Hash, bool)) (root common.Hash, ok bool) {
	for level := range depth {
		above := map[uint32]common.Hash{}
		for _, i := range slices.Sorted(maps.Keys(known)) {
			if _, done := above[i/2]; done {
				continue
			}
			pair := [2]common.Hash{known[i&^1], known[i|1]}
			if _, ok := known[i^1]; !ok {
				if pair[i&1^1], ok = lacking(level, i^1); !ok {
					return root, false
				}
			}
			above[i/2] = crypto.Keccak256Hash(pair[0][:], pair[1][:])
		}
		known = above
	}
	return known[0], true
}

// BatchPays implements chain.Batcher.
func (c *Client) BatchPays(ctx context.Context, job poc.Hash, shown []byte) ([]market.BatchPay, error) {
	charge, err := c.charge(ctx, job)
	if err != nil {
		return nil, err
	}
	b, err := c.Batch(ctx, charge.Batch)
	if err != nil {
		return nil, err
	}
	if b.State != BatchFinal {
		return nil, fmt.Errorf("job %s is in no batch that is final", job.Short())
	}
	return paysOf(job, charge, b.raw, shown)
}

// paysOf is what a batch pays for a job, or nothing if that is not shown.
func paysOf(job poc.Hash, charge bindings.ChargesOutput, b bindings.BatchesBatch, shown []byte) ([]market.BatchPay, error) {
	r := bytes.NewReader(shown)
	var n uint32
	if binary.Read(r, binary.BigEndian, &n) != nil || n == 0 || int64(n)*int64(binary.Size(shownReward{})) > int64(r.Len()) {
		return nil, nil
	}
	list := make([]shownReward, n)
	if binary.Read(r, binary.BigEndian, list) != nil {
		return nil, nil
	}
	if again, err := binary.Append(nil, binary.BigEndian, list); err != nil || !bytes.HasPrefix(shown[4:], again) {
		return nil, nil // a bool has more than one form
	}
	var pays []market.BatchPay
	var sum uint64
	leaves := map[uint32]common.Hash{}
	for i, s := range list {
		if s.Index >= b.Count || s.Amount > charge.Pay-sum {
			return nil, nil
		}
		sum += s.Amount
		reward := bindings.BatchesReward{
			Account: s.Account, Job: job, Task: s.Task, Seat: s.Seat, Amount: s.Amount, Total: s.Total, Sum: sum, Number: s.Number, Prev: none, Next: none, Last: s.Last,
		}
		if i > 0 {
			reward.Prev = list[i-1].Index
		}
		if i+1 < len(list) {
			reward.Next = list[i+1].Index
		}
		leaf, err := rewardArgs.Pack(reward)
		if err != nil {
			return nil, err
		}
		leaves[s.Index] = crypto.Keccak256Hash(leaf)
		pays = append(pays, market.BatchPay{Unit: uint32(s.Task), Seat: s.Seat, Account: AccountOf(s.Account), Amount: market.Amount(s.Amount)})
	}
	root, ok := fold(leaves, int(b.Depth), func(int, uint32) (h common.Hash, ok bool) {
		return h, binary.Read(r, binary.BigEndian, &h) == nil
	})
	if !ok || root != b.Root || r.Len() > 0 || sum != charge.Pay || list[n-1].Index != charge.Last || len(leaves) < len(list) {
		return nil, nil
	}
	return pays, nil
}
