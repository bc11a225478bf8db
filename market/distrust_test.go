package market

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestCaughtIsDistrustedInEveryJob has a worker caught in one of two jobs: it is believed in neither, and in both by nodes that come back.
func TestCaughtIsDistrustedInEveryJob(t *testing.T) {
	w := newWorld(t, 74, 8, func(n *Network) { n.MinReplicas = 1 })
	w.paid = 5_000 // so that one is believed
	for _, n := range w.nodes {
		n.hang = true // so that both jobs are under way
	}
	priced := func(s *Spec) {
		s.Policy = poc.Policy{Replicas: 1, Quorum: 4, MaxReplicas: 7, MaxError: 100_000, Standby: 6}
	}
	a, b := w.nodes[0].job(24, false, priced), w.nodes[1].job(24, false, priced)
	both := func() *node {
		for _, n := range w.nodes {
			ja, jb := n.m.jobs[a], n.m.jobs[b]
			if ja != nil && jb != nil && ja.State == Running && jb.State == Running {
				return n
			}
		}
		return nil
	}
	w.run(func() bool { return both() != nil }, 10_000)
	n := both()
	ja, jb := n.m.jobs[a], n.m.jobs[b]
	var liar poc.PeerID
	for _, f := range ja.seats {
		if f.peer != n.peer && jb.seat(f.peer) >= 0 {
			liar = f.peer
		}
	}
	require.NotZero(t, liar, "nobody has a seat in both jobs")
	// A task takes the news of who is distrusted once.
	distrusted := func(j *job) (yes, no int) {
		for _, x := range j.tasks {
			if !slices.ContainsFunc(x.poc.Candidates(), func(c poc.Worker) bool { return c.Peer == liar }) {
				continue
			}
			if _, err := x.poc.Step(n.m.now, poc.Distrust{Peer: liar}); err != nil {
				require.ErrorIs(t, err, poc.ErrDuplicate)
				yes++
			} else {
				no++
			}
		}
		return yes, no
	}
	require.NoError(t, n.step(Caught{Ref: poc.TaskRef{Job: a}, Peer: liar}))
	n.restart()
	yes, no := distrusted(n.m.jobs[b])
	require.Positive(t, yes)
	require.Zero(t, no)
}

// TestOwnerSeesWhoIsGone: an owner without a seat says whose lease ran out, and of nobody else's that it did.
func TestOwnerSeesWhoIsGone(t *testing.T) {
	w := newWorld(t, 6, 7)
	for _, n := range w.nodes[1:] {
		n.hang = true // and renews its lease
	}
	id := w.nodes[0].job(6, false)
	w.run(func() bool { return len(w.nodes[4].m.running) > 0 }, 5_000)
	w.nodes[4].dead = true
	lapsed := func() (out []string) {
		v, _ := w.nodes[0].m.View(id)
		for _, e := range v.Explain {
			if strings.HasPrefix(e, "the lease of ") {
				out = append(out, e)
			}
		}
		return out
	}
	w.run(func() bool { return len(lapsed()) > 0 }, 2*w.net.LeaseTTL+100)
	require.Equal(t, []string{fmt.Sprintf("the lease of %s ran out, and what it held went to the next in rank", w.nodes[4].peer.Short())}, lapsed())
	require.Equal(t, Running, w.nodes[0].state(id))
}

// TestWaitingBehindOthers: who works on another job meanwhile keeps what it holds in this one; who does nothing does not.
func TestWaitingBehindOthers(t *testing.T) {
	w := newWorld(t, 75, 7)
	for _, n := range w.nodes {
		n.hang = true // but renews its leases
	}
	long := func(s *Spec) { s.Deadline = w.now.Add(900_000) }
	first := w.nodes[0].job(12, false, long)
	running := func(id poc.Hash) func() bool {
		return func() bool {
			return !slices.ContainsFunc(w.nodes, func(n *node) bool { return n.m.jobs[id] == nil || n.m.jobs[id].State != Running })
		}
	}
	w.run(running(first), 10_000)
	second := w.nodes[0].job(6, false, long)
	w.run(running(second), 10_000)
	var busy *node
	for _, n := range w.nodes[1:] {
		waits := slices.ContainsFunc(n.m.queue, func(r poc.TaskRef) bool { return r.Job == second })
		for ref := range n.m.running {
			waits = waits && ref.Job == first
		}
		if waits && n.m.jobs[second].seat(n.peer) >= 0 {
			busy = n
		}
	}
	require.NotNil(t, busy, "nobody has the second job wait behind the first")
	done := uint32(0)
	var work func()
	work = func() {
		done++
		for ref := range busy.m.running {
			require.NoError(t, busy.step(RunProgress{Ref: ref, Done: done, Total: 1 << 20}))
		}
		w.after(w.net.LeaseTTL, work)
	}
	work()
	lapsed := func(p poc.PeerID) (n int) { // nodes that let p's holds in the second job lapse
		for _, o := range w.nodes {
			if h := o.m.jobs[second].holders[p]; o.peer != p && h.lapsed {
				n++
			}
		}
		return n
	}
	idle := map[poc.PeerID]bool{} // that a node let lapse; a lease has it back
	w.run(func() bool {
		require.Zero(t, lapsed(busy.peer))
		for _, f := range w.nodes[0].m.jobs[second].seats {
			idle[f.peer] = idle[f.peer] || lapsed(f.peer) > 0
		}
		return done > 25
	}, 200_000)
	delete(idle, busy.peer)
	require.Contains(t, slices.Collect(maps.Values(idle)), true)
}
