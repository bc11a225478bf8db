package market

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gpumesh/poc"
)

// Reason is one cause of a job being where it is, as data and as a sentence. Code is a state, a DeclineCode, a FailureCode, or
// one of the words below; codes are stable.
type Reason struct {
	Code  string `json:"code"`
	Count int    `json:"count"` // of providers or tasks
	Text  string `json:"text"`
}

// Codes of reasons that are no states, declines or failures.
const (
	ReasonNoAnswer = "no-answer"     // providers that advertise and have not answered the bid
	ReasonNotAble  = "not-available" // providers whose ads say that they take no work now
	ReasonUnbacked = "no-stake"      // providers that advertise, and for which the chain shows no stake with which they could be drawn
	ReasonUnasked  = "not-asked"     // providers that advertise and that this round of the bid does not ask
	ReasonPlace    = "same-subnet"   // providers that offered, and have no seat, as one of their subnet has
	ReasonAccount  = "same-account"  // likewise of their account
	ReasonFull     = "panel-full"    // providers that offered when an award had no room for more
	ReasonClaim    = "claim"         // the last claim settled nothing
	ReasonMissing  = "paid-not-here" // units that are paid on chain, and whose certificates and results the owner has not got
	ReasonEscrow   = "escrow-locked" // what is locked for a job that failed comes back later
	ReasonCompared = "compared"      // what makes results equal, where that is not equal bytes on every device
	ReasonTask     = "task"          // what one task waits for
	ReasonWaiting  = "slot"          // executions that wait for a slot of this node
	ReasonLate     = "late"          // replicas that are paid less for lateness, or will be
	ReasonWithout  = "without"       // tasks without which another went on
	ReasonHeld     = "held"          // tasks on data that only one provider has
	ReasonChain    = "chain-silent"  // the chain does not show in time what the job waits for
	ReasonLacking  = "lacking"       // certified units whose signers have lost their stake
)

// maxReasons bounds what explain says of single tasks and providers.
const maxReasons = 12

// explain says why the job is where it is, from data.
func (j *job) explain(m *Machine) (out []Reason) {
	say := func(code string, count int, format string, args ...any) {
		out = append(out, Reason{code, count, fmt.Sprintf(format, args...)})
	}
	state := j.State.String()
	switch j.State {
	case Locking:
		say(state, 1, "waiting for the chain to confirm the escrow of %v", j.spec.Budget)
	case Bidding:
		say(state, len(j.offers), "offer round %d: %s, %d needed; %s", j.Round+1, counted(len(j.offers), "offer", "offers"), j.spec.Seats(), counted(len(m.ads), "provider is advertising", "providers are advertising"))
		j.explainBidding(m, say)
	case Anchoring:
		say(state, len(j.seats), "the award of %d seats is being anchored on chain", len(j.seats))
		j.explainOverdue(m, say)
	case Offered:
		say(state, 1, "offered at %v per replica%s; waiting for the award", j.Ask, j.ofUnit())
		if j.Reserved == 0 {
			say(string(DeclineReservation), 1, "the slot that was kept for it is free again")
		}
	case Drawing:
		say(state, 1, "waiting for the beacon that draws the workers")
		j.explainOverdue(m, say)
	case Running:
		j.explainRunning(m, say)
	case Settling:
		settled := 0
		for _, t := range j.tasks {
			if t.settled {
				settled++
			}
		}
		say(state, settled, "%d of %d %s are settled on chain", settled, len(j.tasks), j.units())
		if j.packed(m) {
			say(state, len(j.tasks)-settled, "the list of what each task of a unit computed is being fetched; the job ends without it in %d s", max(0, j.expiry(m)-m.now)/1000)
		}
	case Done:
		if j.Failure == nil {
			say(state, len(j.tasks), "every certified task is settled")
		} else {
			settled := 0
			for _, t := range j.tasks {
				if t.settled {
					settled++
				}
			}
			say(state, settled, "%d of %d %s are settled; the others failed, and nobody is paid for them", settled, len(j.tasks), j.units())
		}
		if j.Until != 0 {
			say(state, 1, "what was locked for tasks that were left out comes back when the escrow expires, in %d s", max(0, j.Until-m.now)/1000)
		}
	}
	if (j.State == Running || j.State == Settling) && j.claimSaid != "" {
		if j.claimHeld {
			say(ReasonClaim, 1, "this node has not claimed yet: %s", j.claimSaid)
		} else {
			say(ReasonClaim, 1, "the chain refused what this node claimed last: %s", j.claimSaid)
		}
	}
	if n := j.missing(m); n > 0 && j.State >= Settling {
		say(ReasonMissing, n, "%d %s are paid on chain, and their results are not here; this node asks those who computed them", n, j.units())
	}
	if j.State == Failed && j.Until != 0 && j.escrow != nil && !j.escrow.Closed {
		if left := (j.expiry(m) - m.now) / 1000; j.escrow.Award.IsZero() {
			say(ReasonEscrow, 1, "the escrow of %v is on its way back; it is looked at again in %d s", j.spec.Budget, max(0, j.Until-m.now)/1000)
		} else {
			say(ReasonEscrow, 1, "an award is anchored, so the escrow of %v stays locked until it expires, in %d s; then this node takes it back", j.spec.Budget, max(0, left))
		}
	}
	if n := j.lacking(); n > 0 {
		say(ReasonLacking, n, "%d %s are certified by too few who still have their stake; others are computing and signing them, so that they can be claimed", n, j.units())
	}
	if len(j.tasks) > 0 && j.spec.Due != 0 {
		j.explainLate(m, say)
	}
	j.explainChoices(say)
	j.explainHeld(say)
	if j.Failure != nil {
		say(string(j.Failure.Code), 1, "%s: %s", j.Failure.Code, j.Failure.Reason)
	}
	if j.State == Bidding || j.State == Failed {
		j.explainDeclines(say)
	}
	return out
}

// explainLate says who is paid less for being late, as certificates have it, and what is late by now.
func (j *job) explainLate(m *Machine, say sayer) {
	open, late := 0, make([]int, len(j.seats))
	for _, t := range j.tasks {
		if t.poc.Phase() < poc.Certified {
			open++
		}
		if c := t.poc.Certificate(); c != nil {
			for seat := range late {
				late[seat] += int(c.Late(j.spec.Policy.Quorum) >> seat & 1)
			}
		}
	}
	part := percent(j.spec.LateBps)
	if m.now >= j.spec.Due && open > 0 {
		say(ReasonLate, open, "%d %s are not certified and were due %d s ago: who commits now is paid %s %% less", open, j.units(), (m.now-j.spec.Due)/1000, part)
	}
	told := 0
	for seat, n := range late {
		if n > 0 && told < maxReasons {
			told++
			say(ReasonLate, n, "%s was late in %d %s, as a quorum attests, and is paid %s %% less for them", j.seats[seat].peer.Short(), n, j.units(), part)
		}
	}
}

// counted writes a number with what is counted.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// span writes what amounts go from and to.
func span(least, most Amount) string {
	if least == most {
		return least.String()
	}
	return fmt.Sprintf("%v to %v", least, most)
}

// ofUnit says what a price per replica is for, where that is no single task.
func (j *job) ofUnit() string {
	if n := j.spec.batch(); n > 1 {
		return fmt.Sprintf(" of a unit of %d tasks", n)
	}
	return ""
}

// percent writes parts of FeeBase as percent: 250 is 2.5.
func percent(bps uint32) string {
	s := fmt.Sprintf("%d.%02d", bps/100, bps%100)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

type sayer func(code string, count int, format string, args ...any)

// explainBidding says what the ads tell of those who have not offered.
func (j *job) explainBidding(m *Machine, say sayer) {
	silent, paused, unbacked, unasked := 0, 0, 0, 0
	unseated := map[string]int{}
	for p, a := range m.ads {
		_, offered := j.offers[p]
		switch {
		case offered:
		case j.unbacked[p]:
			unbacked++
		case j.unseated[p] != "":
			unseated[j.unseated[p]]++
		case j.answered(p):
		case a.ad.Health == Paused:
			paused++
		case !j.asks(p):
			unasked++
		default:
			silent++
		}
	}
	for _, no := range []struct{ code, one, many string }{
		{ReasonPlace, "provider offered and gets no seat, as another one of the same subnet has one", "providers offered and get no seat, as another one of the same subnet has one"},
		{ReasonAccount, "provider offered and gets no seat, as another one of the same account has one", "providers offered and get no seat, as another one of the same account has one"},
		{ReasonFull, "provider offered when an award had no room for more", "providers offered when an award had no room for more"},
	} {
		if n := unseated[no.code]; n > 0 {
			say(no.code, n, "%s", counted(n, no.one, no.many))
		}
	}
	if unasked > 0 {
		say(ReasonUnasked, unasked, "this round does not ask %d of %s; each further round asks twice as many", unasked, counted(len(m.ads), "provider that advertises", "providers that advertise"))
	}
	if paused > 0 {
		say(ReasonNotAble, paused, "%s", counted(paused, "advertising provider is paused", "advertising providers are paused"))
	}
	if unbacked > 0 {
		say(ReasonUnbacked, unbacked, "%s not the stake on chain that a seat needs", counted(unbacked, "advertising provider has", "advertising providers have"))
	}
	if silent > 0 {
		say(ReasonNoAnswer, silent, "%s not answered yet", counted(silent, "advertising provider has", "advertising providers have"))
	}
}

// explainDeclines counts the declines by cause, and then gives some in the words of their providers. Where the price is why it
// says which price would do.
func (j *job) explainDeclines(say sayer) {
	byCode := map[DeclineCode]int{}
	var asks []Amount
	for _, d := range j.Declines {
		byCode[d.Code]++
		if d.Code == DeclinePrice && d.Ask > 0 {
			asks = append(asks, d.Ask)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		n := byCode[code]
		if code == DeclinePrice && len(asks) > 0 {
			they := "they ask"
			if n == 1 {
				they = "it asks"
			}
			say(string(code), n, "%s declined as %s: the bid is %v per replica%s, and %s %s", counted(n, "provider", "providers"), code, j.spec.MaxPrice, j.ofUnit(), they, span(slices.Min(asks), slices.Max(asks)))
			continue
		}
		say(string(code), n, "%s declined as %s", counted(n, "provider", "providers"), code)
	}
	for _, d := range j.Declines[:min(len(j.Declines), maxReasons)] {
		say(string(d.Code), 1, "provider %s declined: %s (%s)", d.Peer.Short(), d.Reason, d.Code)
	}
}

// explainRunning says what the tasks wait for.
func (j *job) explainRunning(m *Machine, say sayer) {
	if c := j.spec.Policy.Compare; c.Tier != poc.Exact {
		say(ReasonCompared, 0, "results are compared as %v: %v", c.Tier, c)
		if p := j.spec.Policy; p.MaxError != 0 {
			say(ReasonCompared, 0, "for at most %d wrong results in a million %d of %d candidates must agree", p.MaxError, p.Quorum, p.Candidates())
		}
	}
	phases := map[poc.Phase]int{}
	for _, t := range j.tasks {
		phases[t.poc.Phase()]++
	}
	for p := poc.Waiting; p <= poc.Failed; p++ {
		if n := phases[p]; n > 0 {
			say(p.String(), n, "%d of %d %s %s", n, len(j.tasks), j.units(), p)
		}
	}
	for _, d := range j.Declines {
		if d.Code == DeclineShown {
			say(string(d.Code), 1, "provider %s has no seat: %s", d.Peer.Short(), d.Reason)
		}
	}
	told := 0
	for _, t := range j.tasks {
		if p := t.poc.Phase(); p > poc.Waiting && p < poc.Certified && told < maxReasons {
			told++
			say(ReasonTask, 1, "task %d (%q): %s", t.ref.Task, j.unitName(t), t.poc.Explain())
		}
	}
	mine, others := 0, 0
	for _, ref := range m.queue {
		if ref.Job == j.id {
			mine++
		} else {
			others++
		}
	}
	if mine > 0 {
		say(ReasonWaiting, mine, "%d of its tasks wait for a slot of this node, where %d executions of this and other jobs run and %d of other jobs wait", mine, len(m.running), others)
	}
	for _, f := range j.seats {
		if h := j.holders[f.peer]; h != nil && h.lapsed {
			say("lapsed", 1, "the lease of %s ran out, and what it held went to the next in rank", f.peer.Short())
		}
	}
}

// explainChoices says which tasks went on without others, and why.
func (j *job) explainChoices(say sayer) {
	told := 0
	for _, t := range j.tasks {
		r, ok := t.poc.Result()
		if !ok || r.Without == 0 || j.spec.batch() > 1 {
			continue
		}
		for i, n := range j.spec.Tasks[t.ref.Task].Optional() {
			if r.Without>>i&1 == 1 && told < maxReasons {
				told++
				left := j.tasks[n]
				say(ReasonWithout, 1, "task %d (%q) went on without task %d (%q), which is %s",
					t.ref.Task, j.unitName(t), left.ref.Task, j.unitName(left), left.poc.Explain())
			}
		}
	}
}
