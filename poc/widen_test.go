package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A signer may name more than before, and nothing else. What it said in whatever order, and whoever brought it, comes to the widest.
func TestWiderAttestation(t *testing.T) {
	own := func(ranks ...int) Received { return hear(t, 2, attestNaming(2, "a", ranks...)) }
	late := func(late uint64, ranks ...int) Received {
		a := attestNaming(2, "a", ranks...)
		a.Late = late
		a.Signature = testSignature(a.Account, Statement{Kind: Attested, Job: testRef.Job, Task: testRef.Task, Digest: a.Result.Digest(), Agreed: a.Agreed, Late: late})
		return hear(t, 2, a)
	}
	relayed := func(ranks ...int) Received { // in a certificate with another, which rank 0 brings
		return proven(t, func(c *Certificate) {
			a := attestNaming(2, "a", ranks...)
			for i := range c.Attestations {
				if c.Attestations[i].Peer == testWorker(2).Peer {
					c.Attestations[i].Agreed, c.Attestations[i].Signature = a.Agreed, a.Signature
				}
			}
		}, 0, 2)
	}
	for _, c := range []struct {
		name   string
		events []Received
		agreed []int
		late   uint64
		refuse error
		fault  bool
	}{
		{name: "more", events: []Received{own(2), own(0, 2), own(0, 1, 2)}, agreed: []int{0, 1, 2}},
		{name: "less", events: []Received{own(0, 2), own(2)}, agreed: []int{0, 2}, refuse: ErrDuplicate},
		{name: "others", events: []Received{own(0, 2), own(1, 2)}, agreed: []int{0, 2}, fault: true},
		{name: "more, of whom one is late", events: []Received{own(2), late(testSeats(0), 0, 2)}, agreed: []int{0, 2}, late: testSeats(0)},
		{name: "another is late", events: []Received{own(0, 2), late(testSeats(0), 0, 1, 2)}, agreed: []int{0, 2}, fault: true},
		{name: "nobody is late any more", events: []Received{late(testSeats(0), 0, 2), own(0, 1, 2)}, agreed: []int{0, 2}, late: testSeats(0), fault: true},
		{name: "more, relayed", events: []Received{own(2), relayed(0, 2)}, agreed: []int{0, 2}},
		{name: "less, relayed", events: []Received{own(0, 1, 2), relayed(0, 2)}, agreed: []int{0, 1, 2}},
		{name: "relayed first, and more", events: []Received{relayed(0, 2), own(0, 1, 2)}, agreed: []int{0, 1, 2}},
		{name: "relayed first, and less", events: []Received{relayed(0, 2), own(2)}, agreed: []int{0, 2}},
		{name: "others, relayed", events: []Received{own(1, 2), relayed(0, 2)}, agreed: []int{0, 2}, fault: true}, // it proves itself
		{name: "relayed first, and others", events: []Received{relayed(0, 2), own(1, 2)}, agreed: []int{0, 2}, fault: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			task := newTask(t, testSetup(6, 6, testPolicy))
			step(t, task, 1, Start{})
			var faults []Fault
			for i, ev := range c.events {
				fx, err := task.Step(2, ev)
				if i == len(c.events)-1 {
					require.ErrorIs(t, err, c.refuse)
				}
				faults = append(faults, fx.Faults...)
			}
			a := task.s.Workers[2].Attest
			require.Equal(t, testSeats(c.agreed...), a.Agreed)
			require.Equal(t, c.late, a.Late)
			st := Statement{Kind: Attested, Job: testRef.Job, Task: testRef.Task, Digest: a.Digest, Agreed: a.Agreed, Late: a.Late}
			require.NoError(t, testKeys{}.Verify(testWorker(2).Account, st, a.Signature), "it is signed for what it says")
			if c.fault {
				require.Equal(t, []Fault{{Peer: testWorker(2).Peer, Kind: Equivocated}}, faults)
			} else {
				require.Empty(t, faults)
			}
			restored, err := Restore(testSetup(6, 6, testPolicy), task.Record())
			require.NoError(t, err)
			require.Equal(t, task.StateHash(), restored.StateHash())
		})
	}
}

// A node names whom it did not name yet once nobody is waited for any more, and in half of the grace at the latest; also who was given up, for whom nobody waits.
func TestNamesWhoShowsLate(t *testing.T) {
	for _, c := range []struct {
		name   string
		before []Event
		at     Time // of the reveal
		widens Time
	}{
		{"the last reveal", nil, 40, 40},
		{"another may still reveal", []Event{hear(t, 3, sealOf(3, 0, "a", 2, 3))}, 40, 1_510},
		{"after half of the grace", []Event{hear(t, 3, sealOf(3, 0, "a", 2, 3))}, 1_600, 1_600},
	} {
		t.Run(c.name, func(t *testing.T) {
			task := newTask(t, testSetup(1, 6, testPolicy))
			for _, ev := range append([]Event{
				Start{}, finished(1, "a"), Lapsed{testWorker(2).Peer}, hear(t, 0, commitOf(0, "a")), hear(t, 2, commitOf(2, "a")), hear(t, 0, sealOf(0, 0, "a", 0, 1, 2)),
			}, c.before...) {
				step(t, task, 10, ev)
			}
			step(t, task, 10, hear(t, 0, revealOf(0, "a")))
			own := step(t, task, 10, hear(t, 0, attestNaming(0, "a", 0, 1)))
			require.Empty(t, own.Send)
			by := task.attestBy()
			first := step(t, task, by, Tick{})
			require.Equal(t, testSeats(0, 1), first.Send[0].Message.(Attest).Agreed)
			require.Equal(t, Certified, task.Phase())
			require.Equal(t, by.Add(1_000), task.NextDeadline())

			at := max(c.at, by)
			fx := step(t, task, at, hear(t, 2, revealOf(2, "a")))
			require.Equal(t, Certified, task.Phase(), "no quorum names the third yet")
			if want := max(c.widens, by); want > at {
				require.Empty(t, fx.Send)
				require.Equal(t, want, task.NextDeadline())
				fx = step(t, task, want, Tick{})
			}
			require.Len(t, fx.Send, 1)
			wide := fx.Send[0].Message.(Attest)
			require.Equal(t, testSeats(0, 1, 2), wide.Agreed)
			valid(t, wide)
			require.Empty(t, step(t, task, max(c.at, c.widens)+1, Tick{}).Send, "once")
		})
	}

	// Who is given up before it shows its result is named as well, and nobody waits for it.
	setup := testSetup(1, 6, testPolicy)
	setup.Params.RevealTimeout = 500
	task := newTask(t, setup)
	for _, ev := range []Event{
		Start{}, finished(1, "a"), hear(t, 0, commitOf(0, "a")), hear(t, 2, commitOf(2, "a")), hear(t, 0, sealOf(0, 0, "a", 0, 1, 2)), hear(t, 0, revealOf(0, "a")),
	} {
		step(t, task, 10, ev)
	}
	fx := step(t, task, 510, Tick{})
	require.Equal(t, []Fault{{Peer: testWorker(2).Peer, Kind: Withheld}}, fx.Faults)
	require.Equal(t, testSeats(0, 1), fx.Send[0].Message.(Attest).Agreed)
	require.Empty(t, step(t, task, 600, hear(t, 2, revealOf(2, "a"))).Send)
	fx = step(t, task, 700, hear(t, 0, attestNaming(0, "a", 0, 1)))
	require.Equal(t, Done, fx.Phase.To)
	require.Len(t, fx.Send, 1)
	require.Equal(t, testSeats(0, 1, 2), fx.Send[0].Message.(Attest).Agreed)
}

// A result is public with the first attestation to it, be its author sealed at this node or not: what is committed from then on may be a copy.
func TestPublicFromTheFirstAttestation(t *testing.T) {
	task := newTask(t, testSetup(6, 6, testPolicy))
	step(t, task, 1, Start{})
	step(t, task, 2, hear(t, 2, commitOf(2, "a")))
	step(t, task, 3, hear(t, 5, attestNaming(5, "a", 5, 0, 1)))
	step(t, task, 4, hear(t, 3, commitOf(3, "a")))
	require.Zero(t, task.s.Workers[2].After)
	require.Equal(t, testResult("a").Digest(), task.s.Workers[3].After)
}
