package sim

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// strategy is how a node deviates from the program that it runs. Nil parts are honest.
type strategy struct {
	about string
	owner bool // it is one of owners, not of providers

	subnet    string // that all of them are in; empty: each in its own
	hoards    bool   // it lets nobody fetch its results
	poison    bool   // an owner whose programs fail wherever they run
	victim    bool   // honest, and eclipsed: it hears dishonest nodes only, but for one message in some (network.hears)
	bystander bool   // it does what the program says, and is there to compare with
	promises  bool   // its offers say more of its device than is so
	ring      bool   // it is of a ring of owners and workers: what its owners spend on jobs is charged to its workers
	picks     bool   // an owner that hears the offers of some only: it acts where it awards a job, and what is wrong in that is counted apart
	rushes    bool   // it offers at once, without a look at the job, and unasked, too

	asks       *poc.Policy // instead of the scenario's, of an owner
	again      poc.Millis  // an owner that submits a job after each such time, as long as others wait for theirs
	identities int         // behind each device; 0: one
	pooled     bool        // what one device of the strategy has computed the others answer, too

	lie     func(n *node) string                                     // the wrong answer to the next task; empty: it computes
	lieIn   func(n *node, j *jobRun, unit uint32) bool               // instead: whether it gives the cartel's wrong answer in a unit
	begin   func(n *node)                                            // once, at the start
	execute func(n *node, r market.Run)                              // instead of computing
	hear    func(n *node, from *node, m market.Message) bool         // before the machine does; false: it does not
	say     func(n *node, to *node, m market.Message) market.Message // what to tell to one peer instead; nil: nothing
	judge   func(right bool) bool                                    // what it says of a result that it should check, instead of checking it
	submits func(n *node, op market.Op) bool                         // whether it does a settlement operation
	drawn   func(n *node, j *jobRun)                                 // when a job is drawn in which it has a seat
}

// washed is the strategy of the workers of a ring.
const washed = "washed"

// strategies by name.
var strategies = map[string]strategy{
	"liar": {
		about: "computes nothing and answers at random",
		lie:   func(n *node) string { return fmt.Sprint("liar ", n.index, " ", n.executed) },
	},
	"cartel": {
		about: "computes nothing; all of the cartel give the same wrong answer",
		lie:   func(*node) string { return "cartel" },
		judge: func(right bool) bool { return !right },
	},
	"rusher": {
		about:  "one of a cartel that offers at once, without fetching the job, and unasked",
		lie:    func(*node) string { return "cartel" },
		judge:  func(right bool) bool { return !right },
		rushes: true,
	},
	"undercutter": {
		about:    "one of a cartel that asks a hundredth, and says that its device is four times as fast",
		lie:      func(*node) string { return "cartel" },
		judge:    func(right bool) bool { return !right },
		promises: true,
		begin: func(n *node) {
			n.ad.I32, n.ad.F32 = 4*n.ad.I32, 4*n.ad.F32
			if n.cfg.Provider != nil {
				n.cfg.Provider.Rate /= 25 // of a time that is a fourth
			}
		},
	},
	"usurper": {
		about:   "honest, but where its fellows are a quorum of a unit's candidates they compute nothing, and settle a wrong result on chain at once",
		drawn:   (*node).usurp,
		execute: (*node).leaveUsurped,
	},
	"ghost": {
		about: "computes nothing, commits to a random answer, and shows nothing",
		lie:   func(n *node) string { return fmt.Sprint("ghost ", n.index, " ", n.executed) },
		say:   showsNothing,
	},
	"pool": {
		about:      "a device for each, but one computes for all of them",
		identities: 1, pooled: true,
		execute: (*node).share,
	},
	"lazy": {
		about: "computes, and calls right what it should check",
		judge: func(bool) bool { return true },
	},
	"hoarder": {
		about:  "computes, and lets nobody fetch its results",
		hoards: true,
	},
	"bystander": {
		about:     "does what the program says, to compare a strategy with",
		bystander: true,
	},
	"milker": {
		about: "honest for its first 15 executions, then one of a cartel",
		lie:   func(n *node) string { return map[bool]string{true: "cartel"}[n.executed >= 15] },
	},
	"oneshot": {
		about: "lies once, in its tenth execution, alone",
		lie:   func(n *node) string { return map[bool]string{true: fmt.Sprint("oneshot ", n.index)}[n.executed == 9] },
	},
	"selective": {
		about: "one of a cartel that lies in one task of ten",
		lie:   func(n *node) string { return map[bool]string{true: "cartel"}[n.executed%10 == 9] },
	},
	"accomplice": {
		about: "one of a cartel that lies where the next in rank is of it, too",
		lieIn: func(n *node, j *jobRun, unit uint32) bool {
			rank := slices.IndexFunc(j.drawn[unit], func(w poc.Worker) bool { return w.Peer == n.peer })
			return rank > 0 && rank < len(j.drawn[unit]) && n.w.byPeer[j.drawn[unit][rank-1].Peer].dishonest() ||
				rank >= 0 && rank+1 < len(j.drawn[unit]) && n.w.byPeer[j.drawn[unit][rank+1].Peer].dishonest()
		},
	},
	"shy": {
		about: "one of a cartel that always lies, and shows nothing where an honest node is sealed beside it",
		lie:   func(*node) string { return "cartel" },
		say: func(n, to *node, m market.Message) market.Message {
			if p, ok := m.(market.Proof); ok {
				if _, reveal := p.Message.(poc.Reveal); reveal && !to.dishonest() {
					return nil
				}
			}
			return m
		},
	},
	"silent": {
		about: "lies in the first unit of each job, and shows nobody what it answered there",
		lieIn: func(n *node, j *jobRun, unit uint32) bool {
			if _, again := n.silent[j.id]; !again {
				n.silent[j.id] = unit
			}
			return n.silent[j.id] == unit
		},
		say: func(n, _ *node, m market.Message) market.Message {
			if p, ok := m.(market.Proof); ok {
				if r, reveal := p.Message.(poc.Reveal); reveal {
					if unit, lied := n.silent[r.Job]; lied && unit == r.Task {
						return nil
					}
				}
			}
			return m
		},
	},
	"inventor": {
		about:   "takes work, shows progress that it makes up, and finishes nothing",
		execute: func(n *node, r market.Run) { n.acted++; n.invent(r, 1) },
	},
	"copier": {
		about: "computes nothing and answers what it hears from others",
		execute: func(n *node, r market.Run) {
			n.acted++
			if res, ok := n.memory[r.Ref]; ok {
				n.finish(r, res, 50)
				return
			}
			n.pending(r, 0)
		},
		hear: func(n *node, _ *node, m market.Message) bool {
			if p, ok := m.(market.Proof); ok {
				switch m := p.Message.(type) {
				case poc.Reveal:
					n.overhear(m.TaskRef, m.Result)
				case poc.Attest:
					n.overhear(m.TaskRef, m.Result)
				}
			}
			return true
		},
	},
	"withholder": {
		about: "computes and commits, and then shows nothing",
		say:   showsNothing,
	},
	"staller": {
		about:   "takes work, renews its leases, and finishes nothing",
		execute: func(n *node, _ market.Run) { n.acted++ },
	},
	"boaster": {
		about:    "says that its device is four times as fast, and asks the same for a task",
		promises: true,
		begin: func(n *node) {
			n.ad.I32, n.ad.F32 = 4*n.ad.I32, 4*n.ad.F32
			if n.cfg.Provider != nil {
				n.cfg.Provider.Rate *= 4 // its machine has the same pointer
			}
		},
	},
	"foreigner": {
		about:     "an honest provider whose device is of another class, to compare pretenders with",
		bystander: true,
		begin:     func(n *node) { n.ad.Class = foreign },
	},
	"slow": {
		about:     "an honest provider whose device is three times slower, to compare the tardy with",
		bystander: true,
		begin:     (*node).slow,
	},
	"tardy": {
		about:    "a slow device, of which its offers say that it is as fast as others",
		promises: true,
		begin:    func(n *node) { n.speed /= slowness },
	},
	"pretender": {
		about:    "says that its device is of the class that jobs ask for, and computes on one of another, whose results differ in the last bits",
		promises: true,
		execute:  func(n *node, r market.Run) { n.compute(r, n.w.of(foreign, r)) },
	},
	"equivocator": {
		about: "computes, and tells every second peer another commitment, and another result with its signature",
		say: func(n *node, to *node, m market.Message) market.Message {
			p, ok := m.(market.Proof)
			if !ok || to.index%2 == 0 {
				return m
			}
			switch m := p.Message.(type) {
			case poc.Commit:
				n.acted++
				m.Commitment[0] ^= 1
				m.Signature = n.sign(poc.Statement{Kind: poc.Committed, Job: m.Job, Task: m.Task, Digest: m.Commitment})
				return market.Proof{Message: m}
			case poc.Reveal:
				n.acted++
				m.Opening = n.another(m.Opening, poc.Statement{Kind: poc.Revealed, Job: m.Job, Task: m.Task})
				return market.Proof{Message: m}
			case poc.Attest:
				n.acted++
				m.Opening = n.another(m.Opening, poc.Statement{Kind: poc.Attested, Job: m.Job, Task: m.Task, Agreed: m.Agreed, Late: m.Late})
				return market.Proof{Message: m}
			}
			return m
		},
	},
	"sinker": {
		about: "computes and signs, and has itself convicted of two answers before what it signed can be claimed",
		say: func(n, _ *node, m market.Message) market.Message {
			if p, ok := m.(market.Proof); ok {
				if a, ok := p.Message.(poc.Attest); ok && !n.sunk {
					n.sunk = true
					n.acted++
					n.w.after(n.w.net.ClaimDelay-1_000, func() { n.sink(a) })
				}
			}
			return m
		},
	},
	"sybil": {
		about:  "one device in one place behind many identities: one computes, all answer",
		subnet: "sybil", identities: math.MaxInt,
		execute: (*node).share,
	},
	"scattered": {
		about:      "ten identities on one device, each with an address of its own, that all say that they are the device: one computes, all answer",
		identities: scattered,
		execute:    (*node).share,
	},
	"divided": {
		about:      "scattered, but each identity says that it is a tenth of the device, as challenges leave it",
		identities: scattered,
		execute:    (*node).share,
		begin: func(n *node) {
			n.ad.I32, n.ad.F32 = n.ad.I32/scattered, n.ad.F32/scattered
			if n.cfg.Provider != nil {
				n.cfg.Provider.Rate /= scattered // it asks the same for a task
			}
		},
	},
	"spammer": {
		about: "gossips bids without escrow, and sends owners offers and declines that it does not mean, ten of each every second if the scenario says nothing else",
		begin: func(n *node) { n.spam(0) },
	},
	"griefer": {
		about: "an owner that bids and never awards, every five seconds",
		owner: true,
		again: pestering,
		say: func(_, _ *node, m market.Message) market.Message {
			if _, ok := m.(market.Award); ok {
				return nil
			}
			return m
		},
		submits: func(_ *node, op market.Op) bool {
			_, anchor := op.(market.AnchorAward)
			return !anchor
		},
	},
	"eclipsed": {
		about:  "an honest owner that hears dishonest nodes only, but for one message in some (network.hears)",
		owner:  true,
		victim: true,
	},
	"isolated": {
		about:  "an honest provider that hears dishonest nodes only, but for one message in some (network.hears)",
		victim: true,
	},
	"canceler": {
		about: "an owner that cancels once providers have offered, every five seconds",
		owner: true,
		again: pestering,
		hear: func(n, _ *node, m market.Message) bool {
			if o, ok := m.(market.Offer); ok && n.step(market.Cancel{Job: o.Job}) == nil {
				n.acted++
			}
			return true
		},
	},
	"poisoner": {
		about:  "an owner whose programs fail wherever they run, every five seconds",
		owner:  true,
		again:  pestering,
		poison: true,
	},
	"washer": {
		about: "an owner that seats the workers of its ring, who compute nothing for it",
		owner: true,
		ring:  true,
		picks: true,
		hear: func(_, from *node, m market.Message) bool {
			_, offer := m.(market.Offer)
			return !offer || from.name == washed
		},
	},
	washed: {
		about: "a worker of the ring of the washers, honest to others",
		ring:  true,
		execute: func(n *node, r market.Run) {
			if n.w.jobs[r.Ref.Job].owner.act.ring {
				n.acted++
				n.finish(r, n.w.truthOf(r), 50)
				return
			}
			n.compute(r, n.answer(r))
		},
	},
	"ringleader": {
		about: "an owner that seats the framers and a few honest workers, whom they have convicted of right results",
		owner: true,
		ring:  true,
		picks: true,
		hear: func(n, from *node, m market.Message) bool {
			o, offer := m.(market.Offer)
			return !offer || from.act.ring || n.w.guest(n.w.jobs[o.Job], from)
		},
	},
	"framer": {
		about:   "a worker of the ring of ringleaders, and of nobody else: computes nothing, and certifies what is wrong where honest workers show what is right",
		ring:    true,
		execute: (*node).frame,
		hear:    (*node).framing,
	},
	"shyframer": {
		about:   "a framer that shows its own results to the ring only",
		ring:    true,
		execute: (*node).frame,
		hear:    (*node).framing,
		say: func(_, to *node, m market.Message) market.Message {
			if p, ok := m.(market.Proof); ok {
				if _, reveal := p.Message.(poc.Reveal); reveal && !to.act.ring {
					return nil
				}
			}
			return m
		},
	},
	"forger": {
		about: "claims wrong results with certificates that it signs under others' names, or to which it adds itself",
		drawn: func(n *node, j *jobRun) { n.w.after(2_000, func() { n.forge(j) }) },
		submits: func(n *node, op market.Op) bool {
			if c, ok := op.(market.Claim); ok {
				n.claimNow(n.addSelf(c))
			}
			return true
		},
	},
	"repeater": {
		about: "makes every claim three times, each certificate twice in it, and claims again what it is shown",
		submits: func(n *node, op market.Op) bool {
			if c, ok := op.(market.Claim); ok {
				n.repeat(c)
			}
			return true
		},
		hear: func(n, _ *node, m market.Message) bool {
			if p, ok := m.(market.Proof); ok {
				if p, ok := p.Message.(poc.Proven); ok {
					n.repeatShown(p.Certificate)
				}
			}
			return true
		},
	},
	"biased": {
		about: "an owner that hears the offers of dishonest providers only, and asks that two of three agree, so that a few of them are enough",
		owner: true,
		picks: true,
		asks:  &poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3},
		hear: func(_, from *node, m market.Message) bool {
			_, offer := m.(market.Offer)
			return !offer || from.dishonest()
		},
	},
}

// another is an opening of another result, signed by this node as the statement says.
func (n *node) another(o poc.Opening, s poc.Statement) poc.Opening {
	binary.BigEndian.PutUint64(o.Result.Trace[:], uint64(n.index)+1) // each its own: they are no cartel
	s.Digest = o.Result.Digest()
	o.Signature = n.sign(s)
	return o
}

func (n *node) sign(s poc.Statement) []byte {
	sig, err := n.w.view(n).Sign(s)
	if err != nil {
		n.w.violate("node %d cannot sign: %v", n.index, err)
	}
	return sig
}

// showsNothing keeps reveals and attestations to itself.
func showsNothing(_, _ *node, m market.Message) market.Message {
	if p, ok := m.(market.Proof); ok {
		switch p.Message.(type) {
		case poc.Reveal, poc.Attest:
			return nil
		}
	}
	return m
}

// sink shows the chain two answers of its own, for a task that no job has.
func (n *node) sink(a poc.Attest) {
	s := poc.Statement{Kind: poc.Revealed, Job: a.Job, Task: 1 << 16}
	t := poc.Twice{TaskRef: poc.TaskRef{Job: s.Job, Task: s.Task}, Account: n.account, Kind: s.Kind}
	for i := range t.Said {
		o := a.Opening
		o.Result.Trace[31] = byte(i)
		o = n.another(o, s)
		t.Said[i] = poc.Said{Digest: o.Result.Digest(), Signature: o.Signature}
	}
	if _, err := n.w.settle(n, market.SlashTwice{Twice: t}); err != nil {
		n.w.violate("node %d cannot convict itself: %v", n.index, err)
	}
}

// overhear keeps another's results: of a unit, too, although its document is not served before the certificate.
func (n *node) overhear(ref poc.TaskRef, r poc.Result) {
	if n.w.s.Jobs.Batch == 1 {
		n.memory[ref] = r
		return
	}
	batch := uint32(n.w.s.Jobs.Batch)
	results, err := market.UnpackBatch(r, n.w.documents[r.Outputs[0].File], int(batch))
	if err != nil {
		return // made up by a liar
	}
	for i, r := range results {
		n.memory[poc.TaskRef{Job: ref.Job, Task: ref.Task*batch + uint32(i)}] = r
	}
}

// pending waits for somebody else's answer to a task, and gives up after a while.
func (n *node) pending(r market.Run, tries int) {
	run := n.runs[r.Ref]
	n.w.after(500, func() {
		if n.gone || run == nil || n.runs[r.Ref] != run {
			return
		}
		if res, ok := n.memory[r.Ref]; ok {
			n.finish(r, res, 1)
			return
		}
		if tries < 120 {
			n.pending(r, tries+1)
			return
		}
		_ = n.step(market.RunFailed{Ref: r.Ref, Reason: "the device failed"})
	})
}

// invent shows one step more of a program that does not run, as long as anybody waits for it.
func (n *node) invent(r market.Run, step uint32) {
	run := n.runs[r.Ref]
	n.w.after(4_000, func() {
		if n.gone || run == nil || n.runs[r.Ref] != run {
			return
		}
		_ = n.step(market.RunProgress{Ref: r.Ref, Done: step, Total: 1 << 20}) // an error is that nobody waits any more
		n.invent(r, step+1)
	})
}

func strategyNames() []string { return slices.Sorted(maps.Keys(strategies)) }
