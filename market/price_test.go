package market

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

func TestPriceLevels(t *testing.T) {
	for _, c := range []struct{ level, busy, limit, want uint64 }{
		{1000, 500, 4000, 1000},     // on target
		{1000, 1000, 4000, 1125},    // an eighth up
		{1000, 750, 4000, 1062},     // half of that
		{1000, 0, 4000, 1000},       // the floor is never undercut
		{2000, 0, 4000, 1750},       // an eighth down
		{2000, 250, 4000, 1875},     //
		{3900, 1000, 4000, 4000},    // the cap
		{1000, 1000, 1000, 1000},    // demand does not move it
		{1000, 1000, 0, 1000},       // likewise
		{2000, ^uint64(0), 0, 1000}, // whatever is put in
		{^uint64(0), 1000, ^uint64(0), 100_000},
	} {
		if got := nextLevel(c.level, c.busy, c.limit); got != c.want {
			t.Errorf("level %d, %d busy, limit %d: %d, want %d", c.level, c.busy, c.limit, got, c.want)
		}
	}
}

// An ask is for what takes longer, the arithmetic or the memory; of an ad that tells no bandwidth, for the arithmetic.
func TestAsk(t *testing.T) {
	ad := Ad{I32: 1_000, Bandwidth: 500, Rate: 20, Floor: 7}
	for _, c := range []struct {
		w    Work
		want Amount
	}{
		{Work{}, 7}, {Work{Operations: 350}, 7}, {Work{Operations: 5_000}, 100}, {Work{Operations: 5_000, Traffic: 2_500}, 100},
		{Work{Operations: 5_000, Traffic: 5_000}, 200}, {Work{Traffic: 1 << 63}, 1 << 63 / 25},
		{Work{Operations: 5_000, Traffic: 1_000}.Times(3), 300}, {Work{Operations: 1 << 62}.Times(8), ^Amount(0) / 50},
	} {
		require.Equal(t, c.want, ad.Ask(c.w), "%+v", c.w)
	}
	require.Equal(t, ^Amount(0), Ad{I32: 1, Rate: 20}.Ask(Work{Operations: 1 << 63}))
	ad.Bandwidth = 0
	require.Equal(t, Amount(100), ad.Ask(Work{Operations: 5_000, Traffic: 1 << 40}))
}

func TestPriceProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		limit := priceUnit + r.Uint64N(20_000)
		a, b := priceUnit+r.Uint64N(limit-priceUnit+1), priceUnit+r.Uint64N(limit-priceUnit+1)
		x, y := r.Uint64N(1200), r.Uint64N(1200)
		a, b, x, y = min(a, b), max(a, b), min(x, y), max(x, y)
		next := nextLevel(a, x, limit)
		if next < priceUnit || next > limit {
			t.Fatalf("level %d leaves the bounds", next)
		}
		if next > a+a/priceStep || next+a/priceStep < a {
			t.Fatalf("a step from %d to %d is over an eighth", a, next)
		}
		if nextLevel(b, x, limit) < next || nextLevel(a, y, limit) < next {
			t.Fatalf("not monotone: level %d and %d, busy %d and %d", a, b, x, y)
		}
	}
	level := uint64(MaxSurge * priceUnit / 100)
	steps := 0
	for ; level > priceUnit; steps++ {
		if steps > 100 {
			t.Fatalf("an idle provider still asks %d after %d intervals", level, steps)
		}
		level = nextLevel(level, 0, MaxSurge*priceUnit/100)
	}
}

// TestDemandOverTime compares one look after a long time with many looks, at a load that changes now and then.
func TestDemandOverTime(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var often, rarely demand
		now := poc.Time(1_000_000)
		often.advance(now, 0, 4, 4000)
		rarely.advance(now, 0, 4, 4000)
		for range 20 {
			load := r.Uint64N(7)
			end := now.Add(poc.Millis(r.IntN(200_000)))
			for now < end {
				now = min(end, now.Add(1+poc.Millis(r.IntN(20_000))))
				often.advance(now, load, 4, 4000)
			}
			rarely.advance(now, load, 4, 4000)
			if often != rarely {
				t.Fatalf("%+v and %+v differ", often, rarely)
			}
		}
	}
	var d demand
	d.advance(1_000_000, 0, 1, 4000)
	d.advance(1_000_000+10*365*24*3_600_000, 1, 1, 4000) // ten years at once
	if d.level != 4000 {
		t.Errorf("level %d after years of work", d.level)
	}
}

func TestRaisedPrices(t *testing.T) {
	if got := raised(100, 1125); got != 112 {
		t.Errorf("raised to %d", got)
	}
	if got := raised(^Amount(0), 1001); got != ^Amount(0) {
		t.Errorf("overflow gives %d", got)
	}
	if got := raised(7, 0); got != 7 {
		t.Errorf("below the floor: %d", got)
	}
	for p, want := range map[Priority]Amount{Normal: 10, High: 20, Urgent: 40} {
		if got := p.Price(10); got != want {
			t.Errorf("%v pays %d", p, got)
		}
		if back, err := ParsePriority(p.String()); err != nil || back != p {
			t.Errorf("%v: %v, %v", p, back, err)
		}
	}
	if Urgent.Price(^Amount(0)/2) != ^Amount(0) {
		t.Error("a price overflows")
	}
	if _, err := ParsePriority("asap"); err == nil {
		t.Error("an unknown priority is parsed")
	}
}

// TestPricesFollowDemand: a busy provider asks more, in its ad and of bids, and an idle one what its owner said.
func TestPricesFollowDemand(t *testing.T) {
	w := newWorld(t, 50, 2)
	n := w.nodes[1]
	n.cfg.Provider.Surge = 400
	n.restart()
	rest, err := ParseAmount("0.01")
	if err != nil {
		t.Fatal(err)
	}
	ask := func() Amount { return n.m.price(Work{Operations: 1000}, Normal) }
	if ask() != rest {
		t.Fatalf("at rest it asks %v", ask())
	}
	n.m.running[poc.TaskRef{Task: 9}] = &execution{} // never ends
	for range 3 {
		w.now = w.now.Add(priceInterval)
		_ = n.step(Tick{})
	}
	if got, want := ask(), Amount(14_230_000); got < want-10_000_000/8 || got > want {
		t.Errorf("after three busy intervals it asks %v", got)
	}
	if n.m.own.ad.Floor <= rest || n.m.own.ad.Health != Busy {
		t.Errorf("its ad says %+v", n.m.own.ad)
	}
	delete(n.m.running, poc.TaskRef{Task: 9})
	for range 20 {
		w.now = w.now.Add(priceInterval)
		_ = n.step(Tick{})
	}
	if ask() != rest || n.m.own.ad.Floor != rest || n.m.own.ad.Health != Healthy {
		t.Errorf("idle again it asks %v", ask())
	}
}
