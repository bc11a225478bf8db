package market

import (
	"errors"
	"fmt"

	"gpumesh/poc"
)

// Panel is who sits in an award. Only OpenAward makes one.
type Panel struct{ seats []frozen }

// OpenAward checks an award document: every offer in it is signed by its author, for this network and job, once per peer and
// account.
func OpenAward(network, job poc.Hash, document []byte) (Panel, error) {
	seats, err := openAward(network, Award{job, document})
	return Panel{seats}, err
}

// Peers returns who sits where.
func (p Panel) Peers() []poc.PeerID {
	peers := make([]poc.PeerID, len(p.seats))
	for i, f := range p.seats {
		peers[i] = f.peer
	}
	return peers
}

// Seating returns what is anchored of the award, for a job on a network.
func (p Panel) Seating(n Network, s Spec) Seating { return seating(n, &s, p.seats) }

// Draw derives from the beacon what every node of the panel derives: for each unit of the job those who may ever sign its
// certificate, in rank order. inDraw is how many seats were in the draw.
func (p Panel) Draw(n Network, s Spec, b Beacon) (candidates [][]poc.Worker, inDraw int, err error) {
	if len(b.Standings) != len(p.seats) {
		return nil, 0, fmt.Errorf("the beacon tells of %d workers, and the award has %d seats", len(b.Standings), len(p.seats))
	}
	for i, f := range p.seats {
		if b.Standings[i].Account != f.offer.Account {
			return nil, 0, fmt.Errorf("the beacon tells of account %s at seat %d, which is that of %s", b.Standings[i].Account, i, f.offer.Account)
		}
	}
	bench := newBench(n, &s, p.seats, b)
	if bench.standing() < s.least() {
		return nil, 0, errors.New("fewer seats are registered with enough stake than make a quorum of the job, or than it has candidates where these bound its errors")
	}
	id := s.ID()
	for i := range s.Units() {
		ranked, n, _ := s.lineup(i, id, b.Random, bench)
		candidates = append(candidates, ranked[:n])
	}
	return candidates, bench.standing(), nil
}

// awardOverdue goes on with a job whose beacon did not come in time. The award may be anchored all the same, if the chain is silent or this node was
// away: then the others work, and the owner pays. So the chain is asked, and only its answer, or the end of the job, ends the wait.
func (j *job) awardOverdue(m *Machine) {
	last := j.spec.Deadline
	if j.Owner == m.cfg.Self { // what is certified by the deadline is paid until then
		last = j.expiry(m)
	}
	if m.now >= last && (j.overdue || j.Owner != m.cfg.Self) { // an owner that comes back later still asks once, as it may have paid
		j.failAward(m, "the chain did not show the award's beacon, nor that there is none, as long as the job lasted")
		return
	}
	j.overdue, j.asked = true, true
	if j.Until = m.now.Add(m.cfg.Network.AwardTimeout); m.now < last {
		j.Until = min(j.Until, last)
	}
	j.touch()
	j.watchBeacon(m)
	m.fx.CheckSettlement = append(m.fx.CheckSettlement, j.id)
}

// anchoredSeen takes over what the chain says of the award of a job whose beacon is overdue.
func (j *job) anchoredSeen(m *Machine, award poc.Hash) {
	if !j.asked || j.State != Anchoring && j.State != Drawing {
		return
	}
	j.asked = false
	switch {
	case award == poc.BlockHash(j.award):
		if j.State == Anchoring {
			j.Times.Anchored = m.now
			j.move(m, Drawing, j.Until)
		}
	case !award.IsZero():
		j.failAward(m, "the chain holds another award")
	case j.Owner == m.cfg.Self && j.State == Drawing: // the chain had confirmed it: what answers now is behind
	default:
		j.failAward(m, "the award was not anchored on chain in time")
	}
}

// explainOverdue says why a job waits for longer than a beacon should take.
func (j *job) explainOverdue(m *Machine, say sayer) {
	switch last := (j.spec.Deadline - m.now) / 1000; {
	case !j.overdue:
	case j.asked:
		say(ReasonChain, 1, "the chain does not answer in time; the award counts if it is anchored, so this node goes on asking; the job's deadline is in %d s", last)
	default:
		say(ReasonChain, 1, "the award is anchored, and its beacon is overdue; this node goes on asking for it; the job's deadline is in %d s", last)
	}
}
