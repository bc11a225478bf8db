package market

import (
	"strings"
	"testing"

	"gpumesh/poc"
)

// holding makes a job of rounds in which each holder computes one task on its data, and a step over what comes of them, which goes on with
// two of them after a while. Task (n+1)*r+k is that of holder k in round r, and (n+1)*r+n the step.
func holding(rounds int, holders ...*node) func(*Spec) {
	return func(s *Spec) {
		prog, none := poc.BlockLink([]byte("program")), rawLink("nothing")
		s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}
		s.Tasks = nil
		n := uint32(len(holders))
		for r := range uint32(rounds) {
			var deltas []Part
			for _, h := range holders {
				t := Task{
					Name: "local", Program: prog, Outputs: []OutSpec{{HeldOutput, 8}}, Seed: uint64(r), Timeout: 10,
					Held:   &Held{Holder: h.peer, Data: "digits", Clip: HeldUnit},
					Inputs: []Input{{"x", []Part{{Data: "x", Size: 8}}}},
				}
				if r > 0 {
					t.Inputs = append([]Input{{"update", []Part{{From: &From{(n+1)*r - 1, "update"}, Size: 8}}}}, t.Inputs...)
				}
				deltas = append(deltas, Part{From: &From{uint32(len(s.Tasks)), HeldOutput}, Size: 8, Spare: &none})
				s.Tasks = append(s.Tasks, t)
			}
			s.Tasks = append(s.Tasks, Task{
				Name: "step", Program: prog, Inputs: []Input{{"deltas", deltas}}, Outputs: []OutSpec{{"update", 8}}, Timeout: 10, Least: 2, Patience: 5,
			})
		}
	}
}

// TestHeldTasks: what runs on data that one provider holds is computed by that provider alone, certified as its word by others, and
// paid; nobody's record grows by it. A holder that does not come is left out, and so is one that has no seat.
func TestHeldTasks(t *testing.T) {
	for name, missing := range map[string]func(w *world, holder *node){
		"all come": nil,
		"one hangs in the second round": func(w *world, holder *node) {
			holder.stuck = func(r Run) bool { return r.Held != nil && r.Ref.Task >= 4 }
		},
		"one never offers": func(_ *world, holder *node) { holder.dead = true },
		"one says what the task does not promise": func(_ *world, holder *node) {
			holder.lie = true // a trace, where there must be none
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 95, 10)
			w.check = true
			holders := w.nodes[2:5]
			if missing != nil {
				missing(w, holders[1])
			}
			for _, n := range w.nodes {
				n.started = func(r Run) {
					if r.Held != nil && r.Held.Holder != n.peer {
						t.Errorf("node %d runs task %d, whose data node %x holds", n.index, r.Ref.Task, r.Held.Holder[:4])
					}
					if r.Held != nil && (len(r.Before) != int(r.Ref.Task)/4 || r.Inputs[len(r.Inputs)-1].Data != "x") {
						t.Errorf("task %d runs on %v after %v", r.Ref.Task, r.Inputs, r.Before)
					}
				}
			}
			id := w.nodes[0].job(0, false, holding(2, holders...), func(s *Spec) { s.Deadline = w.now.Add(300_000) })
			view := func() View { v, _ := w.nodes[0].m.View(id); return v }
			w.run(func() bool { return view().State == Done || view().State == Failed }, 290_000)
			v := view()
			want := map[bool]uint64{true: 0b010, false: 0}
			if v.Failure != nil || v.Tasks[3].Result == nil || v.Tasks[7].Result.Without != want[missing != nil] || v.Tasks[3].Result.Without == 0b010 && strings.Contains(name, "second") {
				t.Fatalf("the job is %v: %v\n%s", v.State, v.Failure, strings.Join(v.Explain, "\n"))
			}
			if text := strings.Join(v.Explain, "\n"); !strings.Contains(text, "6 tasks run on data that 3 providers hold") {
				t.Errorf("nobody is told that a task is not verified:\n%s", text)
			}
			panel, err := OpenAward(w.net.ID(), id, w.nodes[0].m.jobs[id].award)
			if err != nil {
				t.Fatal(err)
			}
			spec := w.specs[id]
			candidates, _, err := panel.Draw(w.net, spec, *w.nodes[0].m.jobs[id].Beacon)
			if err != nil {
				t.Fatal(err)
			}
			e := Evidence{Spec: spec, Award: w.nodes[0].m.jobs[id].award, Beacon: *w.nodes[0].m.jobs[id].Beacon}
			for i, task := range v.Tasks {
				c := task.Certificate
				if c == nil {
					continue
				}
				e.Certificates = append(e.Certificates, c)
				if err := c.Verify(candidates[i], spec.UnitPolicy(i, len(candidates[i])), testVerifier{}); err != nil {
					t.Errorf("task %d: %v", i, err)
				}
				if h := spec.Tasks[i].Held; h != nil {
					payees := c.Payees(spec.Policy.Quorum)
					if len(payees) != 1 || panel.Peers()[payees[0]] != h.Holder || len(c.Attestations) < 4 {
						t.Errorf("task %d pays seats %v on %d signatures", i, payees, len(c.Attestations))
					}
				}
			}
			records, refused := Reputation(w.net, testVerifier{}, []Evidence{e}, Vouching{})
			if len(refused) != 0 {
				t.Fatal(refused)
			}
			total := uint64(0)
			for _, r := range records {
				total += r.Completed
			}
			if total != 2*3 && total != 2*2 && total != 2*3-1 { // of the two steps only
				t.Errorf("records grow by %d replicas", total)
			}
		})
	}
}

// TestHeldSpecs lists what a spec may not say of held data.
func TestHeldSpecs(t *testing.T) {
	net := LocalNetwork()
	holders := []*node{{peer: poc.PeerID{1}}, {peer: poc.PeerID{2}}, {peer: poc.PeerID{3}}}
	base := func(change func(*Spec)) error {
		s := Spec{
			Version: 1, Network: net.ID(), Name: "n", Account: "a", Owner: poc.PeerID{9}, MaxPrice: 1, Budget: 1 << 40, Deadline: 1,
		}
		holding(2, holders...)(&s)
		change(&s)
		return s.Validate(net)
	}
	if err := base(func(*Spec) {}); err != nil {
		t.Fatal(err)
	}
	zero := uint32(0)
	for want, change := range map[string]func(*Spec){
		"does not say which one": func(s *Spec) {
			s.Tasks[3].Inputs[0].Parts = []Part{{Data: "x", Size: 8}}
			s.Tasks[3].Least = 0
			s.Tasks[3].Patience = 0
		},
		"data sets have names":    func(s *Spec) { s.Tasks[0].Held.Data = "" },
		"no other provider":       func(s *Spec) { s.Tasks[0].Held.Holder = s.Owner },
		"clip is 0":               func(s *Spec) { s.Tasks[0].Held.Clip = 0 },
		`has one output, "delta"`: func(s *Spec) { s.Tasks[0].Outputs[0].Name = "x" },
		"is drawn like no other":  func(s *Spec) { s.Tasks[4].Like = &zero },
		"has 2 parts": func(s *Spec) {
			s.Tasks[0].Inputs[0].Parts = append(s.Tasks[0].Inputs[0].Parts, Part{Data: "x", Size: 8})
		},
		"either a file, an output": func(s *Spec) { s.Tasks[0].Inputs[0].Parts[0].File = s.Tasks[3].Inputs[0].Parts[0].Spare },
		"has a spare":              func(s *Spec) { s.Tasks[0].Inputs[0].Parts[0].Spare = s.Tasks[3].Inputs[0].Parts[0].Spare },
		"some tasks run on data":   func(s *Spec) { s.Policy.Compare.Tier = poc.Tolerance },
		"noise at most that":       func(s *Spec) { s.Tasks[0].Held.Noise = 1 << 60 },
	} {
		err := base(change)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
}
