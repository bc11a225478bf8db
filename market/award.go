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
	if bench.standing() < s.Seats() {
		return nil, 0, errors.New("fewer seats are registered with enough stake than the job has replicas, or candidates where redundancy is priced")
	}
	id := s.ID()
	for i := range s.Units() {
		ranked, n, _ := s.lineup(i, id, b.Random, bench)
		candidates = append(candidates, ranked[:n])
	}
	return candidates, bench.standing(), nil
}
