package market

import (
	"slices"
	"testing"

	"gpumesh/poc"
)

// chain makes each task of a job need the one before it: what a long computation is cut into.
func chain(s *Spec) {
	for i := 1; i < len(s.Tasks); i++ {
		s.Tasks[i].Inputs = []Input{{"state", []Part{{From: &From{uint32(i - 1), "out"}, Size: 8}}}}
	}
}

// paidSeats returns the accounts that a certified task pays.
func paidSeats(v View, task int) (out []poc.Account) {
	for _, seat := range v.Tasks[task].Certificate.Payees(v.Policy.Quorum) {
		out = append(out, v.Seats[seat].Account)
	}
	return out
}

// TestFailoverInAChain: a worker that leaves in the middle of a chain of tasks is paid for those that were certified, and whoever
// takes over goes on from the last certified state: nobody computes an earlier task again.
func TestFailoverInAChain(t *testing.T) {
	w := newWorld(t, 80, 5)
	for _, n := range w.nodes {
		n.delay = 1_000
	}
	before := map[poc.Account]Amount{}
	for a, b := range w.ledger.balance {
		before[a] = b
	}
	id := w.nodes[0].job(6, false, chain, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 1}
		s.Deadline = w.now.Add(120_000)
	})
	view := func() View { v, _ := w.nodes[0].m.View(id); return v }
	w.run(func() bool { return view().Certified == 3 }, 60_000)
	var gone *node
	for _, n := range w.nodes[1:] {
		if slices.Contains(paidSeats(view(), 0), n.account) {
			gone = n
		}
	}
	gone.dead = true
	earlier := 0
	starts := map[uint32][]poc.Link{}
	for _, n := range w.nodes {
		n.started = func(r Run) {
			if r.Ref.Task < 3 {
				earlier++
				return
			}
			starts[r.Ref.Task] = append(starts[r.Ref.Task], r.Inputs[0].Files[0])
		}
	}
	w.run(w.settledEverywhere(id), 120_000)
	w.expectPaid(id)
	if v := view(); v.Certified != 6 || earlier != 0 {
		t.Errorf("%d tasks are certified, and %d executions began anew", v.Certified, earlier)
	}
	for task, files := range starts {
		for _, file := range files {
			if file != view().Tasks[task-1].Result.Outputs[0].File {
				t.Errorf("task %d was begun from another state than the certified one", task)
			}
		}
	}
	if len(starts[4]) == 0 || len(starts[5]) == 0 {
		t.Errorf("nobody goes on: %v", starts)
	}
	due := Amount(0)
	for task := range view().Tasks {
		if slices.Contains(paidSeats(view(), task), gone.account) {
			due += NLOV / 100
		}
	}
	if got := w.ledger.balance[gone.account] - before[gone.account]; got != due || due < NLOV/100 {
		t.Errorf("the worker that left got %v, and %v is due", got, due)
	}
}

// TestReconnectionLosesNothing: a worker that is cut off while it computes loses its lease, and a successor begins. When it comes
// back before the commitments are sealed its result counts, and is paid.
func TestReconnectionLosesNothing(t *testing.T) {
	w := newWorld(t, 81, 5)
	for _, n := range w.nodes {
		n.delay = 9_000
	}
	id := w.nodes[0].job(1, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 3, Quorum: 3, MaxReplicas: 3, Standby: 1}
		s.Deadline = w.now.Add(120_000)
	})
	var off *node
	w.run(func() bool {
		for _, n := range w.nodes[1:] {
			if len(n.m.running) > 0 {
				off = n
			}
		}
		return off != nil
	}, 5_000)
	off.cut = true
	drawn := func() (n int) {
		for _, x := range w.nodes {
			n += len(x.m.running)
		}
		return n
	}
	lapsed := func() bool {
		for _, n := range w.nodes {
			if j := n.m.jobs[id]; n != off && j != nil && j.holders[off.peer] != nil && j.holders[off.peer].lapsed {
				return true
			}
		}
		return false
	}
	w.run(lapsed, 15_000)
	w.run(func() bool { return drawn() == 4 }, 2_000) // the successor works already
	off.cut = false
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
	v, _ := w.nodes[0].m.View(id)
	if !slices.Contains(paidSeats(v, 0), off.account) {
		t.Errorf("paid are %v, and not %s, which came back in time", paidSeats(v, 0), off.account)
	}
}

// TestReturnAfterTheSeal: who comes back too late is not paid, and disturbs nothing.
func TestReturnAfterTheSeal(t *testing.T) {
	w := newWorld(t, 82, 5)
	for _, n := range w.nodes {
		n.delay = 6_000
	}
	id := w.nodes[0].job(1, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 3, Standby: 2}
		s.Deadline = w.now.Add(120_000)
	})
	var off *node
	w.run(func() bool {
		for _, n := range w.nodes[1:] {
			if len(n.m.running) > 0 {
				off = n
			}
		}
		return off != nil
	}, 5_000)
	off.cut = true
	w.run(func() bool { v, _ := w.nodes[0].m.View(id); return v.Certified == 1 }, 60_000)
	off.cut = false
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
	if v, _ := w.nodes[0].m.View(id); slices.Contains(paidSeats(v, 0), off.account) {
		t.Error("who was cut off until the end is paid")
	}
	for _, n := range w.nodes {
		if w.ledger.faults[n.account] != 0 {
			t.Errorf("node %d was slashed", n.index)
		}
	}
}

// TestCertificateAfterFailure: the owner and a worker are cut off until they have given the task up, the owner past the deadline.
// When they are back the certificate of the others wins over what nobody has signed, and the owner has its result.
func TestCertificateAfterFailure(t *testing.T) {
	w := newWorld(t, 83, 6)
	w.check = true
	for _, n := range w.nodes {
		n.delay = 3_000
	}
	id := w.nodes[0].job(1, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 4, Standby: 2}
		s.Deadline = w.now.Add(60_000)
	})
	off := []*node{w.nodes[0]}
	w.run(func() bool {
		for _, n := range w.nodes[1:] {
			if len(n.m.running) > 0 && len(off) == 1 {
				off = append(off, n)
			}
		}
		return len(off) == 2 && w.nodes[0].state(id) == Running
	}, 5_000)
	for _, n := range off {
		n.cut = true
	}
	all := func(f func(v View) bool, ns []*node) func() bool {
		return func() bool {
			for _, n := range ns {
				if v, _ := n.m.View(id); !f(v) {
					return false
				}
			}
			return true
		}
	}
	w.run(all(func(v View) bool { return v.Failure != nil && v.Failure.Code == FailTasks }, off), 120_000)
	for _, n := range off {
		n.cut = false
	}
	w.run(w.settledEverywhere(id), 60_000)
	w.run(all(func(v View) bool { return v.Certified == 1 && v.Failure == nil && v.State == Done }, off), 60_000)
	w.expectPaid(id)
	if len(w.nodes[0].collected) != 1 {
		t.Error("the owner has no result")
	}
}

// TestWhoHasCommittedOwesNoProgress: a worker that is done waits for a slower one for as long as that takes, and nobody takes it for lost. It
// would be passed over when an audit draws it.
func TestWhoHasCommittedOwesNoProgress(t *testing.T) {
	w := newWorld(t, 82, 4, func(n *Network) { n.StallTimeout = 1_000 })
	for _, n := range w.nodes {
		n.delay = 500
	}
	w.nodes[1].delay = 9_000
	id := w.nodes[0].job(3, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 3, Quorum: 3, MaxReplicas: 3}
		s.Deadline = w.now.Add(120_000)
	})
	begin := w.now
	w.run(func() bool {
		for _, n := range w.nodes {
			if j := n.m.jobs[id]; j != nil {
				for p, h := range j.holders {
					if h.lapsed {
						t.Fatalf("%s takes %s for lost", n.peer.Short(), p.Short())
					}
				}
			}
		}
		return w.settledEverywhere(id)()
	}, 120_000)
	if took := w.now - begin; took < 20_000 {
		t.Errorf("it took %d ms, and was to last longer than a worker's patience", took)
	}
	w.expectPaid(id)
}

// TestPatience: as long as the job allows until others' executions have ended, then three times what they took, for a device of that speed, and never
// less than the network's StallTimeout.
func TestPatience(t *testing.T) {
	m := &Machine{cfg: Config{Network: Network{StallTimeout: 60_000}}}
	for _, c := range []struct {
		pace, speed uint64 // operations, and operations for each millisecond
		want        poc.Millis
	}{
		{0, 10, 60_000 + 600_000},
		{600_000, 10, 180_000},
		{600_000, 40, 60_000},
		{600_000, 1, 60_000 + 600_000},
		{1 << 60, 1, 60_000 + 600_000},
	} {
		j := &job{pace: c.pace, spec: &Spec{Tasks: []Task{{Timeout: 600}}}}
		if got := j.patience(m, &holder{speed: c.speed}); got != c.want {
			t.Errorf("pace %d, speed %d: %d ms, want %d", c.pace, c.speed, got, c.want)
		}
	}
}

// TestProveBy: whatever a seat shows, it has to commit: in time for its executions, within twice the patience once that is known, and where its work
// waits for that of other jobs, within an eighth of what is left.
func TestProveBy(t *testing.T) {
	m := &Machine{cfg: Config{Network: Network{StallTimeout: 60_000}}}
	for _, c := range []struct {
		pace, others uint64
		want         poc.Time
	}{
		{0, 0, 1_000 + 60_000 + 3*600_000},
		{600_000, 0, 1_000 + 360_000},
		{600_000, 7, 1_000 + 900_000},
		{6_000_000, 7, 1_000 + 2*(60_000+600_000)},
	} {
		j := &job{pace: c.pace, spec: &Spec{Tasks: []Task{{Timeout: 600}, {Timeout: 60}, {Timeout: 60}}, Batch: 3, Deadline: 1_000 + 8*900_000}}
		if got := j.proveBy(m, &holder{speed: 10, others: c.others, proved: 1_000}); got != c.want {
			t.Errorf("pace %d, others %d: %d, want %d", c.pace, c.others, got, c.want)
		}
	}
}

// TestInventedProgress: who shows progress for ever and commits to nothing holds no task for ever.
func TestInventedProgress(t *testing.T) {
	w := newWorld(t, 83, 6, func(n *Network) { n.StallTimeout = 1_000 })
	inventor := w.nodes[1]
	inventor.delay = 1 << 40
	id := w.nodes[0].job(3, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 4, Standby: 2}
		s.Deadline = w.now.Add(1_200_000)
		for i := range s.Tasks {
			s.Tasks[i].Timeout = 20
		}
	})
	done := uint32(0)
	var work func()
	work = func() {
		done++
		for ref := range inventor.m.running {
			if err := inventor.step(RunProgress{Ref: ref, Done: done, Total: 1 << 20}); err != nil {
				t.Fatal(err)
			}
		}
		w.after(500, work)
	}
	work()
	w.run(w.settledEverywhere(id), 300_000)
	if done < 40 {
		t.Errorf("it showed progress %d times, and was to be believed for long", done)
	}
	w.expectPaid(id)
}
