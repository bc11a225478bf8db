package market

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestAuditsAreCounted: once a job is over its members show their secrets, and everybody finds the same units audited as the members drew, and whom to have passed.
func TestAuditsAreCounted(t *testing.T) {
	w := newWorld(t, 73, 12, func(n *Network) { n.MinReplicas = 1 })
	w.paid = 5_000 // so that one is believed
	early := false
	w.loses = func(n *node, _ Send) bool {
		for _, id := range n.m.Jobs() {
			_, known := n.m.Secret(id)
			early = early || known && n.m.jobs[id].tasks[0].poc.Phase() < poc.Done
		}
		return false
	}
	id := w.nodes[0].job(24, false, func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 1, Quorum: 5, MaxReplicas: 8, Standby: 7, MaxError: 100_000}
	})
	w.run(w.settledEverywhere(id), 60_000)
	require.False(t, early)
	e, ok := w.nodes[0].m.Evidence(id)
	require.True(t, ok)
	e.History = w.ledger.history[id]
	audited := func(e Evidence) (audited, corroborated uint64) {
		records, refused := Reputation(w.net, testVerifier{}, []Evidence{e}, Vouching{})
		require.Empty(t, refused)
		for _, r := range records {
			audited, corroborated = audited+r.Audited, corroborated+r.Corroborated
			require.LessOrEqual(t, r.Audited, r.Corroborated)
		}
		return audited, corroborated
	}
	none, _ := audited(e)
	require.Zero(t, none, "nobody has shown a secret")

	j := w.nodes[0].m.jobs[id]
	e.Secrets = make([]poc.Hash, len(j.seats))
	for seat, f := range j.seats {
		for _, n := range w.nodes {
			if n.peer == f.peer {
				e.Secrets[seat], ok = n.m.Secret(id)
				require.True(t, ok)
			}
		}
	}
	got, corroborated := audited(e)
	want := uint64(0) // units that members did draw, each with one that was audited and one that confirmed it
	for _, c := range e.Certificates {
		if len(c.Payees(e.Spec.Policy.Quorum)) > 1 {
			want++
		}
	}
	require.Equal(t, want, got)
	require.Equal(t, 2*want, corroborated)
	require.InDelta(t, int(e.Spec.Audits()), int(want), 4)

	part, other := e, e // what one part of the evidence lacks another has
	part.Secrets = append(make([]poc.Hash, len(j.seats)/2), e.Secrets[len(j.seats)/2:]...)
	other.Secrets = e.Secrets[:len(j.seats)/2]
	less, _ := audited(part)
	require.Less(t, less, got)
	records, _ := Reputation(w.net, testVerifier{}, []Evidence{e}, Vouching{})
	joined, _ := Reputation(w.net, testVerifier{}, []Evidence{other, part}, Vouching{})
	require.Equal(t, records, joined)

	e.Secrets[0], e.Secrets[1] = e.Secrets[1], e.Secrets[0] // not those of the offers
	fewer, _ := audited(e)
	require.Less(t, fewer, got)
	p, err := prove(w.net, testVerifier{}, e)
	require.NoError(t, err)
	require.Len(t, p.lots, len(j.seats)-2)
	_, ok = w.nodes[1].m.Secret(poc.Hash{1})
	require.False(t, ok)
}
