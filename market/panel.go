package market

import (
	"errors"
	"fmt"
	"slices"

	"gpumesh/poc"
)

// claimDraw is the task index under which the order of claimers is drawn.
const claimDraw = ^uint32(0)

// beaconSeen draws the assignment. From here on every seat does the same with the same data, and the owner only watches.
func (m *Machine) beaconSeen(ev BeaconSeen) error {
	j := m.job(ev.Job)
	if j == nil {
		return ErrUnknownJob
	}
	if j.State != Anchoring && j.State != Drawing {
		return ErrWrongState
	}
	if ev.Beacon.Award != poc.BlockHash(j.award) || ev.Refused == "" && len(ev.Beacon.Standings) != len(j.seats) {
		return fmt.Errorf("%w: the beacon is of another award", ErrNotForUs)
	}
	if j.State == Anchoring { // the beacon may be seen before the anchoring is confirmed to the owner
		if ev.Refused != "" {
			j.fail(m, FailAward, ev.Refused)
			return nil
		}
		j.Times.Anchored = m.now
		j.move(m, Drawing, j.Until)
	}
	if ev.Refused != "" {
		j.failAward(m, ev.Refused)
		return nil
	}
	b := ev.Beacon
	j.Beacon = &b
	if n := newBench(m.cfg.Network, j.spec, j.seats, b).standing(); n < j.spec.least() {
		j.fail(m, FailWorkers, fmt.Sprintf("%d of the award's %d seats are registered with enough stake; the job needs %d", n, len(j.seats), j.spec.least()))
		return nil
	}
	if err := j.makeTasks(m, nil); err != nil { // the award breaks a rule that nobody checked before
		j.tasks, j.claims = nil, nil
		j.fail(m, FailAward, err.Error())
		return nil
	}
	j.Times.Drawn, j.watched = m.now, true
	j.move(m, Running, j.spec.Deadline)
	if j.overdue { // others may have claimed already
		m.fx.CheckSettlement = append(m.fx.CheckSettlement, j.id)
	}
	j.startTasks(m)
	return nil
}

// makeTasks builds the tasks from the award and the beacon, or from their records.
func (j *job) makeTasks(m *Machine, records map[uint32][]byte) error {
	bench := newBench(m.cfg.Network, j.spec, j.seats, *j.Beacon)
	claimers, _ := bench.rank(j.Beacon.Random, poc.TaskRef{Job: j.id, Task: claimDraw}, -1)
	for _, w := range claimers {
		j.claims = append(j.claims, w.Peer)
	}
	if turn := slices.Index(j.claims, m.cfg.Self); 0 <= turn && turn < keepers && len(j.seats) > j.spec.Policy.Candidates() {
		j.keepDue = m.now.Add(keepAfter).Add(poc.Millis(turn) * m.cfg.Network.ClaimTurn)
	}
	j.choosers = j.spec.choosers()
	audits := j.spec.Audits()
	var lots poc.Tree
	if audits > 0 {
		lots = poc.Lots(m.secret(j.id), j.id, j.spec.Units())
	}
	for i := range j.spec.Units() {
		ref := poc.TaskRef{Job: j.id, Task: uint32(i)}
		ranking, candidates, policy := j.spec.lineup(i, j.id, j.Beacon.Random, bench)
		if candidates == 0 {
			return fmt.Errorf("nobody who was drawn for task %d is registered with enough stake", i)
		}
		setup := poc.Setup{
			Network: m.network, Ref: ref, Award: poc.BlockLink(j.award), Self: m.cfg.Self, Signer: m.cfg.Signer, Owner: j.Owner,
			Ranking: ranking, Candidates: candidates, Policy: policy, Params: m.cfg.Network.Poc, Deadline: j.spec.Deadline, Due: j.spec.Due,
			Tasks: uint32(j.spec.Units()), Audits: audits, Class: j.spec.class(), Secret: m.secret(j.id), Lots: lots, Choice: j.choice(i),
		}
		if j.spec.held(i) != nil {
			setup.Audits = 0 // nobody else can compute it
		}
		var t *poc.Task
		var err error
		if rec, ok := records[uint32(i)]; ok {
			t, err = poc.Restore(setup, rec)
		} else {
			t, err = poc.New(setup)
		}
		if err != nil {
			return fmt.Errorf("task %v: %w", ref, err)
		}
		j.tasks = append(j.tasks, &task{ref: ref, poc: t, held: j.spec.held(i), started: t.Phase() != poc.Waiting, dirty: records == nil})
	}
	j.makeBlocks()
	fastest := uint64(1)
	for _, f := range j.seats {
		fastest = max(fastest, f.offer.Speed)
	}
	for _, f := range j.seats {
		j.holders[f.peer] = &holder{seen: m.now, moved: m.now, proved: m.now, speed: max(ratio(f.offer.Speed, fastest), 1)}
	}
	for _, t := range j.tasks {
		j.changed(t)
	}
	j.nextLease, j.tasksDirty = m.now, true
	return nil
}

// startTasks starts every task whose inputs are certified, and stops those that wait for a failed one.
func (j *job) startTasks(m *Machine) {
	for i, t := range j.tasks {
		if t.started || t.poc.Phase() != poc.Waiting {
			continue
		}
		ready, failed := j.ready(m, i)
		if failed != "" {
			_ = j.stepTask(m, t, poc.Stop{Reason: failed})
		}
		if !ready || t.started {
			continue
		}
		t.started = true
		_ = j.stepTask(m, t, poc.Start{})
		for _, p := range sortedPeers(j.holders) {
			if j.holders[p].lapsed {
				_ = j.stepTask(m, t, poc.Lapsed{Peer: p})
			}
		}
	}
}

// stepTask drives one task and turns its effects into the machine's.
func (j *job) stepTask(m *Machine, t *task, ev poc.Event) error {
	j.changed(t)
	expires, closed := j.spec.Deadline, t.poc.Phase() == poc.Done
	if closed { // what is signed now is needed for a claim
		expires = j.expiry(m)
	}
	fx, err := t.poc.Step(m.now, ev)
	if err != nil {
		return err
	}
	t.dirty, j.tasksDirty = t.dirty || fx.Changed, j.tasksDirty || fx.Changed
	for _, s := range fx.Send {
		m.fx.Send = append(m.fx.Send, Send{s.To, Proof{s.Message}, expires, true})
	}
	j.compare(m, t, fx.Compare)
	j.check(m, t, fx.Prove)
	if slices.ContainsFunc(fx.Send, func(s poc.Send) bool {
		switch s.Message.(type) {
		case poc.Show, poc.Reveal:
			return true
		}
		return false
	}) {
		j.serve(m, t)
	}
	if fx.Cancel {
		m.dequeue(t.ref)
	}
	if fx.Execute {
		m.enqueue(t.ref)
	}
	for _, f := range fx.Faults {
		if f.Kind == poc.Contradicted || f.Kind == poc.Mismatched {
			m.distrust(j, t, poc.Distrust{Peer: f.Peer, Lied: f.Kind == poc.Contradicted && t.poc.Believed(f.Peer)})
		}
		if f.Kind == poc.Contradicted && f.Reveal != nil && j.Owner != m.cfg.Self {
			j.accuse(m, t, slash{Reveal: f.Reveal}, f.Passed)
		}
		if f.Twice != nil {
			m.distrust(j, t, poc.Distrust{Peer: f.Peer})
			j.accuse(m, t, slash{Twice: f.Twice}, f.Passed)
		}
	}
	if fx.Phase != nil {
		j.notify = true
		j.phaseChanged(m, t, *fx.Phase)
	} else if t.patient != 0 && !t.started { // its candidates may have chosen what it goes on without
		if _, chosen := t.poc.Chosen(); chosen {
			j.startTasks(m)
		}
	}
	j.hold(m, t)
	if closed && fx.Changed && !t.settled {
		j.planClaim(m)
	}
	return nil
}

// phaseChanged does what follows from a task's new phase. A step may pass through Certified straight to Done.
func (j *job) phaseChanged(m *Machine, t *task, change poc.PhaseChange) {
	if change.To < poc.Certified {
		return
	}
	if change.From < poc.Certified || change.From == poc.Failed {
		if j.State != Running {
			j.noteFailure()
		}
		if r, ok := t.poc.Result(); ok {
			j.collect(m, t)
			j.announce(m, r)
		}
		j.startTasks(m)
		j.leave(m, false)
		j.maybeSettle(m)
	}
	if change.To == poc.Done {
		j.planClaim(m)
		j.maybeDone(m)
	}
	j.submitSlashes(m)
}

// collect brings the outputs of a certified task to its owner, who may be the only one to keep them for long.
func (j *job) collect(m *Machine, t *task) {
	r, ok := t.poc.Result()
	if !ok || j.Owner != m.cfg.Self {
		return
	}
	c := Collect{Ref: t.ref, Result: r}
	for _, w := range t.poc.Candidates() {
		c.From = append(c.From, w.Peer)
	}
	if j.spec.batch() > 1 {
		m.fx.Unpack = append(m.fx.Unpack, Unpack{Unit: t.ref, From: c.From, File: r.Outputs[0].File})
		return
	}
	m.fx.Collect = append(m.fx.Collect, c)
}

// maybeSettle ends Running once every task is certified or failed.
func (j *job) maybeSettle(m *Machine) {
	if j.State != Running {
		return
	}
	for _, t := range j.tasks {
		if _, left := j.leftOut(t); t.poc.Phase() < poc.Certified && !left {
			return
		}
	}
	if j.leave(m, true); j.State != Running { // the last that it stopped came here before
		return
	}
	j.Times.Certified = m.now
	j.noteShown(m)
	j.noteFailure()
	j.move(m, Settling, j.spec.Terms(m.cfg.Network).Expiry)
	j.planClaim(m)
}

// noteFailure names the first task that has failed, as long as there is one: a certificate may come for it yet.
func (j *job) noteFailure() {
	if j.Failure != nil && j.Failure.Code != FailTasks {
		return
	}
	j.Failure = nil
	for _, t := range j.tasks {
		if _, left := j.leftOut(t); left {
			continue
		}
		if f := t.poc.Failure(); f != nil {
			j.Failure = &Failure{FailTasks, clip(fmt.Sprintf("task %d (%q) failed: %s", t.ref.Task, j.unitName(t), f.Reason))}
			break
		}
	}
	j.touch()
}

// run returns the execution of a task whose inputs are certified.
func (j *job) run(index uint32) (Run, bool) {
	own, _ := j.tasks[int(index)/j.spec.batch()].poc.Chosen()
	return j.spec.Run(poc.TaskRef{Job: j.id, Task: index}, own, j.result)
}

// Run returns what a task of the job runs, if it goes on without the given inputs. It is false while a result is missing that it needs.
func (s *Spec) Run(ref poc.TaskRef, without uint64, result func(task uint32) (poc.Result, bool)) (Run, bool) {
	t := s.Tasks[ref.Task]
	r := Run{Ref: ref, Owner: s.Owner, Program: t.Program, Outputs: t.Outputs, Seed: t.Seed, Timeout: t.Timeout}
	if t.Held != nil {
		r.Held, r.Before = t.Held, s.HeldBy(t.Held.Holder, t.Held.Data)
		r.Before = r.Before[:slices.Index(r.Before, ref.Task)]
	}
	for _, in := range t.Inputs {
		ri := RunInput{Name: in.Name}
		for _, p := range in.Parts {
			ri.Size += p.Size
			if p.Data != "" {
				ri.Data = p.Data
				continue
			}
			file, ok := s.Source(p, ref.Task, without, result)
			if !ok {
				return Run{}, false
			}
			ri.Files = append(ri.Files, file)
		}
		r.Inputs = append(r.Inputs, ri)
	}
	return r, true
}

// Runs returns what the tasks of a unit run, in order, like Run.
func (s *Spec) Runs(unit poc.TaskRef, without uint64, result func(task uint32) (poc.Result, bool)) (runs []Run, ok bool) {
	for i := range s.batch() {
		r, ok := s.Run(poc.TaskRef{Job: unit.Job, Task: unit.Task*uint32(s.batch()) + uint32(i)}, without, result)
		if !ok {
			return nil, false
		}
		runs = append(runs, r)
	}
	return runs, true
}

// receivedProof hands a message of Proof of Computation to its task.
func (m *Machine) receivedProof(j *job, v Validated) error {
	ref := v.message.(Proof).Message.Ref()
	switch {
	case j.State < Running:
		return ErrNotReady // the beacon is not known here yet
	case len(j.tasks) == 0:
		return ErrWrongState
	case int(ref.Task) >= len(j.tasks):
		return ErrNotForUs
	}
	j.alive(m, v.from)
	if err := j.promised(v.message.(Proof).Message); err != nil {
		return err
	}
	t, members := j.tasks[ref.Task], uint64(0)
	seal, seals := v.message.(Proof).Message.(poc.Seal)
	if seals = seals && seal.Round == 0 && j.Owner == m.cfg.Self; seals {
		members = t.poc.Members()
	}
	err := j.stepTask(m, t, poc.Received{From: v.from, Message: v.proof})
	if seals {
		j.sealedBy(m, t.poc.Members()&^members)
	}
	if errors.Is(err, poc.ErrFarAhead) {
		return ErrNotReady // until what it builds on is there
	}
	if _, ok := v.message.(Proof).Message.(poc.Commit); ok && err == nil && j.holders[v.from] != nil {
		h := j.holders[v.from]
		h.commits, h.proved = h.commits+1, m.now
		j.paced(m, v.from, h.commits)
	}
	return err
}

// alive notes a sign of life. Who comes back holds tasks again, but for those that it has lost.
func (j *job) alive(m *Machine, p poc.PeerID) {
	if h := j.holders[p]; h != nil {
		h.seen, h.lapsed = m.now, false
	}
}

func (m *Machine) receivedLease(j *job, from poc.PeerID, l Lease) error {
	h := j.holders[from]
	if h == nil || j.State != Running {
		return ErrWrongState
	}
	j.alive(m, from)
	j.paced(m, from, l.Finished)
	if l.Finished != h.finished || !slices.Equal(l.Running, h.running) {
		h.finished, h.running, h.moved = l.Finished, l.Running, m.now
		j.notify = true
	}
	if l.Others != h.others { // what this job's work waits behind goes on
		h.others, h.moved = l.Others, m.now
	}
	return nil
}

// lapseAt returns when a seat's holds lapse if nothing more is heard of it.
func (j *job) lapseAt(m *Machine, h *holder) poc.Time {
	at := h.seen.Add(m.cfg.Network.LeaseTTL)
	if h.owing > 0 || h.owed {
		at = min(at, h.moved.Add(j.patience(m, h)), j.proveBy(m, h))
	}
	return at
}

// proveBy is when a seat must have committed to one more result, whatever its leases show, as progress can be made up. An execution is
// ended by its worker at its timeout, and takes no more than twice what others' patience is, once that is known; what waits for other jobs' work, as its
// lease says, may do so for a part of the time that is left.
func (j *job) proveBy(m *Machine, h *holder) poc.Time {
	longest := proofSlack * j.patience(m, h)
	if j.pace == 0 {
		longest = m.cfg.Network.StallTimeout + poc.Millis(j.spec.batch())*j.longest()
	}
	if left := j.spec.Deadline - h.proved; h.others != 0 && h.proved < j.spec.Deadline {
		longest = max(longest, poc.Millis(left)/waitShare)
	}
	return h.proved.Add(longest)
}

// patience is how long a seat may show no progress: as long as the job allows for a task, and to begin with it; but not much longer than
// the executions of others took from one to the next, once some have ended, for a device that is so much slower.
func (j *job) patience(m *Machine, h *holder) poc.Millis {
	stall := m.cfg.Network.StallTimeout
	most := stall + j.longest()
	if j.pace == 0 {
		return most
	}
	return max(stall, poc.Millis(min(paceSlack*j.pace/h.speed, uint64(most))))
}

const (
	paceSlack = 3 // times the median is still patience
	paceKnown = 3 // workers whose executions ended make a median

	proofSlack = 2 // times the patience for one that shows no progress is that for one that proves none
	waitShare  = 8 // one part in so many of the time that is left is how long work may wait for that of other jobs
)

// paced notes that a seat has ended so many executions, as it says or as its commitments show.
func (j *job) paced(m *Machine, p poc.PeerID, ended uint32) {
	h := j.holders[p]
	if ended <= h.ended {
		return
	}
	if h.began != 0 {
		h.pace = max(uint64(max(m.now-h.began, 1))*h.speed/uint64(ended-h.ended), 1)
		j.pace = j.medianPace()
	}
	h.ended, h.began = ended, m.now
}

// medianPace is the upper median of what executions took, or zero while too few have ended: a minority of the seats does not move it
// far.
func (j *job) medianPace() uint64 {
	var paces []uint64
	for _, h := range j.holders {
		if h.pace > 0 {
			paces = append(paces, h.pace)
		}
	}
	if len(paces) < paceKnown {
		return 0
	}
	slices.Sort(paces)
	return paces[len(paces)/2]
}

// longest is the longest time that one execution of the job may take without showing progress.
func (j *job) longest() poc.Millis {
	if j.longestRun == 0 {
		var s uint32
		for _, t := range j.spec.Tasks {
			s = max(s, t.Timeout)
		}
		j.longestRun = poc.Millis(s) * 1000
	}
	return j.longestRun
}

func (j *job) nextLapse(m *Machine) poc.Time {
	var next poc.Time
	j.refresh()
	for p, h := range j.holders {
		if p != m.cfg.Self && !h.lapsed && (h.held || h.expected > 0) {
			next = poc.Earliest(next, j.lapseAt(m, h))
		}
	}
	return next
}

// tickLeases renews this node's lease, if it has a seat, and lets the holds of silent seats lapse. The owner sees them lapse, too: it can
// say who is gone.
func (j *job) tickLeases(m *Machine) {
	if j.seat(m.cfg.Self) >= 0 && m.now >= j.nextLease {
		j.nextLease = m.now.Add(m.cfg.Network.LeaseTTL / 3)
		j.renew(m)
	}
	peers := sortedPeers(j.holders)
	j.refresh()
	for _, p := range peers {
		// A seat without a hold renews nothing; its time starts with its hold.
		h, held, owed := j.holders[p], j.holders[p].held, j.holders[p].owed
		if h.held = h.expected > 0; h.held && !held {
			h.seen = m.now
		}
		if h.owed = h.owing > 0; h.owed && !owed {
			h.moved, h.began, h.proved = m.now, m.now, m.now
		}
	}
	for _, p := range peers {
		h := j.holders[p]
		if p == m.cfg.Self || h.lapsed || !h.held || m.now < j.lapseAt(m, h) {
			continue
		}
		h.lapsed = true
		for _, t := range j.tasks { // also where it holds nothing yet: a later round may draw it
			if t.started && t.poc.Phase() < poc.Certified {
				_ = j.stepTask(m, t, poc.Lapsed{Peer: p})
			}
		}
	}
}

// tickTasks lets every task see the time that it waits for.
func (j *job) tickTasks(m *Machine) {
	waited := false
	for _, t := range j.tasks {
		if j.refresh(); t.next != 0 && t.next <= m.now {
			_ = j.stepTask(m, t, poc.Tick{})
		}
		waited = waited || !t.started && t.patient != 0 && t.patient <= m.now
	}
	if waited {
		j.startTasks(m)
	}
}

// renew sends this node's lease while it may hold something.
func (j *job) renew(m *Machine) {
	if j.refresh(); j.holders[m.cfg.Self].expected == 0 {
		return
	}
	l := Lease{Job: j.id, Finished: j.finished}
	for _, t := range j.tasks {
		if r := m.running[t.ref]; r != nil && len(l.Running) < maxRunning {
			l.Running = append(l.Running, r.Progress)
		}
	}
	if slices.ContainsFunc(m.queue, func(r poc.TaskRef) bool { return r.Job == j.id }) {
		l.Others = m.worked
	}
	to := j.others(m)
	m.fx.Send = append(m.fx.Send, Send{To: to, Message: l, Expires: m.now.Add(m.cfg.Network.LeaseTTL)})
}
