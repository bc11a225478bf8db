package market

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"gpumesh/poc"
)

// The provider's and the panel's part of the model, and how it is compared with the machine.

// bid: whether this node looks at a job, and if not, why.
func (m *model) bid(owner poc.PeerID, b Bid) error {
	if m.measured == nil || b.Account == m.cfg.Account {
		return ErrNotForUs
	}
	if b.Closes <= m.now {
		return ErrExpired
	}
	if !b.Asks(m.cfg.Self) {
		return ErrNotForUs
	}
	refuse := func(code DeclineCode) { m.say("decline %s %s", b.Job.Short(), code) }
	if j := m.jobs[b.Job]; j != nil && (j.owner == owner || j.state != Declined) {
		switch {
		case j.owner != owner:
			return ErrDuplicate
		case b.Round <= j.round:
			return ErrStale
		case j.state == Offered: // the owner asks again: what was offered is renewed, if there is still room for it
			j.round, j.closes = b.Round, b.Closes
			if !m.reserves(j) {
				if code := m.refusal(owner); code != "" {
					refuse(code)
					return nil
				}
				if m.overbooked(j) {
					refuse(DeclineBusy)
					return nil
				}
			}
			m.makeOffer(j)
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
	m.jobs[b.Job] = &modelJob{id: b.Job, owner: owner, state: Checking, bid: b, round: b.Round, closes: b.Closes, until: b.Closes, created: m.now}
	m.say("look %s", b.Job.Short())
	return nil
}

// reserves: a slot is kept for an offer for a while.
func (m *model) reserves(j *modelJob) bool { return j.state == Offered && m.now < j.reserved }

// crowds: once half of the places are taken, nobody gets more than an eighth of them.
func crowds(all, own, places int) bool { return all*2 >= places && own*8 >= places }

func (m *model) refusal(owner poc.PeerID) DeclineCode {
	active, checking, own, busy := 0, 0, 0, len(m.waiting)+len(m.running)
	for _, j := range m.jobs {
		if j.state < Done {
			active++
		}
		if j.state == Checking {
			if checking++; j.owner == owner {
				own++
			}
		}
		if m.reserves(j) {
			busy++
		}
	}
	switch {
	case m.paused.State == Paused:
		return DeclinePaused
	case busy >= int(m.cfg.Provider.MaxQueue), active >= maxActive, checking >= maxChecking:
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
	if j == nil || j.state != Checking || j.looked != nil {
		return ErrWrongState
	}
	if e == nil || e.Owner != j.bid.Account || e.Terms.MaxPrice != j.bid.MaxPrice || !e.Award.IsZero() || e.Closed {
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
	switch {
	case ev.Code != "":
		m.decline(j, ev.Code)
	case s.Validate(m.cfg.Network) != nil, s.ID() != j.id, s.Owner != j.owner, s.Account != j.bid.Account, s.MaxPrice != j.bid.MaxPrice:
		m.decline(j, DeclineSpec)
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
	j.state, j.until, j.seats, j.award = Drawing, m.now.Add(m.cfg.Network.AwardTimeout), v.seats, award
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
	if delete(m.running, unit); isFailed {
		j.failing = append(j.failing, j.spec.Tasks[ref.Task].Program)
		for i := range j.spec.Tasks { // others of its program are given up, too
			j.holders[m.cfg.Self].gaveUp[uint32(i)] = true
		}
	} else {
		j.finished = true
	}
	return errEither
}

// leases: this node renews its own, and those of silent seats lapse.
func (m *model) leases(j *modelJob) {
	b, n := m.before[j.id], m.cfg.Network
	if self := j.holders[m.cfg.Self]; j.state != Running || self == nil || !b.due {
		return
	}
	if m.now >= j.nextLease {
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
			h.moved = m.now
		}
		if h.held, h.owed = b.holds[p], b.owes[p]; p == m.cfg.Self || h.lapsed || !h.held {
			continue
		}
		stalled := m.now >= h.moved.Add(n.StallTimeout)
		tooLong := m.now >= h.moved.Add(n.StallTimeout+1000*poc.Millis(longest))
		lapsed, silent := m.m.jobs[j.id].holders[p].lapsed, m.now >= h.seen.Add(n.LeaseTTL)
		m.must(lapsed || !silent && !(h.owed && tooLong), "%s is silent or shows no progress, and its lease does not lapse", p.Short())
		m.must(!lapsed || silent || h.owed && stalled, "the lease of %s lapses too soon", p.Short())
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
		if _, looked := ev.(SettlementSeen); looked && err == nil && j.state == Settling && len(own.Slashes) == 0 && j.spec.Batch < 2 && ev.(SettlementSeen).Job == id {
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
	if self := j.holders[m.cfg.Self]; j.state == Running && self != nil {
		latest = min(latest, j.nextLease)
		for p, h := range j.holders {
			if p != m.cfg.Self && !h.lapsed && h.held {
				latest = min(latest, h.seen.Add(m.cfg.Network.LeaseTTL))
			}
		}
	}
	m.must(latest == 0 || due != 0 && due <= latest, "job %s (%v) is due at %d, and must be at %d", j.id.Short(), j.state, due, latest)
	m.must(due == latest || j.state > Anchoring && j.state != Checking && j.state != Offered && j.state != Drawing, "job %s (%v) is due at %d, and must be at %d", j.id.Short(), j.state, due, latest)
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
		m.must(!slices.Contains(owing, m.cfg.Self) || !t.poc.Own().IsZero() || m.now >= j.spec.Deadline || runs || slices.Contains(m.waiting, t.ref), "unit %d of job %s is to be computed, and neither runs nor waits", i, j.id.Short())
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
			add("bid %s %d %d", b.Job.Short(), b.Round, b.Closes)
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
		delete(m.running, ref)
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
			delete(m.running, unit)
			m.jobs[unit.Job].finished = true
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
		m.running[ref] = first[ref]
	}
	m.waiting = slices.Clone(m.m.queue)
	m.must(len(m.waiting) == 0 || len(m.running) >= int(m.cfg.Provider.Slots), "%d units wait, and %d slots are free", len(m.waiting), int(m.cfg.Provider.Slots)-len(m.running))
	if len(m.waiting)+len(m.running) == 0 {
		m.given, m.clock = nil, nil
	}
	return len(m.running)
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
