package market

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// Whoever has the award and the beacon derives what every node of the panel derived.
func TestAwardIsDrawnAlike(t *testing.T) {
	w := newWorld(t, 7, 5)
	id := w.nodes[0].job(4, false)
	w.run(w.settledEverywhere(id), 120_000)
	j := w.nodes[1].m.jobs[id]
	p, err := OpenAward(w.net.ID(), id, j.award)
	require.NoError(t, err)
	require.Equal(t, w.ledger.seating[id], p.Seating(w.net, *j.spec))
	for i, peer := range p.Peers() {
		require.Equal(t, j.seats[i].peer, peer)
	}
	drawn, n, err := p.Draw(w.net, *j.spec, *j.Beacon)
	require.NoError(t, err)
	require.Equal(t, len(j.seats), n)
	require.Len(t, drawn, len(j.tasks))
	for i, task := range j.tasks {
		require.Equal(t, task.poc.Candidates(), drawn[i])
	}

	other := *j.Beacon
	other.Random[0]++
	changed, _, err := p.Draw(w.net, *j.spec, other)
	require.NoError(t, err)
	require.NotEqual(t, drawn, changed)
	other.Standings = other.Standings[1:]
	_, _, err = p.Draw(w.net, *j.spec, other)
	require.ErrorContains(t, err, "seats")
	_, err = OpenAward(poc.Hash{1}, id, j.award)
	require.ErrorIs(t, err, ErrSignature)
	_, err = OpenAward(w.net.ID(), poc.Hash{1}, j.award)
	require.ErrorContains(t, err, "another version or job")
}
