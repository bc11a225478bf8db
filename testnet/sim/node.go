package sim

import (
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"gpumesh/market"
	"gpumesh/node/chain"
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
	award    map[poc.Hash][]byte
	sequence uint64
	gone     bool
	eclipsed bool
	sunk     bool     // it has itself convicted
	subnet   string   // that others see it in
	alarm    poc.Time // in this node's time
	ticks    int      // at the same instant
	lastTick poc.Time

	executed  int     // tasks
	worked    float64 // of those, really computed, with the parts of what was cancelled
	checked   int     // results of others
	convicted int
	income    market.Amount
	slashed   market.Amount
	rewards   market.Amount              // from the pool
	spent     market.Amount              // on its own jobs
	memory    map[poc.TaskRef]poc.Result // of strategies
	serves    map[poc.Link]bool          // results that it lets others fetch
	runs      map[poc.TaskRef]*execution // under way
}

// execution is one on the node's device.
type execution struct {
	ends poc.Time
	took poc.Millis // zero: nothing is computed
}

// cancel ends an execution; what is left of it is not computed.
func (n *node) cancel(ref poc.TaskRef) {
	if e := n.runs[ref]; e != nil && e.took > 0 && e.ends > n.w.now {
		n.worked -= float64(e.ends-n.w.now) / float64(e.took)
	}
	delete(n.runs, ref)
}

func newNode(w *world, i int, strategyName string) *node {
	var seed [32]byte
	binary.BigEndian.PutUint64(seed[:], w.s.Seed)
	binary.BigEndian.PutUint64(seed[8:], uint64(i)+1)
	n := &node{
		w: w, index: i, key: ed25519.NewKeyFromSeed(seed[:]), account: poc.Account(fmt.Sprintf("account-%06d", i)),
		name: strategyName, act: strategies[strategyName], memory: map[poc.TaskRef]poc.Result{}, serves: map[poc.Link]bool{}, runs: map[poc.TaskRef]*execution{}, award: map[poc.Hash][]byte{},
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
	if w.s.Churn.Session > 0 || w.s.Check.Restore > 0 {
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
		n.cfg.Provider = &market.Provider{Slots: 1, Floor: 1, Rate: market.Amount(rate), MaxQueue: 1 << 20, MaxMemory: 1 << 40}
		stake := w.net.MinStake
		if w.s.StakeShape > 0 {
			stake = market.Amount(float64(w.net.MinStake) * math.Min(w.pareto(w.s.StakeShape/(w.s.StakeShape-1), w.s.StakeShape), 1000))
		}
		if _, err := w.view(n).Submit(context.Background(), market.Register{Peer: n.peer, Stake: stake}); err != nil {
			return err
		}
		if !n.dishonest() || !w.s.Strangers {
			w.ledger.Credit(n.account, w.s.Known)
		}
	}
	n.m = market.New(n.cfg)
	n.ad = market.Ad{Class: "sim", I32: uint64(n.speed), F32: uint64(n.speed)}
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

func (n *node) leave() {
	n.gone = true
	delete(n.w.ads, n)
	n.w.absences = append(n.w.absences, absence{from: n.w.now, who: map[*node]bool{n: true}})
	n.w.after(n.w.exponential(n.w.s.Churn.Away)+1_000, n.comeBack)
}

func (n *node) comeBack() {
	n.gone, n.alarm = false, 0
	clear(n.runs)
	n.w.back(n)
	m, fx, err := n.restored()
	if err != nil {
		n.w.violate("node %d does not restore: %v", n.index, err)
		return
	}
	if m.StateHash() != n.m.StateHash() && len(fx.Persist) == 0 {
		n.w.violate("the restored state of node %d differs", n.index)
	}
	n.m = m
	n.carryOut(fx)
	n.step(market.Measured{Ad: n.ad})
	n.w.after(poc.Millis(n.w.pareto(float64(n.w.s.Churn.Session.millis()), n.w.s.Churn.Shape))+1_000, n.leave)
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
		w.after(2*w.latency(), func() {
			_ = n.step(market.Fetched{Job: f.Job, Spec: j.spec, Work: market.Work{Operations: w.operations(), Memory: 1 << 20}})
		})
	}
	for _, id := range fx.CheckEscrow {
		w.after(w.latency(), func() {
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
		n.serves[f] = !n.act.hoards
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

func (w *world) operations() uint64 { return uint64(w.s.Jobs.Seconds * medianSpeed) }

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
	if n.w.chance(n.w.s.Check.Restore) {
		n.w.tally.restores++
		m, fx, err := n.restored()
		switch {
		case err != nil:
			n.w.violate("node %d does not restore: %v", n.index, err)
		case len(fx.Persist) == 0 && m.StateHash() != n.m.StateHash():
			n.w.violate("the restored state of node %d differs", n.index)
		}
	}
}

// wrap signs a message and opens it again, once for all who get it.
func (n *node) wrap(m market.Message, expires poc.Time) (market.Validated, int, bool) {
	n.sequence++
	raw, err := market.Wrap(n.w.id, n.key, market.Header{Sequence: n.sequence, Sent: n.clock(), Expires: expires}, m)
	if err != nil {
		n.w.violate("node %d cannot send %T: %v", n.index, m, err)
		return market.Validated{}, 0, false
	}
	v, err := market.Open(n.w.id, raw, n.w.view(n))
	if err != nil {
		if !n.dishonest() {
			n.w.violate("what node %d sends does not open: %v", n.index, err)
		}
		return market.Validated{}, 0, false
	}
	if n.w.s.Check.Replay {
		n.w.tally.replays++
		if _, err := market.Open(n.w.other, raw, n.w.view(n)); err == nil {
			n.w.violate("another network takes a %T of node %d", m, n.index)
		}
	}
	return v, len(raw), true
}

func (n *node) send(s market.Send) {
	if a, ok := s.Message.(market.Award); ok && n.owner() {
		n.award[a.Job] = a.Document
	}
	if p, ok := s.Message.(market.Proof); ok {
		n.w.noteProof(n, p.Message)
	}
	if n.act.say == nil {
		n.sendTo(s.To, s)
		return
	}
	for _, to := range s.To { // a liar may tell everybody something else
		if n.w.byPeer[to] == nil {
			continue
		}
		own := s
		if own.Message = n.act.say(n, n.w.byPeer[to], s.Message); own.Message != nil {
			n.sendTo([]poc.PeerID{to}, own)
		}
	}
}

func (n *node) sendTo(to []poc.PeerID, s market.Send) {
	if s.Expires <= n.clock() {
		return // it means nothing any more, and a host would not send it
	}
	v, size, ok := n.wrap(s.Message, s.Expires)
	if !ok {
		return
	}
	for _, p := range to {
		if p == n.peer {
			n.w.violate("node %d sends to itself", n.index)
		}
		if peer := n.w.byPeer[p]; peer != nil {
			n.w.post(n, peer, v, size, s.Reliable, 1_000)
		}
	}
}

// post delivers a message, and a reliable one again and again until it expires.
func (w *world) post(from, to *node, v market.Validated, size int, reliable bool, backoff poc.Millis) {
	w.tally.messages++
	w.tally.bytes += uint64(size)
	again := func(wait poc.Millis) {
		if reliable && w.now.Add(wait+from.skew) < v.Expires() {
			w.after(wait, func() { w.post(from, to, v, size, true, min(2*backoff, 30_000)) })
		}
	}
	if w.chance(w.s.Network.Loss) || !w.linked(from, to) {
		again(backoff)
		return
	}
	w.after(w.latency(), func() {
		if to.gone {
			again(backoff)
			return
		}
		if to.act.hear != nil && !to.act.hear(to, from, v.Message()) {
			return
		}
		forget := w.noteHeard(to, from, v.Message())
		err := to.step(market.Received{Message: v, Subnet: from.subnet})
		if err != nil {
			forget()
		}
		if errors.Is(err, market.ErrNotReady) {
			again(min(backoff, 1_000))
		}
	})
}

// publish gossips an ad or a bid.
func (n *node) publish(p market.Publication) {
	v, size, ok := n.wrap(p.Message, p.Expires)
	if !ok {
		return
	}
	w := n.w
	bid, ok := p.Message.(market.Bid)
	if !ok {
		w.ads[n] = v
		return
	}
	for _, to := range w.nodes {
		if to == n || to.cfg.Provider == nil {
			continue
		}
		w.tally.gossip++
		w.tally.gossipBytes += uint64(size)
		if !bid.Asks(to.peer) || w.chance(w.s.Network.Loss*w.s.Network.Loss) || !w.linked(n, to) { // a mesh gives two chances
			continue
		}
		w.after(3*w.latency(), func() { _ = to.step(market.Received{Message: v}) }) // some hops
	}
}

// hearAds brings a node up to date with the directory of ads.
func (n *node) hearAds() {
	for _, other := range n.w.nodes {
		if v, ok := n.w.ads[other]; ok && other != n && n.w.linked(other, n) {
			_ = n.step(market.Received{Message: v})
		}
	}
}

// submitOp does a settlement operation in one of the next blocks, and tells the machine when it is up.
func (n *node) submitOp(s market.Submission) {
	if n.act.submits != nil && !n.act.submits(n, s.Op) {
		return
	}
	n.w.after(n.w.nextBlock(), func() {
		r, err := n.w.settle(n, s.Op)
		if errors.Is(err, chain.ErrTooEarly) {
			n.w.after(n.w.block(), func() { n.submitOp(s) })
			return
		}
		ev := market.OpDone{Key: s.Key, Receipt: r}
		if err != nil {
			ev.Refused = err.Error()
		}
		n.confirm(ev)
	})
}

func (n *node) confirm(ev market.OpDone) {
	if n.gone {
		n.w.after(5_000, func() { n.confirm(ev) })
		return
	}
	_ = n.step(ev)
}

func (n *node) watch(b market.WatchBeacon) {
	w := n.w
	incarnation := n.m
	w.after(w.block()/2+w.latency(), func() {
		if n.m != incarnation {
			return
		}
		e, err := w.view(n).Escrow(context.Background(), b.Job)
		if err != nil || e.Award.IsZero() && !e.Closed {
			if w.now < epoch.Add(w.s.Duration.millis()) {
				n.watch(b)
			}
			return
		}
		beacon, err := w.view(n).Beacon(context.Background(), b.Job, b.Award, b.Seating)
		ev := market.BeaconSeen{Job: b.Job, Beacon: beacon}
		if err != nil {
			ev.Beacon.Award, ev.Refused = b.Award, err.Error()
		}
		_ = n.step(ev)
	})
}

// look reads the chain's state of a job.
func (n *node) look(id poc.Hash) {
	c := n.w.view(n)
	e, err := c.Escrow(context.Background(), id)
	if err != nil {
		return
	}
	ev := market.SettlementSeen{Job: id, Escrow: e}
	if ev.Settled, err = c.Settled(context.Background(), id, e.Terms.Tasks); err != nil {
		n.w.violate("the chain does not tell what is settled: %v", err)
	}
	if ev.History, err = c.History(context.Background(), id); err != nil {
		n.w.violate("the chain has no history: %v", err)
	}
	for _, a := range n.m.Signers(id) {
		s, err := c.Standing(context.Background(), a)
		if err != nil {
			n.w.violate("the chain does not tell how an account stands: %v", err)
		}
		ev.Signers = append(ev.Signers, s)
	}
	n.topUp(ev)
	_ = n.step(ev)
}

// execute computes a task, as honestly as the node is.
func (n *node) execute(r market.Run) {
	j := n.w.jobs[r.Ref.Job]
	if j.owner.act.poison && !n.dishonest() {
		// The kernel runs for as long as an honest one would, and then fails.
		took := n.took()
		run := n.begin(r, took)
		j.unpaid[n]++
		n.w.after(took, func() {
			if n.runs[r.Ref] == run && !n.gone {
				_ = n.step(market.RunFailed{Ref: r.Ref, Reason: "the kernel failed"})
			}
		})
		return
	}
	if n.act.execute != nil {
		n.act.execute(n, r)
		return
	}
	lie := ""
	switch {
	case n.act.lie != nil:
		lie = n.act.lie(n)
	case n.act.lieIn != nil && n.act.lieIn(n, j, r.Ref.Task/uint32(n.w.s.Jobs.Batch)):
		lie = "cartel"
	}
	if lie != "" {
		n.finish(r, resultOf(r, lie), 50)
		return
	}
	n.compute(r, n.answer(r))
}

// compute takes the time that the work takes.
func (n *node) compute(r market.Run, res poc.Result) {
	took := n.took()
	n.begin(r, took)
	n.finish(r, res, took)
}

// begin notes that the device computes from now on.
func (n *node) begin(r market.Run, took poc.Millis) *execution {
	n.worked++
	e := n.runs[r.Ref]
	*e = execution{n.w.now.Add(took), took}
	return e
}

// took is how long a task takes on this node's device.
func (n *node) took() poc.Millis {
	return poc.Millis(float64(n.w.operations()) / n.speed * 1000 * (0.95 + 0.1*n.w.rng.Float64()))
}

// finish gives the machine a result after a while, unless the process that computes is gone by then, or the execution is cancelled.
func (n *node) finish(r market.Run, res poc.Result, after poc.Millis) {
	run := n.runs[r.Ref]
	n.w.after(after, func() {
		if run == nil || n.runs[r.Ref] != run || n.gone {
			return
		}
		delete(n.runs, r.Ref)
		n.executed++
		n.w.tally.executions++
		if j := n.w.jobs[r.Ref.Job]; j.owner.dishonest() && !n.dishonest() {
			j.unpaid[n]++
		}
		_ = n.step(market.RunDone{Ref: r.Ref, Result: res, Class: "sim", Salt: n.salt()})
	})
}

func (n *node) salt() (h poc.Hash) {
	for i := 0; i < len(h); i += 8 {
		binary.BigEndian.PutUint64(h[i:], n.w.rng.Uint64())
	}
	return h
}
