package poc

import (
	"fmt"
	"strings"
)

// Explain says in one sentence where the task stands and what it waits for.
func (t *Task) Explain() string {
	s := t.explain()
	for i, w := range t.s.Workers {
		if w.Apart != "" {
			verdict := "is not near this node's"
			if t.proven() {
				verdict = "was not found right"
			}
			s += fmt.Sprintf(" The result of %s %s: %s.", t.candidates[i].Peer.Short(), verdict, strings.TrimSuffix(w.Apart, "."))
		}
	}
	return s
}

func (t *Task) explain() string {
	switch t.s.Phase {
	case Done:
		return fmt.Sprintf("done: the certificate has %d attestations.", len(t.Certificate().Attestations))
	case Failed:
		return fmt.Sprintf("failed (%s): %s.", t.s.Failure.Code, strings.TrimSuffix(t.s.Failure.Reason, "."))
	}
	return t.s.Phase.String() + ": " + t.waitsFor() + "."
}

func (t *Task) waitsFor() string {
	quorum := t.setup.Policy.Quorum
	if t.signErr != nil {
		return fmt.Sprintf("this node's result is not signed yet: %v", t.signErr)
	}
	switch t.s.Phase {
	case Waiting:
		if b := t.s.Ballot; len(b.Votes) > 0 && !b.Decided {
			all, _, _, _ := t.count(b.View, max(b.Voted, Prefer))
			return fmt.Sprintf("its candidates agree which inputs to go on without: view %d has %d votes and needs %d that are equal", b.View, all, t.most())
		}
		return "its inputs are not certified yet"
	case Computing:
		if t.self < 0 {
			return fmt.Sprintf("%s computing, and no seal was heard yet", t.names(func(w worker) bool { return w.Drawn && w.Out == in }))
		}
		ready := len(t.ready())
		if t.pending() > 0 {
			return fmt.Sprintf("round %d has %d commitments and waits for %s to commit", t.s.Rounds+1, ready,
				t.names(func(w worker) bool { return w.Drawn && w.Out == in && w.Commit.IsZero() }))
		}
		return fmt.Sprintf("round %d has %d commitments and waits for its seal", t.s.Rounds+1, ready)
	case Revealing:
		if t.proven() && t.self >= 0 {
			return t.explainProof()
		}
		if t.held() {
			return "its result is believed for a record and waits for the other tasks of the job"
		}
		if !t.isMember() {
			if t.priced() && t.self >= 0 && t.s.Audit == undrawn {
				return fmt.Sprintf("%d replicas are sealed, and the witnesses draw whether another is needed", t.sealedCount())
			}
			return fmt.Sprintf("%d replicas are sealed and compare their results", t.sealedCount())
		}
		if t.priced() && t.s.Audit == undrawn {
			return "this node's result is sealed, and the witnesses draw whether another is needed"
		}
		if t.near() && t.s.Workers[t.self].Reveal != nil && t.s.AgreedAt == 0 {
			return t.explainNear()
		}
		if t.s.AgreedAt != 0 {
			return fmt.Sprintf("a quorum of %d results agrees, and %s may still reveal", quorum, t.names(func(w worker) bool { return w.Sealed > 0 && w.Reveal == nil }))
		}
		missing := func(w worker) bool { return w.Sealed > 0 && w.Reveal == nil }
		if _, best, _, _ := t.tally(); t.peersWhere(func(_ int, w *worker) bool { return missing(*w) }) != nil {
			if t.priced() {
				return fmt.Sprintf("the workers that agree so far have %s of the %s bits of credit that a result needs (each doubles the odds that it is right), and it waits for %s to reveal",
					inBits(best), inBits(t.need()+99), t.names(missing))
			}
			return fmt.Sprintf("at most %d results agree, a quorum needs %d, and it waits for %s to reveal", best, quorum, t.names(missing))
		}
		return "this node's result differs from that of the quorum, which has not attested yet"
	case Attesting:
		all := t.attested(t.s.Workers[t.self].Attest.Digest, likely)
		return fmt.Sprintf("a quorum agrees, and %d of %d attestations are there", len(all), quorum)
	case Certified:
		all := t.attested(t.s.Certified, likely)
		return fmt.Sprintf("the result is final with %d attestations, and late ones may still join the certificate", len(all))
	}
	return "nothing is left to do"
}

// inBits writes a credit in bits, to a tenth below: 2990 is 2.9. Each bit doubles the odds that a result is right.
func inBits(credit int) string {
	return fmt.Sprintf("%d.%d", credit/int(Bit), credit%int(Bit)*10/int(Bit))
}

// names lists the workers that f selects, or says that there are none.
func (t *Task) names(f func(w worker) bool) string {
	var names []string
	for i, w := range t.s.Workers {
		if f(w) {
			names = append(names, t.candidates[i].Peer.Short())
		}
	}
	if len(names) == 0 {
		return "nobody"
	}
	return strings.Join(names, ", ")
}
