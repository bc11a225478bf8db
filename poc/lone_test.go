package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// loneSim is a task of which only the first in rank can compute anything: its result is believed, and all others attest what it showed.
func loneSim() simConfig {
	c := defaultSim()
	c.policy = Policy{Replicas: 1, MaxReplicas: 1, Standby: 5, Quorum: 4, MaxError: MaxErrorUnit / 2}
	c.job = testRef.Job
	c.credit = func(rank int) Credit {
		if rank == 0 {
			return NewcomerCredit
		}
		return 0
	}
	return c
}

// meddler seals what the lone replica never sent, and its own answer, and vouches for that.
func meddler() behaviour {
	done := false
	return behaviour{name: "meddler", evil: true, lies: true, heard: func(n *simNode, _ PeerID, _ Message) {
		if done {
			return
		}
		done = true
		for _, x := range n.nodes {
			n.raw(x.peer, commitOf(n.rank, "wrong"))
			for round, e := range []Sealed{sealedBy(testRef, 0, testHash("noise")), sealedBy(testRef, n.rank, testCommitment(n.rank, "wrong"))} {
				n.raw(x.peer, Seal{TaskRef: testRef, Round: uint32(round), View: uint32(n.rank), Entries: []Sealed{e}})
				n.raw(x.peer, Seal{TaskRef: testRef, Round: uint32(round), View: 0, Entries: []Sealed{e}})
			}
			n.raw(x.peer, attestNaming(n.rank, "wrong", n.rank, 0))
		}
	}}
}

// twoFaced says one thing to some nodes and another to the rest, from its commitment on.
func twoFaced(other func(n *simNode, to PeerID) bool) behaviour {
	return behaviour{name: "two-faced", evil: true, send: func(n *simNode, to PeerID, m Message) Message {
		if !other(n, to) {
			return m
		}
		const content = "another"
		commitment := Commitment(n.setup.Network, testRef, n.peer, "class", testResult(content).Digest(), n.salt)
		switch m := m.(type) {
		case Commit:
			return committed(m.TaskRef, n.rank, commitment)
		case Seal:
			m.Entries = []Sealed{sealedBy(m.TaskRef, n.rank, commitment)}
			return m
		case Attest:
			o := testOpening(n.rank, content, Attested, m.Agreed)
			o.Salt = n.salt
			return Attest{TaskRef: testRef, Opening: o, Agreed: m.Agreed}
		}
		return m
	}}
}

// TestLoneReplica: a lone replica is certified whatever one of the others does, nobody takes its place, and one that tells different nodes
// different things has one of them certified at most.
func TestLoneReplica(t *testing.T) {
	for seed := range uint64(60) {
		cfg := loneSim()
		cfg.loss, cfg.double, cfg.crash = 0.1, 0.1, 0.05
		acts := map[int]behaviour{}
		if seed%3 == 1 {
			acts[1+int(seed)%5] = meddler()
		}
		s := newSim(t, seed, cfg, acts)
		late := seed%3 == 2
		if late { // its lease lapses, and it comes back
			s.nodes[0].compute = 9_000
			for _, n := range s.nodes[1:] {
				s.after(3_000+Millis(n.rank), func() { n.step(Lapsed{Peer: s.nodes[0].peer}) })
			}
		}
		s.run().check()
		s.requirePhase(Done)
		for _, n := range s.nodes[1:] {
			require.Nil(t, n.task.s.Own, "%s computed", n.name())
		}
		require.Equal(t, []string{"A"}, s.payees(5))
		require.GreaterOrEqual(t, len(s.signers(5)), 4)
	}
	both := map[Hash]bool{}
	for seed := range uint64(60) {
		// Half of the others hear another answer; one of them, too, would sign anything.
		s := newSim(t, seed, loneSim(), map[int]behaviour{0: twoFaced(func(n *simNode, to PeerID) bool { return testHash("%d %s", seed, to)[0]%2 == 0 })})
		s.run()
		certified := map[Hash]bool{}
		for _, n := range s.nodes[1:] {
			if r, ok := n.task.Result(); ok {
				certified[r.Digest()], both[r.Digest()] = true, true
			}
		}
		require.LessOrEqual(t, len(certified), 1, "seed %d", seed)
	}
	require.Len(t, both, 2, "either answer is certified at times")

	s := newSim(t, 1, loneSim(), map[int]behaviour{0: {name: "gone", vanishAt: 1_050}}).run()
	s.requirePhase(Failed)
	require.GreaterOrEqual(t, s.now, Time(60_000), "it is waited for until the deadline")
}
