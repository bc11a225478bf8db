package market

import (
	"math/bits"
	"slices"

	"gpumesh/poc"
)

// Seat is one member of a job's panel as the chain knows it.
type Seat struct {
	Account poc.Account `cbor:"account" json:"account"`
	Ask     Amount      `cbor:"ask" json:"ask"`       // pay for one replica of one task
	Weight  uint32      `cbor:"weight" json:"weight"` // in draws; at least 1
}

// Seating is what the chain must know of an award: who sits where, and how the candidates of each task, whose signatures alone count, are drawn.
// It follows from the award and the job, so everybody compares it with what is anchored.
type Seating struct {
	Seats []Seat `cbor:"seats" json:"seats"` // at most 64

	// Candidates is how many seats the beacon draws for each task. All are candidates if there are no more of them.
	Candidates uint32 `cbor:"candidates" json:"candidates"`

	// Draws says for each task by which draw its candidates are found; empty: each has a draw of its own, and nobody is seated beforehand.
	Draws []Draw `cbor:"draws,omitempty" json:"draws,omitempty"`
}

// Draw is the number of a task, whose draw it is, or Pinned with the number of a seat: that seat is a candidate, and the others are drawn.
type Draw uint16

// Pinned marks a draw of one's own beside a seat.
const Pinned Draw = 1 << 15

// weightPart divides scores times thousandths of the least stake, of which there are up to 10,000 million, so that weights fit 32 bits.
const weightPart = 4

// seating is what the chain must know of an award with these seats. It follows from what the seats have signed, so the owner has no say in it
// and everybody finds the same; whether the chain bears out what they say of their accounts is seen with the beacon (newBench).
func seating(n Network, s *Spec, seats []frozen) Seating {
	out := Seating{Seats: make([]Seat, len(seats)), Candidates: uint32(s.Policy.Candidates())}
	in := make([]scoreInput, len(seats))
	for i, f := range seats {
		in[i] = scoreInput{f.offer.Speed, f.offer.Ask, f.offer.Backing.Completed, f.offer.Backing.Faults}
	}
	points := scores(in, n.SpeedCap)
	if s.Policy.MaxError != 0 || s.Policy.Compare.Tier == poc.Proof {
		points = level(points)
	}
	for i, w := range points {
		if n.MinStake > 0 { // many identities weigh no more than their stake
			hi, lo := bits.Mul64(uint64(min(seats[i].offer.Backing.Stake, stakeCap*n.MinStake)), 1000)
			stakes, _ := bits.Div64(hi, lo, uint64(n.MinStake))
			w = w * stakes / weightPart
		}
		out.Seats[i] = Seat{seats[i].offer.Account, seats[i].offer.Ask, uint32(max(w, 1))}
	}
	if out.Drawn() {
		out.Draws = s.draws(seats)
	}
	return out
}

// level lets no score count for more than 5/4 of the lower median. Speed and ask are their provider's own words: where an error is bounded by how many of the
// candidates are dishonest, nobody's words may make its like much more of them than they are of the seats.
func level(scores []uint64) []uint64 {
	if len(scores) == 0 {
		return nil
	}
	most := lowerMedian(slices.Clone(scores)) * 5 / 4
	out := make([]uint64, len(scores))
	for i, s := range scores {
		out[i] = max(1, min(s, most))
	}
	return out
}

// Equal reports whether two seatings say the same.
func (s Seating) Equal(o Seating) bool {
	return s.Candidates == o.Candidates && slices.Equal(s.Seats, o.Seats) && slices.Equal(s.Draws, o.Draws)
}

// Drawn reports whether not all seats are candidates of all tasks.
func (s Seating) Drawn() bool { return len(s.Seats) > int(s.Candidates) }

// Of is the bitmap of the seats that are candidates of a task. Random is the beacon's.
func (s Seating) Of(task poc.TaskRef, random poc.Hash) (candidates uint64) {
	if !s.Drawn() {
		return 1<<len(s.Seats) - 1
	}
	weights := make([]uint64, len(s.Seats))
	for i, seat := range s.Seats {
		weights[i] = uint64(seat.Weight)
	}
	left := int(s.Candidates)
	if len(s.Draws) > 0 {
		if d := s.Draws[task.Task]; d&Pinned != 0 {
			candidates |= 1 << (d &^ Pinned)
			left--
		} else {
			task.Task = uint32(d)
		}
	}
	for i := range poc.Drawn(random, task, weights) {
		if left == 0 {
			break
		}
		if candidates>>i&1 == 0 {
			candidates |= 1 << i
			left--
		}
	}
	return candidates
}

// draws says how the candidates of the job's units are drawn, if not each by a draw of its own.
func (s *Spec) draws(seats []frozen) []Draw {
	own, out := true, make([]Draw, s.Units())
	for i := range out {
		out[i] = Draw(i)
		if s.batch() > 1 {
			continue
		}
		t := s.Tasks[i]
		if t.Like != nil {
			out[i], own = Draw(*t.Like), false
		}
		if t.Held == nil {
			continue
		}
		if seat := slices.IndexFunc(seats, func(f frozen) bool { return f.peer == t.Held.Holder }); seat >= 0 {
			out[i], own = Pinned|Draw(seat), false
		}
	}
	if own {
		return nil
	}
	return out
}

// Backing is what a provider says that the chain knows of its account. It gives its weight in draws, so that this is known when the award
// is anchored; a seat of which the beacon's standings do not bear it out is in no draw.
type Backing struct {
	Stake     Amount `cbor:"stake" json:"stake"` // what counts of it in this network
	Completed uint64 `cbor:"completed" json:"completed"`
	Faults    uint64 `cbor:"faults" json:"faults"`
}

// backing is what an account with this standing says in an offer.
func backing(n Network, s Standing) Backing {
	return Backing{min(s.Stake, stakeCap*n.MinStake), s.Completed, s.Faults}
}

// Backs reports whether the chain bears out what a provider says of itself.
func (s Standing) Backs(b Backing) bool {
	return s.Registered && s.Stake >= b.Stake && s.Completed >= b.Completed && s.Faults <= b.Faults
}
