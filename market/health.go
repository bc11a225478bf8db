package market

import (
	"gpumesh/poc"
)

// Health is how a provider says that it fares. An ad is its heartbeat: signed, and repeated every AdInterval.
type Health string

const (
	Healthy  Health = "healthy"
	Busy     Health = "busy"     // every slot is taken
	Paused   Health = "paused"   // its machine is kept within its owner's limits
	Degraded Health = "degraded" // it works with less than it advertises, or less confined than it should be
	Gone     Health = "gone"     // no heartbeat came for AdTTL; nobody says so of itself
)

func (h Health) valid() bool {
	return h == "" || h == Healthy || h == Busy || h == Paused || h == Degraded
}

// Condition is an event: what the host knows of its machine. State is Healthy, Paused or Degraded; Reason is one sentence that
// strangers may read.
type Condition struct {
	State  Health
	Reason string
}

func (Condition) isEvent() {}

// conditioned takes over how the machine fares. A pause takes the standing offers back, as far as they are not awarded.
func (m *Machine) conditioned(c Condition) error {
	c.Reason = clip(c.Reason)
	if c == m.condition {
		return nil
	}
	m.condition = c
	m.nextAd = min(m.nextAd, max(m.now, m.own.seen.Add(1000)))
	if c.State != Paused {
		return nil
	}
	for _, j := range m.order {
		if j.State == Offered && j.Reserved != 0 {
			m.look(j)
			j.takeBack(m, DeclinePaused, c.Reason)
		}
	}
	return nil
}

// health is what this node's ad says.
func (m *Machine) health() Health {
	switch {
	case m.condition.State == Paused || m.condition.State == Degraded:
		return m.condition.State
	case m.queued() >= m.cfg.Provider.Slots:
		return Busy
	}
	return Healthy
}

// presenceWindow is the time over which uptime is measured: what is older counts half, and less with every window.
const presenceWindow poc.Millis = 24 * 3_600_000

// presence is what this node heard of a provider's heartbeats. It is one node's view: nobody can prove to others that a
// heartbeat came, or did not.
type presence struct {
	since poc.Time
	last  poc.Time
	up    poc.Millis
}

// heard counts the time since the last heartbeat as up, if it was no longer than one lives.
func (p *presence) heard(now poc.Time, ttl poc.Millis) {
	if gap := poc.Millis(now - p.last); gap <= ttl {
		p.up += gap
	}
	p.last = now
	if known := poc.Millis(now - p.since); known > 2*presenceWindow {
		p.since, p.up = now.Add(-known/2), p.up/2
	}
}

// uptime is the share of the time since a provider was first heard in which it was there, in millionths.
func (p *presence) uptime(now poc.Time, ttl poc.Millis) uint32 {
	up, known := p.up, poc.Millis(now-p.since)
	if gap := poc.Millis(now - p.last); gap <= ttl {
		up += gap
	}
	if known <= 0 {
		return scoreUnit
	}
	return uint32(ratio(uint64(min(up, known)), uint64(known)))
}

// hear notes a provider's heartbeat.
func (m *Machine) hear(p poc.PeerID) {
	if known := m.present[p]; known != nil {
		known.heard(m.now, m.cfg.Network.AdTTL)
		return
	}
	if len(m.present) >= maxAds {
		return // until some have been gone for a day
	}
	m.present[p] = &presence{since: m.now, last: m.now}
}

// forgetGone drops what is known of providers that have been gone for a whole window.
func (m *Machine) forgetGone() {
	for p, known := range m.present {
		if m.now >= known.last.Add(presenceWindow) {
			delete(m.present, p)
		}
	}
}

// Presence is a provider's uptime as this node heard it.
type Presence struct {
	Since  poc.Time `json:"since"`
	Uptime uint32   `json:"uptime"` // in millionths
	Health Health   `json:"health"` // as it says, or Gone
}

// Presence returns what this node heard of a provider, and false if it never did or forgot.
func (m *Machine) Presence(p poc.PeerID) (Presence, bool) {
	known := m.present[p]
	if known == nil {
		return Presence{}, false
	}
	v := Presence{Since: known.since, Uptime: known.uptime(m.now, m.cfg.Network.AdTTL), Health: Gone}
	if a, live := m.ads[p]; live && a.expires > m.now {
		v.Health = a.ad.Health
	}
	return v, true
}
