package market

import "gpumesh/poc"

// ContentGrace is how long after the end of a job its workers are expected to have its results for those who are late.
const ContentGrace poc.Millis = 3_600_000

// missing counts the units of this node's own job that the chain has settled, and so paid, and of which no certificate is here: the owner was away when they came.
func (j *job) missing(m *Machine) (units int) {
	if j.Owner != m.cfg.Self {
		return 0
	}
	for _, t := range j.tasks {
		if t.settled && t.poc.Certificate() == nil {
			units++
		}
	}
	return units
}

// askForProofs asks the panel for certificates that are missing, one seat after the other, twice each: a hint of the owner to a seat for which the job is over says that
// it lacks some.
func (j *job) askForProofs(m *Machine) {
	j.askDue = 0
	if j.State == Running && m.now < j.spec.Deadline || j.proofAsks >= 2*len(j.seats) || j.missing(m) == 0 {
		return
	}
	to := j.seats[j.proofAsks%len(j.seats)].peer
	j.proofAsks++
	j.askDue = m.now.Add(m.cfg.Network.ClaimTurn)
	m.fx.Send = append(m.fx.Send, Send{[]poc.PeerID{to}, Settled{j.id}, j.askDue, true})
}

// showOwner sends the owner every certificate of a job that is over here, once in a claimer's turn.
func (j *job) showOwner(m *Machine) {
	if j.State != Done || m.now < j.shownAgain {
		return
	}
	j.shownAgain = m.now.Add(m.cfg.Network.ClaimTurn)
	for _, t := range j.tasks {
		if c := t.poc.Certificate(); c != nil {
			m.fx.Send = append(m.fx.Send, Send{[]poc.PeerID{j.Owner}, Proof{poc.Proven{Certificate: *c}}, j.shownAgain, true})
		}
	}
}
