package market

import (
	"slices"

	"gpumesh/poc"
)

// claimTurn is this node's place among those who may claim: the seats in drawn order, then the owner. All have their turn
// in half of the time that is left until the escrow expires.
func (j *job) claimTurn(m *Machine) poc.Millis {
	n := len(j.claims) + 1
	i := slices.Index(j.claims, m.cfg.Self)
	if i < 0 {
		i = n - 1
	}
	left := max(0, poc.Millis(j.expiry(m)-m.now))
	return poc.Millis(i) * min(m.cfg.Network.ClaimTurn, left/poc.Millis(2*n))
}

// claimable returns the tasks whose certificates are closed and not settled, as far as the chain would take them, at most maxClaim.
func (j *job) claimable() []*task {
	var ts []*task
	for _, t := range j.tasks {
		if t.poc.Phase() == poc.Done && !t.settled && !t.tried && t.poc.Lacking() == 0 && len(ts) < maxClaim {
			ts = append(ts, t)
		}
	}
	return ts
}

// planClaim sets when this node claims: at its turn, counted from when everything is certified, or ClaimDelay after the
// first certificate. The first in turn claims for all; the others only if it did not.
func (j *job) planClaim(m *Machine) {
	if j.State == Done || len(j.Claiming) > 0 || len(j.claimable()) == 0 {
		return
	}
	due := m.now
	for _, t := range j.tasks {
		if p := t.poc.Phase(); p != poc.Done && p != poc.Failed {
			due = m.now.Add(m.cfg.Network.ClaimDelay)
			break
		}
	}
	due = due.Add(j.claimTurn(m))
	if j.claimDue == 0 || due < j.claimDue {
		j.claimDue = due
	}
	if j.checkDue == 0 {
		j.checkDue = due.Add(m.cfg.Network.ClaimTurn)
	}
	if due <= m.now {
		j.claim(m)
	}
}

// claim submits one claim for what is certified.
func (j *job) claim(m *Machine) {
	j.claimDue = 0
	ts := j.claimable()
	if len(ts) == 0 || len(j.Claiming) > 0 || m.now >= j.expiry(m) {
		return
	}
	op := Claim{Job: j.id, Seating: j.seating(m)}
	for _, t := range ts {
		op.Certificates = append(op.Certificates, *t.poc.Certificate())
		j.Claiming = append(j.Claiming, t.ref.Task)
	}
	j.Claims++
	j.touch()
	m.fx.Submit = append(m.fx.Submit, Submission{j.opKey("claim") + OpKey("/"+decimal(j.Claims)), op})
	j.prove(m, ts)
}

// prove shows the certificates of a claim to all others, as long as there is an escrow: some may have been cut off, or been sent
// attestations by choice.
func (j *job) prove(m *Machine, ts []*task) {
	for _, t := range ts {
		if t.proven {
			continue
		}
		t.proven = true
		proof := Proof{poc.Proven{Certificate: *t.poc.Certificate()}}
		seats := slices.DeleteFunc(j.others(m), func(p poc.PeerID) bool { return p == j.Owner })
		m.fx.Send = append(m.fx.Send, Send{seats, proof, j.expiry(m), true})
		if j.Owner != m.cfg.Self { // it pays, and may be away for long
			m.fx.Send = append(m.fx.Send, Send{[]poc.PeerID{j.Owner}, proof, j.expiry(m).Add(ContentGrace), true})
		}
	}
}

func (j *job) expiry(m *Machine) poc.Time { return j.spec.Terms(m.cfg.Network).Expiry }

func (j *job) claimDone(m *Machine, ev OpDone) {
	claimed := j.Claiming
	j.Claiming = nil
	j.claimSaid, j.claimHeld = clip(ev.Refused), ev.Held
	j.touch()
	for _, i := range ev.Receipt.Tasks {
		if int(i) < len(j.tasks) {
			j.settle(m, j.tasks[i])
		}
	}
	if !ev.Held { // what the chain passed over is not claimed again before it was looked at: others may have settled it, or signatures count no more
		for _, i := range claimed {
			if int(i) < len(j.tasks) && !j.tasks[i].settled {
				j.tasks[i].tried, j.refused = true, true
			}
		}
	}
	if ev.Refused == "" {
		if ev.Receipt.Tx != "" {
			m.fx.Send = append(m.fx.Send, Send{To: j.others(m), Message: Settled{j.id}, Expires: m.now.Add(m.cfg.Network.ClaimTurn)})
		}
		j.planClaim(m)
	} else { // the chain's state decides; look at it, have the others look, too, and try again after another turn
		if j.claimDue = m.now.Add(m.cfg.Network.ClaimTurn); !j.hinted && !ev.Held {
			j.hinted = true
			m.fx.Send = append(m.fx.Send, Send{To: j.others(m), Message: Settled{j.id}, Expires: j.claimDue})
		}
	}
	m.fx.CheckSettlement = append(m.fx.CheckSettlement, j.id)
}

// settle notes that a task was claimed, and gives this node's evidence its turn.
func (j *job) settle(m *Machine, t *task) {
	if t.settled {
		return
	}
	t.settled = true
	j.touch()
	if t.poc.Phase() == poc.Done {
		m.dequeue(t.ref) // it was to be confirmed
	}
	j.submitSlashes(m)
}

// slashTurn is this node's place among those who have the evidence: the members of the task's candidates in rank order.
func (j *job) slashTurn(m *Machine, t *task, accused poc.Account) poc.Millis {
	turn := 0
	for _, c := range t.poc.Candidates() {
		if c.Peer == m.cfg.Self {
			break
		}
		if c.Account != accused {
			turn++
		}
	}
	return poc.Millis(turn) * m.cfg.Network.ClaimTurn / 4
}

// accuse keeps evidence against a worker until the task is claimed: only then can the chain judge a reveal. Where results rest on records, everybody else must see that it lied in this job, also who was shown no reveals: each node that was
// shown the lie by the liar tells them, and so none depends on another's word, but once for each liar in a job. What it does in further
// tasks those know who computed them. Two results that a liar showed to two peers are told in every job: few may have seen both.
func (j *job) accuse(m *Machine, t *task, s slash, passed bool) {
	told := passed || s.Twice == nil && !j.spec.Policy.Priced()
	known := -1
	for i, have := range j.Slashes {
		if have.account() != s.account() {
			continue
		}
		if have.Task == t.ref.Task {
			known = i
		}
		told = told || have.Told
	}
	if known >= 0 && (s.Twice == nil || j.Slashes[known].Twice != nil) {
		return
	}
	if !told {
		m.fx.Send = append(m.fx.Send, Send{j.others(m), Proof{s.message()}, j.spec.Deadline, true})
	}
	if known >= 0 && (j.Slashes[known].Sent || j.Slashes[known].Settled) || known < 0 && len(j.Slashes) >= maxDeclines {
		return
	}
	s.Task, s.Told = t.ref.Task, !told
	if known >= 0 { // which would need a claim
		j.Slashes[known] = s
	} else {
		j.Slashes = append(j.Slashes, s)
	}
	j.touch()
	j.submitSlashes(m)
}

// reports reports whether this node brings evidence to the chain. Who has somebody convicted by a certificate answers for that with its own stake, so it must have found the certified result itself.
func (j *job) reports(s *slash) bool { return s.Twice != nil || j.tasks[s.Task].poc.Backs() }

// ripe reports whether evidence can be brought to the chain: of a reveal once the task is claimed; of two results then too, though the chain
// would take it before, because who has lost its stake does not count for the claim; but also if no claim comes.
func (j *job) ripe(s *slash) bool {
	t := j.tasks[s.Task]
	return t.settled || s.Twice != nil && (t.poc.Phase() == poc.Failed || j.State.Terminal())
}

func (j *job) submitSlashes(m *Machine) {
	for i := range j.Slashes {
		s := &j.Slashes[i]
		if s.Due == 0 && int(s.Task) < len(j.tasks) && j.reports(s) && j.ripe(s) {
			s.Due = m.now.Add(j.slashTurn(m, j.tasks[s.Task], s.account()))
			j.touch()
		}
		if s.Sent || s.Settled || s.Due == 0 || m.now < s.Due {
			continue
		}
		s.Sent = true
		j.touch()
		m.fx.Submit = append(m.fx.Submit, Submission{j.slashKey(s), s.op(j.id)})
	}
}

func (j *job) slashKey(s *slash) OpKey {
	return j.opKey("slash") + OpKey("/"+decimal(s.Task)+"/"+string(s.account()))
}

func (j *job) slashDone(m *Machine, ev OpDone) {
	for i := range j.Slashes {
		s := &j.Slashes[i]
		if ev.Key == j.slashKey(s) {
			s.Settled = true
		}
	}
	if ev.Receipt.Tx != "" {
		m.fx.Send = append(m.fx.Send, Send{To: j.others(m), Message: Settled{j.id}, Expires: m.now.Add(m.cfg.Network.ClaimTurn)})
	}
	m.fx.CheckSettlement = append(m.fx.CheckSettlement, j.id)
	j.maybeDone(m)
}

// settlementSeen takes over what the chain says of the job. The chain is right, whatever this node thought.
func (m *Machine) settlementSeen(ev SettlementSeen) error {
	j := m.job(ev.Job)
	if j == nil {
		return ErrUnknownJob
	}
	if j.spec == nil {
		return ErrWrongState
	}
	j.notify = true
	if len(ev.History) >= len(j.History) && !historyEqual(j.History, ev.History) {
		j.History = ev.History
		j.touch()
	}
	for _, e := range ev.History {
		for i := range j.Slashes {
			s := &j.Slashes[i]
			if e.Kind == "slash" && e.Account == s.account() && slices.Contains(e.Receipt.Tasks, s.Task) && !s.Settled {
				s.Settled = true
				j.touch()
			}
		}
	}
	whole := ev.Escrow.Closed && ev.Escrow.Settled == ev.Escrow.Terms.Tasks // perhaps by a batch, of whose results the chain keeps none
	for i, t := range j.tasks {
		if whole || i < len(ev.Settled) && !ev.Settled[i].IsZero() {
			j.settle(m, t)
		}
	}
	if !j.State.Terminal() {
		j.confirm(m, ev.Signers)
	}
	escrow := ev.Escrow
	j.escrow = &escrow
	j.checkDue = 0
	if !j.State.Terminal() && len(j.tasks) > 0 {
		j.checkDue = m.now.Add(m.cfg.Network.ClaimTurn)
	}
	if j.State.Terminal() && escrow.Closed && j.Until != 0 {
		j.Until = 0
		j.touch()
	}
	if j.State == Failed && j.Owner == m.cfg.Self && !escrow.Closed && (j.Refund || j.Until != 0) && j.Until < j.expiry(m) {
		// Refused so far: what is left comes back when the escrow expires.
		j.Refund, j.Until = false, max(j.expiry(m), m.now).Add(m.cfg.Network.LeaseTTL)
		j.touch()
	}
	if j.State == Settling && j.Owner == m.cfg.Self && !escrow.Closed && escrow.Settled == escrow.Terms.Tasks {
		j.refund(m) // a claim left somebody out who can still be paid; the chain says when that is over
	}
	j.anchoredSeen(m, escrow.Award)
	if j.askDue == 0 {
		j.askForProofs(m)
	}
	j.maybeDone(m)
	return nil
}

func historyEqual(a, b []Entry) bool {
	return slices.EqualFunc(a, b, func(x, y Entry) bool {
		return x.Kind == y.Kind && x.Account == y.Account && x.Receipt.Tx == y.Receipt.Tx && x.Receipt.Height == y.Receipt.Height
	})
}

// Chains know the hashes of some of their blocks, and which seats are candidates follows from one of them. So as long as something is to be claimed, the
// first few claimers have it kept.
const (
	keepers   = 3
	keepAfter = 30_000  // ms from the draw on; a short job needs no transaction for it
	keepAgain = 120_000 // ms until it is asked for again, as the chain's own memory may have been long enough
)

// keepBeacon asks the chain to keep the beacon, and again until that took a transaction.
func (j *job) keepBeacon(m *Machine) {
	j.keepDue = 0
	key := j.opKey("keep") + OpKey("/"+decimal(uint32(m.now/1000)))
	m.fx.Submit = append(m.fx.Submit, Submission{key, KeepBeacon{j.id, j.seating(m)}})
}

func (j *job) keepDone(m *Machine, ev OpDone) {
	if ev.Refused == "" && ev.Receipt.Tx == "" {
		j.keepDue = m.now.Add(keepAgain)
	}
}

// tickSettlement does what is due on chain.
func (j *job) tickSettlement(m *Machine) {
	if j.keepDue != 0 && m.now >= j.keepDue {
		j.keepBeacon(m)
	}
	if j.claimDue != 0 && m.now >= j.claimDue {
		j.claim(m)
	}
	if j.checkDue != 0 && m.now >= j.checkDue {
		j.checkDue = m.now.Add(m.cfg.Network.ClaimTurn)
		m.fx.CheckSettlement = append(m.fx.CheckSettlement, j.id)
		j.planClaim(m)
	}
}

// maybeDone ends the job once everything certified is claimed and every conviction is in; the owner also waits for what
// is left of its escrow, unless that is for tasks that were left out.
func (j *job) maybeDone(m *Machine) {
	if j.State != Settling {
		return
	}
	for _, t := range j.tasks {
		if p := t.poc.Phase(); p == poc.Certified || p == poc.Done && !t.settled {
			return
		}
	}
	if j.Times.Settled == 0 {
		j.Times.Settled = m.now
		j.touch()
	}
	if slices.ContainsFunc(j.Slashes, func(s slash) bool { return !s.Settled && j.reports(&s) }) {
		return
	}
	if j.open(m) && !j.complete() || j.packed(m) {
		return
	}
	j.finish(m)
}

// open reports whether something of this node's own escrow has not come back yet.
func (j *job) open(m *Machine) bool {
	return j.Owner == m.cfg.Self && (j.escrow == nil || !j.escrow.Closed)
}

// finish ends the job. What was locked for tasks that were left out comes back at the escrow's expiry.
func (j *job) finish(m *Machine) {
	j.claimDue, j.checkDue = 0, 0
	until := poc.Time(0)
	if j.open(m) {
		j.Refund, until = false, j.expiry(m)
	}
	j.move(m, Done, until)
	j.submitSlashes(m)
	if j.Owner != m.cfg.Self {
		m.fx.Forget = append(m.fx.Forget, j.id)
	}
}

// expire ends Settling at the escrow's expiry: the owner takes back what is left, the others are done.
func (j *job) expire(m *Machine) {
	if j.open(m) {
		j.Refund = false
		j.refund(m)
		j.Until = m.now.Add(m.cfg.Network.SettleGrace)
		j.touch()
		return
	}
	j.finish(m)
}
