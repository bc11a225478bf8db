package market

import (
	"container/heap"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"gpumesh/poc"
)

// FuzzMachine lets the fuzzer disturb a whole market: it loses, repeats and delays what would happen next, restarts nodes, and tells
// them what nobody has sent and no chain holds. The models are the ledger, which counts every base unit after every operation, the table of states, and the machines that are
// restored after every step that persists something.
func FuzzMachine(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, uint8(0))
	f.Add([]byte{1, 2, 3, 4, 0, 0, 1, 2, 3, 4, 7, 7, 7}, uint8(1))
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 3, 19, 35, 51, 67, 4, 4, 4}, uint8(2))
	for kind := range uint8(12) {
		r := rand.New(rand.NewPCG(uint64(kind), 9))
		choices := make([]byte, 300)
		for i := range choices {
			switch choices[i] = byte(r.IntN(256)); r.IntN(3) {
			case 0:
				choices[i] = 0
			case 1:
				choices[i] = choices[i]&^15 | 7
			}
		}
		f.Add(choices, kind)
	}
	f.Fuzz(func(t *testing.T, choices []byte, kind uint8) {
		if why, n := disturb(t, 70, choices, kind, true); why != "" {
			t.Fatalf("after %d of the choices, %v:\n%s", n, choices[:n], why)
		}
	})
}

// crowd is a market in which much is refused and waits: two owners, who work for each other, and providers of which some are dear, slow, small, or have
// no room.
func crowd(t *testing.T, seed uint64, kind uint8) (w *world, jobs []poc.Hash) {
	w = newWorld(t, seed, 7, func(n *Network) {
		if n.MaxBatch, n.MinReplicas = 8, 1; kind%5 == 0 {
			n.AwardTimeout = 90_000 // offers stand for longer than a slot is kept
		}
		if kind%7 > 4 { // more offer than are asked, or than are kept
			n.MaxPanel = 2 + 2*uint32(kind%4/2)
		}
	})
	if kind%3 == 1 {
		w.operations = 1_000_000_000 * uint64(1+w.rng.IntN(5)) // as many seconds
	}
	for _, n := range w.nodes {
		p := n.cfg.Provider
		p.Slots, p.MaxQueue = 1+uint32(w.rng.IntN(2)), 4+uint32(w.rng.IntN(8))
		switch w.rng.IntN(14) {
		case 0:
			p.Floor = 2 * NLOV
		case 3:
			_ = n.step(Measured{Ad{Class: "test", I32: 100_000_000, F32: 100_000_000}})
		case 1:
			p.MaxMemory = 1 << 10
		case 2:
			p.MaxQueue = 1
		}
		n.lie = w.rng.IntN(12) == 0
		n.delay = poc.Millis(1 + w.rng.IntN(400))
		n.model = newModel(n.cfg, n.m)
	}
	for i := range 2 + int(kind%3) {
		jobs = append(jobs, w.nodes[i%2].job(2+2*int(kind%2), i == 1 && kind%2 == 0, func(s *Spec) {
			if s.Batch = 1 + uint32(kind%2); w.net.MaxPanel == 2 {
				s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 2}
			} else if kind%4 > 1 {
				s.Policy = poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 4, Standby: 3, MaxError: 100_000}
			}
			s.Priority = Priority(w.rng.IntN(3))
			s.MinSpeed = 500_000_000 * uint64(kind/4%2)
			s.Deadline = s.Deadline.Add(-poc.Millis(w.rng.IntN(50_000)))
		}))
	}
	return w, jobs
}

// disturb plays a sequence of choices, and says what a model finds wrong, and after how many of them.
func disturb(t *testing.T, seed uint64, choices []byte, kind uint8, restore bool) (why string, n int) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case modelFailure:
			why = string(r)
		default:
			panic(r)
		}
	}()
	w, jobs := crowd(t, seed, kind)
	w.check = restore
	id, states := jobs[0], lives{}
	for _, c := range choices[:min(len(choices), 1500)] {
		n++
		states.see(t, w, id)
		if len(w.events) == 0 {
			break
		}
		e := heap.Pop(&w.events).(simEvent)
		w.now = max(w.now, e.at)
		switch n := w.nodes[int(c/16)%len(w.nodes)]; c % 16 {
		case 1: // lost
			continue
		case 2:
			e.do()
		case 3:
			w.after(poc.Millis(c)*10, e.do)
			continue
		case 4:
			n.restart()
		case 5:
			_ = n.step(Cancel{Job: jobs[w.rng.IntN(len(jobs))]})
		case 6:
			w.now = w.now.Add(poc.Millis(c) * 20)
		case 7, 8:
			tell(t, n, jobs[w.rng.IntN(len(jobs))])
		case 9, 10:
			bother(w, n, jobs)
		}
		e.do()
	}
	states.see(t, w, id)
	w.ledger.check()
	for _, n := range w.nodes {
		for _, id := range n.m.Jobs() {
			if s := n.state(id); !s.Terminal() && n.m.Deadline(id) == 0 {
				t.Fatalf("node %d: job %s is %v without a deadline", n.index, id.Short(), s)
			}
		}
	}
	return "", n
}

// bother has a node's own host or user do something: a pause, a run that fails, or a job that cannot be; or somebody offers who may have the account, the
// place, the price or the device of whom nobody seats.
func bother(w *world, n *node, jobs []poc.Hash) {
	i := w.rng.IntN(len(jobs))
	switch w.rng.IntN(9) {
	case 8:
		_ = n.step(Unbacked{Job: jobs[i], Peer: w.nodes[w.rng.IntN(len(w.nodes))].peer})
	case 0:
		_ = n.step(Condition{State: Paused, Reason: "its user is back"})
	case 1:
		_ = n.step(Condition{State: Healthy})
	case 2:
		for i := range uint32(4) {
			_ = n.step(RunFailed{Ref: poc.TaskRef{Job: jobs[w.rng.IntN(len(jobs))], Task: i}, Reason: "no", Released: w.rng.IntN(4) == 0})
		}
	case 3:
		_ = w.nodes[i%2].step(Received{Message: w.open(n.wrap(Decline{Job: jobs[i], Code: []DeclineCode{DeclineBusy, DeclineReservation, "odd"}[w.rng.IntN(3)]}, w.now.Add(10_000)))})
	case 4:
		if j := n.m.jobs[jobs[i]]; j != nil && j.award != nil { // the chain holds another award
			_ = n.step(BeaconSeen{Job: j.id, Beacon: Beacon{Award: poc.BlockHash(j.award)}, Refused: "another award"})
		}
	case 5:
		from := w.stranger(fmt.Sprint("stranger ", w.rng.IntN(3)))
		from.account = w.nodes[w.rng.IntN(len(w.nodes))].account
		raw := from.wrap(Offer{
			Job: jobs[i], Account: from.account, Ask: NLOV * Amount(w.rng.IntN(7)) / 4, Speed: 200_000_000 * uint64(1+w.rng.IntN(4)), Class: "test",
		}, w.now.Add(10_000))
		_ = w.nodes[i%2].step(Received{Message: w.open(raw), Subnet: fmt.Sprint("subnet ", w.rng.IntN(20))})
	default:
		s := w.specs[jobs[i]]
		if w.rng.IntN(4) > 0 {
			n = w.nodes[i%2]
		}
		switch w.rng.IntN(4) {
		case 0:
			s.Budget--
		case 1:
			s.Deadline = w.now.Add(w.net.LeaseTTL - 1)
		case 2:
			s.Deadline = w.now.Add(MaxDuration + 1)
		}
		_ = n.step(Submit{s})
	}
}

// lives is the model of what becomes of a job on each node: the states follow the table, and what is over stays over.
type lives map[int]State

// see compares the states of a job on all nodes with those that they had before. A node that had declined, or forgotten, may hear of
// the job again.
func (l lives) see(t *testing.T, w *world, id poc.Hash) {
	for _, n := range w.nodes {
		j := n.m.jobs[id]
		if j == nil {
			delete(l, n.index)
			continue
		}
		before, known := l[n.index]
		switch {
		case !known || before == j.State:
		case before == Declined && (j.State == Checking || j.State == Offered || j.State == Drawing):
		case !leads(before, j.State, 8):
			t.Fatalf("node %d went from %v to %v", n.index, before, j.State)
		}
		l[n.index] = j.State
	}
}

// leads reports whether at most n transitions of the table lead from one state to another.
func leads(from, to State, n int) bool {
	if from == to {
		return true
	}
	for next := range Declined + 1 {
		if n > 0 && canTransition(from, next) && leads(next, to, n-1) {
			return true
		}
	}
	return false
}

// tell gives a node an event that did not happen: a message of anything by a seat or a stranger, or what the chain never said. What it refuses
// leaves no trace.
func tell(t *testing.T, n *node, id poc.Hash) {
	w := n.w
	pick := func(k int) int { return w.rng.IntN(k) }
	hash := func() poc.Hash { return poc.Hash{byte(pick(3))} }
	j := n.m.jobs[id]
	award := hash()
	if j != nil && j.award != nil && pick(2) == 0 {
		award = poc.BlockHash(j.award)
	}
	spec := w.specs[id]
	escrow := Escrow{
		Job: id, Owner: spec.Account, Terms: spec.Terms(w.net), Award: award, Settled: uint32(pick(9)), Paid: Amount(pick(9)), Refunded: Amount(pick(9)), Closed: pick(2) == 0,
	}
	switch pick(6) {
	case 0, 1:
		escrow = Escrow{}
	case 2:
		escrow = Escrow{Job: id, Owner: spec.Account, Terms: spec.Terms(w.net)}
		escrow.Terms.Budget += Amount(pick(2))
	}
	var ev Event
	switch pick(7) {
	case 0:
		ev = EscrowSeen{Job: id, Escrow: &escrow, Reason: "made up"}
	case 1:
		ev = EscrowSeen{Job: id}
	case 2:
		b := BeaconSeen{Job: id, Beacon: Beacon{Award: award, Height: uint64(pick(3)), Random: hash()}}
		if pick(3) == 0 {
			b.Refused = "made up"
		}
		if j != nil {
			for _, s := range j.seats[:len(j.seats)-pick(2)*min(1, len(j.seats))] {
				b.Beacon.Standings = append(b.Beacon.Standings, Standing{
					Account: s.offer.Account, Peer: s.peer, Registered: pick(9) > 0, Stake: Amount(1+pick(20)) * w.net.MinStake, Completed: ^uint64(0) >> pick(64), Faults: uint64(pick(9) / 8),
				})
				if pick(9) == 0 {
					b.Beacon.Standings[len(b.Beacon.Standings)-1].Peer = w.nodes[pick(len(w.nodes))].peer
				}
			}
		}
		ev = b
	case 3:
		f := Fetched{Job: id, Spec: spec, Work: Work{Operations: ^uint64(0) >> pick(64), Memory: uint64(1) << pick(40)}}
		if f.Spec.Priority = Priority(pick(5)); pick(3) == 0 {
			f.Code, f.Reason = DeclineCode("made up"), "made up"
		}
		if pick(3) == 0 {
			f.Spec = Spec{}
		}
		ev = f
	case 4:
		s := SettlementSeen{Job: id, Escrow: escrow}
		for range pick(9) {
			s.Settled = append(s.Settled, hash())
			s.History = append(s.History, Entry{Kind: "slash", Account: w.nodes[pick(len(w.nodes))].account, Receipt: Receipt{Tx: "x", Tasks: []uint32{uint32(pick(9))}}})
		}
		for _, a := range n.m.Signers(id) {
			s.Signers = append(s.Signers, Standing{Account: a, Registered: pick(9) > 0, Stake: Amount(pick(3)) * w.net.MinStake})
		}
		ev = s
	default:
		from := w.nodes[pick(len(w.nodes))]
		if pick(3) == 0 || from == n {
			if from = w.stranger("stranger"); pick(2) == 0 {
				from.account = w.nodes[pick(len(w.nodes))].account // of a node of two
			}
		}
		v, err := Open(w.net.ID(), from.wrap(from.anything(id), w.now.Add(10_000)), testVerifier{})
		if err != nil {
			t.Fatal(err)
		}
		ev = Received{Message: v, Subnet: fmt.Sprint("subnet ", pick(3))}
	}
	before := n.m.StateHash()
	if err := n.step(ev); err != nil && n.m.StateHash() != before {
		t.Fatalf("node %d refuses %T (%v), and is changed by it", n.index, ev, err)
	}
}

var modelSeeds = flag.Uint64("seeds", 150, "how many random sequences TestModel plays")

// TestModel plays many random sequences. Of the first that fails it prints the seed, and the beginning that is enough, which FuzzMachine's corpus may keep.
func TestModel(t *testing.T) {
	seeds := *modelSeeds
	if testing.Short() {
		seeds = min(seeds, 40)
	}
	for seed := range seeds {
		if why, choices := playRandom(t, seed); why != "" {
			t.Fatalf("seed %d, after %d choices, %x:\n%s", seed, len(choices), choices, why)
		}
	}
}

// playRandom plays a random sequence, and returns what a model finds wrong, and the shortest beginning with which it does. Of some much is disturbed, and
// others go on for long.
func playRandom(t *testing.T, seed uint64) (why string, choices []byte) {
	r := rand.New(rand.NewPCG(seed, 9))
	calm := int(seed / 3 % 4)
	choices = make([]byte, 300+400*calm)
	for i := range choices {
		if r.IntN(4+20*calm) == 0 {
			choices[i] = byte(r.IntN(256))
		}
	}
	why, n := disturb(t, seed, choices, uint8(seed), false)
	return why, choices[:n]
}
