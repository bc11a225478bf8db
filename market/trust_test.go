package market

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestBatches runs a job in units of several tasks, in a network that prices redundancy by risk, through crashes at every
// persisted step.
func TestBatches(t *testing.T) {
	for _, maxError := range []uint32{0, 100_000} {
		t.Run(fmt.Sprint(maxError), func(t *testing.T) {
			w := newWorld(t, 60, 10, func(n *Network) { n.MaxBatch, n.MinReplicas = 64, 1 })
			w.check = true
			id := w.nodes[0].job(12, false, func(s *Spec) {
				s.Batch = 4
				if maxError > 0 {
					s.Policy = poc.Policy{Replicas: 1, Quorum: 5, MaxReplicas: 8, Standby: 7, MaxError: maxError}
				}
			})
			w.run(w.settledEverywhere(id), 60_000)
			w.expectPaid(id)
			v, _ := w.nodes[0].m.View(id)
			require.Equal(t, 12, v.Certified)
			require.Equal(t, 12, v.Settled)
			require.EqualValues(t, 3, v.Escrow.Settled, "the chain sees units")
			for _, tv := range v.Tasks {
				require.NotNil(t, tv.Result, "the owner has unpacked the result of task %d", tv.Index)
			}
			require.Len(t, w.nodes[0].collected, 12)

			m := w.nodes[0].m
			runs, ok := m.Executions(poc.TaskRef{Job: id, Task: 2}) // what a dispute about a unit computes
			require.True(t, ok)
			for i, r := range runs {
				require.Equal(t, poc.TaskRef{Job: id, Task: uint32(8 + i)}, r.Ref)
				unit, index, ok := m.UnitOf(r.Ref)
				require.True(t, ok)
				require.Equal(t, poc.TaskRef{Job: id, Task: 2}, unit)
				require.Equal(t, i, index)
			}
			require.Len(t, runs, 4)
			_, ok = m.Executions(poc.TaskRef{Job: id, Task: 3})
			require.False(t, ok)
			_, _, ok = m.UnitOf(poc.TaskRef{Job: id, Task: 12})
			require.False(t, ok)
			basis, ok := m.Basis(poc.TaskRef{Job: id, Task: 2})
			require.True(t, ok)
			require.Empty(t, basis)
		})
	}
}

func TestBatchDocuments(t *testing.T) {
	var results []poc.Result
	for i := range 5 {
		results = append(results, poc.Result{Outputs: []poc.Output{{Name: "out", File: rawLink(fmt.Sprint(i)), Size: 8}}, Trace: poc.Hash{byte(i)}})
	}
	unit, block, err := PackBatch(results)
	require.NoError(t, err)
	require.NoError(t, unit.Validate())
	back, err := UnpackBatch(unit, block.Data, 5)
	require.NoError(t, err)
	require.Equal(t, results, back)
	_, err = UnpackBatch(unit, block.Data, 4)
	require.Error(t, err)
	for i := range block.Data {
		bad := slices.Clone(block.Data)
		bad[i] ^= 1
		_, err := UnpackBatch(unit, bad, 5)
		require.Error(t, err, "byte %d", i)
	}
	other, _, err := PackBatch(results[:4])
	require.NoError(t, err)
	_, err = UnpackBatch(other, block.Data, 5)
	require.Error(t, err)
}

func TestSpecsOfUnits(t *testing.T) {
	s, n := validSpec()
	s.Batch = 2
	n.MaxBatch = 1
	s.Network = n.ID()
	require.ErrorContains(t, s.Validate(n), "batch is 2")
	n.MaxBatch = 8
	s.Network = n.ID()
	require.ErrorContains(t, s.Validate(n), "needs another one")
	s.Tasks[1].Inputs = nil
	require.NoError(t, s.Validate(n))
	require.EqualValues(t, 1, s.Terms(n).Tasks)
	s.Batch = 3
	require.ErrorContains(t, s.Validate(n), "whole units")
	s.Batch = 0
	s.Policy = poc.Policy{Replicas: 1, Quorum: 9, MaxReplicas: 10, Standby: 14, MaxError: 1_000}
	s.Budget = 1_000
	require.NoError(t, s.Validate(n))
	require.Equal(t, 15, s.Seats())
	s.Policy.Quorum = 7
	require.ErrorContains(t, s.Validate(n), "quorum is 7")
	third, err := poc.ForRisk(10_000, 333)
	require.NoError(t, err)
	s.Policy, s.Budget = third, 10_000
	require.NoError(t, s.Validate(n))
	n.MaxPanel = 52
	s.Network = n.ID()
	require.ErrorContains(t, s.Validate(n), "it takes 53 candidates, of whom up to 32 compute and 28 attest, and this network allows 52, 32 and 32; accept more")
}

// TestReach: a bid that asks a share of a network's providers asks about that share, others in every round, and everybody agrees
// who is asked.
func TestReach(t *testing.T) {
	asked := map[uint32]int{}
	both := 0
	for i := range 10_000 {
		var p poc.PeerID
		binary.BigEndian.PutUint64(p[:], uint64(i))
		for round := range uint32(2) {
			if (Bid{Job: poc.Hash{1}, Round: round, Reach: ReachAll / 10}).Asks(p) {
				asked[round]++
			}
		}
		if (Bid{Job: poc.Hash{1}, Reach: ReachAll / 10}).Asks(p) && (Bid{Job: poc.Hash{1}, Round: 1, Reach: ReachAll / 10}).Asks(p) {
			both++
		}
		require.True(t, Bid{}.Asks(p))
	}
	require.InDelta(t, 1000, asked[0], 150)
	require.InDelta(t, 1000, asked[1], 150)
	require.InDelta(t, 100, both, 50)
}

// TestOneSeatPerSubnet gives an owner offers of many identities behind one address.
func TestOneSeatPerSubnet(t *testing.T) {
	w := newWorld(t, 61, 6)
	id := w.nodes[0].job(1, false)
	w.run(func() bool { return w.nodes[0].state(id) == Bidding }, 5_000)
	seats := 0
	for i := range 20 {
		s := w.stranger(fmt.Sprint("sybil ", i))
		v, err := Open(w.net.ID(), s.wrap(Offer{Job: id, Account: s.account, Ask: 1, Speed: 1, Class: "test"}, w.now.Add(10_000)), testVerifier{})
		require.NoError(t, err)
		if err := w.nodes[0].step(Received{Message: v, Subnet: "203.0.113.0/24"}); err == nil {
			seats++
		} else {
			require.ErrorIs(t, err, ErrDuplicate)
		}
	}
	require.Equal(t, 1, seats)

	w.nodes[0].restart() // and no more after a restart
	s := w.stranger("sybil of after")
	v, err := Open(w.net.ID(), s.wrap(Offer{Job: id, Account: s.account, Ask: 1, Speed: 1, Class: "test"}, w.now.Add(10_000)), testVerifier{})
	require.NoError(t, err)
	require.ErrorIs(t, w.nodes[0].step(Received{Message: v, Subnet: "203.0.113.0/24"}), ErrDuplicate)
	require.NoError(t, w.nodes[0].step(Received{Message: v, Subnet: "198.51.100.0/24"}))
}

// TestHundredIdentitiesOfOneDevice: a hundred identities, each with an account and enough stake of its own, offer from one place, and an
// honest worker from each of twenty others. None of 10^5 quorums that are drawn from the award has two of the hundred.
func TestHundredIdentitiesOfOneDevice(t *testing.T) {
	w := newWorld(t, 62, 3)
	id := w.nodes[0].job(1, false)
	w.run(func() bool { return w.nodes[0].state(id) == Bidding }, 5_000)
	sybils := map[poc.PeerID]bool{}
	offer := func(name, subnet string) poc.PeerID {
		s := w.stranger(name)
		v, err := Open(w.net.ID(), s.wrap(Offer{Job: id, Account: s.account, Ask: 1, Speed: 10, Class: "test"}, w.now.Add(10_000)), testVerifier{})
		require.NoError(t, err)
		_ = w.nodes[0].step(Received{Message: v, Subnet: subnet})
		return v.From()
	}
	for i := range 100 {
		sybils[offer(fmt.Sprint("sybil ", i), "203.0.113.0/24")] = true
		if i%5 == 0 {
			offer(fmt.Sprint("honest ", i), fmt.Sprintf("198.51.%d.0/24", i))
		}
	}
	var seats []frozen
	var b Beacon
	for p, o := range w.nodes[0].m.jobs[id].offers {
		seats = append(seats, frozen{p, o.offer})
		b.Standings = append(b.Standings, Standing{Account: o.offer.Account, Peer: p, Registered: true, Stake: w.net.MinStake})
	}
	bench := newBench(w.net, &Spec{}, seats, b)
	require.GreaterOrEqual(t, bench.standing(), 20)
	drawn := 0
	for i := range 100_000 {
		var beacon poc.Hash
		binary.BigEndian.PutUint64(beacon[:], uint64(i))
		seated := 0
		ranked, _ := bench.rank(beacon, poc.TaskRef{Job: id}, -1)
		for _, c := range ranked[:3] {
			if sybils[c.Peer] {
				seated++
			}
		}
		require.LessOrEqual(t, seated, 1)
		drawn += seated
	}
	require.NotZero(t, drawn, "one of them may work")
}

// TestStakeWeighsNotIdentities draws 10^5 quorums among honest workers and a hundred identities that share one worker's stake:
// those below the least stake have no seat, and the one that has it gets its share and no more.
func TestStakeWeighsNotIdentities(t *testing.T) {
	n := LocalNetwork()
	var seats []frozen
	var b Beacon
	add := func(i int, stake Amount) {
		var p poc.PeerID
		binary.BigEndian.PutUint64(p[:], uint64(i)+1)
		a := poc.Account(fmt.Sprintf("%03d", i))
		seats = append(seats, frozen{p, Offer{Account: a, Ask: 10, Speed: 10, Backing: Backing{Stake: stake}}})
		b.Standings = append(b.Standings, Standing{Account: a, Peer: p, Registered: true, Stake: stake})
	}
	for i := range 20 {
		add(i, n.MinStake)
	}
	for i := range 40 { // an award has room for so many of the hundred
		add(100+i, n.MinStake/100)
	}
	add(200, 1000*n.MinStake) // and one that wants to buy the panel
	bench := newBench(n, &Spec{}, seats, b)
	require.Equal(t, 21, bench.standing())
	rich := bench.all[len(bench.all)-1]
	require.Equal(t, stakeCap*bench.all[0].Weight, rich.Weight)
	first := 0
	const draws = 100_000 / 20
	for i := range draws {
		if ranked, _ := bench.rank(poc.Hash{byte(i), byte(i >> 8)}, poc.TaskRef{}, -1); ranked[0].Peer == rich.Peer {
			first++
		}
	}
	require.InDelta(t, draws*10/30, first, draws/20, "ten times the stake is ten times the weight, a thousand times is no more")
}
