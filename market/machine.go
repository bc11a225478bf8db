package market

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"

	"gpumesh/poc"
)

// Bounds on the machine's tables.
const (
	maxAds      = 1 << 14 // advertisements remembered
	maxActive   = 256     // jobs that are not terminal
	maxChecking = 32      // bids being checked at once
	maxKept     = 1024    // terminal jobs remembered: own ones, those of others, and those that were declined at a glance
	maxTasks    = 1 << 14 // tasks of terminal jobs of others remembered
	maxOwnTasks = 1 << 16 // tasks of own terminal jobs remembered
	maxDeclines = 256     // declines kept per job
	maxClaim    = 32      // certificates in one claim
)

// Config is what a Machine is made from. It does not change while the machine lives.
type Config struct {
	Network  Network
	Self     poc.PeerID
	Account  poc.Account
	Signer   poc.Signer // settlement signatures of Account
	FeeBps   uint32     // protocol fee of the settlement layer
	Provider *Provider  // nil: this node sells nothing
	Secret   poc.Hash   // of this node alone, the same across restarts; behind its shares in the draws of audits

	// Specs decodes the record of a job's spec. Where many machines run in one process they may get the same, which nobody
	// changes. Nil: each decodes its own.
	Specs func(job poc.Hash, record []byte) (*Spec, error)

	// Transient says that the host keeps no records, as it will never restart: half of what a simulation costs is to encode them.
	Transient bool
}

// Provider is what this node sells, and for how much.
type Provider struct {
	Slots     uint32 // programs at once
	Floor     Amount // least ask per replica
	Rate      Amount // per second of estimated run time
	Surge     uint32 // percent of floor and rate up to which demand may move them; 100 and less: it does not
	MaxQueue  uint32 // replicas waiting, at most; above it the node declines
	MaxMemory uint64 // bytes of device memory for one task
}

// Machine is the market as seen from one node. See the package comment for its contract.
type Machine struct {
	cfg     Config
	network poc.Hash
	now     poc.Time
	fx      *Effects

	ads    map[poc.PeerID]adEntry
	adsEnd poc.Time // no ad expires before; zero: there is none
	jobs   map[poc.Hash]*job
	order  []*job  // the same, oldest first
	looked []*job  // those that the step in progress may change
	ad     *Ad     // what this node advertises, once measured
	own    adEntry // as last published
	nextAd poc.Time

	queue   []poc.TaskRef              // executions waiting for a slot, in the order in which they came
	running map[poc.TaskRef]*execution // under way
	losses  losses
	turns   turns
	worked  uint64 // grows with all progress of executions; not durable
	demand  demand

	condition Condition // of the machine that this node runs on
	vouched   *poc.Capability
	present   map[poc.PeerID]*presence
}

type adEntry struct {
	ad       Ad
	sequence uint64
	seen     poc.Time
	expires  poc.Time
}

// New returns a machine without jobs.
func New(cfg Config) *Machine {
	return &Machine{
		cfg: cfg, network: cfg.Network.ID(), ads: map[poc.PeerID]adEntry{}, jobs: map[poc.Hash]*job{},
		running: map[poc.TaskRef]*execution{}, present: map[poc.PeerID]*presence{},
	}
}

// Step applies one event. When it returns an error the state is unchanged and there are no effects, but for time passing.
func (m *Machine) Step(now poc.Time, ev Event) (Effects, error) {
	var fx Effects
	if now > m.now { // a clock set back stands still here
		m.now = now
	}
	m.measure()
	m.fx = &fx
	err := m.dispatch(ev)
	m.schedule()
	m.flush()
	m.fx = nil
	return fx, err
}

func (m *Machine) dispatch(ev Event) error {
	switch ev := ev.(type) {
	case Received:
		return m.received(ev.Message, clip(ev.Subnet))
	case Submit:
		return m.submit(ev.Spec)
	case Cancel:
		return m.cancel(ev.Job)
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
	case RunDone:
		return m.runEnded(ev.Ref, poc.Finished{Result: ev.Result, Class: ev.Class, Salt: ev.Salt})
	case RunFailed:
		return m.runFailed(ev)
	case RunProgress:
		return m.runProgress(ev)
	case Unpacked:
		return m.unpacked(ev)
	case Proved:
		return m.proved(ev)
	case Compared:
		return m.compared(ev)
	case Brought:
		return m.brought(ev)
	case Caught:
		return m.caught(ev)
	case Measured:
		ad := ev.Ad
		m.ad, m.nextAd = &ad, m.now
		m.advertise()
		return nil
	case Vouched:
		return m.vouchedFor(ev)
	case Condition:
		return m.conditioned(ev)
	case PeerJoined:
		// One ad for a burst of arrivals, and no flood for somebody who keeps coming.
		m.nextAd = min(m.nextAd, max(m.now.Add(100), m.own.seen.Add(1000)))
		return nil
	case Tick:
		m.tick()
		return nil
	}
	return fmt.Errorf("market: %T is not an event of the machine", ev)
}

// received judges what Open cannot: time and this node's state.
func (m *Machine) received(v Validated, subnet string) error {
	expires := v.expires
	if _, bid := v.message.(Bid); bid { // whose time is short against what clocks may differ by
		expires = expires.Add(MaxSkew)
	}
	if expires <= m.now {
		return ErrExpired
	}
	if v.from == m.cfg.Self {
		return ErrNotForUs
	}
	switch msg := v.message.(type) {
	case Ad:
		return m.receivedAd(v, msg)
	case Bid:
		return m.receivedBid(v.from, msg)
	}
	j := m.job(jobOf(v.message))
	if j == nil {
		return ErrUnknownJob
	}
	switch msg := v.message.(type) {
	case Offer:
		return m.receivedOffer(j, v, msg, subnet)
	case Decline:
		return m.receivedDecline(j, v.from, msg)
	case Award:
		return m.receivedAward(j, v, msg)
	case Lease:
		return m.receivedLease(j, v.from, msg)
	case Settled:
		if v.from != j.Owner && j.seat(v.from) < 0 {
			return ErrNotForUs // looking at the chain is not free
		}
		if v.from == j.Owner {
			j.showOwner(m)
		}
		m.fx.CheckSettlement = append(m.fx.CheckSettlement, j.id)
		return nil
	case Proof:
		return m.receivedProof(j, v)
	}
	return ErrNotForUs
}

func jobOf(msg Message) poc.Hash {
	switch msg := msg.(type) {
	case Offer:
		return msg.Job
	case Decline:
		return msg.Job
	case Award:
		return msg.Job
	case Lease:
		return msg.Job
	case Settled:
		return msg.Job
	case Proof:
		return msg.Message.Ref().Job
	}
	return poc.Hash{}
}

func (m *Machine) receivedAd(v Validated, ad Ad) error {
	old, known := m.ads[v.from]
	if known && v.sequence <= old.sequence {
		return ErrStale
	}
	if !known && len(m.ads) >= maxAds {
		return ErrFull
	}
	a := adEntry{ad, v.sequence, m.now, min(v.expires, m.now.Add(m.cfg.Network.AdTTL))}
	m.ads[v.from], m.adsEnd = a, poc.Earliest(m.adsEnd, a.expires)
	m.hear(v.from)
	return nil
}

// advertise publishes this node's ad when it is due.
func (m *Machine) advertise() {
	if m.ad == nil || m.cfg.Provider == nil || m.now < m.nextAd {
		return
	}
	ad := *m.ad
	ad.Account, ad.Slots, ad.Queued = m.cfg.Account, m.cfg.Provider.Slots, m.queued()
	ad.Floor, ad.Rate = m.prices()
	ad.Health = m.health()
	m.nextAd = m.now.Add(m.cfg.Network.AdInterval)
	m.own = adEntry{ad: ad, seen: m.now, expires: m.now.Add(m.cfg.Network.AdTTL)}
	m.fx.Publish = append(m.fx.Publish, Publication{ad, m.own.expires})
}

func (m *Machine) queued() uint32 { return uint32(len(m.queue) + len(m.running)) }

// tick does everything that is due.
func (m *Machine) tick() {
	m.advertise()
	m.expireAds()
	for _, j := range slices.Clone(m.order) {
		if d := m.due(j); d != 0 && d <= m.now {
			m.look(j)
			j.tick(m)
		}
	}
}

// job returns a job that the event in hand is about, or nil. What a step looks at it may change: its records are written if
// they did, and its deadline is asked for again. A step looks at few jobs, however many a node has.
func (m *Machine) job(id poc.Hash) *job {
	j := m.jobs[id]
	if j != nil {
		m.look(j)
	}
	return j
}

func (m *Machine) look(j *job) {
	if !j.looked {
		j.looked, j.dueKnown = true, false
		m.looked = append(m.looked, j)
	}
}

// due is the job's deadline, computed once for every change.
func (m *Machine) due(j *job) poc.Time {
	if !j.dueKnown {
		j.due, j.dueKnown = j.deadline(m), true
	}
	return j.due
}

// expireAds forgets ads. It looks at all of them only when one may have expired, and then not again for a small part of their
// life: of thousands, one expires every few milliseconds.
func (m *Machine) expireAds() {
	if m.adsEnd == 0 || m.now < m.adsEnd {
		return
	}
	m.adsEnd = 0
	m.forgetGone()
	for p, a := range m.ads {
		if a.expires <= m.now {
			delete(m.ads, p)
			continue
		}
		m.adsEnd = poc.Earliest(m.adsEnd, a.expires)
	}
	if m.adsEnd != 0 {
		m.adsEnd = max(m.adsEnd, m.now.Add(m.cfg.Network.AdTTL/64))
	}
}

// NextDeadline returns when the next Tick is due, or zero.
func (m *Machine) NextDeadline() poc.Time {
	var next poc.Time
	if m.ad != nil && m.cfg.Provider != nil {
		next = m.nextAd
	}
	next = poc.Earliest(next, m.adsEnd)
	for _, j := range m.order {
		if d := m.due(j); d != 0 && (next == 0 || d < next) {
			next = d
		}
	}
	return next
}

// Deadline returns the next time at which something is due for one job alone, or zero: never. A job that is not over has one, whatever
// else the node has to do. That the node renews its lease does not count.
func (m *Machine) Deadline(id poc.Hash) poc.Time {
	j := m.jobs[id]
	if j == nil {
		return 0
	}
	return j.moves(m)
}

// add registers a new job and forgets the oldest that are over when there are too many. Strangers' bids never push out a job
// that this node had a part in, and a job whose escrow is on its way back is not over.
func (m *Machine) add(j *job) {
	m.jobs[j.id] = j
	m.order = append(m.order, j)
	m.look(j)
	over := map[[2]bool][]*job{} // oldest first
	for _, old := range m.order {
		if old.State.Terminal() && old.Until == 0 {
			kind := [2]bool{old.Owner == m.cfg.Self, old.stored}
			over[kind] = append(over[kind], old)
		}
	}
	for _, mine := range []bool{false, true} {
		for _, stored := range []bool{false, true} {
			old, tasks := over[[2]bool{mine, stored}], 0
			for _, j := range old {
				tasks += j.size()
			}
			most := maxTasks
			if mine {
				most = maxOwnTasks
			}
			for n := len(old); n > maxKept || tasks > most && n > 1; n-- {
				oldest := old[len(old)-n]
				tasks -= oldest.size()
				m.drop(oldest)
			}
		}
	}
}

// drop forgets a job and its records.
func (m *Machine) drop(j *job) {
	delete(m.jobs, j.id)
	m.order = slices.DeleteFunc(m.order, func(o *job) bool { return o == j })
	m.looked = slices.DeleteFunc(m.looked, func(o *job) bool { return o == j })
	if j.stored {
		for _, key := range []string{j.key("job"), j.key("spec"), j.key("award")} {
			m.fx.Persist = append(m.fx.Persist, Record{Key: key})
		}
		for _, t := range j.tasks {
			m.fx.Persist = append(m.fx.Persist, Record{Key: t.key()})
		}
	}
	m.fx.Forget = append(m.fx.Forget, j.id)
}

// flush turns what changed into records. Effects other than Persist were collected on the way.
func (m *Machine) flush() {
	for _, j := range m.looked {
		j.flush(m)
		j.looked = false
	}
	m.looked = m.looked[:0]
	// One step may touch a job's settlement in several places.
	sort.SliceStable(m.fx.CheckSettlement, func(a, b int) bool {
		return slices.Compare(m.fx.CheckSettlement[a][:], m.fx.CheckSettlement[b][:]) < 0
	})
	m.fx.CheckSettlement = slices.Compact(m.fx.CheckSettlement)
}

// enqueue asks for the execution of a task as soon as a slot is free.
func (m *Machine) enqueue(ref poc.TaskRef) {
	if _, running := m.running[ref]; !running && !slices.Contains(m.queue, ref) {
		m.queue = append(m.queue, ref)
	}
}

// dequeue takes back an execution that is not needed any more.
func (m *Machine) dequeue(ref poc.TaskRef) {
	if _, running := m.running[ref]; running {
		m.ran(ref)
		if j := m.jobs[ref.Job]; j != nil && j.spec.batch() > 1 {
			m.fx.CancelRun = append(m.fx.CancelRun, j.nextRun(ref))
		} else {
			m.fx.CancelRun = append(m.fx.CancelRun, ref)
		}
	}
	m.queue = slices.DeleteFunc(m.queue, func(r poc.TaskRef) bool { return r == ref })
}

// schedule fills free slots from the queue.
func (m *Machine) schedule() {
	if m.cfg.Provider == nil {
		return
	}
	for len(m.queue) > 0 && len(m.running) < int(m.cfg.Provider.Slots) {
		ref := m.take(m.pick())
		j := m.jobs[ref.Job]
		if j == nil || int(ref.Task) >= len(j.tasks) {
			continue
		}
		m.look(j)
		if j.flawed(ref) {
			_ = j.stepTask(m, j.tasks[ref.Task], poc.GaveUp{Reason: "another execution of its program failed here, and nothing of the job is certified"})
			continue
		}
		if !j.runNext(m, ref) {
			continue
		}
	}
	m.rest()
}

func (m *Machine) runProgress(ev RunProgress) error {
	j, r := m.job(ev.Ref.Job), m.running[ev.Ref]
	if j == nil || r == nil || j.spec.batch() > 1 { // a unit's progress is its finished tasks
		return ErrWrongState
	}
	r.Done, r.Total = ev.Done, ev.Total
	m.worked++
	j.notify = true
	return nil
}

// runFailed takes the end of an execution that has no result. Only what the device was not taken back from speaks against the program.
func (m *Machine) runFailed(ev RunFailed) error {
	if j := m.job(ev.Ref.Job); j != nil && j.spec != nil && !ev.Released && int(ev.Ref.Task) < len(j.spec.Tasks) {
		unit := poc.TaskRef{Job: j.id, Task: ev.Ref.Task / uint32(j.spec.batch())}
		if r := m.running[unit]; r != nil && (j.spec.batch() == 1 || ev.Ref == j.nextRun(unit)) {
			j.failing = append(j.failing, j.spec.Tasks[ev.Ref.Task].Program)
			m.lose(j.spec.Account, poc.Millis(m.now-r.began))
		}
	}
	return m.runEnded(ev.Ref, poc.GaveUp{Reason: clip(ev.Reason)})
}

// runEnded hands a completion to its task. A completion that is not awaited any more is harmless.
func (m *Machine) runEnded(ref poc.TaskRef, ev poc.Event) error {
	j := m.job(ref.Job)
	if j != nil && j.spec != nil && j.spec.batch() > 1 {
		var done bool
		if ref, ev, done = j.taskEnded(m, ref, ev); !done {
			m.worked++
			return nil
		}
	}
	if j == nil || m.running[ref] == nil {
		return ErrWrongState
	}
	m.ran(ref)
	m.worked++
	if _, ok := ev.(poc.Finished); ok {
		j.finished++
		if j.Times.Computed == 0 {
			j.Times.Computed = m.now
			j.touch()
		}
	}
	err := j.stepTask(m, j.tasks[ref.Task], ev)
	if _, ok := ev.(poc.Finished); ok && err != nil { // nothing to commit to: let the next in rank know
		_ = j.stepTask(m, j.tasks[ref.Task], poc.GaveUp{Reason: clip(err.Error())})
	}
	return err
}

// clip makes a reason fit for messages and records: bounded, and one line without control characters.
func clip(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	if len(s) <= poc.MaxReason {
		return s
	}
	cut := poc.MaxReason - 3
	for cut > 0 && s[cut]&0xc0 == 0x80 {
		cut--
	}
	return s[:cut] + "..."
}

func sortedPeers[V any](m map[poc.PeerID]V) []poc.PeerID {
	ps := make([]poc.PeerID, 0, len(m))
	for p := range m {
		ps = append(ps, p)
	}
	sort.Slice(ps, func(a, b int) bool { return slices.Compare(ps[a][:], ps[b][:]) < 0 })
	return ps
}
