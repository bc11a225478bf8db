package poc

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestShareShownToAPart: a witness that shows its share to some only has nobody wait, whom the others ask for it: where the lots spare the task one computes, and where they draw an audit two do.
func TestShareShownToAPart(t *testing.T) {
	lone := 0
	for seed := range uint64(30) {
		cfg := pricedConfig(known, fmt.Sprint("job ", seed))
		cfg.loss = 0.05
		part := behaviour{name: "partial witness", evil: true, send: func(n *simNode, to PeerID, m Message) Message {
			if _, share := m.(Share); share && to != n.nodes[0].peer && testHash("%d %s", seed, to)[0]%2 == 0 {
				return nil
			}
			return m
		}}
		s := newSim(t, seed, cfg, map[int]behaviour{11: part})
		s.run().check()
		s.requirePhase(Done)
		want := 2
		if s.nodes[0].task.s.Audit == spared {
			want = 1
			lone++
		}
		require.Equal(t, want, s.executions(), "seed %d", seed)
		for _, n := range s.nodes[:cfg.workers] {
			require.False(t, n.task.s.Foreseen, "seed %d: %s took the share for missing", seed, n.name())
		}
	}
	require.Positive(t, lone)
	require.Less(t, lone, 30)
}

// TestAwayWhileLotsAreDrawn: a node that is away while the shares come does not draw others for want of them when it is back.
func TestAwayWhileLotsAreDrawn(t *testing.T) {
	for seed := range uint64(30) {
		cfg := pricedConfig(known, fmt.Sprint("job ", seed))
		s := newSim(t, seed, cfg, nil)
		away := s.nodes[int(seed)%6] // no witness
		s.after(350, func() { away.gone = true })
		var mail []func()
		for _, n := range s.nodes {
			if n != away {
				n.act.send = func(n *simNode, to PeerID, m Message) Message {
					if to != away.peer {
						return m
					}
					b, err := MarshalMessage(m)
					require.NoError(t, err)
					var deliver func()
					deliver = func() {
						if away.gone {
							mail = append(mail, deliver)
							return
						}
						away.receive(n.peer, b)
					}
					n.after(Millis(n.rng.IntN(50)), deliver)
					return nil
				}
			}
		}
		s.after(20_000, func() {
			away.gone, away.alarm = false, 0
			away.step(Tick{})
			for _, deliver := range mail {
				deliver()
			}
		})
		s.run()
		s.requirePhase(Done)
		require.False(t, away.task.s.Foreseen, "seed %d: %s", seed, away.task.Explain())
		require.LessOrEqual(t, s.executions(), 3, "seed %d", seed)
	}
}

// TestSlowToShow: a worker that attests when others are drawn in its place already is certified at once, though those will not compute for long.
func TestSlowToShow(t *testing.T) {
	spares := 0
	for seed := range uint64(20) {
		cfg := pricedConfig(known, fmt.Sprint("job ", seed))
		s := newSim(t, seed, cfg, map[int]behaviour{0: {name: "slow", evil: true, send: func(n *simNode, to PeerID, m Message) Message {
			switch m.(type) {
			case Attest:
				n.after(6_000, func() { n.raw(to, m) })
				return nil
			}
			return m
		}}})
		for _, n := range s.nodes[1:] {
			n.compute = 1 << 30
		}
		s.run()
		if s.nodes[0].task.s.Audit != spared {
			continue
		}
		spares++
		s.requirePhase(Done)
		require.Equal(t, 1, s.executions(), "seed %d", seed)
	}
	require.Positive(t, spares)
}
