package node

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/node/chain"
	"gpumesh/poc"
)

// drawer notes the cases whose committees are drawn.
type drawer struct {
	chain.Court
	drawn []uint64
}

func (d *drawer) DrawCommittee(_ context.Context, id uint64) error {
	d.drawn = append(d.drawn, id)
	return nil
}

// Both sides of a case have its committee drawn at once, so that neither can wait for another block's draw; arbiters do it when half of
// the time is over, and strangers never.
func TestWhoDrawsACommittee(t *testing.T) {
	n := newCluster(t, 1, nil).nodes[0]
	const window, opened = poc.Millis(1000), poc.Time(5000)
	for _, x := range []struct {
		name     string
		k        chain.Case
		reporter poc.Account
		cfg      Court
		after    poc.Millis
		draws    bool
	}{
		{"the accuser", chain.Case{ID: 1, Accuser: n.account}, "", Court{}, 0, true},
		{"the accused", chain.Case{ID: 1, Accused: n.account}, "", Court{}, 0, true},
		{"the reporter of who appeals", chain.Case{ID: 1, Conviction: 1}, n.account, Court{}, 0, true},
		{"an arbiter", chain.Case{ID: 1}, "", Court{Arbiter: true}, window/2 - 1, false},
		{"an arbiter, late", chain.Case{ID: 1}, "", Court{Arbiter: true}, window / 2, true},
		{"an arbiter, of an appeal", chain.Case{ID: 1, Conviction: 1}, "", Court{Arbiter: true}, window / 2, false},
		{"a stranger", chain.Case{ID: 1}, "", Court{Accuse: true}, window / 2, false},
		{"the accused, when it is over", chain.Case{ID: 1, Accused: n.account}, "", Court{}, window, false},
	} {
		d := &drawer{}
		c := &court{node: n.Node, chain: d, cfg: x.cfg}
		c.terms.Store(&chain.CourtTerms{Window: window})
		x.k.Until = opened.Add(window)
		require.NoError(t, c.advance(t.Context(), x.k, x.reporter, opened.Add(x.after)), x.name)
		require.Equal(t, x.draws, len(d.drawn) == 1, x.name)
	}
}
