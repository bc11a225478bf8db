package market

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	"gpumesh/poc"
)

// model says what a machine must decide, in the plainest words: it is given the same events, keeps its own short notes, and compares after each of them. It
// shares types with the machine, and no rule but what documents say of themselves. What Proof of Computation says of a task (its phase, its candidates, and
// who holds it) it takes as given, as poc has a model of its own; so it does with the estimates that the host makes.
type model struct {
	cfg  Config
	m    *Machine // only looked at
	now  poc.Time
	jobs map[poc.Hash]*modelJob
	ads  map[poc.PeerID]modelAd

	measured *Ad
	paused   Condition
	waiting  []poc.TaskRef            // units that wait for a slot
	running  map[poc.TaskRef]uint32   // units, with the task that is at it
	clock    *big.Rat                 // time given to the owner whose turn was last
	given    map[poc.Account]*big.Rat // to each owner, for its weight
	began    map[poc.TaskRef]poc.Time // when what runs began
	wasted   map[poc.Account][]waste  // what failed here, for each owner

	before map[poc.Hash]seen // what there was to see before the event
	want   []string          // what the node must say and ask for in this step
	last   []Event           // the newest events, for who has to find a fault
}

// modelFailure is what the model finds wrong.
type modelFailure string

func (m *model) must(ok bool, format string, args ...any) {
	if !ok {
		text := fmt.Sprintf(format, args...)
		for i, ev := range m.last[max(0, len(m.last)-6):] {
			text += fmt.Sprintf("\n  %d: %.300s", i, fmt.Sprintf("%T %+v", ev, ev))
		}
		panic(modelFailure(text))
	}
}

// waste is an execution that failed: when, and after what time.
type waste struct {
	at   poc.Time
	took poc.Millis
}

type modelAd struct {
	account  poc.Account
	sequence uint64
	expires  poc.Time
}

// modelJob is what the model knows of a job.
type modelJob struct {
	id                       poc.Hash
	owner                    poc.PeerID
	state                    State
	until, closes, bidEnd    poc.Time
	round                    uint32
	created                  poc.Time
	failure                  FailureCode
	kept                     bool // across a restart
	spec                     *Spec
	locked, refunded, closed bool // owner: the escrow is there; it was asked for; nothing is left of it
	offers                   map[poc.PeerID]modelOffer
	asked                    []Bid // of each round: who is
	declines                 []declined
	unbacked                 map[poc.PeerID]bool // who answered, and cannot be drawn
	unseated                 []poc.PeerID        // who offered, and got no seat beside the others
	seats                    []frozen
	award                    poc.Hash
	late                     bool // the beacon
	asks                     bool // the chain, whether the award is anchored

	bid       Bid         // provider
	rival     *poc.PeerID // who else bids for it
	rivalBid  Bid
	looked    *Escrow // provider: at
	backing   Backing
	ask       Amount
	takes     poc.Millis // a unit, here
	reserved  poc.Time
	lookedAt  poc.Time   // the escrow, for a further round
	failing   []poc.Link // programs that failed here
	nextLease poc.Time
	holders   map[poc.PeerID]*modelHolder

	settled, claiming, claimed, slashed map[string]bool
	claimSince, claimDue                poc.Time // there is something to claim; and this node's turn to do so
	refused                             bool     // some claim was
	paid                                Amount   // by this node's claims, at most
}

type modelOffer struct {
	frozen
	subnet string
}

type modelHolder struct {
	seen, moved               poc.Time // alive; and going on
	owes, proved              poc.Time // since when it owes progress; and the last commitment since, taken or not
	held, owed, lapsed, never bool     // never: it does not hold again what it held
	said                      Lease
	gaveUp                    map[uint32]bool // units
}

// seen is what poc says of a job's tasks.
type seen struct {
	due         bool
	holds, owes map[poc.PeerID]bool
}

func newModel(cfg Config, m *Machine) *model {
	out := &model{cfg: cfg, m: m, jobs: map[poc.Hash]*modelJob{}, ads: map[poc.PeerID]modelAd{}, running: map[poc.TaskRef]uint32{}, measured: m.ad,
		began: map[poc.TaskRef]poc.Time{}, wasted: map[poc.Account][]waste{}}
	for p, a := range m.ads {
		out.ads[p] = modelAd{a.ad.Account, a.sequence, a.expires}
	}
	return out
}

var (
	errAny    = errors.New("any refusal")
	errEither = errors.New("as Proof of Computation says")
)

// step gives an event to the machine and to the model, and compares them.
func (m *model) step(now poc.Time, ev Event, do func() (Effects, error)) (Effects, error) {
	m.now, m.want, m.before = max(m.now, now), nil, map[poc.Hash]seen{}
	m.last = append(m.last, ev)
	for id, j := range m.m.jobs {
		s := seen{due: m.m.due(j) != 0 && m.m.due(j) <= m.now, holds: map[poc.PeerID]bool{}, owes: map[poc.PeerID]bool{}}
		for _, t := range j.tasks {
			if t.poc.Phase() == poc.Computing {
				for _, p := range t.poc.Holders() {
					s.holds[p] = true
				}
				for _, p := range t.poc.Owing() {
					s.owes[p] = true
				}
			}
		}
		m.before[id] = s
	}
	fx, err := do()
	want := m.take(ev)
	switch {
	case want == errEither:
	case want == errAny:
		m.must(err != nil, "%T is taken, and must be refused", ev)
	default:
		m.must(errors.Is(err, want), "%T: the machine says %v, the model %v", ev, err, want)
	}
	m.compare(ev, fx, err)
	return fx, err
}

// restarted compares with a machine that was made from the records.
func (m *model) restarted(machine *Machine, now poc.Time, fx Effects) {
	m.m, m.now, m.want, m.waiting, m.before = machine, now, nil, nil, map[poc.Hash]seen{}
	m.last = append(m.last, nil)
	m.paused, m.measured, m.ads, m.running, m.clock, m.given = Condition{}, nil, map[poc.PeerID]modelAd{}, map[poc.TaskRef]uint32{}, nil, nil
	m.began, m.wasted = map[poc.TaskRef]poc.Time{}, map[poc.Account][]waste{}
	for id, j := range m.jobs {
		if !j.kept {
			delete(m.jobs, id)
			continue
		}
		j.unbacked, j.unseated, j.lookedAt, j.asks, j.late = nil, nil, 0, false, false
		j.failing, j.closed, j.nextLease, j.claimSince, j.claimDue = nil, false, now, 0, 0
		for _, h := range j.holders {
			*h = modelHolder{seen: now, moved: now, owes: now, proved: now, never: h.never, gaveUp: h.gaveUp}
		}
		if j.state == Anchoring || j.state == Drawing {
			m.say("beacon %s", id.Short())
		}
	}
	m.compare(nil, fx, nil)
}

func (m *model) say(format string, args ...any) {
	m.want = append(m.want, fmt.Sprintf(format, args...))
}

func (m *model) decline(j *modelJob, code DeclineCode) {
	m.say("decline %s %s", j.id.Short(), code)
	if other := j.rival; other != nil { // it is told the same, or is looked at in place of whom nothing could be had from
		if j.rival = nil; code == DeclineFetch && j.rivalBid.Closes > m.now {
			delete(m.jobs, j.id)
			_ = m.bid(*other, j.rivalBid)
			return
		}
		m.say("decline %s %s", j.id.Short(), code)
	}
	j.state, j.until, j.spec, j.looked = Declined, 0, nil, nil
}

func (m *model) take(ev Event) error {
	switch ev := ev.(type) {
	case Received:
		return m.received(ev)
	case Submit:
		return m.submit(ev.Spec)
	case Cancel:
		j := m.jobs[ev.Job]
		switch {
		case j == nil:
			return ErrUnknownJob
		case j.owner != m.cfg.Self:
			return ErrNotOwner
		case j.state != Locking && j.state != Bidding: // an award binds
			return ErrWrongState
		}
		m.fail(j, FailCanceled)
	case Fetched:
		return m.fetched(ev)
	case EscrowSeen:
		return m.escrowSeen(ev)
	case Unbacked:
		return m.unbacked(ev)
	case OpDone:
		return m.opDone(ev)
	case BeaconSeen:
		return m.beaconSeen(ev)
	case SettlementSeen:
		return m.settlementSeen(ev)
	case RunDone, RunFailed:
		return m.ended(ev)
	case Measured:
		m.measured = &ev.Ad
	case Condition:
		if ev == m.paused {
			return nil
		}
		for _, j := range m.jobs {
			if ev.State == Paused && j.state == Offered && j.reserved != 0 { // offers are taken back
				j.reserved = 0
				m.say("decline %s %s", j.id.Short(), DeclinePaused)
			}
		}
		m.paused = ev
	case Tick:
		for _, j := range m.jobs {
			m.tick(j)
		}
	default:
		return errEither
	}
	return nil
}

// fail ends a job. An owner asks for what it has locked.
func (m *model) fail(j *modelJob, code FailureCode) {
	j.state, j.until, j.failure = Failed, 0, code
	if j.locked {
		m.refund(j)
	}
}

func (m *model) refund(j *modelJob) {
	if j.owner == m.cfg.Self && !j.refunded {
		j.refunded = true
		m.say("refund %s", j.id.Short())
	}
}

// submit: nothing is promised that the budget does not cover, or that cannot be done in time.
func (m *model) submit(s Spec) error {
	n := m.cfg.Network
	units := uint64(len(s.Tasks)) / uint64(max(s.Batch, 1))
	cost := new(big.Int).SetUint64(units * uint64(max(s.Policy.MaxReplicas, s.Policy.Quorum)))
	cost.Mul(cost, new(big.Int).SetUint64(uint64(s.MaxPrice)))
	cost.Mul(cost, big.NewInt(int64(FeeBase+m.cfg.FeeBps)))
	if s.Owner != m.cfg.Self || s.Account != m.cfg.Account {
		return ErrNotOwner
	}
	if budget := new(big.Int).Mul(new(big.Int).SetUint64(uint64(s.Budget)), big.NewInt(FeeBase)); cost.Cmp(budget) > 0 || s.Deadline < m.now.Add(n.LeaseTTL) || s.Deadline > m.now.Add(MaxDuration) {
		return errAny
	}
	if m.jobs[s.ID()] != nil {
		return ErrDuplicate
	}
	m.jobs[s.ID()] = &modelJob{id: s.ID(), owner: s.Owner, spec: &s, state: Locking, until: m.now.Add(n.LockTimeout), created: m.now, offers: map[poc.PeerID]modelOffer{}}
	m.say("lock %s %d", s.ID().Short(), s.Budget)
	return nil
}

// openRound asks for offers.
func (m *model) openRound(j *modelJob) {
	j.closes = min(m.now.Add(m.cfg.Network.OfferWindow), j.bidEnd)
	asks := Bid{Job: j.id, Round: j.round}
	if known, want := float64(len(m.ads)), float64(m.cfg.Network.MaxPanel)*math.Pow(2, float64(j.round+1)); known > want { // about twice as many as have seats, and twice as many again each time
		asks.Reach = uint32(want * ReachAll / known)
	}
	j.asked = append(j.asked, asks)
	m.say("bid %s %d %d %d", j.id.Short(), j.round, j.closes, asks.Reach)
}

// drawn: those who offered, as the owner's lottery has them.
func (m *model) drawn(j *modelJob) []poc.PeerID {
	ps := sortedPeers(j.offers)
	slices.SortFunc(ps, func(a, b poc.PeerID) int {
		lot := func(p poc.PeerID) string {
			return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "gpumesh/market/lottery/1%s%s%s", m.cfg.Secret[:], j.id[:], p[:])))
		}
		return strings.Compare(lot(a), lot(b))
	})
	return ps
}

// unbacked: who advertises, and answers without a stake, is not waited for.
func (m *model) unbacked(ev Unbacked) error {
	j := m.jobs[ev.Job]
	switch {
	case j == nil:
		return ErrUnknownJob
	case j.state != Bidding:
		return ErrWrongState
	case m.ads[ev.Peer] == (modelAd{}):
		return ErrNotForUs
	case j.unbacked[ev.Peer]:
		return ErrDuplicate
	}
	if j.unbacked == nil {
		j.unbacked = map[poc.PeerID]bool{}
	}
	j.unbacked[ev.Peer] = true
	m.maybeAward(j)
	return nil
}

// maybeAward: once enough have offered, and the window is over or everybody who advertises has answered, there must be an award, of all of them or those who are
// drawn first.
func (m *model) maybeAward(j *modelJob) {
	need := int(j.spec.Policy.Replicas)
	if j.spec.Policy.MaxError != 0 { // all candidates, as records decide who works
		need += int(j.spec.Policy.Standby)
	}
	if len(j.offers) < need {
		return
	}
	for p := range m.ads {
		_, offered := j.offers[p]
		declined := slices.ContainsFunc(j.declines, func(d declined) bool { return d.Peer == p })
		if m.now < j.closes && p != m.cfg.Self && !offered && !declined && !j.unbacked[p] && !slices.Contains(j.unseated, p) {
			return
		}
	}
	text := ""
	if ps := m.drawn(j); len(ps) > int(m.cfg.Network.MaxPanel) {
		for _, p := range ps[m.cfg.Network.MaxPanel:] {
			delete(j.offers, p)
		}
	}
	for _, p := range sortedPeers(j.offers) {
		o := j.offers[p]
		j.seats, text = append(j.seats, o.frozen), text+fmt.Sprintf(" %s %d", o.offer.Account, o.offer.Ask)
	}
	j.state, j.until = Anchoring, m.now.Add(m.cfg.Network.AwardTimeout)
	m.say("anchor %s%s", j.id.Short(), text)
	m.say("award %s to %d", j.id.Short(), len(j.seats))
	m.say("beacon %s", j.id.Short())
}

func (m *model) received(ev Received) error {
	v := ev.Message
	from := v.from
	if _, bid := v.message.(Bid); v.expires <= m.now && !bid || v.expires.Add(60_000) <= m.now {
		return ErrExpired
	}
	if from == m.cfg.Self {
		return ErrNotForUs
	}
	switch msg := v.message.(type) {
	case Ad:
		if old, ok := m.ads[from]; ok && v.sequence <= old.sequence {
			return ErrStale
		}
		m.ads[from] = modelAd{msg.Account, v.sequence, min(v.expires, m.now.Add(m.cfg.Network.AdTTL))}
		return nil
	case Bid:
		return m.bid(from, msg)
	}
	j := m.jobs[jobOf(v.message)]
	if j == nil {
		return ErrUnknownJob
	}
	h := j.holders[from]
	switch msg := v.message.(type) {
	case Offer:
		return m.offer(j, v, msg, ev.Subnet)
	case Decline:
		return m.declined(j, declined{from, msg.Code, msg.Reason, msg.Ask, j.round})
	case Award:
		return m.awarded(j, v, poc.BlockHash(msg.Document))
	case Lease:
		if h == nil || j.state != Running {
			return ErrWrongState
		}
		if h.seen, h.lapsed = m.now, false; msg.Finished != h.said.Finished || !slices.Equal(msg.Running, h.said.Running) || msg.Others != h.said.Others {
			h.moved, h.said = m.now, msg
		}
	case Settled:
		if from != j.owner && !slices.ContainsFunc(j.seats, func(f frozen) bool { return f.peer == from }) {
			return ErrNotForUs
		}
	case Proof:
		switch {
		case j.state < Running:
			return ErrNotReady
		case j.holders == nil:
			return ErrWrongState
		case int(msg.Message.Ref().Task) >= len(j.spec.Tasks)/int(max(j.spec.Batch, 1)):
			return ErrNotForUs
		}
		if h != nil {
			h.seen, h.lapsed = m.now, false
			switch msg.Message.(type) {
			case poc.Abstain:
				h.gaveUp[msg.Message.Ref().Task] = true
			case poc.Commit:
				h.proved = m.now
			}
		}
		return errEither
	}
	return nil
}

// offer: who may be seated, and why not.
func (m *model) offer(j *modelJob, v Validated, o Offer, subnet string) error {
	switch {
	case j.owner != m.cfg.Self:
		return ErrNotForUs
	case j.state != Bidding:
		return ErrWrongState
	case o.Ask == 0 || o.Ask > j.spec.MaxPrice:
		return errAny
	case o.Speed < j.spec.MinSpeed, j.spec.Class != "" && o.Class != j.spec.Class, o.Account == j.spec.Account:
		return ErrNotForUs
	case !slices.ContainsFunc(j.asked, func(b Bid) bool { return b.Asks(v.from) }):
		return ErrNotForUs
	}
	refused := error(nil)
	for p, other := range j.offers {
		if p != v.from && (other.offer.Account == o.Account || subnet != "" && subnet == other.subnet) {
			refused = ErrDuplicate
		}
	}
	if _, asked := m.ads[v.from]; refused != nil && asked { // it has answered, and is not waited for
		j.unseated = append(j.unseated, v.from)
		m.maybeAward(j)
		return nil
	}
	if refused != nil {
		return refused
	}
	j.unseated = slices.DeleteFunc(j.unseated, func(p poc.PeerID) bool { return p == v.from })
	j.offers[v.from] = modelOffer{frozen{v.from, o}, subnet}
	if ps, most := m.drawn(j), 2*int(m.cfg.Network.MaxPanel); len(ps) > most {
		delete(j.offers, ps[most])
		if _, asked := m.ads[ps[most]]; asked {
			j.unseated = append(j.unseated, ps[most])
		} else if ps[most] == v.from {
			return ErrFull
		}
	}
	j.declines = slices.DeleteFunc(j.declines, func(d declined) bool { return d.Peer == v.from })
	m.maybeAward(j)
	return nil
}

// declined: an offer can be taken back; else a decline counts once for each provider, account and round.
func (m *model) declined(j *modelJob, d declined) error {
	switch _, offered := j.offers[d.Peer]; {
	case j.owner != m.cfg.Self:
		return ErrNotForUs
	case j.state != Bidding:
		return ErrWrongState
	case offered && d.Code != DeclineReservation && d.Code != DeclinePaused:
		return ErrStale
	case offered:
		delete(j.offers, d.Peer)
		j.declines = append(j.declines, d)
	default:
		ad, known := m.ads[d.Peer]
		if !known {
			return ErrNotReady
		}
		for i, old := range j.declines {
			if old.Peer == d.Peer {
				if old.Round == d.Round || old.Code == d.Code && old.Reason == d.Reason && old.Ask == d.Ask {
					return ErrStale
				}
				j.declines = slices.Delete(j.declines, i, i+1)
				break
			}
			if other, ok := m.ads[old.Peer]; ok && other.account == ad.account {
				return ErrDuplicate
			}
		}
		j.declines = append(j.declines, d)
	}
	m.maybeAward(j)
	return nil
}

func (m *model) opDone(ev OpDone) error {
	parts := strings.Split(string(ev.Key), "/")
	var id poc.Hash
	if len(parts) < 2 || id.UnmarshalText([]byte(parts[1])) != nil || m.jobs[id] == nil {
		return ErrUnknownJob
	}
	j, n := m.jobs[id], m.cfg.Network
	switch parts[0] {
	case "lock":
		switch {
		case j.state == Failed && ev.Refused == "":
			m.refund(j)
		case j.state != Locking:
			return ErrWrongState
		case ev.Refused != "":
			m.fail(j, FailEscrow)
		default:
			j.locked, j.state, j.bidEnd = true, Bidding, m.now.Add(n.BidTimeout)
			j.until = j.bidEnd
			m.openRound(j)
		}
	case "anchor":
		switch {
		case j.state == Anchoring && ev.Refused != "":
			m.fail(j, FailAward)
		case j.state == Anchoring:
			j.state, j.until = Drawing, m.now.Add(n.AwardTimeout)
		}
	case "claim":
		for _, i := range ev.Receipt.Tasks {
			j.settled[fmt.Sprint(i)] = true
		}
		j.claiming, j.refused = map[string]bool{}, j.refused || ev.Refused != ""
	case "refund":
		if (j.state == Failed || j.state == Done && !j.closed) && j.until == 0 && j.owner == m.cfg.Self { // until it is seen to be back
			j.refunded, j.until = false, m.now.Add(n.ClaimTurn)
		}
	}
	return nil
}

// beaconSeen: so many of the seats must be what they said of themselves.
func (m *model) beaconSeen(ev BeaconSeen) error {
	j := m.jobs[ev.Job]
	switch {
	case j == nil:
		return ErrUnknownJob
	case j.state != Anchoring && j.state != Drawing:
		return ErrWrongState
	case ev.Beacon.Award != j.award || ev.Refused == "" && len(ev.Beacon.Standings) != len(j.seats):
		return ErrNotForUs
	case ev.Refused != "" && j.state == Anchoring:
		m.fail(j, FailAward)
		return nil
	case ev.Refused != "":
		m.failAward(j)
		return nil
	}
	need, stand := int(j.spec.Policy.Quorum), 0
	if j.spec.Policy.MaxError != 0 {
		need = int(j.spec.Policy.Replicas + j.spec.Policy.Standby)
	}
	for i, s := range ev.Beacon.Standings {
		said := j.seats[i].offer.Backing
		if s.Registered && s.Peer == j.seats[i].peer && s.Stake >= max(m.cfg.Network.MinStake, said.Stake) && s.Completed >= said.Completed && s.Faults <= said.Faults {
			stand++
		}
	}
	if stand < need {
		m.fail(j, FailWorkers)
		return nil
	}
	j.state, j.until, j.nextLease = Running, j.spec.Deadline, m.now
	j.settled, j.claiming, j.claimed, j.slashed = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	j.holders = map[poc.PeerID]*modelHolder{}
	for _, f := range j.seats {
		j.holders[f.peer] = &modelHolder{seen: m.now, moved: m.now, owes: m.now, proved: m.now, gaveUp: map[uint32]bool{}}
	}
	return nil
}
