package sim

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// treasury is the account that fees and slashes go to. It fills the pool.
const treasury poc.Account = "treasury"

// Rewards are what the network pays from its pool beyond what owners pay for results, and the fee from which a part comes back.
type Rewards struct {
	Fee        float64 `yaml:"fee"`        // that owners pay on top of what workers get
	Completion float64 `yaml:"completion"` // share of that fee for workers that missed no unit of a job

	Uptime        market.Amount `yaml:"uptime"`        // for an epoch, for each 10^9 operations per second that were vouched for
	UptimeMost    market.Amount `yaml:"uptimeMost"`    // for an epoch
	Participation market.Amount `yaml:"participation"` // for a vouch that a capability shows
}

func (r Rewards) feeBps() uint32 { return uint32(math.Round(r.Fee * market.FeeBase)) }

// params are those of the network.
func (r Rewards) params() market.Rewards {
	return market.Rewards{
		Uptime: r.Uptime, UptimeMost: r.UptimeMost, Participation: r.Participation, Completion: uint32(math.Round(r.Completion * market.FeeBase)),
	}
}

func (r Rewards) validate(challenge bool) error {
	var errs []error
	need := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("rewards: "+format, args...))
		}
	}
	need(r.Fee >= 0 && r.Fee <= 0.3, "fee is %g, want 0 to 0.3", r.Fee)
	need(r.Completion >= 0 && r.Completion <= 1, "completion is %g, want 0 to 1", r.Completion)
	need(r.Completion == 0 || r.Fee > 0, "completion is %g of no fee", r.Completion)
	need(r.Uptime <= r.UptimeMost, "uptime is %v, want at most uptimeMost, %v", r.Uptime, r.UptimeMost)
	need(challenge || r.UptimeMost == 0 && r.Participation == 0, "uptime and participation need the experiment with challenges")
	need(!challenge || r.Fee == 0 && r.Completion == 0, "fee and completion need jobs, which the experiment with challenges has not")
	need(r.UptimeMost <= 1_000_000*market.NLOV && r.Participation <= 1_000_000*market.NLOV, "uptimeMost and participation are at most 1000000 NLOV each")
	return errors.Join(errs...)
}

// earned is what a node of an experiment with challenges got from the pool.
type earned struct{ uptime, participation market.Amount }

// pool is the network's in an experiment without a ledger.
type pool struct{ funds, paid market.Amount }

// Earnings are what the nodes of a kind got from the pool for an epoch on average, in thousandths of a token.
type Earnings struct {
	Devices, Identities int
	PerSpeed            float64 // for uptime, of 10^12 operations per second that all devices of the kind have together; NaN: they have none
	Participation       float64 // of one identity
	Device              float64 // all that one device gets
}

func (e Earnings) perSpeed() string {
	if math.IsNaN(e.PerSpeed) {
		return "-"
	}
	return fmt.Sprintf("%.3f", e.PerSpeed)
}

// pretend makes of what a node's device shows honestly what it claims.
func (n *contender) pretend() {
	n.speed = n.claims.Speed
	if n != n.first {
		n.speed, n.claims = 0, n.first.claims // of the same device
	}
	switch {
	case n.kind == "speed":
		n.claims.Speed *= 2
	case n.kind == "phantom":
		n.speed, n.claims.Speed = 0, 100*medianSpeed
	case n.does.idle:
		n.speed = 0
	case n.does.split && n == n.first:
		n.claims.Memory /= uint64(n.does.identities)
		n.claims.Speed /= uint64(n.does.identities)
	}
}

// fund fills the pool with as much as the run can cost. Every epoch has one block.
func (a *arena) fund() {
	p := a.s.Rewards.params()
	a.net = market.Network{Rewards: &p, Challenge: &market.Challenges{Since: 1, Blocks: 1, Terms: a.c.params()}}
	a.pool.funds = market.Amount(a.c.Epochs*len(a.nodes)) * (p.UptimeMost + market.Amount(a.c.Cohort)*p.Participation)
}

// reward pays a provider for its uptime. Witnesses are paid when they are shown what they vouched for.
func (a *arena) reward(n *contender, c *poc.Capability) error {
	p := a.s.Rewards.params()
	claim := market.RewardClaim{Account: n.account, Peer: n.peer, Through: a.setup.Epoch + 1}
	facts := market.RewardFacts{Epochs: map[uint64]market.RewardEpoch{a.setup.Epoch: {Beacon: a.setup.Beacon, Roster: a.roster}}}
	_, due, refused := market.DraftRewards(a.net, nil, claim, []poc.Capability{*c}, nil, facts, p.UptimeMost)
	if len(refused) > 0 {
		return refused[0]
	}
	n.earned.uptime += due.Uptime
	a.pool.paid += due.Uptime
	return a.checkPool()
}

// show pays witnesses for a vouch that a capability shows.
func (a *arena) show(s *poc.ChallengeShow) {
	for _, p := range s.To {
		a.byPeer[p].earned.participation += a.net.Rewards.Participation
		a.pool.paid += a.net.Rewards.Participation
	}
}

// checkPool asserts that no base unit was made or lost.
func (a *arena) checkPool() error {
	var sum market.Amount
	for _, n := range a.nodes {
		sum += n.earned.uptime + n.earned.participation
	}
	if sum != a.pool.paid || sum > a.pool.funds {
		return fmt.Errorf("epoch %d: funds are not conserved: nodes have %v, and the pool paid %v of %v", a.setup.Epoch, sum, a.pool.paid, a.pool.funds)
	}
	return nil
}

// earnings sums up what each kind got.
func (a *arena) earnings() {
	epochs := float64(a.c.Epochs)
	const milli = float64(market.NLOV) / 1000
	for i := range a.result.Rows {
		row := &a.result.Rows[i]
		var up, part, speed float64
		var fair []float64
		for _, n := range a.nodes {
			if a.row(n) != row {
				continue
			}
			row.Rewards.Identities++
			if n == n.first {
				row.Rewards.Devices++
			}
			up += float64(n.earned.uptime) / milli / epochs
			part += float64(n.earned.participation) / milli / epochs
			speed += float64(n.speed) / 1e12
			fair = append(fair, float64(n.earned.uptime)/float64(n.speed))
		}
		e := &row.Rewards
		e.PerSpeed, e.Participation, e.Device = up/speed, part/float64(e.Identities), (up+part)/float64(e.Devices)
		if speed == 0 {
			e.PerSpeed = math.NaN()
		}
		if i == 0 {
			a.result.Fairness = jain(fair)
		}
	}
}

// rewards is the table of what the kinds earned.
func (r ChallengeResult) rewards() string {
	if r.Scenario.Rewards == (Rewards{}) {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\nrewards of an epoch in thousandths of NLOV; fairness among the honest, for each operation: %.4f\n", r.Fairness)
	b.WriteString("| nodes | devices | identities of one | uptime, for 10^12 operations/s | participation of one identity | all of one device |\n|---|---|---|---|---|---|\n")
	for _, row := range r.Rows {
		e := row.Rewards
		fmt.Fprintf(&b, "| %s | %d | %d | %s | %.4f | %.3f |\n", row.Kind, e.Devices, e.Identities/max(e.Devices, 1), e.perSpeed(), e.Participation, e.Device)
	}
	return b.String()
}

// reward has all workers claim what is due to them, when all jobs are over, and pays it once the delay is over. The fees are what the pool has.
func (w *world) reward() {
	if w.net.Rewards == nil {
		return
	}
	ctx, pool := context.Background(), w.view(w.nodes[0]).(chain.Pool)
	terms, err := pool.PoolTerms(ctx)
	have, _, _ := w.view(w.nodes[0]).Balance(ctx, treasury)
	if err == nil && have > 0 {
		_, err = w.ledger.As(treasury).(chain.Pool).FundPool(ctx, have)
		w.books.move(treasury, chain.FakePool, have)
	}
	if err != nil {
		w.violate("the pool cannot be filled: %v", err)
		return
	}
	w.checkFunds()
	for _, n := range w.nodes {
		c, ok := w.draft(n, terms.Most)
		if !ok {
			continue
		}
		if _, err := w.view(n).(chain.Pool).ClaimPool(ctx, c); err != nil {
			if n.convicted == 0 { // else it has no stake
				w.violate("node %d cannot claim %v: %v", n.index, c.Amount, err)
			}
			continue
		}
		w.checkFunds()
		w.after(terms.Delay, func() {
			paid, err := pool.EndClaim(ctx, n.account, c.Number)
			if err != nil || paid != c.Amount {
				w.violate("node %d claimed %v and got %v: %v", n.index, c.Amount, paid, err)
			}
			w.books.move(chain.FakePool, n.account, paid)
			n.rewards += paid
			w.tally.rewards += paid
			w.checkFunds()
		})
	}
}

// draft is the claim of a node, and false if nothing is due to it. Another node that judges it by what it shows finds it true.
func (w *world) draft(n *node, most market.Amount) (chain.PoolClaim, bool) {
	ctx := context.Background()
	height, err := w.view(n).(chain.Epochs).Height(ctx)
	if err != nil {
		w.violate("the chain has no height: %v", err)
	}
	facts := market.RewardFacts{Jobs: map[poc.Hash]market.RewardJob{}}
	claim := market.RewardClaim{Version: 1, Network: w.id, Account: n.account, Peer: n.peer, Through: height}
	for _, j := range w.order {
		e, ok := n.m.Evidence(j.id)
		if !ok {
			continue
		}
		doc, err := market.PackEvidence(e)
		if err == nil {
			e, err = market.UnpackEvidence(doc)
		}
		if err != nil {
			w.violate("the evidence of node %d: %v", n.index, err)
			return chain.PoolClaim{}, false
		}
		one := w.facts(j, e, len(doc))
		facts.Jobs[poc.BlockHash(doc)] = one
		if j.owner.act.ring {
			_, due, _ := market.DraftRewards(w.net, w.view(n), claim, nil, nil, market.RewardFacts{Jobs: map[poc.Hash]market.RewardJob{{}: one}}, most)
			w.tally.washed += due.Completion
		}
	}
	claim, due, _ := market.DraftRewards(w.net, w.view(n), claim, nil, nil, facts, most)
	if claim.Amount == 0 {
		return chain.PoolClaim{}, false
	}
	raw, err := claim.Sign(n.key)
	if err == nil {
		var back *market.RewardClaim
		if back, err = market.DecodeRewardClaim(raw); err == nil {
			var judged market.Due
			if judged, err = back.Check(w.net, w.view(w.nodes[0]), facts); judged != due && err == nil {
				err = fmt.Errorf("%+v is due, and it claims %+v", judged, due)
			}
		}
	}
	c := chain.PoolClaim{Account: n.account, Through: claim.Through, Amount: claim.Amount, Document: poc.BlockHash(raw)}
	if err == nil {
		c.Signature, err = w.view(n).Sign(c.Statement())
	}
	if err != nil {
		w.violate("the claim of node %d is false: %v", n.index, err)
	}
	return c, true
}

// facts is what the chain says of a job.
func (w *world) facts(j *jobRun, e market.Evidence, size int) market.RewardJob {
	ctx, c := context.Background(), w.view(j.owner)
	escrow, err := c.Escrow(ctx, j.id)
	out := market.RewardJob{Evidence: e, Escrow: escrow, Size: size}
	if err == nil && !escrow.Award.IsZero() {
		var panel market.Panel
		if panel, err = market.OpenAward(w.id, j.id, e.Award); err == nil {
			out.Evidence.Beacon, err = c.Beacon(ctx, j.id, escrow.Award, panel.Seating(w.net, e.Spec))
		}
	}
	if err == nil {
		out.Evidence.History, err = c.History(ctx, j.id)
	}
	if err == nil {
		out.Settled, err = c.Settled(ctx, j.id, escrow.Terms.Tasks)
	}
	if err != nil {
		w.violate("the chain does not tell of job %s: %v", j.id.Short(), err)
	}
	return out
}
