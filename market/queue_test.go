package market

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gpumesh/poc"
)

// waiting makes a job of so many tasks wait at a machine.
func waiting(m *Machine, id byte, owner poc.Account, p Priority, each poc.Millis, tasks int) *job {
	j := newJob(poc.Hash{id}, poc.PeerID{id}, 1)
	j.spec = &Spec{Account: owner, Priority: p}
	j.State, j.RunTime = Running, each
	m.jobs[j.id] = j
	for i := range tasks {
		m.enqueue(poc.TaskRef{Job: j.id, Task: uint32(i)})
	}
	return j
}

func idle() *Machine {
	return New(Config{Network: LocalNetwork(), Provider: &Provider{Slots: 1, MaxQueue: 64}})
}

// TestFloodDoesNotStarve is a property: whatever some owners have waiting, another one's work gets its share of the time, to
// within one execution of each.
func TestFloodDoesNotStarve(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for round := range 60 {
		m := idle()
		owners := 2 + r.IntN(4)
		length := map[poc.Hash]uint64{}
		weight, got := make([]uint64, owners), make([]uint64, owners)
		for o := range owners {
			p := Priority(r.IntN(3))
			weight[o] = p.Multiple()
			j := waiting(m, byte(o+1), poc.Account(fmt.Sprint(o)), p, poc.Millis(1+r.IntN(1000)), 200)
			length[j.id] = uint64(j.RunTime)
		}
		for range 200 {
			ref := m.take(m.pick())
			got[ref.Job[0]-1] += length[ref.Job]
			for a := range owners {
				for b := range owners {
					// In units of weight, nobody is ahead by more than one execution of each of the two.
					ahead := int64(got[a]/weight[a]) - int64(got[b]/weight[b])
					if bound := int64(1000/weight[a] + 1000/weight[b] + 2); ahead > bound {
						t.Fatalf("round %d: owner %d is ahead of owner %d by %d ms, more than %d", round, a, b, ahead, bound)
					}
				}
			}
		}
	}
}

// TestFurtherReplicasComeFirst: a replica that an earlier unit needs after all, such as an audit, does not wait behind the rest of its job, nor behind
// the owner's later jobs; but behind what is more urgent.
func TestFurtherReplicasComeFirst(t *testing.T) {
	m := idle()
	first := waiting(m, 1, "owner", Normal, 100, 9)
	for range 5 {
		m.take(m.pick())
	}
	later := waiting(m, 2, "owner", Normal, 100, 2)
	later.Created++
	waiting(m, 3, "owner", High, 100, 1).Created++
	m.enqueue(poc.TaskRef{Job: first.id, Task: 2})
	var got []string
	for len(m.queue) > 0 {
		ref := m.take(m.pick())
		got = append(got, fmt.Sprintf("%d/%d", ref.Job[0], ref.Task))
	}
	if want := "[3/0 1/2 1/5 1/6 1/7 1/8 2/0 2/1]"; fmt.Sprint(got) != want {
		t.Errorf("they run in the order %v, want %s", got, want)
	}
}

// TestLateOwner: who comes while another's thousands wait is next but one, and nobody saves up turns by staying away.
func TestLateOwner(t *testing.T) {
	m := idle()
	waiting(m, 1, "flood", Normal, 100, 500)
	for range 200 {
		m.take(m.pick())
	}
	waiting(m, 2, "late", Normal, 100, 1)
	if first, second := m.take(m.pick()), m.take(m.pick()); first.Job[0] != 2 && second.Job[0] != 2 {
		t.Error("the late owner's only execution waits behind a flood")
	}
	waiting(m, 3, "later", Normal, 100, 100)
	n := 0
	for range 100 {
		if m.take(m.pick()).Job[0] == 3 {
			n++
		}
	}
	if n < 49 || n > 51 {
		t.Errorf("of 100 turns the later owner has %d", n)
	}
}

func TestPriorityWithinAnOwner(t *testing.T) {
	m := idle()
	waiting(m, 1, "one", Normal, 10, 2)
	waiting(m, 2, "one", Urgent, 10, 2)
	var order []byte
	for len(m.queue) > 0 {
		order = append(order, m.take(m.pick()).Job[0])
	}
	if string(order) != "\x02\x02\x01\x01" {
		t.Errorf("order %v", order)
	}
}

// TestShares: an owner that floods a provider leaves room for others, in every table.
func TestShares(t *testing.T) {
	m := idle()
	for i := range byte(32) {
		if why := m.share("flood"); why != "" {
			t.Fatalf("%d executions: %s", i, why)
		}
		waiting(m, i+1, "flood", Normal, 1, 1)
	}
	if why := m.share("flood"); why == "" {
		t.Error("half of the queue is one owner's, and it gets more")
	}
	for i := range byte(8) {
		if why := m.share("other"); why != "" {
			t.Fatalf("another owner gets no room: %s", why)
		}
		waiting(m, 100+i, "other", Normal, 1, 1)
	}
	if why := m.share("other"); why == "" {
		t.Error("the other owner has an eighth and gets more, while little is left")
	}
	for i := range byte(16) {
		j := newJob(poc.Hash{200, i}, poc.PeerID{9}, 1)
		j.State = Checking
		m.jobs[j.id] = j
	}
	if code, _ := m.room(poc.PeerID{9}); code != DeclineShare {
		t.Errorf("a peer with 16 bids being looked at gets %q", code)
	}
	if code, why := m.room(poc.PeerID{8}); code != "" {
		t.Errorf("another peer gets %q: %s", code, why)
	}
}

// TestReservations: an offer keeps a slot for a minute, then it is free, and the owner knows why.
func TestReservations(t *testing.T) {
	w := newWorld(t, 51, 3, func(n *Network) { n.BidTimeout = 100_000 })
	owner, p := w.nodes[0], w.nodes[1]
	p.cfg.Provider.MaxQueue = 1
	p.restart()
	w.nodes[2].dead = true // two of three never come together
	id := owner.job(1, false, func(s *Spec) { s.Deadline = w.now.Add(300_000) })
	w.run(func() bool { return p.state(id) == Offered }, 5_000)
	if n := p.m.tally(p.m.cfg.Self).reserved; n != 1 {
		t.Fatalf("%d slots are kept for an offer", n)
	}
	if code, _ := p.m.room(owner.peer); code != DeclineBusy {
		t.Errorf("a full provider answers %q", code)
	}
	// It is asked again in every round, which keeps the slot; once it hears nothing more, the slot is its own again.
	w.run(func() bool { return w.nodes[0].state(id) == Failed }, 120_000)
	ends := p.m.jobs[id].Reserved
	if ends > w.now.Add(reserveTTL) {
		t.Errorf("a slot is kept for %d ms", ends-w.now)
	}
	w.run(func() bool { return p.m.tally(p.m.cfg.Self).reserved == 0 }, reserveTTL+1000)
	if code, why := p.m.room(owner.peer); code != "" {
		t.Errorf("the slot is free and the answer is %q: %s", code, why)
	}
}

// TestOverbooked: each offer that is out keeps a slot for as long as a unit of its job takes, and what can wait for its turn is not in the way.
func TestOverbooked(t *testing.T) {
	m := idle()
	m.now = 1
	offered := func(id byte, owner poc.Account, runTime poc.Millis) *job {
		j := waiting(m, id, owner, Normal, runTime, 0)
		j.spec.Deadline = m.now.Add(60_000)
		j.State, j.Reserved = Offered, m.now.Add(reserveTTL)
		m.order = append(m.order, j)
		return j
	}
	next := &job{record: record{RunTime: 10_000}, spec: &Spec{Account: "next", Deadline: m.now.Add(60_000)}}
	taken := 0
	for ; m.overbooked(next) == "" && taken < 256; taken++ {
		offered(byte(taken+1), poc.Account(fmt.Sprint(taken)), 10_000)
	}
	if taken != 6 {
		t.Errorf("of units that take a sixth of the time a slot is kept for %d", taken)
	}
	m.order[0].State = Drawing // awarded, and nothing is drawn yet
	if m.overbooked(next) == "" {
		t.Error("an award frees the slot that its offer kept")
	}
	m.order[0].State = Declined
	if why := m.overbooked(next); why != "" {
		t.Errorf("what was let go is in the way: %s", why)
	}
	for i := range byte(100) {
		offered(100+i, "flood", 10_000)
	}
	short := &job{record: record{RunTime: 100}, spec: &Spec{Account: "short", Deadline: m.now.Add(2_000)}}
	if why := m.overbooked(short); why != "" {
		t.Errorf("who has the next turn waits behind a flood: %s", why)
	}
	if m.overbooked(&job{record: record{RunTime: 1}, spec: &Spec{Account: "flood", Deadline: m.now.Add(60_000)}}) == "" {
		t.Error("the flood itself has room for more")
	}
	m = idle()
	if why := m.overbooked(&job{record: record{RunTime: maxRunTime}, spec: next.spec}); why != "" {
		t.Errorf("an idle node does not try: %s", why)
	}
}

// TestLapsedReservation: the owner drops an offer that was taken back, and sees why.
func TestLapsedReservation(t *testing.T) {
	w := newWorld(t, 52, 3, func(n *Network) { n.BidTimeout = 100_000 })
	w.check = true
	owner, p := w.nodes[0], w.nodes[1]
	w.nodes[2].dead = true
	id := owner.job(1, false, func(s *Spec) { s.Deadline = w.now.Add(300_000) })
	offers := func() int { v, _ := owner.m.View(id); return v.Offers }
	w.run(func() bool { return offers() == 1 }, 5_000)
	_ = p.step(Condition{Paused, "this provider is paused: its device is too hot"})
	w.run(func() bool { return offers() == 0 }, 1_000)
	v, _ := owner.m.View(id)
	found := false
	for _, r := range v.Reasons {
		found = found || r.Code == string(DeclinePaused)
	}
	if !found {
		t.Errorf("the owner sees %+v", v.Reasons)
	}
	if n := p.m.tally(p.m.cfg.Self).reserved; n != 0 {
		t.Errorf("a paused provider keeps %d slots", n)
	}
	if p.m.own.ad.Health == Paused {
		t.Error("one ad follows another within a second")
	}
	w.run(func() bool { return p.m.own.ad.Health == Paused }, 2_000)
	round := owner.m.jobs[id].Round
	w.run(func() bool { return owner.m.jobs[id].Round > round+2 }, 20_000)
	if n := offers(); n != 0 {
		t.Errorf("asked again while it is paused it makes %d offers", n)
	}
	_ = p.step(Condition{State: Healthy})
	w.run(func() bool { return offers() == 1 }, 10_000) // the next round asks again
}

// TestBigJobLeavesRoom: a job with more units than providers let wait does not shut out an urgent one that comes later, nor one that is not.
func TestBigJobLeavesRoom(t *testing.T) {
	for _, priority := range []Priority{Normal, Urgent} {
		w := newWorld(t, 84, 8)
		for _, n := range w.nodes[1:] {
			n.cfg.Provider.MaxQueue = 256 // the default
			n.restart()
			n.delay = 1_000
		}
		w.run(func() bool { return len(w.nodes[0].m.ads) == 7 }, 20_000)
		w.operations = 1_000_000_000 // a second
		simple := func(s *Spec) {
			s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3}
			s.Deadline = w.now.Add(3_600_000)
		}
		big := w.nodes[0].job(1200, false, simple)
		w.run(func() bool { return w.nodes[0].state(big) == Running }, 20_000)
		small := w.nodes[7].job(1, false, simple, func(s *Spec) { s.Priority = priority })
		begun := w.now
		w.run(func() bool { return w.nodes[7].m.jobs[small].State >= Settling }, 200_000)
		if v, _ := w.nodes[7].m.View(small); v.State == Failed || v.Certified != 1 || w.now > begun.Add(20_000) {
			t.Errorf("%v: after %d ms the small job is %v: %+v", priority, w.now-begun, v.State, v.Failure)
		}
		if w.nodes[0].m.jobs[big].State != Running {
			t.Error("the big job is over, and stands in nobody's way")
		}
	}
}

// TestTurnsFollowTheClock: an owner whose executions take far longer than estimated gets no more time than another by it.
func TestTurnsFollowTheClock(t *testing.T) {
	m := idle()
	m.now = 1
	for i := range byte(40) {
		waiting(m, 1+i, "low", Normal, 1, 1) // estimated 1 ms, takes 600 s
		waiting(m, 101+i, "honest", Normal, 60_000, 1)
	}
	spent := map[poc.Account]poc.Millis{}
	for range 40 {
		ref := m.take(m.pick())
		account, took := m.jobs[ref.Job].spec.Account, poc.Millis(60_000)
		if account == "low" {
			took = 600_000
		}
		m.running[ref] = &execution{began: m.now}
		m.now = m.now.Add(took)
		m.ran(ref)
		spent[account] += took
	}
	if ahead := spent["low"] - spent["honest"]; ahead > 660_000 || ahead < -660_000 || len(m.running) > 0 {
		t.Errorf("of the device's time they had %v", spent)
	}
}
