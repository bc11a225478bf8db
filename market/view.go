package market

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"gpumesh/poc"
)

func decimal(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// View is what people see of a job. It is a copy: it does not change.
type View struct {
	ID        poc.Hash      `json:"id"`
	Name      string        `json:"name"`
	Owner     poc.PeerID    `json:"owner"`
	Mine      bool          `json:"mine"`
	State     State         `json:"state"`
	Until     poc.Time      `json:"until"` // deadline of the state
	Created   poc.Time      `json:"created"`
	Deadline  poc.Time      `json:"deadline"`
	Budget    Amount        `json:"budget"`
	MaxPrice  Amount        `json:"maxPrice"`
	Policy    poc.Policy    `json:"policy"`
	Batch     uint32        `json:"batch"` // tasks in a unit
	Failure   *Failure      `json:"failure,omitempty"`
	Offers    int           `json:"offers"`
	Declines  []DeclineView `json:"declines,omitempty"`
	Seats     []SeatView    `json:"seats,omitempty"`
	Seating   Seating       `json:"-"`               // as anchored, once there is an award
	Award     string        `json:"award,omitempty"` // CID
	Tasks     []TaskView    `json:"tasks,omitempty"`
	Units     []UnitView    `json:"units,omitempty"` // where a unit has several tasks
	Certified int           `json:"certified"`
	Settled   int           `json:"settled"`
	Escrow    *Escrow       `json:"escrow,omitempty"`
	History   []Entry       `json:"history,omitempty"`
	Times     Milestones    `json:"times"`
	Explain   []string      `json:"explain"` // why the job is where it is: the texts of Reasons
	Reasons   []Reason      `json:"reasons"`
	Priority  Priority      `json:"priority"`
	Due       poc.Time      `json:"due,omitempty"`     // results that come later are late
	LateBps   uint32        `json:"lateBps,omitempty"` // and are paid so many parts of FeeBase less
}

// DeclineView is why a provider did not offer.
type DeclineView struct {
	Peer   poc.PeerID  `json:"peer"`
	Code   DeclineCode `json:"code"`
	Reason string      `json:"reason"`
	Ask    Amount      `json:"ask,omitempty"` // per replica, where the price is why
}

// SeatView is a member of the panel.
type SeatView struct {
	Peer     poc.PeerID  `json:"peer"`
	Account  poc.Account `json:"account"`
	Ask      Amount      `json:"ask"`
	Lapsed   bool        `json:"lapsed"`
	Finished uint32      `json:"finished"` // replicas computed, as it says
}

// TaskView is one task of a job.
type TaskView struct {
	Index       uint32           `json:"index"`
	Name        string           `json:"name"`
	Phase       string           `json:"phase"`
	Explain     string           `json:"explain"`
	Holders     []poc.PeerID     `json:"holders,omitempty"`
	Done        uint32           `json:"done"` // segments of the replica that is furthest
	Total       uint32           `json:"total"`
	Result      *poc.Result      `json:"-"`
	Certificate *poc.Certificate `json:"-"`
	Settled     bool             `json:"settled"`
	Failure     *poc.Failure     `json:"failure,omitempty"`
	Held        *Held            `json:"held,omitempty"` // it runs on data that one provider has, and is not verified
}

// UnitView is the certified result of a unit of several tasks: that of its document.
type UnitView struct {
	Index       uint32           `json:"index"`
	Result      *poc.Result      `json:"-"`
	Certificate *poc.Certificate `json:"-"`
	Candidates  []poc.PeerID     `json:"-"`
	Unpacked    bool             `json:"unpacked"` // the results of its tasks are known here
}

// AdView is an advertisement as this node knows it.
type AdView struct {
	Peer    poc.PeerID `json:"peer"`
	Seen    poc.Time   `json:"seen"`
	Expires poc.Time   `json:"expires"`
	Uptime  Presence   `json:"uptime"`
	Ad
}

// Ads returns the live ads, sorted by peer, this node's own among them.
func (m *Machine) Ads() []AdView {
	ads := maps.Clone(m.ads)
	if m.own.expires > m.now {
		ads[m.cfg.Self] = m.own
	}
	out := make([]AdView, 0, len(ads))
	for _, p := range sortedPeers(ads) {
		a := ads[p]
		v := AdView{Peer: p, Seen: a.seen, Expires: a.expires, Ad: a.ad}
		v.Uptime, _ = m.Presence(p)
		out = append(out, v)
	}
	return out
}

// Advertised returns the live ad of a peer.
func (m *Machine) Advertised(p poc.PeerID) (Ad, bool) {
	a, ok := m.ads[p]
	return a.ad, ok
}

// Jobs returns the ids of every job this node knows with some part in it, oldest first.
func (m *Machine) Jobs() []poc.Hash {
	out := make([]poc.Hash, 0, len(m.order))
	for _, j := range m.order {
		if j.spec != nil {
			out = append(out, j.id)
		}
	}
	return out
}

// Spec returns the spec of a job.
func (m *Machine) Spec(id poc.Hash) (Spec, bool) {
	if j := m.jobs[id]; j != nil && j.spec != nil {
		return *j.spec, true
	}
	return Spec{}, false
}

// StateOf returns where a job stands and why it failed, without the cost of a View. A job that is unknown here is Declined.
func (m *Machine) StateOf(id poc.Hash) (State, *Failure) {
	j := m.jobs[id]
	if j == nil {
		return Declined, nil
	}
	return j.State, j.Failure
}

// Knows reports whether this node looks, or has looked, at a job: one whose bid it refused at once it does not know.
func (m *Machine) Knows(id poc.Hash) bool { return m.jobs[id] != nil }

// Bids reports, without the cost of a View, whether this node collects answers to a bid of its own for a job, and what is known of a peer's:
// that it declined, or that the chain does not back it.
func (m *Machine) Bids(id poc.Hash, p poc.PeerID) (bidding, answered, unbacked bool) {
	j := m.jobs[id]
	if j == nil || j.Owner != m.cfg.Self || j.State != Bidding {
		return false, false, false
	}
	return true, slices.ContainsFunc(j.Declines, func(d declined) bool { return d.Peer == p }), j.unbacked[p]
}

// Results counts, without the cost of a View, what a job has come to: results, certificates, and what is known of the tasks of units.
func (m *Machine) Results(id poc.Hash) (n int) {
	j := m.jobs[id]
	if j == nil {
		return 0
	}
	for _, t := range j.tasks {
		if _, ok := t.poc.Result(); ok {
			n++
		}
		if t.poc.Certificate() != nil {
			n++
		}
		n += len(t.results)
	}
	return n
}

// View returns what people see of a job.
func (m *Machine) View(id poc.Hash) (View, bool) {
	j := m.jobs[id]
	if j == nil || j.spec == nil {
		return View{}, false
	}
	v := View{
		ID: id, Name: j.spec.Name, Owner: j.Owner, Mine: j.Owner == m.cfg.Self, State: j.State, Until: j.Until, Created: j.Created,
		Deadline: j.spec.Deadline, Budget: j.spec.Budget, MaxPrice: j.spec.MaxPrice, Policy: j.spec.Policy, Batch: uint32(j.spec.batch()), Failure: j.Failure,
		Offers: len(j.offers), History: append([]Entry(nil), j.History...), Times: j.Times, Priority: j.spec.Priority, Due: j.spec.Due, LateBps: j.spec.LateBps,
	}
	for _, d := range j.Declines {
		v.Declines = append(v.Declines, DeclineView{d.Peer, d.Code, d.Reason, d.Ask})
	}
	if j.award != nil {
		v.Award, v.Seating = poc.BlockLink(j.award).String(), j.seating(m)
	}
	for _, f := range j.seats {
		s := SeatView{Peer: f.peer, Account: f.offer.Account, Ask: f.offer.Ask}
		if h := j.holders[f.peer]; h != nil {
			s.Lapsed, s.Finished = h.lapsed, h.finished
			if f.peer == m.cfg.Self {
				s.Finished = j.finished
			}
		}
		v.Seats = append(v.Seats, s)
	}
	if j.escrow != nil {
		e := *j.escrow
		v.Escrow = &e
	}
	for i := range j.spec.Tasks {
		v.Tasks = append(v.Tasks, j.taskView(m, i))
		if unit := i / j.spec.batch(); len(j.tasks) > unit {
			if _, ok := j.tasks[unit].poc.Result(); ok {
				v.Certified++
			}
			if j.tasks[unit].settled {
				v.Settled++
			}
		}
	}
	if j.spec.batch() > 1 {
		for _, t := range j.tasks {
			u := UnitView{Index: t.ref.Task, Certificate: t.poc.Certificate(), Unpacked: len(t.results) == j.spec.batch()}
			if r, ok := t.poc.Result(); ok {
				u.Result = &r
			}
			for _, w := range t.poc.Candidates() {
				u.Candidates = append(u.Candidates, w.Peer)
			}
			v.Units = append(v.Units, u)
		}
	}
	v.Reasons = j.explain(m)
	for _, r := range v.Reasons {
		v.Explain = append(v.Explain, r.Text)
	}
	return v, true
}

func (j *job) taskView(m *Machine, i int) TaskView {
	tv := TaskView{Index: uint32(i), Name: j.spec.Tasks[i].Name, Phase: poc.Waiting.String(), Held: j.spec.Tasks[i].Held}
	if len(j.tasks) <= i/j.spec.batch() {
		return tv
	}
	t := j.tasks[i/j.spec.batch()]
	tv.Phase, tv.Explain, tv.Holders, tv.Settled, tv.Failure = t.poc.Phase().String(), t.poc.Explain(), t.poc.Holders(), t.settled, t.poc.Failure()
	if r, ok := t.poc.Result(); ok && j.spec.batch() == 1 {
		tv.Result = &r
	} else if r, known := t.results[uint32(i)]; ok && known {
		tv.Result = &r
	}
	tv.Certificate = t.poc.Certificate()
	show := func(r Progress) {
		if r.Task == t.ref.Task && r.Done >= tv.Done {
			tv.Done, tv.Total = r.Done, r.Total
		}
	}
	for _, p := range sortedPeers(j.holders) {
		for _, r := range j.holders[p].running {
			show(r)
		}
	}
	if r := m.running[t.ref]; r != nil {
		show(r.Progress)
	}
	return tv
}

// Members is the bitmap of the seats whose commitments for a unit are sealed, as this node sees it.
func (m *Machine) Members(job poc.Hash, unit uint32) uint64 {
	j := m.jobs[job]
	if j == nil || int(unit) >= len(j.tasks) {
		return 0
	}
	return j.tasks[unit].poc.Members()
}

// units is what the job's units are called.
func (j *job) units() string {
	if n := j.spec.batch(); n > 1 {
		return fmt.Sprintf("units of %d tasks", n)
	}
	return "tasks"
}
