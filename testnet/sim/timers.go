package sim

import (
	"slices"
	"strconv"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"gpumesh/market"
	"gpumesh/poc"
)

// A job ends at its deadline whatever else is lost, so that it has one says nothing of the timers by which its tasks go on when somebody is silent. This is this package's own
// table of them: from what a machine wrote of a task follows what it waits for, and for how long at most.

// taskRecord is what the table needs of a machine's record of a task.
type taskRecord struct {
	Phase     poc.Phase      `cbor:"phase"`
	Own       *struct{}      `cbor:"own"`
	Workers   []workerRecord `cbor:"workers"`
	Rounds    uint32         `cbor:"rounds"`
	Gathering bool           `cbor:"gathering"`
	AgreedAt  poc.Time       `cbor:"agreedAt"`
	RevealBy  poc.Time       `cbor:"revealBy"`
	CloseBy   poc.Time       `cbor:"closeBy"`
	CompareBy poc.Time       `cbor:"compareBy"`
	Audit     uint8          `cbor:"audit"`
	AuditBy   poc.Time       `cbor:"auditBy"`
	Held      poc.Time       `cbor:"held"`
	Alarmed   bool           `cbor:"alarmed"`
	Foreseen  bool           `cbor:"foreseen"`
}

type workerRecord struct {
	Drawn      bool      `cbor:"drawn"`
	Out        uint8     `cbor:"out"`
	Commit     poc.Hash  `cbor:"commit"`
	Sealed     uint32    `cbor:"sealed"`
	Doubt      bool      `cbor:"doubt"`
	Reveal     *struct{} `cbor:"reveal"`
	Attest     *struct{} `cbor:"attest"`
	Faults     uint8     `cbor:"faults"`
	Distrusted bool      `cbor:"distrusted"`
}

// Of the faults in a record.
const (
	faultWithheld    = 2
	faultEquivocated = 8
)

// awaiting is a task as one node sees it after a step.
type awaiting struct {
	taskRecord
	now        poc.Time // of its clock
	net        market.Network
	policy     poc.Policy
	candidates []poc.Worker
	self       int // its rank, or -1
	owner      bool
}

func (a *awaiting) member() bool { return a.self >= 0 && a.Workers[a.self].Sealed > 0 }

func (a *awaiting) in(d poc.Millis) poc.Time { return a.now.Add(d) }

// timers says, by what a node waits for, until when it does so at the latest in a task; zero: it does not wait for that.
var timers = []struct {
	what     string
	from, to poc.Phase
	until    func(*awaiting) poc.Time
}{
	{"a commitment of who holds it", poc.Computing, poc.Computing, func(a *awaiting) poc.Time {
		return a.given(slices.ContainsFunc(a.others(), func(w workerRecord) bool { return w.Drawn && w.Out == 0 && w.Commit.IsZero() }), a.in(a.net.LeaseTTL))
	}},
	{"a seal of its rank", poc.Computing, poc.Revealing, func(a *awaiting) poc.Time {
		return a.given(a.self >= 0 && a.Gathering && a.enough(), a.in(poc.Millis(a.self+1+a.first())*a.net.Poc.SealTimeout))
	}},
	{"reveals of who is sealed", poc.Revealing, poc.Revealing, func(a *awaiting) poc.Time {
		missing := slices.ContainsFunc(a.others(), func(w workerRecord) bool {
			return w.Sealed > 0 && !w.Doubt && w.Reveal == nil && w.Attest == nil && w.Faults&faultWithheld == 0
		})
		return a.given(a.member() && missing && !(a.policy.Priced() && (a.Gathering || a.Held != 0)), a.in(a.net.Poc.RevealTimeout+a.net.Poc.AttestGrace))
	}},
	{"what comes of reveals", poc.Revealing, poc.Revealing, func(a *awaiting) poc.Time {
		waits := a.member()
		switch {
		case a.policy.Priced():
			waits = a.self >= 0 && !a.Gathering && a.Held == 0
		case a.policy.Compare.Tier == poc.Proof:
			waits = a.self >= 0
		}
		return a.given(waits, a.RevealBy)
	}},
	{"shares in the draw of an audit", poc.Computing, poc.Attesting, func(a *awaiting) poc.Time {
		most := a.net.Poc.RevealTimeout / 2
		if !a.member() {
			most += a.net.Poc.RevealTimeout / 4
		}
		return a.given(a.policy.Priced() && !a.owner && a.Rounds > 0 && a.Audit == 0, min(max(a.AuditBy, 1), a.in(most)))
	}},
	{"the job's other tasks", poc.Waiting, poc.Attesting, func(a *awaiting) poc.Time { return a.Held }},
	{"what others show of an equal result", poc.Revealing, poc.Attesting, func(a *awaiting) poc.Time {
		by := a.AgreedAt.Add(a.net.Poc.AttestGrace)
		return a.given(a.AgreedAt != 0 && a.member() && a.Workers[a.self].Attest == nil && by > a.now, by)
	}},
	{"a comparison", poc.Revealing, poc.Certified, func(a *awaiting) poc.Time { return a.given(a.member() && a.policy.Compare.Near(), a.CompareBy) }},
	{"further signatures", poc.Certified, poc.Certified, func(a *awaiting) poc.Time { return min(a.CloseBy, a.in(a.net.Poc.AttestGrace)) }},
}

// first is how many of those who come after this node in rank may seal before it: in further rounds who has committed for them does.
func (a *awaiting) first() (n int) {
	for _, w := range a.Workers[a.self+1:] {
		if a.Rounds > 0 && w.Drawn && !w.Commit.IsZero() && w.Sealed == 0 {
			n++
		}
	}
	return n
}

// given is a time if something holds, else zero.
func (a *awaiting) given(waits bool, until poc.Time) poc.Time {
	if !waits {
		return 0
	}
	return until
}

// others are the candidates but this node.
func (a *awaiting) others() []workerRecord {
	if a.self < 0 {
		return a.Workers
	}
	return slices.Delete(slices.Clone(a.Workers), a.self, a.self+1)
}

// enough reports whether the next round can be sealed with the commitments that are known: of the first, whether it can end in a result. Where somebody was caught it says
// no, as that changes what counts.
func (a *awaiting) enough() bool {
	sealed, ready, weight := 0, 0, poc.Credit(0)
	for _, w := range a.Workers {
		if w.Sealed > 0 {
			sealed++
		}
		if w.Distrusted || a.Alarmed || a.Foreseen {
			return false
		}
	}
	for i, w := range a.Workers {
		if w.Drawn && !w.Commit.IsZero() && w.Sealed == 0 && w.Faults&faultEquivocated == 0 && sealed+ready < int(a.policy.MaxReplicas) {
			ready++
			weight += a.candidates[i].Credit
		}
	}
	switch {
	case a.policy.Priced() && a.policy.MaxReplicas == 1 && a.Own == nil:
		return false // who is alone seals itself
	case a.Rounds > 0:
		return ready > 0
	case a.policy.Priced():
		return weight >= poc.Need(a.policy.MaxError)
	case a.policy.Compare.Tier == poc.Proof:
		return ready > 0
	}
	return ready >= int(a.policy.Quorum)
}

// checkTimers asserts that a job goes on no later than each of the tasks that a step has changed has to.
func (n *node) checkTimers(changed []market.Record) {
	w := n.w
	if len(w.nodes) > fewNodes && w.tally.steps%sometimes != 0 {
		return
	}
	for _, r := range changed {
		task, ok := strings.CutPrefix(r.Key, "task/")
		if !ok || r.Value == nil {
			continue
		}
		var id poc.Hash
		job, index, _ := strings.Cut(task, "/")
		if err := id.UnmarshalText([]byte(job)); err != nil {
			w.violate("node %d wrote the record %q", n.index, r.Key)
			return
		}
		n.checkTask(id, index, r.Value)
	}
}

func (n *node) checkTask(id poc.Hash, index string, record []byte) {
	w := n.w
	var t awaiting
	unit, err := strconv.ParseUint(index, 10, 32)
	if err == nil {
		err = cbor.Unmarshal(record, &t.taskRecord)
	}
	j := w.jobs[id]
	if err != nil || j == nil {
		w.violate("node %d wrote a record of task %s/%s that is none: %v", n.index, id.Short(), index, err)
		return
	}
	if s, _ := n.m.StateOf(id); s.Terminal() || int(unit) >= len(j.drawn) {
		return
	}
	t.now, t.net, t.policy, t.candidates, t.owner = n.clock(), w.net, j.spec.Policy, j.drawn[unit], j.owner == n
	t.self = slices.IndexFunc(t.candidates, func(c poc.Worker) bool { return c.Peer == n.peer })
	if len(t.Workers) != len(t.candidates) {
		w.violate("node %d has %d candidates of task %s/%d, which has %d", n.index, len(t.Workers), id.Short(), unit, len(t.candidates))
		return
	}
	next := w.deadline(n.m, id)
	for _, timer := range timers {
		if t.Phase < timer.from || t.Phase > timer.to {
			continue
		}
		if by := timer.until(&t); by != 0 && (next == 0 || next > by) {
			w.violate("node %d waits for %s in task %s/%d until %d at most, and goes on at %d, %d ms later (it is %d)", n.index, timer.what, id.Short(), unit, by, next, next-by, t.now)
		}
	}
}
