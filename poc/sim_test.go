package poc

import (
	"bytes"
	"cmp"
	"container/heap"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sim runs the machines of one task on a simulated network: one heap of events ordered by time and sequence, one random
// generator, no goroutine. Delivery is reliable, as the outbox of a node makes it: loss is delay.
type sim struct {
	t     testing.TB
	rng   *rand.Rand
	cfg   simConfig
	nodes []*simNode // workers in rank order, then the owner
	queue simQueue
	seq   int
	now   Time
	out   io.Writer // transcript, or nil
}

type simConfig struct {
	workers  int
	policy   Policy
	maxDelay Millis  // of a delivery
	loss     float64 // probability that a delivery needs one resend more
	resend   Millis
	double   float64 // probability that a message is delivered twice
	crash    float64 // probability that an honest node restarts from its record after a step
	leaseTTL Millis
	noOwner  bool
	credit   func(rank int) Credit // where redundancy is priced
	job      Hash                  // another job draws other audits
	deadline Time
	near     func(n *simNode, c Compare) Difference // what a node finds where results are compared by looking at them
	prove    func(n *simNode, p Prove) Proved       // what a node finds where results are checked
}

func defaultSim() simConfig {
	return simConfig{
		workers: 6, policy: testPolicy, maxDelay: 50, resend: 200, leaseTTL: 1_500, deadline: 60_000,
	}
}

type simNode struct {
	*sim
	rank     int
	peer     PeerID
	setup    Setup
	task     *Task
	act      behaviour
	gone     bool
	alarm    Time
	compute  Millis
	content  string // what this node's execution yields
	salt     Hash
	commits  map[PeerID]Commit // heard, for copiers and equivocators
	revealed map[PeerID]bool   // heard
	faults   []Fault
	record   []byte // after the last step
}

// A behaviour changes what a node does. The zero value is honest.
type behaviour struct {
	name      string
	lies      bool                                              // the result is wrong
	withholds bool                                              // never opens its commitment
	abets     bool                                              // seals or dissents falsely, which helps other cheats
	evil      bool                                              // breaks the protocol; invariants about honest nodes do not hold for it
	vanishAt  Time                                              // goes away for good, its lease lapses
	send      func(n *simNode, to PeerID, m Message) Message    // the message to send instead, or nil
	heard     func(n *simNode, from PeerID, m Message)          // besides what the machine does
	finish    func(n *simNode) (commitment Hash, replaced bool) // the commitment to send instead
}

// idles reports whether the node does not do the work, or shows none of it in time.
func (b behaviour) idles() bool { return b.lies || b.withholds }

func (b behaviour) honest() bool { return !b.lies && !b.evil && b.vanishAt == 0 }

type simEvent struct {
	at  Time
	seq int
	do  func()
}

type simQueue []simEvent

func (q simQueue) Len() int { return len(q) }
func (q simQueue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].seq < q[j].seq
}
func (q simQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *simQueue) Push(x any)   { *q = append(*q, x.(simEvent)) }
func (q *simQueue) Pop() any {
	old := *q
	e := old[len(old)-1]
	*q = old[:len(old)-1]
	return e
}

func newSim(t testing.TB, seed uint64, cfg simConfig, acts map[int]behaviour) *sim {
	s := &sim{t: t, rng: rand.New(rand.NewPCG(seed, 1)), cfg: cfg, now: 1_000}
	for rank := range cfg.workers + 1 {
		setup := testSetup(rank, cfg.workers, cfg.policy)
		setup.Deadline = cfg.deadline
		if cfg.prove != nil {
			setup.Secret = testHash("secret %d", rank)
		}
		if cfg.credit != nil {
			cfg.price(&setup, rank)
		}
		n := &simNode{
			sim: s, rank: rank, peer: setup.Self, setup: setup, task: newTask(t, setup), act: acts[rank], content: "right",
			compute: Millis(100 + s.rng.IntN(400)), salt: testHash("salt %d %d", seed, rank), commits: map[PeerID]Commit{}, revealed: map[PeerID]bool{},
			gone: rank == cfg.workers && cfg.noOwner,
		}
		if n.act.lies {
			n.content = "wrong " + n.act.name
		}
		s.nodes = append(s.nodes, n)
	}
	for _, n := range s.nodes {
		s.after(Millis(s.rng.IntN(int(cfg.maxDelay)+1)), func() { n.step(Start{}) })
		if n.act.vanishAt > 0 {
			s.after(Millis(n.act.vanishAt-s.now), func() { n.vanish() })
		}
	}
	return s
}

// price gives every worker its credit and lot, and the node of the given rank its secret.
func (cfg simConfig) price(s *Setup, rank int) {
	s.Ref.Job, s.Tasks, s.Audits, s.Secret = cfg.job, 10, 1, testHash("secret %d", rank)
	for i := range s.Ranking {
		s.Ranking[i].Credit = cfg.credit(i)
		lots := Lots(testHash("secret %d", i), cfg.job, int(s.Tasks))
		if s.Ranking[i].Lot = lots.Root(); i == rank {
			s.Lots = lots
		}
	}
}

func (s *sim) after(d Millis, do func()) {
	s.seq++
	heap.Push(&s.queue, simEvent{at: s.now.Add(d), seq: s.seq, do: do})
}

// run goes on until nothing is left to happen.
func (s *sim) run() *sim {
	for n := 0; s.queue.Len() > 0; n++ {
		require.Less(s.t, n, 200_000, "the run does not end")
		e := heap.Pop(&s.queue).(simEvent)
		s.now = e.at
		e.do()
	}
	return s
}

func (s *sim) name(p PeerID) string {
	for _, n := range s.nodes {
		if n.peer == p {
			return n.name()
		}
	}
	return p.Short()
}

func (n *simNode) name() string {
	if n.rank == n.cfg.workers {
		return "owner"
	}
	return string(rune('A' + n.rank))
}

func (s *sim) log(format string, args ...any) {
	if s.out != nil {
		fmt.Fprintf(s.out, "%5d  %s\n", s.now, fmt.Sprintf(format, args...))
	}
}

func (n *simNode) vanish() {
	n.gone = true
	n.log("%s vanishes", n.name())
	for _, other := range n.nodes {
		n.after(n.cfg.leaseTTL+Millis(n.rng.IntN(200)), func() { other.step(Lapsed{Peer: n.peer}) })
	}
}

// step drives the machine and carries out its effects, and checks the contract of Step.
func (n *simNode) step(ev Event) {
	if n.gone {
		return
	}
	if n.record == nil {
		n.record = n.task.Record()
	}
	before := n.record
	fx, err := n.task.Step(n.now, ev)
	after := n.task.Record()
	n.record = after
	if err != nil {
		require.Equal(n.t, before, after, "a refused event changed the state: %v", err)
		require.Equal(n.t, Effects{}, fx)
		if errors.Is(err, ErrFarAhead) { // the sender tries again
			n.after(n.cfg.resend, func() { n.step(ev) })
		}
		return
	}
	require.Equal(n.t, !bytes.Equal(before, after), fx.Changed, "Changed after %T", ev)
	if !fx.Changed {
		require.Equal(n.t, Effects{}, fx, "effects without a change of state")
	}
	resumed := Effects{}
	if n.act.honest() && n.rng.Float64() < n.cfg.crash {
		resumed = n.restart(after)
	}
	n.do(fx)
	if resumed.Execute && !fx.Execute {
		n.execute()
	}
	n.compare(resumed.Compare)
	n.prove(resumed.Prove)
	next := n.task.NextDeadline()
	require.True(n.t, next == 0 || next > n.now, "the next deadline has passed: %s", n.task.Explain())
	require.Equal(n.t, next == 0, n.task.Phase().over(), "a task that is not over has a deadline")
	if next != 0 && next != n.alarm {
		n.alarm = next
		n.after(max(0, Millis(next-n.now)), func() {
			if n.alarm == next {
				n.alarm = 0
				n.step(Tick{})
			}
		})
	}
}

func (n *simNode) restart(record []byte) Effects {
	hash := n.task.StateHash()
	task, err := Restore(n.setup, record)
	require.NoError(n.t, err)
	require.Equal(n.t, hash, task.StateHash())
	require.Equal(n.t, n.task.NextDeadline(), task.NextDeadline())
	require.Equal(n.t, n.task.Explain(), task.Explain())
	n.task = task
	return task.Resume(n.now)
}

func (n *simNode) do(fx Effects) {
	if fx.Phase != nil {
		n.log("%s is %v", n.name(), fx.Phase.To)
	}
	for _, f := range fx.Faults {
		n.log("%s finds %s %s", n.name(), n.sim.name(f.Peer), f.Kind)
		n.faults = append(n.faults, f)
		if f.Kind == Contradicted && f.Reveal != nil && !f.Passed && n.task.priced() { // the market tells everybody else of the job
			fx.Send = append(fx.Send, Send{To: slices.DeleteFunc(n.task.everyone(), func(p PeerID) bool { return p == n.peer }), Message: *f.Reveal})
		}
	}
	for _, out := range fx.Send {
		if a, ok := out.Message.(Attest); ok {
			n.checkNames(a)
		}
		var names []string
		for _, to := range out.To {
			require.NotEqual(n.t, n.peer, to)
			names = append(names, n.sim.name(to))
		}
		n.log("%s -> %s: %s", n.name(), strings.Join(names, " "), describe(n.sim, out.Message))
		for _, to := range out.To {
			n.post(to, out.Message)
		}
	}
	if fx.Cancel {
		n.log("%s cancels", n.name())
	}
	if fx.Execute {
		n.log("%s executes", n.name())
		n.execute()
	}
	n.compare(fx.Compare)
	n.prove(fx.Prove)
	if n.task.Phase() == Failed && fx.Phase != nil {
		n.log("%s: %s", n.name(), n.task.Explain())
	}
}

// checkNames asserts that an honest attestation names every honest replica that had revealed to it by then, and no cheat: then
// no certificate with fewer than a quorum of cheats pays one of them, whoever makes it.
func (n *simNode) checkNames(a Attest) {
	if !n.act.honest() || n.cfg.near != nil || n.cfg.prove != nil {
		return
	}
	for i, w := range n.nodes[:len(n.task.candidates)] {
		named := a.Agreed>>testSeat(i)&1 != 0
		if w.act.idles() && !n.abetted(w) && n.cfg.credit == nil { // a lone liar that is not audited is believed
			require.False(n.t, named, "%s names %s (%s)", n.name(), w.name(), w.act.name)
		}
		// Who seals falsely can make an honest replica look as if it did not open what it sealed, and who committed when the result was public may have
		// copied it.
		if w.act.honest() && n.revealed[w.peer] && n.task.s.Workers[i].Sealed > 0 && n.task.s.Workers[i].After.IsZero() && !n.abetted(n) {
			require.True(n.t, named, "%s does not name %s, which revealed in time", n.name(), w.name())
		}
	}
	require.NotZero(n.t, a.Agreed>>testSeat(n.rank)&1, "it names itself")
}

func (n *simNode) compare(cs []Compare) {
	for _, c := range cs {
		require.NotEqual(n.t, n.peer, c.Peer)
		n.after(Millis(n.rng.IntN(int(n.cfg.maxDelay)+1)), func() {
			d := n.cfg.near(n, c)
			n.log("%s compares with %s, whole %v: %s", n.name(), n.sim.name(c.Peer), c.Whole, cmp.Or(string(d), "near"))
			n.step(Compared{Peer: c.Peer, Whole: c.Whole, Difference: d})
		})
	}
}

func (n *simNode) prove(ps []Prove) {
	for _, p := range ps {
		require.NotEmpty(n.t, p.From)
		require.NotContains(n.t, p.From, n.peer)
		require.Greater(n.t, p.By, n.now)
		n.after(Millis(n.rng.IntN(int(n.cfg.maxDelay)+1)), func() {
			found := n.cfg.prove(n, p)
			n.log("%s checks %s: %s", n.name(), p.Digest.Short(), cmp.Or(string(found.Difference), "right"))
			n.step(found)
		})
	}
}

func (n *simNode) execute() {
	n.after(n.compute, func() {
		f := Finished{Result: testResult(n.content), Class: "class", Salt: n.salt}
		n.step(f)
	})
}

// post sends through the behaviour; the real node's envelope authenticates the sender.
func (n *simNode) post(to PeerID, m Message) {
	if n.act.send != nil {
		if m = n.act.send(n, to, m); m == nil {
			return
		}
	}
	n.raw(to, m)
}

func (n *simNode) raw(to PeerID, m Message) {
	b, err := MarshalMessage(m)
	require.NoError(n.t, err)
	i := slices.IndexFunc(n.nodes, func(x *simNode) bool { return x.peer == to })
	if i < 0 || to == n.peer {
		return
	}
	times := 1
	if n.rng.Float64() < n.cfg.double {
		times = 2
	}
	for range times {
		d := Millis(n.rng.IntN(int(n.cfg.maxDelay) + 1))
		for n.rng.Float64() < n.cfg.loss {
			d += n.cfg.resend
		}
		n.after(d, func() { n.nodes[i].receive(n.peer, b) })
	}
}

func (n *simNode) receive(from PeerID, b []byte) {
	m, err := UnmarshalMessage(b)
	require.NoError(n.t, err)
	v, err := Validate(m, testKeys{})
	if err != nil {
		require.False(n.t, n.node(from).act.honest(), "an honest node's message is not valid: %v", err)
		return
	}
	if c, ok := m.(Commit); ok {
		n.commits[from] = c
	}
	if r, ok := m.(Reveal); ok && !n.gone && n.task.s.Phase < Certified && r.Account == n.node(from).setup.Signer.Account() {
		n.revealed[from] = true
	}
	if n.act.heard != nil && !n.gone {
		n.act.heard(n, from, m)
	}
	n.step(Received{From: from, Message: v})
}

func (s *sim) node(p PeerID) *simNode {
	return s.nodes[slices.IndexFunc(s.nodes, func(x *simNode) bool { return x.peer == p })]
}

func describe(s *sim, m Message) string {
	switch m := m.(type) {
	case Commit:
		return "commit"
	case Seal:
		var names []string
		for _, e := range m.Entries {
			names = append(names, s.name(e.Peer))
		}
		slices.Sort(names)
		return fmt.Sprintf("seal of round %d: %s", m.Round+1, strings.Join(names, " "))
	case Reveal:
		return "reveal " + m.Result.Digest().Short()
	case Show:
		return "show " + m.Result.Digest().Short()
	case Near:
		return fmt.Sprintf("near %s, far %s", s.seated(m.Near), s.seated(m.Far))
	case Attest:
		var names []string
		for _, n := range s.nodes[:s.cfg.workers] {
			if m.Agreed>>testSeat(n.rank)&1 != 0 {
				names = append(names, n.name())
			}
		}
		return fmt.Sprintf("attest %s of %s", m.Result.Digest().Short(), strings.Join(names, " "))
	case Dissent:
		return fmt.Sprintf("dissent about round %d, wants %d", m.Round+1, m.Want)
	case Share:
		return "share " + m.Share.Short()
	case Abstain:
		return "abstain: " + m.Reason
	case Proven:
		return "proven " + m.Certificate.Result.Digest().Short()
	}
	return fmt.Sprintf("%T", m)
}

func (s *sim) seated(seats uint64) string {
	var names []string
	for _, n := range s.nodes[:s.cfg.workers] {
		if seats>>testSeat(n.rank)&1 != 0 {
			names = append(names, n.name())
		}
	}
	return cmp.Or(strings.Join(names, " "), "nobody")
}

// abetted reports whether anybody but n seals or dissents falsely. Two such adversaries together can seal a copied answer.
func (s *sim) abetted(n *simNode) bool {
	return slices.ContainsFunc(s.nodes, func(x *simNode) bool { return x != n && x.act.abets })
}

// check asserts what must hold after every run in which fewer than a quorum of the candidates are not honest.
func (s *sim) check() {
	s.t.Helper()
	right := testResult("right").Digest()
	for _, n := range s.nodes {
		if n.gone || !n.act.honest() {
			continue
		}
		require.True(s.t, n.task.Phase().over(), "%s has not ended: %s", n.name(), n.task.Explain())
		require.Equal(s.t, n.task.Phase() == Failed, n.task.Failure() != nil)
		for _, f := range n.faults {
			if f.Kind != Late && f.Kind != Withheld {
				require.False(s.t, s.node(f.Peer).act.honest(), "%s calls the honest %s %s", n.name(), s.name(f.Peer), f.Kind)
			}
		}
		if n.task.Phase() != Done {
			continue
		}
		r, ok := n.task.Result()
		require.True(s.t, ok)
		require.Equal(s.t, right, r.Digest(), "%s certified a wrong result", n.name())
		c := n.task.Certificate()
		require.NoError(s.t, c.Verify(n.task.Candidates(), s.cfg.policy, testKeys{}))
		payees := c.Payees(s.cfg.policy.Quorum)
		require.NotEmpty(s.t, payees)
		for _, w := range s.nodes[:s.cfg.workers] {
			if slices.Contains(payees, testSeat(w.rank)) && w.act.idles() && !s.abetted(w) {
				require.Fail(s.t, "a cheat is paid", "%s holds a certificate that names %s (%s)", n.name(), w.name(), w.act.name)
			}
		}
	}
}

func (s *sim) requirePhase(p Phase) {
	s.t.Helper()
	for _, n := range s.nodes {
		if !n.gone && n.act.honest() {
			require.Equal(s.t, p, n.task.Phase(), "%s: %s", n.name(), n.task.Explain())
		}
	}
}

// signers lists the ranks in a node's certificate.
func (s *sim) signers(rank int) []string {
	c := s.nodes[rank].task.Certificate()
	require.NotNil(s.t, c)
	var names []string
	for _, a := range c.Attestations {
		names = append(names, s.name(a.Peer))
	}
	slices.Sort(names)
	return names
}

// payees lists those who are paid by a node's certificate.
func (s *sim) payees(rank int) (names []string) {
	c := s.nodes[rank].task.Certificate()
	require.NotNil(s.t, c)
	seats := c.Payees(s.cfg.policy.Quorum)
	for _, n := range s.nodes[:s.cfg.workers] {
		if slices.Contains(seats, testSeat(n.rank)) {
			names = append(names, n.name())
		}
	}
	return names
}

func (s *sim) faultsOf(rank int) []FaultKind {
	var kinds []FaultKind
	for _, n := range s.nodes {
		for _, f := range n.faults {
			if f.Peer == s.nodes[rank].peer && n.act.honest() && !slices.Contains(kinds, f.Kind) {
				kinds = append(kinds, f.Kind)
			}
		}
	}
	slices.Sort(kinds)
	return kinds
}
