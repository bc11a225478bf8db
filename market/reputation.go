package market

import (
	"bytes"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"gpumesh/poc"
)

// maxSources bounds the jobs that a record names.
const maxSources = 64

// Evidence is what remains of a job: its receipt, without what is only for people. All but Beacon and History is signed, and
// binds itself to the job; those two are read from the chain, where everybody can compare them.
type Evidence struct {
	Spec         Spec
	Award        []byte // document
	Beacon       Beacon
	Certificates []*poc.Certificate
	Secrets      []poc.Hash // of the seats for the job, as far as they are known: they prove themselves by the lots of the offers
	Batch        []byte     // what shows the pays of the batch that settled the job; a Batcher of node/chain reads it
	History      []Entry
}

// Conduct is what evidence proves of one peer.
type Conduct struct {
	Peer         poc.PeerID  `json:"peer"`
	Account      poc.Account `json:"account"`
	Jobs         uint64      `json:"jobs"`         // with a seat in the award
	Called       uint64      `json:"called"`       // units certified of which it was among the first drawn
	Completed    uint64      `json:"completed"`    // units whose certificates name it
	Corroborated uint64      `json:"corroborated"` // of those, with others that computed the same
	Audited      uint64      `json:"audited"`      // of those, the ones that whom the witnesses' lots chose to confirm them found the same
	Missed       uint64      `json:"missed"`       // of Called, those whose certificates do not name it: late, silent, or with another result
	Faults       uint64      `json:"faults"`       // convictions
	Epochs       uint64      `json:"epochs"`       // of those looked at, those in which the chain knew it as a provider
	Vouched      uint64      `json:"vouched"`      // of these, those in which a quorum of witnesses found it up and as able as it said
	Sources      []poc.Hash  `json:"sources"`      // jobs, sorted, at most maxSources
}

// Reputation derives every peer's record from evidence. It is the same for everybody who has the same evidence, in whatever
// order and however often; evidence of one job may be in several parts. Capabilities in the awards' offers count as if they were among up.Shown.
// What does not prove itself counts for nothing, and refused says why, by index. Records are sorted by peer.
func Reputation(n Network, v poc.Verifier, evidence []Evidence, up Vouching) (records []Conduct, refused map[int]error) {
	refused = map[int]error{}
	jobs := map[[2]poc.Hash]*proven{}
	for i, e := range evidence {
		p, err := prove(n, v, e)
		if err != nil {
			refused[i] = err
			continue
		}
		up.Shown = append(slices.Clip(up.Shown), p.capabilities()...)
		key := [2]poc.Hash{e.Spec.ID(), poc.BlockHash(e.Award)}
		if known := jobs[key]; known != nil {
			known.join(p)
		} else {
			jobs[key] = p
		}
	}
	byPeer := map[poc.PeerID]*Conduct{}
	for key, p := range jobs {
		p.count(key[0], byPeer)
	}
	up.count(n, byPeer)
	for _, peer := range sortedPeers(byPeer) {
		r := byPeer[peer]
		slices.SortFunc(r.Sources, func(a, b poc.Hash) int { return bytes.Compare(a[:], b[:]) })
		r.Sources = r.Sources[:min(len(r.Sources), maxSources)]
		records = append(records, *r)
	}
	return records, refused
}

// proven is what valid evidence says of one job.
type proven struct {
	spec       Spec
	seats      []frozen
	candidates [][]poc.Worker
	named      map[uint32]uint64   // seats by certified unit
	convicted  map[conviction]bool // on chain
	lots       map[uint8]poc.Hash  // secrets of seats
}

// conviction is one of a seat's, for one unit.
type conviction struct {
	seat int
	unit uint32
}

func prove(n Network, v poc.Verifier, e Evidence) (*proven, error) {
	if err := e.Spec.Validate(n); err != nil {
		return nil, err
	}
	id := e.Spec.ID()
	panel, err := OpenAward(n.ID(), id, e.Award)
	if err != nil {
		return nil, err
	}
	if e.Beacon.Award != poc.BlockHash(e.Award) {
		return nil, errors.New("the beacon is of another award")
	}
	p := &proven{spec: e.Spec, seats: panel.seats, named: map[uint32]uint64{}, convicted: map[conviction]bool{}, lots: map[uint8]poc.Hash{}}
	if p.candidates, _, err = panel.Draw(n, e.Spec, e.Beacon); err != nil {
		return nil, err
	}
	for seat, s := range e.Secrets[:min(len(e.Secrets), len(p.seats))] {
		if !s.IsZero() && e.Spec.Audits() > 0 && poc.Lots(s, id, e.Spec.Units()).Root() == p.seats[seat].offer.Lot {
			p.lots[uint8(seat)] = s
		}
	}
	award := poc.BlockLink(e.Award)
	for _, c := range e.Certificates {
		if c.Job != id || int(c.Task) >= len(p.candidates) || c.Award.Cid != award.Cid {
			return nil, fmt.Errorf("the certificate of unit %d is of another job or award", c.Task)
		}
		if err := c.Verify(p.candidates[c.Task], e.Spec.UnitPolicy(int(c.Task), len(p.candidates[c.Task])), v); err != nil {
			return nil, fmt.Errorf("the certificate of unit %d: %w", c.Task, err)
		}
		for _, seat := range c.Payees(e.Spec.Policy.Quorum) {
			p.named[c.Task] |= 1 << seat
		}
	}
	for _, entry := range Convictions(e.History) {
		if seat := slices.IndexFunc(p.seats, func(f frozen) bool { return f.offer.Account == entry.Account }); seat >= 0 {
			for _, unit := range entry.Receipt.Tasks {
				p.convicted[conviction{seat, unit}] = true
			}
		}
	}
	return p, nil
}

// capabilities are those in the award's offers.
func (p *proven) capabilities() (out []poc.Capability) {
	for _, f := range p.seats {
		if k, err := poc.DecodeCapability(f.offer.Capability); err == nil && k.Peer == f.peer {
			out = append(out, *k)
		}
	}
	return out
}

// join adds what another part of a job's evidence says.
func (p *proven) join(o *proven) {
	for unit, seats := range o.named {
		p.named[unit] |= seats
	}
	for c := range o.convicted {
		p.convicted[c] = true
	}
	for seat, s := range o.lots {
		p.lots[seat] = s
	}
}

// count adds a job to the records of its seats.
func (p *proven) count(id poc.Hash, records map[poc.PeerID]*Conduct) {
	bySeat := make([]*Conduct, len(p.seats))
	for i, f := range p.seats {
		r := records[f.peer]
		if r == nil {
			r = &Conduct{Peer: f.peer}
			records[f.peer] = r
		}
		// A peer may change its account: the greatest is shown, so that all show the same.
		r.Account = max(r.Account, f.offer.Account)
		r.Jobs++
		r.Sources = append(r.Sources, id)
		bySeat[i] = r
	}
	for unit, seats := range p.named {
		if p.spec.held(int(unit)) != nil {
			continue // that a holder did what it says is nothing but its word
		}
		confirmed := p.confirmed(id, unit)
		for rank, w := range p.candidates[unit] {
			named, r := seats>>w.Seat&1 != 0, bySeat[w.Seat]
			called := rank < int(max(p.spec.Policy.Replicas, 1))
			if called {
				r.Called++
			}
			switch {
			case named:
				r.Completed++
				if bits.OnesCount64(seats) > 1 {
					r.Corroborated++
				}
				if confirmed>>w.Seat&1 != 0 {
					r.Audited++
				}
			case called:
				r.Missed++
			}
		}
	}
	for c := range p.convicted {
		bySeat[c.seat].Faults++
	}
}

// confirmed are the seats that a unit's certificate names, but for the one that the witnesses' lots chose to confirm the others; none if it is not named itself.
func (p *proven) confirmed(job poc.Hash, unit uint32) uint64 {
	cs := p.candidates[unit]
	rank, ok := p.spec.UnitPolicy(int(unit), len(cs)).Auditor(cs, uint32(p.spec.Units()), p.spec.Audits(), func(w poc.Worker) (poc.Hash, bool) {
		s, known := p.lots[w.Seat]
		return poc.ShareOf(s, poc.TaskRef{Job: job, Task: unit}), known
	})
	if !ok || p.named[unit]>>cs[rank].Seat&1 == 0 {
		return 0
	}
	return p.named[unit] &^ (1 << cs[rank].Seat)
}

// Secret is what this node's shares in the draws of a job's audits follow from, for others to see how they were drawn. It is false as long as one
// may be drawn yet.
func (m *Machine) Secret(job poc.Hash) (poc.Hash, bool) {
	j := m.jobs[job]
	if j == nil || j.spec == nil || len(j.tasks) == 0 || j.spec.Audits() == 0 || slices.ContainsFunc(j.tasks, func(t *task) bool { return t.poc.Phase() < poc.Done }) {
		return poc.Hash{}, false
	}
	return m.secret(job), true
}

// Evidence returns what this node holds of a job, and false while it is not drawn.
func (m *Machine) Evidence(id poc.Hash) (Evidence, bool) {
	j := m.jobs[id]
	if j == nil || j.spec == nil || j.Beacon == nil || len(j.tasks) == 0 {
		return Evidence{}, false
	}
	e := Evidence{Spec: *j.spec, Award: j.award, Beacon: *j.Beacon, History: slices.Clone(j.History)}
	for _, t := range j.tasks {
		if c := t.poc.Certificate(); c != nil {
			e.Certificates = append(e.Certificates, c)
		}
	}
	return e, true
}
