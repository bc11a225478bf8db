package market

import (
	"encoding/binary"
	"fmt"
	"slices"

	"gpumesh/poc"
)

// reserveTTL is how long an offer keeps a slot for the job that it is for.
const reserveTTL poc.Millis = 60_000

// Once half of a table is used, nobody may fill more than an eighth of it: an owner that floods leaves room for others.
func overShare(total, own, bound int) bool { return 2*total >= bound && 8*own >= bound }

// turns says whose work is next when several owners' waits: the one that has had the least of this node's time for its
// weight (start-time fair queueing). An owner that comes back begins where the others stand, so nobody saves up turns.
// Not durable: after a restart all begin alike.
type turns struct {
	clock uint64                 // start of the turn given last
	next  map[poc.Account]uint64 // start of an owner's next turn
}

// maxTurns bounds the owners whose turns are remembered.
const maxTurns = 4096

// turnUnit is the length of a turn of one millisecond at weight 1; all weights divide it.
const turnUnit = 4

// pick returns the index of the execution that is next: of the owner whose turn it is, and of that owner's the first by sooner. It must only
// be called while something waits.
func (m *Machine) pick() int {
	best := -1
	var bestJob *job
	var bestStart uint64
	for i, ref := range m.queue {
		j := m.jobs[ref.Job]
		if j == nil || j.spec == nil {
			return i // it is thrown away
		}
		start := max(m.turns.next[j.spec.Account], m.turns.clock)
		same := bestJob != nil && j.spec.Account == bestJob.spec.Account
		if best < 0 || !same && start < bestStart || same && sooner(j, ref, bestJob, m.queue[best]) {
			best, bestJob, bestStart = i, j, start
		}
	}
	return best
}

// sooner reports whether an execution comes before another of the same owner: by priority, then by its job, as jobs came, then by its unit. So
// a further replica, as an audit is, does not wait behind all that is left of its job, while others wait for it.
func sooner(j *job, ref poc.TaskRef, other *job, than poc.TaskRef) bool {
	switch {
	case j.spec.Priority != other.spec.Priority:
		return j.spec.Priority > other.spec.Priority
	case j == other:
		return ref.Task < than.Task
	}
	return j.Created < other.Created
}

// take removes an execution from the queue, and charges its owner with the time that it is estimated to take, until it has run.
func (m *Machine) take(i int) poc.TaskRef {
	ref := m.queue[i]
	m.queue = slices.Delete(m.queue, i, i+1)
	j := m.jobs[ref.Job]
	if j == nil || j.spec == nil {
		return ref
	}
	t := &m.turns
	start := max(t.next[j.spec.Account], t.clock)
	if t.next == nil {
		t.next = map[poc.Account]uint64{}
	}
	t.clock = start
	t.next[j.spec.Account] = start + turnUnit*uint64(max(j.RunTime, 1))/j.spec.Priority.Multiple()
	if len(t.next) > maxTurns {
		t.next = nil // all begin alike again
	}
	return ref
}

// ran charges an owner with what an execution that ends took in place of the estimate: who estimates too low gains no turns by it.
func (m *Machine) ran(ref poc.TaskRef) {
	j, r := m.jobs[ref.Job], m.running[ref]
	delete(m.running, ref)
	if j == nil || j.spec == nil || r == nil || m.turns.next == nil {
		return
	}
	took, estimate := turnUnit*uint64(max(m.now-r.began, 1))/j.spec.Priority.Multiple(), turnUnit*uint64(max(j.RunTime, 1))/j.spec.Priority.Multiple()
	next := m.turns.next[j.spec.Account] + took
	m.turns.next[j.spec.Account] = next - min(next, estimate)
}

// rest forgets all turns once there is nothing to be fair about.
func (m *Machine) rest() {
	if len(m.queue) == 0 && len(m.running) == 0 {
		m.turns = turns{}
	}
}

// tally counts a node's jobs.
type tally struct {
	active   int // not over
	checking int // bids that are being looked at
	own      int // of those, one owner's
	reserved int // offers that keep a slot
}

func (m *Machine) tally(owner poc.PeerID) (n tally) {
	for _, j := range m.jobs {
		if j.State.Terminal() {
			continue
		}
		n.active++
		if j.State == Checking {
			n.checking++
			if j.Owner == owner {
				n.own++
			}
		}
		if j.reserves(m) {
			n.reserved++
		}
	}
	return n
}

// reserves reports whether this node's offer keeps a slot for the job.
func (j *job) reserves(m *Machine) bool { return j.State == Offered && m.now < j.Reserved }

// refusal says why this node looks at no bid of a peer now, or nothing.
func (m *Machine) refusal(owner poc.PeerID) (DeclineCode, string) {
	if m.condition.State == Paused {
		return DeclinePaused, m.condition.Reason
	}
	return m.room(owner)
}

// room says why this node has no room for a bid, or nothing.
func (m *Machine) room(owner poc.PeerID) (DeclineCode, string) {
	n, queued := m.tally(owner), int(m.queued())
	switch {
	case m.crowded():
		return DeclineBusy, fmt.Sprintf("%d replicas are waiting or running already, and %d slots are kept for offers", queued, n.reserved)
	case n.active >= maxActive || n.checking >= maxChecking && len(m.unseen()) == 0:
		return DeclineBusy, "too many jobs are active on this node"
	case overShare(n.checking, n.own, maxChecking):
		return DeclineShare, fmt.Sprintf("%d bids of this owner are being looked at already, and others wait", n.own)
	}
	return "", ""
}

// unseen are the bids being looked at whose escrow the chain should have shown by now, and has not.
func (m *Machine) unseen() (jobs []*job) {
	for _, j := range m.order {
		if j.State == Checking && j.escrow == nil && m.now >= j.Created.Add(m.cfg.Network.OfferWindow/unseenPart) {
			jobs = append(jobs, j)
		}
	}
	return jobs
}

// unseenPart of an offer window is how long a look at an escrow may take before a newcomer may take the bid's place. It also bounds how many looks a flood costs.
const unseenPart = 4

// makeRoom has a newcomer take the place of another bid where too many are looked at. Bids cost nothing, so a flood of them would keep everybody else out;
// which one goes is drawn, so that nobody can aim, and one whose escrow was seen stays.
func (m *Machine) makeRoom(newcomer poc.Hash) {
	jobs := m.unseen()
	if m.tally(m.cfg.Self).checking < maxChecking || len(jobs) == 0 {
		return
	}
	draw := m.secret(newcomer)
	j := jobs[int(binary.BigEndian.Uint32(draw[:])%uint32(len(jobs)))]
	m.look(j)
	j.decline(m, DeclineCrowded, "too many bids are being looked at, and the chain has not shown the escrow of this one yet; the next round is a new chance")
}

// crowded reports whether what waits, runs, and has a slot kept fills the queue. Of one account no more counts than its share: a large job is many
// replicas, and turns, not the queue's bound, say how long others wait for it (overbooked).
func (m *Machine) crowded() bool {
	most := int(m.cfg.Provider.MaxQueue)
	if len(m.queue)+len(m.running)+len(m.jobs) < most { // fewer than that in all
		return false
	}
	of := map[poc.Account]int{}
	count := func(j *job) {
		if j != nil && j.spec != nil {
			of[j.spec.Account]++
		}
	}
	for _, ref := range m.queue {
		count(m.jobs[ref.Job])
	}
	for ref := range m.running {
		count(m.jobs[ref.Job])
	}
	for _, j := range m.jobs {
		if j.reserves(m) {
			count(j)
		}
	}
	filled := 0
	for _, n := range of {
		filled += min(n, max(most/8, 1))
	}
	return filled >= most
}

// share says why this node takes no more of an owner's jobs, or nothing. Before the escrow was seen nobody knows whose a job is.
func (m *Machine) share(account poc.Account) string {
	of := func(j *job) bool { return j.spec != nil && j.spec.Account == account }
	jobs, ownJobs := 0, 0
	queued, ownQueued := len(m.queue)+len(m.running), 0
	for _, j := range m.jobs {
		if !j.State.Terminal() {
			jobs++
			if of(j) {
				ownJobs++
			}
		}
		if j.reserves(m) {
			queued++
			if of(j) {
				ownQueued++
			}
		}
	}
	for _, ref := range m.queue {
		if j := m.jobs[ref.Job]; j != nil && of(j) {
			ownQueued++
		}
	}
	for ref := range m.running {
		if j := m.jobs[ref.Job]; j != nil && of(j) {
			ownQueued++
		}
	}
	switch {
	case overShare(jobs, ownJobs, maxActive):
		return fmt.Sprintf("%d jobs of this owner are active here already, and there is little room left for others", ownJobs)
	case overShare(queued, ownQueued, int(m.cfg.Provider.MaxQueue)):
		return fmt.Sprintf("%d replicas of this owner are waiting or running here already, and there is little room left for others", ownQueued)
	}
	return ""
}

// overbooked says why a unit of a job could not be done here before its deadline, after what was promised before it, or nothing: a unit for
// each offer that keeps a slot and each award that is not drawn yet, and what waits or runs. What runs is done first; then others' work is in
// the way for as long as its own owner's, as turns have it. An idle node is never overbooked: estimates are no more than that.
func (m *Machine) overbooked(j *job) string {
	load := map[poc.Account]poc.Millis{}
	var wait poc.Millis
	for _, other := range m.order {
		if other.spec != nil && (other.reserves(m) || other.State == Drawing) {
			load[other.spec.Account] += other.RunTime
		}
	}
	for _, ref := range m.queue {
		if other := m.jobs[ref.Job]; other != nil && other.spec != nil {
			load[other.spec.Account] += other.RunTime
		}
	}
	for ref := range m.running {
		if other := m.jobs[ref.Job]; other != nil {
			wait += other.RunTime
		}
	}
	mine := load[j.spec.Account] + j.RunTime
	wait += load[j.spec.Account]
	for account, l := range load {
		if account != j.spec.Account {
			wait += min(l, mine)
		}
	}
	wait /= poc.Millis(m.cfg.Provider.Slots)
	if left := poc.Millis(j.spec.Deadline - m.now); wait > 0 && wait+j.RunTime > left {
		return fmt.Sprintf("what waits here and what is offered already come first, for about %d s, a unit takes %d s, and the job ends in %d s", wait/1000, j.RunTime/1000, left/1000)
	}
	return ""
}

// reserve keeps a slot for the offer that is being made.
func (j *job) reserve(m *Machine) { j.Reserved = min(m.now.Add(reserveTTL), j.Until) }

// askedAgain answers a further round for a job that was offered on. The owner may have missed the offer, so it gets it again. But nothing keeps a slot for
// longer than was said unless the escrow is seen to stand, so this node looks there when little of that time is left, once at a time.
func (j *job) askedAgain(m *Machine) {
	if j.spec.Deadline < m.now.Add(m.cfg.Network.LeaseTTL) {
		j.withdraw(m, DeclineDeadline, "the deadline leaves no time to compute anything")
		return
	}
	if !j.reserves(m) { // the slot that it had may be somebody else's now
		if code, why := m.refusal(j.Owner); code != "" {
			j.refuse(m, code, why)
			return
		}
	} else if m.now.Add(reserveTTL/4) < j.Reserved {
		j.Until = j.offerEnds(m)
		j.sendOffer(m)
		return
	}
	if m.now >= j.looksUntil {
		j.looksUntil = m.now.Add(m.cfg.Network.OfferWindow)
		m.fx.CheckEscrow = append(m.fx.CheckEscrow, j.id)
	}
}

// renewSlot keeps a slot again for a job whose owner asked again, if its escrow stands and others do not need the room.
func (j *job) renewSlot(m *Machine, ev EscrowSeen) {
	j.looksUntil = 0
	kept := j.reserves(m)
	switch e := ev.Escrow; {
	case e == nil: // not seen is not gone: what was promised stands
		if !kept {
			j.refuse(m, DeclineEscrow, ev.Reason)
		}
		return
	case e.Closed:
		j.withdraw(m, DeclineEscrow, "the job's escrow was refunded")
		return
	case !e.Award.IsZero(): // the award is on its way, if this node is in it
		return
	}
	j.Reserved = 0
	j.touch()
	var code DeclineCode
	var why string
	if !kept {
		code, why = m.refusal(j.Owner)
	}
	if code == "" {
		if why = m.share(j.spec.Account); why != "" {
			code = DeclineShare
		} else if why = m.overbooked(j); why != "" {
			code = DeclineBusy
		}
	}
	switch {
	case code != "" && kept:
		j.takeBack(m, DeclineReservation, why)
	case code != "":
		j.refuse(m, code, why)
	default:
		j.Until, j.Backing = j.offerEnds(m), backing(m.cfg.Network, ev.Own)
		j.reserve(m)
		j.sendOffer(m)
	}
}

// refuse tells the owner why a further round of its bid gets no offer.
func (j *job) refuse(m *Machine, code DeclineCode, reason string) {
	m.fx.Send = append(m.fx.Send, Send{[]poc.PeerID{j.Owner}, Decline{Job: j.id, Code: code, Reason: clip(reason)}, j.Closes, true})
}

// withdraw ends this node's interest in a job that it has offered on, and tells the owner why.
func (j *job) withdraw(m *Machine, code DeclineCode, reason string) {
	j.refuse(m, code, reason)
	j.giveUp(m, FailureCode(code), reason)
}

// giveUp ends this node's interest in a job that it has offered on. What it knows of the job stays, for who asks why.
func (j *job) giveUp(m *Machine, code FailureCode, reason string) {
	j.Failure = &Failure{code, clip(reason)}
	j.move(m, Declined, 0)
	m.fx.Forget = append(m.fx.Forget, j.id)
}

// lapseReservation frees the slot of an offer that was not awarded in time.
func (j *job) lapseReservation(m *Machine) {
	if j.State == Offered && j.Reserved != 0 && m.now >= j.Reserved {
		j.takeBack(m, DeclineReservation, fmt.Sprintf("no award came within %d s, and the slot is free again", reserveTTL/1000))
	}
}

// takeBack frees the slot that an offer keeps, and tells the owner. The offer is signed: an award that is under way already
// is taken all the same.
func (j *job) takeBack(m *Machine, code DeclineCode, reason string) {
	j.Reserved = 0
	j.touch()
	m.fx.Send = append(m.fx.Send, Send{[]poc.PeerID{j.Owner}, Decline{Job: j.id, Code: code, Reason: clip(reason)}, m.now.Add(m.cfg.Network.BidTimeout), true})
}
