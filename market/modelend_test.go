package market

import (
	"fmt"

	"gpumesh/poc"
)

// How a job ends in the model, and what happens when its time is over.

// failAward: a provider waits for another award as long as its offer stands.
func (m *model) failAward(j *modelJob) {
	stands := j.closes.Add(2 * m.cfg.Network.AwardTimeout)
	if j.owner == m.cfg.Self || stands <= m.now {
		m.fail(j, FailAward)
		return
	}
	j.state, j.until, j.seats, j.award = Offered, stands, nil, poc.Hash{}
}

func (m *model) settlementSeen(ev SettlementSeen) error {
	j := m.jobs[ev.Job]
	if j == nil {
		return ErrUnknownJob
	}
	if j.spec == nil {
		return ErrWrongState
	}
	all := ev.Escrow.Closed && ev.Escrow.Settled == ev.Escrow.Terms.Tasks
	for i := range len(j.spec.Tasks) / int(max(j.spec.Batch, 1)) {
		if j.settled != nil && (all || i < len(ev.Settled) && !ev.Settled[i].IsZero()) {
			j.settled[fmt.Sprint(i)] = true
		}
	}
	expiry := j.spec.Deadline.Add(m.cfg.Network.SettleGrace)
	j.closed, j.looked = ev.Escrow.Closed, &ev.Escrow
	switch {
	case (j.state == Failed || j.state == Done) && j.closed:
		j.until = 0
	case j.state == Failed && j.owner == m.cfg.Self && (j.refunded || j.until != 0) && j.until < expiry:
		j.refunded, j.until = false, max(expiry, m.now).Add(m.cfg.Network.LeaseTTL)
	case j.state == Settling && !j.closed && ev.Escrow.Settled == ev.Escrow.Terms.Tasks:
		m.refund(j)
	}
	if j.asks && (j.state == Anchoring || j.state == Drawing) {
		switch a := ev.Escrow.Award; {
		case a == j.award:
			j.state = Drawing
		case a.IsZero() && j.owner == m.cfg.Self && j.state == Drawing: // it was anchored
		default:
			m.failAward(j)
		}
		j.asks = false
	}
	return nil
}

// tick: what happens to a job when its time is over.
func (m *model) tick(j *modelJob) {
	if j.state == Offered && j.reserved != 0 && m.now >= j.reserved {
		j.reserved = 0
		m.say("decline %s %s", j.id.Short(), DeclineReservation)
	}
	if j.state == Bidding && m.now >= j.closes && m.now < j.bidEnd.Add(m.cfg.Network.AwardTimeout) { // who has enough offers awards, in the last window, too
		if m.maybeAward(j); j.state == Bidding && m.now < j.bidEnd {
			j.round++
			m.openRound(j)
		}
	}
	m.leases(j)
	m.certified(j)
	if j.until == 0 || m.now < j.until {
		return
	}
	switch j.state {
	case Locking:
		m.fail(j, FailEscrow)
	case Bidding:
		m.fail(j, FailProviders)
	case Anchoring, Drawing: // it may be anchored, and paid: the chain is asked, as long as it matters
		end := j.spec.Deadline
		if j.owner == m.cfg.Self {
			end = end.Add(m.cfg.Network.SettleGrace)
		}
		if m.now >= end && (j.late || j.owner != m.cfg.Self) {
			m.failAward(j)
			return
		}
		j.asks, j.late, j.until = true, true, m.now.Add(m.cfg.Network.AwardTimeout)
		if m.now < end {
			j.until = min(j.until, end)
		}
		m.say("beacon %s", j.id.Short())
	case Checking:
		m.decline(j, DeclineFetch)
	case Offered:
		j.state, j.until = Declined, 0
	case Settling:
		if j.owner == m.cfg.Self && !j.closed {
			j.refunded, j.until = false, m.now.Add(m.cfg.Network.SettleGrace)
			m.refund(j)
			return
		}
		j.state, j.until = Done, 0
	case Done, Failed:
		j.until = 0
		m.refund(j)
	}
}
