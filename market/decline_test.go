package market

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"gpumesh/poc"
)

// TestDeclines: for each cause a provider gives its own code, and a sentence.
func TestDeclines(t *testing.T) {
	type scene struct {
		w     *world
		p     *node
		owner *node
		spec  Spec
		bid   Bid
		at    Escrow
		work  Work
		code  DeclineCode // of the fetch
		late  bool        // nothing is fetched
		none  bool        // the chain shows no escrow
		other bool        // another spec is fetched
	}
	for _, c := range []struct {
		want   DeclineCode
		name   string
		change func(*scene)
	}{
		{DeclinePrice, "floor", func(s *scene) { s.bid.MaxPrice = 1; s.spec.MaxPrice = 1; s.at.Terms.MaxPrice = 1 }},
		{DeclinePrice, "ask", func(s *scene) { s.work.Operations = 1 << 50 }},
		{DeclinePrice, "urgency", func(s *scene) { s.spec.Priority = Urgent; s.work.Operations = 3_000_000_000 }},
		{DeclineBusy, "queue", func(s *scene) { s.p.cfg.Provider.MaxQueue = 1; waiting(s.p.m, 99, "x", Normal, 1, 1) }},
		{DeclineBusy, "jobs", func(s *scene) {
			for i := range maxActive {
				j := newJob(poc.Hash{9, byte(i), byte(i >> 8)}, poc.PeerID{}, 1)
				j.State = Running
				s.p.m.jobs[j.id] = j
			}
		}},
		{DeclineBusy, "time", func(s *scene) {
			j := waiting(s.p.m, 99, "x", Normal, 60_000, 0)
			s.p.m.running[poc.TaskRef{Job: j.id}] = &execution{}
		}},
		{DeclineShare, "bids", func(s *scene) {
			for i := range maxChecking / 2 {
				j := newJob(poc.Hash{9, byte(i)}, s.owner.peer, 1)
				j.State = Checking
				s.p.m.jobs[j.id] = j
			}
		}},
		{DeclineShare, "replicas", func(s *scene) {
			s.p.cfg.Provider.MaxQueue = 16
			j := waiting(s.p.m, 99, s.owner.account, Normal, 1, 0)
			for i := range uint32(8) {
				s.p.m.running[poc.TaskRef{Job: j.id, Task: i}] = &execution{}
			}
		}},
		{DeclineLosses, "failed", func(s *scene) {
			for range 61 { // each counts for a second
				s.p.m.lose(s.owner.account, 0)
			}
		}},
		{"", "made up for", func(s *scene) {
			for range 61 {
				s.p.m.lose(s.owner.account, 0)
			}
			s.w.now = s.w.now.Add(20_000)
			s.bid.Closes, s.spec.Deadline = s.bid.Closes.Add(20_000), s.spec.Deadline.Add(20_000)
		}},
		{DeclineEscrow, "none", func(s *scene) { s.none = true }},
		{DeclineEscrow, "another owner's", func(s *scene) { s.at.Owner = "x" }},
		{DeclineEscrow, "awarded", func(s *scene) { s.at.Award = poc.Hash{1} }},
		{DeclineEscrow, "other terms", func(s *scene) { s.at.Terms.Budget++ }},
		{DeclineFetch, "fetch", func(s *scene) { s.code = DeclineFetch }},
		{DeclineFetch, "time", func(s *scene) { s.late = true }},
		{DeclineProgram, "analysis", func(s *scene) { s.code = DeclineProgram }},
		{DeclineUnable, "device", func(s *scene) { s.code = DeclineUnable }},
		{DeclineCapacity, "memory", func(s *scene) { s.work.Memory = 1 << 40 }},
		{DeclineTerms, "speed", func(s *scene) { s.spec.MinSpeed = 1_000_000_001 }},
		{DeclineTerms, "class", func(s *scene) { s.spec.Class = "another" }},
		{DeclineSpec, "rule", func(s *scene) { s.spec.Name = "" }},
		{DeclineSpec, "not what the bid says", func(s *scene) { s.other = true }},
		{DeclineDeadline, "soon", func(s *scene) { s.spec.Deadline = s.w.now.Add(1) }},
		{DeclineDeadline, "far", func(s *scene) { s.spec.Deadline = s.w.now.Add(2 * MaxDuration) }},
		{DeclinePaused, "heat", func(s *scene) { _ = s.p.step(Condition{Paused, "too hot"}) }},
		{"", "nothing", func(*scene) {}},
	} {
		w := newWorld(t, 70, 2)
		s := &scene{w: w, p: w.nodes[1], owner: w.nodes[0], work: Work{Operations: 1000, Memory: 1 << 20}}
		s.spec, _ = validSpec()
		s.spec.Network, s.spec.Owner, s.spec.Account, s.spec.MaxPrice = w.net.ID(), s.owner.peer, s.owner.account, NLOV
		s.spec.Budget, s.spec.Deadline = 100*NLOV, w.now.Add(60_000)
		s.bid = Bid{Account: s.owner.account, MaxPrice: NLOV, Tasks: 2, Replicas: 3, Closes: w.now.Add(5_000)}
		c.change(s)
		s.bid.Job = s.spec.ID()
		if terms := s.spec.Terms(w.net); s.at.Terms == (Terms{}) {
			s.at.Terms = terms
		} else {
			terms.Budget += s.at.Terms.Budget
			s.at.Terms = terms
		}
		if s.at.Owner == "" {
			s.at.Owner = s.owner.account
		}
		v, err := Open(w.net.ID(), s.owner.wrap(s.bid, s.bid.Closes), testVerifier{})
		if err != nil {
			t.Fatal(err)
		}
		var code DeclineCode
		var reason string
		step := func(ev Event) {
			fx, _ := s.p.m.Step(w.now, ev)
			for _, m := range fx.Send {
				if d, ok := m.Message.(Decline); ok && code == "" {
					code, reason = d.Code, d.Reason
				}
			}
		}
		step(Received{Message: v})
		if !s.none {
			escrow := s.at
			step(EscrowSeen{Job: s.bid.Job, Escrow: &escrow})
		} else {
			step(EscrowSeen{Job: s.bid.Job, Reason: "the chain shows no escrow"})
		}
		if s.late {
			w.now = s.bid.Closes
			step(Tick{})
		}
		if s.other {
			s.spec.Name = "other"
		}
		step(Fetched{Job: s.bid.Job, Spec: s.spec, Work: s.work, Code: s.code, Reason: "because"})
		if code != c.want || code != "" && reason == "" {
			t.Errorf("%s: declined as %q (%s), want %q", c.name, code, reason, c.want)
		}
		if code != "" && code.answer() != code {
			t.Errorf("%s: an owner does not know the code %q", c.name, code)
		}
		if state := s.p.m.jobs[s.bid.Job]; c.want == "" && (state == nil || state.State != Offered) {
			t.Errorf("%s: no offer", c.name)
		}
	}
}

// TestExplainDeclines: the owner learns from data how many declined for what, and which price would do.
func TestExplainDeclines(t *testing.T) {
	w := newWorld(t, 71, 5)
	for i, n := range w.nodes[1:4] {
		n.cfg.Provider.Floor = Amount(2+i) * NLOV
		n.restart()
	}
	_ = w.nodes[4].step(Condition{Paused, "too hot"})
	id := w.nodes[0].job(1, false)
	w.run(func() bool { v, _ := w.nodes[0].m.View(id); return len(v.Declines) == 4 }, 5_000)
	v, _ := w.nodes[0].m.View(id)
	byCode := map[string]Reason{}
	for _, r := range v.Reasons {
		if byCode[r.Code].Text == "" {
			byCode[r.Code] = r
		}
	}
	if r := byCode[string(DeclinePrice)]; r.Count != 3 || r.Text != "3 providers declined as price-too-low: the bid is 1 NLOV per replica, and they ask 2 NLOV to 4 NLOV" {
		t.Errorf("of the price it says %+v", r)
	}
	if r := byCode[string(DeclinePaused)]; r.Count != 1 {
		t.Errorf("of the pause it says %+v", r)
	}
	if r := byCode[Bidding.String()]; r.Text == "" || len(v.Explain) != len(v.Reasons) {
		t.Errorf("it says %q", v.Explain)
	}
	w.run(func() bool { return w.nodes[0].state(id) == Failed }, 60_000)
	v, _ = w.nodes[0].m.View(id)
	if v.Reasons[0].Code != string(FailProviders) {
		t.Errorf("failed for %+v", v.Reasons)
	}
}

// TestTermsBindTheOwnerToo: an offer below the job's terms is not seated, whatever the provider thought.
func TestTermsBindTheOwnerToo(t *testing.T) {
	w := newWorld(t, 72, 2)
	w.nodes[1].dead = true
	id := w.nodes[0].job(1, false, func(s *Spec) { s.MinSpeed, s.Class = 100, "test" })
	w.run(func() bool { return w.nodes[0].state(id) == Bidding }, 1_000)
	mallory := w.stranger("mallory")
	for _, c := range []struct {
		offer Offer
		taken bool
	}{
		{Offer{Speed: 99, Class: "test"}, false}, {Offer{Speed: 100, Class: "other"}, false}, {Offer{Speed: 100, Class: "test"}, true},
	} {
		c.offer.Job, c.offer.Account, c.offer.Ask = id, mallory.account, NLOV/100
		err := mallory.tell(w.nodes[0], c.offer)
		if v, _ := w.nodes[0].m.View(id); (err == nil) != c.taken || v.Offers == 1 != c.taken {
			t.Errorf("offer %+v: %v, %d offers", c.offer, err, v.Offers)
		}
	}
}

// TestDeclinesOfStrangers: nobody but providers that were asked is heard, each once in a round and once per account, and what they
// say is counted under known words.
func TestDeclinesOfStrangers(t *testing.T) {
	w := newWorld(t, 73, 5)
	owner := w.nodes[0]
	for _, n := range w.nodes[1:] {
		n.cut = true
	}
	id := owner.job(1, false)
	w.run(func() bool { return owner.state(id) == Bidding }, 1_000)
	persisted := func() []byte { return owner.records[owner.m.jobs[id].key("job")] }
	before := persisted()
	for i := range maxDeclines {
		if err := w.stranger(fmt.Sprint("stranger ", i)).tell(owner, Decline{Job: id, Code: "gpu-on-fire", Reason: "no"}); !errors.Is(err, ErrNotReady) {
			t.Fatalf("a stranger's decline: %v", err)
		}
	}
	if string(persisted()) != string(before) {
		t.Error("a stranger's decline is written")
	}
	first, second, other := w.nodes[1], w.nodes[2], w.nodes[3]
	say := func(n *node, code DeclineCode, reason string, want error) {
		t.Helper()
		before := persisted()
		if err := n.tell(owner, Decline{Job: id, Code: code, Reason: reason, Ask: 2 * NLOV}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", code, err, want)
		}
		if written := string(persisted()) != string(before); written != (want == nil) {
			t.Errorf("%s: written: %v", code, written)
		}
	}
	say(first, DeclinePrice, "too low", nil)
	say(first, DeclinePrice, "too low", ErrStale)
	say(first, DeclineBusy, "another word in the same round", ErrStale)
	say(second, "gpu-on-fire", "it burns", nil)
	say(other, DeclineShown, "only the owner says so", nil)
	twin := w.stranger("twin")
	ad := owner.m.ads[first.peer]
	owner.m.ads[twin.peer] = ad
	say(twin, DeclineBusy, "another peer of the same account", ErrDuplicate)

	round := owner.m.jobs[id].Round
	w.run(func() bool { return owner.m.jobs[id].Round > round }, 10_000)
	say(first, DeclinePrice, "too low", ErrStale)
	say(first, DeclineBusy, "there is no room now", nil)
	v, _ := owner.m.View(id)
	counts := map[DeclineCode]int{}
	for _, d := range v.Declines {
		counts[d.Code]++
	}
	if want := (map[DeclineCode]int{DeclineBusy: 1, DeclineOther: 2}); fmt.Sprint(counts) != fmt.Sprint(want) {
		t.Errorf("explain counts %v, want %v", counts, want)
	}
}

// TestUnbackedIsNotWaitedFor: a provider that advertises, and answers without a stake, does not hold up the award; explain says why it is not there.
func TestUnbackedIsNotWaitedFor(t *testing.T) {
	w := newWorld(t, 73, 6)
	poor := w.nodes[5]
	w.loses = func(n *node, _ Send) bool { return n == poor } // the owner's host lets nothing of it pass
	id := w.nodes[0].job(1, false)
	begun := w.now
	w.run(func() bool { v, _ := w.nodes[0].m.View(id); return v.Offers == 4 }, 5_000)
	if s := w.nodes[0].state(id); s != Bidding {
		t.Fatalf("the job is %v, and one provider has not answered", s)
	}
	for _, e := range []struct {
		peer poc.PeerID
		want error
	}{{poc.PeerID{7}, ErrNotForUs}, {poor.peer, nil}} {
		if err := w.nodes[0].step(Unbacked{Job: id, Peer: e.peer}); !errors.Is(err, e.want) {
			t.Errorf("Unbacked of %s: %v, want %v", e.peer.Short(), err, e.want)
		}
	}
	if s := w.nodes[0].state(id); s != Anchoring || w.now >= begun.Add(w.net.OfferWindow) {
		t.Errorf("the job is %v after %d ms", s, w.now-begun)
	}
	lone := w.nodes[0].job(1, false, func(s *Spec) { s.Policy.Replicas, s.Policy.Quorum, s.Policy.MaxReplicas = 5, 3, 6 })
	w.run(func() bool { v, _ := w.nodes[0].m.View(lone); return v.Offers == 4 }, 5_000)
	_ = w.nodes[0].step(Unbacked{Job: lone, Peer: poor.peer})
	v, _ := w.nodes[0].m.View(lone)
	if !slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Code == ReasonUnbacked && r.Count == 1 }) {
		t.Errorf("it says %+v", v.Reasons)
	}
}

// TestBidsWithoutEscrow: free identities that fill the table of bids with nothing behind them do not keep out who has locked an escrow, and a bid that is
// looked at in earnest does not lose its place.
func TestBidsWithoutEscrow(t *testing.T) {
	w := newWorld(t, 90, 3)
	p := w.nodes[1]
	p.model = newModel(p.cfg, p.m)
	bid := func(from *node, id poc.Hash) {
		t.Helper()
		b := Bid{Job: id, Account: from.account, MaxPrice: NLOV, Closes: w.now.Add(20_000)}
		if err := p.step(Received{Message: w.open(from.wrap(b, b.Closes))}); err != nil {
			t.Fatal(err)
		}
	}
	w.events = nil // no look ends by itself
	seen := poc.Hash{77}
	bid(w.nodes[0], seen)
	if err := p.step(EscrowSeen{Job: seen, Escrow: &Escrow{Owner: w.nodes[0].account, Terms: Terms{MaxPrice: NLOV}}}); err != nil {
		t.Fatal(err)
	}
	for i := range maxChecking - 1 {
		bid(w.stranger(fmt.Sprint("m", i)), poc.Hash{byte(i), 9})
	}
	honest := w.nodes[2]
	if bid(honest, poc.Hash{98}); p.m.jobs[poc.Hash{98}] != nil {
		t.Error("a bid gives its place before the chain can have answered")
	}
	gone := map[poc.Hash]bool{}
	for i := range byte(40) {
		w.now = w.now.Add(w.net.OfferWindow/unseenPart + 1)
		bid(w.stranger(fmt.Sprint("n", i)), poc.Hash{99, i})
		if j := p.m.jobs[poc.Hash{99, i}]; j == nil || j.State != Checking {
			t.Fatalf("newcomer %d is not looked at", i)
		}
		if n := p.m.tally(p.peer).checking; n != maxChecking {
			t.Fatalf("%d bids are being looked at", n)
		}
		for id, j := range p.m.jobs {
			if j.State == Declined && !gone[id] {
				gone[id] = true
			}
		}
		if p.m.jobs[seen].State != Checking {
			t.Fatal("a bid whose escrow was seen lost its place")
		}
	}
	if len(gone) != 40 {
		t.Errorf("%d bids gave their places to 40", len(gone))
	}
}

// TestSquatterDoesNotKeepOffersFromTheOwner: whoever names an owner's job in bids of its own, with the account and price that the chain shows, or without, does not keep the owner from
// its offers; neither if it comes first, nor if it comes again all the time, nor if it gives nothing.
func TestSquatterDoesNotKeepOffersFromTheOwner(t *testing.T) {
	for _, c := range []struct {
		name   string
		every  poc.Millis // zero: once
		price  Amount     // on top of the bid's
		silent bool       // what is fetched from it never comes
	}{{"once", 0, 0, false}, {"stalls", 0, 0, true}, {"again", 10, 0, false}, {"another price", 10, 1, false}, {"stalls again", 100, 0, true}} {
		w := newWorld(t, 82, 6)
		owner := w.nodes[0]
		id := owner.job(1, false)
		w.run(func() bool { return w.ledger.escrows[id] != nil }, 5_000)
		mallory, s := w.stranger("mallory"), w.specs[id]
		w.withholds = func(f Fetch) bool { return c.silent && f.From == mallory.peer }
		round := uint32(0)
		var bid func()
		bid = func() {
			for _, n := range w.nodes[1:] {
				_ = mallory.tell(n, Bid{Job: id, Account: s.Account, MaxPrice: s.MaxPrice + c.price, Round: round, Closes: w.now.Add(60_000)})
			}
			if round++; c.every > 0 && owner.state(id) <= Bidding {
				w.after(c.every, bid)
			}
		}
		bid()
		w.run(func() bool { return owner.state(id) > Bidding }, 100_000)
		if v, _ := owner.m.View(id); v.State != Anchoring {
			t.Errorf("%s: the owner's job is %v: %+v", c.name, v.State, v.Failure)
		}
	}
}

// TestClocksDiffer: a provider whose clock is ahead of the owner's, or behind it, by as much as the network allows takes part, and what is older is not looked at.
func TestClocksDiffer(t *testing.T) {
	for _, ahead := range []poc.Millis{-MaxSkew + 1, 0, 4_000, MaxSkew - 1, MaxSkew + 4_000} {
		w := newWorld(t, 92, 2, func(n *Network) { *n = DefaultNetwork(); n.Chain = "test" })
		owner, p := w.nodes[0], w.nodes[1]
		b := Bid{Job: poc.Hash{1}, Account: owner.account, MaxPrice: NLOV, Closes: w.now.Add(w.net.OfferWindow)}
		now := w.now.Add(ahead)
		fx, err := p.m.Step(now, Received{Message: w.open(owner.wrap(b, b.Closes))})
		if late := ahead > MaxSkew; late != errors.Is(err, ErrExpired) || late != (len(fx.CheckEscrow) == 0) {
			t.Errorf("%d ms ahead: %v", ahead, err)
			continue
		}
		if j := p.m.jobs[b.Job]; j != nil && (j.Until < p.m.now.Add(w.net.OfferWindow/2) || j.Until > p.m.now.Add(w.net.BidTimeout+MaxSkew)) {
			t.Errorf("%d ms ahead: the bid is looked at until %d at %d", ahead, j.Until, p.m.now)
		}
	}
}
