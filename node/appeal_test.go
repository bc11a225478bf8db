package node

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// appealCluster is an owner, a panel of four, and arbiters, on a ledger in memory with convictions that can be appealed against.
type appealCluster struct {
	*cluster
	ahead atomic.Int64 // ms
}

const (
	panelFirst, panelLast = 1, 4 // providers that take the job
	arbiterFirst          = 5
	appealNodes           = 8
	appealDeposit         = 5 * market.NLOV
)

func newAppealCluster(t *testing.T, change func(i int, tn *testNode)) *appealCluster {
	c := &appealCluster{cluster: &cluster{t: t, net: testNetwork()}}
	c.net.Chain, c.net.ClaimTurn = "fake", 500
	balances := map[poc.Account]market.Amount{}
	for i := range appealNodes {
		balances[account(i)] = testFunds
	}
	c.fake = chain.NewFake(chain.FakeConfig{
		FeeBps: testFee, MinStake: c.net.MinStake, SlashBps: 5000, RewardBps: 2000, Treasury: treasury, Balances: balances,
		Now:   func() poc.Time { return poc.Time(time.Now().UnixMilli() + c.ahead.Load()) },
		Court: chain.CourtTerms{Window: courtWindow, Deposit: appealDeposit, Quorum: 2},
	})
	c.open = func(i int) chain.Settlement { return c.fake.As(account(i)) }
	for i := arbiterFirst; i < appealNodes; i++ {
		c.fake.SetVerified(account(i), true)
	}
	c.launch(appealNodes, func(i int, tn *testNode) {
		differing(tn, 0)
		tn.cfg.Provider.Enabled = i >= panelFirst
		tn.cfg.Stake = 4 * c.net.MinStake
		if i >= arbiterFirst {
			tn.cfg.Court.Arbiter = true
			tn.cfg.Provider.Floor = 10 * market.NLOV // too dear for the job
		}
		change(i, tn)
	})
	t.Cleanup(c.conserved)
	t.Cleanup(c.halt)
	for _, tn := range c.nodes[arbiterFirst:] {
		c.until(func() bool { return tn.court.trouble() == "" && tn.court.terms.Load() != nil }, "its being an arbiter")
	}
	return c
}

func (c *appealCluster) standing(i int) market.Standing {
	c.t.Helper()
	s, err := c.fake.As(treasury).Standing(c.t.Context(), account(i))
	require.NoError(c.t, err)
	return s
}

func (c *appealCluster) convictions() []chain.Conviction {
	c.t.Helper()
	all, err := c.fake.As(treasury).(chain.Court).Convictions(c.t.Context())
	require.NoError(c.t, err)
	return all
}

// appealsOf returns how a node's appeals in a job stand.
func appealsOf(tn *testNode, job poc.Hash) (out []CaseView) {
	for _, v := range tn.court.views(&job) {
		if v.Appeal {
			out = append(out, v)
		}
	}
	return out
}

// An owner's ring has a quorum of the panel and certifies what it likes, and the one honest member is convicted by that. It appeals, arbiters compute the
// unit, and it has its stake back to the last unit; who reported it and all who revealed what was certified lose theirs. It and the arbiters are
// killed at every stage.
func TestAppealAgainstARing(t *testing.T) {
	t.Parallel()
	t.Run("the evaluator judges", func(t *testing.T) { testRing(t, false, 1, (*testNode).chainDraft) })
	t.Run("devices judge a unit of several", func(t *testing.T) { testRing(t, true, 2, (*testNode).unitDraft) })
}

func testRing(t *testing.T, devices bool, units int, draft func(tn *testNode, p poc.Policy) market.Spec) {
	t.Parallel()
	const honest = panelLast
	c := newAppealCluster(t, func(i int, tn *testNode) {
		if devices {
			tn.bound = 1
		}
		if panelFirst <= i && i < honest {
			differing(tn, 1)
		}
		if i >= arbiterFirst { // nobody judges before they were killed
			tn.instead = &heldRunner{Runner: evalRunner{}, open: make(chan struct{})}
			tn.referee = tn.instead
		}
	})
	again := func(nodes ...*testNode) {
		c.crash(nodes...)
		for _, tn := range nodes {
			tn.cfg.Stake = c.net.MinStake // or it would put up again what it has lost
			tn.start()
		}
	}
	o, victim, stake := c.nodes[0], c.nodes[honest], c.standing(honest).Stake
	id := c.submit(o, draft(o, poc.Policy{Replicas: 4, Quorum: 3, MaxReplicas: 4}))
	over := func() bool {
		of := appealsOf(victim, id)
		return len(of) == units && !slices.ContainsFunc(of, func(v CaseView) bool { return v.State != CaseOver })
	}
	c.until(func() bool { return len(appealsOf(victim, id)) == units }, "its being kept")
	again(victim)
	c.until(func() bool { return c.standing(honest).Faults == uint64(units) }, "convictions")
	require.Equal(t, stake>>units, c.standing(honest).Stake)
	appealed := func(v CaseView) bool { return v.State == CaseOpen }
	c.until(func() bool { return slices.ContainsFunc(appealsOf(victim, id), appealed) }, "an appeal")
	again(victim)
	for _, tn := range c.nodes[arbiterFirst:] {
		c.until(func() bool { return len(tn.court.views(&id)) > 0 }, "a seat in a committee")
	}
	for _, tn := range c.nodes[arbiterFirst:] {
		tn.instead, tn.referee = evalRunner{}, evalRunner{}
	}
	again(c.nodes[arbiterFirst:]...)
	c.until(over, "the end of the appeals")
	for _, v := range appealsOf(victim, id) {
		require.Regexp(t, `^(case \d+, this node's appeal about what|the conviction of this node for what) this node signed for task \d,? is over: (`+reasonUndone+"|"+reasonVoid+")$", v.String())
	}
	require.Equal(t, []any{stake, uint64(0)}, []any{c.standing(honest).Stake, c.standing(honest).Faults}, "exactly as before")
	faults := 0
	for i := panelFirst; i < honest; i++ {
		require.Positive(t, c.standing(i).Faults, "node %d revealed what was certified", i)
		faults += int(c.standing(i).Faults)
	}
	require.Greater(t, faults, honest-panelFirst, "who reported is convicted of that, too")
	c.until(func() bool { return len(c.convictions()) == 0 }, "the end of the ring's appeals, which has nothing to show")
	require.Equal(t, stake, c.standing(honest).Stake)
	for i := panelFirst; i < honest; i++ {
		require.Positive(t, c.standing(i).Faults)
	}
}

// convictedCourt shows one conviction.
type convictedCourt struct {
	chain.Court
	held chain.Conviction
}

func (c convictedCourt) Convictions(context.Context) ([]chain.Conviction, error) {
	return []chain.Conviction{c.held}, nil
}

// Others may know of a certificate, claim by it and report a worker before that one has heard of it. Then it has not forgotten what it signed: it looks
// again once the unit is over.
func TestConvictedBeforeTheUnitIsOver(t *testing.T) {
	hold := make(chan struct{})
	c := newCluster(t, 3, func(i int, tn *testNode) {
		tn.cfg.Provider.Enabled = i > 0
		tn.runner.hold = hold
	})
	n := c.nodes[1]
	s, _ := c.nodes[0].draft(1)
	s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 2}
	id := c.submit(c.nodes[0], s)
	c.until(func() (runs bool) {
		require.NoError(t, n.loop.ask(t.Context(), func(m *market.Machine) {
			state, _ := m.StateOf(id)
			runs = state == market.Running
		}))
		return runs
	}, "its execution")
	court, err := newCourt(n.Node, convictedCourt{held: chain.Conviction{
		ID: 1, Ref: poc.TaskRef{Job: id}, Account: n.account, Reporter: account(0), Until: testDeadline(), Appeal: 1,
	}})
	require.NoError(t, err)
	court.terms.Store(&chain.CourtTerms{Window: courtWindow})
	look := func() []CaseView {
		_, err := court.convictions(t.Context(), nil, n.now())
		require.NoError(t, err)
		return court.views(&id)
	}
	require.Empty(t, look())
	close(hold)
	n.wait(id, "its end", func(v market.View) bool { return v.Certified == 1 })
	of := look()
	require.Len(t, of, 1)
	require.Equal(t, reasonOtherDigest, of[0].Reason, "it is compared with what this node signed")
	other := court.chain.(convictedCourt)
	other.held.Ref.Job = poc.Hash{1}
	id, court.chain = other.held.Ref.Job, other
	of = look()
	require.Len(t, of, 1)
	require.Equal(t, reasonForgotten, of[0].Reason)
}

// A liar that appeals, and stands by what it signed, loses its deposit, and its stake for good: the evaluator and devices compute what was certified. A
// worker whose device erred finds that out before it appeals.
func TestAppealsOfTheWrong(t *testing.T) {
	t.Parallel()
	t.Run("the evaluator judges a liar", func(t *testing.T) { testLiar(t, false) })
	t.Run("devices judge a liar", func(t *testing.T) { testLiar(t, true) })
	t.Run("a device that erred", func(t *testing.T) {
		t.Parallel()
		c := newAppealCluster(t, func(i int, tn *testNode) {
			if i == panelLast {
				tn.instead = &erratic{until: 1}
			}
		})
		erred := c.nodes[panelLast]
		id := c.submit(c.nodes[0], c.nodes[0].chainDraft(poc.Policy{Replicas: 4, Quorum: 3, MaxReplicas: 4}))
		c.until(func() bool { of := appealsOf(erred, id); return len(of) == 1 && of[0].State == CaseOver }, "its end")
		require.Equal(t, "the conviction of this node for what this node signed for task 0 is over: "+reasonNotConfirmed, appealsOf(erred, id)[0].String())
		require.Len(t, c.convictions(), 1)
		require.Zero(t, c.convictions()[0].Appeal)
		c.ahead.Add(int64(courtWindow))
		c.until(func() bool { return len(c.convictions()) == 0 }, "the end of the conviction, which its reporter brings")
	})
}

func testLiar(t *testing.T, devices bool) {
	t.Parallel()
	const wrong = panelLast
	c := newAppealCluster(t, func(i int, tn *testNode) {
		if i == wrong {
			tn.cfg.Fault = FaultLie
		}
		if devices {
			tn.bound = 1
		}
	})
	liar := c.nodes[wrong]
	balance := func() market.Amount {
		b, _, err := c.fake.As(treasury).Balance(t.Context(), liar.account)
		require.NoError(t, err)
		return b
	}
	stake, before := c.standing(wrong).Stake, balance()
	id := c.submit(c.nodes[0], c.nodes[0].chainDraft(poc.Policy{Replicas: 4, Quorum: 3, MaxReplicas: 4}))
	c.until(func() bool { of := appealsOf(liar, id); return len(of) == 1 && of[0].State == CaseOver }, "the end of its appeal")
	require.Regexp(t, "^case 1, this node's appeal about what this node signed for task 0, is over: the conviction stands: the arbiters found", appealsOf(liar, id)[0].String())
	require.Equal(t, []any{stake / 2, uint64(1), before - appealDeposit}, []any{c.standing(wrong).Stake, c.standing(wrong).Faults, balance()})
	require.Empty(t, c.convictions(), "it is final at once")
	for i := panelFirst; i < wrong; i++ {
		require.Equal(t, []any{stake, uint64(0)}, []any{c.standing(i).Stake, c.standing(i).Faults})
	}
	if devices {
		c.judgeAppeals(id)
	}
}

// judgeAppeals has an arbiter judge appeals that do not show what they should.
func (c *appealCluster) judgeAppeals(job poc.Hash) {
	t, ctx := c.t, c.t.Context()
	ref := poc.TaskRef{Job: job}
	accused, arbiter := c.nodes[panelFirst], c.nodes[arbiterFirst]
	var reveals []poc.Reveal
	require.NoError(t, accused.loop.ask(ctx, func(m *market.Machine) { reveals = m.Reveals(ref) }))
	evidenceOf := func(tn *testNode) (chain.Accusation, poc.Hash) {
		i := slices.IndexFunc(reveals, func(r poc.Reveal) bool { return r.Account == tn.account })
		a, err := accused.court.prepareEvidence(ctx, reveals[i], nil)
		require.NoError(t, err)
		return a, reveals[i].Result.Digest()
	}
	a, digest := evidenceOf(accused)
	lie, lied := evidenceOf(c.nodes[panelLast])
	arbiter.court.fetch = 2 * time.Second
	right := chain.Case{Accuser: accused.account, Accused: accused.account, Ref: ref, Evidence: a.Evidence, Digest: digest, Conviction: 1, Until: arbiter.chainTime(ctx).Add(courtWindow)}
	honest := arbiter.config.runner
	for name, x := range map[string]struct {
		change func(k *chain.Case)
		device Runner
		guilty bool
		why    string // or the error
	}{
		"right":                         {func(*chain.Case) {}, honest, false, "this arbiter's device computes what the account signed"},
		"a lie":                         {func(k *chain.Case) { k.Accused, k.Evidence, k.Digest = lie.Account, lie.Evidence, lied }, honest, true, "this arbiter's device computes something else"},
		"a second digest that is right": {func(k *chain.Case) { k.Digest = lied }, honest, true, "another signed result"},
		"another's result":              {func(k *chain.Case) { k.Evidence = lie.Evidence }, honest, true, "no signed result of the accused"},
		"nothing is shown yet":          {func(k *chain.Case) { k.Evidence = poc.Hash{1} }, honest, false, "the evidence cannot be had"},
		"nothing is shown":              {func(k *chain.Case) { k.Evidence, k.Until = poc.Hash{1}, arbiter.chainTime(ctx).Add(courtWindow/2-1) }, honest, true, "nobody shows"},
		"a device that always errs":     {func(*chain.Case) {}, evalRunner{wrong: 2}, true, "something else"},
		"a device that errs at times":   {func(*chain.Case) {}, &erratic{}, false, "something else each time"},
		"a device that erred once":      {func(*chain.Case) {}, &erratic{until: 1}, false, "computes what the account signed"},
		"no device":                     {func(*chain.Case) {}, nil, false, "the reference evaluator is asked for"},
	} {
		k := right
		x.change(&k)
		arbiter.config.runner = x.device
		arbiter.Node.cfg.Provider.Enabled = x.device != nil
		guilty, why, err := arbiter.court.judgeAppeal(ctx, k)
		if err != nil {
			why = err.Error()
		}
		require.Equal(t, x.guilty, guilty, name)
		require.Contains(t, why, x.why, name)
	}
	arbiter.config.runner, arbiter.Node.cfg.Provider.Enabled = honest, true
}

// erratic errs in another command each time, or so often only.
type erratic struct {
	evalRunner
	runs, until int
}

func (e *erratic) RunFrom(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
	e.runs++
	if e.until == 0 || e.runs <= e.until {
		return evalRunner{wrong: e.runs}.RunFrom(ctx, x, c)
	}
	return e.evalRunner.RunFrom(ctx, x, c)
}
