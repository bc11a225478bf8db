package market

import (
	"bytes"
	"fmt"
	"math/bits"

	"gpumesh/poc"
)

// receivedBid starts looking at a job that somebody wants done.
func (m *Machine) receivedBid(owner poc.PeerID, b Bid) error {
	if m.cfg.Provider == nil || m.ad == nil {
		return ErrNotForUs
	}
	if b.Account == m.cfg.Account {
		return ErrNotForUs // owners do not work on their own jobs
	}
	if b.Closes.Add(MaxSkew) <= m.now {
		return ErrExpired
	}
	// That is by the owner's clock, which may be behind this one: what comes with less than half of a window left has a whole one here. None is open for longer than bidding may take.
	if n := m.cfg.Network; b.Closes < m.now.Add(n.OfferWindow/2) {
		b.Closes = m.now.Add(n.OfferWindow)
	} else {
		b.Closes = min(b.Closes, m.now.Add(n.BidTimeout+MaxSkew))
	}
	if !b.Asks(m.cfg.Self) {
		return ErrNotForUs
	}
	decline := func(code DeclineCode, reason string, ask Amount) error {
		m.fx.Send = append(m.fx.Send, Send{[]poc.PeerID{owner}, Decline{Job: b.Job, Code: code, Reason: reason, Ask: ask}, b.Closes, true})
		return nil
	}
	if j := m.job(b.Job); j != nil {
		switch {
		case j.Owner != owner && j.State == Declined: // one of the two bids for a job that is not its own
		case j.Owner != owner && j.State == Checking: // whose job it is says the spec
			j.rival, j.Until = &rival{owner, b}, min(j.Until, m.now.Add(m.cfg.Network.OfferWindow/2)) // one of the two may give nothing
			return nil
		case j.Owner != owner:
			return ErrDuplicate
		case b.Round <= j.Round:
			return ErrStale
		case j.State == Offered: // the owner may have missed the offer
			j.Round, j.Closes = b.Round, b.Closes
			j.touch()
			j.askedAgain(m)
			return nil
		case j.State != Declined:
			return ErrWrongState
		}
		m.drop(j) // a new round is a new chance
	}
	if floor, _ := m.prices(); b.MaxPrice < floor {
		return decline(DeclinePrice, fmt.Sprintf("the bid of %v per replica is below this provider's floor of %v", b.MaxPrice, floor), floor)
	}
	if code, why := m.refusal(owner); code != "" { // nothing is looked at for it
		return decline(code, why, 0)
	}
	if why := m.lost(b.Account); why != "" {
		return decline(DeclineLosses, why, 0)
	}
	m.makeRoom(b.Job)
	j := newJob(b.Job, owner, m.now)
	j.State, j.Round, j.Closes, j.Until = Checking, b.Round, b.Closes, b.Closes
	j.bid = b
	m.add(j)
	m.fx.CheckEscrow = append(m.fx.CheckEscrow, j.id) // nothing is fetched for who has locked nothing
	return nil
}

// rival is another peer's bid for a job that is being looked at: anybody can name any job in a bid, and may come before its owner.
type rival struct {
	owner poc.PeerID
	bid   Bid
}

// decide takes the job's spec for whose job it is. What somebody else bid counts for nothing then, and the owner gets the answer, whether its bid came or not.
func (j *job) decide(owner poc.PeerID) {
	if j.Owner != owner {
		j.Owner, j.Round = owner, 0
		if j.rival != nil && j.rival.owner == owner {
			j.Round, j.Closes, j.Until = j.rival.bid.Round, j.rival.bid.Closes, j.rival.bid.Closes
		}
	}
	j.rival = nil
}

// decline ends this node's interest in a job and tells the owner why.
func (j *job) decline(m *Machine, code DeclineCode, reason string) { j.declineAt(m, code, reason, 0) }

// declineAt also tells the price that would do.
func (j *job) declineAt(m *Machine, code DeclineCode, reason string, ask Amount) {
	m.fx.Send = append(m.fx.Send, Send{[]poc.PeerID{j.Owner}, Decline{Job: j.id, Code: code, Reason: clip(reason), Ask: ask}, j.Closes, true})
	if r := j.rival; r != nil {
		if j.rival = nil; code == DeclineFetch && r.bid.Closes > m.now { // it may be had from the other
			m.drop(j)
			_ = m.receivedBid(r.owner, r.bid)
			return
		}
		m.fx.Send = append(m.fx.Send, Send{[]poc.PeerID{r.owner}, Decline{Job: j.id, Code: code, Reason: clip(reason), Ask: ask}, r.bid.Closes, true})
	}
	j.move(m, Declined, 0)
	j.spec, j.escrow = nil, nil // a declined job takes up no room
	m.fx.Forget = append(m.fx.Forget, j.id)
}

func (m *Machine) fetched(ev Fetched) error {
	j := m.job(ev.Job)
	if j == nil || j.State != Checking {
		return ErrWrongState
	}
	if ev.Code != "" {
		j.decline(m, ev.Code, ev.Reason)
		return nil
	}
	s := ev.Spec
	if s.ID() != j.id {
		j.decline(m, DeclineSpec, "the bid and the job spec do not agree")
		return nil
	}
	squatted := s.Owner != j.Owner
	j.decide(s.Owner)
	switch err := s.Validate(m.cfg.Network); {
	case err != nil:
		j.decline(m, DeclineSpec, err.Error())
		return nil
	case !squatted && (s.Account != j.bid.Account || s.MaxPrice != j.bid.MaxPrice):
		j.decline(m, DeclineSpec, "the bid and the job spec do not agree")
		return nil
	case s.Owner == m.cfg.Self || s.Account == m.cfg.Account:
		j.decline(m, DeclineSpec, "owners do not work on their own jobs")
		return nil
	case s.Deadline > m.now.Add(MaxDuration):
		j.decline(m, DeclineDeadline, fmt.Sprintf("the deadline is more than %d hours away", MaxDuration/3_600_000))
		return nil
	case ev.Work.Memory > m.cfg.Provider.MaxMemory:
		j.decline(m, DeclineCapacity, fmt.Sprintf("a task needs %d bytes of device memory; this provider allows %d", ev.Work.Memory, m.cfg.Provider.MaxMemory))
		return nil
	}
	if why := m.lost(s.Account); squatted && why != "" {
		j.decline(m, DeclineLosses, why)
		return nil
	}
	if why := s.below(m.ad.I32, m.ad.Class); why != "" {
		j.decline(m, DeclineTerms, why)
		return nil
	}
	if why := m.unvouched(ev.Work.Memory, s.MinSpeed); why != "" {
		j.decline(m, DeclineUnvouched, why)
		return nil
	}
	work := ev.Work.Times(uint64(s.batch())) // an ask is for one replica of a unit
	j.Ask, j.RunTime = m.price(work, s.Priority), m.runTime(work)
	if j.Ask > s.MaxPrice {
		j.declineAt(m, DeclinePrice, fmt.Sprintf("the bid of %v per replica is below this provider's ask of %v", s.MaxPrice, j.Ask), j.Ask)
		return nil
	}
	j.setSpec(&s)
	j.offerIfReady(m)
	return nil
}

// Ask is what a provider with this ad asks for one replica: its rate times the estimated run time, at least its floor. The run time is what
// the arithmetic takes at the measured speed, or what the memory takes at the measured bandwidth, whichever is longer.
func (a Ad) Ask(w Work) Amount {
	pay := scaled(w.Operations, uint64(a.Rate), a.I32)
	if a.Bandwidth > 0 {
		pay = max(pay, scaled(w.Traffic, uint64(a.Rate), a.Bandwidth))
	}
	return max(Amount(pay), a.Floor, 1)
}

// scaled is n * by / rate, saturating.
func scaled(n, by, rate uint64) uint64 {
	rate = max(rate, 1)
	hi, lo := bits.Mul64(n, by)
	if hi >= rate {
		return ^uint64(0)
	}
	q, _ := bits.Div64(hi, lo, rate)
	return q
}

func (m *Machine) escrowSeen(ev EscrowSeen) error {
	j := m.job(ev.Job)
	if j != nil && j.State == Offered && j.looksUntil != 0 {
		j.renewSlot(m, ev)
		return nil
	}
	if j == nil || j.State != Checking || j.escrow != nil {
		return ErrWrongState
	}
	switch e := ev.Escrow; {
	case e == nil:
		j.decline(m, DeclineEscrow, ev.Reason)
	case (e.Owner != j.bid.Account || e.Terms.MaxPrice != j.bid.MaxPrice) && j.rival == nil:
		j.decline(m, DeclineEscrow, "the escrow on chain is not what the bid promises")
	case !e.Award.IsZero() || e.Closed:
		j.decline(m, DeclineEscrow, "the job was awarded or refunded before")
	default:
		seen := *e
		j.escrow, j.Backing = &seen, backing(m.cfg.Network, ev.Own)
		if j.spec == nil {
			m.fx.Fetch = append(m.fx.Fetch, Fetch{j.id, j.Owner, j.bid.Account, j.Closes})
		}
		j.offerIfReady(m)
	}
	return nil
}

// offerIfReady offers once both the chain and the spec have been seen and agree.
func (j *job) offerIfReady(m *Machine) {
	if j.spec == nil || j.escrow == nil {
		return
	}
	e := j.escrow
	switch {
	case e.Owner != j.spec.Account || e.Terms != j.spec.Terms(m.cfg.Network):
		j.decline(m, DeclineEscrow, "the escrow on chain is not what the job spec promises")
		return
	case j.spec.Deadline < m.now.Add(m.cfg.Network.LeaseTTL):
		j.decline(m, DeclineDeadline, "the deadline leaves no time to compute anything")
		return
	}
	if why := m.share(j.spec.Account); why != "" {
		j.decline(m, DeclineShare, why)
		return
	}
	if why := m.overbooked(j); why != "" {
		j.decline(m, DeclineBusy, why)
		return
	}
	j.move(m, Offered, j.offerEnds(m))
	j.reserve(m)
	j.sendOffer(m)
}

func (j *job) sendOffer(m *Machine) {
	j.touch()
	o := Offer{Job: j.id, Account: m.cfg.Account, Ask: j.Ask, Speed: min(m.ad.I32, m.Believed().Speed), Class: m.ad.Class, Backing: j.Backing}
	if m.vouched != nil {
		o.Capability = poc.MustEncode(m.vouched)
	}
	if j.spec.Policy.Priced() {
		o.Lot = poc.Lots(m.secret(j.id), j.id, j.spec.Units()).Root()
	}
	m.fx.Send = append(m.fx.Send, Send{[]poc.PeerID{j.Owner}, o, j.Until, true})
}

// receivedAward takes part in a job if this node's offer is in the award. Anybody may have made it: the chain decides later
// whether it is the award, and until then this node believes the first that it hears.
func (m *Machine) receivedAward(j *job, v Validated, a Award) error {
	switch {
	case j.State == Checking:
		return ErrNotReady
	case j.State == Drawing && j.Owner != m.cfg.Self && !bytes.Equal(a.Document, j.award):
		return ErrNotReady // should the chain not hold the first, this one gets its turn
	case j.State != Offered:
		return ErrWrongState
	}
	seated := false
	for _, f := range v.seats {
		if f.peer == j.Owner || f.offer.Account == j.spec.Account {
			return fmt.Errorf("%w: the award seats the job's owner", ErrNotForUs)
		}
		seated = seated || f.peer == m.cfg.Self && f.offer.Account == m.cfg.Account
	}
	if !seated {
		return ErrNotForUs
	}
	j.seats = v.seats
	j.setAward(a.Document)
	j.overdue, j.asked = false, false
	j.move(m, Drawing, m.now.Add(m.cfg.Network.AwardTimeout))
	j.watchBeacon(m)
	j.sendAward(m) // the owner may be gone before everybody has it
	return nil
}

// failAward ends a job whose award did not come to hold. A provider may have been told a wrong one: it waits for another as
// long as its offer stands.
func (j *job) failAward(m *Machine, reason string) {
	until := j.offerEnds(m)
	if j.Owner == m.cfg.Self || until <= m.now {
		j.fail(m, FailAward, reason)
		return
	}
	j.seats = nil
	j.setAward(nil)
	j.move(m, Offered, until)
}

// offerEnds is when a provider waits no longer for the award of the bid that it answered last.
func (j *job) offerEnds(m *Machine) poc.Time { return j.Closes.Add(2 * m.cfg.Network.AwardTimeout) }
