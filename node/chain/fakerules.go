package chain

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"gpumesh/market"
	"gpumesh/poc"
)

// The bounds of the contracts.
const (
	maxTasks        = 4096
	maxReplicas     = 32
	maxSeats        = 64
	maxCertificates = 64
	maxTerm         = poc.Millis(366 * 86_400_000)
)

func refused(format string, args ...any) (market.Receipt, error) {
	return market.Receipt{}, fmt.Errorf("%w: "+format, append([]any{ErrRefused}, args...)...)
}

func tooEarly(format string, args ...any) (market.Receipt, error) {
	return market.Receipt{}, fmt.Errorf("%w: "+format, append([]any{ErrTooEarly}, args...)...)
}

// apply does one operation under f.mu. It changes nothing when it returns an error.
func (f *Fake) apply(from poc.Account, op market.Op) (market.Receipt, error) {
	switch op := op.(type) {
	case market.LockEscrow:
		return f.lock(from, op)
	case market.AnchorAward:
		return f.anchor(from, op)
	case market.KeepBeacon:
		return f.keepBeacon(op)
	case market.Claim:
		return f.claim(op)
	case market.Slash:
		return f.slash(from, op)
	case market.SlashTwice:
		return f.slashTwice(from, op.Twice)
	case market.Refund:
		return f.refund(from, op)
	case market.Register:
		return f.register(from, op)
	}
	return refused("%T is not an operation of this chain", op)
}

// done is the receipt of an operation whose effect is there already.
func (f *Fake) done() (market.Receipt, error) { return market.Receipt{Height: f.mu.height}, nil }

func (f *Fake) take(from poc.Account, n market.Amount) error {
	if have := f.mu.balances[from]; have < n {
		return fmt.Errorf("%w: %s has %v and needs %v", ErrFunds, from, have, n)
	}
	if f.mu.balances[from]-f.mu.earned[from] < n {
		f.mu.earned[from] = 0
	}
	f.mu.balances[from] -= n
	return nil
}

func (f *Fake) remember(job poc.Hash, e market.Entry) {
	j := f.mu.jobs[job]
	j.history = append(j.history, e)
}

func (f *Fake) lock(from poc.Account, op market.LockEscrow) (market.Receipt, error) {
	t, now := op.Terms, f.cfg.Now()
	if j := f.mu.jobs[op.Job]; j != nil {
		if j.Owner != from || j.Terms != t {
			return refused("job %s has an escrow with another owner or other terms", op.Job.Short())
		}
		return f.done()
	}
	if op.Job.IsZero() || t.Tasks == 0 || t.Tasks > maxTasks || t.Quorum == 0 || t.Quorum > t.Replicas ||
		t.Replicas > maxReplicas || t.LateBps > market.FeeBase || t.Expiry <= now || t.Expiry > now.Add(maxTerm) {
		return refused("the terms are out of range, or their expiry has passed")
	}
	if needed, ok := market.MaxCost(t, f.cfg.FeeBps); !ok || t.Budget < needed {
		return refused("the budget of %v is less than the job can cost", t.Budget)
	}
	if err := f.take(from, t.Budget); err != nil {
		return market.Receipt{}, err
	}
	f.mu.totals.Locked += t.Budget
	f.mu.totals.Held += t.Budget
	f.mu.jobs[op.Job] = &fakeJob{
		Escrow:  market.Escrow{Job: op.Job, Owner: from, Terms: t},
		results: map[uint32]poc.Hash{}, paid: map[uint32]uint64{}, fined: map[uint32]uint64{},
	}
	r := f.block()
	r.Amount = t.Budget
	f.remember(op.Job, market.Entry{Kind: "lock", Receipt: r})
	return r, nil
}

func (f *Fake) anchor(from poc.Account, op market.AnchorAward) (market.Receipt, error) {
	j := f.mu.jobs[op.Job]
	switch {
	case j == nil:
		return tooEarly("the job has no escrow yet")
	case !j.Award.IsZero() && j.Award == op.Award && j.seating.Equal(op.Seating):
		return f.done()
	case !j.Award.IsZero():
		return refused("job %s has another award", op.Job.Short())
	case j.Closed:
		return refused("the escrow of the job is closed")
	case from != j.Owner:
		return refused("only the owner of the job can do this")
	case f.cfg.Now() >= j.Terms.Expiry:
		return refused("the escrow of the job has expired")
	case op.Award.IsZero():
		return refused("an award has a digest")
	case len(op.Seating.Seats) < int(j.Terms.Quorum) || len(op.Seating.Seats) > maxSeats:
		return refused("an award of this job cannot have %d seats", len(op.Seating.Seats))
	case !validSeating(op.Seating, j.Terms):
		return refused("the candidates, weights or draws of the award are none of its seats and tasks")
	}
	for i, s := range op.Seating.Seats {
		if s.Ask > j.Terms.MaxPrice {
			return refused("seat %d asks %v, more than the job's %v", i, s.Ask, j.Terms.MaxPrice)
		}
	}
	j.Award, j.seating = op.Award, op.Seating
	j.seating.Seats, j.seating.Draws = slices.Clone(op.Seating.Seats), slices.Clone(op.Seating.Draws)
	r := f.block()
	j.beacon = market.Beacon{Award: op.Award, Height: r.Height + 1, Random: f.random(r.Height+1, op.Job)}
	for _, s := range op.Seating.Seats {
		j.beacon.Standings = append(j.beacon.Standings, f.standing(s.Account))
	}
	f.remember(op.Job, market.Entry{Kind: "anchor", Receipt: r})
	return r, nil
}

// validSeating reports whether there are as many candidates as signatures make a claim, every seat weighs something, and every draw is one of the job's, or
// beside a seat.
func validSeating(s market.Seating, t market.Terms) bool {
	if s.Candidates < t.Quorum || s.Candidates > maxSeats || len(s.Draws) != 0 && (len(s.Draws) != int(t.Tasks) || !s.Drawn()) {
		return false
	}
	if slices.ContainsFunc(s.Seats, func(s market.Seat) bool { return s.Weight == 0 }) {
		return false
	}
	return !slices.ContainsFunc(s.Draws, func(d market.Draw) bool {
		if d&market.Pinned != 0 {
			return int(d&^market.Pinned) >= len(s.Seats)
		}
		return uint32(d) >= t.Tasks
	})
}

// forgotten is the refusal of what needs a draw that nobody knows any more.
const forgotten = "the chain has forgotten the block that draws the job's candidates, and nobody had that kept in time"

// lost reports whether nobody knows any more by what a job's candidates are drawn.
func (f *Fake) lost(j *fakeJob) bool {
	return j.seating.Drawn() && !j.kept && f.cfg.Memory > 0 && f.mu.height-j.beacon.Height > f.cfg.Memory
}

func (f *Fake) keepBeacon(op market.KeepBeacon) (market.Receipt, error) {
	j := f.mu.jobs[op.Job]
	switch {
	case j != nil && j.Award.IsZero() && j.Closed:
		return refused("the escrow of the job is closed")
	case j == nil || j.Award.IsZero():
		return tooEarly("the job has no award yet")
	case !op.Seating.Equal(j.seating):
		return refused("this is not the seating of the job's award")
	case !j.seating.Drawn() || j.Closed || j.kept:
		return f.done()
	case f.lost(j):
		return refused(forgotten)
	}
	j.kept = true
	return f.block(), nil
}

func (f *Fake) claim(op market.Claim) (market.Receipt, error) {
	j := f.mu.jobs[op.Job]
	switch {
	case len(op.Certificates) > maxCertificates:
		return refused("a claim holds at most %d certificates, not %d", maxCertificates, len(op.Certificates))
	case j == nil:
		return tooEarly("the job has no escrow yet")
	}
	open := false
	for _, c := range op.Certificates {
		if c.Job != op.Job || c.Task >= j.Terms.Tasks {
			return refused("a certificate is for %s/%d, which is no task of job %s", c.Job.Short(), c.Task, op.Job.Short())
		}
		open = open || Adds(c, j.Terms, j.results[c.Task], j.paid[c.Task], j.fined[c.Task])
	}
	switch {
	case !open || j.Closed && j.Settled == j.Terms.Tasks:
		return f.done()
	case j.Closed:
		return refused("the escrow of the job is closed")
	case j.batched:
		return tooEarly("the job is in a batch")
	case j.Award.IsZero():
		return tooEarly("the job has no award yet")
	case f.cfg.Now() >= j.Terms.Expiry:
		return refused("the escrow of the job has expired")
	case !op.Seating.Equal(j.seating):
		return refused("these are not the seats of the job's award")
	case f.lost(j):
		return refused(forgotten)
	}
	var r market.Receipt
	pays := map[poc.Account]market.Amount{}
	effect, lacking, rewind := false, "", f.rewind(j)
	for _, c := range op.Certificates {
		if !Adds(c, j.Terms, j.results[c.Task], j.paid[c.Task], j.fined[c.Task]) {
			continue
		}
		counted, all := f.counted(j, c)
		named, late := counted.Payees(j.Terms.Quorum), counted.Late(j.Terms.Quorum)
		if n := len(counted.Attestations); n < int(j.Terms.Quorum) || len(named) == 0 {
			lacking = fmt.Sprintf("%d signatures of task %d count, %d are needed, and so many name %d replicas", n, c.Task, j.Terms.Quorum, len(named))
			continue
		}
		before := j.paid[c.Task]
		var pay market.Amount
		payees := f.payees(j, c.Task, named)
		for _, seat := range payees {
			s := j.seating.Seats[seat]
			n := s.Ask.Graded(late>>seat&1 != 0, c.Share, j.Terms.LateBps)
			j.paid[c.Task] |= 1 << seat
			pay += n
			pays[s.Account] += n
			f.paid(s.Account, 1)
			f.mu.balances[s.Account] += n
			f.mu.earned[s.Account] += n
		}
		fines, fined, err := f.fine(j, c, late, before)
		if err != nil {
			rewind()
			return market.Receipt{}, err
		}
		r.Fines = append(r.Fines, fines...)
		first := j.results[c.Task].IsZero()
		if !first && len(payees) == 0 && !fined {
			lacking = ""
			continue
		}
		effect = true
		fee := part(pay, f.cfg.FeeBps)
		f.mu.balances[f.cfg.Treasury] += fee
		f.mu.totals.Paid += pay
		f.mu.totals.Fees += fee
		f.mu.totals.Held -= pay + fee
		j.Paid += pay
		j.Fees += fee
		if first {
			j.Settled++
			j.since = f.cfg.Now()
			j.results[c.Task] = c.Result.Digest()
			r.Tasks = append(r.Tasks, c.Task)
			j.narrow = j.narrow || j.Terms.LateBps > 0 || f.owes(j, c.Task, all)
		}
	}
	switch {
	case !effect && lacking == "":
		return f.done()
	case !effect:
		return refused("%s", lacking)
	}
	for _, s := range j.seating.Seats {
		if n := pays[s.Account]; n > 0 {
			r.Pays = append(r.Pays, market.Pay{Account: s.Account, Amount: n})
			delete(pays, s.Account)
		}
	}
	if j.Settled == j.Terms.Tasks && !j.narrow {
		r.Amount = f.giveBack(j)
	}
	b := f.block()
	r.Tx, r.Height = b.Tx, b.Height
	f.remember(op.Job, market.Entry{Kind: "claim", Receipt: r})
	return r, nil
}

// rewind returns what takes back all that a claim has done so far.
func (f *Fake) rewind(j *fakeJob) func() {
	if j.Terms.LateBps == 0 {
		return nil // such a claim is not refused once it has begun
	}
	job, totals, changes, workers := *j, f.mu.totals, len(f.mu.changes), map[poc.Account]market.Standing{}
	job.results, job.paid, job.fined = maps.Clone(j.results), maps.Clone(j.paid), maps.Clone(j.fined)
	balances, earned, records := maps.Clone(f.mu.balances), maps.Clone(f.mu.earned), maps.Clone(f.mu.recent)
	for a, w := range f.mu.workers {
		workers[a] = *w
	}
	return func() {
		*j, f.mu.totals, f.mu.changes = job, totals, f.mu.changes[:changes]
		f.mu.balances, f.mu.earned, f.mu.recent = balances, earned, records
		for a, w := range workers {
			*f.mu.workers[a] = w
		}
	}
}

// counted returns the certificate with those attestations that count: by a candidate of the task that stands, signed, and naming candidates, its own
// seat among them; and the bitmap of the seats that any of them names.
func (f *Fake) counted(j *fakeJob, c poc.Certificate) (_ poc.Certificate, all uint64) {
	sorted := slices.Clone(c.Attestations)
	slices.SortStableFunc(sorted, func(a, b poc.Attestation) int { return strings.Compare(string(a.Account), string(b.Account)) })
	sorted = slices.CompactFunc(sorted, func(a, b poc.Attestation) bool { return a.Account == b.Account })
	s, candidates := c.Statement(poc.Attestation{}), j.seating.Of(c.Ref(), j.beacon.Random)
	c.Attestations = slices.DeleteFunc(sorted, func(a poc.Attestation) bool {
		seat := slices.IndexFunc(j.seating.Seats, func(s market.Seat) bool { return s.Account == a.Account })
		s.Agreed, s.Late = a.Agreed, a.Late
		return seat < 0 || a.Agreed>>seat&1 == 0 || a.Agreed&^candidates != 0 || f.verify(a.Account, s, a.Signature) != nil || !f.stands(j, a.Account)
	})
	for _, a := range c.Attestations {
		all |= a.Agreed
	}
	return c, all
}

// payees returns those of the named seats that are paid now: the first that stand and were not paid, at most Terms.Replicas
// per task.
func (f *Fake) payees(j *fakeJob, task uint32, named []uint8) (out []uint8) {
	left := int(j.Terms.Replicas) - bits.OnesCount64(j.paid[task])
	for _, seat := range named {
		if j.paid[task]>>seat&1 == 0 && f.stands(j, j.seating.Seats[seat].Account) && len(out) < left {
			out = append(out, seat)
		}
	}
	return out
}

// owes reports whether one of the given seats could still be paid for a task.
func (f *Fake) owes(j *fakeJob, task uint32, seats uint64) bool {
	if bits.OnesCount64(j.paid[task]) >= int(j.Terms.Replicas) {
		return false
	}
	for i, s := range j.seating.Seats {
		if seats&^j.paid[task]>>i&1 != 0 && f.stands(j, s.Account) {
			return true
		}
	}
	return false
}

// fine notes who was late, and takes back from seats that were paid in full before what that costs them: of what they earned, which
// the escrow has again, else of their stake, which the treasury has. The fee stays. It reports whether there are such seats. By another share than was
// paid they could give back more than the job has paid: that is refused.
func (f *Fake) fine(j *fakeJob, c poc.Certificate, late, before uint64) (fines []market.Pay, fined bool, _ error) {
	late &= j.paid[c.Task] &^ j.fined[c.Task]
	if j.Terms.LateBps == 0 || late == 0 {
		return nil, false, nil
	}
	j.fined[c.Task] |= late
	var back market.Amount
	for i, s := range j.seating.Seats {
		if late&before>>i&1 == 0 {
			continue
		}
		due := s.Ask.Graded(false, c.Share, j.Terms.LateBps) - s.Ask.Graded(true, c.Share, j.Terms.LateBps)
		earned := min(due, f.mu.earned[s.Account])
		w := f.mu.workers[s.Account]
		stake := min(due-earned, w.Stake)
		f.mu.earned[s.Account] -= earned
		f.mu.balances[s.Account] -= earned
		f.seize(w, stake)
		f.mu.balances[f.cfg.Treasury] += stake
		f.mu.totals.Paid -= earned
		f.mu.totals.Held += earned
		back += earned
		fines = append(fines, market.Pay{Account: s.Account, Amount: earned})
	}
	if back > j.Paid {
		return nil, false, fmt.Errorf("%w: the fines of task %d are for another share than was paid, and more than the job has paid", ErrRefused, c.Task)
	}
	j.Paid -= back
	return fines, late&before != 0, nil
}

// stands reports whether an account is registered with enough stake now, and verified if the job asks for it: both to sign
// and to be paid.
func (f *Fake) stands(j *fakeJob, a poc.Account) bool {
	w := f.mu.workers[a]
	return w != nil && w.Stake >= f.cfg.MinStake && (!j.Terms.Verified || f.mu.verified[a])
}

// giveBack closes an escrow and returns the rest to its owner.
func (f *Fake) giveBack(j *fakeJob) market.Amount {
	rest := j.Terms.Budget - j.Paid - j.Fees
	j.Refunded, j.Closed = rest, true
	f.mu.balances[j.Owner] += rest
	f.mu.totals.Refunded += rest
	f.mu.totals.Held -= rest
	return rest
}

func (f *Fake) refund(from poc.Account, op market.Refund) (market.Receipt, error) {
	j := f.mu.jobs[op.Job]
	switch {
	case j == nil:
		return tooEarly("the job has no escrow yet")
	case j.Closed:
		return f.done()
	case j.batched:
		return tooEarly("the job is in a batch")
	case f.cfg.Now() < j.Terms.Expiry && j.Settled == j.Terms.Tasks:
		if until := j.since.Add(f.cfg.TopUp); f.cfg.Now() < until {
			return tooEarly("workers that a claim left out can be paid until %d", until)
		}
	case f.cfg.Now() < j.Terms.Expiry && (from != j.Owner || !j.Award.IsZero()):
		return refused("the escrow can be refunded from its expiry on")
	}
	rest := f.giveBack(j)
	r := f.block()
	r.Amount = rest
	f.remember(op.Job, market.Entry{Kind: "refund", Receipt: r})
	return r, nil
}

// slash convicts by a certificate: for good where there are no arbiters, else as fakecourt.go says.
func (f *Fake) slash(from poc.Account, op market.Slash) (market.Receipt, error) {
	key := slashKey{op.Ref, op.Account}
	right := f.right(op.Ref)
	s := poc.Statement{Kind: poc.Revealed, Job: op.Ref.Job, Task: op.Ref.Task, Digest: op.Digest}
	switch {
	case f.mu.slashed[key]:
		return f.done()
	case right.IsZero():
		return tooEarly("task %d is not claimed yet", op.Ref.Task)
	case op.Digest == right:
		return refused("the reveal agrees with the certified result of task %d", op.Ref.Task)
	case f.verify(op.Account, s, op.Signature) != nil:
		return refused("the reveal is not signed by the accused account")
	case f.mu.workers[op.Account] == nil:
		return refused("%s is not registered", op.Account)
	case f.cfg.Court.Window > 0:
		return f.hold(key, from, op.Digest, right)
	}
	return f.convicted(key, from, 0), nil
}

// slashTwice convicts of two signed results for one task. It asks for no claim, nor for an escrow.
func (f *Fake) slashTwice(from poc.Account, t poc.Twice) (market.Receipt, error) {
	key := slashKey{t.TaskRef, t.Account}
	switch {
	case f.mu.slashed[key]:
		return f.done()
	case f.verify(t.Account, t.Statement(0), t.Said[0].Signature) != nil || f.verify(t.Account, t.Statement(1), t.Said[1].Signature) != nil:
		return refused("the two results are not both signed by the accused account")
	case t.Said[0].Digest == t.Said[1].Digest:
		return refused("both signatures are for one result of task %d", t.Task)
	case f.mu.workers[t.Account] == nil:
		return refused("%s is not registered", t.Account)
	}
	return f.convicted(key, from, 0), nil
}

// convicted slashes a worker, for good, for what it signed in a job, whose history shows it.
func (f *Fake) convicted(key slashKey, reporter poc.Account, costs market.Amount) market.Receipt {
	amount := f.convict(key)
	f.share(amount, reporter, costs)
	return f.entry("slash", key, amount)
}

// convict takes of a worker's stake what a conviction costs, in the block that comes, and returns that.
func (f *Fake) convict(key slashKey) market.Amount {
	w := f.mu.workers[key.account]
	amount := w.Stake - part(w.Stake, market.FeeBase-f.cfg.SlashBps) // rounded up
	f.mu.slashed[key] = true
	w.Faults++
	f.seize(w, amount)
	return amount
}

// share gives the reporter of a conviction its part, with its costs as far as there is so much, and the treasury the rest.
func (f *Fake) share(amount market.Amount, reporter poc.Account, costs market.Amount) {
	reward := min(amount, part(amount, f.cfg.RewardBps)+costs)
	f.mu.balances[reporter] += reward
	f.mu.balances[f.cfg.Treasury] += amount - reward
}

// entry ends an operation about a conviction, which the job's history shows.
func (f *Fake) entry(kind string, key slashKey, amount market.Amount) market.Receipt {
	r := f.block()
	r.Amount, r.Tasks = amount, []uint32{key.ref.Task}
	if f.mu.jobs[key.ref.Job] != nil {
		f.remember(key.ref.Job, market.Entry{Kind: kind, Account: key.account, Receipt: r})
	}
	return r
}

// seize takes some of a stake in the block that comes, and books it as slashed.
func (f *Fake) seize(w *market.Standing, amount market.Amount) {
	w.Stake -= amount
	f.mu.totals.Staked -= amount
	f.mu.totals.Slashed += amount
	f.mu.changes = append(f.mu.changes, change{f.mu.height + 1, *w})
}

func (f *Fake) register(from poc.Account, op market.Register) (market.Receipt, error) {
	w := f.standing(from)
	if op.Peer == (poc.PeerID{}) {
		return refused("a worker has a peer id")
	}
	if w.Peer == op.Peer && w.Stake >= op.Stake {
		return f.done()
	}
	add := max(w.Stake, op.Stake) - w.Stake
	if err := f.take(from, add); err != nil {
		return market.Receipt{}, err
	}
	w.Peer, w.Registered, w.Stake = op.Peer, true, w.Stake+add
	f.mu.workers[from] = &w
	f.mu.totals.Staked += add
	r := f.block()
	f.mu.changes = append(f.mu.changes, change{r.Height, w})
	return r, nil
}
