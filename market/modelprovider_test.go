package market

import (
	"math/big"

	"gpumesh/poc"
)

// The provider's part of the model, and that of a panel's leases.

// bid: whether this node looks at a job, and if not, why.
func (m *model) bid(owner poc.PeerID, b Bid) error {
	if m.measured == nil || b.Account == m.cfg.Account {
		return ErrNotForUs
	}
	if b.Closes <= m.now-60_000 { // a clock may be a minute ahead
		return ErrExpired
	}
	if window := m.cfg.Network.OfferWindow; b.Closes-m.now < poc.Time(window/2) {
		b.Closes = m.now.Add(window)
	}
	b.Closes = min(b.Closes, m.now.Add(m.cfg.Network.BidTimeout).Add(60_000))
	if !b.Asks(m.cfg.Self) {
		return ErrNotForUs
	}
	refuse := func(code DeclineCode) { m.say("decline %s %s", b.Job.Short(), code) }
	if j := m.jobs[b.Job]; j != nil && (j.owner == owner || j.state != Declined) {
		switch {
		case j.owner != owner && j.state == Checking:
			j.rival, j.rivalBid, j.until = &owner, b, min(j.until, m.now.Add(m.cfg.Network.OfferWindow/2))
			return nil
		case j.owner != owner:
			return ErrDuplicate
		case b.Round <= j.round:
			return ErrStale
		case j.state == Offered: // the owner asks again: it gets the offer again, whose slot is kept for longer only once the escrow is seen to stand
			j.round, j.closes = b.Round, b.Closes
			code := m.refusal(owner)
			switch left := j.reserved - m.now; {
			case j.spec.Deadline-m.now < poc.Time(m.cfg.Network.LeaseTTL):
				refuse(DeclineDeadline)
				j.state, j.until = Declined, 0
			case left <= 0 && code != "":
				refuse(code)
			case left > 15_000:
				j.until = j.closes.Add(2 * m.cfg.Network.AwardTimeout)
				m.say("offer %s %d %v %d", j.id.Short(), j.ask, j.backing, j.until)
			case j.lookedAt == 0 || m.now >= j.lookedAt.Add(m.cfg.Network.OfferWindow):
				j.lookedAt = m.now
				m.say("look %s", j.id.Short())
			}
			return nil
		case j.state != Declined:
			return ErrWrongState
		}
	}
	delete(m.jobs, b.Job)
	if b.MaxPrice < m.cfg.Provider.Floor {
		refuse(DeclinePrice)
		return nil
	}
	if code := m.refusal(owner); code != "" {
		refuse(code)
		return nil
	}
	if m.wasteful(b.Account) {
		refuse(DeclineLosses)
		return nil
	}
	checking := 0
	for _, j := range m.jobs {
		if j.state == Checking {
			checking++
		}
	}
	for id, j := range m.jobs { // which one goes is the machine's draw
		if own := m.m.jobs[id]; checking >= maxChecking && m.mayGo(j) && (own == nil || own.State == Declined) {
			m.decline(j, DeclineCrowded)
			break
		}
	}
	m.jobs[b.Job] = &modelJob{id: b.Job, owner: owner, state: Checking, bid: b, round: b.Round, closes: b.Closes, until: b.Closes, created: m.now}
	m.say("look %s", b.Job.Short())
	return nil
}

// mayGo: nothing is known to be locked for a bid, though there was time to see it.
func (m *model) mayGo(j *modelJob) bool {
	return j.state == Checking && j.looked == nil && m.now-j.created >= poc.Time(m.cfg.Network.OfferWindow/4)
}

// wasteful: an owner whose failed programs took more than a minute here, of which a twentieth of the time since is made up for. Each took a second at least.
func (m *model) wasteful(account poc.Account) bool {
	open, last := poc.Millis(0), poc.Time(0)
	for _, w := range m.wasted[account] {
		open = max(0, open-poc.Millis(w.at-last)) + 20*max(1000, w.took)
		last = w.at
	}
	return open-poc.Millis(m.now-last) > 20*60_000
}

// reserves: a slot is kept for an offer for a while.
func (m *model) reserves(j *modelJob) bool { return j.state == Offered && m.now < j.reserved }

// crowds: once half of the places are taken, nobody gets more than an eighth of them.
func crowds(all, own, places int) bool { return all*2 >= places && own*8 >= places }

func (m *model) refusal(owner poc.PeerID) DeclineCode {
	active, checking, own, busy := 0, 0, 0, 0
	replaced := false // some bid being looked at may give its place
	for _, j := range m.jobs {
		if j.state < Done {
			active++
		}
		if j.state == Checking {
			replaced = replaced || m.mayGo(j)
			if checking++; j.owner == owner {
				own++
			}
		}
	}
	all, _ := m.work() // of each account as much as an eighth of the queue
	accounts := map[poc.Account]int{}
	for _, j := range all {
		if accounts[j.spec.Account]++; accounts[j.spec.Account] <= max(1, int(m.cfg.Provider.MaxQueue)/8) {
			busy++
		}
	}
	switch {
	case m.paused.State == Paused:
		return DeclinePaused
	case busy >= int(m.cfg.Provider.MaxQueue), active >= maxActive, checking >= maxChecking && !replaced:
		return DeclineBusy
	case crowds(checking, own, maxChecking):
		return DeclineShare
	}
	return ""
}

// work lists the jobs of all units that wait, run, or have a slot kept, and of those the ones that run.
func (m *model) work() (all, running []*modelJob) {
	for _, ref := range m.waiting {
		all = append(all, m.jobs[ref.Job])
	}
	for ref := range m.running {
		all, running = append(all, m.jobs[ref.Job]), append(running, m.jobs[ref.Job])
	}
	for _, j := range m.jobs {
		if m.reserves(j) {
			all = append(all, j)
		}
	}
	return all, running
}

// greedy: an owner that has much here already leaves the rest to others.
func (m *model) greedy(account poc.Account) bool {
	jobs, ownJobs, own := 0, 0, 0
	for _, j := range m.jobs {
		if j.state < Done {
			if jobs++; j.spec != nil && j.spec.Account == account {
				ownJobs++
			}
		}
	}
	all, _ := m.work()
	for _, j := range all {
		if j.spec.Account == account {
			own++
		}
	}
	return crowds(jobs, ownJobs, maxActive) || crowds(len(all), own, int(m.cfg.Provider.MaxQueue))
}

// overbooked: a unit would not be done in time, after what was promised before. Other owners are in the way as long as one's own work takes, at most.
func (m *model) overbooked(j *modelJob) bool {
	all, running := m.work()
	for _, o := range m.jobs {
		if o.state == Drawing && o.spec != nil {
			all = append(all, o)
		}
	}
	wait, promised := poc.Millis(0), map[poc.Account]poc.Millis{}
	for _, o := range all {
		promised[o.spec.Account] += o.takes
	}
	for _, o := range running {
		promised[o.spec.Account] -= o.takes
		wait += o.takes
	}
	own := promised[j.spec.Account]
	for account, p := range promised {
		if account != j.spec.Account {
			p = min(p, own+j.takes)
		}
		wait += p
	}
	wait /= poc.Millis(m.cfg.Provider.Slots)
	return wait > 0 && m.now.Add(wait+j.takes) > j.spec.Deadline
}

func (m *model) escrowSeen(ev EscrowSeen) error {
	j, e := m.jobs[ev.Job], ev.Escrow
	if j != nil && j.state == Offered && j.lookedAt != 0 {
		m.lookedAgain(j, ev)
		return nil
	}
	if j == nil || j.state != Checking || j.looked != nil {
		return ErrWrongState
	}
	if e == nil || (e.Owner != j.bid.Account || e.Terms.MaxPrice != j.bid.MaxPrice) && j.rival == nil || !e.Award.IsZero() || e.Closed {
		m.decline(j, DeclineEscrow)
		return nil
	}
	j.looked, j.backing = e, Backing{min(ev.Own.Stake, 10*m.cfg.Network.MinStake), ev.Own.Completed, ev.Own.Faults}
	if j.spec == nil {
		m.say("fetch %s", j.id.Short())
	}
	m.maybeOffer(j)
	return nil
}

// lookedAgain: a slot is kept for another minute while something is locked for the job, and it would be given to the owner as if it asked for the first time. Of who
// has the slot, a full queue is no reason.
func (m *model) lookedAgain(j *modelJob, ev EscrowSeen) {
	e, kept := ev.Escrow, m.reserves(j)
	if j.lookedAt = 0; e == nil {
		if !kept {
			m.say("decline %s %s", j.id.Short(), DeclineEscrow)
		}
		return
	}
	if e.Closed {
		m.say("decline %s %s", j.id.Short(), DeclineEscrow)
		j.state, j.until = Declined, 0
		return
	}
	if !e.Award.IsZero() {
		return
	}
	j.reserved = 0
	code := DeclineCode("")
	switch {
	case !kept && m.refusal(j.owner) != "":
		code = m.refusal(j.owner)
	case m.greedy(j.spec.Account):
		code = DeclineShare
	case m.overbooked(j):
		code = DeclineBusy
	}
	if code == "" {
		j.backing = Backing{min(ev.Own.Stake, 10*m.cfg.Network.MinStake), ev.Own.Completed, ev.Own.Faults}
		m.makeOffer(j)
		return
	}
	if kept {
		code = DeclineReservation
	}
	m.say("decline %s %s", j.id.Short(), code)
}

func (m *model) fetched(ev Fetched) error {
	j, s, p := m.jobs[ev.Job], ev.Spec, m.cfg.Provider
	if j == nil || j.state != Checking {
		return ErrWrongState
	}
	number := func(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
	operations := new(big.Int).Mul(number(ev.Work.Operations), number(uint64(max(s.Batch, 1))))
	if operations.BitLen() > 64 {
		operations = number(^uint64(0))
	}
	times := func(n uint64) *big.Int {
		n0 := new(big.Int).Mul(operations, number(n))
		return n0.Div(n0, number(m.measured.I32))
	}
	ask, takes := times(uint64(p.Rate)), times(1000)
	if ask.Cmp(number(uint64(p.Floor))) < 0 {
		ask = number(uint64(p.Floor))
	}
	ask.Lsh(ask, uint(min(s.Priority, Urgent)))
	squatted := false
	if ev.Code == "" && s.ID() == j.id { // the spec says whose job it is, whoever came first
		if squatted = s.Owner != j.owner; squatted {
			if j.round = 0; j.rival != nil && *j.rival == s.Owner {
				j.round, j.closes, j.until = j.rivalBid.Round, j.rivalBid.Closes, j.rivalBid.Closes
			}
			j.owner = s.Owner
		}
		j.rival = nil
	}
	switch {
	case ev.Code != "":
		m.decline(j, ev.Code)
	case s.Validate(m.cfg.Network) != nil, s.ID() != j.id, !squatted && (s.Account != j.bid.Account || s.MaxPrice != j.bid.MaxPrice), s.Owner == m.cfg.Self, s.Account == m.cfg.Account:
		m.decline(j, DeclineSpec)
	case squatted && m.wasteful(s.Account):
		m.decline(j, DeclineLosses)
	case s.Deadline > m.now.Add(MaxDuration):
		m.decline(j, DeclineDeadline)
	case ev.Work.Memory > p.MaxMemory:
		m.decline(j, DeclineCapacity)
	case s.MinSpeed > m.measured.I32, s.Class != "" && s.Class != m.measured.Class:
		m.decline(j, DeclineTerms)
	case ask.Cmp(number(uint64(s.MaxPrice))) > 0:
		m.decline(j, DeclinePrice)
	default:
		j.spec, j.ask = &s, Amount(ask.Uint64())
		j.takes = poc.Millis(max(1, min(takes.Uint64(), uint64(30*24*3_600_000))))
		if !takes.IsUint64() {
			j.takes = 30 * 24 * 3_600_000
		}
		m.maybeOffer(j)
	}
	return nil
}

// maybeOffer: a node offers once it has seen both what is locked and what is to be done.
func (m *model) maybeOffer(j *modelJob) {
	if j.spec == nil || j.looked == nil {
		return
	}
	switch s, e := j.spec, j.looked; {
	case e.Owner != s.Account || e.Terms != s.Terms(m.cfg.Network):
		m.decline(j, DeclineEscrow)
	case s.Deadline < m.now.Add(m.cfg.Network.LeaseTTL):
		m.decline(j, DeclineDeadline)
	case m.greedy(s.Account):
		m.decline(j, DeclineShare)
	case m.overbooked(j):
		m.decline(j, DeclineBusy)
	default:
		m.makeOffer(j)
	}
}

func (m *model) makeOffer(j *modelJob) {
	j.state, j.until = Offered, j.closes.Add(2*m.cfg.Network.AwardTimeout)
	j.reserved = min(m.now.Add(60_000), j.until)
	m.say("offer %s %d %v %d", j.id.Short(), j.ask, j.backing, j.until)
}

// awarded: a provider takes part if its offer is in the award, and waits for the chain to say which award counts.
func (m *model) awarded(j *modelJob, v Validated, award poc.Hash) error {
	switch {
	case j.state == Checking, j.state == Drawing && j.owner != m.cfg.Self && award != j.award:
		return ErrNotReady
	case j.state != Offered:
		return ErrWrongState
	}
	seated := false
	for _, f := range v.seats {
		if f.peer == j.owner || f.offer.Account == j.spec.Account { // nobody votes on its own job
			return ErrNotForUs
		}
		seated = seated || f.peer == m.cfg.Self && f.offer.Account == m.cfg.Account
	}
	if !seated {
		return ErrNotForUs
	}
	j.state, j.until, j.seats, j.award, j.asks = Drawing, m.now.Add(m.cfg.Network.AwardTimeout), v.seats, award, false
	j.late = false
	m.say("award %s to %d", j.id.Short(), len(j.seats)-1)
	m.say("beacon %s", j.id.Short())
	return nil
}

// ended: an execution that nobody waits for any more ends nothing.
func (m *model) ended(ev Event) error {
	var ref poc.TaskRef
	failed, isFailed := ev.(RunFailed)
	if ref = failed.Ref; !isFailed {
		ref = ev.(RunDone).Ref
	}
	unit, j := ref, m.jobs[ref.Job]
	if j != nil && j.spec != nil && j.spec.Batch > 1 {
		unit.Task /= j.spec.Batch
	}
	task, runs := m.running[unit]
	if !runs {
		return ErrWrongState
	}
	if task != ref.Task { // another one of the unit
		return nil
	}
	if !isFailed && j.spec.Batch > 1 {
		return errEither // there may be further tasks in the unit
	}
	switch m.took(unit); {
	case isFailed && failed.Released:
		j.holders[m.cfg.Self].gaveUp[unit.Task] = true
	case isFailed:
		m.wasted[j.spec.Account] = append(m.wasted[j.spec.Account], waste{m.now, poc.Millis(m.now - m.began[unit])})
		j.failing = append(j.failing, j.spec.Tasks[ref.Task].Program)
		for i := range j.spec.Tasks { // others of its program are given up, too
			j.holders[m.cfg.Self].gaveUp[uint32(i)] = true
		}
	}
	return errEither
}

// leases: this node renews its own, and those of silent seats lapse.
func (m *model) leases(j *modelJob) {
	b, n := m.before[j.id], m.cfg.Network
	if j.state != Running || !b.due {
		return
	}
	if self := j.holders[m.cfg.Self]; self != nil && m.now >= j.nextLease { // an owner has none, and sees others'
		if j.nextLease = m.now.Add(n.LeaseTTL / 3); b.holds[m.cfg.Self] {
			m.say("lease %s", j.id.Short())
		}
	}
	longest := uint32(0) // what one execution may take
	for _, t := range j.spec.Tasks {
		longest = max(longest, t.Timeout)
	}
	for p, h := range j.holders {
		if b.holds[p] && !h.held {
			h.seen = m.now // its time begins with its hold
		}
		if b.owes[p] && !h.owed {
			h.moved, h.owes, h.proved = m.now, m.now, m.now
		}
		if h.held, h.owed = b.holds[p], b.owes[p]; p == m.cfg.Self || h.lapsed || !h.held {
			continue
		}
		stalled := m.now >= h.moved.Add(n.StallTimeout)
		tooLong := m.now >= h.moved.Add(n.StallTimeout+1000*poc.Millis(longest))
		// What leases show can be made up, but for a part of the time that is left, no longer than two executions that take all they may.
		unproven := m.now >= h.owes.Add(2*n.StallTimeout)
		most := max(2*n.StallTimeout+2000*poc.Millis(max(j.spec.Batch, 1))*poc.Millis(longest), poc.Millis(j.spec.Deadline-h.owes)/8)
		tooLong = tooLong || m.now >= h.proved.Add(most)
		lapsed, silent := m.m.jobs[j.id].holders[p].lapsed, m.now >= h.seen.Add(n.LeaseTTL)
		m.must(lapsed || !silent && !(h.owed && tooLong), "%s is silent or shows no progress, and its lease does not lapse", p.Short())
		m.must(!lapsed || silent || h.owed && (stalled || unproven), "the lease of %s lapses too soon", p.Short())
		if h.lapsed = lapsed; lapsed {
			h.never = true
		}
	}
}

// certified: a job settles once every task is certified or failed.
func (m *model) certified(j *modelJob) {
	if j.state != Running {
		return
	}
	for _, t := range m.m.jobs[j.id].tasks {
		if t.poc.Phase() < poc.Certified {
			return
		}
	}
	j.state, j.until = Settling, j.spec.Deadline.Add(m.cfg.Network.SettleGrace)
}
