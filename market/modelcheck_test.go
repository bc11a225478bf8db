package market

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"gpumesh/poc"
)

// How the model is compared with the machine.

// over: whether nothing is left to be done for a job.
func (m *model) over(j *modelJob) bool {
	for i, t := range m.m.jobs[j.id].tasks {
		if p := t.poc.Phase(); p == poc.Certified || p == poc.Done && !j.settled[fmt.Sprint(i)] {
			return false
		}
	}
	return j.owner != m.cfg.Self || j.closed
}

// compare asks whether the machine is where the model is, and did what the model says and nothing else.
func (m *model) compare(ev Event, fx Effects, err error) {
	for id, j := range m.jobs {
		m.toClaim(j, m.m.jobs[id])
	}
	got, running := m.said(fx), m.starts(ev, fx)
	slices.Sort(got)
	slices.Sort(m.want)
	m.must(slices.Equal(got, m.want), "the node does\n%s\nand must do\n%s", strings.Join(got, "\n"), strings.Join(m.want, "\n"))
	m.must(len(m.m.jobs) == len(m.jobs), "%d jobs are known, and must be %d", len(m.m.jobs), len(m.jobs))
	m.must(running <= int(m.cfg.Provider.Slots), "%d executions run in %d slots", running, m.cfg.Provider.Slots)
	for p, ad := range m.ads {
		_, known := m.m.ads[p]
		_, tick := ev.(Tick)
		m.must(known || ad.expires <= m.now, "the ad of %s is forgotten too soon", p.Short())
		m.must(!known || !tick || m.now < ad.expires.Add(m.cfg.Network.AdTTL/64), "the ad of %s is not forgotten", p.Short())
		if !known {
			delete(m.ads, p)
		}
	}
	for id, j := range m.jobs {
		own := m.m.jobs[id]
		m.must(own != nil, "job %s is forgotten", id.Short())
		m.certified(j)
		if own.State == Done && j.state == Settling {
			m.must(m.over(j), "job %s is done too soon", id.Short())
			j.state, j.until = Done, 0
		}
		if _, looked := ev.(SettlementSeen); looked && err == nil && j.state == Settling && len(own.Slashes) == 0 && j.spec.Batch < 2 &&
			ev.(SettlementSeen).Job == id {
			m.must(!m.over(j), "job %s is not done", id.Short())
		}
		m.must(own.State == j.state && own.Until == j.until, "job %s is %v until %d, and must be %v until %d", id.Short(), own.State, own.Until, j.state, j.until)
		m.must(own.Closes == j.closes && own.Round == j.round && own.Reserved == j.reserved && (j.state == Declined || own.Ask == j.ask),
			"job %s: round %d closes at %d, a slot is kept until %d for %d; it must be %d, %d, %d, %d", id.Short(), own.Round, own.Closes, own.Reserved, own.Ask, j.round, j.closes, j.reserved, j.ask)
		m.must(j.failure == "" || own.Failure != nil && own.Failure.Code == j.failure, "job %s fails because of %+v, and must because of %s", id.Short(), own.Failure, j.failure)
		m.must(j.state >= Anchoring || len(own.offers) == len(j.offers), "job %s has %d offers, and must have %d", id.Short(), len(own.offers), len(j.offers))
		j.kept = j.kept || j.state != Checking && j.state != Declined
		m.deadline(j, own)
		m.panel(j, own)
		if _, tick := ev.(Tick); tick && m.toClaim(j, own) && m.now < j.spec.Deadline.Add(m.cfg.Network.SettleGrace) {
			turn := poc.Millis(m.place(own)) * m.cfg.Network.ClaimTurn
			m.must(m.now < j.claimSince.Add(m.cfg.Network.ClaimDelay+turn), "job %s is not claimed", id.Short())
		}
	}
}

// place is this node's among those who may claim, as they were drawn; the owner is the last.
func (m *model) place(own *job) int {
	if i := slices.Index(own.claims, m.cfg.Self); i >= 0 {
		return i
	}
	return len(own.claims)
}

// again: something was claimed that the chain has not taken. Then this node looks there before it claims once more.
func (m *model) again(j *modelJob) bool {
	for unit := range j.claimed {
		if !j.settled[unit] {
			return true
		}
	}
	return false
}

// toClaim: certificates are closed that are not claimed. Then this node claims in its turn, which is later the longer the escrow lasts. A turn that was
// planned for what others have claimed meanwhile still counts.
func (m *model) toClaim(j *modelJob, own *job) bool {
	some, all := false, true
	for i, t := range own.tasks {
		p := t.poc.Phase()
		some = some || p == poc.Done && !j.settled[fmt.Sprint(i)] && t.poc.Lacking() == 0
		all = all && (p == poc.Done || p == poc.Failed)
	}
	if !some || j.refused || m.again(j) || j.state != Running && j.state != Settling {
		j.claimSince = 0
		return false
	}
	if j.claimSince == 0 {
		j.claimSince = m.now
	}
	left := max(0, poc.Millis(j.spec.Deadline.Add(m.cfg.Network.SettleGrace)-m.now))
	due := m.now.Add(poc.Millis(m.place(own)) * min(m.cfg.Network.ClaimTurn, left/poc.Millis(2*len(own.claims)+2)))
	if !all {
		due = due.Add(m.cfg.Network.ClaimDelay)
	}
	if j.claimDue == 0 || due < j.claimDue {
		j.claimDue = due
	}
	return true
}

// deadline: every job that is not over has one, and nothing that is due is later.
func (m *model) deadline(j *modelJob, own *job) {
	due, latest := m.m.due(own), j.until
	if j.state == Bidding {
		latest = min(latest, j.closes)
	}
	if j.state == Offered && j.reserved != 0 {
		latest = min(latest, j.reserved)
	}
	if j.state == Running {
		if j.holders[m.cfg.Self] != nil {
			latest = min(latest, j.nextLease)
		}
		for p, h := range j.holders {
			if p != m.cfg.Self && !h.lapsed && h.held {
				latest = min(latest, h.seen.Add(m.cfg.Network.LeaseTTL))
			}
		}
	}
	m.must(latest == 0 || due != 0 && due <= latest, "job %s (%v) is due at %d, and must be at %d", j.id.Short(), j.state, due, latest)
	m.must(due == latest || j.state > Anchoring && j.state != Checking && j.state != Offered && j.state != Drawing,
		"job %s (%v) is due at %d, and must be at %d", j.id.Short(), j.state, due, latest)
}

// panel: who holds a task, and who takes over: the next in rank, and nobody is passed over but who lapsed or gave up.
func (m *model) panel(j *modelJob, own *job) {
	for i, t := range own.tasks {
		m.must(t.settled == j.settled[fmt.Sprint(i)], "unit %d of job %s is settled: %v", i, j.id.Short(), t.settled)
		if t.poc.Phase() != poc.Computing || j.holders[m.cfg.Self] == nil {
			continue
		}
		holders, owing := t.poc.Holders(), t.poc.Owing()
		_, runs := m.running[t.ref]
		m.must(!slices.Contains(owing, m.cfg.Self) || !t.poc.Own().IsZero() || m.now >= j.spec.Deadline || runs || slices.Contains(m.waiting, t.ref),
			"unit %d of job %s is to be computed, and neither runs nor waits", i, j.id.Short())
		for _, p := range owing {
			m.must(p == m.cfg.Self || !j.holders[p].lapsed || t.poc.Phase() != poc.Computing, "%s lapsed, and still holds unit %d", p.Short(), i)
		}
		if len(holders) == 0 {
			continue
		}
		for _, w := range t.poc.Candidates() {
			if w.Peer == holders[len(holders)-1] {
				break
			}
			h := j.holders[w.Peer]
			m.must(slices.Contains(holders, w.Peer) || h.never || h.gaveUp[t.ref.Task], "%s is passed over in unit %d", w.Peer.Short(), i)
		}
	}
	for p, h := range j.holders {
		m.must(own.holders[p].lapsed == h.lapsed, "the lease of %s has lapsed: %v, and must be %v", p.Short(), own.holders[p].lapsed, h.lapsed)
	}
}

// said puts in words what a node promises, refuses and asks for. Claims and convictions have rules of their own.
func (m *model) said(fx Effects) (out []string) {
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, s := range fx.Send {
		switch msg := s.Message.(type) {
		case Offer:
			add("offer %s %d %v %d", msg.Job.Short(), msg.Ask, msg.Backing, s.Expires)
		case Decline:
			add("decline %s %s", msg.Job.Short(), msg.Code)
		case Award:
			add("award %s to %d", msg.Job.Short(), len(s.To))
		case Lease:
			add("lease %s", msg.Job.Short())
		}
	}
	for _, p := range fx.Publish {
		if b, ok := p.Message.(Bid); ok {
			add("bid %s %d %d %d", b.Job.Short(), b.Round, b.Closes, b.Reach)
		}
	}
	for _, f := range fx.Fetch {
		add("fetch %s", f.Job.Short())
	}
	for _, id := range fx.CheckEscrow {
		add("look %s", id.Short())
	}
	for _, b := range fx.WatchBeacon {
		m.jobs[b.Job].award = b.Award
		add("beacon %s", b.Job.Short())
	}
	for _, s := range fx.Submit {
		switch op := s.Op.(type) {
		case LockEscrow:
			add("lock %s %d", op.Job.Short(), op.Terms.Budget)
		case AnchorAward:
			text := ""
			for _, s := range op.Seating.Seats {
				text += fmt.Sprintf(" %s %d", s.Account, s.Ask)
			}
			add("anchor %s%s", op.Job.Short(), text)
		case Refund:
			add("refund %s", op.Job.Short())
		case Claim:
			m.claims(m.jobs[op.Job], op)
		case Slash:
			j, unit := m.jobs[op.Ref.Job], fmt.Sprint(op.Ref.Task)
			m.must(j.settled[unit] && !j.slashed[unit+string(op.Account)], "a conviction in unit %s comes before its claim, or again", unit)
			j.slashed[unit+string(op.Account)] = true
		}
	}
	return out
}

// claims: each certificate once, in one's turn, and never more than the budget.
func (m *model) claims(j *modelJob, c Claim) {
	m.must((j.state == Running || j.state == Settling) && len(j.claiming) == 0, "a claim comes while another is under way, or when the job is %v", j.state)
	m.must(m.now < j.spec.Deadline.Add(m.cfg.Network.SettleGrace) && len(c.Certificates) <= maxClaim, "a claim comes too late, or is too large")
	m.must(j.refused || m.again(j) || j.claimDue != 0 && m.now >= j.claimDue, "a claim comes at %d, before this node's turn at %d", m.now, j.claimDue)
	j.claimDue = 0
	for _, cert := range c.Certificates {
		unit := fmt.Sprint(cert.Task)
		m.must(m.m.jobs[j.id].tasks[cert.Task].poc.Phase() == poc.Done && !j.settled[unit], "unit %s is claimed that is open or settled", unit)
		j.claiming[unit], j.claimed[unit] = true, true
		asks := []Amount{}
		for _, seat := range c.Seating.Seats {
			asks = append(asks, seat.Ask)
			m.must(seat.Ask <= j.spec.MaxPrice, "a seat asks for more than the bid allows")
		}
		slices.Sort(asks)
		for i := range min(len(asks), int(max(j.spec.Policy.MaxReplicas, j.spec.Policy.Quorum))) {
			j.paid += asks[len(asks)-1-i]
		}
	}
	m.must(j.paid <= j.spec.Budget || j.refused, "%v are claimed of a budget of %v", j.paid, j.spec.Budget)
}

// starts compares the executions that begin with what waits: a free slot is not left so, and goes to the owner that had the least time for its weight; among
// the work of one owner to that of the highest priority, of the oldest job, and of the first unit.
func (m *model) starts(ev Event, fx Effects) int {
	for _, ref := range fx.CancelRun {
		if j := m.jobs[ref.Job]; j != nil && j.spec.Batch > 1 {
			ref.Task /= j.spec.Batch
		}
		m.took(ref)
	}
	var begun []poc.TaskRef
	first := map[poc.TaskRef]uint32{}
	for _, r := range fx.Run {
		unit := r.Ref
		if s := m.jobs[unit.Job].spec; s.Batch > 1 {
			unit.Task /= s.Batch
		}
		if _, goesOn := m.running[unit]; goesOn {
			m.running[unit] = r.Ref.Task
			continue
		}
		begun, first[unit] = append(begun, unit), r.Ref.Task
	}
	for unit := range m.running { // a unit that has ended
		if _, goesOn := m.m.running[unit]; !goesOn {
			_, done := ev.(RunDone)
			m.must(done && m.jobs[unit.Job].spec.Batch > 1, "unit %d runs no more", unit.Task)
			m.took(unit)
		}
	}
	thrown := false // what is given up unrun is charged for like what runs, which the model does not follow
	for _, j := range m.jobs {
		thrown = thrown || len(j.failing) > 0
	}
	for i, ref := range begun {
		for _, other := range slices.Concat(begun[i+1:], m.m.queue) {
			m.must(thrown || !m.sooner(other, ref), "unit %d of job %s begins before unit %d of job %s", ref.Task, ref.Job.Short(), other.Task, other.Job.Short())
		}
		j := m.jobs[ref.Job]
		if m.given == nil {
			m.given, m.clock = map[poc.Account]*big.Rat{}, new(big.Rat)
		}
		m.clock = m.turn(j.spec.Account)
		m.given[j.spec.Account] = new(big.Rat).Add(m.clock, big.NewRat(int64(j.takes), 1<<min(j.spec.Priority, Urgent)))
		m.running[ref], m.began[ref] = first[ref], m.now
	}
	m.waiting = slices.Clone(m.m.queue)
	m.must(len(m.waiting) == 0 || len(m.running) >= int(m.cfg.Provider.Slots), "%d units wait, and %d slots are free", len(m.waiting), int(m.cfg.Provider.Slots)-len(m.running))
	if len(m.waiting)+len(m.running) == 0 {
		m.given, m.clock = nil, nil
	}
	return len(m.running)
}

// took: what ran is charged for by the time that it took, and not by what was thought before.
func (m *model) took(ref poc.TaskRef) {
	if _, runs := m.running[ref]; !runs {
		return
	}
	delete(m.running, ref)
	j := m.jobs[ref.Job]
	if had := m.given[j.spec.Account]; had != nil {
		more := int64(max(1, m.now-m.began[ref])) - int64(j.takes)
		had = new(big.Rat).Add(had, big.NewRat(more, 1<<min(j.spec.Priority, Urgent)))
		if had.Sign() < 0 {
			had = new(big.Rat)
		}
		m.given[j.spec.Account] = had
	}
}

// turn is the time that an owner has had for its weight; who was away has had as much as those who were not.
func (m *model) turn(a poc.Account) *big.Rat {
	if had := m.given[a]; had != nil && had.Cmp(m.clock) > 0 {
		return had
	}
	if m.clock == nil {
		return new(big.Rat)
	}
	return m.clock
}

func (m *model) sooner(a, b poc.TaskRef) bool {
	x, y := m.jobs[a.Job], m.jobs[b.Job]
	switch {
	case x.spec.Account != y.spec.Account:
		return m.turn(x.spec.Account).Cmp(m.turn(y.spec.Account)) < 0
	case x.spec.Priority != y.spec.Priority:
		return x.spec.Priority > y.spec.Priority
	case x != y:
		return x.created < y.created
	}
	return a.Task < b.Task
}
