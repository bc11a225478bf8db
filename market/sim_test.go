package market

import (
	"container/heap"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ipfs/go-cid"

	"gpumesh/poc"
)

// The tests of this package run whole markets in simulated time: real machines, real envelopes, a small ledger, and a
// network with random delays. Nothing here sleeps or starts a goroutine.

// world is a simulated network of nodes.
type world struct {
	t          *testing.T
	rng        *rand.Rand
	now        poc.Time
	net        Network
	paid       uint64 // replicas that everybody was paid for before
	operations uint64 // of a task; zero: a million
	events     queue
	seq        int
	nodes      []*node
	byPeer     map[poc.PeerID]*node
	ledger     *ledger
	specs      map[poc.Hash]Spec
	documents  map[poc.Link][]byte
	served     map[poc.Link]bool
	opened     map[*byte]Validated
	out        io.Writer                  // transcript, or nil
	cancelAt   State                      // the state in which owners cancel; zero: they do not
	loses      func(n *node, s Send) bool // what never arrives; may be nil
	withholds  func(Fetch) bool           // what is asked for and does not come; may be nil
	lost       func(op Op) bool           // operations that are never done; may be nil
	submits    func(n *node, op Op)       // told of operations; may be nil
	check      bool                       // compare every machine with one restored from its records, after every step that persisted something
}

type node struct {
	w        *world
	index    int
	key      ed25519.PrivateKey
	peer     poc.PeerID
	account  poc.Account
	m        *Machine
	model    *model // what the machine is compared with after every event, or nil
	cfg      Config
	records  map[string][]byte
	sequence uint64
	dead     bool
	lie      bool
	ring     bool             // all that are of it lie alike
	own      bool             // its device gives bits of its own
	hang     bool             // never finishes an execution
	stuck    func(Run) bool   // executions that it never finishes
	lacks    func(Bring) bool // outputs that it never gets
	mute     bool             // sends no reveal
	deaf     bool             // gets no attestation from anybody
	cut      bool             // hears nobody and is heard by nobody
	blind    bool             // its chain does not answer
	silentTo map[*node]bool   // gets no award from this node
	delay    poc.Millis
	timer    int
	ticks    int
	errs     map[string]int

	collected map[poc.TaskRef]poc.Result
	told      map[poc.Hash]State // as the transcript says
	seen      func()             // called after every step; may be nil
	started   func(Run)          // told of executions; may be nil
}

type simEvent struct {
	at  poc.Time
	seq int
	do  func()
}
type queue []simEvent

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].seq < q[j].seq
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(simEvent)) }
func (q *queue) Pop() any {
	old := *q
	e := old[len(old)-1]
	*q = old[:len(old)-1]
	return e
}

func newWorld(t *testing.T, seed uint64, n int, change ...func(*Network)) *world {
	w := &world{
		t: t, rng: rand.New(rand.NewPCG(seed, 1)), now: 1_000_000, net: LocalNetwork(), byPeer: map[poc.PeerID]*node{},
		ledger: newLedger(t), specs: map[poc.Hash]Spec{}, documents: map[poc.Link][]byte{}, served: map[poc.Link]bool{}, opened: map[*byte]Validated{},
	}
	w.net.Chain = "test"
	for _, f := range change {
		f(&w.net)
	}
	for i := range n {
		var s [32]byte
		binary.BigEndian.PutUint64(s[:], seed)
		s[31] = byte(i + 1)
		nd := &node{
			w: w, index: i, key: ed25519.NewKeyFromSeed(s[:]), account: poc.Account(fmt.Sprintf("acc%02d", i)), records: map[string][]byte{},
			delay: 40, errs: map[string]int{}, collected: map[poc.TaskRef]poc.Result{}, told: map[poc.Hash]State{},
		}
		nd.peer = poc.PeerID(nd.key.Public().(ed25519.PublicKey))
		nd.cfg = Config{
			Network: w.net, Self: nd.peer, Account: nd.account, Signer: testSigner{nd.account}, Secret: poc.Hash{byte(i)},
			Provider: &Provider{Slots: 1, Floor: NLOV / 100, Rate: NLOV / 10, MaxQueue: 1000, MaxMemory: 1 << 30},
		}
		nd.m = New(nd.cfg)
		w.ledger.balance[nd.account], w.ledger.stake[nd.account], w.ledger.peers[nd.account] = 10_000*NLOV, 1000*NLOV, nd.peer
		w.ledger.total += 11_000 * NLOV
		w.nodes = append(w.nodes, nd)
		w.byPeer[nd.peer] = nd
	}
	for _, nd := range w.nodes {
		nd.step(Measured{Ad{Class: "test", I32: 1_000_000_000, F32: 1_000_000_000}})
	}
	w.run(func() bool { return len(w.nodes[0].m.ads) == n-1 }, 1000)
	return w
}

func (w *world) after(d poc.Millis, do func()) {
	w.seq++
	heap.Push(&w.events, simEvent{w.now.Add(d), w.seq, do})
}

func (w *world) latency() poc.Millis { return poc.Millis(1 + w.rng.IntN(20)) }

// run processes events until done or the time is over.
func (w *world) run(done func() bool, limit poc.Millis) {
	w.t.Helper()
	end := w.now.Add(limit)
	for !done() {
		if len(w.events) == 0 || w.events[0].at > end {
			for _, n := range w.nodes {
				for _, id := range n.m.Jobs() {
					v, _ := n.m.View(id)
					w.t.Logf("node %d dead=%v: %s %v until %d now %d: %q errs %v", n.index, n.dead, id.Short(), v.State, v.Until, w.now, v.Explain, n.errs)
				}
			}
			w.t.Fatalf("the condition was not met within %d simulated ms", limit)
		}
		e := heap.Pop(&w.events).(simEvent)
		w.now = e.at
		e.do()
	}
}

func (n *node) step(ev Event) error {
	if n.dead {
		return ErrNotReady
	}
	if _, ok := ev.(Tick); ok {
		if n.ticks++; n.ticks > 1000+int(n.w.now-1_000_000)/20 {
			n.w.t.Fatalf("node %d spins: its deadline %d does not move at %d", n.index, n.m.NextDeadline(), n.w.now)
		}
	}
	step := func() (Effects, error) { return n.m.Step(n.w.now, ev) }
	var fx Effects
	var err error
	if n.model != nil {
		fx, err = n.model.step(n.w.now, ev, step)
	} else {
		fx, err = step()
	}
	if err != nil {
		n.errs[err.Error()]++
	}
	n.carryOut(fx)
	if n.seen != nil {
		n.seen()
	}
	return err
}

func (n *node) carryOut(fx Effects) {
	w := n.w
	for _, r := range fx.Persist {
		if r.Value == nil {
			delete(n.records, r.Key)
			continue
		}
		n.records[r.Key] = r.Value
	}
	if w.check && len(fx.Persist) > 0 {
		n.compareRestored()
	}
	if w.out != nil {
		n.record(w.out, fx)
	}
	for _, id := range fx.Notify {
		if w.cancelAt != 0 && n.state(id) == w.cancelAt {
			w.after(30, func() { _ = n.step(Cancel{Job: id}) })
		}
	}
	for _, s := range fx.Send {
		if w.loses != nil && w.loses(n, s) {
			continue
		}
		if p, ok := s.Message.(Proof); ok && n.mute {
			if _, ok := p.Message.(poc.Reveal); ok {
				continue
			}
		}
		raw := n.wrap(s.Message, s.Expires)
		for _, to := range s.To {
			if to == n.peer {
				w.t.Fatalf("node %d sends to itself: %T", n.index, s.Message)
			}
			if w.byPeer[to] == nil {
				continue // a stranger
			}
			if p, ok := s.Message.(Proof); ok && w.byPeer[to].deaf {
				if _, ok := p.Message.(poc.Attest); ok {
					continue
				}
			}
			if _, ok := s.Message.(Award); ok && n.silentTo[w.byPeer[to]] {
				continue
			}
			w.deliver(w.byPeer[to], raw, s.Expires, s.Reliable)
		}
	}
	for _, s := range fx.Submit {
		if w.submits != nil {
			w.submits(n, s.Op)
		}
		n.submitOp(s)
	}
	for _, p := range fx.Publish {
		raw := n.wrap(p.Message, p.Expires)
		for _, to := range w.nodes {
			if to != n {
				w.deliver(to, raw, p.Expires, false)
			}
		}
	}
	for _, f := range fx.Fetch {
		if w.withholds != nil && w.withholds(f) {
			continue
		}
		w.after(w.latency(), func() {
			_ = n.step(Fetched{Job: f.Job, Spec: w.specs[f.Job], Work: Work{Operations: max(w.operations, 1_000_000), Memory: 1 << 20}})
		})
	}
	for _, id := range fx.CheckEscrow {
		w.after(w.latency(), func() {
			ev := EscrowSeen{Job: id, Own: w.ledger.standing(n.account), Reason: "no escrow"}
			if e := w.ledger.escrows[id]; e != nil {
				c := *e
				ev.Escrow = &c
			}
			_ = n.step(ev)
		})
	}
	for _, b := range fx.WatchBeacon {
		n.watch(b)
	}
	for _, id := range fx.CheckSettlement {
		w.after(w.latency(), func() {
			e := w.ledger.escrows[id]
			if e == nil || n.blind {
				return
			}
			ev := SettlementSeen{Job: id, Escrow: *e, Settled: make([]poc.Hash, e.Terms.Tasks), History: slices.Clone(w.ledger.history[id])}
			for t, d := range w.ledger.settled[id] {
				ev.Settled[t] = d
			}
			for _, a := range n.m.Signers(id) {
				ev.Signers = append(ev.Signers, w.ledger.standing(a))
			}
			_ = n.step(ev)
		})
	}
	for _, b := range fx.Store {
		w.documents[b.Link] = b.Data
	}
	for _, h := range fx.Bring {
		if n.lacks != nil && n.lacks(h) {
			continue
		}
		w.after(w.latency(), func() { _ = n.step(Brought{h.Ref, h.Need}) })
	}
	for _, u := range fx.Unpack {
		w.after(w.latency(), func() { _ = n.step(Unpacked{Unit: u.Unit, Document: w.documents[u.File]}) })
	}
	for _, c := range fx.Collect {
		n.collected[c.Ref] = c.Result
	}
	for _, l := range fx.Serve {
		w.served[l] = true
	}
	for _, c := range fx.Compare {
		n.compare(c)
	}
	for _, p := range fx.Prove {
		n.prove(p)
	}
	for _, r := range fx.Run {
		n.execute(r)
	}
	n.arm()
}

func (n *node) wrap(msg Message, expires poc.Time) []byte {
	n.sequence++
	raw, err := Wrap(n.w.net.ID(), n.key, Header{n.sequence, n.w.now, expires}, msg)
	if err != nil {
		n.w.t.Fatal(err)
	}
	return raw
}

func (n *node) arm() {
	n.timer++
	mine := n.timer
	d := n.m.NextDeadline()
	if d == 0 {
		return
	}
	n.w.after(max(poc.Millis(d-n.w.now), 1), func() {
		if mine == n.timer && !n.dead {
			_ = n.step(Tick{})
		}
	})
}

// open checks a message of a node, once for all who get it.
func (w *world) open(raw []byte) Validated {
	v, known := w.opened[&raw[0]]
	if !known {
		var err error
		if v, err = Open(w.net.ID(), raw, testVerifier{}); err != nil {
			w.t.Fatalf("message does not open: %v", err)
		}
		w.opened[&raw[0]] = v
	}
	return v
}

func (w *world) deliver(to *node, raw []byte, expires poc.Time, reliable bool) {
	w.after(w.latency(), func() {
		if w.now >= expires {
			return
		}
		v := w.open(raw)
		if from := w.byPeer[v.From()]; to.cut || from != nil && from.cut {
			if reliable { // the sender's outbox tries again
				w.after(200, func() { w.deliver(to, raw, expires, true) })
			}
			return
		}
		subnet := ""
		if from := w.byPeer[v.From()]; from != nil {
			subnet = fmt.Sprint("subnet ", from.index)
		}
		if err := to.step(Received{Message: v, Subnet: subnet}); errors.Is(err, ErrNotReady) && reliable {
			w.after(50, func() { w.deliver(to, raw, expires, true) })
		}
	})
}

func (n *node) submitOp(s Submission) {
	n.w.after(20+n.w.latency(), func() {
		if n.w.lost != nil && n.w.lost(s.Op) {
			return
		}
		if n.dead || n.blind {
			n.w.after(100, func() { n.submitOp(s) })
			return
		}
		rec, err := n.w.ledger.do(n.w.now, n.account, s.Op)
		ev := OpDone{Key: s.Key, Receipt: rec}
		if err != nil {
			ev.Refused = err.Error()
		}
		_ = n.step(ev)
	})
}

func (n *node) watch(b WatchBeacon) {
	w := n.w
	w.after(10+w.latency(), func() {
		e := w.ledger.escrows[b.Job]
		if n.dead || e == nil {
			return
		}
		if e.Award.IsZero() || n.blind {
			n.watch(b)
			return
		}
		ev := BeaconSeen{Job: b.Job, Beacon: Beacon{Award: e.Award, Height: 1, Random: sha256.Sum256(e.Award[:])}}
		if e.Award != b.Award {
			ev.Beacon.Award, ev.Refused = b.Award, "another award"
		}
		for _, s := range b.Seating.Seats {
			st := w.ledger.standing(s.Account)
			st.Completed += w.paid
			ev.Beacon.Standings = append(ev.Beacon.Standings, st)
		}
		_ = n.step(ev)
	})
}

func (n *node) execute(r Run) {
	if n.started != nil {
		n.started(r)
	}
	if n.hang || n.stuck != nil && n.stuck(r) {
		return
	}
	w := n.w
	incarnation := n.m
	w.after(n.delay+w.latency(), func() {
		if n.m != incarnation { // the process that ran it is gone
			return
		}
		in := fmt.Sprint(r.Ref, r.Seed, r.Inputs)
		if n.lie {
			in += fmt.Sprint("lie", n.index)
		}
		if n.ring {
			in += "ring"
		}
		if n.own {
			in += fmt.Sprint("bits of ", n.index)
		}
		res := poc.Result{Trace: sha256.Sum256([]byte(in))}
		if r.Held != nil && !n.lie {
			res.Trace = poc.Hash{}
		}
		for _, o := range r.Outputs {
			res.Outputs = append(res.Outputs, poc.Output{Name: o.Name, File: rawLink(in + o.Name), Size: o.Size})
		}
		var salt poc.Hash
		for i := range salt {
			salt[i] = byte(w.rng.Uint32())
		}
		_ = n.step(RunDone{Ref: r.Ref, Result: res, Class: "test", Salt: salt})
	})
}

// restore makes a machine from the node's records.
func (n *node) restore() (*Machine, Effects) {
	var rs []Record
	for _, k := range slices.Sorted(maps.Keys(n.records)) {
		rs = append(rs, Record{k, n.records[k]})
	}
	m, fx, err := Restore(n.cfg, rs, n.w.now)
	if err != nil {
		n.w.t.Fatalf("node %d: restore: %v", n.index, err)
	}
	return m, fx
}

func (n *node) compareRestored() {
	m, fx := n.restore()
	if len(fx.Persist) == 0 && m.StateHash() != n.m.StateHash() {
		n.w.t.Fatalf("node %d: the restored state differs", n.index)
	}
}

// restart replaces the machine by one restored from its records.
func (n *node) restart() {
	n.dead = false
	n.compareRestored()
	m, fx := n.restore()
	n.m = m
	if n.model != nil {
		n.model.restarted(m, n.w.now, fx)
	}
	n.carryOut(fx)
	_ = n.step(Measured{Ad{Class: "test", I32: 1_000_000_000, F32: 1_000_000_000}})
}

// job submits a job of n tasks; with sum, one more that needs all of them.
func (n *node) job(tasks int, sum bool, change ...func(*Spec)) poc.Hash {
	w := n.w
	s := Spec{
		Version: 1, Network: w.net.ID(), Name: "test", Owner: n.peer, Account: n.account, Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 4},
		MaxPrice: NLOV, Deadline: w.now.Add(60_000),
	}
	binary.BigEndian.PutUint64(s.Nonce[:], w.rng.Uint64())
	prog := poc.BlockLink([]byte("program"))
	for i := range tasks {
		s.Tasks = append(s.Tasks, Task{Name: fmt.Sprint("t", i), Program: prog, Outputs: []OutSpec{{"out", 8}}, Seed: uint64(i), Timeout: 10})
	}
	if sum {
		in := Input{Name: "in"}
		for i := range tasks {
			in.Parts = append(in.Parts, Part{From: &From{uint32(i), "out"}, Size: 8})
		}
		s.Tasks = append(s.Tasks, Task{Name: "sum", Program: prog, Inputs: []Input{in}, Outputs: []OutSpec{{"total", 8}}, Timeout: 10})
	}
	for _, f := range change {
		f(&s)
	}
	s.Budget, _ = MaxCost(Terms{Tasks: uint32(len(s.Tasks)), Replicas: max(5, s.Policy.MaxReplicas), MaxPrice: NLOV}, 0)
	id := s.ID()
	w.specs[id] = s
	if err := n.step(Submit{s}); err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (n *node) state(id poc.Hash) State {
	v, ok := n.m.View(id)
	if !ok {
		return Declined
	}
	return v.State
}

// rawLink is the CID of a file of one raw block.
func rawLink(content string) poc.Link {
	return poc.Link{Cid: cid.NewCidV1(cid.Raw, poc.BlockLink([]byte(content)).Hash())}
}
