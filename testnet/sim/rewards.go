package sim

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
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

// fund fills the pool with as much as the run can cost.
func (a *arena) fund() {
	p := a.s.Rewards.params()
	a.pool.funds = market.Amount(a.c.Epochs*len(a.nodes)) * (p.UptimeMost + market.Amount(a.c.Cohort)*p.Participation)
}

// reward pays a provider for its uptime, and the witnesses that its capability shows.
func (a *arena) reward(n *contender, c *poc.Capability) error {
	p := a.s.Rewards.params()
	pay := func(to *market.Amount, amount market.Amount) {
		*to += amount
		a.pool.paid += amount
	}
	pay(&n.earned.uptime, uptime(p, c.Capacity))
	witnesses := a.roster.Witnesses(a.setup.Beacon, a.setup.Epoch, n.peer, int(a.c.Cohort))
	for left := c.Signers; left != 0; left &= left - 1 {
		pay(&a.byPeer[witnesses[bits.TrailingZeros64(left)]].earned.participation, p.Participation)
	}
	return a.checkPool()
}

// uptime is the pay for one capability.
func uptime(p market.Rewards, c poc.Capacity) market.Amount {
	n, ok := p.Uptime.Mul(c.Speed / 1_000_000_000)
	if !ok {
		return p.UptimeMost
	}
	return min(n, p.UptimeMost)
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
		e, per := row.Rewards, "-"
		if !math.IsNaN(e.PerSpeed) {
			per = fmt.Sprintf("%.3f", e.PerSpeed)
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %s | %.4f | %.3f |\n", row.Kind, e.Devices, e.Identities/max(e.Devices, 1), per, e.Participation, e.Device)
	}
	return b.String()
}

// Ring is what a ring of owners and workers did with itself, in prices of a task: what its owners paid its workers, the fees on that, and
// what of them came back as rewards.
type Ring struct{ Paid, Fees, Back float64 }

// Net is what the ring made of washing.
func (g Ring) Net() float64 { return g.Back - g.Fees }

// reward has all workers claim what is due to them, when all jobs are over, and pays it once the delay is over.
func (w *world) reward() {
	if w.net.Rewards == nil {
		return
	}
	pool := func(a poc.Account) chain.Pool { return w.ledger.As(a).(chain.Pool) }
	have, _, err := w.view(w.nodes[0]).Balance(context.Background(), treasury)
	if err == nil && have > 0 {
		_, err = pool(treasury).FundPool(context.Background(), have)
	}
	if err != nil {
		w.violate("the pool cannot be filled: %v", err)
	}
	w.checkFunds()
	for _, n := range w.nodes {
		due := w.due(n)
		if due == 0 {
			continue
		}
		c := chain.PoolClaim{Account: n.account, Amount: due, Through: w.ledgerHeight(), Document: n.salt()}
		if c.Signature, err = w.view(n).Sign(c.Statement()); err == nil {
			_, err = pool(n.account).ClaimPool(context.Background(), c)
		}
		if err != nil {
			w.violate("node %d cannot claim %v: %v", n.index, due, err)
		}
		w.checkFunds()
		w.after(w.net.ClaimTurn, func() {
			paid, err := pool(n.account).EndClaim(context.Background(), n.account, c.Number)
			if err != nil || paid != due && n.convicted == 0 {
				w.violate("node %d claimed %v and got %v: %v", n.index, due, paid, err)
			}
			n.rewards += paid
			w.checkFunds()
		})
	}
}
