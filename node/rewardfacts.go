package node

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ipfs/go-cid"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// What claims of rewards rest on: what the chain says of epochs and jobs, and what this node keeps of its own jobs.

// rewardFacts is what this node has read of the chain.
type rewardFacts struct {
	// jobs are those of this node that are closed, by their evidence, as they were when a claim through that block could first be made: nothing changes there any
	// more but convictions, of which those count that came by then. Of the goroutine of look.
	jobs    map[poc.Hash]market.RewardJob
	through uint64
}

func (r *rewards) epochs(ctx context.Context, numbers []uint64) (map[uint64]market.RewardEpoch, error) {
	out := map[uint64]market.RewardEpoch{}
	for _, n := range numbers {
		e, err := r.node.challenges.past(ctx, n)
		if err != nil {
			return nil, err
		}
		out[n] = e
	}
	return out, nil
}

// job reads what the chain says of a job whose evidence this is. With errUnread a beacon is missing, or all that was settled is.
func (r *rewards) job(ctx context.Context, block []byte) (j market.RewardJob, err error) {
	if j.Evidence, err = market.UnpackEvidence(block); err != nil {
		return j, &notProven{reason: err.Error()}
	}
	j.Size = len(block)
	e, s := &j.Evidence, r.node.settlement
	id := e.Spec.ID()
	if err := e.Spec.Validate(r.node.cfg.Network); err != nil {
		return j, &notProven{reason: fmt.Sprintf("job %s is none of this network", id.Short())}
	}
	j.Escrow, err = s.Escrow(ctx, id)
	if errors.Is(err, chain.ErrNoEscrow) {
		return j, nil
	}
	panel, bad := market.OpenAward(r.node.network, id, e.Award)
	if err != nil || bad != nil || j.Escrow.Award != poc.BlockHash(e.Award) {
		j.Escrow.Award = poc.Hash{}
		return j, err
	}
	if j.Settled, err = s.Settled(ctx, id, j.Escrow.Terms.Tasks); err != nil {
		return j, err
	}
	if e.History, err = s.History(ctx, id); err == nil && j.Escrow.Closed && !j.Whole() {
		err = errors.New("the endpoint does not show all that was paid for it")
	}
	if b, ok := s.(chain.Batcher); ok && err == nil && j.Batched() && len(e.Batch) > 0 {
		j.Pays, err = b.BatchPays(ctx, id, e.Batch)
	}
	if err != nil {
		e.History = nil
		return j, fmt.Errorf("%w of job %s: %w", errUnread, id.Short(), err)
	}
	switch e.Beacon, err = s.Beacon(ctx, id, j.Escrow.Award, panel.Seating(r.node.cfg.Network, e.Spec)); {
	case errors.Is(err, chain.ErrAwardMismatch):
		return j, &notProven{reason: fmt.Sprintf("the award of job %s is anchored with another seating than follows from it", id.Short())}
	case err != nil:
		err = fmt.Errorf("%w of job %s: %w", errUnread, id.Short(), err)
	}
	return j, err
}

// errUnread says that not all of what the chain has to say can be read now.
var errUnread = errors.New("nobody shows all that the chain says")

// gather returns the facts for what this node has to show in the blocks of a claim.
func (r *rewards) gather(ctx context.Context, c *market.RewardClaim, own, others []poc.Capability, jobs map[poc.Hash]rewardedJob) (f market.RewardFacts, err error) {
	var numbers []uint64
	for _, k := range slices.Concat(own, others) {
		if b := r.terms.Begins(k.Epoch); b > c.From && b <= c.Through {
			numbers = append(numbers, k.Epoch)
		}
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	numbers = numbers[:min(len(numbers), market.MaxRewardEpochs)]
	if len(numbers) == market.MaxRewardEpochs {
		c.Through = min(c.Through, r.terms.Begins(numbers[len(numbers)-1]))
	}
	if f.Epochs, err = r.epochs(ctx, numbers); err != nil {
		return f, err
	}
	if r.facts.through != c.Through {
		clear(r.facts.jobs)
		r.facts.through = c.Through
	}
	f.Jobs = map[poc.Hash]market.RewardJob{}
	for id, k := range jobs {
		if k.Over {
			continue
		}
		j, known := r.facts.jobs[k.Evidence]
		if !known {
			block, err := r.node.host.Content().GetBlock(ctx, evidenceOf(k.Evidence), poc.MaxDocument)
			if err != nil {
				return f, err
			}
			j, err = r.job(ctx, block)
			if err != nil && len(j.Evidence.History) > 0 && r.still(ctx, id, k.Beacon) {
				j.Evidence.Beacon, err = *k.Beacon, nil
			}
			if err != nil { // the others need not wait for it
				r.log.Info("What a job is worth is not known", "job", id.Short(), "err", err)
				continue
			}
			if j.Escrow.Closed && len(r.facts.jobs) < market.MaxRewardJobs {
				r.facts.jobs[k.Evidence] = j
			}
		}
		last := j.Last()
		if j.Escrow.Closed && last <= c.From || r.node.now() > k.Since.Add(keepPast) { // claimed, or never to be
			delete(r.facts.jobs, k.Evidence)
			k.Over = true
			if err := errors.Join(r.putJob(id, k), r.node.host.Content().Unpin(ctx, rewardPin(k.Evidence))); err != nil {
				return f, err
			}
			continue
		}
		f.Jobs[k.Evidence] = j
	}
	return f, nil
}

// still reports whether a beacon that this node has used, and cannot read any more, is that of the chain.
func (r *rewards) still(ctx context.Context, job poc.Hash, b *market.Beacon) bool {
	c, ok := r.node.settlement.(chain.BeaconChecker)
	if !ok || b == nil {
		return false
	}
	same, err := c.SameBeacon(ctx, job, *b)
	return err == nil && same
}

// collect keeps evidence of jobs that are over, before the machine forgets them.
func (r *rewards) collect(ctx context.Context) error {
	if !r.cfg.Claim || r.node.cfg.Network.Rewards.Completion == 0 {
		return nil
	}
	found, held := map[poc.Hash]market.Evidence{}, map[poc.Hash]bool{}
	err := r.node.loop.ask(ctx, func(m *market.Machine) {
		for _, id := range m.Jobs() {
			held[id] = true
			if s, _ := m.StateOf(id); s != market.Done {
				continue
			}
			if e, ok := m.Evidence(id); ok && e.Spec.Owner != r.node.self {
				found[id] = e
			}
		}
	})
	if err != nil {
		return err
	}
	r.mu.Lock()
	known := maps.Clone(r.mu.jobs)
	r.mu.Unlock()
	fetching, cancel := context.WithTimeout(ctx, batchFetch) // for all: those of this node's batches are here
	defer cancel()
	waiting := 0
	for id, k := range known {
		if k.Over && !held[id] {
			if err := r.forgetJob(ctx, id, k); err != nil {
				return err
			}
		} else if !k.Over {
			waiting++
		}
	}
	for id, e := range found {
		k, ok := known[id]
		if ok && (k.Over || k.Certificates == len(e.Certificates)) || !ok && waiting >= market.MaxRewardJobs {
			continue
		}
		fresh := rewardedJob{Certificates: len(e.Certificates), Beacon: &e.Beacon, Since: r.node.now()}
		if e.Batch, err = r.node.ops.batches.show(fetching, id); err != nil {
			r.log.Info("What a job was paid is not known yet", "job", id.Short(), "err", err)
			continue
		}
		if e.Batch != nil {
			e.Certificates = nil // what they say is in it
		}
		block, err := market.PackEvidence(e)
		if err != nil {
			fresh.Over = true // too large for any claim
			r.log.Info("No reward is claimed for a job", "job", id.Short(), "err", err)
		} else {
			fresh.Evidence, fresh.Size = poc.BlockHash(block), len(block)
			if err := r.store(ctx, block); err != nil {
				return err
			}
		}
		if err := r.putJob(id, fresh); err != nil {
			return err
		}
		waiting++
		if ok && k.Evidence != fresh.Evidence {
			delete(r.facts.jobs, k.Evidence)
			if err := r.node.host.Content().Unpin(ctx, rewardPin(k.Evidence)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *rewards) putJob(id poc.Hash, k rewardedJob) error {
	if err := r.save(jobKey(id), k); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mu.jobs[id] = k
	return nil
}

func (r *rewards) forgetJob(ctx context.Context, id poc.Hash, k rewardedJob) error {
	b := r.node.store.batch()
	b.del(tableReward + jobKey(id))
	if err := b.commit(false); err != nil {
		return err
	}
	r.mu.Lock()
	delete(r.mu.jobs, id)
	r.mu.Unlock()
	return r.node.host.Content().Unpin(ctx, rewardPin(k.Evidence))
}

// store keeps a document where everybody can fetch it.
func (r *rewards) store(ctx context.Context, block []byte) error {
	content := r.node.host.Content()
	root, err := content.PutBlock(ctx, block, cid.DagCBOR, p2p.Shared)
	if err != nil {
		return err
	}
	return content.Pin(ctx, rewardPin(poc.BlockHash(block)), root)
}
