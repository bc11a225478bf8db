package node

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu/challenge"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// testCourt is arbiters on a ledger in memory: whoever is neither side judges, and two signatures decide.
type testCourt struct {
	fake *chain.Fake
	now  func() poc.Time

	mu       sync.Mutex
	arbiters []poc.Account
	cases    []chain.Case // zero ID: over
}

const (
	courtWindow = poc.Millis(10 * 60_000)
	poolDelay   = 2 * courtWindow
)

type testLedger interface {
	chain.Settlement
	chain.Payer
	chain.Clock
	chain.Epochs
	chain.Pool
	chain.Appeals
}

// courted is one account's view of the ledger with arbiters. Some answers of the pool are lost.
type courted struct {
	testLedger
	c    *testCourt
	lose atomic.Int32
	deaf atomic.Bool // the pool answers nothing
}

var errLost = errors.New("the answer is lost")

func (v *courted) lost(err error) error {
	if err == nil && v.lose.Add(-1) >= 0 {
		return errLost
	}
	return err
}

func (v *courted) ClaimPool(ctx context.Context, c chain.PoolClaim) (market.Receipt, error) {
	if v.deaf.Load() {
		return market.Receipt{}, errLost
	}
	r, err := v.testLedger.ClaimPool(ctx, c)
	return r, v.lost(err)
}

func (v *courted) EndClaim(ctx context.Context, a poc.Account, number uint32) (market.Amount, error) {
	if v.deaf.Load() {
		return 0, errLost
	}
	paid, err := v.testLedger.EndClaim(ctx, a, number)
	return paid, v.lost(err)
}

func (v *courted) CourtTerms(context.Context) (chain.CourtTerms, error) {
	return chain.CourtTerms{Window: courtWindow, Quorum: 2}, nil
}

func (v *courted) Cases(context.Context) (out []chain.Case, _ error) {
	v.c.mu.Lock()
	defer v.c.mu.Unlock()
	for _, k := range v.c.cases {
		if k.ID != 0 {
			out = append(out, k)
		}
	}
	return out, nil
}

func (v *courted) Accuse(_ context.Context, a chain.Accusation) (uint64, error) {
	if err := v.Verify(a.Account, poc.Statement{Kind: poc.Revealed, Job: a.Ref.Job, Task: a.Ref.Task, Digest: a.Digest}, a.Signature); err != nil {
		return 0, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	v.c.mu.Lock()
	defer v.c.mu.Unlock()
	id := uint64(len(v.c.cases) + 1)
	v.c.cases = append(v.c.cases, chain.Case{ID: id, Accuser: v.Account(), Accused: a.Account, Ref: a.Ref, Evidence: a.Evidence, Until: v.c.now().Add(courtWindow)})
	return id, nil
}

func (v *courted) Convicted(ctx context.Context, _ poc.TaskRef, a poc.Account) (bool, error) {
	st, err := v.Standing(ctx, a)
	return st.Faults > 0, err
}

func (v *courted) DrawCommittee(_ context.Context, id uint64) error {
	v.c.mu.Lock()
	defer v.c.mu.Unlock()
	k := &v.c.cases[id-1]
	for _, a := range v.c.arbiters {
		if a != k.Accuser && a != k.Accused && !slices.Contains(k.Committee, a) {
			k.Committee = append(k.Committee, a)
		}
	}
	return nil
}

func verdictOf(a poc.Account, id uint64, guilty bool) []byte {
	return fmt.Appendf(nil, "%s %d %v", a, id, guilty)
}

func (v *courted) SignVerdict(id uint64, guilty bool) ([]byte, error) {
	return verdictOf(v.Account(), id, guilty), nil
}

func (v *courted) VerifyVerdict(a poc.Account, id uint64, guilty bool, signature []byte) error {
	if string(signature) != string(verdictOf(a, id, guilty)) {
		return errors.New("another verdict is signed")
	}
	return nil
}

func (v *courted) Decide(_ context.Context, id uint64, guilty bool, signatures map[poc.Account][]byte) error {
	v.c.mu.Lock()
	defer v.c.mu.Unlock()
	k := &v.c.cases[id-1]
	if k.ID == 0 {
		return chain.ErrNoCase
	}
	if guilty && len(signatures) >= 2 {
		v.c.fake.Convict(k.Ref, k.Accused, k.Accuser)
	}
	k.ID = 0
	return nil
}

func (v *courted) LapseCase(context.Context, uint64) error { return nil }

func (v *courted) JoinArbiters(context.Context) error {
	v.c.mu.Lock()
	defer v.c.mu.Unlock()
	if !slices.Contains(v.c.arbiters, v.Account()) {
		v.c.arbiters = append(v.c.arbiters, v.Account())
	}
	return nil
}

func (v *courted) CollectFees(context.Context) (market.Amount, error) { return 0, nil }

// rewardCluster is nodes that are challenged and rewarded, on a ledger with a pool and arbiters whose clock can be moved.
type rewardCluster struct {
	*cluster
	terms *market.Challenges
	ahead atomic.Int64 // ms
	court *testCourt
	views []*courted
	block byte
}

func newRewardCluster(t *testing.T, n int, change func(i int, tn *testNode)) *rewardCluster {
	c := &rewardCluster{cluster: &cluster{t: t, net: testNetwork()}}
	c.net.Chain, c.net.ClaimTurn = "fake", 500
	c.terms = &market.Challenges{
		Blocks: 64, Unit: challenge.LeastUnit, Floor: poc.Capacity{Memory: 1 << 30, Speed: 1e12},
		Terms: poc.ChallengeParams{Cohort: 3, Quorum: 2, Work: 150_000, Slack: 149_999, Judge: 600_000},
	}
	c.net.Challenge = c.terms
	c.net.Rewards = &market.Rewards{Uptime: 100_000 * market.NLOV, UptimeMost: 100_000 * market.NLOV, Participation: 2 * market.NLOV, Completion: 5_000}
	now := func() poc.Time { return poc.Time(time.Now().UnixMilli() + c.ahead.Load()) }
	balances := map[poc.Account]market.Amount{}
	for i := range n {
		balances[account(i)] = testFunds
	}
	c.fake = chain.NewFake(chain.FakeConfig{
		FeeBps: testFee, MinStake: c.net.MinStake, SlashBps: 1000, RewardBps: 1000, Treasury: treasury, Balances: balances, Now: now,
		Pool: chain.PoolTerms{Delay: poolDelay, Most: 1000 * market.NLOV}, Court: chain.CourtTerms{Window: courtWindow, Quorum: 2},
	})
	c.court = &testCourt{fake: c.fake, now: now}
	c.open = func(i int) chain.Settlement {
		v := &courted{testLedger: c.fake.As(account(i)).(testLedger), c: c.court}
		c.views = append(c.views, v)
		return v
	}
	c.launch(n, func(i int, tn *testNode) {
		tn.cfg.Provider.Capacity = poc.Capacity{Memory: 2 * challenge.LeastUnit, Speed: 120_000}
		tn.cfg.Rewards.Least, tn.cfg.Stake = 1, 1000*market.NLOV
		tn.cfg.Court = Court{Arbiter: true, Accuse: true}
		tn.instead = challenged{}
		if change != nil {
			change(i, tn)
		}
	})
	t.Cleanup(c.conserved)
	t.Cleanup(c.halt)
	_, err := c.views[0].FundPool(t.Context(), 10_000*market.NLOV)
	require.NoError(t, err)
	return c
}

// reach moves the ledger on to a block.
func (c *rewardCluster) reach(block uint64) {
	for ; ; c.block++ {
		h, err := c.views[0].Height(c.t.Context())
		require.NoError(c.t, err)
		if h >= block {
			return
		}
		_, err = c.fake.As(treasury).Submit(c.t.Context(), market.Register{Peer: poc.PeerID{1, c.block}})
		require.NoError(c.t, err)
	}
}

// vouched has all nodes challenged, and waits until they know all that they are owed for it.
func (c *rewardCluster) vouched() {
	c.until(func() bool {
		for _, tn := range c.nodes {
			tn.challenges.mu.Lock()
			first := tn.challenges.mu.epochs[0]
			tn.challenges.mu.Unlock()
			if tn.challenges.capacity.Load() == nil || first == nil {
				return false
			}
		}
		return true
	}, "claims at every node")
	c.reach(c.terms.Begins(1))
	c.until(func() bool {
		others := 0
		for _, tn := range c.nodes {
			if v, _ := tn.Challenge(); v.Epoch != 1 || v.Capacity == nil {
				return false
			}
			if tn.cfg.Rewards.Claim {
				tn.rewards.mu.Lock()
				others += len(tn.rewards.mu.others)
				tn.rewards.mu.Unlock()
			}
		}
		return others == c.owed()
	}, "everybody's vouches")
}

// owed is how many vouches those give who claim.
func (c *rewardCluster) owed() (n int) {
	tn := c.nodes[0]
	e, _ := tn.challenges.recent(1)
	for _, provider := range c.nodes {
		for _, w := range e.roster.Witnesses(e.beacon, 1, provider.self, int(c.terms.Terms.Cohort)) {
			if i := slices.IndexFunc(c.nodes, func(tn *testNode) bool { return tn.self == w }); c.nodes[i].cfg.Rewards.Claim {
				n++
			}
		}
	}
	return n
}

// claims returns those of a node.
func claimsOf(tn *testNode) []RewardView {
	v, _ := tn.Rewards()
	return v.Claims
}

func (c *rewardCluster) claimed(tn *testNode, state RewardState) RewardView {
	c.t.Helper()
	c.until(func() bool { k := claimsOf(tn); return len(k) > 0 && k[0].State == state }, fmt.Sprintf("a claim that is %s", state))
	return claimsOf(tn)[0]
}

// TestRewards: honest nodes get exactly what is due, over lost answers and crashes and though one of them goes away; who claims an epoch that it
// does not have, and who shows nothing, are convicted and get nothing.
func TestRewards(t *testing.T) {
	t.Parallel()
	const owner, away, careful, liar, silent, late = 0, 1, 2, 3, 4, 5
	c := newRewardCluster(t, 6, func(i int, tn *testNode) {
		patient(i, tn)
		tn.cfg.Rewards.Claim = i != liar && i != silent
	})
	c.vouched()
	o := c.nodes[owner]
	s, want := o.draft(2)
	s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3}
	id := c.submit(o, s)
	v := o.wait(id, "its end", over)
	c.check(o, v, want)
	pays := c.paid(v)
	c.until(func() bool { // what is over on every node is known to be
		for _, tn := range c.nodes {
			if v, err := tn.Job(t.Context(), id); err == nil && !over(v) {
				return false
			}
		}
		return true
	}, "the job's end at every node")

	again := func() {
		c.crash(c.nodes[careful])
		c.nodes[careful].start()
	}
	again()
	c.nodes[late].stop()
	c.views[careful].deaf.Store(true)
	c.reach(c.terms.Begins(2))
	c.claimed(c.nodes[careful], RewardDrafted)
	again()
	c.views[careful].lose.Store(1) // the answer to its claim
	c.views[careful].deaf.Store(false)

	// Of two liars one shows a document, with what was not vouched for in it.
	through := c.terms.Begins(2) - 1
	bad := c.nodes[liar]
	raw, err := bad.store.get(capabilityKey)
	require.NoError(t, err)
	own, err := poc.DecodeCapability(raw)
	require.NoError(t, err)
	doc := market.RewardClaim{
		Version: 1, Network: bad.network, Account: bad.account, Peer: bad.self, Through: through, Amount: 24 * market.NLOV, Own: []poc.Capability{*own},
	}
	doc.Own[0].Capacity.Speed *= 2
	block, err := doc.Sign(bad.key)
	require.NoError(t, err)
	_, err = bad.Content().PutBlock(t.Context(), block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	for i, digest := range map[int]poc.Hash{liar: poc.BlockHash(block), silent: {1}} {
		k := chain.PoolClaim{Account: account(i), Through: through, Amount: doc.Amount, Document: digest}
		k.Signature, err = c.views[i].Sign(k.Statement())
		require.NoError(t, err)
		_, err = c.views[i].ClaimPool(t.Context(), k)
		require.NoError(t, err)
	}

	var due []market.Due
	for i, tn := range c.nodes[:liar] {
		k := c.claimed(tn, RewardOpen)
		require.Equal(t, 12*market.NLOV, k.Due.Uptime)
		require.Equal(t, pays[account(i)]/100/2, k.Due.Completion)
		require.Equal(t, k.Due.Sum(), k.Amount)
		due = append(due, k.Due)
	}
	again()
	require.Zero(t, due[owner].Completion)

	convicted := func(i int) {
		t.Helper()
		c.until(func() bool {
			st, err := c.views[0].Standing(t.Context(), account(i))
			require.NoError(t, err)
			return st.Faults == 1
		}, "a conviction")
	}
	convicted(liar)

	// One goes away once a witness has what shows its claim. Who comes later gets it from there.
	c.until(func() bool {
		return slices.ContainsFunc(c.nodes[:late], func(tn *testNode) bool {
			tn.rewards.mu.Lock()
			defer tn.rewards.mu.Unlock()
			return tn.rewards.mu.kept[refOf(account(away), 0)].Have
		})
	}, "a witness that keeps the documents")
	c.nodes[away].stop()
	c.nodes[late].start()
	c.until(func() bool {
		v, _ := c.nodes[late].Rewards()
		return slices.ContainsFunc(v.Checked, func(k CheckedClaim) bool { return k.Account == account(away) && k.Final && k.Result == "it is right" })
	}, "a check of the claim of who is away")

	c.ahead.Add(int64(2 * poolDelay / 5)) // nobody shows the other document
	c.until(func() bool {
		cases, err := c.views[0].Cases(t.Context())
		return err == nil && slices.ContainsFunc(cases, func(k chain.Case) bool { return k.Accused == account(silent) })
	}, "a case about who shows nothing")
	c.ahead.Add(int64(courtWindow / 2))
	convicted(silent)

	c.views[careful].deaf.Store(true)
	c.ahead.Add(int64(poolDelay))
	again()
	c.views[careful].lose.Store(1) // the answer to the end of it
	c.views[careful].deaf.Store(false)
	c.nodes[away].start()
	for i, tn := range c.nodes[:liar] {
		k := c.claimed(tn, RewardOver)
		require.Equal(t, []any{due[i].Sum(), "it was paid"}, []any{k.Paid, k.Reason}, "node %d", i)
	}
	for _, i := range []int{liar, silent} {
		paid, err := c.views[0].EndClaim(t.Context(), account(i), 0)
		require.NoError(t, err)
		require.Zero(t, paid)
	}
	c.until(func() bool { // the chain pays who came later before that node knows it
		state, err := c.views[0].PoolState(t.Context())
		require.NoError(t, err)
		paid := due[owner].Sum() + due[away].Sum() + due[careful].Sum()
		if later := claimsOf(c.nodes[late]); len(later) > 0 && later[0].State == RewardOver {
			paid += later[0].Paid
		}
		return state.Holds == 10_000*market.NLOV-paid
	}, "a pool that has paid what is due and nothing else")
}

// TestRewardsOnChain: the same with the real contracts: who was vouched for is paid after the delay, and arbiters drawn on chain convict who
// claims more than that.
func TestRewardsOnChain(t *testing.T) {
	t.Parallel()
	const honest, liar, first, nodes = 0, 1, 2, 7
	terms := &market.Challenges{
		Blocks: 1_000, Unit: challenge.LeastUnit, Floor: poc.Capacity{Memory: 1 << 30, Speed: 1_000}, // far more blocks than the nodes take to start
		Terms: poc.ChallengeParams{Cohort: 3, Quorum: 2, Work: 150_000, Slack: 149_999, Judge: 600_000},
	}
	c := newChainCluster(t, nodes, func(i int, tn *testNode) {
		tn.cfg.Network.Challenge = terms
		tn.cfg.Network.Rewards = &market.Rewards{Uptime: 100_000 * market.NLOV, UptimeMost: 100_000 * market.NLOV, Participation: market.NLOV}
		tn.cfg.Provider.Enabled = i < first
		tn.cfg.Provider.Capacity = poc.Capacity{Memory: 2 * challenge.LeastUnit, Speed: 120_000}
		tn.cfg.Rewards = Rewards{Claim: i == honest, Least: 12 * market.NLOV}
		tn.cfg.Court = Court{Arbiter: i >= first, Accuse: i == honest}
		tn.cfg.Claims = Claims{Worth: 1_000_000, Native: 1_000_000_000 * market.NLOV}
		tn.instead = challenged{}
	})
	for _, tn := range c.nodes[first:] {
		c.until(func() bool { return tn.court.trouble() != "" }, "its being no arbiter yet")
		require.NoError(t, c.verifier.SetVerified(t.Context(), tn.account, true))
	}
	for _, tn := range c.nodes {
		c.until(func() bool { _, again := tn.challenges.recent(0); return tn.court.trouble() == "" && !again }, "its being ready")
	}
	_, err := c.clients[honest].FundPool(t.Context(), 100*market.NLOV)
	require.NoError(t, err)
	reach := func(block uint64) {
		for c.dev.Height() < block {
			require.NoError(t, c.dev.Skip(t.Context(), time.Millisecond))
		}
	}
	c.until(func() bool {
		return c.nodes[honest].challenges.capacity.Load() != nil && c.nodes[liar].challenges.capacity.Load() != nil
	}, "claims of speed")
	reach(terms.Begins(1))
	for _, tn := range c.nodes[:first] {
		c.until(func() bool { v, _ := tn.Challenge(); return v.Capacity != nil }, "vouches")
	}
	before := c.balance(honest)
	reach(terms.Begins(2))
	bad := c.nodes[liar]
	raw, err := bad.store.get(capabilityKey)
	require.NoError(t, err)
	own, err := poc.DecodeCapability(raw)
	require.NoError(t, err)
	own.Capacity.Speed *= 2
	k := chain.PoolClaim{Account: bad.account, Through: terms.Begins(2) - 1, Amount: 24 * market.NLOV}
	doc := market.RewardClaim{Version: 1, Network: bad.network, Account: bad.account, Peer: bad.self, Through: k.Through, Amount: k.Amount, Own: []poc.Capability{*own}}
	block, err := doc.Sign(bad.key)
	require.NoError(t, err)
	_, err = bad.Content().PutBlock(t.Context(), block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	k.Document = poc.BlockHash(block)
	k.Signature, err = c.clients[liar].Sign(k.Statement())
	require.NoError(t, err)
	_, err = c.clients[liar].ClaimPool(t.Context(), k)
	require.NoError(t, err)

	// A claim waits as long as it is not worth its gas.
	c.until(func() bool {
		v, _ := c.nodes[honest].Rewards()
		return v.Reason == "a claim has to be worth 1000000 times its gas"
	}, "a reason not to claim")
	require.Empty(t, claimsOf(c.nodes[honest]))
	c.nodes[honest].stop()
	c.nodes[honest].cfg.Claims.Native = market.NLOV
	c.nodes[honest].start()

	claim := func(state RewardState) (k RewardView) {
		c.until(func() bool {
			own := claimsOf(c.nodes[honest])
			if len(own) > 0 {
				k = own[0]
			}
			return k.State == state
		}, "a claim that is "+string(state))
		return k
	}
	open := claim(RewardOpen)
	require.Equal(t, []any{12 * market.NLOV, open.Due.Sum()}, []any{open.Due.Uptime, open.Amount})
	c.until(func() bool {
		convicted, err := c.verifier.Convicted(t.Context(), poc.TaskRef{}, bad.account)
		require.NoError(t, err)
		return convicted
	}, "a conviction")
	c.until(func() bool {
		cases := c.nodes[honest].court.views(nil)
		return len(cases) == 1 && cases[0].State == CaseOver
	}, "the end of the case")
	require.Contains(t, c.nodes[honest].court.views(nil)[0].String(), fmt.Sprintf("case 1 about claim 0 of %s for rewards, brought by this node, is over: the accused is convicted", bad.account))
	require.NoError(t, c.dev.Skip(t.Context(), 2*time.Hour))
	paid := claim(RewardOver)
	require.Equal(t, []any{open.Amount, "it was paid"}, []any{paid.Paid, paid.Reason})
	require.Equal(t, before+open.Amount+20*market.NLOV, c.balance(honest), "and the reward for the conviction, with the deposit back")
	none, err := c.clients[liar].EndClaim(t.Context(), bad.account, 0)
	require.NoError(t, err)
	require.Zero(t, none)
}
