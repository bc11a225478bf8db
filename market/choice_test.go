package market

import (
	"slices"
	"strings"
	"testing"

	"gpumesh/poc"
)

// training makes a job of rounds like those of a training: three shards each, and a step over what came of them, which goes on with two
// after a while. Task 4*r+s is shard s of round r, and 4*r+3 the step.
func training(rounds int) func(*Spec) {
	return func(s *Spec) {
		prog, none := poc.BlockLink([]byte("program")), rawLink("nothing")
		one := func(name string, p ...Part) Input { return Input{name, p} }
		s.Tasks = nil
		for r := range uint32(rounds) {
			var deltas []Part
			for shard := range uint32(3) {
				t := Task{Name: "shard", Program: prog, Outputs: []OutSpec{{"delta", 8}, {"state", 8}}, Seed: uint64(4*r + shard), Timeout: 10}
				if r > 0 {
					last := 4*r - 1
					t.Inputs = []Input{
						one("residual", Part{From: &From{4*r - 4 + shard, "delta"}, Size: 8, Spare: &none, Chosen: &last}),
						one("state", Part{From: &From{4*r - 4 + shard, "state"}, Size: 8, Chosen: &last}),
						one("update", Part{From: &From{last, "update"}, Size: 8}),
					}
				}
				s.Tasks = append(s.Tasks, t)
				deltas = append(deltas, Part{From: &From{4*r + shard, "delta"}, Size: 8, Spare: &none})
			}
			s.Tasks = append(s.Tasks, Task{
				Name: "step", Program: prog, Inputs: []Input{one("deltas", deltas...)}, Outputs: []OutSpec{{"update", 8}}, Timeout: 10, Least: 2, Patience: 5,
			})
		}
	}
}

// TestRoundWithoutAShard: when nobody computes a shard, the round goes on with the others, the same at every node; the shard has
// the state of another in the next round, and is not missing there. The job is no failure, and everything certified is paid.
func TestRoundWithoutAShard(t *testing.T) {
	w := newWorld(t, 90, 9)
	for _, n := range w.nodes {
		n.cfg.Provider.Slots = 2 // one for what is stuck
	}
	const missing = 5 // the second shard of the second round
	ran := map[uint32]map[string]bool{}
	for _, n := range w.nodes {
		n.started = func(r Run) {
			if r.Ref.Task != missing {
				files := make([]string, 0, 3)
				for _, in := range r.Inputs {
					for _, f := range in.Files {
						files = append(files, f.String())
					}
				}
				if ran[r.Ref.Task] == nil {
					ran[r.Ref.Task] = map[string]bool{}
				}
				ran[r.Ref.Task][strings.Join(files, " ")] = true
			}
		}
		n.stuck = func(r Run) bool { return r.Ref.Task == missing }
	}
	id := w.nodes[0].job(0, false, training(3), func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}
		s.Deadline = w.now.Add(300_000)
	})
	view := func() View { v, _ := w.nodes[0].m.View(id); return v }
	w.run(func() bool { return view().State == Done }, 200_000) // long before its escrow expires
	v := view()
	if v.Failure != nil || v.Settled != 11 || v.Certified != 11 || v.Escrow.Closed {
		t.Fatalf("the job is %v with %d tasks certified and %d settled: %v", v.State, v.Certified, v.Settled, v.Failure)
	}
	for i, want := range []uint64{3: 0, 7: 0b010, 11: 0} {
		if got := v.Tasks[i].Result; i != missing && got.Without != want {
			t.Errorf("task %d went on without %b, not %b", i, got.Without, want)
		}
	}
	if why := v.Tasks[missing].Explain; !strings.Contains(why, "went on without it") && !strings.Contains(why, "all others lapsed") {
		t.Errorf("task %d: %s", missing, why)
	}
	for task, inputs := range ran {
		if len(inputs) != 1 {
			t.Errorf("task %d was computed from %d different inputs", task, len(inputs))
		}
	}
	out := func(task, n int) string { return v.Tasks[task].Result.Outputs[n].File.String() }
	none := rawLink("nothing")
	for task, want := range map[uint32]string{
		7: out(4, 0) + " " + none.String() + " " + out(6, 0),
		9: none.String() + " " + out(4, 1) + " " + out(7, 0), // no residual, and the state of the first shard
		8: out(4, 0) + " " + out(4, 1) + " " + out(7, 0),
	} {
		if !ran[task][want] {
			t.Errorf("task %d was computed from %v, not from %s", task, ran[task], want)
		}
	}
	text := strings.Join(v.Explain, "\n")
	if !strings.Contains(text, "went on without task 5") {
		t.Errorf("nobody is told that a shard is missing:\n%s", text)
	}
	w.run(w.settledEverywhere(id), 600_000)
	w.run(func() bool { return view().Escrow.Closed }, 600_000) // the rest of the escrow comes back
	w.run(func() bool { return view().Until == 0 }, 1_000)
	if e := view().Escrow; !e.Closed || e.Settled != 11 || e.Paid+e.Refunded != e.Terms.Budget {
		t.Errorf("the escrow ends as %+v", e)
	}
}

// TestAbsentShard: who was missing in a round is not waited for as long in the next ones, until it was missing four times; and it is there as
// soon as it comes in time again.
func TestAbsentShard(t *testing.T) {
	const rounds, patience, back = 8, 20, 7
	w := newWorld(t, 94, 9)
	stuck := func(task uint32) bool { return task%4 == 1 && task < 4*back }
	began := map[uint32]poc.Time{}
	for _, n := range w.nodes {
		n.cfg.Provider.Slots = rounds
		n.started = func(r Run) {
			if _, ok := began[r.Ref.Task]; !ok {
				began[r.Ref.Task] = w.now
			}
		}
		n.stuck = func(r Run) bool { return stuck(r.Ref.Task) }
	}
	id := w.nodes[0].job(0, false, training(rounds), func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}
		s.Deadline = w.now.Add(600_000)
		for step := uint32(3); step < 4*rounds; step += 4 {
			s.Tasks[step].Patience = patience
			if step > 3 {
				s.Tasks[step].Inputs = append(s.Tasks[step].Inputs, Input{"momentum", []Part{{From: &From{step - 4, "update"}, Size: 8}}})
			}
		}
	})
	view := func() View { v, _ := w.nodes[0].m.View(id); return v }
	w.run(func() bool { return view().State == Done }, 600_000)
	v := view()
	if v.Failure != nil {
		t.Fatal(v.Failure)
	}
	for round := range uint32(rounds) {
		step := 4*round + 3
		want := uint64(0b010)
		if round == back {
			want = 0
		}
		if got := v.Tasks[step].Result.Without; got != want {
			t.Errorf("round %d went on without %b, not %b", round, got, want)
		}
		waited := (began[step] - began[step-3]) / 1000
		if long := round == 0 || round == 4; long != (waited >= patience) {
			t.Errorf("round %d began to average after %d s", round, waited)
		}
	}
}

// TestRoundWithoutLostOutputs: what is certified and cannot be had any more is left out as well, by some at first and by all in the end.
func TestRoundWithoutLostOutputs(t *testing.T) {
	w := newWorld(t, 93, 9)
	const lost = 5
	for i, n := range w.nodes {
		n.lacks = func(h Bring) bool { return h.Need == lost && i > 1 }
	}
	id := w.nodes[0].job(0, false, training(3), func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}
		s.Deadline = w.now.Add(300_000)
	})
	w.run(w.settledEverywhere(id), 600_000)
	w.expectPaid(id)
	v, _ := w.nodes[0].m.View(id)
	if v.Certified != 12 || v.Tasks[7].Result.Without != 0b010 {
		t.Errorf("%d tasks are certified, and task 7 went on without %b", v.Certified, v.Tasks[7].Result.Without)
	}
	if text := strings.Join(v.Explain, "\n"); !strings.Contains(text, "went on without task 5") {
		t.Errorf("nobody is told:\n%s", text)
	}
}

// TestRoundWithTooFewShards: a step that cannot have as many as it needs fails, with a reason.
func TestRoundWithTooFewShards(t *testing.T) {
	w := newWorld(t, 91, 9)
	for _, n := range w.nodes {
		n.stuck = func(r Run) bool { return r.Ref.Task < 2 }
	}
	id := w.nodes[0].job(0, false, training(1), func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}
		s.Deadline = w.now.Add(60_000)
	})
	view := func() View { v, _ := w.nodes[0].m.View(id); return v }
	w.run(func() bool { return view().Failure != nil }, 200_000)
	failed := view().Tasks[3]
	if failed.Failure == nil {
		t.Fatalf("the step is %s", failed.Phase)
	}
	t.Log(failed.Explain)
}

// TestLike: a task that is drawn like another has its candidates, in their order, at every node, and others have their own.
func TestLike(t *testing.T) {
	w := newWorld(t, 92, 12)
	first := uint32(0)
	id := w.nodes[0].job(6, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}
		s.Tasks[3].Like, s.Tasks[5].Like = &first, &first
	})
	w.run(w.settledEverywhere(id), 120_000)
	w.expectPaid(id)
	ranking := func(j *job, task int) (peers []poc.PeerID) {
		for _, c := range j.tasks[task].poc.Candidates() {
			peers = append(peers, c.Peer)
		}
		return peers
	}
	want := ranking(w.nodes[0].m.jobs[id], 0)
	for i, n := range w.nodes {
		j := n.m.jobs[id]
		if j == nil || len(j.tasks) == 0 {
			continue
		}
		for task := range j.tasks {
			same := task == 0 || task == 3 || task == 5
			if slices.Equal(ranking(j, task), want) != same {
				t.Errorf("node %d: the candidates of task %d are %v", i, task, ranking(j, task))
			}
		}
		panel, err := OpenAward(w.net.ID(), id, j.award)
		if err != nil {
			t.Fatal(err)
		}
		drawn, _, err := panel.Draw(w.net, *j.spec, *j.Beacon)
		if err != nil || drawn[5][0].Peer != want[0] || len(drawn[5]) != len(want) {
			t.Errorf("who reads the receipt draws %v, %v", drawn[5], err)
		}
	}
}

// TestChoiceInSpecs lists what a spec may not say.
func TestChoiceInSpecs(t *testing.T) {
	net := LocalNetwork()
	base := func(change func(*Spec)) error {
		s := Spec{
			Version: 1, Network: net.ID(), Name: "n", Account: "a", Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3},
			MaxPrice: 1, Budget: 1 << 40, Deadline: 1,
		}
		training(2)(&s)
		change(&s)
		return s.Validate(net)
	}
	if err := base(func(*Spec) {}); err != nil {
		t.Fatal(err)
	}
	seven := uint32(7)
	for want, change := range map[string]func(*Spec){
		"needs 4 of them":            func(s *Spec) { s.Tasks[3].Least = 4 },
		"needs 0 of them":            func(s *Spec) { s.Tasks[3].Least = 0 },
		"without outputs of 0 tasks": func(s *Spec) { s.Tasks[0].Least = 1 },
		"only the output of a task has a spare": func(s *Spec) {
			s.Tasks[0].Inputs = []Input{{"x", []Part{{File: s.Tasks[3].Inputs[0].Parts[0].Spare, Spare: s.Tasks[3].Inputs[0].Parts[0].Spare, Size: 8}}}}
		},
		"task 7 does not choose": func(s *Spec) { s.Tasks[4].Inputs[1].Parts[0].Chosen = &seven },
		"follows that choice":    func(s *Spec) { s.Tasks[4].Inputs[1].Parts[0].Chosen = nil },
		"to take the place of":   func(s *Spec) { s.Tasks[1].Outputs[1].Size = 9 },
		"chooses whether to go on without": func(s *Spec) {
			s.Tasks[7].Inputs[0].Parts = append(s.Tasks[7].Inputs[0].Parts, s.Tasks[3].Inputs[0].Parts[0])
		},
		"drawn like task 6, which is no earlier": func(s *Spec) { six := uint32(6); s.Tasks[5].Like = &six },
		"drawn like task 1, which is no earlier": func(s *Spec) { none, one := uint32(0), uint32(1); s.Tasks[1].Like, s.Tasks[2].Like = &none, &one },
		"not an earlier task":                    func(s *Spec) { s.Tasks[3].Inputs[0].Parts[0].From.Task = 3 },
	} {
		err := base(change)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
}
