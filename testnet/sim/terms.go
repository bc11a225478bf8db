package sim

import (
	"errors"
	"fmt"
	"math"

	"gpumesh/market"
	"gpumesh/poc"
)

// Terms of service: what jobs ask of workers besides right results, and what came of it.

// Terms are what a job asks for. Zero fields ask for nothing.
type Terms struct {
	Due      Duration `yaml:"due"`      // after its submission, when results should be there
	Late     float64  `yaml:"late"`     // share of its ask that a late worker loses
	MinSpeed float64  `yaml:"minSpeed"` // of a device, in speeds of a median one
}

func (t Terms) validate() error {
	var errs []error
	if t.Due < 0 || t.Late < 0 || t.Late > 1 || (t.Due == 0) != (t.Late == 0) {
		errs = append(errs, fmt.Errorf("terms: due is %v and late %g, want a time and a share of up to 1, or neither", t.Due, t.Late))
	}
	if t.MinSpeed < 0 || t.MinSpeed > 1000 {
		errs = append(errs, fmt.Errorf("terms: minSpeed is %g, want 0 to 1000", t.MinSpeed))
	}
	return errors.Join(errs...)
}

// apply writes the terms into the spec of a job that is submitted now.
func (t Terms) apply(s *market.Spec, now poc.Time) {
	if t.Due > 0 {
		s.Due, s.LateBps = now.Add(t.Due.millis()), uint32(math.Round(t.Late*market.FeeBase))
	}
	s.MinSpeed = uint64(t.MinSpeed * medianSpeed)
}

// Kept counts the paid replicas of jobs with a time at which results are due, by when their workers sent the commitment and by what they were paid.
type Kept struct {
	InTime, InTimeLess int // of those in time, less than the ask
	Late, LateLess     int // likewise of those that were late
}

// slowness is how much slower a slow device is than it would be.
const slowness = 3

// slow makes the node's device slower, and the node says so.
func (n *node) slow() {
	n.speed /= slowness
	n.ad.I32, n.ad.F32 = uint64(n.speed), uint64(n.speed)
	n.cfg.Provider.Rate = market.Amount(float64(n.cfg.Provider.Rate) / slowness) // its machine has the same pointer
}

// noteCommit notes when a node first sends its commitment in a job with terms.
func (w *world) noteCommit(n *node, m poc.Message) {
	c, ok := m.(poc.Commit)
	if !ok {
		return
	}
	if j := w.jobs[c.Job]; j != nil && j.spec.Due != 0 {
		if u := j.unit(c.Task); u.committed[n] == 0 {
			u.committed[n] = w.now
		}
	}
}

// tolerated is how long a commitment may be under way: who sent it so much before it was due must not be called late.
func (w *world) tolerated() poc.Millis { return 5_000 + 2*w.s.Network.Skew.millis() }

// kept counts what was paid for by when it came, and asserts, where nobody was away or cut off, that no honest worker is paid less whose
// commitment was in time.
func (w *world) kept() (k Kept) {
	for _, j := range w.order {
		if j.spec.Due == 0 {
			continue
		}
		due := j.spec.Due.Add(-j.owner.skew)
		for i, u := range j.units {
			for seat, s := range j.seating.Seats {
				x := w.byAcc[s.Account]
				at, less := u.committed[x], u.fined>>seat&1 != 0
				if u.paid>>seat&1 == 0 || at == 0 {
					continue
				}
				all, part := &k.InTime, &k.InTimeLess
				if at > due {
					all, part = &k.Late, &k.LateLess
				}
				*all++
				if less {
					*part++
				}
				if less && !x.dishonest() && at.Add(w.tolerated()) < due && len(w.absences) == 0 {
					w.violate("node %d committed to task %s/%d %d s before it was due, and is paid less", x.index, j.id.Short(), i, (due-at)/1000)
				}
			}
		}
	}
	return k
}

// finesOf are what a certificate takes back from seats that were paid in full before a quorum called them late.
func (w *world) finesOf(j *jobRun, cert poc.Certificate, terms market.Terms, late uint64) (fined uint64, back map[poc.Account]market.Amount) {
	back = map[poc.Account]market.Amount{}
	u := j.unit(cert.Task)
	if terms.LateBps == 0 {
		return 0, back
	}
	for seat, s := range j.seating.Seats {
		if (u.paid&late&^u.fined)>>seat&1 != 0 {
			fined |= 1 << seat
			back[s.Account] += s.Ask.Graded(false, cert.Share, terms.LateBps) - s.Ask.Graded(true, cert.Share, terms.LateBps)
		}
	}
	return fined, back
}

// sumOf is what several payments are for each account.
func sumOf(pays []market.Pay) map[poc.Account]market.Amount {
	out := map[poc.Account]market.Amount{}
	for _, p := range pays {
		out[p.Account] += p.Amount
	}
	return out
}
