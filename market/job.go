package market

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"gpumesh/poc"
)

// job is one job as seen from this node, in whatever role.
type job struct {
	id poc.Hash
	record
	spec     *Spec
	award    []byte                 // document
	seats    []frozen               // of the award, sorted by peer
	offers   map[poc.PeerID]offered // owner, while bidding
	bid      Bid                    // provider, while checking
	rival    *rival                 // provider, while checking: who else bids for it
	escrow   *Escrow                // provider, while checking
	tasks    []*task                // from Running on
	claims   []poc.PeerID           // seats in the order in which they claim
	choosers choosers               // of the spec

	// Not durable: what leases said, and timers that start again after a restart.
	holders    map[poc.PeerID]*holder
	stale      []*task               // stepped since refresh
	watched    bool                  // from the draw on, without a restart in between
	finished   uint32                // replicas this node has computed
	unbacked   map[poc.PeerID]bool   // owner: providers that advertise, answered, and cannot be drawn
	unseated   map[poc.PeerID]string // owner: of those who advertise, whose offers got no seat beside the others', and why
	claimSaid  string                // why the last claim settled nothing; empty: it did
	claimHeld  bool                  // and that is this node's own word, as the chain was not asked
	failing    []poc.Link            // programs of which an execution failed here
	longestRun poc.Millis            // see longest; zero: not known
	pace       uint64                // see patience
	nextLease  poc.Time              // this node's next lease message
	claimDue   poc.Time              // when this node claims what is certified; zero: nothing to claim
	checkDue   poc.Time              // when this node looks at the chain next
	keepDue    poc.Time              // when this node has the chain keep the beacon, if it must; zero: no need
	unsettled  uint32                // looks at the chain in a row that found a closed certificate unsettled
	refused    bool                  // since the last look the chain passed over what this node claimed
	askDue     poc.Time              // owner: when the next seat is asked for certificates that are missing; zero: none are, or all were asked
	proofAsks  int                   // owner: how often seats were
	shownAgain poc.Time              // seat: before then the owner is not sent all certificates again
	overdue    bool                  // no beacon came in time; see awardOverdue
	asked      bool                  // and the chain is being asked whether the award is anchored
	hinted     bool                  // others were told to look, as it did
	looksUntil poc.Time              // provider: the escrow is being looked at for a further round, and until then not again; zero: it is not

	looked   bool     // the step in progress may change it
	due      poc.Time // what deadline returned
	dueKnown bool     // and nothing has changed since

	stored, dirty, notify             bool
	specDirty, awardDirty, tasksDirty bool
}

type offered struct {
	offer  Offer
	raw    []byte
	subnet string // where it came from
}

// holder is what is known of a seat's liveness.
type holder struct {
	seen     poc.Time // last sign of life
	moved    poc.Time // last sign of progress
	proved   poc.Time // last progress that cannot be made up: a commitment, or a first hold
	finished uint32
	running  []Progress
	others   uint64
	began    poc.Time // of the execution that it is at, as far as others can tell: when it got its hold, or ended the last one
	commits  uint32   // heard of it
	ended    uint32   // executions that it has ended, as far as is known
	pace     uint64   // what its last execution took, in milliseconds of the award's fastest device; zero: not known
	sealed   uint32   // of its commitments, in first rounds
	sealedAt poc.Time // the last of them
	expected int      // tasks of which it has a hold to renew; see refresh
	owing    int      // of those, where it owes progress
	speed    uint64   // that it offered, in millionths of the fastest in the award
	held     bool     // had a hold to renew when last looked at
	owed     bool     // owed progress then
	lapsed   bool
}

// task is one task of a job in its verification.
type task struct {
	ref     poc.TaskRef
	poc     *poc.Task
	held    *Held // it runs on data that one provider has; nil: anybody can run it
	started bool
	settled bool     // claimed on chain
	proven  bool     // its certificate was sent to all others; not durable, and harmless to do again
	tried   bool     // claimed, and not settled as far as this node knows, which has not looked yet; not durable
	turns   uint32   // how often signatures were found lacking, of candidates who had the time to compute; not durable
	turnBy  poc.Time // when that is over for those of the last turn; not durable
	dirty   bool
	block   *block   // that it waits with
	open    bool     // it counts among the undecided
	judged  bool     // its audit is counted
	waiting poc.Time // since then it waits for nothing but what it may go on without. Not durable
	patient poc.Time // until then it waits for inputs that it may go on without; zero: it needs others first. Not durable

	brought map[uint32]bool // outputs that it may go on without, by task: asked for, and whether they are here. Not durable

	results map[uint32]poc.Result // of a unit's tasks, as far as this node knows them; not durable

	stale   bool // it stepped since those below were asked for
	next    poc.Time
	holders []poc.PeerID // while computing
	owing   []poc.PeerID // likewise
}

// changed notes that a task stepped.
func (j *job) changed(t *task) {
	if !t.stale {
		t.stale, j.stale = true, append(j.stale, t)
	}
}

// refresh asks each task once after its steps what it waits for, and counts who has a hold to renew, of a task whose commitments are not
// sealed yet, and who owes progress. Who has committed owes none: it may have nothing to do until others' audits are decided. Most steps of
// a job are about one of hundreds of tasks.
func (j *job) refresh() {
	count := func(t *task, n int) {
		for _, p := range t.holders {
			j.holders[p].expected += n
		}
		for _, p := range t.owing {
			j.holders[p].owing += n
		}
	}
	for _, t := range j.stale {
		count(t, -1)
		t.stale, t.next, t.holders, t.owing = false, t.poc.NextDeadline(), nil, nil
		if t.poc.Phase() == poc.Computing {
			t.holders, t.owing = t.poc.Holders(), t.poc.Owing()
		}
		count(t, 1)
	}
	j.stale = j.stale[:0]
}

func newJob(id poc.Hash, owner poc.PeerID, now poc.Time) *job {
	return &job{
		id: id, record: record{Owner: owner, Created: now}, offers: map[poc.PeerID]offered{}, holders: map[poc.PeerID]*holder{},
	}
}

func (j *job) key(table string) string { return table + "/" + j.id.String() }
func (t *task) key() string            { return fmt.Sprintf("task/%s/%08d", t.ref.Job, t.ref.Task) }
func (j *job) opKey(kind string) OpKey { return OpKey(kind + "/" + j.id.String()) }

// split returns the kind and job of an operation's key.
func (k OpKey) split() (kind string, id poc.Hash, ok bool) {
	parts := strings.SplitN(string(k), "/", 3)
	if len(parts) < 2 || len(parts[1]) != 64 {
		return "", id, false
	}
	_, err := hex.Decode(id[:], []byte(parts[1]))
	return parts[0], id, err == nil
}

func (j *job) touch()          { j.dirty, j.notify = true, true }
func (j *job) setSpec(s *Spec) { j.spec, j.specDirty = s, true }
func (j *job) setAward(b []byte) {
	j.award, j.awardDirty = b, true
	j.touch()
}

// move changes the state. Every state that is not terminal has a deadline.
func (j *job) move(m *Machine, to State, until poc.Time) {
	if !canTransition(j.State, to) {
		panic(fmt.Sprintf( // every caller checks the state first; a test covers the table
			"market: job %s: no transition from %v to %v", j.id.Short(), j.State, to))
	}
	j.State, j.Until = to, until
	j.touch()
}

// fail ends the job with a reason; the owner asks for the escrow back.
func (j *job) fail(m *Machine, code FailureCode, reason string) {
	j.Failure = &Failure{code, clip(reason)}
	j.move(m, Failed, 0)
	if j.Owner == m.cfg.Self && j.Times.Locked != 0 {
		j.refund(m)
	}
	if j.Owner != m.cfg.Self {
		m.fx.Forget = append(m.fx.Forget, j.id)
	}
}

// flush emits records and a notice for what changed. Jobs that are only being checked leave no trace.
func (j *job) flush(m *Machine) {
	fx := m.fx
	lasting := j.stored || j.State != Checking && j.State != Declined
	if m.cfg.Transient {
		j.stored, j.notify = j.stored || j.dirty && lasting, j.notify || j.tasksDirty
		j.dirty, j.tasksDirty = false, false
	}
	if j.dirty && lasting {
		j.stored = true
		if j.specDirty && j.spec != nil {
			fx.Persist = append(fx.Persist, Record{j.key("spec"), poc.MustEncode(j.spec)})
			j.specDirty = false
		}
		if j.awardDirty {
			fx.Persist = append(fx.Persist, Record{j.key("award"), j.award})
			j.awardDirty = false
		}
		fx.Persist = append(fx.Persist, Record{j.key("job"), poc.MustEncode(j.durable())})
	}
	if j.tasksDirty {
		for _, t := range j.tasks {
			if t.dirty {
				fx.Persist = append(fx.Persist, Record{t.key(), t.poc.Record()})
				t.dirty, j.notify = false, true
			}
		}
		j.tasksDirty = false
	}
	if j.notify {
		fx.Notify = append(fx.Notify, j.id)
	}
	j.dirty, j.notify = false, false
}

// durable returns the record with the parts that are kept in maps while the job lives.
func (j *job) durable() record {
	r := j.record
	r.Offers, r.Subnets = nil, nil
	for _, p := range sortedPeers(j.offers) {
		r.Offers, r.Subnets = append(r.Offers, j.offers[p].raw), append(r.Subnets, j.offers[p].subnet)
	}
	r.Settled = nil
	for _, t := range j.tasks {
		if t.settled {
			r.Settled = append(r.Settled, t.ref.Task)
		}
	}
	return r
}

// size is how many tasks of the job are in memory.
func (j *job) size() int {
	if j.spec == nil {
		return 0
	}
	return len(j.spec.Tasks)
}

// seat returns the index of a peer among the seats, or -1.
func (j *job) seat(p poc.PeerID) int {
	return slices.IndexFunc(j.seats, func(f frozen) bool { return f.peer == p })
}

func (j *job) seating(m *Machine) Seating { return seating(m.cfg.Network, j.spec, j.seats) }

// others returns every seat and the owner, but this node.
func (j *job) others(m *Machine) []poc.PeerID {
	var ps []poc.PeerID
	for _, f := range j.seats {
		if f.peer != m.cfg.Self {
			ps = append(ps, f.peer)
		}
	}
	if j.Owner != m.cfg.Self {
		ps = append(ps, j.Owner)
	}
	return ps
}

func (j *job) watchBeacon(m *Machine) {
	m.fx.WatchBeacon = append(m.fx.WatchBeacon, WatchBeacon{j.id, poc.BlockHash(j.award), j.seating(m)})
}

// sendAward hands the award to every seat but this node.
func (j *job) sendAward(m *Machine) {
	to := slices.DeleteFunc(j.others(m), func(p poc.PeerID) bool { return p == j.Owner })
	m.fx.Send = append(m.fx.Send, Send{to, Award{j.id, j.award}, m.now.Add(m.cfg.Network.AwardTimeout), true})
}

// deadline returns when tick has something to do for this job, or zero.
func (j *job) deadline(m *Machine) poc.Time {
	next := j.moves(m)
	if j.State == Running && j.seat(m.cfg.Self) >= 0 {
		next = poc.Earliest(next, j.nextLease)
	}
	if j.State == Running || j.State == Settling {
		next = poc.Earliest(next, j.keepDue)
	}
	return next
}

// moves returns when the job goes on by itself at the latest, or zero. To renew a lease moves nothing: a node does so for ever.
func (j *job) moves(m *Machine) poc.Time {
	next := j.Until
	if j.State == Running { // ends with its tasks, which all have deadlines
		next = 0
	}
	if j.State == Bidding {
		next = poc.Earliest(next, j.Closes)
	}
	if j.State == Offered {
		next = poc.Earliest(next, j.Reserved)
	}
	if j.State == Running {
		next = poc.Earliest(next, j.nextLapse(m))
	}
	if j.State >= Running && j.State <= Done {
		j.refresh()
		for _, t := range j.tasks { // certificates may still be closing while claims are settled, and come later where a task failed
			next = poc.Earliest(next, t.next)
			if !t.started && t.patient > m.now {
				next = poc.Earliest(next, t.patient)
			}
		}
	}
	if j.State == Running || j.State == Settling {
		next = poc.Earliest(next, j.claimDue, j.checkDue)
	}
	next = poc.Earliest(next, j.askDue)
	for _, s := range j.Slashes { // of two results also once the job is over
		if !s.Sent && !s.Settled {
			next = poc.Earliest(next, s.Due)
		}
	}
	return next
}

// tick does everything of this job that is due.
func (j *job) tick(m *Machine) {
	j.lapseReservation(m)
	if j.State == Running {
		j.tickLeases(m)
	}
	if j.State >= Running && j.State <= Done {
		j.tickTasks(m)
	}
	if j.State == Running || j.State == Settling {
		j.tickSettlement(m)
	}
	if j.askDue != 0 && m.now >= j.askDue {
		j.askForProofs(m)
	}
	j.submitSlashes(m)
	if j.State == Bidding && m.now >= j.Closes {
		if m.now < j.Until.Add(m.cfg.Network.AwardTimeout) { // the last window ends with the time to bid, and its offers stand for longer
			j.maybeAward(m)
		}
		if j.State == Bidding && m.now < j.Until {
			j.Round++
			j.publishBid(m)
		}
	}
	if j.Until == 0 || m.now < j.Until {
		return
	}
	switch j.State {
	case Locking:
		j.fail(m, FailEscrow, fmt.Sprintf("the escrow was not confirmed on chain within %d ms", m.cfg.Network.LockTimeout))
	case Bidding:
		j.fail(m, FailProviders, j.noProviders())
	case Anchoring, Drawing:
		j.awardOverdue(m)
	case Checking:
		j.decline(m, DeclineFetch, "the escrow and the inputs could not be seen in time")
	case Offered:
		j.giveUp(m, FailAward, "no award with this node in it came as long as its offer stood")
	case Settling:
		j.expire(m)
	case Done, Failed: // what is left of the owner's escrow was not to be had before its expiry
		j.Until = 0
		j.touch()
		j.refund(m)
	}
}
