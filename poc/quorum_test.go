package poc

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestForQuorum(t *testing.T) {
	for _, c := range []struct {
		maxError  uint32
		dishonest int
		want      [2]int // quorum, candidates
		collude   uint32
	}{
		{100_000, 200, [2]int{3, 6}, 98_880}, {50_000, 200, [2]int{4, 7}, 33_344}, {10_000, 200, [2]int{6, 10}, 6_370}, {1_000, 200, [2]int{9, 14}, 382},
		{10_000, 100, [2]int{3, 5}, 8_560}, {20_000, 330, [2]int{15, 28}, 19_625}, {1, 0, [2]int{2, 3}, 0},
	} {
		for _, tier := range []Tier{ClassExact, Tolerance, Image} {
			p, err := ForQuorum(tier, c.maxError, c.dishonest)
			require.NoError(t, err)
			require.NoError(t, p.Validate())
			require.Equal(t, c.want, [2]int{int(p.Quorum), p.Candidates()})
			require.Equal(t, p.Quorum, p.Replicas, "no more compute than must agree, while they do")
			require.EqualValues(t, c.want[1], p.MaxReplicas)
			require.Equal(t, c.want[1], p.Panel())
			require.Equal(t, c.collude, p.Collusion(c.dishonest))
			require.False(t, p.Priced())
			require.Zero(t, p.Audits(10_000, false))
		}
	}
	// A cartel fills four of nine candidates far more often than it is four of the five that compute.
	require.EqualValues(t, 85_642, Policy{Replicas: 5, Quorum: 4, MaxReplicas: 9, Standby: 4}.Collusion(200))
	for _, c := range [][2]int{{0, 100}, {600_000, 100}, {1_000, 500}, {1_000, -1}, {1_000, 330}} {
		_, err := ForQuorum(Tolerance, uint32(c[0]), c[1])
		require.Error(t, err)
	}
	for _, tier := range []Tier{Exact, Proof} {
		_, err := ForQuorum(tier, 10_000, 100)
		require.Error(t, err, "it has another function")
	}
	for says, change := range map[string]func(p *Policy){
		"maxError is 500001": func(p *Policy) { p.MaxError = 500_001 },
		"maxReplicas is 9":   func(p *Policy) { p.MaxReplicas-- },
		"quorum is 1":        func(p *Policy) { p.Replicas, p.Quorum, p.Standby = 1, 1, 9 },
	} {
		p, err := ForQuorum(Image, 10_000, 200)
		require.NoError(t, err)
		change(&p)
		require.ErrorContains(t, p.Validate(), says)
	}
}

// With a fifth of the workers in a cartel whose wrong results are equal, and near nobody else's, no more of them are certified than the
// policy says, and whenever the honest are a quorum they get theirs certified.
func TestQuorumAgainstACartel(t *testing.T) {
	const tasks = 300
	policy, err := ForQuorum(Tolerance, 50_000, 200)
	require.NoError(t, err)
	for tier, near := range map[Tier]func(*simNode, Compare) Difference{Tolerance: looksAlike, ClassExact: nil} {
		policy.Compare.Tier = tier
		rng := rand.New(rand.NewPCG(3, 5))
		wrong, failed, executions := 0, 0, 0
		for seed := range uint64(tasks) {
			acts := map[int]behaviour{}
			for rank := range policy.Candidates() {
				if rng.IntN(5) == 0 {
					acts[rank] = behaviour{name: "cartel", lies: true, evil: true}
				}
			}
			cfg := defaultSim()
			cfg.policy, cfg.near, cfg.workers = policy, near, policy.Candidates()
			s := newSim(t, seed, cfg, acts)
			for _, n := range s.nodes {
				if n.act.lies {
					n.content = "away"
				} else if tier == Tolerance {
					n.content = "near " + n.name()
				} else {
					n.content = "near"
				}
			}
			s.run()
			executions += s.executions()
			owner := s.nodes[s.cfg.workers].task
			if owner.Phase() != Done {
				failed++
			} else if r, _ := owner.Result(); r.Digest() == testResult("away").Digest() {
				wrong++
			} else {
				continue
			}
			require.GreaterOrEqual(t, len(acts), int(policy.Quorum), "the honest are a quorum of seed %d", seed)
		}
		t.Logf("%v, %d of %d: %d of %d wrong, %d failed, %.2f executions each", tier, policy.Quorum, policy.Candidates(), wrong, tasks, failed, float64(executions)/tasks)
		require.NotZero(t, wrong, "some tasks have a quorum of the cartel")
		require.LessOrEqual(t, wrong+failed, tasks/20)
	}
}
