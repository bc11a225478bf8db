package sim

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// epoch is when every run begins; machines want a time after theirs.
const epoch poc.Time = 1_000_000

// topUp is for how long workers that a claim left out can still be paid, as on a real chain.
const topUp poc.Millis = 600_000

// medianSpeed is the i32 operations per second of a device of median speed.
const medianSpeed = 1_000_000_000_000

// world is one run.
type world struct {
	s         Scenario
	net       market.Network
	id        poc.Hash // of the network
	rng       *rand.Rand
	checks    *rand.Rand // which machines are compared, and which die: to compare them changes nothing
	now       poc.Time
	queue     queue
	docket    queue // of the court
	mute      bool  // nobody appeals; tests set it
	nodes     []*node
	byPeer    map[poc.PeerID]*node
	byAcc     map[poc.Account]*node
	ads       map[*node]market.Validated // the latest of every provider that is there
	ledger    *chain.Fake
	books     *books
	jobs      map[poc.Hash]*jobRun
	order     []*jobRun
	truth     map[poc.TaskRef]poc.Result
	tier      poc.Comparator
	near      map[poc.Hash]bool   // what honest devices have computed, where they differ
	cut       map[*node]bool      // on the far side of a partition, while there is one
	healed    poc.Time            // when the last partition is over
	other     poc.Hash            // id of a second network
	texts     map[string][]byte   // records that many nodes keep alike, once
	documents map[poc.Link][]byte // of units, as their workers serve them
	planned   int                 // jobs
	open      int                 // of those, the ones that are not over
	absences  []absence
	lens      func(*node, chain.Settlement) chain.Settlement // through which nodes see the ledger; tests break it
	deadline  func(m *market.Machine, job poc.Hash) poc.Time // likewise
	asks      []ask                                          // where demand moves prices
	served    []served                                       // where there are loads
	tally     tally
}

// jobRun is what the run knows of a job.
type jobRun struct {
	id        poc.Hash
	spec      market.Spec
	owner     *node
	submitted poc.Time
	over      bool
	failed    string          // why, if it failed
	certified map[uint32]bool // seen by the owner; whether the result is right
	settled   map[uint32]bool // by a claim
	wrong     map[uint32]bool // settled with a wrong result; whoever computed the right one is convicted
	unpaid    map[*node]int   // tasks that honest nodes have computed for a dishonest owner, and were not paid for
	complete  poc.Time        // when the owner had seen the last certificate
	seating   market.Seating  // of its award, once that is anchored
	drawn     [][]poc.Worker  // candidates by unit, likewise
	units     map[uint32]*unitRun
	load      int            // which of the scenario's it is of
	endless   bool           // one more of an owner that goes on: nothing waits for it
	guests    map[*node]bool // honest workers whose offers a ringleader seats
}

func newWorld(s Scenario) (*world, error) {
	w := &world{
		s: s, net: s.manifest(), rng: rand.New(rand.NewPCG(s.Seed, 0x67706d)), checks: rand.New(rand.NewPCG(s.Seed, 0x636b)), now: epoch, byPeer: map[poc.PeerID]*node{},
		byAcc: map[poc.Account]*node{}, ads: map[*node]market.Validated{}, jobs: map[poc.Hash]*jobRun{}, truth: map[poc.TaskRef]poc.Result{}, near: map[poc.Hash]bool{},
		cut: map[*node]bool{}, texts: map[string][]byte{},
		documents: map[poc.Link][]byte{},
	}
	w.tally.profit = map[string]*account{}
	w.lens = func(_ *node, s chain.Settlement) chain.Settlement { return s }
	w.deadline = (*market.Machine).Deadline
	policy, err := s.policy()
	if err != nil {
		return nil, err
	}
	w.tier = policy.Compare
	if err := w.net.Validate(); err != nil {
		return nil, err
	}
	w.id = w.net.ID()
	second := w.net
	second.Name += "-2"
	w.other = second.ID()
	names := w.assign()
	balances := map[poc.Account]market.Amount{}
	for i := range s.Nodes {
		n := newNode(w, i, names[i])
		w.nodes = append(w.nodes, n)
		w.byPeer[n.peer], w.byAcc[n.account] = n, n
		balances[n.account] = 1_000_000 * market.NLOV
		w.tally.funds += balances[n.account]
	}
	w.shareDevices()
	terms := chain.FakeConfig{
		FeeBps: s.Rewards.feeBps(), MinStake: w.net.MinStake, SlashBps: w.net.Slash, RewardBps: reporterShare, TopUp: topUp, Epoch: 30 * 86_400_000, Treasury: treasury, Balances: balances,
		Court: w.courtTerms(),
		Pool:  chain.PoolTerms{Delay: w.net.ClaimTurn, Most: 1_000_000 * market.NLOV},
		Now:   func() poc.Time { return w.now },
	}
	if s.deploy != nil {
		s.deploy(&terms)
	}
	w.ledger, w.books = chain.NewFake(terms), newBooks(balances)
	for _, n := range w.nodes {
		if err := n.start(); err != nil {
			return nil, err
		}
	}
	if s.Scheme == "" {
		w.plan()
		w.planned = w.open
	}
	return w, nil
}

// assign draws who follows which strategy. The first nodes are the owners.
func (w *world) assign() []string {
	names := make([]string, w.s.Nodes)
	for _, owners := range []bool{true, false} {
		base, total := w.s.Jobs.Owners, w.s.Nodes-w.s.Jobs.Owners
		if owners {
			base, total = 0, w.s.Jobs.Owners
		}
		shares := map[string]float64{}
		for name, percent := range w.s.Strategies {
			if strategies[name].owner == owners {
				shares[name] = percent
			}
		}
		order := w.rng.Perm(total)
		counts := apportion(shares, total)
		for _, name := range slices.Sorted(maps.Keys(counts)) {
			for _, i := range order[:counts[name]] {
				names[base+i] = name
			}
			order = order[counts[name]:]
		}
	}
	return names
}

// apportion says how many of all nodes follow each strategy. The sum is that of the percentages, rounded, and at least one for each
// strategy where there is room; the largest remainders are rounded up.
func apportion(percents map[string]float64, total int) map[string]int {
	names := slices.Sorted(maps.Keys(percents))
	counts, rest, sum := map[string]int{}, map[string]float64{}, 0.0
	for _, name := range names {
		exact := percents[name] / 100 * float64(total)
		sum += exact
		counts[name] = int(exact)
		rest[name] = exact - math.Floor(exact)
	}
	left := int(math.Round(sum))
	for _, n := range counts {
		left -= n
	}
	slices.SortStableFunc(names, func(a, b string) int {
		if none := cmp.Compare(min(counts[a], 1), min(counts[b], 1)); none != 0 {
			return none
		}
		return cmp.Compare(rest[b], rest[a])
	})
	for _, name := range names {
		if left > 0 && rest[name] > 0 {
			counts[name]++
			left--
		}
	}
	return counts
}

// plan puts what the scenario says into the queue.
func (w *world) plan() {
	w.tally.split = len(w.s.Network.Partitions) > 0
	for _, p := range w.s.Network.Partitions {
		w.healed = max(w.healed, epoch.Add(p.At.millis()+p.For.millis()))
		w.at(epoch.Add(p.At.millis()), func() {
			for _, n := range w.nodes {
				if w.rng.Float64() < p.Share {
					w.cut[n] = true
				}
			}
			w.absences = append(w.absences, absence{from: w.now, who: maps.Clone(w.cut), parts: true})
		})
		w.at(epoch.Add(p.At.millis()+p.For.millis()), func() {
			clear(w.cut)
			w.back(nil)
			w.watchHealing()
		})
	}
	if len(w.s.Jobs.Loads) > 0 {
		w.planLoads()
		return
	}
	at := epoch.Add(1_000)
	for i := range w.s.Jobs.Count {
		owner := w.nodes[i%w.s.Jobs.Owners]
		w.open++
		w.at(at, func() { owner.submit(uint64(i), 0, Demand{Tasks: w.s.Jobs.Tasks}) })
		at = at.Add(poc.Millis(w.rng.ExpFloat64() * float64(w.s.Jobs.Every.millis())))
	}
}

func (w *world) at(t poc.Time, do func())      { w.queue.push(max(t, w.now), do) }
func (w *world) after(d poc.Millis, do func()) { w.queue.push(w.now.Add(max(d, 0)), do) }
func (w *world) view(n *node) chain.Settlement { return w.lens(n, w.ledger.As(n.account)) }
func (w *world) block() poc.Millis             { return w.s.Network.Block.millis() }
func (w *world) nextBlock() poc.Millis         { return poc.Millis(w.rng.Int64N(int64(w.block())+1)) + 100 }
func (w *world) chance(p float64) bool         { return p > 0 && w.rng.Float64() < p }
func (w *world) exponential(mean Duration) poc.Millis {
	return poc.Millis(w.rng.ExpFloat64() * float64(mean.millis()))
}

// pareto returns a value with the given mean and shape.
func (w *world) pareto(mean, shape float64) float64 {
	return mean * (shape - 1) / shape * math.Pow(1-w.rng.Float64(), -1/shape)
}

// latency of one message: log-normal, as measured internet paths are.
func (w *world) latency() poc.Millis {
	n := w.s.Network
	return max(1, poc.Millis(float64(n.Latency.millis())*math.Exp(n.Spread*w.rng.NormFloat64())))
}

// linked reports whether a message can go from one node to another now.
func (w *world) linked(from, to *node) bool {
	if from.gone || to.gone || w.cut[from] != w.cut[to] {
		return false
	}
	victim := to
	if !to.eclipsed {
		victim = from
	}
	if (to.eclipsed && !from.dishonest() || from.eclipsed && !to.dishonest()) && w.rng.IntN(w.s.Network.Hears) != 0 {
		victim.acted++
		return false
	}
	return true
}

// run goes on until every job is over, or the time is, and then until every conviction is final.
func (w *world) run() error {
	end := epoch.Add(w.s.Duration.millis())
	grace := poc.Time(0)
	for len(w.queue.events) > 0 {
		from := &w.queue
		if d := w.docket.events; len(d) > 0 && d[0].at < w.queue.events[0].at {
			from = &w.docket
		}
		if at := from.events[0].at; at > end || grace != 0 && at > grace {
			break
		}
		e := from.pop()
		w.now = e.at
		e.do()
		w.tally.events++
		if w.tally.broken != nil {
			return w.tally.broken
		}
		if w.open == 0 && grace == 0 { // slashes and late claims
			grace = max(w.now, w.healed).Add(4 * w.net.ClaimTurn)
			w.at(grace.Add(-2*w.net.ClaimTurn), w.reward)
		}
	}
	w.tally.ended = w.now
	if err := w.finalChecks(); err != nil {
		return err
	}
	return w.closeCourt()
}

// truthOf is what an honest execution of a task yields.
func (w *world) truthOf(r market.Run) poc.Result {
	t, ok := w.truth[r.Ref]
	if !ok {
		t = resultOf(r, "")
		w.truth[r.Ref] = t
	}
	return t
}

// truthOfUnit is the digest that an honest execution of a whole unit yields.
func (w *world) truthOfUnit(j *jobRun, unit uint32) poc.Hash {
	return w.unitResult(j, unit, "").Digest()
}

// unitResult is the result of a whole unit of which each task is answered with the same lie; empty: honestly.
func (w *world) unitResult(j *jobRun, unit uint32, lie string) poc.Result {
	n := uint32(w.s.Jobs.Batch)
	results := make([]poc.Result, n)
	for i := range results {
		t := unit*n + uint32(i)
		r := market.Run{Ref: poc.TaskRef{Job: j.id, Task: t}, Outputs: j.spec.Tasks[t].Outputs}
		if results[i] = w.truthOf(r); lie != "" {
			results[i] = resultOf(r, lie)
		}
	}
	if n == 1 {
		return results[0]
	}
	r, _, err := market.PackBatch(results)
	if err != nil {
		w.violate("the results of a unit do not pack: %v", err)
	}
	return r
}

// resultOf is the result of a task; another lie gives another one.
func resultOf(r market.Run, lie string) poc.Result {
	b := append([]byte(lie), r.Ref.Job[:]...)
	b = binary.BigEndian.AppendUint32(b, r.Ref.Task)
	res := poc.Result{Trace: sha256.Sum256(b)}
	for _, o := range r.Outputs {
		b = append(b, o.Name...)
		res.Outputs = append(res.Outputs, poc.Output{Name: o.Name, File: poc.RawLink(b), Size: o.Size})
	}
	return res
}

// settle does a settlement operation and keeps the books.
func (w *world) settle(n *node, op market.Op) (market.Receipt, error) {
	var r market.Receipt
	var err error
	if c, ok := op.(market.Claim); ok {
		r, err = w.claim(n, c)
	} else {
		r, err = w.report(n, op)
	}
	if err == nil && r.Tx != "" {
		w.tally.ops++
		w.book(n, op, r)
	}
	w.checkFunds()
	return r, err
}

// report submits what is no claim, and notes what a reporter has at once of a conviction: of two signed results.
func (w *world) report(n *node, op market.Op) (market.Receipt, error) {
	before := w.balance(n.account)
	r, err := w.view(n).Submit(context.Background(), op)
	if err == nil && r.Tx != "" {
		w.bookOp(n, op, r)
	}
	switch op.(type) {
	case market.Slash, market.SlashTwice:
		n.court += int64(w.balance(n.account)) - int64(before)
	}
	return r, err
}

func (w *world) balance(a poc.Account) market.Amount {
	b, _, _ := w.view(w.nodes[0]).Balance(context.Background(), a)
	return b
}

// book notes who earned and lost what.
func (w *world) book(n *node, op market.Op, r market.Receipt) {
	switch op := op.(type) {
	case market.Claim:
		j := w.jobs[op.Job]
		for _, p := range r.Pays {
			w.byAcc[p.Account].income += p.Amount
		}
		for _, p := range r.Fines {
			w.byAcc[p.Account].income -= p.Amount
		}
		w.bookReplicas(j, op)
		for _, t := range r.Tasks {
			if j.settled[t] {
				w.violate("task %s/%d was settled twice", j.id.Short(), t)
			}
			j.settled[t] = true
			i := slices.IndexFunc(op.Certificates, func(c poc.Certificate) bool { return c.Task == t })
			w.count(j, &op.Certificates[i])
		}
	case market.Slash:
		w.bookSlash(op.Account, w.jobs[op.Ref.Job].wrong[op.Ref.Task])
		w.held()
	case market.SlashTwice:
		w.tally.twice++
		w.bookSlash(op.Twice.Account, false)
	case market.AnchorAward:
		e, err := w.view(n).Escrow(context.Background(), op.Job)
		if err != nil {
			w.violate("an anchored job has no escrow: %v", err)
			return
		}
		b, err := w.view(n).Beacon(context.Background(), op.Job, e.Award, op.Seating)
		if err != nil {
			w.violate("an anchored job has no beacon: %v", err)
			return
		}
		j := w.jobs[op.Job]
		j.seating = op.Seating
		panel, err := market.OpenAward(w.id, op.Job, j.owner.award[op.Job])
		if err != nil {
			w.violate("an anchored award does not open: %v", err)
			return
		}
		if j.drawn, _, err = panel.Draw(w.net, j.spec, b); err != nil {
			w.tally.undrawn++
			return
		}
		if j.owner.act.picks {
			j.owner.acted++
		}
		for _, seat := range j.seating.Seats {
			if x := w.byAcc[seat.Account]; x.act.drawn != nil {
				x.act.drawn(x, j)
			}
		}
	}
}

// bookSlash notes a conviction, which must be of a liar, but where the quorum was.
func (w *world) bookSlash(a poc.Account, wrong bool) {
	n := w.byAcc[a]
	n.convicted++
	w.tally.slashes++
	if !n.dishonest() && !wrong {
		w.violate("the honest node %d was slashed", n.index)
	}
}

// spec gives machines that come back the spec that the owner has made: each would decode its own.
func (w *world) spec(job poc.Hash, _ []byte) (*market.Spec, error) {
	j := w.jobs[job]
	if j == nil {
		return nil, fmt.Errorf("job %s is unknown", job.Short())
	}
	return &j.spec, nil
}

func (w *world) violate(format string, args ...any) {
	if w.tally.broken == nil {
		w.tally.broken = fmt.Errorf("at %d ms: %s", w.now-epoch, fmt.Sprintf(format, args...))
	}
}
