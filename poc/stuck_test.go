package poc

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestResultShownToAPart: a newcomer, whose credit is needed, that shows its result to a part of the others only, and dissents or not, does not keep them from a certificate:
// those who were shown it name whom the others draw in its place. With that rule taken out the task ends at its deadline where the others are a quorum.
func TestResultShownToAPart(t *testing.T) {
	p, err := ForRisk(1_000, 200)
	require.NoError(t, err)
	for _, hidden := range []int{2, 13, 14, 15, 16} { // the first in rank, who compute, are not shown it
		for seed := range uint64(4) {
			cfg := defaultSim()
			cfg.workers, cfg.policy, cfg.job = p.Candidates(), p, testHash("job %d", seed)
			cfg.credit = func(int) Credit { return NewcomerCredit }
			cfg.loss, cfg.double = 0.05, 0.05
			const rank = 9
			s := newSim(t, seed, cfg, map[int]behaviour{rank: {name: "partial", evil: true, withholds: true, send: func(n *simNode, to PeerID, m Message) Message {
				switch m.(type) {
				case Reveal, Attest:
					if n.sim.node(to).rank < hidden {
						return nil
					}
				}
				return m
			}}})
			partial := s.nodes[rank]
			if seed%2 == 1 {
				for round := range 4 {
					s.after(Millis(1_500+1_000*round), func() {
						for _, n := range s.nodes {
							partial.raw(n.peer, Dissent{TaskRef: partial.setup.Ref, Round: uint32(round), Want: 1})
						}
					})
				}
			}
			s.run()
			i := slices.IndexFunc(s.nodes, func(n *simNode) bool { return n != partial && n.task.Phase() == Done })
			require.GreaterOrEqual(t, i, 0, "hidden from %d, seed %d: %s", hidden, seed, s.nodes[0].task.Explain())
			c := s.nodes[i].task.Certificate()
			for _, n := range s.nodes { // the market brings it to whom it has not reached
				s.nodes[i].raw(n.peer, Proven{*c})
			}
			s.run()
			s.requirePhase(Done)
		}
	}
}
