package sim

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
	"slices"
	"strings"

	"gpumesh/market"
	"gpumesh/poc"
)

// Prices that demand moves, and owners who bring unequal loads at different priorities.

// Market is what providers make of demand.
type Market struct {
	Surge    uint32  `yaml:"surge"`    // percent of the price up to which demand moves it; 0: it does not
	Slots    uint32  `yaml:"slots"`    // devices of each provider; 0: one
	MaxPrice float64 `yaml:"maxPrice"` // what owners pay for one replica of a task at most, in prices; 0: 2
}

// Demand is the load that one owner brings.
type Demand struct {
	Name     string   `yaml:"name"`
	Owner    int      `yaml:"owner"` // from 0
	Jobs     int      `yaml:"jobs"`
	Tasks    int      `yaml:"tasks"` // of one job; 0: as the scenario's jobs
	At       Duration `yaml:"at"`    // of the first job
	Every    Duration `yaml:"every"` // between two jobs
	Priority string   `yaml:"priority"`
}

func (l Demand) priority() (market.Priority, error) {
	return market.ParsePriority(cmp.Or(l.Priority, market.Normal.String()))
}

func (m Market) validate(j Jobs) error {
	var errs []error
	if m.Surge > market.MaxSurge || m.Slots > 1000 || m.MaxPrice < 0 || m.MaxPrice > 1000 {
		errs = append(errs, fmt.Errorf("market: surge is %d, slots %d and maxPrice %g, want at most %d, 1000 and 1000", m.Surge, m.Slots, m.MaxPrice, market.MaxSurge))
	}
	jobs := 0
	for _, l := range j.Loads {
		_, err := l.priority()
		errs = append(errs, err)
		jobs += l.Jobs
		if tasks := cmp.Or(l.Tasks, j.Tasks); l.Name == "" || l.Owner < 0 || l.Owner >= j.Owners || l.Jobs < 1 || tasks < 1 || tasks > 4096 || tasks%max(j.Batch, 1) != 0 || l.At < 0 || l.Every < 0 {
			errs = append(errs, fmt.Errorf("jobs.loads: %q needs a name, one of the %d owners, a job at least, at most 4096 tasks in whole units, and times that are not negative", l.Name, j.Owners))
		}
	}
	if len(j.Loads) > 0 && jobs != j.Count {
		errs = append(errs, fmt.Errorf("jobs.count is %d, and the loads have %d", j.Count, jobs))
	}
	return errors.Join(errs...)
}

// planLoads puts the jobs of all loads into the queue.
func (w *world) planLoads() {
	serial := uint64(0)
	for i, l := range w.s.Jobs.Loads {
		l.Tasks = cmp.Or(l.Tasks, w.s.Jobs.Tasks)
		for k := range l.Jobs {
			w.open++
			w.at(epoch.Add(1_000+l.At.millis()+poc.Millis(k)*l.Every.millis()), func() { w.nodes[l.Owner].submit(serial, i, l) })
			serial++
		}
	}
}

// asking is what a provider has asked.
type asking struct {
	at    poc.Time
	level float64 // of its price
	jobs  map[poc.Hash]bool
}

// ask is one offer's price, in parts of what the provider asks when nothing is to do.
type ask struct {
	at    poc.Time
	level float64
}

// execution of a task that is over.
type served struct {
	at   poc.Time
	load int
}

// The rules of prices (market/DESIGN.md), as this package reads them.
const (
	priceInterval poc.Millis = 30_000
	priceStep                = 1.0 / 8
)

// noteOffer asserts that what a provider asks is what it asks when idle, moved in steps of an eighth per interval, within its bounds.
func (n *node) noteOffer(o market.Offer) {
	w, p := n.w, &n.asked
	j := w.jobs[o.Job]
	if w.s.Market.Surge == 0 || j == nil || n.act.promises || p.jobs[o.Job] {
		return
	}
	idle := n.ad
	idle.Floor, idle.Rate = n.cfg.Provider.Floor, n.cfg.Provider.Rate
	work := market.Work{Operations: w.operations(), Memory: 1 << 20}.Times(uint64(w.s.Jobs.Batch))
	level := float64(o.Ask) / float64(j.spec.Priority.Price(idle.Ask(work)))
	const rounded = 0.002
	if limit := float64(w.s.Market.Surge) / 100; level < 1-rounded || level > limit*(1+rounded) {
		w.violate("node %d asks %.3f times its price, and its bounds are 1 and %g", n.index, level, limit)
	}
	if p.at != 0 {
		steps := float64((w.now-p.at+3_000)/poc.Time(priceInterval) + 1) // it was computed a moment ago
		if change := level / p.level; change > math.Pow(1+priceStep, steps)*(1+rounded) || change < math.Pow(1-priceStep, steps)*(1-rounded) {
			w.violate("node %d asks %.3f times its price after %.3f, %d s before", n.index, level, p.level, (w.now-p.at)/1000)
		}
	}
	if p.jobs == nil {
		p.jobs = map[poc.Hash]bool{}
	}
	p.at, p.level, p.jobs[o.Job] = w.now, level, true
	w.asks = append(w.asks, ask{w.now, level})
}

// Brought is what became of one load.
type Brought struct {
	Demand
	Done          int        // jobs
	Median, Worst poc.Millis // from the submission of a job to its last certificate
	Paid          float64    // for one replica of a task, in prices
}

// brought sums up what became of each load.
func (w *world) brought() (out []Brought) {
	for i, l := range w.s.Jobs.Loads {
		b, spans, pay, replicas := Brought{Demand: l}, []poc.Millis(nil), 0.0, 0
		for _, j := range w.order {
			if j.load != i {
				continue
			}
			if j.complete != 0 {
				b.Done++
				spans = append(spans, poc.Millis(j.complete-j.submitted))
			}
			if e, err := w.view(j.owner).Escrow(context.Background(), j.id); err == nil {
				pay += float64(e.Paid)
			}
			for _, u := range j.units {
				replicas += bits.OnesCount64(u.paid)
			}
		}
		slices.Sort(spans)
		b.Median, b.Worst = percentile(spans, 0.5), percentile(spans, 1)
		b.Paid = pay / math.Max(1, float64(replicas*w.s.Jobs.Batch)) / float64(w.s.Price)
		out = append(out, b)
	}
	return out
}

// Minute is what happened in one interval of prices.
type Minute struct {
	At                  poc.Millis // its end
	Least, Median, Most float64    // levels of what was asked; 0: nobody was asked
	Served              []int      // executions of each load that ended
}

// minutes says what happened in each interval.
func (w *world) minutes() (out []Minute) {
	if len(w.s.Jobs.Loads) == 0 {
		return nil
	}
	levels := map[int][]float64{}
	at := func(t poc.Time) int {
		i := int((t - epoch) / poc.Time(priceInterval))
		for len(out) <= i {
			out = append(out, Minute{At: poc.Millis(len(out)+1) * priceInterval, Served: make([]int, len(w.s.Jobs.Loads))})
		}
		return i
	}
	for _, s := range w.served {
		out[at(s.at)].Served[s.load]++
	}
	for _, a := range w.asks {
		i := at(a.at)
		levels[i] = append(levels[i], a.level)
	}
	for i, l := range levels {
		slices.Sort(l)
		out[i].Least, out[i].Median, out[i].Most = l[0], l[len(l)/2], l[len(l)-1]
	}
	return out
}

// writeLoads is the table of what became of the loads of several runs.
func writeLoads(b *strings.Builder, rs []Result) {
	for _, r := range rs {
		if len(r.Loads) == 0 {
			continue
		}
		fmt.Fprintf(b, "\n| `%s`: load | owner | priority | jobs done | tasks of one | job takes, median and worst | paid for a replica |\n|---|---|---|---|---|---|---|\n", r.Scenario.Name)
		for _, l := range r.Loads {
			fmt.Fprintf(b, "| %s | %d | %s | %d of %d | %d | %.1f s, %.1f s | %.2f |\n", l.Name, l.Owner, cmp.Or(l.Priority, market.Normal.String()), l.Done, l.Jobs,
				cmp.Or(l.Tasks, r.Scenario.Jobs.Tasks), float64(l.Median)/1000, float64(l.Worst)/1000, l.Paid)
		}
	}
}

// printLoads is the same for people.
func (r Result) printLoads(out io.Writer) {
	if len(r.Loads) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%-12s %6s %10s %10s %12s %12s %10s\n", "load", "owner", "priority", "jobs", "median s", "worst s", "paid")
	for _, l := range r.Loads {
		fmt.Fprintf(out, "%-12s %6d %10s %10s %12.1f %12.1f %10.2f\n", l.Name, l.Owner, cmp.Or(l.Priority, market.Normal.String()), fmt.Sprintf("%d of %d", l.Done, l.Jobs),
			float64(l.Median)/1000, float64(l.Worst)/1000, l.Paid)
	}
	fmt.Fprintf(out, "\n%-12s %30s  %s\n", "until s", "asked: least, median, most", "executions of each load")
	for _, m := range r.Minutes {
		fmt.Fprintf(out, "%-12d %30s  %v\n", m.At/1000, fmt.Sprintf("%.2f %.2f %.2f", m.Least, m.Median, m.Most), m.Served)
	}
}
