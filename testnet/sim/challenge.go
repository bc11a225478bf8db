package sim

import (
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"

	"gpumesh/gpu/challenge"
	"gpumesh/market"
	"gpumesh/poc"
)

// Challenge is an experiment with challenges of providers instead of jobs. Of the scenario it takes the nodes, the seed and the network's
// latency, spread and loss.
type Challenge struct {
	Epochs int      `yaml:"epochs"`
	Cohort uint32   `yaml:"cohort"`
	Quorum uint32   `yaml:"quorum"`
	Work   Duration `yaml:"work"`
	Slack  Duration `yaml:"slack"`
	Judge  Duration `yaml:"judge"`

	Margin float64  `yaml:"margin"` // of the speed that it measured, which an honest node claims
	Noise  float64  `yaml:"noise"`  // run times are longer than at best by exp(|x|), where x is normal with this deviation
	Busy   float64  `yaml:"busy"`   // share of runs that something else on the device makes half as long again
	Away   float64  `yaml:"away"`   // share of nodes that miss an epoch, as providers and as witnesses
	Sight  Duration `yaml:"sight"`  // median until a node sees the beacon's block
	Reads  float64  `yaml:"reads"`  // time of a challenge's reads, in fills of its memory, of the devices where they are slowest

	// Frauds gives the number of nodes of each kind of fraud; the others are honest. See kinds.
	Frauds map[string]int `yaml:"frauds"`
}

// kind is what nodes do that are not honest.
type kind struct {
	identities int  // of one device
	split      bool // each of them claims its part of the device, and not all of it
	ring       bool // they vouch for all of the ring and call all others late
	lazy       bool // they vouch for whatever comes in time, unseen
	idle       bool // they show nothing, and are witnesses only
	stake      int  // times that of others; zero: as much
}

var kinds = map[string]kind{
	"memory":   {identities: 1, ring: true},  // claims twice its memory, and makes what does not fit again
	"guess":    {identities: 1, ring: true},  // claims twice its memory, and makes up the walkers for which there is no time
	"speed":    {identities: 1, ring: true},  // claims twice the speed that an honest node would
	"phantom":  {identities: 1, ring: true},  // has no device, claims a hundred times the median and makes all of it up
	"shared2":  {identities: 2, ring: true},  // identities on one device, each of which claims all of it
	"shared4":  {identities: 4, ring: true},  // likewise
	"shared10": {identities: 10, ring: true}, // likewise
	"split2":   {identities: 2, split: true}, // identities on one device, each of which claims its part
	"split4":   {identities: 4, split: true},
	"split10":  {identities: 10, split: true},
	"lazy":     {identities: 1, lazy: true},
	"idle":     {identities: 1, idle: true},
	"rich":     {identities: 1, stake: 10}, // honest, and stakes as much as ten
}

// sharing reports whether identities of this kind claim one device more than once.
func (k kind) sharing() bool { return k.identities > 1 && !k.split }

func (c Challenge) params() poc.ChallengeParams {
	return poc.ChallengeParams{Cohort: c.Cohort, Quorum: c.Quorum, Work: c.Work.millis(), Slack: c.Slack.millis(), Judge: c.Judge.millis()}
}

func (c Challenge) validate(nodes int) error {
	var errs []error
	need := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("challenge: "+format, args...))
		}
	}
	if err := c.params().Validate(); err != nil {
		errs = append(errs, fmt.Errorf("challenge: %w", err))
	}
	need(c.Epochs > 0 && c.Epochs <= 10_000, "epochs is %d, want 1 to 10000", c.Epochs)
	need(c.Margin > 0 && c.Margin <= 1, "margin is %g, want over 0 to 1", c.Margin)
	need(c.Noise >= 0 && c.Noise <= 1 && c.Reads >= 0 && c.Sight >= 0, "noise is 0 to 1, reads and sight are not negative")
	need(c.Busy >= 0 && c.Busy <= 1 && c.Away >= 0 && c.Away < 1, "busy and away are shares")
	total := 0
	for _, kind := range slices.Sorted(maps.Keys(c.Frauds)) {
		n, known := c.Frauds[kind], kinds[kind].identities
		need(known > 0, "frauds: %q is unknown; there are %v", kind, slices.Sorted(maps.Keys(kinds)))
		need(known == 0 || n >= 0 && n%known == 0, "frauds: %s is %d, want a multiple of its %d identities", kind, n, known)
		total += n
	}
	need(total <= nodes, "frauds are %d of %d nodes", total, nodes)
	return errors.Join(errs...)
}

// contender is a node in these experiments.
type contender struct {
	key     ed25519.PrivateKey
	peer    poc.PeerID
	account poc.Account
	kind    string // of fraud; empty: honest
	does    kind
	place   int // among the identities of its device, from 0
	first   *contender
	reads   float64
	speed   uint64 // that all of its device shows honestly
	claims  poc.Capacity
	earned  earned

	// In this epoch:
	machine *poc.Challenge // nil until it sees the beacon, or if it is away
	noise   float64        // of its device
	wrong   float64        // share of walkers that are made up
	away    bool
}

// arena is one run.
type arena struct {
	s      Scenario
	c      Challenge
	rng    *rand.Rand
	queue  queue
	now    poc.Time
	nodes  []*contender
	byPeer map[poc.PeerID]*contender
	roster *poc.Roster
	setup  poc.ChallengeSetup
	net    market.Network // its rewards and challenges
	pool   pool
	result ChallengeResult
	broken error
}

// ChallengeResult is what the experiment shows.
type ChallengeResult struct {
	Scenario Scenario
	Rows     []ChallengeRow // honest nodes first
	Messages int
	Checks   int
	Fairness float64 // Jain's index of what honest devices that are there get for uptime, per operation
	Wall     time.Duration
}

// ChallengeRow is what became of one kind of nodes.
type ChallengeRow struct {
	Kind    string
	Tried   int // challenges of nodes that were there; of a shared device those of all identities but one
	Vouched int // of a shared device all but the first in an epoch
	Refused map[poc.ChallengeCode]int
	Rewards Earnings
}

// Caught is the share that no quorum vouched for.
func (r ChallengeRow) Caught() float64 { return float64(r.Tried-r.Vouched) / float64(max(r.Tried, 1)) }

// Table is the result as text.
func (r ChallengeResult) Table() string {
	var b strings.Builder
	c := r.Scenario.Challenge
	fmt.Fprintf(&b, "%s: %d nodes, %d epochs, %d of %d witnesses, work %v, slack %v; %d messages, %d checks\n", r.Scenario.Name, r.Scenario.Nodes,
		c.Epochs, c.Quorum, c.Cohort, time.Duration(c.Work), time.Duration(c.Slack), r.Messages, r.Checks)
	fmt.Fprintf(&b, "| nodes | challenges | vouched for | refused | why |\n|---|---|---|---|---|\n")
	for _, row := range r.Rows {
		var why []string
		for _, code := range slices.Sorted(maps.Keys(row.Refused)) {
			why = append(why, fmt.Sprintf("%s %d", code, row.Refused[code]))
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %.2f %% | %s |\n", row.Kind, row.Tried, row.Vouched, 100*row.Caught(), strings.Join(why, ", "))
	}
	b.WriteString(r.rewards())
	return b.String()
}

// RunChallenge runs the experiment. The error is a violated invariant.
func RunChallenge(s Scenario) (ChallengeResult, error) {
	begin := time.Now()
	a := &arena{s: s, c: *s.Challenge, rng: rand.New(rand.NewPCG(s.Seed, 0x6368616c)), now: epoch, byPeer: map[poc.PeerID]*contender{}}
	a.result.Scenario = s
	if err := a.populate(); err != nil {
		return a.result, err
	}
	a.fund()
	for e := range a.c.Epochs {
		if err := a.epoch(uint64(e)); err != nil {
			return a.result, err
		}
	}
	a.earnings()
	a.result.Wall = time.Since(begin)
	return a.result, nil
}

// populate makes the nodes, frauds first.
func (a *arena) populate() error {
	some := slices.Sorted(maps.Keys(a.c.Frauds))
	var names []string
	for _, kind := range some {
		for range a.c.Frauds[kind] {
			names = append(names, kind)
		}
	}
	a.result.Rows = append(a.result.Rows, ChallengeRow{Kind: "honest", Refused: map[poc.ChallengeCode]int{}})
	for _, kind := range some {
		a.result.Rows = append(a.result.Rows, ChallengeRow{Kind: kind, Refused: map[poc.ChallengeCode]int{}})
	}
	var cs []poc.Candidate
	for i := range a.s.Nodes {
		seed := make([]byte, ed25519.SeedSize)
		binary.BigEndian.PutUint64(seed, a.s.Seed)
		binary.BigEndian.PutUint64(seed[8:], uint64(i))
		n := &contender{key: ed25519.NewKeyFromSeed(seed), reads: a.c.Reads * a.rng.Float64(), account: poc.Account(fmt.Sprint(i))}
		n.peer, n.first = poc.PeerID(n.key.Public().(ed25519.PublicKey)), n
		if i < len(names) {
			n.kind, n.does = names[i], kinds[names[i]]
			n.place = (i - slices.Index(names, n.kind)) % n.does.identities
			if n.place > 0 {
				n.first = a.nodes[i-n.place]
			}
		}
		spread := math.Pow(a.s.SpeedSpread, a.rng.Float64()-0.5)
		n.claims = poc.Capacity{Memory: uint64(1+a.rng.IntN(80)) << 30, Speed: uint64(medianSpeed * spread)}
		n.pretend()
		a.nodes = append(a.nodes, n)
		a.byPeer[n.peer] = n
		cs = append(cs, poc.Candidate{Worker: poc.Worker{Peer: n.peer, Account: n.account}, Weight: uint64(max(n.does.stake, 1))})
	}
	var err error
	a.roster, err = poc.NewRoster(cs)
	return err
}

// epoch challenges everybody once.
func (a *arena) epoch(e uint64) error {
	var beacon poc.Hash
	binary.BigEndian.PutUint64(beacon[:], a.rng.Uint64())
	a.setup = poc.ChallengeSetup{Epoch: e, Beacon: beacon, Roster: a.roster, Params: a.c.params()}
	block := a.now
	for _, n := range a.nodes {
		n.machine, n.wrong, n.away = nil, 0, a.rng.Float64() < a.c.Away
		n.noise = math.Exp(math.Abs(a.rng.NormFloat64()) * a.c.Noise)
		if a.rng.Float64() < a.c.Busy {
			n.noise *= 1.5
		}
		if !n.away {
			a.queue.push(block.Add(a.delay(a.c.Sight, 0.7)), func() { a.begin(n) })
		}
	}
	for len(a.queue.events) > 0 && a.broken == nil {
		ev := a.queue.pop()
		a.now = ev.at
		ev.do()
	}
	if a.broken != nil {
		return a.broken
	}
	passed := map[*contender]int{} // by device
	for _, n := range a.nodes {
		if n.away || n.does.idle {
			continue
		}
		if n.machine.Phase() != poc.Closed || (n.machine.Capability() == nil) == (n.machine.Failure() == nil) {
			return fmt.Errorf("epoch %d: the challenge of %s is %v at the end, and has not one outcome", e, n.peer.Short(), n.machine.Phase())
		}
		row := a.row(n)
		if c := n.machine.Capability(); c != nil {
			passed[n.first]++
			if err := a.reward(n, c); err != nil {
				return err
			}
		} else {
			row.Refused[n.machine.Failure().Code]++
		}
		row.Tried++
		switch {
		case n.does.sharing() && n == n.first: // the device is worth one
			row.Tried--
		case n.machine.Capability() != nil:
			row.Vouched++
		}
	}
	for n, k := range passed { // whichever identity it was that the device really answered for
		if n.does.sharing() && n.machine != nil && n.machine.Capability() == nil && k > 0 {
			a.row(n).Vouched--
		}
	}
	return nil
}

func (a *arena) row(n *contender) *ChallengeRow {
	for i := range a.result.Rows {
		if a.result.Rows[i].Kind == n.kind {
			return &a.result.Rows[i]
		}
	}
	return &a.result.Rows[0] // the honest
}

// begin is when a node sees the beacon.
func (a *arena) begin(n *contender) {
	setup := a.setup
	setup.Self, setup.Key, setup.Capacity = n.peer, n.key, n.claims
	if n.does.idle {
		setup.Capacity = poc.Capacity{}
	}
	c, fx, err := poc.NewChallenge(setup, a.now)
	if err != nil {
		a.broken = err
		return
	}
	n.machine = c
	if fx.Run != nil {
		took := a.runTime(n)
		a.queue.push(a.now.Add(took), func() { a.step(n, poc.Answered{File: a.file(n)}) })
	}
	a.carry(n, fx)
	a.alarm(n)
}

// runTime is how long the node's program takes, in the formula of package gpu/challenge. A shared device answers for one identity after the
// other, which is the best that it can do.
func (a *arena) runTime(n *contender) poc.Millis {
	work := float64(a.c.Work.millis())
	took := work * a.c.Margin * n.first.noise
	remade := func(share float64) float64 {
		return (0.5 + challenge.Passes*0.5*share + n.reads) / (1 + n.reads)
	}
	switch n.kind {
	case "speed":
		took *= 2
	case "phantom":
		n.wrong, took = 1, 1
	case "memory":
		took *= remade(1)
	case "guess": // as many walkers as there is time for
		aim := 0.9 * float64(a.setup.Params.Window()) / took
		share := min(max(aim*(1+n.reads)-0.5-n.reads, 0)/(challenge.Passes*0.5), 1)
		n.wrong = 1 - share
		took *= remade(share)
	default:
		took *= float64(1 + n.place)
	}
	if n.does.split { // it claims so much less
		took /= float64(n.does.identities)
	}
	return poc.Millis(took)
}

// file stands for what a node's program came to.
func (a *arena) file(n *contender) poc.Link {
	mh, err := multihash.Sum(n.peer[:], multihash.SHA2_256, -1)
	if err != nil {
		a.broken = err
	}
	return poc.Link{Cid: cid.NewCidV1(cid.Raw, mh)}
}

// step hands an event to a node's machine. A fraud whose own machine gave up sends its answer all the same.
func (a *arena) step(n *contender, ev poc.ChallengeEvent) {
	fx, err := n.machine.Step(a.now, ev)
	if _, answered := ev.(poc.Answered); answered && errors.Is(err, poc.ErrNotAnswering) && n.does.ring {
		for _, w := range a.roster.Witnesses(a.setup.Beacon, a.setup.Epoch, n.peer, int(a.c.Cohort)) {
			a.post(n, w, poc.Answer{Capacity: n.claims, File: a.file(n)})
		}
	}
	a.carry(n, fx)
	a.alarm(n)
}

func (a *arena) alarm(n *contender) {
	if d := n.machine.NextDeadline(); d > a.now {
		a.queue.push(d, func() {
			if n.machine.NextDeadline() == d {
				a.step(n, poc.ChallengeTick{})
			}
		})
	}
}

func (a *arena) carry(n *contender, fx poc.ChallengeEffects) {
	for _, s := range fx.Send {
		for _, to := range s.To {
			a.post(n, to, s.Message)
		}
	}
	if fx.Show != nil {
		a.show(fx.Show)
	}
	if q := fx.Check; q != nil {
		a.result.Checks++
		subject, verdict := a.byPeer[q.Peer], poc.Vouches
		if subject.wrong > 0 && a.rng.Float64() > math.Pow(1-subject.wrong, challenge.Samples) {
			verdict = poc.Wrong
		}
		took := a.delay(Duration(time.Second), 0.5)
		if n.does.lazy {
			verdict, took = poc.Vouches, 0
		}
		a.queue.push(a.now.Add(took), func() {
			if n.machine.Phase() != poc.Closed {
				a.step(n, poc.Judged{Peer: q.Peer, Verdict: verdict})
			}
		})
	}
}

// post delivers a message, after as many attempts as links lose and until its receiver has seen the beacon. What a fraud says of others
// does not depend on what it saw.
func (a *arena) post(from *contender, peer poc.PeerID, m poc.ChallengeMessage) {
	to := a.byPeer[peer]
	if v, ok := m.(poc.Vouch); ok && from.does.ring {
		if !to.does.ring {
			m = poc.Vouch{Capacity: v.Capacity, Verdict: poc.TooLate}
		} else if v.Verdict != poc.Vouches {
			m = a.falseVouch(from, to)
		}
	}
	a.result.Messages++
	const again = 500
	at := a.now.Add(a.delay(a.s.Network.Latency, a.s.Network.Spread))
	for a.rng.Float64() < a.s.Network.Loss {
		at = at.Add(again)
	}
	var deliver func()
	deliver = func() {
		switch {
		case to.away:
		case to.machine == nil: // it has not seen the beacon
			a.queue.push(a.now.Add(again), deliver)
		default:
			a.step(to, poc.ChallengeReceived{From: from.peer, Message: m})
		}
	}
	a.queue.push(at, deliver)
}

// falseVouch is the vouch of a witness for a fraud whose answer was late or wrong: it gets it from a machine that is shown that answer in time.
func (a *arena) falseVouch(from, to *contender) poc.Vouch {
	setup := a.setup
	setup.Self, setup.Key = from.peer, from.key
	c, _, err := poc.NewChallenge(setup, 1)
	if err == nil {
		_, err = c.Step(1, poc.ChallengeReceived{From: to.peer, Message: poc.Answer{Capacity: to.claims, File: a.file(to)}})
	}
	var fx poc.ChallengeEffects
	if err == nil {
		fx, err = c.Step(1, poc.Judged{Peer: to.peer, Verdict: poc.Vouches})
	}
	if err != nil {
		a.broken = err
		return poc.Vouch{}
	}
	return fx.Send[0].Message.(poc.Vouch)
}

// delay draws from a lognormal distribution.
func (a *arena) delay(median Duration, spread float64) poc.Millis {
	return poc.Millis(float64(median.millis()) * math.Exp(a.rng.NormFloat64()*spread))
}
