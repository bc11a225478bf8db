package market

import (
	"fmt"
	"math/bits"

	"gpumesh/poc"
)

// What an owner's machine saw of the speed of those who worked for it. A provider's speed is its own word; how long it took in jobs of this
// node's own may only lower it, for this owner alone. See DESIGN.md.

// shown is how fast a seat of a job of this node's own was.
type shown struct {
	Seat  uint8  `cbor:"seat"`
	Units uint32 `cbor:"units"` // that it had committed to when a first round was sealed
	Pace  uint32 `cbor:"pace"`  // for the speed that it offered, in thousandths of what at least half of the seats showed for theirs
}

const (
	paceUnit = 1000
	maxPace  = 4 * paceUnit // more is not told apart: luck in one job must not make up for all others

	shownUnits = 3              // of a seat are a pace
	shownSeats = 5              // with a pace make a median, which fewer than half of them do not move far
	enoughJobs = 2              // in which a provider was slow
	enoughWork = 12             // units of it
	slowPace   = paceUnit / 2   // is far less than promised
	shownFor   = 7 * 86_400_000 // milliseconds; what was longer ago may have changed
)

// sealedBy notes whose commitments a first round has sealed, as a sign of how fast they are.
func (j *job) sealedBy(m *Machine, seats uint64) {
	for ; seats != 0; seats &= seats - 1 {
		if h := j.holders[j.seats[bits.TrailingZeros64(seats)].peer]; h != nil {
			h.sealed++
			h.sealedAt = m.now
		}
	}
}

// noteShown keeps how fast the seats of this node's own job were, when all is certified. Where tasks wait for others they say more of those.
func (j *job) noteShown(m *Machine) {
	if j.Owner != m.cfg.Self || !j.watched || j.spec.waits() {
		return
	}
	paces := make([]uint64, len(j.seats))
	var known []uint64
	for i, f := range j.seats {
		if h := j.holders[f.peer]; h.sealed >= shownUnits {
			paces[i] = uint64(h.sealed) * 1_000_000_000_000_000 / uint64(max(h.sealedAt-j.Times.Drawn, 1)) / h.speed
			known = append(known, paces[i])
		}
	}
	if len(known) < shownSeats {
		return
	}
	median := lowerMedian(known)
	for i, f := range j.seats {
		if h := j.holders[f.peer]; h.sealed >= shownUnits {
			j.Shown = append(j.Shown, shown{uint8(i), h.sealed, uint32(paced(paces[i], paceUnit, median))})
		}
	}
}

// paced is a*b/c, at most maxPace.
func paced(a, b, c uint64) uint64 { return min(scaled(a, b, c), maxPace) }

// showing is what a provider showed in this node's jobs, against a speed that it promises now.
type showing struct {
	jobs, units int
	pace        uint64 // thousandths of what it promises, on average over units
}

func (s showing) slow() bool {
	return s.jobs >= enoughJobs && s.units >= enoughWork && s.pace < slowPace
}

// showings is what those who offer for a job showed in others of this node.
func (m *Machine) showings(offers map[poc.PeerID]offered) map[poc.PeerID]showing {
	all := map[poc.PeerID]showing{}
	for _, j := range m.order {
		if j.Owner != m.cfg.Self || j.Times.Certified.Add(shownFor) < m.now {
			continue
		}
		for _, s := range j.Shown {
			if int(s.Seat) >= len(j.seats) {
				continue
			}
			f := j.seats[s.Seat]
			o, offers := offers[f.peer]
			if !offers {
				continue
			}
			r := all[f.peer]
			r.jobs, r.units = r.jobs+1, r.units+int(s.Units)
			r.pace += uint64(s.Units) * paced(uint64(s.Pace), f.offer.Speed, o.offer.Speed)
			all[f.peer] = r
		}
	}
	for p, r := range all {
		r.pace /= uint64(r.units)
		all[p] = r
	}
	return all
}

// passOver leaves out the offers of those that showed far less speed than they promise, if the others are as many as may ever sign a task.
func (j *job) passOver(m *Machine) {
	var slow []poc.PeerID
	showings := m.showings(j.offers)
	for _, p := range sortedPeers(j.offers) {
		if showings[p].slow() {
			slow = append(slow, p)
		}
	}
	if len(slow) == 0 || len(j.offers)-len(slow) < max(j.spec.Seats(), j.spec.Policy.Candidates()) {
		return
	}
	for _, p := range slow {
		delete(j.offers, p)
		if len(j.Declines) < maxDeclines {
			s := showings[p]
			j.Declines = append(j.Declines, declined{Peer: p, Code: DeclineShown, Reason: fmt.Sprintf(
				"it has an offer, and was passed over as others are enough: in %d units of %d jobs of this node it was %d %% as fast as it says, next to others", s.units, s.jobs, s.pace/10)})
		}
	}
}
