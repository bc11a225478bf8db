package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// usurp has the candidates of these ranks, whom nobody drew, commit at once, and the first of them seal them all in the first round.
func usurp(s *sim, ranks ...int) {
	lead := s.nodes[ranks[0]]
	seal := Seal{TaskRef: lead.setup.Ref, View: uint32(lead.rank)}
	for _, r := range ranks {
		n := s.nodes[r]
		seal.Entries = append(seal.Entries, sealedBy(seal.TaskRef, r, Commitment(n.setup.Network, seal.TaskRef, n.peer, "class", testResult(n.content).Digest(), n.salt)))
	}
	sortEntries(seal.Entries)
	s.after(60, func() {
		for _, r := range ranks {
			n := s.nodes[r]
			n.task.s.Workers[r].Drawn = true
			n.record = nil
			n.step(Finished{Result: testResult(n.content), Class: "class", Salt: n.salt})
			n.task.now = n.now
			n.task.accept(seal, seal.Entries)
			n.record = nil
			if n == lead {
				for _, x := range s.nodes {
					n.raw(x.peer, seal)
				}
			}
			n.step(Tick{})
		}
	})
}

// TestNobodySealsWhoIsNotDrawn: a candidate that computes unasked, and is sealed by its like, does not take the place of who was drawn.
func TestNobodySealsWhoIsNotDrawn(t *testing.T) {
	t.Run("one", func(t *testing.T) {
		for seed := range uint64(20) {
			cfg := defaultSim()
			cfg.workers, cfg.policy, cfg.credit, cfg.job = 12, pricedPolicy, known, testHash("job %d", seed)
			s := newSim(t, seed, cfg, map[int]behaviour{5: {name: "usurper", evil: true}})
			usurp(s, 5)
			s.run()
			require.Contains(t, s.payees(1), "A", "seed %d: who was drawn is paid", seed)
		}
	})
	t.Run("a team that lies", func(t *testing.T) {
		for _, maxError := range []uint32{1_000, 10_000, 50_000} {
			p, err := ForRisk(maxError, 200)
			require.NoError(t, err)
			cfg := defaultSim()
			cfg.workers, cfg.policy, cfg.job = p.Candidates(), p, testHash("job")
			cfg.credit = func(int) Credit { return p.Worth(12*Bit, 0) }
			acts, ranks := map[int]behaviour{}, []int(nil)
			for i := range Team(maxError) {
				r := p.Candidates() - 1 - i
				acts[r], ranks = behaviour{name: "cartel", lies: true, evil: true, abets: true}, append(ranks, r)
			}
			s := newSim(t, 1, cfg, acts)
			for _, n := range s.nodes {
				n.setup.Audits = 0
				n.task = newTask(t, n.setup)
			}
			usurp(s, ranks...)
			s.run()
			r, ok := s.nodes[0].task.Result()
			require.True(t, ok, "%d: %s", maxError, s.nodes[0].task.Explain())
			require.Equal(t, testResult("right").Digest(), r.Digest(), "%d in a million", maxError)
			require.NotContains(t, s.faultsOf(0), Contradicted)
		}
	})
}

// TestAuditorSealsItself: a lone liar that seals its auditor, and tells everybody but the auditor, is found out all the same.
func TestAuditorSealsItself(t *testing.T) {
	forRisk, err := ForRisk(1_000, 200)
	require.NoError(t, err)
	audits := 0
	for _, policy := range []Policy{pricedPolicy, forRisk} {
		for seed := range uint64(14) {
			cfg := defaultSim()
			cfg.workers, cfg.policy, cfg.credit, cfg.job = policy.Candidates(), policy, known, testHash("job %d", seed)
			sealed := map[PeerID]bool{}
			act := behaviour{name: "A", lies: true, evil: true, abets: true, send: func(_ *simNode, to PeerID, m Message) Message {
				switch m.(type) {
				case Reveal, Attest, Seal:
					if sealed[to] {
						return nil // nothing to its auditor
					}
				}
				return m
			}, heard: func(n *simNode, from PeerID, m Message) {
				c, ok := m.(Commit)
				if !ok || n.task.s.Rounds == 0 || len(sealed) > 0 || n.task.s.Phase >= Certified {
					return
				}
				sealed[from] = true
				seal := Seal{TaskRef: n.setup.Ref, Round: n.task.s.Rounds, Entries: []Sealed{{from, c.Commitment, c.Account, c.Signature}}}
				n.after(0, func() {
					n.task.now = n.now
					n.task.accept(seal, seal.Entries)
					n.record = nil
					for _, x := range n.nodes {
						if x.rank != 0 && x.peer != from {
							n.raw(x.peer, seal)
						}
					}
					n.step(Tick{})
				})
			}}
			s := newSim(t, seed, cfg, map[int]behaviour{0: act})
			for _, n := range s.nodes {
				n.setup.Audits = 8 // of ten
				n.task = newTask(t, n.setup)
			}
			s.run()
			if len(sealed) == 0 {
				continue
			}
			audits++
			if r, ok := s.nodes[1].task.Result(); ok {
				require.Equal(t, testResult("right").Digest(), r.Digest(), "seed %d", seed)
			}
			for i := range s.nodes[1:cfg.workers] {
				require.NotContains(t, s.faultsOf(i+1), Contradicted, "seed %d", seed)
			}
		}
	}
	require.Greater(t, audits, 10)
}
