package poc

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// Where honest devices may differ in the last bits, no digest says who agrees. Members show their results, look at each other's,
// and agree on one of them that stands for all: the first, in the order in which they were sealed, that a quorum holds whole and
// found near its own. Its digest is what they sign. See DESIGN.md.

// near reports whether results that differ in bits may pass for the same.
func (t *Task) near() bool { return t.setup.Policy.Compare.Near() }

// unsigned reports whether what members show convicts nobody: honest devices may differ.
func (t *Task) unsigned() bool { return !t.setup.Policy.Compare.Convicts() }

// Samples is how many chunks of each output of a result are compared, but for the one that may stand for all.
const Samples = 16

// Compare asks the host to fetch another member's result and to compare it with this node's own, in the terms of the policy. It
// completes with Compared.
type Compare struct {
	Peer   PeerID
	Theirs Result
	Own    Result
	Whole  bool     // all of it, and to keep it; else Samples chunks of each output, drawn by Seed
	Seed   Hash     // that nobody else knew when the results were sealed
	From   []PeerID // who has it
	By     Time     // what is not fetched by then counts as different
}

// Compared completes Compare. An empty Difference says that the results pass for the same, else it is one sentence.
type Compared struct {
	Peer       PeerID
	Whole      bool
	Difference Difference
}

func (Compared) isEvent() {}

// finding is what this node knows of another's result.
type finding uint8

const (
	unknown finding = iota
	asked
	nearby
	apart
)

// looks is what a node found, and heard, of one worker's result where results are compared by looking at them.
type looks struct {
	Sample finding `cbor:"sample,omitempty"` // of some chunks
	Whole  finding `cbor:"whole,omitempty"`
	Apart  string  `cbor:"apart,omitempty"`  // why
	Near   uint64  `cbor:"near,omitempty"`   // seats whose results the worker says it holds and found near its own
	Far    uint64  `cbor:"far,omitempty"`    // seats whose results it found to differ, or could not have
	Told   bool    `cbor:"told,omitempty"`   // this node's latest Near was sent to it
	Passed bool    `cbor:"passed,omitempty"` // its result was waited for in vain
}

// compareTime is how long a result of so many bytes may take to be fetched and compared.
func (t *Task) compareTime(r Result) Millis {
	size := uint64(0)
	for _, o := range r.Outputs {
		size += min(o.Size, 1<<40)
	}
	return 4*t.setup.Params.RevealTimeout + Millis(size/1000) // a megabyte per second
}

// shows reports whether the i-th has shown what it committed to.
func (t *Task) shows(i int) bool {
	w := &t.s.Workers[i]
	return w.Sealed > 0 && w.Reveal != nil && w.Reveal.Check == opens
}

// may reports whether the i-th may still show it.
func (t *Task) may(i int) bool {
	w := &t.s.Workers[i]
	return w.Sealed > 0 && !w.Doubt && w.Reveal == nil && !w.Faults.has(Withheld) && t.s.RevealBy != 0
}

// inOrder lists the members in the order in which their results may stand for all: earlier rounds first, then by rank.
func (t *Task) inOrder() []int {
	var members []int
	for i := range t.s.Workers {
		if t.shows(i) || t.may(i) {
			members = append(members, i)
		}
	}
	slices.SortFunc(members, func(a, b int) int {
		return cmp.Or(cmp.Compare(t.s.Workers[a].Sealed, t.s.Workers[b].Sealed), cmp.Compare(a, b))
	})
	return members
}

// says is what the i-th thinks of the c-th's result: close, apart or unknown.
func (t *Task) says(i, c int) finding {
	if i == c || t.s.Workers[i].Reveal != nil && t.s.Workers[i].Reveal.Digest == t.s.Workers[c].Reveal.Digest {
		return nearby
	}
	if i == t.self {
		return t.s.Workers[c].Whole
	}
	switch bit := t.candidates[c].bit(); {
	case t.s.Workers[i].Near&bit != 0:
		return nearby
	case t.s.Workers[i].Far&bit != 0:
		return apart
	}
	return unknown
}

// centre returns the member whose result stands for all, or -1. open says that it waits for somebody, await for whose result. best
// is how many stand by the result that most do.
func (t *Task) centre() (c, await, best int, open bool) {
	members := t.inOrder()
	for _, c := range members {
		if !t.shows(c) {
			return -1, -1, best, true
		}
		votes, undecided := 0, 0
		for _, i := range members {
			if !t.shows(i) {
				undecided++
				continue
			}
			switch t.says(i, c) {
			case nearby:
				votes++
			case unknown, asked:
				undecided++
			}
		}
		best = max(best, votes)
		switch {
		case votes >= t.need():
			return c, c, best, false
		case !t.s.Workers[c].Passed && votes+undecided >= t.need():
			return -1, c, best, true
		}
	}
	return -1, -1, best, false
}

// concur takes the place of judge where results are compared by looking at them.
func (t *Task) concur() bool {
	if !t.isMember() || t.s.Workers[t.self].Reveal == nil || t.s.Phase > Certified {
		return false
	}
	me := &t.s.Workers[t.self]
	c, await, best, open := t.centre()
	if t.s.Phase == Certified { // it is known what stands for all
		c, await, open = t.showing(t.s.Certified), t.showing(t.s.Certified), false
	}
	if t.look(await) || t.await(await) || t.tell() {
		return true
	}
	if c >= 0 {
		if me.Attest != nil || !t.endorses(t.s.Workers[c].Reveal.Digest) {
			return false
		}
		noted := t.s.AgreedAt == 0
		if noted {
			t.s.AgreedAt = t.now
		}
		return t.mayAttest() && t.attest(t.s.Workers[c].Reveal.Digest) || noted
	}
	if open || !t.s.Phase.open() || me.Attest != nil {
		return false
	}
	return t.disagree(best, 0)
}

// showing returns a member that shows a result, or -1.
func (t *Task) showing(digest Hash) int {
	for _, i := range t.inOrder() {
		if t.shows(i) && t.s.Workers[i].Reveal.Digest == digest {
			return i
		}
	}
	return -1
}

// endorses reports whether this node computed a result, or holds it whole and found it near its own.
func (t *Task) endorses(digest Hash) bool {
	if t.proven() {
		return t.rightly(digest) >= 0
	}
	if t.s.Own == nil || t.s.Own.Digest == digest {
		return t.s.Own != nil
	}
	if !t.near() {
		return false
	}
	for i := range t.s.Workers {
		if w := &t.s.Workers[i]; t.shows(i) && w.Reveal.Digest == digest && w.Whole == nearby {
			return true
		}
	}
	return false
}

// look asks for a sample of every result that is shown, and for the whole of the one that may stand for all.
func (t *Task) look(at int) (changed bool) {
	own, _ := t.result(t.s.Own.Digest)
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if i == t.self || !t.shows(i) {
			continue
		}
		theirs, _ := t.result(w.Reveal.Digest)
		switch {
		case w.Sample == unknown && w.Reveal.Digest == t.s.Own.Digest:
			w.Sample, w.Whole = nearby, nearby
		case w.Sample == unknown && !alike(theirs, own):
			w.Sample, w.Whole, w.Apart = apart, apart, "its outputs have other names or sizes"
		case w.Sample == unknown:
			w.Sample = asked
			t.fx.Compare = append(t.fx.Compare, t.comparison(i, false))
		case i == at && w.Whole == unknown && w.Sample == nearby:
			w.Whole = asked
			t.fx.Compare = append(t.fx.Compare, t.comparison(i, true))
		default:
			continue
		}
		changed = true
	}
	return changed
}

// alike reports whether two results have the same outputs, but for what is in them.
func alike(a, b Result) bool {
	return slices.EqualFunc(a.Outputs, b.Outputs, func(x, y Output) bool { return x.Name == y.Name && x.Size == y.Size })
}

func (t *Task) comparison(i int, whole bool) Compare {
	own, _ := t.result(t.s.Own.Digest)
	theirs, _ := t.result(t.s.Workers[i].Reveal.Digest)
	own.Outputs, theirs.Outputs = slices.Clone(own.Outputs), slices.Clone(theirs.Outputs)
	c := Compare{Peer: t.candidates[i].Peer, Theirs: theirs, Own: own, Whole: whole, By: t.now.Add(t.compareTime(own)), From: []PeerID{t.candidates[i].Peer}}
	// Its salt is this node's secret until its result was shown, and by then the others were bound to theirs.
	c.Seed = BlockHash(MustEncode([]any{"gpumesh/poc/compare/1", t.setup.Ref, t.s.Own.Salt, c.Peer}))
	for j := range t.s.Workers {
		if j != i && j != t.self && t.shows(j) && t.says(j, i) == nearby {
			c.From = append(c.From, t.candidates[j].Peer)
		}
	}
	return c
}

// await bounds the wait for what others say of the result that may stand for all, twice as long as they may take to look at it.
func (t *Task) await(c int) bool {
	switch {
	case t.s.Awaits != uint32(c+1):
		t.s.Awaits, t.s.CompareBy = uint32(c+1), 0
		if c >= 0 {
			own, _ := t.result(t.s.Own.Digest)
			t.s.CompareBy = t.now.Add(2 * t.compareTime(own))
		}
		return true
	case c >= 0 && t.s.CompareBy != 0 && t.now >= t.s.CompareBy:
		t.s.Workers[c].Passed, t.s.CompareBy = true, 0
		return true
	}
	return false
}

// tell tells the members what this node found of their results.
func (t *Task) tell() bool {
	me, v := &t.s.Workers[t.self], Near{TaskRef: t.setup.Ref, Near: t.candidates[t.self].bit()}
	for i := range t.s.Workers {
		switch t.s.Workers[i].Whole {
		case nearby:
			v.Near |= t.candidates[i].bit()
		case apart:
			v.Far |= t.candidates[i].bit()
		}
	}
	changed := me.Near != v.Near || me.Far != v.Far
	if changed {
		me.Near, me.Far = v.Near, v.Far
		for i := range t.s.Workers {
			t.s.Workers[i].Told = false
		}
	}
	if v.Near == t.candidates[t.self].bit() && v.Far == 0 {
		return changed // nothing that the others do not know
	}
	to := t.peersWhere(func(i int, w *worker) bool { return w.Sealed > 0 && !w.Told && i != t.self })
	for _, p := range to {
		t.s.Workers[t.index[p]].Told = true
	}
	t.send(v, to)
	return changed || len(to) > 0
}

// takeNear adds what a worker says it found to what it said before. To say more later is no equivocation.
func (t *Task) takeNear(i int, m Near) error {
	if !t.near() {
		return ErrWrongTier
	}
	if !t.mayName(i, m.Near) || !t.mayName(i, m.Far|t.candidates[i].bit()) {
		return ErrBadSeats
	}
	w := &t.s.Workers[i]
	if near, far := w.Near|m.Near, (w.Far|m.Far)&^(w.Near|m.Near); near != w.Near || far != w.Far {
		w.Near, w.Far = near, far
		t.fx.Changed = true
		return nil
	}
	return ErrDuplicate
}

// compared takes what the host found.
func (t *Task) compared(e Compared) error {
	i, ok := t.index[e.Peer]
	switch {
	case !ok:
		return ErrNotCandidate
	case !t.near() || i == t.self:
		return ErrWrongTier
	}
	w := &t.s.Workers[i]
	f := &w.Sample
	if e.Whole {
		f = &w.Whole
	}
	if *f != asked {
		return ErrDuplicate
	}
	*f = nearby
	if e.Difference != "" {
		*f, w.Whole, w.Apart = apart, apart, clip(string(e.Difference), MaxReason)
	}
	t.fx.Changed = true
	return nil
}

// clip shortens a text that this node made to so many bytes.
func clip(s string, n int) string {
	return string(bytes.ToValidUTF8([]byte(s[:min(len(s), n)]), nil))
}

// comparing reports whether results of others are still being looked at, so that an attestation would leave them out.
func (t *Task) comparing() bool {
	return slices.ContainsFunc(t.s.Workers, func(w worker) bool { return w.Sample == asked || t.proven() && w.Whole == asked })
}

// named reports whether a quorum of the attestations to the certified result name the i-th.
func (t *Task) named(i int) bool {
	n := 0
	for _, k := range t.attested(t.s.Certified, likely) {
		n += int(t.s.Workers[k].Attest.Agreed >> t.candidates[i].Seat & 1)
	}
	return n >= int(t.setup.Policy.Quorum)
}

// differs reports whether the i-th showed another result than the one that was certified: where results are compared by looking at
// them, one that this node found to differ from its own.
func (t *Task) differs(i int) bool {
	w := &t.s.Workers[i]
	if w.Reveal == nil || w.Reveal.Check != opens {
		return false
	}
	switch {
	case t.near():
		return w.Sample == apart
	case t.proven() && t.unsigned():
		return t.wrong(i)
	}
	return w.Reveal.Digest != t.s.Certified
}

// resumed lists the comparisons that were under way.
func (t *Task) resumed() (cs []Compare) {
	for i := range t.s.Workers {
		if w := &t.s.Workers[i]; !t.near() {
			break
		} else if w.Sample == asked {
			cs = append(cs, t.comparison(i, false))
		} else if w.Whole == asked {
			cs = append(cs, t.comparison(i, true))
		}
	}
	return cs
}

// explainNear says what members that compare wait for.
func (t *Task) explainNear() string {
	if t.comparing() {
		return "this node compares its result with samples of the others'"
	}
	switch c, await, best, open := t.centre(); {
	case c >= 0:
		return fmt.Sprintf("the result of %s stands for all, and this node's is not near it or not compared yet", t.candidates[c].Peer.Short())
	case await >= 0:
		return fmt.Sprintf("the result of %s may stand for all: at most %d hold it and find theirs near, a quorum needs %d", t.candidates[await].Peer.Short(), best, t.need())
	case open:
		return "it waits for members to show their results"
	default:
		return fmt.Sprintf("at most %d results are near each other, a quorum needs %d", best, t.need())
	}
}

// Apart tells why this node found the results of others to differ from its own, by peer.
func (t *Task) Apart() map[PeerID]string {
	reasons := map[PeerID]string{}
	for i, w := range t.s.Workers {
		if w.Apart != "" {
			reasons[t.candidates[i].Peer] = w.Apart
		}
	}
	return reasons
}

// Showing reports whether this node has shown its result to others who may now fetch it, and returns it. Where all must be equal in
// bits, nobody needs to.
func (t *Task) Showing() (Result, bool) {
	if !t.near() && !t.proven() || !t.isMember() || t.s.Workers[t.self].Reveal == nil {
		return Result{}, false
	}
	r, ok := t.result(t.s.Own.Digest)
	r.Outputs = slices.Clone(r.Outputs)
	return r, ok
}
