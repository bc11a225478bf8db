package market

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestChainDrawsTheCandidates: whom nodes take for the candidates of a task, whatever its draw, the chain does, too.
func TestChainDrawsTheCandidates(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	n := LocalNetwork()
	n.MinStake = 7 * NLOV
	for range 300 {
		var seats []frozen
		var b Beacon
		some := 1 + rng.IntN(64)
		for i := range some {
			p := poc.PeerID{byte(i >> 4), byte(i << 4)}
			o := Offer{Account: poc.Account(p.Short()), Ask: Amount(1 + rng.IntN(1000)), Speed: uint64(rng.IntN(1000))}
			o.Backing = Backing{n.MinStake * Amount(1+rng.IntN(12)), uint64(rng.IntN(50)), uint64(rng.IntN(2))}
			st := Standing{Account: o.Account, Peer: p, Registered: true, Stake: o.Backing.Stake, Completed: o.Backing.Completed, Faults: o.Backing.Faults}
			switch rng.IntN(12) {
			case 0: // convicted meanwhile
				st.Faults++
			case 1:
				st.Stake = 0
			case 2:
				o.Backing.Completed++
			}
			seats, b.Standings = append(seats, frozen{p, o}), append(b.Standings, st)
		}
		binary.BigEndian.PutUint64(b.Random[:], rng.Uint64())
		s := Spec{Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3, Standby: uint32(rng.IntN(8))}, Tasks: make([]Task, 6)}
		one := uint32(1)
		s.Tasks[3].Like, s.Tasks[4].Held = &one, &Held{Holder: seats[rng.IntN(some)].peer}
		s.Tasks[5].Held = &Held{Holder: poc.PeerID{255}} // has no seat
		on, bench := seating(n, &s, seats), newBench(n, &s, seats, b)
		require.Equal(t, some > s.Policy.Candidates(), on.Drawn())
		for i := range s.Tasks {
			ranked, most, policy := s.lineup(i, poc.Hash{1}, b.Random, bench)
			var got uint64
			for _, w := range ranked[:most] {
				got |= 1 << w.Seat
			}
			chain := on.Of(poc.TaskRef{Job: poc.Hash{1}, Task: uint32(i)}, b.Random)
			require.Equal(t, chain&bench.stands, got, "task %d", i)
			require.LessOrEqual(t, most, int(policy.Replicas+policy.Standby))
			for _, w := range ranked {
				require.NotZero(t, bench.stands>>w.Seat&1)
			}
		}
		for i, st := range b.Standings {
			require.Equal(t, st.Stake >= n.MinStake && st.Backs(seats[i].offer.Backing), bench.stands>>i&1 != 0)
		}
	}
}

// TestOnePayoutOneSeat: of accounts whose pay goes to one address the first that stands may be drawn, be that an address of its own or the account of one of them.
func TestOnePayoutOneSeat(t *testing.T) {
	n, s := LocalNetwork(), Spec{Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3}, Tasks: make([]Task, 1)}
	var seats []frozen
	var b Beacon
	for i, payout := range []poc.Account{"cold", "", "cold", "b", "cold", ""} {
		account, peer := poc.Account(string(rune('a'+i))), poc.PeerID{byte(i)}
		seats = append(seats, frozen{peer, Offer{Account: account, Ask: NLOV, Speed: 1, Backing: Backing{Stake: n.MinStake}}})
		b.Standings = append(b.Standings, Standing{Account: account, Peer: peer, Registered: true, Stake: n.MinStake, Payout: payout})
	}
	b.Standings[0].Stake = 0 // does not stand, so the next with its payout address may
	require.Equal(t, uint64(0b100110), newBench(n, &s, seats, b).stands)
}

// TestWordsMoveNoBound: where an error is accepted, a fifth that asks next to nothing and says four times its speed has at most 5/4 of an honest seat's weight each;
// where none is, it has more than twice that.
func TestWordsMoveNoBound(t *testing.T) {
	n := LocalNetwork()
	var seats []frozen
	for i := range 30 {
		o := Offer{Account: poc.Account(fmt.Sprint(i)), Ask: NLOV, Speed: 1_000_000, Backing: Backing{Stake: n.MinStake}}
		if i%5 == 0 {
			o.Ask, o.Speed = NLOV/100, 4*o.Speed
		}
		seats = append(seats, frozen{poc.PeerID{byte(i)}, o})
	}
	for maxError, most := range map[uint32]float64{0: 10, 1_000: 1.25} {
		on := seating(n, &Spec{Policy: poc.Policy{MaxError: maxError}}, seats).Seats
		ratio := float64(on[0].Weight) / float64(on[1].Weight)
		require.LessOrEqual(t, ratio, most+1e-6)
		require.Equal(t, maxError == 0, ratio > 2, "%g", ratio)
	}
}

// TestLevelKeepsTheBound counts in how many draws a fifth of the providers, each with 5/4 of an honest one's weight, are a quorum of a task's candidates: fewer than
// the error that is accepted. With twice the weight they are more at 0.1 and 1 %.
func TestLevelKeepsTheBound(t *testing.T) {
	const draws, seats = 20_000, 64
	quorums := func(maxError uint32, weight uint64) (wrong int) {
		p, err := poc.ForRisk(maxError, 200)
		require.NoError(t, err)
		rng := rand.New(rand.NewPCG(7, uint64(maxError)))
		for i := range uint32(draws) {
			weights, bad := make([]uint64, seats), make([]bool, seats)
			for s := range weights {
				if weights[s] = 4; rng.IntN(5) == 0 {
					weights[s], bad[s] = weight, true
				}
			}
			candidates, colluding := 0, 0
			for s := range poc.Drawn(poc.Hash{byte(maxError), byte(i), byte(i >> 8)}, poc.TaskRef{Task: i}, weights) {
				if candidates == p.Candidates() {
					break
				}
				if candidates++; bad[s] {
					colluding++
				}
			}
			if colluding >= int(p.Quorum) {
				wrong++
			}
		}
		return wrong
	}
	for _, maxError := range []uint32{1_000, 10_000, 50_000} {
		accepted := draws * int(maxError) / 1_000_000
		level, twice := quorums(maxError, 5), quorums(maxError, 8)
		t.Logf("%d in a million: %d of %d with 5/4 of the weight, %d with twice", maxError, level, draws, twice)
		require.LessOrEqual(t, level, accepted)
		require.True(t, maxError > 10_000 || twice > accepted, "%d of %d", twice, draws)
	}
}

// Weights fit what is anchored, whatever offers say.
func TestWeightsAreBounded(t *testing.T) {
	n := LocalNetwork()
	for _, least := range []Amount{0, 1, 999, 1999, 100 * NLOV} {
		n.MinStake = least
		seats := []frozen{
			{poc.PeerID{1}, Offer{Ask: 1, Speed: 10, Backing: Backing{Stake: ^Amount(0), Completed: ^uint64(0)}}},
			{poc.PeerID{2}, Offer{Ask: ^Amount(0), Backing: Backing{Faults: ^uint64(0)}}},
			{poc.PeerID{3}, Offer{Ask: 1, Speed: 10, Backing: Backing{Stake: least, Completed: ^uint64(0)}}},
		}
		on := seating(n, &Spec{}, seats).Seats
		require.EqualValues(t, 1, on[1].Weight)
		if least == 0 {
			require.Equal(t, on[2].Weight, on[0].Weight)
			continue
		}
		require.InDelta(t, stakeCap*int(on[2].Weight), int(on[0].Weight), stakeCap)
		require.Greater(t, on[0].Weight, uint32(1)<<31)
	}
}

// TestBeaconIsKept: the first claimers of a job that runs on have the chain keep what its seats are drawn by, until it took a transaction; those of a short
// one, and of one where all seats are candidates, do not.
func TestBeaconIsKept(t *testing.T) {
	for _, x := range []struct {
		name    string
		panel   uint32
		hang    bool
		keepers int
	}{{"short", 11, false, 0}, {"all are candidates", 7, true, 0}, {"long", 11, true, keepers}} {
		t.Run(x.name, func(t *testing.T) {
			w := newWorld(t, 7, 12, func(n *Network) { n.MaxPanel = x.panel })
			var kept []poc.Account
			w.ledger.keeps = func(from poc.Account) bool {
				kept = append(kept, from)
				return len(kept) > 4 // only then it takes a transaction
			}
			id := w.nodes[0].job(1, false, func(s *Spec) { s.Deadline = s.Deadline.Add(160_000) })
			if x.hang {
				for _, n := range w.nodes {
					n.hang = true
				}
			}
			w.run(w.settledEverywhere(id), 600_000)
			distinct := map[poc.Account]int{}
			for _, a := range kept {
				distinct[a]++
			}
			require.Len(t, distinct, x.keepers)
			if x.keepers > 0 {
				require.Greater(t, len(kept), 4, "asked for again")
				for a, n := range distinct {
					require.Less(t, n, 5, a)
				}
			}
		})
	}
}
