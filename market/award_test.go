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

// TestSeatGoneBeforeTheBeacon: a job goes on with a quorum of its award's seats; with fewer it fails.
func TestSeatGoneBeforeTheBeacon(t *testing.T) {
	for gone := range 3 {
		w := newWorld(t, 91, 4)
		owner := w.nodes[0]
		id := owner.job(2, false, func(s *Spec) { s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3} })
		w.run(func() bool { return owner.state(id) == Anchoring }, 5_000)
		for _, n := range w.nodes[1 : 1+gone] {
			w.ledger.peers[n.account] = poc.PeerID{1} // it takes effect at once
		}
		w.run(func() bool { return owner.state(id).Terminal() }, 100_000)
		v, _ := owner.m.View(id)
		if done := v.State == Done && v.Settled == 2; done != (gone < 2) || gone == 2 && v.Failure.Code != FailWorkers {
			t.Errorf("%d of 3 seats gone: the job is %v with %d of 2 tasks settled: %+v", gone, v.State, v.Settled, v.Failure)
		}
	}
}
