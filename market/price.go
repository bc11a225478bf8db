package market

import (
	"fmt"
	"math/bits"

	"gpumesh/poc"
)

const (
	// priceInterval is the time over which a provider measures how busy it is, and after which its prices move by one step.
	priceInterval poc.Millis = 30_000
	priceUnit     uint64     = 1000 // level of prices that demand has not raised
	priceTarget   uint64     = 500  // thousandths of its slots that a provider wants to be busy
	priceStep     uint64     = 8    // a step changes the level by an eighth at most
	busyUnit      uint64     = 1000 // thousandths
)

// MaxSurge is the most that Provider.Surge may be, in percent.
const MaxSurge = 10_000

// demand is what a provider measures of its own load, and the level of prices that follows from it. Not durable: a provider
// that starts anew asks what its owner said.
type demand struct {
	began poc.Time // of the interval
	seen  poc.Time // until when busy is counted
	busy  uint64   // slot-milliseconds in the interval
	level uint64   // of prices, in thousandths
	share uint64   // of slots that were busy in the interval before, in thousandths
}

// nextLevel returns the level of prices after an interval in which a share of the slots was busy, all in thousandths. Like a
// base fee it rises above the target and falls below it in proportion to the distance, by an eighth at most. It is never
// below priceUnit nor above limit.
func nextLevel(level, busy, limit uint64) uint64 {
	limit = min(max(limit, priceUnit), MaxSurge*priceUnit/100)
	level = min(max(level, priceUnit), limit)
	if busy = min(busy, 2*priceTarget); busy > priceTarget {
		return min(level+level*(busy-priceTarget)/(priceTarget*priceStep), limit)
	}
	return max(level-level*(priceTarget-busy)/(priceTarget*priceStep), priceUnit)
}

// advance counts the load of the time that has passed. load is what waits or runs; what waits makes no slot busier than busy.
func (d *demand) advance(now poc.Time, load, slots, limit uint64) {
	if d.began == 0 {
		d.began, d.seen, d.level = now, now, priceUnit
		return
	}
	slots = max(slots, 1)
	load = min(load, slots)
	for end := d.began.Add(priceInterval); now >= end; end = d.began.Add(priceInterval) {
		whole := d.seen == d.began
		d.busy += load * uint64(end-d.seen)
		d.share = d.busy * busyUnit / (slots * uint64(priceInterval))
		next := nextLevel(d.level, d.share, limit)
		steady := whole && next == d.level
		d.level, d.busy, d.began, d.seen = next, 0, end, end
		if steady { // all further intervals are like this one
			d.began = d.began.Add(poc.Millis(now-end) / priceInterval * priceInterval)
			d.seen = d.began
		}
	}
	d.busy += load * uint64(now-d.seen)
	d.seen = now
}

// measure counts this node's load until now.
func (m *Machine) measure() {
	if p := m.cfg.Provider; p != nil {
		m.demand.advance(m.now, uint64(m.queued()), uint64(p.Slots), uint64(p.Surge)*priceUnit/100)
	}
}

// raised is an amount at a level of prices; it is never less than the amount.
func raised(a Amount, level uint64) Amount {
	hi, lo := bits.Mul64(uint64(a), max(level, priceUnit))
	if hi >= priceUnit {
		return ^Amount(0)
	}
	q, _ := bits.Div64(hi, lo, priceUnit)
	return Amount(q)
}

// prices returns this provider's floor and rate as demand has moved them.
func (m *Machine) prices() (floor, rate Amount) {
	p := m.cfg.Provider
	return raised(p.Floor, m.demand.level), raised(p.Rate, m.demand.level)
}

// price is this node's ask for one replica of a unit.
func (m *Machine) price(w Work, p Priority) Amount {
	ad := *m.ad
	ad.Floor, ad.Rate = m.prices()
	return p.Price(ad.Ask(w))
}

// runTime is how long a unit is estimated to run here.
func (m *Machine) runTime(w Work) poc.Millis {
	ms := scaled(w.Operations, 1000, m.ad.I32)
	if m.ad.Bandwidth > 0 {
		ms = max(ms, scaled(w.Traffic, 1000, m.ad.Bandwidth))
	}
	return poc.Millis(min(max(ms, 1), uint64(maxRunTime)))
}

// maxRunTime bounds an estimate of run time.
const maxRunTime poc.Millis = 30 * 24 * 3_600_000

// Priority says how much of a provider's time a job asks for when others wait too, and what it pays for that.
type Priority uint8

const (
	Normal Priority = iota // pays the ask
	High                   // pays twice the ask, for twice the share
	Urgent                 // pays four times the ask, for four times the share
)

var priorityNames = [...]string{"normal", "high", "urgent"}

// ParsePriority returns the priority of a name.
func ParsePriority(name string) (Priority, error) {
	for i, n := range priorityNames {
		if n == name {
			return Priority(i), nil
		}
	}
	return 0, fmt.Errorf("priority is %q; it must be normal, high or urgent", name)
}

func (p Priority) String() string {
	if int(p) >= len(priorityNames) {
		return fmt.Sprintf("priority %d", uint8(p))
	}
	return priorityNames[p]
}

// Multiple is both what a job pays as a multiple of the ask and its weight among jobs that wait.
func (p Priority) Multiple() uint64 { return 1 << min(p, Urgent) }

// Price is an ask for work of this priority.
func (p Priority) Price(ask Amount) Amount {
	a, ok := ask.Mul(p.Multiple())
	if !ok {
		return ^Amount(0)
	}
	return a
}
