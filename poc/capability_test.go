package poc

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRoster(t *testing.T) {
	r := testRoster(t, 30)
	all := slices.Clone(r.list)
	slices.Reverse(all)
	again, err := NewRoster(all)
	require.NoError(t, err)
	p := keyPeer(testKey(3))
	got := r.Witnesses(testBeacon, 7, p, 7)
	require.Len(t, got, 7)
	require.Equal(t, got, again.Witnesses(testBeacon, 7, p, 7), "whatever the order in which they are listed")
	require.Equal(t, got[:4], r.Witnesses(testBeacon, 7, p, 4))
	require.NotContains(t, got, p)
	require.NotEqual(t, got, r.Witnesses(testBeacon, 8, p, 7))
	require.NotEqual(t, got, r.Witnesses(testHash("other"), 7, p, 7))
	require.Len(t, r.Witnesses(testBeacon, 7, p, 40), 29, "all others")
	require.Len(t, r.Witnesses(testBeacon, 7, PeerID{1}, 40), 30, "of a stranger: all")

	_, err = NewRoster(append(all, all[0]))
	require.Error(t, err)
	twice := all[0]
	twice.Peer = PeerID{9}
	_, err = NewRoster(append(all, twice))
	require.Error(t, err, "one account, one vote")
	empty, err := NewRoster(nil)
	require.NoError(t, err)
	require.Empty(t, empty.Witnesses(testBeacon, 7, p, 7))
	require.False(t, empty.Has(p))
}

// TestWitnessesByWeight: each is drawn as often as its stake says, however many peers an owner of stake makes of it.
func TestWitnessesByWeight(t *testing.T) {
	var cs []Candidate
	for i := range 60 {
		c := Candidate{Worker{Peer: PeerID(testHash("p%d", i)), Account: Account(fmt.Sprint(i))}, 20}
		if i >= 40 { // half of the stake on a third of the peers
			c.Weight = 40
		}
		cs = append(cs, c)
	}
	r, err := NewRoster(cs)
	require.NoError(t, err)
	heavy := map[PeerID]bool{}
	for _, c := range cs[40:] {
		heavy[c.Peer] = true
	}
	const draws = 4000
	n := 0
	for i := range draws {
		got := r.Witnesses(testHash("beacon %d", i), 1, PeerID{1}, 3)
		require.Len(t, got, 3)
		require.True(t, got[0] != got[1] && got[1] != got[2] && got[0] != got[2])
		for _, p := range got {
			if heavy[p] {
				n++
			}
		}
	}
	require.InDelta(t, 0.5, float64(n)/(3*draws), 0.03)
}

func TestCapabilityRefused(t *testing.T) {
	const n = 20
	s := challengeSetup(t, 0, n)
	witnesses := s.Roster.Witnesses(s.Beacon, 7, s.Self, 7)
	keys := keysOf(witnesses, n)
	changed := func(change func(*Capability)) *Capability {
		c := &Capability{Version: 1, Epoch: 7, Peer: s.Self, Capacity: testCapacity, Signers: 0b1011010}
		for _, i := range []int{1, 3, 4, 6} {
			c.Signatures = append(c.Signatures, vouchOf(s, keys[i], s.Self, testCapacity, Vouches).Signature)
		}
		change(c)
		return c
	}
	verify := func(c *Capability) error { return c.Verify(s.Network, s.Beacon, s.Roster, s.Params) }
	require.NoError(t, verify(changed(func(*Capability) {})))
	stranger := keyPeer(testKey(n))
	for name, change := range map[string]func(*Capability){
		"more memory":         func(c *Capability) { c.Capacity.Memory *= 2 },
		"more speed":          func(c *Capability) { c.Capacity.Speed++ },
		"another epoch":       func(c *Capability) { c.Epoch++ },
		"another peer":        func(c *Capability) { c.Peer = witnesses[0] },
		"no provider":         func(c *Capability) { c.Peer = stranger },
		"too few":             func(c *Capability) { c.Signers, c.Signatures = 0b1010, c.Signatures[:2] },
		"other witnesses":     func(c *Capability) { c.Signers = 0b1111 },
		"no such witness":     func(c *Capability) { c.Signers = 1<<1 | 1<<3 | 1<<4 | 1<<7 },
		"signed twice by one": func(c *Capability) { c.Signatures[1] = c.Signatures[0] },
		"another version":     func(c *Capability) { c.Version = 2 },
		"nothing":             func(c *Capability) { c.Capacity = Capacity{} },
		"a signature more":    func(c *Capability) { c.Signatures = append(c.Signatures, c.Signatures[0]) },
		"half a signature":    func(c *Capability) { c.Signatures[0] = c.Signatures[0][:32] },
	} {
		require.Error(t, verify(changed(change)), name)
	}
	other := changed(func(*Capability) {})
	require.Error(t, other.Verify(testHash("another network"), s.Beacon, s.Roster, s.Params))
	require.Error(t, other.Verify(s.Network, testHash("another beacon"), s.Roster, s.Params))
	require.Error(t, other.Verify(s.Network, s.Beacon, testRoster(t, 21), s.Params), "other witnesses are drawn")
	_, err := DecodeCapability([]byte{0xa0})
	require.Error(t, err)
}
