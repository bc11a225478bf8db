package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHonestReplicasCertify(t *testing.T) {
	s := newSim(t, 1, defaultSim(), nil).run()
	s.check()
	s.requirePhase(Done)
	for rank := range s.nodes {
		require.Equal(t, []string{"A", "B", "C"}, s.signers(rank))
		require.Equal(t, []string{"A", "B", "C"}, s.payees(rank))
	}
}

func TestSingleReplica(t *testing.T) {
	cfg := defaultSim()
	cfg.policy = Policy{Replicas: 1, Quorum: 1, MaxReplicas: 1}
	s := newSim(t, 1, cfg, nil).run()
	s.check()
	s.requirePhase(Done)
	require.Equal(t, []string{"A"}, s.signers(4))
}

func TestLiarIsLeftOutAndConvicted(t *testing.T) {
	for rank := range 3 {
		s := newSim(t, 1, defaultSim(), map[int]behaviour{rank: liar("alone")}).run()
		s.check()
		s.requirePhase(Done)
		require.Contains(t, s.faultsOf(rank), Contradicted)
		for _, n := range s.nodes {
			for _, f := range n.faults {
				if f.Kind == Contradicted {
					require.NotNil(t, f.Reveal)
					valid(t, *f.Reveal) // the evidence carries the liar's own signature
				}
			}
		}
	}
}

func TestCopierEarnsNothing(t *testing.T) {
	for _, replay := range []bool{false, true} {
		for rank := range 3 {
			s := newSim(t, 2, defaultSim(), map[int]behaviour{rank: copier(replay)}).run()
			s.check()
			s.requirePhase(Done)
		}
	}
}

func TestWithholderIsNamed(t *testing.T) {
	s := newSim(t, 1, defaultSim(), map[int]behaviour{1: withholder()}).run()
	s.check()
	s.requirePhase(Done)
	require.Equal(t, []string{"A", "C"}, s.signers(0))

	// With a quorum of all, its silence needs a further replica, and is a fault.
	cfg := defaultSim()
	cfg.policy = Policy{Replicas: 3, Quorum: 3, MaxReplicas: 5, Standby: 3}
	s = newSim(t, 1, cfg, map[int]behaviour{1: withholder()}).run()
	s.check()
	s.requirePhase(Done)
	require.Equal(t, []string{"A", "C", "D"}, s.signers(0))
	require.Contains(t, s.faultsOf(1), Withheld)
}

func TestFreeRiderIsNotPaid(t *testing.T) {
	for rank := range 3 {
		for seed := range uint64(20) {
			s := newSim(t, seed, defaultSim(), map[int]behaviour{rank: freeRider()}).run()
			s.check()
			s.requirePhase(Done)
			require.NotContains(t, s.payees(3), string(rune('A'+rank)))
			require.Len(t, s.payees(3), 2)
		}
	}
}

// TestMiserLeavesNobodyOut shows that a signer that names nobody else is no part of what the honest need.
func TestMiserLeavesNobodyOut(t *testing.T) {
	for rank := range 3 {
		for seed := range uint64(20) {
			s := newSim(t, seed, defaultSim(), map[int]behaviour{rank: miser()}).run()
			s.check()
			s.requirePhase(Done)
			require.Equal(t, []string{"A", "B", "C"}, s.payees(3))
		}
	}
}

func TestVanishedWorkerIsReplaced(t *testing.T) {
	cfg := defaultSim()
	cfg.policy = Policy{Replicas: 2, Quorum: 2, MaxReplicas: 4, Standby: 2}
	for rank := range 2 {
		s := newSim(t, 1, cfg, map[int]behaviour{rank: {name: "vanishing", vanishAt: 1_060}}).run()
		s.check()
		s.requirePhase(Done)
		require.Contains(t, s.signers(3), "C")
		require.Equal(t, []FaultKind{Late}, s.faultsOf(rank))
	}
}

func TestSilentSealerIsPassedOver(t *testing.T) {
	s := newSim(t, 1, defaultSim(), map[int]behaviour{0: silentSealer()}).run()
	s.check()
	s.requirePhase(Done)
}

func TestAllDifferentEndsWithoutQuorum(t *testing.T) {
	acts := map[int]behaviour{}
	for rank := range 6 {
		acts[rank] = behaviour{name: string(rune('a' + rank)), lies: true}
	}
	s := newSim(t, 1, defaultSim(), acts).run()
	for rank := range 5 { // MaxReplicas
		f := s.nodes[rank].task.Failure()
		require.NotNil(t, f)
		require.Equal(t, FailNoQuorum, f.Code, f.Reason)
	}
	for _, n := range s.nodes[5:] { // the last candidate, and the owner, who sees no results
		f := n.task.Failure()
		require.Equal(t, FailNoQuorum, f.Code, f.Reason)
		require.Contains(t, f.Reason, "of the 5 replicas that answered say")
	}
}

// Fewer than could keep a result from being certified are not believed when they say that none will be.
func TestFalseSurrenderIsIgnored(t *testing.T) {
	acts := map[int]behaviour{0: {evil: true, send: func(n *simNode, to PeerID, m Message) Message {
		if r, ok := m.(Reveal); ok {
			return Dissent{TaskRef: r.TaskRef, Final: true}
		}
		return m
	}}}
	s := newSim(t, 1, defaultSim(), acts).run()
	s.requirePhase(Done)
}

func TestEverybodyGivesUp(t *testing.T) {
	s := newSim(t, 1, defaultSim(), nil)
	for _, n := range s.nodes[:6] {
		s.after(300, func() { n.step(GaveUp{Reason: "out of memory"}) })
		s.after(800, func() { n.step(GaveUp{Reason: "out of memory"}) })
		n.compute = 5_000
	}
	s.run()
	require.Equal(t, FailNoWorkers, s.nodes[0].task.Failure().Code)
	owner := s.nodes[6].task.Failure()
	require.Equal(t, FailNoWorkers, owner.Code)
	require.Equal(t, "5 of 6 candidates abstained, and a result needs a quorum of 2", owner.Reason)
}

func TestOwnerMayBeAbsent(t *testing.T) {
	cfg := defaultSim()
	cfg.noOwner = true
	s := newSim(t, 1, cfg, nil).run()
	s.check()
	s.requirePhase(Done)
	require.Equal(t, Waiting, s.nodes[6].task.Phase())
}

// TestRestartAtEveryStep restarts every honest node from its record after every step.
func TestRestartAtEveryStep(t *testing.T) {
	for seed := range uint64(20) {
		cfg := defaultSim()
		cfg.crash = 1
		s := newSim(t, seed, cfg, map[int]behaviour{int(seed % 4): liar("alone")}).run()
		s.check()
		s.requirePhase(Done)
	}
}
