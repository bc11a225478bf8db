package poc

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

var pricedPolicy = Policy{Replicas: 1, Quorum: 7, MaxReplicas: 12, Standby: 11, MaxError: 1_000}

func TestCredit(t *testing.T) {
	for _, c := range []struct {
		completed, faults uint64
		want              Credit
	}{
		{0, 0, 1000}, {5, 0, 1000}, {60, 0, 4982}, {1840, 0, 9964}, {1 << 30, 0, 20000}, {math.MaxUint64, 0, 20000},
		{0, 1, 500}, {60, 1, 500}, {1840, 1, 5942}, {1840, 2, 1488}, {0, math.MaxUint64, 0},
	} {
		require.Equal(t, c.want, CreditOf(c.completed, c.faults), "%d paid, %d convicted", c.completed, c.faults)
	}
	last := Credit(0)
	for n := range uint64(5000) { // a longer record is never worth less
		require.GreaterOrEqual(t, CreditOf(n, 0), last)
		last = CreditOf(n, 0)
	}
}

func TestLog2(t *testing.T) {
	for _, x := range [][2]uint64{{1, 1}, {2, 1}, {3, 2}, {999_999, 1}, {10, 3}, {math.MaxUint64, 1}, {math.MaxUint64, 1 << 63}, {1<<63 + 5, 7}} {
		want := 1000 * math.Log2(float64(x[0])/float64(x[1]))
		require.InDelta(t, want, float64(log2(x[0], x[1])), 1.01, "%v", x)
	}
	require.Equal(t, Credit(9965), Need(1_000))
	require.Equal(t, Credit(1), Need(MaxErrorUnit/2))
}

func TestForRisk(t *testing.T) {
	for _, c := range []struct {
		maxError  uint32
		dishonest int
	}{{1_000, 200}, {10_000, 200}, {1_000, 50}, {10_000, 333}} {
		p, err := ForRisk(c.maxError, c.dishonest)
		require.NoError(t, err, c)
		require.LessOrEqual(t, max(p.Quorum, p.MaxReplicas), uint32(MaxPaid), "or no chain takes it")
		forged, _ := tail(p.Candidates(), int(p.Quorum), c.dishonest).Float64()
		require.LessOrEqual(t, forged, float64(c.maxError)/2e6)
		t.Logf("%d in a million at %d in a thousand: quorum %d of %d, %d witnesses", c.maxError, c.dishonest, p.Quorum, p.Candidates(), p.Witnesses())
	}
	_, err := ForRisk(1, 490)
	require.ErrorContains(t, err, "no 64 candidates")
	_, err = ForRisk(0, 100)
	require.Error(t, err)
}

func TestMerkle(t *testing.T) {
	for n := 1; n < 20; n++ {
		leaves := make([]Hash, n)
		for i := range leaves {
			leaves[i] = Leaf([]byte{byte(i)})
		}
		root := MerkleRoot(leaves)
		require.Equal(t, root, NewTree(leaves).Root())
		for i, leaf := range leaves {
			path := MerklePath(leaves, i)
			require.True(t, InTree(root, leaf, i, n, path))
			require.False(t, InTree(root, Leaf([]byte("x")), i, n, path))
			require.False(t, InTree(root, leaf, (i+1)%n, n, path) && n > 1)
			require.False(t, InTree(root, leaf, i, n, append(path, Hash{})))
			if len(path) > 0 {
				require.False(t, InTree(root, leaf, i, n, path[1:]))
			}
		}
	}
	require.False(t, InTree(Hash{}, Hash{}, 0, 0, nil))
}

// pricedSim runs one priced task among 12 candidates with the given credits.
func pricedSim(t *testing.T, seed uint64, credit func(rank int) Credit, acts map[int]behaviour) *sim {
	cfg := defaultSim()
	cfg.workers, cfg.policy, cfg.credit, cfg.job = 12, pricedPolicy, credit, testHash("job %d", seed)
	s := newSim(t, seed, cfg, acts)
	s.run()
	return s
}

func known(int) Credit    { return 12 * Bit }
func newcomer(int) Credit { return NewcomerCredit }

// replicas counts the nodes that computed.
func (s *sim) replicas() (n int) {
	for _, x := range s.nodes {
		if x.task.s.Own != nil {
			n++
		}
	}
	return n
}

// A known worker computes alone, but for one audit in ten; newcomers confirm each other until ten agree.
func TestRedundancyFollowsCredit(t *testing.T) {
	const runs = 150
	total, audits := 0, 0
	for seed := range uint64(runs) {
		s := pricedSim(t, seed, known, nil)
		s.requirePhase(Done)
		s.check()
		total += s.replicas()
		if s.replicas() > 1 {
			audits++
		}
	}
	t.Logf("%d replicas and %d audits in %d tasks", total, audits, runs)
	require.InDelta(t, runs/10, audits, 12)
	require.Equal(t, runs+audits, total)

	s := pricedSim(t, 1, newcomer, nil)
	s.requirePhase(Done)
	s.check()
	require.Equal(t, 10, s.replicas())
	require.Len(t, s.payees(0), 10)
	require.Len(t, s.nodes[11].task.Certificate().Attestations, 12, "signatures to spare, should some not count when it is claimed")

	s = pricedSim(t, 2, func(rank int) Credit { return Credit(5-rank%2) * Bit }, nil)
	s.requirePhase(Done)
	require.GreaterOrEqual(t, s.replicas(), 3, "5 + 4 bits are less than 9.965")
}

// A lone liar with a record is certified unless it is audited, and an audit never certifies what it says.
func TestAuditsCatchLoneLiars(t *testing.T) {
	caught := 0
	for seed := range uint64(60) {
		s := pricedSim(t, seed, known, map[int]behaviour{0: {lies: true, name: "A"}})
		s.requirePhase(Done)
		if s.nodes[1].task.s.Audit != audited {
			continue
		}
		caught++
		r, _ := s.nodes[1].task.Result()
		require.Equal(t, testResult("right").Digest(), r.Digest())
		require.Contains(t, s.faultsOf(0), Contradicted)
		require.NotContains(t, s.payees(1), "A")
		for _, n := range s.nodes[1:] { // who computed shows it to the others
			require.True(t, n.task.s.Workers[0].Faults.has(Contradicted))
			if n.peer == testOwner { // it does not draw
				continue
			}
			ended, failed := n.task.Audited()
			require.True(t, ended)
			require.Equal(t, []PeerID{s.nodes[0].peer}, failed)
		}
	}
	require.Greater(t, caught, 1)
}

// Two of a cartel with records never outweigh the honest worker that audits the first: where records contradict each other nobody is
// believed for one.
func TestRecordsThatContradict(t *testing.T) {
	contests := 0
	for seed := range uint64(80) {
		cfg := pricedConfig(known, fmt.Sprint("job ", seed))
		cfg.workers, cfg.policy = 14, Policy{Replicas: 1, Quorum: 8, MaxReplicas: 14, Standby: 13, MaxError: 1_000}
		s := newSim(t, seed, cfg, map[int]behaviour{0: liar("cartel"), 2: liar("cartel")})
		s.run()
		s.requirePhase(Done)
		if one := s.nodes[1].task.s; one.Audit != audited || one.First == 2 { // or its like confirms it
			continue
		}
		contests++
		r, _ := s.nodes[1].task.Result()
		require.Equal(t, testResult("right").Digest(), r.Digest(), "seed %d", seed)
		require.NotContains(t, s.faultsOf(1), Contradicted)
		require.Contains(t, s.faultsOf(0), Contradicted)
	}
	require.Greater(t, contests, 2)
}

// A worker that was caught elsewhere is not believed here, where its result waits for the job's other tasks.
func TestDistrustReopens(t *testing.T) {
	for seed := range uint64(20) {
		cfg := defaultSim()
		cfg.workers, cfg.policy, cfg.credit, cfg.job = 12, pricedPolicy, known, testHash("job %d", seed)
		s := newSim(t, seed, cfg, map[int]behaviour{0: {lies: true, name: "A"}})
		for _, n := range s.nodes[1:] {
			s.after(60, func() { n.step(Hold{Until: 50_000}) })
			s.after(5_000, func() { n.step(Distrust{Peer: s.nodes[0].peer}) })
			s.after(5_100, func() { n.step(Hold{}) })
		}
		s.run()
		s.requirePhase(Done)
		s.check()
	}
}

// A result that is believed for a record waits for the job's other tasks, whether it is audited itself or not. Who audited it says so
// without showing it. If the others are not decided in the given time, records count for nothing.
func TestHold(t *testing.T) {
	audits := 0
	for seed := range uint64(40) {
		inTime := seed%2 == 0
		cfg := defaultSim()
		cfg.workers, cfg.policy, cfg.credit, cfg.job = 12, pricedPolicy, known, testHash("job %d", seed)
		s := newSim(t, seed, cfg, nil)
		for _, n := range s.nodes {
			s.after(60, func() { n.step(Hold{Until: 50_000}) })
			if inTime {
				s.after(40_000, func() { n.step(Hold{}) })
			}
		}
		s.after(39_000, func() {
			for _, n := range s.nodes[:12] {
				require.True(t, n.task.held())
				require.False(t, n.task.Undecided())
				require.Equal(t, n.task.s.Audit == audited, n.task.passed())
				require.Nil(t, n.task.s.Workers[0].Attest)
			}
			if s.nodes[0].task.s.Audit == audited {
				audits++
			}
		})
		s.run()
		s.requirePhase(Done)
		s.check()
		switch {
		case !inTime:
			require.Equal(t, 10, s.replicas())
		case s.nodes[1].task.s.Audit == audited:
			require.Equal(t, 2, s.replicas())
		default:
			require.Equal(t, 1, s.replicas())
		}
	}
	require.Positive(t, audits)

	task := newTask(t, testSetup(1, 6, testPolicy))
	_, err := task.Step(1, Hold{Until: 50_000})
	require.ErrorIs(t, err, ErrOver, "nothing is believed for a record here")
}

// Once somebody who was believed for its record has lied in the job, everybody counts as a newcomer.
func TestAlarm(t *testing.T) {
	alarms := 0
	for seed := range uint64(20) {
		cfg := defaultSim()
		cfg.workers, cfg.policy, cfg.credit, cfg.job = 12, pricedPolicy, known, testHash("job %d", seed)
		s := newSim(t, seed, cfg, map[int]behaviour{0: {lies: true, name: "A"}})
		for _, n := range s.nodes {
			s.after(60, func() { n.step(Hold{Until: 50_000}) })
			s.after(5_000, func() { n.step(Distrust{Peer: PeerID{9}, Lied: true}) })
			s.after(5_100, func() { n.step(Hold{}) })
		}
		s.run()
		s.requirePhase(Done)
		s.check()
		r, _ := s.nodes[1].task.Result()
		require.Equal(t, testResult("right").Digest(), r.Digest())
		if s.nodes[1].task.s.Audit == audited {
			require.False(t, s.nodes[1].task.s.Alarmed, "it was over by then")
			continue
		}
		alarms++
		require.GreaterOrEqual(t, s.replicas(), 10)
	}
	require.Positive(t, alarms)
}

// Once a record has failed an audit in the job without a proof that it lied, all that is believed for records is audited.
func TestFailedAuditElsewhere(t *testing.T) {
	for seed := range uint64(10) {
		cfg := defaultSim()
		cfg.workers, cfg.policy, cfg.credit, cfg.job = 12, pricedPolicy, known, testHash("job %d", seed)
		s := newSim(t, seed, cfg, nil)
		for _, n := range s.nodes {
			s.after(60, func() { n.step(Hold{Until: 50_000}) })
			s.after(5_000, func() { n.step(Distrust{Peer: PeerID{9}, Failed: true}) })
			s.after(20_000, func() { n.step(Hold{}) })
		}
		s.run()
		s.requirePhase(Done)
		s.check()
		require.Equal(t, audited, s.nodes[1].task.s.Audit)
		require.Equal(t, 2, s.replicas())
		require.Len(t, s.payees(1), 2)
	}
}

// TestCorroboration compares the number of audits with what it promises, for the number of lies that gains most: all told at once, and
// each after the last was accepted, until one is met.
func TestCorroboration(t *testing.T) {
	for _, maxError := range []uint32{1_000, 10_000, 100_000} {
		bound := float64(maxError) / MaxErrorUnit
		for _, units := range []int{1, 5, 30, 55, 56, 100, 552, 1000, 4096} {
			for _, waits := range []bool{false, true} {
				audits := Policy{MaxError: maxError}.Audits(units, waits)
				if audits == 0 {
					require.Less(t, units, Corroboration(maxError, waits))
					continue
				}
				require.LessOrEqual(t, int(audits), units)
				require.GreaterOrEqual(t, int(audits)*AuditUnit, units*AuditRate)
				escapes := 1 - 2*float64(audits)/float64(3*units)
				together, inTurn := 0.0, 0.0
				for lies := 1; lies <= units; lies++ {
					together = max(together, float64(lies)/float64(units)*math.Pow(escapes, float64(lies)))
					inTurn += math.Pow(escapes, float64(lies)) / float64(units)
				}
				require.LessOrEqual(t, together, bound, "%d audits of %d units", audits, units)
				block := Policy{MaxError: maxError}.Block(units, waits)
				require.LessOrEqual(t, block, units)
				require.GreaterOrEqual(t, block*int(audits), units*Corroboration(maxError, waits))
				if waits {
					require.LessOrEqual(t, inTurn, bound, "%d audits of %d units", audits, units)
				}
			}
		}
	}
	require.EqualValues(t, 552, Policy{MaxError: 1_000}.Audits(552, false))
	require.EqualValues(t, 552, Policy{MaxError: 1_000}.Audits(4_096, false))
	require.EqualValues(t, 0, Policy{MaxError: 1_000}.Audits(551, false))
	require.EqualValues(t, 101, Policy{MaxError: 10_000}.Audits(1_001, false), "one in ten at least")
}

// TestWorth: where a job has too few units for audits, no fewer than a team are believed for their records, and a team that a third of
// all workers make up by chance is as rare as the error that is accepted.
func TestWorth(t *testing.T) {
	for _, maxError := range []uint32{10, 1_000, 10_000, 100_000, 500_000} {
		p, n := Policy{MaxError: maxError}, Team(maxError)
		require.LessOrEqual(t, math.Pow(1.0/3, float64(n)), float64(maxError)/MaxErrorUnit)
		require.LessOrEqual(t, Need(maxError), Credit(n)*p.Worth(MaxCredit, 0))
		if n > 1 {
			require.Less(t, Credit(n-1)*p.Worth(MaxCredit, 0), Need(maxError))
		}
		require.Equal(t, NewcomerCredit, p.Worth(NewcomerCredit, 0))
		require.Equal(t, MaxCredit, p.Worth(MaxCredit, 1))
	}
	require.Equal(t, []int{5, 7}, []int{Team(10_000), Team(1_000)})
}

// Whoever withholds, vanishes or withholds its share in a priced task does not stop it.
func TestPricedTaskEndsWithOneAdversary(t *testing.T) {
	for name, act := range map[string]behaviour{
		"withholds": {withholds: true, evil: true, send: func(_ *simNode, _ PeerID, m Message) Message {
			switch m.(type) {
			case Reveal, Attest:
				return nil
			}
			return m
		}},
		"mute": {evil: true, send: func(_ *simNode, _ PeerID, m Message) Message {
			if _, ok := m.(Share); ok {
				return nil
			}
			return m
		}},
		"withholds and dissents": {withholds: true, evil: true, send: func(n *simNode, _ PeerID, m Message) Message {
			switch m.(type) {
			case Reveal:
				return nil
			case Attest:
				return Dissent{TaskRef: m.Ref(), Round: n.task.s.Rounds - 1, Want: 1}
			}
			return m
		}},
		"vanishes": {vanishAt: 1_300},
		"lies":     {lies: true, name: "liar"},
	} {
		for _, credit := range []func(int) Credit{known, newcomer, func(rank int) Credit { return Credit(1+rank) * Bit }} {
			for _, rank := range []int{0, 1, 6, 11} {
				t.Run(fmt.Sprint(name, rank), func(t *testing.T) {
					s := pricedSim(t, uint64(rank), credit, map[int]behaviour{rank: act})
					s.requirePhase(Done)
				})
			}
		}
	}
}

// Workers that withhold and dissent, or are silent, have others drawn. Of those one waits until somebody attests, and commits to what that shows. It
// is sealed by some who have not seen enough yet. Honest nodes do not name it, as the others are enough, but for those few to whom its
// commitment came before what it copied.
func TestCopierOfWhatIsPublic(t *testing.T) {
	spoiler := func(dissents bool) behaviour {
		return behaviour{withholds: true, evil: true, send: func(n *simNode, _ PeerID, m Message) Message {
			switch m.(type) {
			case Reveal:
				return nil
			case Attest:
				if !dissents {
					return nil
				}
				return Dissent{TaskRef: m.Ref(), Round: n.task.s.Rounds - 1, Want: 1}
			}
			return m
		}}
	}
	copied, sealed, named := 0, 0, 0
	for seed := range uint64(60) {
		cfg := defaultSim()
		cfg.workers, cfg.credit, cfg.job = 12, newcomer, testHash("job %d", seed)
		cfg.policy = Policy{Replicas: 1, Quorum: 7, MaxReplicas: 12, Standby: 11, MaxError: 10_000}
		const thief = 9
		s := newSim(t, seed, cfg, map[int]behaviour{
			1: spoiler(true), 3: spoiler(seed%2 == 0),
			thief: {evil: true, withholds: true, heard: func(n *simNode, _ PeerID, m Message) {
				if a, ok := m.(Attest); ok && n.task.s.Own == nil && n.task.s.Workers[thief].Drawn && n.task.Phase().open() {
					copied++
					n.step(Finished{Result: a.Result, Class: "class", Salt: n.salt})
				}
			}},
		})
		s.nodes[thief].compute = 1 << 40
		s.run()
		s.check()
		for _, n := range s.nodes {
			if !n.act.honest() {
				continue
			}
			require.Equal(t, Done, n.task.Phase())
			if n.task.s.Workers[thief].Sealed > 0 {
				sealed++
			}
			if n.rank < cfg.workers && n.task.s.Workers[n.rank].Attest != nil {
				if n.task.s.Workers[n.rank].Attest.Agreed&testSeats(thief) != 0 {
					require.True(t, n.task.s.Workers[thief].After.IsZero(), "it heard of the commitment before what that is a copy of")
					named++
				}
			}
		}
	}
	require.NotZero(t, copied)
	require.Greater(t, sealed, 50)
	require.Less(t, named, 10) // 32 without the rule
}

func TestPricedRestarts(t *testing.T) {
	for seed := range uint64(20) {
		cfg := defaultSim()
		cfg.workers, cfg.policy, cfg.credit, cfg.job, cfg.crash = 12, pricedPolicy, newcomer, testHash("job %d", seed), 0.2
		if seed%2 == 0 {
			cfg.credit = known
		}
		s := newSim(t, seed, cfg, nil)
		s.run()
		s.requirePhase(Done)
		s.check()
	}
}

func TestPricedPolicies(t *testing.T) {
	require.NoError(t, pricedPolicy.Validate())
	for says, change := range map[string]func(p *Policy){
		"quorum is 6":        func(p *Policy) { p.Quorum = 6 },
		"quorum is 13":       func(p *Policy) { p.Quorum = 13 },
		"maxReplicas is 9":   func(p *Policy) { p.MaxReplicas = 9 },
		"maxReplicas is 13":  func(p *Policy) { p.MaxReplicas = 13 },
		"maxError is 500001": func(p *Policy) { p.MaxError = 500_001 },
		"standby is 64":      func(p *Policy) { p.Standby = 64 },
	} {
		p := pricedPolicy
		change(&p)
		require.ErrorContains(t, p.Validate(), says)
	}
}
