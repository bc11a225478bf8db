package market

import (
	"cmp"
	"fmt"
	"slices"

	"gpumesh/poc"
)

// rewardItem is one thing that a claim may list.
type rewardItem struct {
	block          uint64 // in whose claim it belongs
	amount         Amount
	epoch          bool
	size, evidence int // bytes in the document, and beside it
	add            func(*RewardClaim, *Due)
}

// DraftRewards lists in a claim, of which all but Amount, lists and signature are set, what is due of what its account has to show, and returns
// what it is worth. If that is more than most, or than a claim holds, Through becomes an earlier block, and the rest is left to the
// next claim. What is not due is left out, and refused says why.
func DraftRewards(n Network, v poc.Verifier, c RewardClaim, own, others []poc.Capability, f RewardFacts, most Amount) (_ RewardClaim, _ Due, refused []error) {
	var items []rewardItem
	note := func(block uint64, worth func() (Amount, error), it rewardItem) {
		if block <= c.From || block > c.Through {
			return
		}
		var err error
		if it.amount, err = worth(); err != nil {
			refused = append(refused, err)
		} else if it.amount > most {
			refused = append(refused, fmt.Errorf("%v is due for something of block %d, and a claim can be for %v", it.amount, block, most))
		} else if it.amount > 0 {
			it.block = block
			items = append(items, it)
		}
	}
	for _, k := range own {
		note(n.Challenge.Begins(k.Epoch), func() (Amount, error) { return c.uptime(n, &k, f) }, rewardItem{
			epoch: true, size: len(poc.MustEncode(k)), add: func(c *RewardClaim, d *Due) {
				c.Own, d.Uptime = append(c.Own, k), d.Uptime+n.Rewards.uptime(k.Capacity.Speed)
			},
		})
	}
	for _, k := range others {
		note(n.Challenge.Begins(k.Epoch), func() (Amount, error) { return n.Rewards.Participation, c.vouched(n, &k, f) }, rewardItem{
			epoch: true, size: len(poc.MustEncode(k)), add: func(c *RewardClaim, d *Due) {
				c.Others, d.Participation = append(c.Others, k), d.Participation+n.Rewards.Participation
			},
		})
	}
	for digest, j := range f.Jobs {
		var worth Amount
		l := poc.HashLink(digest)
		note(j.Last(), func() (a Amount, err error) { worth, err = c.completion(n, v, j); return worth, err }, rewardItem{
			size: 64, evidence: j.Size, add: func(c *RewardClaim, d *Due) { c.Jobs, d.Completion = append(c.Jobs, l), d.Completion+worth },
		})
	}
	slices.SortFunc(items, func(a, b rewardItem) int { return cmp.Compare(a.block, b.block) })
	var due Due
	size, evidence, epochs := 1024, 0, map[uint64]bool{} // size: of the rest of the document
	for i, it := range items {
		next, d := c, due
		it.add(&next, &d)
		if size, evidence = size+it.size, evidence+it.evidence; it.epoch {
			epochs[it.block] = true
		}
		if d.Sum() > most || size > poc.MaxDocument || evidence > MaxRewardEvidence || len(epochs) > MaxRewardEpochs ||
			len(next.Others) > MaxRewardVouches || len(next.Jobs) > MaxRewardJobs {
			if it.block == items[0].block { // what else is of this block is lost: no claim can hold it
				c.Through = it.block
				break
			}
			c.Through, c.Own, c.Others, c.Jobs, due = it.block-1, nil, nil, nil, Due{}
			for _, it := range items[:i] {
				if it.block <= c.Through {
					it.add(&c, &due)
				}
			}
			break
		}
		c, due = next, d
	}
	c.sort()
	c.Amount = due.Sum()
	return c, due, refused
}
