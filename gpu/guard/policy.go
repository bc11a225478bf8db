package guard

import (
	"fmt"
	"strings"
	"time"
)

// Kind names a limit, or what else there may be to wait for.
type Kind string

const (
	ByTemperature Kind = "temperature"
	ByPower       Kind = "power"
	ByMemory      Kind = "memory"
	ByFree        Kind = "free"
	ByOthers      Kind = "others"
	ByIdle        Kind = "idle"
	ByBattery     Kind = "battery"
	ByHours       Kind = "hours"
	ByDevice      Kind = "device"   // it failed; no limit of the owner's, and so the Policy does not tell it
	BySettling    Kind = "settling" // every limit is kept again, but not for long enough
)

// Reason is why a Decision is not to run at full speed.
type Reason struct {
	Kind  Kind
	Blind bool   // the limit is set and cannot be measured
	Text  string // a clause for people
}

// Decision is what the limits allow at a moment.
type Decision struct {
	Paused  bool
	Share   int       // percent of time in which programs may keep the device busy, 1 to 100
	Reasons []Reason  // of a pause, or of a share below the owner's; in the order of the Kinds
	Since   time.Time // of the last change between running and paused
	Until   time.Time // when a pause ends at the earliest; zero: it cannot be told
}

// State is "running", "slowed" or "paused".
func (d Decision) State() string {
	switch {
	case d.Paused:
		return "paused"
	case len(d.Reasons) > 0:
		return "slowed"
	}
	return "running"
}

// Why joins the reasons in one clause.
func (d Decision) Why() string {
	var out []string
	for _, r := range d.Reasons {
		out = append(out, r.Text)
	}
	return strings.Join(out, "; ")
}

const (
	blindFor  = 15 * time.Second // a sensor that fails for less is believed what it said last
	calm      = 5 * time.Minute  // a run of this length ends a series of pauses
	maxSettle = 10 * time.Minute // that a series of pauses grows to, or the owner's if that is longer
	minShare  = 20               // percent of the owner's share to which heat and power slow a run down
)

// Policy decides over time. It is pure and belongs to one goroutine.
type Policy struct {
	limits  Limits
	paused  bool
	since   time.Time
	clear   time.Time // paused: since when every limit is kept; zero: it is not
	settle  time.Duration
	resumed time.Time // of the last pause's end; zero: there was none
	seen    [quantities]struct {
		value Measure
		at    time.Time
	}
}

// NewPolicy returns the policy of limits that are valid. It begins without a pause.
func NewPolicy(l Limits) *Policy { return &Policy{limits: l.withResume(), settle: l.Settle} }

// Step takes the next reading, and the time of it, which gives the local time of day.
func (p *Policy) Step(now time.Time, r *Reading) Decision {
	if p.since.IsZero() || p.since.After(now) { // a clock that is set back begins anew
		p.since = now
	}
	if p.clear.After(now) {
		p.clear = now
	}
	if p.resumed.After(now) {
		p.resumed = now
	}
	filled := p.fill(now, r)
	over := p.over(now, &filled)
	switch {
	case !p.paused && len(over) > 0:
		// Pauses that follow each other soon get longer, whatever makes them.
		longest := max(maxSettle, p.limits.Settle)
		if !p.resumed.IsZero() && now.Sub(p.resumed) < calm {
			p.settle = min(2*p.settle, longest)
		} else {
			p.settle = p.limits.Settle
		}
		p.paused, p.since, p.clear = true, now, time.Time{}
	case p.paused && len(over) > 0:
		p.clear = time.Time{}
	case p.paused && p.clear.IsZero():
		p.clear = now
	case p.paused && now.Sub(p.clear) >= p.settle:
		p.paused, p.since, p.resumed = false, now, now
	}
	d := Decision{Paused: p.paused, Share: p.limits.Share, Reasons: over, Since: p.since}
	switch {
	case !p.paused:
		d.Share, d.Reasons = p.share(&filled)
	case len(over) == 0:
		d.Until = p.clear.Add(p.settle)
		d.Reasons = []Reason{{Kind: BySettling, Text: fmt.Sprintf("every limit is kept again, and must be for %v", p.settle)}}
	default:
		if at, ok := p.opens(now); ok && !p.open(now) {
			d.Until = at.Add(p.settle)
		}
	}
	return d
}

// fill replaces what a sensor failed to tell just now by what it told last.
func (p *Policy) fill(now time.Time, r *Reading) Reading {
	out := *r
	for q := range out {
		s := &p.seen[q]
		if out[q].Known {
			s.value, s.at = out[q], now
		} else if s.value.Known && !s.at.After(now) && now.Sub(s.at) < blindFor {
			out[q] = s.value
		}
	}
	return out
}

// over lists the limits that are not kept. While paused they are kept only with their margin.
func (p *Policy) over(now time.Time, r *Reading) (out []Reason) {
	l := &p.limits
	at := func(f Limit) float64 {
		if p.paused {
			return f.Resume
		}
		return f.Pause
	}
	check := func(k Kind, set bool, m Measure, limit string, broken func(v float64) (bool, string)) {
		if !set {
			return
		}
		if !m.Known {
			out = append(out, Reason{k, true, fmt.Sprintf("%s is set, and that cannot be measured here: %s", limit, m.Why)})
			return
		}
		if bad, text := broken(m.Value); bad {
			out = append(out, Reason{k, false, text})
		}
	}
	above := func(k Kind, f Limit, m Measure, q Quantity, what string, scale float64) {
		bound := at(f) * scale
		check(k, f.set(), m, fmt.Sprintf("a limit of %s for %s", q.Format(f.Pause*scale), what), func(v float64) (bool, string) {
			return v > bound, fmt.Sprintf("%s is at %s, the limit is %s, and work goes on at %s", what, q.Format(v), q.Format(f.Pause*scale), q.Format(f.Resume*scale))
		})
	}
	above(ByTemperature, l.Temperature, r[Temperature], Temperature, "the device's temperature", 1)
	above(ByPower, l.Power, r[Power], Power, "the device's power", 1)
	above(ByMemory, l.Memory, r[MemoryUsed], MemoryUsed, "the device memory in use", 1)
	free := Limit{l.Free.Pause, l.freeAgain(r[MemoryTotal])}
	check(ByFree, l.Free.set(), r.Free(), "a limit for the free device memory", func(v float64) (bool, string) {
		return v < at(free), fmt.Sprintf("%s of device memory are free, the limit is %s, and work goes on at %s", MemoryUsed.Format(v), MemoryUsed.Format(free.Pause), MemoryUsed.Format(free.Resume))
	})
	above(ByOthers, l.Others, r[Others], Others, "other programs' use of the device", 0.01)
	check(ByIdle, l.Idle > 0, r[Idle], "work only while nobody uses the machine", func(v float64) (bool, string) {
		return v < l.Idle.Seconds(), fmt.Sprintf("somebody used the machine %s ago, and it works for others only after %v", Idle.Format(v), l.Idle)
	})
	check(ByBattery, l.Battery, r[Battery], "no work on battery", func(v float64) (bool, string) {
		return v != 0, "the machine runs on its battery"
	})
	if !p.open(now) {
		text := "it is outside the hours " + windows(l.Hours)
		if at, ok := p.opens(now); ok {
			text += ", which begin next on " + at.Format("Mon 15:04")
		}
		out = append(out, Reason{ByHours, false, text})
	}
	return out
}

func (p *Policy) open(now time.Time) bool {
	for _, w := range p.limits.Hours {
		if w.Contains(now) {
			return true
		}
	}
	return len(p.limits.Hours) == 0
}

func (p *Policy) opens(now time.Time) (first time.Time, ok bool) {
	for _, w := range p.limits.Hours {
		if at, some := w.opens(now); some && (!ok || at.Before(first)) {
			first, ok = at, true
		}
	}
	return first, ok
}

func windows(ws []Window) string {
	var out []string
	for _, w := range ws {
		out = append(out, w.String())
	}
	return strings.Join(out, ", ")
}

// share slows a run down between the margin of a limit and the limit, in steps of a tenth, so that most machines find a pace
// that they can keep without ever pausing.
func (p *Policy) share(r *Reading) (percent int, reasons []Reason) {
	part := 10
	for _, f := range []struct {
		kind Kind
		l    Limit
		q    Quantity
		what string
	}{
		{ByTemperature, p.limits.Temperature, Temperature, "the device's temperature"},
		{ByPower, p.limits.Power, Power, "the device's power"},
	} {
		m := r[f.q]
		if !f.l.set() || !m.Known || m.Value <= f.l.Resume {
			continue
		}
		left := max((f.l.Pause-m.Value)/(f.l.Pause-f.l.Resume), 0)
		part = min(part, max(int(10*left), minShare/10))
		reasons = append(reasons, Reason{f.kind, false, fmt.Sprintf("%s is at %s, close to the limit of %s", f.what, f.q.Format(m.Value), f.q.Format(f.l.Pause))})
	}
	return max(p.limits.Share*part/10, 1), reasons
}
