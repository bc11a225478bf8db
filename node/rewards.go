package node

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/mr-tron/base58"
	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// Rewards says what a node claims from the network's pool.
type Rewards struct {
	Claim bool          `json:"claim" yaml:"claim"` // what is due to it
	Least market.Amount `json:"least" yaml:"least"` // once so much is due
}

const (
	rewardsEvery = 30 * time.Second // between two looks
	rewardsTime  = 5 * time.Minute  // for all that one look does
	rewardsFetch = 30 * time.Second // for one document
	rewardsDepth = 64               // blocks that a claim stays behind the head: a reorganization must not make it false
	// keepPast is how long this node shows a claim that is over.
	keepPast poc.Millis = 30 * 86_400_000
	maxPast             = 64
)

// Parts of tableReward.
const (
	rewardOwn   = "own/"   // <epoch>: a capability of this node
	rewardOther = "other/" // <epoch>/<provider>: a capability that shows this node's vouch
	rewardJob   = "job/"   // <job>: rewardedJob
	rewardClaim = "claim/" // <number>: ownClaim
	rewardKept  = "kept/"  // <account>/<number>: keptClaim
)

// RewardState is where a claim of this node stands.
type RewardState string

// States of a claim. Drafted ends when the chain has it or refuses it, open when its delay is over.
const (
	RewardDrafted RewardState = "drafted"
	RewardOpen    RewardState = "open"
	RewardOver    RewardState = "over"
)

// ownClaim is a claim of this node as it is stored: before the chain knows it.
type ownClaim struct {
	Claim  chain.PoolClaim `cbor:"claim"`
	Due    market.Due      `cbor:"due"`
	State  RewardState     `cbor:"state"`
	Until  poc.Time        `cbor:"until"`  // of the state, or since when it is over
	Faults uint64          `cbor:"faults"` // of the account when it was drafted
	Paid   market.Amount   `cbor:"paid"`
	Reason string          `cbor:"reason"`
}

// rewardedJob is a job of which this node keeps evidence until it has claimed for it.
type rewardedJob struct {
	Evidence     poc.Hash       `cbor:"evidence"`
	Size         int            `cbor:"size"`
	Certificates int            `cbor:"certificates"`
	Beacon       *market.Beacon `cbor:"beacon,omitempty"` // as this node has used it
	Since        poc.Time       `cbor:"since"`
	Over         bool           `cbor:"over"` // nothing is due for it any more
}

// RewardView is a claim of this node.
type RewardView struct {
	Number  uint32        `json:"number"`
	Through uint64        `json:"through"`
	Amount  market.Amount `json:"amount"`
	Due     market.Due    `json:"due"` // what it is for
	State   RewardState   `json:"state"`
	Until   poc.Time      `json:"until"` // of the state, or since when it is over
	Paid    market.Amount `json:"paid"`
	Reason  string        `json:"reason"`
}

// RewardsView is what this node has to do with the network's pool.
type RewardsView struct {
	Pool    chain.PoolState `json:"pool"`
	Due     market.Due      `json:"due"` // and not claimed
	Through uint64          `json:"through"`
	Reason  string          `json:"reason,omitempty"` // why that is not claimed
	Claims  []RewardView    `json:"claims"`
	Checked []CheckedClaim  `json:"checked"` // others' open claims that this node looked at
	Kept    int             `json:"kept"`    // others' documents that this node keeps for them
}

// String says in one sentence how this node's own rewards stand.
func (v RewardsView) String() string {
	var open, paid market.Amount
	var until poc.Time
	var more []string
	first := cmp.Or(v.Reason, "nothing is due")
	if due := v.Due.Sum(); due > 0 {
		first = fmt.Sprintf("%v due", due)
		if v.Reason != "" {
			first += ", not claimed: " + v.Reason
		}
	}
	for i, k := range v.Claims {
		switch {
		case k.State == RewardDrafted:
			more = append(more, fmt.Sprintf("claim %d for %v is being made", k.Number, k.Amount))
			if k.Reason != "" {
				more[len(more)-1] += ": " + k.Reason
			}
		case k.State == RewardOpen:
			if open += k.Amount; until == 0 || k.Until < until {
				until = k.Until
			}
		case k.Paid > 0:
			paid += k.Paid
		case i == len(v.Claims)-1: // what went wrong before is in the list
			more = append(more, fmt.Sprintf("claim %d for %v was not paid: %s", k.Number, k.Amount, k.Reason))
		}
	}
	if open > 0 {
		more = append(more, fmt.Sprintf("%v claimed, paid from %s on", open, time.UnixMilli(int64(until)).Format(time.DateTime)))
	}
	if paid > 0 {
		more = append(more, fmt.Sprintf("%v paid", paid))
	}
	return strings.Join(append([]string{first}, more...), "; ")
}

// rewards claims what is due to this node, keeps for others what shows their claims, and checks what they claim. What it needs is in
// the store or on the chain, so it goes on after a restart at any point.
type rewards struct {
	node  *Node
	pool  chain.Pool
	terms market.Challenges
	cfg   Rewards
	log   *slog.Logger
	every time.Duration

	fetch time.Duration // for one document
	depth uint64        // blocks

	delay poc.Millis // of a claim; of the goroutine of look
	facts rewardFacts

	mu struct {
		sync.Mutex
		own     map[uint64]poc.Capability
		others  map[string]poc.Capability // by epoch and provider, as their keys
		jobs    map[poc.Hash]rewardedJob
		claims  map[uint32]ownClaim
		kept    map[string]keptClaim
		checked map[string]CheckedClaim
		view    RewardsView
	}
	told map[string]bool // keepers that have a claim of this node; of the goroutine of look
	wake chan struct{}   // capacity 1
}

func newRewards(n *Node, p chain.Pool) (*rewards, error) {
	r := &rewards{
		node: n, pool: p, terms: *n.cfg.Network.Challenge, cfg: n.cfg.Rewards, log: n.log, every: rewardsEvery, fetch: rewardsFetch, depth: rewardsDepth,
		told: map[string]bool{}, wake: make(chan struct{}, 1),
	}
	r.facts.jobs = map[poc.Hash]market.RewardJob{}
	r.mu.own, r.mu.others, r.mu.jobs = map[uint64]poc.Capability{}, map[string]poc.Capability{}, map[poc.Hash]rewardedJob{}
	r.mu.claims, r.mu.kept, r.mu.checked = map[uint32]ownClaim{}, map[string]keptClaim{}, map[string]CheckedClaim{}
	if !r.cfg.Claim {
		r.mu.view.Reason = "rewards.claim of config.yaml is false"
	}
	return r, n.store.each(tableReward, func(name string, value []byte) error {
		part, rest, _ := strings.Cut(name, "/")
		switch part + "/" {
		case rewardOwn, rewardOther:
			k, err := poc.DecodeCapability(value)
			if err != nil {
				return err
			}
			if part+"/" == rewardOwn {
				r.mu.own[k.Epoch] = *k
			} else {
				r.mu.others[otherKey(*k)] = *k
			}
			return nil
		case rewardJob:
			var id poc.Hash
			if err := id.UnmarshalText([]byte(rest)); err != nil {
				return err
			}
			return into(r.mu.jobs, id, value)
		case rewardClaim:
			var k ownClaim
			if err := poc.Decode(value, &k); err != nil {
				return err
			}
			r.mu.claims[k.Claim.Number] = k
			return nil
		case rewardKept:
			return into(r.mu.kept, rest, value)
		}
		return fmt.Errorf("the record %q of rewards is unknown", name)
	})
}

func into[K comparable, V any](m map[K]V, key K, value []byte) error {
	var v V
	err := poc.Decode(value, &v)
	m[key] = v
	return err
}

func ownKey(epoch uint64) string { return fmt.Sprintf("%s%020d", rewardOwn, epoch) }
func otherKey(k poc.Capability) string {
	return fmt.Sprintf("%s%020d/%s", rewardOther, k.Epoch, k.Peer)
}
func jobKey(job poc.Hash) string         { return rewardJob + job.String() }
func claimKey(number uint32) string      { return fmt.Sprintf("%s%010d", rewardClaim, number) }
func rewardPin(digest poc.Hash) string   { return "reward/" + base58.Encode(digest[:]) }
func evidenceOf(digest poc.Hash) cid.Cid { return poc.HashLink(digest).Cid }

// save makes one record durable.
func (r *rewards) save(key string, v any) error {
	value, err := poc.Encode(v)
	if err != nil {
		return err
	}
	b := r.node.store.batch()
	b.put(tableReward+key, value)
	return b.commit(true)
}

// shown keeps a capability of this node's own.
func (r *rewards) shown(k *poc.Capability) {
	if r == nil || !r.cfg.Claim {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.mu.own) >= 2*market.MaxRewardEpochs { // of a node whose claims do not come through
		first := slices.Min(slices.Collect(maps.Keys(r.mu.own)))
		delete(r.mu.own, first)
		b := r.node.store.batch()
		b.del(tableReward + ownKey(first))
		_ = b.commit(false) // it is read again and dropped again
	}
	if err := r.save(ownKey(k.Epoch), k); err != nil {
		r.log.Error("Capability cannot be stored", "err", err)
		return
	}
	r.mu.own[k.Epoch] = *k
}

// run claims what is due, and beside it looks after others' claims: what somebody does not show is waited for.
func (r *rewards) run(ctx context.Context) error {
	var g errgroup.Group
	g.Go(func() error { r.often(ctx, r.wake, r.look); return nil })
	g.Go(func() error { r.often(ctx, nil, r.watch); return nil })
	return g.Wait()
}

// often looks now and then until ctx ends.
func (r *rewards) often(ctx context.Context, wake <-chan struct{}, look func(context.Context, chain.PoolTerms, []chain.PoolClaim, poc.Time) error) {
	t := time.NewTicker(r.every)
	defer t.Stop()
	for {
		if err := r.once(ctx, look); err != nil && ctx.Err() == nil {
			r.log.Warn("Rewards not looked at", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-t.C:
		}
	}
}

func (r *rewards) once(ctx context.Context, look func(context.Context, chain.PoolTerms, []chain.PoolClaim, poc.Time) error) error {
	ctx, cancel := context.WithTimeout(ctx, rewardsTime)
	defer cancel()
	terms, err := r.pool.PoolTerms(ctx)
	if errors.Is(err, chain.ErrNoPool) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.mu.view.Reason = "the network has rewards, and its chain no pool"
		return nil
	}
	if err != nil {
		return err
	}
	open, err := r.pool.OpenClaims(ctx)
	if err != nil {
		return err
	}
	return look(ctx, terms, open, r.node.chainTime(ctx))
}

// look does what is to be done for this node's own claims.
func (r *rewards) look(ctx context.Context, terms chain.PoolTerms, open []chain.PoolClaim, now poc.Time) error {
	r.delay = terms.Delay
	state, err := r.pool.PoolState(ctx)
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.mu.view.Pool = state
	r.mu.Unlock()
	return errors.Join(r.collect(ctx), r.follow(ctx, open, now), r.draft(ctx, terms, state, open, now))
}

// watch does what is to be done for others' claims.
func (r *rewards) watch(ctx context.Context, terms chain.PoolTerms, open []chain.PoolClaim, now poc.Time) error {
	r.keep(ctx, terms, open, now)
	r.inspect(ctx, terms, open, now)
	return nil
}

// draft makes the next claim durable once enough is due.
func (r *rewards) draft(ctx context.Context, terms chain.PoolTerms, state chain.PoolState, open []chain.PoolClaim, now poc.Time) error {
	if !r.cfg.Claim {
		return nil
	}
	r.mu.Lock()
	drafted := slices.ContainsFunc(slices.Collect(maps.Values(r.mu.claims)), func(k ownClaim) bool { return k.State == RewardDrafted })
	own, others, jobs := slices.Collect(maps.Values(r.mu.own)), slices.Collect(maps.Values(r.mu.others)), maps.Clone(r.mu.jobs)
	r.mu.Unlock()
	if drafted || len(own)+len(others)+len(jobs) == 0 {
		return nil
	}
	height, err := r.node.challenges.chain.Height(ctx)
	if err != nil {
		return err
	}
	epoch, ok := r.terms.EpochAt(height - min(height, r.depth))
	if !ok || r.terms.Begins(epoch) == 0 {
		return nil
	}
	number, from, err := r.pool.Claimed(ctx, r.node.settlement.Account())
	if err != nil {
		return err
	}
	c := market.RewardClaim{
		Version: 1, Network: r.node.network, Account: r.node.settlement.Account(), Peer: r.node.self, Number: number, From: from,
		Through: r.terms.Begins(epoch) - 1, // what comes of this epoch is not all known yet
	}
	if c.Through <= from {
		return nil
	}
	st, err := r.node.settlement.Standing(ctx, c.Account)
	if err != nil {
		return err
	}
	all := c.Through
	facts, err := r.gather(ctx, &c, own, others, jobs)
	if err != nil {
		return err
	}
	c, due, refused := market.DraftRewards(r.node.cfg.Network, r.node.settlement, c, own, others, facts, terms.Room(c.Account, st.Stake, nil))
	for _, err := range refused {
		r.log.Debug("Nothing is due", "for", err)
	}
	r.mu.Lock()
	r.mu.view.Due, r.mu.view.Through, r.mu.view.Reason = due, c.Through, ""
	switch {
	case c.Amount == 0:
		r.mu.view.Reason = "nothing is due"
	case c.Amount < r.cfg.Least && c.Through == all:
		r.mu.view.Reason = fmt.Sprintf("less than %v is due", r.cfg.Least)
	case c.Amount > state.Free:
		r.mu.view.Reason = fmt.Sprintf("the pool has %v that are not claimed", state.Free)
	case c.Amount > terms.Room(c.Account, st.Stake, open):
		r.mu.view.Reason = "the stake stands behind no more than the claims that are open"
	}
	wait := r.mu.view.Reason
	r.mu.Unlock()
	if wait != "" {
		return nil
	}
	return r.propose(ctx, c, due, st.Faults, now)
}

// propose keeps a claim and its document; the next look makes it on chain.
func (r *rewards) propose(ctx context.Context, c market.RewardClaim, due market.Due, faults uint64, now poc.Time) error {
	block, err := c.Sign(r.node.key)
	if err != nil {
		return err
	}
	k := ownClaim{
		Claim: chain.PoolClaim{
			Account: c.Account, Number: c.Number, Through: c.Through, Amount: c.Amount, Document: poc.BlockHash(block),
			Where: rewardsScheme + poc.BlockLink(block).String(),
		},
		Due: due, State: RewardDrafted, Until: now.Add(r.delay), Faults: faults,
	}
	if k.Claim.Signature, err = r.node.settlement.Sign(k.Claim.Statement()); err != nil {
		return err
	}
	gas, err := r.gas(ctx, k.Claim)
	if err != nil {
		return err
	}
	if gas.Cmp(new(big.Int).SetUint64(uint64(c.Amount))) > 0 {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.mu.view.Reason = fmt.Sprintf("a claim has to be worth %d times its gas", r.node.cfg.Claims.Worth)
		return nil
	}
	if err := r.store(ctx, block); err != nil {
		return err
	}
	if err := r.put(k); err != nil {
		return err
	}
	signal(r.wake)
	return nil
}

// gas is what a claim must be for to be worth what it costs to make and to end, in tokens; nothing if gas does not matter or has no price.
func (r *rewards) gas(ctx context.Context, k chain.PoolClaim) (*big.Int, error) {
	pricer, ok := r.node.settlement.(chain.PoolPricer)
	if !ok || r.node.cfg.Claims.Worth == 0 {
		return new(big.Int), nil
	}
	cost, err := pricer.PoolCost(ctx, k)
	if err != nil {
		return nil, err
	}
	return r.node.ops.thrift.least(cost.Lsh(cost, 1)), nil
}

func (r *rewards) put(k ownClaim) error {
	if err := r.save(claimKey(k.Claim.Number), k); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mu.claims[k.Claim.Number] = k
	return nil
}

// follow brings the claims of this node up to what the chain shows.
func (r *rewards) follow(ctx context.Context, open []chain.PoolClaim, now poc.Time) error {
	r.mu.Lock()
	mine := maps.Clone(r.mu.claims)
	r.mu.Unlock()
	var errs []error
	numbers := slices.Sorted(maps.Keys(mine))
	for i, number := range numbers {
		k := mine[number]
		at := slices.IndexFunc(open, func(o chain.PoolClaim) bool {
			return o.Account == k.Claim.Account && o.Number == number && o.Document == k.Claim.Document
		})
		switch {
		case at >= 0 && (k.State != RewardOpen || k.Until != open[at].Until):
			k.State, k.Until, k.Reason = RewardOpen, open[at].Until, ""
			errs = append(errs, r.opened(ctx, k))
		case k.State == RewardDrafted:
			errs = append(errs, r.claim(ctx, k, now))
		case k.State == RewardOpen && now >= k.Until:
			errs = append(errs, r.end(ctx, k, now))
		case k.State == RewardOpen:
			r.spread(ctx, k)
		case now >= k.Until.Add(keepPast) || len(numbers)-i > maxPast:
			b := r.node.store.batch()
			b.del(tableReward + claimKey(number))
			err := b.commit(false)
			if err == nil {
				r.mu.Lock()
				delete(r.mu.claims, number)
				r.mu.Unlock()
			}
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// claim makes a drafted claim on chain. One that an earlier run made is found there, or does nothing.
func (r *rewards) claim(ctx context.Context, k ownClaim, now poc.Time) error {
	_, err := r.pool.ClaimPool(ctx, k.Claim)
	switch {
	case err == nil:
		k.State, k.Until, k.Reason = RewardOpen, now.Add(r.delay), ""
		r.log.Info("Claimed rewards", "number", k.Claim.Number, "amount", k.Claim.Amount, "through", k.Claim.Through)
		signal(r.wake)
		return r.opened(ctx, k)
	case errors.Is(err, chain.ErrRefused) || errors.Is(err, chain.ErrFunds): // another draft follows
		k.State, k.Until, k.Reason = RewardOver, now, inOneLine(err)
		return errors.Join(r.put(k), r.node.host.Content().Unpin(ctx, rewardPin(k.Claim.Document)))
	}
	k.Reason = inOneLine(err) // it is tried again
	return errors.Join(err, r.put(k))
}

func inOneLine(err error) string { return clipText(strings.ReplaceAll(err.Error(), "\n", "; "), 300) }

// opened notes that the chain has a claim, and lets go of what is in it, as its document has it.
func (r *rewards) opened(ctx context.Context, k ownClaim) error {
	value, err := poc.Encode(k)
	if err != nil {
		return err
	}
	b := r.node.store.batch()
	b.put(tableReward+claimKey(k.Claim.Number), value)
	r.mu.Lock()
	defer r.mu.Unlock()
	for epoch := range r.mu.own {
		if r.terms.Begins(epoch) <= k.Claim.Through {
			b.del(tableReward + ownKey(epoch))
		}
	}
	for key, o := range r.mu.others {
		if r.terms.Begins(o.Epoch) <= k.Claim.Through {
			b.del(tableReward + key)
		}
	}
	if err := b.commit(true); err != nil {
		return err
	}
	r.mu.claims[k.Claim.Number] = k
	maps.DeleteFunc(r.mu.own, func(epoch uint64, _ poc.Capability) bool { return r.terms.Begins(epoch) <= k.Claim.Through })
	maps.DeleteFunc(r.mu.others, func(_ string, o poc.Capability) bool { return r.terms.Begins(o.Epoch) <= k.Claim.Through })
	r.mu.view.Due = market.Due{}
	return nil
}

// end has a claim paid whose delay is over.
func (r *rewards) end(ctx context.Context, k ownClaim, now poc.Time) error {
	paid, err := r.pool.EndClaim(ctx, k.Claim.Account, k.Claim.Number)
	if errors.Is(err, chain.ErrTooEarly) {
		return nil
	}
	if err != nil {
		return err
	}
	st, err := r.node.settlement.Standing(ctx, k.Claim.Account)
	if err != nil {
		return err
	}
	clear(r.told)
	k.State, k.Until, k.Paid = RewardOver, now, paid
	switch {
	case paid == 0 && st.Faults > k.Faults:
		k.Reason = "it was dropped, as the account was convicted meanwhile"
	case paid == 0 && st.Stake < k.Claim.Amount:
		k.Reason = "it was dropped, as less was at stake than it was for"
	default: // by this call, or by one before it whose answer was lost
		k.Paid, k.Reason = k.Claim.Amount, "it was paid"
	}
	r.log.Info("A claim of rewards is over", "number", k.Claim.Number, "paid", k.Paid, "why", k.Reason)
	return errors.Join(r.put(k), r.node.host.Content().Unpin(ctx, rewardPin(k.Claim.Document)))
}

// Rewards returns what this node has to do with the network's pool, and false in a network without rewards.
func (n *Node) Rewards() (RewardsView, bool) {
	r := n.rewards
	if r == nil {
		return RewardsView{}, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	v := r.mu.view
	v.Claims, v.Checked, v.Kept = []RewardView{}, slices.Collect(maps.Values(r.mu.checked)), len(r.mu.kept)
	for _, number := range slices.Sorted(maps.Keys(r.mu.claims)) {
		k := r.mu.claims[number]
		v.Claims = append(v.Claims, RewardView{number, k.Claim.Through, k.Claim.Amount, k.Due, k.State, k.Until, k.Paid, k.Reason})
	}
	slices.SortFunc(v.Checked, func(a, b CheckedClaim) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Number, b.Number))
	})
	return v, true
}
