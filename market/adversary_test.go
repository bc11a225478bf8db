package market

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"testing"

	"gpumesh/poc"
)

// The tests of this file are attacks: what a peer may send that has a key of its own and nothing else, or what an owner or
// a provider may do that does not want the job to end well.

// stranger is a peer that runs no machine.
func (w *world) stranger(name string) *node {
	seed := sha256.Sum256([]byte(name))
	key := ed25519.NewKeyFromSeed(seed[:])
	return &node{w: w, key: key, peer: poc.PeerID(key.Public().(ed25519.PublicKey)), account: poc.Account(name)}
}

// tell hands a message of this node to another's machine at once.
func (n *node) tell(to *node, msg Message) error {
	n.w.t.Helper()
	v, err := Open(n.w.net.ID(), n.wrap(msg, n.w.now.Add(10_000)), testVerifier{})
	if err != nil {
		n.w.t.Fatal(err)
	}
	return to.step(Received{Message: v})
}

// offer is an offer of this node as it stands in an award.
func (n *node) offer(job poc.Hash) []byte {
	return n.wrap(Offer{Job: job, Account: n.account, Ask: NLOV / 100, Speed: 1, Class: "test"}, n.w.now.Add(10_000))
}

// awardOf is an award of the given offers, which are sorted by peer already.
func awardOf(job poc.Hash, offers ...[]byte) Award {
	return Award{job, poc.MustEncode(AwardDoc{Version: 1, Job: job, Offers: offers})}
}

func TestStrangersAwardEvictsNobody(t *testing.T) {
	w := newWorld(t, 30, 5)
	id := w.nodes[0].job(2, false)
	w.run(func() bool { return w.nodes[1].state(id) == Offered && w.nodes[2].state(id) == Offered }, 5_000)
	mallory := w.stranger("mallory")
	for _, n := range w.nodes[1:3] {
		_ = mallory.tell(n, awardOf(id, mallory.offer(id)))
		if s := n.state(id); s != Offered {
			t.Fatalf("a stranger's award moved node %d to %v", n.index, s)
		}
	}
	w.run(w.settledEverywhere(id), 20_000)
	w.expectPaid(id)
}

// TestForgedAward gives a provider an award that seats it but is not the owner's, before the owner's.
func TestForgedAward(t *testing.T) {
	for _, relayed := range []bool{false, true} {
		t.Run(fmt.Sprint(relayed), func(t *testing.T) {
			w := newWorld(t, 31, 5)
			id := w.nodes[0].job(2, false)
			owner := w.nodes[0].m.jobs[id]
			w.run(func() bool { return len(owner.offers) >= 3 }, 5_000)
			var offers [][]byte
			var victims []*node
			for _, p := range sortedPeers(owner.offers)[:3] {
				offers = append(offers, owner.offers[p].raw)
				victims = append(victims, w.byPeer[p])
			}
			mallory := w.stranger("mallory")
			if relayed { // nobody hears the owner's award but one seat, which passes it on
				w.nodes[0].silentTo = map[*node]bool{}
				for _, n := range victims {
					w.nodes[0].silentTo[n] = true
				}
			}
			for _, n := range victims {
				_ = mallory.tell(n, awardOf(id, offers...))
			}
			w.run(w.settledEverywhere(id), 60_000)
			w.expectPaid(id)
			for _, n := range victims {
				if s := n.state(id); s != Done {
					t.Errorf("node %d ends as %v", n.index, s)
				}
			}
		})
	}
}

// TestForgedAwardAcrossRestart restarts the victim while it believes the forged award.
func TestForgedAwardAcrossRestart(t *testing.T) {
	w := newWorld(t, 32, 5)
	w.check = true
	id := w.nodes[0].job(2, false)
	owner := w.nodes[0].m.jobs[id]
	w.run(func() bool { return len(owner.offers) >= 3 }, 5_000)
	ps := sortedPeers(owner.offers)[:3]
	victim := w.byPeer[ps[0]]
	_ = w.stranger("mallory").tell(victim, awardOf(id, owner.offers[ps[0]].raw, owner.offers[ps[1]].raw, owner.offers[ps[2]].raw))
	victim.restart()
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
	if s := victim.state(id); s != Done {
		t.Errorf("the victim ends as %v", s)
	}
}

// TestOwnerAmongItsSeats has an owner seat its own peer under a second account, so that no task can be made.
func TestOwnerAmongItsSeats(t *testing.T) {
	w := newWorld(t, 33, 5)
	owner := w.nodes[0]
	id := owner.job(1, false)
	w.run(func() bool { return len(owner.m.jobs[id].offers) >= 3 }, 5_000)
	second := *owner
	second.account = "second"
	w.ledger.peers["second"], w.ledger.stake["second"] = owner.peer, 1000*NLOV
	w.ledger.total += 1000 * NLOV
	raws := map[poc.PeerID][]byte{owner.peer: second.offer(id)}
	for p, o := range owner.m.jobs[id].offers {
		raws[p] = o.raw
	}
	var offers [][]byte
	var seats []frozen
	for _, p := range sortedPeers(raws) {
		v, err := Open(w.net.ID(), raws[p], nil)
		if err != nil {
			t.Fatal(err)
		}
		offers = append(offers, raws[p])
		seats = append(seats, frozen{p, v.message.(Offer)})
	}
	award := awardOf(id, offers...)
	if _, err := w.ledger.do(w.now, owner.account, AnchorAward{id, poc.BlockHash(award.Document), seating(w.net, owner.m.jobs[id].spec, seats)}); err != nil {
		t.Fatal(err)
	}
	owner.dead = true
	for _, n := range w.nodes[1:] {
		_ = owner.tell(n, award)
	}
	w.run(w.settledEverywhere(id), 200_000)
}

func TestSpamEvictsNothingOfOnesOwn(t *testing.T) {
	w := newWorld(t, 34, 5)
	id := w.nodes[0].job(1, false)
	w.run(w.settledEverywhere(id), 20_000)
	mallory := w.stranger("mallory")
	victim := w.nodes[0]
	for i := range maxKept + 64 {
		job := sha256.Sum256(fmt.Append(nil, i))
		if err := mallory.tell(victim, Bid{Job: job, Account: mallory.account, MaxPrice: NLOV, Closes: w.now.Add(1000)}); err != nil {
			t.Fatal(err)
		}
		_ = victim.step(EscrowSeen{Job: job, Escrow: &Escrow{Job: job, Owner: mallory.account, Terms: Terms{MaxPrice: NLOV}}})
		_ = victim.step(Fetched{Job: job, Code: DeclineFetch, Reason: "none"})
	}
	if _, ok := victim.m.View(id); !ok {
		t.Error("a stranger's bids made the owner forget its job")
	}
	if n := len(victim.m.jobs); n > maxKept+maxChecking+1 {
		t.Errorf("%d jobs are remembered", n)
	}
	for job, j := range victim.m.jobs {
		if job != id && (j.spec != nil || j.escrow != nil) {
			t.Fatal("what was looked at of a declined job stays in memory")
		}
	}
}

func TestDeadlineBeyondTheHorizon(t *testing.T) {
	for _, deadline := range []poc.Time{math.MaxInt64, math.MaxInt64 - 1<<40, 1_000_000 + poc.Time(MaxDuration) + 60_000} {
		w := newWorld(t, 35, 4)
		s, net := validSpec()
		s.Network, s.Owner, s.Account, s.Deadline = w.net.ID(), w.nodes[0].peer, w.nodes[0].account, deadline
		s.MaxPrice, s.Budget = NLOV, 100*NLOV
		if err := w.nodes[0].step(Submit{s}); err == nil {
			t.Errorf("a deadline at %d was accepted on network %s", deadline, net.Name)
		}
		id := s.ID()
		w.specs[id] = s
		e := Escrow{Job: id, Owner: s.Account, Terms: s.Terms(w.net)}
		w.ledger.escrows[id] = &e
		w.ledger.total += s.Budget
		if err := w.nodes[0].tell(w.nodes[1], Bid{Job: id, Account: s.Account, MaxPrice: s.MaxPrice, Closes: w.now.Add(1000)}); err != nil {
			t.Fatal(err)
		}
		w.run(func() bool { return w.nodes[1].m.jobs[id].State != Checking }, 2_000)
		if s := w.nodes[1].m.jobs[id].State; s != Declined {
			t.Errorf("a provider is %v with a job that ends at %d", s, deadline)
		}
	}
}

// TestWorkersAreDownInTurn takes every worker down for longer than a lease, one after the other. Who is back works again.
func TestWorkersAreDownInTurn(t *testing.T) {
	w := newWorld(t, 36, 5)
	for _, n := range w.nodes {
		n.delay = 800
	}
	id := w.nodes[0].job(30, false, func(s *Spec) {
		s.Deadline = w.now.Add(300_000)
		for i := range s.Tasks[1:] {
			s.Tasks[i+1].Inputs = []Input{{"in", []Part{{From: &From{uint32(i), "out"}, Size: 8}}}}
		}
	})
	for i, n := range w.nodes[1:] {
		at := poc.Millis(1_000 + 7_000*i)
		w.after(at, func() { n.dead = true })
		w.after(at+6_000, n.restart)
	}
	w.run(w.settledEverywhere(id), 200_000)
	w.expectPaid(id)
}

// TestNothingIsFetchedWithoutEscrow: downloads cost a provider more than a bid costs its author.
func TestNothingIsFetchedWithoutEscrow(t *testing.T) {
	w := newWorld(t, 37, 3)
	n := w.nodes[1]
	mallory := w.stranger("mallory")
	job := poc.Hash{7}
	v, err := Open(w.net.ID(), mallory.wrap(Bid{Job: job, Account: "mallory", MaxPrice: NLOV, Closes: w.now.Add(1000)}, w.now.Add(1000)), nil)
	if err != nil {
		t.Fatal(err)
	}
	fx, err := n.m.Step(w.now, Received{Message: v})
	if err != nil || len(fx.CheckEscrow) != 1 || len(fx.Fetch) != 0 {
		t.Fatalf("a bid asks for %d fetches and %d looks at the escrow: %v", len(fx.Fetch), len(fx.CheckEscrow), err)
	}
	fx, err = n.m.Step(w.now, EscrowSeen{Job: job, Escrow: &Escrow{Job: job, Owner: "another", Terms: Terms{MaxPrice: NLOV}}})
	if err != nil || len(fx.Fetch) != 0 || n.m.jobs[job].State != Declined {
		t.Fatalf("a bid on another's escrow asks for %d fetches: %v", len(fx.Fetch), err)
	}
}

// TestSquattedJob has a stranger bid in its own name for a job that it heard of before a provider did.
func TestSquattedJob(t *testing.T) {
	w := newWorld(t, 38, 4)
	mallory := w.stranger("mallory")
	id := w.nodes[0].job(1, false)
	for _, n := range w.nodes[1:] {
		if err := mallory.tell(n, Bid{Job: id, Account: mallory.account, MaxPrice: NLOV, Closes: w.now.Add(15_000)}); err != nil {
			t.Fatal(err)
		}
	}
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
}

func TestStrangersHintsAreIgnored(t *testing.T) {
	w := newWorld(t, 39, 5)
	id := w.nodes[0].job(1, false)
	w.run(func() bool { return w.nodes[1].state(id) == Running }, 5_000)
	for _, c := range []struct {
		from *node
		want int
	}{{w.stranger("mallory"), 0}, {w.nodes[2], 1}} {
		v, err := Open(w.net.ID(), c.from.wrap(Settled{id}, w.now.Add(1000)), nil)
		if err != nil {
			t.Fatal(err)
		}
		fx, _ := w.nodes[1].m.Step(w.now, Received{Message: v})
		if len(fx.CheckSettlement) != c.want {
			t.Errorf("a hint asks for %d looks at the chain, want %d", len(fx.CheckSettlement), c.want)
		}
	}
}

// TestClaimBeforeExpiry loses those who are first to claim, on a network whose turns are long for its grace.
func TestClaimBeforeExpiry(t *testing.T) {
	w := newWorld(t, 40, 8, func(n *Network) { n.ClaimTurn = 25_000 })
	id := w.nodes[0].job(1, false, func(s *Spec) { s.Deadline = w.now.Add(30_000) })
	w.run(func() bool { return w.nodes[0].state(id) == Running }, 5_000)
	for _, p := range w.nodes[0].m.jobs[id].claims[:3] {
		w.byPeer[p].dead = true
	}
	w.run(w.settledEverywhere(id), 200_000)
	w.expectPaid(id)
}

// TestFailedOwnerRestarts: what is left to know of a failed job is whether its escrow came back.
func TestFailedOwnerRestarts(t *testing.T) {
	w := newWorld(t, 41, 4)
	for _, n := range w.nodes[1:] {
		n.cfg.Provider.Floor = 2 * NLOV
	}
	id := w.nodes[0].job(1, false)
	returned := func() bool {
		v, _ := w.nodes[0].m.View(id)
		return v.State == Failed && v.Until == 0 && v.Escrow != nil && v.Escrow.Closed
	}
	w.run(returned, 60_000)
	w.nodes[0].restart()
	w.run(returned, 20_000)
}

func TestTextsOfStrangers(t *testing.T) {
	w := newWorld(t, 42, 2)
	mallory := w.stranger("mallory")
	for _, m := range []Message{
		Decline{Job: poc.Hash{1}, Code: DeclineBusy, Reason: "\x1b[2J"}, Ad{Account: "a\n", Class: "c"}, Ad{Account: "a", Class: "c", Adapter: "\x07"},
	} {
		if _, err := Open(w.net.ID(), mallory.wrap(m, w.now.Add(1000)), nil); err == nil {
			t.Errorf("%#v is accepted", m)
		}
	}
	for _, change := range []func(*Spec){
		func(s *Spec) { s.Name = "\x1b[2J" },
		func(s *Spec) { s.Tasks[0].Name = "a\x00" },
		func(s *Spec) { s.Tasks[0].Outputs[0].Name = "out\n" },
		func(s *Spec) { s.Tasks[0].Outputs[0].Name = "\xff" },
		func(s *Spec) { s.Policy.Standby = poc.MaxSealed - s.Policy.Replicas + 1 },
	} {
		s, net := validSpec()
		change(&s)
		if err := s.Validate(net); err == nil {
			t.Errorf("%+v is valid", s)
		}
	}
}

// TestReasonsOfManyLines: what a program's failure says is passed on as one line, and the next in rank takes over at once.
func TestReasonsOfManyLines(t *testing.T) {
	w := newWorld(t, 43, 6)
	for _, n := range w.nodes[1:] {
		n.hang = true
	}
	id := w.nodes[0].job(2, false)
	var busy []*node // those that are drawn first
	w.run(func() bool {
		busy = slices.DeleteFunc(slices.Clone(w.nodes[1:]), func(n *node) bool { return len(n.m.running) == 0 })
		return len(busy) >= 3
	}, 5_000)
	for _, n := range w.nodes[1:] {
		n.hang = false
	}
	for _, n := range busy {
		for ref := range n.m.running {
			if err := n.step(RunFailed{Ref: ref, Reason: "a\nb\xff\x1b[2J"}); err != nil {
				t.Errorf("a failed run is not given up: %v", err)
			}
		}
	}
	w.run(w.settledEverywhere(id), 60_000)
	w.expectPaid(id)
}

// TestOldJobsOfOthersTakeLittleRoom: large jobs that are over are forgotten before there are many.
func TestOldJobsOfOthersTakeLittleRoom(t *testing.T) {
	w := newWorld(t, 44, 2)
	m := w.nodes[0].m
	var fx Effects
	m.fx = &fx
	for i := range byte(40) {
		for _, owner := range []poc.PeerID{m.cfg.Self, w.nodes[1].peer} {
			j := newJob(sha256.Sum256(append(owner[:], i)), owner, w.now)
			j.State, j.stored, j.spec = Done, true, &Spec{Tasks: make([]Task, 1024)}
			m.add(j)
		}
	}
	m.fx = nil
	mine, others := 0, 0
	for _, j := range m.jobs {
		if j.Owner == m.cfg.Self {
			mine++
		} else {
			others++
		}
	}
	if mine != 40 || others != maxTasks/1024 || len(fx.Forget) != 40-others {
		t.Errorf("%d own jobs and %d of others are remembered, %d are forgotten", mine, others, len(fx.Forget))
	}
}
