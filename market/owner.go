package market

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"gpumesh/poc"
)

// submit starts a job of this node's own: the escrow comes first, because nobody works for a promise.
func (m *Machine) submit(s Spec) error {
	if s.Owner != m.cfg.Self || s.Account != m.cfg.Account {
		return ErrNotOwner
	}
	if err := s.Validate(m.cfg.Network); err != nil {
		return err
	}
	cost, ok := MaxCost(s.Terms(m.cfg.Network), m.cfg.FeeBps)
	if !ok {
		return fmt.Errorf("with the network's fee the job can cost more than any account can hold (%v); lower maxPrice", ^Amount(0))
	}
	if cost > s.Budget {
		return fmt.Errorf("the budget of %v does not cover the most that the job can cost with the network's fee, %v", s.Budget, cost)
	}
	if s.Deadline < m.now.Add(m.cfg.Network.LeaseTTL) {
		return fmt.Errorf("the deadline leaves no time to compute anything")
	}
	if s.Deadline > m.now.Add(MaxDuration) {
		return fmt.Errorf("the deadline is more than %d hours away", MaxDuration/3_600_000)
	}
	id := s.ID()
	if m.jobs[id] != nil {
		return ErrDuplicate
	}
	if m.tally(m.cfg.Self).active >= maxActive {
		return ErrFull
	}
	j := newJob(id, s.Owner, m.now)
	j.setSpec(&s)
	j.State, j.Until = Locking, m.now.Add(m.cfg.Network.LockTimeout)
	j.Times.Submitted = m.now
	m.add(j)
	j.touch()
	m.fx.Submit = append(m.fx.Submit, Submission{j.opKey("lock"), LockEscrow{id, s.Terms(m.cfg.Network)}})
	return nil
}

// cancel gives up a job of one's own before its award.
func (m *Machine) cancel(id poc.Hash) error {
	j := m.job(id)
	if j == nil {
		return ErrUnknownJob
	}
	if j.Owner != m.cfg.Self {
		return ErrNotOwner
	}
	if j.State != Locking && j.State != Bidding {
		return ErrWrongState
	}
	j.fail(m, FailCanceled, "canceled by its owner")
	return nil
}

// publishBid opens an offer round.
func (j *job) publishBid(m *Machine) {
	n := m.cfg.Network
	j.Closes = min(m.now.Add(n.OfferWindow), j.BidEnd)
	reach := j.reach(m) // of those that are known now: the bid says so, and they change
	j.Asked = append(j.Asked, asking{j.Round, reach})
	j.touch()
	m.fx.Publish = append(m.fx.Publish, Publication{Bid{
		Job: j.id, Account: j.spec.Account, MaxPrice: j.spec.MaxPrice, Tasks: uint32(len(j.spec.Tasks)),
		Replicas: j.spec.Policy.Replicas, Round: j.Round, Closes: j.Closes, Reach: reach,
	}, j.Closes})
}

// ReachAll is the Reach of a bid to everybody.
const ReachAll = 1 << 16

// reach asks about twice as many providers as a panel seats, of those that this node knows, and twice as many again in every
// further round: an award has no room for the offers of a whole network.
func (j *job) reach(m *Machine) uint32 {
	known, want := uint64(len(m.ads)), uint64(m.cfg.Network.MaxPanel)<<min(j.Round+1, 32)
	if known <= want || len(j.spec.holders()) > 0 { // nobody takes a holder's place
		return 0
	}
	return uint32(max(want*ReachAll/known, 1))
}

// Asks reports whether a bid asks a provider for an offer: a lottery that everybody can check and that differs from round to
// round, so that an owner hears a bounded number of offers, from providers that it did not choose.
func (b Bid) Asks(p poc.PeerID) bool {
	if b.Reach == 0 || b.Reach >= ReachAll {
		return true
	}
	in := append([]byte("gpumesh/market/reach/1"), b.Job[:]...)
	in = binary.BigEndian.AppendUint32(in, b.Round)
	sum := sha256.Sum256(append(in, p[:]...))
	return uint32(binary.BigEndian.Uint16(sum[:])) < b.Reach
}

func (m *Machine) receivedOffer(j *job, v Validated, o Offer, subnet string) error {
	if j.Owner != m.cfg.Self {
		return ErrNotForUs
	}
	if j.State != Bidding {
		return ErrWrongState
	}
	if o.Ask > j.spec.MaxPrice || o.Ask == 0 {
		return fmt.Errorf("the ask of %v is not within the bid's bound of %v", o.Ask, j.spec.MaxPrice)
	}
	if why := j.spec.below(o.Speed, o.Class); why != "" {
		return fmt.Errorf("%w: %s", ErrNotForUs, why)
	}
	if o.Account == j.spec.Account {
		return ErrNotForUs // the owner's own nodes never vote on its job
	}
	if !j.asks(v.from) {
		return ErrNotForUs
	}
	if len(v.raw) > MaxOffer+len(o.Capability) {
		return ErrTooLarge
	}
	if why, err := j.unseatable(m, v.from, o.Account, subnet); err != nil {
		if _, advertises := m.ads[v.from]; !advertises {
			return err
		}
		j.unseat(v.from, why)
		j.maybeAward(m)
		return nil
	}
	delete(j.unseated, v.from)
	j.offers[v.from] = offered{o, v.raw, subnet}
	if last, full := j.makeRoom(m); full {
		_, advertises := m.ads[last]
		if advertises {
			j.unseat(last, ReasonFull)
		}
		if last == v.from && !advertises {
			return ErrFull
		}
	}
	j.Declines = slices.DeleteFunc(j.Declines, func(d declined) bool { return d.Peer == v.from })
	j.touch()
	j.maybeAward(m)
	return nil
}

// unseat notes why an offer has no seat: its author is not waited for.
func (j *job) unseat(p poc.PeerID, why string) {
	if j.unseated == nil {
		j.unseated = map[poc.PeerID]string{}
	}
	j.unseated[p], j.notify = why, true
}

// unseatable says why an offer gets no seat beside those that are there, as the code of a reason: one account and one subnet, one seat. Of two accounts with one
// payout address, which only the chain knows, one may be drawn (newBench).
func (j *job) unseatable(m *Machine, from poc.PeerID, account poc.Account, subnet string) (why string, err error) {
	for p, old := range j.offers {
		switch {
		case p == from:
		case old.offer.Account == account:
			return ReasonAccount, ErrDuplicate
		case subnet != "" && old.subnet == subnet:
			return ReasonPlace, ErrDuplicate
		}
	}
	return "", nil
}

func (m *Machine) receivedDecline(j *job, from poc.PeerID, d Decline) error {
	if j.Owner != m.cfg.Self {
		return ErrNotForUs
	}
	if j.State != Bidding {
		return ErrWrongState
	}
	said := declined{from, d.Code.answer(), d.Reason, d.Ask, j.Round}
	if _, offered := j.offers[from]; offered { // it takes its offer back, unless this is about an earlier round
		if d.Code != DeclineReservation && d.Code != DeclinePaused {
			return ErrStale
		}
		delete(j.offers, from)
		if len(j.Declines) < maxDeclines {
			j.Declines = append(j.Declines, said)
		}
	} else if err := j.keepDecline(m, said); err != nil {
		return err
	}
	j.touch()
	j.maybeAward(m)
	return nil
}

// keepDecline keeps a decline of a provider that was asked: once per peer and account, and in each round only once what it says anew.
func (j *job) keepDecline(m *Machine, said declined) error {
	ad, known := m.ads[said.Peer]
	if !known && !slices.Contains(j.spec.holders(), said.Peer) {
		return ErrNotReady // its ad may be on its way
	}
	for i, old := range j.Declines {
		other, ok := m.ads[old.Peer]
		switch {
		case old.Peer == said.Peer:
			if old.Round == said.Round || old.Code == said.Code && old.Reason == said.Reason && old.Ask == said.Ask {
				return ErrStale
			}
			j.Declines[i] = said
			return nil
		case known && ok && other.ad.Account == ad.ad.Account:
			return ErrDuplicate
		}
	}
	if len(j.Declines) >= maxDeclines {
		return ErrFull
	}
	j.Declines = append(j.Declines, said)
	return nil
}

// maybeAward freezes the offers of those who are drawn when the window has closed with enough of them, or as soon as every provider that the
// owner knows of has answered.
func (j *job) maybeAward(m *Machine) {
	enough := len(j.offers) >= j.spec.Seats()
	if enough && j.Times.Offers == 0 {
		j.Times.Offers = m.now
	}
	if !enough || m.now < j.Closes && !j.allAnswered(m) || !j.holdersAnswered(m) {
		return
	}
	j.passOver(m)
	j.seatDrawn(m)
	doc := AwardDoc{Version: 1, Job: j.id}
	for _, p := range sortedPeers(j.offers) {
		doc.Offers = append(doc.Offers, j.offers[p].raw)
		j.seats = append(j.seats, frozen{p, j.offers[p].offer})
	}
	j.setAward(poc.MustEncode(doc))
	j.move(m, Anchoring, m.now.Add(m.cfg.Network.AwardTimeout))
	j.watchBeacon(m)
	m.fx.Submit = append(m.fx.Submit, Submission{j.opKey("anchor"), AnchorAward{j.id, poc.BlockHash(j.award), j.seating(m)}})
	j.sendAward(m)
}

// allAnswered reports whether every provider with a live ad has offered or declined, or answered though it cannot be drawn.
func (j *job) allAnswered(m *Machine) bool {
	for p := range m.ads {
		if p != m.cfg.Self && !j.answered(p) {
			return false
		}
	}
	return true
}

func (j *job) answered(p poc.PeerID) bool {
	if _, ok := j.offers[p]; ok || j.unbacked[p] || j.unseated[p] != "" {
		return true
	}
	return slices.ContainsFunc(j.Declines, func(d declined) bool { return d.Peer == p })
}

// unbacked notes whose answer is not waited for any more. What it says counts for nothing.
func (m *Machine) unbacked(ev Unbacked) error {
	j := m.job(ev.Job)
	switch _, advertises := m.ads[ev.Peer]; {
	case j == nil:
		return ErrUnknownJob
	case j.State != Bidding:
		return ErrWrongState
	case !advertises:
		return ErrNotForUs
	case j.unbacked[ev.Peer]:
		return ErrDuplicate
	}
	if j.unbacked == nil {
		j.unbacked = map[poc.PeerID]bool{}
	}
	j.unbacked[ev.Peer] = true
	j.maybeAward(m)
	return nil
}

// holdersAnswered reports whether every provider that holds data of the job has offered or declined, or half of the time to bid is over.
func (j *job) holdersAnswered(m *Machine) bool {
	for _, p := range j.spec.holders() {
		if !j.answered(p) && m.now < j.BidEnd.Add(-m.cfg.Network.BidTimeout/2) {
			return false
		}
	}
	return true
}

// noProviders says why bidding failed, from data.
func (j *job) noProviders() string {
	if len(j.offers) >= j.spec.Seats() {
		return fmt.Sprintf("%d providers offered, and this node was away, or waited for who holds the job's data, until their offers ended", len(j.offers))
	}
	s := fmt.Sprintf("%d of the %d providers that the job needs offered in time", len(j.offers), j.spec.Seats())
	if class := j.spec.class(); class != "" {
		s = fmt.Sprintf("%d of the %d providers of device class %s that the job needs, as its results are compared within one class, offered in time", len(j.offers), j.spec.Seats(), class)
	}
	if len(j.Declines) == 0 {
		return s + "; no provider answered otherwise"
	}
	byCode := map[DeclineCode]int{}
	for _, d := range j.Declines {
		byCode[d.Code]++
	}
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		s += fmt.Sprintf("; %d declined as %s", byCode[code], code)
	}
	return s
}

// opDone advances the job whose settlement operation was confirmed or refused.
func (m *Machine) opDone(ev OpDone) error {
	kind, id, ok := ev.Key.split()
	if !ok {
		return fmt.Errorf("%w: operation %q", ErrUnknownJob, ev.Key)
	}
	j := m.job(id)
	if j == nil {
		return ErrUnknownJob
	}
	j.touch()
	if ev.Refused == "" {
		// Every party reads the history back from the chain; this entry shows until then.
		if ev.Receipt.Tx != "" {
			j.remember(Entry{Kind: kind, Receipt: ev.Receipt})
		}
	}
	switch kind {
	case "lock":
		return j.lockDone(m, ev)
	case "anchor":
		if j.State == Anchoring {
			if ev.Refused != "" {
				j.fail(m, FailAward, "the chain refused the award: "+ev.Refused)
				return nil
			}
			j.Times.Anchored = m.now
			j.move(m, Drawing, m.now.Add(m.cfg.Network.AwardTimeout))
		}
	case "claim":
		j.claimDone(m, ev)
	case "keep":
		j.keepDone(m, ev)
	case "slash":
		j.slashDone(m, ev)
	case "refund":
		if (j.State == Failed || j.State == Done && j.open(m)) && j.Until == 0 { // asked for again until the chain is seen to have paid it back
			j.Refund, j.Until = false, m.now.Add(m.cfg.Network.ClaimTurn)
		}
		m.fx.CheckSettlement = append(m.fx.CheckSettlement, j.id)
	}
	return nil
}

func (j *job) lockDone(m *Machine, ev OpDone) error {
	switch {
	case j.State == Failed && ev.Refused == "": // canceled while the lock was under way
		j.refund(m)
	case j.State != Locking:
		return ErrWrongState
	case ev.Refused != "":
		j.fail(m, FailEscrow, "the escrow could not be locked: "+ev.Refused)
	default:
		j.Times.Locked = m.now
		j.BidEnd = m.now.Add(m.cfg.Network.BidTimeout)
		j.move(m, Bidding, j.BidEnd)
		j.publishBid(m)
	}
	return nil
}

// refund asks for what is left in escrow.
func (j *job) refund(m *Machine) {
	if j.Owner != m.cfg.Self || j.Refund {
		return
	}
	j.Refund = true
	j.touch()
	m.fx.Submit = append(m.fx.Submit, Submission{j.opKey("refund"), Refund{j.id}})
}

// remember keeps an entry of the job's history, once.
func (j *job) remember(e Entry) {
	for _, old := range j.History {
		if old.Receipt.Tx == e.Receipt.Tx && bytes.Equal([]byte(old.Kind), []byte(e.Kind)) {
			return
		}
	}
	if len(j.History) < 4*maxDeclines {
		j.History = append(j.History, e)
	}
}
