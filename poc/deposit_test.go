package poc

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWithheldLieConvicts: a known worker that lies, and shows its result to its witnesses only and to nobody once it knows that it is audited, is convicted there, and one that shows it
// to nobody at all is not paid, audited or not: it has to choose before it can know.
func TestWithheldLieConvicts(t *testing.T) {
	member := func(n *simNode, to PeerID) bool { // of a further round, where it is no witness
		i, ok := n.task.index[to]
		return !ok || !n.task.witness(i)
	}
	audits, spared := 0, 0
	for seed := range uint64(60) {
		shy := behaviour{lies: true, withholds: true, evil: true, name: "shy", send: func(n *simNode, to PeerID, m Message) Message {
			if _, reveal := m.(Reveal); reveal && (n.task.s.Audit != undrawn || member(n, to)) {
				return nil
			}
			return m
		}}
		cfg := pricedConfig(known, fmt.Sprint("job ", seed))
		s := newSim(t, seed, cfg, map[int]behaviour{0: shy})
		s.run()
		if s.nodes[1].task.s.Audit != audited {
			spared++
			continue
		}
		audits++
		s.requirePhase(Done)
		convicted := false
		for _, n := range s.nodes {
			for _, f := range n.faults {
				convicted = convicted || f.Kind == Contradicted && f.Peer == s.nodes[0].peer && f.Reveal.signed() != nil
			}
		}
		require.True(t, convicted, "seed %d: nobody has what convicts it", seed)
	}
	require.Positive(t, audits)
	require.Positive(t, spared)
	for seed := range uint64(20) {
		silent := behaviour{lies: true, withholds: true, evil: true, name: "silent", send: func(_ *simNode, _ PeerID, m Message) Message {
			if _, reveal := m.(Reveal); reveal {
				return nil
			}
			return m
		}}
		s := newSim(t, seed, pricedConfig(known, fmt.Sprint("job ", seed)), map[int]behaviour{0: silent})
		s.run()
		s.requirePhase(Done)
		for _, n := range s.nodes[1:] {
			c := n.task.Certificate()
			require.NotNil(t, c)
			require.Zero(t, c.named(n.task.setup.Policy.Quorum)>>testSeat(0)&1, "seed %d: it is paid", seed)
		}
	}
}
