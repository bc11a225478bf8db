package poc

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	seedFlag  = flag.Uint64("seed", 0, "run only this seed of TestRandomAdversaries")
	seedsFlag = flag.Uint64("seeds", 2_000, "how many seeds TestRandomAdversaries runs; a tenth with -short, a twentieth with -race")
)

// TestRandomAdversaries runs random networks, delays, losses, restarts and adversaries, always with fewer than a quorum of
// adversaries, and checks the invariants of sim.check in each.
func TestRandomAdversaries(t *testing.T) {
	if *seedFlag != 0 {
		randomRun(t, *seedFlag)
		return
	}
	seeds := *seedsFlag
	if testing.Short() {
		seeds /= 10
	}
	if raceEnabled { // one goroutine: there is nothing to find
		seeds /= 20
	}
	ended := map[Phase]int{}
	for seed := uint64(1); seed <= seeds; seed++ {
		ok := t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := randomRun(t, seed)
			for _, n := range s.nodes {
				if n.act.honest() && !n.gone {
					ended[n.task.Phase()]++
				}
			}
		})
		if !ok {
			t.Fatalf("replay with: go test ./poc -run TestRandomAdversaries -seed %d -v", seed)
		}
	}
	t.Logf("honest nodes ended: %d done, %d failed", ended[Done], ended[Failed])
	require.Greater(t, ended[Done], 50*ended[Failed], "too many tasks fail with fewer than a quorum of adversaries")
}

func randomRun(t *testing.T, seed uint64) *sim {
	rng := rand.New(rand.NewPCG(seed, 2))
	cfg := defaultSim()
	replicas := 2 + rng.Uint32N(4)
	cfg.policy = Policy{Replicas: replicas, Quorum: replicas/2 + 1, MaxReplicas: replicas + rng.Uint32N(5), Standby: 1 + rng.Uint32N(4)}
	cfg.workers = int(cfg.policy.Replicas+cfg.policy.Standby) + rng.IntN(3)
	cfg.maxDelay = 1 + Millis(rng.IntN(400))
	cfg.loss = rng.Float64() * 0.3
	cfg.double = rng.Float64() * 0.3
	cfg.noOwner = rng.IntN(4) == 0
	if rng.IntN(10) == 0 {
		cfg.crash = 0.2
	}
	acts := map[int]behaviour{}
	for range rng.IntN(int(cfg.policy.Quorum)) { // fewer than a quorum, some of them perhaps the same
		rank := rng.IntN(int(cfg.policy.Replicas + cfg.policy.Standby))
		acts[rank] = []func() behaviour{
			func() behaviour { return liar("cartel") },
			func() behaviour { return liar(fmt.Sprint(rank)) },
			func() behaviour { return copier(rng.IntN(2) == 0) },
			withholder, shy, freeRider, miser, silentSealer, pickySealer, equivocator, hasty, noisy,
			func() behaviour { return behaviour{name: "vanishing", vanishAt: 1_001 + Time(rng.IntN(3_000))} },
		}[rng.IntN(12)]()
	}
	s := newSim(t, seed, cfg, acts)
	if testing.Verbose() && *seedFlag != 0 {
		s.out = t.Output()
		for rank, a := range acts {
			s.log("%s is %s; %+v", s.nodes[rank].name(), a.name, cfg.policy)
		}
	}
	s.run().check()
	return s
}
