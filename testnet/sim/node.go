package sim

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"gpumesh/market"
	"gpumesh/poc"
)

// node is one machine with the part of its host that a simulation needs.
type node struct {
	w        *world
	index    int
	key      ed25519.PrivateKey
	peer     poc.PeerID
	account  poc.Account
	name     string // of its strategy; empty: honest
	act      strategy
	cfg      market.Config
	ad       market.Ad
	m        *market.Machine
	speed    float64 // operations per second
	skew     poc.Millis
	records  map[string][]byte // nil unless the scenario restores machines
	outbox   market.Effects    // durable, and not yet out, as the node died
	award    map[poc.Hash][]byte
	sequence uint64
	gone     bool
	eclipsed bool
	sunk     bool     // it has itself convicted
	goesOn   bool     // jobs that come to nothing follow one after the other
	subnet   string   // that others see it in
	device   *device  // that it shares; nil: it has one of its own
	alarm    poc.Time // in this node's time
	ticks    int      // at the same instant
	lastTick poc.Time

	executed  int // tasks
	asked     asking
	acted     int     // times that it did otherwise than the program says
	worked    float64 // of those, really computed, with the parts of what was cancelled
	checked   int     // results of others
	fetched   int     // jobs of dishonest owners that it has looked at
	convicted int
	income    market.Amount
	stake     market.Amount              // that it registered with
	rewards   market.Amount              // from the pool
	court     int64                      // what convictions that it reported brought it, and appeals with their deposits, less what those cost
	spent     market.Amount              // on its own jobs, or by the owners of its ring
	memory    map[poc.TaskRef]poc.Result // of strategies
	silent    map[poc.Hash]uint32        // the unit of each job of which it shows nothing
	serves    map[poc.Link]bool          // results that it lets others fetch
	runs      map[poc.TaskRef]*execution // under way
}

func newNode(w *world, i int, strategyName string) *node {
	var seed [32]byte
	binary.BigEndian.PutUint64(seed[:], w.s.Seed)
	binary.BigEndian.PutUint64(seed[8:], uint64(i)+1)
	n := &node{
		w: w, index: i, key: ed25519.NewKeyFromSeed(seed[:]), account: poc.Account(fmt.Sprintf("account-%06d", i)),
		name: strategyName, act: strategies[strategyName], memory: map[poc.TaskRef]poc.Result{}, silent: map[poc.Hash]uint32{}, serves: map[poc.Link]bool{}, runs: map[poc.TaskRef]*execution{}, award: map[poc.Hash][]byte{},
		eclipsed: i < w.s.Network.Eclipsed || strategies[strategyName].victim, subnet: fmt.Sprint("subnet ", i),
	}
	if n.act.subnet != "" {
		n.subnet = n.act.subnet
	}
	n.peer = poc.PeerID(n.key.Public().(ed25519.PublicKey))
	n.speed = medianSpeed * math.Pow(w.s.SpeedSpread, w.rng.Float64()-0.5)
	if skew := int64(w.s.Network.Skew.millis()); skew > 0 {
		n.skew = poc.Millis(w.rng.Int64N(2*skew+1) - skew)
	}
	if w.s.Churn.Session > 0 || w.s.Check.Restore > 0 || w.s.Check.Crash > 0 {
		n.records = map[string][]byte{}
	}
	return n
}

func (n *node) dishonest() bool { return n.name != "" && !n.act.victim }

func (n *node) owner() bool { return n.index < n.w.s.Jobs.Owners }

func (n *node) clock() poc.Time { return n.w.now.Add(n.skew) }

// start registers the node on chain and makes its machine.
func (n *node) start() error {
	w := n.w
	n.cfg = market.Config{Network: w.net, Self: n.peer, Account: n.account, Signer: w.view(n), Secret: n.salt(), Specs: w.spec, Transient: n.records == nil}
	if !n.owner() {
		// The rate grows with the device's speed, so that everybody asks about the same for a task.
		rate := float64(w.s.Price) / w.s.Jobs.Seconds * n.speed / medianSpeed * (0.8 + 0.4*w.rng.Float64())
		n.cfg.Provider = &market.Provider{Slots: cmp.Or(w.s.Market.Slots, 1), Surge: w.s.Market.Surge, Floor: 1, Rate: market.Amount(rate), MaxQueue: 1 << 20, MaxMemory: 1 << 40}
		stake := w.net.MinStake
		if w.s.StakeShape > 0 {
			stake = market.Amount(float64(w.net.MinStake) * math.Min(w.pareto(w.s.StakeShape/(w.s.StakeShape-1), w.s.StakeShape), 1000))
		}
		if _, err := w.view(n).Submit(context.Background(), market.Register{Peer: n.peer, Stake: stake}); err != nil {
			return err
		}
		w.books.register(n.account, stake)
		n.stake = stake
		if !n.dishonest() || !w.s.Strangers {
			w.ledger.Credit(n.account, w.s.Known)
		}
	}
	n.m = market.New(n.cfg)
	n.ad = market.Ad{Class: class, I32: uint64(n.speed), F32: uint64(n.speed)}
	if n.cfg.Provider != nil {
		w.after(poc.Millis(w.rng.IntN(1000)), func() { n.step(market.Measured{Ad: n.ad}) })
	}
	if n.act.begin != nil {
		n.act.begin(n)
	}
	if w.s.Churn.Session > 0 && !n.owner() {
		// The first session has begun before the run did.
		w.after(poc.Millis(w.rng.Float64()*w.pareto(float64(w.s.Churn.Session.millis()), w.s.Churn.Shape)), n.leave)
	}
	return nil
}

// leave ends a session, and begins the next one after a while.
func (n *node) leave() {
	next := poc.Millis(1_000) // it is away already
	if !n.gone {
		next = n.w.exponential(n.w.s.Churn.Away) + 1_000
		n.down(next)
		next += poc.Millis(n.w.pareto(float64(n.w.s.Churn.Session.millis()), n.w.s.Churn.Shape)) + 1_000
	}
	n.w.after(next, n.leave)
}

// crash is the death of a node once it has made a step durable, in one write: its records, the reliable messages and the operations. Whatever else the step asked
// for is lost.
func (n *node) crash(fx market.Effects) {
	n.w.tally.crashes++
	for _, b := range fx.Store { // durable before
		n.w.documents[b.Link] = b.Data
	}
	for _, s := range fx.Send {
		if s.Reliable {
			n.outbox.Send = append(n.outbox.Send, s)
		}
	}
	n.outbox.Submit = append(n.outbox.Submit, fx.Submit...)
	n.down(poc.Millis(n.w.checks.ExpFloat64()*restart) + 1)
}

// restart is how long a node that died is away, on average.
const restart = 5_000

// down takes the node away for a while.
func (n *node) down(d poc.Millis) {
	n.gone = true
	delete(n.w.ads, n)
	n.w.absences = append(n.w.absences, absence{from: n.w.now, who: map[*node]bool{n: true}})
	n.w.after(d, n.comeBack)
}

// comeBack goes on from what the node has written.
func (n *node) comeBack() {
	n.gone, n.alarm, n.asked = false, 0, asking{}
	clear(n.runs)
	n.w.back(n)
	m, fx, err := n.restored()
	if err != nil {
		n.w.violate("node %d does not restore: %v", n.index, err)
		return
	}
	n.same(m, fx)
	n.m = m
	left := n.outbox
	n.outbox = market.Effects{}
	n.carryOut(left)
	n.carryOut(fx)
	for _, j := range n.w.order {
		n.noticed(j.id)
	}
	if n.cfg.Provider != nil {
		_ = n.step(market.Measured{Ad: n.ad})
	} else {
		_ = n.step(market.Tick{})
	}
}

func (n *node) restored() (*market.Machine, market.Effects, error) {
	rs := make([]market.Record, 0, len(n.records))
	for _, k := range slices.Sorted(maps.Keys(n.records)) {
		rs = append(rs, market.Record{Key: k, Value: n.records[k]})
	}
	return market.Restore(n.cfg, rs, n.clock())
}

// step drives the machine and does what it asks for.
func (n *node) step(ev market.Event) error {
	if n.gone {
		return market.ErrNotReady
	}
	if _, ok := ev.(market.Tick); ok {
		if n.ticks++; n.lastTick != n.w.now {
			n.ticks, n.lastTick = 0, n.w.now
		}
		if n.ticks > 100 {
			n.w.violate("node %d spins: its deadline %d does not move at %d", n.index, n.m.NextDeadline(), n.clock())
		}
	}
	n.w.tally.steps++
	fx, err := n.m.Step(n.clock(), ev)
	n.checkDeadlines(ev, fx.Notify)
	n.checkTimers(fx.Persist)
	n.carryOut(fx)
	if err == nil {
		n.arm()
	}
	return err
}

// arm plans the next tick. One that comes early does no harm, so a later deadline keeps the earlier alarm.
func (n *node) arm() {
	d := n.m.NextDeadline()
	if d == 0 || n.alarm != 0 && n.alarm <= d {
		return
	}
	n.alarm = max(d, n.clock().Add(1))
	mine := n.alarm
	n.w.at(mine.Add(-n.skew), func() {
		if n.alarm != mine || n.gone {
			return
		}
		n.alarm = 0
		if err := n.step(market.Tick{}); err != nil {
			n.w.violate("node %d refuses a tick: %v", n.index, err)
		}
	})
}

// carryOut does the effects of a step in their order.
func (n *node) carryOut(fx market.Effects) {
	w := n.w
	if len(fx.Persist) > 0 {
		n.persist(fx.Persist)
		if c := w.s.Check.Crash; c > 0 && w.checks.Float64() < c {
			n.crash(fx)
			return
		}
	}
	for _, s := range fx.Send {
		n.send(s)
	}
	for _, s := range fx.Submit {
		n.submitOp(s)
	}
	for _, p := range fx.Publish {
		n.publish(p)
	}
	for _, f := range fx.Fetch {
		j := w.jobs[f.Job]
		if j == nil {
			continue // a stranger's lie: nothing to be fetched
		}
		if j.owner.dishonest() {
			n.fetched++
		}
		w.after(n.looking(2*w.latency()), func() {
			_ = n.step(market.Fetched{Job: f.Job, Spec: j.spec, Work: market.Work{Operations: w.operations(), Memory: 1 << 20}})
		})
	}
	for _, id := range fx.CheckEscrow {
		w.after(n.looking(w.latency()), func() {
			ev := market.EscrowSeen{Job: id, Reason: "there is no escrow"}
			if e, err := w.view(n).Escrow(context.Background(), id); err == nil {
				ev.Escrow = &e
				ev.Own, _ = w.view(n).Standing(context.Background(), n.account)
			}
			_ = n.step(ev)
		})
	}
	for _, b := range fx.WatchBeacon {
		n.watch(b)
	}
	for _, id := range fx.CheckSettlement {
		w.after(w.latency(), func() { n.look(id) })
	}
	for _, ref := range fx.CancelRun {
		n.cancel(ref)
	}
	for _, r := range fx.Run {
		n.runs[r.Ref] = &execution{}
		n.execute(r)
	}
	for _, b := range fx.Store {
		w.documents[b.Link] = b.Data
	}
	for _, h := range fx.Bring {
		w.after(2*w.latency(), func() { _ = n.step(market.Brought{Ref: h.Ref, Need: h.Need}) }) // late for a task that has begun
	}
	for _, c := range fx.Compare {
		n.compare(c)
	}
	for _, p := range fx.Prove {
		n.prove(p)
	}
	for _, f := range fx.Serve {
		n.serve(f)
	}
	for _, u := range fx.Unpack {
		w.after(2*w.latency(), func() { // somebody has it, as the unit is certified
			if err := n.step(market.Unpacked{Unit: u.Unit, Document: w.documents[u.File]}); err != nil && !n.gone {
				w.violate("node %d cannot unpack unit %v: %v", n.index, u.Unit, err)
			}
		})
	}
	for _, c := range fx.Collect {
		w.certified(c)
	}
	for _, id := range fx.Notify {
		n.noticed(id)
	}
}

// looking is how long this node looks at a job before it offers.
func (n *node) looking(d poc.Millis) poc.Millis {
	if n.act.rushes {
		n.acted++
		return 0
	}
	return d
}

func (n *node) persist(rs []market.Record) {
	if n.records == nil {
		return
	}
	for _, r := range rs {
		if r.Value == nil {
			delete(n.records, r.Key)
			continue
		}
		if len(r.Value) > 4096 { // specs and awards: every seat keeps the same
			if same, ok := n.w.texts[r.Key]; ok && slices.Equal(same, r.Value) {
				r.Value = same
			} else {
				n.w.texts[r.Key] = r.Value
			}
		}
		n.records[r.Key] = r.Value
	}
	if r := n.w.s.Check.Restore; r > 0 && n.w.checks.Float64() < r {
		m, fx, err := n.restored()
		if err != nil {
			n.w.violate("node %d does not restore: %v", n.index, err)
			return
		}
		n.same(m, fx)
	}
}

// same asserts that this node's machine is what it wrote, and equals one restored from that. The latter cannot be told where the restored one has gone on at once.
func (n *node) same(m *market.Machine, fx market.Effects) {
	n.w.tally.restores++
	state := n.m.StateHash()
	if n.written() != state {
		n.w.violate("the state of node %d is not what it wrote", n.index)
	}
	switch {
	case len(fx.Persist) > 0:
		n.w.tally.skipped++
	case m.StateHash() != state:
		n.w.violate("the restored state of node %d differs", n.index)
	}
}

// written is the digest of this node's records as market.Machine.StateHash makes it of a machine.
func (n *node) written() poc.Hash {
	h := sha256.New()
	put := func(b []byte) {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(b))))
		h.Write(b)
	}
	keys := slices.Sorted(maps.Keys(n.records))
	for _, key := range keys {
		job, ok := strings.CutPrefix(key, "job/")
		if !ok {
			continue
		}
		var id poc.Hash
		if err := id.UnmarshalText([]byte(job)); err != nil {
			n.w.violate("node %d wrote the record %q", n.index, key)
		}
		put(id[:])
		put(n.records[key])
		put(n.records["award/"+job])
		first, _ := slices.BinarySearch(keys, "task/"+job)
		for _, task := range keys[first:] {
			if !strings.HasPrefix(task, "task/"+job) {
				break
			}
			put(n.records[task])
		}
	}
	return poc.Hash(h.Sum(nil))
}
