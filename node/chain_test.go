package node

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu/challenge"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// chainCluster is whole nodes on a dev chain with the real contracts.
type chainCluster struct {
	*cluster
	dev      *devchain.Chain
	verifier *evm.Client
	clients  []*evm.Client
	terms    evm.DeployConfig
}

func newChainCluster(t *testing.T, n int, change func(i int, tn *testNode)) *chainCluster {
	ctx := t.Context()
	dev, err := devchain.Start(ctx, devchain.Config{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, dev.Close()) })
	cfg := dev.DeployConfig()
	hour := poc.Millis(time.Hour.Milliseconds()) // far more than a test takes; it moves the clock
	cfg.Batch.Window, cfg.Arbiters.Window, cfg.Unbonding, cfg.Governance.Timelock, cfg.Rewards.Delay = hour, hour, 3*hour, 6*hour, 2*hour
	contracts, err := evm.Deploy(ctx, dev.WSURL(), dev.FaucetKey(), cfg)
	require.NoError(t, err)
	c := &chainCluster{cluster: &cluster{t: t, net: testNetwork()}, dev: dev, terms: cfg}
	c.net.ClaimTurn = 500
	dial := func(k *ecdsa.PrivateKey) *evm.Client {
		client, err := evm.Dial(ctx, evm.Config{URL: dev.WSURL(), Key: k, Contracts: contracts, Log: discard()})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, client.Close()) })
		return client
	}
	c.verifier = dial(dev.FaucetKey())
	var accounts []poc.Account
	for i := range n {
		k, err := crypto.ToECDSA(crypto.Keccak256(fmt.Appendf(nil, "account %d of %s", i, t.Name())))
		require.NoError(t, err)
		c.clients = append(c.clients, dial(k))
		accounts = append(accounts, c.clients[i].Account())
	}
	require.NoError(t, evm.Fund(ctx, dev.WSURL(), dev.FaucetKey(), contracts, accounts, 1000*market.NLOV, big.NewInt(1e18)))
	c.net.Chain = c.verifier.Chain()
	c.open = func(i int) chain.Settlement { return c.clients[i] }
	c.launch(n, change)
	t.Cleanup(c.halt) // before the clients
	return c
}

func (c *chainCluster) balance(i int) market.Amount {
	c.t.Helper()
	n, _, err := c.clients[i].Balance(c.t.Context(), c.clients[i].Account())
	require.NoError(c.t, err)
	return n
}

// Two workers differ, so nothing is certified and nothing on chain contradicts the liar. A node that knows brings it before arbiters; these
// run one command again and convict it, with no word of anybody else. All of them are restarted in between.
func TestArbitersConvict(t *testing.T) {
	t.Parallel()
	t.Run("a task", func(t *testing.T) { testArbiters(t, 1, 0, (*testNode).floatDraft) })
	t.Run("a unit of several", func(t *testing.T) { testArbiters(t, 2*7+2, 1, (*testNode).unitDraft) })
}

func testArbiters(t *testing.T, wrong int, unit uint32, draft func(tn *testNode, p poc.Policy) market.Spec) {
	t.Parallel()
	const owner, honest, liar, first, nodes = 0, 1, 2, 3, 8
	c := newChainCluster(t, nodes, func(i int, tn *testNode) {
		differing(tn, 0)
		if i == liar {
			differing(tn, wrong)
		}
		tn.cfg.Provider.Enabled = i == honest || i == liar
		tn.cfg.Court = Court{Arbiter: i >= first, Accuse: i == honest}
		if i >= first {
			tn.referee = &heldRunner{Runner: evalRunner{}, open: make(chan struct{})}
		}
	})
	for _, tn := range c.nodes[first:] {
		c.until(func() bool { return tn.court.trouble() != "" }, "its being no arbiter yet")
		require.NoError(t, c.verifier.SetVerified(t.Context(), tn.account, true))
	}
	for _, tn := range c.nodes[first:] {
		c.until(func() bool { return tn.court.trouble() == "" }, "its being an arbiter")
	}
	before := c.balance(honest)
	o := c.nodes[owner]
	id := c.submit(o, draft(o, poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 2}))
	accuser := c.nodes[honest]
	opened := func() bool {
		cases := accuser.court.views(&id)
		return len(cases) == 1 && cases[0].State == CaseOpen
	}
	c.until(opened, "a case")
	for _, tn := range c.nodes[first:] {
		c.until(func() bool { return len(tn.court.views(&id)) == 1 }, "a seat in the committee")
	}
	c.crash(c.nodes[honest:]...)
	for _, tn := range c.nodes[first:] {
		tn.referee = decider{evalRunner{}} // one command is enough
	}
	for _, tn := range c.nodes[honest:] {
		tn.start()
	}
	ref, accused := poc.TaskRef{Job: id, Task: unit}, c.nodes[liar].account
	c.until(func() bool {
		convicted, err := c.verifier.Convicted(t.Context(), ref, accused)
		require.NoError(t, err)
		return convicted
	}, "a conviction")
	st, err := c.verifier.Standing(t.Context(), accused)
	require.NoError(t, err)
	require.Equal(t, []any{uint64(1), market.Amount(0)}, []any{st.Faults, st.Stake})
	for _, e := range o.wait(id, "pay", func(v market.View) bool { return v.Settled == v.Certified }).History {
		for _, p := range e.Receipt.Pays {
			if p.Account == accuser.account {
				before += p.Amount
			}
		}
	}
	require.Equal(t, before+20*market.NLOV, c.balance(honest), "a fifth of its stake, and the deposit back")
	over := func(tn *testNode) string {
		var last CaseView
		c.until(func() bool {
			cases := tn.court.views(&id)
			if len(cases) == 1 {
				last = cases[0]
			}
			return last.State == CaseOver
		}, "the end of the case")
		return last.String()
	}
	want := fmt.Sprintf("case 1 about what %s signed for task %d, brought by this node, is over: the accused is convicted", accused, unit)
	require.Equal(t, want, over(accuser))
	v, err := accuser.Job(t.Context(), id)
	require.NoError(t, err)
	require.Contains(t, v.Explain, want)
	for _, tn := range c.nodes[first:] {
		require.Contains(t, over(tn), "judged by this node, is over: the accused is convicted")
	}
	c.judgeOthers(accuser, ref, v)
	require.Eventually(t, func() bool { // four or five of them have signed
		sum := market.Amount(0)
		for i := first; i < nodes; i++ {
			sum += c.balance(i) - 900*market.NLOV
		}
		return sum == c.terms.Arbiters.Deposit
	}, testTimeout, 20*time.Millisecond)
}

// forgetful is an account's view through an endpoint that has no old states.
type forgetful struct{ *evm.Client }

func (forgetful) Beacon(context.Context, poc.Hash, poc.Hash, market.Seating) (market.Beacon, error) {
	return market.Beacon{}, errors.New("the state is gone")
}

// Jobs that nobody claims, as gas is dear, are settled together by the nodes themselves: one posts a batch and publishes its rewards, the
// others fetch and check them, and everybody withdraws. Then they claim what the network pays for jobs that are completed, though they cannot read the beacons any more; who can finds their claims right.
func TestWholeNodesSettleInBatches(t *testing.T) {
	t.Parallel()
	const owner, workers, jobs = 0, 3, 2
	terms := &market.Challenges{
		Blocks: 400, Unit: challenge.LeastUnit, Floor: poc.Capacity{Memory: 1 << 30, Speed: 1e12},
		Terms: poc.ChallengeParams{Cohort: 3, Quorum: 2, Work: 150_000, Slack: 149_999, Judge: 600_000},
	}
	c := newChainCluster(t, 1+workers, func(i int, tn *testNode) {
		patient(i, tn)
		tn.cfg.Network.Challenge, tn.cfg.Network.Rewards = terms, &market.Rewards{Completion: 5_000}
		tn.cfg.Rewards = Rewards{Claim: i != owner, Least: 1}
		tn.cfg.Court.Accuse = true
		tn.cfg.Provider.Capacity = poc.Capacity{Memory: 2 * challenge.LeastUnit, Speed: 120_000}
		tn.instead = challenged{fakes: true} // nobody is vouched for
		tn.cfg.Provider.Enabled = i != owner
		tn.cfg.Network.SettleGrace = 4 * poc.Millis(time.Hour.Milliseconds()) // a batch takes three windows of an hour
		tn.cfg.Claims = Claims{Worth: 1_000, Native: 1_000_000 * market.NLOV}
	})
	o := c.nodes[owner]
	var before, earned []market.Amount
	for i := range c.clients {
		before, earned = append(before, c.balance(i)), append(earned, 0)
	}
	var ids []poc.Hash
	for range jobs {
		s, _ := o.draft(2)
		s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3}
		ids = append(ids, c.submit(o, s))
	}
	for _, id := range ids {
		for i, tn := range c.nodes {
			v := tn.wait(id, "all certificates, as wide as they get", func(v market.View) bool {
				return !slices.ContainsFunc(v.Tasks, func(t market.TaskView) bool {
					return t.Certificate == nil || i != owner && len(t.Certificate.Payees(2)) < workers
				})
			})
			if i == owner {
				continue
			}
			for _, task := range v.Tasks {
				for seat, s := range v.Seats {
					if s.Account == tn.account && slices.Contains(task.Certificate.Payees(2), uint8(seat)) {
						earned[i] += s.Ask
					}
				}
			}
		}
	}
	var poster *testNode
	c.until(func() bool { // its claims came to nothing
		i := slices.IndexFunc(c.nodes[1:], func(tn *testNode) bool {
			tn.ops.batches.mu.Lock()
			defer tn.ops.batches.mu.Unlock()
			return len(tn.ops.batches.mu.waiting) == jobs
		})
		if i >= 0 {
			poster = c.nodes[1+i]
		}
		return i >= 0
	}, "claims that wait")
	poster.ops.batches.look(t.Context())
	p, err := c.verifier.Batch(t.Context(), 1)
	require.NoError(t, err)
	require.Equal(t, evm.BatchUnknown, p.State, "gas is too dear for that, too")
	cheap := *poster.ops.thrift // for batches only: it must not claim meanwhile
	cheap.Native = 1
	poster.ops.batches.thrift = &cheap
	c.until(func() bool { // as nodes do, again and again
		poster.ops.batches.look(t.Context())
		p, err = c.verifier.Batch(t.Context(), 1)
		return err == nil && p.State == evm.BatchOpen
	}, "a batch")
	require.Equal(t, poster.account, p.Poster)
	for _, tn := range c.nodes[1:] {
		tn.ops.batches.look(t.Context())
		require.Contains(t, tn.Content().Pins(), batchPin(1), "it was published and fetched")
	}
	p, err = c.verifier.Batch(t.Context(), 1)
	require.NoError(t, err)
	require.Zero(t, p.Doubts)
	require.NoError(t, c.dev.Skip(t.Context(), time.Hour))
	for _, tn := range c.nodes[1:] {
		tn.ops.batches.look(t.Context())
	}
	for i, tn := range c.nodes[1:] {
		require.Positive(t, earned[1+i])
		require.Equal(t, before[1+i]+earned[1+i], c.balance(1+i), "worker %d", i)
		for _, id := range ids {
			tn.wait(id, "its end", over)
		}
	}
	for _, id := range ids {
		v := o.wait(id, "its end", over)
		require.Equal(t, market.Done, v.State, "%v", v.Explain)
		require.Equal(t, "batch", v.History[len(v.History)-1].Kind)
	}

	_, err = c.clients[owner].FundPool(t.Context(), 100*market.NLOV)
	require.NoError(t, err)
	for _, tn := range c.nodes[1:] {
		c.until(func() bool {
			tn.rewards.mu.Lock()
			defer tn.rewards.mu.Unlock()
			return len(tn.rewards.mu.jobs) == jobs
		}, "evidence of what is over")
		tn.stop()
		tn.cfg.Claims.Native = 1
		tn.settlement = forgetful{tn.settlement.(*evm.Client)}
		tn.start()
	}
	for next, _ := terms.EpochAt(c.dev.Height()); c.dev.Height() < terms.Begins(next+1)+rewardsDepth; {
		require.NoError(t, c.dev.Skip(t.Context(), time.Millisecond))
	}
	for i, tn := range c.nodes[1:] {
		var k RewardView
		c.until(func() bool {
			claims := claimsOf(tn)
			if len(claims) > 0 {
				k = claims[0]
			}
			return k.State == RewardOpen
		}, "a claim")
		require.Equal(t, market.Due{Completion: k.Amount}, k.Due)
		require.InDelta(t, float64(earned[1+i]/100/2), float64(k.Amount), 2*jobs, "half of the fee on what it earned, rounded down for each job")
	}
	c.until(func() bool {
		right := 0
		v, _ := o.Rewards()
		for _, k := range v.Checked {
			if k.Final {
				require.Equal(t, "it is right", k.Result)
				right++
			}
		}
		return right == workers
	}, "checks of all claims")
}

// judgeOthers has a node judge what is not so: an honest answer, and evidence that is not what it says.
func (c *chainCluster) judgeOthers(tn *testNode, ref poc.TaskRef, v market.View) {
	t := c.t
	ctx := t.Context()
	k, ok := tn.court.get((&courtCase{Accusation: chain.Accusation{Ref: ref, Account: tn.court.views(&ref.Job)[0].Accused}}).key())
	require.True(t, ok)
	doc, err := tn.Content().GetBlock(ctx, poc.HashLink(k.Accusation.Evidence).Cid, poc.MaxDocument)
	require.NoError(t, err)
	var e evidence
	require.NoError(t, poc.Decode(doc, &e))
	require.NotNil(t, e.Step)
	reveals := map[bool]poc.Reveal{} // by whether they are right
	for _, s := range tn.disputes.of(v)[0].Sides {
		m, err := poc.UnmarshalMessage(s.Reveal)
		require.NoError(t, err)
		reveals[!s.Wrong] = m.(poc.Reveal)
	}
	judged := func(r poc.Reveal, step *stepProof, accused poc.Account) (bool, string) {
		a, err := tn.court.prepareEvidence(ctx, r, step)
		require.NoError(t, err)
		guilty, why, err := tn.court.judge(ctx, chain.Case{Accuser: tn.account, Accused: accused, Ref: ref, Evidence: a.Evidence})
		require.NoError(t, err)
		return guilty, why
	}
	for _, step := range []*stepProof{nil, e.Step} {
		guilty, why := judged(reveals[true], step, reveals[true].Account)
		require.False(t, guilty)
		require.Contains(t, why, "computes what the accused signed")
	}
	guilty, why := judged(reveals[false], nil, reveals[false].Account)
	require.True(t, guilty, why)
	guilty, why = judged(reveals[false], e.Step, reveals[true].Account)
	require.False(t, guilty)
	require.Contains(t, why, "no signed result of the accused")

	var runs []market.Run
	require.NoError(t, tn.loop.ask(ctx, func(m *market.Machine) { runs, _ = m.Executions(ref) }))
	for name, change := range map[string]func(s *stepProof){
		"has not told it": func(s *stepProof) { s.Signature = append([]byte{s.Signature[0] ^ 1}, s.Signature[1:]...) },
		"no such command": func(s *stepProof) { s.Mark = 1 << 20 },
		"memory":          func(s *stepProof) { s.Memory = nil },
		"of the accused":  func(s *stepProof) { s.Peer = tn.Peer() },
		"state after the s": func(s *stepProof) {
			var p poc.FaultProof
			require.NoError(t, poc.Decode(s.Fault, &p))
			p.After[0] ^= 1
			s.Fault = poc.MustEncode(p)
		},
		"of a unit, or of none": func(s *stepProof) {
			var p poc.FaultProof
			require.NoError(t, poc.Decode(s.Fault, &p))
			if p.Member != nil {
				p.Member.Result.Outputs[0].Size++
			} else {
				m := poc.ProveMember([]poc.Result{p.Reveal.Result, p.Reveal.Result}, 1)
				p.Member = &m
			}
			s.Fault = poc.MustEncode(p)
		},
		"is told of another task": func(s *stepProof) {
			var p poc.FaultProof
			require.NoError(t, poc.Decode(s.Fault, &p))
			p.Member = nil
			if len(runs) == 1 {
				p.Segments++
			}
			s.Fault = poc.MustEncode(p)
		},
	} {
		step := *e.Step
		change(&step)
		wrong, err := tn.court.checkStep(ctx, reveals[false], &step, runs, nil)
		require.Error(t, err, name)
		require.False(t, wrong, name)
	}
	step := *e.Step
	step.Mark = 0
	wrong, err := tn.court.checkStep(ctx, reveals[false], &step, runs, nil)
	require.NoError(t, err)
	require.False(t, wrong, "what it told of that is right")
}

// An owner's ring has a quorum of the panel and certifies what it likes, so its member that computed right is convicted. With the real contracts it appeals, and
// arbiters, who compute the unit on their own devices as it is beyond the evaluator's bounds, acquit it: it has its stake back to the last unit and its deposit,
// and its reporter and all who revealed what was certified lose theirs.
func TestAppealOnChain(t *testing.T) {
	t.Parallel()
	const owner, ring, honest, first, nodes = 0, 1, 4, 5, 10
	c := newChainCluster(t, nodes, func(i int, tn *testNode) {
		differing(tn, 0)
		tn.bound = 1
		if ring <= i && i < honest {
			differing(tn, 1)
		}
		tn.cfg.Provider.Enabled = i >= ring
		if i >= first {
			tn.cfg.Court.Arbiter = true
			tn.cfg.Provider.Floor = 10 * market.NLOV // too dear for the job
		}
	})
	for _, tn := range c.nodes[first:] {
		c.until(func() bool { return tn.court.trouble() != "" }, "its being no arbiter yet")
		require.NoError(t, c.verifier.SetVerified(t.Context(), tn.account, true))
	}
	for _, tn := range c.nodes[first:] {
		c.until(func() bool { return tn.court.trouble() == "" }, "its being an arbiter")
	}
	standing := func(i int) market.Standing {
		s, err := c.verifier.Standing(t.Context(), c.nodes[i].account)
		require.NoError(t, err)
		return s
	}
	convictions := func() []chain.Conviction {
		all, err := c.verifier.Convictions(t.Context())
		require.NoError(t, err)
		return all
	}
	o, victim, stake, before := c.nodes[owner], c.nodes[honest], standing(honest).Stake, c.balance(honest)
	id := c.submit(o, o.chainDraft(poc.Policy{Replicas: 4, Quorum: 3, MaxReplicas: 4}))
	c.until(func() bool { return standing(honest).Faults == 1 }, "a conviction")
	require.Zero(t, standing(honest).Stake)
	reporter := convictions()[0].Reporter
	c.until(func() bool { of := appealsOf(victim, id); return len(of) == 1 && of[0].State == CaseOver }, "the end of its appeal")
	require.Equal(t, "case 1, this node's appeal about what this node signed for task 0, is over: "+reasonUndone, appealsOf(victim, id)[0].String())
	require.Equal(t, []any{stake, uint64(0)}, []any{standing(honest).Stake, standing(honest).Faults}, "exactly as before")
	require.GreaterOrEqual(t, c.balance(honest), before+market.NLOV, "the reporter's stake paid for its costs")
	for i := ring; i < honest; i++ {
		want := []any{market.Amount(0), uint64(1)}
		if c.nodes[i].account == reporter {
			want = []any{market.Amount(0), uint64(2)}
		}
		require.Equal(t, want, []any{standing(i).Stake, standing(i).Faults}, "node %d", i)
	}
	c.until(func() bool { return len(convictions()) == 0 }, "the end of the others' appeals, who have nothing to show")
	for i := ring; i < honest; i++ {
		require.Positive(t, standing(i).Faults)
	}
	c.until(func() bool {
		v, err := victim.Job(t.Context(), id)
		require.NoError(t, err)
		kept := market.Convictions(v.History)
		return len(kept) == honest-ring && !slices.ContainsFunc(kept, func(e market.Entry) bool { return e.Account == victim.account })
	}, "a history in which it is not convicted")
}

// A liar that appeals and stands by what it signed loses before the real contracts, too: its deposit, and its stake for good.
func TestLiarsAppealOnChain(t *testing.T) {
	t.Parallel()
	const owner, liar, first, nodes = 0, 4, 5, 10
	c := newChainCluster(t, nodes, func(i int, tn *testNode) {
		differing(tn, 0)
		if i == liar {
			tn.cfg.Fault = FaultLie
		}
		tn.cfg.Provider.Enabled = 0 < i && i <= liar
		tn.cfg.Court.Arbiter = i >= first
	})
	for _, tn := range c.nodes[first:] {
		c.until(func() bool { return tn.court.trouble() != "" }, "its being no arbiter yet")
		require.NoError(t, c.verifier.SetVerified(t.Context(), tn.account, true))
	}
	for _, tn := range c.nodes[first:] {
		c.until(func() bool { return tn.court.trouble() == "" }, "its being an arbiter")
	}
	o, before := c.nodes[owner], c.balance(liar)
	id := c.submit(o, o.chainDraft(poc.Policy{Replicas: 4, Quorum: 3, MaxReplicas: 4}))
	c.until(func() bool { of := appealsOf(c.nodes[liar], id); return len(of) == 1 && of[0].State == CaseOver }, "the end of its appeal")
	require.Regexp(t, "^case 1, .* is over: the conviction stands: the arbiters found", appealsOf(c.nodes[liar], id)[0].String())
	s, err := c.verifier.Standing(t.Context(), c.nodes[liar].account)
	require.NoError(t, err)
	require.Equal(t, []any{market.Amount(0), uint64(1), before - c.terms.Arbiters.Deposit}, []any{s.Stake, s.Faults, c.balance(liar)})
	left, err := c.verifier.Convictions(t.Context())
	require.NoError(t, err)
	require.Empty(t, left, "it is final at once")
}
