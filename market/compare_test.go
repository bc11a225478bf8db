package market

import (
	"strings"
	"testing"

	"gpumesh/poc"
)

// compare finds what an honest host does: a result that is not served cannot be had, and a liar's is not near.
func (n *node) compare(c Compare) {
	n.w.after(n.w.latency(), func() {
		ev := Compared{c.Ref, poc.Compared{Peer: c.Peer, Whole: c.Whole}}
		if !n.w.served[c.Theirs.Outputs[0].File] || n.w.byPeer[c.Peer].lie || n.lie {
			ev.Difference = "it is another one"
		}
		_ = n.step(ev)
	})
}

// Workers whose devices give bits of their own agree on one result, in a chain too; a liar among them is not paid and not slashed.
func TestNearResults(t *testing.T) {
	for _, lying := range []bool{false, true} {
		w := newWorld(t, 90, 6)
		w.check = true
		for _, n := range w.nodes {
			n.own = true
		}
		w.nodes[2].lie = lying
		id := w.nodes[0].job(3, false, chain, func(s *Spec) {
			s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 2, Compare: poc.Comparator{Tier: poc.Tolerance}}
			s.Deadline = w.now.Add(120_000)
		})
		w.run(w.settledEverywhere(id), 150_000)
		v, _ := w.nodes[0].m.View(id)
		if v.State != Done || v.Failure != nil {
			t.Fatalf("lying %v: %v %+v %v", lying, v.State, v.Failure, v.Explain)
		}
		for i := range v.Tasks {
			if n := len(paidSeats(v, i)); n < 2 {
				t.Errorf("task %d pays %d", i, n)
			}
			for _, a := range paidSeats(v, i) {
				if lying && a == w.nodes[2].account {
					t.Errorf("task %d pays the liar", i)
				}
			}
		}
		for _, e := range w.ledger.history[id] {
			if e.Kind == "slash" {
				t.Errorf("%s is slashed for what devices may differ in", e.Account)
			}
		}
	}
}

// A node that restarts in the middle asks again for what it was comparing, and serves what it has shown.
func TestNearAfterRestart(t *testing.T) {
	w := newWorld(t, 91, 4)
	for _, n := range w.nodes {
		n.own = true
	}
	id := w.nodes[0].job(1, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 3, Quorum: 3, MaxReplicas: 3, Compare: poc.Comparator{Tier: poc.Image}}
	})
	w.run(func() bool { return w.nodes[1].state(id) == Running && len(w.served) == 3 }, 30_000)
	for l := range w.served {
		delete(w.served, l)
	}
	for _, n := range w.nodes {
		n.restart()
	}
	w.run(w.settledEverywhere(id), 120_000)
	if v, _ := w.nodes[0].m.View(id); v.State != Done || v.Failure != nil || len(paidSeats(v, 0)) != 3 {
		t.Fatalf("%v %+v %v", v.State, v.Failure, v.Explain)
	}
}

// Results that are compared within one class are computed in it only, and the owner learns in one sentence when too few are.
func TestOneClass(t *testing.T) {
	w := newWorld(t, 92, 6)
	for _, n := range w.nodes[1:3] {
		_ = n.step(Measured{Ad{Class: "another", I32: 1_000_000_000, F32: 1_000_000_000}})
	}
	within := func(class string) func(*Spec) {
		return func(s *Spec) {
			s.Class, s.Policy = class, poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3, Compare: poc.Comparator{Tier: poc.ClassExact}}
		}
	}
	id := w.nodes[0].job(2, false, within("test"))
	w.run(w.settledEverywhere(id), 60_000)
	v, _ := w.nodes[0].m.View(id)
	if v.State != Done || v.Failure != nil {
		t.Fatalf("%v %+v", v.State, v.Failure)
	}
	for _, s := range v.Seats {
		if s.Peer == w.nodes[1].peer || s.Peer == w.nodes[2].peer {
			t.Errorf("a device of another class has a seat")
		}
	}
	id = w.nodes[0].job(1, false, within("another"))
	w.run(func() bool { return w.nodes[0].state(id) == Failed }, 120_000)
	v, _ = w.nodes[0].m.View(id)
	if f := v.Failure; f == nil || f.Code != FailProviders || !strings.Contains(f.Reason, "2 of the 3 providers of device class another") {
		t.Fatalf("%+v", v.Failure)
	}
	// An owner that seats others gains nothing: they are not drawn.
	s := w.specs[id]
	seats := []frozen{{w.nodes[1].peer, Offer{Account: w.nodes[1].account, Class: "another"}}, {w.nodes[3].peer, Offer{Account: w.nodes[3].account, Class: "test"}}}
	var b Beacon
	for _, f := range seats {
		b.Standings = append(b.Standings, Standing{Account: f.offer.Account, Peer: f.peer, Registered: true, Stake: 1000 * NLOV})
	}
	if ranked, n := newBench(w.net, &s, seats, b).rank(poc.Hash{}, poc.TaskRef{}, -1); len(ranked) != 1 || n != 1 || ranked[0].Peer != w.nodes[1].peer {
		t.Fatalf("%+v may be drawn", ranked)
	}
}

func TestComparisonsAreValidated(t *testing.T) {
	w := newWorld(t, 93, 1)
	n := w.nodes[0]
	for reason, change := range map[string]func(*Spec){
		"have no such thresholds": func(s *Spec) { s.Policy.Compare.Step = 1 },
		"need its name":           func(s *Spec) { s.Policy.Compare.Tier = poc.ClassExact },
		"units of their own":      func(s *Spec) { s.Policy.Compare.Tier, s.Batch = poc.Tolerance, 2 },
		"panels of": func(s *Spec) {
			s.Policy = poc.Policy{Replicas: 1, Quorum: 33, MaxReplicas: 2, Standby: 63, Compare: byProof}
		},
		"quorum is 1": func(s *Spec) { s.Policy = poc.Policy{Replicas: 1, Quorum: 1, MaxReplicas: 1, Compare: byProof} },
		"own, so batch is 1": func(s *Spec) {
			s.Policy, s.Batch = poc.Policy{Replicas: 1, Quorum: 2, MaxReplicas: 2, Standby: 2, Compare: byProof}, 2
		},
		"maxError has no meaning": func(s *Spec) { s.Policy.Compare, s.Policy.MaxError = byProof, 1000 },
		"want all 7 candidates":   func(s *Spec) { s.Policy.Compare.Tier, s.Policy.MaxError = poc.Tolerance, 1000 },
		"takes 61 candidates": func(s *Spec) {
			s.Policy = poc.Policy{Replicas: 31, Quorum: 31, MaxReplicas: 61, Standby: 30, MaxError: 1000, Compare: poc.Comparator{Tier: poc.Tolerance}}
		},
	} {
		s := w.specs[n.job(2, false)]
		change(&s)
		err := s.Validate(w.net)
		if err == nil || !strings.Contains(err.Error(), strings.Replace(reason, "have no", "has no", 1)) {
			t.Errorf("%s: %v", reason, err)
		}
	}
}
