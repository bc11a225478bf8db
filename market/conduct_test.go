package market

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestReputation: whatever the order and however often, the same receipts give the same records, and they say who worked,
// who was called in vain and who was convicted.
func TestReputation(t *testing.T) {
	w := newWorld(t, 60, 6)
	w.nodes[3].lie = true
	a, b := w.nodes[0].job(8, false), w.nodes[1].job(6, true)
	w.run(func() bool { return w.settledEverywhere(a)() && w.settledEverywhere(b)() }, 60_000)
	w.run(func() bool { return w.ledger.faults["acc03"] > 0 }, 60_000)
	var evidence []Evidence
	for _, n := range w.nodes {
		for _, id := range n.m.Jobs() {
			e, ok := n.m.Evidence(id)
			if !ok {
				t.Fatalf("node %d has no evidence of job %s", n.index, id.Short())
			}
			e.History = w.ledger.history[id]
			evidence = append(evidence, e)
		}
	}
	records, refused := Reputation(w.net, testVerifier{}, evidence, Vouching{})
	if len(refused) != 0 {
		t.Fatalf("refused: %v", refused)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 5 {
		again := append(append([]Evidence{}, evidence...), evidence[:3]...)
		r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		if other, _ := Reputation(w.net, testVerifier{}, again, Vouching{}); !reflect.DeepEqual(records, other) {
			t.Fatalf("another order gives %+v, not %+v", other, records)
		}
	}
	var completed, payments uint64
	for _, c := range records {
		completed += c.Completed
		if c.Called != c.Missed && c.Completed == 0 || c.Corroborated != c.Completed || c.Jobs == 0 || c.Jobs > 2 || len(c.Sources) != int(c.Jobs) {
			t.Errorf("record %+v", c)
		}
		if liar := c.Account == "acc03"; liar != (c.Faults > 0) || liar && (c.Completed != 0 || c.Missed != c.Called) {
			t.Errorf("record of the liar or of another: %+v", c)
		}
	}
	for _, n := range w.ledger.completed {
		payments += n
	}
	if completed != payments {
		t.Errorf("certificates name %d replicas, and the chain paid %d", completed, payments)
	}

	spoil := func(change func(*Evidence)) {
		t.Helper()
		e := evidence[0]
		cert := *e.Certificates[0]
		cert.Attestations = append([]poc.Attestation{}, cert.Attestations...)
		e.Certificates = []*poc.Certificate{&cert}
		change(&e)
		if got, refused := Reputation(w.net, testVerifier{}, []Evidence{e}, Vouching{}); len(got) != 0 || len(refused) != 1 {
			t.Errorf("spoilt evidence counts: %+v, %v", got, refused)
		}
	}
	spoil(func(e *Evidence) { e.Certificates[0].Attestations[0].Agreed ^= 1 << 9 })
	spoil(func(e *Evidence) { e.Certificates[0].Attestations = e.Certificates[0].Attestations[:1] })
	spoil(func(e *Evidence) { e.Certificates[0].Task = 99 })
	spoil(func(e *Evidence) { e.Beacon.Random[0]++; e.Beacon.Award[0]++ })
	spoil(func(e *Evidence) { e.Spec.Name = "another" })
	spoil(func(e *Evidence) { e.Award = e.Award[:len(e.Award)-1] })
	spoil(func(e *Evidence) { e.Beacon.Standings = e.Beacon.Standings[1:] })
}

func TestUptime(t *testing.T) {
	const ttl = 90_000
	now := poc.Time(1_000_000)
	p := &presence{since: now, last: now}
	for range 100 {
		now = now.Add(30_000)
		p.heard(now, ttl)
	}
	if u := p.uptime(now, ttl); u != 1_000_000 {
		t.Errorf("always there: %d", u)
	}
	now = now.Add(3_000_000) // away as long as it was there
	if u := p.uptime(now, ttl); u != 500_000 {
		t.Errorf("half the time: %d", u)
	}
	p.heard(now, ttl)
	if u := p.uptime(now, ttl); u != 500_000 {
		t.Errorf("back after half the time: %d", u)
	}
	for range 10 * 24 * 120 { // ten days of heartbeats
		now = now.Add(30_000)
		p.heard(now, ttl)
		if u := p.uptime(now, ttl); u > 1_000_000 || p.up < 0 {
			t.Fatalf("uptime %d", u)
		}
	}
	if u := p.uptime(now, ttl); u < 999_000 {
		t.Errorf("an hour's absence still counts after ten days: %d", u)
	}

	w := newWorld(t, 61, 3)
	w.nodes[1].dead = true
	id := w.nodes[1].peer
	w.run(func() bool { v, ok := w.nodes[0].m.Presence(id); return ok && v.Health == Gone }, 60_000)
	if v, _ := w.nodes[0].m.Presence(w.nodes[2].peer); v.Health != Healthy || v.Uptime != 1_000_000 {
		t.Errorf("who is there is seen as %+v", v)
	}
	if _, ok := w.nodes[0].m.Presence(poc.PeerID{9}); ok {
		t.Error("a stranger is present")
	}
}

// TestVouchedEpochs: uptime is the epochs in which witnesses vouch for a provider, of those in which the chain knew it. Whatever is shown twice, in
// another order, of another epoch or without enough vouches changes nothing.
func TestVouchedEpochs(t *testing.T) {
	r := newRewarded(t)
	up := Vouching{Epochs: r.facts.Epochs}
	absent, late := r.nodes[1].peer, r.nodes[2].peer
	for number, caps := range r.caps {
		for peer, k := range caps {
			if peer != absent || number != 1 {
				up.Shown = append(up.Shown, k)
			}
		}
	}
	var cs []poc.Candidate // in epoch 0 the chain does not know one of them yet
	for _, n := range r.nodes {
		if n.peer != late {
			cs = append(cs, poc.Candidate{Worker: poc.Worker{Peer: n.peer, Account: n.account}, Weight: 100})
		}
	}
	roster, err := poc.NewRoster(cs)
	require.NoError(t, err)
	first := up.Epochs[0]
	up.Epochs[0] = RewardEpoch{first.Beacon, roster}
	records, refused := Reputation(r.net, testVerifier{}, nil, up)
	require.Empty(t, refused)
	require.Len(t, records, len(r.nodes))
	vouched := map[poc.PeerID][2]uint64{}
	for _, c := range records {
		require.Zero(t, c.Jobs)
		vouched[c.Peer] = [2]uint64{c.Vouched, c.Epochs}
	}
	require.Equal(t, [2]uint64{rewardedLast, rewardedLast}, vouched[late])
	require.Equal(t, uint64(rewardedLast+1), vouched[absent][1])

	up.Epochs[0] = first
	records, _ = Reputation(r.net, testVerifier{}, nil, up)
	for _, c := range records {
		want := [2]uint64{3, 3}
		if c.Peer == absent {
			want[0] = 2
		}
		require.Equal(t, want, [2]uint64{c.Vouched, c.Epochs})
		require.NotEmpty(t, c.Account)
	}
	again := Vouching{Epochs: up.Epochs, Shown: append(slices.Clone(up.Shown), up.Shown...)}
	slices.Reverse(again.Shown)
	forged, other, few := r.caps[2][absent], r.caps[2][absent], r.caps[2][absent]
	forged.Epoch, other.Epoch = 1, 7
	few.Epoch, few.Signers, few.Signatures = 1, 1, few.Signatures[:1]
	again.Shown = append(again.Shown, forged, other, few)
	got, _ := Reputation(r.net, testVerifier{}, nil, again)
	require.Equal(t, records, got)

	// What an award's offers hold counts, too.
	id := r.nodes[0].m.Jobs()[0]
	e, ok := r.nodes[2].m.Evidence(id)
	require.True(t, ok)
	own := r.caps[1][absent]
	p := &proven{seats: []frozen{
		{absent, Offer{Capability: poc.MustEncode(&own)}}, {late, Offer{Capability: poc.MustEncode(&own)}}, {late, Offer{}}, {late, Offer{Capability: []byte{1}}},
	}}
	require.Equal(t, []poc.Capability{own}, p.capabilities())
	records, refused = Reputation(r.net, testVerifier{}, []Evidence{e}, Vouching{Epochs: up.Epochs})
	require.Empty(t, refused)
	for _, c := range records { // peers of the job, of whom nothing is shown
		require.Equal(t, [2]uint64{0, 3}, [2]uint64{c.Vouched, c.Epochs})
	}
}
