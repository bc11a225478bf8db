package poc

import (
	"cmp"
	"fmt"
	"slices"
)

// Where a program is a product of matrices, a result is checked in place of computed again: few compute, and every other candidate
// asks its host whether what they show is the product, by numbers that nobody else knows. A candidate attests what it found to be
// one itself. See DESIGN.md.

// proven reports whether results are checked.
func (t *Task) proven() bool { return t.setup.Policy.Compare.Tier == Proof }

// Prove asks the host whether a result is the product that the program declares, of the task's own inputs, by random numbers of the
// seed. It completes with Proved.
type Prove struct {
	Digest Hash
	Result Result
	Seed   Hash     // this node's secret
	From   []PeerID // who has it
	By     Time     // what is not had by then is missing
}

// Proved completes Prove. An empty Difference says that the result is right, else it is one sentence. Missing says that it could
// not be had or not be checked, so that nothing is known of it.
type Proved struct {
	Digest     Hash
	Difference Difference
	Missing    bool
}

func (Proved) isEvent() {}

const proofDomain = "gpumesh/poc/proof/1"

// prove takes the place of judge where results are checked.
func (t *Task) prove() bool {
	if t.self < 0 || t.s.Phase == Waiting || t.s.Phase > Certified || t.s.Rounds == 0 {
		return false
	}
	if t.learn() || t.ask() {
		return true
	}
	if t.s.Workers[t.self].Attest != nil {
		return false
	}
	c, open := t.choice()
	if t.s.Phase == Certified { // it is known which of the right ones
		c, open = t.rightly(t.s.Certified), true
	}
	if c >= 0 {
		noted := t.s.AgreedAt == 0
		if noted {
			t.s.AgreedAt = t.now
		}
		return t.mayAttest() && t.attest(t.s.Workers[c].Reveal.Digest) || noted
	}
	return !open && t.s.Phase.open() && t.further()
}

// learn takes from attestations what they open: who attests what it did not compute shows the opening that it rests on, so that
// nobody's result can be kept from some of the candidates.
func (t *Task) learn() (changed bool) {
	for j := range t.s.Workers {
		w := &t.s.Workers[j]
		if w.Sealed == 0 || w.Doubt || t.shows(j) {
			continue
		}
		for _, by := range t.s.Workers {
			if o := by.Attest; o != nil && !o.Relayed && !t.shows(j) && t.opens(j, o) {
				w.Reveal = &opening{Salt: o.Salt, Class: o.Class, Digest: o.Digest, Check: opens, Relayed: true}
				changed = true
			}
		}
	}
	return changed
}

// opens reports whether an opening is that of the i-th's sealed commitment.
func (t *Task) opens(i int, o *opening) bool {
	return Commitment(t.setup.Network, t.setup.Ref, t.candidates[i].Peer, o.Class, o.Digest, o.Salt) == t.s.Workers[i].Commit
}

// right reports whether the i-th's result was found to be right. What this node computed needs no check.
func (t *Task) right(i int) bool {
	return t.shows(i) && (i == t.self || t.s.Workers[i].Whole == nearby)
}

// wrong reports whether it was found to be wrong, and not just missed.
func (t *Task) wrong(i int) bool { w := &t.s.Workers[i]; return w.Whole == apart && !w.Passed }

// rightly returns a member that shows this result, found to be right, or -1.
func (t *Task) rightly(digest Hash) int {
	for _, i := range t.inOrder() {
		if t.right(i) && t.s.Workers[i].Reveal.Digest == digest {
			return i
		}
	}
	return -1
}

// ask asks for a check of each result that is shown, and once more of one that could not be had, when others attest it.
func (t *Task) ask() (changed bool) {
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if i == t.self || !t.shows(i) || w.Whole == nearby || w.Whole == asked || t.wrong(i) {
			continue
		}
		have := t.sources(w.Reveal.Digest)
		if w.Whole == apart && have&^w.Near == 0 {
			continue
		}
		r, _ := t.result(w.Reveal.Digest)
		switch twin := t.twin(i); {
		case t.s.Own != nil && t.s.Own.Digest == w.Reveal.Digest:
			w.Whole, w.Passed, w.Apart = nearby, false, ""
		case r.Without != t.s.Ballot.Without:
			w.Whole, w.Apart = apart, "it left out other inputs"
		case twin != nil && twin.Whole == asked:
			continue
		case twin != nil && twin.Whole != unknown && w.Whole == unknown:
			w.Whole, w.Passed, w.Apart = twin.Whole, twin.Passed, twin.Apart
		default:
			w.Whole, w.Passed, w.Apart, w.Near = asked, false, "", w.Near|have
			t.fx.Prove = append(t.fx.Prove, t.proof(i))
		}
		changed = true
	}
	return changed
}

// twin is another member that shows the same, the first that was looked at.
func (t *Task) twin(i int) *worker {
	for j := range t.s.Workers {
		if w := &t.s.Workers[j]; j != i && j != t.self && t.shows(j) && w.Whole != unknown && w.Reveal.Digest == t.s.Workers[i].Reveal.Digest {
			return w
		}
	}
	return nil
}

// sources are the seats that have a result, as they show or attest it.
func (t *Task) sources(digest Hash) (seats uint64) {
	for i, w := range t.s.Workers {
		if i != t.self && (t.shows(i) && w.Reveal.Digest == digest || w.Attest != nil && w.Attest.Digest == digest) {
			seats |= t.candidates[i].bit()
		}
	}
	return seats
}

func (t *Task) proof(i int) Prove {
	digest := t.s.Workers[i].Reveal.Digest
	r, _ := t.result(digest)
	r.Outputs = slices.Clone(r.Outputs)
	p := Prove{Digest: digest, Result: r, Seed: BlockHash(MustEncode([]any{proofDomain, t.setup.Ref, t.setup.Secret, digest})), By: t.now.Add(2 * t.compareTime(r))}
	have := t.sources(digest)
	for _, w := range t.candidates {
		if have&w.bit() != 0 {
			p.From = append(p.From, w.Peer)
		}
	}
	return p
}

// proved takes what the host found.
func (t *Task) proved(e Proved) error {
	if !t.proven() {
		return ErrWrongTier
	}
	for i := range t.s.Workers {
		w := &t.s.Workers[i]
		if w.Whole != asked || w.Reveal == nil || w.Reveal.Digest != e.Digest {
			continue
		}
		if w.Whole = nearby; e.Difference != "" || e.Missing {
			w.Whole, w.Passed, w.Apart = apart, e.Missing, clip(cmp.Or(string(e.Difference), "it could not be had"), MaxReason)
		}
		t.fx.Changed = true
		return nil
	}
	return ErrDuplicate
}

// choice returns a member whose result this node may attest, or -1; open says that it waits for somebody. All right integers are
// the same, and of floats all should attest one: that which most attest already, else the first in order.
func (t *Task) choice() (c int, open bool) {
	c, best := -1, 0
	for _, i := range t.inOrder() {
		switch {
		case t.right(i):
			if n := len(t.attested(t.s.Workers[i].Reveal.Digest, likely)); (c < 0 && (!open || !t.unsigned())) || n > best {
				c, best = i, n
			}
		case !t.wrong(i) && !t.s.Workers[i].Passed:
			open = true
		}
	}
	return c, open
}

// further draws a further worker when nothing of what is sealed is right, or gives up. Of what could not be had others may know more.
func (t *Task) further() bool {
	spent := t.sealedCount() >= int(t.setup.Policy.MaxReplicas)
	exhausted := t.pending() == 0 && len(t.ready()) == 0
	switch {
	case !t.s.Gathering && !spent:
		return t.gather(1)
	case t.s.Gathering && !exhausted, slices.ContainsFunc(t.s.Workers, func(w worker) bool { return w.Passed }):
		return false
	}
	t.send(Dissent{TaskRef: t.setup.Ref, Round: t.s.Rounds - 1, Final: true}, t.everyone())
	t.fail(FailNoQuorum, fmt.Sprintf("%d workers answered, none with the product of the inputs, and no further one may be drawn", t.sealedCount()))
	return true
}

// reproved lists the checks that were under way.
func (t *Task) reproved() (ps []Prove) {
	for i := range t.s.Workers {
		if t.proven() && t.s.Workers[i].Whole == asked {
			ps = append(ps, t.proof(i))
		}
	}
	return ps
}

// explainProof says what candidates that check wait for.
func (t *Task) explainProof() string {
	for i := range t.s.Workers {
		switch w := &t.s.Workers[i]; {
		case w.Whole == asked:
			return fmt.Sprintf("this node checks that the result of %s is the product of the inputs", t.candidates[i].Peer.Short())
		case t.right(i):
			return fmt.Sprintf("the result of %s is the product of the inputs, and others may still show theirs", t.candidates[i].Peer.Short())
		}
	}
	return fmt.Sprintf("%d results are sealed and none is found right yet", t.sealedCount())
}

// validateProven checks a policy whose results are checked: some compute, and a Quorum of all candidates attest.
func (p Policy) validateProven() error {
	n := p.Candidates()
	switch {
	case p.MaxError != 0:
		return fmt.Errorf("results are compared as %v, which accepts no error, so maxError has no meaning", p.Compare.Tier)
	case p.Standby > MaxSealed-p.Replicas:
		return fmt.Errorf("standby is %d, want at most %d with %d replicas", p.Standby, MaxSealed-p.Replicas, p.Replicas)
	case p.Quorum < 2 || int(p.Quorum) > n || 2*int(p.Quorum) <= n:
		return fmt.Errorf("quorum is %d, want at least 2, more than half of the %d candidates (replicas and standby) and no more than all, where results are checked", p.Quorum, n)
	case p.MaxReplicas < p.Replicas || int(p.MaxReplicas) > n:
		return fmt.Errorf("maxReplicas is %d, want %d (replicas) to %d candidates", p.MaxReplicas, p.Replicas, n)
	}
	return nil
}

// ForProof returns the policy with the fewest candidates that check one worker's result, of whom a given share, in thousandths, may be
// dishonest and collude: they make a quorum, and so certify a wrong one, with a probability of at most maxError, and in all but one in
// twenty tasks the others are a quorum without them, and likewise one of those who may compute is honest.
func ForProof(maxError uint32, dishonest int) (Policy, error) {
	if err := checkRisk(maxError, dishonest); err != nil {
		return Policy{}, err
	}
	// An escrow covers as many as may sign, so no fewer may compute.
	replicas := 2
	for tail(replicas, replicas, dishonest).Cmp(stuck) > 0 {
		replicas++
	}
	for n := max(3, replicas); n <= MaxSeats; n++ {
		if q := quorumOf(n, n/2+1, maxError, dishonest); q > 0 {
			return Policy{Replicas: 1, Quorum: uint32(q), MaxReplicas: uint32(max(replicas, q)), Standby: uint32(n - 1), Compare: Comparator{Tier: Proof}}, nil
		}
	}
	return Policy{}, errBound(MaxSeats, maxError, dishonest)
}

// vouches reports whether candidates attest that do not compute.
func (p Policy) vouches() bool { return p.Priced() || p.Compare.Tier == Proof }

// Panel is how many candidates a task needs to begin: all, where those attest that do not compute, or where their number is to bound
// the error.
func (p Policy) Panel() int {
	if p.vouches() || p.MaxError != 0 {
		return p.Candidates()
	}
	return int(p.Replicas)
}
