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
	require.ErrorContains(t, err, "no award")
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
		s := pricedSim(t, seed, known, map[int]behaviour{0: liar("cartel"), 2: liar("cartel")})
		s.requirePhase(Done)
		if s.nodes[1].task.s.Audit != audited {
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

// A result that is believed for a record waits for the job's other tasks, but for one that is audited itself, or for
// the given time; nobody else computes meanwhile.
func TestHold(t *testing.T) {
	late, audits := 0, 0
	for seed := range uint64(30) {
		cfg := defaultSim()
		cfg.workers, cfg.policy, cfg.credit, cfg.job = 12, pricedPolicy, known, testHash("job %d", seed)
		s := newSim(t, seed, cfg, nil)
		for _, n := range s.nodes {
			s.after(60, func() { n.step(Hold{Until: 50_000}) })
		}
		node := s.nodes[1].task
		s.after(Millis(50_000-s.now)-1, func() {
			require.Equal(t, node.s.Audit == audited, node.Phase() == Done)
			require.Equal(t, node.s.Audit != audited, node.Undecided() || node.held())
		})
		s.run()
		s.requirePhase(Done)
		s.check()
		if node.s.Audit == audited {
			audits++
			continue
		}
		late++
		require.Equal(t, 1, s.replicas())
	}
	require.Positive(t, audits)
	require.Positive(t, late)

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

// TestCorroboration compares the number of audits with what it promises, for the share of lies that gains most.
func TestCorroboration(t *testing.T) {
	for _, maxError := range []uint32{100, 1_000, 10_000, 100_000} {
		k := float64(Corroboration(maxError))
		most := 0.0
		for share := 0.0; share < 1; share += 1e-5 {
			most = max(most, share*math.Pow(1-2*share/3, k))
		}
		require.LessOrEqual(t, most, float64(maxError)/MaxErrorUnit)
		require.Greater(t, most, 0.8*float64(maxError)/MaxErrorUnit)
	}
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
