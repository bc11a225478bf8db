package sim

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"
	"strings"
	"time"

	"gpumesh/market"
	"gpumesh/poc"
)

// tally is what a run counts.
type tally struct {
	broken error // the first violated invariant

	funds              market.Amount // of all, at the start
	events, steps      int
	messages, gossip   int
	bytes, gossipBytes uint64
	ended              poc.Time // of the jobs; the court goes on
	ops, slashes       int
	appealed, small    int // convictions appealed against, and such of right results that took too little for that
	acquitted          int
	twice              int // of the slashes, for two signed results
	crashes            int
	restores, skipped  int // machines restored, and of those the ones that could not be compared
	replays            int // messages shown to a second network
	healing            poc.Millis
	split              bool // a partition is over, and healing is not known yet
	undrawn            int  // awards with too few eligible seats
	units, wrong       int
	framed             int           // wrong units of ringleaders' jobs
	refused, topUps    int           // wrong claims that took no effect; claims of what others left out
	unseen, fooled     int           // results that were called right without a look, and of them the wrong ones
	rewards, washed    market.Amount // from the pool, and of that for jobs of rings
	kept               Kept
	excused            int // honest replicas that somebody accepted and that are not paid, as too few could know of them in time, see checkOwed
	executions         int
	latencies          []poc.Millis
	profit             map[string]*account
}

// account is what the nodes of one strategy earned.
type account struct {
	nodes           int
	devices         map[*device]bool // that several share
	income, slashed market.Amount
	court           int64
	rewards, spent  market.Amount
	cost            float64
	executed, acted int
	pays            []float64 // of each node
	nets            []float64 // likewise
}

// Result is what a run shows.
type Result struct {
	Scenario Scenario
	Ended    poc.Millis // simulated
	Wall     time.Duration

	Jobs, JobsDone, JobsFailed int
	Failures                   map[string]int
	Tasks, Certified           int
	Wrong                      int
	Redundancy                 float64 // executions for one certified task
	P50, P99                   poc.Millis
	Makespan                   poc.Millis // of a job, from its submission to its last certificate, 95th percentile
	MessagesPerTask            float64    // without gossip
	BytesPerTask               float64
	GossipPerTask              float64 // bids, each to each provider; ads are not counted
	GossipBytesPerTask         float64
	WrongCertified             int // certified, and not settled
	Slashes                    int
	Fees, Rewards              float64  // in prices of a task
	Fairness                   float64  // Jain's index of the pay of honest providers, within classes of speed; 1: all the same
	Profits                    []Profit // of providers
	Owners                     []Profit // Income is the value of their right tasks
	Ring                       Ring
	Kept                       Kept
	Loads                      []Brought
	Minutes                    []Minute
	Appealed, Acquitted        int
	Small                      int    // convictions of honest nodes that took too little to appeal against
	Faults                     int    // that honest nodes are left with
	Framed                     int    // wrong tasks of owners who chose whom they hear, which they are content with
	Memory                     uint64 // bytes that the program has had from the operating system at most, so far
	Unseen, Fooled             int    // see tally
	Griefed                    Griefed
	Unpaid                     int        // the most that one honest node computed in one job of a dishonest owner without pay, in tasks
	Excused                    int        // honest replicas of units that somebody accepted and that are not paid, as too few could know of them in time; see checkOwed
	Healing                    poc.Millis // see watchHealing; negative: not within the run
	Replays, Refused           int        // see tally
	Events, Steps              int
	Restores, Skipped, Crashes int      // see tally
	Unsettled                  float64  // share of the tasks of honest owners who are not eclipsed
	Expected                   []string // what was measured of what the scenario expects
	Failed                     error    // see Judge
	times                      []poc.Millis
	more                       map[string][]float64 // of repeated networks; see earnedMore
	promised                   int                  // tasks of honest owners who are not eclipsed
	took                       []poc.Millis         // of jobs of which every task was certified, sorted
	spans                      []poc.Millis         // of jobs of honest owners, sorted; see stalled
}

// never is how long a job takes of which not every task was certified.
const never poc.Millis = math.MaxInt64

// Profit is what a node that follows a strategy makes in a run on average, in prices of a task.
type Profit struct {
	Strategy string
	Nodes    int
	Devices  int // of them all; 0: each has one
	Executed int
	Acted    int // times that its nodes did otherwise than the program says, all together
	Income   float64
	Cost     float64
	Slashed  float64
	Rewards  float64 // from the pool
	Court    float64 // of convictions that it reported and of appeals, less deposits
	Spent    float64 // of the owners that are of it
	Error    float64 // standard error of Net
}

// Net is the profit of one node.
func (p Profit) Net() float64 {
	return p.Income + p.Rewards + p.Court - p.Cost - p.Slashed - p.Spent
}

// Run simulates a scenario. The error is a violated invariant, or says why the scenario cannot be run.
func Run(s Scenario) (Result, error) {
	if s.Repeat > 1 {
		return networks(s)
	}
	begin := time.Now()
	w, err := newWorld(s)
	if err != nil {
		return Result{}, err
	}
	if s.Scheme == "boinc" {
		w.serve()
	}
	err = w.run()
	r := w.result()
	r.Wall = time.Since(begin)
	var held runtime.MemStats
	runtime.ReadMemStats(&held)
	r.Memory = held.Sys
	return r, err
}

// certified notes that an owner has seen a certificate.
func (w *world) certified(c market.Collect) {
	j := w.jobs[c.Ref.Job]
	if j == nil {
		return
	}
	if _, again := j.certified[c.Ref.Task]; again {
		return
	}
	digest := c.Result.Digest()
	j.certified[c.Ref.Task] = w.near[digest] || w.truthOf(market.Run{Ref: c.Ref, Outputs: j.spec.Tasks[c.Ref.Task].Outputs}).Digest() == digest
	w.tally.latencies = append(w.tally.latencies, poc.Millis(w.now-j.submitted))
	if len(j.certified) == len(j.spec.Tasks) {
		j.complete = w.now
	}
}

func (w *world) result() Result {
	t := &w.tally
	r := Result{
		Scenario: w.s, Ended: poc.Millis(t.ended - epoch), Jobs: len(w.order), Failures: map[string]int{}, Wrong: t.wrong * w.s.Jobs.Batch, Slashes: t.slashes, Framed: t.framed * w.s.Jobs.Batch,
		Appealed: t.appealed, Acquitted: t.acquitted, Small: t.small, Faults: w.honestFaults(),
		Events: t.events, Steps: t.steps, Restores: t.restores, Skipped: t.skipped, Crashes: t.crashes, Replays: t.replays, Refused: t.refused, Healing: t.healing, Excused: t.excused, Kept: t.kept,
		Unseen: t.unseen, Fooled: t.fooled,
	}
	if t.split {
		r.Healing = -1
	}
	var kept int
	for _, j := range w.order {
		span := never
		if j.complete != 0 {
			span = poc.Millis(j.complete - j.submitted)
			r.took = append(r.took, span)
		}
		for _, n := range j.unpaid {
			r.Unpaid = max(r.Unpaid, n)
		}
		for t, right := range j.certified {
			if !right && !j.settled[t/uint32(w.s.Jobs.Batch)] {
				r.WrongCertified++
			}
		}
		r.Tasks += len(j.spec.Tasks)
		r.Certified += len(j.settled) * w.s.Jobs.Batch
		if !j.owner.dishonest() && !j.owner.eclipsed {
			r.promised, kept = r.promised+len(j.spec.Tasks), kept+len(j.settled)*w.s.Jobs.Batch
			r.spans = append(r.spans, span)
		}
		switch {
		case j.over && j.failed == "":
			r.JobsDone++
		case j.over:
			r.JobsFailed++
			r.Failures[j.failed]++
		default:
			r.Failures["not over"]++
		}
	}
	r.Unsettled = 1 - float64(kept)/math.Max(1, float64(r.promised))
	tasks := math.Max(1, float64(r.Certified))
	r.Redundancy = float64(t.executions) / tasks
	r.MessagesPerTask, r.BytesPerTask = float64(t.messages)/tasks, float64(t.bytes)/tasks
	r.GossipPerTask, r.GossipBytesPerTask = float64(t.gossip)/tasks, float64(t.gossipBytes)/tasks
	slices.Sort(t.latencies)
	r.P50, r.P99, r.times = percentile(t.latencies, 0.5), percentile(t.latencies, 0.99), t.latencies
	slices.Sort(r.took)
	slices.Sort(r.spans)
	r.Makespan = percentile(r.took, 0.95)
	w.profits(&r)
	r.Griefed = w.griefed()
	r.Loads, r.Minutes = w.brought(), w.minutes()
	return r
}

// profits sums up what every strategy earned. Computing a task costs half of the price that scenarios ask for it.
func (w *world) profits(r *Result) {
	price := float64(w.s.Price)
	w.ring(r)
	classes := map[int][]float64{} // pays of honest providers by the octave of their speed
	for _, n := range w.nodes {
		if n.owner() {
			continue
		}
		if !n.dishonest() && !n.eclipsed {
			class := int(math.Floor(math.Log2(n.speed / medianSpeed)))
			classes[class] = append(classes[class], float64(n.income))
		}
		name := cmp.Or(n.name, "honest")
		a := w.tally.profit[name]
		if a == nil {
			a = &account{devices: map[*device]bool{}}
			w.tally.profit[name] = a
		}
		a.nodes++
		if n.device != nil {
			a.devices[n.device] = true
		}
		a.income += n.income
		lost := w.lostStake(n)
		a.slashed += lost
		a.rewards += n.rewards
		a.court += n.court
		a.spent += n.spent
		work := n.worked + float64(n.checked)/checkShare
		a.cost += work * price / 2
		a.executed += n.executed
		a.acted += n.acted
		a.pays = append(a.pays, float64(n.income))
		a.nets = append(a.nets, (float64(n.income)+float64(n.rewards)+float64(n.court)-float64(lost)-float64(n.spent))/price-work/2)
	}
	for _, name := range slices.Sorted(maps.Keys(w.tally.profit)) {
		a := w.tally.profit[name]
		per := price * float64(a.nodes)
		r.Profits = append(r.Profits, Profit{
			name, a.nodes, len(a.devices), a.executed, a.acted, float64(a.income) / per, a.cost / per, float64(a.slashed) / per, float64(a.rewards) / per, float64(a.court) / per, float64(a.spent) / per, standardError(a.nets),
		})
	}
	r.Fairness = fairness(classes)
	w.ownerProfits(r)
}

// fairness is the mean of the classes' indices, each with its nodes. A node that is alone in its class says nothing.
func fairness(classes map[int][]float64) float64 {
	sum, count := 0.0, 0
	for _, class := range slices.Sorted(maps.Keys(classes)) {
		if n := len(classes[class]); n > 1 {
			sum += jain(classes[class]) * float64(n)
			count += n
		}
	}
	if count == 0 {
		return 1
	}
	return sum / float64(count)
}

// ownerProfits sums up what owners got for what they spent: the value of settled right tasks, less pay and fees of their jobs. What washers
// spend is charged to their workers.
func (w *world) ownerProfits(r *Result) {
	if w.s.Scheme != "" {
		return
	}
	nets, rows := map[string][]float64{}, map[string]*Profit{}
	for _, n := range w.nodes[:w.s.Jobs.Owners] {
		name := cmp.Or(n.name, "owner")
		if n.act.ring {
			continue
		}
		value, spent := 0.0, 0.0
		p := rows[name]
		if p == nil {
			p = &Profit{Strategy: name}
			rows[name] = p
		}
		for _, j := range w.order {
			if j.owner != n {
				continue
			}
			right := (len(j.settled) - len(j.wrong)) * w.s.Jobs.Batch
			value += w.s.Value * float64(right)
			p.Executed += right
			if e, err := w.view(n).Escrow(context.Background(), j.id); err == nil {
				spent += float64(e.Paid+e.Fees) / float64(w.s.Price)
			}
		}
		p.Nodes++
		p.Acted += n.acted
		p.Income += value
		p.Spent += spent
		nets[name] = append(nets[name], value-spent)
	}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		p := rows[name]
		p.Income, p.Spent, p.Error = p.Income/float64(p.Nodes), p.Spent/float64(p.Nodes), standardError(nets[name])
		r.Owners = append(r.Owners, *p)
	}
}

// Exceeds says that more wrong results were accepted than owners agreed to, and so many that chance explains it in less than one case in ten
// thousand. Nothing is promised where more are dishonest than the policy assumes.
func (r Result) Exceeds() error {
	p := r.Scenario.Policy
	batch := r.Scenario.Jobs.Batch
	units, wrong := float64((r.Certified-r.Framed)/batch), r.Wrong/batch
	if p.MaxError == 0 || r.Scenario.Scheme != "" || r.Scenario.Beyond() != "" || wrong == 0 {
		return nil
	}
	expected, tail := p.MaxError*units, 1.0
	term := math.Exp(-expected)
	for k := range wrong { // the chance of as many or more, if so many are expected
		tail -= term
		term *= expected / float64(k+1)
	}
	if tail >= 1e-4 {
		return nil
	}
	return fmt.Errorf("%d of %g units are wrong, and owners accept %g of them: the chance of that is %.2g", wrong, units, p.MaxError, max(tail, 0))
}

// limit is the share of wrong units that this run rules out: with more in the mean, so few would come of one run in twenty at most. It takes units for independent, and those of a
// job share its audits; so it is what a run can say at best.
func (r Result) limit() float64 {
	units, wrong := (r.Certified-r.Framed)/r.Scenario.Jobs.Batch, r.Wrong/r.Scenario.Jobs.Batch
	if units <= 0 {
		return 1
	}
	low, high := 0.0, float64(10+4*wrong)
	for range 60 {
		mean := (low + high) / 2
		sum, term := 0.0, math.Exp(-mean)
		for k := range wrong + 1 {
			sum += term
			term *= mean / float64(k+1)
		}
		if sum > 0.05 {
			low = mean
		} else {
			high = mean
		}
	}
	return min(high/float64(units), 1)
}

// standardError is that of the mean of independent values.
func standardError(xs []float64) float64 {
	if len(xs) < 2 {
		return 0
	}
	mean, squares := meanOf(xs), 0.0
	for _, x := range xs {
		squares += (x - mean) * (x - mean)
	}
	return math.Sqrt(squares / float64(len(xs)-1) / float64(len(xs)))
}

func meanOf(xs []float64) (sum float64) {
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

// bookReplicas notes which computed tasks of a dishonest owner's job were paid.
func (w *world) bookReplicas(j *jobRun, c market.Claim) {
	if !j.owner.dishonest() {
		return
	}
	for i := range c.Certificates {
		for _, seat := range c.Certificates[i].Payees(j.spec.Policy.Quorum) {
			if n := w.byAcc[c.Seating.Seats[seat].Account]; j.unpaid[n] > 0 {
				j.unpaid[n] -= w.s.Jobs.Batch
			}
		}
	}
}

// jain is the fairness index of Jain, Chiu and Hawe (1984): 1 when all are equal, 1/n when one has everything.
func jain(xs []float64) float64 {
	var sum, squares float64
	for _, x := range xs {
		sum += x
		squares += x * x
	}
	if squares == 0 {
		return 1
	}
	return sum * sum / (float64(len(xs)) * squares)
}

func percentile(sorted []poc.Millis, p float64) poc.Millis {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}

// row is the result as names and values, in the order in which they are shown.
func (r Result) row() [][2]string {
	f := func(format string, args ...any) string { return fmt.Sprintf(format, args...) }
	seconds := func(m poc.Millis) string { return f("%.1f", float64(m)/1000) }
	rows := [][2]string{
		{"scenario", r.Scenario.Name}, {"seed", f("%d", r.Scenario.Seed)}, {"nodes", f("%d", r.Scenario.Nodes)},
		{"jobs done", f("%d", r.JobsDone)}, {"jobs failed", f("%d", r.Jobs-r.JobsDone)},
		{"tasks settled", f("%d", r.Certified)}, {"tasks not settled", f("%d", r.Tasks-r.Certified)},
		{"wrong accepted", f("%d", r.Wrong)}, {"wrong share", f("%.6f", float64(r.Wrong)/math.Max(1, float64(r.Certified)))}, {"accepted share", r.bound()}, {"wrong share at most (95 %)", f("%.6f", r.limit())}, {"not promised", r.Scenario.Beyond()},
		{"wrong certified unsettled", f("%d", r.WrongCertified)},
		{"redundancy", f("%.3f", r.Redundancy)}, {"certified p50 s", seconds(r.P50)}, {"certified p99 s", seconds(r.P99)},
		{"job p95 s", seconds(r.Makespan)},
		{"messages per task", f("%.2f", r.MessagesPerTask)}, {"bytes per task", f("%.0f", r.BytesPerTask)},
		{"gossip per task", f("%.2f", r.GossipPerTask)}, {"gossip bytes per task", f("%.0f", r.GossipBytesPerTask)},
		{"slashes", f("%d", r.Slashes)}, {"fairness", f("%.3f", r.Fairness)}, {"unpaid replicas excused", f("%d", r.Excused)}, {"checked", r.Scenario.checked()},
		{"expected", strings.Join(r.Expected, "; ")}, {"failed", r.failure()},
		{"fees", f("%.3f", r.Fees)}, {"rewards", f("%.3f", r.Rewards)}, {"net of washing", f("%.3f", r.Ring.Net())},
	}
	return rows
}

// failure is what the run did not keep, as one line.
func (r Result) failure() string {
	if r.Failed == nil {
		return ""
	}
	return strings.ReplaceAll(r.Failed.Error(), "\n", "; ")
}

// bound is the share of wrong results that owners accept.
func (r Result) bound() string {
	if r.Scenario.Policy.MaxError == 0 {
		return ""
	}
	return fmt.Sprintf("%g", r.Scenario.Policy.MaxError)
}

// Table is the result for people.
func (r Result) Table() string {
	var b strings.Builder
	for _, c := range r.row() {
		fmt.Fprintf(&b, "%-28s %s\n", c[0], c[1])
	}
	if r.Unpaid > 0 {
		fmt.Fprintf(&b, "%-18s %d tasks by one node in one job of a dishonest owner, at most\n", "unpaid", r.Unpaid)
	}
	if g := r.Griefed; g.Jobs > 0 {
		fmt.Fprintf(&b, "%-18s %d jobs of dishonest owners, of which an honest provider fetched %.1f, and computed %.2f tasks without pay\n", "griefed", g.Jobs, g.Fetched, g.Computed)
	}
	if len(r.Scenario.Network.Partitions) > 0 {
		fmt.Fprintf(&b, "%-18s %.1f s after the partition (negative: not in the run)\n", "converged", float64(r.Healing)/1000)
	}
	if r.Refused > 0 {
		fmt.Fprintf(&b, "%-18s %d claims of liars\n", "refused", r.Refused)
	}
	if r.Replays > 0 {
		fmt.Fprintf(&b, "%-18s %d messages, 0 accepted by a second network\n", "replayed", r.Replays)
	}
	for _, code := range slices.Sorted(maps.Keys(r.Failures)) {
		fmt.Fprintf(&b, "%-18s %d\n", "failed: "+code, r.Failures[code])
	}
	fmt.Fprintf(&b, "%-18s %.1f s of %.0f s simulated, %d events, %d steps, %d machines compared with restored ones, %d more could not be; %d crashes\n", "run", r.Wall.Seconds(), float64(r.Ended)/1000, r.Events, r.Steps, r.Restores-r.Skipped, r.Skipped, r.Crashes)
	if r.Unseen > 0 {
		fmt.Fprintf(&b, "%-18s %d results were called right without a look, %d of them wrong\n", "unseen", r.Unseen, r.Fooled)
	}
	if k := r.Kept; k != (Kept{}) {
		fmt.Fprintf(&b, "%-18s %d paid replicas came in time, %d of them paid less; %d came late, %d of them paid less\n", "terms", k.InTime, k.InTimeLess, k.Late, k.LateLess)
	}
	if g := r.Ring; g.Paid > 0 {
		fmt.Fprintf(&b, "%-18s paid workers %.1f and %.3f of fees, and got %.3f back\n", "ring", g.Paid, g.Fees, g.Back)
	}
	if r.Framed > 0 {
		fmt.Fprintf(&b, "%-18s %d tasks settled wrongly of owners who chose whom they heard\n", "own", r.Framed)
	}
	if r.Appealed > 0 || r.Small > 0 {
		fmt.Fprintf(&b, "%-18s %d acquitted of %d; %d convictions took too little to appeal against; honest nodes keep %d faults\n", "appeals", r.Acquitted, r.Appealed, r.Small, r.Faults)
	}
	fmt.Fprintf(&b, "\n%-12s %6s %8s %10s %10s %10s %10s %10s %10s %10s %10s %8s\n", "per node", "nodes", "acted", "executed", "income", "rewards", "court", "cost", "slashed", "spent", "net", "+-")
	for _, p := range slices.Concat(r.Profits, r.Owners) {
		fmt.Fprintf(&b, "%-12s %6d %8.1f %10.1f %10.2f %10.3f %10.2f %10.2f %10.2f %10.2f %10.2f %8.2f\n", p.Strategy, p.Nodes, float64(p.Acted)/float64(p.Nodes), float64(p.Executed)/float64(p.Nodes), p.Income, p.Rewards, p.Court, p.Cost, p.Slashed, p.Spent, p.Net(), p.Error)
	}
	r.printLoads(&b)
	return b.String()
}
