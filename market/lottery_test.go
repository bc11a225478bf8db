package market

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestSeatsAreDrawn: of those that were asked and offered in time a lottery with the owner's secret seats as many as there is room for. It does not matter who
// came first, how many offered unasked, or whether the owner restarted in between; another owner's secret, or another job, seats others.
func TestSeatsAreDrawn(t *testing.T) {
	const panel, providers = 5, 60
	play := func(secret byte, price Amount, reverse, restart bool) (asked, seated []string) {
		w := newWorld(t, 4, 1, func(n *Network) { n.MaxPanel = panel })
		owner := w.nodes[0]
		owner.cfg.Secret[0] = secret
		owner.m = New(owner.cfg)
		who := make([]*node, providers)
		for i := range who {
			who[i] = w.stranger(fmt.Sprintf("provider-%02d", i))
			require.NoError(t, who[i].tell(owner, Ad{Class: "test", I32: 1, F32: 1, Account: who[i].account}))
		}
		id := owner.job(2, false, func(s *Spec) {
			s.MaxPrice, s.Policy = price, poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3, Standby: 2}
		})
		w.run(func() bool { return owner.state(id) == Bidding }, 10_000)
		w.now = owner.m.jobs[id].Closes // nobody offers in the first round; the second one asks twice as many
		require.NoError(t, owner.step(Tick{}))
		if reverse {
			slices.Reverse(who)
		}
		bids := []Bid{{Job: id, Reach: ReachAll * 2 * panel / providers}, {Job: id, Round: 1, Reach: ReachAll * 4 * panel / providers}}
		for i, p := range who {
			err := p.tell(owner, Offer{Job: id, Account: p.account, Ask: NLOV / 100, Speed: 1, Class: "test"})
			if !bids[0].Asks(p.peer) && !bids[1].Asks(p.peer) {
				require.ErrorIs(t, err, ErrNotForUs)
				continue
			}
			if err != nil {
				require.ErrorIs(t, err, ErrFull)
			}
			require.LessOrEqual(t, len(owner.m.jobs[id].offers), 2*panel)
			asked = append(asked, string(p.account))
			if restart && i == providers/2 {
				owner.restart()
				require.Equal(t, []asking{{0, bids[0].Reach}, {1, bids[1].Reach}}, owner.m.jobs[id].Asked, "although no ad is known now")
			}
		}
		require.Equal(t, Bidding, owner.state(id))
		w.now = owner.m.jobs[id].Closes
		require.NoError(t, owner.step(Tick{}))
		require.Equal(t, Anchoring, owner.state(id))
		for _, f := range owner.m.jobs[id].seats {
			seated = append(seated, string(f.offer.Account))
		}
		require.Len(t, seated, panel)
		require.Subset(t, asked, seated)
		slices.Sort(asked)
		slices.Sort(seated)
		return asked, seated
	}
	asked, seated := play(1, NLOV, false, false)
	require.Greater(t, len(asked), 2*panel)
	for _, reverse := range []bool{false, true} {
		same, again := play(1, NLOV, reverse, true)
		require.Equal(t, asked, same)
		require.Equal(t, seated, again)
	}
	same, others := play(2, NLOV, false, false)
	require.Equal(t, asked, same)
	require.NotEqual(t, seated, others, "another secret")
	other, others := play(1, NLOV/2, false, false)
	require.NotEqual(t, asked, other, "another job")
	require.NotEqual(t, seated, others)
}

// TestEarlierRoundsCount: who was asked in a round may offer in a later one that asks others, and a record from before rounds were kept asks everybody.
func TestEarlierRoundsCount(t *testing.T) {
	j := newJob(poc.Hash{1}, poc.PeerID{}, 0)
	var p poc.PeerID
	for !(Bid{Job: j.id, Reach: 6553}).Asks(p) || (Bid{Job: j.id, Round: 1, Reach: 6553}).Asks(p) {
		p[1]++
	}
	require.True(t, j.asks(poc.PeerID{}))
	j.Asked = []asking{{1, 6553}}
	require.False(t, j.asks(p))
	j.Asked = []asking{{0, 6553}, {1, 6553}}
	require.True(t, j.asks(p))
}

// TestHoldersAreSeated: who holds data of a job is seated whatever the lottery says, as nobody else can do its tasks.
func TestHoldersAreSeated(t *testing.T) {
	w := newWorld(t, 4, 1, func(n *Network) { n.MaxPanel = 3 })
	for name := range 5 {
		j := newJob(poc.Hash{1}, poc.PeerID{}, 0)
		j.spec = &Spec{}
		var held poc.PeerID
		for i := range 12 {
			p := w.stranger(fmt.Sprint("provider ", name, i)).peer
			if j.offers[p] = (offered{}); i == 0 {
				held = p
				j.spec.Tasks = []Task{{Held: &Held{Holder: p}}}
			}
			j.makeRoom(w.nodes[0].m)
		}
		require.Len(t, j.offers, 6)
		j.seatDrawn(w.nodes[0].m)
		require.Len(t, j.offers, 3)
		require.Contains(t, j.offers, held)
	}
}
