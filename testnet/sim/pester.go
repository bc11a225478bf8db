package sim

import (
	"encoding/binary"

	"gpumesh/market"
	"gpumesh/poc"
)

// What goes on as long as an honest owner waits for a result: other owners' jobs that come to nothing, and spam.

// pestering is the time between two jobs of an owner that goes on.
const pestering poc.Millis = 5_000

// endless is the serial of the first job that nothing waits for.
const endless = 1 << 32

// waited reports whether an honest owner that is not eclipsed waits for a result, or will.
func (w *world) waited() bool {
	planned := 0
	for _, j := range w.order {
		if j.endless {
			continue
		}
		planned++
		if !j.over && j.complete == 0 && !j.owner.dishonest() && !j.owner.eclipsed {
			return true
		}
	}
	return planned < w.planned
}

// goOn submits another job like the last one after a while, as long as others wait for theirs.
func (n *node) goOn(serial uint64, load int, l Demand) {
	if n.act.again == 0 || serial < endless && n.goesOn {
		return
	}
	n.goesOn = true
	n.w.after(n.act.again, func() {
		if n.w.waited() {
			n.submit(max(serial, endless)+1, load, l)
		}
	})
}

// Griefed is what dishonest owners cost an honest provider, on average: jobs that it fetched, and tasks that it computed without pay; and how many such
// jobs there were.
type Griefed struct {
	Jobs              int
	Fetched, Computed float64
}

func (w *world) griefed() (g Griefed) {
	providers := 0
	for _, n := range w.nodes[w.s.Jobs.Owners:] {
		if !n.dishonest() {
			providers++
			g.Fetched += float64(n.fetched)
		}
	}
	for _, j := range w.order {
		if j.owner.dishonest() {
			g.Jobs++
		}
		for _, tasks := range j.unpaid {
			g.Computed += float64(tasks)
		}
	}
	g.Fetched, g.Computed = g.Fetched/float64(max(providers, 1)), g.Computed/float64(max(providers, 1))
	return g
}

// spam sends what means nothing, at the scenario's rate: bids for jobs that do not exist to everybody, and to the owner of a job that is under way an
// offer, with another ask every time, and a decline.
func (n *node) spam(serial uint64) {
	n.w.after(poc.Millis(1000/n.w.s.Spam), func() {
		if !n.w.waited() {
			return
		}
		if !n.gone {
			n.acted++
			n.spamBid(serial)
			n.spamOwner(serial)
		}
		n.spam(serial + 1)
	})
}

func (n *node) spamBid(serial uint64) {
	b := market.Bid{
		Account: n.account, MaxPrice: 1000 * n.w.s.Price, Tasks: 1000, Replicas: 3, Closes: n.clock().Add(n.w.net.OfferWindow),
	}
	binary.BigEndian.PutUint64(b.Job[:], serial)
	binary.BigEndian.PutUint64(b.Job[8:], uint64(n.index)+1)
	n.publish(market.Publication{Message: b, Expires: b.Closes})
}

func (n *node) spamOwner(serial uint64) {
	if len(n.w.order) == 0 {
		return
	}
	j := n.w.order[n.w.rng.IntN(len(n.w.order))]
	if j.over {
		return
	}
	to, expires := []poc.PeerID{j.owner.peer}, n.clock().Add(n.w.net.OfferWindow)
	ask := n.w.s.maxPrice() - market.Amount(serial%100)
	n.sendTo(to, market.Send{Message: market.Offer{Job: j.id, Account: n.account, Ask: ask, Speed: n.ad.I32, Class: n.ad.Class, Lot: n.salt()}, Expires: expires})
	n.sendTo(to, market.Send{Message: market.Decline{Job: j.id, Code: market.DeclinePaused, Reason: "it does not mean it"}, Expires: expires})
}
